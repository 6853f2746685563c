"""All real texts as plain statements, for search benchmarks: spoken words without speakers.

Works for houses without a reader too: takes the visible text of a page, one line per paragraph, with its day.
"""

from __future__ import annotations

import ast
import html
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

from corpus import DATA
from onrecord.desk import Desk, add_all
from onrecord.reading.decoding import decode
from onrecord.reading.html import read_html

#: In this order, so that smaller corpora are subsets of larger ones; cn-mfa first for Chinese.
FOLDERS = (
    "cn-mfa",
    "us-whitehouse",
    "us-whitehouse-obama",
    "us-state",
    "un-ga",
    "ru-kremlin",
    "au-pm",
    "mx-presidencia",
    "us-fed",
)
_DAY = re.compile(r"\b((?:19|20)\d\d)[-/.](\d\d)[-/.](\d\d)\b")


def members() -> Iterator[tuple[str, bytes]]:
    """``(name, bytes)`` of every text, including members of archives."""
    for folder in FOLDERS:
        for path in sorted((DATA / folder).rglob("*")):
            name = str(path.relative_to(DATA))
            if "labelled" in name or "listing" in name:
                continue
            if path.suffix in (".shtml", ".md", ".txt", ".html", ".xml"):
                yield name, path.read_bytes()
            elif path.name.endswith(".tar.xz"):
                with tarfile.open(path) as archive:
                    for member in archive:
                        file = archive.extractfile(member) if member.isfile() else None
                        if file is not None and member.name.endswith((".shtml", ".md", ".txt", ".html", ".xml")):
                            yield f"{folder}/{member.name}", file.read()


def plain(name: str, data: bytes) -> str:
    """The visible text, with empty lines between paragraphs."""
    if name.endswith((".md", ".txt")):
        text = decode(data).text
        return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    if name.startswith("us-whitehouse-obama"):  # the body is the repr of Python bytes
        told = data.decode("utf-8", "replace")
        at = told.find("b'") if "b'" in told else told.find('b"')
        try:
            data = ast.literal_eval(told[at:].strip()) if at >= 0 else data
        except (ValueError, SyntaxError):
            pass
    source = decode(data).text
    if name.endswith(".xml"):  # the body is escaped HTML
        source = html.unescape(source.replace("<![CDATA[", "").replace("]]>", ""))
    return "\n\n".join(line.text for line in read_html(source).lines if line.linked * 2 < len(line.text))


def write_texts(folder: Path, words: int) -> int:
    """Write texts of about this many words to a folder, one file each. Returns their number of words; a Han character is one."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for number, (name, data) in enumerate(members()):
        if written >= words:
            break
        try:
            text = plain(name, data)
        except Exception:
            continue
        han = len(re.findall(r"[\u4e00-\u9fff]", text))
        count = han or len(text.split())
        if count < 20:
            continue
        day = _DAY.search(name) or _DAY.search(text[:3000])
        dated = f"{day[1]}-{day[2]}-{day[3]}" if day else "2000-01-01"
        # the day as front matter; the title is not that of a known house
        issuer = name.partition("/")[0]
        language = "zh" if han > len(text) * 0.3 else "en"
        head = f"---\ndate: '{dated}'\nissuer: {issuer}\nkind: statement\nlanguage: {language}\ntitle: Text {number}\n---\n\n"
        (folder / f"{number:06}.md").write_text(head + text.replace("\n---", "\n—"), encoding="utf-8", errors="replace")
        written += count
    return written


def desk_of(desk: Desk, folder: Path) -> None:
    """Add the texts of a folder to a desk."""
    add_all(desk, [folder], house="plain", processes=2)
    desk.writer.commit()
