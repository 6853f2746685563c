"""Dates known to the month or the year alone: no day is invented for them, and they lie in a range only with all their days."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.asking import SearchScope, TurnFilters, counts_by, coverage, facets, find, trends
from onrecord.asking.baseline import baseline_document
from onrecord.desk import Desk, open_desk
from onrecord.errors import RecordError, UnknownDocument
from onrecord.partial_dates import first_day_of, is_date, last_day_of, lies_within, within_in_sql
from onrecord.reading.dates import date_in_field
from onrecord.sharing.citations import cite
from onrecord.web.charts import calendar
from onrecord.web.formats import _moment

DAYS = st.dates(min_value=date(1968, 1, 1), max_value=date(1973, 12, 31)).map(date.isoformat)
DATES = st.builds(lambda day, width: day[:width], DAYS, st.sampled_from([4, 7, 10]))

#: The dates of the statements of the desk below, in the order in which they sort.
HELD = ("1969-12-31", "1970", "1970-02", "1970-02-11", "1970-06", "1971")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("dates") / "desk", write=True, create_new=True) as opened:
        for number, day in enumerate(HELD):
            front = f"---\ntitle: On lamps {number}\ndate: {day}\nissuer: xx-lamps\nkind: speech\n---\n\n"
            opened.add(onrecord.read(f"{front}We speak of lamps, number {number}.\n".encode()))
        yield opened


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("1970", "1970", HELD[1:5]),  # the year and all in it
        ("1970-02", "1970-02", HELD[2:4]),  # of the year it is not known whether it was in February
        ("1970-02-01", "1970-02-27", HELD[3:4]),  # nor of the month whether it was before the 28th
        ("1970-01-02", None, HELD[2:]),  # the year may have begun before
        (None, "1970-11", (HELD[0], *HELD[2:5])),
        (None, "1970-12-31", HELD[:5]),
        ("1971-01-01", None, HELD[5:]),
    ],
)
def test_a_range_has_what_lies_in_it_with_all_its_days(
    desk: Desk, since: str | None, until: str | None, found: tuple[str, ...]
) -> None:
    filters = TurnFilters(since=since, until=until)
    assert tuple(hit.day for hit in find(desk, "lamps", filters, order="oldest").hits) == found
    days = (first_day_of(since) if since else None, last_day_of(until) if until else None)
    assert tuple(row.day for row in desk.rows(since=days[0], until=days[1])) == found
    assert [one.date for one in desk.documents(since=days[0], until=days[1])] == list(found)


def test_a_year_counts_in_its_year_and_in_no_month_and_no_day(desk: Desk) -> None:
    assert counts_by(desk, "lamps", by="year") == {"1969": 1, "1970": 4, "1971": 1}
    assert counts_by(desk, "lamps", by="month") == {"1969-12": 1, "1970-02": 2, "1970-06": 1, "undated": 2}
    assert counts_by(desk, "lamps", by="day") == {"1969-12-31": 1, "1970-02-11": 1, "undated": 4}
    found = facets(desk, "lamps")
    assert found.by_year == {"1969": 1, "1970": 4, "1971": 1}
    assert {month: n for month, n in found.by_month.items() if n} == {
        "1969-12": 1, "1970-02": 2, "1970-06": 1, "undated": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("by", "documents", "undated"),
    [("year", {"1969": 1, "1970": 4, "1971": 1}, 0), ("month", {"1969-12": 1, "1970-02": 2, "1970-06": 1}, 2)],
)
def test_trends_say_what_they_leave_out(desk: Desk, by: str, documents: dict[str, int], undated: int) -> None:
    found = trends(desk, ["lamps"], by=by)  # type: ignore[arg-type]
    assert {one.name: one.documents for one in found.periods if one.documents} == documents
    assert (
        dict(zip([one.name for one in found.periods], found.series[0].counts, strict=True)).items() >= documents.items()
    )
    assert found.series[0].undated == undated
    assert any(f"{undated} in documents whose {by} is not known" in note for note in found.not_shown) == bool(undated)


def test_trends_of_a_narrow_time_count_no_year_in_it(desk: Desk) -> None:
    found = trends(desk, ["lamps"], SearchScope(since="1970-02", until="1970-06"), by="year")
    assert [(one.name, one.documents) for one in found.periods] == [("1970", 3)]


def test_the_desk_holds_a_range_of_dates_and_no_gap_is_counted_from_a_year(desk: Desk) -> None:
    assert coverage(desk).issuers["xx-lamps"][1:] == ("1969-12-31", "1971")


def test_the_last_before_a_day_is_surely_before_it(desk: Desk) -> None:
    by_date = {one.date: one for one in desk.documents()}
    before = baseline_document(desk, by_date["1970-02-11"], "last")
    assert before is not None and before.date == "1969-12-31"  # not 1970, not 1970-02
    with pytest.raises(UnknownDocument):
        baseline_document(desk, by_date["1969-12-31"], "last")


def test_a_citation_says_the_year_and_no_month(desk: Desk) -> None:
    by_date = {one.date: one for one in desk.documents()}
    found = cite(by_date["1970"].turns[0].span)
    assert ", 1970." in found.text
    assert "date         = {1970}" in found.bibtex and "month" not in found.bibtex
    assert found.csl["issued"] == {"date-parts": [[1970]]}
    month = cite(by_date["1970-06"].turns[0].span)
    assert "June 1970" in month.text and "= jun" in month.bibtex and month.csl["issued"] == {"date-parts": [[1970, 6]]}


def test_a_calendar_runs_over_the_months_of_the_years() -> None:
    assert str(calendar("1970", "1971", {"1970-06": 1}, id="x", title="x")).count("<rect") == 24


def test_a_feed_has_the_beginning_of_a_year_which_the_format_demands() -> None:
    assert _moment("1970") == "1970-01-01T00:00:00+00:00"
    assert _moment("1998-05") == "1998-05-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("1970", "1970"),
        ("1970-05", "1970-05"),
        ("May 1970", "1970-05"),
        ("mayo de 1970", "1970-05"),
        ("4 May 1970", "1970-05-04"),
        ("1970-13", None),  # no month of the calendar
        ("session 25", None),
        ("", None),
    ],
)
def test_a_field_for_dates_may_hold_a_year(words: str, found: str | None) -> None:
    assert date_in_field(words) == found


@pytest.mark.parametrize("told", ["1970-5", "70", "1970-02-30", "1970-13", "0000", "May 1970", "1970-05-04T10:00"])
def test_what_is_no_date_of_the_calendar_is_refused(told: str) -> None:
    document = onrecord.read(b"Statement on lamps\n\nWe speak of lamps.\n")
    data = document.to_json().replace(b'"date":null', f'"date":"{told}"'.encode())
    with pytest.raises(RecordError):
        onrecord.Document.from_json(data)


def test_a_statement_of_the_general_debate_has_the_year_of_its_session(tmp_path: Path) -> None:
    path = tmp_path / "ZZZ_25_1970.txt"
    path.write_text("1. Mr. President, my delegation congratulates the United Nations and this General Assembly.\n")
    document = onrecord.read(path)
    assert (document.issuer, document.date, document.heading.date_from) == ("un-ga", "1970", "title")
    assert document.id.startswith("un-ga-1970-")


@given(DATES, DATES)
def test_as_text_dates_sort_by_time(one: str, other: str) -> None:
    assert is_date(one)
    if last_day_of(one) < first_day_of(other):
        assert one < other


@given(st.lists(DATES, max_size=20), st.none() | DAYS, st.none() | DAYS)
def test_sql_finds_what_lies_within(dates: list[str], since: str | None, until: str | None) -> None:
    with sqlite3.connect(":memory:") as record:
        record.execute("CREATE TABLE document (day TEXT)")
        record.executemany("INSERT INTO document VALUES (?)", [(one,) for one in [*dates, None]])
        asked = within_in_sql("day", since, until)
        where = " AND ".join(condition for condition, _ in asked) or "1"
        rows = record.execute(f"SELECT day FROM document WHERE {where}", [one for _, values in asked for one in values])
        found = sorted(row[0] or "" for row in rows)
    record.close()
    assert found == sorted(one or "" for one in [*dates, None] if lies_within(one, since, until))
