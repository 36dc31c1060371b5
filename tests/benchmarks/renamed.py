"""Whether names of other peoples are read as well: gold articles in which every person is called otherwise.

python tests/benchmarks/renamed.py FOLDER [STYLE...]

FOLDER has newsmix's layout. Each person of an article gets a given name and a surname of one naming tradition (the gender
stays, who shares a surname still does), in the text and in the gold. Prints for each style precision, recall and F1 of
who said it, the statements that went to another name, and F1 of roles; "as is" is the text as it stands.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from kg.eval.score import at_least, gold_articles, score
from kg.records.standoff import standoff
from kg.stages.entities.names import lexicon
from kg.stages.rules import read_document, readers
from kg.text.article import Article
from kg.text.document import parse

STYLES = {
    "English": ("James Robert David Thomas Mark Peter", "Mary Susan Helen Laura Anna Alice", "Carter Bennett Hughes Walker Morris Fletcher Dawson Barnes Harper Porter Langley Reeves"),
    "hyphened": ("Jacob Iain Marcus Oliver Rhys Ben", "Hannah Chloe Naomi Zoe Clara Ella", "Lowe-Price Dale-Smith Long-Hurst Grant-Reed Ortiz-Perez Lloyd-Webb Blake-Arnold Smith-Rowe Ward-Moss Cole-Cheek Gibbs-White Hart-Lewin"),
    "Chinese": ("Wei Jian Ming Hao Jun Tao", "Li Fang Xiu Ying Mei Na", "Zhang Wang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Gao"),
    "Arabic": ("Ahmed Khalid Yousef Omar Tariq Walid", "Fatima Aisha Layla Noura Hanan Rania", "al-Masri al-Hashimi al-Shami el-Sayed al-Otaibi al-Jubouri al-Zahrani al-Tamimi al-Asadi al-Harbi al-Bakr al-Khatib"),
    "African": ("Chukwuma Kwabena Tendai Thabo Otieno Sipho", "Ngozi Amina Wanjiru Thandiwe Chipo Akosua", "Okonkwo Mensah Moyo Dlamini Odhiambo Adeyemi Kamau Nkosi Eze Asante Mutasa Ndlovu"),
    "Indian": ("Rajesh Arjun Vikram Suresh Anil Manoj", "Priya Anjali Sunita Kavita Meena Pooja", "Sharma Iyer Banerjee Reddy Mishra Yadav Nair Deshmukh Kulkarni Pillai Thakur Gowda"),
    "Slavic": ("Oleksandr Dmitry Mykola Pavel Bogdan Zoran", "Olena Natalia Iryna Oksana Jelena Ludmila", "Kovalenko Shevchuk Petrov Bondarenko Nowak Wisniewski Jovanovic Kuznetsov Tkachenko Dvorak Novotny Kaczmarek"),
    "Spanish": ("José Luis Carlos Javier Jorge Andrés", "María Carmen Lucía Rosa Elena Pilar", "García Hernández Martínez Gómez Peña Muñoz Vázquez Jiménez Castañeda Ibáñez Quiñones Beltrán"),
    "Dutch": ("Jan Pieter Willem Joost Bram Ruud", "Sanne Anneke Femke Marijke Ilse Saskia", "van_Dijk de_Vries van_den_Berg de_Jong van_der_Meer van_Rijn ten_Haaf de_Boer van_Leeuwen van_der_Linden"),
    "Turkish": ("Mehmet Mustafa Emre Hakan Kemal Orhan", "Ayşe Elif Zeynep Emine Merve Fatma", "Yılmaz Kaya Demir Şahin Çelik Aydın Öztürk Arslan Doğan Kılıç Çetin Özkan"),
}  # fmt: skip
"""Given names of men, of women, and surnames; `_` stands for a blank."""

AS_IS = "as is"


def renamed(style: str, name: str, text: str, gold: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The text and the gold of an article with its persons called otherwise; the same each time."""
    random = Random(int(sha256(name.encode()).hexdigest()[:8], 16))
    men, women, surnames = (random.sample(part.split(), len(part.split())) for part in STYLES[style])
    given: dict[str, str] = {}
    last: dict[str, str] = {}
    edits: dict[tuple[int, int], str] = {}
    for entity in gold["entities"]:
        named = [m for m in entity["mentions"] if m["kind"] == "name" and entity["type"] == "Person"]
        words = [
            w
            for w in max((m["text"] for m in named), key=len, default="").split()
            if w[0].isupper() and w.rstrip(".").lower() not in lexicon().titles
        ]
        if not words:
            continue
        last.setdefault(words[-1], surnames[len(last) % len(surnames)].replace("_", " "))
        if len(words) > 1:
            pool = women if _is_woman(words[0], text, named) else men
            given.setdefault(words[0], pool[len(given) % len(pool)])
            for match in re.finditer(r"\b" + r"\s+".join(map(re.escape, words)) + r"\b", text):
                edits[match.span()] = f"{given[words[0]]} {last[words[-1]]}"
        for mention in named:
            if mention["text"] in given:
                edits.setdefault(tuple(mention["span"]), given[mention["text"]])
    for old, new in last.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(old)}(?![\w-])", text):
            if all(match.end() <= start or match.start() >= end for start, end in edits):
                edits[match.span()] = new
    return _edited(text, gold, sorted(edits.items()))


