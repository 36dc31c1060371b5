"""What happens to a counted thing, as the verb or event noun near it says."""

from __future__ import annotations

from ...language.lexicon import noted, words
from ...text.document import Document, Token
from .concept_lexicon import lexicon

_ASIDE = words("figures", "aside")
_SAYING = words("figures", "saying of happenings")
_STATING = words("figures", "stating")
_RAISERS = words("figures", "raisers")


def happening(d: Document, noun: Token, *, through: bool = False) -> tuple[int | None, str | None]:
    """The verb or event noun that says what happens to a counted thing: its token and its concept, else its lemma.

    The token may be given without a concept: it still places the figure in
    time, though what it says is not done to the thing counted ("in 40 towns").
    With `through` it is told all the same, as for "jailed for six months".
    """
    verb, event = _happening(d, noun, through)
    return verb, None if event in words("figures", "light verb") else event


def event_of(d: Document, verb: Token) -> str:
    """The concept of a verb, by what it is done with where that tells: who fires shots dismisses nobody; its lemma."""
    events, lemma = lexicon(), verb.lemma.lower()
    for kid in d.kids(verb.i) if lemma in _BY_OBJECT else ():
        if kid.dep in _WITH and (sense := _SENSES.get(f"{lemma} {events.thing(kid.lemma)}")) is not None:
            return sense
    return events.event(verb.lemma) or events.event(verb.lower) or lemma


def noun_event(noun: Token) -> str | None:
    """The concept of what a noun says to happen; a fire is no dismissal."""
    return None if noun.lemma.lower() in words("figures", "events as verbs alone") else lexicon().event(noun.lemma)


_SENSES = noted("figures", "senses by object")
_BY_OBJECT = frozenset(words.partition(" ")[0] for words in _SENSES)
_WITH = words("parse", "happens with a verb")


def _happening(d: Document, noun: Token, through: bool) -> tuple[int | None, str | None]:
    events = lexicon()
    own = noun_event(noun)
    if own is not None and own in events.of_people:
        return noun.i, own
    above = d.tokens[d.tokens[noun.head].head]
    if d.tokens[noun.head].lower in ("of", "to") and above.pos == "NOUN":
        named = events.event(above.lemma)
        if named is not None and named in events.of_people:
            return above.i, named  # the deaths of 40 detainees
    for kid in d.kids(noun.i):
        if kid.i > noun.i and kid.dep in ("acl", "relcl") and kid.pos == "VERB" and not _whose(d, kid):
            return kid.i, event_of(d, kid)
    return _above(d, noun, through)


def _whose(d: Document, verb: Token) -> bool:
    """Whether a relative clause tells of something else: detainees whose bodies were taken away."""
    return any(t.tag == "WP$" for t in d.kids(verb.i)) or any(
        k.tag == "WP$" for t in d.kids(verb.i) if t.dep.startswith("nsubj") for k in d.kids(t.i)
    )


def _above(d: Document, noun: Token, through: bool) -> tuple[int | None, str | None]:
    """What the nearest verb above says of a thing; no event if a preposition stands between the two."""
    events, token, direct = lexicon(), noun, True
    for _ in range(6):
        parent = d.tokens[token.head]
        if parent.i == token.i:
            break
        if parent.pos == "AUX":
            if token.dep not in ("nsubj", "attr"):
                return parent.i, None
            adjective = next((t for t in d.kids(parent.i) if t.dep == "acomp"), None)
            event = events.event(adjective.lower) or adjective.lemma.lower() if adjective is not None else None
            return (adjective.i, event) if adjective is not None else (parent.i, None)
        if parent.pos == "VERB" and parent.text[0].isalpha():
            verb = _raised(d, parent, token)
            event = event_of(d, verb)
            return verb.i, event if direct and verb.lemma.lower() not in _SAYING else None
        aside = parent.lower in _ASIDE and token.lower not in ("excess", "region")
        direct = direct and (through or not aside)
        token = parent
    return None, None


def _raised(d: Document, verb: Token, token: Token) -> Token:
    """The verb or state below one such as "believe": 12 are believed to have drowned, are feared dead, remain lost."""
    events, lemma = lexicon(), verb.lemma.lower()
    if lemma in _STATING and events.event(verb.lower) is None:
        for state in d.kids(verb.i):
            stated = state.dep in words("parse", "state under a verb") and state.i > verb.i
            if (
                stated
                and events.event(state.lower) in events.of_people
                and state.tag in words("parse", "state of somebody")
            ):
                return state
    if verb.lemma.lower() in _RAISERS and token.dep.startswith("nsubj"):
        return next((t for t in d.kids(verb.i) if t.dep == "xcomp" and t.pos == "VERB"), verb)
    return verb
