"""Document -> mentions: spans of text that name a person, organisation, place or group."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ...language.lexicon import words
from ...language.syntax import BEFORE_NOUN, root_of
from ...records.mention import EntityType, Mention, MentionKind
from ...text.document import Document, Token
from .candidate import Candidate, is_capital, opens_post
from .candidates import find_candidates
from .gazetteer import Gazetteer, gazetteer
from .names import initials, is_acronym, is_person_noun, is_post_of_two, key, lexicon, plain, surnamed
from .nametypes import type_names
from .surroundings import SAYING

__all__ = ["EntityType", "Mention", "MentionKind", "find_mentions"]


def find_mentions(document: Document, known: Gazetteer | None = None) -> tuple[Mention, ...]:
    """The names in an article, in order, none inside another, typed by all their occurrences together.

    `known` is the gazetteer to consult, the shipped one if None.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("Jo Hill left Leeds."))
    >>> [document.article.quote(mention.span) for mention in find_mentions(document)]
    ['Jo Hill', 'Leeds']
    """
    table = known or gazetteer()
    candidates = find_candidates(document, table)
    types = type_names(document, candidates, table)
    common = _common_words(document, candidates)
    named: list[tuple[Candidate, EntityType]] = []
    for c in candidates:
        kind = types[key(document.words(c.start, c.end))]
        if kind is not None and _is_name(document, c, kind, table, common):
            named.append((c, kind))
    named += _repeats(document, named, table)
    named = [(c, EntityType.PERSON if _is_of_a_person(document, c, kind, named) else kind) for c, kind in named]
    return tuple(
        Mention(document.span(c.start, c.end), MentionKind.NAME, kind)
        for c, kind in sorted(named, key=lambda pair: pair[0].start)
        if kind != EntityType.OTHER
    )


def _is_of_a_person(
    document: Document, c: Candidate, kind: EntityType, named: list[tuple[Candidate, EntityType]]
) -> bool:
    """Whether a place's name speaks soon after a person of that last name: "Jordan said it was late"."""
    root = root_of(document, c.start, c.end)
    speaks = root.dep == "nsubj" and document[root.head].lemma in SAYING
    if kind != EntityType.PLACE or c.end != c.start + 1 or not speaks:
        return False
    return any(
        other == EntityType.PERSON and p.end > p.start + 1 and p.end <= c.start
        and document[p.end - 1].text == document[c.start].text
        and document[c.start].block - document[p.start].block <= 1
        for p, other in named
    )  # fmt: skip


def _common_words(document: Document, candidates: tuple[Candidate, ...]) -> frozenset[str]:
    """Single-word candidates that the article writes at least as often in lower case: no names."""
    single = [document[c.start].lower for c in candidates if c.end == c.start + 1 and not c.known]
    capital = Counter(single)
    small = Counter(t.text for t in document.tokens if t.text in capital)
    return frozenset(word for word, n in capital.items() if small[word] >= n)


def _is_name(document: Document, c: Candidate, kind: EntityType, known: Gazetteer, common: frozenset[str]) -> bool:
    """Whether the words are a name of that type, not an adjective ("the Syrian army"), a title or a common noun."""
    tokens = document.tokens[c.start : c.end]
    text = document.words(c.start, c.end)
    entry = known.get(text)
    listed = entry is not None and entry.kind == "organization"
    behind = document[c.end].lower if c.end < len(document) else ""
    if len(text.rstrip(".")) < 2 or (len(tokens) == 1 and is_post_of_two(text.lower(), behind)):
        return False
    if kind == EntityType.PERSON and behind in words("entities", "ailments"):
        return False  # "Ebola virus"
    if kind == EntityType.GROUP:
        if entry is not None and entry.kind == "people":
            return root_of(document, c.start, c.end).dep not in BEFORE_NOUN
        return listed or tokens[-1].tag in ("NNS", "NNPS")
    if entry is None and (text in known.adjectives or _is_title(document, c, kind)):
        return False
    if entry is None and len(tokens) == 1 and not _is_one_name(document, c, kind, common):
        return False
    return listed or not all(_of_title(t) for t in tokens)


def _is_title(document: Document, c: Candidate, kind: EntityType) -> bool:
    """Whether what was taken for a person is a title: the "Scientific Adviser" of "Chief Scientific Adviser"."""
    last, before = document[c.end - 1].lower, document[c.start - 1].lower if c.start else ""
    if kind != EntityType.PERSON or last not in lexicon().titles:
        return False
    if c.end - c.start > 1 and (before == "the" or opens_post(document, c.end - 1)):
        return plain(document[c.start].lower) not in lexicon().given  # "The Village Head", "High Commissioner for"
    return last in words("entities", "ends a title and no name") and before in lexicon().titles


