"""Reads a pasted transcript: headline, labels, and what the labels' own paragraphs say of who asks and who answers."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable
from itertools import islice, pairwise, takewhile
from typing import get_args

from onrecord import houses
from onrecord.errors import NotAStatement
from onrecord.houses.phrases import EDGES, Phrases, setting_of
from onrecord.houses.plain.days import day_beside, day_of
from onrecord.languages.detection import UNDETERMINED, detect
from onrecord.reading.callers import is_given_name
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days, weekday_in
from onrecord.reading.dialogue import asking_hosts, set_question_labels, sides_untold, unlabelled_answers
from onrecord.reading.error_pages import refuse_error_pages, refuse_no_words
from onrecord.reading.exchange import settle
from onrecord.reading.file_kind import refuse_unread_formats
from onrecord.reading.full_names import person_in, with_full_names
from onrecord.reading.inline_answers import inline_answers, without_signs
from onrecord.reading.inline_labels import divided_at_labels
from onrecord.reading.label_forms import head_of, in_capitals
from onrecord.reading.label_words import is_assembly, is_narrated, is_page_foot, is_page_head, is_title, voice_of
from onrecord.reading.lines import Line
from onrecord.reading.main_content import Content, main_content
from onrecord.reading.page import Page
from onrecord.reading.page_ends import (
    UNFINISHED,
    introduces,
    is_unfinished,
    names_foot,
    only_reaches,
    surnames,
    unfinished_lines,
)
from onrecord.reading.page_labels import find_page_labels, interviewed, labels_of_names
from onrecord.reading.running_heads import running_heads
from onrecord.reading.said import said_of
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Style, labels_at_their_words, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DocumentKind

#: A word before white space; the end of a sentence at the end of a word; speech after a colon; eight characters of Chinese
#: or Japanese and a full stop. No pattern starts again inside what it has passed, so that long lines take no longer than short.
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++[,;:’']?(?=\s)")
_ENDED = re.compile(r"\S[.?!؟।۔።][\"”’)\]]?\Z")
_BEHIND_COLON = re.compile(r"[:：]\s++\S")
_STOP = re.compile(r"[.?!。？！؟।۔።]")
#: Of Thai, Lao, Burmese and Khmer, which have no full stops, so many characters are a sentence.
_WITHOUT_STOPS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{16}")
_HAN_SENTENCE = re.compile(r"(?<![\u3040-\u30ff\u3400-\u9fff，、])[\u3040-\u30ff\u3400-\u9fff，、]{8,}+[。？！]")
_HAN, _HAN_ENOUGH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"), 12
#: In Korean: a few syllables before the ending of a verb and the end of the sentence.
_HANGUL_SENTENCE = re.compile(r"[\uac00-\ud7af] [\uac00-\ud7af ]*[다까요죠][.?!]")
_NOBODY = "unknown"
#: A row of signs that divides two statements.
_DIVIDER = re.compile(r"[=*#_~-]{10,}")
#: Places, days and headings above a transcript are shorter, and end in no full stop.
_PLACE = 160
_SENTENCE_END = re.compile(r"[.?!…。？！؟:：][”\"’)\]]*$")
_TITLE_LENGTH = 300
#: Beside a day a line of the head has few words; a line below the words is short.
_DAY_WORDS, _FOOT = 4, 250
#: A line between two turns that may be a heading has few words; the reason that is given for it.
_HEADING_WORDS = 9
_HEADING = "perhaps a heading: a line between two turns that is no sentence"
#: A line that names the kind of a page and nothing else.
_KIND_LINE = 30
_ITALIC_OPENS = re.compile(r"<(?:em|i)(?:\s[^<>]*)?>\s*(?:<(?:span|strong|b)(?:\s[^<>]*)?>\s*)?$", re.I)
_ITALIC_ENDS = re.compile(r"\s*(?:</(?:span|strong|b)>\s*)?</(?:em|i)>", re.I)
_BETWEEN_COMMAS = re.compile(r", ([A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){1,2})(?=,|$| at | on | in )")
_FEW_QUOTED, _FEW_ADDRESSES = 2, 3
#: The day and hour before a line of an exported chat, and how many lines show one.
_STAMPED = re.compile(r"\[?\d{1,4}[-./]\d{1,2}[-./]\d{1,4},? \d{1,2}:\d{2}")
_CHAT_LINES = 2
_ADDRESS = re.compile(
    r"(?i)(?:dear|excellenc|your|mr\.?|mrs\.?|ms\.?|madam|sir|ladies|honou?rable|monsieur|madame|mesdames|señor|señora|senhor|herr|frau|sehr|уважаем|各位|同志)"
)
_COURTEOUS = re.compile(
    r"(?i)and|general|mr\.?|mrs\.?|ms\.?|madam|sirs?|ladies|gentlemen|your|excellenc(?:y|ies)|honou?rable|delegates|members|colleagues|friends|chair|secretary"
)
_OPENING_QUOTES = '"“„«»「『'
#: "15 maja 2025 r.", "13 мая 2025 г."
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|uhr|h)?", re.I)
_WEEKDAY_WORDS = 3
#: A day of the lunar Hijri calendar beside another: "14 ذو القعدة 1446هـ الموافق".
_LUNAR = re.compile(
    r"(?:\d{1,2}\s+[^\d،,]{3,25}\s+1[34]\d\d(?:\s?هـ?|\s?A?\.?H\b\.?)|\d{1,2}[/-]\d{1,2}[/-]1[34]\d\d\s?(?:هـ?|A?\.?H\b\.?)?)"
    r"(?:\s+(?:الموافق لـ?|الموافق|corresponding to))?|(?<=\d)\s?م\b|(?<=\s)م\b"
)
_ABBREVIATED = re.compile(r"\b[^\W\d_]{1,2}\.")
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
    inner = [line for line in lines if line.tag not in EDGES and _furniture(line) != "notice"]
    first_is_title = bool(inner) and (_says(inner[0].text, told) if told else not page.said and _is_headline(inner))
    title = told or (inner[0].text if inner else page.given_title)
    body = [line for line in lines if line is not inner[0]] if first_is_title else lines
    issuer, officials = _issuer(title, body, houses.at_home(page))
    labels = inline_answers(body, _labels(body, officials, page, title), quoted)
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
        if _DIVIDER.fullmatch(line.text) and len(following.text) <= _PLACE and not _SENTENCE_END.search(following.text):
            headed |= {day.iso for day in find_days(following.text) if day.iso}
    title = page.lines[0].text.casefold() if page.lines else ""
    for line, following in pairwise(page.lines):
        if line.text.casefold() == title and len(following.text) <= _PLACE and _is_head(following):
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
    if colon is not None and _STOP.search(text, colon.end()):
        return True
    word = _WORD.search(text)
    if word is not None and any(_ENDED.search(token) for token in text[word.end() :].split()[2:]):
        return True
    if len(_HAN.findall(text)) >= _HAN_ENOUGH and text[-1:] in "。！？" and "：" in text:  # a speech in short parts
        return True
    if _HANGUL_SENTENCE.search(text) is not None:
        return True
    return _HAN_SENTENCE.search(text) is not None or _WITHOUT_STOPS.search(text) is not None


def _labels(lines: list[Line], officials: frozenset[str], page: Page, title: str) -> list[Label | None]:
    """The labels of the lines: as the file says who speaks, or else as the words are labelled."""
    labels = _without_quoted(lines, find_page_labels(lines, officials, title))
    labels = _without_addresses(lines, labels, phrases.kind(title))
    if not page.said:
        labels = set_question_labels(lines, labels, lambda line: page.format == "html" and _is_italic(line, page.text))
        labels = unlabelled_answers(lines, labels)
    if not page.said and not is_assembly(title):
        labels = asking_hosts(lines, labels)
    if not page.said and not any(labels) and phrases.kind(title) == "interview":
        labels = sides_untold(lines, labels)
    labels = with_full_names(_introduced(lines, labels), lines, title)
    if not page.said or (len(page.said) == 1 and any(label is not None and not label.doubt for label in labels)):
        return labels  # the words of a row may be a transcript: who is named beside them is then not all of its voices
    return interviewed(lines, labels_of_names(lines, said_of(lines, page.said)), page.given_title)


def _without_quoted(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels; none where all of them, which are few, introduce words in quotation marks: somebody is quoted."""
    held = [
        (line, label)
        for line, label in zip(lines, labels, strict=True)
        if label is not None and not is_page_foot(label.printed)
    ]
    if not held or len(held) > _FEW_QUOTED:
        return labels
    quoted = all(
        line.text[label.end : label.end + 1] in _OPENING_QUOTES and label.end < len(line.text) for line, label in held
    )
    return [None] * len(labels) if quoted else labels


