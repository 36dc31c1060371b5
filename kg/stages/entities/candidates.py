"""Document -> the stretches of tokens that may be names, with the edges a name has, before anything types them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...language.lexicon import words
from ...records.mention import EntityType
from ...text.blocks import Block, BlockKind
from ...text.document import Document, Token
from .candidate import Candidate, is_capital
from .gazetteer import Gazetteer, Known
from .joining import joined
from .leads import without_lead, without_letters
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

QUOTES = frozenset("\" “ ” ‘ ’ ' `` '' « » „".split())
_ARTICLES = frozenset(("the", "a", "an"))
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_SUFFIXES = words("entities", "suffixes")
_ADDRESS = words("entities", "address")
"""Words of address that begin no name of a body."""
_PERSON_CUTS = words("entities", "person cuts")
_DASHES = frozenset(("-", "–", "—"))
_PREFIXES = words("entities", "prefixes")
_FUNCTION = frozenset(("DET", "PRON", "ADP", "SCONJ", "CCONJ", "AUX", "PART"))


def find_candidates(document: Document, known: Gazetteer) -> tuple[Candidate, ...]:
    """Possible names in order, none overlapping: the parser's, corrected at the edges, and what it overlooked."""
    loud = loud_blocks(document)
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
    pieces = [piece for raw in labelled for piece in _cut(document, raw, known, surnames)]
    parsed = [
        c for piece in pieces for part in _split(document, piece, known) if (c := _trimmed(document, part, known))
    ]
    parsed = [_from_first_word(document, c) for c in parsed]
    found = _disjoint(parsed + _listed(document, known, loud))
    runs = [piece for run in _overlooked(document, found, loud, known) for piece in _split(document, run, known)]
    found = _with_given(document, _disjoint(found + runs))
    covered = {i for c in found for i in range(c.start, c.end)}
    grown = [c if loud[document[c.start].block] else _grown(document, c, covered) for c in found]
    return tuple(without_letters(document, without_lead(document, c)) for c in joined(document, grown, known))


def loud_blocks(document: Document) -> tuple[bool, ...]:
    """For each block, whether capitals say nothing in it: a headline in title case, a line in capitals."""
    counts: list[list[int]] = [[0, 0, 0, 0] for _ in document.blocks]
    for token in document.tokens:
        row = counts[token.block]
        if len(token.text) > 2 and token.text.isalpha() and token.pos not in _FUNCTION:
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
            while j < len(tokens) and tokens[j].iob == "I" and tokens[j].ent == label:
                j += 1
            found.append(Candidate(i, j, LABELS.get(label)))
            i = j
        else:
            i += 1
    return found


def _cut(document: Document, raw: Candidate, known: Gazetteer, surnames: set[str]) -> list[Candidate]:
    """The candidate cut at quotation marks, dashes and slashes, between owner and owned, and between two persons."""
    tokens = document.tokens
    pieces: list[Candidate] = []
    start, label = raw.start, raw.label
    for i in range(raw.start, raw.end):
        if _cuts(document, raw, start, i, known, surnames):
            pieces.append(Candidate(start, i, label))
            start = i + 1
            # what follows "and" is as likely a person, what follows "at" or a dash is not
            label = None if tokens[i].text in _DASHES | _POSSESSIVES | _PERSON_CUTS else raw.label
    pieces.append(Candidate(start, raw.end, label))
    if len(pieces) > 1 and tokens[raw.start].lower in _PREFIXES:
        pieces = pieces[1:]
    return [piece for piece in pieces if piece.start < piece.end]


def _cuts(document: Document, raw: Candidate, start: int, i: int, known: Gazetteer, surnames: set[str]) -> bool:
    """Whether no name runs on over token `i` of the candidate, its present piece beginning at `start`."""
    text = document[i].text
    if text in "/()[]" or (text in QUOTES and text not in _POSSESSIVES and not _inside_word(document, i)):
        return True
    if i in (raw.start, raw.end - 1):
        return text in QUOTES
    if text in ("A", "An") and document[i].dep == "det":
        return True  # what stands before is the word for the picture
    before, after = document.words(start, i) if i > start else "", document.words(i + 1, raw.end)
    if text in _DASHES:
        both = known.get(before) is not None and known.get(after) is not None
        return both or not _inside_word(document, i) or (i == start + 1 and before.lower() in _PREFIXES)
    person = raw.label == EntityType.PERSON
    if text in _POSSESSIVES:
        owner = person or known.get(before) is not None or before in surnames
        return owner or plain(document[i + 1].lower) in lexicon().given
    if text in (",", "and", "&"):
        return person or _full(document, start, i) or any(_is_person(w, known, surnames) for w in (before, after))
    return person and text in _PERSON_CUTS


