"""``onrecord demo``: read the bundled examples into a desk and show example queries."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace
from rich.console import Console

from onrecord import houses, languages, printing
from onrecord.asking import LedgerLine, ledger, redline
from onrecord.commands.ledger import print_line
from onrecord.commands.redline import print_redline
from onrecord.desk import Desk, add_all, check, open_desk
from onrecord.languages.code_lookup import display_name
from onrecord.record import Document, Turn

#: How many documents and changes of the redline are shown: the demo is to be read, not scrolled.
_DOCUMENTS, _CHANGES = 6, 4


def demo(
    *,
    desk: Annotated[Path | None, Parameter(name=["--desk"], help="Keep the desk in this folder.")] = None,
    serve: Annotated[bool | None, Parameter(negative="--no-serve")] = None,
) -> int:
    """Read the bundled examples, which are invented, into a desk, show what can be asked, and open it in the browser.

    Example: `onrecord demo`, `onrecord demo --no-serve`

    Parameters
    ----------
    serve
        Serve the desk at an address of this machine until Ctrl-C; by default in a terminal.
    """
    return run_demo(desk, serve=sys.stdout.isatty() if serve is None else serve)


def run_demo(folder: Path | None, *, serve: bool) -> int:
    """Read the examples into ``folder``, or into a temporary desk, and with ``serve`` serve it to the browser.

    The exit code is 1 where the check finds a fault.
    """
    with _desk_folder(folder) as place:
        code = _show(place)
        if serve:
            from onrecord.commands.serve import run
            from onrecord.web.server import DeskServer

            printing.console().print("[bold]And now in the browser.[/]")
            with DeskServer(place) as serving:
                run(serving)
        else:
            next_step = f"onrecord serve --desk {folder}" if folder else "onrecord demo --serve"
            printing.console().print(f"In the browser: {next_step}", markup=False, soft_wrap=True)
    return code


def _show(place: Path) -> int:
    """Read the examples into a desk and print answers from it."""
    out = printing.console()
    examples = [path for house in houses.usable().values() for path in house.examples]
    with open_desk(place, write=True, create_new=True) as desk:
        out.print("[bold]On Record[/] reads official statements into a checkable record.")
        out.print(f"These {len(examples)} pages are invented, in the layouts of real ones.", style="dim")
        summary = add_all(desk, examples, processes=1)
        documents = list(desk.documents())
        shown = max(documents, key=_worth_showing)
        printing.print_document(shown, out)

        out.rule("What the desk holds", style="dim")
        for document in documents[-_DOCUMENTS:]:
            words = f"{document.date or 'undated':10}  {document.issuer:14} {len(document.turns):3} turns  "
            out.print(words + document.title, markup=False, soft_wrap=False, no_wrap=True, overflow="ellipsis")
        if len(documents) > _DOCUMENTS:
            out.print(f"and {len(documents) - _DOCUMENTS} earlier ones: onrecord show", style="dim")

        out.print()
        out.rule("How its wording changed: a redline against the record", style="dim")
        found = redline(desk, shown)
        print_redline(replace(found, telling=found.telling[:_CHANGES]), whole=False)

        out.print()
        out.rule("What was agreed, and what became of it", style="dim")
        _print_agreed(desk, out)

        out.print()
        out.rule("Any line, and the bytes that say it", style="dim")
        printing.print_place(_worth_doubting(shown), out)

        out.print()
        faults = [fault for fault in check(desk) if fault.what != "orphan"]
        out.rule("Checked", style="dim")
        out.print(
            f"{summary.turns} turns of {len(documents)} documents against the bytes they came from: {len(faults)} faults; "
            f"{summary.unread} of {summary.paragraphs} paragraphs not understood"
        )
        for trouble in summary.troubles:
            out.print(f"{trouble.error}: {trouble.where}: {trouble.message}", style="yellow", markup=False)
    out.print()
    out.print(
        "Next: [bold]onrecord read PAGE[/], or [bold]onrecord add FOLDER --desk mydesk[/]; every command has --help."
    )
    return 1 if faults or summary.troubles else 0


def _worth_showing(document: Document) -> tuple[int, int]:
    outlets = {turn.outlet for turn in document if turn.outlet}
    return (document.language == languages.DEFAULT) * len(outlets), len(document.turns)


def _print_agreed(desk: Desk, out: Console) -> None:
    """One undertaking of each status between the two parties with the most, in the language in which it was said first."""
    everything = ledger(desk).lines
    ((one, other), _), *_ = Counter(
        tuple(sorted(line.first.parties)) for line in everything if len(line.first.parties) == 2
    ).most_common()
    lines = ledger(desk, between=(one, other)).lines
    by_status: dict[str, LedgerLine] = {}
    for line in lines:
        same = tuple(said for said in line.mentions if said.language == line.first.language)
        if line.status not in by_status or len(same) > len(by_status[line.status].mentions):
            by_status[line.status] = replace(line, mentions=same)
    for line in lines:
        if (shown := by_status[line.status]).first == line.first:
            print_line(shown, next(iter(shown.issues), ""), out)
    out.print(
        f"{len(by_status)} of {len(lines)} undertakings between {display_name(one)} and {display_name(other)}: "
        f"onrecord ledger --between {one} {other}",
        style="dim",
    )


def _worth_doubting(document: Document) -> Turn:
    """The shortest answer, which fits the screen together with its bytes."""
    answers = [turn for turn in document if turn.kind == "answer"] or list(document.turns)
    return min(answers, key=lambda turn: abs(len(turn.text) - 200))


@contextlib.contextmanager
def _desk_folder(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-demo-") as temporary:
        yield Path(temporary) / "desk"
