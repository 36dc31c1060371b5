"""Words that no cue introduces: quotations that go on in a paragraph of their own, block quotations without marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...language.syntax import child
from ...text.blocks import BlockKind
from ...text.document import Document
from .beats import beat_source
from .constructions import Construction, block_ranges, trimmed
from .cues import ATTITUDES, CueClass
from .drafts import Draft
from .nouns import is_first_person, is_second_person
from .ownership import whole


def uncued(document: Document, quotes: Quotes, drafts: list[Draft], *, joined: bool) -> list[Draft]:
    """The drafts, with the words that no cue introduces: added to a statement, or as drafts without cue and source.

    A quotation in a paragraph of its own goes on with the one that ends the
    paragraph before. With `joined`, it is added to whatever statement the
    paragraph before holds, and block quotations without marks are left out.
    """
    result, spoken = _joined(document, quotes, drafts, _quoted_blocks(document, quotes, drafts), anyhow=joined)
    if joined:
        return result
    marked = _marked_blocks(document, quotes, result)
    result += marked
    done = {document[s[0]].block for s in spoken} | {document[d.content[0]].block for d in marked}
    spoken += _quoted_sentences(document, quotes, result, done)
    spoken += _plain_blocks(document, quotes, result, {document[s[0]].block for s in spoken})
    return result + [
        Draft(None, (), tuple(who), tuple(trimmed(document, tokens)), CueClass.ASSERTS, Construction.CONTINUED)
        for tokens in spoken
        if any(document[i].text.isalpha() for i in tokens)
        for who in [beat_source(document, quotes, tokens)]
    ]


def quoted_apart(document: Document, quotes: Quotes, found: Sequence[tuple[Draft, float]]) -> list[tuple[Draft, float]]:
    """Drafts with whole sentences quoted behind words of the source's own apart, as statements without a cue.

    "She said it was late. “We all went home.”" are two statements of one speaker.
    """
    result: list[tuple[Draft, float]] = []
    for draft, sure in found:
        n = _quoted_from(document, quotes, draft)
        if n:
            rest = Draft(None, (), draft.source, draft.content[n:], CueClass.ASSERTS, Construction.CONTINUED)
            result.append((replace(draft, content=draft.content[:n]), sure))
            result.append((rest, sure))
        else:
            result.append((draft, sure))
    return result


def _quoted_from(document: Document, quotes: Quotes, draft: Draft) -> int:
    """Where in a content the first word is that opens a quoted sentence behind others without marks; 0 if nowhere."""
    n = next((n for n, i in enumerate(draft.content) if quotes.at[i] is not None), 0)
    q = quotes.at[draft.content[n]]
    if draft.head is None or q is None or draft.content[n] < draft.head:
        return 0
    start, end = document.range(quotes.quotations[q].outer)
    stops = document[start - 1].text.endswith((".", "!", "?"))
    return n if draft.content[n] <= start + 1 and stops and whole(document, quotes, start, end) else 0


def going_on(document: Document, quotes: Quotes, found: Sequence[tuple[Draft, float]]) -> list[tuple[Draft, float]]:
    """Drafts in the order of the text, each with its confidence; a quotation that goes on right after another joins it.

    Nothing but marks stands between the two: a speaker whom the second does
    not name is that of the first, in one statement.
    """
    kept: list[tuple[Draft, float]] = []
    owner: dict[int, int] = {}
    for draft, sure in found:
        n = owner.get(_before(document, draft)) if _is_carried_on(quotes, draft) else None
        if n is None:
            n = len(kept)
            kept.append((draft, sure))
        else:
            before, likely = kept[n]
            kept[n] = replace(before, content=tuple(sorted({*before.content, *draft.content}))), likely
        whole = kept[n][0]
        if quotes.at[whole.content[-1]] is not None:
            for i in (*whole.content, *whole.cue, *whole.source):
                owner.setdefault(i, n)
    return kept


_OPINION = 0.3
"""Share of paragraphs in the first person from which on the author speaks as "I" or "we", and nobody else."""


def _is_carried_on(quotes: Quotes, draft: Draft) -> bool:
    """Whether a draft is a quotation without cue and source."""
    return draft.construction is Construction.CONTINUED and not draft.source and quotes.at[draft.content[0]] is not None


def _before(document: Document, draft: Draft) -> int:
    """The last word before a draft's content, marks and line breaks passed over; -1 if there is none."""
    i = draft.content[0] - 1
    while i >= 0 and document[i].pos in ("PUNCT", "SPACE"):
        i -= 1
    return i


