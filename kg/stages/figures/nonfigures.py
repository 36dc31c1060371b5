"""Quantities that are no figures: dates, times of day, scores, ordinals, labels, names, ages, idioms."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

from ...language.lexicon import listed, words
from ...language.syntax import NOUNS
from ...records.figure import Bound
from ...records.time import Time, TimeType
from ...text.article import Span
from ...text.blocks import BlockKind
from ...text.document import Document, Token
from .concept_lexicon import lexicon
from .context import Context
from .happenings import happening
from .moments import is_age, is_clock, is_date, times_something
from .numbers import Shape
from .printed import Reason, printed
from .quantities import Quantity
from .ranges import Joint
from .spelled_numbers import TENS, UNITS

_LABELS = words("figures", "labels")
_INDICES = words("figures", "indices")
_PREFIXES = words("figures", "prefixes")
_COMPOUNDS = tuple(f"-{word}" for word in listed("figures", "compounds"))
_NO_SHARES_BEFORE = words("figures", "no shares before")
_NO_SHARES_AFTER = words("figures", "no shares after")
_ONE_NOUNS = words("figures", "one nouns")
_NOT_COUNTING_ONE = words("figures", "not counting one")
_NAMES = words("parse", "name with a number")
_WORDY = frozenset(("NOUN", "VERB", "ADJ"))
_DASHES = "-‐‑–—"


class Sieve:
    """What tells figures from other numbers in one document: what is printed, and its times."""

    __slots__ = ("_printed", "_starts", "_times", "document")

    def __init__(self, document: Document, times: tuple[Time, ...]) -> None:
        self.document = document
        self._times = sorted(times, key=lambda time: time.span.start)
        self._starts = [time.span.start for time in self._times]
        shapes = (printed(document.text, block.span.start, block.span.end) for block in document.blocks)
        self._printed = sorted(found for block in shapes for found in block)

    def why_not(self, q: Quantity, label: Span | None = None) -> Reason | None:
        """Why a quantity is no figure; None if it is one.

        `label` is the number before it if that was a label: in "posts 542 and
        543" the second number is one too.
        """
        c = Context(self.document, q)
        if label is not None and _second_label(c, label):
            return Reason.LABEL
        tests = (
            self._by_print,
            _ordinal_or_decade,
            _moment,
            _score,
            _label,
            _idiom,
            _taken_up,
            _one,
            self._timed,
            _in_name,
        )
        return next((reason for test in tests if (reason := test(c)) is not None), None)

    def _by_print(self, c: Context) -> Reason | None:
        k = bisect_right(self._printed, c.q.core.end, key=lambda found: found[0].start) - 1
        overlaps = k >= 0 and self._printed[k][0].overlaps(c.q.core)
        return self._printed[k][1] if overlaps and not c.q.scaled else None

    def _timed(self, c: Context) -> Reason | None:
        """Numbers inside dates, and durations that only time something ("ten days before", "the last two years")."""
        q = c.q
        for k in range(bisect_right(self._starts, q.span.end) - 1, -1, -1):
            time = self._times[k]
            if time.span.end <= q.core.start:
                break
            dated = time.type in (TimeType.DATE, TimeType.TIME) and time.span.overlaps(q.core) and not q.scaled
            if dated and q.unit is None and not c.counts_many and not c.is_tally:
                return Reason.DATE
            if dated and q.unit is not None and q.unit.kind == "time" and q.span in time.span:
                return Reason.PERIOD
        return Reason.PERIOD if q.unit is not None and q.unit.kind == "time" and times_something(c) else None


def _in_name(c: Context) -> Reason | None:
    if not c.bare:
        return None
    if _model(c) or _of_craft(c):
        return Reason.NAME
    token, before, after = c.d.tokens[c.first], c.before, c.next
    if token.ent not in _NAMES or c.counts_many:
        return None
    if before is not None and token.iob == "I" and before.pos == "PROPN":
        return Reason.NAME
    follows = after is not None and after.pos == "PROPN" and after.iob == "I"
    return Reason.NAME if follows and token.ent not in ("GPE", "LOC", "PERSON") else None


def _ordinal_or_decade(c: Context) -> Reason | None:
    second = (
        c.q.unit is not None
        and c.q.unit.code == "s"
        and c.d.text[c.q.core.end : c.q.span.end] in ("-second", " second")
    )
    if second and (
        c.d.text[c.q.core.start : c.q.core.end].lower() in TENS or c.d.text[c.q.span.end : c.q.span.end + 1] == "-"
    ):
        return Reason.ORDINAL  # the sixty-second tranche, one second-set outburst
    if c.q.shape is not Shape.DIGITS:
        return None
    if c.after[:2].lower() in words("grammar", "ordinal ending") and not c.after[2:3].isalpha():
        return Reason.ORDINAL
    decade = c.after[:1] == "s" and not c.after[1:2].isalpha()
    return Reason.DATE if decade or (c.bare and c.after[:2] in ("'s", "’s")) else None


def _moment(c: Context) -> Reason | None:
    if is_clock(c):
        return Reason.CLOCK
    if is_age(c):
        return Reason.AGE
    return Reason.DATE if is_date(c) else None


def _score(c: Context) -> Reason | None:
    q = c.q
    change = q.joint in (Joint.CHANGE_FROM, Joint.CHANGE_TO)
    if not c.bare or q.shape is not Shape.DIGITS or q.stated[0] >= 200 or change or c.word(0) == "of":
        return None
    printed = c.d.text[q.core.start : q.core.end]
    if q.joint is Joint.TO and any(dash in printed for dash in _DASHES):
        counts = c.counts and c.next is not None and c.next.pos in ("NOUN", "ADJ", "PROPN")
        return None if counts or q.stated[1] >= 200 else Reason.SCORE
    if c.word(0) == "to" and _lower_number(c.token(1), q.stated[0]):
        return Reason.SCORE  # 4 to 1
    if _TIE_BREAK.search(c.d.text, max(0, q.core.start - 8), q.core.start):
        return Reason.SCORE  # 7-6 (5)
    if (
        c.word(-1) == "to"
        and c.token(-2) is not None
        and not _lower_number(c.token(-2), q.stated[0] + 1)
        and c.word(-2).isdigit()
    ):
        return Reason.SCORE
    for dash, other in ((c.token(0), c.token(1)), (c.token(-1), c.token(-2))):
        if dash is not None and other is not None and dash.text in "-‐–—:" and other.text.isdigit():
            return Reason.SCORE
    return None


_TIE_BREAK = re.compile(r"\d[-‐–—]\d+ ?\($")


def _lower_number(token: Token | None, value: Decimal) -> bool:
    return token is not None and token.text.isdecimal() and Decimal(token.text) < value


def _second_label(c: Context, label: Span) -> bool:
    between = c.d.text[label.end : c.q.core.start].strip()
    follows = c.next is not None and c.next.pos in ("NOUN", "ADJ")
    number = c.d.text[label.start : label.end].lower()
    value = Decimal(number) if number.isdecimal() else UNITS.get(number)
    if value is not None and c.q.stated[0] - value == 1 and between == "and":
        return c.bare  # category four and five employees
    return c.bare and c.q.bound is Bound.EXACT and not follows and between in ("and", ",", "or", "&", ", and")


def _clause_number(c: Context) -> bool:
    """Whether a number names a paragraph or plan: 401(k), 501(c)(3)."""
    return c.q.shape is Shape.DIGITS and c.after[:1] == "(" and c.after[1:2].isalnum() and c.after[2:3] == ")"


def _label(c: Context) -> Reason | None:
    """Numbers that tell one thing from others of its kind: Room 12, No. 5, A-10, the FTSE 100, posts 542."""
    inside = c.tight.isalpha() and c.q.span.start == c.q.core.start and not c.q.scaled  # an account called j35t3r
    plate = c.d.text[c.q.core.start : c.q.core.end].endswith("K") and (c.tight == "" and _on_a_plate(c))
    if inside or plate or _clause_number(c):
        return Reason.LABEL
    if not c.bare or c.q.shape not in (Shape.DIGITS, Shape.WORDS):
        return None
    digits = c.word(0) in _DASHES and c.word(1) in ("figure", "figures")  # a seven-figure award
    if digits or _printed_label(c) or _called(c):
        return Reason.LABEL
    if "," in c.d.text[c.q.core.start : c.q.core.end]:
        return None  # in the second phase 1,030 voted
    if c.before is None or c.q.approximate or c.q.bound not in (Bound.EXACT, Bound.BETWEEN):
        return None
    if _named(c, c.before):
        return Reason.LABEL
    if c.before.lower in words("figures", "says how many"):
        return None  # the village, population 400
    hangs = c.head.dep in words("parse", "number as a label") and c.head.head == c.before.i
    return Reason.LABEL if hangs and c.before.tag in ("NN", "NNP", "NNPS") and not c.counts else None


def _on_a_plate(c: Context) -> bool:
    """Whether digits and a capital stand behind other letters or what they are on: plate 764K, BKX 764K."""
    before = c.before.text if c.before is not None else ""
    letters = before.isalpha() and before.isupper() and len(before) > 1
    return letters or before.lower() in words("figures", "has a registration")


def _printed_label(c: Context) -> bool:
    """What stands right before a number: a footnote, the point of a list, No. 5, A-10, the FTSE 100."""
    if c.tight == "[" and c.after[:1] == "]":
        return True  # a footnote
    group = c.token(-2) if c.word(-1) == "of" else None
    if group is not None and group.text in ("Group", "Gang", "Council"):
        return True  # the Group of 77
    if c.tight in ("#", "№", "_", "@") or c.word(-1) in ("#", "no.", "nos.", "nr."):
        return True
    if (c.word(-2), c.word(-1)) == ("no", ".") or (c.word(-1) == "top" and not c.counts):
        return True  # our No. 1 topic, out of the top ten
    return c.q.shape is Shape.DIGITS and _digits_label(c)


def _digits_label(c: Context) -> bool:
    if c.before is None and c.word(0) in (".", ")") and c.token(1) is not None:
        return True  # 1. Wash the wound
    printed = c.d.text[c.q.core.start : c.q.core.end]
    return _prefixed(c) or c.word(-1) in _INDICES or (printed.isdigit() and len(printed) > 8)


def _named(c: Context, before: Token) -> bool:
    """Whether a noun or a name before says which one it is: Room 12, Model 3 sedans, the iPhone 14 Pro, the AMD 64."""
    headline = c.d.kind(c.first) is BlockKind.HEADLINE
    shouted = headline and not any(t.text.islower() for t in c.d.tokens[c.first : c.last + 8] if t.pos in _WORDY)
    if c.q.shape is Shape.DIGITS and not shouted and _after_letters(c, before.text, before.head):
        return True
    brand = before.text[0].islower() and not before.text.islower()  # "iPhone", in a headline too
    proper = before.pos == "PROPN" and (brand or (before.text[0].isupper() and not headline))
    named = before.pos in ("NOUN", "PROPN", "ADJ") or not c.counts
    if before.lower in _LABELS and named and (not c.counts_many or proper):
        return True
    following = c.next
    if not proper or following is None or c.q.shape is not Shape.DIGITS or c.q.stated[0] >= 100:
        return False
    places = before.ent in ("GPE", "PERSON", "NORP") or following.ent in ("GPE", "NORP")
    capital = following.text[0].isupper() and following.tag in ("NNP", "NN", "JJ")  # "iPhone 12 Mini"
    return capital and following.head != following.i and not places


def _after_letters(c: Context, word: str, head: int) -> bool:
    """Whether letters and digits name one thing: the AMD 64 chip, TRY 2 of the test."""
    letters = word.isupper() and word.isalpha() and len(word) > 1
    alone = not c.counts or (c.governor.tag in ("NN", "NNP") and head == c.governor.i)
    return letters and alone and c.q.stated[0] < 1000 and not c.counts_many


def _called(c: Context) -> bool:
    """Whether a number is one to call or write to: called 911, text HELP to 70070, a 999 operator."""
    if c.q.shape is not Shape.DIGITS or c.counts_many or not c.d.text[c.q.core.start : c.q.core.end].isdecimal():
        return False
    if c.counts:
        return c.governor.lemma.lower() in words("figures", "what is dialled")
    keyword = c.token(-2)
    if c.word(-1) == "to" and keyword is not None and keyword.text.isupper() and len(keyword.text) > 2:
        return True  # text HELP to 70070
    above = (c.governor, c.d.tokens[c.governor.head], *(t for t in c.d.kids(c.governor.i) if t.dep == "conj"))
    return c.head.dep in words("parse", "number that is dialled") and any(
        t.lemma.lower() in words("figures", "dialling") for t in above
    )


def _prefixed(c: Context) -> bool:
    """Whether the digits are part of a longer word: M21, A-10, last-32, 5G."""
    start, text = c.q.core.start, c.d.text
    if c.after[:1].isupper() and c.q.span.end == c.q.core.end:
        return True
    hyphened = c.tight != "" and c.tight in "-–" and start >= 2 and text[start - 2].isalpha()
    return hyphened and text[max(0, start - 8) : start - 1].lower().split(" ")[-1] not in _PREFIXES


def _named_by_length(c: Context) -> bool:
    """Whether a length is the name of a kind: a five-year plan, 12-month earnings, the 200m final."""
    d, last = c.d, c.d.range(c.q.span)[1]
    if c.q.unit is None or last >= len(d):
        return False
    noun, k = d.tokens[last], last
    while k < len(d) - 1 and d.tokens[k].dep in ("compound", "amod") and d.tokens[k].head > k and k - last < 3:
        k += 1
    if c.q.unit.kind == "time" and "-" in d.text[c.q.core.end : c.q.span.end]:
        return d.tokens[k].lemma.lower() in words("figures", "named by its length") or noun.lower == "period"
    if c.q.unit.kind == "length" and d.tokens[k].lemma.lower() in words("figures", "stands at a distance"):
        return True
    printed = d.text[c.q.core.start : c.q.core.end]
    if c.q.unit.code == "m" and c.word(-1) == "the" and printed in words("figures", "lengths of races, as printed"):
        return noun.pos not in NOUNS  # won the 800m in
    return c.q.unit.code == "m" and noun.start - c.q.span.end <= 1 and noun.lemma.lower() in words("figures", "race")


def _idiom(c: Context) -> Reason | None:
    q, after = c.q, c.after.lower()
    if _named_by_length(c):
        return Reason.LABEL
    if c.bare and after.startswith(_COMPOUNDS):
        return Reason.IDIOM
    if q.shape is Shape.FRACTION:
        return _no_share(c)
    goals = c.d.tokens[c.first].pos == "VERB" or (c.before is not None and c.before.pos == "ADJ")
    if c.d.text[q.core.start : q.core.end] == "scores" and goals:
        return Reason.IDIOM  # big scores, each time he scores a win
    if q.shape is Shape.WORDS and c.tight in ("-", "‐") and c.word(-2).isalpha() and c.word(-2) not in _PREFIXES:
        return Reason.IDIOM  # a high-five
    if c.word(-1) == "not" and c.word(-2) == "," and q.bound is Bound.EXACT:
        return Reason.IDIOM  # 3, not 5
    if q.shape is Shape.MULTIPLE and q.per is not None:
        return Reason.PERIOD  # twice a week
    if q.shape is Shape.MULTIPLE and (
        c.word(-1) in ("think", "thought", "once") or (after[:1] != "" and after[:1] in _DASHES)
    ):
        return Reason.IDIOM
    return None


def _taken_up(c: Context) -> Reason | None:
    """Those told of before: the two went together, the two men, none of those three."""
    if c.q.shape is not Shape.WORDS or not c.bare or c.q.bound is not Bound.EXACT:
        return None
    alone = not c.counts and c.word(-1) in words("figures", "takes up") and c.word(0) not in ("of", "more")
    return Reason.TAKEN_UP if alone or (c.word(-1) == "the" and c.q.stated[0] == 2) else None


def _no_share(c: Context) -> Reason | None:
    """Fractions that are ordinals (a third goal) or parts of fixed phrases (the second half, half time)."""
    q = c.q
    printed = c.d.text[q.core.start : q.core.end].lower()
    if c.after.startswith(tuple(_DASHES)) or c.word(0) in _NO_SHARES_AFTER or c.word(-1) in _NO_SHARES_BEFORE:
        return Reason.IDIOM
    if c.word(-1) in ("the", "a", "his") and c.word(-2) in ("of", "in", "for"):
        return Reason.IDIOM
    counted = printed.startswith(("a ", "an ")) and not printed.endswith(("half", "quarter"))
    nominal = c.next is not None and (
        c.next.pos in words("parse", "nominal") or c.next.tag == "VB" or c.next.dep == "amod"
    )
    more = c.word(0) in words("figures", "compares sizes")
    return (
        Reason.ORDINAL if counted and nominal and not more and q.unit is not None and q.unit.kind == "ratio" else None
    )


def _one(c: Context) -> Reason | None:
    """One: a figure only where it counts ("one vote"), not as a pronoun, nor for some day or other ("one day")."""
    q = c.q
    printed = c.d.text[q.core.start : q.core.end].lower()
    if printed not in ("one", "zero") or (q.unit is not None and q.unit.kind != "time"):
        return None
    if printed == "zero":
        return Reason.IDIOM
    if c.word(0) == "of":
        return Reason.ONE_OF
    if c.word(0) == "each":
        return None  # two each in Ohio, and one each in Utah and Iowa
    if c.next is not None and c.next.lemma.lower() in words("figures", "counted from one"):
        return None
    limited = c.word(-1) in ("only", "just")
    if q.bound is not Bound.EXACT:
        return None
    if c.word(-1) in _NOT_COUNTING_ONE or (c.word(0) in _ONE_NOUNS and not limited):
        return Reason.ONE
    noun = c.governor
    if c.head.dep != "nummod" or noun.pos not in NOUNS or noun.i < c.last:
        return Reason.ONE
    if limited or q.unit is not None:
        return None
    further = any(t.lower in words("figures", "further") for t in c.d.kids(noun.i))
    quoted = c.d.tokens[noun.head].lemma.lower() in words("figures", "asks one")
    stated = noun.dep in ("dobj", "attr") and not further and not quoted
    harmed = lexicon().is_person(noun.lemma) and happening(c.d, noun)[1] in lexicon().of_people
    return None if stated or harmed else Reason.ONE  # not as one blaze, called the Mill Fire, burned homes


def _of_craft(c: Context) -> bool:
    """Whether a number is the model of an aircraft: 787 aircraft, 747 cargo planes, but 787 tickets."""
    if c.q.shape is not Shape.DIGITS or c.q.bound is not Bound.EXACT or c.q.joint is not None:
        return False
    listed = c.d.text[c.q.core.start : c.q.core.end] in words("figures", "model of craft, as printed")
    craft = words("figures", "craft with a model")
    return listed and any(
        t.lemma.lower() in craft for t in c.d.tokens[c.last : c.last + 3] if t.sentence == c.head.sentence
    )


_PLURAL_MODEL = re.compile(r"\ds$")  # 12 Airbus A350s


def _model(c: Context) -> bool:
    """Whether digits or a capital stand before a proper noun in the singular: the 787 Dreamliner, 12 Mill Road."""
    if c.q.bound is not Bound.EXACT or c.q.joint is not None:
        return False
    if c.q.shape is Shape.WORDS:
        capital = c.d.tokens[c.first].text[0].isupper() and c.before is not None and c.before.pos == "PROPN"
        inside = c.before is not None and (c.before.pos in ("ADP", "DET", "VERB") or capital)
        named = c.d.tokens[c.first].text[0].isupper() and inside and (capital or not c.counts)
        return named and c.d.kind(c.first) is BlockKind.PARAGRAPH
    return (
        c.q.shape is Shape.DIGITS
        and c.counts
        and c.governor.tag == "NNP"
        and not _PLURAL_MODEL.search(c.governor.text)
        and c.next is not None
        and c.next.tag == "NNP"
    )
