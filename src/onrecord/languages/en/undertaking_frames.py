"""Undertakings told in frames: a commitment reaffirmed, a need both affirm, a resumption both welcome, measures suspended.

The act is of another type than agreeing or committing; what it governs is a future deed all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.undertaking_words import EnglishWords
from onrecord.languages.facts import ActSurroundings, UndertakingPart
from onrecord.lexicon.actors import is_state

#: "Their commitment to", "its ironclad commitments to our shared priorities to": the deed follows.
_COMMITMENT = re.compile(
    r"\s*(?:(?:the|their|his|her|its|our|a|both|countries[’']|[\w.’'-]+)\s+){0,6}?(?:commitments?|determination|resolve|intentions?|intent|"
    r"pledges?|plans?)\s+(?:at\s+the\s+(?:\w+\s+){1,3}levels?\s+)?(?:to|of|in)\s+(?:continu(?:ing|e)\s+to\s+|(?:(?:our|their|the|these)\s+)?shared\s+(?:goals?|priorities|vision)\s+(?:to|of)\s+)?(?:\w+ly\s+)?(?P<deed>\w+)"
)
#: "Made clear the United States is committed to", "recommitted to".
_IS_COMMITTED = re.compile(
    r"(?:\s+that)?\s*(?:[\w.’'-]+\s+){0,8}?(?P<hedge>(?:(?:is|are|was|were|remains?|has|have)\s+(?:\w+\s+)?)?(?:committed\s+)?to)\s+(?:\w+ly\s+)?"
    r"(?P<deed>\w+)"
)
#: "Affirm our commitment to": the trigger holds the noun.
_NOUN_LAST = re.compile(r"\b(?:commitments?|goals?|intentions?|resolve|determination|pledges?)(?: to)?$")
_BEHIND_NOUN = re.compile(r"(?:\s+to)?\s+(?:\w+ly\s+|continue\s+to\s+)*(?P<deed>\w+)")
#: Between a commitment and what it is to.
_LEVEL = re.compile(r"\s+at\s+the\s+(?:\w+\s+){1,3}levels?(?=\s+to\b)")
#: A deed in a noun: "to the full implementation of", "to further cooperation".
_DEED_NOUN = re.compile(
    r"(?:\s+to)?\s+(?P<deed>(?:(?:the|its|their|our|an?|full|and|effective|early|timely|complete|further|continued|deeper|closer|joint|"
    r"swift|successful|expanded|enhanced|increased|greater|faithful)\s+){0,6}"
    r"(?:implementation|cooperation|collaboration|coordination|establishment|expansion|extension|reduction|release|resumption|withdrawal|"
    r"completion|exchange|consultations?)\b)"
)
#: "Affirms that it intends to lower".
_INTENDS = re.compile(
    r"(?:\s+that)?\s*(?P<who>(?:[\w.’'-]+\s+){1,8}?)(?:(?:also|jointly|each|both)\s+)?(?P<hedge>(?:intends?|plans?|is\s+prepared|are\s+prepared)"
    r"\s+to)\s+(?:\w+ly\s+)?(?P<deed>\w+)"
)
#: "Reaffirmed the alliance and their commitment to": a second object.
_AND_COMMITMENT = re.compile(
    r"[^.;:\n]{3,120}?(?:,|\band)\s+(?:(?:the|their|his|her|its|our|a|shared|joint|enduring|continued|mutual|strong|firm)\s+){0,4}commitments?\s+to\s+"
    r"(?:\w+ly\s+)?(?P<deed>\w+)"
)
#: "The need to", "the importance of": both would do it.
_NEED = re.compile(
    r"\s*(?:(?:the|a|their|its|shared|common|mutual|urgent|critical|vital|utmost)\s+){0,3}(?:need|importance|necessity|urgency|value)\s+"
    r"(?:to|of|for)\s+(?P<deed>(?:continued\s+|continuing\s+(?:to\s+)?|jointly\s+|closely\s+|swiftly\s+|urgently\s+)?\w+)"
)
#: "The importance of close collaboration to respond".
_COOPERATION = re.compile(
    r"\s*(?:(?:the|a|their|its|shared|common|mutual|critical|vital)\s+){0,3}(?:need|importance|necessity|value)\s+(?:of|for)\s+"
    r"(?P<deed>(?:[\w-]+\s+){0,3}(?:collaboration|cooperation|coordination|consultations?|engagement)\s+(?:\w+\s+){0,4}?to\s+(?P<verb>\w+))"
)
#: "The importance of global cooperation on".
_NEED_NOUN = re.compile(
    r"\s*(?:(?:the|a|their|its|shared|common|mutual|critical|vital)\s+){0,3}(?:need|importance|necessity)\s+(?:of|for)\s+"
    r"(?P<deed>(?:(?:global|international|close|closer|joint|continued|further|stronger|trilateral|bilateral|regional|multilateral|ongoing|increased)\s+)+"
    r"(?:collaboration|cooperation|coordination|consultations?|engagement)(?:\s+(?:on|in|to|for|with|against)\b|,?\s+including\b))"
)
#: "The resumption of", "the establishment of": both do it.
_NEW = re.compile(
    r"\s*(?:(?:the|their|his|its|a|an|new|recent|successful|formal|joint|official|planned|upcoming|mutual|early)\s+){0,4}(?:resumption|establishment|launch(?:ing)?|creation|"
    r"renewal|extension|restart|reopening|opening|expansion|start|restoration|reactivation|formation|decision\s+to|plans?\s+to|intention\s+to)\s*"
    r"(?:of|to|for)?\s+",
    re.IGNORECASE,
)
#: What was begun before is no undertaking.
_PAST = re.compile(
    r"\b(?:over|in|since)\s+(?:the\s+)?(?:last|past|recent|previous)\b|\bearlier\s+this\b|\blast\s+(?:year|month|week)\b"
)
#: Their own measures, which it binds to suspend, and is no punishment.
_OWN_MEASURES = re.compile(
    r"\b(?:tariffs?|dut(?:y|ies)|levies|levy|controls?|countermeasures?|restrictions?|rules?|investigations?|fees?|licen[sc]\w+|listings?|"
    r"quotas?|bans?|implementation|sanctions?|measures?)\b",
    re.IGNORECASE,
)
_PUNISHED = re.compile(
    r"\b(?:visas?|assistance|aid|cooperation|participation|membership|flights|talks|dialogue)\b", re.IGNORECASE
)
_EASING = re.compile(
    r"(?:will|shall)\b.*\b(?:suspend|terminate|remove|lift|ease|withdraw|revoke|drop|waive|end|cancel"
    r"|extend the (?:\w+ )?(?:expiration|suspension|exclusions?|exemptions?|waivers?|pause|truce))\b"
)
_MODAL = re.compile(r"\b(?:will|shall|would)\b(?:\s+(?:also|jointly|both|all|continue\s+to|not))*\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"\s(?:the|a|their)\s")
#: "Is also" before "providing".
_BEING = re.compile(r"\b(?:is|are|am|['’]re|['’]s)\s+(?:\w+\s+)?$", re.IGNORECASE)
_GIVING = words_of("giving")
#: What is given: an amount, or goods.
_GOODS = re.compile(
    r"[$€£¥]\s?\d|\b(?:million|billion|doses|vaccines|assistance|aid|package|relief|funding|grants?|loans?|ambulances|supplies|equipment)\b",
    re.IGNORECASE,
)
_AUXILIARY = 16
#: A deed in -ing whose verb is also a noun of states.
_NO_DEED = words_of("no-deeds")


_WILL_BRING = re.compile(r"(?:will|shall)\s+(?:(?:also|jointly|both)\s+)*(?=(?:encourage|mobili[sz]e|invite)\b)")
_THEY = frozenset(("it", "they", "we", "both"))


def reaffirmed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """What is reaffirmed: a commitment to a deed, that a party will do something, or of several the need to do it."""
    text, act, end = around.text, around.act, around.end
    at = act.trigger.end
    if _NOUN_LAST.search(around.trigger):
        level = _LEVEL.match(text, at, end)
        at = level.end() if level is not None else at
        found = _BEHIND_NOUN.match(text, at, end)
    else:
        found = _COMMITMENT.match(text, at, end)
    if found is not None:
        named = _DEED_NOUN.match(text, max(at, found.start("deed") - 1), end) if len(act.actors) > 1 else None
        if _deed(found["deed"], lists) or named is not None:
            yield _part(around, found.start("deed"), end, "committed")
        return
    second = _AND_COMMITMENT.match(text, at, end)
    if second is not None and _deed(second["deed"], lists):
        yield _part(around, second.start("deed"), end, "committed")
        return
    needed = _needed(around, lists)
    if needed is not None:
        yield needed
        return
    bound = _IS_COMMITTED.match(text, at, end)
    recommits = around.trigger.startswith("recommit")
    if bound is not None and ("committed" in bound["hedge"] or recommits) and _deed(bound["deed"], lists):
        doers = around.codes(at, bound.start("hedge")) or act.actors
        if {*doers} <= {*act.actors, *act.targets}:
            begin = act.trigger.start if recommits else bound.start("hedge")
            yield UndertakingPart(bound.start("deed"), end, "committed", text[begin : bound.end("hedge")], doers)
        return
    intends = _INTENDS.match(text, at, end)
    if intends is not None and _deed(intends["deed"], lists):
        doers = around.codes(at, intends.start("hedge")) or (act.actors if intends["who"].strip() in _THEY else ())
        if doers and {*doers} <= {*act.actors, *act.targets}:
            to = tuple(code for code in (*act.actors, *act.targets) if code not in doers)
            yield UndertakingPart(intends.start("deed"), end, "committed", intends["hedge"], doers, to)
        return
    that = re.compile(r"\s*that\s+").match(text, at, end)
    if that is None and not around.trigger.endswith(" that"):
        return
    start = that.end() if that is not None else at
    modal = _MODAL.search(text, start, min(end, start + 120))
    if modal is None:
        return
    doers = around.codes(start, modal.start())
    if not doers and text[start : modal.start()].strip() in _THEY and len(act.actors) > 1:
        doers = act.actors
    first = _word(text, modal.end())
    if (
        not doers
        or not {*doers} <= {*act.actors, *act.targets}
        or first in lists.not_doing
        or first not in lists.doing | lists.giving
    ):
        return
    words = text[act.trigger.start : modal.end()].strip()
    to = tuple(code for code in around.codes(modal.end(), end) if code not in doers)[:1]
    purpose = re.compile(r",\s+to\s+\w+").search(text, modal.end(), end)
    yield UndertakingPart(modal.end(), purpose.start() if purpose else end, "committed", words, doers, to)


def _needed(around: ActSurroundings, lists: EnglishWords) -> UndertakingPart | None:
    """The deed that two or more affirm the need to do, or the importance of."""
    act, text, end = around.act, around.text, around.end
    several = len(act.actors) > 1 or not all(map(is_state, act.actors))  # the G7 are many
    if not several or act.targets:
        return None
    begin = act.trigger.start
    inside = [begin + one.start() for one in _ARTICLE.finditer(text[begin : act.trigger.end])]
    starts = (act.trigger.end, *inside)  # the noun may be in the trigger
    together = next(filter(None, (_COOPERATION.match(text, start, end) for start in starts)), None)
    if together is not None and together["verb"].lower() in lists.doing:
        return UndertakingPart(together.start("deed"), end, "discussed", text[begin : together.start("deed")].strip())
    found = next(filter(None, (_NEED.match(text, start, end) for start in starts)), None)
    deed = found["deed"].lower().split() if found is not None else []
    if not deed or not (
        deed[0] in ("continued", "continuing") or (_deed(deed[-1], lists) and deed[-1] not in _NO_DEED)
    ):
        found = next(filter(None, (_NEED_NOUN.match(text, start, end) for start in starts)), None)
    if found is None:
        return None
    return UndertakingPart(found.start("deed"), end, "discussed", text[begin : found.start("deed")].strip())


def agreed_need(around: ActSurroundings, lists: EnglishWords) -> UndertakingPart | None:
    """The deed that several agreed on the importance of, or the need to do; ``None`` if they agreed on something else."""
    if not around.trigger.endswith((" on", " upon", " about")):
        return None
    needed = _needed(around, lists)
    return None if needed is None else needed._replace(strength="agreed")


def requested(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """What several stress that they need to do, or will bring others to do: "we will encourage firms to"."""
    act, text = around.act, around.text
    ours = _WILL_BRING.match(text, act.trigger.start, act.trigger.end) if act.time == "planned" else None
    if ours is not None and len(act.actors) > 1 and NO_PARTY.issuperset(act.targets):
        yield UndertakingPart(ours.end(), around.end, "committed", ours[0].strip())
        return
    needed = _needed(around, lists)
    if needed is not None:
        yield needed


def welcomed(around: ActSurroundings) -> Iterator[UndertakingPart]:
    """What two or more welcome that they themselves begin, resume or found."""
    act, text, end = around.act, around.text, around.end
    if len(act.actors) < 2 or act.targets or not re.match(r"welcom|announc|confirm|look", around.trigger):
        return
    found = _NEW.match(text, act.trigger.end, end)
    if found is None:
        return
    near = min(end, found.end() + 60)
    if _PAST.search(text, found.end() - 1, near) or set(around.codes(act.trigger.end, near)) - {*act.actors}:
        return
    yield UndertakingPart(act.trigger.end + 1, end, "agreed", text[act.trigger.start : found.end()].strip())


def suspended(around: ActSurroundings) -> Iterator[UndertakingPart]:
    """Measures of one's own that one will suspend or lift."""
    act, text, end = around.act, around.text, around.end
    if act.time != "planned" or not _EASING.search(around.trigger) or act.polarity != "affirmed":
        return
    verb = re.compile(r"(?:will|shall)\s+(?:(?:also|further)\s+)?").match(text, act.trigger.start, end)
    behind = text[verb.end() if verb else act.trigger.end : min(end, act.trigger.end + 160)]
    measures = _OWN_MEASURES.search(behind)
    punished = _PUNISHED.search(behind)
    if measures is None or (punished is not None and punished.start() < measures.start()):
        return
    if verb is not None:
        yield UndertakingPart(verb.end(), end, "committed", verb[0].strip())


