"""Details of an undertaking: form, mechanism, fields and deadline, as printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.annotation_types import Form, Mention
from onrecord.languages.readers import UndertakingReader
from onrecord.lexicon.actors import is_state


def form_of(words: str, by: tuple[str, ...], to: tuple[str, ...], rules: UndertakingReader) -> Form:
    """Joint if both act together, reciprocal if each acts for the other, else one-sided."""
    if len({*by, *to}) > 1 and rules.cues.reciprocal.search(words):
        return "reciprocal"
    many = len(by) > 1 or (not to and not is_state(by[0]))  # what a group of states takes on, its members do together
    return "joint" if many else "one-sided"


def mechanism_of(
    words: str, offset: int, within: Sequence[Mention], rules: UndertakingReader
) -> tuple[str | None, str | None]:
    """The mechanism as printed, and its id: a body before talks, a name before a common noun at the same position."""
    named = [one for one in within if one.kind == "mechanism" and one.id and not one.id.endswith("-generic")]
    for kind in rules.words.mechanisms if rules.words.any_mechanism.search(words) else ():
        place = kind.pattern.search(words)
        if place is None:
            continue
        for one in named:
            if one.start - offset <= place.start() and place.end() <= one.end - offset:
                return one.name, one.id
        before = rules.cues.before_kind.search(words, max(0, place.start() - 40), place.start())
        return words[before.start() if before else place.start() : place.end()], kind.id
    return (named[0].name, named[0].id) if named else (None, None)


def fields_of(words: str, rules: UndertakingReader, known: set[str]) -> Iterator[str]:
    """Issues named by a common noun in a list of fields: "on trade, culture and health"."""
    taken: list[tuple[int, int]] = []
    for field in rules.words.fields if rules.words.any_field.search(words) else ():
        if field.id in known or any(one.startswith(field.id + "/") for one in known):
            continue
        for place in field.pattern.finditer(words):
            if any(start <= place.start() < end for start, end in taken):
                continue
            listed = rules.cues.listed.search(words, max(0, place.start() - 14), place.start())
            if listed or rules.cues.several.search(place[0]):
                taken.append(place.span())
                yield field.id
                break


def deadline_of(words: str, rules: UndertakingReader) -> str | None:
    """The time expression by which, or within which, the undertaking is due."""
    says_time = rules.cues.says_time
    for found in rules.cues.deadline.finditer(words):
        if says_time is None or says_time.search(found[0]):
            return found[0]
    return None
