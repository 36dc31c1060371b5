/** The evidence beside the view: the words that say it, in their sentence, with article, date, offsets, role and confidence. */
const panel = (() => {
  const region = $("#panel");
  const MOST = 25;
  const link = (id, text = null) => (id && byId.has(id) ? inline(id, text ?? titleOf(id)) : null);
  const tag = (text, kind = "") => h("span", { class: `tag ${kind}` }, text);
  /** On whose word, outlet first; nothing where the article has it from one source alone. */
  const chain = (r, least) => (chainOf(r).length > least ? [link(articleOf(r).id, outletOf(r)), chainOf(r).map((step) => [" from ", listed(step, link)])] : null);
  const when = (r) => ["Period", periodOf(r) && bdi(periodOf(r))];
  const facts = (pairs) => h("dl", {}, pairs.filter(([, v]) => v).map(([k, v]) => [h("dt", {}, k), h("dd", {}, v)]));

  /** A sentence with the words of the record in bold; they lead to it where that is asked for. */
  function quotation(record, spans, leads = false) {
    const article = articleOf(record);
    const [from, to] = record.sentence ?? [spans[0][0], spans[0][1]];
    const out = h("blockquote", { lang: article.language ?? "en" });
    let at = from;
    for (const [a, b] of [...spans].sort((x, y) => x[0] - y[0])) {
      if (b <= at) continue;
      const words = article.quote(Math.max(a, at), b);
      out.append(article.quote(at, Math.max(a, at)), h("b", {}, leads ? inline(record.id, words) : words));
      at = b;
    }
    out.append(article.quote(at, Math.max(at, to)));
    return out;
  }

  const source = (record, spans) => h("p", { class: "meta" }, link(articleOf(record).id), h("br"), bdi([articleOf(record).publisher, articleOf(record).published ?? "no date"].filter(Boolean).join(", ")), `, characters ${spans.map(([a, b]) => `${a}–${b}`).join(", ")}`, ", ", sure(record));
  /** How likely a record is right, in words: what people decided is certain, of statements and figures it is counted, of others a rule's estimate. */
  const COUNTED = { s: "statements", f: "figures" };
  const sure = (record) => `confidence ${record.confidence.toFixed(2)}${COUNTED[record.id[0]] && record.confidence < 0.995 ? `: of 100 such ${COUNTED[record.id[0]]} about ${Math.round(100 * record.confidence)} are right` : ""}`;
  const tools = (record, spans) => h("div", { class: "row" },
    h("button", { class: "plain", onclick: () => select(record.id, { view: "reader" }) }, "Read in article"),
    h("button", { class: "plain", onclick: () => exports_.copy("Citation", citation(record, spans)) }, "Cite"),
    h("button", { class: "plain", onclick: () => finding.one(record) }, "Card"),
    h("button", { class: "plain", onclick: () => exports_.copy("SPARQL query", exports_.sparql(record.id)) }, "SPARQL"));
  const evidence = (record, spans) => [h("h2", {}, "Where it says so"), quotation(record, spans), source(record, spans), tools(record, spans), deciding.tools(record), notes.tools(record.id)];

  function citation(record, spans) {
    const a = articleOf(record);
    const words = spans.map(([x, y]) => a.quote(x, y)).join(" … ");
    return `“${words}”\n${[a.authors.join(", "), a.title, a.publisher, a.published, whereOf(a)].filter(Boolean).join(", ")}\ncharacters ${spans.map(([x, y]) => `${x}–${y}`).join(", ")} of the text with SHA-256 ${a.sha256}`;
  }

  /** Who makes the statement in which a record is told. */
  const saidIn = (r) => (byId.has(r.statement) ? listed(speakersOf(byId.get(r.statement)), link) : null);
  const tags = (s) => [tag(FORM_WORDS[s.form], s.form), tag(verbOf(s.stance), s.stance)];
  /** Of statements in a list only what is out of the ordinary is marked: that indirect speech says something is the rule. */
  const marks = (s) => [s.stance === "asserts" ? null : tag(verbOf(s.stance), s.stance), s.form === "indirect" ? null : tag(FORM_WORDS[s.form], s.form)].filter(Boolean);
  const who = (s) => [marks(s).length ? h("br") : null, h("b", {}, listed(speakersOf(s), link)), s.role ? h("span", { class: "note" }, ", ", bdi(s.role)) : null];
  const where = (s) => h("p", { class: "meta" }, bdi(articleOf(s).label), s.via ? [" · via ", link(s.via)] : null);
  const card = (s, withSpeaker = true) => h("div", { class: "card" }, marks(s), withSpeaker || s.joint ? who(s) : null, h("p", { class: "big" }, link(s.id, shorten(s.text, 320))), where(s));
  /** A statement in its sentence, for a list that is only to be looked through. */
  const brief = (s) => h("div", { class: "card" }, s.stance === "asserts" ? null : [tag(verbOf(s.stance), s.stance), " "], h("b", {}, bdi(whoSays(s))), s.role ? h("span", { class: "note" }, ", ", bdi(s.role)) : null, h("br"), link(s.id, shorten(inSentence(s), 240)), h("span", { class: "note" }, " ", bdi(articleOf(s).published ?? articleOf(s).label)));
  const byDate = (a, b) => (articleOf(a).published ?? "9").localeCompare(articleOf(b).published ?? "9");

  function list(title, records, make) {
    if (!records.length) return null;
    const section = h("section", {}, h("h2", {}, `${title} (${number(records.length)})`), records.slice(0, MOST).map(make));
    if (records.length > MOST) section.append(h("button", { class: "plain", onclick: (e) => (e.target.remove(), section.append(...records.slice(MOST).map(make))) }, `Show ${number(records.length - MOST)} more`));
    return section;
  }

  const onlyButton = (id) => (state.view === "graph" ? null : h("button", { class: "plain", onclick: () => change("filter", { only: state.only === id ? null : id }) }, state.only === id ? "Show all again" : "Only this"));

  /** The two articles that say most on a topic, to be read beside each other with what they say of it marked. */
  function twoArticles(t) {
    const said = [...Map.groupBy(statementsOn(t.id).filter((s) => passes(s)), (s) => s.article)].sort(([a, x], [b, y]) => y.length - x.length || a - b);
    if (said.length < 2) return null;
    const [[article], [second]] = said;
    const read = () => {
      Object.assign(state, { article, second: DATA.articles[second].id });
      select(t.id, { view: "reader" });
    };
    return h("button", { class: "plain", onclick: read }, "Two articles");
  }

  const views = {
    statement(s) {
      return [h("h2", {}, "Statement"), h("p", {}, tags(s)), h("p", { class: "big" }, bdi(s.text || "(no words)")),
        facts([["Said by", listed(speakersOf(s), link)], ["Role then", s.role && bdi(s.role)], ["The article’s verb", verbIn(s) && bdi(verbIn(s))], ["On the word of", link(s.via)], ["By way of", chain(s, 1)], ["Within", link(s.parent)], ["About", s.topics.length ? s.topics.map((t, i) => [i ? ", " : "", link(t)]) : null]]),
        evidence(s, s.content),
        list("Told elsewhere", [...(claimsOf.get(s.id) ?? [])], (c) => h("p", {}, link(c.id, `“${shorten(c.words, 160)}”`), h("span", { class: "note" }, ` ${c.id[0] === "c" ? "the same claim" : "the same words"}: ${claimCounts(c)}`))),
        list("Figures in it", figuresOf(s.id), (f) => h("p", {}, link(f.id))),
        list("Speech within it", statementsIn(s.id), (x) => card(x)),
        list("Others on the same", [...new Set(s.topics.flatMap(statementsOn))].filter((x) => x.id !== s.id && passes(x)), (x) => card(x))];
    },
    entity(e) {
      const said = statementsBy(e.id).filter((s) => passes(s)).sort(byDate);
      const about = topicsOf(e.id).flatMap((t) => statementsOn(t.id)).filter((s) => passes(s));
      return [h("h2", {}, TYPES[e.type] ?? e.type, e.named ? "" : ", not named in the article"), h("p", { class: "big" }, h("b", {}, bdi(e.name))),
        e.names.length > 1 ? h("p", { class: "meta" }, "also: ", bdi(e.names.filter((n) => n !== e.name).join(", "))) : null,
        h("p", { class: "meta" }, `${plural(e.mentions.length, "mention")} in ${plural(e.articles.length, "article")}`),
        h("div", { class: "row" }, graphview.buttons(), onlyButton(e.id), h("button", { class: "plain", onclick: () => exports_.copy("SPARQL query", exports_.sparql(e.id)) }, "SPARQL"), more.button("More from the store", e.id)),
        said.length > 1 && DATA.articles.length > 1 ? lanes.lane(said, 290) : null,
        list("Roles", rolesOf(e.id).filter(recordPasses), (r) => h("p", {}, link(r.id, r.label), h("span", { class: "note" }, ` (${articleOf(r).published ?? articleOf(r).title})`))),
        list("Roles here", rolesAt(e.id).filter(recordPasses), (r) => h("p", {}, link(r.id))),
        list("Said", said, (s) => card(s, false)),
        list("Passed on from it", statementsVia(e.id).filter((s) => passes(s)), (s) => card(s)),
        list("Said about it", about, (s) => card(s)),
        list("Figures", figuresBy(e.id).filter(figurePasses), (f) => h("p", {}, link(f.id))),
        list("Relations", relationsOf(e.id).filter((r) => !r.role && recordPasses(r)), (r) => h("p", {}, link(r.id))),
        list("Events", eventsOf(e.id).filter(recordPasses), (v) => h("p", {}, link(v.id), v.participants.length ? h("span", { class: "note" }, ": ", bdi(v.participants.map(([role, id]) => `${nameOf(id)} (${partOf(role)})`).join(", "))) : null)),
        deciding.tools(e)];
    },
    topic(t) {
      const on = statementsOn(t.id).filter((s) => passes(s)).sort(byDate);
      return [h("h2", {}, "Topic"), h("p", { class: "big" }, h("b", {}, bdi(t.label))), t.entity ? h("p", { class: "meta" }, "names ", link(t.entity)) : null,
        h("div", { class: "row" }, graphview.buttons(), finding.ofTopic(t) ? h("button", { class: "plain", onclick: finding.ofTopic(t) }, "Side by side") : null, twoArticles(t), onlyButton(t.id), h("button", { class: "plain", onclick: () => exports_.copy("SPARQL query", exports_.sparql(t.id)) }, "SPARQL"), more.button("More from the store", t.id)),
        h("p", { class: "meta" }, toldBy(on, { articles: true, who: "source" })),
        [...filed(on)].sort(([a], [b]) => !!b.contests - !!a.contests).map(([side, some]) => list(side.title, some, (s) => card(s)))];
    },
    claim(c) {
      return [h("h2", {}, c.id[0] === "c" ? "Claim" : "Words that several articles quote"), h("p", { class: "big" }, bdi(`“${c.words}”`)),
        h("p", { class: "meta" }, [claimCounts(c), c.first ? `first ${c.first}` : ""].filter(Boolean).join(" · ")),
        oneVoiceWords(statementsOfClaim(c)).map((why) => h("p", { class: "meta" }, bdi(`One voice: ${why}.`))),
        h("div", { class: "row" }, h("button", { class: "plain", onclick: finding.ofClaim(c) }, "Side by side")),
        h("p", { class: "note" }, "Judged from words: that several say the same does not make it true."),
        filedOn(c).map(([side, some]) => list(side.title, some, (s) => card(s)))];
    },
    figure(f) {
      return [h("h2", {}, "Figure"), h("p", { class: "big" }, h("b", {}, bdi(valueOf(f))), " ", bdi(f.counted ?? "")),
        facts([["Reported by", f.reporters.length ? listed(f.reporters, link) : "the article itself"], ["Role then", f.role && bdi(f.role)], ["By way of", chain(f, 0)], ["What happened", f.event && bdi(f.happened)], when(f), ["Place", link(f.place)], ["Method", f.method && bdi(f.method)], ["Bound", bdi(f.bound + (f.approximate && f.bound !== "about" ? ", approximate" : ""))], ["Statement", link(f.statement)]]),
        evidence(f, [f.evidence]),
        compared(f)];
    },
    role(r) {
      return [h("h2", {}, "Role"), h("p", { class: "big" }, bdi(r.label)), facts([["Holder", link(r.holder)], ["Organisation", link(r.organization)], ["Place", link(r.place)], ["Status", r.status], when(r)]), evidence(r, [r.span])];
    },
    relation(r) {
      return [h("h2", {}, "Relation"), h("p", { class: "big" }, link(r.subject), ` ${wordsOf(r.type)} `, link(r.object)), facts([["On the word of", saidIn(r)], ["Statement", link(r.statement)], when(r)]), evidence(r, [r.span])];
    },
    event(v) {
      return [h("h2", {}, "Event"), h("p", { class: "big" }, bdi(v.trigger), v.negated ? " (said not to have happened)" : ""), facts([["Type", v.type && bdi(v.type)], ...v.participants.map(([role, id]) => [partOf(role), link(id)]), ["Place", link(v.place)], when(v), ["On the word of", saidIn(v)], ["Statement", link(v.statement)]]), evidence(v, [v.span])];
    },
    line(e) {
      const ids = e.ids.filter(shows);
      const end = (id) => link(id, clean(graph.nodes.get(id).label.replace("\n", " ")));
      return [h("h2", {}, verbOf(e.kind)), h("p", { class: "big" }, end(e.from), " → ", end(e.to)), h("div", { class: "row" }, graphview.buttons()), behind(ids)];
    },
    bundle(b) {
      const node = graph.nodes.get(b.id);
      const touching = graph.around.get(b.id).flatMap((e) => e.ids);
      return [h("h2", {}, THINGS[node.kind]), h("p", { class: "big" }, h("b", {}, bdi(b.label))), h("div", { class: "row" }, graphview.buttons()), behind([...new Set([...b.ids, ...touching])].filter(shows)), ...b.ids.filter((id) => id[0] === "f").slice(0, 1).map((id) => compared(byId.get(id)))];
    },
    article(a) {
      const n = DATA.articles.indexOf(a);
      return [h("h2", {}, "Article"), h("p", { class: "big" }, h("b", {}, bdi(a.title))), facts([["Publisher", a.publisher && bdi(a.publisher)], ["Author", a.authors.length ? bdi(a.authors.join(", ")) : null], ["Published", a.published ?? "no date given"], ["Address", a.url && bdi(a.url)], ["File", a.path && bdi(a.path)], ["Read by", bdi(a.model)], ["SHA-256", a.sha256]]),
        h("div", { class: "row" }, h("button", { class: "plain", onclick: () => change("view", { view: "reader", article: n }) }, "Read"), a.url ? h("button", { class: "plain", onclick: () => exports_.copy("Address", a.url) }, "Copy address") : null),
        list("Statements", statementsOf(n).filter((s) => passes(s)), (s) => card(s))];
    },
  };

  /** What was found of a figure beside others, and the others of its axis. */
  function compared(f) {
    const others = (figures.axisOf(f)?.rows ?? []).map((id) => byId.get(id)).filter((x) => x !== f && figurePasses(x));
    const pairs = figures.pairLines(figures.pairsOn(f));
    return others.length || pairs.length ? [h("h2", {}, "Compared"), h("p", { class: "meta" }, f.reporters.length ? toldBy([f, ...others]) : ""), pairs, list("On the same axis", others, (x) => h("p", {}, link(x.id), h("span", { class: "note" }, ", ", bdi(x.reporters.map(nameOf).join(", ")))))] : null;
  }

  /** Records of all kinds, each in its sentence: what stands behind a line or a figure. */
  function behind(ids) {
    const of = (letters) => ids.filter((id) => letters.includes(id[0])).map((id) => byId.get(id));
    return [
      list("Statements", of("s").sort(byDate), (s) => h("div", { class: "card" }, marks(s), who(s), quotation(s, s.content, true), where(s))),
      list("Figures", of("f"), (f) => [h("p", {}, link(f.id), f.reporters.length ? h("span", { class: "note" }, ", ", bdi(f.reporters.map(nameOf).join(", "))) : null), ids.includes(f.statement) ? null : quotation(f, [f.evidence])]),
      list("Roles", of("r"), (r) => [h("p", {}, link(r.id)), quotation(r, [r.span])]),
      list("Relations and events", of("xv"), (x) => [h("p", {}, link(x.id)), quotation(x, [x.span])]),
    ];
  }

  /** How a path leads, step by step, and where each step is said. */
  function route() {
    const way = state.view === "graph" ? graphview.drawn()?.route : null;
    if (!way) return null;
    const name = (id) => link(id, clean(graph.nodes.get(id).label.replace("\n", " ")));
    const step = (e) => {
      const first = byId.get(e.ids.find(shows));
      const said = first.id[0] === "s";
      return h("div", { class: "card" }, said ? [name(e.from), ` ${graphpen.wordsOn(e, { plain: true })} `, name(e.to)] : [name(e.from), " → ", name(e.to), h("p", { class: "meta" }, bdi(graphpen.wordsOn(e, { plain: true, most: 120 })))], quotation(first, first.content ?? [first.evidence ?? first.span]), e.ids.length > 1 ? link(e.id, `all ${number(e.ids.length)}`) : null);
    };
    return [h("h2", {}, `Path of ${plural(way.edges.length, "step")}`), way.edges.map(step)];
  }

  function overview() {
    const n = tally();
    const counts = { Articles: articlesShown().length, Statements: n.statements.length, Sources: n.sources.size, Topics: n.topics.size, [CONTESTED]: n.statements.filter(contests).length, "On unnamed sources": n.statements.filter((s) => !isNamed(s)).length, Figures: n.figures.length, "Of them reported": n.reported.length, Roles: DATA.roles.filter(recordPasses).length };
    const hint = [h("p", { class: "note" }, "Select a source, a statement, a topic or a figure to see the words behind it. The graph holds that something was said, never that it is true."),
      list("Starred and noted", notes.list(), ({ record, star, text }) => h("p", {}, star ? "★ " : "", link(record.id, shorten(titleOf(record.id), 120)), text ? h("span", { class: "note" }, " ", bdi(text)) : null))];
    if (state.view === "overview") return [h("h2", {}, "Evidence"), hint]; // what follows stands in the view
    return [h("h2", {}, "In view"), facts(Object.entries(counts).map(([words, count]) => [words, h("span", { class: "n" }, number(count))])),
      hint,
      ...questions()];
  }

  /** What an investigator asks first, answered as far as a panel can: what is contested, which figures can be compared, what nobody stands for. */
  function questions() {
    const weight = (s) => Math.max(0, ...s.topics.map((t) => statementsOn(t).length));
    const against = DATA.statements.filter((s) => contests(s) && passes(s)).sort((a, b) => weight(b) - weight(a));
    const several = figures.axes().filter((g) => g.verdict);
    const unnamed = DATA.statements.filter((s) => passes(s) && !isNamed(s));
    const first = (title, records, make, all) => records.length && h("section", {}, h("h2", {}, title), records.slice(0, 4).map(make), records.length > 4 || all.always ? h("button", { class: "plain", onclick: all.run }, all.text) : null);
    return [
      first(CONTESTED, against, brief, { text: `All ${number(against.length)} in Claims`, run: showContested }),
      first("Figures of several reporters", several, (g) => h("div", { class: "card" }, h("button", { class: "link", onclick: () => select(g.rows[0].id, { view: "figures" }) }, bdi(figures.headingOf(g))), " ", h("span", { class: "note" }, bdi(figures.contextOf(g))), h("br"), h("span", { class: `verdict ${g.verdict.kind}` }, g.verdict.text)), { text: "All in Figures", always: true, run: () => change("view", { view: "figures" }) }),
      first("On unnamed sources", unnamed, brief, { text: `All ${number(unnamed.length)} in Claims`, run: () => (state.off.naming.add("named"), change("filter"), change("view", { view: "claims" })) }),
    ].filter(Boolean);
  }

  const isEmpty = () => !byId.has(state.sel) && !(state.view === "graph" && state.path.length === 2);

  function render(stay = false) {
    const record = byId.get(state.sel);
    const top = stay ? region.scrollTop : 0;
    region.classList.toggle("empty", isEmpty());
    region.replaceChildren(...[region.classList.contains("empty") ? null : h("button", { class: "close", "aria-label": "Close the panel", onclick: () => (state.path.length ? change("graph", { path: [], sel: null }) : select(null)) }, "×"), route(), record ? views[kindOf(record.id)](record) : state.path.length === 2 && state.view === "graph" ? null : overview()].flat(Infinity).filter(Boolean));
    region.scrollTop = top;
  }

  onChange((what) => ["sel", "filter", "start", "data", "graph", "view", "decided"].includes(what) && render(what === "decided"));
  /** A record in its sentence, for a card beside the pointer; who says it is not named again below the name. */
  const shortly = (r, title) => [r.id[0] === "s" ? h("div", {}, r.stance === "asserts" ? null : [tag(verbOf(r.stance), r.stance), " "], whoSays(r) === title ? null : h("b", {}, bdi(whoSays(r)))) : null, quotation(r, r.content ?? [r.evidence ?? r.span]), h("div", { class: "meta" }, bdi(articleOf(r).label))];
  /** Where the panel lies over the graph, if there is something to say: beside it, or below it in a narrow window. */
  const over = () => state.view === "graph" && !isEmpty() && (innerWidth > 900 ? "beside" : "below");
  return { render, over, quotation, line: brief, brief: (r, title) => h("div", {}, shortly(r, title)) };
})();
