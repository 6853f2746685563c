"""Annotate what a desk holds: documents that nobody has annotated yet, or that older rules did; the record stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import msgspec

from onrecord.annotation.annotating import METHOD, VERSION
from onrecord.desk.readers import ReadOne, Trouble, Words, read_all, trouble_of
from onrecord.desk.store import Desk
from onrecord.errors import RecordError
from onrecord.record import Document

_DUE = (
    "FROM document LEFT JOIN annotation ON annotation.document = document.id "
    "WHERE :again OR version IS NULL OR method != :method OR version < :version"
)


class Annotations(msgspec.Struct, kw_only=True):
    """What became of the documents that were due: how many of them, what was found, and those that failed."""

    due: int = 0
    documents: int = 0
    mentions: int = 0
    acts: int = 0
    meetings: int = 0
    undertakings: int = 0
    troubles: list[Trouble] = msgspec.field(default_factory=list)


def due(desk: Desk, *, again: bool = False) -> int:
    """How many documents have no annotation, or one by older rules; with ``again`` all count."""
    asked = {"again": again, "method": METHOD, "version": VERSION}
    return int(desk.record.execute(f"SELECT count(*) {_DUE}", asked).fetchone()[0])


def annotate_all(
    desk: Desk,
    *,
    again: bool = False,
    processes: int = 2,
    on_progress: Callable[[Annotations], None] | None = None,
) -> Annotations:
    """Annotate the documents that are :func:`due`, read side by side in several processes, written by one.

    Ids of acts whose words have not changed stay, and so does what people judged. A run that is cut short keeps what it
    wrote; the next goes on from there. One document that fails costs itself alone, and keeps what was annotated before.
    """
    told = Annotations()
    writer = desk.writer
    try:
        with closing(read_all(_sources(desk, again, told), processes)) as answers:
            for words, one in answers:
                trouble = one.trouble or _write(desk, words, one, told)
                if trouble is not None:
                    told.troubles.append(trouble)
                if on_progress is not None:
                    on_progress(told)
        writer.commit()
    except BaseException:
        writer.settle()
        raise
    return told


def _sources(desk: Desk, again: bool, told: Annotations) -> Iterator[Words]:
    asked = {"again": again, "method": METHOD, "version": VERSION}
    ids = [row[0] for row in desk.record.execute(f"SELECT id {_DUE} ORDER BY id", asked)]
    told.due = len(ids)
    for id in ids:
        try:
            words = Words(id, desk.document(id).to_json())
        except RecordError as error:
            told.troubles.append(trouble_of(error, id))
            continue
        yield words


def _write(desk: Desk, words: Words, one: ReadOne, told: Annotations) -> Trouble | None:
    try:
        document = Document.from_json(one.document)
        desk.writer.annotate(document)
    except RecordError as error:
        return Trouble(error=error.name, where=words.source, message=error.what)
    told.documents += 1
    told.mentions += len(document.mentions)
    told.acts += len(document.acts)
    told.meetings += len(document.meetings)
    told.undertakings += len(document.undertakings)
    return None
