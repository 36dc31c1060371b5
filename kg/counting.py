"""What a quantity counts: the noun phrase in the article's words, its concept, and what happens to it."""

from __future__ import annotations

from dataclasses import dataclass

from .article import Span
from .document import Document, Token
from .nonfigures import root
from .numbers import Shape
from .quantities import Quantity


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. `text` is as printed, or a word of ours where the article leaves it out ("238 wounded": people).

    `head` is the token of the noun, None where the article has none; `concept`
    its lemma; `event` the lemma of the verb or noun that says what happens to
    it, and `verb` its token.
    """

    text: str | None = None
    span: Span | None = None
    head: int | None = None
    concept: str | None = None
    event: str | None = None
    verb: int | None = None


_NUMERIC = ("nummod", "quantmod", "advmod", "amod", "compound", "nmod", "npadvmod", "dep")
_SKIPPED = frozenset(
    "more additional other another extra total estimated further new own last past next some least many only just such same first few several about as top whopping mere combined overall "
    "record average approximate reported total staggering".split()
)
_CASUALTIES = {
    "dead": "die", "killed": "kill", "wounded": "wound", "injured": "injure", "hurt": "hurt", "missing": "missing", "arrested": "arrest", "detained": "detain",
    "displaced": "displace", "homeless": "homeless", "hospitalized": "hospitalize", "hospitalised": "hospitalize", "hanged": "hang", "executed": "execute", "evacuated": "evacuate",
    "rescued": "rescue", "infected": "infect", "captured": "capture", "drowned": "drown", "stranded": "strand", "trapped": "trap", "deported": "deport", "jailed": "jail",
    "imprisoned": "imprison", "unaccounted": "missing", "abducted": "abduct", "kidnapped": "kidnap", "tortured": "torture", "beheaded": "behead", "massacred": "massacre",
    "affected": "affect", "starving": "starve", "unemployed": "unemployed", "disappeared": "disappear", "shot": "shoot", "sickened": "sicken", "maimed": "maim",
}  # fmt: skip
_CASUALTY_VERBS = frozenset(
    "kill wound injure hurt arrest detain displace evacuate rescue infect hang execute drown deport jail imprison abduct kidnap behead massacre strand trap shoot slaughter murder maim "
    "slay gun hospitalize sicken employ attract draw die perish".split()
)
_NOMINAL_EVENTS = {
    "death": "die", "killing": "kill", "execution": "execute", "hanging": "hang", "injury": "injure", "arrest": "arrest", "detention": "detain", "fatality": "die", "casualty": "casualty",
    "murder": "murder", "toll": "die", "displacement": "displace", "disappearance": "disappear", "abduction": "abduct", "evacuation": "evacuate", "deportation": "deport",
    "massacre": "massacre", "shooting": "shoot", "beheading": "behead", "drowning": "drown", "infection": "infect", "wounding": "wound", "imprisonment": "imprison",
}  # fmt: skip
_LENGTH_ADJECTIVES = {"long": "length", "high": "height", "tall": "height", "wide": "width", "deep": "depth", "thick": "thickness", "away": "distance", "old": "age", "heavy": "weight", "fast": "speed", "across": "width", "apart": "distance", "from": "distance", "off": "distance"}  # fmt: skip
_KINDS = {
    "length": "distance",
    "time": "time",
    "temperature": "temperature",
    "speed": "speed",
    "mass": "weight",
    "area": "area",
    "volume": "volume",
    "power": "power",
    "energy": "energy",
}
_PARTITIVES = frozenset(
    "number percent percentage % majority rest half third quarter total share proportion portion lot".split()
)
_COPULAS = frozenset(
    {
        "be",
        "remain",
        "become",
        "stand",
        "total",
        "reach",
        "hit",
        "exceed",
        "number",
        "average",
        "equal",
        "top",
        "surpass",
    }
)


def find_counted(document: Document, q: Quantity, tokens: tuple[int, int], before: Counted | None) -> Counted:
    """What a quantity counts, by the syntax around it; `before` is what the figure before it in the text counts."""
    head = root(document, *tokens)
    noun = _noun(document, q, tokens, head)
    if noun is None:
        return _nounless(document, q, tokens, head, before)
    phrase = noun_phrase(document, noun, tokens)
    verb, event = happening(document, noun)
    text = document.text[phrase.start : phrase.end]
    return Counted(text, phrase, noun.i, noun.lemma.lower(), event, verb)


def _noun(d: Document, q: Quantity, tokens: tuple[int, int], head: Token) -> Token | None:
    """The noun that a quantity counts or measures."""
    last = d.range(q.span)[1]
    unit = q.unit
    if unit is not None and unit.kind not in ("ratio",):
        return _measured(d, q, tokens, last)
    of = _of_object(d, q, tokens, last)
    if of is not None:
        return of
    if unit is not None:
        return _share(d, tokens, last)
    token = head
    for _ in range(4):
        if (
            token.dep in _NUMERIC
            and token.head != token.i
            and d.tokens[token.head].pos in ("NOUN", "PROPN", "ADJ", "NUM", "SYM")
        ):
            token = d.tokens[token.head]
            if token.pos in ("NOUN", "PROPN") and token.i >= tokens[1]:
                return _right_head(d, token)
        else:
            break
    if q.shape is Shape.MULTIPLE:
        return None
    return _next_noun(d, tokens[1])


def _right_head(d: Document, token: Token) -> Token:
    """The head of the compound that a noun stands in: the team of "a six-member Afghan team" stays members, the camps of "two refugee camps" camps."""
    while token.dep == "compound" and token.head > token.i and d.tokens[token.head].pos in ("NOUN", "PROPN"):
        if d.text[token.start - 1 : token.start] == "-":
            break
        token = d.tokens[token.head]
    return token


def _next_noun(d: Document, i: int) -> Token | None:
    """The noun right after a number, past adjectives and a hyphen."""
    block = d.tokens[i - 1].block
    for k in range(i, min(i + 5, len(d))):
        token = d.tokens[k]
        if token.block != block:
            return None
        if token.pos in ("NOUN", "PROPN"):
            return _right_head(d, token)
        if (
            token.pos not in ("ADJ", "ADV", "NUM", "DET")
            and token.lower not in ("-", "‐", "–", "-")
            and token.tag != "VBN"
        ):
            return None
        if token.lower in _CASUALTIES:
            return None
    return None


def _of_object(d: Document, q: Quantity, tokens: tuple[int, int], last: int) -> Token | None:
    """The X of "dozens of X", "six of the X", "10 percent of X", past a further "of the"."""
    if last >= len(d) or d.tokens[last].lower != "of":
        return None
    of = d.tokens[last]
    obj = next((t for t in d.kids(of.i) if t.dep == "pobj"), None)
    if obj is None or obj.i < last:
        obj = _next_noun(d, last + 1)
    if obj is None or obj.pos not in ("NOUN", "PROPN"):
        return None
    return obj


def _share(d: Document, tokens: tuple[int, int], last: int) -> Token | None:
    """What a percentage without "of" is a share of: a noun that it modifies, else the subject of its verb."""
    if (
        last < len(d)
        and d.tokens[last].pos in ("NOUN", "PROPN", "ADJ")
        and d.tokens[last].block == d.tokens[last - 1].block
    ):
        noun = _next_noun(d, last)
        if noun is not None:
            return noun
    token = root(d, tokens[0], last)
    for parent in d.ancestors(token.i):
        if parent.pos in ("VERB", "AUX"):
            subject = next((t for t in d.kids(parent.i) if t.dep in ("nsubj", "nsubjpass")), None)
            if subject is not None and subject.pos in ("NOUN", "PROPN") and not tokens[0] <= subject.i < last:
                return subject
        elif parent.pos == "NOUN" and parent.i < tokens[0]:
            return parent
    return None


def _measured(d: Document, q: Quantity, tokens: tuple[int, int], last: int) -> Token | None:
    """What an amount of money or a measure is the size of."""
    unit = q.unit
    if last < len(d) and d.tokens[last].lower == "of":
        return _of_object(d, q, tokens, last)
    head = root(d, tokens[0], last)
    if unit is not None and unit.kind == "money":
        pass
    i = last
    while (
        i < len(d)
        and d.tokens[i].lower in ("-", "‐", *_LENGTH_ADJECTIVES)
        and d.tokens[i].lower not in ("from", "off", "away")
    ):
        i += 1
    modifies = head.dep in ("nummod", "compound", "amod", "nmod", "npadvmod", "quantmod", "dep") and head.head >= last
    if modifies and i < len(d):
        noun = d.tokens[head.head]
        if noun.pos in ("NOUN", "PROPN"):
            return _right_head(d, noun)
        if noun.pos == "ADJ" and d.tokens[noun.head].pos in ("NOUN", "PROPN") and noun.head >= last:
            return d.tokens[noun.head]
    if (
        i < len(d)
        and i == last
        and d.tokens[last - 1].text[-1:] != "s"
        and d.tokens[i].pos in ("NOUN", "PROPN", "ADJ")
        and d.tokens[i].block == d.tokens[last - 1].block
    ):
        noun2 = _next_noun(d, i)
        if noun2 is not None:
            return noun2
    # at a cost of $5 million, fines totalling $5 million
    if head.dep == "pobj" and d.tokens[head.head].lower in ("of", "at") and head.head > 0:
        outer = d.tokens[d.tokens[head.head].head]
        if outer.pos == "NOUN" and outer.i < tokens[0]:
            return outer
    return None


def _nounless(d: Document, q: Quantity, tokens: tuple[int, int], head: Token, before: Counted | None) -> Counted:
    last = d.range(q.span)[1]
    after = d.tokens[last] if last < len(d) and d.tokens[last].block == d.tokens[last - 1].block else None
    if q.shape is Shape.MULTIPLE:
        verb = head.head if d.tokens[head.head].pos == "VERB" else None
        printed = d.text[q.core.start : q.core.end].lower()
        what = "times" if printed in ("twice", "thrice") else None
        return Counted(
            what, None, None, "time" if what else None, d.tokens[verb].lemma.lower() if verb is not None else None, verb
        )
    if q.unit is not None:
        return _dimension(d, q, tokens, after)
    if after is not None and after.lower in _CASUALTIES:
        return Counted("people", None, None, "person", _CASUALTIES[after.lower], after.i)
    for parent in d.ancestors(head.i):
        if parent.pos == "VERB" and parent.lemma.lower() in _CASUALTY_VERBS:
            return Counted("people", None, None, "person", parent.lemma.lower(), parent.i)
        if parent.pos in ("VERB", "AUX"):
            subject = next((t for t in d.kids(parent.i) if t.dep in ("nsubj", "nsubjpass")), None)
            if (
                subject is not None
                and subject.i != head.i
                and subject.pos == "NOUN"
                and parent.lemma.lower() in _COPULAS
            ):
                phrase = noun_phrase(d, subject, tokens)
                event = _NOMINAL_EVENTS.get(subject.lemma.lower())
                if subject.lemma.lower() == "toll":
                    return Counted("deaths", None, subject.i, "death", "die", subject.i)
                return Counted(d.text[phrase.start : phrase.end], phrase, subject.i, subject.lemma.lower(), event, None)
            break
        if parent.pos == "NOUN" and parent.lemma.lower() in _NOMINAL_EVENTS:
            return Counted("people", None, None, "person", _NOMINAL_EVENTS[parent.lemma.lower()], parent.i)
    if before is not None and before.text is not None:
        verb, event = happening(d, head)
        return Counted(before.text, None, before.head, before.concept, event, verb)
    if head.dep in ("dobj", "nsubj", "nsubjpass") and q.shape is Shape.VAGUE:
        verb, event = happening(d, head)
        return Counted("people", None, None, "person", event, verb)
    return Counted()


def _dimension(d: Document, q: Quantity, tokens: tuple[int, int], after: Token | None) -> Counted:
    """For a measure without a noun, what it measures: "500 miles from Herat" a distance, "two weeks" a time."""
    unit = q.unit
    head = root(d, *tokens)
    verb, event = happening(d, head)
    if (
        after is not None
        and after.lower in _LENGTH_ADJECTIVES
        and unit is not None
        and unit.kind in ("length", "mass", "speed")
    ):
        return Counted(_LENGTH_ADJECTIVES[after.lower], None, None, _LENGTH_ADJECTIVES[after.lower], event, verb)
    if unit is not None and unit.kind in _KINDS:
        return Counted(_KINDS[unit.kind], None, None, _KINDS[unit.kind], event, verb)
    return Counted(None, None, None, None, event, verb)


def noun_phrase(d: Document, noun: Token, without: tuple[int, int]) -> Span:
    """The noun with its modifiers, and with an "of" phrase or a coordinated noun right after it; numbers left out."""
    first = last = noun.i
    for kid in d.kids(noun.i):
        if (
            kid.i < noun.i
            and kid.dep in ("compound", "amod", "nmod")
            and kid.pos in ("NOUN", "PROPN", "ADJ", "VERB")
            and kid.i >= without[1]
            or (kid.i < noun.i and without[0] > noun.i and kid.dep in ("compound", "amod", "nmod"))
        ):
            if kid.lower not in _SKIPPED and kid.tag != "CD":
                first = min(
                    first,
                    min(k for k in d.subtree(kid.i) if k <= kid.i and k >= (without[1] if without[1] <= noun.i else 0)),
                )
    while first < noun.i and (
        d.tokens[first].lower in _SKIPPED or d.tokens[first].pos in ("DET", "PUNCT", "ADV", "NUM", "PART")
    ):
        first += 1
    nxt = last + 1
    if nxt + 1 < len(d) and d.tokens[nxt].lower == "and" and d.tokens[nxt].head == noun.i:
        other = next((t for t in d.kids(noun.i) if t.dep == "conj" and t.i > nxt), None)
        if (
            other is not None
            and other.pos in ("NOUN", "PROPN")
            and other.i - nxt <= 2
            and not any(t.pos in ("NUM", "DET") for t in d.tokens[nxt : other.i])
        ):
            last = other.i
    elif nxt + 1 < len(d) and d.tokens[nxt].lower == "of" and noun.lemma.lower() in _CONTAINERS:
        obj = next((t for t in d.kids(nxt) if t.dep == "pobj"), None)
        if obj is not None and obj.i - nxt <= 3:
            last = obj.i
    return d.span(first, last + 1)


_CONTAINERS = frozenset(
    "round piece case type kind member bottle box bag pack ton group set pair copy type count cup glass can vial sheet bar barrel batch truckload load act form".split()
)


def happening(d: Document, noun: Token) -> tuple[int | None, str | None]:
    """The verb or event noun that says what happens to a counted thing: its token and lemma."""
    for kid in d.kids(noun.i):
        if kid.i > noun.i and kid.dep in ("acl", "relcl") and kid.pos == "VERB":
            return kid.i, kid.lemma.lower()
    if noun.lemma.lower() in _NOMINAL_EVENTS:
        return noun.i, _NOMINAL_EVENTS[noun.lemma.lower()]
    token = noun
    for _ in range(6):
        parent = d.tokens[token.head]
        if parent.i == token.i:
            break
        if parent.pos == "VERB" or (parent.pos == "AUX" and token.dep in ("nsubj", "attr")):
            if parent.pos == "VERB" and token.dep in (
                "nsubj",
                "nsubjpass",
                "dobj",
                "conj",
                "pobj",
                "agent",
                "attr",
                "prep",
                "npadvmod",
                "advmod",
                "oprd",
                "dative",
                "dep",
            ):
                inner = next(
                    (
                        t
                        for t in d.kids(parent.i)
                        if t.dep == "xcomp" and t.pos == "VERB" and token.dep.startswith("nsubj")
                    ),
                    None,
                )
                use = (
                    inner
                    if inner is not None
                    and parent.lemma.lower() in ("believe", "think", "report", "know", "feature", "fear", "say")
                    else parent
                )
                return use.i, use.lemma.lower()
            if parent.pos == "AUX":
                adjective = next((t for t in d.kids(parent.i) if t.dep == "acomp"), None)
                return (
                    (adjective.i, _CASUALTIES.get(adjective.lower, adjective.lemma.lower()))
                    if adjective is not None
                    else (None, None)
                )
            return None, None
        if parent.pos == "NOUN" and token.dep in ("prep", "pobj") and parent.lemma.lower() in _NOMINAL_EVENTS:
            return parent.i, _NOMINAL_EVENTS[parent.lemma.lower()]
        token = parent
    return None, None
