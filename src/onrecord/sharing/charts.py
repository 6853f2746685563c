"""SVG charts, rendered without a browser; each states what it counts and what it leaves out."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from onrecord.asking import Trace, Trends
from onrecord.errors import ChartsMissing


def timeline_svg(trace: Trace) -> str:
    """The uses of a phrase by year, exact and near, as an SVG image.

    Raises ChartsMissing if the optional libraries (Altair and vl-convert) are not installed.
    """
    alt, vl_convert = _libraries()
    rows = [
        {"year": year, "uses": count, "wording": wording}
        for year, (exact, nearly) in trace.by_year.items()
        for wording, count in (("exact", exact), ("near", nearly))
    ]
    searched = f"Uses on the desk by year. Searched: {trace.held}."
    notes = [
        searched,
        "Counts depend on how many documents of a year the desk contains; undated documents are left out.",
    ]
    chart = (
        alt.Chart(alt.InlineData(values=[row for row in rows if row["year"] != "undated"]))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None),
            y=alt.Y("uses:Q", title="uses", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "wording:N", title=None, scale=alt.Scale(domain=["exact", "near"], range=["#7b2d8b", "#d9b8e0"])
            ),
            order=alt.Order("wording:N"),
        )
        .properties(width=560, height=240, title=alt.TitleParams(text=trace.phrase, subtitle=notes, anchor="start"))
    )
    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def trends_svg(trends: Trends) -> str:
    """Terms counted over time, as an SVG image. Lines break, on a grey background, at periods without documents on the desk.

    Raises ChartsMissing if the optional libraries (Altair and vl-convert) are not installed.
    """
    alt, vl_convert = _libraries()
    names = [period.name for period in trends.periods]
    rows: list[dict[str, Any]] = []
    for series in trends.series:
        run = 0
        for name, count in zip(names, series.counts, strict=True):
            run += count is None  # each side of a gap is a line of its own
            if count is not None:
                rows.append({"period": name, "count": count, "term": series.term, "run": f"{series.term} {run}"})
    lacking = [{"period": period.name} for period in trends.periods if not period.documents]
    # Only some labels fit below the axis.
    shown = names[:: max(1, len(names) // 18)]
    x = alt.X("period:O", title=None, scale=alt.Scale(domain=names), axis=alt.Axis(values=shown, labelAngle=-40))
    colour = alt.Color(
        "term:N", title=None, sort=[series.term for series in trends.series], legend=alt.Legend(orient="top")
    )
    lines = alt.Chart(alt.InlineData(values=rows)).encode(
        x=x, y=alt.Y("count:Q", title=f"a {trends.by}", axis=alt.Axis(tickMinStep=1)), color=colour, detail="run:N"
    )
    ground = alt.Chart(alt.InlineData(values=lacking)).mark_rect(color="#e8e8e8").encode(x=x)
    notes = [f"Counted: {trends.counted}.", f"Searched: {trends.held}.", *trends.not_shown]
    wrapped = [line for note in notes for line in wrap(note, 118)]
    title = alt.TitleParams(text=" · ".join(series.term for series in trends.series), subtitle=wrapped, anchor="start")
    chart = alt.layer(ground, lines.mark_line(), lines.mark_point(filled=True, size=18))
    return str(vl_convert.vegalite_to_svg(chart.properties(width=720, height=280, title=title).to_json()))


def _libraries() -> tuple[Any, Any]:
    try:
        import altair
        import vl_convert
    except ImportError:
        raise ChartsMissing("charts need libraries that are not installed") from None
    return altair, vl_convert