def _is_one_name(document: Document, c: Candidate, kind: EntityType, common: frozenset[str]) -> bool:
    """Whether a single word that no table has is a name: no title, no common noun, no "the Members"."""
    token, names = document[c.start], lexicon()
    word = token.lower.replace(".", "")
    if token.pos not in ("PROPN", "NOUN", "X", "ADJ"):
        return False
    if any(word in some for some in (common, names.generic, names.titles, names.heads, names.persons)):
        return False
    definite = c.start > 0 and document[c.start - 1].lower == "the"
    own = kind == EntityType.PERSON and c.label is None and definite  # a capital that a body gives to its own words
    if kind in (EntityType.ORGANIZATION, EntityType.PLACE) and is_person_noun(word):
        return False  # "The Coroner, Dr Blom,"
    return not own and not _opens_as_noun(document, c, kind)


def _of_title(token: Token) -> bool:
    """Whether a word belongs to titles: of "Prime Minister" as of "Foreign, Home and Defence Secretaries"."""
    names, word = lexicon(), token.lower.rstrip(".")
    one = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return word in names.titles or one in names.titles or word in names.portfolios or word in (",", "and", "&", "-")


def _opens_as_noun(document: Document, c: Candidate, kind: EntityType) -> bool:
    """Whether a single word has its capital only from the sentence that it opens: "Groups of up to 50 people"."""
    token = document[c.start]
    if token.tag not in ("NN", "NNS") or document.sentences[token.sentence].start != c.start or token.text.isupper():
        return False
    if (kind == EntityType.PERSON and token.tag == "NN") or not token.text[1:].islower():
        return False  # a name that the tagger does not know; "PepsiCo"
    return not any(t.text == token.text and t.tag[:3] == "NNP" for t in document.tokens)


@dataclass(frozen=True, slots=True)
class _CalledAgain:
    """The names found, with what persons and bodies are called for short, to be met again in the words."""

    document: Document
    known: Gazetteer
    words: list[str]
    kinds: dict[str, EntityType]
    acronyms: dict[str, EntityType]
    firsts: dict[str, list[list[str]]]

    def at(self, i: int, covered: set[int]) -> tuple[int, EntityType] | None:
        """Where a name that is known stands again from token `i`: its end and its type."""
        token = self.document[i]
        if token.text in self.acronyms:
            return i + 1, self.acronyms[token.text]
        if self.words[i] not in self.firsts or not self._may_open(token):
            return None
        for parts in sorted(self.firsts[self.words[i]], key=len, reverse=True):
            end, kind = _match(self.words, i, parts), self.kinds[" ".join(parts)]
            free = end is not None and covered.isdisjoint(range(i, end))
            if end is not None and free and (len(parts) > 1 or _may_repeat(self.document, i, kind)):
                return end, kind
        return None

    def _may_open(self, token: Token) -> bool:
        return (is_capital(token) or token.lower == "al") and token.text not in self.known.adjectives


def _repeats(
    document: Document, named: list[tuple[Candidate, EntityType]], known: Gazetteer
) -> list[tuple[Candidate, EntityType]]:
    """Further occurrences of the names found, and of the surnames of persons, that nothing covers yet."""
    covered = {i for c, _ in named for i in range(c.start, c.end)}
    kinds, acronyms = _called(document, named)
    firsts: dict[str, list[list[str]]] = defaultdict(list)
    for name in filter(None, kinds):
        firsts[name.split()[0]].append(name.split())
    called = _CalledAgain(document, known, [key(t.text) for t in document.tokens], kinds, acronyms, firsts)
    found: list[tuple[Candidate, EntityType]] = []
    for i in range(len(document)):
        again = called.at(i, covered) if i not in covered else None
        if again is not None:
            found.append((Candidate(i, again[0], None), again[1]))
            covered.update(range(i, again[0]))
    return found


def _called(
    document: Document, named: list[tuple[Candidate, EntityType]]
) -> tuple[dict[str, EntityType], dict[str, EntityType]]:
    """The type of each name found and of each person's surname, and of the letters that bodies may be called by."""
    kinds: dict[str, EntityType] = {}
    acronyms: dict[str, EntityType] = {}
    for c, kind in named:
        name = key(document.words(c.start, c.end))
        kinds[name] = kind
        if kind == EntityType.PERSON and " " in name:
            kinds.setdefault(surnamed(name.split())[-1], kind)
        elif kind == EntityType.ORGANIZATION and name.count(" ") > 1:
            acronyms = dict.fromkeys((a.upper() for a in initials(name.split()) if len(a) > 2), kind) | acronyms
    return kinds, acronyms


def _may_repeat(document: Document, i: int, kind: EntityType) -> bool:
    """Whether a single capitalised word that is a known name elsewhere is one here, whatever the tagger thinks."""
    token = document[i]
    starts = document.sentences[token.sentence].start == i
    if kind == EntityType.PERSON:
        if starts and token.pos == "NOUN" and document[token.head].lemma in SAYING:
            return True  # "Cifuentes said", which looks like a plural
        return token.pos == "PROPN" or (not starts and token.pos in ("NOUN", "ADJ", "VERB", "X") and not token.ent)
    return token.pos == "PROPN" and (not starts or is_acronym(token.text))


def _match(words: list[str], i: int, parts: list[str]) -> int | None:
    """Where the parts end if they stand at token `i`, hyphens not counted."""
    for part in parts:
        while i < len(words) and not words[i]:
            i += 1
        if i >= len(words) or words[i] != part:
            return None
        i += 1
    return i
