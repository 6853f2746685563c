"""Citations: a quotation, its speaker, place and day, and the bytes of the archived page that prove it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote as percent_encoded

import msgspec

from onrecord import houses
from onrecord.errors import NoBytes, RecordError, UnknownHouse
from onrecord.offsets import Place
from onrecord.record import Document, Heading, Span, Turn, fold, words_digest
from onrecord.sharing import bibtex
from onrecord.sharing.days import day as in_words
from onrecord.sharing.text_fragments import text_fragment_url

#: A quote up to the first number of characters is printed in full; of a longer one, its start and end of these lengths.
_WHOLE, _START, _END = 300, 200, 80
_DIVISION = re.compile(r"\s|(?<=[，。、；：！？])")
#: Quotation marks by language, if they differ from those of English and of Chinese on the mainland.
_MARKS = {
    **dict.fromkeys(("zh-Hant", "zh-TW", "zh-HK", "ja"), ("「", "」")),
    **dict.fromkeys(("ru", "es"), ("«", "»")),
    "de": ("„", "“"),
}
_SPOKEN = ("press-conference", "remarks", "speech", "interview")
#: Names for unnamed speakers; for officials the issuer is the author.
_UNNAMED = {
    "reporter": "unnamed reporter",
    "voice": "unnamed voice",
    **{role: role for role in ("interpreter", "operator", "moderator")},
}
#: Characters allowed in a URL; others are percent-encoded.
_IN_ADDRESS = "%/:?#[]@!$&'()*+,;="


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A citation in every format, with its evidence.

    ``text`` is a citation in scholarly style, with a line that names the bytes that prove it. ``bibtex`` is an entry, ``csl`` a
    CSL-JSON item. ``address`` is the publisher's URL, ``fragment`` that URL with a text fragment that highlights the words (not
    for a whole document), ``permalink`` the caller's URL. ``quote`` is the exact text of the document, ``place`` its place in
    the capture (None for a document loaded from JSON), ``capture`` the capture's id: ``sha256:`` and 64 digits.
    """

    text: str
    bibtex: str
    csl: dict[str, Any]
    address: str | None
    fragment: str | None
    permalink: str | None
    quote: str
    place: Place | None
    capture: str


class _Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts that every citation format contains."""

    key: str
    heading: Heading
    issuer: str | None
    author: str | None
    spoken: bool
    asked: bool
    quote: str | None
    day: str | None
    address: str | None
    accessed: str | None
    proof: str


def cite(
    span: Span, *, turn: Turn | None = None, permalink: str | None = None, accessed: str | None = None
) -> Citation:
    """Cite the words of a span; a span over the whole text cites the document.

    The speaker is that of ``turn``, by default of the turn that contains the span. ``permalink`` is the caller's URL of the
    words. ``accessed`` is when the publisher's page was seen (ISO 8601), by default the time of the capture. Uses neither a
    desk nor the network.

    Raises RecordError if the span is empty, the turn does not contain it, or ``accessed`` is not a day.
    """
    document = span.document
    whole = turn is None and (span.start, span.end) == (0, len(document.text))
    if not whole and not (0 <= span.start <= span.end <= len(document.text) and span.text.strip()):
        raise RecordError(f"[{span.start}, {span.end}) has no words to cite", where=document.id)
    if turn is not None and not turn.start <= span.start < span.end <= turn.end:
        raise RecordError("this turn does not contain the cited words", where=turn.id)
    if accessed is not None and _day(accessed) is None:
        raise RecordError(f"a day is YYYY-MM-DD, not {accessed!r}", where=document.id)
    if turn is None and not whole:
        turn = next((one for one in document.turns if one.start <= span.start and span.end <= one.end), None)
    place, fetched = _place(span), _fetched(document)
    proof = _proof(document, place, fetched, permalink)
    facts = _facts(span, turn, whole, proof, accessed or fetched)
    fragment = facts.address
    if facts.address and not whole:
        fragment = text_fragment_url(facts.address, document.text, span.start, span.end, title=document.title)
    return Citation(
        text=_plain(facts, accessed),
        bibtex=_bibtex(facts),
        csl=_csl(facts),
        address=facts.address,
        fragment=fragment,
        permalink=permalink,
        quote=span.text,
        place=place,
        capture=document.heading.capture,
    )


def _facts(span: Span, turn: Turn | None, whole: bool, proof: str, accessed: str | None) -> _Facts:
    head = span.document.heading
    issuer = _issuer_name(head.issuer)
    return _Facts(
        key=head.id if whole else f"{head.id}-{_digest(span)}",  # an id begins with issuer and day
        heading=head,
        issuer=issuer,
        author=_voice(turn),
        spoken=turn is not None
        and turn.kind != "note"
        and (head.kind in _SPOKEN or turn.kind in ("question", "answer")),
        asked=turn is not None and turn.kind == "question",
        quote=None if whole else _shortened(span.text),
        day=head.date or _day(head.published),
        address=_web_address(head.address),
        accessed=_day(accessed),
        proof=proof,
    )


def _digest(span: Span) -> str:
    """A short digest of the words, stable when the document is read again; repeated words get a count."""
    before = span.document.text.count(span.text, 0, span.start)
    return f"{words_digest(span.text, 6)}{f'-{before + 1}' if before else ''}"


def _place(span: Span) -> Place | None:
    try:
        return span.place() if span.start < span.end else None
    except NoBytes:
        return None


def _fetched(document: Document) -> str | None:
    try:
        return document.capture.fetched
    except NoBytes:
        return None


def _issuer_name(issuer: str) -> str | None:
    """The issuer's name from its house card, else its code; None if unknown."""
    if issuer == "unknown":
        return None
    try:
        return houses.find(issuer).card.name
    except UnknownHouse:
        return issuer


