/** What is selected, filtered and shown; kept in the address, so that a link opens the same and Back goes back a step. */
const VIEWS = [["graph", "Graph"], ["claims", "Claims"], ["figures", "Figures"], ["matrix", "Who × what"], ["reader", "Article"], ["table", "Table"], ["overview", "Overview"], ["map", "Map"]];
const FACETS = ["article", "form", "stance", "type", "naming"];
/** What only the graph can leave out: kinds of nodes that nobody is, and lines that no statement makes. */
const PARTS = ["thing", "line"];
const state = {
  view: "graph", sel: null, off: Object.fromEntries([...FACETS, ...PARTS].map((f) => [f, new Set()])), min: 0, from: "", to: "", since: "", until: "", undated: true, only: null, theme: null, article: 0, table: "statements", group: "topic", across: null,
  lens: "all", ink: false, margin: null, second: null, hidden: new Set(), pinned: new Set(), moved: new Map(), added: new Set(), open: new Set(), path: [], camera: null, shape: null, small: null,
};
const SMALL = 600; // pixels of a window up to which the graph draws no more than fits into it
const isNarrow = () => innerWidth <= SMALL;
let lensNow = state.lens; // under which the places in the state were made
const listeners = [];
/** Call a function with what changed ("sel", "filter", "graph", "view", "theme", "data" for records that came later) after each change. */
const onChange = (listener) => listeners.push(listener);

/** Pictures to go back and forth between, as the part of the address that draws them. */
const done = { past: [], future: [], before: () => {} }; // `before`: what is to be finished before a step is taken back
const PICTURE = ["off", "min", "from", "to", "since", "until", "undated", "only", "lens", "hidden", "pinned", "moved", "added", "open", "path", "camera", "shape", "small"];
const picture = () => {
  const parts = written();
  for (const key of [...parts.keys()]) if (!PICTURE.includes(key.split("-")[0])) parts.delete(key);
  return String(parts);
};

/** What the address said when the page last took it over or wrote it; what it draws; whether it was written because the view moved, and when. */
let known = { address: "", picture: "", moved: false, at: -Infinity };

function change(what, values = {}) {
  Object.assign(state, values);
  settleState();
  remember(what);
  for (const listener of listeners) listener(what);
}

const PAUSE = 1000; // milliseconds: what moves the view in less time than this after another move is the same step
/** Keep the step: in the address, in the history of the window, and among what can be undone. `from` is where the view was before it moved, where that has not been kept. */
function remember(what, from = null) {
  const moves = what === "camera";
  if (from) {
    const { camera } = state;
    state.camera = from;
    writeHash("replace");
    known.picture = picture();
    state.camera = camera;
  }
  const now = picture();
  if (what !== "start" && now !== known.picture) {
    if (!(moves && known.moved && performance.now() - known.at < PAUSE)) done.past.push(known.picture);
    done.future = [];
  }
  // moves of the view that follow each other are one step back in the history of the window
  writeHash(["start", "theme"].includes(what) || (moves && known.moved) ? "replace" : "push");
  known.moved = moves || (what === "theme" && known.moved);
  if (moves) known.at = performance.now();
  known.picture = now;
}

/** Go one picture back, or forth again; what is selected and which view is open stay. */
function undo(forth = false) {
  done.before();
  const [from, to] = forth ? [done.future, done.past] : [done.past, done.future];
  if (!from.length) return say(forth ? "Nothing to do again" : "Nothing to undo");
  to.push(picture());
  const rest = written();
  for (const key of [...rest.keys()]) if (PICTURE.includes(key.split("-")[0])) rest.delete(key);
  readHash(new URLSearchParams(`${from.pop()}&${rest}`));
  known.picture = picture();
  known.moved = false;
  writeHash("push");
  for (const listener of listeners) listener("start");
  say(forth ? "Done again" : "Undone");
}

const facetOf = {
  article: (s) => articleOf(s).id,
  form: (s) => s.form,
  stance: (s) => s.stance,
  type: (s) => entity(s.by)?.type ?? "None",
  naming: (s) => (isNamed(s) ? "named" : "unnamed"),
};

/** Whether a statement has somebody's name to it. */
const isNamed = (s) => speakersOf(s).some((id) => entity(id)?.named);

/** Whether a statement passes every filter, one facet left out where its counts are wanted. */
function passes(s, except = null) {
  for (const facet of FACETS) if (facet !== except && state.off[facet].has(facetOf[facet](s))) return false;
  return s.confidence >= state.min && inTime(s) && happens(s) && (!state.only || inFocus(s));
}

function inFocus(s) {
  const id = state.only;
  return speakersOf(s).includes(id) || s.via === id || s.topics.includes(id) || topicsOf(id).some((t) => s.topics.includes(t.id));
}

function inTime(record) {
  const day = articleOf(record).published;
  if (!state.from && !state.to) return true;
  return day === null ? state.undated : (!state.from || day >= state.from) && (!state.to || day <= state.to);
}

