/** Search over everything: names, statements, figures, roles, topics, articles and the text itself. */
const search = (() => {
  const input = $("#query");
  const list = $("#results");
  const MOST = 40;
  // letters without their marks, numbers without commas: "5,000" is found as 5000
  const fold = (text) => clean(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1");
  const NAMED = new Set([...Object.values(TYPES), "Topic", "Figure", "Role"]);
  let entries = null;
  let found = [];
  let at = -1;

  function all() {
    if (entries) return entries;
    entries = [];
    const add = (id, kind, text, more = "") => entries.push({ id, kind, text, key: fold(`${text} ${more}`) });
    for (const e of DATA.entities) add(e.id, TYPES[e.type] ?? e.type, e.name, e.names.join(" "));
    for (const t of DATA.topics) add(t.id, "Topic", t.label);
    for (const s of DATA.statements) add(s.id, "Statement", titleOf(s.id), `${s.stance} ${s.cueText} ${s.role ?? ""}`);
    for (const f of DATA.figures) add(f.id, "Figure", `${titleOf(f.id)}${f.reporters.length ? `, ${nameOf(f.reporters[0])}` : ""}`, `${f.text} ${f.event ?? ""} ${nameOf(f.place)} ${f.low ?? ""} ${f.high ?? ""}`);
    for (const r of DATA.roles) add(r.id, "Role", titleOf(r.id));
    for (const r of DATA.relations) add(r.id, "Relation", titleOf(r.id));
    for (const v of DATA.events) add(v.id, "Event", `${v.trigger} ${v.participants.map((p) => nameOf(p[1])).join(", ")}`);
    for (const a of DATA.articles) add(a.id, "Article", a.title, `${a.publisher ?? ""} ${a.authors.join(" ")} ${a.text}`);
    return entries;
  }

  /** Whether two words differ by a slip or two of the finger: letters left out, added, taken for others or swapped. */
  function near(a, b) {
    const slips = a.length < 4 ? 0 : a.length < 7 ? 1 : 2;
    if (Math.abs(a.length - b.length) > slips) return false;
    let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return row[b.length] <= slips;
  }

  function run() {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    found = words.length ? all().filter((e) => words.every((w) => e.key.includes(w))) : [];
    // nothing is spelt so: names that are nearly spelt so
    if (words.length && !found.length) found = all().filter((e) => NAMED.has(e.kind) && words.every((w) => (e.words ??= e.key.split(/[^\p{L}\p{N}]+/u)).some((word) => near(w, word))));
    // who looks for a number looks for a figure; a name that starts so comes before one that holds it
    const digits = /\d/.test(input.value);
    const start = (e) => (digits && e.kind === "Figure" ? -1 : fold(e.text).startsWith(words[0] ?? "") ? 0 : 1);
    found = found.map((e, i) => [e, i]).sort(([a, i], [b, j]) => start(a) - start(b) || i - j).map(([e]) => e);
    const total = found.length;
    found = found.slice(0, MOST);
    at = found.length ? 0 : -1;
    list.replaceChildren(...found.map((e, i) => h("li", { role: "option", id: `result-${i}`, "aria-selected": String(i === at), onmousedown: (event) => (event.preventDefault(), choose(i)) }, h("span", { class: "kind" }, e.kind), bdi(shorten(e.text, 160)))));
    if (words.length && total !== found.length) say(`${total} found, ${found.length} shown`);
    else if (words.length) say(`${total} found`);
    if (words.length && !total) list.append(h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing found"));
    show(words.length > 0);
  }

  function show(on) {
    list.hidden = !on;
    if (on) {
      const { left, bottom } = input.getBoundingClientRect();
      list.style.top = `${bottom + 2}px`;
      list.style.left = `${Math.max(10, Math.min(left, innerWidth - list.offsetWidth - 10))}px`;
    }
    input.setAttribute("aria-expanded", String(on));
    if (on && at >= 0) input.setAttribute("aria-activedescendant", `result-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    if (!found.length) return;
    at = (at + step + found.length) % found.length;
    $$("li", list).forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
    $(`#result-${at}`).scrollIntoView({ block: "nearest" });
    show(true);
  }

  function choose(i) {
    const hit = found[i];
    if (!hit) return;
    input.value = "";
    show(false);
    input.blur();
    if (state.view === "graph" && "etf".includes(hit.id[0]) && graph.nodeOf(hit.id) && graph.around.get(graph.nodeOf(hit.id)).length) {
      const ending = state.path.length === 1;
      graphview.fly(hit.id);
      if (!ending) select("f" === hit.id[0] ? graph.nodeOf(hit.id) : hit.id);
      return;
    }
    const view = hit.id[0] === "a" ? "reader" : hit.id[0] === "f" && !["reader", "table", "graph"].includes(state.view) ? "figures" : null;
    select(hit.id, { view });
  }

  onChange((what) => what === "data" && (entries = null));
  input.addEventListener("input", run);
  input.addEventListener("focus", () => input.value && run());
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") choose(at);
    else if (event.key === "Escape") {
      input.value = "";
      show(false);
    }
    event.stopPropagation();
  });
  return { focus: () => input.focus() };
})();
