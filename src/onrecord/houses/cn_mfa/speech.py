"""Marks the lines of an article: labels first, then what the unlabelled ones are by how they are set and what they say."""

from __future__ import annotations

import re

from onrecord.houses.cn_mfa.labels import Label, bare, read_label
from onrecord.houses.cn_mfa.phrases import Phrases, phrases
from onrecord.reading.lines import Line
from onrecord.reading.naming import names_person
from onrecord.reading.turns import Mark

_BRACKETED = re.compile(r"[（(\[【][^（(\[【]*[）)\]】]$")
_BRACKETED_VOICE = re.compile(r"[（(]\s*(?:记者|[Jj]ournalist|[Rr]eporter)s?\s*[:：]")
#: From these shares of bold letters on a paragraph is set as a question, and below as an answer. The pages set a
#: question's letters bold nearly throughout (median 1.0) and leave a figure or a foreign name out now and then.
_BOLD, _PLAIN = 0.8, 0.15
#: A short retort may have only its label in bold ("记者：三个。" is half of it).
_PARTLY_BOLD = 0.3
_INLINE_EN = re.compile(r"(?<=[.?!\"”)])\s*\b([AQ])\s?[:：]\s*")
_INLINE_ZH = re.compile(r"(?<=[。？！”）])\s*(答|问)[:：]\s*")
#: "耿爽表示，…": an answer in reported speech, as after-conference questions of 2016 to 2018 have it.
_REPORTED = re.compile(r"([\u4e00-\u9fff]{2,4})表示，")


def mark_speech(lines: list[Line], official: str | None) -> list[Mark]:
    """One mark a line, or two where a question and its answer share one. ``official`` is whom the title names."""
    tables = phrases()
    labels = [None if _BRACKETED.match(line.text) else read_label(line.text, official) for line in lines]
    set_bold = _questions_are_bold(lines, labels)
    asked = [label for label in labels if label is not None and label.sure and label.voice == "reporter"]
    names_outlets = not asked or any(label.outlet for label in asked)
    first_question = next(
        (i for i, label in enumerate(labels) if label is not None and label.sure and label.voice == "reporter"), 0
    )
    labels = [
        label
        if label is None or label.sure or _set_as_question(line, set_bold, names_outlets)
        else _introduced(label)
        if i < first_question
        else None
        for i, (line, label) in enumerate(zip(lines, labels, strict=True))
    ]
    last_label = max((i for i, label in enumerate(labels) if label is not None), default=-1)
    speech = _Speech(tables, official, set_bold, bool(last_label >= 0))
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        speech.take(line, label, ending=i >= last_label)
    return speech.marks


def _set_as_question(line: Line, set_bold: bool, names_outlets: bool) -> bool:
    """Whether a label of somebody unknown is one: on a page of Q and A "First:" is a point of an answer."""
    return line.bold() >= _BOLD if set_bold else names_outlets


def _introduced(label: Label) -> Label | None:
    """A person's name in front of a paragraph before the first question is an official's who hands over the podium."""
    name = label.outlet or ""
    return Label("podium", label.start, speaker=name) if names_person(name) else None


def _questions_are_bold(lines: list[Line], labels: list[Label | None]) -> bool:
    """Whether the page sets questions in bold and answers not, so that the setting tells what a label leaves out."""
    sure = [(line, label) for line, label in zip(lines, labels, strict=True) if label is not None and label.sure]
    asked = [line.bold() for line, label in sure if label.voice == "reporter"]
    told = [line.bold() for line, label in sure if label.voice == "podium"]
    return (
        len(asked) >= 1
        and sum(share >= _BOLD for share in asked) >= 0.6 * len(asked)
        and sum(share <= 0.5 for share in told) >= 0.6 * len(told)
    )