#: "Is also sending", "announced", "has set aside"; what one "is cooperating" on gives nothing.
_UNDER_WAY = re.compile(
    r"(?:is|are|am|['’]re|['’]s)\s+(?:\w+\s+)?(?P<verb>\w+ing)\b|announc|ha(?:s|ve) (?:dedicated|earmarked|allocated)"
)


#: "Are teaming up to build", "are partnering to open".
_JOINTLY = re.compile(
    r"(?:(?:is|are|['’]re)\s+)?(?:\w+ly\s+)?(?:teaming\s+up|partnering|joining\s+(?:forces|hands))(?:\s+together)?\s+to\s+(?:\w+ly\s+)?(?P<deed>\w+)"
)


def aid_under_way(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """Help that is being sent or announced: "is sending Ruritania 40 ambulances"; what several are launching, they undertake."""
    act, text, end = around.act, around.text, around.end
    words = text[act.trigger.start : act.trigger.end]
    joint = _JOINTLY.match(text, act.trigger.start, end) if len(act.actors) > 1 else None
    if joint is not None and _deed(joint["deed"], lists):
        yield UndertakingPart(
            joint.start("deed"), end, "committed", text[act.trigger.start : joint.start("deed")].strip()
        )
        return
    given = _UNDER_WAY.match(words)
    if given is not None and (given["verb"] is None or act.rule == "aid-announced" or given["verb"] in _GIVING):
        yield UndertakingPart(act.trigger.start, end, "promised aid", words)
        return
    before = _BEING.search(text, max(around.sentence, act.trigger.start - _AUXILIARY), act.trigger.start)
    if before is None:
        return
    verb = around.trigger.split()[0]
    if verb in lists.starting and len(act.actors) > 1:
        yield UndertakingPart(act.trigger.start, end, "committed", text[before.start() : act.trigger.start + len(verb)])
    elif verb in _GIVING and _GOODS.search(text, act.trigger.start, min(end, act.trigger.end + 60)):
        yield UndertakingPart(
            act.trigger.start, end, "promised aid", text[before.start() : act.trigger.start + len(verb)]
        )


def _deed(word: str, lists: EnglishWords) -> bool:
    word = word.lower()
    return word in lists.doing or word in lists.doings


def _word(text: str, start: int) -> str:
    found = re.compile(r"\s*(?:\w+ly\s+)?([\w-]+)").match(text, start)
    return found[1].lower() if found else ""


def _part(around: ActSurroundings, start: int, end: int, strength: str) -> UndertakingPart:
    words = around.text[around.act.trigger.start : start].strip()
    return UndertakingPart(start, end, strength, words)  # type: ignore[arg-type]
