"""An English sentence as the clause grammar needs it: lower-case words, with each name as one token."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.marks import Mention

_TOKEN_WITHOUT_NOT = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*|['’](?:s|ve|re|ll|d|m)\b|\d[\d.,]*\d|\d|\S")
_TOKEN = re.compile(r"[^\W\d_]+(?=n['’]t\b)|n['’]t\b|" + _TOKEN_WITHOUT_NOT.pattern)
#: "won't", "can't", "shan't" without their "n't".
_BROKEN = {"wo": "will", "ca": "can", "sha": "shall"}
#: Words that need a second look: those above, and "as" before "always".
_ODD = frozenset((*_BROKEN, "as"))
_QUOTATION_MARKS = ('"', "“", "”")
_ALWAYS = re.compile(r"\s+(?:always|ever)\b")
#: The token of an acting name; a name that does not act keeps its words.
NAME = "@"
#: Rules look no further back or ahead than so many tokens, so that the time is in proportion to a sentence's length.
REACH = 250
_ACTING = ("country", "territory", "organisation", "person", "reference")


class TokenizedSentence:
    """The tokens of a sentence: ``words[i]`` is at ``[starts[i], ends[i])`` of the turn's text.

    A name is one token, :data:`NAME`, with its mention in ``names[i]``. ``quoted[i]`` says whether the token is inside
    quotation marks; ``held`` is the set of the words.
    """

    __slots__ = ("ends", "held", "names", "quoted", "starts", "text", "words")

    def __init__(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.names: list[Mention | None] = []
        at = start
        for mention in mentions:
            acts = mention.kind in _ACTING or (mention.kind in ("office", "place") and mention.stands_for)
            if mention.start < at or not acts:
                continue
            self._plain(at, mention.start)
            self.words.append(NAME)
            self.starts.append(mention.start)
            self.ends.append(mention.end)
            self.names.append(mention)
            at = mention.end
        self._plain(at, end)
        self.held = frozenset(self.words)
        self.quoted = self._quotations()

    def __len__(self) -> int:
        return len(self.words)

    def _plain(self, start: int, end: int) -> None:
        """Add the words of a span without names."""
        words, starts, ends = self.words, self.starts, self.ends
        if start >= end:
            return
        stretch = self.text[start:end]
        contracted = "n't" in stretch or "n’t" in stretch  # rare, and costly to try at every word
        matches = list((_TOKEN if contracted else _TOKEN_WITHOUT_NOT).finditer(self.text, start, end))
        found = [match[0].lower() for match in matches]
        if "’" not in stretch and _ODD.isdisjoint(found):
            words += found
            starts += [match.start() for match in matches]
            ends += [match.end() for match in matches]
            self.names += [None] * len(found)
            return
        for match in matches:
            word = match[0].lower()
            if word in _ODD or "’" in word:
                word = word.replace("’", "'")
                if word in _BROKEN and self.text[match.end() : match.end() + 1] == "n":
                    word = _BROKEN[word]
                elif word == "as" and _ALWAYS.match(self.text, match.end()):
                    continue  # "as always" is an adverb
            words.append(word)
            first, last = match.span()
            starts.append(first)
            ends.append(last)
        self.names += [None] * (len(words) - len(self.names))

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
