"""Charts as SVG, drawn without a browser; each says what it counts and what it does not show."""

from __future__ import annotations

from onrecord.asking import Trace
from onrecord.errors import ChartsMissing


def timeline_svg(trace: Trace) -> str:
    """The uses of a phrase by year, exact and near, as an SVG image.

    Raises ChartsMissing where the optional libraries (Altair and vl-convert) are not installed.
    """
    try:
        import altair as alt
        import vl_convert
    except ImportError:
        raise ChartsMissing("drawing needs libraries that are not installed") from None
    rows = [
        {"year": year, "uses": count, "wording": wording}
        for year, (exact, nearly) in trace.by_year.items()
        for wording, count in (("exact", exact), ("near", nearly))
    ]
    searched = f"Uses on the desk by year. Searched: {trace.held}."
    notes = [searched, "Years in which little is held show few uses whatever was said; undated documents are left out."]
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
