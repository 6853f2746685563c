"""The labels of a transcript: in capitals, at the head of a row or alone in it, and as a scan makes of them what they were.

Which words in capitals open a turn the whole page says: those of known voices, those that recur, those that the headline names,
and those that are nearly one of these (``INTIRVIIWZR:``, ``PN:``).
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from functools import lru_cache

import msgspec

from onrecord.houses.phrases import Phrases
from onrecord.reading.labels import as_name
from onrecord.reading.lines import Line
from onrecord.reading.people import People
from onrecord.reading.transcript import Label, Voice
from onrecord.record import DocumentKind, Role, fold

phrases = Phrases(__file__, re.I | re.S)
#: ``PRIME MINISTER:``, ``PM (cont):``, ``O’BRIEN:``, ``PM;``; a scan puts a space before the colon or a full stop after.
_HEAD = re.compile(
    r"(?P<printed>[A-Z][\w.’'`&/ -]{0,60}?)\s*(?:[(\[](?P<aside>[^()\[\]:]{1,40})[)\]])?\s*(?P<mark>[:;])[.;:]*\s*(?![\d/])"
)
#: ``Q.``, ``Q Sir``, ``A.``, ``J.``: a letter without a colon.
_LETTER = re.compile(r"(?P<printed>[QAJ]|P\. ?M\.?|PM)(?:[.,]|(?= [A-Z]))\s*(?=[A-Z(\"“‘'])")
#: "No. JOURNALIST:", "Yes. LAWS:": the end of a sentence is before the label, which is found inside the row.
_SENTENCE = re.compile(r"(?!(?:Mr|Mrs|Ms|Dr|Sen|Hon|Prof|St)\.)[A-Z][a-z’']+\. [A-Z]")
_BARE = re.compile(r"(?P<printed>Question|QUESTION|Prime Minister|PRIME MINISTER)(?:$|[.,]?\s+(?=[A-Z]))")
_WORDS = re.compile(r"[A-Z][\w’'`.-]*(?: ?[&/] ?[A-Z][\w’'`.-]*)*(?: [A-Za-z][\w’'`.-]*){0,7}")
_OFTEN, _MOST_WORDS, _ALIKE = 2, 8, 0.66
_INITIALS = 3
#: A misprint of a usual label is this like it, and no more than so many letters longer or shorter.
_NEARLY, _FEW, _USUAL_LENGTH = 0.78, 2, 6
#: These open a turn in the middle of a paragraph even where none is at the head of one.
_USUAL = (
    "PM",
    "PRIME MINISTER",
    "JOURNALIST",
    "QUESTION",
    "HOST",
    "PRESENTER",
    "INTERVIEWER",
    "REPORTER",
    "CALLER",
    "COMPERE",
)
_ENDS = re.compile(r"[.?!…:”\"’)\]-]\s*$")


class Head(msgspec.Struct, frozen=True):
    """What could be a label by its form: as ``printed``, where its words begin, whether it is bold or alone on its line."""

    printed: str
    end: int
    bold: bool
    letter: bool = False


def head_of(line: Line) -> Head | None:
    """The head of a line, if a label could read so."""
    text = line.text
    letter = _LETTER.match(text)
    if letter is not None:
        return Head(letter["printed"], letter.end(), bold=False, letter=True)
    match = _HEAD.match(text)
    if match is not None:
        printed = fold(match["printed"]).strip(" .-")
        aside = match["aside"]
        if aside and not phrases.pattern("label.continued").fullmatch(aside) and not aside[0].isalpha():
            return None
        printed = re.sub(r"\s+cont(?:inued|d)?\.*$", "", printed, flags=re.I)
        behind = generic(printed.rpartition(". ")[2]) is not None or _SENTENCE.match(printed) is not None
        glued = ". " in printed and behind
        if printed and not glued and _is_printed_as_label(printed):
            return Head(printed, match.end(), bold=line.bold(0, max(1, match.end("printed"))) > 0.5)
        return None
    bare = fold(text).strip(" .:")
    if line.bold() > 0.95 and _is_printed_as_label(bare) and len(bare.split()) <= 4:
        return Head(bare, len(text), bold=True)
    return None


@lru_cache(maxsize=10_000)
def _is_printed_as_label(printed: str) -> bool:
    if (
        len(printed.split()) > _MOST_WORDS
        or not _WORDS.fullmatch(printed)
        or phrases.pattern("label.never").fullmatch(printed)
    ):
        return False
    return (
        in_capitals(printed)
        or generic(printed) is not None
        or bool(re.fullmatch(r"(?:Mr|Ms|Mrs|Dr|Senator)\.? [A-Z][\w’'-]+|P[mMnNhH]", printed))
    )


def in_capitals(printed: str) -> bool:
    """Whether words are in capitals, except for what a scan misread, "Mc" and "MP"."""
    letters = [letter for letter in printed if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.7 * len(letters)


@lru_cache(maxsize=10_000)
def generic(printed: str) -> str | None:
    """The kind of voice that a label without a name gives: ``reporter``, ``host``, ``answer`` …"""
    bare = printed.strip(" .")
    kinds = ("answer", "reporter", "host", "caller", "moderator", "interpreter", "voice")
    return next((kind for kind in kinds if phrases.pattern(f"label.{kind}").fullmatch(bare)), None)


def _bare_head(line: Line) -> Head | None:
    """A label without a colon, as the press office set them around 1980: "Question Mr. …", "Prime Minister" alone in a row."""
    match = _BARE.match(line.text)
    return Head(match["printed"], match.end(), bold=False, letter=True) if match is not None else None


class PageLabels:
    """The labels of one page. ``minister`` is the prime minister's name, ``title`` the headline, ``kind`` what it says."""

    def __init__(
        self, lines: list[Line], *, minister: str, title: str, kind: DocumentKind | None, scanned: bool
    ) -> None:
        self.scanned = scanned
        self.minister = minister
        self.title = title
        self.kind = kind
        self.asks: Counter[str] = Counter()
        self.heads = [head_of(line) for line in lines]
        if scanned and sum(head is not None and generic(head.printed) is not None for head in self.heads) < _OFTEN:
            self.heads = [head_of(line) or _bare_head(line) for line in lines]
        self.words = "\n".join(line.text for line in lines)
        self.people = People(title, self.words, None)
        self.counts = Counter(self._key(head) for head in self.heads if head is not None)
        self.known = self._known(lines)
        self.named = {word.upper() for word in re.findall(r"[A-Za-z’'-]{3,}", title)}
        self._count_questions(lines)
        self.names: dict[str, str] = {}
        self.hosts = self._title_names()

    @staticmethod
    def _key(head: Head) -> str:
        return head.printed.upper().strip(" .")

    def _known(self, lines: list[Line]) -> set[str]:
        """The labels that are sure: known voices, and names that recur or are bold."""
        known = set()
        for line, head in zip(lines, self.heads, strict=True):
            if head is None:
                continue
            key = self._key(head)
            sure = (
                generic(head.printed) is not None or self.counts[key] > _OFTEN or (head.bold and self.counts[key] >= 1)
            )
            if head.letter and self.counts[key] < _OFTEN:
                sure = False
            elif not self.scanned and line.fresh and not sure:  # a name: in full, or one that the text prints
                sure = len(key.split()) <= 4 and len(key) > _INITIALS
            if sure:
                known.add(key)
        return known

    def _count_questions(self, lines: list[Line]) -> None:
        """How many of each label's turns end in a question mark."""
        ends = ""
        for line, head in zip(reversed(lines), reversed(self.heads), strict=True):
            ends = ends or line.text
            if head is not None and self._meant(head) is not None:
                self.asks[self._meant(head) or ""] += bool(re.search(r"\?\W*$", ends))
                ends = ""

    def _meant(self, head: Head) -> str | None:
        """The label that a head is, or is a misreading of; None if it is none."""
        key = self._key(head)
        usual = _misread(key)
        if usual is not None:
            return usual
        if key in self.known or self._is_minister(key):
            return key
        if phrases.pattern("label.misread").fullmatch(key) and {"PM", "PRIME MINISTER", "P.M", "P M"} & self.known:
            return "PM"
        surname = key.split()[-1]
        if any(other.split()[-1] == surname for other in self.known) or (surname in self.named and len(surname) > 3):
            return key
        alike = (
            get_close_matches(key, [one for one in self.known if len(one) > 3], n=1, cutoff=_ALIKE)
            if len(key) > 3
            else []
        )
        if alike:
            return alike[0]
        if not head.letter and phrases.pattern("label.office").match(key) and len(key.split()) > 1 and self.known:
            return key
        return None

    def label(self, line: Line, head: Head | None, before: str) -> Label | None:
        """The label of a line, or None. ``before`` is the line above: a doubtful label is after a sentence's end."""
        if head is None:
            return None
        key = self._meant(head)
        if key is None:
            doubtful = (
                len(self.known) > 1 and not head.letter and len(head.printed.split()) <= 3 and len(head.printed) > 3
            )
            if doubtful and _ENDS.search(before) and line.text[head.end : head.end + 1].isupper():
                return Label(
                    "voice",
                    head.end,
                    head.printed,
                    anonymous=True,
                    role="voice",
                    doubt=f"doubtful label: {head.printed}",
                )
            return None
        return self._who(key, head)

    def _who(self, key: str, head: Head) -> Label:
        kind = generic(key)
        if kind == "answer" or self._is_minister(key):
            return Label("podium", head.end, head.printed, speaker=self.minister or "Prime Minister", role="principal")
        if kind in ("reporter", "host"):
            host = (
                self.hosts[0] if self.kind == "interview" and len(self.hosts) == 1 and not self._others_ask() else None
            )
            return Label("reporter", head.end, head.printed, speaker=host, role="reporter", anonymous=True)
        if kind == "caller":
            return Label("reporter", head.end, head.printed, role="reporter", anonymous=True)
        if kind is not None:
            voice: Voice = kind  # type: ignore[assignment]
            speaker = None if voice == "voice" else as_name(key.title())
            return Label(voice, head.end, head.printed, speaker=speaker, role=kind, anonymous=voice == "voice")  # type: ignore[arg-type]
        name = self._full(key)
        if self._asks(key):
            return Label("reporter", head.end, head.printed, speaker=name, role="reporter", anonymous=True)
        role: Role = (
            "principal" if re.match(r"(?:PRIME MINISTER|PRESIDENT|CHANCELLOR|KING|QUEEN)\b", key) else "official"
        )
        return Label("podium", head.end, head.printed, speaker=name, role=role)

    def _is_minister(self, key: str) -> bool:
        surname = self.minister.split()[-1].upper() if self.minister else ""
        words = key.split()
        if not surname or words[-1] != surname:
            return False
        rank = len(words) == 2 and len(words[0].strip(".")) <= _INITIALS + 1  # MR. as a scan has it: "I4.", "Em."
        return len(words) == 1 or key == self.minister.upper() or _office_words(words[:-1]) or rank

    def _others_ask(self) -> bool:
        """Whether somebody with a name of their own asks on the page."""
        return any(generic(key) is None and not self._is_minister(key) and self._asks(key) for key in self.known)

    def _asks(self, key: str) -> bool:
        """Whether a name is a reporter's: the headline names it after "with", or it asks."""
        words = key.split()
        if _office_words(words[:1]) and words[0] not in ("MR", "MRS", "MS", "MISS", "DR", "SIR"):
            return False
        if any(words[-1] in host.upper().split() for host in self.hosts):
            return True
        if len(key) <= _INITIALS and " " not in key:
            return True
        pressed = sum(self.counts[one] for one in self.known if generic(one) == "reporter")
        share = self.asks[key] / max(1, self.counts[key])
        if self.kind == "press-conference" and pressed > 1:
            return share > 0.6 and self.counts[key] > 1
        return share >= 0.25 or self.kind == "interview"

    def _title_names(self) -> list[str]:
        """Who asks, as the headline says: "interview with Ann Example and Bob Example, Radio Arlen"."""
        match = phrases.pattern("title.with").search(self.title)
        if match is None or self.kind not in ("interview", None):
            return []
        names = []
        for part in re.split(r"(?i)\s+and\s+|\s*&\s*", match["who"]):
            words = phrases.pattern("title.stop").split(part, maxsplit=1)[0].split()
            while words and _office_words(words[:1]) and words[0].upper() in ("MR", "MS", "MRS", "DR"):
                words = words[1:]
            if not 2 <= len(words) <= 3 or _office_words(words[:1]) or not all(word[0].isupper() for word in words):
                break
            names.append(as_name(" ".join(words)) if in_capitals(" ".join(words)) else " ".join(words))
        return names

    def _full(self, key: str) -> str | None:
        """The name as the page gives it in full, without rank; an office alone is named by its holder in the headline."""
        if key not in self.names:
            self.names[key] = self._name(key) or ""
        return self.names[key] or None

    def _name(self, key: str) -> str | None:
        words = key.split()
        if phrases.pattern("label.of_office").fullmatch(key) and (len(words) > 1 or _office_words(words)):
            return self._holder(key) or _small(as_name(key))
        i = 0
        while i < len(words) - 1 and _office_words(words[i : i + 1]):
            i += 1
        name = " ".join(words[i:])
        if len(name) <= _INITIALS and " " not in name and not i and self._in_title(name) is None:
            return next((host for host in self.hosts if "".join(word[0] for word in host.split()) == name), None)
        if " " in name:
            return as_name(re.sub(r",?\s+MH?P$", "", name))
        full = [
            one
            for one in self.known
            if one.endswith(" " + name) and generic(one) is None and not _office_words(one.split()[:1])
        ]
        if full:
            return as_name(max(full, key=len))
        host = next((host for host in self.hosts if name in host.upper().split()), None)
        return host or self._in_title(name) or self.people.named(name)

    def _in_title(self, name: str) -> str | None:
        match = re.search(rf"(?<![\w’'-])([A-Za-z][\w’'-]+)\s+{re.escape(name)}(?!\w)", self.title, re.I)
        if (
            match is None
            or _office_words([match[1]])
            or phrases.pattern("title.stop").match(match[1])
            or match[1].lower() in ("with", "by")
        ):
            return None
        return f"{as_name(match[1].upper())} {as_name(name)}"

    def _holder(self, office: str) -> str | None:
        """Who holds an office, as the headline says: "Jacinda Ardern, Prime Minister of New Zealand", "Premier Mike Baird"."""
        name = r"((?:[A-Z][\w’'.-]+ ){1,2}[A-Z][\w’'-]+)"
        title = re.escape(office.removeprefix("THE ")).replace(r"\ ", r"\s+")
        styles = r"(?:(?i:the|rt|right|hon(?:ourable)?\.?|mr|mrs|ms|dr|sir|his|her|excellency)\s+)*"
        before = rf"{name}(?:,? MP)?,? (?:the )?(?i:{title})\b"
        behind = rf"(?i:{title})(?: of [A-Za-z ]{{3,30}})?,?\s+{styles}{name}"
        # after the office the name is in the text, too: "with the Treasurer, Ann Example"
        for pattern, told in ((before, self.title), (behind, self.title), (behind, self.words)):
            for match in re.finditer(pattern, told):
                words = match[1].split()
                while words and (_office_words(words[:1]) or words[0].lower() in ("with", "and", "by")):
                    words = words[1:]
                if len(words) > 1 and not any(
                    _office_words([w]) or phrases.pattern("title.stop").fullmatch(w) for w in words
                ):
                    return as_name(" ".join(words)) if in_capitals(" ".join(words)) else " ".join(words)
        return None


