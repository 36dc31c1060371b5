/** The legend: every sign explained, with how many statements carry it, and each a filter. */
const filters = (() => {
  const region = $("#filters");
  // the edge of a claim's box and the line under words in an article: how it is said
  const rule = (dash) => sign((pen) => pen.path("M3 8H25", { stroke: colour("edge"), width: 2.5, dash }));
  const FACET = {
    type: ["Sources", (v) => [TYPES[v] ?? v, sign((pen) => typeSign(pen, v, v !== "None", 14, 8, 6))], Object.keys(TYPES)],
    naming: ["Named or not", (v) => [v === "named" ? "named" : "unnamed", sign((pen) => typeSign(pen, "Person", v === "named", 14, 8, 6))], ["named", "unnamed"]],
    form: ["How it is said", (v) => [FORM_WORDS[v] ?? v, rule({ direct: [], mixed: [2.5, 3], indirect: [6, 3] }[v] ?? [])], ["direct", "mixed", "indirect"]],
    stance: ["What the source does", (v) => [LINES[v]?.word ?? v, stroke(v)], ["asserts", ...STANCES.filter((v) => v !== "asserts")]],
    article: ["Articles", (v) => [clean(byId.get(v).label), null], () => DATA.articles.map((a) => a.id)],
  };
  const open = new Set(["article"]);
  // a place that says nothing is drawn too where it is spoken of
  /** The kinds of nodes that a lens can show. */
  const kindsIn = (lens) => new Set(graph.edges.filter(graph.lensOf(lens)).flatMap((e) => [e.from, e.to]).map((id) => graph.nodes.get(id).kind));
  /** A line of the graph as it is drawn, for the legend. */
  const stroke = (kind) => sign((pen) => {
    const style = LINES[kind];
    pen.path(`M1 8H${style.end ? 37 : 41}`, { stroke: colour(style.colour), width: style.mark ? 2 : 1.4, dash: style.dash, round: style.dash[0] < 3 });
    graphpen.end(pen, style.end, [41, 8], 0, 1, colour(style.colour), 1);
    if (!style.mark) return;
    pen.circle(17, 8, 6, { fill: colour("bg"), stroke: colour(style.colour), width: 1.4 });
    pen.text(17, 11.2, style.mark, { size: 9, bold: true, fill: colour(style.colour), align: "center" });
  }, 44);
  const thing = (kind) => sign((pen) => {
    const soft = { Topic: "soft", Figure: "figure-soft" }[kind];
    pen.path(rounded(3, 3, 22, 11, kind === "Topic" ? 5 : 2), { fill: colour(soft ?? "bg"), stroke: colour({ Topic: "topic", Figure: "figure" }[kind] ?? "edge"), width: 1.3 });
  });

  /** The records that the counts are of: those behind the edges of the graph as it is looked at, else all. */
  const graphOnly = () => (state.view === "graph" ? graph.recordsIn(state.lens) : byId);

  /** How many nodes of each kind stand in the graph of posts: nothing that could be counted is said there. */
  function named() {
    const inLens = graph.lensOf("posts");
    const ends = new Set(graph.edges.filter((e) => inLens(e) && e.ids.some(shows)).flatMap((e) => [e.from, e.to]));
    return new Map([...Map.groupBy(ends, (id) => graph.nodes.get(id).kind)].map(([kind, ids]) => [kind, ids.length]));
  }
  const onlyPosts = () => state.view === "graph" && state.lens === "posts";

  function facet(name) {
    const [title, look, values] = name === "type" && onlyPosts() ? ["Names", ...FACET.type.slice(1)] : FACET[name];
    if (name === "article" && DATA.articles.length < 2) return null;
    const counts = name === "type" && onlyPosts() ? named() : new Map();
    const among = graphOnly();
    for (const s of DATA.statements) if (among.has(s.id) && passes(s, name)) counts.set(facetOf[name](s), (counts.get(facetOf[name](s)) ?? 0) + 1);
    const kinds = name === "type" && state.view === "graph" ? kindsIn(state.lens) : new Set();
    const present = (typeof values === "function" ? values() : values).filter((v) => counts.has(v) || state.off[name].has(v) || kinds.has(v) || DATA.statements.some((s) => among.has(s.id) && facetOf[name](s) === v));
    if (!present.length) return null;
    const shown = name === "article" && !open.has("all articles") ? present.slice(0, 12) : present;
    return h("section", {}, h("h2", {}, title), shown.map((v) => {
      const [text, picture] = look(v);
      return h("label", { title: text, ...(spotOf[name] ? spotting(spotOf[name](v)) : {}) }, h("input", { type: "checkbox", checked: !state.off[name].has(v), "data-facet": name, "data-value": v, onchange: (e) => toggle(name, v, e.target.checked) }), picture, h("span", { class: "t" }, bdi(text)), h("span", { class: "n" }, number(counts.get(v) ?? 0)));
    }), shown.length < present.length ? h("button", { class: "link", onclick: () => (open.add("all articles"), render()) }, `all ${number(present.length)} articles`) : null);
  }

  /** What only the graph draws: topics, figures and words; lines that report figures, tell posts or relations. */
  function parts() {
    if (state.view !== "graph") return null;
    const among = graphOnly();
    const here = tally(among);
    const kinds = kindsIn(state.lens);
    const onNoTopic = [...graph.nodes.values()].filter((n) => n.kind === "Words").flatMap((n) => n.of).filter((id) => among.has(id) && shows(id)).length;
    const names = [...here.topics].filter((id) => graph.nodes.get(graph.nodeOf(id))?.kind !== "Topic").length;
    const nodes = new Map([["Figure", ["reported figures", here.reported.length]], ["Topic", ["topics", here.topics.size, names ? `topics: ${number(names)} of them drawn as the person, body or place so called` : ""]], ["Words", ["words, no topic", onNoTopic]]].filter(([kind]) => kinds.has(kind) || state.off.thing.has(kind)));
    const lines = new Map();
    const inLens = graph.lensOf(state.lens);
    for (const e of graph.edges) if (inLens(e) && !STANCES.includes(e.kind)) lines.set(e.kind, (lines.get(e.kind) ?? 0) + new Set(e.ids.filter((id) => id[0] !== "s" || e.kind === "via").filter(shows)).size);
    const row = (name, value, words, picture, n, title = words) => h("label", { title: title || words, ...spotting((e, node) => (name === "line" ? e?.kind === value : node.kind === value)) }, h("input", { type: "checkbox", checked: !state.off[name].has(value), "data-facet": name, "data-value": value, onchange: (e) => toggle(name, value, e.target.checked) }), picture, h("span", { class: "t" }, words), h("span", { class: "n" }, number(n)));
    return [
      nodes.size ? h("section", {}, h("h2", {}, "What is spoken of"), [...nodes].map(([kind, [words, n, title]]) => row("thing", kind, words, thing(kind), n, title))) : null,
      lines.size ? h("section", {}, h("h2", {}, onlyPosts() ? "Lines" : "Other lines"), Object.keys(LINES).filter((kind) => lines.has(kind)).map((kind) => row("line", kind, LINES[kind].word, stroke(kind), lines.get(kind)))) : null,
    ];
  }

  /** What stands out in the graph while the pointer is on a line of the legend. */
  const spotting = (test) => ({ onpointerenter: (e) => e.pointerType === "mouse" && graphview.spot(test), onpointerleave: () => graphview.spot(null) });
  const spotOf = { stance: (v) => (e) => e?.kind === v, type: (v) => (e, n) => n.kind === v, naming: (v) => (e, n) => !isBox(n) && n.named === (v === "named") };

  function toggle(name, value, on) {
    on ? state.off[name].delete(value) : state.off[name].add(value);
    change("filter");
    $(`[data-facet="${name}"][data-value="${CSS.escape(value)}"]`, region)?.focus();
  }

  /** Articles by month as bars, the chosen stretch in full colour; two sliders set its ends. */
  function timeline(days) {
    const months = [...new Set(days.map((d) => d.slice(0, 7)))];
    const first = months[0].split("-").map(Number);
    const last = months[months.length - 1].split("-").map(Number);
    const count = (last[0] - first[0]) * 12 + last[1] - first[1] + 1;
    const bins = Math.min(36, count);
    const binOf = (day) => Math.floor((((Number(day.slice(0, 4)) - first[0]) * 12 + Number(day.slice(5, 7)) - first[1]) / count) * bins);
    const heights = new Array(bins).fill(0);
    for (const s of DATA.statements) if (articleOf(s).published) heights[binOf(articleOf(s).published)] += 1;
    const top = Math.max(...heights, 1);
    const picture = svg("svg", { width: 176, height: 34, viewBox: "0 0 176 34", role: "img", "aria-label": `Statements from ${days[0]} to ${days[days.length - 1]}` });
    heights.forEach((n, i) => n && picture.append(svg("rect", { x: (i * 176) / bins, y: 34 - (30 * n) / top - 2, width: Math.max(2, 176 / bins - 1.5), height: (30 * n) / top + 2, fill: (state.from && binOf(state.from) > i) || (state.to && binOf(state.to) < i) ? colour("line") : colour("accent") })));
    const slider = (name, fallback) => h("input", { type: "range", min: 0, max: days.length - 1, value: state[name] ? Math.max(0, days.findIndex((d) => d >= state[name])) : fallback, "aria-label": `Published ${name}`, onchange: (e) => change("filter", { [name]: Number(e.target.value) === fallback ? "" : days[Number(e.target.value)] }) });
    return [picture, slider("from", 0), slider("to", days.length - 1), h("button", { class: "plain", onclick: () => play(days) }, playing ? "Stop" : "Play through time")];
  }

  /** Let the articles come in by date, the first alone, at last all; a second press stops it. */
  let playing = null;
  function play(days) {
    if (playing) {
      clearInterval(playing);
      playing = null;
      return render();
    }
    const steps = days.length > 24 ? Array.from({ length: 24 }, (_, i) => days[Math.floor(((i + 1) * days.length) / 24) - 1]) : days;
    let i = 0;
    const next = () => {
      if (i >= steps.length - 1) {
        clearInterval(playing);
        playing = null;
      }
      change("filter", { to: i >= steps.length - 1 ? "" : steps[i] });
      say(`Published until ${steps[i]}`);
      i += 1;
    };
    playing = setInterval(next, 1100);
    next();
  }

  function range() {
    const days = [...new Set(DATA.articles.map((a) => a.published).filter(Boolean))].sort();
    const year = (name, text) => h("label", {}, h("span", {}, text), h("input", { type: "text", inputmode: "numeric", pattern: "[0-9]{4}", maxlength: 4, placeholder: "year", value: state[name], onchange: (e) => change("filter", { [name]: /^\d{4}$/.test(e.target.value) ? e.target.value : "" }) }));
    const dated = [...DATA.figures, ...DATA.events].some((r) => r.start || r.end || r.asOf);
    const date = (name, text) => h("label", {}, h("span", {}, text), h("input", { type: "date", value: state[name], min: days[0], max: days[days.length - 1], onchange: (e) => change("filter", { [name]: e.target.value }) }));
    return [
      h("section", {}, h("h2", {}, "Confidence at least"), h("label", {}, h("input", { type: "range", min: 0, max: 1, step: 0.05, value: state.min, "aria-label": "Confidence at least", onchange: (e) => change("filter", { min: Number(e.target.value) }) }), h("span", { class: "n" }, state.min.toFixed(2))), h("p", { class: "note" }, "0.80: of 100 such statements or figures about 80 are right, counted on news read by people; of roles, an estimate.")),
      h("section", {}, h("label", {}, h("input", { type: "checkbox", checked: state.ink, "data-facet": "ink", onchange: (e) => change("filter", { ink: e.target.checked }) }), h("span", { class: "t" }, "mark what is less sure"))),
      days.length > 1 ? h("section", {}, h("h2", {}, "Published"), timeline(days), date("from", "from"), date("to", "to")) : null,
      dated ? h("section", {}, h("h2", {}, "About the years"), year("since", "from"), year("until", "to")) : null,
      undated(),
    ];
  }

  /** What no date can be asked of, told and left to the reader: kept, or left out by name. */
  function undated() {
    const years = state.since || state.until;
    const days = state.from || state.to;
    if (!years && !days) return null;
    const without = DATA.statements.filter((s) => (days && articleOf(s).published === null) || (years && !timesOf(s).length)).length;
    if (!without) return null;
    return h("section", {}, h("label", {}, h("input", { type: "checkbox", checked: state.undated, "data-facet": "undated", onchange: (e) => change("filter", { undated: e.target.checked }) }), h("span", { class: "t" }, years ? "also what gives no year" : "also what has no date"), h("span", { class: "n" }, number(without))));
  }

  function only() {
    if (!state.only) return null;
    return h("section", {}, h("h2", {}, "Only"), h("p", {}, bdi(titleOf(state.only)), " ", h("button", { class: "link", onclick: () => change("filter", { only: null }) }, "show all")));
  }

  function render() {
    const top = region.scrollTop;
    const clears = filtered() || PARTS.some((f) => state.off[f].size);
    region.replaceChildren(...[h("p", { class: "note" }, onlyPosts() ? "Numbers count names, or what the line names." : state.view === "graph" ? "Numbers count statements, or what the line names." : "Numbers count statements.", " ", h("button", { class: `link${clears ? "" : " unseen"}`, onclick: clear }, "Clear filters")), only(), ["stance", "type", "naming"].map(facet), parts(), ["form", "article"].map(facet), range(),
      h("p", { class: "note" }, "Hollow signs have no name in the article. Dotted lines lead to those whom a source had it from."), state.view === "graph" ? graphview.map : null].flat(Infinity).filter(Boolean));
    region.scrollTop = top;
  }

  function clear() {
    for (const name of [...FACETS, ...PARTS]) state.off[name].clear();
    change("filter", { min: 0, from: "", to: "", since: "", until: "", undated: true, only: null });
  }

  let lens = state.lens;
  onChange((what) => {
    if (["filter", "theme", "start", "data", "view"].includes(what) || lens !== state.lens) render();
    lens = state.lens;
  });
  return { render, clear };
})();
