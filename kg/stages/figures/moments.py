"""Numbers that tell when: dates, times of day, ages of persons, durations that only time something."""

from __future__ import annotations

import re

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, VERBAL, root_of
from ...records.figure import Bound
from ...text.document import Token
from .change import find_change
from .concept_lexicon import lexicon
from .context import Context
from .numbers import Shape
from .ranges import Joint

_MONTHS = words("grammar", "month")
_ON = words("figures", "on")
_AGO = words("figures", "ago")
_LATELY = words("figures", "lately")
_ADJUNCTS = words("figures", "adjuncts")
_LASTING = words("figures", "lasting")
_KEPT_IN = words("figures", "keeps somebody in")


def is_clock(c: Context) -> bool:
    """Whether a number is part of a time of day that its colon or its verb tells: 9:30, left at 23.45."""
    q, text = c.q, c.d.text
    if q.shape is not Shape.DIGITS or not (q.unit is None or q.unit.code == "m"):
        return False
    minutes = c.after[:1] == ":" and c.after[1:2].isdigit()
    hours = c.tight == ":" and text[q.core.start - 2 : q.core.start - 1].isdigit()
    dotted = _DOTTED.fullmatch(text[q.core.start : q.core.end]) is not None and c.word(-1) == "at" and c.bare
    happens = c.d.tokens[c.governor.head].lemma.lower() in words("figures", "at a time of day")
    return minutes or hours or (dotted and happens)


_DOTTED = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")


def is_age(c: Context) -> bool:
    """Ages: 34-year-old, aged 8 to 10, "Ali, 44,"; not those that nobody reaches (a 400-year-old custom)."""
    years = c.q.unit is not None and c.q.unit.kind == "time"
    value = c.q.high if c.q.high is not None else c.q.low
    if value is None or value > 125 or not (years or c.bare):
        return False
    if years and c.d.text[c.q.span.end : c.q.span.end + 6].lower().lstrip(" -‐‑–").startswith("old"):
        return True
    if _done_at(c) or _says_age(c) or _of_those(c):
        return True
    if not years and c.first > 2 and _beside_two(c):
        return True
    if years or c.q.shape is not Shape.DIGITS or c.first < 2 or value != value.to_integral_value():
        return False
    said = c.head.dep in ("attr", "acomp", "dobj") and c.word(0) in ("", ".", ",", ";", "and", "when", "on")
    return (5 <= value <= 110 and said and _person_is(c)) or _beside_name(c)


def _done_at(c: Context) -> bool:
    """Whether somebody dies, or does what is told with an age, at so many: she died at 84."""
    if c.word(-1) != "at" or not c.bare or c.word(0) not in _AFTER_AGE:
        return False
    if c.token(-2) is None or c.d.tokens[c.first - 2].sentence != c.head.sentence:
        who = c.token(1)
        return (
            c.word(0) == "," and who is not None and (_somebody(who) or who.pos == "PROPN")
        )  # At 94, he is the oldest
    verb = c.d.tokens[c.governor.head]
    return lexicon().event(verb.lemma) == "die" or verb.lemma.lower() in words("figures", "done at an age")


_DASHES = frozenset("-–—")
_AFTER_AGE = frozenset(("", ".", ",", ";", "(", "-", "–", "—", "in", "on", "after"))
_AGE_WORDS = frozenset((("age", "of"), ("ages", "of"), ("aged", "between"), ("under", "age"), ("age", "from")))


def _says_age(c: Context) -> bool:
    """Whether the words before a number say that it is an age: aged 8, between the ages of 17 and 20."""
    near = (c.word(-2), c.word(-1))
    parted = near[0] == "aged" and near[1] in words("figures", "beside an age")  # victims aged under 16
    if near[1] in ("aged", "age", "ages") or near in _AGE_WORDS or parted:
        return True
    verb = next((t for t in c.d.ancestors(c.head.i) if t.pos in VERBAL), None)
    if verb is not None and any(t.lemma.lower() == "age" and t.dep in NOUN_SUBJECTS for t in c.d.kids(verb.i)):
        return True  # whose ages ranged from 22 to 65
    return near[1] in ("and", ",") and _in_list_of_ages(c)


