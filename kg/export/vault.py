"""A graph -> an Obsidian vault: a note an entity and an article, linked with each other; Markdown that runs nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ExportError, StoreError
from ..rdf.forms import GAP
from ..rdf.terms import clean
from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.role import Role
from ..store.contents import extractions
from ..store.files import write_whole
from .table_rows import joined

if TYPE_CHECKING:
    from ..store.contents import Source

LIST = ".reportedly-export"
"""The file that lists what an export wrote, so that the next one knows which notes are its own."""


@dataclass(slots=True)
class _Note:
    """What is known of a thing across articles, as lines of Markdown."""

    names: dict[str, None] = field(default_factory=dict)
    type: str = ""
    roles: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    articles: dict[str, None] = field(default_factory=dict)


def write_vault(source: Source, folder: Path) -> Path:
    """Write a note for each named entity (things judged to be one share theirs) and each article into a folder.

    Words of articles are escaped: no link, embed, query, tag or markup of
    theirs takes effect. Notes of an earlier export are replaced, and files
    that no export wrote are never touched.

    Raises ExportError if the folder holds files but none of an export; StoreError if it cannot be written.

    >>> import tempfile
    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed.", title="Mill closes"), fast=True))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(note.name for note in write_vault(graph, Path(folder, "notes")).glob("*.md"))
    ['Jo Hill.md', 'Mill closes (304617ab).md']
    """
    known = joined(source)
    things: dict[str, _Note] = defaultdict(_Note)
    pages: dict[str, tuple[Extraction, dict[str, str]]] = {}
    for extraction in extractions(source):
        keys = {e.id: known.same(extraction, e) for e in extraction.entities if e.named}
        for entity in extraction.entities:
            if entity.named:
                _collect(things[keys[entity.id]], entity)
        pages[extraction.article.id] = (extraction, keys)
    titles = _titles(things, pages)
    notes = {f"{titles[id]}.md": _article(x, keys, titles) for id, (x, keys) in pages.items()}
    for id, (extraction, keys) in pages.items():
        _fill(things, extraction, keys, titles, titles[id])
    notes |= {f"{titles[key]}.md": _thing(note) for key, note in things.items()}
    return _write(folder, notes)


def _collect(note: _Note, entity: Entity) -> None:
    note.names[entity.name] = None
    note.type = note.type or str(entity.type)


def _titles(things: Mapping[str, _Note], pages: Mapping[str, tuple[Extraction, dict[str, str]]]) -> dict[str, str]:
    """A name for each note's file that no other has on any system: by name, and where several share it, by id."""
    wanted = {key: _file(next(iter(note.names))) for key, note in things.items()}
    wanted |= {id: f"{_file(x.article.title or id)} ({id[:8]})" for id, (x, _) in pages.items()}
    taken: dict[str, str] = {}
    for key in sorted(wanted):
        name = wanted[key]
        if name.casefold() in taken:
            name = f"{name} ({key.rpartition('/')[2]})"
        taken[name.casefold()] = key
        wanted[key] = name
    return wanted


_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#^\[\]%`\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def _file(name: str) -> str:
    """A name as every file system and Obsidian's links take it."""
    kept = " ".join(_UNFIT.sub(" ", unicodedata.normalize("NFC", name)).split()).strip(". ")
    while len(kept.encode("utf-8", "replace")) > 120:
        kept = kept[:-1].rstrip(". ")
    kept = kept.encode("utf-8", "replace").decode()
    return f"_{kept}" if not kept or _RESERVED.match(kept) or kept.startswith(("-", "~", "'", "=", "+", "@")) else kept


_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-!|~=^$%@:>.])")


def _words(text: str) -> str:
    """Words of an article on one line, every sign of Markdown, Obsidian or HTML in them as itself."""
    flat = " ".join(clean(text).split()).replace("&", "&amp;").replace("<", "&lt;")
    return _MARKUP.sub(r"\\\1", flat)


def _link(title: str) -> str:
    return f"[[{title}]]"


def _who(extraction: Extraction, keys: Mapping[str, str], titles: Mapping[str, str], id: str | None) -> str:
    if id is not None and id in keys:
        return _link(titles[keys[id]])
    return _words(next((e.name for e in extraction.entities if e.id == id), "unnamed source"))


