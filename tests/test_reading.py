from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.reading import LONGEST, Metadata, articles, read
from kg.reading.english import other_language
from kg.reading.markup import without_site
from kg.reading.metadata import stated_day
from kg.reading.mojibake import repair
from kg.reading.text import clean, day, decode

STORY = "Prison deaths rise, report says\n\nFriday, August 21, 2015\n\nThe ministry said on Friday that ten people had died in the camp.\n"
QUOTED = (
    "The café owner said that “all of them” were naïve, and that the résumé of the minister was not in order — at all."
)


def test_plain_text_states_its_title_and_date(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(STORY.encode())
    article = read(file)
    assert (article.text, article.title, article.published) == (
        STORY,
        "Prison deaths rise, report says",
        date(2015, 8, 21),
    )


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Friday, August 21, 2015", date(2015, 8, 21)),
        ("Published: 21 August 2015", date(2015, 8, 21)),
        ("Posted: Aug. 21, 2015", date(2015, 8, 21)),
        ("2015-08-21", date(2015, 8, 21)),
        ("Updated: 21 August 2015", None),
        ("February 31, 2015", None),
        ("It was on Friday, August 21, 2015 that the ministry spoke.", None),
    ],
)
def test_a_date_alone_on_its_line_is_the_day_of_publication(line: str, published: date | None, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        f"Prison deaths rise\n\n{line}\n\nThe ministry said that ten people had died there.\n"
    )
    assert read(tmp_path / "x.txt").published == published


def test_sidecar_and_meta_win_over_the_text_and_say_so(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "story.meta.json").write_text('{"publisher": "The Example", "date": "2016-01-02"}')
    assert read(tmp_path / "story.txt").published == date(2016, 1, 2)
    meta = Metadata.parse({"date": "2017-03-04"}, "--meta")
    (outcome,) = articles([tmp_path / "story.txt"], meta=meta)
    assert outcome.article is not None
    assert (outcome.article.published, outcome.article.publisher) == (date(2017, 3, 4), "The Example")
    beside = str(tmp_path / "story.meta.json")
    assert dict(outcome.origin) == {"title": "first line", "published": "--meta", "publisher": beside}


@pytest.mark.parametrize(
    ("sidecar", "why"),
    [("[1]", "no JSON object"), ("{", "no JSON"), ('{"dat": "x"}', "called 'dat'"), ('{"date": "May"}', "no date")],
)
def test_a_wrong_sidecar_is_an_error(sidecar: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "story.meta.json").write_text(sidecar)
    with pytest.raises(ReadError, match=why):
        read(tmp_path / "story.txt")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no text"),
        (b" \n\t\n", "no text"),
        (b"\x00\x01\x02\x03", "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "binary"),
        (bytes(range(1, 27)) * 40, "binary"),
        (
            b"Der Minister sagte am Freitag, dass zehn Menschen im Lager gestorben seien und nichts bleibt.",
            "English",
        ),
        ("Министр заявил в пятницу, что в лагере погибли десять человек, сообщает агентство.".encode(), "English"),
        (b"It was said that the town of the hill is " * 20_000, "split it"),
        (b"x" * 10_000_000, "split it"),
    ],
    ids=["empty", "blank", "zeros", "png", "controls", "german", "russian", "long", "10-MB"],
)
def test_what_is_no_article_is_refused_in_one_line(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    with pytest.raises(ReadError, match=why) as caught:
        read(file)
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De minister zei vrijdag dat er in het kamp tien mensen zijn omgekomen en dat hij is opgestapt.", "Dutch"),
        ("Le ministre a dit vendredi que dix personnes sont mortes dans le camp et qu'il ne part pas.", "French"),
        ("El ministro dijo el viernes que diez personas murieron en el campo y que no se va por eso.", "Spanish"),
        ("部长星期五说，营地里有十人死亡，他不会因此辞职，也不会再谈这件事。", "another script"),
        ("The minister said on Friday that ten people had died in the camp and that he would stay.", None),
        ("íÜÒ ÓËÁÚÁÌ, ÞÔÏ ÔÒÉÓÔÁ ÞÅÌÏ×ÅË ÐÏËÉÎÕÌÉ ÇÏÒÏÄ", "another script"),
        ("Nguyễn Phú Trọng, Đỗ Mười, Lê Đức Anh", None),
        ("Ten dead in camp", None),
        ("MINISTER RESIGNS AFTER TEN DIE IN THE CAMP; HE WILL NOT BE BACK, AIDES SAY", None),
    ],
)
def test_the_language_is_told_by_its_small_words(text: str, language: str | None) -> None:
    assert other_language(text) == language


