"""What the documents say is so: the schema, the example in the README, the exported names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import onrecord

ROOT = Path(__file__).parents[1]


def test_the_published_schema_is_that_of_the_program() -> None:
    """After a change: python -m onrecord.schema > docs/document.schema.json"""
    assert json.loads((ROOT / "docs/document.schema.json").read_text(encoding="utf-8")) == json.loads(
        json.dumps(onrecord.json_schema())
    )


def test_the_example_of_the_readme_runs(tmp_path: Path) -> None:
    from invented import page

    (tmp_path / "page.shtml").write_text(page(1), encoding="utf-8")
    with onrecord.open(tmp_path / "mydesk", write=True, create_new=True) as desk:
        desk.add(onrecord.read(tmp_path / "page.shtml"))
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    done = subprocess.run(
        [sys.executable, "-c", example.replace("2021-01-01", "2000-01-01")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "question CCTV What do you say" in done.stdout
    assert "2000-05-02 Foreign Ministry Spokesperson" in done.stdout


def test_every_public_name_is_there_and_documented() -> None:
    for name in onrecord.__all__:
        assert getattr(onrecord, name).__doc__, name


def test_the_readme_has_the_two_commands_and_no_third_block_before_use() -> None:
    before_use = (ROOT / "README.md").read_text(encoding="utf-8").split("## Use")[0]
    blocks = re.findall(r"```sh\n(.*?)```", before_use, re.S)
    assert [len(block.strip().splitlines()) for block in blocks] == [1, 1]
    assert "onrecord demo" in blocks[0]
    assert "pytest" in blocks[1]
