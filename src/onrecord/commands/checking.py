"""``onrecord check``: the faults of a desk, one a line, and how much was looked at."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from onrecord.desk import Desk, check, open_desk
from onrecord.printing import console, write_json


def check_desk(desk: Path, *, format: str) -> int:
    """Print every fault; the exit code is 1 where there is one."""
    from rich.progress import Progress

    err = console(sys.stderr)
    with open_desk(desk) as opened, Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("checking", total=len(opened))
        found = list(check(opened, on_progress=lambda done, total: progress.update(task, completed=done)))
        documents, turns, captures = (_count(opened, table) for table in ("document", "turn", "capture"))
    faults = [fault for fault in found if fault.what != "orphan"]
    if format == "jsonl":
        write_json(*found)
    elif format == "json":
        remarks = [fault for fault in found if fault.what == "orphan"]
        told = {"documents": documents, "turns": turns, "captures": captures, "faults": faults, "remarks": remarks}
        write_json(told, indent=True)
    else:
        out = console()
        for fault in found:
            style = "dim" if fault.what == "orphan" else "red"
            out.print(f"{fault.what} {fault.where}: {fault.detail}", style=style, markup=False, soft_wrap=True)
        out.print(f"{documents} documents, {turns} turns, {captures} captures: {len(faults)} faults")
    return 1 if faults else 0


def _count(desk: Desk, table: str) -> int:
    """How many rows a table has; 0 where the record is too damaged to say, which is a fault that was told."""
    try:
        return int(desk.record.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0
