"""The wording index: an inverted index of all sentences, for finding sentences similar to a phrase.

It consists of segments (:mod:`onrecord.desk.wording_segments`). New and changed documents go to a new segment; when there
are many segments, the small ones are replaced by one.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from pathlib import Path

import msgspec
import numpy as np

from onrecord.desk.index_files import (
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
    fit,
    intact_manifest,
    one_transaction,
    outdated,
    state_of,
    warn_of_damage,
)
from onrecord.desk.locks import building
from onrecord.desk.wording_segments import Progress, Segment, build_segment
from onrecord.errors import IndexDamaged

LAYOUT = "3"
#: With this many segments the small ones are replaced by one, because every query searches each segment.
_SEGMENTS = 8


class WordingIndex:
    """The wording index of a desk. Create it with :func:`open_wordings`, which brings it up to date."""

    def __init__(self, folder: Path, record: sqlite3.Connection) -> None:
        self.folder = folder
        self.record = record
        self._segments: list[Segment] | None = None
        self._manifest: Manifest | None = None
        self._files: OpenFiles | None = None
        self._opening = threading.Lock()

    def unchanged(self) -> bool:
        """Whether its files are as they were when it was opened; if not, open it again with :func:`open_wordings`."""
        return self._files is not None and self._files.unchanged()

    @property
    def segments(self) -> list[Segment]:
        """The segments, oldest first. A turn that was read again has a new row number and is in the newest segment.

        Raises SnapshotOutdated if an index of a later state of the record has replaced them.
        """
        with self._opening:  # otherwise two threads would each load the text of all sentences
            if self._segments is None:
                if self._manifest is None:
                    self.catch_up()
                    assert self._manifest is not None
                try:
                    self._segments = [Segment(self.folder / name) for name in self._manifest.parts]
                except (OSError, ValueError) as error:
                    if read_manifest(self.folder) != self._manifest:
                        raise outdated(self.folder) from error
                    raise IndexDamaged(f"the index could not be read: {error}", where=str(self.folder)) from error
            return self._segments

    def manifest(self) -> Manifest | None:
        """The manifest of the index on the disk; None if it is missing, damaged or of another version."""
        return intact_manifest(self.folder, LAYOUT)

    def catch_up(self, on_progress: Progress | None = None) -> None:
        """Update the index to the state of the record that the connection sees; rebuild it if it is damaged or has too many
        segments.

        One process builds at a time, others wait for it. ``on_progress`` receives the documents done and the total. Raises
        SnapshotOutdated if the index belongs to a later state, DeskFull, and IndexUnavailable if it cannot be built.
        """
        if self._use_if_current(self.manifest()) is Fit.CURRENT:
            return
        with building_clearly(self.folder), building(self.folder), one_transaction(self.record):
            manifest = self.manifest()
            fits = self._use_if_current(manifest)
            if fits is Fit.CURRENT:  # another process has built it in the meantime
                return
            if manifest is None:
                warn_of_damage(self.folder, LAYOUT)
            kept = manifest if fits is Fit.BEHIND else None
            if kept is not None and len(kept.parts) >= _SEGMENTS:
                kept = large_parts(kept)
            if manifest is None or kept is None:
                self._write(None, None, on_progress)
            else:
                query = "SELECT DISTINCT document FROM change WHERE number > ?"
                changed = {row[0] for row in self.record.execute(query, (manifest.made.change,))}
                merged = self._documents_of(manifest.parts[len(kept.parts) :])
                self._write(kept, sorted(changed | merged), on_progress)

    def rebuild(self, on_progress: Progress | None = None) -> None:
        """Build the index again and then replace the old one. Raises the same errors as :meth:`catch_up`."""
        with building_clearly(self.folder), building(self.folder), one_transaction(self.record):
            self._write(None, None, on_progress)

    def _documents_of(self, parts: list[str]) -> set[str]:
        """The documents whose sentences are in these segments."""
        found: set[str] = set()
        for part in parts:
            rows = np.unique(Segment(self.folder / part).arrays["turns"]).tolist()
            query = "SELECT DISTINCT document FROM turn WHERE rowid IN (SELECT value FROM json_each(?))"
            found.update(row[0] for row in self.record.execute(query, (json.dumps(rows),)))
        return found

    def _use_if_current(self, manifest: Manifest | None) -> Fit | None:
        """Use the index of this manifest if it is current; return how it relates to the record."""
        if manifest is None:
            return None
        fits = fit(self.folder.parent.parent, self.record, manifest.made, annotations=False)
        if fits is Fit.AHEAD:
            raise outdated(self.folder)
        if fits is Fit.CURRENT:
            self._use(manifest)
        return fits

    def _use(self, manifest: Manifest) -> None:
        self._manifest, self._segments = manifest, None
        self._files = OpenFiles(self.folder, manifest)

    def _write(self, before: Manifest | None, documents: list[str] | None, on_progress: Progress | None) -> None:
        """Add a segment with ``documents`` to those of ``before``, or replace them by one with all documents."""
        self.folder.mkdir(parents=True, exist_ok=True)
        named = read_manifest(self.folder)
        remove_unused(self.folder, named.parts if named is not None else ())  # left by interrupted builds
        made = state_of(self.record, annotations=False)
        part = new_part(self.folder)
        try:
            build_segment(part, self.record, documents, on_progress)
            files = sync_part(self.folder, part)
            earlier = before.files if before is not None else {}
            (turns,) = self.record.execute("SELECT count(*) FROM turn").fetchone()
            manifest = Manifest(
                layout=LAYOUT,
                made=made,
                turns=turns,
                parts=[*(before.parts if before is not None else ()), part.name],
                files=earlier | files,
            )
            write_manifest(self.folder, manifest)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        self._use(manifest)


def large_parts(manifest: Manifest) -> Manifest | None:
    """The manifest without its last segments, those that one half as large as the segment before them can replace.

    None if there is no such: the index is then rebuilt as one segment. Each sentence is thus written again a number of times
    that grows with the logarithm of their number.
    """
    sizes = [
        sum(file.size for name, file in manifest.files.items() if name.startswith(f"{part}/"))
        for part in manifest.parts
    ]
    for count in range(1, len(sizes)):
        if 2 * sum(sizes[count:]) <= sizes[count - 1]:
            parts = manifest.parts[:count]
            files = {name: file for name, file in manifest.files.items() if name.partition("/")[0] in parts}
            return msgspec.structs.replace(manifest, parts=parts, files=files)
    return None


def wording_folder(desk_folder: Path) -> Path:
    """The folder of a desk's wording index."""
    return desk_folder / "index" / "wording"


def open_wordings(desk_folder: Path, record: sqlite3.Connection, on_progress: Progress | None = None) -> WordingIndex:
    """Open the wording index of a desk after bringing it up to date. Raises as :meth:`WordingIndex.catch_up`."""
    index = WordingIndex(wording_folder(desk_folder), record)
    index.catch_up(on_progress)
    return index
