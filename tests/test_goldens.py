"""Whole articles are read as the golden files say: a change shows as a diff, and is accepted by `goldens.py --write`."""

import goldens
import pytest

from kg.text.document import MODELS, default_model


@pytest.mark.model
@pytest.mark.parametrize("name", goldens.names(goldens.SMALL))
def test_texts_are_read_as_pinned(name: str) -> None:
    model = default_model()
    if model not in MODELS or name not in goldens.names(model):
        pytest.skip(f"no golden file {name} is kept of what {model} reads")
    told = goldens.difference(model, name)
    if told and name != goldens.FAST and not goldens.is_written_here(model):
        if name.endswith(".sha256"):
            pytest.skip("digests say nothing on a processor of another kind than they were written on")
        assert goldens.moved(told, model, name) <= goldens.ELSEWHERE, f"more than another processor explains:\n{told}"
        return
    assert not told, f"accept this by `python tests/goldens.py --write`, if it is better:\n{told}"


def test_lines_that_moved_are_counted_by_share() -> None:
    told = "--- a\n+++ now\n@@ -1,2 +1,3 @@\n-one\n+two\n+three\n"
    size = len((goldens.FOLDERS[goldens.SMALL] / "samples.jsonl").read_text("utf-8").splitlines())
    assert goldens.moved(told, goldens.SMALL, "samples.jsonl") == 2 / size


def test_a_golden_line_says_all_that_was_found() -> None:
    from samples import rich

    found = rich()
    told = list(goldens.lines(found))
    assert len(told) == 1 + sum(len(getattr(found, kind)) for kind in goldens.KINDS)
    assert '"reporters": ["Rescue Watch"]' in told[1 + len(found.entities) + len(found.attributions)]
    assert not any("confidence" in line for line in told if '"is": "attributions"' in line)


def test_both_pipelines_have_golden_files_of_the_same_articles() -> None:
    heads = [
        [
            line
            for path in sorted(folder.glob("*.jsonl"))
            if path.name not in ("cases.jsonl", goldens.FAST)
            for line in path.read_text("utf-8").splitlines()
            if '{"article"' in line
        ]
        for folder in goldens.FOLDERS.values()
    ]
    assert len(heads[0]) == 29
    assert heads[0] == heads[1]
