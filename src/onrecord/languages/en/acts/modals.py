"""Will and should: a commitment, or a request, whatever the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotation_types import NO_PARTY, ActType, Time
from onrecord.languages.en.acts.clauses import clause_end
from onrecord.languages.en.acts.constraints import BY_SUBJECT, joins, refers_back, suits
from onrecord.languages.en.acts.discourse import Subject
from onrecord.languages.en.acts.events import read_occasion
from onrecord.languages.en.acts.matching import Match
from onrecord.languages.en.acts.speakers import says_i, says_we_both
from onrecord.languages.en.acts.state import Main, State
from onrecord.languages.en.acts.targets import find_targets
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.verbs import (
    BE,
    HAVE,
    NEEDING,
    NEGATION,
    POSSIBLE,
    WILL,
    Group,
    is_adverb,
    is_finite,
    is_participle,
)
from onrecord.languages.en.acts.words import phrases_of, words_of
from onrecord.languages.en.undertaking_words import english
from onrecord.languages.facts import ActFact

if TYPE_CHECKING:
    from onrecord.languages.en.acts.act_reading import ActReading

#: The acts of a modal verb, each with its rule id.
_BOUND: tuple[ActType, str] = ("commit", "commit-will")
_OBLIGED: tuple[ActType, str] = ("request", "request-should")
#: After "will" these verbs state a fact about the future, or tell of a trip.
_FACTS = words_of("facts")
#: A modal before another one has lost its verb.
_MODAL = frozenset("will would shall should must can could may might".split())
#: What "do" governs where it only stands for another verb: "we will do that again", "what they will do".
_STANDING_FOR = frozenset("it that this so the same what here there again to , . ; — –".split())
#: What follows a modal where there is no act, by whether it is one of obligation.
_NO_ACT = {True: _MODAL, False: _MODAL | _FACTS}
#: Whom a government asks at home.
_HOME = frozenset(("PEOPLE", "FIRM", "MEDIA"))
#: Modals of commitment: "will", "are going to", and "would" in reported speech.
_BINDING = WILL | {"going", "would"}


def read_modal(reader: ActReading, sentence: TokenizedSentence, i: int, state: State, *, plain: bool = False) -> int:
    """Read a commitment by "will", or a request by "should", whatever the verb; return the next token."""
    words = sentence.words
    obliging = words[i] not in _BINDING
    noun = words[i - 1] in ("the", "own", "free", "political", "strong") or words[i + 1 : i + 2] == ["to"]
    if i and words[i] == "will" and noun:
        return i + 1  # "respect the will of the people"
    verb, negated = _verb_of(words, i)
    if verb >= len(words) or not words[verb].isalpha() or words[verb] in _NO_ACT[obliging]:
        return i + 1
    if not obliging and (_names_no_deed(words, verb) or not _PREDICTING.isdisjoint(words[i + 1 : verb])):
        state.unbinding.add(i)
        return verb + 1
    verb = verb if obliging else _behind_continue(reader, sentence, verb, state)
    best = None if plain else _best(reader, sentence, verb, state)
    if best is not None:
        following = _by_rule(reader, sentence, i, verb, best, state, obliging=obliging)
        if following is not None:
            return following
    covered = i < state.cover and not joins(
        sentence, Group(i, "base", "will", False, False, False, False, False), state
    )
    if covered or (obliging and _supposes(words, i, verb)):
        return i + 1
    start = i
    while start > 0 and is_adverb(words[start - 1]):
        start -= 1
    group = Group(start, "base", "should" if obliging else "will", negated, False, False, False, False)
    joined = joins(sentence, group, state)
    subject = reader.subject(sentence, group, state, joined)
    if refers_back(sentence, subject, group) or is_embedded(words, subject) or _restricts(sentence, i):
        return verb + 1
    if reader.together and subject is not None and says_we_both(sentence, subject, i):
        subject = subject._replace(codes=reader.together)
    end = clause_end(sentence, verb + 1, reader.rules)
    speaker = state.saying.codes if state.saying else reader.own
    if obliging:
        found = _obliged(reader, sentence, subject, verb, end, speaker)
    else:
        found = _bound(reader, sentence, subject, verb, end, state)
    if found is None:
        if subject is not None and subject.pronoun in ("this", "that"):
            state.unbinding.add(i)  # "we believe this visit will help"
        state.floor = max(state.floor, verb + 1)
        return verb + 1
    actors, targets = found
    time: Time = "planned" if not obliging else "done" if state.saying is not None and state.saying.past else "ongoing"
    begin = subject.start if subject is not None and subject.start < i else i
    trigger = (sentence.starts[i], sentence.ends[_verb_end(words, verb) - 1])
    act, rule = _OBLIGED if obliging else _BOUND
    span = sentence.starts[begin], sentence.ends[end - 1]
    # "will not stand by": the negation is part of the commitment
    state.found.append(ActFact(act, rule, actors, targets, "affirmed", time, trigger, span, words[i]))
    if subject is not None and subject.codes:
        reader.discourse.remember(subject)
    state.main = Main(verb + 1, "base", subject or Subject(actors, i, True), False, True, False, act)
    state.floor = verb + 1
    state.cover = max(end, state.cover)
    return verb + 1


#: Before "have to", words by which it tells what would be needed, and asks for nothing.
_ARTICLES = frozenset(("a", "an", "the"))
_SUPPOSING = POSSIBLE | NEGATION | {"'d", "to"}


def _supposes(words: list[str], i: int, verb: int) -> bool:
    """Whether obligation is only supposed: "they would have to work", "does not need to", "should have stopped"."""
    after = verb + 1
    while after < len(words) and is_adverb(words[after]):
        after += 1
    if words[verb] in _ARTICLES or (words[verb] == "have" and after < len(words) and is_participle(words[after])):
        return True  # "the connection it has to an initiative", "should never have stopped"
    if words[i] in NEEDING and words[verb] == "have":
        return True  # "they need to have money for it": what it takes, and no request
    return words[i] in NEEDING and i > 0 and words[i - 1] in _SUPPOSING


_PERSONS = frozenset("he she it they we you".split())
#: Before a noun that a clause restricts.
_DETERMINERS = frozenset("the all any every those these".split())
#: Words that begin an embedded question: "what we will do together".
_ASKING = frozenset("what how why whatever whichever where who".split())


#: What somebody needs for something: "the means that it needs to go on".
_MEANS = words_of("means")


def is_embedded(words: list[str], subject: Subject | None) -> bool:
    """Whether a clause is an embedded question: "what they will do", "what precisely they will do"."""
    before = subject.start - 1 if subject is not None else -1
    while before > 0 and is_adverb(words[before]):
        before -= 1
    return before >= 0 and words[before] in _ASKING


def _restricts(sentence: TokenizedSentence, i: int) -> bool:
    """Whether "needs to" restricts the noun directly before its subject: "the resources he needs to wage the war"."""
    words, names = sentence.words, sentence.names
    subject = i - 1
    while subject > 0 and is_adverb(words[subject]):
        subject -= 1
    while subject > 0 and names[subject] is not None and names[subject - 1] is names[subject]:
        subject -= 1
    if words[i] not in NEEDING or subject < 2 or not (names[subject] is not None or words[subject] in _PERSONS):
        return False
    before = words[subject - 2] if words[subject - 1] == "that" else words[subject - 1]
    if before in _MEANS:
        return True
    return names[subject - 1] is None and words[subject - 1].isalpha() and words[subject - 2] in _DETERMINERS


def _verb_of(words: list[str], i: int) -> tuple[int, bool]:
    """The token of the verb that a modal at ``i`` governs (behind the last if there is none), and whether it is negated."""
    verb = i + 1 + (words[i] in NEEDING or words[i] == "going")
    negated = False
    while verb < len(words) and (is_adverb(words[verb]) or words[verb] == "likely"):
        negated = negated or words[verb] in ("not", "n't", "never")
        verb += 1
    if verb < len(words) and words[verb] == ",":
        after = next((j for j in range(verb + 1, min(len(words), verb + 16)) if words[j] == ","), None)
        if after is None:
            return len(words), negated
        verb = after + 1
        while verb < len(words) and is_adverb(words[verb]):
            verb += 1
    return verb, negated


def _tells_nothing(reader: ActReading, placed: Match, group: Group, sentence: TokenizedSentence, state: State) -> bool:
    """Whether a rule says that there is no act: "will see", and "will take place" of an occasion whose parties are not named."""
    if placed.rule.when == "event":
        return read_occasion(reader, sentence, group.start, state.floor) is None
    return placed.rule.type == "none"


def _suited(reader: ActReading, placed: Match, group: Group, sentence: TokenizedSentence, state: State) -> bool:
    """Whether the rule matching the modal's verb suits the subject; if not, the modal is read alone."""
    subject = reader.subject(sentence, group, state, joins(sentence, group, state))
    return suits(placed, group, subject, sentence, reader.discourse)


