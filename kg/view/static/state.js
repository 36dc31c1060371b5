/** What is selected, filtered and shown; kept in the address, so that a link opens the same. */
const VIEWS = [["overview", "Overview"], ["claims", "Claims"], ["figures", "Figures"], ["matrix", "Who × what"], ["network", "Network"], ["reader", "Article"], ["table", "Table"]];
/** A few articles open on their claims; many on who speaks most, on what, and what is in dispute. */
const FIRST_VIEW = DATA.articles.length > 12 ? "overview" : "claims";
const FACETS = ["article", "form", "stance", "type", "naming"];
const state = { view: "claims", sel: null, off: Object.fromEntries(FACETS.map((f) => [f, new Set()])), min: 0, from: "", to: "", since: "", until: "", only: null, theme: null, article: 0, table: "statements", group: "topic", depth: 0, hidden: new Set(), moved: new Map(), path: null };
const listeners = [];
/** Call a function with what changed ("sel", "filter", "view", "theme", "data" for records that came later) after each change. */
const onChange = (listener) => listeners.push(listener);

function change(what, values = {}) {
  Object.assign(state, values);
  for (const listener of listeners) listener(what);
  writeHash();
}

const facetOf = {
  article: (s) => articleOf(s).id,
  form: (s) => s.form,
  stance: (s) => s.stance,
  type: (s) => entity(s.by)?.type ?? "None",
  naming: (s) => (entity(s.by)?.named ? "named" : "unnamed"),
};

/** Whether a statement passes every filter, one facet left out where its counts are wanted. */
function passes(s, except = null) {
  for (const facet of FACETS) if (facet !== except && state.off[facet].has(facetOf[facet](s))) return false;
  return s.confidence >= state.min && inTime(s) && happens(s) && (!state.only || inFocus(s));
}

function inFocus(s) {
  const id = state.only;
  return s.by === id || s.via === id || s.topics.includes(id) || topicsOf(id).some((t) => s.topics.includes(t.id));
}

function inTime(record) {
  const day = articleOf(record).published;
  if (!state.from && !state.to) return true;
  return day !== null && (!state.from || day >= state.from) && (!state.to || day <= state.to);
}

/** Whether what a statement, figure or event is about falls into the years asked for; what gives no time does not. */
function happens(record) {
  if (!state.since && !state.until) return true;
  const about = record.id[0] === "s" ? [...figuresOf(record.id), ...eventsIn(record.id)] : [record];
  return about.some((r) => (r.start || r.end || r.asOf) && (!state.since || (r.end ?? r.asOf ?? r.start) >= state.since) && (!state.until || (r.start ?? r.asOf ?? r.end).slice(0, state.until.length) <= state.until));
}

function figurePasses(f) {
  const s = byId.get(f.statement);
  if (s) return passes(s) && f.confidence >= state.min;
  if (state.off.article.has(articleOf(f).id) || f.confidence < state.min || !inTime(f) || !happens(f)) return false;
  const reporter = entity(f.reporters[0]);
  if (reporter && (state.off.type.has(reporter.type) || state.off.naming.has(reporter.named ? "named" : "unnamed"))) return false;
  return !state.only || f.reporters.includes(state.only) || f.via === state.only || f.place === state.only;
}

const recordPasses = (r) => !state.off.article.has(articleOf(r).id) && r.confidence >= state.min && inTime(r);
const filtered = () => FACETS.some((f) => state.off[f].size) || state.min > 0 || state.from || state.to || state.since || state.until || state.only;

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

function writeHash() {
  const parts = new URLSearchParams();
  if (state.view !== FIRST_VIEW) parts.set("view", state.view);
  if (state.sel) parts.set("sel", state.sel);
  for (const facet of FACETS) if (state.off[facet].size) parts.set(`off-${facet}`, [...state.off[facet]].sort().join(","));
  for (const name of ["from", "to", "since", "until", "only", "theme"]) if (state[name]) parts.set(name, state[name]);
  if (state.min > 0) parts.set("min", String(state.min));
  if (state.depth) parts.set("depth", String(state.depth));
  if (state.path) parts.set("path", state.path);
  if (state.hidden.size) parts.set("hidden", [...state.hidden].sort().join(","));
  if (state.moved.size) parts.set("moved", [...state.moved].map(([id, [x, y]]) => `${id}:${x}:${y}`).join(","));
  if (state.group !== "topic") parts.set("group", state.group);
  if (state.table !== "statements") parts.set("table", state.table);
  if (state.view === "reader" && !state.sel && state.article) parts.set("article", DATA.articles[state.article].id);
  // a frame in a notebook has no address of its own
  if (location.protocol !== "about:") history.replaceState(null, "", `#${parts}`);
}

/** Take over what the address says; words it does not know are passed over. */
function readHash() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const view = parts.get("view");
  state.view = VIEWS.some(([name]) => name === view) ? view : FIRST_VIEW;
  state.sel = byId.has(parts.get("sel")) ? parts.get("sel") : null;
  for (const facet of FACETS) state.off[facet] = new Set((parts.get(`off-${facet}`) ?? "").split(",").filter(Boolean));
  for (const name of ["from", "to"]) state[name] = /^\d{4}-\d\d-\d\d$/.test(parts.get(name) ?? "") ? parts.get(name) : "";
  for (const name of ["since", "until"]) state[name] = /^\d{4}$/.test(parts.get(name) ?? "") ? parts.get(name) : "";
  state.only = byId.has(parts.get("only")) ? parts.get("only") : null;
  state.theme = ["dark", "light"].includes(parts.get("theme")) ? parts.get("theme") : null;
  state.min = Math.min(1, Math.max(0, Number(parts.get("min")) || 0));
  state.depth = Math.min(4, Math.max(0, Math.trunc(Number(parts.get("depth")) || 0)));
  state.path = parts.get("path")?.[0] === "e" && byId.has(parts.get("path")) ? parts.get("path") : null;
  state.hidden = new Set((parts.get("hidden") ?? "").split(",").filter((id) => byId.has(id)));
  state.moved = new Map((parts.get("moved") ?? "").split(",").map((part) => part.split(":")).filter(([id, x, y]) => byId.has(id) && Number.isFinite(Number(x)) && Number.isFinite(Number(y))).map(([id, x, y]) => [id, [Number(x), Number(y)]]));
  state.group = ["source", "article"].includes(parts.get("group")) ? parts.get("group") : "topic";
  state.table = ["statements", "figures", "roles", "relations", "events"].includes(parts.get("table")) ? parts.get("table") : "statements";
  const shown = byId.get(state.sel) ?? byId.get(parts.get("article"));
  if (shown) state.article = shown.id[0] === "a" ? DATA.articles.indexOf(shown) : shown.article ?? state.article;
}
