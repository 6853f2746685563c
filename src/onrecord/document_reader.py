"""From a capture to a document: the page, the house that reads it, and its words composed, all in this process."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Mapping

from onrecord import houses
from onrecord.captures.opened import Opened
from onrecord.errors import NotAStatement, NoTurns, OnRecordError, UnknownHouse
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.composing import compose
from onrecord.reading.garbled import is_garbled
from onrecord.reading.page import Page
from onrecord.reading.unwrapping import FEED_ITEMS
from onrecord.reading.xml_strings import root_of
from onrecord.record import Document


class UnusualCount(UserWarning):
    """A page has more turns than any known page of its house: check it before you trust it."""


class BreaksOff(UserWarning):
    """A page is truncated, so words at its end may be missing: fetch it again."""


class Garbled(UserWarning):
    """Characters of a page were decoded wrongly before it was saved: fetch it again, or save it in UTF-8."""


def read_opened(opened: Opened, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read an opened capture in this process, without limits."""
    capture = opened.capture
    try:
        page, name = _recognised(opened, house, encoding)
    except OnRecordError as error:
        if opened.part_of:
            error.where = f"{error.where or capture.source} ({opened.part_of})"
        raise
    chosen = houses.find(name)
    try:
        reading = chosen.read(page)
    except UnknownHouse as error:
        error.where = error.where or capture.source
        raise
    if page.breaks_off:
        warnings.warn(
            f"{capture.source}: the page is incomplete: it breaks off, its last words may be missing",
            BreaksOff,
            stacklevel=3,
        )
    if "\ufffd" in page.text:
        lost = (
            f"{page.text.count(chr(0xFFFD))} characters were lost and replaced (�) before it was saved: fetch it again"
        )
        warnings.warn(f"{capture.source}: {lost}", Garbled, stacklevel=3)
    if is_garbled(page.text):
        told = "its characters were garbled before it was saved (“â€™” for “’”), its encoding taken for another; fetch it again"
        warnings.warn(f"{capture.source}: {told}", Garbled, stacklevel=3)
    document = compose(page, reading, house=name, outlet_id=outlet_ids())
    _expect(chosen, document, capture.source)
    return document


def _recognised(opened: Opened, house: str | None, encoding: str | None) -> tuple[Page, str]:
    """The page and the name of its house. An item of a feed is read by the house whose pages it holds, or else unwrapped."""

    def page_of(xml: Mapping[str, str]) -> Page:
        return Page(
            opened.capture,
            opened.data,
            encoding=encoding,
            declared=opened.declared_encoding,
            name=opened.name,
            xml=xml,
        )

    page = page_of(houses.claimed_xml())
    if page.root or page.format != "html" or root_of(page.text) not in FEED_ITEMS:
        return page, house or houses.recognise(page)
    if house is None:
        with contextlib.suppress(UnknownHouse, NotAStatement):
            return page, houses.recognise(page)
    elif house != houses.FALLBACK:
        return page, house
    page = page_of(FEED_ITEMS)
    return page, house or houses.recognise(page)


def _expect(house: houses.House, document: Document, where: str) -> None:
    """Raise NoTurns if the document has fewer turns than its house expects; warn if it has unusually many."""
    expected = house.card.expect.get(document.kind, {"least": 1})
    spoken = sum(turn.kind != "note" for turn in document.turns)
    if spoken < expected.get("least", 1):
        raise NoTurns(
            f"a {document.kind} of {house.card.id} has at least {expected['least']} turns, this page has {spoken}",
            where=where,
        )
    if spoken > expected.get("usual", spoken):
        warnings.warn(
            f"{where}: {spoken} turns, more than the {expected['usual']} usual for a {document.kind}",
            UnusualCount,
            stacklevel=3,
        )
