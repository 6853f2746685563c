"""Undertakings: what is to be done, by whom, with whom, and how firmly; each rests on an act and has its exact words.

The strength is that of the act: agreed, committed, promised aid, proposed, offered or discussed. What was only discussed is
included and marked so. An agreement that something *is* the case, aid already given, and an attitude without an action are no
undertakings. The document's language divides an act into its undertakings
(:class:`~onrecord.languages.readers.UndertakingReader`); this module does what all languages share.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from onrecord.annotation.analysis import DocumentAnalysis
from onrecord.annotation.undertaking_details import deadline_of, fields_of, form_of, mechanism_of
from onrecord.annotation.undertaking_parties import OtherParties, parties_of
from onrecord.annotation_types import Act, Mention, Strength, Undertaking
from onrecord.languages.facts import ActSurroundings, UndertakingPart
from onrecord.languages.readers import UndertakingCues, UndertakingReader
from onrecord.lexicon.actors import each_once, is_state, sovereign
from onrecord.record import Turn

#: Strongest first; where two readings of the same words conflict, the stronger is used.
STRENGTHS: tuple[Strength, ...] = ("agreed", "committed", "promised aid", "proposed", "offered", "discussed")
#: What was agreed is listed within so many characters behind the word of agreement.
_NAMELY = 2_000
#: So many characters are looked through at a time for what trails behind an undertaking.
_TRAILING = 24


def find_undertakings(analysis: DocumentAnalysis, acts: Sequence[Act]) -> tuple[Undertaking, ...]:
    """Find the undertakings of a document, in order; each lies inside its act, or in a list that the act opens, and in its turn.

    ``acts`` are the acts of the document. An id is the act's id and a number, so that it is stable while the act's words are.
    """
    rules = analysis.language.undertakings
    if rules is None or not acts:
        return ()
    document, mentions, starts = analysis.document, analysis.mentions, analysis.starts
    turns = {turn.id: turn for turn in document.turns}
    of_turn: dict[str, list[Act]] = {}
    for act in acts:
        of_turn.setdefault(act.turn, []).append(act)
    of_turn_by_place = {key: _Acts(some) for key, some in of_turn.items()}
    sentences = _SentenceStarts(document.text)
    found: list[tuple[Act, UndertakingPart]] = []
    for act in acts:
        turn = turns.get(act.turn)
        if turn is None or act.polarity == "negated":
            continue
        own = mentions[bisect_left(starts, act.start) : bisect_left(starts, act.end)]
        end = _end(document.text, act, of_turn_by_place[act.turn].between(act.trigger.end, act.end), rules.cues)
        around = ActSurroundings(document.text, act, end, sentences.of(act, turn), own, turn.end)
        found += [
            (act, part) for part in rules.read(around) if part.start < part.end
        ]  # "he suggested that —" breaks off
    kept = sorted(
        _distinct(_consented(document.text, found, acts, rules.cues)), key=lambda one: (one[1].start, one[1].end)
    )
    numbers: dict[str, int] = {}
    beside = OtherParties(analysis, rules.cues, acts)
    made = (_undertaking(document.text, act, part, mentions, starts, rules, numbers, beside) for act, part in kept)
    return tuple(one for one in made if one is not None)


def _end(text: str, act: Act, acts: Sequence[Act], cues: UndertakingCues) -> int:
    """Where the act ends: before the next coordinated trigger. ``acts`` are the acts of the turn."""
    end = act.end
    for other in acts:
        if not act.trigger.end < other.trigger.start < end:
            continue
        if act.type == "agree" and other.type == "commit":
            continue  # "agreed that they will do this and will do that"
        if act.type in ("agree", "commit", "offer") and other.type == "consult" and other.time != "done":
            continue  # 愿同各方保持沟通，探讨合作: part of what is offered
        for place in (other.trigger.start, other.start):
            if place > act.trigger.end and cues.joined.search(text, max(act.trigger.end, place - 24), place):
                end = min(end, place)
    says = cues.says.search(text, act.trigger.end, end) if cues.says is not None else None
    end = says.start() if says else end
    while found := cues.trailing.search(text, max(act.trigger.end, end - _TRAILING), end):
        end = found.start()
    return end


class _SentenceStarts:
    """Where the sentences of acts begin, looked for only in what was not looked through for the act before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._turn = ""
        self._reached = self._start = 0

    def of(self, act: Act, turn: Turn) -> int:
        """Where the act's sentence begins."""
        if turn.id != self._turn or act.start < self._reached:
            self._turn, self._reached, self._start = turn.id, turn.start, turn.start
        text = self._text
        for place in range(act.start - 1, self._reached - 1, -1):
            if text[place] in "。！？；\n" or (
                text[place] in ".!?;" and text[place + 1].isspace() and not text[place - 1].isupper()
            ):
                self._start = place + 1
                break
        self._reached = act.start
        return self._start


