"""The places of a query's words in a text: to show hits, and for what the index cannot decide alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from onrecord.asking.query import Both, Either, Near, Node, Phrase, Without
from onrecord.languages.folding import searchable
from onrecord.languages.tokens import BREAK, has_odd_letters, placed_stream

Span = tuple[int, int]


class PlacedWords:
    """The words of a text with their places, as in the index, with a BREAK wherever punctuation separates them.

    With ``across`` the breaks are left out, so that phrases run over punctuation.
    """

    def __init__(self, text: str, across: bool = False) -> None:
        self.words: list[str] = []
        self.spans: list[Span] = []
        for word, start, end in placed_stream(text):
            if word is not BREAK or not across:
                self.words.append(word)
                self.spans.append((start, end))
        self.across = across
        self.order: list[int] = []  # how many words are before each, without breaks
        before = 0
        for word in self.words:
            self.order.append(before)
            before += word is not BREAK
        self._where: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            self._where.setdefault(word, []).append(at)

    def phrase(self, phrase: Phrase) -> list[tuple[int, int]]:
        """The places of a phrase as ``(first word, last word)``."""
        if phrase.prefix:
            beginning = phrase.words[0]
            return [(at, at) for at, word in enumerate(self.words) if word.startswith(beginning)]
        wanted = [word for word in phrase.words if word is not BREAK] if self.across else list(phrase.words)
        size = len(wanted)
        return [(at, at + size - 1) for at in self._where.get(wanted[0], ()) if self.words[at : at + size] == wanted]


def matches(node: Node, words: PlacedWords) -> bool:
    """Whether a text matches a query."""
    if isinstance(node, Phrase):
        return bool(words.phrase(node))
    if isinstance(node, Near):
        return bool(_near(node, words))
    if isinstance(node, Both):
        return all(matches(part, words) for part in node.parts)
    if isinstance(node, Either):
        return any(matches(part, words) for part in node.parts)
    return not matches(node.part, words)


def spans(node: Node, text: str, across: bool = False) -> list[Span]:
    """The places of a query's words and phrases in a text, in order, without overlaps."""
    leaves = list(_phrases(node))
    if across or _has_near(node) or has_odd_letters(text):
        return _spans(node, PlacedWords(text, across), 0)
    if all(len(phrase.words) == 1 and not phrase.prefix for phrase in leaves):
        return _single({phrase.words[0] for phrase in leaves}, text)
    found: list[Span] = []
    start = 0
    for paragraph in text.split("\n\n"):  # phrases end with the paragraph: only candidates are tokenised
        plain = searchable(paragraph)
        if any(phrase.words[0] in plain for phrase in leaves):
            found += _spans(node, PlacedWords(paragraph), start)
        start += len(paragraph) + 2
    return found


def _single(wanted: set[str], text: str) -> list[Span]:
    """The places of single words: only their surroundings up to the next space are tokenised, not a speech of an hour."""
    if not wanted:
        return []
    plain = searchable(text)
    found: list[Span] = []
    done = 0
    for match in re.finditer("|".join(map(re.escape, sorted(wanted, key=len, reverse=True))), plain):
        if match.start() < done:
            continue
        start = max(plain.rfind(" ", 0, match.start()) + 1, done)
        done = plain.find(" ", match.end())
        done = done if done >= 0 else len(plain)
        found += [
            (start + first, start + last) for word, first, last in placed_stream(plain[start:done]) if word in wanted
        ]
    return found


def _spans(node: Node, words: PlacedWords, offset: int) -> list[Span]:
    found = sorted(_places(node, words), key=lambda place: (place[0], -place[1]))
    apart: list[Span] = []
    for first, last in found:
        start, end = words.spans[first][0] + offset, words.spans[last][1] + offset
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _phrases(node: Node) -> Iterator[Phrase]:
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, Near):
        yield node.left
        yield node.right
    elif not isinstance(node, Without):
        for part in node.parts:
            yield from _phrases(part)


def _has_near(node: Node) -> bool:
    if isinstance(node, Phrase | Without):
        return False
    return isinstance(node, Near) or any(_has_near(part) for part in node.parts)


def _places(node: Node, words: PlacedWords) -> list[tuple[int, int]]:
    if isinstance(node, Phrase):
        return words.phrase(node)
    if isinstance(node, Near):
        return _near(node, words)
    if isinstance(node, Without):
        return []
    return [place for part in node.parts for place in _places(part, words)]


def _near(node: Near, words: PlacedWords) -> list[tuple[int, int]]:
    """Both places of every pair that is near enough. Of each place only the nearest on either side has to be looked at, so that
    this takes no more time where a short word stands a thousand times within reach."""
    lefts, rights = words.phrase(node.left), words.phrase(node.right)
    order = words.order
    return sorted(
        {*_within_reach(lefts, rights, order, node.distance), *_within_reach(rights, lefts, order, node.distance)}
    )


def _within_reach(
    places: list[tuple[int, int]], others: list[tuple[int, int]], order: list[int], distance: int
) -> Iterator[tuple[int, int]]:
    """The places that have another before or behind them with at most ``distance`` words between; all in order of the text."""
    starts, ends = [first for first, _ in others], [last for _, last in others]
    for first, last in places:
        behind, before = bisect_right(starts, last), bisect_left(ends, first) - 1
        if (behind < len(starts) and order[starts[behind]] - order[last] - 1 <= distance) or (
            before >= 0 and order[first] - order[ends[before]] - 1 <= distance
        ):
            yield first, last


def pattern_of(expression: str) -> re.Pattern[str]:
    """A regular expression for the text as printed, ignoring case. Raises QueryError for an invalid one."""
    from onrecord.errors import QueryError

    try:
        return re.compile(expression, re.I)
    except re.error as error:
        raise QueryError(
            f"the regular expression {expression!r} is invalid: {error}", hint="Use the syntax of Python"
        ) from None