const timesOf = (record) => (record.id[0] === "s" ? [...figuresOf(record.id), ...eventsIn(record.id)] : [record]).filter((r) => r.start || r.end || r.asOf);

/** Whether what a statement, figure or event is about falls into the years asked for; what gives no time is kept unless it is left out by name. */
function happens(record) {
  if (!state.since && !state.until) return true;
  const times = timesOf(record);
  if (!times.length) return state.undated;
  return times.some((r) => (!state.since || (r.end ?? r.asOf ?? r.start) >= state.since) && (!state.until || (r.start ?? r.asOf ?? r.end).slice(0, state.until.length) <= state.until));
}

function figurePasses(f) {
  const s = byId.get(f.statement);
  if (s) return passes(s) && f.confidence >= state.min;
  if (state.off.article.has(articleOf(f).id) || f.confidence < state.min || !inTime(f) || !happens(f)) return false;
  const reporter = entity(f.reporters[0]);
  if (reporter && (state.off.type.has(reporter.type) || state.off.naming.has(reporter.named ? "named" : "unnamed"))) return false;
  return !state.only || f.reporters.includes(state.only) || f.via === state.only || f.place === state.only;
}

/** The entities and topics that a post, relation or event stands between. */
const partsOf = (r) => (r.id[0] === "r" ? [r.holder, r.organization, r.place] : r.id[0] === "x" ? [r.subject, r.object] : [...r.participants.map((p) => p[1]), r.place]);
const recordPasses = (r) => !state.off.article.has(articleOf(r).id) && Math.min(r.confidence, byId.get(r.statement)?.confidence ?? 1) >= state.min && inTime(r) && (!state.only || partsOf(r).includes(state.only));
/** Whether any record passes the filters. */
const shows = (id) => {
  const r = byId.get(id);
  return id[0] === "s" ? passes(r) : id[0] === "f" ? figurePasses(r) : recordPasses(r);
};
/** What passes the filters, of all or of some records: every number on the page is one of these. */
function tally(among = byId) {
  const statements = DATA.statements.filter((s) => among.has(s.id) && passes(s));
  const figures = DATA.figures.filter((f) => among.has(f.id) && figurePasses(f));
  const reported = figures.filter((f) => f.reporters.length);
  return { statements, figures, reported, topics: new Set(statements.flatMap((s) => s.topics)), sources: new Set([...statements.flatMap(speakersOf), ...reported.flatMap((f) => f.reporters)]) };
}

/** The articles that the filters leave. */
const articlesShown = () => DATA.articles.filter((a, article) => !state.off.article.has(a.id) && inTime({ article }));
const filtered = () => FACETS.some((f) => state.off[f].size) || state.min > 0 || state.from || state.to || state.since || state.until || state.only;

/** Everything that is marked together with what is selected: the records behind a line or a topic, a statement's figures. */
function marked() {
  const id = state.sel;
  if (!id) return new Set();
  const records = "lgq".includes(id[0]) ? byId.get(id).ids : "cu".includes(id[0]) ? byId.get(id).of.map(([s]) => s).filter((s) => byId.has(s)) : id[0] === "t" ? statementsOn(id).map((s) => s.id) : id[0] === "e" ? [...statementsBy(id), ...figuresBy(id), ...topicsOf(id).flatMap((t) => statementsOn(t.id))].map((r) => r.id) : [id];
  return new Set([id, ...records, ...records.flatMap((r) => (r[0] === "s" ? figuresOf(r).map((f) => f.id) : []))]);
}

/** Select a record, or nothing. */
function select(id, { view = null } = {}) {
  if (id && !byId.has(id)) return;
  state.sel = id;
  if (id && byId.get(id).article !== undefined) state.article = byId.get(id).article;
  if (id && id[0] === "a") state.article = DATA.articles.indexOf(byId.get(id));
  if (view && view !== state.view) change("view", { view });
  change("sel");
  say(id ? `Selected: ${titleOf(id)}` : "Nothing selected");
}

/** A record named in a running text: a link, which breaks over lines as words do. */
const inline = (id, words) => h("a", { class: "link", href: `#sel=${id}`, onclick: (e) => (e.preventDefault(), select(id)) }, bdi(words));

const WORDS = ["from", "to", "since", "until", "only", "theme"];
const LISTS = ["hidden", "pinned", "added", "open"];

