"""The noun that a quantity counts or measures, by the syntax around the two."""

from __future__ import annotations

from ...language.lexicon import noted, words
from ...language.syntax import NOUN_SUBJECTS, NOUNS, VERBAL, root_of
from ...text.document import Document, Token
from .change import DOWN, UP
from .concept_lexicon import lexicon
from .numbers import Shape
from .quantities import Quantity
from .said_of import measured, sized, verb_over
from .units import unit_of_words

_MODIFIERS = words("parse", "modifies what is counted")
SIZES = noted("figures", "sizes")  # fmt: skip
_WHICH_TIME = words("figures", "which time")
"""Words between a number and a noun that make the noun a time: 4,000 last year."""
_NUMBER_NOUNS = words("figures", "number nouns")
_DASHED = frozenset(("-", "--", "–", "—"))
NAMES_NOTHING = words("figures", "names no thing")


class NounOfQuantity:
    """A quantity in its sentence: `first` and `last` are the tokens that number and unit take, `head` governs them."""

    __slots__ = ("bracketed", "d", "first", "head", "last", "q")

    def __init__(self, document: Document, q: Quantity) -> None:
        self.d, self.q = document, q
        self.first, self.last = document.range(q.span)
        after = self.token(self.last)
        if after is not None and after.lower in ("net", "gross") and q.unit is not None and q.unit.kind == "money":
            self.last += 1  # a rate of $114 net
        self.head = root_of(document, self.first, self.last)
        self.last = self._past_bracket()
        while self.first <= self.head.head < self.last and self.head.head != self.head.i:
            self.head = document.tokens[self.head.head]  # $12 billion (9.1 billion pounds), where the pounds govern
        self.bracketed = document.text[q.words.start - 1 : q.words.start] == "(" and self._closes(q.span.end)

    def _closes(self, end: int) -> bool:
        return self.d.text[end : end + 1] == ")"

    def _past_bracket(self) -> int:
        """The token after the quantity and what restates it in brackets: 310 pounds (140.6 kilos) | of heroin."""
        opened, k = self.token(self.last), self.last
        if self.q.unit is None or opened is None or opened.text not in "()[]":
            return self.last
        while (token := self.token(k)) is not None and token.text not in ")]" and k - self.last < 8:
            k += 1
        closed = token is not None and token.text in ")]"
        noun = any(t.pos == "NOUN" and not sized(self.d, t) for t in self.d.tokens[self.last : k])
        return k + 1 if closed and not noun else self.last

    def token(self, i: int) -> Token | None:
        """The token at `i` if it stands in the block of the number."""
        if i < len(self.d) and self.d.tokens[i].block == self.d.tokens[self.first].block:
            return self.d.tokens[i]
        return None

    def noun(self) -> Token | None:
        """The noun that the quantity counts or measures."""
        of, unit = self.of(), self.q.unit
        if self.bracketed or self._apart():
            return self._adjoining() or (self._governor() if unit is not None and unit.kind == "ratio" else None)
        if of is not None:
            return self._told_of_whole(of) or of
        if unit is None:
            noun = self._modified() or self.following(self.last)
            if noun is not None and self.bare_times(noun):
                return self._times_of(noun) or noun
            return noun
        if unit.kind == "ratio":
            return self._of_share()
        noun = self.measured()
        if noun is not None or unit.kind not in ("money", "temperature"):
            return noun or (self.sized_by_verb() if self.changes() else None)
        kept = self.kept_in()
        inside = self.head.dep == "dobj" or (self.head.dep == "pobj" and self.d.tokens[self.head.head].lower == "in")
        return kept if kept is not None and inside else self.sized_by_verb() or kept

    def _told_of_whole(self, of: Token) -> Token | None:
        """The thing that a share of a whole is the size of: exports were 9 percent of GDP."""
        share = self.q.unit is not None and self.q.unit.kind == "ratio"
        said = (
            self._made_up_by() or self.sized_by_verb()
            if share and of.lemma.lower() in words("figures", "whole")
            else None
        )
        return said if said is not None and said.pos == "NOUN" else None

    def _made_up_by(self) -> Token | None:
        """What makes up a share of a whole: exports to Norland make up 14 percent of the total."""
        verb = self.d.tokens[self.head.head]
        up = verb.lemma.lower() == "make" and any(t.lower == "up" and t.dep == "prt" for t in self.d.kids(verb.i))
        return self.subject(verb) if up else None

    def _apart(self) -> bool:
        """Whether a dash stands between a noun and the quantity, none of whose words follow: the most seats -- 123."""
        after = self.token(self.last)
        before = self.d.tokens[self.d.range(self.q.words)[0] - 1]
        ends = after is None or after.text in ".;)" or after.pos in ("ADP", "SCONJ") or after.text in _DASHED
        share = self.q.unit is not None and self.q.unit.kind == "ratio"
        noun = self._adjoining() if before.text in _DASHED and ends and not share and self.of() is None else None
        return noun is not None and noun.pos == "NOUN"

    def _adjoining(self) -> Token | None:
        """The noun right before a quantity in brackets or after a dash: women (61 percent), the debt - $20,000 each."""
        k = self.d.range(self.q.words)[0] - 2
        noun = self.token(k) if k >= 0 else None
        if noun is None or noun.pos not in NOUNS or sized(self.d, noun) or unit_of_words([noun.lower]) is not None:
            return None
        if noun.text[0].isdigit() or self._behind_a_name(noun):
            return None  # a total of 18,681 (73.09 per cent), the worst hit are Orin (16,000) and Talim (over 300)
        return self._whole(noun)

    def _behind_a_name(self, noun: Token) -> bool:
        """Whether a number in brackets stands behind a name, of which it is no count: followed by Talim (16,000)."""
        plain = self.q.unit is None or (self.q.unit.kind == "ratio" and noun.ent in words("parse", "place of somebody"))
        return self.bracketed and noun.pos == "PROPN" and plain

    def _of_share(self) -> Token | None:
        """What a percentage is of, by the nearest that tells."""
        near = self._fronted() or self._moved() or self._several() or self.following(self.last)
        return near or self.sized_by_verb() or self._beyond() or self._governor()

    def _several(self) -> Token | None:
        """The dock workers of "Six in 10 Danish dock workers"."""
        noun = self._modified() if self.q.shape is Shape.RATIO else None
        said = noun is not None and any(t.pos == "VERB" for t in self.d.tokens[self.last : noun.i])
        return None if said else noun

    def bare_times(self, noun: Token) -> bool:
        """Whether a number says how many times something another is."""
        return noun.lower == "times" and noun.i == self.last

    def _times_of(self, times: Token) -> Token | None:
        """What something is so many times of: 50 times forward 12-month earnings."""
        for k in range(times.i + 1, times.i + 6):
            token = self.token(k)
            if token is None or token.pos in ("AUX", "ADP", "CCONJ", "SCONJ") or token.text in ",;":
                return None
            if token.pos in NOUNS and unit_of_words([token.lower]) is None:
                return self._whole(token)
        return None

    def changes(self) -> bool:
        """Whether something grows or shrinks by or to this size: ore output doubled to 12 million tonnes."""
        found = verb_over(self.d, self.head, range(self.first, self.last))
        if found is None:
            return False
        moves = found[0].lemma.lower() in UP | DOWN and found[1] in ("", "to", "by", "from")
        kind, lemma = (self.q.unit.kind if self.q.unit is not None else None), found[0].lemma.lower()
        told = not found[1] and lemma in words("figures", "comes to a size")
        told = told and kind in ("mass", "volume", "energy")  # exports totalled 40 tonnes
        if kind in ("length", "mass") and lemma == "be" and self._has_extent(found[0]):
            return True
        if kind == "mass" and found[1] == "at" and lemma in words("figures", "sets an amount"):
            return True  # leaving stocks at 119 million tonnes
        speed = kind == "length" and self.q.per is not None and lemma in words("figures", "states a size")
        return moves or speed or told or (kind == "time" and lemma in words("figures", "has a length of time"))

    def _has_extent(self, verb: Token) -> bool:
        """Whether the subject of a verb is what a length is the size of: its depth was 20 km."""
        own = next((t for t in self.d.kids(verb.i) if t.dep in NOUN_SUBJECTS), None)
        return own is not None and own.lemma.lower() in words("figures", "extent")

    def kept_in(self) -> Token | None:
        """The fee revenue of "$118 million in fee revenue"."""
        k, after = self.last, self.token(self.last)
        if after is None or after.lower != "in":
            return None
        while (token := self.token(k + 1)) is not None and token.text in "“\"‘'":
            k += 1
        return self.following(k + 1) if token is not None and token.ent == "" else None

    def sized_by_verb(self) -> Token | None:
        """The noun that a verb says to have this size."""
        noun = measured(self.d, self.head, range(self.first, self.last))
        while noun is not None and self.is_number(noun) and noun.lemma.lower() not in words("figures", "measure noun"):
            return None
        usable = noun is not None and noun.pos in NOUNS and not sized(self.d, noun)
        return noun if usable and noun is not None and noun.ent != "PERSON" else None

    def _fronted(self) -> Token | None:
        """The X of "Of the X, 51 percent are ..."."""
        sentence = self.d.sentences[self.d.tokens[self.first].sentence]
        of = self.d.tokens[sentence.start]
        if of.lower != "of" or of.i >= self.first:
            return None
        return next((t for t in self.d.kids(of.i) if t.dep == "pobj" and t.pos == "NOUN" and t.i < self.first), None)

    def _moved(self) -> Token | None:
        """The profits of "posted profits up 8.9 percent"."""
        k = self.d.range(self.q.words)[0] - 2
        noun = self.token(k) if k >= 0 else None
        if noun is None or self.d.tokens[k + 1].lower not in ("up", "down"):
            return None
        plain = noun.pos == "NOUN" and noun.dep in words("parse", "noun by itself")
        return noun if plain and not sized(self.d, noun) else None

    def _beyond(self) -> Token | None:
        """The price of "12 percent above the closing price"."""
        than = self.token(self.last)
        if than is None or than.lower not in ("below", "above"):
            return None
        return next((t for t in self.d.kids(than.i) if t.dep == "pobj" and t.pos == "NOUN"), None)

    def of(self) -> Token | None:
        """The X of "dozens of X", "six of the X", "10 percent of X", "thousands more of X"."""
        of = self.token(self.last)
        if of is not None and of.lower in ("worth", "out", '"', "”", "’", "'"):
            of = self.token(self.last + 1)
        if of is None or of.lower != "of" or self._of_so_much(of):
            return None
        objects = (t for t in self.d.kids(of.i) if t.dep == "pobj" and t.i >= self.last)
        noun = next(objects, None) or self.following(of.i + 1)
        if noun is not None and noun.tag.startswith("VB"):
            noun = self.token(of.i + 1)  # "57 percent of voters disapprove", taken for a noun
        return noun if noun is not None and noun.pos in NOUNS else None

    def _of_so_much(self, of: Token) -> bool:
        """Whether a number follows what a rate is for: $470 per bag of 64 kg gross."""
        number = self.token(of.i + 1)
        return self.q.per is not None and number is not None and number.text[0].isdigit()

    def _modified(self) -> Token | None:
        """The noun on the right whose number this is, at the end of a chain of modifiers."""
        token = self.head
        for _ in range(4):
            if token.dep not in _MODIFIERS or self.d.tokens[token.head].lower == "cent":
                return None  # 130 or two per cent
            token = self.d.tokens[token.head]
            if self.d.text[token.start - 1 : token.start].isdigit():
                return None  # by 120,000 to 3.4m
            if token.pos in NOUNS and token.i >= self.last:
                if self._counted_apart(token) or self._another_time(self.last, token):
                    return None
                return self._part_of_one(token) or self._whole(token)
        return None

    def _counted_apart(self, noun: Token) -> bool:
        """Whether what stands between a number and a noun parts them: 4,000 last year, A's 33 and B's 20."""
        between = self.d.tokens[self.last : noun.i]
        timed = any(t.lower in _WHICH_TIME for t in between)
        owner = noun.dep == "poss" and any(t.pos == "CCONJ" for t in between)
        against = any(t.lower in words("figures", "sets one against another") for t in between)
        return timed or owner or against  # 40 votes against 12 spoilt

    def _part_of_one(self, noun: Token) -> Token | None:
        """The pages of "a 12 page document"."""
        part = self.d.tokens[self.last]
        several = self.q.unit is None and self.q.stated[0] > 1 and not self.q.scaled and noun.tag == "NN"
        return part if several and part.head == noun.i and part.tag == "NN" else None

    def _whole(self, token: Token) -> Token:
        """The head of the compound that a noun stands in: two refugee camps.

        A hyphen ends it, and so does a singular head where the number is no
        one: the members of a six-member team, the pages of a 12 page document.
        """
        while token.dep in ("compound", "poss") and self.d.tokens[token.head].pos in NOUNS:
            head = self.d.tokens[token.head]
            if token.lemma.lower() in words("figures", "unit noun") or (token.dep == "poss" and head.tag == "NNS"):
                token = head  # an eight-point lead, five sheriff's deputies
                continue
            if token.dep == "poss":
                break
            several = self.q.unit is None and self.q.stated[0] > 1 and token.i == self.last and not self.q.scaled
            hyphen = token.i <= self.last + 1 and self.d.text[token.start - 1 : token.start] in ("-", "‐", "–")
            if hyphen or (several and head.tag == "NN"):
                break
            token = head
        return token

    def following(self, i: int) -> Token | None:
        """The noun that follows right at `i`, past adjectives and a hyphen."""
        for k in range(i, i + 5):
            token = self.token(k)
            if token is None or token.lower in _WHICH_TIME or self._on_itself(k):
                return None
            further = self.token(k + 2) if self.d.text[token.end : token.end + 1] == "-" else token
            size = token.lower in SIZES and further is not None and further.lower in SIZES  # not high-end flats
            taken_for_verb = token.tag == "VB" and token.dep in ("dobj", "pobj")  # a 43 percent rise in its profit
            if (token.pos in NOUNS or taken_for_verb) and not size:
                whole = self._whole(token)
                # 31 dollars a share, a 62 percent premium, seven in ten drivers
                own = self.head.head == whole.i or self.first <= whole.head < self.last
                timed = whole.dep == "npadvmod" and not own
                return None if timed or self._another_time(i, whole) else whole
            passed = (
                token.pos in words("parse", "between number and noun") or token.tag == "VBN" or token.lower in '-‐–”"’'
            )
            if not passed or (k == i and token.pos in ("ADV", "DET")) or size:
                return None
        return None

    def _on_itself(self, i: int) -> bool:
        """Whether a time is set against the one before: 4 percent year on year, quarter-over-quarter."""
        around = [t.lower for t in self.d.tokens[i : i + 5] if t.text not in _DASHED]
        return len(around) > 2 and around[0] == around[2] and around[1] in ("on", "over", "to")

    def _another_time(self, i: int, noun: Token) -> bool:
        """Whether what follows at `i` is a number of its own with a unit of time: 2,000 two years ago."""
        unit = unit_of_words([noun.lower]) if self.q.unit is None and self.d.tokens[i].tag == "CD" else None
        return unit is not None and unit.kind == "time"

    def _governor(self) -> Token | None:
        """What a percentage without "of" is said of: the noun above it, or the subject of its verb."""
        for parent in self.d.ancestors(self.head.i):
            if parent.dep == "acomp" and parent.pos in VERBAL and self.head.head == parent.i:
                continue  # the fire was 10 percent contained
            if parent.pos in VERBAL:
                return self._whose_share(parent)
            told = parent.pos == "NOUN" and parent.i < self.first and not parent.text[0].isdigit()
            if told and not self.is_number(parent) and not sized(self.d, parent):
                return parent
        return None

    def _whose_share(self, verb: Token) -> Token | None:
        """What a percentage under a verb is said of: its subject, or what that is said to show."""
        subject = self.subject(verb)
        usable = subject is not None and subject.pos in NOUNS and not self.is_number(subject)
        if subject is None or not usable or self._handed_out(verb):
            return None
        gets = subject.pos == "PROPN" and verb.lemma.lower() in words("figures", "gets a share")
        if sized(self.d, subject) or gets or (self.head.dep in NOUN_SUBJECTS and self.head.head == verb.i):
            return None  # 60 percent of the money will go there and 30 percent here; Hill had 44 percent
        known = subject.lower in lexicon().things or subject.ent != "PERSON"
        return self._shown(verb) or (subject if known else None)

    def _shown(self, verb: Token) -> Token | None:
        """What is shown to have changed: the results showed an increase in spending, up 53 percent."""
        change = next((t for t in self.d.kids(verb.i) if t.dep == "dobj" and t.i < self.first), None)
        if change is None or change.lemma.lower() not in words("figures", "rises", "falls"):
            return None
        parts = (k for t in self.d.kids(change.i) if t.lower in ("in", "of") for k in self.d.kids(t.i))
        return next((t for t in parts if t.dep == "pobj" and t.pos == "NOUN"), None)

    def _handed_out(self, verb: Token) -> bool:
        """Whether a share is what is left of something told before, pay the remaining 40 %, or is that of "it"."""
        if any(t.dep == "dobj" and t.pos == "PRON" and t.i < self.first for t in self.d.kids(verb.i)):
            return True  # the bank revised it to 3 percent
        rest = any(t.lower in words("figures", "what is left") for t in self.d.kids(self.head.i))
        return rest and self.head.dep == "dobj" and self.head.head == verb.i

    def is_number(self, noun: Token) -> bool:
        """Whether a noun stands for a number and does not say of what, as a jobless rate does."""
        told = any(t.lower == "of" or (t.dep == "compound" and t.pos == "NOUN") for t in self.d.kids(noun.i))
        return noun.lemma.lower() in _NUMBER_NOUNS and not told

    def subject(self, verb: Token) -> Token | None:
        for kid in self.d.kids(verb.i):
            if kid.dep in NOUN_SUBJECTS and not self.first <= kid.i < self.last:
                return kid
        return None

    def measured(self) -> Token | None:
        """What an amount of money or a measure is the size of: a $5 million fine, an 11-year lull, a cost of $3."""
        k = self.last
        while (token := self.token(k)) is not None and (
            token.lower in "-‐–"
            or (token.lower in SIZES and token.pos == "ADJ")
            or (len(token.text) == 4 and token.text.isdigit())  # a $27 million 2019 budget
        ):
            k += 1
        head = self.head
        if head.dep in _MODIFIERS and head.head >= self.last:
            noun = self.d.tokens[head.head]
            while noun.pos == "ADJ" and noun.head >= self.last and noun.head != noun.i:
                noun = self.d.tokens[noun.head]
            joined = any(t.pos == "CCONJ" or t.lower == "to" for t in self.d.tokens[self.last : noun.i])
            if noun.pos in NOUNS and noun.i - self.last < 6 and not joined and noun.lower not in _WHICH_TIME:
                return self._whole(noun)
        return (self.following(k) if self._adjoins(self.token(k)) else None) or self._size_of()

    def _adjoins(self, after: Token | None) -> bool:
        """Whether what follows a measure is what has it: not after "five tonnes", whose plural ends the phrase."""
        if after is None or after.dep not in (*_MODIFIERS, "pobj", "dobj", "attr"):
            return False
        money = self.q.unit is not None and self.q.unit.kind == "money"
        plural = self.d.tokens[self.last - 1].lower.endswith("s") and self.q.unit is not None and not money
        return not plural and after.pos in ("NOUN", "PROPN", "ADJ")

    def _size_of(self) -> Token | None:
        """The noun before "of", "at" or "between" and a measure: a cost of $3."""
        if self.d.tokens[self.head.head].lower not in ("of", "at", "between"):
            return None
        outer = self.d.tokens[self.d.tokens[self.head.head].head]
        if outer.lemma.lower() == "tax" and self.d.tokens[outer.head].lower in ("before", "after"):
            outer = self.d.tokens[outer.head - 1]  # a profit before tax of $3m
        if outer.lemma.lower() in NAMES_NOTHING or self.d.tokens[outer.i + 1].lower in NAMES_NOTHING:
            return self.meant(outer)  # a total, a session low
        above = self.d.tokens[self.d.tokens[outer.head].head]
        sizes = words("figures", "measure noun")
        unit = unit_of_words([outer.lower])
        rate = self.d.tokens[outer.head].lower == "per" or (unit is not None and unit.kind == "time")
        if outer.dep == "pobj" and above.lemma.lower() in sizes and (rate or outer.lemma.lower() not in sizes):
            outer = above  # earnings from operations of 62 cents, earnings per share of 62 cents
        return outer if outer.pos == "NOUN" and outer.i < self.first and self.q.shape is not Shape.VAGUE else None

    def meant(self, noun: Token) -> Token | None:
        """What is named beside a noun that names nothing: the total of all cuts, turnover in the $5m range."""
        d = self.d
        if noun.dep == "amod":
            noun = d.tokens[noun.head]  # a session low, taken for a low session
        of = next((k for t in d.kids(noun.i) if t.lower == "of" for k in d.kids(t.i) if k.dep == "pobj"), None)
        if of is not None and of.pos != "NUM" and not self.first <= of.i < self.last:
            return of
        above = d.tokens[d.tokens[noun.head].head] if noun.dep == "pobj" else d.tokens[noun.head]
        if above.pos in VERBAL:
            kids = [t for t in d.kids(above.i) if t.i < self.first and t.i != noun.i and t.pos in NOUNS]
            named = [t for t in kids if t.dep == "dobj"] or [t for t in kids if t.dep in NOUN_SUBJECTS]
            within = noun.dep == "pobj" and d.tokens[noun.head].lower in ("in", "at", "to")
            return named[0] if within and named else None
        return above if above.pos == "NOUN" and above.i < noun.i and not sized(d, above) else None

    def word(self, back: int) -> str:
        return self.d.tokens[self.first - back].lower if self.first >= back else ""
