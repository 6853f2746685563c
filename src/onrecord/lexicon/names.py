"""Names of actors, people, offices, places, mechanisms and issues: the tables, and one automaton over all of them.

``states.csv``, ``organisations.csv``, ``people.csv``, ``offices.csv``, ``places.csv``, ``mechanisms.csv``, ``issues.csv``
and ``references.csv`` hold the names; ``ambiguous.csv`` says what a name with two meanings means where, ``not_names.csv``
which longer phrases hold a name and are none. Every usual way to name a thing in English and Chinese is a value of a cell,
so that adding one is adding a word to a table.

The automaton (Aho and Corasick, CACM 18, 1975; compiled code of ahocorasick_rs) finds all of them in one pass, however many
there are; the longest name that begins first holds its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from onrecord.language.folding import with_plain_marks
from onrecord.lexicon.actors import ORGANISATIONS, STATES, former_states, organisation_rows
from onrecord.lexicon.actors import actor_codes as actor_codes  # noqa: PLC0414 -- asked for here by many
from onrecord.lexicon.actors import state_rows as state_rows  # noqa: PLC0414 -- asked for here by many
from onrecord.lexicon.tables import ANY, CODE, CODES, DAY, MANY, QID, SLUG, SOME, many, rows
from onrecord.marks import MentionKind

_PLACES = {
    "id": (r"\S+", "a code"), "kind": SOME, "name": SOME, "name_zh": ANY, "aliases": MANY, "aliases_zh": MANY, "state": ANY,
    "actor": ANY, "qid": QID, "source": ANY,
}  # fmt: skip
_PEOPLE = {
    "id": SLUG, "name": SOME, "name_zh": ANY, "aliases": MANY, "surname": ANY, "aliases_zh": MANY, "state": CODE,
    "office": SLUG, "from": DAY, "to": DAY, "qid": QID, "source": ANY,
}  # fmt: skip
_OFFICES = {
    "id": SLUG, "kind": SOME, "name": SOME, "aliases": MANY, "name_zh": ANY, "aliases_zh": MANY,
    "belongs_to": (r"[A-Z-]*", "a code, or empty"), "source": ANY,
}  # fmt: skip
_ISSUES = {
    "id": SLUG, "parent": ANY, "name": SOME, "name_zh": ANY, "words": MANY, "words_zh": MANY, "source": ANY,
}  # fmt: skip
_MECHANISMS = {
    "id": SLUG, "kind": SOME, "name": SOME, "name_zh": ANY, "aliases": MANY, "aliases_zh": MANY, "parties": CODES,
    "source": ANY,
}  # fmt: skip
_REFERENCES = {
    "words": SOME, "language": ("en|zh", "en or zh"), "means": (r"[A-Za-z-]*", "a code, or parties"), "example": ANY,
    "reason": ANY,
}  # fmt: skip
_AMBIGUOUS = {
    "name": SOME, "language": ("en|zh", "en or zh"), "id": ANY,
    "kind": ("near|before|after|alone|given-name|turn|document|issuer|default", "a condition"),
    "words": MANY, "reason": ANY,
}  # fmt: skip
_NOT_NAMES = {"phrase": SOME, "language": ("en|zh", "en or zh"), "what": ANY, "id": ANY, "reason": ANY}


class Name(NamedTuple):
    """What a surface form names. ``codes`` are the actors it stands for; ``weight`` says how it names it.

    ``form`` is ``name``, ``demonym``, ``metonym``, ``capital``, ``short`` (a Chinese one such as 美方), ``surname``,
    ``words`` (of an issue), ``reference`` or ``shield`` (a phrase that only looks like a name).
    """

    kind: MentionKind
    id: str
    codes: tuple[str, ...]
    form: str


class Hit(NamedTuple):
    """A name at a place ``[start, end)``, with all it may mean: one meaning, or several that the context must choose from."""

    start: int
    end: int
    surface: str
    names: tuple[Name, ...]


class Condition(NamedTuple):
    """A row of ``ambiguous.csv``: the name means ``id`` (empty: nothing) where the condition holds."""

    id: str
    kind: str
    words: tuple[str, ...]


class Holding(NamedTuple):
    """An office held by a person: ``since`` and ``until`` are ISO 8601 days, months or years; empty where open."""

    person: str
    name: str
    name_zh: str
    state: str
    office: str
    since: str
    until: str


@cache
def holdings() -> dict[str, tuple[Holding, ...]]:
    """The offices each person held, by the person's id, in the order of the table."""
    found: dict[str, list[Holding]] = {}
    for _, row in rows("people.csv", _PEOPLE):
        found.setdefault(row["id"], []).append(
            Holding(row["id"], row["name"], row["name_zh"], row["state"], row["office"], row["from"], row["to"])
        )
    return {person: tuple(held) for person, held in found.items()}


