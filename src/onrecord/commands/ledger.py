"""``onrecord ledger`` and ``onrecord judge``: what was undertaken between whom, as said; and what a person holds of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from onrecord.asking.ledger import COLUMNS, Judgement, Ledger, Line, judge, ledger, ledger_of, row, unplaced
from onrecord.asking.linking import Said
from onrecord.desk import open_desk
from onrecord.errors import QueryError
from onrecord.lexicon.names import display_names
from onrecord.marks import Strength
from onrecord.printing import console, write_csv, write_json

#: How a strength looks: a mark that stands without colours too, and a style. What is only discussed must not look agreed.
_LOOK: dict[Strength, tuple[str, str]] = {
    "agreed": ("● AGREED", "bold green"),
    "committed": ("◆ COMMITTED", "bold blue"),
    "promised aid": ("◆ PROMISED AID", "bold blue"),
    "proposed": ("◇ proposed", "yellow"),
    "offered": ("○ offered", "cyan"),
    "discussed": ("· discussed", "dim italic"),
}


def print_ledger(
    file: str | None,
    *,
    desk: Path,
    between: Sequence[str],
    issue: str | None,
    since: str | None,
    until: str | None,
    strength: Sequence[str],
    issuer: str | None,
    format: str,
) -> int:
    """Print the ledger of a desk, or of one file that need not be on it; the exit code is 1 where it has no line.

    Raises QueryError, NotADesk, and the errors of reading.
    """
    lost: list[Judgement] = []
    if file is not None:
        if since or until or issuer:
            raise QueryError(
                "a single file has one day and one issuer", hint="Leave out --since, --until and --issuer, or the file"
            )
        import onrecord

        found = ledger_of(onrecord.annotate(onrecord.read(file)), between=between, issue=issue, strength=strength)
    else:
        with open_desk(desk) as opened:
            found = ledger(
                opened, between=between, issue=issue, since=since, until=until, strength=strength, issuer=issuer
            )
            lost = unplaced(opened.record)
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.lines)
    elif format == "csv":
        write_csv((row(line) for line in found.lines), COLUMNS)
    else:
        _print(found, lost, console())
    return 0 if found.lines else 1


def judge_undertaking(undertaking: str, *, status: str, note: str, judged_by: str, day: str | None, desk: Path) -> int:
    """Keep a judgement and print it. Raises QueryError, NotADesk, DeskBusy."""
    with open_desk(desk, write=True) as opened:
        made = judge(opened, undertaking, status, note, judged_by, day)
    console().print(
        f"{made.status}: {made.judge}, {made.day}, of words with SHA-256 {made.digest[:16]}…",
        markup=False,
        soft_wrap=True,
    )
    return 0


def _print(found: Ledger, lost: list[Judgement], out: Console) -> None:
    named = display_names("en")
    for issue, lines in found.by_issue().items():
        out.print()
        out.print(Text(named.get(issue, issue) if issue else "No issue named", style="bold"))
        for line in lines:
            _line(line, issue, named, out)
    out.print()
    out.print(_frame(found), style="dim", soft_wrap=True, markup=False)
    for one in lost:
        out.print(
            f"Judged, but no longer found in the words: {one.undertaking}, {one.status}, by {one.judge} on {one.day}",
            style="yellow", soft_wrap=True, markup=False,
        )  # fmt: skip


def _line(line: Line, issue: str, named: dict[str, str], out: Console) -> None:
    first = line.first
    mark, style = _LOOK[first.strength]
    head = Text(f"  {first.day or 'undated':10}  ")
    head.append(f"{mark:15}", style=style)
    head.append(f"{' + '.join(first.by)}{' → ' + ' + '.join(first.to) if first.to else ''}  ({first.form})  ")
    if first.hedge:
        head.append(f"“{first.hedge}” ", style="italic")
    head.append(" ".join(first.words.split()))
    out.print(head, soft_wrap=True)
    about = [f"by: {first.mechanism}"] if first.mechanism else []
    about += [f"when: {first.deadline}"] if first.deadline else []
    also = [named.get(one, one) for one in line.issues if one != issue]
    about += [f"also on {', '.join(also)}"] if also else []
    about += [_status(line)]
    out.print(Text(f"{'':14}{' · '.join(about)} · {first.undertaking}", style="dim"), soft_wrap=True)
    for mention in line.mentions[1:]:
        if mention.document != first.document:
            out.print(Text(f"{'':14}{_again(mention)}", style="dim"), soft_wrap=True)
    for one in line.done:
        out.print(
            Text(f"{'':14}{one.day}  “{' '.join(one.words.split())}”  {one.document}", style="dim"), soft_wrap=True
        )
    for judged in line.judgements:
        stale = "  STALE: the words have changed since" if judged.stale else ""
        out.print(
            Text(f"{'':14}{judged.status}, holds {judged.judge}, {judged.day}: {judged.note}{stale}", style="magenta"),
            soft_wrap=True,
        )


def _again(mention: Said) -> str:
    return (
        f"{mention.day or 'undated'}  {_LOOK[mention.strength][0]}  {' + '.join(mention.by)}  “{mention.hedge or ''}” "
        f"{' '.join(mention.words.split())}  {mention.document}"
    )


def _status(line: Line) -> str:
    if line.done:
        return f"reported done {line.done[0].day}"
    if line.dropped is not None:
        return f"dropped from later accounts: not in {line.dropped.document}"
    if line.status == "reaffirmed":
        return f"reaffirmed, last {line.last.day}"
    return "announced"


def _frame(found: Ledger) -> str:
    """What was asked of what: no answer without it."""
    count = f"{len(found.lines)} undertakings" if len(found.lines) != 1 else "1 undertaking"
    asked = f" between {' and '.join(found.between)}" if found.between else ""
    if found.held is None:
        return f"{count}{asked} in this document. Status is as said in it alone."
    unread = found.held.documents - found.annotated
    missing = f"; {unread} of them are not annotated yet and not in this ledger" if unread > 0 else ""
    return (
        f"{count}{asked}, as said in what the desk holds: {found.held}{missing}. Status is what these documents say, "
        "and “announced” the first on this desk: what it does not hold may say otherwise. No status is a judgement of ours."
    )
