"""Acts that a second reader proposes: each taken only where its words stand in the text, and counted where they do not.

A second reader is any :class:`Proposer`: a parser (:mod:`onrecord.annotation.proposers.parsing`), a language model behind an
endpoint (:mod:`onrecord.annotation.proposers.endpoint`). It makes suggestions; nothing it says is believed. A suggestion becomes
a :class:`Proposal` only where its quote and trigger stand verbatim in a turn of the principal, its type is one of the 17 and
its actors are codes. What the rules have found already is no proposal; that both agree is counted.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol, get_args

import msgspec

from onrecord.annotation.acts import act_of
from onrecord.annotation.annotating import annotate
from onrecord.annotation.principal import principal_of
from onrecord.languages.facts import ActFact
from onrecord.lexicon.world import actor_codes
from onrecord.marks import Act, ActType, Mention, Polarity, Time
from onrecord.record import Document, Turn, words_digest

#: The rule of an act that no rule of ours found.
RULE = "proposed"
#: Why a suggestion is no proposal.
Reason = Literal[
    "incomplete",  # no type, trigger, quote or actor
    "unknown type",
    "unknown polarity or time",
    "unknown actor",  # an actor or target that is no code
    "quote not in the text",
    "quote not the podium's",  # it stands in a question or a note alone
    "trigger not in the quote",
    "repeated",  # suggested twice
]


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """What a second reader says, before anything of it is checked.

    ``turn`` is the number of the turn, from 1, where it names one. ``trigger_at`` is where the trigger begins in the quote,
    where it knows.
    """

    type: str = ""
    trigger: str = ""
    quote: str = ""
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    polarity: str = "affirmed"
    time: str = "ongoing"
    turn: int | None = None
    trigger_at: int | None = None


class Proposer(Protocol):
    """A second reader. ``name`` says which, for the record; ``sends_to`` where the words go, ``None`` where they stay here."""

    @property
    def name(self) -> str:
        """Which reader it is, with its version or address."""

    @property
    def sends_to(self) -> str | None:
        """The address that is sent the words."""

    def reads(self, language: str) -> bool:
        """Whether it reads documents in this language (BCP 47)."""

    def suggest(self, document: Document) -> Sequence[Suggestion]:
        """The acts it sees in an annotated document. Raises ProposerError where it cannot work."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """An act that a second reader proposed, whose words stand in the text: ``quote`` is ``text[act.start:act.end]``."""

    id: str
    proposer: str
    act: Act
    quote: str


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a second reader's suggestions: proposals, how many the rules had found too, and why others were dropped."""

    proposals: tuple[Proposal, ...] = ()
    agreed: int = 0
    dropped: dict[str, int] = {}


class WordsSent(UserWarning):
    """Words of documents are sent to an endpoint: the message says which, and where to."""


def propose(document: Document, proposer: Proposer, *, told: bool = False) -> Proposed:
    """The acts that ``proposer`` sees in a document and the rules did not, as far as the words bear them out.

    A document that is not annotated yet is annotated first. Where words are sent away a :class:`WordsSent` warning says so,
    unless the user was ``told`` already. Raises ProposerError.

    >>> from onrecord.annotation.proposers import proposer_of              # doctest: +SKIP
    >>> propose(document, proposer_of("spacy:en_core_web_sm")).proposals   # doctest: +SKIP
    """
    if document.annotation is None:
        document = annotate(document).with_capture_of(document)
    if proposer.sends_to is not None and not told:
        warnings.warn(what_is_sent(document.id, words_to_send(document), proposer.sends_to), WordsSent, stacklevel=2)
    return _Taking(document, proposer.name).take(proposer.suggest(document))


def words_to_send(document: Document) -> int:
    """How many characters a second reader is shown of a document: its questions, answers and statements."""
    return sum(turn.end - turn.start for turn in document if turn.kind != "note")


def what_is_sent(which: str, size: int, address: str) -> str:
    """What the user is to know before words are sent: whose, how many characters, where to."""
    return f"titles, questions and answers of {which} ({size:,} characters) are sent to {address}"


class _Place(NamedTuple):
    turn: Turn
    start: int
    trigger: int