@cache
def display_names(language: str) -> dict[str, str]:
    """The name of every code and id in ``en`` or ``zh``, for people to read."""
    column = "name" if language == "en" else "name_zh"
    found: dict[str, str] = {}
    tables = (("states.csv", STATES), ("organisations.csv", ORGANISATIONS), ("places.csv", _PLACES), ("people.csv", _PEOPLE),
              ("offices.csv", _OFFICES), ("issues.csv", _ISSUES), ("mechanisms.csv", _MECHANISMS))  # fmt: skip
    for table, forms in tables:
        for _, row in rows(table, forms):
            found.setdefault(row["id"], row[column] or row["name"])
    return found


@cache
def issue_parents() -> dict[str, str]:
    """The parent of each issue that has one."""
    return {row["id"]: row["parent"] for _, row in rows("issues.csv", _ISSUES) if row["parent"]}


@cache
def conditions(language: str) -> dict[str, tuple[Condition, ...]]:
    """What each ambiguous name means where, in the order in which the conditions are tried."""
    found: dict[str, list[Condition]] = {}
    for _, row in rows("ambiguous.csv", _AMBIGUOUS):
        if row["language"] == language:
            found.setdefault(row["name"], []).append(Condition(row["id"], row["kind"], many(row["words"])))
    return {name: tuple(sorted(them, key=lambda one: one.kind == "default")) for name, them in found.items()}


def _same(one: Name, other: Name) -> bool:
    """Whether two names mean the same; a capital is kept once more for a state that is no more."""
    if (one.kind, one.id) != (other.kind, other.id):
        return False
    return one.codes == other.codes or not (other.id == "pair" or of_a_former_state(one) or of_a_former_state(other))


def of_a_former_state(name: Name) -> bool:
    """Whether a name is a capital of a state that is no more: it is so in that state's days only."""
    return name.form == "capital" and name.codes[0] in former_states()


