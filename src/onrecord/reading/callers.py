"""Who asks, if no label says so: from the call just before, the asker's own words, or the answer's first words.

"We'll go to the line of Ann Example with Example News", "Go ahead, Ann.", "Hi, this is Ann Example with Example News",
"Well, Ann, let me say". A name is accepted only in these places, and a single name only if it is a known given name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

import msgspec

from onrecord.lexicon.outlets import outlet_ids
from onrecord.lexicon.world import world_rows
from onrecord.reading.labels import is_rank

_WORD = r"(?:(?:[A-Z]\.){1,3}|[A-ZÀ-ÖØ-Þ][\w’'-]+|[A-Z](?![\w’']))"
_NAME = rf"(?:(?:Mr|Ms|Mrs|Dr)\. )?{_WORD}(?: (?:(?:de|la|von|van|der|al|bin) )?{_WORD}){{0,3}}"
_OUTLET = (
    r"(?:(?:[A-Z]\.){2,}|[A-Z][\w&’'-]*(?:\.\w+)?|[a-z]+[A-Z]\w*)"
    r"(?: (?:(?:of|and|&|de|du|el|the|del|in) )?(?:[A-Z0-9][\w&’'-]*|news\b|radio\b|magazine\b)){0,5}"
)
_OF = rf"(?:,? (?:here |also )?(?:with|from|of|at|for|over at) (?:the )?(?P<outlet>{_OUTLET}))"
_TOLD = rf"(?:{_OF}|, (?P<comma>{_OUTLET}))"
#: What is between a name and its outlet: "Ann Example here, the Sampler", "Ann Example with the German daily Sampler".
_BEHIND_NAME = (
    r"(?:,? (?:here|sir|ma’am|again|also|filing|reporting)\b)*(?:,? (?P<by>with|from|of|at|for|over at)|,) (?:[Tt]he )?"
    rf"(?:(?:[A-Z]\w+ )?(?:newspaper|magazine|daily|agency|network|website) )?(?P<outlet>{_OUTLET})"
)
#: A call stands near the end of a turn, and near the end of its sentence.
_END, _SENTENCES, _BEHIND = 400, 4, 60
#: Characters in which somebody introduces themselves.
_BEGINNING = 240
_STAGE = re.compile(r"^(?:\([^()]{1,60}\)\s*)+")
#: Inside a name, or before it: "Ann (inaudible) Example", "the line of – let’s see – Ann Example".
_INAUDIBLE = re.compile(
    r"\s[(\[](?:inaudible|ph|sp)\.?[)\]](?=[.,])|[(\[](?:inaudible|ph|sp)\.?[)\]]\s*|[–—] (?:let’s see|let me see|uh|um) [–—]\s*",
    re.I,
)
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")
_RANKED = re.compile(r"(?:(?:Mr|Ms|Mrs|Dr)\.|Reporter) ")
_THANKS = re.compile(r"(?i)(?:and |okay[,.]? |great[,.]? )?(?:thanks|thank you)\b")
_LETS = re.compile(
    r"(?:(?:And|Okay|Great|So|Now|Thanks|Thank you),? )*(?:[Ll]et’s|[Ww]e’ll|I’ll)(?: please| now| just)*\s*"
)
_ASKED = re.compile(r"(?i)go ahead|question|you’re (?:up|next)|your line")
_CUT = re.compile(
    r"(?<=[a-z0-9’)”][.?!])(?<!\b[ap]\.m\.)(?<!\bM[rs]\.)(?<!\bMrs\.)(?<!\b[DS][rt]\.)(?<!\b(?:Gov|Sen|Gen|Rep)\.)\s+|(?<=[A-Z]{2}[.?!])\s+|(?<=[.?!…][”)])\s+|\n+|(?<=—)\s+(?=[A-Z])"
)


class Asker(msgspec.Struct, frozen=True, gc=False):
    """A reporter as the page names them: name, outlet, or both."""

    name: str | None
    outlet: str | None


class _Tables(msgspec.Struct, frozen=True):
    """The compiled patterns of the tables."""

    line: re.Pattern[str]
    vocative: re.Pattern[str]
    itself: re.Pattern[str]
    surname: re.Pattern[str]
    greets: re.Pattern[str]
    addressed: re.Pattern[str]
    outlet: re.Pattern[str]
    no_names: frozenset[str]
    institutions: frozenset[str]
    replies: re.Pattern[str]


@cache
def _tables() -> _Tables:
    told = tomllib.loads((Path(__file__).parent / "callers.toml").read_text(encoding="utf-8"))
    line, lead, tail, greeting, answering = (
        "|".join(told[name]) for name in ("line", "lead", "tail", "greeting", "answering")
    )
    greets = rf"(?:(?:{greeting})[^.!?—]{{0,60}}[.!?,—]+ ){{0,3}}"
    full = rf"(?!(?:I|It|He|She|That|We|You)’){_WORD} {_WORD}(?: {_WORD})?"
    return _Tables(
        line=re.compile(
            rf"(?i:\b(?:{line})\s(?:the line (?:of|for) |a question from )?)(?P<who>{_NAME})(?:’s line)?{_TOLD}?"
        ),
        vocative=re.compile(
            rf"(?i:(?:(?:{lead})[,.—!?]* ?){{0,4}})(?P<who>{_NAME}){_TOLD}?"
            rf"(?i:(?:[,.—]+ ?(?:{tail})\b[^.?!]{{0,60}})?)[.?!—…]*"
        ),
        itself=re.compile(
            rf"(?:\b(?:[Tt]his is|[Ii]t’s|I’m|I am|[Mm]y name is|[Mm]y name’s)"
            rf" (?:(?:actually|just|also|again|still) )?(?P<who>{_NAME}){_OF}?"
            rf"|(?:^{greets}|(?<=[.!?,—] ))(?P<who2>{full}),? (?:here )?(?:with|from|at) (?:the )?(?P<outlet2>{_OUTLET})"
            rf"(?=[.!,—]| here|$)|^{greets}(?P<who3>{full}), (?:the )?(?P<outlet3>{_OUTLET})(?=[.!—]))"
        ),
        greets=re.compile(greets),
        surname=re.compile(rf"{greets}(?P<who>{_WORD}) (?:of|with|from) (?:the )?(?P<outlet>{_OUTLET})(?=[.,!—])"),
        addressed=re.compile(rf"(?:(?:{answering})(?: (?:so|very) much)?[,.!—… ]+){{1,3}}(?P<who>{_WORD})(?=[,.!?—])"),
        outlet=re.compile(r"\b(?:" + "|".join(told["outlet"]) + ")"),
        no_names=frozenset(told["no_names"].split()),
        institutions=frozenset(told["institutions"]),
        replies=re.compile(told["replies"], re.I),
    )


@cache
def _given() -> frozenset[str]:
    told = tomllib.loads((Path(__file__).parent / "given_names.toml").read_text(encoding="utf-8"))
    return frozenset(told["names"].split())


@cache
def _states() -> frozenset[str]:
    return frozenset(row["name"] for row in world_rows("states"))


def is_given_name(word: str) -> bool:
    """Whether the word is a given name that the table holds."""
    return word in _given()


def is_reply(word: str) -> bool:
    """Whether the word answers by itself, so that it is nobody's name where it stands alone: "Absolutely."."""
    return _tables().replies.fullmatch(word) is not None


