"""What a quantity counts: the noun phrase in the article's words, its concept, and what happens to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...language.lexicon import noted, words
from ...text.article import Span
from ...text.document import Document, Token
from .concept_lexicon import lexicon
from .counted_noun import NAMES_NOTHING, SIZES, NounOfQuantity
from .happenings import event_of, happening, noun_event
from .numbers import Shape
from .quantities import Quantity
from .said_of import measured, verb_over


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. `text` is as printed, or a word of ours where the article leaves it out ("238 wounded": people).

    `head` is the token of the noun, None where the article has none; `concept`
    its shared concept; `event` the concept of what happens to it, else the
    lemma of the verb, and `verb` the token that says so.
    """

    text: str | None = None
    span: Span | None = None
    head: int | None = None
    concept: str | None = None
    event: str | None = None
    verb: int | None = None


_DIMENSIONS = noted("figures", "dimensions")  # fmt: skip
_SUMS = noted("figures", "sums")
"""What the object of a verb is, where that is a bare sum: lost $5m, a loss."""
_PRICES = noted("figures", "prices")
"""What the sum is that something changes hands for: sold for $5m, a price."""
_ELSE = noted("figures", "sums of nothing named")
"""What a sum is that no noun has: it would cost millions, a cost."""
_CHANGES = words("figures", "rises", "falls") | {"swing"}
_COLLECTIVES = words("figures", "collectives")
_DONE = words("figures", "done to people after a number")
_COPULAS = words("figures", "copulas")


def find_counted(
    document: Document, q: Quantity, before: Counted | None, beside: tuple[Quantity, Counted] | None = None
) -> Counted:
    """What a quantity counts, by the syntax around it.

    `before` is what the last plain number in the text counts, `beside` the
    quantity before this one in its sentence or the one before, and what that
    counts: a number that restates or is compared with another counts the same.
    """
    return _Counting(document, q, before, beside).counted()


