"""The options of the commands, made from the definitions in :mod:`onrecord.asking.options`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from cyclopts import Parameter

from onrecord.asking import options
from onrecord.asking.options import Option
from onrecord.commands.formats import DESK, DeskOption, FormatOption, HouseOption, SummaryFormatOption
from onrecord.control_pictures import print_safely
from onrecord.errors import QueryError

__all__ = [
    "DESK",
    "EVERYTHING",
    "BothScriptsOption",
    "DeskOption",
    "DocumentKindOption",
    "FormatOption",
    "HouseOption",
    "IssuerOption",
    "LanguageOption",
    "LimitOption",
    "ScopeOptions",
    "SinceOption",
    "SummaryFormatOption",
    "TracedKindOption",
    "TurnKindOption",
    "UntilOption",
    "all_of",
    "print_rest",
    "several",
    "shown_limit",
    "single",
    "switch",
]  # fmt: skip


def several(option: Option, *flags: str) -> Parameter:
    """An option that may be given more than once. ``flags`` replace its usual spellings."""

    def convert(_: Any, tokens: Sequence[Any]) -> tuple[str, ...]:
        return option.values(token.value for token in tokens)

    more = " May be given more than once"
    more += ", or with commas." if option.choices else "."
    return Parameter(
        name=flags or option.spellings, help=option.description + more, converter=convert, show_default=False
    )


def all_of(option: Option) -> Parameter:
    """An option with several values after one flag, all of which must hold."""

    def convert(_: Any, tokens: Sequence[Any]) -> tuple[str, ...]:
        return option.values(token.value for token in tokens)

    return Parameter(
        name=option.spellings, help=option.description, converter=convert, consume_multiple=True, show_default=False
    )


def single(option: Option, *flags: str) -> Parameter:
    """An option with a single value."""

    def convert(_: Any, tokens: Sequence[Any]) -> str:
        return option.value(tokens[0].value)

    return Parameter(name=flags or option.spellings, help=option.description, converter=convert)


def switch(option: Option) -> Parameter:
    """An option that is on or off."""
    return Parameter(name=option.spellings, help=option.description, show_default=False)


IssuerOption = Annotated[str | None, single(options.ISSUER)]
SinceOption = Annotated[str | None, single(options.SINCE)]
UntilOption = Annotated[str | None, single(options.UNTIL)]
LanguageOption = Annotated[str | None, single(options.LANGUAGE)]
DocumentKindOption = Annotated[str | None, single(options.DOCUMENT_KIND, "--document-kind", "--kind")]
TurnKindOption = Annotated[str | None, single(options.TURN_KIND)]
TracedKindOption = Annotated[str, single(options.TRACED_KIND)]
BothScriptsOption = Annotated[bool, switch(options.BOTH_SCRIPTS)]
LimitOption = Annotated[
    int | None, Parameter(name=["--limit"], help="How many to show, 0 for all; the count is always of all.")
]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class ScopeOptions:
    """Whose words, in which language, when. The fields are those of :class:`onrecord.asking.SearchScope`."""

    issuer: Annotated[tuple[str, ...], several(options.ISSUER)] = ()
    speaker: Annotated[tuple[str, ...], several(options.SPEAKER)] = ()
    outlet: Annotated[tuple[str, ...], several(options.OUTLET)] = ()
    language: Annotated[tuple[str, ...], several(options.LANGUAGE)] = ()
    since: SinceOption = None
    until: UntilOption = None


EVERYTHING = ScopeOptions()


def shown_limit(limit: int | None, format: str, usual: int) -> int | None:
    """How many results to show, None for all: ``--limit`` where it is given, else all in csv and jsonl and the usual
    number in other formats. Raises QueryError."""
    if limit is None:
        return None if format in ("csv", "jsonl") else usual
    if limit < 0:
        raise QueryError(f"--limit is 0 or more, not {limit}", hint="0 shows all")
    return limit or None


def print_rest(shown: int, total: int, noun: str) -> None:
    """Say on standard error that a result for programs is not whole."""
    if shown < total:
        print_safely(f"onrecord: {shown:,} of {total:,} {noun}; --limit 0 for all", sys.stderr)
