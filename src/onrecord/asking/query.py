"""The query language: words, "exact phrases", AND OR NOT, NEAR/n, prefix*, (groups).

Words side by side must all be there. ``OR`` binds weakest, then ``AND``, then ``NOT`` (or ``-`` in front).
``a NEAR/5 b`` wants the two within five words of each other, in either order; ``NEAR`` alone means ten. Case, width,
quotes and dashes make no difference. Chinese words need no spaces: 合作 is the phrase of its two characters.

Filters may stand beside the words: ``sanctions actor:USA act:accuse issue:"Hong Kong" since:2020``. They narrow the whole
query, so they cannot stand inside OR, NOT or ( ). :data:`FILTERS` lists them; ``year:2020`` is short for ``since:2020
until:2020``. An unknown filter is an error: in quotation marks it is a word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from onrecord.errors import QueryError
from onrecord.languages.tokens import stream


class Phrase(msgspec.Struct, frozen=True):
    """Words in a row, with a BREAK where punctuation separates them. ``prefix`` marks a single word that is only the
    beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False


class Near(msgspec.Struct, frozen=True):
    """Two phrases with at most ``distance`` words between them, in either order."""

    left: Phrase
    right: Phrase
    distance: int


class Both(msgspec.Struct, frozen=True):
    """All of the parts."""

    parts: tuple[Node, ...]


class Either(msgspec.Struct, frozen=True):
    """At least one of the parts."""

    parts: tuple[Node, ...]


class Without(msgspec.Struct, frozen=True):
    """Not the part."""

    part: Node


Node = Phrase | Near | Both | Either | Without


class _Lexeme(NamedTuple):
    kind: str
    words: str
    at: int


_LEXEMES = re.compile(
    r"""\s*(?:(?P<phrase>["“”«»]([^"“”«»]*)["“”«»])|(?P<open>\()|(?P<close>\))|(?P<near>NEAR(?:/(\d{1,3}))?(?=\s|\(|$))"""
    r"""|(?P<or>(?:OR|\|)(?=\s|\(|$))|(?P<and>(?:AND|&)(?=\s|\(|$))|(?P<not>NOT(?=\s|\(|$)|-(?=\S))|(?P<word>[^\s()"“”«»]+))"""
)
_NEAR = 10
#: How deep a query may be nested: no person writes more, and what walks the tree calls itself for each level.
_DEEPEST = 100
#: The filters that may stand in a query.
FILTERS = (
    "actor", "target", "act", "issue", "issuer", "document_kind", "kind", "language", "speaker", "role", "outlet", "since",
    "until",
)  # fmt: skip
_FILTER = re.compile(r"([a-z_]{3,14}):(?!/)(.*)", re.S)
#: A filter that stands for the same value of both ``since`` and ``until``.
_PERIODS = ("year", "month", "day")


