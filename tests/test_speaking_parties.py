"""For whom "we", "the leaders" and "they" speak: all of a joint statement, a guest's own state, nobody that is no party."""

from __future__ import annotations

import msgspec
import pytest

import onrecord
from onrecord.annotation.analysis import analyse
from onrecord.record import Document


def told(title: str, *paragraphs: str, day: str = "2023-01-13") -> Document:
    """An annotated text of the White House; the day settles who holds which office."""
    address = f"https://www.whitehouse.gov/briefing-room/speeches-remarks/{day.replace('-', '/')}/lamps/"
    page = "\n\n".join((f"---\ntitle: {title!r}\ndate: {day}\nsource_url: {address}\n---", *paragraphs))
    return onrecord.annotate(onrecord.read(page.encode()))


def actors(document: Document, words: str) -> set[str]:
    """The actors of the act whose words begin so."""
    (act,) = [one for one in document.acts if document.text[one.start : one.end].startswith(words)]
    return set(act.actors)


@pytest.mark.parametrize(
    ("title", "opening", "parties", "why"),
    [
        (
            "Joint Statement of Japan and the United States",
            "We reaffirmed our plans for a lighthouse in Osaka.",
            {"JPN", "USA"},
            "the title names them",
        ),
        (
            "Joint Statement on Lighthouses in Nauru",
            "Today, President Biden, Prime Minister Kishida of Japan and Prime Minister Trudeau of Canada spoke about Nauru.",
            {"USA", "JPN", "CAN"},
            "the persons in the first sentence, and not the country that they spoke about",
        ),
        (
            "Joint Statement on Lighthouses for Nauru from U.S. President Joseph Biden and Japanese Prime Minister Fumio Kishida",
            "We will build new lamps.",
            {"USA", "JPN"},
            "who signs is named behind the matter, and the matter is of another",
        ),
        (
            "The Spirit of the Lighthouse",
            "We, the leaders of Japan, Canada, and the United States, welcome the new lamps.",
            {"JPN", "CAN", "USA"},
            "a text that begins with We and names",
        ),
        (
            "Joint Statement of Japan, Canada and the United States on Lighthouses in Nauru",
            "We welcome the new lamps.",
            {"JPN", "CAN", "USA"},
            "what a joint statement is on is no party",
        ),
        (
            "Osaka Statement on Lighthouses",
            "Today in Port Moresby, Papua New Guinea, at the East Asia Summit, Prime Minister Kishida Fumio of Japan, President Yoon "
            "Suk Yeol of the Republic of Korea, and President Biden of the United States reaffirmed our plans for lighthouses.",
            {"JPN", "KOR", "USA"},
            "three who speak of themselves as we, and neither the place nor the occasion",
        ),
        (
            "Statement of Principles on Lamps",
            "The lamp countries (Australia, India, Japan, and the United States of America) affirm that our lamps are shared.",
            {"AUS", "IND", "JPN", "USA"},
            "the members in brackets of a group that no table has",
        ),
        (
            "Lamp Action Plan",
            "We, the leaders of the G7, reaffirm our plans for the lighthouse.",
            {"G7"},
            "a group, whatever the text is called",
        ),
        (
            "Joint Statement from Japan, Canada and the United States on a Lighthouse",
            "Nauru is dark. That is why today Palau, Japan, Canada and the United States announce our plan for a lamp.",
            {"PLW", "JPN", "CAN", "USA"},
            "the text names one more than the title",
        ),
        (
            "G7 Leaders’ Statement on Lighthouses in Nauru",
            "We, the Leaders of the G7, welcome the new lamps of Nauru and Palau.",
            {"G7"},
            "a group that speaks under its own name",
        ),
        (
            "Joint Statement of the Quad Lamp Group",
            "Lamps save ships, also those of Nauru.",
            {"AUS", "IND", "JPN", "USA"},
            "an informal group speaks for its members",
        ),
        (
            "The Lamps of Osaka",
            "We – the Ministers of Japan, the Republic of Korea (ROK), and the United States – met today and thank Nauru.",
            {"JPN", "KOR", "USA"},
            "a list in dashes, with names in brackets",
        ),
        (
            "Statement by President Biden and Prime Minister Kishida on Lamps",
            "The lamps of Nauru are new.",
            {"USA", "JPN"},
            "a statement that two have signed",
        ),
        (
            "Statement by Press Secretary Jen Psaki on President Biden’s Call with Prime Minister Kishida",
            "The lamps of Nauru are new.",
            set(),
            "a statement of one, about a call",
        ),
        (
            "Statement on Lighthouses in Japan and Canada",
            "We welcome the new lamps in Japan and Canada.",
            set(),
            "a statement of one, about others",
        ),
    ],
)  # fmt: skip
def test_a_joint_statement_speaks_for_all_that_it_names(title: str, opening: str, parties: set[str], why: str) -> None:
    document = told(title, opening, "The leaders welcomed the repair of the lamps. They agreed to meet again in Osaka.")
    assert set(analyse(document).speaking.joint) == parties, why
    if parties:
        assert actors(document, "They agreed to meet") == parties


