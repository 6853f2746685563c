"""What was searched for an answer, by issuer, language and day.

What a desk holds by month: :mod:`onrecord.asking.month_coverage`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from onrecord import languages
from onrecord.asking.conditions import desk_languages, desk_values
from onrecord.asking.recent_answers import cached_answer
from onrecord.asking.scope import SearchScope, first_day, last_day
from onrecord.desk.listing import Listed
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.partial_dates import lies_within, whole_day

#: As many issuers are printed by name; the rest are counted.
_NAMED = 6


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The documents that were searched, with their turns; for each issuer the number of documents with the first and last day.

    ``missing`` counts, by issuer, the weekdays between those two days without a document: recesses and holidays, and
    what the desk lacks. ``languages`` counts the documents by language. ``other_script`` counts those whose language is
    not written as the words of the question are: the words can hardly occur in them. ``only_other_script`` are the years
    in which all documents are such: no use of the words in these years means nothing.
    """

    documents: int
    turns: int
    issuers: dict[str, tuple[int, str | None, str | None]]
    missing: dict[str, int] = {}
    languages: dict[str, int] = {}
    other_script: dict[str, int] = {}
    only_other_script: tuple[str, ...] = ()

    def __str__(self) -> str:
        most = sorted(self.issuers, key=lambda issuer: -self.issuers[issuer][0])[:_NAMED]
        parts = []
        for issuer in sorted(most):
            count, first, last = self.issuers[issuer]
            gaps = f", {self.missing[issuer]:,} weekdays between without any" if self.missing.get(issuer) else ""
            parts.append(f"{issuer} {count:,} ({first or 'undated'} to {last or 'undated'}{gaps})")
        rest = [self.issuers[issuer][0] for issuer in self.issuers if issuer not in most]
        if rest:
            parts.append(f"{len(rest)} more issuers {sum(rest):,}")
        return ", ".join(parts) or "nothing"

    @property
    def caution(self) -> str:
        """What a reader must know before taking a zero, a first or a last use for a finding; empty if there is nothing."""
        if not self.other_script:
            return ""
        counts = ", ".join(f"{count:,} in {code}" for code, count in self.other_script.items())
        words = f"These words can hardly occur in documents in another script: {counts}"
        if self.only_other_script:
            words += f". No other documents are held of {_runs(self.only_other_script)}"
        return f"{words}."


@one_state
def coverage(
    desk: Desk, scope: SearchScope | None = None, *, kinds: Sequence[str] = (), words: str | None = None
) -> Coverage:
    """What the desk holds, or what it holds within a scope: of these issuers, languages, days and kinds of document.

    The speakers and outlets of the scope do not narrow it: they select turns. With ``words``, the documents whose
    language is not written in the script of these words are counted apart.

    Raises QueryError for an issuer or a language that the desk does not have.
    """
    key = repr((scope, tuple(kinds), _scripts_of(words or "")))
    return cached_answer(desk, "coverage", key, lambda: _coverage(desk, scope or SearchScope(), kinds, words or ""))


def unannotated(desk: Desk) -> int:
    """How many documents of the desk have no annotation yet: what they say is in no answer about acts or meetings."""
    query = "SELECT (SELECT count(*) FROM document) - (SELECT count(*) FROM annotation)"
    return desk.remembered("unannotated", lambda: int(desk.record.execute(query).fetchone()[0]))


def _coverage(desk: Desk, scope: SearchScope, kinds: Sequence[str], words: str) -> Coverage:
    issuers = desk_values(desk, "issuer", "document", scope.issuer)
    tags = desk_languages(desk, scope.language)
    since, until = first_day(scope.since), last_day(scope.until)
    held = [
        one
        for one in desk.listed()
        if (not issuers or one.issuer in issuers)
        and (not tags or one.language in tags)
        and (not kinds or one.kind in kinds)
        and lies_within(one.day, since, until)
    ]
    by_issuer: dict[str, list[str | None]] = {}
    for one in held:
        by_issuer.setdefault(one.issuer, []).append(one.day)
    by_language = Counter(one.language for one in held)
    other = _in_other_scripts(by_language, words)
    return Coverage(
        documents=len(held),
        turns=_turns(desk, held),
        issuers={issuer: _extent(days) for issuer, days in sorted(by_issuer.items())},
        missing={issuer: gaps for issuer, days in sorted(by_issuer.items()) if (gaps := _missing_weekdays(days))},
        languages=dict(sorted(by_language.items())),
        other_script={code: by_language[code] for code in sorted(other)},
        only_other_script=_years_only(held, other),
    )


def _extent(days: list[str | None]) -> tuple[int, str | None, str | None]:
    dated = [day for day in days if day is not None]
    return len(days), min(dated, default=None), max(dated, default=None)


def _turns(desk: Desk, held: list[Listed]) -> int:
    turns = desk.remembered(
        "turns of documents",
        lambda: dict(desk.record.execute("SELECT document, count(*) FROM turn GROUP BY document").fetchall()),
    )
    return sum(turns.get(one.id, 0) for one in held)


def _missing_weekdays(days: Iterable[str | None]) -> int:
    held = {date.fromisoformat(day) for day in map(whole_day, days) if day is not None}
    if not held:
        return 0
    between = (min(held) + timedelta(offset) for offset in range((max(held) - min(held)).days))
    return sum(day.weekday() < 5 and day not in held for day in between)


def _scripts_of(words: str) -> frozenset[str]:
    """The scripts of the letters of some words, by the first word of their Unicode names; a Han character is ``CJK``."""
    return frozenset(unicodedata.name(one, "").split(" ")[0].split("-")[0] for one in words if one.isalpha())


#: The first word of the Unicode names of a script's letters, where it is not the script's own name.
_NAMES = {"Han": ("CJK",), "Hiragana": ("HIRAGANA",), "Katakana": ("KATAKANA",)}


def _in_other_scripts(codes: Iterable[str], words: str) -> set[str]:
    """The languages that are written in none of the scripts of the words; none where a language's scripts are unknown."""
    asked = _scripts_of(words)
    found = set()
    for code in codes:
        own = {name for script in languages.find(code).scripts for name in _NAMES.get(script, (script.upper(),))}
        if asked and own and not own & asked:
            found.add(code)
    return found


def _years_only(held: list[Listed], other: set[str]) -> tuple[str, ...]:
    if not other:
        return ()
    years: dict[str, bool] = {}
    for one in held:
        if one.day is not None:
            years[one.day[:4]] = years.get(one.day[:4], True) and one.language in other
    return tuple(sorted(year for year, only in years.items() if only))


def _runs(years: Sequence[str]) -> str:
    """Years in words: ``2019, 2022 to 2024``."""
    runs: list[list[int]] = []
    for year in map(int, years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
