"""Questions to a desk, each a function from a desk to typed answers: find."""

from onrecord.asking.find import Filters, Found, Held, Hit, counts_by, find, held
from onrecord.asking.query import QueryError, parse

__all__ = ["Filters", "Found", "Held", "Hit", "QueryError", "counts_by", "find", "held", "parse"]
