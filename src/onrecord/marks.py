"""What annotation finds in the words of a document: mentions, acts, meetings and undertakings, each at its span.

All offsets are code points into the document's text. Codes of actors are ISO 3166-1 alpha-3 for states and territories, usual
short names for organisations (``UN``, ``EU``, ``ASEAN``), and ``WORLD``, ``MEDIA``, ``FIRM``, ``PEOPLE``, ``OTHER`` else.
"""

from __future__ import annotations

from typing import Literal

import msgspec

MentionKind = Literal[
    "country", "territory", "organisation", "person", "office", "place", "mechanism", "issue", "reference"
]
ActType = Literal[
    "consult", "agree", "commit", "offer", "propose", "support", "aid", "reaffirm", "request", "concern", "oppose",
    "accuse", "protest", "warn", "deny", "sanction", "decline",
]  # fmt: skip
Polarity = Literal["affirmed", "negated"]
Time = Literal["done", "ongoing", "planned"]
Voice = Literal["own", "reported"]
AnswerType = Literal["answer", "decline", "refer", "counter", "dodge"]

#: The PLOVER event type of each act, where it has one: Halterman et al., PLOVER and POLECAT, 2023. Where an act may fall
#: under two, the first named in the codebook.
PLOVER: dict[str, str | None] = {
    "consult": "CONSULT", "agree": "AGREE", "commit": "AGREE", "offer": "COOPERATE", "propose": "REQUEST",
    "support": "SUPPORT", "aid": "AID", "reaffirm": None, "request": "REQUEST", "concern": "ACCUSE", "oppose": "REJECT",
    "accuse": "ACCUSE", "protest": "PROTEST", "warn": "THREATEN", "deny": "REJECT", "sanction": "SANCTION", "decline": None,
}  # fmt: skip


class Annotation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the annotation of a document was made: by what, and by which version of its rules and tables.

    ``not_covered`` is what the document's language has no rules for, so that it was not looked for: any of ``names``,
    ``references``, ``dates``, ``acts``, ``meetings``, ``undertakings``, ``answers``.
    """

    method: str
    version: int
    not_covered: tuple[str, ...] = ()


#: Codes of those who act and are no party: no state, territory or organisation in particular.
NO_PARTY = frozenset(("WORLD", "OTHER", "PEOPLE", "FIRM", "MEDIA"))


class Stretch(msgspec.Struct, frozen=True):
    """A stretch ``[start, end)`` of a document's text."""

    start: int
    end: int


class Mention(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An actor, person, office, place, mechanism or issue named at a span.

    ``id`` is its code where it is known, ``None`` where the words leave it open. ``stands_for`` are the codes of the
    parties it acts for or stands for: a person's state, both parties of "the two sides".
    """

    kind: MentionKind
    id: str | None
    name: str
    start: int
    end: int
    stands_for: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the actors it names or stands for; none for what does not act."""
        if self.stands_for or self.id is None:
            return self.stands_for
        return (self.id,) if self.kind in ("country", "territory", "organisation") or self.id.isupper() else ()

    def moved(self, by: int) -> Mention:
        """The same mention so many characters further on."""
        return Mention(
            kind=self.kind, id=self.id, name=self.name, start=self.start + by, end=self.end + by, stands_for=self.stands_for
        )  # fmt: skip


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor does with words, by the codebook's seventeen types.

    ``trigger`` is the verb or fixed phrase that performs or reports the act, ``[start, end)`` the clause from the actor to
    the end of what is agreed, urged or opposed. ``hedge`` are the words of obligation as said ("will", "stands ready to").
    ``rule`` names the row of the lexicon that found it, ``turn`` the turn it stands in.
    """

    id: str
    type: ActType
    plover: str | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    issues: tuple[str, ...]
    polarity: Polarity
    time: Time
    voice: Voice
    trigger: Stretch
    start: int
    end: int
    turn: str
    rule: str
    hedge: str | None = None


MeetingKind = Literal["dialogue", "visit", "call", "conference", "meeting"]
Form = Literal["joint", "reciprocal", "one-sided"]
#: How strongly a thing is said, strongest first: "discussed" is not "agreed".
Strength = Literal["agreed", "committed", "promised aid", "proposed", "offered", "discussed"]


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who takes part: name and office as printed, the person's id and party's code where known."""

    name: str
    id: str | None = None
    office: str | None = None
    party: str | None = None
    start: int
    end: int


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A dialogue, visit, call, conference or other meeting that a document tells of.

    ``first_day`` and ``last_day`` are ISO 8601, resolved against the day of the statement; ``None`` where not told. ``place`` is
    as printed, ``place_id`` its id. ``invited_by`` and ``decided_by`` are codes of parties. ``[start, end)`` is where it is told
    first, ``spans`` everywhere it is told of, ``future`` whether it is yet to be held.
    """

    id: str
    kind: MeetingKind
    name: str
    parties: tuple[str, ...]
    people: tuple[Participant, ...] = ()
    place: str | None = None
    place_id: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    invited_by: str | None = None
    decided_by: tuple[str, ...] = ()
    future: bool = False
    turn: str
    start: int
    end: int
    spans: tuple[Stretch, ...] = ()


class Undertaking(msgspec.Struct, frozen=True, kw_only=True):
    """Something agreed, committed to, offered, proposed or discussed, that is to be done; its exact words are ``[start, end)``.

    ``by`` are the codes of those who bind themselves, ``to`` of those it is done with or for. ``hedge`` are the words of
    obligation as said. ``mechanism`` is the working group, dialogue or visit by which it is to be done, as printed, and
    ``deadline`` the words of time. ``act`` is the id of the act it rests on.
    """

    id: str
    strength: Strength
    form: Form
    by: tuple[str, ...]
    to: tuple[str, ...]
    issues: tuple[str, ...]
    mechanism: str | None = None
    mechanism_id: str | None = None
    deadline: str | None = None
    hedge: str | None = None
    act: str
    turn: str
    start: int
    end: int
