"""From the name of an outlet as printed to its id: what reading asks for, and the table answers."""

from __future__ import annotations

import msgspec


class OutletIds(msgspec.Struct):
    """Finds the id of an outlet by any name it goes by."""

    by_name: dict[str, str]

    def __call__(self, printed: str) -> str | None:
        """The id, or None for an outlet the lexicon does not hold."""
        return self.by_name.get(" ".join(printed.casefold().split()))
