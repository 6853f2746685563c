"""English acts: a clause grammar over tokens, with triggers in a table that experts can edit (``languages/en/triggers.csv``)."""
