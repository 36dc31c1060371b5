/** The graph on its canvas: vis-network zooms, pans and drags; what is drawn, lit, unfolded or hidden is decided here. */
const graphview = (() => {
  const region = $("#graph");
  const host = $("#mygraph");
  const points = new vis.DataSet();
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let net = null;
  let now = null; // what is drawn: see graphplan.plan
  let lit = null; // nodes and edges that stand out, or null where none does
  let hover = null;
  let drag = null;
  let picked = new Set();
  let pointer = null;
  let byHand = false; // whether somebody has zoomed or panned
  let drifted = null; // where the view has gone by itself since somebody last moved it
  let dropped = false; // whether what changes is where something has been dropped: the view stays

  const card = h("div", { id: "card", role: "tooltip", hidden: true });
  const menu = h("div", { id: "menu", role: "menu", "aria-label": "What to do with it", hidden: true });
  const sheet = h("div", { class: "sheet", role: "region", "aria-label": "List", tabindex: 0, hidden: true });
  const bar = h("div", { class: "bar" });
  const shelf = h("div", { class: "shelf" });
  const empty = h("p", { class: "note nothing", hidden: true });
  const map = h("canvas", { id: "minimap", width: 168, height: 112, hidden: true, "aria-hidden": "true" });
  const ring = svg("svg", { class: "lasso", "aria-hidden": "true" });
  region.prepend(bar);
  region.append(shelf);
  host.parentElement.append(card, menu, sheet, empty, ring);
  new ResizeObserver(() => document.body.style.setProperty("--graph-bar", `${bar.offsetHeight}px`)).observe(bar);

  /* ---- what is lit --------------------------------------------------------------------- */
  const nodeHere = (id) => {
    const key = id && (now.nodes.has(`c.${id}`) ? `c.${id}` : graph.nodeOf(id));
    return key && now.nodes.has(key) ? key : null;
  };
  const selected = () => nodeHere(state.sel);
  const edgeHere = (id) => now.edges.find((e) => e.id === id) ?? null;

  function light() {
    lit = null;
    if (state.path.length === 1) return; // any of them may be where the path leads
    const here = selected();
    let own = [];
    if (now.route) own = now.route.edges.filter((e) => now.edges.includes(e));
    else if (here) own = now.edges.filter((e) => e.from === here || e.to === here);
    else if (state.sel) own = now.edges.filter((e) => e.id === state.sel || (e.left.includes(state.sel) && e.kind !== "counts"));
    // of what is unfolded its statements are read, however many others wait
    if (here && own.some((e) => e.part)) own = own.filter((e) => e.part);
    if (!own.length && !here) return;
    const cards = new Set(own.flatMap((e) => [e.from, e.to]).filter((id) => now.nodes.get(id).kind === "Card"));
    if (!now.route) own = [...new Set([...own, ...now.edges.filter((e) => cards.has(e.from) || cards.has(e.to))])];
    lit = { nodes: new Set([...own.flatMap((e) => [e.from, e.to]), ...(now.route?.nodes ?? []), ...(here ? [here] : [])]), edges: new Set(own) };
    laySoon(own);
  }

  /* ---- painting ------------------------------------------------------------------------ */
  const touched = (e) => hover !== null && (hover === e || hover.id === e.from || hover.id === e.to);
  const isWeak = (e) => !e.part && graph.isWeak(e) && !now.route;
  const isQuiet = (e) => isWeak(e) && !lit?.edges.has(e) && !touched(e);
  const isDrawn = (e) => !isQuiet(e) && !late.has(e);
  const order = (e) => (lit?.edges.has(e) ? 2 : 0) + (LINES[e.kind].mark ? 1 : 0);

  /** Paint lines, then signs and boxes, then what is written on lines. `only` tells which parts are wanted. */
  function paint(pen, scale, only = () => true) {
    const list = now.edges.filter((e) => isDrawn(e) && only(e.a) && only(e.b)).sort((p, q) => order(p) - order(q));
    for (const e of list) graphpen.line(pen, e, { dim: lit && !lit.edges.has(e), hot: touched(e) || lit?.edges.has(e) || e.id === state.sel });
    const here = selected();
    const mine = [...now.nodes.values()].filter(only);
    for (const n of mine) graphpen.node(pen, n, { dim: lit && !lit.nodes.has(n.id), sel: n.id === here || n.id === state.path[0], hover: hover === n, picked: picked.has(n.id), scale });
    const taken = [...now.nodes.values()].flatMap((n) => graphpen.keptFree(n, { sel: n.id === here, hover: hover === n, scale }));
    const asked = new Set(lit && lit.edges.size < 40 ? lit.edges : []);
    const bright = list.filter((e) => !lit || lit.edges.has(e));
    if (scale < 0.5) graphpen.hubs(pen, mine.filter((n) => !lit || lit.nodes.has(n.id)), scale, selected());
    if (scale > 0.45) graphpen.signs(pen, [...bright].sort((p, q) => asked.has(q) - asked.has(p)), taken, { asked, hover });
  }

  /** On a canvas: while something is dragged, all that stays where it is comes from a picture made once. */
  function draw(ctx) {
    if (!now) return;
    if (!drag) return paint(canvasPen(ctx), net.getScale());
    const moves = (n) => drag.moving.has(n.id);
    if (!drag.rest) {
      drag.rest = h("canvas", { width: ctx.canvas.width, height: ctx.canvas.height });
      const still = drag.rest.getContext("2d");
      still.setTransform(ctx.getTransform());
      paint(canvasPen(still), net.getScale(), (n) => !moves(n));
    }
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(drag.rest, 0, 0);
    ctx.restore();
    const pen = canvasPen(ctx);
    const edges = now.edges.filter((e) => (moves(e.a) || moves(e.b)) && isDrawn(e));
    for (const e of edges) graphpen.line(pen, e, { dim: false, hot: e.a.id === drag.id || e.b.id === drag.id });
    for (const n of now.nodes.values()) if (moves(n)) graphpen.node(pen, n, { sel: n.id === selected(), hover: n.id === drag.id, scale: net.getScale() });
    graphpen.signs(pen, edges.filter((e) => LINES[e.kind].mark), [], { asked: new Set(), hover: null });
  }
  const redraw = () => net?.redraw();

  /* ---- the view ------------------------------------------------------------------------ */
  /** The part of the canvas that the panel leaves free, in pixels. */
  const room = () => {
    const over = panel.over();
    const free = $("#grip").getBoundingClientRect().top - host.getBoundingClientRect().top;
    return { width: host.clientWidth - (over === "beside" ? $("#panel").offsetWidth : 0), height: over === "below" ? Math.min(host.clientHeight, free) : host.clientHeight };
  };
  const round = (boxes) => [Math.min, Math.min, Math.max, Math.max].map((pick, i) => pick(...boxes.map((b) => b[i])));
  /** The box about nodes; about all of them, their lines and what is written there too. */
  function extent(nodes) {
    // lines bend around labels, and may do so outside of all, and so may what is written on them
    const way = (e) => [...(e.bend ? graphpen.curve(e).points.map(([x, y]) => [x - 9, y - 9, x + 9, y + 9]) : []), ...graphpen.written(e)];
    const lines = nodes.length === now.nodes.size ? now.edges.filter((e) => !isQuiet(e)).flatMap(way) : [];
    return round([...nodes.map((n) => graphpen.boxOf(n, 10)), ...lines]);
  }

  let flight = null; // where the view is going, while it moves by itself
  /** Where the view is, or where it will be once it has come to rest. */
  const eye = () => flight ?? { scale: net.getScale(), ...net.getViewPosition() };
  const cameraAt = ({ x, y, scale }) => [Math.round(x), Math.round(y), Math.round(scale * 1000) / 1000];
  /** Move the view, by itself over so many milliseconds; whoever zooms or pans meanwhile stops it. */
  function move(goal, ms = 350) {
    drifted = cameraAt(goal);
    const from = { scale: net.getScale(), ...net.getViewPosition() };
    const put = (t) => {
      const part = t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
      net.moveTo({ scale: from.scale * (goal.scale / from.scale) ** part, position: { x: from.x + (goal.x - from.x) * part, y: from.y + (goal.y - from.y) * part } });
    };
    flight = calm.matches || !document.documentElement.dataset.ready ? null : goal;
    if (!flight) return put(1);
    point(null);
    const begun = performance.now();
    const step = (time) => {
      if (flight !== goal) return;
      const t = Math.min(1, Math.max(0, time - begun) / ms);
      put(t);
      if (t < 1) requestAnimationFrame(step);
      else flight = null;
    };
    requestAnimationFrame(step);
  }

  function fit(nodes = [...now.nodes.values()], most = null) {
    if (!nodes.length || !host.clientWidth) return;
    const [x0, y0, x1, y1] = extent(nodes);
    const { width, height } = room();
    if (!(width > 0 && height > 0)) return; // panel and filters lie over all of it
    // a few names are drawn no larger than a window of 1,180 pixels asks for, in a wider one in proportion
    const scale = Math.min(most ?? 1.6 * Math.min(1.6, Math.max(1, width / 1180)), width / (x1 - x0), height / (y1 - y0));
    move({ scale, x: (x0 + x1) / 2 + (host.clientWidth - width) / 2 / scale, y: (y0 + y1) / 2 + (host.clientHeight - height) / 2 / scale });
  }
  /** What one sees first: everything; in a window too narrow to read it, the best connected part at a size that can be read. */
  function opening() {
    show();
    drifted = null;
  }
  function show() {
    const nodes = [...now.nodes.values()];
    const readable = 10 / Math.min(...nodes.map((n) => n.size));
    const { width, height } = room();
    const [x0, y0, x1, y1] = nodes.length ? extent(nodes) : [0, 0, 0, 0];
    if (!nodes.length || width > SMALL || Math.min(width / (x1 - x0), height / (y1 - y0)) >= readable) return fit();
    const [w, t] = [width / readable / 2, height / readable / 2];
    const inside = (x, y) => nodes.filter((n) => Math.abs(n.x - x) + n.w / 2 <= w && Math.abs(n.y - y) + n.h / 2 <= t);
    const weight = (list) => list.reduce((sum, n) => sum + Math.min(20, graph.around.get(n.id)?.length ?? 1), 0);
    const between = (low, high, at) => (low > high ? (low + high) / 2 : Math.min(high, Math.max(low, at)));
    // what the rim cuts in two is neither seen nor left out
    const cut = (x, y) => nodes.filter((n) => Math.abs(n.x - x) - n.w / 2 < w && Math.abs(n.y - y) - n.h / 2 < t).length - inside(x, y).length;
    const steps = Array.from({ length: 13 }, (_, i) => i / 12);
    const grid = steps.flatMap((p) => steps.map((q) => [x0 + p * (x1 - x0), y0 + q * (y1 - y0)]));
    const centres = [...nodes.map((n) => [n.x, n.y]), ...grid].map(([cx, cy]) => [between(x0 + w, x1 - w, cx), between(y0 + t, y1 - t, cy)]);
    const [x, y] = centres.map((at) => [weight(inside(...at)) - 1.5 * cut(...at), at]).reduce((a, b) => (b[0] > a[0] ? b : a))[1];
    move({ scale: readable, x, y: y + (host.clientHeight - height) / 2 / readable });
  }
  function fitAll() {
    const from = drifted;
    fit();
    if (isNarrow()) return keepCamera(from); // where the page opens on a part
    [state.camera, drifted, byHand] = [null, null, false];
    remember("camera", from);
    steps();
  }
  /** Bring nodes into view: not at all where they are, by a push where there is room, else by zooming out. */
  function showAll(nodes) {
    if (!nodes.length || !host.clientWidth) return;
    const [x0, y0, x1, y1] = extent(nodes);
    const view = eye();
    const { scale } = view;
    const { width, height } = room();
    const [w, t] = [width / scale / 2, height / scale / 2];
    const at = { x: view.x - (host.clientWidth - width) / 2 / scale, y: view.y - (host.clientHeight - height) / 2 / scale };
    if (x1 - x0 > 2 * w || y1 - y0 > 2 * t) return fit(nodes, scale);
    const push = (low, high, from, to) => (low < from ? low - from : high > to ? high - to : 0);
    let [dx, dy] = [push(x0, x1, at.x - w, at.x + w), push(y0, y1, at.y - t, at.y + t)];
    if ((dx || dy) && width < 600) [dx, dy] = [(x0 + x1) / 2 - at.x, (y0 + y1) / 2 - at.y]; // at the rim of a small window nothing around it is seen
    if (dx || dy) move({ scale, x: view.x + dx, y: view.y + dy });
  }
  const TWICE = 360; // milliseconds in which a second click makes the first a double one: till then nothing moves under the pointer
  /** Push what stands out from under the panel, which has just opened beside it. */
  function uncover() {
    if (!lit || now.route || drag || flight || gliding || panel.over() !== "beside" || !selected()) return;
    const { scale, x, y } = eye();
    const [w, t] = [host.clientWidth / scale / 2, host.clientHeight / scale / 2];
    // what is out of sight anyway stays there
    showAll([...lit.nodes].map((id) => now.nodes.get(id)).filter((n) => n && Math.abs(n.x - x) < w && Math.abs(n.y - y) < t));
  }
  function zoom(factor) {
    if (factor === 0) return fitAll();
    point(null);
    const from = drifted;
    move({ ...eye(), scale: Math.min(4, Math.max(0.08, eye().scale * factor)) }, 150);
    keepCamera(from);
  }
  function keepCamera(from = drifted) {
    state.camera = cameraAt(eye());
    [drifted, byHand] = [null, true];
    remember("camera", from);
    steps();
  }
  let wheel = null; // waits for the last of some turns of the wheel
  function wheeled() {
    if (wheel === null) return;
    clearTimeout(wheel);
    tasks.delete(wheel);
    wheel = null;
    keepCamera();
  }
  done.before = wheeled;

  /* ---- drawing what the state says -------------------------------------------------------- */
  function put(n, x, y) {
    [n.x, n.y] = [x, y];
    if (n.kind === "Card") graphplan.spotOf.set(n.id, { x, y });
    const body = net?.body.nodes[n.id];
    if (body) [body.x, body.y] = [x, y];
  }

  const renderer = ({ id }) => ({ drawNode: () => {}, nodeDimensions: { width: now.nodes.get(id)?.w ?? 1, height: now.nodes.get(id)?.h ?? 1 } });

  const tasks = new Set(); // what waits for its time
  function later(task, ms = 0) {
    const timer = setTimeout(() => (tasks.delete(timer), task()), ms);
    tasks.add(timer);
    return timer;
  }
  let gliding = false;
  let after = [];
  /** Do something once all nodes stand where they should, and the panel shows what is selected. */
  const settled = (task) => (gliding ? after.push(task) : later(task));

  /** Draw the present state: nodes glide from where they stood to where they should stand. */
  function refresh({ glide = true } = {}) {
    const before = now;
    gliding = false;
    point(null); // it may stand elsewhere now, or not at all
    now = graphplan.plan();
    [ways, jobs] = [null, []];
    late.clear();
    const goals = graphplan.places(now);
    const fresh = [...now.nodes.values()].filter((n) => !before?.nodes.has(n.id));
    for (const n of fresh) {
      // a newcomer comes out of the node that it hangs on
      const near = now.edges.filter((e) => e.a === n || e.b === n).map((e) => (e.a === n ? e.b : e.a)).find((o) => before?.nodes.has(o.id));
      const [x, y] = near && glide ? [near.x, near.y] : goals.get(n.id);
      put(n, x, y);
    }
    for (const id of [...graphplan.spotOf.keys()]) if (!now.nodes.has(id)) graphplan.spotOf.delete(id);
    points.remove(points.getIds().filter((id) => !now.nodes.has(id)));
    points.update([...now.nodes.values()].map((n) => ({ id: n.id, x: n.x, y: n.y, shape: "custom", ctxRenderer: renderer })));
    picked = new Set([...picked].filter((id) => now.nodes.has(id)));
    light();
    around();
    const finish = () => {
      gliding = false;
      bend();
      redraw();
      after.splice(0).forEach((task) => task());
    };
    const far = [...goals].filter(([id, [x, y]]) => Math.abs(now.nodes.get(id).x - x) + Math.abs(now.nodes.get(id).y - y) > 0.5);
    if (!glide || calm.matches || !far.length || !before) {
      for (const [id, [x, y]] of goals) put(now.nodes.get(id), x, y);
      finish();
    } else slide(new Map(far), finish);
  }

  let ways = null; // what is known of the ways of lines: for which edges, and how they bend between the same two
  let jobs = []; // lines whose ways are being looked for, in the order asked, and the steps that find them
  const found = new WeakSet(); // lines that have had a way
  const late = new Set(); // lines that are not drawn before they have their first
  const SLICE = 12; // milliseconds at a time in which ways are looked for
  /** Find ways for lines; those that nobody sees wait until somebody asks for them. */
  function bend() {
    ways = { done: new Set(), ...graphpen.laid() };
    ask(now.edges.filter((e) => !isWeak(e)).sort((p, q) => order(q) - order(p)));
    lay();
    laySoon(now.edges.filter((e) => touched(e) || lit?.edges.has(e)));
  }
  function ask(edges) {
    const fresh = edges.filter((e) => ways && !ways.done.has(e));
    if (!fresh.length) return;
    for (const e of fresh) {
      ways.done.add(e);
      if (!found.has(e)) late.add(e);
    }
    jobs.push({ edges: fresh, steps: graphpen.route(fresh, [...now.nodes.values()], ways) });
  }
  /** Find the ways asked for, or as many of them as so many milliseconds allow: the same, however often it stops. */
  function lay(ms = Infinity) {
    const end = performance.now() + ms;
    while (jobs.length && performance.now() < end) {
      if (!jobs[0].steps.next().done) continue;
      for (const e of jobs.shift().edges) found.add(e), late.delete(e);
      redraw();
    }
  }
  let working = false;
  /** Find ways once what is asked about has been drawn and told: around a hub that takes longer than anybody waits for its words. */
  function laySoon(edges) {
    ask(edges);
    if (working || !jobs.length) return;
    working = true;
    const work = () => {
      if (!drag && !gliding) lay(SLICE);
      working = jobs.length > 0;
      if (working) later(work);
    };
    requestAnimationFrame(() => later(work));
  }

  let sliding = 0;
  function slide(goals, then, ms = 330) {
    const mine = (sliding += 1);
    const plan = now;
    gliding = true;
    const from = new Map([...goals.keys()].map((id) => [id, [plan.nodes.get(id).x, plan.nodes.get(id).y]]));
    const begun = performance.now();
    const step = (time) => {
      if (mine !== sliding || plan !== now) return;
      const t = Math.min(1, Math.max(0, time - begun) / ms);
      const part = 1 - (1 - t) ** 3;
      for (const [id, [x, y]] of goals) put(now.nodes.get(id), from.get(id)[0] + (x - from.get(id)[0]) * part, from.get(id)[1] + (y - from.get(id)[1]) * part);
      redraw();
      if (t < 1) requestAnimationFrame(step);
      else then();
    };
    requestAnimationFrame(step);
  }

  /* ---- dragging: leaves come along, other neighbours lean after, nothing else moves --------- */
  function dragStart({ nodes: [id] }) {
    point(null);
    flight = null;
    if (!id || !now.nodes.has(id)) return;
    const near = new Set(now.edges.filter((e) => e.from === id || e.to === id).map((e) => graph.other(e, id)));
    const leaf = (o) => new Set(now.edges.filter((e) => e.from === o || e.to === o).map((e) => graph.other(e, o))).size === 1;
    const followers = picked.has(id) ? [...picked].filter((o) => o !== id).map((o) => [o, 1]) : [...near].filter((o) => !state.pinned.has(o)).map((o) => [o, leaf(o) ? 1 : 0.3]);
    const n = now.nodes.get(id);
    drag = { id, x: n.x, y: n.y, over: false, rest: null, moving: new Set([id, ...followers.map(([o]) => o)]), near: followers.map(([o, pull]) => ({ n: now.nodes.get(o), pull, x: now.nodes.get(o).x, y: now.nodes.get(o).y, vx: 0, vy: 0 })) };
    requestAnimationFrame(spring);
  }
  function spring() {
    if (!drag) return;
    const n = now.nodes.get(drag.id);
    const body = net.body.nodes[drag.id];
    if (!n || !body) return void (drag = null);
    [n.x, n.y] = [body.x, body.y];
    const [dx, dy] = [n.x - drag.x, n.y - drag.y];
    let moving = 0;
    for (const m of drag.near) {
      m.vx = (m.vx + (m.x + dx * m.pull - m.n.x) * 0.14) * 0.7;
      m.vy = (m.vy + (m.y + dy * m.pull - m.n.y) * 0.14) * 0.7;
      put(m.n, m.n.x + m.vx, m.n.y + m.vy);
      moving += Math.abs(m.vx) + Math.abs(m.vy);
    }
    redraw();
    if (!drag.over || (moving > 0.4 && !calm.matches)) return void requestAnimationFrame(spring);
    const moved = [n, ...drag.near.map((m) => m.n)];
    const held = drag.id;
    drag = null;
    for (const m of moved) state.moved.set(m.id, [Math.round(m.x), Math.round(m.y)]);
    const goals = graphplan.apart(now.nodes, new Map([...now.nodes.values()].map((o) => [o.id, [o.x, o.y]])), new Set([held, ...state.pinned]));
    for (const [id, [x, y]] of goals) if (Math.abs(now.nodes.get(id).x - x) + Math.abs(now.nodes.get(id).y - y) > 0.5) state.moved.set(id, [Math.round(x), Math.round(y)]);
    dropped = true;
    change("graph");
  }

  /* ---- what can be done with a node or an edge ------------------------------------------- */
  const said = (e) => STANCES.includes(e.kind) || e.kind === "reports" || e.kind === "via";
  const recordsOf = (e) => e.left.filter((id) => id[0] === "s" || (id[0] === "f" && !byId.get(id).statement));
  /** The statements at a node or on an edge that are drawn by themselves. */
  function unfolded(id) {
    const inside = new Set((graph.nodes.has(id) ? graph.around.get(id) : [byId.get(id)]).flatMap((e) => e?.ids ?? []));
    return [...state.open].filter((r) => inside.has(r));
  }
  /** Unfold what is said at a node or on an edge into statements; a second time folds them again. */
  function unfold(id) {
    const node = now.nodes.get(id);
    if (node?.kind === "Card") state.open.delete(node.of[0]);
    else {
      const open = unfolded(id);
      if (open.length) open.forEach((r) => state.open.delete(r));
      else {
        const edges = edgeHere(id) ? [edgeHere(id)] : now.edges.filter((e) => (e.from === id || e.to === id) && said(e));
        const own = edges.filter((e) => e.from === id);
        const ids = [...new Set((own.length ? own : edges).flatMap(recordsOf))].slice(0, graphplan.MOST);
        if (!ids.length) return say("There is nothing to unfold here");
        ids.forEach((r) => state.open.add(r));
      }
    }
    change("graph");
    readLit();
  }
  /** The strongest of the neighbours that wait behind +n come in. */
  function expand(id) {
    const more = graphplan.strongest(id, graph.lensOf(state.lens), now.nodes);
    if (!more.length) return say("All its neighbours are drawn");
    for (const o of more) state.added.add(o);
    if (!graph.scene().at[id]) state.added.add(id);
    change("graph");
    seeLit();
  }
  const hide = (ids) => {
    for (const id of ids) state.hidden.add(id);
    picked.clear();
    if (ids.includes(selected())) state.sel = null;
    change("graph");
    change("sel");
  };
  const pin = (ids) => {
    const on = !ids.every((id) => state.pinned.has(id));
    for (const id of ids) {
      if (!on) state.pinned.delete(id);
      else {
        state.pinned.add(id);
        state.moved.set(id, [Math.round(now.nodes.get(id).x), Math.round(now.nodes.get(id).y)]);
      }
    }
    change("graph");
  };
  const begin = (id) => change("graph", { path: [id] });
  const endPath = () => change("graph", { path: [] });
  const only = (id) => change("filter", { only: state.only === id ? null : id });
  const canOnly = (n) => "et".includes(n.id[0]) && byId.has(n.id);
  const ACTIONS = [ // key, words, what it does, whether it can be done
    ["u", (n) => (n.kind === "Card" || unfolded(n.id).length ? "Fold" : "Unfold statements"), (n) => unfold(n.id), (n) => !now.nodes.has(n.id) || n.kind === "Card" || unfolded(n.id).length > 0 || now.edges.some((e) => (e.from === n.id || e.to === n.id) && said(e))],
    ["e", (n) => `Expand +${n.more}`, (n) => expand(n.id), (n) => n.more > 0],
    ["p", (n) => (state.pinned.has(n.id) ? "Unpin" : "Pin"), (n) => pin([n.id]), (n) => graph.nodes.has(n.id)],
    ["h", () => "Hide", (n) => hide([n.id]), (n) => graph.nodes.has(n.id)],
    ["w", () => "Path from here", (n) => begin(n.id), (n) => graph.nodes.has(n.id)],
    ["o", (n) => (state.only === n.id ? "Show all again" : "Only this"), (n) => only(n.id), canOnly],
  ];
  const actionsOf = (thing) => ACTIONS.filter((a) => a[3](thing));
  /** Buttons for the panel: what can be done with the selected node or edge. */
  function buttons() {
    const thing = now && (now.nodes.get(selected()) ?? edgeHere(state.sel));
    if (state.view !== "graph" || !thing) return null;
    return actionsOf(thing).map(([key, words, run]) => h("button", { class: "plain", title: `Key ${key}`, onclick: () => run(thing) }, words(thing)));
  }

  function openMenu(thing, at) {
    point(null);
    menu.hidden = false;
    const run = (f) => () => (closeMenu(), f());
    const entries = thing
      ? actionsOf(thing).map(([key, words, act]) => [words(thing), key, () => act(thing)])
      : [["Fit all", "0", fitAll], ["Undo", "Z", () => undo()], ["Do again", "Y", () => undo(true)], ...(state.hidden.size ? [[`Show hidden (${state.hidden.size})`, "", () => (state.hidden.clear(), change("graph"))]] : []), ...(state.open.size ? [["Fold all statements", "", () => (state.open.clear(), change("graph"))]] : []), ["As a list", "L", () => list()]];
    menu.replaceChildren(...entries.map(([words, key, f]) => h("button", { role: "menuitem", onclick: run(f) }, words, key ? h("kbd", {}, key) : null)));
    menu.style.left = `${Math.max(2, Math.min(at.x, host.clientWidth - menu.offsetWidth - 4))}px`;
    menu.style.top = `${Math.max(2, Math.min(at.y, host.clientHeight - menu.offsetHeight - 4))}px`;
    menu.firstChild?.focus();
  }
  const closeMenu = () => {
    const had = menu.contains(document.activeElement);
    menu.hidden = true;
    if (had) region.focus();
  };
  menu.addEventListener("keydown", (event) => {
    const all = $$("button", menu);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") closeMenu();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("focusout", (event) => !menu.contains(event.relatedTarget) && event.relatedTarget && (menu.hidden = true));

  /* ---- pointer ----------------------------------------------------------------------------- */
  function thingAt(dom) {
    const { x, y } = net.DOMtoCanvas(dom);
    const on = [...now.nodes.values()].filter((n) => graphpen.within(n, x, y));
    if (on.length || plateAt(dom)) return on.at(-1) ?? plateAt(dom);
    let [best, near] = [null, 7 / net.getScale()];
    for (const e of now.edges) {
      if (!isDrawn(e) || (lit && !lit.edges.has(e))) continue;
      const { points: curve } = graphpen.curve(e);
      for (let i = 1; i < curve.length; i += 1) {
        const [p, q] = [curve[i - 1], curve[i]];
        const along = Math.max(0, Math.min(1, ((x - p[0]) * (q[0] - p[0]) + (y - p[1]) * (q[1] - p[1])) / ((q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2 || 1)));
        const far = Math.hypot(x - p[0] - along * (q[0] - p[0]), y - p[1] - along * (q[1] - p[1]));
        if (far < near) [best, near] = [e, far];
      }
    }
    return best;
  }
  /** The node at whose +n a place is. */
  function plateAt(at) {
    const { x, y } = net.DOMtoCanvas(at);
    const look = (n) => ({ sel: n.id === selected(), hover: hover === n, scale: net.getScale() });
    const on = (n) => graphpen.tells(n, look(n)) && Math.abs(x - graphpen.moreAt(n)[0]) < 14 && Math.abs(y - graphpen.moreAt(n)[1]) < 8;
    return [...now.nodes.values()].find(on) ?? null;
  }
  const dom = (event) => ({ x: event.clientX - host.getBoundingClientRect().left, y: event.clientY - host.getBoundingClientRect().top });
  /** What the pointer is on: it and its lines stand out, and a card quotes the first sentence behind it. */
  function point(thing) {
    if (hover === thing) return;
    hover = thing;
    host.style.cursor = thing ? "pointer" : "default";
    if (thing) laySoon(now.edges.filter(touched));
    showCard();
    redraw();
  }
  const nameOfNode = (id) => clean(graph.nodes.get(id)?.label.replace("\n", " ") ?? "");
  const titleOfThing = (thing) => (now.nodes.has(thing.id) ? clean(thing.label.replace("\n", " ")) : `${nameOfNode(thing.from.startsWith("c.") ? "" : thing.from) || "Statement"} → ${nameOfNode(thing.to) || "statement"}`);
  const behind = (thing) => [...new Set(now.nodes.has(thing.id) ? [...(isBox(thing) && thing.kind !== "Topic" ? thing.of : []), ...now.edges.filter((e) => e.from === thing.id || e.to === thing.id).flatMap((e) => e.left)] : thing.left)].filter((id) => byId.has(id));

  const PAST = { denies: "denied", doubts: "doubted", hedges: "hedged", demands: "demanded", asks: "asked" };
  function showCard() {
    card.hidden = !hover || (hover.id === (selected() ?? state.sel));
    if (card.hidden) return;
    const ids = behind(hover);
    const statements = ids.filter((id) => id[0] === "s").map((id) => byId.get(id)).sort((p, q) => STANCES.indexOf(p.stance) - STANCES.indexOf(q.stance));
    const figuresHere = ids.filter((id) => id[0] === "f").map((id) => byId.get(id));
    const first = statements[0] ?? figuresHere[0] ?? byId.get(ids[0]);
    const posts = graph.nodes.has(hover.id) ? [...new Set(rolesOf(hover.id).map((r) => r.label))] : [];
    const against = STANCES.filter((k) => LINES[k].mark).map((k) => [k, statements.filter((s) => s.stance === k).length]).filter(([, n]) => n);
    const counts = [now.nodes.has(hover.id) ? (TYPES[hover.kind] ?? THINGS[hover.kind]) : graphpen.wordsOn(hover, { plain: true }), hover.named === false ? "not named" : "", statements.length ? plural(statements.length, "statement") : "", ...against.map(([k, n]) => `${n} ${PAST[k]}`), figuresHere.length ? plural(figuresHere.length, "figure") : ""];
    card.replaceChildren(...[h("b", {}, bdi(shorten(titleOfThing(hover), 120))), posts.length ? h("div", { class: "meta" }, bdi(shorten(posts[0], 120))) : null, h("div", { class: "meta" }, bdi(counts.filter(Boolean).join(" · "))), first ? panel.brief(first, titleOfThing(hover)) : null, state.path.length === 1 && graph.nodes.has(hover.id) ? h("div", { class: "meta" }, "Click: the path leads here") : statements.length > 1 ? h("div", { class: "meta" }, `and ${number(statements.length - 1)} more: click to read, double click to unfold`) : null].filter(Boolean));
    const [w, t] = [card.offsetWidth, card.offsetHeight];
    card.style.left = `${pointer.x + 18 + w > host.clientWidth ? Math.max(4, pointer.x - w - 14) : pointer.x + 18}px`;
    card.style.top = `${Math.max(4, Math.min(pointer.y + 14, host.clientHeight - t - 6))}px`;
  }

  /** A click: select it; while a path is being asked for, lead the path there. */
  function choose(thing) {
    closeMenu();
    const node = thing && graph.nodes.has(thing.id) ? thing.id : null;
    if (state.path.length === 1 && node && node !== state.path[0]) return change("graph", { path: [state.path[0], node] }), seeLit();
    select(thing ? (thing.kind === "Card" ? thing.of[0] : thing.part ?? thing.id) : null);
  }
  /** Bring what stands out into view. */
  const seeLit = () => settled(() => {
    const nodes = lit && now ? [...lit.nodes].map((id) => now.nodes.get(id)).filter(Boolean) : [];
    if (now?.route) fit(nodes, 1.15);
    else showAll(nodes);
  });

  /** Bring what stands out so near that it can be read. */
  const readLit = () => settled(() => lit && fit([...lit.nodes].map((id) => now.nodes.get(id)).filter(Boolean), 1.25));

  /** Lasso: with Shift held, a line drawn around nodes picks them. */
  let lasso = null;
  let byFinger = false;
  host.addEventListener("pointerdown", (event) => {
    byFinger = event.pointerType === "touch";
    menu.hidden = true;
    if (!event.shiftKey || event.button) return;
    event.stopPropagation();
    event.preventDefault();
    host.setPointerCapture(event.pointerId);
    lasso = [dom(event)];
  }, true);
  host.addEventListener("pointermove", (event) => {
    if (!lasso) return;
    event.stopPropagation();
    lasso.push(dom(event));
    ring.replaceChildren(svg("path", { d: `M${lasso.map((p) => `${p.x} ${p.y}`).join("L")}Z`, fill: colour("accent"), "fill-opacity": 0.08, stroke: colour("accent"), "stroke-dasharray": "5 4" }));
  }, true);
  host.addEventListener("pointerup", (event) => {
    if (!lasso) return;
    event.stopPropagation();
    const line = lasso.map((p) => net.DOMtoCanvas(p));
    const inside = ({ x, y }) => line.reduce((odd, p, i) => {
      const q = line[(i + line.length - 1) % line.length];
      return (p.y > y) !== (q.y > y) && x < ((q.x - p.x) * (y - p.y)) / (q.y - p.y) + p.x ? !odd : odd;
    }, false);
    picked = new Set([...now.nodes.values()].filter((n) => n.kind !== "Card" && inside(n)).map((n) => n.id));
    lasso = null;
    ring.replaceChildren();
    around();
    redraw();
    say(`${plural(picked.size, "node")} picked`);
  }, true);
  for (const kind of ["mousedown", "mousemove", "touchstart"]) host.addEventListener(kind, (event) => (lasso || (kind === "mousedown" && event.shiftKey)) && event.stopPropagation(), true);

  let waiting = null;
  host.addEventListener("mousemove", (event) => {
    pointer = dom(event);
    if (lasso) return; // where it ends nothing has been pointed at
    waiting ??= requestAnimationFrame(() => {
      waiting = null;
      if (net && !drag && !lasso && !event.buttons && !gliding && !flight) point(thingAt(pointer));
    });
  });
  host.addEventListener("mouseleave", () => point(null));

  /* ---- around the canvas: bar, shelf, list, small map ---------------------------------------- */
  const button = (words, label, run) => h("button", { class: "plain", "aria-label": label, title: label, onclick: run }, words);
  const back = button("↶", "Undo (Ctrl+Z)", () => undo());
  const forth = button("↷", "Do again (Ctrl+Y)", () => undo(true));
  const steps = () => [back.disabled, forth.disabled] = [!done.past.length, !done.future.length];
  const LENS = { all: "All", disputed: "Disputed", figures: "Figures", posts: "Roles" };
  function around() {
    const behindEdges = new Set(now.edges.flatMap((e) => e.left).concat([...now.nodes.values()].filter((n) => n.kind === "Card").flatMap((n) => n.of)));
    const count = (letter) => [...behindEdges].filter((id) => id[0] === letter).length;
    const every = tally(graph.recordsIn(state.lens));
    const drawn = [...now.nodes.values()];
    const speakers = new Set(now.edges.filter((e) => STANCES.includes(e.kind) || e.kind === "reports").flatMap((e) => graph.nodes.get(e.from)?.of ?? []).filter((id) => id[0] === "e")).size;
    const stance = (k) => new Set(now.edges.filter((e) => e.kind === k).flatMap((e) => e.left)).size;
    const text = () => {
      if (state.path.length === 1) return `Path from ${nameOfNode(state.path[0])}: choose where it should lead, with a click or by search`;
      if (state.path.length === 2) return now.route ? `${plural(now.route.edges.length, "step")} from ${nameOfNode(state.path[0])} to ${nameOfNode(state.path[1])}` : `Nothing connects ${nameOfNode(state.path[0])} and ${nameOfNode(state.path[1])} under these filters`;
      if (picked.size) return `${plural(picked.size, "node")} picked`;
      const part = (here, all, one, many = `${one}s`) => `${here === all ? "" : `${number(here)} of `}${plural(all, one, many)}`;
      if (state.lens === "posts") return `${plural(drawn.length, "name")} · ${plural(count("r"), "role")} · ${plural(count("x") + count("v"), "relation")}`;
      return [part(speakers, every.sources.size, "source"), part(count("s"), every.statements.length, "statement"), ...(every.reported.length ? [part(count("f"), every.reported.length, "reported figure")] : []), ...["denies", "doubts", "hedges"].filter(stance).map((k) => `${stance(k)} ${PAST[k]}`)].join(" · ");
    };
    steps();
    const focus = bar.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent : null;
    bar.replaceChildren(...[
      h("span", { class: "subtabs", role: "group", "aria-label": "What the graph shows" }, Object.entries(LENS).map(([lens, words]) => h("button", { class: "plain", "aria-pressed": String(state.lens === lens), onclick: () => change("graph", { lens }) }, words))),
      h("span", { class: state.path.length || picked.size ? "lead asking" : "lead", role: "status", title: text() }, text().split(" · ").map((part, i, all) => (all.length > 1 ? [i ? " · " : "", h("span", { class: "unbroken" }, part)] : part))),
      state.path.length ? button("End path", "End path (Esc)", endPath) : null,
      picked.size ? [button("Pin", "Pin what is picked", () => pin([...picked])), button("Hide", "Hide what is picked", () => hide([...picked])), button("Only these", "Hide all but what is picked", () => hide([...now.nodes.keys()].filter((id) => graph.nodes.has(id) && !picked.has(id)))), button("Let go", "Pick nothing", () => (picked.clear(), around(), redraw()))] : null,
      state.hidden.size ? button(`Show hidden (${state.hidden.size})`, "Show hidden nodes again", () => (state.hidden.clear(), change("graph"))) : null,
      state.open.size ? button("Fold", "Fold all statements", () => (state.open.clear(), change("graph"))) : null,
      h("span", { class: "group" }, back, forth, h("span", { class: "roomy" }, button("−", "Zoom out (-)", () => zoom(0.8)), button("+", "Zoom in (+)", () => zoom(1.25))), button("Fit", "Fit all (0)", fitAll), button("List", "As a list (L)", () => list()), h("span", { class: "roomy" }, button("⛶", "Whole screen (F)", full))),
    ].flat().filter(Boolean));
    if (focus) $$("button", bar).find((b) => (b.getAttribute("aria-label") ?? b.textContent) === focus)?.focus();
    empty.hidden = now.nodes.size > 0;
    if (!empty.hidden) {
      const reason = !graph.edges.length ? "These articles hold no statement, figure or role that joins anything: there is nothing to draw. The text is under Article." : state.lens !== "all" && !Object.keys(graph.scene().at).length ? { disputed: "Nobody denies or doubts anything in these articles.", figures: "Nobody reports a figure in these articles.", posts: "These articles give nobody a role." }[state.lens] : "Nothing passes the filters. ";
      empty.replaceChildren(reason, filtered() || state.hidden.size ? h("button", { class: "plain", onclick: () => (state.hidden.clear(), filters.clear()) }, "Show all") : "");
    }
    shelves();
    if (!sheet.hidden && sheet.dataset.kind === "list") list(true);
  }

  /** In a narrow window: draw as many as in a wide one, or again no more than fit. */
  function enlarge() {
    Object.assign(state, { camera: null, shape: null, small: !state.small });
    state.moved.clear();
    byHand = false;
    change("graph");
  }

  /** What is not in the picture, by why it is not; each opens as a list. */
  function shelves() {
    const inLens = graph.lensOf(state.lens);
    const absent = [...graph.nodes.values()].filter((n) => !now.nodes.has(n.id) && graph.around.get(n.id).length);
    const waiting = absent.filter((n) => graph.around.get(n.id).some(inLens));
    const outside = absent.filter((n) => !waiting.includes(n));
    const byWeight = (list) => list.sort((p, q) => graph.around.get(q.id).length - graph.around.get(p.id).length || (p.id < q.id ? -1 : 1)).map((n) => n.id);
    const loose = [...graph.nodes.values()].filter((n) => !graph.around.get(n.id).length && n.named && n.id[0] === "e");
    const kept = [...graph.shelf].filter(shows);
    const own = kept.filter((id) => id[0] === "f");
    const posts = kept.filter((id) => id[0] === "r");
    const rest = kept.filter((id) => id[0] === "s");
    const link = (words, ids, note) => (ids.length ? h("button", { class: "link", onclick: () => openSheet(words, ids, note) }, words) : null);
    const [many, few] = [DATA.graph.places[state.lens], DATA.graph.places[state.lens].small].map(({ at }) => Object.keys(at).length);
    const weak = now.edges.filter((e) => !e.part && graph.isWeak(e)).length;
    shelf.replaceChildren(h("span", {}, "Not in the picture:"), ...[
      isNarrow() && many > few ? h("button", { class: "link", onclick: enlarge }, state.small ? `Draw ${many}` : `Draw ${few}`) : null,
      weak ? h("span", {}, `${plural(weak, "weaker line")}, until you point at a node`) : null,
      link(plural(waiting.length, "further node"), byWeight(waiting), "Less connected than what is drawn, left out by a filter, or hidden. Click to bring it in; +n at a node counts its own."),
      link(`${plural(outside.length, "node")} with no part in “${LENS[state.lens]}”`, byWeight(outside), "All shows them. Click to go there."),
      link(plural(own.length, "figure") + " on nobody’s word", own, "The article states these itself and names no reporter."),
      link(plural(posts.length, "role") + " at no named place or body", posts, "The article does not say where."),
      link(plural(rest.length, "statement") + " without partner", rest, ""),
      link(plural(loose.length, "name") + " tied to nothing", loose.map((n) => n.id), "Named in the text; nothing is said by or about them."),
    ].filter(Boolean));
    if (shelf.childElementCount === 1) shelf.replaceChildren(h("span", {}, "Everything is in the picture."));
  }

  function openSheet(title, ids, note) {
    sheet.hidden = false;
    sheet.dataset.kind = "shelf";
    const most = 200;
    const entry = (id) => h("li", {}, h("button", { class: "link", onclick: () => (graph.nodes.has(id) && graph.around.get(id).length ? (closeSheet(), fly(id)) : select(id)) }, bdi(shorten(clean(titleOf(id)), 120))), byId.get(id).sentence ? h("span", { class: "note" }, " ", bdi(shorten(inSentence(byId.get(id)), 160))) : null);
    sheet.replaceChildren(h("button", { class: "close", "aria-label": "Close list", onclick: closeSheet }, "×"), h("h2", {}, title), note ? h("p", { class: "note" }, note) : "", h("ul", {}, ids.slice(0, most).map(entry)), ids.length > most ? h("p", { class: "note" }, `and ${number(ids.length - most)} more: search finds them`) : "");
    sheet.focus();
  }
  function closeSheet() {
    const had = sheet.contains(document.activeElement);
    sheet.hidden = true;
    if (had) region.focus();
  }

  /** The picture in words, for screen readers and narrow windows: each node with what leads from it. */
  function list(again = false) {
    if (!sheet.hidden && !again && sheet.dataset.kind === "list") return closeSheet();
    sheet.hidden = false;
    sheet.dataset.kind = "list";
    const from = new Map();
    for (const e of now.edges) from.set(e.from, [...(from.get(e.from) ?? []), e]);
    const label = (n) => clean(n.label.replace("\n", " "));
    const nodes = [...now.nodes.values()].filter((n) => from.has(n.id) && n.kind !== "Card").sort((p, q) => q.said - p.said || (label(p) < label(q) ? -1 : 1));
    const line = (e) => h("li", {}, h("button", { class: "link", onclick: () => select(e.part ?? e.id) }, `${graphpen.wordsOn(e, { plain: true })}: `, bdi(shorten(now.nodes.get(e.to).label.replace("\n", " "), 80))));
    sheet.replaceChildren(h("button", { class: "close", "aria-label": "Close list", onclick: closeSheet }, "×"), h("h2", {}, "What the graph shows"), h("ul", { class: "tree" }, nodes.map((n) => h("li", {}, h("button", { class: "link", onclick: () => select(n.id) }, h("b", {}, bdi(label(n)))), h("span", { class: "note" }, ` ${TYPES[n.kind] ?? THINGS[n.kind]}`), h("ul", {}, from.get(n.id).map(line))))));
    if (!again) sheet.focus();
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else region.requestFullscreen?.().catch(() => say("The window cannot fill the screen here"));
  }

  /** The small map: all nodes, and the window among them; shown while not all can be seen. */
  function drawMap() {
    if (!now?.nodes.size || !host.clientWidth) return;
    const nodes = [...now.nodes.values()];
    const [x0, y0, x1, y1] = round(nodes.map((n) => graphpen.boxOf(n, 10)));
    const { x, y } = net.getViewPosition();
    const [w, t] = [host.clientWidth / net.getScale() / 2, host.clientHeight / net.getScale() / 2];
    map.hidden = (x - w <= x0 + 12 && x + w >= x1 - 12 && y - t <= y0 + 12 && y + t >= y1 - 12) || host.clientWidth < 300;
    if (map.hidden) return;
    const ctx = map.getContext("2d");
    const scale = Math.min(map.width / (x1 - x0), map.height / (y1 - y0));
    const at = (px, py) => [map.width / 2 + (px - (x0 + x1) / 2) * scale, map.height / 2 + (py - (y0 + y1) / 2) * scale];
    ctx.clearRect(0, 0, map.width, map.height);
    for (const n of nodes) {
      ctx.fillStyle = colour(n.kind === "Figure" ? "figure" : isBox(n) ? "topic" : TYPE_COLOUR[n.kind] ?? "other");
      ctx.globalAlpha = lit && !lit.nodes.has(n.id) ? 0.25 : 1;
      ctx.fillRect(...at(n.x - n.w / 2, n.y - n.h / 2), Math.max(2, n.w * scale), Math.max(2, n.h * scale));
    }
    ctx.globalAlpha = 1;
    ctx.strokeStyle = colour("fg");
    ctx.lineWidth = 1.5;
    ctx.strokeRect(...at(x - w, y - t), 2 * w * scale, 2 * t * scale);
    map.onpointerdown = map.onpointermove = (event) => {
      if (!event.buttons) return;
      flight = null;
      const box = map.getBoundingClientRect();
      const size = map.width / box.width; // of a small window the map is drawn smaller
      net.moveTo({ position: { x: (x0 + x1) / 2 + ((event.clientX - box.left) * size - map.width / 2) / scale, y: (y0 + y1) / 2 + ((event.clientY - box.top) * size - map.height / 2) / scale } });
      keepCamera();
    };
  }

  /* ---- search and keys ------------------------------------------------------------------------ */
  /** Show a node wherever it is: one that is not drawn comes in with its strongest neighbours. */
  function fly(id) {
    const node = graph.nodeOf(id);
    if (!node || !net) return;
    if (state.path.length === 1 && node !== state.path[0]) return change("graph", { path: [state.path[0], node] }), seeLit();
    state.hidden.delete(node);
    if (!now.nodes.has(node)) {
      if (state.lens !== "all") change("graph", { lens: "all" });
      const near = graphplan.strongest(node, () => true, new Set(), 60);
      if (!now.nodes.has(node)) state.added.add(node);
      if (!near.some((o) => now.nodes.has(o))) for (const o of near.slice(0, 6)) state.added.add(o);
      change("graph");
    }
    settled(() => {
      const n = now.nodes.get(node);
      const scale = Math.max(eye().scale, 0.95);
      const { width, height } = room();
      if (n) move({ scale, x: n.x + (host.clientWidth - width) / 2 / scale, y: n.y + (host.clientHeight - height) / 2 / scale }, 450);
    });
  }

  function step(dx, dy) {
    const here = now.nodes.get(selected());
    const nodes = [...now.nodes.values()];
    if (!nodes.length) return;
    if (!here) return choose(nodes.sort((p, q) => q.said - p.said)[0]);
    const price = (n) => {
      const [x, y] = [n.x - here.x, n.y - here.y];
      const ahead = x * dx + y * dy;
      return ahead > 8 ? ahead + 2.5 * Math.abs(x * dy - y * dx) : Infinity;
    };
    const next = nodes.sort((p, q) => price(p) - price(q))[0];
    if (price(next) === Infinity) return;
    choose(next);
    showAll([next]);
  }

  /** A key pressed while the graph is shown; true if it meant something. */
  function key(event) {
    if (!net) return false;
    const arrows = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const thing = now.nodes.get(selected()) ?? edgeHere(state.sel);
    const action = thing && actionsOf(thing).find(([k]) => k === event.key.toLowerCase());
    if (event.target.closest?.("#tabs, .sheet, #menu, #filters, #panel") && arrows[event.key]) return false;
    if (arrows[event.key]) step(...arrows[event.key]);
    else if (event.key === "Escape") {
      if (!menu.hidden) closeMenu();
      else if (!sheet.hidden) closeSheet();
      else if (state.path.length) endPath();
      else if (picked.size) picked.clear(), around(), redraw();
      else if (state.sel) select(null);
      else if (state.open.size) state.open.clear(), change("graph");
      else return false;
    } else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fitAll();
    else if (event.key.toLowerCase() === "l") list();
    else if (event.key.toLowerCase() === "f") full();
    else if (event.key.toLowerCase() === "m" || event.key === "ContextMenu") openMenu(thing, thing && now.nodes.has(thing.id) ? net.canvasToDOM(thing) : { x: 60, y: 40 });
    else if (action) action[2](thing);
    else return false;
    return true;
  }

  /** Let only what one line of the legend stands for stand out, for as long as the pointer is on it. */
  function spot(test) {
    if (!now || state.view !== "graph") return;
    light();
    const edges = test ? now.edges.filter((e) => test(e, e.a) || test(e, e.b)) : [];
    const nodes = test ? [...now.nodes.values()].filter((n) => test(null, n)) : [];
    // of what has been left out nothing stands out, and nothing fades for it
    if (edges.length || nodes.length) {
      laySoon(edges);
      lit = { edges: new Set(edges), nodes: new Set([...edges.flatMap((e) => [e.from, e.to]), ...nodes.map((n) => n.id)]) };
    }
    redraw();
  }

  /* ---- out of the window ------------------------------------------------------------------------ */
  /** A picture of the whole graph, or of the part of it that somebody has zoomed to. */
  function toSvg(part = false) {
    lay();
    const nodes = [...now.nodes.values()];
    const whole = nodes.length ? extent(nodes).map(Math.round) : [0, 0, 300, 100];
    const [x, y, scale] = (part && state.camera) || [];
    const [w, t] = [host.clientWidth / 2 / scale, host.clientHeight / 2 / scale];
    const [x0, y0, x1, y1] = scale ? [x - w, y - t, x + w, y + t].map(Math.round) : whole;
    const picture = svg("svg", { xmlns: SVG, width: x1 - x0, height: y1 - y0, viewBox: `${x0} ${y0} ${x1 - x0} ${y1 - y0}`, "font-family": FONT });
    const pen = svgPen(picture);
    pen.path(`M${x0} ${y0}H${x1}V${y1}H${x0}z`, { fill: colour("bg") });
    paint(pen, 1);
    return picture;
  }

  /** Go where the state says. */
  function look(ms) {
    const [x, y, scale] = state.camera;
    move({ x, y, scale }, ms);
    drifted = null;
  }
  /** Whether nothing moves and nothing waits to be done. */
  const still = () => Boolean(net) && !gliding && !flight && !drag && !waiting && !jobs.length && !tasks.size;

  function start() {
    net = new vis.Network(host, { nodes: points, edges: [] }, DATA.options);
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", "Graph of who says what. Arrow keys walk from node to node, L shows it as a list, M opens what can be done.");
    net.on("beforeDrawing", draw);
    net.on("afterDrawing", drawMap);
    refresh({ glide: false });
    if (state.camera) look();
    else opening();
    if (lit && !state.camera) seeLit();
    byHand = Boolean(state.camera);
    let grown = -Infinity; // when somebody last pressed a +n: of two quick presses the second is not one of the node
    net.on("click", ({ pointer: at }) => {
      const plate = plateAt(at.DOM);
      if (plate) grown = performance.now();
      plate ? expand(plate.id) : choose(thingAt(at.DOM));
    });
    const twice = (at) => {
      const thing = thingAt(at);
      if (performance.now() - grown < 600) return;
      if (!thing) return fitAll();
      if (thing.more && !now.edges.some((e) => e.from === thing.id && said(e))) expand(thing.id);
      else unfold(thing.id);
    };
    // of a mouse the browser knows when it was pressed; vis-network only when it came to hear of it, which on a slow machine is too late
    net.on("doubleClick", ({ pointer: at }) => byFinger && twice(at.DOM));
    host.addEventListener("dblclick", (event) => byFinger || twice(dom(event)));
    net.on("oncontext", ({ event, pointer: at }) => {
      event.preventDefault();
      const thing = thingAt(at.DOM);
      if (thing) choose(thing);
      openMenu(thing, at.DOM);
    });
    net.on("dragStart", dragStart);
    net.on("dragEnd", ({ nodes: moved }) => {
      if (drag) drag.over = true;
      else if (!moved.length) keepCamera();
    });
    net.on("zoom", () => {
      flight = null;
      point(null); // what the pointer was on has gone from under it
      clearTimeout(wheel);
      tasks.delete(wheel);
      wheel = later(wheeled, 200);
    });
    let narrow = isNarrow();
    net.on("resize", () => queueMicrotask(() => {
      if (byHand) return;
      if (narrow !== isNarrow() && !state.moved.size) {
        state.small = state.shape = null;
        refresh({ glide: false });
      }
      narrow = isNarrow();
      opening();
    }));
  }

  let lens = state.lens;
  let stale = false; // whether something has changed while another view was open, and "start" if the view of the graph may have
  onChange((what) => {
    if (state.view !== "graph") {
      if (what === "start" || stale === "start") stale = "start";
      else stale ||= !["sel", "view", "theme", "camera", "table"].includes(what);
      return point(null);
    }
    if (!net) return start();
    if (what === "view" && !stale) {
      light();
      return redraw();
    }
    if (what === "view" && stale === "start") what = "start";
    if (what === "view" || what === "start") stale = false;
    if (what === "start") byHand = Boolean(state.camera);
    if (lens !== state.lens) byHand = false;
    lens = state.lens;
    if (what === "sel") {
      light();
      around();
      point(null);
      redraw();
      if (!state.sel && !byHand) opening();
      // what is looked at is never under the panel, which opens after this
      later(() => {
        const shown = selected() ? [now.nodes.get(selected())] : lit ? [...lit.nodes].map((id) => now.nodes.get(id)) : [];
        if (state.sel && !now.route && !drag) showAll(shown);
      });
      if (selected()) later(uncover, TWICE);
      return;
    }
    if (what === "theme") return redraw();
    if (!["filter", "graph", "start", "data", "view"].includes(what)) return;
    refresh();
    if (what === "start" && state.camera) look(250);
    else if (!dropped) settled(() => !byHand && !now.route && opening());
    dropped = false;
  });

  return { buttons, fly, key, fit: fitAll, toSvg, spot, list, net: () => net, drawn: () => now, lit: () => lit, picked: () => picked, isQuiet, still, map };
})();
