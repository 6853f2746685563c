"""What damaged files (``bench/fuzz.py``) and generated ones have found: each stays a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import onrecord
from growth import LIMIT, growth
from onrecord import houses
from onrecord.desk.verification import Source, mismatched_runs
from onrecord.record import Document

READOUT = """---
date: '2021-05-08'
source_url: https://www.whitehouse.gov/briefing-room/statements-releases/2021/05/08/readout/
title: "Readout of a Call with the Minister of Nowhere"
---

This text is an invented example. {words}
"""


def faults(document: Document) -> list[str]:
    """The spans of a document that do not agree with its bytes, as ``onrecord check`` finds them."""
    source = Source(document.data, document.offsets)
    found = list(mismatched_runs(document.text, document.offsets, source))
    holes = [(one.byte_start, one.byte_end) for one in (*document.furniture, *document.unread)]
    for turn in document:
        place = turn.span.place()
        if not source.contains(turn.text, place.start, place.end, holes):
            found.append(f"{turn.id}: {turn.text[:80]}")
    return found


def two_pages_run_together(first: str, second: str) -> bytes:
    """A page of the Kremlin that breaks off inside its text, and the whole of another from its head on."""
    (path,) = [one for one in houses.find("ru-kremlin").examples if one.name.endswith("meeting.html")]
    page = path.read_text(encoding="utf-8")
    at, behind = page.index(first), page.index(second)
    return (page[: at + len(first)] + page[behind:]).encode()


CASES: list[tuple[str, bytes]] = [
    (
        "the head of a page inside the text of another: its lines were taken twice",
        two_pages_run_together("also took part.</p>", '<div class="read__lead'),
    ),
    (
        "a comment inside a word, with a tag in it",
        READOUT.format(words='We m<!--x <a href="s/2 -->et <a href="a\n\nAnd "S<<').encode(),
    ),
    ("a comment that never ends", (READOUT.format(words="We met.") + "Again <!--" + "<!--" * 50).encode()),
    (
        "a link whose address begins with a space",
        READOUT.format(words="See [more](\x0bhttp://example.org) of it.").encode(),
    ),
]


@pytest.mark.parametrize("data", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_every_span_agrees_with_its_bytes(data: bytes) -> None:
    assert faults(onrecord.read(data)) == []


def test_an_address_that_is_none_is_no_address() -> None:
    """A Chinese colon in a host's name: the standard library raises an error for it."""
    page = READOUT.format(words="We met today.").replace("www.white", "www.white\u7b54\uff1a")
    assert onrecord.read(page.encode()).issuer == "unknown"


@pytest.mark.parametrize(
    ("unit", "what"),
    [
        ("(B", "brackets above a statement, each of which might end in a year"),
        ("\r<title>(B", "the same between tags"),
    ],
)
def test_a_repeated_unit_is_read_in_linear_time(unit: str, what: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        data = (READOUT.format(words="") + unit * size).encode()
        return lambda: onrecord.read(data, house="us-whitehouse")

    assert growth(reading, 3_000) < LIMIT, what
