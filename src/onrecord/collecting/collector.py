"""Collect from an issuer's site onto a desk: read its lists, ask for what is new or due, keep what came of every visit.

The queue of the desk says what is due; each page is kept together with its visit, so that a run which is cut off at any moment
goes on where it stopped. A list is a row of the queue like a page, with the name of its source in its note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from onrecord.captures.fetching import opened_of
from onrecord.captures.opened import Opened
from onrecord.collecting.answers import judge
from onrecord.collecting.client import Client, Reply
from onrecord.collecting.clock import Clock
from onrecord.collecting.listings import Entry, Listed, read_listing
from onrecord.collecting.report import Report, complete
from onrecord.collecting.schedule import next_visit, pause_after
from onrecord.collecting.walking import EndOfList, walk
from onrecord.desk import Desk
from onrecord.desk.queue import Queued, due, put_queued, queued
from onrecord.desk.readers import ReadJob, run_job
from onrecord.desk.visits import Asked, VisitOutcome, begin_run, end_run, put_source, utc
from onrecord.desk.visits import Source as StoredSource
from onrecord.errors import Disallowed, FetchFailed, HostPaused, OnRecordError, TooLarge
from onrecord.houses.house import Card
from onrecord.houses.sources import Source, period
from onrecord.offsets import OffsetMap
from onrecord.record import Document

#: Within a run a page is asked for so often, if its pause ends so soon; then it waits for the next run.
_TRIES, _SOON = 3, timedelta(minutes=5)
#: After so many failures in a row a page is given up: with the pauses between them that is a fortnight.
_GIVEN_UP = 24
#: A version in doubt is asked for again so soon, one that a list says has changed and the server says has not, too.
_AGAIN_SOON = timedelta(minutes=10)
#: What robots.txt forbids is looked at again so rarely.
_FORBIDDEN = timedelta(days=7)
#: Pauses of a list that came with an error, in the number of tries.
_LIST_TRIES = 3

Progress = Callable[[Report, int, str], None]


class Collector:
    """One run for one issuer. ``since`` is the first day wanted, ``max_pages`` the most statements to ask for in this run."""

    def __init__(
        self,
        desk: Desk,
        card: Card,
        client: Client,
        clock: Clock,
        *,
        since: date,
        max_pages: int | None = None,
        tell: Progress = lambda report, waiting, url: None,
    ) -> None:
        self.desk = desk
        self.card = card
        self.report = Report(issuer=card.id, since=since.isoformat())
        self._client = client
        self._clock = clock
        self._since = since
        self._max_pages = max_pages
        self._tell = tell
        self._run = 0
        self._new_on_page = 0
        self._tries: Counter[str] = Counter()

    def run(self) -> Report:
        """Read the lists that are due, then ask for the pages that are. Raises only what the desk itself raises."""
        options = {"since": self.report.since, "max_pages": self._max_pages, "mirror": self._client.mirror.base or None}
        self._run = begin_run(self.desk.record, self.card.id, options)
        today = self._clock.now().date()
        sources = [one for one in self.card.sources if one.is_open(self._since, today)]
        try:
            try:
                for source in sources:
                    self._read_list(source)
                self._ask_pages()
            except HostPaused as error:
                self.report.stopped = True
                self.report.troubles.append(str(error))
            self._keep_wait(sources)
            self._count(sources, today)
            self._commit()
            end_run(self.desk.record, self._run, msgspec.to_builtins(self.report))
        finally:
            self.desk.writer.try_commit()
        return self.report

    def _count(self, sources: list[Source], today: date) -> None:
        self.report.requests = sum(host.requests for host in self._client.hosts.values())
        complete(self.report, self.desk, sources, today)

    # -- lists

    def _read_list(self, source: Source) -> None:
        """Walk one list if it is due, and put what it names into the queue."""
        name, now = f"{self.card.id}/{source.id}", self._clock.now()
        settings = msgspec.to_builtins(source)
        put_source(
            self.desk.record,
            StoredSource(id=name, issuer=self.card.id, kind=source.form, address=source.url, settings=settings),
        )
        row = queued(self.desk.record, source.url) or Queued(
            address=source.url, issuer=self.card.id, listed=_stamp(now), last_listed=_stamp(now), due=_stamp(now),
            source=name, note={"list": source.id},
        )  # fmt: skip
        note = row.note or {}
        if wait := note.get("wait_until"):
            self._client.host(source.url).wait_until(datetime.fromisoformat(wait))
        reached = note.get("since")
        wider = reached is None or self._since.isoformat() < reached
        if row.due > _stamp(now) and not wider:
            return
        walked = walk(
            source,
            lambda url: self._ask_list(source, name, url),
            lambda entries: self._new_on_page,
            since=self._since,
            after=None if wider or "complete" not in note else datetime.fromisoformat(note["complete"]),
        )
        self.report.lists[name] = walked.ended
        if walked.trouble is not None:
            self.report.troubles.append(walked.trouble)
            row.tries, row.due = row.tries + 1, _stamp(now + min(pause_after(row.tries + 1), timedelta(hours=1)))
        else:
            row.tries, row.due = 0, _stamp(now + timedelta(seconds=period(source.every) * 0.95))
            note |= {"complete": now.isoformat(), "since": min(self.report.since, reached or self.report.since)}
            if not walked.complete and walked.ended != "known" and walked.oldest is not None:
                note["ends"] = walked.oldest.isoformat()
        note.pop("wait_until", None)
        row.note = note
        put_queued(self.desk.record, row)
        self._commit()

    def _ask_list(self, source: Source, name: str, url: str) -> Listed | None:
        """One page of a list. Raises EndOfList and SourceError."""
        for tried in range(1, _LIST_TRIES + 1):
            good = self._good(url)
            self._tell(self.report, self._waiting(), url)
            try:
                reply = self._client.ask(url, **(good.conditions if good else {}))
            except HostPaused:
                raise
            except Disallowed as error:
                self.desk.writer.visited(self._asked(url, name), "disallowed", error=error.name, message=str(error))
                raise
            except FetchFailed as error:
                self.desk.writer.visited(self._asked(url, name), "failed", error=error.name, message=str(error))
                if tried == _LIST_TRIES:
                    raise
                continue
            asked = self._asked(url, name, reply, good)
            verdict = judge(reply.answer, self.card.signs)
            if verdict == "unchanged" and good is not None:
                self.desk.writer.visited(asked, "not-modified", capture=good.capture)
                return None
            if verdict in ("gone", "missing") or (verdict == "error" and reply.status == 400):
                self.desk.writer.visited(asked, "gone")
                raise EndOfList
            if verdict == "page":
                listed = self._listed(source, url, reply, asked)
                if listed is not None:
                    return listed
                continue
            if verdict == "wall":
                self._client.host(url).refused()
            self.desk.writer.visited(
                asked, "failed", error=verdict, message=f"the list cannot be had: {_what(verdict, reply)}"
            )
            if verdict in ("refused", "error"):
                break
        raise FetchFailed("the list cannot be had", where=url)

    def _listed(self, source: Source, url: str, reply: Reply, asked: Asked) -> Listed | None:
        """The entries of a page of a list, kept; None where it is none, or breaks off, and must be asked for again."""
        opened = opened_of(reply.answer, reply.at, reply.url)
        try:
            listed = read_listing(source, reply.url, reply.answer.data, reply.answer.headers, reply.answer.charset)
        except OnRecordError as error:
            self.desk.writer.visited(asked, "refused", error=error.name, message=str(error))
            return None
        if not listed.whole:
            self._take(listed.entries, asked.source or "")
            self.desk.writer.visited(asked, "refused", error="BreaksOff", message="the list breaks off")
            return None
        # What it names is queued before the visit is recorded: the next request is conditional on the visit.
        self._begin()
        self._new_on_page = self._take(listed.entries, asked.source or "")
        self.desk.writer.visited(asked, "listing", kept=opened)
        self._commit()
        return listed

    def _take(self, entries: list[Entry], source: str) -> int:
        """Put entries into the queue; return how many of them are new, or were changed since they were read."""
        now, new = _stamp(self._clock.now()), 0
        for entry in entries:
            row = queued(self.desk.record, entry.url)
            modified = entry.modified.isoformat() if entry.modified is not None else None
            if row is None:
                if entry.on is not None and entry.on < self._since:
                    continue
                row = Queued(
                    address=entry.url, issuer=self.card.id, listed=now, last_listed=now, due=now, source=source,
                    guid=entry.guid, title=entry.title, day=entry.on.isoformat() if entry.on else None, note={},
                )  # fmt: skip
                new += 1
            note = row.note or {}
            if (
                modified is not None
                and "read" in note
                and modified >= note["read"]
                and modified != note.get("modified")
            ):
                row.due = min(row.due, now) if row.state == "waiting" else now
                row.state = "waiting"
                new += 1
            if entry.published is not None:
                note["published"] = entry.published.isoformat()
            if modified is not None:
                note["modified"] = max(modified, note.get("modified", ""))
            if entry.title:
                row.title = entry.title
            row.last_listed, row.note = now, note
            row.guid = row.guid or entry.guid
            row.day = row.day or (entry.on.isoformat() if entry.on else None)
            put_queued(self.desk.record, row)
        return new

    # -- pages

    def _ask_pages(self) -> None:
        """Ask for every page that is due, and once more for those that could not be had, as long as that is soon."""
        while True:
            now = self._clock.now()
            rows = [one for one in due(self.desk.record, self.card.id, _stamp(now)) if self._may_ask(one)]
            if not rows:
                later = [
                    one.due
                    for one in due(self.desk.record, self.card.id, _stamp(now + _SOON))
                    if self._may_ask(one) and one.tries
                ]
                if not later:
                    return
                self._clock.sleep(max(1.0, (datetime.fromisoformat(min(later)) - now).total_seconds()))
                continue
            for row in rows:
                if self._max_pages is not None and self.report.asked >= self._max_pages:
                    return
                self._tell(self.report, self._waiting(), row.address)
                self._ask_page(row)
                self._commit()

    def _may_ask(self, row: Queued) -> bool:
        return "list" not in (row.note or {}) and self._tries[row.address] < _TRIES

    def _ask_page(self, row: Queued) -> None:
        """Ask for one page, keep what came of it, and say when it is due again."""
        self.report.asked += 1
        self._tries[row.address] += 1
        note = row.note = row.note or {}
        good = self._good(row.address)
        conditions = good.conditions if good is not None and not note.get("unconditional") else {}
        try:
            reply = self._client.ask(row.address, **conditions)
        except HostPaused:
            self.report.asked -= 1
            raise
        except Disallowed as error:
            self.desk.writer.visited(
                self._asked(row.address, row.source),
                "disallowed",
                document=row.document,
                error=error.name,
                message=str(error),
            )
            row.error, row.due = error.name, _stamp(self._clock.now() + _FORBIDDEN)
            put_queued(self.desk.record, row)
            return
        except (FetchFailed, TooLarge) as error:
            asked = self._asked(row.address, row.source)
            self.desk.writer.visited(asked, "failed", document=row.document, error=error.name, message=str(error))
            self._failed(row, f"{error.name}: {error.what}")
            return
        self._answered(row, reply, good)

    def _answered(self, row: Queued, reply: Reply, good: _Good | None) -> None:
        asked = self._asked(row.address, row.source, reply, good, row.guid)
        verdict = judge(reply.answer, self.card.signs)
        if verdict == "page":
            self._read(row, reply, asked)
        elif verdict == "unchanged" and good is not None:
            self.desk.writer.visited(asked, "not-modified", capture=good.capture)
            self._confirmed(row)
        else:
            if verdict == "wall":
                self._client.host(row.address).refused()
            outcome: VisitOutcome = (
                "gone" if verdict in ("gone", "missing") else "refused" if reply.status == 200 else "failed"
            )
            kept = opened_of(reply.answer, reply.at, reply.url) if outcome == "refused" and reply.answer.data else None
            self.desk.writer.visited(
                asked, outcome, kept=kept, document=row.document, error=verdict, message=_what(verdict, reply)
            )
            self._failed(row, _what(verdict, reply), gone=outcome == "gone")

    def _read(self, row: Queued, reply: Reply, asked: Asked) -> None:
        """Read a page and keep it; one that breaks off when it is seen for the first time is asked for again first."""
        opened = opened_of(reply.answer, reply.at, reply.url)
        note = row.note or {}
        if (id := self.desk.writer.holds(opened, asked)) is not None:
            self.report.unchanged += 1
            self._succeeded(row, id)
            return
        result = run_job(ReadJob(opened))
        if result.trouble is not None:
            self.desk.writer.visited(
                asked,
                "refused",
                kept=opened,
                document=row.document,
                error=result.trouble.error,
                message=result.trouble.message,
            )
            self._failed(row, f"{result.trouble.error}: {result.trouble.message}")
            return
        if result.breaks_off and row.document is None and note.get("broken") != opened.capture.size:
            note["broken"] = opened.capture.size  # the same size again: that is how the page is
            self.desk.writer.visited(asked, "refused", kept=opened, error="BreaksOff", message="the page breaks off")
            self._failed(row, "the page breaks off")
            return
        document = self._document(result.document, result.offsets, opened, result.capture or opened.capture)
        added = self.desk.writer.add(document, result.packed, asked=asked, breaks_off=result.breaks_off)
        if added.outcome == "in-doubt":
            row.document, row.error = added.id, None
            row.due = _stamp(self._clock.now() + _AGAIN_SOON)
            put_queued(self.desk.record, row)
            return
        name = {"new": "new", "changed": "changed", "replaced": "replaced"}.get(added.outcome, "unchanged")
        setattr(self.report, name, getattr(self.report, name) + 1)
        self._succeeded(row, added.id)

    def _document(self, data: bytes, offsets: bytes, opened: Opened, capture: Any) -> Document:
        return Document.from_json(data).with_capture(capture, b"", OffsetMap.from_bytes(offsets), opened.data)

    def _confirmed(self, row: Queued) -> None:
        """The server says that a page has not changed. A list that says it has is asked to agree, and then doubted no more."""
        note = row.note or {}
        self.report.unchanged += 1
        if note.get("modified", "") >= note.get("read", "") and note.get("contradicted", 0) < 2:
            note["contradicted"] = note.get("contradicted", 0) + 1
            note["unconditional"] = note["contradicted"] == 2
            row.due = _stamp(self._clock.now() + timedelta(minutes=1))
            row.tries = 1
            put_queued(self.desk.record, row)
            return
        self._succeeded(row, row.document)

    def _succeeded(self, row: Queued, document: str | None) -> None:
        note, now = row.note or {}, self._clock.now()
        published = _moment(note.get("published") or row.day or row.listed)
        again = next_visit(published, now)
        row.document = document or row.document
        row.tries, row.error, row.readings = 0, None, row.readings + 1
        row.state, row.due = ("waiting", _stamp(again)) if again is not None else ("settled", row.due)
        note["read"] = now.isoformat()
        for name in ("contradicted", "unconditional", "broken"):
            note.pop(name, None)
        row.note = note
        put_queued(self.desk.record, row)

    def _failed(self, row: Queued, why: str, *, gone: bool = False) -> None:
        self.report.failed += 1
        row.tries += 1
        row.error = why
        row.due = _stamp(self._clock.now() + pause_after(row.tries))
        if gone and row.document is not None and row.tries >= _TRIES:
            row.state = "gone"
            self.report.gone += 1
        elif row.tries >= _GIVEN_UP:
            row.state = "given-up"
        put_queued(self.desk.record, row)

    # -- what the record says

    def _good(self, address: str) -> _Good | None:
        """The marks of the last visit that brought a version which is not in doubt."""
        query = (
            "SELECT etag, modified, capture FROM visit WHERE address = ? AND capture IS NOT NULL AND outcome IN "
            "('new', 'changed', 'unchanged', 'not-modified', 'replaced', 'listing') ORDER BY number DESC LIMIT 1"
        )
        row = self.desk.record.execute(query, (address,)).fetchone()
        return None if row is None else _Good(row[0], row[1], row[2])

    def _asked(
        self,
        url: str,
        source: str | None,
        reply: Reply | None = None,
        good: _Good | None = None,
        guid: str | None = None,
    ) -> Asked:
        if reply is None:
            at = self._clock.now().isoformat(timespec="seconds")
            return Asked(address=url, at=at, run=self._run, source=source, guid=guid)
        return Asked(
            address=url,
            at=reply.at.isoformat(timespec="seconds"),
            status=reply.status,
            etag=reply.etag or (good.etag if good and reply.status == 304 else None),
            modified=reply.last_modified or (good.modified if good and reply.status == 304 else None),
            final_address=reply.url if reply.url != url else None,
            permanent=reply.moved is not None,
            guid=guid,
            run=self._run,
            source=source,
        )

    def _keep_wait(self, sources: list[Source]) -> None:
        """Keep until when a host asked to wait, for the next run."""
        for source in sources:
            until = self._client.host(source.url).waits_until
            row = queued(self.desk.record, source.url)
            if until is not None and row is not None:
                row.note = (row.note or {}) | {"wait_until": until.isoformat()}
                put_queued(self.desk.record, row)

    def _waiting(self) -> int:
        query = "SELECT count(*) FROM queue WHERE state = 'waiting' AND issuer = ? AND due <= ?"
        return int(self.desk.record.execute(query, (self.card.id, _stamp(self._clock.now()))).fetchone()[0])

    def _begin(self) -> None:
        if not self.desk.record.in_transaction:
            self.desk.record.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self.desk.writer.commit()


class _Good(msgspec.Struct, frozen=True):
    """The marks by which a server knows the version at hand, and the SHA-256 of its bytes."""

    etag: str | None
    modified: str | None
    capture: str

    @property
    def conditions(self) -> dict[str, str | None]:
        return {"etag": self.etag, "last_modified": self.modified}


def _what(verdict: str, reply: Reply) -> str:
    status = f"the server answered {reply.status} {reply.answer.reason}".strip()
    return {
        "wall": "a wall against programs in place of the page",
        "missing": "a page that says it is not there",
        "empty": "an empty page",
    }.get(verdict, status)


def _stamp(at: datetime) -> str:
    return utc(at.isoformat())


def _moment(words: str) -> datetime:
    told = datetime.fromisoformat(words)
    return told if told.tzinfo else told.replace(tzinfo=UTC)
