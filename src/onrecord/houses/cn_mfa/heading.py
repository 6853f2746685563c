"""Title, day, kind and official of a page."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from onrecord.houses.cn_mfa.phrases import house_tables
from onrecord.reading.dates import find_days, nearest_year
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.record import DateSource, DocumentKind

_OFFICIAL_EN = re.compile(
    r"(?i:spokes(?:person|man|woman))\s+((?:[A-Z][\w-]+)(?:\s+[A-Z][\w-]+){1,2}?)(?:['’]s?\b|\s+(?:[Oo]n|[Aa]nswers|[Hh]olds|[Hh]osts|[Rr]emarks|[Gg]ives))"
)
_OFFICIAL_ZH = re.compile(
    r"发言人(?!就|谈|答|在|对|关于|应询|发表|介绍|的)([\u4e00-\u9fff]{2,4}?)(?:主持|就|答|宣布|发表|介绍|在|谈|应询|的)"
)
_CONFERENCE = re.compile(r"(?i)press conference|press briefing|daily briefing|例行记者会|记者会|吹风会")
_REMARKS = re.compile(r"(?i)\bremarks\b|\bresponse\b|\banswers?\b|答记者问|应询")
#: File names of the pictures on a page begin with the day and hour they were filed: W020190326688839320289.jpg
_PICTURE = re.compile(r"W0(?<!\wW0)(20\d\d)(\d\d)(\d\d)\d{6,}")
_IN_ADDRESS = re.compile(r"/t(20\d\d)(\d\d)(\d\d)_\d+\.")


class HeadingRead(msgspec.Struct, frozen=True, kw_only=True):
    """What the top of a page says. ``official`` is the spokesperson whom the title names."""

    title: str
    date: str | None
    date_from: DateSource | None
    published: str | None
    kind: DocumentKind
    official: str | None
    excerpt: bool = False


def official_of(title: str) -> str | None:
    """The spokesperson whom a title names."""
    folded = title.casefold()
    named = next((name for name in house_tables().names if name.casefold() in folded), None)
    if named is not None:
        return named
    match = _OFFICIAL_ZH.search(title) or _OFFICIAL_EN.search(title)
    return match[1] if match else None


def kind_of(title: str, questions: int) -> DocumentKind:
    """What kind of statement a title announces; ``questions`` is how many the page holds."""
    if _CONFERENCE.search(title):
        return "press-conference"
    if _REMARKS.search(title) or questions:
        return "remarks"
    return "statement"


def day_of(page: Page, title: str, stamps: list[Line], related: list[Line]) -> tuple[str | None, DateSource | None]:
    """The day of the event and how it is known.

    The title decides. Where it leaves out the year, or the day, what is around it tells: the page's stamp, the
    days in its address and in the names of its pictures, the days of the conferences listed as related.
    """
    in_title = find_days(title)
    for day in in_title:
        if day.iso:
            return day.iso, "title"
    stamped = [day.iso for line in stamps for day in find_days(line.text) if day.iso]
    published = page.meta.get("pubdate", "")
    address = _days(_IN_ADDRESS, page.address or "") or _days(_IN_ADDRESS, page.meta.get("url", ""))
    if in_title:
        neighbours = [date.fromisoformat(day.iso) for line in related for day in find_days(line.text) if day.iso]
        stamps_read = [date.fromisoformat(day) for day in stamped]
        for evidence in (stamps_read, address, _days(_PICTURE, page.text), neighbours):
            inferred = nearest_year(in_title[0], evidence)
            if inferred is not None:
                return inferred.isoformat(), "inferred"
        return None, None
    if stamped:
        return stamped[0], "page-stamp"
    in_meta = find_days(published)
    if in_meta and in_meta[0].iso:
        return in_meta[0].iso, "page-stamp"
    if address:
        return address[0].isoformat(), "address"
    pictures = _days(_PICTURE, page.text)
    if pictures:
        return min(pictures).isoformat(), "inferred"
    neighbours = [date.fromisoformat(day.iso) for line in related for day in find_days(line.text) if day.iso]
    if neighbours:  # the list names what came before: the page is at least as late as the latest
        return max(neighbours).isoformat(), "inferred"
    return None, None


def _days(pattern: re.Pattern[str], words: str) -> list[date]:
    found = []
    for groups in pattern.findall(words):
        year, month, day = map(int, groups)
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def read_heading(
    page: Page, title_lines: list[Line], stamps: list[Line], related: list[Line], questions: int
) -> HeadingRead:
    """The heading of a page, from the lines of its title, its stamp and its related news."""
    title = " ".join(line.text for line in title_lines) or _site_off(page.given_title)
    if page.meta.get("articletitle") and not title_lines:
        title = page.meta["articletitle"]
    day, source = day_of(page, title, stamps, related)
    published = page.meta.get("pubdate") or next(
        (d.iso for line in stamps for d in find_days(line.text) if d.iso), None
    )
    return HeadingRead(
        title=title,
        date=day,
        date_from=source,
        published=published or None,
        kind=kind_of(title, questions),
        official=official_of(title),
        excerpt=bool(re.match(r"(?i)excerpts?\b|（?节选", title)),
    )


def _site_off(title: str) -> str:
    """A title without the name of the site after it."""
    return re.split(r"\s+[—–|-]\s+中华人民共和国|_中华人民共和国|\s*[|_—]\s*Ministry of Foreign Affairs", title)[
        0
    ].strip()
