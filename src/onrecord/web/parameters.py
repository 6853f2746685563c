"""The query parameters of a page as a typed struct: parse them from a URL and write them back.

Parameters that mean the same everywhere (issuer, days, outlets …) are defined in :mod:`onrecord.asking.options`: their help
describes them in the API too, and their values are parsed as on the command line, where a day may be a year or a month.

>>> class Example(msgspec.Struct, frozen=True, kw_only=True):
...     q: str = ""
...     issuer: tuple[str, ...] = ()
>>> read_parameters(Example, [("q", "sanctions"), ("issuer", "cn-mfa"), ("issuer", "")])
Example(q='sanctions', issuer=('cn-mfa',))
>>> query_string(Example(q="two words"))
'?q=two+words'
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, TypeVar, get_origin, get_type_hints
from urllib.parse import urlencode

import msgspec
from msgspec import Meta

from onrecord.asking.options import DAY_PATTERN, SHARED, Option
from onrecord.errors import QueryError
from onrecord.languages.code_lookup import unknown

Parameters = TypeVar("Parameters", bound=msgspec.Struct)
#: The last page of a list that can be requested; for more, narrow the query or download the CSV file.
LAST_PAGE = 500
#: The maximum length of a query in characters: longer than any sentence of a statement.
LONGEST = 2000

# These types have no description: fields named like a shared option are described and parsed by that option.
Name = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=LONGEST)]
#: A year, a month or a day.
Day = Annotated[str, Meta(pattern=DAY_PATTERN)]
Values = Annotated[tuple[Name, ...], Meta(max_length=20)]
#: A span of a document's text: start-end in code points.
SPAN_PATTERN = r"^\d{1,9}-\d{1,9}$"
Span = Annotated[str, Meta(pattern=SPAN_PATTERN)]
PageNumber = Annotated[int, Meta(ge=1, le=LAST_PAGE, description="Page number in a long list.")]


def described(option: Option) -> Meta:
    """The description of a field whose name differs from its option's, or is that of several options."""
    return Meta(description=option.description)


def read_parameters(type: type[Parameters], query: Iterable[tuple[str, str]]) -> Parameters:
    """Convert the name-value pairs of a query to a struct. Ignores empty values, as forms send them.

    Raises QueryError for a value that is not allowed, and for a parameter that the page does not have: ignored, it would
    seem to narrow the answer.
    """
    is_list = _fields(type)
    values: dict[str, Any] = {}
    for name, value in query:
        if name not in is_list:
            raise _unknown_parameter(name, is_list)
        if not value.strip():
            continue
        parsed = _parsed(name, value.strip())
        if is_list[name]:
            values.setdefault(name, []).append(parsed)
        else:
            values[name] = parsed
    try:
        return msgspec.convert(values, type, strict=False)
    except msgspec.ValidationError as error:
        raise QueryError(f"the address cannot be understood: {error}", hint="Go back and ask again") from None


def _unknown_parameter(name: str, known: Iterable[str]) -> QueryError:
    error = unknown("parameter of this page", name, {one: one for one in known})
    return QueryError(error.what, hint=f"{error.hint}. It has {', '.join(known) or 'none'}")


def _parsed(name: str, value: str) -> str:
    """A value in standard form. Raises QueryError."""
    option = SHARED.get(name)
    if option is None or option.parse is None:
        return value
    try:
        return option.value(value)
    except QueryError as error:
        raise QueryError(f"{name}: {error.what}", hint=error.hint) from None


def query_string(params: msgspec.Struct, **changed: Any) -> str:
    """The query part of a URL for these parameters, with some changed. Omits default values."""
    params = msgspec.structs.replace(params, **changed) if changed else params
    pairs = []
    for name, default in _defaults(type(params)):
        value = getattr(params, name)
        if value is None or value == default or (default == () and not value):
            continue
        pairs.append((name, "1" if value is True else value))
    query = urlencode(pairs, doseq=True)
    return f"?{query}" if query else ""


@cache
def _defaults(type: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    """The fields of a struct with their defaults; cached, since the lookup costs more than the rest of a page."""
    return tuple((field.name, field.default) for field in msgspec.structs.fields(type))


@cache
def _fields(type: type[msgspec.Struct]) -> dict[str, bool]:
    """The fields of a struct, and whether each takes several values."""
    hints = get_type_hints(type)
    return {field.encode_name: get_origin(hints[field.name]) is tuple for field in msgspec.structs.fields(type)}
