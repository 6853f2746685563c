"""``onrecord meetings``: the meetings that a desk or one statement tells of, each with every account of it."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from onrecord.asking import JoinedMeeting, MeetingAccount, MeetingFilters, Meetings, meetings_of
from onrecord.asking import meetings as meetings_on_desk
from onrecord.commands.options import DESK, DeskOption, FormatOption, HouseOption
from onrecord.desk import open_desk
from onrecord.lexicon.codes import actor_code, display_name
from onrecord.printing import console, write_csv, write_json

#: A quote is cut to so many characters: enough to know the sentence again.
_QUOTE = 160
COLUMNS = (
    "kind", "name", "parties", "people", "place", "place_id", "first_day", "last_day", "invited_by", "decided_by", "future",
    "accounts", "documents", "turns",
)  # fmt: skip


def meetings(
    source: str | None = None,
    /,
    *,
    desk: DeskOption = DESK,
    between: Annotated[tuple[str, ...], Parameter(consume_multiple=True)] = (),
    kind: tuple[Literal["dialogue", "visit", "call", "conference", "meeting"], ...] = (),
    since: str | None = None,
    until: str | None = None,
    place: str | None = None,
    person: str | None = None,
    house: HouseOption = None,
    limit: int = 50,
    format: FormatOption = "text",
) -> int:
    """List dialogues, visits, calls and conferences: who, where, when, invited by whom, with every account of each.

    Example: `onrecord meetings --between CHN USA --kind dialogue --since 2021-01-01`, `onrecord meetings page.shtml`

    Parameters
    ----------
    source
        A file or address that need not be on the desk; without it, all that the desk holds.
    between
        Only meetings of all of these parties, by code or name: `CHN USA`, `China ASEAN`.
    kind
        Only of this kind; may be given more than once.
    since
        Only held on this day or later (YYYY-MM-DD).
    until
        Only held on this day or earlier.
    place
        Only at this place, by its id or words of its name.
    person
        Only with this person, by id or words of the name.
    limit
        How many to print as text; 0 for all.
    format
        text for people; json, jsonl (a meeting a line) or csv (a meeting a row).
    """
    filters = MeetingFilters(
        between=tuple(actor_code(one) for one in between),
        kind=kind,
        since=since,
        until=until,
        place=place,
        person=person,
    )
    if source is not None:
        from onrecord import annotate
        from onrecord.reader import read

        found = meetings_of(annotate(read(source, house=house)), filters)
    else:
        with open_desk(desk) as opened:
            found = meetings_on_desk(opened, filters)
    shown = found.meetings[:limit] if limit else found.meetings
    if format == "json":
        write_json(found)
    elif format == "jsonl":
        write_json(*found.meetings)
    elif format == "csv":
        write_csv(found.rows(), COLUMNS)
    else:
        _print(found, shown)
    return 0 if found.meetings else 1


def _print(found: Meetings, shown: tuple[JoinedMeeting, ...]) -> None:
    out = console()
    for one in shown:
        out.print(_headline(one))
        _print_details(one, out)
        for account in one.accounts:
            out.print(_account(account), soft_wrap=True)
        out.print()
    more = f", {len(shown)} shown" if len(shown) < len(found.meetings) else ""
    noun = "meeting" if len(found.meetings) == 1 else "meetings"
    out.print(f"{len(found.meetings)} {noun}{more}", style="bold")
    if found.held is not None:
        out.print(f"Looked through {found.held.documents} documents: {found.held}", style="dim", soft_wrap=True)
    if found.unannotated:
        out.print(
            f"{found.unannotated} documents of the desk are not annotated yet; what they tell is missing",
            style="yellow",
            soft_wrap=True,
        )


def days_of(one: JoinedMeeting) -> str:
    """The days as a person writes them: one day, or the first and the last."""
    if one.first_day is None:
        return "day not told"
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
    told = []
    if one.place:
        told.append(("where", one.place))
    if one.people:
        told.append(
            (
                "who",
                ", ".join(
                    f"{person.name} ({person.office})" if person.office else person.name for person in one.people
                ),
            )
        )
    if one.invited_by:
        told.append(("invited by", display_name(one.invited_by)))
    if one.decided_by:
        told.append(("decided by", ", ".join(display_name(code) for code in one.decided_by)))
    for label, words in told:
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
