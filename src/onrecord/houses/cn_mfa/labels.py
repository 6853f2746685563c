"""Who speaks in a paragraph, by its label: "CCTV:", "A:", "《环球时报》记者：" — and which colons are only speech."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from onrecord.houses.cn_mfa.phrases import phrases
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.naming import names_somebody

_COLON = re.compile(r"\s*([^:：]+?)\s*[:：]\s*")
#: No label is longer: the longest of the real pages, an outlet with its country, has 48 characters.
_LONGEST = 66


class Label(msgspec.Struct, frozen=True):
    """A label read: ``voice``, the ``outlet`` or ``speaker`` it names, and where the words after it ``start``.

    ``sure`` is False for a label that only looks like one, and counts where the paragraph is set as a question.
    """

    voice: Literal["reporter", "podium"]
    start: int
    outlet: str | None = None
    speaker: str | None = None
    sure: bool = True


def read_label(words: str, podium: str | None) -> Label | None:
    """The label at the start of ``words``, or None. ``podium`` is the official whom the title names."""
    head = words[:_LONGEST]
    match = _COLON.match(head) if ":" in head or "：" in head else None
    if match is None:
        return None
    told, start = match[1], match.end()
    tables = phrases()
    if tables.reporter.fullmatch(told):
        return Label("reporter", start)
    if tables.podium.fullmatch(told):
        return Label("podium", start, speaker=podium)
    if podium is not None and told.casefold() == podium.casefold():
        return Label("podium", start, speaker=podium)
    named = tables.named_podium.fullmatch(told)
    if named is not None:
        name = named["name"]
        return Label("podium", start, speaker=podium if podium and podium.casefold() == name.casefold() else name)
    reporter = tables.outlet.fullmatch(told)
    if reporter is not None:
        return Label("reporter", start, outlet=bare(reporter["outlet"]))
    outlet = bare(told)
    if outlet_ids()(outlet) is not None:
        return Label("reporter", start, outlet=outlet)
    if names_somebody(outlet):
        return Label("reporter", start, outlet=outlet, sure=False)
    return None


def bare(outlet: str) -> str:
    """An outlet as printed, without quotation brackets."""
    return outlet.replace("《", "").replace("》", "").strip()