READOUTS = [
    ("with whom a list says that they met", "Readout of President Biden’s Call with Leaders",
     "President Biden spoke today with Prime Minister Kishida of Japan, Prime Minister Mara Sample of Canada, and President "
     "Ilan Example of Nauru about lamps in Palau. The leaders agreed to mend the lamps.",
     {"USA", "JPN", "CAN", "NRU"}),
    ("participants are named at the end", "Readout of President Biden’s Call with Allies on Lamps",
     "President Biden hosted a call today about lamps in Palau. The leaders agreed to mend the lamps. Joining President Biden on "
     "the call were Prime Minister Trudeau of Canada, European Council President Michel, and Prime Minister Sample of Japan.",
     {"USA", "CAN", "EU", "JPN"}),
    ("the place of a meeting is no party", "Readout of President Biden’s Meeting with Prime Minister Kishida of Japan",
     "President Biden met in Berlin, Germany with Prime Minister Kishida of Japan. They agreed to mend the lamps.",
     {"USA", "JPN"}),
    ("the participants by another noun", "Readout of President Biden’s Meeting with Prime Minister Kishida of Japan",
     "President Biden met today with Prime Minister Kishida of Japan. The national security advisors agreed to mend the lamps.",
     {"USA", "JPN"}),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "title", "text", "who"), READOUTS, ids=[case[0] for case in READOUTS])
def test_the_leaders_of_a_readout_are_all_who_took_part(reason: str, title: str, text: str, who: set[str]) -> None:
    found = [act for act in told(title, text).acts if act.type == "agree"]
    assert {code for act in found for code in act.actors} == who, reason


def test_separate_calls_have_no_common_parties() -> None:
    document = told(
        "Readout of President Biden’s Calls with Prime Minister Kishida of Japan and Prime Minister Trudeau of Canada",
        "President Biden spoke separately with Prime Minister Kishida and Prime Minister Trudeau about lamps.",
    )
    assert analyse(document).speaking.met == ()


def joint_appearance() -> Document:
    return told(
        "Remarks by President Biden and Prime Minister Kishida of Japan in Joint Press Conference",
        "PRESIDENT BIDEN:  Welcome to the lighthouse. We support the fishermen of Ukraine.",
        "PRIME MINISTER KISHIDA:  We also discussed the situation of the lamps in Nauru. We support the fishermen of Palau. "
        "We have decided to send lamps to Palau.",
        "Q  Who pays for the lamps?",
        "PRESIDENT BIDEN:  That is still open.",
    )


def test_a_guest_speaks_for_his_own_state_and_for_both_of_what_came_of_the_talks() -> None:
    document = joint_appearance()
    assert actors(document, "We support the fishermen of Ukraine") == {"USA"}
    assert actors(document, "We support the fishermen of Palau") == {"JPN"}
    assert actors(document, "We also discussed") == {"JPN", "USA"}


