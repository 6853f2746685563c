"""How an answer says that it is none: the patterns of ``answers.toml``, compiled and found in a text.

The table is made to be edited; its head says how a pattern is written. All patterns of a language are one tree of words,
entered only where a text has two words that any of them begins with, so that a longer table costs a long text little. Of
the patterns that begin at a place the longest holds it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from onrecord.errors import LexiconError
from onrecord.languages.folding import folded
from onrecord.lexicon.tables import read_toml

AnswerType = Literal["answer", "decline", "refer", "counter", "dodge"]

#: Phrases, any of which may come next, each by its words.
_Step = tuple[tuple[str, ...], ...]

_TABLE = Path(__file__).with_name("answers.toml")
_LANGUAGES = ("en", "zh")
_GAP, _FIRST = "...", "^"
#: A gap stands for up to so many words of a sentence, or characters of a Chinese clause.
_GAP_WORDS, _GAP_CHARACTERS = 4, 8
_WORD = re.compile(r"[^\W_]+\*?(?:/[^\W_]+\*?)*")
_LIST = re.compile(r"<([a-z]+)>")
_HAN = re.compile("[\u3400-\u9fff]")
#: So many words of the list "between" may stand between two words.
_BETWEEN_WORDS = 2
#: A pattern runs across no sentence's end, in Chinese across no comma either; a point inside "U.S." ends none.
_WORDS = {
    "en": re.compile(r"[^\W_]+|[.;:!?…](?![^\W_])|\n\n"),
    "zh": re.compile(
        "[\u3400-\u9fff\uf900-\ufaff]|[^\\W_\u3400-\u9fff\uf900-\ufaff]+|[，、。；：！？…,.;:!?（）()]|\n\n"
    ),
}
_BREAKS = frozenset("，、。；：！？…,.;:!?（）()") | {"\n\n"}
_BEGINS = re.compile(r"(?:^|[.!?;。！？；\n-])\W*$")
_MARKS = re.compile(r"[“「『]([^“”「」『』]*)[”」』]|(?<![\w\"])\"(?=\S)([^\"]*)\"(?!\w)")


class Pattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table. ``when`` is "alone" for words that count only where the answer says little else."""

    id: str
    type: Literal["decline", "refer", "counter"]
    language: Literal["en", "zh"]
    words: tuple[str, ...]
    example: str
    note: str
    source: tuple[str, ...]
    when: Literal["anywhere", "alone"] = "anywhere"


class Found(NamedTuple):
    """A pattern met at ``[start, end)`` of a text."""

    pattern: Pattern
    start: int
    end: int


class _Part(msgspec.Struct, forbid_unknown_fields=True):
    en: list[str]
    zh: list[str]
    number: int | None = None


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    sources: dict[str, str]
    between: dict[str, list[str]]
    words: dict[str, dict[str, list[str]]]
    pattern: list[dict[str, Any]]
    aside: dict[str, list[str]]
    furniture: dict[str, list[str]]
    part: list[_Part]


class _Words:
    """A text as folded words, with a break wherever something stands that no pattern runs across, and at both ends."""

    def __init__(self, text: str, language: str) -> None:
        self._plain = "\n\n".join(folded(part) for part in text.split("\n\n"))  # folded, the ends of paragraphs kept
        self._word = _WORDS[language]
        self.words: list[str] = ["\n\n", *self._word.findall(self._plain), "\n\n"]

    def placed(self, found: Iterable[tuple[Any, int, int]]) -> list[tuple[Any, int, int]]:
        """What was found at words, at its places in the text; the break that "^" is met by stands outside."""
        some = list(found)
        if not some:
            return []
        spans = self._spans
        return [(who, spans[at + (self.words[at] in _BREAKS)][0], spans[end - 1][1]) for who, at, end in some]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [(0, 0), *(match.span() for match in self._word.finditer(self._plain))]


