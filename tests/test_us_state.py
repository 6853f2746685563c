"""The Department of State's pages. All words and names here are invented; the structures are those of real pages."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.record import Document, fold

BRIEFING = "Department Press Briefing – March 14, 2022"


def read(*paragraphs: str, title: str = BRIEFING, creator: str = "Marian Holloway, Spokesperson") -> Document:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    item = (
        f"<item><title>{title}</title><link>https://www.state.gov/invented/</link><dc:creator>{creator}</dc:creator>"
        f"<pubDate>Mon, 14 Mar 2022 21:04:21 +0000</pubDate><content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )
    return onrecord.read(item.encode())


def told(document: Document) -> list[tuple[str, str | None, str | None, str]]:
    return [(turn.kind, turn.speaker, turn.outlet, fold(turn.text)) for turn in document]


TRANSCRIPTS = [
    (
        [
            "<b>MS HOLLOWAY:</b> Let’s go to Said Nobody.",
            "<b>OPERATOR:</b> Your line is open.",
            "<b>QUESTION:</b> Can you hear me?",
            "<b>MS HOLLOWAY:</b> Yes, I can hear you.",
            "<b>QUESTION:</b> Who pays?",
            "<b>MS HOLLOWAY:</b> Valdoria does.",
        ],
        [
            ("statement", "Marian Holloway", None, "Let’s go to Said Nobody."),
            ("statement", "Operator", None, "Your line is open."),
            ("question", "Said Nobody", None, "Can you hear me?"),
            ("answer", "Marian Holloway", None, "Yes, I can hear you."),
            ("question", "Said Nobody", None, "Who pays?"),
            ("answer", "Marian Holloway", None, "Valdoria does."),
        ],
        "whom an operator connects asks until the next call, also where no table knows the name",
    ),
    (
        [
            "<b>MS HOLLOWAY:</b> We’ll go to Michel (inaudible) Example.",
            "<b>OPERATOR:</b> Go ahead.",
            "<b>QUESTION:</b> Why?",
            "<b>MS HOLLOWAY:</b> Because.",
        ],
        [
            ("statement", "Marian Holloway", None, "We’ll go to Michel (inaudible) Example."),
            ("statement", "Operator", None, "Go ahead."),
            ("question", "Michel Example", None, "Why?"),
            ("answer", "Marian Holloway", None, "Because."),
        ],
        "a word that was not heard inside a name",
    ),
    (
        [
            "<b>MS HOLLOWAY:</b> That is all. Let’s go to Zed Nobody, please.",
            "<b>QUESTION:</b> Why?",
            "<b>MS HOLLOWAY:</b> So.",
        ],
        [
            ("statement", "Marian Holloway", None, "That is all. Let’s go to Zed Nobody, please."),
            ("question", "Zed Nobody", None, "Why?"),
            ("answer", "Marian Holloway", None, "So."),
        ],
        "a sentence that is a call and no more",
    ),
    (
        [
            "<b>MR VARGA:</b> Thanks, all. We begin with Ann Sample.",
            "<b>QUESTION:</b> Are there boats?",
            "<b>AMBASSADOR OBI:</b> Two. What was the second part of that question?",
            "<b>MR VARGA:</b> I believe it was whether they float.",
            "<b>AMBASSADOR OBI:</b> They do.",
            "<b>MR VARGA:</b> Anton La Sample.",
            "<b>QUESTION:</b> Hi. Do you hear me?",
            "<b>MR VARGA:</b> Yes. Please, go ahead.",
            "<b>QUESTION:</b> Hi, thanks for taking my question. Who built them?",
            "<b>AMBASSADOR OBI:</b> We did.",
            "<b>MR VARGA:</b> Terrific. That concludes this call.",
        ],
        [
            ("statement", "Varga", None, "Thanks, all. We begin with Ann Sample."),
            ("question", "Ann Sample", None, "Are there boats?"),
            ("answer", "Obi", None, "Two. What was the second part of that question?"),
            ("statement", "Varga", None, "I believe it was whether they float."),
            ("answer", "Obi", None, "They do."),
            ("statement", "Varga", None, "Anton La Sample."),
            ("question", "Anton La Sample", None, "Hi. Do you hear me?"),
            ("statement", "Varga", None, "Yes. Please, go ahead."),
            ("question", "Anton La Sample", None, "Hi, thanks for taking my question. Who built them?"),
            ("answer", "Obi", None, "We did."),
            ("statement", "Varga", None, "Terrific. That concludes this call."),
        ],
        "an official who only runs the call for another is its moderator",
    ),
]


@pytest.mark.parametrize(("paragraphs", "turns", "why"), TRANSCRIPTS, ids=[case[2] for case in TRANSCRIPTS])
def test_transcripts(paragraphs: list[str], turns: list[tuple[str, str | None, str | None, str]], why: str) -> None:
    assert told(read(*paragraphs)) == turns


def test_the_name_behind_a_rank_in_the_headline_is_taken_whole() -> None:
    title = "Secretary Zebulon Q. Holloway and Premier Ann Varga at a Joint Press Availability"
    document = read("<b>PREMIER VARGA:</b> Welcome.", "<b>SECRETARY HOLLOWAY:</b> Thanks.", title=title, creator="")
    assert [turn.speaker for turn in document] == ["Ann Varga", "Zebulon Q. Holloway"]


def test_the_office_before_a_name_in_the_headline_is_none_of_it() -> None:
    title = "Briefing with Under Secretary for Democracy and Human Rights Zora Obi"
    document = read("<b>UNDER SECRETARY OBI:</b> Hello.", "<b>QUESTION:</b> Why?", title=title)
    assert document.turns[0].speaker in ("Zora Obi", "Obi")


INTERVIEWS = [
    ("Secretary Zebulon Holloway With Ann Sample of Example’s Morning", "Ann Sample", "Example’s Morning"),
    ("Secretary Zebulon Holloway With Ann Sample of the BBC", "Ann Sample", "BBC"),
    ("Secretary Zebulon Holloway On Example News Tonight with Ann Sample", "Ann Sample", "Example News Tonight"),
    ("Secretary Zebulon Holloway With Julie Sample", "Julie Sample", None),
    ("Secretary Zebulon Holloway With Example Television", None, "Example Television"),
    ("Secretary Zebulon Holloway With Ann Sample and Bo Nobody of Example Radio", None, "Example Radio"),
]


@pytest.mark.parametrize(("title", "speaker", "outlet"), INTERVIEWS)
def test_who_asks_in_an_interview_the_headline_tells(title: str, speaker: str | None, outlet: str | None) -> None:
    document = read("<b>QUESTION:</b> Who pays?", "<b>SECRETARY HOLLOWAY:</b> We do.", title=title)
    assert (document.kind, document.turns[0].speaker, document.turns[0].outlet) == ("interview", speaker, outlet)


KINDS = [
    ("Secretary Holloway and Premier Varga Before Their Meeting", False, "remarks", "spoken, and nobody asks"),
    (
        "Secretary Holloway At a Meeting with Boat Builders",
        False,
        "remarks",
        "spoken, though the headline has a meeting",
    ),
    ("Secretary Holloway and Premier Varga Before Their Meeting", True, "press-conference", "somebody asks"),
]


@pytest.mark.parametrize(("title", "asked", "kind", "why"), KINDS, ids=[case[3] for case in KINDS])
def test_a_transcript_is_no_account(title: str, asked: bool, kind: str, why: str) -> None:
    question = ["<b>QUESTION:</b> Who pays?"] if asked else []
    document = read("<b>SECRETARY HOLLOWAY:</b> Welcome.", *question, "<b>PREMIER VARGA:</b> We do.", title=title)
    assert document.kind == kind


def test_one_label_of_a_person_makes_a_transcript() -> None:
    document = read("<b>SECRETARY HOLLOWAY:</b> The lamp is lit.", title="Secretary Zebulon Holloway On the Lamp")
    assert told(document) == [("statement", "Zebulon Holloway", None, "The lamp is lit.")]
    assert document.kind == "remarks"


def test_a_statement_in_the_first_person_is_its_signers() -> None:
    signer = "Zebulon Q. Holloway, Secretary of State"
    spoken = read(signer, "I send my best wishes to the people of Arlen.", title="Arlen Day")
    assert told(spoken) == [("statement", "Zebulon Q. Holloway", None, "I send my best wishes to the people of Arlen.")]
    told_of = read(signer, "The Secretary met the Premier of Arlen today.", title="Arlen Day")
    assert [turn.speaker for turn in told_of] == [None]


def test_a_list_in_capitals_is_no_transcript() -> None:
    listed = ["VESSEL NAME: Example", "VESSEL TYPE: Ferry", "VESSEL FLAG: Valdoria"]
    document = read("Two ferries are listed today.", *listed * 3, title="Actions on Valdorian Ferries")
    assert [turn.kind for turn in document] == ["statement"]
    assert "VESSEL FLAG: Valdoria" in document.text


def test_a_place_with_a_full_stop_is_no_speech() -> None:
    document = read(
        "Washington, D.C.", "<b>MS HOLLOWAY:</b> Hello.", "<b>QUESTION:</b> Why?", "<b>MS HOLLOWAY:</b> So."
    )
    assert ([piece.name for piece in document.furniture], document.unread) == (["place"], ())


ROOMS = [
    (
        [
            "<b>MODERATOR:</b> Ann Sample, Example News.",
            "<b>QUESTION:</b> Hi. How are you?",
            "<b>SECRETARY OBI:</b> Well. And you?",
        ],
        ["Ann Sample", "Ann Sample", None],
        "greetings between a call and the question change nothing; a further one may be anybody's",
    ),
    (
        [
            "<b>MODERATOR:</b> Ann Sample, Example News.",
            "<b>QUESTION:</b> Why are there two boats?",
            "<b>MODERATOR:</b> Said.",
        ],
        ["Ann Sample", "Said", None],
        "one word of a moderator's is a name, known or not, and ends the turn of the one before",
    ),
]


@pytest.mark.parametrize(("paragraphs", "askers", "why"), ROOMS, ids=[case[2] for case in ROOMS])
def test_in_a_room_a_call_is_for_the_next_question(paragraphs: list[str], askers: list[str | None], why: str) -> None:
    rest = [
        "<b>QUESTION:</b> Are there boats on the lake?",
        "<b>SECRETARY OBI:</b> Two.",
        "<b>QUESTION:</b> Who built them?",
    ]
    document = read(
        *paragraphs, *rest, "<b>SECRETARY OBI:</b> We did.", title="Secretary Zora Obi at a Press Availability"
    )
    assert [turn.speaker for turn in document if turn.kind == "question"] == askers


def test_labels_in_small_letters_count_where_they_are_set_in_bold() -> None:
    document = read(
        "<b>Moderator:</b> Let’s begin.",
        "<b>Mr. Varga:</b> Two boats.",
        "<b>Question:</b> Why?",
        "<b>Assistant Secretary Obi:</b> For two lakes.",
        "<b>National Boat Strategy:</b> what we wrote.",
    )
    assert [turn.speaker for turn in document] == ["Moderator", "Varga", None, "Obi"]
    assert document.turns[-1].text.endswith("what we wrote.")


LONG = (
    "The lamp of Port Aurel is lit again, and it will be lit on every night of the year, in fog and in fair weather. "
    * 4
)


def test_an_answer_under_a_reporters_label_is_the_answer() -> None:
    asked = "<b>QUESTION:</b> Who pays?"
    document = read(f"<b>QUESTION:</b> {LONG}", asked, f"<b>QUESTION:</b> {LONG}", asked, "<b>MS HOLLOWAY:</b> We do.")
    assert [(turn.kind, turn.speaker) for turn in document] == [
        ("statement", "Marian Holloway"),
        ("question", None),
        ("answer", "Marian Holloway"),
        ("question", None),
        ("answer", "Marian Holloway"),
    ]


def test_the_words_that_end_a_text_are_none_of_it() -> None:
    title = "Joint Statement on the Dialogue with Valdoria"
    document = read("<em>Begin text:</em>", "The two sides met today and agreed.", "<em>End text.</em>", title=title)
    assert [turn.text for turn in document] == ["The two sides met today and agreed."]
