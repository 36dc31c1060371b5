from collections.abc import Callable

import pytest

from kg.records.extraction import Extraction

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


def test_verbs_and_nouns_of_a_happening_are_one_topic_and_every_statement_has_one(
    extraction: Callable[..., Extraction],
) -> None:
    found = extraction(
        "Ann Lee said that 12 men were hanged at Tadmor prison. Bo Roe said that the hangings went on for weeks. "
        "The mayor denied that the prison existed, and blamed a broken lamp."
    )
    labels = {topic.label: len(topic.attributions) for topic in found.topics}
    assert labels["hangings"] == 2
    assert labels["Tadmor prison"] == 2
    assert labels.get("lamp", 1) == 1
    assert {a for topic in found.topics for a in topic.attributions} == {a.id for a in found.attributions}


def test_labels_keep_capitals_and_leave_measures_out(extraction: Callable[..., Extraction]) -> None:
    for text, label in (
        ("The coast guard said a 10-foot shark had bitten two swimmers. The mayor said the shark was gone.", "shark"),
        ("Officials said the USAI package was late. Lund said the package was small.", "USAI package"),
        ("Ruiz said the fake-news era was over. Lund said the era had begun.", "fake-news era"),
        ("Snacks\n\nRuiz said he had pitched his spicy Cheetos. Lund said the new Cheetos were a hit.", "Cheetos"),
        (
            "Officials said Roe was involved in hacking Democratic National Committee email. Hill said the email was lost.",
            "Democratic National Committee email",
        ),
    ):
        assert extraction(text).topics[0].label == label


@pytest.mark.parametrize(
    ("before", "topics"),
    [
        ("", [("bridge", 2)]),
        ("It was past nine when she turned to the two reporters, put on her coat, locked the door of the hall behind her, took the key out with some care, and looked up and down the empty road for the last bus of that day. ", [("bridge", 1)]),
    ],
)  # fmt: skip
def test_who_names_nothing_goes_on_with_what_was_said_right_before(
    extraction: Callable[..., Extraction], before: str, topics: list[tuple[str, int]]
) -> None:
    found = extraction(f"“The bridge will never be built,” Ida Berg said. {before}“We waited too long,” she said.")
    assert len(found.attributions) == 2
    assert [(topic.label, len(topic.attributions)) for topic in found.topics] == topics
