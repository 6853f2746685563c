"""How an English sentence reports a meeting: possessives before a noun, prepositions after it, a verb's subject and object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.en.dates import find_dates
from onrecord.languages.en.meeting_groups import (
    ASSEMBLING,
    acting_there,
    assembled,
    names_own_body,
    pair_of_body,
    person_ahead,
    visitors,
)
from onrecord.languages.en.meeting_places import welcomed_to
from onrecord.languages.en.meeting_specificity import judge_specificity
from onrecord.languages.en.meeting_telling import ORDINAL, judge_told
from onrecord.languages.en.meeting_verbs import no_meeting
from onrecord.languages.meeting_report import AND, MeetingReport, MeetingSentence, codes_of
from onrecord.languages.meeting_words import MeetingWords, Noun, Trigger, Verb
from onrecord.languages.participants import Actor, first_joined, joined
from onrecord.lexicon.actors import is_state

#: How a name continues after its noun: "of the Forum on Cooperation", "(FOCAC)".
_EXTENSION = re.compile(
    r"(?:\s+(?:of|on|for)\s+(?:the\s+)?[A-Z][\w&’'-]*(?:\s+(?:(?:and|of|on|for|the)\s+)*(?:[A-Z][\w&’'-]*|\d\d))*)?"
    r"(?:\s+\([A-Z][\w +-]{1,14}\))?"
)
_ROUND = re.compile(r"(?:(?:the|a|another)\s+)?(?:(?:[\w-]+)\s+)?round\s+of\s+(?:the\s+)?(?:[a-z]+\s+)?$", re.I)
#: A name that is in no table, followed by an office: "Rudolf Rassendyll, Adviser to the King of Ruritania".
_UNLISTED_PERSON = r"(?:(?:[A-Z][\w.’'-]+\s+){1,3}[A-Z][\w.’'-]+,\s+(?:the\s+)?)?"
_RELATION = re.compile(
    r"[\s,]*(?:\([^()]*\)\s*)?(?P<how>(?i:between|among|with|of|by|to|in|at|(?:co-)?(?:hosted|chaired|led|convened)\s+by))\s+"
    r"(?:both\s+)?(?:(?:the|his|her|its|their|visiting|former|new|then|counterpart|both|senior|outgoing|incoming|of|El|People[’']s|Republic|Acting|Chair|\d{4})\s+){0,4}"
    + _UNLISTED_PERSON
)
_OBJECT = re.compile(
    r"[\s,]*(?:(?:separately|virtually|briefly|respectively|also|in person|by phone|by telephone|over the phone|by video|again|"
    r"jointly|here|on the phone|via video\w*|informally|one-on-one)[\s,]*)*(?:(?:with|to)\s+)?(?:(?:the|his|her|their|its|"
    r"visiting|former|new|counterpart|both|senior|El|a delegation led by|counterparts|members of|Acting|Chair|\d{4})[\s,]+){0,4}"
    + _UNLISTED_PERSON
)
_PRONOUN = re.compile(r"\b(?:he|she|they|who)\s+(?:\w+\s+){0,3}$", re.I)
#: Before these a country is not what is visited: "China-India border areas", "US companies".
_NO_OBJECT = re.compile(
    r"[-–]|\s+(?!(?:in|on|at|and|from|for|to|today|this|next|last|during|as|with|later|earlier|after|before|since|by|who|which|but|or|"
    r"via|over|will|between|again|yesterday|tomorrow|soon|when|while|where|until|early|twice|now|is|was|has|together|if|because|"
    r"accompanied|ahead|around|of|upon|following|under|through|amid)\b)[a-z]"
)
_TRAVELLING = re.compile(
    r"(?i)\b(?:delegations?|teams?|envoys?|ministers?|officials?|presidents?|representatives?|leaders?|group|missions?|he|she|they|who)\b"
)
#: An actor after these is not the subject: "in Russia", "to the Embassy of France".
_ELSEWHERE = re.compile(r"(?i)\b(?:in|at|to|from|into|over|about|against|on)\s+(?:the\s+)?$")
#: "Met in Oslo with": the place, not the partner.
_THERE = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$")
#: "Did not hold a meeting", "no talks".
_NEGATED = re.compile(
    r"(?i)(?:\bnot|n[’']t|\bnever|\bno)\s+(?:yet\s+|been\s+|even\s+|ever\s+)?(?:(?:hold|held|have|had|paid|attended|planned)\s+)?(?:any\s+|an?\s+)?(?:\w+\s+)?$"
)
_WORD = re.compile(r"[^\W_]+")
#: Words that are common in names of meetings.
_COMMON = frozenset(
    "the of for on and in a an s bilateral official state virtual video phone telephone working formal leaders held".split()
)
_SEVERAL = re.compile(r"\b(?:many|several|multiple|numerous|two|three|four|five|\d+)\s+(?:times|occasions)\b")
#: What a meeting is on is not who meets: "a meeting on the Arcadian nuclear issue".
_TOPIC = re.compile(r"\s+on\b")
_BRACKETED = re.compile(r"\([A-Z][A-Z0-9+-]{1,8}\)")
#: A body or plan named after its meetings.
_PART_OF_NAME = re.compile(
    r"\s+(?:Committee|Council|Group|Framework|Partnership|Initiative|Process|Mechanism|Center|Centre|Agreement|Act|Fund|Program|Programme|Task)\b"
)
#: Before a day that is part of a meeting's name: "their April 2 call", "President Rudolf’s May 3 visit".
_NAMING_DAY = re.compile(r"(?:\b(?:the|their|his|her|its|our|this|that|recent|successful)|[’']s?)\s+$", re.I)
_FOLLOWS_VISIT = re.compile(r"\s+(?:to|by|of|between)\b")
_MODAL = frozenset(
    "will to would can could should may might and also not jointly again soon already officially shall then".split()
)


def read_english(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger) -> MeetingReport | None:
    """Return the meeting a noun or verb reports, None if it speaks of meeting in general."""
    word = trigger.word
    if _NEGATED.search(sentence.text, max(sentence.start, trigger.start - 30), trigger.start):
        return None
    if word in words.verbs:
        return _verb(sentence, words, trigger, words.verbs[word])
    return _noun(sentence, words, trigger, words.nouns[word])


def _subject(sentence: MeetingSentence, before: int, avoid: Iterable[str] = (), reach: int = 220) -> list[Actor]:
    """The nearest subject before a verb, with coordinated actors, that is not already the partner."""
    groups = joined(sentence.text, sentence.free(before), AND)
    groups = [
        group
        for group in groups
        if not _ELSEWHERE.search(sentence.text, max(sentence.start, group[0].start - 12), group[0].start)
    ] or groups
    pronoun = _PRONOUN.search(sentence.text, max(sentence.start, before - 40), before)
    avoided = set(avoid)
    for group in reversed(groups):
        codes = codes_of(group)
        if before - group[-1].end > reach:
            break
        if codes - avoided and not (pronoun and not any(actor.people for actor in group)):
            return (
                (_two_before(sentence, group[0].start, group[0].end) or group)
                if len(group) == 1 and group[0].pair
                else group
            )
    if pronoun:
        if pronoun[0].split()[0].lower() == "they":
            at = pronoun.start()
            return _two_before(sentence, at, at + len("they"))
        for actor in reversed(sentence.earlier()):
            if actor.people and set(actor.codes) - avoided:
                return [actor]
    return []


def _two_before(sentence: MeetingSentence, start: int, end: int) -> list[Actor]:
    """The two persons named together before in the turn, whom "they" or "the two leaders" at ``[start, end)`` means."""
    near = [actor for actor in sentence.earlier() if sentence.start - actor.end <= _TWO_BEFORE]
    groups = [group for group in joined(sentence.text, near, AND) if len(group) == 2 and len(codes_of(group)) == 2]
    named = next((group for group in reversed(groups) if all(actor.people for actor in group)), None)
    if named is None:  # "the king met with the queen"
        people = {actor.codes: actor for actor in near if actor.people and len(actor.codes) == 1}
        named = list(people.values())
    return [Actor(start, end, actor.codes, actor.people) for actor in named] if len(named) == 2 else []


def _objects(sentence: MeetingSentence, at: int, relation: re.Pattern[str]) -> tuple[str, list[Actor]]:
    """The actors after an offset, skipping days, and the preposition before them."""
    for actor in sentence.actors_in(at, at + LONGEST_GAP):
        if actor.start < at or actor.office or _THERE.search(sentence.text, max(at, actor.start - 10), actor.start):
            continue
        gap = without_days(sentence, at, actor.start)
        if len(gap) > 70:
            break
        match = relation.fullmatch(gap)
        if match is None:
            break
        group = first_joined(
            sentence.text,
            (
                one
                for one in sentence.actors_in(actor.start, sentence.end)
                if one.start >= actor.start and not one.office
            ),
            AND,
        )
        return (match.groupdict().get("how") or "", group)
    return "", []


#: Two persons are meant by "they" at most so many characters behind.
_TWO_BEFORE = 400
#: The words before a place where something happens; the second value is the number of characters searched.
_IN_PLACE = re.compile(r"(?:^|[\s,])(?:in|at)\s+(?:the\s+)?$")
_LEAD = 40
#: What stands further apart belongs to two tellings, however much of it are days and places.
LONGEST_GAP = 300
#: No actor's name with its office is longer.
_NEAR = 500


def without_days(sentence: MeetingSentence, start: int, end: int) -> str:
    """The words of a span without its days and places, white space folded."""
    gap = sentence.text[start:end]
    if not gap or gap.isspace():
        return " " if gap else ""
    for mention in reversed(sentence.mentions_in(start, end)):  # "met in Manila with": the place is skipped like a day
        if mention.end < end and mention.kind in ("place", "country", "territory"):
            before = gap[: mention.start - start]
            lead = _IN_PLACE.search(before, max(0, len(before) - _LEAD))
            if lead and len(gap) == end - start:
                gap = gap[: lead.start()] + " " + gap[mention.end - start :]
    for report in reversed(find_dates(gap, sentence.today)):
        before = re.sub(r"\b(?:on|from|in|late|early)\s*$", "", gap[: report.start])
        gap = before + gap[report.end :]
    return re.sub(r"\s+", " ", gap)


def _verb(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger, verb: Verb) -> MeetingReport | None:
    text = sentence.text
    wished = words.pattern("wishing", r"(?i)\b{}\s+(?:\w+\s+)?$").search(
        text, max(sentence.start, trigger.start - 30), trigger.start
    )
    if wished or no_meeting(sentence, trigger):
        return None
    report = MeetingReport(verb.kind, verb.kind, trigger.start, trigger.end, trigger.start, begin=trigger.start)
    report.name_end = trigger.end
    _, partners = _objects(sentence, trigger.end, _OBJECT)
    partners = [one for one in partners if one.codes]
    if verb.takes == "destination":
        partners = [one for one in partners if one.country and not _NO_OBJECT.match(text, one.end)] or [
            Actor(one.start, one.end, (one.stands_for[0],), (), True, one.name)
            for one in sentence.mentions_in(trigger.end, trigger.end + 12)
            if one.kind == "place" and len(one.stands_for) == 1 and 0 < one.start - trigger.end < 12
        ]  # fmt: skip
        partners = partners[:1]  # stops of a tour are visits of their own
    elif (
        partners
        and not any(one.people or one.titled or len(one.codes) > 1 for one in partners)
        and trigger.word in _NEEDS_PERSON
    ):
        partners = []  # "called China a rival", "received Chinese goods"
    if trigger.word in _WELCOMING and partners:
        report.place = welcomed_to(sentence, partners[-1].end)
        partners = partners if report.place is not None else []
    partners = [] if trigger.word in ASSEMBLING else partners
    together = () if partners else assembled(sentence, trigger)
    if together:
        report.parties.update(dict.fromkeys(together))
        report.specific, report.anonymous = True, False
        return report
    if not partners and not _stands_alone(sentence, trigger, verb):
        return None
    subject = _subject(sentence, trigger.start, codes_of(partners))
    if (
        verb.takes == "destination"
        and not any(one.people for one in subject)
        and not _TRAVELLING.search(text, subject[-1].end if subject else trigger.start, trigger.start)
    ):
        return None
    report.add([*(visitors(sentence, subject) if verb.kind == "visit" else subject), *partners])
    by_phone = words.pattern("virtual", r"(?i)\b(?:{}|phone|telephone)\b").search(
        text, trigger.start, min(sentence.end, trigger.end + 120)
    )
    if (
        verb.kind == "call"
        and trigger.word in ("spoke", "speak", "speaks", "spoke with", "spoke to", "called")
        and not by_phone
    ):
        report.loose = True
    sentence.by_act(report)
    report.specific = len(report.parties) >= 2 and not _SEVERAL.search(
        text, trigger.start, min(sentence.end, report.end + 50)
    )
    if verb.takes == "destination":
        report.place = sentence.place_at(partners[0].start)
    return report if report.specific else None


def _stands_alone(sentence: MeetingSentence, trigger: Trigger, verb: Verb) -> bool:
    """Whether a verb tells of a meeting without an object."""
    if verb.takes == "destination" or trigger.word in _WELCOMING or trigger.word in ASSEMBLING:
        return False
    return _intransitive(sentence, trigger) or sentence.consults(trigger.start) is not None


#: Verbs that have many other uses, and so need a person as object.
_WELCOMING = frozenset(("welcomed", "welcomes", "will welcome"))
_NEEDS_PERSON = frozenset("called received hosted met meet meets spoke".split()) | {"will host"} | _WELCOMING


def _intransitive(sentence: MeetingSentence, trigger: Trigger) -> bool:
    """Recognise "the two presidents met in Bali": both participants before the verb."""
    if trigger.word not in ("met", "meet", "spoke", "speak", "are meeting"):
        return False
    subject = _subject(sentence, trigger.start)
    codes = codes_of(subject)
    gap = sentence.text[subject[-1].end : trigger.start] if subject else ""
    return len(codes) >= 2 and len(gap) < 40 and not re.search(r"[,.;:]|\b(?:of|in|that|which)\b", gap)


def _noun(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger, noun: Noun) -> MeetingReport | None:
    text, word = sentence.text, trigger.word
    before = _before_noun(sentence, words, trigger, noun)
    begin, first, determiner, owner = before.begin, before.first, before.determiner, before.owner
    end = _end_of_name(sentence, trigger, noun)
    if text[trigger.start].isupper() and _PART_OF_NAME.match(text, trigger.end):
        return None
    named = before.named or end > trigger.end
    if word in _ONLY_OWNED and not (owner or determiner in ("his", "her", "their")):
        return None
    if (
        word in ("visit", "visits", "call", "calls", "trip")
        and not (determiner or owner or named)
        and not _FOLLOWS_VISIT.match(text, end, end + 10)
    ):
        modal = text[max(sentence.start, begin - 12) : begin].split()
        if word in ("visit", "visits") and modal and modal[-1].lower() in _MODAL:
            return _verb(sentence, words, trigger, words.verbs["visited"])
        return None
    report = MeetingReport(noun.kind, text[begin:end], begin, end, trigger.start, loose=noun.loose, begin=begin)
    report.name_end = end
    near = sentence.actors_in(begin - _NEAR, end)
    inside = [
        actor
        for actor in near
        if actor.start < end
        and actor.end > begin
        and not actor.people
        and not _TOPIC.match(text, trigger.end, actor.start)
    ]
    report.add(inside)
    report.named = named and not (noun.loose and not inside and trigger.start == begin)
    report.marks = _marks(text, begin, end, [trigger, *inside])
    for mention in sentence.mentions_in(trigger.start - _NEAR, end):
        if mention.kind == "mechanism" and mention.start < end and mention.end > trigger.start and mention.stands_for:
            report.parties.update(dict.fromkeys(code for code in mention.stands_for if code not in NO_PARTY))
    beside = [actor for actor in near if actor.people and actor.end <= begin and not text[actor.end : begin].strip()]
    if owner or (beside and not determiner):  # "Sullivan's Call with", "Jake Sullivan Call with"
        owners = beside or [
            actor
            for actor in sentence.free(trigger.start)
            if first <= actor.end <= begin + 2 or first < actor.end <= begin
        ]
        report.add(joined(text, owners, AND)[-1] if owners else [])
    holding = words.pattern("holding", r"(?i)\b{}(?:\s+(?:on|in|for|at|up|off))?\s*$").search(
        text, max(sentence.start, first - 40), first
    )
    _add_related(sentence, report, noun, end)
    if noun.kind == "conference":
        report.add(acting_there(sentence, end))
    _add_subject(sentence, report, noun, before, holding.start() if holding else None)
    if len(report.parties) < 2 and holding:
        sentence.by_act(report)
    if (
        len(report.parties) < 2
        and determiner in ("a", "an")
        and _IN_A.search(text, max(sentence.start, first - 10), first)
    ):
        report.add(_subject(sentence, first))  # "agreed in a telephone call to"
    if len(report.parties) < 2 and names_own_body(sentence, report):
        report.parties.update(dict.fromkeys(sentence.gathered))
    if word in ("talks", "discussions") and report.named:
        report.kind = "dialogue"
    states = len(report.parties) == 2 and all(is_state(code) for code in report.parties)
    if (
        noun.kind == "conference"
        and word.startswith(("summit", "leaders' ", "foreign ministers' "))
        and states
        and not report.marks
    ):
        report.kind = "meeting"  # a bilateral summit is a meeting
    if noun.kind == "call" and word.endswith("s") and len(report.parties) > 2:
        return None  # "phone calls with the Arcadian and Ruritanian ministers" are several
    judge_specificity(sentence, words, report, trigger, bool(holding), determiner, owner, first, end)
    judge_told(sentence, report, before.first, before.determiner, holding[0] if holding else "")
    return report if report.specific or report.pointing else None


class _BeforeNoun(NamedTuple):
    """What stands before a noun: its name from ``begin``, with its determiner or owner from ``first``."""

    begin: int
    first: int
    determiner: str
    owner: str
    named: bool


def _before_noun(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger, noun: Noun) -> _BeforeNoun:
    text, sets = sentence.text, words.sets
    begin = first = trigger.start
    determiner = owner = ""
    named = False
    dates = _dates_in(sentence, max(sentence.start, begin - 140), begin)
    for plain, at in _words_before(text, max(sentence.start, begin - 140), begin):
        low = plain.lower().replace("’", "'")
        day = next((start for start, end in dates if start <= at < end), None)
        if day is not None:  # "their April 2, 2024, telephone call"
            begin = first = day
            continue
        if _BRACKETED.fullmatch(plain):  # "the Norway-Chile-Peru (NCP) meeting"
            begin = first = at
            continue
        if plain[-1] in ',;:.)”"—' and not (plain[-1] == "." and (len(plain) < 6 or "." in plain[:-1])):
            break
        if low in sets["determiners"]:
            determiner, first = low, at
            break
        if low.endswith(("'s", "s'")) and low not in sets["modifiers"]:
            owner, first = "'s", at
            break
        if low in sets["ordinals"] and not ORDINAL.fullmatch(low):
            first = at
        elif low == "and" and (noun.kind in ("visit", "call") or begin == trigger.start):
            break
        elif low in sets["modifiers"] or ORDINAL.fullmatch(low) or _names(sentence, plain, at):
            begin = first = at
            named = named or low not in ("and", "round")
        else:
            break
    while text[begin : begin + 4].lower() == "and ":
        begin += 4
    for days in find_dates(text[max(sentence.start, begin - 20) : trigger.start], sentence.today):
        reached = max(sentence.start, begin - 20) + days.end
        if begin < reached <= trigger.start:  # "the November 15, 2021 virtual meeting"
            begin = reached + len(text[reached : trigger.start]) - len(text[reached : trigger.start].lstrip(" ,"))
    rounds = _ROUND.search(text, max(sentence.start, first - 40), first)
    if rounds:
        return _BeforeNoun(rounds.start(), rounds.start(), "the", owner, True)
    return _BeforeNoun(begin, first, determiner, owner, named)


def _end_of_name(sentence: MeetingSentence, trigger: Trigger, noun: Noun) -> int:
    """The end of a name that may continue after its noun: "Forum on Cooperation"."""
    end = trigger.end
    if not (sentence.text[trigger.start].isupper() or noun.kind == "conference"):
        return end
    longer = _EXTENSION.match(sentence.text, end, sentence.end)
    if longer is None or any(
        actor.people and actor.start < longer.end() and actor.start >= end
        for actor in sentence.actors_in(end, longer.end())
    ):
        return end
    return _before_days(sentence, end, longer.end())


def _add_related(sentence: MeetingSentence, report: MeetingReport, noun: Noun, at: int) -> None:
    """Add the actors behind "between", "with", "to", "by" after the noun, and the country in which a stay is."""
    if report.name.endswith(tuple(_ONLY_OWNED)):
        there = next((one for one in sentence.actors_in(at, at + _LEAD_IN) if one.country), None)
        if there is not None:
            report.add([there])
            report.place = sentence.place_at(there.start)
        return
    for _ in range(4):
        how, actors = _objects(sentence, at, _RELATION)
        if not actors:
            break
        at = actors[-1].end
        if how in ("in", "at"):
            continue
        if how == "to" and (
            noun.kind != "visit"
            or (actors[0].country and _NO_OBJECT.match(sentence.text, at) and sentence.text[at] == "-")
        ):
            break
        if how == "by" and noun.kind not in ("visit", "call"):
            break
        if how == "to":
            report.place = report.place or sentence.place_at(actors[0].start)
            actors = (
                actors if any(one.people for one in actors) else actors[:1]
            )  # stops of a tour are visits of their own
        report.add(actors)


def _add_subject(
    sentence: MeetingSentence, report: MeetingReport, noun: Noun, before: _BeforeNoun, holding: int | None
) -> None:
    """Add whoever "his visit" is of, or whoever holds the meeting, by the verb of holding at ``holding``."""
    if before.determiner in ("his", "her", "their") and noun.kind in (
        "visit",
        "call",
        "meeting",
        "dialogue",
        "conference",
    ):
        ahead = person_ahead(sentence, report.name_end) if noun.kind == "visit" else []
        report.add(ahead or _owner(sentence, before.first, report.parties, plural=before.determiner == "their"))
        if holding is not None and len(report.parties) < 2:
            report.add(_subject(sentence, holding, report.parties, 90))
    elif (holding is not None or (noun.kind == "visit" and not before.owner)) and not (
        before.owner and len(report.parties) > 1
    ):
        at = before.first if holding is None else holding
        subject = _subject(sentence, at, report.parties if len(report.parties) < 3 else (), 90)
        if len(report.parties) > 1 and noun.kind != "visit" and not any(one.people for one in subject):
            return  # the name says whose it is; a state named before it is of another meeting
        report.add(visitors(sentence, subject) if noun.kind == "visit" else subject)
        if before.determiner == "its" and len(report.parties) < 2:
            report.add(pair_of_body(sentence, at))


def _marks(text: str, begin: int, end: int, others: Sequence[Trigger | Actor]) -> frozenset[str]:
    """The words that tell a name from others: those outside the trigger and the actors in it."""
    own = text[begin:end]
    for one in others:
        first, last = max(0, one.start - begin), max(0, one.end - begin)
        own = own[:first] + " " * (min(last, len(own)) - first) + own[last:]
    return frozenset(_WORD.findall(own.lower())) - _COMMON


def _before_days(sentence: MeetingSentence, start: int, end: int) -> int:
    """The end of a name that continues with a day: "Conference on May 4"."""
    for days in find_dates(sentence.text[start : min(sentence.end, end + 12)], sentence.today):
        if start + days.start < end:
            return start + len(
                re.sub(r"\s+(?:on|for|of|in)\s*(?:the\s*)?$", "", sentence.text[start : start + days.start].rstrip())
            )
    return end


def _dates_in(sentence: MeetingSentence, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the days named directly in the words before a noun, not those of a phrase of their own ("on May 4")."""
    return [
        (start + days.start, start + days.end)
        for days in find_dates(sentence.text[start:end], sentence.today)
        if _NAMING_DAY.search(sentence.text, max(start, start + days.start - 24), start + days.start)
    ]


