"""Document -> what the labeller looks at again and again, worked out once: quotations, lemmas, subjects, depths."""

from __future__ import annotations

from dataclasses import dataclass, field

from ....language.quotes import Quotes, find_quotations
from ....language.syntax import speaker
from ....text.document import Document, Token
from ..proposals import Proposal, propose


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A document with its quotations and what is worked out from it.

    For each token `quoted` says whether it stands in quotation marks, `lemmas`
    has its lemma in lower case, `depths` the steps up to its root.
    `sentences_of` gives for each block the half-open range of its sentences.
    """

    document: Document
    quotes: Quotes
    quoted: tuple[bool, ...]
    lemmas: tuple[str, ...]
    depths: tuple[int, ...]
    sentences_of: tuple[tuple[int, int], ...]
    _proposals: dict[int, Proposal] = field(default_factory=dict)
    _speakers: dict[int, int | None] = field(default_factory=dict)

    def proposal(self, i: int) -> Proposal:
        """What the parse alone gives token `i` as a cue for source and content."""
        if i not in self._proposals:
            self._proposals[i] = propose(self.document, self.quotes, (i,))
        return self._proposals[i]

    def speaker(self, i: int) -> Token | None:
        """Who does what the verb at token `i` says, as the rules find it; None for other words."""
        if i not in self._speakers:
            token = self.document[i]
            self._speakers[i] = speaker(self.document, token) if token.pos in ("VERB", "AUX") else None
        who = self._speakers[i]
        return None if who is None else self.document[who]


def scene(document: Document, quotes: Quotes | None = None) -> Scene:
    """A document ready for the labeller; its quotations are looked for if they are not given."""
    if quotes is None:
        quotes = find_quotations(document)
    return Scene(
        document,
        quotes,
        quotes.flags,
        tuple(t.lemma.lower() for t in document.tokens),
        _depths(document),
        _sentences_of(document),
    )


def _depths(document: Document) -> tuple[int, ...]:
    tokens = document.tokens
    depths = [-1] * len(tokens)
    for t in tokens:
        chain: list[int] = []
        i = t.i
        while depths[i] < 0 and tokens[i].head != i:
            chain.append(i)
            i = tokens[i].head
        depths[i] = max(depths[i], 0)
        for n, k in enumerate(reversed(chain), depths[i] + 1):
            depths[k] = n
    return tuple(depths)


def _sentences_of(document: Document) -> tuple[tuple[int, int], ...]:
    ranges = [(0, 0)] * len(document.blocks)
    for s in document.sentences:
        first, last = ranges[s.block]
        ranges[s.block] = (s.i if first == last else first, s.i + 1)
    return tuple(ranges)


def kind_of(token: Token) -> str:
    """A token as a kind of speaker: its entity label, else its pronoun, else its tag."""
    if token.ent:
        return token.ent
    return token.lower if token.pos == "PRON" else token.tag


def key_of(lemma: str, token: Token) -> str:
    """A word as the lexicon of ratios knows it: lemma and part of speech."""
    return f"{lemma}/{token.pos}"
