"""Asking for acts, answers, mentions and trends: what each filter lets through, and numbers that a count by hand confirms."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.asking import (
    ActFilters,
    AnswerFilters,
    MentionFilters,
    QueryError,
    SearchScope,
    TurnFilters,
    acts,
    acts_of,
    answers,
    counts_by,
    explain,
    find,
    mentions,
    mentions_of,
    trends,
)
from onrecord.asking.query import split_filters
from onrecord.desk import Desk, open_desk
from onrecord.languages.code_lookup import act_type, actor_code, issue_id, mention_id, with_children
from onrecord.sharing.charts import trends_svg

#: Day, outlet, speaker, question, answer: plain words, so that no rule can be in doubt of them.
SAID = [
    ("2020-05-04", "CCTV", "Geng Shuang", "What of the talks?",
     "China and the United States agreed to set up a working group on climate change. China firmly opposes arms sales to Taiwan."),
    ("2020-05-06", "AFP", "Geng Shuang", "What about Taiwan?",
     "China firmly opposes any official exchange between the United States and Taiwan. China urges the United States to stop."),
    ("2020-07-01", "Reuters", "Lu Kang", "Is Hong Kong on the agenda?", "I have no information on that."),
    ("2022-01-05", "AFP", "Lu Kang", "What of the tariffs?", "I refer you to the competent authorities."),
]  # fmt: skip


def statement(day: str, outlet: str, speaker: str, question: str, answer: str) -> bytes:
    head = f"Excerpt of Foreign Ministry Regular Press Conference on {day}"
    return f"{head}\n\n{outlet}: {question}\n\n{speaker}: {answer}".encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("acts") / "desk", write=True, create_new=True) as opened:
        for said in SAID:
            opened.add(onrecord.read(statement(*said)))
        yield opened


ACTS = [
    ({"type": ("oppose",)}, 2, "by type"),
    ({"type": ("oppose", "request")}, 3, "one of two types"),
    ({"type": ("oppose",), "since": "2020-05-05"}, 1, "from a day on"),
    ({"type": ("oppose",), "until": "2020-05-04"}, 1, "up to a day, which counts"),
    ({"actor": ("United States",)}, 1, "by actor, by name: only in the joint act"),
    ({"actor": ("中国",), "type": ("agree",)}, 1, "by the Chinese name"),
    ({"target": ("USA",), "type": ("request",)}, 1, "by target"),
    ({"target": ("Washington",), "type": ("request",)}, 1, "a capital stands for its state"),
    ({"issue": ("taiwan",), "type": ("oppose",)}, 2, "by issue"),
    ({"issue": ("military",)}, 1, "an issue holds those under it: arms sales"),
    ({"issue": ("Climate change",), "type": ("agree",)}, 1, "an issue by its name"),
    ({"outlet": ("AFP",), "type": ("oppose",)}, 1, "by who asked"),
    ({"speaker": ("geng shuang",), "type": ("oppose",)}, 2, "by who speaks, in any case of letters"),
    ({"speaker": ("Lu Kang",), "type": ("decline",)}, 2, "another speaker"),
    ({"voice": "own", "type": ("oppose",)}, 2, "by voice"),
    ({"polarity": "negated"}, 0, "by polarity"),
    (
        {"actor": ("CHN",), "target": ("TWN",), "type": ("oppose",)},
        2,
        "filters narrow each other in one and the same act",
    ),
]


@pytest.mark.parametrize(("told", "count", "reason"), ACTS, ids=[case[2] for case in ACTS])
def test_acts_are_filtered(desk: Desk, told: dict[str, object], count: int, reason: str) -> None:
    found = acts(desk, ActFilters(**told))  # type: ignore[arg-type]
    assert (found.count, len(found.acts)) == (count, count)
    assert acts(desk, ActFilters(**told), limit=0).acts == ()  # type: ignore[arg-type]


def test_an_act_says_who_said_it_when_and_in_which_words(desk: Desk) -> None:
    found = acts(desk, ActFilters(type=("request",)))
    (act,) = found.acts
    assert (act.day, act.issuer, act.speaker, act.outlet) == ("2020-05-06", "cn-mfa", "Geng Shuang", "afp")
    assert (act.actors, act.targets, act.trigger, act.plover) == (("CHN",), ("USA",), "urges", "REQUEST")
    document = desk.document(act.document)
    assert document.text[act.start : act.end] == act.words
    assert document.text[act.trigger_start : act.trigger_end] == act.trigger
    assert act.act in document.acts
    assert (found.held.documents, found.unannotated) == (4, 0)
    assert act in acts_of(document)  # the same from the document alone


def test_acts_come_in_the_order_asked_for(desk: Desk) -> None:
    newest = [act.id for act in acts(desk).acts]
    assert [act.day for act in acts(desk, limit=1).acts] == ["2022-01-05"]
    days = [act.day for act in acts(desk, order="oldest").acts]
    assert days == sorted(days)
    assert sorted(newest) == sorted(act.id for act in acts(desk, order="oldest").acts)


CODES = [
    (actor_code, "China", "CHN", "a name"),
    (actor_code, "chn", "CHN", "a code in small letters"),
    (actor_code, "the United States", "USA", "with its article"),
    (actor_code, "US", "USA", "a short name"),
    (actor_code, "中国", "CHN", "a Chinese name"),
    (actor_code, "美方", "USA", "a Chinese short name"),
    (actor_code, "Beijing", "CHN", "a capital that stands for its state"),
    (actor_code, "the White House", "USA", "a house that does"),
    (actor_code, "European Union", "EU", "an organisation"),
    (actor_code, "Wang Yi", "CHN", "a person acts for a state"),
    (actor_code, "WORLD", "WORLD", "a code of no state"),
    (issue_id, "taiwan", "taiwan", "an id"),
    (issue_id, "Taiwan", "taiwan", "a name"),
    (issue_id, "tariffs", "economy-trade/tariffs", "the last part of an id"),
    (issue_id, "香港", "hong-kong", "a Chinese name"),
    (act_type, "Oppose", "oppose", "a type in capitals"),
    (mention_id, "wang-yi", "wang-yi", "an id of a person"),
    (mention_id, "王毅", "wang-yi", "a Chinese name of a person"),
    (mention_id, "Japan", "JPN", "a country"),
]


@pytest.mark.parametrize(("resolve", "words", "code", "reason"), CODES, ids=[f"{c[1]}: {c[3]}" for c in CODES])
def test_names_are_resolved(resolve: object, words: str, code: str, reason: str) -> None:
    assert resolve(words) == code  # type: ignore[operator]


UNKNOWN = [
    (ActFilters(actor=("Chna",)), r"no party is known as 'Chna'. Nearest: China \(CHN\)"),
    (ActFilters(target=("Frnace",)), r"France \(FRA\)"),
    (ActFilters(type=("opposes",)), "no type of act is known as 'opposes'. Nearest: oppose"),
    (ActFilters(type=("zzz",)), "The types are consult, agree"),
    (ActFilters(issue=("Xinjang",)), r"Nearest: Xinjiang \(xinjiang\)"),
    (ActFilters(issuer=("cn-mfaa",)), "no issuer of the desk is known as 'cn-mfaa'. Nearest: cn-mfa"),
    (ActFilters(speaker=("geng",)), "Nearest: Geng Shuang"),
    (ActFilters(outlet=("Reuterz",)), r"Nearest: Reuters \(reuters\)"),
    (ActFilters(since="someday"), "a day is YYYY-MM-DD, YYYY-MM or YYYY, not 'someday'"),
]


@pytest.mark.parametrize(("filters", "words"), UNKNOWN, ids=[case[1] for case in UNKNOWN])
def test_what_is_not_known_is_told_with_the_nearest_that_is(desk: Desk, filters: ActFilters, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        acts(desk, filters)


def test_an_issue_holds_those_under_it_at_every_depth() -> None:
    assert {"economy-trade", "economy-trade/tariffs"} <= set(with_children("economy-trade"))
    assert with_children("economy-trade/tariffs") == ("economy-trade/tariffs",)


def test_answers_are_counted_with_the_rows_behind_them(desk: Desk) -> None:
    found = answers(desk, by="outlet")
    told = {group.key: group.counts | {"total": group.total} for group in found.groups}
    none = {"answer": 0, "decline": 0, "refer": 0, "counter": 0, "dodge": 0}
    assert told == {
        "afp": none | {"answer": 1, "refer": 1, "total": 2},
        "cctv": none | {"answer": 1, "total": 1},
        "reuters": none | {"decline": 1, "total": 1},
    }
    assert found.groups[0].shares["refer"] == 0.5
    assert (found.count, found.unclassified, found.rows_count) == (4, 0, 2)
    refer, decline = found.rows  # the newest first; full answers are only counted
    assert (refer.type, refer.question, refer.outlet, refer.speaker) == (
        "refer",
        "What of the tariffs?",
        "afp",
        "Lu Kang",
    )
    assert refer.issues == ("economy-trade/tariffs",)
    assert (decline.type, decline.answer) == ("decline", "I have no information on that.")


def test_answers_by_issue_count_for_each_issue_of_the_question(desk: Desk) -> None:
    groups = {group.key: group for group in answers(desk, by="issue").groups}
    assert groups["taiwan"].counts["answer"] == 1
    assert groups["hong-kong"].counts["decline"] == 1
    assert groups["economy-trade/tariffs"].shares["refer"] == 1.0
    assert groups[None].name == "no issue known"
    assert {group.key for group in answers(desk, by="speaker").groups} == {"Geng Shuang", "Lu Kang"}
    about = answers(desk, AnswerFilters(issue=("economy-trade",), type=("refer",)))
    assert (about.count, about.rows_count) == (1, 1)
    with pytest.raises(QueryError, match=r"no kind of answer is known as 'declines'\. Nearest: decline"):
        answers(desk, AnswerFilters(type=("declines",)))


def test_mentions_are_counted_by_what_they_name(desk: Desk) -> None:
    counted = {one.id: one for one in mentions(desk).named}
    by_hand = [mention for document in desk for mention in document.mentions]
    for id in ("CHN", "USA", "TWN"):
        assert counted[id].count == sum(mention.id == id for mention in by_hand), id
    assert (counted["TWN"].documents, counted["TWN"].first, counted["TWN"].last) == (2, "2020-05-04", "2020-05-06")
    assert counted["CHN"].name == "China"
    assert mentions(desk).count == len(by_hand)
    assert mentions(desk).left_open == sum(mention.id is None for mention in by_hand)


MENTIONS = [
    ({"id": ("Taiwan",), "kind": ("territory",)}, {"TWN"}, "by name and kind"),
    (
        {"kind": ("issue",), "turn": ("question",)},
        {"taiwan", "hong-kong", "economy-trade/tariffs"},
        "only in questions",
    ),
    ({"id": ("USA",), "speaker": ("Geng Shuang",)}, {"USA"}, "by who says it"),
    ({"id": ("USA",), "speaker": ("Lu Kang",)}, set(), "not by another"),
    (
        {"kind": ("issue",), "outlet": ("afp",), "turn": ("question",)},
        {"taiwan", "economy-trade/tariffs"},
        "by who asks",
    ),
    ({"kind": ("issue",), "since": "2022-01-01"}, {"economy-trade/tariffs"}, "by day: few documents"),
    ({"kind": ("territory",), "until": "2020-12-31"}, {"TWN"}, "by day: most documents"),
]


@pytest.mark.parametrize(("told", "ids", "reason"), MENTIONS, ids=[case[2] for case in MENTIONS])
def test_mentions_are_filtered(desk: Desk, told: dict[str, object], ids: set[str], reason: str) -> None:
    assert {one.id for one in mentions(desk, MentionFilters(**told)).named} >= ids  # type: ignore[arg-type]
    if not ids:
        assert mentions(desk, MentionFilters(**told)).count == 0  # type: ignore[arg-type]


def test_a_document_alone_is_counted_as_on_a_desk(desk: Desk) -> None:
    document = next(iter(desk))
    named = mentions(desk, MentionFilters(until=document.date)).named
    assert mentions_of(document) == named


DIVIDED = [
    ("sanctions actor:USA", "sanctions", {"actor": ("USA",)}, "a filter behind words"),
    (
        'actor:USA issue:"Hong Kong" sanctions',
        "sanctions",
        {"actor": ("USA",), "issue": ("Hong Kong",)},
        "a value in quotes",
    ),
    ("a AND act:oppose AND b", "a AND b", {"act": ("oppose",)}, "AND says nothing beside a filter"),
    ("act:oppose AND b", "b", {"act": ("oppose",)}, "nor at the head"),
    ("act:oppose act:warn", "", {"act": ("oppose", "warn")}, "two of one kind are alternatives"),
    ('"act:oppose"', '"act:oppose"', {}, "in quotes it is words"),
    ("note: that", "note: that", {}, "another word with a colon"),
    ("http://example.org", "http://example.org", {}, "an address"),
    ("tea year:2020", "tea", {"since": ("2020",), "until": ("2020",)}, "a year is both ends"),
    ("tea month:2020-03", "tea", {"since": ("2020-03",), "until": ("2020-03",)}, "a month too"),
]


@pytest.mark.parametrize(("query", "words", "filters", "reason"), DIVIDED, ids=[case[3] for case in DIVIDED])
def test_filters_stand_in_a_query(query: str, words: str, filters: dict[str, tuple[str, ...]], reason: str) -> None:
    assert split_filters(query) == (words, filters)


@pytest.mark.parametrize(
    "query", ["a OR actor:USA", "NOT actor:USA", "(a actor:USA)", "actor:USA OR a", "-act:oppose a", "a actor:"]
)
def test_a_filter_that_does_not_narrow_the_whole_query_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match=r"narrows the whole query|has no value"):
        split_filters(query)


FOUND = [
    ("act:oppose", {}, 2, "turns that hold such an act"),
    ("arms act:oppose", {}, 1, "and the words"),
    ("act:oppose target:TWN actor:China", {}, 2, "of one and the same act"),
    ("act:request issue:climate", {}, 0, "two acts of one turn do not add up"),
    ("", {"act": ("decline",)}, 2, "as filters apart"),
    ("", {"act": ("oppose",), "outlet": ("afp",)}, 1, "beside a filter of the index: what is said in answer to AFP"),
    ("", {"act": ("oppose",), "outlet": ("afp",), "kind": ("question",)}, 0, "and not by AFP itself"),
    ("firmly NEAR/3 official act:oppose", {}, 1, "with nearness, which reading decides"),
    ("Taiwan kind:question", {}, 1, "filters of the index stand in a query too"),
    ("Taiwan since:2020-05-05 until:2020-05-06", {}, 2, "and days"),
]


@pytest.mark.parametrize(("query", "told", "count", "reason"), FOUND, ids=[case[3] for case in FOUND])
def test_turns_are_found_by_what_is_done_in_them(
    desk: Desk, query: str, told: dict[str, tuple[str, ...]], count: int, reason: str
) -> None:
    found = find(desk, query, TurnFilters(**told))  # type: ignore[arg-type]
    assert (found.count, len(found.hits)) == (count, count)
    if "NEAR" not in query:
        assert sum(counts_by(desk, query, TurnFilters(**told), by="month").values()) == count  # type: ignore[arg-type]


def test_an_unknown_name_in_a_query_is_told(desk: Desk) -> None:
    with pytest.raises(QueryError, match=r"Nearest: China \(CHN\)"):
        find(desk, "sanctions actor:Chna")


TERMS = [
    ("act:oppose", "acts", {"2020-05": 2, "2020-07": 0, "2022-01": 0}, "filters of acts alone count acts"),
    ("actor:CHN act:agree issue:climate", "acts", {"2020-05": 1}, "more of them"),
    ("mention:Taiwan", "mentions", {"2020-05": 3}, "a name"),
    ("mention:the United States", "mentions", {"2020-07": 0}, "a name of several words"),
    ("answer:decline", "answers", {"2020-05": 0, "2020-07": 1}, "a kind of answer"),
    ("answer:refer outlet:AFP", "answers", {"2022-01": 1}, "with a filter"),
    ("firmly", "turns", {"2020-05": 2, "2022-01": 0}, "words count turns"),
    ("firmly act:request", "turns", {"2020-05": 1}, "words with an act count turns too"),
]


@pytest.mark.parametrize(("term", "what", "counts", "reason"), TERMS, ids=[case[0] for case in TERMS])
def test_terms_are_counted_by_month(desk: Desk, term: str, what: str, counts: dict[str, int], reason: str) -> None:
    found = trends(desk, [term], by="month")
    (series,) = found.series
    told = dict(zip((period.name for period in found.periods), series.counts, strict=True))
    assert series.what == what
    assert {month: told[month] for month in counts} == counts
    assert set(told.values()) & {None}, "months that the desk does not hold are gaps, and not none"
    assert told["2021-06"] is None


def test_gaps_are_told_for_what_they_are(desk: Desk) -> None:
    found = trends(
        desk, ["act:oppose", "mention:Taiwan"], SearchScope(since="2020-05-01", until="2020-05-08"), by="day"
    )
    assert [period.name for period in found.periods] == [f"2020-05-{day:02}" for day in range(1, 9)]
    assert found.series[0].counts == (None, None, None, 1, None, 1, None, None)
    assert [period.missing for period in found.periods] == [1, 0, 0, 0, 1, 0, 1, 1]  # the 2nd and 3rd are a weekend
    assert "6 of 8 days have no documents on the desk and are gaps, not zeros." in found.not_shown
    assert "acts, each once" in found.counted
    assert [row["count"] for row in found.rows()][:8:2] == [None, None, None, 1]
    year = trends(desk, ["act:oppose"], by="year")
    assert [(period.name, period.documents, period.days) for period in year.periods] == [
        ("2020", 3, 3),
        ("2021", 0, 0),
        ("2022", 1, 1),
    ]
    assert year.series[0].counts == (2, None, 0)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ([], "there is no term to count"),
        (["mention:Atlantis"], "no name is known as 'Atlantis'"),
        (["answer:declines"], "Nearest: decline"),
        (["act:opposes"], "Nearest: oppose"),
        (["mention:Japan role:reporter"], "role: cannot be combined with this term"),
    ],
)
def test_terms_that_cannot_be_understood_are_told(desk: Desk, terms: list[str], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        trends(desk, terms)


@pytest.mark.usefixtures("charts")
@pytest.mark.slow
def test_a_chart_says_what_it_counts_and_what_it_does_not_show(desk: Desk) -> None:
    svg = trends_svg(trends(desk, ["act:oppose", "mention:Taiwan"], by="year"))
    words = " ".join(ET.fromstring(svg).itertext())
    assert "Counted: acts, each once; mentions" in words
    assert "1 of 3 years have no documents on the desk and are gaps, not zeros." in words
    assert "act:oppose" in words
    assert "Searched: cn-mfa 4" in words


def test_an_act_is_explained_by_its_rule_and_the_words_behind_it(desk: Desk) -> None:
    document = desk.document(acts(desk, ActFilters(type=("request",))).acts[0].document)
    act = next(act for act in document.acts if act.type == "request")
    told = explain(document, act)
    assert told.row is not None
    assert (told.row.type, told.trigger) == ("request", "urges")
    assert told.row.example
    assert told.row.table == "languages/en/triggers.csv"
    assert [(one.code, one.words) for one in told.actors] == [("CHN", "China")]
    assert [(one.code, one.words) for one in told.targets] == [("USA", "United States")]
    for one in (*told.actors, *told.targets):
        assert one.start is not None
        assert document.text[one.start : one.end] == one.words


def test_documents_that_nobody_annotated_are_told(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(onrecord.read(statement(*SAID[0])))
        assert acts(desk).unannotated == 0
        for table in ("undertaking", "meeting", "act", "mentioned", "mention", "annotation"):
            desk.record.execute(f"DELETE FROM {table}")
        found = trends(desk, ["act:oppose"])
        assert (acts(desk).count, acts(desk).unannotated, found.unannotated) == (0, 1, 1)
        assert "1 documents are not annotated: run `onrecord annotate`." in found.not_shown
