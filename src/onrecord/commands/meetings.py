"""``onrecord meetings``: the meetings that a desk or one statement reports, each with every account of it."""

from __future__ import annotations

from typing import Annotated

import msgspec
from rich.console import Console
from rich.text import Text

from onrecord.asking import JoinedMeeting, MeetingAccount, MeetingFilters, Meetings, meetings_of, options
from onrecord.asking import meetings as find_meetings
from onrecord.commands.formats import SourceArgument
from onrecord.commands.options import (
    DESK,
    DeskOption,
    FormatOption,
    HouseOption,
    LimitOption,
    SinceOption,
    UntilOption,
    all_of,
    print_rest,
    several,
    shown_limit,
    single,
)
from onrecord.commands.source_reading import read_annotated
from onrecord.desk import open_desk
from onrecord.languages.code_lookup import display_name
from onrecord.printing import console, write_csv, write_json

#: A quote is cut to so many characters: enough to recognise the sentence.
_QUOTE = 160
_USUAL = 50
COLUMNS = (
    "kind", "name", "parties", "people", "place", "place_id", "first_day", "last_day", "invited_by", "decided_by", "future",
    "accounts", "documents", "turns",
)  # fmt: skip


def meetings(
    source: SourceArgument = None,
    /,
    *,
    between: Annotated[tuple[str, ...], all_of(options.BETWEEN)] = (),
    kind: Annotated[tuple[str, ...], several(options.MEETING_KIND)] = (),
    since: SinceOption = None,
    until: UntilOption = None,
    place: Annotated[str | None, single(options.PLACE)] = None,
    person: Annotated[str | None, single(options.PERSON)] = None,
    house: HouseOption = None,
    limit: LimitOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """List dialogues, visits, calls and conferences: who, where, when, invited by whom, with every account of each.

    --since and --until are days of the meetings, not of the statements. The exit code is 1 where there is none.

    Example: `onrecord meetings --between CHN USA --meeting-kind dialogue --since 2021`, `onrecord meetings page.shtml`
    """
    filters = MeetingFilters(between=between, kind=kind, since=since, until=until, place=place, person=person)
    if source is not None:
        found = meetings_of(read_annotated(source, house=house), filters)
    else:
        with open_desk(desk) as opened:
            found = find_meetings(opened, filters)
    shown = found.meetings[: shown_limit(limit, "csv" if format == "json" else format, _USUAL)]
    if format == "json":
        write_json(msgspec.structs.replace(found, meetings=shown))
    elif format == "jsonl":
        write_json(*shown)
    elif format == "csv":
        write_csv(msgspec.structs.replace(found, meetings=shown).rows(), COLUMNS)
    else:
        _print(found, shown)
    if format != "text":
        print_rest(len(shown), len(found.meetings), "meetings")
    return 0 if found.meetings else 1


def _print(found: Meetings, shown: tuple[JoinedMeeting, ...]) -> None:
    out = console()
    for one in shown:
        out.print(_headline(one))
        _print_details(one, out)
        for account in one.accounts:
            out.print(_account(account), soft_wrap=True)
        if one.is_told_by_several:
            out.print(
                Text(
                    f"    {'':10}  compare them: onrecord compare --meeting {one.accounts[0].meeting.id}", style="dim"
                ),
                soft_wrap=True,
            )
        out.print()
    more = f", {len(shown):,} shown; --limit 0 for all" if len(shown) < len(found.meetings) else ""
    noun = "meeting" if len(found.meetings) == 1 else "meetings"
    out.print(f"{len(found.meetings):,} {noun}{more}", style="bold")
    if found.held is not None:
        out.print(f"Searched {found.held.documents:,} documents: {found.held}", style="dim", soft_wrap=True)
    if found.unannotated:
        out.print(
            f"{found.unannotated:,} documents of the desk are not annotated and are missing here: run `onrecord annotate`",
            style="yellow",
            soft_wrap=True,
        )


def days_of(one: JoinedMeeting) -> str:
    """The days for people: one day, or the first and the last."""
    if one.first_day is None:
        return "day unknown"
    return one.first_day if one.first_day == one.last_day else f"{one.first_day} to {one.last_day}"


def _headline(one: JoinedMeeting) -> Text:
    line = Text(days_of(one), style="cyan")
    line.append(f"  {one.kind}", style="bold magenta")
    line.append("  " + " – ".join(display_name(code) for code in one.parties), style="bold")
    if one.name.lower() != one.kind:
        line.append(f"  {one.name}", style="italic")
    if one.future:
        line.append("  (to come)", style="yellow")
    return line


def _print_details(one: JoinedMeeting, out: Console) -> None:
    details = []
    if one.place:
        details.append(("where", one.place))
    if one.people:
        details.append(
            (
                "who",
                ", ".join(
                    f"{person.name} ({person.office})" if person.office else person.name for person in one.people
                ),
            )
        )
    if one.invited_by:
        details.append(("invited by", display_name(one.invited_by)))
    if one.decided_by:
        details.append(("decided by", ", ".join(display_name(code) for code in one.decided_by)))
    for label, words in details:
        line = Text(f"    {label:10}  ", style="dim")
        line.append(words, style="not dim")
        out.print(line, soft_wrap=True)


def _account(account: MeetingAccount) -> Text:
    words = " ".join(account.quote.split())
    if len(words) > _QUOTE:
        words = words[: _QUOTE - 1].rstrip() + "…"
    line = Text(f"    {account.day or 'undated':10}  {account.issuer}  ", style="dim")
    line.append(f"“{words}”", style="not dim")
    line.append(f"  {account.meeting.turn} [{account.meeting.start}, {account.meeting.end})", style="dim")
    return line
