"""What takes long for a whole desk and is made once, so that the first reader does not wait for it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from onrecord.asking import TurnFilters, coverage, find, mentions
from onrecord.asking.facet_counts import facets
from onrecord.asking.meeting_accounts import meetings
from onrecord.asking.phrase_trace import trace
from onrecord.asking.statement_redline import redline
from onrecord.asking.time_series import trends
from onrecord.asking.undertaking_ledger import ledger
from onrecord.desk.store import Desk
from onrecord.desk.wording_index import open_wordings
from onrecord.errors import OnRecordError
from onrecord.languages.code_lookup import issue_id, mention_id
from onrecord.web.rendering import compile_templates

#: A step by the name that a person knows it by.
Step = tuple[str, Callable[[Desk], object]]


def _redline_of_the_latest(desk: Desk) -> None:
    """Redline the latest statement of each language: the first redline opens what all later ones use."""
    query = "SELECT max(id) FROM document GROUP BY language"
    for (id,) in desk.record.execute(query).fetchall():
        with contextlib.suppress(OnRecordError):
            redline(desk, desk.document(id))


def _trace_of_anything(desk: Desk) -> None:
    with contextlib.suppress(OnRecordError):
        trace(desk, "warm up")


#: What the server's own threads need: the pages that only look up one document or a list.
FOR_THREADS: tuple[Step, ...] = (
    ("what is coverage", coverage),
    ("the templates", lambda desk: compile_templates()),
    ("the list of statements", lambda desk: desk.rows(newest=True, limit=1)),
)
#: What each worker process needs.
FOR_WORKERS: tuple[Step, ...] = (
    ("the index of words", lambda desk: find(desk, "", limit=1)),
    ("the index of wordings", lambda desk: open_wordings(desk.folder, desk.record)),
    ("the names that the tables hold", lambda desk: (mention_id("China"), issue_id("climate"))),
    ("a trace", _trace_of_anything),
    ("a redline", _redline_of_the_latest),
    ("who is named", mentions),
    ("the years", lambda desk: trends(desk, ["mention:CHN"], by="year")),
    ("meetings", meetings),
    ("the ledger", lambda desk: ledger(desk, between=("CHN", "USA"))),
    ("acts by issue", lambda desk: facets(desk, "", TurnFilters(act=("agree",), actor=("USA",)))),
)
