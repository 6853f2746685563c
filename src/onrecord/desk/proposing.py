"""Proposals of second readers on a desk: request, list, accept or refuse them. Only accepted ones become acts."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Literal

import msgspec

from onrecord.annotation.proposing import RULE, Proposed, Proposer, WordsSent, propose, what_is_sent
from onrecord.annotation_types import Act, ActType, Polarity, Time
from onrecord.desk.accepted_acts import act_json, place_act, text_and_turns, write_accepted_acts
from onrecord.desk.connection import failing_clearly
from onrecord.desk.digests import write_digest
from onrecord.desk.readers import Trouble, trouble_of
from onrecord.desk.rows import read_document
from onrecord.desk.store import Desk
from onrecord.errors import DeskError, EndpointUnclear, RecordError, UnknownProposal
from onrecord.record import Document

State = Literal["proposed", "accepted", "refused"]


class StoredProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal on a desk: the proposed act, the reader, the time, and the decision.

    ``start`` and ``end`` locate the quote in the document's text; ``None`` if the document was read again and no longer
    contains it. ``judge`` and ``judged`` are the person who decided and the day. ``day`` is the document's.
    """

    id: str
    state: State
    type: ActType
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    polarity: Polarity
    time: Time
    trigger: str
    quote: str
    document: str
    turn: str
    start: int | None
    end: int | None
    day: str | None
    proposer: str
    made: str
    judge: str | None
    judged: str | None


class Proposing(msgspec.Struct, kw_only=True):
    """The results of a second reader's run over documents of a desk.

    ``due`` counts the documents to read. Skipped are documents it has read before (``known``), in a language it does not
    support (``foreign``), not annotated by the rules yet (``unannotated``), or over the limit (``beyond``). ``new`` counts
    proposals not made before, ``agreed`` suggestions that the rules found too, ``dropped`` rejected suggestions by reason.
    """

    proposer: str
    due: int = 0
    documents: int = 0
    known: int = 0
    foreign: int = 0
    unannotated: int = 0
    beyond: int = 0
    proposals: int = 0
    new: int = 0
    agreed: int = 0
    dropped: dict[str, int] = msgspec.field(default_factory=dict)
    troubles: list[Trouble] = msgspec.field(default_factory=list)


def propose_all(
    desk: Desk,
    proposer: Proposer,
    documents: Sequence[str],
    *,
    limit: int | None = None,
    again: bool = False,
    on_progress: Callable[[Proposing], None] | None = None,
) -> Proposing:
    """Have a second reader read the documents with these ids, at most ``limit``, and store its proposals.

    Documents it has read before are skipped unless ``again``. If words are sent to another machine, a :class:`WordsSent`
    warning is issued first. The proposals for one document are on the disk before the next is read; a response that cannot
    be parsed is recorded in ``troubles``. Raises ProposerError if the reader cannot continue, UnknownDocument.
    """
    summary = Proposing(proposer=proposer.name)
    due = _due(desk, proposer, documents, again, summary)
    if limit is not None:
        due, summary.beyond = due[:limit], max(0, len(due) - limit)
    summary.due = len(due)
    if due and proposer.sends_to is not None:
        size = sum(_characters(desk, id) for id in due)
        which = due[0] if len(due) == 1 else f"{len(due)} documents"
        warnings.warn(what_is_sent(which, size, proposer.sends_to), WordsSent, stacklevel=2)
    for id in due:
        try:
            document = desk.document(id)
            found = propose(document, proposer, warned=True)
        except (EndpointUnclear, RecordError) as error:
            summary.troubles.append(trouble_of(error, id))
        else:
            with desk.writer.transaction():
                _store(desk, document, found, summary)
        if on_progress is not None:
            on_progress(summary)
    return summary


def _due(desk: Desk, proposer: Proposer, documents: Sequence[str], again: bool, summary: Proposing) -> list[str]:
    query = (
        "SELECT language, annotation.document IS NOT NULL, second_reading.capture = document.capture FROM document "
        "LEFT JOIN annotation ON annotation.document = id "
        "LEFT JOIN second_reading ON second_reading.document = id AND proposer = ? WHERE id = ?"
    )
    due: list[str] = []
    for id in dict.fromkeys(documents):
        row = desk.record.execute(query, (proposer.name, id)).fetchone()
        language, annotated, known = tuple(row) if row is not None else (desk.document(id).language, False, False)
        if not proposer.reads(language):
            summary.foreign += 1
        elif not annotated:
            summary.unannotated += 1
        elif known and not again:
            summary.known += 1
        else:
            due.append(id)
    return due


def _characters(desk: Desk, id: str) -> int:
    query = "SELECT total(\"end\" - start) FROM turn WHERE document = ? AND kind != 'note'"
    return int(desk.record.execute(query, (id,)).fetchone()[0])


