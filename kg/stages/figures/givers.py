"""Whether who says something thereby gives a figure in it, or only speaks of what has that number."""

from __future__ import annotations

from itertools import pairwise

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, NOUNS, has, root_of
from ...records.attribution import Attribution, Form, Stance
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...text.article import Span
from ...text.document import Document, Token
from .concept_lexicon import lexicon
from .issuers import Issuers

_SHARES = words("figures", "shares")
_OUT_OF = words("figures", "out of")
_ROUGHLY = words("figures", "roughly")
_NO_REPORTERS = frozenset({EntityType.EVENT})


class Givers:
    """The sources of one document: which of them give the figures in what they say, and who answers for a report."""

    __slots__ = ("_document", "_entities", "_issuers")

    def __init__(self, document: Document, entities: tuple[Entity, ...], issuers: Issuers) -> None:
        self._document, self._issuers = document, issuers
        self._entities = {e.id: e for e in entities}

    def gives(self, attribution: Attribution, held: list[Attribution], first: int) -> bool:
        """Whether who is said to say something thereby gives a figure in it."""
        elsewhere = self._aside(attribution, first) or self._asked(attribution) or self._comes_upon(attribution)
        if elsewhere or self._of_themselves(attribution, first) or self._gives_none(attribution, first):
            return False
        if self._expected_otherwise(attribution, first):
            return False
        return attribution is held[-1] or not self.bare_paper(attribution)

    def _of_themselves(self, attribution: Attribution, first: int) -> bool:
        """Whether a number says how many the source are: the 15 doctors will name the victims; or a place speaks."""
        entity, here = self._entities.get(attribution.entity or ""), self._document.tokens[first]
        if entity is None:
            return False
        if self._unseen(attribution, first):
            return True
        unsaid = entity.type is EntityType.PLACE and not any(cue.end - cue.start > 1 for cue in attribution.cue)
        return unsaid or any(m.span.start <= here.start < m.span.end for m in entity.mentions)

    def _unseen(self, attribution: Attribution, first: int) -> bool:
        """Whether pictures cannot show a number: how many live in the city that they are of."""
        d = self._document
        roots = (root_of(d, *d.range(span)) for span in attribution.source)
        of = next((t for t in d.ancestors(first) if t.pos == "ADP"), None)
        place = of is not None and d.tokens[of.head].lemma.lower() in words("figures", "holds people")
        return place and any(t.lemma.lower() in words("figures", "pictures") for t in roots)

    def _expected_otherwise(self, attribution: Attribution, first: int) -> bool:
        """Whether a source only says what was expected: 11 cents above what was expected, says a survey of analysts."""
        d = self._document
        source = (d.tokens[i].lemma.lower() for span in attribution.source for i in range(*d.range(span)))
        theirs = not words("figures", "who expects").isdisjoint(source)
        content = [d.tokens[i] for span in attribution.content for i in range(*d.range(span))]
        expected = [
            t
            for t in content
            if t.lemma.lower() in words("figures", "estimate noun")
            and (theirs or ("accord" in self._cue(attribution) and self._analysts(t)))
        ]
        return bool(expected) and not any(first in d.subtree(t.i) or d.tokens[first].i == t.head for t in expected)

    def _analysts(self, estimate: Token) -> bool:
        """Whether an estimate is that of analysts."""
        return any(t.lemma.lower() in words("figures", "who expects") for t in self._document.kids(estimate.i))

    def withholds(self, attribution: Attribution) -> bool:
        """Whether a source does not commit itself: "could not confirm that 15 people had died"."""
        withheld = words("speech", "withheld") - {"say"}
        return attribution.stance is Stance.HEDGES and not self._cue(attribution).isdisjoint(withheld)

    def _cue(self, attribution: Attribution) -> frozenset[str]:
        """The lemmas of a cue."""
        d = self._document
        return frozenset(d.tokens[i].lemma.lower() for span in attribution.cue for i in range(*d.range(span)))

    def _gives_none(self, attribution: Attribution, first: int) -> bool:
        """Whether a source gives no numbers: an event, a remark, who denies, asks for or plans something.

        What is asked for is no report where it is a thing, not so many of
        them: an inquiry after a flood killed 31, protection for the estimated
        300; but 500 new jobs.
        """
        d, entity = self._document, self._entities.get(attribution.entity or "")
        if entity is not None and (entity.type in _NO_REPORTERS):
            return True
        cue = self._cue(attribution)
        under = any(d.tokens[max(0, d.range(span)[0] - 1)].lower == "under" for span in attribution.source)
        told = cue.isdisjoint(words("figures", "gives no figure")) and "not" not in cue
        if under or not told or self._is_unshown(attribution, first):
            return True
        if attribution.stance is Stance.DENIES and not cue.isdisjoint(words("speech", "denying")):
            # "The army denied that an air strike killed 16 civilians in Kandar.": its word is that they are not so many
            return True
        if attribution.stance not in (Stance.ASKS, Stance.DEMANDS, Stance.OTHER) or attribution.form is Form.DIRECT:
            return False
        content = [i for span in attribution.content for i in range(*d.range(span))]
        inside = frozenset(content)
        top = next((d.tokens[i] for i in content if d.tokens[i].head not in inside), None)
        thing = top is not None and top.dep in ("dobj", "pobj", "nsubj") and top.pos in NOUNS
        return thing and top is not None and top.i not in (first, d.tokens[first].head)

    def _is_unshown(self, attribution: Attribution, first: int) -> bool:
        """Whether nothing is said to show a figure: "does not show that 68 percent of all birds have been lost"."""
        d = self._document
        inside = {i for span in attribution.content for i in range(*d.range(span))}
        above = (t for t in d.ancestors(first) if t.i in inside and t.i < first)
        telling = words("figures", "showing", "saying") | {"mean"}
        return any(t.lemma.lower() in telling and has(d, t.i, "neg") and has(d, t.i, "ccomp") for t in above)

    def bare_paper(self, attribution: Attribution) -> bool:
        """Whether a source is data or a paper without a name or a body, as those that somebody goes by."""
        entity = self._entities.get(attribution.entity or "")
        if entity is None or entity.named:
            return False
        paper = entity.type is EntityType.DOCUMENT or entity.name.split()[-1].lower() in words("figures", "bare papers")
        return paper and self.answering(attribution) == attribution.entity

    def answering(self, attribution: Attribution) -> str:
        """The id of the source; where that is a report whose body the article names, of the body."""
        assert attribution.entity is not None
        entity = self._entities.get(attribution.entity)
        if entity is not None and entity.type is EntityType.DOCUMENT:
            for span in attribution.source:
                body = self._issuers.of(root_of(self._document, *self._document.range(span)))
                if body is not None:
                    return body.id
        return attribution.entity

    def _aside(self, attribution: Attribution, first: int) -> bool:
        """Whether a figure stands in an aside on something that a source only speaks of.

        In "some doubt the mayor, who spent 12 million" the sum is the
        article's; in "some say the mayor, who spent 12 million, lost" it is
        theirs, but in "the minister said she would visit Ore, where 3,000 live" again
        the article's, that explains what she speaks of.
        """
        d = self._document
        content = [i for span in attribution.content for i in range(*d.range(span))]
        if self._beside_saying(attribution, first):
            return True
        if attribution.form is Form.DIRECT or not content:
            return False
        inside = frozenset(content)
        top = next((d.tokens[i] for i in content if d.tokens[i].head not in inside), d.tokens[content[0]])
        spoken_of = top.dep in ("dobj", "pobj") and top.pos in NOUNS
        for token in (d.tokens[first], *d.ancestors(first)):
            if token.dep in ("relcl", "appos") and token.pos != "NUM" and token.i in inside:
                start = min(d.subtree(token.i))
                apart = start > 0 and d.tokens[start - 1].lower in (",", "-", "--", "–", "—")
                if not apart and token.dep == "relcl":
                    told = self._cue(attribution) & words("figures", "tells of what is")
                    return not told if spoken_of else self._known_before(attribution, token, top)
                return apart and (spoken_of or self._explains(attribution, token, start))
            if token.i == top.i:
                break
        return False

    def _beside_saying(self, attribution: Attribution, first: int) -> bool:
        """Whether a figure is told beside what is said: he said no, and shares lost 2 %; it reported a loss, ..."""
        d = self._document
        cue = {i for span in attribution.cue for i in range(*d.range(span))}
        clause = next((t for t in (d.tokens[first], *d.ancestors(first)) if t.head in cue), None)
        if clause is None or clause.i < min(cue) or clause.i in cue or clause.pos != "VERB":
            return False
        own = next((t for t in d.kids(clause.i) if t.dep in NOUN_SUBJECTS), None)
        if own is None:
            named = any(t.dep == "dobj" and t.i < clause.i for i in cue for t in d.kids(i))
            return named and clause.dep == "advcl" and clause.tag == "VBG"
        return clause.dep == "conj" and first not in d.subtree(own.i)

    def _known_before(self, attribution: Attribution, clause: Token, top: Token) -> bool:
        """Whether a clause only says which harm is meant: shells were used in the strike that killed 19."""
        d, table = self._document, lexicon()
        which = d.tokens[clause.head]
        things = any(t.dep == "dobj" and not table.is_person(t.lemma) for t in d.kids(top.i))  # fired a shell
        told = table.event(top.lemma) in table.of_people and not things
        harms = not told and table.event(clause.lemma) in table.of_people
        return harms and which.dep == "pobj" and top.i != which.i and attribution.form is Form.INDIRECT

    def _explains(self, attribution: Attribution, clause: Token, start: int) -> bool:
        """Whether a clause in what somebody says explains a place or time they name; what harms people is told."""
        d = self._document
        if "accord" in self._cue(attribution) or attribution.form is not Form.INDIRECT:
            return False
        asks = attribution.stance in (Stance.ASKS, Stance.DEMANDS)
        harms = lexicon().event(clause.lemma) in lexicon().of_people and not asks
        return d.tokens[start].lower in ("where", "when", "whose") and not harms

    def _comes_upon(self, attribution: Attribution) -> bool:
        """Whether somebody found so many, in place of finding that they are so many: he found five players."""
        d, entity = self._document, self._entities.get(attribution.entity or "")
        if entity is None or entity.type is not EntityType.PERSON or "find" not in self._cue(attribution):
            return False
        return d.tokens[max(0, d.range(attribution.content[0])[0] - 1)].lower != "that"

    def _asked(self, attribution: Attribution) -> bool:
        """Whether a source is a share of those asked ("47 percent said ..."): they answer a poll and count nothing.

        So also for "they", where that stands for such a share or for a bare number.
        """
        d = self._document
        spans = [*attribution.source, *self._meant(attribution)]
        several = [[d.tokens[i].lower for i in range(*d.range(span))] for span in spans]
        return any(_is_share(words) for words in several)

    def _meant(self, attribution: Attribution) -> tuple[Span, ...]:
        """The words that a source said by a pronoun stands for, where nothing names it."""
        entity = self._entities.get(attribution.entity or "")
        if entity is None or entity.named:
            return ()
        return tuple(m.span for m in entity.mentions if m.kind is MentionKind.NOMINAL)[:1]


def _is_share(words: list[str]) -> bool:
    """Whether words name a share or nothing but a number: 47 percent, nine in ten voters, a third, 60."""
    ratio = any(a == "in" and (b in _OUT_OF or b.isdecimal()) for a, b in pairwise(words))
    number = words[-1].replace(",", "").isdecimal() and all(word in _ROUGHLY for word in words[:-1])
    return ratio or bool(_SHARES & set(words)) or number
