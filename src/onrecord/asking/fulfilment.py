"""Fulfilment as reported: sentences of later documents that say that an undertaking was done.

A sentence counts if it names the same parties and no others, and either names the body or meeting that was to be set up, on
the same issue and near words such as "was established", or repeats most of the undertaking's own words. What was to be resumed
is also reported by a sentence that tells of a resumption, or of what is to be continued, on the same issue and in the same terms.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, NamedTuple

import msgspec

from onrecord import languages
from onrecord.annotation_types import NO_PARTY
from onrecord.asking.undertaking_threads import BROAD, STANDING, UndertakingMention, content_words
from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import is_han
from onrecord.partial_dates import last_day_of

#: So many characters before words that report something done, words may deny it.
_NEAR = 16
#: An undertaking with no more content words than this would be matched by any sentence on its issue.
_FEWEST = 4
#: The share of an undertaking's content words that a sentence must repeat: alone, and if it names the mechanism and issue
#: too. With the second at 0, half of 26 reports found in 2,476 real documents were about another meeting or agreement.
_MOST, _SOME = 0.7, 0.4
#: Words for an event that takes place in any case, and is only to be made a success.
_TO_COME = re.compile("即将|upcoming|forthcoming")
_CODE = re.compile("[A-Z][A-Z0-9-]+")
_MARKS = 'SELECT kind, id, stands_for FROM mention WHERE document = ? AND start >= ? AND start < ? AND "end" <= ?'
_ACT = 'SELECT id FROM act WHERE turn = ? AND start <= ? AND "end" > ? ORDER BY rowid LIMIT 1'


class FulfilmentReport(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a later document that reports it done: ``[start, end)`` of the document's text, and the act there."""

    day: str | None
    document: str
    start: int
    end: int
    words: str
    act: str | None = None


#: Words of undertakings to set up, hold or give something: only these can a later meeting or signature fulfil.
_SETS_UP = re.compile(
    r"\b(?:establish|set(?:ting)? up|launch|hold|convene|restart|resum|sign|conclud|open|creat|form|start|begin|host"
    r"|reopen)\w*\b"
    r"|\b(?:deliver|donat|provid|send|dispatch)\w*\b|捐赠|提供|派遣|派出"
    "|建立|设立|成立|举行|召开|重启|恢复"
    "|启动|签署|开通|互设|举办|建成",
    re.IGNORECASE,
)


#: What is undertaken anew, so that a later "resumption" or what is "continued" reports it.
_RESUMES = re.compile(
    r"\b(?:resum|restor|reopen|restart|re-?establish|establish)\w*|恢复|重启|重开|重建", re.IGNORECASE
)
#: What a later account wants to be continued is under way.
_GOES_ON = re.compile(r"\bcontinued\b", re.IGNORECASE)
#: Terms are so many content words in a row; in Chinese, where they are pairs of characters, one more.
_TERM = 2


class FulfilmentSentence(NamedTuple):
    """A sentence that reports something done, with the ``place`` of those words in it, the parties it names and its issues."""

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


class _PartySentences:
    """The sentences about one set of parties, by content word and by issue."""

    def __init__(self, sentences: Sequence[FulfilmentSentence]) -> None:
        self.sentences = sentences
        self.words: dict[str, list[int]] = {}
        self.issues: dict[str, list[int]] = {}
        for number, one in enumerate(sentences):
            for word in content_words(one.text).own:
                self.words.setdefault(word, []).append(number)
            for issue in one.issues:
                self.issues.setdefault(issue, []).append(number)


