"""Give reporters the names and outlets that the page gives: a call just before, their own first words, the answer's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from onrecord.reading.callers import Asker, addressed, called, introduced, is_given_name, outlet_behind
from onrecord.reading.exchange import is_longer, is_managing, manages_room, managing_words
from onrecord.reading.transcript import Segment

#: Characters searched for a call at the end of a turn, and for a self-introduction at the beginning.
_CALL, _FIRST = 200, 240
#: Who calls on so many whose names are known calls on others, too.
_CALLS = 2
#: A moderator's turn with more words does more than call on somebody.
_FEW_WORDS = 3
#: Longest greeting, in words, between a call and the question.
_SMALL_TALK = 12
#: Most words of thanks; how a turn begins that goes on with an earlier one, or only speaks to the podium.
_THANKS = 4
_INTERRUPTS = re.compile(
    r"(?:—|–|And (?:then |also )?(?:on|about|secondly)\b|Also\b|(?:Mr\. |Madam )?[\w’-]+(?: [\w’-]+)?[,.]? ?—?$)|[a-z]"
)
#: Behind a name at the beginning, that of whoever speaks.
_HERE = re.compile(r",? (?:here|with|from|at|again)\b")
_STAGE = re.compile(r"\([^()]{1,60}\)\s*")


def name_askers(
    segments: list[Segment], *, on_a_call: bool, interviewer: str | None = None, outlet: str | None = None
) -> None:
    """Give the reporters the names and outlets that the page gives, in place.

    In a telephone call a name applies until the next one is called; in a room, to the next question only. An ``interviewer``
    or an ``outlet`` named in the headline applies to all of them.
    """
    if interviewer is not None or outlet is not None:
        for segment in segments:
            if segment.voice == "reporter" and segment.marks[0].speaker is None:
                segment.marks[0].speaker, segment.marks[0].outlet = interviewer, outlet
        return
    speakers = {s.speaker.lower() for s in segments if s.voice in ("podium", "official", "moderator") and s.speaker}
    others = frozenset(speakers | {part for speaker in speakers for part in speaker.split()})
    if not on_a_call:  # a gaggle by telephone does not say so in its headline
        calls = (
            s for s in segments if s.voice in ("moderator", "operator") and (s.role == s.voice or _by_line(s.words))
        )
        on_a_call = sum(_names_fully(called(s.words, others, moderated=True)) for s in calls) > 1
    _hold(segments, others, on_a_call)
    for segment in segments:
        mark = segment.marks[0]
        if segment.voice == "reporter":
            mark.speaker, mark.outlet = _as_printed(mark.speaker, segments), _as_printed(mark.outlet, segments)


def _by_line(words: str) -> bool:
    """Whether a host's words show that the session is held by telephone: "You should be unmuted now"."""
    return managing_words().by_line.search(words) is not None


def _calls_another(words: str) -> bool:
    """Whether a moderator gives the floor to somebody whose name is not recognised: "Said.", "Next question."."""
    if managing_words().next.search(words) is not None:
        return True
    if managing_words().heard.fullmatch(words) is not None:
        return False
    return not is_longer(words, _FEW_WORDS) and not (is_managing(words) or manages_room(words))


def _as_printed(name: str | None, segments: list[Segment]) -> str | None:
    """A name found in normalised words, with the apostrophe that the page has."""
    if name is None or "’" not in name or any(name in segment.printed for segment in segments):
        return name
    return name.replace("’", "'")


