/** The records as tables: the same rows as the graph, for reading, sorting and screen readers. */
const tables = (() => {
  const region = $("#table");
  const STEP = 200;
  let most = STEP;
  let order = null;
  let drawn = false; // whether columns were drawn below others

  const where = (r) => articleOf(r).label;
  const offsets = (spans) => spans.map(([a, b]) => `${a}–${b}`).join(", ");
  const sure = (r) => r.confidence.toFixed(2);
  const KINDS = {
    statements: {
      label: "Statements",
      records: () => DATA.statements.filter((s) => passes(s)),
      total: () => DATA.statements.length,
      below: { Source: ["Role at the time", "On the word of"], Stance: ["The article’s verb", "How it is said"] },
      columns: { Source: whoSays, Statement: (s) => s.text, Stance: (s) => LINES[s.stance]?.word ?? s.stance, "Role at the time": (s) => s.role ?? "", "The article’s verb": verbIn, "How it is said": (s) => FORM_WORDS[s.form] ?? s.form, "On the word of": (s) => nameOf(s.via), Topics: (s) => s.topics.map((t) => byId.get(t).label).join("; "), Article: where, Characters: (s) => offsets(s.content), Confidence: sure },
    },
    figures: {
      label: "Figures",
      records: () => DATA.figures.filter(figurePasses),
      total: () => DATA.figures.length,
      below: { "Reported by": ["On the word of", "By way of"], Counted: ["Event"], Period: ["Place"] },
      columns: { "Reported by": (f) => namesOf(f.reporters), "On the word of": (f) => nameOf(f.via), "By way of": (f) => (chainOf(f).length > 1 ? chainText(f) : ""), Value: valueOf, Low: (f) => f.low ?? "", High: (f) => f.high ?? "", Bound: (f) => f.bound, Unit: (f) => unitOf(f) ?? "", Per: (f) => f.per ?? "", Counted: (f) => f.counted ?? "", Event: (f) => f.happened || (f.event ?? ""), Period: periodOf, Place: (f) => nameOf(f.place), Words: (f) => articleOf(f).quote(...f.evidence), Article: where, Characters: (f) => offsets([f.span]), Confidence: sure },
    },
    roles: {
      label: "Roles",
      records: () => DATA.roles.filter(recordPasses),
      total: () => DATA.roles.length,
      below: { Organisation: ["Place"], Status: ["From", "Until", "As of"] },
      columns: { Holder: (r) => nameOf(r.holder), Title: (r) => r.title, Organisation: (r) => nameOf(r.organization), Place: (r) => nameOf(r.place), Status: (r) => r.status, From: (r) => r.start ?? "", Until: (r) => r.end ?? "", "As of": (r) => r.asOf ?? "", Words: (r) => articleOf(r).quote(...r.span), Article: where, Characters: (r) => offsets([r.span]), Confidence: sure },
    },
    relations: {
      label: "Relations",
      records: () => DATA.relations.filter(recordPasses),
      total: () => DATA.relations.length,
      below: { Subject: ["On the word of"] },
      columns: { Subject: (r) => nameOf(r.subject), Relation: (r) => wordsOf(r.type), Object: (r) => nameOf(r.object), "On the word of": (r) => whoSays(byId.get(r.statement)), Period: periodOf, Words: (r) => articleOf(r).quote(...r.span), Article: where, Characters: (r) => offsets([r.span]), Confidence: sure },
    },
    events: {
      label: "Events",
      records: () => DATA.events.filter(recordPasses),
      total: () => DATA.events.length,
      below: { Event: ["Type", "Said not to have happened", "On the word of"], Period: ["Place"] },
      columns: { Event: (e) => e.trigger, Type: (e) => e.type ?? "", Participants: (e) => e.participants.map(([role, id]) => `${partOf(role)}: ${nameOf(id)}`).join("; "), Place: (e) => nameOf(e.place), Period: periodOf, "Said not to have happened": (e) => (e.negated ? "yes" : ""), "On the word of": (e) => whoSays(byId.get(e.statement)), Words: (e) => articleOf(e).quote(...e.span), Article: where, Characters: (e) => offsets([e.span]), Confidence: sure },
    },
  };
  // columns of a file, not of the page: parts of a value, which says them, and what the panel tells of each record
  const FILED = new Set(["Low", "High", "Bound", "Unit", "Per", "Characters"]);
  const NAMED = new Set(["On the word of", "By way of", "From", "Until", "As of"]); // say nothing without the name of their column
  const WIDE = 1100; // pixels in which every column has room; in fewer some stand below others, on a telephone each by itself
  const tight = () => inner(region) < WIDE && innerWidth > 560;
  const least = (f) => f.low ?? f.high ?? -Number.MAX_VALUE;
  const width = (c) => (["Statement", "Words"].includes(c) ? "wide" : c === "Article" ? "title" : ["Topics", "Source", "Role at the time", "Title", "Reported by", "Organisation", "Participants", "Counted", "By way of"].includes(c) ? "mid" : c === "Period" ? "when" : ["Stance", "From", "Until"].includes(c) ? "brief" : "");

  function rowsOf(kind) {
    const list = KINDS[kind].records();
    if (!order || !KINDS[kind].columns[order.column]) return list;
    const value = order.column === "Value" ? least : KINDS[kind].columns[order.column];
    const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true }));
    return [...list].sort((a, b) => order.sign * compare(value(a), value(b)));
  }

  function render() {
    if (state.view !== "table") return;
    const kind = state.table;
    const { label, total } = KINDS[kind];
    const list = rowsOf(kind);
    // a column that no row fills is not shown
    const filled = Object.fromEntries(Object.entries(KINDS[kind].columns).filter(([c, value]) => !FILED.has(c) && (!list.length || list.some((r) => value(r) !== ""))));
    drawn = tight();
    const below = drawn ? Object.fromEntries(Object.entries(KINDS[kind].below).filter(([c]) => filled[c])) : {};
    const columns = Object.fromEntries(Object.entries(filled).filter(([c]) => !Object.values(below).flat().includes(c)));
    /** What stands below the value of a column, a line each. */
    const more = (c, r) => (below[c] ?? []).filter((b) => ![undefined, "", columns[c](r)].includes(filled[b]?.(r))).map((b) => h("small", {}, bdi(filled[b](r) === "yes" ? b : NAMED.has(b) ? `${b.toLowerCase()} ${filled[b](r)}` : filled[b](r))));
    const tabs = h("div", { class: "subtabs" }, Object.entries(KINDS).map(([name, k]) => h("button", { class: "plain", "aria-pressed": String(name === kind), onclick: () => ((most = STEP), (order = null), change("table", { table: name }), $(`#table [aria-pressed="true"]`).focus()) }, `${k.label} (${number(k.records().length)})`)));
    const head = h("tr", {}, Object.keys(columns).map((c) => h("th", { scope: "col", "aria-sort": order?.column === c ? (order.sign > 0 ? "ascending" : "descending") : null }, h("button", { onclick: () => ((order = { column: c, sign: order?.column === c ? -order.sign : 1 }), render()) }, c, order?.column === c ? (order.sign > 0 ? " ▲" : " ▼") : ""))));
    const body = h("tbody", {}, list.slice(0, most).map((r) => h("tr", { "data-id": r.id }, Object.entries(columns).map(([c, value], i) => h("td", { class: `${c === "Confidence" ? "num" : width(c)}${i && value(r) === "" ? " void" : ""}`, "data-column": c }, i === 0 ? h("button", { class: "link", onclick: () => select(r.id) }, bdi(value(r) || (kind === "figures" ? "the article itself" : "(not named)"))) : bdi(c === "Article" ? shorten(value(r), 70) : c === "Stance" ? verbOf(r.stance) : value(r)), more(c, r))))));
    region.replaceChildren(tabs, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, h("table", { "data-total": total(), "data-shown": list.length }, h("caption", { class: list.length < total() ? "" : "unseen" }, `${label}: ${number(list.length)}${list.length < total() ? ` of ${number(total())}` : ""}`), h("thead", {}, head), body)),
      list.length ? "" : h("p", { class: "note" }, total() ? "No row passes the filters. " : `The articles hold no ${label.toLowerCase()}.`, total() ? h("button", { class: "plain", onclick: () => filters.clear() }, "Show all") : null),
      list.length > most ? h("button", { class: "plain", onclick: () => ((most += 5 * STEP), render()) }, `Show more (${number(list.length - most)} left)`) : "");
    sideways($(".scroll", region));
    $(".scroll", region).classList.toggle("whole", !$(".sideways", region)); // then its heads stay in sight
  }

  function mark() {
    const here = marked();
    let first = null;
    for (const row of $$("tr[data-id]", region)) {
      const on = here.has(row.dataset.id);
      row.classList.toggle("sel", on);
      if (on && (!first || row.dataset.id === state.sel)) first = row;
    }
    first?.scrollIntoView({ block: "nearest" });
  }

  onChange((what) => {
    if (state.view !== "table") return;
    if (what !== "sel") render();
    mark();
  });
  new ResizeObserver(() => drawn !== tight() && render()).observe(region);
  return { KINDS, rowsOf, render };
})();
