"""Answers rendered as HTML: the templates with their filters and globals."""

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

from onrecord.asking import Edit, UndertakingStatus, coverage
from onrecord.desk.store import Desk
from onrecord.errors import OnRecordError
from onrecord.houses import find as house_of
from onrecord.languages.code_lookup import display_name
from onrecord.lexicon.outlets import outlet_name
from onrecord.margin import answer_words
from onrecord.marks import ActType, MeetingKind, Strength
from onrecord.sharing.days import day
from onrecord.sharing.redline_page import reworded_html
from onrecord.version import __version__
from onrecord.web import addresses, charts
from onrecord.web.asked import write_query
from onrecord.web.pages.front import IssuerHeld
from onrecord.web.pages.trends import TrendsPage

#: The longest title that is set whole, in characters.
_TITLE = 300
#: The parts of the desk, as the head of each page links them.
PARTS = (
    ("/statements", "Statements"), ("/find", "Find"), ("/trace", "Trace"), ("/ledger", "Ledger"), ("/meetings", "Meetings"),
    ("/actors", "Actors"), ("/acts", "Acts"), ("/answers", "Answers"), ("/trends", "Trends"),
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
    """The language of a document of the desk, as ``lang`` says it."""
    row = desk.record.execute("SELECT language FROM document WHERE id = ?", (document,)).fetchone()
    return language(row[0] if row else "")


def compile_templates() -> None:
    """Compile the templates: the first page of each kind would take a tenth of a second for it."""
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
        "short": short, "answer_words": answer_words, "changes": changes,
    }  # fmt: skip
    environment.globals |= {
        "ask": write_query, "statement": addresses.statement, "anchor": addresses.anchor, "thing": addresses.thing,
        "charts": charts, "parts": PARTS, "version": __version__, "static": _static_address, "calendar": calendar,
        "year_links": year_links, "series_of": series_of, "csl_json": csl_json,
        "act_types": get_args(ActType), "strengths": get_args(Strength), "statuses": get_args(UndertakingStatus),
        "meeting_kinds": get_args(MeetingKind),
    }  # fmt: skip
    return environment


def calendar(held: IssuerHeld, number: int) -> Markup:
    """What is held of an issuer month by month, each month leading to its statements."""

    def href(month: str) -> str:
        year, of = (int(part) for part in month.split("-"))
        asked = {"issuer": held.issuer, "since": f"{month}-01", "until": f"{month}-{monthrange(year, of)[1]:02}"}
        return f"/statements?{urlencode(asked)}"

    return charts.calendar(
        held.first or "", held.last or "", held.months, id=f"calendar-{number}",
        title=f"Statements held of {held.issuer}, by month", href=href,
    )  # fmt: skip


def year_links(asked: msgspec.Struct, by_year: dict[str, int]) -> list[str | None]:
    """For each year of a chart the address that narrows a search to it."""
    return [f"/find{write_query(asked, year=year, page=1)}" if year.isdigit() else None for year in by_year]


def series_of(counted: TrendsPage) -> list[tuple[str, list[int | None]]]:
    """The terms of a trend as a chart takes them."""
    return [(series.term, list(series.counts)) for series in counted.series]


def csl_json(item: dict[str, Any]) -> str:
    """A CSL item as reference managers import it: a list of one."""
    return msgspec.json.format(msgspec.json.encode([item]), indent=2).decode()


@cache
def name(id: str) -> str:
    """The name of a code or id, for people."""
    return display_name(id)


@cache
def issuer(id: str) -> str:
    """Who publishes, by the card of its house where there is one."""
    try:
        return house_of(id).card.name
    except OnRecordError:
        return {"unknown": "Issuer not known"}.get(id, id)


def outlet(id: str | None) -> str:
    """An outlet's name for people, also where none is known."""
    return outlet_name(id) if id else "unnamed outlet"


def number(count: int) -> str:
    """A count with commas between its thousands."""
    return f"{count:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def flat(words: str) -> str:
    """Words in one line."""
    return " ".join(words.split())


def short(title: str) -> str:
    """A title as it is set: one of a megabyte is no title, and its whole is in the JSON."""
    return title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()} …"


def language(code: str) -> str:
    """What ``lang`` says of a document's words: Chinese of the Foreign Ministry is simplified, which decides the
    letters' shapes."""
    return {"zh": "zh-Hans"}.get(code, code or "und")


#: What a rewording changes, by the names of ``lexicon/telling.toml``, in words.
_CHANGES = {
    "commitment": "a commitment", "modality": "how firmly it is said", "negation": "a negation", "intensity": "its intensity",
    "protest": "the level of protest", "time": "the time set",
}  # fmt: skip


def changes(touched: tuple[str, ...]) -> str:
    """What a change of wording concerns, in words."""
    return ", ".join(_CHANGES.get(name, name) for name in touched)


def edits(found: tuple[Edit, ...]) -> Markup:
    """A rewording in one line: what went, what came."""
    return Markup(reworded_html(found))


@cache
def _static_address(file: str) -> str:
    """A file of the desk's own, named with a digest so that a browser that kept an older one fetches it anew."""
    data = files("onrecord.web").joinpath("static", file).read_bytes()
    return f"/static/{file}?{hashlib.sha256(data).hexdigest()[:10]}"
