"""Find statements by their day or title, for readers who know which statement they want."""

from __future__ import annotations

from onrecord.asking.query import Both, Node, Phrase, parse
from onrecord.asking.text_match import PlacedWords, matches
from onrecord.desk.listing import Row
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.languages.folding import folded
from onrecord.languages.tokens import BREAK
from onrecord.reading.dates import find_days

#: How many characters of a title are searched.
_TITLE = 1000


def query_day(query: str) -> str | None:
    """The ISO 8601 day if the whole query is a date, else None.

    >>> query_day("22 March 2021"), query_day("2021-03-22"), query_day("March 2021"), query_day("since 2021-03-22")
    ('2021-03-22', '2021-03-22', None, None)
    """
    words = query.strip()
    days = find_days(words) if len(words) < 40 else []
    if len(days) != 1 or (days[0].start, days[0].end) != (0, len(words)):
        return None
    return days[0].iso


def statements_of_day(desk: Desk, day: str, most: int) -> tuple[Row, ...]:
    """The first ``most`` statements of a day."""
    return tuple(desk.rows(since=day, until=day, limit=most))


def statements_by_title(desk: Desk, query: str, most: int) -> tuple[tuple[Row, ...], int]:
    """The newest statements whose title contains all words of a query, and their total number.

    Only plain words and phrases are searched: titles are too short for OR, NOT and NEAR.
    """
    try:
        tree = parse(query)
    except QueryError:
        return (), 0
    phrases = _phrases(tree)
    if not phrases:
        return (), 0
    wanted = [word for phrase in phrases for word in phrase.words if word is not BREAK]
    found = [
        id
        for id, plain in desk.remembered("titles", lambda: _titles(desk))
        if all(word in plain for word in wanted) and matches(tree, PlacedWords(plain))
    ]
    return tuple(desk.row(id) for id in found[:most]), len(found)


def _titles(desk: Desk) -> list[tuple[str, str]]:
    """All titles, folded, newest first."""
    titles = {id: folded(title[:_TITLE]) for id, title in desk.record.execute("SELECT id, title FROM document")}
    listed = desk.listed()
    dated = [one.id for one in listed if one.day]
    return [(id, titles[id]) for id in (*reversed(dated), *(one.id for one in listed if not one.day)) if id in titles]


def _phrases(tree: Node) -> tuple[Phrase, ...]:
    parts = tree.parts if isinstance(tree, Both) else (tree,)
    phrases = tuple(part for part in parts if isinstance(part, Phrase))
    return phrases if len(phrases) == len(parts) else ()
