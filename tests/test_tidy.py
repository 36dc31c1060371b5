"""Contents and sources as the grammar alone cuts them."""

from __future__ import annotations

from typing import Any

import pytest

from kg.stages.attribution import find_attributions

pytestmark = pytest.mark.model

CASES = {
    "semicolon": ("The toll was at 12; doctors said it was at 15.", [("doctors", "said", "it was at 15")]),
    "semicolon, bare": ("The toll rose to 12 overnight; doctors said 15.", [("doctors", "said", "15")]),
    "semicolon after": (
        "“The dam is old”, the mayor added; and, later, “We have no money”.",
        [("the mayor", "added", "The dam is old")],
    ),
    "in a statement": (
        "The company said in a statement that the leak was small.",
        [("The company", "said", "the leak was small")],
    ),
    "at the council": (
        "The minister told the council at the United Nations that the embargo had failed.",
        [("The minister", "told", "the embargo had failed")],
    ),
    "quoted as saying": (
        "The agency quoted a spokesman as saying the dam would hold.",
        [("a spokesman", "quoted as saying", "the dam would hold")],
    ),
    "next act": (
        "Mendes said the plan was “a mistake,” adding that nobody had read it.",
        [("Mendes", "said", "the plan was / a mistake"), ("Mendes", "adding", "nobody had read it")],
    ),
    "goes on with a source after its verb": (
        "Investigators were looking at the engine, said a source close to the probe, adding that it was bad weather.",
        [
            ("a source close to the probe", "said", "Investigators were looking at the engine"),
            ("a source close to the probe", "adding", "it was bad weather"),
        ],
    ),
    "a colon before": (
        "At the time, Hill waited at the port: “She signed an agreement,” he told the Herald.",
        [("he", "told", "She signed an agreement")],
    ),
    "a day is no source": ("All told, forty ships could be kept in the port for two weeks.", []),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_cut(name: str, document: Any) -> None:
    text, expected = CASES[name]
    d = document(text)
    found = [
        tuple(
            joint.join(d.article.quote(s) for s in spans)
            for joint, spans in ((" ", a.source), (" ", a.cue), (" / ", a.content))
        )
        for a in find_attributions(d)
    ]
    assert found == expected


def test_no_content_is_empty(document: Any) -> None:
    d = document("So says a booming voice at the end of ''Hail, Caesar!''\n\n“!” she said. “…” said Ann.")
    assert all(a.content for a in find_attributions(d, attitudes=True))
