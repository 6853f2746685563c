"""Reads a transcript whose labels are headings: who each of them is, one turn for a label repeated above every paragraph."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases, setting_of
from onrecord.houses.tw_transcripts.exchange import name_chinese_askers, settle_chinese
from onrecord.houses.tw_transcripts.voices import Who, is_principal, settle_sides
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.composing import Reading
from onrecord.reading.exchange import settle, state_all
from onrecord.reading.label_words import voice_of
from onrecord.reading.lines import Line
from onrecord.reading.openings import opening_mark
from onrecord.reading.page import Page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Segment, Style, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DocumentKind, fold

phrases = Phrases(__file__, re.I)
_LABEL_TAG = "h3"
_COLON = ":： "
_INSIDE = re.compile(r"([^：:「『\s]{2,20})[：:]\s*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SURE, _LIKELY = 0.95, 0.85
_OF_OUTLET = re.compile(
    r"\b[Ii]nterviews? (?:with|by) (?:the )?(?P<outlet>.+)$|^(?P<before>.+?) [Ii]nterview(?: part \d)?$"
)
_BY_OUTLET = re.compile(r"^(?P<outlet>.+?)\s?(?:駐.{1,4}記者|於.{1,4}|紐約|首爾|倫敦)?(?:專訪|採訪|訪問|來訪)")


def claims_ministry(page: Page) -> float:
    """How surely a page is a transcript of the ministry's: by a dated title, and labels as headings with the minister's."""
    names = _labels(page)
    named = bool(names) and phrases.pattern("titles.ministry").search(page.lines[0].text) is not None
    return _LIKELY if named or any(map(is_principal, names)) else 0.0


def claims_cabinet(page: Page) -> float:
    """How surely a page is a press conference of the cabinet's: by its dated title and labels as headings."""
    if not _labels(page):
        return 0.0
    return _SURE if phrases.pattern("titles.cabinet").search(page.lines[0].text) else 0.0


def _labels(page: Page) -> list[str]:
    """The labels that are headings, if the page is in the style of the archive."""
    if page.format != "markdown" or not page.lines or page.lines[0].tag != "h1":
        return []
    if phrases.pattern("titles.dated").match(page.lines[0].text) is None:
        return []
    return [line.text.rstrip(_COLON) for line in page.lines if line.tag == _LABEL_TAG and line.text[-1:] in ":："]


def read(page: Page, issuer: str) -> Reading:
    """Read a transcript of the issuer of that id. Raises NotAStatement where nothing is under the title."""
    if not page.lines:
        raise NotAStatement("no line in it", where=page.capture.source)
    title_line, lines = page.lines[0], page.lines[1:]
    if not any(line.tag in ("p", "li") for line in lines):
        raise NotAStatement("a headline and nothing under it", where=page.capture.source)
    title = fold(title_line.text)
    dated = phrases.pattern("titles.dated").match(title)
    name = title[dated.end("day") :].strip() if dated else title
    meeting = phrases.pattern("titles.meeting").search(name) is not None
    kind: DocumentKind | None = "other" if meeting else phrases.kind(name)
    labels = _find_labels(lines, name, kind, chinese=_is_chinese(lines))
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    marks, segments = _transcript(lines, labels)
    language = detect_language(marks, title)
    language = "zh-Hant" if language.startswith("zh") else language
    if not meeting:
        _settle(segments, name, kind, chinese=language.startswith("zh"))
    else:
        state_all(segments)
    return Reading(
        title=title,
        date=dated["day"].replace("‑", "-") if dated else None,
        date_from="title" if dated else None,
        kind=kind or ("interview" if asked else "other"),
        language=language,
        issuer=issuer,
        address=page.address,
        marks=[Mark(line=title_line, voice="furniture", name="title"), *marks],
    )


def _is_chinese(lines: list[Line]) -> bool:
    """Whether Chinese is spoken: by the share of Han characters in the paragraphs."""
    spoken = "".join(line.text for line in lines if line.tag == "p")[:8000]
    return len(_HAN.findall(spoken)) > len(spoken) * 0.3


