"""The types of annotations: mentions, acts, meetings and undertakings, each with its span.

All offsets are code points into the document's text. Actor codes are ISO 3166-1 alpha-3 for states and territories, common
short names for organisations (``UN``, ``EU``, ``ASEAN``), and ``WORLD``, ``MEDIA``, ``FIRM``, ``PEOPLE``, ``OTHER`` otherwise.
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

#: The PLOVER event type of each act type, if any: Halterman et al., PLOVER and POLECAT, 2023. If two types apply, the one
#: that the codebook names first.
PLOVER: dict[str, str | None] = {
    "consult": "CONSULT", "agree": "AGREE", "commit": "AGREE", "offer": "COOPERATE", "propose": "REQUEST",
    "support": "SUPPORT", "aid": "AID", "reaffirm": None, "request": "REQUEST", "concern": "ACCUSE", "oppose": "REJECT",
    "accuse": "ACCUSE", "protest": "PROTEST", "warn": "THREATEN", "deny": "REJECT", "sanction": "SANCTION", "decline": None,
}  # fmt: skip


class Annotation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a document was annotated: the method, and the version of its rules and tables.

    ``not_covered`` lists what was not searched for because the document's language has no rules for it: any of
    ``names``, ``references``, ``dates``, ``acts``, ``meetings``, ``undertakings``, ``answers``.
    """

    method: str
    version: int
    not_covered: tuple[str, ...] = ()


#: Actor codes that name no particular state, territory or organisation.
NO_PARTY = frozenset(("WORLD", "OTHER", "PEOPLE", "FIRM", "MEDIA"))


class Stretch(msgspec.Struct, frozen=True):
    """An interval ``[start, end)`` of a document's text, in code points."""

    start: int
    end: int


class Mention(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A span that names an actor, person, office, place, mechanism or issue.

    ``id`` is its code, or ``None`` if it is ambiguous or unknown. ``stands_for`` are the codes of the parties it acts for
    or refers to: a person's state, both parties of "the two sides".
    """

    kind: MentionKind
    id: str | None
    name: str
    start: int
    end: int
    stands_for: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the actors it names or refers to; empty if it is not an actor."""
        if self.stands_for or self.id is None:
            return self.stands_for
        return (self.id,) if self.kind in ("country", "territory", "organisation") or self.id.isupper() else ()

    def moved(self, by: int) -> Mention:
        """The same mention, shifted by this many code points."""
        return Mention(
            kind=self.kind, id=self.id, name=self.name, start=self.start + by, end=self.end + by, stands_for=self.stands_for
        )  # fmt: skip


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A speech act of an actor, with one of the codebook's seventeen types.

    ``trigger`` is the verb or fixed phrase that performs or reports the act; ``[start, end)`` is the clause from the actor
    to the end of what is agreed, urged or opposed. ``hedge`` is the modal phrase as spoken ("will", "stands ready to").
    ``rule`` is the id of the lexicon row that matched, ``turn`` the id of its turn.
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
#: The strength of an undertaking, strongest first: "discussed" is not "agreed".
Strength = Literal["agreed", "committed", "promised aid", "proposed", "offered", "discussed"]


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """A participant of a meeting: name and office as printed, the person's id and the party's code if known."""

    name: str
    id: str | None = None
    office: str | None = None
    party: str | None = None
    start: int
    end: int


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A dialogue, visit, call, conference or other meeting that a document reports.

    ``first_day`` and ``last_day`` are ISO 8601, resolved against the day of the statement; ``None`` if not stated. ``place``
    is as printed, ``place_id`` its id. ``invited_by`` and ``decided_by`` are codes of parties. ``[start, end)`` is the first
    report, ``spans`` are all reports; ``future`` says whether the meeting is still to be held.
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
    """A future action that is agreed, committed to, offered, proposed or discussed; its exact words are ``[start, end)``.

    ``by`` are the codes of the parties that undertake it, ``to`` of those it is done with or for. ``hedge`` is the modal
    phrase as spoken. ``mechanism`` is the working group, dialogue or visit that carries it out, as printed, and
    ``deadline`` the time expression. ``act`` is the id of the act it is derived from.
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
