"""Document -> the stretches of tokens that may be names, with the edges a name has, before anything types them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from ...language.lexicon import words
from ...language.syntax import BEFORE_NOUN
from ...records.mention import EntityType
from ...text.blocks import Block, BlockKind
from ...text.document import Document, Token
from .candidate import FUNCTION, Candidate, inside_word, is_capital, opens_post
from .gazetteer import Gazetteer, Known
from .joining import joined
from .leads import without_lead, without_letters
from .name_edges import cut, split, trimmed
from .names import PARTICLES, SURNAMES_FIRST, is_acronym, lexicon, plain

LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
    "EVENT": EntityType.EVENT,
    "LAW": EntityType.DOCUMENT,
}
"""What the parser's entity labels are here."""

UNSURE = frozenset(("WORK_OF_ART", "PRODUCT"))
"""Labels of no type of ours, which names mislabelled often get."""


def find_candidates(document: Document, known: Gazetteer) -> tuple[Candidate, ...]:
    """Possible names in order, none overlapping: the parser's, corrected at the edges, and what it overlooked."""
    loud = _loud_blocks(document)
    entities = _parsed(document)
    calm = [raw for raw in entities if not loud[document[raw.start].block]]
    surnames = {document[raw.end - 1].text for raw in calm if raw.label == EntityType.PERSON}
    labelled = calm + [
        raw
        for raw in entities
        if loud[document[raw.start].block]
        and _full_name(document, raw, known)
        and document[raw.start].text not in surnames
    ]
    pieces = [piece for raw in labelled for piece in cut(document, raw, known, surnames)]
    parsed = [c for piece in pieces for part in split(document, piece, known) if (c := trimmed(document, part, known))]
    parsed = [_with_district(document, _from_first_word(document, c)) for c in parsed]
    found = _disjoint(parsed + _listed(document, known, loud))
    runs = [piece for run in _overlooked(document, found, loud, known) for piece in split(document, run, known)]
    found = _with_given(document, _disjoint(found + runs))
    covered = {i for c in found for i in range(c.start, c.end)}
    apart = [loud[document[c.start].block] or document.words(c.start, c.end) in known.adjectives for c in found]
    grown = [c if alone else _grown(document, c, covered) for c, alone in zip(found, apart, strict=True)]
    return tuple(without_letters(document, without_lead(document, c)) for c in joined(document, grown, known))


def _loud_blocks(document: Document) -> tuple[bool, ...]:
    """For each block, whether capitals say nothing in it: a headline in title case, a line in capitals."""
    counts: list[list[int]] = [[0, 0, 0, 0] for _ in document.blocks]
    for token in document.tokens:
        row = counts[token.block]
        if len(token.text) > 2 and token.text.isalpha() and token.pos not in FUNCTION:
            row[0] += 1
            row[1] += token.text[0].isupper()
            row[2] += len(token.text) > 3 and token.text.isupper()
        row[3] = token.text == "."
    return tuple(_is_loud(block, *row) for row, block in zip(counts, document.blocks, strict=True))


def _is_loud(block: Block, n: int, capitals: int, shouted: int, stopped: int) -> bool:
    """Whether capitals say nothing in a block of `n` words, of which so many have a capital, so many only capitals."""
    titled = capitals >= 4 and capitals >= (1 if stopped else 0.85) * n
    if n > 0 and titled and (block.kind != BlockKind.PARAGRAPH or n < 12):
        return True
    return n > 0 and (shouted >= 0.6 * n or (block.kind == BlockKind.SUBHEAD and capitals == n))


def _full_name(document: Document, raw: Candidate, known: Gazetteer) -> bool:
    """Whether the parser takes a given name and one word more for a person: safe even among capitals."""
    tokens = document.tokens[raw.start : raw.end]
    if raw.label != EntityType.PERSON or len(tokens) != 2 or known.get(tokens[0].text) is not None:
        return False
    words = lexicon()
    last = tokens[1].lower
    return plain(tokens[0].lower) in words.given and last not in words.heads and last not in words.persons


def _parsed(document: Document) -> list[Candidate]:
    """What the parser labels as an entity of a type that may be ours."""
    found: list[Candidate] = []
    tokens = document.tokens
    i = 0
    while i < len(tokens):
        label = tokens[i].ent
        if label in LABELS or label in UNSURE:
            j = i + 1
            while j < len(tokens) and tokens[j].iob == "I" and tokens[j].text != ":":
                j += 1
            found.append(Candidate(i, j, LABELS.get(label)))
            i = j + (j < len(tokens) and tokens[j].text == ":")  # "Port fire: Harbour Watch denies"
        else:
            i += 1
    return found


