"""Undertakings (being written)."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.marks import Act, Mention, Undertaking
from onrecord.record import Document


def find_undertakings(document: Document, mentions: Sequence[Mention], acts: Sequence[Act]) -> tuple[Undertaking, ...]:
    """The undertakings a document tells of."""
    return ()
