"""No character of a page acts on a reader's terminal; what goes to programs keeps every character."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.control_pictures import escape_controls, print_safely, show_controls
from onrecord.desk import open_desk
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


def test_a_line_is_printed_as_a_terminal_may_show_it() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    print_safely("\x1b[2J \u4e2d \udcff", out)
    out.flush()
    assert raw.getvalue() == b"\\u241b[2J \\u4e2d \\udcff\n"


SOURCE = Path(onrecord.__file__).parent


@pytest.mark.parametrize("path", sorted([*SOURCE.glob("commands/*.py"), SOURCE / "cli.py"]), ids=lambda path: path.name)
def test_no_command_prints_past_the_pictures(path: Path) -> None:
    """Commands print through the console, write_json, write_csv or print_safely."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"line {node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("write", "buffer"), f"line {node.lineno}"


TITLE = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 4, 2019"
HOSTILE = (
    f"<meta charset=utf-8><h2 class=title>{TITLE} \x1b]0;x\x07</h2><div class=content><p>CCTV: \x1b[2J why \x9b2J?</p>"
    "<p>A: Because \u202e of it, and we said so.</p></div>"
).encode()


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "desk"
    with open_desk(folder, write=True, create_new=True) as desk:
        desk.add(onrecord.read(HOSTILE, house="cn-mfa"))
    return folder


@pytest.mark.parametrize(
    "told",
    [
        ("show",),
        ("show", "{id}"),
        ("show", "{id}", "--format", "json"),
        ("cite", "{id}"),
        ("cite", "{id}", "--quote", "Because \u202e of it"),
        ("cite", "{id}", "--format", "bibtex"),
        ("cite", "{id}", "--format", "json"),
        ("cite", "{id}", "--format", "csl-json"),
        ("redline", "{id}"),
        ("redline", "{id}", "--format", "html"),
        ("redline", "{id}", "--format", "json"),
        ("find", "because"),
    ],
    ids=" ".join,
)
@pytest.mark.slow
def test_a_hostile_page_on_a_desk_does_not_act(hostile_desk: Path, told: tuple[str, ...]) -> None:
    with open_desk(hostile_desk) as desk:
        id = desk.rows()[0].id
    command = [
        sys.executable,
        "-m",
        "onrecord.cli",
        *(word.format(id=id) for word in told),
        "--desk",
        str(hostile_desk),
    ]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout
    assert not set("\x1b\x07\x9b\u202e") & set((done.stdout + done.stderr).decode())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.slow
def test_a_table_keeps_its_characters_but_not_on_a_terminal(tmp_path: Path, terminal: bool) -> None:
    (tmp_path / "page.html").write_bytes(HOSTILE)
    command = [
        sys.executable,
        "-m",
        "onrecord.cli",
        "read",
        str(tmp_path / "page.html"),
        "--house",
        "cn-mfa",
        "--format",
        "csv",
    ]
    inner, outer = os.openpty() if terminal else os.pipe()
    subprocess.run(command, stdout=outer, check=True)
    told = b""
    os.close(outer) if not terminal else None
    while b"said so" not in told:
        told += os.read(inner, 65536)
    assert (b"\x1b[2J" in told) is not terminal
    assert ("\u241b[2J" in told.decode()) is terminal


def test_a_warning_shows_what_a_page_says_without_acting(tmp_path: Path) -> None:
    """A page that breaks off is warned of by its name, and a name may hold anything but a slash."""
    path = tmp_path / "\x1b[2J.html"
    path.write_bytes(HOSTILE.removesuffix(b"it, and we said so.</p></div>") + b"<b")
    command = [sys.executable, "-m", "onrecord.cli", "read", str(path), "--house", "cn-mfa"]
    told = subprocess.run(command, capture_output=True, check=False).stderr.decode()
    assert "\x1b" not in told
