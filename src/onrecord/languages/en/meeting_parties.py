"""Who meets in English: the subject before a verb, the actors behind a verb or preposition, and whom "their" means."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.languages.en.meeting_days import without_days
from onrecord.languages.meeting_report import AND, MeetingSentence, codes_of
from onrecord.languages.participants import Actor, first_joined, joined
from onrecord.lexicon.actors import is_state

#: A name that is in no table, followed by an office: "Rudolf Rassendyll, Adviser to the King of Ruritania".
_UNLISTED_PERSON = r"(?:(?:[A-Z][\w.’'-]+\s+){1,3}[A-Z][\w.’'-]+,\s+(?:the\s+)?)?"
RELATION = re.compile(
    r"[\s,]*(?:\([^()]*\)\s*)?(?P<how>(?i:between|among|with|of|by|to|in|at|(?:co-)?(?:hosted|chaired|led|convened)\s+by))\s+"
    r"(?:both\s+)?(?:(?:the|his|her|its|their|visiting|former|new|then|counterpart|both|senior|outgoing|incoming|of|El|People[’']s|Republic|Acting|Chair|\d{4})\s+){0,4}"
    + _UNLISTED_PERSON
)
OBJECT = re.compile(
    r"[\s,]*(?:(?:separately|virtually|briefly|respectively|also|in person|by phone|by telephone|over the phone|by video|again|"
    r"jointly|here|on the phone|via video\w*|informally|one-on-one)[\s,]*)*(?:(?:with|to)\s+)?(?:(?:the|his|her|their|its|"
    r"visiting|former|new|counterpart|both|senior|El|a delegation led by|counterparts|members of|Acting|Chair|\d{4})[\s,]+){0,4}"
    + _UNLISTED_PERSON
)
#: "The fifth meeting of the Arcadia-Ruritania Dialogue".
_AND_OR_DASH = re.compile(AND.pattern + r"|\s?[-–]\s?", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|they|who)\s+(?:\w+\s+){0,3}$", re.I)
#: Before these a country is not what is visited: "China-India border areas", "US companies".
NO_OBJECT = re.compile(
    r"[-–]|\s+(?!(?:in|on|at|and|from|for|to|today|this|next|last|during|as|with|later|earlier|after|before|since|by|who|which|but|or|"
    r"via|over|will|between|again|yesterday|tomorrow|soon|when|while|where|until|early|twice|now|is|was|has|together|if|because|"
    r"accompanied|ahead|around|of|upon|following|under|through|amid)\b)[a-z]"
)
#: An actor after these is not the subject: "in Russia", "to the Embassy of France".
_ELSEWHERE = re.compile(r"(?i)\b(?:in|at|to|from|into|over|about|against|on)\s+(?:the\s+)?$")
#: "Met in Oslo with": the place, not the partner.
_THERE = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$")
#: Two persons are meant by "they" at most so many characters behind.
_TWO_BEFORE = 400
#: Between two stops of a tour, perhaps with a town before its country: "Lima, Peru; Quito, Ecuador, and Chile".
_NEXT_STOP = re.compile(
    r"(?:[,;]\s*(?:and\s+)?|\s+and\s+)(?:then\s+)?(?:(?:to|the)\s+)*(?:[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3},\s+)?"
)
#: What stands further apart belongs to two tellings, however much of it are days and places.
_LONGEST_GAP = 300
#: Owners named so far before "their meeting" are those who met.
_BESIDE_OWNERS = 24


def subject_before(sentence: MeetingSentence, before: int, avoid: Iterable[str] = (), reach: int = 220) -> list[Actor]:
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
                (two_before(sentence, group[0].start, group[0].end) or group)
                if len(group) == 1 and group[0].pair
                else group
            )
    if pronoun:
        if pronoun[0].split()[0].lower() == "they":
            at = pronoun.start()
            return two_before(sentence, at, at + len("they"))
        for actor in reversed(sentence.earlier()):
            if actor.people and set(actor.codes) - avoided:
                return [actor]
    return []


def two_before(sentence: MeetingSentence, start: int, end: int) -> list[Actor]:
    """The two persons named together before in the turn, whom "they" or "the two leaders" at ``[start, end)`` means."""
    near = [actor for actor in sentence.earlier() if sentence.start - actor.end <= _TWO_BEFORE]
    groups = [group for group in joined(sentence.text, near, AND) if len(group) == 2 and len(codes_of(group)) == 2]
    named = next((group for group in reversed(groups) if all(actor.people for actor in group)), None)
    if named is None:  # "the king met with the queen"
        people = {actor.codes: actor for actor in near if actor.people and len(actor.codes) == 1}
        named = list(people.values())
    return [Actor(start, end, actor.codes, actor.people) for actor in named] if len(named) == 2 else []


def objects_behind(sentence: MeetingSentence, at: int, relation: re.Pattern[str]) -> tuple[str, list[Actor]]:
    """The actors after an offset, skipping days, and the preposition before them."""
    for actor in sentence.actors_in(at, at + _LONGEST_GAP):
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
            _AND_OR_DASH,
        )
        return (match.groupdict().get("how") or "", group)
    return "", []


def owner_of(sentence: MeetingSentence, before: int, parties: Iterable[str], *, plural: bool) -> list[Actor]:
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
    return two_before(sentence, before, before) if plural else []


def stops_from(sentence: MeetingSentence, first: list[Actor]) -> list[Actor]:
    """The countries visited one after the other from the first on, each once: towns may stand before them."""
    if not first:
        return []
    found, at = [first[0]], first[0].end
    for actor in sentence.actors_in(at, sentence.end):
        if actor.start < at or not actor.country or not _NEXT_STOP.fullmatch(sentence.text, at, actor.start):
            if actor.start >= at:
                break
            continue
        at = actor.end
        if not NO_OBJECT.match(sentence.text, at) and actor.codes not in [one.codes for one in found]:
            found.append(actor)
    return found
