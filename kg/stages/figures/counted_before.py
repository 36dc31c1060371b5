"""What a number counts because another before it does, or because what happened stands in place of a noun."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.syntax import NOUNS, VERBAL
from ...text.document import Token
from .change import DOWN, UP
from .concept_lexicon import lexicon
from .counted import Counted, people
from .counted_phrase import CountedPhrase
from .said_of import paid_for, sized, verb_over

_CHANGES = words("figures", "rises", "falls")
_MOVES = _CHANGES | UP | DOWN
_APART = frozenset(",-–—")
_DONE = words("figures", "done to people after a number")


class CountedBefore(CountedPhrase):
    """A quantity that goes on with one before it: restates it, adds to it, is part of it or set against it."""

    __slots__ = ()

    def restated(self) -> Counted | None:
        """What the quantity beside counts, where this one restates it in brackets: £1.1 million ($1.4 million)."""
        if self.beside is None or self.q.unit is None or self.beside[0].unit is None or not self.here():
            return None
        between = self.d.text[self.beside[0].span.end : self.q.words.start].strip()
        alike = self.beside[0].unit.kind == self.q.unit.kind
        known = self.beside[1].text is not None
        same = between in ("(", "[", "/") or (between in (", or", "or") and self.q.unit.kind == "money")
        return self.beside[1] if same and alike and known else None

    def behind_counted(self) -> Counted | None:
        """What the number before counts, where its share stands behind that in brackets: one in five drivers (21 %)."""
        share = self.bracketed and self.q.unit is not None and self.q.unit.kind == "ratio"
        noun = self.beside[1].head if share and self.beside is not None else None
        behind = noun is not None and noun == self.d.range(self.q.words)[0] - 2
        return replace(self.beside[1], span=None) if behind and self.beside is not None else None

    def listed_by_name(self) -> Counted | None:
        """What the share beside is of, where this one stands in brackets behind a name: Orin (up 8 %), Talim (5 %)."""
        k = self.d.range(self.q.words)[0] - 2
        share = self.bracketed and k > 0 and self.q.unit is not None and self.q.unit.kind == "ratio"
        if not share or self.beside is None or self.beside[0].unit != self.q.unit or not self.here():
            return None
        named = self._behind_a_name(self.d.tokens[k])
        return replace(self.beside[1], span=None) if named and self.beside[1].text is not None else None

    def worth(self) -> Counted | None:
        """What stands before "worth" and a sum: the cocaine of "cocaine worth an estimated $780 million", valued at."""
        worth = self.d.tokens[self.head.head]
        if worth.lower == "at" and self.d.tokens[worth.head].tag == "VBN":
            return self._valued(self.d.tokens[worth.head])
        thing = self.token(worth.i - 1) if worth.lower == "worth" and 0 < worth.i < self.first else None
        money = self.q.unit is not None and self.q.unit.kind == "money"
        named = thing is not None and thing.pos in NOUNS and thing.ent == ""
        return self.of_noun(thing) if money and named and thing is not None else None

    def _valued(self, verb: Token) -> Counted | None:
        """What is said to be valued at a sum, after a comma: 22 pounds of cocaine, valued at $13 million."""
        money = self.q.unit is not None and self.q.unit.kind == "money"
        thing = self._before(verb) if money and verb.lemma.lower() in words("figures", "puts at") else None
        if thing is None:
            return None
        told = self._sized_so(thing)
        if told is not None:
            return told
        return self.of_noun(thing) if thing.pos == "NOUN" and not sized(self.d, thing) else None

    def _before(self, verb: Token) -> Token | None:
        """The noun that a participle behind it modifies, perhaps after a comma."""
        if verb.dep == "acl":
            return self.d.tokens[verb.head]
        apart = verb.dep == "advcl" and verb.i > 1 and self.d.tokens[verb.i - 1].text == ","
        return self.d.tokens[verb.i - 2] if apart else None

    def _sized_so(self, unit: Token) -> Counted | None:
        """What the quantity before counts, where a noun is its unit, as the pounds of "22.5 pounds of cocaine" are."""
        if self.beside is None or not self.here() or self.beside[1].text is None:
            return None
        first, last = self.d.range(self.beside[0].span)
        return replace(self.beside[1], span=None) if first <= unit.i < last else None

    def led_to(self) -> Counted | None:
        """What has changed, where this is what it came to: a fall in sales to $5m, from $1m a year ago to $2m."""
        if self.beside is None or self.beside[1].text is None or not self.here() or self.q.unit is None:
            return None
        after = self.d.range(self.beside[0].span)[1]
        changed = any(t.lemma.lower() in _MOVES for t in self.d.tokens[max(0, after - 5) : self.first - 1])
        size = self.beside[0].unit
        share = changed and size is not None and size.kind == "ratio" and self.beside[0].span.start < self.q.span.start
        start = self.d.range(self.beside[0].words)[0]
        onward = start > 0 and self.d.tokens[start - 1].lower == "from" and size == self.q.unit
        k = self.d.range(self.q.words)[0] - 1
        while k > after and (self.d.tokens[k].pos in ("DET", "ADJ") or self.d.tokens[k].lower == "record"):
            k -= 1
        came = self.d.tokens[k].lower in (("to", "from") if share else ("to",))
        own = self.sized_by_verb() if came and onward else None
        if own is not None and own.i >= after:
            return None  # sales rose to $5m from $4m and costs fell to $2m from $3m
        return self.beside[1] if came and (share or onward) else None

    def moved_on(self) -> Counted | None:
        """What the quantity beside counts, where this one says how it changed: made 400,000 tonnes, up 12 percent."""
        k = self.d.range(self.q.words)[0] - 1
        after = self.d.range(self.beside[0].span)[1] if self.beside is not None and self.here() else k
        apart = k > after and self.d.tokens[k].lower in ("up", "down") and self.d.tokens[k - 1].text in ",-–—"
        points = self.token(self.last)
        scaled = points is not None and points.lemma.lower() in words("figures", "points of a scale")
        if not apart or not (self.q.unit or scaled) or self.beside is None or self.beside[1].text is None:
            return None
        return None if any(t.pos in VERBAL for t in self.d.tokens[after : k - 1]) else self.beside[1]

    def again(self) -> Counted | None:
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
        verb, event = self.happens(self.head)
        after = self.token(more.i + 1)
        if after is not None and lexicon().event(after.lower) in lexicon().of_people and after.tag in ("VBN", "JJ"):
            verb, event = after.i, lexicon().event(after.lower)
        return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)

    def casualties(self) -> Counted | None:
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
        return people(event, word.i)

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
        if word.dep in ("amod", "compound") and word.head > word.i:
            return False  # 12 wounded soldiers, three rescue workers
        if word.tag == "NN" and (word.lower in lexicon().things or self.q.stated[0] == 1):
            return False
        state = word.tag in words("parse", "what has become of somebody") or word.lower == "missing"
        harmed = state and lexicon().event(word.lower) in lexicon().of_people
        return harmed or (word.dep == "acl" and word.lower in _DONE)

    def _joined_to(self, told: Counted, word: Token) -> bool:
        """Whether "and" or a comma joins this number to that of the persons told of before in its sentence."""
        joined = self.first > 0 and self.d.tokens[self.first - 1].lower in ("and", ",")
        if not joined or told.head is None or told.concept is None or not lexicon().is_person(told.concept):
            return False
        # what a toll counts are deaths
        if self.d.tokens[told.head].lemma.lower() in words("figures", "outlives"):
            return False  # 126 survivors rescued and eight dead
        return (told.span is not None or told.head != told.verb) and self.d.tokens[told.head].sentence == word.sentence

    def of_them(self) -> Counted | None:
        """What the figure before counts, or people, for "six of them", "42 percent of those asked"."""
        pronoun = self._standing()
        if pronoun is None:
            return None
        after = self.token(pronoun.i + 1)
        beside_it = after is not None and after.tag == "NNS" and lexicon().is_person(after.lemma)
        are = after if beside_it else self._called()
        if are is not None:  # ten people died, four of them children
            return replace(self.of_noun(are), event=self.before.event if self.before is not None else None)
        verb, event = self.happens(self.head)
        told = self.beside[1] if self.beside is not None and self.here() else None
        if pronoun.lower in ("which", "it") and told is not None and told.text is not None:
            return replace(told, span=None, event=event, verb=verb)  # $60m in fines, half of which
        if pronoun.lower == "it":
            return None
        asked = pronoun.lower in ("us", "those") and (after is None or after.lower in words("figures", "put to people"))
        if self.before is not None and self.before.text is not None and pronoun.lower != "us" and not asked:
            return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)
        if pronoun.lower == "them" and told is not None and lexicon().is_person(told.concept or ""):
            return replace(told, span=None, event=event, verb=verb)  # 68 percent of teachers, and 54 percent of them
        return people(event, verb)

    def _standing(self) -> Token | None:
        """The word after "of" that stands for what is counted: them, those asked; not those schools."""
        of, pronoun = self.token(self.last), self.token(self.last + 1)
        if of is None or of.lower != "of" or pronoun is None:
            return None
        pointing = pronoun.lower in ("those", "these")
        noun = pointing and self.d.tokens[min(pronoun.i + 1, len(self.d) - 1)].pos == "NOUN"
        return pronoun if pronoun.lower in words("figures", "stands for the counted") and not noun else None

    def _called(self) -> Token | None:
        """The people that some of those told of are: two of them were children."""
        verb = self.d.tokens[self.head.head]
        attributes = (t for t in self.d.kids(verb.i) if t.dep == "attr" and t.i > verb.i)
        noun = next(attributes, None) if verb.lemma.lower() == "be" else None
        return noun if noun is not None and noun.tag == "NNS" and lexicon().is_person(noun.lemma) else None

    def of_the_harmed(self) -> Counted | None:
        """People, for so many of those whom a word says to be harmed: three of the wounded."""
        the = self.token(self.last + 1)
        harmed = self.token(self.last + 2) if self.q.unit is None and the is not None and the.lower == "the" else None
        event = lexicon().event(harmed.lower) if harmed is not None else None
        if harmed is None or event not in lexicon().of_people or harmed.tag not in ("JJ", "VBN", "NN"):
            return None
        alone = self.d.tokens[self.last].lower == "of" and self.following(harmed.i + 1) is None
        return people(event, harmed.i) if alone and self._called() is None else None

    def now(self) -> Counted | None:
        """What stands before a sum of today between commas: starting salaries, now £27,000, had fallen."""
        k = self.d.range(self.q.words)[0]
        led = [t.lower for t in self.d.tokens[max(0, k - 2) : k]] == [",", "now"]
        thing = self.token(k - 3) if led and self.q.unit is not None and self.q.unit.kind == "money" else None
        return self.of_noun(thing) if thing is not None and thing.pos == "NOUN" else None

    def of_the_total(self) -> Counted | None:
        """What the number before counts, where this is its share: 9,800 nurses left, one in nine of the total."""
        after = [t.lower for t in self.d.tokens[self.last : self.last + 3]]
        share = self.q.unit is not None and self.q.unit.kind == "ratio" and after == ["of", "the", "total"]
        apart = share and self.d.tokens[self.d.range(self.q.words)[0] - 1].text in ",-–—("
        told = self.beside[1] if apart and self.beside is not None and self.here() else None
        return told if told is not None and told.text is not None else None

    def of_whom(self) -> Counted | None:
        """Those told of, for so many "of whom", with the number behind: 48 landlords, of whom 30 paid."""
        if self.q.unit is not None or (self.word(2), self.word(1)) not in (("of", "whom"), ("of", "which")):
            return None
        if self.before is None or self.before.text is None or self.following(self.last) is not None:
            return None
        verb, event = self.happens(self.head)
        return replace(self.before, span=None, event=event, verb=verb)

    def than(self) -> Counted | None:
        """What was counted just before, where so much more of it is told: 1.2m phones, 30% more than last year."""
        if self.word(1) in ("up", "down") and self.word(2) == "," and self._of_plain():
            return self.beside[1] if self.beside is not None else None
        more, share = self.token(self.last), self.q.unit is None or self.q.unit.kind in ("ratio", "money")
        than = self.token(self.last + 1)
        if self.q.unit is None and (than is None or than.lower != "than" or self.word(1) not in _APART):
            return None
        if (
            not share
            or more is None
            or more.lower not in words("figures", "more or less")
            or self.following(more.i + 1)
            or (than is not None and than.pos == "ADJ")  # 29 percent less likely to die
        ):
            return None
        if self.beside is None or self.beside[1].text is None or not self.here():
            return None
        kind = self.beside[0].unit.kind if self.beside[0].unit is not None else None
        return self.beside[1] if kind != "time" else None

    def _of_plain(self) -> bool:
        """Whether this is a percentage and the quantity before it in the sentence a number or sum of known things."""
        unit, beside = self.q.unit, self.beside
        if unit is None or unit.kind != "ratio" or beside is None or beside[1].text is None:
            return False
        sum_told = beside[0].unit is not None and beside[0].unit.kind == "money" and beside[1].text != "money"
        return (beside[0].unit is None or sum_told) and self.here()

    def further_share(self) -> Counted | None:
        """What the one before is of, in a list: 60 percent of the money goes to schools, 30 percent to clinics."""
        unit = self.q.unit
        if self.beside is None or unit is None or unit.kind not in ("ratio", "money") or not self.here():
            return None
        listed = self._opens(1) and self.beside[0].unit == self.q.unit
        found = verb_over(self.d, self.head, range(self.first, self.last))
        subject = self.subject(found[0]) if found is not None else None
        if subject is not None and subject.i >= self.d.range(self.beside[0].span)[1]:
            return None  # members chose Hill, 72 percent to 8 percent, and clerks chose Moss, 82 percent to 6 percent
        # $2m on scanners and $1m on beds
        pays = found is not None and unit.kind == "money"
        purpose = pays and found is not None and paid_for(self.d, found[0], self.head, self.last) is not None
        own = self.of() or self.following(self.last) or self.kept_in()
        alone = listed and own is None and not purpose
        verb, event = self.happens(self.head) if alone else (None, None)
        told = self.beside[1]
        return replace(told, span=None, event=event, verb=verb) if alone and told.text is not None else None

    def _opens(self, back: int) -> bool:
        """Whether the quantity goes on a list, perhaps after whose it is: Hill earned 42 percent, Moss 34 percent."""
        if self.word(back) in ("by", "at", "with"):
            back += 1
        while self.first >= back and self.d.tokens[self.first - back].ent in words("parse", "name that speaks"):
            back += 1
        return self.word(back) in (",", ";", "and")

    def compared(self, estimated: bool) -> Counted | None:
        """What the quantity beside counts, where this one is set against it: 12 %, down from 15 %."""
        if self.beside is None or (self.q.unit is None) != (self.beside[0].unit is None) or not self.here():
            return None
        alike = self.q.unit is None or self.q.unit.kind == self.beside[0].unit.kind  # type: ignore[union-attr]
        k = self.d.range(self.q.words)[0] - 1
        while k > 0 and self.d.tokens[k].pos in words("parse", "before a compared number"):
            k -= 1
        before = [t.lower for t in self.d.tokens[max(0, k - 1) : k + 1]]
        turned = before[-1:] == ["from"] or before in (["compared", "with"], ["compared", "to"])
        own = self.sized_by_verb() if turned else None
        turned = turned and (own is None or own.i < self.d.range(self.beside[0].span)[1])  # but losses grew from $1m
        set_against = estimated or turned or before[-1] in words("figures", "compared with")
        return self.beside[1] if alike and set_against and self.beside[1].text is not None else None
