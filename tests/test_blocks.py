import pytest

from kg.text.article import Article
from kg.text.blocks import find_blocks, is_dateline


def kinds(text: str) -> list[tuple[str, str]]:
    article = Article(text)
    return [(b.kind.value, article.quote(b.span)) for b in find_blocks(article)]


def test_a_report_is_told_apart() -> None:
    text = (
        "Minister quits over deaths\n\nFriday, 3 March 2017\n\nThe camp is seen in an image taken in May.\n\n"
        "The minister resigned on Friday.\r\n\r\n“No way back”\n\nHe said: nothing.\n"
    )
    assert kinds(text) == [
        ("headline", "Minister quits over deaths"),
        ("dateline", "Friday, 3 March 2017"),
        ("caption", "The camp is seen in an image taken in May."),
        ("paragraph", "The minister resigned on Friday."),
        ("subhead", "“No way back”"),
        ("paragraph", "He said: nothing."),
    ]


def test_lines_broken_at_a_fixed_width_are_one_paragraph() -> None:
    wrapped = (
        "The minister said on Friday that ten people had died in the camp\n"
        "near the border, and that the government would look into each of\nthe deaths."
    )
    assert kinds("Title\n\n" + wrapped)[1:] == [("paragraph", wrapped)]


def test_lines_of_their_own_stay_apart() -> None:
    assert len(kinds("A headline\nThe first paragraph is long and ends here.\nSecond one.\n")) == 3


@pytest.mark.parametrize("line", ["Friday, August 21, 2015", "21 August 2015", "2015-08-21", "Published: May 3, 2017"])
def test_a_date_alone_is_a_dateline(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize("line", ["On May 3, 2017 he left.", "May", "2015", "In March 2011 the war began"])
def test_a_date_in_a_sentence_is_none(line: str) -> None:
    assert not is_dateline(line)


def test_the_time_over_a_turn_of_a_film_is_no_headline() -> None:
    assert kinds("[00:01:02]\n\nROSA LINDQVIST: We took 300 passengers off.\n\n[01:02:03]\n\nThey were cold.") == [
        ("dateline", "[00:01:02]"),
        ("paragraph", "ROSA LINDQVIST: We took 300 passengers off."),
        ("dateline", "[01:02:03]"),
        ("paragraph", "They were cold."),
    ]


@pytest.mark.parametrize(
    "line", ["KOLKATA: Students came.", "NEW YORK: Students came.", "LEEDS, (Relk): Students came."]
)
def test_the_town_before_a_colon_is_a_dateline(line: str) -> None:
    place = line.split(" Students")[0]
    assert kinds(f"Students protest\n\nTwo were hurt.\n\n{line}")[2:] == [
        ("dateline", place),
        ("paragraph", "Students came."),
    ]


def test_who_is_spoken_of_elsewhere_speaks_before_a_colon() -> None:
    assert [kind for kind, _ in kinds("Talks fail\n\nJo Hill was there.\n\nHILL: We left.\n")] == [
        "headline", "paragraph", "paragraph",
    ]  # fmt: skip


def test_a_label_after_the_hour_of_an_entry_is_no_dateline() -> None:
    text = "Polls close\n\n22.00 EXIT POLL: The Greens lead.\n\n22.15 Nobody has won."
    assert kinds(text)[1:3] == [("dateline", "22.00"), ("paragraph", "EXIT POLL: The Greens lead.")]


def test_no_text_no_blocks() -> None:
    assert kinds(" \n\n ") == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("NEW YORK - Human Rights Watch said on Friday that ten people had died.", "NEW YORK"),
        ("GENEVA, June 28 (Reuters) – The office counted ten deaths.", "GENEVA, June 28 (Reuters)"),
        ("NAIROBI, 4 Oct 2022 - The office counted ten deaths.", "NAIROBI, 4 Oct 2022"),
        ("(CNN) -- Ten people died, officials said.", "(CNN)"),
        ("BEIRUT, Lebanon — “Nobody knows,” she said.", "BEIRUT, Lebanon"),
    ],
)
def test_the_place_before_a_report_is_no_part_of_its_sentence(line: str, place: str) -> None:
    body = line.removeprefix(place).lstrip(" -–—")
    assert kinds("Title\n\n" + line)[1:] == [("dateline", place), ("paragraph", body)]


@pytest.mark.parametrize(
    "line", ["NATO said on Friday - again - that it was over.", "The US - Russia talks failed again on Friday."]
)
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    assert [kind for kind, _ in kinds("Title\n\n" + line)] == ["headline", "paragraph"]
