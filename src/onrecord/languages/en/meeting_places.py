"""Where an English sentence says that a meeting is held: "in Lima, Peru today", "on the sidelines of the Summit in Osaka".

A place need not be in any table: after "in" or "at", and with nothing but days, names and words of holding before it, a
capitalised name is a place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from onrecord import languages
from onrecord.annotation_types import Mention
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence

#: The maximum distance of a place after a meeting, in characters, with days and other places between.
_FAR = 600
_WORD = r"(?:(?:St|Mt|Ft)\.\s+)?[A-ZÀ-ÞŁŽŠČĐ][\w’'-]*"
_OCCASION = r"(?i:summits?|conference|forum|meetings?|session|ministerial|assembly|dialogue|talks|council)"
#: "In" or "at" and a name: "Washington, D.C.", "Mexico’s National Palace", "the Republic of Korea".
_AT = re.compile(r"\b(?:[Ii]n|[Aa]t)\b")
_TO = re.compile(r"(?:,[^,.;]{2,60},)?\s+(?:back\s+)?to\b")
_NAME = re.compile(
    rf"\s+(?:the\s+|downtown\s+|beautiful\s+|nearby\s+|here\s+in\s+)?(?:(?P<whose>{_WORD}(?:\s+{_WORD})*[’']s?)\s+)?"
    rf"(?P<place>(?:the\s+)?{_WORD}(?:(?:\s+|\s+of\s+(?:the\s+)?|-){_WORD})*(?:,\s+D\.C\.)?)"
)
#: What may stand between a meeting and its place besides days: how it was held, who else, a longer name of a participant.
_BETWEEN = re.compile(
    r"(?:[\s,]|\([^()]*\)|\b(?:held|was|were|is|are|to|will|be|took|take|takes|place|here|on|from|the|being|taking|that|which|city|again|"
    r"today|together|virtually|in|person|jointly|briefly|separately|respectively|his|her|their|counterparts?|bin|ibn|al|el|de|of|and|"
    r"within|an?|two|three|few|weeks?|months?|days?|implementation|hosted|convened|this|for|the|first|second|third|time|one-on-one|lunch|dinner)\b"
    rf"|(?<![\w]){_WORD}\.?|on\s+the\s+(?:sidelines?|margins?|occasion)\s+of\s+(?:the\s+|this\s+year[’']s\s+|an?\s+)?(?:[\w’'.()-]+\s+){{0,8}}?{_OCCASION})*"
)  # fmt: skip
#: The occasion beside which a meeting is held; its name may hold the town.
_BESIDE = re.compile(
    r"\bon\s+the\s+(?:sidelines?|margins?)\s+of\s+(?:the\s+|this\s+year[’']s\s+|an?\s+)?"
    rf"(?P<name>(?:[\w’'-]+\s+){{0,6}}?{_OCCASION})"
)
#: A sentence may begin with the place: "In Osaka, the two leaders met".
_OPENING = re.compile(
    rf"(?:[Ww]hile\s+)?(?:[Ii]n|[Aa]t)\s+(?P<place>{_WORD}(?:\s+{_WORD})*)(?:,|\s+(?:today|yesterday)\b)"
)
_MONTHS = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Spring Summer Autumn Fall Winter".split()
)
#: What begins no name of a place, or makes it one of an occasion or a text.
_NO_PLACE = re.compile(
    rf"{_OCCASION}$|(?i:\b(?:agreement|statement|declaration|charter|treaty|resolution|act|initiative|strategy|framework|week|day|plan|"
    r"dollars?|chinese|english|congress)$)|^(?:I|He|She|They|We|It|This|That|These|Those|President|Prime|Minister|Secretary|Mr|Ms|Dr)\b"
)
#: A state's name before another noun is no place: "in Chinese cities", "in US-China relations".
_MODIFIES = re.compile(
    r"[-–’']|\s+(?!(?:in|on|at|and|from|for|to|today|this|next|last|during|as|with|later|earlier|after|before|since|by|who|which|but|"
    r"or|via|over|will|between|again|yesterday|tomorrow|soon|when|while|where|until|early|late|twice|now|is|was|has|had|have|together|"
    r"if|because|alongside|within|without|amid|under|where|on|ahead|around|of|upon|following|through|that|were|are|about|regarding|then)\b)[a-z]"
)


def place_of(
    sentence: MeetingSentence, report: MeetingReport, without_days: Callable[[MeetingSentence, int, int], str]
) -> Mention | None:
    """The place of a meeting: behind it with "in" or "at", in the name of the occasion beside which it is held, or at the
    beginning of its sentence. A call has none."""
    if report.kind == "call":
        return None
    named = report.name_end or max(report.begin + len(report.name), report.at)
    ends = sorted(one.end for one in sentence.actors if report.start <= one.start and one.end <= report.end)
    farthest = min(sentence.end, max((named, report.end, *(end for _, end, _ in sentence.inviting))) + _FAR)
    for at, place in _places(sentence, report.at, farthest):
        before = bisect_right(ends, at)
        reached = min(max(ends[before - 1] if before else named, named), at)
        for start, end, _ in sentence.inviting:
            if start >= report.at and end <= at and start - reached < 30:
                reached = max(reached, end)
        if at - reached > 300:
            continue
        gap = without_days(sentence, reached, at)
        if len(gap) < 110 and _BETWEEN.fullmatch(gap):
            return place
    return _beside(sentence, named, farthest) or _in_name(sentence, report) or _opening(sentence, report)


def welcomed_to(sentence: MeetingSentence, at: int) -> Mention | None:
    """The place to which a guest, whose name ends at an offset, is welcomed: "to the White House"."""
    lead = _TO.match(sentence.text, at, sentence.end)
    found = _NAME.match(sentence.text, lead.end(), sentence.end) if lead is not None else None
    return None if found is None else place_named(sentence, found.start("place"), found.end("place"))


def _places(sentence: MeetingSentence, start: int, end: int) -> Iterator[tuple[int, Mention]]:
    """Every "in" or "at" with a place behind it, and the place."""
    for lead in _AT.finditer(sentence.text, start, end):
        found = _NAME.match(sentence.text, lead.end(), sentence.end)
        if found is not None:
            place = place_named(sentence, found.start("place"), found.end("place"))
            if place is not None:
                yield lead.start(), place


def place_named(sentence: MeetingSentence, start: int, end: int) -> Mention | None:
    """The place named at ``[start, end)``, ``None`` if it is a day, a person, an occasion, or only modifies a noun."""
    text = sentence.text
    words = text[start:end].split()
    first = words[1] if words[0].lower() == "the" and len(words) > 1 else words[0]
    if first.strip(",.") in _MONTHS or _NO_PLACE.search(text[start:end].rstrip(".,")) or _MODIFIES.match(text, end):
        return None
    inside = [one for one in sentence.mentions_in(start - 60, end) if one.start < end and one.end > start]
    if any(one.kind == "person" or (one.kind == "mechanism" and one.start >= start - 4) for one in inside):
        return None
    held = next(
        (one for one in inside if one.start <= start + 4 and one.kind in ("place", "country", "territory", "office")),
        None,
    )
    if held is not None and (held.kind != "office" or held.id == "white-house"):
        held_to = max(held.end, end)
        return held if held_to == held.end else _with_name(held, text, min(start, held.start), held_to)
    if held is not None:
        return None
    return _listed(text, start, end) or Mention(
        kind="place", id=None, name=_plain(text[start:end]), start=start, end=end
    )


def _with_name(held: Mention, text: str, start: int, end: int) -> Mention:
    return Mention(
        kind=held.kind, id=held.id, name=_plain(text[start:end]), start=start, end=end, stands_for=held.stands_for
    )


def _plain(name: str) -> str:
    return " ".join(name.split()).rstrip(",")


def _listed(text: str, start: int, end: int) -> Mention | None:
    """The place of the tables with this name, which where it stands for a government names that instead."""
    for hit in languages.find("en").names.find(text[start:end]):
        for name in hit.names:
            if name.kind == "place" and (hit.start == 0 or text[start : start + 4].lower() == "the "):
                return Mention(
                    kind="place", id=name.id, name=_plain(text[start:end]), start=start, end=end, stands_for=name.codes
                )
    return None


def _in_name(sentence: MeetingSentence, report: MeetingReport) -> Mention | None:
    """The town after which a summit is named: "the Strelsau Summit in May 2021"."""
    words = list(re.finditer(r"\S+", sentence.text[report.begin : report.name_end]))
    if report.name_end <= report.begin or len(words) < 2 or not words[-1][0].lower().startswith("summit"):
        return None
    return _town(sentence.text, report.begin, words[:-1])


def _beside(sentence: MeetingSentence, start: int, end: int) -> Mention | None:
    """The town in the name of the occasion beside which the meeting is held: "on the sidelines of the Osaka Summit"."""
    text = sentence.text
    occasion = _BESIDE.search(text, start, min(end, start + 200))
    if occasion is None:
        return None
    first = occasion.start("name")
    return _town(text, first, list(re.finditer(r"\S+", text[first : occasion.end("name")]))[:-1])


def _town(text: str, first: int, words: list[re.Match[str]]) -> Mention | None:
    """The first town among words, which begin at ``first`` of the text."""
    for length in (2, 1):
        for at in range(len(words) - length + 1):
            begin, finish = first + words[at].start(), first + words[at + length - 1].end()
            listed = _listed(text, begin, finish)
            if listed is not None and text[begin].isupper():
                return listed
    return None


def _opening(sentence: MeetingSentence, report: MeetingReport) -> Mention | None:
    found = _OPENING.match(sentence.text, sentence.start, sentence.end)
    if found is None or found.end() > report.start + 30 or report.start - found.end() > 60:
        return None
    place = place_named(sentence, found.start("place"), found.end("place"))
    return place if place is not None and place.kind == "place" else None
