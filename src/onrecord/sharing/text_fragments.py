"""Links that highlight words in the publisher's page: URL text fragments.

A link ends in ``#:~:text=[prefix-,]start[,end][,-suffix]``, each term percent-encoded. By the rules at
https://wicg.github.io/scroll-to-text-fragment/ a browser takes the first match, matches only whole words, and
no term across paragraphs. So each link is tested on the text with the browser's algorithm, and terms and context are
lengthened until it finds exactly the words. (In Chromium 150, on 42 pages of the Chinese Foreign Ministry, one of 717 turns
and random spans was not found: it began and ended inside words.)
"""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import quote

from onrecord.errors import RecordError
from onrecord.languages.folding import folded

_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"
_LETTER = rf"[^\W{_HAN}]"
#: Units that no browser splits: a word with its apostrophes, points and combining accents. Han characters form one unit up to
#: the next punctuation mark, since each browser segments them by its own dictionary.
_RUN = re.compile(rf"\w(?:[\w\u0300-\u036f]|(?<={_LETTER})['’‘.:·,;：，；．](?={_LETTER}))*")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
#: Up to this many characters are in the link in full; of longer quotes only the first and the last words.
LONGEST = 120
#: The usual number of words for the start and the end of a long quote, and the maximum; two Han characters count as one word.
_ENOUGH, _MORE = 5, 15
#: Numbers of context words before and after the quote to try, until the link is unique.
_CONTEXTS = ((0, 0), (3, 0), (0, 3), (3, 3), (8, 8), (20, 20))

_Range = tuple[int, int]


def text_fragment_url(address: str, text: str, start: int, end: int, *, title: str = "") -> str:
    """The URL of a page with a text fragment that highlights ``text[start:end]`` in it.

    ``title`` is what the page shows above the text. An existing fragment is kept; an existing text fragment is replaced.
    """
    page = address.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={directive(text, start, end, title=title)}"


def directive(text: str, start: int, end: int, *, title: str = "") -> str:
    """The value of ``text=``: the words ``text[start:end]``, or their first and last ones, with as much context as needed for
    the first match to be this place.

    The same words in the same context are ambiguous: then a browser highlights the first of them. Raises
    RecordError for a span without words.
    """
    above = f"{title}\n\n"
    text, start, end = above + text, *_without_space(text, start, end)
    if start == end:
        raise RecordError("no words to highlight", hint="Take a span that has words")
    start, end = start + len(above), end + len(above)
    plain = folded(text)
    heads, tails = _terms(text, start, end)
    for most_before, most_behind in _CONTEXTS:
        before, behind = _before(text, start, most_before), _behind(text, end, most_behind)
        head = next((one for one in heads if _is_first(plain, before, one, None if tails else behind)), None)
        tail = head and next((one for one in tails if _is_first(plain, None, one, behind, head)), None)
        if head and (tail or not tails):
            break
    else:
        head, tail = heads[0], tails[0] if tails else None
    prefix, first, last, suffix = (one and _encoded(text[slice(*one)]) for one in (before, head, tail, behind))
    return ",".join(one for one in (prefix and f"{prefix}-", first, last, suffix and f"-{suffix}") if one)


def _encoded(term: str) -> str:
    # A hyphen separates context from words but quote() does not encode it; it does encode commas and ampersands.
    return quote(term, safe="", errors="replace").replace("-", "%2D")


def _terms(text: str, start: int, end: int) -> tuple[list[_Range], list[_Range]]:
    """Candidates for start and end terms, shortest first; the full text without an end term if it is short enough.

    A start term stays in the first paragraph of the words, an end term in the last.
    """
    first_line = text.find("\n", start, end)
    if first_line < 0 and end - start <= LONGEST:
        return [(start, end)], []
    head = _first_runs(text, start, end if first_line < 0 else first_line, _ENOUGH)
    tail = _last_runs(text, max(text.rfind("\n", start, end) + 1, start), end, _ENOUGH)
    if tail[0] <= head[1]:
        return [(start, end)], []
    until = tail[0] if first_line < 0 else first_line
    further = _RUN.finditer(text, head[1], until)
    since = head[1] if first_line < 0 else text.rfind("\n", start, end) + 1
    earlier = reversed(list(_RUN.finditer(text, since, tail[0])))
    return (
        [head, *((start, run.end()) for run in islice(further, _MORE))],
        [tail, *((run.start(), end) for run in islice(earlier, _MORE))],
    )


def _is_first(
    plain: str, before: _Range | None, words: _Range, behind: _Range | None, head: _Range | None = None
) -> bool:
    """Whether the first match with this context is here: on the page, or after the start term."""
    if head is not None and words[0] < head[1]:
        return False
    prefix, said, suffix = (re.escape(plain[slice(*one)]) if one else "" for one in (before, words, behind))
    found = re.compile(rf"{prefix}\s*({said})\s*{suffix}").search(plain, head[1] if head else 0)
    return found is not None and found.start(1) == words[0]


def _first_runs(text: str, start: int, end: int, most: float) -> _Range:
    weight = 0.0
    for run in _RUN.finditer(text, start, end):
        weight += _weight(run[0])
        if weight >= most:
            return start, run.end()
    return _without_space(text, start, end)


def _last_runs(text: str, start: int, end: int, most: float) -> _Range:
    weight = 0.0
    for run in reversed(list(_RUN.finditer(text, start, end))):
        weight += _weight(run[0])
        if weight >= most:
            return run.start(), end
    return _without_space(text, start, end)


def _weight(run: str) -> float:
    return max(1.0, len(_HAN_CHARACTER.findall(run)) / 2)


def _before(text: str, start: int, most: int) -> _Range | None:
    """The given number of words before a place; at the start of a paragraph, those at the end of the previous one.

    A quote that starts inside a word needs at least the beginning of that word.
    """
    if not most and not _inside_run(text, start):
        return None
    end = len(text[:start].rstrip())
    found = _last_runs(text, text.rfind("\n", 0, end) + 1, end, max(most, 1)) if end else (0, 0)
    return found if found[0] < found[1] else None


def _behind(text: str, end: int, most: int) -> _Range | None:
    """The words after a place; see :func:`_before`."""
    if not most and not _inside_run(text, end):
        return None
    start = len(text) - len(text[end:].lstrip())
    line = text.find("\n", start)
    found = _first_runs(text, start, len(text) if line < 0 else line, max(most, 1))
    return found if found[0] < found[1] else None


def _inside_run(text: str, position: int) -> bool:
    line = text.rfind("\n", 0, position) + 1
    following = text.find("\n", position)
    runs = _RUN.finditer(text, line, len(text) if following < 0 else following)
    return any(run.start() < position < run.end() for run in runs)


def _without_space(text: str, start: int, end: int) -> _Range:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
