"""``onrecord cite``: a document, a turn or some words, cited so that anybody can check them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from onrecord.asking.version_history import said_until
from onrecord.commands.document_choice import open_document
from onrecord.commands.formats import DESK, CiteFormatOption, DeskOption, HouseOption
from onrecord.commands.source_reading import read_source
from onrecord.control_pictures import print_safely
from onrecord.desk import open_desk
from onrecord.errors import QueryError
from onrecord.languages.folding import folded
from onrecord.printing import write_json
from onrecord.record import Document, Span, Turn, fold
from onrecord.sharing.citations import Citation
from onrecord.sharing.citations import cite as cite_span

_LETTERS = r"A-Za-z0-9\u00c0-\u024f"


def cite(
    id: Annotated[str, Parameter(allow_leading_hyphen=True)],
    /,
    *,
    quote: str | None = None,
    house: HouseOption = None,
    desk: DeskOption = DESK,
    format: CiteFormatOption = "text",
) -> int:
    """Cite a document, a turn or words of it: who said it, where and when, a link that shows it, the bytes that prove it.

    Example: `onrecord cite DOCUMENT/TURN --quote "stands ready to" --format bibtex`, `onrecord cite page.shtml`

    Parameters
    ----------
    id
        The id of a document or the beginning of one, of a turn (DOCUMENT/TURN), or a file or address, which need not be
        on the desk.
    quote
        Only these words, as printed; white space does not matter.
    """
    if id == "-" or id.startswith(("http://", "https://")) or Path(id).exists():
        citation = _cited(read_source(id, house=house), quote)
    else:
        with open_desk(desk) as opened:
            citation = _cited(opened.turn(id) if "/" in id else open_document(opened, id), quote)
            said = said_until(opened, id) if "/" in id else None
            if said is not None:
                print_safely(f"onrecord: {said}", sys.stderr)
    _print(citation, format)
    return 0


def _cited(one: Document | Turn, quote: str | None) -> Citation:
    span, turn = (one.span, one) if isinstance(one, Turn) else (one.span(0, len(one.text)), None)
    return cite_span(span if quote is None else _narrowed(span, quote, one.id), turn=turn)


def _narrowed(span: Span, quote: str, where: str) -> Span:
    """The part of a span with these words, the first where there are several. Raises QueryError where there is none."""
    words = quote.split()
    if not words:
        raise QueryError("--quote is empty", where=where, hint='Give some words: --quote "stands ready to"')
    # Whole words only in scripts with letters: Chinese does not separate words.
    before, behind = (rf"(?{look}[{_LETTERS}])" for look in ("<!", "!"))
    opening, closing = (re.match(f"[{_LETTERS}]", edge) for edge in (words[0], words[-1][-1]))
    said = r"\s+".join(map(re.escape, words))
    found = list(re.finditer(f"{before if opening else ''}{said}{behind if closing else ''}", span.text))
    if not found:
        raise QueryError(f"it does not say “{fold(quote)}”", where=where, hint=_hint(span, words, where))
    if len(found) > 1:
        print_safely(f"onrecord: {where} says this {len(found)} times; this cites the first", sys.stderr)
    return span.document.span(span.start + found[0].start(), span.start + found[0].end())


def _hint(span: Span, words: list[str], where: str) -> str:
    """The words as printed, where only case, quotes or dashes differ; else how to see the text."""
    near = re.search(r"\s+".join(re.escape(folded(word)) for word in words), folded(span.text))
    if near:
        return f"As printed: “{fold(span.text[slice(*near.span())])}”"
    return f"`onrecord show {where}` prints what it says"


def _print(citation: Citation, format: str) -> None:
    if format == "json":
        write_json(citation, indent=True)
    elif format == "csl-json":
        write_json([citation.csl], indent=True)
    elif format == "bibtex":
        print_safely(citation.bibtex)
    else:
        print_safely(citation.text)
        if citation.fragment:
            print_safely(f"In the page: {citation.fragment}")
