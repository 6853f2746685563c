"""Options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

Format = Literal["text", "json", "jsonl", "csv"]
DeskOption = Annotated[Path, Parameter(name=["--desk"], env_var="ONRECORD_DESK", help="The desk's folder.")]
HouseOption = Annotated[str | None, Parameter(name=["--house"], help="The house style, instead of recognising it.")]
FormatOption = Annotated[
    Format,
    Parameter(name=["--format", "-f"], help="text for people; json, jsonl (a document a line) or csv (a turn a row)."),
]
RowsOption = Annotated[
    Format, Parameter(name=["--format", "-f"], help="text for people; json, jsonl (a row a line) or csv.")
]
DESK = Path("desk")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Where:
    """Whose words, in what language, when: the options by which acts, answers, mentions and trends are narrowed.

    Its fields are those of :class:`onrecord.asking.conditions.Told`.
    """

    issuer: Annotated[tuple[str, ...], Parameter(help="Only what this issuer says; may be given more than once.")] = ()
    speaker: Annotated[tuple[str, ...], Parameter(help="Only what this speaker says.")] = ()
    outlet: Annotated[
        tuple[str, ...], Parameter(help="Only what this outlet asks, or is answered: an id or a name.")
    ] = ()
    language: Annotated[tuple[str, ...], Parameter(help="Only in this language: en, zh.")] = ()
    since: Annotated[str | None, Parameter(help="Only of this day or later (YYYY-MM-DD).")] = None
    until: Annotated[str | None, Parameter(help="Only of this day or earlier.")] = None


EVERYWHERE = Where()
