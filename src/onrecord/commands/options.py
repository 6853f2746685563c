"""Options that several commands share."""

from __future__ import annotations

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
IssuerOption = Annotated[
    tuple[str, ...], Parameter(name=["--issuer"], help="Only what this issuer says; may be given more than once.")
]
SpeakerOption = Annotated[tuple[str, ...], Parameter(name=["--speaker"], help="Only what this speaker says.")]
OutletOption = Annotated[
    tuple[str, ...], Parameter(name=["--outlet"], help="Only what this outlet asks, or is answered: an id or a name.")
]
LanguageOption = Annotated[tuple[str, ...], Parameter(name=["--language"], help="Only in this language: en, zh.")]
SinceOption = Annotated[str | None, Parameter(name=["--since"], help="Only of this day or later (YYYY-MM-DD).")]
UntilOption = Annotated[str | None, Parameter(name=["--until"], help="Only of this day or earlier.")]
DESK = Path("desk")