def test_a_missing_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    outcomes = list(articles([tmp_path / "none.txt", tmp_path]))
    assert [o.article is not None for o in outcomes] == [False, True]
    assert "no such file" in str(outcomes[0].error)


def test_a_folder_is_read_at_any_depth_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/a/1.md", "a.txt", ".git/x.txt", "b/.hidden.txt", "b/photo.jpg", "b/2.meta.json", "c.gz"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}" if name.endswith("json") else STORY)
    *outcomes, others = articles([tmp_path])
    names = [Path(o.source).relative_to(tmp_path).as_posix() for o in outcomes]
    assert names == ["a.txt", "b/2.txt", "b/a/1.md"]
    assert others.article is None and others.error is None
    assert others.warnings == ("2 files of other kinds were left out (1 .gz, 1 .jpg)",)
    assert [Path(o.source).name for o in articles([f"{tmp_path}/b/**/*.md"])] == ["1.md"]
    (nothing,) = articles([f"{tmp_path}/*.nothing"])
    assert "no file fits" in str(nothing.error)


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(articles([tmp_path]))) == 1


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="no ordinary file"):
        read(tmp_path / "pipe.txt")


def test_standard_input_is_text_or_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(STORY.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    (outcome,) = articles(["-"])
    assert (outcome.source, outcome.article and outcome.article.path) == ("-", None)
    assert outcome.article is not None and outcome.article.text == STORY


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    text = f"{QUOTED} It’s what the owner’s lawyer said, too.\n"
    (tmp_path / "x.txt").write_bytes(text.encode(encoding))
    assert read(tmp_path / "x.txt").text == text


def test_a_stray_byte_does_not_garble_the_rest() -> None:
    data = (QUOTED + " It cost ").encode() + b"\x80" + b"5."
    assert decode(data, "x") == QUOTED + " It cost €5."


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        (QUOTED.encode().decode("cp1252", errors="replace"), None),
        ("The minister\u00e2\u20ac\u2122s caf\u00c3\u00a9 was shut", "The minister’s café was shut"),
        ("It cost \u00c2\u00a35 and \u00e2\u201a\u00ac6", "It cost £5 and €6"),
        ("He said \u00e2\u20ac\u0153no\u00e2\u20ac\u009d and left", "He said “no” and left"),
    ],
)
def test_garbled_text_is_put_right(garbled: str, meant: str | None) -> None:
    assert repair(garbled) == (meant if meant is not None else QUOTED)


@pytest.mark.parametrize(
    "text",
    [
        QUOTED,
        "The CAFÉ” sign and the “SÃO” label",
        "A lone Â£5 might be meant",
        "Ångström said â was a letter, Ã was another, and Â a third",
        "“ÅSA” left. â€ stands in a manual",
    ],
)
def test_clean_text_is_left_alone(text: str) -> None:
    assert repair(text) == text


