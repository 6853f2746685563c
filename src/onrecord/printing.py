"""Print documents for people in a terminal, and as rows for programs."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

import msgspec

from onrecord import languages
from onrecord.control_pictures import escape_controls, escape_unencodable, print_safely, show_controls
from onrecord.margin import answer_words, print_acts, print_findings
from onrecord.record import Document, Turn
from onrecord.sharing.tables import Row, write_rows

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType

#: The longest line in columns, however wide the terminal: longer lines are hard to read.
_WIDEST = 100
TURN_COLUMNS = (
    "document", "date", "issuer", "title", "turn", "position", "kind", "speaker", "role", "outlet", "outlet_id",
    "answer_type", "start", "end", "byte_start", "byte_end", "text",
)  # fmt: skip


def console(file: TextIO | None = None) -> Console:
    """Create a console for human readers; without a terminal it prints plain text.

    Control characters in the text are made visible (:mod:`onrecord.control_pictures`); only the console's own styles reach
    the terminal. Characters that the terminal's encoding lacks are escaped (``\\u4e2d``).
    """
    from rich.console import Console as RichConsole
    from rich.segment import Segment

    for stream in (sys.stdout, sys.stderr) if file is None else (file,):
        escape_unencodable(stream)

    class Console(RichConsole):
        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
            for text, style, control in super().render(renderable, options):
                yield Segment(text if control else show_controls(text), style, control)

        def on_broken_pipe(self) -> None:
            """Exit without an error when the reader of our output closes the pipe, as ``| head`` does."""
            self.quiet = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0)

    found = Console(file=file, highlight=False, soft_wrap=False, emoji=False, markup=True)
    if found.is_terminal:
        found.width = min(found.width, _WIDEST)
    else:
        found.width = _WIDEST
    return found


def print_document(document: Document, out: Console, *, source: str = "", turns: bool = True) -> None:
    """Print a document for a reader: heading, then turns with who asks and who answers, and what was not understood."""
    from rich.markup import escape
    from rich.text import Text

    head = document.heading
    out.print()
    out.print(Text(head.title, style="bold"))
    day = head.date or "day unknown"
    if head.date_from not in (None, "title"):
        day += f" ({'inferred' if head.date_from == 'inferred' else 'by the ' + str(head.date_from).replace('-', ' ')})"
    excerpt = " · excerpt" if head.excerpt else ""
    out.print(f"{day} · {head.issuer} · {head.kind.replace('-', ' ')}{excerpt} · {head.language}", style="cyan")
    out.print(escape(_counts(document)), style="dim")
    where = head.address or source
    if where:
        out.print(escape(where), style="dim", soft_wrap=True)
    out.print(f"{head.capture[:19]}…  id {head.id}", style="dim")
    if not turns:
        return
    asked = 0
    for turn in document.turns:
        out.print()
        if turn.kind == "note":
            _indented(f"[{turn.text}]", out, "italic dim")
            continue
        if turn.kind == "question":
            asked += 1
        out.print(_label(turn, asked))
        for i, paragraph in enumerate(turn.text.split("\n\n")):
            if i:
                out.print()
            _indented(paragraph, out)
        print_acts(document, turn.id, out)
    out.print()
    print_findings(document, out)
    if document.annotation is not None and document.annotation.not_covered:
        lacking = ", ".join(document.annotation.not_covered)
        out.print(f"Not covered in {languages.find(head.language).name}: {lacking}", style="yellow")
    if document.unread:
        doubtful = sum(one.why.startswith("doubtful label") for one in document.unread)
        labels = f", {doubtful} of them doubtful labels" if doubtful else ""
        out.print(f"Not understood ({len(document.unread)}{labels}):", style="yellow")
        for one in document.unread:
            _indented(f"{one.why}: {one.words[:160]}", out, "yellow")
    furniture = Counter(one.name for one in document.furniture for _ in range(one.paragraphs))
    if furniture:
        named = ", ".join(f"{name} {count}" for name, count in furniture.most_common())
        out.print(f"Skipped as furniture: {named}", style="dim")


def _indented(words: str, out: Console, style: str = "") -> None:
    """Print words wrapped to the width and indented by two columns, without trailing spaces."""
    from rich.text import Text

    for line in Text(words, style=style).wrap(out, out.width - 2):
        line.rstrip()
        out.print(Text("  ").append_text(line))


def _label(turn: Turn, asked: int) -> str:
    from rich.markup import escape

    who = " · ".join(part for part in (turn.speaker, turn.outlet) if part)
    if turn.kind == "question":
        return f"[bold magenta]Q{asked}[/]  [magenta]{escape(who or 'a reporter')}[/]"
    style, word = ("green", "A") if turn.kind == "answer" else ("blue", "Statement")
    so = answer_words(turn.answer_type)
    return f"[bold {style}]{word}[/]  [{style}]{escape(who or 'unnamed')}[/]" + (f"  [dim]{so}[/]" if so else "")


def _counts(document: Document) -> str:
    kinds = Counter(turn.kind for turn in document.turns)
    outlets = {turn.outlet_id or turn.outlet for turn in document.turns if turn.outlet}
    parts = [
        f"{kinds[kind]} {kind}{'s' if kinds[kind] != 1 else ''}"
        for kind in ("statement", "question", "answer", "note")
        if kinds[kind]
    ]
    if outlets:
        parts[-1] += f" · {len(outlets)} outlet{'s' if len(outlets) != 1 else ''}"
    return ", ".join(parts) or "no turns"


def turn_rows(document: Document) -> Iterator[dict[str, object]]:
    """Yield one row per turn, with its place in the capture, as ``--format csv`` writes it."""
    for position, turn in enumerate(document.turns, start=1):
        place = turn.span.place()
        yield {
            "document": document.id,
            "date": document.date,
            "issuer": document.issuer,
            "title": document.title,
            "turn": turn.id,
            "position": position,
            "kind": turn.kind,
            "speaker": turn.speaker,
            "role": turn.role,
            "outlet": turn.outlet,
            "outlet_id": turn.outlet_id,
            "answer_type": turn.answer_type,
            "start": turn.start,
            "end": turn.end,
            "byte_start": place.start,
            "byte_end": place.end,
            "text": turn.text,
        }


def write_csv(rows: Iterable[Row], columns: Sequence[str] = TURN_COLUMNS) -> None:
    """Write rows as CSV with a header to standard output; several values in a cell are separated by ``|``.

    The default columns are those of :func:`turn_rows`. On a terminal, control characters are made visible; a file or a
    program gets them as they are.
    """
    if not sys.stdout.isatty():
        write_rows(rows, sys.stdout, columns)
        return
    table = io.StringIO()
    write_rows(rows, table, columns)
    print_safely(table.getvalue().replace("\r\n", "\n").removesuffix("\n"))


def write_json(*values: object, indent: bool = False) -> None:
    """Write each value as a line of JSON to standard output, or indented; control characters are escaped."""
    for one in values:
        data = escape_controls(msgspec.json.encode(one))
        sys.stdout.buffer.write((msgspec.json.format(data) if indent else data) + b"\n")


def print_place(turn: Turn, out: Console) -> None:
    """Print a turn with the bytes of the capture it was read from, so that a reader can verify it."""
    from rich.markup import escape
    from rich.text import Text

    document = turn.span.document
    place = turn.span.place()
    page = f", page {place.page}" if place.page else ""
    out.print(f"[bold]{escape(document.title)}[/]")
    out.print(f"{turn.kind} · {escape(turn.speaker or turn.outlet or 'unnamed')} · {document.date} · {turn.id}")
    out.print()
    out.print(Text(turn.text))
    out.print()
    out.print(f"text [{turn.start}, {turn.end}) = {place.unit}s [{place.start}, {place.end}){page} of", style="cyan")
    out.print(f"{document.heading.capture}", style="cyan", soft_wrap=True)
    out.print(escape(document.capture.source), style="cyan", soft_wrap=True)
    out.print()
    encoding = document.offsets.encoding if place.unit == "byte" else "utf-8"
    out.print(Text(turn.span.source().decode(encoding, "replace"), style="dim"), soft_wrap=True)
