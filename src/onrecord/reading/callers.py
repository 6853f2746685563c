"""Who asks, where nobody but the page tells: the call just before, the asker's own words, the answer's first words.

"We'll go to the line of Ann Example with Example News", "Go ahead, Ann.", "Hi, this is Ann Example with Example News",
"Well, Ann, let me say". A name is taken only in these places, a single name only if it is a given name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

import msgspec

from onrecord.reading.labels import is_rank

_WORD = r"(?:(?:[A-Z]\.){1,3}|[A-ZÀ-ÖØ-Þ][\w’'-]+|[A-Z](?![\w’']))"
_NAME = rf"(?:(?:Mr|Ms|Mrs|Dr)\. )?{_WORD}(?: (?:(?:de|la|von|van|der|al|bin) )?{_WORD}){{0,3}}"
_OUTLET = r"(?:[A-Z][\w&’'-]*(?:\.\w+)?|[a-z]+[A-Z]\w*)(?: (?:(?:of|and|&|de|du|el|the|del|in) )?(?:[A-Z0-9][\w&’'-]*|news\b|radio\b|magazine\b)){0,5}"
_OF = rf"(?:,? (?:here |also )?(?:with|from|of|at|for|over at) (?:the )?(?P<outlet>{_OUTLET}))"
#: "We'll go to …", "the line of …", "our next question comes from …".
_LINE = re.compile(
    r"(?i:(?:\blines? of|\b(?:go|turn|move|head|switch|come|get)(?:ing)?(?: (?:now|next|back|ahead|first|then|over|on))? (?:to|over to|on to|with)"
    r"|\b(?:start|begin|kick it off|kick off|kick us off)(?:ing)?(?: \w+)? with|\btake|\bquestions? (?:\w+ )?(?:\w+ )?(?:from|to)|\bhear from|\bcall on"
    r"|\bnext (?:is|up is|we have|up)|\bup next is|\bwe have|\bopen up)\s(?:the line (?:of|for) |a question from )?)"
    rf"(?P<who>{_NAME})(?:’s line)?(?P<told>{_OF}|,? (?P<comma>{_OUTLET}))?"
)
_GREETS = r"(?:(?:Hi|Hello|Hey|Yes|Yeah|Good (?:morning|afternoon|evening)|Thank you|Thanks|Okay|Great|Sure)[^.!?—]{0,60}[.!?,—]+ ){0,3}"
_LEAD = (
    r"(?:(?:and|is|okay|ok|yes|yeah|yep|hi|hey|all right|alright|go ahead|great|sure|next|first|second|last|lastly|finally|please|oh|sorry|uh|um|so|then|now|well|right|good|no"
    r"|over there|over here|in the back|in the front|right here|let’s see|last question|one more|sir|ma’am|thank you|thanks|perfect|wonderful|go|with that|and then|back to|to you)[,.—!?]* ?){0,4}"
)
_TAIL = (
    r"(?:[,.—]+ ?(?:go ahead|please|you’re up|you’re next|your (?:line|turn|question)|you had|do you|did you|would you|you want|you wanted|right (?:there|here)|in the|over (?:there|here)|to you|"
    r"you’re on|you have|if you|i know|i saw|with the|and then|then|first|next|sir|ma’am|yes|yeah|last|what)\b[^.?!]{0,60})?"
)
_VOCATIVE = re.compile(rf"(?i:{_LEAD})(?P<who>{_NAME})(?P<told>{_OF}|, (?P<comma>{_OUTLET}))?(?i:{_TAIL})[.?!—…]*")
_SELF = re.compile(
    rf"(?:\b(?:[Tt]his is|[Ii]t’s|I’m|I am|[Mm]y name is|[Mm]y name’s) (?P<who>{_NAME}){_OF}?"
    rf"|(?:^{_GREETS}|(?<=[.!?,—] ))(?P<who2>{_WORD} {_WORD}(?: {_WORD})?),? (?:here )?(?:with|from|at) (?:the )?(?P<outlet2>{_OUTLET})(?=[.!,—]| here|$)"
    rf"|^{_GREETS}(?P<who3>{_WORD} {_WORD}(?: {_WORD})?), (?P<outlet3>{_OUTLET})(?=[.!—]))"
)
_ADDRESSED = re.compile(
    r"(?:(?:Well|So|Yeah|Yes|Yep|No|Nope|Hi|Hey|Hello|Thanks|Thank you|Look|Sure|Okay|Oh|And|Again|Right|But|Now|Great|Good (?:morning|afternoon|evening|question|to see you)|Great question|I mean|You know|Sorry|I’m sorry|I think)"
    rf"(?: (?:so|very) much)?[,.!—… ]+){{1,3}}(?P<who>{_WORD})(?=[,.!?—])"
)
#: A surname and an outlet open a question: "Example of Example News. My question is …".
_SURNAME = re.compile(rf"{_GREETS}(?P<who>{_WORD}) (?:of|with|from) (?:the )?(?P<outlet>{_OUTLET})(?=[.,!—])")
_OUTLET_WORD = re.compile(
    r"[A-Z]{3}|\b(?:Post|Times|News|Journal|Radio|TV|Television|Press|Today|Tribune|Herald|Reuters|Bloomberg|Politico|Axios|Globe|Inquirer|Hill"
    r"|Magazine|Guardian|Monitor|Review|Report|Chronicle|Star|Sun|Channel|Agency|Network|Semafor|Univision|Newsmax|Fox|AP)\b"
)
_STAGE = re.compile(r"^(?:\([^()]{1,60}\)\s*)+")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")
_THANKS = re.compile(r"(?i)(?:and |okay[,.]? |great[,.]? )?(?:thanks|thank you)\b")
_ASKED = re.compile(r"(?i)go ahead|question|you’re (?:up|next)|your line")
_CUT = re.compile(
    r"(?<=[a-z0-9’)”][.?!])(?<!\bM[rs]\.)(?<!\bMrs\.)(?<!\bDr\.)\s+|(?<=[A-Z]{2}[.?!])\s+|(?<=[.?!…][”)])\s+|\n+|(?<=—)\s+(?=[A-Z])"
)
_NO_NAME = frozenset(
    """I You We He She They It The A An And Or But So Yes No Okay Yeah Well All Next First Last Go Let Please Thank Thanks Sir Ma’am
    Madam Sorry Sure Right Great Good Hi Hello Hey Oh Now Then There Here That This These Those What Who How Why When Where Any Some
    Anyone Questions Question Operator Moderator Everyone Everybody Folks Guys Congress Today Tomorrow Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday America American Americans Russia China Iran Iraq Israel Ukraine Europe Washington English
    Spanish French God Zoom COVID White House Air Force One Q Pool Hill Senate States United North South East West New Al Again Also
    Over Back May Perfect Look Absolutely Correct Democrats Republicans Medicare Medicaid Pentagon State Treasury It’s I’m You’re
    We’re That’s There’s Just My Can Could Is On In At Happy Howard Gracias Voice Interpreter Department From With Of January February March July August September October November December Secretary Admiral
    Capitol Christmas Thanksgiving""".split()
)


class Asker(msgspec.Struct, frozen=True, gc=False):
    """A reporter as the page tells: the name, the outlet, or both."""

    name: str | None
    outlet: str | None


@cache
def _given() -> frozenset[str]:
    told = tomllib.loads((Path(__file__).parent / "given_names.toml").read_text(encoding="utf-8"))
    return frozenset(told["names"].split())


def is_given_name(word: str) -> bool:
    """Whether the word is a given name that the table holds."""
    return word in _given()


def called(words: str, others: Collection[str], *, moderated: bool = False) -> Asker | None:
    """Whom the end of a turn calls on, or None.

    ``others`` are the names of those who answer on this page, in small letters: given, family, and full. ``moderated``
    says that a moderator or operator speaks, whose names are those of callers.
    """
    for sentence in reversed([one.strip() for one in _CUT.split(words[-400:])][-4:]):
        for found in reversed(list(_LINE.finditer(sentence))):
            if len(sentence) - found.end() <= 60:
                told = _told(found, "who", ("outlet", "comma"))
                asker = _asker(
                    *told,
                    others,
                    sure=moderated or bool(found["outlet"]) or "line of" in found.group(),
                    single=moderated,
                )
                if asker is not None:
                    return asker
        plain = _VOCATIVE.fullmatch(sentence)
        if plain is None or (_THANKS.match(sentence) and not _ASKED.search(sentence)):
            continue
        asker = _asker(
            *_told(plain, "who", ("outlet", "comma")), others, sure=bool(plain["outlet"]) or _is_outlet(plain["comma"])
        )
        if asker is not None:
            return asker
    return None


def introduced(words: str, others: Collection[str]) -> Asker | None:
    """Who the asker says they are, in the first words of a question, or None."""
    words = _STAGE.sub("", words[:300])
    match = _SELF.search(words[:240])
    if match is not None:
        name = next(name for name in ("who", "who2", "who3") if match[name])
        told = _told(match, name, ("outlet", "outlet2", "outlet3"))
        return _asker(*told, others, sure=name != "who3" or _is_outlet(match["outlet3"]))
    single = _SURNAME.match(words)
    if single is not None and _is_outlet(single["outlet"]):
        return _asker(*_told(single, "who", ("outlet",)), others, sure=True, single=True)
    return None


def addressed(words: str, others: Collection[str]) -> str | None:
    """The given name by which an answer's first words speak to the asker, or None."""
    match = _ADDRESSED.match(words)
    name = match["who"] if match else None
    return name if name is not None and name in _given() and name.lower() not in others else None


