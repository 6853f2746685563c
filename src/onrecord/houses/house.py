"""What a house style is: a card that describes it, a test whether a page is its own, and a reader."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from onrecord.reading.composing import Reading
from onrecord.reading.page import Page


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The facts about an issuer's pages, kept in ``card.toml`` beside the reader.

    ``eras`` tell how the layout changed; ``expect`` holds, by kind of document, the fewest turns that are believed and
    the most that are usual: below the first the reader raises, above the second it warns.
    """

    id: str
    name: str
    country: str
    publisher: str
    addresses: list[str]
    languages: list[str]
    cadence: str
    rights: str
    eras: list[dict[str, str]] = msgspec.field(default_factory=list)
    expect: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


class House:
    """A house style. ``claims`` says from 0.0 to 1.0 how surely a page is its own; ``read`` makes a reading of it.

    ``headline`` and ``officials`` serve text that was pasted without its page: whether a headline is of the house's
    kind, and the names of those who speak for it.
    """

    def __init__(
        self,
        module: str,
        *,
        claims: Callable[[Page], float],
        read: Callable[[Page], Reading],
        headline: Callable[[str], bool] = lambda title: False,
        officials: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._folder = Path(module).parent
        self.claims = claims
        self.read = read
        self.headline = headline
        self.officials = officials

    @cached_property
    def card(self) -> Card:
        """The card, read and checked."""
        told: dict[str, Any] = tomllib.loads((self._folder / "card.toml").read_text(encoding="utf-8"))
        return msgspec.convert(told, Card)

    @property
    def examples(self) -> list[Path]:
        """Example pages that come with the house, written by us and marked as invented."""
        return sorted(p for p in (self._folder / "examples").glob("*") if p.suffix != ".json")
