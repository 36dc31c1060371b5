"""The extractor that asks a language model, what that takes, and its replies, kept so that none is paid for twice."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from ...errors import ExtractorError, ReplyError
from ...records.extraction import Extraction
from ...text.article import Article
from ..plugins import checked as located
from .endpoint import Endpoint, Reply, ask, checked, request
from .prompting import LETTERS, Prompt, parts, prompt
from .reply_records import KINDS, Pointed, records

NAME: Final = "llm"

_NEXT = re.compile(r"[\s,]*\{")


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests, tokens read and tokens written; `money` is what they cost where the price is known, else None."""

    requests: int = 0
    read: int = 0
    written: int = 0
    money: float | None = None

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.requests + other.requests, self.read + other.read, self.written + other.written)

    def __sub__(self, other: Usage) -> Usage:
        return Usage(self.requests - other.requests, self.read - other.read, self.written - other.written)

    def __str__(self) -> str:
        money = "" if self.money is None else f", {self.money:.4f} in the currency of the price"
        return f"{self.requests:,} requests, {self.read:,} tokens read, {self.written:,} written{money}"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """An extractor: `kg.stages.llm` behind the check that all extractors pass.

    `letters` is how much of an article goes into one request, `price` what a
    million tokens read and a million written cost, `most` the tokens that a run
    may take at most. Replies are kept in the folder `replies`, where one is given.
    """

    endpoint: Endpoint
    prompt: Prompt = field(default_factory=prompt)
    letters: int = 8000
    price: tuple[float, float] | None = None
    most: int | None = None
    replies: Path | None = None

    @property
    def variant(self) -> str:
        """What tells it from other extractors: the ledger of a build keeps it. Where the model answers is not in it."""
        held = f"{self.letters} characters, {self.endpoint.tokens} tokens, seed {self.endpoint.seed}"
        return f"{NAME} {self.endpoint.model}, prompt {self.prompt.hash}, {held}"

    def __call__(self, article: Article, _model: str | None = None, /) -> Extraction:
        """What the model points at in an article; `problems` says what was refused or could not be read.

        Raises ExtractorError if the endpoint does not answer, ReplyError if nothing that it answers can be read.
        """
        read: list[Pointed] = []
        problems: list[str] = []
        asked = parts(article, self.letters)
        for n, part in enumerate(asked, 1):
            reply = self._reply(self.prompt.messages(article, part))
            data = _data(reply.text)
            if data is None or reply.ended == "length":
                why = "was cut short: raise tokens or lower characters" if reply.ended == "length" else "is no JSON"
                problems.append(f"reply {n} of {len(asked)} {why}")
            if data is not None:
                read.append(Pointed(part, data))
        if asked and not read:
            raise ReplyError(f"{NAME} {self.endpoint.model}: {problems[0]}")
        found, refused = records(article, read)
        problems += [f"{n} of its records refused: {why}" for why, n in sorted(refused.items())]
        name = f"{NAME}, prompt {self.prompt.hash}"
        made = replace(found, model=self.endpoint.model, problems=tuple(problems), extractor=name)
        return located(made, article, self.variant)

    def before(self, articles: Iterable[Article]) -> Usage:
        """What reading the articles takes at most: tokens read by the letters, tokens written by their limit."""
        letters = [part.end - part.start for article in articles for part in parts(article, self.letters)]
        fixed = len(self.prompt.text) + 200
        read = sum(-(-(n + fixed) // LETTERS) for n in letters)
        return self.priced(Usage(len(letters), read, len(letters) * self.endpoint.tokens))

    def spent(self) -> Usage:
        """What all replies that are kept have taken."""
        total = Usage()
        for path in sorted(self.replies.glob("*.json")) if self.replies is not None else ():
            kept = _kept(path)
            total += Usage(1, kept.read, kept.written) if kept is not None else Usage()
        return self.priced(total)

    def priced(self, usage: Usage) -> Usage:
        """The same with what it costs, if a price is known."""
        if self.price is None:
            return usage
        return replace(usage, money=(usage.read * self.price[0] + usage.written * self.price[1]) / 1_000_000)

    def _reply(self, messages: list[dict[str, str]]) -> Reply:
        """What the model answers, or answered to the very same before."""
        wanted = json.dumps([request(self.endpoint, messages), self.prompt.schema], sort_keys=True)
        path = self.replies / f"{sha256(wanted.encode()).hexdigest()[:32]}.json" if self.replies is not None else None
        if path is not None and (kept := _kept(path)) is not None:
            return kept
        reply = ask(self.endpoint, messages, self.prompt.shape)
        if path is not None and _data(reply.text) is not None:
            _keep(path, reply, self)
        return reply


def language_model(path: Path, *, allowed: Collection[str] = (), replies: Path | None = None) -> LanguageModel:
    """The model that a TOML file describes: `url` and `model`, and what else `SETTINGS` has.

    Raises ExtractorError if the file cannot be read, a setting is none, or the
    address is not on this machine and its host not among those allowed.
    """
    said = _settings(path)
    own = {f.name for f in fields(Endpoint)}
    endpoint = checked(Endpoint(**{name: value for name, value in said.items() if name in own}), allowed)
    price = (float(said["price"][0]), float(said["price"][1])) if "price" in said else None
    told = prompt(path.parent / said["prompt"] if "prompt" in said else None)
    return LanguageModel(endpoint, told, said.get("characters", 8000), price, said.get("most_tokens"), replies)


def _settings(path: Path) -> dict[str, Any]:
    """What the file says, each value being one that can be. Raises ExtractorError if one cannot, or one is missing."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExtractorError(f"{path}: cannot be read ({error}); write url = and model = in it") from None
    for name, value in said.items():
        if name not in SETTINGS or not SETTINGS[name](value):
            known = ", ".join(SETTINGS)
            raise ExtractorError(f"{path}: {name} = {str(value)[:60]!r} is no setting; there are {known}")
    if missing := [name for name in ("url", "model") if name not in said]:
        raise ExtractorError(f"{path}: {missing[0]} is missing; write url = and model = in it")
    return said


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9


def _prices(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(n, int | float) and n >= 0 for n in value)


SETTINGS: Final = {
    "url": _text, "model": _text, "tokens": _count, "seconds": _count, "bytes": _count, "tries": _count,
    "seed": _count, "characters": lambda value: _count(value) and value >= 500, "price": _prices,
    "most_tokens": _count, "prompt": _text,
}  # fmt: skip
"""What the file may say, and what each value must be."""


def _data(text: str) -> dict[str, Any] | None:
    """The object in a reply, whatever stands around it; of one that breaks off, its whole records; else None."""
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1]) if 0 <= start < end else None
    except (ValueError, RecursionError):
        listed = {kind: re.search(rf'"{kind}"\s*:\s*\[', text) for kind in KINDS}
        rows = {kind: list(_rows(text, at.end())) for kind, at in listed.items() if at is not None}
        found = rows if any(rows.values()) else None
    return found if isinstance(found, dict) else None


def _rows(text: str, at: int) -> Iterator[Any]:
    """The records from a place on, up to the first that is none."""
    decoder = json.JSONDecoder()
    while (begin := _NEXT.match(text, at)) is not None:
        try:
            record, at = decoder.raw_decode(text, begin.end() - 1)
        except (ValueError, RecursionError):
            return
        yield record


def _kept(path: Path) -> Reply | None:
    """The reply in a file; None if there is none, or none that can be read."""
    try:
        said = json.loads(path.read_text("utf-8"))
        return Reply(str(said["text"]), int(said["read"]), int(said["written"]), str(said["ended"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _keep(path: Path, reply: Reply, model: LanguageModel) -> None:
    """Write a reply down, whole or not at all. Raises ExtractorError if it cannot be written."""
    said = {
        "model": model.endpoint.model, "prompt": model.prompt.hash, "read": reply.read, "written": reply.written,
        "ended": reply.ended, "text": reply.text,
    }  # fmt: skip
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(said, ensure_ascii=True, indent=1) + "\n", "utf-8")
        part.replace(path)
    except OSError as error:
        raise ExtractorError(f"{path}: a reply cannot be kept ({error.strerror})") from None
