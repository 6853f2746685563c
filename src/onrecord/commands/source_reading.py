"""Read a source that is not on the desk, in this process and within the limits on memory and time."""

from __future__ import annotations

from onrecord import annotate
from onrecord.errors import OnRecordError, annotation_fault
from onrecord.limits import Limits
from onrecord.reader import read
from onrecord.record import Document


def read_source(
    source: str, *, house: str | None = None, encoding: str | None = None, item: int | None = None, mapping: str = ""
) -> Document:
    """Read a file, an address or standard input as :func:`onrecord.read` does, within the limits of a document.

    Raises the same errors, and LimitReached.
    """
    with Limits.from_environment().applied(source):
        return read(source, house=house, encoding=encoding, item=item, mapping=mapping)


def annotated(document: Document, source: str) -> Document:
    """Annotate a document within the limits. Raises LimitReached, and ReadingError if the rules fail."""
    try:
        with Limits.from_environment().applied(source):
            return annotate(document)
    except OnRecordError:
        raise
    except Exception as fault:
        raise annotation_fault(fault, source) from fault


def read_annotated(source: str, *, house: str | None = None) -> Document:
    """Read and annotate a source within the limits."""
    return annotated(read_source(source, house=house), source)
