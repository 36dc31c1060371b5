"""Files as people have them: every kind that is read, in the shapes in which it comes, and every loss said."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReadError
from kg.reading import Metadata, articles
from kg.reading.kinds import KINDS
from kg.reading.outcome import Outcome
from kg.reading.readers import READERS
from kg.reading.text import clean, unwrapped
from kg.reading.written_dates import read_day

STORY = "Rosa Lindqvist, who runs the ferry, said that 300 passengers had been taken off before the storm came."
SHARED = Path(__file__).resolve().parents[2] / "shared" / "cases" / "files"


def read_all(path: Path | str, **options: Any) -> list[Outcome]:
    return list(articles([path], **options))


def texts(path: Path | str, **options: Any) -> list[str]:
    outcomes = read_all(path, **options)
    assert all(o.error is None for o in outcomes), [str(o.error) for o in outcomes]
    return [o.article.text for o in outcomes if o.article is not None]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# -- feeds

RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Shore Mail</title>{}</channel></rss>'
ITEM = "<item><title>Ferry</title><link>https://shore.example/1</link><description>{}</description></item>"
BROKEN_FEEDS = {
    "bare &": RSS.format(ITEM.format(STORY + " Fish &chips, R&D &amp; more.")),
    "nbsp": RSS.format(ITEM.format(STORY + " A&nbsp;day&hellip;")),
    "blanks": "\n\t  " + RSS.format(ITEM.format(STORY)),
    "control": RSS.format(ITEM.format(STORY + "\x0b\x1b")),
    "unclosed": RSS.format(ITEM.format(STORY)).removesuffix("</channel></rss>"),
    "cut in an item": RSS.format(ITEM.format(STORY)).partition("</item>")[0],
    "raw html": RSS.format(ITEM.format(f"<p>{STORY}<br>It rained.</p>")),
    "prefix": RSS.format(ITEM.format(STORY).replace("<link>", "<dc:date>2024-03-12</dc:date><link>")),
    "bom inside": "\ufeff\ufeff" + RSS.format(ITEM.format(STORY)),
}


@pytest.mark.parametrize("name", BROKEN_FEEDS)
def test_a_broken_feed_is_read_as_far_as_it_can_be_and_says_so(name: str, tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "f.rss", BROKEN_FEEDS[name]))
    assert outcome.article is not None, outcome.error
    assert STORY in outcome.article.text and outcome.article.publisher == "Shore Mail"
    assert any("read as far as it can be" in w for w in outcome.warnings)


ENTRY = "<entry><title>Ferry</title><link rel='alternate' href='https://shore.example/1'/>{}</entry>"
ATOMS = {
    "no namespace": "<feed><title>Shore Mail</title>"
    + ENTRY.format(f"<published>2024-03-12T10:00:00Z</published><content>{STORY}</content>") + "</feed>",
    "0.3": "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>Shore Mail</title>"
    + ENTRY.format(f"<issued>2024-03-12</issued><content mode='escaped' type='text/html'>&lt;p&gt;{STORY}&lt;/p&gt;</content>") + "</feed>",
    "1.0": "<feed xmlns='http://www.w3.org/2005/Atom'><title>Shore Mail</title>"
    + ENTRY.format(f"<published>2024-03-12</published><summary>{STORY}</summary>") + "</feed>",
}  # fmt: skip


@pytest.mark.parametrize("name", ATOMS)
def test_atom_of_any_version(name: str, tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "f.xml", ATOMS[name]))
    assert outcome.article is not None, outcome.error
    found = outcome.article
    assert (found.publisher, found.published, found.url) == ("Shore Mail", date(2024, 3, 12), "https://shore.example/1")
    assert STORY in found.text and "<" not in found.text


def test_when_an_entry_was_changed_is_no_day_of_publication_and_that_is_said(tmp_path: Path) -> None:
    feed = ATOMS["1.0"].replace("<published>2024-03-12</published>", "<updated>2024-03-15T10:00:00Z</updated>")
    (outcome,) = read_all(put(tmp_path, "f.atom", feed))
    assert outcome.article is not None and outcome.article.published is None
    assert outcome.warnings == ("it says when it was last changed (2024-03-15T10:00:00Z), not when it was published",)


BOMBS = [
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item><description>&b; &</description></item></channel></rss>',
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&x; & y</description></item></channel></rss>',
    '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd" [ <!ENTITY % p SYSTEM "file:///etc/hosts"> %p; ]><rss><channel>&</channel></rss>',
    "<rss>" + "<a>" * 5000 + "&" + "</a>" * 5000 + "</rss>",
    "<rss>" + "<a>" * 100_000,
]


@pytest.mark.parametrize("feed", BOMBS, ids=range(len(BOMBS)))
def test_leniency_expands_nothing_and_opens_nothing(feed: str, tmp_path: Path) -> None:
    outcomes = read_all(put(tmp_path, "f.rss", feed))
    assert all(o.article is None or ("root:" not in o.article.text and len(o.article.text) < 1000) for o in outcomes)
    assert [o for o in outcomes if o.error is not None]


def test_markup_that_was_escaped_twice_is_markup(tmp_path: Path) -> None:
    twice = f"&amp;lt;p&amp;gt;{STORY} &amp;quot;Go!&amp;quot;&amp;lt;/p&amp;gt;"
    (text,) = texts(put(tmp_path, "f.rss", RSS.format(ITEM.format(twice))))
    assert text.endswith('"Go!"') and "<" not in text and "&" not in text


# -- pages

PAGE = "<html><head><title>{title}</title></head><body><article><h1>Ferry</h1><p>The harbour was closed all of Monday while the wind blew from the north-west, and no boat went out.</p><p>{body}</p><p>The ferry is to sail again on Friday, if the weather lets it, and the trains are running as usual.</p></article></body></html>"
INLINE = [
    ("300<sup>2</sup> people left, Lindqvist said.", "300 people left"),
    ("300 people<sup>[a]</sup> left, Lindqvist said.", "300 people left"),
    ("300 people<sup><a href='#n4'>4</a></sup> left.", "300 people left"),
    ("On the 4<sup>th</sup> of May 300 people left.", "On the 4th of May"),
    ("It covers 12 km<sup>2</sup> of the bay.", "12 km² of the bay"),
    ("Some 4 × 10<sup>5</sup> litres of oil ran out.", "4 × 10⁵ litres"),
    ("A cloud of CO<sub>2</sub> came out of it.", "CO₂ came out"),
    ("She ran 3<sup>3</sup>/<sub>4</sub> miles to the pier.", "3¾ miles to the pier"),
    ("She ran 5<sup>2</sup>&frasl;<sub>9</sub> miles to the pier.", "5 2/9 miles to the pier"),
    ("He said <del>4,000</del> 300 people had left.", "said 300 people"),
    ("He said <strike>4,000</strike> <b>300</b> people had left.", "said 300 people"),
    ("He said <s>4,000</s> 300 people had left.", "said 300 people"),
    ("The <cite>Shore Mail</cite> said so, as <cite>The Sea</cite> did.", "The Shore Mail said so, as The Sea did."),
    ("He said <span>300</span> people <span>had</span> left on <span><b>Monday</b></span>.", "300 people had left on"),
    ("He said\n      300   people\n\n   had left\tthe town.", "He said 300 people had left the town."),
    ("He said on <time datetime='2024-03-11'>Monday</time> that 300 people had left the town.", "on Monday that 300"),
    ("Lindqvist said <q>we must go</q> and went.", "said “we must go” and went"),
    ("<q>He cried <q>fire</q> twice,</q> said Lindqvist.", "“He cried ‘fire’ twice,” said"),
    ("He said 300 had left<span style='visibility: hidden'> and 77 cows died</span>.", "300 had left."),
    ("He said 300 had left<span hidden> and 77 cows died</span>.", "300 had left."),
]  # fmt: skip


@pytest.mark.parametrize(("body", "says"), INLINE)
def test_inline_elements_are_read_as_people_see_them(body: str, says: str, tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "p.html", PAGE.format(title="Ferry", body=body)))
    assert outcome.article is not None, outcome.error
    assert says in outcome.article.text and outcome.article.published is None
    assert not {"4,000", "77 cows"} & {word for word in ("4,000", "77 cows") if word in outcome.article.text}
    assert outcome.article.text.count("\n\n") == 3, "no paragraph is broken"


@pytest.mark.parametrize(
    "by", ["<footer>{}</footer>", "<cite>{}</cite>", "<p>{}</p>", "<footer><cite>{}</cite></footer>"]
)
def test_who_is_quoted_in_a_block_is_read(by: str, tmp_path: Path) -> None:
    block = f"</p><blockquote><p>We lost 300 boats in a night.</p>{by.format('— Ana Lindqvist, mayor')}</blockquote><p>"
    (outcome,) = read_all(put(tmp_path, "p.html", PAGE.format(title="Ferry", body=block)))
    assert outcome.article is not None, outcome.error
    assert "We lost 300 boats in a night.\n\n— Ana Lindqvist, mayor\n\nThe ferry" in outcome.article.text


BEHIND = [
    "<h3>Related</h3><ul><li><a href='/a'>Storm hits the bay</a></li><li><a href='/b'>Ten boats lost</a></li></ul>",
    "<p>Read more: <a href='/a'>Storm hits the bay</a></p><p>Follow us on Facebook and Twitter.</p>",
    "<p>Sign up to our newsletter for daily news.</p><p>Copyright 2024 Shore Mail. All rights reserved.</p>",
]


@pytest.mark.parametrize("behind", BEHIND)
def test_what_a_page_puts_behind_the_article_is_left_out(behind: str, tmp_path: Path) -> None:
    page = PAGE.format(title="Ferry", body=STORY).replace("</article>", f"{behind}</article>")
    (outcome,) = read_all(put(tmp_path, "p.html", page))
    assert outcome.article is not None and outcome.article.text.endswith("the trains are running as usual.")


def test_a_last_word_that_only_looks_so_stays(tmp_path: Path) -> None:
    page = PAGE.format(title="Ferry", body=STORY).replace(
        "</article>", "<p>More from the harbour will be told on Monday.</p></article>"
    )
    (outcome,) = read_all(put(tmp_path, "p.html", page))
    assert outcome.article is not None and outcome.article.text.endswith("will be told on Monday.")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("R&amp;amp;D &amp;lt;b&amp;gt;up&amp;lt;/b&amp;gt;", "R&D up"), ("AT&amp;T &amp; Co", "AT&T & Co"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"), ("Lindqvist: &amp;#8220;We go&amp;#8221;", "Lindqvist: “We go”"),
    ],
)  # fmt: skip
def test_titles_are_words(written: str, title: str, tmp_path: Path) -> None:
    for name, source in (
        ("t.html", PAGE.format(title=written, body=STORY)),
        ("t.rss", RSS.format(ITEM.replace("<title>Ferry</title>", f"<title>{written}</title>").format(STORY))),
    ):
        (outcome,) = read_all(put(tmp_path, name, source))
        assert outcome.article is not None and outcome.article.title == title, name


def test_a_title_that_was_escaped_twice_is_put_right(tmp_path: Path) -> None:
    (outcome,) = read_all(
        put(tmp_path, "p.html", PAGE.format(title="Rosa &amp;amp; the &amp;#8217;boat&amp;rsquo;", body="It blew."))
    )
    assert outcome.article is not None and outcome.article.title == "Rosa & the ’boat’"


# -- dates

DATES = [
    (1710230400, "2024-03-12"), ("1710230400", "2024-03-12"), (1710230400000, "2024-03-12"), ("1710230400.5", "2024-03-12"),
    ("2024/03/12", "2024-03-12"), ("2024/3/12 10:00", "2024-03-12"), ("2024.03.12", "2024-03-12"), ("12.03.2024", "2024-03-12"),
    ("13/03/2024", "2024-03-13"), ("03/13/2024", "2024-03-13"), ("12/12/2024", "2024-12-12"), ("12-Mar-2024", "2024-03-12"),
    ("12 March 2024", "2024-03-12"), ("March 12, 2024", "2024-03-12"), ("Tue, 12 Mar 2024 23:50:00 -0400", "2024-03-12"),
    ("20240312", "2024-03-12"), (20240312, "2024-03-12"), ("2024-03-12T10:00:00Z", "2024-03-12"),
    (datetime(2024, 3, 12, tzinfo=UTC), "2024-03-12"), ("", None), (None, None), (45363, "2024-03-12"), ("45363.5", "2024-03-12"),
    ("12-Mar-24", "2024-03-12"), ("3 May 99", "1999-05-03"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "day"), DATES)
def test_dates_as_tables_write_them(value: object, day: str | None) -> None:
    assert read_day(value) == (date.fromisoformat(day) if day else None, None)


@pytest.mark.parametrize(
    "value",
    [
        "12/03/2024",
        "1/2/2020",
        "03-04-2023",
        "yesterday",
        "99/99/2024",
        5,
        True,
        "17102304001710230400",
        10000,
        "99999",
    ],
)
def test_a_lost_date_is_said(value: object, tmp_path: Path) -> None:
    found, lost = read_day(value)
    assert found is None and lost is not None and str(value)[:12] in lost
    (outcome,) = read_all(put(tmp_path, "t.jsonl", json.dumps({"text": STORY, "date": value})))
    assert outcome.article is not None and outcome.article.published is None
    assert outcome.warnings == (lost,)


def test_an_order_of_days_and_months_decides(tmp_path: Path) -> None:
    path = put(tmp_path, "t.csv", f"Text,Published At\n{STORY.replace(',', '')},03/04/2023\n")
    days = [read_all(path, columns={"date_order": order})[0].article.published for order in ("dmy", "mdy")]  # type: ignore[union-attr]
    assert days == [date(2023, 4, 3), date(2023, 3, 4)]


# -- tables

ENVELOPES: dict[str, Any] = {
    "newsapi": {"status": "ok", "articles": [{"source": {"name": "Shore Mail"}, "publishedAt": "2024-03-12T01:00:00Z", "content": STORY, "title": "Ferry"}]},
    "json feed": {"version": "https://jsonfeed.org/version/1.1", "title": "Shore Mail", "items": [{"id": "1", "title": "Ferry", "content_html": f"<p>{STORY}</p>", "date_published": "2024-03-12"}]},
    "fields": {"response": {"status": "ok", "results": [{"webTitle": "Ferry", "webPublicationDate": "2024-03-12T01:00:00Z", "fields": {"bodyText": STORY, "publication": "Shore Mail"}}]}},
    "hits": {"hits": {"total": 1, "hits": [{"_id": "x", "_source": {"headline": "Ferry", "text": STORY, "date": "2024-03-12", "source": "Shore Mail"}}]}},
    "list": [{"Headline": "Ferry", "Article Body": STORY, "Publication Date": "2024-03-12", "Outlet": "Shore Mail"}],
    "one": {"headline": "Ferry", "body": STORY, "date": 1710230400, "publisher": "Shore Mail"},
    "rendered": [{"title": {"rendered": "Ferry"}, "content": {"rendered": f"\n<p>{STORY}</p>", "protected": False}, "date": "2024-03-12T10:00:00", "author": 3, "publisher": "Shore Mail"}],
    "docs": {"response": {"docs": [{"abstract": "x", "snippet": "x", "lead_paragraph": STORY, "headline": {"main": "Ferry", "kicker": None}, "pub_date": "2024-03-12T05:00:29+0000", "byline": {"original": None}, "source": "Shore Mail"}]}},
    "results": {"articles": {"results": [{"title": "Ferry", "body": STORY, "date": "2024-03-12", "source": {"uri": "x.example", "title": "Shore Mail"}}], "total": 1}},
    "lists of one": {"response": {"docs": [{"title": ["Ferry"], "content": [STORY], "date": ["2024-03-12T05:00:00Z"], "publisher": ["Shore Mail"]}]}},
    "dollars": {"title": "Ferry", "text": STORY, "date": {"$date": "2024-03-12T05:00:00Z"}, "outlet": "Shore Mail"},
    "attributes": {"data": [{"attributes": {"title": "Ferry", "body": {"value": STORY, "processed": f"<p>{STORY}</p>"}, "date": "2024-03-12", "site": "Shore Mail"}}]},
    "by id": {"17": {"title": "Ferry", "text": STORY, "date": "2024-03-12", "publisher": "Shore Mail"}},
    "by column": {"title": {"0": "Ferry"}, "text": {"0": STORY}, "date": {"0": 1710230400000}, "publisher": {"0": "Shore Mail"}},
    "addresses": {"title": "Ferry", "text": STORY, "date": "12-Mar-24", "source": "https://x.example/1", "source_hostname": "Shore Mail", "publisher": "Shore Mail"},
    "entities": {"title": "Fer&#114;y", "html": f"<p>{STORY}</p>", "published_at": "2024-03-12", "provider": [{"name": "Shore Mail"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", ENVELOPES)
def test_articles_are_found_in_what_interfaces_answer(name: str, tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "a.json", json.dumps(ENVELOPES[name])))
    assert outcome.article is not None, outcome.error
    found = outcome.article
    assert (found.title, found.publisher, found.published) == ("Ferry", "Shore Mail", date(2024, 3, 12))
    assert found.text == f"Ferry\n\n{STORY}" and not outcome.warnings


@pytest.mark.parametrize(
    "value", [{"a": {"b": {"c": {"d": {"e": [{"text": "x"}]}}}}}, {"status": "ok"}, {"items": [1, 2]}, {}]
)
def test_an_answer_without_articles_is_refused(value: object, tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "a.json", json.dumps(value)))
    assert "no column holds the text" in str(outcome.error)


def test_who_wrote_it_is_named_by_people_and_no_numbers(tmp_path: Path) -> None:
    rows = [
        {"text": STORY, "author": by} for by in ("By Bo Ek", 3, {"name": "Bo Ek"}, [{"display_name": "Bo Ek"}, None])
    ]
    found = [o.article and o.article.authors for o in read_all(put(tmp_path, "a.json", json.dumps(rows)))]
    assert found == [("Bo Ek",), (), ("Bo Ek",), ("Bo Ek",)]


def test_an_address_is_no_publisher(tmp_path: Path) -> None:
    row = {"text": STORY, "source": "https://x.example/1"}
    (outcome,) = read_all(put(tmp_path, "a.json", json.dumps(row)))
    assert outcome.article is not None
    assert (outcome.article.publisher, outcome.article.url) == (None, "https://x.example/1")


def test_what_wraps_no_text_is_no_text(tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "a.json", json.dumps({"text": {"bytes": 17}})))
    assert "column text holds no text" in str(outcome.error)


def test_a_text_that_is_cut_short_says_so(tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "a.json", json.dumps([{"content": STORY + "… [+1204 chars]"}])))
    assert outcome.article is not None and outcome.article.text == STORY
    assert outcome.warnings == ("the text is cut short where it comes from",)


def test_lines_of_json_with_commas_and_brackets_are_read(tmp_path: Path) -> None:
    row = json.dumps({"text": STORY})
    outcomes = read_all(put(tmp_path, "a.jsonl", f"[\n{row},\n{row},\n{{broken,\n{row}\n]\n"))
    assert [o.article is not None for o in outcomes] == [True, True, False, True]
    assert [len(o.warnings) for o in outcomes] == [1, 1, 0, 0]


def test_excels_word_for_the_delimiter_is_obeyed(tmp_path: Path) -> None:
    for mark in ";|\t":
        path = put(tmp_path, "t.csv", f'sep={mark}\r\ntext{mark}a, b and c\r\n"{STORY}"{mark}x\r\n'.encode("utf-8-sig"))
        (outcome,) = read_all(path)
        assert outcome.article is not None and outcome.article.text == STORY
        assert outcome.source.endswith(":3")


def test_a_workbook_gives_an_article_a_row(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        notes = book.add_worksheet("notes")
        notes.write(0, 0, "about this file")
        sheet = book.add_worksheet("news")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for n, name in enumerate(("Headline", "Article Body", "Published At", "Outlet")):
            sheet.write(2, n, name)
        sheet.write_row(3, 0, ["Ferry", STORY])
        sheet.write_datetime(3, 2, datetime(2024, 3, 12), day)
        sheet.write(3, 3, "Shore Mail")
        sheet.write_row(5, 0, ["=1+1", STORY])
        sheet.write_formula(5, 3, '=HYPERLINK("http://x.example")', None, "Shore Mail")
    first, second = read_all(path)
    assert first.article is not None and second.article is not None
    assert (first.article.title, first.article.published, first.article.publisher) == (
        "Ferry",
        date(2024, 3, 12),
        "Shore Mail",
    )
    assert (first.source, second.source) == (f"{path}:news:4", f"{path}:news:6")
    assert second.article.publisher == "Shore Mail"


@pytest.mark.parametrize("name", ["locked.docx", "old.xlsx", "old.pptx"])
def test_a_locked_or_old_document_says_so(name: str, tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))
    assert "it is locked with a password, or of the kind before 2007; save it anew" in str(outcome.error)


# -- other containers


def mail(subject: str, body: str, day: str = "Tue, 12 Mar 2024 10:00:00 +0000") -> str:
    return f"From: Desk <desk@shore.example>\nSubject: {subject}\nDate: {day}\n\n{body}\n\n"


def test_a_mailbox_gives_an_article_a_message(tmp_path: Path) -> None:
    box = f"From desk Tue Mar 12 10:00:00 2024\n{mail('Ferry', STORY)}From desk Wed Mar 13 10:00:00 2024\n{mail('Empty', '')}From - Wed\n{mail('Quoted', STORY + chr(10) + '>From the pier all was seen.')}"
    for name in ("a.mbox", "a.txt", "a"):
        outcomes = read_all(put(tmp_path, name, box))
        assert [o.article.title if o.article else None for o in outcomes] == ["Ferry", None, "Quoted"]
        assert "From the pier" in outcomes[2].article.text and ">From" not in outcomes[2].article.text  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["m.eml", "m.txt"])
def test_a_message_whose_headers_are_not_folded(name: str, tmp_path: Path) -> None:
    part = f"--b1\r\nContent-Type: text/plain;\r\ncharset=utf-8\r\n\r\n{STORY}\r\n--b1--\r\n"
    message = f"From: desk@shore.example\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\nDate: 12-Mar-2024\r\nContent-Type: multipart/alternative;\r\nboundary=b1\r\n\r\n{part}"
    (outcome,) = read_all(put(tmp_path, name, message))
    assert outcome.article is not None, outcome.error
    assert outcome.article.text == f"Ferry\n\n{STORY}" and outcome.article.published == date(2024, 3, 12)


def test_a_message_whose_boundary_is_not_declared_is_read_as_it_stands(tmp_path: Path) -> None:
    part = f"--b1\nContent-Type: text/plain; charset=utf-8\n\n{STORY}\n--b1--\n"
    message = f"From: desk@shore.example\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\n{part}"
    (outcome,) = read_all(put(tmp_path, "m.eml", message))
    assert outcome.article is not None, outcome.error
    assert outcome.article.text == f"Ferry\n\n{STORY}"


@pytest.mark.parametrize("name", ["p.mhtml", "p.mht", "p.txt"])
def test_a_page_saved_with_its_parts(name: str, tmp_path: Path) -> None:
    page = PAGE.format(title="Ferry", body=STORY)
    saved = f'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://shore.example/1\r\nSubject: Ferry\r\nDate: Fri, 15 Mar 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://shore.example/1\r\n\r\n{page.replace("=", "=3D")}\r\n--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b--\r\n'
    (outcome,) = read_all(put(tmp_path, name, saved))
    assert outcome.article is not None, outcome.error
    assert STORY in outcome.article.text and "Content-" not in outcome.article.text
    assert outcome.article.url == "https://shore.example/1" and outcome.article.published is None


RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\colortbl;\red0\green0\blue0;}{\*\generator Writer;}
{\info{\title Ferry \'e0 quai}{\author Rosa Lindqvist}{\creatim\yr2020}}{\header Shore Mail}
\pard\b Ferry\b0\par Rosa said \ldblquote we go\rdblquote\emdash and 300 people left K\'f6ln \u8212?x \uc2\u8217''s.\par
{\v secret 77}{\field{\*\fldinst HYPERLINK "http://x.example"}{\fldrslt the pier}} \{braced\}\~end.{\footnote 40 stayed.)}\par
{\pict\pngblip 89504e47}Last line.}"""


