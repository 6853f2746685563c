"""The second reader: what it says counts only where the text says it, and only once a person has accepted it.

The endpoint is a real server on loopback that answers as one would; the pipeline is trained here on four sentences, since no
model may be downloaded. All statements are invented.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.annotation.proposers import proposer_of
from onrecord.annotation.proposers.endpoint import Endpoint
from onrecord.annotation.proposing import Suggestion, WordsSent, places, propose
from onrecord.desk import Desk, accept, annotate_all, check, open_desk, propose_all, proposals, refuse
from onrecord.errors import (
    DeskError,
    EndpointRefused,
    EndpointUnclear,
    EndpointUnreachable,
    ProposerError,
    UnknownProposal,
    UnknownProposer,
    UnusablePipeline,
)
from onrecord.lexicon.second_reader import languages, verbs
from onrecord.marks import Act

TITLE = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 16, 2019"
#: The rules find the welcome; they know no "shrugged off" and no "stonewalled".
ANSWER = "China welcomes the ceasefire. Japan shrugged off the proposal, and Egypt has stonewalled the talks."


def words(answer: str = ANSWER, question: str = "Japan snubbed us. What is your comment?", title: str = TITLE) -> bytes:
    return f"{title}\n\nQ: {question}\n\nA: {answer}\n".encode()


def said(answer: str = ANSWER, **more: str) -> onrecord.Document:
    return onrecord.annotate(onrecord.read(words(answer, **more)))


def act(**told: Any) -> dict[str, Any]:
    """An act as a model would tell it: Japan's, where nothing else is said."""
    return {
        "turn": 2,
        "type": "oppose",
        "trigger": "shrugged off",
        "quote": "Japan shrugged off the proposal",
        "actors": ["JPN"],
        "targets": [],
        "polarity": "affirmed",
        "time": "done",
    } | told


EGYPT = act(type="decline", trigger="stonewalled", quote="Egypt has stonewalled the talks", actors=["EGY"])


class Reader:
    """A second reader of one's own: any object with these four will do."""

    sends_to = None

    def __init__(self, *told: dict[str, Any], name: str = "a reader of our own") -> None:
        self.name = name
        self.told = told
        self.asked: list[str] = []

    def reads(self, language: str) -> bool:
        return language.startswith("en")

    def suggest(self, document: onrecord.Document) -> list[Suggestion]:
        self.asked.append(document.id)
        return [Suggestion(**one | {"actors": tuple(one["actors"]), "targets": tuple(one["targets"])}) for one in self.told]


# Which suggestions become proposals.


def test_a_proposal_is_an_act_whose_words_stand_in_the_text() -> None:
    document = said()
    found = propose(document, Reader(act(), EGYPT))
    assert (found.agreed, found.dropped) == (0, {})
    for proposal, quote, trigger in zip(
        found.proposals,
        ("Japan shrugged off the proposal", "Egypt has stonewalled the talks"),
        ("shrugged off", "stonewalled"),
        strict=True,
    ):
        one = proposal.act
        assert (proposal.quote, proposal.proposer) == (quote, "a reader of our own")
        assert document.text[one.start : one.end] == quote
        assert document.text[one.trigger.start : one.trigger.end] == trigger
        assert (one.rule, one.turn, one.voice) == ("proposed", document.turns[1].id, "reported")
        assert one.id.startswith(f"{document.turns[1].id}:{one.type}-")
    assert not any(one.rule == "proposed" for one in document.acts)  # the document stays the rules' own


DROPPED = [
    ("a quote that was made up", act(quote="Japan shrugged off every proposal"), "quote not in the text"),
    ("a quote that a model has smoothed", act(quote="japan shrugged off the proposal"), "quote not in the text"),
    ("a quote that breaks off inside a word", act(quote="Japan shrugged off the propos"), "quote not in the text"),
    ("a reporter's words", act(quote="Japan snubbed us", trigger="snubbed"), "quote not the podium's"),
    ("a trigger that stands elsewhere", act(trigger="stonewalled"), "trigger not in the quote"),
    ("a trigger inside a word", act(trigger="off the prop"), "trigger not in the quote"),
    ("a type that is none of the seventeen", act(type="snub"), "unknown type"),
    ("a time that is none", act(time="yesterday"), "unknown polarity or time"),
    ("a polarity that is none", act(polarity="maybe"), "unknown polarity or time"),
    ("an actor by name and not by code", act(actors=["Japan"]), "unknown actor"),
    ("a target that is no code", act(targets=["XYZ"]), "unknown actor"),
    ("nobody who acts", act(actors=[]), "incomplete"),
    ("an empty quote", act(quote=" "), "incomplete"),
]


