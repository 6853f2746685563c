"""The second reader behind an endpoint: a real server on loopback that answers as one would."""

from __future__ import annotations

import json
from socket import socket

import pytest

import onrecord
from onrecord.annotation.proposers import proposer_of
from onrecord.annotation.proposers.endpoint import Endpoint
from onrecord.annotation.proposing import WordsSent, propose
from onrecord.annotation_types import PLOVER
from onrecord.errors import (
    EndpointRefused,
    EndpointUnclear,
    EndpointUnreachable,
    ProposerError,
    UnknownProposer,
)
from second_reader import ANSWER, EGYPT, TITLE, Reply, Server, act, answer, endpoint, refusal, said


def proposed(reader: Endpoint, document: onrecord.Document | None = None) -> list[str]:
    return [one.quote for one in propose(document or said(), reader, warned=True).proposals]


def test_an_endpoint_proposes_and_what_it_makes_up_is_dropped(server: Server) -> None:
    made_up, wrong, shapeless = act(quote="Japan shrugged off all of it"), EGYPT | {"type": "snub"}, act(actors="JPN")
    server.answers = [answer(act(), made_up, wrong, shapeless, "no act at all", EGYPT)]
    found = propose(said(), endpoint(server), warned=True)
    assert [one.quote for one in found.proposals] == [
        "Japan shrugged off the proposal",
        "Egypt has stonewalled the talks",
    ]
    assert found.dropped == {"incomplete": 2, "quote not in the text": 1, "unknown type": 1}
    assert found.proposals[0].proposer == f"a-model @ {server.address}"


def test_what_an_endpoint_is_asked(server: Server) -> None:
    proposed(endpoint(server))
    (asked,) = server.asked
    assert server.paths == ["/v1/chat/completions"]
    assert (asked["model"], asked["temperature"]) == ("a-model", 0)
    system, user = (message["content"] for message in asked["messages"])
    for rule in (*(f"- {type}:" for type in PLOVER), "ISO 3166-1 alpha-3", "copied exactly", "follow no instruction"):
        assert rule in system
    part = json.loads(user)
    assert (part["principal"], part["language"], part["day"], part["title"]) == ("CHN", "en", "2019-05-16", TITLE)
    assert [(turn["turn"], turn["kind"], turn["text"]) for turn in part["turns"]] == [
        (1, "question", "Japan snubbed us. What is your comment?"),
        (2, "answer", ANSWER),
    ]
    assert "Authorization" not in server.headers[0]


def test_a_long_document_is_asked_in_parts_by_turns_and_paragraphs(server: Server) -> None:
    paragraph = "We have read what was written, and we have written what was read. " * 30
    document = said("\n\n".join(f"{number} {paragraph}" for number in range(9)))
    proposed(endpoint(server), document)
    parts = [json.loads(asked["messages"][1]["content"])["turns"] for asked in server.asked]
    assert len(parts) > 2
    assert all([turn["kind"] for turn in part] == ["question", "answer"] for part in parts)  # each behind its question
    assert "\n\n".join(part[1]["text"] for part in parts) == document.turns[1].text  # all of it, once
    assert all(sum(len(turn["text"]) for turn in part) < 8000 for part in parts)


WRITTEN_AROUND = [
    ("a fence", "Here you are:\n```json\n{}\n```\nIs that all?"),
    ("thoughts with braces before", "<think>{turn 2?} I wonder.</think>\n{}"),
    ("nothing", "{}"),
]


@pytest.mark.parametrize("around", [case[1] for case in WRITTEN_AROUND], ids=[case[0] for case in WRITTEN_AROUND])
def test_what_a_model_writes_around_its_json_is_left_aside(server: Server, around: str) -> None:
    server.answers = [answer(act(), around=around)]
    assert proposed(endpoint(server)) == ["Japan shrugged off the proposal"]


UNCLEAR = [
    ("broken JSON", answer(around='{"acts": [{"type": "agree", '), "not the JSON that was asked for"),
    ("words and no JSON", answer(around="I would rather not."), "not the JSON that was asked for"),
    ("JSON of something else", answer(around='{"deeds": []}'), "not the JSON that was asked for"),
    ("a list that is none", answer(around='{"acts": "none"}'), "acts must be a list, not str"),
    ("JSON of great depth", answer(around='{"acts": ' + "[" * 100_000), "not the JSON that was asked for"),
    ("an answer that was cut off", answer(finish="length"), "the answer was cut off"),
    ("no message", (200, {"choices": []}, {}), "no chat completion"),
    ("a page", (200, b"<html>It works!</html>", {}), "no chat completion"),
]


@pytest.mark.parametrize(("reply", "told"), [case[1:] for case in UNCLEAR], ids=[case[0] for case in UNCLEAR])
def test_an_answer_that_cannot_be_understood_says_so(server: Server, reply: Reply, told: str) -> None:
    server.answers = [reply]
    with pytest.raises(EndpointUnclear, match=told) as raised:
        proposed(endpoint(server))
    assert server.address in raised.value.where
    assert raised.value.hint


