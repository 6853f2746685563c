"""The lines of a transcript to segments: who speaks in each, where the label ends, what is furniture or a note."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from onrecord.houses.us_whitehouse.people import People
from onrecord.houses.us_whitehouse.phrases import furniture_of, phrases
from onrecord.reading.labels import Label, as_name, is_rank, label_of, meant, ranked_by_mistake, split_rank
from onrecord.reading.lines import Line
from onrecord.reading.turns import Mark
from onrecord.record import Role

#: ``Q`` and spaces, ``Q:``, ``Q.``; glued to the words behind it now and then.
_Q = re.compile(
    r"Q(?:[.:;]?(?:\s+|$)|[.:](?=\S)|(?=[(—…“\"])|(?=(?:Thank|And|Hi|So|What|Can|Is|Do|But|The|Yes|Just|Good|Okay)\b))"
)
#: Time and label in one line: "5:19 P.M. EDT MODERATOR: …".
_TIME = re.compile(r"\d{1,2}:\d\d\s*[AP]\.?M\.?\s+[A-Z]{2,5}\s+(?=[A-Z])")
#: Words and the closing time in one line: "… on all fronts. 12:16 P.M. AST".
_END_TIME = re.compile(r"[.?!…)”—]\s+(\d{1,2}:\d\d\s*[AP]\.?M\.?\s+[A-Z]{2,5})$")
_GENERIC = re.compile(r"([A-Z][\w’' ]{2,40}?)\s?:\s*")
#: Places and headings above a transcript are shorter.
_PLACE_WORDS = 160
_SENTENCE_END = re.compile(r"[.?!…—:][”\"’)\]]*$")
#: Names with a full stop at their end are no sentences: "Washington, D.C.", "The White House, St. Paul Inc."
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\b(?:Jr|Sr|St|Inc|Co|Ave|Blvd|Bldg|Mass|Conn|Fla|Va|Md|Ct)\.)$")


class Segment(msgspec.Struct, kw_only=True):
    """What one label says: its voice, who it is, and its marks. ``anonymous`` voices are a new turn at every label."""

    voice: str
    speaker: str | None
    role: Role | None
    anonymous: bool
    marks: list[Mark]

    @property
    def words(self) -> str:
        """All words of the segment."""
        return " ".join(mark.line.text[mark.start : mark.end] for mark in self.marks)


class Transcript(msgspec.Struct, kw_only=True):
    """A transcript's marks in order, its segments, and its opening: the lines above the first label."""

    marks: list[Mark]
    segments: list[Segment]
    opening: list[Line]


def labels_in(lines: list[Line]) -> list[tuple[str, int] | None]:
    """For each line its label, as meant, and where the words behind it begin; None without one."""
    found: list[Label | None] = []
    counts: Counter[str] = Counter()
    for line in lines:
        label = _label(line.text)
        found.append(label)
        if label is not None:
            counts[label.printed.upper()] += 1
    known = {name: count for name, count in counts.items() if count > 2 or _voice(name)}
    surnames = {split_rank(name)[1] for name in known} - {""}
    full = [name for name in known if " " in name and len(name) > 5]
    # a label whose colon was forgotten: "MS. PSAKI  Well, …"
    bare = re.compile(rf"(?:{'|'.join(map(re.escape, full))})(?=\s+[A-Z(“—])") if full else None
    generic = {other: 1 for other in (*phrases().voices, *phrases().offices) if len(other) > 6}
    labels: list[tuple[str, int] | None] = []
    for line, label in zip(lines, found, strict=True):
        if label is None:
            match = bare.match(line.text) if bare is not None and line.text[:1].isupper() else None
            labels.append((match.group(), match.end()) if match else None)
            continue
        name = label.printed.upper()
        if not _names_a_voice(name, known, surnames):
            name = meant(name, {**known, **generic}) or (name if ranked_by_mistake(name) else "")
        elif counts[name] == 1 and _voice(name) is None:
            name = _misprinted(name, known) or name
        labels.append((name, label.end) if name else None)
    return labels


def _label(text: str) -> Label | None:
    time = _TIME.match(text)
    if time is not None:
        label = _label(text[time.end() :])
        return Label(label.printed, label.end + time.end()) if label else None
    if text[:1] == "Q":
        match = _Q.match(text)
        if match is not None:
            return Label("Q", match.end())
    label = label_of(text)
    if label is None and text[:1].isupper():
        match = _GENERIC.match(text)  # "Senior Administration Official:", "Question:"
        if match is not None and _voice(match[1].upper()) not in (None, "voice") and len(match[1]) > 1:
            label = Label(match[1], match.end())
    return label


def _voice(name: str) -> str | None:
    """The voice of a label that names no person."""
    tables = phrases()
    if name in tables.offices:
        return "podium"
    voice = tables.voices.get(name)
    if voice is None and name.endswith(tables.official_ends) and len(name.split()) <= 6:
        return "official"
    return voice


def _names_a_voice(name: str, known: dict[str, int], surnames: set[str]) -> bool:
    if _voice(name) or name in surnames:
        return True
    rank, rest = split_rank(name)
    words = name.split()
    if rank:
        return len(rest.split()) <= 4 and (bool(rest) or len(words) > 1)
    # "IOWA SENATOR WAHLS", or a full name that stands on the page again and again
    return 2 <= len(words) <= 4 and (known.get(name, 0) > 2 or any(is_rank(word) for word in words[1:-1]))