def _is_outlet(words: str | None) -> bool:
    return bool(words and _OUTLET_WORD.search(words))


def _told(match: re.Match[str], name: str, outlets: tuple[str, ...]) -> tuple[str, str | None]:
    outlet = next((match[one] for one in outlets if match[one]), None)
    return match[name], outlet.rstrip(".,").removesuffix("’s") if outlet else None


def _asker(who: str, outlet: str | None, others: Collection[str], *, sure: bool, single: bool = False) -> Asker | None:
    """The asker of that name, or None where it is no name, one of ``others``, or unknown and not ``sure`` by its place.

    ``single`` says that the place makes one unknown name sure, too.
    """
    ranked = re.match(r"(?:Mr|Ms|Mrs|Dr)\. ", who)
    who = who[ranked.end() :] if ranked else who
    parts = (who if _INITIALS.search(who) else who.rstrip(".,")).removesuffix("’s").split()
    parts = parts[: next((i for i, part in enumerate(parts) if part in _NO_NAME), len(parts))]
    if not parts or any(is_rank(part) for part in parts):
        return None
    if parts[-1].lower() in others or " ".join(parts).lower() in others:
        return None
    if parts[0] in _given() or ranked or (sure and (len(parts) > 1 or single)):
        return Asker(" ".join(parts), outlet)
    return None
