"""The labels of a page: officials by their offices, reporters by outlet first and by name afterwards.

``Joseph Morong (GMA-7):`` is ``Mr. Morong:`` from then on, ``LYNDA JUMILLA (ABS-CBN):`` is ``JUMILLA:``, and
``PRESIDENT RODRIGO ROA DUTERTE:``, ``PRES. DUTERTE:``, ``DUTERTE:`` are one person. A page is read twice: for the labels that
tell who somebody is, and for those that repeat it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import msgspec

from onrecord.houses.phrases import Phrases
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.callers import is_given_name
from onrecord.reading.labels import as_name
from onrecord.reading.lines import Line
from onrecord.reading.naming import names_somebody
from onrecord.reading.transcript import Label, Voice
from onrecord.record import Role, fold

phrases = Phrases(__file__, re.I | re.S)
#: ``Name (OUTLET):``, ``NAME/OUTLET:``, ``SEC. NAME:``; a second colon is a slip.
_HEAD = re.compile(
    r"(?P<printed>[A-ZÑÁÉ][^:()/\n]{0,60}?)(?P<office>,[^:()/\n]{2,60})?\s*(?:\((?P<aside>[^():]{2,60})\)|/\s?(?P<slash>[^:()/]{2,40}))?"
    r"\s?:\s*(?::\s*)?"
)
_NO_NAME = re.compile(r"[\d,!?“”\"\[\]&—–]|\.\s+[a-z]")
_STAGE = re.compile(r"[a-z]|(?i:laugh|inaudible|off|via|through|in |reading|voice)")
_ASKS = re.compile(r"\?[\"”’]?\s*$")
_MOST_WORDS, _OFTEN, _GIVEN = 6, 2, 3
_PRESIDENT = re.compile(r"(?i)pres(?:\.|idente?)?")
_ORDINAL = re.compile(r"[ivx]+|jr\.?|sr\.?")
#: What is in place of a label after other words, whoever it is: ``Name Name (OUTLET):``, ``NAME NAME/OUTLET:``.
_INSIDE = r"[A-ZÑ][\w.'’ñ-]{0,40}(?: [A-ZÑ][\w.'’ñ-]{0,40}){1,2} ?(?:\([A-Z][^():]{2,40}\)|/ ?[A-Z][^():/]{2,30})"


class Head(msgspec.Struct, frozen=True):
    """What is before a colon: as ``printed``, the ``rank`` and ``name`` in it, and the ``outlet`` after it."""

    printed: str
    rank: str
    name: str
    outlet: str
    end: int

    @property
    def key(self) -> str:
        """By this the labels of one person are brought together: the family name, without accents, in lower case."""
        words = [word for word in _words(self.name) if not _ORDINAL.fullmatch(word)]
        return words[-1] if words else ""


class Person(msgspec.Struct):
    """Who bears a family name on the page."""

    name: str
    outlet: str | None
    voice: Voice


def _words(name: str) -> list[str]:
    return _plain(name).replace("-", " ").split()


def _family(name: str) -> str:
    """The last word of a name, as printed, ordinals aside."""
    return next((word for word in reversed(name.split()) if not _ORDINAL.fullmatch(word.lower())), name)


def _plain(words: str) -> str:
    bare = unicodedata.normalize("NFD", words)
    return "".join(one for one in bare if not unicodedata.combining(one)).casefold().strip(".,’'")


def head_of(text: str) -> Head | None:
    """The head of a line, if a label could read so."""
    match = _HEAD.match(text)
    if match is None:
        return None
    printed = fold(match["printed"]).strip()
    if not printed or len(printed.split()) > _MOST_WORDS or _NO_NAME.search(printed):
        return None
    words = printed.split()
    office = phrases.pattern("label.office")
    courtesy = phrases.pattern("label.courtesy")
    i = 0
    while i < len(words) - 1 and (office.fullmatch(words[i].rstrip(".")) or courtesy.fullmatch(words[i].rstrip("."))):
        i += 1
    outlet = match["aside"] or match["slash"] or ""
    if match["aside"] and _STAGE.match(outlet):
        outlet = ""
    return Head(printed, " ".join(words[:i]), " ".join(words[i:]), outlet.strip(), match.end())


def _in_capitals(words: str) -> bool:
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) > 0.6 * len(letters)


def _voice(printed: str) -> Voice | None:
    """The voice of a label that names nobody, or None."""
    voices: tuple[Voice, ...] = ("reporter", "moderator", "interpreter", "voice")
    return next((voice for voice in voices if phrases.pattern(f"label.{voice}").fullmatch(printed)), None)


class PageLabels:
    """The labels of one page. ``told`` is what the page says of the occasion: its title and the sentence below."""

    def __init__(self, texts: list[str], told: str) -> None:
        self.told = told
        self.words = "\n".join([told, *texts])
        self._full_names: dict[str, str | None] = {}
        self.interview = phrases.kind(told) == "interview" or "interview" in told.partition("\n")[0].lower()
        self.heads = [self._head(text) for text in texts]
        self.counts = Counter(head.key for head in self.heads if head is not None and head.key)
        self.labelled = any(
            head is not None and (_voice(head.printed) or head.outlet or _in_capitals(head.printed))
            for head in self.heads
        )
        self.people = self._people(texts)
        #: the family names printed after the rank of president alone
        self.presidents = {head.key for head in self.heads if head is not None and _PRESIDENT.fullmatch(head.rank)}

    @staticmethod
    def _head(text: str) -> Head | None:
        head = head_of(text)
        if head is None or _voice(head.printed) or phrases.pattern("label.president").fullmatch(head.printed):
            return head
        salutes = phrases.pattern("label.office").fullmatch(head.name.rstrip("."))  # "Mr. President:"
        return head if names_somebody(head.name) and not salutes and phrases.furniture(text) is None else None

    def _people(self, texts: list[str]) -> dict[str, list[Person]]:
        """Who bears each family name, by the labels that tell the most of them."""
        people: dict[str, list[Person]] = {}
        asked = Counter[str]()
        for text, head in zip(texts, self.heads, strict=True):
            if head is not None and _ASKS.search(text):
                asked[head.key] += 1
        for head in self.heads:
            if head is None or not head.key or _voice(head.printed):
                continue
            courtesy = head.rank and all(
                phrases.pattern("label.courtesy").fullmatch(w.rstrip(".")) for w in head.rank.split()
            )
            known = people.setdefault(head.key, [])
            same = next((one for one in known if _same_name(one.name, head.name)), None)
            if same is None:
                voice: Voice = "reporter" if head.outlet or courtesy else "podium"
                if not head.outlet and not head.rank:
                    asks = self._interviews(head.name) or asked[head.key] * 2 > self.counts[head.key]
                    voice = "reporter" if asks or (self.interview and not self._in_office(head.name)) else "podium"
                known.append(same := Person(head.name, None, voice))
            if len(head.name) > len(same.name):
                same.name = head.name
            if head.outlet:
                same.outlet, same.voice = same.outlet or head.outlet, "reporter"
            elif head.rank and not courtesy:
                same.voice = "podium"
        return people

    def _interviews(self, name: str) -> bool:
        """Whether the title or the sentence below names somebody as the one who asks: "by NAME", "interview with NAME of OUTLET".

        A press briefing with somebody is given by him.
        """
        asking = "journalist|anchor|by|with|reporter" if self.interview else "journalist|anchor|by|reporter"
        found = re.search(
            rf"(?:{asking})\s+(?:\w+\s+){{0,2}}?{re.escape(_family(name))}\b",
            self.told,
            re.I,
        )
        return found is not None and not self._in_office(name)

    def _in_office(self, name: str) -> bool:
        """Whether the page says an office of somebody of that family name where it tells the occasion."""
        return (
            re.search(
                rf"(?:president|secretary|sec\.|senator|adviser)[\w ,]{{0,60}}?\b{re.escape(_family(name))}\b",
                self.told,
                re.I,
            )
            is not None
        )

    def label(self, text: str, head: Head | None) -> Label | None:
        """The label of a line, or None."""
        if head is None:
            return None
        voice = _voice(head.printed)
        if voice is not None:
            return self._anonymous(head, voice)
        if phrases.pattern("label.president").fullmatch(head.printed):
            return Label("podium", head.end, head.printed, speaker=self._president(), role="principal")
        if not self.labelled or not self._is_label(head):
            return None
        person = self._person(head)
        if person is None:
            return Label(
                "voice", head.end, head.printed, anonymous=True, role="voice", doubt=f"doubtful label: {head.printed}"
            )
        name = self._full(person)
        if person.voice == "reporter":
            if not person.outlet and outlet_ids()(head.printed) is not None:  # "RT:" asks
                return Label("reporter", head.end, head.printed, outlet=head.printed, role="reporter", anonymous=True)
            outlet = head.outlet or person.outlet or self._interview_outlet(person)
            return Label(
                "reporter", head.end, head.printed, speaker=name, outlet=outlet, role="reporter", anonymous=True
            )
        role: Role = "spokesperson" if "spokes" in head.rank.lower() else "official"
        role = "principal" if head.key in self.presidents else role
        return Label("podium", head.end, head.printed, speaker=name, role=role)

    @staticmethod
    def _anonymous(head: Head, voice: Voice) -> Label:
        if voice == "reporter":
            return Label(
                "reporter", head.end, head.printed, outlet=head.outlet or None, role="reporter", anonymous=True
            )
        role: Role = "voice" if voice == "voice" else voice  # type: ignore[assignment]
        speaker = as_name(head.printed.upper().removeprefix("THE "))
        return Label(voice, head.end, head.printed, speaker=speaker, role=role, anonymous=voice == "voice")

    def _is_label(self, head: Head) -> bool:
        return (
            bool(head.outlet or head.rank or _in_capitals(head.printed) or self.counts[head.key] >= _OFTEN)
            and self.told.find(head.printed + ":") < 0
        )

    def _person(self, head: Head) -> Person | None:
        known = self.people.get(head.key, [])
        own = [one for one in known if _same_name(one.name, head.name)]
        if head.outlet and " " not in head.name:  # ROSE/HATAW, who was ROSE NOVENARIO/HATAW before
            full = (one for people in self.people.values() for one in people if " " in one.name and one.outlet)
            own += [one for one in full if _words(one.name)[0] == head.key]
        person = max(own, key=lambda one: (one.outlet is not None, len(one.name)), default=None)
        sure = (
            head.outlet
            or head.rank
            or " " in head.name
            or self.counts[head.key] >= _OFTEN
            or head.key in _plain(self.told)
        )
        return person if sure or (person is not None and (person.outlet or " " in person.name)) else None

    def _president(self) -> str:
        known = [person for key in sorted(self.presidents) for person in self.people.get(key, ())]
        return self._full(known[0]) if known else self._occasion("president") or "The President"

    def _occasion(self, what: str) -> str | None:
        """A name that the words about the occasion give by the pattern of that name."""
        named = phrases.pattern(f"occasion.{what}").search(self.told)
        if named is None:
            return None
        name = fold(named["who"])
        return self._in_told(name) or (as_name(name) if _in_capitals(name) else name)

    def _full(self, person: Person) -> str:
        """The name as the page gives it in full."""
        name = as_name(person.name) if _in_capitals(person.name) else person.name
        return name if " " in name else self._in_told(name) or name

    def _in_told(self, name: str) -> str | None:
        """The full name that the page prints after an office, or that begins with a known given name."""
        if name not in self._full_names:
            self._full_names[name] = self._full_name(name)
        return self._full_names[name]

    def _full_name(self, name: str) -> str | None:
        first = r"[A-ZÑÁÉ][\w’'ñ.-]+ (?:[\"“][^\"”]{1,20}[\"”] )?"
        pattern = re.compile(rf"(?<![\w’'.-])((?:{first}){{1,4}})(?:(?i:de la|dela|de) )?(?i:{re.escape(name)})(?!\w)")
        for match in pattern.finditer(self.words):
            before = match[1].split()
            offices = [
                i for i, word in enumerate(before) if phrases.pattern("label.office").fullmatch(word.rstrip(".,"))
            ]
            start = offices[-1] + 1 if offices else 0
            if start < len(before) and (offices or is_given_name(before[0])) and len(before) - start <= _GIVEN:
                return " ".join(match[0].split()[start:])
        return None

    def _interview_outlet(self, person: Person) -> str | None:
        match = phrases.pattern("interview.outlet").search(self.told)
        if match is None:
            match = re.search(
                rf"{re.escape(_family(person.name))} (?:of|from) (?:the )?(?P<outlet>[A-Z][\w-]*(?: [A-Z0-9][\w-]*){{0,3}})",
                self.told,
                re.I,
            )
        asks = sum(one.voice == "reporter" for known in self.people.values() for one in known)
        return match["outlet"] if match is not None and (asks == 1 or self._interviews(person.name)) else None

    def principal(self, labels: Iterable[Label | None]) -> str | None:
        """Who speaks where no label tells: the President, if a label or the words about the occasion name him."""
        spoken = next((label.speaker for label in labels if label is not None and label.role == "principal"), None)
        if spoken is not None:
            return spoken
        return self._occasion("principal")

    def speaker(self) -> str | None:
        """Whose statement or speech the page is, as its headline or the sentence below tells."""
        if phrases.pattern("occasion.by_president").search(self.told):
            return self._president()
        return self._occasion("speaker")


def _same_name(one: str, other: str) -> bool:
    """Whether two names with the same family name may be one person's: one is the end of the other, or both begin alike."""
    first, second = sorted(([w for w in _words(name) if not _ORDINAL.fullmatch(w)] for name in (one, other)), key=len)
    return second[-len(first) :] == first or first[0] == second[0]


def _inside(known: set[str]) -> re.Pattern[str]:
    """Fits a label that is after the end of a sentence, also without a space."""
    printed = "|".join([*map(re.escape, sorted(known, key=len, reverse=True)), _INSIDE])
    return re.compile(rf"(?:(?<=[.?!…\]\)\"”’a-z])|(?<=--))\s*\b(?:{printed})\s?:(?=\s)")


def divide(lines: list[Line], told: str) -> tuple[list[Line], PageLabels]:
    """The lines, cut where a label of the page is after other words, and the labels."""
    labels = PageLabels([line.text for line in lines], told)
    heads = [head for head in labels.heads if head is not None and labels.label("", head) is not None]
    known = {head.printed for head in heads} | {_family(head.name).upper() for head in heads if head.name}
    cut: list[Line] = []
    ends = re.compile(r"\s?[●•]\s*$")
    inner = _inside(known) if known else None
    for line in lines:
        own = head_of(line.text)
        places = [match.start() for match in inner.finditer(line.text, own.end if own else 0)] if inner else []
        end = ends.search(line.text)
        cut += line.divided([*places, *([end.start()] if end else [])])
    return cut, PageLabels([line.text for line in cut], told)
