/** The records of the page, found by id, and what each has to do with others. */
const DATA = JSON.parse($("#data").textContent);
const KINDS = ["articles", "entities", "topics", "statements", "figures", "roles", "relations", "events"];
const byId = new Map();
for (const kind of KINDS) for (const record of DATA[kind]) byId.set(record.id, record);
const kindOf = (id) => ({ a: "article", e: "entity", t: "topic", s: "statement", f: "figure", r: "role", x: "relation", v: "event", l: "line", g: "bundle", q: "bundle", c: "claim", u: "claim" })[id[0]];

/** Article text is addressed in code points; a JavaScript string in UTF-16 units. The difference only shows past the BMP. */
function addressed(article) {
  article.points = /[\ud800-\udbff][\udc00-\udfff]/.test(article.text) ? Array.from(article.text) : null;
  article.quote = (start, end) => (article.points ? article.points.slice(start, end).join("") : article.text.slice(start, end));
  article.length = article.points ? article.points.length : article.text.length;
}
DATA.articles.forEach(addressed);
const articleOf = (record) => DATA.articles[record.article];
const entity = (id) => byId.get(id) ?? null;
const nameOf = (id) => byId.get(id)?.name ?? "";
/** All who make a statement, as it names them. */
const speakersOf = (s) => [s.by, ...(s.joint ?? [])];
/** What each is, in a list: "A, B and C". */
const listed = (ids, make) => ids.map((id, i) => [i ? (i === ids.length - 1 ? " and " : ", ") : "", make(id)]);
const namesOf = (ids) => listed(ids, nameOf).flat().join("");
/** The names of all who make a statement; nothing where there is none. */
const whoSays = (s) => (s ? namesOf(speakersOf(s)) : "");
const TYPES = { Person: "Person", Organization: "Organisation", Group: "Group", Place: "Place", Document: "Document", Event: "Event", Other: "Other", None: "No source named" };

/** Records by what they have to do with; `grow` takes in those that come later. */
const indexes = [];
function index(kind, keysOf) {
  const found = new Map();
  const grow = (records) => {
    for (const record of records)
      for (const key of new Set(keysOf(record))) {
        if (key === null || key === undefined) continue;
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(record);
      }
  };
  grow(DATA[kind]);
  indexes.push({ kind, found, grow });
  return (key) => found.get(key) ?? [];
}
const statementsBy = index("statements", speakersOf);
const statementsVia = index("statements", (s) => [s.via]);
const statementsOn = index("statements", (s) => s.topics);
const statementsIn = index("statements", (s) => [s.parent]);
const statementsOf = index("statements", (s) => [s.article]);
const figuresIn = index("figures", (f) => [f.article]);
const rolesIn = index("roles", (r) => [r.article]);
const figuresOf = index("figures", (f) => [f.statement]);
const figuresBy = index("figures", (f) => [...f.reporters, f.via]);
const eventsIn = index("events", (e) => [e.statement]);
const rolesOf = index("roles", (r) => [r.holder]);
const rolesAt = index("roles", (r) => [r.organization, r.place]);
const relationsOf = index("relations", (r) => [r.subject, r.object]);
const eventsOf = index("events", (e) => [...e.participants.map((p) => p[1]), e.place]);
const topicsOf = index("topics", (t) => [t.entity]);

/** What was found of several records together, by kg.comparison: figures two and two, claims and utterances with their statements. */
const pairsOf = new Map(); // figure -> pairs
const claimsOf = new Map(); // statement -> claims and utterances
const speaksWith = new Map(); // speaker -> those of one voice with it
const into = (map, key, value) => (map.has(key) ? map.get(key).add(value) : map.set(key, new Set([value])));
function takeFound(part) {
  for (const pair of part.pairs) for (const id of pair.of) if (![...(pairsOf.get(id) ?? [])].some((known) => known.of.join() === pair.of.join())) into(pairsOf, id, pair);
  for (const [a, b] of part.voices) into(speaksWith, a, b), into(speaksWith, b, a);
  for (const kind of ["claims", "utterances"])
    for (const found of part[kind]) {
      const known = byId.get(found.id) ?? found;
      if (known !== found) known.of = [...new Map([...known.of, ...found.of])];
      if (known === found && part !== DATA) DATA[kind].push(found);
      byId.set(found.id, known);
      for (const [id] of found.of) into(claimsOf, id, known);
    }
}
takeFound(DATA);

