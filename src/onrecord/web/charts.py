"""Charts as SVG for the pages: drawn in a fraction of a millisecond, coloured by the page's own sheet, each mark with its number.

(Altair with vl-convert, which draws the files of the command line, takes 45 ms a chart, the first 800,
and 100 MB.) Colours are classes (``charts.css``), so that dark mode and print follow; no style stands
in the drawing, which the pages' Content-Security-Policy would refuse. ``None`` is a period of which the desk holds
nothing: grey ground, never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

#: In units of the drawing, which is as wide as its place: at 360 pixels a letter is still 9 pixels high.
_WIDE, _HIGH, _LEFT, _BELOW, _ABOVE, _RIGHT = 720, 190, 46, 26, 14, 24
_LETTER = 8
#: A bar is no wider, however few there are.
_WIDEST = 56
#: The least room that a name below the axis needs, in letters.
_APART = 3
Series = Sequence[tuple[str, Sequence[int | None]]]


def bars(
    periods: Sequence[str], series: Series, *, id: str, title: str, description: str, links: Sequence[str | None] = ()
) -> Markup:
    """Bars by period, several series on top of each other in their order; a bar is a link where ``links`` has one
    for its period."""
    sums = [sum(counts[place] or 0 for _, counts in series) for place in range(len(periods))]
    scale = _Scale(max(sums, default=0))
    width = (_WIDE - _LEFT - _RIGHT) / max(1, len(periods))
    bar = min(width * 0.76, _WIDEST)
    parts = [*_grounds(periods, series, width), *_axis(scale), *_names(periods, width)]
    for place, period in enumerate(periods):
        at = _LEFT + (place + 0.5) * width - bar / 2
        drawn, below = [], 0
        for number, (name, counts) in enumerate(series, start=1):
            count = counts[place] or 0
            if count:
                top, bottom = scale.at(below + count), scale.at(below)
                told = f"{period}: {_number(count)} {name}"
                drawn.append(
                    f'<rect class="series-{number}" x="{at:.2f}" y="{top:.2f}" width="{bar:.2f}" '
                    f'height="{bottom - top:.2f}"><title>{escape(told)}</title></rect>'
                )
                below += count
        link = links[place] if place < len(links) else None
        if link and drawn:
            label = escape(f"{period}: {_number(sums[place])}")
            drawn = [f'<a href="{escape(link)}" aria-label="{label}">{"".join(drawn)}</a>']
        parts += drawn
    parts += _legend([name for name, _ in series]) if len(series) > 1 else []
    return _drawing(parts, id, title, description, _HIGH + _BELOW)


def lines(periods: Sequence[str], series: Series, *, id: str, title: str, description: str) -> Markup:
    """Several terms over time, told apart by their strokes as well as by their colours; a line breaks where nothing is held."""
    scale = _Scale(max((count for _, counts in series for count in counts if count is not None), default=0))
    width = (_WIDE - _LEFT - _RIGHT) / max(1, len(periods))
    parts = [*_grounds(periods, series, width), *_axis(scale), *_names(periods, width)]
    for number, (name, counts) in enumerate(series, start=1):
        for run in _runs(counts):
            points = [(_LEFT + (place + 0.5) * width, scale.at(counts[place] or 0), place) for place in run]
            if len(points) > 1:
                path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
                parts.append(f'<polyline class="line series-{number}" points="{path}"/>')
            parts += [
                f'<circle class="dot series-{number}" cx="{x:.1f}" cy="{y:.1f}" r="2.6">'
                f"<title>{escape(f'{periods[place]}: {_number(counts[place] or 0)} {name}')}</title></circle>"
                for x, y, place in points
            ]
    parts += _legend([name for name, _ in series], stroked=True)
    return _drawing(parts, id, title, description, _HIGH + _BELOW)


def calendar(
    first_day: str,
    last_day: str,
    counts: Mapping[str, int],
    *,
    id: str,
    title: str,
    href: Callable[[str], str] | None = None,
) -> Markup:
    """A row a year with a cell a month, the darker the more is held; ``counts`` are by month, YYYY-MM.

    Months before the first day and after the last are left out, those between of which nothing is held are empty cells.
    """
    high, left, above = 18, 40, 16
    years = range(int(first_day[:4]), int(last_day[:4]) + 1)
    width = (_WIDE - left) / 12
    most = max(counts.values(), default=0)
    parts = [
        f'<text class="label" x="{left + (number + 0.5) * width:.1f}" y="11" text-anchor="middle">{letter}</text>'
        for number, letter in enumerate("JFMAMJJASOND")
    ]
    for row, year in enumerate(years):
        top = above + row * high
        parts.append(f'<text class="label" x="{left - 8}" y="{top + 12}" text-anchor="end">{year}</text>')
        for number in range(12):
            month = f"{year:04}-{number + 1:02}"
            if not first_day[:7] <= month <= last_day[:7]:
                continue
            count = counts.get(month, 0)
            cell = (
                f'<rect class="cell q{_quarter(count, most)}" x="{left + number * width + 1:.1f}" y="{top}" '
                f'width="{width - 2:.1f}" height="{high - 3}">'
                f"<title>{month}: {_number(count) if count else 'none held'}</title></rect>"
            )
            if count and href is not None:
                cell = f'<a href="{escape(href(month))}" aria-label="{month}: {_number(count)}">{cell}</a>'
            parts.append(cell)
    description = "Each cell is a month, the darker the more statements of it are held; an empty one holds none."
    return _drawing(parts, id, title, description, above + len(years) * high)


def _quarter(count: int, most: int) -> int:
    """How dark a cell is, 0 for none: by the square root, so that one statement a month is seen beside thirty."""
    return 0 if not count else min(4, 1 + int(4 * (count / most) ** 0.5 * 0.999))


class _Scale:
    """From a count to a height, from zero to a round number that is not below the most."""

    def __init__(self, most: int) -> None:
        self.step: int = next(
            unit * power
            for power in (10**exponent for exponent in range(20))
            for unit in (1, 2, 5)
            if unit * power * 4 >= most
        )
        self.top = self.step * max(1, -(-most // self.step))

    def at(self, count: int) -> float:
        """The height of a count in the drawing, counted from above."""
        return float(_ABOVE + (_HIGH - _ABOVE) * (1 - count / self.top))

    def ticks(self) -> range:
        """The counts that are named at the axis."""
        return range(0, self.top + 1, self.step)


def _axis(scale: _Scale) -> Iterator[str]:
    for tick in scale.ticks():
        y = scale.at(tick)
        yield f'<line class="{"base" if tick == 0 else "grid"}" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="label" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_number(tick)}</text>'


def _names(periods: Sequence[str], width: float) -> Iterator[str]:
    """The names of periods below the axis, as many as have room: of days and months each year's first is told by its year."""
    longest = max((len(period) for period in periods), default=1)
    every = max(1, -(-int((longest + _APART) * _LETTER) // max(1, int(width))))
    for place in range(0, len(periods), every):
        x = _LEFT + (place + 0.5) * width
        yield f'<text class="label" x="{x:.1f}" y="{_HIGH + 17}" text-anchor="middle">{escape(periods[place])}</text>'


def _grounds(periods: Sequence[str], series: Series, width: float) -> Iterator[str]:
    """Grey ground under each stretch of periods of which nothing is held."""
    held = [None if all(counts[place] is None for _, counts in series) else 0 for place in range(len(periods))]
    gaps = [0 if one is None else None for one in held]
    for run in _runs(gaps):
        told = periods[run[0]] if len(run) == 1 else f"{periods[run[0]]} to {periods[run[-1]]}"
        yield (
            f'<rect class="ground" x="{_LEFT + run[0] * width:.2f}" y="{_ABOVE}" width="{len(run) * width:.2f}" '
            f'height="{_HIGH - _ABOVE}"><title>{escape(told)}: nothing held</title></rect>'
        )


def _runs(counts: Sequence[int | None]) -> Iterator[list[int]]:
    """The stretches without a gap, each as its places."""
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


def _legend(names: Sequence[str], *, stroked: bool = False) -> Iterator[str]:
    x = float(_LEFT)
    for number, name in enumerate(names, start=1):
        shown = name if len(name) <= 40 else f"{name[:39]}…"
        if stroked:
            yield f'<line class="line series-{number}" x1="{x:.0f}" x2="{x + 18:.0f}" y1="6" y2="6"/>'
        else:
            yield f'<rect class="series-{number}" x="{x + 4:.0f}" y="1" width="10" height="10"/>'
        yield f'<text class="label" x="{x + 23:.0f}" y="10">{escape(shown)}</text>'
        x += 40 + len(shown) * _LETTER * (2 if not shown.isascii() else 1)


def _drawing(parts: Sequence[str], id: str, title: str, description: str, high: float) -> Markup:
    # An image is one thing to a screen reader, and what can be gone to inside it would be lost.
    role = "group" if any(part.startswith("<a ") for part in parts) else "img"
    return Markup(
        f'<svg class="drawing" viewBox="0 0 {_WIDE} {high:.0f}" role="{role}" '
        f'aria-labelledby="{escape(id)}-title {escape(id)}-desc">'
        f'<title id="{escape(id)}-title">{escape(title)}</title><desc id="{escape(id)}-desc">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
