"""News outlets: every usual way to name them, in English and Chinese, with a canonical id."""

from __future__ import annotations

from functools import cache

from onrecord.reading.composing import OutletIds


@cache
def outlet_ids() -> OutletIds:
    """The finder of ids by printed name."""
    return OutletIds({})