def _is_woman(given: str, text: str, named: list[Any]) -> bool:
    gender = lexicon().given.get(given.lower())
    near = " ".join(text[m["span"][0] : m["span"][0] + 300].lower() for m in named)
    more = len(re.findall(r"\b(?:she|her)\b", near)) > len(re.findall(r"\b(?:he|his)\b", near))
    return gender == "f" or (gender != "m" and more)


def _edited(text: str, gold: dict[str, Any], edits: list[tuple[tuple[int, int], str]]) -> tuple[str, dict[str, Any]]:
    pieces, moved, at = [], [], 0
    for (start, end), new in edits:
        pieces += [text[at:start], new]
        begin = sum(map(len, pieces)) - len(new)
        moved.append((start, end, begin, begin + len(new)))
        at = end
    whole = "".join([*pieces, text[at:]])

    def place(old: int, side: int) -> int:
        shift = 0
        for start, end, begin, stop in moved:
            if old <= start:
                break
            if old < end:
                return (begin, stop)[side]
            shift = stop - end
        return old + shift

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(v) for v in value]
        if not isinstance(value, dict):
            return value
        new = {key: walk(v) for key, v in value.items()}
        if isinstance(value.get("span"), list):
            new["span"] = [place(end, side) for side, end in enumerate(value["span"])]
            new["text"] = whole[new["span"][0] : new["span"][1]]
        return new

    found = walk(gold)
    for entity in found["entities"]:
        names = [m["text"] for m in entity["mentions"] if m["kind"] == "name"]
        if names and entity["type"] == "Person":
            entity["name"] = max(names, key=len)
    return whole, found


def read(folder: Path, style: str) -> Iterator[tuple[str, Any, Any]]:
    """Text, what is found and gold of each article in a style."""
    reading = readers()
    for name, path, marked in gold_articles(folder):
        written = path.read_text(encoding="utf-8")
        text, gold = (written, marked) if style == AS_IS else renamed(style, name, written, dict(marked))
        yield text, standoff(read_document(parse(Article(text, path=name)), reading=reading)), gold


def main() -> None:
    """Print a line a style."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("styles", nargs="*", default=[AS_IS, *STYLES])
    given = arguments.parse_args()
    for style in given.styles:
        pairs = list(read(given.folder, style))
        scores, least = score(pairs), at_least(0, pairs)
        said = scores["who-said"]
        print(
            f"{style:9s} who-said {said.precision:5.1f} {said.recall:5.1f} {said.f1:5.1f}  misnamed {least.misnamed} of "
            f"{least.said.found}  role {scores['role'].f1:5.1f} with organisation {scores['role+org'].f1:5.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
