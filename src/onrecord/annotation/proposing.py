"""Acts proposed by a second reader: each is accepted only if its words occur in the text; rejected suggestions are counted.

A second reader is any :class:`Proposer`: a parser (:mod:`onrecord.annotation.proposers.parsing`), or a language model behind an
endpoint (:mod:`onrecord.annotation.proposers.endpoint`). Its suggestions are checked: one becomes a :class:`Proposal` only if its
quote and trigger occur verbatim in a turn of the principal, its type is one of the 17 and its actors are codes. A suggestion
that the rules have found already is counted as agreed.
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
from onrecord.annotation_types import Act, ActType, Mention, Polarity, Time
from onrecord.languages.facts import ActFact
from onrecord.lexicon.world import actor_codes
from onrecord.record import Document, Turn, words_digest

#: The rule id of a proposed act, which no rule found.
RULE = "proposed"
#: Why a suggestion was rejected.
Reason = Literal[
    "incomplete",  # no type, trigger, quote or actor
    "unknown type",
    "unknown polarity or time",
    "unknown actor",  # an actor or target that is not a code
    "quote not in the text",
    "quote not the principal's",  # it occurs only in a question or a note
    "trigger not in the quote",
    "repeated",  # suggested twice
]


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A suggestion of a second reader, not yet checked.

    ``turn`` is the number of the turn, from 1, if given. ``trigger_at`` is the offset of the trigger in the quote, if known.
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
    """A second reader. ``name`` identifies it in the record; ``sends_to`` is where the text is sent, ``None`` if nowhere."""

    @property
    def name(self) -> str:
        """The reader, with its version or address."""

    @property
    def sends_to(self) -> str | None:
        """The address to which the text is sent."""

    def reads(self, language: str) -> bool:
        """Whether it reads documents in this language (BCP 47)."""

    def suggest(self, document: Document) -> Sequence[Suggestion]:
        """Suggest the acts of an annotated document. Raises ProposerError if it cannot work."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """An act that a second reader proposed and whose words occur in the text: ``quote`` is ``text[act.start:act.end]``."""

    id: str
    proposer: str
    act: Act
    quote: str


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a second reader's suggestions: proposals, how many the rules had found too, and why others were rejected."""

    proposals: tuple[Proposal, ...] = ()
    agreed: int = 0
    dropped: dict[str, int] = {}


class WordsSent(UserWarning):
    """Text of documents is sent to an endpoint: the message says what and where to."""


def propose(document: Document, proposer: Proposer, *, warned: bool = False) -> Proposed:
    """Return the acts that ``proposer`` finds in a document and the rules did not, if their words occur in the text.

    A document that is not annotated is annotated first. If text leaves this machine, a :class:`WordsSent` warning is issued,
    unless the user was ``warned`` already. Raises ProposerError.

    >>> from onrecord.annotation.proposers import proposer_of              # doctest: +SKIP
    >>> propose(document, proposer_of("spacy:en_core_web_sm")).proposals   # doctest: +SKIP
    """
    if document.annotation is None:
        document = annotate(document).with_capture_of(document)
    if proposer.sends_to is not None and not warned:
        warnings.warn(what_is_sent(document.id, words_to_send(document), proposer.sends_to), WordsSent, stacklevel=2)
    return _SuggestionCheck(document, proposer.name).take(proposer.suggest(document))


def words_to_send(document: Document) -> int:
    """The number of characters of a document that a second reader receives: its questions, answers and statements."""
    return sum(turn.end - turn.start for turn in document if turn.kind != "note")


def what_is_sent(which: str, size: int, address: str) -> str:
    """What the user must know before text is sent: which documents, how many characters, where to."""
    return f"titles, questions and answers of {which} ({size:,} characters) are sent to {address}"


class _Place(NamedTuple):
    turn: Turn
    start: int
    trigger: int


