"""Split addresses that pages and servers name, which may be anything."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_address(address: str) -> SplitResult:
    """The parts of an address, as :func:`urllib.parse.urlsplit` splits it; empty parts if it is not valid."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")
