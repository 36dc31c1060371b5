"""What the rules find in whole articles, as files to compare with: `python tests/goldens.py --write` makes them anew.

A line a record, in the order of the text. A record quotes its words and calls
others by name, not by number: one entity more changes one line, not all that
follow it. The probability of a statement is left out: it is learnt, moves with
every training, and its last digits differ between processors.

The sentences of the gold's cases are there too, of the small pipeline: a case
asserts what its rule is for, the golden line shows what else moved. Statements
and topics are left out of those; what is said there, and in the articles, is
in a file of its own as `--fast` reads it, so that no training moves it. So is
all that is found in invented reports of many kinds and in oddly put sentences
(`tests/golden/odd.jsonl`): nobody has looked whether it is right, it is there to
be seen moving.

What the encoder computes differs between kinds of processors, in the last
digits, and a statement that nearly stood or nearly fell may do the other on
yours: `processor.txt` says what it computes where the files were written. On
another processor a few lines may differ, but for those of the grammar alone.

Of the five sample articles one is also there as the N-Quads that a build
stores; all five would be 0.8 MB that nobody reads, so of each other there is
a digest.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg import Article, Extraction, read, standoff
from kg.rdf.write import quads
from kg.stages.rules import read_document, readers
from kg.text.document import MODELS, Document, parse
from kg.training.written import written

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {name: ROOT / "tests" / "golden" / name for name in MODELS}
SMALL = "en_core_web_sm"
WHOLE = "2015-12-16-photographs"
"""The sample article whose N-Quads are kept whole."""

KINDS = ("entities", "attributions", "figures", "roles", "times", "events", "relations", "topics")

FAST = "fast.jsonl"
"""The golden file of what the grammar alone finds."""

ELSEWHERE = 0.05
"""Share of a file's lines that may differ on a processor of another kind; one statement is a dozen N-Quads of 664."""

SENTENCES = "attribution entities figures relations roles sources times".split()
"""The files of cases under data/gold/ whose texts are parsed."""

Json = dict[str, Any]


