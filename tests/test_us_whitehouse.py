"""The White House's pages. All words and names here are invented; the structures are those of real pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.errors import NotAStatement
from onrecord.houses.us_whitehouse.heading import kind_of
from onrecord.houses.us_whitehouse.phrases import phrases
from onrecord.reading.callers import addressed, called, introduced
from onrecord.reading.exchange import is_managing
from onrecord.reading.labels import as_name, label_of, split_rank
from onrecord.reading.people import People, role_in, speaker_in
from onrecord.record import fold

BRIEFING = "Press Briefing by Press Secretary Ann Example"


def read(
    body: str, title: str = BRIEFING, section: str = "press-briefings", date: str = "2022-03-15"
) -> onrecord.Document:
    """A text of the White House made of a title and a body."""
    address = f"https://www.whitehouse.gov/briefing-room/{section}/2022/03/15/invented/"
    front = (
        f"---\ntitle: {title!r}\ndate: '{date}'\nsource_url: {address}\npublished_time: {date} 17:00:00-04:00\n---\n"
    )
    return onrecord.read((front + body).encode())


def told(document: onrecord.Document) -> list[tuple[str, str | None, str]]:
    return [(turn.kind, turn.speaker, fold(turn.text)) for turn in document]


def kinds(document: onrecord.Document) -> list[str]:
    return [turn.kind for turn in document]


LABELS = [
    ("MS. EXAMPLE:  Yes.", "MS. EXAMPLE", "rank and name"),
    ("LT. GOVERNOR O’HARA: Yes.", "LT. GOVERNOR O’HARA", "two ranks, an apostrophe"),
    ("MR. McEXAMPLE: Yes.", "MR. McEXAMPLE", "small letters inside a name"),
    ("THE PRESIDENT: Yes.", "THE PRESIDENT", "an office"),
    ("MS EXAMPLE; Yes.", "MS EXAMPLE", "a semicolon misprinted"),
    ("END 4:30 P.M. EDT", None, "a time"),
    ("“MOVE ON”: a slogan", None, "a quotation"),
    ("As I said: no.", None, "speech"),
    ("Senator Example: she is here.", None, "a guest named in a speech"),
    ("On Atlantis: We have news.", None, "a topic"),
    ("Lakes MS. EXAMPLE: Yes.", None, "a heading run into a label"),
    ("PRESIDENT von der EXAMPLE: Yes.", "PRESIDENT von der EXAMPLE", "particles stay small"),
    ("NATO", None, "no colon"),
]


@pytest.mark.parametrize(("words", "printed", "reason"), LABELS, ids=[case[2] for case in LABELS])
def test_labels_in_capitals(words: str, printed: str | None, reason: str) -> None:
    label = label_of(words)
    assert (label.printed if label else None) == printed


NAMES = [
    ("EXAMPLE-SMITH", "Example-Smith"),
    ("O’EXAMPLE", "O’Example"),
    ("MCEXAMPLE", "McExample"),
    ("URSULA VON DER EXAMPLE", "Ursula von der Example"),
    ("SENIOR ADMINISTRATION OFFICIAL ONE", "Senior Administration Official One"),
    ("FBI OFFICIAL", "FBI Official"),
    ("McEXAMPLE", "McEXAMPLE"),
]


@pytest.mark.parametrize(("printed", "name"), NAMES)
def test_names_are_cased(printed: str, name: str) -> None:
    assert as_name(printed) == name


def test_ranks_are_no_names() -> None:
    assert split_rank("ACTING ADMINISTRATOR EXAMPLE") == ("ACTING ADMINISTRATOR", "EXAMPLE")
    assert split_rank("THE VICE PRESIDENT") == ("THE VICE PRESIDENT", "")
    assert split_rank("ANN EXAMPLE") == ("", "ANN EXAMPLE")


CALLS = [
    ("Thank you.  We’ll go to the line of Zed Nobody with Example News.", ("Zed Nobody", "Example News"), "a line"),
    (
        "Our next question comes from Zed Nobody of the Example Times.  Please go ahead.",
        ("Zed Nobody", "Example Times"),
        "a question",
    ),
    ("No.  Go ahead, Karen.", ("Karen", None), "go ahead"),
    ("Okay.  Karen.", ("Karen", None), "a name alone"),
    ("With that, Karen, do you want to kick us off?", ("Karen", None), "kick us off"),
    ("Mr. Nobody, your line is open.", ("Nobody", None), "an operator"),
    ("Karen Nobody, Example Times.", ("Karen Nobody", "Example Times"), "name and outlet"),
    ("I would refer you to the Department.  Thank you, Karen.", None, "thanks for the last one"),
    ("I talked to Zed Nobody.", None, "somebody spoken of"),
    ("And then we go to Atlantis.", None, "a place"),
    ("Yes, sir.", None, "no name"),
    ("We stop in St. Karen, St. Tom, and St. Ann of the Lakes.", None, "islands"),
    ("Karen. And then Tom.", ("Karen", None), "the first of two asks next"),
    ("With that, I'll turn it back over to Tom.", None, "who runs the session"),
    ("Over to you, Ann.", None, "one of those who answer"),
]


@pytest.mark.parametrize(("words", "asker", "reason"), CALLS, ids=[case[2] for case in CALLS])
def test_calls(words: str, asker: tuple[str | None, str | None] | None, reason: str) -> None:
    found = called(words, {"ann", "example", "ann example"})
    assert ((found.name, found.outlet) if found else None) == asker


def test_who_calls_by_known_names_calls_by_others_too() -> None:
    words = "We do not know. Zedda."
    assert called(words, set()) is None
    found = called(words, set(), calls=True)
    assert found is not None and found.name == "Zedda"
    for said in ("It costs a lot. Annually.", "We pay. Zedda. That is all.", "They went to another land. Peru."):
        assert called(said, set(), calls=True) is None
    outlet = called("Next. Reuters.", set(), calls=True)
    assert outlet is not None and (outlet.name, outlet.outlet) == (None, "Reuters")


def test_self_introductions() -> None:
    for words in (
        "Hi, Ann.  Zed Nobody with Example News.  Why?",
        "Thanks.  This is Zed Nobody from Example News.  Why?",
    ):
        found = introduced(fold(words), set())
        assert found is not None
        assert (found.name, found.outlet) == ("Zed Nobody", "Example News")
    assert introduced("Thank you. Why did he go?", set()) is None
    for words in (
        "It’s Ferry Day, so why?",
        "The council is troubled: this is Zed Nobody, its chair, who says so. Why?",
    ):
        assert introduced(words, set()) is None  # others are spoken of
    for words in ("Hi, thanks. It’s Zed Nobody. Why?", "This is Zed Nobody. Why?"):
        found = introduced(words, set())
        assert found is not None and found.name == "Zed Nobody"


def test_answers_speak_to_the_asker() -> None:
    assert addressed("Well, Karen, let me say this.", set()) == "Karen"
    assert addressed("Well, Atlantis, that is another matter.", set()) is None


def test_a_briefing() -> None:
    document = read(
        "James S. Brady Press Briefing Room\n\n2:03 P.M. EDT\n\nMS. EXAMPLE:  Good afternoon.\n\nWe have\nnews.  Go ahead, Karen.\n\n"
        "Q    Thanks, Ann.  Why?\n\nMS. EXAMPLE:  Because.  (Laughter.)\n\nAnd so on.\n\nQ    And when?\n\n"
        "MS. EXAMPLE:  Soon.\n\n2:40 P.M. EDT\n"
    )
    assert [(turn.kind, turn.speaker, turn.role, fold(turn.text)) for turn in document] == [
        ("statement", "Ann Example", "spokesperson", "Good afternoon. We have news. Go ahead, Karen."),
        ("question", "Karen", "reporter", "Thanks, Ann. Why?"),
        ("answer", "Ann Example", "spokesperson", "Because. (Laughter.) And so on."),
        ("question", None, "reporter", "And when?"),
        ("answer", "Ann Example", "spokesperson", "Soon."),
    ]
    assert [piece.name for piece in document.furniture] == ["place", "time", "time"]
    assert document.unread == ()
    assert (document.kind, document.issuer, document.heading.published) == (
        "press-conference", "us-whitehouse", "2022-03-15 17:00:00-04:00")  # fmt: skip


EXCHANGES = [
    (["MS. EXAMPLE: We have news.", "Q Hello.", "MS. EXAMPLE: Good to see you. " + "We do this and that. " * 14, "Q Why?", "MS. EXAMPLE: So."],
     ["statement", "question", "statement", "question", "answer"], "announcements after a greeting are no answer"),
    (["MS. EXAMPLE: Good morning.", "Q It is good that you are well.", "MS. EXAMPLE: I was fine."],
     ["statement", "question", "answer"], "a short reply is one"),
    (["Q Why?", "MS. EXAMPLE: Sam?", "MR. NOBODY: Because."], ["question", "answer", "answer"], "a second official goes on with the exchange"),
    (["Q Why?", "MS. EXAMPLE: Because.", "DR. NOBODY: We will see.", "MS. EXAMPLE: Dr. Other?", "DR. OTHER: Yes, the lake is blue."],
     ["question", "answer", "answer", "statement", "answer"], "a question passed on"),
    (["Q Why?", "MR. NOBODY: Because.", "MS. EXAMPLE: Thanks, Sam.", "Q When?"],
     ["question", "answer", "statement", "question"], "what only moves things on is a statement"),
    (["Q Why?", "MR. NOBODY: Because.", "Q He was asked that.", "MS. EXAMPLE: Thanks, Sam."],
     ["question", "answer", "question", "statement"], "also right behind a reporter, from somebody else"),
    (["Q Why?", "MS. EXAMPLE: Because.", "AIDE: All right, let’s go.", "MS. EXAMPLE: Thank you.", "Q When?"],
     ["question", "answer", "statement", "statement", "question"], "an aide and the thanks"),
    (["Q Why?", "MODERATOR: Could we open the line again?", "MS. EXAMPLE: I am sorry, what was your question about the lake?"],
     ["question", "statement", "answer"], "the podium goes on behind a moderator"),
    (["THE PRESIDENT: Welcome.", "PRIME MINISTER NOBODY: Is it always so warm here?", "THE PRESIDENT: Yes."],
     ["statement", "statement", "statement"], "officials among themselves"),
    (["Q Why?", "(Cross-talk.)", "MS. EXAMPLE: Because."], ["question", "note", "answer"], "a stage direction alone"),
    (["THE PRESIDENT: I thank you.", "(The bill is signed.)", "Here we are."], ["statement", "note", "statement"], "speech goes on behind one"),
    (["Q One —", "Q Two?", "MS. EXAMPLE: Three."], ["question", "question", "answer"], "a label repeated for anybody is a new turn"),
    (["MS. EXAMPLE: One.", "MS. EXAMPLE: Two."], ["statement"], "for somebody it is not"),
    (["SENIOR ADMINISTRATION OFFICIAL: One.", "SENIOR ADMINISTRATION OFFICIAL: Two."], ["statement", "statement"], "unnamed officials are several"),
    (["MODERATOR: Hello, all.", "Q Why?", "MS. EXAMPLE: So.", "2:10 P.M. EDT", "*The answer was that it is blue."],
     ["statement", "question", "answer", "note"], "what is added behind the end"),
    (["Q Why?", "MS. EXAMPLE: Go ahead, sir.", "MR. NOBODY: Because it is blue."], ["question", "statement", "answer"],
     "giving the floor is a statement right behind a reporter, and the answer follows it"),
    (["Q One more —", "MS. EXAMPLE: We have to leave it there."], ["question", "statement"], "breaking off"),
    (["Q Is it so?", "MS. EXAMPLE: Yeah."], ["question", "answer"], "assent is an answer"),
    (["Q Is it so?", "MS. EXAMPLE: We will go to Atlantis and say it."], ["question", "answer"], "a plan is an answer"),
    (["Q Why?", "MR. NOBODY: Because —", "MS. EXAMPLE: All right.", "MR. NOBODY: — of the lake."],
     ["question", "answer", "statement", "answer"], "an answer goes on behind a colleague's word"),
    (["Q Good morning.", "MS. EXAMPLE: Good morning.", "Q Why?", "MS. EXAMPLE: So."], ["question", "answer", "question", "answer"],
     "a greeting returned"),
    (["MS. EXAMPLE: Good morning.", "Q (Inaudible.)", "MS. EXAMPLE: On Monday."], ["statement", "question", "answer"],
     "nobody knows what was asked, but it was asked"),
    (["Q Why?", "MS. EXAMPLE: So.", "MS. EXAMPLE: But who told you that?", "MS. EXAMPLE: Nobody did.", "Q And?"],
     ["question", "answer", "question", "answer", "question"], "a question under the answerer's label"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected", "reason"), EXCHANGES, ids=[case[2] for case in EXCHANGES])
def test_exchanges(lines: list[str], expected: list[str], reason: str) -> None:
    document = read("\n\n".join(lines))
    assert kinds(document) == expected
    assert document.unread == ()


def test_on_a_call_a_name_holds_until_the_next_call() -> None:
    document = read(
        "Via Teleconference\n\n(March 14, 2022)\n\nMODERATOR:  Hello.  Our first question will go to Zed Nobody with Example News.\n\n"
        "Q    Thanks.  Why?\n\nSENIOR ADMINISTRATION OFFICIAL ONE:  Because.\n\nQ    And when?\n\n"
        "SENIOR ADMINISTRATION OFFICIAL ONE:  Soon.\n\nMODERATOR:  Thank you.  Next, we’ll go to Karen.\n\nQ    Hi.  Who?\n\n"
        "SENIOR ADMINISTRATION OFFICIAL TWO:  They.\n\nMODERATOR:  That ends the call.\n",
        title="Background Press Call on Lakes",
    )
    assert [(turn.speaker, turn.outlet) for turn in document if turn.kind == "question"] == [
        ("Zed Nobody", "Example News"), ("Zed Nobody", "Example News"), ("Karen", None)]  # fmt: skip
    assert [turn.speaker for turn in document if turn.kind == "answer"] == [
        "Senior Administration Official One", "Senior Administration Official One", "Senior Administration Official Two"]  # fmt: skip
    assert (document.date, document.heading.date_from) == ("2022-03-14", "text")


SPEAKERS = [
    ("MS. EXAMPLE: Yes.", BRIEFING, "Ann Example", "the headline prints the full name"),
    ("MS. EXAMPLE: Yes.", "Press Briefing", "Example", "nobody prints it"),
    ("MODERATOR: Here is Ann Example.\n\nMS. EXAMPLE: Yes.", "Press Briefing", "Ann Example", "the page prints it"),
    ("SECRETARY EXAMPLE: Yes.", "Remarks by Secretary of Lakes Ann Example", "Ann Example", "an office of several words"),
    ("THE PRESIDENT: Yes.", "Remarks by President Biden", "Biden", "the office's holder, as the headline has it"),
    ("THE PRESIDENT: Yes.", "Remarks on Lakes", "The President", "no name printed"),
    ("MS. JEAN-EXAMPLE: Yes.", "Press Briefing by Karine Jean-Example", "Karine Jean-Example", "a hyphen"),
    ("MS. EXAMPLE: One.\n\nQ A?\n\nMS. EXAMPLE: B.\n\nQ C?\n\nMS. EXAMPLE: D.\n\nQ E?\n\nMS. EXAPMLE: F.", BRIEFING, "Ann Example", "a misprint"),
    ("ACTING ADMINISTRATION EXAMPLE: Yes.", "Press Call", "Example", "a misprinted office"),
    ("MODEARTOR: Yes.", "Press Call", "Moderator", "a misprinted voice"),
    ("5:19 P.M. EDT MODERATOR: Yes.", "Press Call", "Moderator", "time and label in one line"),
    ("Moderator: Yes.", "Press Call", "Moderator", "a voice in small letters"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "title", "speaker", "reason"), SPEAKERS, ids=[case[3] for case in SPEAKERS])
def test_speakers(body: str, title: str, speaker: str, reason: str) -> None:
    assert read(body, title=title).turns[-1].speaker == speaker


NO_LABELS = [
    ("MS. EXAMPLE: They say it:\n\nCNN: “It is blue.”", "an outlet quoted"),
    ("MS. EXAMPLE: Four things.\n\nSecond: the lakes.", "a point in a speech"),
    ("MS. EXAMPLE: Guests.\n\nSenator Nobody; Secretary Nobody; and others.", "guests in a row"),
]


@pytest.mark.parametrize(("body", "reason"), NO_LABELS, ids=[case[1] for case in NO_LABELS])
def test_what_looks_like_a_label(body: str, reason: str) -> None:
    assert kinds(read(body)) == ["statement"]


def test_a_voice_that_nobody_knows_is_doubtful_and_no_words_of_the_speaker_before() -> None:
    document = read("Q Why?\n\nMS. EXAMPLE: So.\n\nFLOCK OWNER: They are hungry.\n\nMS. EXAMPLE: They are.")
    assert [(turn.kind, turn.speaker) for turn in document] == [
        ("question", None), ("answer", "Ann Example"), ("statement", "Flock Owner"), ("answer", "Ann Example")]  # fmt: skip
    assert [one.why for one in document.unread] == ["doubtful label: FLOCK OWNER"]


def test_a_label_that_ends_in_a_full_stop() -> None:
    body = "Q A?\n\nMS. EXAMPLE: B.\n\nQ C?\n\nMS. EXAMPLE: D.\n\nQ E?\n\nMS. EXAMPLE: F.\n\nQ G?\n\nMS. EXAMPLE. I am so —"
    assert told(read(body))[-1] == ("answer", "Ann Example", "I am so —")


def test_who_says_so_and_who_is_called_behind_thanks() -> None:
    found = introduced("Hi. This is actually Zed Nobody with Example News. Why?", set())
    assert found is not None
    assert (found.name, found.outlet) == ("Zed Nobody", "Example News")
    asker = called("Thank you. And Jo Nobody with Voice of Atlantis.", set())
    assert asker is not None
    assert (asker.name, asker.outlet) == ("Jo Nobody", "Voice of Atlantis")


def test_the_house_named_at_the_end_is_furniture() -> None:
    document = read(
        "I, the President, do this.\n\nTHE WHITE HOUSE,\n\nMarch 15, 2022.",
        title="Letter on Lakes",
        section="statements-releases",
    )
    assert [fold(turn.text) for turn in document] == ["I, the President, do this."]


def test_a_time_behind_the_last_words_is_cut_off() -> None:
    document = read("THE PRESIDENT:  Welcome.  Thank you all. 12:16 P.M. EDT", title="Remarks by President Biden")
    assert told(document) == [("statement", "Biden", "Welcome. Thank you all.")]
    assert [piece.name for piece in document.furniture] == ["time"]


def test_an_interviewer_asks_under_a_label() -> None:
    document = read(
        "MR. NOBODY:  How are you?\n\nTHE VICE PRESIDENT:  Well.\n\nMR. OTHER:  So am I.\n",
        title="Interview of Vice President Harris by Zed Nobody, “Example News”",
        section="remarks",
    )
    assert [(turn.kind, turn.speaker) for turn in document] == [
        ("question", "Zed Nobody"), ("answer", "Harris"), ("answer", "Other")]  # fmt: skip
    assert document.kind == "interview"


def test_struck_words_and_corrections_are_kept() -> None:
    document = read("MS. EXAMPLE:  It is <s>blue</s> \\[green\\] &amp; wide.")
    assert document.turns[0].text == "It is blue [green] & wide."


STATEMENTS = [
    ("*Today, the leaders released the following statement:*\n\nWe agree.\n\n\\###\n", "Joint Statement on Lakes",
     [("note", None, "Today, the leaders released the following statement:"), ("statement", None, "We agree.")], "what introduces it is a note"),
    ("I welcome this.\n\nWe will\ngo on.\n\n\\# \\# \\#\n", "Statement from President Joe Biden on Lakes",
     [("statement", "Joe Biden", "I welcome this. We will go on.")], "the signer's, who says I"),
    ("The lake was found.  He said, “I see it.”\n", "Statement by Press Secretary Ann Example on Lakes",
     [("statement", None, "The lake was found. He said, “I see it.”")], "nobody's in the third person"),
    ("**Lakes for All**\n\nThey met.\n\n-   **One:** a lake\n-   two\n\n**More Lakes**\n\nThe end.\n", "FACT SHEET: Lakes",
     [("statement", None, "They met. One: a lake two The end.")], "headings belong to no turn"),
    ("<https://www.whitehouse.gov/lakes.pdf>\n", "Letter on Lakes", [("statement", None, "https://www.whitehouse.gov/lakes.pdf")], "only a link"),
    ("Blue Room\n\nMy friends, welcome.\n", "Remarks as Prepared for Delivery by First Lady Jill Biden",
     [("statement", "Jill Biden", "My friends, welcome.")], "prepared remarks without a label"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "title", "expected", "reason"), STATEMENTS, ids=[case[3] for case in STATEMENTS])
def test_statements(body: str, title: str, expected: list[tuple[str, str | None, str]], reason: str) -> None:
    document = read(body, title=title, section="statements-releases")
    assert told(document) == expected
    assert document.unread == ()


def test_headings_in_capitals_are_no_speakers() -> None:
    body = "\n\n".join(
        f"**PRESIDENT NOBODY {word}:** They act on lakes." for word in ("PROMISED", "DELIVERED", "LEADS")
    )
    assert len(read(body, title="Fact Sheet: Lakes", section="fact-sheets").turns) == 1


KINDS = [
    ("Readout of President Biden’s Call with Nobody", "readout"),
    ("Statement by NSC Spokesperson Ann Example on the National Security Advisor’s Meeting with Nobody", "readout"),
    ("Joint Statement of Nobody and Somebody", "joint-statement"),
    ("Statement from President Joe Biden on Lakes", "statement"),
    ("Remarks by President Biden During Press Gaggle", "press-conference"),
    ("Remarks by President Biden and President Nobody in Joint Press Conference", "press-conference"),
    ("Background Press Call on the Lakes Declaration", "press-conference"),
    ("Remarks by President Biden Before Marine One Departure", "remarks"),
    ("Remarks by Vice President Harris and President Nobody in Joint Press Statements", "remarks"),
    ("Remarks by President Biden in State of the Union Address", "speech"),
    ("Interview of President Nobody by Somebody", "interview"),
    ("FACT SHEET: Lakes", "statement"),
    ("A Proclamation on Lakes", "statement"),
    ("Lakes Are Great", "other"),
]


@pytest.mark.parametrize(("title", "kind"), KINDS)
def test_kinds(title: str, kind: str) -> None:
    assert kind_of(title, "", 0) == kind


DAYS = [
    ("Press Briefing, 3/14/22", "", "MS. EXAMPLE: Yes.", "2022-03-14", "title", "month, day and year in the headline"),
    (BRIEFING, "", "MS. EXAMPLE: Yes.", "2022-03-15", "front-matter", "the front matter's"),
    (BRIEFING, "(March 14, 2022)\n\n", "MS. EXAMPLE: Yes.", "2022-03-14", "text", "a line above the first label"),
    (
        "Remarks on the Act of July 4, 1776",
        "",
        "MS. EXAMPLE: Yes.",
        "2022-03-15",
        "front-matter",
        "a day long past is another's",
    ),
    ("Readout of a Call", "", "The two spoke yesterday.", "2022-03-14", "text", "an account tells the day"),
    ("Readout of a Call", "", "On Friday, March 11, the two met.", "2022-03-11", "text", "an account prints the day"),
    ("Readout of a Call", "", "The two spoke today.", "2022-03-15", "front-matter", "today"),
]


@pytest.mark.parametrize(("title", "opening", "body", "day", "source", "reason"), DAYS, ids=[case[5] for case in DAYS])
def test_days(title: str, opening: str, body: str, day: str, source: str, reason: str) -> None:
    document = read(opening + body, title=title)
    assert (document.date, document.heading.date_from) == (day, source)


SIGNERS = [
    ("Statement by NSC Spokesperson Ann Example on Lakes", "Ann Example"),
    ("Statement from Press Secretary Ann Example Welcoming Lakes", "Ann Example"),
    ("Statement of President Joseph R. Biden, Jr. on Lakes", "Joseph R. Biden, Jr."),
    ("Remarks as Prepared for Delivery by National Security Advisor Ann Example at Nowhere", "Ann Example"),
    ("Statement from President Joe Biden and First Lady Jill Biden on Lakes", None),
    ("Statement by the Press Secretary", None),
    ("Statement of the G7 Leaders", None),
    ("Letter to the Speaker on the Continuation of the National Emergency With Respect to Lakes", None),
]


@pytest.mark.parametrize(("title", "name"), SIGNERS)
def test_signers_in_headlines(title: str, name: str | None) -> None:
    assert speaker_in(title) == name


ROLES = [
    ("Press Briefing by Principal Deputy Press Secretary Ann Example", "Ann Example", "spokesperson"),
    ("Statement by NSC Spokesperson Ann Example", "Ann Example", "spokesperson"),
    ("Press Briefing by Press Secretary Sam Other and Secretary of Lakes Ann Example", "Ann Example", "official"),
    ("Statement from President Joe Biden", "Joe Biden", "principal"),
    ("Remarks by Assistant to the President Ann Example", "Ann Example", "official"),
    ("Remarks on Lakes", "Ann Example", "official"),
]


@pytest.mark.parametrize(("title", "name", "role"), ROLES)
def test_roles_in_headlines(title: str, name: str, role: str) -> None:
    assert role_in(title, name) == role


FURNITURE = [
    ("2:03 P.M. EDT", "time"), ("END   2:03 P.M. EDT", "time"), ("END", "end"), ("###", "divider"), ("# # #", "divider"), ("* * *", "divider"),
    ("(March 14, 2022)", "day"), ("Via Teleconference", "release-line"), ("FOR IMMEDIATE RELEASE", "release-line"), ("We met.", None), ("Thank you.", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "name"), FURNITURE)
def test_furniture(words: str, name: str | None) -> None:
    assert phrases.furniture(words) == name


def test_managing_words() -> None:
    for words in (
        "All right. Go ahead.",
        "Thanks, everybody.",
        "We have to stop because we have to land.",
        "Next question, please.",
    ):
        assert is_managing(words), words
    for words in ("No.", "The lake is blue.", "Because we want it so. Go ahead."):
        assert not is_managing(words), words


def test_an_empty_page_is_refused_by_name() -> None:
    with pytest.raises(NotAStatement, match="nothing under it"):
        read("\n \n")


def test_a_statement_of_pictures_is_known_of_and_told() -> None:
    """2025-04-13: a physician's memorandum is two pictures of pages."""
    with pytest.warns(UserWarning, match="published as pictures"):
        document = read('<figure>\n<img src="DOC-1.png"\nwidth="1006" />\n</figure>\n')
    assert (document.kind, document.turns, document.text) == ("other", (), "")


