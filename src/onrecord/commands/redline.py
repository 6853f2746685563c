"""``onrecord redline``: compare a statement with the record, the most significant changes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from onrecord.asking import MarkedSentence, Redline, baseline_document
from onrecord.asking import redline as redline_of
from onrecord.commands.document_choice import open_document
from onrecord.commands.formats import DESK, DeskOption, HouseOption, RedlineFormatOption
from onrecord.commands.source_reading import read_source
from onrecord.commands.trace import marked_edits
from onrecord.control_pictures import print_safely
from onrecord.desk import Desk, open_desk
from onrecord.printing import console, write_csv, write_json
from onrecord.record import Document

COLUMNS = (
    "turn", "start", "end", "sentence", "verdict", "weight", "touches", "earlier", "earlier_turn", "earlier_day",
    "earlier_speaker", "times",
)  # fmt: skip


def redline(
    document: str,
    /,
    *,
    desk: DeskOption = DESK,
    against: str | None = None,
    house: HouseOption = None,
    near: float = 0.6,
    whole: bool = False,
    format: RedlineFormatOption = "text",
) -> int:
    """Compare a statement with the record: said before, reworded, new; the most telling changes first.

    Example: `onrecord redline page.shtml --desk mydesk`, `onrecord redline cn-mfa-2021-03-22 --against last`

    Parameters
    ----------
    document
        The id of a document of the desk or the beginning of one, or a file or address that is not on the desk.
    against
        Compare with one document alone: its id, `last` for the one before, or `same-issue` for the earlier one with
        most in common; sentences dropped since then are listed too.
    near
        The share of a sentence's words, in order, that makes it reworded and not new.
    whole
        Print every sentence, not only the most telling changes.
    """
    with open_desk(desk) as opened:
        current = _document(opened, document, house)
        found = redline_of(opened, current, against=_baseline(opened, current, against), near=near)
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.sentences)
    elif format == "csv":
        write_csv(_rows(found), COLUMNS)
    elif format == "html":
        from onrecord.sharing.redline_page import redline_html

        print_safely(redline_html(found))
    else:
        print_redline(found, whole)
    return 0


def _document(desk: Desk, source: str, house: str | None) -> Document:
    if Path(source).exists() or source.startswith(("http://", "https://")) or source == "-":
        return read_source(source, house=house)
    return open_document(desk, source)


def _baseline(desk: Desk, document: Document, against: str | None) -> Document | None:
    if against in (None, "last", "same-issue"):
        return baseline_document(desk, document, against)
    return open_document(desk, against or "")


def _rows(found: Redline) -> Iterator[dict[str, object]]:
    for one in found.sentences:
        earlier = one.earlier
        yield {name: getattr(one, name) for name in COLUMNS[:7]} | {
            "earlier": earlier.sentence if earlier else None,
            "earlier_turn": earlier.turn if earlier else None,
            "earlier_day": earlier.day if earlier else None,
            "earlier_speaker": earlier.speaker if earlier else None,
            "times": earlier.times if earlier else 0,
        }


def print_redline(found: Redline, whole: bool) -> None:
    """A redline for people: the most telling changes, and with ``whole`` every sentence."""
    out = console()
    out.print(Text(found.title, style="bold"))
    if found.against:
        against = f"against {found.against}"
    else:
        against = f"against all earlier days on the desk in this language ({found.held.documents:,} documents)"
    out.print(
        f"{found.day or 'undated'} · {len(found.sentences)} sentences of the podium, {against}",
        style="cyan",
        soft_wrap=True,
    )
    out.print(
        f"{found.count('said-before')} said before, {found.count('reworded')} reworded, {found.count('new')} new, "
        f"{found.count('short')} too short to compare" + (f", {len(found.dropped)} dropped" if found.against else "")
    )
    if found.telling:
        out.print("\nThe most telling changes", style="bold")
        for number, at in enumerate(found.telling, start=1):
            out.print()
            _print_sentence(found.sentences[at], out, f"{number}. ")
    if found.dropped:
        out.print("\nSaid then and not now", style="bold")
        for one in sorted(found.dropped, key=lambda one: -one.weight)[: None if whole else 10]:
            out.print(Text(f"  {one.sentence}", style="red strike"))
    if whole:
        out.print("\nThe whole text", style="bold")
        for marked in found.sentences:
            _print_sentence(marked, out, "")
    out.print("\n“New” means new on this desk. --whole prints every sentence.", style="dim")


def _print_sentence(marked: MarkedSentence, out: Console, lead: str) -> None:
    styles = {"said-before": "dim", "reworded": "yellow", "new": "green", "short": "dim"}
    touches = f" · about {', '.join(marked.touches)}" if marked.touches else ""
    out.print(f"{lead}[{styles[marked.verdict]}]{marked.verdict.replace('-', ' ')}[/]{touches}")
    if marked.verdict == "reworded":
        out.print(marked_edits(marked.edits))
    else:
        out.print(Text(marked.sentence, style="" if marked.verdict == "new" else "dim"))
    for move in marked.moves:
        out.print(f"  on the ladder of {move}", style="bold")
    if marked.earlier is not None:
        one = marked.earlier
        times = f", {one.times} times since {one.first}" if one.times > 1 else ""
        out.print(f"  last {one.day} by {one.speaker or 'unnamed'}{times} · {one.turn}", style="dim", soft_wrap=True)
