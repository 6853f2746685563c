"""``onrecord serve``: the desk in the browser."""

from __future__ import annotations

import sys
import webbrowser
from typing import Annotated

from cyclopts import Parameter

from onrecord.commands.formats import DESK, DeskOption
from onrecord.desk import open_desk
from onrecord.printing import console

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    *,
    desk: DeskOption = DESK,
    host: str = "127.0.0.1",
    port: Annotated[int | None, Parameter(help="The port; 8421, or a free one where that is taken. 0 for any.")] = None,
    name: tuple[str, ...] = (),
    edit: bool = False,
    open: bool = False,
) -> int:
    """Open the desk in the browser: statements, find, trace, ledger, meetings, actors, trends; each line one click
    from its source.

    Example: `onrecord serve --desk mydesk`, `onrecord serve --desk mydesk --edit --open`

    Parameters
    ----------
    host
        The address to serve at. At any other than the default, everybody who can reach this machine can read the desk.
    name
        A host name that may be used besides localhost and plain IP addresses; may be given more than once.
    edit
        Let whoever has the printed token set statuses of undertakings; otherwise nothing can be changed.
    open
        Open the browser too.
    """
    from onrecord.web.server import DeskServer

    open_desk(desk).close()  # report what is wrong with it before serving
    err = console(sys.stderr)
    if host not in _LOOPBACK:
        err.print(
            f"onrecord: at {host} everybody who can reach this machine can read this desk: no password, no encryption",
            style="yellow", markup=False, soft_wrap=True,
        )  # fmt: skip
    with DeskServer(desk, host=host, port=port, edit=edit, names=name) as serving:
        run(serving, edit=edit, browser=open)
    return 0


def run(serving: object, *, edit: bool = False, browser: bool = False) -> None:
    """Print the address, load the indexes, and wait until the server is interrupted."""
    from rich.status import Status

    from onrecord.web.server import DeskServer

    assert isinstance(serving, DeskServer)
    out, err = console(), console(sys.stderr)
    out.print(f"The desk is open at [bold]{serving.address}[/]  (Ctrl-C closes it)", soft_wrap=True, highlight=False)
    if edit:
        out.print(f"Token for judging undertakings: [bold]{serving.token}[/]", soft_wrap=True, highlight=False)
    out.file.flush()
    if browser:
        webbrowser.open(serving.address)
    try:
        with Status("", console=err) as status:
            for name in serving.prepare():
                status.update(f"preparing {name}; pages are served meanwhile" if err.is_terminal else "")
        err.print("everything is ready", style="dim")
        serving.wait()
    except KeyboardInterrupt:
        err.print("closed", style="dim")
