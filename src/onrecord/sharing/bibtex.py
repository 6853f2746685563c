"""An entry for BibTeX and biblatex, with arbitrary characters in its values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.record import fold

# BibTeX counts braces even after a backslash, so they are written as commands.
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
        **{special: f"\\{special}" for special in "%$#_&"},
    }
)  # fmt: skip
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def escaped(words: str) -> str:
    """Escape characters that are special to LaTeX, and fold white space. Han characters are unchanged."""
    return _CONTROL.sub("", fold(words)).translate(_ESCAPED)


def entry(
    key: str,
    *,
    author: str | None,
    title: str,
    day: str | None,
    published_as: str | None,
    url: str | None,
    accessed: str | None,
    note: str,
) -> str:
    """A ``@misc`` entry, the only suitable type that both BibTeX and biblatex support.

    ``key`` is reduced to ASCII letters, digits and hyphens. ``day`` is YYYY-MM-DD, YYYY-MM or YYYY, ``accessed`` YYYY-MM-DD.
    ``url`` must be percent-encoded: the entry contains it unchanged, since BibTeX styles and biblatex take it verbatim,
    including ``%`` and ``_``.
    """
    values: Mapping[str, str | None] = {
        "author": author
        and f"{{{{{escaped(author)}}}}}",  # double braces prevent the inversion of names and the lowering of titles
        "title": f"{{{{{escaped(title)}}}}}",
        "howpublished": published_as and f"{{{escaped(published_as)}}}",
        # biblatex reads the date, BibTeX year and month.
        "date": day and f"{{{day}}}",
        "year": day and f"{{{day[:4]}}}",
        "month": (day and len(day) > len("1970") and _MONTHS[int(day[5:7]) - 1]) or None,
        "url": url and f"{{{url}}}",
        "urldate": url and accessed and f"{{{accessed}}}",
        "note": f"{{{escaped(note)}}}",
    }
    lines = [f"  {name:12} = {value}," for name, value in values.items() if value]
    return "\n".join((f"@misc{{{_key(key)},", *lines, "}"))


def _key(told: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", told).strip("-")
