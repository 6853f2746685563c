"""Fuzz the readers with damaged files: no crash, no hang, bounded memory, and every span agrees with its bytes.

usage: python bench/fuzz.py [--count N] [--seed S] [--only INDEX] [--keep FOLDER] [--seconds S] [--real]

Files are mutations of the bundled examples, of invented ones in all other formats, and with ``--real`` of the real pages. File
number I of seed S is always the same: ``--only I`` reproduces it, ``--keep`` saves failing files. Each file is read in a child
process, since a library may crash it.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import warnings
import zlib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from corpus import DATA, pages
from onrecord.captures.opened import Opened, capture_of
from onrecord.child import Child, Ended, answer_requests
from onrecord.desk.verification import Source, mismatched_runs
from onrecord.errors import OnRecordError
from onrecord.houses import usable
from onrecord.limits import Limits
from onrecord.reader import read_opened
from onrecord.record import Document

#: Limits for a file: CPU seconds and megabytes.
_SECONDS, _MEMORY = 2.0, 1000
#: Wall-clock seconds after which a process counts as hanging, even on a busy machine.
_PATIENCE = 60.0
#: Maximum file size: small files take milliseconds, so that many can be tried.
_LARGEST = 300_000

Mutation = Callable[[random.Random, bytes], bytes]

_TOKENS = [
    b"<", b">", b"<<", b"&", b"&#", b"&#0;", b"&#xD800;", b"&#65533;", b"&#20013;", b"&nGg;", b"&amp", b"\0", b"\xff",
    b"\x80", b"\x1b$B", b"\x1b(B", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\r\n\r\n", b"\x0c", b"\x0b", b"\x85",
    b"\xc2\x85", b"\xe2\x80\xa8", b"<!--", b"-->", b"<script>", b"</script>", b"<title>", b"</title>", b"<p>",
    b"</p>", b"<div id=\"content\">", b"</div>", b"<br>", b"<b>", b"</b>", b"<td>", b"<a href=\"", b"'", b"\"",
    b"<meta charset=gb2312>", b"<meta charset=utf-16>", b"<meta charset=big5>", b"<meta charset=iso-2022-jp>",
    b"<meta charset=windows-1251>", b"Q: ", b"A: ", b"Q: A: ", b"<b>Q:</b> ", "问：".encode(), "答：".encode(),
    "记者：".encode("gb18030"), b"MR. SMITH: ", b"---\n", b"...\n", b"**", b"__", b"~~", b"[", b"](", b"![", b"\\",
    b"> ", b"- ", b"1. ", b"# ", b"|", b"  \n", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xc2\xa0",
    b"\xe3\x80\x80", b"May 4, 2019", b"%PDF-", b"PK\x03\x04",
]  # fmt: skip


_ENCODINGS = (
    "gb18030", "big5hkscs", "cp1252", "utf-16-le", "utf-16-be", "utf-16", "iso2022_jp_ext", "euc_kr", "koi8_r",
)  # fmt: skip


def flip(dice: random.Random, data: bytes) -> bytes:
    """Flip some bits."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 20, 200))):
        at = dice.randrange(len(changed))
        changed[at] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(dice: random.Random, data: bytes) -> bytes:
    """Remove the end, the beginning or a part of a file."""
    first, last = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
    return dice.choice((data[:last], data[first:], data[:first] + data[last:]))


def double(dice: random.Random, data: bytes) -> bytes:
    """Repeat a part twice or many times."""
    first = dice.randrange(len(data))
    piece = data[first : first + dice.choice((1, 8, 60, 1000))]
    return data[:first] + piece * dice.choice((2, 5, 100)) + data[first:]


def splice(dice: random.Random, data: bytes) -> bytes:
    """Join the beginning of one file and the end of another."""
    other = dice.choice(seeds())[1]
    return data[: dice.randrange(len(data))] + other[dice.randrange(len(other)) :]


def sprinkle(dice: random.Random, data: bytes) -> bytes:
    """Insert markup, labels, unusual characters and parts of other formats anywhere."""
    for _ in range(dice.choice((1, 5, 30))):
        at = dice.randrange(len(data) + 1)
        data = data[:at] + dice.choice(_TOKENS) + data[at:]
    return data


def repeat(dice: random.Random, data: bytes) -> bytes:
    """Insert one or two fragments tens of thousands of times."""
    unit = b"".join(dice.choices(_TOKENS, k=dice.choice((1, 1, 2, 3))))
    at = dice.randrange(len(data) + 1)
    return data[:at] + unit * (dice.choice((1000, 100_000, 200_000)) // len(unit)) + data[at:]


def nest(dice: random.Random, data: bytes) -> bytes:
    """Nest elements thousands deep."""
    name = dice.choice((b"div", b"table", b"b", b"p", b"span", b"blockquote", b"ul", b"li", b"a"))
    depth = dice.choice((10, 300, 5000))
    at = dice.randrange(len(data) + 1)
    ends = b"</%s>" % name * dice.choice((depth, 0, depth * 2))
    return data[:at] + b"<%s>" % name * depth + b"words" + ends + data[at:]


def recode(dice: random.Random, data: bytes) -> bytes:
    """Encode the text differently, declared or not."""
    encoding = dice.choice(
        ("gb18030", "big5hkscs", "cp1252", "utf-16-le", "utf-16-be", "utf-16", "iso2022_jp_ext", "euc_kr", "koi8_r")
    )
    return data.decode("utf-8", "replace").encode(encoding, dice.choice(("ignore", "xmlcharrefreplace")))


_MUTATIONS: tuple[Mutation, ...] = (flip, cut, double, splice, sprinkle, sprinkle, repeat, nest, recode)


def pdf(words: list[str]) -> bytes:
    """An invented PDF with one page per paragraph."""
    count = len(words)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, told in enumerate(words):
        rows = b" T* ".join(b"(%s) Tj" % row.encode() for row in told.split("\n"))
        content = zlib.compress(b"BT /F1 12 Tf 14 TL 72 700 Td %s ET" % rows)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * i)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content))
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n"