def test_pasted_text_is_recognised_by_its_masthead() -> None:
    text = "THE WHITE HOUSE\n\nOffice of the Press Secretary\n\nPress Briefing by Ann Example\n\n2:03 P.M. EDT\n\nMS. EXAMPLE: Hello.\n\nQ Why?\n\nMS. EXAMPLE: So.\n"
    document = onrecord.read(text.encode())
    assert document.issuer == "us-whitehouse"
    assert document.title == "Press Briefing by Ann Example"
    assert kinds(document) == ["statement", "question", "answer"]


PIECES = st.lists(
    st.sampled_from(
        ["Q    Why?", "Q", "Q    ", "MS. EXAMPLE:  Yes.", "MS. EXAMPLE:", "THE PRESIDENT:  Thank you.", "MODERATOR:  Go ahead, Karen.", "OPERATOR: Mr. Nobody?",
         "2:03 P.M. EDT", "END", "(Laughter.)", "\\###", "**Lakes**", "# Lakes", "-   item", "words and words", "East Room", "> quoted", "*",
         "SENIOR ADMINISTRATION OFFICIAL:  So.", "MR. NOBODY  No.", "The following statement is attributable to nobody:", "<br>", "1:00 P.M. EDT MS. EXAMPLE: a",
         "The end. 2:00 P.M. EDT", "\xa0", "INTERPRETER: (As interpreted.)", "AUDIENCE:  Boo —"]
    ),
    min_size=1, max_size=25,
)  # fmt: skip