def _is_person(words: str, known: Gazetteer, surnames: set[str]) -> bool:
    entry = known.get(words)
    return words in surnames or (entry is not None and entry.type == EntityType.PERSON)


def _full(document: Document, start: int, end: int) -> bool:
    """Whether words are a given name and a surname, which go on in no firm's: "Ann Moor and Halden"."""
    names = lexicon()
    given = end - start == 2 and plain(document[start].lower) in names.given and document[end].lower == "and"
    firm = document[end - 1].lower in names.heads or document[end + 1].lower in names.heads  # "Henry Holt and Company"
    return given and not firm


def _inside_word(document: Document, i: int) -> bool:
    """Whether token `i` touches its neighbours on both sides, as the apostrophe of a name does."""
    tokens = document.tokens
    return 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start


def _split(document: Document, c: Candidate, known: Gazetteer) -> list[Candidate]:
    """A person apart from the titles, organisation or place before: "NASA Administrator Charles Bolden"."""
    tokens = document.tokens
    if c.label not in (EntityType.PERSON, EntityType.ORGANIZATION, None):
        return [c]
    if tokens[c.start].lower in _ARTICLES and c.end - c.start > 1:
        c = replace(c, start=c.start + 1)
    if tokens[c.start].lower.rstrip(".") in _ADDRESS and c.end - c.start in (2, 3) and is_capital(tokens[c.start + 1]):
        return [Candidate(c.start + 1, c.end, EntityType.PERSON)]
    last = _last_title(document, c)
    if last >= 0 and (c.label == EntityType.PERSON or plain(tokens[last + 1].lower) in lexicon().given):
        return _split_at_title(document, c, last)
    if _is_of_title(document, c):
        return []
    return (
        _split_at_field(document, c)
        or _split_at_place(document, c, known)
        or _split_at_for(document, c)
        or _without_lead(document, c, known)
        or [c]
    )


def _last_title(document: Document, c: Candidate) -> int:
    """The last title in the candidate that a name follows; -1 if there is none."""
    titles = lexicon().titles
    for i in range(c.end - 2, c.start - 1, -1):
        follower = document[i + 1]
        named = is_capital(follower) or follower.lower in PARTICLES
        apart = follower.lower in _SUFFIXES or follower.text in ("&", "and", "-")
        if named and not apart and document[i].lower.rstrip(".") in titles:
            return i
    return -1


def _split_at_title(document: Document, c: Candidate, last: int) -> list[Candidate]:
    tokens, words = document.tokens, lexicon()
    first = last
    while first > c.start and tokens[first - 1].lower.rstrip(".") in words.titles:
        first -= 1
    if first == c.start + 1 and c.end == last + 2 and plain(tokens[c.start].lower) in words.given:
        return [c]  # "Howard Dean Smith": between two single words it is no title
    before = [Candidate(c.start, first, None)] if first > c.start else []
    return [*before, Candidate(last + 1, c.end, EntityType.PERSON)]


def _split_at_place(document: Document, c: Candidate, known: Gazetteer) -> list[Candidate]:
    """A person apart from a place before, whole."""
    tokens, words = document.tokens, lexicon()
    place = _longest(document, known, c.start)
    if not c.start + 1 < place <= c.end - 2 or plain(tokens[place].lower) not in words.given:
        return []
    entry = known.get(" ".join(document.words(c.start, place).split()))
    if entry is None or entry.type != EntityType.PLACE or tokens[c.end - 1].lower in words.heads:
        return []
    return [Candidate(c.start, place, EntityType.PLACE), Candidate(place, c.end, EntityType.PERSON)]


def _is_of_title(document: Document, c: Candidate) -> bool:
    """Whether words are the rest of a title: the "State for Health" of "Secretary of State for Health"."""
    first = document.words(max(0, c.start - 2), min(c.start + 2, len(document))).lower()
    return first in ("secretary of state for", "ministers of state for", "minister of state for")


def _split_at_field(document: Document, c: Candidate) -> list[Candidate]:
    """A person apart from what they are minister of: "Minister of Transport Anna Marsh"."""
    tokens, names = document.tokens, lexicon()
    titled = c.start > 1 and tokens[c.start - 1].lower in ("of", "for") and tokens[c.start - 2].lower in names.titles
    k = c.start
    while titled and k < c.end - 2 and plain(tokens[k].lower) not in names.given:
        k += 1
    fields = {t.lower for t in tokens[c.start : k]} & names.portfolios
    return [Candidate(k, c.end, EntityType.PERSON)] if fields and plain(tokens[k].lower) in names.given else []


