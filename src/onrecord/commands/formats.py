"""The options that several commands share and no query has: the desk, the source, how it is read, the format of the output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

Format = Literal["text", "json", "jsonl", "csv"]
SummaryFormat = Literal["text", "json"]
_NAMES = ["--format", "-f"]

DESK = Path("desk")
DeskOption = Annotated[Path, Parameter(name=["--desk"], env_var="ONRECORD_DESK", help="The folder of the desk.")]
HouseOption = Annotated[str | None, Parameter(name=["--house"], help="The house style, instead of recognising it.")]
EncodingOption = Annotated[
    str | None, Parameter(name=["--encoding"], help="The encoding of the sources, instead of detecting it.")
]
ProcessesOption = Annotated[int, Parameter(name=["--processes"], help="How many processes work at once.")]
ContactOption = Annotated[
    str,
    Parameter(
        name=["--contact"],
        help="A mail address or a web page for those who run the server; asked once, the desk keeps it.",
    ),
]
SourceArgument = Annotated[str | None, Parameter(help="A file or address, which need not be on the desk.")]
MapOption = Annotated[
    str,
    Parameter(name=["--map"], help="The fields of a table by what they hold: `text=answer,speaker=who,date=day`."),
]
AllowPrivateOption = Annotated[
    bool,
    Parameter(
        name=["--allow-private"],
        help="Follow a redirect from a public address to a private one or to this machine.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format,
    Parameter(name=_NAMES, help="text for people; json; jsonl, a result on each line; csv, a result in each row."),
]
SummaryFormatOption = Annotated[SummaryFormat, Parameter(name=_NAMES, help="text for people, or json for programs.")]
RedlineFormatOption = Annotated[
    Literal["text", "json", "jsonl", "csv", "html"],
    Parameter(
        name=_NAMES,
        help="text for people; json; jsonl or csv, a sentence on each line; html, a page that stands alone.",
    ),
]
CiteFormatOption = Annotated[
    Literal["text", "bibtex", "csl-json", "json"],
    Parameter(name=_NAMES, help="text for people; bibtex; csl-json (Zotero, pandoc); json, everything."),
]
