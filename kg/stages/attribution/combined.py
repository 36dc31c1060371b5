"""Rules and the trained labeller together: which drafts hold, with whose words, and how sure that is.

The labeller finds cues that no list has and tells better where a content ends;
the rules find what PolNeAR, which taught it, does not mark: what is said inside
another's words, block quotations, words without a cue. So the labeller's
readings come first, as drafts with the class that the lexicon gives the cue,
and the rules' drafts fill in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...text.document import Document
from .cases import by_token
from .confidence import confidence_alone, confidence_of
from .cues import ATTITUDES, CueClass, CueLexicon
from .drafts import Draft
from .proposals import Construction, trimmed
from .statements import is_statement, withholds
from .tagger import LEAST, Tagged, tag
from .tagger.model import Model

SURE = 0.6
"""Confidence from which a stand that no words are told of counts as a statement, and a cue that the rules pass over."""

AGREED, ALONE = 0.1, 0.42
"""Confidence from which a reading counts that a draft of the rules agrees with, and one whose cue no draft has."""

LIKELY = 0.45
"""Share of right ones from which drafts that the labeller passes over count among the outermost: the best F1."""

STANDS = ATTITUDES - {CueClass.INTENDS, CueClass.WANTS}
"""What somebody holds, not what he plans or wishes."""

Key = tuple[int | None, tuple[int, ...]]
"""What a draft is known by when its content grows: its head and its cue."""


def _key(draft: Draft) -> Key:
    """The key of a draft."""
    return draft.head, draft.cue


def combined(
    document: Document, quotes: Quotes, lexicon: CueLexicon, drafts: Sequence[Draft], model: Model, *, attitudes: bool
) -> tuple[list[Draft], dict[Key, float]]:
    """The drafts that hold by rules and labeller, and the labeller's confidence in those that it has read.

    `drafts` are all that the rules find. With `attitudes`, drafts of the rules
    alone count inside another's content, and elsewhere only if likely enough,
    since the labeller has weighed them.
    """
    kept: list[Draft] = []
    sure: dict[Key, float] = {}
    used: set[int] = set()
    by_cue = by_token([(*draft.cue, draft.head) if draft.head is not None else () for draft in drafts])
    by_content = by_token([draft.content for draft in drafts])
    for reading in tag(document, model, AGREED, quotes):
        same = _same(drafts, by_cue, by_content, reading)
        likely = _likely(document, drafts[same[0]] if same else None, reading)
        if likely is None:
            continue
        used.update(same)
        draft, told = _read(document, quotes, lexicon, drafts[same[0]] if same else None, reading)
        if draft.content and (attitudes or told):
            kept.append(draft)
            if draft.construction is not Construction.RELAYED:
                sure[_key(draft)] = likely
    alone = [d for n, d in enumerate(drafts) if n not in used and (attitudes or is_statement(document, d))]
    return kept + _alone(kept, alone, sure, attitudes=attitudes), sure


def _read(
    document: Document, quotes: Quotes, lexicon: CueLexicon, draft: Draft | None, reading: Tagged
) -> tuple[Draft, bool]:
    """The draft that a reading makes, of the rules' own where they have one, and whether it is a statement."""
    if draft is not None:
        draft = _agreed(document, quotes, draft, reading)
        return draft, is_statement(document, draft) or (draft.cls in STANDS and reading.confidence >= SURE)
    cls = read_class(document, quotes, lexicon, reading)
    draft = _polished(document, reading, cls or CueClass.FEELS)
    return draft, cls is not None and is_statement(document, draft) and _tells(document, quotes, draft, reading)


def _alone(kept: Sequence[Draft], drafts: Sequence[Draft], sure: dict[Key, float], *, attitudes: bool) -> list[Draft]:
    """The rules' own drafts that count, each with its confidence where no other's content holds its cue."""
    held = by_token([draft.content for draft in kept])
    found = []
    for draft in drafts:
        inner = draft.head is None or set.intersection(*(set(held.get(i, ())) for i in draft.cue))
        likely = confidence_alone(draft)
        if not inner:
            sure[_key(draft)] = likely
        if inner or not attitudes or likely >= LIKELY:
            found.append(draft)
    return found


