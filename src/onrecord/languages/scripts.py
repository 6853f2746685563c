"""Simplified and traditional characters: the same words in both scripts, for a query in one and texts in the other."""

from __future__ import annotations

from functools import cache
from typing import Any

from onrecord.errors import ScriptsMissing


def in_both_scripts(words: str) -> tuple[str, ...]:
    """Return the words as given, all simplified, and all traditional, each once; words without Han characters only as given.

    Raises ScriptsMissing if the optional tables (OpenCC's) are not installed.
    """
    if not any("\u4e00" <= character <= "\u9fff" for character in words):
        return (words,)
    return tuple(dict.fromkeys((words, _converter("t2s").convert(words), _converter("s2t").convert(words))))


@cache
def _converter(direction: str) -> Any:
    try:
        import opencc
    except ImportError:
        raise ScriptsMissing("searching in both scripts needs tables that are not installed") from None
    return opencc.OpenCC(direction)
