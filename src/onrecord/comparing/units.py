"""The units by which texts in two languages are compared: stems of spaced words, pairs of Han characters, numbers by value.

No dictionary and no segmentation is needed: a word of a spaced language is cut after its first letters (as in the cognate
alignment of Simard, Foster and Isabelle 1992), a run of Han characters is the pairs of neighbours in it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.languages.tokens import is_han, tokens
from onrecord.lexicon.tables import read_toml

#: A stem has at most so many letters: "cooperation" and "cooperate" are one.
STEM = 6
_TABLE = Path(__file__).with_name("numbers.toml")


class Unit(NamedTuple):
    """A unit and its span ``[start, end)`` in the text. Numbers begin with ``#``."""

    key: str
    start: int
    end: int


class _Numbers(msgspec.Struct, forbid_unknown_fields=True):
    """The words that multiply the number before them."""

    multipliers: dict[str, float]


@cache
def _multipliers() -> dict[str, float]:
    return read_toml(_TABLE, _Numbers).multipliers


def units(text: str, start: int = 0) -> list[Unit]:
    """The units of a text in order, their spans moved by ``start``.

    >>> [unit.key for unit in units("1.5亿人 and 150 million people")]
    ['#150000000', '人', 'and', '#150000000', 'people']
    """
    placed = tokens(text)
    found: list[Unit] = []
    skipped = -1
    for at, token in enumerate(placed):
        if at == skipped:
            continue
        after = placed[at + 1] if at + 1 < len(placed) else None
        if token.word[0].isdigit():
            near = after is not None and after.start - token.end <= 1
            times = _multipliers().get(after.word, 0.0) if after is not None and near else 0.0
            end = after.end if after is not None and times else token.end
            skipped = at + 1 if times else skipped
            found.append(Unit(_value(token.word, times or 1.0), token.start + start, end + start))
            if after is not None and near and not times and is_han(after.word):  # "8月" is a month, not a number
                found.append(Unit(token.word + after.word, token.start + start, after.end + start))
        elif is_han(token.word):
            joined = after is not None and after.start == token.end and is_han(after.word)
            before = placed[at - 1] if at and at - 1 != skipped else None
            alone = before is None or before.end != token.start or not (is_han(before.word) or before.word[0].isdigit())
            if joined and after is not None:
                found.append(Unit(token.word + after.word, token.start + start, after.end + start))
            elif alone:
                found.append(Unit(token.word, token.start + start, token.end + start))
        else:
            found.append(Unit(token.word[:STEM], token.start + start, token.end + start))
    return found


def _value(printed: str, times: float) -> str:
    """A number by its value; what is no number stays as printed."""
    plain = printed.replace(",", "")
    try:
        return f"#{float(plain) * times:.12g}"
    except ValueError:
        return f"#{printed}"
