"""Questions to a desk, each a function from a desk to typed answers: find, trace, redline, formulas, acts, trends …"""

from onrecord.asking.acts import ActFilters, Acts, FoundAct, acts
from onrecord.asking.answers import AnswerFilters, Answers, answers
from onrecord.asking.conditions import Told
from onrecord.asking.explaining import Explanation, explain
from onrecord.asking.facets import Facet, Facets, facets
from onrecord.asking.find import Filters, Found, Held, Hit, counts_by, find, held
from onrecord.asking.formulas import Formula, Formulas, formulas
from onrecord.asking.mentions import MentionFilters, Mentions, mentions
from onrecord.asking.query import parse
from onrecord.asking.redline import Redline, redline
from onrecord.asking.trace import Trace, Use, Wording, trace
from onrecord.asking.trends import Trends, trends
from onrecord.errors import QueryError

__all__ = [
    "ActFilters",
    "Acts",
    "AnswerFilters",
    "Answers",
    "Explanation",
    "Facet",
    "Facets",
    "Filters",
    "Formula",
    "Formulas",
    "Found",
    "FoundAct",
    "Held",
    "Hit",
    "MentionFilters",
    "Mentions",
    "QueryError",
    "Redline",
    "Told",
    "Trace",
    "Trends",
    "Use",
    "Wording",
    "acts",
    "answers",
    "counts_by",
    "explain",
    "facets",
    "find",
    "formulas",
    "held",
    "mentions",
    "parse",
    "redline",
    "trace",
    "trends",
]
