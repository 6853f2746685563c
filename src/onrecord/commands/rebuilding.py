"""``onrecord rebuild``: the indexes made anew, with a bar while it runs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from onrecord.desk import open_desk
from onrecord.desk.cache import clear_cache
from onrecord.desk.text_index import TextIndex, index_folder
from onrecord.desk.wording_index import WordingIndex, wording_folder
from onrecord.printing import console


def rebuild_index(desk: Path) -> int:
    """Build both indexes and say how large they are and how long it took; answers kept beside them are made anew too."""
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
    size = sum(manifest.size for manifest in manifests if manifest is not None) / 1e6
    console().print(f"{manifests[0].turns} turns indexed, {size:.1f} MB, {time.monotonic() - begun:.1f} s")
    return 0
