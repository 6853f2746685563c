"""Tell what an answer is worth: a page, nothing new, a page that is gone, a wall, an error."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from onrecord.captures.exchange import Answer
from onrecord.houses.sources import Signs

#: What an answer may be. ``missing`` is a page that is not there, though its status is 200.
Verdict = Literal["page", "unchanged", "gone", "missing", "wall", "empty", "busy", "refused", "error"]
#: A page with fewer bytes than this is searched for signs as a whole; a longer one is a page.
_SEARCHED = 60_000


def judge(answer: Answer, signs: Signs) -> Verdict:
    """What an answer is, by its status and by what its beginning says. ``signs`` are those of the issuer's site."""
    status = answer.status
    if status == 304:
        return "unchanged"
    if status in (404, 410):
        return "gone"
    if status == 429 or status >= 500:
        return "busy"
    if status in (401, 403, 451):
        return "refused"
    if status != 200:
        return "error"
    if not answer.data.strip():
        return "empty"
    return _by_signs(answer.data, signs)


def _by_signs(data: bytes, signs: Signs) -> Verdict:
    if len(data) > _SEARCHED:
        return "page"
    shared = _shared()
    if any(sign in data for sign in (*shared.wall, *map(str.encode, signs.wall))):
        return "wall"
    if any(sign in data for sign in (*shared.missing, *map(str.encode, signs.missing))):
        return "missing"
    return "page"


class _Shared:
    def __init__(self) -> None:
        table = tomllib.loads((files("onrecord.collecting") / "signs.toml").read_text(encoding="utf-8"))
        self.wall = tuple(row["words"].encode() for row in table["wall"])
        self.missing = tuple(row["words"].encode() for row in table["missing"])


@cache
def _shared() -> _Shared:
    return _Shared()