def _in_list_of_ages(c: Context) -> bool:
    """Whether a list of numbers that goes on with this one is opened as ages: aged three, five and eight."""
    k = -1
    while k > -8 and ((t := c.token(k)) is not None and (t.pos == "NUM" or t.lower in ("and", ","))):
        k -= 1
    return c.word(k) == "aged" or (c.word(k) == "of" and c.word(k - 1) in ("age", "ages"))


def _of_those(c: Context) -> bool:
    """Whether a number is the age that parts some people from others: voters under 30, women 45 and older."""
    if not c.bare or c.q.stated[1] > 99:
        return False
    if c.word(0) in ("and", "or") and c.word(1) in words("figures", "of an age"):
        return True
    group = c.token(-2)
    if c.word(-1) in words("figures", "beside an age") and c.word(-2) in ("are", "were") and not c.counts:
        group = next((t for t in c.d.kids(c.d.tokens[c.first - 2].i) if t.dep in NOUN_SUBJECTS), None)
        return group is not None and group.lower in words("figures", "some of those told of")
    aged = c.word(-1) in words("figures", "beside an age") and not c.counts
    return aged and group is not None and group.tag == "NNS" and lexicon().is_person(group.lemma)


def _beside_name(c: Context) -> bool:
    """Whether a number stands after a name between commas or in brackets."""
    holder = c.d.tokens[c.first - 2]
    if _beside_two(c):
        return True
    if c.word(-1) in words("figures", "age at a time") and c.word(-2) == "," and c.word(0) == ",":
        return True  # their daughter, now 11,
    if c.word(-1) == "," and c.word(0) in (",", ".", ")", "and", ";"):
        return holder.ent == "PERSON" or holder.pos == "PROPN"
    return _set_off(c, holder)


def _set_off(c: Context, holder: Token) -> bool:
    """Whether a number in brackets or between dashes is the age of somebody: one man (47) was arrested."""
    bracketed = (c.word(-1), c.word(0)) == ("(", ")")
    if not bracketed and not (c.word(-1) in _DASHES and c.word(0) in _DASHES):
        return False
    one = holder.tag == "NN" and lexicon().is_person(holder.lemma)
    return holder.ent == "PERSON" or one or (bracketed and _of_the_harmed(c, holder))


def _of_the_harmed(c: Context, holder: Token) -> bool:
    """Whether a number in brackets stands behind one of the names of those who were harmed: Ram (22) and Shyam (24)."""
    named = holder.pos == "PROPN" and holder.ent not in words("parse", "place of somebody")
    if not named or c.q.shape is not Shape.DIGITS or c.q.stated[0] < 1:
        return False
    sentence = c.d.sentences[c.head.sentence]
    before = c.d.tokens[sentence.start : c.first]
    told = [t for t in c.d.tokens[sentence.start : sentence.end] if lexicon().event(t.lemma) in lexicon().of_people]
    placed = any(t.pos == "ADP" and t.lower in ("in", "from", "at") for t in before)
    return bool(told) and not placed and not c.counts


def _beside_two(c: Context) -> bool:
    """Whether two small numbers stand between commas behind some people: the sisters, six and nine, were found."""
    first = c.word(-1) == "," and (c.word(0), c.word(2)) == ("and", ",")
    second = c.word(-1) == "and" and (c.word(-3), c.word(0)) == (",", ",")
    other = c.token(1) if first else c.token(-2)
    who = c.token(-2) if first else c.token(-4)
    alone = (first or second) and other is not None and other.pos == "NUM" and who is not None
    return alone and who is not None and who.tag in ("NNS", "NNP") and (
        who.ent == "PERSON" or lexicon().is_person(who.lemma)
    )  # fmt: skip


def _person_is(c: Context) -> bool:
    """Whether a number is said of a person by name or by "who": their daughter, who is 10; Sanders is 75."""
    subject = next((t for t in c.d.kids(c.head.head) if t.dep in NOUN_SUBJECTS), None)
    if subject is None or c.governor.lemma not in words("figures", "is of an age"):
        return False
    return _somebody(subject)


def _somebody(token: Token) -> bool:
    return token.lower in words("figures", "somebody") or token.ent == "PERSON"


