"""Add many statements: read side by side in several processes, written by one, going on past what cannot be read."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

import msgspec

from onrecord.captures.opening import Opened, find_sources, open_source
from onrecord.desk.readers import ReadOne, Trouble, Work, read_all, trouble_of
from onrecord.desk.store import Desk
from onrecord.errors import DeskError, RecordError
from onrecord.houses import FALLBACK
from onrecord.offsets import OffsetMap
from onrecord.record import Document


class Summary(msgspec.Struct, kw_only=True):
    """What became of all the sources.

    ``left_aside`` counts files of folders that are no documents, by the ending of their names; ``mended`` captures that
    were damaged on the disk and are whole again.
    """

    sources: int = 0
    new: int = 0
    unchanged: int = 0
    new_captures: int = 0
    read_again: int = 0
    mended: int = 0
    turns: int = 0
    paragraphs: int = 0
    unread: int = 0
    bytes: int = 0
    issuers: dict[str, int] = msgspec.field(default_factory=dict)
    left_aside: dict[str, int] = msgspec.field(default_factory=dict)
    troubles: list[Trouble] = msgspec.field(default_factory=list)
    warnings: list[str] = msgspec.field(default_factory=list)

    @property
    def errors(self) -> Counter[str]:
        """How many sources failed, by the error's name."""
        return Counter(trouble.error for trouble in self.troubles)


Progress = Callable[[Summary, str], None]


def add_all(
    desk: Desk,
    names: Iterable[object],
    *,
    house: str | None = None,
    encoding: str | None = None,
    processes: int = 2,
    again: bool = False,
    on_progress: Progress | None = None,
) -> Summary:
    """Add everything that ``names`` stand for: files, folders, patterns, addresses, ``"-"``.

    What is on the desk already is passed over unread, unless ``again`` asks for a new reading. Whatever goes wrong with
    one source, an unexpected exception included, is collected in the summary and the rest goes on; only a failure of the
    desk itself (no room, damaged) ends the run, with all that was added before it kept. With ``processes=1`` pages are
    read in this process.
    """
    summary = Summary()
    tell = on_progress or _silent
    sources = (Work(opened, house, encoding) for opened in _fresh(desk, names, summary, tell, again))
    _take(desk, sources, summary, tell, processes=processes, again=again)
    return summary


def read_again(
    desk: Desk, *, everything: bool = False, processes: int = 2, on_progress: Progress | None = None
) -> Summary:
    """Read documents of the desk again from the captures they show: those that an older version read, or ``everything``.

    Ids stay. A document is read by the house it was read by before, unless that was only the fallback. One that the
    readers now refuse keeps its former reading and is counted among the troubles.
    """
    from onrecord import __version__

    summary = Summary()
    condition = "" if everything else "WHERE reader != :version"
    query = f"SELECT id, house, asked_house, asked_encoding FROM document {condition} ORDER BY id"
    rows = desk.record.execute(query, {"version": __version__}).fetchall()

    def sources() -> Iterator[Work]:
        for row in rows:
            summary.sources += 1
            capture = desk.document(row["id"]).capture
            try:
                data = desk.captures.get(capture.sha256)
            except RecordError as error:
                summary.troubles.append(trouble_of(error, row["id"]))
                continue
            summary.bytes += len(data)
            name = capture.source.rsplit("/", 1)[-1]
            opened = Opened(capture=capture, data=data, name=name, declared_encoding=capture.encoding)
            house = row["asked_house"] or (row["house"] if row["house"] != FALLBACK else None)
            yield Work(opened, house, row["asked_encoding"], stored=True)

    _take(desk, sources(), summary, on_progress or _silent, processes=processes, again=True)
    return summary


def _silent(summary: Summary, source: str) -> None:
    """Tell nobody."""


def _fresh(desk: Desk, names: Iterable[object], summary: Summary, tell: Progress, again: bool) -> Iterator[Opened]:
    """The sources that must be read: opened, and not on the desk already."""
    for found in find_sources(names, left_aside=summary.left_aside):
        summary.sources += 1
        try:
            if found.error is not None:
                raise found.error
            opened = open_source(found.source)
        except Exception as error:
            summary.troubles.append(trouble_of(error, found.source))
            tell(summary, found.source)
            continue
        summary.bytes += opened.capture.size
        if not again and desk.writer.holds(opened) is not None:
            summary.unchanged += 1
            tell(summary, found.source)
            continue
        yield opened


def _take(
    desk: Desk, sources: Iterator[Work], summary: Summary, tell: Progress, *, processes: int, again: bool
) -> None:
    """Read the sources and write what comes of them."""
    writer = desk.writer
    try:
        with closing(read_all(sources, processes)) as answers:
            for work, one in answers:
                summary.warnings += one.warnings
                trouble = one.trouble or _write(desk, work, one, summary, again)
                if trouble is not None:
                    summary.troubles.append(trouble)
                    writer.refuse(work.opened.capture, trouble.error, trouble.message)
                tell(summary, work.opened.capture.source)
        writer.commit()
    except BaseException:
        writer.settle()
        raise
    finally:
        summary.mended = writer.mended


def _write(desk: Desk, work: Work, one: ReadOne, summary: Summary, again: bool) -> Trouble | None:
    """Write a document. What fails because of the document is its trouble; what fails because of the desk is raised."""
    try:
        document = _rebuilt(one, work.opened)
        asked = None if work.stored else (work.house, work.encoding)
        added = desk.writer.add(document, one.packed, again=again, asked=asked)
    except (DeskError, OSError, sqlite3.Error):
        raise
    except Exception as error:
        return trouble_of(error, work.source)
    if added.unannotated:
        summary.warnings.append(added.unannotated)
    _count(summary, document, added.outcome)
    return None


def _rebuilt(one: ReadOne, opened: Opened) -> Document:
    assert one.capture is not None
    return Document.from_json(one.document).with_capture(
        one.capture, b"", OffsetMap.from_bytes(one.offsets), opened.data
    )


def _count(summary: Summary, document: Document, outcome: str) -> None:
    if outcome == "unchanged":  # the same bytes twice among the sources of one run
        summary.unchanged += 1
        return
    if outcome == "new":
        summary.new += 1
    elif outcome == "new-capture":
        summary.new_captures += 1
    else:
        summary.read_again += 1
    summary.turns += len(document.turns)
    summary.paragraphs += document.text.count("\n\n") + bool(document.text)
    summary.unread += len(document.unread)
    summary.issuers[document.issuer] = summary.issuers.get(document.issuer, 0) + 1
