"""The full names of those whom labels name by surname or office alone, as far as the page itself says who they are.

``WARD:`` is Ines Ward where another label or the headline prints that name; ``Secretary General:`` is who was labelled with this
office before; ``A:`` is the one official whom the headline names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

import msgspec

from onrecord.reading.callers import is_given_name
from onrecord.reading.label_words import is_title, voice_of
from onrecord.reading.lines import HEADLINE_LENGTH, Line
from onrecord.reading.naming import is_han
from onrecord.reading.people import People
from onrecord.reading.transcript import Label

#: A name in a headline has so many words at most; of a surname fewer letters are an abbreviation.
_MOST, _FEWEST = 3, 3
#: Words of the longest name that a label prints.
_LONGEST = 5
_EDGES = ".,:;()[]«»“”„\"'’"
_NAME = r"((?:[A-ZÀ-Þ][\w’'-]+ ){1,2}[A-ZÀ-Þ][\w’'-]+)"
#: The ending of a case behind an apostrophe: "Holm’s", "Yılmaz’ın".
_CASE = re.compile(r"(?<=\w)['’]\w{1,4}$")
_NO_WORD = re.compile(r"[^\w]+")
#: Characters above the first label in which a name is looked for, and the most labels with an office on a page.
_INTRODUCTION, _OFFICIALS = 2_000, 200
_WORDS = re.compile(r"\S+")


def with_full_names(labels: list[Label | None], lines: list[Line], title: str) -> list[Label | None]:
    """The labels, those of the podium with the name that the page prints in full."""
    told = [label for label in labels if label is not None and label.voice != "reporter"]
    if not told:
        return labels
    known: dict[str, set[str]] = defaultdict(set)
    for one in told:
        if one.speaker and 1 < len(one.speaker.split()) <= _LONGEST and not is_han(one.speaker):
            if any(is_title(word) for word in one.speaker.split()):
                continue  # two of them: "ODA AND PRIME MINISTER KUBO"
            known[one.speaker.split()[-1].casefold()].add(one.speaker)
    people = People(title, "\n".join([title, *(line.text for line in lines)]), None)
    officials = _officials(labels, lines)
    first = next(i for i, label in enumerate(labels) if label is not None)
    above = "\n".join(line.text for line in lines[:first])[:_INTRODUCTION]
    named = any(label.speaker for label in told)
    found: dict[tuple[str, str | None], str | None] = {}
    introduced = {name for line in lines[:first] if (name := person_in(line.text)) is not None}
    answering = None if named else person_in(title) or (introduced.pop() if len(introduced) == 1 else None)
    resolved: list[Label | None] = []
    for label in labels:
        if label is None or label.voice not in ("podium", "official") or label.doubt:
            resolved.append(label)
            continue
        key = (label.printed, label.speaker)
        if key not in found:
            found[key] = _full(label, known, people, officials, title, above) or (
                answering if not label.speaker else None
            )
        name = found[key]
        resolved.append(msgspec.structs.replace(label, speaker=name, anonymous=False) if name else label)
    return resolved


def _full(
    label: Label, known: dict[str, set[str]], people: People, officials: dict[str, set[str]], title: str, above: str
) -> str | None:
    """The full name of one label; None where the page does not tell, or tells of two."""
    speaker = label.speaker
    if (speaker is None or speaker.casefold() == label.printed.casefold()) and len(label.printed) > 1:
        held = {name for printed, names in officials.items() if _holds(printed, label.printed) for name in names}
        if len(held) == 1:
            return held.pop()
        if voice_of(label.printed) == "podium":
            person = person_in(title, label.printed) or _before_office(above, label.printed)
            if person is not None:
                return person
    if speaker is None or " " in speaker or len(speaker) < _FEWEST or is_han(speaker) or is_title(speaker):
        return None
    names = known.get(speaker.casefold(), set()) or _titled_in(title, speaker)
    if len({name.casefold() for name in names}) == 1:
        return min(names)
    if names:
        return None
    full = people.named(speaker)
    first, *rest = full.split()
    return full if rest and not is_title(first) and is_given_name(first) else None


def _titled_in(title: str, surname: str) -> set[str]:
    """The names with this surname that stand behind a title in the headline: "President Rin Oda and Prime Minister Jon Kubo"."""
    words = [_CASE.sub("", word.strip(_EDGES)) for word in title[:HEADLINE_LENGTH].split()]
    return {
        f"{given} {last}"
        for office, given, last in zip(words, words[1:], words[2:], strict=False)
        if last.casefold() == surname.casefold() and is_title(office) and given[:1].isupper() and not is_title(given)
    }


def _officials(labels: list[Label | None], lines: list[Line]) -> dict[str, set[str]]:
    """The names of the labels that print more than a name, by the whole label in lower case."""
    found: dict[str, set[str]] = defaultdict(set)
    for line, label in zip(lines, labels, strict=True):
        if label is not None and label.speaker and label.voice != "reporter" and " " in label.speaker:
            printed = _plain(line.text[label.start : label.end])
            if len(printed) > len(label.speaker) + _FEWEST:
                found[printed].add(label.speaker)
    return found if len(found) <= _OFFICIALS else {}


def _holds(printed: str, office: str) -> bool:
    return f" {_plain(office)} " in f" {printed} "


def _plain(words: str) -> str:
    """Words in lower case, with single spaces in place of all that is no letter."""
    return " ".join(_NO_WORD.sub(" ", words.casefold()).split())


def person_in(title: str, office: str | None = None) -> str | None:
    """The one person whom a headline names right behind an office; None for none or several. ``office`` is a certain one.

    >>> person_in("Rueda de prensa de la portavoz Irene Ejemplo, 15 de mayo")
    'Irene Ejemplo'
    """
    words = _WORDS.findall(title[:HEADLINE_LENGTH].replace("/", " "))
    found = []
    for i, word in enumerate(words[:-1]):
        bare = word.strip(_EDGES)
        if (office is None and not is_title(bare)) or (office is not None and bare.casefold() != office.casefold()):
            continue
        name = _name_at(words[i + 1 :])
        if name is not None:
            found.append(name)
    return found[0] if len(set(found)) == 1 else None


def _before_office(words: str, office: str) -> str | None:
    """The one name that an introduction prints before an office: "by Jo Holm, Spokesman for …"."""
    found = {match[1] for match in re.finditer(rf"{_NAME}, (?:the )?(?:[\w-]+ ){{0,3}}?{re.escape(office)}\b", words)}
    return found.pop() if len(found) == 1 else None


def _name_at(words: Collection[str]) -> str | None:
    """The name with which the words begin, none of which is a rank."""
    name: list[str] = []
    for word in words:
        bare = word.strip(_EDGES)
        if not bare[:1].isupper() or is_title(bare) or not bare[1:2].islower():
            break
        without_case = _CASE.sub("", bare) if bare[-1:].islower() else bare
        name.append(without_case)
        if word[-1] in _EDGES or without_case != bare:
            break
    if len(name) > 2 and is_given_name(name[0]):
        name = name[:_MOST] if len(name) == _MOST else name[:2]
    return " ".join(name) if 2 <= len(name) <= _MOST else None
