"""Pages of the Philippine presidential communications: who of those whom a headline names asks, and who answers."""

from __future__ import annotations

import pytest

import onrecord

PAGE = """---
title: {title}
date: 2017-01-26T20:37:44UTC
excerpt: {lead}
permalink: /news/nexAAAAAAAAAAAA
sources:
  - label: Presidential Communications Operations Office
    link: http://pcoo.gov.ph/an-invented-example/
---

{lead}

PRESIDENTIAL SPOKESPERSON SAMPLE: Good morning. This is an invented example, and here is Ms. Example.

ANA EXAMPLE: Good morning. The lamps of the lighthouse are new.

Joseph Maru (GMA-7): Who paid for them?

ANA EXAMPLE: The fishermen did.

Mr. Maru: All of them?

ANA EXAMPLE: All of them.
"""


@pytest.mark.parametrize(
    ("title", "lead", "kinds", "why"),
    [
        (
            "Press Briefing with Ana Example",
            "Presidential Adviser on Lighthouses, Ana Example, speaks before the press corps on 26 January 2017.",
            {"statement", "answer"},
            "a briefing with somebody is given by her",
        ),
        (
            "Interview with Ana Example of Radio Lamp",
            "The spokesperson is interviewed on 26 January 2017.",
            {"question"},
            "an interview with somebody of an outlet is led by her",
        ),
    ],
)
def test_whom_a_headline_names_asks_or_answers(title: str, lead: str, kinds: set[str], why: str) -> None:
    document = onrecord.read(PAGE.format(title=title, lead=lead).encode())
    assert document.issuer == "ph-pcoo"
    assert {turn.kind for turn in document.turns if turn.speaker == "Ana Example"} == kinds, why
    assert {turn.kind for turn in document.turns if turn.speaker == "Joseph Maru"} == {"question"}
