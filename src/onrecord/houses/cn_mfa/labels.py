"""Who speaks in a paragraph, by its label: "CCTV:", "A:", "《环球时报》记者：" — and which colons are only speech."""

from __future__ import annotations

import re

from onrecord.houses.cn_mfa.phrases import house_tables
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.lines import Line
from onrecord.reading.naming import mixes_alphabets, names_person, names_somebody
from onrecord.reading.transcript import (
    Label,
    Style,
    Transcript,
    confirm_by_setting,
    questions_are_bold,
    read_transcript,
)

_COLON = re.compile(r"\s*([^:：]+?)\s*[:：]\s*")
#: No label is longer: the longest of the real pages, an outlet with its country, has 48 characters.
_LONGEST = 66


def read_label(words: str, podium: str | None) -> Label | None:
    """The label at the start of ``words``, or None. ``podium`` is the official whom the title names."""
    head = words[:_LONGEST]
    match = _COLON.match(head) if ":" in head or "：" in head else None
    if match is None:
        return None
    told, start = match[1], match.end()
    tables = house_tables()
    if tables.reporter.fullmatch(told):
        return _reporter(start, told)
    if tables.podium.fullmatch(told):
        return _podium(start, podium)
    if podium is not None and told.casefold() == podium.casefold():
        return _podium(start, podium)
    named = tables.named_podium.fullmatch(told)
    if named is not None:
        name = named["name"]
        return _podium(start, podium if podium and podium.casefold() == name.casefold() else name)
    reporter = tables.outlet.fullmatch(told)
    if reporter is not None:
        return _reporter(start, told, bare(reporter["outlet"]))
    outlet = bare(told)
    if outlet_ids()(outlet) is not None:
        return _reporter(start, told, outlet)
    if mixes_alphabets(outlet):  # "Rеuters" with a Cyrillic е is no outlet of its own
        return Label(
            "reporter", start, told, role="reporter", anonymous=True, doubt=f"doubtful label: {outlet} mixes alphabets"
        )
    if names_somebody(outlet):
        return _reporter(start, told, outlet, sure=False)
    return None


def bare(outlet: str) -> str:
    """An outlet as printed, without quotation brackets."""
    return outlet.replace("《", "").replace("》", "").strip()


def _reporter(end: int, printed: str, outlet: str | None = None, *, sure: bool = True) -> Label:
    return Label("reporter", end, printed, outlet=outlet, role="reporter", anonymous=True, sure=sure)


def _podium(end: int, speaker: str | None) -> Label:
    return Label("podium", end, speaker=speaker, role="spokesperson")


_BRACKETS = tuple("（([【")
_BRACKETED = re.compile(r"[（(\[【][^（(\[【]*[）)\]】]$")
_INLINE_EN = re.compile(r"(?<=[.?!\"”)])\s*\b([AQ])\s?[:：]\s*")
_INLINE_ZH = re.compile(r"(?<=[。？！”）])\s*(答|问)[:：]\s*")
#: A reporter's word thrown in, in a paragraph in brackets.
_INTERJECTED = re.compile(r"[（(]\s*(?:记者|[Jj]ournalist|[Rr]eporter)s?\s*[:：]")
_INTERJECTS = frozenset(("记者", "Journalist", "Reporter"))
#: "耿爽表示，…": an answer in reported speech, as after-conference questions of 2016 to 2018 have it.
_REPORTED = re.compile(r"([\u4e00-\u9fff]{2,4})表示，")


def read_article(lines: list[Line], official: str | None) -> Transcript:
    """The transcript that the lines of an article make. ``official`` is whom the title names."""
    tables = house_tables()
    named = {id(line): _furniture(line) for line in lines}

    def furniture(line: Line) -> str | None:
        return named[id(line)]

    labels = [None if furniture(line) is not None else _label(line, official) for line in lines]
    bold = questions_are_bold(lines, labels)
    # where questions are under 问 or Q, a remark under 记者 is thrown in, and the plain paragraph after it is the podium's
    marked = any(label is not None and label.printed.strip() in ("问", "Q") for label in labels)
    style = Style(
        furniture=furniture,
        podium=official,
        podium_role="spokesperson",
        officials=tables.names,
        notes=tables.notes,
        asks=tables.tells_question,
        topics=tables.topics,
        closing=tables.closing,
        inline=(_INLINE_ZH, _INLINE_EN),
        inline_asks=frozenset(("Q", "问")),
        interjected=_INTERJECTED,
        interjects=_INTERJECTS if marked else frozenset(),
        reported=_REPORTED,
        bold_questions=bold,
    )
    return read_transcript(lines, confirm_by_setting(lines, labels, bold, opens=_introduced), style)


def _furniture(line: Line) -> str | None:
    named = house_tables().furniture.match(line.text)
    return (named.lastgroup or "").replace("_", "-") if named else None


def _label(line: Line, official: str | None) -> Label | None:
    """The label of a line; words that announce a question put after the conference are one."""
    words = line.text
    if words[:1] in _BRACKETS and _BRACKETED.match(words):
        return None
    announces = house_tables().announces.match(words)
    if announces is not None and announces.end() < len(words):
        outlet = announces["after_outlet"]
        named = bare(outlet) if outlet else None
        return Label("reporter", announces.end(), outlet=named, role="reporter", anonymous=True, afterwards=True)
    return None if house_tables().notes.match(words) else read_label(words, official)


def _introduced(label: Label) -> Label | None:
    """A person's name in front of a paragraph before the first question is an official's who hands over the podium."""
    name = label.outlet or ""
    return _podium(label.end, name) if names_person(name) else None
