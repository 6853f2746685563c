"""The charts of the pages: every number in them, gaps as gaps, nothing that a policy would refuse."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.charts import _Scale, bars, calendar, lines

_SVG = "{http://www.w3.org/2000/svg}"
counts = st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=12)
labels = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


def parsed(svg: object) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def tooltips(svg: object) -> list[str]:
    return [one.text or "" for one in parsed(svg).iter(f"{_SVG}title")][1:]


@given(counts, labels)
def test_every_count_stands_in_a_tooltip_and_a_gap_is_told_as_one(values: list[int | None], name: str) -> None:
    periods = [str(2000 + place) for place in range(len(values))]
    for draw in (bars, lines):
        told = tooltips(draw(periods, [(name, values)], id="x", title="T", description="D"))
        gaps = [one for one in told if one.endswith(": nothing held")]
        assert len(gaps) == len(re.findall("n+", "".join("n" if value is None else "v" for value in values)))
        for period, value in zip(periods, values, strict=True):
            own = [one for one in told if one.startswith(f"{period}: ")]
            if value is None:
                assert own in ([], [f"{period}: nothing held"])
            elif value or draw is lines:
                assert [re.sub(r"\D", "", one.removeprefix(f"{period}: ").removesuffix(name)) for one in own] == [
                    str(value)
                ]
            else:
                assert own == [], "of nothing said there is no bar, and no grey ground either"


@given(labels, labels, labels)
def test_no_label_breaks_out_of_the_drawing(period: str, name: str, title: str) -> None:
    svg = str(
        bars([f"{period}</svg><script>"], [(f'{name}" onload="', [1])], id="x", title=f"<b>{title}", description="&")
    )
    assert {one.tag.removeprefix(_SVG) for one in parsed(svg).iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "text",
        "line",
    }
    assert not [name for one in parsed(svg).iter() for name in one.attrib if name.startswith("on") or name == "style"]


def test_bars_are_as_high_as_their_numbers_and_stand_on_each_other() -> None:
    drawn = parsed(bars(["2019", "2020"], [("exact", [10, 5]), ("near", [10, 0])], id="x", title="T", description="D"))
    rects = [one for one in drawn.iter(f"{_SVG}rect") if one.find(f"{_SVG}title") is not None]
    heights = [float(one.attrib["height"]) for one in rects]
    assert heights == pytest.approx([heights[0], heights[0], heights[0] / 2], abs=0.02)
    assert float(rects[1].attrib["y"]) + heights[1] == pytest.approx(float(rects[0].attrib["y"]), abs=0.02)


def test_a_line_breaks_at_a_gap() -> None:
    drawn = parsed(lines(list("abcde"), [("t", [1, 2, None, 3, 4])], id="x", title="T", description="D"))
    assert len(list(drawn.iter(f"{_SVG}polyline"))) == 2


@given(st.integers(0, 10**9))
def test_ticks_are_round_whole_and_reach_the_most(most: int) -> None:
    scale = _Scale(most)
    assert 2 <= len(scale.ticks()) <= 6
    assert scale.ticks()[-1] >= most
    assert str(scale.step).rstrip("0") in ("1", "2", "5")


def test_a_bar_leads_where_it_is_told_to() -> None:
    drawn = parsed(
        bars(["2019", "2020"], [("t", [1, 2])], id="x", title="T", description="D", links=["/a?b=1&c=2", None])
    )
    assert [one.attrib["href"] for one in drawn.iter(f"{_SVG}a")] == ["/a?b=1&c=2"]


def test_a_calendar_shows_the_months_between_and_leads_to_those_held() -> None:
    drawn = calendar(
        "2018-11-02", "2020-02-28", {"2018-11": 3, "2020-02": 1}, id="x", title="T", href=lambda month: f"/{month}"
    )
    told = tooltips(drawn)
    assert len(told) == 16, "from November 2018 to February 2020"
    assert (told[0], told[1], told[-1]) == ("2018-11: 3", "2018-12: none held", "2020-02: 1")
    assert [one.attrib["href"] for one in parsed(drawn).iter(f"{_SVG}a")] == ["/2018-11", "/2020-02"]
