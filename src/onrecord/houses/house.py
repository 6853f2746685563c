"""A house style: a card that describes it, a test whether a page belongs to it, and a reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from onrecord.captures.addresses import split_address as urlsplit
from onrecord.houses.sources import Signs, Source
from onrecord.reading.composing import Reading
from onrecord.reading.page import Page
from onrecord.reading.unwrapping import FEED_ITEMS


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """The accuracy of a house's reader, measured against labels: an entry of ``accuracy.toml`` beside the card.

    ``day`` is when, with which ``version`` of the program; ``texts`` says on what, and who labelled it; ``seen`` whether the
    rules were developed on these texts, so that the figures prove little. ``pages`` and ``turns`` are counts of what was
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


class Card(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The facts about an issuer's pages, kept in ``card.toml`` beside the reader.

    A page is recognised by ``addresses`` (the issuer's sites), ``mirrors`` (other sites that hold its pages), ``titles``
    and ``names`` (patterns of its headlines, and of its name in them), ``markup`` (words that the markup of its pages has and no
    other's: of a saved page that names no site), and ``mastheads`` (patterns of the first lines of
    a pasted text), in the ``formats`` named, or any: see :func:`claim`. ``eras`` tell how the layout changed;
    ``expect`` holds, by kind of document, the fewest plausible turns and the most usual ones: below the
    first the reader raises, above the second it warns. ``xml`` claims files in XML: by the name of the root element that of
    the element that holds the words. ``sources`` are where the issuer lists what it publishes, ``signs`` what its site says when
    it gives no page (:mod:`onrecord.houses.sources`). ``measured`` comes from ``accuracy.toml``, the latest last.
    ``at_home_too`` says that the issuer also tells of what its government does at home, as a foreign ministry does not.
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
    sources: list[Source] = msgspec.field(default_factory=list)
    signs: Signs = msgspec.field(default_factory=Signs)
    at_home_too: bool = False
    measured: list[Measured] = msgspec.field(default_factory=list)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The hosts of the addresses."""
        return frozenset(host for host in (urlsplit(one).hostname for one in self.addresses) if host)

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """The ends of the names of other hosts of the issuer: ``.example.org`` for ``www.example.org``."""
        return tuple("." + host.removeprefix("www.") for host in self.hosts)

    @property
    def accuracy(self) -> Measured | None:
        """The relevant figures: the latest on texts that the rules were not developed on, or else the latest.

        If there are several of one day, those on the most turns.
        """
        return max(self.measured, key=lambda one: (not one.seen, one.day, one.turns), default=None)


#: How sure a claim is: by the address or a headline on the issuer's site; by a masthead; by a headline or the name alone.
_SURE, _MASTHEAD, _HEADLINE, _NAMED = 0.95, 0.7, 0.8, 0.6
_MASTHEAD_LINES = 8
#: Characters at the beginning of a page in which the markup of a house is looked for.
_BEGINNING = 20_000


def is_at_home(card: Card, page: Page) -> bool:
    """Whether a page's address is on one of the sites of the house."""
    own = page.own_host
    return own in card.hosts or (bool(own) and own.endswith(card.domains))


def is_certain(card: Card, page: Page) -> bool:
    """Whether a page is at one of the addresses of the house, or its front matter names the issuer."""
    if page.format == "markdown" and page.meta.get("issuer") == card.id:
        return True
    return _is_readable(card, page) and is_at_home(card, page)


def _is_readable(card: Card, page: Page) -> bool:
    """Whether a page has one of the formats of the house; a file in XML that the house claims has."""
    return not card.formats or page.format in card.formats or _is_claimed_xml(card, page)


def _is_claimed_xml(card: Card, page: Page) -> bool:
    return bool(page.root) and page.root in card.xml


def claim(card: Card, page: Page) -> float:
    """How surely a page is of the house that the card describes, from 0.0 to 1.0.

    A page at one of its addresses is. A web page that names its site is with a headline of the house's kind, and likely with
    its name in the title; so is a text under its masthead.
    """
    if is_certain(card, page):
        return _SURE
    if not _is_readable(card, page):
        return 0.0
    # Many sites have feeds with the same elements: an item must name its site.
    if _is_claimed_xml(card, page) and not page.own_host and page.root not in FEED_ITEMS:
        return _SURE
    if page.format != "html":
        return _MASTHEAD if _has_masthead(card, page) else 0.0
    title = page.given_title or (page.lines[0].text if page.lines else "")
    headline = any(re.match(one, title) for one in card.titles)
    if headline or any(re.search(one, title) for one in card.names):
        sites = (*(domain.removeprefix(".") for domain in card.domains), *card.mirrors)
        if any(site in page.text for site in sites):
            return _SURE if headline else _NAMED
    if headline or any(page.text.find(words, 0, _BEGINNING) >= 0 for words in card.markup):
        return _HEADLINE
    return _NAMED if _has_masthead(card, page) else 0.0


def _has_masthead(card: Card, page: Page) -> bool:
    """Whether one of the first lines is a masthead of the house."""
    if not card.mastheads:
        return False
    return any(re.match(one, line.text) for line in page.lines[:_MASTHEAD_LINES] for one in card.mastheads)


def late(place: str, *arguments: str) -> Callable[..., Any]:
    """The function at ``module:name``, imported when it is first called; ``arguments`` follow those of the caller.

    A house that names its functions in this way costs nothing until one of its pages is read.
    """

    return lambda *given: _function(place)(*given, *arguments)


@cache
def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


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
        self._own_claims = claims
        self.read = read
        self.headline = headline
        self.officials = officials

    def claims(self, page: Page) -> float:
        """How surely a page is of this house, from 0.0 to 1.0; 0.0 in a format that the card does not list."""
        if self._own_claims is None:
            return claim(self.card, page)
        return self._own_claims(page) if _is_readable(self.card, page) else 0.0

    def is_certain(self, page: Page) -> bool:
        """Whether the card alone tells, by the page's address or issuer, that the page is of the house."""
        return self._own_claims is None and is_certain(self.card, page)

    @cached_property
    def card(self) -> Card:
        """The card with the measured accuracy, read and validated."""
        told: dict[str, Any] = tomllib.loads((self.folder / "card.toml").read_text(encoding="utf-8"))
        figures = self.folder / "accuracy.toml"
        if figures.exists():
            told |= tomllib.loads(figures.read_text(encoding="utf-8"))
        return msgspec.convert(told, Card)

    @property
    def examples(self) -> list[Path]:
        """Example pages that come with the house, written by us and marked as invented."""
        return sorted(p for p in (self.folder / "examples").glob("*") if p.suffix != ".json")
