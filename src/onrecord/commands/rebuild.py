"""``onrecord rebuild``: build the full-text index anew, with a progress bar."""

from __future__ import annotations

import sys
import time

from onrecord.commands.formats import DESK, DeskOption, SummaryFormatOption
from onrecord.desk import open_desk
from onrecord.desk.index import TextIndex, index_folder
from onrecord.printing import console, write_json


def rebuild(*, desk: DeskOption = DESK, format: SummaryFormatOption = "text") -> int:
    """Build the index of a desk anew from its record; usually it is kept up to date by itself.

    Example: `onrecord rebuild --desk mydesk`
    """
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
    size, took = sum(stamp.files.values()), time.monotonic() - begun
    if format == "json":
        write_json({"turns": stamp.turns, "bytes": size, "seconds": round(took, 3)}, indent=True)
    else:
        console().print(f"{stamp.turns:,} turns indexed, {size / 1e6:.1f} MB, {took:.1f} s")
    return 0
