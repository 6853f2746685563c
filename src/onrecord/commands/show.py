"""``onrecord show``: the list of a desk, a document of it, or a turn with the bytes behind it."""

from __future__ import annotations

import msgspec

from onrecord import printing
from onrecord.asking.conditions import desk_issuer
from onrecord.asking.version_history import said_until
from onrecord.commands.document_choice import open_document
from onrecord.commands.options import (
    DESK,
    DeskOption,
    DocumentKindOption,
    FormatOption,
    IssuerOption,
    LimitOption,
    SinceOption,
    UntilOption,
    print_rest,
    shown_limit,
)
from onrecord.control_pictures import print_safely
from onrecord.desk import Desk, Row, open_desk

#: How many documents a list shows in a terminal.
_USUAL = 50


def show(
    id: str | None = None,
    /,
    *,
    desk: DeskOption = DESK,
    issuer: IssuerOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    document_kind: DocumentKindOption = None,
    limit: LimitOption = None,
    format: FormatOption = "text",
) -> int:
    """Show what a desk has: the list of documents, one document, or one turn with the bytes behind it.

    The list shows the newest documents last; in json, jsonl and csv it is whole.

    Example: `onrecord show`, `onrecord show cn-mfa-2021-03-22`, `onrecord show cn-mfa-2021-03-22-2b61bcb3/91ab04c2f0`

    Parameters
    ----------
    id
        The id of a document, or the beginning of one; or the id of a turn.
    """
    with open_desk(desk) as opened:
        if id is None:
            issuer = desk_issuer(opened, issuer)
            count = opened.count(issuer=issuer, since=since, until=until, kind=document_kind)
            most = shown_limit(limit, "csv" if format == "json" else format, _USUAL)
            skipped = max(0, count - most) if most else 0
            rows = opened.rows(issuer=issuer, since=since, until=until, kind=document_kind, offset=skipped)
            _print_list(rows, count, format)
            if format != "text":
                print_rest(len(rows), count, "documents")
        elif "/" in id:
            _print_turn(opened, id, format)
        else:
            document = open_document(opened, id)
            if format in ("json", "jsonl"):
                printing.write_json(document)
            elif format == "csv":
                printing.write_csv(printing.turn_rows(document))
            else:
                printing.print_document(document, printing.console(), source=document.capture.source)
    return 0


def _print_list(rows: list[Row], count: int, format: str) -> None:
    if format == "json":
        printing.write_json(rows, indent=True)
    elif format == "jsonl":
        printing.write_json(*rows)
    elif format == "csv":
        printing.write_csv(rows, Row.__struct_fields__)
    else:
        width = max((len(row.id) for row in rows), default=0)
        for row in rows:  # plain lines: a table of thousands of rows takes seconds to lay out
            turns = f"{row.turns:>4} {'turn ' if row.turns == 1 else 'turns'}"
            print_safely(f"{row.day or 'undated':10}  {turns}  {row.id:{width}}  {row.title}")
        if len(rows) < count:
            print_safely(
                f"{len(rows):,} of {count:,} documents, the newest last. --limit 0 lists all; "
                "--since, --until, --issuer and --document-kind narrow the list"
            )
        else:
            print_safely(f"{count:,} {'document' if count == 1 else 'documents'}")


def _print_turn(desk: Desk, id: str, format: str) -> None:
    turn = desk.turn(id)
    said = said_until(desk, id)
    if format == "text":
        printing.print_place(turn, printing.console())
        if said is not None:
            print_safely(str(said))
        return
    place = turn.span.place()
    if format == "csv":
        printing.write_csv(row for row in printing.turn_rows(turn.span.document) if row["turn"] == turn.id)
        return
    result = msgspec.to_builtins(turn) | {
        "text": turn.text,
        "place": msgspec.to_builtins(place),
        "capture": turn.span.document.heading.capture,
        "source": turn.span.source().decode(turn.span.document.offsets.encoding, "replace"),
        "said_until": None if said is None else msgspec.to_builtins(said),
    }
    printing.write_json(result)
