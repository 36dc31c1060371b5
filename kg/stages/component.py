"""A spaCy pipeline component: what is found in a text, as `doc._.kg`, in anybody's own pipeline.

spaCy imports this module in every program that loads a pipeline, to know the
component's name; it loads nothing else of ours before the component runs.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class Component:
    """Sets `doc._.kg` to the Extraction of a parsed text; offsets are those of `doc.text`."""

    def __init__(self, model: str) -> None:
        self.model = model
        if not Doc.has_extension("kg"):
            Doc.set_extension("kg", default=None)

    def __call__(self, doc: Doc) -> Doc:
        from ..text.document import from_doc
        from .rules import read_document

        doc._.kg = read_document(from_doc(doc, self.model))
        return doc


@Language.factory(
    "kg_attribution", requires=["token.dep", "token.tag", "token.lemma", "doc.ents"], assigns=["doc._.kg"]
)
def make(nlp: Language, name: str) -> Component:
    """The factory behind `nlp.add_pipe("kg_attribution")`."""
    return Component(f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', 'pipeline')}")
