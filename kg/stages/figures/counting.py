"""What a quantity counts: the noun phrase in the article's words, its concept, and what happens to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...language.lexicon import noted, words
from ...text.article import Span
from ...text.document import Document, Token
from .change import DOWN, UP
from .concept_lexicon import lexicon
from .context import root
from .happenings import event_of, happening, noun_event
from .numbers import Shape
from .quantities import Quantity
from .said_of import measured, sized, verb_over
from .units import unit_of_words


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


_MODIFIERS = ("nummod", "quantmod", "advmod", "amod", "compound", "nmod", "npadvmod", "dep", "det", "poss")
_SKIPPED = words("figures", "skipped")
_SIZES = noted("figures", "sizes")  # fmt: skip
_DIMENSIONS = noted("figures", "dimensions")  # fmt: skip
_SUMS = noted("figures", "sums")
"""What the object of a verb is, where that is a bare sum: lost $5m, a loss."""
_PRICES = noted("figures", "prices")
"""What the sum is that something changes hands for: sold for $5m, a price."""
_ELSE = noted("figures", "sums of nothing named")
"""What a sum is that no noun has: it would cost millions, a cost."""
_WHICH_TIME = words("figures", "which time")
"""Words between a number and a noun that make the noun a time: 4,000 last year."""
_CHANGES = words("figures", "rises", "falls") | {"swing"}
_COLLECTIVES = words("figures", "collectives")
_CONTAINERS = words("figures", "containers")
_NUMBER_NOUNS = words("figures", "number nouns")
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


class _Counting:
    """A quantity in its sentence: `first` and `last` are the tokens that number and unit take, `head` governs them."""

    __slots__ = ("before", "beside", "d", "first", "head", "last", "q")

    def __init__(
        self, document: Document, q: Quantity, before: Counted | None, beside: tuple[Quantity, Counted] | None
    ) -> None:
        self.d, self.q, self.before, self.beside = document, q, before, beside
        self.first, self.last = document.range(q.span)
        self.head = root(document, self.first, self.last)
        self.last = self._past_bracket()

    def _past_bracket(self) -> int:
        """The token after the quantity and what restates it in brackets: 310 pounds (140.6 kilos) | of heroin."""
        opened, k = self._token(self.last), self.last
        if self.q.unit is None or opened is None or opened.text not in "()[]":
            return self.last
        while (token := self._token(k)) is not None and token.text not in ")]" and k - self.last < 8:
            k += 1
        closed = token is not None and token.text in ")]"
        noun = any(t.pos == "NOUN" and not sized(self.d, t) for t in self.d.tokens[self.last : k])
        return k + 1 if closed and not noun else self.last

    def counted(self) -> Counted:
        if self.q.shape is Shape.MULTIPLE:
            return self._times()
        found = self._restated() or self._again() or self._casualties() or self._of_them() or self._than()
        found = found or self._changing_hands() or self._further_share()
        if found is not None:
            return found
        noun = self._noun()
        # "29.5 times" against the 50 times earnings of another
        estimated = noun is not None and (
            noun.lemma.lower() in words("figures", "estimate noun") or self._bare_times(noun)
        )
        if noun is None or estimated or (self.q.unit is not None and noun.i < self.first):
            found = self._compared(estimated)
            if found is not None:
                return found
        if noun is None:
            return self._nounless()
        if self.q.unit is not None and noun.lemma.lower() in _CHANGES:
            return self._of_change(noun)
        return self._of_noun(noun)

    def _further_share(self) -> Counted | None:
        """What the share before is of, in a list: 60 percent of the money goes to schools, 30 percent to clinics."""
        if self.beside is None or self.q.unit is None or self.q.unit.kind != "ratio" or not self._here():
            return None
        listed = self._word(1) in (",", ";", "and") and self.beside[0].unit == self.q.unit
        alone = listed and self._of() is None and self._next(self.last) is None
        verb, event = self._happening(self.head) if alone else (None, None)
        told = self.beside[1]
        return replace(told, span=None, event=event, verb=verb) if alone and told.text is not None else None

    def _changing_hands(self) -> Counted | None:
        """What a sum without a noun is, as the verb tells: earnings, a loss, the price that it was sold for."""
        unit = self.q.unit
        if unit is None or unit.kind != "money" or self._of() is not None or self._measured() or self._kept_in():
            return None
        found = verb_over(self.d, self.head, range(self.first, self.last))
        if found is None:
            return None
        verb, link = found
        what = (_SUMS if link == "" else _PRICES if link in ("for", "at") else {}).get(verb.lemma.lower())
        told, event = self._happening(self.head)
        return None if what is None else Counted(what, None, None, what, event, told)

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
        return self.beside[1] if between in ("(", "[", "/") and alike and known else None

    def _of_it(self) -> bool:
        """Whether the clause speaks of what the sentence before did: it is a fall from 4 percent."""
        verb = next((t for t in self.d.ancestors(self.head.i) if t.pos == "AUX" and t.lemma.lower() == "be"), None)
        subject = self._subject(verb) if verb is not None else None
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
        span = self._phrase(noun)
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
        if printed not in ("twice", "thrice"):
            return Counted(event=event, verb=verb.i if event else None)
        return Counted("times", None, None, "time", event, verb.i if event else None)

    def _again(self) -> Counted | None:
        """What the figure before counts, for "200 more", "40 others"."""
        more = self._token(self.last)
        if self.q.unit is not None or more is None or more.lower not in ("more", "others") or self._next(more.i + 1):
            return None
        if self.before is None or self.before.text is None:
            return None
        verb, event = self._happening(self.head)
        after = self._token(more.i + 1)
        if after is not None and lexicon().event(after.lower) in lexicon().of_people and after.tag in ("VBN", "JJ"):
            verb, event = after.i, lexicon().event(after.lower)
        return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)

    def _casualties(self) -> Counted | None:
        """People, where a word for what happened to them follows the number: 12 dead, 238 more wounded, 40 hurt."""
        if self.q.unit is not None:
            return None
        k = self.last
        while k < len(self.d) and self.d.tokens[k].lower in words("figures", "between a number and its casualty"):
            if self.d.tokens[k].lower == "people":
                return None
            k += 1
        word = self._token(k)
        state = word is not None and (word.tag in ("VBN", "VBD", "JJ", "NN") or word.lower == "missing")
        event = lexicon().event(word.lower) if word is not None and state else None
        held = word is not None and word.dep == "acl" and word.lower in _DONE
        if (
            word is None
            or not (event in lexicon().of_people or held)
            or (word.tag == "NN" and (word.lower in lexicon().things or self.q.stated[0] == 1))
        ):
            return None
        if word.tag in ("JJ", "VBN", "VBG") and word.dep == "amod" and word.head > word.i:
            return None  # 12 wounded soldiers
        told = self.before
        if k > self.last and told is not None and told.concept is not None and not lexicon().is_person(told.concept):
            return replace(told, event=event, verb=word.i, span=None)  # 98 attacks; six were fatal
        joined = self.first > 0 and self.d.tokens[self.first - 1].lower in ("and", ",")
        if joined and self.before is not None and self.before.head is not None and _of_persons(self.before):
            same = self.d.tokens[self.before.head].sentence == word.sentence
            if (
                same
                and self.before.concept is not None
                and lexicon().is_person(self.before.concept)
                and self.before.event != event
            ):
                return replace(
                    self.before, event=event, verb=word.i, span=None
                )  # 589 civilians killed and 2,685 injured
        return Counted("people", None, None, "person", event, word.i)

    def _token(self, i: int) -> Token | None:
        """The token at `i` if it stands in the block of the number."""
        if i < len(self.d) and self.d.tokens[i].block == self.d.tokens[self.first].block:
            return self.d.tokens[i]
        return None

    def _noun(self) -> Token | None:
        """The noun that the quantity counts or measures."""
        of, unit = self._of(), self.q.unit
        if of is not None:
            whole = unit is not None and unit.kind == "ratio" and of.lemma.lower() in words("figures", "whole")
            return (self._by_verb() if whole else None) or of
        if unit is None:
            noun = self._modified() or self._next(self.last)
            if noun is not None and self._bare_times(noun):
                return self._times_of(noun) or noun
            return noun
        if unit.kind == "ratio":
            return self._fronted() or self._next(self.last) or self._by_verb() or self._governor()
        noun = self._measured()
        if noun is not None or unit.kind not in ("money", "temperature"):
            return noun or (self._by_verb() if self._changes() else None)
        kept = self._kept_in()
        return kept if kept is not None and self.head.dep == "dobj" else self._by_verb() or kept

    def _bare_times(self, noun: Token) -> bool:
        """Whether a number says how many times something another is."""
        return noun.lower == "times" and noun.i == self.last

    def _times_of(self, times: Token) -> Token | None:
        """What something is so many times of: 50 times forward 12-month earnings."""
        for k in range(times.i + 1, times.i + 6):
            token = self._token(k)
            if token is None or token.pos in ("AUX", "ADP", "CCONJ") or token.text in ",;":
                return None
            if token.pos in ("NOUN", "PROPN") and unit_of_words([token.lower]) is None:
                return self._whole(token)
        return None

    def _changes(self) -> bool:
        """Whether something grows or shrinks by or to this size: ore output doubled to 12 million tonnes."""
        found = verb_over(self.d, self.head, range(self.first, self.last))
        return found is not None and found[0].lemma.lower() in UP | DOWN and found[1] in ("", "to", "by", "from")

    def _than(self) -> Counted | None:
        """What was counted just before, where so much more of it is told: 1.2m phones, 30% more than last year."""
        more, share = self._token(self.last), self.q.unit is not None and self.q.unit.kind == "ratio"
        if not share or more is None or more.lower not in words("figures", "more or less") or self._next(more.i + 1):
            return None
        return self.beside[1] if self.beside is not None and self.beside[1].text is not None and self._here() else None

    def _kept_in(self) -> Token | None:
        """The fee revenue of "$118 million in fee revenue"."""
        k, after = self.last, self._token(self.last)
        if after is None or after.lower != "in":
            return None
        while (token := self._token(k + 1)) is not None and token.text in "“\"‘'":
            k += 1
        return self._next(k + 1) if token is not None and token.ent == "" else None

    def _by_verb(self) -> Token | None:
        """The noun that a verb says to have this size."""
        noun = measured(self.d, self.head, range(self.first, self.last))
        while noun is not None and self._counts(noun) and noun.lemma.lower() not in words("figures", "measure noun"):
            return None
        usable = noun is not None and noun.pos in ("NOUN", "PROPN") and not sized(self.d, noun)
        return noun if usable and noun is not None and noun.ent != "PERSON" else None

    def _fronted(self) -> Token | None:
        """The X of "Of the X, 51 percent are ..."."""
        sentence = self.d.sentences[self.d.tokens[self.first].sentence]
        of = self.d.tokens[sentence.start]
        if of.lower != "of" or of.i >= self.first:
            return None
        return next((t for t in self.d.kids(of.i) if t.dep == "pobj" and t.pos == "NOUN" and t.i < self.first), None)

    def _of(self) -> Token | None:
        """The X of "dozens of X", "six of the X", "10 percent of X", "thousands more of X"."""
        of = self._token(self.last)
        if of is not None and of.lower == "worth":
            of = self._token(self.last + 1)
        if of is None or of.lower != "of":
            return None
        noun = next((t for t in self.d.kids(of.i) if t.dep == "pobj"), None) or self._next(of.i + 1)
        if noun is None or noun.i < self.last or noun.pos not in ("NOUN", "PROPN"):
            return None
        return noun

    def _of_them(self) -> Counted | None:
        """What the figure before counts, or people, for "six of them", "42 percent of those asked"."""
        of, pronoun = self._token(self.last), self._token(self.last + 1)
        if (
            of is None
            or of.lower != "of"
            or pronoun is None
            or pronoun.lower not in words("figures", "stands for the counted")
        ):
            return None
        if pronoun.lower in ("those", "these") and self.d.tokens[min(pronoun.i + 1, len(self.d) - 1)].pos == "NOUN":
            return None
        after = self._token(pronoun.i + 1)
        if after is not None and after.tag == "NNS" and lexicon().is_person(after.lemma):
            # ten people died, four of them children
            told = self.before.event if self.before is not None else None
            return replace(self._of_noun(after), event=told)
        verb, event = self._happening(self.head)
        if self.before is not None and self.before.text is not None and pronoun.lower != "us":
            return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)
        return Counted("people", None, None, "person", event, verb)

    def _modified(self) -> Token | None:
        """The noun on the right whose number this is, at the end of a chain of modifiers."""
        token = self.head
        for _ in range(4):
            if token.dep not in _MODIFIERS or token.head == token.i:
                return None
            token = self.d.tokens[token.head]
            if token.pos in ("NOUN", "PROPN") and token.i >= self.last:
                between = self.d.tokens[self.last : token.i]
                timed = any(t.lower in _WHICH_TIME for t in between)
                owner = token.dep == "poss" and any(t.pos == "CCONJ" for t in between)  # A's 33 and B's 20
                return None if timed or owner or self._another_time(self.last, token) else self._whole(token)
        return None

    def _whole(self, token: Token) -> Token:
        """The head of the compound that a noun stands in: two refugee camps.

        A hyphen ends it, and so does a singular head where the number is no
        one: the members of a six-member team, the pages of a 12 page document.
        """
        while (
            token.dep in ("compound", "poss")
            and token.head > token.i
            and self.d.tokens[token.head].pos in ("NOUN", "PROPN")
        ):
            head = self.d.tokens[token.head]
            if token.lemma.lower() in words("figures", "unit noun") or (token.dep == "poss" and head.tag == "NNS"):
                token = head  # an eight-point lead, five sheriff's deputies
                continue
            if token.dep == "poss":
                break
            several = self.q.unit is None and self.q.stated[0] > 1 and token.i == self.last and not self.q.scaled
            if self.d.text[token.start - 1 : token.start] in ("-", "‐", "–") or (several and head.tag == "NN"):
                break
            token = head
        return token

    def _next(self, i: int) -> Token | None:
        """The noun that follows right at `i`, past adjectives and a hyphen."""
        for k in range(i, i + 5):
            token = self._token(k)
            if token is None or token.lower in _WHICH_TIME:
                return None
            if token.pos in ("NOUN", "PROPN"):
                whole = self._whole(token)
                # the subject of a clause of its own ("the $20 million experts say it costs"), or a time
                clause = whole.dep in ("nsubj", "nsubjpass") and whole.head > whole.i and self._relative(whole)
                return None if clause or whole.dep == "npadvmod" or self._another_time(i, whole) else whole
            passed = token.pos in ("ADJ", "ADV", "NUM", "DET") or token.tag == "VBN" or token.lower in '-‐–”"’'
            if not passed or (k == i and token.pos in ("ADV", "DET")) or token.lower in _SIZES:
                return None
        return None

    def _another_time(self, i: int, noun: Token) -> bool:
        """Whether what follows at `i` is a number of its own with a unit of time: 2,000 two years ago."""
        unit = unit_of_words([noun.lower]) if self.q.unit is None and self.d.tokens[i].tag == "CD" else None
        return unit is not None and unit.kind == "time"

    def _relative(self, noun: Token) -> bool:
        """Whether a noun is the subject of a clause that modifies something before it, or that is put in."""
        return self.d.tokens[noun.head].dep in ("relcl", "parataxis", "ccomp") and not any(
            self.first <= t.i < self.last for t in self.d.kids(noun.i)
        )

    def _governor(self) -> Token | None:
        """What a percentage without "of" is said of: the noun above it, or the subject of its verb."""
        for parent in self.d.ancestors(self.head.i):
            if parent.pos in ("VERB", "AUX"):
                subject = self._subject(parent)
                if subject is None or subject.pos not in ("NOUN", "PROPN") or self._counts(subject):
                    return None
                if sized(self.d, subject):
                    return None  # 60 percent of the money will go there and 30 percent here
                known = subject.lower in lexicon().things
                return subject if subject.pos == "NOUN" or known or subject.ent != "PERSON" else None
            if (
                parent.pos == "NOUN"
                and parent.i < self.first
                and not self._counts(parent)
                and not sized(self.d, parent)
            ):
                return parent
        return None

    def _counts(self, noun: Token) -> bool:
        return noun.lemma.lower() in _NUMBER_NOUNS and not any(t.lower == "of" for t in self.d.kids(noun.i))

    def _subject(self, verb: Token) -> Token | None:
        for kid in self.d.kids(verb.i):
            if kid.dep in ("nsubj", "nsubjpass") and not self.first <= kid.i < self.last:
                return kid
        return None

    def _measured(self) -> Token | None:
        """What an amount of money or a measure is the size of: a $5 million fine, an 11-year lull, a cost of $3."""
        k = self.last
        while (token := self._token(k)) is not None and (
            token.lower in "-‐–" or (token.lower in _SIZES and token.pos == "ADJ")
        ):
            k += 1
        after = self._token(k)
        head = self.head
        if head.dep in _MODIFIERS and head.head >= self.last:
            noun = self.d.tokens[head.head]
            while noun.pos == "ADJ" and noun.head >= self.last and noun.head != noun.i:
                noun = self.d.tokens[noun.head]
            if noun.pos in ("NOUN", "PROPN") and noun.i - self.last < 6:
                return self._whole(noun)
        plural = (
            self.d.tokens[self.last - 1].lower.endswith("s") and self.q.unit is not None and self.q.unit.kind != "money"
        )
        adjoining = after is not None and after.dep in (*_MODIFIERS, "pobj", "dobj", "attr")
        if after is not None and adjoining and not plural and after.pos in ("NOUN", "PROPN", "ADJ"):
            return self._next(k)
        if head.dep == "pobj" and self.d.tokens[head.head].lower in ("of", "at"):
            outer = self.d.tokens[self.d.tokens[head.head].head]
            if outer.pos == "NOUN" and outer.i < self.first and self.q.shape is not Shape.VAGUE:
                return outer
        return None

    def _nounless(self) -> Counted:
        if self.q.unit is not None:
            return self._dimension()
        found = self._members() or self._put() or self._who_are()
        if found is not None:
            return found
        above = self.d.tokens[self.head.head]
        if above.lemma.lower() in words("figures", "pays") and self.head.dep in ("dobj", "npadvmod", "dep"):
            noun = measured(self.d, self.head, range(self.first, self.last))  # it has cost the firm billions
            if noun is not None and noun.pos == "NOUN":
                return self._of_noun(noun)
            return _sum_of(above.lemma.lower(), above.lemma.lower(), None)
        for parent in self.d.ancestors(self.head.i):
            event = lexicon().event(parent.lemma) or lexicon().event(parent.lower)
            if parent.pos == "VERB" and event in lexicon().of_people and self.head.dep not in ("nsubj",):
                told = self._told_of_people(parent)
                if told is not None:
                    return replace(told, event=event, verb=parent.i, span=None)
                return Counted("people", None, None, "person", event, parent.i)
            if parent.pos in ("VERB", "AUX"):
                found = self._said_of(parent)
                if found is not None:
                    return found
                break
            if parent.pos == "NOUN" and event in lexicon().of_people and noun_event(parent) is not None:
                return Counted("people", None, None, "person", event, parent.i)
        verb, event = self._happening(self.head)
        if self.before is not None and self.before.text is not None and self._more():
            return Counted(self.before.text, None, self.before.head, self.before.concept, event, verb)
        if self.q.shape is Shape.VAGUE or (self.head.dep in ("nsubj", "nsubjpass") and not self.q.scaled):
            return Counted("people", None, None, "person", event, verb)
        return Counted()

    def _told_of_people(self, verb: Token) -> Counted | None:
        """Whom the verb that this one is joined to counts: had killed 11,743 civilians and injured 24,614."""
        told = self.before
        if told is None or told.head is None or told.span is None or verb.dep != "conj" or told.verb != verb.head:
            return None
        return told if told.concept is not None and lexicon().is_person(told.concept) else None

    def _more(self) -> bool:
        """Whether a number without a noun speaks of what the one before it counted; a vague word alone does not."""
        after = self._token(self.last)
        return self.q.shape is not Shape.VAGUE or (after is not None and after.lower in ("more", "others", "of"))

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
        subject = self._subject(verb)
        if subject is None or verb.lemma.lower() not in _COPULAS or subject.pos not in ("NOUN", "PROPN"):
            return None
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
        if noun.lemma.lower() not in _NUMBER_NOUNS:
            return None
        of = next((t for t in self.d.kids(noun.i) if t.lower == "of"), None)
        thing = next((t for t in self.d.kids(of.i) if t.dep == "pobj"), None) if of is not None else None
        return self._of_noun(thing) if thing is not None else self.before

    def _dimension(self) -> Counted:
        """For a measure without a noun, what it measures: "500 miles from Herat" a distance, "two weeks" a time."""
        unit, after = self.q.unit, self._token(self.last)
        verb, event = self._happening(self.head)
        if unit is None:
            return Counted()
        if unit.kind == "ratio":
            alike = self.beside is not None and self.beside[0].unit == unit and self.beside[1].text is not None
            if not alike and self.head.dep == "nsubj" and verb is not None and self._people_do(self.d.tokens[verb]):
                return Counted("people", None, None, "person", event, verb)
            carried = (
                (self.beside[1] if alike and self.beside is not None else self.before) if self._carries() else None
            )
            return (
                Counted(carried.text, None, carried.head, carried.concept, event, verb)
                if carried
                else Counted(event=event, verb=verb)
            )
        size = (
            _SIZES.get(after.lower) if after is not None and unit.kind in ("length", "mass", "speed", "time") else None
        )
        if size is None and any(self._word(k) == "every" for k in (1, 2)) and unit.kind == "time":
            size = "interval"
        if size is None and unit.kind == "time" and (event in ("imprison", "sentence") or self._in_prison()):
            return Counted("sentence", None, None, "sentence", event, verb)
        if unit.kind == "money":
            return _sum_of(self.d.tokens[verb].lemma.lower() if verb is not None else "", event, verb)
        what = size or _DIMENSIONS.get(unit.kind)
        return Counted(what, None, None, what, event, verb)

    def _people_do(self, verb: Token) -> bool:
        """Whether a verb says what people alone do, as those do who are asked: 34 % wanted to leave."""
        return verb.lemma.lower() in words("figures", "people do")

    def _in_prison(self) -> bool:
        """Whether a time is one behind bars: four years in prison."""
        following = [t.lower for t in self.d.tokens[self.last : self.last + 5]]
        return following[:1] in (["in"], ["behind"]) and not words("figures", "prison").isdisjoint(following)

    def _word(self, back: int) -> str:
        return self.d.tokens[self.first - back].lower if self.first >= back else ""

    def _carries(self) -> bool:
        """Whether a percentage speaks of what the one before it was of: "when it was 40 per cent", "up from 12 %"."""
        for parent in self.d.ancestors(self.head.i):
            if parent.pos in ("VERB", "AUX"):
                subject = self._subject(parent)
                return subject is None or subject.pos == "PRON" or self._counts(subject)
        return True

    def _phrase(self, noun: Token) -> Span:
        """The noun with its modifiers and a short "of" phrase or a coordinated noun, without the number."""
        d, first, last = self.d, noun.i, noun.i
        least = self.last if noun.i >= self.last else 0
        for kid in d.kids(noun.i):
            if (
                least <= kid.i < noun.i
                and kid.dep in ("compound", "amod", "nmod")
                and kid.tag != "CD"
                and kid.lower not in _SKIPPED
            ):
                first = min(first, *(k for k in d.subtree(kid.i) if least <= k <= kid.i))
        while first < noun.i and self._leads(first):
            first += 1
        after = self._token(last + 1)
        if after is not None and after.lower == "and" and after.head == noun.i:
            other = next((t for t in d.kids(noun.i) if t.dep == "conj" and t.i > after.i), None)
            plain = other is not None and other.pos in ("NOUN", "PROPN") and other.i - after.i <= 2
            if other is not None and plain and not any(t.pos in ("NUM", "DET") for t in d.tokens[after.i : other.i]):
                last = other.i
        elif after is not None and after.lower == "of" and (noun.lemma.lower() in _CONTAINERS or self._sized()):
            inner = next((t for t in d.kids(after.i) if t.dep == "pobj"), None)
            if inner is not None and inner.i - after.i <= 3 and not self.first <= inner.i < self.last:
                last = inner.i
        return d.span(first, last + 1)

    def _happening(self, token: Token) -> tuple[int | None, str | None]:
        return happening(self.d, token, through=self.q.unit is not None)

    def _sized(self) -> bool:
        """Whether the quantity is a size, so that what has it belongs to its name: a 2 km circumference of the lake."""
        return self.q.unit is not None and self.q.unit.kind not in ("ratio", "money", "time")

    def _leads(self, i: int) -> bool:
        """Whether the token at `i` is no part of the words that name a thing; the first of "first-team players" is."""
        token = self.d.tokens[i]
        if self.d.text[token.end : token.end + 1] in ("-", "‐", "–"):
            return False
        measured = self.q.unit is not None and token.lower in _SIZES
        return measured or token.lower in _SKIPPED or token.pos in ("DET", "PUNCT", "ADV", "NUM", "PART", "ADP")


def _of_persons(counted: Counted) -> bool:
    """Whether the words for what is counted name persons, printed there or carried on: of a toll they are deaths."""
    return counted.span is not None or counted.head != counted.verb


def _sum_of(lemma: str, event: str | None, verb: int | None) -> Counted:
    """A sum that no noun has: what the verb makes it, or money."""
    what = _ELSE.get(lemma, "money")
    return Counted(what, None, None, what, event, verb)
