"""Earlier captures from a web archive: through its CDX index, or through Memento TimeMaps (RFC 7089), and its ``id_`` addresses.

``id_`` asks for the bytes as they were fetched, without the archive's own additions. Each capture is stored as a visit of the
page at the time at which the archive fetched it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlencode, urljoin

import msgspec

from onrecord.captures.exchange import Answer
from onrecord.captures.fetching import opened_of
from onrecord.collecting.answers import judge
from onrecord.collecting.client import Client
from onrecord.collecting.storing import is_stored, store_page
from onrecord.desk import Desk
from onrecord.desk.visits import Asked, utc
from onrecord.errors import Disallowed, FetchFailed, NotAStatement, TooLarge
from onrecord.houses.sources import Signs

BASE = "https://web.archive.org"
#: Rows of the index in one answer.
_ROWS = 5_000
_LINK = re.compile(r"<([^<>\s]{1,4000})>\s*((?:;\s*[\w-]+\s*=\s*(?:\"[^\"]{0,500}\"|[^\s,;]{1,200})\s*)*)")
_PARAMETER = re.compile(r";\s*([\w-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s,;]+))")


class Memento(msgspec.Struct, frozen=True, kw_only=True):
    """A capture that an archive holds: of which page, from when, and the address of its bytes."""

    original: str
    at: datetime
    address: str


class Imported(msgspec.Struct, kw_only=True):
    """What came of an import: captures listed, stored by outcome, those on the desk already, and what could not be had."""

    listed: int = 0
    known: int = 0
    outcomes: dict[str, int] = msgspec.field(default_factory=dict)
    troubles: list[str] = msgspec.field(default_factory=list)


def captures_by_index(
    client: Client, address: str, *, base: str = BASE, prefix: bool = False, since: str = "", until: str = ""
) -> Iterator[Memento]:
    """The captures of a page, or of all below an address (``prefix``), by the archive's CDX index, one for each digest.

    ``since`` and ``until`` are days. Raises FetchFailed and NotAStatement.
    """
    query = {
        "url": address,
        "output": "json",
        "fl": "timestamp,original,statuscode",
        "filter": "statuscode:200",
        "collapse": "digest",
        "limit": str(_ROWS),
        "showResumeKey": "true",
    }
    query |= {"matchType": "prefix"} if prefix else {}
    query |= {name: day.replace("-", "") for name, day in (("from", since), ("to", until)) if day}
    while True:
        url = f"{base}/cdx/search/cdx?{urlencode(query)}"
        rows, resume = _rows(_body(client.ask(url).answer, url), url)
        for timestamp, original, status in rows:
            if status in ("200", "-"):
                at = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
                address = f"{base}/web/{timestamp}id_/{quote(original, safe=':/?&=%+,;~@!$()*')}"
                yield Memento(original=original, at=at, address=address)
        if not resume:
            return
        query["resumeKey"] = resume


def _rows(data: bytes, url: str) -> tuple[list[list[str]], str]:
    """The rows of an answer of the index, without its heading, and the key of the next one."""
    try:
        told = msgspec.json.decode(data or b"[]", type=list[list[str]])
    except msgspec.DecodeError:
        raise NotAStatement("this is no index of an archive", where=url, hint="Check --base") from None
    rows = told[1:]
    if len(rows) >= 2 and rows[-2] == []:
        return [row for row in rows[:-2] if len(row) == 3], rows[-1][0]
    return [row for row in rows if len(row) == 3], ""


def captures_by_timemap(client: Client, timemap: str) -> Iterator[Memento]:
    """The captures that a TimeMap lists in the link format of RFC 7089; further TimeMaps that it names are read too."""
    waiting, read = [timemap], set()
    while waiting:
        url = waiting.pop()
        read.add(url)
        words = _body(client.ask(url).answer, url).decode("utf-8", "replace")
        links = [(match[1], _parameters(match[2])) for match in _LINK.finditer(words)]
        originals = [target for target, told in links if told.get("rel") == "original"]
        for target, told in links:
            relations = told.get("rel", "").split()
            if "memento" in relations and originals and (at := _date(told.get("datetime", ""))) is not None:
                yield Memento(original=originals[0], at=at, address=_raw(urljoin(url, target)))
            elif "timemap" in relations and urljoin(url, target) not in read:
                waiting.append(urljoin(url, target))


def _parameters(words: str) -> dict[str, str]:
    return {match[1].lower(): match[2] if match[2] is not None else match[3] for match in _PARAMETER.finditer(words)}


def _raw(address: str) -> str:
    """The address of the bytes as fetched, where the archive is a Wayback Machine."""
    return re.sub(r"/web/(\d{14})(?:id_|if_)?/", r"/web/\1id_/", address, count=1)


def _date(words: str) -> datetime | None:
    try:
        return parsedate_to_datetime(words)
    except ValueError:
        return None


def store_captures(
    desk: Desk,
    client: Client,
    mementos: Iterator[Memento],
    *,
    signs: Signs | None = None,
    tell: Callable[[Imported, str], None] = lambda imported, address: None,
) -> Imported:
    """Fetch captures and store each as a visit of its page at its time; those on the desk already are not asked for."""
    imported, signs = Imported(), signs or Signs()
    for memento in sorted(mementos, key=lambda one: (one.at, one.original)):
        imported.listed += 1
        tell(imported, memento.original)
        at = utc(memento.at.isoformat())
        if is_stored(desk, memento.original, at):
            imported.known += 1
            continue
        try:
            answer = client.ask(memento.address).answer
            body = _body(answer, memento.address)
        except (FetchFailed, Disallowed, TooLarge) as error:
            imported.troubles.append(str(error))
            if error.name == "HostPaused":
                break
            continue
        outcome = judge(answer, signs)
        if outcome == "page" and body:
            opened = opened_of(answer, memento.at, memento.original)
            asked = Asked(address=memento.original, at=at, status=200, final_address=memento.address)
            outcome = store_page(desk, opened, asked)  # type: ignore[assignment]
            desk.writer.commit()
        imported.outcomes[outcome] = imported.outcomes.get(outcome, 0) + 1
    return imported


def _body(answer: Answer, url: str) -> bytes:
    if answer.status != 200:
        raise FetchFailed(f"the archive answered {answer.status} {answer.reason}".strip(), where=url)
    return answer.data
