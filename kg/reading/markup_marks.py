"""What inline elements of a page mean, as characters: quotation marks, powers, fractions; what is hidden goes."""

from __future__ import annotations

import re
from typing import Any, Final

from ..language.lexicon import words

_SUPER: Final = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_SUB: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_FRACTIONS: Final = {
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗", "4/5": "⅘",
    "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
}  # fmt: skip
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_BREAK = re.compile(r"(?<!\n)(?<!\n[ \t\r])[ \t\r]*\n[ \t\r]*(?!\s)")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNIT = re.compile(r"(?:^|[\s\d])(?:[kcm]?m|in|ft|yd|mi)$")
_POWER = re.compile(r"(?:[×x*·]\s*10|^10)$")


def with_marks(tree: Any) -> Any:
    """The tree (lxml.html), changed in place: what a browser shows by other means stands in characters.

    >>> from kg.reading.html import parsed
    >>> with_marks(parsed("<p>He said <q>no</q> twice.</p>", "mill.html")).text_content()
    'He said “no” twice.'
    """
    _on_one_line(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in ("s", "strike", "del") or _is_hidden(element):
            if element.tag not in words("reading", "element of the whole page"):
                _replace(element, "")
        elif element.tag in ("sup", "sub"):
            _raised(element)
        elif element.tag == "q":
            _quoted(element)
        elif element.tag in words("reading", "element that is only its text"):
            element.drop_tag()
        elif element.tag in ("footer", "cite") and element.getparent().tag == "blockquote":
            element.tag = "p"  # who said it: extraction leaves out what is called a footer
    for element in list(tree.iter("span")):
        # extraction may break a paragraph at any element, and takes a link in a span for a menu
        if element.get("data-was-q") or _is_link_in_a_sentence(element):
            element.drop_tag()
    return tree


def _is_link_in_a_sentence(element: Any) -> bool:
    around = " ".join((_before(element) if element.getparent() is not None else "", element.tail or ""))
    return [child.tag for child in element] == ["a"] and any(c.isalpha() for c in around)


def _on_one_line(tree: Any) -> None:
    """Text that its page breaks by hand put on one line, as a browser shows it; blank lines and <pre> stay.

    What has no place in XML becomes a blank: lxml lets it in, and takes it from nobody else.
    """
    set_by_hand = {e for pre in tree.iter("pre") for e in pre.iter()}
    for element in tree.iter():
        for name, of in (("text", element), ("tail", element.getparent())):
            words = getattr(element, name)
            if not words or not isinstance(element.tag, str):
                continue
            kept = _NO_XML.sub(" ", words)
            kept = kept if of in set_by_hand else _BREAK.sub(" ", kept)
            if kept != words:
                setattr(element, name, kept)


def _is_hidden(element: Any) -> bool:
    return ("hidden" in element.attrib and element.get("hidden", "").lower() != "until-found") or bool(
        _HIDING.search(element.get("style") or "")
    )


def _before(element: Any) -> str:
    """The text directly in front of an element."""
    previous = element.getprevious()
    text = previous.tail if previous is not None else element.getparent().text
    return text or ""


def _replace(element: Any, words: str) -> None:
    """Put words in an element's place; what follows it stays."""
    parent, previous = element.getparent(), element.getprevious()
    text = words + (element.tail or "")
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    element.tail = None
    parent.remove(element)


def _raised(element: Any) -> None:
    """A power, a fraction's part or an ordinal's ending stays; the mark of a note goes."""
    words = " ".join(element.text_content().split())
    before = _before(element)
    following = element.getnext()
    if (
        element.tag == "sup"
        and following is not None
        and following.tag == "sub"
        and (element.tail or "").strip() in ("/", "⁄")
    ):
        below = " ".join(following.text_content().split())
        fraction = _FRACTIONS.get(
            f"{words}/{below}", f" {words}/{below}" if before[-1:].isdigit() else f"{words}/{below}"
        )
        element.tail = following.tail
        following.tail = None
        following.getparent().remove(following)
        _replace(element, fraction)
    elif element.tag == "sub":
        _replace(element, words.translate(_SUB) if words.isdigit() else words)
    elif re.fullmatch(r"st|nd|rd|th|er|e|o|a|[ºª]", words):
        _replace(element, words)
    elif (re.fullmatch(r"[+−-]?\d{1,3}|n", words) and _POWER.search(before.rstrip())) or (
        words in ("2", "3") and _UNIT.search(before)
    ):
        _replace(element, words.translate(_SUPER))
    elif re.fullmatch(
        r"[\[(]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,4}|note \d+|[*†‡§¶]{1,3})\s*[\])]?(?:\s*[,;]\s*\d{1,3})*", words
    ):
        _replace(element, "")
    else:
        element.drop_tag()


def _quoted(element: Any) -> None:
    """Marks for `<q>`, single ones inside another."""
    inner = any(a.tag == "q" or a.get("data-was-q") for a in element.iterancestors())
    first, last = ("‘", "’") if inner else ("“", "”")
    element.text = first + (element.text or "")
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + last
    else:
        element.text += last
    element.tag = "span"
    element.set("data-was-q", "1")
