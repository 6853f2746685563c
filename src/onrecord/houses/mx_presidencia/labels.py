"""The labels of a page: a voice, or a name with its office before or after it, in capitals."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.houses.phrases import Phrases
from onrecord.reading.label_words import voice_of
from onrecord.reading.labels import as_name, meant
from onrecord.reading.lines import Line
from onrecord.reading.transcript import Label, Voice
from onrecord.record import Role, fold

phrases = Phrases(__file__, re.I | re.S)
#: Words in capitals before a colon; the colon is glued to the words after it sometimes.
_HEAD = re.compile(r"(?P<printed>[^:\n]{3,280}?)\s*[:：]\s*")
_COLON_LOST = re.compile(r"(PREGUNTA|INTERLOCUTORA?|INTERVENCIÓN(?: HOMBRE| MUJER)?)\s+(?=[¿¡A-ZÁÉÍÓÚÑ(][^A-ZÁÉÍÓÚÑ])")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_NOT_A_LABEL = re.compile(r"[¿?¡!;“”\"]|\d{3}")
_PARTICLES = re.compile(r"(?:\s|^)(?:DE|DEL|LA|LAS|LOS|Y|E)(?=\s)")
_MOST_NAMES = 6
_ASKS = dict.fromkeys(("PREGUNTA", "INTERLOCUTOR", "INTERLOCUTORA", "INTERVENCIÓN", "MODERADOR", "MODERADORA"), 1)
_COVERED = 0.9


def is_in_capitals(words: str) -> bool:
    """Whether all words are in capitals, except for a letter or two that are misprints."""
    letters = [letter for letter in _ASIDE.sub("", words) if letter.isalpha()]
    return len(letters) > 2 and sum(letter.isupper() for letter in letters) >= _COVERED * len(letters)


def head_of(line: Line) -> tuple[str, int] | None:
    """The label at the head of a line, and where the words after it begin: before a colon, or in bold without one."""
    match = _HEAD.match(line.text)
    if match is not None and is_in_capitals(match["printed"]) and not _NOT_A_LABEL.search(match["printed"]):
        return fold(match["printed"]), match.end()
    bare = _COLON_LOST.match(line.text)
    if bare is not None:
        return bare[1], bare.end()
    if line.bold() and not line.text.startswith("("):
        end = next((run[0] for run in line.runs if not run[3]), len(line.text))
        printed = fold(line.text[:end]).strip(" .")
        if is_in_capitals(printed) and not _NOT_A_LABEL.search(printed) and (end < len(line.text) or names(printed)):
            return printed, end
    return None


def names(printed: str) -> bool:
    """Whether words in capitals are a voice, or hold an office: alone in bold they are a label."""
    return _voice(printed, pressed=True) is not None or phrases.pattern("label.office").match(printed) is not None


def block_labels(lines: list[Line]) -> dict[int, str]:
    """The labels of a text in blocks, by the number of their line: the row after each divider."""
    return {
        i: fold(line.text).rstrip(":").strip()
        for i, (before, line) in enumerate(pairwise(lines), start=1)
        if re.fullmatch(r"-{3}", before.text)
    }


def label_of(printed: str, end: int, others: frozenset[str], *, pressed: bool) -> Label | None:
    """What a label says. ``others`` are the names on the page without an office; ``pressed`` that the press is there."""
    bare = _ASIDE.sub("", printed).strip(" .,")
    if " " not in bare and _voice(bare, pressed=pressed) is None:
        bare = meant(bare, _ASKS) or bare  # PREGUTA, INTELOCUTORA
    voice = _voice(bare, pressed=pressed)
    if voice == "reporter":
        return Label("reporter", end, printed, role="reporter", anonymous=True)
    if voice == "voice":
        return Label("voice", end, printed, role="voice", anonymous=True)
    if voice == "interpreter":
        return Label("interpreter", end, printed, speaker="Interpreter", role="interpreter")
    if voice is not None and voice != "podium":
        return Label(
            voice, end, printed, speaker=as_name(bare), role="moderator" if voice == "moderator" else "official"
        )
    name = name_in(bare, others)
    if name is None:
        return Label("podium", end, printed, speaker=as_name(bare), role="official")
    office = bare.replace(name, "").strip(" ,")
    role: Role = (
        "principal" if re.match(r"(?i)president[ea](?: de m[eé]xico| de la rep[uú]blica)?,?$", office) else "official"
    )
    if re.search(r"(?i)\bvocer[oa]\b", office):
        role = "spokesperson"
    return Label("podium", end, printed, speaker=as_name(name), role=role)


def _voice(bare: str, *, pressed: bool) -> Voice | None:
    if phrases.pattern("label.press").fullmatch(bare):
        return "reporter" if pressed else "voice"
    for voice in ("voice", "interpreter"):
        if phrases.pattern(f"label.{voice}").fullmatch(bare):
            return voice
    return voice_of(bare)


def name_in(printed: str, others: frozenset[str]) -> str | None:
    """The name in a label, without the office before or after it; None for an office alone."""
    parts = [part.strip(" .") for part in re.split(r",|\.\s", printed) if part.strip(" .")]
    known = [part for part in parts if part in others]
    if known:
        return known[0]
    office = phrases.pattern("label.office")
    ends = [one for one in others if printed.endswith(" " + one) or printed.startswith(one + " ")]
    if ends:  # PRESIDENTA DE MÉXICO ANA PRUEBA, its comma lost
        return max(ends, key=len)
    if len(parts) == 1 and not office.match(parts[0]):
        return _before_office(parts[0])
    if len(parts) == 1:
        return _behind_office(parts[0]) if office.match(parts[0]) else parts[0]
    if not office.match(parts[0]) and _may_be_name(parts[0]):
        return parts[0]
    last = _behind_office(parts[-1]) or parts[-1]
    if phrases.pattern("label.place").fullmatch(last) or not _may_be_name(last):
        return _behind_office(parts[0]) if _behind_office(parts[0]) != parts[0] else None
    return _behind_office(last)


def _before_office(part: str) -> str:
    """A name without the office after it whose comma is lost: "ANA PRUEBA DIRECTORA GENERAL"."""
    words = part.split()
    office = phrases.pattern("label.office")
    at = next((i for i in range(2, len(words) - 1) if office.fullmatch(words[i])), len(words))
    return " ".join(words[:at])


def _behind_office(part: str) -> str | None:
    """A name without the offices and titles directly before it: "PRESIDENTE ANA PRUEBA", "DOCTORA ANA PRUEBA"."""
    words = part.split()
    office = phrases.pattern("label.office")
    i = 0
    while i < len(words) and office.fullmatch(words[i].rstrip(".")):
        i += 1
    rest = " ".join(words[i:])
    if i and re.match(r"(?:DE|DEL|EN)\s", rest):  # "DIRECTORA DEL HOSPITAL": an office and no name, or one that goes on
        return None
    return rest or None


def _may_be_name(part: str) -> bool:
    return len(_PARTICLES.sub("", part).split()) <= _MOST_NAMES and not phrases.pattern("label.office").match(part)


def bare_names(printed: list[str]) -> frozenset[str]:
    """The names that are alone or at the edge of a label: by them a name is told that no comma divides from its office."""
    office = phrases.pattern("label.office")
    bare = (_ASIDE.sub("", one).strip(" .,") for one in printed)
    names = set()
    for one in bare:
        parts = [part.strip() for part in one.split(",")]
        for name in (parts[0], parts[-1]):
            if not office.match(name) and _voice(name, pressed=True) is None and 1 < len(name.split()) <= _MOST_NAMES:
                names.add(name)
                break
    places = phrases.pattern("label.place")
    return frozenset(one for one in names if _before_office(one) == one and not places.fullmatch(one))