def _hold(segments: list[Segment], others: frozenset[str], on_a_call: bool) -> None:
    """Assign an asker to each question, in place."""
    calls = _calls(segments, others)
    was_called, going_on = _who_was_called(segments, calls), _going_on(segments)
    holding: Asker | None = None
    fresh = False  # nobody has asked since the call
    moderated = False  # the call was a moderator's or operator's: it holds until their next one
    for i, segment in enumerate(segments):
        words = segment.words
        if segment.voice != "reporter":
            moderates = _moderates(segments, i)
            asker = calls.get(i)
            if asker is not None:
                if holding is None or not _says_again(asker, holding):
                    holding, moderated = asker, moderates
                fresh = True
            elif segment.voice in ("podium", "official", "voice", "manager") and not on_a_call:
                keeps = fresh and (segment.voice == "manager" or not is_longer(words, _SMALL_TALK))
                holding = holding if keeps else None
            elif (segment.voice == "moderator" and _calls_another(words)) or (
                on_a_call and managing_words().line_of.search(words[-_CALL:])
            ):
                holding = None
            continue
        # an interviewer, named by the label; or somebody else, who is still speaking
        if segment.marks[0].speaker is not None or (not on_a_call and i < was_called.get(i, i)):
            continue
        told = introduced(words, others)
        if told is None and holding is not None and holding.name and _takes_up(words, holding.name):
            holding = None
        if told is not None and (told.name or told.outlet):
            holding = _joined(holding if fresh else None, told)
            moderated = moderated and fresh
        elif not fresh and (not on_a_call or (not moderated and managing_words().fresh.match(words))):
            holding = None
        if (holding is None or not fresh) and i + 1 < len(segments) and segments[i + 1].voice in ("podium", "official"):
            name = addressed(segments[i + 1].words, others)
            if name and (
                holding is None or name not in (holding.name or "")
            ):  # somebody else's turn: "Hi, Ann, how are you?"
                holding, moderated = Asker(name, None), False
        if holding is not None:
            segment.marks[0].speaker, segment.marks[0].outlet = holding.name, holding.outlet
        fresh = (fresh and _is_small_talk(words)) or (not on_a_call and i in going_on)
        if not on_a_call and not fresh:
            holding = None


def _runs(segments: list[Segment]) -> Iterator[range]:
    """The places of each run of reporters' turns."""
    first = 0
    for is_reporter, run in groupby(segments, lambda segment: segment.voice == "reporter"):
        end = first + sum(1 for _ in run)
        if is_reporter:
            yield range(first, end)
        first = end


def _names_fully(asker: Asker | None) -> bool:
    """Whether a call names a known given name, a full name or an outlet: a single unknown word proves nothing."""
    return asker is not None and (
        asker.name is None or " " in asker.name or is_given_name(asker.name) or asker.outlet is not None
    )


def _takes_up(words: str, name: str) -> bool:
    """Whether a reporter takes up a name that the podium supplied, who is not theirs: "Ann Example", but not "Ann here"."""
    return words.startswith(name) and _HERE.match(words, len(name)) is None


def _who_was_called(segments: list[Segment], calls: dict[int, Asker]) -> dict[int, int]:
    """For each of the reporters' turns right behind a call: which of them is that of who was called, by its place.

    In a room others thank or interrupt until then: "Thank you, Ann." "And on the ferry —". Where the same one is called again,
    what was said before was somebody else's.
    """
    found: dict[int, int] = {}
    for run in _runs(segments):
        called_by = calls.get(run.start - 1)
        if called_by is not None:
            found |= dict.fromkeys(run, _called_of(segments, run, called_by, calls.get(run.stop)))
    return found


def _called_of(segments: list[Segment], run: range, called_by: Asker, again: Asker | None) -> int:
    """Which turn of a run behind a call is that of who was called; ``again`` is whom the turn behind the run calls."""
    first = run.start
    words = segments[first].words
    if len(run) == 1:
        courtesy = managing_words().thanks.search(words) or managing_words().greeting.match(words)
        aside = not courtesy and "?" not in words and not is_longer(words, _SMALL_TALK)
        return run.stop if aside and again is not None and again.name == called_by.name else first
    turns = [(k, segments[k].words) for k in run]
    begun = [k for k, told in turns if not _INTERRUPTS.match(told) and not _is_thanks(told)]
    opening = [k for k in begun if managing_words().thanks.match(segments[k].words)]
    return next(iter(opening or begun), first)


