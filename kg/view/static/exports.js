/** What is seen, to take along: SVG, PNG, CSV, GraphML, and the SPARQL query that finds it in the store. */
const exports_ = (() => {
  const named = (ending) => `${clean(DATA.title).replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-|-$/g, "") || "view"}-${ending}`;
  const name = (ending) => named(`${state.view}.${ending}`);

  const save = (ending, type, content) => saveAs(name(ending), type, content);
  function saveAs(file, type, content) {
    const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    const a = h("a", { href: url, download: file });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  const picture = () => ({ graph: graphview, figures })[state.view]?.toSvg(true) ?? page.toSvg($(`#${state.view}`));
  const svgText = () => new XMLSerializer().serializeToString(picture());

  function png(drawn = picture(), file = name("png")) {
    const width = Number(drawn.getAttribute("width"));
    const height = Number(drawn.getAttribute("height"));
    const scale = Math.min(2, 16000 / Math.max(width, height));
    const image = new Image();
    image.onload = () => {
      const canvas = h("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => saveAs(file, "image/png", blob), "image/png");
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
  }

  /** The table that goes with a view: figures with the figures, else what the table shows. */
  const tableOf = () => (state.view === "figures" ? "figures" : state.table);
  /** RFC 4180; a cell that a spreadsheet would run as a formula is kept text by a leading apostrophe. */
  function csv(kind = tableOf()) {
    const { columns } = tables.KINDS[kind];
    const quote = (value) => {
      const text = typeof value === "number" ? String(value) : String(value ?? "");
      const safe = typeof value !== "number" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    const rows = tables.rowsOf(kind).map((r) => [...Object.values(columns).map((value) => value(r)), r.id]);
    return `\ufeff${[[...Object.keys(columns), "id"], ...rows].map((row) => row.map(quote).join(",")).join("\r\n")}\r\n`;
  }

  function graphml() {
    const doc = document.implementation.createDocument("http://graphml.graphdrawing.org/xmlns", "graphml");
    const el = (tag, attributes, ...children) => {
      const e = doc.createElementNS("http://graphml.graphdrawing.org/xmlns", tag);
      for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, xmlText(v));
      e.append(...children);
      return e;
    };
    const keys = ["label", "kind", "form", "stance", "role", "confidence"];
    const data = (values) => Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== "").map(([key, v]) => el("data", { key }, xmlText(v)));
    const drawing = el("graph", { id: "G", edgedefault: "directed" });
    const used = new Set();
    const node = (id) => {
      if (!id || used.has(id)) return;
      used.add(id);
      const r = byId.get(id);
      drawing.append(el("node", { id }, ...data({ label: id[0] === "s" ? r.text : titleOf(id), kind: id[0] === "e" ? r.type : kindOf(id), form: r.form, stance: r.stance, role: id[0] === "s" ? r.role : null, confidence: r.confidence })));
    };
    const edge = (source, target, kind) => {
      if (!source || !target) return;
      node(source);
      node(target);
      drawing.append(el("edge", { source, target }, ...data({ kind })));
    };
    for (const s of DATA.statements.filter((x) => passes(x))) {
      node(s.id);
      for (const id of speakersOf(s)) edge(id, s.id, "said");
      edge(s.via, s.id, "via");
      edge(s.parent, s.id, "contains");
      for (const t of s.topics) edge(s.id, t, "about");
    }
    for (const e of graph.edges) for (const id of ["role", "relation"].includes(e.kind) ? e.ids.filter(shows) : []) edge(e.from, e.to, e.kind === "role" ? byId.get(id).title ?? byId.get(id).type : byId.get(id).type ?? byId.get(id).trigger);
    for (const f of DATA.figures.filter(figurePasses)) {
      node(f.id);
      for (const r of f.reporters) edge(r, f.id, "reports");
      edge(f.id, f.place, "in");
    }
    doc.documentElement.append(...keys.map((id) => el("key", { id, for: id === "kind" ? "all" : "node", "attr.name": id, "attr.type": id === "confidence" ? "double" : "string" })), drawing);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(doc)}`;
  }

  const literal = (text) => `"${String(text).replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;
  const PREFIXES = "PREFIX kg: <https://w3id.org/reportedly/ns#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX schema: <https://schema.org/>\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nPREFIX oa: <http://www.w3.org/ns/oa#>\n\n";

  /** The records of some ids, for a query: what no filter of SPARQL says as shortly. */
  const amongIds = (name, ids) => `VALUES (?local ?in) { ${ids.map((id) => `(${literal(id.split(".").slice(2).join("."))} ${literal(articleOf(byId.get(id)).id.slice(2))})`).join(" ")} }\n  ?${name} kg:localId ?local ; kg:inArticle ?article .\n  FILTER(STRAFTER(STR(?article), "/article/") = ?in)\n  `;

  const figureRows = (few) => `SELECT ?who ?low ?high ?bound ?what ?article WHERE {\n  ${few}?f a kg:Figure ; kg:bound ?bound ; kg:inArticle ?article .\n  OPTIONAL { ?f kg:reportedBy/rdfs:label ?who }\n  OPTIONAL { ?f kg:counted ?what }\n  OPTIONAL { ?f kg:low ?low }\n  OPTIONAL { ?f kg:high ?high }\n}\nORDER BY ?article`;
  const ofRecords = (ids) => `${PREFIXES}SELECT ?record ?property ?value WHERE {\n  ${amongIds("record", ids)}?record ?property ?value .\n}\nORDER BY ?record`;

  /** A query for what is on the screen: the statements or figures that pass the filters, each filter in its own line. */
  function onScreen() {
    const drawn = state.view === "graph" && (state.lens !== "all" || state.hidden.size || PARTS.some((f) => state.off[f].size)) ? new Set(graph.seenIn(state.lens).filter(shows)) : null;
    if (drawn && state.lens === "posts") return ofRecords([...drawn]);
    if (drawn && state.lens === "figures") return `${PREFIXES}${figureRows(amongIds("f", DATA.figures.map((f) => f.id).filter((id) => drawn.has(id))))}`;
    if (state.view === "figures" || (state.view === "table" && state.table === "figures")) {
      const few = filtered() ? amongIds("f", DATA.figures.filter(figurePasses).map((f) => f.id)) : "";
      return `${PREFIXES}${figureRows(few)}`;
    }
    const lines = [];
    const without = (facet, variable) => state.off[facet].size && lines.push(`FILTER(?${variable} NOT IN (${[...state.off[facet]].sort().map(literal).join(", ")}))`);
    without("stance", "stance");
    if (state.off.form.size) lines.push("?s kg:form ?form .");
    without("form", "form");
    for (const type of [...state.off.type].sort()) if (/^[A-Z][a-z]+$/.test(type)) lines.push(`FILTER NOT EXISTS { ?p a kg:${type} }`);
    if (state.off.naming.has("unnamed")) lines.push("FILTER EXISTS { ?p kg:named true }");
    if (state.off.naming.has("named")) lines.push("FILTER NOT EXISTS { ?p kg:named true }");
    for (const id of [...state.off.article].sort()) lines.push(`FILTER(!STRENDS(STR(?article), ${literal(id.slice(2))}))`);
    if (state.min > 0) lines.push(`?s kg:confidence ?confidence . FILTER(?confidence >= ${state.min})`);
    const day = (sign, value) => value && lines.push(`FILTER(${state.undated ? "!BOUND(?published) || " : ""}?published ${sign} "${value}"^^xsd:date)`);
    day(">=", state.from);
    day("<=", state.to);
    const few = drawn || state.only || state.since || state.until ? amongIds("s", DATA.statements.filter((s) => passes(s) && (!drawn || drawn.has(s.id))).map((s) => s.id)) : "";
    return `${PREFIXES}SELECT ?who ?stance ?what ?published ?article WHERE {\n  ${few}?s kg:saidBy ?p ; kg:text ?what ; kg:stance ?stance ; kg:inArticle ?article .\n  ?p rdfs:label ?who .\n  OPTIONAL { ?article schema:datePublished ?published }\n${lines.map((l) => `  ${l}\n`).join("")}}\nORDER BY ?published ?article`;
  }

  /** A query that finds in the store what is selected, or what is on the screen. */
  function sparql(id = state.sel) {
    const record = byId.get(id);
    const kind = id?.[0];
    const inArticle = (article) => `FILTER(STRENDS(STR(?article), ${literal(article.id.slice(2))}))`;
    const itself = (name) => `?${name} kg:localId ${literal(id.split(".").slice(2).join("."))} ; kg:inArticle ?article .\n  ${inArticle(articleOf(record))}\n  `;
    const statement = "?s kg:saidBy/rdfs:label ?who ; kg:text ?what ; kg:stance ?stance ; kg:evidence ?e .\n  ?e oa:exact ?quote ; oa:start ?from ; oa:end ?to ; oa:hasSource ?article .";
    const asking = (where) => `${PREFIXES}SELECT ?who ?stance ?what ?quote ?from ?to ?article WHERE {\n  ${where}\n}\nORDER BY ?article ?from`;
    // what a filter leaves out is left out of an answer, too
    const few = (has) => (filtered() ? amongIds("s", DATA.statements.filter((s) => has(s) && passes(s)).map((s) => s.id)) : "");
    if (kind === "s") return asking(itself("s") + statement);
    if (kind === "e") return asking(`${few((s) => speakersOf(s).includes(id))}VALUES ?who { ${record.names.map(literal).join(" ")} }\n  ${statement}`);
    if (kind === "t") return asking(`${few((s) => s.topics.includes(id))}?s kg:about/skos:prefLabel ?topic .\n  FILTER(LCASE(?topic) = ${literal(record.label.toLowerCase())})\n  ${statement}`);
    if (kind === "a") return asking(`${few((s) => articleOf(s) === record)}${statement}\n  ${inArticle(record)}`);
    if (kind === "f") return `${PREFIXES}SELECT ?who ?low ?high ?bound ?what ?quote ?from ?to ?article WHERE {\n  ${itself("f")}?f kg:bound ?bound ; kg:evidence ?e .\n  ?e oa:exact ?quote ; oa:start ?from ; oa:end ?to .\n  OPTIONAL { ?f kg:reportedBy/rdfs:label ?who }\n  OPTIONAL { ?f kg:counts/skos:prefLabel ?what }\n  OPTIONAL { ?f kg:low ?low }\n  OPTIONAL { ?f kg:high ?high }\n}`;
    if ("lgq".includes(kind ?? "-")) return ofRecords(record.ids.filter(shows));
    if (record) return `${PREFIXES}SELECT ?property ?value ?article WHERE {\n  ${itself("r")}?r ?property ?value .\n}`;
    return onScreen();
  }

  function copy(title, text) {
    const dialog = $("#copy");
    const area = h("pre", { tabindex: 0 }, text);
    const button = h("button", { class: "plain", onclick: async () => {
      getSelection().selectAllChildren(area);
      const done = navigator.clipboard ? await navigator.clipboard.writeText(text).then(() => true, () => false) : document.execCommand("copy");
      button.textContent = done ? "Copied" : "Selected: press Ctrl+C";
    } }, "Copy");
    dialog.replaceChildren(h("h2", { id: "copy-title" }, title), area, h("p", { class: "row" }, button, " ", h("button", { class: "plain", onclick: () => dialog.close() }, "Close")));
    dialog.showModal();
  }

  const menu = [
    ["Picture (SVG)", () => save("svg", "image/svg+xml", svgText())],
    ["Picture (PNG)", () => png()],
    ["Table (CSV)", () => save("csv", "text/csv", csv())],
    ["Graph (GraphML)", () => save("graphml", "application/xml", graphml())],
    ["SPARQL query", () => copy("SPARQL query", sparql())],
    ["Stars and notes (Markdown)", () => save("md", "text/markdown", notes.markdown())],
    ["Decisions (for kg review apply)", () => deciding.save()],
    ["This page with your notes", () => save("html", "text/html", notes.file())],
    ["Link to this view", () => copy("Link to this view", location.href)],
  ];
  return { menu, picture, png, saveAs, named, svgText, csv, graphml, sparql, copy };
})();
