"""Undertakings listed, a paragraph each, under the words that bind: "the members intend to:", "agreed to the following:"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.languages.en.undertaking_words import EnglishWords
from onrecord.languages.facts import ActSurroundings, UndertakingPart

#: The rest of the sentence that opens a list, from the trigger to its colon.
_OPENS = re.compile(
    r"\s*(?:(?:to\s+)?(?:(?:the|these|this|a|an|on|in|several|following|concrete|further|joint|more|number|of|closely|together|work|working|"
    r"with|additional|specific|key|new|initial|collective|their|our|\w+ly)\s+){0,8}(?:following|actions?|steps|measures|commitments|"
    r"initiatives|to|together|priorities|efforts|outcomes|deliverables|areas)?[^.:\n]{0,60})?:[ \t]*\n"
)
#: A paragraph of the list, its bullet or number left out, and its first sentence.
_ITEM = re.compile(
    r"\s*(?:[-–—•*▪◦·o]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)?(?:to\s+|and\s+)?(?P<words>(?:(?!\.\s|;[ \t]*\n|\n).)+)[^\n]*"
)
#: A further member of a list in one sentence: "build a port; plant trees; and (iii) open a school".
_MEMBER = re.compile(
    r";\s+(?:and\s+)?(?:also\s+)?(?:\(?(?:[ivx]{1,4}|[a-h]|\d{1,2})\)\s*)?(?:to\s+)?(?P<words>(?:[^;.\n]|(?<=[A-Z])\.|\.(?=\w)){8,})"
)
#: A colon or a first number opens a list of matters.
_NUMBERS = re.compile(r":\s|\s\(?(?:i|1|a)\)\s")
#: So many paragraphs are looked at.
_MOST = 40


def listed(around: ActSurroundings, lists: EnglishWords) -> Iterator[tuple[int, int]]:
    """Where the words of each paragraph begin and end that the act opens a list of; nothing if it opens none."""
    text = around.text
    opened = _OPENS.match(text, around.act.trigger.end, around.limit)
    if opened is None:
        return
    at, form = opened.end(), ""
    for _ in range(_MOST):
        item = _ITEM.match(text, at, around.limit)
        found = _form(item["words"], lists) if item is not None else ""
        if item is None or not found or (form and form != found):
            return  # "Building resilience requires trust": a sentence of its own
        form = found
        end = item.end("words")
        yield item.start("words"), end
        at = item.end()


def _form(words: str, lists: EnglishWords) -> str:
    """The form of the action with which a paragraph begins, after adverbs: base or -ing; empty if it begins with none."""
    first = re.match(r"(?:[A-Za-z]+ly\s+|[Cc]ontinu(?:e|ing)\s+to\s+)*([A-Za-z-]+)", words)
    verb = first[1].lower() if first is not None else ""
    if verb in lists.doings:
        return "ing"
    return "base" if verb in lists.doing or verb in lists.also_doing else ""


def further_members(around: ActSurroundings, last: UndertakingPart, lists: EnglishWords) -> Iterator[tuple[int, int]]:
    """Where the words of each further member begin and end, of a list whose first member an undertaking is.

    Each begins with an action in the form of the first: what begins with somebody else's name is another clause.
    """
    form = _form(around.text[last.start : last.end], lists)
    at = last.end
    while form and (member := _MEMBER.match(around.text, at, around.limit)) is not None:
        if _form(member["words"], lists) != form:
            return
        yield member.span("words")
        at = member.end("words")


def numbered_members(around: ActSurroundings, start: int, end: int) -> int:
    """Where an undertaking ends whose matters are numbered, or told behind a colon: "in three areas: i) ports; ii) schools"."""
    at = end
    if _NUMBERS.search(around.text, start, end):
        while (member := _MEMBER.match(around.text, at, around.limit)) is not None:
            at = member.end("words")
    return at
