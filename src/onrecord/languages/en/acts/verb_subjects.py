"""Whose act a verb tells: its own subject, that of the verb it is coordinated with, or those who met or speak together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.languages.en.acts.clauses import JOINING
from onrecord.languages.en.acts.discourse import Subject
from onrecord.languages.en.acts.events import read_occasion
from onrecord.languages.en.acts.matching import Match
from onrecord.languages.en.acts.speakers import says_we, says_we_both
from onrecord.languages.en.acts.state import State
from onrecord.languages.en.acts.subjects import find_subject
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.triggers import Rule
from onrecord.languages.en.acts.verbs import Group, is_adverb
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.undertaking_subjects import before_adverbs, gathered

if TYPE_CHECKING:
    from onrecord.languages.en.acts.act_reading import ActReading


def subject_of_rule(
    reader: ActReading, sentence: TokenizedSentence, placed: Match, group: Group, state: State, joined: bool
) -> Subject | None:
    """The subject of a matched rule's verb: of a meeting in the passive, those who met; of "we", all who appear together."""
    if placed.rule.when == "event":
        return read_occasion(reader, sentence, group.start, state.floor)
    subject = reader.subject(sentence, group, state, joined)
    if joined and placed.rule.type == "agree" and subject is not None and state.main is not None and state.main.met:
        return subject._replace(codes=state.main.met)  # "held talks with the king and reached agreement on"
    blames = placed.rule.who == "principal" and placed.rule.type in ("accuse", "warn", "deny", "request")
    if blames and subject is not None and subject.pronoun == "they" and not subject.codes:
        return subject._replace(codes=reader.discourse.topic)  # people and their deeds were named in between
    if reader.together and subject is not None and tells_of_both(sentence, subject, group, placed.rule):
        return subject._replace(codes=reader.together)
    return subject


def subject_of_verb(
    reader: ActReading, sentence: TokenizedSentence, group: Group, state: State, joined: bool
) -> Subject | None:
    """The subject of a verb group: its own, or that of the verb it is coordinated with."""
    main = state.main
    if main is not None and (joined or group.form == "infinitive"):
        if main.met and _is_common_purpose(sentence, group):
            return main.subject._replace(codes=main.met)
        return main.subject if main.subject.codes else main.subject._replace(codes=reader.discourse.topic, pronoun="it")
    found = find_subject(sentence, group.start, state.floor, reader.discourse)
    if found is None:
        if main is not None and group.form != "infinitive":
            words = sentence.words
            i = group.start - 1
            while i >= 0 and is_adverb(words[i]):
                i -= 1
            if i >= 0 and words[i] in JOINING:
                return main.subject
        if state.floor:
            return find_subject(sentence, group.start, 0, reader.discourse) if main is None else None
        return None
    if state.saying is not None and (
        found.pronoun in ("noun", "they") or (state.saying.person and found.pronoun in ("he", "she"))
    ):  # "Japan said the country welcomes": itself
        return found if _resumes(sentence, found) else found._replace(codes=state.saying.codes)
    if found.codes or found.pronoun:
        return found
    return _unnamed(reader, sentence, group, state, found)


def _unnamed(reader: ActReading, sentence: TokenizedSentence, group: Group, state: State, found: Subject) -> Subject:
    """A subject that names no party: those who are gathered ("the leaders"), or the speaker's country or government."""
    if reader.discourse.settled:
        together = gathered(sentence, before_adverbs(sentence.words, group.start), reader.discourse)
        if together is not None:
            return found._replace(codes=together[0], start=together[1], strong=True)
    if sentence.words[found.start : found.start + 2] in (["the", "country"], ["the", "government"]):
        speaker = state.saying.codes if state.saying else reader.discourse.last
        return found._replace(codes=speaker, strong=True)
    return found


def _resumes(sentence: TokenizedSentence, subject: Subject) -> bool:
    """Whether "they" are those who met, behind what one of them said: "she noted the progress, and they agreed to"."""
    joined = subject.start > 0 and sentence.words[subject.start - 1] in ("and", ";", "but")
    return joined and subject.pronoun == "they" and len(subject.codes) > 1


def tells_of_both(sentence: TokenizedSentence, subject: Subject, group: Group, rule: Rule) -> bool:
    """Whether "we" are all who appear together: where it tells what came of the talks ("we also discussed")."""
    if not says_we(sentence, subject):
        return False
    if rule.type in ("consult", "agree") or says_we_both(sentence, subject, group.start):
        return True
    return rule.type in ("reaffirm", "say") and group.past


#: Words that say that the purpose of a meeting is of all who meet.
_COMMON = words_of("common")


def _is_common_purpose(sentence: TokenizedSentence, group: Group) -> bool:
    """Whether an infinitive behind a meeting tells what all who met do: "met him to reaffirm their pact"."""
    return group.form == "infinitive" and not _COMMON.isdisjoint(sentence.words[group.start : group.start + 6])
