"""A house's card shows how well it reads, on which pages, and when that was measured."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from onrecord import houses
from onrecord.houses import House, Measured

CARD = """
id = "xx-sample"
name = "Ministry of Examples"
country = "XX"
publisher = "the invented ministry"
addresses = []
languages = ["en"]
cadence = "never"
rights = "none"
"""
ENTRY = """
[[measured]]
day = "{day}"
version = "0.1"
texts = "three invented pages"
seen = {seen}
pages = 3
turns = 20
failed = 0
f1 = {f1}
speakers = 1.0
outlets = 1.0
metadata = 1.0
"""


def house(folder: Path, *entries: str) -> House:
    (folder / "card.toml").write_text(CARD, encoding="utf-8")
    if entries:
        (folder / "accuracy.toml").write_text("".join(entries), encoding="utf-8")
    return House(str(folder / "__init__.py"), read=lambda page: pytest.fail("nothing is read here"))


@pytest.mark.parametrize(
    ("entries", "f1", "why"),
    [
        ((), None, "without figures nothing is claimed"),
        ((("2026-01-01", "true", 1.0),), 1.0, "figures on pages in sight are better than none"),
        (
            (("2026-01-01", "false", 0.9), ("2026-02-01", "true", 1.0)),
            0.9,
            "unseen pages count more than later ones in sight",
        ),
        (
            (("2026-01-01", "false", 0.9), ("2026-02-01", "false", 0.8)),
            0.8,
            "of two on unseen pages the later one, even if worse",
        ),
    ],
)
def test_the_figures_that_count(
    tmp_path: Path, entries: tuple[tuple[str, str, float], ...], f1: float | None, why: str
) -> None:
    made = house(tmp_path, *(ENTRY.format(day=day, seen=seen, f1=value) for day, seen, value in entries))
    accuracy = made.card.accuracy
    assert (accuracy.f1 if accuracy else None) == f1, why


def test_figures_that_lack_something_are_refused(tmp_path: Path) -> None:
    made = house(tmp_path, '[[measured]]\nday = "2026-01-01"\n')
    with pytest.raises(msgspec.ValidationError, match="version"):
        _ = made.card


@pytest.mark.parametrize("name", houses.names())
def test_the_figures_of_the_houses_are_shares(name: str) -> None:
    for found in houses.find(name).card.measured:
        assert isinstance(found, Measured)
        assert found.pages > 0
        assert found.turns > 0
        assert all(0.0 <= share <= 1.0 for share in (found.f1, found.speakers, found.outlets, found.metadata))
