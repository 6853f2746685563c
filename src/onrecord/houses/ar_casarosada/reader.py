"""Reads a text of the presidency: its headline cut off, its paragraphs restored, its labels found inside the lines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

from onrecord.errors import NotAStatement
from onrecord.houses.ar_casarosada.breaks import Found, find_labels, headline_end, paragraph_ends
from onrecord.houses.phrases import Phrases
from onrecord.reading.composing import Reading
from onrecord.reading.exchange import settle_exchange
from onrecord.reading.labels import as_name
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Style, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DocumentKind, fold

phrases = Phrases(__file__, re.I | re.S)
#: The day in the name under which the text was kept: 2021_04_16_531.txt.
_DAY = re.compile(r"(\d{4})_(\d\d)_(\d\d)_\d+(?:\.txt)?$")
#: "presidente de la Nación, Ada Example,"
_PRESIDENT = re.compile(r"(?i:president[ea] de la naci[óo]n),\s(?P<name>[^\W\d_]+(?: [^\W\d_]+){1,3})\s*[,;.]")
_TITLED, _LABELLED, _SPOKEN = 0.75, 0.5, 0.3
_OF_THE_COUNTRY = 3
_LOOKED_AT = 400
_OPENING = 120
_RANK = re.compile(
    r"^(?:CAPITÁN|TENIENTE|ALFÉREZ)(?: DE (?:FRAGATA|NAVÍO|CORBETA))? "
    r"|^(?:GENERAL|CORONEL|MAYOR|SARGENTO|MINISTR[OA]|GOBERNADORA?|CANCILLER|DR|DRA) "
)
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*")


@cache
def _known() -> dict[str, int]:
    return dict.fromkeys([*phrases.voices.labels, *phrases.voices.offices], 1)


def claims(page: Page) -> float:
    """How surely a bare text is the presidency's: by its headline, by its labels, or by whose country it speaks of."""
    if page.format != "text" or not page.lines:
        return 0.0
    text = page.lines[0].text
    if phrases.pattern("headline.begins").match(text):
        head = text[:_LOOKED_AT]
        named = phrases.pattern("headline.president").search(head) or _holder_in(head, "")
        return _TITLED if named else 0.0
    spoken = len(phrases.pattern("country.patterns").findall(page.text))
    if not spoken or detect_language([Mark(line=line, voice="podium") for line in page.lines], usual="es") != "es":
        return 0.0
    if any(label.printed in _known() for line in page.lines for label in find_labels(line.text, _known(), ())):
        return _LABELLED
    glued = any(len(paragraph_ends(line.text, 0, len(line.text))) > 1 for line in page.lines)
    return _SPOKEN if glued and spoken >= _OF_THE_COUNTRY else 0.0


def read(page: Page) -> Reading:
    """Read the text. Raises NotAStatement where it has no words."""
    if not any(letter.isalpha() for line in page.lines for letter in line.text):
        raise NotAStatement("a text without words", where=page.capture.source)
    named = _DAY.match(page.name)
    day = "-".join(named.groups()) if named else None
    title, lines, found = _cut(page.lines)
    words = "\n".join(line.text for line in page.lines)
    president = _president(title, words, day)
    labels = _labels(lines, found, f"{title}\n{words}", president)
    press = any(label is not None and phrases.voices.labels.get(label.printed) == "reporter" for label in found)
    heading = [Mark(line=lines[0], voice="furniture", name="title")] if title else []
    marks = heading + _transcript(lines[len(heading) :], labels[len(heading) :], president)
    opening = lines[0].text
    return Reading(
        title=title or (page.name.removesuffix(".txt") if day else opening[:_OPENING]),
        date=day,
        date_from="address" if day else None,
        kind=_kind(title, press),
        language=detect_language(marks, usual="es"),
        issuer="ar-casarosada",
        excerpt=phrases.pattern("headline.excerpt").match(title) is not None,
        marks=marks,
    )


def _kind(title: str, press: bool) -> DocumentKind:
    told = phrases.kind(title)
    return "press-conference" if press and told in (None, "speech") else told or "speech"


def _cut(lines: list[Line]) -> tuple[str, list[Line], list[Found | None]]:
    """The headline, or nothing; the paragraphs, the headline first; and the label of each, its places in the paragraph."""
    title = ""
    parts: list[Line] = []
    labels: list[Found | None] = []
    for i, line in enumerate(lines):
        text = line.text
        headed = i == 0 and phrases.pattern("headline.begins").match(text) is not None
        found = find_labels(text, _known(), re.findall(r"[^\W\d_]+", text[:_LOOKED_AT].upper()) if headed else ())
        begins = headline_end(text, found) if headed else None
        if begins:
            title = fold(text[:begins]).rstrip("}] ")
        opened = {label.start: label for label in found if label.start >= (begins or 0)}
        cuts = sorted({0, *([begins] if begins else []), *opened})
        for start, end in zip(cuts, [*cuts, len(text)][1:], strict=True):
            inner = (
                []
                if begins and start == 0
                else paragraph_ends(text, opened[start].end if start in opened else start, end)
            )
            for first, last in zip([start, *inner], [*inner, end], strict=True):
                if text[first:last].strip():
                    parts.append(line.part(first, last, fresh=True))
                    labels.append(opened.get(first))
    return title, parts, labels


