"""English acts: a clause grammar over tokens, its triggers a table that an expert can edit (``languages/en/triggers.csv``)."""

from onrecord.languages.en.acts.reader import read_acts

__all__ = ["read_acts"]