class _Taking:
    """Takes the suggestions for one document, each on its own."""

    def __init__(self, document: Document, proposer: str) -> None:
        self.document, self.proposer = document, proposer
        self.principal = principal_of(document)
        self.seen: dict[str, int] = {}
        self.taken: set[tuple[int, int, int, str]] = set()

    def take(self, suggestions: Sequence[Suggestion]) -> Proposed:
        dropped: Counter[str] = Counter()
        proposals: list[Proposal] = []
        agreed = 0
        for one in suggestions:
            found = self._checked(one)
            if not isinstance(found, Act):
                dropped[found] += 1
            elif overlapped(found, self.document.acts):
                agreed += 1
            else:
                id = words_digest(f"{self.proposer}\n{found.id}")
                quote = self.document.text[found.start : found.end]
                proposals.append(Proposal(id=id, proposer=self.proposer, act=found, quote=quote))
        proposals.sort(key=lambda proposal: (proposal.act.start, proposal.act.trigger.start))
        return Proposed(proposals=tuple(proposals), agreed=agreed, dropped=dict(dropped.most_common()))

    def _checked(self, one: Suggestion) -> Act | Reason:
        """The act, or why it is none."""
        if not (one.type and one.trigger.strip() and one.quote.strip() and one.actors):
            return "incomplete"
        if one.type not in get_args(ActType):
            return "unknown type"
        if one.polarity not in get_args(Polarity) or one.time not in get_args(Time):
            return "unknown polarity or time"
        if not actor_codes().issuperset((*one.actors, *one.targets)):
            return "unknown actor"
        place = self._placed(one)
        if not isinstance(place, _Place):
            return place
        turn, start, trigger = place
        actors = tuple(dict.fromkeys(one.actors))
        found = ActFact(
            type=one.type,  # type: ignore[arg-type]
            rule=RULE,
            actors=actors,
            targets=tuple(code for code in dict.fromkeys(one.targets) if code not in actors),
            polarity=one.polarity,  # type: ignore[arg-type]
            time=one.time,  # type: ignore[arg-type]
            trigger=(trigger, trigger + len(one.trigger)),
            span=(start, start + len(one.quote)),
        )
        return act_of(found, turn, self._mentions(turn), self.principal, self.seen)

    def _placed(self, one: Suggestion) -> _Place | Reason:
        """Where the quote stands, and the trigger in it: the first place that no like suggestion has taken."""
        turns = self.document.turns
        named = turns[one.turn - 1 : one.turn] if one.turn is not None and one.turn > 0 else ()
        reason: Reason = "quote not in the text"
        for turn in (*named, *turns):  # a model may miscount, and the words decide
            for start in places(turn.text, one.quote):
                if turn.kind not in ("answer", "statement"):
                    reason = "quote not the podium's"
                    break
                trigger = self._trigger(one)
                if trigger is None:
                    return "trigger not in the quote"
                key = (turn.start + start, len(one.quote), trigger, one.type)
                if key not in self.taken:
                    self.taken.add(key)
                    return _Place(turn, start, start + trigger)
                reason = "repeated"
        return reason

    @staticmethod
    def _trigger(one: Suggestion) -> int | None:
        found = list(places(one.quote, one.trigger))
        if one.trigger_at is None:
            return found[0] if found else None
        return one.trigger_at if one.trigger_at in found else None

    def _mentions(self, turn: Turn) -> list[Mention]:
        return [one for one in self.document.mentions if turn.start <= one.start and one.end <= turn.end]


def overlapped(act: Act, acts: Sequence[Act]) -> bool:
    """Whether one of the acts is of the same type and tells some of the same words."""
    return any(one.type == act.type and one.start < act.end and act.start < one.end for one in acts)


def places(text: str, words: str) -> Iterator[int]:
    """Where the words stand in the text verbatim, beginning and ending where words do."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (_inside_word(text, start) or _inside_word(text, end)):
            yield start
        start = text.find(words, start + 1)


def _inside_word(text: str, at: int) -> bool:
    """Whether a word goes on over this place; Han characters are words each."""
    if not 0 < at < len(text):
        return False
    return all(letter.isalnum() and letter < "\u2e80" for letter in text[at - 1 : at + 1])