class Names:
    """All names of one language behind one automaton; see :func:`names`."""

    def __init__(self, entries: Iterable[tuple[str, Name]], *, bounded: bool) -> None:
        import ahocorasick_rs

        meanings: dict[str, list[Name]] = {}
        for surface, name in entries:
            plain = surface if surface.isascii() else with_plain_marks(surface)
            held = meanings.get(plain)
            if held is None:
                meanings[plain] = [name]
                continue
            if any(_same(one, name) for one in held):
                continue
            if name.form != "shield":
                held[:] = [one for one in held if one.form != "shield"]
            elif held:
                continue  # what names something is not shielded by its own name
            held.append(name)
        self.surfaces = list(meanings)
        self.meanings = [tuple(meanings[surface]) for surface in self.surfaces]
        self._bounded = bounded
        self._pairs = frozenset(i for i, them in enumerate(self.meanings) if any(name.id == "pair" for name in them))
        self._automaton = ahocorasick_rs.AhoCorasick(self.surfaces, matchkind=ahocorasick_rs.MatchKind.Standard)

    def find(self, text: str) -> list[Hit]:
        """The names in a text, in order, none over another: the longest of those that begin first."""
        plain = text if text.isascii() else with_plain_marks(text)
        found: list[tuple[int, int, int]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if self._bounded:
                if start and plain[start - 1].isalnum():
                    continue
                if end < len(plain) and plain[end].isalnum():
                    continue
            elif index in self._pairs and _only_looks_paired(plain, start, end):
                continue
            found.append((start, -end, index))
        found.sort()
        hits: list[Hit] = []
        reached = 0
        for start, minus_end, index in found:
            if start < reached:
                continue
            reached = -minus_end
            hits.append(Hit(start, reached, self.surfaces[index], self.meanings[index]))
        return hits


#: 中美洲, 日中方: what follows belongs to a longer word. 15日美方, 今日中方: what stands before makes 日 a day. 其中不 is
#: "among them not".
_NO_PAIR_AFTER = frozenset("国方洲文语元籍裔")
_AMONG = frozenset("其当集途")
_DAY_BEFORE = frozenset("0123456789０１２３４５６７８９近今当节假每生次昨明即周往早同本前")


def _only_looks_paired(text: str, start: int, end: int) -> bool:
    if end < len(text) and text[end] in _NO_PAIR_AFTER:
        return True
    before = text[start - 1] if start else ""
    return before in _DAY_BEFORE if text[start] == "日" else text[start] == "中" and before in _AMONG


@cache
def names(language: str) -> Names:
    """The names of ``en`` or ``zh`` with their automaton, made once. Raises LexiconError naming a wrong row."""
    return Names(_english() if language == "en" else _chinese(), bounded=language == "en")


@cache
def issue_words(language: str) -> Names:
    """The words that show an issue, apart from the names: they may stand inside a name, and in any case of letters."""
    return Names(_issues(language), bounded=language == "en")


def _issues(language: str) -> Iterator[tuple[str, Name]]:
    for _, row in rows("issues.csv", _ISSUES):
        name = Name("issue", row["id"], (), "words")
        for words in many(row["words" if language == "en" else "words_zh"]):
            yield words.rstrip("*").lower(), name
            if words.endswith("*"):  # a prefix: its commonest endings, since the automaton matches whole words
                for ending in (
                    "s",
                    "es",
                    "d",
                    "ed",
                    "ing",
                    "al",
                    "ity",
                    "ies",
                    "y",
                    "ion",
                    "ions",
                    "er",
                    "ers",
                    "ist",
                    "ists",
                    "ism",
                ):
                    yield words[:-1].lower() + ending, name


def _capitalised(words: str) -> Iterator[str]:
    """Phrases of the tables as they stand inside and at the head of a sentence."""
    yield words
    if words[0].islower():
        yield words[0].upper() + words[1:]


def _english() -> Iterator[tuple[str, Name]]:
    states: dict[str, str] = {}
    for row in state_rows():
        states.update(dict.fromkeys((row["name"], *many(row["aliases"]), *many(row["demonyms"])), row["id"]))
        kind: MentionKind = "country" if row["kind"] == "state" else "territory"
        code = (row["id"],)
        for form, cells in (
            ("name", (row["name"], *many(row["aliases"]))), ("demonym", many(row["demonyms"])),
            ("metonym", many(row["metonyms"])),
        ):  # fmt: skip
            for surface in cells:
                yield surface, Name(kind, row["id"], code, form)
        if row["capital"] and row["capital"] not in (*many(row["metonyms"]), row["name"], *many(row["aliases"])):
            yield row["capital"], Name("place", row["capital"].lower().replace(" ", "-"), code, "capital")
    for row in organisation_rows():
        name = Name("organisation", row["id"], (row["actor"],), "name")
        for surface in (row["name"], *many(row["aliases"]), *many(row["demonyms"])):
            yield surface, name
        for surface in many(row["metonyms"]):
            yield surface, name._replace(form="metonym")
    for _, row in rows("places.csv", _PLACES):
        for surface in (row["name"], *many(row["aliases"])):
            yield surface, Name("place", row["id"], many(row["actor"]), "name")
    yield from _people("en")
    for _, row in rows("offices.csv", _OFFICES):
        for surface in (row["name"], *many(row["aliases"])):
            named = row["belongs_to"] or states.get(surface.partition(" ")[0], "")  # "Chinese Ambassador"
            yield surface, Name("office", row["id"], many(named), "body" if row["kind"] == "body" else "name")
    for _, row in rows("mechanisms.csv", _MECHANISMS):
        for surface in (row["name"], *many(row["aliases"])):
            if row["kind"] == "generic":
                for written in _capitalised(surface):
                    yield written, Name("mechanism", row["id"], (), "generic")
            else:
                yield surface, Name("mechanism", row["id"], many(row["parties"]), "name")
    yield from _references("en")
    yield from _shields("en")


def _people(language: str) -> Iterator[tuple[str, Name]]:
    for _, row in rows("people.csv", _PEOPLE):
        name = Name("person", row["id"], (row["state"],), "name")
        if language == "zh":
            for surface in (row["name_zh"], *many(row["aliases_zh"])):
                if len(surface) > 1:
                    yield surface, name
            continue
        for surface in (row["name"], *many(row["aliases"])):
            yield surface, name
        for surface in many(row["surname"]):
            yield surface, name._replace(form="surname")


def _references(language: str) -> Iterator[tuple[str, Name]]:
    for _, row in rows("references.csv", _REFERENCES):
        if row["language"] != language:
            continue
        means = row["means"]
        codes = (means,) if means in actor_codes() else ()
        form = "reference" if means else "shield"
        for written in _capitalised(row["words"]):
            yield written, Name("reference", means, codes, form)
            before, _, last = written.rpartition(" ")
            if before and means.startswith("parties"):  # "the two Leaders"
                yield f"{before} {last.capitalize()}", Name("reference", means, codes, form)


def _shields(language: str) -> Iterator[tuple[str, Name]]:
    for _, row in rows("not_names.csv", _NOT_NAMES):
        if row["language"] == language:
            yield row["phrase"], Name("place", row["id"], many(row["id"]), "shield")


#: Chinese one-character names are joined in pairs (中美, 美欧): those that are, beside China with everybody. China stands
#: second only behind these (美中), since 满意中方, 公布中国 and the like look the same; nor does 以, "by means of", stand first.
PAIRED = ("USA", "RUS", "JPN", "KOR", "PRK", "IND", "GBR", "FRA", "DEU", "ISR", "IRN", "PAK", "SAU")
_PAIRED_WITH_ALL = ("USA", "RUS", "JPN", "KOR", "PRK", "IND")
_PAIRED_TOO = ("英法", "法英", "英德", "德英", "法德", "德法")


def _chinese() -> Iterator[tuple[str, Name]]:
    shorts: dict[str, tuple[str, ...]] = {}
    for row in state_rows():
        kind: MentionKind = "country" if row["kind"] == "state" else "territory"
        code = (row["id"],)
        for surface in (row["name_zh"], *many(row["aliases_zh"])):
            if len(surface) > 1:
                yield surface, Name(kind, row["id"], code, "name")
        for surface in many(row["metonyms_zh"]):
            yield surface, Name(kind, row["id"], code, "metonym")
        if row["capital_zh"] and row["capital_zh"] not in (row["name_zh"], *many(row["metonyms_zh"])):
            yield row["capital_zh"], Name("place", row["capital"].lower().replace(" ", "-"), code, "capital")
        for short in many(row["short_zh"]):
            if len(short) == 1:
                shorts[short] = (*shorts.get(short, ()), row["id"])
            yield short + "方", Name(kind, row["id"], code, "short")
            if row["id"] not in ("CHN", "TWN", "HKG", "MAC"):
                if len(short) == 1:
                    yield "中" + short, Name("reference", "pair", ("CHN", row["id"]), "short")
                if len(short) == 1 and row["id"] in PAIRED and row["id"] != "ISR":
                    yield short + "中", Name("reference", "pair", ("CHN", row["id"]), "short")
    signs = {sign: code for sign, codes in shorts.items() for code in codes if code in PAIRED}
    for one, this in signs.items():
        for other, that in signs.items():
            with_all = this in _PAIRED_WITH_ALL or that in _PAIRED_WITH_ALL
            if this not in (that, "ISR") and (with_all or one + other in _PAIRED_TOO):
                yield one + other, Name("reference", "pair", (this, that), "short")
    for row in organisation_rows():
        for surface in (row["name_zh"], *many(row["aliases_zh"])):
            if len(surface) > 1:
                yield surface, Name("organisation", row["id"], (row["actor"],), "name")
    for _, row in rows("places.csv", _PLACES):
        for surface in (row["name_zh"], *many(row["aliases_zh"])):
            if len(surface) > 1:
                yield surface, Name("place", row["id"], many(row["actor"]), "name")
    yield from _people("zh")
    for _, row in rows("offices.csv", _OFFICES):
        for surface in (row["name_zh"], *many(row["aliases_zh"])):
            if len(surface) > 1:
                yield (
                    surface,
                    Name("office", row["id"], many(row["belongs_to"]), "body" if row["kind"] == "body" else "name"),
                )
    for _, row in rows("mechanisms.csv", _MECHANISMS):
        form = "generic" if row["kind"] == "generic" else "name"
        for surface in (row["name_zh"], *many(row["aliases_zh"])):
            if len(surface) > 1:
                yield surface, Name("mechanism", row["id"], many(row["parties"]), form)
    yield from _references("zh")
    yield from _shields("zh")
