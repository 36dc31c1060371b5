"""Pictures of text: read only if asked, what came so is said in report and provenance, and hostile ones end in a line."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import store as stores
from kg.cli import app
from kg.reading import articles
from kg.reading import ocr as recognition
from kg.reading.ocr import PICTURES, _text, said
from kg.reading.outcome import Outcome

pdfium = pytest.importorskip("pypdfium2")
tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not on the PATH")

SAID = "Rosa Lindqvist, the harbour master, said that 300 people had left the island by ferry."
OTHER = "Bo Ek, the captain, denied that the boat was late."


def pdf_of(*paragraphs: str) -> bytes:
    """A PDF with a page for each paragraph, whose text is text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for paragraph in paragraphs:
        lines = [paragraph[n : n + 40] for n in range(0, len(paragraph), 40)]
        shown = " ".join(f"({line}) Tj 0 -30 Td" for line in lines)
        stream = f"BT /F1 20 Tf 60 700 Td {shown} ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return written(objects)


def written(objects: list[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for n, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (n, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def drawn(paragraph: str) -> tuple[int, int, bytes]:
    """A page as a picture: width, height and a grey byte a dot."""
    page = pdfium.PdfDocument(pdf_of(paragraph))[0].render(scale=3, grayscale=True)
    rows = bytes(page.buffer)
    return page.width, page.height, b"".join(rows[n * page.stride :][: page.width] for n in range(page.height))


def png_of(paragraph: str) -> bytes:
    width, height, dots = drawn(paragraph)
    lines = b"".join(b"\0" + dots[n * width :][:width] for n in range(height))
    return png(width, height, zlib.compress(lines))


def png(width: int, height: int, packed: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def scan_of(*paragraphs: str, text: str = "") -> bytes:
    """A PDF whose pages are pictures, and one of text if asked."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for paragraph in paragraphs:
        width, height, dots = drawn(paragraph)
        packed = zlib.compress(dots)
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(packed), packed)
        )
        image, stream = len(objects), b"600 0 0 800 0 0 cm /I Do"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /XObject << /I %d 0 R >> >> >>" % (len(objects), image)
        )
        kids.append(b"%d 0 R" % len(objects))
    if text:
        stream = f"BT /F1 20 Tf 60 700 Td ({text}) Tj ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return written(objects)


def read(folder: Path, name: str, data: bytes, *, ocr: bool = True) -> Outcome:
    path = folder / name
    path.write_bytes(data)
    (outcome,) = articles([path], columns={"ocr": "yes"} if ocr else {})
    return outcome


def words(outcome: Outcome) -> str:
    assert outcome.article is not None, outcome.error
    return " ".join(outcome.article.text.split())


@tesseract
def test_a_picture_is_read_if_asked_and_says_so(tmp_path: Path) -> None:
    outcome = read(tmp_path, "scan.png", png_of(SAID))
    assert words(outcome) == SAID
    assert outcome.recognised is not None and outcome.warnings == (outcome.recognised,)
    assert outcome.recognised.startswith("text recognised by tesseract ") and "the picture 9" in outcome.recognised
    refused = read(tmp_path, "scan.png", png_of(SAID), ocr=False)
    assert "it is a picture" in str(refused.error) and "say --ocr" in str(refused.error)


@tesseract
def test_a_scanned_pdf_is_read_and_a_page_of_text_keeps_its_own(tmp_path: Path) -> None:
    outcome = read(tmp_path, "scan.pdf", scan_of(SAID, OTHER, text="Ida Berg said no to the plan of the council."))
    assert SAID in words(outcome) and OTHER in words(outcome) and words(outcome).endswith("plan of the council.")
    assert outcome.recognised is not None
    assert "page 1 9" in outcome.recognised and "page 2 9" in outcome.recognised and "page 3" not in outcome.recognised
    refused = read(tmp_path, "scan.pdf", scan_of(SAID), ocr=False)
    assert "only pictures; say --ocr" in str(refused.error)
    assert read(tmp_path, "text.pdf", pdf_of(SAID)).recognised is None


@tesseract
def test_provenance_and_report_say_which_pages(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(scan_of(SAID))
    (folder / "photo.png").write_bytes(png_of(OTHER))
    (folder / "note.txt").write_text(SAID.replace("300", "40"))
    graph = tmp_path / "g"
    result = CliRunner().invoke(app, ["build", str(folder), "-d", str(graph), "--ocr", "--fast", "--no-outputs"])
    assert result.exit_code == 0, result.output
    assert result.stderr.count("text recognised by tesseract") == 2
    with stores.open(graph) as store:
        told = {e.article.path and Path(e.article.path).name: e.problems for e in store.extractions()}
    assert told["note.txt"] == ()
    assert "page 1 9" in told["scan.pdf"][0] and "the picture 9" in told["photo.png"][0]
    again = CliRunner().invoke(app, ["build", str(folder), "-d", str(graph), "--ocr", "--fast", "--no-outputs"])
    assert again.output.count("unchanged") == 3
    off = CliRunner().invoke(app, ["build", str(folder), "-d", str(tmp_path / "h"), "--fast", "--no-outputs"])
    assert off.exit_code == 1 and "1 file of another kind was left out (1 .png)" in off.stderr


@tesseract
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.png", b""),
        ("words.png", b"this is no picture at all, but words"),
        ("cut.png", png_of(SAID)[:400]),
        ("blank.png", png(300, 300, zlib.compress((b"\0" + b"\xff" * 300) * 300))),
        ("huge.png", png(60_000, 60_000, zlib.compress(b"\0" * 60_001))),
        ("list.png", b"/etc/passwd\n/etc/hosts\n"),
        ("p.tif", b"II*\0" + b"\xff" * 200),
        ("p.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 300),
        ("p.gif", b"GIF89a" + b"\xff" * 50),
        ("p.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 "),
        ("p.pnm", b"P5 999999 999999 255\n"),
    ],
)
def test_what_is_no_picture_ends_in_one_line(name: str, data: bytes, tmp_path: Path) -> None:
    outcome = read(tmp_path, name, data)
    assert outcome.article is None and outcome.error is not None
    assert len(str(outcome.error)) < 600 and "\n" not in str(outcome.error) and "root:" not in str(outcome.error)


def test_without_tesseract_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition.shutil, "which", lambda name: None)
    outcome = read(tmp_path, "scan.png", b"\x89PNG")
    assert "recognising text needs Tesseract; install it" in str(outcome.error)


def test_paragraphs_are_those_of_the_picture() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        (1, 1, 1, 90, "Fer-"),
        (1, 1, 2, 80, "ry"),
        (1, 1, 2, 70, "stopped."),
        (1, 2, 1, 40, "Rain"),
        (2, 1, 1, 20, " "),
    ]
    table = "\n".join([head, "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t", *(f"5\t1\t{b}\t{p}\t{n}\t1\t0\t0\t1\t1\t{c}\t{w}" for b, p, n, c, w in rows)])  # fmt: skip
    found = _text(table)
    assert (found.text, found.certainty) == ("Ferry stopped.\n\nRain", 70)


@tesseract
def test_a_page_that_is_hardly_legible_is_said_to_be() -> None:
    assert "hardly legible" in said([("page 1", recognition.Recognised("x", 30))])
    assert "hardly legible" not in said([("page 1", recognition.Recognised("x", 90))])


def test_pictures_are_of_a_known_kind() -> None:
    assert {".png", ".jpg", ".tif"} <= PICTURES
