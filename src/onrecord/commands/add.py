"""``onrecord add`` and ``onrecord reread``: progress while they run, and a summary with what was not read and why."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from onrecord.captures.opening import find_sources
from onrecord.captures.private_redirects import allowing_private_redirects
from onrecord.commands.formats import (
    DESK,
    AllowPrivateOption,
    DeskOption,
    EncodingOption,
    HouseOption,
    MapOption,
    ProcessesOption,
    SummaryFormatOption,
)
from onrecord.desk import Desk, Summary, add_all, open_desk
from onrecord.desk.adding import Progress, read_again
from onrecord.printing import console, write_json

#: How many problems are printed one by one; the rest are counted.
_MOST = 10


def add(
    sources: Annotated[list[str], Parameter(allow_leading_hyphen=True)],
    /,
    *,
    desk: DeskOption = DESK,
    house: HouseOption = None,
    encoding: EncodingOption = None,
    map: MapOption = "",
    processes: ProcessesOption = 2,
    allow_private: AllowPrivateOption = False,
    format: SummaryFormatOption = "text",
) -> int:
    """Add statements to a desk: files, folders, patterns, addresses. What the desk has already is left as it is.

    Of a table, a feed, a web archive or a mailbox all statements are added.

    The exit code is 1 where a source could not be added.

    Example: `onrecord add pages/ 'more/*.shtml' --desk mydesk`

    Parameters
    ----------
    sources
        Files, folders (with all that is in them), patterns in quotes, http(s) addresses, or `-` for standard input.
    """
    with open_desk(desk, write=True, create_new=True) as opened:
        total = sum(1 for _ in find_sources(sources)) if sys.stderr.isatty() else None

        def work(tell: Progress) -> Summary:
            return add_all(
                opened, sources, house=house, encoding=encoding, mapping=map, processes=processes, on_progress=tell
            )

        with allowing_private_redirects(allow_private):
            return _with_progress(opened, "adding", total, work, format)


def reread(
    *,
    desk: DeskOption = DESK,
    everything: bool = False,
    processes: ProcessesOption = 2,
    format: SummaryFormatOption = "text",
) -> int:
    """Read documents again from the stored captures, after an update; turns whose words have not changed keep their ids.

    The exit code is 1 where a document could not be read again.

    Example: `onrecord reread --desk mydesk`

    Parameters
    ----------
    everything
        Also documents that this version has read already.
    """
    with open_desk(desk, write=True) as opened:

        def work(tell: Progress) -> Summary:
            return read_again(opened, everything=everything, processes=processes, on_progress=tell)

        return _with_progress(opened, "reading", len(opened) if everything else None, work, format)


def _with_progress(desk: Desk, doing: str, total: int | None, work: Callable[[Progress], Summary], format: str) -> int:
    """Do the work with a progress bar, and print the summary."""
    begun = time.monotonic()
    err = console(sys.stderr)
    with (
        Bar(
            TextColumn(doing),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=err,
            transient=True,
            disable=not err.is_terminal,
        ) as progress,
    ):
        task = progress.add_task("", total=total)

        def tell(summary: Summary, source: str) -> None:
            progress.update(task, completed=summary.done, description=source.rsplit("/", 1)[-1][:40])

        summary = work(tell)
        held = len(desk)
        if summary.written:
            update_indexes(desk, progress)
    took = time.monotonic() - begun
    if format == "json":
        result = msgspec.to_builtins(summary) | {"errors": summary.errors, "held": held, "seconds": round(took, 3)}
        write_json(result, indent=True)
    else:
        _print(summary, held, desk.folder, took)
    return 1 if summary.troubles else 0


def update_indexes(desk: Desk, progress: Bar) -> None:
    """Update the indexes, so that the first query does not wait for them."""
    from onrecord.desk.text_index import open_index
    from onrecord.desk.wording_index import open_wordings

    for name, build in (("words", open_index), ("wordings", open_wordings)):
        task = progress.add_task(f"indexing {name}", total=None)
        build(desk.folder, desk.record, _teller(progress, task))


def _teller(progress: Bar, task: TaskID) -> Callable[[int, int], None]:
    return lambda done, total: progress.update(task, completed=done, total=total)


def _print(summary: Summary, held: int, desk: Path, took: float) -> None:
    out = console()
    done = summary.written
    speed = f", {done / took:.0f} documents a second" if done > 20 else ""
    if summary.read_again:
        out.print(f"[bold]{summary.read_again}[/] read again; turns whose words have not changed keep their ids")
    out.print(
        f"[bold]{summary.new}[/] new, {summary.unchanged} already there, [bold]{summary.changed}[/] changed"
        + (f", [bold]{summary.replaced}[/] new at the address of another" if summary.replaced else "")
        + (f", [yellow]{summary.in_doubt} in doubt[/]" if summary.in_doubt else "")
    )
    for issuer, count in sorted(summary.issuers.items()):
        out.print(f"  {issuer} {count}")
    share = f" ({summary.unread / summary.paragraphs:.2%})" if summary.paragraphs else ""
    out.print(f"{summary.turns} turns; {summary.unread} of {summary.paragraphs} paragraphs not understood{share}")
    if summary.mended:
        out.print(f"{summary.mended} captures that were damaged on the disk are restored")
    if summary.left_aside:
        aside = ", ".join(f"{ending or 'no ending'} {count}" for ending, count in sorted(summary.left_aside.items()))
        out.print(f"skipped in folders, not documents: {aside}", style="dim", soft_wrap=True)
    if summary.troubles:
        counts = ", ".join(f"{name} {count}" for name, count in summary.errors.most_common())
        out.print(f"[yellow]{len(summary.troubles)} not added:[/] {counts}")
        for trouble in summary.troubles[:_MOST]:
            out.print(f"  {trouble.error}: {trouble.where}: {trouble.message}", markup=False, soft_wrap=True)
        if len(summary.troubles) > _MOST:
            out.print(f"  … and {len(summary.troubles) - _MOST} more: --format json lists all", style="dim")
    for warning in summary.warnings[:_MOST]:
        out.print(f"  {warning}", markup=False, style="yellow", soft_wrap=True)
    out.print(f"{desk} has {held} documents ({took:.1f} s{speed})", style="dim", soft_wrap=True)
