"""Quantities that are no figures: dates, times of day, scores, ordinals, labels, names, ages, idioms."""

from __future__ import annotations

from enum import StrEnum

from ..article import Span
from ..blocks import BlockKind
from ..document import Document, Token
from ..entities import Entity
from ..mentions import MentionKind
from .bounds import Bound
from .counting import happening, root
from .lexicon import lexicon
from .numbers import Shape
from .quantities import Joint, Quantity
from ..times import Time, TimeType


class Reason(StrEnum):
    """Why a number states no quantity that is reported."""

    DATE = "date"
    CLOCK = "time of day"
    ORDINAL = "ordinal"
    SCORE = "score"
    LABEL = "label"
    NAME = "part of a name"
    AGE = "age of a person"
    IDIOM = "idiom"
    ONE = "one, not counting"
    ONE_OF = "one of"
    PERIOD = "time adverbial"


_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)
_LABELS = frozenset(
    "section row channel game week day article chapter phase level tier round route highway flight room page type grade model class group league no no. number part "
    "stage step line lane gate unit block building apartment category title rule resolution paragraph volume episode season act scene table figure item exhibit post "
    "posts kilometer district ward zone area division brigade battalion regiment squadron pier platform terminal bus train tram version generation area camp checkpoint sector "
    "order proposition measure amendment case file form verse psalm clause schedule annex appendix protocol psalm interstate avenue street suite floor channel radio studio pool lot".split()
)
_AGO = frozenset("ago earlier later before after hence prior".split())
_PREFIXES = frozenset("mid sub under over non minus to pre some about nearly almost".split())
_INDICES = frozenset("p sp ftse dax cac nasdaq russell stoxx nikkei tsx asx seng fortune topix csi".split())
_ADJUNCTS = frozenset("for after in over during since before throughout to through by at of".split()) - {"to", "of"}
_LASTING = frozenset("last take ban suspend jail sentence imprison wait delay extend run serve spend bar exile live".split())
_SPANS = frozenset("last past next previous coming first following final recent preceding".split())
_PEOPLE = frozenset(
    "man woman boy girl child student teenager teen baby infant toddler son daughter brother sister mother father resident victim suspect driver player actor actress singer "
    "pupil father-of-two native veteran man's grandmother grandfather pensioner worker farmer officer soldier shooter gunman".split()
)
_ONE_NOUNS = frozenset("day time another thing way hand point side word place night morning".split())
_ONE_BEFORE = frozenset("no this that each every which any the only another some number not".split())
_NAME_ENTS = frozenset({"PRODUCT", "WORK_OF_ART", "LAW", "FAC", "EVENT", "ORG", "PERSON", "GPE", "LOC"})


def why_not(
    document: Document, q: Quantity, names: frozenset[int], times: tuple[Time, ...], before: Span | None
) -> Reason | None:
    """Why the quantity is no figure, or None if it is one.

    `names` are the tokens inside names, and `before` is the label that came
    last: in "posts 542 and 543" the second number is one too.
    """
    first, last = document.range(q.core)
    context = _Context(document, q, first, last)
    if before is not None and context.bare and q.bound is Bound.EXACT:
        between = document.text[before.end : q.core.start].strip()
        if between in ("and", ",", "or", "&", ", and") and (context.next is None or context.next.pos not in ("NOUN", "ADJ")):
            return Reason.LABEL
    for test in (_ordinal_or_decade, _clock, _age, _date, _score, _label, _idiom, _one):
        reason = test(context)
        if reason is not None:
            return reason
    return _timed(context, times) or _named(context, names)


