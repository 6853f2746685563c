"""``onrecord accuracy``: how often the program's claims are right, measured on texts that its rules were not built on."""

from __future__ import annotations

from typing import Annotated

import msgspec
from cyclopts import Parameter

from onrecord.asking import AccuracyFigure, measured_accuracy
from onrecord.asking.accuracy_figures import CLAIMS
from onrecord.commands.formats import FormatOption
from onrecord.printing import console, write_csv, write_json


def accuracy(
    *,
    claim: Annotated[str | None, Parameter(help=f"A kind of claim: {', '.join(CLAIMS)}.")] = None,
    issuer: Annotated[str | None, Parameter(help="The id of a house; `onrecord houses` lists them.")] = None,
    all_texts: Annotated[
        bool, Parameter(help="Also figures on texts that had been seen when the rules were last changed.")
    ] = False,
    format: FormatOption = "text",
) -> int:
    """How often the program's claims are right, by issuer, language and kind of text.

    The texts were drawn at random and labelled by people who saw neither the rules nor their results. Precision is the share of
    the program's claims that are right, recall the share of what a person found.

    Example: `onrecord accuracy`, `onrecord accuracy --claim acts --issuer cn-mfa`
    """
    found = measured_accuracy(claim=claim, issuer=issuer, all_texts=all_texts)
    if format == "json":
        write_json(found, indent=True)
    elif format == "jsonl":
        write_json(*found)
    elif format == "csv":
        write_csv(map(msgspec.structs.asdict, found), AccuracyFigure.__struct_fields__)
    else:
        _print(found)
    return 0


def _print(found: list[AccuracyFigure]) -> None:
    from rich.table import Table

    out = console()
    if not found:
        out.print("Nothing of this has been measured on unseen texts. `--all-texts` shows the other figures.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("claim", no_wrap=True)
    table.add_column("kind of text", overflow="fold")  # the one column that may take two rows: no figure is ever cut
    for heading in ("texts", "labelled", "precision", "recall", "F1"):
        table.add_column(heading, justify="right", no_wrap=True, min_width=max(len(heading), 5))
    table.add_column("measured", no_wrap=True, min_width=10)
    for one in found:
        when = f"{one.day}{', seen' if one.seen else ''}"
        table.add_row(
            one.claim, f"{one.issuer} {one.language} {one.kind}", str(one.texts), str(one.labelled), _share(one.precision),
            _share(one.recall), f"{one.f1:.2f}", when,
        )  # fmt: skip
    out.print(table)
    out.print()
    for claim in dict.fromkeys(one.claim for one in found):
        out.print(f"{claim}: {CLAIMS[claim]}", style="dim", markup=False)
    out.print(
        "unseen: the rules were not changed after anybody had seen the labels. What is not listed was not measured.",
        style="dim", markup=False, soft_wrap=True,
    )  # fmt: skip


def _share(number: float | None) -> str:
    return "–" if number is None else f"{number:.2f}"
