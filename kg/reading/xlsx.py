"""Excel workbooks (.xlsx) -> rows of cells, from the XML in their zip archive: values as stored, no formula is run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from .office import member, opened
from .source import Source
from .xml import parse_xml

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
"""The built-in number formats that show a day."""

Cell = str | float | date | bool | None
MOST_COLUMNS = 500


def sheets(source: Source) -> Iterator[tuple[str, list[str], list[tuple[int, dict[str, Cell]]]]]:
    """Each sheet's name, the names in its first filled row, and the rows below it by these, with their numbers.

    Raises ReadError if the file is damaged, locked, no workbook, or larger than what is read.
    """
    with opened(source) as archive:
        book = parse_xml(member(archive, "xl/workbook.xml", source.name), source.name)
        links = parse_xml(member(archive, "xl/_rels/workbook.xml.rels", source.name), source.name)
        targets = {e.get("Id"): (e.get("Target") or "").removeprefix("/xl/") for e in links.iter(f"{_P}Relationship")}
        shared = _shared(archive, source.name)
        days = _day_styles(archive, source.name)
        first = (
            date(1904, 1, 1)
            if any(e.get("date1904") in {"1", "true"} for e in book.iter(f"{_S}workbookPr"))
            else date(1899, 12, 30)
        )
        for sheet in book.iter(f"{_S}sheet"):
            target = targets.get(sheet.get(f"{_R}id"), "")
            if not re.fullmatch(r"worksheets/[\w.-]+\.xml", target) or sheet.get("state") in {"hidden", "veryHidden"}:
                continue
            root = parse_xml(member(archive, f"xl/{target}", source.name), source.name)
            rows = [(int(r.get("r") or 0), _cells(r, shared, days, first)) for r in root.iter(f"{_S}row")]
            filled = [(n, cells) for n, cells in rows if any(v not in (None, "") for v in cells.values())]
            if not filled:
                continue
            names = {c: str(v).strip() for c, v in filled[0][1].items() if v not in (None, "")}
            rows_by_name = [(n, {name: cells.get(c) for c, name in names.items()}) for n, cells in filled[1:]]
            yield sheet.get("name") or "sheet", list(names.values()), rows_by_name


def _shared(archive: zipfile.ZipFile, name: str) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = parse_xml(member(archive, "xl/sharedStrings.xml", name), name)
    return [_text(item) for item in root.iter(f"{_S}si")]


def _text(element: Element) -> str:
    """The text of a rich or plain string, without phonetic guides."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{_S}t":
            parts.append(child.text or "")
        elif child.tag == f"{_S}r":
            parts += [t.text or "" for t in child.iter(f"{_S}t")]
    return "".join(parts)


def _day_styles(archive: zipfile.ZipFile, name: str) -> set[int]:
    """The styles of cells that show their number as a day."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    root = parse_xml(member(archive, "xl/styles.xml", name), name)
    own = {
        int(e.get("numFmtId") or 0)
        for e in root.iter(f"{_S}numFmt")
        if re.search(r"[yd]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", e.get("formatCode") or ""), re.I)
    }
    cells = next(iter(root.iter(f"{_S}cellXfs")), None)
    found = [int(e.get("numFmtId") or 0) for e in cells] if cells is not None else []
    return {n for n, format in enumerate(found) if format in _DAYS | own}


def _cells(row: Element, shared: list[str], days: set[int], first: date) -> dict[int, Cell]:
    found: dict[int, Cell] = {}
    at = 0
    for cell in row.iter(f"{_S}c"):
        match = re.match(r"[A-Z]{1,3}", cell.get("r") or "")
        at = _column(match[0]) if match else at + 1
        if at <= MOST_COLUMNS:
            found[at] = _value(cell, shared, days, first)
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _value(cell: Element, shared: list[str], days: set[int], first: date) -> Cell:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inside = cell.find(f"{_S}is")
        return _text(inside) if inside is not None else None
    text = cell.findtext(f"{_S}v")
    if not text or kind == "e":
        return None
    try:
        if kind == "s":
            return shared[int(text)]
        if kind == "b":
            return text == "1"
        if kind != "n":
            return text
        is_day = int(cell.get("s") or 0) in days
        return first + timedelta(days=int(float(text))) if is_day else float(text)
    except (ValueError, IndexError, OverflowError):
        return text
