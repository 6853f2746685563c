"""Collect from an issuer's site onto a desk: read its lists, ask for what is new or due, keep what came of every visit.

The queue of the desk says what is due; each page is kept together with its visit, so that a run which is cut off at any moment
goes on where it stopped.
"""

from __future__ import annotations

from datetime import date

import msgspec

from onrecord.collecting.client import Client
from onrecord.collecting.clock import Clock
from onrecord.collecting.list_visits import ListVisits
from onrecord.collecting.page_visits import PageVisits
from onrecord.collecting.report import Report, complete
from onrecord.collecting.run import Progress, Run
from onrecord.desk import Desk
from onrecord.desk.queue import put_queued, queued
from onrecord.desk.visits import begin_run, end_run
from onrecord.errors import HostPaused
from onrecord.houses.house import Card
from onrecord.houses.sources import Source


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
        self._run = Run(desk, card, client, clock, since=since, tell=tell)
        self._max_pages = max_pages

    @property
    def report(self) -> Report:
        """What came of the run, up to now."""
        return self._run.report

    def run(self) -> Report:
        """Read the lists that are due, then ask for the pages that are. Raises only what the desk itself raises."""
        run, report, record = self._run, self._run.report, self._run.desk.record
        options = {"since": report.since, "max_pages": self._max_pages, "mirror": run.client.mirror.base or None}
        run.number = begin_run(record, run.card.id, options)
        today = run.clock.now().date()
        sources = [one for one in run.card.sources if one.is_open(run.since, today)]
        lists = ListVisits(run)
        try:
            try:
                for source in sources:
                    lists.read(source)
                PageVisits(run, self._max_pages).ask_due()
            except HostPaused as error:
                report.stopped = True
                report.troubles.append(str(error))
            self._keep_wait(sources)
            report.requests = sum(host.requests for host in run.client.hosts.values())
            complete(report, run.desk, sources, today)
            run.commit()
            end_run(record, run.number, msgspec.to_builtins(report))
        finally:
            run.desk.writer.try_commit()
        return report

    def _keep_wait(self, sources: list[Source]) -> None:
        """Keep until when a host asked to wait, for the next run."""
        for source in sources:
            until = self._run.client.host(source.url).waits_until
            row = queued(self._run.desk.record, source.url)
            if until is not None and row is not None:
                row.note = (row.note or {}) | {"wait_until": until.isoformat()}
                put_queued(self._run.desk.record, row)
