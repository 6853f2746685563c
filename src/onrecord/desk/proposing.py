"""Proposals of second readers on a desk: asked for, listed, accepted or refused by a person; apart from the acts until then."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Literal

import msgspec

from onrecord.annotation.proposing import RULE, Proposed, Proposer, WordsSent, propose, what_is_sent
from onrecord.desk.accepted_acts import act_json, place_act, text_and_turns, write_accepted_acts
from onrecord.desk.connection import failing_clearly
from onrecord.desk.digests import write_digest
from onrecord.desk.readers import Trouble, trouble_of
from onrecord.desk.rows import read_document
from onrecord.desk.store import Desk
from onrecord.errors import DeskError, EndpointUnclear, RecordError, UnknownProposal
from onrecord.marks import Act, ActType, Polarity, Time
from onrecord.record import Document

State = Literal["proposed", "accepted", "refused"]


class StoredProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal on a desk: what was proposed, by which reader and when, and what a person made of it.

    ``start`` and ``end`` are the quote's place in the document's text; ``None`` where the document was read again and no
    longer says the words. ``judge`` and ``judged`` tell who decided, and on which day.
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
    """What came of asking a second reader about documents of a desk.

    ``due`` are those it was to read. Left out were those it has read before (``known``), those in a language it does not read
    (``foreign``), those the rules have not read yet (``unannotated``), and those over the limit (``beyond``). ``new`` counts
    proposals not made before, ``agreed`` suggestions that the rules had found too, ``dropped`` those that the words did not
    bear out, by reason.
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
    """Ask a second reader about these documents, by their ids, and keep what it proposes; at most ``limit`` of them.

    What it was asked before is not asked twice, unless ``again``. A :class:`WordsSent` warning tells first what is sent
    where, if anything is. What is proposed of one document is on the disk before the next is asked; an answer that cannot be
    understood costs its document alone. Raises ProposerError where the reader cannot go on, UnknownDocument.
    """
    told = Proposing(proposer=proposer.name)
    due = _due(desk, proposer, documents, again, told)
    if limit is not None:
        due, told.beyond = due[:limit], max(0, len(due) - limit)
    told.due = len(due)
    if due and proposer.sends_to is not None:
        size = sum(_characters(desk, id) for id in due)
        which = due[0] if len(due) == 1 else f"{len(due)} documents"
        warnings.warn(what_is_sent(which, size, proposer.sends_to), WordsSent, stacklevel=2)
    for id in due:
        try:
            document = desk.document(id)
            found = propose(document, proposer, warned=True)
        except (EndpointUnclear, RecordError) as error:
            told.troubles.append(trouble_of(error, id))
        else:
            with _writing(desk):
                _keep(desk, document, found, told)
        if on_progress is not None:
            on_progress(told)
    return told


def _due(desk: Desk, proposer: Proposer, documents: Sequence[str], again: bool, told: Proposing) -> list[str]:
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
            told.foreign += 1
        elif not annotated:
            told.unannotated += 1
        elif known and not again:
            told.known += 1
        else:
            due.append(id)
    return due


def _characters(desk: Desk, id: str) -> int:
    query = "SELECT total(\"end\" - start) FROM turn WHERE document = ? AND kind != 'note'"
    return int(desk.record.execute(query, (id,)).fetchone()[0])


