"""``onrecord collect``: ask an issuer's site for what is new, once or for as long as it runs."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from onrecord.collecting.collect import Options, contact_of, sources_of
from onrecord.collecting.collect import collect as collect_once
from onrecord.collecting.report import Report
from onrecord.commands.add import update_indexes
from onrecord.commands.formats import DESK, AllowPrivateOption, ContactOption, DeskOption, SummaryFormatOption
from onrecord.commands.options import SinceOption
from onrecord.control_pictures import print_safely
from onrecord.desk import Desk, open_desk
from onrecord.errors import CollectingError, NoContact
from onrecord.houses.sources import period
from onrecord.printing import console, write_json

#: How many missing statements are named one by one; the rest are counted.
_MOST = 10


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Where:
    """Where to ask, and as whom.

    Parameters
    ----------
    base
        The address of a mirror to ask in place of the issuer's site.
    """

    base: str = ""
    contact: ContactOption = ""
    allow_private: AllowPrivateOption = False


def collect(
    issuer: str,
    /,
    *,
    desk: DeskOption = DESK,
    since: SinceOption = None,
    max_pages: int | None = None,
    once: Annotated[bool, Parameter(show_default=False)] = False,
    every: str = "",
    where: Where = Where(),
    format: SummaryFormatOption = "text",
) -> int:
    """Collect what an issuer publishes onto a desk: what is new, and again what may have been changed since.

    The site's robots.txt is kept, a pause is made between two requests, and only what changed is asked for. What was stopped
    goes on with the next run. Pages are read again 2 and 6 hours, 1, 2, 4, 7 and 30 days after they were published.

    The exit code is 1 where something is missing: a statement that is listed and could not be had, a day on which the issuer
    usually publishes, or the lists themselves.

    Example: `onrecord collect us-state --since 2026-01-01 --contact desk@example.org --desk mydesk`

    Parameters
    ----------
    issuer
        The issuer, as `onrecord houses` names it.
    max_pages
        Ask for at most so many statements in this run; the others wait for the next.
    once
        Collect once and end; this is what happens without --every.
    every
        Collect again and again, with such a pause: `30m`, `1h`, `1d`.
    """
    try:
        pause = period(every) if every and not once else 0
    except ValueError as error:
        raise CollectingError(str(error), where="--every") from None
    sources_of(issuer)  # before a desk is made for it
    while True:
        begun = time.monotonic()
        with open_desk(desk, write=True, create_new=True) as opened:
            _ask_for_contact(opened, where.contact)
            options = Options(since=since, max_pages=max_pages, base=where.base, allow_private=where.allow_private)
            report = _with_progress(opened, issuer, options)
        _print(report, format)
        if not pause:
            return 0 if report.is_complete else 1
        since = report.since
        time.sleep(max(0.0, pause - (time.monotonic() - begun)))


def _ask_for_contact(desk: Desk, given: str) -> None:
    """Keep the contact that is given, or ask for one where nobody was named yet and somebody sits at the terminal."""
    try:
        contact_of(desk, given or None)
    except NoContact:
        if not sys.stdin.isatty():
            raise
        print_safely("Whom may a server write to? A mail address or a web page:", sys.stderr)
        contact_of(desk, input("> ").strip() or None)


def _with_progress(desk: Desk, issuer: str, options: Options) -> Report:
    err = console(sys.stderr)
    with Bar(
        TextColumn("collecting"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    ) as progress:
        task = progress.add_task("", total=None)

        def tell(report: Report, waiting: int, url: str) -> None:
            total = min(report.asked + waiting, options.max_pages or report.asked + waiting)
            progress.update(
                task, completed=report.asked, total=total, description=url.rstrip("/").rsplit("/", 1)[-1][:50]
            )

        report = collect_once(desk, issuer, options, tell=tell)
        if report.new or report.changed or report.replaced:
            update_indexes(desk, progress)
    return report


def _print(report: Report, format: str) -> None:
    if format == "json":
        write_json(msgspec.to_builtins(report) | {"complete": report.is_complete, "line": report.line}, indent=True)
        return
    out = console()
    for one in report.missing[:_MOST]:
        out.print(
            f"missing: {one.day or 'no day'}  {one.title or one.address}: {one.why}", markup=False, soft_wrap=True
        )
        out.print(f"         {one.address}", markup=False, style="dim", soft_wrap=True)
    if len(report.missing) > _MOST:
        out.print(f"… and {len(report.missing) - _MOST} more: --format json lists all", style="dim")
    if report.missing_days:
        days = ", ".join(f"{one.day} ({one.language})" for one in report.missing_days[-_MOST:])
        more = f"{len(report.missing_days) - _MOST} days before, " if len(report.missing_days) > _MOST else ""
        out.print(f"no {report.missing_days[0].kind} on: {more}{days}", markup=False, soft_wrap=True)
    for doubtful in report.in_doubt[:_MOST]:
        out.print(f"in doubt: {doubtful.document}: {doubtful.why}", markup=False, soft_wrap=True)
    for trouble in report.troubles:
        out.print(trouble, markup=False, style="yellow", soft_wrap=True)
    out.print(f"{report.issuer} since {report.since}: {report.line}", markup=False)
