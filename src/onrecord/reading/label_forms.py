"""The forms of labels in transcripts of all publishers: candidates at the beginning of a line, by form alone.

``Name:``, ``Q.``, ``Q -``, ``GOVERNOR HOLM.``, ``【Outlet Name】``, ``[00:12:03] SPEAKER 1:``, ``Rin Oda  0:04``, a head in
bold letters. :mod:`onrecord.reading.page_labels` decides whether a head is a label, and whose.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import msgspec

from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.callers import is_outlet_name
from onrecord.reading.label_words import is_title, voice_of
from onrecord.reading.labels import is_particle, is_rank
from onrecord.reading.lines import Line
from onrecord.reading.record_forms import RecordHead, marked_head, titled_head

#: ``colon`` and ``semicolon``: one is after. ``stop``: a full stop after words in capitals. ``mark``: one letter with
#: a stop, a dash or spaces (``Q.``, ``R –``, ``Q ``). ``bracket``: square or lenticular brackets. ``time``: a name and a
#: time, alone on a line. ``bold``: set in bold. ``alone``: short words that are a whole line.
#: ``cell``: a term of a list, a cell of a table. ``sign`` and ``spoken``: see :mod:`onrecord.reading.record_forms`.
Form = Literal["colon", "semicolon", "stop", "mark", "bracket", "time", "bold", "alone", "cell", "sign", "spoken"]

#: Longest label, in characters.
LONGEST = 150
_COLON = ":：∶﹕"
_TIME = r"(?:\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?|\d{1,5}\.\d{1,3}s)"
_CLOCK = rf"{_TIME}(?:\s?[AaPp]\.?[Mm]\.?)?"
#: A time, a day and time, or a number before a label.
_BEFORE = re.compile(
    rf"""\s*(?:
    [\[(] (?:\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}},?[ ])?
      {_TIME} (?:[ ]?[AaPp]\.?[Mm]\.?)? (?:\s*[-–—]\s*{_TIME})? [\])] \s* [-–—]?
    | (?:\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}},?[ ])?
      {_TIME} (?:[ ]?[AaPp]\.?[Mm]\.?(?:[ ][A-Z]{{2,5}})?)? \s+ [-–—]? (?=\s*[^\W\d_])
    | \d{{1,3}}[.)]\s+ | [-–—•●]\s* | (?:>[ ]?)+ | Speech[ ]\d{{1,4}}\s+
    )\s*""",
    re.X,
)
_HEAD = re.compile(rf"([^{_COLON};；]{{1,{LONGEST}}}?)\s*([{_COLON}]|[;；](?=\s))\s*")
#: What is after a head and is no part of the name: a stage direction between dashes or in brackets.
_ASIDE = re.compile(r"\s*(?:[(（\[]([^()（）\[\]]{1,80})[)）\]]|[–—-]\s([^–—:]{1,60})\s[–—-])\s*(?:reply)?$")
#: A name, a time in brackets, a colon: ``Speaker 1 (00:04):``.
_TIME_WITHIN = re.compile(rf"([^\W\d_][^:：;]{{0,120}}?)\s*[(\[]{_TIME}[)\]]\s*[:：]\s*")
_BEHIND_TIME = re.compile(rf"[(\[]{_TIME}[)\]]\s*")
#: Words in capitals, a full stop and a space; the words may hold ranks and initials that have one themselves.
_STOP = re.compile(r"\.(?:-|–|—)?(?:\s+|$)")
_STOP_WORDS = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){0,5}")
_MARK = re.compile(r"([QARPJ])(?:[ ]?\d{1,3}(?=[.]\s|\s*[-–—]\s))?(?:\.(?:-|–|—)?\s+|\s*[-–—]\s+|\s+(?=[^a-z\s:：]))")
#: ``Q (Anna Bell, Tide Weekly):`` has no mark but a label with an aside.
_BRACKET_COLON = re.compile(r"\([^()]{1,80}\)\s*[:：]")
_BRACKET = re.compile(
    r"(?:【([^【】]{1,40})】|\[([^\[\]]{1,60})\]|[<＜〈‹]([^<>＜＞〈〉‹›/=]{1,100})[>＞〉›]|〔([^〔〕]{1,40})〕)\s*(?=\S|$)"
)
#: A name and what its bearer is, as calls of companies are written down: ``Dana Holm -- Minister of Ports``.
_BEHIND_DASHES = re.compile(r"(\S.{0,58}?)\s+(?:--|[–—-])\s+(\S.{0,78}?)(?:\s+(?:--|[–—-])\s+(.{1,60}))?")
#: Who asks, in brackets behind a label that only says that somebody does: ``<질문> (Outlet)``.
_TOLD_BEHIND = re.compile(r"[(（]([^()（）]{2,40})[)）]\s*(?=\S)")
_SIDES = frozenset("QA")
_ASKING = frozenset(("analyst", "reporter"))
#: Brackets within brackets: "The Chair (Ms. Dana Holm (Arlen, RV))".
_NESTED = re.compile(r"\(([^()]+?)\s*\([^()]*\)\)$")
#: A quotation that typewriters close: „Tide Weekly".
_GERMAN_QUOTE = re.compile('„[^„"]{1,60}"')
_QUOTES = '«»“”„"‟『』「」《》'
#: Letters with spaces between them; two spaces or more, or what is no letter, divide words: ``M I N I S T E R :``.
_SPACED = re.compile(r"((?:[^\W\d_]\s){3,}[^\W\d_](?:\s{1,4}[^\W\d_](?=[\s:：]))*)\s?[:：]\s*")
_FIRST_WORD = 3
_COLON_BEHIND = re.compile(r"[:：]\s*")
_NAME_TIME = re.compile(
    rf"([^\W\d_][^:：]{{0,60}}?(?:(?:[^\W\d_]|\))(?=\s*[\d(\[])|\d(?=\s)))\s*"
    rf"(?:{_CLOCK}|[(\[](?:[^()\[\]:]{{1,20}} )?{_CLOCK}[)\]])$"
)
#: A name, an account and a day, as posts are copied: ``Dana Holm @danaholm · May 12, 2025``.
_POST = re.compile(r"([^\W\d_][^@:：]{0,60}?)\s*\(?@\w{2,30}\)?\s*[·•|]\s*.{2,40}")
#: The same with the words behind it on the line.
_NAME_TIME_WORDS = re.compile(
    r"((?=[^\W\d_])[^:：]{1,40}?)\s+[(\[]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d{1,3})?[)\]]?\s+(?=[^\s\d])(?!(?:[AaPp]\.?[Mm]\b|[–—-]))"
)
#: ``(Name, Outlet):``, all of it in brackets.
_ALL_IN_BRACKETS = re.compile(r"[(（]([^\W\d_][^()（）:：]{2,80})[)）]\s*[:：]\s*")
#: ``From Dana Holm to Everyone:`` behind the time, as chats of meetings are exported.
_CHAT = re.compile(r"From[ \t]+([^\W\d_][^:：]{0,60}?)[ \t]*(?:[ \t][Tt]o[ \t]+[^:：]{1,60})?[:：]\s*")
#: ``問）`` and ``答）``.
_HAN_MARK = re.compile(r"[(（]?(問|答|问|문|답|질문|답변)[)）][\s\u3000]*(?=\S|$)")
_HAN_BRACKET = re.compile(r"[(（]([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,10})[)）][\s\u3000]*(?=\S|$)")
#: Words in capitals and a dash: ``LA MINISTRE - ``.
_DASHED = re.compile(r"([^\W\d_][\w’'. ]{2,40}?)\s[-–—]\s(?=\S)")
_CLOCK_AHEAD = re.compile(rf"{_TIME}\s+(?=[^\W\d_])")
_TIME_ASIDE = re.compile(rf"\s*[(（\[]{_TIME}[)）\]]$")
_SENTENCE_STOP = re.compile(
    r"(?<![A-Z])(?<!\b[^\W\d_a-z])(?<!\b[A-Z][a-z])(?<!\b(?:Mrs|[Hh]on|Rev|Gen|Sen|Rep|Gov|Sra|Srs|Maj|Col|Adm|Amb|Min))"
    r"(?<!\b(?:Capt|Prof|Brig|Dott))[.?!。？！،؟]\s"
)
#: Invisible characters: soft hyphens, direction marks, joiners.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
#: What may stand between a label and the words.
_BLANK = re.compile("[\\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]*")
_ENDS = re.compile(r"[.?!…。？！,;:，；：]$")
_ALONE = 60
#: Words that are a whole line, with what stands behind them in brackets: a longer line is no label.
_ALONE_WITH_ASIDES = 300
_LEADERS = ". . . . "
#: No name begins so.
_NO_NAME = frozenset("0123456789[(<{|")
_ONLY_DIGITS = re.compile(r"[\d\s\W]*")
#: Before a colon these are no label: the beginning of an address, an hour.
_NO_LABEL = re.compile(r"(?i)(?:https?|ftp|mailto|tel|www\..*|(?:end|.* at) \d{1,2})$")


class Head(msgspec.Struct, frozen=True, gc=False):
    """What is at the head of a line and could be a label: as ``printed``, in which ``form``.

    ``[start, end)`` covers it with its colon or brackets, in code points of the line; before ``start`` stands a time or
    number. ``aside`` is what was in brackets after it.
    """

    printed: str
    form: Form
    end: int
    start: int = 0
    aside: str = ""

    @property
    def key(self) -> str:
        """The head in a normal form, without case and extra spaces, for counting."""
        return " ".join(self.printed.casefold().split())


def head_of(line: Line) -> Head | None:
    """The head of a line that has the form of a label, or None; its words in composed letters, without what is invisible."""
    head = _head_of(line)
    if head is None or line.text.isascii():
        return head
    printed, aside = (_composed(words) for words in (head.printed, head.aside))
    end = _BLANK.match(line.text, head.end)
    return Head(printed, head.form, end.end() if end is not None else head.end, head.start, aside) if printed else None


def _composed(words: str) -> str:
    """Words in composed letters, without what is invisible; wide letters as usual, and a Cyrillic А alone as the Latin one."""
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", words))
    if len(composed) == 1:
        composed = unicodedata.normalize("NFKC", composed).replace("\u0410", "A")
    return composed


def _head_of(line: Line) -> Head | None:
    text = line.text
    if _LEADERS in text:  # of a list: "President:  Ms. Holm . . . . (Arlen)"
        return None
    if line.tag in ("dt", "dd", "th", "td") and len(text) <= _ALONE and not _ENDS.search(text) and text[:1].isalpha():
        printed, aside = _without_aside(text)
        return Head(printed, "cell", len(text), aside=aside)
    timed = _NAME_TIME.fullmatch(text)
    if timed is not None:
        printed, aside = _without_aside(timed[1].rstrip())
        return Head(printed, "time", len(text), aside=aside)
    post = _POST.fullmatch(text)
    if post is not None:
        return Head(post[1].strip(), "time", len(text))
    before = _BEFORE.match(text)
    start = before.end() if before is not None else 0
    label = _bold(line)
    if label is not None and label.form == "colon":
        return label
    marked = marked_head(text, start) or (marked_head(text) if start else None)
    if marked is not None:
        return _recorded(marked, text, start)
    return _at(text, start) or (_at(text, 0) if start else None) or label or _in_running_text(text, start)


def _in_running_text(text: str, start: int) -> Head | None:
    """A head that only its words show, a name with a time and the words behind it, or short words that are a whole line."""
    titled = titled_head(text, start)
    if titled is not None:
        return _recorded(titled, text, start)
    timed = _NAME_TIME_WORDS.match(text)
    if timed is not None:
        printed, aside = _without_aside(timed[1])
        return Head(printed, "time", timed.end(), 0, aside)
    return _alone(text, start)


def _recorded(found: RecordHead, text: str, start: int) -> Head:
    form: Form = "sign" if found.form == "sign" else "spoken"
    return Head(found.printed, form, found.end, start if text[:1].isdigit() else 0, found.aside)


def _alone(text: str, start: int) -> Head | None:
    """Short words that are a whole line, or all of it behind a time in brackets."""
    begun = start if text[:1] in "[(" or _CLOCK_AHEAD.match(text) else 0
    words = text[begun:]
    if len(words) > _ALONE_WITH_ASIDES or _ENDS.search(words) or not words[:1].isalpha():
        return None
    printed, aside = _without_aside(words)
    if len(words if not aside else printed) > _ALONE:
        return None
    return Head(printed, "time" if begun else "alone", len(text), begun, aside)


def _at(text: str, start: int) -> Head | None:
    apart = _set_apart(text, start)
    if apart is not None:
        return apart
    chat = _CHAT.match(text, start) if start else None
    if chat is not None:
        printed, aside = _without_aside(chat[1])
        return Head(printed, "colon", chat.end(), start, aside)
    han = _HAN_MARK.match(text, start)
    if han is None and (within_brackets := _HAN_BRACKET.match(text, start)) and voice_of(within_brackets[1]):
        han = within_brackets
    if han is not None:
        return Head(han[1], "colon", han.end(), start)
    mark = _MARK.match(text, start)
    if mark is not None and not _BRACKET_COLON.match(text, mark.end()):
        return Head(mark[1], "mark", mark.end(), start)
    inside = _ALL_IN_BRACKETS.match(text, start)
    if inside is not None:
        name, _, outlet = inside[1].partition(",")
        return Head(name.strip(), "colon", inside.end(), start, outlet.strip())
    timed = _TIME_WITHIN.match(text, start)
    if timed is not None:
        printed, aside = _without_aside(timed[1].strip("*_ "))
        return Head(printed, "colon", timed.end(), start, aside)
    head = _HEAD.match(text, start)
    if head is not None:
        printed, aside = _without_aside(_INVISIBLE.sub("", head[1]).replace("\u00a0", " ").strip("*_ "))
        inside_time = head[1][-1:].isdigit() and text[head.end() : head.end() + 1].isdigit()
        if _may_be_printed(printed) and not inside_time:
            form: Form = "colon" if head[2] in _COLON else "semicolon"
            behind = _BEHIND_TIME.match(text, head.end())
            return Head(printed, form, behind.end() if behind is not None else head.end(), start, aside)
    return _stopped(text, start)


def _set_apart(text: str, start: int) -> Head | None:
    """A head whose letters stand apart, or one in brackets."""
    spaced = _SPACED.match(text, start)
    if spaced is not None:
        return Head(_closed_up(spaced[1]), "colon", spaced.end(), start)
    bracket = _BRACKET.match(text, start)
    within = next(filter(None, bracket.groups()), "") if bracket is not None else ""
    if bracket is not None and not _ONLY_DIGITS.fullmatch(within):
        colon = _COLON_BEHIND.match(text, bracket.end())
        end = colon.end() if colon is not None else bracket.end()
        printed, aside = _without_aside(within.strip())
        told = _TOLD_BEHIND.match(text, end) if not aside and voice_of(printed) == "reporter" else None
        if told is not None and _names_asker(told[1].strip()):
            aside, end = told[1].strip(), told.end()
        return Head(printed, "bracket" if colon is None else "colon", end, start, aside)
    return None


def _names_asker(words: str) -> bool:
    """Whether words in brackets name who asks: a known outlet, one named as outlets are, or a reporter. "(Laughter)" is none."""
    return outlet_ids()(words) is not None or is_outlet_name(words) or voice_of(words.rpartition(" ")[2]) == "reporter"


def _closed_up(spaced: str) -> str:
    """Words whose letters stand apart, closed up; where nothing tells the words apart, a title in front is one of them.

    >>> _closed_up("M I N I S T E R"), _closed_up("M I N I S T E R H O L M"), _closed_up("F r a g e")
    ('MINISTER', 'MINISTER HOLM', 'Frage')
    """
    words = " ".join("".join(word.split()) for word in re.split(r"\s{2,}", spaced))
    if " " in words or voice_of(words) is not None or is_title(words):
        return words
    for end in range(len(words) - 2, _FIRST_WORD, -1):
        if is_title(words[:end]) or voice_of(words[:end]) is not None:
            return f"{words[:end]} {words[end:]}"
    return words


def _may_be_printed(printed: str) -> bool:
    """Whether the words before a colon can be a label by their form alone."""
    if not printed or printed[0] in _NO_NAME or '"' in _GERMAN_QUOTE.sub("", printed):
        return False
    return not _SENTENCE_STOP.search(printed) and not _NO_LABEL.match(printed)


def _stopped(text: str, start: int) -> Head | None:
    """Words in capitals that end in a full stop or before a dash: ``GOVERNOR HOLM.``, ``MS. ODA.``, ``LA MINISTRE -``"""
    dashed = _DASHED.match(text, start)
    if dashed is not None and in_capitals(dashed[1]):
        return Head(dashed[1], "stop", dashed.end(), start)
    for stop in _STOP.finditer(text, start, start + LONGEST):
        printed = text[start : stop.start()]
        if is_rank(printed):  # "Ms."
            continue
        if not _STOP_WORDS.fullmatch(printed) or not in_capitals(printed.removeprefix("The ")):
            return None
        if len(printed.split()[-1]) > 2 or stop.group()[1:2] in ("-", "–", "—"):  # no initial, no "MR."
            return Head(printed, "stop", stop.end(), start) if len(printed) > 3 else None
    return None


def _without_aside(printed: str) -> tuple[str, str]:
    """A head without the aside after it in brackets or between dashes, and the aside."""
    dashes = _BEHIND_DASHES.fullmatch(printed)
    if dashes is not None and dashes[1] in _SIDES and dashes[3]:
        return dashes[1], f"{dashes[2]}, {dashes[3]}"
    if dashes is not None and dashes[3] and dashes[3].casefold().split()[-1] in _ASKING:
        return dashes[1], f"{dashes[3]}, {dashes[2]}"
    if dashes is not None:
        return dashes[1], f"{dashes[2]}, {dashes[3]}" if dashes[3] else dashes[2]
    printed = _NESTED.sub(r"(\1)", _TIME_ASIDE.sub("", printed))
    aside = _ASIDE.search(printed)
    if aside is None or not aside.start():
        return printed, ""
    name, told = printed[: aside.start()].rstrip(" ,"), _unquoted((aside[1] or aside[2]).strip())
    return _without_aside(name) if name.endswith(")") else (name, told)  # "Anna Bell (Arlen North) (Con)"


def _unquoted(words: str) -> str:
    """The words without quotation marks around all of them."""
    return words.strip(_QUOTES) if words[:1] in _QUOTES else words


def _bold(line: Line) -> Head | None:
    """A head set in bold, with plain words after it or alone on its line; "Question." in bold is one too."""
    end = bold_until(line)
    printed = line.text[:end].strip()
    if printed[-1:] == "." and len(printed) > 2 and voice_of(printed[:-1]) and end < len(line.text):
        return Head(printed[:-1], "colon", end + len(line.text[end:]) - len(line.text[end:].lstrip()))
    if not printed or len(printed) > 60 or printed[-1] in ".?!…。？！," or printed[0].isdigit():
        return None
    while end < len(line.text) and line.text[end] == " ":
        end += 1
    printed, aside = _without_aside(printed)
    return Head(printed, "bold", end, aside=aside)


def bold_until(line: Line) -> int:
    """Where the bold letters with which a line begins end; 0 where it begins with plain ones."""
    for start, _, _, bold in line.runs:
        if not bold and line.text[start : start + 1] != "" and line.text[start:].strip():
            return start
    return len(line.text) if line.runs and line.runs[0][3] else 0


def in_capitals(printed: str) -> bool:
    """Whether a head is in capitals, except for ranks, particles, and "Mc" inside a name."""
    words = [word for word in printed.split() if any(letter.isalpha() for letter in word)]
    letters = [letter for letter in printed if letter.isalpha()]
    if not letters or not any(letter.isupper() for letter in letters) or len(letters) < 2:
        return False
    return all(
        sum(letter.isupper() for letter in word) > sum(letter.islower() for letter in word)
        or is_rank(word)
        or is_particle(word)
        for word in words
    ) and any(word.isupper() and len(word) > 1 for word in words)
