"""SVG charts for the pages: rendered in a fraction of a millisecond, styled by CSS, with a tooltip on each mark.

(Altair with vl-convert, which renders the chart files of the command line, takes 45 ms per chart, 800 ms for the first, and
100 MB.) Colours are CSS classes (``charts.css``), which adapt to dark mode and print; inline styles would violate the pages'
Content-Security-Policy. ``None`` marks a period without documents on the desk: grey background, never a zero.
"""

from __future__ import annotations

import re
from calendar import month_abbr, monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from onrecord.partial_dates import first_day_of, last_day_of

#: In units of the drawing, which fills the width of its container. On a phone the CSS sets letters 20 units high, 9 pixels at a
#: width of 360: the margins leave room for those; a digit is 12.7 wide (DejaVu Sans, the widest of the usual fonts).
_WIDE, _HIGH, _LEFT, _BELOW, _ABOVE, _RIGHT = 720, 190, 46, 34, 14, 26
_LETTER, _ROW = 12.7, 25
#: The maximum width of a bar.
_WIDEST = 56
#: The number of colours and strokes in the CSS; further series differ by their marks.
_COLOURS = 6
#: Marks around a point, by half width: disc, square, triangle, diamond, inverted triangle.
_MARKS: tuple[Callable[[float], str], ...] = (
    lambda r: f"m{-r} 0a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z",
    lambda r: f"m{-r} {-r}h{2 * r}v{2 * r}h{-2 * r}z",
    lambda r: f"m{-1.2 * r:.2f} {r}h{2.4 * r:.2f}l{-1.2 * r:.2f} {-2.2 * r:.2f}z",
    lambda r: (
        f"m0 {-1.3 * r:.2f}l{1.3 * r:.2f} {1.3 * r:.2f}l{-1.3 * r:.2f} {1.3 * r:.2f}l{-1.3 * r:.2f} {-1.3 * r:.2f}z"
    ),
    lambda r: f"m{-1.2 * r:.2f} {-r}h{2.4 * r:.2f}l{-1.2 * r:.2f} {2.2 * r:.2f}z",
)
#: Characters that XML cannot contain, even escaped: a saved chart would not open.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Series = Sequence[tuple[str, Sequence[int | None]]]


def bars(
    periods: Sequence[str], series: Series, *, id: str, title: str, description: str, links: Sequence[str | None] = ()
) -> Markup:
    """A stacked bar chart by period. ``links`` are the URLs of the bars, None for a bar without a link."""
    sums = [sum(counts[place] or 0 for _, counts in series) for place in range(len(periods))]
    field = _Field(len(periods), max(sums, default=0))
    scale, bar = field.scale, min(field.width * 0.76, _WIDEST)
    names = [_safe(name) for name, _ in series]
    parts = [*_grounds(periods, series, field), *_axis(field), *_names(periods, field)]
    led = False
    for place, period in enumerate(map(_safe, periods)):
        at = field.middle(place) - bar / 2
        drawn, below = [], 0
        for number, (name, (_, counts)) in enumerate(zip(names, series, strict=True)):
            count = counts[place] or 0
            if count:
                top, bottom = scale.at(below + count), scale.at(below)
                drawn.append(
                    f'<rect class="{_series(number)}" x="{at:.2f}" y="{top:.2f}" width="{bar:.2f}" '
                    f'height="{bottom - top:.2f}"><title>{period}: {_number(count)} {name}</title></rect>'
                )
                below += count
        link = links[place] if place < len(links) else None
        if link and drawn:
            label = f"{period}: {_number(sums[place])}"
            drawn = [f'<a href="{_safe(link)}" aria-label="{label}">{"".join(drawn)}</a>']
            led = True
        parts += drawn
    rows = _legend(parts, [name for name, _ in series], field.left) if len(series) > 1 else 0
    return _drawing(parts, id, title, description, _HIGH + _BELOW, rows=rows, led=led)


