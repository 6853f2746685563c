"""What pronouns refer to in a turn: the subjects and parties named before, and plurals that are no party."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.annotation_types import NO_PARTY, Mention
from onrecord.languages.en.acts.tokens import NAME, TokenizedSentence
from onrecord.languages.en.acts.verbs import is_adverb, is_finite
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.inflection import base_forms
from onrecord.lexicon.actors import group_members

#: Words after which another clause begins.
SUBORDINATORS = frozenset(
    "that which who whom whose where when while if because as since although though whether how what why after "
    "before until unless ; : — –".split()
)
PREPOSITIONS = frozenset(
    "of in on at for with to by from during under over through about against between among towards toward within "
    "across despite regarding concerning into upon without amid following given based including behind around "
    "outside beyond via per than".split()
)
#: Words that introduce a phrase before the subject.
LEADING = PREPOSITIONS | frozenset("as since after before while when thanks due according".split())
#: Codes of unspecific actors.
GENERAL = NO_PARTY - {"WORLD"}


class Subject(NamedTuple):
    """The subject of a verb. ``strong`` if it can commit itself; ``pronoun`` is the anaphor if there is only one; ``person`` if
    one is named."""

    codes: tuple[str, ...]
    start: int
    strong: bool
    pronoun: str = ""
    possessor: bool = False
    person: bool = False


@dataclass(slots=True)
class Discourse:
    """The possible antecedents of anaphors.

    ``own`` are those for whom the turn speaks, ``host`` is the principal of the document where a guest speaks. ``group`` are
    those who met; ``settled`` says that the document names them. ``titled`` are the parties whose official was named with
    a title.
    ``daily`` says that a spokesperson answers who also tells of what is done at home: "the President" is the principal's own.
    ``in_first_person`` says that the text speaks of its parties as "we", so that "they" are others.
    ``topic_before`` are those spoken of one sentence earlier.
    ``event`` are the parties of the conference told last, whom "the delegates" represent.
    ``person_acts`` says that the person named last is the subject of its sentence.
    ``others_meant`` says that the plural subject last named is no party: "they" are then these companies, people, forces.
    """

    principal: str | None
    others: list[str] = field(default_factory=list)
    last: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    topic_before: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    person_acts: bool = False
    plural: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    others_meant: bool = False
    own: tuple[str, ...] = ()
    host: str | None = None
    settled: bool = False
    in_first_person: bool = False
    event: tuple[str, ...] = ()
    titled: dict[str, tuple[str, ...]] = field(default_factory=dict)
    daily: bool = False

    def gathered(self, codes: tuple[str, ...]) -> None:
        """Record the participants of a meeting: the antecedent of "the leaders" and "they" from then on."""
        if len(codes) > 1 and NO_PARTY.isdisjoint(codes) and not self.settled:
            self.group = self.plural = codes

    def settle(self, codes: tuple[str, ...]) -> None:
        """Record the participants that the document names, whatever meetings it tells of."""
        if codes:
            self.group = self.plural = codes
            self.settled = True

    def codes(self, name: Mention, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The codes a reference stands for: the participants of the meeting, if one is known; a group is its members."""
        if not self.group:
            return codes
        if name.kind == "organisation" and len(codes) == 1 and self.settled:
            members = group_members().get(codes[0], codes)
            return members if set(members) == set(self.group) else codes
        if name.kind == "reference" and codes == ("WORLD",) and self.settled and name.name.lower() == "the parties":
            return self.group
        if name.kind != "reference" or len(codes) < 2:
            return codes
        counted = any(word in name.name.lower() for word in ("two", "both", "pair"))
        return codes if counted and len(self.group) != 2 else self.group

    def gathering(self) -> tuple[str, ...]:
        """Those whom "the group" and "the ministers" mean: who met as the document's opening names them."""
        return self.group if self.settled else ()

    def remember(self, subject: Subject) -> None:
        """Record the subject of the latest clause."""
        if not subject.codes:
            return
        self.last = subject.codes
        if len(subject.codes) > 1:
            self.plural = subject.codes
        away = tuple(code for code in subject.codes if code != self.principal)
        if away:
            self.topic = away

    def meet(self, codes: tuple[str, ...]) -> None:
        """Record actors named other than as subjects."""
        for code in codes:
            if code != self.principal and code not in NO_PARTY:
                if code in self.others:
                    self.others.remove(code)
                self.others.append(code)

    def other(self) -> tuple[str, ...]:
        """The other party mentioned most recently."""
        return (self.others[-1],) if self.others else ()


#: Plurals without an s, and plurals that stand for parties.
_PLURALS = words_of("people")
_PARTY_NOUNS = words_of("party-nouns")


#: What follows a noun that is no subject: it goes on, or ends the clause.
_NO_PREDICATE = (
    PREPOSITIONS | SUBORDINATORS | frozenset((",", ".", "and", "or", "but", "'", "’", '"', "”", ")", "(", NAME))
)


def _is_predicate(word: str) -> bool:
    """Whether a word can be the verb of a plural subject directly before it."""
    return is_finite(word) or word in base_forms()


def others_before(sentence: TokenizedSentence, before: int, *, settled: bool = False) -> bool | None:
    """Whether the nearest plural subject before a token is no party, None where there is no plural subject.

    Where the parties are ``settled``, only people and companies that are plainly a subject, before its verb, can be meant instead
    of them.
    """
    words = sentence.words
    for i in range(before - 1, -1, -1):
        word = words[i]
        codes = sentence.codes(i)
        if codes and not GENERAL.issuperset(codes):
            if len(codes) > 1 or _coordinated(sentence, i, before):
                return False
            continue
        if word in _PARTY_NOUNS:
            return False
        plural = (
            bool(codes)
            or word in _PLURALS
            or (not settled and word.endswith("s") and word[-2:] not in ("ss", "us", "is", "'s") and word.isalpha())
        )
        if not plural:
            continue
        follows = i + 1
        while follows < before and is_adverb(words[follows]):
            follows += 1
        if follows < len(words) and (_is_predicate(words[follows]) if settled else words[follows] not in _NO_PREDICATE):
            return True
    return None


#: Between two names that are coordinated stand at most so many words.
_BETWEEN = 4


def _coordinated(sentence: TokenizedSentence, i: int, before: int) -> bool:
    """Whether a name is joined with another one: "the ROK and the DPRK"."""
    if sentence.words[i + 1 : i + 2] != ["and"]:
        return False
    return any(sentence.codes(j) for j in range(i + 2, min(before, i + 2 + _BETWEEN)))


def subject_of_they(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Subject:
    """The subject "they": the parties last named together, unless a nearer plural is no party."""
    nearer = others_before(sentence, i, settled=discourse.settled)
    if discourse.others_meant if nearer is None else nearer:
        return Subject((), i, False, "they")  # "people know what is at stake, and they will step up"
    if discourse.in_first_person:
        others = tuple(code for code in discourse.topic if code not in discourse.group)
        return Subject(others, i, False, "they")
    if discourse.settled:
        return Subject(discourse.group, i, True, "they")
    return Subject(discourse.plural or discourse.topic or discourse.last, i, True, "they")
