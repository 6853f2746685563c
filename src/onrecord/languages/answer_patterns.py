"""Cues of answer types: the patterns of a language's ``answers.toml``, compiled and matched against a text.

The table is meant to be edited; its header describes the pattern notation. All patterns of a table form one tree of words, which
is entered only at two words that can begin a pattern, so that a longer table costs little on a long text. Of the patterns that
match at a position, the longest wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from onrecord.errors import LexiconError
from onrecord.languages.folding import folded
from onrecord.lexicon.tables import read_toml

#: Alternative phrases for the next step, each as its words.
_Step = tuple[tuple[str, ...], ...]

_GAP, _FIRST = "...", "^"
_WORD = re.compile(r"[^\W_]+\*?(?:/[^\W_]+\*?)*")
_LIST = re.compile(r"<([a-z]+)>")
_HAN = re.compile("[\u3400-\u9fff]")
#: The maximum number of words from the list "between" that may occur between two words.
_BETWEEN_WORDS = 2
_BREAKS = frozenset("，、。；：！？…,.;:!?（）()") | {"\n\n"}
_BEGINS = re.compile(r"(?:^|[.!?;。！？；\n-])\W*$")
_MARKS = re.compile(r"[“「『]([^“”「」『』]*)[”」』]|(?<![\w\"])\"(?=\S)([^\"]*)\"(?!\w)")


class Pattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table. ``when`` is "alone" for a pattern that counts only if the answer says little else."""

    id: str
    type: Literal["decline", "refer", "counter"]
    words: tuple[str, ...]
    example: str
    note: str
    source: tuple[str, ...]
    when: Literal["anywhere", "alone"] = "anywhere"


class PatternMatch(NamedTuple):
    """A pattern matched at ``[start, end)`` of a text."""

    pattern: Pattern
    start: int
    end: int


class Writing(NamedTuple):
    """How a language writes words, as far as patterns need it.

    ``token`` matches words, and the marks that no pattern spans; ``gap`` is the number of tokens "..." stands for. ``divided``
    says whether spaces separate the words of a phrase. ``asks`` matches the end of an interrogative sentence, ``length`` counts
    the words of a sentence.
    """

    token: re.Pattern[str]
    gap: int
    divided: bool
    asks: re.Pattern[str]
    length: Callable[[str], float]


class _Part(msgspec.Struct, forbid_unknown_fields=True):
    words: list[str]
    number: int | None = None


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    sources: dict[str, str]
    words: dict[str, list[str]]
    pattern: list[dict[str, Any]]
    aside: list[str]
    furniture: list[str]
    part: list[_Part]
    between: list[str] = []


class _Words:
    """A text as folded words, with a break at both ends and at every mark that no pattern spans."""

    def __init__(self, text: str, token: re.Pattern[str]) -> None:
        self._plain = "\n\n".join(folded(part) for part in text.split("\n\n"))  # folded, with paragraph breaks kept
        self._word = token
        self.words: list[str] = ["\n\n", *self._word.findall(self._plain), "\n\n"]
        self._spans: list[tuple[int, int]] = []
        self._matches: Iterator[re.Match[str]] | None = None

    def placed(self, found: Iterable[tuple[Any, int, int]]) -> list[tuple[Any, int, int]]:
        """Convert matches from word positions to text offsets; the break that "^" matches is outside."""
        some = list(found)
        if not some:
            return []
        spans = self._spans_up_to(max(end for _, _, end in some))
        return [(who, spans[at + (self.words[at] in _BREAKS)][0], spans[end - 1][1]) for who, at, end in some]

    def _spans_up_to(self, count: int) -> list[tuple[int, int]]:
        """The places of so many of the words at least, as far as they have places."""
        if self._matches is None:
            self._matches, self._spans = self._word.finditer(self._plain), [(0, 0)]
        missing = count + 1 - len(self._spans)  # one more: behind the break that "^" is met by
        if missing > 0:
            self._spans += [match.span() for match in islice(self._matches, missing)]
        return self._spans


class _Node:
    """A node in the tree of phrases: the possible next words, and the owner of the phrase that ends here."""

    __slots__ = ("_behind", "gap", "owner", "stems", "words")

    def __init__(self) -> None:
        self.owner: Any = None
        self.words: dict[str, list[_Node]] = {}
        self.stems: list[tuple[str, _Node]] = []
        self.gap: _Node | None = None
        self._behind: dict[int, _Node] = {}

    def after(self, step: _Step | None) -> _Node:
        """The node after a step: after any of its phrases, or after a gap."""
        known = self._behind.get(id(step))
        if known is not None:
            return known
        behind = self._behind[id(step)] = _Node()
        if step is None:
            self.gap = behind
        inside: dict[tuple[str, ...], _Node] = {(): self}
        for phrase in step or ():
            for number, word in enumerate(phrase):
                node, so_far = inside[phrase[:number]], phrase[: number + 1]
                if word.endswith("*"):
                    node.stems.append((word[:-1], behind))
                elif so_far == phrase:
                    node.words.setdefault(word, []).append(behind)
                elif so_far not in inside:
                    inside[so_far] = _Node()
                    node.words.setdefault(word, []).append(inside[so_far])
        return behind


