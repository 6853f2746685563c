"""Reads a pasted transcript: headline, labels, and what the labels' own paragraphs say of who asks and who answers."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable
from itertools import islice, pairwise
from typing import get_args

from onrecord import houses
from onrecord.errors import NotAStatement
from onrecord.houses.phrases import EDGES, Phrases
from onrecord.houses.plain.around import (
    HEADING,
    KIND_LINE,
    PLACE,
    SENTENCE_END,
    STOP,
    around_words,
    chat_notices,
    furniture_of,
    inside,
    is_head,
    of_assembly,
)
from onrecord.houses.plain.days import day_beside, day_of
from onrecord.houses.plain.labelling import labels_of
from onrecord.languages.detection import UNDETERMINED, detect
from onrecord.reading.callers import is_given_name
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days
from onrecord.reading.error_pages import refuse_error_pages, refuse_no_words
from onrecord.reading.exchange import settle
from onrecord.reading.file_kind import refuse_unread_formats
from onrecord.reading.full_names import person_in
from onrecord.reading.inline_answers import inline_answers, without_signs
from onrecord.reading.inline_labels import divided_at_labels
from onrecord.reading.label_forms import head_of
from onrecord.reading.lines import Line
from onrecord.reading.main_content import Content, main_content
from onrecord.reading.page import Page
from onrecord.reading.page_ends import (
    UNFINISHED,
    introduces,
    surnames,
)
from onrecord.reading.page_labels import find_page_labels
from onrecord.reading.running_heads import running_heads
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Style, labels_at_their_words, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DocumentKind

#: A word before white space; the end of a sentence at the end of a word; speech after a colon; eight characters of Chinese
#: or Japanese and a full stop. No pattern starts again inside what it has passed, so that long lines take no longer than short.
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++[,;:’']?(?=\s)")
_ENDED = re.compile(r"\S[.?!؟।۔።][\"”’)\]]?\Z")
_BEHIND_COLON = re.compile(r"[:：]\s++\S")
#: Of Thai, Lao, Burmese and Khmer, which have no full stops, so many characters are a sentence.
_WITHOUT_STOPS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{16}")
_HAN_SENTENCE = re.compile(r"(?<![\u3040-\u30ff\u3400-\u9fff，、])[\u3040-\u30ff\u3400-\u9fff，、]{8,}+[。？！]")
_HAN, _HAN_ENOUGH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"), 12
#: In Korean: a few syllables, the last the ending of a verb, and the end of the sentence.
_HANGUL_SENTENCE = re.compile(r"(?<![\uac00-\ud7af ])[\uac00-\ud7af ]{6,}+(?<=[다까요죠])[.?!]")
_NOBODY = "unknown"
#: A row of signs that divides two statements.
_DIVIDER = re.compile(r"[=*#_~-]{10,}")
_TITLE_LENGTH = 300
_BETWEEN_COMMAS = re.compile(r", ([A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){1,2})(?=,|$| at | on | in )")
#: A newspaper heads an interview with the name and a quotation.
_QUOTED_TITLE = re.compile(r"[^:：]{3,60}[:：] ?[“\"«„「『].{5,}[”\"»“」』]\W*$")
#: Lines that tell their language are longer; a second language has at least this share of them.
_TELLS, _SECOND = 24, 0.3
#: Lines whose language is looked at.
_LOOKED_AT = 40
phrases = Phrases(__file__, re.I)


class TwoLanguages(UserWarning):
    """The words of a page are in two languages by turns, as of a translation beside them."""


def claims(page: Page) -> float:
    """Any text is a plain text, if nothing better; a saved web page is not: its furniture would pass for speech.

    HTML that is in a field of a file is no page: it has no furniture.
    """
    return 0.0 if page.format == "html" and not page.enclosed else 0.1


def read(page: Page) -> Reading:
    """Read the text. Raises NotAStatement where there is no sentence in it: a table, a program, a list."""
    refuse_unread_formats(page.text, where=page.capture.source)
    if page.format == "html":
        refuse_error_pages(page.given_title, page.lines, page.text, where=page.capture.source)
    _refuse_several(page)
    refuse_no_words(page.lines, where=page.capture.source)
    content = _content(page)
    transcribed = page.said or (page.wrapping == "subtitles")  # often without full stops
    if not (page.lines if transcribed else any(_has_sentence(line.text) for line in content.article)):
        raise NotAStatement("no sentence in it: this is no statement", where=page.capture.source)
    lines, quoted = (content.article, set()) if page.said else without_signs(divided_at_labels(content.article))
    told = page.given_title if page.parts or page.format in ("markdown", "docx", "odt") else ""
    told = "" if phrases.pattern("titles.of-programs").fullmatch(told) else told
    told = told or (content.title.text if content.title is not None else "")
    inner = [line for line in lines if line.tag not in EDGES and furniture_of(line) != "notice"]
    first_is_title = bool(inner) and (_says(inner[0].text, told) if told else not page.said and _is_headline(inner))
    title = told or (inner[0].text if inner else page.given_title)
    body = [line for line in lines if line is not inner[0]] if first_is_title else lines
    issuer, officials = _issuer(title, body, houses.at_home(page))
    labels = inline_answers(body, labels_of(body, officials, page, title), quoted)
    if not any(labels) and not page.said and phrases.kind(title) == "speech":
        orator = person_in(title) or _named_behind_office(title)
    else:
        orator = None
    titles = [content.title] if content.title is not None else inner[:1] if first_is_title else []
    marks = [Mark(line=line, voice="furniture", name="title") for line in titles]
    marks += [Mark(line=line, voice="furniture", name="head") for line in content.head]
    marks += _marks(body, labels, title, answered_inline=bool(quoted))
    spoken = next((mark for mark in marks if mark.voice == "podium"), None)
    if orator is not None and spoken is not None:
        spoken.speaker = orator
    _tell_two_languages(marks, page.capture.source)
    questions = any(mark.voice == "reporter" for mark in marks)
    first = next((i for i, label in enumerate(labels) if label is not None), 0) + len(content.head)
    labelled = {
        id(line) for line, label in zip(body, labels, strict=True) if label is not None and label.end < len(line.text)
    }
    day, source = day_of(page, title, [*content.head, *body], first, labelled)
    if day is None and page.format == "html":
        day, source = day_beside(page, content)
    return Reading(
        title=title if len(title) < _TITLE_LENGTH else title[:120] + "…",
        date=day,
        date_from=source,
        kind=_kind(page.meta.get("kind", "") or page.parts.get("kind", ""), title, questions, content, marks),
        language=page.meta.get("language") or detect_language(marks, title),
        issuer=page.meta.get("issuer") or issuer,  # a front matter that names them is believed
        address=_address_of_pair(page),
        excerpt=bool(re.match(r"(?i)excerpts?\b|节选", title)),
        marks=marks,
        outside=content.outside,
    )


def _named_behind_office(title: str) -> str | None:
    """The one name with a known first name that a headline puts between commas: "by the Minister of Ports, Dana Holm, at …"."""
    found = {match[1] for match in _BETWEEN_COMMAS.finditer(title) if is_given_name(match[1].split()[0])}
    return found.pop() if len(found) == 1 else None


def _tell_two_languages(marks: list[Mark], where: str) -> None:
    """Warn where the words are in two languages by turns: each would be counted, and asked, twice."""
    long = (
        mark.line.text[mark.start : mark.end]
        for mark in marks
        if mark.voice in ("podium", "reporter", "more") and len(mark.line.text) > _TELLS
    )
    spoken = [detect(words) for words in islice(long, _LOOKED_AT)]
    counts = Counter(code for code in spoken if code != UNDETERMINED)
    if len(counts) < 2 or counts.most_common(2)[1][1] < max(2, sum(counts.values()) * _SECOND):
        return
    codes = sorted(code for code, _ in counts.most_common(2))
    warnings.warn(
        f"{where}: the words are in two languages ({codes[0]}, {codes[1]}): both are kept", TwoLanguages, stacklevel=2
    )


def _refuse_several(page: Page) -> None:
    """Raise NotAStatement for a text of several statements: rows of signs divide them, and under each stands another day."""
    headed = {days[0].iso for line in page.lines if line.tag == "h1" and (days := find_days(line.text)) and days[0].iso}
    headed |= {days[0].iso for line in page.lines[:1] if (days := find_days(line.text)) and days[0].iso}
    for line, following in pairwise(page.lines):
        if _DIVIDER.fullmatch(line.text) and len(following.text) <= PLACE and not SENTENCE_END.search(following.text):
            headed |= {day.iso for day in find_days(following.text) if day.iso}
    title = page.lines[0].text.casefold() if page.lines else ""
    for line, following in pairwise(page.lines):
        if line.text.casefold() == title and len(following.text) <= PLACE and is_head(following):
            headed |= {day.iso for day in find_days(following.text)[:1] if day.iso}  # others are of publishing
    if len(headed) > 1:
        what = f"several statements in one text ({len(headed)}, of different days)"
        raise NotAStatement(what, where=page.capture.source, hint="Divide it and read each by itself")


def _is_pair(page: Page) -> bool:
    """Whether the page is a question and its answer in fields of their own."""
    return any(one.side for one in page.said)


def _address_of_pair(page: Page) -> str | None:
    """An address of its own for a pair: that of the page it was taken from is the address of many."""
    if not _is_pair(page) or page.address is None:
        return None
    place = page.fields.get("id") or page.capture.source.partition("#")[2] or page.capture.sha256[:8]
    return f"{page.address}#{place}"


def _content(page: Page) -> Content:
    """The lines of the statement, of a web page without what is around its article."""
    if page.format != "html":
        return Content(title=None, head=[], article=page.lines, outside=[])
    return main_content(
        page.lines,
        page.text,
        page.given_title,
        lambda lines: [label is not None and not label.doubt for label in find_page_labels(lines)],
    )


def _has_sentence(text: str) -> bool:
    """Whether somebody says something in a line: four words or more and the end of a sentence, or speech after a colon."""
    colon = _BEHIND_COLON.search(text)
    if colon is not None and STOP.search(text, colon.end()):
        return True
    word = _WORD.search(text)
    if word is not None and any(_ENDED.search(token) for token in text[word.end() :].split()[2:]):
        return True
    if len(_HAN.findall(text)) >= _HAN_ENOUGH and text[-1:] in "。！？" and "：" in text:  # a speech in short parts
        return True
    if _HANGUL_SENTENCE.search(text) is not None:
        return True
    return _HAN_SENTENCE.search(text) is not None or _WITHOUT_STOPS.search(text) is not None


def _says(line: str, title: str) -> bool:
    """Whether a line repeats the title that stands apart from the words."""
    return line.casefold().split() == title.casefold().split()


def _is_headline(lines: list[Line]) -> bool:
    first = lines[0].text
    ends_open = not re.search(r"[.。?？!！;；,，]$", first) or (
        re.search(r"\d{4} ?[^\W\d_]{1,2}\.$", first) is not None and bool(find_days(first))  # "12 maja 2025 r."
    )
    labelled = find_page_labels(lines[:1])[0] is not None
    return len(lines) > 1 and (lines[1].fresh or is_head(lines[1])) and len(first) < 250 and ends_open and not labelled


def _opening(
    furniture: Callable[[Line], str | None], is_note: Callable[[Line], bool], *, speech: bool = True
) -> Callable[[Line], Mark]:
    """Marks a line above the first label: a place, day or heading, an introduction, or speech of somebody whom no label names.

    Without ``speech``, as above the record of an assembly, nothing there is spoken.
    """
    begun = False

    def mark(line: Line) -> Mark:
        nonlocal begun
        name = furniture(line)
        if (
            name is None
            and not begun
            and len(line.text) <= PLACE
            and (is_head(line) or not SENTENCE_END.search(line.text))
        ):
            name = "place"
        if name is not None or not speech:
            return Mark(line=line, voice="furniture", name=name or "head")
        if not begun and is_note(line):
            return Mark(line=line, voice="note")
        first, begun = not begun, True
        return Mark(line=line, voice="podium" if first else "more", apart=first)

    return mark


def _issuer(title: str, lines: list[Line], home: str | None) -> tuple[str, frozenset[str]]:
    """The issuer on whose site the text is, or whom headline and speakers point to, with the names of its officials.

    Headline and speakers must not disagree.
    """
    if home is not None:
        return home, frozenset(official.casefold() for official in houses.find(home).officials())
    heads = (head_of(line) for line in lines)
    spoken = {head.key for head in heads if head is not None}
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


def _marks(lines: list[Line], labels: list[Label | None], title: str, *, answered_inline: bool) -> list[Mark]:
    """The marks of the lines, in order, their turns settled."""
    with_label = {id(line) for line, label in zip(lines, labels, strict=True) if label is not None}
    around = (
        around_words(lines, labels, answered_inline=answered_inline)
        | running_heads(lines, with_label)
        | inside(lines, labels, title)
        | chat_notices(lines, labels)
    )
    labels = [
        label if label is not None and id(line) not in around and phrases.furniture(line.text) is None else None
        for line, label in zip(lines, labels, strict=True)
    ]
    stage = phrases.pattern("stage.patterns")
    labels, bare = labels_at_their_words(lines, labels, lambda line: stage.fullmatch(line.text) is not None)
    around |= dict.fromkeys(bare, "label")
    labelled = {
        id(line) for line, label in zip(lines, labels, strict=True) if label is not None
    }  # also set as headings
    style = Style(
        furniture=lambda line: around.get(id(line)) or (None if id(line) in labelled else furniture_of(line)),
        stage=stage if any(labels) else re.compile(r"(?!)"),
    )
    if any(labels):
        names = surnames(labels)
        announces, person = phrases.pattern("introduction.announces"), phrases.pattern("introduction.person")
        style.opening = _opening(
            style.furniture,
            lambda line: introduces(line, names, announces, person),
            speech=not of_assembly(lines, labels, title),
        )
    else:
        style.topics = re.compile(rf".{{0,200}}?(?:{phrases.pattern('introduction.announces').pattern})", re.I)
    transcript = read_transcript(lines, labels, style)
    for mark in transcript.marks:
        if mark.name in (UNFINISHED, HEADING):
            mark.voice = "unread"
    if any(labels):
        settle(transcript.segments)
    return transcript.marks


def _kind(named: str, title: str, questions: bool, content: Content, marks: list[Mark]) -> DocumentKind:
    """The kind: as a field says, or by the title, the lines above the words, and whether somebody asks."""
    kinds = get_args(DocumentKind)
    if named.replace("_", "-") in kinds:
        return kinds[kinds.index(named.replace("_", "-"))]  # type: ignore[no-any-return]
    begun = content.article[0].source[0] if content.article else 0
    above = [line for _, line in content.outside if line.source[0] < begun and line.linked < len(line.text)]
    head = [line.text for line in [*above, *content.head, *content.article[:3]] if len(line.text) <= PLACE]
    kind = phrases.kind(title)
    if questions and kind in (None, "statement"):
        outlets = [mark.outlet for mark in marks if mark.voice == "reporter"]
        askers = [mark.speaker for mark in marks if mark.voice == "reporter"]
        one = len(outlets) > 1 and None not in outlets and len(set(outlets)) == 1
        asked = [found for words in head if (found := phrases.kind(words)) in ("interview", "press-conference")]
        one = one or (len(askers) > 1 and None not in askers and len(set(askers)) == 1)
        one = one or _QUOTED_TITLE.match(title) is not None
        return "interview" if one and "press-conference" not in asked else asked[0] if asked else "press-conference"
    if kind is None:
        kind = next((found for words in head if len(words) <= KIND_LINE and (found := phrases.kind(words))), None)
    return kind or "other"