def split_filters(query: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """A query without its filters, and the values of each filter. Raises QueryError for a filter inside OR, NOT or ( ).

    >>> split_filters('sanctions actor:USA issue:"Hong Kong"')
    ('sanctions', {'actor': ('USA',), 'issue': ('Hong Kong',)})
    """
    lexemes = _lexemes(query)
    filters: dict[str, tuple[str, ...]] = {}
    words: list[str] = []
    depth = last = at = 0
    while at < len(lexemes):
        one = lexemes[at]
        depth += (one.kind == "open") - (one.kind == "close")
        match = _FILTER.fullmatch(one.words) if one.kind == "word" else None
        at += 1
        if match is None:
            continue
        if match[1] not in (*FILTERS, *_PERIODS):
            if not match[2]:  # "note: that"
                continue
            raise _unknown_filter(match[1], one.words, query)
        before = lexemes[at - 2] if at > 1 else None
        after = lexemes[at] if at < len(lexemes) else None
        if depth or (before and before.kind in ("or", "near", "not")) or (after and after.kind in ("or", "near")):
            raise QueryError(
                f"{one.words!r} narrows the whole query",
                where=query,
                hint="Write it beside the words, not under OR, NOT, ( )",
            )
        end, value = one.at + len(one.words), match[2]
        if not value and after and after.kind == "phrase" and after.at == end:
            value, end = after.words[1:-1], end + len(after.words)
            at += 1
        if not value.strip():
            raise QueryError(
                f"{match[1]}: has no value", where=query, hint=f"For example {match[1]}:value, without a space"
            )
        for name in ("since", "until") if match[1] in _PERIODS else (match[1],):
            filters[name] = (*filters.get(name, ()), value.strip())
        words.append(query[last : before.at if before and before.kind == "and" else one.at])
        last = end
    rest = " ".join(part.strip() for part in (*words, query[last:])).strip()
    return re.sub(r"^(?:AND|&)\s", "", rest).strip() if filters else rest, filters


def _unknown_filter(name: str, words: str, query: str) -> QueryError:
    from rapidfuzz import process

    near = process.extractOne(name, (*FILTERS, *_PERIODS), score_cutoff=60)
    nearest = f"Nearest: {near[0]}:. " if near else f"Filters are {', '.join(FILTERS)}. "
    hint = f'{nearest}To search for the words, put them in quotation marks: "{words}"'
    return QueryError(f"no filter is called {name!r}", where=query, hint=hint)


def parse(query: str) -> Node:
    """The query as a tree. Raises QueryError, which says where the mistake is."""
    lexemes = _lexemes(query)
    if not lexemes:
        raise QueryError("the query is empty", where=query)
    parser = _Parser(query, lexemes)
    tree = parser.either()
    if parser.next is not None:
        raise QueryError(f"{parser.next.words!r} is not expected at {parser.next.at + 1}", where=query)
    if isinstance(tree, Without):
        raise QueryError("a query must ask for something, not only exclude", where=query)
    return tree


def _lexemes(query: str) -> list[_Lexeme]:
    lexemes = []
    at = 0
    while at < len(query.rstrip()):
        match = _LEXEMES.match(query, at)
        if match is None:
            raise QueryError(f"a quotation mark is never closed, at {at + 1}", where=query)
        kind = next(name for name, value in match.groupdict().items() if value)
        lexemes.append(_Lexeme(kind, match[kind], match.start(kind)))
        at = match.end()
    return lexemes


class _Parser:
    def __init__(self, query: str, lexemes: list[_Lexeme]) -> None:
        self.query = query
        self._lexemes = lexemes
        self._at = 0
        self._depth = 0

    @property
    def next(self) -> _Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, *kinds: str) -> _Lexeme | None:
        lexeme = self.next
        if lexeme is None or lexeme.kind not in kinds:
            return None
        self._at += 1
        return lexeme

    def either(self) -> Node:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Node:
        parts = [self._one()]
        while self._take("and") or (self.next is not None and self.next.kind in ("phrase", "word", "open", "not")):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _one(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryError(
                "the query is nested too deeply", where=f"{self.query[:60]}…", hint="Use fewer parentheses"
            )
        found = self._operand()
        self._depth -= 1
        return found

    def _operand(self) -> Node:
        if self._take("not"):
            return Without(self._one())
        if self._take("open"):
            inner = self.either()
            if not self._take("close"):
                raise QueryError("a parenthesis is never closed", where=self.query)
            return inner
        left = self._phrase()
        near = self._take("near")
        if near is None:
            return left
        _, _, distance = near.words.partition("/")
        right = self._phrase()
        if not isinstance(left, Phrase) or not isinstance(right, Phrase):
            raise QueryError("NEAR stands between two words or phrases", where=self.query)
        return Near(left, right, int(distance) if distance else _NEAR)

    def _phrase(self) -> Node:
        lexeme = self._take("phrase", "word")
        if lexeme is None:
            at = self.next.at + 1 if self.next else len(self.query)
            raise QueryError(f"a word or a phrase is missing at {at}", where=self.query)
        phrase = as_phrase(lexeme.words)
        if phrase is None:
            raise QueryError(f"{lexeme.words!r} at {lexeme.at + 1} contains no word", where=self.query)
        if lexeme.kind == "word" and lexeme.words.endswith("*"):
            if len(phrase.words) > 1:
                raise QueryError(f"{lexeme.words!r}: only a single word can be a prefix", where=self.query)
            return Phrase(phrase.words, prefix=True)
        return phrase


def as_phrase(words: str) -> Phrase | None:
    """Some words as a phrase, or None where there is no word among them."""
    found = tuple(stream(words))
    return Phrase(found) if found else None
