"""The view's data and layout, without a browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from view_cases import ORG, PERSON, Reading, amnesty, briefing, five, follow_up

from kg.rdf.write import to_rdf
from kg.records.extraction import Extraction
from kg.text.article import Article
from kg.view import page
from kg.view.axes import verdict
from kg.view.by_name import same_things
from kg.view.data import view_data
from kg.view.layout import em, wrap
from kg.view.notebook import show
from kg.view.page import script_json
from kg.view.plain import sentence_around

HERE = Path(__file__).resolve().parent


def test_every_record_is_in_the_data() -> None:
    data = view_data(five())
    for kind in ("attributions", "figures", "roles", "events", "relations"):
        name = {"attributions": "statements"}.get(kind, kind)
        assert len(data[name]) == sum(len(getattr(x, kind)) for x in five()), kind
    ids = [
        r["id"]
        for k in ("articles", "entities", "topics", "statements", "figures", "roles", "events", "relations")
        for r in data[k]
    ]
    assert len(ids) == len(set(ids))


def test_spans_still_quote_the_text() -> None:
    data = view_data(five())
    for statement in data["statements"]:
        text = data["articles"][statement["article"]]["text"]
        assert " … ".join(text[a:b] for a, b in statement["content"]) == statement["text"]
        a, b = statement["sentence"]
        assert all(a <= x < y <= b for x, y in statement["content"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Mr. Fox left", "Mr. Fox left."),
        ("second", "A second one came!”"),
        ("glued", "It was glued."),
    ],
)
def test_sentence_around(words: str, sentence: str) -> None:
    article = Article("Headline\n\nMr. Fox left. “A second one came!” It was glued.Then more.")
    from kg.text.article import locate

    found = article.quote(sentence_around(article, [locate(words, article)]))
    assert sentence.strip("“") in found
    assert "Headline" not in found and "Then more" not in found


def test_an_article_given_twice_is_shown_once() -> None:
    assert len(view_data([briefing(), briefing()])["articles"]) == 1


def test_articles_come_by_date() -> None:
    dates = [a["published"] for a in view_data(five())["articles"]]
    assert dates == sorted(dates)


def test_people_of_one_name_are_one_only_with_a_post_in_common() -> None:
    names = [e["name"] for e in view_data([briefing(), follow_up()])["entities"]]
    assert names.count("Robert Ford") == 1
    without = Reading("Robert Ford said no.\n", published=date(2020, 1, 1))
    without.said(without.entity(PERSON, "Robert Ford"), "Robert Ford", "said", "no")
    names = [e["name"] for e in view_data([briefing(), without.done()])["entities"]]
    assert names.count("Robert Ford") == 2


def test_organisations_meet_by_name_and_the_unnamed_never() -> None:
    names = [e["name"] for e in view_data([briefing(), amnesty()])["entities"]]
    assert names.count("Syria’s foreign ministry") == 1
    first, second = amnesty(), Reading("Witnesses said so: witnesses.\n")
    second.said(second.entity(PERSON, "witnesses", named=False), "Witnesses", "said", "so")
    assert [e["name"] for e in view_data([first, second.done()])["entities"]].count("witnesses") == 2


def test_identity_of_the_caller_decides() -> None:
    data = view_data([briefing(), amnesty()], identity=lambda extraction, entity: entity.type)
    assert len(data["entities"]) == len({e.type for x in (briefing(), amnesty()) for e in x.entities})


def test_default_identity_is_a_function_of_the_articles() -> None:
    identity = same_things(five())
    assert identity(briefing(), briefing().entities[0]) == identity(briefing(), briefing().entities[0])


def test_a_statement_carries_the_role_of_its_time() -> None:
    roles = {s["text"][:20]: s["role"] for s in view_data([briefing()])["statements"]}
    assert roles["Washington will act "] == "former United States ambassador to Syria, 2011 to 2014"
    assert roles["“We think the buildi"].startswith("acting assistant secretary of state")


def test_a_source_without_entity_keeps_its_words() -> None:
    data = view_data([follow_up()])
    by = next(s["by"] for s in data["statements"] if s["text"] == "the building was never used")
    entity = next(e for e in data["entities"] if e["id"] == by)
    assert (entity["name"], entity["named"]) == ("Some reports", False)


@pytest.mark.parametrize(
    "text",
    [
        "one two three four five six",
        "Donaudampfschifffahrtsgesellschaft",
        "漢字かな交じり文の長い見出し",
        "محمد يقول",
        "",
    ],
)
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = wrap(text, 8)
    assert all(em(line) <= 8 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrap_keeps_to_its_lines() -> None:
    lines = wrap("word " * 50, 10, lines=3)
    assert len(lines) == 3 and lines[-1].endswith("…") and em(lines[-1]) <= 10


def test_what_turns_text_around_is_not_drawn() -> None:
    assert wrap("\u202egpj.exe\u202c", 20) == ["gpj.exe"]


def test_show_frames_the_page_for_a_notebook() -> None:
    shown = show(five(), height=500)
    frame = shown._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads allow-modals"' in frame and 'height="500"' in frame
    assert "<script" not in frame
    assert show(briefing()).html == page([briefing()])
    assert "detached from reality" in show(to_rdf(five())).html


def figure(id: str, *mouths: str) -> dict[str, Any]:
    return {"id": id, "reporters": list(mouths[:1]), "via": None, "chain": list(mouths[1:])}


@pytest.mark.parametrize(
    ("findings", "voices", "told", "kind", "who"),
    [
        (["conflict", "agree"], [], ["a", "b", "c"], "conflict", "3 reporters, 3 voices"),
        (["check"], [], ["a", "b"], "check", "2 reporters, 2 voices"),
        (["agree"], [], ["a", "b"], "agree", "2 reporters, 2 voices"),
        ([], [], ["a", "b"], "overlap", "2 reporters, 2 voices"),
        ([], [["a", "b"]], ["a", "b"], "one", "2 reporters, 1 voice"),
        ([], [["b", "c"]], ["ab", "c", "d"], "overlap", "3 reporters, 2 voices"),
    ],
)
def test_a_verdict_counts_what_was_found_and_judges_nothing(
    findings: list[str], voices: list[list[str]], told: list[str], kind: str, who: str
) -> None:
    rows = [figure(f"f.{n}", *mouths) for n, mouths in enumerate(told)]
    pairs = [{"of": ["f.0", "f.1"], "finding": finding} for finding in findings]
    elsewhere = {"of": ["f.0", "f.9"], "finding": "conflict"}
    found = verdict(rows, {"pairs": [*pairs, elsewhere], "voices": voices})
    assert found and found.kind == kind and found.text.split(": ")[0] == who


def test_one_reporter_contradicts_nobody() -> None:
    assert verdict([figure("f.1", "a"), figure("f.2", "a")], {"pairs": [], "voices": []}) is None


def test_json_cannot_end_its_element_and_reads_back() -> None:
    hostile = "</script><!--<script>\u2028\u2029&lt;\ud800"
    text = script_json({"x": hostile})
    assert "<" not in text and ">" not in text and "\u2028" not in text
    text.encode("utf-8")
    assert json.loads(text) == {"x": hostile}


def test_the_policy_admits_the_page_and_nothing_else() -> None:
    html = page(five())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    allowed = policy.group(1).replace("&#39;", "'")
    assert "unsafe" not in allowed and "http" not in allowed
    blocks = re.findall(r"<script>(.*?)</script>|<style>(.*?)</style>", html, re.S)
    assert len(blocks) == 3
    for script, style in blocks:
        digest = b64encode(sha256((script or style).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed


def test_pyvis_makes_the_page_with_the_library_it_brings_along_and_nothing_in_it_is_inline() -> None:
    import pyvis

    html = page(five())
    brought = (Path(pyvis.__file__).parent / "templates" / "lib").glob("vis-*/vis-network.min.js")
    scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
    assert any(path.read_text("utf-8")[200:2000] in scripts[0] for path in brought)
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S)
    assert not re.search(r"\s(?:on\w+|style)\s*=", bare)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pyvis.network.Network.generate_html", lambda *_, **__: "by pyvis")
        assert page(five()) == "by pyvis"


def test_the_page_without_data_stays_small() -> None:
    assert len(page([]).encode()) < 800_000


def test_no_text_of_a_module_goes_over_lines() -> None:
    """Indents are left out of the page, and would be of such a text too."""
    modules = sorted((HERE.parent / "kg" / "view" / "static").glob("*.js"))
    ticks = re.compile(r"\\`|'`'|\"`\"")
    assert len(modules) > 20
    assert not [
        (m.name, line)
        for m in modules
        for line in m.read_text("utf-8").splitlines()
        if ticks.sub("", line).count("`") % 2
    ]


def test_the_page_names_no_other_host() -> None:
    own = page([]).split('id="data"')[0]
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", own)


def test_surrogates_and_control_characters_do_not_break_the_file() -> None:
    r = Reading("Ada \ud83d said \x00\x1b no\n", title="half \ud83d \x00 pair")
    r.said(r.entity(ORG, "Ada \ud83d"), "Ada", "said", "no")
    page([r.done()]).encode("utf-8")


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "en_US.CP1252"])
def test_same_input_same_bytes_whatever_the_hash_seed_and_locale(locale: str) -> None:
    code = "import sys, hashlib; from view_cases import five; from kg.view import page; print(hashlib.sha256(page(five()).encode()).hexdigest())"
    seed = str(1 + len(locale))
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "LC_ALL": locale,
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]),
        "PYTHONUTF8": "0",
    }
    out = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == sha256(page(five()).encode()).hexdigest()


def test_importing_the_view_loads_no_renderer() -> None:
    code = "import sys, kg.view; print([m for m in ('pyvis', 'networkx', 'IPython', 'jinja2', 'spacy') if m in sys.modules])"
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    out = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_an_extraction_without_records_makes_a_page() -> None:
    assert "Nothing here" in page([Extraction(Article("Nothing here"), "none")])


def test_the_page_is_set_in_one_type_scale() -> None:
    style = (Path(__file__).parents[1] / "kg/view/style.css").read_text("utf-8")
    sizes = {
        size for rule in re.findall(r"font(?:-size)?:([^;}]*)", style) for size in re.findall(r"([0-9.]+)px", rule)
    }
    assert sizes == {"12", "13", "14", "16", "18", "24"}
