"""``onrecord propose`` and ``onrecord proposals``: acts proposed by a second reader, and decisions about them."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from onrecord.annotation.proposers import proposer_of
from onrecord.commands.document_choice import open_document
from onrecord.commands.options import (
    DESK,
    DeskOption,
    DocumentKindOption,
    FormatOption,
    IssuerOption,
    SinceOption,
    SummaryFormatOption,
    UntilOption,
)
from onrecord.desk import open_desk
from onrecord.desk.proposing import Proposing, State, StoredProposal, propose_all
from onrecord.desk.proposing import accept as accept_proposal
from onrecord.desk.proposing import proposals as proposals_on_desk
from onrecord.desk.proposing import refuse as refuse_proposal
from onrecord.errors import QueryError
from onrecord.printing import console, write_csv, write_json

#: How a state is shown: a mark that works without colours, and a style.
_LOOK: dict[State, tuple[str, str]] = {
    "proposed": ("? proposed", "yellow"),
    "accepted": ("+ accepted", "green"),
    "refused": ("- refused", "dim"),
}
COLUMNS = StoredProposal.__struct_fields__


def propose(
    *documents: str,
    reader: Annotated[str, Parameter(name=["--with"])],
    model: str | None = None,
    key_from: str | None = None,
    timeout: float = 120.0,
    desk: DeskOption = DESK,
    issuer: IssuerOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    document_kind: DocumentKindOption = None,
    limit: int | None = None,
    again: bool = False,
    format: SummaryFormatOption = "text",
) -> int:
    """Let a second reader propose acts that the rules did not find; they count for nothing until you accept them.

    Nothing leaves this machine unless --with is an address, and then only to that address.

    Example: `onrecord propose --with spacy:en_core_web_sm --since 2021-01-01`,
    `onrecord propose cn-mfa-2021-03-22 --with http://localhost:8080/v1 --model NAME`

    Parameters
    ----------
    documents
        Ids of documents, or beginnings of them; without any, all documents that match the filters.
    reader
        `spacy:` and an installed pipeline, or the address of an OpenAI-compatible endpoint.
    model
        The model of the endpoint.
    key_from
        The environment variable with the key of the endpoint.
    timeout
        How many seconds to wait for an answer of the endpoint.
    limit
        How many documents at most.
    again
        Also documents that it was asked about before.
    """
    from rich.progress import Progress

    proposer = proposer_of(reader, model=model, key_from=key_from, timeout=timeout)
    err = console(sys.stderr)
    with open_desk(desk, write=True) as opened:
        ids = [open_document(opened, id).id for id in documents] or [
            row.id for row in opened.rows(issuer=issuer, since=since, until=until, kind=document_kind)
        ]
        with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
            task = progress.add_task("proposing", total=None)

            def tell(summary: Proposing) -> None:
                progress.update(task, total=summary.due, completed=summary.documents + len(summary.troubles))

            summary = propose_all(opened, proposer, ids, limit=limit, again=again, on_progress=tell)
    if format == "json":
        write_json(summary, indent=True)
    else:
        _print_summary(summary, console())
    return 1 if summary.troubles else 0


def _print_summary(summary: Proposing, out: Console) -> None:
    def line(words: str, style: str = "") -> None:
        out.print(Text(words, style=style), soft_wrap=True)

    read, made = _count(summary.documents, "document"), _count(summary.proposals, "proposal")
    line(f"{summary.proposer} read {read}: {summary.new} new of {made}", "bold")
    line(f"{summary.agreed} more acts that the rules had found too")
    if summary.dropped:
        reasons = ", ".join(f"{reason} {count}" for reason, count in summary.dropped.items())
        line(f"{sum(summary.dropped.values())} dropped: {reasons}")
    for count, why in (
        (summary.known, "it was asked about before (--again asks again)"),
        (summary.foreign, "in a language it does not read"),
        (summary.unannotated, "not annotated yet: run `onrecord annotate` first"),
        (summary.beyond, "left over by --limit"),
    ):
        if count:
            line(f"{_count(count, 'document')} {why}", "dim")
    for trouble in summary.troubles:
        line(f"{trouble.error}: {trouble.where}: {trouble.message}", "red")
    if summary.new:
        line("See them with `onrecord proposals`; they count for nothing until you accept them", "dim")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def proposals(
    *,
    desk: DeskOption = DESK,
    accept: tuple[str, ...] = (),
    refuse: tuple[str, ...] = (),
    judge: str | None = None,
    day: str | None = None,
    state: Literal["proposed", "accepted", "refused"] | None = None,
    document: str | None = None,
    proposer: str | None = None,
    format: FormatOption = "text",
) -> int:
    """List what second readers proposed, or accept or refuse proposals; accepted ones count as acts.

    Example: `onrecord proposals --state proposed`, `onrecord proposals --accept 91ab04c2f0 --judge "Ann Example"`

    Parameters
    ----------
    accept
        Accept this proposal, by its id or the beginning of it; may be given more than once.
    refuse
        Refuse this proposal, so that it is not made again; may be given more than once.
    judge
        Your name, if you accept or refuse.
    day
        The day of the decision (YYYY-MM-DD), by default today.
    state
        Only proposals in this state.
    document
        Only those of this document.
    proposer
        Only those by this reader, as the list names it.
    """
    if accept or refuse:
        if not judge:
            raise QueryError(
                "a decision needs the name of the person who makes it", hint='Name yourself: --judge "Ann Example"'
            )
        with open_desk(desk, write=True) as opened:
            found = [accept_proposal(opened, id, by=judge, day=day) for id in accept]
            found += [refuse_proposal(opened, id, by=judge, day=day) for id in refuse]
    else:
        with open_desk(desk) as opened:
            id = open_document(opened, document).id if document is not None else None
            found = proposals_on_desk(opened, state=state, document=id, proposer=proposer)
    if format == "json":
        write_json(found, indent=True)
    elif format == "jsonl":
        write_json(*found)
    elif format == "csv":
        write_csv(found, COLUMNS)
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
    details = f"  {one.turn} · {one.proposer}"
    if one.judge:
        details += f" · {one.state} by {one.judge} on {one.judged}"
    if one.start is None:
        details += " · its document was read again and no longer says this"
    out.print(Text(details, style="dim"), soft_wrap=True)
    out.print()
