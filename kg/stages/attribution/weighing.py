"""Cases -> rows of numbers that tell how likely they are right, and whose words to take."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...language.lexicon import listed, words
from ...language.quotes import Quotes
from ...language.syntax import VERBAL, has, has_word, is_infinitive, is_passive
from ...text.blocks import BlockKind
from ...text.document import Document
from .cases import Case, shared
from .constructions import Construction
from .content_edges import is_somebody
from .cues import CueClass, CueLexicon
from .drafts import Draft
from .nonstatements import is_unsaid
from .read_drafts import as_draft
from .statements import is_statement

_CLASSES = {cls: n for n, cls in enumerate(CueClass)}
_CONSTRUCTIONS = {construction: n for n, construction in enumerate(Construction)}
_KINDS = {kind: n for n, kind in enumerate(BlockKind)}
_PENN = listed("parse", "tag for the arbiter")
_LABELS = listed("parse", "label for the arbiter")
"""Tags and labels, numbered in the order in which the arbiter has learnt them."""

_TAGS = {tag: n for n, tag in enumerate(_PENN)}
_DEPS = {dep: n for n, dep in enumerate(_LABELS)}
_ENTITIES = {label: n for n, label in enumerate(listed("parse", "name that speaks"), 1)}

ABSENT = -9.0
"""Stands for a number that a reader has not given."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case as two drafts, either of which may be missing, and its row of numbers.

    `earlier` and `later` are the words that the grammar joins to the content from blocks
    before and past the cue's: the encoder looks little further than one block. `active` says
    that the cue is a verb whose doer says it, so that the encoder's source is
    one where the grammar finds none: who "was told" did not tell. `beheaded`
    says that the grammar's source is what explains the name before it, which
    the encoder has: "Ana, a teacher". `cued` says that the grammar has words
    without a cue at which the encoder's stands, with its source.
    """

    case: Case
    read: Draft | None
    earlier: tuple[int, ...]
    later: tuple[int, ...]
    row: tuple[float, ...]
    active: bool = False
    beheaded: bool = False
    cued: bool = False

    @property
    def drawn(self) -> Draft | None:
        """The grammar's draft."""
        return self.case.draft


def weighed(document: Document, quotes: Quotes, lexicon: CueLexicon, found: Sequence[Case]) -> list[Weighed]:
    """The cases with their rows."""
    reads = [None if c.reading is None else as_draft(document, quotes, lexicon, c.reading) for c in found]
    around = _around(found, len(document))
    owners = _owners(found, len(document))
    return [
        Weighed(
            case,
            read,
            _earlier(document, case),
            _later(document, quotes, case),
            tuple(_row(document, quotes, case, read, n, found, around, owners)),
            _is_active(document, case.draft),
            _is_beheaded(document, case.draft, read),
            _is_cued(document, case.draft, read),
        )
        for n, (case, read) in enumerate(zip(found, reads, strict=True))
    ]


def _is_beheaded(document: Document, draft: Draft | None, read: Draft | None) -> bool:
    if draft is None or read is None or not draft.source or not set(draft.source) < set(read.source):
        return False
    before = draft.source[0] - 1
    whole = read.source[-1] - read.source[0] + 1 == len(read.source)
    return whole and before in read.source and document[before].text == ","


def _is_cued(document: Document, draft: Draft | None, read: Draft | None) -> bool:
    """Whether a verb that the encoder reads stands at words that the grammar has without a cue: "adding: “..."."""
    if draft is None or read is None or draft.construction is not Construction.CONTINUED or draft.source:
        return False
    first, last = read.content[0], read.content[-1]
    near = (i for i in read.cue if document[i].pos == "VERB" and document[i].block == document[first].block)
    return bool(read.source) and any(0 < first - i <= _NEAR or 0 < i - last <= _NEAR for i in near)


_NEAR = 3
"""Tokens from a cue to its quotation, the marks between them among them."""


def _is_active(document: Document, draft: Draft | None) -> bool:
    if draft is None or draft.head is None or draft.construction in (Construction.CONTINUED, Construction.PARENTHETIC):
        return False
    head = document[draft.head]
    return head.pos == "VERB" and not any(k.dep == "auxpass" for k in document.kids(head.i))


def rows(some: Sequence[Weighed]) -> NDArray[np.float32]:
    """The rows as one array."""
    return np.array([w.row for w in some], np.float32)


def _earlier(document: Document, case: Case) -> tuple[int, ...]:
    """The words of paragraphs before the cue's, of a quotation that is closed in it."""
    draft = case.draft
    if draft is None or draft.head is None:
        return ()
    block = document[draft.head].block
    return tuple(i for i in draft.content if document[i].block < block <= document[draft.content[-1]].block)


def _later(document: Document, quotes: Quotes, case: Case) -> tuple[int, ...]:
    """The words of paragraphs past the cue's, and the rest of a quotation that the cue's sentence takes up again."""
    draft = case.draft
    if draft is None or draft.head is None:
        return ()
    head = document[draft.head]
    parted = quotes.at[head.i] is None and quotes.at[draft.content[0]] is not None and draft.content[0] < head.i
    start = next(
        (i for i in draft.content if parted and i > head.i and document[i].sentence == head.sentence), len(document)
    )
    rest = start < len(document) and quotes.at[start] is not None
    return tuple(i for i in draft.content if document[i].block > head.block or (rest and i >= start))


def _around(found: Sequence[Case], size: int) -> list[float]:
    """For each token, how likely the likeliest reading is whose content it stands in."""
    likely = [0.0] * size
    for case in found:
        if case.reading is not None:
            for i in case.reading.content:
                likely[i] = max(likely[i], case.reading.statement)
    return likely


