"""The actors that a text has mentioned so far: whom "the two sides", "the leaders", "the latter" and 双方 mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.annotation_types import NO_PARTY
from onrecord.lexicon.actors import is_state

#: Another party takes the place of the one in the last pair when it has been named so often since.
_OFTEN = 3


@dataclass(slots=True)
class Parties:
    """The actors mentioned so far, most recent last: the possible antecedents of "the two sides" and "the latter".

    ``principal`` is the party of the turn, ``joint`` all that a joint statement speaks for, ``gathered`` those who took part in
    what the document tells of. ``bilateral`` are the principal and another, where they were last named side by side.
    ``named`` are the two of the last pair with the principal (中俄), ``trio`` the three of a mechanism (中俄印), ``marked`` the
    two directly before a reference to them (朝美双方), and ``here`` says that this was in the turn that is read.
    """

    principal: str | None
    joint: tuple[str, ...] = ()
    gathered: tuple[str, ...] = ()
    spoken: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    pair: tuple[str, ...] = ()
    bilateral: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    trio: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    here: bool = False
    since: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Forget who was named in what was said before: it is of other matters."""
        self.counts.clear()
        self.bilateral = self.named = self.marked = self.trio = ()
        self.since = {}

    def name_pair(self, codes: tuple[str, ...], *, again: bool) -> None:
        """Record two parties that one word names: a matter, if the sentence spoke of the two sides before it (``again``)."""
        self.pair = codes
        if self.principal in codes and not (again and self.named):
            self.named, self.marked, self.since = codes, (), {}

    def with_partner(self, subject: tuple[str, ...], partner: tuple[str, ...]) -> None:
        """Record a party and the one with whom it acts: 中方同俄方, 俄方同美方."""
        if len(subject) != 1 or len(partner) != 1 or subject == partner or partner[0] in NO_PARTY:
            return
        pair = (*subject, *partner)
        if self.principal in pair:
            self.named = pair if pair[0] == self.principal else pair[::-1]
            self.marked = self.pair = ()
            self.since = {}
        elif subject[0] not in NO_PARTY:
            self.pair = pair

    def mark_pair(self) -> None:
        """Record that the pair just named stands directly before a reference to it."""
        self.marked, self.here = self.pair, True

    def note(self, codes: tuple[str, ...], *, counted: bool = True) -> None:
        """Record actors as they are named; not ``counted`` where only a matter is named after them."""
        for code in codes:
            if code in self.spoken:
                self.spoken.remove(code)
            self.spoken.append(code)
            if counted:
                self.counts[code] = self.counts.get(code, 0) + 1
                self._note_since(code)

    def _note_since(self, code: str) -> None:
        """Count who is named after the pair with the principal, until one of the pair is named again."""
        if code in self.named and code != self.principal:
            self.since.clear()
        elif self.named and code != self.principal and is_state(code):
            self.since[code] = self.since.get(code, 0) + 1

    def joined(self, one: tuple[str, ...], other: tuple[str, ...]) -> None:
        """Record two coordinated actors as a pair ("the ROK and the DPRK")."""
        both = dict.fromkeys((*one, *other))
        if len(both) == 2:
            self.pair = tuple(both)
            if self.principal in both:
                self.bilateral = (self.principal, *(code for code in both if code != self.principal))
                self.named, self.marked, self.since = self.bilateral, (), {}

    @property
    def others(self) -> list[str]:
        """The actors mentioned other than the principal, most recent last."""
        return [code for code in self.spoken if code != self.principal and code not in NO_PARTY]

    def two(self) -> tuple[str, ...]:
        """The two sides: a pair just named, the two of the document, or the principal and the most relevant other actor."""
        if self.marked and self.here:
            return self.marked
        if self.pair and self.principal not in self.pair:
            return self.pair
        if len(self.gathered) == 2:
            return self.gathered
        if self.marked:
            return self.marked
        if self.named:
            later = max(self.since, key=lambda code: self.since[code], default="")
            return (self.principal, later) if self.principal and self.since.get(later, 0) >= _OFTEN else self.named
        others = self.others
        if others and self.principal in self.bilateral and others[-1] in self.bilateral:
            return self.bilateral  # "China-Japan ties are sound. The two sides": whoever was named more often before
        if self.principal and others:  # the other named most often since the question, of those the most recent
            return (self.principal, max(others, key=lambda code: (self.counts.get(code, 0), others.index(code))))
        return self.pair or tuple(others[-2:] if len(others) > 1 else ())

    def all(self) -> tuple[str, ...]:
        """The leaders: all who took part, or the two sides."""
        return self.gathered or self.two()

    def three(self) -> tuple[str, ...]:
        """The three sides: those of the document or of a mechanism, the principal and two others, or three others."""
        if len(self.gathered) == 3 or self.trio:
            return self.gathered if len(self.gathered) == 3 else self.trio
        others = self.others
        return (self.principal, *others[-2:]) if self.principal and len(others) > 1 else tuple(others[-3:])
