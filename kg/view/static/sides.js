/** What a source does with what it speaks of, filed: one table for panel, side by side, claims and overview. */
const SIDES = [
  { stance: "asserts", title: "Says so", bearing: "affirms" },
  { stance: "denies", title: "Denies it", bearing: "denies", contests: true },
  { stance: "doubts", title: "Doubts it", bearing: "doubts", contests: true },
  { stance: "hedges", title: "Leaves it open", bearing: "hedges", contests: true },
  { stance: "demands", title: "Demands it" },
  { stance: "asks", title: "Asks about it" },
  { stance: "other", title: "Speaks of it" },
];
const CONTESTED = "Denied, doubted or left open";
const contests = (s) => SIDES.some((side) => side.contests && side.stance === s.stance);
/** Statements by what their source does, in the order of the table; what has none is left out. */
const filed = (statements) => SIDES.map((side) => [side, statements.filter((s) => s.stance === side.stance)]).filter(([, list]) => list.length);
/** The statements that a claim or an utterance has, and that pass, in order of date. */
const statementsOfClaim = (c) => c.of.map(([id]) => byId.get(id)).filter((s) => s && passes(s)).sort((a, b) => (articleOf(a).published ?? "9").localeCompare(articleOf(b).published ?? "9"));
/** The statements of a claim by what they do with it; of an utterance all in one. */
function filedOn(c) {
  const bearing = new Map(c.of);
  const list = statementsOfClaim(c);
  if (c.id[0] === "u") return list.length ? [[{ ...SIDES[0], title: "Quoted" }, list]] : [];
  return SIDES.map((side) => [side, list.filter((s) => bearing.get(s.id) === side.bearing)]).filter(([, some]) => some.length);
}
/** What was counted of a claim, until what passes the filters changes: each of its statements tells it. */
const counted = new Map();
onChange((what) => ["sel", "camera", "graph", "view", "table", "across"].includes(what) || counted.clear());
/** How often a claim is told by those who say it: "5 articles, 2 reporters, 1 voice"; where nobody does, by those who deny it. */
function claimCounts(c) {
  if (!counted.has(c.id)) counted.set(c.id, countClaim(c));
  return counted.get(c.id);
}
function countClaim(c) {
  const sides = filedOn(c);
  const said = sides.filter(([side]) => ["asserts", "hedges"].includes(side.stance)).flatMap(([, list]) => list);
  return toldBy(said.length ? said : sides.flatMap(([, list]) => list), { articles: true });
}
/** Show in Claims only what is denied, doubted or left open. */
function showContested() {
  for (const side of SIDES) if (!side.contests) state.off.stance.add(side.stance);
  change("filter");
  change("view", { view: "claims" });
}