def _likely(document: Document, draft: Draft | None, reading: Tagged) -> float | None:
    """How likely a reading is right, given the draft of the rules with its cue; None if it is not likely enough.

    Counted on articles that the labeller had not learnt from: where rules and
    labeller agree on source and content, a reading of confidence 0.2 is right
    every second time; where the rules know nothing of the cue, one of 0.5 is
    right four times in ten.
    """
    if draft is None:
        return round(reading.confidence - 0.1, 4) if reading.confidence >= ALONE else None
    same = _shared(draft.content, read_content(document, reading)) >= ALIKE
    either = {*draft.source, *reading.source}
    if same and (not either or set(draft.source) & set(reading.source)):
        return max(reading.confidence, 0.42 + 0.25 * reading.confidence)
    return reading.confidence if reading.confidence >= LEAST else None


ALIKE = 0.8
"""Share of the words that either has from which rules and labeller agree on a content."""


def confidence_in(draft: Draft, sure: dict[Key, float], quoted: float) -> float:
    """The labeller's confidence in a draft, or how often the rules are right with drafts like it."""
    found = sure.get(_key(draft))
    return confidence_of(draft, quoted) if found is None else found


def _same(
    drafts: Sequence[Draft], by_cue: dict[int, list[int]], by_content: dict[int, list[int]], reading: Tagged
) -> list[int]:
    """The numbers of the drafts with the reading's cue; failing that, of those with its content; the likest first."""
    shared = Counter(n for i in reading.content for n in by_content.get(i, ()))
    size = len(reading.content)
    like = {n: k / (len(drafts[n].content) + size - k) for n, k in shared.items()}
    found = {n for i in (reading.head, *reading.cue) for n in by_cue.get(i, ())}
    if not found:
        content = set(reading.content)
        found = {n for n, share in like.items() if share > 0.5 and not set(drafts[n].cue) <= content}
    return sorted(found, key=lambda n: (-like.get(n, 0.0), n))


SAME_CONTENT, SAME_SOURCE = 0.9, 2 / 3
"""Share of words, of all that either has, from which contents or sources are the same but for how they are cut."""


def _agreed(document: Document, quotes: Quotes, draft: Draft, reading: Tagged) -> Draft:
    """The draft, with the reading's source or content in place of its own where the two are at odds.

    Where they are not, the rules cut more neatly: "the ministry", not "to the ministry".
    """
    if _knows_better(document, draft, reading):
        return draft
    content = read_content(document, reading)
    if [document[i].lower for i in draft.content] == ["it"] or all(document[i].tag in RELATIVE for i in content):
        content = draft.content  # "she denied it too", "a claim which she denied"
    noun = draft.construction is Construction.NOUN and set(draft.content) <= set(content)
    apart = content and _shared(draft.content, content) < SAME_CONTENT
    if apart and not noun and not _goes_on(document, quotes, draft, content):
        draft = replace(draft, content=content)
    other = bool(reading.source) and _shared(draft.source, reading.source) < SAME_SOURCE
    if other and _takes_source(document, draft, reading):
        draft = replace(draft, source=read_source(document, reading))
    return draft


def _knows_better(document: Document, draft: Draft, reading: Tagged) -> bool:
    """Whether the rules' draft stands as it is.

    The labeller takes who passes words on for who speaks, as PolNeAR does; in
    "Thousands face hunger, the agency said" the parse has taken thousands for the
    subject; "declined to say how many" is to the labeller an intention to say it.
    """
    if draft.construction is Construction.PARENTHETIC and not set(reading.source).isdisjoint(draft.content):
        return True
    withheld = draft.head is not None and withholds(document, document[draft.head])
    return withheld or draft.construction in (Construction.RELAYED, Construction.LABEL)


