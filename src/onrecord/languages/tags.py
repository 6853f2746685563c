"""Language tags (BCP 47) as people ask with them: ``zh`` finds ``zh`` and ``zh-Hant``, ``zh-Hant`` only itself."""

from __future__ import annotations

from collections.abc import Iterable


def covers(asked: str, tag: str) -> bool:
    """Whether a tag is in the range that is asked for: the same, or longer by further subtags, whatever the case.

    The method is the basic filtering of RFC 4647, section 3.3.1.

    >>> covers("zh", "zh-Hant"), covers("ZH-hant", "zh-Hant"), covers("zh-Hant", "zh"), covers("e", "en")
    (True, True, False, False)
    """
    asked, tag = asked.casefold(), tag.casefold()
    return tag == asked or tag.startswith(f"{asked}-")


def covered(asked: str, tags: Iterable[str]) -> tuple[str, ...]:
    """The tags that are in the range, in their order."""
    return tuple(tag for tag in tags if covers(asked, tag))