def _by_rule(
    reader: ActReading,
    sentence: TokenizedSentence,
    i: int,
    verb: int,
    best: tuple[Match, Group],
    state: State,
    *,
    obliging: bool,
) -> int | None:
    """Read the act by the rule of the modal's verb; the next token, None if the rule leaves it to the modal."""
    placed, group = best
    if obliging:
        decides = placed.head == verb and placed.rule.type in ("warn", "decline")
        return reader.take(sentence, placed, group, state) if decides else None
    if _tells_nothing(reader, placed, group, sentence, state):
        subject = reader.subject(sentence, group, state, joined=False)
        state.floor = max(state.floor, placed.end)
        state.unbinding.add(i)
        if subject is not None and subject.codes:  # "will deliver a speech and hold talks with the leaders"
            state.main = Main(placed.end, "base", subject, False, True, False, "commit")
        return placed.end
    if placed.head != verb or group.modal != "will":
        return None
    refused = group.start <= i <= verb and not _suited(reader, placed, group, sentence, state)
    return None if refused else reader.take(sentence, placed, group, state)


def _best(reader: ActReading, sentence: TokenizedSentence, verb: int, state: State) -> tuple[Match, Group] | None:
    """The rule of a modal's verb that specifies most words, among those whose condition on the subject holds."""
    without: frozenset[str] = frozenset()
    best = reader.chooser.best(sentence, verb)
    while best is not None and best[0].rule.when in BY_SUBJECT and not _suited(reader, *best, sentence, state):
        without |= {best[0].rule.id}
        best = reader.chooser.best(sentence, verb, without)
    return best


