"""What the parts of the reading of acts need from the reader of the turn that calls them."""

from __future__ import annotations

from typing import Protocol

from onrecord.annotation_types import Mention
from onrecord.languages.en.acts.accusing_words import AccusingWords
from onrecord.languages.en.acts.discourse import Discourse, Subject
from onrecord.languages.en.acts.matching import Match
from onrecord.languages.en.acts.rule_choice import Chooser
from onrecord.languages.en.acts.state import State
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.triggers import Candidates
from onrecord.languages.en.acts.verbs import Group


class ActReading(Protocol):
    """The reading of one turn; :class:`onrecord.languages.en.acts.reader.Reader` is one.

    ``mentions`` are the turn's names, and ``starts`` where they begin. ``principal`` is the code of the state or organisation
    that speaks, None where nothing tells; ``own`` are all for whom a joint statement speaks, else the principal alone;
    ``joint`` says whether it is a joint statement; ``together`` are those who appear together.
    """

    text: str
    mentions: list[Mention]
    starts: list[int]
    principal: str | None
    joint: bool
    own: tuple[str, ...]
    together: tuple[str, ...]
    discourse: Discourse
    chooser: Chooser
    rules: dict[str, Candidates]
    accusing_words: AccusingWords

    def take(self, sentence: TokenizedSentence, placed: Match, group: Group, state: State) -> int:
        """Read the act of a matched trigger; return the token at which reading goes on."""

    def subject(self, sentence: TokenizedSentence, group: Group, state: State, joined: bool) -> Subject | None:
        """The subject of a verb group, None where there is none."""
