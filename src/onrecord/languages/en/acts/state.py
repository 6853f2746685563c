"""The state of the reader within a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.languages.en.acts.discourse import Subject
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.facts import ActFact

#: Codes whose conduct an accusation is not about: a public, firms, the world.
UNBLAMED = frozenset(("PEOPLE", "FIRM", "WORLD"))


#: Verbs that perform the act they name, so that nobody promises to do them.
_PERFORMING = words_of("performing")


@dataclass(slots=True)
class Main:
    """The act or verb of saying whose complement is being read; ``met`` are those who met, if it tells of a meeting."""

    end: int
    form: str
    subject: Subject
    perfect: bool
    infinitive: bool
    that: bool
    type: str
    met: tuple[str, ...] = ()

    def performs(self, words: list[str], at: int) -> bool:
        """Whether a base form after "and" acts now, and is not one more thing promised: "will support it and reiterate that"."""
        while at + 1 < len(words) and is_adverb(words[at]):
            at += 1
        return self.type == "commit" and self.form == "base" and words[at] in _PERFORMING


@dataclass(slots=True)
class Saying:
    """The speaker of the words that follow, and whether they are only a belief; ``person`` if one is named as the speaker."""

    codes: tuple[str, ...]
    past: bool
    belief: bool
    person: bool = False


@dataclass(slots=True)
class State:
    """The acts found so far, and what governs the words to come.

    Subjects are searched no further left than token ``floor``; up to ``cover`` the words belong to an act, up to
    ``conditional`` to a conditional clause.
    """

    found: list[ActFact] = field(default_factory=list)
    #: The index of each framed act, and the token where its complement begins.
    frames: list[tuple[int, int]] = field(default_factory=list)
    floor: int = 0
    main: Main | None = None
    cover: int = 0
    saying: Saying | None = None
    conditional: int = 0
    #: The tokens of modal verbs that a rule says bind nobody: "will announce".
    unbinding: set[int] = field(default_factory=set)
