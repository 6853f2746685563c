"""``onrecord rebuild``: rebuild the indexes, with a progress bar."""

from __future__ import annotations

import sys
import time

from onrecord.commands.formats import DESK, DeskOption, SummaryFormatOption
from onrecord.desk import open_desk
from onrecord.desk.cache import clear_cache
from onrecord.desk.text_index import TextIndex, index_folder
from onrecord.desk.wording_index import WordingIndex, wording_folder
from onrecord.printing import console, write_json


def rebuild(*, desk: DeskOption = DESK, format: SummaryFormatOption = "text") -> int:
    """Rebuild the indexes of a desk from its record; usually they are updated automatically.

    Cached answers are recomputed too.

    Example: `onrecord rebuild --desk mydesk`
    """
    from rich.progress import Progress

    err = console(sys.stderr)
    begun = time.monotonic()
    with open_desk(desk) as opened, Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        words = TextIndex(index_folder(opened.folder), opened.record)
        wordings = WordingIndex(wording_folder(opened.folder), opened.record)
        for name, index in (("words", words), ("wordings", wordings)):
            task = progress.add_task(f"indexing {name}", total=len(opened))
            index.rebuild(on_progress=lambda done, total, task=task: progress.update(task, completed=done))  # type: ignore[misc]
        clear_cache(opened.folder)
        manifests = words.manifest(), wordings.manifest()
    if manifests[0] is None or manifests[1] is None:
        return 1
    size = sum(manifest.size for manifest in manifests if manifest is not None)
    turns, took = manifests[0].turns, time.monotonic() - begun
    if format == "json":
        write_json({"turns": turns, "bytes": size, "seconds": round(took, 3)}, indent=True)
    else:
        console().print(f"{turns:,} turns indexed, {size / 1e6:.1f} MB, {took:.1f} s")
    return 0
