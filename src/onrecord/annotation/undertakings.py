"""Undertakings: what is to be done, by whom, with whom, how firmly said; each rests on an act and has its exact words.

The strength is that of the act: what was agreed, committed to, promised as aid, proposed, offered. What was only discussed is
kept and called so. An agreement that something *is* so, help already given, and an attitude with nothing to be done are no
undertakings. A language's reader (:mod:`onrecord.annotation.english.deeds`, :mod:`onrecord.annotation.chinese_deeds`) cuts the
words of an act into things to be done; what every language shares is here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from onrecord.annotation.means import deadline_of, fields_of, form_of, mechanism_of
from onrecord.languages import ruled
from onrecord.marks import Act, Mention, Strength, Undertaking
from onrecord.record import Document, Turn

#: Strongest first: of two readings of the same words the stronger holds.
STRENGTHS: tuple[Strength, ...] = ("agreed", "committed", "promised aid", "proposed", "offered", "discussed")
#: Who can be meant by what they are, but binds nobody.
_NOBODY = frozenset(("PEOPLE", "FIRM", "MEDIA", "OTHER"))


class Part(NamedTuple):
    """A thing to be done, its places those of the document. ``by`` where the words name another doer than the act's actors."""

    start: int
    end: int
    strength: Strength
    hedge: str
    by: tuple[str, ...] | None = None


class Surroundings(NamedTuple):
    """An act with what a reader needs of the words around it; ``end`` is where the act's own words end."""

    text: str
    act: Act
    end: int
    sentence: int
    mentions: Sequence[Mention]

    @property
    def trigger(self) -> str:
        """The words that perform the act, in lower case."""
        return self.text[self.act.trigger.start : self.act.trigger.end].lower()

    def codes(self, start: int, end: int) -> tuple[str, ...]:
        """The codes of the actors named in a stretch, in order."""
        named = (
            one
            for one in self.mentions
            if start <= one.start and one.end <= end and one.kind not in ("issue", "mechanism", "place")
        )
        return tuple(dict.fromkeys(code for one in named for code in one.codes))


Reader = Callable[[Surroundings], Sequence[Part]]


def find_undertakings(document: Document, mentions: Sequence[Mention], acts: Sequence[Act]) -> tuple[Undertaking, ...]:
    """The undertakings a document tells of, in order; each lies inside its act, and so inside one turn.

    ``mentions`` and ``acts`` are those of the document. An id is the act's with a number behind it, so that it stays when the
    words of the act stay.
    """
    language = ruled(document.language)
    if language is None or not acts:
        return ()
    read = _reader(language)
    turns = {turn.id: turn for turn in document.turns}
    of_turn: dict[str, list[Act]] = {}
    for act in acts:
        of_turn.setdefault(act.turn, []).append(act)
    starts = [mention.start for mention in mentions]
    found: list[tuple[Act, Part]] = []
    for act in acts:
        turn = turns.get(act.turn)
        if turn is None or act.polarity == "negated":
            continue
        own = mentions[bisect_left(starts, act.start) : bisect_left(starts, act.end)]
        around = Surroundings(
            document.text, act, _end(document.text, act, of_turn[act.turn]), _sentence(document.text, act, turn), own
        )
        found += [(act, part) for part in read(around) if part.start < part.end]  # "he suggested that —" breaks off
    kept = sorted(_distinct(_consented(document.text, found, acts)), key=lambda one: (one[1].start, one[1].end))
    numbers: dict[str, int] = {}
    made = (_undertaking(document.text, act, part, mentions, starts, language, numbers) for act, part in kept)
    return tuple(one for one in made if one is not None)


def _reader(language: str) -> Reader:
    if language == "en":
        from onrecord.annotation.english.deeds import read_parts

        return read_parts
    from onrecord.annotation.chinese_deeds import read_parts as read_chinese

    return read_chinese


#: Before a trigger that goes on with the same subject.
_JOINED = re.compile(
    r"(?:[,;，；、]|\band\b|\bbut\b)\s*(?:(?:and|but|also|both|have|has|then|jointly|further|并|还|也|均|都|同时|一致)\s*)*$"
)


#: Behind which another says, thanks or does something, and nothing more is to be done.
_SAYS = re.compile(
    r",?\s+(?:and|but|while)\s+(?:also\s+|both\s+)?(?:said|told|noted|stress|emphasiz|thank|welcom|express|reaffirm|reiterat|underscor|discuss|agreed|"
    r"condemn|shared|convey|highlight|urged|called on|offered|underlin|praised|commend|congratulat|exchanged|"
    r"reviewed|recogniz)\w*\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[,;，；、。\s]|\band also$|\band$|\bbut$|\balso$|并且$|并$|还$|也$|同时$|均$|都$|一致$)+$")


