"""Files in which the words are encoded as strings: JSON, a row of CSV, Python literals, XML, subtitles.

:func:`unwrap` finds the words and the other fields of such a file. Other files, and those whose words cannot be
found by name, are left unchanged, and :mod:`onrecord.reading.file_kind` rejects them by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from onrecord.offsets import Wrapping
from onrecord.reading import debates, json_strings, python_strings, rows, subtitles, xml_strings
from onrecord.reading.decoding import Characters
from onrecord.reading.fields import find_field, find_pair, find_words, parse_map, parts_of
from onrecord.reading.said import Said
from onrecord.reading.wrapped import Piece, Wrapped

#: Longest value of a field, in characters; a longer one is the text.
_LONGEST = 20_000
#: Turns that hold at least this share of the letters of a field of text say the same.
_SAME = 0.8
#: Items of feeds by their element, each with the elements that may hold its words, the fullest first.
FEED_ITEMS = {"item": "encoded|content|description", "entry": "content|summary"}
_TABLES = ("text/csv", "text/tab-separated-values")
_OBJECTS = "application/x-ndjson"
_MAP = re.compile(r';\s*map="([^"]*)"')


_SIDES: tuple[Literal["asks", "answers"], ...] = ("asks", "answers")
#: Who asks and who answers in a row: the field, and its words in pieces.
_Sides = Mapping[Literal["asks", "answers"], tuple[str | None, Iterator[Piece] | None]]
#: What the fields of a row say, and its two sides.
_Pair = tuple[Mapping[str, str], _Sides]


class Unwrapped(NamedTuple):
    """The ``characters`` of the inner text, and what is beside it.

    ``fields`` are the other fields by name in lower case, ``parts`` those whose part of a statement is known (``title``,
    ``date``, ``address``, ``speaker`` …), ``root`` the root element of XML, ``said`` who says what where fields tell.
    """

    characters: Wrapped
    fields: Mapping[str, str]
    parts: Mapping[str, str]
    root: str = ""
    said: tuple[Said, ...] = ()


def unwrap(
    outer: Characters,
    *,
    xml: Mapping[str, str] | None = None,
    asked: Mapping[str, str] | None = None,
    media_type: str | None = None,
) -> Unwrapped | None:
    """The statement inside a text, or None for a text that is in no encoding of strings.

    ``xml`` names for root elements the element with the words, ``asked`` for parts of a statement (``text``) the field; a row of
    a table is known by its ``media_type`` (``text/csv``), which may name the fields too: see :func:`asked_fields`.
    """
    text = outer.text
    asked = asked or asked_fields(media_type)
    sign = text[:200].lstrip("\ufeff \t\r\n")[:1]
    if sign == "{":
        several = media_type is not None and media_type.startswith(_OBJECTS)
        return _json_pairs(outer, asked) if several else _json(outer, asked)
    if media_type and media_type.startswith(_TABLES) and (table := rows.table(text)):
        names, found = table
        return _row(outer, names, found[0], asked) if len(found) == 1 else _row_pairs(outer, names, found, asked)
    root = xml_strings.root_of(text) if sign == "<" else ""
    if root in debates.ROOTS:
        characters, told, said = debates.read_debate(outer)
        return Unwrapped(characters, told, parts_of(told, ""), said=said) if characters.text else None
    if subtitles.is_subtitles(text):
        characters, said = subtitles.read_subtitles(outer)
        return Unwrapped(characters, {}, {}, said=said)
    if root and xml and root in xml:
        return _xml(outer, root, xml[root])
    wrapping = python_strings.wrapping_of(text)
    if wrapping is not None:
        return Unwrapped(Wrapped(outer, python_strings.pieces(text, wrapping), wrapping), {}, {})
    return None


def asked_fields(media_type: str | None) -> dict[str, str]:
    """The fields that a media type names by the part of a statement: ``text/csv; map="text=answer,speaker=who"``."""
    told = _MAP.search(media_type or "")
    return parse_map(told[1]) if told else {}


def _json(outer: Characters, asked: Mapping[str, str]) -> Unwrapped | None:
    text = outer.text
    if not isinstance(json_strings.parsed(text), dict):
        return None
    values = json_strings.scalars(text)
    strings = [name for name, value in values.items() if _holds_words(name, value)]
    chosen = find_words(strings, asked)
    turns = _turns(outer, values) if len(chosen) < 2 and not asked else None
    if not chosen or (turns is not None and len(turns.said) > 1 and _says_as_much(turns, values[chosen[0]].words)):
        return turns
    pieces = {name: json_strings.pieces(text, values[name].start, values[name].end) for name in chosen}
    told = {name: value.words for name, value in values.items()}
    return _from_fields(outer, "json", told, pieces, asked)


def _row(outer: Characters, names: list[str], row: list[rows.Cell], asked: Mapping[str, str]) -> Unwrapped | None:
    text = outer.text
    told = {name: rows.words_of(text, cell) for name, cell in zip(names, row, strict=True) if name}
    chosen = find_words([name for name, words in told.items() if words.strip()], asked)
    if not chosen:
        return None
    by_name = dict(zip(names, row, strict=True))
    pieces = {name: rows.pieces(text, by_name[name]) for name in chosen}
    return _from_fields(outer, "csv", told, pieces, asked)


def _json_pairs(outer: Characters, asked: Mapping[str, str]) -> Unwrapped | None:
    """Objects on end, each with a question and its answer: the turns of one conference."""
    text = outer.text
    pairs: list[_Pair] = []
    for start in json_strings.starts(text):
        values = json_strings.scalars(text, start)
        told = {name: value.words for name, value in values.items()}
        pair = [name if name and values[name].is_string else None for name in find_pair(values, asked)]
        held = [json_strings.pieces(text, values[name].start, values[name].end) if name else None for name in pair]
        pairs.append((told, dict(zip(_SIDES, zip(pair, held, strict=True), strict=True))))
    return _from_pairs(outer, "json", pairs, asked)


def _row_pairs(
    outer: Characters, names: list[str], table: list[list[rows.Cell]], asked: Mapping[str, str]
) -> Unwrapped | None:
    """Rows of a table, each with a question and its answer: the turns of one conference."""
    text = outer.text
    pairs: list[_Pair] = []
    for row in table:
        by_name = {name: cell for name, cell in zip(names, row, strict=True) if name}
        told = {name: rows.words_of(text, cell) for name, cell in by_name.items()}
        pair = find_pair(by_name, asked)
        held = [rows.pieces(text, by_name[name]) if name else None for name in pair]
        pairs.append((told, dict(zip(_SIDES, zip(pair, held, strict=True), strict=True))))
    return _from_pairs(outer, "csv", pairs, asked)


def _from_pairs(
    outer: Characters, wrapping: Wrapping, pairs: list[_Pair], asked: Mapping[str, str]
) -> Unwrapped | None:
    """The questions and answers of one conference in their order; what is said beside them is that of the first row."""
    found: list[Piece] = []
    said: list[Said] = []
    size = 0
    for told, sides in pairs:
        parts = _beside(told, sides, asked)
        for side, (name, pieces) in sides.items():
            held = list(pieces) if name is not None and pieces is not None and told[name].strip() else []
            if not held:
                continue
            if found:  # between two fields stand other characters than an empty line
                found.append(("\n\n", found[-1][2], max(held[0][1], found[-1][2])))
                size += 2
            asks = side == "asks"
            said.append(
                Said(size, parts.get("asker" if asks else "speaker", ""), parts.get("outlet", "") if asks else "", side)
            )
            found += held
            size += sum(len(words) for words, _, _ in held)
    if not found:
        return None
    told, sides = pairs[0]
    words = {name for name, _ in sides.values()}
    others = {name: value for name, value in told.items() if name not in words and len(value) <= _LONGEST}
    return Unwrapped(Wrapped(outer, found, wrapping), _lower(others), _beside(told, sides, asked), said=tuple(said))


def _beside(told: Mapping[str, str], sides: _Sides, asked: Mapping[str, str]) -> dict[str, str]:
    """What the fields beside a question and its answer say."""
    words = [name for name, _ in sides.values() if name is not None]
    others = {name: value for name, value in told.items() if name not in words and len(value) <= _LONGEST}
    return parts_of(others, words[-1] if words else "", asked)


def _from_fields(
    outer: Characters,
    wrapping: Wrapping,
    told: Mapping[str, str],
    pieces: dict[str, Iterator[Piece]],
    asked: Mapping[str, str],
) -> Unwrapped:
    """What fields hold: one text, or a question and its answer, in this order."""
    others = {name: words for name, words in told.items() if name not in pieces and len(words) <= _LONGEST}
    parts = parts_of(others, list(pieces)[-1], asked)
    found: list[Piece] = []
    size, ends = 0, 0
    starts: dict[str, int] = {}
    for name, told_in in pieces.items():  # the question first, wherever the file has it
        held = list(told_in)
        if found and held:
            found.append(("\n\n", ends, ends))
            size += 2
        starts[name] = size
        found += held
        size += sum(len(words) for words, _, _ in held)
        ends = held[-1][2] if held else ends
    return Unwrapped(Wrapped(outer, found, wrapping), _lower(others), parts, said=_said(list(pieces), starts, parts))


def _said(names: list[str], starts: Mapping[str, int], parts: Mapping[str, str]) -> tuple[Said, ...]:
    """Who says what: of a pair of fields the asker and who answers, of one text its speaker if the file names one."""
    speaker = parts.get("speaker", "")
    if len(names) == 1:
        return (Said(0, speaker),) if speaker else ()
    question = Said(starts[names[0]], parts.get("asker", ""), parts.get("outlet", ""), "asks")
    return question, Said(starts[names[1]], speaker, "", "answers")


def _turns(outer: Characters, values: Mapping[str, json_strings.Value]) -> Unwrapped | None:
    """A transcript: a list of objects in each of which the one who speaks and the words have fields of their own."""
    lists: dict[str, dict[int, dict[str, json_strings.Value]]] = {}
    for name, value in values.items():
        above, _, own = name.rpartition(".")
        way, _, number = above.rpartition(".")
        if number.isdigit() and value.is_string:
            lists.setdefault(way, {}).setdefault(int(number), {})[own] = value
    found: list[Piece] = []
    said: list[Said] = []
    size = 0
    for way, turns in lists.items():
        texts = {i: (find_field("text", turn), find_field("speaker", turn)) for i, turn in turns.items()}
        if not all(text and speaker for text, speaker in texts.values()) or found:
            continue
        for i, turn in sorted(turns.items()):
            text, speaker = texts[i]
            held = list(json_strings.pieces(outer.text, turn[text or ""].start, turn[text or ""].end))
            if not held:
                continue
            if found:
                found.append(("\n\n", found[-1][2], held[0][1]))
                size += 2
            said.append(Said(size, turn[speaker or ""].words))
            found += held
            size += sum(len(words) for words, _, _ in held)
        names = {f"{way}.{i}." for i in turns}
        values = {name: value for name, value in values.items() if not any(name.startswith(one) for one in names)}
    if not found:
        return None
    others = {name: value.words for name, value in values.items() if len(value.words) <= _LONGEST}
    return Unwrapped(Wrapped(outer, found, "json"), _lower(others), parts_of(others, ""), said=tuple(said))


def _says_as_much(turns: Unwrapped, words: str) -> bool:
    """Whether the turns of a file say what its field of text says, as programs for transcripts write both."""
    return len(turns.characters.text) >= _SAME * len(words)


def _holds_words(name: str, value: json_strings.Value) -> bool:
    """Whether a value may be the text of the file: a string that is no member of a list, of which only one would be read."""
    return value.is_string and bool(value.words.strip()) and not any(part.isdigit() for part in name.split("."))


def _lower(fields: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): words for name, words in fields.items()}


def _xml(outer: Characters, root: str, element: str) -> Unwrapped | None:
    text = outer.text
    found = (next(xml_strings.elements(text, one), None) for one in element.split("|"))
    held = next((place for place in found if place is not None), None)
    if held is None:
        return None
    others = [field for field in xml_strings.leaves(text) if not held[0] <= field.start < held[1]]
    fields = xml_strings.links(text, held[0]) | xml_strings.fields_of(text, others)
    characters = Wrapped(outer, xml_strings.content(text, *xml_strings.inside(text, *held)), "xml")
    return Unwrapped(characters, fields, parts_of(fields, ""), root)
