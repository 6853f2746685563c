"""Questions to a desk. Each is a function from a desk to a typed answer, which says what was searched.

============================  ===================================================================================
:func:`find`                  turns by words, phrases and filters; :func:`counts_by` and :func:`facets` count them
:func:`trace`                 every use of a phrase, exact and near, and how its wording changed
:func:`redline`               a statement against the record: said before, reworded, new
:func:`formulas`              stock phrases, found without being named; births and deaths between two periods
:func:`acts`                  speech acts: who did what by speaking, to whom, on what issue; :func:`explain` shows why
:func:`mentions`              mentions of actors, places and issues, counted
:func:`answers`               who is answered, and who is declined or referred elsewhere
:func:`meetings`              who met whom, with every account of a meeting
:func:`ledger`                what was undertaken, and what later documents say of it; :func:`judge` records a judgement
:func:`trends`                any of this over time
:func:`language_versions`     the same statement in other languages
:func:`accounts_of_meeting`   the accounts of one meeting; :func:`comparable_meetings` and :func:`comparable_versions` list them;
                              :func:`judge_link` records that two points belong together, or do not
:func:`since_last`            how a side's account of a meeting differs from its earlier one of the same parties
:func:`renderings`            how a phrase is rendered in another language
:func:`coverage`              what the desk holds
============================  ===================================================================================

>>> from onrecord.asking import TurnFilters, find                                            # doctest: +SKIP
>>> find(desk, '"win-win cooperation"', TurnFilters(issuer=("cn-mfa",), since="2021")).count  # doctest: +SKIP
"""

from onrecord.asking.accuracy_figures import AccuracyFigure, accuracy_caution, measured_accuracy
from onrecord.asking.act_filters import ActFilters
from onrecord.asking.act_search import Acts, FoundAct, acts, acts_of
from onrecord.asking.alignment import Edit
from onrecord.asking.answer_counts import (
    ANSWER_TYPES,
    AnswerFilters,
    AnswerGroup,
    AnswerRow,
    Answers,
    answers,
    group_row,
)
from onrecord.asking.baseline import baseline_document
from onrecord.asking.comparable_documents import ComparableMeeting, accounts_of_meeting, comparable_meetings
from onrecord.asking.corpus_slice import TurnPlace
from onrecord.asking.coverage_series import MonthFilters
from onrecord.asking.day_coverage import DayHeld, DaysHeld, coverage_by_day
from onrecord.asking.earlier_accounts import SinceLast, earlier_account, since_last
from onrecord.asking.edit_lists import EditedWords, EditFilters, EditList, EditOrder, ListedEdit, edit_list, edit_row
from onrecord.asking.explanation import Explanation, PartyEvidence, explain
from onrecord.asking.facet_counts import Facet, Facets, facets
from onrecord.asking.formula_results import ComparedPeriod, Formula, Formulas, Replacement
from onrecord.asking.fulfilment import FulfilmentReport
from onrecord.asking.full_ledger import LaterAccount, LedgerLine, UndertakingStatus
from onrecord.asking.held_versions import ComparableVersions, HeldAccount, comparable_versions
from onrecord.asking.judged_link_store import judge_link, link_judgements
from onrecord.asking.judgement_store import (
    JUDGEMENT_STATUSES,
    Judgement,
    JudgementStatus,
    judge,
    judgements,
    unplaced_judgements,
)
from onrecord.asking.ledger_index import LedgerFilters
from onrecord.asking.meeting_accounts import JoinedMeeting, MeetingAccount
from onrecord.asking.meeting_search import MeetingFilters, Meetings, meetings, meetings_of
from onrecord.asking.mention_counts import MentionCount, MentionFilters, Mentions, mentions, mentions_of
from onrecord.asking.month_coverage import MonthHeld, coverage_by_month
from onrecord.asking.phrase_renderings import RenderedUse, Rendering, Renderings, renderings
from onrecord.asking.phrase_trace import trace
from onrecord.asking.query import parse
from onrecord.asking.scope import SearchScope
from onrecord.asking.search_coverage import Coverage, coverage, unannotated
from onrecord.asking.statement_redline import (
    DroppedSentence,
    EarlierUse,
    MarkedSentence,
    Redline,
    SentenceVerdict,
    redline,
)
from onrecord.asking.statement_versions import (
    AlignedDocuments,
    aligned_documents,
    language_versions,
    learn_word_table,
)
from onrecord.asking.stock_phrases import formulas
from onrecord.asking.time_series import PeriodLength, TrendPeriod, Trends, TrendSeries, trends
from onrecord.asking.trace_results import DocumentRun, PhraseUse, PhraseWording, Trace
from onrecord.asking.turn_search import EarlierHit, Hit, Order, SearchResult, TurnFilters, counts_by, find
from onrecord.asking.undertaking_ledger import (
    Ledger,
    LedgerKeywords,
    ledger,
    ledger_of,
    ledger_row,
)
from onrecord.asking.undertaking_threads import UndertakingMention
from onrecord.asking.version_history import History, HistoryVersion, VersionRedline, history, version_redline
from onrecord.comparing.ladder import Move, Stands
from onrecord.errors import QueryError