def _without_addresses(lines: list[Line], labels: list[Label | None], kind: str | None) -> list[Label | None]:
    """The labels; none where they are those to whom a speech or letter is addressed, or the points of a statement.

    An address is a line of its own, once: "Mr. Chairman:". A point is one word that names nobody: "Trade: …".
    """
    held = [(line, label) for line, label in zip(lines, labels, strict=True) if label is not None]
    few = len(held) == 1 or (kind == "speech" and 0 < len(held) <= _FEW_ADDRESSES)
    alone = few and held[0][1].end >= len(held[0][0].text)
    if alone and _ADDRESS.match(held[0][0].text) is not None:
        return [None] * len(labels)
    if kind in ("speech", "statement") and held and _is_vocative(held[0][1].printed):
        sides = Counter(label.printed for _, label in held if not _is_vocative(label.printed))
        asks_itself = kind == "speech" and max(sides.values(), default=0) == 1 and all(map(voice_of, sides))
        if not sides or asks_itself:  # "Question: who pays? Answer: we do." once
            return [None] * len(labels)
    points = kind in ("joint-statement", "statement", "readout", "speech") and all(
        " " not in label.printed and label.voice == "podium" and voice_of(label.printed) is None for _, label in held
    )
    several = len(held) > _FEW_ADDRESSES - 1 and kind != "speech"
    titled = any(in_capitals(label.printed) or (is_title(label.printed) and not several) for _, label in held)
    if held and points and not titled:
        return [None] * len(labels)
    return labels


