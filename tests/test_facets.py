"""Facets: what the turns found fall to, each number the one that asking for it alone gives, and an index that follows the acts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from damage import change_manifest, words_inodes
from invented import folder_of_pages
from onrecord import houses
from onrecord.asking import ActFilters, Facets, QueryError, TurnFilters, acts, counts_by, facets, find
from onrecord.asking.facet_counts import FIELDS
from onrecord.desk import Desk, add_all, annotate_all, open_desk
from onrecord.desk.text_index import TextIndex, index_folder
from onrecord.languages.code_lookup import with_children, with_parents
from onrecord.languages.tags import covers

#: Day, outlet, question, answer: plain words, so that no rule can be in doubt of them.
SAID = [
    ("2017-05-04", "CCTV", "What of the talks?",
     "China and the United States agreed to set up a working group on climate change. China firmly opposes arms sales to Taiwan."),
    ("2017-05-06", "AFP", "What about Taiwan?",
     "China firmly opposes any official exchange between the United States and Taiwan. China urges the United States to stop."),
    ("2020-01-05", "AFP", "What of the tariffs?", "China firmly opposes the tariffs. I refer you to the competent authorities."),
]  # fmt: skip
UNDATED = "Statement on cooperation\n\nWe welcome the cooperation between the two sides. We hope for more of it."


def statement(day: str, outlet: str, question: str, answer: str) -> bytes:
    head = f"Excerpt of Foreign Ministry Regular Press Conference on {day}"
    return f"{head}\n\n{outlet}: {question}\n\nGeng Shuang: {answer}".encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("facets") / "desk", write=True, create_new=True) as opened:
        for said in SAID:
            opened.add(onrecord.read(statement(*said)))
        opened.add(onrecord.read(UNDATED.encode()))
        yield opened


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Of several issuers, in two languages."""
    with open_desk(tmp_path_factory.mktemp("examples") / "desk", write=True, create_new=True) as opened:
        add_all(opened, [path for house in houses.usable().values() for path in house.examples], processes=1)
        yield opened


def told(found: Facets, field: str) -> dict[str, int]:
    return {facet.value: facet.count for facet in found.fields[field]}


COUNTED = [
    ("", {}, "kind", {"question": 3, "answer": 3, "statement": 1}, "everything, by kind"),
    ("", {}, "outlet", {"afp": 4, "cctv": 2}, "those that ask, with the answers to them"),
    ("taiwan", {}, "kind", {"answer": 2, "question": 1}, "words narrow what is counted"),
    ("", {"outlet": ("afp",)}, "kind", {"question": 2, "answer": 2}, "and filters do"),
    ("", {}, "act", {"oppose": 3, "agree": 1, "decline": 1, "request": 1}, "a turn once for each type it has"),
    ("", {}, "issue", {"taiwan": 2, "climate": 1, "economy-trade": 1, "economy-trade/tariffs": 1, "military": 1,
                       "military/arms-sales": 1}, "and once for each issue, with those it belongs under"),
    ("", {"act": ("agree",)}, "issue", {"climate": 1}, "the issues of what is agreed, not of what else is said in the turn"),
    ("", {"act": ("agree",)}, "act", {"agree": 1}, "nor what else is done in it"),
    ("tariffs", {"act": ("oppose",)}, "issue", {"economy-trade": 1, "economy-trade/tariffs": 1}, "with what they belong under"),
    ("", {"act": ("agree", "request")}, "act", {"agree": 1, "request": 1}, "two types are alternatives"),
    ("", {"issue": ("taiwan",)}, "act", {"oppose": 2}, "what is done about an issue"),
    ("tariffs", {"actor": ("China",)}, "act", {"oppose": 1, "decline": 1}, "what a party does, where the words are"),
    ("firmly NEAR/3 tariffs", {}, "act", {"oppose": 1, "decline": 1}, "nearness, which reading decides"),
    ("atlantis", {}, "kind", {}, "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "more", "field", "counts", "reason"), COUNTED, ids=[f"{c[0]}: {c[4]}" for c in COUNTED]
)
def test_turns_are_counted(
    desk: Desk, query: str, more: dict[str, Any], field: str, counts: dict[str, int], reason: str
) -> None:
    assert told(facets(desk, query, TurnFilters(**more)), field) == counts


def test_facets_have_names_for_people_and_the_commonest_come_first(desk: Desk) -> None:
    found = facets(desk, most=2)
    assert found.count == find(desk, limit=0).count == 7
    assert list(found.fields) == list(FIELDS)
    assert [(facet.value, facet.name) for facet in found.fields["outlet"]] == [("afp", "AFP"), ("cctv", "CCTV")]
    (taiwan, next_to_it) = found.fields["issue"]
    assert (taiwan.value, taiwan.name, taiwan.count) == ("taiwan", "Taiwan", 2)
    assert (next_to_it.value, next_to_it.name) == ("climate", "Climate change")  # of those of one count by their values
    assert found.fields["speaker"][0].name == "Geng Shuang"


def test_years_stand_in_a_row_with_those_that_have_none(desk: Desk) -> None:
    assert list(facets(desk).by_year.items()) == [("2017", 4), ("2018", 0), ("2019", 0), ("2020", 2), ("undated", 1)]
    months = facets(desk, "taiwan OR tariffs").by_month
    assert list(months)[:2] == ["2017-05", "2017-06"]
    assert (len(months), sum(months.values()), list(months)[-1]) == (33, 5, "2020-01")
    assert facets(desk, "welcome").by_year == facets(desk, "welcome").by_month == {"undated": 1}
    assert facets(desk, "atlantis").by_year == {}


QUERIES = ["", "trade OR 贸易", "cooperation -climate", "合作", "talks", '"the two sides"']
NARROWED = [
    {}, {"kind": ("answer",)}, {"language": ("en",), "since": "2019-11-01"}, {"issuer": ("cn-mfa",)},
    {"act": ("request", "consult")}, {"issue": ("economy-trade",)}, {"actor": ("China",)},
    {"actor": ("China",), "act": ("oppose", "support")}, {"target": ("USA",), "kind": ("answer",)},
]  # fmt: skip
WAYS: list[dict[str, Any]] = [{}, {"across": True}, {"pattern": r"\bwe\b|我们"}, {"both_scripts": True}]


@given(st.sampled_from([*QUERIES, "we NEAR/6 cooperation"]), st.sampled_from(NARROWED), st.sampled_from(WAYS))
@pytest.mark.slow
def test_every_count_is_that_of_asking_for_it(
    examples: Desk, query: str, narrowed: dict[str, Any], way: dict[str, Any]
) -> None:
    def count(**more: Any) -> int:
        return find(examples, query, TurnFilters(**(narrowed | more)), limit=0, **way).count

    found = facets(examples, query, TurnFilters(**narrowed), most=1000, **way)
    assert found.count == count()
    for field, values in found.fields.items():
        if field not in narrowed:
            for facet in values:
                assert facet.count == count(**{field: (facet.value,)}) > 0, (field, facet)
        if field in ("issuer", "language", "kind"):  # zh-Hant is counted under zh, too
            tags = [facet.value for facet in values]
            whole = [one for one in values if not any(covers(tag, one.value) for tag in tags if tag != one.value)]
            assert sum(facet.count for facet in whole) == found.count
    assert sum(found.by_year.values()) == sum(found.by_month.values()) == found.count
    for year, many in found.by_year.items():
        if year != "undated" and "since" not in narrowed:
            assert many == count(since=f"{year}-01-01", until=f"{year}-12-31")


def test_what_the_index_finds_by_acts_is_what_the_record_holds(examples: Desk) -> None:
    for field, name in (("act", "type"), ("issue", "issue")):
        values = told(facets(examples, most=1000), field)
        assert len(values) > 8
        for value, count in values.items():
            turns = {act.turn for act in acts(examples, ActFilters(**{name: (value,)})).acts}
            assert find(examples, f'{field}:"{value}"', limit=0).count == count == len(turns), value
            assert sum(counts_by(examples, f'{field}:"{value}"', by="year").values()) == count


def test_an_issue_belongs_under_what_it_is_held_by() -> None:
    for issue in with_children("economy-trade"):
        assert "economy-trade" in with_parents(issue)
    assert with_parents("economy-trade/tariffs") == ("economy-trade/tariffs", "economy-trade")


def test_an_unknown_name_is_told(desk: Desk) -> None:
    for query in ("act:opposes", "issue:Xinjang", "actor:Chna"):
        with pytest.raises(QueryError, match="Nearest"):
            facets(desk, query)


def index_of(desk: Desk) -> TextIndex:
    return TextIndex(index_folder(desk.folder), desk.record)


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Desk]:
    """Enough pages that one more is added to the index, which is not built anew for it."""
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        add_all(opened, [folder_of_pages(tmp_path / "pages", 20)], processes=1)
        opened.add(onrecord.read(statement(*SAID[0])))
        facets(opened)
        yield opened


