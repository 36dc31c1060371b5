/** The signs of the page: a shape for each type of source, filled where it has a name. Never colour alone. */
const TYPE_COLOUR = { Person: "person", Organization: "organization", Place: "place", Group: "group", Document: "document", Event: "event", Other: "other", None: "other" };
/** Who has which part in an event. */
const partOf = (role) => ({ agent: "who", patient: "whom" })[role] ?? role;
const FORM_WORDS = { direct: "direct quotation", indirect: "indirect speech", mixed: "partly quoted" };

/** The sign of a type, about a point; what is unnamed is hollow. */
function typeSign(pen, type, named, x, y, r, alpha = 1) {
  const c = colour(TYPE_COLOUR[type] ?? "other");
  const o = { fill: named ? c : colour("bg"), stroke: c, width: 2, alpha };
  if (type === "Person") pen.circle(x, y, r, o);
  else if (type === "Organization") pen.path(`M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`, o);
  else if (type === "Place") pen.path(`M${x} ${y - r * 1.1}L${x + r * 1.15} ${y + r}H${x - r * 1.15}z`, o);
  else if (type === "Group") {
    pen.circle(x - r * 0.5, y, r * 0.7, o);
    pen.circle(x + r * 0.5, y, r * 0.7, o);
  } else if (type === "Document") pen.path(`M${x - r * 0.8} ${y - r}h${r}l${r * 0.6} ${r * 0.6}v${r * 1.4}h${-r * 1.6}z`, o);
  else pen.path(`M${x} ${y - r * 1.2}L${x + r * 1.2} ${y}L${x} ${y + r * 1.2}L${x - r * 1.2} ${y}z`, o);
}

const rounded = (x, y, w, height, r) => `M${x + r} ${y}H${x + w - r}A${r} ${r} 0 0 1 ${x + w} ${y + r}V${y + height - r}A${r} ${r} 0 0 1 ${x + w - r} ${y + height}H${x + r}A${r} ${r} 0 0 1 ${x} ${y + height - r}V${y + r}A${r} ${r} 0 0 1 ${x + r} ${y}z`;

/** A small picture of a sign, for the legend. */
function sign(draw, width = 28, height = 16) {
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  draw(svgPen(picture));
  return picture;
}
