"""The form that sets the status of an undertaking: the only change a browser can make. It requires the token."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from onrecord.asking import judge
from onrecord.desk.store import open_desk
from onrecord.errors import DeskBusy, OnRecordError
from onrecord.web.desk_pool import DeskPool
from onrecord.web.guard import LARGEST_BODY

_MOST_FIELDS = 20


def judge_route(desks: DeskPool, token: str) -> Route:
    """The route of the form on the ledger page.

    The fields are ``undertaking``, ``status``, ``note``, ``judge``, ``token``, and ``back``, the page to return to.
    """

    async def handle(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("the form is too large\n", 413)
        try:
            values = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
        except ValueError:
            return PlainTextResponse(f"a form has at most {_MOST_FIELDS} fields\n", 400)
        form = {name: several[-1] for name, several in values.items()}
        if not hmac.compare_digest(form.get("token", "").encode(), token.encode()):
            return PlainTextResponse(
                "the token is not the one that `onrecord serve --edit` printed: go back and enter it\n", 403
            )

        def save(_: object) -> None:
            with open_desk(desks.folder, write=True) as writing:
                judge(writing, *(form.get(name, "") for name in ("undertaking", "status", "note", "judge")))

        try:
            await desks.ask(save)
        except OnRecordError as error:
            return PlainTextResponse(f"{error}\n", 503 if isinstance(error, DeskBusy) else 400)
        back = form.get("back", "")
        # Never redirect to another site, such as "//elsewhere".
        return RedirectResponse(back if back.startswith("/ledger") else "/ledger", 303)

    return Route("/judgements", handle, methods=["POST"], name="judge")


async def _body(request: Request) -> bytes | None:
    """The body, or None if it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
    return b"".join(parts)
