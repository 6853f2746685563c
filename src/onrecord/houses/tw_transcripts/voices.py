"""Who a label is: an office-holder, a reporter with outlet and name, an unnamed voice, or a person of whom the page says."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import msgspec

from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.label_words import reporter_ending, voice_of
from onrecord.reading.transcript import Voice
from onrecord.record import Role

_ASIDE = re.compile(r"\s*[（(]([^（()）]{1,80})[)）]\s*$")
_HAN_NAME = re.compile(r"(?P<outlet>.*[^\s])\s*(?P<name>[\u4e00-\u9fff]{2,4})$")
_INITIALS = re.compile(r"[A-Z]{2,5}$")
_ASKS = re.compile(r"[?？][\"”’」』）)\s]*$")
#: From this share of turns that end in a question on, somebody who is no office-holder asks.
_ASKING = 0.4
#: Outlets begin a label without a space from the longest name that the table has down to this.
_SHORTEST, _LONGEST = 2, 8


class Who(msgspec.Struct, frozen=True, gc=False):
    """Who a label is. ``voice`` is None for a person of whom only the page can tell the side."""

    voice: Voice | None
    speaker: str | None = None
    outlet: str | None = None
    role: Role | None = None


@cache
def _people() -> dict[str, Role]:
    with Path(__file__).with_name("people.csv").open(encoding="utf-8", newline="") as rows:
        return {row["name"]: row["role"] for row in csv.DictReader(rows)}  # type: ignore[misc]


def is_principal(name: str) -> bool:
    """Whether the name is the minister's."""
    return _people().get(name) == "principal"


def who_is(printed: str) -> Who:
    """Who a label without its colon is, by its words."""
    printed = " ".join(printed.split())
    aside = _ASIDE.search(printed)
    bare = printed[: aside.start()] if aside else printed
    office = _people().get(bare)
    if office is not None:
        return Who("podium", speaker=bare, role=office)
    voice = voice_of(bare)
    if voice is not None:
        return _voice(voice, bare, aside[1] if aside else None)
    if aside is not None and voice_of(aside[1]) == "interpreter":
        return Who("interpreter", speaker=bare, role="interpreter")
    return _reporter(bare) or Who(None, speaker=bare)


def _voice(voice: Voice, bare: str, aside: str | None) -> Who:
    if voice == "reporter":
        return Who("reporter", role="reporter")
    if voice == "voice":
        asks = "Audience" in bare or bare in ("觀眾", "觀眾們", "視訊者")
        name = re.split(r"[，,]", aside)[0].strip() if aside else None
        return Who("reporter", speaker=name, role="reporter") if asks else Who("voice", speaker=bare, role="voice")
    if voice == "podium":
        return Who("podium", speaker=bare)
    return Who(voice, speaker=bare, role=voice)  # type: ignore[arg-type]


def _reporter(bare: str) -> Who | None:
    """An outlet, an outlet and its reporter, or None for other names."""
    known = outlet_ids()
    if known(bare) is not None and reporter_ending(bare) is None:
        return Who("reporter", outlet=bare, role="reporter")
    name, comma, rest = (part.strip() for part in bare.partition(","))
    if comma and (known(rest) is not None or len(rest.split()) > 1):  # Ada Example, Example Weekly
        return Who("reporter", speaker=name, outlet=rest, role="reporter")
    before, word, behind = bare.partition("記者")
    if word:
        outlet = before.strip() if known(before.strip()) is not None or len(before.strip()) > 2 else None
        return Who("reporter", speaker=behind.strip() or None, outlet=outlet, role="reporter")
    first, space, second = bare.rpartition(" ")
    if space and re.fullmatch(r"[\u4e00-\u9fff]{2,4}", second) and known(first) is not None:
        return Who("reporter", speaker=second, outlet=first, role="reporter")
    for length in range(min(_LONGEST, len(bare) - 2), _SHORTEST - 1, -1):
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", bare[length:]) and known(bare[:length]) is not None:
            return Who("reporter", speaker=bare[length:], outlet=bare[:length], role="reporter")
    if _INITIALS.match(bare):
        return Who("reporter", outlet=bare, role="reporter")
    return None


def settle_sides(labels: list[str], words: list[str], title: str, *, asked_by_all: bool) -> dict[str, Who]:
    """Who each label of a page is. ``words`` are those under each label; labels recur.

    Where nobody but the minister answers (``asked_by_all``: an interview, a visit), a person who holds no office asks. At a
    press conference they answer, unless nobody else asks and their turns often end in a question. The one interviewed by
    the ``title`` (專訪王大為部長), or the one of an interview who speaks most and is not in the title, answers where no
    office-holder does.
    """
    turns: dict[str, list[str]] = defaultdict(list)
    for label, said in zip(labels, words, strict=True):
        turns[label].append(said)
    found = {label: who_is(label) for label in turns}
    persons = [label for label, who in found.items() if who.voice is None]
    answers = {label for label in persons if re.search(rf"[專采採][訪访]{re.escape(label)}", title)}
    if asked_by_all and not answers and not any(who.voice == "podium" for who in found.values()):
        others = [label for label in persons if label not in title]
        answers = {max(others, key=lambda label: len(turns[label]))} if others else set()
    asked = any(who.voice == "reporter" for who in found.values())  # by others than these persons
    for label in persons:
        asks = not asked and sum(_ASKS.search(said) is not None for said in turns[label]) >= _ASKING * len(turns[label])
        if label not in answers and (asked_by_all or asks):
            found[label] = Who("reporter", speaker=found[label].speaker, role="reporter")
        else:
            found[label] = Who("podium", speaker=found[label].speaker, role="official")
    return found
