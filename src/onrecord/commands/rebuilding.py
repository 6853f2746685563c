"""``onrecord rebuild``: the index made anew, with a bar while it runs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from onrecord.desk import open_desk
from onrecord.desk.text_index import TextIndex, index_folder
from onrecord.printing import console


def rebuild_index(desk: Path) -> int:
    """Build and say how large it is and how long it took."""
    from rich.progress import Progress

    err = console(sys.stderr)
    begun = time.monotonic()
    with open_desk(desk) as opened, Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("indexing", total=len(opened))
        index = TextIndex(index_folder(opened.folder), opened.record)
        index.rebuild(on_progress=lambda done, total: progress.update(task, completed=done))
        stamp = index.stamp()
    if stamp is None:
        return 1
    size = sum(stamp.files.values()) / 1e6
    console().print(f"{stamp.turns} turns indexed, {size:.1f} MB, {time.monotonic() - begun:.1f} s")
    return 0
