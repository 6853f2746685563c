"""Decode bytes to characters, with the reverse mapping: at which byte does the n-th character start?"""

from __future__ import annotations

import codecs
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from onrecord.errors import Empty, NotText, Undecodable
from onrecord.reading.detecting import decoded, detect, fits

_WIDE = ("utf-16", "utf-32")
#: A byte that did not decode.
_LOST = re.compile("[\udc80-\udcff]")
#: Byte-order marks and their encodings.
MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w-]+)", re.I
)
#: Declared encodings and what such pages really use: GB2312 pages contain GBK characters, "Latin-1" pages cp1252.
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
    "utf-8-sig": "utf-8",
    "iso2022_jp": "iso2022_jp_ext",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
#: Python codecs in which no page is written, or (UTF-7) that hide markup from a look at the bytes.
_NO_PAGES = frozenset(
    ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem", "palmos")
)
#: Encodings whose bytes mean something else after an escape sequence.
_STATEFUL = frozenset(
    (
        "hz", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext",
        "iso2022_kr",
    )
)  # fmt: skip
#: Encodings that write some letters together with the mark that follows them.
_COMPOSING = frozenset(("big5hkscs", "euc_jis_2004", "euc_jisx0213", "shift_jis_2004", "shift_jisx0213"))
_COMBINING = re.compile("[\u0300\u0301\u0304\u030c\u02e5\u02e9\u309a]")
#: Encodings that any bytes fit, so that a declaration of them proves nothing against bytes that are UTF-8.
_FITS_ALL = frozenset(("cp1252",))
#: With this share of undecodable bytes or more, a declaration is rejected if another encoding fits all bytes. A page cut in
#: the middle has one or two; a page in another encoding has a third of its bytes wrong.
_DAMAGED = 0.02
_BLANK = b" \t\r\n\0"
#: The first bytes of files that are not text, and the names of their formats.
_BINARY = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"%!PS", "a PostScript file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"ID3", "a sound file"),
    (b"\x00\x00\x00", "a media file"),
)


class EncodingGuessed(UserWarning):
    """A page does not declare its encoding, and its bytes allow more than one."""


#: The byte position is stored once per this many characters.
_STRIDE = 2_000


