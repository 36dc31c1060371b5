"""Document -> the stretches of tokens that may be names, with the edges a name has, before anything types them."""

from __future__ import annotations

from dataclasses import dataclass

from .article import Span
from .blocks import BlockKind
from .document import Document, Token
from .gazetteer import EntityType, Gazetteer
from .names import PARTICLES, is_acronym, lexicon

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

QUOTES = frozenset("\" “ ” ‘ ’ ' `` '' « » „".split())
_ARTICLES = frozenset(("the", "a", "an"))
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `start` up to but not including `end` that may be a name.

    `label` is what the parser or the gazetteer says they are, None where
    capitals alone speak for a name. `known` says that the gazetteer has it.
    """

    start: int
    end: int
    label: EntityType | None
    known: bool = False


def find_candidates(document: Document, known: Gazetteer) -> tuple[Candidate, ...]:
    """Possible names in order, none overlapping: the parser's, corrected at the edges, and what it overlooked."""
    loud = loud_blocks(document)
    found = [c for raw in _parsed(document) if not loud[document[raw.start].block] for c in _edges(document, raw)]
    found = _disjoint(found + list(_listed(document, known)))
    found += _overlooked(document, found, loud)
    return tuple(_disjoint(_grown(document, c, found) for c in found))


def loud_blocks(document: Document) -> tuple[bool, ...]:
    """For each block, whether capitals say nothing in it: a headline in title case, a line in capitals."""
    letters: list[list[int]] = [[0, 0, 0] for _ in document.blocks]
    for token in document.tokens:
        if token.text.isalpha() and len(token.text) > 3:
            row = letters[token.block]
            row[0] += 1
            row[1] += token.text[0].isupper()
            row[2] += token.text.isupper()
    return tuple(
        n > 0
        and ((capitals >= 0.8 * n and n >= 4 and (block.kind != BlockKind.PARAGRAPH or n < 12)) or loud >= 0.6 * n)
        for (n, capitals, loud), block in zip(letters, document.blocks, strict=True)
    )


def is_capital(token: Token) -> bool:
    """Whether a token starts with a capital letter."""
    return token.text[0].isupper()


def _parsed(document: Document) -> list[Candidate]:
    found: list[Candidate] = []
    tokens = document.tokens
    i = 0
    while i < len(tokens):
        label = tokens[i].ent
        if label in LABELS or label in UNSURE:
            j = i + 1
            while j < len(tokens) and tokens[j].iob == "I" and tokens[j].ent == label:
                j += 1
            found.append(Candidate(i, j, LABELS.get(label)))
            i = j
        else:
            i += 1
    return found


def _edges(document: Document, raw: Candidate) -> list[Candidate]:
    """The candidate cut at quotation marks, without the articles, titles and possessives around the name."""
    tokens = document.tokens
    pieces: list[Candidate] = []
    start = raw.start
    for i in range(raw.start, raw.end + 1):
        cut = i == raw.end or (tokens[i].text in QUOTES and not _inside_word(document, i))
        cut = cut or (raw.label == EntityType.PERSON and tokens[i].text in (",", ";", "/", "(", "and"))
        if cut:
            if i > start:
                pieces.append(Candidate(start, i, raw.label))
            start = i + 1
    return [c for piece in pieces if (c := _trimmed(document, piece)) is not None]


def _inside_word(document: Document, i: int) -> bool:
    """Whether token `i` touches its neighbours on both sides, as the apostrophe of a name does."""
    tokens = document.tokens
    return 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start


def _trimmed(document: Document, c: Candidate) -> Candidate | None:
    tokens = document.tokens
    start, end = c.start, c.end
    while end > start and (
        tokens[end - 1].lower in _POSSESSIVES
        or (not tokens[end - 1].text[0].isalnum() and tokens[end - 1].text[-1] != ".")
        or (
            c.label != EntityType.PLACE
            and tokens[end - 1].pos in ("ADP", "CCONJ", "DET", "PRON", "AUX")
            and not is_capital(tokens[end - 1])
        )
    ):
        end -= 1
    while start < end and (
        tokens[start].lower in _ARTICLES
        or not tokens[start].text[0].isalnum()
        or (
            tokens[start].pos in ("DET", "PRON", "ADP", "SCONJ", "CCONJ")
            and tokens[start].lower not in PARTICLES
            and not is_acronym(tokens[start].text)
        )
    ):
        start += 1
    if start >= end or not any(is_capital(t) for t in tokens[start:end]):
        return None
    if c.label in (EntityType.PERSON, None):
        start = _after_title(document, start, end, certain=c.label == EntityType.PERSON)
        while end > start + 1 and not is_capital(tokens[end - 1]) and tokens[end - 1].lower not in PARTICLES:
            if tokens[end - 2].text == "-" and tokens[end - 1].text.isalpha():
                break
            end -= 1
    if start >= end or not any(is_capital(t) for t in tokens[start:end]):
        return None
    return Candidate(start, end, c.label, c.known)


def _after_title(document: Document, start: int, end: int, *, certain: bool) -> int:
    """Where a person's name starts after the titles before it; `end` if there are only titles."""
    words = lexicon()
    tokens = document.tokens
    i = last = start
    while i < end:
        word = tokens[i].lower.rstrip(".")
        if word in words.titles:
            last = i + 1
        elif not (word in ("of", "for", "-") and i > start and certain):
            break
        i += 1
    if last < end and tokens[last].text == "-":
        return start
    return last


