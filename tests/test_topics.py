from collections.abc import Callable

import pytest

from kg.extraction import Extraction

pytestmark = pytest.mark.model

TEXT = (
    "Dam collapse kills workers\n\n"
    "The dam had been cracked for years, engineers said.\n\n"
    "Ada Brown, the mayor, said the cracked dam was never inspected. Bo Green denied that the dam was unsafe.\n\n"
    "“We asked for inspections,” said Carl Hill, a worker.\n"
)


def test_statements_on_one_thing_share_a_topic(extraction: Callable[..., Extraction]) -> None:
    found = extraction(TEXT)
    dam = next(t for t in found.topics if t.lemma == "dam")
    assert found.topics[0] == dam
    assert len(dam.attributions) >= 3
    assert {found.article.quote(m) for m in dam.mentions} == {"dam"}


def test_every_topic_points_at_statements_and_words_in_them(extraction: Callable[..., Extraction]) -> None:
    found = extraction(TEXT)
    by_id = {a.id: a for a in found.attributions}
    assert found.topics
    for topic in found.topics:
        for id, words in zip(topic.attributions, topic.mentions, strict=True):
            assert any(words in content for content in by_id[id].content)
