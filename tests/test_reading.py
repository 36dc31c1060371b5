from datetime import date
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.reading import Metadata, articles, read

STORY = "Prison deaths rise, report says\n\nFriday, August 21, 2015\n\nThe ministry said on Friday that ten people had died in the camp.\n"


def test_plain_text_states_its_title_and_date(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(STORY.encode())
    article = read(file)
    assert (article.text, article.title, article.published) == (
        STORY,
        "Prison deaths rise, report says",
        date(2015, 8, 21),
    )


def test_sidecar_and_meta_win_over_the_text(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "story.meta.json").write_text('{"publisher": "The Example", "date": "2016-01-02"}')
    assert read(tmp_path / "story.txt").published == date(2016, 1, 2)
    article = read(tmp_path / "story.txt", meta=Metadata.parse({"date": "2017-03-04"}, "--meta"))
    assert (article.published, article.publisher) == (date(2017, 3, 4), "The Example")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no text"),
        (b"\x00\x01\x02\x03", "binary"),
        (
            "Der Minister sagte am Freitag, dass zehn Menschen im Lager gestorben seien und nichts bleibt.".encode(),
            "English",
        ),
        (b"It was said that the town of the hill is " * 20_000, "split it"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    with pytest.raises(ReadError, match=why) as caught:
        read(file)
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_missing_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    outcomes = list(articles([tmp_path / "none.txt", tmp_path]))
    assert [o.article is not None for o in outcomes] == [False, True]
    assert "no such file" in str(outcomes[0].error)


def test_single_byte_encodings_are_told(tmp_path: Path) -> None:
    text = "The café owner said that “all of them” were naïve, and that the résumé of the minister was not in order."
    (tmp_path / "x.txt").write_bytes(text.encode("cp1252"))
    assert read(tmp_path / "x.txt").text == text


def test_a_page_gives_body_and_metadata_but_no_made_up_date(tmp_path: Path) -> None:
    body = "".join(
        f"<p>The ministry said on day {n} that ten more people had died in the camp near the border.</p>"
        for n in range(9)
    )
    page = f"<html lang=en><head><title>Deaths rise | The Example</title><meta property='og:site_name' content='The Example'></head><body><nav>Home</nav><article><h1>Deaths rise</h1>{body}</article></body></html>"
    (tmp_path / "x.html").write_text(page)
    article = read(tmp_path / "x.html")
    assert article.title == "Deaths rise"
    assert article.published is None
    assert "ten more people" in article.text and "Home" not in article.text
