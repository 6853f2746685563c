"""``onrecord find``: the hits with the words around them, and how they spread over time."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import msgspec

from onrecord.asking import Filters, Found, Hit, counts_by, find
from onrecord.desk import open_desk
from onrecord.printing import console

#: How many characters stand on either side of a hit.
_AROUND = 36


def find_turns(
    query: str,
    *,
    desk: Path,
    filters: Filters,
    order: str,
    limit: int,
    across: bool,
    pattern: str | None,
    count_by: str | None,
    format: str,
) -> int:
    """Print what is found; the exit code is 1 where nothing is, as grep has it. Raises QueryError."""
    with open_desk(desk) as opened:
        if count_by is not None:
            by = counts_by(opened, query, filters, by=count_by)  # type: ignore[arg-type]
            _print_counts(by, format)
            return 0 if by else 1
        found = find(opened, query, filters, order=order, limit=limit, across=across, pattern=pattern)  # type: ignore[arg-type]
    if format == "json":
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    elif format == "jsonl":
        sys.stdout.buffer.writelines(msgspec.json.encode(hit) + b"\n" for hit in found.hits)
    elif format == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow([field for field in Hit.__struct_fields__ if field != "places"])
        writer.writerows(
            [getattr(hit, field) for field in Hit.__struct_fields__ if field != "places"] for hit in found.hits
        )
    else:
        _print(found)
    return 0 if found.count else 1


def _print(found: Found) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    out = console()
    for hit in found.hits:
        who = hit.speaker or hit.outlet or ("a reporter" if hit.kind == "question" else "unnamed")
        out.print(
            f"{hit.day or 'undated':10}  {hit.issuer}  {hit.kind} · {who}", style="cyan", markup=False, soft_wrap=True
        )
        for start, end in hit.places[:3] or ((0, 0),):
            before = " ".join(hit.text[max(0, start - 2 * _AROUND) : start].split("\n"))
            after = " ".join(hit.text[end : end + 2 * _AROUND].split("\n"))
            while cell_len(before) > _AROUND:  # a Han character takes two columns
                before = before[1:]
            while cell_len(after) > _AROUND:
                after = after[:-1]
            line = Text(" " * (_AROUND - cell_len(before)) + before)
            line.append(hit.text[start:end].replace("\n", " "), style="bold red")
            line.append(after)
            out.print(line, soft_wrap=True)
        if len(hit.places) > 3:
            out.print(f"{'':{_AROUND}}… {len(hit.places) - 3} more in this turn", style="dim")
        out.print(f"{'':{_AROUND}}{hit.turn}", style="dim", soft_wrap=True)
    shown = f", {len(found.hits)} shown" if len(found.hits) < found.count else ""
    out.print(f"{found.count} turns{shown}", style="bold")
    searched = ", ".join(
        f"{issuer} {count} ({first or 'undated'} to {last or 'undated'})"
        for issuer, (count, first, last) in found.held.issuers.items()
    )
    out.print(
        f"Searched {found.held.turns} turns of {found.held.documents} documents: {searched or 'the desk is empty'}",
        style="dim",
    )


def _print_counts(counts: dict[str, int], format: str) -> None:
    if format in ("json", "jsonl"):
        sys.stdout.buffer.write(msgspec.json.encode(counts) + b"\n")
        return
    if format == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(["value", "turns"])
        writer.writerows(counts.items())
        return
    out = console()
    widest = max(counts.values(), default=1)
    for value, count in counts.items():
        bar = "█" * max(1, round(count / widest * 60))
        out.print(f"{value:>16}  [magenta]{bar}[/] {count}")
    out.print(f"{sum(counts.values())} turns; periods without any are left out", style="dim")
