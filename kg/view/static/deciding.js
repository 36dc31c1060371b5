/** Deciding about records: right, wrong, corrected; two entities that are one, one that is two; what was missed. */
const deciding = (() => {
  const dialog = $("#deciding");
  const KIND = { s: "statement", f: "figure", r: "role" };
  const SAID = { confirm: "Right", reject: "Wrong", correct: "Corrected", add: "Added", merge: "One and the same", apart: "Two, not one" };
  const FIELDS = {
    statement: [["entity", "Said by", "who"], ["content", "Its words, a part a line", "words"], ["source", "Words that name who says it", "words"], ["cue", "Words that say that it is said", "words"], ["stance", "What is done with it", "choice"], ["form", "How it is said", "choice"], ["joint", "Together with, one a line", "whom"], ["via", "Via", "who"]],
    figure: [["low", "From", "numeral"], ["high", "To", "numeral"], ["bound", "Bound", "choice"], ["unit", "Unit", "line"], ["per", "Per", "line"], ["change", "Change", "perhaps"], ["counted", "Words for what is counted", "quote"], ["reporters", "Reported by, one a line", "whom"], ["via", "Via", "who"], ["place", "Place", "who"], ["start", "From the date", "date"], ["end", "Until the date", "date"], ["as_of", "As of", "date"]],
    role: [["holder", "Holder", "who"], ["title", "Post", "line"], ["organization", "Organisation", "who"], ["place", "Place", "who"], ["start", "From the date", "date"], ["end", "Until the date", "date"], ["as_of", "As of", "date"], ["status", "Status", "choice"]],
    entity: [["name", "Name", "line"], ["type", "Kind", "choice"]],
  };
  const NEVER_EMPTY = ["content", "holder", "title", "name"];
  const textOf = (n) => DATA.articles[n].sha256;
  const targets = (r) => (r.id[0] === "e" ? r.seen.map(([n, seen]) => ({ text: textOf(n), kind: "entity", seen })) : [{ text: articleOf(r).sha256, kind: KIND[r.id[0]], seen: r.seen }]);
  /** An entity by a place in a text, as the decisions file knows it. */
  const mentioned = ([n, { at }]) => ({ text: textOf(n), at });
  const can = (r) => Boolean(r?.seen && (r.id[0] === "e" ? r.seen.length : KIND[r.id[0]]));

  // -- what stands where

  /** All places where an article says some words, white space aside, in code points; the nearest to a place first. */
  function places(n, words, near) {
    const article = DATA.articles[n];
    const wanted = words.trim().split(/\s+/).filter(Boolean).map((w) => w.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
    if (!wanted.length) return [];
    const points = (units) => (article.points ? Array.from(article.text.slice(0, units)).length : units);
    const found = [...article.text.matchAll(new RegExp(wanted.join("\\s+"), "g"))].slice(0, 2000).map((m) => [points(m.index), points(m.index + m[0].length)]);
    return found.sort((a, b) => Math.abs(a[0] - near) - Math.abs(b[0] - near));
  }
  function quoted(n, words, near) {
    const [at] = places(n, words, near);
    if (!at) throw new Error(`The article does not say “${shorten(words.trim(), 80)}”; words must stand there as they are`);
    return [...at, DATA.articles[n].quote(...at)];
  }
  const fold_ = (text) => clean(text).replace(/\s+/g, " ").trim().toLowerCase();
  /** The entity of that name in an article, by its nearest mention; else whatever the nearest such words name. */
  function whoIs(n, said, type, near) {
    const named = DATA.entities.filter((e) => e.seen.some(([m]) => m === n) && [e.name, ...e.names].some((name) => fold_(name) === fold_(said)));
    const at = named.flatMap((e) => e.seen.filter(([m]) => m === n).map(([, seen]) => seen.at)).sort((a, b) => Math.abs(a[0] - near) - Math.abs(b[0] - near))[0];
    return at ? { at: [...at, DATA.articles[n].quote(...at)] } : { at: quoted(n, said, near), type };
  }
  function nameAt(n, at) {
    const e = at && DATA.entities.find((x) => x.seen.some(([m, seen]) => m === n && seen.at[0] === at[0] && seen.at[1] === at[1]));
    return at ? (e?.name ?? DATA.articles[n].quote(...at)) : "";
  }

  // -- forms

  function isDate(text) {
    const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
    if (!parts) return false;
    const day = new Date(`${parts[1]}-${parts[2] ?? "01"}-${parts[3] ?? "01"}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && parts[1] !== "0000";
  }
  const asLines = (text) => text.split("\n").map((t) => t.trim()).filter(Boolean);

  /** What a field says, as the decisions file has it; throws what is wrong with it. */
  const READ = {
    who: (text, { n, near, type }) => (text ? whoIs(n, text, type, near) : null),
    whom: (text, { n, near, type }) => asLines(text).map((one) => whoIs(n, one, type, near)),
    words: (text, { n, near }) => asLines(text).map((one) => quoted(n, one, near)).sort((a, b) => a[0] - b[0]),
    quote: (text, { n, near }) => (text ? quoted(n, text, near) : null),
    choice: (text) => text,
    perhaps: (text) => text || null,
    line(text) {
      if (text.length > 2000 || clean(text) !== text || /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(text)) throw new Error(`“${shorten(clean(text), 60)}” holds characters that cannot be shown`);
      return text || null;
    },
    numeral(text) {
      const plain = text.replaceAll(",", "");
      if (plain && !/^-?\d{1,24}(\.\d{1,12})?$/.test(plain)) throw new Error(`“${shorten(text, 60)}” is no number`);
      return plain || null;
    },
    date(text) {
      if (text && !isDate(text)) throw new Error(`“${shorten(text, 60)}” is no date; write 2017, 2017-05 or 2017-05-16`);
      return text || null;
    },
  };
  /** What a field says before anybody changes it. */
  const WRITE = {
    who: (at, n) => nameAt(n, at),
    whom: (list, n) => list.map((at) => nameAt(n, at)).join("\n"),
    words: (list, n) => list.map((at) => DATA.articles[n].quote(...at).replace(/\s+/g, " ")).join("\n"),
  };
  const written = (how, value, n) => (value === null || value === undefined ? "" : (WRITE[how]?.(value, n) ?? String(value)).trim());

  function field([name, label, how], value, n) {
    const before = written(how, value, n);
    const options = ["perhaps", "choice"].includes(how) && [...(how === "perhaps" ? [""] : []), ...DATA.choices[name]];
    const common = { id: `deciding-${name}`, autocomplete: "off", spellcheck: "false" };
    let input;
    if (options) input = h("select", common, options.map((v) => h("option", { value: v, selected: v === before }, v || "none")));
    else if (how === "words" || how === "whom") input = h("textarea", { ...common, rows: Math.min(6, before.split("\n").length + 1) });
    else input = h("input", { ...common, type: "text", list: how === "who" ? "deciding-names" : null });
    if (!options) input.value = before;
    const kind = how === "who" || how === "whom" ? h("select", { "aria-label": `${label}: what it is, if new`, title: "what it is, if new" }, DATA.choices.type.map((v) => h("option", { value: v }, `if new: ${TYPES[v] ?? v}`))) : null;
    const row = h("div", { class: "field" }, h("label", { for: common.id }, label), h("div", {}, input, kind));
    return { row, name, how, before, input, type: () => kind?.value };
  }
  const namesIn = (n) => h("datalist", { id: "deciding-names" }, DATA.entities.filter((e) => e.named && e.articles.includes(n)).map((e) => h("option", { value: clean(e.name) })));

  /** The parts that were changed, as `to` of a decision; throws what is wrong. */
  function changes(fields, n, near) {
    const to = {};
    for (const f of fields) {
      const text = f.input.value.trim();
      if (text === f.before) continue;
      if (!text && NEVER_EMPTY.includes(f.name)) throw new Error("This cannot be empty; if nothing of it is right, say that it is wrong");
      to[f.name] = READ[f.how](text, { n, near, type: f.type() });
    }
    if (to.low && to.high && Number(to.low) > Number(to.high)) throw new Error("From is above to");
    return to;
  }

  /** A dialog with a form: `run` decides, and throws what is wrong. */
  function ask(title, body, verb, run) {
    const wrong = h("p", { class: "wrong", role: "alert" });
    const why = h("input", { type: "text", id: "deciding-why", autocomplete: "off" });
    const form = h("form", { onsubmit: async (event) => {
      event.preventDefault();
      wrong.textContent = "";
      try {
        const lines = run();
        dialog.close();
        await decide(lines, why.value);
      } catch (error) {
        wrong.textContent = clean(error.message);
      }
    } }, h("h2", { id: "deciding-heading" }, title), body, verb ? h("div", { class: "field" }, h("label", { for: "deciding-why" }, "Why (for those who read it later)"), h("div", {}, why)) : null, wrong,
      h("p", { class: "row" }, verb ? h("button", { class: "plain" }, verb) : null, h("button", { class: "plain", type: "button", onclick: () => dialog.close() }, verb ? "Cancel" : "Close")));
    dialog.replaceChildren(form);
    dialog.showModal();
  }

  function correct(r) {
    if (r.id[0] === "e") {
      const fields = FIELDS.entity.map((f) => field(f, f[0] === "name" ? r.name : r.seen[0][1][f[0]], r.seen[0][0]));
      return ask("Correct the entity", [fields.map((f) => f.row), r.seen.length > 1 ? h("p", { class: "note" }, `It holds for ${plural(new Set(r.seen.map(([n]) => n)).size, "article")}.`) : null], "Correct", () => {
        const to = changes(fields, r.seen[0][0], 0);
        return some(to, targets(r).map((t) => ({ do: "correct", ...t, to })));
      });
    }
    const kind = KIND[r.id[0]];
    const near = Math.min(...(r.content ?? [r.span]).map(([start]) => start));
    const fields = FIELDS[kind].map((f) => field(f, r.seen[f[0]], r.article));
    ask(`Correct the ${kind}`, [panel.quotation(r, r.content ?? [r.span]), namesIn(r.article), fields.map((f) => f.row), h("p", { class: "note" }, "Names are those of the article, or words that stand in it. Empty means nobody, or nothing.")], "Correct", () => {
      const to = changes(fields, r.article, near);
      return some(to, [{ do: "correct", ...targets(r)[0], to }]);
    });
  }
  function some(to, lines) {
    if (!Object.keys(to).length) throw new Error("Nothing is changed");
    return lines;
  }

  /** The fields of what was missed, by kind: the words that say it first. */
  const WORDS = ["span", "Its words", "quote"];
  const MISSED = {
    statement: FIELDS.statement.filter(([name]) => name !== "form"),
    figure: [WORDS, ...FIELDS.figure].map(([name, label, how]) => [name, label, name === "bound" ? "perhaps" : how]),
    role: [WORDS, ...FIELDS.role].map(([name, label, how]) => [name, label, name === "status" ? "perhaps" : how]),
  };
  const NEEDED = { statement: ["content"], figure: ["span"], role: ["span", "holder", "title"] };
  const HINTS = {
    statement: "Words must stand in the article as they are; the nearest to those selected are meant.",
    figure: "Empty fields follow from the words: no number is a vague one, and whoever says the words around it reports it.",
    role: "The words are those that give the post, such as “Mayor Ida Berg”.",
  };
  /** What a form for something missed begins with: what was selected, and the number in it. */
  function begun(kind, n, spans) {
    if (kind === "statement") return { content: spans, source: [], cue: [], stance: "asserts" };
    const whole = spans.length ? [spans[0][0], spans.at(-1)[1]] : null;
    const numbers = whole && kind === "figure" ? DATA.articles[n].quote(...whole).match(/\d[\d,]*(?:\.\d+)?/g) : null;
    const one = numbers?.length === 1 ? numbers[0] : "";
    return { span: whole && DATA.articles[n].quote(...whole), low: one, high: one, reporters: [] };
  }

  /** What was missed: words selected in the article, or typed; a statement, a figure or a role. */
  function missed() {
    const [n, spans] = reader.chosen() ?? [state.article, []];
    if (!DATA.articles[n]) return;
    const near = spans[0]?.[0] ?? 0;
    const form = h("div", {});
    const kind = h("select", { id: "deciding-kind", onchange: () => show() }, Object.keys(MISSED).map((k) => h("option", { value: k }, k)));
    let fields = [];
    function show() {
      const values = begun(kind.value, n, spans);
      fields = MISSED[kind.value].map((f) => field(f, values[f[0]], n));
      for (const f of fields) if (["content", "span", "low", "high", "stance"].includes(f.name)) f.before = "";
      form.replaceChildren(...fields.map((f) => f.row), h("p", { class: "note" }, HINTS[kind.value]));
    }
    show();
    ask("Add what was missed", [h("p", { class: "note" }, bdi(DATA.articles[n].label)), namesIn(n), h("div", { class: "field" }, h("label", { for: "deciding-kind" }, "It is a"), h("div", {}, kind)), form], "Add", () => {
      const to = changes(fields, n, near);
      const lacking = NEEDED[kind.value].find((name) => !to[name] || to[name].length === 0);
      if (lacking) throw new Error(lacking === "content" ? "Say which words are the statement" : `${fields.find((f) => f.name === lacking).row.textContent.split("if new")[0]} cannot be empty`);
      return [{ do: "add", text: textOf(n), kind: kind.value, to }];
    });
  }

  /** Another entity that is the same thing, chosen by part of its name. */
  function join(e) {
    const found = h("div", { class: "choose", role: "radiogroup", "aria-label": "Entities" });
    const input = h("input", { type: "search", id: "deciding-search", autocomplete: "off", spellcheck: "false", oninput: () => show() });
    const others = DATA.entities.filter((x) => x.id !== e.id && x.seen.length);
    function show() {
      const words = fold_(input.value);
      const near = (x) => (fold_(x.name).split(" ").some((w) => w.length > 2 && fold_(e.name).split(" ").includes(w)) ? 0 : 1);
      const list = others.filter((x) => x.names.some((name) => fold_(name).includes(words))).sort((a, b) => near(a) - near(b) || (a.type !== e.type) - (b.type !== e.type) || b.mentions.length - a.mentions.length).slice(0, 30);
      found.replaceChildren(...list.map((x) => h("label", {}, h("input", { type: "radio", name: "same", value: x.id }), " ", bdi(x.name), h("span", { class: "note" }, ` ${TYPES[x.type] ?? x.type}, ${plural(x.mentions.length, "mention")} in ${plural(x.articles.length, "article")}`))));
      if (!list.length) found.append(h("p", { class: "note" }, "No entity is called that."));
    }
    show();
    ask(`${clean(e.name)} is the same as …`, [h("div", { class: "field" }, h("label", { for: "deciding-search" }, "Part of its name"), h("div", {}, input)), found], "Merge", () => {
      const other = byId.get($("input[name=same]:checked", found)?.value);
      if (!other) throw new Error("Choose one of them");
      return [{ do: "merge", a: mentioned(e.seen[0]), b: mentioned(other.seen[0]) }];
    });
  }

  /** Mentions that are somebody else: whole articles are kept apart, mentions of one article leave the entity. */
  function split(e) {
    const boxes = [];
    const list = e.articles.map((n) => h("fieldset", {}, h("legend", {}, bdi(DATA.articles[n].label)), e.mentions.filter(([m]) => m === n).sort((a, b) => a[1] - b[1]).map(([, start, end]) => {
      const box = h("input", { type: "checkbox" });
      boxes.push({ box, n, at: [start, end] });
      const article = DATA.articles[n];
      return h("label", {}, box, h("span", {}, clean(article.quote(Math.max(0, start - 40), start)).replace(/\s+/g, " "), h("b", {}, bdi(article.quote(start, end))), clean(article.quote(end, Math.min(article.length, end + 40))).replace(/\s+/g, " ")));
    })));
    ask(`Which of these are not ${clean(e.name)}?`, h("div", { class: "choose" }, list), "Split", () => {
      if (!boxes.some((b) => b.box.checked) || boxes.every((b) => b.box.checked)) throw new Error("Tick some of them, and not all");
      return splitting(e, boxes.map(({ box, n, at }) => ({ n, at, leaves: box.checked })));
    });
  }
  function splitting(e, mentions) {
    const lines = [];
    const leaving = [];
    const staying = [];
    for (const n of e.articles) {
      const here = mentions.filter((m) => m.n === n);
      const stay = here.filter((m) => !m.leaves);
      const leave = here.filter((m) => m.leaves);
      if (stay.length) staying.push({ text: textOf(n), at: stay[0].at });
      if (leave.length) leaving.push({ text: textOf(n), at: leave[0].at });
      const quotes = stay.map((m) => [...m.at, DATA.articles[n].quote(...m.at)]).slice(0, 200);
      if (stay.length && leave.length) for (const [m, seen] of e.seen) if (m === n) lines.push({ do: "correct", text: textOf(n), kind: "entity", seen, to: { mentions: quotes } });
    }
    return [...lines, ...leaving.flatMap((a) => staying.map((b) => ({ do: "apart", a, b })))];
  }

  // -- what the panel and the keys offer

  async function decide(lines, why = "") {
    await decisions.decide(lines, why);
    say(`${SAID[lines[0].do] ?? "Decided"}; ${left()}`);
  }
  /** How many decisions are not saved yet, in words. */
  function left() {
    const n = decisions.unsaved();
    return n ? `${number(n)} ${decisions.served ? "not saved" : "not exported"}` : decisions.served ? "all saved" : "all exported";
  }
  const rule_ = (r, verdict) => decide(targets(r).map((t) => ({ do: verdict, ...t })));

  const meets = (at, seen) => at?.[0] === seen.at[0] && at?.[1] === seen.at[1];
  /** Whether a decision is about an entity: on what it is, or on whom it is the same as. */
  const aboutEntity = (r, line) => r.seen.some(([n, seen]) => [line.a, line.b, line.kind === "entity" && { text: line.text, at: line.seen?.at ?? line.to?.at }].some((x) => x && x.text === textOf(n) && meets(x.at, seen)));
  /** The last word on a record, also on who it is, and what made it what it is in this page. */
  function wordOn(r) {
    if (r.id[0] === "e") return decisions.inForce().findLast((line) => aboutEntity(r, line)) ?? null;
    const [now, before] = [decisions.on(targets(r)), decisions.holding(DATA.decided?.words[r.id])];
    return now && before ? (now.when < before.when ? before : now) : (now ?? before);
  }

  /** What a correction changed, as it was found: "what is done with it was denies". */
  function was(word) {
    const n = DATA.articles.findIndex((a) => a.sha256 === word.text);
    if (word.do !== "correct" || n < 0) return null;
    const changed = FIELDS[word.kind]?.filter(([name]) => name in Object(word.to)) ?? [];
    const parts = changed.map(([name, label, how]) => `${label.replace(/, .*/, "").toLowerCase()} was ${shorten(written(how, word.seen?.[name], n).replace(/\s+/g, " ") || "nothing", 60)}`);
    return parts.length ? h("span", { class: "note" }, " (", bdi(parts.join("; ")), ")") : null;
  }

  const button = (text, key, run) => h("button", { class: "plain", "aria-keyshortcuts": key, title: `Key: ${key}`, onclick: () => {
    run();
    if (!dialog.open) $("#panel .deciding button")?.focus();
  } }, text);

  function tools(r) {
    if (!can(r)) return null;
    const word = wordOn(r);
    const entity_ = r.id[0] === "e";
    return h("div", { class: "deciding" },
      word ? h("p", { class: `word ${word.do}` }, h("b", {}, SAID[word.do] ?? word.do), " by ", bdi(word.who), was(word), word.why ? [": ", bdi(word.why)] : null, decisions.isSaved(word) ? null : h("span", { class: "note" }, decisions.served ? " (not saved)" : " (not exported)"), " ", h("button", { class: "link", "aria-keyshortcuts": "B", title: "Key: B", onclick: () => decisions.back(word) }, "Take back")) : null,
      h("div", { class: "row" },
        entity_ ? null : [button("✓ Right", "Y", () => rule_(r, "confirm")), button("✕ Wrong", "N", () => rule_(r, "reject"))],
        button("Correct", "C", () => correct(r)),
        entity_ ? [button("Same as …", "J", () => join(r)), r.mentions.length > 1 ? button("Split", "S", () => split(r)) : null] : button("Next", "X", next)),
      decisions.keeps() || decisions.served ? null : h("p", { class: "note" }, "This browser keeps nothing for this page: export your decisions before you close it."));
  }

  /** Go to the next record that nobody has decided about, in the order of the articles. */
  function next() {
    const all = [...DATA.statements, ...DATA.figures, ...DATA.roles].filter((r) => can(r) && shows(r.id));
    const at = (r) => [r.article, (r.content?.[0] ?? r.span ?? [0])[0], r.id];
    const order = (a, b) => { const [x, y] = [at(a), at(b)]; return x[0] - y[0] || x[1] - y[1] || (x[2] < y[2] ? -1 : 1); };
    all.sort(order);
    const here = byId.get(state.sel);
    const from = here && can(here) && here.id[0] !== "e" ? all.indexOf(here) + 1 : 0;
    const found = [...all.slice(from), ...all.slice(0, from)].find((r) => r !== here && !wordOn(r));
    found ? select(found.id) : say("Everything that is shown has been decided about");
  }

  /** A key of somebody who decides; whether it meant anything. */
  function key(event) {
    const pressed = event.key.toLowerCase();
    const r = byId.get(state.sel);
    if (pressed === "a" && state.view === "reader") return missed(), true;
    if (pressed === "x") return next(), true;
    if (!can(r)) return false;
    const entity_ = r.id[0] === "e";
    const word = wordOn(r);
    if (pressed === "b" && word) decisions.back(word);
    else if (pressed === "c") correct(r);
    else if (pressed === "y" && !entity_) rule_(r, "confirm");
    else if (pressed === "n" && !entity_) rule_(r, "reject");
    else if (pressed === "j" && entity_) join(r);
    else if (pressed === "s" && entity_ && r.mentions.length > 1) split(r);
    else return false;
    return true;
  }

  /** All that was decided here: by whom it is signed, how it is taken along. */
  async function overview() {
    await decisions.refresh();
    const name = h("input", { type: "text", id: "deciding-who", autocomplete: "name", value: decisions.who(), maxlength: 200, onchange: (e) => decisions.setWho(e.target.value) });
    const body = () => {
      const own = decisions.own();
      const force = decisions.inForce();
      return [
        h("div", { class: "field" }, h("label", { for: "deciding-who" }, "Signed by"), h("div", {}, name)),
        h("p", {}, h("b", {}, left()), `, ${plural(force.length, "decision")} in force.`),
        decisions.trouble() ? h("p", { class: "wrong" }, clean(decisions.trouble())) : null,
        h("p", { class: "note" }, decisions.served ? "Each decision is saved at once by the server that this page comes from; the graph follows in seconds. Open the page again to see what became of it." : decisions.keeps() ? "They are kept in this browser, for this file, and go nowhere by themselves. Export them; then the command kg review apply puts the file into the graph." : "This browser keeps nothing for this page: export before you close it. Then the command kg review apply puts the file into the graph."),
        h("p", { class: "row" }, decisions.served ? (decisions.unsaved() ? h("button", { class: "plain", type: "button", onclick: () => decisions.send() }, "Save now") : null) : null, own.length ? h("button", { class: "plain", type: "button", onclick: () => (save(), overview()) }, "Export decisions") : null, h("button", { class: "plain", type: "button", onclick: () => (dialog.close(), next()) }, "To the next undecided")),
        h("ul", { class: "choose" }, force.slice(-200).reverse().map((line) => h("li", {}, h("b", {}, SAID[line.do] ?? line.do), ` ${line.kind ?? "entities"}: `, bdi(subject(line)), h("span", { class: "note" }, " ", bdi(`${line.who}, ${line.when}`)), " ", h("button", { class: "link", type: "button", onclick: async () => (await decisions.back(line), overview()) }, "Take back")))),
      ];
    };
    if (dialog.open) dialog.close();
    ask("Decisions", body(), "", () => []);
  }
  /** The words that a decision is about. */
  function subject(line) {
    const words = (text, at) => {
      const article = DATA.articles.find((a) => a.sha256 === text);
      return article && Array.isArray(at) ? shorten(article.quote(at[0], at[1]).replace(/\s+/g, " "), 90) : "in another article";
    };
    if (line.a) return [line.a, line.b].map((x) => (typeof x === "string" ? x : words(x?.text, x?.at))).join(" and ");
    const parts = line.seen ?? line.to ?? {};
    return words(line.text, parts.content?.[0] ?? parts.span ?? parts.at);
  }
  const save = () => exports_.saveAs(exports_.named("decisions.jsonl"), "application/x-ndjson", decisions.exported());

  const opener = h("button", { id: "review-open", onclick: () => overview() });
  const label = () => {
    const n = decisions.unsaved();
    opener.textContent = n ? `Review: ${number(n)} unsaved` : "Review";
    opener.classList.toggle("unsaved", n > 0);
  };
  onChange((what) => ["decided", "start"].includes(what) && label());
  if (decisions.served) decisions.refresh().then(() => decisions.send());
  return { tools, key, missed, opener, save, wordOn };
})();
