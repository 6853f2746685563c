"""An act under construction."""

from __future__ import annotations

from onrecord.annotation_types import Polarity, Time
from onrecord.languages.zh.acts.clauses import Group
from onrecord.languages.zh.acts.triggers import Rule


class ActDraft:
    """An act under construction: an :class:`~onrecord.languages.facts.ActFact` to be, with its clause and rule."""

    __slots__ = ("actors", "clause", "group", "hedge", "polarity", "rule", "start", "targets", "time", "trigger")

    def __init__(self, rule: Rule, clause: int, trigger: tuple[int, int], start: int) -> None:
        self.rule, self.clause, self.trigger, self.start = rule, clause, trigger, start
        self.actors: tuple[str, ...] = ()
        self.targets: tuple[str, ...] = ()
        self.group: Group | None = None  # its grammatical subject
        self.polarity: Polarity = "affirmed"
        self.time: Time = "ongoing"
        self.hedge: str | None = None
