/** What the page does not hold, asked of the server that it comes from; a file of its own asks nobody. */
const more = (() => {
  const served = DATA.served && /^https?:$/.test(location.protocol);
  const STEP = 100; // articles at a time
  // where to go on, by what is asked for: the whole store ("") or an id; null at the end
  const next = new Map([["", DATA.overview ? DATA.articles.length : 0]]);
  let asking = false;

  /** Take in records, and what draws them. */
  function join(part) {
    const added = take(part);
    graph.take(part.graph);
    figures.take(part.axes);
    return added;
  }

  async function load(focus) {
    const query = new URLSearchParams({ offset: String(next.get(focus) ?? 0), limit: String(STEP), ...(focus ? { focus } : {}) });
    const answer = await fetch(`view/data?${query}`);
    if (!answer.ok) throw new Error((await answer.text()).trim().slice(0, 200));
    const part = await answer.json();
    const before = DATA.statements.length;
    const added = join(part);
    next.set(focus, part.page.next);
    change("data");
    say(`${plural(DATA.statements.length - before, "statement")} more, from ${plural(added.articles.length, "article")}`);
  }

  /** A button that asks for more of the store, or of one thing in it; what stands in its place where there is no more; null in a file. */
  function button(text, focus = "") {
    if (!served) return null;
    if (next.get(focus) === null) return h("span", { class: "note" }, "The page now holds all that the store has of this.");
    return h("button", { class: "plain", onclick: async (event) => {
      if (asking) return;
      asking = true;
      event.target.textContent = "Asking…";
      try {
        await load(focus);
      } catch (error) {
        event.target.textContent = `${text} (not now: ${clean(error.message)})`;
        say("The server did not answer");
      }
      asking = false;
    } }, text);
  }

  return { button, join };
})();
