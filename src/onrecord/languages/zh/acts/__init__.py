"""Chinese acts: triggers of ``languages/zh/triggers.csv`` over the clauses of a turn."""
