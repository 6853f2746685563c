"""The article of a web page of an unknown house, without its menus, side bars and footers.

The rest of the page is recognised by its elements (``nav``, ``aside``, ``footer``) and by the usual ids and classes that authors
give it; the article is the smallest container with most of the words outside links, and every label. The
method is that of readability tools (Kohlschütter, Fankhauser, Nejdl 2010, "Boilerplate Detection using Shallow Text Features").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

import msgspec

from onrecord.reading.lines import Element, Line
from onrecord.reading.plaintext import hard_wrapped

_AROUND = {"nav": "navigation", "footer": "footer", "aside": "aside", "form": "form"}
#: Names of what is around an article, as whole parts of an id or class.
_NAMED = re.compile(
    r"(?:^|[-_ ])(nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|share|sharing|social|related|recommended|cookies?"
    r"|banner|comments?|newsletter|subscribe|pagination|pager|search|login|copyright|toolbar|skip|widget|advert|msocomment\w*|wm-ipp"
    r"|contacts?|authors?|tags?|promos?|gdpr|consent|paywall|teasers?|latest|feedback|modal|popup|toc|switcher|modified|updates?"
    r"|inspector|translations?|signup|counter|views|print|rating|helpful|survey|ads?|ad-slot|sponsor\w*)"
    r"(?:$|[-_ ])",
    re.I,
)
#: A container with such a name and more than this share of the words is not a menu: the name is that of the whole page.
_MOST = 0.4
#: The bar that a web archive puts above the pages it serves.
_ARCHIVE = "wm-ipp"
#: The article holds at least this share of the words outside links.
_ARTICLE = 0.6
_BLOCKS = frozenset(("div", "section", "article", "main", "center", "table", "tbody", "body", "td"))
#: Notes of an editor in a document exported to HTML: Google Docs and Word link each to its place in the text.
_COMMENT = re.compile(
    r"""<a\b[^<>]{0,200}\b(?:id|name)=["']?(?:cmnt\d|_msocom_)[^<>]*>(?:<[^<>]{0,200}>|\s){0,5}$""", re.I
)
_TIME = re.compile(r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?[\])]?|\d{1,4}\.?")
_CELL_LABEL = 60
#: Letters of a sentence that makes a container one of several that share the words of the article.
_SPOKEN = 40
#: A line of this length, or one that ends as a sentence does, is prose.
_PROSE = 80
_SENTENCE = re.compile(r"[.?!:;…。？！：；؟][\"”’»)\]]*\s*$")


class Content(msgspec.Struct, kw_only=True):
    """The lines of a page: ``title`` if a heading is the page's, ``head`` between it and the article, the ``article``, and
    ``outside`` with the name of the furniture each belongs to."""

    title: Line | None
    head: list[Line]
    article: list[Line]
    outside: list[tuple[str, Line]]


def main_content(
    shown: list[Line],
    source: str,
    title: str,
    is_label: Callable[[list[Line]], list[bool]],
    *,
    keep_links: bool = False,
) -> Content:
    """The article among the lines that a page shows.

    ``source`` is the page, ``title`` its title; ``is_label`` tells of lines whether they have a label. With ``keep_links`` a line
    of the article that is wholly a link belongs to it: the site is known, and puts no menus there.
    """
    lines = [row for line in shown for row in (_preformatted(line, source) if line.tag == "pre" else (line,))]
    weights = _weights(lines, _unlinked)
    total = sum(map(_unlinked, lines)) or 1
    around = [_around(line, weights, total) or _note(line, source) for line in lines]
    inner = [line for line, name in zip(lines, around, strict=True) if name is None]
    heading = _heading(inner, title)
    held = _article(inner, is_label(inner))
    begun = next((i for i, line in enumerate(inner) if id(line) in held), 0)
    after = inner.index(heading) if heading is not None and heading in inner[:begun] else begun
    head = {id(line) for line in inner[after:begun] if not _is_link(line)}
    article: list[Line] = []
    outside: list[tuple[str, Line]] = []
    below = {id(line): following for line, following in pairwise(inner)}
    for line, name in zip(lines, around, strict=True):
        if line is heading or id(line) in head:
            continue
        kept = keep_links or not _is_link(line) or _heads_words(line, below.get(id(line)))
        if name is None and id(line) in held and kept:
            article.append(line)
        else:
            outside.append((name or ("link" if _is_link(line) else "around"), line))
    return Content(
        title=heading,
        head=[line for line in inner if id(line) in head and line is not heading],
        article=list(_rows(article)),
        outside=outside,
    )


def _ancestors(line: Line) -> Iterator[Element]:
    element = line.inside
    while element is not None:
        yield element
        element = element.parent


def _letters(line: Line) -> int:
    """The number of letters of a line that count for the article: without links and list entries."""
    return len(line.text) - line.linked if len(line.text) >= _PROSE or _SENTENCE.search(line.text) else 0


def _unlinked(line: Line) -> int:
    return len(line.text) - line.linked


def _weights(lines: list[Line], letters: Callable[[Line], int]) -> dict[int, int]:
    """The letters inside each container, by identity."""
    weights: dict[int, int] = defaultdict(int)
    for line in lines:
        for element in _ancestors(line):
            weights[id(element)] += letters(line)
    return weights


def _around(line: Line, weights: dict[int, int], total: int) -> str | None:
    """The furniture that a line belongs to by the containers it is in, or None."""
    inside_article = any(element.tag in ("article", "main") for element in _ancestors(line))
    for element in _ancestors(line):
        name = _AROUND.get(element.tag) or ("header" if element.tag == "header" and not inside_article else None)
        named = _NAMED.search(f"{element.id} {element.classes}") if element.tag not in ("body", "html") else None
        if name is None and named is not None:
            name = named[1].lower()
        if name is not None and (name == _ARCHIVE or weights[id(element)] <= total * _MOST):
            return name
    return None


