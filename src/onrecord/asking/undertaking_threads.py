"""Mentions of one undertaking in several documents joined into threads, and later accounts that do not mention it.

Two mentions are of one undertaking when the same parties take part, they share an issue (or neither names one), and either
both name the same standing body (a working group on climate is one working group, in whatever words and language), or
their wordings are similar, see :data:`ALIKE`.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import msgspec
from rapidfuzz import fuzz

from onrecord.annotation_types import NO_PARTY, Form, Strength
from onrecord.asking.overlap import earlier_overlaps
from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import is_han, words
from onrecord.lexicon.world import world_rows
from onrecord.partial_dates import whole_day

#: From this similarity on, two wordings in one language say the same thing: the mean of rapidfuzz's token-set and token-sort
#: ratios over their content words (pairs of characters in Chinese). Of 45 pairs of real undertakings between the same
#: parties on a shared issue that were read, so many were one undertaking: at 84 and more 8 of 9; 76 to 84, 8 of 9;
#: 70 to 76, 7 of 9; 64 to 70, 4 of 9; below, 1 of 9.
ALIKE = 72.0
#: Two wordings must share this many content words: shorter ones ("maintain dialogue") are similar by chance.
COMMON = 3
#: Joint undertakings of the same parties on a narrow issue are one with so many common content words and half of the shorter
#: wording's: of 7 more pairs so found in 226 real documents that were read, 7 were one undertaking.
_COMMON_JOINT = 5
#: And this share of the shorter wording's content words.
_SHARE = 0.4
#: The kinds of mechanisms of which two documents may be accounts of two sessions; a summit or forum is mostly named beside.
_MEETS = frozenset(("dialogue", "working-group", "commission"))
#: The sessions of which a document is an account: meetings held, and not calls in which one is spoken of.
_TOLD = """
    SELECT told FROM meeting WHERE document = ? AND kind IN ('dialogue', 'meeting', 'conference')
    AND json_extract(told, '$.future') = 0
"""
#: Sorts after every id.
_LAST = "\U0010ffff"
#: Bodies that are set up once: two undertakings by the same body on the same issue are one.
STANDING = frozenset(
    (
        "working-group-generic",
        "joint-committee-generic",
        "hotline-generic",
        "task-force-generic",
        "green-lane",
        "centre",
    )
)
#: The issue that stands for a relation as a whole: sharing it says little.
BROAD = "bilateral-relations"
_SMALL = frozenset(
    """
    the a an of to and or in on for with by at as from into its their our his her each other both that this these those it be is
    are was will would also all any more further including through between among under over about continue work together
    closely efforts
    """.split()
)


class UndertakingMention(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An undertaking as one document says it; ``words`` are ``[start, end)`` of the document's text."""

    undertaking: str
    document: str
    day: str | None
    issuer: str
    language: str
    turn: str
    speaker: str | None = None
    strength: Strength
    form: Form
    by: tuple[str, ...]
    to: tuple[str, ...]
    issues: tuple[str, ...]
    mechanism: str | None = None
    mechanism_id: str | None = None
    deadline: str | None = None
    hedge: str | None = None
    words: str
    start: int
    end: int

    @cached_property
    def parties(self) -> frozenset[str]:
        """All parties that take part; what is for all the world is for nobody in particular."""
        return frozenset((*self.by, *(code for code in self.to if code not in NO_PARTY)))

    @cached_property
    def bound(self) -> frozenset[str]:
        """The parties that bind themselves."""
        return frozenset(self.by)

    @cached_property
    def matters(self) -> frozenset[str]:
        """The issues."""
        return frozenset(self.issues)


class _ContentWords(NamedTuple):
    """The content words of a wording: as a set, and joined in two orders as rapidfuzz compares them."""

    own: frozenset[str]
    joined: str
    ordered: str


@lru_cache(maxsize=100_000)
def content_words(text: str) -> _ContentWords:
    """The content words: stop words left out, plural endings cut, Chinese as pairs of characters."""
    some = words(text)
    if sum(map(is_han, some)) * 2 > len(some):
        some = [one + other for one, other in itertools.pairwise(some) if is_han(one) and is_han(other)]
    else:
        some = [word.removesuffix("ing").removesuffix("s") for word in some if word not in _SMALL]
    return _ContentWords(frozenset(some), " ".join(some), " ".join(sorted(filter(None, some))))


def similarity(one: str, other: str, least: float = 0.0) -> float:
    """How similar two wordings are, from 0 to 100; 0 where they share fewer than three content words, or fewer than 4 in 10
    of the shorter one.

    With ``least`` also 0 where they are less similar than that, which takes half the time to find out.
    """
    left, right = content_words(one), content_words(other)
    common = len(left.own & right.own)
    if common < COMMON or common < _SHARE * min(len(left.own), len(right.own)):
        return 0.0
    by_order = fuzz.ratio(left.ordered, right.ordered)  # the token-sort ratio of words that are already sorted
    if by_order + 100 < 2 * least:
        return 0.0
    mean = (fuzz.token_set_ratio(left.joined, right.joined) + by_order) / 2
    return mean if mean >= least else 0.0


