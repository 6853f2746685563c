"""Mentions: actors, people, offices, places, mechanisms and issues named in the words, resolved where the context tells.

A name with two meanings takes the one that the words near it tell, by ``lexicon/ambiguous.csv``, and stays open where they do
not. "The two sides", "both heads of state", "双方" stand for the parties spoken of; "we" and "our" for the podium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.annotation.podium import podium_of
from onrecord.lexicon.names import Condition, Hit, Holding, Name, conditions, holdings, issue_words, names
from onrecord.marks import Mention
from onrecord.record import Document, Turn

#: So many characters to either side count as near a name that the words around it tell apart.
_NEAR = 160
_ACTING = ("country", "territory", "organisation", "person", "office")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|[Oo]urs|[Oo]urselves|I|[Mm]y)\b(?!\.)")
_WE_ZH = re.compile("我们|我方|我国|我(?!国|方|们)")
_LATTER = re.compile(r"\bthe latter\b|该国|后者")
_AND = re.compile(r"\s*(?:and|with|-|和|与|同|跟|及|以及|、|the|the\s+)*\s*(?:the\s+)?")
_TITLED = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Sir|President|Minister|Secretary|Chairman|Chancellor|Premier|Director|Ambassador|Governor|Senator"
    r"|Councilor|Envoy|General|King|Prime Minister|Speaker|Congressman|Representative|Advisor|Adviser|Prince|Leader)\b\.?\s+)$"
)


@dataclass(slots=True)
class Parties:
    """Who has been spoken of, nearest last: what "the two sides" and "the latter" are resolved by."""

    podium: str | None
    spoken: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    pair: tuple[str, ...] = ()

    def note(self, codes: tuple[str, ...]) -> None:
        """Actors named, as they come."""
        for code in codes:
            if code in self.spoken:
                self.spoken.remove(code)
            self.spoken.append(code)
            self.counts[code] = self.counts.get(code, 0) + 1

    def joined(self, one: tuple[str, ...], other: tuple[str, ...]) -> None:
        """Two actors named as one party and the other ("the ROK and the DPRK")."""
        both = dict.fromkeys((*one, *other))
        if len(both) == 2:
            self.pair = tuple(both)

    @property
    def others(self) -> list[str]:
        """Those spoken of but the podium, nearest last."""
        return [code for code in self.spoken if code != self.podium and code not in _NO_PARTY]

    def two(self) -> tuple[str, ...]:
        """The two sides: a pair just named, or the podium and who else is spoken of."""
        if self.pair and self.podium not in self.pair:
            return self.pair
        others = self.others
        if self.podium and others:  # whom it is about: named most since the question, and of those last
            return (self.podium, max(others, key=lambda code: (self.counts.get(code, 0), others.index(code))))
        return self.pair or tuple(others[-2:] if len(others) > 1 else ())

    def three(self) -> tuple[str, ...]:
        """The three sides: the podium and two others, or three others."""
        others = self.others
        return (self.podium, *others[-2:]) if self.podium and len(others) > 1 else tuple(others[-3:])


_NO_PARTY = frozenset({"WORLD", "OTHER", "MEDIA", "FIRM", "PEOPLE"})


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """The mentions of a document, in order of their places; issues may stand over names, names never over each other.

    Every span lies inside a turn. ``id`` is ``None`` where the words leave open what is named.
    """
    language = "zh" if document.language.startswith("zh") else "en"
    if not document.language.startswith(("zh", "en")):
        return ()
    podium = podium_of(document)
    parties = Parties(podium)
    reader = _Reader(document, language, parties)
    for hit in names(language).find(document.title):
        reader.resolve(hit, document.title)
    found: list[Mention] = []
    for turn in document.turns:
        found += reader.read(turn)
    return tuple(found)


class _Reader:
    """Reads the mentions of one document, turn after turn."""

    def __init__(self, document: Document, language: str, parties: Parties) -> None:
        self.document, self.language, self.parties = document, language, parties
        self.names = names(language)
        self.issues = issue_words(language)
        self.conditions = conditions(language)
        self.people: set[str] = set()
        self.office: tuple[int, str] = (-9, "")  # where the last office named ends, and which

    def read(self, turn: Turn) -> list[Mention]:
        text = turn.text
        found: list[Mention] = []
        hits = self.names.find(text)
        if turn.kind != "question":
            hits = sorted([*hits, *self._pronouns(text, hits)])
        if turn.kind == "question":
            self.parties.counts.clear()
        if turn.kind == "question" or not self.parties.others:
            self.parties.pair = ()
        last: tuple[int, tuple[str, ...]] | None = None
        for hit in hits:
            mention = self.resolve(hit, text)
            if mention is None:
                continue
            if mention.codes and mention.kind in _ACTING:
                if last is not None and _AND.fullmatch(text, last[0], hit.start):
                    self.parties.joined(last[1], mention.codes)
                last = (hit.end, mention.codes)
            found.append(_moved(mention, turn.start))
        found += self._issues(text, turn.start)
        found.sort(key=lambda one: (one.start, -one.end))
        return found

    def _issues(self, text: str, offset: int) -> Iterator[Mention]:
        for hit in self.issues.find(text.lower() if len(text.lower()) == len(text) else text):
            yield Mention(
                kind="issue", id=hit.names[0].id, name=text[hit.start : hit.end], start=offset + hit.start, end=offset + hit.end
            )  # fmt: skip

    def _pronouns(self, text: str, hits: list[Hit]) -> Iterator[Hit]:
        """ "We", "our", "the latter", where no name stands."""
        taken = iter([*hits, Hit(len(text) + 1, len(text) + 1, "", ())])
        now = next(taken)
        pattern = _WE if self.language == "en" else _WE_ZH
        places = (
            [(match.start(), match.end(), "podium") for match in pattern.finditer(text)] if self.parties.podium else []
        )
        places += [(match.start(), match.end(), "latter") for match in _LATTER.finditer(text)]
        for start, end, means in sorted(places):
            while now.end <= start:
                now = next(taken)
            if now.start >= end:
                yield Hit(start, end, text[start:end], (Name("reference", means, (), "pronoun"),))

    def resolve(self, hit: Hit, text: str) -> Mention | None:
        """What a hit names here, ``None`` where it names nothing."""
        chosen: Name | None
        ruled = self.conditions.get(hit.surface)
        if ruled is not None:
            chosen = self._ruled(ruled, hit, text)
            if chosen is None:
                return None
        elif len(hit.names) == 1:
            chosen = hit.names[0]
        else:
            chosen = self._chosen(hit, text)
        if chosen is None:  # two meanings, and nothing tells which: but all may be of one state
            states = {self._codes(name) for name in hit.names} if hit.names[0].kind == "person" else set()
            if hit.names[0].form == "surname" and not self._known_surname(hit.names[0], hit, text):
                return None
            return Mention(
                kind=hit.names[0].kind, id=None, name=text[hit.start : hit.end], start=hit.start, end=hit.end,
                stands_for=states.pop() if len(states) == 1 else (),
            )  # fmt: skip
        if chosen.form == "shield" and not chosen.id:
            return None
        if chosen.form == "surname" and not self._known_surname(chosen, hit, text):
            return None
        if chosen.kind == "person":
            self.people.add(chosen.id)
        elif chosen.kind == "office":
            self.office = (hit.end, chosen.id)
        codes = self._codes(chosen)
        if chosen.kind in _ACTING or chosen.form in ("short", "pronoun"):
            self.parties.note(codes)
        if chosen.id == "pair":
            self.parties.pair = codes
        elif chosen.id == "podium":
            self.parties.pair = ()
        if chosen.kind == "reference" and not codes:
            return None
        own = chosen.id if chosen.kind != "reference" or chosen.codes else None
        if own in ("pair", "podium"):
            own = None
        return Mention(
            kind=chosen.kind, id=own, name=text[hit.start : hit.end], start=hit.start, end=hit.end,
            stands_for=codes if codes != (own,) else (),
        )  # fmt: skip

    def _codes(self, name: Name) -> tuple[str, ...]:
        if name.kind == "person":
            held = holdings()[name.id]
            return (next((one.state for one in held if _holds(one, self.document.date)), held[0].state),)
        if name.kind != "reference" or name.codes:
            return name.codes
        parties = self.parties
        if name.id == "podium":
            return (parties.podium,) if parties.podium else ()
        if name.id == "latter":
            return tuple(parties.others[-1:])
        if name.id == "parties":
            return parties.two()
        if name.id == "parties-three":
            return parties.three()
        return ()

    def _ruled(self, ruled: tuple[Condition, ...], hit: Hit, text: str) -> Name | None:
        for one in ruled:
            if not self._holds(one, hit, text):
                continue
            meant = one.id
            if one.kind in (
                "turn",
                "document",
            ):  # 巴方 where both Pakistan and Brazil are named: whoever was named last
                rivals = {
                    other.id for other in ruled if other.kind == one.kind and other.id and self._holds(other, hit, text)
                }
                if len(rivals) > 1:
                    meant = next((code for code in reversed(self.parties.spoken) if code in rivals), "")
            if not meant:
                return None
            return next((name for name in hit.names if name.id == meant), Name("country", meant, (meant,), "name"))
        return None

    def _holds(self, condition: Condition, hit: Hit, text: str) -> bool:
        if condition.kind == "default":
            return True
        if condition.kind == "near":
            around = text[max(0, hit.start - _NEAR) : hit.end + _NEAR]
            return any(word in around for word in condition.words)
        if condition.kind == "before":
            return text[max(0, hit.start - 40) : hit.start].rstrip(" \u00a0-").endswith(condition.words)
        if condition.kind == "after":
            return text[hit.end : hit.end + 40].lstrip(" \u00a0-").startswith(condition.words)
        if condition.kind == "turn":
            return any(word in text for word in condition.words)
        if condition.kind == "issuer":
            return self.document.issuer.startswith(condition.words)
        whole = self.document.text
        return any(word in whole for word in condition.words)

    def _chosen(self, hit: Hit, text: str) -> Name | None:
        """One of several meanings: a shield, the one already spoken of, the person in office on the day; or none."""
        shields = [name for name in hit.names if name.form == "shield"]
        if shields:
            return shields[0]
        if all(name.kind == "person" for name in hit.names):
            known = [name for name in hit.names if name.id in self.people]
            if len(known) == 1:
                return known[0]
            titled = [
                name for name in hit.names
                if 0 <= hit.start - self.office[0] <= 1 and any(held.office == self.office[1] for held in holdings()[name.id])
            ]  # fmt: skip
            return _alone([name for name in titled or hit.names if _in_office(name.id, self.document.date)]) or _alone(
                titled
            )
        if all(name.form == "short" for name in hit.names):  # 巴方: the state whose name the document says
            whole = self.document.text
            said = [name for name in hit.names if name.id in self.parties.spoken]
            said = said or [name for name in hit.names if _named(name.codes[-1], whole)]
            return _alone(said)
        forms = ("name", "demonym", "metonym", "body", "capital", "generic", "words", "reference", "surname", "short")
        return min(hit.names, key=lambda name: (name.kind not in _ACTING, forms.index(name.form)))

    def _known_surname(self, name: Name, hit: Hit, text: str) -> bool:
        """A surname alone names somebody where a title stands before it, or the whole name was said."""
        if name.id in self.people and self.language == "en":
            return True
        return bool(_TITLED.search(text, max(0, hit.start - 40), hit.start))


def _alone(names_left: list[Name]) -> Name | None:
    return names_left[0] if len(names_left) == 1 else None


def _in_office(person: str, day: str | None) -> bool:
    return any(_holds(held, day) for held in holdings()[person])


def _holds(held: Holding, day: str | None) -> bool:
    return day is not None and (not held.since or held.since <= day) and (not held.until or day <= held.until + "~")


def _named(code: str, text: str) -> bool:
    from onrecord.lexicon.names import display_names

    return display_names("zh").get(code, "\0") in text


def _moved(mention: Mention, offset: int) -> Mention:
    return Mention(
        kind=mention.kind, id=mention.id, name=mention.name, start=mention.start + offset, end=mention.end + offset,
        stands_for=mention.stands_for,
    )  # fmt: skip
