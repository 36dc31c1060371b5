"""How much a graph holds of an article: no time expression that dates nothing, and few quads a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import build as building
from kg import store as stores
from kg.build import Plan
from kg.rdf.write import describe
from kg.records.extraction import with_used_times
from kg.stages.rules import read_document
from kg.text.article import Article
from kg.text.document import parse

NEWS = sorted((Path(__file__).parent.parent.parent / "shared" / "eval" / "newsmix" / "text").glob("*.txt"))


@pytest.mark.model
def test_the_graph_holds_times_that_date_a_record_and_all_of_them_on_request(tmp_path: Path) -> None:
    told = "In March 2024 the hospital in Arden counted 212 patients, Mayor Ann Bell said.\n\nShe sang on Tuesday.\n"
    (tmp_path / "arden.txt").write_text(told)
    held = {}
    for all_times in (False, True):
        folder = tmp_path / f"all times {all_times}"
        building.run(Plan([tmp_path / "arden.txt"], all_times=all_times, outputs=False), folder)
        with stores.open(folder) as store:
            (extraction,) = store.extractions()
        held[all_times] = [extraction.article.quote(time.span) for time in extraction.times]
    assert held == {False: ["March 2024"], True: ["March 2024", "Tuesday"]}


@pytest.mark.model
@pytest.mark.skipif(not NEWS, reason="the annotated news is not beside this checkout")
def test_a_graph_of_news_takes_at_most_thirteen_quads_for_ten_tokens() -> None:
    """What the writer, the store and every export pay for. (The bundled reports are dense: 2.3 quads a token.)"""
    quads = tokens = 0
    for path in NEWS:
        document = parse(Article(path.read_text(encoding="utf-8")))
        quads += len(set(describe(with_used_times(read_document(document)))))
        tokens += len(document)
    assert tokens > 20_000
    assert quads <= 1.3 * tokens