__all__ = [
    "ANSWER_TYPES",
    "JUDGEMENT_STATUSES",
    "AccuracyFigure",
    "ActFilters",
    "Acts",
    "AlignedDocuments",
    "AnswerFilters",
    "AnswerGroup",
    "AnswerRow",
    "Answers",
    "ComparableMeeting",
    "ComparableVersions",
    "ComparedPeriod",
    "Coverage",
    "DayHeld",
    "DaysHeld",
    "DocumentRun",
    "DroppedSentence",
    "EarlierHit",
    "EarlierUse",
    "Edit",
    "EditFilters",
    "EditList",
    "EditOrder",
    "EditedWords",
    "Explanation",
    "Facet",
    "Facets",
    "Formula",
    "Formulas",
    "FoundAct",
    "FulfilmentReport",
    "HeldAccount",
    "History",
    "HistoryVersion",
    "Hit",
    "JoinedMeeting",
    "Judgement",
    "JudgementStatus",
    "LaterAccount",
    "Ledger",
    "LedgerFilters",
    "LedgerKeywords",
    "LedgerLine",
    "ListedEdit",
    "MarkedSentence",
    "MeetingAccount",
    "MeetingFilters",
    "Meetings",
    "MentionCount",
    "MentionFilters",
    "Mentions",
    "MonthFilters",
    "MonthHeld",
    "Move",
    "Order",
    "PartyEvidence",
    "PeriodLength",
    "PhraseUse",
    "PhraseWording",
    "QueryError",
    "Redline",
    "RenderedUse",
    "Rendering",
    "Renderings",
    "Replacement",
    "SearchResult",
    "SearchScope",
    "SentenceVerdict",
    "SinceLast",
    "Stands",
    "Trace",
    "TrendPeriod",
    "TrendSeries",
    "Trends",
    "TurnFilters",
    "TurnPlace",
    "UndertakingMention",
    "UndertakingStatus",
    "VersionRedline",
    "accounts_of_meeting",
    "accuracy_caution",
    "acts",
    "acts_of",
    "aligned_documents",
    "answers",
    "baseline_document",
    "comparable_meetings",
    "comparable_versions",
    "counts_by",
    "coverage",
    "coverage_by_day",
    "coverage_by_month",
    "earlier_account",
    "edit_list",
    "edit_row",
    "explain",
    "facets",
    "find",
    "formulas",
    "group_row",
    "history",
    "judge",
    "judge_link",
    "judgements",
    "language_versions",
    "learn_word_table",
    "ledger",
    "ledger_of",
    "ledger_row",
    "link_judgements",
    "measured_accuracy",
    "meetings",
    "meetings_of",
    "mentions",
    "mentions_of",
    "parse",
    "redline",
    "renderings",
    "since_last",
    "trace",
    "trends",
    "unannotated",
    "unplaced_judgements",
    "version_redline",
]
