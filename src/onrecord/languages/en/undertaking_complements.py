"""What follows English words that bind: "agreed to", "reached consensus on", "is committed to", "agreed that they would"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.annotation_types import Strength
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.inflection import base_forms
from onrecord.languages.en.undertaking_cutting import (
    ON,
    THAT,
    TO,
    cut,
    end_of_match,
    first_offset,
    first_word,
    part_of,
    tokens_of,
)
from onrecord.languages.en.undertaking_words import EnglishWords
from onrecord.languages.facts import ActSurroundings, UndertakingPart
from onrecord.languages.undertaking_words import STRENGTH_OF_ACT

#: What a signed text binds to: "an agreement to build", "a memorandum under which".
_BINDS = re.compile(
    r"\b(?:agreement|memorandum|arrangement|understanding|treaty|deal|letter|pact|accord)s?\b[^.;]{0,60}?"
    r"\b(?:to (?!be\b)[a-z]+|under which|that will|which will)\b"
)
#: Triggers that govern a value as well as an action: "is committed to peace".
_COMMITTED = re.compile(r"commit(?:ted|ments?|s)?(?: itself| ourselves| themselves)?(?: to)?$")
#: "A shared ambition to support", "policies that open": what follows is the deed.
_AIMS = re.compile(
    r"\s*(?:to\s+)?(?:(?:an?|the|our|their|its|this|these|shared|common|joint|ambitious|new)\s+){0,4}(?:"
    r"(?:ambitions?|goals?|efforts?|aims?|objectives?|targets?)\s+(?:to|of)\s+(?:\w+ly\s+)?(?P<deed>\w+)"
    r"|(?:[\w-]+\s+){0,2}(?:policies|investments|reforms)\s+(?:that|to|which)\s)"
)
#: Nouns of values that are verbs, too, and states.
_VALUES = frozenset(
    "peace trade respect support principle value values freedom uphold upholding being having interest concern".split()
)
#: "Stands ready to, on the basis of respect, provide": words between commas before the deed.
_ASIDE = re.compile(
    r"\s*,\s+(?:on|in|with|through|under|together|based|as|where|by|subject|consistent)\b[^,.;\n]{3,110},\s+"
)
#: "Agreed our governments will": a that-clause without "that".
_AGREED_CLAUSE = "agree-agree-clause"
#: "Looks forward to the parliament moving quickly": what others do.
_OF_OTHERS = re.compile(r"\s*(?:the|a|an|its|their|his|her)\s+[^,.;]{3,50}?\s\w+ing\b")
_LOOKS_FORWARD = re.compile(r"look(?:s|ed|ing)? forward to(?:\s+(?P<go_on>continue\s)?|$)")
#: A partner stands within so many characters behind "with".
_NEAR = 60
_NAMELY = re.compile(r"\s*,?\s*(?:including|such as|namely|which includes?)(?: on| in| to)?\s+|\s*:\s*")
_WILL = re.compile(
    r"\b(?:will|would|should|shall|must|need to|needs to)\b(?:\s+(?:also|not|jointly|both|all|continue to(?= \w+ to\b)))*\s*",
    re.IGNORECASE,
)
#: Those who agree, or their officials: "that they", "that their respective teams".
_OURSELVES = re.compile(
    r"(?:they|both|we|(?:the|their|our|both|all)(?: (?:two|three|four|respective|relevant|own|senior))*"
    r" (?:sides|parties|teams|governments|countries|officials|ministers|leaders|experts|nations|states|delegations|presidents))"
    r"(?: (?:both|all|also|jointly|each))?"
)
#: "Agreed that the teams would remain in close contact": to keep in touch is a deed, however much it is a state.
_IN_TOUCH = re.compile(
    r"(?:remain|stay|be)\s+(?:in\s+)?(?:very\s+|regular\s+|close\s+|constant\s+|frequent\s+|closely\s+)*(?:engaged|touch|contact|coordination|"
    r"communication|consultation|coordinated)\b"
)


def complement(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """The complement of "agreed to", "reached consensus on", "is committed to", "stands ready to", "signed"."""
    text, act, end = around.text, around.act, around.end
    strength: Strength = STRENGTH_OF_ACT[act.type]
    at, trigger = end_of_match(_ASIDE, text, act.trigger.end, end) or act.trigger.end, around.trigger
    if act.type == "agree" and trigger.startswith("sign"):
        yield from _signed(around, at, lists)
        return
    if lists.matters.search(text[act.start : act.trigger.start]) or (
        act.type == "offer" and lists.housekeeping.match(text, first_offset(text, at, end), end)
    ):
        return
    if trigger.startswith("decide") and len(act.actors) > 1:
        strength = "agreed"
    if act.type == "offer" and (ahead := _LOOKS_FORWARD.match(trigger)) is not None:
        looked = list(_looked_forward(around, ahead, lists))
        if looked or _OF_OTHERS.match(text, at, end):
            yield from looked
            return
    last = re.search(r"\bto (\w+)$", trigger)
    if last and last[1] in lists.doing | lists.doings:  # the trigger contains the verb itself: "would like to work"
        start = act.trigger.end - len(last[1])
        yield from cut(around, start, end, strength, lists, hedge=text[act.trigger.start : start].strip())
        return
    if act.type == "commit" and _COMMITTED.search(trigger) and not _names_deed(text, at, end, lists):
        return
    namely = end_of_match(_NAMELY, text, at, end)
    if act.rule == _AGREED_CLAUSE:
        yield from _that(around, act.trigger.start + len(trigger.split()[0]), strength, lists)
    elif trigger.endswith(" that") or THAT.match(text, at, end):
        yield from _that(
            around, at if trigger.endswith(" that") else end_of_match(THAT, text, at, end), strength, lists
        )
    elif trigger.endswith(" to") or (
        act.type == "commit" and not TO.match(text, at, end) and re.search(r"pledg|committed|promised", trigger)
    ):
        if _is_deed(around, at):
            hedge = text[act.trigger.start : act.trigger.end] if at > act.trigger.end else None
            yield from cut(around, at, end, strength, lists, hedge=hedge)
    elif start := end_of_match(TO, text, at, end):
        yield from cut(around, start, end, strength, lists)
    elif trigger.endswith((" on", " for", " in")) or namely or ON.match(text, at, end):
        start = namely or (at if trigger.endswith((" on", " for", " in")) else end_of_match(ON, text, at, end))
        if names_action(text, start, end, lists) or (act.type == "offer" and text[start:end].strip()):
            yield from cut(around, start, end, strength, lists)


def _signed(around: ActSurroundings, at: int, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """What a text that several signed binds them to."""
    words = around.text[at : around.end]
    several = len(around.act.actors) > 1 or _signed_with(around, at, around.end)
    named = lists.agreements.search(words[:90]) and not lists.not_agreements.search(words[:60])
    if several and named and _BINDS.search(words):
        start = first_offset(around.text, at, around.end)
        yield part_of(around, start, around.end, "agreed", by=both_parties(around))


def _looked_forward(around: ActSurroundings, ahead: re.Match[str], lists: EnglishWords) -> Iterator[UndertakingPart]:
    """What somebody looks forward to doing."""
    text, act = around.text, around.act
    start = act.trigger.start + ahead.end()
    if ahead["go_on"] or first_word(text, start, around.end) in lists.doings:
        hedge = text[act.trigger.start : start].strip()
        yield from cut(around, start, around.end, STRENGTH_OF_ACT[act.type], lists, hedge=hedge)


def _names_deed(text: str, at: int, end: int, lists: EnglishWords) -> bool:
    """Whether "committed to" or "commitment to" is followed by an action, and not by a value, a party or an alliance."""
    aim = _AIMS.match(text, at, end)
    if aim is not None and (aim["deed"] is None or aim["deed"] in lists.doing | lists.doings):
        return True
    start = end_of_match(TO, text, at, end) or at
    tokens = tokens_of(text, start, min(end, start + 80))
    while tokens and (is_adverb(tokens[0][0]) or tokens[0][0] in ("better", "more", "help", "not")):
        tokens = tokens[1:]
    if not tokens:
        return False
    first, after = tokens[0][0], tokens[1][0] if len(tokens) > 1 else ""
    if first in ("and", "or", "by", ","):
        return False  # "committed themselves to and guided": what they are committed to comes later
    verbs = after == "and" and len(tokens) > 2 and tokens[2][0] in lists.doing
    noun = first in lists.nouns_too and after in ("of", "and", ",", ".", "for", "in") and not verbs
    if first in lists.doings or (first in lists.doing and not noun) or _IN_TOUCH.match(text, tokens[0][1], end):
        return True
    if first.endswith("ing") or (first in base_forms() and not noun):
        return first not in _VALUES
    return lists.things.search(text, start, min(end, start + 70)) is not None


def _signed_with(around: ActSurroundings, start: int, end: int) -> bool:
    """Whether a text was signed "with" another party: what one signs alone binds nobody else, whoever it is about."""
    beside = re.search(r"\bwith\b", around.text[start:end])
    if beside is None:
        return False
    at = start + beside.end()
    return not {*around.act.targets}.isdisjoint(around.codes(at, min(end, at + _NEAR)))


def both_parties(around: ActSurroundings) -> tuple[str, ...]:
    """The codes of those who act and those whom the act is addressed to."""
    return tuple(dict.fromkeys((*around.act.actors, *around.act.targets)))


def _is_deed(around: ActSurroundings, start: int) -> bool:
    """Whether "to" is followed by an action, and not by a principle somebody is committed to."""
    word = first_word(around.text, start, around.end)
    own_words = around.act.type == "offer" and re.match(r"\s*take (?:this|the|a|your)\b", around.text[start:])
    return bool(word) and word not in ("be", "disagree", "differ", "say") and not own_words


def names_action(text: str, start: int, end: int, lists: EnglishWords) -> bool:
    """Whether a noun phrase denotes an action: an -ing verb, or a noun of action before any noun of views."""
    tokens = tokens_of(text, start, min(end, start + 110))
    for word, at in tokens:
        if word in lists.doings:
            return True
        if word in lists.views or word in ("that", "how", "whether", "which", ";", "."):
            return False
        if lists.things.match(text, at, end):
            return True
    return False


def _that(around: ActSurroundings, start: int, strength: Strength, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """The undertakings in a that-clause with an agent; a clause that states a fact has none."""
    text, end = around.text, around.end
    modal = _WILL.search(text, start, min(end, start + 160))
    if modal is None or re.search(r"\b(?:is|are|was|were|has|have|it)\b", text[start : modal.start()]):
        return
    if first_word(text, modal.end(), end) in lists.not_doing and not _IN_TOUCH.match(text, modal.end(), end):
        return
    doers = around.codes(start, modal.start())
    own = {*around.act.actors, *around.act.targets}
    subject = text[start : modal.start()].strip().lower()
    if not doers and _OURSELVES.fullmatch(subject):
        doers = around.act.actors
    elif not doers and lists.things.search(subject):
        doers = around.act.actors  # "that the talks would resume"
        yield part_of(around, start, end, strength)
        return
    if not doers or not set(doers) <= own:
        return
    yield from cut(
        around, modal.end(), end, strength, lists, hedge=text[around.act.trigger.start : modal.end()].strip(), by=doers
    )
