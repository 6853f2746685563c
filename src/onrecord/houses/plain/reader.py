"""Reads a pasted transcript: headline, labels, and what the labels' own paragraphs say of who asks and who answers."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec

from onrecord import houses
from onrecord.errors import NotAStatement
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days
from onrecord.reading.lines import Line
from onrecord.reading.naming import names_somebody
from onrecord.reading.page import Page
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, DocumentKind

_LABEL = re.compile(r"([^:：]{1,60}?)\s*[:：]\s*")
_RANK = re.compile(r"(?i)^(?:mr|mrs|ms|dr|president|minister|spokes(?:person|man|woman)|secretary|ambassador)\.?\s+")
_ASKS = re.compile(r"[?？]\s*[\"”’)]?$")
#: Four words and a full stop, or eight Han characters and one: the least that anybody says.
_SENTENCE = re.compile(
    r"[^\W\d_]+[,;:’']?(?:\s+[^\s]+){3,}[.?!][\"”’)\]]?(?:\s|$)|[\u4e00-\u9fff，]{8,}[。？！]|[:：]\s+\S.*[.?!。？！]"
)
_NOBODY = "unknown"


class _Phrases(msgspec.Struct, frozen=True):
    furniture: dict[str, re.Pattern[str]]
    labels: dict[str, re.Pattern[str]]
    kinds: dict[DocumentKind, re.Pattern[str]]


@cache
def _phrases() -> _Phrases:
    told: dict[str, Any] = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))

    def any_of(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p.removeprefix('(?i)')})" for p in patterns), re.I)

    return _Phrases(
        {name: any_of(patterns) for name, patterns in told["furniture"].items()},
        {name: any_of(patterns) for name, patterns in told["labels"].items()},
        {kind: any_of(patterns) for kind, patterns in told["kinds"].items() if kind in get_args(DocumentKind)},
    )


def claims(page: Page) -> float:
    """Any text is a plain text, if nothing better; a saved web page is not: its furniture would pass for speech."""
    return 0.0 if page.format == "html" else 0.1


def read(page: Page) -> Reading:
    """A reading of the text. Raises NotAStatement where there is no sentence in it: a table, a program, a list."""
    lines = page.lines
    if not any(_SENTENCE.search(line.text) for line in lines):
        raise NotAStatement("no sentence in it: this is no statement", where=page.capture.source)
    headed = bool(page.meta.get("title")) and page.format in ("markdown", "docx")
    first_is_title = bool(lines) and not headed and _is_headline(lines)
    title = page.meta["title"] if headed else lines[0].text if lines else page.given_title
    body = lines[1:] if first_is_title else lines
    labels = [_label(line) for line in body]
    issuer, officials = _issuer(title, {name for name, _ in filter(None, labels)})
    issuer = page.meta.get("issuer") or issuer  # a front matter that names them is believed
    voices = _voices(body, labels, officials)
    marks = [Mark(line=lines[0], voice="furniture", name="title")] if first_is_title else []
    marks += _marks(body, labels, voices, officials)
    questions = any(mark.voice == "reporter" for mark in marks)
    day, source = _day(page, title, body)
    return Reading(
        title=title if len(title) < 300 else title[:120] + "…",
        date=day,
        date_from=source,
        kind=_kind(page.meta.get("kind", ""), title, questions),
        language=page.meta.get("language") or ("zh" if page.is_chinese else "en"),
        issuer=issuer,
        excerpt=bool(re.match(r"(?i)excerpts?\b|节选", title)),
        marks=marks,
    )


def _is_headline(lines: list[Line]) -> bool:
    first = lines[0].text
    ends_open = not re.search(r"[.。?？!！;；,，]$", first)
    return len(lines) > 1 and lines[1].fresh and len(first) < 250 and ends_open and _label(lines[0]) is None


def _label(line: Line) -> tuple[str, int] | None:
    """The label of a line and where the words after it start."""
    match = _LABEL.match(line.text)
    if match is None or (match.end() == len(line.text) and _furniture(line.text)):
        return None
    told = match[1].strip("*_ ")
    known = any(pattern.fullmatch(told) for pattern in _phrases().labels.values())
    return (told, match.end()) if known or names_somebody(_RANK.sub("", told)) else None


def _furniture(words: str) -> str | None:
    return next((name for name, pattern in _phrases().furniture.items() if pattern.fullmatch(words)), None)


def _issuer(title: str, labels: set[str]) -> tuple[str, frozenset[str]]:
    """The issuer whom headline and speakers point to, with the names of its officials; both must not disagree."""
    spoken = {label.casefold() for label in labels}
    by_headline, by_official = [], []
    for name, house in houses.usable().items():
        officials = frozenset(official.casefold() for official in house.officials())
        if house.headline(title):
            by_headline.append((name, officials))
        if spoken & officials:
            by_official.append((name, officials))
    for found in ([h for h in by_headline if h in by_official], by_headline, by_official):
        if len(found) == 1:
            return found[0]
    return _NOBODY, frozenset()


def _voices(lines: list[Line], labels: list[tuple[str, int] | None], officials: frozenset[str]) -> dict[str, str]:
    """Who each label is: known ones by name; the others ask if most of their turns end in a question."""
    phrases = _phrases()
    asks: dict[str, list[bool]] = defaultdict(list)
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is not None:
            last = line
            for follower, other in zip(lines[i + 1 :], labels[i + 1 :], strict=True):
                if other is not None:
                    break
                last = follower
            asks[label[0]].append(bool(_ASKS.search(last.text)))
    voices = {}
    for name, ends in asks.items():
        known = next((voice for voice, pattern in phrases.labels.items() if pattern.fullmatch(name)), None)
        if known is None and name.casefold() in officials:
            known = "podium"
        if known is None and outlet_ids()(name.strip("《》")) is not None:
            known = "reporter"
        voices[name] = known or ("reporter" if sum(ends) * 2 > len(ends) else "podium")
    return voices


def _marks(
    lines: list[Line], labels: list[tuple[str, int] | None], voices: dict[str, str], officials: frozenset[str]
) -> list[Mark]:
    generic = _phrases().labels
    marks: list[Mark] = []
    labelled = any(labels)
    begun = False
    for line, label in zip(lines, labels, strict=True):
        furniture = _furniture(line.text)
        if line.tag in ("header", "footer"):
            furniture = f"running-{line.tag}"
        if furniture is not None:
            marks.append(Mark(line=line, voice="furniture", name=furniture))
        elif label is None:
            voice = "more" if begun else "podium"
            marks.append(Mark(line=line, voice=voice, speaker=None, apart=not begun))  # type: ignore[arg-type]
            begun = True
        else:
            begun = True
            name, start = label
            voice = voices[name]
            anonymous = any(pattern.fullmatch(name) for key, pattern in generic.items() if key != "moderator")
            if voice == "reporter":
                outlet = None if anonymous else re.sub(r"\s*记者$", "", name.strip("《》")).strip("《》")
                marks.append(Mark(line=line, voice="reporter", start=start, outlet=outlet, apart=True))
            elif voice == "moderator":
                marks.append(
                    Mark(line=line, voice="podium", start=start, speaker=name, role="moderator", kind="statement")
                )
            else:
                speaker = None if anonymous else _RANK.sub("", name)
                role = "spokesperson" if name.casefold() in officials else None
                marks.append(Mark(line=line, voice="podium", start=start, speaker=speaker, role=role))  # type: ignore[arg-type]
    return marks if labelled or marks else []


def _day(page: Page, title: str, body: list[Line]) -> tuple[str | None, DateSource | None]:
    for day in find_days(title):
        if day.iso:
            return day.iso, "title"
    for key in ("date", "day", "published"):  # "created" is the day of a file, not of an event
        found = find_days(page.meta.get(key, ""))
        if found and found[0].iso:
            return found[0].iso, "front-matter"
    for line in body[:6]:
        for day in find_days(line.text) if len(line.text) < 120 else []:
            if day.iso:
                return day.iso, "text"
    return None, None


def _kind(named: str, title: str, questions: bool) -> DocumentKind:
    kinds = get_args(DocumentKind)
    if named.replace("_", "-") in kinds:
        return kinds[kinds.index(named.replace("_", "-"))]  # type: ignore[no-any-return]
    for kind, pattern in _phrases().kinds.items():
        if pattern.search(title):
            return kind
    return "press-conference" if questions else "other"
