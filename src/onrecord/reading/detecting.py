"""Detect the encoding of bytes that do not declare one.

UTF-8 and UTF-16 are recognisable by themselves, Japanese and Korean mail by its escape sequences, Chinese by its most common
characters. For everything else charset-normalizer decides.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: The commonest characters of each script that the other does not use: enough to tell GB from Big5 in one paragraph.
_SIMPLIFIED = frozenset("国这说们为来会时学对发经过个业问种动关见长东现电还样进无间与气书从实开论么问记应")
_TRADITIONAL = frozenset("國這說們為來會時學對發經過個業問種動關見長東現電還樣進無間與氣書從實開論麼問記應")
#: In Chinese, six of a hundred characters are among them; in bytes of another language that are decoded as Chinese, one.
_CHINESE = 0.04
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp_ext"), (b"\x1b$@", "iso2022_jp_ext"))
#: Characters that make up nearly all of any text: Latin, Cyrillic, punctuation, Han, kana, Hangul. Half of
#: all code units are none of these.
_ORDINARY = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u024f\u0370-\u04ff\u2010-\u203f\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]"
)
#: Signs of cp1252 that rarely follow a letter: if many do, they are letters of another encoding.
_SIGNS = re.compile("[^\\W\\d_][\xa1-\xa9\xac\xae-\xb9\xbc-\xbf\xd7\xf7]")
_BEYOND = re.compile("[^\0-\x7f]")
#: What Windows puts in place of typewriter marks, in all of its Western encodings: quotation marks, dashes, an ellipsis; a
#: no-break space. Nothing else beyond ASCII stands in the text, and no two of them together but as the ends of a quote.
_ONLY_PRINTED = re.compile(rb"(?:[\x00-\x7f]++|[\x85\x91-\x97\xa0]{1,2}(?![\x80-\xff]))*+")
#: The encodings that pages and programs have been written in, as charset-normalizer calls them.
_WEIGHED = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r koi8_u iso8859_2 iso8859_5 iso8859_7 cp949 cp932 "
    "euc_jp gb18030 big5hkscs"
).split()
_SAMPLE = 200_000


def decoded(data: bytes, encoding: str) -> str | None:
    """What the bytes decode to; None if some of them do not."""
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def fits(data: bytes, encoding: str) -> bool:
    """Whether all of the bytes decode."""
    return decoded(data, encoding) is not None


class Detected(NamedTuple):
    """An encoding, and whether no other decodes the bytes to equally plausible words."""

    encoding: str
    sure: bool = True


def detect(data: bytes) -> Detected | None:
    """The likeliest encoding of the bytes; None if none is likely."""
    if data[:4000].count(0) > len(data[:4000]) // 5:  # ASCII in UTF-16: every second byte is zero
        return Detected("utf-16-le" if data[1::2][:2000].count(0) > data[::2][:2000].count(0) else "utf-16-be")
    for escape, encoding in _ESCAPES:
        if escape in data and fits(data, encoding):
            return Detected(encoding)
    if b"\0" in data and (wide := _utf16(data)) is not None:
        return Detected(wide)
    if fits(data, "utf-8"):
        return Detected("utf-8")
    sample = data[:_SAMPLE]
    if _ONLY_PRINTED.fullmatch(data):
        return Detected("cp1252")
    chinese, share = _chinese(sample)
    if share >= _CHINESE:
        return Detected(chinese)
    return _weighed(sample) or (Detected(chinese, sure=False) if share > 0 else None)


def _utf16(data: bytes) -> str | None:
    """UTF-16 that is not mostly ASCII: Chinese has a zero byte in its line breaks and figures alone."""
    body = data[: _SAMPLE & ~1]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = body.decode(encoding, "replace")
        if len(_ORDINARY.findall(text)) > len(text) * 0.97 and "\n" in text:
            return encoding
    return None


def _chinese(sample: bytes) -> tuple[str, float]:
    """The likelier of the Chinese encodings, and the share of its Han characters that are among the commonest."""
    best = ("gb18030", 0.0, 0)
    for encoding, common in (("gb18030", _SIMPLIFIED), ("big5hkscs", _TRADITIONAL)):
        text = sample.decode(encoding, "replace")
        han = sum("\u4e00" <= c <= "\u9fff" for c in text)
        bad = text.count("\ufffd")
        if han > 3 * bad:
            share = sum(c in common for c in text) / han
            best = max(best, (encoding, share, -bad), key=lambda one: one[1:])
    return best[0], best[1]


def _weighed(sample: bytes) -> Detected | None:
    """What charset-normalizer finds, or cp1252 if that gives equally plausible words."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=_WEIGHED)
    best = found.best()
    if best is None:
        return None
    western = next((one for one in found if "cp1252" in (one.encoding, *one.could_be_from_charset)), None)
    if western is not None and not _is_western(str(western)):
        best = next((one for one in found if one is not western), best)
        western = None
    if western is not None and western.chaos <= best.chaos and western.coherence >= best.coherence:
        return Detected("cp1252", sure=str(western) == str(best))
    return Detected(best.encoding, sure=False)


def _is_western(text: str) -> bool:
    """Whether words decoded as cp1252 are plausible."""
    return len(_SIGNS.findall(text)) * 10 < len(_BEYOND.findall(text))
