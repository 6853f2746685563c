"""A filter that cannot be understood is an error that names it: it must never look as if nothing had been said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.asking import SearchScope, TurnFilters, coverage, find, trace
from onrecord.asking import options as all_options
from onrecord.asking.options import BOTH_SCRIPTS, ONE_SIDED, Option
from onrecord.asking.query import split_filters
from onrecord.asking.scope import first_day, last_day
from onrecord.cli import app
from onrecord.desk import Desk, open_desk
from onrecord.errors import QueryError

#: Each command that takes filters, with what it needs besides.
COMMANDS = {
    "find": ["ferry"], "trace": ["ferry"], "formulas": [], "acts": [], "mentions": [], "answers": [],
    "trends": ["act:oppose"], "meetings": [], "ledger": [], "show": [],
}  # fmt: skip
#: The options with values; a value that no issuer, person, day or list has.
_OPTIONS = [
    one for one in vars(all_options).values() if isinstance(one, Option) and one not in (BOTH_SCRIPTS, ONE_SIDED)
]
WRONG = "zzqx"

ENGLISH = """Ministry of Examples, Press Conference, May 4, 2019

Times: Will the ferry sail?

Mei Sample: The ferry will sail. Minister Ann Example held talks with her counterpart in Oslo on May 3."""
CHINESE = """外交部发言人主持例行记者会 2021年5月4日

时报：请问发言人，渡轮什么时候会开航？

发言人：渡轮将于下个月开航，欢迎各位乘坐。"""


def _filters_of(command: str) -> Iterator[tuple[str, str]]:
    """The commands with the spellings of each of their filters."""
    flags = {flag for option in _OPTIONS for flag in option.spellings}
    for argument in app[command].assemble_argument_collection():
        spelt = [name for name in argument.names if name in flags]
        if spelt and argument.parameter.converter:
            yield command, spelt[0]


FILTERS = [one for command in COMMANDS for one in _filters_of(command)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filters") / "desk"
    with open_desk(folder, write=True, create_new=True) as desk:
        for words in (ENGLISH, CHINESE):
            desk.add(onrecord.read(words.encode()))
    return folder


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with open_desk(folder) as opened:
        yield opened


def test_the_commands_with_filters_are_these() -> None:
    assert {command for command, _ in FILTERS} == set(COMMANDS)
    assert len(FILTERS) > 60


@pytest.mark.parametrize(("command", "flag"), FILTERS, ids=[f"{command} {flag}" for command, flag in FILTERS])
def test_a_wrong_value_of_a_filter_is_an_error(folder: Path, command: str, flag: str) -> None:
    with pytest.raises(QueryError, match=WRONG) as error:
        app([command, *COMMANDS[command], flag, WRONG, "--desk", str(folder)], result_action="return_value")
    assert error.value.hint


@pytest.mark.parametrize(
    ("filters", "count", "why"),
    [
        (TurnFilters(issuer=("CN-MFA",)), 2, "case makes no difference"),
        (TurnFilters(outlet=("times",)), 2, "an outlet as printed, whatever its case"),
        (TurnFilters(speaker=("mei sample",)), 1, "a speaker too"),
        (TurnFilters(language=("EN",)), 2, "a language too"),
    ],
)
def test_names_are_found_whatever_their_case(desk: Desk, filters: TurnFilters, count: int, why: str) -> None:
    assert find(desk, "", filters).count == count, why


#: A day as people write it, with its first and last day.
DAYS = [
    ("2021", "2021-01-01", "2021-12-31", "a year"),
    ("2020-2", "2020-02-01", "2020-02-29", "a month, without its zero"),
    ("2021/03/22", "2021-03-22", "2021-03-22", "slashes, the year first"),
    ("March 2021", "2021-03-01", "2021-03-31", "a month by its name"),
    ("22 March 2021", "2021-03-22", "2021-03-22", "a day"),
    ("March 22, 2021", "2021-03-22", "2021-03-22", "the American order, with the month in letters"),
    ("2021年3月", "2021-03-01", "2021-03-31", "a month in Chinese"),
    ("12 mai 2025", "2025-05-12", "2025-05-12", "another language"),
]


@pytest.mark.parametrize(("words", "first", "last", "why"), DAYS, ids=[case[3] for case in DAYS])
def test_a_day_is_read_as_people_write_it(words: str, first: str, last: str, why: str) -> None:
    assert (first_day(words), last_day(words)) == (first, last), why


@pytest.mark.parametrize("words", ["12/05/2021", "March", "2021-13", "20x", "last", "next month"])
def test_what_may_be_two_days_or_none_is_refused(words: str) -> None:
    with pytest.raises(QueryError, match="a day is"):
        first_day(words)


@pytest.mark.parametrize("words", ["last month", "this year", "yesterday", "Last Week", "today"])
def test_a_relative_day_is_a_stretch_of_days_that_begins_before_it_ends(words: str) -> None:
    first, last = first_day(words), last_day(words)
    assert first and last and first <= last


def test_the_first_day_of_last_month_is_before_this_month() -> None:
    assert last_day("last month") < first_day("this month")  # type: ignore[operator]
    assert last_day("last year") < first_day("this year")  # type: ignore[operator]
    assert last_day("last week") < first_day("this week")  # type: ignore[operator]
    assert last_day("yesterday") < first_day("today")  # type: ignore[operator]


def test_an_unknown_filter_in_a_query_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(QueryError, match="no filter is called 'isuer'") as error:
        split_filters("ferry isuer:cn-mfa")
    assert "Nearest: issuer" in (error.value.hint or "")


def test_what_was_searched_is_told_after_the_filters(desk: Desk) -> None:
    assert coverage(desk).documents == 2
    held = find(desk, "ferry", TurnFilters(since="2020")).held
    assert (held.documents, held.turns) == (1, 2)
    assert held.languages == {"zh": 1}
    assert coverage(desk, SearchScope(language=("en",))).issuers == {"unknown": (1, "2019-05-04", "2019-05-04")}


def test_a_zero_in_years_of_another_script_is_no_finding(desk: Desk) -> None:
    held = find(desk, "ferry").held
    assert held.other_script == {"zh": 1}
    assert held.only_other_script == ("2021",)
    assert "No other documents are held of 2021" in held.caution
    assert trace(desk, "ferry").held.caution == held.caution
    assert find(desk, "ferry", TurnFilters(language=("en",))).held.caution == ""
    assert find(desk, "渡轮").held.other_script == {"en": 1}
    assert find(desk, "").held.caution == ""


def test_a_trace_is_of_the_podium_unless_asked(desk: Desk) -> None:
    assert [use.kind for use in trace(desk, "ferry").uses] == ["answer"]
    assert [use.kind for use in trace(desk, "ferry", kind="all").uses] == ["answer", "question"]
    assert [use.kind for use in trace(desk, "ferry", kind="question").uses] == ["question"]