class _Node:
    """A place in the tree of phrases: which words may come next, and whose phrase ends here."""

    __slots__ = ("_behind", "gap", "owner", "stems", "words")

    def __init__(self) -> None:
        self.owner: Any = None
        self.words: dict[str, list[_Node]] = {}
        self.stems: list[tuple[str, _Node]] = []
        self.gap: _Node | None = None
        self._behind: dict[int, _Node] = {}

    def after(self, step: _Step | None) -> _Node:
        """The place behind a step: any of its phrases, or a gap."""
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
    """Phrases of one language as a tree of words."""

    def __init__(self, phrases: Iterable[tuple[Any, str]], language: _Language) -> None:
        self._gap = language.gap
        self._between = language.between
        root = _Node()
        for owner, phrase in phrases:
            node = root
            for part in _parts(phrase):
                node = node.after(language.step(part))
            node.owner = node.owner or (owner,)
        self._begins = {word: (nodes, self._seconds(nodes)) for word, nodes in root.words.items()}

    def _seconds(self, nodes: list[_Node]) -> frozenset[str] | None:
        """The words that can come behind a first word, None where any can: most places are passed by their two words."""
        if any(node.owner or node.gap or node.stems for node in nodes):
            return None
        return self._between.union(*(node.words for node in nodes))

    def find(self, words: list[str]) -> Iterator[tuple[Any, int, int]]:
        """Who owns what is met, and at which words, from left to right without overlap."""
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
        """Where the longest phrase ends that goes on from any of some places in the tree, and whose it is; 0 for none."""
        best: tuple[int, Any] = (0, None)
        for node in nodes:
            if node.owner is not None and at > best[0]:
                best = at, node.owner
            if node.words or node.stems:
                met = self._next(node, words, at)
                if met[0] > best[0]:
                    best = met
            if node.gap is not None:
                for passed in range(self._gap + 1):
                    met = self._longest([node.gap], words, at + passed)
                    if met[0] > best[0]:
                        best = met
                    if met[0] or words[at + passed] in _BREAKS:  # the shortest gap that does
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


class _Language:
    """How phrases of one language are taken apart: its lists, how far a gap goes, what may stand between two words."""

    def __init__(self, table: _Table, name: str) -> None:
        self.gap = _GAP_CHARACTERS if name == "zh" else _GAP_WORDS
        self.between = frozenset(table.between.get(name, ()))
        self._steps: dict[str, _Step] = {_FIRST: tuple((mark,) for mark in _BREAKS)}
        for list_name, some in table.words[name].items():
            self._steps[f"<{list_name}>"] = tuple(
                dict.fromkeys(tuple(phrase.split()) if name == "en" else tuple(phrase) for phrase in some)
            )

    def step(self, part: str) -> _Step | None:
        """What a part of a phrase is met by, None for a gap; the same object for the same part."""
        if part == _GAP:
            return None
        if part not in self._steps:
            self._steps[part] = (tuple(part),) if _HAN.search(part) else tuple((word,) for word in part.split("/"))
        return self._steps[part]


def _parts(phrase: str) -> list[str]:
    return re.sub(r"(<[a-z]+>)", r" \1 ", phrase).split()


