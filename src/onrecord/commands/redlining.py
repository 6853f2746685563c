"""``onrecord redline``: a statement marked against the record, the most telling changes on top."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from onrecord.asking import MarkedSentence, Redline, baseline_document, redline
from onrecord.commands.tracing import redlined
from onrecord.desk import Desk, open_desk
from onrecord.printing import console, write_json
from onrecord.record import Document


def redline_document(
    source: str, *, desk: Path, against: str | None, house: str | None, near: float, whole: bool, format: str
) -> int:
    """Print the redline of a document of the desk, or of a file that is not in it."""
    with open_desk(desk) as opened:
        document = _document(opened, source, house)
        found = redline(opened, document, against=baseline_document(opened, document, against), near=near)
    if format == "json":
        write_json(found)
    elif format == "html":
        from onrecord.sharing.redline_page import redline_html

        print(redline_html(found))
    else:
        print_redline(found, whole)
    return 0


def _document(desk: Desk, source: str, house: str | None) -> Document:
    from onrecord.reader import read

    if Path(source).exists() or source.startswith(("http://", "https://")) or source == "-":
        return read(source, house=house)
    return desk.document(source)


def print_redline(found: Redline, whole: bool) -> None:
    """A redline for people: the most telling changes, and with ``whole`` every sentence."""
    out = console()
    out.print(Text(found.title, style="bold"))
    if found.against:
        against = f"against {found.against}"
    else:
        against = f"against all earlier days on the desk in this language ({found.held.documents} documents held)"
    out.print(
        f"{found.day or 'undated'} · {len(found.sentences)} sentences of the podium, {against}",
        style="cyan",
        soft_wrap=True,
    )
    out.print(
        f"{found.count('said-before')} said before, {found.count('reworded')} reworded, {found.count('new')} new, "
        f"{found.count('short')} too short to tell" + (f", {len(found.dropped)} dropped" if found.against else "")
    )
    if found.telling:
        out.print("\nThe most telling changes", style="bold")
        for number, at in enumerate(found.telling, start=1):
            out.print()
            _print_marked(found.sentences[at], out, f"{number}. ")
    if found.dropped:
        out.print("\nSaid then and not now", style="bold")
        for one in sorted(found.dropped, key=lambda one: -one.weight)[: None if whole else 10]:
            out.print(Text(f"  {one.sentence}", style="red strike"))
    if whole:
        out.print("\nThe whole text", style="bold")
        for marked in found.sentences:
            _print_marked(marked, out, "")
    out.print("\nNew is said of what the desk holds. --whole prints every sentence.", style="dim")


def _print_marked(marked: MarkedSentence, out: Console, lead: str) -> None:
    styles = {"said-before": "dim", "reworded": "yellow", "new": "green", "short": "dim"}
    touches = f" · touches {', '.join(marked.touches)}" if marked.touches else ""
    out.print(f"{lead}[{styles[marked.verdict]}]{marked.verdict.replace('-', ' ')}[/]{touches}")
    if marked.verdict == "reworded":
        out.print(redlined(marked.edits))
    else:
        out.print(Text(marked.sentence, style="" if marked.verdict == "new" else "dim"))
    for move in marked.moves:
        out.print(f"  on the ladder of {move}", style="bold")
    if marked.earlier is not None:
        one = marked.earlier
        times = f", {one.times} times since {one.first}" if one.times > 1 else ""
        out.print(f"  last {one.day} by {one.speaker or 'unnamed'}{times} · {one.turn}", style="dim", soft_wrap=True)
