"""A spaCy pipeline component: what is found in a text, as `doc._.kg`, in anybody's own pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Component:
    """Sets `doc._.kg` to the Extraction of a parsed text; offsets are those of `doc.text`."""

    def __init__(self, model: str) -> None:
        from spacy.tokens import Doc

        self.model = model
        if not Doc.has_extension("kg"):
            Doc.set_extension("kg", default=None)

    def __call__(self, doc: Doc) -> Doc:
        # Not before it is used: spaCy loads every factory it finds, in every program.
        from .document import from_doc
        from .rules import read_document

        doc._.kg = read_document(from_doc(doc, self.model))
        return doc


def make(nlp: Language, name: str) -> Component:
    """The factory behind `nlp.add_pipe("kg_attribution")`, found by its entry point."""
    return Component(f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', 'pipeline')}")
