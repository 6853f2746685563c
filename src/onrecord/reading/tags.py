"""Read the tags of HTML: what each piece of a page split at "<" opens or closes, and the words after it.

A piece is processed as a browser's tokenizer would: quotes may hold ">" and "<", what looks like a tag may be none, and
comments, scripts and styles hold no markup. Whatever a piece and its followers are read as, the words are at the end of the last
of them: :func:`starts_of` gives their place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, count
from operator import add

from onrecord.errors import TooLarge

# A tag whose quotes are not plain: a quoted value may hold ">" and a little "<", so that one lost quote does not
# swallow the page.
_CAREFUL = re.compile(
    r"""/?[a-zA-Z](?:[^<>"']++|"[^"<>]*+(?:[<>][^"]{0,300}+)?"|'[^'<>]*+(?:[<>][^']{0,300}+)?'){0,64}+>"""
)
_SPELLED = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:]*")
#: The attribute that hides an element, once quoted values are out of the way; ``until-found`` only folds it.
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_HIDDEN = re.compile(r"\shidden(?=[\s=/]|$)", re.I)
_STYLE = re.compile(r"""(?<![\w-])style\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""", re.I)
_UNSEEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
#: Of these a page that shows itself only when its programs run hides the whole.
_WHOLE = frozenset(("html", "head", "body", "main", "article"))

#: Kinds of tags. From LEAF on they end a stretch of words; RAW ones show nothing, or are no markup inside; UNCLEAR is what
#: :func:`read_piece` cannot tell alone.
PASSED, LINK, BOLD, META, LEAF, BREAK, CONTAINER, RAW, UNCLEAR = range(9)
KINDS = {
    **dict.fromkeys("span font img input i em u s sub sup link o:p strike small big wbr area".split(), PASSED),
    **dict.fromkeys("p h1 h2 h3 h4 h5 h6 title li dt dd pre figcaption caption option legend label".split(), LEAF),
    **dict.fromkeys(
        "div section article main aside header footer nav body head html ul ol dl table tbody thead tr td th form "
        "fieldset blockquote figure details center".split(),
        CONTAINER,
    ),
    **dict.fromkeys("script style noscript template svg iframe textarea select rt rp".split(), RAW),
    "br": BREAK, "hr": BREAK, "b": BOLD, "strong": BOLD, "a": LINK, "meta": META,
}  # fmt: skip
#: The reading of a character, set above it, and the brackets for programs that cannot set it there.
_ABOVE = frozenset(("rt", "rp"))
#: By what is between "<" and the first space or ">": the common spellings, so that most tags are one look-up.
_TAGS = {
    spelling: (kind, name, closing)
    for name, kind in KINDS.items()
    for closing, opened in ((False, name), (True, f"/{name}"))
    for spelling in (opened, opened.upper(), f"{opened}/")
}
#: Characters, besides letters, that may follow "<" in a tag.
_OPENS = frozenset("/!?")
#: More tags than any real page has (at most 30,000): a file with more would take gigabytes of memory.
_MOST_TAGS = 3_000_000
#: How many pieces a tag may be cut into by a "<" inside its quotes.
_CUTS = 4
#: Pieces up to this many characters are remembered, so many of them: two of three pieces of a page are of the menus of its site,
#: and most others are tags without attributes.
SHORT, _REMEMBERED = 120, 4096

#: The kind of a tag, its name, and whether it closes.
Tag = tuple[int, str, bool]
#: What shows nothing and changes nothing.
_NO_TAG: Tag = (PASSED, "", False)
#: A piece taken apart: kind, name, whether it closes, what the tag says, and the words after it.
Piece = tuple[int, str, bool, str, str]


def pieces_of(source: str) -> list[str]:
    """The source, split at every "<". Raises :class:`~onrecord.errors.TooLarge` where there are more than 3 million."""
    if len(source) > _MOST_TAGS and (tags := source.count("<")) > _MOST_TAGS:
        raise TooLarge(f"{tags:,} tags, more than the {_MOST_TAGS:,} a page can have")
    return source.split("<")


def starts_of(pieces: list[str]) -> list[int]:
    """Where the "<" in front of each piece is; the last entry is the end of the source.

    Words after a tag that end with the piece before ``number`` are at ``starts[number] - len(words)``.
    """
    return list(map(add, accumulate(map(len, pieces), initial=0), count(-1)))


