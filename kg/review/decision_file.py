"""The decisions file: read whole or refused in a line; a decision is appended and on the disk before anyone is told.

A line is a JSON object. `do` says what it does; on a record: `text` (SHA-256 of
the article's text), `kind`, `seen` (the record as it was looked at) and `to`
(what it says instead); on two entities: `a` and `b`; on an earlier line: `of`,
its id. `who`, `when` and `why` sign it, `id` is a hash of all the rest. Lines
of older versions, which decide on entities alone and are not signed, are read
as ever. Nothing is ever rewritten.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..errors import DecisionError, StoreError
from .fields import NEEDED, SEEN, SPARED, TO, as_printed, one_line, read_fields, span, write_fields, write_span
from .verdicts import Do, Fields, Line, Mentioned, Pairing, RecordKind, Reversal, Ruling, Signature

FILE = "decisions.jsonl"
"""The file's name in the graph's folder."""

_LINE, _WHOLE = 1 << 18, 1 << 28
"""Bytes of a line, and of a file."""

_SIGNED = frozenset({"do", "id", "who", "when", "why"})
_KEYS = {
    Do.CONFIRM: {"text", "kind", "seen"},
    Do.REJECT: {"text", "kind", "seen"},
    Do.CORRECT: {"text", "kind", "seen", "to"},
    Do.ADD: {"text", "kind", "to"},
    Do.MERGE: {"a", "b"},
    Do.APART: {"a", "b"},
    Do.REDO: {"of"},
}
_ID, _HASH = re.compile("[0-9a-f]{16}"), re.compile("[0-9a-f]{64}")
_NAME = re.compile(r"[^\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")


def load(path: Path) -> list[Line]:
    """All lines of a decisions file, in order; none where there is no file.

    What a crash left of a last line that was being written is passed over.

    Raises StoreError, with nothing read, at the first line that is no decision.

    >>> load(Path("no-such-decisions.jsonl"))
    []
    """
    try:
        if path.stat().st_size > _WHOLE:
            raise StoreError(f"{path}: has more than {_WHOLE >> 20} MB, which no person has decided")
        whole = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from None
    return list(_lines(whole, str(path)))


def _lines(whole: bytes, name: str) -> Iterator[Line]:
    known: set[str] = set()
    rows = whole.split(b"\n")
    for n, row in enumerate(rows, 1):
        if not row.strip(b" \t\r"):
            continue
        try:
            line = parse(row)
            if isinstance(line, Reversal) and line.of not in known:
                raise DecisionError(f"{line.of} is the id of no line before it")
            if line.by.when is not None and line.id in known:
                raise DecisionError(f"{line.id} is the id of a line before it")
        except DecisionError as error:
            if n == len(rows) and _torn(row):
                return
            raise StoreError(
                f"{name}, line {n}: is no decision ({error}); `kg review` writes them, such as "
                '{"do": "merge", "a": IRI, "b": IRI}'
            ) from None
        known.add(line.id)
        yield line


def _torn(row: bytes) -> bool:
    """Whether a last row without its end is the beginning of a line that a crash cut off."""
    if not row.startswith(b"{"):
        return False
    try:
        json.loads(row)
    except (ValueError, RecursionError):
        return not row.rstrip(b" \t\r").endswith(b"}")
    return False


def parse(row: bytes) -> Line:
    """The decision that a line of JSON holds.

    Raises DecisionError if it holds none.

    >>> line = parse(b'{"do": "apart", "a": "https://example.org/hill", "b": "https://example.org/h", "note": "two"}')
    >>> line.do, line.by.why
    (<Do.APART: 'apart'>, 'two')
    >>> parse(b"no line")
    Traceback (most recent call last):
        ...
    kg.errors.DecisionError: no JSON: Expecting value: line 1 column 1 (char 0)
    """
    if len(row) > _LINE:
        raise DecisionError(f"it has more than {_LINE >> 10} KB")
    try:
        found = json.loads(row.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except DecisionError:
        raise
    except (ValueError, RecursionError) as error:
        raise DecisionError(f"no JSON: {str(error).splitlines()[0][:80]}") from None
    return _line(found)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DecisionError("it says one key twice")
    return found


def _no_constant(name: str) -> Any:
    raise DecisionError(f"{name} is no value")


def _line(found: Any) -> Line:
    if not isinstance(found, dict):
        raise DecisionError("it is no object")
    if not isinstance(found.get("do"), str) or found["do"] not in set(Do):
        raise DecisionError(f"do is none of {', '.join(Do)}")
    do = Do(found["do"])
    keys = _KEYS.get(do) or ({"of"} if "of" in found else {"a", "b"})
    old = keys == {"a", "b"} and set(found) <= {"do", "a", "b", "note"}
    _check_keys(set(found), keys, keys | ({"do", "note"} if old else _SIGNED))
    by = _signature(found, old=old)
    id = digest_of(found)
    if "id" in found and found["id"] != id:
        raise DecisionError("its id is not the hash of what it says; somebody has changed it")
    if keys == {"a", "b"}:
        return Pairing(id, by, do, _thing(found["a"]), _thing(found["b"]))
    return _reversal(id, by, do, found["of"]) if keys == {"of"} else _ruling(id, by, do, found)


def _check_keys(found: set[str], needed: Set[str], known: Set[str]) -> None:
    extra, missing = sorted(found - known), sorted(needed - found)
    if extra or missing:
        raise DecisionError(f"{'it has no' if missing else 'it has a'} {(missing or extra)[0][:40]!a}")


def _signature(found: dict[str, Any], *, old: bool) -> Signature:
    note = _maybe(found, "note", as_printed) if old else _maybe(found, "why", one_line)
    by = Signature(_maybe(found, "who", one_line), _maybe(found, "when", _when), note)
    if not old and (by.who is None or by.when is None):
        raise DecisionError("it does not say who and when")
    return by


def _reversal(id: str, by: Signature, do: Do, of: Any) -> Reversal:
    if not isinstance(of, str) or not _ID.fullmatch(of):
        raise DecisionError("of is no id of a line")
    return Reversal(id, by, do, of)


def _ruling(id: str, by: Signature, do: Do, found: dict[str, Any]) -> Ruling:
    if not isinstance(found["text"], str) or not _HASH.fullmatch(found["text"]):
        raise DecisionError("text is no SHA-256 of an article's text")
    if not isinstance(found["kind"], str) or found["kind"] not in set(RecordKind):
        raise DecisionError(f"kind is none of {', '.join(RecordKind)}")
    kind = RecordKind(found["kind"])
    seen = read_fields(found["seen"], SEEN[kind]) if "seen" in found else {}
    to = read_fields(found["to"], TO[kind]) if "to" in found else {}
    for wrong, what in _faults(do, kind, seen if "seen" in found else None, to):
        if wrong:
            raise DecisionError(what)
    return Ruling(id, by, do, found["text"], kind, seen, to)


def _faults(
    do: Do, kind: RecordKind, seen: Mapping[str, Any] | None, to: Mapping[str, Any]
) -> Iterator[tuple[bool, str]]:
    """What may be wrong with a ruling, each with whether it is."""
    unseen = sorted(set(SEEN[kind]) - set(seen) - SPARED) if seen is not None else []
    yield bool(unseen), f"seen has no {' '.join(unseen[:1])}"
    lacking = sorted(NEEDED[kind] - set(to)) if do is Do.ADD else []
    yield bool(lacking), f"to has no {' '.join(lacking[:1])}"
    yield do is Do.CORRECT and not to, "to says nothing"
    rejected = kind is RecordKind.ENTITY and do is Do.REJECT
    yield rejected, "an entity cannot be rejected; correct it, or reject what is said of it"
    yield () in (to.get("content"), to.get("mentions")), "to takes away all words"
    low, high = to.get("low"), to.get("high")
    yield low is not None and high is not None and low > high, "low is above high"


def _maybe(found: dict[str, Any], key: str, read: Any) -> str | None:
    try:
        return read(found[key]) if key in found else None
    except DecisionError as error:
        raise DecisionError(f"{key}: {error}") from None


def _when(value: Any) -> str:
    try:
        if isinstance(value, str) and _WHEN.fullmatch(value) and datetime.fromisoformat(value):
            return value
    except ValueError:
        pass
    raise DecisionError("it is no time such as 2026-05-16T12:00:00Z")


def _thing(value: Any) -> str | Mentioned:
    if isinstance(value, str) and _NAME.fullmatch(value):
        return one_line(value)
    if isinstance(value, dict) and set(value) == {"text", "at"}:
        if isinstance(value["text"], str) and _HASH.fullmatch(value["text"]):
            return Mentioned(value["text"], span(value["at"]))
        raise DecisionError("text is no SHA-256 of an article's text")
    raise DecisionError('an entity is an IRI, or {"text": SHA-256, "at": [start, end]}')


# -- writing


def digest_of(found: dict[str, Any]) -> str:
    """The id of a line: a hash of all else that it says."""
    rest = {key: value for key, value in found.items() if key != "id"}
    text = json.dumps(rest, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:16]


def now() -> str:
    """The time of a decision that is taken now."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def ruling(
    do: Do, text: str, kind: RecordKind, by: Signature, *, seen: Fields | None = None, to: Fields | None = None
) -> Ruling:
    """A new word on a record, as it will be read.

    Raises DecisionError if it is none.

    >>> from kg import Span
    >>> seen: Fields = {"at": Span(0, 7), "type": "Person", "name": "Jo Hill"}
    >>> made = ruling(Do.CONFIRM, "0" * 64, RecordKind.ENTITY, Signature("Ida", "2026-05-01T12:00:00Z"), seen=seen)
    >>> made.id, made.seen["name"]
    ('4907f6b1932cf944', 'Jo Hill')
    """
    found: dict[str, Any] = {"do": str(do), "text": text, "kind": str(kind)}
    if seen is not None:
        found["seen"] = write_fields(seen, SEEN[kind])
    if to is not None:
        found["to"] = write_fields(to, TO[kind])
    made = _line(found | _signed(by))
    assert isinstance(made, Ruling)
    return made


