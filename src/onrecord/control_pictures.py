"""Replace control characters by visible ones in text printed to a terminal.

A page, a file name or a server's response may contain characters that control a terminal (ESC and the C1 controls move
the cursor, clear the screen, set the window title), reorder the text around them (bidirectional controls), or are
invisible (zero-width and tag characters). To keep hostile input from acting on the terminal, ASCII controls are shown as
Unicode control pictures (``␛``) and the others by their code point (``⟨U+202E⟩``). The zero-width joiner and non-joiner
stay, because Persian, Indic scripts and emoji need them.

Output for programs keeps the characters; in JSON they are escaped.
"""

from __future__ import annotations

import io
import re
import sys
from typing import TextIO

_KEPT = "\t\n"
_NAMED = (
    *range(0x80, 0xA0),  # C1: CSI, OSC and their like in one character
    0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # bidirectional
    0x200B, *range(0x2060, 0x2065), 0xFEFF,  # no width
    0x2028, 0x2029, *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),  # tags: an invisible copy of ASCII
)  # fmt: skip
_PICTURES = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in _KEPT},
    0x7F: "\u2421",
    **{code: f"\u27e8U+{code:04X}\u27e9" for code in _NAMED},
}
_FOUND = re.compile("[" + "".join(re.escape(chr(code)) for code in _PICTURES) + "]")
#: The same characters as UTF-8 bytes, without C0, which JSON always escapes.
_IN_JSON = re.compile(
    rb"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2(?:\x80[\x8b\x8e\x8f\xa8-\xae]|\x81[\xa0-\xaf])"
    rb"|\xef(?:\xbb\xbf|\xbf[\xb9-\xbb])|\xf3\xa0[\x80\x81][\x80-\xbf]"
)


def show_controls(words: str) -> str:
    """Replace every control character by a visible one; tabs and line breaks stay."""
    if words.isascii() and words.isprintable():
        return words
    return _FOUND.sub(lambda match: _PICTURES[ord(match.group())], words)


def print_safely(words: str, file: TextIO | None = None) -> None:
    """Print words and a line break as a terminal may show them: no command prints otherwise.

    Control characters are visible, and characters that the encoding of ``file`` (standard output) lacks are escaped.
    """
    file = sys.stdout if file is None else file
    escape_unencodable(file)
    print(show_controls(words), file=file)


def escape_unencodable(file: TextIO) -> None:
    """Make a stream escape characters that its encoding lacks (``\\u4e2d``), instead of raising an error."""
    if isinstance(file, io.TextIOWrapper) and file.errors == "strict":
        file.reconfigure(errors="backslashreplace")


def escape_controls(json: bytes) -> bytes:
    """Return the same JSON with every control character escaped (``\\u202e``)."""
    return _IN_JSON.sub(_escape, json)


def _escape(match: re.Match[bytes]) -> bytes:
    units = match.group().decode().encode("utf-16-be")
    return b"".join(b"\\u%04x" % int.from_bytes(units[i : i + 2]) for i in range(0, len(units), 2))


def encodable(words: str) -> str:
    """Escape lone surrogates (``\\udcff``), which a file name may contain, so that any encoding can write the words."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")
