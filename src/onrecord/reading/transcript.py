"""The grammar of labelled speech: from lines and their labels to segments and marks.

A house finds the labels of its lines (with :mod:`onrecord.reading.capitals`, :mod:`onrecord.reading.label_forms`, or a table
of its own) and describes the rest of its page in a :class:`Style`: furniture, notes, what a paragraph without a label is.
:func:`read_transcript` does the rest in the same way for all houses: a label opens a segment, a paragraph without one
continues it, and typography (bold questions, dividers, brackets, closing announcements) decides if a label is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Literal

import msgspec

from onrecord.reading.lines import Line
from onrecord.reading.turns import Mark
from onrecord.record import Role

#: Who a label is: the podium and those beside it, reporters, and unnamed voices. ``manager`` keeps order (an aide).
Voice = Literal["reporter", "podium", "moderator", "operator", "interpreter", "official", "manager", "voice"]

#: A paragraph with at least this share of bold letters is set as a question; with at most the second, as an answer. Questions are
#: bold nearly throughout (median 1.0); sometimes a figure or a foreign name is left out.
BOLD, PLAIN = 0.8, 0.15
#: A short retort may have only its label in bold ("记者：三个。" is half of it).
_PARTLY_BOLD = 0.3
_BRACKETED = re.compile(r"[（(\[【][^（(\[【]*[）)\]】]$")
_BRACKETED_LENGTH = 120
#: The time that is after the last words in one line with them: "… on all fronts. 12:16 P.M. AST".
_END_TIME = re.compile(r"[.?!…)”—]\s+(\d{1,2}:\d\d\s*[AP]\.?M\.?\s+[A-Z]{2,5})$")


class Label(msgspec.Struct, frozen=True, gc=False):
    """A label that was understood. The words after it begin at ``end``; before ``start`` there may be a time or number.

    ``anonymous`` voices begin a new turn at every label. ``sure`` is False for words that only look like a label: they
    count where the setting of the paragraph agrees (see :func:`confirm_by_setting`). ``doubt`` says why a label that opens a turn
    may not be one; it is listed with what was not understood. ``afterwards`` marks words
    that announce a question put after the conference.
    """

    voice: Voice
    end: int
    printed: str = ""
    start: int = 0
    speaker: str | None = None
    outlet: str | None = None
    role: Role | None = None
    anonymous: bool = False
    sure: bool = True
    doubt: str = ""
    afterwards: bool = False


class Segment(msgspec.Struct, kw_only=True):
    """The words under one label, or under typography in place of one: the voice, the speaker, and the marks in order."""

    voice: str
    speaker: str | None
    role: Role | None
    anonymous: bool
    marks: list[Mark]

    @property
    def words(self) -> str:
        """All words of the segment, with typographic apostrophes and dashes in place of ' and --."""
        return self.printed.replace("'", "’").replace("--", "—")

    @property
    def printed(self) -> str:
        """All words of the segment as printed."""
        return " ".join(mark.line.text[mark.start : mark.end] for mark in self.marks)


class Transcript(msgspec.Struct, kw_only=True):
    """A transcript's marks in order, its segments, and its opening: the lines above the first label."""

    marks: list[Mark]
    segments: list[Segment]
    opening: list[Line]