def called(words: str, others: Collection[str], *, moderated: bool = False, calls: bool = False) -> Asker | None:
    """Whom the end of a turn calls on, or None.

    ``others`` are the names of those who answer on this page, in lower case: given, family, and full. ``moderated``
    says that a moderator or operator speaks, whose names are those of callers. ``calls`` says that whoever speaks calls on
    others by name: then one unknown name that stands alone in the last sentence is a call, too. Of two who are called, "Ann.
    And then Jo.", the first asks next.
    """
    later = None
    heard = _INAUDIBLE.sub("", words[-_END:])
    for sentence in reversed(
        [_STAGE.sub("", one.strip()) for one in _CUT.split(heard)][-1 if calls else -_SENTENCES :]
    ):
        for found in reversed(list(_tables().line.finditer(sentence))):
            if len(sentence) - found.end() <= _BEHIND:
                told = _told(found, "who", ("outlet", "comma"))
                asker = _asker(
                    *told,
                    others,
                    sure=moderated
                    or bool(found["outlet"])
                    or "line of" in found.group()
                    or _is_bare_call(sentence, found),
                    single=moderated,
                )
                if asker is not None:
                    return asker
        asker = _spoken_to(sentence, others, moderated=moderated, calls=calls)
        if asker is not None and sentence.startswith("And then"):
            later = later or asker
        elif asker is not None:
            return asker
    return later


def _spoken_to(sentence: str, others: Collection[str], *, moderated: bool, calls: bool) -> Asker | None:
    """Whom a sentence calls on that is a call and nothing else: "Yes, Ann.", "Jo Example, Sampler.", "Reuters."."""
    plain = _tables().vocative.fullmatch(sentence)
    if plain is None or (_THANKS.match(sentence) and not _ASKED.search(sentence)):
        return None
    who, outlet = _told(plain, "who", ("outlet", "comma"))
    if calls and outlet is None and outlet_ids()(who.rstrip(".,")) is not None:
        return Asker(None, who.rstrip(".,"))
    name = who.rstrip(".")
    named = not is_reply(name) and name not in _states() and name[1:].islower()
    alone = calls and sentence.rstrip(" .?") == name and (named or " " in name)
    told = bool(plain["outlet"]) or is_outlet_name(plain["comma"])
    single = named and (alone or moderated or is_outlet_name(plain["comma"]))
    return _asker(who, outlet, others, sure=told or moderated or alone, single=single)


