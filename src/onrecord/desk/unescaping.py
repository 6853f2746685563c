"""Undo the encodings of strings that a statement may stand in, independently of the readers: the check compares with it."""

from __future__ import annotations

import html
import re

from onrecord.offsets import Wrapping

_JSON = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|\\u(?P<code>[0-9a-fA-F]{4})|\\(?P<sign>.)",
    re.S,
)
_PYTHON = re.compile(
    r"(?P<bytes>(?:\\x[0-9a-fA-F]{2})+)|\\u(?P<four>[0-9a-fA-F]{4})|\\U(?P<eight>[0-9a-fA-F]{8})|\\(?P<sign>.)"
)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "a": "\a", "v": "\v", "0": "\0", "\\": "\\"}
_XML = re.compile(r"<!\[CDATA\[(?P<raw>.*?)(?:\]\]>|\Z)|&(?:#\w{1,8}|amp|lt|gt|quot|apos);", re.S)
#: In debates, what stands between the words of a speech and nobody says begins so.
_UNSAID = re.compile(
    r"<(note|vocal|kinesic|incident|gap|desc|heading|num|from|remark|scene|recordedTime|docDate)\b[^<>]*(?<!/)>"
)
#: The number and the times of a cue, and the signs that another speaks.
_CUES = re.compile(
    r"\n[ \t]*\r?\n(?:(?!.*-->)[ \t]*+[^\s][^\n]*\n)*(?:.*-->|[\d:.]+,[\d:.]+(?=\r?\n))[^\n]*"
    r"(?:\n[ \t]*(?:>>+|&gt;&gt;|[-–—]))?|\n[ \t]*\[[\d:.,]+[ \t]*-->[ \t]*[\d:.,]+\][ \t]*|\{\\[^{}\n]{1,40}\}"
)


def unescape(decoded: str, wrapping: Wrapping) -> str:
    """The characters that a stretch of such an encoding stands for; half a surrogate pair is U+FFFD."""
    if wrapping == "json":
        return _JSON.sub(_json, decoded)
    if wrapping in ("python-bytes", "python-str"):
        return _PYTHON.sub(lambda match: _python(match, wrapping == "python-bytes"), decoded)
    if wrapping == "subtitles":
        return _CUES.sub("", decoded)
    if wrapping == "xml":
        decoded = _without_unsaid(decoded)
        return _XML.sub(
            lambda match: match["raw"] if match["raw"] is not None else html.unescape(match.group()), decoded
        )
    return decoded.replace('""', '"')


def _without_unsaid(decoded: str) -> str:
    """The characters without the elements that hold what nobody says; an element that never ends stays."""
    parts, at = list[str](), 0
    last: dict[str, int] = {}  # where the last element of a name ends
    for opened in _UNSAID.finditer(decoded):
        end = f"</{opened[1]}>"
        if opened[1] not in last:
            last[opened[1]] = decoded.rfind(end)
        if at <= opened.start() and opened.end() <= last[opened[1]]:
            parts.append(decoded[at : opened.start()])
            at = decoded.find(end, opened.end()) + len(end)
    return "".join(parts) + decoded[at:]


def _json(match: re.Match[str]) -> str:
    if match["high"]:
        pair = bytes.fromhex(match["high"] + match["low"])
        return pair.decode("utf-16-be")
    if match["code"]:
        return _character(int(match["code"], 16))
    return _SIGNS.get(match["sign"], match["sign"])


def _python(match: re.Match[str], as_bytes: bool) -> str:
    if match["bytes"]:
        data = bytes.fromhex(match["bytes"].replace("\\x", ""))
        return (
            re.sub("[\udc80-\udcff]", "\ufffd", data.decode("utf-8", "surrogateescape"))
            if as_bytes
            else data.decode("latin-1")
        )
    if match["sign"]:
        return _SIGNS.get(match["sign"], match["sign"] if match["sign"] in "'\"" else match.group())
    return match.group() if as_bytes else _character(int(match["four"] or match["eight"], 16))


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)
