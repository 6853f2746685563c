"""``onrecord versions``: when each wording of a document was seen, what a version said, and a redline of any two."""

from __future__ import annotations

from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from onrecord import printing
from onrecord.asking import History, VersionRedline, history, version_redline
from onrecord.asking.version_history import HistoryVersion, version_of
from onrecord.commands.document_choice import open_document
from onrecord.commands.edits import print_edit, print_words
from onrecord.commands.formats import DESK, DeskOption, FormatOption
from onrecord.commands.trace import marked_edits
from onrecord.control_pictures import print_safely
from onrecord.desk import Desk, open_desk
from onrecord.errors import QueryError
from onrecord.sharing.days import moment

#: How many edits are listed under the versions.
_EDITS = 10


def versions(
    id: str,
    /,
    *,
    at: str | None = None,
    redline: Annotated[tuple[str, str] | None, Parameter(consume_multiple=True)] = None,
    accept: int | None = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """The versions of a document: when each wording was seen, and what changed from one to the next.

    Example: `onrecord versions us-whitehouse-2026-02-09-1b8b27a5`, `onrecord versions ID --at 2026-02-09`,
    `onrecord versions ID --redline 1 2`

    Parameters
    ----------
    id
        The id of a document, or the beginning of one.
    at
        Print the document as it stood at this time, or at the end of this day; or the version with this number.
    redline
        Compare two versions word by word, each by its number or by a time.
    accept
        Show the version in doubt with this number: it is not worse, the page was shortened.
    """
    if accept is not None:
        with open_desk(desk, write=True) as writing:
            document = open_document(writing, id).id
            writing.writer.accept(document, accept)
    with open_desk(desk) as opened:
        document = open_document(opened, id).id
        if redline is not None:
            _print_redline(version_redline(opened, document, *redline), format)
        elif at is not None:
            _print_version(opened, document, at, format)
        else:
            _print_history(history(opened, document), format)
    return 0


def _print_version(desk: Desk, document: str, at: str, format: str) -> None:
    version = version_of(desk, document, at)
    said = desk.version(document, version.position)
    if format in ("json", "jsonl"):
        printing.write_json(said)
    elif format == "csv":
        printing.write_csv(printing.turn_rows(said))
    else:
        print_safely(
            f"Version {version.position}, seen from {moment(version.first_seen)} to {moment(version.last_seen)}"
        )
        printing.print_document(said, printing.console(), source=said.capture.source)


def _print_history(found: History, format: str) -> None:
    if format == "json":
        printing.write_json(found, indent=True)
    elif format == "jsonl":
        printing.write_json(*found.versions)
    elif format == "csv":
        printing.write_csv(map(msgspec.structs.asdict, found.versions), HistoryVersion.__struct_fields__)
    else:
        _print(found)


def _print(found: History) -> None:
    out = printing.console()
    out.print(Text(found.title, style="bold"))
    out.print(f"{found.day or 'undated'} · {found.issuer} · {found.document}", style="cyan", soft_wrap=True)
    for one in found.versions:
        note = f" · the words of version {one.same_as} again" if one.same_as else ""
        note += f" · {one.edits} edit{'s' * (one.edits > 1)}" if one.edits else ""
        note += f" · in {one.captures} captures" if one.captures > 1 else ""
        note += f" · [yellow]in doubt: {one.doubt}[/]" if one.state == "in-doubt" else ""
        mark = "[bold]→[/]" if one.state == "shown" else " "
        seen = (
            f"{moment(one.first_seen)} – {moment(one.last_seen)}"
            if one.last_seen > one.first_seen
            else moment(one.first_seen)
        )
        out.print(f"{mark} {one.position:>2}  seen {seen}{note}", soft_wrap=True)
        out.print(f"      {one.capture}", style="dim", soft_wrap=True)
    out.print("→ is the version shown; --at 1 prints another, --redline 1 2 compares two", style="dim", markup=False)
    if found.gone:
        out.print(f"gone from its address since {moment(found.gone)}", style="yellow")
    for address, how in found.aliases:
        out.print(Text(f"also at {address} ({how})", style="dim"), soft_wrap=True)
    for edit in found.edits[:_EDITS]:
        out.print()
        print_edit(edit, out)
    if len(found.edits) > _EDITS:
        out.print(f"\n… and {len(found.edits) - _EDITS} more: onrecord edits {found.document}", style="dim")


def _print_redline(found: VersionRedline, format: str) -> None:
    if format == "json":
        printing.write_json(found)
    elif format == "jsonl":
        printing.write_json(*found.edits)
    elif format == "csv":
        raise QueryError("a redline is no table", hint="Use --format json, or `onrecord edits ID --format csv`")
    else:
        out = printing.console()
        out.print(Text(found.title, style="bold"))
        out.print(
            f"version {found.before.position} ({moment(found.before.first_seen)}) → version {found.after.position} "
            f"({moment(found.after.first_seen)})",
            style="cyan",
        )
        out.print()
        out.print(marked_edits(found.pieces))
        for edit in found.edits[:_EDITS]:
            out.print()
            out.print(Text(f"{edit.rank:4.1f}  {edit.kind} · {', '.join(edit.touches)}", style="bold"))
            print_words(edit.kind, edit.before, edit.after, out)
