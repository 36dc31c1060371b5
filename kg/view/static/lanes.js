/** A lane of time for a speaker: each statement where it was published, with the sign of its stance. */
const lanes = (() => {
  const day = (s) => Date.parse(articleOf(s).published);

  /** Places for marks that hide no other: on top of those of the same days, and beside them where they would stand too high. */
  function standing(width) {
    const APART = 15;
    const TALL = 6;
    const taken = []; // by height, whether a mark may stand at a pixel
    const row = (n) => (taken[n] ??= new Uint8Array(width + 1));
    return (x) => {
      for (let aside = 0; ; aside += APART) {
        const places = aside > width ? [x] : [x + aside, x - aside].filter((at) => at >= 8 && at <= width - 8);
        for (const at of places) for (let n = 0; n < (aside > width ? Infinity : TALL); n += 1) {
          if (row(n)[at]) continue;
          row(n).fill(1, Math.max(0, at - APART + 1), at + APART);
          return [at, n];
        }
      }
    };
  }

  /** A lane as an SVG element, over the dates of all articles, so that lanes under each other compare; null where nothing has a date. */
  function lane(statements, width, { dates = true } = {}) {
    const dated = statements.filter((s) => articleOf(s).published).sort((a, b) => day(a) - day(b));
    if (!dated.length) return null;
    const every = DATA.articles.map((a) => Date.parse(a.published)).filter(Number.isFinite);
    const [first, last] = [Math.min(...every), Math.max(...every)];
    const x = (s) => 10 + ((day(s) - first) / (last - first || 1)) * (width - 20);
    const free = standing(width);
    const picture = svg("svg", { width, "font-family": FONT });
    let high = 0;
    for (const s of dated) {
      const [left, n] = free(Math.round(x(s)));
      high = Math.max(high, n);
      const style = LINES[s.stance] ?? LINES.other;
      const c = colour(style.mark ? style.colour : "edge");
      const words = `${articleOf(s).published}: ${whoSays(s)} ${style.word}: ${s.text}`;
      const y = -8 - n * 15;
      const mark = svg("g", { role: "button", tabindex: 0, "aria-label": xmlText(clean(shorten(words, 160))), onclick: () => select(s.id), onkeydown: (e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), select(s.id)) });
      const pen = svgPen(mark);
      pen.circle(left, y, 6.5, { fill: style.mark ? colour("bg") : c, stroke: c, width: state.sel === s.id ? 3 : 1.5 });
      if (style.mark) pen.text(left, y + 3.5, style.mark, { size: 9.5, bold: true, fill: c, align: "center" });
      mark.append(svg("title", {}, xmlText(clean(shorten(words, 300)))));
      picture.append(mark);
    }
    const top = 16 + 15 * high;
    const pen = svgPen(picture);
    pen.path(`M4 2H${width - 4}`, { stroke: colour("edge") });
    if (dates) {
      const iso = (t) => new Date(t).toISOString().slice(0, 10);
      pen.text(4, 16, iso(first), { size: 11, fill: colour("mut") });
      if (last > first) pen.text(width - 4, 16, iso(last), { size: 11, fill: colour("mut"), align: "right" });
    }
    const height = top + (dates ? 22 : 6);
    for (const [name, value] of Object.entries({ height, viewBox: `0 ${-top} ${width} ${height}` })) picture.setAttribute(name, value);
    return picture;
  }

  /** The lanes of those who speak most, under each other. */
  function section(speakers, width) {
    const rows = speakers.map((id) => [id, statementsBy(id).filter((s) => passes(s))]).filter(([, list]) => list.some((s) => articleOf(s).published));
    if (!rows.length || DATA.articles.filter((a) => a.published).length < 2) return null;
    return h("section", { class: "lanes" }, h("h2", {}, "Who spoke when"), rows.map(([id, list], i) => h("div", { class: "lane" }, h("button", { class: "link", onclick: () => select(id) }, bdi(shorten(nameOf(id), 40))), lane(list, Math.max(240, width - 220), { dates: i === rows.length - 1 }))));
  }

  return { lane, section };
})();
