"""What a user imports is there, complete, typed, and never shadows a module; the modules of asking form no circle."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import msgspec
import pytest

import onrecord
from onrecord import asking
from onrecord.asking import (
    ActFilters,
    AnswerFilters,
    LedgerFilters,
    MeetingFilters,
    MentionFilters,
    SearchScope,
    TurnFilters,
)

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/onrecord"
PACKAGE = SOURCE / "asking"
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("module", [onrecord, asking], ids=lambda module: module.__name__)
def test_the_exported_members_are_complete(module: object) -> None:
    """Everything that the file imports from its own package is exported, sorted, there, and documented."""
    exported: list[str] = module.__all__  # type: ignore[attr-defined]
    assert exported == sorted(set(exported), key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    imported = {
        alias.asname or alias.name
        for node in ast.parse(inspect.getsource(module)).body  # type: ignore[arg-type]
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("onrecord.")
        for alias in node.names
    }
    assert imported <= set(exported)
    for name in exported:
        member = getattr(module, name)
        assert not inspect.ismodule(member), name
        assert member.__doc__ or not (inspect.isclass(member) or inspect.isfunction(member)), name


def test_the_types_of_answers_are_exported_with_the_functions() -> None:
    """The types of all arguments, answers and their fields that asking defines itself."""
    missing = set()
    for name in asking.__all__:
        member = getattr(asking, name)
        if (inspect.isclass(member) and issubclass(member, msgspec.Struct)) or inspect.isfunction(member):
            text = " ".join(map(str, inspect.get_annotations(member).values()))
        else:
            continue
        defined = vars(importlib.import_module(member.__module__))
        for word in re.findall(r"\w+", text):
            one = defined.get(word)
            if inspect.isclass(one) and one.__module__.startswith("onrecord.asking") and word not in asking.__all__:
                missing.add((name, word))
    assert missing == set()


def test_no_exported_name_shadows_a_module() -> None:
    assert set(asking.__all__).isdisjoint(MODULES)
    for name in MODULES:
        module = importlib.import_module(f"onrecord.asking.{name}")
        assert getattr(asking, name) is module


def test_the_modules_form_no_circle() -> None:
    """Also not by imports inside functions."""
    uses = {}
    for name in MODULES:
        tree = ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))
        uses[name] = {
            (node.module or "").removeprefix("onrecord.asking.")
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("onrecord.asking.")
        }
        assert not any(isinstance(node, ast.ImportFrom) and node.module == "onrecord.asking" for node in ast.walk(tree))
    assert any(uses.values())
    try:
        order = [*TopologicalSorter(uses).static_order()]
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' → '.join(error.args[1])}")
    assert set(order) == set(MODULES)


def test_user_code_type_checks() -> None:
    pytest.importorskip("mypy", reason="mypy is not installed")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", str(ROOT / "tests/typing/api.py")]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT / "tests")
    if told.returncode == 2:  # mypy itself failed: its cache may be of modules that have been renamed since
        command.append("--cache-dir=/dev/null")
        told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT / "tests")
    assert told.returncode == 0, told.stdout


#: The filter with one text where it takes several, and the same with a tuple.
TEXTS = [
    (AnswerFilters(issuer="cn-mfa"), AnswerFilters(issuer=("cn-mfa",))),  # type: ignore[arg-type]
    (ActFilters(actor="China", type="oppose"), ActFilters(actor=("China",), type=("oppose",))),  # type: ignore[arg-type]
    (TurnFilters(kind=["answer"]), TurnFilters(kind=("answer",))),  # type: ignore[arg-type]
    (MentionFilters(id="CHN"), MentionFilters(id=("CHN",))),  # type: ignore[arg-type]
    (MeetingFilters(kind="visit"), MeetingFilters(kind=("visit",))),  # type: ignore[arg-type]
    (LedgerFilters(strength="agreed"), LedgerFilters(strength=("agreed",))),  # type: ignore[arg-type]
    (SearchScope(language="en"), SearchScope(language=("en",))),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("text", "several"), TEXTS, ids=lambda filters: type(filters).__name__)
def test_a_single_text_is_one_value(text: SearchScope, several: SearchScope) -> None:
    assert text == several


@pytest.mark.parametrize("value", [3, None, {"cn-mfa": 1}, ("cn-mfa", 3)])
def test_a_value_that_is_no_text_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError, match="issuer takes a text or several, not"):
        AnswerFilters(issuer=value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "package", sorted({path.parent for path in SOURCE.rglob("__init__.py")}), ids=lambda path: path.name
)
def test_no_package_binds_the_name_of_one_of_its_modules_to_something_else(package: Path) -> None:
    """``import a.b`` would give a function or a module, whichever was imported last."""
    modules = {path.stem for path in package.glob("*.py")} | {
        path.parent.name for path in package.glob("*/__init__.py")
    }
    bound = set()
    for node in ast.parse((package / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.Assign):
            bound |= {name.id for name in node.targets if isinstance(name, ast.Name)}
        elif isinstance(node, ast.ImportFrom) and (SOURCE.parent / (node.module or "").replace(".", "/")) != package:
            bound |= {alias.asname or alias.name for alias in node.names}
    assert bound & modules == set()
