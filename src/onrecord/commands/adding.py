"""``onrecord add``: progress while it runs, and a summary that says what was not read and why."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from onrecord.captures.opening import find_sources
from onrecord.desk import Desk, Summary, add_all, open_desk
from onrecord.desk.adding import Progress, read_again
from onrecord.printing import console, write_json

#: How many troubles are printed one by one before they are only counted.
_TOLD = 10


def add_to_desk(
    sources: list[str], *, desk: Path, house: str | None, encoding: str | None, processes: int, format: str
) -> int:
    """Add, with a bar on standard error; the exit code is 1 where a source could not be added."""
    with open_desk(desk, write=True, create_new=True) as opened:
        total = sum(1 for _ in find_sources(sources)) if sys.stderr.isatty() else None

        def work(tell: Progress) -> Summary:
            return add_all(opened, sources, house=house, encoding=encoding, processes=processes, on_progress=tell)

        return _watched(opened, "adding", total, work, format)


def read_desk_again(desk: Path, *, everything: bool, processes: int, format: str) -> int:
    """Read documents of a desk again from its captures; the exit code is 1 where one was refused."""
    with open_desk(desk, write=True) as opened:

        def work(tell: Progress) -> Summary:
            return read_again(opened, everything=everything, processes=processes, on_progress=tell)

        return _watched(opened, "reading", len(opened) if everything else None, work, format)


def _watched(desk: Desk, doing: str, total: int | None, work: Callable[[Progress], Summary], format: str) -> int:
    """Do the work under a bar, and print what became of it."""
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
            done = summary.new + summary.unchanged + summary.new_captures + summary.read_again + len(summary.troubles)
            progress.update(task, completed=done, description=source.rsplit("/", 1)[-1][:40])

        summary = work(tell)
        held = len(desk)
        if summary.new or summary.new_captures or summary.read_again:
            _index(desk, progress)
    took = time.monotonic() - begun
    if format == "json":
        told = msgspec.to_builtins(summary) | {"errors": summary.errors, "held": held, "seconds": round(took, 3)}
        write_json(told, indent=True)
    else:
        _print(summary, held, desk.folder, took)
    return 1 if summary.troubles else 0


def _index(desk: Desk, progress: Bar) -> None:
    """Bring the indexes to where the record now is, so that the first question need not wait for it."""
    from onrecord.desk.text_index import open_index
    from onrecord.desk.wording_index import open_wordings

    for name, build in (("words", open_index), ("wordings", open_wordings)):
        task = progress.add_task(f"indexing {name}", total=None)
        build(desk.folder, desk.record, _teller(progress, task))


def _teller(progress: Bar, task: TaskID) -> Callable[[int, int], None]:
    return lambda done, total: progress.update(task, completed=done, total=total)


def _print(summary: Summary, held: int, desk: Path, took: float) -> None:
    out = console()
    done = summary.new + summary.new_captures + summary.read_again
    speed = f", {done / took:.0f} documents a second" if done > 20 else ""
    if summary.read_again:
        out.print(f"[bold]{summary.read_again}[/] read again; the ids of turns whose words have not changed stay")
    out.print(
        f"[bold]{summary.new}[/] new, {summary.unchanged} held already, {summary.new_captures} new captures of documents held"
    )
    for issuer, count in sorted(summary.issuers.items()):
        out.print(f"  {issuer} {count}")
    share = f" ({summary.unread / summary.paragraphs:.2%})" if summary.paragraphs else ""
    out.print(f"{summary.turns} turns; {summary.unread} of {summary.paragraphs} paragraphs not understood{share}")
    if summary.mended:
        out.print(f"{summary.mended} captures that were damaged on the disk are whole again")
    if summary.left_aside:
        aside = ", ".join(f"{ending or 'no ending'} {count}" for ending, count in sorted(summary.left_aside.items()))
        out.print(f"left aside in folders as no documents: {aside}", style="dim", soft_wrap=True)
    if summary.troubles:
        counts = ", ".join(f"{name} {count}" for name, count in summary.errors.most_common())
        out.print(f"[yellow]{len(summary.troubles)} not added:[/] {counts}")
        for trouble in summary.troubles[:_TOLD]:
            out.print(f"  {trouble.error}: {trouble.where}: {trouble.message}", markup=False, soft_wrap=True)
        if len(summary.troubles) > _TOLD:
            out.print(f"  … and {len(summary.troubles) - _TOLD} more: --format json lists all", style="dim")
    for warning in summary.warnings[:_TOLD]:
        out.print(f"  {warning}", markup=False, style="yellow", soft_wrap=True)
    out.print(f"{desk} holds {held} documents ({took:.1f} s{speed})", style="dim", soft_wrap=True)