def _store(desk: Desk, document: Document, found: Proposed, summary: Proposing) -> None:
    """Store the proposals for a document. An act that a person has decided on stays decided if it is proposed again."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    turns = {turn.id: turn for turn in document}
    for one in found.proposals:
        encoded = act_json(one, turns[one.act.turn])
        cursor = desk.record.execute(
            "INSERT OR IGNORE INTO proposal (id, document, turn, proposer, made, state, quote, told) "
            "SELECT ?1, ?2, ?3, ?4, ?5, 'proposed', ?6, ?7 "
            "WHERE NOT EXISTS (SELECT 1 FROM proposal WHERE document = ?2 AND told = ?7 AND state != 'proposed')",
            (one.id, document.id, one.act.turn, one.proposer, now, one.quote, encoded),
        )
        summary.new += cursor.rowcount
    desk.record.execute(
        "INSERT OR REPLACE INTO second_reading (document, proposer, capture, made) "
        "SELECT id, ?2, capture, ?3 FROM document WHERE id = ?1",
        (document.id, summary.proposer, now),
    )
    summary.documents += 1
    summary.proposals += len(found.proposals)
    summary.agreed += found.agreed
    summary.dropped = dict((Counter(summary.dropped) + Counter(found.dropped)).most_common())


def proposals(
    desk: Desk, *, state: State | None = None, document: str | None = None, proposer: str | None = None
) -> list[StoredProposal]:
    """The proposals on a desk by day and place, filtered by state, document and reader."""
    filters = (("state", state), ("proposal.document", document), ("proposer", proposer))
    given = {column: value for column, value in filters if value is not None}
    where = " AND ".join(f"{column} = ?" for column in given) or "1"
    return _read(desk, where, list(given.values()))


def accept(desk: Desk, id: str, *, by: str, day: str | None = None) -> StoredProposal:
    """Accept a proposal, given by its id or a prefix of it: its act becomes one of its document's acts.

    ``by`` is the person who accepts it, ``day`` the date (YYYY-MM-DD; default today). A refused proposal can be accepted
    later and vice versa. Raises UnknownProposal, and DeskError if the document no longer contains the words.
    """
    held = _find(desk, id)
    if held.start is None:
        raise DeskError(
            "its document was read again and no longer contains the words", where=held.id, hint="Refuse it instead"
        )
    return _decide(desk, held, "accepted", by, day)


def refuse(desk: Desk, id: str, *, by: str, day: str | None = None) -> StoredProposal:
    """Refuse a proposal, so that it is not made again; arguments as for :func:`accept`. An accepted act is removed."""
    return _decide(desk, _find(desk, id), "refused", by, day)


def _decide(desk: Desk, held: StoredProposal, state: State, by: str, day: str | None) -> StoredProposal:
    record = desk.record
    with desk.writer.transaction():
        record.execute(  # the decision also applies to the same act proposed by other readers
            "UPDATE proposal SET state = ?1, judge = ?2, day = ?3 WHERE id = ?4 OR (document = ?5 AND state = 'proposed' "
            "AND told = (SELECT told FROM proposal WHERE id = ?4))",
            (state, by, day or date.today().isoformat(), held.id, held.document),
        )
        record.execute(
            "DELETE FROM act WHERE rule = ? AND id = (SELECT json_extract(told, '$.id') FROM proposal WHERE id = ?)",
            (RULE, held.id),
        )
        write_accepted_acts(record, held.document)
        record.execute(  # a new number invalidates caches of the acts
            "INSERT OR REPLACE INTO annotation (document, method, version, made) "
            "SELECT document, method, version, made FROM annotation WHERE document = ?",
            (held.document,),
        )
        write_digest(record, read_document(record, held.document)[0])
    return _find(desk, held.id)


def _find(desk: Desk, id: str) -> StoredProposal:
    found = _read(desk, "proposal.id = ?", [id]) or _read(desk, "substr(proposal.id, 1, length(?1)) = ?1", [id])
    if len(found) == 1:
        return found[0]
    if found and id:
        several = ", ".join(one.id for one in found[:6])
        raise UnknownProposal(
            f"several proposals have ids that start with {id!r}", where=str(desk.folder), hint=several
        )
    raise UnknownProposal(f"no proposal {id!r}", where=str(desk.folder))


def _read(desk: Desk, where: str, values: list[str]) -> list[StoredProposal]:
    query = (
        "SELECT proposal.*, document.day AS said FROM proposal JOIN document ON document.id = proposal.document "
        f"WHERE {where} ORDER BY said IS NULL, said, proposal.document, proposal.rowid"
    )
    with failing_clearly(desk.folder):
        rows = desk.record.execute(query, values).fetchall()
        found: list[StoredProposal] = []
        last, text = "", ""
        turns: list[tuple[str, int, int]] = []
        for row in rows:
            if row["document"] != last:
                last = row["document"]
                text, turns = text_and_turns(desk.record, last)
            stored = msgspec.json.decode(row["told"], type=Act)
            act = place_act(stored, row["quote"], text, turns)
            found.append(
                StoredProposal(
                    id=row["id"], state=row["state"], type=stored.type, actors=stored.actors, targets=stored.targets,
                    polarity=stored.polarity, time=stored.time, quote=row["quote"],
                    trigger=row["quote"][stored.trigger.start - stored.start : stored.trigger.end - stored.start],
                    document=row["document"], turn=row["turn"], start=act.start if act else None,
                    end=act.end if act else None, day=row["said"],
                    proposer=row["proposer"], made=row["made"], judge=row["judge"], judged=row["day"],
                )
            )  # fmt: skip
    return found
