"""Control characters made visible, for text that goes to a person's terminal.

A page, a file's name or a server's answer may hold characters that a terminal obeys (ESC and the C1 controls move the
cursor, clear the screen, set the window's title), that reorder the text around them (bidirectional controls), or that
take no room (zero-width and tag characters). None of them may act on the screen of whoever reads about the page: those
of ASCII are shown as the control pictures of Unicode (``␛``), the others by their code point (``⟨U+202E⟩``). The zero-width
joiner and non-joiner stay, since Persian, Indic scripts and emoji are spelled with them.

What goes to programs keeps the characters; JSON writes them as escapes, so that they do no harm there either.
"""

from __future__ import annotations

import re

_KEPT = "\t\n"
_NAMED = (
    *range(0x80, 0xA0),  # C1: CSI, OSC and their like in one character
    0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # bidirectional
    0x200B, *range(0x2060, 0x2065), 0xFEFF,  # no width
    0x2028, 0x2029, *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),  # tags: a copy of ASCII that nobody sees
)  # fmt: skip
_PICTURES = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in _KEPT},
    0x7F: "\u2421",
    **{code: f"\u27e8U+{code:04X}\u27e9" for code in _NAMED},
}
_FOUND = re.compile("[" + "".join(re.escape(chr(code)) for code in _PICTURES) + "]")
#: The same characters, but for those of C0, which JSON always escapes, in UTF-8.
_IN_JSON = re.compile(
    rb"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2(?:\x80[\x8b\x8e\x8f\xa8-\xae]|\x81[\xa0-\xaf])"
    rb"|\xef(?:\xbb\xbf|\xbf[\xb9-\xbb])|\xf3\xa0[\x80\x81][\x80-\xbf]"
)


def show_controls(words: str) -> str:
    """The words with every control character replaced by a visible picture; tabs and line breaks stay."""
    if words.isascii() and words.isprintable():
        return words
    return _FOUND.sub(lambda match: _PICTURES[ord(match.group())], words)


def escape_controls(json: bytes) -> bytes:
    """The same JSON with every control character in it written as an escape (``\\u202e``)."""
    return _IN_JSON.sub(_escape, json)


def _escape(match: re.Match[bytes]) -> bytes:
    units = match.group().decode().encode("utf-16-be")
    return b"".join(b"\\u%04x" % int.from_bytes(units[i : i + 2]) for i in range(0, len(units), 2))


def encodable(words: str) -> str:
    """The words with lone surrogates, as a file's name may hold them, written out (``\\udcff``): any encoding takes them."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")