class FulfilmentReports:
    """Sentences that report something done, by the parties they name."""

    def __init__(self, found: Iterable[FulfilmentSentence]) -> None:
        self._of: dict[frozenset[str], list[FulfilmentSentence]] = {}
        for one in found:
            self._of.setdefault(one.parties - NO_PARTY, []).append(one)
        self._by_parties: dict[frozenset[str], _PartySentences] = {}

    @property
    def found(self) -> tuple[FulfilmentSentence, ...]:
        """All sentences, in order."""
        return tuple(sorted((one for some in self._of.values() for one in some), key=_order))

    def replaced(self, documents: Set[str], found: Iterable[FulfilmentSentence]) -> FulfilmentReports:
        """The same sentences, but of these documents ``found`` alone."""
        reports = FulfilmentReports(found)
        for parties, own in self._of.items():
            left = [one for one in own if one.document not in documents]
            if parties not in reports._of and len(left) == len(own):
                reports._of[parties] = own
                if parties in self._by_parties:
                    reports._by_parties[parties] = self._by_parties[parties]
            elif more := [*left, *reports._of.get(parties, ())]:
                reports._of[parties] = sorted(more, key=_order)
        return reports

    def _sentences_of(self, parties: frozenset[str]) -> _PartySentences | None:
        if parties not in self._of:
            return None
        if parties not in self._by_parties:
            self._by_parties[parties] = _PartySentences(self._of[parties])
        return self._by_parties[parties]

    def of(self, thread: Sequence[UndertakingMention]) -> list[FulfilmentReport]:
        """The sentences of later documents that report the undertaking of this thread done."""
        first = thread[0]
        theirs = self._sentences_of(first.parties - NO_PARTY)
        setting_up = [one for one in thread if _sets_up(one)] if theirs is not None and first.day is not None else []
        if theirs is None or not setting_up:
            return []
        own = {(one.document, one.start) for one in thread}
        issues = {issue for mention in thread for issue in mention.issues if not issue.startswith(BROAD)}
        reported = []
        for one in _candidates(theirs, setting_up, issues):
            if one.day is None or one.day <= last_day_of(first.day or ""):
                continue
            if any(one.document == document and one.start <= start < one.end for document, start in own):
                continue  # the undertaking said again, not done
            if _reports_it(one, setting_up, issues):
                reported.append(
                    FulfilmentReport(
                        day=one.day, document=one.document, start=one.start, end=one.end, words=one.text, act=one.act
                    )
                )
        return reported


def _order(one: FulfilmentSentence) -> tuple[str, str, int]:
    return one.day or "", one.document, one.start


def _sets_up(one: UndertakingMention) -> bool:
    """Whether a mention undertakes to set up, hold or give something, so that a later sentence can report it done."""
    rules = languages.find(one.language).undertakings
    if rules is None or _TO_COME.search(one.words):
        return False
    return bool(_SETS_UP.search(one.words, 0, rules.cues.opening)) or _resumes(one)


def _resumes(one: UndertakingMention) -> bool:
    """Whether something is undertaken anew: "welcomed the resumption of", "are resuming"."""
    return one.hedge is not None and _RESUMES.search(one.hedge) is not None


def _candidates(
    theirs: _PartySentences, setting_up: Sequence[UndertakingMention], issues: set[str]
) -> list[FulfilmentSentence]:
    """The sentences that share enough words with a mention, or an issue if it names a body; in order."""
    found: set[int] = set()
    for mention in setting_up:
        own = content_words(mention.words).own
        counted: Counter[int] = Counter()
        for word in own:
            counted.update(theirs.words.get(word, ()))
        found.update(number for number, count in counted.items() if count >= _MOST * len(own))
        if mention.mechanism_id is not None or _resumes(mention):
            found.update(number for issue in issues for number in theirs.issues.get(issue, ()))
    return [theirs.sentences[number] for number in sorted(found)]


def _reports_it(one: FulfilmentSentence, setting_up: Sequence[UndertakingMention], issues: set[str]) -> bool:
    spoken = languages.find(one.language)
    rules = spoken.undertakings
    if rules is None:
        return False
    reach = rules.cues.reach
    near = one.text[max(0, one.place[0] - reach) : one.place[1] + reach]
    held = content_words(one.text).own
    goes_on = _GOES_ON.search(one.text, *one.place) is not None
    for mention in setting_up:
        own = content_words(mention.words).own
        alike = languages.find(mention.language) is spoken
        if alike and _resumes(mention) and issues & one.issues and _same_terms(one, mention, goes_on=goes_on):
            return True
        if goes_on:
            continue  # that something be continued reports nothing else done
        if alike and len(own) > _FEWEST and len(own & held) >= _MOST * len(own):
            return True
        if mention.mechanism_id is None or not issues & one.issues or (alike and len(own & held) < _SOME * len(own)):
            continue
        if not alike and mention.mechanism_id not in STANDING:
            continue  # words of another language cannot be compared, and there are many talks
        kind = next((kind for kind in rules.words.mechanisms if kind.id == mention.mechanism_id), None)
        if kind.pattern.search(near) if kind else mention.mechanism is not None and mention.mechanism in near:
            return True
    return False


