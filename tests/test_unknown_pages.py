"""Web pages that no house knows, and texts broken into rows: the article, tables, rows, what shows as nothing. All is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.desk import add_all, check, open_desk
from onrecord.errors import NotAStatement
from onrecord.record import fold

QUESTION, ANSWER = "Will the port open before the summer?", "It will open in June, if the inspectors agree."
TURNS = [("question", QUESTION), ("answer", ANSWER)]
MENU = "<div id='main-menu'><ul><li><a href='/'>Home</a></li><li><a href='/c'>Contact: press office</a></li></ul></div>"
FOOT = "<div class='site-footer'><p>Address: 1 Quay Street. All rights reserved by the Ministry of an invented place.</p></div>"
NEWS = "<div class='box'><h2>Related news</h2><ul><li><a href='/1'>The minister visits a port</a></li></ul></div>"


def page(article: str, around: str = "{}") -> str:
    return f"<html><head><title>Press briefing - Ministry</title></head><body>{around.format(article)}</body></html>"


LABELLED = (
    f"<h1>Press briefing</h1><p>12 May 2025</p><p><b>QUESTION:</b> {QUESTION}</p><p><b>MINISTER HOLM:</b> {ANSWER}</p>"
)
PAGES = [
    ("elements made for it", page(LABELLED, "<nav><a href='/'>Contact: us</a></nav><main>{}</main><footer>Address: 1 Quay.</footer>")),
    ("names of containers", page(LABELLED, f"{MENU}<div class='content'>{{}}</div>{NEWS}{FOOT}")),
    ("a menu of words without links", page(LABELLED, "<div class='x'><p>Argentina - Embassy</p><p>Belarus - Embassy</p><p>NATO (Vienna)</p><p>UN (Geneva)</p></div><div class='y'>{}</div>")),
    ("a table of layout", page(LABELLED, f"<table><tr><td>{MENU}</td><td>{{}}</td><td>{NEWS}</td></tr></table>{FOOT}")),
    ("a name of the whole page", page(LABELLED, f"<div class='no-sidebar search'>{MENU}{{}}{FOOT}</div>")),
    ("a table of turns", page(
        f"<h1>Press briefing</h1><table><tr><td>Q</td><td>{QUESTION}</td></tr><tr><td>Minister Holm</td><td>{ANSWER}</td></tr></table>")),
    ("a table with times", page(
        f"<h1>Press briefing</h1><table><tr><td>00:01</td><td>Q</td><td>{QUESTION}</td></tr>"
        f"<tr><td>00:02</td><td>Minister Holm</td><td>{ANSWER}</td></tr></table>")),
    ("a list of terms", page(f"<h1>Press briefing</h1><dl><dt>Q</dt><dd>{QUESTION}</dd><dt>Minister Holm</dt><dd>{ANSWER}</dd></dl>")),
    ("rows of preformatted text", page(f"<h1>Press briefing</h1><pre>\n12 May 2025\n\nQUESTION: {QUESTION}\nMINISTER HOLM: {ANSWER}\n</pre>")),
    ("notes of an editor", page(
        LABELLED + '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>ask the office</span></p></div>')),
    ("readings above characters", page(LABELLED.replace("port", "<ruby>port<rp>(</rp><rt>harbour<rp>)</rp></ruby>"))),
]  # fmt: skip


@pytest.mark.parametrize("text", [case[1] for case in PAGES], ids=[case[0] for case in PAGES])
def test_the_article_of_an_unknown_page_is_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    document = onrecord.read(path, house="plain")
    assert [(turn.kind, turn.text) for turn in document] == TURNS
    assert (document.title, document.turns[1].speaker) == (
        "Press briefing",
        "HOLM",
    ) or document.title == "Press briefing"
    assert not document.unread
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        assert not add_all(desk, [path], house="plain", processes=1).troubles
        assert list(check(desk)) == []


def test_what_stands_around_is_named() -> None:
    document = onrecord.read(PAGES[1][1].encode(), house="plain")
    assert {piece.name for piece in document.furniture} >= {"menu", "footer", "title"}


DIVIDED = (
    "Press briefing, 12 May 2025\n\n"
    "MINISTER HOLM: Good afternoon. We will begin with the port, whose inspec-\n"
    "tions were delayed by the weather in the month of March, as every-\r\n"
    "body in this room knows. The well-known pilot has come, and the well-\n"
    "known date for the reopening of all ferries is the first of June.\n\n"
    "QUESTION: And JON KUBO-\nMARSH?"
)


def test_words_divided_at_the_end_of_a_row_are_one_word(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(DIVIDED.encode())
    document = onrecord.read(path)
    first = document.turns[0]
    for word in ("inspec\u00adtions", "every\u00adbody", "the well-known date"):
        assert word in first.text
    at = first.start + first.text.index("\u00ad")
    assert document.span(at, at + 1).source() == b"-\n"
    assert document.turns[1].text == "And JON KUBO-MARSH?"
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        add_all(desk, [path], processes=1)
        assert list(check(desk)) == []


SET_QUESTIONS = [
    ("bold, one without a question mark", "<p><b>{}</b></p>", "<p>{}</p>"),
    ("italics", "<p><em>{}</em></p>", "<p>{}</p>"),
    ("headings", "<h3>{}</h3>", "<p>{}</p>"),
]


@pytest.mark.parametrize(("reason", "question", "answer"), SET_QUESTIONS, ids=[case[0] for case in SET_QUESTIONS])
def test_questions_that_only_their_setting_tells(reason: str, question: str, answer: str) -> None:
    turns = [
        ("question", "Will the port open?"), ("answer", "It will open in June."), ("question", "Some say that it costs too much."),
        ("answer", "Some do. It does not."), ("question", "And when is the next?"), ("answer", "Next year."),
    ]  # fmt: skip
    body = "".join((question if kind == "question" else answer).format(words) for kind, words in turns)
    data = page(f"<h1>Interview with the Minister</h1><p>12 May 2025</p>{body}").encode()
    document = onrecord.read(data, house="plain")
    assert [(turn.kind, turn.text) for turn in document] == turns


def test_an_answer_that_no_label_opens_is_told_as_doubtful() -> None:
    """A page that labels only its questions does not lend the answers to who asks."""
    words = "Press briefing, 12 May 2025\n\nQ. Why is it so?\n\nIt is so because it was.\n\nQ. And when?\n\nIn June."
    document = onrecord.read(words.encode(), house="plain")
    assert [turn.kind for turn in document] == ["question", "answer", "question", "answer"]
    assert [one.why for one in document.unread] == ["an answer that no label opens"] * 2


def test_an_introduction_above_the_first_label_is_spoken_by_nobody() -> None:
    words = "Press briefing\n\nThe following is the transcript of a briefing that Jo Holm gave.\n\nHOLM: It is so.\n\nQ: Why?\n\nHOLM: So."
    document = onrecord.read(words.encode(), house="plain")
    assert [(turn.kind, turn.speaker) for turn in document] == [
        ("note", None), ("statement", "Jo Holm"), ("question", None), ("answer", "Jo Holm"),
    ]  # fmt: skip


NO_STATEMENTS = [
    ("a log-in page", page("<h1>Press portal</h1><p>These contents are for accredited journalists only.</p><input type='password'>"), "log in"),
    ("cookies", page("<h1>Le respect de votre vie privée est notre priorité</h1><p>Nous stockons des cookies. Acceptez-vous ?</p>"), "cookies"),
    ("search results", page("<h1>Resultados de búsqueda</h1><p>Pregunta: ¿Cuándo será? Respuesta: En junio.</p>"), "search"),
    ("an unfilled template", page("<h1>{{ title }}</h1><p>{{ speaker }}: {{ text }}</p><p>It is so today, and was.</p>"), "template"),
    ("a table of contents", "Contents\n\nForeword ........ 3\n\nThe port is open. ........ 9\n\nThe bridge ........ 14\n\nNotes ........ 60", "contents"),
    ("lost letters", "??????????? ????????, 13 ??? 2025\n\n????????: ??? ????? ???????? ?????.", "question marks"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "words", "told"), NO_STATEMENTS, ids=[case[0] for case in NO_STATEMENTS])
def test_what_is_no_statement_is_refused_by_its_name(reason: str, words: str, told: str) -> None:
    with pytest.raises(NotAStatement, match=told):
        onrecord.read(words.encode(), house="plain")


ENDS = [
    (
        "a list of links",
        "<p>The minister visits the port</p><p>12 May 2025</p>",
        ["The minister visits the port", "12 May 2025"],
    ),
    ("how to reach an office", "<p>Media enquiries: (02) 6277 0000</p><p>press@example.org</p>", []),
    ("who wrote it down", "<p>Press officer: Jo Bell</p><p>Photo: Al Sayer</p>", []),
]


@pytest.mark.parametrize(("reason", "below", "unread"), ENDS, ids=[case[0] for case in ENDS])
def test_what_is_below_the_last_words_is_nobodys(reason: str, below: str, unread: list[str]) -> None:
    """A line that is no sentence is not lent to the last speaker: it is furniture where its form tells, else not understood."""
    document = onrecord.read(page(f"<div>{LABELLED}{below}</div>").encode(), house="plain")
    assert [(turn.kind, turn.text) for turn in document] == TURNS
    assert [one.words for one in document.unread] == unread


def test_a_quotation_that_a_line_introduces_is_of_who_is_named_there() -> None:
    words = (
        "Remarks\n\nMinister Jo Holm, at the meeting today (12 May 2025):\n\n“It is so. It was so.\n\nIt will be so.”"
    )
    document = onrecord.read(words.encode(), house="plain")
    assert [(turn.kind, turn.speaker) for turn in document] == [("note", None), ("statement", "Jo Holm")]
    assert document.heading.date == "2025-05-12"


def test_answers_between_the_lines_of_a_quoted_mail_are_read() -> None:
    words = (
        "From: Jo <jo@example.org>\nTo: Al <al@example.org>\nDate: Fri, 16 May 2025 11:40:02 +0200\nSubject: Re: Questions\n"
        "Message-ID: <1@example.org>\n\nDear Al,\n\nOn Thu, 15 May 2025 at 09:12, Al <al@example.org> wrote:\n"
        "> Question 1: When is it?\n\nAnswer: It is in June.\n\n> Question 2: How much is it?\n\nAnswer: It is much.\n"
    )
    document = onrecord.read(words.encode())
    assert [(turn.kind, turn.text) for turn in document if turn.kind == "answer"] == [
        ("answer", "It is in June."),
        ("answer", "It is much."),
    ]


INLINE = [
    ("the sign of quotation asks",
     "On 2 June 2025 at 09:00, Jo Kubo (Arlen Post) wrote:\n> Hello,\n> when will the bridge open?\n\nIt will open in July.\n\n> And who pays for\n> the work?\n\nThe builder pays for it.\n",
     [("question", "Hello, when will the bridge open?"), ("answer", "It will open in July."), ("question", "And who pays for the work?"), ("answer", "The builder pays for it.")]),
    ("without the line that introduces it",
     "> When will it open?\n\nIt will open in July.\n\n> Who pays for it?\n\nThe builder pays for it.\n",
     [("question", "When will it open?"), ("answer", "It will open in July."), ("question", "Who pays for it?"), ("answer", "The builder pays for it.")]),
    ("a mail that is quoted below the answer is none of it",
     "The bridge opens in July.\n\nOn 2 June 2025 at 09:00, Jo Kubo wrote:\n> When will it open?\n> Who pays for it?\n",
     [("statement", "The bridge opens in July.")]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "words", "turns"), INLINE, ids=[case[0] for case in INLINE])
def test_mail_that_is_answered_between_the_lines(reason: str, words: str, turns: list[tuple[str, str]]) -> None:
    document = onrecord.read(
        f"Subject: Re: Bridge\nDate: Tue, 3 Jun 2025 10:00:00 +0000\n\n{words}".encode(), house="plain"
    )
    assert [(turn.kind, fold(turn.text)) for turn in document] == turns


KINDS = [
    ("an interview by one paper", "“It is so”", "<p>TIDE: Why?</p><p>HOLM: So.</p><p>TIDE: When?</p><p>HOLM: Soon.</p>", "interview"),
    ("a name and a quotation", "Jo Holm: “It was so and will be so”", "<p>Q: Why?</p><p>A: So.</p><p>Q: When?</p><p>A: Soon.</p>", "interview"),
    ("a statement with questions", "Policy statement", "<p>HOLM: It is so.</p><p>QUESTION: Why?</p><p>HOLM: So.</p>", "press-conference"),
    ("a headline that tells", "Minister Holm speaks with Minister Bell", "<p>The ministers agreed to meet again in the autumn of the year.</p>", "readout"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "title", "body", "kind"), KINDS, ids=[case[0] for case in KINDS])
def test_kind_by_headline_and_by_who_asks(reason: str, title: str, body: str, kind: str) -> None:
    data = f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    assert onrecord.read(data.encode(), house="plain").heading.kind == kind


def test_an_interview_without_any_labels_is_told_as_doubtful() -> None:
    words = "Interview with Minister Holm\n\nIs the port safe?\n\nIt is safe.\n\nAnd when will it open?\n\nIt will open in June."
    document = onrecord.read(words.encode(), house="plain")
    assert [one.why for one in document.unread] == ["an interview in which no label tells who speaks"]


def test_initials_in_a_column_are_persons() -> None:
    rows = [
        ("00:01", "TJ", "Welcome to all of you who came."),
        ("00:02", "HO", "Thank you all."),
        ("00:03", "NI", "When is it?"),
        ("00:04", "HO", "In June."),
        ("00:05", "TJ", "Thank you."),
    ]
    body = "".join(f"<tr><td>{at}</td><td>{who}</td><td>{words}</td></tr>" for at, who, words in rows)
    document = onrecord.read(page(f"<h1>Press briefing</h1><table>{body}</table>").encode(), house="plain")
    assert [(turn.speaker, turn.outlet) for turn in document] == [(who, None) for _, who, _ in rows]


def test_the_name_before_an_office_in_the_introduction_is_who_is_labelled_by_it() -> None:
    words = "Briefing\n\nThe following is the transcript of the briefing by Jo Holm, Spokesman for the Office.\n\nQuestion: Why is it so?\n\nSpokesman: So it is."
    document = onrecord.read(words.encode(), house="plain")
    assert [(turn.kind, turn.speaker) for turn in document] == [
        ("note", None),
        ("question", None),
        ("answer", "Jo Holm"),
    ]


def test_a_saved_page_of_a_speech_tells_when_it_was_delivered() -> None:
    head = "<html class='govuk-template'><head><title>PM speech at a quay: 12 May 2025 - GOV.UK</title><meta name='govuk:format' content='speech'>"
    stamp = "<meta name='govuk:first-published-at' content='2025-05-13T08:15:00+01:00'></head><body><h1>PM speech at a quay: 12 May 2025</h1>"
    data = f"{head}{stamp}<dl><dt>Delivered on:</dt><dd>12 May 2025</dd></dl><div class='govspeak'><p>Thank you. It is so today.</p></div></body></html>"
    heading = onrecord.read(data.encode(), house="uk-govuk").heading
    assert (heading.date, heading.published) == ("2025-05-12", "2025-05-13")


def test_who_stands_in_for_a_prime_minister_answers() -> None:
    content = "<p>EXAMPLE: Why is it so today?</p><p>DANA HOLM: It is so because it was.</p><p>EXAMPLE: And when is it?</p><p>DANA HOLM: In June.</p>"
    data = (
        '<?xml version="1.0"?><transcripts><transcript><transcript-id>1</transcript-id>'
        "<title>Interview with the Acting Prime Minister, the Hon Dana Holm, 9XY Radio</title><prime-minister>Bell, Jo</prime-minister>"
        "<release-date>12/08/2008</release-date><release-type>Interview</release-type>"
        f"<content><![CDATA[{content}]]></content></transcript></transcripts>"
    )
    document = onrecord.read(data.encode(), house="au-pm")
    assert [(turn.kind, turn.speaker) for turn in document if turn.kind == "answer"] == [("answer", "Dana Holm")] * 2


def test_names_of_members_in_headings_that_are_links_are_labels() -> None:
    said = [
        ("Anna Bell", "What steps has he taken to open the port?"),
        ("Jo Sayer", "The port was opened."),
        ("Anna Bell", "I am grateful for that."),
    ]
    body = "".join(
        f"<div><h2><a href='/m'>{name}</a></h2><div class='share'>Share this</div><p>{words}</p></div>"
        for name, words in said
    )
    document = onrecord.read(page(f"<h1>Ports</h1><p>12 May 2025</p>{body}").encode(), house="plain")
    assert [(turn.speaker, turn.text) for turn in document] == said