def test_a_speaker_whose_state_the_title_does_not_name_is_no_guest() -> None:
    document = told(
        "Remarks by President Biden on Lighthouses", "PRIME MINISTER KISHIDA:  We support the fishermen of Palau."
    )
    speaking = analyse(document).speaking
    assert {speaking.speaks_for(turn) for turn in document.turns} == {"USA"}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("The two sides met in Osaka. They agreed to mend the lamps of Palau.", {"USA", "JPN"}),
        (
            "The two sides met in Osaka. Many companies are waiting for it, and they agreed to mend the lamps of Palau.",
            set(),
        ),
        ("The two sides met in Osaka. People know what is at stake. They agreed to mend the lamps of Palau.", set()),
    ],
)
def test_they_are_the_parties_unless_a_nearer_plural_is_none(words: str, who: set[str]) -> None:
    document = told("Readout of President Biden’s Meeting with Prime Minister Kishida of Japan", words)
    found = [act for act in document.acts if "mend the lamps" in document.text[act.start : act.end]]
    assert {code for act in found for code in act.actors} == who


def test_nothing_is_a_party_where_nothing_is_told() -> None:
    document = msgspec.structs.replace(joint_appearance(), turns=())
    assert analyse(document).speaking.joint == ()


def test_both_of_a_joint_appearance_act_where_its_speaker_says_so() -> None:
    document = told(
        "Remarks by President Biden and Prime Minister Kishida of Japan in Joint Press Conference",
        "PRIME MINISTER KISHIDA:  The President and I discussed the lamps. We both welcome the plan of Palau. "
        "Both our countries are determined to mend them. Jointly, we will buy new lamps.",
    )
    acts = {document.text[act.trigger.start : act.trigger.end]: set(act.actors) for act in document.acts}
    assert acts == {one: {"JPN", "USA"} for one in ("discussed", "welcome", "are determined to", "will buy")}


def test_he_is_the_person_who_acted_before_and_a_title_alone_whoever_was_named_with_it() -> None:
    document = told(
        "Readout of President Biden’s Meeting with Prime Minister Kishida of Japan",
        "President Biden met today with Prime Minister Kishida of Japan. He congratulated Prime Minister Kishida on the lamps. "
        "The Prime Minister welcomed the plan.",
    )
    assert actors(document, "He congratulated") == {"USA"}
    assert actors(document, "The Prime Minister welcomed") == {"JPN"}


def test_a_title_performs_no_act_although_the_text_repeats_it() -> None:
    text = "Japan and Nauru Welcome New Lamps\n\nThe lamps are new.\n"
    assert onrecord.annotate(onrecord.read(text.encode())).acts == ()


def acts(document: Document) -> list[tuple[str, str, str]]:
    """Type, actors and trigger of each act."""
    return [
        (one.type, " ".join(sorted(one.actors)), document.text[one.trigger.start : one.trigger.end])
        for one in document.acts
    ]


