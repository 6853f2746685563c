"""The zone of a page in which a line is: the containers that a house knows, by ``id`` or ``class``, each with a name."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.reading.lines import Element, Line


class Zones:
    """Finds the zone of each line: the innermost container that ``names`` lists by its id or one of its classes.

    One instance serves one page: it caches the zone of each container.
    """

    __slots__ = ("_known", "_names")

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._known: dict[int, str | None] = {}

    def of(self, line: Line) -> str | None:
        """The zone's name, or None if no container of the line is known."""
        return self._zone(line.inside)

    def _zone(self, element: Element | None) -> str | None:
        if element is None:
            return None
        key = id(element)
        if key not in self._known:
            own = self._names.get(element.id) if element.id else None
            if own is None and element.classes:
                own = next((self._names[c] for c in element.classes.split() if c in self._names), None)
            self._known[key] = own or self._zone(element.parent)
        return self._known[key]
