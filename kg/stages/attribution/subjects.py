"""A verb -> who does it: its own subject, or the one that control, coordination and participles give it."""

from __future__ import annotations

from ...language.lexicon import words
from ...text.document import Document, Token
from .proposals import NOMINAL, VERBAL

SUBJECTS = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))

_OBJECT_CONTROL = words("speech", "object control")
"""Verbs whose object does what their infinitive says: "it forced him to admit"."""

PAPERS = words("speech", "paper")
"""What somebody issues, writes or posts to say something: "she issued a statement saying"."""


def is_passive(document: Document, verb: Token) -> bool:
    """Whether a verb stands in the passive, or is a bare participle: "asked about it, he ..."."""
    kids = list(document.kids(verb.i))
    if any(k.dep in PASSIVE_SUBJECTS or k.dep == "auxpass" for k in kids):
        return True
    if verb.lower in _PUT_TO and verb.i > 0 and document[verb.i - 1].text in (",", "“", '"', "--", "—", "("):
        following = document[verb.i + 1].lower if verb.i + 1 < len(document) else ""
        return following in ("about", "whether", "if", "why", "how", "what", "when", "by", "to")
    return (
        verb.tag in ("VBN", "VBD")
        and verb.dep in ("acl", "advcl", "amod", "relcl")
        and not any(k.dep in ("aux", "nsubj", "csubj", "mark") for k in kids)
    )


_PUT_TO = words("speech", "put to somebody")


def speaker(document: Document, verb: Token) -> int | None:
    """The head of the words that name who does what a verb says; None where nobody is named.

    A relative pronoun counts as a name here: the source is what the clause
    itself says. An agentless passive has none.
    """
    return _doer(document, verb, 0)


def inverted(document: Document, verb: Token, first: int, quoted: tuple[int | None, ...]) -> list[int]:
    """The noun phrase after a verb that closes what was said: "..., said the minister on Monday"; [] if there is none.

    `first` is the first token of the cue.
    """
    sentence = document.sentences[verb.sentence]
    i = verb.i + 1
    if (
        verb.lemma in _ADDRESSING
        or i >= sentence.end
        or quoted[i] is not None
        or document[i].pos not in ("PROPN", "NOUN", "DET", "PRON", "ADJ", "NUM")
    ):
        return []
    if first > sentence.start and document[first - 1].text not in _CLOSING and quoted[first - 1] is None:
        return []
    if first == sentence.start and (first == 0 or quoted[first - 1] is None):
        return []
    if document[i].lower in ("that", "what", "how", "why", "this", "it", "there") or document[i].tag in ("WDT", "WP"):
        return []
    phrase = [i]
    while (
        phrase[-1] + 1 < sentence.end and document[phrase[-1] + 1].pos in _IN_PHRASE and quoted[phrase[-1] + 1] is None
    ):
        phrase.append(phrase[-1] + 1)
    top = next((k for k in phrase if document[k].head not in phrase or document[k].head == k), i)
    last = phrase[-1]
    after = document[last + 1] if last + 1 < sentence.end else None
    if document[last].pos not in NOMINAL or (after is not None and after.pos in VERBAL and after.tag != "VBG"):
        return []
    if (
        any(k.dep in SUBJECTS and k.i < verb.i for k in document.kids(verb.i))
        and after is not None
        and after.text != ","
    ):
        return []
    return sorted({*phrase, *(k for k in document.subtree(top) if k > verb.i and k < sentence.end)})


def lost(document: Document, verb: Token, first: int, quoted: tuple[int | None, ...]) -> list[int]:
    """The noun phrase between a comma and a verb of saying without a subject: "Thousands face hunger, the agency said".

    Long names after a comma are taken for an apposition by the parse, and the
    verb for a second one of the clause before. `first` is the first token of the cue.
    """
    kids = list(document.kids(verb.i))
    if any(k.dep in SUBJECTS | PASSIVE_SUBJECTS or k.dep == "auxpass" for k in kids):
        return []
    sentence = document.sentences[verb.sentence]
    left = first
    while left > sentence.start and (document[left - 1].pos in _IN_PHRASE or document[left - 1].text in ("(", ")")):
        left -= 1
    comma = left - 1
    if not sentence.start + 2 < comma or document[comma].text != "," or not 0 < first - left <= _LONGEST_NAME:
        return []
    phrase = range(left, first)
    told = any(document[i].tag in _FINITE for i in range(sentence.start, comma))
    named = any(document[i].pos in NOMINAL for i in phrase) and all(quoted[i] is None for i in phrase)
    return list(phrase) if told and named else []


_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LONGEST_NAME = 14