@given(st.text())
def test_clean_is_done_at_once_and_keeps_offsets(text: str) -> None:
    kept = clean(text)
    assert clean(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    if text.isascii():
        assert len(kept) == len(text)


def test_a_control_character_becomes_a_blank() -> None:
    assert clean("ten\x00died\x1b[0m\ufeff.\r\nAll\tof them\x85") == "ten died [0m .\r\nAll\tof them\x85"


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([".txt", ".html", ".rss", ".json", ".jsonl", ".csv", ".eml", ".gz", ".zip", ".docx"]),
)
def test_any_bytes_are_an_article_or_an_error(data: bytes, suffix: str) -> None:
    from kg.reading.pieces import Piece
    from kg.reading.readers import pieces_of
    from kg.reading.source import from_bytes

    try:
        for piece in pieces_of(from_bytes(f"x{suffix}", data, suffix), {}):
            assert isinstance(piece, Piece | ReadError)
    except ReadError as error:
        assert "x" in error.source


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2017-05-16", date(2017, 5, 16)),
        ("2017-05-16T23:59:00-07:00", date(2017, 5, 16)),
        ("20170516", date(2017, 5, 16)),
        ("Tue, 16 May 2017 08:00:00 GMT", date(2017, 5, 16)),
        ("1494921600", None),
        ("yesterday", None),
        ("2017-13-45", None),
        (None, None),
    ],
)
def test_machine_dates(value: str | None, expected: date | None) -> None:
    assert stated_day(value) == expected


def test_human_dates() -> None:
    assert [day(w) for w in ("Sept. 3, 2016", "3rd March 2016", "Smarch 3, 2016", "soon")] == [
        date(2016, 9, 3),
        date(2016, 3, 3),
        None,
        None,
    ]


# Pages

BODY = "".join(
    f"<p>The ministry said on day {n} that ten more people had died in the camp near the border.</p>" for n in range(9)
)


def page(head: str = "", before: str = "", lang: str = "en") -> str:
    return (
        f"<html lang={lang}><head><title>Deaths rise | The Example</title>{head}</head>"
        f"<body><nav>Home</nav><article><h1>Deaths rise</h1>{before}{BODY}</article><footer>© 2011 Example</footer></body></html>"
    )


def test_a_page_gives_body_and_metadata_but_no_made_up_date(tmp_path: Path) -> None:
    (tmp_path / "2014-03-02-x.html").write_text(page("<meta property='og:site_name' content='The Example'>"))
    (outcome,) = articles([tmp_path])
    article = outcome.article
    assert article is not None
    assert (article.title, article.publisher, article.language) == ("Deaths rise", "The Example", "en")
    assert article.published is None
    assert article.text.startswith("Deaths rise\n\nThe ministry said on day 0")
    assert "Home" not in article.text and "2011" not in article.text
    assert dict(outcome.origin) == {"title": "h1", "publisher": "meta og:site_name", "language": "html lang"}


LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Other"},
        {
            "@type": ["NewsArticle"],
            "headline": "Deaths rise",
            "datePublished": "2017-05-16T10:00:00+02:00",
            "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Kim"}],
            "publisher": {"name": "The Example"},
            "mainEntityOfPage": {"@id": "https://example.org/deaths"},
            "inLanguage": "en-GB",
        },
    ],
}