def _same_terms(one: FulfilmentSentence, mention: UndertakingMention, *, goes_on: bool) -> bool:
    """Whether a sentence tells of a resumption, or of what goes on, in terms of the undertaking."""
    if not (goes_on or _RESUMES.search(one.text, *one.place)):
        return False
    left, right = content_words(one.text), content_words(mention.words)
    return not _terms(left.joined).isdisjoint(_terms(right.joined)) and (
        not goes_on or len(left.own & right.own) > _TERM
    )


def _terms(joined: str) -> set[tuple[str, ...]]:
    some = joined.split()
    length = _TERM + (is_han(some[0][0]) if some else 0)
    return set(zip(*(some[at:] for at in range(length)), strict=False))


def find_fulfilment(record: sqlite3.Connection, documents: Iterable[str] | None = None) -> list[FulfilmentSentence]:
    """The sentences that report something done, in order, in all documents with a day or in those of ``documents``."""
    if documents is None:
        rows = record.execute("SELECT id, day, language, text FROM document WHERE day IS NOT NULL")
        return sorted((one for row in rows for one in _reported(record, *row)), key=_order)
    found: list[FulfilmentSentence] = []
    query = "SELECT id, day, language, text FROM document WHERE id = ? AND day IS NOT NULL"
    for id in documents:
        for row in record.execute(query, (id,)).fetchall():
            found += _reported(record, *row)
    return sorted(found, key=_order)


def _reported(record: sqlite3.Connection, id: str, day: str, language: str, text: str) -> Iterator[FulfilmentSentence]:
    """The sentences of one document."""
    rules = languages.find(language).undertakings
    if rules is None:
        return
    words = rules.words
    starts = words.done.starts(text)
    turns = (
        "SELECT id, start, \"end\" FROM turn WHERE document = ? AND kind IN ('answer', 'statement') ORDER BY position"
    )
    for turn, begin, end in map(tuple, record.execute(turns, (id,)) if starts else ()):
        last = begin
        for place in words.done.among(text, starts, begin, end):
            if place[0] < last or words.not_yet.search(text, max(begin, place[0] - _NEAR), place[0]):
                continue  # in a sentence that was taken already, or about something not done yet
            stretch = _sentence(text, begin, end, place)
            if stretch is None:
                continue
            last = stretch[1]
            marks = [tuple(one) for one in record.execute(_MARKS, (id, *stretch, stretch[1]))]
            act = record.execute(_ACT, (turn, place[0], place[0])).fetchone()
            yield FulfilmentSentence(
                day=day, document=id, language=language, start=stretch[0], end=stretch[1],
                text=text[stretch[0] : stretch[1]],
                issues=frozenset(mark[1] for mark in marks if mark[0] == "issue" and mark[1]),
                parties=_parties(marks), place=(place[0] - stretch[0], place[1] - stretch[0]),
                act=act[0] if act else None,
            )  # fmt: skip


def _sentence(text: str, begin: int, end: int, place: tuple[int, int]) -> tuple[int, int] | None:
    """The sentence of a turn that contains a whole place. Sentences end with their paragraph: only that one is split."""
    first = text.rfind("\n", begin, place[0]) + 1 or begin
    after = text.find("\n", place[0], end)
    paragraph = text[first : end if after < 0 else after]
    held = ((first + a, first + b) for a, b in sentences(paragraph))
    return next(((a, b) for a, b in held if a <= place[0] and place[1] <= b), None)


def _parties(marks: Sequence[tuple[Any, ...]]) -> frozenset[str]:
    """The codes of all parties that are named or represented."""
    found: set[str] = set()
    for _, id, stands_for in marks:
        if stands_for:
            found.update(stands_for.split("|"))
        elif id and _CODE.fullmatch(id):
            found.add(id)
    return frozenset(found)
