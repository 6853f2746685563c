"""The full-text index beside the record: rebuildable from it at any time, and never asked before it is known to be sound.

One entry a turn. The words go in as :func:`onrecord.languages.tokens.stream` gives them, with a mark wherever punctuation
divides them, so that a phrase is exact of its own. With them stand the types and issues of the turn's acts, so that what is
annotated anew is indexed anew. How its files are kept and verified: :mod:`onrecord.desk.index_files`. An index of one state
is a folder of its own; the next takes over, by hard links, the files that have not changed. So readers of the state before
are not disturbed by whoever writes the next.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import tantivy

from onrecord.desk.index_files import (
    File,
    Made,
    Manifest,
    new_part,
    read_manifest,
    remove_unused,
    sync_part,
    write_manifest,
)
from onrecord.desk.index_state import (
    Fit,
    building_clearly,
    fit,
    made_of,
    one_transaction,
    outdated,
    sound,
    warn_of_damage,
)
from onrecord.desk.locks import building
from onrecord.errors import IndexDamaged
from onrecord.languages.code_lookup import with_parents
from onrecord.languages.tokens import stream
from onrecord.lexicon.world import issue_parents

#: Changes whenever an index of before must not be read: the layout, or how words are divided and folded.
_LAYOUT = 4
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


class TextIndex:
    """The index of a desk. Make it with :func:`open_index`, which sees to it that it is sound and up to date."""

    def __init__(self, folder: Path, record: sqlite3.Connection) -> None:
        self.folder = folder
        self.record = record
        self._index: tantivy.Index | None = None
        self._links: tempfile.TemporaryDirectory[str] | None = None

    @property
    def schema(self) -> Any:
        """The index's schema, for making queries."""
        return self._opened().schema

    def searcher(self) -> Any:
        """A searcher over what is in the index now."""
        return self._opened().searcher()

    def _opened(self) -> tantivy.Index:
        if self._index is None:
            self.catch_up()
            assert self._index is not None
        return self._index

    def manifest(self) -> Manifest | None:
        """What the index on the disk consists of; None where it is missing, damaged or of another version."""
        return sound(self.folder, layout())

    def behind(self) -> int | None:
        """How many documents changed, or were annotated, since the index was written; None where it must be built anew."""
        manifest = self.manifest()
        return None if manifest is None else self._behind(manifest)

    def _behind(self, manifest: Manifest) -> int | None:
        match fit(_desk_of(self.folder), self.record, manifest.made, annotations=True):
            case Fit.CURRENT:
                return 0
            case Fit.BEHIND:
                return len(self._since(manifest.made))
            case Fit.AHEAD:
                raise outdated(self.folder)
            case Fit.FOREIGN:
                return None

    def _since(self, made: Made) -> list[str]:
        """The documents that changed or were annotated since, each once: adding one does both."""
        query = (
            "SELECT document FROM change WHERE number > ? UNION SELECT document FROM annotation WHERE number > ? "
            "ORDER BY document"
        )
        return [row[0] for row in self.record.execute(query, (made.change, made.annotation))]

    def catch_up(self, on_progress: Progress | None = None) -> None:
        """Bring the index to the state of the record that is being asked, and open it; build it anew where it is not sound.

        One process builds at a time, the others wait for it. Raises SnapshotOutdated where an earlier state is being asked
        than the index is of, DeskFull, and IndexUnavailable where it cannot be built.
        """
        if self._open_current():
            return
        with building_clearly(self.folder), building(self.folder), one_transaction(self.record):
            if self._open_current():  # another process has built it meanwhile
                return
            manifest = self.manifest()
            behind = None if manifest is None else self._behind(manifest)
            (documents,) = self.record.execute("SELECT count(*) FROM document").fetchone()
            if manifest is None:
                warn_of_damage(self.folder, layout())
            if manifest is None or behind is None or behind > documents * _ANEW:
                self._write(None, None, on_progress)
            else:
                self._write(manifest, self._since(manifest.made), on_progress)

    def rebuild(self, on_progress: Progress | None = None) -> None:
        """Build the index anew, beside the old one, which it then takes the place of. Raises as :meth:`catch_up`."""
        with building_clearly(self.folder), building(self.folder), one_transaction(self.record):
            self._write(None, None, on_progress)

    def _open_current(self) -> bool:
        """Open the index if it is sound and of the state that is being asked; whether it is."""
        manifest = self.manifest()
        if manifest is None or self._behind(manifest) != 0:
            return False
        try:
            self._index = self._open(self.folder / manifest.parts[-1])
        except Exception:  # tantivy raises what it likes for a file it cannot read; the index is then built anew
            return False
        return True

    def _open(self, part: Path) -> tantivy.Index:
        """Open a part for reading. Tantivy makes a lock beside the files it opens: where that may not be, it is given a folder
        of links to them."""
        if not os.access(part, os.W_OK):
            self._links = tempfile.TemporaryDirectory(prefix="onrecord-index-", ignore_cleanup_errors=True)
            linked = Path(self._links.name)
            for path in part.iterdir():
                if path.suffix != ".lock":
                    _symlink(path.resolve(), linked / path.name)
            part = linked
        index = tantivy.Index.open(str(part))
        _register(index)
        index.searcher()  # opens the files
        return index

    def _write(self, before: Manifest | None, documents: list[str] | None, on_progress: Progress | None) -> None:
        """Write the turns of all documents, or those of ``documents`` in place of what ``before`` has of them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        remove_unused(self.folder, _parts_of(self.folder))  # of builds that were cut short
        made = made_of(self.record, annotations=True)
        part = new_part(self.folder)
        try:
            known: dict[str, File] = {}
            if before is None:
                index = tantivy.Index(_schema(), path=str(part))
            else:
                known = _take_over(self.folder, before, part)
                index = tantivy.Index.open(str(part))
            _register(index)
            self._fill(index, documents, on_progress)
            turns = index.searcher().num_docs
            files = sync_part(self.folder, part, known)
            manifest = Manifest(layout=layout(), made=made, turns=turns, parts=[part.name], files=files)
            write_manifest(self.folder, manifest)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        self._index = self._open(part)

    def _fill(self, index: tantivy.Index, documents: list[str] | None, on_progress: Progress | None) -> None:
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
        order: dict[str, Any] = {}
        if by_day is not None:
            order = {"order_by_field": "day", "order": tantivy.Order.Desc if by_day == "newest" else tantivy.Order.Asc}
        with _reading(self.folder):
            if limit < 1:
                return int(searcher.search(query, 1, count=True).count or 0), []
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

    Raises as :meth:`TextIndex.catch_up`.
    """
    index = TextIndex(index_folder(desk_folder), record)
    index.catch_up(on_progress)
    return index


def _desk_of(folder: Path) -> Path:
    """The desk of an index's folder."""
    return folder.parent.parent


def _parts_of(folder: Path) -> list[str]:
    manifest = read_manifest(folder)
    return manifest.parts if manifest is not None else []


def _take_over(folder: Path, before: Manifest, part: Path) -> dict[str, File]:
    """Have the files of an earlier part in a new one; the checksums, by name, of those that are never written again."""
    known: dict[str, File] = {}
    for name, file in before.files.items():
        path = folder / name
        try:
            (part / path.name).hardlink_to(path)
        except OSError:  # a file system without hard links
            shutil.copyfile(path, part / path.name)
        else:
            if path.suffix != ".json":
                known[path.name] = file
    return known


def _symlink(path: Path, link: Path) -> None:
    try:
        link.symlink_to(path)
    except OSError:  # Windows asks for a privilege
        shutil.copyfile(path, link)


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Turn what tantivy raises where a file cannot be read into an error that says so."""
    try:
        yield
    except BaseException as error:
        # A panic of the library is no Exception. Nothing of a query fails here: queries are made before they are asked.
        if isinstance(error, ValueError | OSError | RuntimeError) or type(error).__name__ == "PanicException":
            raise IndexDamaged(f"the index could not be read: {error}", where=str(folder)) from error
        raise


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


@cache
def layout() -> str:
    """The version of the index's layout, and a number for which issue stands under which."""
    return f"{_LAYOUT}-{zlib.crc32(json.dumps(sorted(issue_parents().items())).encode()):08x}"


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
    searcher = index.searcher()
    with _reading(index.folder):
        told = searcher.aggregate(query, asked)
    if isinstance(told, str):
        told = json.loads(told)
    found = {
        field: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in told[field]["buckets"]} for field in asked
    }
    if "month" in asked:
        found["month"] = {str(int(float(day)) // 100): count for day, count in found["month"].items()}
    return found