def _words_before(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the words of a span and where they begin, the last word first."""
    for word in reversed(text[start:end].split()):
        end = text.rindex(word, start, end)
        yield word, end


def _names(sentence: MeetingSentence, plain: str, at: int) -> bool:
    """Whether a word before a noun belongs to its name: capitalised, not part of a person's name, not first in the sentence."""
    if not (plain[0].isupper() or plain[0].isdigit() or plain[0] in '“"'):
        return False
    end = at + len(plain)
    if at == sentence.start and not any(actor.start == at for actor in sentence.actors_in(at, end)):
        return False
    return not any(
        actor.people and actor.start < end and at < actor.end for actor in sentence.actors_in(at - _NEAR, end)
    )


#: "His stay in Arcadia" is a visit; other stays are not.
_ONLY_OWNED = frozenset(("stay", "stopover"))
#: " in the " before the country of a stay.
_LEAD_IN = 10
#: Owners named so far before "their meeting" are those who met.
_BESIDE_OWNERS = 24
_IN_A = re.compile(r"\b(?:in|during|at|over|on)\s*$")


def _owner(sentence: MeetingSentence, before: int, parties: Iterable[str], *, plural: bool) -> list[Actor]:
    """The antecedent of "his" in "his visit", "their" in "their conversation": the latest person, or the latest two parties."""
    known = set(parties)
    if plural:  # "President A and President B at their meeting"
        two = [one for one in joined(sentence.text, sentence.free(before), AND) if len(codes_of(one)) > 1]
        if two and before - two[-1][-1].end < _BESIDE_OWNERS and all(one.people for one in two[-1]):
            return [Actor(before, before, one.codes, one.people) for one in two[-1]]
    for actor in reversed([*sentence.earlier(), *sentence.free(before)]):
        if (
            plural
            and len(actor.codes) > 1
            and set(actor.codes) >= known
            and all(is_state(code) for code in actor.codes)
        ):
            return [Actor(before, before, actor.codes)]
        if not plural and actor.people and set(actor.codes) - known:
            return [Actor(before, before, actor.codes, actor.people)]
    return _two_before(sentence, before, before) if plural else []
