"""Rich Text Format (.rtf) -> text, by its control words alone: objects, pictures and fields in it are passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..errors import ReadError
from .metadata import Metadata
from .pieces import Piece

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator pict object header headerl headerr "
    b"headerf footer footerl footerr footerf ftnsep xmlnstbl themedata colorschememapping datastore latentstyles "
    b"annotation fldinst bkmkstart bkmkend filetbl revtbl private".split()
)
_SIGNS = {
    b"par": "\n\n", b"sect": "\n\n", b"page": "\n\n", b"line": "\n", b"row": "\n\n", b"cell": "\t", b"tab": "\t",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_PLAIN = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n\n", b"\r": "\n\n"}
DEEPEST = 500


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: whether its text is read, its hidden text, where it goes, characters after \\u."""

    skipped: bool = False
    hidden: bool = False
    into: str = "text"
    after: int = 1


def piece_from_rtf(data: bytes, name: str) -> Piece:
    """The text of a document, footnotes included, hidden text left out; title and author where it states them.

    Raises ReadError if it is no RTF, nests too deep, or has no text.

    >>> piece_from_rtf(b"{" + bytes([92]) + b"rtf1 It failed.}", "a.rtf").text
    'It failed.'
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReadError(name, "it is no RTF document", "save it anew, or as plain text")
    found: dict[str, list[str]] = {"text": [], "title": [], "author": []}
    state, stack = _State(), list[_State]()
    page = re.search(rb"\\ansicpg(\d{3,5})", data[:2048])
    encoding = f"cp{page[1].decode()}" if page else "cp1252"
    skip, high = 0, 0
    for token in _TOKEN.finditer(data):
        word, number, byte, sign, brace, words = token.groups()
        said = ""
        if brace == b"{":
            if len(stack) >= DEEPEST:
                raise ReadError(name, f"it nests more than {DEEPEST} deep", "save it anew, or as plain text")
            stack.append(state)
        elif brace == b"}":
            state = stack.pop() if stack else state
        elif sign == b"*" or (word is not None and word in _SKIPPED):
            state = replace(state, skipped=True)
        elif word in (b"title", b"author") and state.into == "info":
            state = replace(state, into=word.decode(), skipped=False)
        elif word == b"info":
            state = replace(state, into="info", skipped=True)
        elif word == b"footnote":
            said = " ("
        elif word in (b"v", b"deleted"):
            state = replace(state, hidden=number != b"0")
        elif word in (b"plain", b"pard") and state.hidden:
            state = replace(state, hidden=False)
        elif word == b"uc":
            state = replace(state, after=min(int(number or 1), 10))
        elif word == b"u" and number is not None:
            code = int(number) % 65536
            if 0xD800 <= code < 0xDC00:
                high = code
            else:
                if 0xDC00 <= code < 0xE000 and high:
                    code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
                high = 0
                said = chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
            skip = state.after
            _put(found, state, said)
            continue
        elif byte is not None or words is not None or sign is not None:
            if byte is not None:
                said = _byte(int(byte, 16), encoding)
            elif sign is not None:
                said = _PLAIN.get(sign, "")
            else:
                said = words.decode(encoding if _known(encoding) else "cp1252", "replace")
            dropped = min(skip, len(said))
            said, skip = said[dropped:], skip - dropped
        elif word is not None:
            said = _SIGNS.get(word, "")
        _put(found, state, said)
    text = "\n\n".join(" ".join(p.split()) for p in "".join(found["text"]).split("\n\n") if p.strip())
    if not text:
        raise ReadError(name, "there is no text in it", "save it anew, or as plain text")
    title, author = (" ".join("".join(found[key]).split()) or None for key in ("title", "author"))
    said_of = Metadata.found("document properties", title=title, authors=(author,) if author else None)
    return Piece(name, text, said_of)


def _put(found: dict[str, list[str]], state: _State, said: str) -> None:
    if said and not state.skipped and not state.hidden and state.into in found:
        found[state.into].append(said)


def _known(encoding: str) -> bool:
    try:
        b"".decode(encoding)
    except LookupError:
        return False
    return True


def _byte(value: int, encoding: str) -> str:
    return bytes([value]).decode(encoding if _known(encoding) else "cp1252", "replace")
