/** The article as read, its records marked in the text: statements by form and stance, sources, cues, figures, posts. */
const reader = (() => {
  const region = $("#reader");
  const kinds = { statement: true, source: true, figure: true, role: true };

  function records(n) {
    const list = [];
    const add = (span, kind, id, extra = {}) => list.push({ start: span[0], end: span[1], kind, id, ...extra });
    for (const s of statementsOf(n)) {
      if (!passes(s)) continue;
      const told = spoken(s);
      if (kinds.statement) s.content.forEach((span, i) => add(span, "content", s.id, { s, last: !told && i === s.content.length - 1 }));
      if (kinds.source) s.source.forEach((span) => add(span, "source", s.by, { type: entity(s.by).type }));
      if (kinds.source) s.cue.forEach((span) => add(span, "cue", s.id));
    }
    if (kinds.figure) for (const f of figuresIn(n)) if (figurePasses(f)) add(f.span, "figure", f.id);
    if (kinds.role) for (const r of rolesIn(n)) if (recordPasses(r)) add(r.span, "role", r.id);
    return list;
  }

  /** Whether the words beside a statement say who makes it and how, so that the reader needs no note of it. */
  function spoken(s) {
    const words = s.source.map(([a, b]) => articleOf(s).quote(a, b)).join(" ").toLowerCase();
    const named = (id) => [nameOf(id).toLowerCase(), ...nameOf(id).toLowerCase().split(" ").filter((word) => word.length > 3)].some((name) => words.includes(name));
    return s.stance === "asserts" && words !== "" && speakersOf(s).every(named);
  }

  /** A block in pieces, cut wherever a record begins or ends; a click goes to the shortest record of the piece. */
  function pieces(article, start, end, list) {
    const inside = list.filter((r) => r.start < end && r.end > start);
    const cuts = [...new Set([start, end, ...inside.flatMap((r) => [Math.max(r.start, start), Math.min(r.end, end)])])].sort((a, b) => a - b);
    const waiting = [...inside].sort((x, y) => y.start - x.start);
    let open = [];
    const out = [];
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const [a, b] = [cuts[i], cuts[i + 1]];
      while (waiting.length && waiting[waiting.length - 1].start <= a) open.push(waiting.pop());
      open = open.filter((r) => r.end >= b);
      const over = [...open].sort((x, y) => x.end - x.start - (y.end - y.start) || y.start - x.start);
      const words = article.quote(a, b);
      if (!over.length) {
        out.push(words);
        continue;
      }
      const inner = over.find((r) => r.kind === "content");
      const classes = new Set();
      if (inner) classes.add(`c-${inner.s.form}`).add(`c-${inner.s.stance}`);
      for (const r of over) {
        if (r.kind !== "content") classes.add(`k-${r.kind}`);
        if (r.type) classes.add(`t-${r.type}`);
        if (r.id === state.sel) classes.add("sel");
        const word = r.kind !== "source" && deciding.wordOn(byId.get(r.id));
        if (word) classes.add(`d-${word.do}`);
      }
      const target = over[0].id;
      const first = over.some((r) => r.start === a);
      out.push(h("mark", { class: [...classes].join(" "), "data-r": over.map((r) => r.id).join(" "), "data-at": a, title: over.find((r) => r.type) ? TYPES[over.find((r) => r.type).type] : null, ...(first ? { tabindex: 0, role: "button" } : {}), onclick: () => select(target), onkeydown: (e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), select(target)) }, words));
      for (const r of over) if (r.kind === "content" && r.last && r.end === b) out.push(h("span", { class: "who", "aria-hidden": "true", onclick: () => select(r.id) }, bdi(shorten(whoSays(r.s), 42)), { denies: " denies", doubts: " doubts", hedges: " hedges", asks: " asks", demands: " demands" }[r.s.stance] ?? ""));
    }
    return out;
  }

  function body(n) {
    const article = DATA.articles[n];
    const list = records(n);
    const out = h("article", { lang: article.language ?? "en" });
    out.append(h("p", { class: "byline" }, bdi([article.publisher, article.authors.join(", "), article.published].filter(Boolean).join(" · ") || "no publisher or date given")));
    const headline = article.blocks[0] && article.quote(article.blocks[0][1], article.blocks[0][2]);
    if (article.title && article.title !== headline) out.append(h("p", { class: "byline" }, "Title: ", bdi(article.title)));
    for (const [kind, start, end] of article.blocks) {
      const block = h(kind === "headline" ? "h2" : "p", { class: kind, "data-block": n, "data-start": start }, pieces(article, start, end, list));
      out.append(margined() ? h("div", { class: "margined" }, block, margin(n, start, end)) : block);
    }
    if (article.problems.length) out.append(h("p", { class: "byline" }, "Could not be read: ", bdi(article.problems.join("; "))));
    return out;
  }

  const beside = () => byId.has(state.second) && DATA.articles.indexOf(byId.get(state.second)) !== state.article;
  /** Whether notes stand in the margin: as asked for, else where the window has room beside a line that is read well. */
  const margined = () => state.margin ?? (!beside() && $("#stage").clientWidth >= 1100);

  /** Who says what in a block, and which figures it has, in short, for the margin beside it. */
  function margin(n, start, end) {
    const here = statementsOf(n).filter((s) => passes(s) && s.content.length && s.content[0][0] >= start && s.content[0][0] < end);
    return h("aside", {}, here.map((s) => h("p", {}, h("button", { class: "link", onclick: () => select(s.id) }, h("b", {}, bdi(whoSays(s)))), s.role ? h("span", { class: "note" }, ", ", bdi(shorten(s.role, 60)), ",") : null, ` ${verbOf(s.stance)}`)), figuresIn(n).filter((f) => figurePasses(f) && f.span[0] >= start && f.span[0] < end).map((f) => h("p", {}, h("button", { class: "link", onclick: () => select(f.id) }, bdi(titleOf(f.id))))));
  }

  /** How many code points of a block come before a place in it: what the page has written between the words does not count. */
  function before(block, node, offset) {
    const range = new Range();
    range.selectNodeContents(block);
    range.setEnd(node, offset);
    const copy = range.cloneContents();
    for (const said of $$(".who", copy)) said.remove();
    return Array.from(copy.textContent).length;
  }

  /** The words that are selected in an article: its number and a place for each block; null if none are. */
  function selection() {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || range.collapsed || !region.contains(range.commonAncestorContainer)) return null;
    const blocks = $$("[data-block]", region).filter((block) => range.intersectsNode(block));
    const n = Number(blocks[0]?.dataset.block);
    const spans = [];
    for (const block of blocks.filter((b) => Number(b.dataset.block) === n)) {
      const start = Number(block.dataset.start);
      let from = start + (block.contains(range.startContainer) ? before(block, range.startContainer, range.startOffset) : 0);
      let to = start + (block.contains(range.endContainer) ? before(block, range.endContainer, range.endOffset) : before(block, block, block.childNodes.length));
      const words = (a, b) => DATA.articles[n].quote(a, b);
      while (from < to && /\s/.test(words(from, from + 1))) from += 1;
      while (from < to && /\s/.test(words(to - 1, to))) to -= 1;
      if (from < to) spans.push([from, to]);
    }
    return spans.length ? [n, spans] : null;
  }
  let last = null; // a click on a button may let go of the selection
  document.addEventListener("selectionchange", () => {
    const now = state.view === "reader" ? selection() : null;
    if (now || region.contains(getSelection().anchorNode)) last = now;
  });
  const chosen = () => selection() ?? last;

  let made = null; // the bar, kept: a list of thousands of articles is not made anew with each

  function bar() {
    if (made?.count === DATA.articles.length) {
      if (made.choose) made.choose.value = String(state.article);
      made.margin.checked = margined();
      return made.bar;
    }
    const toggle = (name, text) => h("label", {}, h("input", { type: "checkbox", checked: kinds[name], onchange: (e) => ((kinds[name] = e.target.checked), render()) }), ` ${text}`);
    const choose = h("select", { "aria-label": "Article", onchange: (e) => (change("sel", { article: Number(e.target.value), sel: null }), (region.scrollTop = 0)) }, DATA.articles.map((a, i) => h("option", { value: i, selected: i === state.article }, shorten(clean(a.label), 90))));
    made = { count: DATA.articles.length, choose };
    const other = h("select", { "aria-label": "A second article beside it", onchange: (e) => change("table", { second: e.target.value || null }) }, h("option", { value: "" }, "beside it: nothing"), DATA.articles.map((a) => h("option", { value: a.id, selected: a.id === state.second }, shorten(clean(`beside it: ${a.label}`), 60))));
    made.margin = h("input", { type: "checkbox", checked: margined(), onchange: (e) => change("table", { margin: e.target.checked }) });
    const notes_ = h("label", {}, made.margin, " margin notes");
    const add = h("button", { class: "plain", "aria-keyshortcuts": "A", title: "Select the words first. Key: A", onclick: () => deciding.missed() }, "Add what was missed");
    made.bar = h("div", { class: "bar" }, DATA.articles.length > 1 ? [choose, other] : null, add, notes_, toggle("statement", "statements"), toggle("source", "sources and cues"), toggle("figure", "figures"), toggle("role", "roles"));
    return made.bar;
  }

  let drawn = null;

  function render() {
    if (state.view !== "reader") return;
    const top = bar();
    // a list of articles that stays where it is need not be measured again
    if (top.parentNode === region) while (top.nextSibling) top.nextSibling.remove();
    else region.replaceChildren(top);
    region.append(!DATA.articles.length ? h("p", { class: "note" }, "No articles.") : beside() ? h("div", { class: "two" }, body(state.article), body(DATA.articles.indexOf(byId.get(state.second)))) : body(state.article));
    drawn = state.article;
    roomy = margined();
  }

  /** Light up the selected record, and bring it into the window if it is not there. */
  function mark() {
    const here = marked();
    for (const piece of $$("[data-r]", region)) piece.classList.toggle("sel", piece.dataset.r.split(" ").some((id) => here.has(id)));
    const first = state.sel && $("[data-r].sel", region);
    if (!first) return;
    const { top, bottom } = first.getBoundingClientRect();
    const frame = region.getBoundingClientRect();
    if (top < frame.top + 50 || bottom > frame.bottom - 20) first.scrollIntoView({ block: "center" });
  }

  onChange((what) => {
    if (state.view !== "reader") return;
    if (what !== "sel" || drawn !== state.article) render();
    mark();
  });
  let roomy = margined();
  addEventListener("resize", () => {
    if (state.view !== "reader" || margined() === roomy) return;
    render();
    mark();
  });
  return { render, chosen };
})();