class _Speech:
    """The state of a conference while its lines are taken in order."""

    def __init__(self, tables: Phrases, official: str | None, set_bold: bool, labelled: bool) -> None:
        self.tables = tables
        self.official = official  # who answers: the title's, or the one who took over
        self.set_bold = set_bold
        self.labelled = labelled
        self.marks: list[Mark] = []
        self.voice: str | None = None  # whose turn is open
        self.plain_is_podium = False  # the open question was set off, so that a plain paragraph is its answer
        self.after = False  # a note announced a question after the conference
        self.divided = False  # a divider stood just before

    def take(self, line: Line, label: Label | None, *, ending: bool) -> None:
        """Mark the line. ``ending`` says that no labelled line follows it."""
        words = line.text
        furniture = self._furniture(words)
        if furniture is not None:
            self._add(Mark(line=line, voice="furniture", name=furniture))
            self.divided = self.divided or furniture == "divider"
            return
        if self._after_conference(line):
            self.divided = False
            return
        if label is not None:
            self._labelled(line, label)
        elif _BRACKETED.match(words) and len(words) < 120:
            self._bracketed(line)
        else:
            self._unlabelled(line, ending)
        self.divided = False

    def _add(self, mark: Mark) -> None:
        self.marks.append(mark)
        if mark.voice in ("reporter", "podium"):
            self.voice = mark.voice

    def _furniture(self, words: str) -> str | None:
        named = self.tables.furniture.match(words)
        return (named.lastgroup or "").replace("_", "-") if named else None

    def _after_conference(self, line: Line) -> bool:
        """Whether the line announces what was asked after the conference; then it is marked."""
        words = line.text
        match = self.tables.announces.match(words)
        if match is not None and match.end() < len(words):
            outlet = match["after_outlet"]
            self._question(line, match.end(), bare(outlet) if outlet else None)
            return True
        if self.tables.notes.match(words) is None:
            return False
        if self.tables.tells_question.search(words):  # the question told in reported speech
            self._question(line, 0, None)
        else:
            self._add(Mark(line=line, voice="note"))
            self.voice, self.after = None, True
        return True

    def _question(self, line: Line, start: int, outlet: str | None) -> None:
        self._add(Mark(line=line, voice="reporter", start=start, outlet=outlet))
        self.plain_is_podium = self.set_bold and line.bold() >= _PARTLY_BOLD
        self._split(line)

    def _labelled(self, line: Line, label: Label) -> None:
        if label.voice == "reporter":
            self._add(Mark(line=line, voice="reporter", start=label.start, outlet=label.outlet, apart=True))
            self.plain_is_podium = self.set_bold and line.bold() >= _PARTLY_BOLD
        else:
            self.official = label.speaker or self.official
            closes = self.voice == "podium" and self._announces(line.text[label.start :])
            self._podium(line, label.start, closes)
        self._split(line)

    def _bracketed(self, line: Line) -> None:
        """A paragraph in brackets: a reporter's word thrown in, or a stage direction."""
        voice = _BRACKETED_VOICE.match(line.text)
        if voice is None:
            self._add(Mark(line=line, voice="note"))
            return
        self._add(Mark(line=line, voice="reporter", start=voice.end(), end=len(line.text) - 1))
        self.plain_is_podium = True  # what follows outside the brackets is the podium again

    def _podium(self, line: Line, start: int, closes: bool) -> None:
        kind = "statement" if closes or self.divided else "answer" if self.after else None
        mark = Mark(line=line, voice="podium", start=start, speaker=self.official, role="spokesperson", kind=kind)  # type: ignore[arg-type]
        self.after = False
        self._add(mark)

    def _split(self, line: Line) -> None:
        """Divide a paragraph in which the answer stands behind its question, or the next question behind the answer."""
        mark = self.marks[-1]
        if line.text.find(":", mark.start) < 0 and line.text.find("：", mark.start) < 0:
            return
        pattern = _INLINE_ZH if _INLINE_ZH.search(line.text, mark.start) else _INLINE_EN
        for match in pattern.finditer(line.text, mark.start):
            asks = match[1] in ("Q", "问")
            if asks == (mark.voice == "reporter"):
                continue  # the same side: quoted speech, no new turn
            mark.end = match.start()
            if asks:
                self._add(Mark(line=line, voice="reporter", start=match.end()))
            else:
                self._podium(line, match.end(), False)
            mark = self.marks[-1]

    def _announces(self, words: str) -> bool:
        return self.tables.closing.match(words) is not None

    def _unlabelled(self, line: Line, ending: bool) -> None:
        words = line.text
        if self.after and self.voice is None and line.bold() >= _BOLD:
            self.after = False
            self._question(line, 0, None)
            return
        if self.voice is None or self.divided:
            if self.tables.topics.match(words):
                self._add(Mark(line=line, voice="note"))
            else:
                self._podium(line, 0, False)
            return
        bold = line.bold()
        reported = _REPORTED.match(words)
        if self.voice == "reporter":
            if reported and reported[1] in self.tables.names:
                self.official = reported[1]
                self._podium(line, 0, False)
            elif self.plain_is_podium and bold <= _PLAIN:
                self._podium(line, 0, False)  # 2019-03-26: the answer's label is missing, the setting tells
            else:
                self._add(Mark(line=line, voice="more"))
        elif self.set_bold and bold >= _BOLD and len(words) > 2:
            self._question(line, 0, None)  # 2019-03-26: a reporter's retort, bold and without a label
        elif self.voice == "podium" and ending and self._announces(words):
            self._podium(line, 0, True)
        else:
            self._add(Mark(line=line, voice="more"))
