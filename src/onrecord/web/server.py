"""Serve a desk over HTTP."""

from __future__ import annotations

import contextlib
import gc
import secrets
import socket
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import uvicorn

from onrecord.errors import AddressTaken
from onrecord.web.app import make_app
from onrecord.web.connections import KEEP_ALIVE, LimitedConnection
from onrecord.web.preparation import FOR_THREADS

#: The default port. If it is in use and no port was given, the system chooses a free one.
PORT = 8421


class DeskServer:
    """A server for one desk; use it in a ``with`` block, or :meth:`wait` until it ends.

    ``address`` is its URL, ``token`` the token for judgements with ``edit``, else None. Raises AddressTaken.
    """

    def __init__(
        self,
        folder: Path,
        *,
        host: str = "127.0.0.1",
        port: int | None = None,
        edit: bool = False,
        names: Iterable[str] = (),
    ) -> None:
        self.token = secrets.token_urlsafe(16) if edit else None
        self._socket = _bound(host, port)
        own = self._socket.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::', '') else shown}:{own}/"
        app = make_app(folder, hosts=(*names, host), token=self.token)
        self.desks, self.workers = app.state.desks, app.state.workers
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            http=LimitedConnection,
            ws="none",
            timeout_keep_alive=KEEP_ALIVE,
            proxy_headers=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="server", daemon=True
        )

    def __enter__(self) -> DeskServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self.workers.close()  # requests that wait for a worker end now
        self._thread.join(timeout=10)
        self._socket.close()

    def wait(self) -> None:
        """Block until the server ends or is interrupted."""
        while self._thread.is_alive():
            self._thread.join(timeout=0.5)

    def prepare(self) -> Iterator[str]:
        """Load indexes and compute summaries in advance; yields the name of each step. Pages that need a step wait for it."""
        desk = self.desks.desk()
        for name, make in FOR_THREADS:
            yield name
            make(desk)
        yield from self.workers.prepare(desk.state)
        # These objects stay: without freezing, garbage collection would traverse them again and delay pages by a second.
        gc.collect()
        gc.freeze()


def _bound(host: str, port: int | None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tried = [port] if port is not None else [PORT, 0]
    for one in tried:
        # With an explicit IPPROTO_TCP the event loop sets TCP_NODELAY; without it each page takes 40 ms longer.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            bound.bind((host, one))
            bound.listen(128)
            return bound
        bound.close()
    raise AddressTaken(
        f"cannot listen on {host}:{port or PORT}", hint="Choose another port with --port, or 0 for any free one"
    )
