"""The command line: a thin skin, every command one call of the public API.

Results go to standard output, everything else (progress, warnings, errors) to standard error. The exit code is 0 when
all went well, 1 when something was found wrong, 2 when the call itself was.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from onrecord import __version__
from onrecord.commands.options import DeskOption, FormatOption, HouseOption
from onrecord.errors import OnRecordError

app = App(
    name="onrecord",
    help="Reads official statements into a checkable record: who was asked what, what was answered, and where it says so.",
    version=__version__,
    help_format="markdown",
    default_parameter=Parameter(negative=()),
    suppress_keyboard_interrupt=False,
)

_DESK = Path("desk")


@app.command
def read(
    sources: Annotated[list[str], Parameter(allow_leading_hyphen=True)],
    /,
    *,
    house: HouseOption = None,
    encoding: str | None = None,
    plain: bool = False,
    format: FormatOption = "text",
) -> int:
    """Read statements and print them, what is done with words in the margin; nothing is kept.

    Example: `onrecord read page.html`, or `curl … | onrecord read - --format json`

    Parameters
    ----------
    sources
        Files, http(s) addresses, or `-` for standard input.
    encoding
        The encoding, instead of finding it.
    plain
        Only what is read: no mentions, acts, meetings, undertakings or kinds of answers.
    """
    from onrecord.commands.reading import read_sources

    return read_sources(sources, house=house, encoding=encoding, plain=plain, format=format, complain=_complain)


@app.command
def add(
    sources: Annotated[list[str], Parameter(allow_leading_hyphen=True)],
    /,
    *,
    desk: DeskOption = _DESK,
    house: HouseOption = None,
    encoding: str | None = None,
    processes: int = 2,
    format: Literal["text", "json"] = "text",
) -> int:
    """Add statements to a desk: files, folders, patterns, addresses. What is there already is left as it is.

    Example: `onrecord add pages/ 'more/*.shtml' --desk mydesk`

    Parameters
    ----------
    sources
        Files, folders (read through), patterns in quotes, http(s) addresses, or `-` for standard input.
    encoding
        The encoding, instead of finding it.
    processes
        How many processes read at once.
    format
        How the summary is printed.
    """
    from onrecord.commands.adding import add_to_desk

    return add_to_desk(sources, desk=desk, house=house, encoding=encoding, processes=processes, format=format)


@app.command
def reread(
    *,
    desk: DeskOption = _DESK,
    everything: bool = False,
    processes: int = 2,
    format: Literal["text", "json"] = "text",
) -> int:
    """Read documents again from the captures kept, after an update; ids of turns whose words have not changed stay.

    Example: `onrecord reread --desk mydesk`

    Parameters
    ----------
    everything
        Also what this version has read already.
    processes
        How many processes read at once.
    format
        How the summary is printed.
    """
    from onrecord.commands.adding import read_desk_again

    return read_desk_again(desk, everything=everything, processes=processes, format=format)


@app.command
def show(
    id: str | None = None,
    /,
    *,
    desk: DeskOption = _DESK,
    issuer: str | None = None,
    since: str | None = None,
    until: str | None = None,
    kind: str | None = None,
    format: FormatOption = "text",
) -> int:
    """Show what a desk holds: the list, one document, or one turn with the bytes behind it.

    Example: `onrecord show`, `onrecord show cn-mfa-2021-03-22`, `onrecord show cn-mfa-2021-03-22-2b61bcb3/91ab04c2f0`

    Parameters
    ----------
    id
        A document's id, or the beginning of one; or a turn's id.
    issuer
        Only documents of this issuer.
    since
        Only documents of this day or later (YYYY-MM-DD).
    until
        Only documents of this day or earlier.
    kind
        Only documents of this kind.
    """
    from onrecord.commands.showing import show_desk

    return show_desk(id, desk=desk, issuer=issuer, since=since, until=until, kind=kind, format=format)


@app.command
def check(*, desk: DeskOption = _DESK, format: Literal["text", "json", "jsonl"] = "text") -> int:
    """Check a desk: every capture's hash, every span against the bytes, every link in the record.

    Example: `onrecord check --desk mydesk`

    Parameters
    ----------
    format
        How the faults are printed.
    """
    from onrecord.commands.checking import check_desk

    return check_desk(desk, format=format)


@app.command
def find(
    *query: str,
    desk: DeskOption = _DESK,
    issuer: tuple[str, ...] = (),
    since: str | None = None,
    until: str | None = None,
    kind: tuple[str, ...] = (),
    document_kind: tuple[str, ...] = (),
    speaker: tuple[str, ...] = (),
    outlet: tuple[str, ...] = (),
    role: tuple[str, ...] = (),
    language: tuple[str, ...] = (),
    actor: tuple[str, ...] = (),
    act: tuple[str, ...] = (),
    issue: tuple[str, ...] = (),
    regex: str | None = None,
    across: bool = False,
    both_scripts: bool = False,
    sort: Literal["relevance", "newest", "oldest"] = "relevance",
    context: Literal["left", "right"] | None = None,
    limit: int = 20,
    count_by: Literal["month", "year", "issuer"] | None = None,
    format: FormatOption = "text",
) -> int:
    """Find turns by their words and by who said them, counted exactly.

    Words side by side must all be there; `"…"` is an exact phrase; AND, OR, NOT, NEAR/5, `prefix*` and ( ) do what they
    say.

    Filters may stand among the words too: actor:China act:oppose issue:taiwan since:2020-01-01.

    Example: `onrecord find '"win-win cooperation" NOT Africa' --since 2019-01-01 --kind answer --sort newest`,
    `onrecord find 'sanctions actor:USA act:accuse'`

    Parameters
    ----------
    query
        What to find; nothing finds all that the filters let through.
    issuer
        Only turns of this issuer; may be given more than once, as may the next ones.
    since
        Only turns of this day or later (YYYY-MM-DD).
    until
        Only turns of this day or earlier.
    kind
        Only question, answer, statement or note.
    document_kind
        Only press-conference, remarks, readout …
    speaker
        Only turns of this speaker.
    outlet
        Only questions of this outlet, by its id: afp, cctv, bloomberg …
    role
        Only turns of this role: spokesperson, reporter, principal …
    language
        Only turns in this language: en, zh.
    actor
        Only turns that hold an act of this party, by code or name: CHN, China, 中国.
    act
        Only turns that hold an act of this type: oppose, agree …; with actor and issue, one and the same act.
    issue
        Only turns that hold an act about this issue, or one under it.
    regex
        The text must match this regular expression too.
    across
        Let phrases run across punctuation.
    both_scripts
        Find simplified and traditional characters alike.
    sort
        In which order.
    context
        One line a hit, sorted by the words on this side of it: a concordance.
    limit
        How many to show; the count is always of all.
    count_by
        Count instead of showing.
    """
    from onrecord.asking import TurnFilters
    from onrecord.commands.finding import find_turns

    filters = TurnFilters(
        issuer=issuer,
        document_kind=document_kind,
        kind=kind,
        language=language,
        speaker=speaker,
        role=role,
        outlet=outlet,
        actor=actor,
        act=act,
        issue=issue,
        since=since,
        until=until,
    )
    return find_turns(
        " ".join(query),
        desk=desk,
        filters=filters,
        order=sort,
        limit=limit,
        across=across,
        pattern=regex,
        both_scripts=both_scripts,
        context=context,
        count_by=count_by,
        format=format,
    )


@app.command
def trace(
    *phrase: str,
    turn: str | None = None,
    desk: DeskOption = _DESK,
    near: float = 0.75,
    issuer: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 12,
    svg: Path | None = None,
    format: FormatOption = "text",
) -> int:
    """Trace a phrase through the record: first and last use, how often when, by whom, and how its wording changed.

    Example: `onrecord trace "win-win cooperation" --issuer cn-mfa`

    Parameters
    ----------
    phrase
        The words as they were said; a sentence or a few words.
    turn
        Trace the words of this turn instead.
    near
        The share of the words, in order, that makes a wording near; 1.0 for exact uses alone.
    issuer
        Only uses by this issuer.
    kind
        Only in turns of this kind: question, answer, statement.
    since
        Only of this day or later (YYYY-MM-DD).
    until
        Only of this day or earlier.
    limit
        How many wordings to print.
    svg
        Write a chart of the uses by year to this file too.
    """
    from onrecord.commands.tracing import trace_phrase

    return trace_phrase(
        " ".join(phrase),
        turn=turn,
        desk=desk,
        near=near,
        issuer=issuer,
        kind=kind,
        since=since,
        until=until,
        limit=limit,
        svg=svg,
        format=format,
    )


@app.command
def redline(
    document: str,
    /,
    *,
    desk: DeskOption = _DESK,
    against: str | None = None,
    house: HouseOption = None,
    near: float = 0.6,
    whole: bool = False,
    format: Literal["text", "json", "html"] = "text",
) -> int:
    """Mark a statement against the record: said before, reworded, new; the most telling changes first.

    Example: `onrecord redline page.shtml --desk mydesk`, `onrecord redline cn-mfa-2021-03-22 --against last`

    Parameters
    ----------
    document
        The id of a document of the desk, or a file or address that is not in it.
    against
        Compare with one document alone: its id, `last` for the one before, or `same-issue` for the earlier one that has
        the most in common; what is missing is told too.
    near
        The share of a sentence's words, in order, that makes it reworded and not new.
    whole
        Print every sentence, not only the most telling changes.
    format
        text for people, json for programs, html for a page that stands alone.
    """
    from onrecord.commands.redlining import redline_document

    return redline_document(document, desk=desk, against=against, house=house, near=near, whole=whole, format=format)


@app.command
def formulas(
    *,
    desk: DeskOption = _DESK,
    issuer: str | None = None,
    language: str | None = None,
    since: str | None = None,
    until: str | None = None,
    between: tuple[str, str] | None = None,
    least: int = 5,
    shortest: int | None = None,
    names: bool = False,
    limit: int = 30,
    format: FormatOption = "text",
) -> int:
    """List the stock phrases of the podium, found without being named; between two periods also births and deaths.

    Example: `onrecord formulas --issuer cn-mfa --language en`, `onrecord formulas --between 2018 2020`

    Parameters
    ----------
    issuer
        Only what this issuer publishes.
    language
        Only in this language: en, zh.
    since
        Only of this day or later (YYYY-MM-DD).
    until
        Only of this day or earlier.
    between
        Two periods, each a year, a month or days (`2018-05..2019-01`): what was born, died and gave way between them.
    least
        In how many documents a formula must stand.
    shortest
        The fewest words; 3, in Chinese 4 characters.
    names
        List names of people, countries and bodies too.
    limit
        How many to list of each language.
    format
        text for people; json, jsonl or csv (a formula a row).
    """
    from onrecord.commands.formulas import list_formulas

    return list_formulas(
        desk=desk,
        issuer=issuer,
        language=language,
        since=since,
        until=until,
        between=between,
        least=least,
        shortest=shortest,
        names=names,
        limit=limit,
        format=format,
    )


# Each of these has its options beside what it does, and is imported when it is called.
_LAZY = {
    "annotate": "annotating", "acts": "acts", "mentions": "mentions", "answers": "answers", "trends": "trends",
    "meetings": "meetings", "ledger": "ledger", "judge": "ledger", "propose": "proposing", "proposals": "proposing",
    "cite": "citing", "serve": "serving",
}  # fmt: skip
for _name, _module in _LAZY.items():
    app.command(f"onrecord.commands.{_module}:{_name}", name=_name)


@app.command
def rebuild(*, desk: DeskOption = _DESK) -> int:
    """Build the index of a desk anew from its record; it is otherwise kept in step by itself.

    Example: `onrecord rebuild --desk mydesk`
    """
    from onrecord.commands.rebuilding import rebuild_index

    return rebuild_index(desk)


@app.command
def houses(name: str | None = None, /, *, format: Literal["text", "json"] = "text") -> int:
    """List the house styles that can be read, or show the card of one.

    Example: `onrecord houses cn-mfa`

    Parameters
    ----------
    name
        A house.
    format
        How the cards are printed.
    """
    from onrecord.commands.houses import show_houses

    return show_houses(name, format=format)


@app.command
def demo(
    *,
    desk: Annotated[Path | None, Parameter(name=["--desk"], help="Keep the desk here.")] = None,
    serve: Annotated[bool | None, Parameter(negative="--no-serve")] = None,
) -> int:
    """Read the bundled examples, which are invented, into a desk, show what comes of it, and open it in the browser.

    Example: `onrecord demo`, `onrecord demo --no-serve`

    Parameters
    ----------
    serve
        Keep the desk open at an address of this machine until Ctrl-C; left out, it is where there is a terminal.
    """
    from onrecord.commands.demo import run_demo

    return run_demo(desk, serve=sys.stdout.isatty() if serve is None else serve)


def _complain(error: OnRecordError) -> None:
    print(f"onrecord: {error.name}: {error}", file=sys.stderr)


def main() -> None:
    """Run the command line; errors of the program's own are printed in a line, with the next step."""
    warnings.showwarning = lambda message, *_, **__: print(f"onrecord: {message}", file=sys.stderr)
    if sys.argv[1:2] in ([], ["--help"], ["-h"]):
        for name in _LAZY:  # the list of commands says what each does
            app[name]
    try:
        code = app(result_action="return_value")
    except OnRecordError as error:
        _complain(error)
        code = 1
    except KeyboardInterrupt:
        print("onrecord: stopped; what was added stays", file=sys.stderr)
        code = 130
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
