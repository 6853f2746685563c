"""Participants of a meeting: actors as named in the text, people with the office printed beside the name.

An actor is a span that names one party or person, with everything that belongs to the name: "Chinese State Councilor and
Foreign Minister Wang Yi", "President Macron of France", 俄罗斯外长拉夫罗夫. Each language defines which pieces belong together,
and which words before or after a name are the person's office (:class:`ActorRules`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from onrecord.annotation_types import NO_PARTY, Mention, Participant

_ACTING = ("country", "territory", "organisation", "person", "office", "reference")
#: Offices whose holders report a meeting and do not take part.
_SPEAKING = re.compile(r"(?i)spokes(?:person|man|woman)|press secretary|correspondent|发言人|记者|新闻秘书")


class Actor(NamedTuple):
    """A party or person named at ``[start, end)``, the codes it stands for, and the people with their offices."""

    start: int
    end: int
    codes: tuple[str, ...]
    people: tuple[Participant, ...] = ()
    country: bool = False
    name: str = ""
    titled: bool = False
    pair: bool = False  # "the two sides", 双方: this says who, but not which meeting

    @property
    def office(self) -> bool:
        """Whether only an office or body is named, without its holder or its party."""
        return not self.people and not self.codes


class Piece(NamedTuple):
    """A mention, or words beside one, that belong to the name of an actor."""

    start: int
    end: int
    codes: tuple[str, ...]
    what: Literal["actor", "office", "person"]
    id: str | None
    country: bool
    reference: bool = False


class ActorRules(NamedTuple):
    """How a language names actors.

    ``with_unknown`` adds names that are in no table, recognised by the office beside them; ``joins`` says whether a piece
    belongs to those before it; ``office`` returns the printed office of a person and the span of both. ``own_pairs`` are the
    first letters of references that name their parties (中美), ``somebody_else``
    words after a name by which it refers to another person.
    """

    with_unknown: Callable[[str, list[Piece], int], list[Piece]]
    joins: Callable[[str, list[Piece], Piece], bool]
    office: Callable[[str, list[Piece], Piece, int], tuple[str | None, int, int]]
    own_pairs: frozenset[str] = frozenset()
    somebody_else: re.Pattern[str] | None = None


def find_actors(text: str, mentions: Sequence[Mention], start: int, end: int, rules: ActorRules) -> list[Actor]:
    """Return the actors in ``[start, end)`` of the text, in order; ``mentions`` are those in that span."""
    pieces = [
        Piece(
            one.start,
            one.end,
            codes if NO_PARTY.isdisjoint(codes) else tuple(code for code in codes if code not in NO_PARTY),
            _what(one),
            one.id,
            one.kind in ("country", "territory"),
            one.kind == "reference" and one.name[:1] not in rules.own_pairs,
        )
        for one, codes in ((one, one.codes) for one in mentions if one.kind in _ACTING)
        if not (codes and NO_PARTY.issuperset(codes))
    ]
    groups: list[list[Piece]] = []
    for piece in rules.with_unknown(text, pieces, end):
        if groups and rules.joins(text, groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_actor(text, group, start, rules) for group in groups]


def _what(mention: Mention) -> Literal["actor", "office", "person"]:
    return "person" if mention.kind == "person" else "office" if mention.kind == "office" else "actor"


def compatible(group: list[Piece], piece: Piece) -> bool:
    """Whether a piece may belong to the pieces before it: it adds a code, or repeats it."""
    codes = {code for one in group for code in one.codes}
    return not codes or not piece.codes or codes == set(piece.codes)


def _actor(text: str, group: list[Piece], floor: int, rules: ActorRules) -> Actor:
    codes = tuple(dict.fromkeys(code for piece in group for code in piece.codes))
    start, end = group[0].start, group[-1].end
    people = []
    for piece in group:
        if piece.what == "person":
            office, left, right = rules.office(text, group, piece, floor)
            if not (office and _SPEAKING.search(office)):
                people.append(
                    Participant(
                        name=text[piece.start : piece.end], id=piece.id, office=office,
                        party=codes[0] if len(codes) == 1 else None, start=piece.start, end=piece.end,
                    )
                )  # fmt: skip
            start, end = min(start, left), max(end, right)
    if rules.somebody_else is not None and rules.somebody_else.match(text, end):
        people = []  # "President Xi's special envoy": the president is not the participant
    country = any(piece.country for piece in group) and not people
    return Actor(
        start,
        end,
        codes,
        tuple(people),
        country,
        text[start:end],
        any(one.what == "office" for one in group),
        all(one.reference for one in group),
    )


def first_joined(text: str, actors: Iterable[Actor], between: re.Pattern[str]) -> list[Actor]:
    """The first of the groups of :func:`joined`."""
    group: list[Actor] = []
    for actor in actors:
        if group and not between.fullmatch(text, group[-1].end, actor.start):
            break
        group.append(actor)
    return group


def joined(text: str, actors: Sequence[Actor], between: re.Pattern[str]) -> list[list[Actor]]:
    """Group actors that are coordinated ("A and B", "A、B和C")."""
    groups: list[list[Actor]] = []
    for actor in actors:
        if groups and between.fullmatch(text, groups[-1][-1].end, actor.start):
            groups[-1].append(actor)
        else:
            groups.append([actor])
    return groups