def _small(office: str) -> str:
    """An office with its small words as they are written: Minister for Trade and Investment."""
    return re.sub(r"(?<= )(?:Of|For|The|And)(?= )", lambda word: word.group().lower(), office)


def _office_words(words: list[str]) -> bool:
    return bool(words) and all(phrases.pattern("label.office").fullmatch(word.strip(".,")) for word in words)


def _misread(key: str) -> str | None:
    """The usual label of which a head is a misprint or a misreading: MINSITER, JOURANLIST, UESTION; None for others."""
    if len(key) < _USUAL_LENGTH or generic(key) is not None or key.startswith("PRIME MINISTER "):
        return None
    near = get_close_matches(key, [one for one in _USUAL if len(one) > _USUAL_LENGTH], n=1, cutoff=_NEARLY)
    return near[0] if near and abs(len(near[0]) - len(key)) <= _FEW else None


def divide(lines: list[Line], known: set[str]) -> list[Line]:
    """The lines, cut where a label of the page is after the end of a sentence: "… of the boom.PM: Well"."""
    printed = sorted({key for key in known if len(key) > 1} | set(_USUAL), key=len, reverse=True)
    inside = re.compile(r"(?<=[.?!…\]\)”\"’])\s*(?:" + "|".join(map(re.escape, printed)) + r")\s?:(?=\s*\S)")
    cut: list[Line] = []
    for line in lines:
        own = head_of(line)
        cut += line.divided(match.start() for match in inside.finditer(line.text, own.end if own else 0))
    return cut
