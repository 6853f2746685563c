"""English acts: a clause grammar over tokens, with triggers in a table that experts can edit (``languages/en/triggers.csv``)."""

from onrecord.languages.en.acts.reader import read_acts

__all__ = ["read_acts"]