@pytest.mark.parametrize("name", ["d.rtf", "d.txt", "d.doc"])
def test_rich_text_is_read(name: str, tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, name, RTF))
    assert outcome.article is not None, outcome.error
    paragraphs = outcome.article.text.split("\n\n")
    assert paragraphs[0] == "Ferry"
    assert paragraphs[1] == "Rosa said “we go”—and 300 people left Köln —x ’s."
    assert paragraphs[2].startswith("the pier {braced} end. (40 stayed.)") and paragraphs[-1] == "Last line."
    assert outcome.article.title == "Ferry à quai" and outcome.article.authors == ("Rosa Lindqvist",)
    assert "77" not in outcome.article.text and "Times" not in outcome.article.text


SRT = "1\n00:00:01,000 --> 00:00:04,000\nROSA LINDQVIST: We took 300\npassengers off.\n\n2\n00:00:04,500 --> 00:00:06,000\n- They were cold,\n<i>but safe.</i>\n\n3\n01:02:03,000 --> 01:02:05,000\n>> Bo Ek: Nobody was hurt.\n"
VTT = "WEBVTT - Ferry\n\nNOTE made by hand\n\nSTYLE\n::cue { color: red }\n\nc1\n00:01.000 --> 00:04.000 align:start\n<v Rosa Lindqvist>We took 300 passengers off.</v>\n\n00:04.500 --> 00:06.000\n<v.loud Bo Ek>Nobody was hurt &amp; all are home.\n"


