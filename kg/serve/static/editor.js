// The query page: YASGUI asks this server alone; examples are chosen from a list and come into the tab that is open.
"use strict";
(async () => {
  const known = await (await fetch("/editor.json")).json();
  const endpoint = new URL("/sparql", location.href).href;
  const { Yasqe } = Yasgui;
  // completions come from here, never from prefix.cc or Linked Open Vocabularies; each with what the ontology says of it
  const told = (yasqe, hints) => hints.map((hint) => ({
    ...hint,
    render(element) {
      const name = hint.text.replace(/^.*[:#]/, "").replace(/>$/, "");
      const comment = document.createElement("span");
      comment.className = "comment";
      comment.textContent = known.comments[name] ?? "";
      element.append(hint.text, comment);
    },
  }));
  Yasqe.forkAutocompleter("property", { name: "kg-properties", get: known.properties, bulk: true, postprocessHints: told });
  Yasqe.forkAutocompleter("class", { name: "kg-classes", get: known.classes, bulk: true, postprocessHints: told });
  // columns that no row fills are not shown, nor the types of numbers and dates
  const { draw } = Yasgui.Yasr.prototype;
  Yasgui.Yasr.prototype.draw = function (...how) {
    const found = this.results?.getAsJson?.();
    const rows = found?.results?.bindings;
    const filled = rows?.length ? found.head.vars.filter((name) => rows.some((row) => row[name])) : [];
    if (filled.length) found.head.vars = filled;
    for (const value of (rows ?? []).flatMap(Object.values)) if (value.datatype?.startsWith("http://www.w3.org/2001/XMLSchema#")) delete value.datatype;
    return draw.apply(this, how);
  };
  const fixed = { endpoint: () => endpoint, method: "POST" };
  Yasgui.Yasr.defaults.prefixes = known.prefixes;
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    persistenceId: "kg",
    populateFromUrl: false,
    autoAddOnInit: false,
    copyEndpointOnNewTab: false,
    requestConfig: fixed,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => undefined },
    yasqe: { value: known.steps[2].query, autocompleters: ["variables", "kg-properties", "kg-classes"], createShareableLink: () => location.href },
  });
  const fault = document.getElementById("fault");
  let marks = [];
  // what YASGUI draws without a name, or in a place where a screen reader expects another thing
  const root = document.getElementById("yasgui");
  const NAMES = { textarea: "Query", ".tableSizer": "Rows on a page" };
  const name = () => {
    for (const [selector, words] of Object.entries(NAMES)) for (const element of root.querySelectorAll(`${selector}:not([aria-label])`)) element.setAttribute("aria-label", words);
    for (const button of root.querySelectorAll(".tabsList button:not([role])")) button.setAttribute("role", "tab");
    for (const title of root.querySelectorAll("th .dt-column-title:empty")) title.textContent = "#";
  };
  new MutationObserver(name).observe(root, { childList: true, subtree: true });
  name();
  const forget = () => {
    for (const mark of marks) mark.clear();
    marks = [];
    fault.textContent = "";
  };
  // what the server says is wrong, where it is wrong
  const mark = (yasqe, response) => {
    forget();
    const at = response instanceof Error && / at line (\d+), column (\d+)/.exec(response.message);
    if (!at) return;
    const [line, ch] = [at[1] - 1, at[2] - 1];
    const last = yasqe.getLine(line)?.length ?? 0;
    const from = Math.max(0, Math.min(ch, last - 1));
    marks = [yasqe.markText({ line, ch: from }, { line, ch: Math.max(from + 1, last) }, { className: "fault" })];
    yasqe.setCursor({ line, ch: from });
    fault.textContent = `Wrong at line ${at[1]}, column ${at[2]}`;
  };
  /** A prefix that is written and known, but not declared, is: only then are its terms completed. */
  const declare = (yasqe) => {
    const { line, ch } = yasqe.getCursor();
    const [, prefix] = /(?<![\w:?$-])([a-z]+):[\w-]*$/.exec(yasqe.getLine(line).slice(0, ch)) ?? [];
    if (Object.hasOwn(known.prefixes, prefix) && !(prefix in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [prefix]: known.prefixes[prefix] });
  };
  const watched = new WeakSet();
  const watch = () => {
    const yasqe = yasgui.getTab()?.getYasqe();
    if (!yasqe || watched.has(yasqe)) return;
    watched.add(yasqe);
    yasqe.on("queryResponse", mark);
    const complete = yasqe.autocomplete;
    yasqe.autocomplete = (...how) => (declare(yasqe), complete.apply(yasqe, how));
    yasqe.on("inputRead", () => declare(yasqe));
    yasqe.on("change", forget);
  };
  yasgui.on("tabSelect", () => setTimeout(watch));
  if (!document.querySelector("#yasgui .tab.active")) yasgui.addTab(true, { name: "Query" });
  watch();
  const examples = document.getElementById("examples");
  const chosen = [];
  // what a card of the gallery asks for
  const asked = new URLSearchParams(location.search);
  const wanted = known.steps[Number(asked.get("step")) - 1] ?? known.questions.find(({ name }) => name === asked.get("question"));
  if (wanted) yasgui.getTab().getYasqe().setValue(wanted.query);
  for (const [label, group] of [["First steps", known.steps], ["Questions", known.questions]]) {
    const part = document.createElement("optgroup");
    part.label = label;
    for (const { title, query } of group) {
      part.append(new Option(title, chosen.length));
      chosen.push(query);
    }
    examples.append(part);
  }
  examples.addEventListener("change", () => {
    if (examples.value === "") return;
    watch();
    yasgui.getTab().getYasqe().setValue(chosen[examples.value]);
    examples.value = "";
  });
  // the answer's nodes, and what they have to do with, in the drawing of the view
  document.getElementById("as-graph").addEventListener("click", () => {
    location.href = `/view?query=${encodeURIComponent(yasgui.getTab().getYasqe().getValue())}`;
  });
  /** Where an article says what a record holds. */
  async function evidence(iri) {
    const query = `SELECT ?from ?to ?a { <${iri}> kg:inArticle ?a ; kg:evidence ?e . ?e oa:start ?from ; oa:end ?to }`;
    const answer = await fetch("/sparql", { method: "POST", headers: { "content-type": "application/sparql-query", accept: "application/sparql-results+json" }, body: query });
    const [row] = answer.ok ? (await answer.json()).results.bindings : [];
    return row && `/article/${row.a.value.split("/").pop()}?from=${row.from.value}&to=${row.to.value}#evidence`;
  }
  // a node of the store has its page here, a record its words; its IRI may lead nowhere
  document.getElementById("yasgui").addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const match = link && /\/(article|entity|identity|statement|figure|role|relation|event)\/([0-9a-f]{16})$/.exec(link.href);
    if (!match) return;
    event.preventDefault();
    const page = { article: "article", entity: "entity", identity: "entity" }[match[1]];
    const where = page ? `/${page}/${match[2]}` : await evidence(link.href);
    if (where) location.href = where;
  }, true);
  document.documentElement.dataset.ready = "1";
})();
