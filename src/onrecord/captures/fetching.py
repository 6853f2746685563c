"""Fetch a page from an ``http(s)`` address.

Every response is limited: in bytes as sent and as decompressed, in the total time from the first connection to the last
byte, and in the targets of redirects. The User-Agent header names this program; it never imitates a browser.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
import urllib.request
import zlib
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from onrecord.captures.opened import LARGEST, Opened, capture_of
from onrecord.captures.private_redirects import ALLOWED
from onrecord.errors import FetchFailed, NotFound, TooLarge

if TYPE_CHECKING:
    import httpx

#: The User-Agent header.
AGENT = "onrecord/0.1 (reads public statements for research)"
#: Timeouts in seconds: for one packet from the server, and for the whole page with redirects and retries, because a
#: server may send one byte at a time forever.
_SILENCE, _WHOLE = 20.0, 120.0
#: Status codes of temporary failures, which are retried: too many requests, and server errors.
_TEMPORARY = frozenset((429, 500, 502, 503, 504))
_ATTEMPTS, _REDIRECTS = 3, 10
#: The supported content encodings, with the ``wbits`` argument of zlib.
_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def fetch(url: str, *, allow_private: bool | None = None, within: float = _WHOLE) -> Opened:
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

    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"}
    async with httpx.AsyncClient(timeout=_SILENCE, headers=headers) as client:
        request = client.build_request("GET", url)
        guarded = False
        for _ in range(_REDIRECTS + 1):
            response = await client.send(request, stream=True)
            try:
                if guarded and _reached_private(response):
                    raise _leads_inside(url, request.url)
                if response.next_request is None:
                    response.raise_for_status()
                    return _opened(response, await _body(response, url))
            finally:
                await response.aclose()
            guarded = guarded or not (allow_private or await _is_private(request.url.host))
            request = response.next_request
            if guarded and await _is_private(request.url.host):
                raise _leads_inside(url, request.url)
    raise FetchFailed(f"more than {_REDIRECTS} redirects", where=url)


def _opened(response: httpx.Response, data: bytes) -> Opened:
    capture = capture_of(
        data,
        str(response.url),
        fetched=datetime.now(UTC).isoformat(timespec="seconds"),
        media_type=response.headers.get("content-type", "").split(";")[0].strip() or None,
    )
    name = PurePosixPath(response.url.path).name
    return Opened(capture=capture, data=data, name=name, declared_encoding=response.charset_encoding)


def _leads_inside(url: str, target: httpx.URL) -> FetchFailed:
    return FetchFailed(
        f"it redirects from a public address to a private one, {target}",
        where=url,
        hint="If it is meant, name that address itself or give --allow-private",
    )


async def _is_private(host: str) -> bool:
    """Whether a host is, or by its name may be, this machine or another that the public cannot reach."""
    try:
        found = [host] if _is_address(host) else []
        if not found:
            told = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = [str(address[4][0]) for address in told]
    except (OSError, UnicodeError):  # no such name here: connecting fails, or a proxy knows it
        return False
    return not all(_is_global(address) for address in found)


def _reached_private(response: httpx.Response) -> bool:
    """Whether the connection went to a private address after all: a name may mean another one a moment later."""
    if urllib.request.getproxies():  # then the connection goes to the proxy
        return False
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    return peer is not None and not _is_global(str(peer[0]))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_global(host: str) -> bool:
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_global


async def _body(response: httpx.Response, url: str) -> bytes:
    """The decompressed body of the response. Raises TooLarge beyond the size limit."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > LARGEST:
        raise _too_large(url, f"{int(declared) / 1e6:.0f} MB, more than")
    named = [one.strip().lower() for one in response.headers.get("content-encoding", "").split(",")]
    codings = [one for one in named if one not in ("", "identity")]
    if len(codings) > 1 or not _WINDOW_BITS.keys() >= set(codings):
        raise FetchFailed(
            f"the server compressed its response as {', '.join(codings)!r}; only gzip or deflate is supported",
            where=url,
        )
    unpacking = zlib.decompressobj(_WINDOW_BITS[codings[0]]) if codings else None
    data, sent = bytearray(), 0
    try:
        async for chunk in response.aiter_raw():
            if unpacking is not None and not sent and codings[0] == "deflate" and chunk[0] & 0x0F != 8:
                unpacking = zlib.decompressobj(-15)  # some servers omit the zlib header
            sent += len(chunk)
            data += chunk if unpacking is None else unpacking.decompress(chunk, LARGEST + 1 - len(data))
            if max(sent, len(data)) > LARGEST:
                raise _too_large(url, "more than")
    except zlib.error as error:
        raise FetchFailed(f"the compressed response cannot be decompressed: {error}", where=url) from None
    if sent and unpacking is not None and not unpacking.eof:
        raise FetchFailed("the compressed response is truncated", where=url)
    return bytes(data)


def _too_large(url: str, how: str) -> TooLarge:
    return TooLarge(f"{how} the {LARGEST / 1e6:.0f} MB a statement can have", where=url)
