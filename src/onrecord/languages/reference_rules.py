"""References of a language: pronouns, pairs, one-character names; and how context distinguishes ambiguous names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from onrecord.languages.name_tables import Condition
from onrecord.languages.names import Hit, Name

#: Chooses a meaning of a name by the conditions that hold for it; None if undecided.
Choose = Callable[[Hit], Name | None]


class ReferenceRules:
    """The reference rules of one language, used by :mod:`onrecord.annotation.mentions`. This base class finds nothing.

    ``we`` matches first-person pronouns, ``latter`` references to the actor named last, ``joins`` what coordinates two actors.
    A *sign* is a single Chinese character that names a state (美).
    """

    we: re.Pattern[str] | None = None
    latter: re.Pattern[str] | None = None
    joins = re.compile(r"[\s-]*")
    #: Of a joint text: what its title says of it (``joint``), and how it begins ("We, the leaders of", ``several``).
    joint: re.Pattern[str] | None = None
    several: re.Pattern[str] | None = None
    #: Whose statement a text is by its title.
    signed: re.Pattern[str] | None = None
    #: What stands before those whose statement it is, where a title names its matter first.
    signed_behind: re.Pattern[str] | None = None
    #: What may stand between two parties of a list; where a heading turns from its parties to their matter; a place.
    listed: re.Pattern[str] | None = None
    matter: re.Pattern[str] | None = None
    in_place: re.Pattern[str] | None = None
    #: How a readout names its participants: what stands between them, what names further ones, what tells of separate occasions.
    meets: re.Pattern[str] | None = None
    takes_part: re.Pattern[str] | None = None
    apart: re.Pattern[str] | None = None
    #: Titles of the account of one party, which is never a joint text; titles that name an occasion of several parties.
    account: re.Pattern[str] | None = None
    gathers: re.Pattern[str] | None = None

    def pronouns(self, text: str, hits: Sequence[Hit], *, speaks: bool) -> Iterator[Hit]:
        """Yield pronouns outside names; first-person ones only if it is known who ``speaks``."""
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
        """Yield signs that are names only beside certain words; ``whole`` is the document's text."""
        yield from ()

    def pair(self, hit: Hit, choose_sign: Callable[[str], str | None], choose: Choose) -> Name | None:
        """Resolve which two parties a pair of signs names; ``choose_sign`` returns what the tables say about one sign."""
        return hit.names[0] if len(hit.names) == 1 else choose(hit)

    def stands_alone(self, hit: Hit, name: Name, whole: str) -> bool:
        """Whether a short name may be used although the document does not contain the full name."""
        return True

    def names_in_full(self, code: str, whole: str) -> bool:
        """Whether the document contains the full name of the holder of a code."""
        return False

    def is_a_place(self, hit: Hit, text: str) -> bool:
        """Whether a capital is a location and not a government: "in Kabul"."""
        return False

    def is_a_matter(self, hit: Hit, text: str) -> bool:
        """Whether a name only says which matter is meant: 委内瑞拉问题."""
        return False

    def is_a_partner(self, hit: Hit, text: str) -> bool:
        """Whether a name is the one with whom the subject acts: 同俄方."""
        return False

    def same_clause(self, between: str) -> bool:
        """Whether words between two names leave both in one clause, near each other."""
        return False

    def same_sentence(self, between: str) -> bool:
        """Whether words between two names leave both in one sentence."""
        return False

    def is_known_surname(self, name: Name, hit: Hit, text: str, *, known: bool) -> bool:
        """Whether a surname alone names a person here; ``known`` if the document named the person before."""
        return known

    def holds(self, condition: Condition, hit: Hit, text: str) -> bool:
        """Whether a condition that only this language's tables have holds ("alone", "given-name")."""
        return False


def ends_with(words: str, endings: tuple[str, ...], *, bounded: bool) -> bool:
    """Whether words end with one of several endings, as whole words if ``bounded``: "visa Turkey" does not end with "a"."""
    return words.endswith(endings) and (
        not bounded
        or any(
            words.endswith(one)
            and (len(one) == len(words) or not (one[0].isalnum() and words[-len(one) - 1].isalnum()))
            for one in endings
        )
    )


def begins_with(words: str, beginnings: tuple[str, ...], *, bounded: bool) -> bool:
    """Whether words begin with one of several beginnings, as whole words if ``bounded``."""
    return words.startswith(beginnings) and (
        not bounded
        or any(
            words.startswith(one) and (len(one) == len(words) or not (one[-1].isalnum() and words[len(one)].isalnum()))
            for one in beginnings
        )
    )
