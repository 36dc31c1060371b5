/** A finding to take along: one statement, figure or contradiction with its words, source, hash and link, ready for a story or a memo. */
const finding = (() => {
  const dialog = $("#finding");
  const spansOf = (r) => r.content ?? [r.evidence ?? r.span];
  const quoted = (r) => spansOf(r).map(([a, b]) => articleOf(r).quote(a, b)).join(" … ").replace(/\s+/g, " ");
  const whoOf = (r) => (r.id[0] === "s" ? whoSays(r) : r.id[0] === "f" ? namesOf(r.reporters) || "the article itself" : r.id[0] === "r" ? nameOf(r.holder) : "");
  const deedOf = (r) => (r.id[0] === "s" ? verbOf(r.stance) : r.id[0] === "f" ? `reports ${figureWords(r)}` : titleOf(r.id));
  const sourceOf = (r) => [articleOf(r).title, articleOf(r).publisher, articleOf(r).authors.join(", "), articleOf(r).published ?? "no date", whereOf(articleOf(r))].filter(Boolean).join(", ");
  const placeOf = (r) => `characters ${spansOf(r).map(([a, b]) => `${a} to ${b}`).join(", ")} of the text with SHA-256 ${articleOf(r).sha256}`;
  // a file is named without the folders of whoever opened it
  const linkTo = (r) => (location.protocol === "about:" ? "" : `${location.protocol === "file:" ? decodeURIComponent(location.pathname.split("/").at(-1)) : location.href.split("#")[0]}#sel=${r.id}`);
  // what Markdown would take for a sign is a letter here
  const plain = (text) => clean(text).replace(/[\\`*_{}[\]()#+!|<>~-]/g, "\\$&");
  const markdown = (r) => `**${plain(whoOf(r))}**${r.role ? `, ${plain(r.role)},` : ""} ${plain(deedOf(r))}:\n\n> ${plain(inSentence(r))}\n\nThe words: “${plain(quoted(r))}”\n\n${plain(sourceOf(r))}; ${placeOf(r)}.${foundOf(r).map((words) => `\n\n${plain(words)}`).join("")}${linkTo(r) ? `\n\n<${linkTo(r)}>` : ""}`;

  /** What was found of a record beside others, a line each: pairs of figures, and how often its claim is told. */
  const foundOf = (r) => [
    ...figures.pairsOn(r).map((pair) => `${figures.pairWords(pair)}${pair.reason ? `: ${pair.reason}` : ""}.`),
    ...[...(claimsOf.get(r.id) ?? [])].map((c) => `${c.id[0] === "c" ? "The same claim" : "The same words"}: ${claimCounts(c)}.`),
  ];

  /** One record as a card: who, in which role, did what; the sentence; where it stands; what was found of it, but for what the heading says. */
  const card = (r, told = "") => h("div", { class: "voice" },
    h("p", {}, h("b", {}, bdi(whoOf(r))), r.role ? h("span", { class: "meta" }, ", ", bdi(r.role)) : null, h("br"), h("span", { class: `tag ${r.stance ?? ""}` }, bdi(shorten(deedOf(r), 80)))),
    panel.quotation(r, spansOf(r)),
    h("p", { class: "meta" }, bdi(sourceOf(r)), h("br"), placeOf(r), chainOf(r).length > 1 ? [h("br"), "On the word of: ", bdi(chainText(r))] : null, foundOf(r).filter((words) => !told || !words.startsWith(told)).map((words) => [h("br"), bdi(words)])));

  /** How many tell some records, with how many voices, and what speaks for their being one. */
  function oneVoice(records) {
    const all = (keysOf) => records.length > 1 && records.map((r) => new Set(keysOf(r))).reduce((a, b) => new Set([...a].filter((k) => b.has(k))));
    const said = [`${toldBy(records, { articles: true })}.`, ...oneVoiceWords(records).map((why) => `${why}.`)];
    const chain = all((r) => chainOf(r).flat());
    if (chain && chain.size) said.push(`All go back to ${[...chain].map(nameOf).join(", ")}.`);
    const publishers = all((r) => [articleOf(r).publisher].filter(Boolean));
    if (publishers && publishers.size && new Set(records.map((r) => r.article)).size > 1) said.push(`All are told by ${[...publishers].join(", ")}.`);
    const words = new Set(records.map((r) => quoted(r).toLowerCase()));
    if (records.length > 1 && words.size === 1) said.push("All use the same words.");
    return said.join(" ");
  }

  function open(title, body, records) {
    const name = (ending) => `finding-${clean(title).replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 50).replace(/^-|-$/g, "")}.${ending}`;
    const sheet = h("div", { class: "finding" }, h("h2", { id: "finding-title" }, bdi(title)), body, h("p", { class: "meta" }, bdi(DATA.title), " · reported, not verified", linkTo(records[0]) ? [h("br"), bdi(linkTo(records[0]))] : null));
    const text = () => `## ${plain(title)}\n\n${records.map(markdown).join("\n\n")}\n`;
    const html = () => `<!doctype html>\n<meta charset="utf-8">\n<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto}blockquote{border-left:3px solid #888;margin:0;padding:0 1em}.beside{display:grid;grid-template-columns:1fr 1fr;gap:2em}.meta{color:#555;font-size:.85em}</style>\n${new XMLSerializer().serializeToString(sheet)}\n`;
    const save = (words, run) => h("button", { class: "plain", onclick: run }, words);
    dialog.replaceChildren(sheet, h("p", { class: "row bar" },
      save("PNG", () => exports_.png(page.toSvg(sheet), name("png"))), save("SVG", () => exports_.saveAs(name("svg"), "image/svg+xml", new XMLSerializer().serializeToString(page.toSvg(sheet)))),
      save("Markdown", () => exports_.saveAs(name("md"), "text/markdown", text())), save("HTML", () => exports_.saveAs(name("html"), "text/html", html())),
      h("button", { class: "plain", onclick: () => dialog.close() }, "Close")));
    dialog.showModal();
    dialog.scrollTop = 0; // the focus is on the buttons, which stay in sight below
  }

  const one = (r) => open(titleOf(r.id).slice(0, 160), card(r), [r]);
  /** Two sides of one matter, each with its voices and what speaks for their being one. */
  const beside = (title, sides, why = "") => open(title, [why ? h("p", {}, `Why they are compared: ${why}.`) : null, h("div", { class: "beside" }, sides.map(([head, records]) => h("section", {}, h("h3", {}, head), records.slice(0, 6).map((r) => card(r, title)), records.length > 6 ? h("p", { class: "meta" }, `and ${number(records.length - 6)} more`) : null, h("p", { class: "meta" }, bdi(oneVoice(records))))))], sides.flatMap(([, records]) => records));

  /** A topic that some deny, doubt or leave open and others do not, filed by what each does; null where nobody disputes it. */
  function ofTopic(t) {
    const sides = filed(statementsOn(t.id).filter((s) => passes(s)));
    return sides.length > 1 && sides.some(([side]) => side.contests) ? () => beside(t.label, sides.map(([side, list]) => [side.title, list])) : null;
  }

  /** A claim, filed by what each statement does with it. */
  const ofClaim = (c) => () => beside(shorten(c.words, 160), filedOn(c).map(([side, list]) => [side.title, list]));

  /** Two figures that were compared, with what was found. */
  const ofPair = (pair) => beside(figures.pairWords(pair), pair.of.map((id) => byId.get(id)).map((f) => [valueOf(f), [f]]), pair.reason);

  /** An axis of figures: as it is drawn, what was found of it, and where each of its figures stands. */
  function ofAxis(group) {
    const drawn = figures.drawn(group, Math.min(760, innerWidth - 90));
    for (const row of $$("[role], [tabindex]", drawn)) for (const name of ["role", "tabindex", "data-id", "data-ids"]) row.removeAttribute(name);
    const title = [figures.headingOf(group), figures.contextOf(group)].filter(Boolean).join(", ");
    open(title, [group.verdict ? h("p", { class: `verdict ${group.verdict.kind}` }, group.verdict.text) : null, drawn, group.rows.map((f) => card(f))], group.rows);
  }

  return { one, ofTopic, ofClaim, ofPair, ofAxis, markdown, oneVoice };
})();
