"""The one thing that can be changed from a browser: what a person holds of an undertaking, by whoever knows the token."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from onrecord.asking import judge
from onrecord.desk.store import open_desk
from onrecord.errors import DeskBusy, OnRecordError
from onrecord.web.desks import Desks
from onrecord.web.guarding import LARGEST_BODY


def judge_route(desks: Desks, token: str) -> Route:
    """Takes the form of the ledger's page: ``undertaking``, ``status``, ``note``, ``judge``, ``token``, and ``back``, where to
    return to."""

    async def handle(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("more than a judgement can be\n", 413)
        told = {
            name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace"), max_num_fields=20).items()
        }
        if not hmac.compare_digest(told.get("token", "").encode(), token.encode()):
            return PlainTextResponse(
                "the token is not the one that `onrecord serve --edit` printed: go back and enter it\n", 403
            )

        def keep(_: object) -> None:
            with open_desk(desks.folder, write=True) as writing:
                judge(writing, *(told.get(name, "") for name in ("undertaking", "status", "note", "judge")))

        try:
            await desks.ask(keep)
        except OnRecordError as error:
            return PlainTextResponse(f"{error}\n", 503 if isinstance(error, DeskBusy) else 400)
        back = told.get("back", "")
        # Only to a page of this desk: "//elsewhere" is another's address.
        return RedirectResponse(back if back.startswith("/ledger") else "/ledger", 303)

    return Route("/judgements", handle, methods=["POST"], name="judge")


async def _body(request: Request) -> bytes | None:
    """The body, or None where it is larger than a form of the desk can be."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
    return b"".join(parts)
