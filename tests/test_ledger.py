"""The ledger over an invented series of statements: announced, said again with a weaker hedge, reported done, dropped."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.asking import LedgerLine, judge, judgements, ledger, unplaced_judgements
from onrecord.asking.fulfilment import FulfilmentReports, find_fulfilment
from onrecord.asking.full_ledger import load_undertakings
from onrecord.asking.judgement_store import digest_of
from onrecord.asking.scope import first_day, last_day
from onrecord.asking.undertaking_threads import LaterAccounts, join_threads, similarity
from onrecord.desk import Desk, open_desk
from onrecord.errors import DeskError, QueryError
from onrecord.languages.code_lookup import actor_code, issue_id

#: Day and words of each statement of the series.
SERIES = [
    ("May 6, 2019",
     "China and Japan held talks in Osaka. The two sides agreed to establish a joint working group on climate change before the end of "
     "the year, to resume the ferry line between Osaka and Shanghai and to hold consultations on fisheries in the East China Sea. The two "
     "sides also discussed building a new terminal for cruise ships."),
    ("June 3, 2019",
     "China and Japan spoke by phone. The two sides reaffirmed their friendship. Both sides expressed readiness to establish the joint "
     "working group on climate change, and to resume the ferry line between Osaka and Shanghai."),
    ("July 8, 2019",
     "The Foreign Ministers of China and Japan met. The two sides agreed to resume the ferry line between Osaka and Shanghai in autumn. "
     "The two sides agreed to deepen exchanges on climate change."),
    ("September 2, 2019",
     "The joint working group on climate change of China and Japan was established last week in Osaka. We are pleased with it."),
    ("October 7, 2019", "China stands ready to help Laos against floods. The joint commission of China and Laos has not been established."),
]  # fmt: skip


def _page(day: str, words: str) -> bytes:
    title = f"Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on {day}"
    return f"{title}\n\nDaily Nowhere: What came of it?\n\nGeng Shuang: {words}\n".encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("ledger") / "desk"
    with open_desk(found, write=True, create_new=True) as desk:
        for day, words in SERIES:
            desk.add(onrecord.read(_page(day, words)))
    return found


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with open_desk(folder) as opened:
        yield opened


def about(lines: tuple[LedgerLine, ...], words: str) -> LedgerLine:
    (found,) = [line for line in lines if words in line.first.words]
    return found


def test_an_undertaking_is_announced_said_again_more_weakly_and_reported_done(desk: Desk) -> None:
    line = about(ledger(desk, between=("China", "Japan")).lines, "working group")
    assert [(one.day, one.strength, one.hedge) for one in line.mentions] == [
        ("2019-05-06", "agreed", "agreed to"), ("2019-06-03", "offered", "expressed readiness to"),
    ]  # fmt: skip
    assert (line.first.mechanism, line.first.deadline, line.issues) == (
        "joint working group",
        "before the end of the year",
        ("climate",),
    )
    assert line.status == "reported done"
    assert [one.day for one in line.done] == ["2019-09-02"]
    document = desk.document(line.done[0].document)
    assert document.text[line.done[0].start : line.done[0].end] == line.done[0].words
    assert "was established" in line.done[0].words


def test_said_again_is_reaffirmed_with_every_hedge(desk: Desk) -> None:
    line = about(ledger(desk, between=("CHN", "JPN")).lines, "ferry")
    assert line.status == "reaffirmed"
    assert [one.day for one in line.mentions] == ["2019-05-06", "2019-06-03", "2019-07-08"]
    assert [one.strength for one in line.mentions] == ["agreed", "offered", "agreed"]


_DIALOGUE = "China and Japan held a {} of the China-Japan High-level Economic Dialogue. The two sides agreed to {}."
_FIRST = "hold consultations on fisheries in the East China Sea and to build a terminal for cruise ships"


@pytest.mark.parametrize(
    ("later", "silent", "why"),
    [
        (_DIALOGUE.format("second session", "resume the ferry line between Osaka and Shanghai"), True, "the next session is silent on it"),
        (_DIALOGUE.format("second session", "talk about quotas for squid in the East China Sea"), False, "other words for the same matter"),
        (
            _DIALOGUE.format("second session", "resume the ferry line") + " A joint vessel will count the stocks of the fisheries there.",
            False,
            "told in a sentence that is no undertaking",
        ),
        (
            "China and Japan spoke by phone. The two sides agreed to resume the ferry line between Osaka and Shanghai.",
            False,
            "an account of something else says nothing by its silence",
        ),
        (
            "China and South Korea met beside the China-Japan High-level Economic Dialogue. The two sides agreed to resume the ferry line.",
            False,
            "an account of other parties",
        ),
    ],
)  # fmt: skip
def test_only_an_account_of_the_same_mechanism_can_be_silent_on_an_undertaking(
    tmp_path: Path, later: str, silent: bool, why: str
) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(onrecord.read(_page("May 6, 2019", _DIALOGUE.format("session", _FIRST))))
        desk.add(onrecord.read(_page("May 6, 2020", later)))
        line = about(ledger(desk, between=("CHN", "JPN"), until="2019").lines, "fisheries")
        assert (line.silent is not None) is silent, why
        assert line.status == ("not mentioned later" if silent else "announced")
        if line.silent is not None:
            assert desk.document(line.silent.document).date == "2020-05-06"


@pytest.mark.parametrize(
    ("later", "done", "why"),
    [
        (
            "China and Japan welcomed the resumption over the last year of visits on climate change by ministers and harbour pilots.",
            True,
            "resumed, in a term of the undertaking",
        ),
        (
            "China and Japan affirmed the importance of continued visits of harbour pilots, seminars of teachers and studies of forests and lakes against climate change.",
            True,
            "what is to be continued is under way",
        ),
        ("China and Japan affirmed the importance of continued visits on climate change.", False, "no term of the undertaking"),
        ("China and Japan resumed visits of harbour pilots to the strait on fisheries.", False, "another issue"),
    ],
)  # fmt: skip
def test_what_was_to_be_resumed_is_reported_by_its_resumption_in_the_same_terms(
    tmp_path: Path, later: str, done: bool, why: str
) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        first = "China and Japan welcomed the resumption of climate change talks on tide tables between harbour pilots in the strait."
        desk.add(onrecord.read(_page("May 6, 2019", first)))
        desk.add(onrecord.read(_page("May 6, 2020", later)))
        line = about(ledger(desk, between=("CHN", "JPN"), until="2019").lines, "pilots")
        assert bool(line.done) is done, why


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("Special Representatives' Meeting on the China-India Boundary Question", "a mechanism of other parties"),
        ("G20 Summit", "a summit is named beside what two parties agree"),
    ],
)
def test_a_mechanism_that_is_only_named_makes_no_account_of_it(tmp_path: Path, named: str, why: str) -> None:
    account = f"China and Japan met after the {named}. The two sides agreed to {{}}."
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(onrecord.read(_page("May 6, 2019", account.format(_FIRST))))
        desk.add(
            onrecord.read(_page("May 6, 2020", account.format("resume the ferry line between Osaka and Shanghai")))
        )
        line = about(ledger(desk, between=("CHN", "JPN"), until="2019").lines, "fisheries")
        assert (line.silent, line.status) == (None, "announced"), why


def test_the_strongest_and_newest_come_first_and_the_one_sided_only_when_asked_for(desk: Desk) -> None:
    found = ledger(desk)
    order = ("agreed", "committed", "promised aid", "proposed", "offered", "discussed")
    strengths = [order.index(line.first.strength) for line in found.strongest(100).lines]
    assert strengths == sorted(strengths)
    assert len(found.strongest(2).lines) == 2
    joint = ledger(desk, form=("joint", "reciprocal")).lines
    assert {form for line in joint for form in (line.first.form,)} <= {"joint", "reciprocal"}
    alone = ledger(desk, form=("one-sided",)).lines
    assert [line.first.to for line in alone if "Laos" in line.first.words or "floods" in line.first.words] == [("LAO",)]
    assert {line.first.undertaking for line in found.lines} == {line.first.undertaking for line in (*joint, *alone)}


def test_what_was_discussed_stays_discussed(desk: Desk) -> None:
    line = about(ledger(desk, between=("CHN", "JPN")).lines, "terminal")
    assert (line.first.strength, line.first.hedge) == ("discussed", "discussed")
    assert about(ledger(desk, strength=("discussed",)).lines, "terminal") == line


def test_a_line_between_parties_has_their_mentions_alone(tmp_path: Path) -> None:
    """What China says it will do with all is joined with what it says to one, and with what it says to another."""
    said = [
        ("May 6, 2019", "China will work with Laos to restore the flooded rice terraces along the Mekong river."),
        ("May 7, 2019", "China will work with Cambodia to restore the flooded rice terraces along the Mekong river."),
        (
            "May 8, 2019",
            "China will work with other countries to restore the flooded rice terraces along the Mekong river.",
        ),
        ("May 9, 2019", "China will work with Cambodia to restore the flooded rice terraces along the Mekong river."),
    ]
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        for day, words in said:
            desk.add(onrecord.read(_page(day, words)))
        (line,) = ledger(desk).lines
        assert [one.day[-1:] for one in line.mentions if one.day] == ["6", "7", "8", "9"]
        (line,) = ledger(desk, between=("CHN", "LAO")).lines
        assert (line.status, [one.day for one in line.mentions]) == ("announced", ["2019-05-06"])
        (line,) = ledger(desk, between=("CHN", "KHM")).lines
        assert (line.status, [one.day for one in line.mentions]) == ("reaffirmed", ["2019-05-07", "2019-05-09"])
        judge(desk, line.first.undertaking, "unclear", "Nobody says.", "Ann Example")
        (line,) = ledger(desk, between=("CHN", "KHM")).lines
        assert len(line.judgements) == 1
        assert ledger(desk, between=("CHN", "KHM"), since="2019-05-08").lines == (line,)
        assert ledger(desk, between=("CHN", "LAO"), since="2019-05-08").lines == ()
        assert ledger(desk, between=("CHN", "LAO")).lines[0].judgements == ()
        assert len(ledger(desk).lines[0].judgements) == 1


def test_a_judgement_does_not_make_the_ledger_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(onrecord.read(_page(*SERIES[0])))
        line = about(ledger(desk).lines, "ferry")
        monkeypatch.setattr("onrecord.asking.undertaking_ledger.join_threads", None)  # nothing is joined any more
        judge(desk, line.first.undertaking, "kept", "It sailed.", "Ann Example")
        assert about(ledger(desk).lines, "ferry").judgements
    with open_desk(tmp_path / "desk") as desk:
        assert about(ledger(desk).lines, "ferry").judgements


@given(
    between=st.lists(st.sampled_from(["CHN", "JPN", "LAO", "USA"]), max_size=2, unique=True),
    issue=st.sampled_from([None, "climate", "economy", "bilateral-relations"]),
    since=st.sampled_from([None, "2019", "2019-06", "2019-07-08", "2020"]),
    until=st.sampled_from([None, "2018", "2019-06", "2019-07-08", "9999"]),
    strength=st.lists(st.sampled_from(["agreed", "offered", "discussed", "committed"]), max_size=2, unique=True),
    issuer=st.sampled_from([None, "cn-mfa", "CN-MFA"]),
)
def test_what_is_narrowed_is_what_is_made_for_the_question(
    folder: Path,
    between: list[str],
    issue: str | None,
    since: str | None,
    until: str | None,
    strength: list[str],
    issuer: str | None,
) -> None:
    with open_desk(folder) as desk:
        found = ledger(desk, between=between, issue=issue, since=since, until=until, strength=strength, issuer=issuer)
        said = [one for one in load_undertakings(desk.record) if {*between} <= one.parties]
        told, accounts = FulfilmentReports(find_fulfilment(desk.record)), LaterAccounts(said, desk.record)
        first, last = first_day(since), last_day(until)
        lines = []
        for thread in join_threads(said):
            if any(
                (issue is None or any(f"{own}/".startswith(f"{issue}/") for own in one.issues))
                and (first is None or (one.day or "") >= first)
                and (last is None or (one.day or "9999") <= last)
                and (not strength or one.strength in strength)
                and (issuer is None or one.issuer == issuer.lower())
                for one in thread
            ):
                done = told.of(thread)
                silent = None if done else accounts.silent_on(thread)
                lines.append((thread, done, silent and silent[1]))
    assert [
        ([*line.mentions], [*line.done], line.silent and line.silent.document) for line in found.lines
    ] == sorted(lines, key=lambda line: (line[0][0].day or "9999", line[0][0].document, line[0][0].start))  # fmt: skip


def test_not_established_is_not_done(desk: Desk) -> None:
    assert not any("Laos" in one.text for one in find_fulfilment(desk.record))


def test_an_answer_says_what_it_was_asked_of(desk: Desk) -> None:
    found = ledger(desk, between=("China", "日本"), issue="climate", since="2019", until="2019-06")
    assert found.between == ("CHN", "JPN")
    assert found.issue == "climate"
    assert found.held is not None
    assert (found.held.documents, found.annotated) == (5, 5)
    assert all("climate" in line.issues for line in found.lines)
    assert ledger(desk, between=("CHN", "JPN"), since="2020").lines == ()
    assert ledger(desk, between=("JPN", "LAO")).lines == ()


def test_a_judgement_is_kept_with_name_day_and_hash_and_stale_when_the_words_change(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(onrecord.read(_page(*SERIES[0])))
        line = about(ledger(desk).lines, "ferry")
        made = judge(desk, line.first.undertaking, "kept", "It sailed on 9 May.", "Ann Example", "2020-01-02")
        assert made.digest == digest_of(line.first.words)
        (again,) = about(ledger(desk).lines, "ferry").judgements
        assert (again.status, again.note, again.judge, again.day, again.stale) == (
            "kept", "It sailed on 9 May.", "Ann Example", "2020-01-02", False,
        )  # fmt: skip
    with open_desk(tmp_path / "desk") as desk:  # it outlives the desk's being closed
        assert about(ledger(desk).lines, "ferry").judgements == (again,)
        with pytest.raises(DeskError):
            judge(desk, line.first.undertaking, "kept", "again", "Ann Example")
    with open_desk(tmp_path / "desk", write=True) as desk:
        desk.record.execute('UPDATE undertaking SET "end" = "end" - 9 WHERE id = ?', (line.first.undertaking,))
        (now,) = about(ledger(desk).lines, "ferry").judgements
        assert now.stale
        assert unplaced_judgements(desk.record) == []
        desk.record.execute("DELETE FROM undertaking WHERE id = ?", (line.first.undertaking,))
        assert [one.undertaking for one in unplaced_judgements(desk.record)] == [line.first.undertaking]
        assert judgements(desk.record) == {}


@pytest.mark.parametrize(
    ("status", "note", "name", "day", "wrong"),
    [
        ("fine", "why", "Ann", None, "kept, partly kept"),
        ("kept", " ", "Ann", None, "name and a note"),
        ("kept", "why", "", None, "name and a note"),
        ("kept", "why", "Ann", "2020-02-31", "YYYY-MM-DD"),
        ("kept", "why", "Ann", "2020-01-01", "no undertaking"),
    ],
)
def test_a_judgement_that_says_too_little_is_refused(
    tmp_path: Path, status: str, note: str, name: str, day: str | None, wrong: str
) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk, pytest.raises(QueryError, match=wrong):
        judge(desk, "nothing", status, note, name, day)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("CHN", "CHN"),
        ("chn", "CHN"),
        ("China", "CHN"),
        ("china", "CHN"),
        ("中国", "CHN"),
        ("Japan", "JPN"),
        ("EU", "EU"),
        ("欧盟", "EU"),
    ],
)
def test_parties_by_code_and_name(words: str, code: str) -> None:
    assert actor_code(words) == code


def test_what_is_no_party_issue_or_day_is_told_with_the_next_step() -> None:
    with pytest.raises(QueryError, match="Nearest"):
        actor_code("Ruritania")
    with pytest.raises(QueryError, match="no issue is known"):
        issue_id("weather")
    with pytest.raises(QueryError, match="2021-03-22"):
        first_day("some week")
    assert issue_id("气候变化") == issue_id("Climate change") == issue_id("climate") == "climate"


def test_wordings_are_alike_in_substance_and_not_by_small_words() -> None:
    assert (
        similarity(
            "resume the ferry line between Osaka and Shanghai", "resume the ferry line from Osaka to Shanghai soon"
        )
        > 85
    )
    assert similarity("maintain dialogue", "maintain dialogue and communication") == 0.0
    assert similarity("重启两国渔业磋商", "在相互尊重基础上重启两国渔业磋商") > similarity(
        "重启两国渔业磋商", "扩大两国农产品贸易"
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0.0 <= similarity(one, other) <= 100.0
    assert similarity(one, other) == similarity(other, one)


def run(*arguments: str, desk: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord.cli", *arguments, "--desk", str(desk)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_command_prints_for_people_and_for_programs(folder: Path, tmp_path: Path) -> None:
    shown = run("ledger", "--between", "China", "Japan", desk=folder)
    assert shown.returncode == 0, shown.stderr
    for words in ("Climate change", "● AGREED", "· discussed", "○ offered", "“agreed to”", "reported done 2019-09-02", "Geng Shuang, cn-mfa",
                  "what the desk has: cn-mfa 5", "No status is a judgement by us"):  # fmt: skip
        assert words in shown.stdout, words
    told = json.loads(run("ledger", "--between", "CHN", "JPN", "--format", "json", desk=folder).stdout)
    assert told["between"] == ["CHN", "JPN"]
    lines = run("ledger", "--issue", "climate", "--format", "jsonl", desk=folder).stdout.splitlines()
    assert all("climate" in json.loads(line)["issues"] for line in lines)
    rows = list(
        csv.DictReader(io.StringIO(run("ledger", "--strength", "discussed", "--format", "csv", desk=folder).stdout))
    )
    assert {row["strength"] for row in rows} == {"discussed"}
    nothing = run("ledger", "--between", "Japan", "Laos", desk=folder)
    assert nothing.returncode == 1
    assert "0 undertakings between JPN and LAO" in nothing.stdout
    wrong = run("ledger", "--between", "Ruritania", desk=folder)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "no party is known as 'Ruritania'" in wrong.stderr
    page = tmp_path / "page.txt"
    page.write_bytes(_page(*SERIES[0]))
    alone = run("ledger", str(page), "--between", "China", "Japan", desk=folder)
    assert "in this document" in alone.stdout
    assert "single file" in run("ledger", str(page), "--since", "2019", desk=folder).stderr


@pytest.mark.slow
def test_the_command_judges(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "desk"
    with open_desk(own, write=True, create_new=True) as desk:
        desk.add(onrecord.read(_page(*SERIES[0])))
        id = about(ledger(desk).lines, "ferry").first.undertaking
    done = run(
        "judge", id, "--status", "partly kept", "--note", "It sails twice a week.", "--judge", "Ann Example", desk=own
    )
    assert done.returncode == 0, done.stderr
    shown = run("ledger", desk=own).stdout
    assert "partly kept, according to Ann Example" in shown
    assert "STALE" not in shown
    assert "no undertaking" in run("judge", "x", "--status", "kept", "--note", "n", "--judge", "A", desk=own).stderr