def _takes_source(document: Document, draft: Draft, reading: Tagged) -> bool:
    """Whether a reading's source may take the place of the draft's.

    Not one in two pieces of which the rules know the one: "Amnesty reported
    from witnesses"; "who" alone names nobody.
    """
    parted = reading.source[-1] - reading.source[0] >= len(reading.source)
    named = any(document[i].tag not in RELATIVE for i in draft.source)
    return not (parted and named and set(draft.source) <= set(reading.source))


def _goes_on(document: Document, quotes: Quotes, draft: Draft, content: tuple[int, ...]) -> bool:
    """Whether the draft holds the content and, of later sentences, words in quotation marks, which the rules join."""
    more = sorted(set(draft.content) - set(content))
    if not more or not set(content) <= set(draft.content):
        return False
    later = all(quotes.at[i] is not None or document[i].pos == "PUNCT" for i in more)
    return later and document[more[0]].sentence > document[content[-1]].sentence


RELATIVE = frozenset(("WP", "WDT", "WP$"))


def _shared(a: Sequence[int], b: Sequence[int]) -> float:
    return len(set(a) & set(b)) / len({*a, *b})


def _polished(document: Document, reading: Tagged, cls: CueClass) -> Draft:
    """A draft of what only the labeller has found."""
    return Draft(
        reading.head,
        reading.cue,
        read_source(document, reading),
        read_content(document, reading),
        cls,
        Construction.CLAUSE,
    )


_PREPOSITIONS = words("speech", "joins a source")


def read_source(document: Document, reading: Tagged) -> tuple[int, ...]:
    """The reading's source without the preposition that joins it to the cue."""
    source = list(reading.source)
    while len(source) > 1 and document[source[0]].pos == "ADP" and document[source[0]].lower in _PREPOSITIONS:
        source = source[1:]
    return tuple(source)


def read_content(document: Document, reading: Tagged) -> tuple[int, ...]:
    """The reading's content without what belongs to the cue: a preposition before it, an "it" that stands for it.

    An "and" at its end goes, too.
    """
    content = [i for i in reading.content if not (document[i].lower == "it" and document[i].head == reading.head)]
    if not content:
        return ()
    first = document[content[0]]
    if len(content) > 1 and first.dep in ("prep", "agent") and first.head in (reading.head, *reading.cue):
        content = content[1:]
    while len(content) > 1 and document[content[-1]].dep == "cc":
        content = content[:-1]
    return tuple(trimmed(document, _parted(document, content, reading.head)))


def _parted(document: Document, content: list[int], head: int) -> list[int]:
    """The content on one side of its cue, without what lies past a semicolon on the other: "12; doctors said 15"."""
    left, right = [i for i in content if i < head], [i for i in content if i > head]
    if left and any(document[i].text == ";" for i in range(left[-1], head)):
        return right
    if left and right and any(document[i].text == ";" for i in range(head + 1, right[0])):
        return left
    return content


def _tells(document: Document, quotes: Quotes, draft: Draft, reading: Tagged) -> bool:
    """Whether a cue that the rules pass over tells of words: by a clause or quotation, or beyond doubt.

    Charges are brought, not only said: "Prosecutors charged eight men".
    """
    if [document[i].lower for i in draft.source] == ["that"]:
        return False  # "That said, ..."
    held = set(draft.content)
    clause = any(k.dep == "ccomp" and k.i in held for k in document.kids(reading.head))
    quoted = any(quotes.at[i] is not None for i in draft.content)
    return clause or quoted or (reading.confidence >= SURE and draft.cls is not CueClass.ACCUSES)


def read_class(document: Document, quotes: Quotes, lexicon: CueLexicon, reading: Tagged) -> CueClass | None:
    """The class that the lexicon gives the reading's cue; where it knows none, that of saying if words are quoted."""
    word = document[reading.head].lower
    for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives):
        if word in table:
            return table[word][0].cls
    return CueClass.ASSERTS if any(quotes.at[i] is not None for i in reading.content) else None
