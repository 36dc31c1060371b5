"""UTF-8 that was once read as Windows-1252 -> the characters it was; clean text stays as it is."""

from __future__ import annotations

import re
from typing import Final

# Bytes that cp1252 leaves undefined pass through as C1 controls in the wild.
_BYTE: Final = {}
for _value in range(0x80, 0x100):
    try:
        _BYTE[bytes([_value]).decode("cp1252")] = _value
    except UnicodeDecodeError:
        _BYTE[chr(_value)] = _value
_TAIL = "".join(re.escape(c) for c, v in _BYTE.items() if 0x80 <= v <= 0xBF)
_GARBLED = re.compile(f"[\u00c2-\u00c5][{_TAIL}]|\u00e2[{_TAIL}]{{2}}|\u00f0[{_TAIL}]{{3}}")

_LETTERS: Final = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßðþłŁšŠžŽčČćĆęĘąĄńŃśŚżŻźŹğĞşŞıİőŐűŰřŘěĚůŮœŒ"
)
_SIGNS: Final = frozenset("\u00a0£§©«®°±²³·»¼½¾¿¡€‘’‚“”„–—…•′″™−‐‑\u2009\u200b")


def repair(text: str) -> str:
    """The text with garbled sequences put right, if it is certain that they are; else the text itself.

    Certain means: a sequence decodes to a letter or sign that English news
    prints, and the text has either a garbled quotation mark or dash (three
    characters that nobody writes in a row) or two garbled letters.

    >>> repair("The minister\u00e2\u20ac\u2122s caf\u00c3\u00a9")
    'The minister’s café'
    """
    if not any(first in text for first in "\u00e2\u00c3\u00c2"):
        return text
    for _ in range(2):  # text can be garbled twice
        found = [(m.group(), _meant(m.group())) for m in _GARBLED.finditer(text)]
        good = [(was, now) for was, now in found if now is not None]
        if not good or (all(len(was) == 2 for was, _ in good) and len(good) < 2):
            return text
        text = _GARBLED.sub(lambda m: _meant(m.group()) or m.group(), text)
        # the closing quotation mark, whose last byte cp1252 lacks and a decoder replaced
        text = text.replace("\u00e2\u20ac\ufffd", "\u201d")
    return text


def _meant(garbled: str) -> str | None:
    data = bytes(_BYTE[c] for c in garbled)
    try:
        char = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return char if char in _LETTERS or char in _SIGNS or len(garbled) == 4 else None
