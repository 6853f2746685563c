"""Read what an issuer lists: the entries of a feed, of WordPress's JSON, of a web page with links, of a sitemap.

Each reader takes the bytes of one page of a list and gives its entries; none asks for anything.
"""

from __future__ import annotations

import re
import warnings
import zlib
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree
from xml.sax import SAXException

import msgspec

from onrecord.captures.opened import LARGEST
from onrecord.errors import CollectingMissing, NotAStatement, ReadingError
from onrecord.houses.sources import Source
from onrecord.reading.dates import find_days
from onrecord.reading.decoding import EncodingGuessed, decode

#: The words behind a link in which its day is looked for: "(2020-07-03)", "June 24, 2021".
_BESIDE = 120
_GZIP = b"\x1f\x8b"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that an issuer lists, with its absolute address. What a list does not tell is None.

    ``published`` and ``modified`` are moments in UTC; ``day`` is the day of publication as printed, where no more is known.
    ``guid`` is the list's own name of it, which stays when the address or the title changes.
    """

    url: str
    title: str = ""
    guid: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    day: date | None = None

    @property
    def on(self) -> date | None:
        """The day of publication."""
        return self.published.date() if self.published is not None else self.day


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of one page of a list; ``pages`` is how many pages it says that there are; ``lists`` other sitemaps.

    ``whole`` is False where the page breaks off: entries may be missing.
    """

    entries: list[Entry]
    whole: bool = True
    pages: int | None = None
    lists: list[str] = msgspec.field(default_factory=list)


def read_listing(source: Source, url: str, data: bytes, headers: dict[str, str], charset: str | None = None) -> Listed:
    """Read one page of a list. ``url`` is its address at the issuer's site, to which relative links refer.

    Raises NotAStatement if the bytes are no list of this form, and the errors of decoding.
    """
    listed = _READERS[source.form](source, url, data, headers, charset)
    pattern = re.compile(source.items) if source.items else None
    entries: dict[str, Entry] = {}
    for entry in listed.entries:
        if entry.url.startswith(("http://", "https://")) and (pattern is None or pattern.fullmatch(entry.url)):
            entries.setdefault(entry.url, entry)
    return msgspec.structs.replace(listed, entries=list(entries.values()))


def _feed(source: Source, url: str, data: bytes, headers: dict[str, str], charset: str | None) -> Listed:
    try:
        import feedparser
    except ImportError:
        raise CollectingMissing("feedparser, which reads feeds, is not installed", where=url) from None
    found = feedparser.parse(
        data,
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": headers.get("content-type", "application/xml"), "content-location": url},
    )
    if not found.get("version"):
        raise _no_list(url, "feed")
    breaks_off = bool(found.bozo) and isinstance(found.bozo_exception, SAXException)
    return Listed(entries=[_of_feed(one, url) for one in found.entries if one.get("link")], whole=not breaks_off)


def _of_feed(one: Any, url: str) -> Entry:
    return Entry(
        url=_absolute(url, one.link),
        title=_plain(one.get("title", "")),
        guid=one.get("id") or None,
        published=_moment(one.get("published_parsed")),
        modified=_moment(dict.get(one, "updated_parsed")),  # its own `get` gives the publication instead
    )


def _moment(told: Any) -> datetime | None:
    """The moment of feedparser's nine numbers, which are in UTC."""
    try:
        return datetime.fromtimestamp(timegm(told), UTC) if told else None
    except (ValueError, OverflowError):
        return None


class _Rendered(msgspec.Struct):
    rendered: str = ""


class _Post(msgspec.Struct):
    link: str
    date_gmt: str | None = None
    modified_gmt: str | None = None
    guid: _Rendered = msgspec.field(default_factory=_Rendered)
    title: _Rendered = msgspec.field(default_factory=_Rendered)


def _wordpress(source: Source, url: str, data: bytes, headers: dict[str, str], charset: str | None) -> Listed:
    try:
        posts = msgspec.json.decode(data, type=list[_Post])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _no_list(url, "list of posts") from None
    told = headers.get("x-wp-totalpages", "")
    entries = [
        Entry(
            url=_absolute(url, one.link),
            title=_plain(one.title.rendered),
            guid=one.guid.rendered or None,
            published=_utc(one.date_gmt),
            modified=_utc(one.modified_gmt),
        )
        for one in posts
    ]
    return Listed(entries=entries, pages=int(told) if told.isdecimal() else None)


