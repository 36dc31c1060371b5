"""How the time of reading grows with the text, on texts made to break it: CPU milliseconds a kB at three lengths.

python tests/benchmarks/linear.py [--model M] [--sizes 10 100 1000] [--only KIND]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from kg.stages.rules import read_document
from kg.text.article import Article
from kg.text.blocks import find_blocks
from kg.text.document import Document, Sentence, Token, _pieces, _read_tokens, _words, parse
from kg.text.parser import analyses, default_model

KB = 1000
PARSED = 100
"""Texts of more kB are parsed piece by piece, equal pieces once: the parse alone of 1 MB takes a minute or two."""

PARAGRAPH = (
    "The minister said on Monday that 12 people had died in the floods, up from 7 a week earlier. “We lost everything,” "
    "said Jo Hill, a farmer near Springfield, who has asked the government for $5 million."
)

KINDS: dict[str, Callable[[int], str]] = {
    "ordinary": lambda n: repeated(PARAGRAPH + "\n\n", n),
    "only straight marks": lambda n: '"' * n,
    "only opening marks": lambda n: "“" * n,
    "only apostrophes": lambda n: "'" * n,
    "unbalanced": lambda n: repeated("“He said “no and left. She said ”yes“ to him.” ", n),
    "unbalanced, paragraphs": lambda n: repeated("“He said no and left.\n\nShe said “yes to all of them.\n\n", n),
    "nested": lambda n: repeated("“He said ‘she told me “never” twice’ to us,” said Hill. ", n),
    "nested, never closed": lambda n: repeated("“He said ‘she told me “it was ‘never’ so, ", n),
    "apostrophes": lambda n: repeated("It's the boys' club of '98, rock 'n' roll, 'til dawn, they've said. ", n),
    "guillemets": lambda n: repeated("«We go», said Hill. « Non », il dit. ‹So› it is said, «and so. ", n),
    "across paragraphs": lambda n: repeated("“We lost the house and the farm.\n\n", n),
    "capitals": lambda n: repeated(PARAGRAPH.upper() + "\n\n", n),
    "transcript": lambda n: repeated("PENCE: We said no.\n\nKAINE: He said 12 people said so. Did he?\n\n", n),
    "one sentence": lambda n: repeated("he said that she said that ", n),
    "numbers": lambda n: repeated("12,000 to 15,000 of 3 million, 5 percent, two and a half, ", n),
    "names": lambda n: repeated("Jo Hill of Acme Corp., Ann Lee of Acme Corp. and Max Roe, ", n),
    "no white space": lambda n: "a,b." * (n // 4),
}


def repeated(text: str, size: int) -> str:
    """The text again and again, cut at `size` characters."""
    return (text * (size // len(text) + 1))[:size]


def pieced(article: Article, model: str) -> Document:
    """The article as `kg.text.document.parse` makes it, but equal pieces are parsed once."""
    blocks = find_blocks(article)
    pieces = [piece for b, block in enumerate(blocks) for piece in _pieces(article.text, b, block)]
    texts = list(dict.fromkeys(piece.text for piece in pieces))
    known = dict(zip(texts, analyses(model, texts), strict=True))
    rows: list[Token] = []
    sentences: list[Sentence] = []
    for piece in pieces:
        found = known[piece.text]
        _read_tokens(piece, found, _words(found), rows, sentences)
    return Document(article, tuple(rows), tuple(sentences), blocks, model)


def measured(text: str, model: str) -> tuple[int, float | None, float]:
    """Tokens; CPU seconds of the parse, None if equal pieces were parsed once; those of everything after it."""
    start = time.process_time()
    whole = len(text) <= PARSED * KB
    document = parse(Article(text), model) if whole else pieced(Article(text), model)
    parsed = time.process_time() - start
    start = time.process_time()
    read_document(document)
    return len(document), parsed if whole else None, time.process_time() - start


def main() -> None:
    """Print a line a kind: milliseconds a kB of everything after the parse, and with the parse."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", default=default_model())
    arguments.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000], help="kB")
    arguments.add_argument("--only")
    asked = arguments.parse_args()
    read_document(parse(Article(PARAGRAPH), asked.model))
    print("CPU ms a kB after the parse (with the parse); `x` the growth of the first from size to size")
    for kind, text in KINDS.items():
        if asked.only not in (None, kind):
            continue
        cells, before = [], None
        for size in asked.sizes:
            tokens, parsed, spent = measured(text(size * KB), asked.model)
            each = 1000 * spent / size
            growth = f" x{each / before:.1f}" if before else ""
            with_parse = f" ({1000 * (spent + parsed) / size:.1f})" if parsed is not None else ""
            cells.append(f"{size} kB, {tokens} tokens: {each:6.2f}{growth}{with_parse}")
            before = each
        print(f"{kind:24s} " + "   ".join(cells), flush=True)


if __name__ == "__main__":
    main()