class _Acts:
    """The acts of a turn by where their triggers begin."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self._acts = acts
        self._places = sorted((act.trigger.start, number) for number, act in enumerate(acts))

    def between(self, start: int, end: int) -> list[Act]:
        """Those whose triggers begin inside ``(start, end)``, in their order."""
        first, last = bisect_left(self._places, (start + 1, 0)), bisect_left(self._places, (end, 0))
        return [self._acts[number] for number in sorted(number for _, number in self._places[first:last])]


def _consented(
    text: str, found: list[tuple[Act, UndertakingPart]], acts: Sequence[Act], cues: UndertakingCues
) -> Iterator[tuple[Act, UndertakingPart]]:
    """Mark what both will do as part of a consensus as agreed: "a consensus: both sides will ...", 达成共识，比如双方将…"""
    reached = [
        act for act in acts if act.type == "agree" and cues.consensus.search(text, act.trigger.start, act.trigger.end)
    ]
    reached.sort(key=lambda act: act.trigger.end)
    ends = [act.trigger.end for act in reached]
    for act, part in found:
        near = reached[bisect_left(ends, act.start - _NAMELY) : bisect_right(ends, act.start)]
        if part.strength in ("committed", "offered", "promised aid") and len(act.actors) > 1 and any(
            other.turn == act.turn and set(act.actors) <= set(other.actors)
            and cues.namely.fullmatch(text, other.trigger.end, act.start)
            for other in near
        ):  # fmt: skip
            yield act, part._replace(strength="agreed")
        else:
            yield act, part


def _distinct(found: Iterator[tuple[Act, UndertakingPart]]) -> list[tuple[Act, UndertakingPart]]:
    """Keep each undertaking once: drop one inside another of at least equal strength."""
    order = sorted(found, key=lambda one: (one[1].start, -one[1].end, _rank(one[1])))
    kept: list[tuple[Act, UndertakingPart]] = []
    for act, part in order:
        if not any(
            other.start <= part.start and part.end <= other.end and _rank(other) <= _rank(part)
            for _, other in kept[-12:]
        ):
            kept.append((act, part))
    return kept


def _rank(part: UndertakingPart) -> int:
    return STRENGTHS.index(part.strength)


def _undertaking(
    text: str,
    act: Act,
    part: UndertakingPart,
    mentions: Sequence[Mention],
    starts: list[int],
    rules: UndertakingReader,
    numbers: dict[str, int],
    beside: OtherParties,
) -> Undertaking | None:
    by = parties_of(act.actors if part.by is None else part.by)
    by = told = tuple(code for code in by if code != "WORLD") or by  # the world only where nobody else is named
    by = each_once(by)
    if not by or by == ("WORLD",):
        return None
    if part.strength == "agreed" and len(by) == 1 and is_state(by[0]) and not act.targets:
        by = told = beside.agreed(act, by[0]) or by
    others = (*act.actors, *act.targets) if part.to is None else part.to
    to = tuple(code for code in parties_of(others) if code not in told)
    if len(by) > 1 and "WORLD" not in act.targets:
        to = tuple(code for code in to if code != "WORLD")
    if (
        len(by) > 1
        and set(by) >= set(parties_of(act.actors))
        and not beside.is_for(to)
        and part.strength != "promised aid"
    ):
        to = beside.in_exchange(act, by, "", part.strength)
    words = text[part.start : part.end]
    within = [
        one for one in mentions[bisect_left(starts, part.start) : bisect_left(starts, part.end)] if one.end <= part.end
    ]
    if len(by) == 1 and is_state(by[0]):
        to = beside.of(by[0], words) if not to or beside.rather(by[0], to) else to
        to = to or beside.named(within, by[0]) or beside.meant(act, by[0], words)
        to = to or beside.in_exchange(act, by, words, part.strength)
        if beside.at_home(words, within, to):
            return None
        loosely = rules.cues.partner_inside and part.strength != "committed"
        if {sovereign(code) for code in to} <= {sovereign(by[0])} and not loosely:
            return None  # a state's own matter: nobody else is promised anything
    mechanism, mechanism_id = mechanism_of(words, part.start, within, rules)
    number = numbers[act.id] = numbers.get(act.id, 0) + 1
    issues = dict.fromkeys(one.id for one in within if one.kind == "issue" and one.id)
    issues |= dict.fromkeys(fields_of(words, rules, set(issues)))
    return Undertaking(
        id=f"{act.id}:{number}", strength=part.strength, form=form_of(words, by, to, rules), by=by, to=to,
        issues=tuple(issue for issue in issues if issue is not None), mechanism=mechanism, mechanism_id=mechanism_id,
        deadline=deadline_of(words, rules), hedge=part.hedge or None,
        act=act.id, turn=act.turn, start=part.start, end=part.end,
    )  # fmt: skip
