"""``onrecord wayback``: earlier captures of pages from a web archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from onrecord.collecting.client import Client
from onrecord.collecting.clock import SystemClock
from onrecord.collecting.collect import contact_of
from onrecord.collecting.wayback import BASE, Imported, Memento, captures_by_index, captures_by_timemap, store_captures
from onrecord.commands.add import update_indexes
from onrecord.commands.formats import DESK, AllowPrivateOption, ContactOption, DeskOption, SummaryFormatOption
from onrecord.commands.options import SinceOption, UntilOption
from onrecord.desk import open_desk
from onrecord.printing import console, write_json

_MOST = 10


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Which:
    """Which captures.

    Parameters
    ----------
    prefix
        All pages whose addresses begin so.
    timemap
        The addresses are TimeMaps of any Memento archive, not pages.
    """

    prefix: bool = False
    timemap: bool = False
    since: SinceOption = None
    until: UntilOption = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Archive:
    """Which archive, and as whom it is asked.

    Parameters
    ----------
    base
        The address of the archive.
    """

    base: str = BASE
    contact: ContactOption = ""
    allow_private: AllowPrivateOption = False


def wayback(
    addresses: list[str],
    /,
    *,
    desk: DeskOption = DESK,
    which: Which = Which(),
    archive: Archive = Archive(),
    format: SummaryFormatOption = "text",
) -> int:
    """Add the earlier captures of pages that a web archive holds, each at the time at which it was fetched.

    Every wording becomes a version of its document. What the desk has already is not asked for again. The exit code is 1 where
    a capture could not be had, or an address has none.

    Example: `onrecord wayback https://www.state.gov/some-statement/ --since 2021 --desk mydesk`

    Parameters
    ----------
    addresses
        Addresses of pages, or with --prefix their beginnings.
    """
    err = console(sys.stderr)
    with (
        open_desk(desk, write=True, create_new=True) as opened,
        Client(
            contact_of(opened, archive.contact or None), SystemClock(), allow_private=archive.allow_private
        ) as client,
        Bar(
            TextColumn("fetching"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"),
            console=err, transient=True, disable=not err.is_terminal,
        ) as progress,
    ):  # fmt: skip
        task = progress.add_task("", total=None)
        found: list[Memento] = []
        unknown = []
        for address in addresses:
            some = list(_found(client, address, which, archive.base.rstrip("/")))
            found += some
            unknown += [] if some else [address]
        progress.update(task, total=len(found))

        def tell(imported: Imported, address: str) -> None:
            progress.update(task, completed=imported.listed, description=address[-50:])

        imported = store_captures(opened, client, iter(found), tell=tell)
        imported.troubles += [f"{address}: the archive lists no capture of it" for address in unknown]
        if imported.outcomes:
            update_indexes(opened, progress)
    if format == "json":
        write_json(msgspec.to_builtins(imported), indent=True)
    else:
        out = console()
        for trouble in imported.troubles[:_MOST]:
            out.print(trouble, markup=False, style="yellow", soft_wrap=True)
        stored = ", ".join(f"{name} {count}" for name, count in sorted(imported.outcomes.items())) or "nothing new"
        out.print(f"{imported.listed} captures, {imported.known} on the desk already; {stored}", markup=False)
    return 1 if imported.troubles else 0


def _found(client: Client, address: str, which: Which, base: str) -> Iterator[Memento]:
    if which.timemap:
        return captures_by_timemap(client, address)
    return captures_by_index(
        client, address, base=base, prefix=which.prefix, since=which.since or "", until=which.until or ""
    )
