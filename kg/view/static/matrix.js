/** Who speaks about what: a row for each source, a column for each topic, each cell the statements where they meet. */
const matrix = (() => {
  const region = $("#matrix");
  const MOST = 14;
  const FIRST = 80; // rows drawn at once

  function table() {
    const shown = DATA.statements.filter((s) => passes(s));
    const present = new Set(shown.flatMap((s) => s.topics));
    const topics = DATA.topics.filter((t) => present.has(t.id)).slice(0, MOST);
    const chosen = new Set(topics.map((t) => t.id));
    const columns = [...topics.map((t) => ({ id: t.id, label: t.label, of: (s) => s.topics.includes(t.id) }))];
    if (shown.some((s) => !s.topics.some((t) => chosen.has(t)))) columns.push({ id: null, label: topics.length ? "anything else" : "all statements", of: (s) => !s.topics.some((t) => chosen.has(t)) });
    const said = new Map();
    for (const s of shown) for (const id of speakersOf(s)) said.has(id) ? said.get(id).push(s) : said.set(id, [s]);
    const speakers = [...said].map(([id, statements]) => ({ id, statements }));
    // who speaks about the first topic comes first, then who speaks about the second: what is filled lies along the diagonal
    for (const s of speakers) s.first = columns.findIndex((c) => s.statements.some(c.of));
    speakers.sort((a, b) => a.first - b.first || b.statements.length - a.statements.length || (nameOf(a.id) < nameOf(b.id) ? -1 : 1));
    return { columns, speakers };
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
    return [...stances].map(([stance, list]) => {
      const f = telling(list);
      const text = list.length > 1 ? `${verbOf(stance)} ×${list.length}` : verbOf(stance);
      const sel = list.some((s) => s.id === state.sel);
      return h("button", { class: `cell ${stance}${sel ? " sel" : ""}`, "data-ids": list.map((s) => s.id).join(" "), title: clean(list.map((s) => s.text).join("\n")).slice(0, 600), onclick: () => select(list[(list.findIndex((s) => s.id === state.sel) + 1) % list.length].id) }, clean(text), f ? h("small", {}, bdi(shorten(figureTold(f), 44))) : null);
    });
  }

  function render() {
    if (state.view !== "matrix") return;
    const { columns, speakers } = table();
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
    region.replaceChildren(h("h2", {}, "Who speaks about what"),
      speakers.length ? h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Sources by topics" }, h("table", { class: "mx" }, h("thead", {}, head), body), more) : h("p", { class: "note" }, ...(DATA.statements.length ? ["No statement passes the filters. ", h("button", { class: "plain", onclick: () => filters.clear() }, "Show all")] : ["The articles quote and report nobody."])));
    sideways($(".scroll", region));
  }

  function mark() {
    for (const marked of $$(".sel", region)) marked.classList.remove("sel");
    if (!state.sel) return;
    $(`tr[data-id="${CSS.escape(state.sel)}"]`, region)?.classList.add("sel");
    $(`th[data-id="${CSS.escape(state.sel)}"]`, region)?.classList.add("sel");
    const here = marked();
    const cells = $$(".cell", region).filter((c) => c.dataset.ids.split(" ").some((id) => here.has(id)));
    for (const cell of cells) cell.classList.add("sel");
    cells[0]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  onChange((what) => {
    if (state.view !== "matrix" || what === "camera" || what === "graph") return;
    if (what !== "sel") render();
    mark();
  });
  return { table };
})();