def lines(periods: Sequence[str], series: Series, *, id: str, title: str, description: str) -> Markup:
    """A line chart of several terms over time, which differ by strokes, marks and colours; lines break at gaps."""
    most = max((count for _, counts in series for count in counts if count is not None), default=0)
    field = _Field(len(periods), most)
    along = [(f"{field.middle(place):.1f}", _safe(period)) for place, period in enumerate(periods)]
    parts = [*_grounds(periods, series, field), *_axis(field), *_names(periods, field)]
    half = 3.4 if field.width > 12 else 2.0  # with many periods, larger marks would hide the line
    for number, (name, counts) in enumerate(series):
        colour, mark, term = _series(number), _MARKS[number % len(_MARKS)](half), _safe(name)
        for run in _runs(counts):
            points = [
                (*along[place], f"{field.scale.at(count):.1f}", count)
                for place in run
                if (count := counts[place]) is not None
            ]
            if len(points) > 1:
                path = " ".join(f"{x},{y}" for x, _, y, _ in points)
                parts.append(f'<polyline class="line {colour}" points="{path}"/>')
            parts += [
                f'<path class="dot {colour}" d="M{x} {y}{mark}"><title>{period}: {_number(count)} {term}</title></path>'
                for x, period, y, count in points
            ]
    rows = _legend(parts, [name for name, _ in series], field.left, stroked=True)
    return _drawing(parts, id, title, description, _HIGH + _BELOW, rows=rows)


def sparkline(counts: Sequence[int | None]) -> Markup:
    """A bar chart as small as a word, for a table row that has the numbers; gaps have a grey background."""
    wide, high = 100, 18
    width, most = wide / max(1, len(counts)), max(filter(None, counts), default=1)
    held = [count for count in counts if count is not None]
    gaps = [0 if count is None else None for count in counts]
    label = f"{len(counts)} periods, {_number(min(held))} to {_number(max(held))}" if held else "no documents"
    ground = "".join(
        f'<rect class="ground" x="{run[0] * width:.2f}" y="0" width="{len(run) * width:.2f}" height="{high}"/>'
        for run in _runs(gaps)
    )
    path = "".join(
        f"M{place * width:.2f} {high}v{-high * count / most:.2f}h{width * 0.8:.2f}V{high}z"
        for place, count in enumerate(counts)
        if count
    )
    return Markup(
        f'<svg class="drawing spark" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" '
        f'aria-label="{label}">{ground}<path class="series-1" d="{path}"/></svg>'
    )


def calendar(
    first_day: str,
    last_day: str,
    counts: Mapping[str, int],
    *,
    id: str,
    title: str,
    href: Callable[[str], str] | None = None,
) -> Markup:
    """A heat map with a row per year and a cell per month, darker for higher counts; ``counts`` are by month, YYYY-MM.

    Either day may be a month or a year. Months before the first and after the last day are left out; months without documents
    between are empty cells.
    """
    high, left, above = 18, 60, 24
    first, last = first_day_of(first_day)[:7], last_day_of(last_day)[:7]
    years = range(int(first[:4]), int(last[:4]) + 1)
    width = (_WIDE - left) / 12
    most = max(counts.values(), default=0)
    parts = [
        f'<text class="label" x="{left + (number + 0.5) * width:.1f}" y="17" text-anchor="middle">{letter}</text>'
        for number, letter in enumerate("JFMAMJJASOND")
    ]
    columns = [f'x="{left + number * width + 1:.1f}" width="{width - 2:.1f}"' for number in range(12)]
    led = False
    for row, year in enumerate(years):
        top = above + row * high
        parts.append(
            f'<text class="label" x="{left - 8}" y="{top + (high - 3) / 2}" dy=".36em" text-anchor="end">{year}</text>'
        )
        for number, column in enumerate(columns, start=1):
            month = f"{year:04}-{number:02}"
            if not first <= month <= last:
                continue
            count = counts.get(month, 0)
            label = f"{month}: {_number(count) if count else 'none'}"
            cell = (
                f'<rect class="cell q{_quarter(count, most)}" {column} y="{top}" height="{high - 3}">'
                f"<title>{label}</title></rect>"
            )
            if count and href is not None:
                cell = f'<a href="{_safe(href(month))}" aria-label="{label}">{cell}</a>'
                led = True
            parts.append(cell)
    description = "Each cell is a month, darker for more statements; empty for none."
    return _drawing(parts, id, title, description, above + len(years) * high, led=led)


