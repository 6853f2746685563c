"""An English sentence as the clause grammar needs it: lower-case words, with each name as one token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.annotation_types import Mention

_TOKEN_WITHOUT_NOT = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*|['’](?:s|ve|re|ll|d|m)\b|\d[\d.,]*\d|\d|\S")
_TOKEN = re.compile(r"[^\W\d_]+(?=n['’]t\b)|n['’]t\b|" + _TOKEN_WITHOUT_NOT.pattern)
#: :data:`_TOKEN_WITHOUT_NOT` for ASCII, where a set of letters is tested faster than properties of characters.
_ASCII_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|'(?:s|ve|re|ll|d|m)\b|\d[\d.,]*\d|\d|\S", re.ASCII)
#: "won't", "can't", "shan't" without their "n't".
_BROKEN = {"wo": "will", "ca": "can", "sha": "shall"}
#: Words that need a second look: those above, and "as" before "always".
_ODD = frozenset((*_BROKEN, "as"))
_QUOTATION_MARKS = ('"', "“", "”")
_ALWAYS = re.compile(r"\s+(?:always|ever)\b")
_AS_ALWAYS = re.compile(r"as\s+(?:always|ever)\b", re.IGNORECASE)
#: The token of an acting name; a name that does not act keeps its words.
NAME = "@"
#: Rules look no further back or ahead than so many tokens, so that the time is in proportion to a sentence's length.
REACH = 250
_ACTING = ("country", "territory", "organisation", "person", "reference")


class TokenizedSentence:
    """The tokens of a sentence: ``words[i]`` is at ``[starts[i], ends[i])`` of the turn's text.

    A name is one token, :data:`NAME`, with its mention in ``names[i]``. Of words that a speaker says again behind a dash ("we
    will — we will go") only the first remain. ``quoted[i]`` says whether the token is inside
    quotation marks; ``held`` is the set of the words. Spans are computed when they are first asked for: most sentences have
    no act.
    """

    __slots__ = ("_parts", "_said_again", "_spans", "held", "names", "quoted", "text", "words")

    def __init__(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.words: list[str] = []
        self.names: list[Mention | None] = []
        self._spans: tuple[list[int], list[int]] | None = None
        self._parts: list[tuple[int, int, Mention | None]] = []  # names, and the text between them
        at = start
        for mention in mentions:
            kind = mention.kind
            if mention.start < at or not (kind in _ACTING or (kind in ("office", "place") and mention.stands_for)):
                continue
            self._plain(at, mention.start)
            self._parts.append((mention.start, mention.end, mention))
            self.words.append(NAME)
            self.names.append(mention)
            at = mention.end
        self._plain(at, end)
        self._said_again = _said_again(self.words, self.names) if _DASH in self.words else []
        for i in self._said_again:
            del self.words[i], self.names[i]
        self.held = frozenset(self.words)
        self.quoted = self._quotations()

    def __len__(self) -> int:
        return len(self.words)

    @property
    def starts(self) -> list[int]:
        """Where the tokens begin."""
        return (self._spans or self._find_spans())[0]

    @property
    def ends(self) -> list[int]:
        """Where the tokens end."""
        return (self._spans or self._find_spans())[1]

    def _plain(self, start: int, end: int) -> None:
        """Add the words of a span without names."""
        if start >= end:
            return
        self._parts.append((start, end, None))
        stretch = self.text[start:end]
        found = [word.lower() for word in _pattern(stretch).findall(stretch)]
        if not _BROKEN.keys().isdisjoint(found) or ("as" in found and _AS_ALWAYS.search(stretch)):
            found = [word for word, _ in self._kept(start, end)]
        elif "’" in stretch:
            found = [word.replace("’", "'") for word in found]
        self.words += found
        self.names += [None] * len(found)

    def _kept(self, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
        """The words of a span without names, with plain apostrophes and whole auxiliaries; "as always" is an adverb."""
        text = self.text
        for match in _pattern(text[start:end]).finditer(text, start, end):
            word = match[0].lower()
            if word in _ODD or "’" in word:
                word = word.replace("’", "'")
                if word in _BROKEN and text[match.end() : match.end() + 1] == "n":
                    word = _BROKEN[word]
                elif word == "as" and _ALWAYS.match(text, match.end()):
                    continue
            yield word, match

    def _find_spans(self) -> tuple[list[int], list[int]]:
        starts: list[int] = []
        ends: list[int] = []
        for start, end, name in self._parts:
            if name is not None:
                starts.append(start)
                ends.append(end)
                continue
            for _, match in self._kept(start, end):
                first, last = match.span()
                starts.append(first)
                ends.append(last)
        for i in self._said_again:
            del starts[i], ends[i]
        self._spans = starts, ends
        return self._spans

    def _quotations(self) -> list[bool]:
        found = [False] * len(self.words)
        if self.held.isdisjoint(_QUOTATION_MARKS):
            return found
        opened = -1
        for i, word in enumerate(self.words):
            if word in _QUOTATION_MARKS:
                if opened < 0 and word != "”":
                    opened = i
                elif opened >= 0 and word != "“":
                    for j in range(opened, i + 1):
                        found[j] = True
                    opened = -1
        return found

    def capital(self, i: int) -> bool:
        """Whether token ``i`` begins with a capital letter."""
        return self.names[i] is not None or self.text[self.starts[i]].isupper()

    def codes(self, i: int) -> tuple[str, ...]:
        """The codes of the actors that token ``i`` names."""
        name = self.names[i]
        return name.codes if name is not None else ()


_DASH = "—"
#: A speaker who begins again repeats at most so many words.
_MOST_AGAIN = 4


def _said_again(words: list[str], names: list[Mention | None]) -> list[int]:
    """The tokens to leave out where a speaker begins again, the last first: a dash and the words repeated behind it.

    Of a word broken off and then said whole ("Leb- — Lebanese") the beginning is left out.
    """
    found: set[int] = set()
    for i, word in enumerate(words):
        if word != _DASH or i in found:
            continue
        for many in range(min(_MOST_AGAIN, i), 0, -1):
            again = range(i + 1, i + 1 + many)
            if again.stop <= len(words) and all(_same(words, names, j - many - 1, j) for j in again):
                found.update(range(i, again.stop))
                break
        else:
            if i > 1 and words[i - 1] == "-" and _begins(words[i - 2], words, names, i + 1):
                found.update((i - 2, i - 1, i))
    return sorted(found, reverse=True)


def _same(words: list[str], names: list[Mention | None], i: int, j: int) -> bool:
    """Whether two tokens are the same word, or the same name."""
    one, other = names[i], names[j]
    if one is None or other is None:
        return one is other and words[i] == words[j] and words[i] != _DASH
    return one.name.lower() == other.name.lower()


def _begins(beginning: str, words: list[str], names: list[Mention | None], i: int) -> bool:
    """Whether a word broken off is the beginning of token ``i``."""
    if i >= len(words) or not beginning.isalpha():
        return False
    name = names[i]
    return (words[i] if name is None else name.name.lower()).startswith(beginning)


def _pattern(stretch: str) -> re.Pattern[str]:
    """The pattern of the tokens of a stretch: contractions are rare, and costly to try at every word."""
    if "n't" in stretch or "n’t" in stretch:
        return _TOKEN
    return _ASCII_TOKEN if stretch.isascii() else _TOKEN_WITHOUT_NOT
