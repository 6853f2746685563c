"""What is declared is what is needed: dependencies, extras, versions, and the files that tell of them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import onrecord

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
#: Where a module is called otherwise than the package that brings it.
PACKAGES = {"docx": "python-docx", "yaml": "pyyaml", "opencc": "opencc-python-reimplemented",
            "vl_convert": "vl-convert-python", "axe_playwright_python": "axe-playwright-python", "lxml": "lxml-html-clean"}  # fmt: skip


def declared(*extras: str) -> dict[str, Requirement]:
    """The packages that the project needs, with those of some extras and of what the extras include."""
    found = {}
    waiting = [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])]
    while waiting:
        one = Requirement(waiting.pop())
        if one.name == "onrecord":
            waiting += [line for extra in one.extras for line in EXTRAS[extra]]
        else:
            found[canonicalize_name(one.name)] = one
    return found


def imported(folder: str) -> dict[str, str]:
    """The packages of others that the files of a folder import, each with a file that does."""
    beside = (folder, "tests") if folder == "bench" else (folder,)  # benchmarks use the cases of the tests
    own = {path.stem for one in beside for path in (ROOT / one).glob("*.py")} | {"onrecord", "replay_site"}
    found = {}
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in {name.partition(".")[0] for name in names} - own - set(sys.stdlib_module_names):
                found[canonicalize_name(PACKAGES.get(name, name))] = path.name
    return found


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("src", ("tables", "collect", "archives", "scripts", "second-reader", "charts")),
        ("tests", ("test", "browser", "charts", "tables", "archives", "second-reader")),
        ("bench", ("bench", "browser", "dev")),
    ],
)
@pytest.mark.slow
def test_what_is_imported_is_declared(folder: str, extras: tuple[str, ...]) -> None:
    needed = imported(folder)
    needed.pop("packaging", None)  # pytest depends on it
    assert {name: path for name, path in needed.items() if name not in declared(*extras)} == {}


@pytest.mark.slow
def test_what_is_declared_is_imported() -> None:
    started_by_name = {"httptools", "tzdata"}  # uvicorn and zoneinfo take them where the system has nothing better
    assert set(declared()) - started_by_name <= set(imported("src"))


def test_every_package_has_a_lowest_version() -> None:
    without = [str(one) for one in declared(*EXTRAS).values() if [part.operator for part in one.specifier] != [">="]]
    assert without == [], "a lowest version and no highest: a library that forbids the future breaks its users"


def test_the_extras_are_those_that_the_documents_name() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [extra for extra in EXTRAS if f"`[{extra}]`" not in told] == []
    assert set(declared("dev")) == set(declared(*EXTRAS))


def test_the_lock_holds_every_package_in_a_version_that_is_allowed() -> None:
    rows = [row for row in (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").splitlines() if row[:1] != "#"]
    assert rows == sorted(rows)
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; .+)?", row) for row in rows)
    locked = {}
    for row in rows:
        name, _, version = row.partition(" ;")[0].partition("==")
        locked[canonicalize_name(name)] = Version(version)
    wrong = [
        str(one) for name, one in declared("dev").items() if name not in locked or locked[name] not in one.specifier
    ]
    assert wrong == [], "make the lock anew: CONTRIBUTING.md, Versions"


def test_the_platforms_are_told_for_every_dependency() -> None:
    told = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
    rows = {canonicalize_name(name) for name in re.findall(r"^\| `([^`]+)`", told, re.M)}
    assert rows == set(declared()) | {"protego", "feedparser"}  # the extra for collecting is told beside the base


def test_one_version_is_told_everywhere() -> None:
    assert onrecord.__version__ == PROJECT["version"]
    assert f"\nversion: {PROJECT['version']}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
