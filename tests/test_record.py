"""The nouns: their invariants, their JSON, their ids."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.errors import OnRecordError, RecordError
from onrecord.record import Document, Heading, Turn, fold, json_schema, turn_ids

HEADING = Heading(
    id="xx-2020-01-02-abcd", title="A title", date="2020-01-02", issuer="xx", house="plain", kind="press-conference",
    language="en", text="Why? Because.", capture="sha256:" + "0" * 64,
)  # fmt: skip


def turn(start: int, end: int, **more: object) -> Turn:
    return Turn(id=f"t{start}", kind="question", start=start, end=end, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        pytest.param([(0, 4), (3, 13)], "in order", id="turns do not overlap"),
        pytest.param([(5, 13), (0, 4)], "in order", id="nor stand out of order"),
        pytest.param([(0, 14)], "in order", id="nor leave the text"),
        pytest.param([(4, 4)], "has none", id="nor are empty"),
        pytest.param([(-1, 4)], "has none", id="nor begin before it"),
    ],
)
def test_a_document_refuses_turns_that_cannot_be(turns: list[tuple[int, int]], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        Document(heading=HEADING, turns=tuple(turn(*span) for span in turns))


def test_a_day_is_written_one_way() -> None:
    with pytest.raises(RecordError, match="YYYY-MM-DD"):
        Document(heading=msgspec.structs.replace(HEADING, date="2 January 2020"))


def test_a_turn_knows_its_words_through_its_document() -> None:
    document = Document(heading=HEADING, turns=(turn(0, 4), turn(5, 13)))
    assert [t.text for t in document] == ["Why?", "Because."]
    with pytest.raises(RecordError, match="stands in no document"):
        _ = turn(0, 4).text


def test_nothing_can_be_changed() -> None:
    document = Document(heading=HEADING, turns=(turn(0, 4),))
    for noun, field in ((document, "turns"), (document.heading, "title"), (document.turns[0], "start")):
        with pytest.raises(AttributeError):
            setattr(noun, field, None)


def test_json_goes_there_and_back() -> None:
    document = Document(heading=HEADING, turns=(turn(0, 4, outlet="Times"),))
    told = json.loads(document.to_json())
    assert told["document"]["text"] == "Why? Because."
    assert told["turns"][0]["outlet"] == "Times"
    assert {"mentions", "acts", "meetings", "undertakings", "unread"} <= told.keys()
    assert Document.from_json(document.to_json()) == document


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"document": 1}', b"\xff"])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(RecordError, match="not a document"):
        Document.from_json(data)


def test_the_schema_names_every_key_that_tools_rely_on() -> None:
    schema = json_schema()
    heading = schema["$defs"]["Heading"]["properties"]
    for key in ("id", "title", "date", "published", "issuer", "kind", "language", "excerpt", "text", "capture"):
        assert key in heading
    for key in ("id", "kind", "speaker", "role", "outlet", "start", "end", "answers", "answer_type"):
        assert key in schema["$defs"]["Turn"]["properties"]


@given(st.lists(st.text(min_size=1), max_size=12))
def test_ids_are_made_of_words_and_stay(words: list[str]) -> None:
    ids = turn_ids("doc", words)
    assert len(set(ids)) == len(ids)
    assert turn_ids("doc", [fold(word) for word in words]) == ids  # white space makes no difference
    assert turn_ids("doc", [*words, "one more"])[: len(ids)] == ids  # nor what follows


def test_every_error_says_where_and_what_next() -> None:
    def leaves(kind: type[OnRecordError]) -> list[type[OnRecordError]]:
        below = [leaf for sub in kind.__subclasses__() for leaf in leaves(sub)]
        return below or [kind]

    for kind in leaves(OnRecordError):
        error = kind("it failed", where="page.html", hint="" if kind.hint else "do this")
        assert str(error).startswith("page.html: it failed. ")
        assert kind.__name__ in onrecord.errors.__doc__