def _is_thanks(words: str) -> bool:
    """Whether a reporter's turn only thanks for the answer before: "Thank you, Ann."."""
    return not is_longer(words, _THANKS) and managing_words().thanks.search(words) is not None


def _going_on(segments: list[Segment]) -> set[int]:
    """The reporters' turns that were interrupted and that the next one goes on with, and not with one before them."""
    found = set()
    for run in _runs(segments):
        broken = 0
        for i in run:
            is_broken = segments[i].words.rstrip().endswith("—")
            broken += is_broken
            if is_broken and broken == 1 and i + 1 in run and segments[i + 1].words.startswith("—"):
                found.add(i)
    return found


def _moderates(segments: list[Segment], i: int) -> bool:
    """Whether a moderator or operator speaks, or somebody who has an operator connect the caller."""
    connects = i + 1 < len(segments) and segments[i + 1].voice == "operator"
    return connects or segments[i].voice in ("moderator", "operator")


def _calls(segments: list[Segment], others: frozenset[str]) -> dict[int, Asker]:
    """Whom each segment calls on, by its place. Who calls on several whose names are known calls on unknown ones, too."""
    found: dict[int, Asker] = {}
    for i, segment in enumerate(segments[:-1]):
        if segment.voice != "reporter":
            asker = called(segment.words, others, moderated=_moderates(segments, i))
            if asker is not None:
                found[i] = asker
    callers = Counter(segments[i].speaker for i in found if segments[i + 1].voice == "reporter")
    for i, (segment, following) in enumerate(pairwise(segments)):
        if (
            i in found
            or segment.voice == "reporter"
            or following.voice != "reporter"
            or callers[segment.speaker] < _CALLS
        ):
            continue
        answers = i > 0 and segments[i - 1].voice == "reporter" and not is_longer(segment.words, _FEW_WORDS)
        asker = None if answers else called(segment.words, others, calls=True)
        if asker is not None:
            found[i] = asker
    return found


def _is_small_talk(words: str) -> bool:
    """Whether somebody who was called on has only greeted so far: "Hi. Can you hear me?"."""
    words = _STAGE.sub("", words)
    if is_longer(words, _SMALL_TALK):
        return False
    return "?" not in words or managing_words().small_talk.search(words) is not None


def name_outlets(segments: list[Segment]) -> None:
    """Give reporters whom their labels name the outlet that the turn before or their own first words tell, in place.

    It holds for all of a reporter's turns.
    """
    outlets: dict[str, str] = {}
    for before, segment in zip([None, *segments], segments, strict=False):
        if segment.voice != "reporter" or segment.speaker is None or segment.speaker in outlets:
            continue
        outlet = outlet_behind(segment.speaker, segment.words[:_FIRST])
        if outlet is None and before is not None and before.voice != "reporter":
            outlet = outlet_behind(segment.speaker, before.words[-_CALL:])
            if outlet is None and before.voice == "moderator":  # "Mike at Example News" calls Michael
                asker = called(before.words, (), moderated=True)
                outlet = asker.outlet if asker is not None else None
        if outlet is not None:
            outlets[segment.speaker] = outlet
    for segment in segments:
        if segment.voice == "reporter" and segment.speaker in outlets:
            segment.marks[0].outlet = outlets[segment.speaker]


def _says_again(asker: Asker, holding: Asker) -> bool:
    """Whether a call only repeats the one before it, in fewer words: "Ann Example at Example News." "Ann?"."""
    return (
        asker.outlet is None and asker.name is not None and set(asker.name.split()) <= set((holding.name or "").split())
    )


def _joined(call: Asker | None, told: Asker) -> Asker:
    """Merge a call and a self-introduction: the fuller name, and the outlet from either."""
    if call is None or not call.name:
        return told
    if not told.name or (call.name.split()[-1] == told.name.split()[-1] and len(call.name) >= len(told.name)):
        return Asker(call.name, told.outlet or call.outlet)
    return Asker(told.name, told.outlet or call.outlet)
