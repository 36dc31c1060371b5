/** Where on Earth: a dot for each place whose point is known, with what is counted, happens and is said of it there; the same as a list. */
const places = (() => {
  const region = $("#map");
  const LEAST = 24; // degrees that the map shows at least
  const ROWS = 4; // of a place, before somebody asks for more
  const AT_ONCE = 60; // places in the list
  const figuresAt = index("figures", (f) => [f.place]);
  const eventsAt = index("events", (e) => [e.place]);
  let frame = null; // the middle of what is shown and how wide that is, in degrees; null where it is all places
  let shown = [];
  let all = false;

  /** The places that the filters leave, those of most records first: each with the entities that mean it and its records. */
  function found() {
    const at = new Map();
    const named = new Set(articlesShown().map((a) => DATA.articles.indexOf(a)));
    for (const e of DATA.entities) {
      if (!e.point || !e.articles.some((n) => named.has(n)) || (state.only && !inFocusAt(e.id))) continue;
      const key = e.point.slice(0, 2).join();
      if (!at.has(key)) at.set(key, []);
      at.get(key).push(e);
    }
    return [...at.values()].map(placeOf).sort((a, b) => weight(b) - weight(a) || b.articles - a.articles || (a.name < b.name ? -1 : 1));
  }

  function placeOf(entities) {
    const records = (of) => entities.flatMap((e) => of(e.id));
    const told = new Set(entities.flatMap((e) => topicsOf(e.id)).flatMap((t) => statementsOn(t.id)));
    const [longitude, latitude, kind] = entities[0].point;
    return {
      ids: entities.map((e) => e.id), name: entities[0].name, longitude, latitude, kind,
      articles: new Set(entities.flatMap((e) => e.articles)).size,
      figures: records(figuresAt).filter(figurePasses), events: records(eventsAt).filter(recordPasses), statements: [...told].filter((s) => passes(s)),
    };
  }

  const recordsOf = (p) => [...p.figures, ...p.events, ...p.statements];
  const weight = (p) => recordsOf(p).length;
  /** Whether a place is the one thing that is looked at, or has to do with it. */
  const inFocusAt = (id) => id === state.only || figuresAt(id).some(figurePasses) || eventsAt(id).some(recordPasses) || topicsOf(id).some((t) => statementsOn(t.id).some((s) => passes(s)));
  const counts = (p) => [[p.figures.length, "figure"], [p.events.length, "event"], [p.statements.length, "statement"]].filter(([n]) => n).map(([n, one]) => plural(n, one)).join(", ") || `named in ${plural(p.articles, "article")}`;

  // -- the map

  const button = (text, label, run) => h("button", { class: "plain", "aria-label": label, title: label, onclick: run }, text);
  const lead = h("p", { class: "note", role: "status" });
  const bar = h("div", { class: "bar" }, button("−", "Show more of the world", () => zoom(1.6)), button("All", "Show all places", () => look(null)), button("+", "Come nearer", () => zoom(1 / 1.6)));
  const picture = svg("svg", { role: "group", "aria-label": "Map" });
  const list = h("div", { class: "places" });
  const credit = h("p", { class: "note" }, "A filled dot is a city, a hollow one lies amid the country or region that it stands for: no border is drawn. Coordinates: GeoNames (www.geonames.org), CC BY 4.0. Land: Natural Earth (naturalearthdata.com), public domain.");

  const size = () => {
    const width = Math.max(260, inner(region));
    return [width, Math.round(Math.min(560, Math.max(220, width * 0.5)))];
  };
  /** How much longer a degree of latitude is drawn than one of longitude. */
  const stretchAt = (latitude) => 1 / Math.max(0.25, Math.cos((latitude * Math.PI) / 180));

  /** The part of the world around all places that are shown, with a margin. */
  function around() {
    const [width, height] = size();
    const [xs, ys] = [shown.map((p) => p.longitude), shown.map((p) => p.latitude)];
    const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const y = (south + north) / 2;
    return { x: (west + east) / 2, y, wide: Math.min(380, Math.max((east - west) * 1.25, ((north - south) * 1.3 * stretchAt(y) * width) / height, LEAST)) };
  }

  function look(at) {
    frame = at;
    draw();
  }

  /** Come nearer to what is selected, else to the middle, or step back. */
  function zoom(factor) {
    const now = frame ?? around();
    const here = factor < 1 && shown.find(isMarked);
    look({ x: here ? here.longitude : now.x, y: here ? here.latitude : now.y, wide: Math.min(380, Math.max(0.5, now.wide * factor)) });
  }

  const isMarked = (p) => p.ids.includes(state.sel) || recordsOf(p).some((r) => r.id === state.sel);

  function draw() {
    if (!shown.length) return;
    const [width, height] = size();
    const { x, y, wide } = frame ?? around();
    const scale = width / wide;
    const tall = scale * stretchAt(y);
    const at = (longitude, latitude) => [Math.round((width / 2 + (longitude - x) * scale) * 10) / 10, Math.round((height / 2 - (latitude - y) * tall) * 10) / 10];
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "aria-label": `Map of ${plural(shown.length, "place")}, listed below` })) picture.setAttribute(name, value);
    const [left, top] = at(0, 0);
    picture.replaceChildren(
      svg("rect", { width, height, fill: colour("bg") }),
      svg("path", { d: DATA.land, fill: colour("soft"), stroke: colour("topic"), "vector-effect": "non-scaling-stroke", transform: `matrix(${scale / 10} 0 0 ${tall / 10} ${left} ${top})` }),
      grid(width, height, at, wide));
    const dots = shown.map((p) => ({ p, at: at(p.longitude, p.latitude), r: Math.min(26, 4 + 2.2 * Math.sqrt(weight(p))) }));
    // the small lie upon the large; who walks by keys begins at the largest
    for (const dot of [...dots].reverse()) picture.append(circle(dot));
    $$("g", picture).at(-1).setAttribute("tabindex", "0");
    names(dots, width, height);
  }

  /** Lines of longitude and latitude. */
  function grid(width, height, at, wide) {
    const step = wide > 120 ? 30 : wide > 30 ? 10 : wide > 8 ? 5 : 1;
    let d = "";
    for (let degree = -180; degree <= 180; degree += step) {
      const [left, top] = at(degree, degree);
      if (left > 0 && left < width) d += `M${left} 0V${height}`;
      if (Math.abs(degree) <= 90 && top > 0 && top < height) d += `M0 ${top}H${width}`;
    }
    return svg("path", { d, fill: "none", stroke: colour("line"), "stroke-width": 0.7 });
  }

  function circle({ p, at: [cx, cy], r }) {
    const city = p.kind === "city";
    const look = { cx, cy, r, fill: city ? colour("place") : colour("bg"), "fill-opacity": city ? 0.75 : 0.6, stroke: isMarked(p) ? colour("fg") : city ? colour("bg") : colour("place"), "stroke-width": isMarked(p) ? 3.5 : 1.6, "stroke-dasharray": city ? null : "4 2" };
    const label = xmlText(clean(`${p.name}: ${counts(p)}`));
    return svg("g", { role: "button", tabindex: -1, "aria-label": label, "aria-pressed": String(isMarked(p)), "data-place": p.ids[0], onclick: () => select(p.ids[0]), onkeydown: (event) => walk(event, p) }, svg("title", {}, label), svg("circle", look));
  }

  /** The names that have room beside their dots, those of most records first. */
  function names(dots, width, height) {
    const pen = svgPen(picture);
    const taken = dots.map(({ at: [cx, cy], r }) => [cx - r, cy, cx + r]);
    const free = (from, y, to) => from >= 0 && to <= width && y > 6 && y < height - 6 && taken.every(([a, at, b]) => Math.abs(y - at) > 14 || to < a || from > b);
    for (const { p, at: [cx, cy], r } of dots) {
      const text = shorten(clean(p.name), 40);
      const long = measure(text, 12, true) + 4;
      const from = [cx + r + 3, cx - r - 3 - long].find((start) => free(start, cy, start + long));
      if (from === undefined) continue;
      taken.push([from, cy, from + long]);
      pen.text(from, cy + 4, text, { size: 12, bold: true, fill: colour("fg"), halo: colour("bg"), thick: 3 });
    }
  }

  /** From dot to dot with the arrow keys: the nearest that way. */
  function walk(event, p) {
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (event.key === "Enter" || event.key === " ") select(p.ids[0]);
    else if (way) {
      const far = (q) => {
        const [dx, dy] = [q.longitude - p.longitude, q.latitude - p.latitude];
        const along = dx * way[0] + dy * way[1];
        return along > 0 ? along + 2 * Math.abs(dx * way[1] - dy * way[0]) : Infinity;
      };
      const next = shown.reduce((best, q) => (far(q) < far(best) ? q : best), p);
      if (next !== p) focus(next);
    } else if ("+=-0".includes(event.key)) {
      event.key === "0" ? look(null) : zoom(event.key === "-" ? 1.6 : 1 / 1.6);
      focus(p);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function focus(p) {
    const dots = $$("g[data-place]", picture);
    for (const g of dots) g.setAttribute("tabindex", g.dataset.place === p.ids[0] ? "0" : "-1");
    dots.find((g) => g.dataset.place === p.ids[0]).focus();
  }

  // a mouse drags the map; a finger moves the page, and has the buttons
  let drag = null;
  picture.addEventListener("pointerdown", (event) => event.pointerType !== "touch" && (drag = { from: [event.clientX, event.clientY], frame: frame ?? around() }));
  addEventListener("pointermove", (event) => {
    if (!drag || Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]) < 4) return;
    const degrees = drag.frame.wide / size()[0];
    look({ ...drag.frame, x: drag.frame.x - (event.clientX - drag.from[0]) * degrees, y: Math.min(80, Math.max(-80, drag.frame.y + ((event.clientY - drag.from[1]) * degrees) / stretchAt(drag.frame.y))) });
  });
  addEventListener("pointerup", () => (drag = null));

  // -- the list

  /** Who reports, says or tells what, in which article; what is said in the article's own words is told with what its source does. */
  function row(r) {
    const who = r.id[0] === "f" ? r.reporters.map(nameOf).join(", ") : whoSays(r.id[0] === "s" ? r : byId.get(r.statement));
    const words = r.id[0] === "f" ? figureWords(r) : r.id[0] === "v" ? articleOf(r).quote(...r.span) : r.text || "(no words)";
    return h("li", { "data-id": r.id }, who ? h("b", {}, bdi(who)) : null, r.id[0] === "s" ? ` ${verbOf(r.stance)}: ` : who ? ": " : "", inline(r.id, shorten(words, 200)), h("span", { class: "note" }, " – ", bdi(articleOf(r).label)));
  }

  function entry(p) {
    const records = recordsOf(p);
    const rows = h("ul", {}, records.slice(0, ROWS).map(row));
    const rest = records.length > ROWS ? h("button", { class: "plain", onclick: (e) => (e.target.remove(), rows.append(...records.slice(ROWS).map(row))) }, `Show ${number(records.length - ROWS)} more`) : null;
    return h("section", { "data-id": p.ids[0] }, h("h3", {}, h("button", { class: "link", onclick: () => select(p.ids[0]) }, bdi(p.name)), h("span", { class: "note" }, ` ${counts(p)}`)), records.length ? rows : null, rest);
  }

  /** What cannot be drawn is named, so that nobody takes it for absent. */
  function unplaced() {
    const named = new Set(articlesShown().map((a) => DATA.articles.indexOf(a)));
    const rest = DATA.entities.filter((e) => e.type === "Place" && e.named && !e.point && e.articles.some((n) => named.has(n)));
    return rest.length ? h("p", { class: "note" }, `${plural(rest.length, "place")} without a point that is known: `, rest.slice(0, 40).map((e, i) => [i ? ", " : "", h("button", { class: "link", onclick: () => select(e.id) }, bdi(e.name))]), rest.length > 40 ? ", …" : "") : null;
  }

  function render() {
    if (state.view !== "map") return;
    shown = found();
    const top = region.scrollTop;
    const every = shown.length ? [bar, picture, credit, list] : [];
    lead.textContent = shown.length ? `${plural(shown.length, "place")}: the larger a dot, the more figures, events and statements.` : DATA.entities.some((e) => e.point) ? "No place passes the filters." : "No place that the articles name has a point that is known: there is nothing to draw.";
    list.replaceChildren(...shown.slice(0, all ? Infinity : AT_ONCE).map(entry), ...(shown.length > AT_ONCE && !all ? [h("button", { class: "plain", onclick: () => ((all = true), render()) }, `Show ${number(shown.length - AT_ONCE)} more places`)] : []));
    const letGo = !shown.length && filtered() ? h("button", { class: "plain", onclick: () => filters.clear() }, "Show all") : null;
    region.replaceChildren(...[h("h2", {}, "Where"), lead, letGo, ...every, unplaced()].filter(Boolean));
    region.scrollTop = top;
    draw();
    mark(false);
  }

  function mark(see = true) {
    const here = shown.find(isMarked);
    for (const e of $$("[data-id]", list)) e.classList.toggle("sel", e.dataset.id === state.sel || (e.localName === "section" && e.dataset.id === here?.ids[0]));
    const line = $(".sel li.sel", list) ?? $("section.sel", list);
    if (see && line && !picture.contains(document.activeElement)) line.scrollIntoView({ block: "nearest" });
  }

  onChange((what) => {
    if (state.view !== "map" || what === "camera" || what === "graph") return;
    if (what !== "sel") return render();
    const focused = document.activeElement?.dataset?.place;
    draw();
    mark();
    const p = focused && shown.find((one) => one.ids[0] === focused);
    if (p) focus(p);
  });
  new ResizeObserver(() => state.view === "map" && draw()).observe(region);
  return { found, look, render };
})();
