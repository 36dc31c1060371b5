"""A store -> its statements as they are compared, and the utterances and claims of them as quads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Final

from ..language.lexicon import words
from ..rdf import vocab
from ..rdf.forms import CLASSES, GAP, MENTIONS
from ..rdf.iris import digest
from ..rdf.terms import Iri, Lit
from ..reading.furniture import is_about_the_site
from ..records.attribution import Form, Stance
from ..records.mention import EntityType
from ..store.article_quads import Quads
from ..text.article import Span
from .denials import aimed, called_untrue, framed
from .placement import placed
from .told import OwnSentence, ToldPart, ToldStatement
from .told_words import (
    WORD,
    date_marks,
    figure_term,
    is_denial,
    is_hedge,
    is_negation,
    is_silent,
    is_verbal,
    people_term,
    plain_words,
    relative,
    small_word,
    term_of,
    thing_term,
    turning_words,
)

_GOES_ON = "|".join(sorted(words("claims", "goes on")))
_END = re.compile(rf"(?<=[.!?])[”\"’']*\s+(?=[“\"‘'A-Z0-9])|,? (?:and|but) that (?!(?:{_GOES_ON}) )")
"""Where a sentence of a statement ends, or a further clause of what is said begins, unless it is about "it"."""

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]+)")
"""What stands in quotation marks."""

_ANOTHERS = re.compile(r"([A-Z][\w.-]*)(?:['’]s|s['’])(?: [a-z-]+){1,3}? (?:for|of|that) [“\"„«]$")
"""What stands before words that somebody else has said: "denounced Jo Hill's call for “a wall”"."""

_OPENING = frozenset("“\"„«‘'")
_MARKS = "“”\"„«»‘’',; \n\t"

_BREAK = re.compile(r"[,;:–—()]")
"""Marks between words over which a negation does not reach."""

PARAGRAPH: Final = 15
"""Words of a paragraph that stands in two articles because one took it over."""

REACH: Final = 2
"""Words after a negation of which it turns round the first that says something."""

REACH_BACK: Final = 80
"""Characters before words in quotation marks in which it may stand whose they are."""

_ABBREVIATED: Final = 5
"""Letters of a word with a capital that a full stop may abbreviate: Sept., Mrs."""


def told_statements(store: Quads, same: Mapping[str, str]) -> Iterator[ToldStatement]:
    """The statements of a store, article by article in no useful order; `same` has the identity of entities, by IRI.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill denied that the mill had closed."), fast=True))
    ...     [(one.name, str(one.stance), one.text) for one in told_statements(store, {})]
    [(('jo', 'hill'), 'denies', 'the mill had closed')]
    """
    named = {q.s for q in store.quads(p=vocab.named, o=Lit("true", vocab.boolean))}
    names = {thing: tuple(plain_words(name)) for thing, name in _texts(store, vocab.label).items()}
    marks = _marks(store)
    contents: dict[Iri, dict[Iri, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for statement, graph, span in placed(store, [vocab.contentSpan]):
        contents[graph][statement].append(span)
    published = {q.g: date.fromisoformat(q.o.text) for q in store.quads(p=vocab.datePublished) if isinstance(q.o, Lit)}
    stances, cues, forms = (_texts(store, p) for p in (vocab.stance, vocab.cue, vocab.form))
    speakers = _speakers(store)
    for body in store.quads(p=vocab.articleBody):
        text = body.o.text if isinstance(body.o, Lit) else ""
        here = _in_order(text, marks[body.g])
        told = []
        wholes = [
            Span(min(at.start for at in spans), max(at.end for at in spans))
            for spans in contents.get(body.g, {}).values()
        ]
        for statement, found in contents.get(body.g, {}).items():
            spans, (speaker, *joint) = sorted(found), speakers.get(statement, (None,))
            stance, content = Stance(stances[statement]), GAP.join(text[span.start : span.end] for span in spans)
            frame, cue = framed(content) if stance is Stance.DENIES else 0, cues.get(statement, "")
            silent = stance is not Stance.DENIES and is_silent(cue)
            parts = (
                spans
                if frame >= spans[0].end - spans[0].start
                else [replace(spans[0], start=spans[0].start + frame), *spans[1:]]
            )
            told.append(ToldStatement(
                statement, body.s, published.get(body.g), Span(spans[0].start, spans[-1].end),
                None if speaker is None else Iri(same.get(speaker, speaker)),
                names[speaker] if speaker in named else (),
                stance, is_denial(cue) or frame > 0, content,
                _quoted(
                    text, spans, forms[statement], names[speaker] if speaker is not None else (),
                    wholes,
                ),
                () if silent else tuple(part for span in _joined(text, parts) for part in _parts(text, span, here)),
                _paragraph(text, spans[0].start),
                joint=tuple(dict.fromkeys(Iri(same.get(one, one)) for one in joint if one is not None)),
            ))  # fmt: skip
        yield from aimed(told, cues)


Mark = tuple[Span, str]
"""Where a figure or a name stands, and its term."""


def own_sentences(store: Quads, figures: Mapping[Iri, Span]) -> dict[Iri, OwnSentence]:
    """The sentence of its article in which each of these figures stands, and where it stands."""
    found: dict[Iri, OwnSentence] = {}
    marks = _marks(store) if figures else {}
    of = {quad.s: quad.g for quad in store.quads(p=vocab.figureSpan) if quad.s in figures}
    texts = {quad.g: quad.o.text for quad in store.quads(p=vocab.articleBody) if isinstance(quad.o, Lit)}
    here = {graph: _in_order(texts[graph], marks[graph]) for graph in set(of.values())}
    for figure, graph in of.items():
        at = _sentence_around(texts[graph], figures[figure])
        found[figure] = OwnSentence(_sentence(texts[graph], at, here[graph]), at)
    return found


def _sentence_around(text: str, at: Span) -> Span:
    """The sentence of a paragraph in which something stands."""
    first, last = text.rfind("\n", 0, at.start) + 1, text.find("\n", at.end)
    start, end = first, last if last >= 0 else len(text)
    for match in _END.finditer(text, start, end):
        if _ends(text, match.start()) and match.end() <= at.start:
            start = match.end()
        elif _ends(text, match.start()) and match.start() >= at.end:
            return Span(start, match.start())
    return Span(start, end)


def _marks(store: Quads) -> dict[Iri, list[Mark]]:
    """The figures and names of each article's graph."""
    people = {q.s for q in store.quads(p=vocab.type_, o=CLASSES[EntityType.PERSON])}
    named = {q.s for q in store.quads(p=vocab.named, o=Lit("true", vocab.boolean))}
    labels = _texts(store, vocab.label)
    terms = {}
    for thing in named:
        name = plain_words(labels[thing])
        if name:
            terms[thing] = f"@{name[-1]}" if thing in people else thing_term(labels[thing])
    marks: dict[Iri, list[Mark]] = defaultdict(list)
    for graph, span, figure in _figures(store):
        marks[graph].append((span, figure))
    for entity, graph, span in placed(store, MENTIONS.values()):
        if entity in terms:
            marks[graph].append((span, terms[entity]))
    return marks


