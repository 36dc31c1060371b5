/** A view made of text and boxes as one SVG element: what stands on the screen, word by word where it stands. */
const page = (() => {
  function toSvg(region) {
    const frame = region.getBoundingClientRect();
    const [dx, dy] = [region.scrollLeft - frame.left, region.scrollTop - frame.top];
    const [width, height] = [Math.ceil(region.scrollWidth), Math.ceil(region.scrollHeight)];
    const picture = svg("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT });
    const pen = svgPen(picture);
    pen.path(`M0 0H${width}V${height}H0z`, { fill: colour("bg") });
    walk(region);
    return picture;

    function walk(element) {
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) words(child);
        else if (child.nodeType !== Node.ELEMENT_NODE || !child.checkVisibility() || child.matches("input, select, .bar, .fold")) continue;
        else if (child.localName === "svg") copy(child);
        else {
          box(child);
          walk(child);
        }
      }
    }

    function box(element) {
      const style = getComputedStyle(element);
      const { left, top, width: w, height: t } = element.getBoundingClientRect();
      if (!w || !t) return;
      const [x, y] = [left + dx, top + dy];
      const seen = (c) => c !== "rgba(0, 0, 0, 0)" && c !== "transparent";
      if (seen(style.backgroundColor) && style.display !== "inline") pen.path(`M${x} ${y}h${w}v${t}h${-w}z`, { fill: style.backgroundColor });
      else if (seen(style.backgroundColor)) for (const r of element.getClientRects()) pen.path(`M${r.left + dx} ${r.top + dy}h${r.width}v${r.height}h${-r.width}z`, { fill: style.backgroundColor });
      const sides = { Top: `M${x} ${y}h${w}`, Bottom: `M${x} ${y + t}h${w}`, Left: `M${x} ${y}v${t}`, Right: `M${x + w} ${y}v${t}` };
      for (const [side, d] of Object.entries(sides)) {
        const wide = parseFloat(style[`border${side}Width`]);
        if (wide && style[`border${side}Style`] !== "none") pen.path(d, { stroke: style[`border${side}Color`], width: wide, dash: { dashed: [6, 4], dotted: [2, 3] }[style[`border${side}Style`]] ?? [] });
      }
    }

    /** The words of a text node, those of one line in one piece. */
    function words(node) {
      const text = node.data;
      if (!text.trim()) return;
      const style = getComputedStyle(node.parentElement);
      const size = parseFloat(style.fontSize);
      const range = document.createRange();
      let line = null;
      const put = () => line && pen.text(line.x, line.y, clean(line.text), { size, bold: Number(style.fontWeight) >= 600, italic: style.fontStyle === "italic", fill: style.color, room: line.end - line.x + 1 });
      for (const { index: start, 0: word } of text.matchAll(/\S+/g)) {
        range.setStart(node, start);
        range.setEnd(node, start + word.length);
        const r = range.getClientRects()[0];
        if (!r) continue;
        const y = r.top + dy + r.height / 2 + size * 0.35;
        if (line && Math.abs(line.y - y) < 3) [line.text, line.end] = [`${line.text} ${word}`, r.right + dx];
        else {
          put();
          line = { x: r.left + dx, y, text: word, end: r.right + dx };
        }
      }
      put();
    }

    function copy(drawn) {
      const r = drawn.getBoundingClientRect();
      const part = drawn.cloneNode(true);
      for (const [name, value] of Object.entries({ x: r.left + dx, y: r.top + dy, width: r.width, height: r.height })) part.setAttribute(name, value);
      for (const e of [part, ...$$("*", part)]) for (const name of ["role", "tabindex", "class", "data-id", "data-ids", "aria-hidden", "aria-label"]) e.removeAttribute(name);
      picture.append(part);
    }
  }
  return { toSvg };
})();
