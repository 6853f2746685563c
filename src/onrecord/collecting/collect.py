"""Collect from one issuer: what a run needs besides the desk, found and checked."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from onrecord import houses
from onrecord.collecting.client import Client, agent_of
from onrecord.collecting.clock import Clock, SystemClock
from onrecord.collecting.collector import Collector
from onrecord.collecting.mirrors import Mirror
from onrecord.collecting.report import Report
from onrecord.collecting.run import Progress
from onrecord.desk import Desk
from onrecord.desk.connection import failing_clearly
from onrecord.desk.settings import CONTACT, keep_setting, setting
from onrecord.errors import CollectingError, NoContact, NoSources
from onrecord.houses import Card

#: Without a day to begin at, a first run reaches back so far.
_REACH = timedelta(days=30)


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to collect. ``since`` is the first day wanted, YYYY-MM-DD; by default that of the last run, or 30 days ago.

    At most ``max_pages`` pages of statements are asked for in one run. ``base`` is the address of a mirror to ask in place of
    the issuer's sites. ``contact`` is told to every server, and kept by the desk. A redirect from a public address to a private
    one is refused unless ``allow_private``.
    """

    since: str | None = None
    max_pages: int | None = None
    base: str = ""
    contact: str | None = None
    allow_private: bool = False


def contact_of(desk: Desk, given: str | None = None) -> str:
    """The address that servers are told: the one ``given``, which the desk then keeps, or the one that it keeps.

    Raises NoContact, and CollectingError for what is no address.
    """
    contact = given or setting(desk.record, CONTACT)
    if contact is None:
        raise NoContact("a server must know whom to write to")
    try:
        agent_of(contact)
    except ValueError as error:
        raise CollectingError(str(error), hint=NoContact.hint) from None
    if given and given != setting(desk.record, CONTACT):
        with desk.writer.transaction():
            keep_setting(desk.record, CONTACT, contact)
    return contact


def sources_of(issuer: str) -> Card:
    """The card of an issuer that names its lists. Raises UnknownHouse and NoSources."""
    card = houses.find(issuer).card
    if not card.sources:
        able = ", ".join(name for name, house in houses.usable().items() if house.card.sources)
        raise NoSources(f"the card of {issuer} names no list of what it publishes", hint=f"Those that do: {able}")
    return card


def collect(
    desk: Desk,
    issuer: str,
    options: Options | None = None,
    *,
    clock: Clock | None = None,
    tell: Progress = lambda report, waiting, url: None,
) -> Report:
    """Collect once what an issuer publishes, politely, and go on where an earlier run stopped.

    ``clock`` replaces that of the machine; ``tell`` is called before every request with the report so far, the count of pages
    that are due, and the address.

    >>> import onrecord
    >>> from onrecord.collecting.collect import Options, collect
    >>> with onrecord.open("desk", write=True, create_new=True) as desk:        # doctest: +SKIP
    ...     print(collect(desk, "us-state", Options(contact="desk@example.org")).line)
    asked 42, new 42, changed 0, missing nothing, in doubt 0

    Raises NoSources, NoContact, CollectingError, UnknownHouse and DeskError; what goes wrong at the site is in the report.
    """
    options, time = options or Options(), clock or SystemClock()
    card = sources_of(issuer)
    try:
        mirror = Mirror.of(card.addresses, options.base)
    except ValueError as error:
        raise CollectingError(str(error)) from None
    first = _first_day(desk, issuer, options.since, time.now().date())
    contact = contact_of(desk, options.contact)
    with (
        failing_clearly(desk.folder),
        Client(contact, time, mirror=mirror, allow_private=options.allow_private) as client,
    ):
        return Collector(desk, card, client, time, since=first, max_pages=options.max_pages, tell=tell).run()


def _first_day(desk: Desk, issuer: str, since: str | None, today: date) -> date:
    if since is not None:
        return date.fromisoformat(since)
    told = desk.record.execute(
        "SELECT json_extract(options, '$.since') FROM run WHERE issuer = ? ORDER BY number DESC LIMIT 1", (issuer,)
    ).fetchone()
    return date.fromisoformat(told[0]) if told and told[0] else today - _REACH
