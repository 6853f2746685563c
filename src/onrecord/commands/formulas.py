"""``onrecord formulas``: the stock phrases of a slice of the record, and what became of them between two periods."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from onrecord.asking import Formula, Formulas, formulas
from onrecord.commands.tracing import redlined
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json


def list_formulas(
    *,
    desk: Path,
    issuer: str | None,
    language: str | None,
    since: str | None,
    until: str | None,
    between: tuple[str, str] | None,
    least: int,
    shortest: int | None,
    names: bool,
    limit: int,
    format: str,
) -> int:
    """Print the formulas; the exit code is 1 where there is none. Raises QueryError."""
    with open_desk(desk) as opened:
        found = formulas(
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
        _print_turned(found.births, out, f"Born: in {found.least} documents after or more, before hardly or never")
        _print_turned(found.deaths, out, f"Died: in {found.least} documents before or more, after hardly or never")
        if found.replacements:
            out.print("\nGave way", style="bold")
        for pair in found.replacements:
            out.print(Text(f"{pair.when}  “{pair.before.words}” gave way to “{pair.after.words}”"), soft_wrap=True)
            line = Text("      ")
            line.append_text(redlined(pair.edits))
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
        out.print("no formula: fewer documents with --least, shorter ones with --shortest, names with --names")
    out.print(
        f"\nLooked through {found.words} words of the podium in {found.documents} documents. "
        f"First and last are of what the desk holds: {found.held}",
        style="dim",
        soft_wrap=True,
    )


def _print_turned(some: tuple[Formula, ...], out: Console, title: str) -> None:
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
