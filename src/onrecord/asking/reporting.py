"""What later documents report of an undertaking: sentences that say that it came about.

A sentence counts where it names the same parties and no others, and tells either of the body or meeting that was to be set up, on
the same issue and near words such as "was established", or of most of the undertaking's own words.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from onrecord import languages
from onrecord.asking.linking import BROAD, STANDING, Said, content
from onrecord.languages.sentences import sentences
from onrecord.marks import NO_PARTY

#: So near before words that it came about stand the words that it did not.
_NEAR = 16
#: An undertaking of fewer content words is told by any sentence on its issue.
_FEWEST = 4
#: The share of an undertaking's content words that tells of it alone, and beside its mechanism and issue. With the second at 0
#: half of 26 reports found in 2,476 real documents told of another meeting or agreement.
_MOST, _SOME = 0.7, 0.4
#: Within so many characters an undertaking says that something is to be set up, held or given.
_FIRST = {"en": 40, "zh": 24}
#: What is held in any case, and to be made a success of.
_TO_COME = re.compile("即将|upcoming|forthcoming")
_CODE = re.compile("[A-Z][A-Z0-9-]+")
_MARKS = 'SELECT kind, id, stands_for FROM mention WHERE document = ? AND start >= ? AND start < ? AND "end" <= ?'
_ACT = 'SELECT id FROM act WHERE turn = ? AND start <= ? AND "end" > ? ORDER BY rowid LIMIT 1'


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """Where a later document says that it came about: the sentence, ``[start, end)`` of the document, and the act there."""

    day: str | None
    document: str
    start: int
    end: int
    words: str
    act: str | None = None


#: Words of an undertaking to set up or hold something: only of these does a later meeting or signature say that it was done.
_SETS_UP = re.compile(
    r"\b(?:establish|set(?:ting)? up|launch|hold|convene|restart|resum|sign|conclud|open|creat|form|start|begin|host"
    r"|reopen)\w*\b"
    r"|\b(?:deliver|donat|provid|send|dispatch)\w*\b|捐赠|提供|派遣|派出"
    "|建立|设立|成立|举行|召开|重启|恢复"
    "|启动|签署|开通|互设|举办|建成",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """A sentence with words that something came about, at ``place`` in its text; whom it names, and about what."""

    day: str | None
    document: str
    language: str
    start: int
    end: int
    text: str
    issues: frozenset[str]
    parties: frozenset[str]
    place: tuple[int, int]
    act: str | None


class _Shelf:
    """The sentences about the same parties, by the words that carry their sense and by issue."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.words: dict[str, list[int]] = {}
        self.issues: dict[str, list[int]] = {}
        for number, one in enumerate(sentences):
            for word in content(one.text).own:
                self.words.setdefault(word, []).append(number)
            for issue in one.issues:
                self.issues.setdefault(issue, []).append(number)


class Reports:
    """Sentences of documents that say that something came about."""

    def __init__(self, found: Iterable[Sentence]) -> None:
        self.found: tuple[Sentence, ...] = tuple(found)
        self._of: dict[frozenset[str], list[Sentence]] = {}
        for one in self.found:
            self._of.setdefault(one.parties - NO_PARTY, []).append(one)
        self._shelves: dict[frozenset[str], _Shelf] = {}

    def _shelf(self, parties: frozenset[str]) -> _Shelf | None:
        if parties not in self._of:
            return None
        if parties not in self._shelves:
            self._shelves[parties] = _Shelf(self._of[parties])
        return self._shelves[parties]

    def of(self, thread: Sequence[Said]) -> list[Reported]:
        """Where later documents say that what the thread undertakes came about."""
        first = thread[0]
        shelf = self._shelf(first.parties - NO_PARTY)
        setting_up = [one for one in thread if _sets_up(one)] if shelf is not None and first.day is not None else []
        if shelf is None or not setting_up:
            return []
        own = {(one.document, one.start) for one in thread}
        issues = {issue for mention in thread for issue in mention.issues if not issue.startswith(BROAD)}
        reported = []
        for one in _may_tell(shelf, setting_up, issues):
            if one.day is None or one.day <= (first.day or ""):
                continue
            if any(one.document == document and one.start <= start < one.end for document, start in own):
                continue  # said again, not done
            if _tells(one, setting_up, issues):
                reported.append(
                    Reported(
                        day=one.day, document=one.document, start=one.start, end=one.end, words=one.text, act=one.act
                    )
                )
        return reported


def _sets_up(one: Said) -> bool:
    """Whether a mention says that something is to be set up, held or given, of which a later sentence can say that it was."""
    return bool(_SETS_UP.search(one.words, 0, _FIRST[one.language[:2]])) and not _TO_COME.search(one.words)


