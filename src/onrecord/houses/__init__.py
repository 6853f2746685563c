"""House styles: one folder an issuer, found through the entry points ``onrecord.houses``, the built-in ones too."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from onrecord.errors import UnknownHouse
from onrecord.houses.house import Card, House
from onrecord.reading.page import Page

__all__ = ["Card", "House", "find", "names", "recognise"]

#: The house that takes what no other claims; its own reader may still name another issuer by the headline.
FALLBACK = "plain"


@cache
def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group="onrecord.houses")}


def names() -> list[str]:
    """The names of all houses installed."""
    return sorted(_points())


@cache
def find(name: str) -> House:
    """The house of that name. Raises :class:`~onrecord.errors.UnknownHouse`."""
    try:
        house = _points()[name].load()
    except KeyError:
        raise UnknownHouse(f"there is no house {name!r}", hint=f"Known houses: {', '.join(names())}") from None
    assert isinstance(house, House)
    return house


def recognise(page: Page) -> str:
    """The name of the house that claims the page most surely.

    Raises :class:`~onrecord.errors.UnknownHouse` where none does.
    """
    claims = {name: find(name).claims(page) for name in names()}
    best = max(claims, key=lambda name: (claims[name], name != FALLBACK))
    if claims[best] <= 0:
        raise UnknownHouse("no house style recognises this page", where=page.capture.source)
    return best
