"""``onrecord trends``: terms counted side by side over time, as bars in the terminal, a table, or a chart in a file."""

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
from onrecord.asking import trends as count_trends
from onrecord.commands.options import DESK, EVERYTHING, BothScriptsOption, DeskOption, FormatOption, ScopeOptions
from onrecord.commands.output_files import write_file
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json

COLUMNS = ("period", "term", "what", "count", "documents", "days_held", "weekdays_missing")
_STYLES = ("magenta", "cyan", "green", "yellow", "blue", "red")


def trends(
    *terms: str,
    by: Literal["day", "month", "year"] = "month",
    scope: ScopeOptions = EVERYTHING,
    both_scripts: BothScriptsOption = False,
    svg: Path | None = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """Count terms over time, side by side; periods without documents on the desk are gaps, not zeros.

    A term is a query as `find` takes it; or filters of acts, such as `actor:China act:oppose issue:taiwan`; or `mention:Japan`;
    or `answer:decline outlet:afp`.

    Example: `onrecord trends 'act:oppose issue:taiwan' mention:Taiwan '"one-China principle"' --by year --svg taiwan.svg`

    Parameters
    ----------
    terms
        What to count, each in quotes if it has spaces.
    by
        Count by day, month or year.
    svg
        Write a chart to this file too.
    """
    filters = SearchScope(**asdict(scope))
    with open_desk(desk) as opened:
        found = count_trends(opened, terms, filters, by=by, both_scripts=both_scripts)
    if svg is not None:
        from onrecord.sharing.charts import trends_svg

        write_file(svg, trends_svg(found).encode())
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
    out.print(f"{found.by:>11}  docs", style="dim")
    for line in _lines(found, wide):
        out.print(line)
    out.print()
    out.print(f"Counted: {found.counted}. The bars of each term are scaled to its largest number.", style="dim")
    out.print(f"Searched: {found.held}", style="dim", soft_wrap=True)
    for note in found.not_shown:
        out.print(note, style="dim", markup=False, soft_wrap=True)


def _lines(found: Trends, wide: int) -> Iterator[Text]:
    """A line for each period; consecutive periods without documents are one line."""
    places = enumerate(found.periods)
    for held, run in groupby(places, key=lambda one: one[1].documents > 0):
        some = list(run)
        if held:
            for place, period in some:
                yield _line(found, place, period, wide)
            continue
        first, last = some[0][1].name, some[-1][1].name
        span = first if first == last else f"{first} to {last}"
        yield Text(f"{'':11}  –     {span}: no documents on the desk", style="dim")


def _line(found: Trends, place: int, period: TrendPeriod, wide: int) -> Text:
    line = Text(f"{period.name:>11}  {period.documents:<5} ")
    for number, series in enumerate(found.series):
        bar = _bar(series, place, wide - 7)
        line.append(bar, style=_STYLES[number % len(_STYLES)])
        count = series.counts[place]
        number_shown = "–" if count is None else str(count)
        line.append(f" {number_shown}{' ' * max(1, wide - cell_len(bar) - len(number_shown))}")
    line.rstrip()
    return line


def _bar(series: TrendSeries, place: int, wide: int) -> str:
    most = max((count for count in series.counts if count), default=1)
    count = series.counts[place] or 0
    return "█" * max(count > 0, round(count / most * wide))
