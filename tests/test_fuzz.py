"""Damaged files of every format: a few hundred of those that ``bench/fuzz.py`` makes by the thousand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FUZZ = Path(__file__).parents[1] / "bench" / "fuzz.py"


def test_damaged_files_cost_no_crash_no_time_and_no_wrong_span() -> None:
    hang = "30"  # the benchmark measures time; on any machine, a file of 300 KB that takes this long does not end
    run = subprocess.run(
        [sys.executable, str(FUZZ), "--count", "300", "--seed", "7", "--seconds", hang],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "300 files" in run.stdout
    assert " read " in run.stdout