def docx(words: list[str]) -> bytes:
    """An invented Word file."""
    import docx

    word = docx.Document()
    for told in words:
        word.add_paragraph(told)
    word.add_table(1, 2).cell(0, 0).text = "Invented."
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


@cache
def seeds(real: bool = False) -> list[tuple[str, bytes]]:
    """The files to mutate, by name."""
    found = [(path.name, path.read_bytes()) for house in usable().values() for path in house.examples]
    words = [
        "Ministry of Examples, Press Conference, May 4, 2019",
        "Times: Will the port open?",
        "Minister: It will open in June.",
    ]
    found.append(("plain.txt", "\n\n".join(words).encode()))
    found.append(
        ("wrapped.md", "\n\n".join(f"**{one}**\n> and [more](http://example.org) of *it*" for one in words).encode())
    )
    found += [("page.pdf", pdf(words)), ("rows.pdf", pdf(["\n".join(words)] * 3)), ("word.docx", docx(words))]
    if real and DATA.is_dir():
        some = [
            page
            for i, page in enumerate(pages("cn-mfa", "by-mfa", "us-whitehouse", suffixes=(".shtml", ".html", ".md")))
            if i % 40 == 0
        ]
        found += [(Path(name).name, data) for name, data in some if len(data) < _LARGEST]
    return found


def make(seed: int, index: int, real: bool) -> tuple[str, bytes]:
    """Make file number ``index`` of a seed."""
    dice = random.Random(f"{seed}/{index}")
    name, data = dice.choice(seeds(real))
    for _ in range(dice.choice((1, 1, 2, 3))):
        data = dice.choice(_MUTATIONS)(dice, data or b" ")[:_LARGEST]
    return name, data


def judge(name: str, data: bytes, seconds: float = _SECONDS) -> str:
    """The result of reading a file: ``read``, the name of an error, or ``FAULT`` with a description.

    ``seconds`` is the processor time that the file may take.
    """
    begun = time.process_time()
    opened = Opened(capture=capture_of(data, f"file:///{name}"), data=data, name=name)
    try:
        document = read_opened(opened)
        document.to_json()
    except OnRecordError as error:
        document, told = None, error.name
    except MemoryError:
        return f"FAULT over {_MEMORY} MB"
    except Exception as error:
        return f"FAULT {type(error).__name__}: {error}"
    spent = time.process_time() - begun
    if spent > seconds:
        return f"FAULT {spent:.1f} seconds"
    return told if document is None else wrong_spans(document) or "read"


def wrong_spans(document: Document) -> str:
    """The first span of a document that disagrees with its bytes."""
    source = Source(document.data, document.offsets)
    for detail in mismatched_runs(document.text, document.offsets, source):
        return f"FAULT offsets: {detail}"
    holes = [(one.byte_start, one.byte_end) for one in document.furniture]
    holes += [(one.byte_start, one.byte_end) for one in document.unread]
    for turn in document:
        place = turn.span.place()
        if not source.contains(turn.text, place.start, place.end, holes):
            return f"FAULT turn [{turn.start}, {turn.end}): the bytes [{place.start}, {place.end}) say other words"
    return ""


def main(asked: str | None = None) -> int:
    """Try the files; as a child process, judge requested files."""
    if asked is not None:
        warnings.simplefilter("ignore")
        seed, real, seconds = int(asked.split("/")[0]), asked.split("/")[1] == "real", float(asked.split("/")[2])
        seeds(real)
        judge("first.html", b"<p>Q: What?</p><p>A: That.</p>")
        Limits(memory=_MEMORY).apply_to_this_process()
        answer_requests(
            lambda request: judge(*make(seed, int(request), real), seconds).encode("utf-8", "backslashreplace")
        )
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="the first file's number")
    parser.add_argument("--only", type=int, help="this file alone")
    parser.add_argument("--keep", type=Path, help="write the files that failed here")
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="processor time that a file may take")
    parser.add_argument("--real", action="store_true", help="also mutate the real pages")
    told = parser.parse_args()
    wanted = range(told.start, told.start + told.count) if told.only is None else [told.only]
    verdicts: Counter[str] = Counter()
    child = None
    faults = 0
    for index in wanted:
        child = child or Child("fuzz", f"{told.seed}/{'real' if told.real else ''}/{told.seconds}")
        try:
            verdict = child.ask(str(index).encode(), _PATIENCE).decode()
        except Ended as ended:
            child.end()
            child, verdict = None, f"FAULT {ended}"
        verdicts[verdict.split()[0]] += 1
        if verdict.startswith("FAULT"):
            faults += 1
            name, data = make(told.seed, index, told.real)
            print(f"{index} {name} ({len(data)} bytes): {verdict}", flush=True)
            if told.keep:
                told.keep.mkdir(parents=True, exist_ok=True)
                (told.keep / f"{index}-{name}").write_bytes(data)
    if child is not None:
        child.end()
    print(
        f"seed {told.seed}: {len(wanted)} files; "
        + ", ".join(f"{name} {count}" for name, count in verdicts.most_common())
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
