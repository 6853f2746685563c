"""Why an act was found: the row of the lexicon, and the words behind its trigger, its actors and its targets."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord import languages
from onrecord.annotation.principal import principal_of
from onrecord.annotation_types import Act, Mention
from onrecord.languages.code_lookup import display_name
from onrecord.languages.rule_rows import RuleRow, rule_row
from onrecord.record import Document


class PartyEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """A party of an act with the words that name it.

    Without words (``start`` is ``None``) it is the government at the podium, or follows from what was said before.
    """

    code: str
    name: str
    words: str | None
    start: int | None
    end: int | None


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """An act explained. ``row`` is ``None`` where no row of the trigger tables found it."""

    act: str
    rule: str
    row: RuleRow | None
    trigger: str
    start: int
    end: int
    actors: tuple[PartyEvidence, ...]
    targets: tuple[PartyEvidence, ...]


def explain(document: Document, act: Act) -> Explanation:
    """The rule behind an act of an annotated document, and the words behind each part of it."""
    turn = next(turn for turn in document.turns if turn.id == act.turn)
    mentions = [mention for mention in document.mentions if turn.start <= mention.start and mention.end <= turn.end]
    principal = principal_of(document)

    def evidence(codes: Sequence[str], *, before: bool) -> tuple[PartyEvidence, ...]:
        return tuple(
            _evidence(document, code, _nearest(mentions, code, act, before=before), principal) for code in codes
        )

    return Explanation(
        act=act.id,
        rule=act.rule,
        row=rule_row(act.rule, document.language),
        trigger=document.text[act.trigger.start : act.trigger.end],
        start=act.trigger.start,
        end=act.trigger.end,
        actors=evidence(act.actors, before=True),
        targets=evidence(act.targets, before=False),
    )


def _nearest(mentions: Sequence[Mention], code: str, act: Act, *, before: bool) -> Mention | None:
    """The mention of a party that the act is read from: in its clause on the expected side of the trigger, else on the
    other side, else the last one before the clause."""
    theirs = [mention for mention in mentions if code in mention.codes]
    inside = [mention for mention in theirs if act.start <= mention.start and mention.end <= act.end]
    left = [mention for mention in inside if mention.end <= act.trigger.start]
    right = [mention for mention in inside if mention.start >= act.trigger.start]
    earlier = [mention for mention in theirs if mention.end <= act.start]
    for some, last in ((left, True), (right, False)) if before else ((right, False), (left, True)):
        if some:
            return some[-1] if last else some[0]
    return earlier[-1] if earlier else None


def _evidence(document: Document, code: str, mention: Mention | None, principal: str | None) -> PartyEvidence:
    name = display_name(code, languages.find(document.language).code)
    if mention is None:
        shown = f"{name}, the government at the podium" if code == principal else name
        return PartyEvidence(code=code, name=shown, words=None, start=None, end=None)
    words = document.text[mention.start : mention.end]
    return PartyEvidence(code=code, name=name, words=words, start=mention.start, end=mention.end)