def _quoted_sentences(document: Document, quotes: Quotes, drafts: list[Draft], done: set[int]) -> list[list[int]]:
    """The tokens of quotations of one or more whole sentences inside a paragraph that no statement holds."""
    owned = _owned_from_outside(document, quotes, drafts)
    found = []
    for quotation in quotes.quotations:
        start, end = document.range(quotation.outer)
        if document[start].block in done or not _is_prose(document, start):
            continue
        introduced = end - start >= 8 and start > 0 and document[start - 1].text in (",", ":")
        if not any(i in owned for i in range(start, end)) and (introduced or whole(document, quotes, start, end)):
            found.append(list(range(start, end)))
    return found


def _is_prose(document: Document, i: int) -> bool:
    """Whether a token stands in a paragraph, or in a headline of more than one sentence, which is none."""
    kind = document.kind(i)
    if kind is not BlockKind.HEADLINE:
        return kind is BlockKind.PARAGRAPH
    first, last = document.range(document.blocks[document[i].block].span)
    return any(document[k].sentence != document[i].sentence for k in range(first, last))


def _marked_blocks(document: Document, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """A draft for each paragraph that ">" marks as a quotation, as mail and Markdown do.

    Its source is whoever the paragraph before ends with: "the minister issued a
    statement", "Hill wrote:"; otherwise the speaker before goes on.
    """
    if not any(document.text.startswith(">", block.span.start) for block in document.blocks):
        return []
    owned = {i for draft in drafts for i in draft.content}
    ranges = block_ranges(document)
    found: list[Draft] = []
    last = -2
    for b, (start, end) in enumerate(ranges):
        if start == end or document[start].text != ">" or any(i in owned for i in range(start, end)):
            continue
        content = tuple(trimmed(document, (i for i in range(start, end) if document[i].text != ">")))
        if not any(document[i].text.isalpha() for i in content):
            continue
        if found and last == b - 1:
            found[-1] = replace(found[-1], content=(*found[-1].content, *content))
            last = b
            continue
        last = b
        verb, source = _writer(document, ranges[b - 1]) if b else (None, [])
        if verb is not None:
            found.append(Draft(verb, (verb,), tuple(source), content, CueClass.ASSERTS, Construction.QUOTATION))
        else:
            found.append(Draft(None, (), (), content, CueClass.ASSERTS, Construction.CONTINUED))
    return found


def _writer(document: Document, block: tuple[int, int]) -> tuple[int | None, list[int]]:
    """The verb that ends a paragraph with what somebody wrote, issued or said next, and its subject."""
    start, end = block
    if start == end:
        return None, []
    sentence = document.sentences[document[end - 1].sentence]
    papers = words("grammar", "paper")
    told = document[end - 1].text == ":" or any(document[i].lower in papers for i in range(sentence.start, end))
    for i in range(sentence.start, end):
        if told and document[i].dep == "ROOT":
            subject = child(document, i, "nsubj")
            if subject is not None:
                return i, trimmed(document, document.subtree(subject.i))
    return None, []


def _owned_from_outside(document: Document, quotes: Quotes, drafts: list[Draft]) -> set[int]:
    """The words in contents, but for what somebody tells of within a quotation: "“The survey shows that it works.”"."""
    return {
        i
        for draft in drafts
        for i in draft.content
        if draft.head is None
        or draft.construction is Construction.LABEL
        or quotes.at[draft.head] is None
        or quotes.at[draft.head] != quotes.at[i]
    }


def _quoted_blocks(document: Document, quotes: Quotes, drafts: list[Draft]) -> list[list[int]]:
    """The tokens of each paragraph that is a quotation and nothing else, and belongs to no draft yet."""
    owned = _owned_from_outside(document, quotes, drafts)
    found: list[list[int]] = []
    for start, end in block_ranges(document):
        words = [i for i in range(start, end) if document[i].pos not in ("PUNCT", "SPACE")]
        if len(words) < 4 or document.kind(start) in (BlockKind.HEADLINE, BlockKind.SUBHEAD):
            continue
        if all(quotes.at[i] is not None for i in words) and not any(i in owned for i in words):
            found.append(list(range(start, end)))
    return found


def _is_quoted_first(quotes: Quotes, draft: Draft) -> bool:
    """Whether a statement with a cue begins with quoted words."""
    return bool(draft.content) and draft.head is not None and quotes.at[draft.content[0]] is not None


def _is_open(quotes: Quotes, tokens: Sequence[int]) -> bool:
    """Whether a quotation is not closed at the end of its paragraph: the next goes on with it."""
    q = quotes.at[tokens[-1]]
    return q is not None and not quotes.quotations[q].closed


def _joined(
    document: Document, quotes: Quotes, drafts: list[Draft], spoken: list[list[int]], *, anyhow: bool
) -> tuple[list[Draft], list[list[int]]]:
    """The drafts with the quoted paragraphs that go on with one of them; and those that do not."""
    result = list(drafts)
    last: dict[int, tuple[int, int, int]] = {}
    for n, draft in enumerate(drafts):
        if draft.content and draft.head is not None and draft.cls not in ATTITUDES:
            block = document[draft.content[-1]].block
            last[block] = max(last.get(block, (-1, 0, -1)), (draft.content[-1], len(draft.content), n))
    quoted = [(n, d) for n, d in enumerate(drafts) if _is_quoted_first(quotes, d)]
    opens = {document[d.content[0]].block: n for n, d in reversed(quoted)}
    apart: list[list[int]] = []
    for tokens in reversed(spoken):
        block = document[tokens[0]].block
        n = opens.get(block + 1, -1)
        if n >= 0 and _is_open(quotes, tokens) and not anyhow:
            result[n] = replace(result[n], content=tuple(sorted({*result[n].content, *tokens})))
            opens[block] = n
    taken = {i for draft in result for i in draft.content}
    for tokens in spoken:
        if tokens[0] in taken:
            continue
        block = document[tokens[0]].block
        end, _, n = last.get(block - 1, (-1, 0, -1))
        if n < 0 or not (anyhow or (quotes.at[end] is not None and tokens[0] - end <= 8)):
            apart.append(tokens)
            continue
        result[n] = replace(result[n], content=tuple(sorted({*result[n].content, *tokens})))
        last[block] = (tokens[-1], len(result[n].content), n)
    return result, apart


def _plain_blocks(document: Document, quotes: Quotes, drafts: list[Draft], spoken: set[int]) -> list[list[int]]:
    """Paragraphs that a speaker before them must have said: in the first person, or urging on from one that is.

    Not one that turns to the reader: "Sign up, we will send you our best".
    """
    ranges = block_ranges(document)
    cued = {document[i].block for draft in drafts for i in (*draft.cue, *draft.content)}
    told = {document[d.head].block for d in drafts if d.head is not None and d.source and d.cls is CueClass.ASSERTS}
    paragraphs = [b for b, (s, e) in enumerate(ranges) if s < e and document.kind(s) is BlockKind.PARAGRAPH]
    personal = {b for b in paragraphs if _is_personal(document, quotes, ranges[b])}
    if not paragraphs or len(personal - cued) > _OPINION * len(paragraphs):
        return []
    found: list[list[int]] = []
    last = -2
    for b in paragraphs:
        if b in cued or b in spoken:
            continue
        if last == b - 1 and (b in personal or _urges(document, ranges[b])):
            found[-1] += range(*ranges[b])
        elif b in personal and (b - 1 in told or b - 1 in spoken):
            found.append(list(range(*ranges[b])))
        else:
            continue
        last = b
    return found


def _is_personal(document: Document, quotes: Quotes, block: tuple[int, int]) -> bool:
    bare = [document[i] for i in range(*block) if quotes.at[i] is None]
    return any(map(is_first_person, bare)) and not any(map(is_second_person, bare))


def _urges(document: Document, block: tuple[int, int]) -> bool:
    """Whether a paragraph says what must be done and tells of nothing that happened."""
    tokens = [document[i] for i in range(*block)]
    return any(t.lower in words("speech", "urging") for t in tokens) and not any(t.tag == "VBD" for t in tokens)
