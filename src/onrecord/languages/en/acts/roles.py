"""The actors and targets of an act, by the columns ``who`` and ``target`` of its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.languages.en.acts.discourse import Discourse, Subject
from onrecord.languages.en.acts.matching import Match
from onrecord.languages.en.acts.state import State
from onrecord.languages.en.acts.targets import find_targets
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.triggers import Rule
from onrecord.languages.en.acts.verbs import Group
from onrecord.languages.en.acts.words import words_of

if TYPE_CHECKING:
    from onrecord.languages.en.acts.act_reading import ActReading

#: Types of act that have a target: if none is named, the other party mentioned.
_TOWARDS = frozenset(("aid", "consult", "support", "offer", "oppose", "warn"))
#: Joint types of act, which have no object as target but only the partner after "with".
_JOINT = frozenset(("consult", "agree", "aid", "offer", "support", "reaffirm"))


def find_roles(
    reader: ActReading,
    sentence: TokenizedSentence,
    placed: Match,
    group: Group,
    subject: Subject | None,
    end: int,
    state: State,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actors and targets, by the columns ``who`` and ``target`` of the rule."""
    rule, discourse = placed.rule, reader.discourse
    own = reader.own
    codes = subject.codes if subject is not None else ()
    if rule.when == "event":
        return codes, ()
    if rule.type == "decline":
        return own, ("MEDIA",)
    if rule.who == "principal":
        actors = state.saying.codes if state.saying else own
        if group.passive and rule.type == "accuse":
            codes = _behind(reader, sentence, placed.end, end, rule)  # "was violated by Japan"
        targets = codes if rule.target == "subject" else find_targets(sentence, placed.end, end, actors, discourse)
        if rule.type == "consult" and "between" in sentence.words[placed.end : end] and len(targets) == 1:
            actors, targets = (
                (*actors, *_without(targets, actors)),
                (),
            )  # "there will be talks between the two sides"
        targets = _without(targets, actors)
        if (
            not targets
            and rule.target == "subject"
            and rule.type in ("deny", "oppose")
            and subject is not None
            and subject.pronoun
        ):
            targets = _without(discourse.topic, actors)
    elif rule.who == "possessor":
        actors = _possessor(reader, sentence, placed)
        targets = find_targets(sentence, placed.start, end, actors, discourse)
    elif rule.who in ("object", "by", "un") or group.passive:
        actors = _behind(reader, sentence, placed.end, end, rule)
        targets = _without(codes, actors)
    else:
        actors = codes
        within = any(one.gap for one in rule.elements) and placed.head >= placed.start
        targets = find_targets(sentence, placed.head + 1 if within else placed.end, end, actors, discourse)
        if len(actors) > 1 and rule.type in _JOINT and not _with(sentence, placed.end):
            targets = ()
        partners = _partners(sentence, placed, group, end, actors, discourse)
        if partners:
            actors, targets = (*actors, *partners), ()
    if not targets and actors == own and rule.type in _TOWARDS and reader.together:
        targets = _without(reader.together, actors)
    if not targets and len(actors) == 1 and rule.type in _TOWARDS:
        away = (discourse.topic or discourse.other()) if actors == own else own
        targets = _without(away, actors)
    return actors, targets


def _named(reader: ActReading, sentence: TokenizedSentence, at: int) -> tuple[str, ...]:
    """The codes of the name at a token: of a group that met, its members."""
    name = sentence.names[at]
    return reader.discourse.codes(name, sentence.codes(at)) if name is not None else ()


#: Words that say that those who are named behind "with" act as well.
_TOGETHER = words_of("acting-together")


def _partners(
    sentence: TokenizedSentence, placed: Match, group: Group, end: int, actors: tuple[str, ...], discourse: Discourse
) -> tuple[str, ...]:
    """The parties behind "with" who act as well: an agreement has two sides, and who co-chairs a meeting is not alone."""
    words = sentence.words
    first = max(0, min(group.start, placed.start) - 1)
    together = not _TOGETHER.isdisjoint(words[first : placed.head + 2])
    if (
        group.passive
        or len(actors) > 1
        or not (placed.rule.type == "agree" or (together and placed.rule.type == "consult"))
    ):
        return ()
    at = next((i for i in range(placed.head, end) if words[i] == "with" or words[i] in _CLAUSES), end)
    behind = min(end, at + _PARTNER_WITHIN)
    stop = next((i for i in range(at + 1, behind) if words[i] in _ENDING), behind)
    beside = at < stop and words[at] == "with"
    return _without(find_targets(sentence, at + 1, stop, actors, discourse), actors) if beside else ()


#: The partner is named within so many words behind "with", and before these.
_PARTNER_WITHIN = 8
_ENDING = frozenset((",", ";", "'s", "to", "that", "which", "in", "on", "for"))
#: "Agreed to work with" and "agreed that they will stay in touch with" name no partner of the agreement.
_CLAUSES = frozenset("to that will would should which who".split())


def _with(sentence: TokenizedSentence, at: int) -> bool:
    return sentence.words[at : at + 1] == ["with"] or sentence.words[at - 1] == "with"


def _possessor(reader: ActReading, sentence: TokenizedSentence, placed: Match) -> tuple[str, ...]:
    """The holder of a position: the name or "our" before the noun, else the speaker."""
    for i in range(placed.start - 1, max(-1, placed.start - 6), -1):
        codes = sentence.codes(i)
        if codes:
            return codes
    for i in range(placed.start, min(placed.end + 2, len(sentence))):
        codes = sentence.codes(i)
        if codes and sentence.words[i - 1] == "of":
            return codes
    return reader.own


def _behind(reader: ActReading, sentence: TokenizedSentence, at: int, end: int, rule: Rule) -> tuple[str, ...]:
    """The actor in the passive: the agent after "by", else the world, or the body at which the act was done."""
    words = sentence.words
    if rule.who == "un":
        bodies = (
            sentence.codes(i)
            for i in range(at, end)
            if (name := sentence.names[i]) is not None and name.kind == "organisation"
        )
        return next(bodies, ())
    for i in range(at - 1, end):
        if words[i] == "by" or rule.who == "by":
            return _agents(reader, sentence, i, min(end, i + 9))
    return ("WORLD",) if rule.who == "object" else ()


#: What stands between the agents of a passive: "by the mission and the European Union".
_BETWEEN_AGENTS = frozenset(("and", "the", ","))


def _agents(reader: ActReading, sentence: TokenizedSentence, at: int, end: int) -> tuple[str, ...]:
    """The first party named in ``[at, end)``, and those joined to it by "and"."""
    first = next((j for j in range(at, end) if _named(reader, sentence, j)), end)
    if first == end:
        return ()
    found = dict.fromkeys(_named(reader, sentence, first))
    words, last = sentence.words, first
    for j in range(first + 1, min(len(words), first + 4)):
        named = _named(reader, sentence, j)
        if named and "and" in words[last:j]:
            found.update(dict.fromkeys(named))
            last = j
        elif words[j] not in _BETWEEN_AGENTS:
            break
    return tuple(found)


def _without(codes: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in others)
