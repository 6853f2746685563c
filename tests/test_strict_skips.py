"""With --strict-skips a run fails for a skip that nobody expects, alone and with several workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from strict_skips import CONDITIONS, expected_skips

EXPECTED = """
[[skip]]
tests = ["test_a.py::test_listed"]
message = "because"
where = "anywhere"
reason = "an example"

[[skip]]
tests = ["test_a.py::test_needs_*"]
message = "no pages"
where = "no-shared"
reason = "an example"
"""
TESTS = {
    "listed": "def test_listed(): pytest.skip('because')",
    "parametrized": "@pytest.mark.parametrize('n', [1, 2])\ndef test_listed(n): pytest.skip('because')",
    "listed with another message": "def test_listed(): pytest.skip('for no reason')",
    "not listed": "def test_other(): pytest.skip('because')",
    "marked": "@pytest.mark.skip(reason='because')\ndef test_other(): pass",
    "in a fixture": "@pytest.fixture\ndef pages(): pytest.skip('no pages')\ndef test_needs_pages(pages): pass",
    "a whole module": "pytest.importorskip('no_such_module')\ndef test_other(): pass",
    "an expected failure": "@pytest.mark.xfail\ndef test_other(): assert False",
    "nothing": "def test_other(): pass",
}


@pytest.fixture
def checkout(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout with a list of expected skips."""
    folder = pytester.mkdir("checkout")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    Path("expected.toml").write_text(EXPECTED, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("written", "has_shared", "unexpected"),
    [
        ("listed", True, 0),
        ("parametrized", True, 0),
        ("listed with another message", True, 1),
        ("not listed", True, 1),
        ("marked", True, 1),
        ("in a fixture", False, 0),
        ("in a fixture", True, 1),
        ("a whole module", True, 1),
        ("an expected failure", True, 0),
        ("nothing", True, 0),
    ],
)
@pytest.mark.slow
def test_a_skip_that_is_not_expected_fails_the_run(
    written: str, has_shared: bool, unexpected: int, checkout: Path, pytester: pytest.Pytester
) -> None:
    if has_shared:
        (checkout.parent / "shared" / "data").mkdir(parents=True)
    Path("test_a.py").write_text(f"import pytest\n{TESTS[written]}\ndef test_passes(): pass\n", encoding="utf-8")
    how = ("-p", "strict_skips", "--rootdir", ".", "--strict-skips", "--expected-skips", "expected.toml")
    result = pytester.runpytest_subprocess(*how)
    assert result.ret == (pytest.ExitCode.TESTS_FAILED if unexpected else pytest.ExitCode.OK)
    assert len([line for line in result.outlines if line.startswith("SKIPPED test_a.py")]) == unexpected


@pytest.mark.slow
def test_workers_are_judged_together(checkout: Path, pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    Path("test_a.py").write_text(f"import pytest\n{TESTS['not listed']}\n{TESTS['listed']}\n", encoding="utf-8")
    how = (
        "-p",
        "strict_skips",
        "--rootdir",
        ".",
        "--strict-skips",
        "--expected-skips",
        "expected.toml",
        "-p",
        "xdist",
        "-n",
        "2",
    )
    result = pytester.runpytest_subprocess(*how)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*1 unexpected skips*", "SKIPPED test_a.py::test_other: *because*"])


def test_without_the_option_a_skip_is_a_skip(checkout: Path, pytester: pytest.Pytester) -> None:
    Path("test_a.py").write_text(f"import pytest\n{TESTS['not listed']}\n", encoding="utf-8")
    pytester.runpytest_subprocess("-p", "strict_skips", "--rootdir", ".").assert_outcomes(skipped=1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (EXPECTED.replace('reason = "an example"', ""), "an entry needs tests, message, where and reason"),
        (EXPECTED.replace('"an example"', '""'), "an entry needs tests, message, where and reason"),
        (EXPECTED.replace("anywhere", "on mondays"), "unknown condition 'on mondays'; there are anywhere, no-shared"),
    ],
)
def test_a_list_that_is_wrong_is_an_error(wrong: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "expected.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(pytest.UsageError, match=told):
        expected_skips(tmp_path / "expected.toml")


def test_the_list_of_the_project_is_sound() -> None:
    entries = expected_skips(Path(__file__).with_name("expected_skips.toml"))
    assert {entry.where for entry in entries} <= set(CONDITIONS)
    assert len(entries) < 10, "the list stays short"
