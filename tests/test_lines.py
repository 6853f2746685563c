"""A line divided where a label stands behind other words: nothing is lost, and every character knows its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.html import read_html
from onrecord.reading.lines import Line

PARAGRAPHS = st.lists(
    st.sampled_from(["Good", "<b>Q:</b>", "&amp;", "años,", "&nbsp;why?", "<i>No.</i>", "SANTERO:", "—"]),
    min_size=1,
    max_size=9,
).map(lambda words: f"<p>{' '.join(words)}</p>")


def _characters(line: Line) -> list[tuple[str, int]]:
    """Each character that is no white space with where in the source its run begins, and how far into the run it stands."""
    ends = [run[0] for run in line.runs[1:]] + [len(line.text)]
    return [
        (line.text[i], source + min(i - start, source_end - source - 1))
        for (start, source, source_end, _), end in zip(line.runs, ends, strict=True)
        for i in range(start, end)
        if not line.text[i].isspace()
    ]


@given(PARAGRAPHS, st.lists(st.integers(min_value=-2, max_value=60), max_size=4))
def test_parts_hold_the_characters_of_the_whole_and_their_places(page: str, places: list[int]) -> None:
    (line,) = read_html(page).lines
    parts = line.divided(places)
    assert [one for part in parts for one in _characters(part)] == _characters(line)
    assert [part.fresh for part in parts] == [line.fresh] + [False] * (len(parts) - 1)
    assert all(part.text == part.text.strip() for part in parts[1:])
