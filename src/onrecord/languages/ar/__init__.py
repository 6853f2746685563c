"""Arabic: sentences, tokens, names of states and capitals, printed dates, label words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.languages.base import Language

if TYPE_CHECKING:
    from onrecord.languages.names import Name

#: "And", "in", "so" and "like" are written as prefixes of the next word; so is "to", which merges with the article.
_PREFIXES = ("و", "ب", "ف", "ك", "ل", "وب")


class Arabic(Language):
    """Arabic, with names matched after the particles that are prefixed to them."""

    def _names(self) -> Iterable[tuple[str, Name]]:
        for surface, name in super()._names():
            yield surface, name
            for prefix in _PREFIXES:
                if prefix == "ل" and surface.startswith("ال"):
                    yield "لل" + surface[2:], name
                    yield "ولل" + surface[2:], name
                else:
                    yield prefix + surface, name


language = Arabic(code="ar", name="Arabic", folder=Path(__file__).parent)
