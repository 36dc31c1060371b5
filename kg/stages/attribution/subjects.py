"""The noun phrase of a verb of saying by its place, where the parse has not found its subject, or a wrong one."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import FINITE, NOMINAL, SUBJECTS, VERBAL, has, in_passive, root_of
from ...text.document import Document, Token

Marked = tuple[int | None, ...]
"""For each token the quotation that it stands in."""


def inverted(document: Document, verb: Token, first: int, quoted: Marked) -> list[int]:
    """The noun phrase after a verb that closes what was said: "..., said the minister on Monday"; [] if there is none.

    `first` is the first token of the cue.
    """
    sentence = document.sentences[verb.sentence]
    ends = first > sentence.start and document[first - 1].text in _CLOSING
    closes = first > 0 and (ends or quoted[first - 1] is not None)
    if not closes or verb.lemma in _ADDRESSING or not _opens_name(document, verb.i + 1, sentence.end, quoted):
        return []
    phrase = _run(document, verb.i + 1, verb.i + 1, sentence.end, quoted)
    after = document[phrase[-1] + 1] if phrase[-1] + 1 < sentence.end else None
    if document[phrase[-1]].pos not in NOMINAL or (after is not None and _is_told_of(document, verb, after)):
        return []
    for kid in document.kids(verb.i):
        if kid.dep in SUBJECTS and kid.i > phrase[-1] and phrase[0] in (whole := document.subtree(kid.i)):
            return whole  # "city water and roads commissioner Jo Hill"
    top = root_of(document, phrase[0], phrase[-1] + 1)
    return sorted({*phrase, *(k for k in document.subtree(top.i) if verb.i < k < sentence.end)})


def _opens_name(document: Document, i: int, end: int, quoted: Marked) -> bool:
    """Whether a token may open the name of a speaker, and not what was said."""
    if i >= end or quoted[i] is not None or document[i].pos not in _IN_PHRASE - {"PART"}:
        return False
    return document[i].lower not in words("speech", "opens what was said") and document[i].tag not in ("WDT", "WP")


def _is_told_of(document: Document, verb: Token, after: Token) -> bool:
    """Whether what follows a noun phrase shows it to be no speaker: a verb of its own, or a second subject."""
    if after.pos in VERBAL and after.tag != "VBG":
        return True
    return after.text != "," and any(k.dep in SUBJECTS and k.i < verb.i for k in document.kids(verb.i))


def _run(document: Document, i: int, low: int, high: int, quoted: Marked) -> list[int]:
    """The words of noun phrases around a token, within bounds and outside quotation marks."""
    left, right = i, i
    while left > low and document[left - 1].pos in _IN_PHRASE and quoted[left - 1] is None:
        left -= 1
    while right + 1 < high and document[right + 1].pos in _IN_PHRASE and quoted[right + 1] is None:
        right += 1
    return list(range(left, right + 1))


def lost(document: Document, verb: Token, first: int, quoted: Marked) -> list[int]:
    """The noun phrase between a comma and a verb of saying without a subject: "Thousands face hunger, the agency said".

    Long names after a comma are taken for an apposition by the parse, and the
    verb for a second one of the clause before. `first` is the first token of the cue.
    """
    if in_passive(document, verb.i) or has(document, verb.i, *SUBJECTS):
        return []
    sentence = document.sentences[verb.sentence]
    left = first
    while left > sentence.start and (document[left - 1].pos in _IN_PHRASE or document[left - 1].text in ("(", ")")):
        left -= 1
    comma = left - 1
    if not sentence.start + 2 < comma or document[comma].text != "," or not 0 < first - left <= _LONGEST_NAME:
        return []
    phrase = range(left, first)
    told = any(document[i].tag in FINITE for i in range(sentence.start, comma))
    named = any(document[i].pos in NOMINAL for i in phrase) and all(quoted[i] is None for i in phrase)
    return list(phrase) if told and named else []


_LONGEST_NAME = 14


def after_comma(document: Document, verb: Token, first: int, subject: list[int]) -> list[int]:
    """A subject without what the parse takes into it of the words before: "Divers saw boats, Harbour Watch said".

    Only a capitalised name between the one comma and the cue, after a clause that the verb tells.
    """
    commas = [i for i in subject if document[i].text == ","]
    told = any(k.dep == "ccomp" and k.i < subject[0] for k in document.kids(verb.i))
    if len(commas) != 1 or not told or subject[-1] + 1 != first or commas[0] + 1 >= first:
        return subject
    name = range(commas[0] + 1, first)
    apart = document[name[0]].pos == "PROPN" and all(document[i].pos in words("parse", "inside a name") for i in name)
    return list(name) if apart else subject


def nearest(document: Document, verb: Token, first: int, quoted: Marked) -> list[int]:
    """The noun phrase beside a verb of saying whose subject the parse has lost: after it ("...," said Ms. Hill of
    Oxfam), right before it, or, past a comma, at the start of the sentence ("Jo Hill, who runs it, said").

    `first` is the first token of the cue; what stands in quotation marks is passed over.
    """
    sentence = document.sentences[verb.sentence]

    def name(i: int) -> bool:
        return quoted[i] is None and document[i].pos in NOMINAL

    before = document[first - 1] if first > sentence.start else None
    closes = before is None or before.text in _CLOSING or quoted[before.i] is not None
    after = range(verb.i + 1, min(verb.i + 6, sentence.end))
    told = any(document[i].tag in FINITE or quoted[i] is not None for i in range(sentence.start, first))
    if closes and told and after and document[after[0]].pos in _IN_PHRASE:
        start = next(filter(name, after), None)
        if start is not None:
            return _run(document, start, after[0], sentence.end, quoted)
    if before is None or not (name(before.i) or before.text in _CLOSES_ASIDE):
        return []
    start = before.i if name(before.i) else _opening_name(document, sentence.start, first)
    if start is None:
        start = next((i for i in range(sentence.start, first) if name(i) and document[i].dep != "pobj"), None)
    return _run(document, start, sentence.start, first, quoted) if start is not None else []


_CLOSES_ASIDE = frozenset((",", "-", "—", "–", "--", ")", "]"))


def _opening_name(document: Document, low: int, high: int) -> int | None:
    """The last personal name before a cue that opens its phrase: after a comma, or at the start, titles passed over."""
    for i in range(high - 1, low - 1, -1):
        listed = i > low and document[i - 1].text == "["  # "Norse Rail Co [NRSE.O]"
        if document[i].ent == "PERSON" and document[i].iob == "B" and not listed:
            left = i
            while left > low and document[left - 1].pos == "PROPN":
                left -= 1
            if left == low or document[left - 1].text == ",":
                return i
    return None


_ADDRESSING = words("speech", "addressing")
"""Verbs after which a noun is who is spoken to."""

_IN_PHRASE = words("parse", "inside a noun phrase")
_CLOSING = frozenset((",", "?", "!", "”", '"', "''", "’", "'", "--", "—"))
