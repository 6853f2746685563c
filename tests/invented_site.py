"""A site of our own on loopback, and a clock that runs only when somebody waits: collecting takes no time in tests."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class VirtualClock:
    """A clock of which a second passes when somebody waits for a second; ``moment`` is when it begins."""

    def __init__(self, moment: str = "2031-05-06T10:00:00+00:00") -> None:
        self.start = datetime.fromisoformat(moment)
        self.passed = 0.0

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)

    def elapsed(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds

    def set(self, moment: str) -> None:
        self.passed = (datetime.fromisoformat(moment).astimezone(UTC) - self.start).total_seconds()


@dataclass
class Given:
    """What an address answers with. With ``validators`` it has an ETag of its bytes, and answers 304 to who has them."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    validators: bool = True
    drop: bool = False


@dataclass
class Asked:
    """A request: for what, when by the clock, and with which headers."""

    path: str
    at: float
    headers: dict[str, str]
    status: int = 0

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


Answering = Given | Callable[[Asked], Given]


class Site:
    """An invented site. ``pages`` are its addresses, each an answer or a function of the request; ``log`` all requests."""

    def __init__(self, clock: VirtualClock, robots: str | None = None) -> None:
        self.clock = clock
        self.pages: dict[str, Answering] = {}
        self.log: list[Asked] = []
        if robots is not None:
            self.pages["/robots.txt"] = Given(robots, kind="text/plain", validators=False)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.handle_error = lambda request, address: None  # type: ignore[method-assign,misc]  # a killed client
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def asked(self, path: str = "") -> list[Asked]:
        """The requests so far, without those for robots.txt; of one address if one is given."""
        return [one for one in self.log if one.path != "/robots.txt" and path in ("", one.path)]

    @property
    def gaps(self) -> list[float]:
        """The seconds between two requests."""
        times = [one.at for one in self.log]
        return [later - earlier for earlier, later in itertools.pairwise(times)]

    def answer(self, asked: Asked) -> Given:
        found = self.pages.get(asked.path, Given("<h1>404</h1>", status=404, validators=False))
        return found if isinstance(found, Given) else found(asked)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None: ...

            def date_time_string(self, timestamp: float | None = None) -> str:
                return format_datetime(site.clock.now(), usegmt=True)

            def do_GET(self) -> None:
                path = (
                    self.path if self.path.startswith("/") else "/" + self.path.split("/", 3)[3]
                )  # as a proxy is asked
                asked = Asked(path, site.clock.elapsed(), {k.lower(): v for k, v in self.headers.items()})
                site.log.append(asked)
                given = site.answer(asked)
                if given.drop:
                    self.close_connection = True
                    return
                body = given.body.encode() if isinstance(given.body, str) else given.body
                status, tag = given.status, f'"{sha256(body).hexdigest()[:12]}"'
                has_tag = given.validators and status == 200
                if has_tag and asked.headers.get("if-none-match") == tag:
                    status, body = 304, b""
                asked.status = status
                self.send_response(status)
                for name, value in given.headers.items():
                    self.send_header(name, value)
                if has_tag:
                    self.send_header("ETag", tag)
                self.send_header("Content-Type", given.kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler
