"""A mirror of an issuer's site: its pages at another base address, under the same paths."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

import msgspec

from onrecord.captures.addresses import split_address


class Mirror(msgspec.Struct, frozen=True):
    """Where a site's pages are asked for: at ``base`` instead of at their own ``origins``, or at these if it is empty.

    ``origins`` are addresses of the issuer's sites; ``base`` is an address without a path, as ``http://127.0.0.1:8401``.
    """

    origins: tuple[str, ...] = ()
    base: str = ""

    @classmethod
    def of(cls, origins: Iterable[str], base: str) -> Mirror:
        """A mirror at ``base``. Raises ValueError if that is not an ``http(s)`` address."""
        told = split_address(base)
        if base and (told.scheme not in ("http", "https") or not told.hostname):
            raise ValueError(f"{base!r} is no address: write it as http://127.0.0.1:8401")
        return cls(tuple(origins), base.rstrip("/"))

    def target(self, url: str) -> str:
        """The address at which a page of the issuer is asked for."""
        if not self.base or not self._is_own(url):
            return url
        base, own = urlsplit(self.base), urlsplit(url)
        return urlunsplit((base.scheme, base.netloc, base.path + own.path, own.query, ""))

    def original(self, target: str, asked: str) -> str:
        """The issuer's address of a ``target``, which the page ``asked`` at its issuer's address led to."""
        if not self.base or not target.startswith(self.base + "/"):
            return target
        own, found = urlsplit(asked), urlsplit(target.removeprefix(self.base))
        return urlunsplit((own.scheme, own.netloc, found.path, found.query, ""))

    def _is_own(self, url: str) -> bool:
        hosts = {split_address(one).hostname for one in self.origins}
        return split_address(url).hostname in hosts
