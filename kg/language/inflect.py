"""The forms of English words, by rule and, for what keeps to none, by `data/lexicon/grammar.tsv`."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import noted, words

_SHORT = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")
"""Verbs that double their last letter: stab, rob, ban."""


@cache
def _irregular() -> dict[str, str]:
    """The past forms of irregular verbs by lemma, the participle last."""
    return noted("grammar", "irregular verb")


def verb_forms(lemma: str) -> tuple[str, ...]:
    """The forms of an English verb: its lemma, third person, past, participle and gerund.

    >>> verb_forms("deny")
    ('deny', 'denies', 'denied', 'denying')
    """
    stem = _stem(lemma)
    kept = lemma if lemma.endswith(("ee", "oe", "ye")) else lemma.removesuffix("e")
    gerund = (stem if stem != lemma and not lemma.endswith("y") else kept) + "ing"
    irregular = _irregular().get(lemma, "").split()
    single = (lemma + "ed", lemma + "ing") if lemma in words("grammar", "spelt both ways") else ()
    return tuple(dict.fromkeys((lemma, _with_s(lemma), *(irregular or (_past(stem),)), gerund, *single)))


def _stem(lemma: str) -> str:
    """What "ed" is added to: "deni", "admitt"."""
    if lemma in words("grammar", "doubles its last letter"):
        return lemma + lemma[-1]
    return _changed(lemma)


def _changed(lemma: str) -> str:
    return lemma[:-1] + "i" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma


def _past(stem: str) -> str:
    return stem + ("d" if stem.endswith("e") else "ed")


def _with_s(lemma: str) -> str:
    sibilant = lemma.endswith(tuple(words("grammar", "adds es")))
    return _changed(lemma) + ("es" if sibilant or _changed(lemma) != lemma else "s")


def noun_forms(lemma: str) -> tuple[str, ...]:
    """The singular and plural of an English noun that forms it with s.

    >>> noun_forms("inquiry")
    ('inquiry', 'inquiries')
    """
    return lemma, lemma + "s" if lemma in _irregular() else _with_s(lemma)


def participle(lemma: str) -> str:
    """The past participle of a verb, with what follows it: "shot down" for "shoot down".

    >>> participle("shoot down"), participle("ban")
    ('shot down', 'banned')
    """
    verb, space, rest = lemma.partition(" ")
    if verb in _irregular():
        return _irregular()[verb].split()[-1] + space + rest
    stem = verb + verb[-1] if _SHORT.fullmatch(verb) else _stem(verb)
    return _past(stem) + space + rest
