"""HTTP connections with limits: their number, the size of request headers, the time to receive a request.

uvicorn limits none of these for httptools: a connection that sends a byte per minute stays open for ever, and a header can
fill the memory.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Maximum number of open connections; a browser opens up to six.
MOST_CONNECTIONS = 300
#: Maximum size of the request line and all headers in bytes. A query has at most 2,000 characters, 18,000 bytes once encoded.
LARGEST_HEAD = 64_000
#: Maximum number of header fields; browsers send about twenty.
MOST_FIELDS = 100
#: Seconds to receive a complete request, from its first byte or the opening of the connection.
ARRIVAL = 15.0
#: Seconds that a client may leave sent data unread.
DELIVERY = 60.0
#: Seconds that an idle connection stays open for the next request.
KEEP_ALIVE = 30


class _TooLarge(Exception):
    """The headers of a request exceed the limits."""


class LimitedConnection(HttpToolsProtocol):
    """A uvicorn connection that closes when it exceeds the limits of this module."""

    most_connections, arrival, delivery = MOST_CONNECTIONS, ARRIVAL, DELIVERY

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._arriving: asyncio.TimerHandle | None = None
        self._delivering: asyncio.TimerHandle | None = None
        self._in_head = True
        self._received = 0  # bytes since the last head was complete
        self._head = self._fields = 0
        self._large = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept the connection, or refuse it if too many are open."""
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            self._refuse(b"503 Service Unavailable", b"too many connections are open")
            return
        self._arriving = self.loop.call_later(self.arrival, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timers."""
        for timer in (self._arriving, self._delivering):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Process received data; close the connection if the headers exceed their limit."""
        if self.transport.is_closing():
            return
        if self._in_head:
            self._received += len(data)
            if self._arriving is None:
                self._arriving = self.loop.call_later(self.arrival, self._late)
        super().data_received(data)
        if self._in_head and self._received > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse(b"431 Request Header Fields Too Large", b"the headers of this request are too large")

    def on_message_begin(self) -> None:
        """Reset the counters for the next request."""
        self._head = self._fields = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count the bytes of the URL, which may arrive in parts."""
        self._count(len(url), 0)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header field."""
        self._count(len(name) + len(value), 1)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Stop counting headers; :mod:`onrecord.web.guard` limits the body."""
        self._in_head, self._received = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop the timer: the request is complete."""
        self._in_head = True
        if self._arriving is not None:
            self._arriving.cancel()
            self._arriving = None
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Send an error response and close."""
        if self._large:
            self._refuse(b"431 Request Header Fields Too Large", b"the headers of this request are too large")
        else:
            super().send_400_response(msg)

    def pause_writing(self) -> None:
        """Start a timer, since the client reads more slowly than the server sends."""
        super().pause_writing()
        self._delivering = self.loop.call_later(self.delivery, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the timer, since the client has read the data."""
        if self._delivering is not None:
            self._delivering.cancel()
            self._delivering = None
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection, even if the client has not read the last response."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(self.delivery, self.transport.abort)

    def _count(self, size: int, fields: int) -> None:
        self._head += size
        self._fields += fields
        if self._head > LARGEST_HEAD or self._fields > MOST_FIELDS:
            self._large = True
            raise _TooLarge

    def _late(self) -> None:
        self._arriving = None
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()  # a response to an earlier request is under way: nothing can be inserted
        elif not self.transport.is_closing():
            self._refuse(b"408 Request Timeout", b"the request did not arrive in time")

    def _refuse(self, status: bytes, words: bytes) -> None:
        lines = (b"HTTP/1.1 " + status, b"content-type: text/plain; charset=utf-8", b"connection: close")
        length = b"content-length: " + str(len(words) + 1).encode()
        self.transport.write(b"\r\n".join((*lines, length, b"", words + b"\n")))
        self.transport.close()
        self.loop.call_later(self.delivery, self.transport.abort)
