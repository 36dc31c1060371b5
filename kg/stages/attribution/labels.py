"""Speakers named by a label: "Minister: taxes will fall", "HILL: I said so" in a transcript, "Mill to close: owner"."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from ...language.lexicon import words
from ...language.quotes import MARKS, Quotes
from ...language.syntax import NOUN_SUBJECTS, NOUNS, QUESTION, VERBAL, owner
from ...text.blocks import BlockKind
from ...text.document import Document
from .constructions import Construction, trimmed
from .cues import CueClass
from .drafts import Draft, made
from .nouns import can_tell, is_first_person, is_second_person
from .signatures import find_posted, find_signed

LONGEST_LABEL = 8
"""Tokens that a label before a colon may have; a headline's has five at most."""

FEWEST_TURNS = 3
"""Labels from which on a text is a transcript, where paragraphs without a label go on with the speaker before."""


def find_labelled(document: Document, quotes: Quotes) -> list[Draft]:
    """A draft for each stretch of words that a label gives to a speaker, in order."""
    first = _first_tokens(document)
    labels = {b: colon for b, start in first.items() if (colon := _label(document, quotes, start)) is not None}
    turns = {b for b, colon in labels.items() if _is_shouted(document, first[b], colon)}
    below = {t.lower for t in document.tokens if t.block != 0}
    answers = _answers(document, quotes, first, labels)
    found: list[Draft | None] = [_headed(document, quotes), *answers.values()]
    for b, colon in labels.items():
        if b in answers:
            continue
        content = _content(
            document, quotes, first, labels, b, below, transcript=len(turns) >= FEWEST_TURNS and b in turns
        )
        if content:
            source = _voice(document, list(range(first[b], colon)))
            if any(document[i].pos == "ADP" for i in source):
                source = _introducer(document, quotes, colon) or source
            found.append(
                made(document, quotes, document[colon], [colon], source, content, CueClass.ASSERTS, Construction.LABEL)
            )
    found += find_signed(document, quotes)
    found += find_posted(document, quotes)
    return [draft for draft in found if draft is not None]


def _first_tokens(document: Document) -> dict[int, int]:
    """For each block that has tokens, the first of them."""
    first: dict[int, int] = {}
    for token in document.tokens:
        first.setdefault(token.block, token.i)
    return first


def _label(document: Document, quotes: Quotes, start: int) -> int | None:
    """The colon after a name at the beginning of a block."""
    if document[start].text in MARKS and start + 1 < len(document):
        # a transcript of which each turn opens with a quotation mark: "“HILL: I said so."
        colon = _label_within(document, start + 1)
        return colon if colon is not None and _is_shouted(document, start + 1, colon) else None
    for i in range(start, min(start + LONGEST_LABEL + 1, len(document))):
        token = document[i]
        if token.block != document[start].block or quotes.at[i] is not None or document.kind(i) is BlockKind.DATELINE:
            return None
        if token.text == ":":
            named = any(document[k].pos in NOUNS or document[k].text[0].isupper() for k in range(start, i))
            return i if named else None
        if token.text in (",", ".", ";", "?", "!") or (token.pos in VERBAL and not token.text.isupper()):
            return None
    return None


def _label_within(document: Document, start: int) -> int | None:
    """The colon after at most four words in capitals; None if anything else comes first."""
    for i in range(start, min(start + 5, len(document))):
        if document[i].text == ":" and document[i].block == document[start].block:
            return i if i > start else None
        if not document[i].text.isupper():
            return None
    return None


def _is_shouted(document: Document, start: int, colon: int) -> bool:
    """Whether a label is in capitals, as transcripts print speakers."""
    label = [document[i].text for i in range(start, colon) if document[i].text.isalpha()]
    return 0 < len(label) <= 4 and all(w.isupper() for w in label) and any(len(w) > 1 for w in label)


def _content(
    document: Document, quotes: Quotes, first: dict[int, int], labels: dict[int, int], b: int, below: set[str],
    *, transcript: bool,
) -> list[int]:  # fmt: skip
    """The words that a label gives to its speaker; none where it is a heading and no speaker."""
    start, colon = first[b], labels[b]
    end = next((first[k] for k in range(b + 1, len(document.blocks)) if k in first), len(document))
    shouted = _is_shouted(document, start, colon)
    if shouted and (transcript or colon + 1 == end):
        return list(range(colon + 1, _end_of_turn(document, quotes, first, labels, b, transcript=transcript)))
    after = range(colon + 1, end)
    if len(after) < 3:
        return []
    q = quotes.at[colon + 1]
    if q is not None:
        return [i for i in after if quotes.at[i] == q]
    if document.blocks[b].kind is BlockKind.HEADLINE and colon - start <= 5:
        return list(after) if document[colon - 1].lower in below and _tells(document, start, colon, end) else []
    return list(after) if shouted and colon - start <= 4 else []


