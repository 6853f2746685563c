"""The rules of the house hold, and each rule is seen to fail where it is broken on purpose."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import house_rules
from house_rules import KNOWN, PACKAGE, RULES, as_toml, differences

HAS_RUFF = importlib.util.find_spec("ruff") is not None
_RULES = [
    pytest.param(
        rule,
        marks=pytest.mark.skipif(not HAS_RUFF, reason="ruff measures the size of functions: install onrecord[dev]"),
    )
    if rule == "large_functions"
    else rule
    for rule in RULES
]


def test_every_part_has_a_place_on_the_one_way() -> None:
    assert house_rules.unplaced_parts(PACKAGE) == []


@pytest.mark.parametrize("rule", _RULES)
def test_only_the_known_exceptions_break_a_rule(rule: str) -> None:
    assert differences(rule) == [], (
        "after a merge, or where the list became shorter: python tests/house_rules.py --update"
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The source of the package, to be changed."""
    return Path(shutil.copytree(PACKAGE, tmp_path / "onrecord", ignore=shutil.ignore_patterns("__pycache__", "*.html")))


def added(path: Path, code: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{code}\n")


#: A rule; the files that are written to; what is written; what is found.
BROKEN = [
    ("upward_imports", {"captures/x.py": "from onrecord.reading import html"},
     "onrecord.captures.x -> onrecord.reading.html"),
    ("upward_imports", {"reading/x.py": "import onrecord.annotation.acts"}, "onrecord.reading.x -> onrecord.annotation.acts"),
    ("upward_imports", {"houses/x.py": "def late():\n    from onrecord.desk import open_desk"},
     "onrecord.houses.x -> onrecord.desk"),
    ("upward_imports", {"annotation/x.py": "from ..desk import store"}, "onrecord.annotation.x -> onrecord.desk.store"),
    ("upward_imports", {"desk/x.py": "if TYPE_CHECKING:\n    from onrecord.asking import trace"},
     "onrecord.desk.x -> onrecord.asking"),
    ("upward_imports", {"asking/x.py": "from onrecord.sharing import citations"}, "onrecord.asking.x -> onrecord.sharing.citations"),
    ("upward_imports", {"sharing/x.py": "from onrecord.web import app"}, "onrecord.sharing.x -> onrecord.web.app"),
    ("upward_imports", {"web/x.py": "from onrecord.commands import find"}, "onrecord.web.x -> onrecord.commands.find"),
    ("upward_imports", {"commands/x.py": "from onrecord.cli import main"}, "onrecord.commands.x -> onrecord.cli"),
    ("upward_imports", {"record.py": "import onrecord"}, "onrecord.record -> onrecord"),
    ("plug_in_imports", {"languages/__init__.py": "", "languages/qq/__init__.py": "", "annotation/x.py": "from onrecord.languages import qq"},
     "onrecord.annotation.x -> onrecord.languages.qq"),
    ("plug_in_imports", {"languages/__init__.py": "", "languages/qq/__init__.py": "", "languages/qq/verbs.py": "", "asking/x.py": "import onrecord.languages.qq.verbs"},
     "onrecord.asking.x -> onrecord.languages.qq.verbs"),
    ("plug_in_imports", {"commands/x.py": "from onrecord.houses.cn_mfa import house"}, "onrecord.commands.x -> onrecord.houses.cn_mfa"),
    ("import_circles", {"sharing/x.py": "from onrecord.sharing import y", "sharing/y.py": "from onrecord.sharing.x import z"},
     "onrecord.sharing.x <-> onrecord.sharing.y"),
    ("language_tests", {"web/x.py": 'if language == "en": pass'}, "web/x.py"),
    ("language_tests", {"web/x.py": 'if language not in ("zh-Hans", "zh-Hant"): pass'}, "web/x.py"),
    ("language_tests", {"web/x.py": 'if language.startswith("zh"): pass'}, "web/x.py"),
    ("language_tests", {"web/x.py": 'match language:\n    case "en": pass'}, "web/x.py"),
    pytest.param("large_functions", {"web/x.py": "class A:\n    def f(self, a):\n" + "        while a: a = 1\n" * 15},
                 "web/x.py:A.f:C901", marks=pytest.mark.skipif(not HAS_RUFF, reason="ruff comes with onrecord[dev]")),
    pytest.param("large_functions", {"web/x.py": "def f(a, b, c, d, e, f, g, h, i): pass"},
                 "web/x.py:f:PLR0913", marks=pytest.mark.skipif(not HAS_RUFF, reason="ruff comes with onrecord[dev]")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "files", "found"), BROKEN)
@pytest.mark.slow
def test_a_rule_that_is_broken_is_seen(rule: str, files: dict[str, str], found: str, copy: Path) -> None:
    for name, code in files.items():
        added(copy / name, code)
    assert set(differences(rule, copy)) - set(differences(rule)) == {f"new: {found}"}


#: What is allowed, though it looks like a breach.
ALLOWED = [
    ("plug_in_imports", {"languages/__init__.py": "", "languages/base.py": "", "annotation/x.py": "from onrecord.languages import base"}),
    ("plug_in_imports", {"languages/__init__.py": "", "languages/qq/__init__.py": "", "houses/cn_mfa/x.py": "from onrecord.languages import qq"}),
    ("upward_imports", {"languages/__init__.py": "", "annotation/x.py": "import onrecord.languages"}),
    ("upward_imports", {"web/x.py": "import onrecord"}),
    ("language_tests", {"languages/__init__.py": 'if language == "en": pass'}),
    ("language_tests", {"web/x.py": 'labels = {"en": "English", "zh": "Chinese"}'}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "files"), ALLOWED)
@pytest.mark.slow
def test_a_rule_does_not_see_what_is_allowed(rule: str, files: dict[str, str], copy: Path) -> None:
    for name, code in files.items():
        added(copy / name, code)
    assert differences(rule, copy) == differences(rule)


def test_a_part_without_a_place_is_seen(copy: Path) -> None:
    added(copy / "elsewhere" / "x.py", "")
    assert house_rules.unplaced_parts(copy) == ["elsewhere"]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (
            "upward_imports = [",
            'upward_imports = [\n"onrecord.gone -> onrecord",',
            "no longer so, delete it from the list: onrecord.gone -> onrecord",
        ),
        ("import_circles = [", 'import_circles = [\n"a <-> b",', "no longer so, delete it from the list: a <-> b"),
        ("[language_tests]", '[language_tests]\n"gone.py" = 2', "no longer so, delete it from the list: gone.py"),
    ],
)
def test_an_exception_that_is_no_more_must_be_deleted(before: str, after: str, fault: str, tmp_path: Path) -> None:
    rules = ("upward_imports", "import_circles", "language_tests")
    stale = tmp_path / "known.toml"
    stale.write_text(KNOWN.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert any(told.startswith(fault) for rule in rules for told in differences(rule, known=stale))


def test_a_count_must_be_the_one_that_is_listed(copy: Path, tmp_path: Path) -> None:
    added(copy / "web" / "x.py", 'if language == "en" or language == "zh": pass')
    for listed, fault in (
        (1, "worse: web/x.py, 1 before, 2 now"),
        (3, "better, lower it in the list: web/x.py, 3 before, 2 now"),
    ):
        known = tmp_path / "known.toml"
        known.write_text(f'[language_tests]\n"web/x.py" = {listed}\n', encoding="utf-8")
        assert fault in differences("language_tests", copy, known)


@pytest.mark.skipif(not HAS_RUFF, reason="ruff measures the size of functions: install onrecord[dev]")
def test_the_list_is_written_by_its_command() -> None:
    assert as_toml() == KNOWN.read_text(encoding="utf-8")


#: Import each module first, in a process of its own that has no other module of the parts loaded, and name those that fail.
ALONE = """
import os, sys
import onrecord
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        for loaded in [one for one in sys.modules if one.startswith(tuple(sys.argv[1:]))]:
            del sys.modules[loaded]
        try:
            __import__(name)
        except ImportError as error:
            print(name, error, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows starts no process as a copy of another")
@pytest.mark.parametrize("part", ["lexicon", "languages", "reading", "annotation"])
@pytest.mark.slow
def test_each_module_can_be_imported_first(part: str) -> None:
    """A package whose ``__init__`` imports its modules can form a circle that no import names."""
    names = [name for name in house_rules.modules(PACKAGE) if house_rules.part_of(name) == part]
    done = subprocess.run([sys.executable, "-c", ALONE, *names], capture_output=True, text=True, check=True)
    assert (len(names) > 5, done.stdout) == (True, "")
