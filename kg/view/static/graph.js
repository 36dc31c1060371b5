/** The graph as data: nodes, edges, what stands around each, and which of it the state of the page leaves to be drawn. */
const LINES = {
  asserts: { word: "says", colour: "edge", dash: [], end: "arrow" },
  denies: { word: "denies", colour: "denies", dash: [9, 5], end: "bar", mark: "✕" },
  doubts: { word: "doubts", colour: "doubts", dash: [2.5, 4], end: "ring", mark: "?" },
  hedges: { word: "hedges", colour: "doubts", dash: [6, 3, 1, 3], end: "ring", mark: "≈" },
  demands: { word: "demands", colour: "demands", dash: [10, 3, 2, 3], end: "diamond", mark: "!" },
  asks: { word: "asks", colour: "asks", dash: [5, 3], end: "vee", mark: "Q" },
  other: { word: "speaks of", colour: "edge", dash: [14, 3], end: "vee" },
  reports: { word: "reports figure", colour: "figure", dash: [], end: "dot" },
  counts: { word: "is about", colour: "figure", dash: [1, 4], end: "" },
  about: { word: "is about", colour: "edge", dash: [1, 4], end: "" },
  via: { word: "on the word of", colour: "edge", dash: [1.5, 4], end: "vee" },
  role: { word: "role at", colour: "mut", dash: [], end: "square", thin: true },
  relation: { word: "relation", colour: "mut", dash: [], end: "vee", thin: true },
};
/** What a source does, with its sign: the same words wherever it is told. */
const verbOf = (stance) => `${LINES[stance]?.mark ?? ""} ${LINES[stance]?.word ?? stance}`.trim();
const STANCES = ["denies", "doubts", "hedges", "demands", "asks", "asserts", "other"];
const THINGS = { Topic: "Topic", Figure: "Figure", Words: "Words only", Card: "Statement" };
const isBox = (node) => node.kind in THINGS;