def _listed(document: Document, known: Gazetteer) -> list[Candidate]:
    """What the gazetteer names, longest first; single words only where the parser takes them for a proper noun."""
    tokens = document.tokens
    found: list[Candidate] = []
    i = 0
    while i < len(tokens):
        end = _longest(document, known, i)
        if end > i + 1:
            entry = known.get(document.words(i, end).replace("\n", " "))
            if entry is not None:
                found.append(Candidate(i, end, entry.type, known=True))
                i = end
                continue
        elif is_capital(tokens[i]):
            entry = known.names.get(tokens[i].text)
            if (
                entry is not None
                and entry.kind in ("country", "people", "organization", "area", "region")
                and tokens[i].pos == "PROPN"
                and not _part_of_longer(document, i)
            ):
                found.append(Candidate(i, i + 1, entry.type, known=True))
        i += 1
    return found


def _longest(document: Document, known: Gazetteer, i: int) -> int:
    tokens = document.tokens
    for length in known.firsts.get(tokens[i].text, ()):
        end = min(i + length + 1, len(tokens))
        while end > i + 1:
            if tokens[end - 1].sentence == tokens[i].sentence and _squeezed(document, i, end) in known.names:
                return end
            end -= 1
    return i + 1


def _squeezed(document: Document, start: int, end: int) -> str:
    return "".join(t.text for t in document.tokens[start:end]).replace("’", "'")


def _part_of_longer(document: Document, i: int) -> bool:
    """Whether a capitalised proper noun stands on either side in the same sentence."""
    tokens = document.tokens
    for j in (i - 1, i + 1):
        if 0 <= j < len(tokens) and tokens[j].sentence == tokens[i].sentence:
            t = tokens[j]
            if t.pos == "PROPN" and is_capital(t) and t.lower.rstrip(".") not in lexicon().titles:
                return True
    return False


def _disjoint(candidates: object) -> list[Candidate]:
    """The candidates in order without overlaps: the longer stays, of equals the one that the gazetteer knows."""
    chosen: list[Candidate] = []
    taken: set[int] = set()
    ranked = sorted(candidates, key=lambda c: (-(c.end - c.start), not c.known, c.start))  # type: ignore[call-overload]
    for c in ranked:
        if not any(i in taken for i in range(c.start, c.end)):
            taken.update(range(c.start, c.end))
            chosen.append(c)
    return sorted(chosen, key=lambda c: c.start)


def _overlooked(document: Document, found: list[Candidate], loud: tuple[bool, ...]) -> list[Candidate]:
    """Runs of capitalised proper nouns that the parser did not label."""
    tokens = document.tokens
    covered = {i for c in found for i in range(c.start, c.end)}
    runs: list[Candidate] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if i in covered or t.ent or t.pos != "PROPN" or not is_capital(t) or loud[t.block] or not t.text[0].isalpha():
            i += 1
            continue
        j = i + 1
        while j < len(tokens) and j not in covered and tokens[j].sentence == t.sentence and not tokens[j].ent:
            if tokens[j].pos == "PROPN" and (is_capital(tokens[j]) or tokens[j].lower in PARTICLES):
                j += 1
            elif (
                tokens[j].text == "-"
                and j + 1 < len(tokens)
                and tokens[j + 1].pos == "PROPN"
                and tokens[j].start == tokens[j - 1].end
            ):
                j += 2
            else:
                break
        trimmed = _trimmed(document, Candidate(i, min(j, len(tokens)), None))
        if trimmed is not None:
            runs.append(trimmed)
        i = j
    return runs


def _grown(document: Document, c: Candidate, found: list[Candidate]) -> Candidate:
    """A candidate with the words that belong to the same name and that nothing else covers."""
    tokens = document.tokens
    taken = {i for o in found if o is not c for i in range(o.start, o.end)}
    start, end = c.start, c.end
    sentence = tokens[start].sentence

    def free(k: int) -> bool:
        return 0 <= k < len(tokens) and tokens[k].sentence == sentence and k not in taken

    # a hyphen holds a name together: "Lee Cheuk" "-" "yan"
    while free(end) and tokens[end].text in "-–" and tokens[end].start == tokens[end - 1].end and free(end + 1):
        if (
            tokens[end + 1].start != tokens[end].end
            or tokens[end + 1].pos not in ("PROPN", "NOUN")
            or not (c.label == EntityType.PERSON and tokens[end - 1].pos == "PROPN" and tokens[end + 1].pos == "PROPN")
        ):
            break
        end += 2
    if c.label == EntityType.PERSON and not c.known:
        while free(end) and tokens[end].pos == "PROPN" and is_capital(tokens[end]) and not tokens[end].ent:
            if tokens[end].lower.rstrip(".") in lexicon().titles or tokens[end].lower in lexicon().heads:
                break
            end += 1
        while (
            free(start - 1)
            and tokens[start - 1].pos == "PROPN"
            and is_capital(tokens[start - 1])
            and tokens[start - 1].lower in lexicon().given
            and not tokens[start - 1].ent
            and tokens[start - 1].lower.rstrip(".") not in lexicon().titles
        ):
            start -= 1
        while free(start - 1) and free(start - 2) and tokens[start - 1].text == "-" and tokens[start - 2].lower == "al":
            start -= 2
    return Candidate(start, end, c.label, c.known)


def span_of(document: Document, c: Candidate) -> Span:
    """The characters of a candidate."""
    return document.span(c.start, c.end)
