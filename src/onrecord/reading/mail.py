"""Mail messages and web pages saved in a single file (MHTML): the body as text, the headers as metadata.

Bodies are encoded for transport (quoted-printable, base64), so that places count in characters of the body's text. The parsing is
that of Python's :mod:`email`.
"""

from __future__ import annotations

import email.policy
import re
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from onrecord.errors import Damaged, NotAStatement
from onrecord.reading.decoding import decode

#: Headers of mail, in any order, at least one of which occurs only in mail.
_HEADERS = re.compile(
    rb"(?:From [^\n]{1,300}\n)?(?=[\w-]{1,60}:[ \t])(?:[\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,200}?"
    rb"(?:MIME-Version|Received|Message-ID|Content-Transfer-Encoding|Return-Path|Delivered-To|Snapshot-Content-Location):",
    re.I,
)

#: A plain body of fewer words beside one in HTML only says that the mail is to be read as a web page.
_PLACEHOLDER = 12
_TAGS = re.compile(r"<[^<>]*>")


def is_mail(data: bytes) -> bool:
    """Whether bytes begin with the headers of a message."""
    return _HEADERS.match(data[:20_000].lstrip(b"\r\n")) is not None


def read_mail(data: bytes, *, where: str = "") -> tuple[str, str, dict[str, str]]:
    """The body's text, its kind (``html`` or ``text``), and the headers ``title``, ``date``, ``from``, ``source_url``.

    Of a message with a plain body and one in HTML the plain one is read; of a saved page its HTML. Attachments are ignored.
    Raises :class:`~onrecord.errors.Damaged` for a message that does not parse, :class:`~onrecord.errors.NotAStatement` for one
    without words.
    """
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        order = ("html", "plain") if message.get_content_type() == "multipart/related" else ("plain", "html")
        part = message.get_body(preferencelist=order)
        body = _words(part, where) if part is not None else ""
        longer = _web_page(message, where) if not isinstance(body, str) or len(body.split()) < _PLACEHOLDER else None
        if longer is not None and len(longer[1]) > len(body):
            part, body = longer
        meta = _headers(message)
        kind = "html" if part is not None and part.get_content_subtype() == "html" else "text"
    except (LookupError, ValueError, AssertionError, RecursionError, AttributeError, TypeError) as error:
        raise Damaged(f"no mail message that opens: {error}", where=where) from None
    if not isinstance(body, str) or not body.strip():
        raise NotAStatement("a mail message without a text", where=where, hint="Save its attachment and read that")
    return body.replace("\r\n", "\n").encode("utf-8", "replace").decode(), kind, meta


def _words(part: MIMEPart, where: str) -> str | bytes:
    """The words of a part; where its header names no encoding, as browsers save pages, by the page's own or by content."""
    if part.get_content_maintype() != "text" or part.get_content_charset() is not None:
        return part.get_content()  # type: ignore[no-any-return]
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    if not data.strip():
        return ""
    return decode(data, where=where).text


def _web_page(message: EmailMessage, where: str) -> tuple[MIMEPart, str] | None:
    """The longest part in HTML, where the part that should be read has no words: of a page saved with its frames the page."""
    found: list[tuple[MIMEPart, str]] = []
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, MIMEPart):
            words = _words(part, where)
            if isinstance(words, str):
                found.append((part, words))
    return max(found, key=lambda one: len(_TAGS.sub("", one[1])), default=None)


def _headers(message: EmailMessage) -> dict[str, str]:
    meta = {
        "title": str(message.get("Subject", "")),
        "from": str(message.get("From", "")),
        "source_url": str(message.get("Snapshot-Content-Location", "")),
    }
    if meta["source_url"]:  # of a saved page the header tells when it was saved
        return {name: " ".join(words.split()) for name, words in meta.items() if words.strip()}
    try:
        meta["date"] = parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError):
        pass
    return {name: " ".join(words.split()) for name, words in meta.items() if words.strip()}