READOUT = "Readout of President Biden’s Meeting with Prime Minister Kishida of Japan"
#: The reason, the title, the text, then each act: type, actors, trigger.
TOLD = [
    (
        "offices joined by and, of which one is the host's, are those of the two who met",
        "Readout of Vice President Harris’s Meeting with President Marcos of the Philippines",
        "The Vice President and the President discussed lamps.",
        [("consult", "PHL USA", "discussed")],
    ),
    (
        "they who agree behind what one of them noted are both",
        READOUT,
        "President Biden noted the progress of the port, and they agreed to build a second lighthouse.",
        [("agree", "JPN USA", "agreed to")],
    ),
    (
        "the title of an official names the state beside which another official stands",
        "Joint Readout of the Meeting Between President Biden and Prime Minister Kishida of Japan",
        "President Biden of the United States and Prime Minister Kishida of Japan met today in Osaka.",
        [("consult", "JPN USA", "met")],
    ),
    (
        "a guest with a title whose name no table has is of the other of the two",
        "Readout of National Security Advisor Jake Sullivan’s Meeting with President Sample of Nauru",
        "Mr. Sullivan and President Sample discussed lamps. President Sample thanked the United States.",
        [("consult", "NRU USA", "discussed"), ("support", "NRU", "thanked")],
    ),
    (
        "of a summit the leaders are all whom the opening names",
        "FACT SHEET: The Trilateral Lighthouse Summit",
        "President Biden welcomed Prime Minister Kishida and President Yoon to a summit. The leaders decided to build a port.",
        [
            ("consult", "USA", "welcomed Prime Minister Kishida and President Yoon to"),
            ("agree", "JPN KOR USA", "decided to"),
        ],
    ),
    (
        "of a statement on what three do together, the three governments",
        "Statement by Jake Sullivan on Talks of the United States, the Republic of Korea, and Japan Trilateral Lamp Group",
        "The United States, the Republic of Korea, and Japan held talks. The three governments launched a fund.",
        [("consult", "JPN KOR USA", "held talks"), ("agree", "JPN KOR USA", "launched")],
    ),
    (
        "a fact sheet on joint actions is the account of one party",
        "FACT SHEET: Joint Actions of the G7 on Lighthouses",
        "We welcome the commitment of our G7 partners to mend their lamps.",
        [("support", "USA", "welcome")],
    ),
    (
        "what a group launches or decides in its own statement it has agreed on",
        "G7 Leaders’ Statement",
        "We, the Leaders of the G7, decided to open a fund.",
        [("agree", "G7", "decided to")],
    ),
    (
        "one side's decision binds itself alone",
        READOUT,
        "President Biden decided to donate lamps to Japan.",
        [("commit", "USA", "decided to")],
    ),
    (
        "the purpose of a meeting that is theirs is of both",
        READOUT,
        "President Biden met with Prime Minister Kishida to reaffirm their shared commitment to the lighthouse.",
        [("consult", "USA", "met with"), ("reaffirm", "JPN USA", "reaffirm")],
    ),
    (
        "what an embedded question names is not undertaken, nor what do only stands for",
        READOUT,
        "That is what we plan to do with Japan. We will do that again for Japan.",
        [],
    ),
    (
        "telling beforehand what will be said, or giving the floor, is no act",
        READOUT,
        "President Biden will announce a new lamp for Japan. We will turn it over to Japan.",
        [],
    ),
    (
        "an appeal or a restatement to come is that act, not a promise",
        READOUT,
        "President Biden will call on Japan to mend the lamps. He will reaffirm his commitment to Japan.",
        [("request", "USA", "will call on"), ("reaffirm", "USA", "will reaffirm")],
    ),
    (
        "our efforts do not act themselves",
        READOUT,
        "Our efforts will help Japan. We will help Japan.",
        [("commit", "USA", "will help")],
    ),
]


@pytest.mark.parametrize(("reason", "title", "text", "wanted"), TOLD, ids=[case[0] for case in TOLD])
def test_acts_of_those_who_met(reason: str, title: str, text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert acts(told(title, text)) == wanted, reason


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The three NSAs discussed lamps.", "the plural of their short name"),
        (
            "The three National Security Advisors (NSAs) discussed lamps.",
            "the short name in brackets behind the long one",
        ),
        ("The parties discussed lamps.", "those whom the document names, not all parties of the world"),
    ],
)
def test_those_who_met_are_meant(sentence: str, why: str) -> None:
    title = "Joint Readout of the Meeting Between the National Security Advisors of the United States, Japan, and the Philippines"
    opening = "The National Security Advisors of the United States, Japan, and the Philippines met in Tokyo."
    assert actors(told(title, f"{opening} {sentence}"), sentence[:9]) == {"USA", "JPN", "PHL"}, why
