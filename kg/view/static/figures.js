/** Figures side by side: an axis for each thing counted, unit, period and place; a row for each who reports it. */
const figures = (() => {
  const region = $("#figures");
  const VERDICTS = DATA.verdicts;
  const RANK = Object.keys(VERDICTS);
  const axesById = new Map();
  const axisOf = new Map(); // figure -> the axis that it stands on
  const whenOf = new Map(); // figure -> the year that it stands for in a series

  /** Take in axes as `kg.view.axes` has made them: what comes later joins the axis of a figure that it was compared with. */
  function takeAxes(list) {
    for (const axis of list) {
      const rows = axis.rows.filter(([id]) => !axisOf.has(id));
      const compared = rows.flatMap(([id]) => [...(pairsOf.get(id) ?? [])].filter((p) => !["series", "part"].includes(p.finding)).flatMap((p) => p.of));
      const known = compared.map((id) => axisOf.get(id)).find(Boolean) ?? axesById.get(axis.id) ?? { ...axis, rows: [] };
      axesById.set(known.id, known);
      for (const [id, when] of rows) axisOf.set(id, known), whenOf.set(id, when), known.rows.push(id);
    }
  }
  takeAxes(DATA.axes);

  /** The axes of what passes the filters, reported or on nobody's word: those in conflict first, then those of most rows. */
  function groups(reported) {
    const out = [];
    for (const axis of axesById.values()) {
      const rows = axis.reported === reported ? axis.rows.map((id) => byId.get(id)).filter(figurePasses) : [];
      if (rows.length) out.push({ ...axis, rows, pairs: pairsAmong(rows), verdict: verdict(rows) });
    }
    const rank = (g) => (g.verdict ? RANK.indexOf(g.verdict.kind) : RANK.length);
    return out.sort((a, b) => rank(a) - rank(b) || b.rows.length - a.rows.length);
  }

  /** The pairs that were compared among figures, the gravest first. */
  function pairsAmong(rows) {
    const here = new Set(rows.map((f) => f.id));
    const found = new Set(rows.flatMap((f) => [...(pairsOf.get(f.id) ?? [])].filter((p) => p.of.every((id) => here.has(id)))));
    return [...found].sort((a, b) => PAIRS.indexOf(a.finding) - PAIRS.indexOf(b.finding));
  }

  /** What is said of the reporters of one axis: how many they are, with how many voices, and the gravest finding; null for one reporter. */
  function verdict(rows) {
    const told = rows.filter((f) => f.reporters.length);
    if (reportersOf(told) < 2) return null;
    const found = new Set(pairsAmong(rows).map((p) => p.finding));
    const kind = RANK.find((k) => found.has(k)) ?? (voicesOf(told) === 1 ? "one" : "overlap");
    return { kind, text: VERDICTS[kind].replace("{who}", toldBy(told)) };
  }

  /** The wholes, on other axes, of which the figures of an axis count a part. */
  const partsAmong = (rows) => rows.flatMap((f) => [...(pairsOf.get(f.id) ?? [])].filter((p) => p.finding === "part" && p.of[0] === f.id && byId.has(p.of[1]) && figurePasses(byId.get(p.of[1]))));

  const PAIRS = Object.keys(DATA.findings);
  const MOST_PAIRS = 3;
  const tells = (f) => `${whoOf(f)} (${valueOf(f)})`;
  const told = (pair, f) => (pair.finding === "part" ? `${nameOf(f.reporters[0])} (${figureTold(f)})` : tells(f));
  /** What was found of two figures, in words: each a link to its evidence, and why they are compared. */
  const pairWords = (pair) => DATA.findings[pair.finding].split(/(\{[ab]\})/).map((part) => (part === "{a}" ? told(pair, byId.get(pair.of[0])) : part === "{b}" ? told(pair, byId.get(pair.of[1])) : part)).join("");
  function pairLines(pairs) {
    const each = [...new Map(pairs.map((p) => [pairWords(p), p])).values()];
    // why they are compared is said once for those that follow each other
    const why = (pair, i) => (pair.reason && (i + 1 === Math.min(each.length, MOST_PAIRS) || pair.reason !== each[i + 1]?.reason) ? h("span", { class: "note" }, `: ${pair.reason}.`) : "");
    const line = (pair, i) => h("p", { class: `pair ${pair.finding}`, "data-of": pair.of.join(" ") },
      DATA.findings[pair.finding].split(/(\{[ab]\})/).map((part) => (/^\{/.test(part) ? inline(pair.of[part === "{a}" ? 0 : 1], told(pair, byId.get(pair.of[part === "{a}" ? 0 : 1]))) : part)),
      why(pair, i), " ", h("button", { class: "plain", onclick: () => finding.ofPair(pair) }, "Side by side"));
    const rest = each.slice(MOST_PAIRS);
    return [...each.slice(0, MOST_PAIRS).map(line), rest.length ? h("p", {}, h("button", { class: "plain", onclick: (e) => e.target.parentElement.replaceWith(...rest.map((pair, i) => line(pair, i + MOST_PAIRS))) }, `${plural(rest.length, "more pair")}`)) : ""].filter(Boolean);
  }

  /** The pairs that a figure is in, the other end of which passes the filters. */
  const pairsOn = (f) => [...(pairsOf.get(f.id) ?? [])].filter((p) => p.of.every((id) => byId.has(id) && (id === f.id || figurePasses(byId.get(id)))));

  const headingOf = (group) => group.heading;
  const contextOf = (group) => [group.parts ? [nameOf(group.place), "over time"].filter(Boolean).join(" · ") : group.context, oneArticle(group.rows) ? articleOf(group.rows[0]).label : ""].filter(Boolean).join(" · ");

  /** Round numbers along an axis; of what is counted in whole numbers none between two of them. */
  function ticks(most, log, whole = false) {
    if (log) return Array.from({ length: Math.ceil(Math.log10(most)) + 1 }, (_, i) => 10 ** i);
    const rough = Math.max(most / 5, whole ? 1 : 0);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough);
    return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
  }

  const whole = (rows) => rows.every((f) => [f.low, f.high].every((v) => v === null || Number.isInteger(v)));

  function short(value) {
    if (Math.abs(value) >= 1e9) return `${number(value / 1e9)} bn`;
    if (Math.abs(value) >= 1e6) return `${number(value / 1e6)} m`;
    return number(value);
  }

  const yearOf = (f) => whenOf.get(f.id);

  /** Axes that count one thing in one place at three times or more: a series, drawn along time; and the axes that are none. */
  function inTime(list) {
    const alike = new Map();
    for (const g of list) if (g.series) alike.has(g.series) ? alike.get(g.series).push(g) : alike.set(g.series, [g]);
    const series = [...alike.values()].filter((groups) => new Set(groups.flatMap((g) => g.rows.map(yearOf))).size >= 3).map((groups) => ({ ...groups[0], parts: groups, rows: groups.flatMap((g) => g.rows).sort((a, b) => yearOf(a) - yearOf(b)), pairs: pairsAmong(groups.flatMap((g) => g.rows)), verdict: verdict(groups.flatMap((g) => g.rows)) }));
    const used = new Set(series.flatMap((s) => s.parts));
    return { series, rest: list.filter((g) => !used.has(g)) };
  }

  /** What is written under a line of time, as [where, words]: years, each about its middle, or the months of a short one. */
  function timeTicks(first, last, room) {
    if (last - first > 2) {
      const step = Math.ceil((last - first) / Math.max(1, room));
      return Array.from({ length: Math.ceil((last - first) / step) }, (_, i) => [first + i * step + 0.5, String(first + i * step)]);
    }
    const step = [1, 2, 3, 6].find((months) => ((last - first) * 12) / months <= room) ?? 12;
    return Array.from({ length: Math.floor(((last - first) * 12) / step + 0.01) + 1 }, (_, i) => {
      const month = Math.round(first * 12) + i * step;
      return [month / 12, `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`];
    });
  }

  /** A series as an SVG element: time to the right, the figure upwards, a line for each who reports several. */
  function chart(group, width) {
    const [left, right, top, bottom] = [64, width - 90, 22, 190];
    const years = group.rows.map(yearOf);
    const [start, end] = [Math.min(...years), Math.max(...years)];
    const part = end - start > 1.5 ? 1 : 12; // years or months
    const [first, last] = [Math.floor(start * part) / part, (Math.floor(end * part) + 1) / part];
    const most = Math.max(...group.rows.flatMap((f) => [f.low ?? 0, f.high ?? 0]), 1) * 1.15;
    const x = (f) => left + ((yearOf(f) - first) / (last - first)) * (right - left);
    const y = (v) => bottom - (v / most) * (bottom - top);
    const picture = svg("svg", { width, height: 222, viewBox: `0 0 ${width} 222`, "font-family": FONT });
    const pen = svgPen(picture);
    for (const v of ticks(most, false, whole(group.rows))) {
      pen.path(`M${left} ${y(v)}H${right}`, { stroke: colour("line") });
      pen.text(left - 8, y(v) + 4, short(v), { size: 12, fill: colour("mut"), align: "right" });
    }
    for (const [at, words] of timeTicks(first, last, Math.floor((right - left) / 70))) pen.text(left + ((at - first) / (last - first)) * (right - left), bottom + 20, words, { size: 12, fill: colour("mut"), align: "center" });
    const value = (f) => f.high ?? f.low;
    const lines = new Map();
    for (const f of group.rows) lines.set(f.reporters[0] ?? "", [...(lines.get(f.reporters[0] ?? "") ?? []), f]);
    for (const [id, rows] of lines) {
      const c = colour(TYPE_COLOUR[entity(id)?.type] ?? "other");
      if (rows.length > 1) pen.path(`M${rows.map((f) => `${x(f)} ${y(value(f))}`).join("L")}`, { stroke: c, width: 1.6, alpha: 0.7 });
      const end = rows.at(-1);
      if (id) pen.text(x(end) + 10, y(value(end)) + 4, shorten(clean(nameOf(id)), 24), { size: 12, fill: colour("fg"), room: 80 });
      for (const f of rows) {
        const words = `${id ? nameOf(id) : "the article itself"}: ${figureWords(f)}, ${periodOf(f)}`;
        const mark = svg("g", { role: "button", tabindex: 0, "data-id": f.id, "data-ids": f.id, "aria-label": xmlText(clean(words)), onclick: () => select(f.id), onkeydown: (e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), select(f.id)) });
        const dot = svgPen(mark);
        mark.append(svg("rect", { x: x(f) - 14, y: Math.min(y(f.high ?? f.low), y(f.low ?? f.high)) - 14, width: 28, height: Math.abs(y(f.high ?? f.low) - y(f.low ?? f.high)) + 28, rx: 4, fill: colour("hl"), opacity: isSelected(f) ? 1 : 0 }));
        if (f.low !== null && f.high !== null && f.low !== f.high) dot.path(`M${x(f)} ${y(f.low)}V${y(f.high)}`, { stroke: c, width: 8, alpha: 0.5 });
        if (f.high === null) dot.path(`M${x(f)} ${y(f.low)}v-13m-4 5l4 -5l4 5`, { stroke: c, width: 2 });
        if (f.low === null) dot.path(`M${x(f)} ${y(f.high)}v13m-4 -5l4 5l4 -5`, { stroke: c, width: 2 });
        dot.circle(x(f), y(value(f)), 5, { fill: f.approximate ? colour("bg") : c, stroke: c, width: 2 });
        dot.text(x(f), y(value(f)) - 10, clean(short(value(f))), { size: 12, bold: true, fill: colour("fg"), align: "center", halo: colour("bg") });
        mark.append(svg("title", {}, xmlText(clean(`${words}\n“${shorten(articleOf(f).quote(...(f.sentence ?? f.span)).replace(/\s+/g, " "), 300)}”`))));
        picture.append(mark);
      }
    }
    return picture;
  }

  /** Figures that one reporter gives in the same way several times, in one row. */
  function together(rows) {
    const found = new Map();
    for (const f of rows) {
      const key = f.reporters.length ? JSON.stringify([f.reporters, f.via, f.low, f.high, f.bound, f.approximate, f.bound === "vague" ? f.text : "", periodOf(f), f.place]) : f.id;
      found.set(key, [...(found.get(key) ?? []), f]);
    }
    return [...found.values()];
  }

  /** Whether all that stands on an axis is from one article, which then is named once. */
  const oneArticle = (rows) => DATA.articles.length > 1 && rows.length > 1 && new Set(rows.map((f) => f.article)).size === 1;
  const whoOf = (f) => (f.reporters.length ? namesOf(f.reporters) : "the article itself");

  /** What is to be known of a figure besides its value: role, time, place, article. */
  function notesOn(group, same) {
    const f = same[0];
    const said = byId.get(f.statement);
    const days = [...new Set(same.map((x) => articleOf(x).published ?? articleOf(x).title))].join(", ");
    const where = DATA.articles.length < 2 || oneArticle(group.rows) ? "" : same.length > 1 ? `${same.length} times: ${days}` : articleOf(f).label;
    return [f.via ? `via ${nameOf(f.via)}` : "", f.method === whoOf(f) ? "" : f.method ?? "", f.role ?? "", periodOf(f) === group.period ? "" : periodOf(f) || "it does not say when", (f.place ?? "") === group.place ? "" : nameOf(f.place) || "it does not say where", state.ink ? `sure ${f.confidence.toFixed(2)}` : "", said && said.stance !== "asserts" ? LINES[said.stance]?.word ?? said.stance : "", where].filter(Boolean).join(" · ");
  }

  /** The row of figures that are one, to be selected by a click; its first child is the ground that marks it. */
  function rowOf(same, ground) {
    const f = same[0];
    const who = whoOf(f);
    const row = svg("g", { role: "button", tabindex: 0, "data-id": f.id, "data-ids": same.map((x) => x.id).join(" "), "aria-label": xmlText(clean(`${who}: ${figureWords(f)}`)), onclick: () => select(f.id), onkeydown: (e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), select(f.id)) });
    row.append(svg("rect", { ...ground, fill: colour("hl"), opacity: same.some(isSelected) ? 1 : 0 }));
    row.append(svg("title", {}, xmlText(clean([`${who}: ${figureWords(f)}`, chainOf(f).length > 1 ? chainText(f) : "", `“${shorten(articleOf(f).quote(...(f.sentence ?? f.span)).replace(/\s+/g, " "), 300)}”`, articleOf(f).label].filter(Boolean).join("\n")))));
    return row;
  }

  /** A figure beside which there is no other: its value, large, and whose it is; an axis would measure nothing. */
  function lone(group, width) {
    const same = together(group.rows)[0];
    const f = same[0];
    const reporter = entity(f.reporters[0]);
    const lines = [...wrapTo(whoOf(f), width - 30, 13, true, 2).map((t) => [t, true]), ...wrapTo(notesOn(group, same), width - 30, 12, false, 5).map((t) => [t, false])];
    const value = wrapTo(`${valueOf(f)}${f.bound === "vague" ? " (vague)" : ""}`, width - 4, 18, true, 3);
    const top = 8 + value.length * 22;
    const height = top + lines.length * 16;
    const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT });
    const row = rowOf(same, { x: 0, y: 0, width, height });
    const pen = svgPen(row);
    value.forEach((t, i) => pen.text(2, 19 + i * 22, t, { size: 18, bold: true, fill: colour("figure"), room: width - 4 }));
    typeSign(pen, reporter?.type ?? "None", reporter?.named ?? false, 8, top + 6, 6);
    lines.forEach(([t, bold], i) => pen.text(22, top + 10 + i * 16, t, { size: bold ? 13 : 12, bold, fill: colour(bold ? "fg" : "mut"), room: width - 24 }));
    picture.append(row);
    return picture;
  }
  const isLone = (group) => !group.parts && !group.verdict && together(group.rows).length === 1;

  const ROWS = 30; // of an axis made at once

  /** One axis as an SVG element `width` wide, with its rows, or the first of them. */
  function axis(group, width, first = Infinity) {
    const narrow = width < 560;
    const labels = narrow ? 0 : Math.min(290, width * 0.36);
    const left = labels + (narrow ? 14 : 18);
    const right = width - 34;
    const values = group.rows.flatMap((f) => [f.low, f.high]).filter((v) => v !== null);
    const top = Math.max(...values, 1);
    const positive = values.filter((v) => v > 0);
    const log = values.every((v) => v > 0) && top / Math.min(...positive) > 200;
    const most = log ? 10 ** Math.ceil(Math.log10(top * 1.05)) : top * 1.18;
    const low = Math.min(0, ...values) * 1.1;
    const x = (v) => left + (right - left) * (log ? Math.log10(Math.max(v, 1)) / Math.log10(most) : (v - low) / (most - low));
    const picture = svg("svg", { width, "font-family": FONT });
    const marks = log ? ticks(most, true).filter((v) => v <= most) : ticks(most, false, whole(group.rows));
    let y = 6;
    const grid = svg("g", { "aria-hidden": "true" });
    picture.append(grid);
    for (const same of together(group.rows).slice(0, first)) {
      const f = same[0];
      const who = whoOf(f);
      const notes = notesOn(group, same);
      const room = narrow ? right - left : labels - 26;
      const lines = [...wrapTo(who, room, 13, true, 2).map((t) => [t, true]), ...wrapTo(notes, room, 12, false, 6).map((t) => [t, false])];
      const tall = narrow ? lines.length * 16 + 44 : Math.max(46, lines.length * 16 + 14);
      const selected = same.some(isSelected);
      const row = rowOf(same, { x: 0, y, width, height: tall });
      const pen = svgPen(row);
      const reporter = entity(f.reporters[0]);
      lines.forEach(([t, bold], i) => pen.text(narrow ? left : labels - 22, y + 17 + i * 16, t, { size: bold ? 13 : 12, bold, fill: bold ? colour("fg") : colour("mut"), align: narrow ? "left" : "right", room, halo: narrow && !selected ? colour("bg") : null }));
      if (!narrow) typeSign(pen, reporter?.type ?? "None", reporter?.named ?? false, labels - 8, y + 13, 6);
      mark(pen, f, x, y + (narrow ? lines.length * 16 + 30 : tall / 2 + 6), left, right, colour(TYPE_COLOUR[reporter?.type] ?? "other"));
      picture.append(row);
      y += tall;
    }
    for (const v of values.length ? marks : []) {
      grid.append(svg("line", { x1: x(v), x2: x(v), y1: 4, y2: y + 4, stroke: colour("line") }));
      svgPen(grid).text(x(v), y + 20, short(v), { size: 12, fill: colour("mut"), align: "center" });
    }
    if (log) svgPen(grid).text(right, y + 36, "logarithmic axis", { size: 12, fill: colour("mut"), align: "right" });
    picture.setAttribute("height", y + (log ? 42 : 28));
    picture.setAttribute("viewBox", `0 0 ${width} ${y + (log ? 42 : 28)}`);
    return picture;
  }

  /** The value as what it is: a point, a bar between two ends, a line open to one side, a blur where it is vague. */
  function mark(pen, f, x, y, left, right, c) {
    const label = (at, text) => {
      const half = measure(text, 13, true) / 2 + 2;
      pen.text(Math.min(right + 30 - half, Math.max(left + half, at)), y - 11, text, { size: 13, bold: true, fill: colour("fg"), align: "center", halo: colour("bg") });
    };
    const text = clean(valueOf(f));
    if (f.bound === "vague" || (f.low === null && f.high === null)) {
      const a = f.low === null ? left : x(f.low);
      const b = f.high === null ? right : Math.max(x(f.high), a + 24);
      let d = `M${a} ${y}`;
      for (let at = a, i = 0; at < b; at += 6, i += 1) d += `q3 ${i % 2 ? 5 : -5} 6 0`;
      pen.path(d, { stroke: c, width: 2, alpha: 0.8 });
      label((a + Math.min(b, a + 120)) / 2, `${text} (vague)`);
    } else if (f.low !== null && f.high !== null && f.low !== f.high) {
      pen.path(`M${x(f.low)} ${y}H${x(f.high)}`, { stroke: c, width: 9, alpha: 0.5, dash: f.approximate ? [7, 4] : [] });
      for (const v of [f.low, f.high]) pen.circle(x(v), y, 5, { fill: f.approximate ? colour("bg") : c, stroke: c, width: 2 });
      label((x(f.low) + x(f.high)) / 2, text);
    } else if (f.low !== null && f.high !== null) {
      if (f.approximate || f.bound === "about") pen.path(`M${x(f.low) - 15} ${y}H${x(f.low) + 15}`, { stroke: c, width: 10, alpha: 0.28 });
      pen.circle(x(f.low), y, 6, { fill: f.approximate || f.bound === "about" ? colour("bg") : c, stroke: c, width: 2.4 });
      label(x(f.low), text);
    } else if (f.high !== null) {
      pen.path(`M${left} ${y}H${x(f.high)}`, { stroke: c, width: 3, dash: [2, 5] });
      pen.path(`M${x(f.high)} ${y - 9}V${y + 9}`, { stroke: c, width: f.bound === "less than" ? 1.6 : 4 });
      label(x(f.high), text);
    } else {
      pen.path(`M${x(f.low)} ${y}H${right}`, { stroke: c, width: 3, dash: [2, 5] });
      pen.path(`M${right + 8} ${y}l-10 -5v10z`, { fill: c });
      pen.path(`M${x(f.low)} ${y - 9}V${y + 9}`, { stroke: c, width: f.bound === "more than" ? 1.6 : 4 });
      label(x(f.low), text);
    }
  }

  let chosen = new Set();
  const isSelected = (f) => chosen.has(f.id) || chosen.has(f.statement);

  function markRows() {
    chosen = marked();
    for (const row of $$("g[data-id]", region)) {
      const opacity = row.dataset.ids.split(" ").some((id) => isSelected(byId.get(id))) ? "1" : "0";
      if (row.firstChild.getAttribute("opacity") !== opacity) row.firstChild.setAttribute("opacity", opacity);
    }
    reveal();
  }

  /** Scroll so that the selected figure, or that of the selected statement, can be seen. */
  function reveal() {
    if (state.sel && waiting.length && [...marked()].some((id) => id[0] === "f")) make(Infinity);
    for (const id of marked()) late.get(id)?.();
    const rows = [...marked()].filter((id) => id[0] === "f").map((id) => $(`g[data-ids~="${CSS.escape(id)}"]`, region)).filter(Boolean);
    if (!rows.some((row) => row.getBoundingClientRect().top >= region.getBoundingClientRect().top && row.getBoundingClientRect().bottom <= innerHeight)) rows[0]?.scrollIntoView({ block: "nearest" });
  }

  const current = () => DATA.figures.filter(figurePasses);
  let reported = null;
  /** The axes of reported figures that pass the filters, made once a change of them. */
  const axes = () => (reported ??= groups(true));
  const sections = () => [
    [`Reported figures (${number(current().filter((f) => f.reporters.length).length)})`, axes(), "First what can be compared: an axis for each thing counted, in one unit and place and at one time. Bars are ranges, dotted lines run to an open end, waves are vague words. What only one source counts stands below, by itself."],
    [`Figures on nobody’s word (${number(current().filter((f) => !f.reporters.length).length)})`, groups(false), "The article states these itself and names no reporter for them."],
  ].filter(([, list]) => list.length);

  const late = new Map(); // what shows the rows of an axis that wait, by each of their figures

  /** An axis with its first rows, and a way to the others. */
  function begun(group, width) {
    const wait = group.parts ? [] : together(group.rows).slice(ROWS);
    if (!wait.length) return drawn(group, width);
    const first = axis(group, width, ROWS);
    const button = h("button", { class: "plain", onclick: () => all() }, `Show ${number(wait.length)} more`);
    const all = () => {
      button.remove();
      first.replaceWith(axis(group, width));
      for (const f of wait.flat()) late.delete(f.id);
    };
    for (const f of wait.flat()) late.set(f.id, all);
    return [first, button];
  }

  const LONE = 250; // how wide a figure that stands alone is drawn
  const drawn = (group, width) => (group.parts ? chart : isLone(group) ? lone : axis)(group, width);
  let waiting = []; // axes that are still to be drawn, as functions
  let job = 0;
  /** Draw some of the axes that wait, and see to it that the others follow. */
  function make(most) {
    region.append(...waiting.splice(0, most).flatMap((draw) => draw() ?? []));
    clearTimeout(job);
    if (waiting.length) job = setTimeout(() => make(40), 20);
  }

  function render() {
    if (state.view !== "figures") return;
    chosen = marked();
    const room = inner(region);
    const columns = room >= 1240 ? 2 : 1;
    region.classList.toggle("wide", columns > 1);
    const width = Math.max(300, Math.min(1040, Math.floor((room - 36 * (columns - 1)) / columns)));
    const focus = document.activeElement?.dataset?.id;
    wide = room;
    late.clear();
    region.replaceChildren();
    const list = sections();
    if (!list.length) region.append(h("p", { class: "note" }, DATA.figures.length ? ["No figure passes the filters. ", h("button", { class: "plain", onclick: () => filters.clear() }, "Show all")] : "The articles state no figures."));
    const section = (group) => h("section", { class: isLone(group) ? "axis lone" : "axis" },
      h("h3", {}, bdi(headingOf(group)), " ", h("span", { class: "note" }, bdi(contextOf(group))), isLone(group) ? null : [" ", h("button", { class: "plain", "aria-label": `Card of ${clean(headingOf(group))}`, onclick: () => finding.ofAxis(group) }, "Card")]),
      group.verdict ? h("p", { class: `verdict ${group.verdict.kind}` }, group.verdict.text, oneVoiceWords(group.rows).map((why) => h("span", { class: "note" }, ". ", bdi(why)))) : "",
      ...(isLone(group) ? [drawn(group, room < 520 ? width : Math.min(width, LONE)), ...pairLines(partsAmong(group.rows))] : [...pairLines([...group.pairs, ...partsAmong(group.rows)]), begun(group, width)]),
    );
    waiting = list.flatMap(([title, several, note]) => {
      const { series, rest } = inTime(several);
      const lones = h("div", { class: "lones" });
      const alone = rest.filter(isLone);
      return [() => [h("h2", {}, title), h("p", { class: "note" }, note)], ...[...series, ...rest.filter((g) => !isLone(g))].map((group) => () => section(group)), ...(alone.length ? [() => lones] : []), ...alone.map((group) => () => void lones.append(section(group)))];
    });
    make(14);
    if (focus) $(`[data-id="${CSS.escape(focus)}"]`, region)?.focus();
    else reveal();
  }

  function toSvg() {
    const width = 980;
    const picture = svg("svg", { xmlns: SVG, width, "font-family": FONT });
    const ground = svg("rect", { width, fill: colour("bg") });
    picture.append(ground);
    let y = 8;
    for (const [title, several] of sections()) {
      svgPen(picture).text(14, (y += 26), title, { size: 18, bold: true, fill: colour("fg") });
      const { series, rest } = inTime(several);
      for (const group of [...series, ...rest]) {
        svgPen(picture).text(14, (y += 30), clean(`${headingOf(group)}  ${contextOf(group)}`), { size: 14, bold: true, fill: colour("fg"), room: width - 28 });
        if (group.verdict) svgPen(picture).text(14, (y += 19), group.verdict.text, { size: 13, fill: colour("mut") });
        const part = drawn(group, width - 20);
        part.setAttribute("x", 10);
        part.setAttribute("y", (y += 8));
        picture.append(part);
        y += Number(part.getAttribute("height"));
      }
    }
    picture.setAttribute("height", y + 16);
    picture.setAttribute("viewBox", `0 0 ${width} ${y + 16}`);
    ground.setAttribute("height", y + 16);
    for (const row of $$("[role], [tabindex]", picture)) for (const name of ["role", "tabindex", "data-id", "data-ids"]) row.removeAttribute(name);
    return picture;
  }

  let stale = true; // whether what is drawn is not what would be drawn now
  let wide = 0; // pixels for which it was drawn
  onChange((what) => {
    if (["filter", "start", "data"].includes(what)) reported = null;
    stale ||= !["sel", "camera", "graph", "view", "table", "across"].includes(what);
    if (state.view !== "figures") return;
    if (stale || inner(region) !== wide) render();
    else if (what === "sel" || what === "view") markRows();
    stale = false;
  });
  new ResizeObserver(() => state.view === "figures" && inner(region) !== wide && render()).observe(region);
  return { render, toSvg, axes, groups, take: takeAxes, drawn, headingOf, contextOf, pairLines, pairWords, pairsOn, axisOf: (f) => axisOf.get(f.id) };
})();
