"""Fetch a page from an ``http(s)`` address.

Every response is limited: in bytes as sent and as decompressed, in the total time from the first connection to the last
byte, and in the targets of redirects. The User-Agent header names this program; it never imitates a browser.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from onrecord.captures.addresses import split_address
from onrecord.captures.exchange import ACCEPTED, Answer, exchange, is_private, leads_inside
from onrecord.captures.opened import Opened, capture_of
from onrecord.captures.private_redirects import ALLOWED
from onrecord.errors import FetchFailed, NotFound

#: The User-Agent header.
AGENT = "onrecord/0.1 (reads public statements for research)"
#: Timeouts in seconds: for one packet from the server, and for the whole page with redirects and retries, because a
#: server may send one byte at a time forever.
SILENCE, WHOLE = 20.0, 120.0
#: Status codes of temporary failures, which are retried: too many requests, and server errors.
_TEMPORARY = frozenset((429, 500, 502, 503, 504))
_ATTEMPTS, _REDIRECTS = 3, 10


def fetch(url: str, *, allow_private: bool | None = None, within: float = WHOLE) -> Opened:
    """Fetch a page: follow redirects, retry temporary failures, and stop at the size limit.

    The capture's source is the final address, and its time that of the response. ``within`` is the timeout in seconds for
    all of it. A redirect from a public address to a private one or to this machine is refused unless ``allow_private``
    is set (by default as in :func:`~onrecord.captures.private_redirects.allowing_private_redirects`); the given address itself
    may be private.

    Raises NotFound, TooLarge or FetchFailed.
    """
    import httpx

    private = ALLOWED.get() if allow_private is None else allow_private
    try:
        return _run(_within(url, private, within))
    except TimeoutError:
        raise FetchFailed(f"the server did not finish within {within:g} seconds", where=url) from None
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise (NotFound if status in (404, 410) else FetchFailed)(
            f"the server answered {status} {error.response.reason_phrase}", where=url
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # ValueError: characters that are invalid in a URL
        raise FetchFailed(f"no response: {error or type(error).__name__}", where=url) from None


def _run(fetching: Coroutine[Any, Any, Opened]) -> Opened:
    """Run the coroutine; in a separate thread if this one already runs an event loop, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(fetching)
    results: list[Opened | BaseException] = []

    def work() -> None:
        try:
            results.append(asyncio.run(fetching))
        except BaseException as error:
            results.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join()
    if isinstance(results[0], BaseException):
        raise results[0]
    return results[0]


async def _within(url: str, allow_private: bool, seconds: float) -> Opened:
    import httpx
    from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

    def is_temporary(error: BaseException) -> bool:
        if isinstance(error, httpx.HTTPStatusError):
            return error.response.status_code in _TEMPORARY
        return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)

    retrying = AsyncRetrying(
        retry=retry_if_exception(is_temporary),
        stop=stop_after_attempt(_ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.3, max=5),
        reraise=True,
    )
    async with asyncio.timeout(seconds):
        return await retrying(_once, url, allow_private)


async def _once(url: str, allow_private: bool) -> Opened:
    import httpx

    headers = {"User-Agent": AGENT, "Accept-Encoding": ACCEPTED}
    async with httpx.AsyncClient(timeout=SILENCE, headers=headers) as client:
        request = client.build_request("GET", url)
        guarded = False
        for _ in range(_REDIRECTS + 1):
            answer = await exchange(client, request, guarded=guarded)
            if answer.location is None:
                httpx.Response(answer.status, request=request).raise_for_status()
                return opened_of(answer, datetime.now(UTC))
            guarded = guarded or not (allow_private or await is_private(request.url.host))
            request = client.build_request("GET", answer.location)
            if guarded and await is_private(request.url.host):
                raise leads_inside(url, str(request.url))
    raise FetchFailed(f"more than {_REDIRECTS} redirects", where=url)


def opened_of(answer: Answer, at: datetime, source: str | None = None) -> Opened:
    """The capture of an answer's body, fetched ``at`` a time; ``source`` replaces the address it was asked at."""
    capture = capture_of(
        answer.data,
        source or answer.url,
        fetched=at.isoformat(timespec="seconds"),
        media_type=answer.media_type,
    )
    name = PurePosixPath(split_address(answer.url).path).name
    return Opened(capture=capture, data=answer.data, name=name, declared_encoding=answer.charset)