def _from_first_word(document: Document, c: Candidate) -> Candidate:
    """The candidate with the unlabelled name word before its particle: the "Compagnie" of "Compagnie du Rhin"."""
    tokens = document.tokens
    before = tokens[c.start - 1] if c.start and tokens[c.start].text in PARTICLES else None
    if before is None or before.ent or before.pos != "PROPN":
        return c
    titled = before.lower.rstrip(".") in lexicon().titles
    return c if titled else replace(c, start=c.start - 1)


def _with_district(document: Document, c: Candidate) -> Candidate:
    """A single word with what makes it a place before a post held there: "Redholm District Councillor"."""
    behind = document.tokens[c.end : c.end + 2]
    if c.end != c.start + 1 or len(behind) < 2 or not is_capital(behind[0]):
        return c
    district = behind[0].lower in words("roles", "before a rank in a town hall")
    held = behind[1].lower in words("roles", "held in a place, before a name")
    return replace(c, end=c.end + 1, label=EntityType.PLACE) if district and held else c


def _with_given(document: Document, found: list[Candidate]) -> list[Candidate]:
    """The candidates, a given name that no label has joined to the one-word name after it: "Ana Costa"."""
    out = list[Candidate]()
    for c in found:
        if out and _is_given_before(document, out[-1], c):
            out[-1] = Candidate(out[-1].start, c.end, EntityType.PERSON)
        else:
            out.append(c)
    return out


def _is_given_before(document: Document, first: Candidate, c: Candidate) -> bool:
    """Whether an unlabelled given name stands right before a single word that may be a surname."""
    single = first.end == c.start == first.start + 1 and _may_be_surname(document, c)
    if not single or first.label is not None or c.known:
        return False
    given = plain(document[first.start].lower) in lexicon().given
    return given and document[first.start].sentence == document[c.start].sentence


def _listed(document: Document, known: Gazetteer, loud: tuple[bool, ...]) -> list[Candidate]:
    """What the gazetteer names, longest first; single words only where the parser takes them for a proper noun."""
    tokens = document.tokens
    found: list[Candidate] = []
    i = 0
    while i < len(tokens):
        end = known.longest(document.tokens, i)
        entry = known.get(" ".join(document.words(i, end).split())) if end > i + 1 or is_capital(tokens[i]) else None
        if entry is not None and (end > i + 1 or _is_listed_word(document, i, entry, loud)):
            found.append(Candidate(i, end, entry.type, known=True))
            i = end
        else:
            i += 1
    return found


_SURE_KINDS = frozenset(("country", "people", "organization", "area", "region", "person"))


def _is_listed_word(document: Document, i: int, entry: Known, loud: tuple[bool, ...]) -> bool:
    """Whether a single word that the gazetteer has is a name here; a town's only after "in"."""
    town = entry.kind == "city" and i > 0 and document[i - 1].lower == "in"
    if not town and entry.kind not in _SURE_KINDS:
        return False
    return _stands_as_name(document, i, loud) and not _part_of_longer(document, i)


def _stands_as_name(document: Document, i: int, loud: tuple[bool, ...]) -> bool:
    """Whether a listed word is used as a name: a proper noun, an acronym, or capitalised inside a sentence."""
    token = document[i]
    if token.pos == "PROPN":
        return True
    if loud[token.block]:
        return False
    if len(token.text) > 2 and is_acronym(token.text):
        return True
    opens = document.sentences[token.sentence].start == i
    # "Conservative leader Iain Duncan Smith": before a post the word that opens a sentence is the party
    led = opens and i + 1 < len(document) and document[i + 1].text in words("entities", "posts in a party, as printed")
    return token.pos in ("NOUN", "ADJ", "X") and (led or not opens)


def _part_of_longer(document: Document, i: int) -> bool:
    """Whether a capitalised proper noun that is no title stands on either side in the same sentence."""
    tokens = document.tokens
    for j in (i - 1, i + 1):
        if 0 <= j < len(tokens) and tokens[j].sentence == tokens[i].sentence:
            t = tokens[j]
            field = j > i and t.lower in lexicon().portfolios  # "Ontario Environment Minister"
            plain_name = not field and t.lower.rstrip(".") not in lexicon().titles and not opens_post(document, j)
            if t.pos == "PROPN" and is_capital(t) and plain_name:
                return True
    return False


