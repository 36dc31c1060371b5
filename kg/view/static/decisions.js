/** What people decided about the records: lines of a decisions file, kept in this browser until they are exported, or sent to the server the page comes from. */
const decisions = (() => {
  const PREFIX = "reportedly decisions ";
  const WHO = "reportedly reviewer";
  const place = PREFIX + DATA.hash;
  // a page in a notebook may keep nothing: its decisions last as long as it is open
  let store = (() => {
    try {
      window.localStorage.setItem(`${PREFIX}test`, "1");
      window.localStorage.removeItem(`${PREFIX}test`);
      return window.localStorage;
    } catch {
      return null;
    }
  })();
  // the token that `kg serve --review` printed: for this tab, and out of the address before anybody sees it
  const token = (() => {
    const given = DATA.review ? new URLSearchParams(location.hash.slice(1)).get("review") : null;
    try {
      if (given) sessionStorage.setItem("reportedly review", given);
      return given ?? (DATA.review ? sessionStorage.getItem("reportedly review") : null);
    } catch {
      return given;
    }
  })();
  const served = Boolean(token) && /^https?:$/.test(location.protocol);
  let theirs = Array.isArray(DATA.decided?.lines) ? DATA.decided.lines : []; // what was decided before, by anybody
  let own = []; // of this page: { line, saved }, the last one last
  let trouble = "";

  const canonical = (value) => JSON.stringify(value, (_, v) => (v && typeof v === "object" && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v));
  const about = (line) => (line.a !== undefined ? canonical([canonical(line.a), canonical(line.b)].sort()) : canonical({ text: line.text, kind: line.kind, of: line.seen ?? line.to }));

  /** The id of a line as the file has it: a hash of all that it says; none where the browser makes no hashes. */
  async function digest(line) {
    const text = canonical(line).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const bytes = await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(text));
    return bytes && [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("").slice(0, 16);
  }

  const isEntry = (e) => typeof e?.line?.do === "string" && typeof e.line.when === "string";
  function read(key) {
    try {
      const found = JSON.parse(store?.getItem(key) ?? "[]");
      return Array.isArray(found) ? found.filter(isEntry) : [];
    } catch (error) {
      trouble = `What this browser kept cannot be read: ${error.message}`;
      return [];
    }
  }

  /** What is kept now, another tab's too, with a change made to it; put away again in one go. */
  function keep(changed) {
    own = changed(store ? read(place) : own);
    try {
      own.length ? store?.setItem(place, JSON.stringify(own)) : store?.removeItem(place);
    } catch (error) {
      store = null;
      trouble = `This browser cannot keep it: ${error.message}`;
    }
  }

  /** What was decided on an earlier state of these articles and never exported is taken over. */
  function takeOver() {
    const texts = new Set(DATA.articles.map((a) => a.sha256));
    const ofThis = ({ line }) => [line.text, line.a?.text, line.b?.text].every((text) => text === undefined || texts.has(text));
    for (const key of store ? Object.keys(store).filter((k) => k.startsWith(PREFIX) && k !== place) : []) {
      const entries = read(key);
      if (!entries.some((e) => !e.saved) || !entries.every(ofThis)) continue;
      keep((now) => [...entries, ...now]);
      store.removeItem(key);
    }
  }

  const same = (a, b) => (a.id && b.id ? a.id === b.id : canonical(a) === canonical(b));
  const lines = () => [...theirs, ...own.map((e) => e.line).filter((line) => !theirs.some((t) => same(t, line)))];

  /** The decisions that hold, the last one last: one taken back is left out. */
  function inForce() {
    const active = new Map();
    const known = new Map();
    for (const line of lines()) {
      const key = line.id ?? canonical(line);
      if (line.of === undefined) known.set(key, line);
      active.delete(line.of ?? key);
      if (line.of === undefined) active.set(key, line);
      else if (line.do === "redo" && known.has(line.of)) active.set(line.of, known.get(line.of));
    }
    return [...active.values()];
  }

  let found = null; // the last word by what it is about, and each by its id; made anew after a change
  function kept() {
    const force = found ? [] : inForce();
    return (found ??= { about: new Map(force.map((line) => [about(line), line])), ids: new Map(force.map((line) => [line.id, line])) });
  }
  function on(targets) {
    const last = kept().about;
    if (!last.size) return null;
    return targets.map((t) => last.get(about(t))).findLast(Boolean) ?? null;
  }
  /** The decision with an id, if it holds. */
  const holding = (id) => (id && kept().ids.get(id)) ?? null;
  const unsaved = () => own.filter((e) => !e.saved).length;
  const isSaved = (line) => own.every((e) => e.saved || !same(e.line, line));

  function told() {
    found = null;
    change("decided");
  }

  const who = () => store?.getItem(WHO) || "a reader";
  const setWho = (name) => store?.setItem(WHO, clean(name).trim().slice(0, 200));

  /** Decide: each line is put away, and where a server takes them, sent at once. */
  async function decide(some, why = "") {
    const entries = [];
    for (const one of some) {
      const line = { ...one, who: who(), when: new Date().toISOString(), ...(clean(why).trim() ? { why: clean(why).trim() } : {}) };
      const id = await digest(line);
      entries.push({ line: id ? { ...line, id } : line, saved: false });
    }
    keep((now) => [...now, ...entries]);
    told();
    await send();
  }

  /** Take a decision back: one that nobody else has seen goes, another gets a line that says so. */
  async function back(line) {
    if (!isSaved(line)) {
      keep((now) => now.filter((e) => !same(e.line, line)));
      told();
    } else if (line.id) await decide([{ do: "undo", of: line.id }]);
    else say("It was exported already: take it back with the command kg review undo");
  }

  let sending = null;
  const send = () => (served ? (sending = (sending ?? Promise.resolve()).then(sendNow)) : null);
  async function sendNow() {
    const waiting = own.filter((e) => !e.saved).map((e) => e.line).slice(0, 100);
    if (!waiting.length) return;
    try {
      const answer = await fetch("review/decisions", { method: "POST", headers: { "content-type": "application/json", "x-kg-review": token }, body: JSON.stringify({ decisions: waiting }) });
      if (!answer.ok) throw new Error((await answer.text()).trim().slice(0, 300));
      keep((now) => now.map((e) => (waiting.some((line) => same(line, e.line)) ? { ...e, saved: true } : e)));
      trouble = "";
    } catch (error) {
      trouble = `Not saved: ${clean(error.message)}`;
    }
    say(trouble || "Saved");
    told();
    if (!trouble && unsaved()) await sendNow();
  }

  /** What the server's file says by now, also by others. */
  async function refresh() {
    if (!served) return;
    try {
      const answer = await fetch("review/decisions", { headers: { "x-kg-review": token } });
      if (!answer.ok) throw new Error((await answer.text()).trim().slice(0, 300));
      theirs = (await answer.json()).decisions;
      trouble = "";
    } catch (error) {
      trouble = `The server does not give its decisions: ${clean(error.message)}`;
    }
    told();
  }

  /** The decisions as a file for `kg review apply`; they count as saved from then on. */
  function exported() {
    const text = lines().map((line) => `${JSON.stringify(line)}\n`).join("");
    keep((now) => now.map((e) => ({ ...e, saved: true })));
    told();
    return text;
  }

  takeOver();
  keep((now) => now);
  addEventListener("storage", (event) => event.key === place && (keep((now) => now), told()));
  addEventListener("beforeunload", (event) => !store && unsaved() && event.preventDefault());
  return { decide, back, on, holding, inForce, unsaved, isSaved, send, refresh, exported, who, setWho, served, keeps: () => store !== null, trouble: () => trouble, own: () => own };
})();