def _owners(found: Sequence[Case], size: int) -> list[list[int]]:
    """For each token, the numbers of the cases whose contents it stands in."""
    owners: list[list[int]] = [[] for _ in range(size)]
    for n, case in enumerate(found):
        inside = {*(case.reading.content if case.reading else ()), *(case.draft.content if case.draft else ())}
        for i in sorted(inside):
            owners[i].append(n)
    return owners


def _row(
    document: Document, quotes: Quotes, case: Case, read: Draft | None, n: int, found: Sequence[Case],
    around: Sequence[float], owners: Sequence[Sequence[int]],
) -> list[float]:  # fmt: skip
    reading, draft = case.reading, case.draft
    main = read or draft
    assert main is not None
    row = [float(reading is not None), float(draft is not None)]
    if reading is not None:
        row += [_logit(reading.attribution), _logit(reading.statement), reading.margin]
    else:
        row += [ABSENT] * 3
    row += [case.sure, _CONSTRUCTIONS[draft.construction]] if draft is not None else [ABSENT] * 2
    if read is not None and draft is not None:
        row += [
            shared(read.content, draft.content), shared(read.source, draft.source),
            len(set(read.content) - set(draft.content)), len(set(draft.content) - set(read.content)),
            len(set(read.source) - set(draft.source)), len(set(draft.source) - set(read.source)),
        ]  # fmt: skip
    else:
        row += [ABSENT] * 6
    for one in (read, draft):
        row += _of_draft(document, quotes, one)
    row += _of_cue(document, quotes, main)
    held = set(main.content)
    row += [max((around[i] for i in main.cue), default=0.0)]
    rivals = {m for i in main.content for m in owners[i] if m != n}
    row += _of_rivals(found, held, main, rivals)
    return row


def _logit(p: float) -> float:
    p = min(max(p, 0.001), 0.999)
    return math.log(p / (1 - p))


def _of_draft(document: Document, quotes: Quotes, draft: Draft | None) -> list[float]:
    if draft is None:
        return [ABSENT] * 19
    said = [i for i in draft.content if document[i].pos not in ("PUNCT", "SPACE")]
    quoted = [quotes.at[i] is not None for i in said]
    first, last = draft.content[0], draft.content[-1]
    source = [document[i] for i in draft.source]
    top = next((t for t in source if t.head not in draft.source), source[0]) if source else None
    sentence = document.sentences[document[first].sentence]
    return [
        _CLASSES[draft.cls], len(said), sum(quoted) / max(1, len(said)), float(quoted[0]) if quoted else 0.0,
        len({document[i].sentence for i in said}), len({document[i].block for i in said}),
        float(first == sentence.start), _ends_whole(document, last),
        float(any(document[i].pos in VERBAL for i in said)),
        float(document[first].pos in ("SCONJ", "PART", "ADP")),
        len(source), float(top is not None and top.pos == "PRON"), float(top is not None and top.pos == "PROPN"),
        float(top is not None and top.tag in ("WP", "WDT")),
        float(any(t.lower in words("speech", "person of the arbiter") and t.text != "US" for t in source)),
        _ENTITIES.get(top.ent, 5 if top.ent else 0) if top is not None else ABSENT,
        _place(draft), float(is_statement(document, draft)),
        float(is_unsaid(document, draft)) + 2 * float(not is_somebody(document, draft)),
    ]  # fmt: skip


def _ends_whole(document: Document, last: int) -> float:
    """Whether a mark or the sentence's end follows, which is where contents end."""
    if last + 1 >= len(document) or document[last + 1].sentence != document[last].sentence:
        return 1.0
    return 1.0 if document[last + 1].pos == "PUNCT" else 0.0


def _place(draft: Draft) -> float:
    """Where cue and source stand: 0 no cue, 1 both before the content, 2 source after the cue, 3 after, 4 within."""
    if not draft.cue:
        return 0.0
    at = draft.cue[0]
    if at < draft.content[0]:
        return 2.0 if draft.source and draft.source[0] > at else 1.0
    return 3.0 if at > draft.content[-1] else 4.0


def _of_cue(document: Document, quotes: Quotes, draft: Draft) -> list[float]:
    if draft.head is None:
        return [ABSENT] * 13
    head = document[draft.head]
    gap = min(abs(i - k) for i in draft.cue for k in (draft.content[0], draft.content[-1]))
    apart = min((abs(i - k) for i in draft.cue for k in draft.source), default=-1)
    return [
        _TAGS.get(head.tag, ABSENT), _DEPS.get(head.dep, ABSENT), float(quotes.at[head.i] is not None),
        float(is_passive(document, head)), float(has(document, head.i, "neg")),
        float(has_word(document, head.i, ("aux",), words("speech", "modal of the arbiter"))),
        float(is_infinitive(document, head.i)), float(has(document, head.i, "mark")),
        float(has(document, head.i, "ccomp")), len(draft.cue), min(gap, 30), min(apart, 30),
        _KINDS[document.kind(head.i)],
    ]  # fmt: skip


def _of_rivals(found: Sequence[Case], held: set[int], main: Draft, rivals: set[int]) -> list[float]:
    """Of cases that share words of the content: how much, how likely the likeliest, whether one has the cue inside."""
    most, likely, inside = 0.0, 0.0, 0.0
    for m in sorted(rivals):
        other = found[m].reading or found[m].draft
        assert other is not None
        alike = len(held & set(other.content)) / len(held | set(other.content))
        most = max(most, alike)
        reading = found[m].reading
        if alike > 0.3 and reading is not None:
            likely = max(likely, reading.statement)
        inside = max(inside, float(bool(set(main.cue) & set(other.content))))
    return [most, likely, inside]