def _split_at_for(document: Document, c: Candidate) -> list[Candidate]:
    """Somebody apart from a body after "for"."""
    tokens, words = document.tokens, lexicon()
    if c.label != EntityType.ORGANIZATION or plain(tokens[c.start].lower) not in words.given:
        return []
    for i in range(c.start + 2, min(c.start + 4, c.end - 1)):
        if tokens[i].lower == "for" and tokens[i - 1].lower not in words.heads:
            return [Candidate(c.start, i, EntityType.PERSON), Candidate(i + 1, c.end, c.label)]
    return []


def _without_lead(document: Document, c: Candidate, known: Gazetteer) -> list[Candidate]:
    """A person apart from a word before that says where from."""
    lead = document[c.start].text
    entry = known.names.get(lead)
    if c.label != EntityType.PERSON:
        return []
    if entry is not None and lead.endswith(".") and entry.kind == "region" and c.end - c.start > 2:
        return [Candidate(c.start, c.start + 1, EntityType.PLACE), Candidate(c.start + 1, c.end, c.label)]
    if lead in known.adjectives and c.end - c.start > 1:
        return [Candidate(c.start + 1, c.end, c.label)]
    return []


def _trimmed(document: Document, c: Candidate, known: Gazetteer) -> Candidate | None:
    """The candidate without articles, titles, possessives and marks at its ends; None if no name is left."""
    start, end = _bounds(document, c)
    if c.label in (EntityType.ORGANIZATION, None):
        end = _body_before_title(document, start, end, known)
    if c.label in (EntityType.PERSON, None):
        if _is_title_before_name(document, start, end):
            return None
        start, end = _without_titles(document, start, end)
    named = any(is_capital(t) for t in document.tokens[start:end])
    return replace(c, start=start, end=end) if named else None


def _bounds(document: Document, c: Candidate) -> tuple[int, int]:
    """Where a name begins and ends: "Morocco" of "Morocco 2-1", "Hook County" of "Hook County State's Attorney"."""
    tokens = document.tokens
    start, end = c.start, c.end
    while end > start and _no_end(tokens[end - 1]):
        end -= 1
    while start < end and _no_start(tokens[start]) and not _given(document, c, start, end):
        start += 1
    if end - start > 3 and tokens[end - 1].text.isdigit() and tokens[end - 2].text in _DASHES:
        end -= 3 if tokens[end - 3].text.isdigit() else 0
    if end - start > 1 and tokens[end - 1].text == "State" and document.words(end, end + 2) in _STATE_S:
        end -= 1
    return start, end


_STATE_S = ("'s Attorney", "’s Attorney")


def _body_before_title(document: Document, start: int, end: int, known: Gazetteer) -> int:
    """The end of a body's name without the titles behind: "State Department Spokesperson", "Superior Court Judge"."""
    names = lexicon()
    while (
        end > start + 1
        and document[end - 1].lower in names.titles
        and names.heads.get(document[end - 2].lower) == "org"
    ):
        end -= 1
    if end > start + 1 and document[end - 1].lower in words("entities", "ends a title and no name"):
        listed = _longest(document, known, start)
        return listed if start + 1 < listed < end else end  # "United Nations Humanitarian Coordinator"
    return end


def _is_title_before_name(document: Document, start: int, end: int) -> bool:
    """Whether words are a title that a name follows, as the "District Attorney" of "District Attorney Glen Marsh"."""
    if end - start < 2 or end >= len(document) or document[end - 1].lower not in lexicon().titles:
        return False
    following = document[end]
    goes_on = following.pos == "PROPN" and is_capital(following) and following.sentence == document[start].sentence
    return goes_on and plain(document[start].lower) not in lexicon().given


def _without_titles(document: Document, start: int, end: int) -> tuple[int, int]:
    """A person's name without titles before and small words behind."""
    tokens, first = document.tokens, start
    while start < end and tokens[start].lower.rstrip(".") in lexicon().titles:
        start += 1
    if start < end and (tokens[start].text == "-" or tokens[start].lower in _SUFFIXES):
        start = first
    while end > start + 1 and not is_capital(tokens[end - 1]) and tokens[end - 1].lower not in PARTICLES:
        if tokens[end - 2].text == "-" and tokens[end - 1].text.isalpha():
            break
        end -= 1
    return start, end


def _from_first_word(document: Document, c: Candidate) -> Candidate:
    """The candidate with the unlabelled name word before its particle: the "Compagnie" of "Compagnie du Rhin"."""
    tokens = document.tokens
    before = tokens[c.start - 1] if c.start and tokens[c.start].text in PARTICLES else None
    if before is None or before.sentence != tokens[c.start].sentence or before.ent or before.pos != "PROPN":
        return c
    titled = before.lower.rstrip(".") in lexicon().titles or before.lower.rstrip(".") in lexicon().honorifics
    return c if titled or not is_capital(before) else replace(c, start=c.start - 1)


