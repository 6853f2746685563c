"""One sentence that tells of meetings: who meets whom, where, when, at whose invitation, decided by whom.

Each trigger word is read by the rules of the language (:mod:`onrecord.annotation.meeting_english`,
:mod:`onrecord.annotation.meeting_chinese`); days, places, invitations and decisions of the sentence then go to the meeting
they stand by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from onrecord.annotation.days import Days, find_days
from onrecord.annotation.meeting_chinese import place_in_chinese, read_chinese
from onrecord.annotation.meeting_english import read_english, without_days
from onrecord.annotation.meeting_told import AND, Sentence, Told
from onrecord.annotation.participants import Actor, joined
from onrecord.lexicon.meeting_words import MeetingWords, Trigger
from onrecord.marks import Mention

_SIDE = re.compile(r"\s+(?:side|government|authorities)\b")
_HELD_AT = re.compile(
    r"(?:[\s,]|\b(?:held|was|were|is|to be|will be|be|took place|here|on|from|the|being|taking place|that|which|city of)\b)*"
    r"\b(?:in|at)\s+(?:the\s+|downtown\s+)?"
)


def tell(sentence: Sentence, words: MeetingWords, triggers: Sequence[Trigger]) -> list[Told]:
    """What a sentence tells of meetings, in order of the places; ``triggers`` are the trigger words that stand in it."""
    _invitations(sentence, words)
    read = read_english if words.language == "en" else read_chinese
    found = []
    for trigger in triggers:
        if trigger.word not in words.refused and not _in_organisation(sentence, trigger):
            told = read(sentence, words, trigger)
            if told is not None:
                found.append(told)
    if found:
        _circumstances(sentence, words, found)
    return found


def _in_organisation(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the word is a part of an organisation's name: the Pacific Islands Forum is none of its meetings."""
    return any(
        one.kind in ("organisation", "office")
        and one.start <= trigger.start
        and trigger.end <= one.end
        and one.end - one.start > len(trigger.word)
        for one in sentence.mentions
    )


def _invitations(sentence: Sentence, words: MeetingWords) -> None:
    """Where the sentence says at whose invitation, so that who invites is not taken for who acts."""
    if words.language == "en":
        for match in words.pattern("invitation", r"(?i)\b{}\s+(?:the\s+)?").finditer(
            sentence.text, sentence.start, sentence.end
        ):
            actors = [actor for actor in sentence.actors if actor.start >= match.end()]
            if actors and actors[0].start - match.end() <= 40:
                group = joined(sentence.text, actors, AND)[0]
                # "At the invitation of President A, President B": what a comma joins alone does not invite
                told_apart = (n for n, pair in enumerate(pairwise(group)) if not _joins_inviters(sentence.text, *pair))
                last = next(told_apart, len(group) - 1)
                codes = tuple(dict.fromkeys(code for actor in group[: last + 1] for code in actor.codes))
                side = _SIDE.match(sentence.text, group[last].end)
                sentence.inviting.append((match.start(), side.end() if side else group[last].end, codes))
        return
    for match in re.finditer("应(?P<who>[^，。；]{1,80}?)(?:的?)邀请", sentence.text[sentence.start : sentence.end]):
        first, last = sentence.start + match.start(), sentence.start + match.end()
        codes = tuple(
            dict.fromkeys(code for actor in sentence.actors if first <= actor.start < last for code in actor.codes)
        )
        if codes:
            sentence.inviting.append((first, last, codes))


def _joins_inviters(text: str, one: Actor, other: Actor) -> bool:
    return "," not in text[one.end : other.start]


def _circumstances(sentence: Sentence, words: MeetingWords, found: list[Told]) -> None:
    """Days, places, invitations and decisions of the sentence, each to the meeting it stands by."""
    text = sentence.text
    future = words.pattern("future", r"(?i)\b{}\b" if words.language == "en" else "{}")
    for told in found:
        behind = re.split(r"[，。；？！;.?!]", text[told.end : min(sentence.end, told.end + 24)])[0]
        reach = text[max(sentence.start, told.start - 12) : told.end] + behind
        told.future = told.future or (
            bool(future.search(reach))
            and not re.search(r"(?i)\b(?:concluded|was held|were held|ended)\b|结束|已经?举行", reach)
        )
    ahead = any(told.future for told in found)
    saying = words.pattern("saying", r"(?i)\b{}\b" if words.language == "en" else "{}")
    past = words.pattern("past", r"(?i)\b{}\b" if words.language == "en" else "{}")
    for told in found:
        reach = text[max(sentence.start, told.start - 24) : min(sentence.end, told.end + 12)]
        told.past = not told.future and bool(past.search(reach))
    for days in find_days(text[sentence.start : sentence.end], sentence.today, language=words.language, future=ahead):
        first, last = sentence.start + days.start, sentence.start + days.end
        if _of_speech(text, first, last, sentence, saying, words.language):
            continue
        near_by = [told for told in found if _tells(sentence, told, days, first, last, words)]
        if not near_by:
            continue
        near = min(near_by, key=lambda told: (_outside(told, first, last), _distance(text, told, first, last)))
        held = near.days
        if held is None or (days.exact, -_distance(text, near, first, last)) > (
            held.exact, -_distance(text, near, sentence.start + held.start, sentence.start + held.end)
        ):  # fmt: skip
            near.days = days
            near.dated = (
                last <= near.at
                and not re.search(r"[^\w\s’'-]|\b(?:the|a)\b", text[last : near.at])
                and near.at - last < 30
            )
            if _distance(text, near, first, last) < 60:
                near.start, near.end = min(near.start, first), max(near.end, last)
    for told in found:
        if told.days is not None and sentence.today is not None:
            told.past = told.past or told.days.last < sentence.today.isoformat()
            told.future = told.days.first > sentence.today.isoformat() or (
                told.future and told.days.last >= sentence.today.isoformat()
            )
    for told in found:
        told.place = told.place or _place(sentence, words, told)
        if told.place is not None and told.place.start >= sentence.start:
            told.start, told.end = min(told.start, told.place.start), max(told.end, told.place.end)
    _decisions(sentence, words, found)
    for first, last, codes in sentence.inviting:
        near = min(
            (one for one in found if one.kind != "call"),
            key=lambda told: _distance(text, told, first, last),
            default=None,
        )  # type: ignore[assignment]
        if near is None:
            continue
        if len(codes) == 1:
            near.invited_by = codes[0]
        if not near.named or near.kind != "conference":
            near.parties.update(dict.fromkeys(codes))
        if not near.specific and len(near.parties) >= 2 and near.kind != "call":
            near.specific, near.pointing = not near.loose or near.named, near.pointing and near.loose
        near.start, near.end = min(near.start, first), max(near.end, last)