class _Finder:
    """Phrases as a tree of words."""

    def __init__(self, phrases: Iterable[tuple[Any, str]], lists: _Lists) -> None:
        self._gap = lists.gap
        self._between = lists.between
        root = _Node()
        for owner, phrase in phrases:
            node = root
            for part in _parts(phrase):
                node = node.after(lists.step(part))
            node.owner = node.owner or (owner,)
        self._begins = {word: (nodes, self._seconds(nodes)) for word, nodes in root.words.items()}

    def _seconds(self, nodes: list[_Node]) -> frozenset[str] | None:
        """The possible second words, None if any word is possible: two words rule out most positions."""
        if any(node.owner or node.gap or node.stems for node in nodes):
            return None
        return self._between.union(*(node.words for node in nodes))

    def find(self, words: list[str]) -> Iterator[tuple[Any, int, int]]:
        """Yield the owner and word positions of each match, left to right without overlap."""
        behind, begins = 0, self._begins
        for start, word in enumerate(words[:-1]):  # the last is a break
            if word not in begins or start < behind:
                continue
            nodes, seconds = begins[word]
            if seconds is None or words[start + 1] in seconds:
                end, owner = self._longest(nodes, words, start + 1)
                if end:
                    yield owner[0], start, end
                    behind = end

    def _longest(self, nodes: list[_Node], words: list[str], at: int) -> tuple[int, Any]:
        """The end and owner of the longest phrase that continues from any of these nodes; 0 if none does."""
        best: tuple[int, Any] = (0, None)
        for node in nodes:
            if node.owner is not None and at > best[0]:
                best = at, node.owner
            if node.words or node.stems:
                met = self._next(node, words, at)
                if met[0] > best[0]:
                    best = met
            if node.gap is not None:
                behind = node.gap
                for place in range(at, at + self._gap + 1):
                    word = words[place]
                    if word in behind.words or behind.stems or behind.gap is not None or word in self._between:
                        met = self._longest([behind], words, place)
                        if met[0] > best[0]:
                            best = met
                        if met[0]:  # the shortest gap that matches
                            break
                    if word in _BREAKS:
                        break
        return best

    def _next(self, node: _Node, words: list[str], at: int) -> tuple[int, Any]:
        best: tuple[int, Any] = (0, None)
        for place in range(at, at + _BETWEEN_WORDS + 1):
            word = words[place]
            nodes = node.words.get(word, _NO_NODES)
            if node.stems:
                nodes = nodes + [behind for stem, behind in node.stems if word.startswith(stem)]
            if nodes:
                met = self._longest(nodes, words, place + 1)
                if met[0] > best[0]:
                    best = met
            if word not in self._between:
                break
        return best


_NO_NODES: list[_Node] = []


class _Lists:
    """How phrases are parsed: the lists of the table, the length of a gap, the words allowed between two words."""

    def __init__(self, table: _Table, writing: Writing) -> None:
        self.gap = writing.gap
        self.between = frozenset(table.between)
        self._steps: dict[str, _Step] = {_FIRST: tuple((mark,) for mark in _BREAKS)}
        for list_name, some in table.words.items():
            self._steps[f"<{list_name}>"] = tuple(
                dict.fromkeys(tuple(phrase.split()) if writing.divided else tuple(phrase) for phrase in some)
            )

    def step(self, part: str) -> _Step | None:
        """What a part of a phrase matches, None for a gap; the same object for the same part."""
        if part == _GAP:
            return None
        if part not in self._steps:
            self._steps[part] = (tuple(part),) if _HAN.search(part) else tuple((word,) for word in part.split("/"))
        return self._steps[part]


def _parts(phrase: str) -> list[str]:
    return re.sub(r"(<[a-z]+>)", r" \1 ", phrase).split()