def _given(document: Document, c: Candidate, start: int, end: int) -> bool:
    """Whether a word that is also another, at the start of what the parser takes for a person, is a name: Will."""
    token = document[start]
    name = c.label == EntityType.PERSON and start == c.start and end - start > 1 and is_capital(token)
    return name and token.ent == "PERSON" and plain(token.lower) in lexicon().given and is_capital(document[start + 1])


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
    single = first.end == c.start == first.start + 1 and c.end == c.start + 1
    if not single or first.label is not None or first.known or c.known:
        return False
    if c.label not in (EntityType.PERSON, EntityType.ORGANIZATION, None) or document[c.start].lower in lexicon().heads:
        return False
    given = plain(document[first.start].lower) in lexicon().given
    return given and document[first.start].sentence == document[c.start].sentence


def _no_end(token: Token) -> bool:
    if token.lower in _POSSESSIVES or (not token.text[0].isalnum() and token.text[-1] != "."):
        return True
    return token.pos in _FUNCTION and not is_capital(token)


def _no_start(token: Token) -> bool:
    if token.lower in _ARTICLES or not token.text[0].isalnum():
        return True
    return token.pos in _FUNCTION and token.lower not in PARTICLES and not is_acronym(token.text)


def _listed(document: Document, known: Gazetteer, loud: tuple[bool, ...]) -> list[Candidate]:
    """What the gazetteer names, longest first; single words only where the parser takes them for a proper noun."""
    tokens = document.tokens
    found: list[Candidate] = []
    i = 0
    while i < len(tokens):
        end = _longest(document, known, i)
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


def _longest(document: Document, known: Gazetteer, i: int) -> int:
    """The end of the longest listed name of several words that starts at token `i`; i + 1 if there is none."""
    tokens = document.tokens
    lengths = known.firsts.get(tokens[i].text)
    if lengths is None:
        return i + 1
    end = min(i + lengths[0] + 1, len(tokens))
    while end > i + 1:
        if tokens[end - 1].sentence == tokens[i].sentence:
            squeezed = "".join(t.text for t in tokens[i:end]).replace("’", "'")
            if squeezed in known.runs:
                return end
        end -= 1
    return i + 1


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
            if t.pos == "PROPN" and is_capital(t) and t.lower.rstrip(".") not in lexicon().titles:
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
        if i in covered or not named or t.ent or loud[t.block] or not t.text[0].isupper():
            i += 1
            continue
        j = _run_end(document, i + 1, covered)
        trimmed = _trimmed(document, Candidate(i, min(j, len(tokens)), None), known)
        if trimmed is not None:
            runs.append(trimmed)
        i = j
    return runs


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
    return is_capital(t) and (t.pos == "PROPN" or (t.text[1:2] in ("'", "’") and t.text[2:3].isupper()))


def _joins_names(document: Document, j: int) -> bool:
    """Whether token `j` is the hyphen of a double name."""
    return document[j].text == "-" and _inside_word(document, j) and document[j + 1].pos == "PROPN"


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
        while around.fits(end) and tokens[end - 1].dep == "compound" and tokens[end - 1].head == end:
            end += 1
    else:
        while (more := around.goes_on(end)) > 0:
            end += more
        while around.fits(start - 1) and plain(tokens[start - 1].lower) in lexicon().given:
            start -= 1
        joined = around.free(start - 1) and around.free(start - 2) and tokens[start - 1].text == "-"
        if joined and tokens[start - 2].lower in ("al", "el"):
            start -= 2
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
        return (
            _is_proper(t) and not t.ent and word not in words.titles and word not in words.heads
        )  # "Dr Vera O’Hare" too

    def goes_on(self, k: int) -> int:
        """How many words more a person's name has from here: 2 after a hyphen."""
        if self.fits(k):
            return 1
        hyphen = self.free(k) and self.document[k].text in "-–" and _inside_word(self.document, k)
        return 2 if hyphen and self.free(k + 1) and self.document[k + 1].pos == "PROPN" else 0


def _with_given_name(document: Document, c: Candidate, around: _Around) -> Candidate:
    """A single word with the given name before it: "Ana Costa", "Will Casey said"."""
    tokens, words, k = document.tokens, lexicon(), c.start - 1
    if not around.free(k) or c.end != c.start + 1:
        return c
    if c.label not in (EntityType.PERSON, EntityType.ORGANIZATION, None) or tokens[c.start].lower in words.heads:
        return c
    opens = k == document.sentences[around.sentence].start
    acts = opens and c.end < len(tokens) and tokens[c.end].tag in ("VBD", "VBZ")
    # "An Tran said": what else is a small word is a name before a surname of the same part of the world
    given = is_capital(tokens[k]) and (plain(tokens[k].lower) in words.given or tokens[c.start].lower in SURNAMES_FIRST)
    return replace(c, start=k, label=EntityType.PERSON) if given and (tokens[k].pos == "PROPN" or acts) else c