class Answers:
    """A table read and checked."""

    def __init__(self, table: _Table, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        self.sources = table.sources
        self._finders, self._asides, self._parts, self._furniture = {}, {}, {}, {}
        for name in _LANGUAGES:
            language = _Language(table, name)
            rows = [(it, phrase) for it in patterns if it.language == name for phrase in it.words]
            parts = [(part.number, phrase) for part in table.part for phrase in getattr(part, name)]
            self._finders[name] = _Finder(rows, language)
            self._asides[name] = _Finder([(None, phrase) for phrase in table.aside[name]], language)
            self._parts[name] = _Finder(parts, language)
            self._furniture[name] = frozenset(table.furniture[name])

    def knows(self, language: str) -> bool:
        """Whether the table speaks a language."""
        return _primary(language) in self._finders

    def find(self, text: str, language: str) -> list[Found]:
        """The patterns met in a text, in order; none in a language that the table does not speak."""
        name = _primary(language)
        if name not in self._finders:
            return []
        said = _Words(text, name)
        found = said.placed(self._finders[name].find(said.words))
        if not found:
            return []
        asides = [(start, end) for _, start, end in said.placed(self._asides[name].find(said.words))]
        asides += [match.span() for match in _MARKS.finditer(text)]
        return [Found(*one) for one in _outside(found, sorted(asides))]

    def parts(self, text: str, language: str) -> list[tuple[int | None, int, int]]:
        """Where a text turns to one of several questions: which, and the words that say so ("On your second question").

        They begin a sentence. A question that is not counted ("On your question about …") is None.
        """
        name = _primary(language)
        if name not in self._parts:
            return []
        said = _Words(text, name)
        return [one for one in said.placed(self._parts[name].find(said.words)) if _BEGINS.search(text, 0, one[1])]

    def is_furniture(self, sentence: str, language: str) -> bool:
        """Whether a sentence is said around answers and is no part of one: "Go ahead, Ed.", "谢谢。"."""
        said = re.findall(r"[^\W_]+", folded(sentence))
        some = self._furniture.get(_primary(language), frozenset())
        return not said or " ".join(said) in some or " ".join(said[:-1]) in some


def _outside(found: list[tuple[Any, int, int]], asides: list[tuple[int, int]]) -> Iterator[tuple[Any, int, int]]:
    """What overlaps nothing of the asides; both in order."""
    starts = [start for start, _ in asides]
    reach = list(accumulate((end for _, end in asides), max))
    for one in found:
        before = bisect_left(starts, one[2])  # the asides that begin before it ends
        if not before or reach[before - 1] <= one[1]:
            yield one


def _primary(language: str) -> str:
    return language.partition("-")[0]


def load(table: Path = _TABLE) -> Answers:
    """Read and check a table.

    Raises :class:`~onrecord.errors.LexiconError` naming the row and its line for a field that is missing or of the wrong
    kind, an id that stands twice, a source or list that is not named, a pattern not written as compared, and an example
    that its own pattern does not fit.
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
            raise LexiconError(f"the id {pattern.id!r} stands twice", where=where)
        for source in pattern.source:
            if source not in read.sources:
                raise LexiconError(f"there is no source {source!r} in [sources]", where=where)
        _check_written(pattern.words, pattern.language, read, where)
        patterns.append(pattern)
    for language in _LANGUAGES:
        _check_written(read.aside[language], language, read, f"{table}, [aside] {language}")
        for name, some in read.words[language].items():
            _check_written(some, language, read, f"{table}, [words.{language}] {name}")
        for part in read.part:
            _check_written(getattr(part, language), language, read, f"{table}, [[part]] {part.number}")
    answers = Answers(read, tuple(patterns))
    for line, pattern in zip(lines, patterns, strict=True):
        if not any(one.pattern is pattern for one in answers.find(pattern.example, pattern.language)):
            where = f"{table}, line {line}, pattern {pattern.id!r}"
            raise LexiconError(f"no phrase of it fits its own example {pattern.example!r}", where=where)
    return answers


def _check_written(phrases: Iterable[str], language: str, table: _Table, where: str) -> None:
    lists = table.words[language]
    for phrase in phrases:
        for name in _LIST.findall(phrase):
            if name not in lists:
                raise LexiconError(f"{phrase!r} speaks of a list <{name}> that is not there", where=where)
        parts = _LIST.sub(" x ", phrase).split()
        if (
            not parts
            or _GAP in (parts[0], parts[-1])
            or _FIRST in parts[1:]
            or any(not _is_part(part, language) for part in parts)
        ):
            raise LexiconError(
                f"{phrase!r} is not written as it is compared: lower case, no punctuation but / * < > ^ and ...",
                where=where,
            )


def _is_part(part: str, language: str) -> bool:
    if part in (_GAP, _FIRST, "x"):
        return True
    if language == "zh" and not _HAN.search(part):
        return False
    return bool(_WORD.fullmatch(part)) and part == folded(part)


@cache
def answers() -> Answers:
    """The table that comes with the package."""
    return load()
