"""``onrecord read``: statements printed as they are read; nothing is stored."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from onrecord import printing
from onrecord.captures.private_redirects import allowing_private_redirects
from onrecord.commands.formats import AllowPrivateOption, EncodingOption, FormatOption, HouseOption, MapOption
from onrecord.commands.source_reading import annotated, read_source
from onrecord.control_pictures import print_safely
from onrecord.errors import OnRecordError
from onrecord.record import Document


def read(
    sources: Annotated[list[str], Parameter(allow_leading_hyphen=True)],
    /,
    *,
    house: HouseOption = None,
    encoding: EncodingOption = None,
    item: int | None = None,
    map: MapOption = "",
    plain: bool = False,
    allow_private: AllowPrivateOption = False,
    format: FormatOption = "text",
) -> int:
    """Read statements and print them, with acts in the margin; nothing is stored.

    The exit code is 1 where a source could not be read; the others are printed.

    Example: `onrecord read page.html`, or `curl … | onrecord read - --format json`

    Parameters
    ----------
    sources
        Files, http(s) addresses, or `-` for standard input.
    item
        Which statement of a file of several: 1 is the first.
    plain
        Only the text: no mentions, acts, meetings, undertakings or kinds of answers.
    """
    documents: list[tuple[str, Document]] = []
    failed = 0
    for source in sources:
        try:
            with allowing_private_redirects(allow_private):
                document = read_source(source, house=house, encoding=encoding, item=item, mapping=map)
            documents.append((source, document))  # its words are printed even if annotating them fails
            if not plain:
                documents[-1] = source, annotated(document, source)
        except OnRecordError as error:
            print_safely(f"onrecord: {error.name}: {error}", sys.stderr)
            failed = 1
    if format in ("json", "jsonl"):
        printing.write_json(*(document for _, document in documents))
    elif format == "csv":
        printing.write_csv(row for _, document in documents for row in printing.turn_rows(document))
    else:
        out = printing.console()
        for source, document in documents:
            printing.print_document(document, out, source=source)
    return failed