class _Counting(NounOfQuantity):
    """A quantity in its sentence with those told of before: what it counts, by its noun or without one."""

    __slots__ = ("before", "beside")

    def __init__(
        self, document: Document, q: Quantity, before: Counted | None, beside: tuple[Quantity, Counted] | None
    ) -> None:
        super().__init__(document, q)
        self.before, self.beside = before, beside

    def counted(self) -> Counted:
        if self.q.shape is Shape.MULTIPLE:
            return self._times()
        found = self._without_its_noun()
        if found is not None:
            return found
        noun = self._listed() or self.noun()
        if noun is not None and noun.lemma.lower() in NAMES_NOTHING:
            noun, told = self.meant(noun), self.beside
            if noun is None and told is not None and told[1].text is not None and told[0].unit == self.q.unit:
                return told[1]  # a profit of €40m; the €40m figure
        found = self._against(noun)
        if found is not None:
            return found
        if noun is None:
            return self._nounless()
        return self._of_change(noun) if self._is_change(noun) else self._of_noun(noun)

    def _without_its_noun(self) -> Counted | None:
        """What is counted where the noun beside the number is not it: told before, or shown by the words around."""
        ways = (
            self._restated, self._again, self._casualties, self._of_them, self._than, self._answers, self._of_family,
            self._strong, self._further_share, self._changing_hands,
        )  # fmt: skip
        return next((found for way in ways if (found := way()) is not None), None)

    def _against(self, noun: Token | None) -> Counted | None:
        """What is counted of a number set against another: so many times, against the times earnings of another."""
        estimated = noun is not None and (
            noun.lemma.lower() in words("figures", "estimate noun") or self.bare_times(noun)
        )
        alone = noun is None or estimated or (self.q.unit is not None and noun.i < self.first)
        return self._compared(estimated) if alone else None

    def _is_change(self, noun: Token) -> bool:
        """Whether a noun tells of a change of what is counted: a rise of 5 %, a loss in value, no loss of money."""
        if self.q.unit is None or noun.lemma.lower() not in _CHANGES:
            return False
        after = self.token(self.last)
        lost = noun.lemma.lower() == "loss" and self.q.unit.kind == "money"
        return not lost or (after is not None and after.lower == "in")

    def _answers(self) -> Counted | None:
        """People, for a share of those asked: 49 % disapprove, with 28 % approving of her, seen well by 35 %."""
        after = self.token(self.last)
        if self.q.unit is None or self.q.unit.kind != "ratio" or self.of() is not None:
            return None
        if after is not None and after.lower in words("figures", "answers"):
            return _people(None, after.i)
        by = self.d.tokens[self.head.head]
        seen = by.lower == "by" and self.d.tokens[by.head].lemma.lower() in words("figures", "people see")
        return _people(None, None) if seen else None

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
        if body is None or self.q.unit is not None or body.lemma.lower() not in _COLLECTIVES:
            return None
        verb, event = self._happening(body)
        return Counted(f"{body.lemma.lower()} members", None, body.i, "member", event, verb)

    def _listed(self) -> Token | None:
        """What stands before a sum in a list or headline without a verb: Net loss $40m."""
        k, unit = self.d.range(self.q.words)[0] - 1, self.q.unit
        before = self.token(k) if k >= 0 else None
        if before is not None and before.lower in words("figures", "compared with") and not self._here():
            before = self.token(k - 1) if k else None  # No dividend vs 1.25 cents per share
        sentence = self.d.sentences[self.d.tokens[self.first].sentence]
        told = any(t.pos in ("VERB", "AUX") and t.text.isalpha() for t in self.d.tokens[sentence.start : sentence.end])
        if before is None or before.pos != "NOUN" or told or unit is None or unit.kind not in ("money", "ratio"):
            return None
        return before

    def _further_share(self) -> Counted | None:
        """What the one before is of, in a list: 60 percent of the money goes to schools, 30 percent to clinics."""
        unit = self.q.unit
        if self.beside is None or unit is None or unit.kind not in ("ratio", "money") or not self._here():
            return None
        listed = self.word(1) in (",", ";", "and") and self.beside[0].unit == self.q.unit
        found = verb_over(self.d, self.head, range(self.first, self.last)) if unit.kind == "money" else None
        purpose = found is not None and self._bought(found[0]) is not None  # $2m on scanners and $1m on beds
        alone = listed and self.of() is None and self.following(self.last) is None and not purpose
        verb, event = self._happening(self.head) if alone else (None, None)
        told = self.beside[1]
        return replace(told, span=None, event=event, verb=verb) if alone and told.text is not None else None

    def _changing_hands(self) -> Counted | None:
        """What a sum without a noun is, as the verb tells: earnings, a loss, the price that it was sold for."""
        unit = self.q.unit
        if unit is None or unit.kind != "money" or self.of() is not None or self.measured() or self.kept_in():
            return None
        found = verb_over(self.d, self.head, range(self.first, self.last))
        if found is None:
            return None
        verb, link = found
        bought = self._bought(verb) if link == "" else None
        if bought is not None:
            paid, event = self._happening(self.head)
            return replace(self._of_noun(bought), event=event, verb=paid)
        sums = _SUMS if link == "" else _PRICES if link in ("for", "at") else {}
        told, event = self._happening(self.head)
        what = sums.get(verb.lemma.lower()) or sums.get(event or "")
        return None if what is None else Counted(what, None, None, what, event, told)

    def _bought(self, verb: Token) -> Token | None:
        """What a sum is paid for or spent on: paid $5m for the rights, spent $2m on scanners."""
        if verb.lemma.lower() not in words("figures", "pays for"):
            return None
        governors = [t for above in (self.head, verb) for t in self.d.kids(above.i) if t.i >= self.last]
        things = [thing for t in governors if t.lower in ("on", "for") for thing in self._things(t)]
        aims = (t for t in governors if t.tag == "VB" and t.lemma.lower() in words("figures", "buys"))
        things += [t for aim in aims for t in self.d.kids(aim.i) if t.dep == "dobj" and t.pos == "NOUN"]
        return things[0] if things else None

    def _things(self, preposition: Token) -> list[Token]:
        """The things that a preposition governs: neither names nor people."""
        objects = (t for t in self.d.kids(preposition.i) if t.dep == "pobj" and t.pos == "NOUN" and t.ent == "")
        return [t for t in objects if not lexicon().is_person(t.lemma)]

    def _of_change(self, change: Token) -> Counted:
        """What has changed by so much: a 5 % fall in sales, a loss of $3bn in value, GDP after a 31 % decline."""
        d, parts = self.d, (change.i, self.first, self.last - 1)
        of = (t for i in parts for t in d.kids(i) if t.lower in ("in", "of") and t.i >= min(self.last, change.i + 1))
        objects = (t for preposition in of for t in d.kids(preposition.i) if t.dep == "pobj" and t.ent == "")
        thing = next((t for t in objects if t.pos == "NOUN" and t.i >= self.last), None)
        if thing is not None:
            return replace(self._of_noun(thing), event=lexicon().event(change.lemma) or change.lemma.lower())
        if self.beside is not None and self.beside[1].text is not None and self.beside[0].unit == self.q.unit:
            return self.beside[1] if self._here() or self._of_it() else self._of_noun(change)
        return self._of_noun(change)

    def _restated(self) -> Counted | None:
        """What the quantity beside counts, where this one restates it in brackets: £1.1 million ($1.4 million)."""
        if self.beside is None or self.q.unit is None or self.beside[0].unit is None or not self._here():
            return None
        between = self.d.text[self.beside[0].span.end : self.q.words.start].strip()
        alike = self.beside[0].unit.kind == self.q.unit.kind
        known = self.beside[1].text is not None
        same = between in ("(", "[", "/") or (between in (", or", "or") and self.q.unit.kind == "money")
        return self.beside[1] if same and alike and known else None

    def _of_it(self) -> bool:
        """Whether the clause speaks of what the sentence before did: it is a fall from 4 percent."""
        verb = next((t for t in self.d.ancestors(self.head.i) if t.pos == "AUX" and t.lemma.lower() == "be"), None)
        subject = self.subject(verb) if verb is not None else None
        return subject is not None and subject.pos == "PRON"

    def _here(self) -> bool:
        """Whether the quantity beside stands in the same sentence."""
        beside = self.d.range(self.beside[0].core)[0] if self.beside is not None else self.first
        return self.d.tokens[beside].sentence == self.d.tokens[self.first].sentence

    def _compared(self, estimated: bool) -> Counted | None:
        """What the quantity beside counts, where this one is set against it: 12 %, down from 15 %."""
        if self.beside is None or (self.q.unit is None) != (self.beside[0].unit is None) or not self._here():
            return None
        alike = self.q.unit is None or self.q.unit.kind == self.beside[0].unit.kind  # type: ignore[union-attr]
        k = self.d.range(self.q.words)[0] - 1
        while k > 0 and self.d.tokens[k].pos in ("DET", "ADV", "ADJ", "SYM", "PROPN", "PART"):
            k -= 1
        before = [t.lower for t in self.d.tokens[max(0, k - 1) : k + 1]]
        turned = before[-1:] == ["from"] or before in (["compared", "with"], ["compared", "to"])
        set_against = estimated or turned or before[-1] in words("figures", "compared with")
        return self.beside[1] if alike and set_against and self.beside[1].text is not None else None

    def _partitive(self) -> bool:
        """Whether a part of what is counted stands before it, so that what is said holds for that: two of the 40."""
        k = self.first - 1
        while k > 0 and self.d.tokens[k].pos in ("DET", "PRON"):
            k -= 1
        part = self.d.tokens[k - 1]
        return (
            k > 0 and self.d.tokens[k].lower == "of" and (part.pos == "NUM" or part.lower in words("figures", "part"))
        )

    def _of_noun(self, noun: Token) -> Counted:
        span = self.phrase(noun)
        by_verb = self.q.unit is not None and noun.i < self.first and lexicon().event(noun.lemma) is not None
        verb, event = (None, None) if self._partitive() else self._happening(self.head if by_verb else noun)
        words = self.d.text[span.start : span.end]
        concept = "person" if noun.ent == "NORP" and noun.tag == "NNPS" else lexicon().thing(noun.lemma)
        return Counted(words, span, noun.i, concept, event, verb)

    def _times(self) -> Counted:
        """Twice denied: times; sixfold counts nothing."""
        printed = self.d.text[self.q.core.start : self.q.core.end].lower()
        verb = self.d.tokens[self.head.head]
        event = event_of(self.d, verb) if verb.pos == "VERB" else None
        many = self.token(self.last + 1)
        of = self.following(self.last + 2) if many is not None and many.lower in ("many", "much") else None
        if of is not None:
            return self._of_noun(of)  # twice as many phones
        if printed not in ("twice", "thrice"):
            return Counted(event=event, verb=verb.i if event else None)
        return Counted("times", None, None, "time", event, verb.i if event else None)

    def _again(self) -> Counted | None:
        """What the figure before counts, for "200 more", "40 others"."""
        more = self.token(self.last)
        if (
            self.q.unit is not None
            or more is None
            or more.lower not in ("more", "others")
            or self.following(more.i + 1)
        ):
            return None
        if self.before is None or self.before.text is None:
            return None
        verb, event = self._happening(self.head)
        after = self.token(more.i + 1)
        if after is not None and lexicon().event(after.lower) in lexicon().of_people and after.tag in ("VBN", "JJ"):
            verb, event = after.i, lexicon().event(after.lower)
        return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)

    def _casualties(self) -> Counted | None:
        """People, where a word for what happened to them follows the number: 12 dead, 238 more wounded, 40 hurt."""
        k = self._past_links()
        word = self.token(k) if k is not None and self.q.unit is None else None
        if k is None or word is None or not self._says_harm(word):
            return None
        event, told = lexicon().event(word.lower), self.before
        if k > self.last and told is not None and told.concept is not None and not lexicon().is_person(told.concept):
            return replace(told, event=event, verb=word.i, span=None)  # 98 attacks; six were fatal
        if told is not None and self._joined_to(told, word) and told.event != event:
            return replace(told, event=event, verb=word.i, span=None)  # 589 civilians killed and 2,685 injured
        return _people(event, word.i)

    def _past_links(self) -> int | None:
        """The token after the words that may stand between a number and what happened; None if people are named."""
        k = self.last
        while k < len(self.d) and self.d.tokens[k].lower in words("figures", "between a number and its casualty"):
            if self.d.tokens[k].lower == "people":
                return None
            k += 1
        return k

    def _says_harm(self, word: Token) -> bool:
        """Whether a word after a number says what was done to so many people."""
        if word.tag in ("JJ", "VBN", "VBG") and word.dep == "amod" and word.head > word.i:
            return False  # 12 wounded soldiers
        if word.tag == "NN" and (word.lower in lexicon().things or self.q.stated[0] == 1):
            return False
        state = word.tag in ("VBN", "VBD", "JJ", "NN") or word.lower == "missing"
        harmed = state and lexicon().event(word.lower) in lexicon().of_people
        return harmed or (word.dep == "acl" and word.lower in _DONE)

    def _joined_to(self, told: Counted, word: Token) -> bool:
        """Whether "and" or a comma joins this number to that of the persons told of before in its sentence."""
        joined = self.first > 0 and self.d.tokens[self.first - 1].lower in ("and", ",")
        if not joined or told.head is None or told.concept is None or not lexicon().is_person(told.concept):
            return False
        # what a toll counts are deaths
        return (told.span is not None or told.head != told.verb) and self.d.tokens[told.head].sentence == word.sentence

    def _than(self) -> Counted | None:
        """What was counted just before, where so much more of it is told: 1.2m phones, 30% more than last year."""
        more, share = self.token(self.last), self.q.unit is not None and self.q.unit.kind in ("ratio", "money")
        if (
            not share
            or more is None
            or more.lower not in words("figures", "more or less")
            or self.following(more.i + 1)
        ):
            return None
        return self.beside[1] if self.beside is not None and self.beside[1].text is not None and self._here() else None

    def _of_them(self) -> Counted | None:
        """What the figure before counts, or people, for "six of them", "42 percent of those asked"."""
        of, pronoun = self.token(self.last), self.token(self.last + 1)
        if (
            of is None
            or of.lower != "of"
            or pronoun is None
            or pronoun.lower not in words("figures", "stands for the counted")
        ):
            return None
        if pronoun.lower in ("those", "these") and self.d.tokens[min(pronoun.i + 1, len(self.d) - 1)].pos == "NOUN":
            return None
        after = self.token(pronoun.i + 1)
        if after is not None and after.tag == "NNS" and lexicon().is_person(after.lemma):
            # ten people died, four of them children
            told = self.before.event if self.before is not None else None
            return replace(self._of_noun(after), event=told)
        verb, event = self._happening(self.head)
        if self.before is not None and self.before.text is not None and pronoun.lower != "us":
            return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)
        return _people(event, verb)

    def _nounless(self) -> Counted:
        if self.q.unit is not None:
            return self._dimension()
        found = self._members() or self._put() or self._who_are() or self._paid() or self._by_clause()
        if found is not None:
            return found
        verb, event = self._happening(self.head)
        where = " ".join(t.lower for t in self.d.tokens[self.last : self.last + 2])
        if where in words("figures", "where people are"):
            return _people(event, verb)
        if self.before is not None and self.before.text is not None:
            return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)
        acts = self.head.dep in ("nsubj", "nsubjpass") and not self.q.scaled
        return _people(event, verb) if acts or self.q.shape is Shape.VAGUE else Counted()

    def _paid(self) -> Counted | None:
        """The sum that a bare number is: it has cost the firm billions."""
        above = self.d.tokens[self.head.head]
        if above.lemma.lower() not in words("figures", "pays") or self.head.dep not in ("dobj", "npadvmod", "dep"):
            return None
        noun = measured(self.d, self.head, range(self.first, self.last))
        if noun is not None and noun.pos == "NOUN":
            return self._of_noun(noun)
        return _sum_of(above.lemma.lower(), above.lemma.lower(), None)

    def _by_clause(self) -> Counted | None:
        """What the verb or noun above tells: people who are harmed, or what its subject names."""
        for parent in self.d.ancestors(self.head.i):
            event = lexicon().event(parent.lemma) or lexicon().event(parent.lower)
            harms = event in lexicon().of_people
            if parent.pos == "VERB" and harms and self.head.dep != "nsubj":
                told = self._told_of_people(parent)
                return (
                    _people(event, parent.i) if told is None else replace(told, event=event, verb=parent.i, span=None)
                )
            if parent.pos in ("VERB", "AUX"):
                return self._said_of(parent)
            if parent.pos == "NOUN" and harms and noun_event(parent) is not None:
                return _people(event, parent.i)
        return None

    def _told_of_people(self, verb: Token) -> Counted | None:
        """Whom the verb that this one is joined to counts: had killed 11,743 civilians and injured 24,614."""
        told = self.before
        if told is None or told.head is None or told.span is None or verb.dep != "conj" or told.verb != verb.head:
            return None
        return told if told.concept is not None and lexicon().is_person(told.concept) else None

    def _who_are(self) -> Counted | None:
        """What so many of those told of are: 38 were women."""
        verb = self.d.tokens[self.head.head]
        if self.head.dep != "nsubj" or verb.lemma.lower() != "be" or not self.first <= self.head.i < self.last:
            return None
        noun = next((t for t in self.d.kids(verb.i) if t.dep == "attr" and t.i > verb.i), None)
        if noun is None or noun.tag != "NNS" or not lexicon().is_person(noun.lemma):
            return None
        _, event = (None, self.before.event) if self.before is not None else (None, None)
        return replace(self._of_noun(noun), event=event, verb=self.before.verb if self.before is not None else None)

    def _members(self) -> Counted | None:
        """A panel of twelve, groups of three: members of the panel."""
        of = self.d.tokens[self.head.head]
        if self.head.dep != "pobj" or of.lower != "of":
            return None
        group = self.d.tokens[of.head]
        if group.lemma.lower() in words("figures", "parent"):
            return Counted("children", None, None, "child", None, None)
        if group.lemma.lower() in words("figures", "holds people"):
            return Counted("people", None, group.i, "person", None, None)
        if group.lemma.lower() not in _COLLECTIVES:
            return None
        return Counted(f"{group.lemma.lower()} members", None, group.i, "member", None, None)

    def _said_of(self, verb: Token) -> Counted | None:
        """What the subject of a copula names: the dead numbered 12, the toll reached 40."""
        subject = self.subject(verb)
        if subject is None or verb.lemma.lower() not in _COPULAS or subject.pos not in ("NOUN", "PROPN"):
            return None
        if subject.ent == "PERSON":
            return None  # Hill was close behind with 644,132
        return self._numbered(subject) or self._of_noun(subject)

    def _put(self) -> Counted | None:
        """What is counted in "put the number of dead at 31", "raised the toll to 40"."""
        preposition = self.d.tokens[self.head.head]
        if self.head.dep != "pobj" or preposition.lower not in ("at", "to"):
            return None
        verb = next((t for t in self.d.ancestors(preposition.i) if t.pos == "VERB" and t.dep != "acl"), None)
        stated = next((t for t in self.d.kids(verb.i) if t.dep == "dobj"), None) if verb is not None else None
        event = lexicon().event(stated.lower) if stated is not None and stated.lower != "toll" else None
        if stated is not None and event in lexicon().of_people and stated.i < self.first:
            return Counted("people", None, stated.i, "person", event, stated.i)  # put the injured at 140
        return self._numbered(stated) if stated is not None and stated.i < self.first else None

    def _numbered(self, noun: Token) -> Counted | None:
        """What a number, toll or figure is the number of; None if the noun is none of these."""
        if noun.lemma.lower() == "toll":
            return Counted("deaths", None, noun.i, "person", "die", noun.i)
        if noun.lemma.lower() not in words("figures", "number nouns"):
            return None
        of = next((t for t in self.d.kids(noun.i) if t.lower == "of"), None)
        thing = next((t for t in self.d.kids(of.i) if t.dep == "pobj"), None) if of is not None else None
        if thing is None:
            named = any(t.dep == "compound" and t.pos == "NOUN" for t in self.d.kids(noun.i))
            return self._of_noun(noun) if named else self.before  # passenger numbers
        harm = lexicon().event(thing.lower) if thing.tag in ("VBN", "JJ") else None
        return _people(harm, thing.i) if harm in lexicon().of_people else self._of_noun(thing)

    def _dimension(self) -> Counted:
        """For a measure without a noun, what it measures: "500 miles from Herat" a distance, "two weeks" a time."""
        unit, after = self.q.unit, self.token(self.last)
        verb, event = self._happening(self.head)
        if unit is None or unit.kind == "ratio":
            return self._share(verb, event)
        if unit.kind == "money":
            if self.beside is not None and self._says_of_sum(self.beside):
                return replace(self.beside[1], span=None, event=event, verb=verb)
            return _sum_of(self.d.tokens[verb].lemma.lower() if verb is not None else "", event, verb)
        sized = after is not None and unit.kind in ("length", "mass", "speed", "time")
        what = SIZES.get(after.lower) if after is not None and sized else None
        if what is None and unit.kind == "time":
            what = self._of_time(event)
        what = what or _DIMENSIONS.get(unit.kind)
        return Counted(what, None, None, what, event, verb)

    def _says_of_sum(self, beside: tuple[Quantity, Counted]) -> bool:
        """Whether it says what the sum beside is, or was to be: $5m, which is $1 a share; analysts forecast $6m."""
        found = verb_over(self.d, self.head, range(self.first, self.last))
        unit = beside[0].unit
        if found is None or beside[1].text is None or unit is None or unit.kind != "money":
            return False
        relative = found[0].lemma.lower() == "be" and found[0].dep == "relcl" and self._here()
        return relative or (not found[1] and found[0].lemma.lower() in words("figures", "forecasts"))

    def _of_time(self, event: str | None) -> str | None:
        """What a time without a noun is, if no mere time: an interval, or the years in jail a sentence."""
        if any(self.word(k) == "every" for k in (1, 2)):
            return "interval"
        return "sentence" if event in ("imprison", "sentence") or self._in_prison() else None

    def _share(self, verb: int | None, event: str | None) -> Counted:
        """What a percentage without a noun is of: people who say so, or what the one before it was of."""
        unit = self.q.unit
        beside = self.beside[1] if self.beside is not None and self.beside[0].unit == unit else None
        alike = beside is not None and beside.text is not None
        if not alike and self.head.dep == "nsubj" and verb is not None and self._people_do(self.d.tokens[verb]):
            return _people(event, verb)
        carried = (beside if alike else self.before) if unit is not None and self._carries() else None
        if carried is None:
            return Counted(event=event, verb=verb)
        return Counted(carried.text, None, carried.head, carried.concept, event, verb)

    def _people_do(self, verb: Token) -> bool:
        """Whether a verb says what people alone do, as those do who are asked: 34 % wanted to leave."""
        return verb.lemma.lower() in words("figures", "people do")

    def _in_prison(self) -> bool:
        """Whether a time is one behind bars: four years in prison."""
        following = [t.lower for t in self.d.tokens[self.last : self.last + 5]]
        return following[:1] in (["in"], ["behind"]) and not words("figures", "prison").isdisjoint(following)

    def _carries(self) -> bool:
        """Whether a percentage speaks of what the one before it was of: "when it was 40 per cent", "up from 12 %"."""
        for parent in self.d.ancestors(self.head.i):
            if parent.pos in ("VERB", "AUX"):
                subject = self.subject(parent)
                return subject is None or subject.pos == "PRON" or self.is_number(subject)
        return True

    def _happening(self, token: Token) -> tuple[int | None, str | None]:
        return happening(self.d, token, through=self.q.unit is not None)


def _people(event: str | None, verb: int | None) -> Counted:
    return Counted("people", None, None, "person", event, verb)


def _sum_of(lemma: str, event: str | None, verb: int | None) -> Counted:
    """A sum that no noun has: what the verb makes it, or money."""
    what = _ELSE.get(lemma, "money")
    return Counted(what, None, None, what, event, verb)
