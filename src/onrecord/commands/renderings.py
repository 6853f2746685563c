"""``onrecord renderings``: how a phrase is rendered in another language, over time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.text import Text

from onrecord.asking import Renderings
from onrecord.asking import renderings as renderings_of
from onrecord.commands.options import DESK, DeskOption, FormatOption, LanguageOption, LimitOption, shown_limit
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json

_USUAL = 20
COLUMNS = ("rendering", "day", "document", "start", "end", "other", "other_start", "other_end", "quote")


def renderings(
    phrase: str,
    /,
    *,
    language: LanguageOption = None,
    into: LanguageOption = None,
    limit: LimitOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """List how a phrase is rendered in another language, with counts by year, from statements held in both.

    The exit code is 1 where the phrase is not found.

    Example: `onrecord renderings 坚决反对 --desk mydesk`, `onrecord renderings "firmly opposes" --into zh`

    Parameters
    ----------
    language
        The language of the phrase, by default the one that uses it most.
    into
        The language of the renderings, by default the one with most documents.
    """
    with open_desk(desk) as opened, _progress() as tell:
        found = renderings_of(opened, phrase, language=language, into=into, tell=tell)
    shown = found.renderings[: shown_limit(limit, format, _USUAL)]
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.renderings)
    elif format == "csv":
        write_csv(({name: row[name] for name in COLUMNS} for row in found.rows()), COLUMNS)
    else:
        _print(found, len(shown))
    return 0 if found.uses else 1


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    from rich.progress import Progress

    err = console(sys.stderr)
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("aligning the statements held in two languages", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _print(found: Renderings, shown: int) -> None:
    from rich.table import Table

    out = console()
    years = sorted({year for one in found.renderings for year in one.years})
    table = Table(box=None, pad_edge=False)
    for name in ("rendering", "uses", "share", "first", "last", *years):
        table.add_column(name, justify="left" if name in ("rendering", "first", "last") else "right")
    for one in found.renderings[:shown]:
        words = Text(one.words) if one.words else Text("no counterpart found", style="dim")
        counts = (str(one.years.get(year, "")) for year in years)
        table.add_row(words, str(one.count), f"{one.share:.0%}", one.first, one.last, *counts)
    out.print(table)
    more = (
        f", {shown} renderings shown of {len(found.renderings)}; --limit 0 for all"
        if shown < len(found.renderings)
        else ""
    )
    out.print(
        f"\n{found.uses:,} uses of “{found.phrase}”, {found.unpaired:,} without a counterpart sentence{more}",
        style="bold",
    )
    out.print(
        f"Searched {found.documents:,} documents in {found.languages[0]} that the desk also holds in {found.languages[1]}, "
        f"of: {found.held}",
        style="dim",
        soft_wrap=True,
    )