def _tells(document: Document, start: int, colon: int, end: int) -> bool:
    """Whether a headline has somebody before its colon and a verb after it.

    A speaker is spoken of again below the headline; a column's name is not.
    """
    named = any(document[i].text[0].isupper() for i in range(start, colon))
    return named and any(document[i].pos in VERBAL for i in range(colon + 1, end))


def _end_of_turn(
    document: Document, quotes: Quotes, first: dict[int, int], labels: dict[int, int], b: int, *, transcript: bool
) -> int:
    """The token at which the next speaker's turn begins, or the text tells of others again."""
    below = [k for k in range(b + 1, len(document.blocks)) if k in first]
    stop = next((k for k in below if k in labels or (not transcript and k > b + 1)), None)
    if transcript and stop is None:
        names = {document[i].lower for k, c in labels.items() for i in range(first[k], c)}
        stop = next((k for k in below if _is_told(document, quotes, first[k], names)), None)
    return len(document) if stop is None else first[stop]


def _is_told(document: Document, quotes: Quotes, start: int, speakers: set[str]) -> bool:
    """Whether a paragraph after the last turn of a transcript tells of others again: it quotes, or names a speaker."""
    block = [i for i in range(start, len(document)) if document[i].block == document[start].block]
    quoted = any(quotes.at[i] is not None for i in block)
    named = any(document[i].lower in speakers for i in block)
    return quoted or named


