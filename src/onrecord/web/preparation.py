"""Warm-up: load indexes and compute summaries of the whole desk in advance, so that the first reader does not wait."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from onrecord.asking import TurnFilters, coverage, find, mentions
from onrecord.asking.facet_counts import facets
from onrecord.asking.meeting_search import meetings
from onrecord.asking.phrase_trace import trace
from onrecord.asking.statement_redline import redline
from onrecord.asking.time_series import trends
from onrecord.asking.undertaking_ledger import ledger
from onrecord.desk.store import Desk
from onrecord.desk.wording_index import open_wordings
from onrecord.errors import OnRecordError
from onrecord.languages.code_lookup import issue_id, mention_id
from onrecord.web.rendering import compile_templates

#: A name for progress messages, and the function to call.
Step = tuple[str, Callable[[Desk], object]]


def _latest_redlines(desk: Desk) -> None:
    """Redline the latest statement of each language: the first redline opens the indexes that all later ones use."""
    query = "SELECT max(id) FROM document GROUP BY language"
    for (id,) in desk.record.execute(query).fetchall():
        with contextlib.suppress(OnRecordError):
            redline(desk, desk.document(id))


def _any_trace(desk: Desk) -> None:
    with contextlib.suppress(OnRecordError):
        trace(desk, "warm up")


#: Steps for the threads of the server, which answer pages that only look up a document or a list.
FOR_THREADS: tuple[Step, ...] = (
    ("coverage", coverage),
    ("the templates", lambda desk: compile_templates()),
    ("the list of statements", lambda desk: desk.rows(newest=True, limit=1)),
)
#: Steps for each worker process.
FOR_WORKERS: tuple[Step, ...] = (
    ("the word index", lambda desk: find(desk, "", limit=1)),
    ("the wording index", lambda desk: open_wordings(desk.folder, desk.record)),
    ("the tables of names", lambda desk: (mention_id("China"), issue_id("climate"))),
    ("a trace", _any_trace),
    ("a redline", _latest_redlines),
    ("mentions", mentions),
    ("trends", lambda desk: trends(desk, ["mention:CHN"], by="year")),
    ("meetings", meetings),
    ("the ledger", lambda desk: ledger(desk, between=("CHN", "USA"))),
    ("acts by issue", lambda desk: facets(desk, "", TurnFilters(act=("agree",), actor=("USA",)))),
)
