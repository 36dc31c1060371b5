"""The decisions file: what is written can be read, nothing is lost, and whatever else it holds is refused in a line."""

from __future__ import annotations

import copy
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from deciding import added, by, histories, quote, word
from hypothesis import given, settings
from samples import rich

from kg.errors import DecisionError, StoreError
from kg.review.decision_file import FILE, append, as_json, digest_of, load, pairing, parse, reversal, to_text
from kg.review.history import conflicts, in_force, last_words, missing
from kg.review.verdicts import Do, Line, Mentioned, RecordKind, Reversal, Who
from kg.text.article import Span

TEXT = rich().article
OLD = '{"do": "merge", "a": "https://x.example/1", "b": "https://x.example/2", "note": "one woman"}\n'


@settings(max_examples=50, deadline=None)
@given(histories())
def test_what_is_written_is_read(lines: list[Line]) -> None:
    assert [parse(row.encode()) for row in to_text(lines).splitlines()] == lines


def test_lines_of_older_versions_are_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(OLD + '{"do": "undo", "a": "x", "b": "y"}\n')
    first, second = load(tmp_path / FILE)
    assert (first.do, first.by.why, first.by.who, second.do) == (Do.MERGE, "one woman", None, Do.UNDO)
    assert to_text([first]) == OLD


def test_no_file_holds_no_words(tmp_path: Path) -> None:
    assert load(tmp_path / FILE) == []
    append(tmp_path / FILE, [])
    assert not (tmp_path / FILE).exists()


# -- undo, redo, history, two people


def test_undo_takes_back_and_redo_says_again() -> None:
    one, two = word(rich(), "a2", Do.REJECT, n=1), word(rich(), "a2", Do.CONFIRM, n=2)
    undone = reversal(Do.UNDO, two.id, by(3))
    assert in_force([one, two, undone]) == [one]
    assert in_force([one, two, undone, undone]) == [one]
    assert in_force([one, two, undone, reversal(Do.REDO, two.id, by(4))]) == [one, two]
    assert in_force([one, two, reversal(Do.REDO, one.id, by(4))]) == [two, one]
    assert list(last_words([one, two]).values()) == [two]


def test_two_people_differ_where_their_last_words_do() -> None:
    ours = [
        word(rich(), "a2", Do.REJECT, n=1),
        word(rich(), "a1", Do.CONFIRM, n=2),
        word(rich(), "a3", Do.CONFIRM, n=3),
    ]
    theirs = [word(rich(), "a2", Do.CONFIRM, n=4, who="Ann"), word(rich(), "a1", Do.CONFIRM, n=5, who="Ann")]
    assert [(c.ours.id, c.theirs.id) for c in conflicts(ours, theirs)] == [(ours[0].id, theirs[0].id)]
    assert missing(ours, [*theirs, ours[0]]) == theirs


# -- nothing is lost


def test_what_a_crash_left_of_a_line_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / FILE
    append(path, [word(rich(), "a1", Do.CONFIRM, n=1)])
    whole = path.read_bytes()
    for cut in (1, 20, len(whole) - 2):
        path.write_bytes(whole + whole[:cut])
        assert len(load(path)) == 1
        append(path, [word(rich(), "a2", Do.CONFIRM, n=2)])
        assert len(load(path)) == 2
        assert path.read_bytes().startswith(whole)
    path.write_bytes(whole.rstrip())  # by hand, without its end
    append(path, [word(rich(), "a2", Do.CONFIRM, n=2)])
    assert len(load(path)) == 2


def test_two_who_decide_at_once_lose_nothing(tmp_path: Path) -> None:
    words = [word(rich(), "a1", Do.CONFIRM, n=n, who=f"P{n % 4}") for n in range(120)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda w: append(tmp_path / FILE, [w]), words))
    assert {line.id for line in load(tmp_path / FILE)} == {w.id for w in words}


def test_a_kill_loses_at_most_the_word_that_is_being_written(tmp_path: Path) -> None:
    """The child says each number once its word is on the disk; it is killed at any moment, again and again."""
    path = tmp_path / FILE
    code = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path\n"
        "from deciding import word\n"
        "from samples import rich\n"
        "from kg.review.decision_file import append\n"
        "from kg.review.verdicts import Do\n"
        "for n in range(int(sys.argv[3]), 10**6):\n"
        "    append(Path(sys.argv[1]), [word(rich(), 'a1', Do.CONFIRM, n=n % 80000)]); print(n, flush=True)\n"
    )
    told = 0
    for attempt in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(Path(__file__).parent), str(told)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(0.02 + 0.013 * attempt)
        os.kill(child.pid, signal.SIGKILL)
        said = [int(n) for n in (first + child.stdout.read()).split(b"\n")[:-1]]
        child.wait()
        found = len(load(path))
        assert found in {said[-1] + 1, said[-1] + 2}
        told = found
    assert told > 8


