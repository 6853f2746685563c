"""``onrecord warc``: the visits of a desk as a web archive, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar

from onrecord.captures.opening import reading_file
from onrecord.collecting.warc import Archived, read_warc, write_warc
from onrecord.commands.add import update_indexes
from onrecord.commands.formats import DESK, DeskOption, SummaryFormatOption
from onrecord.commands.options import IssuerOption
from onrecord.commands.output_files import told_by_name
from onrecord.desk import open_desk
from onrecord.errors import QueryError
from onrecord.printing import console, write_json


def warc(
    file: Path,
    /,
    *,
    desk: DeskOption = DESK,
    into_desk: Annotated[bool, Parameter(name=["--into-desk"], show_default=False)] = False,
    issuer: IssuerOption = None,
    format: SummaryFormatOption = "text",
) -> int:
    """Write a desk as a web archive in WARC, or put one onto a desk with all its visits.

    The file holds every capture with the address, the time and what came of each visit, "not modified" too; other programs for
    web archives read it. Put onto an empty desk it gives the same record again. The exit code is 1 where something was left out.

    Example: `onrecord warc mydesk.warc.gz --desk mydesk`

    Parameters
    ----------
    file
        The file, compressed if its name ends in .gz.
    into_desk
        Read the file and put it onto the desk, instead of writing it.
    """
    if into_desk and issuer:
        raise QueryError("--issuer says what is written, not what is read", where="--issuer")
    err = console(sys.stderr)
    if into_desk:
        with reading_file(file), file.open("rb"):
            pass  # before a desk is made for it
    with (
        open_desk(desk, write=into_desk, create_new=into_desk) as opened,
        Bar(
            TextColumn("reading" if into_desk else "writing"), BarColumn(), TaskProgressColumn(),
            console=err, transient=True, disable=not err.is_terminal,
        ) as progress,
    ):  # fmt: skip
        task = progress.add_task("", total=None)

        def tell(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        if into_desk:
            archived = read_warc(opened, file, tell=tell)
            if archived.outcomes:
                update_indexes(opened, progress)
        else:
            with told_by_name(file):
                archived = write_warc(opened, file, issuer=issuer, tell=tell)
    _print(archived, file, format)
    return 1 if archived.troubles else 0


def _print(archived: Archived, file: Path, format: str) -> None:
    if format == "json":
        write_json(msgspec.to_builtins(archived), indent=True)
        return
    out = console()
    for trouble in archived.troubles:
        out.print(f"left out: {trouble}", markup=False, style="yellow", soft_wrap=True)
    records = ", ".join(f"{type} {count}" for type, count in sorted(archived.records.items())) or "no records"
    outcomes = ", ".join(f"{name} {count}" for name, count in sorted(archived.outcomes.items()))
    out.print(f"{file}: {records}" + (f"; {outcomes}" if outcomes else ""), markup=False, soft_wrap=True)
