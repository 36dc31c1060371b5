"""Saved mail (.eml, .mbox) and pages saved as mail (.mhtml) -> the articles they carry."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses

from ..errors import ReadError
from .html import fragment_text, piece_from_html
from .metadata import Metadata
from .pieces import Piece, Pieces, under_headline
from .source import LARGEST_FILE, LARGEST_ROW, Source, too_large
from .text import decode
from .written_dates import read_day


def piece_from_mail(data: bytes, name: str) -> Piece:
    """The text of a message, plain if it has that, with its subject as headline; sender, date and subject as metadata.

    Raises ReadError if the message has no text.

    >>> mail = b"Subject: Mill closes\\r\\nMIME-Version: 1.0\\r\\n\\r\\nIt closed on Monday."
    >>> piece_from_mail(mail, "a.eml").text
    'Mill closes\\n\\nIt closed on Monday.'
    """
    try:
        message = message_from_bytes(_folded(data), policy=policy.default)
        if not isinstance(message, EmailMessage):
            raise TypeError("the default policy makes an EmailMessage")
        part = message.get_body(preferencelist=("plain", "html"))
        content = _words(part, name) if part is not None else ""
        is_html = part is not None and part.get_content_type() == "text/html"
        subject, date, sender = str(message["subject"] or ""), str(message["date"] or ""), str(message["from"] or "")
    except (LookupError, ValueError, AttributeError) as error:
        # headers that the standard parser trips over
        raise ReadError(name, f"the message cannot be read ({error})", "save its text as .txt") from error
    body = fragment_text(content, name) if is_html else content.replace("\r\n", "\n").strip()
    if not body:
        raise ReadError(name, "the message has no text", "give a message with a plain or HTML part")
    published, lost = read_day(date)
    people = tuple(shown for shown, _ in getaddresses([sender]) if shown)
    said = (
        Metadata.found("Subject header", title=" ".join(subject.split()))
        .over(Metadata.found("From header", authors=people))
        .over(Metadata.found("Date header", published=published))
    )
    return Piece(name, under_headline(said.title, body), said, (lost,) if lost else ())


def _words(part: MIMEPart, name: str) -> str:
    """The text of a part, whatever it says of its encoding where that is none."""
    try:
        return str(part.get_content())
    except LookupError:
        data = part.get_payload(decode=True)
        return decode(data, name) if isinstance(data, bytes) else ""


_UNFOLDED = re.compile(rb"(?im)^(content-[a-z-]+:[^\n]*;[ \t]*\r?\n)(?=(?:boundary|charset|type|format|name|start)=)")


def _folded(data: bytes) -> bytes:
    """A message with what some senders forget: the blank before a header's next line, the boundary of its parts."""
    data = _UNFOLDED.sub(rb"\1 ", data)
    end = re.search(rb"\r?\n\r?\n", data[:65_536])
    head = data[: end.start()] if end else b""
    if end is None or b"boundary=" in head.lower() or not re.search(rb"(?im)^content-type:\s*multipart/", head):
        return data
    boundary = re.search(rb"(?im)^--([^\s\"]{1,70})[ \t]*\r?\n(?=content-)", data[end.start() : end.end() + 65_536])
    if boundary is None:
        return data
    declared = rb'\1; boundary="%s"' % boundary[1].replace(b"\\", b"")
    return re.sub(rb"(?im)^(content-type:\s*multipart/[a-z-]+)", declared, head, count=1) + data[end.start() :]


def pieces_from_mbox(source: Source) -> Pieces:
    """Each message of a mailbox, named `FILE:N`; one without text is a ReadError, and the next follow.

    >>> import io
    >>> message = b"From jo@example.org Mon May 6 10:00:00 2019\\nSubject: Mill closes\\n\\nThe mill has closed.\\n"
    >>> [piece.name for piece in pieces_from_mbox(Source("post.mbox", ".mbox", lambda: io.BytesIO(message)))]
    ['post.mbox:1']
    """
    lines: list[bytes] = []
    size = n = 0
    with source.open() as stream:
        blank = True
        while True:
            line = stream.readline(LARGEST_ROW + 1)
            if not line or (blank and re.match(rb"From \S+.*\d{4}\s*$|From - ", line)):
                if n:
                    yield _message(lines, size, f"{source.name}:{n}")
                if not line:
                    break
                n, size = n + 1, 0
                lines.clear()
                continue
            if n == 0:
                raise ReadError(source.name, "it is no mailbox in the mbox format", "save the messages as .eml")
            blank = not line.strip()
            size += len(line)
            if size <= LARGEST_FILE:
                lines.append(line[1:] if re.match(rb">+From ", line) else line)
    if n == 0:
        raise ReadError(source.name, "there is no message in it", "save the messages as .eml")


def _message(lines: list[bytes], size: int, name: str) -> Piece | ReadError:
    if size > LARGEST_FILE:
        return too_large(name, LARGEST_FILE)
    try:
        return piece_from_mail(b"".join(lines), name)
    except ReadError as error:
        return error


def piece_from_mhtml(data: bytes, name: str) -> Piece:
    """The article of a page that a browser saved with its parts; the day it was saved is no day of publication.

    Raises ReadError if there is no page in it, or no article in the page.
    """
    try:
        message = message_from_bytes(_folded(data), policy=policy.default)
        page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
        body = page.get_payload(decode=True) if page is not None else None
        charset = page.get_content_charset() if page is not None else None
        url = str(message["Snapshot-Content-Location"] or (page["Content-Location"] if page is not None else "") or "")
    except (LookupError, ValueError, AttributeError) as error:
        raise ReadError(name, f"the saved page cannot be read ({error})", "save it as .html") from error
    if not isinstance(body, bytes):
        raise ReadError(name, "there is no page in it", "save the page as .html")
    known = Metadata.found(
        "Snapshot-Content-Location", url=url.strip() if url.strip().startswith(("http://", "https://")) else None
    )
    return piece_from_html(body, name, charset, known)


_PAGES = ("text/html", "application/xhtml+xml")