class Style(msgspec.Struct, kw_only=True):
    """The typography and set phrases of a house's transcripts.

    ``furniture`` returns the name of the furniture that a line is, or None. ``opening`` marks a line above the first label;
    without it such lines are the podium's. ``stage`` matches paragraphs that are stage directions (by default all in
    brackets), ``footnote`` notes after the last label. ``podium`` is who speaks if there is no label, in the role
    ``podium_role``. ``notes`` announce what follows; ``asks`` matches those that report a question.
    ``topics`` summarise what was spoken about. ``closing`` matches an announcement that ends a conference; with it, speech after
    a divider is a statement. ``inline`` are labels inside a paragraph, each with its colon: group 1 is one of
    ``inline_asks``, or an answer's. ``interjected`` matches a reporter's words in brackets; ``interjects`` are labels of
    interjections, after which a plain paragraph is the podium's again. ``reported`` (group 1: the name, one of
    ``officials``) is an answer in reported speech. ``bold_questions`` says that questions are set in bold and answers
    not, ``ends`` that what follows the closing time is a note.
    """

    furniture: Callable[[Line], str | None]
    opening: Callable[[Line], Mark] | None = None
    stage: re.Pattern[str] | None = None
    footnote: re.Pattern[str] | None = None
    podium: str | None = None
    podium_role: Role | None = None
    officials: Collection[str] = ()
    notes: re.Pattern[str] | None = None
    asks: re.Pattern[str] | None = None
    topics: re.Pattern[str] | None = None
    closing: re.Pattern[str] | None = None
    inline: tuple[re.Pattern[str], ...] = ()
    inline_asks: frozenset[str] = frozenset()
    interjected: re.Pattern[str] | None = None
    interjects: frozenset[str] = frozenset()
    reported: re.Pattern[str] | None = None
    bold_questions: bool = False
    ends: bool = False


def questions_are_bold(lines: list[Line], labels: list[Label | None]) -> bool:
    """Whether the page sets questions in bold and answers not, so that bold type can replace a missing label."""
    sure = [(line, label) for line, label in zip(lines, labels, strict=True) if label is not None and label.sure]
    asked = [line.bold() for line, label in sure if label.voice == "reporter"]
    told = [line.bold() for line, label in sure if label.voice == "podium"]
    return (
        len(asked) >= 1
        and sum(share >= BOLD for share in asked) >= 0.6 * len(asked)
        and sum(share <= 0.5 for share in told) >= 0.6 * len(told)
    )


def confirm_by_setting(
    lines: list[Line],
    labels: list[Label | None],
    bold_questions: bool,
    *,
    opens: Callable[[Label], Label | None] = lambda label: None,
) -> list[Label | None]:
    """The labels; unsure ones only if their paragraph is set like the questions of the page.

    Where questions are not bold, an unsure label counts if the sure ones name outlets. Before the first question
    ``opens`` says what an unsure label is instead: an official who hands over the podium.
    """
    asked = [label for label in labels if label is not None and label.sure and label.voice == "reporter"]
    names_outlets = not asked or any(label.outlet for label in asked)
    first = next((i for i, label in enumerate(labels) if label in asked and label is not None), 0)
    confirmed: list[Label | None] = []
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is None or label.sure or (line.bold() >= BOLD if bold_questions else names_outlets):
            confirmed.append(label)
        else:
            confirmed.append(opens(label) if i < first else None)
    return confirmed


def labels_at_their_words(
    lines: list[Line], labels: list[Label | None], is_stage: Callable[[Line], bool]
) -> tuple[list[Label | None], frozenset[int]]:
    """The labels, moved from a line of their own to the words in brackets below; and the identities of the lines without words.

    Under a label of its own line, "(inaudible)" is what was said; under other words it is a stage direction (``is_stage``).
    """
    moved, bare = list(labels), set()
    for i, label in enumerate(labels[:-1]):
        alone = label is not None and label.end >= len(lines[i].text) and labels[i + 1] is None
        if label is not None and alone and is_stage(lines[i + 1]):
            moved[i], moved[i + 1] = None, msgspec.structs.replace(label, start=0, end=0)
            bare.add(id(lines[i]))
    return moved, frozenset(bare)


def read_transcript(lines: list[Line], labels: list[Label | None], style: Style) -> Transcript:
    """Build the transcript of the lines. ``labels`` holds the label of each line, or None."""
    first = next((i for i, label in enumerate(labels) if label is not None), len(lines))
    reader = _Reader(style, labels)
    opening = style.opening
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if opening is not None and i < first:
            reader.marks.append(opening(line))
        elif label is not None:
            reader.labelled(line, label)
        else:
            reader.unlabelled(line, i)
    if style.ends:
        _cut_closing_time(reader.marks)
    return Transcript(marks=reader.marks, segments=reader.segments, opening=lines[:first])


