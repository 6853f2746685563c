"""Speakers who are one person under several names, such as in two scripts: by the table of people, and by what the desk teaches.

Where a desk holds a statement in two languages, and one person alone speaks in each, the two names are one person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from onrecord.asking.held_versions import comparable_versions
from onrecord.desk.store import Desk
from onrecord.languages.code_lookup import unknown
from onrecord.lexicon.world import world_rows

#: Change this when other people are found to be one.
_LAYOUT = 1


def desk_speakers(desk: Desk, words: Sequence[str]) -> tuple[str, ...]:
    """The names on the desk of the people who are named, in any script. Raises QueryError for one whom it does not have."""
    if not words:
        return ()
    by_name = names_of_people(desk)
    known = {name.casefold(): name for name in by_name}
    found: dict[str, None] = {}
    for one in words:
        printed = known.get(one.casefold()) or next((known[name] for name in _other_names(one) if name in known), None)
        if printed is None:
            raise unknown("speaker of the desk", one, {name: name for name in by_name})
        found |= dict.fromkeys(by_name[printed])
    return tuple(found)


def names_of_people(desk: Desk) -> dict[str, tuple[str, ...]]:
    """The names of each speaker on the desk: every printed name with all names of the same person, the commonest first."""
    return desk.cached("names of people", dict[str, tuple[str, ...]], lambda: _names(desk), layout=_LAYOUT)


def full_name(people: Mapping[str, tuple[str, ...]], name: str) -> str:
    """A speaker's names on the desk, those of one person divided by a slash."""
    return " / ".join(people.get(name, (name,)))


def _names(desk: Desk) -> dict[str, tuple[str, ...]]:
    uses = dict(
        desk.record.execute("SELECT speaker, count(*) FROM turn WHERE speaker IS NOT NULL GROUP BY speaker").fetchall()
    )
    by_folded: dict[str, list[str]] = {}
    for name in uses:
        by_folded.setdefault(name.casefold(), []).append(name)
    same = [
        (name, held)
        for name in uses
        for other in (name.casefold(), *_other_names(name))
        for held in by_folded.get(other, ())
    ]
    return _groups(uses, [*same, *_taught(desk)])


def _groups(uses: Mapping[str, int], pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The names joined by pairs, directly or through others."""
    group: dict[str, set[str]] = {name: {name} for name in uses}
    for one, other in pairs:
        joined = group[one] | group[other]
        for name in joined:
            group[name] = joined
    ranked = sorted(uses, key=lambda name: (-uses[name], name))
    places = {name: at for at, name in enumerate(ranked)}
    return {name: tuple(sorted(names, key=lambda one: places[one])) for name, names in group.items()}


def _taught(desk: Desk) -> list[tuple[str, str]]:
    """Pairs of names of one person, from statements in two languages in each of which one person alone speaks.

    A pair is taken if each of the two is the other's commonest partner.
    """
    versions = comparable_versions(desk)
    wanted = {held.id for one in versions for held in one.documents}
    if not wanted:
        return []
    speakers: dict[str, list[str]] = {}
    query = (
        "SELECT DISTINCT document, speaker FROM turn WHERE speaker IS NOT NULL AND kind != 'question' "
        "AND coalesce(role, '') NOT IN ('reporter', 'moderator')"
    )
    for document, speaker in desk.record.execute(query):
        if document in wanted:
            speakers.setdefault(document, []).append(speaker)
    counts: Counter[tuple[str, str]] = Counter()
    for one in versions:
        alone = [speakers[held.id][0] for held in one.documents if len(speakers.get(held.id, ())) == 1]
        counts.update((first, second) for first in alone for second in alone if first < second)
    best: dict[str, str] = {}
    for (first, second), _ in counts.most_common():
        best.setdefault(first, second)
        best.setdefault(second, first)
    return [pair for pair in counts if best[pair[0]] == pair[1] and best[pair[1]] == pair[0]]


def _other_names(name: str) -> tuple[str, ...]:
    """The other names of a person of the table, folded; none where several people have this name."""
    ids = _people().get(name.casefold(), frozenset())
    return _names_by_person()[next(iter(ids))] if len(ids) == 1 else ()


@cache
def _names_by_person() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row in world_rows("people"):
        names = [row["name"], row["name_zh"], *row["aliases"].split("|"), *row["aliases_zh"].split("|")]
        found.setdefault(row["id"], {}).update(dict.fromkeys(name.casefold() for name in names if name))
    return {person: tuple(names) for person, names in found.items()}


@cache
def _people() -> dict[str, frozenset[str]]:
    """The people who have a name, by the name folded."""
    found: dict[str, set[str]] = {}
    for person, names in _names_by_person().items():
        for name in names:
            found.setdefault(name, set()).add(person)
    return {name: frozenset(people) for name, people in found.items()}
