"""The English table ``answers.toml``, and how English writes words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from onrecord.languages.answer_patterns import AnswerPatterns, Writing, load

_TABLE = Path(__file__).with_name("answers.toml")
_WRITING = Writing(
    token=re.compile(r"[^\W_]+|[.;:!?…](?![^\W_])|\n\n"),  # a full stop inside "U.S." ends nothing
    gap=4,
    divided=True,
    asks=re.compile(r"(?<!right)(?<!okay)[?？][\"'”’」』）)\s]*$"),  # "…, right?" only asks for assent
    length=lambda sentence: float(sentence.count(" ") + 1),
)


def load_answers(table: Path = _TABLE) -> AnswerPatterns:
    """Read and check a table; raises as :func:`~onrecord.languages.answer_patterns.load` does."""
    return load(table, _WRITING)


@cache
def answer_patterns() -> AnswerPatterns:
    """The table of the package."""
    return load_answers()
