"""docs/houses.md followed by the letter: the blocks of its last section make a house, which reads its page as promised."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import fold

PAGE = Path(__file__).parents[1] / "docs/houses.md"
TEXT = PAGE.read_text(encoding="utf-8")
#: The blocks of the section by the name of the file above each.
FILES = dict(re.findall(r"^`([\w./-]+)`[^\n]*\n\n```\w+\n(.*?)```", TEXT[TEXT.index("## 8.") :], re.S | re.M))
EDGE = 40


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the distribution of the page is installed."""
    site = tmp_path_factory.mktemp("site")
    for name, words in FILES.items():
        if name != "pyproject.toml":
            path = site / "ourhouses" / "xr_mfa" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8")
    about = site / "ourhouses-0.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: ourhouses\nVersion: 0.1\n", encoding="utf-8")
    points = re.search(r'entry-points."(onrecord\.houses)"\]\n(\S+) = "(\S+)"', FILES["pyproject.toml"])
    assert points is not None
    (about / "entry_points.txt").write_text(f"[{points[1]}]\n{points[2]} = {points[3]}\n", encoding="utf-8")
    return site


def run(installed: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "onrecord.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=True).stdout


def test_the_house_reads_its_example_as_expected(installed: Path) -> None:
    (example,) = installed.glob("ourhouses/xr_mfa/examples/*.html")
    expected: dict[str, Any] = json.loads(FILES["examples/2024-05-02.json"])
    told = json.loads(run(installed, "read", str(example), "--plain", "--format", "json"))
    heading = told["document"]
    assert heading["house"] == "xr-mfa"
    for name in ("title", "date", "kind", "issuer", "language"):
        assert heading[name] == expected[name]
    turns = [
        {
            "kind": turn["kind"],
            "speaker": turn.get("speaker"),
            "outlet": turn.get("outlet"),
            "starts": fold(words)[:EDGE].strip(),
            "ends": fold(words)[-EDGE:].strip(),
        }
        for turn in told["turns"]
        for words in [heading["text"][turn["start"] : turn["end"]]]
    ]
    assert turns == expected["turns"]
    assert sorted({one["name"] for one in told["furniture"]}) == expected["furniture"]
    assert not told.get("unread")


def test_the_house_is_listed(installed: Path) -> None:
    assert "Foreign Office of Ruritania" in run(installed, "houses", "xr-mfa")


def test_a_house_is_short() -> None:
    python = sum(len(words.splitlines()) for name, words in FILES.items() if name.endswith(".py"))
    assert python < 150


def test_the_names_of_the_page_are_those_of_the_program() -> None:
    """Modules and functions that the page names in passing exist."""
    root = PAGE.parents[1] / "src/onrecord"
    for module, name in re.findall(r"`(capitals|page_labels|transcript|exchange|askers|dates|turns)\.(\w+)", TEXT):
        assert re.search(
            rf"^(?:def|class) {name}\b", (root / f"reading/{module}.py").read_text(encoding="utf-8"), re.M
        ), f"{module}.{name}"