def find_introduced(document: Document, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """A draft for each quotation after a colon that no cue introduces: "Her answer was: “No.”", "- Jo Hill: “No.”"."""
    cued = {document[d.head].sentence for d in drafts if d.open and d.head is not None}
    labelled = {d.head for d in drafts if d.construction is Construction.LABEL}
    found: list[Draft | None] = []
    for quotation in quotes.quotations:
        start, end = document.range(quotation.outer)
        colon = start - 1
        if colon < 1 or end - start < 4 or document[colon].text != ":" or colon in labelled:
            continue
        if document[colon].sentence in cued or document[start].block - document[colon].block > 1:
            continue
        source = _introducer(document, quotes, colon)
        content = list(range(start, end))
        if source:
            found.append(
                made(document, quotes, document[colon], [colon], source, content, CueClass.ASSERTS, Construction.LABEL)
            )
    return [draft for draft in found if draft is not None]


def _introducer(document: Document, quotes: Quotes, colon: int) -> list[int]:
    """The name right before a colon, or the subject of the clause that it ends."""
    start = colon
    while start > 0 and document[start - 1].pos == "PROPN" and quotes.at[start - 1] is None:
        start -= 1
    if start < colon and document[colon - 1].dep != "dobj":  # not "Why Bell loves Norland:"
        return _desk(document, start) or list(range(start, colon))
    above = next((t for t in (document[colon], *document.ancestors(colon)) if t.pos in VERBAL), None)
    line = range(colon - 1, document.sentences[document[colon].sentence].start, -1)
    verb = above or next((document[i] for i in line if document[i].pos in VERBAL and quotes.at[i] is None), None)
    if verb is None or any(k.tag in QUESTION for k in document.kids(verb.i)):
        return []  # "On what the council should do:" heads somebody else's words
    subjects = (k for k in document.kids(verb.i) if k.dep in NOUN_SUBJECTS and k.i < colon)
    who = next((k for k in subjects if quotes.at[k.i] is None), None)
    return document.subtree((owner(document, who.i) or who).i) if who is not None else []


def _desk(document: Document, place: int) -> list[int]:
    """The person before the place of a line without a verb: "From the desk of Tom Hale, chief analyst at Halden:"."""
    line = range(document.sentences[document[place].sentence].start, place)
    people = [i for i in line if document[i].ent == "PERSON" and document[i].iob == "B"]
    placed = document[place - 1].pos == "ADP" and not any(document[i].pos in VERBAL for i in line)
    return _name_at(document, people[0]) if len(people) == 1 and placed else []


def _voice(document: Document, source: list[int]) -> list[int]:
    """Whose words a source of words is: the minister of "The minister's reply"; nobody where it does not say."""
    top = next((i for i in reversed(source) if document[i].pos in NOUNS), None)
    if top is None or document[top].lemma not in words("speech", "somebody's words"):
        return source
    whose = owner(document, top)
    return document.subtree(whose.i) if whose is not None else []


LONGEST_TAIL = 5
"""Tokens after the last colon of a headline that may name who says what stands before it."""


def _headed(document: Document, quotes: Quotes) -> Draft | None:
    """The draft of a headline that ends in its source: "Mill to close in May: owner", "Mill to close in May – study".

    A name after a dash is whose page it is.
    """
    if not document.blocks or document.kind(0) is not BlockKind.HEADLINE:
        return None
    end = next((t.i for t in document.tokens if t.block != document[0].block), len(document))
    ends = range(end - 1, max(0, end - LONGEST_TAIL - 2), -1)
    colon = next((i for i in ends if document[i].text == ":" or _is_dash(document, i)), 0)
    tail = [i for i in range(colon + 1, end) if document[i].pos != "PUNCT"]
    if not colon or not tail or any(document[i].pos in VERBAL or quotes.at[i] is not None for i in tail):
        return None
    named = document[colon].text == ":" and all(document[i].ent in ("PERSON", "ORG") for i in tail)
    label = document[tail[0]].lower in words("speech", "label")
    told = any(document[i].pos in VERBAL for i in range(colon))
    if label or not told or not (named or can_tell(document[tail[-1]])):
        return None
    content = list(range(colon))
    return made(document, quotes, document[colon], [colon], tail, content, CueClass.ASSERTS, Construction.LABEL)


def _is_dash(document: Document, i: int) -> bool:
    """Whether a dash stands between blanks."""
    apart = 0 < i < len(document) - 1 and document[i - 1].end < document[i].start < document[i + 1].start - 1
    return apart and document[i].text in ("-", "–", "—")


def _answers(
    document: Document, quotes: Quotes, first: dict[int, int], labels: Mapping[int, int]
) -> dict[int, Draft | None]:
    """By block, what is said in each turn of an interview; questions are nobody's.

    Turns open with the letters Q and A, or questions stand in paragraphs of
    their own. Answers are those of the one person who is named before the first
    turn; where several are, or nobody, no one is credited.
    """
    turns = {b: document[i].text for b, i in first.items() if _opens_turn(document, i)}
    lettered = set(turns.values()) == {"Q", "A"}
    turns = turns if lettered else _asked_and_answered(document, quotes, first)
    if not turns:
        return {}
    starts = (i for i in range(first[min(turns)]) if document[i].iob == "B" and document[i].ent == "PERSON")
    people = [_name_at(document, i) for i in starts]
    found: dict[int, Draft | None] = dict.fromkeys(turns)
    if len({document[name[-1]].lower for name in people}) != 1:
        return found
    for b in (b for b, letter in turns.items() if letter == "A"):
        end = next((first[k] for k in sorted(first) if k > b and (k in turns or b == max(turns))), len(document))
        colon = first[b] + 1 if lettered else labels.get(b, first[b] - 1)
        content = tuple(trimmed(document, range(colon + 1, end)))
        if lettered:
            cue = document[colon]
            found[b] = made(
                document, quotes, cue, [cue.i], people[0], list(content), CueClass.ASSERTS, Construction.LABEL
            )
        else:
            found[b] = Draft(None, (), tuple(people[0]), content, CueClass.ASSERTS, Construction.CONTINUED)
    return found


FEWEST_ANSWERS = 2
"""Questions in paragraphs of their own, with an answer in the first person, from which on a text is an interview."""


def _asked_and_answered(document: Document, quotes: Quotes, first: dict[int, int]) -> dict[int, str]:
    """The blocks that ask "you" something without marks, as "Q", and those behind them that answer as "I", as "A"."""
    blocks = sorted(first)
    if not blocks:
        return {}
    ends = {b: first[after] for b, after in pairwise(blocks)} | {blocks[-1]: len(document)}
    bare = {b: [document[i] for i in range(first[b], ends[b]) if quotes.at[i] is None] for b in blocks}
    asks = [b for b in blocks if bare[b] and bare[b][-1].text == "?" and any(map(is_second_person, bare[b]))]
    found: dict[int, str] = {}
    for b, after in pairwise(blocks):
        if b in asks and after not in asks and any(map(is_first_person, bare[after])):
            found |= {b: "Q", after: "A"}
    return found if len(found) >= 2 * FEWEST_ANSWERS else {}


def _opens_turn(document: Document, i: int) -> bool:
    after = document[i + 1] if i + 2 < len(document) else None
    return document[i].text in ("Q", "A") and after is not None and after.text == ":"


def _name_at(document: Document, i: int) -> list[int]:
    """The tokens of the name that begins at a token."""
    end = i + 1
    while end < len(document) and document[end].iob == "I":
        end += 1
    return list(range(i, end))
