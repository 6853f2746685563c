"""The rows of a language's trigger table, by id, to show why an act was found."""

from __future__ import annotations

import csv
from functools import cache

import msgspec

from onrecord import languages


class RuleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row as in its table; the table's module explains its columns ``words``, ``who``, ``target`` and ``when``."""

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
    """Return the row with that id in a language's table; ``None`` for an act that was found without a row."""
    return _rows(languages.find(language).code).get(id)


@cache
def _rows(language: str) -> dict[str, RuleRow]:
    folder = languages.find(language).folder
    table = folder / "triggers.csv" if folder is not None else None
    if table is None or not table.is_file():
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return {
            row["id"]: RuleRow(
                id=row["id"],
                table=f"languages/{language}/{table.name}",
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
