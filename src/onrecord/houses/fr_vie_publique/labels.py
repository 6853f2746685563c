"""Who speaks on a page: Q and R, names in capitals alone in their row, and the speakers of a sitting of parliament."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from onrecord.houses.phrases import Phrases
from onrecord.reading.labels import as_name
from onrecord.reading.lines import Line
from onrecord.reading.page_labels import find_page_labels
from onrecord.reading.transcript import Label
from onrecord.record import Role, fold

phrases = Phrases(__file__, re.I | re.S)
#: "Q - ", "R – ", "Q.", and the same after the end of a sentence.
_LETTER = re.compile(r"(?P<printed>[QR])\s?(?:[-–—]|[.:])\s*(?=\S)")
INSIDE = re.compile(r"(?<=[.?!…»\"”)])\s+(?=[QR]\s?[-–—]\s)")
_NAME = r"[A-ZÉÈÊÎÔÇ][\w’'-]+(?: (?:(?:de |du |des |Le |La |de La |d[’'])?[A-ZÉÈÊÎÔÇ][\w’'-]*)){1,3}"
#: "M. le président. La parole est à …", "M. Ada Exemple, ministre. Oui."
_SITTING = re.compile(
    rf"(?:M|Mme|MM|Mmes)\.? (?P<who>(?:le|la) présidente?(?: de séance)?|(?:le|la) (?:rapporteure?|ministre)|{_NAME})"
    r"(?P<office>,[^.?!]{3,160})?\.\s+(?=[A-ZÉÈÊÎÔÇ«…(])"
)
_OUTLET = (
    r"(?P<outlet>(?:L[ae]s? |L[’'])?[A-ZÉÈÊÎÔÇ][\w’'-]+(?: (?:(?:de|du|des|la|le|et) ){0,2}[A-ZÉÈÊÎÔÇ][\w’'-]+){0,4})"
)
_MOST_WORDS, _LONGEST, _FEW = 7, 70, 2


class People(msgspec.Struct, frozen=True):
    """The officials whom a title names, where an interview was given, and those who ask, as far as the page lists them."""

    officials: list[str]
    outlet: str | None
    askers: list[str]


def plain(words: str) -> str:
    """Words without accents, in capitals, by which a label in capitals is compared with a name."""
    bare = unicodedata.normalize("NFD", words)
    return fold(
        "".join(one for one in bare if not unicodedata.combining(one)).replace("-", " ").replace("’", "'")
    ).upper()


def people_of(title: str, listed: str, *, interview: bool) -> People:
    """Who speaks: ``listed`` is the row of names under the title."""
    persons = re.compile(phrases.table["title"]["persons"])
    before_topic = re.split(r",? sur (?:le|la|les|l[’'])", title, maxsplit=1)[0] if not interview else title
    named = [re.sub(r"^(?:M|Mme)\.? ", "", fold(match["who"])) for match in persons.finditer(before_topic)]
    row = [fold(one) for one in listed.split(",") if fold(one)] if len(listed) < 300 else []
    officials = [one for one in row if plain(one) in plain(title)] or named[:1]
    askers = [one for one in row if plain(one) not in plain(title)] if interview else []
    outlets = [fold(match["outlet"]) for match in phrases.pattern("title.outlet").finditer(title)] if interview else []
    outlet = outlets[0].strip(' "“”«»,') if outlets else None
    if outlet is not None and outlet.count('"') == 1:  # one of several in quotation marks
        outlet = outlet.replace('"', "") if " et " not in outlet else outlet
    return People([*dict.fromkeys(officials)], outlet, askers)


def alone(line: Line) -> str | None:
    """A name in capitals that is a whole row, perhaps with an office after a comma."""
    text = fold(line.text)
    letters = [letter for letter in text if letter.isalpha()]
    if (
        len(letters) < 2
        or len(text) > _LONGEST
        or text[-1] in ".?!…:;"
        or not all(letter.isupper() for letter in letters)
    ):
        return None
    name = text.partition(",")[0]
    return text if len(name.split()) <= _MOST_WORDS and not re.search(r"\d|[\"«»(]", name) else None


def find_labels(lines: list[Line], people: People) -> list[Label | None]:
    """For each line its label, or None."""
    letters = [_LETTER.match(line.text) for line in lines]
    if any(match is not None and match["printed"] == "Q" for match in letters) or (
        sum(match is not None for match in letters) >= _FEW
    ):
        return [_letter(match, people) if match is not None else None for match in letters]
    rows = [alone(line) for line in lines]
    known = {plain(one) for one in (*people.officials, *people.askers)}
    named = sum(row is not None and (plain(row) in known or rows.count(row) >= _FEW) for row in rows)
    if named >= _FEW:
        words = "\n".join(line.text for line in lines)
        said = [i + 1 < len(rows) and rows[i + 1] is None for i in range(len(rows))]
        return [
            _named(row, len(line.text), people, words) if row is not None and speaks else None
            for row, line, speaks in zip(rows, lines, said, strict=True)
        ]
    sitting = [_SITTING.match(line.text) for line in lines]
    if sum(match is not None for match in sitting) >= _FEW:
        return [_member(match) if match is not None else None for match in sitting]
    return _in_words(lines, people)


def _in_words(lines: list[Line], people: People) -> list[Label | None]:
    """Labels in ordinary letters that are whole rows, as "Journaliste" and "Le ministre" by turns."""
    found = [
        label if label is not None and not label.doubt and label.end >= len(line.text) else None
        for line, label in zip(lines, find_page_labels(lines), strict=True)
    ]
    voices = {label.voice for label in found if label is not None}
    if not {"reporter", "podium"} <= voices:
        return [None] * len(lines)
    official = people.officials[0] if len(people.officials) == 1 else None
    return [
        label
        if label is None
        else msgspec.structs.replace(label, outlet=label.outlet or people.outlet)
        if label.voice == "reporter"
        else msgspec.structs.replace(label, speaker=official or label.speaker, role="official", anonymous=False)
        for label in found
    ]


def _letter(match: re.Match[str], people: People) -> Label:
    if match["printed"] == "R":
        speaker = people.officials[0] if len(people.officials) == 1 else None
        return Label("podium", match.end(), "R", speaker=speaker, role="official", anonymous=speaker is None)
    asker = people.askers[0] if len(people.askers) == 1 else None
    return Label("reporter", match.end(), "Q", speaker=asker, outlet=people.outlet, role="reporter", anonymous=True)


def _named(row: str, end: int, people: People, words: str) -> Label:
    for voice in ("reporter", "voice"):
        if phrases.pattern(f"label.{voice}").fullmatch(row):
            outlet = people.outlet if voice == "reporter" else None
            return Label(voice, end, row, outlet=outlet, role=voice, anonymous=True)
    name, _, office = row.partition(",")
    official = next((one for one in people.officials if plain(one) == plain(name)), None)
    if official is None:  # a slip of one letter, or of a hyphen
        official = next((one for one in people.officials if _nearly(plain(one), plain(name))), None)
    if official is not None:
        return Label("podium", end, row, speaker=official, role="official")
    if office:  # somebody heard in between
        return Label("voice", end, row, speaker=_cased(name, words), role="voice")
    listed = next((one for one in people.askers if plain(one) == plain(name)), None)
    speaker = listed or _cased(name, words)
    outlet = _own_outlet(speaker, words) or people.outlet
    return Label("reporter", end, row, speaker=speaker, outlet=outlet, role="reporter", anonymous=True)


def _own_outlet(name: str, words: str) -> str | None:
    """Where a guest reporter comes from, as a colleague says: "Ada EXEMPLE, de La Gazette d'Arlen"."""
    match = re.search(rf"(?i:{re.escape(name)}),? (?:de|du|pour) {_OUTLET}", words)
    return match["outlet"] if match is not None else None


def _nearly(one: str, other: str) -> bool:
    return one.replace(" ", "") == other.replace(" ", "") or (
        len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    )


def _cased(name: str, words: str) -> str:
    """A name in capitals as the text prints it, with its accents, or else cased."""
    count = len(name.split())
    for match in re.finditer(rf"\b[A-ZÉÈÊÎÔÇ][a-zéèêëïîôçù][\w’'-]*(?: [\w’'-]+){{{count - 1}}}", words):
        if (match[0][:1] == name[:1] or not match[0][:1].isascii()) and plain(match[0]) == plain(name):
            return as_name(match[0])
    return as_name(name)


def _member(match: re.Match[str]) -> Label:
    """A speaker in a sitting of parliament."""
    who = match["who"]
    if who[0].islower():
        chair = phrases.pattern("label.chair").fullmatch(who) is not None
        speaker = who[0].upper() + who[1:]
        return Label(
            "moderator" if chair else "podium",
            match.end(),
            who,
            speaker=speaker,
            role="moderator" if chair else "official",
        )
    role: Role = "official"
    return Label("podium", match.end(), who, speaker=fold(who), role=role)
