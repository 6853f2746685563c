"""``onrecord formulas``: the stock phrases of a slice of the record, and how they changed between two periods."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from onrecord.asking import Formula, Formulas
from onrecord.asking import formulas as list_formulas
from onrecord.commands.options import (
    DESK,
    DeskOption,
    FormatOption,
    IssuerOption,
    LanguageOption,
    SinceOption,
    UntilOption,
)
from onrecord.commands.trace import marked_edits
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json


def formulas(
    *,
    issuer: IssuerOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    between: tuple[str, str] | None = None,
    least: int = 5,
    shortest: int | None = None,
    names: bool = False,
    limit: int = 30,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """List the stock phrases of the podium, found without being named; between two periods also births and deaths.

    The exit code is 1 where there is none.

    Example: `onrecord formulas --issuer cn-mfa --language en`, `onrecord formulas --between 2018 2020`

    Parameters
    ----------
    between
        Two periods, each a year, a month or days (`2018-05..2019-01`): which formulas were born, died or were replaced.
    least
        The fewest documents in which a formula must occur.
    shortest
        The fewest words of a formula; by default 3, in Chinese 4 characters.
    names
        Include names of people, countries and bodies.
    limit
        How many to list for each language, 1 to 1000.
    """
    with open_desk(desk) as opened:
        found = list_formulas(
            opened,
            issuer=issuer,
            language=language,
            since=since,
            until=until,
            between=between,
            least=least,
            shortest=shortest,
            names=names,
            limit=limit,
        )
    rows = list(found.rows())
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*rows)
    elif format == "csv":
        write_csv(rows, list(rows[0]) if rows else ["what", *Formula.__struct_fields__])
    else:
        _print(found)
    return 0 if rows else 1


def _print(found: Formulas) -> None:
    out = console()
    if found.periods:
        before, after = found.periods
        for name, period in (("Before", before), ("After", after)):
            out.print(f"{name} is {period.since} to {period.until}: {period.documents} documents", style="cyan")
        _print_changed(found.births, out, f"Born: in {found.least} or more documents after, hardly ever before")
        _print_changed(found.deaths, out, f"Died: in {found.least} or more documents before, hardly ever after")
        if found.replacements:
            out.print("\nReplaced", style="bold")
        for pair in found.replacements:
            out.print(Text(f"{pair.when}  “{pair.before.words}” was replaced by “{pair.after.words}”"), soft_wrap=True)
            line = Text("      ")
            line.append_text(marked_edits(pair.edits))
            out.print(line, soft_wrap=True)
            ends = f"{pair.before.before} documents, last {pair.before.last.day}"
            begins = f"{pair.after.after} documents, first {pair.after.first.day}"
            out.print(f"      {ends} · {begins}", style="dim")
    else:
        for language in dict.fromkeys(one.language for one in found.formulas):
            out.print(f"\nFormulas ({language})", style="bold")
            out.print("documents   uses  first       last", style="dim")
            for one in found.formulas:
                if one.language == language:
                    days = f"{one.first.day or 'undated':10}  {one.last.day or 'undated':10}"
                    out.print(_line(f"{one.documents:9}  {one.uses:5}  {days}  ", one), soft_wrap=True)
    if not (found.formulas or found.births or found.deaths):
        out.print("No formula. --least takes fewer documents, --shortest shorter ones, --names includes names.")
    out.print(
        f"\nSearched {found.words:,} words of the podium in {found.documents:,} documents. "
        f"First and last use within what the desk has: {found.held}",
        style="dim",
        soft_wrap=True,
    )


def _print_changed(some: tuple[Formula, ...], out: Console, title: str) -> None:
    if not some:
        return
    out.print(f"\n{title}", style="bold")
    out.print("before → after  first       last", style="dim")
    for one in some:
        days = f"{one.first.day or 'undated':10}  {one.last.day or 'undated':10}"
        out.print(_line(f"{one.before:6} → {one.after:<5}  {days}  ", one), soft_wrap=True)


def _line(lead: str, one: Formula) -> Text:
    line = Text(lead, style="dim")
    line.append(" ".join(one.words.split()), style="not dim")
    return line
