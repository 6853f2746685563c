"""Undertakings in English acts: where each begins and ends, and which acts have none."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from onrecord.annotation_types import NO_PARTY, Strength
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.inflection import base_forms
from onrecord.languages.en.undertaking_frames import aid_under_way, reaffirmed, requested, suspended, welcomed
from onrecord.languages.en.undertaking_lists import listed
from onrecord.languages.en.undertaking_words import EnglishWords, english
from onrecord.languages.facts import ActSurroundings, UndertakingPart
from onrecord.languages.undertaking_words import STRENGTH_OF_ACT

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[$€£¥][\d.,]*\d|[^\w\s]")
#: The hedge of a commitment: "will", "would also", "will continue to".
_MODAL = re.compile(
    r"(?:will|shall|would|['’]ll)\b(?:\s+(?:not|never|also|soon|always|all|both|jointly|once again|still|only|now)\b)*",
    re.IGNORECASE,
)
#: What a signed text binds to: "an agreement to build", "a memorandum under which".
_BINDS = re.compile(
    r"\b(?:agreement|memorandum|arrangement|understanding|treaty|deal|letter|pact|accord)s?\b[^.;]{0,60}?"
    r"\b(?:to (?!be\b)[a-z]+|under which|that will|which will)\b"
)
_REFUSES = re.compile(r"\b(?:not|never)\b|n[’']t\b")
_ITEM = re.compile(r"\s*\(?(?:[ivx]+|[a-h]|\d{1,2})\)|:")
_RELATIVE = re.compile(r"\b(?:which|who|that)\s*$", re.IGNORECASE)
#: Triggers that govern a value as well as an action: "is committed to peace".
_COMMITTED = re.compile(r"commit(?:ted|ments?|s)?(?: itself| ourselves| themselves)?(?: to)?$")
#: Nouns of values that are verbs, too, and states.
_VALUES = frozenset(
    "peace trade respect support principle value values freedom uphold upholding being having interest concern".split()
)
#: What several are determined to do they undertake; of one it is an attitude.
_RESOLVED = re.compile(r"\b(?:resolved|determined|determination|resolve) to$")
#: "Announce the establishment of": both do it.
_FOUNDING = re.compile(
    r"\b(?:establishment|creation|renewal|resumption|extension|launch|formation|expansion|start) of$"
)
#: Work that several give to their officials.
_TASKED = re.compile(r"(?:task|direct|instruct|charg)\w*\b.* (?:to|with)$")
#: Who is invited is named before: "I invite you to visit us"; students invited are no party.
_YOU = re.compile(r"\s+(?:you|him|her|them|both)\b")
#: A partner stands within so many characters behind "with".
_NEAR = 60
#: Words between a trigger and the undertaking.
_TO, _THAT, _ON = (
    re.compile(r"\s*(?:\w+ly\s+)?to\s+(?!be\b)", re.IGNORECASE),
    re.compile(r"\s*that\s+"),
    re.compile(r"\s*(?:on|upon|about|regarding|in|for|of)\s+"),
)
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
_ARTICLES = frozenset(
    "the a an their its our each all any some new further more these those this both two three joint additional it "
    "them on in up out".split()
)
#: What governs the coordination that follows it: an infinitive, a relative clause, means and purpose.
_HOLDS = re.compile(
    r"(?<!agreed)(?<!continue) to (?=[a-z]+\b)(?! the\b| a\b| an\b| each\b)|\b(?:that|which|who|where|how|whether)\b"
    r"|\bby \w+ing\b|\bin order\b|\bincluding\b",
    re.IGNORECASE,
)
_FOR_DOING = re.compile(r"^(?:an? |the |its |their |our )?(?:[\w-]+ ){0,3}$")


#: Rules whose deed stands directly behind the trigger.
_DEED_FOLLOWS = frozenset(("commit-resolve-to", "commit-stand-firm", "commit-our-commitment", "commit-starting"))


def read_parts(around: ActSurroundings) -> list[UndertakingPart]:
    """Return the undertakings that the act contains, without principles, threats and ceremony."""
    trimmed = (_trimmed(around.text, part) for part in _parts(around))
    return [part for part in trimmed if part.start < part.end and not _is_none(around.text, part, english())]


def _trimmed(text: str, part: UndertakingPart) -> UndertakingPart:
    """The part without white space, commas and conjunctions at its ends."""
    start, end = part.start, part.end
    while start < end and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return part._replace(start=start, end=end)


def _is_none(text: str, part: UndertakingPart, lists: EnglishWords) -> bool:
    """Whether the words name a standing principle, a defence against somebody, or, with a plain "will", an occasion."""
    start, end = part.start, part.end
    if part.strength == "agreed":
        return False
    if lists.principles.match(text, start, end) or lists.defensive.match(text, start, end):
        return True
    plain = _MODAL.fullmatch(part.hedge) is not None
    return plain and lists.ceremony.match(text, start, end) is not None


def _parts(around: ActSurroundings) -> list[UndertakingPart]:
    act, lists = around.act, english()
    if items := _listed(around, lists):
        return items
    if act.rule in _DEED_FOLLOWS:
        start = _blank(around.text, act.trigger.end, around.end)
        return list(_split(around, start, around.end, "committed", lists))
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
    start = _behind(_TO, around.text, act.trigger.end, around.end)
    if start:
        yield _part(around, start, around.end, "offered")


def _helped(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    yield from _bound(around, lists) if around.act.time == "planned" else aid_under_way(around, lists)


def _committed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    if _MODAL.match(around.trigger) or around.act.hedge in ("will", "'ll", "’ll", "shall"):
        yield from _bound(around, lists)
    elif not lists.attitudes.search(around.trigger) or (
        len(around.act.actors) > 1 and _RESOLVED.search(around.trigger)
    ):
        yield from _complement(around, lists)


def _agreed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    text, act, trigger = around.text, around.act, around.trigger
    first = trigger.split()[0]
    if act.rule == "agree-determined" or _TASKED.match(trigger):
        yield _part(around, _blank(text, act.trigger.end, around.end), around.end, "agreed")
    elif founding := _FOUNDING.search(trigger):
        start = act.trigger.start + founding.start()
        yield _part(around, start, around.end, "agreed", text[act.trigger.start : start].strip())
    elif first in lists.starting:
        yield from aid_under_way(around, lists)
    elif not lists.concluded.search(trigger):
        yield from _complement(around, lists)


def _part(
    around: ActSurroundings,
    start: int,
    end: int,
    strength: Strength,
    hedge: str | None = None,
    by: tuple[str, ...] | None = None,
) -> UndertakingPart:
    hedge_words = (
        around.text[around.act.trigger.start : min(start, around.act.trigger.end)].strip() if hedge is None else hedge
    )
    return UndertakingPart(start, end, strength, hedge_words, by)


def _behind(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = pattern.match(text, at, end)
    return found.end() if found else 0


def _tokens(text: str, start: int, end: int) -> list[tuple[str, int]]:
    return [(found[0].lower(), found.start()) for found in _WORD.finditer(text, start, end)]


def _first(text: str, start: int, end: int) -> str:
    """The first word that is not an adverb."""
    return next(
        (word for word, _ in _tokens(text, start, min(end, start + 80)) if not is_adverb(word) or word.endswith("ply")),
        "",
    )


# ---- agreed, committed, offered


def _complement(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """The complement of "agreed to", "reached consensus on", "is committed to", "stands ready to", "signed"."""
    text, act, end = around.text, around.act, around.end
    strength: Strength = STRENGTH_OF_ACT[act.type]
    at, trigger = act.trigger.end, around.trigger
    if act.type == "agree" and trigger.startswith("sign"):
        words = text[at:end]
        if (
            (len(act.actors) > 1 or _signed_with(around, at, end))
            and lists.agreements.search(words[:90])
            and not lists.not_agreements.search(words[:60])
            and _BINDS.search(words)
        ):
            yield _part(around, _blank(text, at, end), end, "agreed", by=_both(around))
        return
    if lists.matters.search(text[act.start : act.trigger.start]) or (
        act.type == "offer" and lists.housekeeping.match(text, _blank(text, at, end), end)
    ):
        return
    if trigger.startswith("decide") and len(act.actors) > 1:
        strength = "agreed"
    last = re.search(r"\bto (\w+)$", trigger)
    if last and last[1] in lists.doing | lists.doings:  # the trigger contains the verb itself: "would like to work"
        start = act.trigger.end - len(last[1])
        yield from _split(around, start, end, strength, lists, hedge=text[act.trigger.start : start].strip())
        return
    if act.type == "commit" and _COMMITTED.search(trigger) and not _names_deed(text, at, end, lists):
        return
    namely = _behind(_NAMELY, text, at, end)
    if trigger.endswith(" that") or _THAT.match(text, at, end):
        yield from _that(around, at if trigger.endswith(" that") else _behind(_THAT, text, at, end), strength, lists)
    elif trigger.endswith(" to") or (
        act.type == "commit" and not _TO.match(text, at, end) and re.search(r"pledg|committed|promised", trigger)
    ):
        if _is_deed(around, at):
            yield from _split(around, at, end, strength, lists)
    elif start := _behind(_TO, text, at, end):
        yield from _split(around, start, end, strength, lists)
    elif trigger.endswith((" on", " for", " in")) or namely or _ON.match(text, at, end):
        start = namely or (at if trigger.endswith((" on", " for", " in")) else _behind(_ON, text, at, end))
        if _is_thing(text, start, end, lists) or (act.type == "offer" and text[start:end].strip()):
            yield from _split(around, start, end, strength, lists)


def _names_deed(text: str, at: int, end: int, lists: EnglishWords) -> bool:
    """Whether "committed to" or "commitment to" is followed by an action, and not by a value, a party or an alliance."""
    start = _behind(_TO, text, at, end) or at
    tokens = _tokens(text, start, min(end, start + 80))
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


def _blank(text: str, start: int, end: int) -> int:
    """The offset of the first word."""
    while start < end and text[start].isspace():
        start += 1
    return start


def _both(around: ActSurroundings) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*around.act.actors, *around.act.targets)))


def _is_deed(around: ActSurroundings, start: int) -> bool:
    """Whether "to" is followed by an action, and not by a principle somebody is committed to."""
    word = _first(around.text, start, around.end)
    own_words = around.act.type == "offer" and re.match(r"\s*take (?:this|the|a|your)\b", around.text[start:])
    return bool(word) and word not in ("be", "disagree", "differ", "say") and not own_words


def _is_thing(text: str, start: int, end: int, lists: EnglishWords) -> bool:
    """Whether a noun phrase denotes an action: an -ing verb, or a noun of action before any noun of views."""
    tokens = _tokens(text, start, min(end, start + 110))
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
    if _first(text, modal.end(), end) in lists.not_doing and not _IN_TOUCH.match(text, modal.end(), end):
        return
    doers = around.codes(start, modal.start())
    own = {*around.act.actors, *around.act.targets}
    subject = text[start : modal.start()].strip().lower()
    if not doers and _OURSELVES.fullmatch(subject):
        doers = around.act.actors
    elif not doers and lists.things.search(subject):
        doers = around.act.actors  # "that the talks would resume"
        yield _part(around, start, end, strength)
        return
    if not doers or not set(doers) <= own:
        return
    yield from _split(
        around, modal.end(), end, strength, lists, hedge=text[around.act.trigger.start : modal.end()].strip(), by=doers
    )


# ---- will


def _bound(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """A commitment by "will", unless it is a prediction, a supposition, or about the speaker's own next words."""
    text, act, end = around.text, around.act, around.end
    modal = _MODAL.match(text, act.trigger.start, end)
    if modal is None or _REFUSES.search(modal[0]):
        return
    before = text[max(around.sentence, act.trigger.start - 120) : act.trigger.start]
    if (
        _RELATIVE.search(before)
        or lists.matters.search(before)
        or lists.supposing.search(before)
        or re.search(r"\b(?:I|it|this|these|there)\s*$", before)
    ):
        return
    start = _blank(text, modal.end(), end)
    if numbered := _ITEM.match(text, start, end):  # "will (i) modify"
        start = _blank(text, numbered.end(), end)
    verb = _first(text, start, end)
    if verb == "continue" and (goes_on := re.match(r"continue to (?:\w+ly )?", text[start:end])):
        verb = _first(text, start + goes_on.end(), end)
    if (
        verb in lists.not_doing
        or (verb not in lists.doing | lists.giving and not verb.isalpha())
        or lists.housekeeping.match(text, start, end)
    ):
        return
    if len(text[start:end].split()) < 3 and act.type != "aid":
        return  # "will do so", "will respond": names nothing whose fulfilment could be checked
    yield from _split(around, start, end, "committed", lists, hedge=modal[0].strip())


