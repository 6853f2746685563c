"""The rules of the house that no linter knows, measured on the source.

Each rule has a function that takes the folder ``onrecord`` and returns what breaks the rule, as a table of names to a
number or a list. What breaks a rule today is listed in ``known_exceptions.toml``; the list may only become shorter.
After a change or a merge, write the list again and read its difference:

    python tests/house_rules.py --update
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "onrecord"
KNOWN = Path(__file__).with_name("known_exceptions.toml")

#: The one way through. A module may import from its own row and from the rows above it, never from a row below.
#: A part that is not there yet has its place already.
LAYERS = (
    ("version", "control_pictures", "partial_dates"),
    ("errors",),
    ("offsets", "annotation_types", "child"),
    ("limits",),
    ("record",),
    ("schema",),
    ("lexicon",),
    ("languages",),
    ("captures",),
    ("reading",),
    ("containers",),
    ("houses",),
    ("document_reader",),
    ("bounded",),
    ("reader",),
    ("annotation",),
    ("comparing",),
    ("desk",),
    ("collecting", "lake"),
    ("asking",),
    ("sharing", "margin", "watching"),
    ("onrecord",),  # the public names: `import onrecord` is for those who use the library, not for its parts
    ("printing", "web"),
    ("commands",),
    ("cli", "__main__"),
)
_RANK = {part: rank for rank, row in enumerate(LAYERS) for part in row}
#: What is found through a registry is never imported by name from outside. A house may import its language.
PLUG_INS = {"languages": {"languages", "houses"}, "houses": {"houses"}}
#: The rules of ruff for the size of a function. Their limits stand in pyproject.toml.
SIZE_RULES = ("C901", "PLR0911", "PLR0912", "PLR0913", "PLR0915")
#: Where a comparison with the name of a language has its place.
LANGUAGE_PARTS = ("languages", "houses")


def modules(package: Path) -> dict[str, Path]:
    """The modules of a package by their dotted names."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@lru_cache(maxsize=2048)  # the tests ask the same files again and again
def _nodes(source: str) -> tuple[ast.AST, ...]:
    """The imports, comparisons and calls of a file."""
    wanted = ast.Import | ast.ImportFrom | ast.Compare | ast.Call | ast.MatchValue
    return tuple(node for node in ast.walk(ast.parse(source)) if isinstance(node, wanted))


def imports(package: Path) -> dict[str, set[str]]:
    """The modules of the package that each module imports: at the top, inside a function, or for its types only."""
    known = modules(package)
    graph: dict[str, set[str]] = {name: set() for name in known}
    for name, path in known.items():
        for node in _nodes(path.read_text(encoding="utf-8")):
            graph[name].update(wanted for wanted in _imported(node, name, path, known) if wanted != name)
    return graph


def _imported(node: ast.AST, name: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)
    if not isinstance(node, ast.ImportFrom):
        return
    base = node.module or ""
    if node.level:
        here = name.split(".")[: None if path.name == "__init__.py" else -1]
        base = ".".join([*here[: len(here) - node.level + 1], *filter(None, [node.module])])
    if base in known:
        for alias in node.names:
            yield f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base


def part_of(module: str) -> str:
    """The part of the library that a module belongs to: ``onrecord.desk.store`` is of ``desk``."""
    return [*module.split("."), ""][1] or "onrecord"


def unplaced_parts(package: Path) -> list[str]:
    """Parts without a place in :data:`LAYERS`."""
    return sorted({part_of(module) for module in modules(package)} - set(_RANK))


def upward_imports(package: Path) -> list[str]:
    """Imports of what comes later on the one way, each as ``importer -> imported``."""
    return sorted(
        f"{importer} -> {imported}"
        for importer, wanted in imports(package).items()
        for imported in wanted
        if _RANK.get(part_of(importer), 0) < _RANK.get(part_of(imported), 0)
    )


def plug_in_imports(package: Path) -> list[str]:
    """Imports of one language or one house from a part that must ask the registry, as ``importer -> imported``."""
    found = []
    for importer, wanted in imports(package).items():
        for imported in wanted:
            part, name = part_of(imported), [*imported.split("."), "", ""][2]
            is_plug_in = name and ((package / part / name).is_dir() or re.fullmatch("[a-z]{2,3}", name))
            if part in PLUG_INS and is_plug_in and part_of(importer) not in PLUG_INS[part]:
                found.append(f"{importer} -> {imported}")
    return sorted(found)


def import_circles(package: Path) -> list[str]:
    """The groups of modules that import each other, directly or through one another (Tarjan 1972)."""
    graph = imports(package)
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    circles = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        stack.append(module)
        for wanted in sorted(graph[module]):
            if wanted not in index:
                visit(wanted)
            if wanted in stack:
                low[module] = min(low[module], low[wanted])
        if low[module] == index[module]:
            group = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(group) > 1:
                circles.append(" <-> ".join(sorted(group)))

    for module in sorted(graph):
        if module not in index:
            visit(module)
    return sorted(circles)