def _may_tell(shelf: _Shelf, setting_up: Sequence[Said], issues: set[str]) -> list[Sentence]:
    """The sentences that share enough words with a mention, or an issue where it names a body; in order."""
    found: set[int] = set()
    for mention in setting_up:
        own = content(mention.words).own
        counted: Counter[int] = Counter()
        for word in own:
            counted.update(shelf.words.get(word, ()))
        found.update(number for number, count in counted.items() if count >= _MOST * len(own))
        if mention.mechanism_id is not None:
            found.update(number for issue in issues for number in shelf.issues.get(issue, ()))
    return [shelf.sentences[number] for number in sorted(found)]


#: So near to the words that it came about stands what came about.
_WITHIN = {"en": 60, "zh": 24}


def _tells(one: Sentence, setting_up: Sequence[Said], issues: set[str]) -> bool:
    spoken = languages.find(one.language)
    language = spoken.code
    mechanisms = spoken.undertakings.words.mechanisms if spoken.undertakings is not None else ()
    near = one.text[max(0, one.place[0] - _WITHIN[language]) : one.place[1] + _WITHIN[language]]
    held = content(one.text).own
    for mention in setting_up:
        own = content(mention.words).own
        alike = mention.language[:2] == language
        if alike and len(own) > _FEWEST and len(own & held) >= _MOST * len(own):
            return True
        if mention.mechanism_id is None or not issues & one.issues or (alike and len(own & held) < _SOME * len(own)):
            continue
        if not alike and mention.mechanism_id not in STANDING:
            continue  # another language's words cannot be compared, and there are many talks
        kind = next((kind for kind in mechanisms if kind.id == mention.mechanism_id), None)
        if kind.pattern.search(near) if kind else mention.mechanism is not None and mention.mechanism in near:
            return True
    return False


def reports(record: sqlite3.Connection, said: Sequence[Said]) -> Reports:
    """The sentences of documents after the first of ``said`` that say that something came about."""
    days = [one.day for one in said if one.day]
    if not days:
        return Reports(())
    documents = "SELECT id, day, language, text FROM document WHERE day > ? ORDER BY day, rowid"
    turns = (
        "SELECT id, start, \"end\" FROM turn WHERE document = ? AND kind IN ('answer', 'statement') ORDER BY position"
    )
    found = []
    for id, day, language, text in map(tuple, record.execute(documents, (min(days),))):
        rules = languages.find(language).undertakings
        if rules is None:
            continue
        words = rules.words
        starts = words.done.starts(text)
        for turn, begin, end in map(tuple, record.execute(turns, (id,)) if starts else ()):
            last = begin
            for place in words.done.among(text, starts, begin, end):
                if place[0] < last or words.not_yet.search(text, max(begin, place[0] - _NEAR), place[0]):
                    continue  # in a sentence that is told already, or of what has not come about
                stretch = _sentence(text, begin, end, place)
                if stretch is None:
                    continue
                last = stretch[1]
                marks = [tuple(one) for one in record.execute(_MARKS, (id, *stretch, stretch[1]))]
                act = record.execute(_ACT, (turn, place[0], place[0])).fetchone()
                found.append(
                    Sentence(
                        day=day, document=id, language=language, start=stretch[0], end=stretch[1],
                        text=text[stretch[0] : stretch[1]],
                        issues=frozenset(mark[1] for mark in marks if mark[0] == "issue" and mark[1]),
                        parties=_parties(marks), place=(place[0] - stretch[0], place[1] - stretch[0]),
                        act=act[0] if act else None,
                    )
                )  # fmt: skip
    return Reports(found)


def _sentence(text: str, begin: int, end: int, place: tuple[int, int]) -> tuple[int, int] | None:
    """The sentence of a turn in which a place stands whole. A paragraph's end ends a sentence: only its own is divided."""
    first = text.rfind("\n", begin, place[0]) + 1 or begin
    after = text.find("\n", place[0], end)
    paragraph = text[first : end if after < 0 else after]
    held = ((first + a, first + b) for a, b in sentences(paragraph))
    return next(((a, b) for a, b in held if a <= place[0] and place[1] <= b), None)


def _parties(marks: Sequence[tuple[Any, ...]]) -> frozenset[str]:
    """The codes of all who are named or stood for."""
    found: set[str] = set()
    for _, id, stands_for in marks:
        if stands_for:
            found.update(stands_for.split("|"))
        elif id and _CODE.fullmatch(id):
            found.add(id)
    return frozenset(found)
