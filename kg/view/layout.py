"""How wide a text is drawn and how it breaks into lines, without a browser.

A page made here is read where other fonts are installed, so widths are those
of a wide sans serif (DejaVu Sans, in em) and the page squeezes a line that is
wider still: a box always holds its text, and no two boxes overlap.
"""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljI.,:;'|!’‘` ")
_SLIM = frozenset('frt()[]{}-/\\"“”*°')
_WIDE = frozenset("mwMW@%—…")
# what turns text around or hides it: never drawn on the canvas, where <bdi> cannot contain it
_INVISIBLE = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def em(text: str, *, bold: bool = False) -> float:
    """The width of a text in em, rather too wide than too narrow."""
    return sum(map(_advance, text)) * (1.08 if bold else 1.0)


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.34
    if char in _SLIM:
        return 0.46
    if char in _WIDE:
        return 0.98
    if char < "\u0250":
        return 0.7 if char.isupper() else 0.585
    if char in _INVISIBLE or unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Cf"}:
        return 0.0
    return 1.05 if unicodedata.east_asian_width(char) in {"W", "F"} else 0.68


def wrap(text: str, width: float, *, bold: bool = False, lines: int = 0) -> list[str]:
    """A text in lines at most `width` em wide, broken at spaces, inside a word only where it alone is too long.

    With `lines`, no more than so many; the last then ends in an ellipsis.
    """
    visible = "".join(c for c in text if c not in _INVISIBLE and (c >= " " and c != "\x7f"))
    out: list[str] = []
    line, used = "", 0.0
    for word in visible.split():
        for piece in _pieces(word, width, bold):
            size = em(piece, bold=bold)
            gap = 0.34 if line else 0.0
            if line and used + gap + size > width:
                out.append(line)
                line, used, gap = "", 0.0, 0.0
            line = f"{line} {piece}" if line else piece
            used += gap + size
    out += [line] if line else []
    if lines and len(out) > lines:
        last = out[lines - 1]
        while last and em(last + "…", bold=bold) > width:
            last = last[:-1]
        out = [*out[: lines - 1], last.rstrip() + "…"]
    return out


def _pieces(word: str, width: float, bold: bool) -> list[str]:
    if em(word, bold=bold) <= width:
        return [word]
    pieces, piece, used = [], "", 0.0
    for char in word:
        size = em(char, bold=bold)
        if piece and used + size > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece += char
        used += size
    return [*pieces, piece]
