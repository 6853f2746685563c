"""Annotate documents on a desk that are not annotated yet or were annotated by older rules; their words stay unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import msgspec

from onrecord.annotation.annotating import METHOD, VERSION
from onrecord.desk.readers import AnnotateJob, JobResult, Trouble, run_jobs, trouble_of
from onrecord.desk.store import Desk
from onrecord.errors import RecordError
from onrecord.record import Document

_DUE = (
    "FROM document LEFT JOIN annotation ON annotation.document = document.id "
    "WHERE :again OR version IS NULL OR method != :method OR version < :version"
)


class Annotations(msgspec.Struct, kw_only=True):
    """The results of a run: how many documents were due and annotated, what was found, and which documents failed."""

    due: int = 0
    documents: int = 0
    mentions: int = 0
    acts: int = 0
    meetings: int = 0
    undertakings: int = 0
    troubles: list[Trouble] = msgspec.field(default_factory=list)


def due(desk: Desk, *, again: bool = False) -> int:
    """Count the documents without an annotation or with one by older rules; with ``again``, all documents."""
    parameters = {"again": again, "method": METHOD, "version": VERSION}
    return int(desk.record.execute(f"SELECT count(*) {_DUE}", parameters).fetchone()[0])


def annotate_all(
    desk: Desk,
    *,
    again: bool = False,
    processes: int = 2,
    on_progress: Callable[[Annotations], None] | None = None,
) -> Annotations:
    """Annotate the documents that are :func:`due`: several processes annotate in parallel, one writes.

    Ids of acts whose words have not changed stay the same, and judgements are kept. An interrupted run keeps what it has
    written, and the next run continues from there. A document that fails keeps its previous annotation, and the run
    continues.
    """
    summary = Annotations()
    writer = desk.writer
    writer.fill_readings()
    try:
        with closing(run_jobs(_jobs(desk, again, summary), processes)) as results:
            for job, result in results:
                trouble = result.trouble or _write(desk, job, result, summary)
                if trouble is not None:
                    summary.troubles.append(trouble)
                if on_progress is not None:
                    on_progress(summary)
        writer.commit()
    except BaseException:
        writer.try_commit()
        raise
    return summary


def _jobs(desk: Desk, again: bool, summary: Annotations) -> Iterator[AnnotateJob]:
    parameters = {"again": again, "method": METHOD, "version": VERSION}
    ids = [row[0] for row in desk.record.execute(f"SELECT id {_DUE} ORDER BY id", parameters)]
    summary.due = len(ids)
    for id in ids:
        try:
            job = AnnotateJob(id, desk.document(id).to_json())
        except RecordError as error:
            summary.troubles.append(trouble_of(error, id))
            continue
        yield job


def _write(desk: Desk, job: AnnotateJob, result: JobResult, summary: Annotations) -> Trouble | None:
    try:
        document = Document.from_json(result.document)
        desk.writer.annotate(document)
    except RecordError as error:
        return Trouble(error=error.name, where=job.source, message=error.what)
    summary.documents += 1
    summary.mentions += len(document.mentions)
    summary.acts += len(document.acts)
    summary.meetings += len(document.meetings)
    summary.undertakings += len(document.undertakings)
    return None
