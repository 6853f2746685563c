"""``onrecord answers``: who answers, declines, refers and asks back, by who asked, who spoke, or what was asked about."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from rich.console import Console
from rich.text import Text

from onrecord.asking import ANSWER_TYPES, AnswerFilters, AnswerRow, Answers, group_row
from onrecord.asking import answers as answers_of
from onrecord.commands.acts import print_unannotated
from onrecord.commands.options import (
    DESK,
    EVERYWHERE,
    DeskOption,
    RowsOption,
    Where,
)
from onrecord.desk import open_desk
from onrecord.margin import print_set_in
from onrecord.printing import console, write_csv, write_json

GROUP_COLUMNS = ("key", "name", "total", *ANSWER_TYPES, *(f"{kind}_share" for kind in ANSWER_TYPES))


def answers(
    *,
    by: Literal["outlet", "speaker", "issue"] = "outlet",
    type: tuple[str, ...] = (),
    issue: tuple[str, ...] = (),
    where: Where = EVERYWHERE,
    rows: bool = False,
    limit: int = 20,
    desk: DeskOption = DESK,
    format: RowsOption = "text",
) -> int:
    """Count how questions are answered: in substance, declined, referred elsewhere, or with a question in return.

    Example: `onrecord answers --by issue --issuer cn-mfa`, `onrecord answers --issue taiwan --type decline --rows`

    Parameters
    ----------
    by
        Count by the outlet that asked, the speaker who answered, or the issue that the question names.
    type
        Which answers --rows lists: answer, decline, refer, counter; by default all but full answers.
    issue
        Only questions that name this issue or one under it, by id or name; may be given more than once.
    rows
        The questions and answers behind the counts, instead of the counts.
    limit
        How many groups or rows to print, 0 for all; csv and jsonl are always whole.
    """
    filters = AnswerFilters(type=type, issue=issue, **asdict(where))
    whole = format in ("csv", "jsonl") or limit == 0
    with open_desk(desk) as opened:
        found = answers_of(opened, filters, by=by, limit=(None if whole else limit) if rows or format == "json" else 0)
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*(found.rows if rows else map(group_row, found.groups)))
    elif format == "csv" and rows:
        write_csv(found.rows, AnswerRow.__struct_fields__)
    elif format == "csv":
        write_csv(map(group_row, found.groups), GROUP_COLUMNS)
    else:
        out = console()
        if rows:
            _print_rows(found, out)
        else:
            _print_groups(found, limit, out)
        _print_frame(found, out)
    return 0 if found.count else 1


def _print_groups(found: Answers, limit: int, out: Console) -> None:
    from rich.table import Table

    kinds = [kind for kind in ANSWER_TYPES if any(group.counts[kind] for group in found.groups)]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(found.by, overflow="fold")
    for heading in ("answers", *kinds):
        table.add_column(heading, justify="right", no_wrap=True)
    for group in found.groups[:limit] if limit else found.groups:
        cells = (f"{group.counts[kind]} ({group.shares[kind]:.0%})" if group.counts[kind] else "·" for kind in kinds)
        table.add_row(group.name, str(group.total), *cells)
    out.print(table)
    if limit and len(found.groups) > limit:
        out.print(f"… and {len(found.groups) - limit} more: --limit 0", style="dim")
    if found.by == "issue":
        out.print("A question that names several issues counts with each of them.", style="dim")


def _print_rows(found: Answers, out: Console) -> None:
    for row in found.rows:
        head = f"{row.day or 'undated':10}  {row.issuer}  {row.type} · {row.speaker or 'unnamed'}"
        out.print(head, style="cyan", markup=False, soft_wrap=True)
        for label, words in (("Q", f"{row.outlet + ': ' if row.outlet else ''}{row.question}"), ("A", row.answer)):
            print_set_in(Text(f"{label}  {' '.join(words.split())}"), out, by=2, most=3)
        out.print(f"     {row.turn}", style="dim", markup=False, soft_wrap=True)
    shown = f", {len(found.rows)} shown" if len(found.rows) < found.rows_count else ""
    out.print(f"{found.rows_count} rows{shown}", style="bold")


def _print_frame(found: Answers, out: Console) -> None:
    aside = f"; {found.unclassified} more turns behind a question answer nothing" if found.unclassified else ""
    out.print(f"{found.count} answers{aside}", style="bold")
    out.print(f"Searched {found.held.documents} documents: {found.held}", style="dim", soft_wrap=True)
    print_unannotated(found.unannotated, out)
