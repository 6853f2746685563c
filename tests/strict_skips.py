"""A plug-in of pytest: with ``--strict-skips`` a test may only skip where a list says so.

A skipped test is not known to work. The list, ``expected_skips.toml``, names the tests that may skip, where, and why::

    [[skip]]
    tests = ["tests/test_pdf.py::test_real_*"]   # patterns of node ids
    message = "real pages"                       # part of what the skip says
    where = "no-shared"                          # a condition of CONDITIONS, or "anywhere"
    reason = "the pages may not be published"

Every other skip makes the run fail.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

#: Where a skip may be expected. Extras that are not installed are none of these: where skips are strict, all are.
CONDITIONS: dict[str, Callable[[Path], bool]] = {
    "anywhere": lambda root: True,
    "no-shared": lambda root: not (root.parent / "shared" / "data").is_dir(),
}


@dataclass(frozen=True)
class ExpectedSkip:
    """An entry of the list."""

    tests: tuple[str, ...]
    message: str
    where: str
    reason: str

    def names(self, node: str) -> bool:
        """Whether a test, by its node id, is one of those named."""
        return any(fnmatchcase(node, pattern) or node.startswith(f"{pattern}[") for pattern in self.tests)


def expected_skips(path: Path) -> list[ExpectedSkip]:
    """The entries of a list.

    Raises:
        pytest.UsageError: An entry lacks a field, or its condition is unknown.
    """
    entries = []
    for row in tomllib.loads(path.read_text(encoding="utf-8")).get("skip", []):
        if set(row) != {"tests", "message", "where", "reason"} or not all(row.values()):
            raise pytest.UsageError(f"{path}: an entry needs tests, message, where and reason: {row}")
        if row["where"] not in CONDITIONS:
            raise pytest.UsageError(f"{path}: unknown condition {row['where']!r}; there are {', '.join(CONDITIONS)}")
        entries.append(ExpectedSkip(tuple(row["tests"]), row["message"], row["where"], row["reason"]))
    return entries


class StrictSkips:
    """Collects what is skipped and fails the run for each skip that is not expected."""

    def __init__(self, expected: list[ExpectedSkip], root: Path) -> None:
        """``root`` is the folder of the checkout: the conditions look beside it."""
        self.expected = [entry for entry in expected if CONDITIONS[entry.where](root)]
        self.unexpected: dict[str, str] = {}

    def _judge(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        message = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(entry.names(report.nodeid) and entry.message in message for entry in self.expected):
            self.unexpected[report.nodeid] = message

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test was run or skipped."""
        self._judge(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module was collected or skipped whole."""
        self._judge(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """The run fails for an unexpected skip, if for nothing else."""
        if self.unexpected and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Name each unexpected skip and what it said."""
        if self.unexpected:
            terminalreporter.section(f"{len(self.unexpected)} unexpected skips", red=True)
            for node, message in sorted(self.unexpected.items()):
                terminalreporter.write_line(f"SKIPPED {node}: {message}")
            terminalreporter.write_line("Install what they need, or list them with the reason in the expected skips.")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--strict-skips`` and ``--expected-skips``."""
    parser.addoption("--strict-skips", action="store_true", help="fail where a test skips that is not expected to")
    parser.addoption(
        "--expected-skips",
        type=Path,
        default=Path(__file__).with_name("expected_skips.toml"),
        help="the list of tests that may skip",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Judge skips once for the whole run: with several workers, where their reports come together."""
    if config.getoption("strict_skips") and not hasattr(config, "workerinput"):
        expected = expected_skips(config.getoption("expected_skips"))
        config.pluginmanager.register(StrictSkips(expected, config.rootpath), "strict-skips-of-this-run")
