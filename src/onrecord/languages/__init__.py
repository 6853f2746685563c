"""Languages: one package each behind one interface (:mod:`onrecord.languages.base`), found through entry points.

The modules beside the packages are tools for text in any language: folding, tokens, sentences, phrases, scripts.
"""

from __future__ import annotations

import warnings
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.languages.base import Language

__all__ = ["DEFAULT", "codes", "find", "installed", "with_rules"]

#: The language in which the tables of the world name things first, and in which the program speaks.
DEFAULT = "en"


@cache
def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group="onrecord.languages")}


def codes() -> list[str]:
    """The codes of all languages installed, in order."""
    return sorted(_points())


@cache
def find(code: str) -> Language:
    """The language of a BCP 47 tag, by its longest known prefix; one without any tables where none is known.

    >>> find("zh-Hant").code, find("en-GB").code, find("tlh").not_covered[:2]
    ('zh', 'en', ('names', 'references'))
    """
    from onrecord.languages.base import Language

    tag = code.lower().replace("_", "-")
    while tag:
        if tag in _points():
            try:
                return _load(tag)
            except Exception as error:  # another's plug-in may fail in any way; the page can be read without it
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
    """All languages installed that load, in the order of their codes; one that does not is named in a warning."""
    return [language for code in codes() if (language := find(code)).code == code]


def with_rules() -> list[Language]:
    """The languages whose acts are read, and in which people may name parties and issues, in the order of their codes."""
    return [language for language in installed() if "acts" in language.covers]
