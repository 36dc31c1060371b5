/** Puts the page together: tabs, tools, help, keys, theme; then opens what the address asks for. */
const tabs = $("#tabs");
for (const [name, label] of VIEWS) tabs.append(h("button", { role: "tab", id: `tab-${name}`, "aria-controls": name, onclick: () => change("view", { view: name }) }, label));
tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = (VIEWS.findIndex(([name]) => name === state.view) + step + VIEWS.length) % VIEWS.length;
  change("view", { view: VIEWS[next][0] });
  $(`#tab-${state.view}`).focus();
});

/** The tabs begin where the view does; a title too long for the column before them is set smaller, or pushes them on. */
function fitTitle() {
  const head = $("header");
  head.classList.remove("small", "long");
  for (const way of ["small", "long"]) if ($("h1").scrollHeight > $("h1").clientHeight + 1) head.classList.add(way);
}
addEventListener("resize", fitTitle);
fitTitle();

const exporting = h("details", {}, h("summary", {}, "Export"), h("div", {}, exports_.menu.map(([text, run]) => h("button", { onclick: () => (run(), (exporting.open = false)) }, text))));
exporting.addEventListener("focusout", (event) => !exporting.contains(event.relatedTarget) && (exporting.open = false));
$("#tools").append(
  h("button", { id: "narrow", "aria-expanded": "false", onclick: (e) => e.target.setAttribute("aria-expanded", String($("#filters").classList.toggle("open"))) }, "Filters"),
  h("button", { id: "more-open", "aria-expanded": "false", "aria-controls": "more", onclick: () => openMore(!$("#more").classList.contains("open")) }, "Menu"),
  h("div", { id: "more" },
    exporting,
    deciding.opener,
    h("button", { id: "theme", onclick: () => change("theme", { theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" }) }, "Dark"),
    h("button", { id: "help-open", onclick: help }, "Help")),
);
/** On a telephone the tools are in a menu, which goes when something else is used. */
function openMore(on) {
  $("#more").classList.toggle("open", on);
  $("#more-open").setAttribute("aria-expanded", String(on));
}
$("#more").addEventListener("click", (event) => event.target.closest("button") && openMore(false));
$("#tools").addEventListener("focusout", (event) => event.relatedTarget && !$("#tools").contains(event.relatedTarget) && openMore(false));
document.addEventListener("pointerdown", (event) => !$("#tools").contains(event.target) && openMore(false));

function help() {
  const dialog = $("#help");
  const key = (keys, text) => h("li", {}, keys.split(" ").flatMap((k) => [h("kbd", {}, k), " "]), text);
  dialog.replaceChildren(h("h2", { id: "help-title" }, "How to read this page"),
    h("p", {}, "The page shows what the articles report: who said what, in which role, on whose word. It says that something was said, never that it is true. Everything rests on words you can see: select it, and the panel quotes them."),
    h("ul", {},
      h("li", {}, h("b", {}, "Graph: "), "who speaks is a sign with a name under it, what is spoken of is a box. A line’s colour, dash, end and mark say what the source does: ✕ denies, ? doubts, ≈ hedges, ! demands, Q asks; an indigo line with a dot reports a figure. Double click unfolds a line or a node into its statements; +n at a node brings in what waits there; right click, or M, shows what else can be done; Shift and a drawn line pick several."),
      h("li", {}, h("b", {}, "Claims: "), "who says what, by topic, source or article. A solid rule at the left is quoted, a dashed one is reported in the article’s words, a dotted one is quoted in part; what is not simply said carries its sign: ✕ denies, ? doubts, ≈ hedges, ! demands, Q asks."),
      h("li", {}, h("b", {}, "Figures: "), "one axis for each thing counted. A bar is a range, a dotted line runs to an open end (“at least”, “up to”), a hollow dot is approximate, a wave is a vague word. Figures that exclude each other come first."),
      h("li", {}, h("b", {}, "Article: "), "the text as read, with every statement, source, figure and post marked."),
      h("li", {}, h("b", {}, "Map: "), "a dot for each place whose point is known, the larger the more is said, counted or happens there; hollow where it stands amid a country or region. Arrow keys walk from dot to dot; the same places are listed below.")),
    h("ul", { class: "keys" }, key(`1 … ${VIEWS.length}`, "open a view"), key("/", "search"), key("↑ ↓ ← →", "walk through sources, statements and topics"), key("Enter", "select"), key("R", "read the selected words in the article"), key("Esc", "step back: menu, list, path, selection"), key("Ctrl+Z Ctrl+Y", "undo, do again"), key("U E P H W O", "in the graph: unfold, expand, pin, hide, path from here, only this"), key("+ − 0", "zoom in, out, fit"), key("Y N C", "a record is right, is wrong, is to be corrected"), key("J S", "an entity is the same as another, is two"), key("A", "in the article: add a statement, figure or post that was missed, from the selected words"), key("B X", "take a decision back, go to the next record without one"), key("L M F", "as a list, what can be done, whole screen"), key("?", "this help")),
    h("p", { class: "row" }, h("button", { class: "plain", onclick: () => dialog.close() }, "Close")));
  dialog.showModal();
  dialog.scrollTop = 0; // the focus is on the button at its end
}

/** In a narrow window the panel lies below: a click on its grip makes it taller or lower, a pull does so too, down from low it closes. */
const grip = $("#grip");
const setTall = (tall) => (document.body.classList.toggle("tall", tall), grip.setAttribute("aria-expanded", String(tall)));
let pulled = null;
grip.addEventListener("click", () => pulled || setTall(!document.body.classList.contains("tall")));
grip.addEventListener("pointerdown", ({ pointerId, clientY }) => (grip.setPointerCapture(pointerId), (pulled = null), (grip.dataset.from = clientY)));
grip.addEventListener("pointerup", ({ clientY }) => {
  const by = clientY - Number(grip.dataset.from);
  pulled = Math.abs(by) > 24;
  if (!pulled) return;
  if (by < 0) setTall(true);
  else if (document.body.classList.contains("tall")) setTall(false);
  else $("#panel > .close")?.click();
});

/** Whether keys belong to what has the focus: a field to write in or a list to choose from, not a box to tick; a
 * field of a dialog that has just closed keeps the focus until the page is drawn anew. */
const typing = (e) => e.matches("select, textarea, input:not([type=checkbox])") && !e.closest("dialog:not([open])");

document.addEventListener("keydown", (event) => {
  if ($("dialog[open]") || typing(event.target)) return;
  if ((event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key)) return event.preventDefault(), undo(event.key.toLowerCase() === "y" || event.shiftKey);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if ({ graph: graphview, claims }[state.view]?.key(event)) return event.preventDefault();
  if (deciding.key(event)) return event.preventDefault();
  const n = Number(event.key);
  if (n >= 1 && n <= VIEWS.length) change("view", { view: VIEWS[n - 1][0] });
  else if (event.key === "/") {
    event.preventDefault();
    search.focus();
  } else if (event.key === "?") help();
  else if (event.key === "Escape" && exporting.open) (exporting.open = false), $("summary", exporting).focus();
  else if (event.key === "Escape" && $("#more.open")) openMore(false), $("#more-open").focus();
  else if (event.key === "Escape") select(null);
  else if ((event.key === "r" || event.key === "R") && state.sel) select(state.sel, { view: "reader" });
});

function showView() {
  document.body.dataset.view = state.view;
  for (const [name] of VIEWS) {
    $(`#${name}`).hidden = name !== state.view;
    const tab = $(`#tab-${name}`);
    tab.setAttribute("aria-selected", String(name === state.view));
    tab.tabIndex = name === state.view ? 0 : -1;
    // not by scrollIntoView, after which the first Tab would begin here and pass the link over it all
    const [at, frame] = [tab.getBoundingClientRect(), tabs.getBoundingClientRect()];
    if (name === state.view) tabs.scrollLeft += Math.min(0, at.left - frame.left) || Math.max(0, at.right - frame.right);
  }
}

function showTheme() {
  const theme = state.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  $("#theme").textContent = theme === "dark" ? "Light" : "Dark";
  $("#theme").setAttribute("aria-label", theme === "dark" ? "Light colours" : "Dark colours");
}

listeners.unshift((what) => {
  if (what === "view" || what === "start") showView();
  if (what === "theme" || what === "start") showTheme();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => change("theme"));
// Back and Forward, and an address that somebody has typed
addEventListener("popstate", () => {
  if (location.hash === known.address) return;
  readHash();
  known = { address: location.hash, picture: picture(), moved: false, at: -Infinity };
  for (const listener of listeners) listener("start");
});
addEventListener("beforeprint", () => {
  document.body.classList.toggle("drawn", state.view === "graph");
  if (state.view === "graph") $("#print").replaceChildren(h("h1", {}, bdi(DATA.title)), exports_.picture());
});
addEventListener("afterprint", () => {
  document.body.classList.remove("drawn");
  $("#print").replaceChildren();
});

readHash();
showTheme();
showView();
known.picture = picture();
change("start");
// after the first frame, in which vis-network draws
requestAnimationFrame(() => requestAnimationFrame(() => (document.documentElement.dataset.ready = "1")));
window.kgview = { state, select, change, shows, claims, figures, matrix, places, finding, notes, decisions, deciding, graph, graphpen, graphview, exports: exports_, take: more.join, data: DATA };
