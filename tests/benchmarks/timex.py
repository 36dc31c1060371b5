"""Time expressions in narratives (WikiWars, Mazur and Dale, EMNLP 2010), as TempEval counts them.

usage: timex.py FOLDER [--model NAME]

FOLDER holds `score_timex.py` and, in `wikiwars/`, the articles (a copy is in the project's shared data). They have no
date of their own that a reader would go by, so none is given.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.stages.times import find_times
from kg.text.article import Article
from kg.text.document import parse


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model")
    given = parser.parse_args()
    scorer = [sys.executable, str(given.folder / "score_timex.py"), "--gold", str(given.folder / "wikiwars")]
    with tempfile.TemporaryDirectory() as folder:
        texts, predicted = Path(folder) / "texts.jsonl", Path(folder) / "predicted.jsonl"
        subprocess.run([*scorer, "--export", str(texts)], check=True, capture_output=True)
        with predicted.open("w", encoding="utf-8") as file:
            for line in texts.read_text(encoding="utf-8").splitlines():
                one = json.loads(line)
                times = [
                    {"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value}
                    for t in find_times(parse(Article(one["text"]), given.model))
                ]
                file.write(json.dumps({"doc": one["doc"], "timexes": times}) + "\n")
        subprocess.run([*scorer, "--pred", str(predicted)], check=True)


if __name__ == "__main__":
    main()
