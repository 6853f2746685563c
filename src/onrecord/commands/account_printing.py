"""Print a comparison of accounts: what one alone says, what all say differently, and with it the texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.comparing.account_rows import AccountRow, rows
from onrecord.comparing.accounts import AccountComparison
from onrecord.comparing.differences import Difference
from onrecord.comparing.judged_links import JudgedLink
from onrecord.languages.code_lookup import display_name
from onrecord.printing import console
from onrecord.record import Document

if TYPE_CHECKING:
    from onrecord.asking.earlier_accounts import SinceLast  # files need no desk

#: Letters by which accounts are named.
LETTERS = "ABCDEFGH"
#: The first so many points of a block are printed without --whole.
_USUAL = 8


def print_accounts(found: AccountComparison, documents: Sequence[Document], whole: bool) -> None:
    """Print a summary that is read in a minute; with ``whole`` every point."""
    out = console()
    table = rows(found, len(documents))
    for letter, document, space in zip(LETTERS, documents, found.space, strict=False):
        out.print(Text(f"{letter}  {document.title}", style="bold"), soft_wrap=True)
        shares = ", ".join(f"{voices(voice)} {share:.0%}" for voice, share in list(space.by_voice.items())[:4])
        talk = f" · the talk was: {', '.join(space.talk)}" if space.talk else ""
        out.print(
            Text(f"   {document.issuer} · {document.date or 'undated'} · {shares}{talk}", style="dim"), soft_wrap=True
        )
    for one in found.stale:
        out.print(Text(f"Judged, but the words have changed since: {judgement(one)}", style="yellow"), soft_wrap=True)
    for account, letter in zip(range(len(documents)), LETTERS, strict=False):
        _print_only(found, documents, table, (account, letter), whole, out)
    told = [row for row in table if row.said_by > 1]
    if told:
        out.print(
            f"\nIn several, but differently ({sum(row.relation == 'differs' for row in told)} of {len(told)})",
            style="bold",
        )
        out.print(_side_by_side(found, documents, told if whole else told[: 2 * _USUAL]))
        if not whole and len(told) > 2 * _USUAL:
            out.print(f"{len(told) - 2 * _USUAL} more: --whole", style="dim")
    if told and whole:
        out.print("Their places, by which `onrecord judge` parts them", style="bold")
        for row in told:
            out.print(Text(f"  {places(found, documents, row)}", style="dim"), soft_wrap=True)
    asides = sum(point.aside for point in found.points)
    out.print(
        "\n“Only” means: found in none of the other texts given here. It is said where hardly a point of them comes near; "
        f"what may have a partner is offered as “perhaps”. {asides} points are questions, a spokesperson's own remarks or of "
        "other matters.",
        style="dim",
        soft_wrap=True,
    )


def print_since_last(one: SinceLast, documents: Sequence[Document], letter: str, whole: bool) -> None:
    """Print what a side says differently from its earlier account, what is new, and what is gone."""
    out = console()
    found, (earlier, _) = one.comparison, documents
    out.print(
        Text(f"\n{letter} since last time: {earlier.issuer}, {earlier.date}, {earlier.title}", style="bold"),
        soft_wrap=True,
    )
    for heading, told, style in (
        ("said differently", one.changed, "yellow"),
        ("new", one.new, "green"),
        ("no longer said", one.gone, "red"),
    ):
        if told:
            out.print(Text(f" {heading} ({len(told)})", style="bold"))
        for row in told if whole else told[:_USUAL]:
            cells = [words(found, documents, cell) for cell in row.cells if cell is not None]
            out.print(Text("  " + "\n  → ".join(cells), style=style if len(cells) == 1 else ""), soft_wrap=True)
            if row.differences:
                out.print(Text(f"    {'; '.join(map(reason, row.differences))}", style=style), soft_wrap=True)
        if not whole and len(told) > _USUAL:
            out.print(f"  {len(told) - _USUAL} more: --whole", style="dim")
    if not (one.changed or one.new or one.gone):
        out.print("  nothing that is certain", style="dim")


def _print_only(
    found: AccountComparison,
    documents: Sequence[Document],
    table: Sequence[AccountRow],
    which: tuple[int, str],
    whole: bool,
    out: Console,
) -> None:
    account, letter = which
    own = [row for row in table if row.said_by == 1 and row.cells[account] is not None]
    sure = [row for row in own if row.certain]
    unsure = [row for row in own if not row.certain and not found.points[_cell(row, account)].aside]
    out.print(f"\nOnly {letter}, in these texts ({len(sure)})", style="bold")
    for row in sure if whole else sure[:_USUAL]:
        out.print(Text(f"  {words(found, documents, _cell(row, account))}", style="green"))
        _print_place(found, documents, row, whole, out)
    if not whole and len(sure) > _USUAL:
        out.print(f"  {len(sure) - _USUAL} more: --whole", style="dim")
    if unsure:
        out.print(f"Perhaps only {letter} ({len(unsure)})", style="bold")
        for row in unsure if whole else unsure[: _USUAL // 2]:
            out.print(Text(f"  {words(found, documents, _cell(row, account))}", style="dim"))
            _print_place(found, documents, row, whole, out)
            for other in row.perhaps:
                where = LETTERS[found.points[other].account]
                out.print(Text(f"    perhaps {where}: {words(found, documents, other)}", style="dim"))


def _print_place(
    found: AccountComparison, documents: Sequence[Document], row: AccountRow, whole: bool, out: Console
) -> None:
    """Print who judged a point, and with ``whole`` the place by which a judgement names it."""
    for one in row.judgements:
        out.print(Text(f"    {judgement(one)}", style="magenta"), soft_wrap=True)
    if whole:
        out.print(Text(f"    {places(found, documents, row)}", style="dim"), soft_wrap=True)


def places(found: AccountComparison, documents: Sequence[Document], row: AccountRow) -> str:
    """The points of a row as `onrecord judge` names them."""
    points = [found.points[cell] for cell in row.cells if cell is not None]
    return "  ".join(f"{documents[point.account].id}@{point.start}-{point.end}" for point in points)


def judgement(one: JudgedLink) -> str:
    """A judgement in a line for people."""
    quotes = " / ".join(f"“{' '.join(point.quote.split())[:60]}”" for point in (one.one, one.other))
    note = f": {one.note}" if one.note else ""
    return f"{one.status} by {one.judge}, {one.day}{note} ({quotes}, SHA-256 {one.digest[:16]}…)"


def _cell(row: AccountRow, account: int) -> int:
    cell = row.cells[account]
    assert cell is not None
    return cell


def _side_by_side(found: AccountComparison, documents: Sequence[Document], told: Sequence[AccountRow]) -> Table:
    table = Table(show_lines=True, box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for letter, _ in zip(LETTERS, documents, strict=False):
        table.add_column(letter, ratio=4, overflow="fold")
    table.add_column("how it differs", ratio=3, overflow="fold")
    for row in told:
        cells = [Text(words(found, documents, cell) if cell is not None else "—") for cell in row.cells]
        why = Text(
            "\n".join(map(reason, row.differences)) or "the same",
            style="yellow" if row.relation == "differs" else "dim",
        )
        for one in row.judgements:
            why.append(f"\n{judgement(one)}", style="magenta")
        table.add_row(*cells, why)
    return table


def words(found: AccountComparison, documents: Sequence[Document], at: int) -> str:
    """The words of a point on one line."""
    point = found.points[at]
    return " ".join(documents[point.account].text[point.start : point.end].split())


def voices(codes: str) -> str:
    """Codes of parties for people: "jointly", "China", "voice not told"."""
    names = [display_name(code) for code in codes.split(", ") if code]
    return " and ".join(names) if names else "voice not told"


def reason(difference: Difference) -> str:
    """A difference in a line for people."""
    one, other = difference.one or "nothing", difference.other or "nothing"
    if difference.reason == "speaker":
        return f"said by {voices(one)} / {voices(other)}"
    if difference.reason == "hedge":
        steps = f" ({difference.up:+d} steps)" if difference.up else ""
        return f"how firmly: {one} / {other}{steps}"
    if difference.reason == "name":
        one, other = (", ".join(map(display_name, side.split(", "))) for side in (one, other))
    return f"{difference.reason}: {one} / {other}"
