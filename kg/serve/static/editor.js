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
  const watched = new WeakSet();
  const watch = () => {
    const yasqe = yasgui.getTab()?.getYasqe();
    if (!yasqe || watched.has(yasqe)) return;
    watched.add(yasqe);
    yasqe.on("queryResponse", mark);
    yasqe.on("change", forget);
  };
  yasgui.on("tabSelect", () => setTimeout(watch));
  if (!document.querySelector("#yasgui .tab.active")) yasgui.addTab(true, { name: "Query" });
  watch();
  const examples = document.getElementById("examples");
  const chosen = [];
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
  // a node of the store has its page here; its IRI may lead nowhere
  document.getElementById("yasgui").addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const match = link && /\/(article|entity|identity)\/([0-9a-f]{16})$/.exec(link.href);
    if (match) {
      event.preventDefault();
      location.href = `/${match[1] === "article" ? "article" : "entity"}/${match[2]}`;
    }
  }, true);
  document.documentElement.dataset.ready = "1";
})();
