"""Render answers as HTML: the templates with their filters and globals."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from functools import cache, partial
from importlib.resources import files
from typing import Any, get_args
from urllib.parse import quote, urlencode

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord import languages
from onrecord.annotation_types import ActType, MeetingKind, Strength
from onrecord.asking import DayHeld, Edit, UndertakingStatus, coverage
from onrecord.asking.options import EDIT_KIND, TOUCHES
from onrecord.desk.store import Desk
from onrecord.errors import OnRecordError
from onrecord.houses import find as house_of
from onrecord.languages.code_lookup import display_name
from onrecord.lexicon.outlets import outlet_name
from onrecord.margin import answer_words
from onrecord.sharing.days import day, moment
from onrecord.sharing.redline_page import reworded_html
from onrecord.version import __version__
from onrecord.web import addresses, charts
from onrecord.web.pages.coverage import IssuerDays
from onrecord.web.pages.front import IssuerHeld
from onrecord.web.pages.trends import TrendsPage
from onrecord.web.parameters import query_string

#: Titles longer than this many characters are truncated.
_TITLE = 300
#: The navigation links in the header of each page.
PARTS = (
    ("/statements", "Statements"), ("/find", "Find"), ("/trace", "Trace"), ("/edits", "Edits"), ("/ledger", "Ledger"),
    ("/meetings", "Meetings"), ("/compare", "Compare"), ("/actors", "Actors"), ("/acts", "Acts"), ("/answers", "Answers"),
    ("/trends", "Trends"), ("/coverage", "Coverage"),
)  # fmt: skip


def render(template: str, desk: Desk, *, path: str, query: str, **context: Any) -> bytes:
    """A page as HTML in UTF-8."""
    stem = "/index" if path == "/" else path
    words = (
        _environment()
        .get_template(template)
        .render(
            path=path,
            stem=stem,
            query=query,
            desk_held=coverage(desk),
            language_of=partial(_language_of, desk),
            **context,
        )
    )
    return words.encode("utf-8", "replace")


def _language_of(desk: Desk, document: str) -> str:
    """The HTML ``lang`` of a document."""
    row = desk.record.execute("SELECT language FROM document WHERE id = ?", (document,)).fetchone()
    return language(row[0] if row else "")


def compile_templates() -> None:
    """Compile the templates in advance, which takes a tenth of a second for the first page of each kind."""
    for template in _environment().list_templates(extensions=["html"]):
        _environment().get_template(template)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "day": day, "name": name, "issuer": issuer, "outlet": outlet, "number": number, "flat": flat, "language": language,
        "edits": edits, "quoted": lambda words: quote(str(words), safe=""), "plural": plural,
        "short": short, "moment": moment,
        "language_name": language_name, "answer_words": answer_words, "changes": changes,
    }  # fmt: skip
    environment.globals |= {
        "query_string": query_string, "statement_url": addresses.statement_url, "anchor": addresses.anchor,
        "entity_url": addresses.entity_url,
        "charts": charts, "parts": PARTS, "version": __version__, "static": _static_address, "calendar": calendar,
        "day_calendar": day_calendar,
        "year_links": year_links, "series_of": series_of, "csl_json": csl_json,
        "act_types": get_args(ActType), "strengths": get_args(Strength), "statuses": get_args(UndertakingStatus),
        "meeting_kinds": get_args(MeetingKind), "edit_kinds": EDIT_KIND.choices, "edit_touches": TOUCHES.choices,
    }  # fmt: skip
    return environment


def calendar(held: IssuerHeld, number: int) -> Markup:
    """A chart of an issuer's statements by month; each month links to its statements."""

    def href(month: str) -> str:
        year, of = (int(part) for part in month.split("-"))
        query = {"issuer": held.issuer, "since": f"{month}-01", "until": f"{month}-{monthrange(year, of)[1]:02}"}
        return f"/statements?{urlencode(query)}"

    return charts.calendar(
        held.first or "", held.last or "", held.months, id=f"calendar-{number}",
        title=f"Statements of {held.issuer} by month", href=href,
    )  # fmt: skip


