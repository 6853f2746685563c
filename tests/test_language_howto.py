"""docs/languages.md followed by the letter: its blocks make Italian, and Italian does what the page promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from onrecord.languages.base import Language

PAGE = Path(__file__).parents[1] / "docs/languages.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


@pytest.fixture
def italian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """The language that the first three blocks of the page make, in a package of another distribution."""
    folder = tmp_path / "ourlanguages" / "it"
    folder.mkdir(parents=True)
    names = ("__init__.py", "words.toml", "names.csv")
    for name, (kind, block) in zip(names, BLOCKS, strict=False):
        assert kind in ("python", name.rpartition(".")[2])
        (folder / name).write_text(block, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("ourlanguages.it").language
    for name in ("ourlanguages.it", "ourlanguages"):
        sys.modules.pop(name, None)


def test_the_page_makes_a_language(italian: Language) -> None:
    text = "Il Sig. Rossi è a Pechino dal 1° marzo 2024. La Cina e gli Stati Uniti hanno risposto all'ONU."
    assert [text[start:end] for start, end in italian.split_sentences(text)] == [
        "Il Sig. Rossi è a Pechino dal 1° marzo 2024.",
        "La Cina e gli Stati Uniti hanno risposto all'ONU.",
    ]
    assert [(hit.surface, hit.names[0].codes) for hit in italian.names.find(text)] == [
        ("Pechino", ("CHN",)), ("Cina", ("CHN",)), ("Stati Uniti", ("USA",)), ("ONU", ("UN",)),
    ]  # fmt: skip
    assert [(one.year, one.month, one.day) for one in italian.calendar_dates.find(text)] == [(2024, 3, 1)]
    assert "DOMANDA" in italian.labels.question
    assert "acts" in italian.not_covered and "names" in italian.covers


def test_a_distribution_of_another_reads_pages_in_its_language(italian: Language, tmp_path: Path) -> None:
    """Installed, the language gives its labels, dates and names to a page that is read, and says what it does not cover."""
    assert italian.folder is not None
    installed = tmp_path / "ourlanguages-0.1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: ourlanguages\nVersion: 0.1\n", encoding="utf-8")
    points = "[onrecord.languages]\nit = ourlanguages.it:language\n"
    (installed / "entry_points.txt").write_text(points, encoding="utf-8")
    (tmp_path / "page.txt").write_text(next(block for kind, block in BLOCKS if kind == "text"), encoding="utf-8")
    command = [sys.executable, "-m", "onrecord.cli", "read", str(tmp_path / "page.txt")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    shown = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, check=True
    ).stdout
    for words in (
        "2023-03-14",
        "press conference · it",
        "2 questions, 2 answers",
        "Q2  Corriere Esempio",
        "Not covered in Italian",
    ):
        assert words in shown


def test_the_other_python_of_the_page_runs() -> None:
    for kind, block in BLOCKS[1:]:
        if kind == "python":
            exec(compile(block, str(PAGE), "exec"), {})


def test_a_language_without_rules_is_short() -> None:
    """What the page says: a language is tables; its Python is a few lines."""
    folder = Path(__file__).parents[1] / "src/onrecord/languages"
    for path in folder.glob("*/names.csv"):
        python = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in path.parent.rglob("*.py"))
        assert python <= 40, path.parent.name


def test_the_files_that_the_page_names_exist() -> None:
    root = Path(__file__).parents[1]
    for name in re.findall(r"`((?:bench|tests|languages|lexicon|src)/[\w./]+\.\w+)`", PAGE.read_text(encoding="utf-8")):
        assert (root / name).exists() or (root / "src/onrecord" / name).exists(), name
