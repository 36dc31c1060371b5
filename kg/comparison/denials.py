"""A denial that points at words of its own article -> the statement that it denies.

"He rejected the accusations" says no word of them: what is denied is what somebody was last said to have said, or what
the denial holds inside itself ("dismissed Ann Lee's accusation that the vote was bought").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from ..language.lexicon import noted, words
from ..rdf.forms import GAP
from ..rdf.terms import Iri
from ..records.attribution import Stance
from .told import ToldPart, ToldStatement, may_be_called
from .told_words import WORD, is_called_untrue, is_negation, plain_words, weighty

_TOLD = noted("claims", "told")
_POINTERS = words("claims", "pointer")
_PHRASES = words("claims", "pointing")
_DEEDS = words("claims", "denied deed")
_ACCUSING = tuple(sorted(words("claims", "accusing")))
_AFTER = words("claims", "after pointing")
_DUTIES = words("claims", "duty")
_ASKED = words("claims", "asked")
_BROUGHT = words("claims", "brought")
_OF_SOMEBODY = words("claims", "of somebody")

_NOT_SO = words("claims", "it is not so that")
_UNTRUE = words("claims", "untrue")
_IS = words("claims", "is")
_SET_AGAINST = words("claims", "set against")

HOLDING: Final = 10
"""Words before what a denial holds inside itself: "the accuracy of the paper's report that said"."""

LONGEST_PHRASE: Final = 7
"""Words of the longest phrase before what is called untrue: "there is no truth in claims that"."""

JUDGED: Final = 7
"""Words at the end of a sentence among which its verb stands if they call its subject untrue: "are just plain lies"."""

FRAME: Final = 4
"""Words at the beginning of a denial among which the noun stands for what was said: "the very serious accusations"."""

NAME: Final = 5
"""Letters by which a name is known in another form."""

NEAR: Final = 90
"""Characters between an accusation that is denied and what was said before it by a cue that does not accuse."""

BEFORE: Final = 200
"""Characters between a denial and what it points at, if no word of the two says that they belong together."""

FAR: Final = 600
"""The same where the cue is of the noun: "accused ... the accusations"."""


def framed(text: str) -> int:
    """How many characters of a denial only say that something was said: "the notion that"; 0 if none do.

    >>> framed("the notion that the ferry sank"), framed("the ferry sank")
    (16, 0)
    """
    found = list(WORD.finditer(text))[: FRAME + 1]
    for noun, that in pairwise(found):
        if noun[0].casefold() in _TOLD and that[0].casefold() == "that":
            return that.end() + 1
    return 0


def called_untrue(sentence: str) -> tuple[int, int] | None:
    """From where to where a sentence has what it calls untrue; None if it calls nothing so.

    >>> text = "Reports that the ferry sank are false."
    >>> text[slice(*called_untrue(text))], called_untrue("The ferry sank.")
    ('the ferry sank', None)
    """
    found = list(WORD.finditer(sentence))
    said = [match[0].casefold().replace("’", "'") for match in found]
    for n in range(LONGEST_PHRASE, 2, -1):
        if " ".join(said[:n]) in _NOT_SO and len(said) > n:
            return found[n].start(), len(sentence)
    if said[:1] == ["there"] and "no" in said[2:4] and _IS.issuperset(said[1 : (no := said.index("no"))]):
        return _not_there(sentence, found[no + 1 :])
    noun = next((n for n, word in enumerate(said[:FRAME]) if word in _TOLD), None)
    if noun is None or said[noun + 1 : noun + 2] not in (["that"], ["of"]):
        return None
    for n in range(max(noun + 3, len(said) - JUDGED), len(said)):
        judged = said[n + 1 :]
        if said[n] in _IS and not _UNTRUE.isdisjoint(judged) and not any(map(is_negation, judged)):
            return found[noun + 2].start(), found[n - 1].end()
    return None


def _not_there(sentence: str, after: Sequence[re.Match[str]]) -> tuple[int, int] | None:
    """From where to where stands what is not there; None where it is a doubt, a need or a plan: "no sign that".

    >>> called_untrue("There has been no raid, only rain."), called_untrue("There is no doubt that it rained.")
    ((18, 22), None)
    """

    def goes_on(match: re.Match[str]) -> bool:
        return sentence[match.start() - 2] not in ",;:" and match[0] not in _SET_AGAINST

    here = list(takewhile(goes_on, after))
    if not here or any(match[0] in ("that", "to") for match in here):
        return None
    return here[0].start(), here[-1].end()


def aimed(told: Sequence[ToldStatement], cues: Mapping[Iri, str]) -> list[ToldStatement]:
    """The statements of an article, each denial that points at another with what that one says."""
    found = []
    for one in told:
        other = _denied(one, told, cues) if one.stance is Stance.DENIES else None
        part = None if other is None else max(other.parts, key=lambda part: (weighty(part.terms), part.text))
        if other is None or part is None:
            found.append(replace(one, denies=False) if one.stance is Stance.DENIES and _only_points(one) else one)
        else:
            found.append(replace(one, denies=True, refutes=other.key, parts=(_as_denied(one, part),)))
    return found


def _as_denied(denial: ToldStatement, part: ToldPart) -> ToldPart:
    return replace(part, text=" ".join(denial.text.split()), hedged=False)


def _denied(denial: ToldStatement, told: Sequence[ToldStatement], cues: Mapping[Iri, str]) -> ToldStatement | None:
    """The statement at which a denial points, None if at none."""
    said = plain_words(denial.text.split(GAP)[0])
    others = [one for one in told if _may_be_denied(one) and _is_of_another(one, denial)]
    held = _held(others, denial, cues)
    if held is not None:
        return held
    place = _noun(said)
    if place is None:
        return _without_noun(said, others, denial, cues)
    if len(said) > place + 1 and said[place + 1] not in _AFTER:
        inside = [one for one in others if one.at in denial.at and _is_of(cues.get(one.key, ""), said[place])]
        return inside[0] if inside else None
    owner = next((word.removesuffix("'s") for word in said[:place] if word.endswith("'s")), None)
    if owner is not None:
        return _last([one for one in others if owner in one.name], denial, FAR)
    if said[0] not in _POINTERS:
        return None
    same = [one for one in others if _is_of(cues.get(one.key, ""), said[place])]
    return _last(same, denial, FAR) or _last_told(said[place], others, denial, cues)


def _held(others: Sequence[ToldStatement], denial: ToldStatement, cues: Mapping[Iri, str]) -> ToldStatement | None:
    """What a denial holds up to its end, behind a noun for what was said: "disputed the accuracy of a report that"."""
    if not is_called_untrue(cues.get(denial.key, "")):
        return None
    for one in others:
        before = plain_words(denial.text[: one.at.start - denial.at.start])
        at_end = one.at in denial.at and one.at.end == denial.at.end
        if at_end and FRAME <= len(before) <= HOLDING and any(_TOLD.get(word, "-") != "-" for word in before):
            return one
    return None


def _last_told(
    noun: str, others: Sequence[ToldStatement], denial: ToldStatement, cues: Mapping[Iri, str]
) -> ToldStatement | None:
    """What a denial points at by a noun that no cue has: who accused last, or what was said right before it.

    Charges are brought by who accuses, and accusations name whom they are of.
    """
    found = [one for one in others if not _says_no(one)]
    if _TOLD[noun] in _ACCUSING:
        accusing = [one for one in others if _begins(cues.get(one.key, ""), _ACCUSING)]
        near = [one for one in found if denial.at.start - one.at.end <= NEAR and noun not in _BROUGHT]
        found = [*accusing, *(one for one in near if noun not in _OF_SOMEBODY or _is_named(denial, one))]
    return _last(found, denial, BEFORE)


def _is_named(denial: ToldStatement, one: ToldStatement) -> bool:
    """Whether a statement names who denies it, as in North Korea, North Korean, or nobody is known to."""
    said = plain_words(one.text)
    return not denial.name or any(word.startswith(part[:NAME]) for part in denial.name for word in said)


def _noun(said: Sequence[str]) -> int | None:
    """Where the noun for what was said stands at the beginning of a denial: "the notion of charges" has none."""
    place = next((n for n, word in enumerate(said[:FRAME]) if word in _TOLD), None)
    return None if place is None or _TOLD[said[place]] == "-" else place


def _only_points(denial: ToldStatement) -> bool:
    """Whether a denial has nothing but a noun for what was said, and when: "such claims during his hearing"."""
    said = plain_words(denial.text.split(GAP)[0])
    place = _noun(said)
    return place is not None and said[0] in _POINTERS and (len(said) == place + 1 or said[place + 1] in _AFTER)


def _without_noun(
    said: Sequence[str], others: Sequence[ToldStatement], denial: ToldStatement, cues: Mapping[Iri, str]
) -> ToldStatement | None:
    """What a denial points at that has no noun for what was said: "denied it", "denied any wrongdoing"."""
    if not is_called_untrue(cues.get(denial.key, "")):
        return None
    if said and said[-1] in _DEEDS and len(said) <= FRAME:
        accusing = [one for one in others if _begins(cues.get(one.key, ""), _ACCUSING)]
        return _last(accusing, denial, FAR)
    whole = [one for one in others if any(part.verbal for part in one.parts)]
    return _last(whole, denial, BEFORE) if " ".join(said) in _PHRASES else None


def _may_be_denied(one: ToldStatement) -> bool:
    """Whether a statement says that something is so; that it should be so is turned down, and denied by nobody.

    Nor is why it is so.
    """
    said = plain_words(one.text)
    return one.stance is Stance.ASSERTS and bool(one.parts) and _DUTIES.isdisjoint(said) and _ASKED.isdisjoint(said[:1])


def _says_no(one: ToldStatement) -> bool:
    """Whether a statement is a denial itself, which nobody calls an allegation."""
    return any(map(is_negation, plain_words(one.text)))


def _is_of_another(one: ToldStatement, denial: ToldStatement) -> bool:
    if not (one.name and denial.name):
        return one.speakers != denial.speakers
    return one.speakers != denial.speakers and not may_be_called(one.name, denial.name)


def _is_of(cue: str, noun: str) -> bool:
    """Whether a cue is of a noun: accused, accusation."""
    return _begins(cue, (_TOLD[noun],))


def _begins(cue: str, stems: tuple[str, ...]) -> bool:
    return any(word.startswith(stems) for word in plain_words(cue))


def _last(others: Sequence[ToldStatement], denial: ToldStatement, within: int) -> ToldStatement | None:
    """The last of others that end before a denial, near enough; of one in another the outer."""
    before = [one for one in others if 0 <= denial.at.start - one.at.end <= within]
    outer = [one for one in before if not any(one.at != two.at and one.at in two.at for two in before)]
    return max(outer, key=lambda one: (one.at.end, one.key), default=None)
