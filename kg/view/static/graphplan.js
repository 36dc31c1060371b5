/** From the state of the page to the picture: which nodes and edges are drawn, and where each should stand. */
const graphplan = (() => {
  const MOST = 12; // neighbours or statements that come in at once

  /** What is drawn under the present state: nodes by id, edges with the records that pass, cards of unfolded statements. */
  function plan() {
    state.small ??= isNarrow();
    const inLens = graph.lensOf(state.lens);
    const { at } = graph.scene();
    const focus = state.only && graph.nodeOf(state.only);
    const route = state.path.length === 2 ? graph.way(...state.path) : null;
    const wanted = new Set(focus ? [focus, ...strongest(focus, inLens, new Set(), 150)] : Object.keys(at));
    for (const id of state.added) if (graph.nodes.has(id)) wanted.add(id);
    for (const id of route?.nodes ?? state.path) wanted.add(id);
    for (const id of state.pinned) if (graph.nodes.has(id)) wanted.add(id);
    const here = new Set([...wanted].filter((id) => graph.nodes.has(id) && !state.hidden.has(id) && !graph.typeOff(graph.nodes.get(id))));
    const live = [];
    const cards = new Map();
    const figuresOn = !state.off.line.has("reports");
    const seen = new Set();
    for (const id of here) for (const e of graph.around.get(id)) {
      if (seen.has(e) || !here.has(e.from) || !here.has(e.to)) continue;
      seen.add(e);
      const own = route?.edges.includes(e);
      if ((!inLens(e) && !own) || graph.lineOff(e)) continue;
      if (e.through && figuresOn && !own && e.through.every((f) => here.has(f))) continue;
      const ids = e.ids.filter(shows);
      const left = ids.filter((r) => !state.open.has(r));
      for (const r of ids) if (state.open.has(r)) cards.set(r, [...(cards.get(r) ?? []), e]);
      if (left.length) live.push(drawnEdge(e, left));
    }
    const made = [...cards].map(([id, list]) => card(id, list));
    for (const c of made) live.push(...c.edges);
    const tied = new Set(live.flatMap((e) => [e.from, e.to]));
    const shown = [...here].filter((id) => tied.has(id) || state.pinned.has(id) || state.added.has(id)).map((id) => graph.nodes.get(id));
    for (const n of shown) n.more = new Set(graph.around.get(n.id).filter((e) => inLens(e) && !graph.lineOff(e)).map((e) => graph.other(e, n.id)).filter((o) => !here.has(o) && !state.hidden.has(o) && !graph.typeOff(graph.nodes.get(o)))).size;
    const nodes = new Map([...shown, ...made.map((c) => c.node)].map((n) => [n.id, n]));
    for (const e of live) [e.a, e.b] = [nodes.get(e.from), nodes.get(e.to)];
    return { nodes, edges: live, route, cards: made, at };
  }

  /** An edge as drawn: how many statements or figures it stands for, how sure they are. */
  function drawnEdge(e, left) {
    const main = left.filter((id) => id[0] !== (e.kind === "reports" ? "s" : "f"));
    return Object.assign(e, { left, n: Math.max(1, main.length), sure: Math.max(...left.map((id) => byId.get(id).confidence)), part: null });
  }

  /** A statement or figure drawn by itself: between the one who makes it and what it is about. */
  function card(id, list) {
    const r = byId.get(id);
    const first = list[0];
    const said = id[0] === "s" ? r.text || inSentence(r) : figureWords(r);
    const lines = wrapTo(said, 176, 11, false, 4);
    const node = { id: `c.${id}`, kind: "Card", by: first.from,  label: said, named: true, of: [id], said: 0, stance: r.stance ?? "asserts", lines, size: 11, r: 0, w: 196, h: lines.length * 13.5 + 12, x: 0, y: 0, ...spotOf.get(`c.${id}`) };
    const goals = [...new Set(list.map((e) => e.to))].filter((to) => graph.nodes.get(to).kind !== "Words");
    const edge = (from, to, kind) => ({ id: `${node.id}>${to}`, from, to, kind, ids: [id], left: [id], n: 1, sure: r.confidence, bend: 0, part: id });
    return { node, from: first.from, goals, edges: [edge(first.from, node.id, first.kind), ...goals.map((to) => edge(node.id, to, id[0] === "s" ? "about" : "counts"))] };
  }

  /** The neighbours of a node that are not drawn, those of most records first. */
  function strongest(id, inLens, drawn, most = MOST) {
    const count = new Map();
    for (const e of graph.around.get(id)) {
      const o = graph.other(e, id);
      if (drawn.has(o) || state.hidden.has(o) || graph.lineOff(e) || graph.typeOff(graph.nodes.get(o)) || !inLens(e)) continue;
      const n = e.ids.filter(shows).length;
      if (n) count.set(o, (count.get(o) ?? 0) + n);
    }
    return [...count].sort((p, q) => q[1] - p[1] || (p[0] < q[0] ? -1 : 1)).slice(0, most).map(([o]) => o);
  }

  /** By how much a scene is drawn wider and taller to fill the window: found once a lens, and kept in a link with the places of what was moved. */
  function shape() {
    const list = Object.values(graph.scene().at);
    const { clientWidth, clientHeight } = $("#mygraph");
    if (!state.shape && list.length > 2 && clientHeight) {
      const [w, t] = [0, 1].map((k) => Math.max(...list.map((p) => p[k])) - Math.min(...list.map((p) => p[k])) + [90, 50][k]);
      const by = Math.sqrt((clientWidth / clientHeight) / (w / t));
      state.shape = Math.abs(by - 1) < 0.03 ? [1, 1] : [by, 1 / by].map((v) => Math.round(Math.min(1.6, Math.max(0.8, v)) * 1000) / 1000);
    }
    return state.shape ?? [1, 1];
  }

  const spotOf = new Map(); // where cards stand now
  /** Where everything should stand: the scene's places, what was moved by hand, newcomers about their neighbours; then all make room. */
  function places({ nodes, edges, cards, at, route }) {
    const spots = new Map();
    const still = new Set();
    const [wide, high] = shape();
    for (const id of nodes.keys()) {
      if (state.moved.has(id)) spots.set(id, [...state.moved.get(id)]);
      else if (at[id]) spots.set(id, [at[id][0] * wide, at[id][1] * high]);
      if (state.moved.has(id) || state.pinned.has(id)) still.add(id);
    }
    const ring = new Map();
    const weight = (id) => graph.around.get(id)?.length ?? 0;
    const waiting = [...nodes.keys()].filter((id) => !spots.has(id) && nodes.get(id).kind !== "Card").sort((p, q) => weight(q) - weight(p) || (p < q ? -1 : 1));
    for (let left = waiting; left.length; ) {
      const next = left.find((id) => edges.some((e) => (e.from === id && spots.has(e.to)) || (e.to === id && spots.has(e.from)))) ?? left[0];
      left = left.filter((id) => id !== next);
      const near = edges.filter((e) => e.from === next || e.to === next).map((e) => graph.other(e, next)).filter((o) => spots.has(o));
      const [x, y] = near.length ? spots.get(near[0]) : [0, 0];
      const n = ring.get(near[0]) ?? 0;
      ring.set(near[0], n + 1);
      const turn = n * 2.399963;
      spots.set(next, [x + Math.cos(turn) * (120 + 14 * n), y + Math.sin(turn) * (90 + 10 * n)]);
    }
    cards.forEach(({ node, from, goals }, i) => {
      if (spots.has(node.id)) return;
      const ends = [from, ...goals].map((id) => spots.get(id)).filter(Boolean);
      const [mx, my] = [0, 1].map((k) => ends.reduce((sum, p) => sum + p[k], 0) / ends.length);
      const [sx, sy] = ends[0];
      const far = Math.hypot(mx - sx, my - sy);
      const side = i % 2 ? 1 : -1;
      spots.set(node.id, far > 1 ? [mx - ((my - sy) / far) * 70 * side + i, my + ((mx - sx) / far) * 34 * side + i] : [sx + 130 * side, sy + 26 * i]);
    });
    return apart(nodes, spots, still);
  }

  /** Places so that no footprint overlaps another; those in `still` stay. A statement leaves its line to who says it room for a sign. */
  function apart(nodes, spots, still) {
    const gapOf = (p, q) => (p.n.by === q.id || q.n.by === p.id ? 34 : 8);
    const list = [...nodes.values()].map((n) => ({ id: n.id, n, x: spots.get(n.id)[0], y: spots.get(n.id)[1], still: still.has(n.id) }));
    for (let round = 0, hit = true; hit && round < 300; round += 1) {
      hit = false;
      list.sort((p, q) => p.x - q.x);
      for (let i = 0; i < list.length; i += 1) for (let j = i + 1; j < list.length; j += 1) {
        const [p, q] = [list[i], list[j]];
        if (q.x - p.x > 260) break;
        const gap = gapOf(p, q);
        const [ox, oy] = [(p.n.w + q.n.w) / 2 + gap - Math.abs(p.x - q.x), (p.n.h + q.n.h) / 2 + gap - Math.abs(p.y - q.y)];
        // what two hands have put over each other gives way too, or nothing could be read
        if (ox <= 0.5 || oy <= 0.5 || (p.still && q.still && round < 40)) continue;
        hit = true;
        const axis = ox < oy ? "x" : "y";
        const both = p.still === q.still;
        const push = Math.min(ox, oy) * (p[axis] < q[axis] || (p[axis] === q[axis] && p.id < q.id) ? 1 : -1) * (both ? 0.5 : 1);
        if (both || !p.still) p[axis] -= push;
        if (both || !q.still) q[axis] += push;
      }
    }
    return new Map(list.map((p) => [p.id, [Math.round(p.x * 10) / 10, Math.round(p.y * 10) / 10]]));
  }

  return { plan, places, apart, strongest, spotOf, MOST };
})();
