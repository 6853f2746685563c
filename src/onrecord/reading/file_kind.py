"""File formats that are recognised by their content and have no reader, so that they are not read as transcripts.

Each format is rejected by name, with the next step. A transcript that merely looks like data (a bracket at the beginning, commas
in a headline) is none of these: JSON must parse, rows must have equally many fields, mail must have its MIME headers.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from onrecord.errors import NotAStatement

#: Characters at the beginning in which signatures are looked for.
#: An object of JSON with a first field.
_OBJECT_OPENS = re.compile(r'\{\s*"[^"\n]{1,80}"\s*:')
_BEGINNING = 20_000
#: Rows of a table that are compared, and the minimum.
_ROWS, _FEWEST_ROWS = 20, 2
#: So many fields are named to somebody who has to choose one.
_FIELDS = 12
#: Names of fields follow their divider directly; in prose a space follows a comma.
_FIELD_NAME = re.compile(r"[^\W\d][\w .()/-]{0,39}")
#: The first line that Excel writes to name the divider.
_SEPARATOR_LINE = re.compile(r"\Asep=.\r?\n")
#: The head of a page in Markdown, of which a file should have one.
_FRONT_MATTER = re.compile(r"^---[ \t]*\n(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*+){1,60}+---[ \t]*$", re.M)
#: The root element after declaration, comments and document type.
_ROOT = re.compile(
    r"(?:\s+|<!--(?:(?!-->).){0,2000}+-->|<\?[^>]{0,500}\?>|<!DOCTYPE\s[^<>]{0,500}>)*+<(?:\w+:)?(\w+)", re.S | re.I
)


class FileKind(NamedTuple):
    """A format by its name with an article, what to do to have its content read, and why it is not."""

    name: str
    hint: str
    why: str = "a format that is not read"


_SAVE_TEXT = "Save the transcript as text, HTML or .docx and read that"
_ONE_ITEM = "Take the text of one item, or the page that it links to, and read that"
_SPEECH_TEXT = "Write each speech as a paragraph, `Name: words`, and read that text"
_SIGNATURES: tuple[tuple[re.Pattern[str], FileKind], ...] = (
    (re.compile(r"\{\\rtf"), FileKind("an RTF file (rich text)", "Save it as .docx or as text and read that")),
    (
        re.compile(r"WEBVTT\b"),
        FileKind("a subtitle file (WebVTT)", "Join its captions to paragraphs, without the times"),
    ),
    (
        re.compile(r"(?:\d++[^\S\n]*+\n\s*+)?\d{1,2}:\d\d:\d\d[,.]\d{3}\s*-->"),
        FileKind("a subtitle file (SRT)", "Join its captions to paragraphs, without the times"),
    ),
    (re.compile(r"BEGIN:VCALENDAR\b", re.I), FileKind("a calendar (iCalendar)", "Open the event's page and read that")),
    (re.compile(r"BEGIN:VCARD\b", re.I), FileKind("a file of contacts (vCard)", "Read the statement itself")),
    (
        re.compile(r"\[Script Info\]"),
        FileKind(
            "a subtitle file (SubStation Alpha)", "Convert it to .srt or .vtt (for example with ffmpeg) and read that"
        ),
    ),
    (
        re.compile(r"(?:%[^\n]*\n|\s+)*+\\(?:documentclass|documentstyle|begin\{document\}|input\b|usepackage)"),
        FileKind("a LaTeX source", "Convert it to text (for example `pandoc in.tex -t plain`) and read that"),
    ),
    (
        re.compile(r"\[\s*(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*(?:,\s*(?:'|\")|\]\s*\Z)"),
        FileKind("a list of strings, as Python prints it", "Write each string as a paragraph and read that text"),
    ),
    (re.compile(r"%!PS"), FileKind("a PostScript file", "Convert it to PDF (`ps2pdf`) and read that")),
    (
        re.compile(
            r"(?:--[^\n]*\n|/\*(?:(?!\*/).){0,500}+\*/;?|\s+)*+"
            r"(?:CREATE TABLE|INSERT INTO|SET (?:NAMES|SQL_MODE|statement_timeout))\b",
            re.S,
        ),
        FileKind("a dump of a database (SQL)", "Export its table as CSV and read that"),
    ),
    (re.compile(r"WARC/\d"), FileKind("a web archive (WARC)", "Extract the page from its record and read that")),
    (
        re.compile(
            r"(?=[\w-]+:[ \t])(?:[^\n]+\n)*?(?:Snapshot-Content-Location:|Content-Type:\s*multipart/related)", re.I
        ),
        FileKind("a saved page in a single file (MHTML)", "Save the page as HTML only and read that"),
    ),
    (
        re.compile(r"(?=[\w-]+:[ \t])(?:[^\n]+\n)*?(?:MIME-Version:|Received:|Message-ID:)", re.I),
        FileKind("a mail message", "Save its text or its attachment and read that"),
    ),
)
_ROOTS = {
    "rss": FileKind("a feed (RSS)", _ONE_ITEM),
    "feed": FileKind("a feed (Atom)", _ONE_ITEM),
    "rdf": FileKind("a feed (RSS 1.0)", _ONE_ITEM),
    "tei": FileKind("a TEI XML file", _SPEECH_TEXT),
    "akomantoso": FileKind("an Akoma Ntoso XML file", _SPEECH_TEXT),
    "urlset": FileKind("a sitemap", "Read the pages that it lists"),
    "sitemapindex": FileKind("a list of sitemaps", "Read the pages that they list"),
    "opml": FileKind("a list of feeds (OPML)", "Read the feeds that it lists"),
    "svg": FileKind("a picture (SVG)", _SAVE_TEXT),
}
#: Elements with which HTML without a document type may begin; any other is the root of an XML file that lacks a declaration.
_HTML = frozenset(
    "html head body div p table br hr meta title link style script base h1 h2 h3 h4 h5 h6 span a b i u em strong font center ul"
    " ol dl li dt dd article section main header footer nav aside blockquote pre img figure frameset form tr td th thead tbody"
    " small sup sub noscript iframe details summary address label s q".split()
)
_WIKI = (
    re.compile(r"\{\{[^{}\n|]{1,80}(?:\||\}\})|\{\{[^{}\n]{1,80}\n\s*\|"),
    re.compile(r"\[\[[^\[\]\n]{1,200}\]\]"),
    re.compile(r"'''[^'\n]{1,200}'''|^={2,4}[^=\n]{1,100}={2,4}\s*$", re.M),
)
_FEEDS = frozenset(("rss", "feed", "rdf"))
_ZIPPED = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"mimetypeapplication/epub", "an EPUB book"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
)


def refuse_unread_formats(text: str, *, where: str) -> None:
    """Raise NotAStatement, naming format and next step, if the text is in a format without a reader."""
    found = kind_of_text(text)
    if found is not None:
        raise NotAStatement(f"this is {found.name}, {found.why}", where=where, hint=found.hint)


def kind_of_text(text: str) -> FileKind | None:
    """The format of a decoded text that has no reader, or None if it may be a statement."""
    start = text.lstrip("\ufeff \t\r\n")
    beginning = start[:_BEGINNING].replace("\r\n", "\n")
    found = next((kind for pattern, kind in _SIGNATURES if pattern.match(beginning)), None)
    tests: tuple[Callable[[], FileKind | None], ...] = (
        lambda: _xml(beginning, start[-200:]),
        lambda: _several_pages(text),
        lambda: _wiki_markup(beginning),
        lambda: _json(start),
        lambda: _table(beginning),
    )
    return found or next((kind for test in tests if (kind := test()) is not None), None)


def kind_of_zip(data: bytes) -> str:
    """What a zip archive is by the members it begins with, with an article."""
    return next((name for mark, name in _ZIPPED if mark in data[:4_000]), "a zip archive")


def _xml(beginning: str, end: str) -> FileKind | None:
    root = _ROOT.match(beginning)
    if root is None:
        return None
    name = root[1].lower()
    if name in _ROOTS:
        return _ROOTS[name]
    own = name not in _HTML and re.search(rf"</(?:\w+:)?{root[1]}\s*>\s*\Z", end) is not None
    if (beginning.startswith("<?xml") and name != "html") or own:
        return FileKind(f"an XML file ({root[1]})", _SAVE_TEXT)
    return None


def _wiki_markup(beginning: str) -> FileKind | None:
    """The source of a page of a wiki, as MediaWiki stores it: templates, links in two brackets, bold in three apostrophes."""
    signs = sum(pattern.search(beginning) is not None for pattern in _WIKI)
    if signs < len(_WIKI) - 1:
        return None
    return FileKind("the source of a wiki page (MediaWiki)", "Save the page that the wiki shows as HTML and read that")


def _several_pages(text: str) -> FileKind | None:
    """Several whole web pages in one file, as crawlers write them."""
    heads = len(_FRONT_MATTER.findall(text.replace("\r\n", "\n"))) if text.lstrip("\ufeff").startswith("---") else 0
    if heads > 1:
        return FileKind(
            f"several pages in one file ({heads} with front matter)", "Divide it and read each page by itself"
        )
    pages = len(re.findall(r"<!doctype\s+html", text, re.I))
    if pages < 2 or len(re.findall(r"</html\s*>", text, re.I)) < 2:
        return None
    return FileKind(f"several pages in one file ({pages} HTML documents)", "Divide it and read each page by itself")


def _json(start: str) -> FileKind | None:
    if _OBJECT_OPENS.match(start) and not start.rstrip().endswith(("}", "]")):
        return FileKind("a JSON file that breaks off", "Fetch it again")
    if start[:1] not in ("{", "["):
        return None
    for part, name in ((start, "a JSON file"), (start.partition("\n")[0], "a JSON Lines file")):
        try:
            held = json.loads(part)
        except (ValueError, RecursionError):
            continue
        fields = _text_fields(held)
        if fields:
            hint = f"Name it with --map text=FIELD; its fields are {', '.join(fields)}"
            return FileKind(name, hint, "and no field of it is known to hold the words")
        if isinstance(held, dict) or (isinstance(held, list) and any(isinstance(one, dict | list) for one in held)):
            return FileKind(name, "Take the text of one statement out of it and read that")
    return None


def _text_fields(held: object) -> list[str]:
    """The fields of an object that hold text, at its top or one below, those with the longest text first."""
    if not isinstance(held, dict):
        return []
    inner = {
        f"{name}.{own}": value for name, one in held.items() if isinstance(one, dict) for own, value in one.items()
    }
    texts = {name: value for name, value in (held | inner).items() if isinstance(value, str) and value.strip()}
    return sorted(texts, key=lambda name: -len(texts[name]))[:_FIELDS]


def _table(beginning: str) -> FileKind | None:
    """Rows of equally many fields under a row of field names."""
    divider = table_divider(beginning)
    if divider is None:
        return None
    name = "TSV" if divider == "\t" else "CSV"
    return FileKind(f"a table ({name}) of rows", "Take the text of one row out of it and read that")


def table_divider(text: str) -> str | None:
    """The delimiter of a table (rows of equally many fields under a row of field names). None for other texts."""
    beginning = _SEPARATOR_LINE.sub("", text.lstrip("\ufeff")[:_BEGINNING].replace("\r\n", "\n"))
    for divider, fewest in ((",", 3), ("\t", 2), (";", 3), ("|", 3)):
        if divider not in beginning.partition("\n")[0]:
            continue
        try:
            rows = [
                row for row in islice(csv.reader(beginning.splitlines(keepends=True), delimiter=divider), _ROWS) if row
            ]
        except csv.Error:
            continue
        if len(beginning) >= _BEGINNING and len(rows) > 1:
            rows = rows[:-1]  # it may be cut
        head = rows[0] if rows else []
        names = len(head) >= fewest and all(map(_FIELD_NAME.fullmatch, head))
        long = len(beginning) >= _BEGINNING  # a first row of many pages is cut itself
        if names and len(rows) >= (1 if long else _FEWEST_ROWS) and all(len(row) == len(head) for row in rows):
            return divider
    return None


def is_feed(text: str) -> str | None:
    """The name of a feed with its article, or None for other texts."""
    root = _ROOT.match(text.lstrip("\ufeff"), 0, _BEGINNING)
    return _ROOTS[root[1].lower()].name if root is not None and root[1].lower() in _FEEDS else None


def is_json_array(text: str, *, cut: bool) -> bool:
    """Whether a text, or the beginning of one that is ``cut``, is an array of objects."""
    start = text.lstrip("\ufeff \t\r\n")
    if not start.startswith("["):
        return False
    if cut:
        return re.match(r'\[\s*\{\s*"', start) is not None
    try:
        held = json.loads(start)
    except (ValueError, RecursionError):
        return False
    return isinstance(held, list) and any(isinstance(one, dict) for one in held)


def is_json_lines(text: str) -> bool:
    """Whether the first line of a text is an object, and the next begins one."""
    first, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    if not first.startswith("{") or not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