def _shares_half(one: str, other: str) -> bool:
    """Whether two wordings share five content words, and half of the shorter one's: what both sides say again differently."""
    left, right = content_words(one).own, content_words(other).own
    common = len(left & right)
    return common >= _COMMON_JOINT and 2 * common >= min(len(left), len(right))


def same_undertaking(one: UndertakingMention, other: UndertakingMention) -> bool:
    """Whether two mentions are of one undertaking."""
    if one.parties != other.parties and not (
        one.bound == other.bound and (one.parties <= other.parties or other.parties <= one.parties)
    ):
        return False
    common = one.matters & other.matters
    if not common and (one.issues or other.issues) and one.language == other.language:
        return not (one.issues and other.issues) and similarity(one.words, other.words, 90) > 0
    narrow = {issue for issue in common if not issue.startswith(BROAD)}
    standing = one.mechanism_id is not None and (
        one.mechanism_id in STANDING or not one.mechanism_id.endswith("-generic")
    )
    if standing and one.mechanism_id == other.mechanism_id and narrow:
        return True
    if one.language[:2] == other.language[:2]:
        joint = len(one.by) > 1 and len(other.by) > 1
        return similarity(one.words, other.words, ALIKE) > 0 or (
            joint and bool(narrow) and _shares_half(one.words, other.words)
        )
    # A text and its translation: the same day, the same strength, the same issues.
    union = one.matters | other.matters
    return (
        one.day is not None and one.day == other.day and one.strength == other.strength and one.form == other.form
        and bool(narrow) and len(common) * 2 >= len(union)
    )  # fmt: skip


def join_threads(said: Iterable[UndertakingMention]) -> list[list[UndertakingMention]]:
    """The mentions joined into threads, each in order. ``said`` must be ordered by day.

    A mention that belongs to two threads (a text in one language and a translation that was nearer to another) joins them.
    """
    mentions = list(said)
    wordings = [content_words(one.words).own for one in mentions]
    shared = earlier_overlaps(wordings, [(one.bound, one.parties) for one in mentions], least=COMMON, share=_SHARE)
    threads: dict[int, _Thread] = {}
    of: list[int] = []  # the thread into which each mention was put
    moved: dict[int, int] = {}
    beside: dict[tuple[str | None, ...], list[int]] = {}  # mentions by what can make two the same in different words
    for number, (one, earlier) in enumerate(zip(mentions, shared, strict=True)):
        own_marks = marks_of(one)
        may = {_current_thread(of[other], moved) for mark in own_marks for other in beside.get(mark, ())}
        may.update(_current_thread(of[other], moved) for other in earlier)
        keys = _keys(one, loose=True)
        own = [held for held in sorted(may) if threads[held].takes(one, keys, wordings[number])]
        chosen = own[0] if own else number
        for other in own[1:]:
            threads[chosen].join(threads.pop(other))
            moved[other] = chosen
        threads.setdefault(chosen, _Thread()).put(one, wordings[number])
        of.append(chosen)
        for mark in own_marks:
            beside.setdefault(mark, []).append(number)
    return [sorted(thread.mentions, key=mention_order) for _, thread in sorted(threads.items())]


class _Thread:
    """Mentions of one undertaking, with the keys under which it is found, and all its words."""

    def __init__(self) -> None:
        self.mentions: list[UndertakingMention] = []
        self._keys: set[_Key] = set()
        self._words: set[str] = set()

    def takes(self, one: UndertakingMention, keys: Iterable[_Key], words: frozenset[str]) -> bool:
        """Whether a mention with these keys is of the same undertaking as the first or one of the last."""
        return (
            not self._keys.isdisjoint(keys)
            and (len(words & self._words) >= COMMON or bool(one.mechanism_id) or one.day == self.mentions[-1].day)
            and any(same_undertaking(one, edge) for edge in _edges(self.mentions))
        )

    def put(self, one: UndertakingMention, words: frozenset[str]) -> None:
        self.mentions.append(one)
        self._keys.update(_keys(one))
        self._words |= words

    def join(self, other: _Thread) -> None:
        self.mentions += other.mentions
        self._keys |= other._keys
        self._words |= other._words


def marks_of(one: UndertakingMention) -> list[tuple[str | None, ...]]:
    """What, besides words, can make two mentions the same: a body with an issue, or the day of a translation with one."""
    narrow = [issue for issue in one.issues if not issue.startswith(BROAD)]
    found: list[tuple[str | None, ...]] = [(one.day, one.strength, one.form, issue) for issue in narrow if one.day]
    if one.mechanism_id is not None:
        found += [(one.mechanism_id, issue) for issue in narrow]
    return found


#: A key under which a thread is found: the parties that bind themselves or all that take part, and an issue.
_Key = tuple[str, frozenset[str], str]


