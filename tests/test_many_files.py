"""Three hundred files as people have them, and as somebody hostile would: each is read or refused in one line."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import resource
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from test_kinds import ATOMS, ENVELOPES, ITEM, PAGE, RSS, RTF, SRT, STORY, VTT, column_pdf, mail, warc, zipped

from kg import store as stores
from kg.build import Fate, Plan, run
from kg.reading import Outcome, articles
from kg.records.extraction import Extraction
from kg.text.article import Article

BODY = f"{STORY}\n\nBo Ek, a sailor, said that he had seen nothing like it in all of his forty years at sea.\n"


def book(sheets: int = 1) -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        for n in range(sheets):
            sheet = workbook.add_worksheet(f"news {n}")
            sheet.write_row(0, 0, ["Headline", "Article Body", "Published At"])
            sheet.write_row(1, 0, ["Ferry", BODY, "2024-03-12"])
    return out.getvalue()


def parquet() -> bytes:
    arrow, tables = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    tables.write_table(arrow.table({"title": ["Ferry"], "text": [BODY], "date": ["2024-03-12"]}), out)
    return out.getvalue()


W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
ODT = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
DRAWING = "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
    "b.opf": "<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='a' href='one.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>",
    "one.xhtml": f"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Ferry</h1><p>{BODY}</p></body></html>",
}
BOX = (
    f"From desk Tue Mar 12 10:00:00 2024\n{mail('Ferry', BODY)}From desk Wed Mar 13 10:00:00 2024\n{mail('Pier', BODY)}"
)
SAVED = f'From: <Saved>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{PAGE.format(title="Ferry", body=STORY)}\r\n--b--\r\n'
ROW = json.dumps({"title": "Ferry", "text": BODY, "date": "2024-03-12"})

KINDS: dict[str, Callable[[], str | bytes]] = {
    "note.txt": lambda: BODY,
    "note.md": lambda: f"# Ferry\n\n{BODY}",
    "page.html": lambda: PAGE.format(title="Ferry", body=BODY),
    "page.mhtml": lambda: SAVED,
    "letter.eml": lambda: mail("Ferry", BODY),
    "box.mbox": lambda: BOX,
    "feed.rss": lambda: RSS.format(ITEM.format(BODY)),
    "feed.atom": lambda: ATOMS["1.0"],
    "answer.json": lambda: json.dumps(ENVELOPES["newsapi"]),
    "rows.jsonl": lambda: f"{ROW}\n{ROW}\n",
    "rows.csv": lambda: f'title,text,date\nFerry,"{STORY}",2024-03-12\n',
    "rows.tsv": lambda: f"title\ttext\tdate\nFerry\t{STORY}\t2024-03-12\n",
    "rich.rtf": lambda: RTF,
    "film.srt": lambda: SRT,
    "film.vtt": lambda: VTT,
    "paper.docx": lambda: zipped({"word/document.xml": f"<w:document {W}><w:body><w:p><w:r><w:t>{BODY}</w:t></w:r></w:p></w:body></w:document>"}),
    "paper.odt": lambda: zipped({"content.xml": f"<office:document-content {ODT}><office:body><office:text><text:p>{BODY}</text:p></office:text></office:body></office:document-content>"}),
    "slides.pptx": lambda: zipped({"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": f"<p:sld {DRAWING}><a:p><a:r><a:t>{BODY}</a:t></a:r></a:p></p:sld>"}),
    "book.epub": lambda: zipped(EPUB),
    "sheet.xlsx": book,
    "table.parquet": parquet,
    "print.pdf": lambda: column_pdf([(50, 740 - 12 * n, STORY[n * 50 : n * 50 + 50]) for n in range(3)]),
    "crawl.warc": lambda: warc([("http://a.example/1", PAGE.format(title="Ferry", body=BODY).encode(), "")]),
    "pack.zip": lambda: zipped({"a.txt": BODY, "b/page.html": PAGE.format(title="Ferry", body=BODY)}),
    "note.txt.gz": lambda: gzip.compress(BODY.encode(), mtime=0),
    "rows.jsonl.bz2": lambda: bz2.compress(f"{ROW}\n".encode()),
    "page.html.xz": lambda: lzma.compress(PAGE.format(title="Ferry", body=BODY).encode()),
}  # fmt: skip
"""A file of each kind, as programs of other people write it."""


def flipped(data: bytes, chance: Random) -> bytes:
    found = bytearray(data)
    for _ in range(max(1, len(found) // 40)):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


VARIANTS: dict[str, Callable[[bytes, Random], bytes]] = {
    "as it is": lambda data, _: data,
    "empty": lambda _, __: b"",
    "cut in half": lambda data, _: data[: len(data) // 2],
    "cut at the head": lambda data, _: data[len(data) // 3 :],
    "bytes flipped": flipped,
    "noise": lambda data, chance: chance.randbytes(len(data)),
    "NULs": lambda data, _: data.replace(b" ", b"\0"),
    "twice": lambda data, _: data + data,
    "marks before": lambda data, _: b"\xef\xbb\xbf\r\n\r\n" + data,
    "ends of lines": lambda data, _: data.replace(b"\n", b"\r"),
    "a megabyte on a line": lambda data, _: data + b"a" * 1_000_000,
    "nested": lambda data, _: data + b"<a>{[(" * 50_000,
    "markup and formulas": lambda data, _: data.replace(b"Ferry", b"<script>alert(1)</script>=cmd|' /C calc'!A0 ${jndi:ldap://127.0.0.1}"),
}  # fmt: skip
"""What happens to files on the way, or is done to them."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind in every variant, a folder a variant."""
    whole = tmp_path_factory.mktemp("many")
    chance = Random(17)
    for variant, change in VARIANTS.items():
        (whole / variant).mkdir()
        for name, make in KINDS.items():
            made = make()
            (whole / variant / name).write_bytes(change(made if isinstance(made, bytes) else made.encode(), chance))
    return whole


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> list[Outcome]:
    began, held = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = list(articles([folder]))
    assert time.monotonic() - began < 120, "a file takes about a second at most"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < 600_000, "kilobytes"
    return found


