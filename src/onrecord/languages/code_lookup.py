"""Resolve the names of actors, issues and types of acts to codes.

Accepts names, codes and metonyms: "China", "USA", "中国", "the White House", "chn", "Beijing". The error for an unknown name
lists the nearest known names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args

from onrecord import languages
from onrecord.annotation_types import ActType
from onrecord.errors import QueryError
from onrecord.languages.names import Name, of_a_former_state
from onrecord.lexicon.world import actor_codes, display_names, issue_parents

#: Codes of actors that are neither states nor organisations.
OTHERS = {
    "WORLD": "the international community",
    "MEDIA": "the media",
    "FIRM": "a company",
    "PEOPLE": "a public",
    "OTHER": "somebody else",
}
#: Precedence of the kinds and forms of an ambiguous name.
_KINDS = ("country", "territory", "organisation", "office", "person", "mechanism", "place", "issue")
_FORMS = ("name", "short", "metonym", "demonym", "body", "capital", "surname", "generic")
#: Minimum similarity of suggested names, 0 to 100.
_LIKE = 60


def actor_code(words: str) -> str:
    """The code of a party by its name: a state or organisation, also by its capital, an office or a person acting for it.

    >>> actor_code("China"), actor_code("usa"), actor_code("欧盟")
    ('CHN', 'USA', 'EU')

    Raises QueryError, with the nearest known names.
    """
    if words.upper() in actor_codes():
        return words.upper()
    codes = {name.codes for name in _named(words) if name.codes}
    if len(codes) == 1 and len(only := next(iter(codes))) == 1:
        return only[0]
    if codes:
        choices = ", ".join(sorted(f"{display_name(code)} ({code})" for some in codes for code in some))
        raise QueryError(f"{words!r} may be more than one party", hint=f"Choose one: {choices}")
    raise unknown("party", words, _called(actor_codes()))


def issue_id(words: str) -> str:
    """The id of an issue by its id, a name in any language, or a word of the issue tables.

    Raises QueryError, with the nearest known names.
    """
    found = _issues().get(_folded(words))
    if found is not None:
        return found
    raise unknown("issue", words, _called(_issue_ids()))


def with_children(issue: str) -> tuple[str, ...]:
    """The issue and all its descendants."""
    parents = issue_parents()
    found = [issue]
    for one in found:  # grows during the iteration
        found += [child for child, parent in parents.items() if parent == one and child not in found]
    return tuple(found)


def with_parents(issue: str) -> tuple[str, ...]:
    """The issue and all its ancestors."""
    parents = issue_parents()
    found = [issue]
    for one in found:  # grows during the iteration
        found += [parent for parent in (parents.get(one),) if parent and parent not in found]
    return tuple(found)


def act_type(words: str) -> str:
    """The type of act with this name. Raises QueryError, with the nearest names."""
    types = get_args(ActType)
    if words.lower() in types:
        return words.lower()
    raise unknown("type of act", words, {type: type for type in types}, f"The types are {', '.join(types)}")


def mention_id(words: str) -> str:
    """The id of an actor, a person, an office, a place, a mechanism or an issue by its name.

    Raises QueryError, with the nearest known names.
    """
    if words in display_names(languages.DEFAULT) or words in OTHERS:
        return words
    if words.upper() in actor_codes():
        return words.upper()
    named = _named(words)
    if named:
        ids = sorted({name.id for name in named})
        if len(ids) == 1:
            return ids[0]
        choices = ", ".join(f"{display_name(id)} ({id})" for id in ids)
        raise QueryError(f"{words!r} may be more than one thing", hint=f"Choose one: {choices}")
    if _folded(words) in _issues():
        return _issues()[_folded(words)]
    raise unknown("name", words, {name: id for id, name in display_names(languages.DEFAULT).items()})


def display_name(id: str, language: str = languages.DEFAULT) -> str:
    """The display name of a code or id; the id itself if no table has a name."""
    return OTHERS.get(id) or display_names(language).get(id) or id


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).removeprefix("the ")


def _named(words: str) -> tuple[Name, ...]:
    """The meanings of a name: those of the first kind and form that it has."""
    name = _folded(words)
    meanings = list(_surfaces().get(name, ()))
    for id in _ids_by_name().get(name, ()):
        meanings += [one for one in _surfaces().get(_folded(display_name(id)), ()) if one.id == id]
    ranked = [(_rank(one), one) for one in meanings if one.form in _FORMS and one.kind in _KINDS]
    best = min((rank for rank, _ in ranked), default=None)
    return tuple(dict.fromkeys(one for rank, one in ranked if rank == best))


@cache
def _surfaces() -> dict[str, tuple[Name, ...]]:
    """All meanings of each folded name. They are ranked on lookup, since ranking all takes longer than reading the tables."""
    found: dict[str, tuple[Name, ...]] = {}
    for language in languages.with_rules():
        table = language.names
        for surface, meanings in zip(table.surfaces, table.meanings, strict=True):
            name = _folded(surface)
            found[name] = (*found.get(name, ()), *meanings)
    return found


@cache
def _ids_by_name() -> dict[str, list[str]]:
    """The ids by display name in languages other than English: running text needs longer names than a single character."""
    found: dict[str, list[str]] = {}
    for language in languages.with_rules():
        if language.code != languages.DEFAULT:
            for id, name in display_names(language.code).items():
                found.setdefault(_folded(name), []).append(id)
    return found


def _rank(name: Name) -> tuple[bool, int, int]:
    return of_a_former_state(name), _KINDS.index(name.kind), _FORMS.index(name.form)


@cache
def _issue_ids() -> tuple[str, ...]:
    words = languages.find(languages.DEFAULT).issue_words
    held = {name.id for meanings in words.meanings for name in meanings} | set(issue_parents().values())
    return tuple(sorted(held | set(issue_parents())))


@cache
def _issues() -> dict[str, str]:
    """Issues by id, name and word; ids and names take precedence over words."""
    found: dict[str, str] = {}
    for language in languages.with_rules():
        table = language.issue_words
        for surface, meanings in zip(table.surfaces, table.meanings, strict=True):
            found.setdefault(_folded(surface), meanings[0].id)
    for id in _issue_ids():
        shown = [display_name(id, language.code) for language in reversed(languages.with_rules())]
        for name in (id.rpartition("/")[2], *shown):
            found[_folded(name)] = id
    return found | {id: id for id in _issue_ids()}


def _called(ids: Iterable[str]) -> dict[str, str]:
    """The ids by display name, English names first."""
    known = sorted(ids)
    return {display_name(id, language.code): id for language in languages.with_rules() for id in known}


def unknown(what: str, words: str, known: Mapping[str, str], otherwise: str = "") -> QueryError:
    """The error for an unknown name, with suggestions. ``known`` maps known names to their code or id."""
    from rapidfuzz import fuzz, process, utils

    def alike(one: str, other: str, **_: object) -> float:
        """Compare characters, or whole words: partial matches suggest unrelated names."""
        return max(fuzz.ratio(one, other), fuzz.token_set_ratio(one, other) - 10)

    choices = {**{code: code for code in known.values()}, **known}
    near = process.extract(
        words, list(choices), scorer=alike, processor=utils.default_process, limit=4, score_cutoff=_LIKE
    )
    codes = dict.fromkeys(choices[name] for name, _, _ in near)
    names = {code: next((name for name, other in known.items() if other == code), code) for code in codes}
    nearest = ", ".join(code if names[code] == code else f"{names[code]} ({code})" for code in list(codes)[:3])
    return QueryError(
        f"no {what} is known as {words!r}", hint=f"Nearest: {nearest}" if nearest else otherwise or "Check the spelling"
    )
