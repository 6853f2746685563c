"""The labels of a page of an unknown house: which heads of lines are labels, and who each of them is.

A head (:mod:`onrecord.reading.label_forms`) is a label if its words name a voice in any language, a known official or
outlet, or a person; forms that also occur in ordinary prose (a full stop, a letter, bold, brackets) must recur
on the page. What looks like a label but is not understood opens a doubtful turn: its words are never attributed to whoever
spoke before.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

import msgspec

from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.callers import is_given_name, is_outlet_name
from onrecord.reading.label_forms import Form, Head, head_of, in_capitals
from onrecord.reading.label_words import (
    is_page_head,
    is_title,
    office_ending,
    outlet_after_question,
    reporter_ending,
    voice_of,
)
from onrecord.reading.lines import Line
from onrecord.reading.naming import is_han, mixes_alphabets, names_somebody
from onrecord.reading.said import Said
from onrecord.reading.transcript import Label, Voice
from onrecord.record import Role

_ASKS = re.compile(r"[?？؟;]\s*[\"”’»)]?$")
_COURTESY = frozenset(
    ("mr", "ms", "mrs", "miss", "dr", "prof", "m", "mme", "herr", "frau", "señor", "señora", "sr", "sra")
)
_OFFICE_OF = frozenset(("of", "for"))
_REPORTERS = frozenset(("reporter", "journalist"))
_STAGE_CAPITAL = re.compile(r"(?:In|Via|Through|From|By|As|With|Off|Laughs?|Laughter|Inaudible)\b")
_COUNTING = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|last)(?:ly)?$|finally$|(?:one|two|three|note|example|for example|point \d+)$"
    r"|第?[一二三四五六七八九十]+[点點，、]?$",
    re.I,
)
_FEW, _MOST_WORDS = 2, 8
#: If at least this share of lines has words in brackets at their heads, these are labels.
_BRACKETED_SHARE = 0.3
DOUBT = "doubtful label"


class Who(msgspec.Struct, frozen=True, gc=False):
    """Who a head is. ``voice`` is None if only the page can tell; ``person`` says that the name is no outlet's,
    ``word`` that a label word of a language names the voice, ``office`` that an office stands for the name."""

    voice: Voice | None = None
    speaker: str | None = None
    outlet: str | None = None
    role: Role | None = None
    person: bool = False
    word: bool = False
    office: bool = False


def who_is(head: Head, officials: Collection[str] = ()) -> Who | None:
    """Who a head is by its words, or None if they name nobody. ``officials`` are known names, in lower case."""
    printed = head.printed
    if is_han(printed) and voice_of("".join(printed.split())):  # set with spaces between the characters
        printed = "".join(printed.split())
    voice = voice_of(printed)
    if voice is not None:
        return _voice(voice, head)
    if _COUNTING.match(printed):
        return None
    outlet = outlet_after_question(printed)
    if outlet is not None:
        return Who("reporter", outlet=outlet, role="reporter", word=True)
    if printed.casefold() in officials:
        return Who("podium", speaker=printed, role="spokesperson", person=True)
    if is_han(printed):
        return _han(printed)
    if outlet_ids()(printed.strip("《》")) is not None and not head.aside:
        return Who("reporter", outlet=printed.strip("《》"), role="reporter")
    if head.aside and _begins_with_title(head.aside):  # "The Minister for Lakes and Rivers, Lands (Ms. Example)"
        return _named(head)
    return _slashed(printed) or _with_comma(printed) or _named(head)


def _voice(voice: Voice, head: Head) -> Who:
    if voice == "reporter":
        name, outlet = None, None
        if head.aside and not _is_stage(head.aside):
            first, _, second = head.aside.partition(",")
            name, outlet = (first.strip(), second.strip()) if second else (None, first.strip())
        return Who("reporter", speaker=name, outlet=outlet, role="reporter", word=True)
    if voice == "podium":
        return Who("podium", word=True)
    speaker = head.printed if not head.printed.isupper() else head.printed.title()
    if voice == "voice":
        return Who(None, speaker=speaker, person=True, word=True)
    return Who(voice, speaker=speaker, role=voice, word=True)  # type: ignore[arg-type]


def _is_stage(aside: str) -> bool:
    """Whether the words in brackets after a name are a stage direction, a party, or a language."""
    return not aside[0].isupper() or len(aside) < 3 or _STAGE_CAPITAL.match(aside) is not None


def _slashed(printed: str) -> Who | None:
    """``NAME/OUTLET`` and ``OUTLET/NAME``."""
    first, slash, second = (part.strip() for part in printed.partition("/"))
    if not slash or not first or not second or "/" in second or not names_somebody(first) or not names_somebody(second):
        return None
    if _is_outlet(first) and not _is_outlet(second):
        first, second = second, first
    return Who("reporter", speaker=first, outlet=second, role="reporter", person=True)


def _with_comma(printed: str) -> Who | None:
    """``OFFICE, NAME``, ``NAME, OFFICE`` and ``Outlet, NAME``."""
    first, comma, second = printed.rpartition(",")
    first, second = first.strip(), second.strip()
    if not comma or not first or not second or len(second.split()) > _MOST_WORDS:
        return None
    if _begins_with_title(first) and _is_name(second):
        return Who("podium", speaker=_without_titles(second) or second, person=True)
    if _is_name(first) and _begins_with_title(second):
        return Who("podium", speaker=_without_titles(first) or first, person=True)
    if (
        names_somebody(first)
        and len(second.split()) <= 3
        and (second.isupper() or _is_outlet(first))
        and _is_name(second)
    ):
        return Who("reporter", speaker=second, outlet=first, role="reporter", person=True)
    return None


def _named(head: Head) -> Who | None:
    """A name, with or without ranks before it and an outlet or a name in brackets after it."""
    printed, aside = head.printed, "" if head.aside and _is_stage(head.aside) else head.aside
    titled = _begins_with_title(printed)
    if titled and aside and _is_name(aside):  # "The Minister for Lakes (Ms. Example)"
        return Who("podium", speaker=_without_titles(aside) or aside, person=True)
    name = _without_titles(printed) if titled else printed
    if titled and not name:  # an office without a name
        return Who("podium", speaker=printed.title() if printed.isupper() else printed, person=True, office=True)
    tail = _capital_tail(name) if titled else None  # "Minister of Finance RIN EXAMPLE"
    if tail is not None:
        return Who("podium", speaker=tail, person=True)
    if titled and name.split()[0].casefold() in _OFFICE_OF:  # "MINISTER OF TRANSPORT": an office with what it is for
        return Who(
            "podium",
            speaker=printed.title().replace(" Of ", " of ") if printed.isupper() else printed,
            person=True,
            office=True,
        )
    if not names_somebody(name):
        return None
    if aside and not titled:
        return Who("reporter", speaker=name, outlet=aside, role="reporter", person=True)
    first = printed.split()[0].casefold().rstrip(".")
    if first in _REPORTERS:
        return Who("reporter", speaker=name, role="reporter", person=True)
    return Who("podium" if titled and first not in _COURTESY else None, speaker=name, person=titled or _is_person(name))


def _begins_with_title(words: str) -> bool:
    parts = words.split()
    if parts and parts[0].casefold() in ("the", "la", "le", "el", "der", "die", "o", "a") and len(parts) > 1:
        parts = parts[1:]
    return bool(parts) and is_title(parts[0])


def _without_titles(words: str) -> str:
    """A name without the ranks before it; empty for an office without a name."""
    parts = words.split()
    i = 0
    while i < len(parts) and (is_title(parts[i]) or parts[i].casefold() == "the"):
        i += 1
    return " ".join(parts[i:])


def _capital_tail(words: str) -> str | None:
    """The name in capitals with which a label ends that begins in lower case: "of Finance RIN EXAMPLE"."""
    parts = words.split()
    i = len(parts)
    while i and parts[i - 1].isupper() and len(parts[i - 1]) > 1:
        i -= 1
    return " ".join(parts[i:]) if 0 < i < len(parts) else None


def _is_name(words: str) -> bool:
    return 0 < len(words.split()) <= 5 and names_somebody(_without_titles(words) or words)


def _is_person(name: str) -> bool:
    return " " in name and is_given_name(name.split(maxsplit=1)[0].capitalize()) and not _is_outlet(name)


def _is_outlet(words: str) -> bool:
    return outlet_ids()(words) is not None or is_outlet_name(
        words.title() if words.isupper() and " " in words else words
    )


def _han(printed: str) -> Who | None:
    """A label in Chinese or Japanese: an office, an outlet and its reporter, or a name."""
    bare = printed.replace("《", "").replace("》", "").strip()
    first, space, second = bare.partition(" ")
    reporter = reporter_ending(bare)
    if voice_of(first) == "moderator" and second:
        return Who("moderator", speaker=second, role="moderator", person=True)
    if reporter is not None:
        rest = bare[: reporter.start()].strip()
        outlet, _, name = rest.partition(" ")
        return Who("reporter", speaker=name or None, outlet=outlet or None, role="reporter")
    if space and office_ending(first):
        return Who("podium", speaker=second, person=True)
    office = office_ending(bare)
    if office is not None and len(bare) <= 24 and not re.search(r"[，。？！；、“”]", bare):
        name = bare[: office.start()] if 2 <= office.start() <= 3 or not is_han(bare[:1]) else ""
        return Who("podium" if not name else None, speaker=name or bare, person=True)
    if outlet_ids()(bare) is not None:
        return Who("reporter", outlet=bare, role="reporter")
    if space and names_somebody(first) and names_somebody(second) and len(second) <= 4:
        return Who("reporter", speaker=second, outlet=first, role="reporter")
    return Who(None, speaker=bare) if names_somebody(bare) else None


def find_page_labels(lines: list[Line], officials: Collection[str] = ()) -> list[Label | None]:
    """For each line its label, or None. ``officials`` are the names of those known to speak for the issuer."""
    heads = [head_of(line) for line in lines]
    who = [who_is(head, officials) if head is not None else None for head in heads]
    taken = _taken(heads, who, len(lines))
    doubts = _doubtful(heads, taken)
    voices = _voices(lines, heads, who, [a or b for a, b in zip(taken, doubts, strict=True)])
    labels: list[Label | None] = []
    for head, told, is_label, doubtful in zip(heads, who, taken, doubts, strict=True):
        if head is None or not (is_label or doubtful):
            labels.append(None)
        elif doubtful or told is None:
            doubt = f"{DOUBT}: {head.printed}"
            voice: Voice = "reporter" if voices[head.key] == "reporter" else "podium"
            labels.append(Label(voice, head.end, head.printed, head.start, anonymous=True, doubt=doubt))
        else:
            labels.append(_label(head, told, voices[head.key]))
    return labels


def labels_of_names(lines: list[Line], said: Sequence[Said | None]) -> list[Label | None]:
    """For each line the label of the voice that opens with it, as the file says who that is (:mod:`onrecord.reading.said`)."""
    heads = [Head(one.name, "colon", 0) if one is not None and one.name else None for one in said]
    who = [who_is(head) if head is not None else None for head in heads]
    voices = _voices(lines, heads, who, [head is not None for head in heads])
    labels: list[Label | None] = []
    asks = _end_in_questions(lines, said)
    for one, head, told, asked in zip(said, heads, who, asks, strict=True):
        if one is None:
            labels.append(None)
            continue
        voice: Voice = "reporter" if one.side == "asks" or (asked and one.side is None and not one.name) else "podium"
        if head is None:
            label = Label(voice, 0, anonymous=True, role="reporter" if voice == "reporter" else None)
        elif told is None:
            voice = voice if one.side else voices[head.key]
            label = Label(voice, 0, one.name, speaker=one.name, role="reporter" if voice == "reporter" else None)
        else:
            label = _label(head, told, voice if one.side else voices[head.key])
        labels.append(msgspec.structs.replace(label, outlet=one.outlet) if one.outlet else label)
    return labels


def _end_in_questions(lines: list[Line], said: Sequence[Said | None]) -> list[bool]:
    """For each line, whether the words of its voice end in a question."""
    found: list[bool] = []
    ends: bool | None = None
    for line, one in zip(reversed(lines), reversed(said), strict=True):
        ends = _ASKS.search(line.text) is not None if ends is None else ends
        found.append(ends)
        ends = None if one is not None else ends
    return found[::-1]


def _label(head: Head, who: Who, voice: Voice) -> Label:
    speaker, outlet, role, doubt = who.speaker, who.outlet, who.role, ""
    if voice == "reporter" and who.voice is None and not who.person and not who.word:
        speaker, outlet = None, speaker  # a name that only asks and is not a person's: an outlet
    if voice == "reporter":
        role = "reporter"
    if outlet is not None and mixes_alphabets(outlet):
        doubt, outlet = f"{DOUBT}: {outlet} mixes the letters of two alphabets", None
    anonymous = voice == "reporter" or speaker is None
    return Label(voice, head.end, head.printed, head.start, speaker, outlet, role, anonymous, doubt=doubt)


def _taken(heads: list[Head | None], who: list[Who | None], lines: int) -> list[bool]:
    """Which heads are labels: by their words and, for forms that also occur in prose, by how often they recur."""
    by_form: dict[Form, Counter[str]] = defaultdict(Counter)
    for head in heads:
        if head is not None:
            by_form[head.form][head.key] += 1
    page = _PageForms(by_form, heads, who, lines)
    return [
        head is not None and told is not None and not is_page_head(head.printed) and page.takes(head, told)
        for head, told in zip(heads, who, strict=True)
    ]


class _PageForms:
    """How often each form and each label occurs on a page, and the decisions based on it."""

    def __init__(
        self, by_form: dict[Form, Counter[str]], heads: list[Head | None], who: list[Who | None], lines: int
    ) -> None:
        self.counts = by_form
        told = [(head, found) for head, found in zip(heads, who, strict=True) if head is not None and found is not None]
        colons = [(head, found) for head, found in told if head.form == "colon" and not is_page_head(head.printed)]
        self.colons = {head.key for head, found in colons if self._stands_alone(head, found)}
        if self.colons:  # a single "Minister:" is a speaker if others are labelled, and a heading otherwise
            self.colons |= {head.key for head, _ in colons}
        self.marks = _accepted_marks(by_form["mark"], bool(self.colons))
        self.recurs = {form for form, counts in by_form.items() if any(count >= _FEW for count in counts.values())}
        self.bracketed = sum(by_form["bracket"].values()) >= max(_FEW, lines * _BRACKETED_SHARE)
        self.cells = not self.colons and any(
            head.form == "cell" and (found.person or found.word) for head, found in told
        )
        # words alone on a line are labels where those of a person or a voice recur and no label has another form
        self.alone = (
            not self.colons
            and not self.marks
            and any(
                head.form == "alone" and by_form["alone"][head.key] >= _FEW and (found.person or found.word)
                for head, found in told
            )
        )

    def _stands_alone(self, head: Head, who: Who) -> bool:
        """Whether a head with a colon is a label regardless of the rest of the page."""
        return (
            not who.office
            or in_capitals(head.printed)
            or len(head.printed.split()) > 1
            or self.counts["colon"][head.key] >= _FEW
        )

    def takes(self, head: Head, who: Who) -> bool:
        """Whether the head is a label."""
        match head.form:
            case "colon":
                return head.key in self.colons
            case "semicolon":
                return head.key in self.colons or (who.word and head.printed.isupper() and len(head.printed) > 1)
            case "stop":
                return who.word or ("stop" in self.recurs and len(head.printed.split()) > 1)
            case "mark":
                return head.key in self.marks
            case "bracket":
                return self.bracketed and is_han(head.printed)
            case "time":
                return "time" in self.recurs
            case "bold":
                return "bold" in self.recurs and not self.colons
            case "cell":
                return self.cells
            case "alone":
                known = who.person or who.word or who.voice == "reporter" or _is_outlet(head.printed)
                return self.alone and (known or self.counts["alone"][head.key] >= _FEW)


def _accepted_marks(counts: Counter[str], colons: bool) -> frozenset[str]:
    """The letters that are labels: Q if it recurs, or is beside A on a page without other labels; A and R with it."""
    asks = {letter for letter in ("q", "p") if counts[letter] >= _FEW}
    if not asks and not colons and counts["q"] and (counts["a"] or counts["r"]):
        asks = {"q"}
    if "p" in asks and counts["r"] < _FEW:
        asks.discard("p")
    return frozenset(asks | ({"a", "r"} if asks else set()))


def _doubtful(heads: list[Head | None], taken: list[bool]) -> list[bool]:
    """Which of the other heads look like labels: they recur, or are in capitals like the labels."""
    counts = Counter(head.key for head in heads if head is not None and head.form in ("colon", "semicolon"))
    any_taken = any(taken)
    doubts = []
    for head, is_label in zip(heads, taken, strict=True):
        looks = (
            head is not None
            and not is_label
            and head.form in ("colon", "semicolon")
            and not is_page_head(head.printed)
            and not _COUNTING.match(head.printed)
        )
        if looks and head is not None:
            capitals = any_taken and head.form == "colon" and in_capitals(head.printed)
            looks = capitals or counts[head.key] >= _FEW
        doubts.append(bool(looks))
    return doubts


def _voices(
    lines: list[Line], heads: list[Head | None], who: list[Who | None], labelled: list[bool]
) -> dict[str, Voice]:
    """The voice of each label: by its words, or else by whether most of its turns end in a question."""
    asks: dict[str, list[bool]] = defaultdict(list)
    told: dict[str, Voice] = {}
    under_words = any(
        w is not None and w.word and w.voice == "reporter" and is_label
        for w, is_label in zip(who, labelled, strict=True)
    )
    ends = ""
    for i in range(len(lines) - 1, -1, -1):
        ends = ends or lines[i].text
        head = heads[i]
        if labelled[i] and head is not None:
            asks[head.key].append(bool(_ASKS.search(ends)))
            voice = (w := who[i]) and w.voice
            if voice is None and under_words and w is not None and w.person and not w.word:
                voice = "podium"  # where "QUESTION:" asks, named persons answer
            if voice:
                told[head.key] = voice
            ends = ""
    return {
        key: told.get(key) or ("reporter" if sum(ended) * 2 > len(ended) else "podium") for key, ended in asks.items()
    }