@given(PIECES, st.sampled_from(["\n\n", "  \n"]), st.sampled_from(["press-briefings", "statements-releases"]))
def test_any_page_is_read_or_refused_and_nothing_is_lost(lines: list[str], division: str, section: str) -> None:
    try:
        document = read(division.join(lines), section=section)
    except onrecord.OnRecordError:
        return
    covered = bytearray(len(document.text))
    for turn in document:
        covered[turn.start : turn.end] = b"x" * (turn.end - turn.start)
        source = turn.span.source().decode()
        assert fold(turn.text).split(" ")[0].strip("*#>-")[:3] in source
    for piece in (*document.furniture, *document.unread):
        if piece.start is not None and piece.end is not None:
            covered[piece.start : piece.end] = b"x" * (piece.end - piece.start)
    left = "".join(sign if not covered[i] else "\n" for i, sign in enumerate(document.text))
    labels = {"Q", "MS. EXAMPLE:", "THE PRESIDENT:", "MODERATOR:", "OPERATOR:", "SENIOR ADMINISTRATION OFFICIAL:", "MR. NOBODY", "INTERPRETER:",
              "AUDIENCE:"}  # fmt: skip
    assert {row.strip() for row in left.split("\n")} - {""} <= labels


def test_the_labels_are_met(shared: Path) -> None:
    gold = shared / "gold" / "structure" / "us-whitehouse"
    if not gold.is_dir():
        pytest.skip("the labels are not here")
    read_one = "import sys,onrecord; sys.stdout.buffer.write(onrecord.read(sys.argv[1]).to_json())"
    result = subprocess.run(
        [sys.executable, str(shared / "tools" / "score_structure.py"), str(gold), str(shared / "data"), "--", sys.executable, "-c", read_one],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    figures = result.stdout.strip().rsplit("\n", 1)[-1].split()
    scores = {name: float(figures[figures.index(name) + 1]) for name in ("F1", "speaker", "outlet", "metadata")}
    assert scores["F1"] >= 0.99
    assert min(scores["speaker"], scores["outlet"], scores["metadata"]) >= 0.98


def test_the_real_texts_are_read(shared: Path) -> None:
    pages = sorted((shared / "data" / "us-whitehouse").rglob("*.md"))[::60]
    unread = paragraphs = 0
    for page in pages:
        try:
            document = onrecord.read(page)
        except NotAStatement:  # four pages hold a headline alone
            continue
        assert document.issuer == "us-whitehouse"
        unread += len(document.unread)
        paragraphs += document.text.count("\n\n") + 1
    assert paragraphs > 1000
    assert unread <= paragraphs * 0.005


OLD_PAGE = (
    "<h1>{title}</h1>\n"
    'b\'<div class="field field-name-field-forall-body"><p>The White House<br/>For Immediate Release \\xc2\\xa0 September 22, 2009</p>'
    "<p>1:15 P.M. EDT<br/>\\n<br/>\\xc2\\xa0 MR. OBI:\\xc2\\xa0 Let\\'s begin.\\xc2\\xa0 Two boats -- Julie.<br/>\\n<br/>"
    "\\xc2\\xa0 Q\\xc2\\xa0\\xc2\\xa0 It\\'s Julie O\\'Sample from Example News.\\xc2\\xa0 Who pays?<br/>\\n<br/>"
    "MR. OBI:\\xc2\\xa0 I\\'ll get to you, Steve.<br/>\\n<br/>Q\\xc2\\xa0 And who --<br/>\\n<br/>MR. OBI:\\xc2\\xa0 We do.</p></div>'"
)


def test_pages_of_2009_to_2017_are_known_by_their_markup() -> None:
    """Questions and answers in one paragraph; apostrophes and dashes of a typewriter; the bytes as Python prints them."""
    document = onrecord.read(OLD_PAGE.format(title="Gaggle en route Port Aurel").encode())
    assert document.heading.house == "us-whitehouse"
    assert (document.date, document.heading.date_from) == ("2009-09-22", "text")
    assert [(turn.kind, turn.speaker, turn.outlet, fold(turn.text)) for turn in document] == [
        ("statement", "Obi", None, "Let's begin. Two boats -- Julie."),
        ("question", "Julie O'Sample", "Example News", "It's Julie O'Sample from Example News. Who pays?"),
        ("statement", "Obi", None, "I'll get to you, Steve."),
        ("question", None, None, "And who --"),
        ("answer", "Obi", None, "We do."),
    ]


HOSTED = """\
MR. VARGA:  Thanks, all.  We begin with Ann Sample.

Q    Are there boats?

AMBASSADOR OBI:  Two.

MR. VARGA:  We’ll go to Zed Nobody next.  You should be unmuted now.

Q    Who pays?

AMBASSADOR OBI:  We do.

MR. VARGA:  That concludes our call.
"""


def test_an_official_who_only_runs_a_call_moderates_it() -> None:
    document = read(HOSTED, title="Press Call on Boats by Ambassador Zora Obi")
    assert [(turn.kind, turn.speaker) for turn in document] == [
        ("statement", "Varga"),
        ("question", "Ann Sample"),
        ("answer", "Zora Obi"),
        ("statement", "Varga"),
        ("question", "Zed Nobody"),
        ("answer", "Zora Obi"),
        ("statement", "Varga"),
    ]


def test_an_adjective_in_a_headline_is_no_first_name() -> None:
    people = People("Remarks at the Unveiling of the Official Vado Portraits", "Good afternoon.", None)
    assert people.named("VADO") == "Vado"
