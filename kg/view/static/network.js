/** People, organisations and places with what connects them; labels are placed so that none covers another. */
const wider = (() => {
  const host = $("#wider");
  const region = $("#network");
  const where = new Map(DATA.network.nodes.map((n) => [n.id, n]));
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  let net = null;
  let lit = null;
  let way = null;
  let labels = [];
  const degree = new Map();
  const weigh = () => {
    degree.clear();
    for (const e of DATA.network.edges) for (const id of [e.from, e.to]) degree.set(id, (degree.get(id) ?? 0) + e.kinds.reduce((n, [, ids]) => n + ids.length, 0));
  };
  weigh();
  const MOST = 1500; // names drawn at once

  /** Take in names and connections that are new to the page: below those that it has, which stay where they are. */
  function take(more) {
    const low = Math.max(-120, ...[...where.values()].map((n) => n.y)) + 120;
    const top = Math.min(0, ...more.nodes.map((n) => n.y));
    for (const n of more.nodes) if (!where.has(n.id) && where.size < MOST) where.set(n.id, { ...n, y: n.y - top + low });
    const pairs = new Map(DATA.network.edges.map((e) => [`${e.from} ${e.to}`, e]));
    for (const e of more.edges) {
      if (!where.has(e.from) || !where.has(e.to)) continue;
      const known = pairs.get(`${e.from} ${e.to}`);
      if (!known) DATA.network.edges.push({ ...e, id: `n${DATA.network.edges.length}` });
      else for (const [kind, ids] of e.kinds) {
        const same = known.kinds.find(([name]) => name === kind);
        if (same) same[1] = [...new Set([...same[1], ...ids])];
        else known.kinds.push([kind, ids]);
      }
    }
    weigh();
  }
  const size = (id) => 6 + 2.2 * Math.sqrt(degree.get(id) ?? 1);

  const recordShown = (id) => {
    const r = byId.get(id);
    return id[0] === "s" ? passes(r) : recordPasses(r);
  };

  function renderer({ ctx, id, x, y }) {
    const e = byId.get(id);
    const r = size(id);
    return {
      drawNode() {
        const pen = canvasPen(ctx);
        if (state.sel === id) pen.circle(x, y, r + 6, { fill: colour("hl"), stroke: colour("fg"), width: 1.5 });
        typeSign(pen, e.type, e.named, x, y, r, lit && !lit.has(id) ? 0.2 : 1);
      },
      nodeDimensions: { width: 2 * r, height: 2 * r },
    };
  }

  function visibleEdges() {
    return DATA.network.edges.map((e) => ({ ...e, kinds: e.kinds.map(([kind, ids]) => [kind, ids.filter(recordShown)]).filter(([, ids]) => ids.length) })).filter((e) => e.kinds.length);
  }

  /** Neighbours by node, over the connections that pass the filters. */
  function neighbours(list) {
    const found = new Map();
    for (const e of list)
      for (const [a, b] of [[e.from, e.to], [e.to, e.from]]) found.set(a, (found.get(a) ?? new Set()).add(b));
    return found;
  }

  /** Nodes no more than so many steps from one. */
  function within(from, steps, near) {
    const found = new Set([from]);
    let edge = [from];
    for (let i = 0; i < steps; i += 1) {
      edge = edge.flatMap((id) => [...(near.get(id) ?? [])]).filter((id) => !found.has(id) && found.add(id));
    }
    return found;
  }

  /** A shortest way between two nodes, ends included; null where there is none. */
  function pathBetween(from, to, near) {
    const before = new Map([[from, null]]);
    const queue = [from];
    for (const id of queue) {
      if (id === to) break;
      for (const next of [...(near.get(id) ?? [])].sort()) if (!before.has(next)) before.set(next, id) && queue.push(next);
    }
    if (!before.has(to)) return null;
    const way = [];
    for (let id = to; id !== null; id = before.get(id)) way.unshift(id);
    return way;
  }

  function update() {
    let list = visibleEdges().filter((e) => !state.hidden.has(e.from) && !state.hidden.has(e.to));
    const near = neighbours(list);
    way = state.path && state.sel && state.path !== state.sel && where.has(state.sel) ? pathBetween(state.path, state.sel, near) : null;
    if (state.depth && where.has(state.sel)) {
      const reach = within(state.sel, state.depth, near);
      list = list.filter((e) => reach.has(e.from) && reach.has(e.to));
    }
    const keep = new Set(list.flatMap((e) => [e.from, e.to]));
    lit = null;
    if (way) lit = new Set(way);
    else if (state.sel && where.has(state.sel) && state.depth) lit = null;
    else if (state.sel && where.has(state.sel)) lit = new Set([state.sel, ...list.filter((e) => e.from === state.sel || e.to === state.sel).flatMap((e) => [e.from, e.to])]);
    else if (state.sel) lit = new Set([...related(state.sel)].filter((id) => where.has(id)));
    if (lit && !lit.size) lit = null;
    // edges first: vis-network draws after each step, and an edge needs both its nodes
    edges.clear();
    nodes.remove(nodes.getIds().filter((id) => !keep.has(id)));
    nodes.update([...keep].map((id) => ({ ...where.get(id), ...(state.moved.has(id) ? { x: state.moved.get(id)[0], y: state.moved.get(id)[1] } : {}), ctxRenderer: renderer })));
    edges.update(list.map((e) => {
      const on = !lit || (lit.has(e.from) && lit.has(e.to) && (way ? Math.abs(way.indexOf(e.from) - way.indexOf(e.to)) === 1 : !where.has(state.sel) || e.from === state.sel || e.to === state.sel));
      const kinds = e.kinds.map(([kind]) => kind);
      const speech = kinds.every((kind) => kind === "speaks of");
      const count = e.kinds.reduce((n, [, ids]) => n + ids.length, 0);
      return { id: e.id, kinds: e.kinds, from: e.from, to: e.to, width: Math.min(5, 1 + 0.6 * (count - 1)), dashes: speech ? [5, 4] : kinds.every((kind) => kind === "on the word of") ? [2, 4] : false, color: { color: colour("edge"), opacity: on ? 1 : 0.15 }, arrows: { to: { enabled: true, scaleFactor: 0.5 } }, smooth: false, chosen: false };
    }));
    bar();
    net?.redraw();
  }

  const TOOLS = h("div", { class: "bar" });
  region.append(TOOLS);

  function bar() {
    const here = where.has(state.sel);
    const focus = document.activeElement?.closest?.("#network .bar") ? document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent : null;
    const button = (text, run, on = true) => h("button", { class: "plain", disabled: !on, onclick: run }, text);
    TOOLS.replaceChildren(...[
      h("select", { "aria-label": "How far around the selected one", disabled: !here && !state.depth, onchange: (e) => change("network", { depth: Number(e.target.value) }) }, [["0", "everything"], ["1", "neighbours"], ["2", "2 steps"], ["3", "3 steps"], ["4", "4 steps"]].map(([value, text]) => h("option", { value, selected: Number(value) === state.depth }, text))),
      state.path ? button("End path", () => change("network", { path: null })) : button("Path from here", () => change("network", { path: state.sel }), here),
      button("Hide", () => (state.hidden.add(state.sel), select(null)), here),
      state.hidden.size ? button(`Show hidden (${state.hidden.size})`, () => (state.hidden.clear(), change("network"))) : null,
      state.moved.size ? button("Undo moves", () => (state.moved.clear(), change("network"))) : null,
      h("span", { class: "note", role: "status" }, state.path ? (way ? `${plural(way.length - 1, "step")} from ${clean(nameOf(state.path))}` : state.sel && state.sel !== state.path ? `No path from ${clean(nameOf(state.path))} to what is selected` : `Select where the path from ${clean(nameOf(state.path))} should lead`) : `${plural(nodes.length, "name")}, ${plural(edges.length, "connection")}`),
    ].filter(Boolean));
    if (focus) $$("button, select", TOOLS).find((e) => (e.getAttribute("aria-label") ?? e.textContent) === focus)?.focus();
  }

  /** What connects two: the kinds of connection, posts before speech, and how many more there are. */
  function wordsOnEdge(e) {
    const kinds = e.kinds.map(([kind, ids]) => ({ text: clean(wordsOf(kind)) + (ids.length > 1 ? ` ×${ids.length}` : ""), last: ["speaks of", "on the word of"].includes(kind) }));
    kinds.sort((a, b) => a.last - b.last);
    return shorten(kinds[0].text, 36) + (kinds.length > 1 ? ` +${kinds.length - 1}` : "");
  }

  /** The label layer: names first, by number of connections, then words on edges; what finds no room waits for the zoom. */
  function drawLabels(ctx) {
    const scale = net.getScale();
    const taken = [];
    labels = [];
    const px = 1 / scale;
    const free = (b) => taken.every((t) => b.x + b.w <= t.x || t.x + t.w <= b.x || b.y + b.h <= t.y || t.y + t.h <= b.y);
    const pen = canvasPen(ctx);
    const put = (b, text, o) => {
      taken.push(b);
      labels.push({ ...b, text });
      pen.text(b.x, b.y + b.h * 0.8, text, { ...o, room: b.w });
    };
    const [corner, far] = [net.DOMtoCanvas({ x: 0, y: 0 }), net.DOMtoCanvas({ x: host.clientWidth, y: host.clientHeight })];
    const shown = nodes.getIds().sort((a, b) => (b === state.sel) - (a === state.sel) || (degree.get(b) ?? 0) - (degree.get(a) ?? 0) || (a < b ? -1 : 1));
    const spots = new Map(Object.entries(net.getPositions(shown)));
    for (const id of shown) {
      const p = spots.get(id);
      const r = size(id) * 1.1;
      taken.push({ x: p.x - r, y: p.y - r, w: 2 * r, h: 2 * r });
    }
    for (const id of shown) {
      if (lit && !lit.has(id)) continue;
      const p = spots.get(id);
      const r = size(id) + 4 * px;
      const text = shorten(clean(nameOf(id)), 36);
      const w = measure(text, 13, true) * px;
      const hgt = 17 * px;
      // right, below, above, left, those first that point away from the neighbours
      const away = awayFrom(id, spots);
      const places = [{ x: p.x + r, y: p.y - hgt / 2, side: away.x + 0.25 }, { x: p.x - w / 2, y: p.y + r, side: away.y }, { x: p.x - w / 2, y: p.y - r - hgt, side: -away.y }, { x: p.x - r - w, y: p.y - hgt / 2, side: -away.x }];
      const choices = places.sort((q, s) => s.side - q.side).map((q) => ({ ...q, w, h: hgt }));
      const spot = choices.find((b) => free(b) && b.x >= corner.x && b.x + b.w <= far.x) ?? choices.find(free);
      if (spot) put(spot, text, { size: 13 * px, bold: true, fill: colour("fg"), halo: colour("bg") });
    }
    for (const e of edges.get()) {
      if (lit && e.color.opacity < 1) continue;
      const [a, b] = [spots.get(e.from), spots.get(e.to)];
      const text = wordsOnEdge(e);
      const w = measure(text, 11.5) * px;
      const hgt = 15 * px;
      const along = [0.5, 0.4, 0.6, 0.3, 0.7].map((t) => ({ x: a.x + t * (b.x - a.x) - w / 2, y: a.y + t * (b.y - a.y) - hgt / 2, w, h: hgt }));
      // what connects the selected one is said even where it must stand beside its line
      const beside = lit ? [1, -1].flatMap((side) => along.map((p) => ({ ...p, y: p.y + side * hgt }))) : [];
      const spot = [...along, ...beside].find(free);
      if (spot && w < Math.hypot(a.x - b.x, a.y - b.y) * (lit ? 4 : 1.3)) put(spot, text, { size: 11.5 * px, fill: colour("mut"), halo: colour("bg") });
    }
  }

  /** The direction, as a unit vector, that leads away from a node's neighbours. */
  function awayFrom(id, spots) {
    let [x, y] = [0, 0];
    for (const e of edges.get()) {
      if (e.from !== id && e.to !== id) continue;
      const other = spots.get(e.from === id ? e.to : e.from);
      const d = Math.hypot(other.x - spots.get(id).x, other.y - spots.get(id).y) || 1;
      x -= (other.x - spots.get(id).x) / d;
      y -= (other.y - spots.get(id).y) / d;
    }
    const length = Math.hypot(x, y) || 1;
    return { x: x / length, y: y / length };
  }

  function start() {
    if (net) return;
    update();
    net = new vis.Network(host, { nodes, edges }, { ...DATA.options, interaction: { ...DATA.options.interaction, dragView: true, zoomView: true, dragNodes: true } });
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", "Network of people, organisations and places. The Table view lists the same relations, roles and events.");
    net.on("afterDrawing", drawLabels);
    net.on("click", ({ nodes: [id], edges: [edge] }) => select(id ?? (edge ? edges.get(edge).kinds[0][1][0] : null)));
    net.on("dragEnd", ({ nodes: moved }) => {
      for (const [id, p] of Object.entries(net.getPositions(moved))) state.moved.set(id, [Math.round(p.x), Math.round(p.y)]);
      if (moved.length) change("network");
    });
    net.on("hoverNode", () => (host.style.cursor = "pointer"));
    net.on("blurNode", () => (host.style.cursor = "default"));
    region.addEventListener("keydown", (event) => {
      const list = nodes.getIds().sort((a, b) => (degree.get(b) ?? 0) - (degree.get(a) ?? 0) || (a < b ? -1 : 1));
      if (event.target.closest(".bar")) return;
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!step || !list.length) return;
      event.preventDefault();
      select(list[(list.indexOf(state.sel) + step + list.length) % list.length]);
    });
    fit();
  }

  function fit() {
    const spots = Object.entries(net.getPositions());
    if (!spots.length) return;
    // room for a name to either side, which does not shrink with the zoom
    const beside = 140;
    const [xs, ys] = [spots.map(([, p]) => p.x), spots.map(([, p]) => p.y)];
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.max(spots.length > 60 ? 0.15 : 0.55, Math.min(1.2, (host.clientWidth - 2 * beside) / (x1 - x0 || 1), (host.clientHeight - 150) / (y1 - y0 || 1)));
    // what does not fit begins at its beginning: the largest part is placed first
    const middle = (low, high, room, edge) => ((high - low) * scale + 2 * edge > room ? low + (room / 2 - edge) / scale : (low + high) / 2);
    net.moveTo({ scale, position: { x: middle(x0, x1, host.clientWidth, beside), y: middle(y0, y1, host.clientHeight, 75) }, animation: false });
  }

  function zoom(factor) {
    if (factor === 0) fit();
    else net.moveTo({ scale: Math.min(4, Math.max(0.1, net.getScale() * factor)), animation: false });
  }

  function toSvg() {
    const spots = net.getPositions();
    const xs = Object.values(spots).map((p) => p.x);
    const ys = Object.values(spots).map((p) => p.y);
    const [x0, x1, y0, y1] = [Math.min(...xs, ...labels.map((l) => l.x)) - 30, Math.max(...xs, ...labels.map((l) => l.x + l.w)) + 30, Math.min(...ys) - 40, Math.max(...ys) + 40];
    const picture = svg("svg", { xmlns: SVG, width: x1 - x0, height: y1 - y0, viewBox: `${x0} ${y0} ${x1 - x0} ${y1 - y0}` });
    const pen = svgPen(picture);
    pen.path(`M${x0} ${y0}H${x1}V${y1}H${x0}z`, { fill: colour("bg") });
    for (const e of edges.get()) pen.path(`M${spots[e.from].x} ${spots[e.from].y}L${spots[e.to].x} ${spots[e.to].y}`, { stroke: e.color.color, width: e.width, dash: e.dashes || [], alpha: e.color.opacity });
    for (const id of nodes.getIds()) typeSign(pen, byId.get(id).type, byId.get(id).named, spots[id].x, spots[id].y, size(id), lit && !lit.has(id) ? 0.2 : 1);
    for (const l of labels) pen.text(l.x, l.y + l.h * 0.8, l.text, { size: l.h * 0.76, fill: colour("fg"), room: l.w, halo: colour("bg") });
    return picture;
  }

  onChange((what) => {
    if (state.view !== "network") return;
    if (!net) start();
    else {
      update();
      if (what === "view") fit();
    }
  });
  return { take, zoom, toSvg, path: () => way, visibleEdges, labels: () => labels, net: () => net, nodes };
})();
