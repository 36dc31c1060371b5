/** Two pens with the same strokes: one draws on a canvas, one writes SVG. What is on the screen is what is exported. */
/** Paths by what they were made from: a picture drawn sixty times a second reads each once. */
const paths = new Map();
function pathOf(d) {
  if (!paths.has(d)) {
    if (paths.size > 6000) paths.clear();
    paths.set(d, new Path2D(d));
  }
  return paths.get(d);
}

function canvasPen(ctx) {
  const style = (o) => {
    ctx.globalAlpha = o.alpha ?? 1;
    ctx.lineWidth = o.width ?? 1;
    ctx.setLineDash(o.dash ?? []);
    ctx.lineJoin = "round";
    ctx.lineCap = o.round ? "round" : "butt";
  };
  const paint = (o) => {
    if (o.fill) {
      ctx.fillStyle = o.fill;
      ctx.fill();
    }
    if (o.stroke) {
      ctx.strokeStyle = o.stroke;
      ctx.stroke();
    }
  };
  return {
    path(d, o) {
      ctx.save();
      style(o);
      const path = pathOf(d);
      if (o.fill) {
        ctx.fillStyle = o.fill;
        ctx.fill(path);
      }
      if (o.stroke) {
        ctx.strokeStyle = o.stroke;
        ctx.stroke(path);
      }
      ctx.restore();
    },
    circle(x, y, r, o) {
      ctx.save();
      style(o);
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      paint(o);
      ctx.restore();
    },
    text(x, y, text, o) {
      ctx.save();
      ctx.globalAlpha = o.alpha ?? 1;
      ctx.font = `${o.bold ? "600 " : o.italic ? "italic " : ""}${o.size}px ${FONT}`;
      ctx.fillStyle = o.fill;
      ctx.textBaseline = "alphabetic";
      ctx.textAlign = o.align ?? "left";
      if (o.halo) {
        ctx.strokeStyle = o.halo;
        ctx.lineWidth = o.thick ?? 4;
        ctx.lineJoin = "round";
        ctx.strokeText(text, x, y, o.room);
      }
      ctx.fillText(text, x, y, o.room);
      ctx.restore();
    },
  };
}

const measure = (() => {
  const ctx = document.createElement("canvas").getContext("2d");
  const known = new Map();
  return (text, size, bold = false) => {
    const key = `${bold}${size} ${text}`;
    if (!known.has(key)) {
      if (known.size > 20000) known.clear();
      ctx.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
      known.set(key, ctx.measureText(text).width);
    }
    return known.get(key);
  };
})();

/** A text in lines so many pixels wide; of more lines than `most` the last ends in an ellipsis. */
function wrapTo(text, width, size, bold, most) {
  const lines = [""];
  for (const word of clean(text).split(/\s+/).map((w) => shorten(w, 28))) {
    if (lines.at(-1) && measure(`${lines.at(-1)} ${word}`, size, bold) > width) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return (lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]} …`] : lines).filter(Boolean);
}

/** XML has no place for most control characters, nor for half a surrogate pair. */
const xmlText = (text) => String(text ?? "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

function svgPen(parent) {
  const paint = (o) => ({ fill: o.fill ?? "none", stroke: o.stroke, "stroke-width": o.stroke ? o.width ?? 1 : null, "stroke-dasharray": o.dash?.join(" ") || null, "stroke-linecap": o.round ? "round" : null, opacity: o.alpha });
  return {
    path: (d, o) => parent.append(svg("path", { d, ...paint(o) })),
    circle: (cx, cy, r, o) => parent.append(svg("circle", { cx, cy, r, ...paint(o) })),
    text(x, y, text, o) {
      const wide = o.room && measure(text, o.size, o.bold) > o.room;
      parent.append(svg("text", {
        x, y, fill: o.fill, "font-size": o.size, "font-family": FONT, "font-weight": o.bold ? 600 : null, "font-style": o.italic ? "italic" : null, opacity: o.alpha,
        "text-anchor": { right: "end", center: "middle" }[o.align], textLength: wide ? o.room : null, lengthAdjust: wide ? "spacingAndGlyphs" : null,
        stroke: o.halo, "stroke-width": o.halo ? o.thick ?? 4 : null, "paint-order": o.halo ? "stroke" : null, "stroke-linejoin": o.halo ? "round" : null,
      }, xmlText(text)));
    },
  };
}
