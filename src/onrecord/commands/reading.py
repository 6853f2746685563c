"""``onrecord read``: statements printed as they are read; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from onrecord import annotate, printing
from onrecord.errors import OnRecordError
from onrecord.reader import read
from onrecord.record import Document


def read_sources(
    sources: list[str],
    *,
    house: str | None,
    encoding: str | None,
    plain: bool,
    format: str,
    complain: Callable[[OnRecordError], None],
) -> int:
    """Print every source that can be read and complain of the others; the exit code is 1 where there is one.

    ``plain`` leaves them without annotation.
    """
    documents: list[tuple[str, Document]] = []
    wrong = 0
    for source in sources:
        try:
            document = read(source, house=house, encoding=encoding)
            documents.append((source, document if plain else annotate(document)))
        except OnRecordError as error:
            complain(error)
            wrong = 1
    if format in ("json", "jsonl"):
        printing.write_json(*(document for _, document in documents))
    elif format == "csv":
        printing.write_csv(row for _, document in documents for row in printing.turn_rows(document))
    else:
        out = printing.console()
        for source, document in documents:
            printing.print_document(document, out, source=source)
    return wrong
