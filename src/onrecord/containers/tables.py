"""Tables: rows of CSV and TSV as they stand below their header, rows of XLSX and Parquet as objects of JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

from onrecord.captures.opened import LARGEST, Opened
from onrecord.containers.conferences import Row, conference_of, place_of, together
from onrecord.containers.items import NOTHING_BEHIND, File
from onrecord.errors import ReadingError, TablesMissing, TooLarge
from onrecord.reading.decoding import decode
from onrecord.reading.fields import find_field, find_words, parse_map, usual_names

#: Rows of a Parquet file that are in memory at once.
_BATCH = 200
#: Rows at the top of a sheet among which the field names are.
_HEAD_ROWS = 10


def media_type(base: str, mapping: str) -> str:
    """The media type of a row: with the mapping of fields, if one was asked for, so that it is read so again."""
    return f'{base}; map="{mapping}"' if mapping else base


def tell_fields(names: list[str], file: File) -> None:
    """Say which fields were taken for what. Raises ReadingError where none holds the words, or a field asked for is missing."""
    asked = parse_map(file.mapping)
    missing = [name for name in asked.values() if name not in names]
    if missing:
        raise ReadingError(
            f"there is no field {missing[0]!r}", where=file.uri, hint=f"Its fields are {', '.join(names)}"
        )
    words = find_words(names, asked)
    if not words:
        raise ReadingError(
            "no field is known to hold the words",
            where=file.uri,
            hint=f"Name it with --map text=FIELD; its fields are {', '.join(names)}",
        )
    file.pairs = len(words) > 1
    if not asked:
        parts = dict(zip(("question", "answer") if len(words) == 2 else ("text",), words, strict=True))
        others = [name for name in names if name not in words]
        parts |= {part: name for part in usual_names() if part not in parts and (name := find_field(part, others))}
        told = ", ".join(f"{part}={name}" for part, name in parts.items())
        file.note(f"{file.name or file.uri}: fields taken as {told}; --map changes this")


def csv_rows(stream: BinaryIO, file: File, divider: str) -> Iterator[Opened]:
    """The rows of a table in text, each with the header above it, so that it is a table of one row.

    Rows with a question and an answer that are of one conference are one table.
    """
    start = decode(file.head[: file.head.rfind(b"\n") + 1] or file.head, encoding=file.encoding, where=file.uri)
    errors = "replace" if start.encoding.startswith("utf-16") else "surrogateescape"
    stream.seek(start.mark)
    text = io.TextIOWrapper(stream, encoding=start.encoding, errors=errors, newline="")
    consumed: list[str] = []
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST))
    rows = csv.reader(_told(text, consumed, file), delimiter=divider)
    base = "text/tab-separated-values" if divider == "\t" else "text/csv"
    try:
        names = [name.strip() for name in next(rows, ())]
        if names[:1] == ["sep="] or (len(names) == 1 and names[0].startswith("sep=")):  # as Excel names the divider
            consumed.clear()
            names = [name.strip() for name in next(rows, ())]
        header = "".join(consumed)
        header = header if header.endswith(("\n", "\r")) else header + "\n"
        consumed.clear()
        tell_fields(names, file)
        for some in together(_csv_rows(rows, consumed, names, file, start.encoding)):
            data = header.encode(start.encoding, errors) + b"".join(row.data for row in some)
            yield file.item(
                data,
                place_of(some, "row"),
                media_type=media_type(base, file.mapping),
                encoding=start.encoding,
                suffix="row.tsv" if divider == "\t" else "row.csv",
            )
    except csv.Error as error:
        raise ReadingError(f"the table breaks off: {error}", where=file.uri, hint="Save it again as CSV") from None
    finally:
        text.detach()


def _csv_rows(
    rows: Iterator[list[str]], consumed: list[str], names: list[str], file: File, encoding: str
) -> Iterator[Row]:
    """The rows below the header that hold anything; ``consumed`` has the lines that a row takes."""
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    asked = parse_map(file.mapping)
    for number, row in enumerate(rows, start=2):
        raw = "".join(consumed)
        consumed.clear()
        if any(cell.strip() for cell in row):
            raw = raw if raw.endswith(("\n", "\r")) or not file.pairs else raw + "\n"
            conference = conference_of(dict(zip(names, row, strict=False)), asked) if file.pairs else None
            yield Row(raw.encode(encoding, errors), number, conference)


def _told(text: io.TextIOWrapper, consumed: list[str], file: File) -> Iterator[str]:
    """The lines of a stream; each is noted in ``consumed``, whose length a row takes."""
    size = 0
    while line := text.readline(LARGEST):
        size = size + len(line) if consumed else len(line)
        if size >= LARGEST:
            raise TooLarge(
                f"a row of more than the {LARGEST / 1e6:.0f} MB a statement can have; {NOTHING_BEHIND}", where=file.uri
            )
        consumed.append(line)
        yield line


def objects(rows: Iterable[Row], noun: str, file: File) -> Iterator[Opened]:
    """Statements of rows that are objects of JSON: one of each, or one of all that are of one conference, on end."""
    for some in together(rows):
        base = "application/json" if len(some) == 1 else "application/x-ndjson"
        yield file.item(
            b"\n".join(row.data for row in some),
            place_of(some, noun),
            media_type=media_type(base, file.mapping),
            encoding="utf-8",
            suffix=f"{noun}.json",
        )


def _as_json(rows: Iterable[dict[str, Any]], file: File) -> Iterator[Row]:
    asked = parse_map(file.mapping)
    for number, row in enumerate(rows, start=2):
        held = {name: _plain(value) for name, value in row.items() if value is not None and value != ""}
        if held:
            data = json.dumps(held, ensure_ascii=False, indent=1).encode("utf-8", "replace")
            told = {name: str(value) for name, value in held.items()}
            yield Row(data, number, conference_of(told, asked) if file.pairs else None)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else str(value)


def xlsx_rows(stream: BinaryIO, file: File) -> Iterator[Opened]:
    """The rows of a sheet of an Excel workbook, each as an object of JSON; a row at its top names the fields."""
    try:
        import openpyxl
    except ImportError:
        raise TablesMissing("openpyxl, which reads Excel workbooks, is not installed", where=file.uri) from None
    from onrecord.reading.docx import refuse_bombs

    stream.seek(0)
    refuse_bombs(stream.read(LARGEST + 1), file.uri, "workbook")
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        sheets = list(_headed(book.worksheets, file))
    except Exception as error:  # a broken package fails in any of a dozen ways
        raise ReadingError(f"no workbook that opens: {error}", where=file.uri, hint="Save it again") from error
    for noun, names, rows in sheets:
        tell_fields([name for name in names if name], file)
        yield from objects(_as_json((dict(zip(names, row, strict=False)) for row in rows), file), noun, file)


def _headed(sheets: Sequence[Any], file: File) -> Iterator[tuple[str, list[str], Iterator[tuple[Any, ...]]]]:
    """Of each sheet whose first rows have one with known names, below any title: what its rows are called, the names, the rows.

    Where no sheet has known names, the first row of the first sheet is taken for names. The others are told of.
    """
    asked = parse_map(file.mapping)
    found = 0
    unread = []
    for number, sheet in enumerate(sheets, start=1):
        rows = sheet.iter_rows(values_only=True)
        names = next((told for row in islice(rows, _HEAD_ROWS) if _tells_words(told := _names(row), asked)), None)
        if names is not None:
            found += 1
            yield "row" if found == 1 else f"sheet{number}.row", names, rows
        elif any(any(_names(row)) for row in islice(sheet.iter_rows(values_only=True), _HEAD_ROWS)):
            unread.append(str(sheet.title))
    if not found:
        rows = sheets[0].iter_rows(values_only=True)
        yield "row", _names(next(rows, ())), rows
        unread = unread[1:]
    for title in unread:
        file.note(f"{file.name or file.uri}: the sheet {title!r} has no known fields and was not read")


def _tells_words(names: list[str], asked: Mapping[str, str]) -> bool:
    return sum(map(bool, names)) > 1 and bool(find_words(names, asked))


def _names(row: Sequence[Any]) -> list[str]:
    return [str(name).strip() if name is not None else "" for name in row]


def parquet_rows(stream: BinaryIO, file: File) -> Iterator[Opened]:
    """The rows of a Parquet file, each as an object of JSON."""
    try:
        import polars
    except ImportError:
        raise TablesMissing("polars, which reads Parquet, is not installed", where=file.uri) from None
    try:
        frame = polars.scan_parquet(getattr(stream, "name", None) or io.BytesIO(stream.read(LARGEST)))
        names = frame.collect_schema().names()
        (total,) = frame.select(polars.len()).collect().row(0)
    except polars.exceptions.PolarsError as error:
        raise ReadingError(f"no Parquet file that opens: {error}", where=file.uri, hint="Save it again") from None
    tell_fields(names, file)
    batches = (frame.slice(at, _BATCH).collect().iter_rows(named=True) for at in range(0, total, _BATCH))
    yield from objects(_as_json((row for batch in batches for row in batch), file), "row", file)
