"""Store one answer that was had some other way than by collecting: from a web archive, or from the record of another desk."""

from __future__ import annotations

from onrecord.captures.opened import Opened
from onrecord.desk import Desk
from onrecord.desk.readers import ReadJob, run_job
from onrecord.desk.visits import Asked
from onrecord.offsets import OffsetMap
from onrecord.record import Document


def store_page(desk: Desk, opened: Opened, asked: Asked) -> str:
    """Read a page and store it with its visit; return what came of it: the outcome of the visit.

    A page that cannot be read is kept with the reason, as ``refused``.
    """
    if desk.writer.holds(opened, asked) is not None:
        return "unchanged"
    result = run_job(ReadJob(opened))
    if result.trouble is not None:
        desk.writer.visited(asked, "refused", kept=opened, error=result.trouble.error, message=result.trouble.message)
        return "refused"
    offsets = OffsetMap.from_bytes(result.offsets)
    document = Document.from_json(result.document).with_capture(
        result.capture or opened.capture, b"", offsets, opened.data
    )
    return desk.writer.add(document, result.packed, asked=asked, breaks_off=result.breaks_off).outcome


def is_stored(desk: Desk, address: str, at: str) -> bool:
    """Whether a visit of an address at that time is on the record."""
    query = "SELECT 1 FROM visit WHERE address = ? AND at = ? LIMIT 1"
    return desk.record.execute(query, (address, at)).fetchone() is not None