def _distance(text: str, told: Told, first: int, last: int) -> int:
    """How far a circumstance stands from the trigger, the borders of clauses counted as words of their own."""
    between = text[last : told.at] if last <= told.at else text[told.at : first]
    return (
        len(between)
        + 25 * sum(between.count(mark) for mark in ";；")
        + 12 * between.count(",")
        + 6 * between.count("，")
    )


#: What is to come so plainly cannot have been held on a day past.
_COMING = re.compile(r"(?i)\b(?:upcoming|forthcoming)\b|即将")


def _tells(sentence: Sentence, told: Told, days: Days, first: int, last: int, words: MeetingWords) -> bool:
    """Whether days can be those of a meeting.

    In Chinese a comma behind it ends what is told of it; what was said on the day is not what was held on it ("yesterday China
    announced the visit"); and a month or a year must stand near.
    """
    text = sentence.text
    between = text[last : told.at] if last <= told.at else text[told.end : first]
    if words.language == "zh" and told.end <= first and "，" in between:
        return False
    saying = words.pattern("saying", r"(?i)\b{}\b" if words.language == "en" else "{}")
    if last <= told.at and saying.search(between):
        return False
    if (
        sentence.today
        and days.last < sentence.today.isoformat()
        and _COMING.search(text, max(sentence.start, told.begin - 24), told.at)
    ):
        return False
    width = (date.fromisoformat(days.last) - date.fromisoformat(days.first)).days
    if width > 100:
        return len(between) <= 12 and not re.search(r"是|\bis\b|[，,]", between)
    return width < 9 or len(between) <= 80


def _outside(told: Told, first: int, last: int) -> int:
    """How far a circumstance stands from all the words that tell of the meeting; 0 among them."""
    return max(0, told.start - last, first - told.end)


def _of_speech(text: str, first: int, last: int, sentence: Sentence, saying: re.Pattern[str], language: str) -> bool:
    """Whether a day is when something was said: "said yesterday", "昨天表示"."""
    if language == "en":
        return bool(
            re.search(saying.pattern + r"(?:\s+\w+){0,1}\s+(?:on\s+)?$", text[max(sentence.start, first - 40) : first])
        ) or bool(re.match(r"\s+(?:that|told|said|announced)\b", text[last:]))
    return bool(
        re.match(
            f"(?:上午|下午|晚上?|早|晨|中方|外交部|我们|我|双方|国防部|商务部|已经?|就[^，。]{{1,12}}|在[^，。]{{1,12}}|对[^，。]{{1,8}}|再次|也)*{saying.pattern}",
            text[last : last + 30],
        )
    )


def _place(sentence: Sentence, words: MeetingWords, told: Told) -> Mention | None:
    """The place a meeting is held at: behind it with "in", before it with 在."""
    text = sentence.text
    if words.language == "en":
        for mention in sentence.mentions:
            if (
                mention.start < told.at
                or mention.kind not in ("place", "country", "territory", "office")
                or text[mention.end : mention.end + 1] in ("'", "’", "-")
            ):
                continue
            ends = [actor.end for actor in sentence.actors if told.start <= actor.start and actor.end <= mention.start]
            named = max(told.begin + len(told.name), told.at)
            reached = max((end for end in ends if end <= told.end), default=named)
            reached = min(max(reached, named), mention.start)
            for start, end, _ in sentence.inviting:
                if start >= told.at and end <= mention.start and start - reached < 30:
                    reached = max(reached, end)
            gap = without_days(sentence, reached, mention.start, words)
            if len(gap) < 60 and _HELD_AT.fullmatch(gap):
                return mention
        return None
    return place_in_chinese(sentence, words, told)


def _decisions(sentence: Sentence, words: MeetingWords, found: list[Told]) -> None:
    text = sentence.text
    pattern = words.pattern("decided", r"(?i)\b{}\s+(?:the\s+)?" if words.language == "en" else "(?:共同|一致)?{}")
    for match in pattern.finditer(text, sentence.start, sentence.end):
        if words.language == "en":
            who = next((actor for actor in sentence.actors if -5 <= actor.start - match.end() <= 12), None)
        else:
            who = next((actor for actor in reversed(sentence.actors) if 0 <= match.start() - actor.end <= 4), None)
        if who is None or not who.codes:
            continue
        told = next((one for one in reversed(found) if one.at < match.start() and one.topic), None)
        if told is not None:
            told.decided_by = who.codes
            told.end = max(told.end, match.end(), who.end)
