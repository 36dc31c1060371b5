/** Sources, statements and topics in three columns, at natural size: the page scrolls, the text never shrinks. */
const claims = (() => {
  const host = $("#mynetwork");
  const region = $("#claims");
  const spacer = $("#spacer");
  const M = DATA.columns.measures;
  const MARGIN = 13;
  const HEAD = 28; // pixels of the window's top that the names of the columns take
  const TOP = HEAD + 8;
  const forms = new Map([...DATA.columns.sources, ...DATA.columns.statements, ...DATA.columns.topics].map((b) => [b.id, b]));
  const nodes = new vis.DataSet(DATA.claims.nodes.map((n) => (n.group === "port" ? port(n) : { ...n, ctxRenderer: renderer })));
  const edges = new vis.DataSet();
  const draw = { source: drawSource, statement: drawStatement, topic: drawTopic };
  let boxes = new Map(); // by key: an entity or topic stands once in each group that it has to do with
  let links = [];
  let scale = 1;
  let offset = 0;
  let height = 0;
  let lit = null;
  let hover = null;
  let net = null;
  const nothing = h("p", { class: "note nothing", hidden: true });
  region.append(nothing);
  // what vis-network holds, each with what it was made from: only what changes is handed over
  const held = { nodes: new Map(DATA.claims.nodes.map((n) => [n.id, ""])), edges: new Map() };

  const look = (box) => ({ sel: state.sel === box.id, dim: lit !== null && !lit.has(box.id), hover: hover === box.key });

  function renderer({ ctx, id, x, y }) {
    const box = boxes.get(id);
    return { drawNode: () => box && draw[box.kind](canvasPen(ctx), box, x, y, look(box)), nodeDimensions: { width: box?.w ?? 1, height: box?.h ?? 1 } };
  }

  function port(node) {
    return { ...node, size: 0.1, opacity: 0, chosen: false };
  }

  /** Take in boxes of statements that are new to the page, and what stands beside them; each joins its group, or makes one. */
  function take(columns, statements) {
    const fresh = new Set(statements.map((s) => s.id));
    for (const box of [...columns.sources, ...columns.statements, ...columns.topics]) if (!forms.has(box.id)) forms.set(box.id, box);
    for (const { id } of columns.topics) forms.get(id).lines = [...forms.get(id).lines.slice(0, -1), ["role", plural(byId.get(id).statements.length, "statement")]];
    for (const id of fresh) if (columns.main[id]) DATA.columns.main[id] = columns.main[id];
    for (const [name, groups] of Object.entries(columns.orders)) {
      const own = DATA.columns.orders[name];
      const known = new Map(own.map((group) => [group[0], group]));
      for (const [key, ids] of groups) {
        const more = ids.filter((id) => fresh.has(id));
        if (known.has(key)) known.get(key)[1].push(...more);
        // statements on nothing in particular stay last
        else if (more.length) own.splice(key !== null && own.at(-1)?.[0] === null ? own.length - 1 : own.length, 0, [key, more]);
      }
    }
  }

  /** Place what the filters leave, group by group: as `stack` in layout.py does. */
  function stack() {
    boxes = new Map();
    links = [];
    let top = 0;
    DATA.columns.orders[state.group].forEach(([, keys], group) => {
      const shown = keys.filter((key) => passes(byId.get(key)));
      if (!shown.length) return;
      let y = top;
      const pulls = { source: new Map(), topic: new Map() };
      const pull = (side, id, at) => (pulls[side].has(id) ? pulls[side].get(id).push(at) : pulls[side].set(id, [at]));
      for (const key of shown) {
        const form = forms.get(key);
        const s = byId.get(key);
        const at = y + form.h / 2;
        boxes.set(key, { ...form, kind: "statement", key, x: M.statement_left + form.depth * M.indent + form.w / 2, y: at });
        for (const [kind, id] of [["by", s.by], ["via", s.via]]) {
          if (!id) continue;
          pull("source", id, at);
          links.push({ id: `${key} ${kind}`, kind, of: key, from: `${id}@${group}`, to: key });
        }
        const topic = DATA.columns.main[key];
        if (topic) {
          pull("topic", topic, at);
          links.push({ id: `${key} about`, kind: "about", of: key, from: key, to: `${topic}@${group}` });
        }
        y += form.h + M.gap;
      }
      let bottom = y;
      for (const [side, x] of [["source", M.source_width / 2], ["topic", M.topic_left + M.topic_width / 2]]) {
        const wanted = [...pulls[side]].map(([id, ys]) => ({ box: forms.get(id), pull: ys.reduce((a, b) => a + b, 0) / ys.length }));
        for (const [form, at] of beside(wanted, top)) {
          boxes.set(`${form.id}@${group}`, { ...form, kind: side, key: `${form.id}@${group}`, x, y: at });
          bottom = Math.max(bottom, at + form.h / 2 + M.gap);
        }
      }
      top = bottom - M.gap + M.group_gap;
    });
    height = Math.max(0, top - M.group_gap);
    nothing.hidden = boxes.size > 0;
    nothing.replaceChildren(...(DATA.statements.length ? ["No statement passes the filters. ", h("button", { class: "plain", onclick: () => filters.clear() }, "Show all")] : ["The articles quote and report nobody. The text is under Article."]));
  }

  /** Boxes of a column as near to their pulls as their heights allow: as `beside` in layout.py. */
  function beside(wanted, top) {
    wanted.sort((a, b) => a.pull - b.pull || (a.box.id < b.box.id ? -1 : 1));
    const blocks = [];
    for (const { box, pull } of wanted) {
      let block = { want: pull - box.h / 2, n: 1, tall: box.h + M.gap, boxes: [box] };
      while (blocks.length && blocks[blocks.length - 1].want / blocks[blocks.length - 1].n + blocks[blocks.length - 1].tall > block.want / block.n) {
        const before = blocks.pop();
        block = { want: before.want + block.want - block.n * before.tall, n: before.n + block.n, tall: before.tall + block.tall, boxes: [...before.boxes, ...block.boxes] };
      }
      blocks.push(block);
    }
    const placed = [];
    let bottom = top;
    for (const block of blocks) {
      bottom = Math.max(block.want / block.n, bottom);
      for (const box of block.boxes) {
        placed.push([box, bottom + box.h / 2]);
        bottom += box.h + M.gap;
      }
    }
    return placed;
  }

  const end = (key, side) => ({ x: boxes.get(key).x + (side === ">" ? boxes.get(key).w / 2 : -boxes.get(key).w / 2), y: boxes.get(key).y });

  function linkLook(link) {
    const s = byId.get(link.of);
    const other = boxes.get(link.kind === "about" ? link.to : link.from).id;
    const main = link.kind === "by";
    const hot = hover !== null && (link.from === hover || link.to === hover);
    return {
      on: hot || lit === null || (lit.has(s.id) && lit.has(other)),
      stroke: link.kind === "about" ? colour(hot ? "edge" : "line") : stanceColour(s.stance),
      width: (main ? Math.max(1.3, stanceWidth(s.stance) - 0.3) : 1.2) + (hot ? 1 : 0),
      dash: main ? FORM_DASH[s.form] : link.kind === "via" ? [2, 4] : [],
      arrow: main ? STANCE_ARROW[s.stance] ?? "arrow" : null,
    };
  }

  /** Only what is near the window is given to vis-network: thousands of statements scroll as lightly as ten. */
  function update() {
    const from = (region.scrollTop - TOP) / scale - 200;
    const to = (region.scrollTop + region.clientHeight) / scale + 200;
    const wantNodes = new Map();
    const wantEdges = new Map();
    const near = new Set();
    for (const [key, box] of boxes) {
      if (box.y + box.h / 2 < from || box.y - box.h / 2 > to) continue;
      near.add(key);
      wantNodes.set(key, { id: key, label: " ", shape: "custom", group: box.kind, ...whole(box), ctxRenderer: renderer });
    }
    for (const link of links) {
      if (!near.has(link.of)) continue;
      const style = linkLook(link);
      for (const [key, side] of [[link.from, ">"], [link.to, "<"]]) if (!wantNodes.has(key + side)) wantNodes.set(key + side, port({ id: key + side, label: " ", shape: "dot", group: "port", ...whole(end(key, side)) }));
      wantEdges.set(link.id, { id: link.id, from: `${link.from}>`, to: `${link.to}<`, width: style.width, dashes: style.dash.length ? style.dash : false, color: { color: style.stroke, highlight: style.stroke, hover: style.stroke, opacity: style.on ? 1 : 0.3 }, arrows: { to: { enabled: Boolean(style.arrow), type: style.arrow ?? "arrow", scaleFactor: 0.55 } }, chosen: false });
    }
    // edges leave before their nodes and come after them
    const newNodes = fresh(wantNodes, held.nodes, (n) => `${n.x} ${n.y}`);
    const newEdges = fresh(wantEdges, held.edges, (e) => `${e.from} ${e.to} ${e.width} ${e.dashes} ${e.color.color} ${e.color.opacity}`);
    edges.remove(gone(wantEdges, held.edges));
    nodes.remove(gone(wantNodes, held.nodes));
    if (newNodes.length) nodes.update(newNodes);
    if (newEdges.length) edges.update(newEdges);
  }

  /** What is wanted and not held yet, or held otherwise; from now on it is held. */
  function fresh(wanted, have, markOf) {
    const out = [];
    for (const [id, item] of wanted) {
      const mark = markOf(item);
      if (have.get(id) !== mark) out.push(item);
      have.set(id, mark);
    }
    return out;
  }

  /** Ids of what is held and no longer wanted; from now on it is not held. */
  function gone(wanted, have) {
    const out = [...have.keys()].filter((id) => !wanted.has(id));
    for (const id of out) have.delete(id);
    return out;
  }

  const whole = ({ x, y }) => ({ x: Math.round(x), y: Math.round(y) });

  function place() {
    if (!region.clientWidth) return;
    const width = M.width * scale + 2 * MARGIN;
    host.style.width = `${region.clientWidth}px`;
    host.style.height = `${region.clientHeight}px`;
    spacer.style.width = `${Math.max(width, region.clientWidth)}px`;
    spacer.style.height = `${Math.max(height * scale + TOP + MARGIN + 40, region.clientHeight)}px`;
    offset = Math.max(0, (region.clientWidth - width) / 2);
    update();
    move();
  }

  function move() {
    net.moveTo({ scale, position: { x: (region.scrollLeft + region.clientWidth / 2 - MARGIN - offset) / scale, y: (region.scrollTop + region.clientHeight / 2 - TOP) / scale }, animation: false });
  }

  function zoom(factor) {
    const middle = (region.scrollTop + region.clientHeight / 2) / scale;
    scale = factor === 0 ? 1 : Math.min(2.5, Math.max(0.2, scale * factor));
    place();
    region.scrollTop = middle * scale - region.clientHeight / 2;
    place();
  }

  /** The places of a record: a statement has one, a source or topic one in each group, from the top down. */
  const placesOf = (id) => (boxes.has(id) ? [boxes.get(id)] : [...boxes.values()].filter((b) => b.id === id));

  /** Scroll so that a record can be seen, unless one of its places can be already. */
  function reveal(id) {
    const places = placesOf(id);
    const top = (b) => (b.y - b.h / 2) * scale + TOP;
    const bottom = (b) => (b.y + b.h / 2) * scale + TOP;
    if (!places.length) return;
    const seen = (b) => top(b) >= region.scrollTop + HEAD && bottom(b) <= region.scrollTop + region.clientHeight - 4;
    const box = places.find(seen) ?? places[0];
    if (!seen(box)) region.scrollTop = (top(box) + bottom(box) - region.clientHeight) / 2;
    const left = (box.x - box.w / 2) * scale + MARGIN + offset;
    const right = (box.x + box.w / 2) * scale + MARGIN + offset;
    if (left < region.scrollLeft || right > region.scrollLeft + region.clientWidth) region.scrollLeft = left - 8;
  }

  /** Arrow keys walk: up and down a column, left and right along an edge. */
  let stand = null;
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step && !aside) return;
    event.preventDefault();
    const here = (stand && boxes.get(stand)?.id === state.sel ? boxes.get(stand) : null) ?? placesOf(state.sel)[0] ?? null;
    let next = null;
    if (step) {
      const list = [...boxes.values()].filter((b) => b.kind === (here?.kind ?? "statement")).sort((a, b) => a.y - b.y);
      next = here ? list[list.indexOf(here) + step] : list[step > 0 ? 0 : list.length - 1];
    } else if (here) {
      const link = links.find((l) => (aside < 0 ? l.to === here.key : l.from === here.key));
      next = link ? boxes.get(aside < 0 ? link.from : link.to) : null;
    }
    if (!next) return;
    stand = next.key;
    select(next.id);
    reveal(next.key);
  }

  /** The box under a point of the window. */
  function pick(point) {
    const { x, y } = net.DOMtoCanvas(point);
    if (point.y < HEAD) return null;
    for (const b of boxes.values()) if (Math.abs(x - b.x) <= b.w / 2 && Math.abs(y - b.y) <= b.h / 2) return b;
    return null;
  }

  function start() {
    stack();
    net = new vis.Network(host, { nodes, edges }, { ...DATA.options, autoResize: true });
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", "Graph of sources, statements and topics. Arrow keys walk through it; the Table view holds the same records.");
    if (region.clientWidth && region.clientWidth < 600) {
      scale = Math.min(1, region.clientWidth / (M.statement_width + 2 * MARGIN));
      place();
      region.scrollLeft = M.statement_left * scale;
    }
    place();
    region.addEventListener("scroll", () => {
      update();
      move();
    });
    // once vis-network is through: it stretches the picture to the new size after it has told of it
    net.on("resize", () => queueMicrotask(place));
    net.on("afterDrawing", names);
    // the browser's own click: vis-network takes a finger that rests for a quarter of a second for something else
    host.addEventListener("click", (event) => {
      const { left, top } = host.getBoundingClientRect();
      const box = pick({ x: event.clientX - left, y: event.clientY - top });
      stand = box?.key ?? null;
      select(box?.id ?? null);
    });
    const hovering = (key) => {
      hover = key;
      host.style.cursor = key ? "pointer" : "default";
      update();
      net.redraw();
    };
    net.on("hoverNode", ({ node }) => hovering(boxes.has(node) ? node : null));
    net.on("blurNode", () => hovering(null));
    region.addEventListener("keydown", walk);
    new ResizeObserver(place).observe(region);
  }

  onChange((what) => {
    if (!net) return;
    if (["filter", "start", "data"].includes(what)) stack();
    const about = state.sel && byId.get(state.sel);
    lit = about && ["s", "e", "t", "f"].includes(state.sel[0]) ? related(state.sel) : null;
    if (lit && ![...lit].some((id) => forms.has(id))) lit = null;
    if (state.view !== "claims") return;
    if (what === "sel") soon(() => {
      // the window moves first, so that what it then holds is handed over once
      reveal(state.sel?.[0] === "f" ? byId.get(state.sel).statement : state.sel);
      update();
      move();
      net.redraw();
    });
    else {
      place();
      if (what !== "filter" && state.sel) reveal(state.sel[0] === "f" ? about.statement : state.sel);
      net.redraw();
    }
  });

  const NAMES = [["Who says it", M.source_width - 30, "right"], ["What is said", M.statement_left, "left"], ["About", M.topic_left + 27, "left"]];

  /** The names of the columns, along the top of the window. */
  function names(ctx) {
    const corner = net.DOMtoCanvas({ x: 0, y: 0 });
    const far = net.DOMtoCanvas({ x: host.clientWidth, y: HEAD });
    const pen = canvasPen(ctx);
    pen.path(`M${corner.x} ${corner.y}H${far.x}V${far.y}H${corner.x}z`, { fill: colour("bg") });
    pen.path(`M${corner.x} ${far.y}H${far.x}`, { stroke: colour("line"), width: 1 / scale });
    for (const [text, x, align] of NAMES) pen.text(x, corner.y + 18 / scale, text, { size: 12 / scale, bold: true, fill: colour("mut"), align });
  }

  /** The whole view as an SVG element. */
  function toSvg() {
    const w = M.width + 2 * MARGIN;
    const tall = Math.ceil(height + TOP + MARGIN);
    const picture = svg("svg", { xmlns: SVG, width: w, height: tall, viewBox: `${-MARGIN} ${-TOP} ${w} ${tall}` });
    const pen = svgPen(picture);
    pen.path(`M${-MARGIN} ${-TOP}h${w}v${tall}h${-w}z`, { fill: colour("bg") });
    for (const [text, x, align] of NAMES) pen.text(x, 18 - TOP, text, { size: 12, bold: true, fill: colour("mut"), align });
    for (const link of links) {
      const o = linkLook(link);
      const [a, b] = [end(link.from, ">"), end(link.to, "<")];
      const bend = (b.x - a.x) * 0.8;
      pen.path(`M${a.x} ${a.y}C${a.x + bend} ${a.y} ${b.x - bend} ${b.y} ${b.x - (o.arrow ? 6 : 0)} ${b.y}`, { stroke: o.stroke, width: o.width, dash: o.dash, alpha: o.on ? 1 : 0.3 });
      if (o.arrow) arrowHead(pen, o.arrow, b.x, b.y, o.stroke, o.on ? 1 : 0.3);
    }
    for (const box of boxes.values()) draw[box.kind](pen, box, box.x, box.y, look(box));
    return picture;
  }

  function arrowHead(pen, type, x, y, c, alpha) {
    if (type === "bar") pen.path(`M${x - 4} ${y - 7}V${y + 7}`, { stroke: c, width: 3, alpha });
    else if (type === "circle") pen.circle(x - 4, y, 4, { fill: c, alpha });
    else if (type === "diamond") pen.path(`M${x - 9} ${y}l4.5 -4l4.5 4l-4.5 4z`, { fill: c, alpha });
    else pen.path(`M${x} ${y}l-8 -4v8z`, { fill: c, alpha });
  }

  return { start, take, place, zoom, reveal, toSvg, boxes: () => boxes, scale: () => scale, net: () => net };
})();