# ---- proposed, discussed


def _proposed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    text, act, end, trigger = around.text, around.act, around.end, around.trigger
    at = act.trigger.end
    if re.match(r"\s+by\b", text[at:end]) or (
        re.search(r"initiat|advocat|invitation", trigger) and not _TO.match(text, at, end)
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
            yield _part(around, _blank(text, at, end), end, "proposed")
    elif trigger.endswith(" that") or _THAT.match(text, at, end):
        start = at if trigger.endswith(" that") else _behind(_THAT, text, at, end)
        doers = around.codes(start, min(end, start + 60))
        if not doers or set(doers) & set(act.actors):  # "suggests that Japan reconsider": a request, not an offer
            yield _part(around, _blank(text, start, end), end, "proposed")
    elif start := _behind(_TO, text, at, end):
        yield from _split(around, start, end, "proposed", lists)
    elif _is_thing(text, at, min(end, at + 90), lists) and not lists.not_agreements.search(text, at, min(end, at + 60)):
        yield _part(around, _blank(text, at, end), end, "proposed")


#: To go on talking is a deed; a meeting that is held or attended is an occasion.
_CONFERRING = re.compile(
    r"(?:also\s+|jointly\s+|both\s+|closely\s+|continue\s+to\s+(?:\w+ly\s+)?)*(?:negotiate|coordinate|consult|communicate|maintain|keep|remain|stay|engage|"
    r"continue|exchange)\b",
    re.IGNORECASE,
)


def _conferring(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """What several "will negotiate", "will continue to coordinate on"."""
    modal = _MODAL.match(around.text, around.act.trigger.start, around.end)
    if modal is None or len(around.act.actors) < 2 or _REFUSES.search(modal[0]):
        return
    start = _blank(around.text, modal.end(), around.end)
    if _CONFERRING.match(around.text, start, around.end) and len(around.text[start : around.end].split()) > 2:
        yield _part(around, start, around.end, "committed", modal[0].strip())


def _discussed(around: ActSurroundings, lists: EnglishWords) -> Iterator[UndertakingPart]:
    """An action that was discussed; a discussion of how matters are has none."""
    text, act, end = around.text, around.act, around.end
    if act.time == "planned":
        yield from _conferring(around, lists)
    if act.time == "planned" or not re.search(r"discuss|talk|exchang|consult|explor|deliberat|views", around.trigger):
        return
    with_ = re.match(r"\s+with\b", text[act.trigger.end : end])
    by = _both(around) if with_ else None
    at = _behind(_ON, text, act.trigger.end, end) or act.trigger.end
    at = _blank(text, at, end)
    if _first(text, at, end) in lists.doings:
        yield from _split(around, at, end, "discussed", lists, hedge=text[act.trigger.start : at].strip(), by=by)
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
        yield _part(around, at, end, "discussed", hedge=text[act.trigger.start : at].strip(), by=by)
        return
    behind = re.match(
        r"\s+(?:to|for|of|in which (?:to|they can)|by which|toward|towards|"
        r"(?:they|both|we|the two \w+|our \w+) (?:can|could|might|should))\s+"
        r"(?:further |better |continue to |jointly )*",
        text[way.end() : end],
    )
    if behind is None:
        return
    start = way.end() + behind.end()
    doing = re.search(r"\b(?:to|can|could|might|should)\b", behind[0])
    if (doing and _first(text, start, end) in lists.doing) or _first(text, start, end) in lists.doings:
        yield _part(around, at, end, "discussed", hedge=text[act.trigger.start : at].strip(), by=by)


# ---- one act, several things


def _split(
    around: ActSurroundings,
    start: int,
    end: int,
    strength: Strength,
    lists: EnglishWords,
    *,
    hedge: str | None = None,
    by: tuple[str, ...] | None = None,
) -> Iterator[UndertakingPart]:
    """The coordinated actions of a complement, each with its own span."""
    text = around.text
    start = _blank(text, start, end)
    if end <= start:
        return
    edges = _edges(text, start, end, lists)
    hedge_words = hedge if hedge is not None else text[around.act.trigger.start : start].strip()
    for begin, finish in edges:
        words = text[begin:finish]
        behind = len(words.rstrip(" ,;")) + begin
        if behind > begin:
            gives = strength == "committed" and around.act.targets and _first(text, begin, behind) in lists.giving
            aid = gives and lists.aid.search(text, begin, min(behind, begin + 140)) is not None
            yield UndertakingPart(begin, behind, "promised aid" if aid else strength, hedge_words, by)


def _edges(text: str, start: int, end: int, lists: EnglishWords) -> list[tuple[int, int]]:
    tokens = _tokens(text, start, end)
    for i, (word, at) in enumerate(tokens):
        if i > 2 and word == "and" and _begins_a_stance(tokens, i, lists):
            end, tokens = at, tokens[:i]
            break
    gerund = bool(tokens) and tokens[0][0] in lists.doings
    edges: list[tuple[int, int]] = []
    begin, count = start, 0
    for i, (word, at) in enumerate(tokens):
        count += word[0].isalnum()
        if word not in (",", "and", ";") or count < 3 + (word == "and"):
            continue
        found = _begins(tokens, i, gerund, lists)
        if found is None or _HOLDS.search(text, begin, at) or len(tokens) - found < 3:
            continue
        edges.append((begin, at))
        begin, count = tokens[found][1], 0
    edges.append((begin, end))
    return edges if all(len(_tokens(text, *edge)) > 2 for edge in edges) else [(start, end)]


def _begins_a_stance(tokens: Sequence[tuple[str, int]], i: int, lists: EnglishWords) -> bool:
    """Whether a verb in the third person follows the "and" at ``i``: "will open a port, and hopes that Ruritania …"."""
    j = i + 1
    while j < len(tokens) and (is_adverb(tokens[j][0]) or tokens[j][0] == "also"):
        j += 1
    return (
        j + 1 < len(tokens)
        and tokens[j][0] in lists.stances
        and tokens[j + 1][0] not in (",", "and", "or", "of", ".", ";")
    )


def _pairs(tokens: Sequence[tuple[str, int]]) -> set[tuple[str, str]]:
    return {(one, other) for (one, _), (other, _) in itertools.pairwise(tokens)}


def _begins(tokens: Sequence[tuple[str, int]], i: int, gerund: bool, lists: EnglishWords) -> int | None:
    """The token at which another action begins after a comma or "and" at ``i``."""
    bare = tokens[i][0] == "and"
    j = i + 1
    while j < len(tokens) and (tokens[j][0] in ("and", "to", "also", "as", "well") or is_adverb(tokens[j][0])):
        if tokens[j][0] == "as" or tokens[j][0] == "well":
            return None
        j += 1
    if j + 1 >= len(tokens):
        return None
    word, after = tokens[j][0], tokens[j + 1][0]
    if word not in (lists.doings if gerund else lists.doing):
        return None
    between = [one for one, _ in tokens[i + 1 : j]]
    to = "to" in between
    if to and not bare and "and" not in between and ("and", "to") not in _pairs(tokens[j:]):
        return None  # ", to warn earlier" is the purpose of the action before
    if after in (",", "and", "or", "of", ".") or (not to and word in lists.nouns_too and after not in _ARTICLES):
        return None  # "strengthen and expand trade", ", exchange and dialogue"
    if bare and not to and not gerund and i and tokens[i - 1][0] in lists.doing:
        return None
    return j


#: How an act of each type is read; others contain no undertaking.
_READERS: dict[str, Callable[[ActSurroundings, EnglishWords], Iterator[UndertakingPart]]] = {
    "agree": _agreed,
    "commit": _committed,
    "offer": _complement,
    "propose": _proposed,
    "consult": _discussed,
    "aid": _helped,
    "reaffirm": reaffirmed,
    "request": _wished,
    "support": lambda around, lists: welcomed(around),
    "sanction": lambda around, lists: suspended(around),
}