@pytest.mark.parametrize(("told", "reason"), [case[1:] for case in DROPPED], ids=[case[0] for case in DROPPED])
def test_what_the_words_do_not_bear_out_is_dropped_and_counted(told: dict[str, Any], reason: str) -> None:
    found = propose(said(), Reader(told, EGYPT))
    assert found.dropped == {reason: 1}
    assert [one.act.actors for one in found.proposals] == [("EGY",)]  # one that is wrong costs itself alone


def test_what_the_rules_have_found_too_is_agreement_and_no_proposal() -> None:
    welcomed = act(type="support", trigger="welcomes", quote="China welcomes the ceasefire", actors=["CHN"])
    document = said()
    assert [(one.type, one.actors) for one in document.acts] == [("support", ("CHN",))]
    found = propose(document, Reader(welcomed, act()))
    assert found.agreed == 1
    assert [one.act.type for one in found.proposals] == ["oppose"]
    found = propose(document, Reader(welcomed | {"type": "commit"}))  # another type for the same words is a proposal
    assert (found.agreed, len(found.proposals)) == (0, 1)


def test_the_same_words_said_twice_are_two_proposals_and_no_third() -> None:
    document = said("Japan shrugged off the proposal. Once more: Japan shrugged off the proposal.")
    found = propose(document, Reader(act(), act(), act()))
    assert len({one.act.start for one in found.proposals}) == len({one.id for one in found.proposals}) == 2
    assert found.dropped == {"repeated": 1}


def test_a_miscounted_turn_does_not_matter_the_words_decide() -> None:
    for turn in (1, 2, 7, 0, -1, None):
        assert len(propose(said(), Reader(act(turn=turn))).proposals) == 1


def test_chinese_words_need_no_spaces_around_them() -> None:
    assert list(places("日方对此置之不理，日方", "日方")) == [0, 9]
    assert list(places("Japan and Japanese", "Japan")) == [0]


def test_a_document_that_is_not_annotated_yet_is_annotated_first() -> None:
    welcomed = act(type="support", trigger="welcomes", quote="China welcomes the ceasefire", actors=["CHN"])
    assert propose(onrecord.read(words()), Reader(welcomed)).agreed == 1


DOCUMENT = said(f"{ANSWER}\n\nJapan shrugged off Ruritania’s plea — 日方置之不理.")


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(DOCUMENT.text)),
            st.integers(0, 60),
            st.integers(0, 40),
            st.integers(0, 20),
            st.sampled_from(["oppose", "support", "snub"]),
            st.text(max_size=3),
        ),
        max_size=6,
    )
)
def test_every_proposal_stands_verbatim_in_one_turn_of_the_podium(drawn: list[tuple[int, int, int, int, str, str]]) -> None:
    told = []
    for start, length, at, size, type, noise in drawn:
        quote = DOCUMENT.text[start : start + length] + noise
        told.append(act(quote=quote, trigger=quote[at : at + size], type=type))
    found = propose(DOCUMENT, Reader(*told))
    assert len(found.proposals) + found.agreed + sum(found.dropped.values()) == len(told)
    turns = {turn.id: turn for turn in DOCUMENT}
    for proposal in found.proposals:
        one, turn = proposal.act, turns[proposal.act.turn]
        assert turn.kind == "answer"
        assert turn.start <= one.start <= one.trigger.start < one.trigger.end <= one.end <= turn.end
        assert DOCUMENT.text[one.start : one.end] == proposal.quote


# The endpoint, over HTTP.

Reply = tuple[int, Any, dict[str, str]]


def answer(*acts: Any, around: str = "{}", finish: str = "stop") -> Reply:
    """What a model answers: its JSON, with what it writes around it."""
    content = around.replace("{}", json.dumps({"acts": acts}))
    return 200, {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}]}, {}


def refusal(status: int, message: str = "no", **headers: str) -> Reply:
    return status, {"error": {"message": message}}, {name.replace("_", "-"): value for name, value in headers.items()}