def reversal(do: Do, of: str, by: Signature) -> Reversal:
    """A line that takes an earlier one back, or says it again.

    Raises DecisionError if it is none.

    >>> reversal(Do.UNDO, "0123456789abcdef", Signature("Ida", "2026-05-01T12:00:00Z")).of
    '0123456789abcdef'
    """
    made = _line({"do": str(do), "of": of} | _signed(by))
    assert isinstance(made, Reversal)
    return made


def pairing(do: Do, a: str | Mentioned, b: str | Mentioned, by: Signature) -> Pairing:
    """A word on two entities.

    Raises DecisionError if it is none.

    >>> pairing(Do.MERGE, "https://example.org/hill", "https://example.org/j-hill", Signature(why="one woman")).do
    <Do.MERGE: 'merge'>
    """
    signed = _signed(by) if by.when else {"note": by.why} if by.why else {}
    made = _line({"do": str(do), "a": _plain(a), "b": _plain(b)} | signed)
    assert isinstance(made, Pairing)
    return made


def _signed(by: Signature) -> dict[str, str]:
    return {key: value for key, value in (("who", by.who), ("when", by.when), ("why", by.why)) if value is not None}


def _plain(thing: str | Mentioned) -> Any:
    return thing if isinstance(thing, str) else {"text": thing.text, "at": write_span(thing.at)}


