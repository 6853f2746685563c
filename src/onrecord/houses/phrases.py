"""The phrase table of a house, ``phrases.toml`` beside its reader: regular expressions by section and name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from onrecord.reading.capitals import Voices
from onrecord.reading.lines import HEADLINE_LENGTH, Line
from onrecord.record import DocumentKind

#: Longest furniture, in characters; longer paragraphs are not tried.
_FURNITURE_LENGTH = 300

_KINDS = frozenset(get_args(DocumentKind))


def any_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """One pattern for several. ``(?i)`` at the beginning of one applies to that one only."""
    parts = [f"(?i:{one.removeprefix('(?i)')})" if one.startswith("(?i)") else f"(?:{one})" for one in patterns]
    return re.compile("|".join(parts), flags)


class Phrases:
    """A phrase table, compiled on first use.

    ``module`` is the ``__file__`` of the house. ``flags`` are the flags of :mod:`re` for all of its patterns.
    """

    def __init__(self, module: str, flags: int = 0, name: str = "phrases.toml") -> None:
        self._path = Path(module).parent / name
        self._flags = flags
        self._compiled: dict[str, re.Pattern[str]] = {}

    @cached_property
    def table(self) -> dict[str, Any]:
        """The table as written."""
        return tomllib.loads(self._path.read_text(encoding="utf-8"))

    def pattern(self, key: str) -> re.Pattern[str]:
        """The pattern under ``section.name``, a string or a list of alternatives. Raises KeyError without one."""
        found = self._compiled.get(key)
        if found is None:
            entry: Any = self.table
            for part in key.split("."):
                entry = entry[part]
            found = self._compiled[key] = any_of([entry] if isinstance(entry, str) else entry, self._flags)
        return found

    @cached_property
    def voices(self) -> Voices:
        """The labels of the house that name no person, and the offices that stand for a name: ``voices.toml`` beside it."""
        return Voices.of(tomllib.loads(self._path.with_name("voices.toml").read_text(encoding="utf-8")))

    @cached_property
    def furniture(self) -> Callable[[str], str | None]:
        """A function that names the furniture that a whole paragraph is, or returns None: by the section ``furniture``."""
        patterns = {name: self.pattern(f"furniture.{name}") for name in self.table.get("furniture", {})}
        # One pattern for all rejects nearly every paragraph at once.
        any_furniture = any_of((pattern.pattern for pattern in patterns.values()), self._flags).fullmatch

        def named(words: str) -> str | None:
            if len(words) > _FURNITURE_LENGTH or not patterns or any_furniture(words) is None:
                return None
            return next((name for name, pattern in patterns.items() if pattern.fullmatch(words)), None)

        return named

    def kind(self, title: str, but: Sequence[str] = ()) -> DocumentKind | None:
        """The kind of document by its title: the first of the section ``kinds`` that fits and is not among ``but``."""
        head = title[:HEADLINE_LENGTH]
        return next(
            (kind for kind in self._kinds if kind not in but and self.pattern(f"kinds.{kind}").search(head)), None
        )

    @cached_property
    def _kinds(self) -> list[DocumentKind]:
        return [kind for kind in self.table.get("kinds", {}) if kind in _KINDS]


#: What is at the edges of a page, by the tag of its line.
EDGES = {"header": "running-header", "footer": "running-footer", "margin": "line-numbers"}


def setting_of(line: Line) -> str | None:
    """The name of the furniture that a line is by its tag alone: a heading, a caption, a running header or footer."""
    if line.tag[:1] == "h" and line.tag[1:].isdigit():
        return "heading"
    return "caption" if line.tag == "figcaption" else EDGES.get(line.tag)
