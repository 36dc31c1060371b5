"""What a quantity counts: the ways to find it, in their order."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.syntax import VERBAL
from ...text.document import Document, Token
from .concept_lexicon import lexicon
from .contests import Contested
from .counted import Counted, people
from .counted_before import CountedBefore
from .counted_by_verb import CountedByVerb
from .counted_noun import NAMES_NOTHING
from .counted_phrase import CountedPhrase
from .happenings import event_of
from .numbers import Shape
from .quantities import Quantity
from .units import unit_of_words

_CHANGES = words("figures", "rises", "falls") | {"swing"}


def find_counted(
    document: Document, q: Quantity, before: Counted | None, beside: tuple[Quantity, Counted] | None = None
) -> Counted:
    """What a quantity counts, by the syntax around it.

    `before` is what the last plain number in the text counts, `beside` the
    quantity before this one in its sentence or the one before, and what that
    counts: a number that restates or is compared with another counts the same.
    """
    one = _Counting(document, q, before, beside)
    counted = one.counted()
    # what is said holds for the others: all but two of the 40 were found
    return replace(counted, event=None, verb=None) if (one.word(2), one.word(1)) == ("all", "but") else counted


class _Counting(CountedPhrase):
    """A quantity in its sentence with those told of before: what it counts, by its noun or without one."""

    __slots__ = ("by_verb", "contested", "told")

    def __init__(
        self, document: Document, q: Quantity, before: Counted | None, beside: tuple[Quantity, Counted] | None
    ) -> None:
        super().__init__(document, q, before, beside)
        self.told = CountedBefore(document, q, before, beside)
        self.by_verb = CountedByVerb(document, q, before, beside)
        self.contested = Contested(document, q, before, beside)

    def counted(self) -> Counted:
        """What is counted by the first way that finds it; an empty record where none does."""
        if self.q.shape is Shape.MULTIPLE:
            return self._times()
        found = self._without_its_noun()
        if found is not None:
            return found
        noun = self._listed() or self._moved_by() or self.noun()
        if noun is not None and noun.lemma.lower() in NAMES_NOTHING and not self._lasts():
            noun, told = self.meant(noun), self.beside
            if noun is None and told is not None and told[1].text is not None and told[0].unit == self.q.unit:
                return told[1]  # a profit of €40m; the €40m figure
        found = self._against(noun)
        if found is not None:
            return found
        if noun is None:
            return self.by_verb.nounless()
        return self._of_change(noun) if self._is_change(noun) else self.of_noun(noun)

    def _without_its_noun(self) -> Counted | None:
        """What is counted where the noun beside the number is not it: told before, or shown by the words around."""
        told = self.told
        ways = (
            told.restated, told.behind_counted, told.listed_by_name, told.worth, told.now, told.led_to, told.moved_on,
            told.again, told.of_whom, told.of_the_harmed, told.casualties, told.of_them, told.of_the_total, told.than,
            self._answers, self._of_family, self._strong, self.by_verb.same_subject, told.further_share,
            self.contested.share, self.by_verb.changing_hands,
        )  # fmt: skip
        return next((found for way in ways if (found := way()) is not None), None)

    def _against(self, noun: Token | None) -> Counted | None:
        """What is counted of a number set against another: so many times, against the times earnings of another."""
        estimated = noun is not None and (
            (noun.lemma.lower() in words("figures", "estimate noun") and not self._of_what(noun))
            or self.bare_times(noun)
        )
        alone = noun is None or estimated or (self.q.unit is not None and noun.i < self.first)
        return self.told.compared(estimated) if alone else None

    def _of_what(self, noun: Token) -> bool:
        """Whether a forecast or target says of what it is one by a noun before it: its £1bn savings target."""
        return any(t.dep == "compound" and t.pos == "NOUN" and t.i >= self.last for t in self.d.kids(noun.i))

    def _is_change(self, noun: Token) -> bool:
        """Whether a noun tells of a change of what is counted: a rise of 5 %, a loss in value, no loss of money."""
        if self.q.unit is None or noun.lemma.lower() not in _CHANGES:
            return False
        after = self.token(self.last)
        lost = noun.lemma.lower() == "loss" and self.q.unit.kind == "money"
        value = self.token(self.last + 1) if after is not None and after.lower == "in" else None
        in_value = value is not None and value.ent != "DATE"
        return not lost or in_value  # a loss of $40m in value, but not in 2012

    def _answers(self) -> Counted | None:
        """People, for a share of those asked: 49 % disapprove, with 28 % approving of her, seen well by 35 %."""
        after = self.token(self.last)
        if self.q.unit is None or self.q.unit.kind != "ratio" or self.of() is not None:
            return None
        verb = self._answer(after) if after is not None else None
        if verb is not None:
            told = self.beside[1] if self.beside is not None and self.here() else None
            known = told is not None and lexicon().is_person(told.concept or "")
            return replace(told, span=None) if told is not None and known else people(None, verb.i)
        by = self.d.tokens[self.head.head]
        seen = by.lower == "by" and self.d.tokens[by.head].lemma.lower() in words("figures", "people see")
        return people(None, None) if seen else None

    def _answer(self, after: Token) -> Token | None:
        """What those asked say or have done, right behind their share."""
        if after.lower in words("figures", "answers") or self._names(after) or self._who_say(after):
            return after
        done = self.token(after.i + 1) if after.lower == "have" else None
        people_do = done is not None and done.tag == "VBN" and done.lemma.lower() in words("figures", "people do")
        return done if people_do else None  # 90 percent have voted for it

    def _names(self, verb: Token) -> bool:
        """Whether those asked do what a participle says, to somebody behind it: 38 percent named Hill."""
        told = verb.tag == "VBN" and verb.dep == "acl" and verb.lemma.lower() in words("figures", "people do")
        return told and self.d.tokens[verb.i + 1].pos in words("parse", "nominal")

    def _who_say(self, after: Token) -> bool:
        """Whether those are told apart by what they say: with 50 percent saying so, the 30 percent who say so."""
        verb = self.token(after.i + 1) if after.lower == "who" else after if after.tag == "VBG" else None
        return verb is not None and verb.lemma.lower() in words("figures", "people do")

    def _of_family(self) -> Counted | None:
        """People, for a family of five."""
        family = self.token(self.first - 2) if self.first > 1 and self.word(1) == "of" else None
        after = self.token(self.last)
        alone = after is None or not lexicon().is_person(after.lemma)
        if (
            family is None
            or family.lemma.lower() not in ("family", "household")
            or self.q.unit is not None
            or not alone
        ):
            return None
        return Counted("people", None, family.i, "person", None, None)

    def _strong(self) -> Counted | None:
        """The members of a 300-strong force."""
        k = self.last + (self.token(self.last) is not None and self.d.tokens[self.last].text in "-‐–")
        strong = self.token(k)
        body = self.following(k + 1) if strong is not None and strong.lower == "strong" else None
        if body is None or self.q.unit is not None or body.lemma.lower() not in words("figures", "collectives"):
            return None
        verb, event = self.happens(body)
        return Counted(f"{body.lemma.lower()} members", None, body.i, "member", event, verb)

    def _lasts(self) -> bool:
        """Whether this is a time, which what stands after it has lasted: a 49-year low."""
        return self.q.unit is not None and self.q.unit.kind == "time"

    def _moved_by(self) -> Token | None:
        """The rating of "approval rating dropped 6 points": what has moved by so many."""
        points = self.token(self.last)
        moved = points is not None and points.lower == "points" and self.head.head == points.i
        noun = self.sized_by_verb() if moved and self.changes() else None
        measure = noun is not None and noun.pos == "NOUN" and noun.lemma.lower() in words("figures", "measure noun")
        return noun if measure else None

    def _listed(self) -> Token | None:
        """What stands before a sum in a list or headline without a verb: Net loss $40m."""
        k, unit = self.d.range(self.q.words)[0] - 1, self.q.unit
        before = self.token(k) if k >= 0 else None
        sentence = self.d.sentences[self.d.tokens[self.first].sentence]
        told = any(t.pos in VERBAL and t.text.isalpha() for t in self.d.tokens[sentence.start : sentence.end])
        if before is None or before.pos != "NOUN" or told or unit is None or unit.kind not in ("money", "ratio"):
            return None
        return before

    def _so_many_times(self) -> Token | None:
        """The height of "twice the height of the old one"."""
        the = self.token(self.last)
        of = self.following(self.last + 1) if the is not None and the.lower == "the" else None
        return of if of is not None and unit_of_words([of.lower]) is None else None

    def _of_change(self, change: Token) -> Counted:
        """What has changed by so much: a 5 % fall in sales, a loss of $3bn in value, GDP after a 31 % decline."""
        d, parts = self.d, (change.i, self.first, self.last - 1)
        of = (t for i in parts for t in d.kids(i) if t.lower in ("in", "of") and t.i >= min(self.last, change.i + 1))
        objects = (t for preposition in of for t in d.kids(preposition.i) if t.ent == "")
        thing = next((t for t in objects if t.pos == "NOUN" and t.i >= min(self.last, change.i + 1)), None)
        by = self.token(change.i + 1)
        if thing is None and by is not None and by.lower in ("by", "to"):
            thing = next((t for t in d.kids(change.i) if t.dep == "compound" and t.pos == "NOUN"), None)
        if thing is not None:
            return replace(self.of_noun(thing), event=lexicon().event(change.lemma) or change.lemma.lower())
        told = self.beside if self.beside is not None and self.beside[1].text is not None else None
        k = min(self.first, change.i) - 1  # worth $18m, a (notable) 12 % rise; 212 murders, a rise of 29 %
        k -= self.d.tokens[k].pos == "ADJ"
        named = told is not None and (told[1].head is not None or change.i > self.first)  # no rise in "money"
        apposed = (
            named
            and self.here()
            and k > 0
            and self.d.tokens[k].lower in ("a", "an")
            and self.d.tokens[k - 1].text == ","
        )
        if told is not None and (told[0].unit == self.q.unit or apposed):
            return told[1] if self.here() or self._of_it() else self.of_noun(change)
        return self.of_noun(change)

    def _of_it(self) -> bool:
        """Whether the clause speaks of what the sentence before did: it is a fall from 4 percent."""
        verb = next((t for t in self.d.ancestors(self.head.i) if t.pos == "AUX" and t.lemma.lower() == "be"), None)
        subject = self.subject(verb) if verb is not None else None
        return subject is not None and subject.pos == "PRON"

    def _times(self) -> Counted:
        """Twice denied: times; what grew, or the growth, for prices rose sixfold, a sixfold rise."""
        printed = self.d.text[self.q.core.start : self.q.core.end].lower()
        verb = self.d.tokens[self.head.head]
        event = event_of(self.d, verb) if verb.pos == "VERB" else None
        if printed not in ("twice", "thrice"):
            noun = self.sized_by_verb() or self.following(self.last)
            timed = noun is not None and unit_of_words([noun.lower]) is not None  # grew fourfold year-on-year
            return (
                self.of_noun(noun)
                if noun is not None and not timed
                else Counted(event=event, verb=verb.i if event else None)
            )
        of = self._so_many_times()
        if of is not None:
            return self.of_noun(of)
        return Counted("times", None, None, "time", event, verb.i if event else None)