def _utc(words: str | None) -> datetime | None:
    """The moment of a stamp in ISO 8601; one without a zone is in UTC."""
    try:
        told = datetime.fromisoformat(words) if words else None
    except ValueError:
        return None
    if told is None:
        return None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


class _Links(HTMLParser):
    """The links of a page with their words, and the words and stamps that stand around them, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.links: list[list[str]] = []  # address, its words, the words behind it, a stamp behind it
        self._inside = False
        self._dated = ""

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over ``<![…>``; the library's own fails on an unknown one."""
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href"):
            self.links.append([told["href"], "", "", ""])
            self._inside = True
        elif tag == "base" and told.get("href") and not self.base:
            self.base = told["href"]
        elif tag == "time" and told.get("datetime") and self.links and not self.links[-1][3]:
            self.links[-1][3] = told["datetime"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self.links:
            place = 1 if self._inside else 2
            if len(self.links[-1][place]) < _BESIDE * 4:
                self.links[-1][place] += data


def _page(source: Source, url: str, data: bytes, headers: dict[str, str], charset: str | None) -> Listed:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EncodingGuessed)  # of the title alone anything hangs on it
        characters = decode(data, declared=charset, where=url)
    parser = _Links()
    parser.feed(characters.text)
    parser.close()
    base = urljoin(url, parser.base)
    entries = [
        Entry(url=_absolute(base, href), title=_plain(words), day=_day(stamp, behind, words), published=_instant(stamp))
        for href, words, behind, stamp in parser.links
    ]
    lower = characters.text[-400:].lower()
    return Listed(entries=entries, whole="</html>" in lower or "<html" not in characters.text[:2000].lower())


def _instant(stamp: str) -> datetime | None:
    return _utc(stamp) if "T" in stamp else None


def _day(stamp: str, behind: str, words: str) -> date | None:
    """The day of a link: a stamp in the markup behind it, or a day printed behind it or in its own words."""
    for place in (stamp, behind[:_BESIDE], words):
        for found in find_days(place):
            if found.year is not None:
                return date(found.year, found.month, found.day)
    return None


def _sitemap(source: Source, url: str, data: bytes, headers: dict[str, str], charset: str | None) -> Listed:
    try:
        root = ElementTree.fromstring(_unpacked(data, url))
    except ElementTree.ParseError:
        raise _no_list(url, "sitemap") from None
    entries, lists = [], []
    for one in root:
        told = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in one}
        if not told.get("loc"):
            continue
        if one.tag.endswith("sitemap"):
            lists.append(_absolute(url, told["loc"]))
        else:
            entries.append(Entry(url=_absolute(url, told["loc"]), modified=_utc(told.get("lastmod"))))
    return Listed(entries=entries, lists=lists)


def _unpacked(data: bytes, url: str) -> bytes:
    """A sitemap that is a gzip file, decompressed up to the size limit."""
    if not data.startswith(_GZIP):
        return data
    unpacking = zlib.decompressobj(31)
    try:
        whole = unpacking.decompress(data, LARGEST)
    except zlib.error:
        raise _no_list(url, "sitemap") from None
    if not unpacking.eof:
        raise ReadingError("the sitemap is truncated or larger than any", where=url, hint="Ask for it again")
    return whole


_READERS: dict[str, Callable[[Source, str, bytes, dict[str, str], str | None], Listed]] = {
    "feed": _feed,
    "wordpress": _wordpress,
    "listing": _page,
    "sitemap": _sitemap,
}


def _no_list(url: str, what: str) -> NotAStatement:
    return NotAStatement(
        f"this is no {what}", where=url, hint="Look at the address in a browser: the site may have moved"
    )


def _absolute(base: str, link: str) -> str:
    """The absolute address of a link, without its fragment; empty if it is not valid."""
    try:
        return urldefrag(urljoin(base, link.strip())).url
    except ValueError:
        return ""


def _plain(words: str) -> str:
    """Words without markup, white space folded."""
    return " ".join(unescape(re.sub(r"<[^<>]{0,500}>", "", words)).split())
