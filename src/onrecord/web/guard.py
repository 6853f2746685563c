"""Request checks (Host and Origin) and security headers of every response."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Only resources of this server: no inline scripts or styles, nothing from other hosts, no framing by other pages.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-dns-prefetch-control": "off",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
#: Maximum size of a form in bytes: a judgement is a few lines.
LARGEST_BODY = 20_000


class Guard:
    """Middleware that accepts requests from the desk's own pages, and of people who typed or followed a URL.

    An unknown ``Host`` means that the domain name of another site resolves to this server (DNS rebinding), which is impossible
    for an IP address. Browsers send ``Origin`` with requests from pages of other sites.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = {"localhost", *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request that fails a check."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        wrong = self._wrong(headers)
        if wrong:
            await PlainTextResponse(f"{wrong}\n", 403)(scope, receive, send)
            return
        if int(headers.get("content-length", "0") or 0) > LARGEST_BODY or "transfer-encoding" in headers:
            await PlainTextResponse("the form is too large\n", 413)(scope, receive, send)
            return
        await self.app(scope, receive, _with_headers(send))

    def _wrong(self, headers: Headers) -> str:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return f"this desk is not called {host[:100]!r}: open it by the address that `onrecord serve` printed"
        origin = headers.get("origin")
        if origin is not None and _netloc(origin) != host.lower():
            return "this request came from a page of another site"
        return ""

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self.hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def _netloc(origin: str) -> str | None:
    """Host and port of an origin; None if it is not valid."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("content-security-policy", POLICY)
        await send(message)

    return sending