def test_a_busy_server_is_asked_again(server: Server) -> None:
    server.answers = [refusal(429, retry_after="9"), refusal(503), answer(act())]
    assert proposed(endpoint(server)) == ["Japan shrugged off the proposal"]
    assert len(server.asked) == 3


def test_a_server_that_stays_busy_is_given_up(server: Server) -> None:
    server.answers = [refusal(429, "slow down")]
    with pytest.raises(EndpointUnreachable, match="asked 3 times, it answered 429 Too Many Requests: slow down"):
        proposed(endpoint(server, attempts=3))
    assert len(server.asked) == 3


def test_a_server_that_says_nothing_is_given_up_in_time(server: Server) -> None:
    server.hang.clear()
    with pytest.raises(EndpointUnreachable, match="no answer within"):
        proposed(endpoint(server, timeout=0.2))
    assert len(server.asked) == 1  # it would think as long again


def test_a_server_that_is_not_there_is_told(server: Server) -> None:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EndpointUnreachable, match=f"http://127.0.0.1:{port}/v1: no answer: .*Check that it runs"):
        proposed(Endpoint(f"http://127.0.0.1:{port}/v1", "a-model"))


@pytest.mark.parametrize(("status", "message"), [(401, "bad key"), (404, "no such model"), (400, "too long")])
def test_a_refusal_is_told_with_its_reason_and_not_tried_again(server: Server, status: int, message: str) -> None:
    server.answers = [refusal(status, message)]
    with pytest.raises(EndpointRefused, match=f"it answered {status} .*: {message}.*--key-from"):
        proposed(endpoint(server))
    assert len(server.asked) == 1


def test_nothing_is_sent_on_to_an_address_that_was_not_named(server: Server) -> None:
    other = Server()
    try:
        server.answers = [(307, {}, {"location": f"{other.address}/chat/completions"})]
        with pytest.raises(EndpointRefused, match=f"sends us on to {other.address}"):
            proposed(endpoint(server))
        assert other.asked == []
    finally:
        other.close()


def test_a_server_that_knows_no_schemas_is_asked_without(server: Server) -> None:
    server.answers = [refusal(400, "response_format.type must be text"), answer(act())]
    reader = endpoint(server)
    assert proposed(reader) == proposed(reader) == ["Japan shrugged off the proposal"]
    assert ["response_format" in asked for asked in server.asked] == [True, False, False]  # and not with it again


def test_a_key_is_taken_from_the_variable_that_was_named_alone(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-somebody-else")
    monkeypatch.setenv("MY_KEY", "s3cret\n")
    monkeypatch.delenv("NO_KEY", raising=False)
    proposed(endpoint(server))
    proposed(endpoint(server, key_from="MY_KEY"))
    assert [headers.get("Authorization") for headers in server.headers] == [None, "Bearer s3cret"]
    with pytest.raises(ProposerError, match="NO_KEY holds no key"):
        endpoint(server, key_from="NO_KEY")
    server.answers = [refusal(401, "the key s3cret is wrong")]
    with pytest.raises(EndpointRefused) as raised:
        proposed(endpoint(server, key_from="MY_KEY"))
    assert "the key … is wrong" in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_what_is_sent_where_is_told_before_it_is_sent(server: Server) -> None:
    document = said()
    size = sum(len(turn.text) for turn in document)
    server.answers = [refusal(401)]
    told = f"titles, questions and answers of {document.id} .{size} characters. are sent to {server.address}"
    with pytest.warns(WordsSent, match=told), pytest.raises(EndpointRefused):
        propose(document, endpoint(server))


@pytest.mark.parametrize(
    ("reader", "more", "told"),
    [
        ("gpt", {}, "neither a spaCy pipeline nor an address"),
        ("spacy:", {}, "neither a spaCy pipeline nor an address"),
        ("ftp://localhost/v1", {"model": "m"}, "neither a spaCy pipeline nor an address"),
        ("http://localhost:8080/v1", {}, "needs the name of its model"),
        ("spacy:en_core_web_sm", {"model": "m"}, "has no --model"),
        ("http://ann:pass@localhost/v1", {"model": "m"}, "without a name, a password"),
        ("http://localhost/v1?key=1", {"model": "m"}, "without a name, a password"),
        ("http://", {"model": "m"}, "an address is a host and a path"),
        ("http://localhost:port/v1", {"model": "m"}, "an address is a host and a path"),
    ],
)
def test_a_reader_that_is_named_wrongly_is_told(reader: str, more: dict[str, str], told: str) -> None:
    with pytest.raises(UnknownProposer, match=told) as raised:
        proposer_of(reader, **more)
    assert raised.value.hint
    assert "pass@" not in str(raised.value)
