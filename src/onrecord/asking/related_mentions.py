"""Mentions of undertakings by their parties and words, to find those that are of the same undertaking as another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import cached_property

from onrecord.asking.undertaking_threads import COMMON, UndertakingMention, content_words, marks_of, same_undertaking

#: What two mentions of one undertaking have in common: the parties that bind themselves, or all that take part.
_Parties = tuple[str, frozenset[str]]


class RelatedMentions:
    """Mentions by what two of one undertaking share. Groups that a change does not touch are shared with the index of before."""

    def __init__(self, said: Iterable[UndertakingMention]) -> None:
        self._groups: dict[_Parties, _Group] = {}
        members: dict[_Parties, list[UndertakingMention]] = {}
        for one in said:
            for key in _parties(one):
                members.setdefault(key, []).append(one)
        self._groups = {key: _Group(own) for key, own in members.items()}

    def replaced(self, documents: Set[str], said: Iterable[UndertakingMention]) -> RelatedMentions:
        """The same mentions, but of these documents those of ``said`` alone."""
        found = RelatedMentions(said)
        for key, group in self._groups.items():
            left = [one for one in group.mentions if one.document not in documents]
            if len(left) == len(group.mentions) and key not in found._groups:
                found._groups[key] = group
            elif left:
                more = found._groups.get(key)
                found._groups[key] = _Group([*left, *(more.mentions if more else ())])
        return found

    def same_as(self, one: UndertakingMention) -> Iterator[UndertakingMention]:
        """The mentions of the same undertaking (:func:`~onrecord.asking.undertaking_threads.same_undertaking`)."""
        for key in _parties(one):
            group = self._groups.get(key)
            for other in group.near(one) if group is not None else ():
                if other is not one and same_undertaking(one, other):
                    yield other


class _Group:
    """Mentions of the same parties, by their words and by what can make two the same in different words."""

    def __init__(self, mentions: list[UndertakingMention]) -> None:
        self.mentions = mentions

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, one in enumerate(self.mentions):
            for word in content_words(one.words).own:
                found.setdefault(word, []).append(number)
        return found

    @cached_property
    def _by_mark(self) -> dict[tuple[str | None, ...], list[int]]:
        found: dict[tuple[str | None, ...], list[int]] = {}
        for number, one in enumerate(self.mentions):
            for mark in marks_of(one):
                found.setdefault(mark, []).append(number)
        return found

    def near(self, one: UndertakingMention) -> list[UndertakingMention]:
        """Those that share enough words with a mention or a mark: no others are the same."""
        shared: Counter[int] = Counter()
        for word in content_words(one.words).own:
            shared.update(self._by_word.get(word, ()))
        found = {number for number, count in shared.items() if count >= COMMON}
        for mark in marks_of(one):
            found.update(self._by_mark.get(mark, ()))
        return [self.mentions[number] for number in found]


def _parties(one: UndertakingMention) -> tuple[_Parties, _Parties]:
    return ("by", one.bound), ("all", one.parties)