def _labels(lines: list[Line], found: list[Found | None], words: str, president: str) -> list[Label | None]:
    asks: dict[str, list[bool]] = {}
    said = ""
    for line, label in zip(reversed(lines), reversed(found), strict=True):
        said += line.text
        if label is not None:
            asks.setdefault(label.printed, []).append("¿" in said)
            said = ""
    asking = {printed for printed, told in asks.items() if sum(told) * 2 > len(told)}
    return [_label(label, label.printed in asking, words, president) if label else None for label in found]


def _label(found: Found, asks: bool, words: str, president: str) -> Label:
    end, printed = found.end - found.start, found.printed
    if printed in phrases.voices.offices:
        return Label("podium", end, printed, speaker=president, role="principal")
    voice = phrases.voices.labels.get(printed)
    if voice == "reporter" or (voice == "voice" and asks):
        return Label("reporter", end, printed, role="reporter", anonymous=True)
    if voice is not None:
        role = "voice" if voice == "voice" else voice
        return Label(voice, end, printed, speaker=printed.capitalize(), role=role, anonymous=True)  # type: ignore[arg-type]
    name = _in_full(_RANK.sub("", printed), words)
    return Label("podium", end, printed, speaker=name, role="principal" if name == president else "official")


def _president(title: str, words: str, day: str | None) -> str:
    """The president as the headline names them, or else as the text does, or else the office."""
    told = _PRESIDENT.search(title)
    if told is not None:
        return as_name(told["name"])
    return _holder_in(title, day or "") or (_holder_in(words, day) if day else None) or "Presidente"


def _holder_in(words: str, day: str) -> str | None:
    """The name of a president that is in the words, the fullest first; only of who held the office on ``day``."""
    bare = _bare(words)
    for office in phrases.voices.offices.values():
        for holder in office.holders:
            if day and not holder.since <= day < holder.until:
                continue
            for name in holder.names:
                if re.search(rf"\b{re.escape(_bare(name))}\b", bare):
                    return name
    return None


def _bare(words: str) -> str:
    """Words in lower case without accents."""
    return "".join(one for one in unicodedata.normalize("NFD", words.casefold()) if not unicodedata.combining(one))


@lru_cache(maxsize=256)
def _in_full(printed: str, words: str) -> str:
    """A name in capitals as the page prints it in full, whatever its accents; cased where it is printed nowhere else."""
    wanted = _bare(printed).split()
    tokens, bare, places = _tokens(words)
    found: Counter[str] = Counter()
    for i in places.get(wanted[0], ()) if wanted else ():
        first, last = i, i + len(wanted) - 1
        if bare[i : last + 1] != wanted or re.search(r"[^\w\s’'-]", words[tokens[i].start() : tokens[last].end()]):
            continue
        while first > 0 and i - first < 2 and _goes_before(tokens[first - 1], tokens[first], words):
            first -= 1
        shown = as_name(words[tokens[first].start() : tokens[last].end()])
        if first < i or len(wanted) > 1 or not words[tokens[i].start() : tokens[last].end()].isupper():
            found[fold(shown)] += 1
    full = max(found, key=lambda name: (len(name.split()), not name.isascii(), found[name]), default=None)
    return full or as_name(printed)


@lru_cache(maxsize=1)
def _tokens(words: str) -> tuple[list[re.Match[str]], list[str], dict[str, list[int]]]:
    """The words of a page, the same without accents, and where each of these is: once for all labels of the page."""
    tokens = list(_TOKEN.finditer(words))
    bare = [_bare(token.group()) for token in tokens]
    places: dict[str, list[int]] = {}
    for i, word in enumerate(bare):
        places.setdefault(word, []).append(i)
    return tokens, bare, places


def _goes_before(token: re.Match[str], following: re.Match[str], words: str) -> bool:
    """Whether a word is a first name in front of another word of the name."""
    word = token.group()
    if words[token.end() : following.start()] != " " or not word[0].isupper() or len(word) < 2:
        return False
    if word.isupper() != following.group().isupper():
        return False
    return _bare(word) not in _no_names()


@cache
def _no_names() -> frozenset[str]:
    offices = "presidente presidenta ministro ministra primer primera señor señora canciller secretario secretaria"
    return frozenset(_bare(phrases.table["before_name"]["words"]).split()) | frozenset(_bare(offices).split())


def _transcript(lines: list[Line], labels: list[Label | None], president: str) -> list[Mark]:
    speaks = president if any(label is not None for label in labels) or president != "Presidente" else None
    style = Style(
        furniture=lambda line: None,
        stage=phrases.pattern("stage.patterns"),
        podium=speaks,
        podium_role="principal" if speaks else None,
    )
    transcript = read_transcript(lines, labels, style)
    settle_exchange(transcript.segments)
    return transcript.marks