def read_piece(piece: str) -> Piece:
    """Take a piece apart. It is UNCLEAR where the tag does not end in the piece, has quotes that are not plain, or is in mixed
    case; a comment, a declaration, no tag at all: see :func:`read_unclear`."""
    told, closed, words = piece.partition(">")
    known = _TAGS.get(told)  # half of the tags have no attributes
    if known is None and "'" not in told and not told.count('"') & 1:
        known = _TAGS.get(told.partition(" ")[0])
    if known is None or not closed:
        return UNCLEAR, "", False, told, words
    return *known, told, words


#: :func:`read_piece` for a piece of up to SHORT characters: nine of ten are known from the same page or the one before.
read_short = lru_cache(_REMEMBERED)(read_piece)


def read_unclear(pieces: list[str], number: int, told: str, words: str) -> tuple[int, Tag, str, str]:
    """The tag of the unclear piece before ``number``, with the pieces after it that belong to it.

    Gives the number of the next piece, the tag, what it says, and the words after it.
    """
    piece = pieces[number - 1]
    closed = ">" if len(piece) > len(told) else ""
    if not closed or (told.count('"') & 1) or "'" in told:
        number, told, closed, words = mended(pieces, number, piece, told, closed, words)
    known = _TAGS.get(told.partition(" ")[0]) or _spelled_oddly(told)
    if known is not None and closed:
        return number, known, told, words
    if piece[:1] == "!":
        number, words = after_declaration(pieces, number, piece, words)
    elif piece[:1] != "?":  # no tag: "3 < 4"
        number, words = no_tag(pieces, number, piece)
    return number, _NO_TAG, told, words


def tag_of(told: str) -> Tag:
    """The tag by its common spellings alone, whatever its quotes."""
    return _TAGS.get(told.partition(" ")[0], _NO_TAG)


def hides(name: str, told: str) -> bool:
    """Whether a tag says that its element is not shown: the attribute ``hidden``, ``display:none``, ``visibility:hidden``.

    >>> hides("p", "p hidden"), hides("p", 'p style="display: none"'), hides("p", 'p class="not hidden"')
    (True, True, False)
    """
    low = told.lower()
    if name in _WHOLE or ("hidden" not in low and "display" not in low):
        return False
    style = _STYLE.search(told)
    if style is not None and _UNSEEN.search(style[1] or style[2] or style[3] or ""):
        return True
    return "until-found" not in low and _HIDDEN.search(_VALUE.sub("=x", told)) is not None


def _spelled_oddly(told: str) -> Tag | None:
    """A tag in mixed case, or with a slash or a line break right after its name."""
    match = _SPELLED.match(told)
    return _TAGS.get(match.group().lower(), _NO_TAG) if match else None


def mended(pieces: list[str], number: int, piece: str, told: str, closed: str, words: str) -> tuple[int, str, str, str]:
    """A tag with ">" or "<" inside its quotes, reassembled; unchanged if its quotes do not close."""
    whole = piece
    for following in range(number, min(number + _CUTS, len(pieces)) + 1):
        match = _CAREFUL.match(whole)
        if match is not None:
            return following, whole[: match.end() - 1], ">", whole[match.end() :]
        if closed or following == len(pieces) or not piece[:1].isalpha():
            break
        whole += "<" + pieces[following]
    return number, told, closed, words


def no_tag(pieces: list[str], number: int, piece: str) -> tuple[int, str]:
    """The words that a "<" begins where it opens no tag, with all the following pieces that plainly open none."""
    first = number
    while number < len(pieces) and not pieces[number][:1].isalpha() and pieces[number][:1] not in _OPENS:
        number += 1
    return number, "<" + (piece if first == number else "<".join((piece, *pieces[first:number])))


def after_declaration(pieces: list[str], number: int, piece: str, words: str) -> tuple[int, str]:
    """What is after a comment, which may hold tags, or after a doctype: the number of the next piece, and the words."""
    if not piece.startswith("!--"):
        return number, words
    end = piece.find("-->", 2)
    while end < 0:
        if number == len(pieces):  # never closed: it runs to the end of the page
            return number, ""
        piece = pieces[number]
        number += 1
        end = piece.find("-->")
    return number, piece[end + 3 :]


def after_raw(pieces: list[str], number: int, name: str) -> tuple[int, str]:
    """What is after an element whose content is no markup; one that is never closed runs to the end of the page.

    Of the readings above characters, whose end may be left out, only the words up to the next tag are not shown.
    """
    if name in _ABOVE:
        return number, ""
    ends = f"/{name}"
    while number < len(pieces):
        piece = pieces[number]
        number += 1
        if piece[: len(ends)].lower() == ends:
            return number, piece.partition(">")[2]
    return number, ""
