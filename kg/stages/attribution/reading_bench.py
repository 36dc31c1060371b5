"""Who reads: the grammar always, and where its weights can be had the encoder, with its arbiter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...errors import WeightsError
from ...language.quotes import Quotes
from ...text.blocks import BlockKind
from ...text.document import Document
from .arbiter import Arbiter, arbiter_of, join
from .asides import without_contested
from .cases import cases
from .constructions import Construction
from .cues import CueLexicon
from .drafts import Draft
from .encoder.encoder_weights import Encoder, default_encoder
from .encoder.glance import Glance
from .encoder.tokens import in_tokens
from .encoder.words import words_of
from .nonstatements import is_unsaid
from .quoting import handed_on
from .weighing import Weighed, weighed

AGREED, READ_ALONE, DRAWN_ALONE = 0.2, 0.4, 0.7
"""With attitudes: the encoder's probability from which a draft stands that it has read too, from which its reading
stands alone, and the grammar's confidence from which a draft stands whatever the encoder makes of it; of twelve
settings the best on thirty articles of PolNeAR's training part."""


Scored = tuple[Draft, float]
"""A draft and how sure it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """An encoder that reads, and the arbiter that weighs its readings against the grammar's."""

    encoder: Encoder
    arbiter: Arbiter

    @property
    def name(self) -> str:
        """What tells these weights from others."""
        return f"encoder {self.encoder.name}"

    def look(self, document: Document) -> Glance:
        """An article as the encoder sees it."""
        words = words_of(document.article, self.encoder.vocabulary, document.blocks)
        readings, vectors = self.encoder.look(words)
        return Glance(document, words, readings, vectors, self.encoder.arrays)

    def settle(
        self, glance: Glance, quotes: Quotes, lexicon: CueLexicon, drawn: Sequence[tuple[Draft, float]], *,
        attitudes: bool,
    ) -> list[tuple[Draft, float]]:  # fmt: skip
        """What stands of the encoder's readings and the grammar's drafts, with its confidence, in the text's order.

        With `attitudes`, what somebody wants, plans or feels stands too, by the
        encoder's own probability: the arbiter has learnt of statements only.
        """
        document = glance.document
        readings = in_tokens(document, glance.words, glance.readings)
        found = cases(readings, [draft for draft, _ in drawn], [sure for _, sure in drawn])
        some = weighed(document, quotes, lexicon, found)
        if attitudes:
            kept = [pair for w in some if (pair := _wanted(w)) is not None]
        else:
            kept = [pair for pair in self.arbiter.settle(some) if not is_unsaid(document, pair[0])]
            kept += plain_layouts(document, quotes, drawn, kept)
            kept = handed_on(document, quotes, drawn, kept)
            whole = without_contested(document, [draft for draft, _ in kept])
            kept = [(draft, sure) for draft, (_, sure) in zip(whole, kept, strict=True)]
        return sorted(_distinct(kept), key=lambda pair: (min(pair[0].cue + pair[0].content), pair[0].content))


def plain_layouts(document: Document, quotes: Quotes, drawn: Sequence[Scored], kept: Sequence[Scored]) -> list[Scored]:
    """What the grammar has by the layout alone and nothing kept holds, since the encoder reads cues.

    Words without a cue, after a label in quotation marks or in a transcript, signed, and "according to".
    """
    by_content = [(set(other.cue), set(other.content)) for other, _ in kept]
    cued = {i for cue, _ in by_content for i in cue}

    def held(content: set[int]) -> int:
        """How many of the words another statement has that is no part of them."""
        return len(content & {i for cue, other in by_content if not (cue and cue <= content) for i in other})

    return [
        (draft, sure)
        for draft, sure in drawn
        if _is_plain(document, quotes, draft)
        and cued.isdisjoint(draft.cue)
        and 2 * held(set(draft.content)) < len(draft.content)
    ]


def _is_plain(document: Document, quotes: Quotes, draft: Draft) -> bool:
    """Whether a draft rests on its layout; not a headline like "Peru: Police used force", whose topic says nothing."""
    if draft.construction is not Construction.LABEL:
        named = draft.construction is Construction.ACCORDING and document[draft.cue[0]].lower in ("according", "per")
        return draft.head is None or named
    person = bool(draft.source) and document[draft.source[-1]].ent == "PERSON"
    topic = document.kind(draft.cue[0]) is BlockKind.HEADLINE and draft.source[-1:] < draft.cue < draft.content[:1]
    return person or not topic or quotes.at[draft.content[0]] is not None


def _wanted(w: Weighed) -> tuple[Draft, float] | None:
    """What stands of a case where attitudes count too, and how sure it is."""
    likely = w.case.reading.attribution if w.case.reading is not None else 0.0
    if w.drawn is not None and (likely >= AGREED or w.case.sure >= DRAWN_ALONE):
        return join(w, read_content=True), max(likely, w.case.sure)
    if w.drawn is None and w.read is not None and likely >= READ_ALONE:
        return w.read, likely
    return None


def _distinct(kept: Sequence[tuple[Draft, float]]) -> list[tuple[Draft, float]]:
    """Of two drafts with one content the surer."""
    best: dict[tuple[int, ...], tuple[Draft, float]] = {}
    for draft, sure in kept:
        other = best.get(draft.content)
        if other is None or sure > other[1]:
            best[draft.content] = (draft, sure)
    return list(best.values())


@lru_cache(maxsize=1)
def default_bench() -> Bench:
    """Encoder and arbiter that ship.

    Raises WeightsError if they, or onnxruntime, are not there or not what they should be.
    """
    encoder = default_encoder()
    try:
        return Bench(encoder, arbiter_of(encoder.arrays))
    except (KeyError, ValueError) as error:
        raise WeightsError(f"the encoder's weights hold no arbiter ({error}); train it again") from error
