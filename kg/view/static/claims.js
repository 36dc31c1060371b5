/** Claims to read: groups by topic, source or article, in each the speakers with what they say; heads and speakers stay in sight and fold. */
const claims = (() => {
  const region = $("#claims");
  const body = h("div", { class: "groups" });
  const AT_ONCE = 60; // statements made before the first frame; the others follow
  const folded = new Set(); // keys of groups, and of rows in them
  const rowOf = new Map(); // the row that a statement is in
  let scale = 1;
  let waiting = []; // groups that are still to be made

  const grouping = h("select", { "aria-label": "Group statements by", onchange: (e) => change("filter", { group: e.target.value }) }, [["topic", "by topic"], ["claim", "by claim"], ["source", "by source"], ["article", "by article"]].map(([value, text]) => h("option", { value }, text)));
  const count = h("span", { class: "lead", role: "status" });
  const button = (text, label, run) => h("button", { class: "plain", "aria-label": label, title: label, onclick: run }, text);
  const bar = h("div", { class: "bar" }, grouping, count, h("span", { class: "group" }, button("Fold all", "Fold all groups", () => foldAll(true)), button("Unfold all", "Unfold all groups", () => foldAll(false)), button("−", "Smaller (-, or Ctrl and wheel)", () => zoom(1 / 1.15)), button("1:1", "Natural size (0)", () => zoom(0)), button("+", "Larger (+, or Ctrl and wheel)", () => zoom(1.15))));
  region.append(bar, body);
  // what stays in sight does so below the bar, which takes two lines in a small window
  new ResizeObserver(() => region.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);

  /** The claim or the utterance that a statement is listed under: that of most statements. */
  const claimOf = (s) => [...(claimsOf.get(s.id) ?? [])].sort((a, b) => (a.id[0] < b.id[0] ? -1 : a.id[0] > b.id[0] ? 1 : b.of.length - a.of.length))[0]?.id ?? null;
  const keyOf = { claim: claimOf, topic: (s) => s.topics[0] ?? null, source: (s) => s.by, article: (s) => articleOf(s).id };

  /** The statements that pass, in groups: those of most statements first, articles by date, what is on no topic last. */
  function groups() {
    const shown = DATA.statements.filter((s) => passes(s));
    const found = new Map();
    for (const s of shown) {
      // speech within speech stands with what holds it
      let root = s;
      for (const seen = new Set(); byId.has(root.parent) && passes(byId.get(root.parent)) && !seen.has(root.id); root = byId.get(root.parent)) seen.add(root.id);
      const key = keyOf[state.group](["source", "claim"].includes(state.group) ? s : root);
      found.has(key) ? found.get(key).push(s) : found.set(key, [s]);
    }
    const list = [...found].map(([id, statements]) => ({ id, statements }));
    if (state.group !== "article") list.sort((a, b) => (a.id === null) - (b.id === null) || b.statements.length - a.statements.length || (titleOf(a.id) < titleOf(b.id) ? -1 : 1));
    return { list, shown: shown.length };
  }

  const tags = (s) => (s.stance === "asserts" ? null : h("span", { class: `tag ${s.stance}` }, verbOf(s.stance)));

  /** One statement: what is said, how, when; who says it stands once beside all that she says here. */
  function claim(s, depth) {
    const cue = verbIn(s);
    const others = s.topics.filter((t) => !["topic", "source"].includes(state.group) || t !== s.topics[0]).slice(0, 3);
    const same = state.group === "claim" ? [] : [...(claimsOf.get(s.id) ?? [])];
    const meta = [cue, FORM_WORDS[s.form] === "direct quotation" ? "quoted" : "", s.joint ? `together with ${namesOf(s.joint)}` : "", s.via ? `on the word of ${nameOf(s.via)}` : "", state.group === "article" ? "" : articleOf(s).published ?? articleOf(s).label].filter(Boolean).join(" · ");
    const word = deciding.wordOn(s);
    return h("div", { class: `claim ${s.stance} ${s.form}${depth ? " inner" : ""}${word ? ` d-${word.do}` : ""}`, "data-id": s.id, "data-ink": state.ink ? Math.round(s.confidence * 4) : null, onclick: (e) => e.target.closest("button") || select(s.id) },
      h("p", {}, tags(s), " ", h("button", { class: "link words", onclick: () => select(s.id) }, bdi(s.text || "(no words)"))),
      h("p", { class: "meta" }, state.ink ? h("span", { class: "sure" }, `sure ${s.confidence.toFixed(2)}`, " · ") : null, bdi(meta), others.map((t) => [" ", h("button", { class: "chip", onclick: () => select(t) }, bdi(byId.get(t).label))]), same.map((c) => [" ", h("button", { class: "chip claimed", onclick: () => select(c.id) }, `${c.id[0] === "c" ? "the same claim" : "the same words"}: ${claimCounts(c)}`)])));
  }

  const contested = (statements) => filed(statements).filter(([side]) => side.contests).map(([side, list]) => [" · ", h("span", { class: `tag ${side.stance}` }, `${LINES[side.stance].mark} ${number(list.length)}`)]);
  const folder = (key, name) => h("button", { class: "fold", "data-fold": key, "aria-expanded": String(!folded.has(key)), "aria-label": `${folded.has(key) ? "Unfold" : "Fold"} ${clean(name)}`, onclick: () => fold(key) }, folded.has(key) ? "▸" : "▾");

  function speaker(id, statements, key) {
    const e = byId.get(id);
    const posts = [...new Set(statements.map((s) => s.role).filter(Boolean))];
    return h("div", { class: "who", "data-id": id }, folder(key, e.name), sign((pen) => typeSign(pen, e.type, e.named, 9, 8, 6), 18), h("div", {}, h("button", { class: "link", onclick: () => select(id) }, h(e.named ? "b" : "i", {}, bdi(e.name))), posts.slice(0, 2).map((p) => h("span", { class: "meta" }, bdi(p)))));
  }

  function depthOf(s, within) {
    let depth = 0;
    for (let at = s; at && within.has(at.parent) && depth < 3; at = byId.get(at.parent)) depth += 1;
    return depth;
  }

  /** How many statements a group has: of a topic all that are on it, with how many of them stand under another. */
  function countWords(id, statements) {
    if (state.group !== "topic" || id === null) return plural(statements.length, "statement");
    const on = statementsOn(id).filter((s) => passes(s));
    const away = on.filter((s) => !statements.includes(s)).length;
    return plural(on.length, "statement") + (away ? `, ${number(away)} of them under another topic` : "");
  }

  /** What a speaker says in a group; by source, what the speaker of the group says on a topic. */
  function row(group, side, id, list, within) {
    const key = [group, side, id].join(" ");
    for (const s of list) rowOf.set(s.id, key);
    const name = id === null ? "on no topic" : byId.get(id).label;
    const who = state.group === "source" ? h("div", { class: "who", "data-id": id }, folder(key, name), h("div", {}, id === null ? h("span", { class: "note" }, name) : h("button", { class: "link", onclick: () => select(id) }, bdi(name)))) : speaker(id, list, key);
    return h("div", { class: "row2" }, who, folded.has(key) ? h("p", { class: "note shut" }, plural(list.length, "statement"), contested(list)) : h("div", { class: "said" }, list.map((s) => claim(s, depthOf(s, within)))));
  }

  /** A group: its head, and a row for each who speaks in it; by source the rows are topics. */
  function section({ id, statements }) {
    const rows = new Map();
    const within = new Set(statements.map((s) => s.id));
    for (const s of statements) {
      const key = state.group === "source" ? (s.topics[0] ?? null) : s.by;
      rows.has(key) ? rows.get(key).push(s) : rows.set(key, [s]);
    }
    const found = state.group === "claim" ? byId.get(id) ?? null : null;
    const name = id === null ? (state.group === "claim" ? "Told once" : "On no topic") : state.group === "article" ? byId.get(id).label : titleOf(id);
    const first = state.group === "source" && statements.find((s) => s.role)?.role;
    const head = h("h2", {}, folder(id ?? "", name), id === null ? name : h("button", { class: "link", onclick: () => select(id) }, bdi(found ? `“${name}”` : name)), first ? h("span", { class: "meta" }, bdi(first)) : null, h("span", { class: "n" }, found ? [claimCounts(found), found.first ? ` · first ${found.first}` : ""] : countWords(id, statements), contested(statements)));
    const sides = () => filedOn(found).map(([side, list]) => [side, list.filter((s) => within.has(s.id))]).filter(([, list]) => list.length).map(([side, list]) => [h("h3", { class: "side" }, side.title, h("span", { class: "note" }, ` ${toldBy(list, { articles: true })}`)), [...Map.groupBy(list, (s) => s.by)].map(([by, said]) => row(id, side.title, by, said, within))]);
    const made = h("section", { class: "claims-group", "data-id": id ?? "" }, head, !folded.has(id ?? "") && found ? sides() : null);
    if (!folded.has(id ?? "") && !found) some(made, [...rows], ([key, list]) => row(id, "", key, list, within));
    return made;
  }

  /** Put the first rows into a group; of a long one the others wait. */
  function some(made, rows, make) {
    let n = 0;
    while (rows.length && n < AT_ONCE) {
      n += rows[0][1].length;
      made.append(make(rows.shift()));
    }
    if (rows.length) waiting.unshift({ statements: rows.flatMap(([, list]) => list), more: () => some(made, rows, make) });
  }

  function fold(key) {
    folded.has(key) ? folded.delete(key) : folded.add(key);
    render();
    $(`[data-fold="${CSS.escape(key)}"]`, body)?.focus();
  }
  function foldAll(on) {
    folded.clear();
    if (on) for (const { id } of groups().list) folded.add(id ?? "");
    render();
  }

  let job = 0;
  function render() {
    if (state.view !== "claims") return;
    const top = region.scrollTop;
    const { list, shown } = groups();
    grouping.value = state.group;
    const { topics } = tally();
    const parts = { topic: [plural(topics.size, "topic"), h("span", { class: "roomy" }, ", each statement under its first")], claim: `${plural(list.filter((g) => g.id).length, "claim")} told by several`, source: `${plural(list.length, "source")} of statements`, article: plural(list.length, "article") }[state.group];
    count.replaceChildren(...[`${plural(shown, "statement")}${shown < DATA.statements.length ? ` of ${number(DATA.statements.length)}` : ""} · `, parts].flat());
    rowOf.clear();
    let n = 0;
    const first = list.filter((g) => (n += g.statements.length) <= AT_ONCE || n === g.statements.length);
    waiting = list.slice(first.length);
    body.replaceChildren(...first.map(section));
    if (!list.length) body.append(h("p", { class: "note nothing" }, DATA.statements.length ? ["No statement passes the filters. ", h("button", { class: "plain", onclick: () => filters.clear() }, "Show all")] : ["The articles quote and report nobody. The text is under Article."]));
    region.scrollTop = top;
    clearTimeout(job);
    if (waiting.length) job = setTimeout(rest, 30);
    mark();
  }

  /** Make the groups that are still to be made: some at a time, or all where something in them is wanted. */
  function rest(all = false) {
    let n = 0;
    const now = [];
    while (waiting.length && (all || n < AT_ONCE)) {
      n += waiting[0].statements.length;
      const next = waiting.shift();
      if (next.more) next.more();
      else now.push(section(next));
    }
    body.append(...now);
    clearTimeout(job);
    if (waiting.length) job = setTimeout(rest, 30);
    mark(false);
  }

  const places = (id) => $$(`[data-id="${CSS.escape(id)}"]`, body);

  /** Mark what is selected and what belongs to it; bring it into the window if none of it is there. */
  function mark(see = true) {
    const here = marked();
    if (state.sel?.[0] === "f") here.add(byId.get(state.sel).statement);
    for (const e of $$(".sel", body)) e.classList.remove("sel");
    for (const e of $$(".claim, .who", body)) e.classList.toggle("sel", here.has(e.dataset.id) && (e.classList.contains("claim") || e.dataset.id === state.sel));
    if (see && state.sel) reveal(state.sel[0] === "f" ? byId.get(state.sel).statement : state.sel);
  }

  function reveal(id) {
    if (!id || !byId.has(id)) return;
    const group = id[0] === "s" && groups().list.find((g) => g.statements.some((s) => s.id === id));
    if (group && folded.has(group.id ?? "")) fold(group.id ?? "");
    if (!places(id).length && waiting.length) rest(true);
    if (folded.has(rowOf.get(id))) fold(rowOf.get(id));
    const all = places(id);
    const frame = region.getBoundingClientRect();
    const seen = (e) => e.getBoundingClientRect().top >= frame.top + 40 && e.getBoundingClientRect().bottom <= frame.bottom;
    if (all.length && !all.some(seen)) all[0].scrollIntoView({ block: "center" });
  }

  /** Larger or smaller; the statement at a height of the window stays where it is. */
  function zoom(factor, at = bar.getBoundingClientRect().bottom) {
    const top = (e) => e.getBoundingClientRect().top;
    const here = $$(".claim", body).find((e) => e.getBoundingClientRect().bottom > at);
    const before = here && top(here);
    scale = factor === 0 ? 1 : Math.min(2, Math.max(0.5, scale * factor));
    body.style.zoom = String(scale);
    body.style.setProperty("--zoom", String(scale));
    if (here) region.scrollTop += top(here) - before;
  }
  // a wheel scrolls, as in any list; with the control key, as which a pinch on a pad comes, it zooms, and the page itself keeps its size
  region.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1 / 1.1 : 1.1, event.clientY);
  }, { passive: false });
  /** A key pressed while the claims are shown; true if it meant something. */
  function key({ key: name }) {
    const by = { "+": 1.15, "=": 1.15, "-": 1 / 1.15, 0: 0 }[name];
    if (by !== undefined) zoom(by);
    return by !== undefined;
  }

  /** Arrow keys walk: up and down the statements, left to who says it, right to what it is about or what she says. */
  region.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if ((!step && !aside) || event.target.matches("select")) return;
    event.preventDefault();
    const said = $$(".claim", body).map((e) => e.dataset.id);
    const here = byId.get(state.sel);
    if (step) {
      const from = here?.id[0] === "s" ? said.indexOf(here.id) : here ? said.findIndex((id) => marked().has(id)) - (step > 0 ? 1 : 0) : -1;
      select(said[Math.min(said.length - 1, Math.max(0, from + step))] ?? null);
    } else if (here?.id[0] === "s") select(aside < 0 ? here.by : here.topics[0] ?? here.id);
    else if (here) select(said.find((id) => marked().has(id)) ?? here.id);
  });

  let stale = true; // whether what is made is not what would be made now
  onChange((what) => {
    stale ||= !["sel", "camera", "graph", "view", "table", "across"].includes(what);
    if (state.view !== "claims") return;
    if (stale) render();
    else if (what === "sel" || what === "view") mark();
    stale = false;
  });
  return { scale: () => scale, drawn: () => (rest(true), $$(".claim", body).map((e) => e.dataset.id)), render, key };
})();
