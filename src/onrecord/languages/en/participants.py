"""Participants in English: offices before a name, "of" after it, and unlisted names after an office."""

from __future__ import annotations

import re
from functools import cache

from onrecord import languages
from onrecord.languages.en.meeting_words import meeting_words
from onrecord.languages.participants import ActorRules, Piece, compatible

#: "Mr. Sullivan", "the Honourable": not an office.
_HONORIFIC = re.compile(r"(?:Mr|Ms|Mrs|Dr|H\.?E)\.?$")
_NAME = re.compile(
    r"(?:(?:Tun|Dato|Datuk|Dr\.?|H\.E\.|Mr\.?|Ms\.?|Mrs\.?)\s+)*"
    r"[A-ZÀ-ÞŁŽŠČĐ][\w’'-]*\.?(?:\s+(?:(?:bin|ibn|al|el|de|da|do|dos|del|di|la|van|von|der|den|Jr\.?)\s+)*"
    r"[A-ZÀ-ÞŁŽŠČĐ][\w’'-]*)*(?<![’'])"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_OF = re.compile(r"\s+of\s+(?:the\s+)?(?:[A-Z][\w’'-]+\s+(?:of\s+)?(?:the\s+)?){0,3}")
_OFFICES_JOINED = re.compile(r"\s*(?:,|,?\s+and|&)\s+(?:the\s+)?")
_SOMEBODY_ELSE = re.compile(
    r"[’']s?\s+(?:[\w-]+\s+){0,2}?(?:envoy|representative|aide|adviser|advisor|spokes\w+|delegation|team)\b|\s+[Aa]dministration\b"
)
_OWN = re.compile(r"[’']s?\s+")
_COUNTING = frozenset("First Second Third".split())
_CONNECTING = frozenset("of the for and to on".split())


def _joins(text: str, group: list[Piece], piece: Piece) -> bool:
    last = group[-1]
    gap = text[last.end : piece.start]
    if len(gap) > 80 or not compatible(group, piece):
        return False
    person = any(one.what == "person" for one in group)
    if piece.what == "actor":
        return (person or last.what == "office") and (piece.country or bool(piece.codes)) and bool(_OF.fullmatch(gap))
    if person and piece.what == "person":
        return False
    if not gap.strip():
        return piece.start - last.end <= 1 or bool(gap)
    if _OWN.fullmatch(gap):
        return all(one.what == "actor" for one in group)
    if _OFFICES_JOINED.fullmatch(gap):  # "State Councilor and Foreign Minister Wang Yi"; ", President of Guatemala"
        return (not person and last.what == "office") or (person and piece.what == "office" and gap.startswith(","))
    return not person and _titles_only(gap)


def _titles_only(gap: str) -> bool:
    words = gap.replace(",", " ").split()
    return len(words) <= 10 and all(word in _title_words() or word in _CONNECTING for word in words)


@cache
def _title_words() -> frozenset[str]:
    """Every word in the name of an office, and the titles of the table."""
    known = languages.find("en").names
    words = {
        word
        for surface, meanings in zip(known.surfaces, known.meanings, strict=True)
        for word in surface.split()
        if any(one.kind == "office" and one.form != "body" for one in meanings) and word[:1].isupper()
    }
    return frozenset({*words, *meeting_words().around.titles, "Chinese", "Communist", "Party"} - {"Of", "And"})


def _with_unknown(text: str, pieces: list[Piece], end: int) -> list[Piece]:
    """The pieces, with unlisted names that follow an office added."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        found.append(piece)
        if piece.what != "office":
            continue
        following = pieces[at + 1].start if at + 1 < len(pieces) else end
        if following - piece.end < 3 or text[piece.end] != " ":
            continue
        name = _NAME.match(text, piece.end + 1, min(following, piece.end + 60))
        if (
            name
            and name.end() < len(text)
            and name.group().split()[0] not in _title_words()
            and name.end() <= following
        ):
            found.append(Piece(name.start(), name.end(), (), "person", None, False))
    return found


def _office(text: str, group: list[Piece], person: Piece, floor: int) -> tuple[str | None, int, int]:
    """The office printed before the name, or after it between commas, and the span of both."""
    before = text[max(floor, person.start - 160) : person.start]
    words = list(re.finditer(r"\S+", before))
    first = None
    for word in reversed(words):
        plain = word.group().strip(",")
        if plain in _title_words() and (word.group() == plain or (first is not None and plain not in _COUNTING)):
            first = word.start()
        elif plain not in _CONNECTING and plain not in (",", "&"):
            break
        if word.start() and before[word.start() - 1] == "\n":
            break
    if first is not None:
        office = before[first:].strip().strip(",")
        office = re.sub(r"^(?:(?:the|and|of|for|to|on|Former|Acting|Chinese(?! Communist))\s+)+", "", office)
        start = max(floor, person.start - 160) + first
        if office and not _HONORIFIC.fullmatch(office):
            return " ".join(office.split()), start, person.end
        return None, start, person.end
    behind = [piece for piece in group if piece.what == "office" and piece.start > person.end]
    if behind and text[person.end : person.end + 1] == ",":
        return text[behind[0].start : behind[-1].end], person.start, behind[-1].end
    return None, person.start, person.end


ACTOR_RULES = ActorRules(_with_unknown, _joins, _office, somebody_else=_SOMEBODY_ELSE)