def days(
    year: int,
    counts: Mapping[str, int],
    marks: Mapping[str, tuple[str, str]],
    *,
    first: str,
    last: str,
    id: str,
    title: str,
    href: Callable[[str], str],
) -> Markup:
    """A calendar of a year with a row per month and a cell per day, darker for higher counts; days are YYYY-MM-DD.

    ``marks`` are the days with something to tell, each with its mark (``missing``, ``doubt``, ``removed``, ``listed``) and the
    words. Days before ``first`` and after ``last`` without a count or a mark have no cell.
    """
    high, left, above = 20, 60, 24
    width = (_WIDE - left) / 31
    most = max(counts.values(), default=0)
    parts = [
        f'<text class="label" x="{left + (number - 0.5) * width:.1f}" y="17" text-anchor="middle">{number}</text>'
        for number in (1, 5, 10, 15, 20, 25, 31)
    ]
    told = [
        day
        for day in (*counts, *marks, max(first, f"{year}-01-01"), min(last, f"{year}-12-31"))
        if day[:4] == f"{year:04}"
    ]
    months = range(int(min(told)[5:7]), int(max(told)[5:7]) + 1) if told else range(1, 13)
    for row, number in enumerate(months):
        top = above + row * high
        parts.append(
            f'<text class="label" x="{left - 8}" y="{top + high / 2}" dy=".36em" text-anchor="end">{month_abbr[number]}</text>'
        )
        for at in range(1, monthrange(year, number)[1] + 1):
            day = f"{year:04}-{number:02}-{at:02}"
            count, (mark, words) = counts.get(day, 0), marks.get(day, ("", ""))
            if not (count or mark or first <= day <= last):
                continue
            label = f"{day}: " + (", ".join(filter(None, [f"{_number(count)} held" if count else "", words])) or "none")
            x = left + (at - 1) * width + 1
            cell = (
                f'<rect class="cell day q{_quarter(count, most)} {mark}" x="{x:.1f}" y="{top}" width="{width - 2:.1f}" '
                f'height="{high - 3}"><title>{_safe(label)}</title></rect>'
            )
            if count:
                cell = f'<a href="{_safe(href(day))}" aria-label="{_safe(label)}">{cell}</a>'
            parts.append(cell + _day_mark(mark, x, top, width - 2, high - 3))
    description = (
        "Each cell is a day, darker for more statements; a cross for a missing one, a ring for a version in doubt."
    )
    return _drawing(parts, id, title, description, above + len(months) * high, led=bool(counts))


def _day_mark(mark: str, x: float, y: float, wide: float, high: float) -> str:
    """What is drawn on a cell, beside its colour: a cross, a ring, a bar or a dot."""
    middle, centre = x + wide / 2, y + high / 2
    path = {
        "missing": f"M{middle - 4:.1f} {centre - 4}l8 8m0-8l-8 8",
        "doubt": f"M{middle - 4:.1f} {centre}a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
        "removed": f"M{middle - 5:.1f} {centre}h10",
        "listed": f"M{middle - 1.5:.1f} {centre}a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0",
    }.get(mark)
    return f'<path class="day-mark {mark}" d="{path}"/>' if path else ""


def _quarter(count: int, most: int) -> int:
    """The shade of a cell, 0 for none: by the square root, so that one statement a month is visible beside thirty."""
    return 0 if not count else min(4, 1 + int(4 * (count / most) ** 0.5 * 0.999))


