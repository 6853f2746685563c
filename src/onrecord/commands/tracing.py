"""``onrecord trace``: a phrase's life: first, last, by year, its wordings and its uses."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from onrecord.asking import Edit, PhraseUse, Trace, trace
from onrecord.desk import open_desk
from onrecord.printing import console, write_csv, write_json


def trace_phrase(
    phrase: str,
    *,
    turn: str | None,
    desk: Path,
    near: float,
    issuer: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    svg: Path | None,
    format: str,
) -> int:
    """Print the trace; the exit code is 1 where there is no use. Raises QueryError, UnknownDocument."""
    with open_desk(desk) as opened:
        asked = opened.turn(turn).text if turn else phrase
        found = trace(opened, asked, near=near, issuer=issuer, kind=kind, since=since, until=until)
    if svg is not None:
        from onrecord.sharing.charts import timeline_svg

        svg.write_text(timeline_svg(found), encoding="utf-8")
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.uses)
    elif format == "csv":
        write_csv(found.uses, PhraseUse.__struct_fields__)
    else:
        _print(found, limit)
    return 0 if found.uses else 1


def _print(found: Trace, limit: int) -> None:
    out = console()
    out.print(Text(found.phrase, style="bold"))
    if found.exact:
        out.print(f"{found.exact} exact uses, first {found.first or 'undated'}, last {found.last or 'undated'}")
    else:
        out.print("no exact use")
    if found.near is not None:
        out.print(f"{found.nearly} near uses: at least {found.near:.0%} of its words, in order")
    if found.by_year:
        out.print()
        widest = max(exact + nearly for exact, nearly in found.by_year.values())
        for year, (exact, nearly) in found.by_year.items():
            solid, light = (round(count / widest * 50) or (count > 0) for count in (exact, nearly))
            bar = Text(f"{year:>8}  ")
            bar.append("█" * solid, style="magenta")
            bar.append("░" * light, style="magenta")
            bar.append(f" {exact} exact" + (f", {nearly} near" if nearly else ""))
            out.print(bar)
    if found.wordings:
        out.print("\nWordings", style="bold")
        for wording in found.wordings[:limit]:
            span = wording.first if wording.first == wording.last else f"{wording.first} to {wording.last}"
            line = Text(f"{wording.count:5} ×  {span:24} ")
            line.append_text(Text(wording.words) if wording.exact else redlined(wording.edits))
            if not wording.moves:  # else the move says where it stands
                line.append("".join(f"  [{rung.ladder} {rung.rank}]" for rung in wording.rungs), style="dim")
            line.append("".join(f"  [{move}]" for move in wording.moves), style="bold")
            out.print(line, soft_wrap=True)
        if len(found.wordings) > limit:
            out.print(f"        … and {len(found.wordings) - limit} more wordings: --limit", style="dim")
    if found.runs and sum(run.documents for run in found.runs) >= 2 * len(found.runs):
        out.print("\nDocuments in a row that use it", style="bold")
        for run in found.runs:
            out.print(f"{run.documents:5} ×  {run.first} to {run.last}  {run.issuer}")
    if found.speakers:
        top = ", ".join(f"{name} {count}" for name, count in list(found.speakers.items())[:6])
        out.print(f"\nUsed by {top}")
    _print_edges(found, out)
    out.print(f"First and last are of what the desk holds: {found.held}", style="dim", soft_wrap=True)


def _print_edges(found: Trace, out: Console) -> None:
    exact = [use for use in found.uses if use.exact]
    for name, use in (("First", exact[:1]), ("Last", exact[-1:] if len(exact) > 1 else [])):
        for one in use:
            out.print(
                f"\n[bold]{name}[/] {one.day} · {one.speaker or one.outlet or 'unnamed'} · {one.turn}", soft_wrap=True
            )
            out.print(Text(f"  {one.sentence}"))


def redlined(edits: tuple[Edit, ...]) -> Text:
    """A comparison in one line: what went struck through in red, what came underlined in green.

    Without colours the marks are [-went-] and {+came+}.
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
