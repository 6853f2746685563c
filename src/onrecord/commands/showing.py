"""``onrecord show``: the list of a desk, a document of it, or a turn with the bytes behind it."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from onrecord import printing
from onrecord.desk import Desk, Row, open_desk


def show_desk(
    id: str | None,
    *,
    desk: Path,
    issuer: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    format: str,
) -> int:
    """Print what is asked for. Raises NotADesk, UnknownDocument."""
    with open_desk(desk) as opened:
        if id is None:
            _list(opened.rows(issuer=issuer, since=since, until=until, kind=kind), format)
        elif "/" in id:
            _turn(opened, id, format)
        else:
            document = opened.document(id)
            if format in ("json", "jsonl"):
                sys.stdout.buffer.write(document.to_json() + b"\n")
            elif format == "csv":
                printing.write_csv(printing.turn_rows(document))
            else:
                printing.print_document(document, printing.console(), source=document.capture.source)
    return 0


def _list(rows: list[Row], format: str) -> None:
    if format == "json":
        printing.write_json(rows, indent=True)
    elif format == "jsonl":
        printing.write_json(*rows)
    elif format == "csv":
        printing.write_csv(rows, Row.__struct_fields__)
    else:
        from rich.table import Table

        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        for heading, more in (("day", {}), ("title", {"ratio": 1}), ("turns", {"justify": "right"}), ("id", {})):
            table.add_column(heading, overflow="fold", **more)
        for row in rows:
            table.add_row(row.day or "unknown", row.title, str(row.turns), row.id)
        out = printing.console()
        out.print(table)
        out.print(f"{len(rows)} documents", style="dim")


def _turn(desk: Desk, id: str, format: str) -> None:
    turn = desk.turn(id)
    if format == "text":
        printing.print_place(turn, printing.console())
        return
    place = turn.span.place()
    told = msgspec.to_builtins(turn) | {
        "text": turn.text,
        "place": msgspec.to_builtins(place),
        "capture": turn.span.document.heading.capture,
        "source": turn.span.source().decode(turn.span.document.offsets.encoding, "replace"),
    }
    printing.write_json(told)
