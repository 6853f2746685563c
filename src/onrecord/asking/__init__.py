"""Questions to a desk, each a function from a desk to typed answers: find, trace, redline."""

from onrecord.asking.find import Filters, Found, Held, Hit, counts_by, find, held
from onrecord.asking.query import parse
from onrecord.asking.redline import Redline, redline
from onrecord.asking.trace import Trace, Use, Wording, trace
from onrecord.errors import QueryError

__all__ = [
    "Filters",
    "Found",
    "Held",
    "Hit",
    "QueryError",
    "Redline",
    "Trace",
    "Use",
    "Wording",
    "counts_by",
    "find",
    "held",
    "parse",
    "redline",
    "trace",
]
