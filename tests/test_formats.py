from __future__ import annotations

import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.reading import Outcome, articles, read
from kg.reading.pdf import piece_from_pdf
from kg.reading.source import LARGEST_FILE
from kg.reading.xml import parse_xml

PARAGRAPHS = (
    "Prison deaths rise",
    "The ministry said on Friday that ten people had died in the camp.",
    "It was the third such report since the guards were told to leave.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def outcomes(path: Path, **kwargs: object) -> list[Outcome]:
    return list(articles([path], **kwargs))  # type: ignore[arg-type]


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


# Word and OpenDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Prison deaths rise</dc:title>'
    "<dc:creator>Ann Lee</dc:creator><dcterms:created>2017-05-16T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def docx(path: Path, paragraphs: str, prolog: str = "") -> Path:
    body = f'{prolog}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{paragraphs}</w:body></w:document>'
    return zipped(path, {"word/document.xml": body, "docProps/core.xml": CORE})


def test_word_gives_paragraphs_title_and_author_but_no_date(tmp_path: Path) -> None:
    runs = "".join(f"<w:p><w:r><w:t>{p[:9]}</w:t></w:r><w:r><w:t>{p[9:]}</w:t></w:r></w:p>" for p in PARAGRAPHS)
    article = read(docx(tmp_path / "x.docx", runs))
    assert (article.text, article.title, article.authors, article.published) == (
        TEXT,
        "Prison deaths rise",
        ("Ann Lee",),
        None,
    )


def test_word_leaves_out_what_was_deleted_or_is_there_twice(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>".format
    box = f"<mc:AlternateContent><mc:Choice><w:p>{run('In a box stood the words of the guard, who said that it was over.')}</w:p></mc:Choice>"
    box += f"<mc:Fallback><w:p>{run('TWICE')}</w:p></mc:Fallback></mc:AlternateContent>"
    gone = f"<w:del><w:r><w:delText>GONE</w:delText></w:r></w:del><w:moveFrom>{run('MOVED')}</w:moveFrom>"
    text = read(
        docx(tmp_path / "x.docx", f"<w:p>{run('It was said')}<w:r><w:tab/></w:r>{gone}{run('to be so.')}{box}</w:p>")
    ).text
    assert text == "It was said to be so.\n\nIn a box stood the words of the guard, who said that it was over."


ODT = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def test_opendocument_gives_paragraphs(tmp_path: Path) -> None:
    inner = f"<text:h>{PARAGRAPHS[0]}</text:h><text:tracked-changes><text:p>GONE</text:p></text:tracked-changes>"
    inner += f"<text:p>{PARAGRAPHS[1][:3]}<text:s/><text:span>{PARAGRAPHS[1][4:]}</text:span><text:note><text:p>NOTE</text:p></text:note></text:p>"
    inner += f"<text:list><text:list-item><text:p>{PARAGRAPHS[2]}</text:p></text:list-item></text:list>"
    content = f"<office:document-content {ODT}><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    assert read(zipped(tmp_path / "x.odt", {"content.xml": content})).text == TEXT


@pytest.mark.parametrize(
    ("prolog", "why"),
    [
        ('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>', "declares"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "declares"),
        ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost/x.dtd"> %p;]>', "declares"),
    ],
)
def test_xml_that_declares_entities_is_refused(prolog: str, why: str, tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(ReadError, match=why):
            parse_xml(f"{prolog}<x>text</x>".encode(encoding), "x")
    with pytest.raises(ReadError, match=why):
        read(docx(tmp_path / "x.docx", "", prolog))


def test_xml_that_nests_too_deep_or_is_broken_is_refused() -> None:
    with pytest.raises(ReadError, match="nests"):
        parse_xml(b"<a>" * 300 + b"</a>" * 300, "x")
    with pytest.raises(ReadError, match="well-formed"):
        parse_xml(b"<a><b></a>", "x")
    with pytest.raises(ReadError, match="well-formed"):
        parse_xml(b"<a>&nothing;</a>", "x")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no archive"])
def test_a_damaged_document_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(content)
    with pytest.raises(ReadError, match="damaged"):
        read(tmp_path / "x.docx")


def test_a_zip_that_is_no_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"no word/document\.xml"):
        read(zipped(tmp_path / "x.docx", {"a.txt": "hello"}))


# PDF


def pdf(pages: list[list[str]], info: str = "") -> bytes:
    """A small PDF, a line of text an entry."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n, lines in enumerate(pages):
        drawn = " ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 750 Td {drawn} ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(f"<< {info} >>".encode())
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(out)


WRAPPED = [
    "The ministry said on Friday that ten people had died in the camp near the bor-",
    "der, and that the guards who had been told to leave were still there when the",
    "inspectors came. Nobody was named.",
    "It was the third such report since the guards were told to leave, and the min-",
    "istry said that there would be a fourth one before the end of the year.",
]


def test_pdf_gives_paragraphs_without_running_heads(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    bodies = [
        WRAPPED,
        *(
            [f"In the {day} week the {who} came back to the camp and found it shut.", f"No {who} was let in."]
            for day, who in (("second", "lawyers"), ("third", "doctors"))
        ),
    ]
    pages = [["The Example Report", *body, f"Page {n} of 3"] for n, body in enumerate(bodies, 1)]
    (tmp_path / "x.pdf").write_bytes(
        pdf(pages, "/Title (Prison deaths rise) /Author (Ann Lee) /CreationDate (D:20170516)")
    )
    article = read(tmp_path / "x.pdf")
    assert (article.title, article.authors, article.published) == ("Prison deaths rise", ("Ann Lee",), None)
    first, second = article.text.split("\n\n")[:2]
    assert first == (
        "The ministry said on Friday that ten people had died in the camp near the border, and that the guards who had "
        "been told to leave were still there when the inspectors came. Nobody was named."
    )
    assert second.startswith("It was the third such report") and "ministry said that there" in second
    assert "Example Report" not in article.text and "Page" not in article.text


def test_pdf_properties_that_name_a_file_are_no_title() -> None:
    pytest.importorskip("pypdfium2")
    piece = piece_from_pdf(pdf([WRAPPED], "/Title (Microsoft Word - report_v3.docx) /Author (user)"), "x.pdf")
    assert (piece.said.title, piece.said.authors) == (None, None)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.4\ngarbage", "cannot be opened"),
        (pdf([WRAPPED])[:300], "cannot be opened"),
        (pdf([[]]), "no text in the PDF"),
    ],
)
def test_a_pdf_that_holds_no_text_is_refused(data: bytes, why: str) -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(ReadError, match=why):
        piece_from_pdf(data, "x.pdf")


def test_a_pdf_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2")
    pytest.importorskip("resource")
    import zlib

    data = pdf([["x"]])
    packed = zlib.compress(b"BT /F1 11 Tf (" + b"boom " * 40_000_000 + b") Tj ET", 9)
    bomb = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    start = data.index(b"5 0 obj")
    end = data.index(b"endobj", start)
    monkeypatch.setattr("kg.reading.pdf.SECONDS", 3)
    monkeypatch.setattr("kg.reading.pdf.MEMORY", 300_000_000)
    with pytest.raises(ReadError):
        piece_from_pdf(data[: start + 8] + bomb + data[end:], "bomb.pdf")


# Mail and feeds


def test_mail_gives_its_text_subject_sender_and_date(tmp_path: Path) -> None:
    mail = (
        "From: =?utf-8?q?Ann_L=C3=A9e?= <ann@example.org>\r\nTo: desk@example.org\r\n"
        "Subject: Prison deaths\r\n rise\r\nDate: Tue, 16 May 2017 23:50:00 -0400\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>HTML</p>\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{PARAGRAPHS[1]}\r\n--b--\r\n"
    )
    (tmp_path / "x.eml").write_text(mail, newline="")
    article = read(tmp_path / "x.eml")
    assert article.text == f"Prison deaths rise\n\n{PARAGRAPHS[1]}"
    assert (article.title, article.authors, article.published) == (
        "Prison deaths rise",
        ("Ann Lée",),
        date(2017, 5, 16),
    )


def test_mail_in_an_encoding_that_is_none_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.eml").write_text(f"Subject: Prison deaths rise\nContent-Type: text/plain; charset=x-none\n\n{TEXT}")
    assert TEXT in read(tmp_path / "x.eml").text


def test_mail_of_html_alone_is_read(tmp_path: Path) -> None:
    html = f"<style>p {{}}</style><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"
    (tmp_path / "x.eml").write_text(f"Subject: Prison deaths rise\nContent-Type: text/html\n\n{html}")
    assert read(tmp_path / "x.eml").text == TEXT


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Example</title><language>en-us</language>
<item><title>Prison deaths &amp; more</title><link>https://example.org/1</link><pubDate>Tue, 16 May 2017 08:00:00 GMT</pubDate>
<dc:creator>Ann Lee</dc:creator><description>short</description>
<content:encoded><![CDATA[<p>{PARAGRAPHS[1]}</p><script>x()</script><p>{PARAGRAPHS[2]}</p>]]></content:encoded></item>
<item><title>Second story of the day</title><link>javascript:x</link><description>{PARAGRAPHS[2]}</description></item>
<item><title>Only a link</title><link>https://example.org/3</link></item></channel></rss>"""


def test_rss_gives_an_article_an_entry(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)
    first, second, third = outcomes(tmp_path / "feed.xml")
    assert first.article is not None and second.article is not None
    assert first.source.rpartition("#")[0].endswith("feed.xml")
    assert first.article.text == f"Prison deaths & more\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}"
    assert (first.article.publisher, first.article.published, first.article.url, first.article.authors) == (
        "The Example",
        date(2017, 5, 16),
        "https://example.org/1",
        ("Ann Lee",),
    )
    assert (second.article.published, second.article.url) == (None, None)
    assert third.error is not None and "no text" in str(third.error)


def test_atom_gives_an_article_an_entry(tmp_path: Path) -> None:
    xhtml = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></div></content>'
    html = f'<content type="html">&lt;p>{PARAGRAPHS[1]}&lt;/p></content>'
    entry = "<entry><title>{}</title><link href='https://example.org/1'/><updated>2018-01-01T00:00:00Z</updated>{}{}</entry>".format
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title>{entry(PARAGRAPHS[0], "<published>2017-05-16T10:00:00Z</published>", xhtml)}{entry("Two", "", html)}</feed>'
    (tmp_path / "x.atom").write_text(feed)
    first, second = outcomes(tmp_path / "x.atom")
    assert first.article is not None and second.article is not None
    assert (first.article.text, first.article.published) == (TEXT, date(2017, 5, 16))
    assert (second.article.text, second.article.published) == (f"Two\n\n{PARAGRAPHS[1]}", None)


# Tables


def row(n: int, **more: object) -> dict[str, object]:
    return {"title": f"Report {n}", "text": f"{PARAGRAPHS[1]} It was report number {n}.", "date": "2017-05-16", **more}


def test_json_lines_give_an_article_a_line_and_a_reason_for_each_that_is_none(tmp_path: Path) -> None:
    lines = [
        json.dumps(row(1, author="Ann Lee")),
        "",
        "{broken",
        "[1]",
        '{"title": "no text"}',
        json.dumps(row(6, text="")),
    ]
    (tmp_path / "x.jsonl").write_text("\n".join([*lines, json.dumps(row(7))]))
    found = outcomes(tmp_path / "x.jsonl")
    assert [o.source.rpartition(":")[2] for o in found] == ["1", "3", "4", "5", "6", "7"]
    assert [o.article is not None for o in found] == [True, False, False, False, False, True]
    assert "column mapping text=" in str(found[3].error)
    first = found[0].article
    assert first is not None
    assert (first.title, first.published, first.authors) == ("Report 1", date(2017, 5, 16), ("Ann Lee",))
    assert dict(found[0].origin)["published"] == "column date"


def test_columns_are_mapped_and_nested(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(
        json.dumps({"a": {"b": PARAGRAPHS[1]}, "when": "May 16, 2017", "text": "not this"})
    )
    (found,) = outcomes(tmp_path / "x.jsonl", columns={"text": "a.b", "published": "when"})
    assert found.article is not None
    assert (found.article.text, found.article.published) == (PARAGRAPHS[1], date(2017, 5, 16))
    (wrong,) = outcomes(tmp_path / "x.jsonl", columns={"headline": "a"})
    assert "no field is called 'headline'" in str(wrong.error)


@pytest.mark.parametrize(("delimiter", "suffix"), [(",", ".csv"), (";", ".csv"), ("\t", ".tsv")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_gives_an_article_a_row(delimiter: str, suffix: str, encoding: str, tmp_path: Path) -> None:
    body = f'"{PARAGRAPHS[1]} “It’s over,”\nhe said, ""at last"""'
    rows = [["Headline", "Body", "Published_At"], ["Deaths", body, "2017-05-16T10:00:00"], ["None", "", ""]]
    (tmp_path / f"x{suffix}").write_text("\r\n".join(delimiter.join(r) for r in rows), encoding=encoding, newline="")
    first, second = outcomes(tmp_path / f"x{suffix}")
    assert first.article is not None
    assert first.article.text == f'Deaths\n\n{PARAGRAPHS[1]} “It’s over,”\nhe said, "at last"'
    assert (first.article.title, first.article.published) == ("Deaths", date(2017, 5, 16))
    assert second.error is not None and first.source.endswith(":2")


def test_parquet_gives_an_article_a_row(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table(
        {
            "body": [PARAGRAPHS[1], None],
            "title": ["Deaths", "None"],
            "published": [datetime(2017, 5, 16, 10), None],
            "n": [1, 2],
        }
    )
    parquet.write_table(table, tmp_path / "x.parquet")
    first, second = outcomes(tmp_path / "x.parquet")
    assert first.article is not None and second.error is not None
    assert (first.article.text, first.article.published) == (f"Deaths\n\n{PARAGRAPHS[1]}", date(2017, 5, 16))
    (tmp_path / "y.parquet").write_bytes(b"PAR1 broken")
    assert "Parquet" in str(outcomes(tmp_path / "y.parquet")[0].error)


# Compressed files and web archives


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_a_packed_file_is_read_as_what_it_holds(suffix: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / f"x.txt{suffix}").write_bytes(pack(TEXT.encode()))
    (tmp_path / f"y.jsonl{suffix}").write_bytes(pack("\n".join(json.dumps(row(n)) for n in range(3)).encode()))
    found = outcomes(tmp_path)
    assert [o.article is not None for o in found] == [True] * 4
    assert [Path(o.source).name for o in found] == [f"x.txt{suffix}", *(f"y.jsonl{suffix}:{n}" for n in (1, 2, 3))]


def test_a_zip_archive_gives_its_files(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "b.txt": TEXT,
        "a/x.jsonl": json.dumps(row(1)),
        "a/.hidden.txt": TEXT,
        "c.exe": b"MZ",
    }
    files |= {"__MACOSX/b.txt": "x", "empty.txt": "", "../../up.md": TEXT, "inner.zip": b"PK", "a/x.gz": b"x"}
    found = outcomes(zipped(tmp_path / "x.zip", files))
    assert [(o.source.removeprefix(f"{tmp_path}/x.zip/"), o.article is not None) for o in found] == [
        ("../../up.md", True),
        ("a/x.jsonl:1", True),
        ("b.txt", True),
        ("empty.txt", False),
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.zip"]


def test_bombs_are_stopped(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "bomb.txt.gz", "wb", compresslevel=1) as stream:
        for _ in range(LARGEST_FILE // 1_000_000 + 2):
            stream.write(b"It was the end of the day. " * 37_000)
    (bomb,) = outcomes(tmp_path / "bomb.txt.gz")
    assert f"more than {LARGEST_FILE:,} bytes" in str(bomb.error)
    lines = gzip.compress(b"\n" * (LARGEST_FILE + 10))
    (tmp_path / "bomb.jsonl.gz").write_bytes(lines)
    assert "blank lines" in str(outcomes(tmp_path / "bomb.jsonl.gz")[-1].error)
    zipped(tmp_path / "x.docx", {"word/document.xml": b" " * (LARGEST_FILE + 1)})
    (word,) = outcomes(tmp_path / "x.docx")
    assert "unpacks to more than" in str(word.error)


def test_a_packed_file_that_breaks_off_gives_what_it_holds(tmp_path: Path) -> None:
    packed = gzip.compress("\n".join(json.dumps(row(n, pad=str(n) * 3000)) for n in range(200)).encode(), 1)
    (tmp_path / "x.jsonl.gz").write_bytes(packed[: len(packed) * 3 // 4])
    found = outcomes(tmp_path / "x.jsonl.gz")
    assert sum(o.article is not None for o in found) > 20
    assert "breaks off" in str(found[-1].error)


def warc(pages: list[tuple[str, str, bytes, str]], packed: bool) -> bytes:
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, kind, body, status in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return out.getvalue()


HTML = f"<html lang=en><head><title>Deaths</title></head><body><article><h1>Deaths</h1><p>{PARAGRAPHS[1]} “It’s over.”</p><p>{PARAGRAPHS[2]}</p></article></body></html>"
PAGES = [
    ("https://example.org/1", "text/html; charset=windows-1252", HTML.encode("cp1252"), "200 OK"),
    ("https://example.org/2", "image/png", b"\x89PNG", "200 OK"),
    ("https://example.org/3", "text/html", HTML.encode(), "404 Not Found"),
    ("https://example.org/4", "text/html", b"<html><body></body></html>", "200 OK"),
    ("https://example.org/5", "text/plain; charset=utf-8", TEXT.encode(), "200 OK"),
]


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_gives_its_pages(packed: bool, tmp_path: Path) -> None:
    file = tmp_path / ("x.warc.gz" if packed else "x.warc")
    file.write_bytes(warc(PAGES, packed))
    first, fourth, fifth = outcomes(file)
    assert first.article is not None and fifth.article is not None and fourth.error is not None
    assert first.source == f"{file}#https://example.org/1"
    assert "“It’s over.”" in first.article.text
    assert (first.article.url, first.article.published) == ("https://example.org/1", None)
    assert fifth.article.text == TEXT


@pytest.mark.parametrize("packed", [True, False])
def test_a_truncated_web_archive_gives_what_it_holds(packed: bool, tmp_path: Path) -> None:
    file = tmp_path / ("x.warc.gz" if packed else "x.warc")
    whole = warc([PAGES[0], *[PAGES[4]] * 3], packed)
    file.write_bytes(whole[: len(whole) * 2 // 3])
    found = outcomes(file)
    assert found[0].article is not None
    assert len(found) <= 4


def test_a_reader_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    for module in ("pyarrow", "pyarrow.parquet", "warcio", "warcio.archiveiterator", "warcio.exceptions"):
        monkeypatch.setitem(sys.modules, module, None)
    for name, extra in (("x.parquet", "tables"), ("x.warc", "web")):
        (tmp_path / name).write_bytes(b"WARC/1.0 x")
        (found,) = outcomes(tmp_path / name)
        assert f"reportedly[{extra}]" in str(found.error)
