"""The pages of the desk, one a file: what is asked, the answer, and how it goes out in other forms."""

from onrecord.web.page import Page
from onrecord.web.pages import (
    actors,
    acts,
    answers,
    citing,
    finding,
    front,
    ledger,
    meetings,
    redlining,
    source,
    statement,
    statements,
    tracing,
    trends,
)

PAGES: list[Page] = [
    front.PAGE,
    statements.PAGE,
    statement.PAGE,
    source.PAGE,
    citing.PAGE,
    redlining.PAGE,
    finding.PAGE,
    tracing.PAGE,
    ledger.PAGE,
    meetings.PAGE,
    actors.PAGE,
    actors.OUTLET,
    actors.INDEX,
    acts.PAGE,
    answers.PAGE,
    trends.PAGE,
]