class _Context:
    """A quantity with the words around it."""

    __slots__ = ("after", "before", "d", "first", "head", "last", "next", "q", "tight")

    def __init__(self, d: Document, q: Quantity, first: int, last: int) -> None:
        self.d, self.q, self.first, self.last = d, q, first, last
        text = d.text
        self.before: Token | None = (
            d.tokens[first - 1] if first and d.tokens[first - 1].block == d.tokens[first].block else None
        )
        self.next: Token | None = (
            d.tokens[last] if last < len(d) and d.tokens[last].block == d.tokens[last - 1].block else None
        )
        self.after = text[q.core.end : q.core.end + 12]
        self.tight = text[max(0, q.core.start - 1) : q.core.start].strip()
        self.head = root(d, first, last)

    @property
    def bare(self) -> bool:
        """Whether neither unit nor scale nor bound marks the number as a quantity."""
        return self.q.unit is None and not self.q.scaled

    def token(self, offset: int) -> Token | None:
        """The token `offset` before (negative) or after (from 0) the number, in its block."""
        i = self.first + offset if offset < 0 else self.last + offset
        if 0 <= i < len(self.d) and self.d.tokens[i].block == self.d.tokens[self.first].block:
            return self.d.tokens[i]
        return None

    def word(self, offset: int) -> str:
        """As `token`, the word in small letters; "" where there is none."""
        token = self.token(offset)
        return token.lower if token is not None else ""


def _ordinal_or_decade(c: _Context) -> Reason | None:
    if c.q.shape is not Shape.DIGITS:
        return None
    after = c.after[:3]
    if after[:2].lower() in ("st", "nd", "rd", "th") and not after[2:3].isalpha():
        return Reason.ORDINAL
    if after[:1] == "s" and not after[1:2].isalpha() or after[:2] in ("'s", "’s") and c.bare:
        return Reason.DATE
    return None


def _clock(c: _Context) -> Reason | None:
    text, q = c.d.text, c.q
    if q.shape is not Shape.DIGITS or not (q.unit is None or q.unit.code == "m"):
        return None
    if (c.after[:1] == ":" and c.after[1:2].isdigit()) or (
        c.tight == ":" and text[q.core.start - 2 : q.core.start - 1].isdigit()
    ):
        return Reason.CLOCK
    after = c.after.strip().lower()
    if after.startswith(
        ("a.m", "p.m", "am ", "pm ", "am,", "pm,", "am.", "pm.", "o'clock", "o’clock", "gmt", "utc", "hrs gmt")
    ) or after in ("am", "pm"):
        return Reason.CLOCK
    return None


def _age(c: _Context) -> Reason | None:
    q, d = c.q, c.d
    years = q.unit is not None and q.unit.kind == "time"
    rest = d.text[q.span.end : q.span.end + 12].lower().lstrip(" -‐‑–")
    high = q.high if q.high is not None else q.low
    if high is None or high > 125:
        return None
    if years and rest.startswith("old"):
        head = c.d.tokens[c.head.head]
        i = d.range(q.span)[1]
        while i < len(d) and d.tokens[i].lower in ("old", "-", "olds"):
            i += 1
        noun = next((d.tokens[k] for k in range(i, min(i + 4, len(d))) if d.tokens[k].pos in ("NOUN", "PROPN")), None)
        person = (
            noun is None
            or noun.lemma.lower() in _PEOPLE
            or noun.ent == "PERSON"
            or noun.pos == "PROPN"
            or head.ent == "PERSON"
        )
        return Reason.AGE if person or rest.startswith(("old,", "old.", "olds")) else None
    words = (c.word(-3), c.word(-2), c.word(-1))
    if words[2] in ("aged", "age", "ages") or words[1:] in (
        ("age", "of"),
        ("ages", "of"),
        ("aged", "between"),
        ("ages", "between"),
    ):
        return Reason.AGE
    if words in (("the", "age", "of"), ("the", "ages", "of"), ("under", "the", "age")):
        return Reason.AGE
    if (
        not years
        and c.bare
        and q.shape is Shape.DIGITS
        and c.before is not None
        and c.before.lower == ","
        and q.low is not None
        and 1 <= q.low <= 110
    ):
        named = c.first >= 2 and (d.tokens[c.first - 2].ent == "PERSON" or d.tokens[c.first - 2].pos == "PROPN")
        if (
            named
            and c.next is not None
            and c.next.lower in (",", ".", ")", "and", ";")
            and q.low == q.low.to_integral_value()
        ):
            return Reason.AGE
    if (
        not years
        and c.bare
        and c.before is not None
        and c.before.lower == "("
        and c.next is not None
        and c.next.lower == ")"
        and c.first >= 2
        and d.tokens[c.first - 2].ent == "PERSON"
    ):
        return Reason.AGE
    return None