def _disjoint(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates in order without overlaps: the longer stays, of equals the one that the gazetteer knows."""
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for c in sorted(candidates, key=lambda c: (c.start - c.end, not c.known, c.start)):
        if taken.isdisjoint(range(c.start, c.end)):
            taken.update(range(c.start, c.end))
            chosen.append(c)
    return sorted(chosen, key=lambda c: c.start)


def _overlooked(
    document: Document, found: list[Candidate], loud: tuple[bool, ...], known: Gazetteer
) -> list[Candidate]:
    """Runs of capitalised proper nouns that the parser did not label."""
    tokens = document.tokens
    covered = {i for c in found for i in range(c.start, c.end)}
    runs: list[Candidate] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        named = t.pos == "PROPN" or (t.text == "Operation" and i + 1 < len(tokens) and tokens[i + 1].pos == "PROPN")
        named = named or _before_a_post(document, i)
        if i in covered or not named or t.ent or loud[t.block] or not t.text[0].isupper():
            i += 1
            continue
        j = _run_end(document, i + 1, covered)
        run = trimmed(document, Candidate(i, min(j, len(tokens)), None), known)
        if run is not None:
            runs.append(run)
        i = j
    return runs


def _before_a_post(document: Document, i: int) -> bool:
    """Whether a capital inside a sentence stands before a post in small letters: "Norbec chief executive"."""
    if document.sentences[document[i].sentence].start == i or not is_capital(document[i]):
        return False
    posts = words("roles", "post in a body, surely")
    behind = takewhile(lambda t: t.text.islower() and t.dep in BEFORE_NOUN, document.tokens[i + 1 : i + 4])
    return any(t.text in posts for t in behind)


def _run_end(document: Document, j: int, covered: set[int]) -> int:
    """Where the proper nouns from token `j` on end, hyphens inside them passed over."""
    tokens, sentence = document.tokens, document[j - 1].sentence
    while j < len(tokens) and j not in covered and tokens[j].sentence == sentence and not tokens[j].ent:
        if _is_proper(tokens[j]) or (tokens[j].pos == "PROPN" and tokens[j].lower in PARTICLES):
            j += 1
        elif _joins_names(document, j) and j + 1 not in covered:
            j += 2
        else:
            break
    return j


def _is_proper(t: Token) -> bool:
    """Whether a word is a proper noun with its capital; "O’Hare" is one whatever the tagger says."""
    return is_capital(t) and (t.pos == "PROPN" or t.text[1:2] in ("'", "’"))


def _joins_names(document: Document, j: int) -> bool:
    """Whether token `j` is the hyphen of a double name."""
    return document[j].text == "-" and inside_word(document, j) and document[j + 1].pos == "PROPN"


def _grown(document: Document, c: Candidate, covered: set[int]) -> Candidate:
    """A name with the words of it that nothing else covers: on both sides a person's, on the right another's."""
    if c.known:
        return c
    around = _Around(document, covered, document[c.start].sentence)
    c = _with_given_name(document, c, around)
    if c.label is None:
        return c
    tokens, start, end = document.tokens, c.start, c.end
    if c.label != EntityType.PERSON:
        while around.fits(end) and tokens[end - 1].head == end:
            end += 1
    else:
        start, end = around.person(start, end)
    covered.update(range(start, end))
    return replace(c, start=start, end=end)


@dataclass(frozen=True, slots=True)
class _Around:
    """The words of a sentence that no name covers."""

    document: Document
    covered: set[int]
    sentence: int

    def free(self, k: int) -> bool:
        inside = 0 <= k < len(self.document) and self.document[k].sentence == self.sentence
        return inside and k not in self.covered

    def fits(self, k: int) -> bool:
        """Whether a free word may be part of a name."""
        if not self.free(k):
            return False
        t, words = self.document[k], lexicon()
        word = t.lower.rstrip(".")
        # "Dr Vera O’Hare" too
        name = word not in words.titles and word not in words.heads and not opens_post(self.document, k)
        return _is_proper(t) and not t.ent and name

    def person(self, start: int, end: int) -> tuple[int, int]:
        """A person's name with the words of it on both sides: given names before, further names behind."""
        tokens = self.document.tokens
        while self.fits(end):
            end += 1
        while self.fits(start - 1) and plain(tokens[start - 1].lower) in lexicon().given:
            start -= 1
        return start, end


def _with_given_name(document: Document, c: Candidate, around: _Around) -> Candidate:
    """A single word with the given name before it: "Ana Costa", "Will Casey said"."""
    tokens, k = document.tokens, c.start - 1
    if not around.free(k) or not _may_be_surname(document, c):
        return c
    opens = k == document.sentences[around.sentence].start
    acts = opens and c.end < len(tokens) and tokens[c.end].tag in ("VBD", "VBZ")
    # "An Tran said": what else is a small word is a name before a surname of the same part of the world
    given = plain(tokens[k].lower) in lexicon().given or tokens[c.start].lower in SURNAMES_FIRST
    named = is_capital(tokens[k]) and given and (tokens[k].pos == "PROPN" or acts)
    return replace(c, start=k, label=EntityType.PERSON) if named else c


def _may_be_surname(document: Document, c: Candidate) -> bool:
    """Whether a candidate is a single word, no noun of bodies, that may end a person's name."""
    kind = c.label in (EntityType.PERSON, EntityType.ORGANIZATION, None)
    return c.end == c.start + 1 and kind and document[c.start].lower not in lexicon().heads