def _is_bare_call(sentence: str, found: re.Match[str]) -> bool:
    """Whether a sentence does nothing but call on somebody: "Let's go to Zed Example, please." The name need not be known."""
    return (
        not sentence[found.end() :].removesuffix(", please.").strip(" .,!—")
        and _LETS.fullmatch(sentence[: found.start()]) is not None
    )


def introduced(words: str, others: Collection[str]) -> Asker | None:
    """Who the asker says they are, in the first words of a question, or None."""
    words = _STAGE.sub("", words[:300])
    match = _tables().itself.search(words[:_BEGINNING])
    if match is not None:
        name = next(name for name in ("who", "who2", "who3") if match[name])
        if name == "who" and not match["outlet"] and not _opens_with(words, match):
            return None
        told = _told(match, name, ("outlet", "outlet2", "outlet3"))
        return _asker(*told, others, sure=name != "who3" or is_outlet_name(match["outlet3"]))
    single = _tables().surname.match(words)
    if single is not None and is_outlet_name(single["outlet"]):
        return _asker(*_told(single, "who", ("outlet",)), others, sure=True, single=True)
    return None


def _opens_with(words: str, match: re.Match[str]) -> bool:
    """Whether an asker who names no outlet says who they are before anything else, but for greetings.

    "It's Earth Day, so I …" and "this is Ann Example making the allegation" speak of others.
    """
    before = words[: match.start()]
    if not before:
        return not match.group().startswith("It’s")
    return _tables().greets.fullmatch(before) is not None


def addressed(words: str, others: Collection[str]) -> str | None:
    """The given name by which an answer's first words speak to the asker, or None."""
    match = _tables().addressed.match(words)
    name = match["who"] if match else None
    return name if name is not None and name in _given() and name.lower() not in others else None


def outlet_behind(name: str, words: str) -> str | None:
    """The outlet that is in the words after a name or a part of it: "Ann from Example News", "Ann Example, the Sampler".

    After a comma anything with capitals counts if the surname is before it, and only what is known by its form after
    a given name ("Ann, CNN", but not "Ann, Chair Example").
    """
    names = name.split()
    parts = [re.escape(part) for part in names if len(part) > 2 or part == names[-1]]
    if not parts:
        return None
    for match in re.finditer(rf"\b(?P<who>(?i:{'|'.join(parts)})(?:-\w+)?){_BEHIND_NAME}", words):
        outlet = match["outlet"].rstrip(".,")
        outlet = outlet if outlet_ids()(outlet) is not None else outlet.removesuffix("’s")
        surname = match["who"].casefold().endswith(parts[-1].replace("\\", "").casefold())
        stops = words[match.end() : match.end() + 1] in ("", ".", ",", "!", "?", "—", "’")
        if match["by"] or is_outlet_name(outlet) or (surname and stops and not is_rank(outlet.split()[0])):
            return outlet
    return None


def is_outlet_name(words: str | None) -> bool:
    """Whether the name contains a word typical of outlets: ``Times``, ``Radio``, three capitals."""
    return bool(words and _tables().outlet.search(words))


def _told(match: re.Match[str], name: str, outlets: tuple[str, ...]) -> tuple[str, str | None]:
    outlet = next((match[one] for one in outlets if match[one]), None)
    if outlet is not None and outlet.rstrip(".,") in _given():  # "Ann, Jo.": two are called
        outlet = None
    return match[name], outlet.rstrip(".,").removesuffix("’s") if outlet else None


def _asker(who: str, outlet: str | None, others: Collection[str], *, sure: bool, single: bool = False) -> Asker | None:
    """The asker of that name, or None if it is no name, one of ``others``, or unknown and not ``sure`` by its place.

    ``single`` says that a single unknown name is accepted in this place, too.
    """
    no_names = _tables().no_names
    ranked = _RANKED.match(who)
    who = who[ranked.end() :] if ranked else who
    name = (who if _INITIALS.search(who) else who.rstrip(".,")).removesuffix("’s")
    if outlet_ids()(name) is not None:
        return Asker(None, name)
    parts = name.split()
    if not _tables().institutions.isdisjoint(parts):
        return None
    parts = parts[: next((i for i, part in enumerate(parts) if part in no_names), len(parts))]
    if not parts or any(is_rank(part) for part in parts):
        return None
    if parts[-1].lower() in others or " ".join(parts).lower() in others:
        return None
    if parts[0] in _given() or ranked or (sure and (len(parts) > 1 or single)):
        return Asker(" ".join(parts), outlet)
    return None