@pytest.mark.slow
def test_every_one_of_three_hundred_files_is_read_or_refused_in_a_line(folder: Path, outcomes: list[Outcome]) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == len(KINDS) * len(VARIANTS) > 300
    heard = {file for file in files for o in outcomes if o.source.startswith(str(file))}
    assert heard == set(files), sorted(map(str, set(files) - heard))
    for outcome in outcomes:
        assert [outcome.article, outcome.error].count(None) == 1 or outcome.warnings == ("there is no article in it",)
        lines = [*outcome.warnings, *([str(outcome.error)] if outcome.error else [])]
        assert all("\n" not in line and len(line) < 700 and line.isprintable() for line in lines), lines
        if outcome.article is not None:
            text = outcome.article.text
            assert text.strip() and "\0" not in text and text.encode()


@pytest.mark.slow
def test_files_as_they_are_give_their_words(folder: Path, outcomes: list[Outcome]) -> None:
    for name in KINDS:
        mine = [o for o in outcomes if o.source.startswith(str(folder / "as it is" / name))]
        assert mine and all(o.article is not None for o in mine), (name, [str(o.error) for o in mine])
        said = " ".join(" ".join(o.article.text.split()) for o in mine if o.article is not None)
        assert "300" in said and "<" not in said, name


@pytest.mark.slow
def test_a_build_of_them_goes_to_its_end_and_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    def nothing(article: Article, model: str) -> Extraction:
        return Extraction(article, model)

    plan = Plan([folder], extract=nothing, variant="nothing", model="none", outputs=False)
    built = run(plan, tmp_path / "g")
    fates = [r.fate for r in built.results]
    assert built.complete and Fate.QUARANTINED not in fates and fates.count(Fate.ADDED) > 100
    assert all(r.why is None or "\n" not in r.why for r in built.results)
    again = run(plan, tmp_path / "g")
    assert {r.fate for r in again.results} <= {Fate.UNCHANGED, Fate.FAILED, Fate.LEFT_OUT}
    with stores.open(tmp_path / "g") as store:
        assert len(store.entries()) == fates.count(Fate.ADDED)
