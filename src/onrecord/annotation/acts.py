"""Acts: what governments and organisations do with words, found by the rules of the document's language.

A language's reader (:class:`~onrecord.languages.readers.ActReader`) finds the acts in one turn. This module does what all
languages share: it selects the turns to read and adds PLOVER codes, issues, voice and ids. It reads only the principal's turns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence

from onrecord import houses
from onrecord.annotation.analysis import DocumentAnalysis
from onrecord.annotation_types import NO_PARTY, PLOVER, Act, Mention, Stretch
from onrecord.errors import UnknownHouse
from onrecord.languages.facts import ActContext, ActFact
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.record import Turn, words_digest

#: So many turns before one may say what it is about.
_BEFORE = 4


def find_acts(analysis: DocumentAnalysis) -> tuple[Act, ...]:
    """Find the acts of a document, in order of position.

    Questions and notes contain no acts, and where nobody asks, nobody declines to answer. Every act and its trigger lie inside
    one turn, and every actor has a code.
    """
    read = analysis.language.acts
    if read is None:
        return ()
    principal = analysis.principal
    abroad, at_home_too = _tells_of_others(analysis), _tells_of_home(analysis.document.issuer)
    conference = analysis.document.kind == "press-conference" and any(
        one.kind == "question" for one, _ in analysis.turns
    )
    found: list[Act] = []
    seen: dict[str, int] = {}
    others: dict[str, None] = {}
    before: deque[TurnAnalysis] = deque(maxlen=_BEFORE)
    for turn, own in analysis.turns:
        if turn.kind in ("answer", "statement"):
            issues = [mention for mention in own.mentions if mention.kind == "issue"]
            speaking = analysis.speaking
            context = ActContext(
                own.principal,
                tuple(others),
                speaking.joint,
                speaking.together,
                speaking.met,
                principal,
                tuple(before),
                at_home_too,
                turn.kind == "answer",
            )
            words = _behind_title(turn, analysis.document.title)
            asked = conference or turn.kind == "answer"
            for fact in read(own, context):
                if fact.trigger[0] >= words and (asked if fact.type == "decline" else abroad):
                    found.append(act_of(fact, turn, issues, speaking.joint or own.principal, seen))
        elif turn.kind == "question":
            others.clear()
        for mention in own.mentions:
            for code in mention.codes:
                if code != principal:
                    others.pop(code, None)
                    others[code] = None
        before.append(own)
    return tuple(found)


def _tells_of_others(analysis: DocumentAnalysis) -> bool:
    """Whether a document names any party but its principal: what a government does at home is no act towards another.

    A press conference always may, and so does what several have gathered for.
    """
    if analysis.document.kind == "press-conference" or len(analysis.speaking.gathered) > 1:
        return True
    own = NO_PARTY | {analysis.principal}
    return any(not own.issuperset(mention.codes) for mention in analysis.mentions if mention.codes)


def _tells_of_home(issuer: str) -> bool:
    """Whether an issuer also tells of what its government does at home, by the card of its house."""
    try:
        return houses.find(issuer).card.at_home_too
    except UnknownHouse:
        return False


def _behind_title(turn: Turn, title: str) -> int:
    """Where the words of a turn begin that are more than the document's title: headings perform no act.

    A title with a colon may have lost its first part to a label. The only words of a document are no heading.
    """
    first, _, rest = turn.text.partition("\n")
    return len(first) if first and title.endswith(first) and (rest or first == title) else 0


def act_of(
    fact: ActFact,
    turn: Turn,
    mentions: Sequence[Mention],
    principal: str | tuple[str, ...] | None,
    seen: dict[str, int],
) -> Act:
    """Build the act found in a turn, with offsets into the document.

    ``principal`` are the parties who speak; ``seen`` counts how often an id stem has occurred.
    """
    own = (principal,) if isinstance(principal, str) else principal or ()
    start, end = turn.start + fact.span[0], turn.start + fact.span[1]
    about = turn.start + fact.trigger[0]  # words before the trigger may belong to a coordinated act
    first = bisect_left(mentions, about, key=lambda mention: mention.start)
    last = bisect_left(mentions, end, lo=first, key=lambda mention: mention.start)
    issues = dict.fromkeys(
        mention.id
        for mention in mentions[first:last]
        if mention.kind == "issue" and mention.id and about <= mention.start and mention.end <= end
    )
    trigger = Stretch(about, turn.start + fact.trigger[1])
    text = turn.span.document.text
    words = text[start:end] + "\0" + text[trigger.start : trigger.end]
    stem = f"{turn.id}:{fact.type}-{words_digest(words, 8)}"
    count = seen[stem] = seen.get(stem, 0) + 1
    return Act(
        id=stem + (f".{count}" if count > 1 else ""), type=fact.type, plover=PLOVER[fact.type],
        actors=fact.actors, targets=fact.targets,
        issues=tuple(issues), polarity=fact.polarity, time=fact.time,
        voice="reported" if set(own).isdisjoint(fact.actors) else "own",
        trigger=trigger, start=start, end=end, turn=turn.id,
        rule=fact.rule, hedge=fact.hedge,
    )  # fmt: skip
