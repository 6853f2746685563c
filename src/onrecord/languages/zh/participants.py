"""Participants in Chinese: titles after a country or a name, and unlisted names after a title."""

from __future__ import annotations

import re
from functools import cache

from onrecord.languages.meeting_words import any_of
from onrecord.languages.participants import ActorRules, Piece, compatible
from onrecord.languages.zh.meeting_words import meeting_words

_JOINED = re.compile(r"[、兼]|兼任|的?")
_NAME = re.compile(r"[\u4e00-\u9fff·•]{2,12}")
#: First characters of references that name their parties: 中美, 俄中.
_OWN_PAIRS = frozenset("中美俄日韩朝印英法德以伊巴沙欧")


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(any_of(meeting_words().around.titles) + "(?:兼" + any_of(meeting_words().around.titles) + ")*")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(any_of(meeting_words().around.name_ends))


def _with_unknown(text: str, pieces: list[Piece], end: int) -> list[Piece]:
    """The pieces, with titles after a country (美国总统) and unlisted names after a title added."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        found.append(piece)
        following = pieces[at + 1].start if at + 1 < len(pieces) else end
        last = piece.end
        if piece.what == "person" or len(piece.codes) > 1:
            continue
        if piece.what == "office" and not text.endswith(meeting_words().around.titles, piece.start, piece.end):
            continue  # a body such as 政府
        if piece.what == "actor":
            title = _titled().match(text, last, following)
            if title is None:
                continue
            found.append(Piece(title.start(), title.end(), (), "office", None, False))
            last = title.end()
        name = _NAME.match(text, last, following)
        if name is None:
            continue
        stop = _ends().search(text, last, min(len(text), name.end() + 1))
        reached = stop.start() if stop else name.end()
        foreign = set(meeting_words().around.transliteration).issuperset(text[last:reached])
        if 2 <= reached - last <= 8 and (stop or reached == following < end) and (foreign or piece.codes == ("CHN",)):
            found.append(Piece(last, reached, (), "person", None, False))
    return found


def _joins(text: str, group: list[Piece], piece: Piece) -> bool:
    gap = text[group[-1].end : piece.start]
    person = any(one.what == "person" for one in group)
    if not compatible(group, piece) or len(gap) > 12 or (person and piece.what != "office"):
        return False
    if any(len(one.codes) > 1 for one in group):  # 中美 is not one state
        return False
    if piece.what == "actor" and group[-1].what != "actor":
        return False
    if not gap:
        return True
    if piece.what == "actor":
        return False
    if gap == "、":
        return not person and group[-1].what == "office"
    return bool(_JOINED.fullmatch(gap)) or bool(_titled().fullmatch(gap))


def _office(text: str, group: list[Piece], person: Piece, floor: int) -> tuple[str | None, int, int]:
    """The office printed after the name (王毅国务委员兼外长), else the one before it (国务委员兼外交部长王毅)."""
    end = person.end
    behind = [piece for piece in group if piece.what == "office" and piece.start >= person.end]
    if behind:
        end = behind[-1].end
    else:
        title = _titled().match(text, end)
        end = title.end() if title else end
    if end > person.end:
        return text[person.end : end].lstrip("，、"), person.start, end
    before = [piece for piece in group if piece.what == "office" and piece.end <= person.start]
    if before:
        return text[before[0].start : person.start].strip("、，"), before[0].start, person.end
    return None, person.start, person.end


ACTOR_RULES = ActorRules(_with_unknown, _joins, _office, own_pairs=_OWN_PAIRS)