def _end(text: str, act: Act, acts: Sequence[Act]) -> int:
    """Where the act's words end: before the next trigger that is joined to its own. ``acts`` are those of the turn."""
    end = act.end
    for other in acts:
        if not act.trigger.end < other.trigger.start < end:
            continue
        if act.type == "agree" and other.type == "commit":
            continue  # "agreed that they will do this and will do that"
        if act.type in ("agree", "commit", "offer") and other.type == "consult" and other.time != "done":
            continue  # 愿同各方保持沟通，探讨合作: a part of what is offered
        for place in (other.trigger.start, other.start):
            if place > act.trigger.end and _JOINED.search(text, max(act.trigger.end, place - 24), place):
                end = min(end, place)
    says = _SAYS.search(text, act.trigger.end, end)
    end = says.start() if says else end
    while found := _TRAILING.search(text, act.trigger.end, end):
        end = found.start()
    return end


def _sentence(text: str, act: Act, turn: Turn) -> int:
    """Where the act's sentence begins."""
    for place in range(act.start - 1, turn.start - 1, -1):
        if text[place] in "。！？；\n" or (
            text[place] in ".!?;" and text[place + 1].isspace() and not text[place - 1].isupper()
        ):
            return place + 1
    return turn.start


#: Between words of consensus and what it was reached on.
_NAMELY = re.compile(
    r"[^.。\n]{0,60}?(?:\bincluding\b|\bsuch as\b|\bnamely\b|\bfor example\b|:|：|包括|比如|例如|即|如下)[^.。\n]*"
    r"|[\s，,、一是首先]{0,6}",
    re.IGNORECASE,
)
_CONSENSUS = re.compile("consensus|agreement|understanding|共识|一致|协议")


def _consented(text: str, found: list[tuple[Act, Part]], acts: Sequence[Act]) -> Iterator[tuple[Act, Part]]:
    """What both will do as part of a consensus is agreed: "a consensus: both sides will ...", 达成共识，比如双方将…"""
    reached = [
        act for act in acts if act.type == "agree" and _CONSENSUS.search(text, act.trigger.start, act.trigger.end)
    ]
    for act, part in found:
        if part.strength in ("committed", "offered", "promised aid") and len(act.actors) > 1 and any(
            other.turn == act.turn and other.trigger.end <= act.start and set(act.actors) <= set(other.actors)
            and _NAMELY.fullmatch(text, other.trigger.end, act.start)
            for other in reached
        ):  # fmt: skip
            yield act, part._replace(strength="agreed")
        else:
            yield act, part


def _distinct(found: Iterator[tuple[Act, Part]]) -> list[tuple[Act, Part]]:
    """Each thing once: what lies inside another that is said as firmly is part of it."""
    order = sorted(found, key=lambda one: (one[1].start, -one[1].end, _rank(one[1])))
    kept: list[tuple[Act, Part]] = []
    for act, part in order:
        if not any(
            other.start <= part.start and part.end <= other.end and _rank(other) <= _rank(part)
            for _, other in kept[-12:]
        ):
            kept.append((act, part))
    return kept


def _rank(part: Part) -> int:
    return STRENGTHS.index(part.strength)


def _undertaking(
    text: str,
    act: Act,
    part: Part,
    mentions: Sequence[Mention],
    starts: list[int],
    language: str,
    numbers: dict[str, int],
) -> Undertaking | None:
    by = _parties(act.actors if part.by is None else part.by)
    if not by:
        return None
    others = (*act.actors, *act.targets)
    to = (
        ()
        if len(by) > 1 and set(by) >= set(_parties(act.actors))
        else tuple(code for code in _parties(others) if code not in by)
    )
    words = text[part.start : part.end]
    within = [
        one for one in mentions[bisect_left(starts, part.start) : bisect_left(starts, part.end)] if one.end <= part.end
    ]
    mechanism, mechanism_id = mechanism_of(words, part.start, within, language)
    number = numbers[act.id] = numbers.get(act.id, 0) + 1
    issues = dict.fromkeys(one.id for one in within if one.kind == "issue" and one.id)
    issues |= dict.fromkeys(fields_of(words, language, set(issues)))
    return Undertaking(
        id=f"{act.id}:{number}", strength=part.strength, form=form_of(words, by, to, language), by=by, to=to,
        issues=tuple(issue for issue in issues if issue is not None), mechanism=mechanism, mechanism_id=mechanism_id,
        deadline=deadline_of(words, language), hedge=part.hedge or None,
        act=act.id, turn=act.turn, start=part.start, end=part.end,
    )  # fmt: skip


def _parties(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes without those that bind nobody; those of polities before the world at large."""
    return tuple(dict.fromkeys(code for code in codes if code not in _NOBODY))
