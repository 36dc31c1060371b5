import pytest
import spacy

from kg.text.document import MODELS, default_model, load

pytestmark = pytest.mark.model


def test_the_component_finds_who_said_what_in_anybodys_pipeline() -> None:
    assert default_model() in MODELS
    nlp = load(default_model())
    if "kg_attribution" not in nlp.pipe_names:
        nlp.add_pipe("kg_attribution")
    try:
        doc = nlp("Ada Brown said it was over.\n\nBo Green denied that.")
        found = doc._.kg
        said = found.attributions[0]
        assert [e.name for e in found.entities if e.id == said.entity] == ["Ada Brown"]
        assert [doc.text[c.start : c.end] for c in said.content] == ["it was over"]
        assert found.model.startswith("en_")
    finally:
        nlp.remove_pipe("kg_attribution")


def test_the_factory_is_found_by_its_entry_point() -> None:
    assert spacy.blank("en").has_factory("kg_attribution")
