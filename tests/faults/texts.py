"""Texts as long as one article may be, each made to hurt: printed as CPU seconds and megabytes, one a process."""

from __future__ import annotations

import random
import resource
import sys
import time

from kg.reading import LONGEST

_WORDS = "officials said the report killed 40 people in the town near Paris on Friday but Mr Brown denied it".split()


def prose(n: int) -> str:
    chosen = random.Random(1)
    return " ".join(
        (chosen.choice(_WORDS) + (". The" if k % 17 == 16 else "") + ("\n\n" if k % 90 == 89 else ""))
        for k in range(n // 4)
    )[:n]


TEXTS = {
    "prose": prose(LONGEST),
    "one sentence": " ".join(_WORDS * (LONGEST // 90))[:LONGEST],
    "quotes": ('"' * LONGEST),
    "curly quotes": ("“" * (LONGEST // 2) + "”" * (LONGEST // 2)),
    "spaced quotes": '" ' * (LONGEST // 2),
    "parentheses": "(" * (LONGEST // 2) + ")" * (LONGEST // 2),
    "spaced parentheses": "( " * (LONGEST // 2),
    "digits": "7" * LONGEST,
    "spaced digits": "7 " * (LONGEST // 2),
    "commas": "1,000,000, " * (LONGEST // 11),
    "one word": "a" * LONGEST,
    "names": "Ada Brown and " * (LONGEST // 14),
    "said": "said " * (LONGEST // 5),
    "he said": "“No,” he said. " * (LONGEST // 15),
    "lines": "a\n" * (LONGEST // 2),
    "blank lines": "said he.\n\n" * (LONGEST // 10),
    "spaces": "x" + " " * (LONGEST - 2) + "x",
    "dots": "." * LONGEST,
    "dashes": "- " * (LONGEST // 2),
    "combining": "e" + "\u0301" * (LONGEST - 1),
    "dates": "12 May 2017 to 13 June 2018, " * (LONGEST // 29),
    "numbers in words": "one hundred and twenty-three thousand " * (LONGEST // 38),
    "per cent": "40 to 60 per cent of " * (LONGEST // 21),
    "ministers": "minister of the interior of " * (LONGEST // 28),
    "capitals": "THE MINISTER SAID " * (LONGEST // 18),
    "URLs": "https://a.example/b?c=d " * (LONGEST // 24),
    "emoji": "👩‍👩‍👧‍👦" * (LONGEST // 11),
    "control": "a\x01\x02\x7f " * (LONGEST // 5),
}


def main() -> None:
    from kg.build.limits import ArticleLimits, within
    from kg.errors import OverLimit
    from kg.rdf.write import quads
    from kg.stages.rules import extract
    from kg.text.article import Article

    extract(Article("Ada Brown said on Friday that 40 people were killed."))
    text = TEXTS[sys.argv[1]]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found: object
    begun = time.process_time()
    try:
        found = len(quads(within(ArticleLimits(), lambda: extract(Article(text)))))
    except OverLimit as error:
        found = str(error)
    used = time.process_time() - begun
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{used:.1f} {more / 1024:.0f} {found}")


if __name__ == "__main__":
    main()
