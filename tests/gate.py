"""The pinned scores: measured on gold that lies beside the checkout, never to fall unnoticed.

python tests/gate.py                      print each score beside its pin; exit 1 if one is lower
python tests/gate.py --pin                raise the pins to what is measured now
python tests/gate.py --pin --lower WHY    lower them too; the reason is kept in the file
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from kg.eval.score import gold_articles, score
from kg.reading import read
from kg.records.standoff import standoff
from kg.stages.rules import extract
from kg.text.article import Article
from kg.text.document import default_model

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
BASELINE = ROOT / "data" / "baseline.json"


def wikinews(model: str | None = None) -> dict[str, float]:
    """F1 (recall for `recall of ...`) by measure on the twelve Wikinews articles."""
    pairs = []
    for _, file, gold in gold_articles(EVAL / "wikinews"):
        article = read(file)
        pairs.append((article.text, standoff(extract(article, model)), gold))
    return {name: round(s.f1, 1) for name, s in score(pairs).items()}


def polnear(model: str | None = None) -> dict[str, float]:
    """Attribution F1 on PolNeAR's development articles, by the scorer that lies with them."""
    from kg.stages.attribution import find_attributions
    from kg.stages.rules import readers
    from kg.text.document import parse

    bench = readers().bench
    texts = sorted((EVAL / "polnear" / "data" / "dev" / "text").glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        predictions, numbers = Path(folder) / "pred.jsonl", Path(folder) / "numbers.json"
        with predictions.open("w", encoding="utf-8") as out:
            for file in texts:
                with file.open(encoding="utf-8", newline="") as text:
                    document = parse(Article(text.read()), model)
                # PolNeAR counts what people hope and plan, and no attribution inside another's content.
                found = [a for a in find_attributions(document, attitudes=True, bench=bench) if a.parent is None]
                spans = [
                    {role: [[s.start, s.end] for s in getattr(a, role)] for role in ("source", "cue", "content")}
                    for a in found
                ]
                out.write(json.dumps({"doc": file.stem, "attributions": spans}) + "\n")
        command = [sys.executable, str(EVAL / "attribeval.py"), "score", "--polnear", str(EVAL / "polnear")]
        command += ["--split", "dev", "--pred", str(predictions), "--json", str(numbers)]
        command += ["--speech-words", str(EVAL / "speech_words.txt")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        slices: dict[str, Any] = json.loads(numbers.read_text())["slices"]
    return {
        name: round(100 * slices[name]["attribution"]["f1"], 1) for name in ("all", "speech cue", "direct", "indirect")
    }


def measure(model: str | None = None) -> dict[str, dict[str, float]]:
    """Every pinned measure, by data set."""
    return {"wikinews": wikinews(model), "polnear-dev": polnear(model)}


def digest() -> str:
    """SHA-256 over the gold that the pins refer to: other gold, other pins."""
    files = sorted((EVAL / "wikinews" / "gold").glob("*.json"))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()


def main() -> int:
    """Measure, compare, pin; 1 if a score is below its pin."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model")
    arguments.add_argument("--pin", action="store_true")
    arguments.add_argument("--lower", metavar="WHY")
    asked = arguments.parse_args()
    pinned = json.loads(BASELINE.read_text()) if BASELINE.exists() else {"scores": {}}
    now, fell = measure(asked.model), 0
    for data, scores in now.items():
        for name, value in scores.items():
            pin = pinned["scores"].get(data, {}).get(name)
            low = pin is not None and value < pin
            fell += low
            print(f"{data:12s} {name:28s} {value:5.1f}   pinned {pin}{'   FELL' if low else ''}")
            if pin is not None and low and not asked.lower:
                scores[name] = pin
    if asked.pin:
        record = {"model": asked.model or default_model(), "gold": digest(), "scores": now}
        if asked.lower:
            record["lowered because"] = asked.lower
        BASELINE.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")
    return 1 if fell and not (asked.pin and asked.lower) else 0


if __name__ == "__main__":
    sys.exit(main())
