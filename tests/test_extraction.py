from decimal import Decimal

from kg.records.attribution import Attribution, Form, Stance
from kg.records.extraction import Extraction, confident
from kg.records.figure import Bound, Figure
from kg.records.topic import Topic
from kg.text.article import Article, Span

TEXT = "Ada said ten died, and Bo said Ada was wrong."


def statement(name: str, confidence: float, parent: str | None = None) -> Attribution:
    return Attribution(
        name, (), (), (Span(9, 17),), Form.INDIRECT, Stance.ASSERTS, parent=parent, confidence=confidence
    )


def test_a_figure_goes_with_the_statement_that_reports_it() -> None:
    ten = Figure("f1", Span(9, 12), Decimal(10), Decimal(10), Bound.EXACT, attribution="a1")
    own = Figure("f2", Span(9, 12), Decimal(10), Decimal(10), Bound.EXACT)
    topic = Topic("t1", "death", "death", ("a1", "a2"), (Span(9, 12), Span(13, 17)))
    extraction = Extraction(
        Article(TEXT),
        "none",
        attributions=(statement("a1", 0.4), statement("a2", 0.9, parent="a1")),
        figures=(ten, own),
        topics=(topic,),
    )
    kept = confident(extraction, 0.5)
    assert [(a.id, a.parent) for a in kept.attributions] == [("a2", None)]
    assert [f.id for f in kept.figures] == ["f2"]
    assert kept.topics[0].attributions == ("a2",)
    assert confident(extraction, 0.0) is extraction
