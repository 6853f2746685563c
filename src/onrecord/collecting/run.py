"""One run of collecting: the desk, the site, the clock and the report, and what the record says of earlier visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec

from onrecord.collecting.client import Client, Reply
from onrecord.collecting.clock import Clock
from onrecord.collecting.report import Report
from onrecord.desk import Desk
from onrecord.desk.visits import Asked, utc
from onrecord.houses.house import Card

Progress = Callable[[Report, int, str], None]


class Run:
    """What every visit of one run shares. ``number`` is that of the run in the record, ``since`` the first day wanted."""

    def __init__(self, desk: Desk, card: Card, client: Client, clock: Clock, *, since: date, tell: Progress) -> None:
        self.desk = desk
        self.card = card
        self.client = client
        self.clock = clock
        self.since = since
        self.report = Report(issuer=card.id, since=since.isoformat())
        self.number = 0
        self._tell = tell

    def tell(self, url: str) -> None:
        """Report the progress: the address asked for next, and how many are waiting."""
        query = "SELECT count(*) FROM queue WHERE state = 'waiting' AND issuer = ? AND due <= ?"
        waiting = int(self.desk.record.execute(query, (self.card.id, stamp(self.clock.now()))).fetchone()[0])
        self._tell(self.report, waiting, url)

    def good(self, address: str) -> Good | None:
        """The marks of the last visit that brought a version which is not in doubt."""
        query = (
            "SELECT etag, modified, capture FROM visit WHERE address = ? AND capture IS NOT NULL AND outcome IN "
            "('new', 'changed', 'unchanged', 'not-modified', 'replaced', 'listing') ORDER BY number DESC LIMIT 1"
        )
        row = self.desk.record.execute(query, (address,)).fetchone()
        return None if row is None else Good(row[0], row[1], row[2])

    def asked(
        self,
        url: str,
        source: str | None,
        reply: Reply | None = None,
        good: Good | None = None,
        guid: str | None = None,
    ) -> Asked:
        """What is recorded of a request: ``reply`` is what came, ``good`` what was held before."""
        if reply is None:
            at = self.clock.now().isoformat(timespec="seconds")
            return Asked(address=url, at=at, run=self.number, source=source, guid=guid)
        return Asked(
            address=url,
            at=reply.at.isoformat(timespec="seconds"),
            status=reply.status,
            etag=reply.etag or (good.etag if good and reply.status == 304 else None),
            modified=reply.last_modified or (good.modified if good and reply.status == 304 else None),
            final_address=reply.url if reply.url != url else None,
            permanent=reply.moved is not None,
            guid=guid,
            run=self.number,
            source=source,
        )

    def begin(self) -> None:
        """Begin a transaction, where none is open."""
        if not self.desk.record.in_transaction:
            self.desk.record.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit what was recorded."""
        self.desk.writer.commit()


class Good(msgspec.Struct, frozen=True):
    """The marks by which a server knows the version at hand, and the SHA-256 of its bytes."""

    etag: str | None
    modified: str | None
    capture: str

    @property
    def conditions(self) -> dict[str, str | None]:
        """The marks as arguments of :meth:`~onrecord.collecting.client.Client.ask`."""
        return {"etag": self.etag, "last_modified": self.modified}


def what_came(verdict: str, reply: Reply) -> str:
    """What an answer was instead of a page, in words."""
    status = f"the server answered {reply.status} {reply.answer.reason}".strip()
    return {
        "wall": "a wall against programs in place of the page",
        "missing": "a page that says it is not there",
        "empty": "an empty page",
    }.get(verdict, status)


def stamp(at: datetime) -> str:
    """A time as the record keeps it: UTC, in ISO 8601."""
    return utc(at.isoformat())


def moment(words: str) -> datetime:
    """A time or day of the record; without a zone it is UTC."""
    told = datetime.fromisoformat(words)
    return told if told.tzinfo else told.replace(tzinfo=UTC)
