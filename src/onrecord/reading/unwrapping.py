"""Files whose statement stands inside an encoding of strings: JSON, what Python prints, XML that a house claims.

:func:`unwrap` finds the words and the other fields of such a file. A file that is none, or whose words are not to be
found by their name, is left as it is, and :mod:`onrecord.reading.file_kind` refuses it by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from onrecord.reading import json_strings, python_strings, xml_strings
from onrecord.reading.decoding import Characters
from onrecord.reading.fields import find_field, parts_of
from onrecord.reading.wrapped import Wrapped

#: A value that is longer is no field but words.
_LONGEST = 20_000


class Unwrapped(NamedTuple):
    """The ``characters`` of the inner text, and what stands beside it.

    ``fields`` are the other fields by name in lower case, ``parts`` those whose part of a statement is known (``title``,
    ``date``, ``address``, ``speaker`` …), ``root`` the root element of XML.
    """

    characters: Wrapped
    fields: Mapping[str, str]
    parts: Mapping[str, str]
    root: str = ""


def unwrap(
    outer: Characters, *, xml: Mapping[str, str] | None = None, asked: Mapping[str, str] | None = None
) -> Unwrapped | None:
    """The statement inside a text, or None for a text that stands in no encoding of strings.

    ``xml`` names for root elements the element with the words, ``asked`` for parts of a statement (``text``) the field.
    """
    text = outer.text
    sign = text[:200].lstrip("\ufeff \t\r\n")[:1]
    if sign == "{":
        return _json(outer, asked)
    if sign == "<" and xml and (root := xml_strings.root_of(text)) in xml:
        return _xml(outer, root, xml[root])
    wrapping = python_strings.wrapping_of(text)
    if wrapping is not None:
        return Unwrapped(Wrapped(outer, python_strings.pieces(text, wrapping), wrapping), {}, {})
    return None


def _json(outer: Characters, asked: Mapping[str, str] | None) -> Unwrapped | None:
    text = outer.text
    if not isinstance(json_strings.parsed(text), dict):
        return None
    values = json_strings.scalars(text)
    name = find_field("text", (name for name, value in values.items() if _holds_words(name, value)), asked)
    if name is None:
        return None
    held = values[name]
    others = {other: value.words for other, value in values.items() if other != name and len(value.words) <= _LONGEST}
    characters = Wrapped(outer, json_strings.pieces(text, held.start, held.end), "json")
    return Unwrapped(characters, _lower(others), parts_of(others, name, asked))


def _holds_words(name: str, value: json_strings.Value) -> bool:
    """Whether a value may be the text of the file: a string that is no member of a list, of which only one would be read."""
    return value.is_string and bool(value.words.strip()) and not any(part.isdigit() for part in name.split("."))


def _lower(fields: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): words for name, words in fields.items()}


def _xml(outer: Characters, root: str, element: str) -> Unwrapped | None:
    text = outer.text
    held = next(xml_strings.elements(text, element), None)
    if held is None:
        return None
    opened, closed = xml_strings.inside(text, *held)
    others = [field for field in xml_strings.leaves(text) if not held[0] <= field.start < held[1]]
    characters = Wrapped(outer, xml_strings.pieces(text, opened, closed), "xml")
    fields = xml_strings.fields_of(text, others)
    return Unwrapped(characters, fields, parts_of(fields, ""), root)