#: Acts that stay what they are behind "will continue to", while deeds become a promise.
_SAID_ON = frozenset(("request", "concern", "accuse"))


def _behind_continue(reader: ActReading, sentence: TokenizedSentence, verb: int, state: State) -> int:
    """The verb behind "continue to", if it performs an act itself: "we will continue to urge them"; else the verb itself."""
    words = sentence.words
    if words[verb] != "continue" or words[verb + 1 : verb + 2] != ["to"]:
        return verb
    inner = verb + 2
    while inner < len(words) and is_adverb(words[inner]):
        inner += 1
    best = _best(reader, sentence, inner, state) if inner < len(words) else None
    return inner if best is not None and best[0].rule.type in _SAID_ON and best[0].head == inner else verb


def _names_no_deed(words: list[str], verb: int) -> bool:
    """Whether the verb stands for another ("will do that again") or goes on with a state ("will continue to be clear")."""
    after = words[verb + 1] if verb + 1 < len(words) else ""
    if words[verb] == "do":
        return not after or after in _STANDING_FOR
    goes_on = words[verb] == "continue" and after == "to" and verb + 2 < len(words)
    return goes_on and words[verb + 2] in _FACTS


def _verb_end(words: list[str], verb: int) -> int:
    if words[verb] == "continue" and words[verb + 1 : verb + 2] == ["to"]:
        j = verb + 2
        while j < len(words) and is_adverb(words[j]):
            j += 1
        return min(j + 1, len(words))
    return verb + 1