def _note(line: Line, source: str) -> str | None:
    start = line.source[0]
    return "comment" if _COMMENT.search(source, max(0, start - 300), start) else None


def _is_link(line: Line) -> bool:
    """Whether the whole line is a link."""
    return line.linked >= len(line.text) * 0.9


def _heads_words(line: Line, following: Line | None) -> bool:
    """Whether a heading that is a link stands above words, as the names of members do in debates."""
    return (
        line.tag in ("h2", "h3", "h4", "h5")
        and following is not None
        and following.tag == "p"
        and _letters(following) > 0
    )


def _heading(lines: list[Line], title: str) -> Line | None:
    """The heading that the page's title repeats, or else its only one of the first rank."""
    plain = " ".join(title.casefold().split())
    headings = [line for line in lines if line.tag in ("h1", "h2", "h3") or (line.tag == "p" and line.within("title"))]
    for line in headings:
        said = " ".join(line.text.casefold().split())
        if said and (said in plain or plain in said):
            return line
    first = [line for line in headings if line.tag == "h1"]
    return first[0] if len(first) == 1 else None


def _article(lines: list[Line], labelled: list[bool]) -> set[int]:
    """The lines of the article, by identity."""
    own = _weights(lines, _letters)
    total = sum(map(_letters, lines)) or 1
    spoken = [_letters(line) > 0 for line in lines]
    labels = [  # a label is before words; what looks like one in a list of links does not
        line
        for line, is_label, here, next_one in zip(lines, labelled, spoken, [*spoken, False][1:], strict=True)
        if is_label and (here or next_one) and line.tag not in ("h1", "title")
    ]
    best: Element | None = None
    for line in lines:
        for element in _ancestors(line):
            if element.tag not in _BLOCKS or own[id(element)] < total * _ARTICLE:
                continue
            deeper = best is None or any(one is best for one in _up(element))
            if deeper and all(_holds(element, one) for one in labels) and _is_block(element, lines):
                best = element
    best = _with_siblings(best, lines)
    return {id(line) for line in lines if best is None or _holds(best, line)}


def _with_siblings(best: Element | None, lines: list[Line]) -> Element | None:
    """The container, or what holds it where its words are divided among several of the same tag and class."""
    while best is not None and best.parent is not None and best.parent.tag in _BLOCKS and best.tag != "td":
        kin = (best.tag, best.classes)
        beside = {
            id(element)
            for line in lines
            if _letters(line) > _SPOKEN and not _holds(best, line)
            for element in _ancestors(line)
            if element.parent is best.parent and (element.tag, element.classes) == kin
        }
        if not beside or best.tag == "article":
            return best
        best = best.parent
    return best


def _up(element: Element) -> Iterator[Element]:
    above = element.parent
    while above is not None:
        yield above
        above = above.parent


def _holds(element: Element, line: Line) -> bool:
    return any(one is element for one in _ancestors(line))


def _is_block(element: Element, lines: list[Line]) -> bool:
    """Whether a cell of a table is a column of the page rather than one of its paragraphs."""
    return element.tag != "td" or sum(_holds(element, line) for line in lines) >= 4


def _rows(lines: list[Line]) -> Iterator[Line]:
    """The lines, of a table with a label and its words in each row those of the second cell after the label."""
    for row, group in groupby(lines, key=_row):
        held = list(group)
        cells = [list(cell) for _, cell in groupby(held, key=lambda line: id(line.inside))] if row else []
        while (
            len(cells) > 2 and len(cells[0]) == 1 and _TIME.fullmatch(cells[0][0].text)
        ):  # a number or a time before the label
            cells = cells[1:]
        if len(cells) == 2 and len(cells[0]) == 1 and len(cells[0][0].text) <= _CELL_LABEL:
            label, words = cells[0][0], cells[1]
            yield msgspec.structs.replace(label, tag="td", fresh=True)
            yield msgspec.structs.replace(words[0], fresh=False)
            yield from words[1:]
        else:
            yield from held


def _row(line: Line) -> int:
    """The row of a table that a line is in, by identity; 0 for none."""
    cell = line.inside
    if cell is None or cell.tag not in ("td", "th") or cell.parent is None or cell.parent.tag != "tr":
        return 0
    return id(cell.parent)


def _preformatted(line: Line, source: str) -> Iterator[Line]:
    """The rows of preformatted text; if they are hard-wrapped, divided at empty rows only."""
    broken = [run for run in line.runs if run[2] - run[1] > 0 and "\n" in source[run[1] : run[2]]]
    broken = [run for run in broken if not source[run[1] : run[2]].strip()]
    if hard_wrapped(source[line.source[0] : line.source[1]]):
        broken = [run for run in broken if source.count("\n", run[1], run[2]) > 1]
    edges = [run[0] for run in broken]
    fresh = line.fresh
    for begun, ended in zip([0, *(edge + 1 for edge in edges)], [*edges, len(line.text)], strict=True):
        runs = [
            (max(run[0], begun) - begun, run[1] + max(0, begun - run[0]), run[2], run[3])
            for run, end in zip(line.runs, [*(run[0] for run in line.runs[1:]), len(line.text)], strict=True)
            if end > begun and run[0] < ended
        ]
        if runs:
            yield msgspec.structs.replace(line, text=line.text[begun:ended], runs=runs, fresh=fresh, linked=0)
        after = source[broken[edges.index(ended)][1] : broken[edges.index(ended)][2]] if ended in edges else ""
        fresh = after.count("\n") > 1
