"""``onrecord acts``: who did what with words, of a desk or of one statement, and why each act was found."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from onrecord.annotation.proposing import RULE
from onrecord.asking import ActFilters, Acts, Explanation, FoundAct, PartyEvidence, acts_of, explain
from onrecord.asking import acts as acts_on_desk
from onrecord.commands.options import (
    DESK,
    EVERYWHERE,
    DeskOption,
    HouseOption,
    RowsOption,
    Where,
)
from onrecord.desk import open_desk
from onrecord.margin import parties_of, print_set_in
from onrecord.printing import console, write_csv, write_json
from onrecord.record import Document

COLUMNS = tuple(name for name in FoundAct.__struct_fields__)


def acts(
    source: Annotated[str | None, Parameter(help="A file or address that need not be on the desk.")] = None,
    /,
    *,
    actor: tuple[str, ...] = (),
    target: tuple[str, ...] = (),
    type: tuple[str, ...] = (),
    issue: tuple[str, ...] = (),
    where: Where = EVERYWHERE,
    voice: Literal["own", "reported"] | None = None,
    polarity: Literal["affirmed", "negated"] | None = None,
    sort: Literal["newest", "oldest"] = "newest",
    limit: int = 50,
    explain: bool = False,
    house: HouseOption = None,
    desk: DeskOption = DESK,
    format: RowsOption = "text",
) -> int:
    """List acts: who agreed to, urged, opposed or declined what, towards whom, on which issue; with the exact words.

    Example: `onrecord acts --actor China --type oppose --issue taiwan --since 2021-01-01`,
    `onrecord acts page.shtml --explain`

    Parameters
    ----------
    actor
        Only acts of this party, by code or name: CHN, China, 中国; may be given more than once, as may the next ones.
    target
        Only acts directed at this party.
    type
        Only of this type: consult, agree, commit, offer, propose, support, aid, reaffirm, request, concern, oppose,
        accuse, protest, warn, deny, sanction, decline.
    issue
        Only about this issue and those under it, by id or name.
    voice
        own: the podium's own government acts; reported: the podium reports another's act.
    polarity
        affirmed, or negated ("did not agree to").
    sort
        In which order.
    limit
        How many to print of a desk, 0 for all; the count is always of all, and csv and jsonl are always whole.
    explain
        Show for each act the rule that found it, with its reason and example, and the words behind each part.
    """
    if source is not None:
        return _of_file(source, house, explain, format)
    filters = ActFilters(
        actor=actor,
        target=target,
        type=type,
        issue=issue,
        **asdict(where),
        voice=voice,
        polarity=polarity,
    )
    whole = format in ("csv", "jsonl") or limit == 0
    with open_desk(desk) as opened:
        found = acts_on_desk(opened, filters, order=sort, limit=None if whole else limit)
        documents: dict[str, Document] = {}
        if explain:
            documents = {act.document: opened.document(act.document) for act in found.acts}
    if format == "json":
        write_json(found if not explain else {"acts": _explained(found.acts, documents), "count": found.count})
    elif format == "text":
        out = console()
        _print(found.acts, documents, out)
        _print_frame(found, out)
    else:
        _write_rows(found.acts, documents, format)
    return 0 if found.count else 1


def _of_file(source: str, house: str | None, explain: bool, format: str) -> int:
    from onrecord import annotate
    from onrecord.reader import read

    document = annotate(read(source, house=house))
    found = acts_of(document)
    documents = {document.id: document} if explain else {}
    if format == "json":
        told = _explained(found, documents) if explain else [msgspec.to_builtins(act) for act in found]
        write_json({"acts": told, "count": len(found)})
    elif format == "text":
        out = console()
        _print(found, documents, out)
        out.print(f"{len(found)} acts in {document.title}", style="bold", markup=False)
    else:
        _write_rows(found, documents, format)
    return 0 if found else 1


def _write_rows(found: tuple[FoundAct, ...], documents: dict[str, Document], format: str) -> None:
    if format == "jsonl":
        write_json(*(_explained(found, documents) if documents else found))
        return
    write_csv(found, COLUMNS)


def _explained(found: tuple[FoundAct, ...], documents: dict[str, Document]) -> list[dict[str, object]]:
    return [
        msgspec.to_builtins(act) | {"explanation": msgspec.to_builtins(explain(documents[act.document], act.act))}
        for act in found
    ]


def _print(found: tuple[FoundAct, ...], documents: dict[str, Document], out: Console) -> None:
    before = ""
    for act in found:
        if act.turn != before:
            asked = f", asked by {act.outlet}" if act.outlet else ""
            who = f"{act.speaker or 'unnamed'}{asked}"
            out.print(f"{act.day or 'undated':10}  {act.issuer}  {who}", style="cyan", markup=False, soft_wrap=True)
            out.print(f"  {act.turn}", style="dim", markup=False, soft_wrap=True)
        before = act.turn
        line = Text("  ")
        line.append(act.type.ljust(9), style="bold")
        line.append(f" {parties_of(act.act)}", style="magenta")
        marks = [mark for mark in (act.time, act.polarity, act.voice) if mark not in ("ongoing", "affirmed", "own")]
        line.append("".join(f"  {mark}" for mark in marks), style="dim")
        if act.rule == RULE:  # no rule of ours vouches for it
            line.append("  proposed, accepted by a person", style="yellow")
        line.append("".join(f"  {issue}" for issue in act.issues), style="green")
        out.print(line)
        print_set_in(_quoted(act), out, by=4, most=3)
        if act.document in documents:
            _print_explanation(explain(documents[act.document], act.act), out)


def _quoted(act: FoundAct) -> Text:
    """The clause with its trigger marked."""
    words = Text()
    at = act.trigger_start - act.start
    words.append(act.words[:at])
    words.append(act.words[at : at + len(act.trigger)], style="bold")
    words.append(act.words[at + len(act.trigger) :])
    return words


def _print_explanation(one: Explanation, out: Console) -> None:
    def line(label: str, words: str) -> None:
        print_set_in(Text(f"{label:9}{words}", style="dim"), out, by=6, most=4)

    line("trigger", f"“{one.trigger}” [{one.start}, {one.end})")
    for label, parties in (("actor", one.actors), ("target", one.targets)):
        for party in parties:
            line(label, _told(party))
    if one.rule == RULE:
        line(
            "rule", "none: a second reader proposed it and a person accepted it (`onrecord proposals --state accepted`)"
        )
    elif one.row is None:
        line("rule", f"{one.rule}, which is no row of the tables of triggers")
    else:
        row = one.row
        line("rule", f"{row.id} ({row.table}, line {row.line}): {row.words}")
        line("", f"acts: {row.who}; directed at: {row.target}; {row.when}")
        if row.reason:
            line("reason", row.reason)
        line("example", row.example)
    out.print()


def _told(party: PartyEvidence) -> str:
    if party.words is None:
        return f"{party.code} ({party.name}), by no words of this turn"
    return f"{party.code} ({party.name}) “{party.words}” [{party.start}, {party.end})"


def _print_frame(found: Acts, out: Console) -> None:
    shown = f", {len(found.acts)} shown" if len(found.acts) < found.count else ""
    out.print(f"{found.count} acts{shown}", style="bold")
    out.print(f"Searched {found.held.documents} documents: {found.held}", style="dim", soft_wrap=True)
    print_unannotated(found.unannotated, out)


def print_unannotated(count: int, out: Console) -> None:
    """Say that documents are missing from an answer because nobody has annotated them."""
    if count:
        told = f"{count} documents of the desk are not annotated, and missing here: run `onrecord annotate`"
        out.print(told, style="yellow", markup=False, soft_wrap=True)