def _obliged(
    reader: ActReading,
    sentence: TokenizedSentence,
    subject: Subject | None,
    verb: int,
    end: int,
    speaker: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The requester and addressee of "should": the speaker and the subject; in the passive, the speaker and the agent."""
    words = sentence.words
    if not speaker:
        return None
    codes = subject.codes if subject else ()
    if subject is not None and subject.pronoun == "they" and not codes:
        codes = reader.discourse.topic  # people and their deeds were named in between
    if words[verb] in ("be", "not"):
        by = next((j for j in range(verb, min(end, verb + 8)) if words[j] == "by"), None)
        if by is not None:
            named = next((sentence.codes(j) for j in range(by, min(end, by + 5)) if sentence.codes(j)), ())
            if not named and words[by + 1 : by + 2] == ["all"]:
                named = ("WORLD",)
            return (speaker, named) if named and named != ("PEOPLE",) else None
        if words[verb] == "be" and not (
            subject and subject.strong and verb + 1 < end and not is_participle(words[verb + 1])
        ):
            return _left_open(reader, sentence, verb, subject, speaker)
    if subject is not None and not codes and words[subject.start : subject.start + 1] == ["no"]:
        return (speaker, ("WORLD",)) if words[subject.start + 1] in _ANYBODY else None
    if not codes:
        return None
    if all(code in speaker for code in codes):
        mutual = any(word in ("each", "other", "together", "jointly", "mutual", "hand") for word in words[verb:end])
        others = reader.discourse.other()
        return (speaker, others) if mutual and others and subject is not None and subject.strong else None
    if subject is not None and subject.pronoun in ("this", "that", "these", "such"):
        return None
    asked = tuple(code for code in codes if code not in speaker)
    at_home = _HOME.issuperset(asked) and _is_at_home(reader, speaker, asked)
    return None if at_home else (speaker, asked)


#: "No country should", "no force shall": asked of everybody.
_ANYBODY = frozenset("country nation state party force foreign external side government organization".split())
#: What is owed to a state or its rights: participles behind "should be" that ask it of everybody.
_OWED = words_of("owed")
_OWED_PHRASES = phrases_of("owed-phrases")
_ENDING_PHRASES = frozenset(phrase[-1] for phrase in _OWED_PHRASES)
_EFFORTS = words_of("efforts")


def _left_open(
    reader: ActReading, sentence: TokenizedSentence, verb: int, subject: Subject | None, speaker: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The requester and addressee of a passive that does not name who must act: "the truce should be respected" asks everybody.

    In a joint statement it states a principle, and at home it asks nobody abroad.
    """
    words = sentence.words
    abroad = any(name is not None and not {*speaker, *NO_PARTY}.issuperset(name.codes) for name in sentence.names)
    at_home = not abroad and _is_at_home(reader, speaker, ())
    vague = subject is not None and subject.pronoun == "it" and NEGATION.isdisjoint(words[max(0, verb - 2) : verb])
    if len(speaker) > 1 or reader.together or at_home or vague:
        return None  # "it should be noted", but "it should not be politicized"
    at = verb + 1
    while at < len(words) and is_adverb(words[at]):
        at += 1
    pair = tuple(word for word in words[at : at + 3] if word in _ENDING_PHRASES)[:1]
    owed = words[at : at + 1] and words[at] in _OWED
    phrase = bool(pair) and (words[at], *pair) in _OWED_PHRASES
    efforts = words[at : at + 1] in (["made"], ["taken"]) and not _EFFORTS.isdisjoint(words[max(0, verb - 3) : verb])
    return (speaker, ("WORLD",)) if owed or phrase or efforts else None


def _bound(
    reader: ActReading, sentence: TokenizedSentence, subject: Subject | None, verb: int, end: int, state: State
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The actors committed by "will": a polity that is the subject itself; a belief about others commits nobody."""
    if subject is None or not subject.codes or not subject.strong or set(subject.codes) <= NO_PARTY:
        return None
    if subject.pronoun in ("it", "which", "noun") or _has_its_verb(sentence, subject, verb):
        return None
    if says_i(sentence, subject) and sentence.words[verb] in _MANAGING:
        return None
    if subject.pronoun == "they" and state.saying is None and len(subject.codes) < 2:
        return None
    if state.saying is not None and state.saying.belief and reader.principal not in subject.codes:
        return None
    targets = find_targets(sentence, verb, end, subject.codes, reader.discourse)
    at_home = subject.codes == reader.own and _tells_of_home(sentence, verb, end, reader.own)
    abroad = not _ABROAD.isdisjoint(sentence.words[verb:end])
    if at_home or (not abroad and _is_at_home(reader, subject.codes, targets)):
        state.unbinding.update(j for j in range(max(0, verb - _WILL_WITHIN), verb) if sentence.words[j] in WILL)
        return None
    return subject.codes, targets


#: Words that say that a promise is of matters abroad, though it names nobody.
_ABROAD = words_of("plainly-abroad")
#: Adverbs by which "will" predicts.
_PREDICTING = words_of("predicting")
#: Verbs by which the person at the podium runs the briefing: "I will turn it over".
_MANAGING = words_of("managing")
#: What may stand between a subject and a verb that is promised.
_OF_GROUP = _MODAL | BE | HAVE | {"going", "to", ",", "—"}


def _has_its_verb(sentence: TokenizedSentence, subject: Subject, verb: int) -> bool:
    """Whether a pronoun is the subject of another verb before "will": "the effort we are leading will not solve it"."""
    name = sentence.names[subject.start] if subject.start < len(sentence) else None
    if name is None or name.kind != "reference":
        return False
    before = verb
    words = sentence.words
    while before > subject.start and (words[before - 1] in _OF_GROUP or is_adverb(words[before - 1])):
        before -= 1
    return any(is_finite(word) or word in _BELIEVING for word in words[subject.start + 1 : before])


_BELIEVING = frozenset("believe hope think trust expect know want wish".split())
#: Adverbs may stand between "will" and its verb.
_WILL_WITHIN = 4


def _tells_of_home(sentence: TokenizedSentence, verb: int, end: int, own: tuple[str, ...]) -> bool:
    """Whether a promise names matters of one's own country alone: "will go on with the reform of our economy"."""
    words = sentence.words[verb:end]
    if english().home_matters.isdisjoint(words) or not english().abroad_matters.isdisjoint(words):
        return False
    return all({*own, *_HOME}.issuperset(sentence.codes(i)) for i in range(verb, end))


def _is_at_home(reader: ActReading, actors: tuple[str, ...], targets: tuple[str, ...]) -> bool:
    """Whether a party speaks of itself alone, and nothing in the exchange has named another: domestic matter."""
    discourse = reader.discourse
    if actors != reader.own or len(actors) > 1 or discourse.group or discourse.others:
        return False
    return _HOME.issuperset(targets) and NO_PARTY.issuperset(discourse.topic)
