/** What a pile of articles holds: who speaks most, on what, what is in dispute, what rests on unnamed sources, and when. */
const overview = (() => {
  const region = $("#overview");
  const MOST = 12;
  const STANCES = ["asserts", "denies", "doubts", "hedges", "asks", "demands", "other"];
  const total = (stances) => Object.values(stances).reduce((a, b) => a + b, 0);

  /** Counts over what passes the filters; over the whole store, where the page holds only its latest part and nothing is filtered. */
  function counts() {
    if (DATA.overview && !filtered()) return DATA.overview;
    const shown = DATA.statements.filter((s) => passes(s));
    const ranked = (groups) => [...groups].map(([id, list]) => {
      const stances = {};
      for (const s of list) stances[s.stance] = (stances[s.stance] ?? 0) + 1;
      const r = byId.get(id);
      return { id, name: r.name, label: r.label, type: r.type, named: r.named, stances, articles: new Set(list.map((s) => s.article)).size };
    }).sort((a, b) => total(b.stances) - total(a.stances) || (a.id < b.id ? -1 : 1));
    const group = (keysOf) => {
      const found = new Map();
      for (const s of shown) for (const key of keysOf(s)) found.has(key) ? found.get(key).push(s) : found.set(key, [s]);
      return found;
    };
    const months = new Map();
    for (const s of shown) if (articleOf(s).published) months.set(articleOf(s).published.slice(0, 7), (months.get(articleOf(s).published.slice(0, 7)) ?? 0) + 1);
    const n = tally();
    return { articles: articlesShown().length, statements: shown.length, figures: n.figures.length, spoken: n.topics.size, sources: n.sources.size, unnamed: shown.filter((s) => !isNamed(s)).length, months: [...months].sort(), speakers: ranked(group(speakersOf)), topics: ranked(group((s) => s.topics)) };
  }

  /** A bar in parts, one for each stance: a part that does not simply say bears the sign of its stance, or is hatched where that has no room; colour alone tells nothing. */
  function bar(stances, most) {
    const width = 170;
    const picture = svg("svg", { width, height: 14, viewBox: `0 0 ${width} 14`, role: "img", "aria-label": STANCES.filter((s) => stances[s]).map((s) => `${stances[s]} ${s}`).join(", ") });
    let x = 0;
    for (const stance of STANCES) {
      if (!stances[stance]) continue;
      const w = Math.max(2, (width * stances[stance]) / most);
      const { mark } = LINES[stance];
      if (stance === "other") picture.append(svg("rect", { x: x + 0.5, y: 1.5, width: w - 1, height: 11, fill: colour("bg"), stroke: colour("group") }));
      else picture.append(svg("rect", { x, y: 1, width: w - 1, height: 12, fill: colour(mark ? stance : "group") }));
      if (mark && w >= 10) svgPen(picture).text(x + w / 2, 11, mark, { size: 11, bold: true, fill: colour("bg"), align: "center" });
      else if (mark) for (let at = x + 2; at < x + w - 1; at += 4) picture.append(svg("path", { d: stance === "denies" ? `M${at} 1L${at} 13` : `M${at - 2} 13L${at + 2} 1`, stroke: colour("bg") }));
      x += w;
    }
    return picture;
  }

  function ranking(title, rows, nameOfRow, signOf) {
    const most = Math.max(...rows.map((r) => total(r.stances)), 1);
    const line = (r) => h("tr", {}, h("td", {}, signOf(r)), h("td", {}, byId.has(r.id) ? h("button", { class: "link", onclick: () => select(r.id) }, bdi(shorten(nameOfRow(r), 60))) : bdi(shorten(nameOfRow(r), 60))), h("td", { class: "bar" }, bar(r.stances, most)), h("td", { class: "num" }, number(total(r.stances))));
    const body = h("tbody", {}, rows.slice(0, MOST).map(line));
    const section = h("section", {}, h("h2", {}, title), rows.length ? h("table", {}, body) : h("p", { class: "note" }, "None."));
    if (rows.length > MOST) section.append(h("button", { class: "plain", onclick: (e) => (e.target.remove(), body.append(...rows.slice(MOST, 200).map(line))) }, `Show ${number(Math.min(rows.length, 200) - MOST)} more`));
    return section;
  }

  /** Axes on which figures exclude each other; then those to check, and those of several reporters. */
  function disputes() {
    const several = figures.axes().filter((g) => g.verdict).slice(0, 8);
    const line = (g) => h("div", { class: "card" }, h("button", { class: "link", onclick: () => select(g.rows[0].id, { view: "figures" }) }, bdi(figures.headingOf(g))), h("span", { class: "note" }, " ", bdi(figures.contextOf(g))), h("p", { class: `verdict ${g.verdict.kind}` }, g.verdict.text), h("p", {}, bdi([...new Set(g.rows.map((f) => `${nameOf(f.reporters[0])}: ${valueOf(f)}`))].slice(0, 4).join(" · "))));
    return h("section", {}, h("h2", {}, "Figures of several reporters"), several.length ? several.map(line) : h("p", { class: "note" }, "No two reporters give figures for the same thing."));
  }

  /** Claims that several tell, those that somebody denies first. */
  function told() {
    const list = [...DATA.claims, ...DATA.utterances].filter((c) => statementsOfClaim(c).length > 1).sort((a, b) => filedOn(b).length - filedOn(a).length || statementsOfClaim(b).length - statementsOfClaim(a).length);
    return h("section", {}, h("h2", {}, `Told or denied by several (${number(list.length)})`), list.length ? list.slice(0, 8).map((c) => h("p", {}, h("button", { class: "link", onclick: () => select(c.id) }, bdi(`“${shorten(c.words, 140)}”`)), h("br"), h("span", { class: "note" }, claimCounts(c)), filedOn(c).filter(([side]) => side.contests).map(([side, some]) => [" ", h("span", { class: `tag ${side.stance}` }, `${LINES[side.stance].mark} ${number(some.length)}`)]))) : h("p", { class: "note" }, filtered() ? "No claim that several tell passes the filters." : "No claim is told twice."),
      list.length ? h("button", { class: "plain", onclick: () => (change("filter", { group: "claim" }), change("view", { view: "claims" })) }, "All in Claims") : null);
  }

  function contested() {
    const list = DATA.statements.filter((s) => contests(s) && passes(s));
    return h("section", {}, h("h2", {}, `${CONTESTED} (${number(list.length)})`), list.length ? null : h("p", { class: "note" }, filtered() ? "Nothing that is denied, doubted or left open passes the filters." : "Nobody denies, doubts or leaves open anything."), list.slice(0, 6).map((s) => panel.line(s)), list.length > 6 ? h("button", { class: "plain", onclick: showContested }, "Show all in Claims") : null);
  }

  function when(months) {
    if (months.length < 2) return null;
    const index = ([month]) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
    const [first, last] = [index(months[0]), index(months[months.length - 1])];
    // over the lanes below it, whose names stand to the left of them
    const aside = innerWidth > 900 ? 212 : 0;
    const width = Math.max(300, Math.min(1600, inner(region))) - aside;
    const slot = (width - 20) / (last - first + 1);
    const top = Math.max(...months.map(([, n]) => n));
    const picture = svg("svg", { width, height: 96, viewBox: `0 0 ${width} 96`, "font-family": FONT });
    for (const [month, n] of months) {
      const tall = (50 * n) / top;
      const x = 10 + (index([month]) - first) * slot;
      const open = () => change("filter", { from: `${month}-01`, to: new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10) });
      const label = `${month}: ${plural(n, "statement")}`;
      picture.append(svg("g", { role: "button", tabindex: 0, "aria-label": label, class: "month", onclick: open, onkeydown: (e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), open()) }, svg("title", {}, label), svg("text", { x: x + Math.max(3, slot - 2) / 2, y: 64 - tall, "text-anchor": "middle", "font-size": 11, fill: colour("mut") }, slot > 22 || months.length < 12 ? number(n) : ""), svg("rect", { x, y: 70 - tall, width: Math.max(3, slot - 2), height: tall + 2, fill: colour("accent") }), svg("rect", { x, y: 4, width: Math.max(3, slot - 2), height: 70, fill: colour("bg"), opacity: 0 })));
    }
    const years = [];
    for (let m = first; m <= last; m += 1) if (m % 12 === 0 || m === first) years.push([10 + (m - first) * slot, m % 12 === 0 ? String(m / 12) : months[0][0]]);
    let free = -Infinity;
    for (const [x, text] of years) {
      if (x < free) continue;
      svgPen(picture).text(Math.min(x, width - measure(text, 12) - 2), 90, text, { size: 12, fill: colour("mut") });
      free = x + measure(text, 12) + 12;
    }
    return h("section", { class: "months" }, h("h2", {}, "When it was published"), picture);
  }

  let wide = 0; // pixels for which it was drawn
  function render() {
    if (state.view !== "overview") return;
    wide = inner(region);
    const n = counts();
    const stat = (count, one, run, many = `${one}s`) => h("button", { class: "plain", onclick: run }, h("b", {}, number(count)), count === 1 ? one : many);
    const go = (view, more = {}) => () => (Object.keys(more).length && change("filter", more), change("view", { view }));
    // of a store of which the page holds a part these are not counted
    const byKind = (key, group) => (n[key] === undefined ? null : stat(n[key], group, () => (change("filter", { group }), change("view", { view: "claims" }))));
    const onlyUnnamed = () => {
      state.off.naming = new Set(["named"]);
      change("filter");
      change("view", { view: "claims" });
    };
    region.replaceChildren(...[
      DATA.overview ? h("p", { class: "note" }, `This page holds the latest ${number(DATA.statements.length)} of ${number(DATA.overview.statements)} statements, from ${number(DATA.articles.length)} of ${number(DATA.overview.articles)} articles; the counts below are of all. `, more.button("Show older articles") ?? "For another part of the store: kg view --focus NAME; to go on from here: kg serve.") : null,
      h("div", { class: "stats" }, stat(n.articles, "article", go("reader")), stat(n.statements, "statement", go("claims")), byKind("sources", "source"), byKind("spoken", "topic"), stat(n.figures, "figure", go("figures")), stat(n.unnamed, "statement on unnamed sources", onlyUnnamed, "statements on unnamed sources")),
      h("div", { class: "columns" }, ranking("Who speaks most", n.speakers, (r) => r.name, (r) => sign((pen) => typeSign(pen, r.type, r.named, 9, 8, 6), 18)), ranking("On what", n.topics, (r) => r.label, () => sign((pen) => typeSign(pen, "Topic", true, 9, 8, 5), 18)), disputes(), told(), contested()),
      when(n.months),
      lanes.section(n.speakers.filter((s) => byId.has(s.id)).slice(0, 8).map((s) => s.id), Math.min(1600, inner(region))),
    ].filter(Boolean));
  }

  onChange((what) => what !== "sel" && render());
  new ResizeObserver(() => inner(region) !== wide && render()).observe(region);
  return { render };
})();
