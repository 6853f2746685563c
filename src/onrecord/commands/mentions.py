"""``onrecord mentions``: what a desk or one statement names, counted."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from rich.console import Console

from onrecord.asking import MentionCount, MentionFilters, mentions_of, options
from onrecord.asking import mentions as count_mentions
from onrecord.commands.acts import print_unannotated
from onrecord.commands.formats import SourceArgument
from onrecord.commands.options import (
    DESK,
    EVERYTHING,
    DeskOption,
    FormatOption,
    HouseOption,
    LimitOption,
    ScopeOptions,
    print_rest,
    several,
    shown_limit,
)
from onrecord.commands.source_reading import read_annotated
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json

_USUAL = 40


def mentions(
    source: SourceArgument = None,
    /,
    *,
    id: tuple[str, ...] = (),
    kind: Annotated[tuple[str, ...], several(options.MENTION_KIND)] = (),
    turn: Annotated[tuple[str, ...], several(options.TURN_KIND, "--turn-kind", "--turn")] = (),
    scope: ScopeOptions = EVERYTHING,
    limit: LimitOption = None,
    house: HouseOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """Count what is named: countries, organisations, people, offices, places, mechanisms and issues, by their ids.

    The exit code is 1 where there is no mention.

    Example: `onrecord mentions --mention-kind country --turn-kind question --since 2021`,
    `onrecord mentions page.shtml`

    Parameters
    ----------
    id
        Only this one, by code, id or name: CHN, Wang Yi, 台湾. May be given more than once.
    """
    most = shown_limit(limit, "csv" if format == "json" else format, _USUAL)
    if source is not None:
        document = read_annotated(source, house=house)
        named = mentions_of(document)
        if format == "jsonl":  # a mention on each line, with its place
            write_json(*document.mentions)
        else:
            _show(named, most, format)
        return 0 if named else 1
    filters = MentionFilters(id=id, kind=kind, turn=turn, **asdict(scope))
    with open_desk(desk) as opened:
        found = count_mentions(opened, filters)
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.named[:most])
    else:
        out = _show(found.named, most, format)
        if out is not None:
            out.print(f"{found.count:,} mentions; {found.left_open:,} of them do not say whom they name", style="bold")
            out.print(f"Searched {found.held.documents:,} documents: {found.held}", style="dim", soft_wrap=True)
            print_unannotated(found.unannotated, out)
    if format in ("jsonl", "csv"):
        print_rest(len(found.named[:most]), len(found.named), "names")
    return 0 if found.named else 1


def _show(named: tuple[MentionCount, ...], most: int | None, format: str) -> Console | None:
    if format == "json":
        write_json({"named": named, "count": sum(one.count for one in named)})
        return None
    if format == "csv":
        write_csv(named[:most], MentionCount.__struct_fields__)
        return None
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("name", overflow="fold", max_width=44)
    for heading in ("kind", "id", "count", "documents", "first", "last"):
        table.add_column(heading, justify="right" if heading in ("count", "documents") else "left", no_wrap=True)
    for one in named[:most]:
        days = (one.first or "", one.last or "")
        table.add_row(one.name, one.kind, one.id, str(one.count), str(one.documents), *days)
    out = console()
    out.print(table)
    if most is not None and len(named) > most:
        out.print(f"… and {len(named) - most:,} more; --limit 0 for all", style="dim")
    return out
