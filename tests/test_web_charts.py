"""The charts of the pages: every number in them, gaps as gaps, nothing that a policy would refuse."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.charts import _Scale, bars, calendar, lines, sparkline

_SVG = "{http://www.w3.org/2000/svg}"
counts = st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=12)
labels = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=20)
anything = st.text(max_size=20)  # with what neither XML nor UTF-8 has a place for


def parsed(svg: object) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def tooltips(svg: object) -> list[str]:
    return [one.text or "" for one in parsed(svg).iter(f"{_SVG}title")][1:]


@given(counts, labels)
def test_every_count_stands_in_a_tooltip_and_a_gap_is_told_as_one(values: list[int | None], name: str) -> None:
    periods = [str(2000 + place) for place in range(len(values))]
    for draw in (bars, lines):
        told = tooltips(draw(periods, [(name, values)], id="x", title="T", description="D"))
        gaps = [one for one in told if one.endswith(": no documents")]
        assert len(gaps) == len(re.findall("n+", "".join("n" if value is None else "v" for value in values)))
        for period, value in zip(periods, values, strict=True):
            own = [one for one in told if one.startswith(f"{period}: ")]
            if value is None:
                assert own in ([], [f"{period}: no documents"])
            elif value or draw is lines:
                assert [re.sub(r"\D", "", one.removeprefix(f"{period}: ").removesuffix(name)) for one in own] == [
                    str(value)
                ]
            else:
                assert own == [], "of nothing said there is no bar, and no grey ground either"


@given(anything, anything, anything)
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
    assert (told[0], told[1], told[-1]) == ("2018-11: 3", "2018-12: none", "2020-02: 1")
    assert [one.attrib["href"] for one in parsed(drawn).iter(f"{_SVG}a")] == ["/2018-11", "/2020-02"]


def texts(svg: object) -> list[tuple[str, float, float]]:
    """Each text with the widest it can be from the left to the right, set in the letters of a phone."""
    found = []
    for one in parsed(svg).iter(f"{_SVG}text"):
        at, said = float(one.attrib["x"]), one.text or ""
        wide = sum(20 if letter > "\u2e7f" else 12.7 if letter.isdigit() else 11.5 for letter in said)
        left = at - wide * {"end": 1, "middle": 0.5}.get(one.get("text-anchor", "start"), 0)
        found.append((said, left, left + wide))
    return found


YEARS = [str(year) for year in range(2001, 2026)]
MONTHS = [f"{year}-{month:02}" for year in range(2018, 2025) for month in range(1, 13)]
DAYS = [f"2019-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]


@pytest.mark.parametrize(
    "periods,names",
    [
        (YEARS[:3], ["2001", "2002", "2003"]),
        (YEARS, ["2005", "2010", "2015", "2020", "2025"]),  # of many years, round ones
        (MONTHS[:4], MONTHS[:4]),
        (MONTHS, ["2018", "2019", "2020", "2021", "2022", "2023", "2024"]),  # a January is told by its year
        (MONTHS[3:20], None),  # one January only: months by their own names
        (DAYS, None),
        ([], []),
    ],
)
def test_names_below_the_axis_have_room_on_a_phone(periods: list[str], names: list[str] | None) -> None:
    drawn = bars(periods, [("t", [3_000_000] * len(periods))], id="x", title="T", description="D")
    below = [one for one in texts(drawn) if one[0] in {*periods, *(period[:4] for period in periods)}]
    assert below or not periods
    assert names is None or [name for name, _, _ in below] == names
    assert all(one[2] < other[1] for one, other in pairwise(below))
    assert all(left >= 0 and right <= 720 for _, left, right in texts(drawn)), "no number is cut at the edge"


def test_a_legend_goes_on_in_another_row() -> None:
    names = [
        "win-win cooperation actor:China",
        "合作共赢",
        "act:oppose issue:taiwan",
        "answer:decline outlet:afp",
        "x" * 90,
    ]
    drawn = lines(["2019"], [(name, [1]) for name in names], id="x", title="T", description="D")
    assert all(left >= 0 and right <= 720 for _, left, right in texts(drawn))
    _, top, _, high = map(float, parsed(drawn).attrib["viewBox"].split())
    assert all(top < float(one.attrib["y"]) < top + high for one in parsed(drawn).iter(f"{_SVG}text"))


def test_each_of_many_lines_has_a_look_of_its_own() -> None:
    drawn = lines(["2019", "2020"], [(str(n), [1, 1]) for n in range(12)], id="x", title="T", description="D")
    dots = [one for one in parsed(drawn).iter(f"{_SVG}path") if one.find(f"{_SVG}title") is not None]
    looks = {(one.attrib["class"], re.sub(r"^M\S+ [\d.]+", "", one.attrib["d"])) for one in dots}
    assert len(looks) == 12
    assert {one.attrib["class"] for one in dots} == {f"dot series-{n}" for n in range(1, 7)}, "the sheet has six"


@given(counts)
def test_a_sparkline_tells_gaps_from_zeros(values: list[int | None]) -> None:
    drawn = parsed(sparkline(values))
    grounds = [one for one in drawn.iter(f"{_SVG}rect") if one.attrib["class"] == "ground"]
    assert sum(float(one.attrib["width"]) for one in grounds) == pytest.approx(
        100 * values.count(None) / len(values), abs=0.2
    )
    (path,) = drawn.iter(f"{_SVG}path")
    assert path.attrib["d"].count("M") == sum(bool(value) for value in values)


def test_nothing_drawn_is_refused_by_the_policy() -> None:
    three = [("a", [1, None, 0]), ("b", [0, None, 2])]
    drawn = [
        bars(YEARS[:3], three, id="x", title="T", description="D", links=["/a"] * 3),
        lines(YEARS[:3], three, id="x", title="T", description="D"),
        calendar("2001-01-01", "2003-12-31", {"2002-05": 1}, id="x", title="T", href=lambda month: f"/{month}"),
        sparkline([1, None, 0]),
    ]
    for one in drawn:
        assert not {"style", "script"} & {tag.tag.removeprefix(_SVG) for tag in parsed(one).iter()}
        assert not any("style" in tag.attrib for tag in parsed(one).iter())