def _keep(desk: Desk, document: Document, found: Proposed, told: Proposing) -> None:
    """Write what was proposed of a document. What a person decided stays decided, whoever proposes it again."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    turns = {turn.id: turn for turn in document}
    for one in found.proposals:
        kept = act_json(one, turns[one.act.turn])
        cursor = desk.record.execute(
            "INSERT OR IGNORE INTO proposal (id, document, turn, proposer, made, state, quote, told) "
            "SELECT ?1, ?2, ?3, ?4, ?5, 'proposed', ?6, ?7 "
            "WHERE NOT EXISTS (SELECT 1 FROM proposal WHERE document = ?2 AND told = ?7 AND state != 'proposed')",
            (one.id, document.id, one.act.turn, one.proposer, now, one.quote, kept),
        )
        told.new += cursor.rowcount
    desk.record.execute(
        "INSERT OR REPLACE INTO second_reading (document, proposer, capture, made) "
        "SELECT id, ?2, capture, ?3 FROM document WHERE id = ?1",
        (document.id, told.proposer, now),
    )
    told.documents += 1
    told.proposals += len(found.proposals)
    told.agreed += found.agreed
    told.dropped = dict((Counter(told.dropped) + Counter(found.dropped)).most_common())


def proposals(
    desk: Desk, *, state: State | None = None, document: str | None = None, proposer: str | None = None
) -> list[StoredProposal]:
    """The proposals on a desk, by day and place: those in this state, of this document, by this reader."""
    wanted = (("state", state), ("proposal.document", document), ("proposer", proposer))
    told = {column: value for column, value in wanted if value is not None}
    where = " AND ".join(f"{column} = ?" for column in told) or "1"
    return _read(desk, where, list(told.values()))


def accept(desk: Desk, id: str, *, by: str, day: str | None = None) -> StoredProposal:
    """Accept a proposal, by its id or the beginning of it: its act then counts among those of its document.

    ``by`` is who accepts it, ``day`` when (YYYY-MM-DD; today). What was refused can be accepted later, and the other way
    round. Raises UnknownProposal, and DeskError where the document no longer says the words.
    """
    held = _find(desk, id)
    if held.start is None:
        raise DeskError(
            "its document was read again and no longer says the words", where=held.id, hint="Refuse it instead"
        )
    return _decide(desk, held, "accepted", by, day)


def refuse(desk: Desk, id: str, *, by: str, day: str | None = None) -> StoredProposal:
    """Refuse a proposal, so that it is not made again; as :func:`accept`. An act that was accepted is taken back."""
    return _decide(desk, _find(desk, id), "refused", by, day)


def _decide(desk: Desk, held: StoredProposal, state: State, by: str, day: str | None) -> StoredProposal:
    record = desk.record
    with _writing(desk):
        record.execute(  # the same words proposed by others are decided with it
            "UPDATE proposal SET state = ?1, judge = ?2, day = ?3 WHERE id = ?4 OR (document = ?5 AND state = 'proposed' "
            "AND told = (SELECT told FROM proposal WHERE id = ?4))",
            (state, by, day or date.today().isoformat(), held.id, held.document),
        )
        record.execute(
            "DELETE FROM act WHERE rule = ? AND id = (SELECT json_extract(told, '$.id') FROM proposal WHERE id = ?)",
            (RULE, held.id),
        )
        write_accepted_acts(record, held.document)
        record.execute(  # under a new number, by which whoever remembers the acts knows that they have changed
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
        raise UnknownProposal(f"{id!r} begins the ids of several proposals", where=str(desk.folder), hint=several)
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
            told = msgspec.json.decode(row["told"], type=Act)
            act = place_act(told, row["quote"], text, turns)
            found.append(
                StoredProposal(
                    id=row["id"], state=row["state"], type=told.type, actors=told.actors, targets=told.targets,
                    polarity=told.polarity, time=told.time, quote=row["quote"],
                    trigger=row["quote"][told.trigger.start - told.start : told.trigger.end - told.start],
                    document=row["document"], turn=row["turn"], start=act.start if act else None,
                    end=act.end if act else None, day=row["said"],
                    proposer=row["proposer"], made=row["made"], judge=row["judge"], judged=row["day"],
                )
            )  # fmt: skip
    return found


@contextmanager
def _writing(desk: Desk) -> Iterator[None]:
    """All that is written inside, on the disk at the end; or nothing of it."""
    desk.writer.commit()
    with failing_clearly(desk.folder), desk.record:
        desk.record.execute("BEGIN IMMEDIATE")
        yield
