/** Making elements. Text only ever becomes text nodes and attributes set by name: no module writes markup. */
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const SVG = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An HTML element: attributes, handlers under "onclick" and the like, children as nodes or text. */
const h = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);
/** An SVG element. */
const svg = (tag, properties = {}, ...children) => fill(document.createElementNS(SVG, tag), properties, children);
/** Text from an article or a name, kept apart from the direction of the text around it; no line ends within a date. */
const bdi = (text) => h("bdi", {}, clean(text).split(DAY).map((part, i) => (i % 2 ? h("span", { class: "unbroken" }, part) : part)));
const DAY = /(?<!\d)(\d{4}-\d\d(?:-\d\d)?)(?!\d)/;

/** A text without characters that turn the text around or cannot be seen: for places that <bdi> cannot guard. */
const clean = (text) => String(text ?? "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "");
const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 6 });
const plural = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;
/** A text of so many characters at most, cut between words unless a single one fills it. */
function shorten(text, most) {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const words = text.slice(0, most).replace(/\s+\S*$/, "");
  return `${(words.length > most / 2 ? words : cut).replace(/[\s,;:–-]+$/, "")}…`;
}

/** A colour of the theme. Asked for with every line drawn, so asked of the style sheet once a theme. */
const colours = new Map();
function colour(name) {
  const key = `${document.documentElement.dataset.theme} ${name}`;
  if (!colours.has(key)) colours.set(key, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return colours.get(key);
}
const FONT = 'system-ui, "Noto Sans", "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** How wide the content of an element may be: its width within its padding. */
const inner = (element) => element.clientWidth - parseFloat(getComputedStyle(element).paddingLeft) - parseFloat(getComputedStyle(element).paddingRight);

/** Say over a table that is wider than its window how the rest of it is seen. */
function sideways(scroll) {
  if (scroll && scroll.scrollWidth > scroll.clientWidth + 4) scroll.before(h("p", { class: "note sideways" }, matchMedia("(pointer: coarse)").matches ? "More columns to the right." : "More columns to the right: scroll sideways, or turn the wheel with Shift held."));
}

function say(text) {
  $("#status").textContent = text;
}
