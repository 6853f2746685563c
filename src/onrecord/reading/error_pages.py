"""Pages that are served like any other and hold no statement: error pages and walls against programs, by their headings."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from onrecord.errors import NotAStatement
from onrecord.reading.lines import Line

#: What a site adds to the title of each of its pages stands behind one of these.
_DIVIDER = re.compile(r"\s+[|–—·»-]\s+|\s*\|\s*|\s*::\s*")
_PASSWORD = re.compile(r"""<input\b[^<>]{0,300}\btype\s*=\s*["']?password""", re.I)
#: A template whose places were never filled, and the words that printers fill them with.
_PLACES = re.compile(r"\{\{[^{}\n]{1,120}\}\}|\{%[^%\n]{1,120}%\}|<%=?[^%\n]{1,120}%>|\$\{[\w.]{1,80}\}|%[A-Z_]{4,40}%")
_FILLER = re.compile(r"\blorem ipsum dolor sit\b", re.I)
_FEWEST_PLACES = 3
#: An entry of a table of contents: dots up to the number of the page.
_ENTRY = re.compile(r"(?<![.…])(?<![.…] )(?:(?:\.[ ]?){4,}+|(?:…[ ]?){2,}+)\s{0,9}\d{1,4}\b")
#: So many entries, and their dots this share of the text, are a table of contents.
_ENTRIES, _DOTS = 4, 0.2
#: Letters that a program replaced with question marks: at least three together.
_LOST = re.compile(r"\?{3,}")
_LOST_SHARE = 0.25
_FRAMES, _BEGINNING = re.compile(r"<frameset\b", re.I), 20_000
#: A page of more letters outside links is an article, whatever its heading.
_MOST = 1_500
#: Lines at the beginning that are examined.
_LOOKED_AT = 2_000
_TOLD = {
    "missing": ("an error page: the page was not found", "Look for its new address, or take it from a web archive"),
    "failed": ("an error page: the site failed", "Fetch the page again later"),
    "consent": ("a page that asks to accept cookies", "Accept them in a browser, save the page, and read that file"),
    "search": ("a list of search results, not a statement", "Open one of them and read that page"),
    "wall": ("a wall against programs, not the page", "Open the page in a browser, save it, and read that file"),
}


@cache
def _headings() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((Path(__file__).parent / "error_pages.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(f"(?:{one})" for one in entries), re.I) for name, entries in table.items()}


def refuse_error_pages(title: str, lines: list[Line], source: str, *, where: str) -> None:
    """Raise NotAStatement, naming what it is and the next step, if title or heading of a web page are those of an error page.

    So it does for a page of frames, whose text is that of other pages; ``source`` is the page.
    """
    if sum(len(line.text) - line.linked for line in lines) > _MOST:
        return
    if _PASSWORD.search(source):
        told, hint = _TOLD["wall"]
        raise NotAStatement(f"this is {told}: it asks for a password (log in)", where=where, hint=hint)
    if _FRAMES.search(source, 0, _BEGINNING):
        hint = "Open the frame with the text, and read that page"
        raise NotAStatement("this is a page of frames, whose words are in other pages", where=where, hint=hint)
    headings = [title, *(line.text for line in lines if line.tag in ("h1", "h2", "title"))]
    for heading in headings[:4]:
        for part in (heading.strip(), *_DIVIDER.split(heading.strip())):
            words = part.replace("'", "’").strip(" .!…")
            name = next((name for name, pattern in _headings().items() if words and pattern.fullmatch(words)), None)
            if name is not None:
                told, hint = _TOLD[name]
                raise NotAStatement(f"this is {told} ({heading.strip()[:80]!r})", where=where, hint=hint)


def refuse_no_words(lines: list[Line], *, where: str) -> None:
    """Raise NotAStatement, naming what it is, for a text without words of its own: a template, a list of pages, lost letters."""
    text = "\n".join(line.text for line in lines[:_LOOKED_AT])
    if len(_PLACES.findall(text)) >= _FEWEST_PLACES or (_FILLER.search(text) and len(text) < _MOST):
        hint = "Fetch the page again, with a browser if a program fills it"
        raise NotAStatement("this is a template whose places are not filled", where=where, hint=hint)
    dots = [leader.end() - leader.start() for leader in _ENTRY.finditer(text)]
    if len(dots) >= _ENTRIES and sum(dots) >= _DOTS * len(text):
        raise NotAStatement("this is a table of contents", where=where, hint="Read the pages that it lists")
    lost = sum(len(run) for run in _LOST.findall(text))
    if lost > _LOST_SHARE * len("".join(text.split())) > 0:
        what = "its letters were lost: a program put question marks in their place, in a wrong encoding"
        raise NotAStatement(what, where=where, hint="Fetch it again, or export it anew in UTF-8")
