"""``onrecord annotate``: mentions, acts, meetings, undertakings and kinds of answers found anew, after an update of the rules."""

from __future__ import annotations

import sys
import time
import warnings
from typing import Literal

import msgspec

from onrecord.commands.options import DESK, DeskOption
from onrecord.desk import Annotations, annotate_all, open_desk
from onrecord.desk.annotating import due
from onrecord.desk.connection import DeskBroughtUp
from onrecord.printing import console, write_json

_TOLD = 10


def annotate(
    *,
    desk: DeskOption = DESK,
    again: bool = False,
    processes: int = 2,
    format: Literal["text", "json"] = "text",
) -> int:
    """Annotate documents of a desk that nobody has annotated, or older rules did; the record itself stays as it is.

    Example: `onrecord annotate --desk mydesk`

    Parameters
    ----------
    again
        All documents, also those that these rules have annotated.
    processes
        How many processes work at once.
    format
        How the summary is printed.
    """
    from rich.progress import Progress

    from onrecord.desk.text_index import open_index

    begun = time.monotonic()
    err = console(sys.stderr)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeskBroughtUp)  # it says to do what is being done
        opened = open_desk(desk, write=True)
    with opened, Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("annotating", total=due(opened, again=again))

        def tell(told: Annotations) -> None:
            progress.update(task, completed=told.documents + len(told.troubles))

        told = annotate_all(opened, again=again, processes=processes, on_progress=tell)
        if told.documents:  # so that the first question need not wait for the index
            indexing = progress.add_task("indexing words", total=None)
            open_index(
                opened.folder,
                opened.record,
                lambda done, total: progress.update(indexing, completed=done, total=total),
            )
        held = len(opened)
    took = time.monotonic() - begun
    if format == "json":
        write_json(msgspec.to_builtins(told) | {"held": held, "seconds": round(took, 3)}, indent=True)
    else:
        _print(told, held, took)
    return 1 if told.troubles else 0


def _print(told: Annotations, held: int, took: float) -> None:
    out = console()
    speed = f", {told.documents / took:.0f} documents a second" if told.documents > 20 else ""
    out.print(f"[bold]{told.documents}[/] of {held} documents annotated ({took:.1f} s{speed})")
    if told.documents:
        out.print(
            f"{told.mentions} mentions, {told.acts} acts, {told.meetings} meetings, {told.undertakings} undertakings; "
            "ids of acts whose words have not changed stay"
        )
    else:
        out.print("Nothing was due: --again annotates all of them anew", style="dim")
    for trouble in told.troubles[:_TOLD]:
        out.print(
            f"  {trouble.error}: {trouble.where}: {trouble.message}", markup=False, soft_wrap=True, style="yellow"
        )
    if len(told.troubles) > _TOLD:
        out.print(f"  … and {len(told.troubles) - _TOLD} more: --format json lists all", style="dim")
