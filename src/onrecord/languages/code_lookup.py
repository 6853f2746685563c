"""From what a person calls an actor, an issue or a type of act to its code, by the names the tables hold.

"China", "USA", "中国", "the White House", "chn" and "Beijing" all do; what is not known is answered with the nearest that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args

from onrecord import languages
from onrecord.errors import QueryError
from onrecord.languages.names import Name, of_a_former_state
from onrecord.lexicon.world import actor_codes, display_names, issue_parents
from onrecord.marks import ActType

#: Codes of those who act and are no state or organisation.
OTHERS = {
    "WORLD": "the international community",
    "MEDIA": "the media",
    "FIRM": "a company",
    "PEOPLE": "a public",
    "OTHER": "somebody else",
}
#: A name of several meanings means the first of these that it has.
_KINDS = ("country", "territory", "organisation", "office", "person", "mechanism", "place", "issue")
_FORMS = ("name", "short", "metonym", "demonym", "body", "capital", "surname", "generic")
#: How like a known name another must be to be offered, of 100.
_LIKE = 60


def actor_code(words: str) -> str:
    """The code of the party that is called so: a state, an organisation, or whom a capital, an office or a person acts for.

    >>> actor_code("China"), actor_code("usa"), actor_code("欧盟")
    ('CHN', 'USA', 'EU')

    Raises QueryError, with the nearest known names.
    """
    if words.upper() in actor_codes():
        return words.upper()
    named = _surfaces().get(_folded(words))
    codes = {name.codes for name in named or () if name.codes}
    if len(codes) == 1 and len(only := next(iter(codes))) == 1:
        return only[0]
    if codes:
        told = ", ".join(sorted(f"{display_name(code)} ({code})" for some in codes for code in some))
        raise QueryError(f"{words!r} may be more than one party", hint=f"Name one: {told}")
    raise unknown("party", words, _called(actor_codes()))


def issue_id(words: str) -> str:
    """The id of the issue of that id or name, in English or Chinese, or that the words show.

    Raises QueryError, with the nearest known names.
    """
    found = _issues().get(_folded(words))
    if found is not None:
        return found
    raise unknown("issue", words, _called(_issue_ids()))


def with_children(issue: str) -> tuple[str, ...]:
    """The issue and all that belong under it."""
    parents = issue_parents()
    found = [issue]
    for one in found:  # grows while it is gone through
        found += [child for child, parent in parents.items() if parent == one and child not in found]
    return tuple(found)


def with_parents(issue: str) -> tuple[str, ...]:
    """The issue and all that it belongs under."""
    parents = issue_parents()
    found = [issue]
    for one in found:  # grows while it is gone through
        found += [parent for parent in (parents.get(one),) if parent and parent not in found]
    return tuple(found)


def act_type(words: str) -> str:
    """The type of act of that name. Raises QueryError, with the nearest."""
    types = get_args(ActType)
    if words.lower() in types:
        return words.lower()
    raise unknown("type of act", words, {type: type for type in types}, f"The types are {', '.join(types)}")


def mention_id(words: str) -> str:
    """The id of whatever is called so: an actor, a person, an office, a place, a mechanism or an issue.

    Raises QueryError, with the nearest known names.
    """
    if words in display_names(languages.DEFAULT) or words in OTHERS:
        return words
    if words.upper() in actor_codes():
        return words.upper()
    named = _surfaces().get(_folded(words))
    if named:
        ids = sorted({name.id for name in named})
        if len(ids) == 1:
            return ids[0]
        told = ", ".join(f"{display_name(id)} ({id})" for id in ids)
        raise QueryError(f"{words!r} may be more than one thing", hint=f"Name one: {told}")
    if _folded(words) in _issues():
        return _issues()[_folded(words)]
    raise unknown("name", words, {name: id for id, name in display_names(languages.DEFAULT).items()})


def display_name(id: str, language: str = languages.DEFAULT) -> str:
    """The name of a code or id, for people to read; the id itself where no table has one."""
    return OTHERS.get(id) or display_names(language).get(id) or id


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).removeprefix("the ")


@cache
def _surfaces() -> dict[str, tuple[Name, ...]]:
    """What each way to name something means: the meanings of the first kind that it has."""
    held: dict[str, list[Name]] = {}
    for language in languages.with_rules():
        table = language.names
        for surface, meanings in zip(table.surfaces, table.meanings, strict=True):
            held.setdefault(_folded(surface), []).extend(
                name for name in meanings if name.form in _FORMS and name.kind in _KINDS
            )
    for language in languages.with_rules():
        if language.code == languages.DEFAULT:
            continue
        for id, name in display_names(
            language.code
        ).items():  # names of one character are none in running text, but are here
            same = [one for one in held.get(_folded(display_name(id)), ()) if one.id == id]
            held.setdefault(_folded(name), []).extend(same)
    return {surface: _first(meanings) for surface, meanings in held.items() if meanings}


def _first(meanings: list[Name]) -> tuple[Name, ...]:
    best = min(_rank(name) for name in meanings)
    return tuple(dict.fromkeys(name for name in meanings if _rank(name) == best))


def _rank(name: Name) -> tuple[bool, int, int]:
    return of_a_former_state(name), _KINDS.index(name.kind), _FORMS.index(name.form)


@cache
def _issue_ids() -> tuple[str, ...]:
    words = languages.find(languages.DEFAULT).issue_words
    held = {name.id for meanings in words.meanings for name in meanings} | set(issue_parents().values())
    return tuple(sorted(held | set(issue_parents())))


@cache
def _issues() -> dict[str, str]:
    """The issue by each of its ids, names and words; an id and a name are stronger than a word."""
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
    """Each id by its names, those in English first."""
    known = sorted(ids)
    return {display_name(id, language.code): id for language in languages.with_rules() for id in known}


def unknown(what: str, words: str, known: Mapping[str, str], otherwise: str = "") -> QueryError:
    """The error for a name that is not known. ``known`` are those that are, each with its code or id, or itself."""
    from rapidfuzz import fuzz, process, utils

    def alike(one: str, other: str, **_: object) -> float:
        """By letters, or by whole words: likenesses of parts of words offer strange names."""
        return max(fuzz.ratio(one, other), fuzz.token_set_ratio(one, other) - 10)

    choices = {**{code: code for code in known.values()}, **known}
    near = process.extract(
        words, list(choices), scorer=alike, processor=utils.default_process, limit=4, score_cutoff=_LIKE
    )
    codes = dict.fromkeys(choices[name] for name, _, _ in near)
    names = {code: next((name for name, other in known.items() if other == code), code) for code in codes}
    told = ", ".join(code if names[code] == code else f"{names[code]} ({code})" for code in list(codes)[:3])
    return QueryError(
        f"no {what} is known as {words!r}", hint=f"Nearest: {told}" if told else otherwise or "Check the spelling"
    )
