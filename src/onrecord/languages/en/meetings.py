"""How an English sentence reports a meeting: by a noun with its parties around it, or a verb with subject and object."""

from __future__ import annotations

import re

from onrecord.languages.en.meeting_nouns import read_noun
from onrecord.languages.en.meeting_verbs import read_verb
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_words import MeetingWords, Trigger

#: "Did not hold a meeting", "no talks".
_NEGATED = re.compile(
    r"(?i)(?:\bnot|n[’']t|\bnever|\bno)\s+(?:yet\s+|been\s+|even\s+|ever\s+)?(?:(?:hold|held|have|had|paid|attended|planned)\s+)?(?:any\s+|an?\s+)?(?:\w+\s+)?$"
)


def read_english(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger) -> MeetingReport | None:
    """Return the meeting a noun or verb reports, None if it speaks of meeting in general."""
    word = trigger.word
    if _NEGATED.search(sentence.text, max(sentence.start, trigger.start - 30), trigger.start):
        return None
    if word in words.verbs:
        return read_verb(sentence, words, trigger, words.verbs[word])
    return read_noun(sentence, words, trigger, words.nouns[word])