def _in_order(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """The marks of a text with those of its dates, by place; of several at one the longest first."""
    return sorted([*marks, *date_marks(text)], key=lambda mark: (mark[0].start, -mark[0].end, mark[1]))


def _speakers(store: Quads) -> dict[Iri, tuple[Iri | None, ...]]:
    """Who makes each statement, in the order that it gives where there are several."""
    found: dict[Iri, list[Iri]] = defaultdict(list)
    for quad in store.quads(p=vocab.saidBy):
        if isinstance(quad.o, Iri):
            found[quad.s].append(quad.o)
    ids, orders = _texts(store, vocab.localId), _texts(store, vocab.speakerOrder)
    for statement, several in found.items():
        order = orders.get(statement, "").split(" ")
        several.sort(key=lambda one: (order.index(ids[one]) if ids.get(one) in order else len(order), one))
    return {statement: tuple(several) for statement, several in found.items()}


def _texts(store: Quads, p: Iri) -> dict[Iri, str]:
    return {quad.s: quad.o.text for quad in store.quads(p=p) if isinstance(quad.o, Lit)}


def _figures(store: Quads) -> Iterator[tuple[Iri, Span, str]]:
    """The figures of each article's graph, each as a term that tells its value alone: thirty is 30."""
    low, high = (_texts(store, p) for p in (vocab.low, vocab.high))
    for figure, graph, span in placed(store, [vocab.figureSpan]):
        term = figure_term(low.get(figure), high.get(figure))
        if term:
            yield graph, span, term


def _joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The stretches of a content, those as one that only a quotation mark parts: had made “strikes” on Monday."""
    start, end = spans[0].start, spans[0].end
    for span in spans[1:]:
        if text[end : span.start].strip(_MARKS):
            yield Span(start, end)
            start = span.start
        end = span.end
    yield Span(start, end)


def _parts(text: str, span: Span, marks: Iterable[Mark]) -> Iterator[ToldPart]:
    """The sentences of a stretch of a text, but those about the site: "Follow Jo Hill on Twitter"."""
    inside = [mark for mark in marks if span.start <= mark[0].start and mark[0].end <= span.end]
    start = span.start
    breaks = (match.span() for match in _END.finditer(text, span.start, span.end) if _ends(text, match.start()))
    for end, following in (*breaks, (span.end, span.end)):
        if not is_about_the_site(text[start:end]):
            yield _sentence(text, Span(start, end), inside)
        start = following


def _sentence(text: str, at: Span, marks: Iterable[Mark]) -> ToldPart:
    """One sentence; of one that calls something untrue, that."""
    untrue = called_untrue(text[at.start : at.end])
    inner = at if untrue is None else Span(at.start + untrue[0], at.start + untrue[1])
    part = _part(text, inner, [m for m in marks if inner.start <= m[0].start and m[0].end <= inner.end])
    return replace(part, text=text[at.start : at.end].strip(), denied=untrue is not None)


def _ends(text: str, at: int) -> bool:
    """Whether a sentence ends before a place, where a word with a full stop may be an abbreviation."""
    word = text[max(0, at - 20) : at].split()[-1:]
    return not word or not (word[0][-1] == "." and word[0][0].isupper() and len(word[0]) <= _ABBREVIATED)


def _part(text: str, span: Span, marks: Iterable[Mark]) -> ToldPart:
    """One sentence; of a name in a name the longer counts."""
    named, end = {}, 0
    for at, term in marks:
        if at.start >= end:
            first = WORD.search(text, at.start, at.end)  # not the sign of "$2.1 billion"
            named[at.start if first is None else first.start()], end = (term, at.end), at.end
    terms: list[str] = []
    words: list[str] = []
    free: list[bool] = []
    end = span.start
    # what stands in quotation marks may be turned round before them: has not “moved an inch”
    begins = text.rfind(" ", 0, max(0, span.start - 2)) + 1
    quoted = not _OPENING.isdisjoint(text[max(0, span.start - 1) : span.start + 1])
    if quoted and is_negation(" ".join(plain_words(text[begins : span.start]))):
        words, terms, free = [text[begins : span.start].strip(_MARKS)], [""], [True]
    for match in WORD.finditer(text, span.start, span.end):
        if _BREAK.search(text, end, match.start()):
            words, terms, free = [*words, ","], [*terms, ""], [*free, False]
        term, after = named.get(match.start(), ("", match.end()))
        free.append(not term and match.start() >= end)
        terms.append(term or (people_term(match[0]) or term_of(small_word(match[0])) if free[-1] else ""))
        words.append(match[0].replace("’", "'"))
        end = max(end, after)
    small = [word.casefold() for word in words]
    plain = [word for word, own in zip(small, free, strict=True) if own]
    return ToldPart(
        text[span.start : span.end].strip(), frozenset(filter(None, terms)), _negated(small, terms),
        turning=turning_words(small), verbal=any(map(is_verbal, plain)), hedged=any(map(is_hedge, words)),
    )  # fmt: skip


def _negated(words: Sequence[str], terms: Sequence[str]) -> frozenset[str]:
    """The term that stands right after each negation, in the same clause."""
    found: set[str] = set()
    start = 0
    for n, word in enumerate(words):
        if word == ",":
            start = n + 1
        elif is_negation(word) and not relative(words[start:n]):
            after = list(takewhile(lambda k: words[k] != ",", range(n + 1, min(len(words), n + 1 + REACH))))
            found.update([terms[k] for k in after if terms[k]][:1])
    return frozenset(found)


def _quoted(
    text: str, spans: Sequence[Span], form: str, name: Sequence[str], others: Iterable[Span]
) -> tuple[str, ...]:
    """The stretches of a statement in quotation marks, without the marks, but those told as of another than `name`.

    Those are another's, too, that stand in a statement inside this one; `others` are where each statement stands.
    """
    found, whole = [], Span(spans[0].start, spans[-1].end)
    for span in spans:
        if form == Form.DIRECT:
            found.append(text[span.start : span.end])
            continue
        opened = text[max(0, span.start - 1) : span.start] in _OPENING
        for match in _QUOTED.finditer(text, span.start - opened, span.end):
            whose = _ANOTHERS.search(text, max(0, match.start() - REACH_BACK), match.start() + 1)
            at = Span(*match.span(1))
            own = not any(at in one and one in whole and one != whole for one in others)
            if own and (whose is None or whose[1].casefold() in name):
                found.append(match[1])
    return tuple(filter(None, (one.strip(_MARKS) for one in found)))


def _paragraph(text: str, at: int) -> Iri | None:
    """A name for the words of the paragraph around a place, None if they are few."""
    end = text.find("\n", at)
    said = plain_words(text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)])
    return Iri(f"paragraph:{digest(*said)}") if len(said) >= PARAGRAPH else None
