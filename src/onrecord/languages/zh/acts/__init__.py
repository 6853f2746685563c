"""Chinese acts: triggers of ``languages/zh/triggers.csv`` over the clauses of a turn."""

from onrecord.languages.zh.acts.reader import read_acts

__all__ = ["read_acts"]
