"""Whether a redirect from a public address may lead to a private one: for a site of one's own behind a public name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALLOWED: ContextVar[bool] = ContextVar("private redirects", default=False)


@contextmanager
def allowing_private_redirects(allowed: bool = True) -> Iterator[None]:
    """Let redirects lead to private addresses and to this machine while the block runs, in this thread."""
    token = ALLOWED.set(allowed)
    try:
        yield
    finally:
        ALLOWED.reset(token)
