"""``onrecord coverage``: what a desk holds by issuer, language and month, and what it lacks."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import msgspec

from onrecord.asking import MonthFilters, MonthHeld, coverage_by_month, options
from onrecord.commands.options import DESK, DeskOption, FormatOption, SinceOption, UntilOption, several
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json

_MEANINGS = (
    "held: documents; days: days with any; expected: days on which the issuer usually publishes (–: not known)",
    "missing: those of them without a document, holidays included; removed: held, and gone from its address",
    "in doubt: worse than the version before, kept and not shown; listed only: named in the issuer's lists, not held",
)


def coverage(
    *,
    issuer: Annotated[tuple[str, ...], several(options.ISSUER)] = (),
    language: Annotated[tuple[str, ...], several(options.LANGUAGE)] = (),
    since: SinceOption = None,
    until: UntilOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """What a desk holds by issuer, language and month: held, expected, missing, removed and in doubt.

    Expected are the days on which the card of the house expects a document; missing are those of them without one.

    Example: `onrecord coverage`, `onrecord coverage --issuer cn-mfa --since 2020 --format csv`
    """
    with open_desk(desk) as opened:
        found = coverage_by_month(opened, MonthFilters(issuer=issuer, language=language, since=since, until=until))
    if format == "json":
        write_json(found, indent=True)
    elif format == "jsonl":
        write_json(*found)
    elif format == "csv":
        rows = (msgspec.structs.asdict(one) | {"missing": " ".join(one.missing)} for one in found)
        write_csv(rows, MonthHeld.__struct_fields__)
    else:
        _print(found)
    return 0


def _print(found: list[MonthHeld]) -> None:
    out = console()
    if not found:
        out.print(
            "Nothing with a day is held in what was asked for. `onrecord houses` names the issuers.", markup=False
        )
        return
    for (issuer, language), some in groupby(found, key=lambda one: (one.issuer, one.language)):
        out.print(f"[bold]{issuer}[/] {language or '(nothing held)'}")
        out.print("  month       held  days expected  missing  removed  in doubt  listed only", style="dim")
        for one in some:
            expected = "–" if one.expected is None else str(one.expected)
            line = f"  {one.month:9} {one.held:>6} {one.days:>5} {expected:>8} {len(one.missing):>8} {one.removed:>8}"
            out.print(f"{line} {one.in_doubt:>9} {one.listed:>12}", style="" if one.held else "yellow", highlight=False)
            if one.missing:
                days = " ".join(day[8:] for day in one.missing)
                out.print(f"             missing: {days}", style="yellow", highlight=False, soft_wrap=True)
    out.print()
    for line in _MEANINGS:
        out.print(line, style="dim", markup=False, soft_wrap=True)