class _Scale:
    """A linear scale from counts to heights, from zero to a round number at or above the maximum."""

    def __init__(self, most: int) -> None:
        self.step: int = next(
            unit * power
            for power in (10**exponent for exponent in range(20))
            for unit in (1, 2, 5)
            if unit * power * 4 >= most
        )
        self.top = self.step * max(1, -(-most // self.step))

    def at(self, count: int) -> float:
        """The y coordinate of a count."""
        return float(_ABOVE + (_HIGH - _ABOVE) * (1 - count / self.top))

    def ticks(self) -> range:
        """The labelled counts of the axis."""
        return range(0, self.top + 1, self.step)


class _Field:
    """The plot area: the x coordinates of the periods, and the scale."""

    def __init__(self, periods: int, most: int) -> None:
        self.scale = _Scale(most)
        self.left: float = max(_LEFT, 10 + len(_number(self.scale.top)) * _LETTER)
        self.width: float = (_WIDE - self.left - _RIGHT) / max(1, periods)

    def middle(self, place: float) -> float:
        """The x coordinate of the middle of a period."""
        return self.left + (place + 0.5) * self.width


def _axis(field: _Field) -> Iterator[str]:
    for tick in field.scale.ticks():
        y, kind = field.scale.at(tick), "grid" if tick else "base"
        yield f'<line class="{kind}" x1="{field.left:.1f}" x2="{_WIDE - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield (
            f'<text class="label" x="{field.left - 7:.1f}" y="{y:.1f}" dy=".36em" text-anchor="end">{_number(tick)}</text>'
        )


def _names(periods: Sequence[str], field: _Field) -> Iterator[str]:
    """The period labels below the axis, as many as fit: of many years only round ones, of many months and days only Januaries,
    labelled with their year."""
    named = list(enumerate(periods))
    room = (max((len(period) for period in periods), default=1) + 1) * _LETTER
    if room > field.width:
        januaries = [(place, period[:4]) for place, period in named if re.fullmatch(r"[0-9]{4}-01(-01)?", period)]
        years = named if all(re.fullmatch("[0-9]{4}", period) for period in periods) else januaries
        if len(years) > 1:
            apart = field.width * (years[1][0] - years[0][0])
            every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10_000) if step * apart >= 5 * _LETTER)
            named = [(place, year) for place, year in years if int(year) % every == 0]
        else:
            named = named[:: -int(-room // field.width)]
    for place, name in named:
        x, half = field.middle(place), len(name) * _LETTER / 2
        if half <= x <= _WIDE - half:  # skip a label that would be cut off
            yield f'<text class="label" x="{x:.1f}" y="{_HIGH + 9}" dy=".9em" text-anchor="middle">{_safe(name)}</text>'


def _grounds(periods: Sequence[str], series: Series, field: _Field) -> Iterator[str]:
    """The grey background of each run of periods without documents."""
    gaps = [0 if all(counts[place] is None for _, counts in series) else None for place in range(len(periods))]
    for run in _runs(gaps):
        label = periods[run[0]] if len(run) == 1 else f"{periods[run[0]]} to {periods[run[-1]]}"
        yield (
            f'<rect class="ground" x="{field.left + run[0] * field.width:.2f}" y="{_ABOVE}" '
            f'width="{len(run) * field.width:.2f}" height="{_HIGH - _ABOVE}"><title>{_safe(label)}: no documents</title></rect>'
        )


def _runs(counts: Sequence[int | None]) -> Iterator[list[int]]:
    """The runs of consecutive positions without a gap."""
    run: list[int] = []
    for place, count in enumerate(counts):
        if count is None:
            if run:
                yield run
            run = []
        else:
            run.append(place)
    if run:
        yield run


def _legend(parts: list[str], names: Sequence[str], left: float, *, stroked: bool = False) -> int:
    """Add the legend to the parts, in rows above the chart. Returns the number of rows."""
    x, rows, placed = left, 1, []
    for number, name in enumerate(names):
        shown = name if len(name) <= 40 else f"{name[:39]}…"
        long = 40 + sum(19 if letter > "\u2e7f" else 11.5 for letter in shown)  # Han characters are square
        if x > left and x + long > _WIDE:
            x, rows = left, rows + 1
        placed.append((number, shown, x, rows))
        x += long
    for number, shown, x, row in placed:
        colour, y = _series(number), (row - 1 - rows) * _ROW + 12
        if stroked:
            mark = _MARKS[number % len(_MARKS)](3.0)
            parts.append(f'<line class="line {colour}" x1="{x:.0f}" x2="{x + 24:.0f}" y1="{y}" y2="{y}"/>')
            parts.append(f'<path class="dot {colour}" d="M{x + 12:.0f} {y}{mark}"/>')
        else:
            parts.append(f'<rect class="{colour}" x="{x + 12:.0f}" y="{y - 6}" width="12" height="12"/>')
        parts.append(f'<text class="label" x="{x + 30:.0f}" y="{y}" dy=".36em">{_safe(shown)}</text>')
    return rows


def _drawing(
    parts: Sequence[str], id: str, title: str, description: str, high: float, *, rows: int = 0, led: bool = False
) -> Markup:
    # Screen readers do not reach links inside role "img".
    role, own, above = "group" if led else "img", _safe(id), rows * _ROW
    return Markup(
        f'<svg class="drawing" viewBox="0 {-above} {_WIDE} {high + above:.0f}" role="{role}" '
        f'aria-labelledby="{own}-title {own}-desc">'
        f'<title id="{own}-title">{_safe(title)}</title><desc id="{own}-desc">{_safe(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _series(number: int) -> str:
    return f"series-{number % _COLOURS + 1}"


def _safe(text: str) -> str:
    return str(escape(_NO_XML.sub("\ufffd", text)))


def _number(count: int) -> str:
    return f"{count:,}"