def language_tests(package: Path) -> dict[str, int]:
    """How often a file outside the languages and the houses compares something with the name of a language."""
    counts: Counter[str] = Counter()
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package)
        if place.parts[0] not in LANGUAGE_PARTS:
            counts[place.as_posix()] += sum(map(_asks_language, _nodes(path.read_text(encoding="utf-8"))))
    return {place: count for place, count in counts.items() if count}


def _asks_language(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return any(_names_language(side) for side in (node.left, *node.comparators))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "startswith":
        return any(_names_language(value) for value in node.args)
    return isinstance(node, ast.MatchValue) and _names_language(node.value)


def _names_language(node: ast.AST) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(_names_language(one) for one in node.elts)
    return isinstance(node, ast.Constant) and bool(re.fullmatch(r"(en|zh)(-\w*)?", str(node.value)))


def large_functions(package: Path) -> dict[str, int]:
    """Functions over the limits of ruff's rules of size: ``file:function:rule`` and by how much they are measured."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--output-format", "json"]
    limits = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    for section in ("mccabe", "pylint"):
        for name, value in limits[section].items():
            command += ["--config", f"lint.{section}.{name} = {value}"]
    command += ["--select", ",".join(SIZE_RULES), str(package)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    found: dict[str, int] = {}
    for fault in json.loads(done.stdout):
        path = Path(fault["filename"])
        function = _function_at(path, fault["location"]["row"])
        key = f"{path.relative_to(package.resolve()).as_posix()}:{function}:{fault['code']}"
        found[key] = max(found.get(key, 0), int(re.search(r"\((\d+) >", fault["message"])[1]))  # type: ignore[index]
    return found


def _function_at(path: Path, row: int) -> str:
    """The qualified name of the function defined at a line of a file."""

    def search(node: ast.AST, names: tuple[str, ...]) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            own = names
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                own = (*names, child.name)
                if child.lineno == row:
                    yield ".".join(own)
            yield from search(child, own)

    return next(search(ast.parse(path.read_text(encoding="utf-8")), ()))


#: Every rule that has a list of known exceptions.
RULES: dict[str, Any] = {
    "upward_imports": upward_imports,
    "plug_in_imports": plug_in_imports,
    "import_circles": import_circles,
    "language_tests": language_tests,
    "large_functions": large_functions,
}
#: What the list says above each table.
_MEANINGS = {
    "upward_imports": "imports of what comes later on the one way",
    "plug_in_imports": "imports of one language or one house by name, where the registry must be asked",
    "import_circles": "groups of modules that import each other",
    "language_tests": "comparisons with the name of a language outside languages/ and houses/, by file",
    "large_functions": "functions over the limits of size in pyproject.toml, with what ruff measures",
}


def differences(rule: str, package: Path = PACKAGE, known: Path = KNOWN) -> list[str]:
    """What breaks a rule and is not listed, is listed and worse than it was, or is listed and no longer so."""
    listed, found = tomllib.loads(known.read_text(encoding="utf-8"))[rule], RULES[rule](package)
    faults = [f"new: {name}" for name in found if name not in listed]
    faults += [f"no longer so, delete it from the list: {name}" for name in listed if name not in found]
    if isinstance(found, dict):
        for name in found.keys() & listed.keys():
            if found[name] > listed[name]:
                faults.append(f"worse: {name}, {listed[name]} before, {found[name]} now")
            if found[name] < listed[name]:
                faults.append(f"better, lower it in the list: {name}, {listed[name]} before, {found[name]} now")
    return sorted(faults)


def as_toml(package: Path = PACKAGE) -> str:
    """The list of known exceptions as it is now."""
    lists, tables = [], []
    heading = (
        "# What breaks a rule of tests/house_rules.py today. The lists may only become shorter; a new line needs a reason\n"
        "# in the message of its commit. Written by: python tests/house_rules.py --update\n"
    )
    for rule, find in RULES.items():
        found = find(package)
        if isinstance(found, dict):
            rows = "".join(f"{json.dumps(name)} = {found[name]}\n" for name in sorted(found))
            tables.append(f"# {_MEANINGS[rule]}\n[{rule}]\n{rows}")
        else:
            rows = "".join(f"  {json.dumps(name)},\n" for name in found)
            lists.append(f"# {_MEANINGS[rule]}\n{rule} = [\n{rows}]\n")
    return "\n".join([heading, *lists, *tables])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Show or write the list of known exceptions to the rules.")
    parser.add_argument("--update", action="store_true", help="write tests/known_exceptions.toml")
    if parser.parse_args().update:
        KNOWN.write_text(as_toml(), encoding="utf-8")
    else:
        print(as_toml())
