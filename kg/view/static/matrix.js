/** Who speaks about what: a row for each source, a column for each topic, each cell the statements where they meet. */
const matrix = (() => {
  const region = $("#matrix");
  const FIRST = 80; // rows drawn at once
  const sizes = () => (innerWidth <= 560 ? [98, 88] : [160, 108]); // pixels that a source and a cell with a figure in it need
  let drawn = 0; // columns

  /** A column for each topic that anybody speaks about, and one for what is on none. */
  function columnsOf(shown, wide) {
    const speakers = new Map();
    for (const s of shown) for (const t of s.topics) for (const id of speakersOf(s)) speakers.has(t) ? speakers.get(t).add(id) : speakers.set(t, new Set([id]));
    const topics = together(DATA.topics.filter((t) => speakers.has(t.id)), speakers, wide);
    const columns = topics.map((t) => ({ id: t.id, label: t.label, of: (s) => s.topics.includes(t.id) }));
    if (shown.some((s) => !s.topics.length)) columns.push({ id: null, label: columns.length ? "on no topic" : "all statements", of: (s) => !s.topics.length });
    return columns;
  }

  /** Topics so that those beside each other have speakers in common: the most spoken of, then what the same people speak about. */
  function together(topics, speakers, wide) {
    const spokenBy = new Map();
    for (const t of topics) for (const who of speakers.get(t.id)) spokenBy.has(who) ? spokenBy.get(who).push(t) : spokenBy.set(who, [t]);
    const left = new Set(topics);
    const found = [];
    let shared = new Map();
    while (left.size) {
      if (found.length % wide === 0) shared = new Map();
      let next = null;
      for (const t of left) if (!next || (shared.get(t) ?? 0) > (shared.get(next) ?? 0)) next = t;
      left.delete(next);
      found.push(next);
      for (const who of speakers.get(next.id)) for (const t of spokenBy.get(who)) shared.set(t, (shared.get(t) ?? 0) + 1);
    }
    return found;
  }

  /** How many columns stand beside each other without scrolling sideways. */
  const fits = () => Math.max(1, Math.floor((inner(region) - sizes()[0]) / sizes()[1]));

  /** As many columns as fit, from that of a topic on, and who speaks about any of them. */
  function table() {
    const shown = DATA.statements.filter((s) => passes(s));
    const wide = fits();
    const all = columnsOf(shown, wide);
    const from = Math.floor(Math.max(0, all.findIndex((c) => (c.id ?? "none") === state.across)) / wide) * wide;
    const columns = all.slice(from, from + wide);
    const said = new Map();
    for (const s of shown) for (const id of speakersOf(s)) said.has(id) ? said.get(id).push(s) : said.set(id, [s]);
    const speakers = [...said].map(([id, statements]) => ({ id, statements, first: columns.findIndex((c) => statements.some(c.of)) })).filter((s) => s.first >= 0);
    // who speaks about the first topic comes first, then who speaks about the second: what is filled lies along the diagonal
    speakers.sort((a, b) => a.first - b.first || b.statements.length - a.statements.length || (nameOf(a.id) < nameOf(b.id) ? -1 : 1));
    return { all, from, wide, columns, speakers };
  }

  /** The figure that a cell should tell: one that says what it counts and what befell them, the largest first; none is better than a bare "2". */
  function telling(statements) {
    const list = statements.flatMap((s) => figuresOf(s.id)).filter((f) => f.counted && figurePasses(f));
    const weight = (f) => [f.happened ? 1 : 0, f.high ?? f.low ?? 0];
    return list.sort((a, b) => weight(b)[0] - weight(a)[0] || weight(b)[1] - weight(a)[1])[0] ?? null;
  }

  function cell(statements) {
    const stances = new Map();
    for (const s of statements) stances.set(s.stance, [...(stances.get(s.stance) ?? []), s]);
    return [...stances].sort(([a], [b]) => STANCES.indexOf(a) - STANCES.indexOf(b)).map(([stance, list]) => {
      const f = telling(list);
      const text = list.length > 1 ? `${verbOf(stance)} ×${list.length}` : verbOf(stance);
      const sel = list.some((s) => s.id === state.sel);
      return h("button", { class: `cell ${stance}${sel ? " sel" : ""}`, "data-ids": list.map((s) => s.id).join(" "), title: clean(list.map((s) => s.text).join("\n")).slice(0, 600), onclick: () => select(list[(list.findIndex((s) => s.id === state.sel) + 1) % list.length].id) }, clean(text), f ? h("small", {}, bdi(shorten(figureTold(f), 44))) : null);
    });
  }

  /** Which of the topics are here, and the way to the others. */
  function bar({ all, from, wide, columns, speakers }) {
    if (all.length <= wide) return null;
    const [topics, last] = [all, columns].map((list) => list.filter((c) => c.id).length);
    const here = last > 1 ? `Topics ${number(from + 1)} to ${number(from + last)} of ${number(topics)}` : last ? `Topic ${number(from + 1)} of ${number(topics)}` : "On no topic";
    const turn = (label, words, at) => h("button", { class: "plain", "aria-label": words, disabled: at < 0 || at >= all.length, onclick: () => all[at] && (change("across", { across: all[at].id ?? "none" }), ($(`#matrix button[aria-label="${words}"]:enabled`) ?? $("#matrix .bar button:enabled")).focus()) }, label);
    return h("div", { class: "bar" }, turn("‹", "Topics before", from - wide), turn("›", "Topics after", from + wide),
      h("span", { class: "lead" }, `${here}, ${plural(speakers.length, "source")}`));
  }

  function render() {
    if (state.view !== "matrix") return;
    const now = table();
    const { columns, speakers } = now;
    drawn = now.wide;
    const head = h("tr", {}, h("th", { scope: "col" }, "Source"), columns.map((c) => h("th", { scope: "col", "data-id": c.id }, c.id ? h("button", { class: "link", onclick: () => select(c.id) }, bdi(c.label)) : c.label)));
    const row = ({ id, statements }) => {
      const post = statements.find((s) => s.role)?.role;
      return h("tr", { class: state.sel === id ? "sel" : "", "data-id": id },
        h("th", { scope: "row" }, h("button", { class: "link", onclick: () => select(id) }, bdi(nameOf(id))), post ? h("small", {}, bdi(post)) : null),
        columns.map((c) => h("td", {}, cell(statements.filter(c.of)).flatMap((b) => [b, " "]))));
    };
    const body = h("tbody", {}, speakers.slice(0, FIRST).map(row));
    // who waits comes in on demand, or where the one selected is among them
    const late = speakers.slice(FIRST);
    const here = marked();
    const wanted = late.some(({ id, statements }) => id === state.sel || statements.some((s) => here.has(s.id)));
    if (wanted) body.append(...late.splice(0).map(row));
    const more = late.length ? h("button", { class: "plain", onclick: (e) => (e.target.remove(), body.append(...late.map(row)), mark()) }, `Show ${number(late.length)} more`) : "";
    const nobody = () => h("p", { class: "note" }, ...(DATA.statements.length ? ["No statement passes the filters. ", h("button", { class: "plain", onclick: () => filters.clear() }, "Show all")] : ["The articles quote and report nobody."]));
    region.replaceChildren(...[h("h2", {}, "Who speaks about what"), bar(now), speakers.length ? h("table", { class: "mx" }, h("thead", {}, head), body) : nobody(), more].filter(Boolean));
  }

  /** Turn to the topics among which what is selected stands. */
  function follow() {
    const here = marked();
    const { all, columns } = table();
    const holds = (c) => c.id === state.sel || DATA.statements.some((s) => here.has(s.id) && passes(s) && c.of(s));
    const found = columns.some(holds) ? null : all.find(holds);
    if (!found) return;
    state.across = found.id ?? "none";
    render();
  }

  function mark() {
    for (const marked of $$(".sel", region)) marked.classList.remove("sel");
    if (!state.sel) return;
    $(`tr[data-id="${CSS.escape(state.sel)}"]`, region)?.classList.add("sel");
    $(`th[data-id="${CSS.escape(state.sel)}"]`, region)?.classList.add("sel");
    const here = marked();
    const cells = $$(".cell", region).filter((c) => c.dataset.ids.split(" ").some((id) => here.has(id)));
    for (const cell of cells) cell.classList.add("sel");
    cells[0]?.scrollIntoView({ block: "nearest" });
  }

  onChange((what) => {
    if (state.view !== "matrix" || what === "camera" || what === "graph") return;
    if (what !== "sel") render();
    if (state.sel && (what === "sel" || !state.across)) follow();
    mark();
  });
  new ResizeObserver(() => {
    if (state.view !== "matrix" || fits() === drawn) return;
    render();
    mark();
  }).observe(region);
  return { table };
})();
