"""``onrecord acts``: list speech acts of a desk or of one statement, and explain why each was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Literal

import msgspec
from rich.console import Console
from rich.text import Text

from onrecord.annotation.proposing import RULE
from onrecord.annotation_types import Polarity, Voice
from onrecord.asking import (
    ActFilters,
    Acts,
    Explanation,
    FoundAct,
    PartyEvidence,
    accuracy_caution,
    acts_of,
    explain,
    options,
)
from onrecord.asking import acts as find_acts
from onrecord.commands.formats import SourceArgument
from onrecord.commands.options import (
    DESK,
    EVERYTHING,
    DeskOption,
    FormatOption,
    HouseOption,
    LimitOption,
    ScopeOptions,
    print_rest,
    several,
    shown_limit,
    single,
)
from onrecord.commands.source_reading import read_annotated
from onrecord.desk import open_desk
from onrecord.desk.listing import Row
from onrecord.margin import parties_of, print_indented
from onrecord.printing import console, write_csv, write_json
from onrecord.record import Document

COLUMNS = FoundAct.__struct_fields__
_USUAL = 50


def acts(
    source: SourceArgument = None,
    /,
    *,
    actor: Annotated[tuple[str, ...], several(options.ACTOR)] = (),
    target: Annotated[tuple[str, ...], several(options.TARGET)] = (),
    type: Annotated[tuple[str, ...], several(options.ACT_TYPE, "--type", "--act")] = (),
    issue: Annotated[tuple[str, ...], several(options.ISSUE)] = (),
    scope: ScopeOptions = EVERYTHING,
    voice: Annotated[Voice | None, single(options.VOICE)] = None,
    polarity: Annotated[Polarity | None, single(options.POLARITY)] = None,
    sort: Literal["newest", "oldest"] = "newest",
    limit: LimitOption = None,
    explain: bool = False,
    house: HouseOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """List acts: who agreed to, urged, opposed or declined what, towards whom, on which issue; with the exact words.

    The exit code is 1 where there is none.

    Example: `onrecord acts --actor China --type oppose --issue taiwan --since 2021`,
    `onrecord acts page.shtml --explain`

    Parameters
    ----------
    sort
        The order of the acts.
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
        **asdict(scope),
        voice=voice,
        polarity=polarity,
    )
    with open_desk(desk) as opened:
        found = find_acts(opened, filters, order=sort, limit=shown_limit(limit, format, _USUAL))
        rows = [opened.row(id) for id in dict.fromkeys(act.document for act in found.acts)] if format == "text" else []
        documents: dict[str, Document] = {}
        if explain:
            documents = {act.document: opened.document(act.document) for act in found.acts}
    if format == "json":
        write_json(found if not explain else {"acts": _explained(found.acts, documents), "count": found.count})
    elif format == "text":
        out = console()
        _print(found.acts, documents, out)
        _print_frame(found, out)
        _print_cautions(rows, out)
    else:
        _write_rows(found.acts, documents, format)
    if format != "text":
        print_rest(len(found.acts), found.count, "acts")
    return 0 if found.count else 1


def _of_file(source: str, house: str | None, explain: bool, format: str) -> int:
    document = read_annotated(source, house=house)
    found = acts_of(document)
    documents = {document.id: document} if explain else {}
    if format == "json":
        rows = _explained(found, documents) if explain else [msgspec.to_builtins(act) for act in found]
        write_json({"acts": rows, "count": len(found)})
    elif format == "text":
        out = console()
        _print(found, documents, out)
        out.print(f"{len(found)} acts in {document.title}", style="bold", markup=False)
        _print_cautions([document], out)
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
        if act.rule == RULE:  # no rule found it
            line.append("  proposed, accepted by a person", style="yellow")
        line.append("".join(f"  {issue}" for issue in act.issues), style="green")
        out.print(line)
        print_indented(_quoted(act), out, by=4, most=3)
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
        print_indented(Text(f"{label:9}{words}", style="dim"), out, by=6, most=4)

    line("trigger", f"“{one.trigger}” [{one.start}, {one.end})")
    for label, parties in (("actor", one.actors), ("target", one.targets)):
        for party in parties:
            line(label, _evidence(party))
    if one.rule == RULE:
        line(
            "rule",
            "none: a second reader proposed this act and a person accepted it (`onrecord proposals --state accepted`)",
        )
    elif one.row is None:
        line("rule", f"{one.rule}, not a row of the trigger tables")
    else:
        row = one.row
        line("rule", f"{row.id} ({row.table}, line {row.line}): {row.words}")
        line("", f"acts: {row.who}; directed at: {row.target}; {row.when}")
        if row.reason:
            line("reason", row.reason)
        line("example", row.example)
    out.print()


def _evidence(party: PartyEvidence) -> str:
    if party.words is None:
        return f"{party.code} ({party.name}), not named in this turn"
    return f"{party.code} ({party.name}) “{party.words}” [{party.start}, {party.end})"


def _print_frame(found: Acts, out: Console) -> None:
    shown = f", {len(found.acts):,} shown; --limit 0 for all" if len(found.acts) < found.count else ""
    out.print(f"{found.count:,} acts{shown}", style="bold")
    out.print(f"Searched {found.held.documents:,} documents: {found.held}", style="dim", soft_wrap=True)
    print_unannotated(found.unannotated, out)


def _print_cautions(texts: Iterable[Document | Row], out: Console) -> None:
    """Say of which kinds of text shown many acts were wrong when measured."""
    kinds = dict.fromkeys((one.issuer, one.language, one.kind) for one in texts)
    told = (accuracy_caution("acts", issuer=issuer, language=language, kind=kind) for issuer, language, kind in kinds)
    for words in filter(None, told):
        out.print(f"{words}; `onrecord accuracy` tells more", style="yellow", markup=False, soft_wrap=True)


def print_unannotated(count: int, out: Console) -> None:
    """Say how many documents are missing from an answer because they have no annotation."""
    if count:
        missing = f"{count:,} documents of the desk are not annotated and are missing here: run `onrecord annotate`"
        out.print(missing, style="yellow", markup=False, soft_wrap=True)
