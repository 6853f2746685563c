"""Text of a document as HTML with highlights: hits, mentions, triggers, acts, undertakings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape


class Highlight(NamedTuple):
    """A span ``[start, end)`` to be highlighted by an element of the class ``name``; a link if it has an ``href``."""

    start: int
    end: int
    element: str
    name: str
    href: str = ""
    title: str = ""


def highlighted(text: str, start: int, end: int, marks: Iterable[Highlight]) -> Markup:
    """``text[start:end]`` as HTML. Highlights may overlap: each run of characters is nested in the elements of all
    highlights that cover it, the longest outermost.

    >>> highlighted("on climate change", 0, 17, [Highlight(3, 17, "span", "issue"), Highlight(3, 10, "mark", "hit")])
    Markup('on <span class="issue"><mark class="hit">climate</mark></span><span class="issue"> change</span>')
    """
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    if not inside:
        return escape(text[start:end])
    edges = sorted({start, end, *(min(max(edge, start), end) for mark in inside for edge in (mark.start, mark.end))})
    parts = []
    for begin, close in pairwise(edges):
        over = [mark for mark in inside if mark.start <= begin and mark.end >= close]
        parts.append(_wrapped(str(escape(text[begin:close])), over))
    return Markup("".join(parts))


def _wrapped(words: str, over: Sequence[Highlight]) -> str:
    linked = False
    for mark in sorted(over, key=lambda mark: (mark.end - mark.start, mark.name)):
        title = f' title="{escape(mark.title)}"' if mark.title else ""
        if mark.href and not linked:  # links cannot be nested: the shortest highlight gets the link
            linked = True
            words = f'<a class="{mark.name}" href="{escape(mark.href)}"{title}>{words}</a>'
        else:
            element = "span" if mark.element == "a" else mark.element
            words = f'<{element} class="{mark.name}"{title}>{words}</{element}>'
    return words
