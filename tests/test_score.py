import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.eval.score import Score, at_least, gold_articles, peers, score

TEXT = "Ada Brown said ten people died. Bo denied it."
GOLD = {
    "entities": [
        {
            "id": "e1",
            "type": "Person",
            "name": "Ada Brown",
            "mentions": [{"text": "Ada Brown", "kind": "name", "span": [0, 9]}],
        }
    ],
    "statements": [
        {"id": "s1", "source": ["e1"], "kind": "indirect", "content": [{"text": "ten people died", "span": [15, 30]}]}
    ],
    "figures": [
        {
            "id": "f1",
            "text": {"text": "ten", "span": [15, 18]},
            "value": 10,
            "counted": "people",
            "reporter": ["e1"],
            "period": None,
        }
    ],
    "roles": [],
}


def found(entity: str = "Ada Brown", low: int = 10, counted: str = "persons people") -> dict:
    return {
        "doc": "x",
        "entities": [{"id": "p", "type": "Person", "name": entity, "mentions": [[0, 9, "name"]]}],
        "attributions": [
            {"source": {"entity": "p", "spans": [[0, 9]]}, "cue": [[10, 14]], "content": [[15, 30]], "form": "indirect"}
        ],
        "figures": [
            {
                "span": [15, 18],
                "low": low,
                "high": low,
                "counted": counted,
                "reporters": ["p"],
                "start": None,
                "end": None,
            }
        ],
        "roles": [],
    }


def test_all_right() -> None:
    scores = score([(TEXT, found(), GOLD)])
    assert {n: s.f1 for n, s in scores.items() if s.gold} == dict.fromkeys(
        (
            "said",
            "who-said",
            "recall of indirect",
            "figure",
            "who-figure",
            "counted",
            "when",
            "recall of reported figures",
        ),
        100.0,
    )


def test_the_wrong_speaker_is_said_but_not_who_said() -> None:
    scores = score([(TEXT, found(entity="Bo Green"), GOLD)])
    assert (scores["said"].right, scores["who-said"].right, scores["who-figure"].right) == (1, 0, 0)


def test_words_in_a_wrong_mouth_are_counted_if_it_has_a_name() -> None:
    wrong, nameless = found(entity="Bo Green"), found(entity="an official")
    nameless["entities"][0]["mentions"] = [[0, 9, "nominal"]]
    right, misnamed, unnamed = (at_least(0.5, [(TEXT, one, GOLD)]) for one in (found(), wrong, nameless))
    assert [step.misnamed_in_100 for step in (right, misnamed, unnamed)] == [0, 100, 0]
    assert (right.said, misnamed.said) == (Score(1, 1, 1), Score(0, 1, 1))
    assert (right.reported, misnamed.reported) == (Score(1, 1, 1), Score(0, 1, 1))
    assert at_least(0.9, [(TEXT, {**found(), "attributions": []}, GOLD)]).misnamed_in_100 == 0


def test_another_number_is_another_figure() -> None:
    assert score([(TEXT, found(low=11), GOLD)])["figure"] == Score(0, 1, 1)


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gold/NAME\.json"):
        gold_articles(tmp_path)


def test_what_others_scored_is_known_for_the_data_they_ran_on() -> None:
    assert peers("wikinews")["who-said"] == "textacy with quantulum3 28"
    assert peers("nowhere") == {}


@pytest.mark.shared
def test_the_same_numbers_as_the_scorer_that_lies_with_the_data(shared: Path, tmp_path: Path) -> None:
    folder = shared / "eval" / "wikinews"
    predictions, pairs = [], []
    for name, file, gold in gold_articles(folder):
        text = file.read_text(encoding="utf-8")
        ids = {e["id"] for e in gold["entities"]}
        # Gold with every third record left out or bent: something to be wrong about.
        made = {
            "doc": name,
            "entities": [{**e, "mentions": [[*m["span"], m["kind"]] for m in e["mentions"]]} for e in gold["entities"]],
            "attributions": [
                {"source": {"entity": s["source"][0] if s["source"] and n % 5 else None, "spans": []}, "cue": [], "content": [c["span"] for c in s["content"]]}
                for n, s in enumerate(gold["statements"]) if n % 3
            ],
            "figures": [
                {"span": f["text"]["span"], "low": f.get("value", f.get("low")) if n % 4 else 1, "high": f.get("value", f.get("high")),
                 "counted": f["counted"], "reporters": f["reporter"], **(f.get("period") or {})}
                for n, f in enumerate(gold["figures"])
            ],
            "roles": [{"holder": r["person"], "title": r["title"], "organization": r["organization"] if n % 2 else None} for n, r in enumerate(gold["roles"])],
        }  # fmt: skip
        assert ids
        predictions.append(made)
        pairs.append((text, made, gold))
    file = tmp_path / "pred.jsonl"
    file.write_text("".join(json.dumps(p) + "\n" for p in predictions))
    command = [sys.executable, str(shared / "eval" / "claimeval.py"), str(folder), str(file), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    names = {"recall of direct": "recall:direct", "recall of indirect": "recall:indirect", "recall of mixed": "recall:mixed",
             "recall of reported figures": "who-figure (reported only, recall)"}  # fmt: skip
    ours = {
        names.get(n, n): (round(s.precision, 1), round(s.recall, 1), s.found, s.gold) for n, s in score(pairs).items()
    }
    joint = ours.pop("joint")  # theirs asks for one of several sources
    assert joint[3] > 0
    assert ours == {n: (v["P"], v["R"], v["found"], v["gold"]) for n, v in theirs.items() if isinstance(v, dict)}