/** Each who says a statement, or who report a figure, with whom they have it from; nobody where no source is given. */
function mouthsOf(r) {
  const known = (ids) => ids.filter((id) => byId.has(id) && byId.get(id).type !== "None");
  const first = r.id[0] === "s" ? speakersOf(r).map((id) => [id]) : [r.reporters ?? []];
  return first.map((ids) => known([...ids, r.via, ...(r.chain ?? [])])).filter((ids) => ids.length);
}

/** How many voices there are among records: who holds a post at another, speaks for it or cites it is one voice with it. */
function voicesOf(records) {
  const groups = [];
  for (const mouths of records.flatMap(mouthsOf)) {
    const near = groups.filter((g) => mouths.some((id) => g.has(id) || [...(speaksWith.get(id) ?? [])].some((other) => g.has(other))));
    for (const g of near) groups.splice(groups.indexOf(g), 1);
    groups.push(new Set([...mouths, ...near.flatMap((g) => [...g])]));
  }
  return groups.length;
}
/** The article's own verb; nothing where it has none and a colon leads to the words. */
const verbIn = (s) => (/\p{L}/u.test(s.cueText ?? "") ? s.cueText : "");
const reportersOf = (records) => new Set(records.flatMap(mouthsOf).map(([first]) => first)).size;
/** "2 reporters, 1 voice", with the number of articles before it where that is asked for. */
const toldBy = (records, { articles = false, who = "reporter" } = {}) => [articles ? plural(new Set(records.map((r) => r.article)).size, "article") : null, plural(reportersOf(records), who), plural(voicesOf(records), "voice")].filter(Boolean).join(", ");
/** Which of those who tell some records are one voice, and why. */
function oneVoiceWords(records) {
  const firsts = [...new Set(records.flatMap(mouthsOf).map(([first]) => first))];
  const out = [];
  for (const a of firsts) {
    for (const b of firsts) {
      if (a >= b || !speaksWith.get(a)?.has(b)) continue;
      const post = [...rolesOf(a).filter((r) => r.organization === b), ...rolesOf(b).filter((r) => r.organization === a)][0];
      out.push(post ? `${nameOf(post.holder)} holds a post at ${nameOf(post.organization)}` : `${nameOf(a)} and ${nameOf(b)} speak for each other`);
    }
    const cited = records.flatMap(mouthsOf).filter(([first]) => first === a).flatMap((m) => m.slice(1)).find((b) => firsts.includes(b) && b !== a);
    if (cited) out.push(`${nameOf(a)} has it from ${nameOf(cited)}`);
  }
  return [...new Set(out)];
}

/** Take in further records, in the shape of DATA: those that are known already are passed over. Gives the new ones, by kind. */
function take(part) {
  const added = Object.fromEntries(KINDS.map((kind) => [kind, part[kind].filter((r) => !byId.has(r.id))]));
  for (const article of added.articles) {
    addressed(article);
    byId.set(article.id, article);
    DATA.articles.push(article);
  }
  const numbers = part.articles.map((a) => DATA.articles.indexOf(byId.get(a.id)));
  const moved = (mentions) => mentions.map(([n, ...rest]) => [numbers[n], ...rest]);
  const joined = (a, b) => [...new Map([...a, ...b].map((x) => [JSON.stringify(x), x])).values()];
  for (const e of part.entities) {
    const known = byId.get(e.id);
    e.articles = e.articles.map((n) => numbers[n]);
    e.mentions = moved(e.mentions);
    e.seen = moved(e.seen);
    if (known) for (const list of ["articles", "mentions", "names", "seen"]) known[list] = joined(known[list], e[list]);
    if (known) known.point ??= e.point;
  }
  for (const t of part.topics) {
    const known = byId.get(t.id);
    t.mentions = moved(t.mentions);
    if (known) for (const list of ["statements", "mentions"]) known[list] = joined(known[list], t[list]);
  }
  for (const kind of KINDS.slice(1)) {
    for (const record of added[kind]) {
      if (record.article !== undefined) record.article = numbers[record.article];
      byId.set(record.id, record);
      DATA[kind].push(record);
    }
  }
  for (const { kind, grow } of indexes) grow(added[kind]);
  takeFound(part);
  return added;
}