def nearest(document: Document, verb: Token, first: int, quoted: tuple[int | None, ...]) -> list[int]:
    """The noun phrase beside a verb of saying whose subject the parse has lost: after it ("...," said Ms. Hill of
    Oxfam), right before it, or, past a comma, at the start of the sentence ("Jo Hill, who runs it, said").

    `first` is the first token of the cue; what stands in quotation marks is passed over.
    """
    sentence = document.sentences[verb.sentence]

    def name(i: int) -> bool:
        return quoted[i] is None and document[i].pos in NOMINAL

    def around(i: int, low: int, high: int) -> list[int]:
        left = i
        while left > low and document[left - 1].pos in _IN_PHRASE and quoted[left - 1] is None:
            left -= 1
        right = i
        while right + 1 < high and document[right + 1].pos in _IN_PHRASE and quoted[right + 1] is None:
            right += 1
        return list(range(left, right + 1))

    before = document[first - 1] if first > sentence.start else None
    closes = before is None or before.text in _CLOSING or quoted[before.i] is not None
    if closes and verb.i + 1 < sentence.end and document[verb.i + 1].pos in _IN_PHRASE:
        after = range(verb.i + 1, min(verb.i + 6, sentence.end))
        start = next((i for i in after if name(i)), None)
        if start is not None:
            return around(start, verb.i + 1, sentence.end)
    if before is not None and name(before.i):
        return around(before.i, sentence.start, first)
    if before is not None and before.text in (",", "-", "—", "–", "--", ")"):
        start = _opening_name(document, sentence.start, first)
        if start is None:
            start = next((i for i in range(sentence.start, first) if name(i) and document[i].dep != "pobj"), None)
        if start is not None:
            return around(start, sentence.start, first)
    return []


def _opening_name(document: Document, low: int, high: int) -> int | None:
    """The last personal name before a cue that opens its phrase: after a comma, or at the start, titles passed over."""
    for i in range(high - 1, low - 1, -1):
        if document[i].ent == "PERSON" and document[i].iob == "B":
            left = i
            while left > low and document[left - 1].pos == "PROPN":
                left -= 1
            if left == low or document[left - 1].text == ",":
                return i
    return None


_ADDRESSING = words("speech", "addressing")
"""Verbs after which a noun is who is spoken to."""

_IN_PHRASE = frozenset(("PROPN", "NOUN", "PRON", "ADJ", "DET", "NUM", "PART"))
_CLOSING = frozenset((",", "?", "!", "”", '"', "''", "’", "'", "--", "—"))


def _doer(document: Document, verb: Token, depth: int) -> int | None:
    if depth > 6:
        return None
    for kid in document.kids(verb.i):
        if kid.dep in SUBJECTS:
            return _beside_comma(document, verb, kid)
        if kid.dep == "agent":
            return next((p.i for p in document.kids(kid.i) if p.dep == "pobj"), None)
    if is_passive(document, verb) or verb.head == verb.i:
        return None
    head = document[verb.head]
    if verb.dep == "conj":
        return _undergoer(document, head) or _doer(document, head, depth + 1)
    if verb.dep == "xcomp":
        if head.lemma in _OBJECT_CONTROL:
            for kid in document.kids(head.i):
                if kid.dep in ("dobj", "dative") and kid.i < verb.i and kid.pos in NOMINAL:
                    return kid.i
        return _of_clause(document, head, depth)
    if verb.dep == "advcl" or (verb.dep in ("ccomp", "dep") and verb.tag == "VBG"):
        return _of_clause(document, head, depth)
    if verb.dep in ("acl", "relcl", "appos"):
        return _of_noun(document, head, verb, depth)
    if verb.dep == "pcomp" and head.pos in ("ADP", "SCONJ"):
        above = document[head.head]
        return _of_noun(document, above, verb, depth) if above.pos in NOMINAL else _of_clause(document, above, depth)
    return None


def _beside_comma(document: Document, verb: Token, first: Token) -> int:
    """The subject, of two that of the clause: "The son of a baker, he ..."."""
    later = [k.i for k in document.kids(verb.i) if k.dep in SUBJECTS and first.i < k.i < verb.i]
    second = document[later[-1]] if later else first
    return second.i if second.lower in ("he", "she", "it", "they") and document[second.i - 1].text == "," else first.i


def _undergoer(document: Document, verb: Token) -> int | None:
    return next((k.i for k in document.kids(verb.i) if k.dep in PASSIVE_SUBJECTS), None)


def _of_clause(document: Document, head: Token, depth: int) -> int | None:
    """The subject of the clause above, active or passive; of the copula where an adjective stands between."""
    if head.pos in VERBAL:
        return _undergoer(document, head) or _doer(document, head, depth + 1)
    if head.pos in ("ADJ", "NOUN", "ADV") and head.head != head.i:
        above = document[head.head]
        if above.pos in VERBAL:
            return _undergoer(document, above) or _doer(document, above, depth + 1)
    return None


def _of_noun(document: Document, noun: Token, verb: Token, depth: int) -> int | None:
    """Who does what a participle or an infinitive under a noun says.

    "The mayor wrote a letter asking": the mayor; "protesters demanding":
    protesters; "his attempt to explain": he.
    """
    infinitive = any(k.dep == "aux" and k.lower == "to" for k in document.kids(verb.i))
    above = document[noun.head]
    if verb.dep == "acl" and verb.tag == "VBG" and not infinitive:
        if noun.lower in PAPERS and noun.dep == "dobj" and above.pos in VERBAL:
            return _doer(document, above, depth + 1) or noun.i
        return noun.i
    owner = next((k.i for k in document.kids(noun.i) if k.dep == "poss"), None)
    if owner is not None:
        return owner
    if noun.dep in ("dobj", "attr", "pobj") and above.pos in VERBAL:
        return _doer(document, above, depth + 1)
    if noun.dep == "pobj" and above.pos == "ADP" and document[above.head].pos in VERBAL:
        return _doer(document, document[above.head], depth + 1)
    return None
