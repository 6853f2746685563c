"""``onrecord ledger`` and ``onrecord judge``: what was undertaken between whom, as said; and judgements of it."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Annotated, Literal, get_args

import msgspec
from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from onrecord.annotation_types import Strength
from onrecord.asking import (
    Judgement,
    Ledger,
    LedgerFilters,
    LedgerLine,
    UndertakingMention,
    ledger_of,
    ledger_row,
    options,
    unplaced_judgements,
)
from onrecord.asking import judge as store_judgement
from onrecord.asking import ledger as find_undertakings
from onrecord.asking.judged_link_store import judge_link
from onrecord.asking.undertaking_ledger import LEDGER_COLUMNS
from onrecord.commands.options import (
    DESK,
    DeskOption,
    FormatOption,
    IssuerOption,
    LimitOption,
    SinceOption,
    SummaryFormatOption,
    UntilOption,
    all_of,
    print_rest,
    several,
    shown_limit,
    single,
    switch,
)
from onrecord.commands.source_reading import read_annotated
from onrecord.comparing.judged_links import JudgedLink
from onrecord.control_pictures import print_safely
from onrecord.desk import open_desk
from onrecord.errors import QueryError
from onrecord.languages.code_lookup import display_name
from onrecord.printing import console, write_csv, write_json

#: Lines shown where no limit is given, and the issues that the summary above them names.
_SUMMARY, _ISSUES = 20, 8
#: How a strength is shown: a mark that works without colours, and a style. What was only discussed must not look agreed.
_LOOK: dict[Strength, tuple[str, str]] = {
    "agreed": ("● AGREED", "bold green"),
    "committed": ("◆ COMMITTED", "bold blue"),
    "promised aid": ("◆ PROMISED AID", "bold blue"),
    "proposed": ("◇ proposed", "yellow"),
    "offered": ("○ offered", "cyan"),
    "discussed": ("· discussed", "dim italic"),
}


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class UndertakingOptions:
    """Which undertakings. The fields are those of :class:`onrecord.asking.LedgerFilters`."""

    between: Annotated[tuple[str, ...], all_of(options.BETWEEN)] = ()
    issue: Annotated[str | None, single(options.ISSUE)] = None
    since: SinceOption = None
    until: UntilOption = None
    strength: Annotated[tuple[str, ...], several(options.STRENGTH)] = ()
    issuer: IssuerOption = None


_ALL = UndertakingOptions()


def ledger(
    file: Annotated[
        str | None, Parameter(help="A file or address that is not on the desk: its undertakings alone.")
    ] = None,
    /,
    *,
    which: UndertakingOptions = _ALL,
    one_sided: Annotated[bool, switch(options.ONE_SIDED)] = False,
    limit: LimitOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """Print what was undertaken between parties, by issue, with its status as said: announced, reaffirmed, reported done,
    not mentioned later.

    What was made together or by each to the other is shown; --one-sided adds what one side undertakes alone. In a terminal
    these are the twenty strongest and newest, with --limit 0 all. With --since or --until, what was said at least once
    within these days. The exit code is 1 where there is nothing.

    Example: `onrecord ledger --between China USA --issue climate --since 2021`, `onrecord ledger page.shtml`
    """
    lost: list[Judgement] = []
    left_out = 0
    if file is not None:
        if which.since or which.until or which.issuer:
            raise QueryError(
                "a single file has one day and one issuer", hint="Leave out --since, --until and --issuer, or the file"
            )
        document = read_annotated(file)
        found = ledger_of(document, between=which.between, issue=which.issue, strength=which.strength)
    else:
        filters = LedgerFilters(**asdict(which))
        with open_desk(desk) as opened:
            found = find_undertakings(opened, filters)
            lost = unplaced_judgements(opened.record)
        if not one_sided:
            whole = len(found.lines)
            found = msgspec.structs.replace(found, lines=tuple(line for line in found.lines if not line.one_sided))
            left_out = whole - len(found.lines)
    shown = found
    most = shown_limit(limit, format, _SUMMARY if format == "text" and file is None else 0)
    if most and most < len(found.lines):
        shown = found.strongest(most)
    if format == "json":
        write_json(shown)
    elif format == "jsonl":
        write_json(*shown.lines)
    elif format == "csv":
        write_csv((ledger_row(line) for line in shown.lines), LEDGER_COLUMNS)
    else:
        _print(shown, found, left_out, lost, console())
    if format != "text":
        print_rest(len(shown.lines), len(found.lines), "undertakings")
        if left_out:
            print_safely(
                f"onrecord: {left_out:,} one-sided undertakings left out; --one-sided includes them", sys.stderr
            )
    return 0 if found.lines else 1


def judge(
    judged: str,
    other: str | None = None,
    /,
    *,
    status: Literal["kept", "partly kept", "not kept", "overtaken", "unclear", "linked", "parted"],
    judge: str,
    note: str = "",
    day: str | None = None,
    desk: DeskOption = DESK,
    format: SummaryFormatOption = "text",
) -> int:
    """Store your judgement of an undertaking, or of two points of accounts, with your name, the day and a hash of the words.

    Example: `onrecord judge ID --status kept --note "The group met on 9 May: see …" --judge "Ann Example"`,
    `onrecord judge DOCUMENT@120-190 OTHER@33-80 --status linked --judge "Ann Example"`

    Parameters
    ----------
    judged
        The id of the undertaking, as `onrecord ledger` prints it; or a point of an account, as `onrecord compare --whole`
        prints it.
    other
        The point of another account that says the same, or does not.
    status
        What became of the undertaking; of two points, whether they are linked or parted.
    judge
        Your name.
    note
        Why, and where it says so; an undertaking needs one.
    day
        The day of judging (YYYY-MM-DD), by default today.
    """
    made: Judgement | JudgedLink
    of_points = status in ("linked", "parted")
    if of_points != (other is not None):
        raise QueryError(
            f"{status} is a judgement of {'two points' if of_points else 'one undertaking'}",
            hint="`onrecord judge --help` shows an example of each",
        )
    with open_desk(desk, write=True) as opened:
        if other is not None:
            made = judge_link(opened, judged, other, status, judge, note, day)  # type: ignore[arg-type]  # told by of_points
        else:
            made = store_judgement(opened, judged, status, note, judge, day)
    if format == "json":
        write_json(made, indent=True)
        return 0
    stored = f"{made.status}: {made.judge}, {made.day}, words with SHA-256 {made.digest[:16]}…"
    console().print(stored, markup=False, soft_wrap=True)
    return 0


def _print(shown: Ledger, found: Ledger, left_out: int, lost: list[Judgement], out: Console) -> None:
    """Print the lines ``shown`` of those ``found``, below a summary where they are not all."""
    if len(shown.lines) < len(found.lines):
        out.print()
        strengths = Counter(line.first.strength for line in found.lines)
        counts = (f"{one} {strengths[one]:,}" for one in get_args(Strength) if strengths[one])
        issues = ", ".join(
            f"{display_name(issue) if issue else 'no issue named'} {len(lines):,}"
            for issue, lines in sorted(found.by_issue().items(), key=lambda one: -len(one[1]))[:_ISSUES]
        )
        out.print(Text(f"{' · '.join(counts)}. Most on: {issues}.", style="bold"), soft_wrap=True)
    for issue, lines in shown.by_issue().items():
        out.print()
        out.print(Text(display_name(issue) if issue else "No issue named", style="bold"))
        for line in lines:
            print_line(line, issue, out)
    out.print()
    out.print(_frame(shown, len(found.lines), left_out), style="dim", soft_wrap=True, markup=False)
    for one in lost:
        out.print(
            f"Judged, but no longer found by the current rules: {one.undertaking}, {one.status}, by {one.judge} on {one.day}",
            style="yellow", soft_wrap=True, markup=False,
        )  # fmt: skip


def print_line(line: LedgerLine, issue: str, out: Console) -> None:
    """An undertaking as it was said first, its status, and what later documents say of it, listed under ``issue``."""
    first = line.first
    mark, style = _LOOK[first.strength]
    head = Text(f"  {first.day or 'undated':10}  ")
    head.append(f"{mark:15}", style=style)
    head.append(f"{' + '.join(first.by)}{' → ' + ' + '.join(first.to) if first.to else ''}  ({first.form})  ")
    if first.hedge:
        head.append(f"“{first.hedge}” ", style="italic")
    head.append(" ".join(first.words.split()))
    out.print(head, soft_wrap=True)
    about = [f"{first.speaker or 'statement'}, {first.issuer}"]
    about += [f"by: {first.mechanism}"] if first.mechanism else []
    about += [f"when: {first.deadline}"] if first.deadline else []
    also = [display_name(one) for one in line.issues if one != issue]
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
            Text(
                f"{'':14}{judged.status}, according to {judged.judge}, {judged.day}: {judged.note}{stale}",
                style="magenta",
            ),
            soft_wrap=True,
        )


def _again(mention: UndertakingMention) -> str:
    return (
        f"{mention.day or 'undated'}  {_LOOK[mention.strength][0]}  {' + '.join(mention.by)}  “{mention.hedge or ''}” "
        f"{' '.join(mention.words.split())}  {mention.document}"
    )


def _status(line: LedgerLine) -> str:
    if line.done:
        return f"reported done {line.done[0].day}"
    said = f"reaffirmed, last {line.last.day}" if line.status == "reaffirmed" else "announced"
    if line.silent is not None:
        return f"{said}; not mentioned in the account of {line.silent.day}, {line.silent.document}"
    return said


def _frame(found: Ledger, whole: int, left_out: int) -> str:
    """The question and what was searched: no answer without it."""
    count = f"{whole:,} undertakings" if whole != 1 else "1 undertaking"
    count += f", {len(found.lines):,} shown (--limit 0 for all)," if len(found.lines) < whole else ""
    asked = f" between {' and '.join(found.between)}" if found.between else ""
    beside = f" {left_out:,} more are one-sided (--one-sided)." if left_out else ""
    if found.held is None:
        return f"{count}{asked} in this document. The status is as said in it alone."
    unread = found.held.documents - found.annotated
    missing = f"; {unread:,} of them are not annotated and are missing here" if unread > 0 else ""
    return (
        f"{count}{asked}, as said in what the desk has: {found.held}{missing}.{beside} The status is what these documents "
        "say, and “announced” means first on this desk: other documents may say otherwise. No status is a judgement by us."
    )
