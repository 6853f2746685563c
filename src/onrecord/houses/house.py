"""What a house style is: a card that describes it, a test whether a page is its own, and a reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import msgspec

from onrecord.captures.addresses import split_address as urlsplit
from onrecord.reading.composing import Reading
from onrecord.reading.page import Page
from onrecord.reading.unwrapping import FEED_ITEMS


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """How well a house reads, measured once against labels: an entry of ``accuracy.toml`` beside the card.

    ``day`` is when, with which ``version`` of the program; ``texts`` says on what, and who labelled it; ``seen`` whether the
    rules were built beside these texts, so that the figures prove little. ``pages`` and ``turns`` are counts of what was
    labelled, ``failed`` of the pages that were not read. ``f1`` is the F1 of the turns (kind and both ends right),
    ``speakers`` and ``outlets`` the shares of the right turns with the right one, ``metadata`` that of titles, days, issuers,
    kinds and languages; all from 0.0 to 1.0. ``bench/structure.py`` writes the file.
    """

    day: str
    version: str
    texts: str
    seen: bool
    pages: int
    turns: int
    failed: int
    f1: float
    speakers: float
    outlets: float
    metadata: float


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The facts about an issuer's pages, kept in ``card.toml`` beside the reader.

    A page is recognised by ``addresses`` (the issuer's sites), ``mirrors`` (other sites that hold its pages), ``titles``
    and ``names`` (patterns of its headlines, and of its name in them), ``markup`` (words that the markup of its pages has and no
    other's: of a saved page that names no site), and ``mastheads`` (patterns of the first lines of
    a pasted text), in the ``formats`` named, or any: see :func:`claim`. ``eras`` tell how the layout changed;
    ``expect`` holds, by kind of document, the fewest turns that are believed and the most that are usual: below the
    first the reader raises, above the second it warns. ``xml`` claims files in XML: by the name of the root element that of
    the element that holds the words. ``measured`` comes from ``accuracy.toml``, the latest last.
    """

    id: str
    name: str
    country: str
    publisher: str
    addresses: list[str]
    languages: list[str]
    cadence: str
    rights: str
    mirrors: list[str] = msgspec.field(default_factory=list)
    markup: list[str] = msgspec.field(default_factory=list)
    titles: list[str] = msgspec.field(default_factory=list)
    names: list[str] = msgspec.field(default_factory=list)
    mastheads: list[str] = msgspec.field(default_factory=list)
    formats: list[str] = msgspec.field(default_factory=list)
    xml: dict[str, str] = msgspec.field(default_factory=dict)
    eras: list[dict[str, str]] = msgspec.field(default_factory=list)
    expect: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    measured: list[Measured] = msgspec.field(default_factory=list)

    @property
    def accuracy(self) -> Measured | None:
        """The figures that count: the latest on texts that the rules were not built beside, or else the latest.

        Of several made on one day these are the figures on the most turns.
        """
        return max(self.measured, key=lambda one: (not one.seen, one.day, one.turns), default=None)


#: How sure a claim is: by the address or a headline on the issuer's site; by a masthead; by a headline or the name alone.
_SURE, _MASTHEAD, _HEADLINE, _NAMED = 0.95, 0.7, 0.8, 0.6
_MASTHEAD_LINES = 8
#: The markup that tells a house stands near the beginning of a page.
_BEGINNING = 20_000


@cache
def _hosts(addresses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(host for host in (urlsplit(one).hostname for one in addresses) if host)


def is_at_home(card: Card, page: Page) -> bool:
    """Whether a page's address is on one of the sites of the house."""
    own = urlsplit(page.own_address or "").hostname or ""
    return any(own == host or own.endswith("." + host.removeprefix("www.")) for host in _hosts(tuple(card.addresses)))


def claim(card: Card, page: Page) -> float:
    """How surely a page is of the house that the card describes, from 0.0 to 1.0.

    A page at one of its addresses is. A web page that names its site is with a headline of the house's kind, and likely with
    its name in the title; so is a text under its masthead.
    """
    if (
        page.format == "markdown" and page.meta.get("issuer") == card.id
    ):  # a front matter that names the issuer is believed
        return _SURE
    claimed = page.root in card.xml if page.root else False
    if card.formats and page.format not in card.formats and not claimed:
        return 0.0
    own = urlsplit(page.own_address or "").hostname or ""
    if claimed and not own and page.root not in FEED_ITEMS:  # many sites have feeds of like items: those must say whose
        return _SURE
    if is_at_home(card, page):
        return _SURE
    hosts = _hosts(tuple(card.addresses))
    title = page.given_title or (page.lines[0].text if page.lines else "")
    headline = any(re.match(one, title) for one in card.titles)
    named = any(re.search(one, title) for one in card.names)
    masthead = bool(card.mastheads) and any(
        re.match(one, line.text) for line in page.lines[:_MASTHEAD_LINES] for one in card.mastheads
    )
    if page.format != "html":
        return _MASTHEAD if masthead else 0.0
    if any(site in page.text for site in (*(host.removeprefix("www.") for host in hosts), *card.mirrors)) and (
        headline or named
    ):
        return _SURE if headline else _NAMED
    if headline or any(page.text.find(words, 0, _BEGINNING) >= 0 for words in card.markup):
        return _HEADLINE
    return _NAMED if masthead else 0.0


class House:
    """A house style. ``read`` makes a reading of a page; ``claims`` says from 0.0 to 1.0 how surely a page is its own.

    Left out, the card tells: see :func:`claim`.

    ``headline`` and ``officials`` serve text that was pasted without its page: whether a headline is of the house's
    kind, and the names of those who speak for it. ``folder`` holds its tables and examples.
    """

    def __init__(
        self,
        module: str,
        *,
        read: Callable[[Page], Reading],
        claims: Callable[[Page], float] | None = None,
        headline: Callable[[str], bool] = lambda title: False,
        officials: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self.folder = Path(module).parent
        self.claims = claims or (lambda page: claim(self.card, page))
        self.read = read
        self.headline = headline
        self.officials = officials

    @cached_property
    def card(self) -> Card:
        """The card with the accuracy measured, read and checked."""
        told: dict[str, Any] = tomllib.loads((self.folder / "card.toml").read_text(encoding="utf-8"))
        figures = self.folder / "accuracy.toml"
        if figures.exists():
            told |= tomllib.loads(figures.read_text(encoding="utf-8"))
        return msgspec.convert(told, Card)

    @property
    def examples(self) -> list[Path]:
        """Example pages that come with the house, written by us and marked as invented."""
        return sorted(p for p in (self.folder / "examples").glob("*") if p.suffix != ".json")