def test_subtitles_say_who_speaks_and_when(tmp_path: Path) -> None:
    for name in ("s.srt", "s.txt"):
        (text,) = texts(put(tmp_path, name, SRT))
        assert (
            text
            == "[00:00:01]\n\nROSA LINDQVIST: We took 300 passengers off.\n\n[00:00:04]\n\nThey were cold, but safe.\n\n[01:02:03]\n\nBo Ek: Nobody was hurt."
        )
        (outcome,) = read_all(tmp_path / name)
        assert outcome.article is not None and outcome.article.title is None, "a time is no headline"
    (text,) = texts(put(tmp_path, "s.vtt", VTT))
    assert (
        text
        == "[00:00:01]\n\nRosa Lindqvist: We took 300 passengers off.\n\n[00:00:04]\n\nBo Ek: Nobody was hurt & all are home."
    )


def zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_book_gives_an_article_a_chapter(tmp_path: Path) -> None:
    chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><h1>{}</h1><p>{}</p></body></html>"
    outcomes = []
    for day in ("2024-03-12T00:00:00+00:00", "0101-01-01T00:00:00+00:00"):
        book = zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='O/b.opf'/></rootfiles></container>",
        "O/b.opf": f"<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:creator>Rosa Lindqvist</dc:creator><dc:publisher>Shore Press</dc:publisher><dc:date>{day}</dc:date></metadata><manifest><item id='a' href='two.xhtml'/><item id='b' href='text/one.xhtml'/><item id='c' href='../../etc/passwd'/><item id='d' href='toc.xhtml'/></manifest><spine><itemref idref='b'/><itemref idref='a'/><itemref idref='c'/><itemref idref='d'/></spine></package>",
        "O/two.xhtml": chapter.format("Second", STORY), "O/text/one.xhtml": chapter.format("First", STORY), "O/toc.xhtml": chapter.format("Contents", "1 2"),
      })  # fmt: skip
        outcomes += read_all(put(tmp_path, "b.epub", book))
    assert [o.article and (o.article.title, o.article.publisher, o.article.published) for o in outcomes] == [
        ("First", "Shore Press", date(2024, 3, 12)),
        ("Second", "Shore Press", date(2024, 3, 12)),
        ("First", "Shore Press", None),
        ("Second", "Shore Press", None),
    ]
    assert outcomes[0].article is not None and outcomes[0].article.text == f"First\n\n{STORY}"