class _Reader:
    """The state while the lines of a transcript are processed in order."""

    def __init__(self, style: Style, labels: list[Label | None]) -> None:
        self.style = style
        self.podium = style.podium  # who answers: the official in the title, or a successor in the session
        conference = next((i for i, label in enumerate(labels) if label is not None and label.afterwards), len(labels))
        self.last = max((i for i, label in enumerate(labels[:conference]) if label is not None), default=-1)
        self.marks: list[Mark] = []
        self.segments: list[Segment] = []
        self.voice: str | None = None  # whose turn is open
        self.answer_is_plain = False  # the open question was set off: a plain paragraph is its answer
        self.announced = False  # a note announced a question after the conference
        self.divided = False  # a divider stood just before
        self.ended = False  # the closing time or end mark was before

    def labelled(self, line: Line, label: Label) -> None:
        """A line with a label opens a segment."""
        self.ended = False
        if label.start:
            self.marks.append(Mark(line=line, voice="furniture", name="time", end=label.start))
        if label.doubt:
            self.marks.append(Mark(line=line, voice="unread", start=label.start, end=label.end, name=label.doubt))
        if label.voice == "reporter":
            self._question(line, label.end, label)
            if label.printed in self.style.interjects:
                self.answer_is_plain = True
        elif label.voice == "podium":
            self.podium = label.speaker or self.podium
            closes = self.voice == "podium" and self._closes(line.text[label.end :])
            self._answer(line, label.end, closes, label)
        else:
            self._segment(line, label.end, label.voice, label.speaker, label.role, label.anonymous)
        self.divided = False
        self._split(line)

    def unlabelled(self, line: Line, i: int) -> None:
        """A line without a label: furniture, a note, or speech that continues or, by its typography, changes sides."""
        words = line.text
        name = self.style.furniture(line)
        if name is not None and not (name == "divider" and any(letter.isalpha() for letter in words)):
            self.marks.append(Mark(line=line, voice="furniture", name=name))
            self.divided = self.divided or name == "divider"
            self.ended = self.ended or (self.style.ends and name in ("time", "end") and i > self.last)
        elif self._is_note(line, i) or self._is_announcement(line):
            self.divided = False
        else:
            self._speech(line, ending=i >= self.last)
            self.divided = False

    def _is_note(self, line: Line, i: int) -> bool:
        """Whether the line is a stage direction, a footnote or a reporter's word in brackets; then it is marked."""
        words, style = line.text, self.style
        if style.interjected is not None and _is_bracketed(words):
            voice = style.interjected.match(words)
            if voice is not None:
                self._question(line, voice.end(), None, len(words) - 1)
                self.answer_is_plain = True  # what follows outside the brackets is the podium again
                return True
        staged = style.stage.fullmatch(words) is not None if style.stage is not None else _is_bracketed(words)
        foot = style.footnote is not None and i > self.last and style.footnote.fullmatch(words) is not None
        if self.ended or staged or foot:
            self.marks.append(Mark(line=line, voice="note"))
            return True
        return False

    def _is_announcement(self, line: Line) -> bool:
        """Whether the line announces a question put after the conference; then it is marked."""
        style = self.style
        if style.notes is None or style.notes.match(line.text) is None:
            return False
        if style.asks is not None and style.asks.search(line.text):  # the question in reported speech
            self._question(line, 0, None)
        else:
            self.marks.append(Mark(line=line, voice="note"))
            self.voice, self.announced = None, True
        return True

    def _speech(self, line: Line, *, ending: bool) -> None:
        words, style = line.text, self.style
        if self.announced and self.voice is None and line.bold() >= BOLD:
            self.announced = False
            self._question(line, 0, None)
        elif self.voice is None or (self.divided and style.closing is not None):
            if style.topics is not None and style.topics.match(words):
                self.marks.append(Mark(line=line, voice="note"))
            else:
                self._answer(line, 0, False)
        elif self.voice == "reporter" and self._is_reply(line):
            self._answer(line, 0, False)  # 2019-03-26: the answer's label is missing, the typography shows it
        elif self.voice != "reporter" and style.bold_questions and len(words) > 2 and line.bold() >= BOLD:
            self._question(line, 0, None)  # 2019-03-26: a reporter's retort, bold and without a label
        elif self.voice == "podium" and ending and self._closes(words):
            self._answer(line, 0, True)
        else:
            more = Mark(line=line, voice="more")
            self.marks.append(more)
            self.segments[-1].marks.append(more)

    def _is_reply(self, line: Line) -> bool:
        """Whether a paragraph without a label after a question is its answer: by reported speech, or by its setting."""
        reported = self.style.reported.match(line.text) if self.style.reported is not None else None
        if reported is not None and reported[1] in self.style.officials:
            self.podium = reported[1]
            return True
        return self.answer_is_plain and line.bold() <= PLAIN

    def _question(self, line: Line, start: int, label: Label | None, end: int | None = None) -> None:
        segment = self._segment(line, start, "reporter", None, "reporter", True)
        mark = segment.marks[0]
        mark.end = end
        if label is not None:
            segment.speaker = mark.speaker = label.speaker
            mark.outlet = label.outlet
        self.answer_is_plain = self.style.bold_questions and line.bold() >= _PARTLY_BOLD
        if label is None and end is None:
            self._split(line)

    def _answer(self, line: Line, start: int, closes: bool, label: Label | None = None) -> None:
        role = (label.role if label is not None else None) or self.style.podium_role
        speaker = label.speaker if label is not None and (label.speaker or label.anonymous) else self.podium
        segment = self._segment(line, start, "podium", speaker, role, label is not None and label.anonymous)
        if closes or (self.divided and self.style.closing is not None):
            segment.marks[0].kind = "statement"
        elif self.announced:
            segment.marks[0].kind = "answer"
        self.announced = False

    def _segment(
        self, line: Line, start: int, voice: str, speaker: str | None, role: Role | None, anonymous: bool
    ) -> Segment:
        side: Literal["reporter", "podium"] = "reporter" if voice == "reporter" else "podium"
        mark = Mark(line=line, voice=side, start=start, speaker=speaker, role=role, apart=anonymous)
        segment = Segment(voice=voice, speaker=speaker, role=role, anonymous=anonymous, marks=[mark])
        self.marks.append(mark)
        self.segments.append(segment)
        self.voice = side
        return segment

    def _split(self, line: Line) -> None:
        """Divide a paragraph that contains both a question and its answer, or an answer and the next question."""
        mark = self.marks[-1]
        if line.text.find(":", mark.start) < 0 and line.text.find("：", mark.start) < 0:
            return  # nearly every paragraph: a label ends with a colon
        pattern = next((one for one in self.style.inline if one.search(line.text, mark.start)), None)
        if pattern is None:
            return
        for match in pattern.finditer(line.text, mark.start):
            asks = match[1] in self.style.inline_asks
            if asks == (mark.voice == "reporter"):
                continue  # the same side: quoted speech, no new turn
            mark.end = match.start()
            if asks:
                self._segment(line, match.end(), "reporter", None, "reporter", False)
            else:
                self._answer(line, match.end(), False)
            mark = self.marks[-1]

    def _closes(self, words: str) -> bool:
        return self.style.closing is not None and self.style.closing.match(words) is not None


def _is_bracketed(words: str) -> bool:
    return len(words) < _BRACKETED_LENGTH and _BRACKETED.match(words) is not None


def _cut_closing_time(marks: list[Mark]) -> None:
    """Mark the time at the end of the line of the last words as furniture, in place."""
    for i in range(len(marks) - 1, max(len(marks) - 6, -1), -1):
        time = _END_TIME.search(marks[i].line.text)
        if marks[i].voice in ("podium", "more", "reporter") and time is not None and time.start(1) > marks[i].start:
            marks[i].end = time.start(1)
            marks.insert(i + 1, Mark(line=marks[i].line, voice="furniture", name="time", start=time.start(1)))
            return