# -- hostile files

GOOD = [
    word(rich(), "a2", Do.CORRECT, {"entity": Who(quote(TEXT, "divers")), "stance": "doubts"}, n=1),
    word(rich(), "f1", Do.CORRECT, {"counted": quote(TEXT, "passengers"), "start": "2019"}, n=2),
    word(rich(), "r1", Do.REJECT, n=3),
    word(rich(), "e5", Do.CORRECT, {"name": "Ida"}, n=4),
    added(TEXT, RecordKind.STATEMENT, {"content": (quote(TEXT, "12 bodies"),)}, 5),
    pairing(Do.MERGE, Mentioned("0" * 64, Span(0, 3)), "https://x.example/1", by(6)),
]
GOOD.append(reversal(Do.UNDO, GOOD[2].id, by(7)))

ODD: list[Any] = [
    None, True, 7, -1, 1.5, 10**400, "", " ", "\n", "a\x00b", "\ud800", "\u202eabc", "x" * 5000, [], [1], [1, 2, 3, 4],
    {}, {"a": 1}, [[]], "NaN", "<script>alert(1)</script>\r\nX: y", "../../etc/passwd\x1b[2J",
]  # fmt: skip


def _resigned(found: dict[str, Any]) -> bytes:
    """A line whose id is right whatever it says."""
    return json.dumps(found | {"id": digest_of(found)}).encode()


def _mutants() -> Iterator[bytes]:
    for line in GOOD:
        found = as_json(line)
        for key in [k for k in found if k not in {"id", "why"}]:
            yield _resigned({k: v for k, v in found.items() if k != key})
            for value in ODD:
                if not (key in {"a", "b"} and value in ("NaN",)) and not (key == "who" and value == "NaN"):
                    yield _resigned(found | {key: value})
        for part in ("seen", "to"):
            for key in found.get(part, {}):
                for value in ODD:
                    changed = copy.deepcopy(found)
                    changed[part][key] = value
                    yield _resigned(changed)
            if part in found:
                yield _resigned(found | {part: found[part] | {"author": "x"}})
    whole = json.dumps(as_json(GOOD[0]))
    yield from (
        whole[:-1].encode() + b', "do": "reject"}', whole.replace("correct", "burn").encode(), whole.encode()[1:],
        whole.encode("utf-16"), b"\xef\xbb\xbf" + whole.encode(), b"\xff" + whole.encode(), b"[" * 100_000,
        b'{"a":' * 50_000, b"null", b"[]", b"3", b'"do"', b"{}", b"\x00" * 50, b"NaN", whole.encode() * 2,
        b'{"do": "undo"}', b'{"do": "undo", "of": "0123456789abcdef"}', whole.replace('"who": "Ed"', '"who": "Eve"').encode(),
        b"<html></html>", b"PK\x03\x04", b'{"do": "merge", "a": "x", "b": "y", "note": 3}',
        b'{"do": "merge", "a": "x y", "b": "z"}', whole.encode() + b" " * (1 << 18),
    )  # fmt: skip


def _legal(row: bytes) -> bool:
    """Odd values that some part may have: nobody, no bound, words as printed."""
    try:
        line = parse(row)
    except DecisionError:
        return False
    return not isinstance(line, Reversal)


MUTANTS = [row for row in _mutants() if not _legal(row)]


def test_the_hostile_are_many_and_few_odd_values_are_legal() -> None:
    every = list(_mutants())
    assert len(MUTANTS) > 900
    for row in every:
        if _legal(row):
            line = parse(row)
            assert parse(to_text([line]).encode()) == line  # and what is legal is harmless: it is read as it is written


@pytest.mark.parametrize("start", range(0, len(MUTANTS), 100))
def test_a_hostile_file_is_refused_in_a_line_and_nothing_is_applied(tmp_path: Path, start: int) -> None:
    good = to_text(GOOD[:2]).encode()
    for row in MUTANTS[start : start + 100]:
        path = tmp_path / FILE
        path.write_bytes(good + row + b"\n" + to_text(GOOD[2:3]).encode())
        with pytest.raises(StoreError) as caught:
            load(path)
        message = str(caught.value)
        assert "line 3" in message and message.isprintable() and len(message) < 700, message


def test_a_line_twice_and_an_undo_of_nothing_are_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE
    for lines, why in (([GOOD[0], GOOD[0]], "line before it"), ([GOOD[-1]], "no line before it")):
        path.write_text(to_text(lines))
        with pytest.raises(StoreError, match=why):
            load(path)


def test_a_folder_or_a_locked_file_is_no_decisions_file(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    refused: list[Callable[[], object]] = [lambda: load(tmp_path / FILE), lambda: append(tmp_path / FILE, GOOD)]
    for call in refused:
        with pytest.raises(StoreError, match="cannot be"):
            call()
