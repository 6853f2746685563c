"""``onrecord annotate``: annotate documents again after an update of the rules."""

from __future__ import annotations

import sys
import time
import warnings

import msgspec

from onrecord.commands.formats import DESK, DeskOption, ProcessesOption, SummaryFormatOption
from onrecord.desk import Annotations, annotate_all, open_desk
from onrecord.desk.annotating import due
from onrecord.desk.connection import DeskMigrated
from onrecord.printing import console, write_json

_MOST = 10


def annotate(
    *,
    desk: DeskOption = DESK,
    again: bool = False,
    processes: ProcessesOption = 2,
    format: SummaryFormatOption = "text",
) -> int:
    """Annotate documents of a desk that have no annotation, or one by older rules; the text stays as it is.

    Example: `onrecord annotate --desk mydesk`

    Parameters
    ----------
    again
        All documents, including those annotated by these rules.
    """
    from rich.progress import Progress

    from onrecord.desk.text_index import open_index

    begun = time.monotonic()
    err = console(sys.stderr)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeskMigrated)  # it would recommend what this command does
        opened = open_desk(desk, write=True)
    with opened, Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("annotating", total=due(opened, again=again))

        def tell(summary: Annotations) -> None:
            progress.update(task, completed=summary.documents + len(summary.troubles))

        summary = annotate_all(opened, again=again, processes=processes, on_progress=tell)
        if summary.documents:  # so that the first query does not wait for the index
            indexing = progress.add_task("indexing words", total=None)
            open_index(
                opened.folder,
                opened.record,
                lambda done, total: progress.update(indexing, completed=done, total=total),
            )
        held = len(opened)
    took = time.monotonic() - begun
    if format == "json":
        write_json(msgspec.to_builtins(summary) | {"held": held, "seconds": round(took, 3)}, indent=True)
    else:
        _print(summary, held, took)
    return 1 if summary.troubles else 0


def _print(summary: Annotations, held: int, took: float) -> None:
    out = console()
    speed = f", {summary.documents / took:.0f} documents a second" if summary.documents > 20 else ""
    out.print(f"[bold]{summary.documents}[/] of {held} documents annotated ({took:.1f} s{speed})")
    if summary.documents:
        out.print(
            f"{summary.mentions} mentions, {summary.acts} acts, {summary.meetings} meetings, "
            f"{summary.undertakings} undertakings; "
            "acts whose words have not changed keep their ids"
        )
    else:
        out.print("Nothing to do: --again annotates all documents anew", style="dim")
    for trouble in summary.troubles[:_MOST]:
        out.print(
            f"  {trouble.error}: {trouble.where}: {trouble.message}", markup=False, soft_wrap=True, style="yellow"
        )
    if len(summary.troubles) > _MOST:
        out.print(f"  … and {len(summary.troubles) - _MOST} more: --format json lists all", style="dim")
