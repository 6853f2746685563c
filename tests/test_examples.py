"""The bundled examples, page by page, against what a careful reader makes of them.

Beside each page stands its expected reading, written from the rules for readers and not from what the software
printed. A house without an example fails; so does an example that nobody has read. Where a reader does not reach its
expectation yet, ``not_yet`` says in what, and the test fails as soon as it does.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord import houses
from onrecord.desk.unescaping import unescape
from onrecord.record import fold

#: As many words of a turn's beginning and end as are compared.
EDGE = 40
PAGES = [page for name in houses.names() for page in houses.find(name).examples]


def expected(page: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return told


def turns(document: onrecord.Document) -> list[dict[str, str | None]]:
    return [
        {
            "kind": turn.kind,
            "speaker": turn.speaker,
            "outlet": turn.outlet,
            "starts": fold(turn.text)[:EDGE].strip(),
            "ends": fold(turn.text)[-EDGE:].strip(),
        }
        for turn in document
    ]


@pytest.mark.parametrize("name", houses.names())
def test_every_house_has_an_example_and_every_example_was_read(name: str) -> None:
    examples = houses.find(name).examples
    assert examples, f"{name} has no example: write one beside its reader, invented and marked so"
    assert [page.name for page in examples if not page.with_suffix(".json").exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parents[1].name}/{page.name}")
def test_an_example_is_read_as_a_careful_reader_would(page: Path, request: pytest.FixtureRequest) -> None:
    document, told = onrecord.read(page), expected(page)
    if "not_yet" in told:
        request.applymarker(pytest.mark.xfail(reason=told["not_yet"], strict=True))
    assert turns(document) == told["turns"]
    heading = {
        name: getattr(document.heading, name) for name in ("title", "date", "kind", "issuer", "language", "excerpt")
    }
    assert heading == {name: told[name] for name in heading}
    assert document.heading.date_from == told.get("date_from", document.heading.date_from)
    assert sorted({piece.name for piece in document.furniture}) == told["furniture"]
    assert [piece.words for piece in document.unread] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parents[1].name}/{page.name}")
def test_an_example_says_that_it_is_invented(page: Path) -> None:
    encoding = onrecord.read(page).offsets.encoding
    shown = re.sub(r"<!--.*?-->", "", page.read_text(encoding=encoding), flags=re.S)
    assert re.search(r"(?i)an invented example|虚构示例", shown), "to whoever reads it"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parents[1].name}/{page.name}")
def test_every_turn_of_an_example_stands_in_its_bytes(page: Path) -> None:
    """The bytes with their markup and what is listed as furniture taken off are the words, white space aside."""
    data, document = page.read_bytes(), onrecord.read(page)
    furniture = sorted((piece.byte_start, piece.byte_end) for piece in document.furniture)
    for turn in document:
        place = turn.span.place()
        source = turn.span.source()
        assert source == data[place.start : place.end]
        for start, end in reversed(furniture):  # a caption, a tooltip in the middle of a sentence
            if place.start <= start and end <= place.end:
                source = source[: start - place.start] + source[end - place.start :]
        if page.suffix == ".md":  # what is left of a heading, or of a quotation, that is listed as furniture
            source = re.sub(rb"(?m)^(?:#{1,6}|>) *", b"", source)
        decoded = source.decode(document.offsets.encoding)
        if document.offsets.wrapping is not None:
            decoded = unescape(decoded, document.offsets.wrapping)
        shown = re.sub(r"\\([\[\]#*_])", r"\1", html.unescape(re.sub(r"<[^>]+>", "", decoded)))
        assert "".join(shown.split()) == "".join(turn.text.split())


def test_both_languages_of_one_day_ask_the_same_questions() -> None:
    english, chinese = (
        [turn for turn in onrecord.read(page) if turn.kind == "question"]
        for page in houses.find("cn-mfa").examples
        if page.name.startswith("2021-03-14")
    )
    assert [turn.outlet_id for turn in english if turn.outlet_id] == ["cctv", "afp", "reuters", "the-paper"]
    assert [turn.outlet_id for turn in chinese] == [turn.outlet_id for turn in english]


def test_an_excerpt_says_what_its_page_says() -> None:
    page = next(page for page in houses.find("cn-mfa").examples if page.name == "2021-03-14-en.shtml")
    excerpt = next(page for page in houses.find("plain").examples if page.name.startswith("excerpt"))
    said = {fold(turn.text): (turn.kind, turn.speaker, turn.outlet) for turn in onrecord.read(page)}
    taken = list(onrecord.read(excerpt))
    whole = [turn for turn in taken if fold(turn.text) in said]
    assert [said[fold(turn.text)] for turn in whole] == [(turn.kind, turn.speaker, turn.outlet) for turn in whole]
    assert len(whole) == 3, "the first answer is cut short, the others are whole"
