"""Who takes part in a meeting: actors as the words name them, people with the office printed beside the name.

An actor is a stretch that names one party or person with all that belongs to the name: "Chinese State Councilor and Foreign
Minister Wang Yi", "President Macron of France", 俄罗斯外长拉夫罗夫. People whom no table holds are known by the office before
their name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from onrecord import languages
from onrecord.lexicon.meeting_words import any_of, meeting_words
from onrecord.marks import NO_PARTY, Mention, Participant

_ACTING = ("country", "territory", "organisation", "person", "office", "reference")
#: Offices that speak of a meeting and do not take part.
_SPEAKING = re.compile(r"(?i)spokes(?:person|man|woman)|press secretary|correspondent|发言人|记者|新闻秘书")
#: "Mr. Sullivan", "the Honourable": no office.
_HONORIFIC = re.compile(r"(?:Mr|Ms|Mrs|Dr|H\.?E)\.?$")
_NAME = re.compile(
    r"(?:(?:Tun|Dato|Datuk|Dr\.?|H\.E\.|Mr\.?|Ms\.?|Mrs\.?)\s+)*"
    r"[A-ZÀ-ÞŁŽŠČĐ][\w’'-]*\.?(?:\s+(?:(?:bin|ibn|al|el|de|da|do|dos|del|di|la|van|von|der|den|Jr\.?)\s+)*"
    r"[A-ZÀ-ÞŁŽŠČĐ][\w’'-]*)*(?<![’'])"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_OF = re.compile(r"\s+of\s+(?:the\s+)?(?:[A-Z][\w’'-]+\s+(?:of\s+)?(?:the\s+)?){0,3}")
_OFFICES_JOINED = re.compile(r"\s*(?:,|,?\s+and|&)\s+(?:the\s+)?")
_NEXT_TO = re.compile(r"[\s,]*(?:of\s+the\s+|of\s+|for\s+|to\s+the\s+|the\s+)?")
_SOMEBODY_ELSE = re.compile(
    r"[’']s?\s+(?:[\w-]+\s+){0,2}?(?:envoy|representative|aide|adviser|advisor|spokes\w+|delegation|team)\b|\s+[Aa]dministration\b"
)
_OWN = re.compile(r"[’']s?\s+")
_ZH_JOINED = re.compile(r"[、兼]|兼任|的?")
_ZH_NAME = re.compile(r"[\u4e00-\u9fff·•]{2,12}")
_COUNTING = frozenset("First Second Third".split())
#: 中美, 俄中: references that name their parties.
_OWN_PAIRS = frozenset("中美俄日韩朝印英法德以伊巴沙欧")
_CONNECTING = frozenset("of the for and to on".split())


class Actor(NamedTuple):
    """A party or person named at ``[start, end)`` of the words, the codes it stands for, and the people with their offices."""

    start: int
    end: int
    codes: tuple[str, ...]
    people: tuple[Participant, ...] = ()
    country: bool = False
    name: str = ""
    titled: bool = False
    pair: bool = False  # "the two sides", 双方: it says who, and not of which meeting

    @property
    def office(self) -> bool:
        """Whether an office or body is named alone: neither who holds it nor whose it is."""
        return not self.people and not self.codes


class _Piece(NamedTuple):
    start: int
    end: int
    codes: tuple[str, ...]
    what: Literal["actor", "office", "person"]
    id: str | None
    country: bool
    reference: bool = False


def find_actors(text: str, mentions: Sequence[Mention], start: int, end: int, language: str) -> list[Actor]:
    """The actors in ``[start, end)`` of the text, in order; ``mentions`` are those that stand there."""
    pieces = [
        _Piece(
            one.start,
            one.end,
            tuple(code for code in one.codes if code not in NO_PARTY),
            _what(one),
            one.id,
            one.kind in ("country", "territory"),
            one.kind == "reference" and one.name[:1] not in _OWN_PAIRS,
        )
        for one in mentions
        if one.kind in _ACTING and not (one.codes and NO_PARTY.issuperset(one.codes))
    ]
    if language == "en":
        pieces = _with_unknown_en(text, pieces, end)
        joins = _joins_en
    else:
        pieces = _with_unknown_zh(text, pieces, end)
        joins = _joins_zh
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and joins(text, groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_actor(text, group, start, language) for group in groups]


def _what(mention: Mention) -> Literal["actor", "office", "person"]:
    return "person" if mention.kind == "person" else "office" if mention.kind == "office" else "actor"


def _compatible(group: list[_Piece], piece: _Piece) -> bool:
    """Whether a piece may belong to what is named before it: it adds a code, or repeats it."""
    codes = {code for one in group for code in one.codes}
    return not codes or not piece.codes or codes == set(piece.codes)


def _joins_en(text: str, group: list[_Piece], piece: _Piece) -> bool:
    last = group[-1]
    gap = text[last.end : piece.start]
    if len(gap) > 80 or not _compatible(group, piece):
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
    """Every word of an office's name, and the titles of the table."""
    known = languages.find("en").names
    words = {
        word
        for surface, meanings in zip(known.surfaces, known.meanings, strict=True)
        for word in surface.split()
        if any(one.kind == "office" and one.form != "body" for one in meanings) and word[:1].isupper()
    }
    return frozenset({*words, *meeting_words("en").around.titles, "Chinese", "Communist", "Party"} - {"Of", "And"})


