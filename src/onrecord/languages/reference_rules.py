"""How a language names what is named elsewhere: pronouns, pairs, single signs; and what in a context tells names apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from onrecord.languages.name_tables import Condition
from onrecord.languages.names import Hit, Name

#: Chooses what a name means here, by the conditions that hold for it; None where nothing tells.
Choose = Callable[[Hit], Name | None]


class ReferenceRules:
    """The rules of one language, asked by :mod:`onrecord.annotation.mentions`. As they stand here they find nothing.

    ``we`` are the pronouns of whoever speaks, ``latter`` of whoever
    was named last, ``joins`` what stands between two named as one party and the other.
    """

    we: re.Pattern[str] | None = None
    latter: re.Pattern[str] | None = None
    joins = re.compile(r"[\s-]*")

    def pronouns(self, text: str, hits: Sequence[Hit], *, speaks: bool) -> Iterator[Hit]:
        """Pronouns where no name stands; those of whoever speaks only where it is known who does (``speaks``)."""
        taken = iter([*hits, Hit(len(text) + 1, len(text) + 1, "", ())])
        now = next(taken)
        places = (
            [(*one.span(), "principal") for one in self.we.finditer(text)] if speaks and self.we is not None else []
        )
        if self.latter is not None:
            places += [(*one.span(), "latter") for one in self.latter.finditer(text)]
        for start, end, means in sorted(places):
            while now.end <= start:
                now = next(taken)
            if now.start >= end:
                yield Hit(start, end, text[start:end], (Name("reference", means, (), "pronoun"),))

    def signs(self, text: str, hits: Sequence[Hit], whole: str, choose: Choose) -> Iterator[Hit]:
        """Signs that are names only beside certain words; ``whole`` is the document's text."""
        yield from ()

    def pair(self, hit: Hit, choose_sign: Callable[[str], str | None], choose: Choose) -> Name | None:
        """Which two parties a pair of signs names; ``choose_sign`` gives what the tables say of one sign."""
        return hit.names[0] if len(hit.names) == 1 else choose(hit)

    def stands_alone(self, hit: Hit, name: Name, whole: str) -> bool:
        """Whether a name may stand so although the document does not name in full whom it is short for."""
        return True

    def names_in_full(self, code: str, whole: str) -> bool:
        """Whether the document names the holder of a code in full."""
        return False

    def is_a_place(self, hit: Hit, text: str) -> bool:
        """Whether a capital is where something happens, and no government: "in Kabul"."""
        return False

    def is_known_surname(self, name: Name, hit: Hit, text: str, *, known: bool) -> bool:
        """Whether a surname alone names somebody here; ``known`` where the document named the person before."""
        return known

    def holds(self, condition: Condition, hit: Hit, text: str) -> bool:
        """Whether a condition of the tables that only this language has holds ("alone", "given-name")."""
        return False


def ends_with(words: str, endings: tuple[str, ...], *, bounded: bool) -> bool:
    """Whether words end with one of several, as whole words where ``bounded``: "visa Turkey" does not end with "a"."""
    return words.endswith(endings) and (
        not bounded
        or any(
            words.endswith(one)
            and (len(one) == len(words) or not (one[0].isalnum() and words[-len(one) - 1].isalnum()))
            for one in endings
        )
    )


def begins_with(words: str, beginnings: tuple[str, ...], *, bounded: bool) -> bool:
    """Whether words begin with one of several, as whole words where ``bounded``."""
    return words.startswith(beginnings) and (
        not bounded
        or any(
            words.startswith(one) and (len(one) == len(words) or not (one[-1].isalnum() and words[len(one)].isalnum()))
            for one in beginnings
        )
    )
