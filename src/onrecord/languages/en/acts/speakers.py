"""For whom "we" speaks in a joint appearance: the speaker's own state, or all who appear together."""

from __future__ import annotations

from onrecord.languages.en.acts.discourse import Subject
from onrecord.languages.en.acts.tokens import TokenizedSentence

_BOTH = frozenset(("both", "jointly", "mutually"))


def says_i(sentence: TokenizedSentence, subject: Subject) -> bool:
    """Whether the subject is "I"."""
    name = sentence.names[subject.start] if subject.start < len(sentence.names) else None
    return name is not None and name.name == "I"


def says_we(sentence: TokenizedSentence, subject: Subject) -> bool:
    """Whether the subject is "we"."""
    name = sentence.names[subject.start] if subject.start < len(sentence.names) else None
    return name is not None and name.name.lower() == "we"


def says_we_both(sentence: TokenizedSentence, subject: Subject, verb: int) -> bool:
    """Whether "both" or "jointly" stands beside "we": "we both", "we are both", "jointly, we"."""
    return says_we(sentence, subject) and not _BOTH.isdisjoint(sentence.words[max(0, subject.start - 2) : verb + 2])
