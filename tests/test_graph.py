"""Extraction -> graph -> extraction: nothing lost, the same bytes each time, nothing in two places."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import rich, rival

from kg.errors import EvidenceError, SpanError
from kg.rdf import vocab
from kg.rdf.concepts import Concept, broader, preferred_label
from kg.rdf.edtf import bounds
from kg.rdf.forms import number
from kg.rdf.interop import LANG_STRING, dataset
from kg.rdf.iris import BASE
from kg.rdf.read import from_rdf, read_articles
from kg.rdf.terms import Iri, Lit, Quad, nquads, read_line
from kg.rdf.write import describe, quads, to_rdf
from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.event import Event, Participant, Relation
from kg.records.extraction import Extraction
from kg.records.figure import Bound, Change, Figure, Telling
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role, RoleStatus
from kg.records.time import Time, TimeType
from kg.records.topic import Topic
from kg.store.contents import extractions
from kg.text.article import Article, Span

GOLDEN = Path(__file__).parent / "golden"


def settled(extraction: Extraction) -> Extraction:
    """What comes back: a figure's evidence is written out even where it is the figure's own span."""
    return replace(extraction, figures=tuple(replace(f, evidence=f.evidence or f.span) for f in extraction.figures))


# -- examples


def test_the_golden_graph() -> None:
    golden = (GOLDEN / "rich.nq").read_text(encoding="utf-8")
    assert "".join(f"{line}\n" for line in quads(rich())) == golden


def test_every_record_comes_back() -> None:
    assert from_rdf(to_rdf(rich())) == settled(rich())


def test_several_articles_come_back_by_id() -> None:
    both = sorted([rich(), rival()], key=lambda e: e.article.id)
    assert list(extractions(to_rdf(both))) == [settled(e) for e in both]


def test_from_rdf_reads_one_article_only() -> None:
    with pytest.raises(EvidenceError, match="holds 2 articles"):
        from_rdf(to_rdf([rich(), rival()]))


def test_no_triple_stands_in_two_graphs() -> None:
    found = Counter((q.s, q.p, q.o) for e in (rich(), rival()) for q in set(describe(e)))
    shared = {q[:3] for e in (rich(), rival()) for q in describe(e) if q.g == f"{BASE}graph/entities"}
    assert [t for t, n in found.items() if n > 1 and t not in shared] == []
    both = {(q.s, q.p, q.o, q.g) for e in (rich(), rival()) for q in describe(e)}
    assert len({q[:3] for q in both}) == len(both)


def test_types_and_labels_stand_in_the_shared_graph_alone() -> None:
    labels = {vocab.label, vocab.prefLabel}
    assert {q.g for q in describe(rich()) if q.p in labels} == {f"{BASE}graph/entities"}
    assert {q.p for q in describe(rich()) if q.g == f"{BASE}graph/entities"} == labels | {vocab.type_, vocab.broader}


def test_nothing_is_blank_and_no_text_is_in_a_name() -> None:
    names = {t for q in describe(rich()) for t in (q.s, q.p, q.o, q.g) if isinstance(t, Iri)}
    ours = {name for name in names if name.startswith(BASE)}
    assert all(part.isalnum() for name in ours for part in name.removeprefix(BASE).split("/"))
    assert not any("news.example" in name for name in names), "an article's address stays text"


def test_another_base_changes_names_only() -> None:
    there = quads(rich(), base="http://x.test/k#")
    assert sorted(line.replace("http://x.test/k#", BASE) for line in there) != there
    assert not any(BASE in line for line in there)
    assert list(read_articles(map(read_line, there))) == [settled(rich())]


@pytest.mark.parametrize("base", ["", "id/", "http://x.test/a", "http://x.test/a b/", "http://x.test/<>/"])
def test_a_base_that_is_none(base: str) -> None:
    with pytest.raises(ValueError, match="base"):
        quads(rich(), base=base)


def test_two_speakers_of_one_quotation_are_two_statements() -> None:
    article = Article("Ann and Bob said no.")
    said = Attribution("a1", (Span(0, 3),), (Span(12, 16),), (Span(17, 19),), Form.INDIRECT, Stance.ASSERTS)
    found = Extraction(article, "m", attributions=(said, replace(said, id="a2", source=(Span(8, 11),))))
    assert from_rdf(to_rdf(found)) == found


@pytest.mark.parametrize(
    "broken",
    [
        replace(rich(), entities=()),
        replace(rich(), attributions=(replace(rich().attributions[0], content=()),)),
        replace(rich(), topics=(replace(rich().topics[0], attributions=("a99",)),)),
        replace(rich(), events=(replace(rich().events[0], participants=(Participant("bystander", "e1"),)),)),
    ],
    ids=["entity gone", "no content", "topic of nothing", "unknown part"],
)
def test_a_record_that_points_nowhere_is_refused(broken: Extraction) -> None:
    with pytest.raises(EvidenceError, match=broken.article.id):
        quads(broken)


def test_a_span_past_the_end_is_refused() -> None:
    far = replace(rich().roles[0], span=Span(5, 99_999))
    with pytest.raises(SpanError):
        quads(replace(rich(), roles=(far,)))


def test_hash_seeds_do_not_show() -> None:
    code = "from samples import rich; from kg.rdf.write import quads; import hashlib; print(hashlib.sha256(repr(quads(rich())).encode()).hexdigest())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{Path(__file__).parent}:."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1


# -- lines


def test_control_characters_and_lone_surrogates() -> None:
    article = Article('a\x00\x07\x0b\x7f\r\n\t"\\\u2028\ud800 \U0001f600 end', title="\ud83d")
    lines = quads(Extraction(article, "m"))
    body = next(line for line in lines if "articleBody" in line)
    assert '"a\\u0000\\u0007\\u000B\\u007F\\r\\n\\t\\"\\\\\u2028\ufffd \U0001f600 end"' in body
    assert all("\n" not in line and "\r" not in line for line in lines)
    back = next(iter(read_articles(map(read_line, lines)))).article
    assert back.text == article.text.replace("\ud800", "\ufffd")
    assert back.title == "\ufffd"


def test_both_libraries_read_our_lines_and_write_the_same() -> None:
    text = "".join(f"{line}\n" for line in quads(rich()))
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.N_QUADS)
    dumped = (store.dump(format=ox.RdfFormat.N_QUADS) or b"").decode()
    assert sorted(dumped.split("\n"))[1:] == quads(rich())
    read = rdflib.Dataset()
    read.parse(data=text, format="nquads")
    assert set(read.quads()) == set(to_rdf(rich()).quads())


def test_a_line_that_is_not_canonical_is_refused() -> None:
    with pytest.raises(ValueError, match="canonical"):
        read_line("<a> <b> _:c <d> .")


literals = st.builds(Lit, st.text(), st.sampled_from([vocab.string, vocab.date, vocab.decimal]), st.none()) | st.builds(
    Lit, st.text(), st.just(LANG_STRING), st.just("en-GB")
)
nodes = st.sampled_from([Iri("http://x.test/a"), Iri("http://x.test/b")])


@given(st.lists(st.builds(Quad, nodes, nodes, literals | nodes, nodes)))
def test_lines_read_back(found: list[Quad]) -> None:
    clean = [q for q in found if not (isinstance(q.o, Lit) and any("\ud800" <= c <= "\udfff" for c in q.o.text))]
    assert set(map(read_line, nquads(clean))) == set(clean)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6))
def test_numbers_come_back_from_oxigraph_unchanged(value: Decimal) -> None:
    text = number(value)
    assert Decimal(text) == value
    store = ox.Store()
    node = ox.NamedNode("http://x.test/a")
    store.add(ox.Quad(node, node, ox.Literal(text, datatype=ox.NamedNode(vocab.decimal))))
    assert [q.object.value for q in store] == [text]


# -- any extraction survives

WORDS = "Zażółć gęślą jaźń said 5,000 “people” \U0001f600 fled the town, according to\nher own “report” of 2011.\r\n"


@st.composite
def any_extraction(draw: st.DrawFn) -> Extraction:
    text = draw(st.text(st.sampled_from(WORDS + "\x07\\\"'"), min_size=5, max_size=80))
    words = st.none() | st.text(max_size=8).map(lambda t: "".join(c for c in t if not "\ud800" <= c <= "\udfff"))
    some = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def spans(least: int, most: int = 2) -> tuple[Span, ...]:
        return tuple(sorted({span() for _ in range(draw(st.integers(least, most)))}))

    def one(kinds: object) -> object:
        return draw(st.sampled_from(list(kinds)))  # type: ignore[call-overload]

    edtf = st.sampled_from([None, "2011", "2011-02", "2011-02-28", "201X", "2011-21", "2011~", "nonsense", ".."])
    sure = st.integers(0, 10_000).map(lambda n: n / 10_000)
    entities = []
    for n in range(draw(st.integers(1, 4))):
        kind = one(EntityType)
        mentions = {
            m.span: m
            for m in (
                Mention(span(), one(MentionKind), one([kind, *EntityType])) for _ in range(draw(st.integers(0, 3)))
            )
        }  # type: ignore[arg-type,misc]
        entities.append(
            Entity(
                f"e{n + 1}",
                kind,
                draw(some),
                tuple(mentions[s] for s in sorted(mentions)),
                draw(st.booleans()),
                one(["f", "m", None]),
            )
        )  # type: ignore[arg-type]
    ids = st.sampled_from([e.id for e in entities])
    maybe = st.none() | ids
    attributions = [
        Attribution(
            f"a{n + 1}",
            spans(0),
            spans(0),
            spans(1),
            one(Form),
            one(Stance),
            draw(maybe),
            draw(maybe),
            one([None, "a1"]),
            draw(sure),
        )  # type: ignore[arg-type]
        for n in range(draw(st.integers(1, 11)))
    ]
    said = st.sampled_from([None, *(a.id for a in attributions)])
    amount = st.none() | st.decimals(0, 10**9, allow_nan=False, places=2)
    figures = [
        Figure(
            f"f{n + 1}",
            span(),
            draw(amount),
            draw(amount),
            one(Bound),
            draw(st.booleans()),
            draw(words),
            draw(words),
            draw(words),
            one([None, span()]),
            draw(words),
            draw(words),
            tuple(draw(st.lists(ids, max_size=3, unique=True))),
            draw(maybe),
            draw(said),
            draw(edtf),
            draw(edtf),
            draw(edtf),
            draw(maybe),
            one([None, *Change]),
            draw(words),
            span(),
            draw(sure),
            tuple(Telling(draw(ids), spans(0), draw(said)) for _ in range(draw(st.integers(0, 3)))),
        )  # type: ignore[arg-type]
        for n in range(draw(st.integers(0, 3)))
    ]
    roles = [
        Role(
            f"r{n + 1}",
            draw(ids),
            draw(some),
            span(),
            draw(maybe),
            draw(maybe),
            draw(edtf),
            draw(edtf),
            draw(edtf),
            one(RoleStatus),
            draw(sure),
        )  # type: ignore[arg-type]
        for n in range(draw(st.integers(0, 2)))
    ]
    times = {Time(span(), one(TimeType), draw(some), draw(edtf), draw(edtf)) for _ in range(draw(st.integers(0, 3)))}  # type: ignore[arg-type]
    order = ["agent", "patient", "recipient", "instrument"]
    events = []
    for n in range(draw(st.integers(0, 2))):
        parts = draw(st.lists(st.tuples(st.sampled_from(order), ids), unique=True, max_size=4))
        parts.sort(key=lambda part: (order.index(part[0]), part[1]))
        events.append(
            Event(
                f"v{n + 1}",
                draw(words),
                span(),
                tuple(Participant(*p) for p in parts),
                span(),
                draw(maybe),
                draw(edtf),
                draw(edtf),
                draw(st.booleans()),
                draw(said),
                draw(sure),
            )
        )
    relations = [
        Relation(f"n{n + 1}", draw(some), draw(ids), draw(ids), span(), draw(said), draw(edtf), draw(edtf), draw(sure))
        for n in range(draw(st.integers(0, 2)))
    ]
    topics = [
        Topic(
            f"t{n + 1}",
            draw(some),
            draw(some),
            tuple(sorted({a.id for a in attributions}, key=lambda i: int(i[1:])))[: draw(st.integers(0, 11))],
            spans(0),
            draw(maybe),
        )
        for n in range(draw(st.integers(0, 2)))
    ]
    article = Article(
        text,
        title=draw(words),
        authors=tuple(draw(st.lists(some.filter(lambda a: "\n" not in a), max_size=3))),
        publisher=draw(words),
        url=draw(words),
        language=one([None, "en"]),
        path=one([None, "a/b.txt"]),
    )  # type: ignore[arg-type]
    ordered = sorted(times, key=lambda t: (t.span, t.type, t.value, t.start or "", t.end or ""))
    return Extraction(
        article,
        draw(some),
        tuple(entities),
        tuple(attributions),
        tuple(figures),
        tuple(roles),
        tuple(ordered),
        tuple(events),
        tuple(relations),
        tuple(topics),
        tuple(draw(st.lists(some.filter(lambda a: "\n" not in a), max_size=2))),
    )


@settings(max_examples=60, deadline=None)
@given(any_extraction())
def test_any_extraction_survives_the_graph_and_back(extraction: Extraction) -> None:
    lines = quads(extraction)
    assert list(read_articles(map(read_line, lines))) == [extraction]
    assert lines == quads(extraction)


@settings(max_examples=10, deadline=None)
@given(any_extraction())
def test_any_extraction_survives_rdflib_and_oxigraph(extraction: Extraction) -> None:
    assert from_rdf(dataset(describe(extraction))) == extraction
    store = ox.Store()
    store.load("\n".join(quads(extraction)).encode(), format=ox.RdfFormat.N_QUADS)
    text = (store.dump(format=ox.RdfFormat.N_QUADS) or b"").decode()
    assert sorted(line for line in text.split("\n") if line) == quads(extraction)


# -- small rooms


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2011", "2011-01-01", "2011-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017-05-15", "2017-05-15", "2017-05-15"),
        ("2017-05-15T10:00", "2017-05-15", "2017-05-15"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2016-24", "2016-12-01", "2017-02-28"),
        ("2016-34", "2016-04-01", "2016-06-30"),
        ("2011~", "2011-01-01", "2011-12-31"),
        ("2011-03/2015", "2011-03-01", "2015-12-31"),
        ("../2015", "None", "2015-12-31"),
        ("2015/..", "2015-01-01", "None"),
        ("2017-13", "None", "None"),
        ("2017-02-30", "None", "None"),
        ("soon", "None", "None"),
        ("0000", "None", "None"),
    ],
)
def test_the_days_that_an_edtf_date_can_mean(edtf: str, first: str, last: str) -> None:
    assert tuple(map(str, bounds(edtf))) == (first, last)


@given(st.text(max_size=12) | st.from_regex(r"\d{4}(-\d\d(-\d\d)?)?", fullmatch=True))
def test_edtf_of_any_text_is_read_or_left(text: str) -> None:
    first, last = bounds(text)
    assert first is None or last is None or "/" in text or first <= last


@pytest.mark.parametrize(
    ("concept", "label"),
    [
        (Concept("detainee", "hang"), "detainee hanged"),
        (Concept("person", "displace"), "person displaced"),
        (Concept("house", "destroy"), "house destroyed"),
        (Concept("body", "bury"), "body buried"),
        (Concept("officer", "stab"), "officer stabbed"),
        (Concept("barrel", None), "barrel"),
        (Concept(None, "kill"), "killed"),
    ],
)
def test_a_concept_in_words(concept: Concept, label: str) -> None:
    assert preferred_label(concept) == label


def test_concepts_above_end_somewhere() -> None:
    met, waiting = set(), [Concept("inmate", "hang")]
    while waiting:
        concept = waiting.pop()
        assert concept not in broader(concept)
        if concept not in met:
            met.add(concept)
            waiting += broader(concept)
    assert {Concept("person", "die"), Concept("prisoner", "hang"), Concept("person", "kill")} <= met


@pytest.mark.parametrize("name", ["rdf.terms", "rdf.iris", "rdf.edtf", "rdf.concepts", "rdf.write", "query.questions"])
def test_examples_in_docstrings_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"kg.{name}"))
    assert found.attempted
    assert not found.failed
