"""``onrecord mentions``: what a desk or one statement names, counted."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console

from onrecord.asking import MentionCount, MentionFilters, mentions_of
from onrecord.asking import mentions as mentions_on_desk
from onrecord.commands.acts import print_unannotated
from onrecord.commands.options import (
    DESK,
    EVERYWHERE,
    DeskOption,
    HouseOption,
    RowsOption,
    Where,
)
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json


def mentions(
    source: Annotated[str | None, Parameter(help="A file or address that need not be on the desk.")] = None,
    /,
    *,
    id: tuple[str, ...] = (),
    kind: tuple[str, ...] = (),
    turn: tuple[Literal["question", "answer", "statement", "note"], ...] = (),
    where: Where = EVERYWHERE,
    limit: int = 40,
    house: HouseOption = None,
    desk: DeskOption = DESK,
    format: RowsOption = "text",
) -> int:
    """Count what is named: countries, organisations, people, offices, places, mechanisms and issues, by their ids.

    Example: `onrecord mentions --kind country --turn question --since 2021-01-01`, `onrecord mentions page.shtml`

    Parameters
    ----------
    id
        Only this one, by code, id or name: CHN, Wang Yi, 台湾; may be given more than once, as may the next ones.
    kind
        Only of this kind: country, territory, organisation, person, office, place, mechanism, issue, reference.
    turn
        Only where it is named in a question, answer, statement or note.
    limit
        How many to print as text, 0 for all.
    """
    if source is not None:
        from onrecord import annotate
        from onrecord.reader import read

        document = annotate(read(source, house=house))
        named = mentions_of(document)
        if format == "jsonl":  # a mention a line, with its place
            write_json(*document.mentions)
        else:
            _tell(named, limit, format)
        return 0 if named else 1
    filters = MentionFilters(id=id, kind=kind, turn=turn, **asdict(where))
    with open_desk(desk) as opened:
        found = mentions_on_desk(opened, filters)
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.named)
    else:
        out = _tell(found.named, limit, format)
        if out is not None:
            out.print(f"{found.count} mentions; of {found.left_open} the words leave open whom they name", style="bold")
            out.print(f"Searched {found.held.documents} documents: {found.held}", style="dim", soft_wrap=True)
            print_unannotated(found.unannotated, out)
    return 0 if found.named else 1


def _tell(named: tuple[MentionCount, ...], limit: int, format: str) -> Console | None:
    if format == "json":
        write_json({"named": named, "count": sum(one.count for one in named)})
        return None
    if format == "csv":
        write_csv(named, MentionCount.__struct_fields__)
        return None
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("name", overflow="fold", max_width=44)
    for heading in ("kind", "id", "count", "documents", "first", "last"):
        table.add_column(heading, justify="right" if heading in ("count", "documents") else "left", no_wrap=True)
    for one in named[:limit] if limit else named:
        days = (one.first or "", one.last or "")
        table.add_row(one.name, one.kind, one.id, str(one.count), str(one.documents), *days)
    out = console()
    out.print(table)
    if limit and len(named) > limit:
        out.print(f"… and {len(named) - limit} more: --limit 0", style="dim")
    return out
