"""``onrecord edits``: what was changed after publication, the most important first."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.asking import EditedWords, EditFilters, EditList, ListedEdit, edit_list, options
from onrecord.asking.alignment import compare
from onrecord.asking.edit_lists import EDIT_COLUMNS, edit_row
from onrecord.commands.document_choice import open_document
from onrecord.commands.options import (
    DESK,
    DeskOption,
    FormatOption,
    LimitOption,
    SinceOption,
    UntilOption,
    print_rest,
    several,
    shown_limit,
)
from onrecord.commands.trace import marked_edits
from onrecord.comparing import Side
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json
from onrecord.sharing.days import moment

_USUAL = 20
#: Of longer words only so many characters are printed.
_LONGEST = 600


def edits(
    document: str | None = None,
    /,
    *,
    issuer: Annotated[tuple[str, ...], several(options.ISSUER)] = (),
    kind: Annotated[tuple[str, ...], several(options.EDIT_KIND)] = (),
    touches: Annotated[tuple[str, ...], several(options.TOUCHES)] = (),
    since: SinceOption = None,
    until: UntilOption = None,
    min_rank: Annotated[float, Parameter(help="Leave out what matters less: a rank from 0 to 10.")] = 0.0,
    sort: Literal["rank", "newest"] = "rank",
    limit: LimitOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """What was changed after publication: sentences reworded, dropped, added, titles, speakers; the most important first.

    An undertaking lost or weakened stands above a number, date, name or negation, these above whole sentences, then speakers,
    spelling and furniture. What several pages changed alike on one day is furniture; what went there and back is told once. The
    exit code is 1 where nothing is found.

    Example: `onrecord edits --since 2026-02 --issuer us-whitehouse --touches undertaking`, `onrecord edits --min-rank 3`

    Parameters
    ----------
    document
        Only the edits of this document: its id or the beginning of one.
    sort
        The most important first, or the newest.
    """
    with open_desk(desk) as opened:
        only = open_document(opened, document).id if document is not None else None
        filters = EditFilters(
            issuer=issuer, kind=kind, touches=touches, since=since, until=until, min_rank=min_rank, document=only
        )
        found = edit_list(opened, filters, order=sort, limit=shown_limit(limit, format, _USUAL))
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.edits)
    elif format == "csv":
        write_csv(map(edit_row, found.edits), EDIT_COLUMNS)
    else:
        _print(found)
    if format != "text":
        print_rest(len(found.edits), found.count, "edits")
    return 0 if found.count else 1


def _print(found: EditList) -> None:
    out = console()
    for one in found.edits:
        print_edit(one, out)
        out.print()
    shown = f", {len(found.edits):,} shown; --limit 0 for all" if len(found.edits) < found.count else ""
    out.print(f"{found.count:,} edit{'s' * (found.count != 1)}{shown}", style="bold")
    if found.edits:
        out.print("The number is the rank, from 0 to 10; [-gone-] {+new+}.", style="dim", markup=False, soft_wrap=True)
    out.print(
        f"Searched {found.documents:,} documents with several versions of {found.held.documents:,}: {found.held}",
        style="dim",
        soft_wrap=True,
    )


def print_edit(edit: ListedEdit, out: Console) -> None:
    """Print an edit: how much it matters and what it touches, when, and its words."""
    touches = f" · {', '.join(edit.touches)}" if edit.touches else ""
    out.print(Text(f"{edit.rank:4.1f}  {edit.kind}{touches}", style="bold"), soft_wrap=True)
    out.print(Text(f"      {edit.title} · {edit.issuer}", style="cyan"), soft_wrap=True)
    print_words(edit.kind, edit.before, edit.after, out)
    if edit.note:
        out.print(Text(f"      {edit.note}", style="bold"), soft_wrap=True)
    history = f"      said so until {moment(edit.until)}, otherwise since {moment(edit.seen)}"
    if edit.back:
        history += "; the page has gone back"
    if edit.times > 1:
        history += f"; there and back {edit.times} times"
    if edit.replaced_by:
        history += f"; {edit.replaced_by} stands at its address now"
    out.print(Text(f"{history} · {edit.document}", style="dim"), soft_wrap=True)


def print_words(kind: str, before: EditedWords | Side | None, after: EditedWords | Side | None, out: Console) -> None:
    """Print the words of an edit: a redline, what is gone, what is new."""
    if kind == "replaced":
        out.print("      another statement stands here", style="red")
        return
    if before is not None and after is not None and kind != "moved":
        words = marked_edits(compare(before.words, after.words))
    elif before is not None and kind != "moved":
        words = Text(f"[-{_shortened(before.words)}-]", style="red strike")
    elif after is not None:
        words = (
            Text(_shortened(after.words), style="dim")
            if kind == "moved"
            else Text(f"{{+{_shortened(after.words)}+}}", style="green")
        )
    else:
        return
    if out.is_terminal:
        out.print(Padding(words, (0, 0, 0, 6)))
    else:
        out.print(Text("      ") + words, soft_wrap=True)


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} […]"