def test_slides_are_read_in_order(tmp_path: Path) -> None:
    slide = "<p:sld xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' show='{}'><a:p><a:r><a:t>{}</a:t></a:r><a:br/><a:r><a:t>tail</a:t></a:r></a:p></p:sld>"
    deck = {
        f"ppt/slides/slide{n}.xml": slide.format(show, words)
        for n, show, words in ((10, 1, "Third"), (2, 1, STORY), (1, 1, "First"), (3, 0, "Hidden 77"))
    }
    (text,) = texts(
        put(
            tmp_path,
            "s.pptx",
            zipped(
                {"ppt/presentation.xml": "<p/>", "ppt/notesSlides/notesSlide1.xml": slide.format(1, "Note"), **deck}
            ),
        )
    )
    assert text == f"First tail\n\n{STORY} tail\n\nThird tail"


def test_word_leaves_out_what_is_hidden_and_reads_notes(tmp_path: Path) -> None:
    w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    body = f"<w:document {w}><w:body><w:p><w:r><w:t>{STORY}</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> Hidden 77.</w:t></w:r><w:r><w:rPr><w:vanish w:val='false'/></w:rPr><w:t> Shown.</w:t></w:r></w:p></w:body></w:document>"
    notes = f"<w:footnotes {w}><w:footnote w:type='separator'><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>The port counted 290.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    (text,) = texts(put(tmp_path, "d.docx", zipped({"word/document.xml": body, "word/footnotes.xml": notes})))
    assert text == f"{STORY} Shown.\n\nThe port counted 290."


