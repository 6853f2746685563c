"""``onrecord find``: the hits with the words around them, and how they spread over time."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len
from rich.text import Text

from onrecord.asking import Hit, SearchResult, TurnFilters, counts_by, find
from onrecord.desk import open_desk
from onrecord.language.tokens import words
from onrecord.printing import console, write_csv, write_json

#: How many characters stand on either side of a hit.
_AROUND = 36


def find_turns(
    query: str,
    *,
    desk: Path,
    filters: TurnFilters,
    order: str,
    limit: int,
    across: bool,
    pattern: str | None,
    both_scripts: bool,
    context: str | None,
    count_by: str | None,
    format: str,
) -> int:
    """Print what is found; the exit code is 1 where nothing is, as grep has it. Raises QueryError."""
    with open_desk(desk) as opened:
        if count_by is not None:
            by = counts_by(opened, query, filters, by=count_by)  # type: ignore[arg-type]
            _print_counts(by, format)
            return 0 if by else 1
        found = find(
            opened,
            query,
            filters,
            order=order,  # type: ignore[arg-type]
            limit=limit,
            across=across,
            pattern=pattern,
            both_scripts=both_scripts,
        )
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.hits)
    elif format == "csv":
        columns = [field for field in Hit.__struct_fields__ if field != "places"]
        write_csv(found.hits, columns)
    else:
        _print(found, context)
    return 0 if found.count else 1


def _print(found: SearchResult, context: str | None) -> None:
    out = console()
    if context is None:
        for hit in found.hits:
            who = hit.speaker or hit.outlet or ("a reporter" if hit.kind == "question" else "unnamed")
            told = f"{hit.day or 'undated':10}  {hit.issuer}  {hit.kind} · {who}"
            out.print(told, style="cyan", markup=False, soft_wrap=True)
            for place in hit.places[:3] or ((0, 0),):
                out.print(_line(hit, place), soft_wrap=True)
            if len(hit.places) > 3:
                out.print(f"{'':{_AROUND}}… {len(hit.places) - 3} more in this turn", style="dim")
            out.print(f"{'':{_AROUND}}{hit.turn}", style="dim", soft_wrap=True)
    else:
        lines = [(hit, place) for hit in found.hits for place in hit.places]
        lines.sort(key=lambda line: _context(line[0], line[1], context))
        for hit, place in lines:
            line = _line(hit, place)
            line.append(f"  {hit.day or 'undated'} {hit.speaker or hit.outlet or ''}", style="dim")
            out.print(line, soft_wrap=True)
    shown = f", {len(found.hits)} shown" if len(found.hits) < found.count else ""
    out.print(f"{found.count} turns{shown}", style="bold")
    searched = f"Searched {found.held.turns} turns of {found.held.documents} documents: {found.held}"
    out.print(searched, style="dim", soft_wrap=True)


def _line(hit: Hit, place: tuple[int, int]) -> Text:
    """A hit with the words around it, so that hits stand under each other; a Han character takes two columns."""
    start, end = place
    before = " ".join(hit.text[max(0, start - 2 * _AROUND) : start].split("\n"))
    after = " ".join(hit.text[end : end + 2 * _AROUND].split("\n"))
    while cell_len(before) > _AROUND:
        before = before[1:]
    while cell_len(after) > _AROUND:
        after = after[:-1]
    line = Text(" " * (_AROUND - cell_len(before)) + before)
    line.append(hit.text[start:end].replace("\n", " "), style="bold red")
    line.append(after)
    return line


def _context(hit: Hit, place: tuple[int, int], side: str) -> list[str]:
    """The words on one side of a hit, nearest first: what a concordance is sorted by."""
    if side == "left":
        return words(hit.text[max(0, place[0] - 200) : place[0]])[::-1]
    return words(hit.text[place[1] : place[1] + 200])


def _print_counts(counts: dict[str, int], format: str) -> None:
    if format in ("json", "jsonl"):
        write_json(counts)
        return
    if format == "csv":
        write_csv(({"value": value, "turns": count} for value, count in counts.items()), ("value", "turns"))
        return
    out = console()
    widest = max(counts.values(), default=1)
    for value, count in counts.items():
        bar = "█" * max(1, round(count / widest * 60))
        out.print(f"{value:>16}  [magenta]{bar}[/] {count}")
    out.print(f"{sum(counts.values())} turns; periods without any are left out", style="dim")
