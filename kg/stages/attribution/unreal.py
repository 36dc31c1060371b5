"""Sayings that a text sets up as not real: asked about, denied, invented, wished for, supposed."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import FINITE, NOUN_SUBJECTS, child, has_word, is_negated
from ...text.document import Document, Token

_AGAINST = words("speech", "negation")
_INVENTED = words("speech", "made up")
_FALSELY = words("speech", "falsely")
_SUPPOSING = words("speech", "supposes")
_SUPPOSE = words("speech", "supposes, as an order")
_UNTRUE = words("speech", "untrue")
_AWAITED = words("speech", "opens what is awaited")


def is_unreal(document: Document, verb: Token) -> bool:
    """Whether nobody is told to have said it: "at no point did he say", "did he say?", "he was misquoted as saying".

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("I wish the mayor had said that."))
    >>> is_unreal(document, document[5])
    True
    """
    if _is_turned_round(document, verb) or _is_of_another(document, verb) or _is_awaited(document, verb):
        return True
    return any(_undoes(document, above, verb) for above in document.ancestors(verb.i))


def _is_turned_round(document: Document, verb: Token) -> bool:
    """Whether a helper stands before the subject in a question, or behind words that deny it."""
    helper = next((k for k in document.kids(verb.i) if k.dep == "aux" and k.tag in FINITE), None)
    if helper is None or not any(k.dep in NOUN_SUBJECTS and helper.i < k.i < verb.i for k in document.kids(verb.i)):
        return False
    sentence = document.sentences[verb.sentence]
    opener = [t.lower for t in document.tokens[sentence.start : helper.i]]
    asks = document[sentence.end - 1].text == "?" and not opener
    return asks or not _AGAINST.isdisjoint(opener[-4:])


def _is_of_another(document: Document, verb: Token) -> bool:
    """Whether a sentence denies of somebody that it was he who said it: "it was not the mayor who said that"."""
    noun = document[verb.head]
    be = document[noun.head]
    cleft = verb.dep == "relcl" and be.lemma == "be" and has_word(document, be.i, ("nsubj", "expl"), ("it",))
    return cleft and is_negated(document, be.i)


def _is_awaited(document: Document, verb: Token) -> bool:
    """Whether somebody has yet to say it: "until the court says that", "unless she says"."""
    mark = next((k.lower for k in document.kids(verb.i) if k.dep in ("mark", "advmod") and k.i < verb.i), "")
    return verb.tag in ("VBZ", "VBP") and mark in _AWAITED


def _undoes(document: Document, above: Token, verb: Token) -> bool:
    """Whether a governing word takes back what its clause says: "it is untrue that", "falsely claims that"."""
    kids = list(document.kids(above.i))
    subject = next((k for k in kids if k.dep in NOUN_SUBJECTS), None)
    if above.i < verb.i and (above.lemma in _SUPPOSING or (subject is None and above.lemma in _SUPPOSE)):
        return True
    if any(k.lower in _FALSELY for k in kids):
        return verb.dep == "ccomp"
    return subject is not None and (_is_made_up(document, subject) or _is_untrue(document, above, subject))


def _is_made_up(document: Document, subject: Token) -> bool:
    """Whether what shows somebody saying it is invented: "a fake post"."""
    return any(k.lower in _INVENTED for k in document.kids(subject.i))


def _is_untrue(document: Document, verb: Token, subject: Token) -> bool:
    """Whether a sentence calls it untrue, or asks whether it is true: "it is not true that", "is it true that"."""
    called = child(document, verb.i, "acomp")
    if subject.lower != "it" or called is None:
        return False
    asked = subject.i > verb.i or is_negated(document, verb.i)
    return called.lower in _UNTRUE or (called.lower == "true" and asked)
