"""What English words put forward or talk over without deciding it: "proposed to open", "discussed ways to", "will consult on"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.en.undertaking_complements import both_parties, names_action
from onrecord.languages.en.undertaking_cutting import (
    MODAL,
    ON,
    REFUSES,
    THAT,
    TO,
    cut,
    end_of_match,
    first_offset,
    first_word,
    part_of,
)
from onrecord.languages.en.undertaking_words import EnglishWords
from onrecord.languages.facts import ActSurroundings, UndertakingPart

#: Who is invited is named before: "I invite you to visit us"; students invited are no party.
_YOU = re.compile(r"\s+(?:you|him|her|them|both)\b")
_FOR_DOING = re.compile(r"^(?:an? |the |its |their |our )?(?:[\w-]+ ){0,3}$")


#: "A productive exchange of views on".
_VIEWS = re.compile(r"\s+of\s+(?:[\w-]+\s+){0,2}(?:views?|opinions?|ideas)\b")


def proposed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """What the act puts forward for others to take up: a course of action, or an invitation to do something together."""
    text, act, end, trigger = around.text, around.act, around.end, around.trigger
    at = act.trigger.end
    if re.match(r"\s+by\b", text[at:end]) or (
        re.search(r"initiat|advocat|invitation", trigger) and not TO.match(text, at, end)
    ):
        return
    if trigger.startswith("invit"):
        chosen = re.search(
            r"\b(?:those|whom?|which|that|guests|people)\b[^,.;]*$",
            text[around.sentence : act.trigger.start],
            re.IGNORECASE,
        )
        if (
            re.search(r"\b(?:to|for)\b", text[at:end])
            and not chosen
            and (_YOU.match(text, at, end) or not NO_PARTY.issuperset(act.targets))
        ):
            yield part_of(around, first_offset(text, at, end), end, "proposed")
    elif trigger.endswith(" that") or THAT.match(text, at, end):
        start = at if trigger.endswith(" that") else end_of_match(THAT, text, at, end)
        doers = around.codes(start, min(end, start + 60))
        if not doers or set(doers) & set(act.actors):  # "suggests that Japan reconsider": a request, not an offer
            yield part_of(around, first_offset(text, start, end), end, "proposed")
    elif start := end_of_match(TO, text, at, end):
        yield from cut(around, start, end, "proposed", lists)
    elif names_action(text, at, min(end, at + 90), lists) and not lists.not_agreements.search(
        text, at, min(end, at + 60)
    ):
        yield part_of(around, first_offset(text, at, end), end, "proposed")


#: To go on talking is a deed; a meeting that is held or attended is an occasion.
_CONFERRING = re.compile(
    r"(?:also\s+|jointly\s+|both\s+|closely\s+|continue\s+to\s+(?:\w+ly\s+)?)*(?:negotiate|coordinate|consult|communicate|maintain|keep|remain|stay|engage|"
    r"continue|exchange|review|assess|evaluate|explore|monitor)\b",
    re.IGNORECASE,
)


#: What one will do towards another: "will stay in close communication with Ruritania".
_IN_TOUCH_WITH = re.compile(
    r"(?:also\s+|continue\s+to\s+|\w+ly\s+)*(?:(?:coordinate|cooperate)\b.{0,40}?\bwith\b|(?:remain|stay|keep|maintain|strengthen|step\s+up)\s+(?:in\s+)?(?:\w+\s+){0,3}"
    r"(?:communication|contact|touch|coordination|consultations?)\b.{0,40}?\bwith\b)",
    re.IGNORECASE,
)


def _conferring(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """What several "will negotiate", "will continue to coordinate on"."""
    modal = MODAL.match(around.text, around.act.trigger.start, around.end)
    pattern = _CONFERRING if len(around.act.actors) > 1 else _IN_TOUCH_WITH
    if modal is None or REFUSES.search(modal[0]):
        return
    start = first_offset(around.text, modal.end(), around.end)
    if pattern.match(around.text, start, around.end) and len(around.text[start : around.end].split()) > 2:
        yield part_of(around, start, around.end, "committed", modal[0].strip())


def discussed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """An action that was discussed; a discussion of how matters are has none."""
    text, act, end = around.text, around.act, around.end
    if act.time == "planned":
        yield from _conferring(around, lists)
    if act.time == "planned" or not re.search(r"discuss|talk|exchang|consult|explor|deliberat|views", around.trigger):
        return
    with_ = re.match(r"\s+with\b", text[act.trigger.end : end])
    by = both_parties(around) if with_ else None
    behind = end_of_match(_VIEWS, text, act.trigger.end, end) or act.trigger.end
    at = end_of_match(ON, text, behind, end) or behind
    at = first_offset(text, at, end)
    if first_word(text, at, end) in lists.doings:
        yield from cut(around, at, end, "discussed", lists, hedge=text[act.trigger.start : at].strip(), by=by)
        return
    way = lists.ways.search(text, at, min(end, at + 60))
    if way is None or not _FOR_DOING.match(text[at : way.start()]):
        return
    several = len(act.actors if by is None else by) > 1
    if (
        several
        and way[0].lower().startswith("next step")
        and re.match(r"\s+(?:in|on|for|regarding|toward|towards)\b", text[way.end() : end])
    ):
        yield part_of(around, at, end, "discussed", hedge=text[act.trigger.start : at].strip(), by=by)
        return
    purpose = re.match(
        r"\s+(?:to|for|of|in which (?:to|they can)|by which|toward|towards|"
        r"(?:they|both|we|the two \w+|our \w+) (?:can|could|might|should))\s+"
        r"(?:further |better |continue to |jointly )*",
        text[way.end() : end],
    )
    if purpose is None:
        return
    start = way.end() + purpose.end()
    doing = re.search(r"\b(?:to|can|could|might|should)\b", purpose[0])
    if (doing and first_word(text, start, end) in lists.doing) or first_word(text, start, end) in lists.doings:
        yield part_of(around, at, end, "discussed", hedge=text[act.trigger.start : at].strip(), by=by)