def test_what_a_style_hides_in_word_is_left_out(tmp_path: Path) -> None:
    w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    styles = f"<w:styles {w}><w:style w:styleId='Quiet'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId='Ghost'><w:basedOn w:val='Quiet'/></w:style><w:style w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style></w:styles>"
    shown = "<w:r><w:rPr><w:rStyle w:val='{}'/>{}</w:rPr><w:t>{}</w:t></w:r>".format
    runs = (
        shown("Quiet", "", " Hidden 77.")
        + shown("Quiet", "<w:vanish w:val='0'/>", " Shown.")
        + shown("Loop", "", " Too.")
    )
    body = f"<w:document {w}><w:body><w:p><w:r><w:t>{STORY}</w:t></w:r>{runs}</w:p><w:p><w:pPr><w:pStyle w:val='Ghost'/></w:pPr><w:r><w:t>Ghostly 88.</w:t></w:r></w:p></w:body></w:document>"
    (text,) = texts(put(tmp_path, "d.docx", zipped({"word/document.xml": body, "word/styles.xml": styles})))
    assert text == f"{STORY} Shown. Too."


def test_words_that_were_taken_out_of_a_document_are_not_in_it(tmp_path: Path) -> None:
    w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    body = f"<w:document {w}><w:body><w:p><w:ins><w:r><w:t>{STORY}</w:t></w:r></w:ins><w:del><w:r><w:delText> Old 66.</w:delText></w:r></w:del></w:p></w:body></w:document>"
    remark = f"<w:comments {w}><w:comment><w:p><w:r><w:t>Check the 99 again</w:t></w:r></w:p></w:comment></w:comments>"
    (text,) = texts(put(tmp_path, "d.docx", zipped({"word/document.xml": body, "word/comments.xml": remark})))
    assert text == STORY


# -- web archives


def warc(records: list[tuple[str, bytes, str]]) -> bytes:
    out = b""
    for url, body, coding in records:
        http = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{coding}Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        out += (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n".encode()
            + http
            + b"\r\n\r\n"
        )
    return out


def test_pages_packed_with_brotli_are_read_under_a_limit(tmp_path: Path) -> None:
    brotli = pytest.importorskip("brotli")
    pytest.importorskip("warcio")
    page = PAGE.format(title="Ferry", body=STORY).encode()
    packed, bomb = brotli.compress(page), brotli.compress(b"<p>a</p>" * 3_000_000)
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (packed[:40], packed[40:], b""))
    path = put(tmp_path, "w.warc", warc([
        ("http://a.example/1", packed, "Content-Encoding: br\r\n"), ("http://a.example/2", bomb, "Content-Encoding: br\r\n"),
        ("http://a.example/3", packed[:-30], "Content-Encoding: br\r\n"), ("http://a.example/4", b"\xff\x00" * 50, "Content-Encoding: br\r\n"),
        ("http://a.example/5", chunks, "Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n"),
    ]))  # fmt: skip
    outcomes = read_all(path)
    assert [o.article is not None and STORY in o.article.text for o in outcomes] == [True, False, False, False, True]
    says = [str(o.error) for o in outcomes]
    assert "more than 5,000,000 bytes" in says[1] and "breaks off" in says[2] and "is damaged" in says[3]


