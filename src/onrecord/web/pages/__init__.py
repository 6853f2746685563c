"""The pages of the web interface, one module each: parameters, answer, and conversions to other formats."""

from onrecord.web.page import Page
from onrecord.web.pages import (
    actors,
    acts,
    answers,
    cite,
    coverage,
    edits,
    find,
    front,
    ledger,
    meetings,
    redline,
    source,
    statement,
    statements,
    trace,
    trends,
    versions,
)

PAGES: list[Page] = [
    front.PAGE,
    statements.PAGE,
    statement.PAGE,
    source.PAGE,
    cite.PAGE,
    redline.PAGE,
    versions.PAGE,
    edits.PAGE,
    find.PAGE,
    trace.PAGE,
    ledger.PAGE,
    meetings.PAGE,
    actors.PAGE,
    actors.OUTLET,
    actors.INDEX,
    acts.PAGE,
    answers.PAGE,
    trends.PAGE,
    coverage.PAGE,
]
