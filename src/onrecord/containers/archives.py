"""Web archives (WARC) and mailboxes (mbox): each response that holds a page, each message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.captures.opened import LARGEST, Opened
from onrecord.containers.items import NOTHING_BEHIND, File
from onrecord.errors import ArchivesMissing, OnRecordError, ReadingError, TooLarge

#: What a response holds that may be a statement, by the beginning of its media type.
_PAGES = (
    "text/",
    "application/xhtml",
    "application/pdf",
    "application/json",
    "application/xml",
    "application/vnd.openxml",
)
#: What this program notes of a visit that brought no statement: see onrecord.collecting.warc.
_NO_STATEMENT = frozenset(("listing", "refused", "gone", "failed", "disallowed"))
_NO_PAGES = ("text/css", "text/javascript", "text/ecmascript")


def warc_pages(stream: BinaryIO, file: File) -> Iterator[Opened]:
    """The pages among the responses of a web archive, each at its address, with the time at which it was fetched."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise ArchivesMissing("warcio, which reads web archives, is not installed", where=file.uri) from None
    stream.seek(0)
    number = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type not in ("response", "resource"):
                continue
            if record.rec_headers.get_header("OnRecord-Outcome") in _NO_STATEMENT:
                continue
            headers = record.http_headers
            media = (headers.get_header("Content-Type") if headers else record.content_type) or "text/html"
            status = headers.get_statuscode() if headers else "200"
            if not status.startswith("2") or not media.startswith(_PAGES) or media.startswith(_NO_PAGES):
                continue
            number += 1
            data = record.content_stream().read(LARGEST + 1)
            base, _, parameters = media.partition(";")
            charset = parameters.partition("charset=")[2].strip(" \"'").partition(";")[0]
            yield file.item(
                data,
                f"record={number}",
                media_type=base.strip(),
                encoding=charset or None,
                uri=record.rec_headers.get_header("WARC-Target-URI"),
                fetched=record.rec_headers.get_header("WARC-Date"),
            )
    except OnRecordError:
        raise
    except Exception as error:  # a broken record fails in any of a dozen ways
        raise ReadingError(f"the archive breaks off: {error}", where=file.uri, hint="Fetch it again") from None


def messages(stream: BinaryIO, file: File) -> Iterator[Opened]:
    """The messages of a mailbox; a line that begins with "From " behind an empty one divides them."""
    stream.seek(0)
    held: list[bytes] = []
    size = number = 0
    blank = True
    while line := stream.readline(LARGEST):
        if blank and line.startswith(b"From ") and b"@" in line + b"@":
            if held:
                number += 1
                yield file.item(b"".join(held), f"message={number}", media_type="message/rfc822", suffix="message.eml")
            held, size = [], 0
        else:
            held.append(line)
            size += len(line)
        blank = not line.strip()
        if size > LARGEST:
            raise TooLarge(
                f"message {number + 1} has more than the {LARGEST / 1e6:.0f} MB a statement can have; {NOTHING_BEHIND}",
                where=file.uri,
            )
    if held:
        yield file.item(b"".join(held), f"message={number + 1}", media_type="message/rfc822", suffix="message.eml")
