"""What a government does at home is no act: briefings of a head of government, in invented sentences, with the reason for each."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.languages.en.acts.matters import COLUMNS, TABLE
from onrecord.lexicon.tables import rows

BRIEFING = "Press Briefing by Press Secretary Ann Example"
ADDRESS = "https://www.whitehouse.gov/briefing-room/press-briefings/2022/03/15/invented/"


def annotated(answer: str, question: str = "And a follow-up?", title: str = BRIEFING) -> onrecord.Document:
    """An answer at the White House, or words that nobody asked for, annotated."""
    head = f"---\ntitle: {title!r}\ndate: 2022-03-15\nsource_url: {ADDRESS}\n---"
    asked = f"Q    {question}\n\n" if question else ""
    page = f"{head}\n\nMS. EXAMPLE:  Good day.\n\n{asked}MS. EXAMPLE:  {answer}\n"
    document = onrecord.annotate(onrecord.read(page.encode()))
    assert document.issuer == "us-whitehouse"
    return document


def acts(answer: str, question: str = "And a follow-up?") -> list[tuple[str, str]]:
    """Type and trigger of each act of an answer at the White House."""
    document = annotated(answer, question)
    return [(act.type, document.text[act.trigger.start : act.trigger.end]) for act in document.acts]


# The reason, the answer, the question, then each act: type and trigger.
CASES = [
    ("work with the own parliament", "We will continue to work with Congress on the bill.", "", []),
    ("a wish for what the own parliament does", "We hope that the Senate will pass it.", "", []),
    ("the own parliament asked about a matter abroad", "We hope that the Senate will pass the help for Ukraine.", "", []),
    ("support for the own public", "The President supports the workers of the harbor.", "", []),
    ("a position on a matter of the own law", "We have been very clear about guns.", "", []),
    ("a refusal to answer counts on every matter", "I don't have anything to share on the bill.", "", [("decline", "don't have anything to share")]),
    ("another party is named in the clause", "We will continue to support Ukraine.", "", [("commit", "will continue to support")]),
    ("the sentence before tells of a matter abroad", "The talks with Japan go on. We have been very clear.", "", [("reaffirm", "been very clear")]),
    ("a promise is told by its own sentence", "The talks with Japan go on. We will keep pushing.", "", []),
    ("a promise towards a party named in its sentence", "We will keep pushing Japan.", "", [("commit", "will keep")]),
    ("thanks to the own parliament for help abroad", "We thank Congress for the help for Ukraine.", "", []),
    ("talks with the own parliament", "The President met with the Speaker of the House on Ukraine.", "", []),
    ("the question tells of a matter abroad", "We have been very clear.", "On the talks with Japan?", [("reaffirm", "been very clear")]),
    ("the nearest words decide", "Japan is a friend. On inflation, we will keep pushing.", "", []),
    ("a matter abroad without a name", "We have been very clear about the hostages.", "", [("reaffirm", "been very clear about")]),
    ("both are named in the clause", "We will work with Congress to support Ukraine.", "", [("commit", "will work")]),
    ("nothing tells what it is about", "We will keep pushing.", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "answer", "question", "expected"), CASES, ids=[case[0] for case in CASES])
def test_acts_at_home_and_abroad(reason: str, answer: str, question: str, expected: list[tuple[str, str]]) -> None:
    assert acts(answer, question or "And a follow-up?") == expected, reason


def test_each_paragraph_of_a_statement_is_of_its_own_matter() -> None:
    document = annotated("The harbor of Japan is open.\n\nMS. EXAMPLE:  We have been very clear.", question="")
    assert not document.acts


def test_a_foreign_ministry_speaks_of_nothing_else() -> None:
    title = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 16, 2019"
    document = onrecord.annotate(onrecord.read(f"{title}\n\nQ: And the court?\n\nA: We firmly oppose it.\n".encode()))
    assert document.issuer == "cn-mfa"
    assert [act.type for act in document.acts] == ["oppose"]


def test_each_row_has_an_example_with_one_of_its_words() -> None:
    for _, row in rows(TABLE, COLUMNS):
        if row["kind"] == "word":
            words = row["words"].casefold().split("|")
            assert any(word in row["example"].casefold() for word in words), row["example"]
