"""The query of a page's address as a typed struct, and back.

Options that mean the same on every page (issuer, days, outlets …) are defined in :mod:`onrecord.asking.options`; their
values are parsed here as on the command line: a day may be a year or a month.

>>> class Asked(msgspec.Struct, frozen=True, kw_only=True):
...     q: str = ""
...     issuer: tuple[str, ...] = ()
>>> read_query(Asked, [("q", "sanctions"), ("issuer", "cn-mfa"), ("issuer", "")])
Asked(q='sanctions', issuer=('cn-mfa',))
>>> write_query(Asked(q="two words"))
'?q=two+words'
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, TypeVar, get_origin, get_type_hints
from urllib.parse import urlencode

import msgspec
from msgspec import Meta

from onrecord.asking.options import DAY_PATTERN, SHARED
from onrecord.errors import QueryError

Asked = TypeVar("Asked", bound=msgspec.Struct)
#: The last page of a list that can be requested: for more, narrow the question or take a file.
LAST_PAGE = 500
#: The longest query, in characters: longer than any sentence of a statement.
LONGEST = 2000

Words = Annotated[str, Meta(max_length=LONGEST)]
#: A year, a month or a day; ``since`` and ``until`` are described and parsed by their options.
Day = Annotated[str, Meta(pattern=DAY_PATTERN)]
PageNumber = Annotated[int, Meta(ge=1, le=LAST_PAGE, description="Which page of a long list.")]
Values = Annotated[tuple[Annotated[str, Meta(max_length=200)], ...], Meta(max_length=20)]


def read_query(type: type[Asked], query: Iterable[tuple[str, str]]) -> Asked:
    """The pairs of a query as a struct. Empty values, as forms send them, and unknown names are ignored.

    Raises QueryError for a value that is not allowed.
    """
    listed = _listed(type)
    given: dict[str, Any] = {}
    for name, value in query:
        if name not in listed or not value.strip():
            continue
        parsed = _parsed(name, value.strip())
        if listed[name]:
            given.setdefault(name, []).append(parsed)
        else:
            given[name] = parsed
    try:
        return msgspec.convert(given, type, strict=False)
    except msgspec.ValidationError as error:
        raise QueryError(f"the address cannot be understood: {error}", hint="Go back and ask again") from None


def _parsed(name: str, value: str) -> str:
    """A value in the form in which the questions take it. Raises QueryError."""
    option = SHARED.get(name)
    if option is None or option.parse is None:
        return value
    try:
        return option.value(value)
    except QueryError as error:
        raise QueryError(f"{name}: {error.what}", hint=error.hint) from None


def write_query(asked: msgspec.Struct, **changed: Any) -> str:
    """The query of an address for these values, with some changed; default values are left out."""
    asked = msgspec.structs.replace(asked, **changed) if changed else asked
    pairs = []
    for name, default in _defaults(type(asked)):
        value = getattr(asked, name)
        if value is None or value == default or (default == () and not value):
            continue
        pairs.append((name, "1" if value is True else value))
    query = urlencode(pairs, doseq=True)
    return f"?{query}" if query else ""


@cache
def _defaults(type: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    """The fields of a struct with their defaults, looked up once, since this costs more than the rest of a page."""
    return tuple((field.name, field.default) for field in msgspec.structs.fields(type))


@cache
def _listed(type: type[msgspec.Struct]) -> dict[str, bool]:
    """The names of a struct, and whether each takes several values."""
    hints = get_type_hints(type)
    return {field.encode_name: get_origin(hints[field.name]) is tuple for field in msgspec.structs.fields(type)}
