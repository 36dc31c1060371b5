/** Painting the graph with a pen: lines that end at labels and bend around others, signs, boxes; on a canvas or as SVG. */
const graphpen = (() => {
  const signY = (n) => n.y - n.h / 2 + n.r; // a sign stands above its label
  const middle = (n) => (isBox(n) ? [n.x, n.y] : [n.x, signY(n)]);
  const labelOf = (n) => [n.x - n.w / 2, n.y - n.h / 2 + 2 * n.r, n.x + n.w / 2, n.y + n.h / 2 + 2];
  /** Where a line to some place is tied to a node: at its middle; where it would run through the node's own label, at the rim of that, on the way there. */
  function anchor(n, [x, y]) {
    const [cx, cy] = middle(n);
    if (isBox(n) || !meets([cx, cy], [x, y], labelOf(n))) return [cx, cy];
    const [left, top, right, bottom] = labelOf(n);
    const aside = Math.abs(x - n.x);
    if (aside >= n.w / 2 && y - bottom <= 0.35 * aside) return [x < n.x ? left : right, (top + bottom) / 2];
    const most = 0.36 * n.w;
    return [n.x + Math.max(-most, Math.min(most, ((x - cx) * (bottom - cy)) / Math.max(1, y - cy))), bottom];
  }
  const ends = (e) => [anchor(e.a, middle(e.b)), anchor(e.b, middle(e.a))];

  /** Whether a point lies on a node: in its box, on its sign or on its label. */
  function within(n, x, y) {
    if (isBox(n)) return Math.abs(x - n.x) < n.w / 2 + 2 && Math.abs(y - n.y) < n.h / 2 + 2;
    if (Math.hypot(x - n.x, y - signY(n)) < n.r + 4) return true;
    return Math.abs(x - n.x) < n.w / 2 && y > n.y - n.h / 2 + 2 * n.r && y < n.y + n.h / 2 + 2;
  }

  const round1 = (v) => Math.round(v * 10) / 10;
  const lineOver = (points) => `M${points.map(([x, y]) => `${round1(x)} ${round1(y)}`).join("L")}`;

  /** A way along an arc that bends aside by so many pixels. */
  function arc([ax, ay], [bx, by], bend) {
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const [cx, cy] = [(ax + bx) / 2 - ((by - ay) / length) * bend, (ay + by) / 2 + ((bx - ax) / length) * bend];
    return (t) => [(1 - t) ** 2 * ax + 2 * t * (1 - t) * cx + t * t * bx, (1 - t) ** 2 * ay + 2 * t * (1 - t) * cy + t * t * by];
  }

  /** A way over some corners, each of them rounded. */
  function over(corners) {
    const points = [corners[0]];
    for (let i = 1; i + 1 < corners.length; i += 1) {
      const [p, c, q] = corners.slice(i - 1, i + 2);
      // the less it turns, the longer the bow that cuts the corner by as much
      const turn = Math.atan2(c[1] - p[1], c[0] - p[0]) - Math.atan2(q[1] - c[1], q[0] - c[0]);
      const round = 7 / Math.max(0.08, Math.abs(Math.sin(turn / 2)));
      const toward = (o) => {
        const far = Math.hypot(o[0] - c[0], o[1] - c[1]) || 1;
        const part = Math.min(round, far / 2) / far;
        return [c[0] + (o[0] - c[0]) * part, c[1] + (o[1] - c[1]) * part];
      };
      const [from, to] = [toward(p), toward(q)];
      for (let k = 0; k <= 6; k += 1) points.push([0, 1].map((x) => (1 - k / 6) ** 2 * from[x] + 2 * (k / 6) * (1 - k / 6) * c[x] + (k / 6) ** 2 * to[x]));
    }
    points.push(corners.at(-1));
    const long = [0];
    for (let i = 1; i < points.length; i += 1) long.push(long.at(-1) + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]));
    return (t) => {
      const want = t * long.at(-1);
      let i = 1;
      while (i + 1 < long.length && long[i] < want) i += 1;
      const part = (want - long[i - 1]) / (long[i] - long[i - 1] || 1);
      return [0, 1].map((x) => points[i - 1][x] + (points[i][x] - points[i - 1][x]) * part);
    };
  }

  /** Whether a straight line runs through a box: the slab method, in plain numbers, as it is asked a million times. */
  function meets(p, q, box) {
    // most boxes lie wholly to one side
    if ((p[0] < box[0] && q[0] < box[0]) || (p[0] > box[2] && q[0] > box[2]) || (p[1] < box[1] && q[1] < box[1]) || (p[1] > box[3] && q[1] > box[3])) return false;
    let enter = 0;
    let leave = 1;
    for (let axis = 0; axis < 2; axis += 1) {
      const d = q[axis] - p[axis] || 1e-9;
      const one = (box[axis] - p[axis]) / d;
      const two = (box[axis + 2] - p[axis]) / d;
      enter = Math.max(enter, one < two ? one : two);
      leave = Math.min(leave, one < two ? two : one);
      if (enter >= leave) return false;
    }
    return true;
  }
  const boxOf = (n, by = 0) => [n.x - n.w / 2 - by, n.y - n.h / 2 - by, n.x + n.w / 2 + by, n.y + n.h / 2 + by];

  /** Where a line leaves its end for good: past the sign and past the label, whichever it meets last. */
  function leave(n, at, end) {
    const label = isBox(n) ? boxOf(n, 2) : labelOf(n);
    const step = (end ? -1 : 1) / 64; // all the way: between neighbours the wide one's rim may be the last that is met
    for (let i = 63; i >= 0; i -= 1) {
      const t = end + step * i;
      if (!within(n, ...at(t)) && !meets(at(t), at(t + step), label)) continue;
      let [inner, outer] = [t, t + step];
      for (let k = 0; k < 7; k += 1) {
        const middle = (inner + outer) / 2;
        if (within(n, ...at(middle)) || meets(at(middle), at(outer), label)) inner = middle;
        else outer = middle;
      }
      return outer;
    }
    return end;
  }

  const keyOf = (e) => [...middle(e.a), ...middle(e.b)].join(" ");
  /** The curve of an edge between what it joins; kept until one of them moves, when corners no longer mean anything. */
  function curve(e) {
    const place = keyOf(e);
    const corners = e.via?.ends === place ? e.via.corners : [];
    const key = `${place} ${e.bend} ${corners}`;
    if (e.curve?.key === key) return e.curve;
    const [from, to] = ends(e);
    const at = corners.length ? over([from, ...corners, to]) : arc(from, to, e.bend);
    const s = leave(e.a, at, 0);
    const t = Math.max(s, leave(e.b, at, 1));
    const steps = corners.length ? 60 : 14;
    const points = Array.from({ length: steps + 1 }, (_, i) => at(s + ((t - s) * i) / steps));
    const [p, m, q] = [points[0], at((s + t) / 2), points.at(-1)];
    const bow = `M${round1(p[0])} ${round1(p[1])}Q${round1(2 * m[0] - (p[0] + q[0]) / 2)} ${round1(2 * m[1] - (p[1] + q[1]) / 2)} ${round1(q[0])} ${round1(q[1])}`;
    const long = points.reduce((sum, x, i) => sum + (i ? Math.hypot(x[0] - points[i - 1][0], x[1] - points[i - 1][1]) : 0), 0);
    const back = at(Math.max(s, t - Math.min(0.25, 10 / (long + 1)) * (t - s)));
    const [xs, ys] = [0, 1].map((k) => points.map((x) => x[k]));
    e.curve = { key, at, s, t, points, bounds: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], d: corners.length ? lineOver(points) : bow, tip: q, long, angle: Math.atan2(q[1] - back[1], q[0] - back[0]) };
    return e.curve;
  }

  const apart = (p, q) => p[2] <= q[0] || p[0] >= q[2] || p[3] <= q[1] || p[1] >= q[3];
  /** Whether the way of an edge runs through a box. */
  const runsThrough = (e, box) => !apart(curve(e).bounds, box) && strikes(curve(e).points, [box]) > 0;

  /** How many boxes a way runs through. */
  function strikes(points, boxes) {
    const xs = points.map((p) => p[0]);
    const ys = points.map((p) => p[1]);
    const [x0, y0, x1, y1] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return boxes.filter((box) => box[2] > x0 && box[0] < x1 && box[3] > y0 && box[1] < y1 && points.some((p, i) => i && meets(points[i - 1], p, box))).length;
  }

  const NIGH = 24;
  /** The corners of a short way around boxes from one point to another; none where every way is blocked. `dear` is what a stretch costs beyond its length. */
  function around(from, to, boxes, by, dear = null) {
    const points = [from, to];
    const walls = new Set();
    const told = new Set(); // points from which it is known what stands before the goal
    let old = 0; // so many points the start has looked at
    const clear = []; // whether nothing stands between two of the points: asked again in each round
    let last = boxes[0]; // what stood in the way before stands in it again, more often than not
    const isClear = (i, j) => {
      const [known, k] = [(clear[Math.min(i, j)] ??= []), Math.max(i, j)];
      if (known[k] === undefined) {
        const wall = last && meets(points[i], points[j], last) ? last : boxes.find((box) => meets(points[i], points[j], box));
        last = wall ?? last;
        known[k] = !wall;
      }
      return known[k];
    };
    /** A way may turn at the corners of a box. */
    function turn(box) {
      if (walls.has(box)) return;
      walls.add(box);
      for (const c of [[box[0] - by, box[1] - by], [box[2] + by, box[1] - by], [box[0] - by, box[3] + by], [box[2] + by, box[3] + by]]) if (!boxes.some((b) => c[0] > b[0] && c[0] < b[2] && c[1] > b[1] && c[1] < b[3])) points.push(c);
    }
    // the straight way is free, but taken by another: what stands beside it is where to turn
    if (dear) boxes.filter((box) => meets(from, to, [box[0] - NIGH, box[1] - NIGH, box[2] + NIGH, box[3] + NIGH])).forEach(turn);
    for (let round = 0; round < 7; round += 1) {
      const far = points.map((_, i) => (i ? Infinity : 0));
      const before = points.map(() => null);
      const ahead = points.map(([x, y]) => Math.hypot(to[0] - x, to[1] - y)); // what is left at the least
      const open = new Set(points.keys());
      const met = new Set();
      while (open.size) {
        const here = [...open].reduce((a, b) => (far[a] + ahead[a] <= far[b] + ahead[b] ? a : b));
        open.delete(here);
        if (far[here] === Infinity || here === 1) break;
        for (const next of open) {
          // a turn costs as much as 30 pixels
          const long = far[here] + 30 + Math.hypot(points[next][0] - points[here][0], points[next][1] - points[here][1]);
          if (long >= far[next]) continue;
          if (isClear(here, next)) {
            const cost = long + (dear?.(points[here], points[next]) ?? 0);
            if (cost < far[next]) [far[next], before[next]] = [cost, here];
          } else if (next === 1 ? !told.has(here) : !here && next >= old) {
            if (next === 1) told.add(here);
            for (const box of boxes) if (meets(points[here], points[next], box)) met.add(box);
          }
        }
      }
      if (before[1] !== null) {
        const corners = [];
        for (let i = before[1]; i; i = before[i]) corners.unshift(points[i]);
        return corners;
      }
      old = points.length;
      met.forEach(turn);
    }
    return [];
  }

  /** Lines that are laid already, by the squares they run through: to tell where another would run into one with them. */
  const NEAR = 5;
  const SIDE = 2 * NEAR; // so that what is near lies in four squares at most
  function laid() {
    const squares = new Map();
    const down = new Map();
    const square = (x, y) => Math.floor(x / SIDE) * 1e4 + Math.floor(y / SIDE);
    /** Do something at places of a way some pixels apart, with its direction there; not at what its own ends hide. */
    function follow(e, at, long, each) {
      const count = Math.max(2, Math.round(long / 5));
      let [px, py] = at(0);
      for (let i = 1; i <= count; i += 1) {
        const [x, y] = at(i / count);
        const far = Math.hypot(x - px, y - py) || 1;
        if (!within(e.a, x, y) && !within(e.b, x, y)) each(x, y, (x - px) / far, (y - py) / far, far);
        [px, py] = [x, y];
      }
    }
    /** A line that one at this place and in this direction could not be told from. */
    function lineAt(x, y, dx, dy) {
      for (let i = -NEAR; i <= NEAR; i += SIDE) for (let j = -NEAR; j <= NEAR; j += SIDE) {
        const here = squares.get(square(x + i, y + j));
        if (here) for (const q of here) if ((x - q.x) ** 2 + (y - q.y) ** 2 < NEAR ** 2 && Math.abs(dx * q.dx + dy * q.dy) > 0.94) return q.e;
      }
      return null;
    }
    return {
      pairs: new Map(),
      take(e, at, long) {
        const own = [];
        follow(e, at, long, (x, y, dx, dy) => own.push({ x, y, dx, dy, e, key: square(x, y) }));
        for (const step of own) squares.has(step.key) ? squares.get(step.key).push(step) : squares.set(step.key, [step]);
        down.set(e, own);
      },
      lift(e) {
        for (const step of down.get(e) ?? []) squares.get(step.key).splice(squares.get(step.key).indexOf(step), 1);
        down.delete(e);
      },
      /** The pixels of a way along which nobody could tell it from a line that is there, and the lines there. */
      beside(e, at, long) {
        let sum = 0;
        const near = new Set();
        follow(e, at, long, (x, y, dx, dy, far) => {
          const other = lineAt(x, y, dx, dy);
          if (other) (sum += far), near.add(other);
        });
        return { sum, near };
      },
    };
  }

  const BENDS = [0, 14, -14, 26, -26, 40, -40, 60, -60, 85, -85, 115, -115, 150, -150];
  const ASIDE = [3, 9, 15, 22]; // how far from a box a way turns around it; boxes are two pixels wider than what they stand for already
  const FEW = 170; // lines up to which there is time to look for ways that run into no other
  const APART = 12; // pixels along which two lines may run as one before that counts
  const lengthOf = (points) => points.reduce((sum, p, i) => sum + (i ? Math.hypot(p[0] - points[i - 1][0], p[1] - points[i - 1][1]) : 0), 0);

  /** The best way for one edge among those that are laid: an arc, or corners where arcs run behind something or into another line. */
  function wayFor(e, boxes, ways, few) {
    const pair = e.from < e.to ? `${e.from} ${e.to}` : `${e.to} ${e.from}`;
    const turn = e.from < e.to ? 1 : -1;
    const used = [...(ways.pairs.get(pair) ?? [])].filter(([o]) => o !== e).map(([, bend]) => bend);
    const others = boxes.filter(([n]) => n !== e.a && n !== e.b).map(([, box]) => box);
    // nor does it run through the labels of its own ends, at the rim of which it may be tied
    for (const n of new Set([e.a, e.b])) if (!isBox(n)) others.push(labelOf(n).map((v, i) => v + [1, 1, -1, -3][i]));
    const [from, to] = ends(e);
    const long = lengthOf([from, to]);
    const fused = (at, far) => {
      const { sum, near } = ways.beside(e, at, far);
      return { fused: Math.max(0, sum - APART), near };
    };
    // lines between the same two part at their ends: the longer, the further one bends away from the other
    const room = Math.min(30, Math.max(13, 0.09 * long));
    let best = null;
    for (const bend of BENDS) {
      const at = arc(from, to, bend);
      const struck = strikes(Array.from({ length: 15 }, (_, i) => at(i / 14)), others);
      const beside = struck ? { fused: 0, near: new Set() } : fused(at, long);
      const price = (used.some((u) => Math.abs(u - bend * turn) < room) ? 40 : 0) + 100 * struck + Math.abs(bend) / 40 + beside.fused / 8;
      if (best === null || price < best.price) best = { bend, price, struck, at, far: long, corners: null, ...beside };
      if (best.price <= Math.abs(bend) / 40) break;
    }
    const dear = (p, q) => 3 * ways.beside(e, (t) => [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t], lengthOf([p, q])).sum;
    for (const toll of few && (best.struck || best.fused) ? [undefined, dear] : best.struck ? [undefined] : []) for (const by of ASIDE) {
      const corners = around(from, to, others, by, toll);
      if (!corners.length) continue;
      const points = [from, ...corners, to];
      const far = lengthOf(points);
      const beside = fused(over(points), far);
      const price = 2 + (far - long) / 100 + beside.fused / 8;
      if (price < best.price) best = { bend: 0, price, struck: 0, at: over(points), far, corners, ...beside };
      if (!best.struck && !best.fused) break;
    }
    return { ...best, pair, bow: best.bend * turn };
  }

  /** A way for each edge that runs behind no node but its ends, and into one with no other; who comes first may have to give way in the end.
   * One line a step, so that whoever asks can do something else in between. */
  function* route(edges, nodes, ways) {
    const boxes = nodes.map((n) => [n, boxOf(n, 2)]);
    const few = edges.length <= FEW;
    const lay = (e) => {
      ways.lift(e);
      const way = wayFor(e, boxes, ways, few);
      e.bend = way.bend;
      e.via = way.corners || way.struck ? { ends: keyOf(e), corners: way.corners ?? [] } : null;
      ways.take(e, way.at, way.far);
      ways.pairs.set(way.pair, new Map([...(ways.pairs.get(way.pair) ?? []), [e, way.bow]]));
      return way;
    };
    let list = edges;
    for (let round = 0; list.length && round < (few ? 3 : 1); round += 1) {
      const crowded = [];
      for (const e of list) {
        const way = lay(e);
        if (way.fused) crowded.push(...way.near, e);
        yield;
      }
      list = [...new Set(crowded)].filter((e) => edges.includes(e));
    }
  }

  const widthOf = (e, hot) => (LINES[e.kind].thin ? 1.1 : Math.min(5, 1.2 + 0.8 * Math.sqrt(Math.max(0, e.n - 1)) + (LINES[e.kind].mark ? 0.6 : 0))) * (hot ? 1.7 : 1);

  function line(pen, e, look) {
    const style = LINES[e.kind];
    const c = colour(style.colour);
    const { tip, angle } = curve(e);
    const width = widthOf(e, look.hot);
    const alpha = look.dim ? 0.1 : look.hot ? 1 : style.thin || e.kind === "counts" ? 0.7 : 0.92;
    pen.path(curve(e).d, { stroke: c, width, dash: style.dash, alpha: state.ink ? alpha * (0.25 + 0.75 * e.sure) : alpha, round: style.dash[0] < 3 });
    end(pen, style.end, tip, angle, width, c, alpha);
  }

  /** How a line ends: each stance in its own way. */
  function end(pen, kind, [x, y], angle, width, c, alpha) {
    if (!kind) return;
    const k = 5 + width;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const r = (v) => Math.round(v * 10) / 10;
    const at = (dx, dy) => `${r(x + dx * cos - dy * sin)} ${r(y + dx * sin + dy * cos)}`;
    const shape = (...points) => `M${points.map(([dx, dy]) => at(dx, dy)).join("L")}`;
    if (kind === "arrow") pen.path(`${shape([0, 0], [-k * 1.4, k * 0.55], [-k * 1.4, -k * 0.55])}Z`, { fill: c, alpha });
    else if (kind === "diamond") pen.path(`${shape([0, 0], [-k * 0.8, k * 0.55], [-k * 1.6, 0], [-k * 0.8, -k * 0.55])}Z`, { fill: c, alpha });
    else if (kind === "dot") pen.circle(x - 3 * cos, y - 3 * sin, 3.4, { fill: c, alpha });
    else if (kind === "ring") pen.circle(x - 4.5 * cos, y - 4.5 * sin, 4.5, { fill: colour("bg"), stroke: c, width, alpha });
    else if (kind === "square") pen.path(`${shape([0, 2.6], [0, -2.6], [-5, -2.6], [-5, 2.6])}Z`, { fill: c, alpha });
    else if (kind === "bar") pen.path(shape([0, -k], [0, k]), { stroke: c, width: 3, alpha });
    else if (kind === "vee") pen.path(shape([-k * 1.2, k * 0.6], [0, 0], [-k * 1.2, -k * 0.6]), { stroke: c, width, alpha });
  }

  /** A few words on a ground of their own, so that no line runs through them. */
  function plate(pen, x, y, words, size, fill, o = {}) {
    const w = Math.max(13, measure(words, size, true) + 6);
    const ground = o.solid ? fill : colour("bg");
    pen.path(rounded(x - w / 2, y - size * 0.72, w, size * 1.44, o.border ? size * 0.7 : 3), { fill: ground, stroke: o.border ?? null, width: 1, alpha: o.alpha });
    pen.text(x, y + size * 0.36, words, { size, bold: true, fill: o.solid ? colour("bg") : fill, align: "center", alpha: o.alpha });
    return w;
  }

  // the middle of a line, then places ever further from it
  const ALONG = [0.5, ...Array.from({ length: 10 }, (_, i) => [0.5 - 0.04 * (i + 1), 0.5 + 0.04 * (i + 1)]).flat()];
  /** Signs of stances and counts on lines; words on those asked about, and posts on all, where there is room. `taken` are the boxes of labels. */
  function signs(pen, edges, taken, { asked, hover }) {
    const over = (box) => {
      let sum = 0;
      for (const t of taken) {
        const wide = Math.min(box[2], t[2]) - Math.max(box[0], t[0]);
        const high = Math.min(box[3], t[3]) - Math.max(box[1], t[1]);
        if (wide > 0 && high > 0) sum += wide * high;
      }
      return sum;
    };
    const all = [...taken, ...edges.flatMap(written)];
    const rim = [Math.min, Math.min, Math.max, Math.max].map((pick, i) => all.reduce((v, t) => pick(v, t[i]), all[0]?.[i]));
    const outside = (box) => box[0] < rim[0] || box[1] < rim[1] || box[2] > rim[2] || box[3] > rim[3];
    // a sign must be seen; words come where that leaves room
    const needed = (e) => e === hover || Boolean(LINES[e.kind].mark);
    for (const e of [...edges].sort((p, q) => needed(q) - needed(p))) {
      const style = LINES[e.kind];
      const told = e === hover || (asked.has(e) && !style.mark && e.kind !== "counts" && e.kind !== "about");
      const aside = !told && Boolean(style.thin); // nobody has asked: what would hide a line is left out
      const words = told ? wordsOn(e) : aside ? titleOn(e) : !style.mark && e.n > 1 && e.kind === "asserts" ? `×${e.n}` : "";
      if (!words && !style.mark) continue;
      const { at, s, t, long, tip } = curve(e);
      if (long < 20 && e !== hover) continue;
      const w = words ? measure(words, 10.5, true) + 6 : e.n > 1 ? 38 : 17;
      const box = ([x, y]) => [x - w / 2, y - 8.5, x + w / 2, y + 8.5];
      let [spot, least] = [null, Infinity];
      for (const part of ALONG) {
        const p = at(s + part * (t - s));
        let covered = over(box(p)) + (Math.hypot(p[0] - tip[0], p[1] - tip[1]) < 17 ? 20 : 0); // nor does it hide how the line ends
        if (aside && !covered && (outside(box(p)) || edges.some((o) => o !== e && runsThrough(o, box(p))))) covered = 1;
        if (covered < least) [spot, least] = [p, covered];
        if (!covered) break;
      }
      if (least && !needed(e)) continue;
      taken.push(box(spot));
      const c = colour(style.colour === "edge" ? "mut" : style.colour);
      if (words) plate(pen, ...spot, words, 10.5, c);
      else {
        const x = spot[0] - (e.n > 1 ? 10 : 0);
        pen.circle(x, spot[1], 7.5, { fill: colour("bg"), stroke: c, width: 1.6 });
        pen.text(x, spot[1] + 3.6, style.mark, { size: 10, bold: true, fill: c, align: "center" });
        if (e.n > 1) plate(pen, x + 19, spot[1], `×${e.n}`, 10, c);
      }
    }
  }

  /** The room about the middle of a line for what is written on it unasked, as a list of no box or one. */
  function written(e) {
    const words = LINES[e.kind].thin ? titleOn(e) : "";
    if (!words) return [];
    const { at, s, t } = curve(e);
    const [x, y] = at((s + t) / 2);
    const w = measure(words, 10.5, true) / 2 + 4;
    return [[x - w, y - 9, x + w, y + 9]];
  }

  // words that lead to a name, and say nothing without it
  const LEADING = /[\s,]+(?:(?:of|at|to|for|with|in|from|and)\s+)?(?:the\s*)?$/i;
  /** The post or relation that a line stands for, in a few words: without the name of what the line leads to. */
  function titleOn(e) {
    const words = wordsOn(e, { most: 200 });
    const name = clean(e.b.label);
    const at = words.toLowerCase().indexOf(name.toLowerCase());
    const own = (at > 3 ? words.slice(0, at) : at ? words : words.slice(name.length).trim()).replace(LEADING, "");
    return own.length <= 24 ? own : `${own.slice(0, 25).replace(/\s*\S*$/, " ").replace(LEADING, "")}…`;
  }

  /** What an edge says, in a few words: what the source does; the article's own verb where there is one and a sign tells the rest. */
  function wordsOn(e, { plain = false, most = 34 } = {}) {
    const first = byId.get(e.left?.[0] ?? e.ids[0]);
    const count = e.n > 1 ? ` ×${e.n}` : "";
    if (e.kind === "role") return shorten(clean(first.title ?? wordsOf(first.type)), most) + count;
    if (e.kind === "relation") return clean(first.trigger ?? wordsOf(first.type)) + count;
    const own = !plain && e.n === 1 && e.kind !== "reports" && verbIn(first);
    return (own ? shorten(clean(own), 22) : LINES[e.kind].word) + count;
  }

  /** Whether a node tells how many of its neighbours wait, and where. */
  const tells = (n, look) => n.more && (n.more > 9 || look.sel || look.hover || look.scale > 1.15);
  const moreAt = (n) => [isBox(n) ? n.x + n.w / 2 + 2 : n.x + n.r + 10, n.y - n.h / 2 + 2];
  /** The boxes that what is written on a line keeps off: a node with its label, and its +n. */
  function keptFree(n, look) {
    const [x, y] = moreAt(n);
    return tells(n, look) ? [boxOf(n), [x - 14, y - 7, x + 14, y + 7]] : [boxOf(n)];
  }

  function node(pen, n, look) {
    const alpha = look.dim ? 0.16 : 1;
    if (isBox(n)) box(pen, n, look, alpha);
    else {
      const [x, y, r] = [n.x, signY(n), n.r];
      if (look.sel || look.hover) pen.circle(x, y, r + 5, { fill: colour("hl"), stroke: look.sel ? colour("fg") : null, width: 1.4, alpha });
      pen.circle(x, y, r + 1.5, { fill: colour("bg"), alpha });
      typeSign(pen, n.kind, n.named, x, y, r * 0.92, alpha);
      n.lines.forEach((text, i) => label(pen, text, x, n.y - n.h / 2 + 2 * r + 3 + (i + 0.5) * n.size * 1.18, n, { bold: n.named || n.said > 2, italic: !n.named, alpha }));
    }
    if (tells(n, look)) plate(pen, ...moreAt(n), `+${n.more}`, 9, colour("mut"), { border: colour("line"), alpha });
    if (state.pinned.has(n.id)) plate(pen, isBox(n) ? n.x - n.w / 2 : n.x - n.r - 8, n.y - n.h / 2 + 2, "pin", 9, colour("accent"), { solid: true, alpha });
    if (look.picked) pen.path(rounded(n.x - n.w / 2 - 4, n.y - n.h / 2 - 4, n.w + 8, n.h + 8, 6), { stroke: colour("accent"), width: 2, dash: [4, 3] });

    function label(target, text, x, y, of, o) {
      if (of.size * look.scale < 5.5) return;
      target.text(x, y + of.size * 0.36, text, { size: of.size, align: "center", fill: colour("fg"), room: of.w - 2, ...o });
    }
  }

  /** Names at a size that can be read whatever the zoom, of the best connected first, as far as there is room. */
  function hubs(pen, nodes, scale, chosen) {
    const size = 10.5 / scale;
    const taken = [];
    const weight = (n) => (n.id === chosen ? 1e6 : (graph.around.get(n.id)?.length ?? 0) + n.said);
    for (const n of [...nodes].sort((a, b) => weight(b) - weight(a)).slice(0, 60)) {
      if (n.size * scale >= 7) continue;
      const words = shorten(clean(n.label.replace("\n", " ")), 26);
      const w = measure(words, 10.5, true) / scale;
      const y = isBox(n) ? n.y : signY(n) + n.r + size;
      const at = [n.x - w / 2, y - size * 0.7, n.x + w / 2, y + size * 0.7];
      if (taken.some((t) => at[2] > t[0] && t[2] > at[0] && at[3] > t[1] && t[3] > at[1])) continue;
      taken.push(at);
      pen.text(n.x, y + size * 0.36, words, { size, bold: true, fill: colour("fg"), align: "center", halo: colour("bg"), thick: 3 / scale });
    }
  }

  function box(pen, n, look, alpha) {
    const [x, y] = [n.x - n.w / 2, n.y - n.h / 2];
    const style = LINES[n.stance];
    const c = colour(n.kind === "Figure" ? "figure" : n.kind === "Topic" ? "topic" : style?.mark ? style.colour : "edge");
    const shape = rounded(x, y, n.w, n.h, n.kind === "Topic" ? Math.min(13, n.h / 2) : 4);
    pen.path(shape, { fill: colour("bg"), alpha });
    pen.path(shape, { fill: look.sel || look.hover ? colour("hl") : n.kind === "Topic" ? colour("soft") : n.kind === "Figure" ? colour("figure-soft") : colour("bg"), stroke: look.sel ? colour("fg") : c, width: look.sel ? 2 : n.kind === "Figure" ? 1.3 : 1, dash: style?.dash.length ? [5, 3] : [], alpha });
    if (n.kind === "Figure") pen.path(`M${x} ${y + 3}h3v${n.h - 6}h-3z`, { fill: c, alpha });
    if (n.size * look.scale < 5.5) return;
    n.lines.forEach((text, i) => {
      const head = n.kind === "Topic" || (n.kind === "Figure" && i === 0);
      pen.text(n.x, y + 4 + (i + 0.5) * n.size * 1.22 + n.size * 0.36, text, { size: n.size, align: "center", bold: head, italic: n.kind === "Words", fill: n.kind === "Figure" && i === 0 ? c : colour("fg"), room: n.w - 8, alpha });
    });
  }

  return { curve, hubs, laid, route, boxOf, keptFree, within, line, signs, written, node, end, wordsOn, tells, moreAt };
})();