def _date(c: _Context) -> Reason | None:
    q = c.q
    if q.shape is not Shape.DIGITS or not c.bare or q.low is None and q.high is None:
        return None
    value = q.stated[0]
    if c.word(-1) in _MONTHS and (value <= 31 or value > 1000) and c.before is not None and c.before.text[0].isupper():
        return Reason.DATE
    if value <= 31 and c.next is not None and c.next.lower in _MONTHS and c.next.text[0].isupper():
        return Reason.DATE
    if value <= 31 and c.word(0) == "of" and c.word(1) in _MONTHS and c.d.tokens[c.last + 1].text[0].isupper():
        return Reason.DATE
    # 10/05/2017, 2017-05-10
    if (c.tight in ("/", "-", "–") or c.after[:1] in ("/", "-", "–")) and q.joint is None and _joined_digits(c):
        return Reason.DATE
    printed = c.d.text[q.core.start : q.core.end]
    if len(printed) == 4 and printed.isdigit() and 1500 <= value <= 2100:
        counts = c.head.dep == "nummod" and c.d.tokens[c.head.head].i >= c.last and c.d.tokens[c.head.head].tag == "NNS"
        averaged = q.bound in (Bound.MORE_THAN, Bound.AT_LEAST, Bound.AT_MOST, Bound.LESS_THAN) or c.word(-2) == "average"
        if averaged and c.head.ent != "DATE":
            return None
        if not counts or c.head.ent == "DATE" or c.word(-1) in ("in", "since", "by", "until", "of"):
            return Reason.DATE
    if (
        q.joint is not None
        and 1500 <= value <= 2100
        and 1500 <= q.stated[1] <= 2100
        and not (c.head.dep == "nummod" and c.d.tokens[c.head.head].tag == "NNS")
    ):
        return Reason.DATE
    return None


def _joined_digits(c: _Context) -> bool:
    text, start, end = c.d.text, c.q.core.start, c.q.core.end
    left = c.tight != "" and start >= 2 and text[start - 2].isdigit()
    right = c.after[:1] in ("/", "-", "–") and c.after[1:2].isdigit()
    return left or right


def _score(c: _Context) -> Reason | None:
    q = c.q
    if not c.bare or q.shape is not Shape.DIGITS:
        return None
    text = c.d.text
    printed = text[q.core.start : q.core.end]
    counts = c.head.dep == "nummod" and c.d.tokens[c.head.head].i >= c.last and c.d.tokens[c.head.head].pos == "NOUN"
    if q.joint is Joint.TO and any(dash in printed for dash in "-–—") and q.stated[1] < 200:
        return None if counts and c.next is not None and c.next.pos in ("NOUN", "ADJ") else Reason.SCORE
    if q.stated[0] >= 200:
        return None
    for dash, other in ((c.token(0), c.token(1)), (c.token(-1), c.token(-2))):
        if dash is not None and other is not None and dash.text in "-‐–—:" and other.text.isdigit():
            return Reason.SCORE
    return None


