"""Ask for pages politely: robots.txt first, one connection a host, pauses, conditional requests, and a name with a contact."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Coroutine
from datetime import datetime
from random import Random
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from onrecord.captures.addresses import split_address
from onrecord.captures.exchange import ACCEPTED, Answer, exchange, is_private, leads_inside
from onrecord.captures.fetching import AGENT, SILENCE, WHOLE
from onrecord.collecting.clock import Clock
from onrecord.collecting.mirrors import Mirror
from onrecord.collecting.politeness import Host, retry_after
from onrecord.collecting.robots import Robots
from onrecord.errors import Disallowed, FetchFailed, HostPaused, SourceError, TooLarge

if TYPE_CHECKING:
    import httpx

Result = TypeVar("Result")
_HOPS = 5
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[!-~]+", re.A)


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking for a page: the answer, when it came, and where redirects led.

    ``url`` is the address at the issuer's site that answered in the end, ``moved`` the target of redirects that are all
    permanent. ``retry_after`` are the seconds that the server asks to wait.
    """

    asked: str
    url: str
    at: datetime
    answer: Answer
    moved: str | None = None
    retry_after: float | None = None

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.answer.status

    @property
    def etag(self) -> str | None:
        """The server's mark of this version."""
        return self.answer.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """When the server says the page last changed, as it writes it."""
        return self.answer.headers.get("last-modified")


def agent_of(contact: str) -> str:
    """The User-Agent header: the program, what it does, and whom to write to. Raises ValueError.

    ``contact`` is a mail address or a web page.
    """
    if not _CONTACT.fullmatch(contact):
        raise ValueError(f"{contact!r} is no address to write to: give a mail address or a web page")
    return f"{AGENT.removesuffix(')')}; {contact})"


class Client:
    """Asks for pages of any hosts, one after another. Use it in a ``with`` block.

    ``contact`` is told to every server, never another name. ``mirror`` names another place to ask at. A redirect from a public
    address to a private one is refused unless ``allow_private``.
    """

    def __init__(
        self,
        contact: str,
        clock: Clock,
        *,
        mirror: Mirror | None = None,
        allow_private: bool = False,
        random: Random | None = None,
        within: float = WHOLE,
    ) -> None:
        self.agent = agent_of(contact)
        self.hosts: dict[str, Host] = {}
        self.mirror = mirror or Mirror()
        self._clock = clock
        self._allow_private = allow_private
        self._random = random or Random()
        self._within = within
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._loop = _Loop()
        self._headers = {"User-Agent": self.agent, "Accept-Encoding": ACCEPTED}
        if "@" in contact and "/" not in contact:
            self._headers["From"] = contact

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            self._loop.run(client.aclose())
        self._clients.clear()
        self._loop.close()

    def host(self, url: str) -> Host:
        """The host that a page is asked from."""
        name = _netloc(self.mirror.target(url))
        return self.hosts.setdefault(name, Host(name, self._clock, self._random))

    def ask(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Reply:
        """Ask for a page, only for what changed if a mark of the version at hand is given; follow redirects.

        Raises Disallowed, HostPaused, TooLarge and FetchFailed. A status of any kind is a reply.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": None if etag else last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        target, guarded, permanent = self.mirror.target(url), False, True
        for _ in range(_HOPS + 1):
            host = self._host_of(target)
            rules = self._rules(host, target)
            if not rules.allowed(target):
                raise Disallowed("its robots.txt asks programs not to fetch it", where=url)
            answer = self._exchange(host, target, headers, guarded)
            if answer.location is None:
                found = self.mirror.original(target, url)
                return Reply(
                    asked=url,
                    url=found,
                    at=self._clock.now(),
                    answer=answer,
                    moved=found if permanent and found != url else None,
                    retry_after=retry_after(answer.headers),
                )
            permanent = permanent and answer.status in (301, 308)
            guarded = guarded or not (self._allow_private or self._is_inside(target))
            target = answer.location
            if guarded and self._is_inside(target):
                raise leads_inside(url, target)
        raise FetchFailed(f"more than {_HOPS} redirects", where=url)

    def _host_of(self, target: str) -> Host:
        name = _netloc(target)
        if split_address(target).scheme not in ("http", "https") or not name:
            raise FetchFailed("this is no address of a web page", where=target)
        return self.hosts.setdefault(name, Host(name, self._clock, self._random))

    def _rules(self, host: Host, target: str) -> Robots:
        """The rules of a host, fetched where they are not known. Raises HostPaused where they cannot be had."""
        if host.robots is not None and host.robots.is_current(self._clock.now()):
            return host.robots
        place = split_address(target)
        url = f"{place.scheme}://{place.netloc}/robots.txt"
        for _ in range(2):
            try:
                answer = self._exchange(host, url, {}, False)
                for _ in range(_HOPS):
                    if answer.location is None or _netloc(answer.location) != host.name:
                        break
                    answer = self._exchange(host, answer.location, {}, False)
            except HostPaused:
                raise
            except SourceError:
                continue
            host.robots = Robots.of_answer("onrecord", self._clock.now(), answer.status, answer.data)
            if host.robots.reachable:
                return host.robots
        raise HostPaused("its robots.txt cannot be had, so nothing of it may be fetched", where=host.name)

    def _exchange(self, host: Host, target: str, headers: dict[str, str], guarded: bool) -> Answer:
        import httpx

        host.wait()
        status, asks = None, None
        try:
            answer = self._loop.run(self._send(host, target, headers, guarded))
            status, asks = answer.status, retry_after(answer.headers)
            return answer
        except TooLarge:
            status = 200  # that of the page, no failure of its host
            raise
        except TimeoutError:
            raise FetchFailed(f"the server did not finish within {self._within:g} seconds", where=target) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise FetchFailed(f"no response: {error or type(error).__name__}", where=target) from None
        finally:
            host.answered(status, asks)

    async def _send(self, host: Host, target: str, headers: dict[str, str], guarded: bool) -> Answer:
        import httpx

        if host.name not in self._clients:
            one = httpx.Limits(max_connections=1, max_keepalive_connections=1)
            self._clients[host.name] = httpx.AsyncClient(timeout=SILENCE, headers=self._headers, limits=one)
        client = self._clients[host.name]
        async with asyncio.timeout(self._within):
            return await exchange(client, client.build_request("GET", target, headers=headers), guarded=guarded)

    def _is_inside(self, target: str) -> bool:
        return self._loop.run(is_private(split_address(target).hostname or ""))


class _Loop:
    """An event loop in a thread of its own: this one may run another already, as in a notebook."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:  # stopped while waiting
            future.cancel()
            raise

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def _netloc(url: str) -> str:
    return split_address(url).netloc.lower()
