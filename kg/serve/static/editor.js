// The query page: YASGUI asks this server alone; the shipped questions are its first tabs.
"use strict";
(async () => {
  const known = await (await fetch("/editor.json")).json();
  const endpoint = new URL("/sparql", location.href).href;
  const { Yasqe } = Yasgui;
  // completions come from here, never from prefix.cc or Linked Open Vocabularies
  Yasqe.forkAutocompleter("property", { name: "kg-properties", get: known.properties, bulk: true });
  Yasqe.forkAutocompleter("class", { name: "kg-classes", get: known.classes, bulk: true });
  const fixed = { endpoint: () => endpoint, method: "POST" };
  Yasgui.Yasr.defaults.prefixes = known.prefixes;
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    persistenceId: "kg",
    populateFromUrl: false,
    autoAddOnInit: false,
    copyEndpointOnNewTab: false,
    requestConfig: fixed,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => undefined },
    yasqe: { autocompleters: ["variables", "kg-properties", "kg-classes"], createShareableLink: () => location.href },
  });
  const there = new Set(Object.values(yasgui._tabs).map((tab) => tab.name()));
  for (const { title, query } of known.questions) {
    const first = !document.querySelector("#yasgui .tab.active");
    if (!there.has(title)) yasgui.addTab(first, { name: title, yasqe: { value: query } });
  }
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
