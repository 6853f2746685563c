"""``onrecord trace``: the uses of a phrase: first, last, by year, and in which wordings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from onrecord.asking import Edit, PhraseUse, Trace
from onrecord.asking import trace as trace_phrase
from onrecord.commands.options import (
    DESK,
    BothScriptsOption,
    DeskOption,
    FormatOption,
    IssuerOption,
    SinceOption,
    TracedKindOption,
    UntilOption,
)
from onrecord.commands.output_files import write_file
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json


def trace(
    *phrase: str,
    turn: str | None = None,
    near: float = 0.75,
    both_scripts: BothScriptsOption = False,
    issuer: IssuerOption = None,
    kind: TracedKindOption = "podium",
    since: SinceOption = None,
    until: UntilOption = None,
    limit: Annotated[int, Parameter(help="How many wordings to print, 0 for all.")] = 12,
    svg: Path | None = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """Trace a phrase through the record: first and last use, how often, when and by whom, and how its wording changed.

    The exit code is 1 where there is no use.

    Example: `onrecord trace "win-win cooperation" --issuer cn-mfa`

    Parameters
    ----------
    phrase
        The words as they were said: a few words or a sentence.
    turn
        Trace the words of the turn with this id instead.
    near
        The share of the words, in order, that makes a wording near; 1.0 for exact uses alone.
    svg
        Write a chart of the uses by year to this file too.
    """
    with open_desk(desk) as opened:
        words = opened.turn(turn).text if turn else " ".join(phrase)
        found = trace_phrase(
            opened, words, near=near, issuer=issuer, kind=kind, since=since, until=until, both_scripts=both_scripts
        )
    if svg is not None:
        from onrecord.sharing.charts import timeline_svg

        write_file(svg, timeline_svg(found).encode())
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.uses)
    elif format == "csv":
        write_csv(found.uses, PhraseUse.__struct_fields__)
    else:
        _print(found, limit or None)
    return 0 if found.uses else 1


def _print(found: Trace, limit: int | None) -> None:
    out = console()
    out.print(Text(found.phrase, style="bold"))
    if found.exact:
        out.print(f"{found.exact} exact uses, first {found.first or 'undated'}, last {found.last or 'undated'}")
    else:
        out.print("no exact use")
    if found.first_in_any_wording and found.first_in_any_wording != found.first:
        out.print(f"first in any wording {found.first_in_any_wording}")
    if found.held.caution:
        out.print(Text(found.held.caution, style="yellow"), soft_wrap=True)
    if found.near is not None:
        out.print(f"{found.nearly} near uses: at least {found.near:.0%} of its words, in order")
    if found.by_year:
        out.print()
        _print_years(found, out)
    if found.wordings:
        out.print("\nWordings", style="bold")
        _print_wordings(found, limit, out)
    if found.runs and sum(run.documents for run in found.runs) >= 2 * len(found.runs):
        out.print("\nConsecutive documents that use it", style="bold")
        for run in found.runs:
            out.print(f"{run.documents:5} ×  {run.first} to {run.last}  {run.issuer}")
    if found.speakers:
        top = ", ".join(f"{name} {count}" for name, count in list(found.speakers.items())[:6])
        out.print(f"\nUsed by {top}")
    _print_edges(found, out)
    searched = f"First and last use within what was searched, {found.held.documents:,} documents: {found.held}"
    out.print(searched, style="dim", soft_wrap=True)


def _print_years(found: Trace, out: Console) -> None:
    widest = max(exact + nearly for exact, nearly in found.by_year.values())
    for year, (exact, nearly) in found.by_year.items():
        solid, light = (round(count / widest * 50) or (count > 0) for count in (exact, nearly))
        bar = Text(f"{year:>8}  ")
        bar.append("█" * solid, style="magenta")
        bar.append("░" * light, style="magenta")
        bar.append(f" {exact} exact" + (f", {nearly} near" if nearly else ""))
        out.print(bar)


def _print_wordings(found: Trace, limit: int | None, out: Console) -> None:
    for wording in found.wordings[:limit]:
        span = wording.first if wording.first == wording.last else f"{wording.first} to {wording.last}"
        line = Text(f"{wording.count:5} ×  {span or 'undated':24} ")
        line.append_text(Text(wording.words) if wording.exact else marked_edits(wording.edits))
        if not wording.moves:  # a move names the rung too
            line.append("".join(f"  [{rung.ladder} {rung.rank}]" for rung in wording.rungs), style="dim")
        line.append("".join(f"  [{move}]" for move in wording.moves), style="bold")
        out.print(line, soft_wrap=True)
    if limit is not None and len(found.wordings) > limit:
        out.print(f"        … and {len(found.wordings) - limit} more wordings; --limit 0 for all", style="dim")


def _print_edges(found: Trace, out: Console) -> None:
    exact = [use for use in found.uses if use.exact]
    for name, use in (("First", exact[:1]), ("Last", exact[-1:] if len(exact) > 1 else [])):
        for one in use:
            out.print(
                f"\n[bold]{name}[/] {one.day} · {one.speaker or one.outlet or 'unnamed'} · {one.turn}", soft_wrap=True
            )
            out.print(Text(f"  {one.sentence}"))


def marked_edits(edits: tuple[Edit, ...]) -> Text:
    """A comparison in one line: dropped words struck through in red, added words underlined in green.

    Without colours the marks are [-dropped-] and {+added+}.
    """
    line = Text()
    for edit in edits:
        if edit.how == "same":
            line.append(edit.after)
            continue
        if edit.before:
            line.append(f"[-{edit.before.rstrip()}-]", style="red strike")
        if edit.after:
            line.append(f"{{+{edit.after.rstrip()}+}}", style="green underline")
        if (edit.after or edit.before).endswith(" "):
            line.append(" ")
    return line
