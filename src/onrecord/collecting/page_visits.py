"""Ask for the pages that are due, and keep each together with its visit."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from onrecord.captures.fetching import opened_of
from onrecord.captures.opened import Opened
from onrecord.collecting.answers import judge
from onrecord.collecting.client import Reply
from onrecord.collecting.run import Good, Run, moment, stamp, what_came
from onrecord.collecting.schedule import next_visit, pause_after
from onrecord.desk.queue import Queued, due, put_queued
from onrecord.desk.readers import ReadJob, run_job
from onrecord.desk.visits import Asked, VisitOutcome
from onrecord.errors import Disallowed, FetchFailed, HostPaused, TooLarge
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


class PageVisits:
    """The visits of one run to pages; ``most`` is the number of statements to ask for at most."""

    def __init__(self, run: Run, most: int | None) -> None:
        self._run = run
        self._max_pages = most
        self._tries: Counter[str] = Counter()

    def ask_due(self) -> None:
        """Ask for every page that is due, and once more for those that could not be had, as long as that is soon."""
        while True:
            now = self._run.clock.now()
            rows = [one for one in due(self._run.desk.record, self._run.card.id, stamp(now)) if self._may_ask(one)]
            if not rows:
                later = [
                    one.due
                    for one in due(self._run.desk.record, self._run.card.id, stamp(now + _SOON))
                    if self._may_ask(one) and one.tries
                ]
                if not later:
                    return
                self._run.clock.sleep(max(1.0, (datetime.fromisoformat(min(later)) - now).total_seconds()))
                continue
            for row in rows:
                if self._max_pages is not None and self._run.report.asked >= self._max_pages:
                    return
                self._run.tell(row.address)
                self._ask_page(row)
                self._run.commit()

    def _may_ask(self, row: Queued) -> bool:
        return "list" not in (row.note or {}) and self._tries[row.address] < _TRIES

    def _ask_page(self, row: Queued) -> None:
        """Ask for one page, keep what came of it, and say when it is due again."""
        self._run.report.asked += 1
        self._tries[row.address] += 1
        note = row.note = row.note or {}
        good = self._run.good(row.address)
        conditions = good.conditions if good is not None and not note.get("unconditional") else {}
        try:
            reply = self._run.client.ask(row.address, **conditions)
        except HostPaused:
            self._run.report.asked -= 1
            raise
        except Disallowed as error:
            self._run.desk.writer.visited(
                self._run.asked(row.address, row.source),
                "disallowed",
                document=row.document,
                error=error.name,
                message=str(error),
            )
            row.error, row.due = error.name, stamp(self._run.clock.now() + _FORBIDDEN)
            put_queued(self._run.desk.record, row)
            return
        except (FetchFailed, TooLarge) as error:
            asked = self._run.asked(row.address, row.source)
            self._run.desk.writer.visited(asked, "failed", document=row.document, error=error.name, message=str(error))
            self._failed(row, f"{error.name}: {error.what}")
            return
        self._answered(row, reply, good)

    def _answered(self, row: Queued, reply: Reply, good: Good | None) -> None:
        asked = self._run.asked(row.address, row.source, reply, good, row.guid)
        verdict = judge(reply.answer, self._run.card.signs)
        if verdict == "page":
            self._read(row, reply, asked)
        elif verdict == "unchanged" and good is not None:
            self._run.desk.writer.visited(asked, "not-modified", capture=good.capture)
            self._confirmed(row)
        else:
            if verdict == "wall":
                self._run.client.host(row.address).refused()
            outcome: VisitOutcome = (
                "gone" if verdict in ("gone", "missing") else "refused" if reply.status == 200 else "failed"
            )
            kept = opened_of(reply.answer, reply.at, reply.url) if outcome == "refused" and reply.answer.data else None
            self._run.desk.writer.visited(
                asked, outcome, kept=kept, document=row.document, error=verdict, message=what_came(verdict, reply)
            )
            self._failed(row, what_came(verdict, reply), gone=outcome == "gone")

    def _read(self, row: Queued, reply: Reply, asked: Asked) -> None:
        """Read a page and keep it; one that breaks off when it is seen for the first time is asked for again first."""
        opened = opened_of(reply.answer, reply.at, reply.url)
        note = row.note or {}
        if (id := self._run.desk.writer.holds(opened, asked)) is not None:
            self._run.report.unchanged += 1
            self._succeeded(row, id)
            return
        result = run_job(ReadJob(opened))
        if result.trouble is not None:
            self._run.desk.writer.visited(
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
            self._run.desk.writer.visited(
                asked, "refused", kept=opened, error="BreaksOff", message="the page breaks off"
            )
            self._failed(row, "the page breaks off")
            return
        document = self._document(result.document, result.offsets, opened, result.capture or opened.capture)
        added = self._run.desk.writer.add(document, result.packed, asked=asked, breaks_off=result.breaks_off)
        if added.outcome == "in-doubt":
            row.document, row.error = added.id, None
            row.due = stamp(self._run.clock.now() + _AGAIN_SOON)
            put_queued(self._run.desk.record, row)
            return
        name = {"new": "new", "changed": "changed", "replaced": "replaced"}.get(added.outcome, "unchanged")
        setattr(self._run.report, name, getattr(self._run.report, name) + 1)
        self._succeeded(row, added.id)

    def _document(self, data: bytes, offsets: bytes, opened: Opened, capture: Any) -> Document:
        return Document.from_json(data).with_capture(capture, b"", OffsetMap.from_bytes(offsets), opened.data)

    def _confirmed(self, row: Queued) -> None:
        """The server says that a page has not changed. A list that says it has is asked to agree, and then doubted no more."""
        note = row.note or {}
        self._run.report.unchanged += 1
        if note.get("modified", "") >= note.get("read", "") and note.get("contradicted", 0) < 2:
            note["contradicted"] = note.get("contradicted", 0) + 1
            note["unconditional"] = note["contradicted"] == 2
            row.due = stamp(self._run.clock.now() + timedelta(minutes=1))
            row.tries = 1
            put_queued(self._run.desk.record, row)
            return
        self._succeeded(row, row.document)

    def _succeeded(self, row: Queued, document: str | None) -> None:
        note, now = row.note or {}, self._run.clock.now()
        published = moment(note.get("published") or row.day or row.listed)
        again = next_visit(published, now)
        row.document = document or row.document
        row.tries, row.error, row.readings = 0, None, row.readings + 1
        row.state, row.due = ("waiting", stamp(again)) if again is not None else ("settled", row.due)
        note["read"] = now.isoformat()
        for name in ("contradicted", "unconditional", "broken"):
            note.pop(name, None)
        row.note = note
        put_queued(self._run.desk.record, row)

    def _failed(self, row: Queued, why: str, *, gone: bool = False) -> None:
        self._run.report.failed += 1
        row.tries += 1
        row.error = why
        row.due = stamp(self._run.clock.now() + pause_after(row.tries))
        if gone and row.document is not None and row.tries >= _TRIES:
            row.state = "gone"
            self._run.report.gone += 1
        elif row.tries >= _GIVEN_UP:
            row.state = "given-up"
        put_queued(self._run.desk.record, row)
