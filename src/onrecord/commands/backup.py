"""``onrecord backup`` and ``onrecord restore``: a copy of a desk that is checked, made while others use the desk."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from onrecord.commands.formats import DESK, DeskOption, SummaryFormatOption
from onrecord.desk.backup import Copied, Progress, back_up
from onrecord.desk.backup import restore as restore_backup
from onrecord.printing import console, write_json

#: How many faults to print; ``onrecord check`` prints all.
_MOST_FAULTS = 10


def backup(
    destination: Path,
    /,
    *,
    desk: DeskOption = DESK,
    copy: Annotated[bool, Parameter(help="Copy captures also where they could be linked.")] = False,
    format: SummaryFormatOption = "text",
) -> int:
    """Copy a desk as of one moment, also while it is written to, and check the copy; the index is left out.

    Example: `onrecord backup /media/disk/mydesk-2026-03-01 --desk mydesk`

    Parameters
    ----------
    destination
        An empty or a new folder. On the same disk captures are linked, which costs no room; a copy that is to outlive the
        disk belongs on another.
    format
        How the summary is printed.
    """
    begun = time.monotonic()
    with _bar() as tell:
        made = back_up(desk, destination, link=not copy, on_progress=tell)
    return _tell(made, "backed up to", time.monotonic() - begun, format)


def restore(backup: Path, desk: Path, /, *, format: SummaryFormatOption = "text") -> int:
    """Make a desk of a backup, in an empty or a new folder, and check it; the indexes are built when they are first asked.

    Example: `onrecord restore /media/disk/mydesk-2026-03-01 mydesk`

    Parameters
    ----------
    backup
        The folder that `onrecord backup` made.
    desk
        The desk's folder, empty or new.
    format
        How the summary is printed.
    """
    begun = time.monotonic()
    with _bar() as tell:
        made = restore_backup(backup, desk, on_progress=tell)
    return _tell(made, "restored to", time.monotonic() - begun, format)


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.progress import Progress as Bar

    err = console(sys.stderr)
    with Bar(console=err, transient=True, disable=not err.is_terminal) as progress:
        tasks = {name: progress.add_task(name, total=None) for name in ("record", "captures", "check")}
        yield lambda what, done, total: progress.update(tasks[what], completed=done, total=total)


def _tell(made: Copied, how: str, took: float, format: str) -> int:
    if format == "json":
        write_json(msgspec.to_builtins(made) | {"seconds": round(took, 3)}, indent=True)
    else:
        out = console()
        out.print(f"{made.documents} documents {how} {made.folder} ({took:.1f} s)", markup=False, soft_wrap=True)
        linked = f", {made.linked} of them linked: they share their bytes with the desk" if made.linked else ""
        out.print(f"record {made.record_bytes / 1e6:.1f} MB, {made.captures} captures{linked}", soft_wrap=True)
        for fault in made.faults[:_MOST_FAULTS]:
            out.print(f"{fault.what} {fault.where}: {fault.detail}", style="red", markup=False, soft_wrap=True)
        more = (
            f"; {len(made.faults) - _MOST_FAULTS} more: `onrecord check` lists all"
            if len(made.faults) > _MOST_FAULTS
            else ""
        )
        out.print(f"checked: {len(made.faults)} faults{more}")
    return 1 if made.faults else 0
