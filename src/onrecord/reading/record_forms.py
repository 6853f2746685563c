"""The forms of labels in verbatim records of parliaments, hearings and councils, at the beginning of a line.

``○委員長（佐山和夫君）``, ``O SR. PRESIDENTE (Rui Modelo) –``, ``M. le président.``, ``Mr. Holm.``, ``Орлова Л. И.``
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.reading.label_words import is_title, voice_of
from onrecord.reading.labels import is_particle
from onrecord.reading.naming import is_han

_LONGEST = 150
_SIGNS = "○◯〇◎●◆◇■□▲△▽☆★"
#: A sign, who speaks, and white space; in Korean a name and an office are two words.
_SIGNED = re.compile(
    rf"[{_SIGNS}]\s*([^\s（(:：)）{_SIGNS}]{{1,20}})(?:\s?[（(]([^（()）]{{1,30}})[)）])?[:：)）]?(?:\s+|$)"
)
_SIGNED_PAIR = re.compile(rf"[{_SIGNS}]\s*([가-힣]{{1,12}} [가-힣]{{1,12}})[:：)）]?(?:\s+|$)")
_KOREAN_OFFICE = re.compile(
    r"(?:위원장|위원|의장|의원|장관|차관|총리|대변인|실장|국장|청장|대사|총재|부의장)(?:대리)?$"
)
#: Behind a Japanese name in a record, and none of it.
_HONORIFIC = re.compile(r"(?<=.{2})(?:君|さん|氏|議員|参考人|公述人)$")
#: Capitals, perhaps with brackets behind them, and a dash.
_DASHED = re.compile(r"([^\W\d_][\w’'. -]{1,60}?)\s*(?:\(([^()]{1,120})\))?\s*[.:]?\s?[–—―]\s*(?=\S)")
#: Capitals with brackets behind them, and a full stop: ``ANNA BELLI (LG).``
_OFFICE_STOP = re.compile(r"([^\W\d_][\w’' -]{2,50}), ([^\W\d_][^,.:;?!]{3,80})\.\s+(?=\S)")
_BRACKETED_STOP = re.compile(r"([^\W\d_][\w’'. -]{1,60}?)\s*\(([^()]{1,80})\)\.\s+(?=\S)")
_STOP = re.compile(r"\.(?:\s*[–—-]+)?(?:\s+|$)")
_ARTICLES = frozenset("the le la o a el il lo der die das the les os as".split())
_COURTESIES = frozenset("m mm mme mmes mlle mr mrs ms dr sr sra".split())
#: Initials behind a surname.
_INITIALS = re.compile(r"[А-ЯЁІЇЄҐ][а-яёіїєґ’-]+(?: [А-ЯЁІЇЄҐ]\.?){1,2}")
_INITIAL = re.compile(r"[А-ЯЁІЇЄҐ]\.")
_MOST_WORDS = 8


class RecordHead(NamedTuple):
    """Who speaks, as printed; what stands in brackets behind it; where the words begin; and whether a sign is in front."""

    printed: str
    aside: str
    end: int
    form: str


def marked_head(text: str, start: int = 0) -> RecordHead | None:
    """The head of a line that a sign, brackets or a dash shows, or None."""
    if text[start : start + 1] and text[start] in _SIGNS:
        return _signed(text, start)
    return _dashed(text, start) or _bracketed(text, start) or _with_office(text, start)


def _with_office(text: str, start: int) -> RecordHead | None:
    """A name in capitals, a comma, an office, and a full stop: ``MARIO ESEMPI, Ministro dei laghi.``"""
    found = _OFFICE_STOP.match(text, start)
    if found is None or not _shouts(found[1]) or not is_title(found[2].split()[0]):
        return None
    return RecordHead(found[1], "", found.end(), "spoken")


def _signed(text: str, start: int) -> RecordHead | None:
    pair = _SIGNED_PAIR.match(text, start)
    if pair is not None and any(map(_KOREAN_OFFICE.search, pair[1].split())):
        first, second = pair[1].split()
        name, office = (second, first) if _KOREAN_OFFICE.search(first) else (first, second)
        return RecordHead(office, name, pair.end(), "sign")
    found = _SIGNED.match(text, start)
    if found is None:
        return None
    printed, aside = found[1], _HONORIFIC.sub("", (found[2] or "").strip())
    bare = _HONORIFIC.sub("", printed)
    if not aside and bare != printed:
        return RecordHead(bare, bare, found.end(), "sign")  # the honorific tells that this is a name
    return RecordHead(printed, aside, found.end(), "sign")


def _dashed(text: str, start: int) -> RecordHead | None:
    found = _DASHED.match(text, start)
    if found is None or not _shouts(found[1]) or (not found[2] and not _is_ranked(found[1])):
        return None
    return RecordHead(found[1].strip(), found[2] or "", found.end(), "spoken")


def _bracketed(text: str, start: int) -> RecordHead | None:
    found = _BRACKETED_STOP.match(text, start)
    return RecordHead(found[1], found[2], found.end(), "spoken") if found is not None and _shouts(found[1]) else None


def titled_head(text: str, start: int = 0) -> RecordHead | None:
    """The head of a line that only its words show, or None: titles and a name, an office, a surname with initials."""
    for stop in _STOP.finditer(text, start, start + _LONGEST):
        printed = text[start : stop.start()]
        words = printed.split()
        if not words or len(words) > _MOST_WORDS + 4:
            return None
        if _with_initials(words):
            if _INITIAL.match(text, stop.end()):
                continue  # the second initial follows
            return RecordHead(printed + ".", "", stop.end(), "spoken")
        if len(words[-1]) == 1 or (len(words) == 1 and _is_short_title(words[0])) or _is_courtesy(words[-1]):
            continue
        name, _, office = printed.partition(", ")
        if office and _with_initials(name.split()):
            return RecordHead(name, "", stop.end(), "spoken")
        if office and not any(is_title(word) for word in office.split()[:2]):
            return None
        return RecordHead(printed, "", stop.end(), "spoken") if _names_speaker(name.split(), office) else None
    return None


def _with_initials(words: list[str]) -> bool:
    """Whether words are a surname with initials, perhaps behind titles."""
    name = words
    while len(name) > 2 and is_title(name[0]):
        name = name[1:]
    return len(name) > 1 and _INITIALS.fullmatch(" ".join(name)) is not None


def _names_speaker(words: list[str], office: str) -> bool:
    """Whether words before a full stop are a title with a name or an office, and no sentence."""
    if voice_of(" ".join(words)) in ("moderator", "podium", "voice", "operator", "interpreter"):
        return words[0][:1].isupper() and len(" ".join(words)) > 1
    ranked = words[1:] if words[0].casefold() in _ARTICLES else words
    if len(ranked) < (1 if ranked is not words else 2) or len(words) > _MOST_WORDS or not is_title(ranked[0]):
        return False
    if not words[0][:1].isupper() or is_han(words[0]):
        return False
    return all(
        word[:1].isupper() or is_particle(word) or is_title(word) or word.casefold() in _ARTICLES for word in ranked
    )


def _is_courtesy(word: str) -> bool:
    return word.casefold() in _COURTESIES


def _is_short_title(word: str) -> bool:
    return len(word) <= 4 and is_title(word)


def _is_ranked(words: str) -> bool:
    return any(is_title(word) for word in words.split()[:2])


def _shouts(words: str) -> bool:
    """Whether all words but short ones and titles are in capitals."""
    parts = [word for word in words.split() if any(letter.isalpha() for letter in word)]
    return bool(parts) and all(word.isupper() or is_particle(word) for word in parts) and len(words) > 2
