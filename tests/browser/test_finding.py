"""What a story or a memo takes along: two sides beside each other, a card, stars and notes; and reading in the margin."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_hostile import ALL, TITLE
from view_cases import PERSON, Reading, five, office

from kg.records.attribution import Stance
from kg.view import page
from kg.view.data import view_data

pytestmark = pytest.mark.browser
DATA = view_data(five())
SAID = next(s for s in DATA["statements"] if "Hollywood" in s["text"])


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


def saved(view: Any, button: str) -> str:
    with view.page.expect_download() as download:
        view.page.click(f"#finding button:has-text('{button}')")
    return Path(download.value.path()).read_text("utf-8")


def test_figures_that_exclude_each_other_stand_side_by_side(opened: Callable[..., Any]) -> None:
    view = opened(page([office()]), "view=figures")
    view.page.click("text=Side by side")
    columns = view.page.locator("#finding .beside section").all_inner_texts()
    assert len(columns) == 2 and {c.split("\n")[0] for c in columns} == {"306,887", "about 160,000"}
    data = view_data([office()])
    for column in columns:
        assert any(data["articles"][0]["sha256"] in column and e["name"] in column for e in data["entities"])
    view.assert_quiet()


def test_a_claim_and_its_denial_stand_side_by_side(opened: Callable[..., Any]) -> None:
    reading = Reading("Ada said the dam leaks. Bo denied the dam leaks.", publisher="Echo")
    keys = [
        reading.said(reading.entity(PERSON, "Ada"), "Ada", "said", "the dam leaks"),
        reading.said(reading.entity(PERSON, "Bo"), "Bo", "denied", "the dam leaks", stance=Stance.DENIES),
    ]
    reading.topic("dam", *keys)
    extraction = reading.done()
    topic = view_data([extraction])["topics"][0]["id"]
    view = opened(page([extraction]), f"sel={topic}")
    view.page.click("#panel >> text=Side by side")
    said, denied = view.page.locator("#finding .beside section").all_inner_texts()
    assert (
        "Ada" in said
        and "Bo" not in said.replace("Bo denied", "")
        and "Bo" in denied
        and "1 article, 1 reporter, 1 voice." in said
    )


def test_a_contradiction_tells_each_side_s_sentence_source_post_and_date_and_is_a_card_in_each_form(
    opened: Callable[..., Any],
) -> None:
    readings = []
    for name, post, verb, day, stance in (
        ("Ada Lind", "mayor", "said", date(2020, 5, 1), Stance.ASSERTS),
        ("Bo Krug", "engineer", "denied", date(2020, 5, 2), Stance.DENIES),
    ):
        reading = Reading(f"{name}, the {post}, {verb} the dam leaks.", publisher=f"The {name[:2]} Post", published=day)
        who = reading.entity(PERSON, name)
        reading.role(who, post, f"the {post}")
        reading.topic("dam", reading.said(who, name, verb, "the dam leaks", stance=stance))
        readings.append(reading.done())
    data = view_data(readings)
    view = opened(page(readings, identity=lambda extraction, entity: entity.name), f"sel={data['topics'][0]['id']}")
    view.run("kgview.select(kgview.data.topics[0].id)")
    view.page.click("#panel >> text=Side by side")
    said, denied = view.page.locator("#finding .beside section").all_inner_texts()
    for column, reading, who_in_post in (
        (said, readings[0], "Ada Lind, mayor"),
        (denied, readings[1], "Bo Krug, engineer"),
    ):
        article = reading.article
        assert article.text in column and article.publisher in column and str(article.published) in column
        assert who_in_post in column and "1 voice" in column
    told = saved(view, "Markdown").replace("\\", "")
    written = ET.tostring(ET.fromstring(saved(view, "HTML").split("</style>")[1]), encoding="unicode", method="text")
    drawn = " ".join(t.text or "" for t in ET.fromstring(saved(view, "SVG")).iter("{http://www.w3.org/2000/svg}text"))
    for article, record in zip((r.article for r in readings), data["statements"], strict=True):
        sha = view_data([r for r in readings if r.article is article])["articles"][0]["sha256"]
        assert all(sha in text and article.text in text for text in (told, written))
        assert f"#sel={record['id']}" in told
        assert all(word in drawn for word in article.text.split()) and sha[:20] in drawn
    with view.page.expect_download() as download:
        view.page.click("#finding button:has-text('PNG')")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    view.assert_quiet()


def test_what_stands_side_by_side_is_read_from_its_head_and_names_no_folder(opened: Callable[..., Any]) -> None:
    lines = [f"Speaker{n} said the dam leaks in place {n}." for n in range(8)]
    reading = Reading(" ".join([*lines, "Bo denied the dam leaks."]), path="/home/somebody/secret/dam.txt")
    keys = [
        reading.said(reading.entity(PERSON, f"Speaker{n}"), f"Speaker{n}", "said", f"the dam leaks in place {n}")
        for n in range(8)
    ]
    keys.append(reading.said(reading.entity(PERSON, "Bo"), "Bo", "denied", "the dam leaks", stance=Stance.DENIES))
    reading.topic("dam", *keys)
    data = view_data([reading.done()])
    view = opened(page([reading.done()]), f"sel={data['topics'][0]['id']}")
    view.page.click("#panel >> text=Side by side")
    dialog = view.page.locator("#finding").bounding_box()
    assert view.run("document.getElementById('finding').scrollHeight > document.getElementById('finding').clientHeight")
    for part in ("#finding-title", "#finding button:has-text('PNG')"):
        box = view.page.locator(part).bounding_box()
        assert dialog["y"] <= box["y"] and box["y"] + box["height"] <= dialog["y"] + dialog["height"]
    words = view.page.inner_text("#finding")
    assert "dam.txt" in words and "somebody" not in words
    view.page.click("#finding >> text=Close")
    view.run("id => kgview.select(id)", data["statements"][0]["id"])
    view.page.click("#panel >> text=Cite")
    assert "dam.txt" in view.page.inner_text("#copy") and "somebody" not in view.page.inner_text("#copy")


def test_what_speaks_for_one_voice_is_said(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    ids = [s["id"] for s in DATA["statements"] if s["article"] == 0][:2]
    voice = "ids => kgview.finding.oneVoice(ids.map(id => kgview.data.statements.find(s => s.id === id)))"
    assert view.run(voice, ids).startswith("1 article, ")


def test_a_card_has_quote_source_hash_and_link_in_each_form(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, f"sel={SAID['id']}")
    view.page.click("#panel >> text=Card")
    article = DATA["articles"][SAID["article"]]
    sentence = article["text"][slice(*SAID["sentence"])]
    drawn = ET.fromstring(saved(view, "SVG"))
    words = " ".join(t.text or "" for t in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert "Syria’s foreign ministry" in words and "Hollywood" in words and article["publisher"] in words
    for text in (
        saved(view, "Markdown").replace("\\", ""),
        ET.tostring(ET.fromstring(saved(view, "HTML").split("</style>")[1]), encoding="unicode", method="text"),
    ):
        assert sentence in text and article["sha256"] in text and f"#sel={SAID['id']}" in text
        assert "/tmp" not in text
    with view.page.expect_download() as download:
        view.page.click("#finding button:has-text('PNG')")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    view.assert_quiet()


def test_a_headline_never_says_what_its_source_denies(opened: Callable[..., Any], html: str) -> None:
    denied = next(s for s in DATA["statements"] if s["stance"] == "denies")
    view = opened(html, f"sel={denied['id']}")
    assert (
        view.page.locator("#panel .tag.denies").first.bounding_box()["y"]
        < view.page.locator("#panel .big").first.bounding_box()["y"]
    )
    view.page.click("#panel >> text=Card")
    assert " denies: " in view.page.inner_text("#finding h2")
    view.page.keyboard.press("Escape")
    view.page.fill("#query", denied["text"][:30])
    assert any(" denies: " in hit for hit in view.page.locator("#results li").all_inner_texts())


def test_two_articles_with_notes_in_the_margin_keep_their_lines_long(opened: Callable[..., Any], html: str) -> None:
    first, second = (a["id"] for a in DATA["articles"][:2])
    view = opened(html, f"view=reader&article={first}&second={second}&margin=yes")
    texts = view.page.locator("#reader .margined > :first-child")
    assert texts.count() > 2 and texts.first.bounding_box()["width"] > 300


def test_a_print_of_the_graph_has_its_title(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    view.page.emulate_media(media="print")
    view.run("window.dispatchEvent(new Event('beforeprint'))")
    assert view.page.locator("#print h1").is_visible() and DATA["title"] == view.page.inner_text("#print h1")


def test_hostile_words_stay_words_on_a_card(opened: Callable[..., Any]) -> None:
    view = opened(page(ALL[:12], title=TITLE))
    for key in view.run("kgview.data.statements.slice(0, 12).map(s => s.id)"):
        view.run("id => kgview.finding.one(kgview.data.statements.find(s => s.id === id))", key)
        html = view.run("document.querySelector('.finding').outerHTML")
        assert "<script" not in html and "<img" not in html and "<iframe" not in html
        assert "](" not in view.run("id => kgview.finding.markdown(kgview.data.statements.find(s => s.id === id))", key)
        view.run("document.querySelector('dialog[open]').close()")
    assert view.run("window.__ran") is None
    view.assert_quiet()


def test_stars_and_notes_are_kept_in_the_file_and_cited(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, f"sel={SAID['id']}")
    view.page.click(".star")
    view.page.fill(".notes textarea", "ask </script> the ministry")
    view.page.keyboard.press("Tab")
    text = view.run("kgview.notes.markdown()")
    assert "★" in text and "ask </script> the ministry" in text
    assert DATA["articles"][SAID["article"]]["sha256"] in text
    again = opened(view.run("kgview.notes.file()"), f"sel={SAID['id']}")
    assert again.page.input_value(".notes textarea") == "ask </script> the ministry"
    assert again.page.inner_text(".star") == "★ Starred"
    again.assert_quiet()
    again.page.click("#panel .close")
    again.show("overview")
    assert "Starred and noted (1)" in again.page.inner_text("#panel")


def test_a_speaker_has_a_lane_of_time_with_the_signs_of_stances(opened: Callable[..., Any], html: str) -> None:
    ford = next(e["id"] for e in DATA["entities"] if e["name"] == "Robert Ford")
    view = opened(html, f"sel={ford}")
    marks = view.page.locator("#panel svg g[role=button]")
    assert marks.count() == sum(s["by"] == ford for s in DATA["statements"])
    marks.first.click()
    assert view.run("kgview.state.sel")[0] == "s"
    view = opened(html, "view=overview")
    assert view.page.locator(".lane").count() >= 5


def test_each_mark_of_a_lane_carries_the_sign_of_its_stance(opened: Callable[..., Any]) -> None:
    """As the lines of the graph do: told apart without colour, and where it was published from left to right."""
    stances = list(Stance)
    readings = []
    for number, stance in enumerate(stances):
        reading = Reading(f"Ada Lenz said or asked whether bridge{number} fell.", published=date(2020, 1, 1 + number))
        who = reading.entity(PERSON, "Ada Lenz")
        reading.said(who, "Ada Lenz", "said", f"bridge{number} fell", stance=stance)
        readings.append(reading.done())
    signs = {"denies": "✕", "doubts": "?", "hedges": "≈", "demands": "!", "asks": "Q"}
    want = [(f"2020-01-0{1 + number}", signs.get(stance.value, "")) for number, stance in enumerate(stances)]
    view = opened(page(readings, identity=lambda extraction, entity: entity.name))
    view.run("kgview.select(kgview.data.statements[0].by)")
    for lane in ("#panel svg g[role=button]", "#overview .lane svg g[role=button]"):
        if "overview" in lane:
            view.show("overview")
        marks = view.run(
            """lane => [...document.querySelectorAll(lane)].map(g => [g.getAttribute('aria-label').slice(0, 10), g.querySelector('text')?.textContent ?? '', g.querySelector('circle').getAttribute('cx')])""",
            lane,
        )
        assert sorted((day, sign) for day, sign, _ in marks) == want, lane
        places = [float(x) for *_, x in sorted(marks)]
        assert places == sorted(places) and len(set(places)) == len(stances)
    strokes = "[...new Set([...document.querySelectorAll('#overview .lane circle')].map(c => c.getAttribute('stroke')))].length"
    assert view.run(strokes) >= len(set(signs))


def test_a_speaker_in_articles_without_dates_has_no_lane(opened: Callable[..., Any]) -> None:
    readings = []
    for words in ("it rains", "it snows"):
        reading = Reading(f"Ada, the mayor, said {words}.")
        who = reading.entity(PERSON, "Ada")
        reading.said(who, "Ada", "said", words)
        reading.role(who, "mayor", "the mayor")
        readings.append(reading.done())
    view = opened(page(readings))
    view.run("kgview.select(kgview.data.statements[0].by)")
    assert "Said (2)" in view.page.inner_text("#panel") and view.page.locator("#panel svg").count() == 0
    view.assert_quiet()


def test_the_margin_names_who_says_what(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, f"view=reader&margin=yes&sel={SAID['id']}")
    assert "Syria’s foreign ministry ✕ denies" in " ".join(view.page.locator("#reader aside").all_inner_texts())


def test_two_articles_stand_side_by_side(opened: Callable[..., Any], html: str) -> None:
    first, second = (DATA["articles"][n] for n in (0, 2))
    view = opened(html, f"view=reader&article={first['id']}&second={second['id']}")
    texts = view.page.locator("#reader article").all_inner_texts()
    assert len(texts) == 2 and first["title"][:20] in texts[0] and second["title"][:20] in texts[1]


def test_two_articles_are_read_beside_each_other_on_one_topic(opened: Callable[..., Any], html: str) -> None:
    on = {t["id"]: {s["article"] for s in DATA["statements"] if t["id"] in s["topics"]} for t in DATA["topics"]}
    topic = next(id for id, articles in on.items() if len(articles) > 1)
    view = opened(html, f"view=claims&sel={topic}")
    view.page.click("#panel >> text=Two articles")
    marked = "[...document.querySelectorAll('#reader article')].map(a => a.querySelectorAll('mark.sel').length)"
    first, second = view.run(marked)
    assert first >= second >= 1
    again = opened(html, view.run("location.hash.slice(1)"))
    assert again.run(marked) == [first, second]


@pytest.mark.parametrize("width", [390, 1400])
def test_an_axis_is_a_card_too(opened: Callable[..., Any], html: str, width: int) -> None:
    view = opened(html, "view=figures", width=width)
    view.page.locator("#figures .axis h3 button").first.click()
    ids = view.run("kgview.figures.axes()[0].rows.map(f => f.id)")
    card = view.page.locator("#finding")
    assert len(ids) > 1 and card.locator("blockquote").count() == len(ids) and card.locator("svg").count() == 1
    assert card.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    texts = ET.fromstring(saved(view, "SVG")).iter("{http://www.w3.org/2000/svg}text")
    drawn = " ".join(t.text or "" for t in texts)
    told = saved(view, "Markdown")
    for id in ids:
        figure = next(f for f in DATA["figures"] if f["id"] == id)
        sha = DATA["articles"][figure["article"]]["sha256"]
        assert sha in told and id in told and sha[:20] in drawn
    view.assert_quiet()


def test_confidence_is_ink_on_request(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    assert view.page.locator("[data-ink]").count() == 0
    view.page.check("input[data-facet=ink]")
    assert view.page.locator("[data-ink]").count() > 10 and "ink=yes" in view.run("location.hash")
    told = {s["id"]: f"sure {s['confidence']:.2f}" for s in DATA["statements"]}
    for id, words, faint in view.run(
        "[...document.querySelectorAll('.claim')].map(c => [c.dataset.id, c.querySelector('.sure').textContent, getComputedStyle(c).opacity])"
    ):
        assert words.startswith(told[id]) and faint == "1"
    dots = "c => [...document.querySelectorAll('.claim[data-ink]')].map(e => [Number(e.dataset.ink), getComputedStyle(e.querySelector('.words')).textDecorationStyle])"
    assert all((style == "dotted") == (ink < 4) for ink, style in view.run(dots))


def test_figures_stand_in_two_columns_where_there_is_room(opened: Callable[..., Any], html: str) -> None:
    left = "[...document.querySelectorAll('#figures .axis')].slice(0, 2).map(e => Math.round(e.getBoundingClientRect().left))"
    first, second = opened(html, "view=figures", width=1920).run(left)
    assert second > first + 400
    first, second = opened(html, "view=figures", width=1400).run(left)
    assert second == first