def _find_labels(lines: list[Line], title: str, kind: DocumentKind | None, *, chinese: bool) -> list[Label | None]:
    """For each line its label: a heading of the third order, where it does not only repeat the one before."""
    heads = [i for i, line in enumerate(lines) if line.tag == _LABEL_TAG]
    names = [lines[i].text.rstrip(_COLON).strip() for i in heads]
    said = [
        " ".join(line.text for line in lines[i + 1 : j] if line.tag != "blockquote")
        for i, j in zip(heads, [*heads, len(lines)][1:], strict=True)
    ]
    who = settle_sides(names, said, title, asked_by_all=kind != "press-conference" or not chinese)
    repeats = _repeats(names, who)
    labels: list[Label | None] = [None] * len(lines)
    before: str | None = None
    for i, name in zip(heads, names, strict=True):
        own = _read_out(lines[i + 1]) if i + 1 < len(lines) else None
        if own is not None:  # the heading names who reads it out
            labels[i + 1], before = own, None
            continue
        if name != before or not (repeats or who[name].speaker is not None):
            labels[i] = _label(lines[i], name, who[name])
        before = name
    return labels


def _read_out(line: Line) -> Label | None:
    """The label of a question that somebody reads out: 提問者：… in a paragraph under a name."""
    told = _INSIDE.match(line.text) if line.tag == "p" else None
    if told is None or voice_of(told[1]) != "reporter":
        return None
    return Label("reporter", told.end(), told[1], role="reporter", anonymous=True)


def _repeats(names: list[str], who: dict[str, Who]) -> bool:
    """Whether labels are repeated above every paragraph, as until 2020: those of persons follow on themselves."""
    return any(a == b and who[a].speaker is not None for a, b in pairwise(names))


def _label(line: Line, printed: str, who: Who) -> Label:
    anonymous = who.speaker is None
    return Label(who.voice or "podium", len(line.text), printed, 0, who.speaker, who.outlet, who.role, anonymous)


#: Stage directions are in quotations; brackets under a label are what was said: "### Ada Example:", "[laughs]".
_NOTHING = re.compile(r"(?!)")


def _transcript(lines: list[Line], labels: list[Label | None]) -> tuple[list[Mark], list[Segment]]:
    transcript = read_transcript(lines, labels, Style(furniture=_furniture, opening=_opening, stage=_NOTHING))
    for segment in transcript.segments:
        for mark in [mark for mark in segment.marks[1:] if _is_stage(mark.line)]:
            mark.voice = "note"
            segment.marks.remove(mark)
    return transcript.marks, transcript.segments


def _is_stage(line: Line) -> bool:
    return line.tag == "blockquote" and phrases.pattern("stage.patterns").fullmatch(line.text) is not None


def _furniture(line: Line) -> str | None:
    if line.tag == _LABEL_TAG:
        return "repeated-label"
    name = setting_of(line) or phrases.furniture(line.text)
    if name is None and phrases.pattern("editing.block").fullmatch(line.text):
        return "editing-note"
    return "caption" if name is None and _is_slide(line) else name


def _is_slide(line: Line) -> bool:
    """Whether quoted words in brackets are the title of a slide: Chinese, and no stage direction."""
    chinese = re.search(r"[\u4e00-\u9fff]", line.text) is not None
    return chinese and _is_stage(line) and phrases.pattern("stage.chinese").search(line.text) is None


def _opening(line: Line) -> Mark:
    """A line above the first label: a reference, a note; a sentence there is not understood."""
    return opening_mark(line, _furniture(line), note=_is_stage(line))


def _settle(segments: list[Segment], title: str, kind: DocumentKind | None, *, chinese: bool) -> None:
    """Set kinds, and the names and outlets that the page gives, in place."""
    if chinese:
        settle_chinese(segments)
        name_chinese_askers(segments)
    else:
        settle(segments)
    outlet = _outlet_in(title, {segment.speaker for segment in segments if segment.speaker})
    if outlet is not None and kind != "press-conference":
        for segment in segments:
            if segment.voice == "reporter" and segment.marks[0].outlet is None:
                segment.marks[0].outlet = outlet


def _outlet_in(title: str, persons: set[str]) -> str | None:
    """The outlet that an interview's title names, perhaps before one of ``persons``: "Interview with NPR", 中央社採訪."""
    for pattern in (_OF_OUTLET, _BY_OUTLET):
        told = pattern.search(title)
        if told is not None:
            words = next(word for word in told.groups() if word)
            for person in persons:  # 飛碟電台林清盛訪問
                words = words.replace(person, "")
            if outlet_ids()(words.strip()) is not None:
                return words.strip("《》「」 ")
    return None