def _voice(turn: Turn | None) -> str | None:
    """The speaker as printed: the person, the outlet, or the role of an unnamed speaker."""
    if turn is None or turn.kind == "note":
        return None
    if turn.speaker and turn.outlet:
        return f"{turn.speaker} ({turn.outlet})"
    return turn.speaker or turn.outlet or _UNNAMED.get(turn.role or "")


def _web_address(address: str | None) -> str | None:
    """An http(s) URL with invalid characters percent-encoded; None for other schemes, which could run code."""
    told = (address or "").strip()
    if not told.lower().startswith(("http://", "https://")):
        return None
    return percent_encoded(told, safe=_IN_ADDRESS, errors="replace")


def _day(told: str | None) -> str | None:
    """The day of an ISO 8601 date or time."""
    try:
        return date.fromisoformat((told or "")[:10]).isoformat()
    except ValueError:
        return None


def _shortened(quote: str) -> str:
    words = fold(quote)
    if len(words) <= _WHOLE:
        return words
    divisions = [match.end() for match in _DIVISION.finditer(words)]
    # Cut at spaces, if there are any.
    start = max((at for at in divisions if _START - 40 <= at <= _START), default=_START)
    end = min((at for at in divisions if at >= len(words) - _END), default=len(words) - _END)
    return f"{words[:start].rstrip()} […] {words[end if end < len(words) else len(words) - _END :]}"


def _proof(document: Document, place: Place | None, fetched: str | None, permalink: str | None) -> str:
    digits = document.heading.capture.removeprefix("sha256:")
    told = [f"Capture {digits[:12]}"]
    if place is not None:
        page = f"page {place.page}, " if place.page else ""
        unit = "bytes" if place.unit == "byte" else "characters of the extracted text"
        told.append(f"{page}{unit} [{place.start}, {place.end})")
    if fetched:
        told.append(f"fetched {fetched}")
    kept = f" Kept at {permalink}" if permalink else ""
    return f"{', '.join(told)}. SHA-256 {digits}.{kept}"


def _plain(facts: _Facts, accessed: str | None) -> str:
    head = facts.heading
    opening, closing = _MARKS.get(head.language, ("“", "”"))
    day = in_words(facts.day)
    if facts.day and not head.date:
        day = f"published {day}"
    elif head.date_from == "inferred":
        day = f"[{day}]"  # in brackets, like all information supplied by a cataloguer
    author = facts.author and f"{facts.author} (question)" if facts.asked else facts.author
    told = [facts.issuer or "Issuer unknown", author, f"{opening}{_title(head)}{closing}", day]
    words = f": {opening}{facts.quote}{closing}" if facts.quote else ""
    stop = "" if facts.quote and facts.quote[-1] in ".?!…。？！" else "."
    address = f" {facts.address}" if facts.address else " No address known"
    seen = f" (accessed {in_words(accessed)})" if accessed else ""
    return f"{', '.join(one for one in told if one)}{words}{stop}{address}{seen}\n{facts.proof}"


def _bibtex(facts: _Facts) -> str:
    head = facts.heading
    kind = None if head.kind in ("other", "listing") else head.kind.replace("-", " ").capitalize()
    author = facts.author or facts.issuer
    issuer = None if author == facts.issuer else facts.issuer
    return bibtex.entry(
        facts.key,
        author=author,
        title=_title(head),
        day=facts.day,
        published_as=", ".join(one for one in (kind, issuer) if one) or None,
        url=facts.address,
        accessed=facts.accessed,
        note=facts.proof,
    )


def _csl(facts: _Facts) -> dict[str, Any]:
    head = facts.heading
    author = facts.author or facts.issuer
    issued: dict[str, Any] | None = _csl_date(facts.day)
    if issued and head.date_from == "inferred":
        issued["circa"] = True
    told = {
        "id": facts.key,
        # Styles print quoted words as a speech; a whole document is cited as a web page, or without a URL as a document.
        "type": "speech" if facts.spoken else "webpage" if facts.address else "document",
        "title": _title(head),
        "author": [{"literal": author}] if author else None,
        "issued": issued,
        "accessed": _csl_date(facts.accessed) if facts.address else None,
        "URL": facts.address,
        "publisher": facts.issuer,
        "language": head.language,
        "genre": None if head.kind in ("other", "listing") else head.kind.replace("-", " "),
        "archive": "Archived capture",
        "archive_location": head.capture,
        "note": facts.proof,
    }
    return {name: value for name, value in told.items() if value is not None}


def _csl_date(day: str | None) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None


def _title(head: Heading) -> str:
    return fold(head.title) or "[untitled]"
