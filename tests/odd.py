"""Oddly put sentences that notice what no other golden text does: `python tests/odd.py --minutes 20` looks for more.

Takes a sentence or two of our own texts, changes it a little as untidy news does (a word for another of its class, a
mark lost, a cut, a line run into the next, another number or name), and keeps it where a guard of `switched.py` is
noticed by it that nothing before it notices; the texts kept are changed further. What is kept goes into
`tests/golden/odd.jsonl`. It need make no sense, and nobody has looked whether what is found in it is right: it is there to be seen moving.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from typing import Any

from mutate import ROOT
from switched import Reader, shares

ODD = ROOT / "tests" / "golden" / "odd.jsonl"
LONGEST = 70
"""Words of the longest that is tried."""

MARKS = ("", ",", ";", " —", " - ", "–", ":", ".", '"', "“", "”", "’", " (", ")")
WORDS = (
    "not never also about at least former late Mr and or of in who which that percent million a year last ago earlier "
    "now the an his its their he she it they said told asked by to from with for as than more up between per every "
    "first next this on since until before after if could has been being was is do n't 's and-a-half $ £ U.S. km "
    "police minister president spokesman chief company party team & another both all no none several most"
).split()  # fmt: skip
NUMBERS = (
    "3|17|two|a dozen|1.4 million|$3bn|12%|1,200|half|2014|a third|3-1|10 to 12|twice|40,000|1990s|21st|6.30pm|£2.50|3½|0|"
    "minus 4|one in five|9/11|1/2|2014-15|12,5|3m|5 per cent|seven-year-old|a hundred|1."
).split("|")  # fmt: skip
NAMES = (
    "Anna Velde|Torben Ek|Mia Lund|Greta Falk|Bob Stone|Sir Alan Breck|Dr Paul Hagen|Eva de la Cruz|Jack Islay Jr.|Corvo Group|"
    "the Norvian Herald|Halden Foods|Lomera United|the Ministry of Works|Orsa Mining Ltd|the Greens|Norvia|Kessel|London"
).split("|")  # fmt: skip


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, roughly, and some of two."""
    for paragraph in re.split(r"\n\s*\n", text):
        several = re.split(r"(?<=[.!?”\"’])\s+(?=[A-Z“\"‘])", paragraph.strip())
        yield from several
        yield from (f"{one} {other}" for one, other in zip(several[::3], several[1::3], strict=False))


def classes() -> list[list[str]]:
    """The words of each class of the tables of words that rules of sentences read."""
    found: dict[tuple[str, str], list[str]] = {}
    for table in ("entities", "events", "figures", "grammar", "roles", "speech", "times"):
        for row in (ROOT / "data" / "lexicon" / f"{table}.tsv").read_text("utf-8").splitlines()[1:]:
            word, name, _ = row.split("\t")
            found.setdefault((table, name), []).append(word)
    cues = [row.split("\t")[0] for row in (ROOT / "data" / "cues.tsv").read_text("utf-8").splitlines()[1:]]
    units = [row.split("\t")[0] for row in (ROOT / "data" / "units.tsv").read_text("utf-8").splitlines()[1:]]
    return [*found.values(), cues, units]


class Untidy:
    """Makes texts untidy, a little at a time."""

    def __init__(self, texts: list[str], seed: int) -> None:
        self.texts, self.random, self.classes = texts, random.Random(seed), classes()
        self.alike: dict[str, list[list[str]]] = {}
        for several in self.classes:
            for word in several:
                self.alike.setdefault(word.lower(), []).append(several)

    def change(self, text: str) -> str:
        """The text, changed in one way or two."""
        ways = (self.other_word, self.other_word, self.one_more, self.one_less, self.mark, self.cut, self.join, self.splice,
                self.figure, self.name, self.shout)  # fmt: skip
        for _ in range(self.random.choice((1, 1, 1, 2, 2))):
            text = self.random.choice(ways)(text)
        return text.strip()

    def other_word(self, text: str) -> str:
        known = [m for m in re.finditer(r"[\w'’-]+(?: [\w'’-]+)?", text) if m.group().lower() in self.alike]
        if not known:
            return text
        match = self.random.choice(known)
        word = self.random.choice(self.random.choice(self.alike[match.group().lower()]))
        word = word.capitalize() if match.group()[0].isupper() else word
        return text[: match.start()] + word + text[match.end() :]

    def one_more(self, text: str) -> str:
        words = text.split(" ")
        several = WORDS if self.random.random() < 0.5 else self.random.choice(self.classes)
        words.insert(self.random.randrange(len(words) + 1), self.random.choice(several))
        return " ".join(words)

    def one_less(self, text: str) -> str:
        words = text.split(" ")
        del words[self.random.randrange(len(words))]
        return " ".join(words)

    def mark(self, text: str) -> str:
        return self._in_place(r"[,.;:'\"“”‘’()%$–—-]", MARKS, text)

    def figure(self, text: str) -> str:
        return self._in_place(r"\S*\d\S*?(?=[,.;]?(?:\s|$))", NUMBERS, text)

    def name(self, text: str) -> str:
        return self._in_place(r"(?<= )[A-Z]\w+", NAMES, text)

    def _in_place(self, pattern: str, others: Any, text: str) -> str:
        found = list(re.finditer(pattern, text))
        if not found:
            return text
        match = self.random.choice(found)
        return text[: match.start()] + self.random.choice(others) + text[match.end() :]

    def cut(self, text: str) -> str:
        words = text.split(" ")
        n = self.random.randrange(len(words))
        return " ".join(words[n:] if self.random.random() < 0.5 else words[: n + 1])

    def join(self, text: str) -> str:
        return text + self.random.choice((" ", "\n", "\n\n")) + self.random.choice(self.texts)

    def splice(self, text: str) -> str:
        words, others = text.split(" "), self.random.choice(self.texts).split(" ")
        return " ".join(words[: self.random.randrange(len(words)) + 1] + others[self.random.randrange(len(others)) :])

    def shout(self, text: str) -> str:
        return self.random.choice((str.upper, str.title))(text)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    reader = Reader()
    article = type(reader.texts()[0][0])
    for text, kinds in reader.texts():
        reader.notices(text, kinds)
    print(*(f"{room} {n / of:.1%}" for room, (n, of) in shares().items()), sep=", ", flush=True)
    untidy = Untidy([s for text, _ in reader.texts() for s in sentences(text.text)], asked.seed)
    kept: list[str] = []
    ends = time.monotonic() + 60 * asked.minutes
    with ODD.open("a", encoding="utf-8") as out:
        while time.monotonic() < ends:
            begun = kept if kept and untidy.random.random() < 0.4 else untidy.texts
            text = untidy.change(untidy.random.choice(begun))
            name = f"{asked.seed}-{len(kept) + 1}"
            if text and len(text.split()) <= LONGEST and reader.notices(article(text, path=name), reader.goldens.KINDS):
                kept.append(text)
                out.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
    print(*(f"{room} {n / of:.1%}" for room, (n, of) in shares().items()), f"{len(kept)} kept", sep=", ")


if __name__ == "__main__":
    main()
