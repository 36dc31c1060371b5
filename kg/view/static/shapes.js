/** The signs of the page: a shape for each type of source, a border for each form and stance. Never colour alone. */
const TYPE_COLOUR = { Person: "person", Organization: "organization", Place: "place", Group: "group", Document: "document", Event: "event", Other: "other", None: "other" };
const FORM_DASH = { direct: [], indirect: [6, 4], mixed: [9, 3, 2, 3] };
const FORM_WORDS = { direct: "direct quotation", indirect: "indirect speech", mixed: "partly quoted" };
const STANCE_ARROW = { asserts: "arrow", denies: "bar", doubts: "circle", asks: "curve", demands: "diamond", other: "vee" };

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

/** The outline of a statement, by stance. */
function stancePath(stance, x, y, w, height) {
  const c = Math.min(11, height / 3);
  if (stance === "denies") return `M${x + c} ${y}H${x + w - c}L${x + w} ${y + c}V${y + height - c}L${x + w - c} ${y + height}H${x + c}L${x} ${y + height - c}V${y + c}z`;
  if (stance === "doubts") return rounded(x, y, w, height, Math.min(19, height / 2));
  if (stance === "asks") return `M${x + 3} ${y}H${x + w}V${y + height}H${x + 22}L${x + 8} ${y + height + 8}V${y + height}H${x}V${y + 3}z`;
  if (stance === "other") return `M${x} ${y}H${x + w - c}L${x + w} ${y + c}V${y + height}H${x}z`;
  if (stance === "demands") return `M${x} ${y}H${x + w - 9}L${x + w} ${y + height / 2}L${x + w - 9} ${y + height}H${x}z`;
  return rounded(x, y, w, height, 3);
}

const rounded = (x, y, w, height, r) => `M${x + r} ${y}H${x + w - r}A${r} ${r} 0 0 1 ${x + w} ${y + r}V${y + height - r}A${r} ${r} 0 0 1 ${x + w - r} ${y + height}H${x + r}A${r} ${r} 0 0 1 ${x} ${y + height - r}V${y + r}A${r} ${r} 0 0 1 ${x + r} ${y}z`;
const stanceColour = (stance) => (["denies", "doubts", "asks", "demands"].includes(stance) ? colour(stance) : colour("edge"));
const stanceWidth = (stance) => ({ denies: 2.6, doubts: 2, asks: 1.6, demands: 1.6 })[stance] ?? 1.3;

/** A statement as a box: who and how in its head, its words, its stance named in the corner. */
function drawStatement(pen, box, x, y, look) {
  const s = byId.get(box.id);
  const left = x - box.w / 2;
  const top = y - box.h / 2;
  const c = stanceColour(s.stance);
  const o = { alpha: look.dim ? 0.45 : 1 };
  pen.path(stancePath(s.stance, left, top, box.w, box.h), { fill: look.sel ? colour("hl") : colour("box"), stroke: look.sel || look.hover ? colour("fg") : c, width: stanceWidth(s.stance) + (look.sel ? 1.4 : look.hover ? 0.8 : 0), dash: FORM_DASH[s.form], ...o });
  if (s.form !== "indirect") quoteSign(pen, left + 11, top + 15, c, s.form === "mixed", o.alpha);
  let at = top + 8;
  const room = box.w - 46;
  for (const [style, line] of box.lines) {
    at += style === "text" ? 18 : 16;
    const first = style === "head" && at < top + 26;
    if (style === "text") pen.text(left + 34, at - 4, line, { size: 14, fill: colour("fg"), room, ...o });
    else pen.text(left + 34, at - 4, line, { size: 12, fill: style === "head" ? colour("fg") : colour("mut"), bold: style === "head", room: first && s.stance !== "asserts" ? room - 64 : room, ...o });
  }
  if (s.stance !== "asserts") pen.text(left + box.w - 13, top + 20, { denies: "✕ denies", doubts: "doubts", asks: "asks", demands: "demands" }[s.stance] ?? s.stance, { size: 12, bold: true, fill: stanceColour(s.stance), align: "right", room: 62, ...o });
}

/** Two inverted commas; hollow where only a part is quoted. */
function quoteSign(pen, x, y, c, partly, alpha) {
  for (const dx of [0, 8]) pen.path(`M${x + dx + 5} ${y - 5}C${x + dx} ${y - 4} ${x + dx - 1} ${y} ${x + dx} ${y + 4}H${x + dx + 5}V${y}H${x + dx + 2.5}C${x + dx + 2.5} ${y - 2} ${x + dx + 3.5} ${y - 3} ${x + dx + 5} ${y - 3.4}z`, partly ? { stroke: c, width: 1, alpha } : { fill: c, alpha });
}

/** A source: its name and posts, its sign at the right end, where its edges start. */
function drawSource(pen, box, x, y, look) {
  const e = byId.get(box.id);
  const right = x + box.w / 2;
  const o = { alpha: look.dim ? 0.45 : 1 };
  if (look.sel || look.hover) pen.path(rounded(x - box.w / 2, y - box.h / 2, box.w - 26, box.h, 4), { fill: look.sel ? colour("hl") : colour("pan"), stroke: look.sel ? colour("fg") : null, ...o });
  typeSign(pen, e.type, e.named, right - 10, y, 8, o.alpha);
  let at = y - box.h / 2 + 4 + (box.lines.length === 1 ? 5 : 0);
  for (const [style, line] of box.lines) {
    at += style === "name" ? 18 : 16;
    pen.text(right - 30, at - 4, line, { size: style === "name" ? 14 : 12, bold: style === "name" && e.named, italic: style === "name" && !e.named, fill: style === "name" ? colour("fg") : colour("mut"), align: "right", room: box.w - 34, ...o });
  }
}

/** A topic: a sign and its label. */
function drawTopic(pen, box, x, y, look) {
  const t = byId.get(box.id);
  const left = x - box.w / 2;
  const o = { alpha: look.dim ? 0.45 : 1 };
  if (look.sel || look.hover) pen.path(rounded(left + 22, y - box.h / 2, box.w - 22, box.h, 4), { fill: look.sel ? colour("hl") : colour("pan"), stroke: look.sel ? colour("fg") : null, ...o });
  typeSign(pen, entity(t.entity)?.type ?? "Topic", true, left + 9, y, 7, o.alpha);
  let at = y - box.h / 2 + 4;
  for (const [style, line] of box.lines) {
    at += style === "name" ? 18 : 16;
    pen.text(left + 27, at - 4, line, { size: style === "name" ? 14 : 12, bold: style === "name", fill: style === "name" ? colour("fg") : colour("mut"), room: box.w - 30, ...o });
  }
}

/** A small picture of a sign, for the legend. */
function sign(draw, width = 28, height = 16) {
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  draw(svgPen(picture));
  return picture;
}