/** On whose word, from those whom the article quotes to those who were there: ids of entities, each once, a step together. */
function chainOf(record) {
  if (record.chain?.length) return record.chain.map((id) => (id === record.reporters[0] ? record.reporters : [id]));
  const found = [];
  const statement = record.id[0] === "s" ? record : byId.get(record.statement);
  for (let s = statement, seen = new Set(); s && !seen.has(s.id); s = byId.get(s.parent)) {
    seen.add(s.id);
    found.unshift(speakersOf(s), [s.via]);
  }
  if (record.id[0] === "f") found.push(record.reporters, [record.via]);
  const told = new Set();
  return found.map((step) => step.filter((id) => byId.has(id) && !told.has(id) && told.add(id))).filter((step) => step.length);
}
/** Where an article can be found: its address, else its file, without the folders of whoever has read it. */
const whereOf = (article) => article.url ?? article.path?.split(/[\\/]/).at(-1) ?? null;
const outletOf = (record) => articleOf(record).publisher ?? articleOf(record).title;
/** The chain in a line, the outlet first; empty where the article says it itself. */
const chainText = (record) => (chainOf(record).length ? [outletOf(record), ...chainOf(record).map((step) => namesOf(step))].join(", from ") : "");

/** A record in a few words. */
function titleOf(id) {
  const record = byId.get(id);
  if (!record) return id;
  switch (id[0]) {
    // what somebody denies is never told as if she said it
    case "s": return `${whoSays(record)}${["asserts", "other"].includes(record.stance) ? "" : ` ${LINES[record.stance]?.word ?? record.stance}`}: ${record.text}`;
    case "f": return figureWords(record);
    case "r": return `${nameOf(record.holder)}: ${record.label}`;
    case "x": return `${nameOf(record.subject)} ${wordsOf(record.type)} ${nameOf(record.object)}`;
    case "v": return record.trigger;
    case "t": return record.label;
    case "a": return record.title;
    case "l": return `${graph.nodes.get(record.from).label} → ${graph.nodes.get(record.to).label}`.replaceAll("\n", " ");
    case "g": case "q": return record.label;
    case "c": case "u": return record.words;
    default: return record.name;
  }
}

/** A statement as the article puts it, on one line; its own words where no sentence holds them. */
const inSentence = (s) => (s.sentence ? articleOf(s).quote(...s.sentence).replace(/\s+/g, " ") : s.text);

/** memberOf -> member of */
const wordsOf = (type) => (/^[a-z]+([A-Z][a-z]+)*$/.test(type) ? type.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() : type);

/** What readers call the unit of a figure. */
const unitOf = (f) => f.unitWords ?? f.unit;

/** A figure's value as the article bounds it: never a point for a range. */
function valueOf(f) {
  const unit = f.unit && f.unit !== "%" ? ` ${unitOf(f)}` : f.unit ?? "";
  const about = f.approximate || f.bound === "about" ? "about " : "";
  const per = f.per ? ` a ${f.per}` : "";
  const change = f.change ? `${f.change} ` : "";
  let value;
  if (f.bound === "vague") value = `“${f.text}”`;
  else if (f.low !== null && f.high !== null) value = f.low === f.high ? number(f.low) : `${number(f.low)} to ${number(f.high)}`;
  else if (f.low !== null) value = `${f.bound === "more than" ? "more than" : "at least"} ${number(f.low)}`;
  else if (f.high !== null) value = `${f.bound === "less than" ? "fewer than" : "up to"} ${number(f.high)}`;
  else value = `“${f.text}”`;
  return f.bound === "vague" ? value : `${change}${about}${value}${unit}${per}`;
}

/** A figure with what it counts: "up to 50 detainees a day". */
const figureWords = (f) => [valueOf({ ...f, per: null }), f.counted ?? "", f.per ? `a ${f.per}` : ""].filter(Boolean).join(" ");

/** The same with what happened to them: "5,000 to 13,000 people hanged". */
const figureTold = (f) => [valueOf({ ...f, per: null }), f.counted ?? "", f.happened && !f.unit && !(f.counted ?? "").includes(f.happened) ? f.happened : "", f.per ? `a ${f.per}` : ""].filter(Boolean).join(" ");

/** A period in words; open ends stay open. */
function periodOf(r) {
  if (r.start && r.end) return r.start === r.end ? r.start : `${r.start} to ${r.end}`;
  if (r.start) return `since ${r.start}`;
  if (r.end) return `until ${r.end}`;
  return r.asOf ? `as of ${r.asOf}` : "";
}
