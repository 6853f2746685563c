"""The forms that set the status of an undertaking, and link or part points of accounts: the only changes a browser can make. They
require the token."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from onrecord.asking import judge, judge_link
from onrecord.comparing.judged_links import LinkStatus
from onrecord.desk.store import open_desk
from onrecord.errors import DeskBusy, OnRecordError, QueryError
from onrecord.web.desk_pool import DeskPool
from onrecord.web.guard import LARGEST_BODY

_MOST_FIELDS = 40
#: The pages that have such a form.
_BACK = ("/ledger", "/compare")


def judge_route(desks: DeskPool, token: str) -> Route:
    """The route of the forms on the ledger page and on the page that compares accounts.

    The fields are ``note``, ``judge``, ``token``, and ``back``, the page to return to; with ``undertaking`` and ``status``, or
    ``pair`` (a status and two points, divided by spaces), or ``point`` twice, for two points that belong together.
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
                if "undertaking" in form:
                    judge(writing, *(form.get(name, "") for name in ("undertaking", "status", "note", "judge")))
                else:
                    status, one, other = _pair(values)
                    judge_link(writing, one, other, status, form.get("judge", ""), form.get("note", ""))

        try:
            await desks.ask(save)
        except OnRecordError as error:
            return PlainTextResponse(f"{error}\n", 503 if isinstance(error, DeskBusy) else 400)
        back = form.get("back", "")
        # Never redirect to another site, such as "//elsewhere".
        return RedirectResponse(back if back.startswith(_BACK) else _BACK[0], 303)

    return Route("/judgements", handle, methods=["POST"], name="judge")


def _pair(values: dict[str, list[str]]) -> tuple[LinkStatus, str, str]:
    """The status and the two points of a form. Raises QueryError."""
    if "pair" in values:
        status, _, points = values["pair"][-1].partition(" ")
        chosen = points.split(" ")
    else:
        status, chosen = "linked", values.get("point", [])
    if len(chosen) != 2:
        raise QueryError(
            f"two points are linked, not {len(chosen)}", hint="Go back and mark one point of each of two accounts"
        )
    return status, chosen[0], chosen[1]  # type: ignore[return-value]  # judge_link checks the status


async def _body(request: Request) -> bytes | None:
    """The body, or None if it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
    return b"".join(parts)
