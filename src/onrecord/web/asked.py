"""What is asked of a page: the query of its address as a typed struct, and back.

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

from onrecord.errors import QueryError

Asked = TypeVar("Asked", bound=msgspec.Struct)
#: The furthest page of a list that can be asked for: who needs more narrows the question, or takes a file.
LAST_PAGE = 500
#: The longest text that is taken as a query: longer than any sentence of a statement.
LONGEST = 2000

Words = Annotated[str, Meta(max_length=LONGEST)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$", description="A day, YYYY-MM-DD, included.")]
PageNumber = Annotated[int, Meta(ge=1, le=LAST_PAGE, description="Which page of a long list.")]
Values = Annotated[tuple[Annotated[str, Meta(max_length=200)], ...], Meta(max_length=20)]


def read_query(type: type[Asked], query: Iterable[tuple[str, str]]) -> Asked:
    """The pairs of a query as a struct. Empty values are left out, as a form sends them; unknown names say nothing.

    Raises QueryError for a value that does not fit.
    """
    listed = _listed(type)
    told: dict[str, Any] = {}
    for name, value in query:
        if name not in listed or not value.strip():
            continue
        if listed[name]:
            told.setdefault(name, []).append(value.strip())
        else:
            told[name] = value.strip()
    try:
        return msgspec.convert(told, type, strict=False)
    except msgspec.ValidationError as error:
        raise QueryError(f"the address cannot be understood: {error}", hint="Go back and ask again") from None


def write_query(asked: msgspec.Struct, **changed: Any) -> str:
    """The query that asks for this, changed in what is named; only what differs from the defaults is said."""
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
    """The fields of a struct with their defaults, looked up once: it costs more than the rest of a page."""
    return tuple((field.name, field.default) for field in msgspec.structs.fields(type))


@cache
def _listed(type: type[msgspec.Struct]) -> dict[str, bool]:
    """Which names a struct has, and whether each takes several values."""
    hints = get_type_hints(type)
    return {field.encode_name: get_origin(hints[field.name]) is tuple for field in msgspec.structs.fields(type)}
