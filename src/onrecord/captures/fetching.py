"""Fetch a page from an ``http(s)`` address."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from onrecord.captures.opening import LARGEST, Opened, capture_of
from onrecord.errors import FetchFailed, NotFound, TooLarge

if TYPE_CHECKING:
    import httpx

#: How a server sees who asks.
AGENT = "onrecord/0.1 (reads public statements for research)"
#: Seconds for one word from the server, and for the whole of a page: a server may send a byte at a time for ever.
_SILENCE, _WHOLE = 20.0, 120.0
#: Answers that pass: too many requests, and a server that is broken or busy for the moment.
_PASSING = frozenset((429, 500, 502, 503, 504))


def fetch(url: str) -> Opened:
    """Fetch a page: redirects followed, passing failures tried again, never more than a statement can have.

    The capture's source is the address that answered, and its time the time of the answer. Raises NotFound, TooLarge or
    FetchFailed.
    """
    import httpx
    import stamina

    def passes(error: Exception) -> bool:
        if isinstance(error, httpx.HTTPStatusError):
            return error.response.status_code in _PASSING
        return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)

    try:
        for attempt in stamina.retry_context(on=passes, attempts=3, wait_initial=0.3, wait_max=5, timeout=60):
            with (
                attempt,
                httpx.Client(follow_redirects=True, timeout=_SILENCE, headers={"User-Agent": AGENT}) as client,
                client.stream("GET", url) as response,
            ):
                response.raise_for_status()
                data = _body(response, url)
                kind = response.headers.get("content-type", "")
                capture = capture_of(
                    data,
                    str(response.url),
                    fetched=datetime.now(UTC).isoformat(timespec="seconds"),
                    media_type=kind.split(";")[0].strip() or None,
                )
                name = PurePosixPath(response.url.path).name
                return Opened(capture=capture, data=data, name=name, declared_encoding=response.charset_encoding)
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise (NotFound if status in (404, 410) else FetchFailed)(
            f"the server answered {status} {error.response.reason_phrase}", where=url
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchFailed(f"no answer: {error or type(error).__name__}", where=url) from None
    raise FetchFailed("no answer", where=url)


def _body(response: httpx.Response, url: str) -> bytes:
    told = response.headers.get("content-length", "")
    if told.isdecimal() and int(told) > LARGEST:
        raise TooLarge(
            f"{int(told) / 1e6:.0f} MB, more than the {LARGEST / 1e6:.0f} MB a statement can have", where=url
        )
    data = bytearray()
    ends = time.monotonic() + _WHOLE
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > LARGEST:
            raise TooLarge(f"more than the {LARGEST / 1e6:.0f} MB a statement can have", where=url)
        if time.monotonic() > ends:
            raise FetchFailed(f"the server did not end within {_WHOLE:.0f} seconds", where=url)
    return bytes(data)
