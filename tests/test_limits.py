"""What would take all memory or all time is refused by name, and the rest goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import onrecord
from onrecord.captures.opening import open_source
from onrecord.desk import add_all, open_desk
from onrecord.errors import Damaged, LimitReached, TooLarge
from onrecord.limits import Limits
from onrecord.reading.html import read_html

GOOD = b"Ministry Press Conference\n\nTimes: Why is that so?\n\nMinister: Because it is."
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits a process's memory")


def pdf(content: bytes, *, filters: int = 1) -> bytes:
    """A PDF of one page with this content, compressed so many times."""
    for _ in range(filters):
        content = zlib.compress(content, 9)
    named = b"[" + b"/FlateDecode " * filters + b"]"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(content), named, content),
    ]
    told = b"%PDF-1.4\n"
    for number, one in enumerate(objects, start=1):
        told += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    return told + b"trailer << /Root 1 0 R >>\n"


def words(text: bytes) -> bytes:
    return b"BT /F1 12 Tf 72 700 Td (" + text + b") Tj ET"


def test_a_pdf_is_read_in_a_process_of_its_own_with_all_it_says() -> None:
    document = onrecord.read(pdf(words(b"Ministry Press Conference. The Minister will go.")), house="plain")
    assert "will go" in document.text
    assert document.turns[0].span.source().decode() == document.turns[0].text
    with pytest.raises(Damaged, match="no PDF that opens") as raised:
        onrecord.read(b"%PDF-1.4 and nothing else")
    assert raised.value.where == "memory:"


@pytest.mark.slow
@linux
def test_a_small_pdf_that_asks_for_gigabytes_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three kilobytes, packed twice: they unpack to 300 MB, and every letter takes its own object after that."""
    bomb = pdf(words(b"a " * 150_000_000), filters=2)
    assert len(bomb) < 5000
    monkeypatch.setenv("ONRECORD_READ_MEMORY", "200")
    with pytest.raises(LimitReached, match=r"more than 200 MB of memory.*ONRECORD_READ_MEMORY"):
        onrecord.read(bomb)
    assert len(onrecord.read(GOOD).turns) == 2
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/bomb.pdf").write_bytes(bomb)
    (tmp_path / "pages/good.txt").write_bytes(GOOD)
    for processes in (1, 2):
        with open_desk(tmp_path / f"desk{processes}", write=True, create_new=True) as desk:
            summary = add_all(desk, [tmp_path / "pages"], processes=processes)
            assert (summary.new, dict(summary.errors)) == (1, {"LimitReached": 1})


def test_what_takes_too_long_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_READ_SECONDS", "0.001")
    with pytest.raises(LimitReached, match=r"more than 0\.001 seconds.*ONRECORD_READ_SECONDS"):
        onrecord.read(pdf(words(b"Ministry Press Conference.")))


def test_fifty_megabytes_of_nothing_but_brackets_are_refused_before_they_take_memory() -> None:
    with pytest.raises(TooLarge, match="49,000,000 tags, more than the 3,000,000"):
        read_html("<" * 49_000_000)


@pytest.mark.parametrize("told", ["", "none", "-1", "0", "nan", "inf"])
def test_a_limit_that_is_none_is_left_as_it_was(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_READ_MEMORY", told)
    monkeypatch.setenv("ONRECORD_READ_SECONDS", told)
    assert Limits.from_environment() == Limits()


@pytest.mark.parametrize("module", ["fcntl", "resource"])
def test_the_readers_import_where_the_system_has_no_such_module(module: str) -> None:
    """As on Windows; a process that reads needs none of them."""
    program = (
        f"import sys; sys.modules[{module!r}] = None\n"
        "import onrecord.reader, onrecord.bounded, onrecord.limits, onrecord.child, onrecord.captures.fetching\n"
        "onrecord.limits.Limits().apply_to_this_process()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_limits_of_a_command_end_what_takes_too_long() -> None:
    """In this process, since starting another costs more than reading a page; a pattern that backtracks is ended too."""
    import re

    before = signal.getsignal(signal.SIGVTALRM)
    too_long = pytest.raises(LimitReached, match=r"page\.html: reading it takes more than 0\.05 seconds")
    with too_long, Limits(seconds=0.05).applied("page.html"):
        re.match(r"(?:a+)+b", "a" * 60)
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


@linux
def test_the_limits_of_a_command_end_what_takes_too_much_memory() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(LimitReached, match=r"more than 100 MB of memory"), Limits(memory=100).applied("page.html"):
        bytearray(200_000_000)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_page_of_more_tags_than_any_is_read_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<p>Ministry Press Conference</p><p>Times: Why is that so?</p><p>Minister: Because it is.</p>"
    monkeypatch.setenv("ONRECORD_READ_SECONDS", "0.001")
    assert len(onrecord.read(page, house="plain").turns) == 2
    with pytest.raises(LimitReached, match=r"more than 0\.001 seconds"):
        onrecord.read(page + b"<br>" * 100_000, house="plain")


FAULTY = """
from onrecord.houses.house import House

def read(page):
    raise KeyError("a bug of a plug-in")

house = House(__file__, claims=lambda page: 1.0, read=read)
"""


@pytest.mark.slow
def test_a_bug_of_a_reader_is_an_error_of_its_page(tmp_path: Path) -> None:
    """A plug-in as it is installed, in a process of its own: the page is refused by name and nothing ends in a traceback."""
    folder = tmp_path / "faulty_house"
    folder.mkdir()
    (folder / "__init__.py").write_text(FAULTY, encoding="utf-8")
    card = Path(onrecord.__file__).parent / "houses" / "plain" / "card.toml"
    (folder / "card.toml").write_bytes(card.read_bytes())
    info = tmp_path / "faulty_house-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty-house\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[onrecord.houses]\nfaulty = faulty_house:house\n", encoding="utf-8")
    (tmp_path / "page.txt").write_bytes(GOOD)
    command = [sys.executable, "-m", "onrecord.cli"]
    told = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(tmp_path)}, "capture_output": True, "text": True}
    for words in (["read", "page.txt", "--house", "faulty"], ["cite", "page.txt", "--house", "faulty"]):
        done = subprocess.run([*command, *words], check=False, **told)  # type: ignore[call-overload]
        assert (done.returncode, done.stdout) == (1, "")
        assert "ReadingError: " in done.stderr
        assert "the reader failed: KeyError: 'a bug of a plug-in'" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_capture_that_is_added_is_read_within_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_source(pdf(words(b"Ministry Press Conference.")))
    monkeypatch.setenv("ONRECORD_READ_SECONDS", "0.001")
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk, pytest.raises(LimitReached):
        desk.add(opened)
