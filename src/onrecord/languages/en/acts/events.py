"""Meetings told in the passive: "the fifth Forum of Nauru and Palau was held", "talks with the president will be held"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.en.acts.discourse import SUBORDINATORS, Subject
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.acts.words import words_of

if TYPE_CHECKING:
    from onrecord.languages.en.acts.act_reading import ActReading
    from onrecord.languages.en.acts.tokens import TokenizedSentence

#: Occasions on which representatives of several parties meet.
_OCCASIONS = words_of("occasions")
#: What is held at home, or before the press.
_OTHERS = words_of("other-occasions")


def read_occasion(reader: ActReading, sentence: TokenizedSentence, before: int, floor: int) -> Subject | None:
    """Those who meet on an occasion that is the subject of a verb at token ``before``; ``None`` if it is no such occasion.

    They are those that its name or its "with" names: two parties or more, or an organisation.
    """
    words = sentence.words
    end = before
    while end > floor and is_adverb(words[end - 1]):
        end -= 1
    if end > floor and words[end - 1] in ("which", "that"):
        end -= 1  # "the summit of the two which will be held"
    low = end
    while low > floor and words[low - 1] not in SUBORDINATORS and words[low - 1] not in (",", ")"):
        low -= 1
    named = words[low:end]
    mechanisms = _mechanisms(reader, sentence, low, end) if low < end else []
    if low >= end or not _OTHERS.isdisjoint(named) or (_OCCASIONS.isdisjoint(named) and not mechanisms):
        return None
    codes: dict[str, None] = {}
    body = False
    for i in range(low, end):
        name = sentence.names[i]
        if name is not None and name.codes:
            codes.update(dict.fromkeys(name.codes))
            body = body or name.kind == "organisation"
    for own in mechanisms:
        codes.update(dict.fromkeys(own))
        body = True
    if codes and "with" in named and reader.principal:
        codes[reader.principal] = None
    parties = tuple(code for code in codes if code not in NO_PARTY)
    if len(parties) < 2 and not (body and parties and parties != reader.own):
        return None
    return Subject(parties, low, True)


def _mechanisms(reader: ActReading, sentence: TokenizedSentence, low: int, end: int) -> list[tuple[str, ...]]:
    """The parties of the mechanisms named in ``[low, end)``: whose dialogue or summit it is."""
    start, stop = sentence.starts[low], sentence.ends[end - 1]
    found = []
    for index in range(bisect_left(reader.starts, start), len(reader.mentions)):
        one = reader.mentions[index]
        if one.start >= stop:
            break
        if one.kind == "mechanism" and one.codes:
            found.append(one.codes)
    return found
