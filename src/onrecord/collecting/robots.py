"""What a site asks of programs: its ``robots.txt`` (RFC 9309), parsed by protego."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from onrecord.errors import CollectingMissing

if TYPE_CHECKING:
    from protego import Protego

#: RFC 9309: rules are kept no longer than a day, and no more than 500 kibibytes of them are read.
KEPT = timedelta(hours=24)
_READ = 500 * 1024


class Robots:
    """The rules of one site for one program. ``allowed`` says whether it may fetch an address.

    A site without rules (status 4xx) allows everything; one whose rules cannot be had (5xx, no answer) allows nothing until
    they can, as RFC 9309 has it.
    """

    def __init__(self, agent: str, fetched: datetime, rules: Protego | None, *, reachable: bool) -> None:
        self.agent = agent
        self.fetched = fetched
        self.reachable = reachable
        self._rules = rules

    @classmethod
    def of_answer(cls, agent: str, fetched: datetime, status: int, data: bytes) -> Robots:
        """The rules that a site answered with."""
        if status >= 500 or status == 429:
            return cls(agent, fetched, None, reachable=False)
        if status >= 300:
            return cls(agent, fetched, None, reachable=True)
        return cls(agent, fetched, _parsed(data), reachable=True)

    def is_current(self, now: datetime) -> bool:
        """Whether the rules may still be used."""
        return self.reachable and now - self.fetched < KEPT

    def allowed(self, url: str) -> bool:
        """Whether the program may fetch an address of the site."""
        if not self.reachable:
            return False
        return self._rules is None or bool(self._rules.can_fetch(url, self.agent))

    @property
    def delay(self) -> float | None:
        """The seconds between two requests that the site asks for, if it does."""
        if self._rules is None:
            return None
        rate = self._rules.request_rate(self.agent)
        told = self._rules.crawl_delay(self.agent)
        asked = [float(told)] if told is not None else []
        if rate is not None and rate.requests:
            asked.append(rate.seconds / rate.requests)
        return max(asked, default=None)

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that the site names."""
        return [] if self._rules is None else list(self._rules.sitemaps)


def _parsed(data: bytes) -> Protego:
    try:
        from protego import Protego
    except ImportError:
        raise CollectingMissing("protego, which reads robots.txt, is not installed") from None
    return Protego.parse(data[:_READ].decode("utf-8", "replace"))
