"""Print acts, meetings and undertakings beside the text in a terminal: in dim colours, one line per act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotation_types import Act
from onrecord.record import Document

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

#: Widths in columns of the type of an act and of its parties, for alignment.
_TYPE, _PARTIES = 9, 20
#: The words after the trigger are shown only if at least this many columns remain.
_LEAST = 12
#: The width in columns of an undertaking's strength, and the binding strengths.
_STRENGTH, _BINDING = 12, ("agreed", "committed", "promised aid")
_NOT_FULL = {"decline": "declines", "refer": "refers elsewhere", "counter": "asks back", "dodge": "does not address it"}


def answer_words(answer_type: str | None) -> str:
    """A phrase for an answer type other than a full answer; empty for a full answer."""
    return _NOT_FULL.get(answer_type or "", "")


def print_acts(document: Document, turn: str, out: Console) -> None:
    """Print the acts of a turn: type, actors and targets, the trigger, the words after it, and issues."""
    for act in document.acts:
        if act.turn == turn:
            trigger = document.text[act.trigger.start : act.trigger.end]
            rest = document.text[act.trigger.end : act.end] if act.trigger.end < act.end else ""
            out.print("  ", act_line(act, trigger, out.width - 4, rest), sep="", no_wrap=True, overflow="ellipsis")


def act_line(act: Act, trigger: str, width: int, rest: str = "") -> Text:
    """Format an act as a line of ``width`` columns: ``oppose    CHN → USA   “firmly opposes” the sale of arms  taiwan``.

    ``rest`` are the words after the trigger, truncated so that the issues fit.
    """
    from rich.cells import cell_len
    from rich.text import Text

    line = Text("· ", style="dim")
    line.append(act.type.ljust(_TYPE), style="dim bold")
    parties = parties_of(act)
    line.append(f" {parties.ljust(_PARTIES)} ", style="dim cyan")
    negated = "not " if act.polarity == "negated" else ""
    line.append(f" {negated}“{' '.join(trigger.split())}”", style="dim italic")
    about = ", ".join(
        (
            *(["planned"] if act.time == "planned" else []),
            *(issue.rpartition("/")[2] for issue in act.issues[:2]),
            *(["…"] if len(act.issues) > 2 else []),
        )
    )
    after = Text(f"  {about}" if about else "", style="dim cyan")
    words = Text(" " + " ".join(rest.split()), style="dim") if rest.strip() else Text()
    room = width - cell_len(line.plain) - cell_len(after.plain)
    if cell_len(words.plain) > room:
        words.truncate(max(room, 0), overflow="ellipsis")
    if room > _LEAST:
        line.append_text(words)
    line.append_text(after)
    if cell_len(line.plain) > width:
        line.truncate(width, overflow="ellipsis")
    return line


def print_findings(document: Document, out: Console) -> None:
    """Print the meetings and the undertakings of a document, one or two lines each."""
    from rich.text import Text

    if document.meetings:
        out.print("Meetings reported", style="bold")
    for meeting in document.meetings:
        days = [day for day in (meeting.first_day, meeting.last_day) if day]
        parts = [
            " to ".join(dict.fromkeys(days)) or "day unknown", f"{meeting.kind}, to come" if meeting.future else meeting.kind,
            ", ".join(meeting.parties) or "parties unknown", meeting.name, meeting.place,
            ", ".join(f"{one.name} ({one.office})" if one.office else one.name for one in meeting.people),
            f"invited by {meeting.invited_by}" if meeting.invited_by else None,
            f"decided by {', '.join(meeting.decided_by)}" if meeting.decided_by else None,
        ]  # fmt: skip
        print_indented(Text(" · ".join(part for part in parts if part)), out, by=2, most=3)
    if document.undertakings:
        out.print("Undertakings, as said", style="bold")
    for one in document.undertakings:
        line = Text(f"{one.strength.ljust(_STRENGTH)} ", style="bold" if one.strength in _BINDING else "dim")
        to = f" → {', '.join(one.to)}" if one.to else ""
        line.append(f"{', '.join(one.by)}{to} ({one.form})  ", style="cyan")
        line.append(f"“{one.hedge}” " if one.hedge else "", style="italic")
        line.append(" ".join(document.text[one.start : one.end].split()), style="not bold not dim")
        print_indented(line, out, by=2, most=2)
    if document.meetings or document.undertakings:
        out.print()


def print_indented(words: Text, out: Console, *, by: int, most: int) -> None:
    """Print words wrapped and indented by ``by`` columns, truncated after ``most`` lines."""
    from rich.text import Text

    words.plain = words.plain.replace("\n", " ")
    lines = words.wrap(out, out.width - by)
    for number, line in enumerate(lines[:most], start=1):
        line.rstrip()
        if number == most < len(lines):
            line.append(" …")
        out.print(Text(" " * by).append_text(line), soft_wrap=True)


def parties_of(act: Act) -> str:
    """Format the actors and targets of an act: ``CHN → USA, JPN``; a dash if no actor is known."""
    actors = ", ".join(act.actors) or "–"
    return f"{actors} → {', '.join(act.targets)}" if act.targets else actors
