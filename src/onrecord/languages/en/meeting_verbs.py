"""English verbs of meeting that tell of none: other objects are met, and a bare infinitive may only be wished."""

from __future__ import annotations

import re

from onrecord.languages.meeting_report import MeetingSentence
from onrecord.languages.meeting_words import Trigger

#: Before these a meeting verb has another object: "structures meet these challenges".
_OTHER_OBJECT = re.compile(
    r"\s+(?:the|these|those|this|their|our|its|your|any|all|such|every|each|an?|one|both|new|[\w-]+ing)\s+(?!(?:two|three|leaders?|president|"
    r"prime|king|queen|chancellor|foreign|minister|secretary|visiting)\b)[a-z]"
)


def _will(sentence: MeetingSentence, trigger: Trigger) -> bool:
    """Whether a bare verb is what somebody invited, or somebody who "will", goes to do: "will lead a team to visit"."""
    return (
        bool(sentence.inviting)
        or re.search(r"\bwill\b", sentence.text[max(sentence.start, trigger.start - 120) : trigger.start]) is not None
    )


#: Bare verbs: they tell of a meeting only behind "will", "is to" and the like.
_BARE = frozenset("meet speak visit".split())
#: "Let the two speak", "worked together to meet", "envisage to meet periodically": no particular meeting.
_NOT_PLANNED = re.compile(
    r"(?i)\blet\s+[^.,;]{0,40}$|(?<!\bis )(?<!\bare )(?<!\bplan )(?<!plans )(?<!planned )(?<!planning )(?<!scheduled )"
    r"(?<!expected )(?<!going )(?<!agreed )(?<!due )(?<!set )(?<!intends )(?<!intend )(?<!about )(?<!forward )(?<!continue )"
    r"(?<!was )(?<!were )(?<!decided )(?<!ought )\bto\s+$"
)
#: What somebody is only able or allowed to do: "unlikely to be able to travel to".
_ABLE = re.compile(r"(?i)\b(?:able|unable|allowed|permitted|unlikely|free)\s+to\s+$")
#: Verbs that take other objects than people.
_WITH_OBJECTS = frozenset("met meet meets received".split())


def no_meeting(sentence: MeetingSentence, trigger: Trigger) -> bool:
    """Whether a verb has another object ("meet these challenges"), or is bare and nobody is said to be going to do it."""
    text = sentence.text
    if trigger.word in _WITH_OBJECTS and _OTHER_OBJECT.match(text, trigger.end):
        return True
    if _ABLE.search(text, max(sentence.start, trigger.start - 40), trigger.start):
        return True
    return (
        trigger.word in _BARE
        and not _will(sentence, trigger)
        and _NOT_PLANNED.search(text, max(sentence.start, trigger.start - 60), trigger.start) is not None
    )
