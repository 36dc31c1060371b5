"""What a number or measure without a noun counts, as its verb tells."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import noted, words
from ...language.syntax import NOUN_SUBJECTS, NOUNS, VERBAL
from ...text.document import Token
from .concept_lexicon import lexicon
from .counted import Counted, people, sum_of
from .counted_noun import NAMES_NOTHING, SIZES
from .counted_phrase import CountedPhrase
from .happenings import noun_event
from .numbers import Shape
from .quantities import Quantity
from .said_of import measured, paid_for, sized, verb_over

_DIMENSIONS = noted("figures", "dimensions")
_SUMS = noted("figures", "sums")
"""What the object of a verb is, where that is a bare sum: lost $5m, a loss."""
_PRICES = noted("figures", "prices")
"""What the sum is that something changes hands for: sold for $5m, a price."""
_DEALS = noted("figures", "deals")
"""What the sum is that a deal is said to be for: the takeover of the mill for $5m, a price."""
_COPULAS = words("figures", "copulas")


class CountedByVerb(CountedPhrase):
    """A quantity without a noun: what its verb says of whom, what the sum or measure is that the verb makes it."""

    __slots__ = ()

    def changing_hands(self) -> Counted | None:
        """What a sum without a noun is, as the verb tells: earnings, a loss, the price that it was sold for."""
        unit = self.q.unit
        if unit is None or unit.kind != "money" or self.of() is not None or self.measured() or self.kept_in():
            return None
        if (deal := self._deal()) is not None:
            told, event = self.happens(self.head)
            return Counted(deal, None, None, deal, event, told)
        found = verb_over(self.d, self.head, range(self.first, self.last))
        if found is None:
            return None
        verb, link = found
        bought = paid_for(self.d, verb, self.head, self.last) if link == "" else None
        if bought is not None:
            paid, event = self.happens(self.head)
            return replace(self.of_noun(bought), event=event, verb=paid)
        sums = _SUMS if link == "" else _PRICES if link in ("for", "at") else {}
        told, event = self.happens(self.head)
        what = sums.get(verb.lemma.lower()) or sums.get(event or "")
        if verb.lemma.lower() == "cost" and not any(
            t.dep in ("dative", "dobj") for t in self.d.kids(verb.i) if t.i < self.first
        ):
            return None  # the bridge that cost $5m is what so much was paid for
        return None if what is None else Counted(what, None, None, what, event, told)

    def _deal(self) -> str | None:
        """What a sum is that something is said to change hands for: the acquisition of the mill for $5m, a price."""
        link = self.d.tokens[self.head.head]
        if link.lower != "for":
            return None
        above = list(self.d.ancestors(link.i))[:4]
        near = (t for parent in above for t in (parent, *self.d.kids(parent.i)) if t.i < link.i and t.pos == "NOUN")
        return next((_DEALS[t.lemma.lower()] for t in near if t.lemma.lower() in _DEALS), None)

    def nounless(self) -> Counted:
        """What a measure is of, or so many are, that no noun names; an empty record where nothing tells."""
        if self.q.unit is not None:
            return self._dimension()
        fronted = self._fronted()
        if fronted is not None and fronted.tag == "NNS":
            verb, event = self.happens(self.head)
            return replace(self.of_noun(fronted), event=event, verb=verb)
        found = self._members() or self._in_all() or self._put() or self._who_are() or self._paid() or self._by_clause()
        if found is not None:
            return found
        verb, event = self.happens(self.head)
        where = " ".join(t.lower for t in self.d.tokens[self.last : self.last + 2])
        if where in words("figures", "where people are"):
            return people(event, verb)
        changed = self._changed()
        if changed is not None:
            return self._numbered(changed) or self.of_noun(changed)
        does = self.d.tokens[self.head.head]
        wants = self.q.scaled and self.head.dep == "nsubj" and self._people_do(does)
        if wants:
            return people(event, verb)
        if self.before is not None and self.before.text is not None:
            return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)
        acts = self.head.dep in NOUN_SUBJECTS and not self.q.scaled and (does.tag != "VBZ" or self.q.stated[0] == 1)
        return people(event, verb) if acts or self.q.shape is Shape.VAGUE else Counted()

    def _changed(self) -> Token | None:
        """What a verb brings to a bare number: to reduce net migration to below 100,000."""
        found = verb_over(self.d, self.head, range(self.first, self.last))
        exact = self.q.stated[0] % 1 != 0  # lost 30.42, closed at 82.3: neither counts anything
        moves = found is not None and ((found[1] and self.changes()) or (exact and found[1] in ("", "at")))
        noun = self.sized_by_verb() if moves else None
        return noun if noun is not None and noun.pos == "NOUN" and noun.i < self.first else None

    def _who_are(self) -> Counted | None:
        """What so many of those told of are: 38 were women."""
        verb = self.d.tokens[self.head.head]
        if self.head.dep != "nsubj" or verb.lemma.lower() != "be" or not self.first <= self.head.i < self.last:
            return None
        noun = next((t for t in self.d.kids(verb.i) if t.dep == "attr" and t.i > verb.i), None)
        if noun is None or noun.tag != "NNS" or not lexicon().is_person(noun.lemma):
            return None
        told = self.before
        return replace(self.of_noun(noun), event=told.event if told else None, verb=told.verb if told else None)

    def _paid(self) -> Counted | None:
        """The sum that a bare number is: it has cost the firm billions."""
        above = self.d.tokens[self.head.head]
        if above.lemma.lower() not in words("figures", "pays"):
            return None
        noun = measured(self.d, self.head, range(self.first, self.last))
        if noun is not None and noun.pos == "NOUN":
            return self.of_noun(noun)
        return sum_of(above.lemma.lower(), above.lemma.lower(), None)

    def _by_clause(self) -> Counted | None:
        """What the verb or noun above tells: people who are harmed, or what its subject names."""
        for parent in self.d.ancestors(self.head.i):
            event = lexicon().event(parent.lemma) or lexicon().event(parent.lower)
            harms = event in lexicon().of_people
            if parent.pos == "VERB" and harms and self.head.dep != "nsubj":
                told = self._told_of_people(parent)
                return people(event, parent.i) if told is None else replace(told, event=event, verb=parent.i, span=None)
            if parent.pos in VERBAL:
                return self._said_of(parent)
            if parent.pos == "NOUN" and harms and noun_event(parent) is not None:
                return people(event, parent.i)
        return None

    def _told_of_people(self, verb: Token) -> Counted | None:
        """Whom the verb that this one is joined to counts: had killed 11,743 civilians and injured 24,614."""
        told = self.before
        if told is not None and told.verb == verb.i and told.text is not None:
            return told  # 3,000 families were affected in Orin City, and about 80 in Talim City
        if told is None or told.head is None or told.span is None or told.verb != verb.head:
            return None
        return told if told.concept is not None and lexicon().is_person(told.concept) else None

    def _members(self) -> Counted | None:
        """A panel of twelve, groups of three: members of the panel."""
        of = self.d.tokens[self.head.head]
        if of.lower != "of":
            return None
        group = self.d.tokens[of.head]
        if group.lemma.lower() in words("figures", "parent"):
            return Counted("children", None, None, "child", None, None)
        if group.lemma.lower() in words("figures", "holds people"):
            return Counted("people", None, group.i, "person", None, None)
        if group.lemma.lower() not in words("figures", "collectives"):
            return None
        return Counted(f"{group.lemma.lower()} members", None, group.i, "member", None, None)

    def _in_all(self) -> Counted | None:
        """The shortages of "shortages of 100,000": a plural, or a measure that is no mere number."""
        of = self.d.tokens[self.head.head]
        noun = self.d.tokens[of.head]
        sized = noun.tag == "NNS" or noun.lemma.lower() in words("figures", "measure noun")
        if (
            self.q.scaled
            or of.lower != "of"
            or self.head.dep != "pobj"
            or noun.i > self.first
            or not sized
            or noun.pos != "NOUN"
        ):
            return None
        return None if self.is_number(noun) or noun.lemma.lower() in NAMES_NOTHING else self.of_noun(noun)

    def _said_of(self, verb: Token) -> Counted | None:
        """What the subject of a copula names: the dead numbered 12, the toll reached 40."""
        subject = self.subject(verb)
        if subject is None and verb.tag == "VBG" and verb.lemma.lower() in _COPULAS and verb.dep in ("advcl", "acl"):
            above = self.d.tokens[verb.head]
            subject = above if verb.dep == "acl" else self.subject(above)  # the gunmen, numbering over 300, fled
        if subject is None or verb.lemma.lower() not in _COPULAS or subject.pos not in NOUNS:
            return None
        if subject.ent == "PERSON":
            return None  # Hill was close behind with 644,132
        return self._numbered(subject) or self.of_noun(subject)

    def _put(self) -> Counted | None:
        """What is counted in "put the number of dead at 31", "raised the toll to 40"."""
        preposition = self.d.tokens[self.head.head]
        if preposition.lower not in ("at", "to"):
            return None
        above = (t for t in self.d.ancestors(preposition.i) if t.dep not in ("acl", "relcl"))
        verb = next((t for t in above if t.pos == "VERB"), None)
        stated = next((t for t in self.d.kids(verb.i) if t.dep == "dobj"), None) if verb is not None else None
        if stated is None and verb is not None and verb.lemma.lower() in words("figures", "puts at"):
            return self._put_at(verb)
        event = lexicon().event(stated.lower) if stated is not None and stated.lower != "toll" else None
        if stated is not None and event in lexicon().of_people and stated.i < self.first:
            return Counted("people", None, stated.i, "person", event, stated.i)  # put the injured at 140
        return self._numbered(stated) if stated is not None and stated.i < self.first else None

    def _put_at(self, verb: Token) -> Counted | None:
        """What is said to be put at so many: the deaths are placed at 27, the number of houses was put at 400."""
        noun = next((t for t in self.d.kids(verb.i) if t.dep == "nsubjpass"), None)
        if noun is None or noun.pos not in NOUNS or self.head.dep != "pobj":
            return None
        return self._numbered(noun) or (self.of_noun(noun) if noun.tag == "NNS" else None)

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
            return self.of_noun(noun) if named else self.before  # passenger numbers
        harm = lexicon().event(thing.lower) if thing.tag in ("VBN", "JJ") else None
        return people(harm, thing.i) if harm in lexicon().of_people else self.of_noun(thing)

    def _dimension(self) -> Counted:
        """For a measure without a noun, what it measures: "500 miles from Herat" a distance, "two weeks" a time."""
        unit, after = self.q.unit, self.token(self.last)
        verb, event = self.happens(self.head)
        if unit is None or unit.kind == "ratio":
            return self._share(verb, event)
        if unit.kind == "money":
            if self.beside is not None and self._forecast(self.beside):
                return replace(self.beside[1], span=None, event=event, verb=verb)
            return sum_of(self.d.tokens[verb].lemma.lower() if verb is not None else "", event, verb)
        sized = after is not None and unit.kind in ("length", "mass", "speed", "time")
        sized = sized and not (unit.kind == "time" and after is not None and after.pos == "ADP")
        what = SIZES.get(after.lower) if after is not None and sized else None
        if what is None and unit.kind == "time":
            what = self._of_time(event)
        what = what or _DIMENSIONS.get(unit.kind)
        return Counted(what, None, None, what, event, verb)

    def _forecast(self, beside: tuple[Quantity, Counted]) -> bool:
        """Whether it says what the sum beside was to be: profit of $5m; analysts had forecast $6m."""
        found = verb_over(self.d, self.head, range(self.first, self.last))
        unit = beside[0].unit
        sum_told = beside[1].text is not None and unit is not None and unit.kind == "money"
        return (
            sum_told and found is not None and not found[1] and found[0].lemma.lower() in words("figures", "forecasts")
        )

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
        asked = self.head.dep in ("nsubj", "npadvmod") and verb is not None and self._people_do(self.d.tokens[verb])
        if asked and not (alike and beside is not None and (self.here() or lexicon().is_person(beside.concept or ""))):
            return people(event, verb)
        carried = (beside if alike else self.before) if unit is not None and self._carries() else None
        if carried is None:
            return Counted(event=event, verb=verb)
        return Counted(carried.text, None, carried.head, carried.concept, event, verb)

    def same_subject(self) -> Counted | None:
        """The tenants of "One in four tenants spent half their pay on rent"; 14 percent had moved."""
        verb = self.d.tokens[self.head.head]
        if self.head.dep not in NOUN_SUBJECTS or verb.dep != "conj":
            return None
        share = self.subject(self.d.tokens[verb.head])
        kids = [t for t in self.d.kids(share.i) if t.dep in ("prep", "quantmod")] if share is not None else []
        among = [t for p in kids for t in self.d.kids(p.i) if t.dep == "pobj" and t.tag == "NNS" and t.i < self.first]
        told_of_some = share is not None and (share.pos == "NUM" or sized(self.d, share))
        if self.q.unit is None or self.q.unit.kind == "time" or not told_of_some or not among:
            return None
        told, event = self.happens(self.head)
        return replace(self.of_noun(among[0]), span=None, event=event, verb=told)

    def _people_do(self, verb: Token) -> bool:
        """Whether a verb says what people alone do, as those do who are asked: 34 % wanted to leave."""
        return verb.lemma.lower() in words("figures", "people do")

    def _in_prison(self) -> bool:
        """Whether a time is one behind bars: four years in prison."""
        following = [t.lower for t in self.d.tokens[self.last : self.last + 5]]
        return following[:1] in (["in"], ["behind"]) and not words("figures", "prison").isdisjoint(following)

    def _of_several(self) -> bool:
        """Whether the number before counts things in the plural, which "it" is not: 90 homes. It is 35% contained."""
        told = self.before.head if self.before is not None else None
        return told is not None and self.d.tokens[told].tag in ("NNS", "NNPS")

    def _so_much_more(self) -> bool:
        """Whether a share says by how much somebody is more so than others: 29 percent less likely to die."""
        more, likely = self.token(self.last), self.token(self.last + 1)
        return more is not None and likely is not None and more.lower in ("more", "less") and likely.pos == "ADJ"

    def _carries(self) -> bool:
        """Whether a percentage speaks of what the one before it was of: "when it was 40 per cent", "up from 12 %"."""
        if self._so_much_more():
            return False
        for parent in self.d.ancestors(self.head.i):
            if parent.pos in VERBAL and parent.dep != "acomp":
                subject = self.subject(parent)
                one = subject is not None and subject.lower in ("it", "this", "that") and self._of_several()
                return subject is None or (subject.pos == "PRON" and not one) or self.is_number(subject)
        return True
