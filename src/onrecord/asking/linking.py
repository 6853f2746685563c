"""Mentions of the same undertaking in later documents, and accounts that no longer hold it.

Two mentions are of one undertaking when the same parties take part, an issue is common (or neither names one), and either both
are to be done by the same standing body (a working group on climate is one working group, in whatever words and language), or
their wordings are alike, see :data:`ALIKE`.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import msgspec
from rapidfuzz import fuzz

from onrecord.language.tokens import is_han, words
from onrecord.marks import Form, Strength

#: From this similarity on two wordings of one language say the same thing: the mean of rapidfuzz's token-set and token-sort
#: ratio over their content words (pairs of characters in Chinese). Of 45 pairs of real undertakings between the same parties on a
#: common issue that were read: 84 and more, 8 of 9 one undertaking; 76 to 84, 8 of 9; 70 to 76, 7 of 9; 64 to 70,
#: 4 of 9; less, 1 of 9.
ALIKE = 72.0
#: So many content words must be common: shorter ones ("maintain dialogue") are alike by chance.
_COMMON = 3
#: Bodies that are set up once: two undertakings by the same one on the same issue are one.
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
#: Issues that a relation as a whole is named by: sharing them says little.
BROAD = "bilateral-relations"
_SMALL = frozenset(
    """
    the a an of to and or in on for with by at as from into its their our his her each other both that this these those it be is
    are was will would also all any more further including through between among under over about continue work together
    closely efforts
    """.split()
)


class Said(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An undertaking as one document says it; the words are ``[start, end)`` of the document."""

    undertaking: str
    document: str
    day: str | None
    issuer: str
    language: str
    turn: str
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
        """All who take part."""
        return frozenset((*self.by, *self.to))

    @cached_property
    def bound(self) -> frozenset[str]:
        """Those who bind themselves."""
        return frozenset(self.by)

    @cached_property
    def matters(self) -> frozenset[str]:
        """The issues."""
        return frozenset(self.issues)


class _Content(NamedTuple):
    """The words of a wording that carry its sense, as a set and as rapidfuzz compares them."""

    own: frozenset[str]
    joined: str


@lru_cache(maxsize=100_000)
def content(text: str) -> _Content:
    """The words that carry the sense: small words left out, endings of number cut, Chinese as pairs of characters."""
    some = words(text)
    if sum(map(is_han, some)) * 2 > len(some):
        some = [one + other for one, other in itertools.pairwise(some) if is_han(one) and is_han(other)]
    else:
        some = [word.removesuffix("ing").removesuffix("s") for word in some if word not in _SMALL]
    return _Content(frozenset(some), " ".join(some))


