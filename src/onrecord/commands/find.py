"""``onrecord find``: hits with the words around them, a concordance, or counts over time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from onrecord.asking import Hit, SearchResult, TurnFilters, counts_by, options
from onrecord.asking import find as find_turns
from onrecord.commands.options import (
    DESK,
    EVERYTHING,
    BothScriptsOption,
    DeskOption,
    FormatOption,
    LimitOption,
    ScopeOptions,
    print_rest,
    several,
    shown_limit,
)
from onrecord.desk import open_desk
from onrecord.errors import QueryError
from onrecord.languages.tokens import words
from onrecord.printing import console, write_csv, write_json

#: How many columns are shown on either side of a hit.
_AROUND = 36
_USUAL = 20


def find(
    *query: str,
    scope: ScopeOptions = EVERYTHING,
    kind: Annotated[tuple[str, ...], several(options.TURN_KIND)] = (),
    document_kind: Annotated[tuple[str, ...], several(options.DOCUMENT_KIND)] = (),
    role: Annotated[tuple[str, ...], several(options.ROLE)] = (),
    actor: Annotated[tuple[str, ...], several(options.ACTOR)] = (),
    target: Annotated[tuple[str, ...], several(options.TARGET)] = (),
    act: Annotated[tuple[str, ...], several(options.ACT_TYPE)] = (),
    issue: Annotated[tuple[str, ...], several(options.ISSUE)] = (),
    regex: str | None = None,
    across: bool = False,
    both_scripts: BothScriptsOption = False,
    sort: Literal["relevance", "newest", "oldest"] = "relevance",
    context: Literal["left", "right"] | None = None,
    ids: bool = False,
    versions: bool = False,
    limit: LimitOption = None,
    count_by: Literal["month", "year", "issuer"] | None = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """Find turns by their words and by who said them, counted exactly.

    Words side by side must all occur; `"…"` is an exact phrase; AND, OR, NOT, NEAR/5, `prefix*` and ( ) work as usual.
    Filters may stand among the words too: actor:China act:oppose issue:taiwan since:2020. With --actor, --target, --act
    and --issue, one and the same act must match all of them. The exit code is 1 where nothing is found.

    Example: `onrecord find '"win-win cooperation" NOT Africa' --since 2019 --turn-kind answer --sort newest`,
    `onrecord find 'sanctions actor:USA act:accuse'`

    Parameters
    ----------
    query
        What to find; without words, everything that matches the filters.
    regex
        The text must match this regular expression too.
    across
        Let phrases run across punctuation.
    sort
        The order of the hits.
    context
        A concordance: one line for each hit, sorted by the words on this side of it.
    ids
        Print the id of the turn on each line of a concordance too.
    versions
        Show also the turns that documents had in earlier versions, and have no longer.
    count_by
        Count the turns instead of showing them.
    """
    filters = TurnFilters(
        **asdict(scope),
        kind=kind,
        document_kind=document_kind,
        role=role,
        actor=actor,
        target=target,
        act=act,
        issue=issue,
    )
    asked = " ".join(query)
    if count_by is not None and (regex or across):
        raise QueryError(
            "--count-by cannot count with --regex or --across, which need the texts",
            hint="Count the hits: --format csv",
        )
    with open_desk(desk) as opened:
        if count_by is not None:
            counts = counts_by(opened, asked, filters, by=count_by, both_scripts=both_scripts)
            _print_counts(counts, format)
            return 0 if counts else 1
        found = find_turns(
            opened,
            asked,
            filters,
            order=sort,
            limit=shown_limit(limit, format, _USUAL),
            across=across,
            pattern=regex,
            both_scripts=both_scripts,
        )
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.hits, *(found.earlier if versions else ()))
    elif format == "csv":
        write_csv(found.hits, [field for field in Hit.__struct_fields__ if field != "places"])
    else:
        _print(found, context, ids, versions)
    if format != "text":
        print_rest(len(found.hits), found.count, "turns")
    return 0 if found.count or found.earlier_count else 1


def _print(found: SearchResult, context: str | None, ids: bool, versions: bool) -> None:
    out = console()
    if context is None:
        for hit in found.hits:
            _print_hit(hit, out)
    else:
        lines = [(hit, place) for hit in found.hits for place in hit.places]
        lines.sort(key=lambda line: _context(line[0], line[1], context))
        for hit, place in lines:
            line = _line(hit, place)
            who = f"  {hit.day or 'undated'} {hit.speaker or hit.outlet or ''}"
            line.append(who + (f"  {hit.turn}" if ids else ""), style="dim")
            out.print(line, soft_wrap=True)
    shown = f", {len(found.hits):,} shown; --limit 0 for all" if len(found.hits) < found.count else ""
    earlier = f", +{found.earlier_count:,} in earlier versions" if found.earlier_count else ""
    hint = "; --versions shows them" if found.earlier_count and not versions else ""
    if versions:
        for hit in found.earlier:
            _print_hit(hit, out)
            out.print(
                f"{'':{_AROUND}}said so until {hit.until}, in version {hit.version}", style="yellow", soft_wrap=True
            )
    out.print(f"{found.count:,} turns{shown}{earlier}{hint}", style="bold")
    if found.held.caution:
        out.print(Text(found.held.caution, style="yellow"), soft_wrap=True)
    searched = f"Searched {found.held.turns:,} turns of {found.held.documents:,} documents: {found.held}"
    out.print(searched, style="dim", soft_wrap=True)


def _print_hit(hit: Hit, out: Console) -> None:
    who = hit.speaker or hit.outlet or ("a reporter" if hit.kind == "question" else "unnamed")
    heading = f"{hit.day or 'undated':10}  {hit.issuer}  {hit.kind} · {who}"
    out.print(heading, style="cyan", markup=False, soft_wrap=True)
    for place in hit.places[:3] or ((0, 0),):
        out.print(_line(hit, place), soft_wrap=True)
    if len(hit.places) > 3:
        out.print(f"{'':{_AROUND}}… {len(hit.places) - 3} more in this turn", style="dim")
    out.print(f"{'':{_AROUND}}{hit.turn}", style="dim", soft_wrap=True)


def _line(hit: Hit, place: tuple[int, int]) -> Text:
    """A hit with the words around it, hits aligned under each other; a Han character takes two columns."""
    start, end = place
    before = " ".join(hit.text[max(0, start - 2 * _AROUND) : start].split("\n"))
    after = " ".join(hit.text[end : end + 2 * _AROUND].split("\n"))
    while cell_len(before) > _AROUND:
        before = before[1:]
    while cell_len(after) > _AROUND:
        after = after[:-1]
    line = Text(" " * (_AROUND - cell_len(before)) + before)
    line.append(hit.text[start:end].replace("\n", " "), style="bold red")
    line.append(after)
    return line


def _context(hit: Hit, place: tuple[int, int], side: str) -> list[str]:
    """The words on one side of a hit, nearest first: the sort key of a concordance."""
    if side == "left":
        return words(hit.text[max(0, place[0] - 200) : place[0]])[::-1]
    return words(hit.text[place[1] : place[1] + 200])


def _print_counts(counts: dict[str, int], format: str) -> None:
    if format in ("json", "jsonl"):
        write_json(counts)
        return
    if format == "csv":
        write_csv(({"value": value, "turns": count} for value, count in counts.items()), ("value", "turns"))
        return
    out = console()
    widest = max(counts.values(), default=1)
    for value, count in counts.items():
        bar = "█" * max(1, round(count / widest * 60))
        out.print(f"{value:>16}  [magenta]{bar}[/] {count:,}")
    out.print(f"{sum(counts.values()):,} turns; periods without any are left out", style="dim")