def test_the_index_follows_what_is_added(growing: Desk) -> None:
    built = words_inodes(index_folder(growing.folder))
    assert index_of(growing).behind() == 0
    growing.add(onrecord.read(statement(*SAID[1])))
    assert index_of(growing).behind() == 1  # though it was added and annotated
    assert told(facets(growing, "firmly"), "act") == {"oppose": 2, "agree": 1, "request": 1}
    assert index_of(growing).behind() == 0
    assert built < words_inodes(index_folder(growing.folder))


def test_the_index_follows_what_is_annotated_anew(growing: Desk) -> None:
    built, before = words_inodes(index_folder(growing.folder)), facets(growing)
    (id,) = {act.document for act in acts(growing, ActFilters(type=("oppose",))).acts}
    document = growing.document(id)
    opposed = tuple(act for act in document.acts if act.type == "oppose")
    growing.writer.annotate(msgspec.structs.replace(document, acts=opposed, undertakings=()))
    growing.writer.commit()
    assert index_of(growing).behind() == 1
    assert told(facets(growing, "firmly"), "act") == {"oppose": 1}
    assert (find(growing, "act:agree").count, find(growing, "firmly", limit=0).count) == (0, 1)
    assert built <= words_inodes(index_folder(growing.folder))  # nothing else was indexed again
    annotate_all(growing, again=True, processes=1)
    assert index_of(growing).behind() == len(growing)
    assert facets(growing) == before
    assert index_of(growing).behind() == 0


def of_an_old_layout(told: dict[str, Any]) -> None:
    told["layout"] = "2" + told["layout"][1:]


def of_other_issues(told: dict[str, Any]) -> None:
    told["layout"] = told["layout"][:-1] + ("1" if told["layout"][-1] == "0" else "0")


def of_another_annotation(told: dict[str, Any]) -> None:
    told["made"]["annotation"] = 10_000


@pytest.mark.parametrize("old", [of_an_old_layout, of_other_issues, of_another_annotation])
def test_an_index_that_holds_other_acts_is_built_anew(growing: Desk, old: Any) -> None:
    before = facets(growing)
    change_manifest(index_folder(growing.folder), old)
    with open_desk(growing.folder) as again:
        assert index_of(again).behind() is None
        assert facets(again) == before
        assert index_of(again).behind() == 0
