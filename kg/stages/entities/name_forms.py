"""Two forms of a name -> how surely they are one person's, organisation's or place's."""

from __future__ import annotations

from ...language.lexicon import words
from ...records.mention import EntityType
from .gazetteer import Gazetteer
from .names import initials, lexicon, surnamed


def person_alias(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """How surely two person names, as lower-case words, are one person's: 0 to 3.

    >>> person_alias(("assad",), ("bashar", "al", "assad"))
    2
    >>> person_alias(("hafez", "al", "assad"), ("bashar", "al", "assad"))
    0
    """
    short, long = sorted((tuple(surnamed(list(short))), tuple(surnamed(list(long)))), key=len)
    if short == long:
        return 2
    if _inside(short, long):
        return 1
    if len(short) == 1:
        return _one_word(short[0], long)
    if long[-len(short) :] == short:
        return 2
    if short[-1] == long[-1]:
        return 2 if short[0] == long[0] else int(_same_given(short[0], long[0]))
    if len(short) == len(long):
        return int(short[:-1] == long[:-1] and one_slip(short[-1], long[-1]))
    return int(long[: len(short)] == short)


def _one_word(word: str, long: tuple[str, ...]) -> int:
    """How surely one word is the surname, 2, or the given name, 1, of a longer name."""
    if len(long) == 1:
        return 0
    return 2 if word == long[-1] else int(word == long[0] or one_slip(word, long[-1]))


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is the first of two surnames in another, no initial and no middle name: Ibáñez of Ibáñez Portillo.

    >>> _inside(("ibanez",), ("juan", "ibanez", "portillo")), _inside(("paul",), ("john", "paul", "smith"))
    (True, False)
    """
    middle = len(short) == 1 and short[0] in lexicon().given
    for n in range(1, len(long) - len(short)):
        if long[n : n + len(short)] == short:
            return len(short[-1]) > 2 and not middle
    return False


def _same_given(a: str, b: str) -> bool:
    """Whether two given names, lower case, may be one: an initial, a nickname.

    >>> _same_given("j.", "john"), _same_given("mary", "john")
    (True, False)
    """
    a, b = a.rstrip("."), b.rstrip(".")
    if not a or not b:
        return False
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    nicknames = lexicon().nicknames
    return b in nicknames.get(a, ()) or a in nicknames.get(b, ()) or one_slip(a, b)


def one_slip(a: str, b: str) -> bool:
    """Whether two words of six letters or more, same first letter, differ by one letter or by two swapped.

    Within an article that is a misprint or a second transliteration, not a second person.

    >>> one_slip("buchtmann", "buchtman"), one_slip("kristin", "kristen"), one_slip("jones", "janes")
    (True, True, False)
    """
    if a == b or min(len(a), len(b)) < 6 or a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    i = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    one = (a[i + 1 :], b[i + 1 :]), (a[i:], b[i + 1 :]), (a[i + 1 :], b[i:])
    swapped = len(a) == len(b) and a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
    return swapped or any(rest == other for rest, other in one)


GENERIC = words("entities", "generic")


def organization_alias(short: tuple[str, ...], long: tuple[str, ...], *, acronym: bool, known: Gazetteer) -> int:
    """How surely two names of organisations, as lower-case words, are one organisation's: 0 to 3.

    >>> from .gazetteer import gazetteer
    >>> organization_alias(("hrw",), ("human", "rights", "watch"), acronym=True, known=gazetteer())
    2
    """
    if len(short) >= len(long):
        return 0
    if acronym and short[0].replace(".", "") in initials(list(long)):
        return 2
    opens, ends = long[: len(short)] == short, long[-len(short) :] == short
    if len(short) == 1:
        branch = opens and known.get(short[0].title()) is not None and _of_a_place(" ".join(long[1:]), known)
        return int((opens or ends) and not branch and _may_stand_for(short[0], known, first=opens))
    if opens:
        return int(lexicon().heads.get(long[-1]) is not None or len(short) > 2)
    return 2 if ends and (len(short) > 2 or _of_a_place(" ".join(long[: -len(short)]), known)) else 0


def _may_stand_for(word: str, known: Gazetteer, *, first: bool) -> bool:
    """Whether a word that opens or ends a body's name can stand for it: no noun of bodies, no country, no people."""
    names, title = lexicon(), word.capitalize() if first else word.title()
    entry = known.get(title)
    if word in names.heads or word in GENERIC or title in known.adjectives:
        return False
    return entry is None or (first and entry.type != EntityType.PLACE)


def _of_a_place(words: str, known: Gazetteer) -> bool:
    for form in (words.title(), words.upper()):
        entry = known.get(form)
        if form in known.adjectives or (entry is not None and entry.type == EntityType.PLACE):
            return True
    return False


def place_alias(short: tuple[str, ...], long: tuple[str, ...], known: Gazetteer) -> int:
    """How surely two names, as lower-case words, are one place's: a town and its prison, not a state and a city.

    >>> from .gazetteer import gazetteer
    >>> place_alias(("tadmor",), ("tadmor", "prison"), gazetteer())
    1
    """
    if len(short) > len(long):
        short, long = long, short
    if len(short) == len(long):
        return 0
    entry = known.get(" ".join(short).title())
    large = entry is not None and entry.kind in ("country", "region")
    if large and long[-1] not in ("province", "state", "governorate"):
        return 0
    if short in (("north",), ("south",)) and long[:1] == short:
        return 1
    heads = lexicon().heads
    return int(long[: len(short)] == short and len(long) == len(short) + 1 and heads.get(long[-1]) in ("place", "site"))
