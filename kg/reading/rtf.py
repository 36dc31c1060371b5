"""Rich Text Format (.rtf) -> text, by its control words alone: objects, pictures and fields in it are passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

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
    b"bullet": "•", b"emspace": " ", b"enspace": " ", b"footnote": " (",
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
    page = re.search(rb"\\ansicpg(\d{3,5})", data[:2048])
    encoding = f"cp{page[1].decode()}" if page else "cp1252"
    reading = _RtfReading(name, encoding if _known(encoding) else "cp1252")
    for token in _TOKEN.finditer(data):
        reading.take(token)
    text = "\n\n".join(" ".join(p.split()) for p in reading.said("text").split("\n\n") if p.strip())
    if not text:
        raise ReadError(name, "there is no text in it", "save it anew, or as plain text")
    title, author = (" ".join(reading.said(key).split()) or None for key in ("title", "author"))
    said_of = Metadata.found("document properties", title=title, authors=(author,) if author else None)
    return Piece(name, text, said_of)


@dataclass(slots=True)
class _RtfReading:
    """A document while it is read: what is found, groups that are open, characters after a \\u to pass over."""

    name: str
    encoding: str
    found: list[tuple[str, str]] = field(default_factory=list)
    state: _State = _State()
    stack: list[_State] = field(default_factory=list)
    skip: int = 0
    high: int = 0

    def said(self, into: str) -> str:
        return "".join(text for where, text in self.found if where == into)

    def take(self, token: re.Match[bytes]) -> None:
        word, number, byte, sign, brace, words = token.groups()
        if brace is not None:
            self._brace(brace)
        elif word == b"u" and number is not None:
            self._put(self._unicode(int(number) % 65536))
            self.skip = self.state.after
        elif word is not None or sign == b"*":
            self.state = _changed(self.state, word, number)
            self._put(_SIGNS.get(word, ""))
        elif byte is not None:
            self._put_text(_byte(int(byte, 16), self.encoding))
        elif sign is not None or words is not None:
            self._put_text(_PLAIN.get(sign, "") if sign is not None else words.decode(self.encoding, "replace"))

    def _brace(self, brace: bytes) -> None:
        if brace == b"}":
            self.state = self.stack.pop() if self.stack else self.state
            return
        if len(self.stack) >= DEEPEST:
            raise ReadError(self.name, f"it nests more than {DEEPEST} deep", "save it anew, or as plain text")
        self.stack.append(self.state)

    def _unicode(self, code: int) -> str:
        """The character of a code unit; of the first of a pair none yet."""
        if 0xD800 <= code < 0xDC00:
            self.high = code
            return ""
        if 0xDC00 <= code < 0xE000 and self.high:
            code = 0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00
        self.high = 0
        return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"

    def _put_text(self, said: str) -> None:
        dropped = min(self.skip, len(said))
        self.skip -= dropped
        self._put(said[dropped:])

    def _put(self, said: str) -> None:
        if said and not self.state.skipped and not self.state.hidden:
            self.found.append((self.state.into, said))


def _changed(state: _State, word: bytes | None, number: bytes | None) -> _State:
    """What holds in a group after a control word, or after the sign that says to pass it over."""
    if word is None or word in _SKIPPED:
        return replace(state, skipped=True)
    if word in (b"title", b"author") and state.into == "info":
        return replace(state, into=word.decode(), skipped=False)
    if word == b"info":
        return replace(state, into="info", skipped=True)
    if word in (b"v", b"deleted", b"plain", b"pard"):
        return replace(state, hidden=word in (b"v", b"deleted") and number != b"0")
    return replace(state, after=min(int(number or 1), 10)) if word == b"uc" else state


def _known(encoding: str) -> bool:
    try:
        b"".decode(encoding)
    except LookupError:
        return False
    return True


def _byte(value: int, encoding: str) -> str:
    return bytes([value]).decode(encoding, "replace")