class _SuggestionCheck:
    """Checks the suggestions for one document."""

    def __init__(self, document: Document, proposer: str) -> None:
        self.document, self.proposer = document, proposer
        self.principal = principal_of(document)
        self.seen: dict[str, int] = {}
        self.taken: set[tuple[int, int, int, str]] = set()

    def take(self, suggestions: Sequence[Suggestion]) -> Proposed:
        dropped: Counter[str] = Counter()
        proposals: list[Proposal] = []
        agreed = 0
        for suggestion in suggestions:
            found = self._checked(suggestion)
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

    def _checked(self, suggestion: Suggestion) -> Act | Reason:
        """Return the act, or the reason for rejection."""
        if not (suggestion.type and suggestion.trigger.strip() and suggestion.quote.strip() and suggestion.actors):
            return "incomplete"
        if suggestion.type not in get_args(ActType):
            return "unknown type"
        if suggestion.polarity not in get_args(Polarity) or suggestion.time not in get_args(Time):
            return "unknown polarity or time"
        if not actor_codes().issuperset((*suggestion.actors, *suggestion.targets)):
            return "unknown actor"
        place = self._placed(suggestion)
        if not isinstance(place, _Place):
            return place
        turn, start, trigger = place
        actors = tuple(dict.fromkeys(suggestion.actors))
        found = ActFact(
            type=suggestion.type,  # type: ignore[arg-type]
            rule=RULE,
            actors=actors,
            targets=tuple(code for code in dict.fromkeys(suggestion.targets) if code not in actors),
            polarity=suggestion.polarity,  # type: ignore[arg-type]
            time=suggestion.time,  # type: ignore[arg-type]
            trigger=(trigger, trigger + len(suggestion.trigger)),
            span=(start, start + len(suggestion.quote)),
        )
        return act_of(found, turn, self._mentions(turn), self.principal, self.seen)

    def _placed(self, suggestion: Suggestion) -> _Place | Reason:
        """Locate the quote and its trigger: the first position not taken by an equal suggestion."""
        turns = self.document.turns
        named = (
            turns[suggestion.turn - 1 : suggestion.turn] if suggestion.turn is not None and suggestion.turn > 0 else ()
        )
        reason: Reason = "quote not in the text"
        for turn in (*named, *turns):  # a model may miscount turns; the words decide
            for start in places(turn.text, suggestion.quote):
                if turn.kind not in ("answer", "statement"):
                    reason = "quote not the principal's"
                    break
                trigger = self._trigger(suggestion)
                if trigger is None:
                    return "trigger not in the quote"
                key = (turn.start + start, len(suggestion.quote), trigger, suggestion.type)
                if key not in self.taken:
                    self.taken.add(key)
                    return _Place(turn, start, start + trigger)
                reason = "repeated"
        return reason

    @staticmethod
    def _trigger(suggestion: Suggestion) -> int | None:
        found = list(places(suggestion.quote, suggestion.trigger))
        if suggestion.trigger_at is None:
            return found[0] if found else None
        return suggestion.trigger_at if suggestion.trigger_at in found else None

    def _mentions(self, turn: Turn) -> list[Mention]:
        return [one for one in self.document.mentions if turn.start <= one.start and one.end <= turn.end]


def overlapped(act: Act, acts: Sequence[Act]) -> bool:
    """Whether one of the acts has the same type and an overlapping span."""
    return any(one.type == act.type and one.start < act.end and act.start < one.end for one in acts)


def places(text: str, words: str) -> Iterator[int]:
    """Yield the offsets at which the words occur verbatim in the text, at word boundaries."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (_inside_word(text, start) or _inside_word(text, end)):
            yield start
        start = text.find(words, start + 1)


def _inside_word(text: str, at: int) -> bool:
    """Whether an offset is inside a word; every Han character is a word."""
    if not 0 < at < len(text):
        return False
    return all(letter.isalnum() and letter < "\u2e80" for letter in text[at - 1 : at + 1])