class AnswerPatterns:
    """A table, read and checked."""

    def __init__(self, table: _Table, patterns: tuple[Pattern, ...], writing: Writing) -> None:
        self.patterns = patterns
        self.sources = table.sources
        self.writing = writing
        lists = _Lists(table, writing)
        self._finder = _Finder([(it, phrase) for it in patterns for phrase in it.words], lists)
        self._asides = _Finder([(None, phrase) for phrase in table.aside], lists)
        self._parts = _Finder([(part.number, phrase) for part in table.part for phrase in part.words], lists)
        self._furniture = frozenset(table.furniture)

    def find(self, text: str) -> list[PatternMatch]:
        """Return the pattern matches in a text, in order."""
        tokens = _Words(text, self.writing.token)
        found = tokens.placed(self._finder.find(tokens.words))
        if not found:
            return []
        asides = [(start, end) for _, start, end in tokens.placed(self._asides.find(tokens.words))]
        asides += [match.span() for match in _MARKS.finditer(text)]
        return [PatternMatch(*one) for one in _outside(found, sorted(asides))]

    def parts(self, text: str) -> list[tuple[int | None, int, int]]:
        """Find where a text turns to one of several questions: its number and the span of the cue ("On your second question").

        A cue begins a sentence. The number is None if the question is not numbered ("On your question about …").
        """
        tokens = _Words(text, self.writing.token)
        return [one for one in tokens.placed(self._parts.find(tokens.words)) if _BEGINS.search(text, 0, one[1])]

    def is_furniture(self, sentence: str) -> bool:
        """Whether a sentence only accompanies answers and is not part of one: "Go ahead, Ed.", "谢谢。"."""
        tokens = re.findall(r"[^\W_]+", folded(sentence))
        return not tokens or " ".join(tokens) in self._furniture or " ".join(tokens[:-1]) in self._furniture


def _outside(found: list[tuple[Any, int, int]], asides: list[tuple[int, int]]) -> Iterator[tuple[Any, int, int]]:
    """The matches that overlap no aside; both in order."""
    starts = [start for start, _ in asides]
    reach = list(accumulate((end for _, end in asides), max))
    for one in found:
        before = bisect_left(starts, one[2])  # the asides that begin before it ends
        if not before or reach[before - 1] <= one[1]:
            yield one


def load(table: Path, writing: Writing) -> AnswerPatterns:
    """Read and check a table.

    Raises :class:`~onrecord.errors.LexiconError` naming the row and its line for a missing field or one of the wrong type, a
    duplicate id, an unknown source or list, a pattern not in folded form, and an example that its own pattern does not match.
    """
    read = read_toml(table, _Table)
    text = table.read_text(encoding="utf-8-sig")
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line.strip() == "[[pattern]]"]
    patterns: list[Pattern] = []
    for line, row in zip(lines, read.pattern, strict=True):
        where = f"{table}, line {line}, pattern {row.get('id', '?')!r}"
        try:
            pattern = msgspec.convert(row, Pattern)
        except msgspec.ValidationError as error:
            raise LexiconError(str(error), where=where) from error
        if pattern.id in {other.id for other in patterns}:
            raise LexiconError(f"the id {pattern.id!r} occurs twice", where=where)
        for source in pattern.source:
            if source not in read.sources:
                raise LexiconError(f"there is no source {source!r} in [sources]", where=where)
        _check_written(pattern.words, read, writing, where)
        patterns.append(pattern)
    _check_written(read.aside, read, writing, f"{table}, aside")
    for name, some in read.words.items():
        _check_written(some, read, writing, f"{table}, [words] {name}")
    for part in read.part:
        _check_written(part.words, read, writing, f"{table}, [[part]] {part.number}")
    answers = AnswerPatterns(read, tuple(patterns), writing)
    for line, pattern in zip(lines, patterns, strict=True):
        if not any(one.pattern is pattern for one in answers.find(pattern.example)):
            where = f"{table}, line {line}, pattern {pattern.id!r}"
            raise LexiconError(f"none of its phrases matches its own example {pattern.example!r}", where=where)
    return answers


def _check_written(phrases: Iterable[str], table: _Table, writing: Writing, where: str) -> None:
    for phrase in phrases:
        for name in _LIST.findall(phrase):
            if name not in table.words:
                raise LexiconError(f"{phrase!r} refers to a list <{name}> that does not exist", where=where)
        parts = _LIST.sub(" x ", phrase).split()
        if (
            not parts
            or _GAP in (parts[0], parts[-1])
            or _FIRST in parts[1:]
            or any(not _is_part(part, writing) for part in parts)
        ):
            raise LexiconError(
                f"{phrase!r} is not in folded form: lower case, no punctuation but / * < > ^ and ...",
                where=where,
            )


def _is_part(part: str, writing: Writing) -> bool:
    if part in (_GAP, _FIRST, "x"):
        return True
    if not writing.divided and not _HAN.search(part):
        return False
    return bool(_WORD.fullmatch(part)) and part == folded(part)