def _keys(one: UndertakingMention, *, loose: bool = False) -> list[_Key]:
    """The keys of a mention; with ``loose`` also those of mentions without an issue."""
    issues = [*one.issues] or [""]
    if loose and one.issues:
        issues.append("")
    by = frozenset(one.by)
    keys = [("by", by, issue) for issue in issues] + [("all", one.parties, issue) for issue in issues]
    if loose and not one.issues and len(one.parties) > 1:
        keys.append(("all", one.parties, "any"))
    if not loose and len(one.parties) > 1:
        keys.append(("all", one.parties, "any"))
    return keys


def _current_thread(thread: int, moved: dict[int, int]) -> int:
    while thread in moved:
        thread = moved[thread]
    return thread


def mention_order(one: UndertakingMention) -> tuple[str, str, int, str]:
    """The order in which mentions are joined and told: by day, those without one last; the id decides where all else is equal."""
    return one.day or "9999", one.document, one.start, one.undertaking


def _edges(thread: list[UndertakingMention]) -> Iterable[UndertakingMention]:
    """The first mention and the last few: a wording may drift away from the first, but not from the last."""
    return (thread[0], *thread[-3:]) if len(thread) > 1 else thread


class LaterAccounts:
    """Documents that report joint undertakings, by their parties: they show whether a later account is silent on one.

    ``record`` is a desk's record; the words and mentions of a document are read from it when they are needed.
    """

    def __init__(self, said: Iterable[UndertakingMention], record: sqlite3.Connection) -> None:
        self._record = record
        self._languages: dict[frozenset[str], dict[tuple[str, str], set[str]]] = {}
        for one in said:
            if is_joint(one):
                of_parties = self._languages.setdefault(one.parties, {})
                of_parties.setdefault((one.day or "", one.document), set()).add(one.language[:2])
        self._contents: dict[str, _Contents] = {}

    def silent_on(self, thread: Sequence[UndertakingMention]) -> tuple[str, str] | None:
        """Day and id of the first later account that does not mention the undertaking; ``None`` where there is none.

        An account reports joint undertakings of exactly the same parties, in a language in which the undertaking was said, and
        tells of a session of a mechanism of theirs (a dialogue, a working group), as does the last document with the undertaking.
        It is silent if it has none of the undertaking's key words and mentions none of its issues. Silence is no proof that
        the undertaking was dropped.
        """
        last = thread[-1]
        if not is_joint(last) or not whole_day(last.day):
            return None
        said_in = self._contents_of(last.document)
        own = {one for one in said_in.mechanisms if _sessions()[one] == last.parties}
        if not own:
            return None
        key_words = said_in.key_words(last.words)
        narrow = {issue for issue in last.issues if not issue.startswith(BROAD)}
        languages = {one.language[:2] for one in thread}
        accounts = self._languages.get(last.parties, {})
        for day, document in sorted(accounts):
            if (day, document) <= (last.day or "", _LAST) or languages.isdisjoint(accounts[day, document]):
                continue
            later = self._contents_of(document)
            if not own & later.mechanisms:
                continue
            if key_words.isdisjoint(itertools.chain.from_iterable(later.sentences)) and not narrow & later.issues:
                return day, document
        return None

    def _contents_of(self, document: str) -> _Contents:
        found = self._contents.get(document)
        if found is None:
            query = "SELECT kind, id, start FROM mention WHERE document = ? AND kind IN ('mechanism', 'issue')"
            marks = [tuple(row) for row in self._record.execute(query, (document,))]
            (text,) = self._record.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()
            told = self._record.execute(_TOLD, (document,)).fetchall()
            spans = [(span["start"], span["end"]) for (one,) in map(tuple, told) for span in json.loads(one)["spans"]]
            found = self._contents[document] = _Contents(
                text,
                frozenset(id for kind, id, _ in marks if kind == "issue" and id),
                frozenset(
                    id
                    for kind, id, at in marks
                    if kind == "mechanism" and id in _sessions() and any(start <= at < end for start, end in spans)
                ),
            )
        return found


def is_joint(one: UndertakingMention) -> bool:
    """Whether a mention is in an account of what several parties undertook: only such accounts can be silent on another."""
    return one.day is not None and len(one.by) > 1


@cache
def _sessions() -> dict[str, frozenset[str]]:
    """The parties of each mechanism that meets again and again, so that two documents may be accounts of two sessions."""
    return {
        row["id"]: frozenset(row["parties"].split("|"))
        for row in world_rows("mechanisms")
        if row["kind"] in _MEETS and row["parties"]
    }


class _Contents:
    """The words, issues and named mechanisms of a document."""

    def __init__(self, text: str, issues: frozenset[str], mechanisms: frozenset[str]) -> None:
        self._text = text
        self.issues = issues
        self.mechanisms = mechanisms

    @cached_property
    def sentences(self) -> list[frozenset[str]]:
        """The content words of each sentence."""
        return [content_words(self._text[start:end]).own for start, end in sentences(self._text)]

    def key_words(self, wording: str) -> frozenset[str]:
        """The content words of a wording of this document that it uses in the fewest of its sentences."""
        counts = Counter(word for sentence in self.sentences for word in sentence)
        own = content_words(wording).own
        fewest = min((counts[word] for word in own), default=0)
        return frozenset(word for word in own if counts[word] == fewest)
