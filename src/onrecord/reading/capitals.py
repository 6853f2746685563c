"""Labels in capitals, found page by page: ``MS. PSAKI:``, ``THE PRESIDENT:``, ``Q``, ``OFFICIAL ONE:``.

Whether words are a label depends on the page: a label printed repeatedly is a speaker; one printed once may be a
heading, a named guest, or a misprint of another. A house lists in a table of :class:`Voices` the labels that name no
person; :func:`find_labels` finds all, and :func:`identify` says who each is.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import msgspec

from onrecord.reading.labels import Label as Printed
from onrecord.reading.labels import as_name, is_rank, label_of, meant, ranked_by_mistake, split_rank
from onrecord.reading.lines import Line
from onrecord.reading.people import Office, People
from onrecord.reading.transcript import Label, Voice
from onrecord.record import Role

#: ``Q`` and spaces, ``Q:``, ``Q.``; glued to the words after it sometimes.
_Q = re.compile(
    r"Q(?:[.:;]?(?:\s+|$)|[.:](?=\S)|(?=[(—…“\"])|(?=(?:Thank|And|Hi|So|What|Can|Is|Do|But|The|Yes|Just|Good|Okay)\b))"
)
#: Time and label in one line: "5:19 P.M. EDT MODERATOR: …".
_TIME = re.compile(r"\d{1,2}:\d\d\s*[AP]\.?M\.?\s+[A-Z]{2,5}\s+(?=[A-Z])")
#: Most words of an unknown voice ("FLIGHT CREW"); headings in capitals have more.
_VOICE_WORDS = 4
_RANKED = re.compile(r"((?:[A-Z][\w.’'-]+ ){1,5}[A-Z][\w’'-]+)\s?:\s+(?=\S)")
#: What is right before a name in a label in lower case; other words of offices are in headings, too ("National").
_BEFORE_A_NAME = frozenset(
    "mr ms mrs miss dr prof professor secretary minister ambassador president chancellor premier governor senator general "
    "admiral representative director administrator commissioner envoy chair chairman chairwoman mayor judge king queen "
    "advisor adviser".split()
)
#: What is after a label set in bold is not bold, except for a word.
_PLAIN = 0.3
_GENERIC = re.compile(r"([A-Z][\w’' ]{2,40}?)\s?:\s*")


class Voices(msgspec.Struct, frozen=True):
    """The labels of a house that name no person.

    ``labels`` holds the voice of each; one that ends in one of ``official_ends`` is an official who stays unnamed.
    ``offices`` are labels that stand for a name.
    """

    labels: dict[str, Voice]
    official_ends: tuple[str, ...] = ()
    offices: dict[str, Office] = {}

    @classmethod
    def of(cls, table: dict[str, Any]) -> Voices:
        """The voices of a table as ``voices.toml`` has it: a section a voice with its ``labels``, and ``office``."""
        offices = [msgspec.convert(one, Office) for one in table.get("office", ())]
        voices = {name: entry for name, entry in table.items() if name != "office"}
        return cls(
            labels={label: voice for voice, entry in voices.items() for label in entry.get("labels", ())},  # type: ignore[misc]
            official_ends=tuple(voices.get("official", {}).get("ends", ())),
            offices={label: office for office in offices for label in office.labels},
        )

    def voice(self, name: str) -> Voice | None:
        """The voice of a label that names no person, or None."""
        if name in self.offices:
            return "podium"
        voice = self.labels.get(name)
        if voice is None and self.official_ends and name.endswith(self.official_ends) and len(name.split()) <= 6:
            return "official"
        return voice


class Named(msgspec.Struct, frozen=True, gc=False):
    """The label of a line, misprints corrected, with the end of the time before it and the start of the words.

    ``doubt`` says that it is in the position of a label but names nobody known on the page.
    """

    name: str
    end: int
    start: int = 0
    doubt: bool = False


def find_labels(lines: list[Line], voices: Voices) -> list[Named | None]:
    """For each line its label, misprints corrected, and where the words after it begin; None if it has none."""
    found = [_printed(line.text, voices) for line in lines]
    if any(
        label is not None and voices.voice(label.name) for label in found
    ):  # somebody speaks, so this is not a list of headings
        found = [label or _set_as_label(line) for line, label in zip(lines, found, strict=True)]
    counts = Counter(label.name for label in found if label is not None)
    page = _Page(voices, {name: count for name, count in counts.items() if count > 2 or voices.voice(name)})
    labels: list[Named | None] = []
    for line, label in zip(lines, found, strict=True):
        if label is None:
            labels.append(page.without_colon(line.text))
            continue
        name = page.meant(label.name, counts[label.name])
        if name is None and page.looks_like_a_voice(label.name, line.text):
            labels.append(Named(label.name, label.end, label.start, doubt=True))
        else:
            labels.append(Named(name, label.end, label.start) if name else None)
    return labels


def _printed(text: str, voices: Voices) -> Named | None:
    """A candidate for a label, by its form alone."""
    time = _TIME.match(text)
    if time is not None:
        label = _printed(text[time.end() :], voices)
        return Named(label.name, label.end + time.end(), time.end()) if label else None
    if text[:1] == "Q":
        match = _Q.match(text)
        if match is not None:
            return Named("Q", match.end())
    printed: Printed | None = label_of(text)
    if printed is not None:
        return Named(printed.printed.upper(), printed.end)
    if text[:1].isupper():
        match = _GENERIC.match(text)  # "Senior Administration Official:", "Question:"
        if match is not None and voices.voice(match[1].upper()) not in (None, "voice") and len(match[1]) > 1:
            return Named(match[1].upper(), match.end())
    return None


def _set_as_label(line: Line) -> Named | None:
    """A rank and a name in bold with plain words after their colon: "Mr. Example:", "Deputy Secretary Example:"."""
    match = _RANKED.match(line.text)
    rank, name = split_rank(match[1]) if match is not None else ("", "")
    if match is None or not name or rank.rpartition(" ")[2].lower().rstrip(".") not in _BEFORE_A_NAME:
        return None
    if line.bold(0, match.end(1)) < 1.0 or line.bold(match.end()) > _PLAIN:
        return None
    return Named(match[1].upper(), match.end())


class _Page:
    """The labels that a page prints often, or that are known voices: its other labels are compared with them."""

    def __init__(self, voices: Voices, known: dict[str, int]) -> None:
        self.voices = voices
        self.known = known
        self.surnames = {split_rank(name)[1] for name in known} - {""}
        full = [name for name in known if " " in name and len(name) > 5]
        # a label whose colon was forgotten, or printed as a full stop: "MS. PSAKI  Well, …"
        self.bare = (
            re.compile(rf"(?:{'|'.join(map(re.escape, full))})(?:\.(?=\s+[A-Z(“—])|(?=\s+[A-Z(“—]))") if full else None
        )
        self.generic = {other: 1 for other in (*voices.labels, *voices.offices) if len(other) > 6}

    def without_colon(self, text: str) -> Named | None:
        match = self.bare.match(text) if self.bare is not None and text[:1].isupper() else None
        return Named(match.group().rstrip("."), match.end()) if match else None

    def meant(self, name: str, count: int) -> str | None:
        """The corrected label for a printed one, or None if it is not a label."""
        if not self._names_a_voice(name):
            return meant(name, {**self.known, **self.generic}) or (name if ranked_by_mistake(name) else None)
        if count == 1 and self.voices.voice(name) is None:
            return self._misprinted(name) or name
        return name

    def looks_like_a_voice(self, name: str, text: str) -> bool:
        """Whether an unknown label has the form of one: two to four words in capitals, a colon, and words."""
        return 2 <= len(name.split()) <= _VOICE_WORDS and text.startswith(name + ":") and text.count(":") == 1

    def _names_a_voice(self, name: str) -> bool:
        if self.voices.voice(name) or name in self.surnames:
            return True
        rank, rest = split_rank(name)
        words = name.split()
        if rank:
            return len(rest.split()) <= 4 and (bool(rest) or len(words) > 1)
        # "IOWA SENATOR WAHLS", or a full name that occurs repeatedly on the page
        return 2 <= len(words) <= 4 and (self.known.get(name, 0) > 2 or any(is_rank(word) for word in words[1:-1]))

    def _misprinted(self, name: str) -> str | None:
        """The frequent label whose surname this one, seen once, misspells: MS. DALOTON is MS. DALTON."""
        surname = split_rank(name)[1]
        others = {split_rank(other)[1]: other for other in self.known if self.known[other] > 2}
        if not surname or surname in others:
            return None
        found = meant(surname, dict.fromkeys(others, 1))
        return others[found] if found and found[0] == surname[0] else None


def identify(named: Named, voices: Voices, people: People, interviewer: str | None = None) -> Label:
    """Who a label is, as far as the page says. ``interviewer`` asks under a label of their own."""
    name = named.name
    voice: Voice | None = voices.voice(name)
    if named.doubt:
        doubt = f"doubtful label: {name}"
        return Label("voice", named.end, name, named.start, as_name(name), role="voice", anonymous=True, doubt=doubt)
    office = voices.offices.get(name)
    speaker: str | None
    role: Role | None
    if office is not None:
        voice, speaker, role = "podium", people.holder(office), office.role
    elif voice == "reporter":
        speaker, role = None, "reporter"
    elif voice is not None:
        speaker = as_name(name.removeprefix("THE "))
        role = "voice" if voice in ("manager", "podium") else voice  # type: ignore[assignment]
    else:
        rank, rest = split_rank(name)
        if " " in rest and ranked_by_mistake(rest):  # "ACTING ADMINISTRATION SAMPLE"
            rank, rest = f"{rank} {rest.split()[0]}".strip(), rest.split(maxsplit=1)[1]
        speaker = people.named(rest) if rest else as_name(rank)
        voice, role = "podium", "principal" if is_principal(rank) else people.role(speaker)
        if interviewer is not None and speaker.split()[-1] == interviewer.split()[-1]:
            voice, role = "reporter", "reporter"
    anonymous = voice in ("reporter", "voice", "manager") or (voice == "official" and name.split()[-1] == "OFFICIAL")
    return Label(voice, named.end, printed=name, start=named.start, speaker=speaker, role=role, anonymous=anonymous)


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


def is_principal(rank: str) -> bool:
    """Whether the rank is that of a head of state or government, or their spouse."""
    return rank.upper().removeprefix("THE ") in _PRINCIPALS
