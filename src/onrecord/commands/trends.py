"""``onrecord trends``: terms counted side by side over time, as a table, bars on the terminal, and a chart in a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from onrecord.asking import SearchScope, TrendPeriod, Trends, TrendSeries
from onrecord.asking import trends as trends_of
from onrecord.commands.options import (
    DESK,
    EVERYWHERE,
    DeskOption,
    RowsOption,
    Where,
)
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json

COLUMNS = ("period", "term", "what", "count", "documents", "days_held", "weekdays_missing")
_STYLES = ("magenta", "cyan", "green", "yellow", "blue", "red")


def trends(
    *terms: str,
    by: Literal["day", "month", "year"] = "month",
    where: Where = EVERYWHERE,
    svg: Path | None = None,
    desk: DeskOption = DESK,
    format: RowsOption = "text",
) -> int:
    """Count terms over time, side by side; what the desk does not hold shows as a gap and not as none.

    A term is a query as `find` takes it; or filters of acts, such as `actor:China act:oppose issue:taiwan`; or `mention:Japan`;
    or `answer:decline outlet:afp`.

    Example: `onrecord trends 'act:oppose issue:taiwan' mention:Taiwan '"one-China principle"' --by year --svg taiwan.svg`

    Parameters
    ----------
    terms
        What to count, each in quotes where it has spaces.
    by
        Count by day, month or year.
    svg
        Write a chart to this file too.
    """
    filters = SearchScope(**asdict(where))
    with open_desk(desk) as opened:
        found = trends_of(opened, terms, filters, by=by)
    if svg is not None:
        from onrecord.sharing.charts import trends_svg

        svg.write_text(trends_svg(found), encoding="utf-8")
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.rows())
    elif format == "csv":
        write_csv(found.rows(), COLUMNS)
    else:
        _print(found, console())
    return 0 if any(series.total for series in found.series) else 1


def _print(found: Trends, out: Console) -> None:
    wide = max(8, min(40, (out.width - 22) // len(found.series) - 2))
    for place, series in enumerate(found.series):
        legend = Text("█ ", style=_STYLES[place % len(_STYLES)])
        legend.append(f"{series.term}  ", style="bold")
        legend.append(f"{series.total} {series.what}", style="dim")
        out.print(legend)
    out.print()
    out.print(f"{found.by:>11}  held", style="dim")
    for line in _lines(found, wide):
        out.print(line)
    out.print()
    out.print(f"Counted: {found.counted}. Each bar is drawn to the largest number of its term.", style="dim")
    out.print(f"Searched: {found.held}", style="dim", soft_wrap=True)
    for note in found.not_shown:
        out.print(note, style="dim", markup=False, soft_wrap=True)


def _lines(found: Trends, wide: int) -> Iterator[Text]:
    """A line a period; periods in a row of which nothing is held are one line."""
    places = enumerate(found.periods)
    for held, run in groupby(places, key=lambda one: one[1].documents > 0):
        some = list(run)
        if held:
            for place, period in some:
                yield _line(found, place, period, wide)
            continue
        first, last = some[0][1].name, some[-1][1].name
        told = first if first == last else f"{first} to {last}"
        yield Text(f"{'':11}  –     {told}: the desk holds nothing", style="dim")


def _line(found: Trends, place: int, period: TrendPeriod, wide: int) -> Text:
    line = Text(f"{period.name:>11}  {period.documents:<5} ")
    for number, series in enumerate(found.series):
        bar = _bar(series, place, wide - 7)
        line.append(bar, style=_STYLES[number % len(_STYLES)])
        count = series.counts[place]
        told = "–" if count is None else str(count)
        line.append(f" {told}{' ' * max(1, wide - cell_len(bar) - len(told))}")
    line.rstrip()
    return line


def _bar(series: TrendSeries, place: int, wide: int) -> str:
    most = max((count for count in series.counts if count), default=1)
    count = series.counts[place] or 0
    return "█" * max(count > 0, round(count / most * wide))
