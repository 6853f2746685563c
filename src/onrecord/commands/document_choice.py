"""A document of a desk by its id or the beginning of one; where several begin so, they are listed to choose from."""

from __future__ import annotations

from onrecord.desk import Desk
from onrecord.errors import AmbiguousId
from onrecord.record import Document

#: How many candidates are listed.
_MOST = 20


def open_document(desk: Desk, id: str) -> Document:
    """The document with this id, or the only one whose id begins so.

    Raises UnknownDocument where there is none, AmbiguousId with the candidates and their titles where there are several.
    """
    ids = [one.id for one in desk.listed() if one.id.startswith(id)]
    if len(ids) < 2 or id in ids:
        return desk.document(id)
    rows = [desk.row(one) for one in ids[:_MOST]]
    width = max(len(row.id) for row in rows)
    lines = [f"  {row.id:{width}}  {row.language}, {row.turns} turns  {row.title}" for row in rows]
    if len(ids) > _MOST:
        lines.append(f"  … and {len(ids) - _MOST:,} more")
    candidates = "\n".join(lines)
    raise AmbiguousId(f"the ids of {len(ids):,} documents begin with {id!r}. Give more of the id:\n{candidates}")