def _fill(
    things: Mapping[str, _Note], extraction: Extraction, keys: Mapping[str, str], titles: Mapping[str, str], page: str
) -> None:
    """Add what an article says of each of its things to the notes of these."""
    quote = extraction.article.quote
    for key in dict.fromkeys(keys.values()):
        things[key].articles[_link(page)] = None
    for a in extraction.attributions:
        for id in a.speakers:
            if id in keys:
                words = _words(GAP.join(quote(s) for s in a.content))
                things[keys[id]].said.append(f"{a.stance}: {words} ({_link(page)})")
    for f in extraction.figures:
        for id in f.reporters:
            if id in keys:
                things[keys[id]].figures.append(f"{_words(quote(f.evidence or f.span))} ({_link(page)})")
    for r in extraction.roles:
        if r.holder in keys:
            body = _who(extraction, keys, titles, r.organization) if r.organization else None
            things[keys[r.holder]].roles.append(f"{_post(r, body)} ({_link(page)})")


def _post(role: Role, body: str | None) -> str:
    """A post in words: its title, the body, whether it is held, and from when until when."""
    days = (("from", role.start), ("until", role.end))
    when = "".join(f", {word} {_words(day)}" for word, day in days if day)
    return f"{_words(role.title)}{f', {body}' if body else ''}, {role.status}{when}"


def _front(values: Mapping[str, object]) -> Iterator[str]:
    """The properties of a note; JSON strings are YAML, and nothing unprintable stands in them."""
    yield "---"
    for name, value in values.items():
        if value:
            yield f"{name}: {json.dumps(value, ensure_ascii=not _plain(value))}"
    yield "---"


def _plain(value: object) -> bool:
    words = value if isinstance(value, list) else [str(value)]
    return all(word.isprintable() for word in words)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"\n## {title}\n"
        yield from (f"- {line}" for line in lines)


def _thing(note: _Note) -> str:
    names = list(note.names)
    lines = [
        *_front({"type": note.type, "aliases": names}),
        *_section("Roles", note.roles),
        *_section("Said", note.said),
        *_section("Figures", note.figures),
        *_section("Articles", list(note.articles)),
    ]
    return "\n".join(lines) + "\n"


def _article(extraction: Extraction, keys: Mapping[str, str], titles: Mapping[str, str]) -> str:
    article, quote = extraction.article, extraction.article.quote
    said = [
        f"{' and '.join(_who(extraction, keys, titles, id) for id in a.speakers or (None,))} "
        f"{a.stance}: {_words(GAP.join(quote(s) for s in a.content))}"
        for a in extraction.attributions
    ]
    figures = [
        f"{_words(quote(f.evidence or f.span))}"
        + "".join(f", {_who(extraction, keys, titles, id)}" for id in f.reporters)
        for f in extraction.figures
    ]
    front = {
        "type": "Article", "headline": article.title, "publisher": article.publisher, "authors": list(article.authors),
        "published": article.published and article.published.isoformat(), "url": article.url, "id": article.id,
    }  # fmt: skip
    return "\n".join([*_front(front), *_section("Said", said), *_section("Figures", figures)]) + "\n"


def _written_before(folder: Path) -> list[str]:
    """The notes that an earlier export wrote into a folder.

    Raises ExportError if the folder holds what no export wrote.
    """
    marker = folder / LIST
    if marker.is_file():
        return marker.read_text("utf-8").splitlines()
    if folder.is_dir() and any(folder.iterdir()):
        raise ExportError(f"{folder} holds files that no export wrote; name a new folder")
    return []


def _write(folder: Path, notes: Mapping[str, str]) -> Path:
    marker = folder / LIST
    try:
        before = _written_before(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name in before:
            if name not in notes and Path(name).name == name and name.endswith(".md"):
                (folder / name).unlink(missing_ok=True)
        write_whole(marker, "".join(f"{name}\n" for name in sorted({*before, *notes})))
        for name in notes:
            if name not in before and (folder / name).exists():
                raise ExportError(f"{folder / name} is not of an export; move it, or name a new folder")
            write_whole(folder / name, notes[name])
        write_whole(marker, "".join(f"{name}\n" for name in sorted(notes)))
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from None
    return folder