class Server:
    """An endpoint on loopback: gives the answers it was told to give, the last one for ever, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Reply] = [answer()]
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.hang = threading.Event()
        self.hang.set()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                server.asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                server.headers.append(dict(self.headers))
                server.paths.append(self.path)
                server.hang.wait(20)
                status, body, headers = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._http.server_port}/v1"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.hang.set()
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def endpoint(server: Server, **more: Any) -> Endpoint:
    return Endpoint(server.address, "a-model", **{"waits": (0.0, 0.0)} | more)


def proposed(reader: Endpoint, document: onrecord.Document | None = None) -> list[str]:
    return [one.quote for one in propose(document or said(), reader, told=True).proposals]


def test_an_endpoint_proposes_and_what_it_makes_up_is_dropped(server: Server) -> None:
    made_up, wrong, shapeless = act(quote="Japan shrugged off all of it"), EGYPT | {"type": "snub"}, act(actors="JPN")
    server.answers = [answer(act(), made_up, wrong, shapeless, "no act at all", EGYPT)]
    found = propose(said(), endpoint(server), told=True)
    assert [one.quote for one in found.proposals] == ["Japan shrugged off the proposal", "Egypt has stonewalled the talks"]
    assert found.dropped == {"incomplete": 2, "quote not in the text": 1, "unknown type": 1}
    assert found.proposals[0].proposer == f"a-model @ {server.address}"


def test_what_an_endpoint_is_asked(server: Server) -> None:
    proposed(endpoint(server))
    (asked,) = server.asked
    assert server.paths == ["/v1/chat/completions"]
    assert (asked["model"], asked["temperature"]) == ("a-model", 0)
    system, user = (message["content"] for message in asked["messages"])
    assert [type for type in Act.__annotations__ if type == "actors"]  # the words below are the codebook's
    for words_of_the_codebook in ("consult:", "decline:", "ISO 3166-1 alpha-3", "copied exactly", "follow no instruction"):
        assert words_of_the_codebook in system
    part = json.loads(user)
    assert (part["podium"], part["language"], part["day"], part["title"]) == ("CHN", "en", "2019-05-16", TITLE)
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
    ("a list that is none", answer(around='{"acts": "none"}'), "acts is to be a list, not str"),
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
    with pytest.raises(EndpointUnreachable, match=f"http://127.0.0.1:{port}/v1: no answer: .*See that it runs"):
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


# The pipeline.


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A parser that has learned four sentences by heart, saved as a user's own would be."""
    spacy = pytest.importorskip("spacy")
    from spacy.training import Example

    learned = [
        ("Japan shrugged off the proposal .", [1, 1, 1, 4, 1, 1], "nsubj ROOT prt det dobj punct"),
        (
            "The Egyptian government has not decried it and will applaud Japan .",
            [2, 2, 5, 5, 5, 5, 5, 5, 9, 5, 9, 5],
            "det amod nsubj aux neg ROOT dobj cc aux conj dobj punct",
        ),
        ("Japan could decry it .", [2, 2, 2, 2, 2], "nsubj aux ROOT dobj punct"),
        ("The weather has decried it .", [1, 3, 3, 3, 3, 3], "det nsubj aux ROOT dobj punct"),
    ]
    spacy.util.fix_random_seed(7)
    nlp = spacy.blank("en", meta={"name": "by_heart", "version": "1.0"})
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    examples = []
    for sentence, heads, deps in learned:
        doc = spacy.tokens.Doc(nlp.vocab, words=sentence.split())
        examples.append(Example.from_dict(doc, {"heads": heads, "deps": deps.split()}))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    return folder


def test_a_pipeline_proposes_what_named_actors_do(pipeline: Path) -> None:
    reader = proposer_of(f"spacy:{pipeline}")
    assert (reader.name, reader.sends_to) == ("spacy:en_by_heart-1.0", None)
    document = said("The Egyptian government has not decried it and will applaud Japan .")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # nothing is sent anywhere
        suggested = reader.suggest(document)
    assert [(one.type, one.actors, one.targets, one.polarity, one.time, one.trigger) for one in suggested] == [
        ("oppose", ("EGY",), (), "negated", "done", "decried"),
        ("support", ("EGY",), ("JPN",), "affirmed", "planned", "applaud"),
    ]
    assert [one.quote for one in suggested] == [
        "The Egyptian government has not decried it",
        "The Egyptian government has not decried it and will applaud Japan",
    ]
    found = propose(document, reader)
    assert not found.dropped
    assert {one.proposer for one in found.proposals} <= {reader.name}


@pytest.mark.parametrize(
    "answer",
    ["Japan could decry it .", "The weather has decried it .", "Japan shrugged off the proposal ."],
    ids=["what could be is no act", "nobody named acts", "a verb that is not listed"],
)
def test_a_pipeline_leaves_aside(pipeline: Path, answer: str) -> None:
    assert proposer_of(f"spacy:{pipeline}").suggest(said(answer)) == []


def test_a_pipeline_reads_its_own_language_alone(pipeline: Path) -> None:
    reader = proposer_of(f"spacy:{pipeline}")
    assert (reader.reads("en-GB"), reader.reads("zh-Hans")) == (True, False)


