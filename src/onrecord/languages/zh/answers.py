"""The Chinese table ``answers.toml``, and how Chinese writes words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from onrecord.languages.answer_patterns import AnswerPatterns, Writing, load

#: Han characters per English word, in translations of the same conferences.
_HAN_TO_WORD = 1.7
_TABLE = Path(__file__).with_name("answers.toml")
_WRITING = Writing(
    token=re.compile(
        "[\u3400-\u9fff\uf900-\ufaff]|[^\\W_\u3400-\u9fff\uf900-\ufaff]+|[，、。；：！？…,.;:!?（）()]|\n\n"
    ),
    gap=8,
    divided=False,
    asks=re.compile(r"(?<!对吧)[?？][\"'”’」』）)\s]*$"),
    length=lambda sentence: len(sentence) / _HAN_TO_WORD,
)


def load_answers(table: Path = _TABLE) -> AnswerPatterns:
    """Read and check a table; raises as :func:`~onrecord.languages.answer_patterns.load` does."""
    return load(table, _WRITING)


@cache
def answer_patterns() -> AnswerPatterns:
    """The table of the package."""
    return load_answers()
