"""Add many statements: several processes read in parallel, one writes, and a source that fails does not stop the run."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

import msgspec

from onrecord.captures.opening import Opened, find_sources
from onrecord.containers import open_all
from onrecord.desk.readers import JobResult, ReadJob, Trouble, run_jobs, trouble_of
from onrecord.desk.store import Desk
from onrecord.errors import DeskError, RecordError
from onrecord.houses import FALLBACK
from onrecord.offsets import OffsetMap
from onrecord.record import Document


class Summary(msgspec.Struct, kw_only=True):
    """The results of a run over all sources.

    ``changed`` counts known documents with new words, ``in_doubt`` pages worse than what was read before, ``replaced`` new
    statements at the address of another, ``unchanged`` also other bytes with the same words.
    ``left_aside`` counts files in folders that are not documents, by file extension; ``mended`` counts captures that were
    damaged on the disk and have been repaired; ``bytes`` is the total size of the sources.
    """

    sources: int = 0
    new: int = 0
    unchanged: int = 0
    changed: int = 0
    in_doubt: int = 0
    replaced: int = 0
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
    def written(self) -> int:
        """How many sources changed the record: new documents, changed ones, those read again."""
        return self.new + self.changed + self.in_doubt + self.replaced + self.read_again

    @property
    def done(self) -> int:
        """How many sources were dealt with in any way."""
        return self.written + self.unchanged + len(self.troubles)

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
    mapping: str = "",
    processes: int = 2,
    again: bool = False,
    on_progress: Progress | None = None,
) -> Summary:
    """Add all sources in ``names``: files, folders, patterns, URLs, ``"-"`` for standard input.

    Of a file of several statements (a table, a feed, an archive) all are added; ``mapping`` names the fields of a table.

    Sources already on the desk are skipped, unless ``again`` asks to read them again. Any error of a single source,
    including an unexpected exception, is recorded in the summary and the run continues; only a failure of the desk itself
    (disk full, damaged) ends it, and everything added before is saved. With ``processes=1`` pages are read in this process.
    """
    summary = Summary()
    report = on_progress or _ignore_progress
    opened = _new_sources(desk, names, summary, report, again, encoding=encoding, mapping=mapping)
    sources = (ReadJob(one, house, encoding) for one in opened)
    _read_and_write(desk, sources, summary, report, processes=processes, again=again)
    return summary


def read_again(
    desk: Desk, *, everything: bool = False, processes: int = 2, on_progress: Progress | None = None
) -> Summary:
    """Read documents again from their current captures: those read by an older version, or ``everything``.

    Ids stay the same. A document is read by the same house as before, unless that was only the fallback. If reading now
    fails, the document keeps its previous content and the error is added to ``troubles``.
    """
    from onrecord.version import __version__

    summary = Summary()
    condition = "" if everything else "WHERE reader != :version"
    query = f"SELECT id, house, asked_house, asked_encoding FROM document {condition} ORDER BY id"
    rows = desk.record.execute(query, {"version": __version__}).fetchall()

    def sources() -> Iterator[ReadJob]:
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
            yield ReadJob(opened, house, row["asked_encoding"], stored=True)

    _read_and_write(desk, sources(), summary, on_progress or _ignore_progress, processes=processes, again=True)
    return summary


def _ignore_progress(summary: Summary, source: str) -> None:
    """The default progress callback: do nothing."""


def _new_sources(
    desk: Desk,
    names: Iterable[object],
    summary: Summary,
    report: Progress,
    again: bool,
    *,
    encoding: str | None,
    mapping: str,
) -> Iterator[Opened]:
    """Open the sources, of a file of several statements each, and yield those that are not on the desk yet."""
    for found in find_sources(names, left_aside=summary.left_aside):
        try:
            if found.error is not None:
                raise found.error
            for opened in open_all(found.source, encoding=encoding, mapping=mapping, note=summary.warnings.append):
                summary.sources += 1
                summary.bytes += opened.capture.size
                if not again and desk.writer.holds(opened) is not None:
                    summary.unchanged += 1
                    report(summary, opened.capture.source)
                    continue
                yield opened
        except (DeskError, GeneratorExit):
            raise
        except Exception as error:
            summary.sources += 1
            summary.troubles.append(trouble_of(error, found.source))
            report(summary, found.source)


def _read_and_write(
    desk: Desk, sources: Iterator[ReadJob], summary: Summary, report: Progress, *, processes: int, again: bool
) -> None:
    """Read the sources and write the resulting documents."""
    writer = desk.writer
    writer.fill_readings()
    try:
        with closing(run_jobs(sources, processes)) as results:
            for job, result in results:
                summary.warnings += result.warnings
                trouble = result.trouble or _write(desk, job, result, summary, again)
                if trouble is not None:
                    summary.troubles.append(trouble)
                    writer.record_failure(job.opened.capture, trouble.error, trouble.message)
                report(summary, job.opened.capture.source)
        writer.commit()
    except BaseException:
        writer.try_commit()
        raise
    finally:
        summary.mended = writer.mended


def _write(desk: Desk, job: ReadJob, result: JobResult, summary: Summary, again: bool) -> Trouble | None:
    """Write a document. An error caused by the document is returned, an error caused by the desk is raised."""
    try:
        document = _decoded(result, job.opened)
        options = None if job.stored else (job.house, job.encoding)
        added = desk.writer.add(document, result.packed, again=again, options=options, breaks_off=result.breaks_off)
    except (DeskError, OSError, sqlite3.Error):
        raise
    except Exception as error:
        return trouble_of(error, job.source)
    if added.unannotated:
        summary.warnings.append(added.unannotated)
    if added.outcome == "in-doubt":
        summary.warnings.append(
            f"{job.source}: kept in doubt, and {added.id} stays as it is: {added.doubt}. It is shown once it is fetched again "
            f"with the same words, or with: onrecord versions {added.id} --accept {added.version}"
        )
    elif added.replaces is not None:
        summary.warnings.append(
            f"{job.source}: another statement stands where {added.replaces} stood; it is {added.id}"
        )
    _count(summary, document, added.outcome)
    return None


def _decoded(result: JobResult, opened: Opened) -> Document:
    assert result.capture is not None
    offsets = OffsetMap.from_bytes(result.offsets)
    return Document.from_json(result.document).with_capture(result.capture, b"", offsets, opened.data)


def _count(summary: Summary, document: Document, outcome: str) -> None:
    if outcome in ("unchanged", "same-words"):  # as where the same bytes occur twice among the sources of one run
        summary.unchanged += 1
        return
    if outcome == "new":
        summary.new += 1
    elif outcome == "changed":
        summary.changed += 1
    elif outcome == "in-doubt":
        summary.in_doubt += 1
    elif outcome == "replaced":
        summary.replaced += 1
    else:
        summary.read_again += 1
    summary.turns += len(document.turns)
    summary.paragraphs += document.text.count("\n\n") + bool(document.text)
    summary.unread += len(document.unread)
    summary.issuers[document.issuer] = summary.issuers.get(document.issuer, 0) + 1
