"""Answers set as HTML: the templates, and the words and addresses they need."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord import __version__
from onrecord.asking.aligning import Edit
from onrecord.asking.find import held
from onrecord.desk.store import Desk
from onrecord.errors import OnRecordError
from onrecord.houses import find as house_of
from onrecord.lexicon.codes import display_name
from onrecord.lexicon.outlets import by_id
from onrecord.web import addresses, charts
from onrecord.web.asked import write_query
from onrecord.web.pages.front import IssuerHeld
from onrecord.web.pages.trends import Counted

_MONTHS = "January February March April May June July August September October November December".split()
#: The longest title that is set whole, in characters.
_TITLE = 300
#: The parts of the desk, as the head of each page links them.
PARTS = (
    ("/statements", "Statements"), ("/find", "Find"), ("/trace", "Trace"), ("/ledger", "Ledger"), ("/meetings", "Meetings"),
    ("/actors", "Actors"), ("/trends", "Trends"),
)  # fmt: skip


def set_page(template: str, desk: Desk, *, path: str, query: str, **told: Any) -> bytes:
    """A page as HTML in UTF-8."""
    stem = "/index" if path == "/" else path
    words = (
        _environment().get_template(template).render(path=path, stem=stem, query=query, desk_held=held(desk), **told)
    )
    return words.encode("utf-8", "replace")


def make_ready() -> None:
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
        "short": short,
    }  # fmt: skip
    environment.globals |= {
        "ask": write_query, "statement": addresses.statement, "anchor": addresses.anchor, "thing": addresses.thing,
        "charts": charts, "parts": PARTS, "version": __version__, "static": _static_address, "calendar": calendar,
        "year_links": year_links, "series_of": series_of, "csl_json": csl_json,
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


def series_of(counted: Counted) -> list[tuple[str, list[int | None]]]:
    """The terms of a trend as a chart takes them."""
    return [(series.term, list(series.counts)) for series in counted.series]


def csl_json(item: dict[str, Any]) -> str:
    """A CSL item as reference managers import it: a list of one."""
    return msgspec.json.format(msgspec.json.encode([item]), indent=2).decode()


def day(iso: str | None) -> str:
    """A day, a month or a year for people.

    >>> day("2021-03-22"), day("2021-03"), day(None)
    ('22 March 2021', 'March 2021', 'undated')
    """
    if not iso:
        return "undated"
    parts = iso[:10].split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts):
        return iso
    month = _MONTHS[int(parts[1]) - 1] if 0 < int(parts[1]) <= 12 else parts[1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"


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


@cache
def outlet(id: str | None) -> str:
    """An outlet's name; as printed where no table has it."""
    known = by_id(id) if id else None
    return known.name if known else (id or "unnamed outlet")


def number(count: int) -> str:
    """A count with its thousands apart."""
    return f"{count:,}".replace(",", "\u202f")


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


def edits(found: tuple[Edit, ...]) -> Markup:
    """A rewording in one line: what went, what came."""
    parts = []
    for edit in found:
        if edit.how == "same":
            parts.append(str(escape(edit.after)))
            continue
        parts.append(f"<del>{escape(edit.before.rstrip())}</del> " if edit.before.strip() else "")
        parts.append(f"<ins>{escape(edit.after.rstrip())}</ins> " if edit.after.strip() else "")
    return Markup("".join(parts).strip())


@cache
def _static_address(file: str) -> str:
    """A file of the desk's own, named with a digest so that a browser that kept an older one fetches it anew."""
    data = files("onrecord.web").joinpath("static", file).read_bytes()
    return f"/static/{file}?{hashlib.sha256(data).hexdigest()[:10]}"
