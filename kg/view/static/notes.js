/** Stars and notes of whoever reads: kept in this browser and, where the page is saved with them, in the file itself. */
const notes = (() => {
  const place = `reportedly notes ${DATA.articles.map((a) => a.sha256.slice(0, 8)).join("").slice(0, 160)}`;
  const kept = new Map(Object.entries(DATA.notes ?? {}));
  // a page in a notebook may keep nothing: its notes last as long as it is open
  const store = (() => {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  })();
  try {
    for (const [id, note] of Object.entries(JSON.parse(store?.getItem(place) ?? "{}"))) kept.set(id, note);
  } catch (error) {
    say(`The notes kept in this browser cannot be read: ${error.message}`);
  }
  for (const [id, note] of kept) if (!byId.has(id) || typeof note !== "object" || note === null || typeof (note.text ?? "") !== "string") kept.delete(id);
  // the page as it was delivered, without what the script has made since
  const skeleton = [...document.body.children].filter((e) => e.localName !== "script").map((e) => e.outerHTML).join("\n");

  function set(id, values) {
    const note = { ...kept.get(id), ...values };
    if (note.star || note.text) kept.set(id, note);
    else kept.delete(id);
    store?.setItem(place, JSON.stringify(Object.fromEntries(kept)));
  }

  /** A star to give and a line to write, for the panel. */
  function tools(id) {
    const note = kept.get(id) ?? {};
    const star = h("button", { class: "plain star", "aria-pressed": String(Boolean(note.star)), onclick: () => {
      set(id, { star: !kept.get(id)?.star });
      star.setAttribute("aria-pressed", String(Boolean(kept.get(id)?.star)));
      star.textContent = kept.get(id)?.star ? "★ Starred" : "☆ Star";
    } }, note.star ? "★ Starred" : "☆ Star");
    const area = h("textarea", { rows: 2, "aria-label": "Your note", placeholder: "Your note", onchange: (e) => set(id, { text: e.target.value.trim() }) });
    area.value = note.text ?? "";
    return h("div", { class: "notes" }, star, area);
  }

  const list = () => [...kept].map(([id, note]) => ({ record: byId.get(id), ...note }));

  /** All stars and notes with the words they are about and where these stand, as Markdown. */
  const markdown = () => `# ${clean(DATA.title)}: stars and notes\n\n${list().map(({ record, star, text }) => `${star ? "★ " : ""}${finding.markdown(record)}${text ? `\n\nNote: ${clean(text)}` : ""}`).join("\n\n---\n\n")}\n`;

  /** The whole page as a file that holds the notes. */
  function file() {
    const text = (value) => JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const [data, ...scripts] = $$("body > script");
    const original = JSON.parse(data.textContent);
    const end = "</scr" + "ipt>";
    return `<!doctype html>\n<html lang="en">${document.head.outerHTML}\n<body>\n${skeleton}\n<script type="application/json" id="data">${text({ ...original, notes: Object.fromEntries(kept) })}${end}\n${scripts.map((s) => `<script>${s.textContent}${end}`).join("\n")}\n</body></html>\n`;
  }

  return { tools, list, markdown, file, set };
})();