class Characters:
    """A capture's characters. ``text`` is the whole of it, ``encoding`` what it was decoded with.

    Bytes that the encoding does not know are in ``text`` as lone surrogates, one each, so that no offset is lost;
    ``damaged`` says that there are some. ``per_character`` says that a stretch of characters cannot be encoded again to
    the bytes it came from: the encoding shifts between states (ISO-2022-JP), or the bytes are not those that an encoder
    would write. The place of each character is then kept in a table.
    """

    __slots__ = ("_at", "_byte", "_known", "_table", "damaged", "data", "encoding", "mark", "text")

    def __init__(self, data: bytes, encoding: str, mark: int = 0, text: str | None = None) -> None:
        """``text`` is what all of the data decode to, where that is known already."""
        self.data = data
        self.encoding = encoding
        self.mark = mark
        body = data[mark:]
        self._table: list[int] | None = None
        self.damaged = False
        errors = "replace" if encoding.startswith(_WIDE) or encoding in _STATEFUL else "surrogateescape"
        try:
            self.text = body.decode(encoding) if text is None else text
        except UnicodeDecodeError:
            self.text = body.decode(encoding, errors)
            self.damaged = errors == "surrogateescape"
        if encoding != "utf-8" and not self._encodes_piecewise(body, errors):
            self._tabulate(body)
        self._at, self._byte = 0, mark
        self._known = [(0, mark)]  # some characters with their bytes, from which counting can continue

    @property
    def per_character(self) -> bool:
        """Whether only single characters can be traced to their bytes."""
        return self._table is not None

    def _encodes_piecewise(self, body: bytes, errors: str) -> bool:
        """Whether any stretch of the text, encoded, gives the bytes it came from."""
        if self.encoding in _STATEFUL or (self.encoding in _COMPOSING and _COMBINING.search(self.text)):
            return False
        try:
            return self.text.encode(self.encoding, errors) == body
        except UnicodeError:
            return False

    def _tabulate(self, body: bytes) -> None:
        """Decode byte by byte, noting where each character starts: for bytes that do not survive a round trip."""
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        pieces: list[str] = []
        table: list[int] = []
        start = 0
        for i in range(len(body)):
            try:
                piece = decoder.decode(body[i : i + 1], final=i + 1 == len(body))
            except UnicodeError:  # an escape sequence that does not end is more than the decoder can keep
                decoder.reset()
                piece = "\ufffd"
            if piece:  # several at once: bytes that wait for more turn out to be no character, or to be one each
                table.extend(min(start + j, i) + self.mark for j in range(len(piece)))
                pieces.append(piece)
                start = i + 1 - len(decoder.getstate()[0])  # a byte that ends no character may begin the next
        table.append(len(body) + self.mark)
        self.text, self._table = "".join(pieces), table
        self.damaged = False

    def byte_after(self, position: int) -> int:
        """The byte at which the character before ``position`` ends."""
        return self.byte(position)

    def ranges_at(self, edges: list[int]) -> list[int]:
        """The bytes of starts and ends, which alternate in ``edges``."""
        return self.bytes_at(edges)

    def divided(self, text: str, runs: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
        """The runs ``(text_start, first, last)`` of a text, those divided whose bytes cannot be told from their words.

        Where only single characters can be traced, a run that copies the characters becomes one run a character.
        """
        if not self.per_character:
            yield from runs
            return
        ends = [*(run[0] for run in runs[1:]), len(text)][: len(runs)]
        for (start, first, last), end in zip(runs, ends, strict=True):
            length = len(text[start:end].rstrip("\n"))
            if length != last - first:
                yield start, first, last
                continue
            for i in range(length):
                yield start + i, first + i, first + i + 1

    def slice(self, start: int, end: int) -> str:
        """The characters that begin in the bytes ``[start, end)``; only where ``per_character``."""
        assert self._table is not None
        return self.text[bisect_left(self._table, start) : bisect_left(self._table, end)]

    def byte(self, position: int) -> int:
        """The byte at which the character at ``position`` starts; cheapest when asked in ascending order."""
        if self._table is not None:
            return self._table[position]
        if len(self.text) + self.mark == len(self.data):  # one byte a character
            return position + self.mark
        at = self._at
        if position < at:
            at, self._byte = self._known[bisect_right(self._known, (position, len(self.data))) - 1]
        self._byte += len(self.text[at:position].encode(self.encoding, "surrogateescape"))
        self._at = position
        if position > self._known[-1][0] + _STRIDE:
            self._known.append((position, self._byte))
        return self._byte

    def bytes_at(self, positions: list[int]) -> list[int]:
        """The byte of each position; one pass over the text where they ascend."""
        if self._table is not None:
            return [self._table[position] for position in positions]
        if len(self.text) + self.mark == len(self.data):
            return [position + self.mark for position in positions] if self.mark else positions
        text, encoding = self.text, self.encoding
        found = []
        at, byte = self._at, self._byte
        for position in positions:
            if position != at:
                if position < at:
                    at, byte = position, self.byte(position)
                else:
                    byte += len(text[at:position].encode(encoding, "surrogateescape"))
                    at = position
            found.append(byte)
        self._at, self._byte = at, byte
        return found


def replace_lost(words: str) -> str:
    """The words with U+FFFD for every byte that did not decode, as a document shows them."""
    return words if words.isascii() else _LOST.sub("\ufffd", words)


def _known(name: str) -> str | None:
    """The codec for a declared name, or None if it is unknown or no text encoding."""
    try:
        codec = codecs.lookup(name.strip().strip("'\"")).name
        "".encode(codec)
    except (LookupError, ValueError):  # ValueError: a zero byte or a character that is none in the name
        return None
    if codec.replace("-", "_") in _NO_PAGES or codec in _NO_PAGES:
        return None
    return _MEANT.get(codec, codec)


def _archive(data: bytes) -> str | None:
    """What a zip archive holds, by its first members; None for other files."""
    if not data.startswith(b"PK"):
        return None
    from onrecord.reading.file_kind import kind_of_zip

    return kind_of_zip(data)


def decode(data: bytes, *, declared: str | None = None, encoding: str | None = None, where: str = "") -> Characters:
    """The characters of ``data``.

    The encoding is taken from, in this order: the caller's ``encoding``; a byte-order mark; ``declared`` (a server's
    header); the page's own ``meta``; the content. A declared encoding that does not fit the bytes is replaced by one that
    does.

    Raises :class:`~onrecord.errors.Empty`, :class:`~onrecord.errors.NotText` or :class:`~onrecord.errors.Undecodable`.
    """
    if not (data[:200].strip(_BLANK) or data.strip(_BLANK)):
        raise Empty("the file is empty", where=where)
    for magic, what in _BINARY:
        if data.startswith(magic) and (b"\0" in data[:4096] or not magic.isascii()):  # words may begin with "MZ"
            raise NotText(f"this is {_archive(data) or what}, no text", where=where)
    if encoding is not None:
        return _named(data, encoding, where)
    for mark, codec in MARKS:
        if data.startswith(mark):
            return Characters(data, codec, len(mark))
    candidates = _declared(data, declared)
    for codec in candidates:
        text = decoded(data, codec)
        if text is not None and not (codec in _FITS_ALL and fits(data, "utf-8")):
            return Characters(data, codec, text=text)
    if not candidates:
        return _detected(data, where)
    if fits(data, "utf-8"):
        return Characters(data, "utf-8")
    believed = Characters(data, candidates[0])
    damaged = _lost(believed.text)
    if candidates[0] != "utf-8" and damaged > _lost(
        data.decode("utf-8", "replace")
    ):  # UTF-8 with a damaged byte, declared as something else
        return Characters(data, "utf-8")
    if damaged > len(data) * _DAMAGED or data.count(0, 0, 4000):
        guess = detect(data)
        if guess is not None and fits(data, guess.encoding):
            return Characters(data, guess.encoding)
    return believed  # a few damaged bytes in a genuine page


def _lost(text: str) -> int:
    """The number of places in a decoded text where bytes did not decode."""
    return len(_LOST.findall(text)) + text.count("\ufffd")


def _named(data: bytes, encoding: str, where: str) -> Characters:
    """The characters by the encoding that the caller names."""
    codec = _known(encoding)
    if codec is None:
        raise Undecodable(f"there is no text encoding called {encoding!r}", where=where)
    for mark, marked in MARKS:  # with "utf-16" the byte-order mark gives the byte order
        if data.startswith(mark) and marked[:6] == codec[:6]:
            return Characters(data, marked, len(mark))
    return Characters(data, codec)


def _declared(data: bytes, declared: str | None) -> list[str]:
    """The encodings that the server and the page itself name.

    A page whose own declaration can be read as ASCII is not UTF-16, whatever it says; if a server says UTF-16, the bytes
    must confirm it.
    """
    meta = _META.search(data, 0, 4096)
    own = _known((meta.group(1) or meta.group(2)).decode("ascii")) if meta else None
    told = _known(declared) if declared else None
    if told is not None and told.startswith(_WIDE) and detect(data) != (told, True):
        told = None
    if own is not None and own.startswith(_WIDE):
        own = None
    return [codec for codec in (told, own) if codec is not None]


def _detected(data: bytes, where: str) -> Characters:
    """The characters, with the encoding detected from the bytes because none is declared."""
    guess = detect(data)
    if data.count(0) and (guess is None or guess.encoding == "cp1252"):
        raise NotText("it holds zero bytes, as programs and images do", where=where)
    if guess is None:
        raise Undecodable("no encoding fits its bytes", where=where)
    if not guess.sure:
        warnings.warn(
            f"{where}: it does not say its encoding, which was taken to be {guess.encoding}; if letters look wrong, name "
            "it with --encoding",
            EncodingGuessed,
            stacklevel=5,
        )
    return Characters(data, guess.encoding)
