"""What tests of decisions share: words on records of the samples, as people would say them, and random ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st
from samples import rich, rival

from kg.records.extraction import Extraction
from kg.review.decision_file import reversal, ruling
from kg.review.seen import everything_seen
from kg.review.verdicts import Do, Fields, Line, Quote, RecordKind, Ruling, Signature, Value, Who
from kg.text.article import Article, locate

ED, ANN = "Ed", "Ann"


def by(n: int = 0, who: str = ED, why: str | None = None) -> Signature:
    """A signature; `n` counts seconds, so that no two words are one."""
    return Signature(who, f"2026-05-16T{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}Z", why)


def seen(extraction: Extraction, id: str) -> tuple[RecordKind, Fields]:
    """What a person sees of the record with this id."""
    found = next(f for f in everything_seen(extraction) if f.record.id == id)
    return found.kind, found.seen


def word(extraction: Extraction, id: str, do: Do, to: Fields | None = None, n: int = 0, who: str = ED) -> Ruling:
    """A word on the record with this id."""
    kind, fields = seen(extraction, id)
    return ruling(do, extraction.article.sha256, kind, by(n, who), seen=fields, to=to)


def added(article: Article, kind: RecordKind, to: Fields, n: int = 0) -> Ruling:
    """A word that adds a record."""
    return ruling(Do.ADD, article.sha256, kind, by(n), to=to)


def quote(article: Article, words: str) -> Quote:
    """The first place where an article says some words."""
    return Quote(locate(words, article), words)


def newer(extraction: Extraction) -> Extraction:
    """What another version of the extractor might find: other ids and confidence, one statement less, one role else."""
    names = {a.id: f"a{100 - n}" for n, a in enumerate(extraction.attributions)}

    def moved(id: str | None) -> str | None:
        return names.get(id or "")

    return replace(
        extraction,
        model="newer",
        attributions=tuple(
            replace(a, id=names[a.id], parent=moved(a.parent), confidence=0.31)
            for a in reversed(extraction.attributions)
            if a.id != "a4"
        ),
        figures=tuple(
            replace(
                f,
                attribution=moved(f.attribution),
                chain=tuple(replace(t, attribution=moved(t.attribution)) for t in f.chain),
            )
            for f in extraction.figures
            if f.attribution != "a4"
        ),
        roles=tuple(replace(r, title="deputy") if r.id == "r2" else r for r in extraction.roles),
        events=tuple(replace(e, attribution=moved(e.attribution)) for e in extraction.events),
        relations=tuple(replace(r, attribution=moved(r.attribution)) for r in extraction.relations),
        topics=tuple(replace(t, attributions=tuple(names[a] for a in t.attributions)) for t in extraction.topics),
    )


def _changes(extraction: Extraction) -> Mapping[RecordKind, list[Fields]]:
    article = extraction.article
    ellis = Who(quote(article, "Port Ellis"))
    nobody_yet = Who(quote(article, "in March 2019"), None)
    return {
        RecordKind.STATEMENT: [
            {"entity": ellis}, {"entity": None}, {"stance": "doubts"}, {"form": "mixed", "via": ellis},
            {"content": (quote(article, "passengers drowned off Port Ellis"),)}, {"entity": nobody_yet},
        ],
        RecordKind.FIGURE: [
            {"low": Decimal(7), "high": Decimal(7)}, {"high": None, "low": Decimal("1.5")}, {"unit": "km"},
            {"reporters": (ellis,)}, {"counted": quote(article, "passengers")}, {"start": "2018", "end": "2019-03"},
            {"place": ellis, "per": None, "change": "up by"}, {"start": "2030"},
        ],
        RecordKind.ROLE: [{"title": "harbour master"}, {"holder": ellis}, {"start": "2001", "status": "former"}],
        RecordKind.ENTITY: [{"type": "Organization"}, {"name": "Another name"}],
    }  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, most: int = 8) -> list[Line]:
    """Any sequence of words on the samples, and on texts that are not there, with undo and redo among them."""
    lines: list[Line] = []
    for n in range(draw(st.integers(0, most))):
        if lines and draw(st.integers(0, 3)) == 0:
            of = draw(st.sampled_from(lines))
            if isinstance(of, Ruling):
                lines.append(reversal(draw(st.sampled_from([Do.UNDO, Do.REDO])), of.id, by(n)))
                continue
        extraction = draw(st.sampled_from([rich(), rival()]))
        found = draw(st.sampled_from(everything_seen(extraction)))
        do = draw(st.sampled_from([Do.CONFIRM, Do.REJECT, Do.CORRECT, Do.CORRECT, Do.ADD]))
        to: dict[str, Value] = dict(draw(st.sampled_from(_changes(extraction)[found.kind])))
        if do is Do.ADD:
            span = quote(extraction.article, "drowned off Port Ellis in March 2019")
            kind = draw(st.sampled_from([RecordKind.STATEMENT, RecordKind.FIGURE]))
            more: Fields = (
                {"content": (span,)} if kind is RecordKind.STATEMENT else {"span": quote(extraction.article, "2019")}
            )
            to = {**draw(st.sampled_from(_changes(extraction)[kind])), **more}
            lines.append(added(extraction.article, kind, to, n))
            continue
        if do is Do.REJECT and found.kind is RecordKind.ENTITY:
            do = Do.CONFIRM
        text = draw(st.sampled_from([extraction.article.sha256] * 5 + ["0" * 64]))
        said = to if do is Do.CORRECT else None
        lines.append(ruling(do, text, found.kind, by(n), seen=found.seen, to=said))
    return lines
