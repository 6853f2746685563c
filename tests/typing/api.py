"""A file of user code, type-checked by ``tests/test_exports.py`` as a user would check it; it is never run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import onrecord
from onrecord.asking import (
    ActFilters,
    Acts,
    AnswerFilters,
    Answers,
    Coverage,
    Explanation,
    Facets,
    Formulas,
    Judgement,
    Ledger,
    LedgerFilters,
    MeetingFilters,
    Meetings,
    MentionFilters,
    Mentions,
    QueryError,
    Redline,
    SearchResult,
    SearchScope,
    Trace,
    Trends,
    TurnFilters,
    acts,
    answers,
    counts_by,
    coverage,
    explain,
    facets,
    find,
    formulas,
    judge,
    ledger,
    meetings,
    mentions,
    redline,
    trace,
    trends,
)


def read_pages(page: Path) -> None:
    document = onrecord.read(page)
    assert_type(document, onrecord.Document)
    for turn in document:
        assert_type(turn, onrecord.Turn)
        assert_type(turn.text, str)
        assert_type(turn.span.place(), onrecord.Place)
        assert_type(turn.span.source(), bytes)
    annotated = onrecord.annotate(document)
    assert_type(annotated.acts, tuple[onrecord.Act, ...])
    assert_type(explain(annotated, annotated.acts[0]), Explanation)


def ask(folder: str) -> None:
    with onrecord.open(folder) as desk:
        assert_type(desk, onrecord.Desk)
        for document in desk.documents(issuer="cn-mfa", since="2021-01-01"):
            assert_type(document.date, str | None)
            assert_type(redline(desk, document), Redline)
        assert_type(coverage(desk), Coverage)
        assert_type(find(desk, '"win-win cooperation"', TurnFilters(issuer=("cn-mfa",), since="2021")), SearchResult)
        assert_type(counts_by(desk, "sanctions", by="month"), dict[str, int])
        assert_type(facets(desk, "sanctions"), Facets)
        assert_type(trace(desk, "win-win cooperation", both_scripts=True), Trace)
        assert_type(formulas(desk, between=("2018", "2020")), Formulas)
        assert_type(acts(desk, ActFilters(actor=("China",), type=("oppose",))), Acts)
        assert_type(answers(desk, AnswerFilters(issue=("taiwan",)), by="issue"), Answers)
        assert_type(mentions(desk, MentionFilters(kind=("country",))), Mentions)
        assert_type(meetings(desk, MeetingFilters(between=("China", "USA"))), Meetings)
        assert_type(ledger(desk, LedgerFilters(between=("China", "USA"), issue="climate")), Ledger)
        assert_type(ledger(desk, between=["China", "USA"], since="2021"), Ledger)
        assert_type(trends(desk, ["mention:Japan"], SearchScope(language=("en",)), by="year"), Trends)
    with onrecord.open(folder, write=True) as desk:
        try:
            made = judge(desk, "id", "kept", note="The group met on 9 May.", judge="Ann Example")
        except QueryError as error:
            print(error.hint)
        else:
            assert_type(made, Judgement)