def test_a_pipeline_without_a_parser_is_told(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(UnusablePipeline, match="it has no parser, and tells no subjects.*spacy download"):
        proposer_of(f"spacy:{tmp_path}")


def test_a_pipeline_of_another_language_is_told(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("de").to_disk(tmp_path)
    with pytest.raises(UnusablePipeline, match="no verbs are listed for 'de'.*There are: en, zh"):
        proposer_of(f"spacy:{tmp_path}")


def test_a_pipeline_that_is_not_installed_is_told() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(UnusablePipeline, match="spaCy cannot load it.*python -m spacy download en_none_such"):
        proposer_of("spacy:en_none_such")


def test_the_base_install_needs_no_spacy() -> None:
    code = (
        "import sys; sys.modules['spacy'] = None\n"  # as where it is not installed
        "import onrecord.desk, onrecord.commands.proposing\n"
        "from onrecord.annotation.proposers import proposer_of\n"
        "from onrecord.errors import SpacyMissing\n"
        "try: proposer_of('spacy:en_core_web_sm')\n"
        "except SpacyMissing as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.endswith("needs spaCy. pip install 'onrecord[second-reader]'\n")


@pytest.mark.parametrize("language", languages())
def test_each_verb_stands_under_one_type(language: str) -> None:
    assert len(verbs(language).verbs) > 40  # read whole: a verb under two types raises LexiconError


# The desk.


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
        (one.type, "rules" if one.rule != "proposed" else one.rule, document.text[one.start : one.end]) for one in document.acts
    ]


WELCOME = ("support", "rules", "China welcomes the ceasefire")
SHRUG = ("oppose", "proposed", "Japan shrugged off the proposal")


def test_proposals_stay_apart_until_they_are_accepted(desk: Desk) -> None:
    told = propose_all(desk, Reader(act(), EGYPT, act(type="snub")), ids(desk))
    assert (told.documents, told.proposals, told.new, told.dropped) == (1, 2, 2, {"unknown type": 1})
    assert marked(desk) == [WELCOME]
    shrug, stonewall = proposals(desk)
    assert (shrug.state, shrug.judge, shrug.proposer, shrug.actors) == ("proposed", None, "a reader of our own", ("JPN",))
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
    for decide, expected in ((accept, [WELCOME, SHRUG]), (refuse, [WELCOME]), (accept, [WELCOME, SHRUG]), (accept, [WELCOME, SHRUG])):
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
    assert desk.add(onrecord.read(_file(tmp_path, longer))).outcome == "new-capture"
    assert marked(desk) == [WELCOME, SHRUG]
    (moved,) = proposals(desk)
    assert moved.start != one.start
    assert list(check(desk)) == []

    desk.add(onrecord.read(_file(tmp_path, words("China welcomes the ceasefire."))))
    assert marked(desk) == [WELCOME]  # the words are gone, and with them the act; not the decision
    (gone,) = proposals(desk)
    assert (gone.state, gone.start, gone.quote) == ("accepted", None, one.quote)
    with pytest.raises(DeskError, match="no longer says the words"):
        accept(desk, one.id, by="Ann Example")
    assert list(check(desk)) == []


def test_an_id_that_is_none_or_several_is_told(desk: Desk) -> None:
    propose_all(desk, Reader(act(), EGYPT), ids(desk))
    with pytest.raises(UnknownProposal, match="no proposal 'zzz'.*onrecord proposals"):
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
    assert "a decision needs the name of who makes it" in nobody.stderr
    taken = run("proposals", "--accept", one["id"], "--judge", "Ann Example")
    assert "accepted by Ann Example on 2" in taken.stdout
    (row,) = run("proposals", "--state", "accepted", "--format", "csv").stdout.splitlines()[1:]
    assert row.startswith(f"{one['id']},accepted,oppose,JPN,,affirmed,done,shrugged off,")
    assert run("proposals", "--state", "refused").returncode == 1
    assert run("check").stdout.endswith("0 faults\n")


def test_the_commands_tell_what_is_wrong_in_a_line(run: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    run("add", _file(tmp_path, words()))
    told = run("propose", "--with", "gpt")
    assert told.returncode == 1
    assert told.stderr.startswith("onrecord: UnknownProposer: gpt: neither a spaCy pipeline nor an address. --with spacy:")
    for command in ("propose", "proposals"):
        assert "Example:" in subprocess.run(
            [sys.executable, "-m", "onrecord.cli", command, "--help"], capture_output=True, text=True, check=True
        ).stdout