@lru_cache(maxsize=1)
def articles() -> dict[str, tuple[Article, ...]]:
    """The articles by set: the samples that ship, the reports of the newsroom, the articles of many regions."""
    samples = sorted((ROOT / "data" / "articles").glob("*.txt"))
    found = {"samples": tuple(replace(read(str(path)), path=path.name) for path in samples)}
    for name in ("newsroom", "articles"):
        cases = [
            json.loads(line) for line in (ROOT / "data" / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines()
        ]
        found[name] = tuple(
            Article(c["text"], published=date.fromisoformat(c["published"]), path=c["id"]) for c in cases
        )
    return found


@lru_cache(maxsize=1)
def sentences() -> dict[Article, None]:
    """The texts of the cases, each once."""
    return _texts(*SENTENCES)


@lru_cache(maxsize=1)
def reports() -> dict[Article, None]:
    """Invented news of many kinds and oddly put sentences, read by the grammar alone."""
    news = {Article(article.text, path=article.name): None for article in written(ROOT / "data" / "written")}
    return _texts("reports") | _texts("odd", folder="tests/golden") | news


@lru_cache(maxsize=1)
def read_fast() -> dict[Article, None]:
    """The texts that the grammar alone reads."""
    whole = (a for several in articles().values() for a in several)
    return dict.fromkeys((*sentences(), *_texts("layouts", "relays"), *whole, *reports()))


def _texts(*names: str, folder: str = "data/gold") -> dict[Article, None]:
    found: dict[tuple[str, str | None], Article] = {}
    for name in names:
        for line in (ROOT / folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            case = json.loads(line)
            day = case.get("published")
            article = Article(
                case["text"], published=date.fromisoformat(day) if day else None, path=f"{name}/{case['id']}"
            )
            found.setdefault((case["text"], day), article)
    return dict.fromkeys(found.values())


@lru_cache(maxsize=4096)
def parsed(article: Article, model: str) -> Document:
    """An article's parse, which is read with the encoder and without."""
    return parse(article, model)


@lru_cache(maxsize=4096)
def extracted(article: Article, model: str) -> Extraction:
    return read_document(parsed(article, model))


def fast(article: Article, extraction: Extraction) -> list[str]:
    """The lines of a report; of another text those of its statements, after its own; none where there are none."""
    own, *rest = lines(extraction)
    found = rest if article in reports() else [line for line in rest if line.startswith('{"is": "attributions"')]
    return [own, *found] if found else []


@lru_cache(maxsize=32)
def golden(model: str, name: str) -> str:
    """What a golden file of a pipeline would hold now."""
    if name == FAST:
        found = ((a, read_document(parsed(a, model), reading=readers(fast=True))) for a in read_fast())
        return "".join(f"{line}\n" for a, e in found for line in fast(a, e))
    if name == "cases.jsonl":
        return "".join(f"{line}\n" for a in sentences() for line in kept(a, extracted(a, model)))
    if name.endswith(".jsonl"):
        several = articles()[Path(name).stem]
        return "".join(f"{line}\n" for a in several for line in lines(extracted(a, model)))
    samples = {Path(a.path or "").stem: extracted(a, model) for a in articles()["samples"]}
    if name.endswith(".nq"):
        return nquads(samples[Path(name).stem])
    digests = {one: hashlib.sha256(nquads(e).encode()).hexdigest() for one, e in samples.items() if one != WHOLE}
    return "".join(f"{digest}  {one}.nq\n" for one, digest in digests.items())


def kept(article: Article, extraction: Extraction) -> list[str]:
    """The lines of an article that are kept: of a case all but statements and topics."""
    dropped = ('{"is": "attributions"', '{"is": "topics"') if article in sentences() else ()
    return [line for line in lines(extraction) if not line.startswith(dropped)]


def names(model: str) -> tuple[str, ...]:
    """The golden files of a pipeline."""
    several = ("samples.jsonl", "newsroom.jsonl", "articles.jsonl", f"{WHOLE}.nq", "nquads.sha256")
    return (*several, "cases.jsonl", FAST) if model == SMALL else several


def nquads(extraction: Extraction) -> str:
    """An article's N-Quads, without the learnt probabilities."""
    return "".join(f"{line}\n" for line in quads(extraction) if "#confidence> " not in line)


def lines(extraction: Extraction) -> Iterator[str]:
    """A line for the article, and one for each record."""
    found = standoff(extraction)
    problems = {"problems": list(extraction.problems)} if extraction.problems else {}
    yield json.dumps({"article": found["doc"].removesuffix(".txt"), **problems}, ensure_ascii=False)
    text = extraction.article.text
    refer = _names(found, text)
    for kind in KINDS[:-1]:
        for record in found[kind]:
            row = {key: _plain(key, value, text, refer) for key, value in record.items() if key != "id"}
            if kind in ("attributions", "figures"):
                del row["confidence"]
            row = {key: value for key, value in row.items() if value not in (None, False, [], {})}
            yield json.dumps({"is": kind, **row}, ensure_ascii=False)
    for topic in extraction.topics:
        row = {"label": topic.label, "lemma": topic.lemma, "said": [refer[a] for a in topic.attributions]}
        yield json.dumps({"is": "topics", **row}, ensure_ascii=False)


def _names(found: Json, text: str) -> dict[str, str]:
    """What each entity and statement is called in the lines: an entity by its name, a statement by where its cue stands."""
    names: dict[str, str] = {}
    taken: dict[str, int] = {}
    for entity in found["entities"]:
        taken[entity["name"]] = n = taken.get(entity["name"], 0) + 1
        names[entity["id"]] = entity["name"] if n == 1 else f"{entity['name']} #{n}"
    for said in found["attributions"]:
        start, end = (said["cue"] or said["content"])[0]
        names[said["id"]] = f"{text[start:end] if said['cue'] else 'cueless'} at {start}"
    return names


def _plain(key: str, value: Any, text: str, refer: dict[str, str]) -> Any:
    """A field with its words in place of offsets alone, and names in place of ids."""
    if key == "mentions":
        return [f"{start} {text[start:end]}" + ("" if kind == "name" else f" ({kind})") for start, end, kind in value]
    if isinstance(value, dict):
        return {k: v for k, x in value.items() if (v := _plain(k, x, text, refer)) not in (None, [])}
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(x, int) for x in value):
            return f"{value[0]} {_short(text[value[0] : value[1]])}"
        return [_plain(key, x, text, refer) for x in value]
    ids = (
        "entity",
        "holder",
        "organization",
        "place",
        "subject",
        "object",
        "via",
        "parent",
        "attribution",
        "reporters",
        "joint",
    )
    return refer[value] if key in ids and value is not None else value


def _short(words: str) -> str:
    """Words to recognise a span by, and its length where some are left out."""
    return words if len(words) <= 60 else f"{words[:32]} [{len(words)}] {words[-20:]}"


def installed() -> list[str]:
    """The pipelines that can be loaded here."""
    return [name for name, places in MODELS.items() if any(find_spec(place.partition("/")[0]) for place in places)]


def difference(model: str, name: str) -> str:
    """How what is found now differs from a golden file, as a diff; empty where it does not."""
    path = FOLDERS[model] / name
    before = path.read_text("utf-8") if path.exists() else ""
    now = golden(model, name)
    return "\n".join(
        difflib.unified_diff(before.splitlines(), now.splitlines(), f"{model}/{name}", "now", lineterm="", n=1)
    )


def computed() -> str:
    """What the encoder computes of a sample here, as a digest; the same on processors of one kind."""
    bench = readers().bench
    if bench is None:
        return "nothing"
    return hashlib.sha256(bench.look(parse(articles()["samples"][0], SMALL)).vectors.tobytes()).hexdigest()


def is_written_here(model: str) -> bool:
    """Whether the files of a pipeline were written on a processor of this kind."""
    path = FOLDERS[model] / "processor.txt"
    return path.exists() and path.read_text("utf-8").strip() == computed()


def moved(told: str, model: str, name: str) -> float:
    """The share of a golden file's lines that a difference takes out or brings in, whichever are more."""
    lost = sum(line.startswith("-") for line in told.splitlines()[2:])
    came = sum(line.startswith("+") for line in told.splitlines()[2:])
    return max(lost, came) / len((FOLDERS[model] / name).read_text("utf-8").splitlines())


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write the files of every pipeline installed here")
    options.add_argument("--model", action="append", choices=list(MODELS), help="of this pipeline only")
    asked = options.parse_args()
    several = [(model, name) for model in asked.model or installed() for name in names(model)]
    told = {(model, name): difference(model, name) for model, name in several}
    print("\n".join(filter(None, told.values())))
    if asked.write:
        for model, name in several:
            FOLDERS[model].mkdir(parents=True, exist_ok=True)
            (FOLDERS[model] / name).write_text(golden(model, name), "utf-8")
            (FOLDERS[model] / "processor.txt").write_text(f"{computed()}\n", "utf-8")
    return int(not asked.write and any(told.values()))


if __name__ == "__main__":
    sys.exit(main())
