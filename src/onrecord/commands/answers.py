"""``onrecord answers``: kinds of answers counted by who asked, who answered, or what was asked about."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from rich.console import Console
from rich.text import Text

from onrecord.asking import ANSWER_TYPES, AnswerFilters, AnswerRow, Answers, group_row, options
from onrecord.asking import answers as count_answers
from onrecord.commands.acts import print_unannotated
from onrecord.commands.options import (
    DESK,
    EVERYTHING,
    DeskOption,
    FormatOption,
    LimitOption,
    ScopeOptions,
    print_rest,
    several,
    shown_limit,
)
from onrecord.desk import open_desk
from onrecord.margin import print_indented
from onrecord.printing import console, write_csv, write_json

GROUP_COLUMNS = ("key", "name", "total", *ANSWER_TYPES, *(f"{kind}_share" for kind in ANSWER_TYPES))
_USUAL = 20


def answers(
    *,
    by: Literal["outlet", "speaker", "issue"] = "outlet",
    type: Annotated[tuple[str, ...], several(options.ANSWER_TYPE)] = (),
    issue: Annotated[tuple[str, ...], several(options.ISSUE)] = (),
    scope: ScopeOptions = EVERYTHING,
    rows: bool = False,
    limit: LimitOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """Count how questions are answered: in substance, declined, referred elsewhere, or with a question in return.

    With --rows the questions and answers themselves: by default all that are no full answers, else those of --type.
    --issue is an issue that the question names. The exit code is 1 where there is no answer.

    Example: `onrecord answers --by issue --issuer cn-mfa`,
    `onrecord answers --issue taiwan --type decline,refer --rows`

    Parameters
    ----------
    by
        Count by the outlet that asked, the speaker who answered, or the issue that the question names.
    rows
        The questions and answers behind the counts, instead of the counts.
    """
    filters = AnswerFilters(type=type, issue=issue, **asdict(scope))
    most = shown_limit(limit, format, _USUAL)
    with open_desk(desk) as opened:
        found = count_answers(opened, filters, by=by, limit=most if rows or format == "json" else 0)
    if format != "text" and (rows or format == "json"):
        print_rest(len(found.rows), found.rows_count, "rows")
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
            _print_groups(found, most, out)
        _print_frame(found, out)
    return 0 if found.count else 1


def _print_groups(found: Answers, most: int | None, out: Console) -> None:
    from rich.table import Table

    kinds = [kind for kind in ANSWER_TYPES if any(group.counts[kind] for group in found.groups)]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(found.by, overflow="fold")
    for heading in ("answers", *kinds):
        table.add_column(heading, justify="right", no_wrap=True)
    for group in found.groups[:most]:
        cells = (f"{group.counts[kind]} ({group.shares[kind]:.0%})" if group.counts[kind] else "·" for kind in kinds)
        table.add_row(group.name, str(group.total), *cells)
    out.print(table)
    if most is not None and len(found.groups) > most:
        out.print(f"… and {len(found.groups) - most:,} more; --limit 0 for all", style="dim")
    if found.by == "issue":
        out.print("A question that names several issues counts for each of them.", style="dim")


def _print_rows(found: Answers, out: Console) -> None:
    for row in found.rows:
        heading = f"{row.day or 'undated':10}  {row.issuer}  {row.type} · {row.speaker or 'unnamed'}"
        out.print(heading, style="cyan", markup=False, soft_wrap=True)
        for label, words in (("Q", f"{row.outlet + ': ' if row.outlet else ''}{row.question}"), ("A", row.answer)):
            print_indented(Text(f"{label}  {' '.join(words.split())}"), out, by=2, most=3)
        out.print(f"     {row.turn}", style="dim", markup=False, soft_wrap=True)
    shown = f", {len(found.rows):,} shown; --limit 0 for all" if len(found.rows) < found.rows_count else ""
    out.print(f"{found.rows_count:,} rows{shown}", style="bold")


def _print_frame(found: Answers, out: Console) -> None:
    others = f"; {found.unclassified:,} more turns after a question answer nothing" if found.unclassified else ""
    out.print(f"{found.count:,} answers{others}", style="bold")
    out.print(f"Searched {found.held.documents:,} documents: {found.held}", style="dim", soft_wrap=True)
    print_unannotated(found.unannotated, out)
