"""A saved e-mail (.eml) -> the article it carries: press releases and newsletters come so."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

from ..errors import ReadError
from .html import fragment_text
from .metadata import Metadata, stated_day
from .pieces import Piece


def piece_from_mail(data: bytes, name: str) -> Piece:
    """The text of a message, plain if it has that, with its subject as headline; sender, date and subject as metadata.

    Raises ReadError if the message has no text.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not isinstance(message, EmailMessage):
            raise TypeError("the default policy makes an EmailMessage")
        part = message.get_body(preferencelist=("plain", "html"))
        content = part.get_content() if part is not None else ""
        is_html = part is not None and part.get_content_type() == "text/html"
        subject, date, sender = str(message["subject"] or ""), str(message["date"] or ""), str(message["from"] or "")
    except (LookupError, ValueError, AttributeError) as error:
        # unknown charsets, and headers that the standard parser trips over
        raise ReadError(name, f"the message cannot be read ({error})", "save its text as .txt") from error
    body = fragment_text(content, name) if is_html else str(content).replace("\r\n", "\n").strip()
    if not body:
        raise ReadError(name, "the message has no text", "give a message with a plain or HTML part")
    people = tuple(shown for shown, _ in getaddresses([sender]) if shown)
    said = (
        Metadata.found("Subject header", title=" ".join(subject.split()))
        .over(Metadata.found("From header", authors=people))
        .over(Metadata.found("Date header", published=stated_day(date)))
    )
    title = said.title
    return Piece(name, body if title is None or body.startswith(title) else f"{title}\n\n{body}", said)
