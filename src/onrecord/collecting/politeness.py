"""How a host is treated: one request at a time, pauses between them, waiting when it asks to, stopping when it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from random import Random

from onrecord.collecting.clock import Clock
from onrecord.collecting.robots import Robots
from onrecord.errors import HostPaused

#: The pause between two requests in seconds where a site asks for none, and the share of it that is added at random.
DELAY, _JITTER = 2.0, 0.25
#: A host that fails so often in a row is not asked any more in this run.
FAILURES = 5
#: A run waits no longer than this for a host that asks it to; beyond, it ends and goes on when it is started again.
PATIENCE = 300.0


class Host:
    """What is known of one host in a run: its rules, when it was last asked, and until when it asked to wait.

    The pause is counted from the end of the last response, so that a slow host is asked less often.
    """

    def __init__(self, name: str, clock: Clock, random: Random) -> None:
        self.name = name
        self.robots: Robots | None = None
        self.failures = 0
        self.requests = 0
        self._failed_before = 0
        self._clock = clock
        self._random = random
        self._ended = clock.elapsed()
        self._pauses = 0.0
        self._until: datetime | None = None

    @property
    def delay(self) -> float:
        """The seconds between two requests: what the site asks for, or else :data:`DELAY`."""
        asked = self.robots.delay if self.robots is not None else None
        return DELAY if asked is None else asked

    @property
    def waits_until(self) -> datetime | None:
        """The moment before which the host asked not to be asked, if that is to come."""
        return self._until if self._until is not None and self._until > self._clock.now() else None

    def wait_until(self, moment: datetime) -> None:
        """Do not ask the host before a moment, as it said in this run or an earlier one."""
        self._until = max(moment, self._until) if self._until is not None else moment

    def wait(self) -> None:
        """Wait until the host may be asked. Raises HostPaused if it failed too often or asks to wait for long."""
        if self.failures >= FAILURES:
            raise HostPaused(f"{self.failures} failures in a row", where=self.name)
        pause = self._ended + self.delay * self._pauses - self._clock.elapsed()
        if self._until is not None:
            asked = (self._until - self._clock.now()).total_seconds()
            if asked > PATIENCE:
                raise HostPaused(f"it asks to wait until {self._until:%Y-%m-%d %H:%M:%S} UTC", where=self.name)
            pause = max(pause, asked)
        if pause > 0:
            self._clock.sleep(pause)
        self.requests += 1

    def answered(self, status: int | None, retry_after: float | None) -> None:
        """Note the end of a response with its status, None for no response at all."""
        failed = status is None or status == 429 or status >= 500
        self._failed_before, self.failures = self.failures, self.failures + 1 if failed else 0
        self._ended = self._clock.elapsed()
        self._pauses = 2**self.failures * (1 + _JITTER * self._random.random())
        if failed and retry_after is not None:
            self.wait_until(self._clock.now() + timedelta(seconds=retry_after))

    def refused(self) -> None:
        """Note that the last answer, with status 200, was a wall against programs: as much a failure as an error."""
        self.failures = self._failed_before + 1


def retry_after(headers: dict[str, str]) -> float | None:
    """The seconds that a response asks to wait, by its header ``Retry-After``: seconds, or a date (RFC 9110, 10.2.3).

    A date is compared with the server's own clock, if it tells it.
    """
    told = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(told)) if float(told) < 1e9 else None
    except ValueError:
        pass
    until, date = _date(told), _date(headers.get("date", ""))
    return None if until is None or date is None else max(0.0, (until - date).total_seconds())


def _date(words: str) -> datetime | None:
    try:
        return parsedate_to_datetime(words)
    except ValueError:
        return None
