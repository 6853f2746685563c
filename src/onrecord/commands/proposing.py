"""``onrecord propose`` and ``onrecord proposals``: a second reader's acts, and what a person makes of them."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from onrecord.annotation.proposers import proposer_of
from onrecord.commands.options import DESK, DeskOption, FormatOption
from onrecord.desk import open_desk
from onrecord.desk.proposing import Proposing, State, StoredProposal, propose_all
from onrecord.desk.proposing import accept as accept_proposal
from onrecord.desk.proposing import proposals as proposals_on_desk
from onrecord.desk.proposing import refuse as refuse_proposal
from onrecord.errors import QueryError
from onrecord.printing import console, write_csv, write_json

#: How a state looks: a mark that stands without colours too, and a style.
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
    issuer: str | None = None,
    since: str | None = None,
    until: str | None = None,
    kind: str | None = None,
    limit: int | None = None,
    again: bool = False,
    format: Literal["text", "json"] = "text",
) -> int:
    """Let a second reader propose acts that the rules did not find; they count for nothing until you accept them.

    Nothing leaves this machine unless you name an address, and then to that address alone.

    Example: `onrecord propose --with spacy:en_core_web_sm --since 2021-01-01`,
    `onrecord propose cn-mfa-2021-03-22 --with http://localhost:8080/v1 --model NAME`

    Parameters
    ----------
    documents
        Ids of documents, or beginnings of them; without any, all that the filters let through.
    reader
        `spacy:` and a pipeline that is installed, or the address of an OpenAI-compatible endpoint.
    model
        The endpoint's model.
    key_from
        The environment variable that holds the endpoint's key.
    timeout
        How many seconds to wait for an answer of the endpoint.
    issuer
        Only documents of this issuer.
    since
        Only documents of this day or later (YYYY-MM-DD).
    until
        Only documents of this day or earlier.
    kind
        Only documents of this kind.
    limit
        How many documents at most.
    again
        Also documents that it was asked about before.
    format
        How the summary is printed.
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
    """List what second readers proposed, or accept and refuse proposals; what is accepted counts among the acts.

    Example: `onrecord proposals --state proposed`, `onrecord proposals --accept 91ab04c2f0 --judge "Ann Example"`

    Parameters
    ----------
    accept
        Accept this proposal, by its id or the beginning of it; may be given more than once.
    refuse
        Refuse this proposal, so that it is not made again; may be given more than once.
    judge
        Your name, where you accept or refuse.
    day
        The day of the decision (YYYY-MM-DD), today where it is left out.
    state
        Only proposals in this state.
    document
        Only those of this document.
    proposer
        Only those by this reader, as the list names it.
    format
        text for people; json, jsonl or csv (a proposal a row).
    """
    if accept or refuse:
        if not judge:
            raise QueryError("a decision needs the name of who makes it", hint='Name yourself: --judge "Ann Example"')
        with open_desk(desk, write=True) as opened:
            found = [accept_proposal(opened, id, by=judge, day=day) for id in accept]
            found += [refuse_proposal(opened, id, by=judge, day=day) for id in refuse]
    else:
        with open_desk(desk) as opened:
            id = opened.document(document).id if document is not None else None
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
    told = f"  {one.turn} · {one.proposer}"
    if one.judge:
        told += f" · {one.state} by {one.judge} on {one.judged}"
    if one.start is None:
        told += " · its document was read again and no longer says this"
    out.print(Text(told, style="dim"), soft_wrap=True)
    out.print()
