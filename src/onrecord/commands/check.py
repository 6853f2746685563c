"""``onrecord check``: print the faults of a desk, one per line, and how much was checked."""

from __future__ import annotations

import sqlite3
import sys

from onrecord.commands.formats import DESK, DeskOption, FormatOption
from onrecord.desk import Desk, Fault, open_desk
from onrecord.desk import check as check_desk
from onrecord.printing import console, write_csv, write_json


def check(*, desk: DeskOption = DESK, format: FormatOption = "text") -> int:
    """Check a desk: every capture's hash, every span against the bytes, every link in the record.

    The exit code is 1 where there is a fault.

    Example: `onrecord check --desk mydesk`
    """
    from rich.progress import Progress

    err = console(sys.stderr)
    with open_desk(desk) as opened, Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("checking", total=len(opened))
        found = list(check_desk(opened, on_progress=lambda done, total: progress.update(task, completed=done)))
        documents, turns, captures = (_count(opened, table) for table in ("document", "turn", "capture"))
    faults = [fault for fault in found if fault.what != "orphan"]
    if format == "jsonl":
        write_json(*found)
    elif format == "csv":
        write_csv(found, Fault.__struct_fields__)
    elif format == "json":
        remarks = [fault for fault in found if fault.what == "orphan"]
        summary = {"documents": documents, "turns": turns, "captures": captures, "faults": faults, "remarks": remarks}
        write_json(summary, indent=True)
    else:
        out = console()
        for fault in found:
            style = "dim" if fault.what == "orphan" else "red"
            out.print(f"{fault.what} {fault.where}: {fault.detail}", style=style, markup=False, soft_wrap=True)
        out.print(f"{documents:,} documents, {turns:,} turns, {captures:,} captures: {len(faults)} faults")
    return 1 if faults else 0


def _count(desk: Desk, table: str) -> int:
    """The number of rows of a table; 0 where the record is too damaged to count, which is reported as a fault."""
    try:
        return int(desk.record.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0