def _label(c: _Context) -> Reason | None:
    q, d = c.q, c.d
    if not c.bare or q.shape not in (Shape.DIGITS, Shape.WORDS):
        return None
    if c.tight in ("#", "№") or c.before is not None and c.before.lower in ("#", "no.", "nos.", "nr."):
        return Reason.LABEL
    # A-10, COVID-19, M21, MH17
    if c.tight and (
        c.tight.isalpha() or (c.tight in "-–" and q.core.start >= 2 and d.text[q.core.start - 2].isupper())
    ):
        return Reason.LABEL
    if q.shape is Shape.DIGITS and c.after[:1].isalpha() and c.after[:1].isupper() and q.span.end == q.core.end:
        return Reason.LABEL
    before = c.before
    if before is None or (q.approximate or q.bound.value not in ("exact", "between")):
        return None
    counts = c.head.dep in ("nummod", "quantmod", "compound", "amod", "nmod") and c.head.head >= c.last
    if (
        before.lower in _LABELS
        and before.pos in ("NOUN", "PROPN", "ADJ")
        and not (counts and d.tokens[c.head.head].tag == "NNS")
    ):
        return Reason.LABEL
    lefthead = c.head.dep in ("nummod", "appos", "nmod", "npadvmod", "pobj") and c.head.head == before.i
    if lefthead and before.pos in ("NOUN", "PROPN") and before.tag in ("NN", "NNP", "NNPS") and not counts:
        return Reason.LABEL
    return None


def _idiom(c: _Context) -> Reason | None:
    q = c.q
    after = c.after.lower()
    if c.bare and after.startswith(
        (
            "-way",
            "-on-",
            "-star",
            "-time",
            "-sided",
            "-dimensional",
            "-handed",
            "-piece",
            "-to-one",
            "-legged",
            "-stop",
            "-liner",
            "-off",
            "-upmanship",
            "-step",
            "-door",
            "-wheel",
            "-faced",
            "-fold",
        )
    ):
        return Reason.IDIOM
    if q.shape is Shape.FRACTION:
        if (
            after.startswith("-")
            or c.word(0) in ("time", "hour-long", "brother", "sister", "moon", "mast")
            or c.word(-1) in ("second", "first", "better", "other", "in")
        ):
            return Reason.IDIOM
        if c.word(0) in ("quarter", "season") or c.word(-1) in ("the", "a", "his") and c.word(-2) in ("of", "in"):
            return Reason.IDIOM
    if q.shape is Shape.WORDS and c.tight in ("-", "‐") and c.word(-2).isalpha() and c.word(-2) not in ("mid", "sub", "some"):
        return Reason.IDIOM  # a high-five
    if q.shape is Shape.MULTIPLE and c.word(-1) in ("think", "thought", "once"):
        return Reason.IDIOM
    if c.word(-1) in ("million", "thousand") and c.word(-2) == "a":
        return Reason.IDIOM
    return None


def _one(c: _Context) -> Reason | None:
    """One: a figure only where it counts a thing ("one vote"), not as a pronoun, nor as a choice ("one day", "at one point")."""
    q, d = c.q, c.d
    printed = d.text[q.core.start : q.core.end].lower()
    if printed not in ("one", "zero") or q.unit is not None and q.unit.kind != "time":
        return None
    if printed == "zero":
        return Reason.IDIOM
    if c.word(0) == "of":
        return Reason.ONE_OF
    if q.bound.value != "exact":
        return None
    if c.word(-1) in _ONE_BEFORE or c.word(0) in _ONE_NOUNS and c.word(-1) not in ("only", "just"):
        return Reason.ONE
    noun = d.tokens[c.head.head]
    if c.head.dep != "nummod" or noun.pos not in ("NOUN", "PROPN") or noun.i < c.last:
        return Reason.ONE
    if c.word(-1) in ("only", "just") or q.unit is not None:
        return None
    event = happening(d, noun)[1]
    further = any(t.lower in ("further", "more", "such", "other") for t in d.kids(noun.i))
    stated = (noun.dep in ("dobj", "attr") and not further) or event in lexicon().of_people
    return None if stated else Reason.ONE


