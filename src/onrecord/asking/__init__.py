"""Questions to a desk, each a function from a desk to typed answers: find, trace, redline, formulas."""

from onrecord.asking.find import Filters, Found, Held, Hit, counts_by, find, held
from onrecord.asking.formulas import Formula, Formulas, formulas
from onrecord.asking.query import parse
from onrecord.asking.redline import Redline, redline
from onrecord.asking.trace import Trace, Use, Wording, trace
from onrecord.errors import QueryError

__all__ = [
    "Filters",
    "Formula",
    "Formulas",
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
    "formulas",
    "held",
    "parse",
    "redline",
    "trace",
]