def _marks(day: DayHeld) -> list[tuple[str, str]]:
    """The marks of a day on a calendar, the gravest first, each with what it says."""
    return [
        *([("missing", "expected and missing")] if day.missing else []),
        *([("doubt", plural(day.in_doubt, "version in doubt", "versions in doubt"))] if day.in_doubt else []),
        *([("removed", f"{number(day.removed)} removed from the site")] if day.removed else []),
        *([("listed", f"{number(day.listed)} listed and not held")] if day.listed else []),
    ]


def day_calendar(held: IssuerDays, place: int) -> Markup:
    """A chart of the days of an issuer in a language in a year; each day links to its statements."""
    marks = {one.day: (told[0][0], ", ".join(words for _, words in told)) for one in held.days if (told := _marks(one))}

    def href(day: str) -> str:
        return (
            f"/statements?{urlencode({'issuer': held.issuer, 'language': held.language, 'since': day, 'until': day})}"
        )

    return charts.days(
        held.year, {one.day: one.held for one in held.days if one.held}, marks, first=held.first or "9", last=held.last or "",
        id=f"days-{place}", title=f"Days of {held.issuer} in {held.year}", href=href,
    )  # fmt: skip


def year_links(params: msgspec.Struct, by_year: dict[str, int]) -> list[str | None]:
    """The URLs that narrow a search to each year of a chart."""
    return [f"/find{query_string(params, year=year, page=1)}" if year.isdigit() else None for year in by_year]


def series_of(counted: TrendsPage) -> list[tuple[str, list[int | None]]]:
    """The series of a trend in the form that charts take."""
    return [(series.term, list(series.counts)) for series in counted.series]


def csl_json(item: dict[str, Any]) -> str:
    """A CSL item as reference managers import it: in a list."""
    return msgspec.json.format(msgspec.json.encode([item]), indent=2).decode()


@cache
def name(id: str) -> str:
    """The display name of a code or id."""
    return display_name(id)


@cache
def issuer(id: str) -> str:
    """The name of an issuer, from its house card if there is one."""
    try:
        return house_of(id).card.name
    except OnRecordError:
        return {"unknown": "Unknown issuer"}.get(id, id)


def outlet(id: str | None) -> str:
    """The display name of an outlet."""
    return outlet_name(id) if id else "unnamed outlet"


def number(count: int) -> str:
    """A count with thousands separators."""
    return f"{count:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def flat(words: str) -> str:
    """Text in one line."""
    return " ".join(words.split())


def short(title: str) -> str:
    """A title, truncated if it is too long (the JSON has the whole), or that there is none: a link needs words."""
    if not title.strip():
        return "Without a title"
    return title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()} …"


def language(code: str) -> str:
    """The HTML ``lang`` of a language code, with the script if its table names one: it selects the shapes of characters."""
    known = languages.find(code)
    return (known.words.tag if known.code == code else "") or code or "und"


def language_name(code: str) -> str:
    """The English name of a language, or its code where there is no table for it."""
    known = languages.find(code)
    return known.name if known.code == code else code


#: Display names of the kinds of change in ``lexicon/telling.toml``.
_CHANGES = {
    "commitment": "a commitment", "modality": "how firmly it is said", "negation": "a negation", "intensity": "its intensity",
    "protest": "the level of protest", "time": "the time set",
}  # fmt: skip


def changes(touched: tuple[str, ...]) -> str:
    """The kinds of change of a rewording, for display."""
    return ", ".join(_CHANGES.get(name, name) for name in touched)


def edits(found: tuple[Edit, ...]) -> Markup:
    """A rewording in one line, with deletions and insertions."""
    return Markup(reworded_html(found))


@cache
def _static_address(file: str) -> str:
    """The URL of a static file, with a digest so that browsers fetch a changed file again."""
    data = files("onrecord.web").joinpath("static", file).read_bytes()
    return f"/static/{file}?{hashlib.sha256(data).hexdigest()[:10]}"
