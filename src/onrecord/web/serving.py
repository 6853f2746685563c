"""The desk served at an address of this machine."""

from __future__ import annotations

import contextlib
import gc
import secrets
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import uvicorn

from onrecord.asking import TurnFilters, coverage, facets, find, ledger, meetings, mentions, trends
from onrecord.desk.store import Desk
from onrecord.desk.wordings import open_wordings
from onrecord.errors import AddressTaken, OnRecordError
from onrecord.lexicon.codes import issue_id, mention_id
from onrecord.web.answering import Question
from onrecord.web.app import make_app
from onrecord.web.setting import make_ready

#: Where a desk is looked for; when it is taken and none was named, any free one does.
PORT = 8421
#: What takes long of a whole desk and is made once: by the name a person knows it by.
LONG: tuple[tuple[str, Callable[[Desk], object]], ...] = (
    ("what is held", coverage),
    ("the index of words", lambda desk: find(desk, "", limit=1)),
    ("the index of wordings", lambda desk: open_wordings(desk.folder, desk.record)),
    ("the names that the tables hold", lambda desk: (mention_id("China"), issue_id("climate"))),
    ("the templates", lambda desk: make_ready()),
    ("who is named", mentions),
    ("the years", lambda desk: trends(desk, ["mention:CHN"], by="year")),
    ("meetings", meetings),
    ("the ledger", lambda desk: ledger(desk, between=("CHN", "USA"))),
    ("acts by issue", lambda desk: facets(desk, "", TurnFilters(act=("agree",), actor=("USA",)))),
)


class Serving:
    """A desk that is being served; use it in a ``with`` block, or :meth:`wait` until it is ended.

    ``address`` is where it is, ``token`` what judging needs, where it is allowed. Raises AddressTaken.
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
        self.desks, self._apart = app.state.desks, app.state.apart
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_keep_alive=30,
            proxy_headers=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="server", daemon=True
        )

    def __enter__(self) -> Serving:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()

    def wait(self) -> None:
        """Until the server ends, or a person ends it."""
        while self._thread.is_alive():
            self._thread.join(timeout=0.5)

    def prepare(self) -> Iterator[str]:
        """Make what takes long, piece by piece, each named before it is made; pages that need one wait for it meanwhile."""
        desk = self.desks.desk()
        for name, make in LONG:
            yield name
            make(desk)
        yield "the processes for long questions"
        last = [row[0] for row in desk.record.execute("SELECT max(id) FROM document GROUP BY language")]
        for page, apart in self._apart.items():
            asked = [("", {"id": id}) for id in last] if "{id}" in page else [("q=warm+up", {})]
            for query, variables in asked:
                with contextlib.suppress(OnRecordError):
                    apart.ask(Question(page=page, path="", query=query, variables=variables, form="json"))
        # What is there now stays; to go through it again and again for garbage makes pages wait for a second.
        gc.collect()
        gc.freeze()


def _bound(host: str, port: int | None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tried = [port] if port is not None else [PORT, 0]
    for one in tried:
        # Told that it is TCP; else the event loop lets the system wait with what is small, and each page takes 40 ms.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            bound.bind((host, one))
            bound.listen(128)
            return bound
        bound.close()
    raise AddressTaken(
        f"nothing can be served at {host}:{port or PORT}", hint="Name another with --port, or 0 for any that is free"
    )
