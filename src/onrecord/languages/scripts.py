"""Simplified and traditional characters: the same words in both, for those who ask in one and search in the other."""

from __future__ import annotations

from functools import cache
from typing import Any

from onrecord.errors import ScriptsMissing


def in_both_scripts(words: str) -> tuple[str, ...]:
    """The words as they are, all simplified, and all traditional; each once. Words without Han characters stay alone.

    Raises ScriptsMissing where the optional tables (OpenCC's) are not installed.
    """
    if not any("\u4e00" <= character <= "\u9fff" for character in words):
        return (words,)
    return tuple(dict.fromkeys((words, _converter("t2s").convert(words), _converter("s2t").convert(words))))


@cache
def _converter(direction: str) -> Any:
    try:
        import opencc
    except ImportError:
        raise ScriptsMissing("asking in both scripts needs tables that are not installed") from None
    return opencc.OpenCC(direction)
