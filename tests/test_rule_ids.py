"""Code that treats a rule of a trigger table apart names rules that are there: a renamed row would be treated as any other."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import languages
from onrecord.languages.en.undertaking_clauses import CLAUSE_RULES

FOLDER = Path(languages.__file__).parent
#: Ids of acts that are found without a row of the table.
WITHOUT_A_ROW = {"en": CLAUSE_RULES, "zh": frozenset[str]()}


def rows(language: str) -> set[str]:
    with (FOLDER / language / "triggers.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


def rule_ids(source: str) -> Iterator[str]:
    """The ids that a module compares the rule of an act with, or asks for in a set of its own."""
    tree = ast.parse(source)
    sets = {
        name.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    for node in ast.walk(tree):
        sides: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "startswith":
            sides = [node.func.value, *node.args]
        if any(_is_rule_id(one) for one in sides):
            for one in sides:
                yield from _strings(sets.get(one.id, one) if isinstance(one, ast.Name) else one)


def _is_rule_id(node: ast.expr) -> bool:
    """Whether it is ``act.rule`` or ``rule.id``, whatever they belong to."""
    if not isinstance(node, ast.Attribute):
        return False
    of = node.value
    if node.attr == "id":
        return (isinstance(of, ast.Attribute) and of.attr == "rule") or (isinstance(of, ast.Name) and of.id == "rule")
    owner = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
    return node.attr == "rule" and owner in ("act", "fact")


def _strings(node: ast.expr) -> Iterator[str]:
    """The strings of an expression; those of ``"a b".split()`` one by one."""
    divided = {
        id(call.func.value)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "split"
    }
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield from one.value.split() if id(one) in divided else [one.value]


def _chosen(node: ast.expr) -> Iterator[str]:
    """The string that an expression is, or the strings between which it chooses."""
    if isinstance(node, ast.IfExp):
        yield from (*_chosen(node.body), *_chosen(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


@pytest.mark.parametrize("language", sorted(WITHOUT_A_ROW))
def test_the_rules_that_code_names_are_rows(language: str) -> None:
    named = {
        id: path.name for path in (FOLDER / language).rglob("*.py") for id in rule_ids(path.read_text(encoding="utf-8"))
    }
    assert named, "the code of every language with triggers treats some of its rules apart"
    known = rows(language) | WITHOUT_A_ROW[language]
    assert {id: file for id, file in named.items() if id not in known} == {}


def test_the_rules_without_a_row_have_none_and_are_used() -> None:
    sources = (FOLDER / "en" / f"undertaking_{name}.py" for name in ("clauses", "passives", "pledges"))
    made = {
        id
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Clause"
        for id in _chosen(node.args[1])
    }
    assert made - rows("en") == CLAUSE_RULES
    assert not CLAUSE_RULES & rows("en")


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ('x = act.rule == "gone"', ["gone"]),
        ('x = hit.rule.id in ("gone", "lost")', ["gone", "lost"]),
        ('SET = frozenset({"gone"})\ndef f(rule): return rule.id not in SET', ["gone"]),
        ('SET = frozenset("gone lost".split())\ndef f(around): return around.act.rule in SET', ["gone", "lost"]),
        ('def f(rule): return rule.id.startswith(("go", "lo"))', ["go", "lo"]),
        ('def f(rule): return rule.type == "agree"', []),
    ],
)  # fmt: skip
def test_ids_are_seen_however_they_are_asked_for(source: str, ids: list[str]) -> None:
    assert list(rule_ids(source)) == ids
