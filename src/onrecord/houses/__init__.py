"""House styles: one folder an issuer, found through the entry points ``onrecord.houses``, the built-in ones too."""

from __future__ import annotations

import warnings
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from onrecord.errors import UnknownHouse
from onrecord.houses.house import Card, House, Measured, is_at_home
from onrecord.houses.sources import Source
from onrecord.reading.file_kind import refuse_unread_formats
from onrecord.reading.page import Page

__all__ = [
    "Card",
    "House",
    "Measured",
    "Source",
    "at_home",
    "claimant",
    "claimed_xml",
    "find",
    "names",
    "recognise",
    "usable",
]

#: The house for pages that no other claims; its reader may still identify another issuer by the headline.
FALLBACK = "plain"
#: A claim this sure is accepted without comparing others: by the page's own address and name.
SURE = 0.9


@cache
def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group="onrecord.houses")}


def names() -> list[str]:
    """The names of all houses installed."""
    return sorted(_points())


@cache
def find(name: str) -> House:
    """The house of that name. Raises :class:`~onrecord.errors.UnknownHouse`."""
    point = _points().get(name)
    if point is None:
        raise UnknownHouse(f"there is no house {name!r}", hint=f"Known houses: {', '.join(names())}")
    try:
        house = point.load()
    except Exception as error:  # a third-party plug-in may fail in any way; the built-in houses must still work
        raise UnknownHouse(f"the house {name!r} cannot be loaded: {error}", hint=f"Reinstall {point.value}") from error
    assert isinstance(house, House)
    return house


def usable() -> dict[str, House]:
    """All houses that load, by name; one that does not is named in a warning."""
    found: dict[str, House] = {}
    for name in names():
        try:
            found[name] = find(name)
        except UnknownHouse as error:
            warnings.warn(str(error), stacklevel=2)
    return found


def at_home(page: Page) -> str | None:
    """The name of the house whose site a page's address is on, whatever the format of the page."""
    if page.address is None:
        return None
    return next((name for name, house in usable().items() if is_at_home(house.card, page)), None)


@cache
def claimed_xml() -> dict[str, str]:
    """The root elements of XML that houses claim, each with the element that holds the words."""
    return {root.lower(): element.lower() for house in usable().values() for root, element in house.card.xml.items()}


def recognise(page: Page) -> str:
    """The name of the house that reads the page: the one that claims it most surely.

    A question and an answer in separate fields are not a page of a house: the fields say who speaks.

    Raises :class:`~onrecord.errors.UnknownHouse` where none does, and :class:`~onrecord.errors.NotAStatement` where the page is
    in a format that has no reader.
    """
    return FALLBACK if any(one.side for one in page.said) else claimant(page)


def claimant(page: Page) -> str:
    """The name of the house with the surest claim. Raises the same errors as :func:`recognise`."""
    claims: dict[str, float] = {}
    known = usable()
    if page.own_host or page.format == "markdown":
        for name, house in known.items():  # enough for most pages, without a look at their text
            if house.is_certain(page):
                return name
    for name, house in known.items():
        claims[name] = house.claims(page)
        if claims[name] >= SURE:
            return name
    refuse_unread_formats(page.text, where=page.capture.source)
    best = max(claims, key=lambda name: (claims[name], name != FALLBACK), default=FALLBACK)
    if claims.get(best, 0) <= 0:
        raise UnknownHouse("no house style recognises this page", where=page.capture.source)
    return best
