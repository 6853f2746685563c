"""``onrecord word-table``: learn a table of words in two languages from the statements that a desk holds in both."""

from __future__ import annotations

import sys

from onrecord import languages
from onrecord.asking import learn_word_table
from onrecord.commands.formats import DESK, DeskOption, FormatOption
from onrecord.control_pictures import print_safely
from onrecord.desk import open_desk
from onrecord.printing import console, write_json


def word_table(one: str, other: str, /, *, desk: DeskOption = DESK, format: FormatOption = "csv") -> int:
    """Learn which words of two languages stand for each other, from statements held in both, and print the table.

    As CSV it is what `onrecord compare --table FILE` uses. It takes a minute for some hundred statements. The exit code is 1
    where nothing could be learnt.

    Example: `onrecord word-table en fr --desk mydesk > en-fr.csv`

    Parameters
    ----------
    one
        The code of a language.
    other
        The code of another.
    """
    with open_desk(desk) as opened:
        table, statements = learn_word_table(opened, languages.find(one).code, languages.find(other).code)
    if format == "csv":
        print_safely(table.to_csv().rstrip("\n"))
    elif format == "json":
        write_json({"languages": table.languages, "partners": table.partners})
    else:
        rows = [{"word": word, "partners": some} for word, some in sorted(table.partners.items())]
        if format == "jsonl":
            write_json(*rows)
        else:
            out = console()
            for row in rows:
                out.print(f"{row['word']}: {', '.join(row['partners'])}", markup=False, highlight=False)
    pairs = sum(map(len, table.partners.values()))
    print_safely(f"onrecord: {pairs:,} pairs of words from {statements:,} statements in both languages", sys.stderr)
    return 0 if pairs else 1
