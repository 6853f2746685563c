"""The content of the full-text index: its fields, its version, and the entries made from the turns of the record."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import tantivy

from onrecord.languages.code_lookup import with_parents
from onrecord.languages.tokens import stream
from onrecord.lexicon.world import issue_parents

#: Increase it when an index of an older version must not be read: the layout changed, or how words are tokenized or folded.
_LAYOUT = 6
WORDS = "words"
#: The fields by which turns can be filtered; values are indexed unchanged. The outlet of an answer is that of its question.
FILTERS = ("issuer", "document_kind", "kind", "language", "speaker", "role", "outlet", "document")
#: The fields of a turn's acts: each act type once, each issue once, with its parent issues.
ACT_FIELDS = ("act", "issue")
#: In SQL: the outlet that asks in a turn, or whose question the turn answers.
ASKING_OUTLET = "coalesce(question.outlet_id, question.outlet, turn.outlet_id, turn.outlet)"
#: Bytes of memory that the writer fills before it writes a segment.
_MEMORY = 100_000_000

Progress = Callable[[int, int], None]


@cache
def layout() -> str:
    """The version of the index: its layout, and a checksum of the hierarchy of issues."""
    return f"{_LAYOUT}-{zlib.crc32(json.dumps(sorted(issue_parents().items())).encode()):08x}"


def index_schema() -> Any:
    """The tantivy schema: the words of a turn, its row number and day, and the fields for filters."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(WORDS, stored=False, tokenizer_name="words", index_option="position")
    builder.add_unsigned_field("row", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("day", stored=False, indexed=True, fast=True)
    for name in (*FILTERS, *ACT_FIELDS):
        builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic", fast=name != "document")
    return builder.build()


def number_of_date(date: str | None) -> int:
    """The number YYYYMMDD of a date, with zeros for what is not known of it; 0 for none."""
    return int((date or "").replace("-", "").ljust(8, "0"))


def date_of_number(number: int) -> str | None:
    """The date that :func:`number_of_date` made a number of."""
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    if not year:
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def register_tokenizer(index: tantivy.Index) -> None:
    """Register the tokenizer: the words are folded and segmented already, so it only splits them at spaces."""
    index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


class Entries(NamedTuple):
    """What an index has an entry for: the query of its rows, how many there are, and whether they have acts."""

    columns: str
    counting: str
    order: str
    acts: bool


#: The turns that documents have.
TURNS = Entries(
    columns=(
        "SELECT turn.rowid AS row, turn.id, turn.document, document.day, document.issuer, document.kind AS document_kind, "
        "turn.kind, document.language, turn.speaker, turn.role, "
        f"{ASKING_OUTLET} AS outlet, "
        'substr(document.text, turn.start + 1, turn."end" - turn.start) AS text '
        "FROM turn JOIN document ON document.id = turn.document LEFT JOIN turn AS question ON question.id = turn.answers"
    ),
    counting="SELECT count(*) FROM turn",
    order="ORDER BY document.rowid, turn.position",
    acts=True,
)
#: The turns that documents had in earlier versions, and have no longer. Which question one answered is not kept.
EARLIER_TURNS = Entries(
    columns=(
        "SELECT turn.number AS row, turn.id, turn.document, document.day, document.issuer, document.kind AS document_kind, "
        "turn.kind, document.language, turn.speaker, turn.role, coalesce(turn.outlet_id, turn.outlet) AS outlet, turn.text "
        "FROM earlier_turn AS turn JOIN document ON document.id = turn.document"
    ),
    counting="SELECT count(*) FROM earlier_turn",
    order="ORDER BY turn.number",
    acts=False,
)


def add_turns(
    index: tantivy.Index,
    record: sqlite3.Connection,
    documents: list[str] | None,
    on_progress: Progress | None,
    entries: Entries = TURNS,
) -> None:
    """Write the turns of all documents to the index, or replace those of ``documents``."""
    writer = index.writer(heap_size=_MEMORY, num_threads=1)
    total = len(documents) if documents is not None else record.execute("SELECT count(*) FROM document").fetchone()[0]
    done = 0
    for id in documents or ():
        writer.delete_documents_by_term("document", id)
    for batch in _batches(record, documents, entries):
        acts = _act_values(record, {row["document"] for row in batch}) if entries.acts else {}
        for row in batch:
            writer.add_document(_entry(row, acts.get(row["id"], ())))
        done += len({row["document"] for row in batch})
        if on_progress is not None:
            on_progress(min(done, total), total)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def _batches(record: sqlite3.Connection, documents: list[str] | None, entries: Entries) -> Iterator[list[sqlite3.Row]]:
    if documents is None:
        rows = record.execute(f"{entries.columns} {entries.order}")
        while batch := rows.fetchmany(500):
            yield batch
        return
    for start in range(0, len(documents), 100):
        some = documents[start : start + 100]
        placeholders = ", ".join("?" * len(some))
        yield record.execute(
            f"{entries.columns} WHERE document.id IN ({placeholders}) {entries.order}", some
        ).fetchall()


def _act_values(record: sqlite3.Connection, documents: set[str]) -> dict[str, set[tuple[str, str]]]:
    """The values of the fields :data:`ACT_FIELDS` for each turn of these documents that contains an act."""
    query = (
        "SELECT act.turn, act.type, act_issue.issue FROM act LEFT JOIN act_issue ON act_issue.act = act.id "
        f"WHERE act.document IN ({', '.join('?' * len(documents))})"
    )
    found: dict[str, set[tuple[str, str]]] = {}
    for turn, type, issue in record.execute(query, tuple(documents)):
        values = found.setdefault(turn, set())
        values.add(("act", type))
        if issue is not None:
            values.update(("issue", one) for one in with_parents(issue))
    return found


def _entry(row: sqlite3.Row, act_values: Iterable[tuple[str, str]]) -> Any:
    entry = tantivy.Document()
    entry.add_text(WORDS, " ".join(stream(row["text"])))
    entry.add_unsigned("row", row["row"])
    entry.add_unsigned("day", number_of_date(row["day"]))
    for name in FILTERS:
        if row[name]:
            entry.add_text(name, row[name])
    for name, value in act_values:
        entry.add_text(name, value)
    return entry
