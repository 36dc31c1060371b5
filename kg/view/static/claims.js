/** Sources, statements and topics in three columns, at natural size: the page scrolls, the text never shrinks. */
const claims = (() => {
  const host = $("#mynetwork");
  const region = $("#claims");
  const spacer = $("#spacer");
  const MARGIN = 13;
  const boxes = new Map();
  for (const group of ["sources", "statements", "topics"]) for (const box of DATA.columns[group]) boxes.set(box.id, { ...box, group, home: box.y });
  const pyvisNodes = new Map(DATA.claims.nodes.map((n) => [n.id, n]));
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  let scale = 1;
  let offset = 0;
  let height = 0;
  let shown = new Set();
  let lit = null;
  let hover = null;
  let net = null;

  const look = (id) => ({ sel: state.sel === id, dim: lit !== null && !lit.has(id), hover: hover === id });
  const draw = { sources: drawSource, statements: drawStatement, topics: drawTopic };

  function renderer({ ctx, id, x, y }) {
    const box = boxes.get(id);
    return {
      drawNode: () => draw[box.group](canvasPen(ctx), box, x, y, look(id)),
      nodeDimensions: { width: box.w, height: box.h },
    };
  }

  /** Close the gaps that filtered statements leave, in the order of the layout; then draw sources and topics after them. */
  function stack() {
    const visible = DATA.columns.statements.filter((b) => passes(byId.get(b.id)));
    const whole = visible.length === DATA.columns.statements.length;
    let y = 0;
    let before = null;
    for (const plain of visible) {
      const box = boxes.get(plain.id);
      if (whole) box.y = box.home;
      else {
        if (before) y += box.home - box.h / 2 - (before.home + before.h / 2) > DATA.columns.gap + 0.5 && box.depth === 0 ? DATA.columns.gap + 6 : DATA.columns.gap;
        box.y = y + box.h / 2;
        y += box.h;
      }
      before = box;
    }
    const records = visible.map((b) => byId.get(b.id));
    const columns = { sources: (s) => [s.by, s.via], topics: (s) => s.topics };
    shown = new Set(records.map((s) => s.id));
    for (const [group, keys] of Object.entries(columns)) {
      const pulls = new Map();
      for (const s of records) for (const key of keys(s)) if (key && boxes.has(key)) pulls.set(key, [...(pulls.get(key) ?? []), boxes.get(s.id).y]);
      if (whole) for (const key of pulls.keys()) boxes.get(key).y = boxes.get(key).home;
      else beside([...pulls].map(([key, ys]) => ({ box: boxes.get(key), pull: ys.reduce((a, b) => a + b, 0) / ys.length })));
      for (const key of pulls.keys()) shown.add(key);
    }
    height = Math.max(0, ...[...shown].map((id) => boxes.get(id).y + boxes.get(id).h / 2));
  }

  /** Boxes of a column as near to their pulls as their heights allow, from the top down. */
  function beside(items) {
    items.sort((a, b) => a.pull - b.pull || (a.box.id < b.box.id ? -1 : 1));
    const gap = DATA.columns.gap + 4;
    const blocks = [];
    for (const item of items) {
      blocks.push({ want: item.pull - item.box.h / 2, n: 1, tall: item.box.h + gap, items: [item] });
      while (blocks.length > 1) {
        const last = blocks[blocks.length - 1];
        const prior = blocks[blocks.length - 2];
        if (prior.want / prior.n + prior.tall <= last.want / last.n) break;
        blocks.pop();
        prior.want += last.want - last.n * prior.tall;
        prior.n += last.n;
        prior.tall += last.tall;
        prior.items.push(...last.items);
      }
    }
    let bottom = 0;
    for (const block of blocks) {
      let top = Math.max(block.want / block.n, bottom);
      for (const { box } of block.items) {
        box.y = top + box.h / 2;
        top += box.h + gap;
      }
      bottom = top;
    }
  }

  const sideOf = (id, side) => ({ x: boxes.get(id).x + (side === ">" ? boxes.get(id).w / 2 : -boxes.get(id).w / 2), y: boxes.get(id).y });

  function edgeLook(edge) {
    const s = byId.get(edge.of);
    const on = lit === null || (lit.has(s.id) && (edge.kind !== "about" || lit.has(edge.to.slice(0, -1))) && (edge.kind === "about" || lit.has(edge.from.slice(0, -1))));
    const main = edge.kind === "by";
    return {
      on,
      stroke: edge.kind === "about" ? colour("line") : stanceColour(s.stance),
      width: main ? Math.max(1.3, stanceWidth(s.stance) - 0.3) : edge.kind === "via" ? 1.2 : 1.2,
      dash: main ? FORM_DASH[s.form] : edge.kind === "via" ? [2, 4] : [],
      arrow: main ? STANCE_ARROW[s.stance] ?? "arrow" : null,
    };
  }

  const edgeShown = (edge) => shown.has(edge.of) && (edge.kind !== "about" || shown.has(edge.to.slice(0, -1)));

  /** Only what is near the window is given to vis-network: thousands of statements scroll as lightly as ten. */
  function update() {
    const top = (region.scrollTop - MARGIN) / scale - 300;
    const bottom = (region.scrollTop + region.clientHeight) / scale + 300;
    const near = new Set([...shown].filter((id) => boxes.get(id).y + boxes.get(id).h / 2 > top && boxes.get(id).y - boxes.get(id).h / 2 < bottom));
    const wantNodes = new Map();
    const wantEdges = new Map();
    for (const id of near) wantNodes.set(id, { ...pyvisNodes.get(id), ...at(boxes.get(id)), ctxRenderer: renderer });
    for (const edge of DATA.claims.edges) {
      if (!near.has(edge.of) || !edgeShown(edge)) continue;
      const style = edgeLook(edge);
      for (const end of [edge.from, edge.to]) if (!wantNodes.has(end)) wantNodes.set(end, { ...pyvisNodes.get(end), ...at(sideOf(end.slice(0, -1), end.slice(-1))), size: 0.1, opacity: 0, fixed: true, chosen: false });
      wantEdges.set(edge.id, { id: edge.id, from: edge.from, to: edge.to, width: style.width, dashes: style.dash.length ? style.dash : false, color: { color: style.stroke, highlight: style.stroke, hover: style.stroke, opacity: style.on ? 1 : 0.16 }, arrows: { to: { enabled: Boolean(style.arrow), type: style.arrow ?? "arrow", scaleFactor: 0.55 } }, chosen: false });
    }
    sync(edges, wantEdges, nodes, wantNodes);
  }

  const at = ({ x, y }) => ({ x: Math.round(x), y: Math.round(y) });

  function sync(edgeSet, wantEdges, nodeSet, wantNodes) {
    edgeSet.remove(edgeSet.getIds().filter((id) => !wantEdges.has(id)));
    nodeSet.remove(nodeSet.getIds().filter((id) => !wantNodes.has(id)));
    nodeSet.update([...wantNodes.values()]);
    edgeSet.update([...wantEdges.values()]);
  }

  function place() {
    if (!region.clientWidth) return;
    const width = DATA.columns.width * scale + 2 * MARGIN;
    host.style.width = `${region.clientWidth}px`;
    host.style.height = `${region.clientHeight}px`;
    spacer.style.width = `${Math.max(width, region.clientWidth)}px`;
    spacer.style.height = `${Math.max(height * scale + 2 * MARGIN, region.clientHeight)}px`;
    offset = Math.max(0, (region.clientWidth - width) / 2);
    update();
    move();
  }

  function move() {
    net.moveTo({ scale, position: { x: (region.scrollLeft + region.clientWidth / 2 - MARGIN - offset) / scale, y: (region.scrollTop + region.clientHeight / 2 - MARGIN) / scale }, animation: false });
  }

  function zoom(factor) {
    const middle = (region.scrollTop + region.clientHeight / 2) / scale;
    scale = factor === 0 ? 1 : Math.min(2.5, Math.max(0.2, scale * factor));
    place();
    region.scrollTop = middle * scale - region.clientHeight / 2;
    place();
  }

  /** Scroll so that a box can be seen whole. */
  function reveal(id) {
    const box = boxes.get(id);
    if (!box || !shown.has(id)) return;
    const top = (box.y - box.h / 2) * scale + MARGIN;
    const bottom = (box.y + box.h / 2) * scale + MARGIN;
    if (top < region.scrollTop + 8 || bottom > region.scrollTop + region.clientHeight - 8) region.scrollTop = (top + bottom - region.clientHeight) / 2;
    const left = (box.x - box.w / 2) * scale + MARGIN + offset;
    const right = (box.x + box.w / 2) * scale + MARGIN + offset;
    if (left < region.scrollLeft || right > region.scrollLeft + region.clientWidth) region.scrollLeft = left - 8;
  }

  /** Arrow keys walk: up and down a column, left and right along an edge. */
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const column = (group) => DATA.columns[group].map((b) => boxes.get(b.id)).filter((b) => shown.has(b.id)).sort((a, b) => a.y - b.y);
    const here = boxes.get(state.sel);
    if (step) {
      const list = column(here && shown.has(here.id) ? here.group : "statements");
      if (!list.length) return;
      const next = here && shown.has(here.id) ? list[list.indexOf(here) + step] : list[step > 0 ? 0 : list.length - 1];
      if (next) go(next.id);
      event.preventDefault();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      if (!here) return;
      const s = byId.get(state.sel);
      let to = null;
      if (here.group === "statements") to = event.key === "ArrowLeft" ? s.by : s.topics.find((t) => shown.has(t));
      else if (here.group === "sources" && event.key === "ArrowRight") to = [...statementsBy(here.id), ...statementsVia(here.id)].find((x) => shown.has(x.id))?.id;
      else if (here.group === "topics" && event.key === "ArrowLeft") to = statementsOn(here.id).find((x) => shown.has(x.id))?.id;
      if (to) go(to);
      event.preventDefault();
    }
  }

  function go(id) {
    select(id);
    reveal(id);
  }

  function start() {
    stack();
    net = new vis.Network(host, { nodes, edges }, { ...DATA.options, autoResize: true });
    window.network = net;
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", "Graph of sources, statements and topics. Arrow keys walk through it; the Table view holds the same records.");
    if (region.clientWidth && region.clientWidth < 600) {
      scale = Math.min(1, region.clientWidth / (DATA.columns.statements[0]?.w + 2 * MARGIN || 1));
      place();
      region.scrollLeft = ((DATA.columns.statements[0]?.x ?? 0) - (DATA.columns.statements[0]?.w ?? 0) / 2) * scale;
    }
    place();
    region.addEventListener("scroll", () => {
      update();
      move();
    });
    net.on("resize", place);
    net.on("click", ({ pointer }) => select(pick(pointer.DOM)));
    net.on("hoverNode", ({ node }) => {
      hover = boxes.has(node) ? node : null;
      host.style.cursor = hover ? "pointer" : "default";
      net.redraw();
    });
    net.on("blurNode", () => {
      hover = null;
      host.style.cursor = "default";
      net.redraw();
    });
    region.addEventListener("keydown", walk);
    new ResizeObserver(place).observe(region);
  }

  /** The box under a point of the window. */
  function pick(point) {
    const { x, y } = net.DOMtoCanvas(point);
    for (const id of shown) {
      const b = boxes.get(id);
      if (Math.abs(x - b.x) <= b.w / 2 && Math.abs(y - b.y) <= b.h / 2) return id;
    }
    return null;
  }

  onChange((what) => {
    if (!net) return;
    if (what === "filter") stack();
    lit = state.sel && (boxes.has(state.sel) || state.sel[0] === "f") ? related(state.sel) : null;
    if (what === "view" && state.view !== "claims") return;
    place();
    if (what === "sel" && state.view === "claims" && state.sel) reveal(state.sel[0] === "f" ? byId.get(state.sel).statement : state.sel);
    net.redraw();
  });

  /** The whole view as an SVG element. */
  function toSvg() {
    const w = DATA.columns.width + 2 * MARGIN;
    const picture = svg("svg", { xmlns: SVG, width: w, height: Math.ceil(height + 2 * MARGIN), viewBox: `${-MARGIN} ${-MARGIN} ${w} ${Math.ceil(height + 2 * MARGIN)}` });
    const pen = svgPen(picture);
    pen.path(`M${-MARGIN} ${-MARGIN}h${w}v${Math.ceil(height + 2 * MARGIN)}h${-w}z`, { fill: colour("bg") });
    for (const edge of DATA.claims.edges) {
      if (!edgeShown(edge)) continue;
      const o = edgeLook(edge);
      const a = sideOf(edge.from.slice(0, -1), ">");
      const b = sideOf(edge.to.slice(0, -1), "<");
      const bend = (b.x - a.x) * 0.8;
      pen.path(`M${a.x} ${a.y}C${a.x + bend} ${a.y} ${b.x - bend} ${b.y} ${b.x - (o.arrow ? 6 : 0)} ${b.y}`, { stroke: o.stroke, width: o.width, dash: o.dash, alpha: o.on ? 1 : 0.16 });
      if (o.arrow) arrowHead(pen, o.arrow, b.x, b.y, o.stroke, o.on ? 1 : 0.16);
    }
    for (const id of shown) draw[boxes.get(id).group](pen, boxes.get(id), boxes.get(id).x, boxes.get(id).y, look(id));
    return picture;
  }

  function arrowHead(pen, type, x, y, c, alpha) {
    if (type === "bar") pen.path(`M${x - 4} ${y - 7}V${y + 7}`, { stroke: c, width: 3, alpha });
    else if (type === "circle") pen.circle(x - 4, y, 4, { fill: c, alpha });
    else if (type === "diamond") pen.path(`M${x - 9} ${y}l4.5 -4l4.5 4l-4.5 4z`, { fill: c, alpha });
    else pen.path(`M${x} ${y}l-8 -4v8z`, { fill: c, alpha });
  }

  return { start, place, zoom, reveal, toSvg, boxes, shown: () => shown, scale: () => scale, net: () => net };
})();
