"""Read an issuer's lists and put what they name into the queue of the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from onrecord.captures.fetching import opened_of
from onrecord.collecting.answers import judge
from onrecord.collecting.client import Reply
from onrecord.collecting.listings import Entry, Listed, read_listing
from onrecord.collecting.run import Run, stamp, what_came
from onrecord.collecting.schedule import pause_after
from onrecord.collecting.walking import EndOfList, walk
from onrecord.desk.queue import Queued, put_queued, queued
from onrecord.desk.visits import Asked, put_source
from onrecord.desk.visits import Source as StoredSource
from onrecord.errors import Disallowed, FetchFailed, HostPaused, OnRecordError
from onrecord.houses.sources import Source, period

#: Pauses of a list that came with an error, in the number of tries.
_LIST_TRIES = 3


class ListVisits:
    """The visits of one run to lists. A list is a row of the queue like a page, with the name of its source in its note."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._new_on_page = 0

    def read(self, source: Source) -> None:
        """Walk one list if it is due, and put what it names into the queue."""
        name, now = f"{self._run.card.id}/{source.id}", self._run.clock.now()
        settings = msgspec.to_builtins(source)
        put_source(
            self._run.desk.record,
            StoredSource(id=name, issuer=self._run.card.id, kind=source.form, address=source.url, settings=settings),
        )
        row = queued(self._run.desk.record, source.url) or Queued(
            address=source.url, issuer=self._run.card.id, listed=stamp(now), last_listed=stamp(now), due=stamp(now),
            source=name, note={"list": source.id},
        )  # fmt: skip
        note = row.note or {}
        if wait := note.get("wait_until"):
            self._run.client.host(source.url).wait_until(datetime.fromisoformat(wait))
        reached = note.get("since")
        wider = reached is None or self._run.since.isoformat() < reached
        if row.due > stamp(now) and not wider:
            return
        walked = walk(
            source,
            lambda url: self._ask_list(source, name, url),
            lambda entries: self._new_on_page,
            since=self._run.since,
            after=None if wider or "complete" not in note else datetime.fromisoformat(note["complete"]),
        )
        self._run.report.lists[name] = walked.ended
        if walked.trouble is not None:
            self._run.report.troubles.append(walked.trouble)
            row.tries, row.due = row.tries + 1, stamp(now + min(pause_after(row.tries + 1), timedelta(hours=1)))
        else:
            row.tries, row.due = 0, stamp(now + timedelta(seconds=period(source.every) * 0.95))
            note |= {
                "complete": now.isoformat(),
                "since": min(self._run.report.since, reached or self._run.report.since),
            }
            if not walked.complete and walked.ended != "known" and walked.oldest is not None:
                note["ends"] = walked.oldest.isoformat()
        note.pop("wait_until", None)
        row.note = note
        put_queued(self._run.desk.record, row)
        self._run.commit()

    def _ask_list(self, source: Source, name: str, url: str) -> Listed | None:
        """One page of a list. Raises EndOfList and SourceError."""
        for tried in range(1, _LIST_TRIES + 1):
            good = self._run.good(url)
            self._run.tell(url)
            try:
                reply = self._run.client.ask(url, **(good.conditions if good else {}))
            except HostPaused:
                raise
            except Disallowed as error:
                self._run.desk.writer.visited(
                    self._run.asked(url, name), "disallowed", error=error.name, message=str(error)
                )
                raise
            except FetchFailed as error:
                self._run.desk.writer.visited(
                    self._run.asked(url, name), "failed", error=error.name, message=str(error)
                )
                if tried == _LIST_TRIES:
                    raise
                continue
            asked = self._run.asked(url, name, reply, good)
            verdict = judge(reply.answer, self._run.card.signs)
            if verdict == "unchanged" and good is not None:
                self._run.desk.writer.visited(asked, "not-modified", capture=good.capture)
                return None
            if verdict in ("gone", "missing") or (verdict == "error" and reply.status == 400):
                self._run.desk.writer.visited(asked, "gone")
                raise EndOfList
            if verdict == "page":
                listed = self._listed(source, url, reply, asked)
                if listed is not None:
                    return listed
                continue
            if verdict == "wall":
                self._run.client.host(url).refused()
            self._run.desk.writer.visited(
                asked, "failed", error=verdict, message=f"the list cannot be had: {what_came(verdict, reply)}"
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
            self._run.desk.writer.visited(asked, "refused", error=error.name, message=str(error))
            return None
        if not listed.whole:
            self._take(listed.entries, asked.source or "")
            self._run.desk.writer.visited(asked, "refused", error="BreaksOff", message="the list breaks off")
            return None
        # What it names is queued before the visit is recorded: the next request is conditional on the visit.
        self._run.begin()
        self._new_on_page = self._take(listed.entries, asked.source or "")
        self._run.desk.writer.visited(asked, "listing", kept=opened)
        self._run.commit()
        return listed

    def _take(self, entries: list[Entry], source: str) -> int:
        """Put entries into the queue; return how many of them are new, or were changed since they were read."""
        now, new = stamp(self._run.clock.now()), 0
        for entry in entries:
            row = queued(self._run.desk.record, entry.url)
            modified = entry.modified.isoformat() if entry.modified is not None else None
            if row is None:
                if entry.on is not None and entry.on < self._run.since:
                    continue
                row = Queued(
                    address=entry.url, issuer=self._run.card.id, listed=now, last_listed=now, due=now, source=source,
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
            put_queued(self._run.desk.record, row)
        return new