def _is_vocative(printed: str) -> bool:
    """Whether a label is nothing but courtesies and offices, the first one a courtesy: "Mr. Chairman", "Ladies and gentlemen"."""
    words = printed.replace("-", " ").split()
    return _ADDRESS.match(printed) is not None and all(is_title(word) or _COURTEOUS.fullmatch(word) for word in words)


def _introduced(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels, or where there is none that of a quotation which the first line introduces: "The Minister, Jo Holm, today:"."""
    if any(labels) or len(lines) < 2 or lines[0].text[-1:] not in ":：" or lines[1].text[:1] not in _OPENING_QUOTES:
        return labels
    speaker = person_in(lines[0].text)
    return [labels[0], Label("podium", 0, speaker=speaker, anonymous=speaker is None), *labels[2:]]


def _is_italic(line: Line, source: str) -> bool:
    """Whether a line of a web page is wholly in italics."""
    start, end = line.source
    return (
        _ITALIC_OPENS.search(source[max(0, start - 80) : start]) is not None
        and _ITALIC_ENDS.match(source, end) is not None
    )


def _says(line: str, title: str) -> bool:
    """Whether a line repeats the title that stands apart from the words."""
    return line.casefold().split() == title.casefold().split()


def _is_headline(lines: list[Line]) -> bool:
    first = lines[0].text
    ends_open = not re.search(r"[.。?？!！;；,，]$", first) or (
        re.search(r"\d{4} ?[^\W\d_]{1,2}\.$", first) is not None and bool(find_days(first))  # "12 maja 2025 r."
    )
    labelled = find_page_labels(lines[:1])[0] is not None
    return len(lines) > 1 and (lines[1].fresh or _is_head(lines[1])) and len(first) < 250 and ends_open and not labelled


def _furniture(line: Line) -> str | None:
    return phrases.furniture(line.text) or setting_of(line)


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
            and len(line.text) <= _PLACE
            and (_is_head(line) or not _SENTENCE_END.search(line.text))
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
        _around(lines, labels, answered_inline=answered_inline)
        | running_heads(lines, with_label)
        | _inside(lines, labels, title)
        | _chat_notices(lines, labels)
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
        furniture=lambda line: around.get(id(line)) or (None if id(line) in labelled else _furniture(line)),
        stage=stage if any(labels) else re.compile(r"(?!)"),
    )
    if any(labels):
        names = surnames(labels)
        announces, person = phrases.pattern("introduction.announces"), phrases.pattern("introduction.person")
        style.opening = _opening(
            style.furniture,
            lambda line: introduces(line, names, announces, person),
            speech=not _of_assembly(lines, labels, title),
        )
    else:
        style.topics = re.compile(rf".{{0,200}}?(?:{phrases.pattern('introduction.announces').pattern})", re.I)
    transcript = read_transcript(lines, labels, style)
    for mark in transcript.marks:
        if mark.name in (UNFINISHED, _HEADING):
            mark.voice = "unread"
    if any(labels):
        settle(transcript.segments)
    return transcript.marks


def _around(lines: list[Line], labels: list[Label | None], *, answered_inline: bool) -> dict[int, str]:
    """What stands above the words and below them, by the identity of its line: "Date: …", a day, "Photo: …".

    ``answered_inline`` says that a quoted mail is answered between its lines, so that it is none of it.
    """
    first = next((i for i, label in enumerate(labels) if label is not None), None)
    above = lines[:first] if first is not None else list(takewhile(_is_above, lines))
    found = {id(line): "head" for line in above if (head := head_of(line)) is not None and _heads(head.printed, line)}
    if first is None:
        found |= {id(line): _furniture(line) or "head" for line in above}
    quoted = phrases.pattern("quoted.mail")
    first_quoted = next((i for i, line in enumerate(lines) if i and quoted.fullmatch(line.text)), len(lines))
    if answered_inline:
        found |= {id(line): "quoted-mail" for line in lines[first_quoted : first_quoted + 1]}
        first_quoted = len(lines)
    found |= {id(line): "quoted-mail" for line in lines[first_quoted:]}
    unfinished = unfinished_lines(lines[:first_quoted], labels[:first_quoted])
    for line, label in zip(reversed(lines[:first_quoted]), reversed(labels[:first_quoted]), strict=True):
        unlabelled = label is None or label.doubt != "" or only_reaches(line)
        if (unlabelled and _is_foot(line)) or names_foot(line):
            found.setdefault(id(line), "foot")
        elif label is None and id(line) in unfinished:
            found.setdefault(id(line), UNFINISHED)
        elif label is not None or _furniture(line) is None:
            break
    return found


def _inside(lines: list[Line], labels: list[Label | None], title: str) -> dict[int, str]:
    """What stands between the words and is none of them: lines that a record of an assembly tells, and headings.

    A heading is a short line without an end between a whole sentence and a label.
    """
    if not any(labels):
        return {}
    first = next(i for i, label in enumerate(labels) if label is not None)
    of_assembly = _of_assembly(lines, labels, title)
    found = {
        id(line): "narration"
        for line, label in zip(lines, labels, strict=True)
        if of_assembly and label is None and is_narrated(line.text)
    }
    if of_assembly:  # what is called out in an assembly interrupts nobody's turn
        stage = phrases.pattern("stage.patterns")
        found |= {
            id(line): "stage"
            for line, label in zip(lines, labels, strict=True)
            if label is None and stage.fullmatch(line.text)
        }
    for i in range(1, len(lines) - 1):
        before, line = lines[i - 1], lines[i]
        own = labels[i] is None and labels[i + 1] is not None and line.fresh and i > first and line.tag != "li"
        behind_words = labels[i - 1] is None or labels[i - 1].end < len(before.text)  # type: ignore[union-attr]
        if own and behind_words and _SENTENCE_END.search(before.text) and _may_head(line.text):
            found.setdefault(id(line), "heading" if of_assembly else _HEADING)
    return found


def _of_assembly(lines: list[Line], labels: list[Label | None], title: str) -> bool:
    """Whether the headline or a line above the first label tells of an assembly, and nobody is a reporter."""
    first = next((i for i, label in enumerate(labels) if label is not None), 0)
    above = (title, *(line.text for line in lines[:first]))
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    return not asked and any(is_assembly(words) for words in above if len(words) < _PLACE)


def _chat_notices(lines: list[Line], labels: list[Label | None]) -> dict[int, str]:
    """In an exported chat the lines with a day and hour that nobody wrote: who joined, what was left out."""
    stamped = [_STAMPED.match(line.text) is not None for line in lines]
    written = sum(one and label is not None for one, label in zip(stamped, labels, strict=True))
    if written < _CHAT_LINES:
        return {}
    return {
        id(line): "chat-notice"
        for line, one, label in zip(lines, stamped, labels, strict=True)
        if one and label is None
    }


def _may_head(text: str) -> bool:
    """Whether a line may be a heading: few words, the first with a capital, without an end."""
    return text[:1].isupper() and len(text.split()) <= _HEADING_WORDS and is_unfinished(text)


def _is_above(line: Line) -> bool:
    """Whether a line above an unlabelled statement is one of the head, or so short and unfinished that it is no speech."""
    if _is_head(line) or _furniture(line) is not None:
        return True
    return line.inside is not None and line.tag != "li" and is_unfinished(line.text)


def _heads(printed: str, line: Line) -> bool:
    """Whether a label introduces a line above the words: what stands below them on other pages, too, if it is no sentence."""
    return is_page_head(printed) or (is_page_foot(printed) and not _STOP.search(line.text))


def _is_head(line: Line) -> bool:
    """Whether a line above a statement is one of its head: "Place: …", or a day with few other words."""
    head = head_of(line)
    if head is not None and head.form == "colon" and len(line.text) <= _PLACE:
        return is_page_head(head.printed)
    days = find_days(line.text, "day-first")
    rest = line.text
    lunar = _LUNAR.search(line.text) is not None
    if not days and not lunar and len(line.text) <= _KIND_LINE:  # "Monday, 2:03 p.m."
        return weekday_in(line.text) is not None and len(_HOUR.sub("", line.text).split()) <= _WEEKDAY_WORDS
    for day in reversed(days):
        rest = rest[: day.start] + rest[day.end :]
    rest = _LUNAR.sub("", rest)
    return (
        (bool(days) or lunar)
        and len(rest.split()) <= _DAY_WORDS
        and not _STOP.search(_ABBREVIATED.sub("", rest).strip(" ."))
    )


def _is_foot(line: Line) -> bool:
    if only_reaches(line):
        return True
    head = head_of(line)
    return head is not None and head.form == "colon" and len(line.text) <= _FOOT and is_page_foot(head.printed)


def _kind(named: str, title: str, questions: bool, content: Content, marks: list[Mark]) -> DocumentKind:
    """The kind: as a field says, or by the title, the lines above the words, and whether somebody asks."""
    kinds = get_args(DocumentKind)
    if named.replace("_", "-") in kinds:
        return kinds[kinds.index(named.replace("_", "-"))]  # type: ignore[no-any-return]
    begun = content.article[0].source[0] if content.article else 0
    above = [line for _, line in content.outside if line.source[0] < begun and line.linked < len(line.text)]
    head = [line.text for line in [*above, *content.head, *content.article[:3]] if len(line.text) <= _PLACE]
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
        kind = next((found for words in head if len(words) <= _KIND_LINE and (found := phrases.kind(words))), None)
    return kind or "other"