def as_json(line: Line) -> dict[str, Any]:
    """A line as it stands in the file, without its id where it is not signed.

    >>> line = pairing(Do.MERGE, "https://example.org/hill", "https://example.org/j-hill", Signature(why="one woman"))
    >>> as_json(line)
    {'do': 'merge', 'a': 'https://example.org/hill', 'b': 'https://example.org/j-hill', 'note': 'one woman'}
    """
    if isinstance(line, Ruling):
        found: dict[str, Any] = {"do": str(line.do), "text": line.text, "kind": str(line.kind)}
        if line.do is not Do.ADD:
            found["seen"] = write_fields(line.seen, SEEN[line.kind])
        if line.do in {Do.CORRECT, Do.ADD}:
            found["to"] = write_fields(line.to, TO[line.kind])
    elif isinstance(line, Pairing):
        found = {"do": str(line.do), "a": _plain(line.a), "b": _plain(line.b)}
        if line.by.when is None:
            return found | ({"note": line.by.why} if line.by.why else {})
    else:
        found = {"do": str(line.do), "of": line.of}
    return found | _signed(line.by) | {"id": line.id}


def to_text(lines: Iterable[Line]) -> str:
    """Lines as the file holds them.

    >>> print(to_text([reversal(Do.UNDO, "0123456789abcdef", Signature("Ida", "2026-05-01T12:00:00Z"))]), end="")
    {"do": "undo", "of": "0123456789abcdef", "who": "Ida", "when": "2026-05-01T12:00:00Z", "id": "1a5ad260b843c079"}
    """
    return "".join(_row(as_json(line)) + "\n" for line in lines)


def _row(found: dict[str, Any]) -> str:
    text = json.dumps(found, ensure_ascii=False)
    return text if _SURROGATE.search(text) is None else json.dumps(found)


def append(path: Path, lines: Iterable[Line]) -> None:
    """Append lines in one write and have them on the disk before returning; two who do so at once lose nothing.

    What a crash left of a line is cut off first.

    Raises StoreError if the file cannot be written, or its last line is no decision.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, FILE)
    ...     append(path, [pairing(Do.MERGE, "https://example.org/hill", "https://example.org/j-hill", Signature())])
    ...     [line.do for line in load(path)]
    [<Do.MERGE: 'merge'>]
    """
    text = to_text(lines).encode()
    if not text:
        return
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            with _alone(handle):
                end = _mended(handle, os.fstat(handle).st_size)
                os.lseek(handle, end, os.SEEK_SET)
                while text:
                    text = text[os.write(handle, text) :]
                os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from None


def _mended(handle: int, size: int) -> int:
    """Where the next line begins: a last line without its end gets it, or goes if a crash cut it off."""
    if not size:
        return 0
    most = min(size, _LINE + 1)
    os.lseek(handle, size - most, os.SEEK_SET)
    tail = os.read(handle, most)
    last = tail.rpartition(b"\n")[2]
    if not last:
        return size
    if _torn(last):
        os.ftruncate(handle, size - len(last))
        return size - len(last)
    os.lseek(handle, size, os.SEEK_SET)
    os.write(handle, b"\n")
    return size + 1


@contextmanager
def _alone(handle: int) -> Iterator[None]:
    """Keep others who append from the file meanwhile."""
    try:
        import fcntl
    except ImportError:  # Windows: one short write at the end of a file does not mix with another
        yield
        return
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield
