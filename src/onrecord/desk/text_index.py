"""The full-text index: built from the record, rebuildable at any time, and verified before it is queried.

It has one entry per turn (:mod:`onrecord.desk.text_entries`). Words are indexed as
:func:`onrecord.languages.tokens.stream` yields them, with a break token at punctuation, so that phrase queries are exact.
Entries include the types and issues of the turn's acts; a new annotation therefore updates the index. Storage and
verification of its files: :mod:`onrecord.desk.index_files`. Each state of the index is a separate folder that hard-links
the unchanged files of the previous one, so that a writer does not disturb readers of an earlier state.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from onrecord.desk.index_files import (
    File,
    Manifest,
    OpenFiles,
    new_part,
    read_manifest,
    remove_unused,
    sync_part,
    write_manifest,
)
from onrecord.desk.index_state import (
    Fit,
    building_clearly,
    changed_since,
    fit,
    intact_manifest,
    one_transaction,
    outdated,
    state_of,
    warn_of_damage,
)
from onrecord.desk.locks import building
from onrecord.desk.text_entries import (
    EARLIER_TURNS,
    TURNS,
    WORDS,
    Entries,
    Progress,
    add_turns,
    index_schema,
    layout,
    number_of_date,
    register_tokenizer,
)
from onrecord.desk.versions import has_versions
from onrecord.errors import IndexDamaged
from onrecord.partial_dates import first_text, running_on

#: The maximum number of values of a field that are counted; counts of a field with more values are not exact.
_VALUES = 60_000
#: Above this share of changed documents, rebuilding is faster than deleting and adding, and yields a smaller index.
_REBUILD_SHARE = 0.3


class TextIndex:
    """The full-text index of a desk. Create it with :func:`open_index`, which brings it up to date."""

    def __init__(self, folder: Path, record: sqlite3.Connection, entries: Entries = TURNS) -> None:
        self.folder = folder
        self.record = record
        self.entries = entries
        self._index: tantivy.Index | None = None
        self._links: tempfile.TemporaryDirectory[str] | None = None
        self._files: OpenFiles | None = None

    @property
    def schema(self) -> Any:
        """The tantivy schema, for building queries."""
        return self._opened().schema

    def searcher(self) -> Any:
        """A searcher over the current content of the index."""
        return self._opened().searcher()

    def unchanged(self) -> bool:
        """Whether its files are as they were when it was opened; if not, open it again with :func:`open_index`."""
        return self._files is not None and self._files.unchanged()

    def _opened(self) -> tantivy.Index:
        if self._index is None:
            self.catch_up()
            assert self._index is not None
        return self._index

    def manifest(self) -> Manifest | None:
        """The manifest of the index on the disk; None if it is missing, damaged or of another version."""
        return intact_manifest(self.folder, layout())

    def behind(self) -> int | None:
        """The number of documents changed or annotated since the index was written; None if it must be rebuilt."""
        manifest = self.manifest()
        return None if manifest is None else self._behind(manifest)

    def _behind(self, manifest: Manifest) -> int | None:
        match fit(_desk_of(self.folder), self.record, manifest.made, annotations=True):
            case Fit.CURRENT:
                return 0
            case Fit.BEHIND:
                return len(changed_since(self.record, manifest.made))
            case Fit.AHEAD:
                raise outdated(self.folder)
            case Fit.FOREIGN:
                return None

    def catch_up(self, on_progress: Progress | None = None) -> None:
        """Update the index to the state of the record that the connection sees, and open it; rebuild it if it is damaged.

        One process builds at a time, others wait for it. ``on_progress`` receives the documents done and the total. Raises
        SnapshotOutdated if the index belongs to a later state, DeskFull, and IndexUnavailable if it cannot be built.
        """
        if self._open_current():
            return
        with building_clearly(self.folder), building(self.folder), one_transaction(self.record):
            if self._open_current():  # another process has built it in the meantime
                return
            manifest = self.manifest()
            behind = None if manifest is None else self._behind(manifest)
            (documents,) = self.record.execute("SELECT count(*) FROM document").fetchone()
            if manifest is None:
                warn_of_damage(self.folder, layout())
            if manifest is None or behind is None or behind > documents * _REBUILD_SHARE:
                self._write(None, None, on_progress)
            else:
                self._write(manifest, changed_since(self.record, manifest.made), on_progress)

    def rebuild(self, on_progress: Progress | None = None) -> None:
        """Build the index again and then replace the old one. Raises the same errors as :meth:`catch_up`."""
        with building_clearly(self.folder), building(self.folder), one_transaction(self.record):
            self._write(None, None, on_progress)

    def _open_current(self) -> bool:
        """Open the index if it is intact and current; return whether it was opened."""
        manifest = self.manifest()
        if manifest is None or self._behind(manifest) != 0:
            return False
        try:
            self._files = OpenFiles(self.folder, manifest)
            self._index = self._open(self.folder / manifest.parts[-1])
        except Exception:  # tantivy may raise any exception for an unreadable file; the index is then rebuilt
            return False
        return True

    def _open(self, part: Path) -> tantivy.Index:
        """Open a part for reading. Tantivy creates a lock file next to its files; in a read-only folder it opens a temporary
        folder of links to them instead."""
        if not os.access(part, os.W_OK):
            self._links = tempfile.TemporaryDirectory(prefix="onrecord-index-", ignore_cleanup_errors=True)
            linked = Path(self._links.name)
            for path in part.iterdir():
                if path.suffix != ".lock":
                    _symlink(path.resolve(), linked / path.name)
            part = linked
        index = tantivy.Index.open(str(part))
        register_tokenizer(index)
        index.searcher()  # opens the files
        return index

    def _write(self, before: Manifest | None, documents: list[str] | None, on_progress: Progress | None) -> None:
        """Write a new part with the turns of all documents, or the part of ``before`` with those of ``documents`` replaced."""
        self.folder.mkdir(parents=True, exist_ok=True)
        remove_unused(self.folder, _parts_of(self.folder))  # left by interrupted builds
        made = state_of(self.record, annotations=True)
        part = new_part(self.folder)
        try:
            known: dict[str, File] = {}
            if before is None:
                index = tantivy.Index(index_schema(), path=str(part))
            else:
                known = _link_files(self.folder, before, part)
                index = tantivy.Index.open(str(part))
            register_tokenizer(index)
            add_turns(index, self.record, documents, on_progress, self.entries)
            turns = index.searcher().num_docs
            files = sync_part(self.folder, part, known)
            manifest = Manifest(layout=layout(), made=made, turns=turns, parts=[part.name], files=files)
            write_manifest(self.folder, manifest)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        self._files = OpenFiles(self.folder, manifest)
        self._index = self._open(part)

    # Building blocks of queries.

    def word(self, word: str) -> Any:
        """Match turns that contain a folded word."""
        return tantivy.Query.term_query(self.schema, WORDS, word)

    def prefix(self, beginning: str) -> Any:
        """Match turns that contain a word with this prefix."""
        import re

        return tantivy.Query.regex_query(self.schema, WORDS, re.escape(beginning) + ".*")

    def phrase(self, words: Sequence[str]) -> Any:
        """Match turns that contain these consecutive words; a break token among them requires punctuation there."""
        if len(words) == 1:
            return self.word(words[0])
        return tantivy.Query.phrase_query(self.schema, WORDS, list(words))

    def one_of(self, field: str, values: Iterable[str]) -> Any:
        """Match turns whose field has one of these values."""
        return tantivy.Query.term_set_query(self.schema, field, list(values))

    def rows(self, rows: Iterable[int]) -> Any:
        """Match turns with these row numbers."""
        return tantivy.Query.term_set_query(self.schema, "row", list(rows))

    def days(self, since: str | None, until: str | None) -> Any:
        """Match turns whose date lies in this inclusive range of days; undated turns never do.

        Of a month or a year all days have to: see :func:`~onrecord.partial_dates.lies_within`.
        """
        first = number_of_date(first_text(since)) if since is not None else 1
        last = number_of_date(until) if until is not None else None
        within = tantivy.Query.range_query(self.schema, "day", tantivy.FieldType.Unsigned, first, last)
        running = [number_of_date(one) for one in running_on(until)] if until is not None else []
        if not running:
            return within
        return self.combine([("must", within), ("must not", tantivy.Query.term_set_query(self.schema, "day", running))])

    def search(self, query: Any, *, limit: int, by_day: str | None = None) -> tuple[int, list[int]]:
        """Count the matching turns and return the row numbers of the first ``limit``, by relevance or by day.

        ``by_day`` is ``"newest"`` or ``"oldest"`` first.
        """
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
        """Match all turns."""
        return tantivy.Query.all_query()

    def combine(self, parts: list[tuple[str, Any]]) -> Any:
        """Combine ``(how, query)`` pairs, where ``how`` is ``must``, ``should`` or ``must not``."""
        occur = {"must": tantivy.Occur.Must, "should": tantivy.Occur.Should, "must not": tantivy.Occur.MustNot}
        return tantivy.Query.boolean_query([(occur[how], query) for how, query in parts])


def index_folder(desk_folder: Path) -> Path:
    """The folder of a desk's full-text index."""
    return desk_folder / "index" / "text"


def open_index(desk_folder: Path, record: sqlite3.Connection, on_progress: Progress | None = None) -> TextIndex:
    """Open the full-text index of a desk after bringing it up to date. Raises as :meth:`TextIndex.catch_up`."""
    index = TextIndex(index_folder(desk_folder), record)
    index.catch_up(on_progress)
    return index


def earlier_index_folder(desk_folder: Path) -> Path:
    """The folder of the index of what documents said in earlier versions."""
    return desk_folder / "index" / "earlier"


def open_earlier_index(desk_folder: Path, record: sqlite3.Connection) -> TextIndex | None:
    """Open the index of what documents said in earlier versions; None where none said anything else."""
    if not has_versions(record) or not record.execute("SELECT 1 FROM earlier_turn LIMIT 1").fetchone():
        return None
    index = TextIndex(earlier_index_folder(desk_folder), record, EARLIER_TURNS)
    index.catch_up()
    return index


def _desk_of(folder: Path) -> Path:
    """The folder of the desk to which an index folder belongs."""
    return folder.parent.parent


def _parts_of(folder: Path) -> list[str]:
    manifest = read_manifest(folder)
    return manifest.parts if manifest is not None else []


def _link_files(folder: Path, before: Manifest, part: Path) -> dict[str, File]:
    """Link the files of an earlier part into a new one; return the checksums, by file name, of the immutable ones."""
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
    except OSError:  # Windows requires a privilege
        shutil.copyfile(path, link)


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Convert exceptions of tantivy for unreadable files into IndexDamaged."""
    try:
        yield
    except BaseException as error:
        # A panic of the library is not an Exception. Query errors cannot occur here: queries are built before.
        if isinstance(error, ValueError | OSError | RuntimeError) or type(error).__name__ == "PanicException":
            raise IndexDamaged(f"the index could not be read: {error}", where=str(folder)) from error
        raise


def counts(index: TextIndex, query: Any, fields: Iterable[str]) -> dict[str, dict[str, int]]:
    """Count the matching turns for each value of each field, in one pass.

    The fields are ``day`` (YYYYMMDD), ``month`` (YYYYMM; both with zeros for what is not known) and those of
    :data:`~onrecord.desk.text_entries.FILTERS` and :data:`~onrecord.desk.text_entries.ACT_FIELDS`; for the latter a turn
    counts once for each of its values.
    """
    aggregations: dict[str, Any] = {
        field: {"terms": {"field": field, "size": _VALUES, "segment_size": _VALUES}} for field in fields
    }
    if "month" in aggregations:
        aggregations["month"] = {"histogram": {"field": "day", "interval": 100, "min_doc_count": 1}}
    searcher = index.searcher()
    with _reading(index.folder):
        result = searcher.aggregate(query, aggregations)
    if isinstance(result, str):
        result = json.loads(result)
    found = {
        field: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in result[field]["buckets"]}
        for field in aggregations
    }
    if "month" in aggregations:
        found["month"] = {str(int(float(day)) // 100): count for day, count in found["month"].items()}
    return found