def _misprinted(name: str, known: dict[str, int]) -> str | None:
    """The frequent label whose surname this one, seen once, misspells: MS. DALOTON is MS. DALTON."""
    surname = split_rank(name)[1]
    others = {split_rank(other)[1]: other for other in known if known[other] > 2}
    if not surname or surname in others:
        return None
    found = meant(surname, dict.fromkeys(others, 1))
    return others[found] if found and found[0] == surname[0] else None


def read_transcript(
    lines: list[Line], labels: list[tuple[str, int] | None], people: People, interviewer: str | None = None
) -> Transcript:
    """The segments of a transcript, whose ``labels`` are those of :func:`labels_in`.

    ``interviewer`` is the name of one who asks under a label of their own.
    """
    first = next((i for i, label in enumerate(labels) if label is not None), len(lines))
    last = max((i for i, label in enumerate(labels) if label is not None), default=-1)
    marks = [_opening_mark(line) for line in lines[:first]]
    segments: list[Segment] = []
    ended = False
    for i in range(first, len(lines)):
        line, label = lines[i], labels[i]
        if label is not None:
            segment = _segment(line, label, people, interviewer)
            segments.append(segment)
            time = _TIME.match(line.text)
            if time is not None:
                marks.append(Mark(line=line, voice="furniture", name="time", end=time.end()))
            marks.extend(segment.marks)
            ended = False
            continue
        name = furniture_of(line.text) or (_heading(line) if line.tag != "li" else None)
        if name is not None and not (name == "divider" and _is_speech(line.text)):
            marks.append(Mark(line=line, voice="furniture", name=name))
            ended = ended or (name in ("time", "end") and i > last)
        elif ended or phrases().stage.fullmatch(line.text) or (i > last and phrases().footnote.fullmatch(line.text)):
            marks.append(Mark(line=line, voice="note"))
        else:
            more = Mark(line=line, voice="more")
            marks.append(more)
            segments[-1].marks.append(more)
    _cut_closing_time(marks)
    return Transcript(marks=marks, segments=segments, opening=lines[:first])


def _cut_closing_time(marks: list[Mark]) -> None:
    """The time that stands behind the last words, in one line with them, is furniture, in place."""
    for i in range(len(marks) - 1, max(len(marks) - 6, -1), -1):
        time = _END_TIME.search(marks[i].line.text)
        if marks[i].voice in ("podium", "more", "reporter") and time is not None and time.start(1) > marks[i].start:
            marks[i].end = time.start(1)
            marks.insert(i + 1, Mark(line=marks[i].line, voice="furniture", name="time", start=time.start(1)))
            return


def _is_speech(words: str) -> bool:
    return any(letter.isalpha() for letter in words)


def _heading(line: Line) -> str | None:
    return (
        "heading" if line.tag[:1] == "h" and line.tag[1:].isdigit() else "caption" if line.tag == "figcaption" else None
    )


def _opening_mark(line: Line) -> Mark:
    """What stands above the first label: places, times, days, notes; a sentence there is not understood."""
    words = line.text
    name = furniture_of(words) or _heading(line)
    if name is None and phrases().note.fullmatch(words):
        return Mark(line=line, voice="note")
    open_ended = not _SENTENCE_END.search(words) or _ABBREVIATED.search(words) or phrases().stage.fullmatch(words)
    if name is None and len(words) <= _PLACE_WORDS and open_ended:
        name = "heading" if words.isupper() and len(words.split()) > 3 else "place"
    if name is None and phrases().footnote.fullmatch(words):
        return Mark(line=line, voice="note")
    if name is not None:
        return Mark(line=line, voice="furniture", name=name)
    return Mark(line=line, voice="more", name="a paragraph before anybody speaks")


def _segment(line: Line, label: tuple[str, int], people: People, interviewer: str | None) -> Segment:
    name, start = label
    voice = _voice(name)
    office = phrases().offices.get(name)
    speaker: str | None
    role: Role | None
    if office is not None:
        voice, speaker, role = "podium", people.holder(office), office.role
    elif voice == "reporter":
        speaker, role = None, "reporter"
    elif voice is not None:
        speaker = as_name(name.removeprefix("THE "))
        role = {
            "moderator": "moderator",
            "operator": "operator",
            "interpreter": "interpreter",
            "official": "official",
            "manager": "voice",
            "voice": "voice",
        }[voice]  # type: ignore[assignment]
    else:
        rank, rest = split_rank(name)
        speaker = people.named(rest) if rest else as_name(rank)
        voice, role = "podium", "principal" if _is_principal(rank) else people.role(speaker)
        if interviewer is not None and speaker.split()[-1] == interviewer.split()[-1]:
            voice, role = "reporter", "reporter"
    anonymous = voice in ("reporter", "official", "voice", "manager") and not (
        voice == "official" and name.split()[-1] != "OFFICIAL"
    )
    mark = Mark(
        line=line,
        voice="reporter" if voice == "reporter" else "podium",
        start=start,
        speaker=speaker,
        role=role,
        apart=anonymous,
    )
    return Segment(voice=voice, speaker=speaker, role=role, anonymous=anonymous, marks=[mark])


_PRINCIPALS = frozenset(
    (
        "PRESIDENT",
        "VICE PRESIDENT",
        "PRIME MINISTER",
        "CHANCELLOR",
        "TAOISEACH",
        "KING",
        "FIRST LADY",
        "SECOND GENTLEMAN",
        "AMIR",
        "QUEEN",
    )
)


def _is_principal(rank: str) -> bool:
    return rank.upper().removeprefix("THE ") in _PRINCIPALS