def is_date(c: Context) -> bool:
    """Whether a number is part of a date or a year: May 5, 12 March, 2017-05-10, in 2015."""
    q = c.q
    printed = c.d.text[q.core.start : q.core.end]
    if q.shape is Shape.FRACTION and "/" in printed:
        return c.word(-1) in _ON  # on 5/12
    if q.shape is not Shape.DIGITS:
        return False
    value = q.stated[0]
    yearlike = q.joint is None and len(printed) == 4 and printed.isdigit() and 1500 <= value <= 2100
    if yearlike and q.unit is not None and q.unit.kind == "time" and c.after[:1] == " " and not c.word(0).endswith("s"):
        return not c.d.text[q.span.end :].startswith((" old", "-old", "-year"))
    if not c.bare:
        return False
    if (_is_month(c.before) and (value <= 31 or value > 1000)) or (value <= 31 and _is_day(c)):
        return True
    if q.joint is None and _joined_digits(c):
        return True
    if yearlike:
        return _is_year(c)
    years = q.joint is Joint.TO and 1500 <= value <= 2100 and 1500 <= q.stated[1] <= 2100
    return years and not c.counts_many


def _is_month(token: Token | None) -> bool:
    return token is not None and token.lower in _MONTHS and token.text[0].isupper()


def _is_day(c: Context) -> bool:
    """Whether a month stands after a small number, or before another one: 12 March, the 3rd of May, July 11 and 12."""
    if _is_month(c.next) or (c.word(0) == "of" and _is_month(c.token(1))):
        return True
    joined = c.word(-1) in ("and", "to", "or", "-", "–") and c.word(-2).isdecimal() and not c.counts_many
    return joined and _is_month(c.token(-3))


def _is_year(c: Context) -> bool:
    """Four digits that could be a year are one unless they count: 1709 pupils, an average of 1500, more than 2000."""
    compared = c.q.bound in (Bound.MORE_THAN, Bound.AT_LEAST, Bound.AT_MOST, Bound.LESS_THAN)
    if c.is_tally or (compared and c.head.ent != "DATE"):
        return False
    if not c.counts_many or c.word(-1) in words("figures", "before a year"):
        return True
    if lexicon().is_person(c.governor.lemma):
        return False
    modified = c.before is not None and c.before.pos in words("parse", "before a name for a time")
    return modified or c.head.ent == "DATE"


def _joined_digits(c: Context) -> bool:
    """10/05/2017, 2017-05-10, 2015-16."""
    text, start = c.d.text, c.q.core.start
    left = c.tight in ("/", "-", "–") and start >= 2 and text[start - 2].isdigit()
    return left or (c.after[:1] in ("/", "-", "–") and c.after[1:2].isdigit())


def times_something(c: Context) -> bool:
    """Whether a duration only says when or how long; a sentence, a ban or a wait of that length is a fact."""
    d = c.d
    first, last = d.range(c.q.span)
    after = d.tokens[last].lower if last < len(d) else ""
    then = d.tokens[last + 1].lower if last + 1 < len(d) else ""
    verb = d.tokens[root_of(d, first, last).head]
    if verb.lemma.lower() in ("take", "last") and root_of(d, first, last).dep in ("dobj", "npadvmod", "dative"):
        return False  # it took 77 minutes after the first call
    if not words("figures", "prison").isdisjoint(t.lower for t in d.tokens[last : last + 4]):
        return False  # up to two years behind bars
    if after in words("times", "closes books") and d.tokens[min(last + 1, len(d) - 1)].ent == "DATE":
        return True  # the three months to 31 December
    if after in _AGO or (after, then) in (("from", "now"), ("in", "advance"), ("in", "the"), ("into", "the")):
        return True
    if c.word(-1) in _LATELY or (c.word(-1) in ("the", "a") and c.word(-2) in _LATELY):
        return True
    head = root_of(d, first, last)
    preposition = d.tokens[head.head]
    if preposition.lower not in _ADJUNCTS:
        return False
    verb = d.tokens[preposition.head]
    if preposition.lower == "by" and find_change(d, c.q) is not None:
        return False  # life expectancy rose by 4.2 years
    lasting = lexicon().event(verb.lemma) in _KEPT_IN
    return not (lasting or verb.lemma.lower() in _LASTING)
