"""Words -> times counted from another: last year, two days later, the past months, every week."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import noted, words
from . import time_words as W
from .counts import count_at, day_number
from .dates import month_first, named_form
from .meanings import Every, Found, Length, NamedTime, Offset, Rel, Relative, Shift, Words, relation_form
from .time_words import TimeUnit


def relative_form(w: Words, i: int) -> Found:
    """last year, this week, that same day, the following morning, next Tuesday, this March."""
    related = relation_form(w, i)
    if related is None:
        return None
    after, rel = related
    j = after
    while w[j] in W.ADJECTIVES and j < after + 2:
        j += 1
    target = w[j]
    if target in W.UNITS and not target.endswith("s"):
        return _relative_unit(w, i, j, rel)
    word = w[i + (w[i] == "the")]
    if target in W.PARTS and word in words("times", "points at a time"):
        return None if target.endswith("s") else (j + 1, NamedTime(part=W.PARTS[target], rel=rel))
    found = _calendar_name(w, j) if j == after else None
    if found is None or not isinstance(found[1], NamedTime):
        return None
    return found[0], replace(found[1], rel=rel)


def _relative_unit(w: Words, i: int, j: int, rel: Rel) -> Found:
    """last year, that week; the past year and the last decade are lengths, not units of the calendar."""
    unit = W.UNITS[w[j]]
    lead = f"the {w[i + 1]}" if w[i] == "the" else w[i]
    if lead == "the past" or (lead == "the last" and unit in (TimeUnit.DECADE, TimeUnit.CENTURY)):
        return j + 1, Length(1, unit)
    if unit in (TimeUnit.SECOND, TimeUnit.MINUTE, TimeUnit.HOUR):
        return None
    if lead == "the coming":
        return j + 1, Relative(Rel.NEXT, unit)
    if lead == "the last" and (unit is TimeUnit.DAY or w[j + 1] == "of"):
        return None
    if w.tags[j - 1] == "WDT":
        return None
    if w.has(j + 1, ("last", "year")):
        return j + 3, Relative(Rel.LAST, TimeUnit.YEAR)  # the same day last year
    return j + 1, Relative(rel, unit)


def _calendar_name(w: Words, j: int) -> Found:
    """Tuesday, March, March 13, summer."""
    word = w[j]
    if word in W.SEASONS:
        return j + 1, NamedTime(season=W.SEASONS[word])
    if not w.forms[j][:1].isupper():
        return None
    if word in W.WEEKDAYS:
        return named_form(w, j)
    if word not in W.MONTHS:
        return None
    if word in W.MONTH_ALSO_WORD:
        return j + 1, NamedTime(month=W.MONTHS[word])
    return month_first(w, j, W.MONTHS[word])


def past_stretch_form(w: Words, i: int) -> Found:
    """the past two years, the next few months, the first three years, the final weeks."""
    j = i + (w[i] == "the")
    if w[j] not in STRETCHES:
        return None
    word = w[j]
    j += 1
    counted = count_at(w, j)
    if counted is not None and w[j] not in ("a", "an"):
        j, count = counted
    elif word in words("times", "stretch"):
        count = None
    else:
        return None
    j += w[j] == "-"
    j += w[j] in W.ADJECTIVES
    unit = W.UNITS.get(w[j])
    if unit is None or (count is None and not w[j].endswith("s")):
        return None
    if word == "early" and unit is not TimeUnit.YEAR:
        return None
    return j + 1, Length(count, unit)


STRETCHES = words("times", "stretches")


DAYS_FROM_NOW = {word: int(days) for word, days in noted("times", "days from now").items()}


def deictic_form(w: Words, i: int) -> Found:
    """today, yesterday evening, tonight."""
    word = w[i]
    if w.tags[i - 1] == "NNP" and w.forms[i][0].isupper() and i:
        return None  # USA Today
    days = DAYS_FROM_NOW[word]
    if word == "tonight":
        return i + 1, Offset(0, "NI")
    part = w[i + 1]
    if part in W.PARTS:
        return i + 2, Offset(days, W.PARTS[part])
    return i + 1, Offset(days)


def day_before_form(w: Words, i: int) -> Found:
    """the day before (yesterday), the day after (tomorrow), the day after the vote; the year before."""
    if w[i + 2] not in ("before", "after", "following"):
        return None
    unit = W.UNITS.get(w[i + 1])
    if unit not in (TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.MONTH, TimeUnit.YEAR) or w[i + 1].endswith("s"):
        return None
    sign = -1 if w[i + 2] == "before" else 1
    ends = w.tags[i + 3] in (",", ".", "", "CC", ":") or w[i + 3] in ("that", "when")
    if unit is not TimeUnit.DAY:
        return (i + 3, Shift(1, unit, sign, from_now=False)) if ends else None
    if w[i + 3] in ("yesterday", "tomorrow"):
        return i + 4, Offset(2 * sign)
    return i + 3, Shift(1, unit, sign, from_now=False, event=not ends)


_SHIFT = {
    word: (-1 if way.startswith("-") else 1, way.endswith("now")) for word, way in noted("times", "shifts").items()
}
"""Words after a length of time: whether it lies before or after, and whether it counts from now."""


def counted_form(w: Words, i: int) -> Found:
    """two days; two days later; a year ago; three years before the war; a two-year period; half an hour."""
    j = _past_approximators(w, i)
    found = _counted_unit(w, j)
    if found is None:
        return None
    k, count, unit, hyphen, article = found
    if (w[k] in ("-", "old") and "old" in (w[k], w[k + 1])) or (w[k] == "of" and w[k + 1] == "age"):
        return None
    direction = _SHIFT.get(w[k])
    if direction is None and w.has(k, ("from", "now")):
        return k + 2, Shift(count, unit, 1, from_now=True)
    if direction is not None and not hyphen:
        sign, from_now = direction
        if w[k] in ("before", "after", "prior") and w.tags[k + 1] not in (",", ".", "", "CC", ":", "VBD", "VBZ"):
            return k, Shift(count, unit, sign, from_now=False, event=True)
        return k + 1, Shift(count, unit, sign, from_now=from_now)
    if (unit is TimeUnit.SECOND and count in (1, None)) or (article and _no_length_of_one(w, j, unit)):
        return None
    if unit is TimeUnit.QUARTER and w[k] in ("of", "to", "-"):
        return None
    return k, Length(count, unit)


def _past_approximators(w: Words, i: int) -> int:
    """Past the words before a count that say it is rough, and an article or pointer behind them."""
    j = max([i, *(i + len(phrase) for phrase in W.APPROXIMATORS if w.has(i, phrase))])
    j += w[j] == "the" and j > i
    return j + (w[j] in ("those", "these"))


def _counted_unit(w: Words, j: int) -> tuple[int, float | None, TimeUnit, bool, bool] | None:
    """A count and its unit of time: where they end, both, and whether a hyphen or an article alone stands between."""
    counted = count_at(w, j)
    if counted is None:
        return None
    k, count = counted
    if w[k] == "or" and w[k + 1] == "more":
        k += 2
    if w[k] in ("to", "or", "-", "–") and (upper := count_at(w, k + 1)) is not None and w[upper[0]] in W.UNITS:
        k, count = upper[0], None
    hyphen = w[k] in ("-", "–")
    k += hyphen
    if not hyphen and w[k] in W.ADJECTIVES and w[k + 1] in W.UNITS:
        k += 1
        if count != 1 and not w[k].endswith("s"):
            return None  # "4,000 last year" is a number of something, and a year
    unit = W.UNITS.get(w[k])
    year = count is not None and 1900 <= count <= 2100 and len(w[j]) == 4 and not w[k].endswith("s")
    if unit is None or year:
        return None
    article = w[j] in ("a", "an") and k == j + 1
    if w.has(k + 1, ("and", "a", "half")) and count is not None:
        return k + 4, count + 0.5, unit, hyphen, article
    return k + 1, count, unit, hyphen, article


def _no_length_of_one(w: Words, j: int, unit: TimeUnit) -> bool:
    """Whether "a" before a unit tells no length: a quarter, a second, $5 a day."""
    return unit in (TimeUnit.QUARTER, TimeUnit.SECOND) or _is_rate(w, j)


_RATED = words("times", "rated")


def _is_rate(w: Words, i: int) -> bool:
    """Whether "a day" after a quantity is a denominator: $5 a day, twice a year, 300 people a month."""
    return w.tags[i - 1] in ("CD", "NNS", "$") or w[i - 1] in _RATED


def plural_unit_form(w: Words, i: int) -> Found:
    """for years, within hours, weeks of fighting, months later."""
    word = w[i]
    unit = W.UNITS[word]
    direction = _SHIFT.get(w[i + 1])
    if direction is not None:
        ends = w[i + 1] not in ("before", "after")
        return (i + 2 if ends else i + 1), Shift(None, unit, direction[0], direction[1], event=not ends)
    if w[i - 1] in _BEFORE_PLURAL and w[i + 1] not in ("-",):
        return i + 1, Length(None, unit)
    if w[i + 1] == "of" and w[i - 1] not in words("times", "no stretch before"):
        return i + 1, Length(None, unit)
    if w[i + 1] == "-" and w[i + 2] == "long":
        return i + 3, Length(None, unit)
    return None


_BEFORE_PLURAL = words("times", "before plural")


def every_form(w: Words, i: int) -> Found:
    """every week, each Monday, every two years."""
    if w[i + 1] in W.WEEKDAYS:
        return i + 2, Every(weekday=W.WEEKDAYS[w[i + 1]])
    if w[i + 1] in W.PARTS:
        return i + 2, Every(part=W.PARTS[w[i + 1]])
    if w[i + 1] in W.UNITS and not w[i + 1].endswith("s"):
        return i + 2, Every(1, W.UNITS[w[i + 1]])
    counted = count_at(w, i + 1)
    if counted is not None and counted[1] is not None and w[counted[0]] in W.UNITS:
        return counted[0] + 1, Every(counted[1], W.UNITS[w[counted[0]]])
    return None


def adverb_form(w: Words, i: int) -> Found:
    """daily, annual."""
    unit = W.ADVERBS[w[i]]
    if unit is None or w.tags[i] in ("NNP", "NNPS"):
        return None
    return i + 1, Every(1, unit)


def weekdays_plural_form(w: Words, i: int) -> Found:
    """Mondays."""
    return i + 1, Every(weekday=W.WEEKDAYS[w[i][:-1]])


def long_form(w: Words, i: int) -> Found:
    """year-long, month-long, week long."""
    unit = W.UNITS[w[i]]
    j = i + 1
    if w[j] == "-" and w[j + 1] == "long":
        return j + 2, Length(1, unit)
    if w[j] == "-" and w[j + 1] in ("ago", "earlier"):
        return j + 2, Shift(1, unit, -1, from_now=True)
    if w[j] in ("-", "'s", "’s") and w[j + 1] == "end" and unit in (TimeUnit.YEAR, TimeUnit.MONTH):
        return j + 2, Relative(Rel.SAME if unit is TimeUnit.MONTH else Rel.THIS, unit)
    return None


def night_form(w: Words, i: int) -> Found:
    """at night, the night of 8 February, one afternoon, the early morning hours of 1 November."""
    j = i + (w[i] == "the")
    j += w[j] in ("early", "late")
    part = W.PARTS.get(w[j])
    if part is None:
        return None
    k = j + 1
    k += w[k] == "hours"
    if w[k] in ("of", "on") or w[k] in W.MONTHS or w[k] in W.WEEKDAYS or day_number(w[k]) is not None:
        k += w[k] in ("of", "on")
        k += w[k] == "the"
        found = named_form(w, k)
        if found is not None and isinstance(found[1], NamedTime) and (found[1].day or found[1].weekday is not None):
            return found[0], replace(found[1], part=part)
    if w[i] == "the" and part in ("MO", "AF", "EV") and w[i - 1] in words("times", "before a night"):
        return j + 1, NamedTime(part=part, rel=Rel.SAME)
    if w[i - 1] in ("at", "by") and w[i] in words("times", "time of night"):
        return i + 1, Every(part=part) if w[i] == "night" else NamedTime(part=part, rel=Rel.SAME)
    return None
