"""Meetings (being written)."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.marks import Act, Meeting, Mention
from onrecord.record import Document


def find_meetings(document: Document, mentions: Sequence[Mention], acts: Sequence[Act]) -> tuple[Meeting, ...]:
    """The meetings a document tells of."""
    return ()
