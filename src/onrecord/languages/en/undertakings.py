"""Undertakings in English acts: how strongly each binds, and which acts have none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from onrecord.annotation_types import Strength
from onrecord.languages.en.undertaking_complements import complement
from onrecord.languages.en.undertaking_cutting import (
    MODAL,
    REFUSES,
    TO,
    cut,
    end_of_match,
    first_offset,
    first_word,
    part_of,
    trimmed,
)
from onrecord.languages.en.undertaking_frames import (
    agreed_need,
    aid_under_way,
    reaffirmed,
    requested,
    suspended,
    welcomed,
)
from onrecord.languages.en.undertaking_lists import further_members, listed, numbered_members
from onrecord.languages.en.undertaking_talks import discussed, proposed
from onrecord.languages.en.undertaking_words import EnglishWords, english
from onrecord.languages.facts import ActSurroundings, UndertakingPart
from onrecord.languages.undertaking_words import STRENGTH_OF_ACT
from onrecord.lexicon.actors import is_state

_ITEM = re.compile(r"\s*\(?(?:[ivx]+|[a-h]|\d{1,2})\)|:")
_RELATIVE = re.compile(r"\b(?:which|who|that)\s*$", re.IGNORECASE)
#: What several are determined to do they undertake; of one it is an attitude.
_RESOLVED = re.compile(r"\b(?:resolved|determined|determination|resolve) to$")
#: "Announce the establishment of": both do it.
_FOUNDING = re.compile(
    r"\b(?:establishment|creation|renewal|resumption|extension|launch|formation|expansion|start) of$"
)
#: Work that several give to their officials.
_TASKED = re.compile(r"(?:task|direct|instruct|charg)\w*\b.* (?:to|with)$")
#: "The agency has announced that it will": who announces it binds itself.
_ANNOUNCING = re.compile(r"\bannounce[sd]?\s+that\s+it\s*$")
_GOES_ON = re.compile(r"\band\s+(?P<hedge>will\s+continue\s+to|will)\s+(?=[a-z])")
#: "Will be happy to share": a readiness.
_GLAD = re.compile(
    r"be\s+(?:more\s+than\s+)?(?:happy|ready|willing|prepared|glad|pleased|delighted|open)\s+to\s+"
    r"(?!see\b|hear\b|know\b|announce\b|take\b|answer\b)"
)
#: Where a clause of its own begins.
_CLAUSES = re.compile(r";|,\s+(?:and|but)\s+")
#: "Sources of strength that we will use" tells of the sources; "announced that we will use" binds.
_OBJECT_OF = re.compile(r"\b(?P<noun>[\w’'-]+)\s+(?:that|which)\s+(?:we|they|both|the\s+\w+)\s*$", re.IGNORECASE)
_SAYS = re.compile(
    r"(?:ed|said|says?|told|clear|is|was|know|means?|so|agree|affirms?|confirms?|announces?|stress|commits?|consensus|pledge|note)$"
)
#: Papers that were reached and signed, whatever they hold.
_PAPERS = re.compile(
    r"(?:an?|the|some|several|many|multiple|\d+)\s+(?:[\w-]+\s+(?:of\s+)?){0,5}(?:documents|agreements|memoranda|MOUs|contracts)\b"
)
#: Who gets help, and from whom.
_RECEIVES = re.compile(r"(?:will|shall) (?:also )?receive", re.IGNORECASE)
_SOURCE = re.compile(r"\bfrom\b")
#: "The leaders will agree to": a decision that is still to be made known.
_BINDS = re.compile(r"(?P<how>agree|commit|resolve|pledge)\s+to\s+(?=[a-z])")
#: A contrary clause, or a reason, behind what is undertaken.
_BUT = re.compile(r",\s+but\s+(?!also\b|not\b)|,?\s+in\s+recognition\s+of\b")
#: Rules whose deed stands directly behind the trigger.
_DEED_FOLLOWS = frozenset(
    ("commit-resolve-to", "commit-stand-firm", "commit-our-commitment", "commit-starting", "commit-intention")
)


def read_parts(around: ActSurroundings) -> list[UndertakingPart]:
    """Return the undertakings that the act contains, without principles, threats and ceremony."""
    parts = [_without_but(around.text, trimmed(around.text, part)) for part in _parts(around)]
    parts += _further(around, parts, english())
    return [part for part in parts if part.start < part.end and not _is_none(around.text, part, english())]


def _without_but(text: str, part: UndertakingPart) -> UndertakingPart:
    """The part without a contrary clause behind it: "is willing to talk, but regrettably the others are not"."""
    contrary = _BUT.search(text, part.start, part.end)
    return part._replace(end=contrary.start()) if contrary is not None else part


def _further(around: ActSurroundings, parts: list[UndertakingPart], lists: EnglishWords) -> list[UndertakingPart]:
    """The further members of a list whose first the act holds; a list of matters lengthens the last part."""
    last = max(parts, key=lambda part: part.end, default=None)
    if last is None or last.strength == "discussed" or around.text[last.end : last.end + 1] != ";":
        return []
    longer = numbered_members(around, last.start, last.end)
    if longer > last.end:
        parts[parts.index(last)] = last._replace(end=longer)
        return []
    return [last._replace(start=start, end=end) for start, end in further_members(around, last, lists)]


def _is_none(text: str, part: UndertakingPart, lists: EnglishWords) -> bool:
    """Whether the words name a standing principle, a defence against somebody, or, with a plain "will", an occasion."""
    start, end = part.start, part.end
    if part.strength == "agreed":
        return _PAPERS.match(text, start, end) is not None
    if lists.principles.match(text, start, end) or lists.defensive.match(text, start, end):
        return True
    plain = MODAL.fullmatch(part.hedge) is not None
    return plain and lists.ceremony.match(text, start, end) is not None


def _parts(around: ActSurroundings) -> list[UndertakingPart]:
    act, lists = around.act, english()
    if items := _listed(around, lists):
        return items
    if act.rule in _DEED_FOLLOWS:
        start = first_offset(around.text, act.trigger.end, around.end)
        return list(cut(around, start, around.end, "committed", lists))
    read = _READERS.get(act.type)
    return list(read(around, lists)) if read is not None else []


def _listed(around: ActSurroundings, lists: EnglishWords) -> list[UndertakingPart]:
    """The undertakings of a list that the act opens, a paragraph each."""
    strength = STRENGTH_OF_ACT.get(around.act.type)
    if strength is None:
        return []
    if len(around.act.actors) > 1 and around.trigger.startswith("decid"):
        strength = "agreed"
    hedge = around.text[around.act.trigger.start : around.act.trigger.end].strip()
    return [UndertakingPart(start, end, strength, hedge) for start, end in listed(around, lists)]


def _wished(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """What several stress that they need, or wish, to do: "both sides hope to continue" means that both are willing."""
    act = around.act
    needed = list(requested(around, lists))
    yield from needed
    if needed or len(act.actors) < 2 or act.targets or not around.trigger.startswith(("hope", "wish", "want")):
        return
    start = end_of_match(TO, around.text, act.trigger.end, around.end)
    if start:
        yield part_of(around, start, around.end, "offered")


def _helped(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    if around.act.rule == "aid-passive":
        yield part_of(around, around.act.start, around.end, "promised aid", around.act.hedge)
        return
    goes_on = _GOES_ON.search(around.text, around.act.trigger.start, around.act.trigger.end)
    if goes_on is not None:  # "has provided and will continue to provide"
        hedge = goes_on["hedge"]
        yield from cut(around, goes_on.end(), around.end, "committed", lists, hedge=hedge)
        return
    yield from _bound(around, lists) if around.act.time == "planned" else aid_under_way(around, lists)


def _committed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    if around.text.startswith("Plan", around.act.trigger.start) and around.act.trigger.start > around.sentence + 1:
        return  # "shared their vision in the Jobs Plan to": a name
    if (received := _received(around, lists)) is not None:
        yield received
    elif MODAL.match(around.trigger) or around.act.hedge in ("will", "'ll", "’ll", "shall"):
        yield from _bound(around, lists)
    elif not lists.attitudes.search(around.trigger) or (
        len(around.act.actors) > 1 and _RESOLVED.search(around.trigger)
    ):
        yield from complement(around, lists)


def _received(around: ActSurroundings, lists: EnglishWords) -> UndertakingPart | None:
    """Help told by who gets it, which the other gives: "Ruritania will receive ten ambulances from Arcadia"."""
    text, act = around.text, around.act
    gets = _RECEIVES.fullmatch(around.trigger)
    if gets is None or len(act.targets) != 1 or not is_state(act.targets[0]):
        return None
    source = _SOURCE.search(text, act.trigger.end, around.end)
    if source is None or not lists.aid.search(text, act.trigger.end, source.start()):
        return None
    return UndertakingPart(act.start, around.end, "promised aid", gets[0], act.targets, act.actors)


def _conferred(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    if (received := _received(around, lists)) is not None:  # the verb is also that of receiving a guest
        yield received
    else:
        yield from discussed(around, lists)


def _agreed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    text, act, trigger = around.text, around.act, around.trigger
    first = trigger.split()[0]
    if act.rule == "agree-determined" or _TASKED.match(trigger):
        yield part_of(around, first_offset(text, act.trigger.end, around.end), around.end, "agreed")
    elif founding := _FOUNDING.search(trigger):
        start = act.trigger.start + founding.start()
        yield part_of(around, start, around.end, "agreed", text[act.trigger.start : start].strip())
    elif first in lists.starting:
        yield from aid_under_way(around, lists)
    elif (needed := agreed_need(around, lists)) is not None:
        yield needed
    elif not lists.concluded.search(trigger):
        yield from complement(around, lists)


def _restated(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    planned = around.act.time == "planned" and MODAL.match(around.trigger) is not None
    yield from _bound(around, lists) if planned else reaffirmed(around, lists)  # "will fulfill our commitments"


def _bound(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """A commitment by "will", unless it is a prediction, a supposition, or about the speaker's own next words."""
    text, act, end = around.text, around.act, around.end
    modal = MODAL.match(text, act.trigger.start, end)
    if modal is None or REFUSES.search(modal[0]):
        return
    before = text[max(around.sentence, act.trigger.start - 120) : act.trigger.start]
    before = _ANNOUNCING.sub("", before)
    before = _CLAUSES.split(before)[-1]
    relative = _OBJECT_OF.search(before)
    if (
        (relative is not None and not _SAYS.search(relative["noun"]))
        or _RELATIVE.search(before)
        or lists.matters.search(before)
        or lists.supposing.search(before)
        or re.search(r"\b(?:I|it|this|these|there)\s*$", before)
    ):
        return
    start = first_offset(text, modal.end(), end)
    if (glad := _GLAD.match(text, start, end)) and not lists.housekeeping.match(text, glad.end(), end):
        yield from cut(around, glad.end(), end, "offered", lists, hedge=text[modal.start() : glad.end()].strip())
        return
    strength: Strength = "committed"
    if binds := _BINDS.match(text, start, end):  # "the leaders will agree to build"
        start, strength = binds.end(), "agreed" if binds["how"] == "agree" else "committed"
    if numbered := _ITEM.match(text, start, end):  # "will (i) modify"
        start = first_offset(text, numbered.end(), end)
    verb = first_word(text, start, end)
    if verb == "continue" and (goes_on := re.match(r"continue to (?:\w+ly )?", text[start:end])):
        verb = first_word(text, start + goes_on.end(), end)
    if (
        verb in lists.not_doing
        or (verb not in lists.doing | lists.giving and not verb.isalpha())
        or lists.housekeeping.match(text, start, end)
    ):
        return
    if len(text[start:end].split()) < 3 and act.type != "aid":
        return  # "will do so", "will respond": names nothing whose fulfilment could be checked
    hedge = modal[0].strip() if binds is None else text[modal.start() : binds.end()].strip()
    yield from cut(around, start, end, strength, lists, hedge=hedge)


#: How an act of each type is read; others contain no undertaking.
_READERS: dict[str, Callable[[ActSurroundings, EnglishWords], Iterator[UndertakingPart]]] = {
    "agree": _agreed,
    "commit": _committed,
    "offer": complement,
    "propose": proposed,
    "consult": _conferred,
    "aid": _helped,
    "reaffirm": _restated,
    "request": _wished,
    "support": lambda around, lists: welcomed(around),
    "sanction": lambda around, lists: suspended(around),
}
