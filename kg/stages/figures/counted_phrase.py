"""How a noun is told as what a quantity counts: its words, its concept, and what happens to it."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import BEFORE_NOUN, NOUNS
from ...text.article import Span
from ...text.document import Document, Token
from ..entities.names import is_person_noun
from .concept_lexicon import lexicon
from .counted import Counted
from .counted_noun import SIZES, NounOfQuantity
from .happenings import happening
from .quantities import Quantity
from .said_of import sized

_SKIPPED = words("figures", "skipped")


class CountedPhrase(NounOfQuantity):
    """A quantity in its sentence with those told of before, and the phrase of a noun as what it counts.

    `before` and `beside` are as in `kg.stages.figures.counting.find_counted`.
    """

    __slots__ = ("before", "beside")

    def __init__(
        self, document: Document, q: Quantity, before: Counted | None, beside: tuple[Quantity, Counted] | None
    ) -> None:
        super().__init__(document, q)
        self.before, self.beside = before, beside

    def of_noun(self, noun: Token) -> Counted:
        """A noun as what is counted, with what happens to it; nothing where a part of it is what that happens to."""
        span = self._phrase(noun)
        by_verb = self.q.unit is not None and noun.i < self.first and lexicon().event(noun.lemma) is not None
        verb, event = (None, None) if self._partitive() else self.happens(self.head if by_verb else noun)
        words = self.d.text[span.start : span.end]
        concept = "person" if noun.ent == "NORP" and noun.tag == "NNPS" else lexicon().thing(noun.lemma)
        return Counted(words, span, noun.i, concept, event, verb)

    def _partitive(self) -> bool:
        """Whether a part of what is counted stands before it, so that what is said holds for that: two of the 40."""
        k = self.first - 1
        while k > 0 and self.d.tokens[k].pos in ("DET", "PRON"):
            k -= 1
        part = self.d.tokens[k - 1]
        return (
            k > 0 and self.d.tokens[k].lower == "of" and (part.pos == "NUM" or part.lower in words("figures", "part"))
        )

    def _phrase(self, noun: Token) -> Span:
        """The noun with its modifiers and a short "of" phrase or a coordinated noun, without the number."""
        first = self._led_by(noun)
        while first < noun.i and self._leads(first):
            first += 1
        return self.d.span(first, self._goes_on_to(noun) + 1)

    def _led_by(self, noun: Token) -> int:
        """The first token of what modifies a noun, after the number."""
        d, least = self.d, self.last if noun.i >= self.last else 0
        first = noun.i
        for kid in d.kids(noun.i):
            modifies = least <= kid.i < noun.i and kid.dep in BEFORE_NOUN
            if modifies and kid.tag != "CD" and kid.lower not in _SKIPPED:
                first = min(first, *(k for k in d.subtree(kid.i) if least <= k <= kid.i))
        # 20 of his season-high 31 points
        return max([first, *(t.i + 1 for t in d.kids(noun.i) if t.dep == "nummod" and first < t.i < noun.i)])

    def _goes_on_to(self, noun: Token) -> int:
        """The last token of the words for a thing: with a second noun after "and", and what it is a thing "of"."""
        after = self.token(noun.i + 1)
        if after is None or after.head != noun.i or after.lower not in ("and", "of"):
            return noun.i
        if after.lower == "and":
            return self._beside(noun)
        inner = next((t for t in self.d.kids(after.i) if t.dep in ("pobj", "pcomp")), None)
        named = inner is not None and inner.pos in (*NOUNS, "VERB") and not sized(self.d, inner)
        if inner is not None and any(t.tag == "PRP$" or t.lower in ("that", "this") for t in self.d.kids(inner.i)):
            return noun.i  # officers of that rank
        if named and inner is not None and inner.pos == "VERB" and is_person_noun(noun.lemma.lower()):
            return noun.i  # accused six witnesses of lying
        if inner is None or not named or inner.i - after.i > 3 or self.first <= inner.i < self.last:
            return noun.i
        last = self._beside(inner)
        if inner.pos == "VERB":  # counts of endangering a child
            done = [t.i for k in (last, *(t.i for t in self.d.kids(last))) for t in self.d.kids(k) if t.pos in NOUNS]
            last = max([last, *(k for k in done if k - last <= 3)])
        while self.d.tokens[last].ent and (further := self.token(last + 1)) is not None and further.iob == "I":
            last += 1
        return last

    def _beside(self, noun: Token) -> int:
        """The token of a second noun right after "and"; that of the first where none without a number stands there."""
        joint = self.token(noun.i + 1)
        if joint is None or joint.lower != "and" or joint.head != noun.i:
            return noun.i
        other = next((t for t in self.d.kids(noun.i) if t.dep == "conj" and t.i > joint.i), None)
        if other is None or other.i - joint.i > 2 or other.pos not in (*NOUNS, noun.pos):
            return noun.i
        between = self.d.tokens[joint.i : other.i]
        plain = other.lower not in words("figures", "part") and not any(t.pos in ("NUM", "DET") for t in between)
        return other.i if plain else noun.i

    def _leads(self, i: int) -> bool:
        """Whether the token at `i` is no part of the words that name a thing; the first of "first-team players" is."""
        token = self.d.tokens[i]
        if self.d.text[token.end : token.end + 1] in ("-", "‐", "–"):
            return False
        if self.d.text[token.start - 1 : token.start].isdigit():
            return True  # the m of $9m
        measured = self.q.unit is not None and token.lower in SIZES
        skipped = measured or token.text in "•▪●*·" or token.lower in _SKIPPED
        return skipped or token.pos in words("parse", "passed over before a noun")

    def happens(self, token: Token) -> tuple[int | None, str | None]:
        """What happens to a counted thing, as `kg.stages.figures.happenings.happening` has it."""
        return happening(self.d, token, through=self.q.unit is not None)

    def here(self) -> bool:
        """Whether the quantity beside stands in the same sentence."""
        beside = self.d.range(self.beside[0].core)[0] if self.beside is not None else self.first
        return self.d.tokens[beside].sentence == self.d.tokens[self.first].sentence
