"""The rows of the tables of triggers by their ids, whole, for whoever asks why an act was found."""

from __future__ import annotations

import csv
from functools import cache

import msgspec

from onrecord.languages import ruled
from onrecord.lexicon.tables import FOLDER

_TABLES = {"en": "triggers_en.csv", "zh": "triggers_zh.csv"}


class RuleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row as it stands in its table, which says how to read its columns: ``words``, ``who``, ``target`` and ``when``."""

    id: str
    table: str
    line: int
    type: str
    words: str
    who: str
    target: str
    when: str
    example: str
    reason: str


def rule_row(id: str, language: str) -> RuleRow | None:
    """The row of that id in the table of a language; ``None`` for an act that another rule than a row found."""
    return _rows(ruled(language) or "en").get(id)


@cache
def _rows(language: str) -> dict[str, RuleRow]:
    table = _TABLES[language]
    with (FOLDER / table).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return {
            row["id"]: RuleRow(
                id=row["id"],
                table=f"lexicon/{table}",
                line=reader.line_num,
                type=row["type"],
                words=row["words"],
                who=row["who"],
                target=row["target"],
                when=row.get("when") or row.get("time") or "",
                example=row["example"],
                reason=row["reason"],
            )
            for row in reader
        }
