"""Languages: one package each, behind one interface (:mod:`onrecord.languages.base`), found through entry points.

The modules beside the packages process text in any language: folding, tokens, sentences, phrases, scripts.
"""

from __future__ import annotations

import warnings
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.languages.base import Language

__all__ = ["DEFAULT", "codes", "find", "installed", "with_rules"]

#: The language of the program's messages, and of the first names in the world tables.
DEFAULT = "en"


@cache
def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group="onrecord.languages")}


def codes() -> list[str]:
    """The codes of all installed languages, in order."""
    return sorted(_points())


@cache
def find(code: str) -> Language:
    """Return the language of a BCP 47 tag, by its longest known prefix; one without tables if none is known.

    >>> find("zh-Hant").code, find("en-GB").code, find("tlh").not_covered[:2]
    ('zh', 'en', ('names', 'references'))
    """
    from onrecord.languages.base import Language

    tag = code.lower().replace("_", "-")
    while tag:
        if tag in _points():
            try:
                return _load(tag)
            except Exception as error:  # a third-party plug-in may fail in any way; the page can be read without it
                warnings.warn(f"the language {tag!r} cannot be loaded: {error}", stacklevel=2)
        tag = tag.rpartition("-")[0]
    return Language(code=code, name="an undetermined language" if code == "und" else code)


@cache
def _load(code: str) -> Language:
    from onrecord.languages.base import Language

    language = _points()[code].load()
    if not isinstance(language, Language):
        raise TypeError(f"{_points()[code].value} is no Language")
    return language


def installed() -> list[Language]:
    """All installed languages that load, in order of code; a warning names one that does not."""
    return [language for code in codes() if (language := find(code)).code == code]


def with_rules() -> list[Language]:
    """The languages that read acts, and in which users may name parties and issues, in order of code."""
    return [language for language in installed() if "acts" in language.covers]
