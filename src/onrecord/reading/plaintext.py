"""Plain text to lines: an empty line divides paragraphs; a line break within one is kept, or folded if hard-wrapped."""

from __future__ import annotations

import re

from onrecord.reading.lines import Line, LineBuilder

_PARAGRAPH = re.compile(r"[^\r\n\f]+(?:\r?\n(?![ \t\u3000]*\r?(?:\n|\Z))[^\r\n\f]+)*")
_ROW = re.compile(r"[^\r\n\f]+")


def _hard_wrapped(text: str) -> bool:
    """Whether rows were broken to a width: nearly all rows but a paragraph's last are about equally long."""
    inner = [
        len(row) for paragraph in _PARAGRAPH.findall(text) if "\n" in paragraph for row in paragraph.splitlines()[:-1]
    ]
    if len(inner) < 4:
        return False
    width = sorted(inner)[len(inner) * 9 // 10]
    return 40 <= width <= 110 and sum(row > width * 0.75 for row in inner) > len(inner) * 0.8


def read_plaintext(text: str, *, damaged: bool = False) -> list[Line]:
    """The lines of a text as a person would paste it. ``damaged`` says that some bytes did not decode."""
    builder = LineBuilder(entities=False, damaged=damaged)
    wrapped = _hard_wrapped(text)
    lines: list[Line] = []
    for paragraph in _PARAGRAPH.finditer(text):
        fresh = True
        rows = [paragraph] if wrapped else _ROW.finditer(text, *paragraph.span())
        for row in rows:
            builder.add(row.group(), row.start())
            line = builder.line("p", None, fresh)
            if line is not None:
                lines.append(line)
                fresh = False
    return lines