const graph = (() => {
  const nodes = new Map();
  const edges = [];
  const around = new Map();
  const home = new Map(); // record -> the node that stands for it
  const holding = new Map(); // record -> the edges that it is behind
  const lineId = (e) => `l.${e.kind}.${e.from}.${e.to}`;
  const other = (e, id) => (e.from === id ? e.to : e.from);

  function add(node) {
    nodes.set(node.id, { ...node, named: node.named ?? true, x: 0, y: 0 });
    around.set(node.id, []);
    for (const id of node.of) home.set(id, node.id);
    // what is no record of its own is selected as a bundle of records
    if (!byId.has(node.id)) byId.set(node.id, { id: node.id, label: node.label.replace("\n", " "), ids: node.of, node: true });
  }

  function join(edge) {
    const e = { from: edge.from, to: edge.to, kind: edge.kind, ids: [...edge.ids], through: edge.through ?? null, bend: 0 };
    e.id = lineId(e);
    edges.push(e);
    for (const id of new Set([e.from, e.to])) around.get(id).push(e);
    for (const id of e.ids) holding.has(id) ? holding.get(id).push(e) : holding.set(id, [e]);
    byId.set(e.id, e);
    return e;
  }
  DATA.graph.nodes.forEach(add);
  DATA.graph.edges.forEach(join);
  const shelf = new Set(DATA.graph.shelf);
  const scene = () => (state.small ? DATA.graph.places[state.lens].small : DATA.graph.places[state.lens]);
  const quiet = new Map(Object.values(DATA.graph.places).flatMap((p) => [p, p.small]).map((p) => [p, new Set(p.quiet.map((n) => edges[n]))]));
  /** Whether a line is one of the weaker in the scene that is drawn. */
  const isWeak = (e) => quiet.get(scene()).has(e);

  /** Take in the graph of further records: what stands for a thing that is there already joins it. */
  function take(more) {
    const alias = new Map();
    within.clear();
    for (const node of more.nodes) {
      const known = nodes.get(node.id) ?? nodes.get(node.of.map((id) => home.get(id)).find(Boolean));
      if (!known) add(node);
      else {
        alias.set(node.id, known.id);
        known.of = [...new Set([...known.of, ...node.of])];
        known.said += node.said;
        for (const id of node.of) home.set(id, known.id);
        if (byId.get(known.id)?.node) byId.get(known.id).ids = known.of;
      }
    }
    const here = (id) => alias.get(id) ?? id;
    for (const edge of more.edges) {
      const moved = { ...edge, from: here(edge.from), to: here(edge.to), through: edge.through?.map(here) };
      const known = byId.get(lineId(moved));
      if (!known) join(moved);
      else for (const id of edge.ids) if (!known.ids.includes(id)) known.ids.push(id), holding.has(id) ? holding.get(id).push(known) : holding.set(id, [known]);
    }
    for (const id of more.shelf) if (!holding.has(id)) shelf.add(id);
  }

  /** The edges that a lens shows: all, what is disputed and by whom, figures, or posts. As `seen_through` in graph.py. */
  function lensOf(lens) {
    if (lens === "figures") return (e) => e.kind === "reports" || e.kind === "counts";
    if (lens === "posts") return (e) => e.kind === "role" || e.kind === "relation";
    if (lens !== "disputed") return () => true;
    const goals = new Set(edges.filter((e) => ["denies", "doubts", "hedges"].includes(e.kind)).map((e) => e.to));
    return (e) => STANCES.includes(e.kind) && goals.has(e.to);
  }

  /** The records behind the edges that a lens shows; all there are where it leaves nothing out. */
  const within = new Map();
  function recordsIn(lens) {
    if (lens === "all") return byId;
    if (!within.has(lens)) within.set(lens, new Set(edges.filter(lensOf(lens)).flatMap((e) => e.ids)));
    return within.get(lens);
  }

  /** The records of a lens behind lines that nothing takes off the screen: no hidden node, no kind switched off. */
  function seenIn(lens) {
    const off = (id) => state.hidden.has(id) || typeOff(nodes.get(id));
    const gone = edges.filter((e) => lineOff(e) || off(e.from) || off(e.to));
    const kept = new Set(edges.filter((e) => lensOf(lens)(e) && !gone.includes(e)).flatMap((e) => e.ids));
    const taken = new Set(gone.flatMap((e) => e.ids));
    return [...recordsIn(lens).keys()].filter((id) => kept.has(id) || (lens === "all" && "sfrxv".includes(id[0]) && !taken.has(id)));
  }

  const typeOff = (n) => state.off[isBox(n) ? "thing" : "type"].has(n.kind) || (!isBox(n) && state.off.naming.has(n.named ? "named" : "unnamed"));
  const lineOff = (e) => state.off.line.has(e.kind);
  const nodeOf = (id) => (nodes.has(id) ? id : home.get(id) ?? null);

  /** A way between two nodes over all edges that pass, drawn or not; over people and posts rather than over topics and figures. */
  function way(from, to) {
    const far = new Map([[from, 0]]);
    const before = new Map([[from, null]]);
    const open = new Set([from]);
    while (open.size) {
      const here = [...open].reduce((a, b) => (far.get(a) <= far.get(b) ? a : b));
      open.delete(here);
      if (here === to) break;
      for (const e of around.get(here)) {
        const next = other(e, here);
        if (state.hidden.has(next) || lineOff(e) || !e.ids.some(shows)) continue;
        const step = far.get(here) + 1 + (isBox(nodes.get(next)) && next !== to ? 0.8 : 0) + (e.kind === "counts" ? 0.3 : 0);
        if (far.has(next) && far.get(next) <= step) continue;
        far.set(next, step);
        before.set(next, [here, e]);
        open.add(next);
      }
    }
    if (!before.has(to)) return null;
    const steps = [];
    for (let id = to; before.get(id); id = before.get(id)[0]) steps.unshift(before.get(id)[1]);
    const found = [from];
    for (const e of steps) found.push(other(e, found.at(-1)));
    return { nodes: found, edges: steps };
  }

  return { nodes, edges, around, holding, shelf, scene, isWeak, home, take, lensOf, recordsIn, seenIn, typeOff, lineOff, nodeOf, way, other };
})();