def likeness(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 100; 0 where fewer than three content words are common, or than 4 in 10 of the shorter."""
    left, right = content(one), content(other)
    common = len(left.own & right.own)
    if common < _COMMON or common * 10 < 4 * min(len(left.own), len(right.own)):
        return 0.0
    return (fuzz.token_set_ratio(left.joined, right.joined) + fuzz.token_sort_ratio(left.joined, right.joined)) / 2


def same(one: Said, other: Said) -> bool:
    """Whether two mentions are of one undertaking."""
    if one.parties != other.parties and not (
        one.bound == other.bound and (one.parties <= other.parties or other.parties <= one.parties)
    ):
        return False
    common = one.matters & other.matters
    if not common and (one.issues or other.issues) and one.language == other.language:
        return likeness(one.words, other.words) >= 90 and not (one.issues and other.issues)
    narrow = {issue for issue in common if not issue.startswith(BROAD)}
    standing = one.mechanism_id is not None and (
        one.mechanism_id in STANDING or not one.mechanism_id.endswith("-generic")
    )
    if standing and one.mechanism_id == other.mechanism_id and narrow:
        return True
    if one.language[:2] == other.language[:2]:
        return likeness(one.words, other.words) >= ALIKE
    # A text and its translation: the same day, the same firmness, the same matters.
    union = one.matters | other.matters
    return (
        one.day is not None and one.day == other.day and one.strength == other.strength and one.form == other.form
        and bool(narrow) and len(common) * 2 >= len(union)
    )  # fmt: skip


def link(said: Iterable[Said]) -> list[list[Said]]:
    """The mentions joined to threads, each in the order in which they came. ``said`` is in order of its days.

    A mention that is of two threads (a text in one language and a translation that was nearer to another) makes them one.
    """
    threads: dict[int, list[Said]] = {}
    shelves = _Shelves()
    for number, one in enumerate(said):
        mine = content(one.words).own
        near = shelves.near(one, mine)
        own = [held for held in near if any(same(one, edge) for edge in _edges(threads[held]))]
        chosen = own[0] if own else number
        for other in own[1:]:
            threads[chosen] += threads.pop(other)
            shelves.join(other, chosen)
        threads.setdefault(chosen, []).append(one)
        shelves.put(chosen, one, mine)
    return [sorted(thread, key=_when) for _, thread in sorted(threads.items())]


class _Shelves:
    """Where threads are looked for, by their parties and issues, and on each shelf by their words, bodies and days.

    Two mentions are the same only where they have three words in common, or a body, or a day: all others on a shelf, which
    may hold thousands of threads, need not be looked at.
    """

    def __init__(self) -> None:
        self._words: dict[_Key, dict[str, list[int]]] = {}
        self._marks: dict[_Key, dict[str, list[int]]] = {}
        self._keys: dict[int, set[_Key]] = {}
        self._bags: dict[int, set[str]] = {}
        self._moved: dict[int, int] = {}

    def near(self, one: Said, mine: frozenset[str]) -> list[int]:
        """The threads that a mention may be of, in order."""
        counted: Counter[int] = Counter()
        found: set[int] = set()
        for key in _keys(one, loose=True):
            shelf = self._words.get(key)
            if shelf is None:
                continue
            for word in mine:
                if word in shelf:
                    counted.update(shelf[word])
            marks = self._marks[key]
            for mark in _marks(one):
                found.update(marks.get(mark, ()))
        found.update(thread for thread, count in counted.items() if count >= _COMMON)
        return sorted({_now(thread, self._moved) for thread in found})

    def put(self, thread: int, one: Said, mine: frozenset[str]) -> None:
        """Put a thread's next mention on its shelves: all its words stand on each of them."""
        keys, bag = self._keys.setdefault(thread, set()), self._bags.setdefault(thread, set())
        self._add(thread, keys, mine - bag)
        bag |= mine
        added = {*_keys(one)} - keys
        self._add(thread, added, bag)
        keys |= added
        for key in keys:
            for mark in _marks(one):
                self._marks[key].setdefault(mark, []).append(thread)

    def join(self, thread: int, other: int) -> None:
        """Put what one thread has to another, and know it by the other's number from now on."""
        self._moved[thread] = other
        keys, bag = self._keys.pop(thread), self._bags.pop(thread)
        self._add(other, self._keys[other] - keys, bag)
        self._add(other, keys - self._keys[other], self._bags[other])
        self._keys[other] |= keys
        self._bags[other] |= bag

    def _add(self, thread: int, keys: Iterable[_Key], words: Iterable[str]) -> None:
        for key in keys:
            shelf = self._words.setdefault(key, {})
            self._marks.setdefault(key, {})
            for word in words:
                shelf.setdefault(word, []).append(thread)


def _marks(one: Said) -> list[str]:
    """What two mentions may have in common besides words: the body, and the day of a translation."""
    return [mark for mark in (one.mechanism_id, one.day) if mark]


#: Where a thread is looked for: those who bind themselves or all who take part, and an issue.
_Key = tuple[str, frozenset[str], str]


def _keys(one: Said, *, loose: bool = False) -> list[_Key]:
    """The shelves of a mention; with ``loose`` also those on which one without an issue may stand."""
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


def _now(thread: int, moved: dict[int, int]) -> int:
    while thread in moved:
        thread = moved[thread]
    return thread


def _when(one: Said) -> tuple[str, str, int]:
    return one.day or "9999", one.document, one.start


def _edges(thread: list[Said]) -> Iterable[Said]:
    """The first mention and the last few: a wording may drift, but from what was said last."""
    return (thread[0], *thread[-3:]) if len(thread) > 1 else thread


# ---- dropped


class Accounts:
    """Documents that tell of things done together, by the parties: what a later account still holds is asked of them."""

    def __init__(self, said: Iterable[Said]) -> None:
        self._of: dict[str, list[Said]] = {}
        self._by_code: dict[str, dict[tuple[str, str], list[Said]]] = {}
        for one in said:
            if len(one.by) < 2:
                continue
            self._of.setdefault(one.document, []).append(one)
            for code in one.parties if one.day else ():
                self._by_code.setdefault(code, {}).setdefault((one.day or "", one.document), []).append(one)
        self._in_order = {code: sorted(held) for code, held in self._by_code.items()}

    def dropped_in(self, thread: Sequence[Said]) -> tuple[str, str] | None:
        """Day and id of the first later account that no longer holds the undertaking; ``None`` where there is none.

        An account tells of things done together by the same parties, in a language in which the undertaking was said. It
        counts where it tells again at least half of what stood beside the undertaking when it was said last, or holds one of
        its issues among two or more things. What one side says of itself is no account.
        """
        last = thread[-1]
        if last.day is None or len(last.by) < 2:
            return None
        narrow = {issue for issue in last.issues if not issue.startswith(BROAD)}
        beside = [one for one in self._of.get(last.document, ()) if one.undertaking != last.undertaking]
        languages = {one.language[:2] for one in thread}
        code = min(last.by, key=lambda code: len(self._by_code.get(code, {})))
        rarest, in_order = self._by_code.get(code, {}), self._in_order.get(code, [])
        for day, document in in_order[bisect_right(in_order, (last.day, "\U0010ffff")) :]:
            held = [one for one in rarest[day, document] if last.bound <= one.parties and one.language[:2] in languages]
            on_it = [one for one in held if narrow & one.matters]
            if not held or any(_holds(one, last) for one in on_it):
                continue
            again = sum(any(same(other, one) for one in held) for other in beside)
            if (beside and again * 2 >= len(beside)) or (len(held) > 1 and on_it):
                return day, document
        return None


def _holds(one: Said, last: Said) -> bool:
    """Whether a wider undertaking still says half of the words: one topic of a list of topics."""
    own = content(last.words).own
    return len(own & content(one.words).own) * 2 >= len(own)
