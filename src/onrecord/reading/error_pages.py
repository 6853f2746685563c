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
_FRAMES, _BEGINNING = re.compile(r"<frameset\b", re.I), 20_000
#: A page of more letters outside links is an article, whatever its heading.
_MOST = 1_500
_TOLD = {
    "missing": ("an error page: the page was not found", "Look for its new address, or take it from a web archive"),
    "failed": ("an error page: the site failed", "Fetch the page again later"),
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