def test_the_archives_before_warc_are_read(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    page = PAGE.format(title="Ferry", body=STORY).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    arc = b"filedesc://x.arc 0.0.0.0 20060101000000 text/plain %d\n%s\n" % (len(head), head)
    arc += b"http://a.example/1 127.0.0.1 20060101000000 text/html %d\n%s\n" % (len(http), http)
    for name in ("x.arc", "x.txt"):
        (outcome,) = read_all(put(tmp_path, name, arc))
        assert outcome.article is not None, outcome.error
        assert STORY in outcome.article.text and outcome.article.url == "http://a.example/1"


# -- characters

UNSEEN = [
    ("Ro\u00adsa took 3\u00ad00 peo\u00adple", "Rosa took 300 people"), ("\u200eRosa\u200f \u202a300\u202c", "Rosa 300"),
    ("zero\u200bwidth\u2060joined\ufeff", "zerowidthjoined "), ("said：＂Ｇｏ＂", 'said:"Go"'), ("１２，３００", "12,300"),
    ("ofﬁce ﬂoor aﬀair", "office floor affair"), ("٣٠٠ and ۳۰۰ and ३००", "300 and 300 and 300"),
    ("a\u3000b", "a b"), ("Zoe\u0308 ½ km² “x” — 5 °C €", "Zoë ½ km² “x” — 5 °C €"), ("👩\u200d🚒", "👩\u200d🚒"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kept"), UNSEEN)
def test_what_nobody_sees_goes_and_what_looks_like_english_is_it(text: str, kept: str) -> None:
    assert clean(text) == kept
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("300 peo-\nple left the har-\nbour on Mon-\r\n  day.", "300 people left the harbour on Monday."),
        ("a well-\nknown pas-\nsage", "a well-known passage"),
        ("only one bro-\nken word", "only one bro-\nken word"),
        ("- one\n- two-\nThree\nnon-\nStop", "- one\n- two-\nThree\nnon-\nStop"),
    ],
)
def test_words_broken_at_the_ends_of_lines_are_made_whole(text: str, whole: str) -> None:
    assert unwrapped(text) == whole


# -- columns of a page


def column_pdf(rows: list[tuple[int, int, str]]) -> bytes:
    body = "".join(f"BT /F1 10 Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in rows).encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[5 0 R]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(body), body),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for n, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, content)
    at = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % at


LEFT = ["Rosa Lindqvist, who runs the ferry, said", "that 300 passengers had been taken off", "before the storm came from the north, and", "that nobody had been hurt on the way to", "the pier that evening."]  # fmt: skip
RIGHT = ["Bo Ek, a sailor, said the boats would not", "leave the harbour until the wind was down", "and that he had seen nothing like it in all", "of his forty years at sea, not even in the", "winter of the great frost."]  # fmt: skip


def test_columns_drawn_line_by_line_are_read_apart(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    rows = [(50, 790, "Ferry stays in")]
    for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        rows += [(50, 740 - 12 * n, left), (320, 740 - 12 * n, right)]
    (text,) = texts(put(tmp_path, "c.pdf", column_pdf(rows)))
    assert " ".join(LEFT) in " ".join(text.split()) and " ".join(RIGHT) in " ".join(text.split())
    plain = [(50, 740 - 12 * n, line) for n, line in enumerate([*LEFT, *RIGHT])]
    (text,) = texts(put(tmp_path, "p.pdf", column_pdf(plain)))
    assert " ".join([*LEFT, *RIGHT]) in " ".join(text.split())


def test_running_heads_and_feet_are_no_part_of_a_column(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    rows = [(50, 800, "The Shore Mail"), (500, 800, "Page 3"), (50, 60, "12 March 2024, shore-mail.example")]
    for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        rows += [(50, 740 - 12 * n, left), (320, 740 - 12 * n, right)]
    (text,) = texts(put(tmp_path, "c.pdf", column_pdf(rows)))
    flat = " ".join(text.split())
    assert " ".join(LEFT) in flat and " ".join(RIGHT) in flat and "Page 3" not in flat
    assert flat.index("The Shore Mail") < flat.index(LEFT[0]) < flat.index(RIGHT[0]) < flat.index("12 March 2024")


def test_three_columns_are_read_apart(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    columns = [
        ["The mayor said that", "the town had bread", "for two days and no", "more than that, and", "asked for patience."],
        ["Bo Ek said that the", "boats would stay in", "the harbour until a", "calmer day came, and", "that he would wait."],
        ["Ida Berg denied that", "she had sold the pier", "and said a court was", "to hear the matter in", "the first week of May."],
    ]  # fmt: skip
    rows = [(40 + 180 * k, 740 - 12 * n, column[n]) for n in range(5) for k, column in enumerate(columns)]
    (text,) = texts(put(tmp_path, "c.pdf", column_pdf(rows)))
    flat = " ".join(text.split())
    assert [flat.index(" ".join(column)) for column in columns] == sorted(flat.index(" ".join(c)) for c in columns)


# -- what is not read


@pytest.mark.parametrize("suffix", sorted(KINDS))
def test_a_kind_that_is_not_read_is_named(suffix: str, tmp_path: Path) -> None:
    assert suffix not in READERS
    (outcome,) = read_all(put(tmp_path, f"x{suffix}", STORY))
    assert outcome.article is None and str(outcome.error).startswith(f"{tmp_path / 'x'}{suffix}: it is a")


def test_names_say_nothing_of_a_language_and_a_word_overrides(tmp_path: Path) -> None:
    names = put(
        tmp_path,
        "n.txt",
        "OSLO (AP) Norway’s Berg names Lund, Dahl, Moen, Holm, Vik, Aas, Ruud, Foss, Nygard, Solheim, Bakke.",
    )
    assert len(texts(names)) == 1
    for n, short in enumerate(
        ("Toll rises to 40.", "Lagos: Okonkwo beats Adeyemi, Balogun, Eze in Surulere, Ikeja, Epe, Badagry polls.")
    ):
        assert texts(put(tmp_path, f"s{n}.txt", short)) == [short]
    german = put(
        tmp_path,
        "g.txt",
        "Die Fähre war am Montag nicht mehr zu sehen, und der Wind kam aus dem Norden, wie es die Leute von der Küste sagen.",
    )
    (outcome,) = read_all(german)
    assert "German" in str(outcome.error) and "--language en" in str(outcome.error)
    assert len(texts(german, meta=Metadata(language="en"))) == 1


@pytest.mark.parametrize(
    "suffix",
    [".rtf", ".srt", ".vtt", ".mbox", ".mhtml", ".xlsx", ".epub", ".pptx", ".arc", ".rss", ".json", ".jsonl", ".csv"],
)
@pytest.mark.parametrize("make", [
    lambda: b"", lambda: b"\x00" * 200, lambda: b"{\\rtf1" + b"{" * 5000, lambda: b"PK\x03\x04broken", lambda: struct.pack("<I", 7) * 99,
    lambda: zipped({"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "META-INF/container.xml": "<x/>", "ppt/presentation.xml": "<x/>"}),
    lambda: b"From x 2024\n" * 50, lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n", lambda: b"[" * 100_000,
    lambda: b"1\n00:00:01,000 --> 99:99:99,000\n\n", lambda: b"\\u-99999999999 \\'zz {\\rtf1 \\bin9999999999 x}",
])  # fmt: skip
def test_hostile_bytes_of_any_kind_are_refused_in_a_line(
    suffix: str, make: Callable[[], bytes], tmp_path: Path
) -> None:
    for outcome in read_all(put(tmp_path, f"x{suffix}", make())):
        assert (
            outcome.article is not None
            or (isinstance(outcome.error, ReadError) and "\n" not in str(outcome.error).strip())
            or outcome.warnings == ("there is no article in it",)
        )


# -- the handed cases

HANDED: dict[str, tuple[str, ...]] = {
    "a.mbox": ("1,200 people fled", "the road was shut"), "a.mhtml": ("1,200 people had fled",), "a.rtf": ("1,200 people fled.",),
    "c1.txt": ("Ana Brandt", "1,200 people"), "c4_rlm.txt": ("Nora Brandt said 1,200 people",), "c14_full.txt": ('said:"The road is closed" and 1200 people',),
    "c15_ar.txt": ("1200 people",), "c18_nl.txt": ("1,200 people fled the village on Monday",), "fd_amp.rss": ("1,200 people",),
    "fd_ctrl.rss": ("1,200 people",), "fd_dblesc.rss": ('said "1,200" people',), "fd_details.rss": ("Lund | 1,200", "Quist said 1,200 people"),
    "fd_htmlraw.rss": ("mayor, said 1,200",), "fd_leadspace.rss": ("1,200 people",), "fd_unclosed.rss": ("1,200 people",),
    "h8_dblent.html": ('Tom & Nora "shut"',), "hh_frac.html": ("2½ tonnes and 2½ tonnes",), "hh_q_nested.html": ("“She told me ‘run’ and I did,” said",),
    "hh_q_tag_mid.html": ("said “everything is gone” and left",), "hh_s_tag.html": ("said 1,200 people",), "hh_sup_fn.html": ("1,200 people",),
    "hh_sup_pow.html": ("3 × 10⁶ litres",), "hh_time.html": ("said on Sunday that",), "j1_trailing.jsonl": ("1,200 people", "lost everything"),
    "j6_newsapi.json": ("1,200 people",), "m3_noquoteboundary.eml": ("1,200 people",), "t5_excel_sep.csv": ("1,200 people", "I lost everything; all"),
    "t6_cols.csv": ("1,200 people",), "p1_interleaved.pdf": ("people had fled the flooded valley", "lost every"), "d1_tracked.docx": ("1,200 people", "1,150 people"),
}  # fmt: skip
NOT = ("9,999", "77 cows", "66 pigs", "1,2003", "Content-", "rtf1", "\u00ad", "\u200e")


@pytest.mark.shared
@pytest.mark.parametrize("name", HANDED)
def test_the_handed_files_come_out_right(name: str) -> None:
    if not (SHARED / name).is_file():
        pytest.skip("the cases are not here")
    text = "\n".join(texts(SHARED / name))
    assert all(words in text for words in HANDED[name]), text
    assert not [words for words in NOT if words in text]


PAGES: dict[str, tuple[str, str, str, str | None]] = {
    "r2-html-wrap": ("raise mooring fees next spring, after it spent more than 40 percent", "Harbour fees to rise", "Ana Relt", None),
    "r2-html-link": ("but passenger numbers", "Ferry talks stall", "", None), "r2-html-entities": ("“|denied", "Sarn’s council: ‘40 boats lost’", "Dara O'Bryn", "2024-05-07"),
    "r2-html-site-title": ("all of the sides.", "Forty boats lost in Sarn", "", "2022-04-21"), "r2-html-byline": ("all of the sides.", "Forty boats lost", "Dara Obryn", "2022-04-22"),
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("id", PAGES)
def test_the_handed_pages_come_out_right(id: str, tmp_path: Path) -> None:
    rows = SHARED.parent / "readings.jsonl"
    if not rows.is_file():
        pytest.skip("the cases are not here")
    (page,) = (row["text"] for row in map(json.loads, rows.read_text("utf-8").splitlines()) if row["id"] == id)
    (outcome,) = read_all(put(tmp_path, "a.html", page))
    article, (words, title, author, day) = outcome.article, PAGES[id]
    assert article is not None and article.title == title and ", ".join(article.authors) == author
    assert str(article.published or "") == (day or "") and any(part in article.text for part in words.split("|"))
    assert article.text.split("\n\n")[1].startswith(("The ", "Talks ")) and article.text.rstrip().endswith(
        ("sides.", "involved.", "double.")
    )


# -- what a site puts around an article


def saved(body: str, title: str = "The ferry stops", head: str = "") -> str:
    paragraphs = "".join(f"<p>{STORY} Day {n} was no better than the others, he said.</p>" for n in range(3))
    return f"<html lang=en><head><title>{title}</title>{head}</head><body><article><h1>The ferry stops</h1>{body.replace('BODY', paragraphs)}</article></body></html>"


def article_of(tmp_path: Path, *page: str) -> Any:
    (outcome,) = read_all(put(tmp_path, "a.html", saved(*page)))
    assert outcome.article is not None
    return outcome.article


def test_lines_that_a_page_breaks_by_hand_are_one_paragraph(tmp_path: Path) -> None:
    text = article_of(
        tmp_path,
        f"<p>The harbour\n   was shut\n\ton Monday,\n      <b>Rosa\nLindqvist</b>\nsaid.</p>BODY<p>{STORY}</p>",
    ).text
    assert "The harbour was shut on Monday, Rosa Lindqvist said." in text


def test_what_has_no_place_in_xml_breaks_no_page(tmp_path: Path) -> None:
    text = article_of(tmp_path, "<p>The&#11; boat <s>sank&#8;</s> was\x0b\n<q>old&#12;</q>, he said.</p>BODY").text
    assert "boat was “old ”, he said." in " ".join(text.split())


def test_a_link_in_a_span_stays_in_its_sentence(tmp_path: Path) -> None:
    text = article_of(
        tmp_path,
        '<p>The owner <span class="link"><a href="https://x.example/a">said in a letter</a></span> that the boat was old.</p>BODY',
    ).text
    assert "The owner said in a letter that the boat was old." in text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Posted: Monday, March 4, 2019. 9:05 am CST.", date(2019, 3, 4)), ("4 March 2019", date(2019, 3, 4)),
        ("Published on 4 March 2019 at 09:05", date(2019, 3, 4)), ("Updated: 4 March 2019", None),
        ("The boats went out again on 4 March 2019.", None),
    ],
)  # fmt: skip
def test_a_line_of_posting_is_the_day_and_no_part_of_the_body(line: str, day: date | None, tmp_path: Path) -> None:
    article = article_of(tmp_path, f"<p>{line}</p>BODY")
    assert article.published == day and (line in article.text) == (day is None)


def test_who_wrote_it_is_read_and_the_address_is_no_part_of_the_body(tmp_path: Path) -> None:
    article = article_of(
        tmp_path,
        '<p class="byline">By OLE MARR and Ida Stone</p><p>Harbour Desk Reporter</p><p>omarr@mail.example</p>BODY',
    )
    assert (
        article.authors == ("Ole Marr", "Ida Stone")
        and article.text.split("\n\n")[1] == STORY + " Day 0 was no better than the others, he said."
    )
    link = article_of(tmp_path, '<p>By <a rel="author" href="/o">Ole Marr</a></p>BODY')
    assert link.authors == ("Ole Marr",)
    assert article_of(tmp_path, '<p class="byline">By the numbers</p>BODY').authors == ()


def test_what_is_about_the_site_ends_no_article(tmp_path: Path) -> None:
    around = "<p>Advertise with the harbour's own paper. Call us.</p><p>© 2019, The Paper. All rights reserved.</p><p>Follow The Paper on Twitter and elsewhere.</p>"
    assert article_of(tmp_path, f"BODY{around}").text.endswith("Day 2 was no better than the others, he said.")
    kept = article_of(
        tmp_path,
        "BODY<p>Follow the coast for a mile, he said, and the wreck is there.</p><p>Copyrights were not at issue, the owner said.</p>",
    ).text
    assert "the wreck is there" in kept and kept.endswith("the owner said.")


def test_a_headline_is_the_title_where_the_title_is_the_sites(tmp_path: Path) -> None:
    assert article_of(tmp_path, "BODY", "The Paper - Latest News").title == "The Paper - Latest News", (
        "a heading of three words may be a sign"
    )
    long = saved("BODY", "The Paper - Latest News").replace(
        "<h1>The ferry stops</h1>", "<h1>Old ferry stops for good</h1>"
    )
    for page, title in (
        (long, "Old ferry stops for good"),
        (
            long.replace("<h1>Old ferry stops for good</h1>", '<h1><a href="/">Old ferry stops for good</a></h1>'),
            "The Paper - Latest News",
        ),
    ):
        (outcome,) = read_all(put(tmp_path, "a.html", page))
        assert outcome.article is not None and outcome.article.title == title


def test_figures_with_their_units_do_not_tell_a_language(tmp_path: Path) -> None:
    assert texts(put(tmp_path, "a.txt", "Losses were 7.5bn pesos (£90m; $120m) against 2.1bn pesos in June.\n"))


# -- what is too much, and what else is there


def test_a_line_that_is_too_long_costs_no_other(tmp_path: Path) -> None:
    row, long = json.dumps({"text": STORY}), "a" * 5_000_001
    lines = read_all(put(tmp_path, "a.jsonl", f'{row}\n{{"text": "{long}"}}\n{row}\n{long}{long}'))
    assert [o.article is not None for o in lines] == [True, False, True, False]
    assert str(lines[1].error).startswith(f"{tmp_path / 'a.jsonl'}:2: the line has over 5,000,000 bytes; ")
    rows = read_all(put(tmp_path, "a.csv", f'title,text\nx,"{STORY}"\nx,{long},{long}\nx,"{STORY}"\n'))
    assert [o.article is not None for o in rows] == [True, False, True]
    assert str(rows[1].error).startswith(f"{tmp_path / 'a.csv'}:3: ")
    (header,) = read_all(put(tmp_path, "b.csv", f"{long}\nx,{STORY}\nx,{STORY}\n"))
    assert f"{tmp_path / 'b.csv'}:2: the row is no CSV" in str(header.error)


def test_what_else_is_in_an_archive_is_said(tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "a.zip", zipped({"a.txt": STORY, "b.zip": "", "c.zip": "", "LICENSE": ""})))
    assert outcome.article is not None
    assert outcome.warnings == ("in the archive 3 files of other kinds were left out (1 no suffix, 2 .zip)",)
    (nothing,) = read_all(put(tmp_path, "b.zip", zipped({"b.css": ""})))
    assert "there is no article in it: 1 file of another kind was left out (1 .css); unpack it" in str(nothing.error)


def test_a_tag_of_a_hundred_thousand_attributes_is_refused_at_once(tmp_path: Path) -> None:
    tag = "<p " + " ".join(f"a{n}=x" for n in range(100_000)) + ">"
    (outcome,) = read_all(put(tmp_path, "a.html", f"<html><body>{tag}{STORY}</p></body></html>"))
    assert "a tag in it has over 5,000 attributes" in str(outcome.error)
    drawn = f'<svg><path d="{"M 0 0 " * 20_000}"/></svg>'
    (page,) = read_all(put(tmp_path, "b.html", PAGE.format(title="Ferry", body=drawn + STORY)))
    assert page.article is not None and STORY in page.article.text


def test_a_workbook_that_is_a_bomb_is_refused_unread(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook>" + "<row/>" * 2_000_000 + "</workbook>")
    (outcome,) = read_all(put(tmp_path, "a.xlsx", out.getvalue()))
    assert "to 1, as no text is; save it anew" in str(outcome.error)


def test_a_name_so_long_that_nothing_fits_beside_it_is_read(tmp_path: Path) -> None:
    (outcome,) = read_all(put(tmp_path, "l" * 251 + ".txt", STORY))
    assert outcome.article is not None and outcome.article.text == STORY
