"""Proposals on a desk: apart from the acts until a person has accepted them; and the commands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.annotation.proposing import WordsSent
from onrecord.desk import Desk, accept, annotate_all, check, open_desk, proposals, propose_all, refuse
from onrecord.errors import (
    DeskError,
    EndpointRefused,
    UnknownProposal,
)
from second_reader import ANSWER, EGYPT, TITLE, Reader, Server, act, answer, endpoint, refusal, words

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        opened.add(onrecord.read(_file(tmp_path, words())))
        yield opened


def _file(folder: Path, data: bytes, name: str = "page.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def ids(desk: Desk) -> list[str]:
    return [row.id for row in desk.rows()]


def marked(desk: Desk) -> list[tuple[str, str, str]]:
    """The acts of the only document: type, rule and words."""
    (id,) = ids(desk)
    document = desk.document(id)
    return [
        (one.type, "rules" if one.rule != "proposed" else one.rule, document.text[one.start : one.end])
        for one in document.acts
    ]


WELCOME = ("support", "rules", "China welcomes the ceasefire")
SHRUG = ("oppose", "proposed", "Japan shrugged off the proposal")


def test_proposals_stay_apart_until_they_are_accepted(desk: Desk) -> None:
    told = propose_all(desk, Reader(act(), EGYPT, act(type="snub")), ids(desk))
    assert (told.documents, told.proposals, told.new, told.dropped) == (1, 2, 2, {"unknown type": 1})
    assert marked(desk) == [WELCOME]
    shrug, stonewall = proposals(desk)
    assert (shrug.state, shrug.judge, shrug.proposer, shrug.actors) == (
        "proposed",
        None,
        "a reader of our own",
        ("JPN",),
    )
    document = desk.document(shrug.document)
    assert document.text[shrug.start : shrug.end] == shrug.quote == "Japan shrugged off the proposal"

    taken = accept(desk, shrug.id, by="Ann Example", day="2024-05-01")
    assert (taken.state, taken.judge, taken.judged) == ("accepted", "Ann Example", "2024-05-01")
    assert marked(desk) == [WELCOME, SHRUG]
    assert refuse(desk, stonewall.id[:6], by="Ann Example").state == "refused"
    assert [one.id for one in proposals(desk, state="accepted")] == [shrug.id]
    assert marked(desk) == [WELCOME, SHRUG]
    assert list(check(desk)) == []


def test_an_accepted_act_survives_a_new_annotation(desk: Desk) -> None:
    propose_all(desk, Reader(act()), ids(desk))
    accept(desk, proposals(desk)[0].id, by="Ann Example")
    annotate_all(desk, again=True, processes=1)
    assert marked(desk) == [WELCOME, SHRUG]
    assert list(check(desk)) == []


def test_a_decision_can_be_changed(desk: Desk) -> None:
    propose_all(desk, Reader(act()), ids(desk))
    (one,) = proposals(desk)
    for decide, expected in (
        (accept, [WELCOME, SHRUG]),
        (refuse, [WELCOME]),
        (accept, [WELCOME, SHRUG]),
        (accept, [WELCOME, SHRUG]),
    ):
        decide(desk, one.id, by="Ann Example")
        assert marked(desk) == expected


def test_who_remembers_the_acts_learns_of_a_decision(desk: Desk) -> None:
    propose_all(desk, Reader(act()), ids(desk))

    def count() -> int:
        return int(desk.record.execute("SELECT count(*) FROM act").fetchone()[0])

    assert desk.remembered("acts", count) == 1
    accept(desk, proposals(desk)[0].id, by="Ann Example")
    assert desk.remembered("acts", count) == 2


def test_a_reader_is_asked_once_about_a_document_also_where_it_saw_nothing(desk: Desk, tmp_path: Path) -> None:
    reader = Reader()
    assert propose_all(desk, reader, ids(desk)).documents == 1
    again = propose_all(desk, reader, ids(desk))
    assert (again.documents, again.known, len(reader.asked)) == (0, 1, 1)
    assert propose_all(desk, reader, ids(desk), again=True).documents == 1
    desk.add(onrecord.read(_file(tmp_path, words(f"{ANSWER} And more."))))  # the page has changed
    assert propose_all(desk, reader, ids(desk)).documents == 1


def test_what_was_refused_is_not_proposed_again_whoever_proposes_it(desk: Desk) -> None:
    propose_all(desk, Reader(act()), ids(desk))
    propose_all(desk, Reader(act(), name="another"), ids(desk))
    assert [one.proposer for one in proposals(desk)] == ["a reader of our own", "another"]  # two who see the same
    refuse(desk, proposals(desk)[0].id, by="Ann Example")
    assert {one.state for one in proposals(desk)} == {"refused"}  # the words are judged, not who proposed them
    told = propose_all(desk, Reader(act(), name="a third"), ids(desk))
    assert (told.proposals, told.new) == (1, 0)


def test_an_accepted_act_follows_its_turn_when_the_page_changes(desk: Desk, tmp_path: Path) -> None:
    propose_all(desk, Reader(act(turn=2)), ids(desk))
    (one,) = proposals(desk)
    accept(desk, one.id, by="Ann Example")
    longer = words(question="A question that is much longer than the first. Is it?")
    assert desk.add(onrecord.read(_file(tmp_path, longer))).outcome == "changed"
    assert marked(desk) == [WELCOME, SHRUG]
    (moved,) = proposals(desk)
    assert moved.start != one.start
    assert list(check(desk)) == []

    desk.add(onrecord.read(_file(tmp_path, words("China welcomes the ceasefire."))))
    assert marked(desk) == [WELCOME]  # the words are gone, and with them the act; not the decision
    (gone,) = proposals(desk)
    assert (gone.state, gone.start, gone.quote) == ("accepted", None, one.quote)
    with pytest.raises(DeskError, match="no longer contains the words"):
        accept(desk, one.id, by="Ann Example")
    assert list(check(desk)) == []


def test_an_id_that_is_none_or_several_is_told(desk: Desk) -> None:
    propose_all(desk, Reader(act(), EGYPT), ids(desk))
    with pytest.raises(UnknownProposal, match=r"no proposal 'zzz'.*onrecord proposals"):
        accept(desk, "zzz", by="Ann Example")
    with pytest.raises(UnknownProposal):
        refuse(desk, "", by="Ann Example")
    assert {one.state for one in proposals(desk)} == {"proposed"}


def test_documents_it_cannot_read_are_left_out_and_counted(desk: Desk, tmp_path: Path) -> None:
    other = "外交部发言人耿爽2019年5月16日主持例行记者会\n\n问：有何评论？\n\n答：中方欢迎停火，希望有关各方保持克制，早日恢复对话。\n".encode()
    desk.add(onrecord.read(_file(tmp_path, other, "zh.txt")))
    desk.add(onrecord.read(_file(tmp_path, words(title=TITLE.replace("16", "17")), "b.txt")))
    told = propose_all(desk, Reader(act()), ids(desk), limit=1)
    assert (told.documents, told.foreign, told.beyond, told.due) == (1, 1, 1, 1)


def test_an_unclear_answer_costs_its_document_alone(desk: Desk, tmp_path: Path, server: Server) -> None:
    desk.add(onrecord.read(_file(tmp_path, words(title=TITLE.replace("16", "17")), "b.txt")))
    server.answers = [answer(around="no"), answer(act())]
    with pytest.warns(WordsSent, match=f"of 2 documents .* are sent to {server.address}"):
        told = propose_all(desk, endpoint(server), ids(desk))
    assert (told.documents, told.new, [one.error for one in told.troubles]) == (1, 1, ["EndpointUnclear"])


def test_what_was_proposed_before_an_endpoint_fails_stays(desk: Desk, tmp_path: Path, server: Server) -> None:
    desk.add(onrecord.read(_file(tmp_path, words(title=TITLE.replace("16", "17")), "b.txt")))
    server.answers = [answer(act()), refusal(401)]
    with pytest.warns(WordsSent), pytest.raises(EndpointRefused):
        propose_all(desk, endpoint(server), ids(desk))
    assert len(proposals(desk)) == 1
    server.answers = [answer(act())]
    with pytest.warns(WordsSent, match=f"of {ids(desk)[1]} "):  # the rest follows, and no more
        told = propose_all(desk, endpoint(server), ids(desk))
    assert (told.known, told.documents) == (1, 1)


# The commands.


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "onrecord.cli", *map(str, arguments), "--desk", str(tmp_path / "desk")]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return call


def test_from_a_proposal_to_an_act_by_the_commands(
    run: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, server: Server
) -> None:
    run("add", _file(tmp_path, words()))
    server.answers = [answer(act(), act(quote="made up"))]
    told = run("propose", "--with", server.address, "--model", "a-model")
    assert told.returncode == 0, told.stderr
    assert f"are sent to {server.address}" in told.stderr
    assert f"a-model @ {server.address} read 1 document: 1 new of 1 proposal" in told.stdout
    assert "1 dropped: quote not in the text 1" in told.stdout
    again = json.loads(run("propose", "--with", server.address, "--model", "a-model", "--format", "json").stdout)
    assert (again["known"], again["documents"]) == (1, 0)

    listed = run("proposals")
    assert "? proposed  2019-05-16  oppose, done: JPN" in listed.stdout
    assert "Japan shrugged off the proposal" in listed.stdout
    (one,) = json.loads(run("proposals", "--format", "json").stdout)
    nobody = run("proposals", "--accept", one["id"])
    assert nobody.returncode == 1
    assert "a decision needs the name of the person who makes it" in nobody.stderr
    taken = run("proposals", "--accept", one["id"], "--judge", "Ann Example")
    assert "accepted by Ann Example on 2" in taken.stdout
    (row,) = run("proposals", "--state", "accepted", "--format", "csv").stdout.splitlines()[1:]
    assert row.startswith(f"{one['id']},accepted,oppose,JPN,,affirmed,done,shrugged off,")
    assert run("proposals", "--state", "refused").returncode == 1
    acts = run("acts", "--explain").stdout
    assert acts.count("proposed, accepted by a person") == acts.count("a second reader proposed this act") == 1
    assert run("check").stdout.endswith("0 faults\n")


def test_the_commands_tell_what_is_wrong_in_a_line(
    run: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    run("add", _file(tmp_path, words()))
    told = run("propose", "--with", "gpt")
    assert told.returncode == 1
    assert told.stderr.startswith(
        "onrecord: UnknownProposer: gpt: neither a spaCy pipeline nor an address. --with spacy:"
    )
    for command in ("propose", "proposals"):
        assert (
            "Example:"
            in subprocess.run(
                [sys.executable, "-m", "onrecord.cli", command, "--help"], capture_output=True, text=True, check=True
            ).stdout
        )
