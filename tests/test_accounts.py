"""The accounts of one meeting: points, links, what one alone says, and how they differ.

All accounts here are invented: Valdoria and Norrland are no countries, nobody made these calls.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.comparing.account_rows import rows
from onrecord.comparing.accounts import AccountComparison, bundled_weights, common_parties, compare_accounts
from onrecord.comparing.point_features import FEATURES, Account, features
from onrecord.comparing.points import clauses, points, said_words

HOUSES = Path(onrecord.__file__).parent / "houses"
READOUT = HOUSES / "us_whitehouse/examples/2021-05-08-readout.md"
ACCOUNT = HOUSES / "cn_mfa/examples/2021-05-08-account-zh.shtml"
CONFERENCE = HOUSES / "cn_mfa/examples/2021-05-09-zh.shtml"


def account(
    *paragraphs: str, title: str = "Readout of President Ames's Call with President Putin of Russia"
) -> onrecord.Document:
    """An invented account as plain text."""
    text = title + "\n\nMay 8, 2021\n\n" + "\n\n".join(paragraphs)
    return onrecord.annotate(onrecord.read(text.encode()))


OURS = account(
    "The United States and Russia discussed the security of lighthouses in the northern sea. "
    "The United States will provide 40 lamps to Russia for the lighthouses if the tariffs on tea are lifted. "
    "The United States expressed concern about the dictionary of fishermen.",
)
THEIRS = account(
    "Russia and the United States discussed the security of the lighthouses of the northern sea. "
    "The United States intends to provide 30 lamps to Russia for the lighthouses. "
    "Russia proposed a common museum for sardines with a permanent exhibition of nets.",
    title="Telephone conversation of President Putin with President Ames of the United States",
)


def said(found: AccountComparison, documents: list[onrecord.Document], at: int | None) -> str:
    if at is None:
        return ""
    point = found.points[at]
    return documents[point.account].text[point.start : point.end]


@pytest.mark.parametrize(
    ("language", "sentence", "parts"),
    [
        # short parts stay together: a clause must tell something
        ("en", "They met, and they talked.", ["They met, and they talked"]),
        (
            "en",
            "The two leaders discussed the lighthouses of the northern sea and the lamps that will be lit there by both countries every night, and "
            "President Ames stressed that the ferries of both countries must be able to find their harbours in any weather of the year.",
            [
                "The two leaders discussed the lighthouses of the northern sea and the lamps that will be lit there by both countries every night",
                "and President Ames stressed that the ferries of both countries must be able to find their harbours in any weather of the year",
            ],
        ),
        (
            "zh",
            "双方就北方海域灯塔的安全问题坦诚深入地交换了意见并同意继续保持沟通，同意每年向对方提供四十盏灯用于外岛灯塔的修缮和维护工作。",
            [
                "双方就北方海域灯塔的安全问题坦诚深入地交换了意见并同意继续保持沟通",
                "同意每年向对方提供四十盏灯用于外岛灯塔的修缮和维护工作",
            ],
        ),
    ],
)
def test_a_sentence_is_divided_into_points_that_tell_something(language: str, sentence: str, parts: list[str]) -> None:
    assert [sentence[start:end] for start, end in clauses(sentence, language)] == parts


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="abc ,;:，；。“”1.\n", max_size=200))
def test_clauses_lie_in_order_inside_the_sentence(text: str) -> None:
    spans = clauses(text, "en")
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    ("text", "language", "what", "found"),
    [
        ("We will do it if they do.", "en", "conditions", ["if"]),
        ("双方愿在平等和相互尊重的基础上合作", "zh", "conditions", ["在平等和相互尊重的基础上"]),
        ("A swift gift.", "en", "conditions", []),  # whole words alone
        ("A candid and constructive talk", "en", "talk", ["candid", "constructive"]),
    ],
)
def test_conditions_and_words_for_the_talk_are_tables(text: str, language: str, what: str, found: list[str]) -> None:
    assert said_words(text, language, what) == found


def test_what_both_say_is_linked_and_what_one_says_is_told_as_such() -> None:
    documents = [OURS, THEIRS]
    found = compare_accounts(documents)
    table = rows(found, 2)
    linked = [tuple(said(found, documents, cell) for cell in row.cells) for row in table if row.said_by == 2]
    assert any("security of lighthouses" in one and "security of the lighthouses" in other for one, other in linked)
    assert any("40 lamps" in one and "30 lamps" in other for one, other in linked)
    alone = {said(found, documents, cell) for row in table if row.certain for cell in row.cells if cell is not None}
    assert any("sardines" in words for words in alone)
    assert not any("lamps" in words for words in alone)


@pytest.mark.parametrize(
    ("reason", "one", "other"),
    [
        ("hedge", "will", "intends to"),  # a step down the ladder of commitment
        ("number", "40", "30"),
        ("condition", "if", None),
    ],
)
def test_how_two_accounts_of_a_point_differ_is_told_by_reason(reason: str, one: str, other: str | None) -> None:
    documents = [OURS, THEIRS]
    found = compare_accounts(documents)
    lamps = next(
        row for row in rows(found, 2) if "40 lamps" in said(found, documents, row.cells[0]) and row.said_by == 2
    )
    assert lamps.relation == "differs"
    told = next(difference for difference in lamps.differences if difference.reason == reason)
    assert (told.one, told.other) == (one, other)
    assert told.up == (-1 if reason == "hedge" else None)


def test_a_spokespersons_remark_never_makes_an_only() -> None:
    """The conference speaks of much more than the call; its silence and its remarks prove nothing."""
    documents = [onrecord.annotate(onrecord.read(page)) for page in (READOUT, CONFERENCE)]
    found = compare_accounts(documents)
    remarks = [point for point in found.points if point.account == 1]
    assert remarks and all(point.aside and not point.certain for point in remarks)


def test_nothing_is_certain_across_languages_without_a_table_of_words() -> None:
    spanish = onrecord.annotate(
        onrecord.read(
            "Conversación del presidente con el presidente Ames de Estados Unidos\n\n8 de mayo de 2021\n\n"
            "Los presidentes hablaron de los faros del mar del norte. Rusia propuso un museo de sardinas.".encode()
        )
    )
    found = compare_accounts([OURS, spanish])
    assert not any(point.certain for point in found.points)


def test_the_example_pair_in_two_languages() -> None:
    """Invented, in the layouts of two houses: the American readout does not know that the tariffs will be lifted."""
    documents = [onrecord.annotate(onrecord.read(page)) for page in (READOUT, ACCOUNT)]
    found = compare_accounts(documents)
    assert set(found.parties) == {"USA", "CHN"}
    linked = {
        (said(found, documents, link.one)[:40], said(found, documents, link.other)[:12]): link
        for link in found.links
        if link.linked
    }
    tariffs = next(link for (one, _), link in linked.items() if one.startswith("They also discussed"))
    assert any((one.reason, one.one, one.other) == ("hedge", "discussed", "同意") for one in tariffs.differences)
    assert ("The two sides agreed to hold a second pho", "双方同意6月底前就气候")[1] in {
        other[:11] for _, other in linked
    }
    assert found.space[1].talk == ("坦诚", "友好")


def test_of_three_accounts_every_point_is_a_row() -> None:
    third = account("Russia and the United States discussed the security of lighthouses in the northern sea.")
    documents = [OURS, THEIRS, third]
    found = compare_accounts(documents)
    table = rows(found, 3)
    security = next(row for row in table if "security" in said(found, documents, row.cells[0]))
    assert security.said_by == 3
    cells = [cell for row in table for cell in row.cells if cell is not None]
    assert set(cells) == set(range(len(found.points)))


def test_a_link_names_points_that_exist_and_every_point_has_one_answer() -> None:
    found = compare_accounts([OURS, THEIRS])
    linked = {at for link in found.links if link.linked for at in (link.one, link.other)}
    assert linked == {at for at, point in enumerate(found.points) if point.answer == "linked"}
    assert all(not point.certain for at, point in enumerate(found.points) if at in linked)


def test_the_features_have_weights_and_the_same_text_is_linked_to_itself() -> None:
    assert set(bundled_weights().weights) == set(FEATURES)
    side = Account(points(OURS), "en")
    likely = bundled_weights().probabilities(features(side, side))
    assert (likely.argmax(1) == range(len(side.points))).all()


def test_the_parties_are_those_that_all_accounts_name() -> None:
    assert common_parties([OURS, THEIRS]) == {"USA", "RUS"}
    assert common_parties([OURS, account("Nothing was said of anybody.", title="A note")]) == frozenset()


def test_an_account_without_words_has_no_points() -> None:
    found = compare_accounts([OURS, account("The museum was closed.", title="A note")])
    assert all(point.answer != "linked" for point in found.points)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "onrecord.cli", *words], capture_output=True, text=True, check=False)


def test_the_command_prints_what_other_tools_rely_on() -> None:
    told = json.loads(run("compare", str(READOUT), str(ACCOUNT), "--format", "json").stdout)
    assert told["kind"] == "accounts" and {"a", "b", "points", "candidates"} <= set(told)
    for point in told["points"]:
        assert {"a", "b", "relation", "certain"} <= set(point)
        assert point["relation"] == {(1, 0): "only-a", (0, 1): "only-b"}.get(
            (bool(point["a"]), bool(point["b"])), point["relation"]
        )
    for candidate in told["candidates"]:
        assert candidate["a"] and len(candidate["b"]) >= 1
    shown = run("compare", str(READOUT), str(ACCOUNT))
    assert "Only A, in these texts" in shown.stdout and "how it differs" in shown.stdout
    assert "found in none of the other texts given here" in shown.stdout