function written() {
  const parts = new URLSearchParams();
  if (state.view !== "graph") parts.set("view", state.view);
  if (state.sel) parts.set("sel", state.sel);
  for (const facet of [...FACETS, ...PARTS]) if (state.off[facet].size) parts.set(`off-${facet}`, [...state.off[facet]].sort().join(","));
  for (const name of WORDS) if (state[name]) parts.set(name, state[name]);
  if (state.min > 0) parts.set("min", String(state.min));
  if (!state.undated) parts.set("undated", "no");
  if (state.ink) parts.set("ink", "yes");
  if (state.margin !== null) parts.set("margin", state.margin ? "yes" : "no");
  if (state.second) parts.set("second", state.second);
  if (state.lens !== "all") parts.set("lens", state.lens);
  for (const name of LISTS) if (state[name].size) parts.set(name, [...state[name]].sort().join(","));
  if (state.moved.size) parts.set("moved", [...state.moved].map(([id, [x, y]]) => `${id}:${x}:${y}`).join(","));
  if (state.path.length) parts.set("path", state.path.join(","));
  if (state.camera) parts.set("camera", state.camera.join(","));
  const placed = state.camera || state.moved.size;
  if (state.shape && placed) parts.set("shape", state.shape.join(","));
  if (state.small !== null && (state.small !== isNarrow() || (state.small && placed))) parts.set("small", state.small ? "yes" : "no");
  if (state.group !== "topic") parts.set("group", state.group);
  if (state.view === "matrix" && state.across) parts.set("across", state.across);
  if (state.table !== "statements") parts.set("table", state.table);
  if (state.view === "reader" && state.article && byId.get(state.sel)?.article === undefined) parts.set("article", DATA.articles[state.article].id);
  return parts;
}

function writeHash(how) {
  const address = `#${written()}`;
  if (address === known.address) return;
  // a frame in a notebook has no address of its own
  if (location.protocol !== "about:") history[how === "push" ? "pushState" : "replaceState"](null, "", address);
  known.address = address;
}

/** Take over what the address says; words it does not know are passed over. */
function readHash(parts = new URLSearchParams(location.hash.slice(1))) {
  const view = parts.get("view");
  const text = (name) => parts.get(name) ?? "";
  const ids = (name) => text(name).split(",").filter((id) => byId.has(id) || graph.nodes.has(id));
  const one = (name, allowed, otherwise) => (allowed.includes(parts.get(name)) ? parts.get(name) : otherwise);
  const numbers = (list) => list.every((n) => n !== "" && Number.isFinite(Number(n)));
  state.view = one("view", VIEWS.map(([name]) => name), "graph");
  state.sel = byId.has(parts.get("sel")) ? parts.get("sel") : null;
  for (const facet of [...FACETS, ...PARTS]) state.off[facet] = new Set(text(`off-${facet}`).split(",").filter(Boolean));
  for (const name of ["from", "to"]) state[name] = /^\d{4}-\d\d-\d\d$/.test(text(name)) ? text(name) : "";
  for (const name of ["since", "until"]) state[name] = /^\d{4}$/.test(text(name)) ? text(name) : "";
  state.only = byId.has(parts.get("only")) ? parts.get("only") : null;
  state.theme = one("theme", ["dark", "light"], null);
  state.min = Math.min(1, Math.max(0, Number(parts.get("min")) || 0));
  state.undated = parts.get("undated") !== "no";
  state.ink = parts.get("ink") === "yes";
  state.margin = { yes: true, no: false }[parts.get("margin")] ?? null;
  state.second = text("second")[0] === "a" && byId.has(text("second")) ? text("second") : null;
  state.lens = one("lens", Object.keys(DATA.graph.places), "all");
  for (const name of LISTS) state[name] = new Set(ids(name));
  state.moved = new Map(text("moved").split(",").map((part) => part.split(":")).filter(([id, ...at]) => (graph.nodes.has(id) || byId.has(id.slice(2))) && at.length === 2 && numbers(at)).map(([id, x, y]) => [id, [Number(x), Number(y)]]));
  state.path = ids("path").slice(0, 2);
  const camera = text("camera").split(",");
  const shape = text("shape").split(",");
  state.shape = shape.length === 2 && numbers(shape) && shape.every((v) => v > 0.3 && v < 3) ? shape.map(Number) : null;
  state.camera = camera.length === 3 && numbers(camera) && Number(camera[2]) > 0 ? camera.map(Number) : null;
  // places mean something in the scene for which they were made
  state.small = { yes: true, no: false }[parts.get("small")] ?? (state.camera || state.moved.size ? false : null);
  state.across = parts.get("across") === "none" || byId.has(parts.get("across")) ? parts.get("across") : null;
  state.group = one("group", ["claim", "source", "article"], "topic");
  state.table = one("table", ["figures", "roles", "relations", "events"], "statements");
  lensNow = state.lens;
  const shown = [byId.get(state.sel), byId.get(parts.get("article"))].find((r) => r && (r.id[0] === "a" || r.article !== undefined));
  if (shown) state.article = shown.id[0] === "a" ? DATA.articles.indexOf(shown) : shown.article ?? state.article;
}

/** What cannot be drawn together is let go: a place under one lens means nothing under another. */
function settleState() {
  if (lensNow === state.lens) return;
  lensNow = state.lens;
  state.moved.clear();
  state.camera = null;
  state.shape = null;
}