def _timed(c: _Context, times: tuple[Time, ...]) -> Reason | None:
    """Numbers inside dates, and durations that only place something in time ("ten days before", "the last two years")."""
    q = c.q
    for time in times:
        if time.span.start > q.core.end:
            break
        if not time.span.overlaps(q.core):
            continue
        if time.type in (TimeType.DATE, TimeType.TIME) and (q.unit is None or q.unit.kind == "time") and not q.scaled:
            return Reason.DATE if q.unit is None else Reason.PERIOD
    if q.unit is None or q.unit.kind != "time":
        return None
    i = c.d.range(q.span)[1]
    after = c.d.tokens[i].lower if i < len(c.d) else ""
    if after in _AGO or (after == "from" and c.d.tokens[min(i + 1, len(c.d) - 1)].lower == "now"):
        return Reason.PERIOD
    if after == "in" and c.d.tokens[min(i + 1, len(c.d) - 1)].lower in ("advance", "the"):
        return Reason.PERIOD
    words = {c.word(-1), c.word(-2)} if c.word(-2) in ("the", "last", "past", "next") else {c.word(-1)}
    if words & _SPANS:
        return Reason.PERIOD
    return Reason.PERIOD if _adjunct(c) else None


def _adjunct(c: _Context) -> bool:
    """Whether a duration only says how long or when something went on; a sentence, a ban or a wait of that length is a fact."""
    head = root(c.d, *c.d.range(c.q.span))
    if head.dep in ("nummod", "compound", "amod", "nmod") and head.head > head.i:
        return False
    if head.dep == "npadvmod" and c.d.tokens[head.head].lower in ("in", "into", "after", "before"):
        return True
    preposition = c.d.tokens[head.head]
    if head.dep != "pobj" or preposition.lower not in _ADJUNCTS:
        return False
    verb = c.d.tokens[preposition.head]
    return not (verb.lemma.lower() in _LASTING or lexicon().event(verb.lemma) in ("imprison", "detain", "sentence", "hold"))


def _named(c: _Context, names: frozenset[int]) -> Reason | None:
    d = c.d
    if c.q.unit is not None:
        return None
    inside = [i for i in range(c.first, c.last) if i in names]
    if len(inside) == c.last - c.first:
        near = [i for i in (c.first - 1, c.last) if i in names]
        if near:
            return Reason.NAME
    token = d.tokens[c.first]
    if _model(c):
        return Reason.NAME
    if token.ent in _NAME_ENTS and c.before is not None and token.iob == "I" and c.before.pos == "PROPN":
        return Reason.NAME
    if (
        token.ent in _NAME_ENTS - {"GPE", "LOC", "PERSON"}
        and c.next is not None
        and c.next.pos == "PROPN"
        and c.next.iob == "I"
    ):
        return Reason.NAME
    if (
        c.q.shape is Shape.DIGITS
        and not c.q.scaled
        and c.q.bound.value == "exact"
        and c.before is not None
        and c.next is not None
    ):
        if c.before.pos == "PROPN" and c.next.pos == "PROPN" and not c.d.tokens[c.head.head].tag == "NNS":
            return Reason.NAME
    return None


def _model(c: _Context) -> bool:
    """Whether digits or a capitalised word stand before a proper noun in the singular: the 787 Dreamliner, 12 Mill Road, Kick Six."""
    d = c.d
    if not c.bare or c.q.bound is not Bound.EXACT or c.q.joint is not None:
        return False
    if c.q.shape is Shape.WORDS:
        capital = d.tokens[c.first].text[0].isupper() and c.before is not None and c.before.pos == "PROPN"
        return capital and d.kind(c.first) is not BlockKind.HEADLINE
    noun = d.tokens[c.head.head]
    right = c.head.dep in ("nummod", "compound", "nmod") and noun.i >= c.last
    return c.q.shape is Shape.DIGITS and right and noun.tag == "NNP" and c.next is not None and c.next.tag == "NNP"


def name_tokens(document: Document, entities: tuple[Entity, ...]) -> frozenset[int]:
    """The tokens that stand inside a name of more than one word."""
    inside: set[int] = set()
    for entity in entities:
        for mention in entity.mentions:
            if mention.kind is MentionKind.NAME:
                first, last = document.range(mention.span)
                if last - first > 1:
                    inside.update(range(first, last))
    return frozenset(inside)
