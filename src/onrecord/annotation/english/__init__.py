"""English acts: a clause grammar over tokens, its triggers a table that an expert can edit (``lexicon/triggers_en.csv``)."""

from onrecord.annotation.english.reading import read_acts

__all__ = ["read_acts"]
