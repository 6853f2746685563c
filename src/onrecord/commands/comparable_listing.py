"""``onrecord compare`` without documents: what can be compared on a desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from onrecord import languages
from onrecord.asking.comparable_documents import (
    ComparableMeeting,
    comparable_meetings,
)
from onrecord.asking.held_versions import ComparableVersions, HeldAccount, comparable_versions
from onrecord.desk import open_desk
from onrecord.languages.code_lookup import display_name
from onrecord.printing import console, write_csv, write_json

#: So many of each are printed for people; the other formats have all.
_USUAL = 20


def list_comparable(desk: Path, format: str) -> int:
    """Print the meetings with several sides' accounts and the statements in several languages. The exit code is 1 for none."""
    with open_desk(desk) as opened:
        meetings, versions = comparable_meetings(opened), comparable_versions(opened)
    if format == "json":
        write_json({"meetings": meetings, "versions": versions})
    elif format == "jsonl":
        write_json(*meetings, *versions)
    elif format == "csv":
        write_csv([*map(_row, meetings), *map(_row, versions)], ("what", "day", "name", "documents", "meeting"))
    else:
        _print(meetings, versions)
    return 0 if meetings or versions else 1


def _row(one: ComparableMeeting | ComparableVersions) -> dict[str, object]:
    documents = "|".join(document.id for document in one.documents)
    if isinstance(one, ComparableMeeting):
        return {
            "what": "accounts",
            "day": one.first_day,
            "name": _name(one),
            "documents": documents,
            "meeting": one.meeting,
        }
    return {
        "what": "versions",
        "day": one.day,
        "name": f"{one.issuer} {one.kind}",
        "documents": documents,
        "meeting": None,
    }


def _name(one: ComparableMeeting) -> str:
    parties = " – ".join(map(display_name, one.parties))
    return f"{one.kind}, {parties}" if one.name.lower() == one.kind else f"{one.kind}, {parties}: {one.name}"


def _print(meetings: Sequence[ComparableMeeting], versions: Sequence[ComparableVersions]) -> None:
    out = console()
    out.print(Text(f"Meetings with accounts by several sides ({len(meetings):,})", style="bold"))
    for one in meetings[:_USUAL]:
        line = Text(f"  {one.first_day or 'undated':10}  ", style="cyan")
        line.append(f"{_name(one)}: {', '.join(map(_document, one.documents))}", style="not dim")
        out.print(line, soft_wrap=True)
        out.print(Text(f"{'':14}onrecord compare --meeting {one.meeting}", style="dim"), soft_wrap=True)
    _print_rest(len(meetings))
    out.print(Text(f"\nStatements in several languages ({len(versions):,})", style="bold"))
    for some in versions[:_USUAL]:
        said = " and ".join(languages.find(one.language).name for one in some.documents)
        out.print(Text(f"  {some.day}  {some.issuer}, {some.kind.replace('-', ' ')}, in {said}"), soft_wrap=True)
        ids = " ".join(one.id for one in some.documents)
        out.print(Text(f"{'':14}onrecord compare {ids}", style="dim"), soft_wrap=True)
    _print_rest(len(versions))


def _print_rest(count: int) -> None:
    if count > _USUAL:
        console().print(f"  {count - _USUAL:,} more: --format csv", style="dim")


def _document(one: HeldAccount) -> str:
    return f"{one.issuer} ({one.kind.replace('-', ' ')}, {one.day or 'undated'})"
