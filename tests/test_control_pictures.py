"""No character of a page acts on a reader's terminal; what goes to programs keeps every character."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.control_pictures import escape_controls, show_controls
from onrecord.errors import FetchFailed, NotFound
from onrecord.printing import console

CASES = [
    ("plain words", "We will go.", "We will go."),
    ("other scripts", "外交部发言人 déjà", "外交部发言人 déjà"),
    ("line breaks and tabs", "a\n\tb", "a\n\tb"),
    ("a window's title", "\x1b]0;x\x07", "␛]0;x␇"),
    ("a cleared screen", "\x1b[2J", "␛[2J"),
    ("the same in one character (C1)", "\x9b2J", "⟨U+009B⟩2J"),
    ("a carriage return that hides what stood before", "safe\rbad", "safe␍bad"),
    ("delete", "\x7f", "␡"),
    ("right-to-left override", "\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
    ("isolates", "\u2066a\u2069", "⟨U+2066⟩a⟨U+2069⟩"),
    ("no width", "a\u200bb\ufeff", "a⟨U+200B⟩b⟨U+FEFF⟩"),
    ("tags: words that nobody sees", "a\U000e0041", "a⟨U+E0041⟩"),
    ("Persian needs its non-joiner", "می\u200cخواهم", "می\u200cخواهم"),
]


@pytest.mark.parametrize(("words", "shown"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_control_characters_are_shown_as_pictures(words: str, shown: str) -> None:
    assert show_controls(words) == shown


@given(st.text())
def test_json_is_the_same_with_its_controls_escaped(words: str) -> None:
    told = escape_controls(json.dumps(words, ensure_ascii=False).encode("utf-8", "replace"))
    assert show_controls(told.decode()) == told.decode()
    assert json.loads(told) == words.encode("utf-8", "replace").decode()


def test_the_console_lets_no_control_of_a_page_through() -> None:
    from rich.table import Table
    from rich.text import Text

    out = console(io.StringIO())
    table = Table("heading \x9b2J")
    table.add_row("cell \x1b[2J")
    for one in ("words \x1b]0;x\x07", Text("text \u202e"), table):
        out.print(one, markup=False)
    told = out.file.getvalue()  # type: ignore[attr-defined]
    assert not set("\x1b\x07\x9b\u202e") & set(told)
    assert "␛]0;x" in told
    assert "␛[2J" in told


def test_a_terminal_that_lacks_a_letter_is_told_its_number() -> None:
    raw = io.BytesIO()
    out = console(io.TextIOWrapper(raw, encoding="ascii"))
    out.print("中")
    out.file.flush()
    assert raw.getvalue() == b"\\u4e2d\n"


def test_an_error_prints_what_a_server_or_a_name_says_without_acting_on_it() -> None:
    assert "\x1b" not in str(FetchFailed("the server answered 500 \x1b[2J", where="http://example.org"))
    error = NotFound("no such file", where="\udcff.html")  # a file's name may hold bytes that are no characters
    assert str(error).encode()
    assert error.where == "\\udcff.html"


@pytest.mark.slow
@pytest.mark.parametrize("format", ["text", "json", "jsonl"])
def test_a_hostile_page_reads_without_acting(tmp_path: Path, format: str) -> None:
    page = tmp_path / "page.html"
    title = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 4, 2019"
    page.write_text(
        f"<meta charset=utf-8><h2 class=title>{title} \x1b]0;x\x07</h2><div class=content><p>CCTV: \x1b[2J why \x9b2J?</p>"
        "<p>A: Because \u202e of it.</p></div>",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "onrecord.cli", "read", str(page), "--house", "cn-mfa", "--format", format]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert not set("\x1b\x07\x9b\u202e") & set(told)
    if format != "text":
        assert "\x1b[2J why \x9b2J" in json.loads(told)["document"]["text"]
