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
    for (const value of (rows ?? []).flatMap(Object.values)) if (value.datatype?.startsWith("http://www.w3.org/2001/XMLSchema#")) [value.written, value.datatype] = [value.datatype, undefined];
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
    yasqe: { value: known.steps[2].query, autocompleters: ["variables", "kg-properties", "kg-classes"] },
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
    // the number of a row leads to the words that it rests on
    for (const cell of root.querySelectorAll("tbody .rowNumber:not(:has(button))")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "where";
      button.title = "where an article says so";
      button.setAttribute("aria-label", `${cell.textContent}: where an article says so`);
      button.textContent = cell.textContent;
      cell.replaceChildren(button);
    }
  };
  new MutationObserver(name).observe(root, { childList: true, subtree: true });
  name();
  // what is left by the filter begins on the first page, wherever one was
  root.addEventListener("keyup", ({ target }) => target.matches(".tableFilter") && yasgui.getTab().getYasr().plugins.table.dataTable?.page("first"), true);
  const forget = () => {
    for (const mark of marks) mark.clear();
    marks = [];
    fault.textContent = "";
  };
  const underline = (yasqe, line, from, to) => marks.push(yasqe.markText({ line, ch: from }, { line, ch: to }, { className: "fault" }));
  // what the server says is wrong, where it is wrong
  const mark = (yasqe, response) => {
    const at = response instanceof Error && / at line (\d+), column (\d+)/.exec(response.message);
    if (!at) return;
    forget();
    const [line, ch] = [at[1] - 1, at[2] - 1];
    const last = yasqe.getLine(line)?.length ?? 0;
    const from = Math.max(0, Math.min(ch, last - 1));
    const word = /^[?$\w:-]+/.exec(yasqe.getLine(line).slice(from))?.[0] ?? "";
    underline(yasqe, line, from, from + Math.max(1, word.length));
    fault.textContent = `Wrong at line ${at[1]}, column ${at[2]}`;
    yasqe.setCursor({ line, ch: from });
  };
  /** How many letters part two words. */
  const apart = (a, b) => {
    let row = Array.from({ length: b.length + 1 }, (_, n) => n);
    for (let i = 1; i <= a.length; i += 1) row = row.reduce((now, above, j) => (now.push(j ? Math.min(above + 1, now[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1])) : i), now), []);
    return row[b.length];
  };
  /** Terms that the ontology does not have: a query with one finds nothing, and no engine says why. */
  const unknown = (yasqe) => {
    forget();
    const here = yasqe.getCursor();
    for (let line = 0; line < yasqe.lineCount(); line += 1) {
      for (const { string, start, end } of yasqe.getLineTokens(line)) {
        const [, term] = /^kg:([A-Za-z]\w*)$/.exec(string) ?? [];
        if (!term || Object.hasOwn(known.comments, term) || (here.line === line && here.ch === end)) continue;
        underline(yasqe, line, start, end);
        const [near] = Object.keys(known.comments).map((name) => [apart(term.toLowerCase(), name.toLowerCase()), name]).sort((a, b) => a[0] - b[0]);
        fault.textContent ||= `${string} is no term of the ontology${near[0] <= 3 ? `; is it kg:${near[1]}?` : ""}`;
      }
    }
  };
  /** Prefixes that are written and known, but not declared, are: only then are their terms completed, and right to the editor. */
  const declare = (yasqe, text = yasqe.getLine(yasqe.getCursor().line).slice(0, yasqe.getCursor().ch)) => {
    const declared = yasqe.getPrefixesFromQuery();
    const used = [...text.matchAll(/(?<![\w:?$<\/-])([a-z]+):[\w-]*/g)].map(([, prefix]) => prefix);
    const lacking = used.filter((prefix) => Object.hasOwn(known.prefixes, prefix) && !(prefix in declared));
    if (lacking.length) yasqe.addPrefixes(Object.fromEntries(lacking.map((prefix) => [prefix, known.prefixes[prefix]])));
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
    yasqe.on("change", (_, { origin }) => {
      if (["paste", "setValue"].includes(origin)) declare(yasqe, yasqe.getValue());
      unknown(yasqe);
    });
    yasqe.on("cursorActivity", () => fault.textContent.startsWith("Wrong") || unknown(yasqe));
    unknown(yasqe);
    const tab = yasgui.getTab();
    tab.getShareableLink = () => `${location.origin}/editor?query=${encodeURIComponent(yasqe.getValue())}`;
  };
  yasgui.on("tabSelect", () => setTimeout(watch));
  if (!document.querySelector("#yasgui .tab.active")) yasgui.addTab(true, { name: "Query" });
  watch();
  const examples = document.getElementById("examples");
  const chosen = [];
  // what a card of the gallery asks for
  const asked = new URLSearchParams(location.search);
  const wanted = known.steps[Number(asked.get("step")) - 1] ?? known.questions.find(({ name }) => name === asked.get("question"));
  const text = wanted?.query ?? asked.get("query");
  if (text) yasgui.getTab().getYasqe().setValue(text);
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
  /** The rows that a query finds, or none. */
  async function found(query) {
    const answer = await fetch("/sparql", { method: "POST", headers: { "content-type": "application/sparql-query", accept: "application/sparql-results+json" }, body: query });
    return answer.ok ? (await answer.json()).results.bindings : [];
  }
  /** Where an article says what a record holds. */
  async function evidence(iri) {
    const [row] = await found(`SELECT ?from ?to ?a { <${iri}> kg:inArticle ?a ; kg:evidence ?e . ?e oa:start ?from ; oa:end ?to }`);
    return row && `/article/${row.a.value.split("/").pop()}?from=${row.from.value}&to=${row.to.value}#evidence`;
  }
  const RECORD = /\/(?:statement|figure|role|relation|event)\/[0-9a-f]{16}$/;
  const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;
  const term = (value) => (!value ? "UNDEF" : value.type === "uri" ? `<${value.value}>` : value.type === "bnode" ? "UNDEF" : `${quoted(value.value)}${value["xml:lang"] ? `@${value["xml:lang"]}` : (value.datatype ?? value.written) ? `^^<${value.datatype ?? value.written}>` : ""}`);
  /** The records behind a row: those it tells, or where it tells words alone, those that the query finds on its way to them. */
  async function behind(query, row) {
    const records = (all) => Object.values(all).filter((value) => value?.type === "uri" && RECORD.test(value.value)).map((value) => value.value);
    if (records(row).length) return records(row);
    const whole = query.replace(/SELECT\b[^{(]*?(?=\bWHERE\b|\{)/i, "SELECT * ").replace(/\b(?:LIMIT|OFFSET)\s+\d+\s*/gi, "");
    if (!whole.includes("SELECT * ")) return [];
    const names = Object.keys(row);
    const [first] = await found(`${whole}\nVALUES (${names.map((name) => `?${name}`).join(" ")}) { (${names.map((name) => term(row[name])).join(" ")}) }`);
    return first ? records(first) : [];
  }
  document.getElementById("yasgui").addEventListener("click", async (event) => {
    const button = event.target.closest("button.where");
    if (!button) return;
    const tab = yasgui.getTab();
    const row = tab.getYasr().results.getAsJson().results.bindings[Number(button.textContent) - 1];
    const [record] = await behind(tab.getYasqe().getValue(), row);
    const where = record && (await evidence(record));
    if (where) location.href = where;
    else fault.textContent = "Behind this row is no record with words of its own: name one in the query, as ?s in ?s kg:text ?words";
  });
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
