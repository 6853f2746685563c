"""The full-text index beside the record: rebuildable from it at any time, and never asked before it is known to be sound.

One entry a turn. The words go in as :func:`onrecord.language.tokens.stream` gives them, with a mark wherever punctuation
divides them, so that a phrase is exact of its own. With them stand the types and issues of the turn's acts, so that what is
annotated anew is indexed anew. ``stamp.json`` says what the index holds: the last change and the last annotation of the
record that went in, the version of this layout, which issue then stood under which, and the files with their sizes; whatever
does not fit the stamp is built anew.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import tantivy

from onrecord.errors import DeskError
from onrecord.language.tokens import stream
from onrecord.lexicon.codes import with_parents
from onrecord.lexicon.names import issue_parents

#: Changes whenever an index of before must not be read: the layout, or how words are divided and folded.
_LAYOUT = 3
_WORDS = "words"
#: The fields a turn can be filtered by, each kept as it stands.
FILTERS = ("issuer", "document_kind", "kind", "language", "speaker", "role", "outlet", "document")
#: What the acts of a turn do and are about: each type once, each issue once with those that it belongs under.
MARKS = ("act", "issue")
#: As many values of a field as the index counts: a field that has more is not counted exactly.
_VALUES = 60_000
_MEMORY = 100_000_000  # bytes that the writer may fill before it writes a segment
#: Above this share of changed documents a new build is faster than deleting and adding, and leaves a tighter index.
_ANEW = 0.3

Progress = Callable[[int, int], None]


class Stamp(msgspec.Struct, frozen=True):
    """What an index holds."""

    layout: int
    change: int
    annotation: int
    issues: int
    turns: int
    files: dict[str, int]


class TextIndex:
    """The index of a desk. Make it with :func:`open_index`, which sees to it that it is sound and up to date."""

    def __init__(self, folder: Path, record: sqlite3.Connection) -> None:
        self.folder = folder
        self.record = record
        self._index: tantivy.Index | None = None

    @property
    def schema(self) -> Any:
        """The index's schema, for making queries."""
        return self._opened().schema

    def searcher(self) -> Any:
        """A searcher over what is in the index now."""
        return self._opened().searcher()

    def _opened(self) -> tantivy.Index:
        if self._index is None:
            self._index = tantivy.Index.open(str(self.folder))
            _register(self._index)
        return self._index

    def stamp(self) -> Stamp | None:
        """What the index holds, or None where it is missing, damaged or of another version."""
        try:
            stamp = msgspec.json.decode((self.folder / "stamp.json").read_bytes(), type=Stamp)
        except (OSError, msgspec.DecodeError):
            return None
        if (stamp.layout, stamp.issues) != (_LAYOUT, _issues()) or stamp.files != _sizes(self.folder):
            return None
        try:
            self._opened()
        except Exception:  # tantivy raises what it likes for a file it cannot read; the index is then built anew
            self._index = None
            return None
        return stamp

    def behind(self) -> int | None:
        """How many documents changed, or were annotated, since the index was written; None where it must be built anew."""
        stamp = self.stamp()
        if stamp is None:
            return None
        change, annotation = self._last()
        if stamp.change > change or stamp.annotation > annotation:
            return None  # of another record
        return len(self._since(stamp))

    def _last(self) -> tuple[int, int]:
        """The numbers of the record's last change and last annotation."""
        change, annotation = self.record.execute(
            "SELECT (SELECT max(number) FROM change), (SELECT max(number) FROM annotation)"
        ).fetchone()
        return change or 0, annotation or 0

    def _since(self, stamp: Stamp) -> list[str]:
        """The documents that changed or were annotated since, each once: adding one does both."""
        query = (
            "SELECT document FROM change WHERE number > ? UNION SELECT document FROM annotation WHERE number > ? "
            "ORDER BY document"
        )
        return [row[0] for row in self.record.execute(query, (stamp.change, stamp.annotation))]

    def catch_up(self, on_progress: Progress | None = None) -> None:
        """Bring the index to where the record is; build it anew where it is not sound."""
        behind = self.behind()
        (documents,) = self.record.execute("SELECT count(*) FROM document").fetchone()
        if behind is None or behind > documents * _ANEW:
            self.rebuild(on_progress)
        elif behind:
            stamp = self.stamp()
            assert stamp is not None
            self._write(self._since(stamp), on_progress)

    def rebuild(self, on_progress: Progress | None = None) -> None:
        """Build the index anew, beside the old one, which it then takes the place of."""
        part = self.folder.with_name(f"{self.folder.name}.{os.getpid()}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        built = TextIndex(part, self.record)
        built._index = tantivy.Index(_schema(), path=str(part))
        _register(built._index)
        built._write(None, on_progress)
        built._index = None
        self._index = None
        old = self.folder.with_name(f"{self.folder.name}.{os.getpid()}.old")
        if self.folder.exists():
            self.folder.replace(old)
        part.replace(self.folder)
        shutil.rmtree(old, ignore_errors=True)
        for left in self.folder.parent.glob(f"{self.folder.name}.*"):  # of builds that were cut short
            shutil.rmtree(left, ignore_errors=True)

    def _write(self, documents: list[str] | None, on_progress: Progress | None) -> None:
        """Write the turns of these documents, or of all, and the stamp behind them."""
        index = self._opened()
        last = self._last()  # what is written from here on is taken again the next time
        writer = index.writer(heap_size=_MEMORY, num_threads=1)
        total = (
            len(documents)
            if documents is not None
            else self.record.execute("SELECT count(*) FROM document").fetchone()[0]
        )
        done = 0
        for id in documents or ():
            writer.delete_documents_by_term("document", id)
        for batch in _batches(self.record, documents):
            marks = _marks(self.record, {row["document"] for row in batch})
            for row in batch:
                writer.add_document(_entry(row, marks.get(row["id"], ())))
            done += len({row["document"] for row in batch})
            if on_progress is not None:
                on_progress(min(done, total), total)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        stamp = Stamp(_LAYOUT, *last, _issues(), index.searcher().num_docs, _sizes(self.folder))
        part = self.folder / ".stamp.part"
        part.write_bytes(msgspec.json.encode(stamp))
        part.replace(self.folder / "stamp.json")

    # What queries are made of.

    def word(self, word: str) -> Any:
        """Turns that hold a folded word."""
        return tantivy.Query.term_query(self.schema, _WORDS, word)

    def prefix(self, beginning: str) -> Any:
        """Turns that hold a word with this beginning."""
        import re

        return tantivy.Query.regex_query(self.schema, _WORDS, re.escape(beginning) + ".*")

    def phrase(self, words: Sequence[str]) -> Any:
        """Turns that hold the words in a row, a break among them where punctuation must divide."""
        if len(words) == 1:
            return self.word(words[0])
        return tantivy.Query.phrase_query(self.schema, _WORDS, list(words))

    def one_of(self, field: str, values: Iterable[str]) -> Any:
        """Turns whose field is one of these values."""
        return tantivy.Query.term_set_query(self.schema, field, list(values))

    def rows(self, rows: Iterable[int]) -> Any:
        """Turns of these row numbers."""
        return tantivy.Query.term_set_query(self.schema, "row", list(rows))

    def days(self, since: int | None, until: int | None) -> Any:
        """Turns of these days, as numbers YYYYMMDD, both included; undated ones (0) are not among them."""
        return tantivy.Query.range_query(
            self.schema, "day", tantivy.FieldType.Unsigned, since if since is not None else 1, until
        )

    def search(self, query: Any, *, limit: int, by_day: str | None = None) -> tuple[int, list[int]]:
        """How many turns a query finds, and the row numbers of the first ``limit``: by relevance, or by day."""
        searcher = self.searcher()
        if limit < 1:
            return int(searcher.search(query, 1, count=True).count or 0), []
        order: dict[str, Any] = {}
        if by_day is not None:
            order = {"order_by_field": "day", "order": tantivy.Order.Desc if by_day == "newest" else tantivy.Order.Asc}
        found = searcher.search(query, limit, count=True, **order)
        addresses = [address for _, address in found.hits]
        rows = searcher.fast_field_values("row", addresses) if addresses else []
        return int(found.count or 0), [int(row) for row in rows]

    def everything(self) -> Any:
        """All turns."""
        return tantivy.Query.all_query()

    def combine(self, parts: list[tuple[str, Any]]) -> Any:
        """A query of parts that ``must``, ``should`` or ``must not`` hold."""
        occur = {"must": tantivy.Occur.Must, "should": tantivy.Occur.Should, "must not": tantivy.Occur.MustNot}
        return tantivy.Query.boolean_query([(occur[how], query) for how, query in parts])


def index_folder(desk_folder: Path) -> Path:
    """Where a desk's full-text index stands."""
    return desk_folder / "index" / "text"


def open_index(desk_folder: Path, record: sqlite3.Connection, on_progress: Progress | None = None) -> TextIndex:
    """The index of a desk, sound and up to date: what is missing is added, what is damaged is built anew.

    Raises DeskError where the index cannot be written beside the record.
    """
    index = TextIndex(index_folder(desk_folder), record)
    try:
        index.catch_up(on_progress)
    except OSError as error:
        raise DeskError(
            f"the index cannot be written: {error.strerror}", where=str(index.folder), hint="Free some room"
        ) from error
    return index


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_WORDS, stored=False, tokenizer_name="words", index_option="position")
    builder.add_unsigned_field("row", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("day", stored=False, indexed=True, fast=True)
    for name in (*FILTERS, *MARKS):
        builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic", fast=name != "document")
    return builder.build()


def _register(index: tantivy.Index) -> None:
    """The words come folded and divided: the analyzer only takes them apart at the spaces."""
    index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


_COLUMNS = (
    "SELECT turn.rowid AS row, turn.id, turn.document, document.day, document.issuer, document.kind AS document_kind, turn.kind, "
    "document.language, turn.speaker, turn.role, turn.outlet_id, turn.outlet, "
    'substr(document.text, turn.start + 1, turn."end" - turn.start) AS text '
    "FROM turn JOIN document ON document.id = turn.document"
)


def _batches(record: sqlite3.Connection, documents: list[str] | None) -> Iterator[list[sqlite3.Row]]:
    if documents is None:
        rows = record.execute(f"{_COLUMNS} ORDER BY document.rowid, turn.position")
        while batch := rows.fetchmany(500):
            yield batch
        return
    for start in range(0, len(documents), 100):
        some = documents[start : start + 100]
        marks = ", ".join("?" * len(some))
        yield record.execute(
            f"{_COLUMNS} WHERE document.id IN ({marks}) ORDER BY document.rowid, turn.position", some
        ).fetchall()


def _marks(record: sqlite3.Connection, documents: set[str]) -> dict[str, set[tuple[str, str]]]:
    """The fields of :data:`MARKS` with their values for each turn of these documents that holds an act."""
    query = (
        "SELECT act.turn, act.type, act_issue.issue FROM act LEFT JOIN act_issue ON act_issue.act = act.id "
        f"WHERE act.document IN ({', '.join('?' * len(documents))})"
    )
    found: dict[str, set[tuple[str, str]]] = {}
    for turn, type, issue in record.execute(query, tuple(documents)):
        marks = found.setdefault(turn, set())
        marks.add(("act", type))
        if issue is not None:
            marks.update(("issue", one) for one in with_parents(issue))
    return found


def _issues() -> int:
    """A number for which issue stands under which."""
    return zlib.crc32(json.dumps(sorted(issue_parents().items())).encode())


def _entry(row: sqlite3.Row, marks: Iterable[tuple[str, str]]) -> Any:
    entry = tantivy.Document()
    entry.add_text(_WORDS, " ".join(stream(row["text"])))
    entry.add_unsigned("row", row["row"])
    entry.add_unsigned("day", int(row["day"].replace("-", "")) if row["day"] else 0)
    for name in FILTERS:
        value = (row["outlet_id"] or row["outlet"]) if name == "outlet" else row[name]
        if value:
            entry.add_text(name, value)
    for name, value in marks:
        entry.add_text(name, value)
    return entry


def _sizes(folder: Path) -> dict[str, int]:
    """The index's files with their sizes, locks and stamps aside."""
    return {
        path.name: path.stat().st_size
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".") and path.name != "stamp.json" and path.suffix != ".lock"
    }


def counts(index: TextIndex, query: Any, fields: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many of the turns found fall to each value of each field, all in one pass.

    The fields are ``day`` (YYYYMMDD), ``month`` (YYYYMM; both 0 for undated turns) and those of :data:`FILTERS` and
    :data:`MARKS`; of the latter a turn counts once for each value it has.
    """
    asked: dict[str, Any] = {
        field: {"terms": {"field": field, "size": _VALUES, "segment_size": _VALUES}} for field in fields
    }
    if "month" in asked:
        asked["month"] = {"histogram": {"field": "day", "interval": 100, "min_doc_count": 1}}
    told = index.searcher().aggregate(query, asked)
    if isinstance(told, str):
        told = json.loads(told)
    found = {
        field: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in told[field]["buckets"]} for field in asked
    }
    if "month" in asked:
        found["month"] = {str(int(float(day)) // 100): count for day, count in found["month"].items()}
    return found