@pytest.mark.parametrize(
    ("head", "before", "field", "value", "origin"),
    [
        ("<meta property='article:published_time' content='2017-05-16T10:00Z'>", "", "published", date(2017, 5, 16), "meta article:published_time"),
        ("<meta name='DC.date.issued' content='2017-05-16'>", "", "published", date(2017, 5, 16), "meta dc.date.issued"),
        ("<meta itemprop='datePublished' content='2017-05-16'>", "", "published", date(2017, 5, 16), "meta datepublished"),
        ("<meta property='article:modified_time' content='2017-05-16'>", "", "published", None, None),
        ("", "<time datetime='2017-05-16T09:00'>Tuesday</time>", "published", date(2017, 5, 16), "time element"),
        ("", "<time datetime='2017-05-16'></time><time datetime='2012-01-01'></time>", "published", None, None),
        ("", "<time class=updated datetime='2017-05-16'></time>", "published", None, None),
        ("<meta name=author content='By Ann Lee'>", "", "authors", ("Ann Lee",), "meta author"),
        ("<meta property='article:author' content='https://social.example/ann'>", "", "authors", (), None),
        ("<link rel=canonical href='https://example.org/a'>", "", "url", "https://example.org/a", "link canonical"),
        ("<meta property='og:url' content='javascript:alert(1)'>", "", "url", None, None),
        (f"<script type='application/ld+json'>{json.dumps(LD)}</script>", "", "authors", ("Ann Lee", "Bo Kim"), "JSON-LD"),
        (f"<script type='application/ld+json'>{json.dumps(LD)}</script>", "", "published", date(2017, 5, 16), "JSON-LD"),
        (f"<script type='application/ld+json'>{json.dumps(LD)}</script>", "", "url", "https://example.org/deaths", "JSON-LD"),
        ("<script type='application/ld+json'>{broken</script>", "", "published", None, None),
    ],
)  # fmt: skip
def test_each_value_of_a_page_says_where_it_stood(
    head: str, before: str, field: str, value: object, origin: str | None, tmp_path: Path
) -> None:
    (tmp_path / "x.html").write_text(page(head, before))
    (outcome,) = articles([tmp_path / "x.html"])
    assert outcome.article is not None
    assert getattr(outcome.article, field) == value
    assert dict(outcome.origin).get(field) == origin


def test_site_names_are_cut_from_titles_only_at_the_end() -> None:
    assert without_site("Deaths rise | The Example", "The Example") == "Deaths rise"
    assert without_site("Deaths rise - Example", "The Example") == "Deaths rise"
    assert without_site("The Example: deaths rise", "The Example") == "The Example: deaths rise"
    assert without_site("Deaths rise – again", "The Example") == "Deaths rise – again"


@pytest.mark.parametrize(
    ("charset", "declared"), [("cp1252", "iso-8859-1"), ("utf-8", "utf-8"), ("utf-8", ""), ("cp1252", "")]
)
def test_a_page_is_read_in_its_encoding(charset: str, declared: str, tmp_path: Path) -> None:
    text = page(f"<meta charset={declared}>" if declared else "", f"<p>{QUOTED}</p>")
    (tmp_path / "x.html").write_bytes(text.encode(charset))
    assert QUOTED in read(tmp_path / "x.html").text


def test_a_page_without_an_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<html><body><nav><a href=/>Home</a></nav></body></html>")
    with pytest.raises(ReadError, match="no article body"):
        read(tmp_path / "x.html")


def test_a_page_saved_as_text_is_still_a_page(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(page())
    assert "<p>" not in read(tmp_path / "x.txt").text


def test_deep_and_hostile_markup_is_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text("<html><body>" + "<div>" * 50_000 + "x" + "</div>" * 50_000)
    (tmp_path / "script.html").write_text(
        page("<script>fetch('http://localhost')</script>", "<script>alert('x')</script>")
    )
    deep, script = articles([tmp_path / "deep.html", tmp_path / "script.html"])
    assert deep.error is not None
    assert script.article is not None and "alert" not in script.article.text


def test_several_articles_are_not_read_as_one(tmp_path: Path) -> None:
    row = json.dumps({"text": STORY})
    (tmp_path / "x.jsonl").write_text(f"{row}\n{row}\n")
    with pytest.raises(ReadError, match="more than one"):
        read(tmp_path / "x.jsonl")
    assert len("x" * LONGEST) == LONGEST


def test_a_byline_names_the_authors(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Talks fail\n\nBy Ada van der Berg and Bo Green\n3 March 2021\n\nThe talks failed, an official said.\n"
    )
    (tmp_path / "b.txt").write_text("Talks fail\n\nBy the numbers\n\nThe talks failed, an official said.\n")
    assert read(tmp_path / "a.txt").authors == ("Ada van der Berg", "Bo Green")
    assert read(tmp_path / "b.txt").authors == ()