def _with_unknown_en(text: str, pieces: list[_Piece], end: int) -> list[_Piece]:
    """The pieces with the names that follow an office and stand in no table."""
    found: list[_Piece] = []
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
            found.append(_Piece(name.start(), name.end(), (), "person", None, False))
    return found


@cache
def _zh_titled() -> re.Pattern[str]:
    return re.compile(
        any_of(meeting_words("zh").around.titles) + "(?:兼" + any_of(meeting_words("zh").around.titles) + ")*"
    )


@cache
def _zh_ends() -> re.Pattern[str]:
    return re.compile(any_of(meeting_words("zh").around.name_ends))


def _with_unknown_zh(text: str, pieces: list[_Piece], end: int) -> list[_Piece]:
    """The pieces with titles behind a country (美国总统), and names behind a title that stand in no table."""
    found: list[_Piece] = []
    for at, piece in enumerate(pieces):
        found.append(piece)
        following = pieces[at + 1].start if at + 1 < len(pieces) else end
        last = piece.end
        if piece.what == "person" or len(piece.codes) > 1:
            continue
        if piece.what == "office" and not text.endswith(meeting_words("zh").around.titles, piece.start, piece.end):
            continue  # a body such as 政府
        if piece.what == "actor":
            title = _zh_titled().match(text, last, following)
            if title is None:
                continue
            found.append(_Piece(title.start(), title.end(), (), "office", None, False))
            last = title.end()
        name = _ZH_NAME.match(text, last, following)
        if name is None:
            continue
        stop = _zh_ends().search(text, last, min(len(text), name.end() + 1))
        reached = stop.start() if stop else name.end()
        foreign = set(meeting_words("zh").around.transliteration).issuperset(text[last:reached])
        if 2 <= reached - last <= 8 and (stop or reached == following < end) and (foreign or piece.codes == ("CHN",)):
            found.append(_Piece(last, reached, (), "person", None, False))
    return found


def _joins_zh(text: str, group: list[_Piece], piece: _Piece) -> bool:
    gap = text[group[-1].end : piece.start]
    person = any(one.what == "person" for one in group)
    if not _compatible(group, piece) or len(gap) > 12 or (person and piece.what != "office"):
        return False
    if any(len(one.codes) > 1 for one in group):  # 中美 is nobody's state
        return False
    if piece.what == "actor" and group[-1].what != "actor":
        return False
    if not gap:
        return True
    if piece.what == "actor":
        return False
    if gap == "、":
        return not person and group[-1].what == "office"
    return bool(_ZH_JOINED.fullmatch(gap)) or bool(_zh_titled().fullmatch(gap))


def _actor(text: str, group: list[_Piece], floor: int, language: str) -> Actor:
    codes = tuple(dict.fromkeys(code for piece in group for code in piece.codes))
    start, end = group[0].start, group[-1].end
    people = []
    for piece in group:
        if piece.what == "person":
            office, left, right = (_office_en if language == "en" else _office_zh)(text, group, piece, floor)
            if not (office and _SPEAKING.search(office)):
                people.append(
                    Participant(
                        name=text[piece.start : piece.end], id=piece.id, office=office,
                        party=codes[0] if len(codes) == 1 else None, start=piece.start, end=piece.end,
                    )
                )  # fmt: skip
            start, end = min(start, left), max(end, right)
    if language == "en" and _SOMEBODY_ELSE.match(text, end):
        people = []  # "President Xi's special envoy": it is not the president who comes
    country = any(piece.country for piece in group) and not people
    return Actor(
        start,
        end,
        codes,
        tuple(people),
        country,
        text[start:end],
        any(one.what == "office" for one in group),
        all(one.reference for one in group),
    )


def _office_en(text: str, group: list[_Piece], person: _Piece, floor: int) -> tuple[str | None, int, int]:
    """The office printed before the name, or behind it between commas, and where both together stand."""
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


def _office_zh(text: str, group: list[_Piece], person: _Piece, floor: int) -> tuple[str | None, int, int]:
    """The office printed behind the name (王毅国务委员兼外长), else the one before it (国务委员兼外交部长王毅)."""
    end = person.end
    behind = [piece for piece in group if piece.what == "office" and piece.start >= person.end]
    if behind:
        end = behind[-1].end
    else:
        title = _zh_titled().match(text, end)
        end = title.end() if title else end
    if end > person.end:
        return text[person.end : end].lstrip("，、"), person.start, end
    before = [piece for piece in group if piece.what == "office" and piece.end <= person.start]
    if before:
        return text[before[0].start : person.start].strip("、，"), before[0].start, person.end
    return None, person.start, person.end


def joined(text: str, actors: Sequence[Actor], between: re.Pattern[str]) -> list[list[Actor]]:
    """Actors that are named one beside the other ("A and B", "A、B和C"), together."""
    groups: list[list[Actor]] = []
    for actor in actors:
        if groups and between.fullmatch(text, groups[-1][-1].end, actor.start):
            groups[-1].append(actor)
        else:
            groups.append([actor])
    return groups
