"""``onrecord propose`` and ``onrecord proposals``: a second reader's acts, and what a person makes of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from onrecord.annotation.proposers import proposer_of
from onrecord.desk import open_desk
from onrecord.desk.proposing import Proposing, State, StoredProposal, accept, proposals, propose_all, refuse
from onrecord.errors import QueryError
from onrecord.printing import console, write_csv, write_json

#: How a state looks: a mark that stands without colours too, and a style.
_LOOK: dict[State, tuple[str, str]] = {
    "proposed": ("? proposed", "yellow"),
    "accepted": ("+ accepted", "green"),
    "refused": ("- refused", "dim"),
}
COLUMNS = StoredProposal.__struct_fields__


def propose_acts(
    documents: Sequence[str],
    *,
    reader: str,
    model: str | None,
    key_from: str | None,
    timeout: float,
    desk: Path,
    issuer: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    limit: int | None,
    again: bool,
    format: str,
) -> int:
    """Ask the reader, with a bar on standard error; the exit code is 1 where an answer could not be understood.

    Raises ProposerError, SpacyMissing, UnknownDocument, NotADesk, DeskBusy.
    """
    from rich.progress import Progress

    proposer = proposer_of(reader, model=model, key_from=key_from, timeout=timeout)
    err = console(sys.stderr)
    with open_desk(desk, write=True) as opened:
        ids = [opened.document(id).id for id in documents] or [
            row.id for row in opened.rows(issuer=issuer, since=since, until=until, kind=kind)
        ]
        with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
            task = progress.add_task("proposing", total=None)

            def tell(told: Proposing) -> None:
                progress.update(task, total=told.due, completed=told.documents + len(told.troubles))

            told = propose_all(opened, proposer, ids, limit=limit, again=again, on_progress=tell)
    if format == "json":
        write_json(told, indent=True)
    else:
        _print_summary(told, console())
    return 1 if told.troubles else 0


def _print_summary(told: Proposing, out: Console) -> None:
    def line(words: str, style: str = "") -> None:
        out.print(Text(words, style=style), soft_wrap=True)

    read, made = _count(told.documents, "document"), _count(told.proposals, "proposal")
    line(f"{told.proposer} read {read}: {told.new} new of {made}", "bold")
    line(f"{told.agreed} more acts that the rules had found too")
    if told.dropped:
        reasons = ", ".join(f"{reason} {count}" for reason, count in told.dropped.items())
        line(f"{sum(told.dropped.values())} dropped: {reasons}")
    for count, why in (
        (told.known, "asked about before (--again asks again)"),
        (told.foreign, "in a language it does not read"),
        (told.unannotated, "not annotated yet: run `onrecord annotate` first"),
        (told.beyond, "left for another time by --limit"),
    ):
        if count:
            line(f"{_count(count, 'document')} {why}", "dim")
    for trouble in told.troubles:
        line(f"{trouble.error}: {trouble.where}: {trouble.message}", "red")
    if told.new:
        line("See them with `onrecord proposals`; they count for nothing until you accept them", "dim")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def show_proposals(
    *,
    desk: Path,
    accepted: Sequence[str],
    refused: Sequence[str],
    judge: str | None,
    day: str | None,
    state: State | None,
    document: str | None,
    proposer: str | None,
    format: str,
) -> int:
    """Decide on those that are named, and print them; else the list. The exit code is 1 where the list is empty.

    Raises QueryError where nobody is said to decide, UnknownProposal, and DeskError where the words are gone.
    """
    if accepted or refused:
        if not judge:
            raise QueryError("a decision needs the name of who makes it", hint='Name yourself: --judge "Ann Example"')
        with open_desk(desk, write=True) as opened:
            found = [accept(opened, id, by=judge, day=day) for id in accepted]
            found += [refuse(opened, id, by=judge, day=day) for id in refused]
    else:
        with open_desk(desk) as opened:
            id = opened.document(document).id if document is not None else None
            found = proposals(opened, state=state, document=id, proposer=proposer)
    if format == "json":
        write_json(found, indent=True)
    elif format == "jsonl":
        write_json(*found)
    elif format == "csv":
        rows = (msgspec.structs.asdict(one) for one in found)
        write_csv(
            (row | {"actors": "|".join(row["actors"]), "targets": "|".join(row["targets"])} for row in rows), COLUMNS
        )
    else:
        out = console()
        for one in found:
            _print(one, out)
        out.print(Text(_count(len(found), "proposal"), style="bold"))
    return 0 if found else 1


def _print(one: StoredProposal, out: Console) -> None:
    mark, style = _LOOK[one.state]
    head = Text(f"{one.id}  ", style="cyan")
    head.append(mark, style=style)
    head.append(f"  {one.day or 'undated'}  ")
    head.append(one.type, style="bold")
    head.append(f"{' (negated)' if one.polarity == 'negated' else ''}, {one.time}: {' '.join(one.actors)}")
    if one.targets:
        head.append(f" → {' '.join(one.targets)}")
    out.print(head, soft_wrap=True)
    quote = Text(f"  {' '.join(one.quote.split())}")
    quote.highlight_words([" ".join(one.trigger.split())], style="bold magenta")
    out.print(quote, soft_wrap=True)
    told = f"  {one.turn} · {one.proposer}"
    if one.judge:
        told += f" · {one.state} by {one.judge} on {one.judged}"
    if one.start is None:
        told += " · its document was read again and no longer says this"
    out.print(Text(told, style="dim"), soft_wrap=True)
    out.print()
