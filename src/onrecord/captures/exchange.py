"""One request and its response, within limits: bytes as sent and as decompressed, one content encoding, no way inside.

:func:`exchange` follows no redirect: whoever follows one decides whether, and when. A public address that leads to a private
one is refused by :func:`refuse_inside` before it is asked, and by ``guarded`` where its name meant a private one after all.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import urllib.request
import zlib
from typing import TYPE_CHECKING

import msgspec

from onrecord.captures.opened import LARGEST
from onrecord.errors import FetchFailed, TooLarge

if TYPE_CHECKING:
    import httpx

#: The supported content encodings, with the ``wbits`` argument of zlib.
_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
ACCEPTED = "gzip, deflate"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered to one request: the status, the headers by lower-case name, and the decompressed body.

    ``location`` is the absolute target of a redirect; the body of a redirect is not read.
    """

    url: str
    status: int
    reason: str
    headers: dict[str, str]
    data: bytes
    charset: str | None = None
    location: str | None = None

    @property
    def media_type(self) -> str | None:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip() or None


async def exchange(client: httpx.AsyncClient, request: httpx.Request, *, guarded: bool = False) -> Answer:
    """Send one request and read its whole response. With ``guarded`` a connection to a private address is refused.

    Raises TooLarge and FetchFailed; what fails below HTTP is raised as httpx raises it.
    """
    response = await client.send(request, stream=True, follow_redirects=False)
    try:
        if guarded and _reached_private(response):
            raise leads_inside(str(request.url), str(request.url))
        following = response.next_request
        body = b"" if following is not None or response.status_code == 304 else await _body(response, str(request.url))
    finally:
        await response.aclose()
    return Answer(
        url=str(response.url),
        status=response.status_code,
        reason=response.reason_phrase,
        headers={name.lower(): value for name, value in response.headers.items()},
        data=body,
        charset=response.charset_encoding,
        location=None if following is None else str(following.url),
    )


def leads_inside(url: str, target: str) -> FetchFailed:
    """The error of a redirect from a public address to a private one."""
    return FetchFailed(
        f"it redirects from a public address to a private one, {target}",
        where=url,
        hint="If it is meant, name that address itself or give --allow-private",
    )


async def is_private(host: str) -> bool:
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
    unpacking = _Unpacking(codings[0]) if codings else None
    data, sent = bytearray(), 0
    try:
        async for chunk in response.aiter_raw():
            sent += len(chunk)
            if unpacking is None:
                data += chunk
            else:
                unpacking.add(chunk, data)
            if max(sent, len(data)) > LARGEST:
                raise _too_large(url, "more than")
    except zlib.error as error:
        raise FetchFailed(f"the compressed response cannot be decompressed: {error}", where=url) from None
    if sent and unpacking is not None and not unpacking.ended:
        raise FetchFailed("the compressed response is truncated", where=url)
    return bytes(data)


class _Unpacking:
    """Decompresses chunk by chunk, never beyond one byte more than a statement can have; gzip in several members too."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._stream = zlib.decompressobj(_WINDOW_BITS[coding])
        self._begun = False

    @property
    def ended(self) -> bool:
        return self._stream.eof

    def add(self, chunk: bytes, data: bytearray) -> None:
        if not self._begun and chunk:
            self._begun = True
            if self._coding == "deflate" and chunk[0] & 0x0F != 8:
                self._stream = zlib.decompressobj(-15)  # some servers omit the zlib header
        while chunk and len(data) <= LARGEST:
            if self._stream.eof:
                if self._coding == "deflate" or not chunk.startswith(b"\x1f"):
                    return  # padding behind the end
                self._stream = zlib.decompressobj(_WINDOW_BITS[self._coding])
            data += self._stream.decompress(chunk, LARGEST + 1 - len(data))
            chunk = self._stream.unused_data


def _too_large(url: str, how: str) -> TooLarge:
    return TooLarge(f"{how} the {LARGEST / 1e6:.0f} MB a statement can have", where=url)
