"""Read the acts of an English turn: sentence by sentence, trigger by trigger, each with its actors and targets.

A trigger governs its complement: what is agreed, urged or supported after it is part of the same act, up to a verb coordinated
with the trigger itself, or a clause with its own subject. Verbs of saying ("pointed out that") govern nothing, but the
acts after them are those of the speaker they name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import cast

from onrecord.annotation_types import NO_PARTY, ActType, Mention, Polarity, Time
from onrecord.languages.en.acts.accusations import read_accusation
from onrecord.languages.en.acts.accusing_words import AccusingWords
from onrecord.languages.en.acts.clauses import clause_end, first_comma, infinitive_list, local, trimmed
from onrecord.languages.en.acts.constraints import (
    BY_SUBJECT,
    asks_oneself,
    is_unnamed,
    joins,
    lacks_object,
    possible,
    refers_back,
    suits,
)
from onrecord.languages.en.acts.discourse import PREPOSITIONS, Discourse, Subject
from onrecord.languages.en.acts.matching import Match
from onrecord.languages.en.acts.matters import Matters
from onrecord.languages.en.acts.memory import remember_act, remember_sentence
from onrecord.languages.en.acts.modals import is_embedded, read_modal
from onrecord.languages.en.acts.noun_phrases import title_holder
from onrecord.languages.en.acts.roles import find_roles
from onrecord.languages.en.acts.rule_choice import Chooser
from onrecord.languages.en.acts.stance_nouns import STANCES
from onrecord.languages.en.acts.stances import read_stance
from onrecord.languages.en.acts.state import Main, Saying, State
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.verb_subjects import subject_of_rule, subject_of_verb
from onrecord.languages.en.acts.verbs import BE, MODALS, NEEDING, OBLIGING, POSSIBLE, WILL, Group, is_adverb
from onrecord.languages.en.undertaking_clauses import read_clauses
from onrecord.languages.facts import ActContext, ActFact
from onrecord.languages.turn_analysis import TurnAnalysis

_CONDITIONAL = frozenset(("if", "unless", "whether", "once", "were"))
#: "Only when both sides show good faith can the matter be settled".
_ONLY = frozenset(("when", "if", "after"))
#: Types that keep their type after "will" instead of becoming a commitment.
_KEEPS_TYPE = frozenset(
    "consult warn decline accuse deny sanction none say request reaffirm propose protest concern".split()
)
#: What "all parties" do with each other: which parties these are the sentence does not tell.
_OF_PARTIES = frozenset(("agree", "aid", "commit", "consult"))
#: Acts of one's own course, which an embedded question only mentions.
_ONES_OWN = frozenset(("commit", "offer", "propose", "aid"))


def read_acts(turn: TurnAnalysis, context: ActContext) -> list[ActFact]:
    """Return the acts in one turn, with offsets from its first character."""
    reader = Reader(turn.text, turn.own_mentions, context)
    for start, end in turn.sentences:
        reader.read(start, end)
    matters = Matters(turn, context)
    return [fact for fact in reader.found if matters.concern(fact)]


class Reader:
    """Reads one turn. ``found`` are its acts so far, ``discourse`` the possible antecedents of anaphors."""

    def __init__(self, text: str, mentions: Sequence[Mention], context: ActContext) -> None:
        self.text = text
        self.mentions = [one for one in mentions if one.kind != "issue"]
        self.starts = [one.start for one in self.mentions]
        self.principal = context.principal
        self.together = context.together
        self.joint = bool(context.joint)
        self.own = context.joint or ((context.principal,) if context.principal else ())
        self.discourse = Discourse(context.principal, list(context.others), own=self.own, host=context.host)
        self.discourse.settle(context.joint or context.met)
        self.discourse.daily = context.at_home_too and context.answering
        self.chooser = Chooser()
        self.rules = self.chooser.rules
        self.accusing_words = AccusingWords(text)
        self.found: list[ActFact] = []

    def read(self, start: int, end: int) -> None:
        """Read one sentence."""
        within = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        sentence = TokenizedSentence(self.text, start, end, within)
        if not sentence.words:
            return
        state = State()
        self.discourse.person_acts = False
        if sentence.words[-1] != "?" and "?" not in sentence.words[-3:]:
            self._scan(sentence, start, end, state)
        read = _without_frames(sentence, state)
        if sentence.words[-1] != "?":
            read += read_clauses(sentence, read, self.discourse, self.own, self.rules, state.unbinding)
            read.sort(key=lambda fact: fact.trigger)
        self.found += read
        remember_sentence(self, sentence)

    def _scan(self, sentence: TokenizedSentence, start: int, end: int, state: State) -> None:
        words, rules, quoted, beginning = sentence.words, self.rules, sentence.quoted, self.chooser.beginning
        blamed = self.accusing_words.within(start, end)
        conditional = words[0] in _CONDITIONAL and words[:2] != ["once", "again"]
        if conditional or (words[0] == "should" and len(words) > 1):
            state.conditional = first_comma(words)
        elif words[0] == "only" and words[1:2] and words[1] in _ONLY:
            state.conditional = _inversion(words)
        following = 0  # the next token that is not yet read
        for i, word in enumerate(words):
            if not (blamed or word in beginning) or i < following or quoted[i] or i < state.conditional:
                continue
            if word in STANCES and read_stance(self, sentence, i, state):
                continue
            if word in ("if", "unless", "whether"):
                state.conditional = max(state.conditional, first_comma(words, i))
            best = self.chooser.best(sentence, i) if word in rules else None
            if best is not None:
                following = self.take(sentence, best[0], best[1], state)
                continue
            if (
                (word == "would" and state.saying is not None and state.saying.past)  # "said that it would provide"
                or (word == "going" and words[i + 1 : i + 2] == ["to"] and i and words[i - 1] in BE)
                or word in WILL
                or word in OBLIGING
                or (word in NEEDING and words[i + 1 : i + 2] == ["to"] and _needed(words, i))
            ):
                following = read_modal(self, sentence, i, state)
                continue
            if blamed and i >= state.cover and i:
                read_accusation(self, sentence, i, state)

    def take(
        self,
        sentence: TokenizedSentence,
        placed: Match,
        group: Group,
        state: State,
        without: frozenset[str] = frozenset(),
    ) -> int:
        """Read a matched rule as an act, a verb of saying, or nothing; return the next token.

        ``without`` are the rules that matched more words and did not suit the subject.
        """
        rule = placed.rule
        covered = placed.start < state.cover
        joined = joins(sentence, group, state, rule.type)
        if covered and not joined and rule.when != "participle" and group.form != "infinitive":
            return placed.start + 1
        if group.form == "base" and not group.modal and not joined and infinitive_list(sentence.words, group.start):
            return placed.start + 1
        subject = subject_of_rule(self, sentence, placed, group, state, joined)
        if _only_mentions(sentence, subject, group, placed):
            return placed.start + 1
        if not suits(placed, group, subject, sentence, self.discourse):
            return self._unsuited(sentence, placed, group, subject, state, without, covered=covered)
        if group.modal == "can" and not possible(rule, group, placed, sentence):
            return placed.start + 1
        if group.modal == "should" and rule.type not in ("warn", "decline", "none", "say") and not group.wishing:
            return read_modal(self, sentence, self._modal_at(sentence, group, placed.head), state, plain=True)
        oneself = asks_oneself(rule, placed, sentence, self.own)
        if rule.type == "none" or oneself:
            self._pass(placed, group, subject, state)
            if oneself:  # "we hope that we will meet"
                state.cover = max(state.cover, clause_end(sentence, placed.end, self.rules))
            return placed.end
        if rule.type == "say":
            if joined and covered and subject is not None:  # "underscored the need for … and said that it will"
                self._cut(sentence, group.start, state)
                state.cover = 0
            self._say(sentence, placed, group, subject, state)
            return placed.end
        if joined or covered:
            self._cut(sentence, group.start, state)
        self._put(sentence, placed, group, subject, state)
        return placed.end

    def _pass(self, placed: Match, group: Group, subject: Subject | None, state: State) -> None:
        """Pass over words that only look like an act: verbs coordinated with them have the same subject."""
        state.floor = placed.end
        planned = group.modal == "will"  # "will deliver a speech and hold talks with the leaders"
        if placed.head >= 0 and subject is not None and subject.codes and (planned or group.form in ("third", "past")):
            kind = "commit" if planned else "none"
            state.main = Main(placed.end, group.form, subject, group.perfect, planned, False, kind)

    def _unsuited(
        self,
        sentence: TokenizedSentence,
        placed: Match,
        group: Group,
        subject: Subject | None,
        state: State,
        without: frozenset[str],
        *,
        covered: bool,
    ) -> int:
        """Read on where a rule does not suit the subject: by the next rule, or as a plain modal verb."""
        if (placed.rule.type == "say" or placed.rule.when.endswith("frame")) and is_unnamed(sentence, subject, group):
            state.saying = Saying((), group.past, False)  # "experts said that China should": no words of the podium
        without |= {placed.rule.id}
        other = self.chooser.best(sentence, placed.start, without) if placed.rule.when in BY_SUBJECT else None
        if other is not None:  # "decided to" of one side: no agreement
            return self.take(sentence, *other, state, without)
        if group.modal in ("will", "should") and not covered:
            return read_modal(self, sentence, self._modal_at(sentence, group, placed.head), state, plain=True)
        return placed.start + 1

    def _cut(self, sentence: TokenizedSentence, at: int, state: State) -> None:
        """End the previous act before a coordinated trigger."""
        if not state.found or state.found[-1].span[1] <= sentence.starts[at]:
            return
        end = trimmed(sentence.words, 0, at)
        while end > 1 and is_adverb(sentence.words[end - 1]) and sentence.words[end - 1] in ("also", "further"):
            end -= 1
        last = state.found[-1]
        if sentence.ends[end - 1] >= last.trigger[1]:
            state.found[-1] = last._replace(span=(last.span[0], sentence.ends[end - 1]))

    def _modal_at(self, sentence: TokenizedSentence, group: Group, head: int) -> int:
        for i in range(group.start, max(head, group.start) + 1):
            if sentence.words[i] in MODALS or sentence.words[i] in NEEDING:
                return i
        return group.start

    def subject(self, sentence: TokenizedSentence, group: Group, state: State, joined: bool) -> Subject | None:
        """The subject of a verb group: its own, or that of the verb it is coordinated with."""
        return subject_of_verb(self, sentence, group, state, joined)

    def _say(
        self, sentence: TokenizedSentence, placed: Match, group: Group, subject: Subject | None, state: State
    ) -> None:
        if subject is None:
            return
        if subject.start and sentence.words[subject.start - 1] in ("what", "as", "how", "whatever"):
            return  # "what Japan said": mentioned, not quoted
        belief = placed.rule.when == "belief"
        if subject.codes and (subject.codes != (self.principal,) or group.past or group.perfect or belief):
            state.saying = Saying(subject.codes, group.past, belief, subject.person)
        self.discourse.remember(subject)
        state.main = Main(placed.end, group.form, subject, group.perfect, False, True, "say")
        state.floor = placed.end

    def _put(
        self, sentence: TokenizedSentence, placed: Match, group: Group, subject: Subject | None, state: State
    ) -> None:
        """Add an act with its actors and targets, and let it govern what follows."""
        rule = placed.rule
        end = clause_end(sentence, placed.end, self.rules)
        actors, targets = find_roles(self, sentence, placed, group, subject, end, state)
        alone = rule.type == "consult" and len(actors) == 1 and not targets and not (actors == self.own and self.joint)
        if (
            not actors
            or (alone and rule.when not in ("alone", "event"))
            or (rule.type in _OF_PARTIES and "WORLD" in actors and _are_some_parties(sentence, placed))
            or (rule.type == "consult" and _with_oneself(sentence, placed, actors, self.discourse))
            or (rule.type == "accuse" and rule.who == "principal" and not targets)
        ):
            return  # nobody acts, nobody is met, or nobody is blamed
        act = cast(ActType, rule.type)
        if group.modal == "will" and act not in _KEEPS_TYPE and rule.when not in ("negated", "planned"):
            if subject is None or not subject.strong or set(actors) <= NO_PARTY or subject.pronoun in ("it", "which"):
                return
            act = "commit"
        start = min(subject.start if subject is not None else group.start, group.start, placed.start)
        if group.passive or rule.who in ("by", "un", "object"):  # this is the patient, not the actor named before it
            start = local(sentence.words, group.start)
        negated = group.negated and "negated" not in rule.when and rule.when != "modal"
        polarity: Polarity = "negated" if negated else "affirmed"
        first = placed.start if placed.head < 0 else min(placed.start, placed.head)
        if group.modal or group.negated:
            first = min(group.start, placed.start)
        trigger = (sentence.starts[first], sentence.ends[placed.end - 1])
        codes = subject.codes if subject is not None else ()
        time = self._time(sentence, placed, group, state)
        if rule.when.endswith("frame"):
            state.frames.append((len(state.found), placed.end))
            if codes and codes != (self.principal,):
                state.saying = Saying(codes, group.past, False)
        hedge = self.text[slice(*trigger)] if act in ("commit", "offer", "agree", "propose") else None
        span = sentence.starts[start], sentence.ends[end - 1]
        state.found.append(ActFact(act, rule.id, actors, targets, polarity, time, trigger, span, hedge))
        remember_act(self, act, rule, actors, targets, subject)
        opened = rule.when in ("frame", "perfect-frame", "open", "participle")
        if rule.when != "participle" and (state.main is None or group.form != "infinitive"):
            last = sentence.words[placed.end - 1]
            infinitive = last == "to" or group.modal in ("will", "should")
            own = subject or Subject(actors, start, True)
            that = last == "that" or rule.type == "request"
            met = tuple(dict.fromkeys((*actors, *targets))) if act == "consult" else ()
            state.main = Main(placed.end, group.form, own, group.perfect, infinitive, that, act, met)
        state.floor = placed.end
        state.cover = 0 if opened else max(end, state.cover)

    def _time(self, sentence: TokenizedSentence, placed: Match, group: Group, state: State) -> Time:
        """The trigger's tense: an act reported as said earlier is done, one under "would" is planned."""
        time = group.time
        if state.saying is not None and state.saying.past and time == "ongoing":
            time = "done"
        if "would" in sentence.words[group.start : placed.end] and placed.rule.who == "principal" and not group.wishing:
            time = "planned"
        return cast(Time, time)


def _behind_which(sentence: TokenizedSentence, subject: Subject) -> bool:
    """Whether a clause only describes what its "which" stands for: "the fund, which they launched last year"."""
    before = sentence.words[max(0, subject.start - 2) : subject.start]
    return before[-1:] == ["which"] and before[0] not in PREPOSITIONS


def _are_some_parties(sentence: TokenizedSentence, placed: Match) -> bool:
    """Whether "the relevant parties" or "those countries" act, and not the international community as a whole."""
    before = (name for name in sentence.names[: placed.start] if name is not None and "WORLD" in name.codes)
    return placed.rule.type != "agree" or any(name.name.lower().endswith(("parties", "countries")) for name in before)


def _with_oneself(sentence: TokenizedSentence, placed: Match, actors: tuple[str, ...], discourse: Discourse) -> bool:
    """Whether those who are met are one's own: "we met with the President in his office"."""
    if sentence.words[placed.end - 1] not in ("with", "to"):
        return False
    behind = range(placed.end, min(placed.end + 3, len(sentence)))
    named = next((i for i in behind if sentence.codes(i)), -1)
    name = sentence.names[named] if named >= 0 else None
    president = sentence.words[placed.end : placed.end + 2] == ["the", "president"]
    if president and sentence.words[placed.end + 2 : placed.end + 3] != ["and"]:
        return sentence.capital(placed.end + 1) and title_holder("president", "the", discourse) == actors
    return name is not None and name.kind in ("person", "country") and sentence.codes(named) == actors


def _inversion(words: list[str]) -> int:
    """The verb of the main clause behind "only when", or the end of the sentence."""
    return next((i for i, word in enumerate(words) if word in POSSIBLE or word in WILL), len(words))


def _only_mentions(sentence: TokenizedSentence, subject: Subject | None, group: Group, placed: Match) -> bool:
    """Whether a clause only mentions an act: it gives a time, restricts a noun, or is an embedded question."""
    rule = placed.rule
    if rule.type != "say" and (refers_back(sentence, subject, group) or lacks_object(sentence, placed, group)):
        return True
    if subject is not None and subject.pronoun == "who" and rule.type != "accuse":
        return True  # "countries who insist on it"
    if rule.type == "agree" and subject is not None and _behind_which(sentence, subject):
        return True
    own = rule.type in _ONES_OWN or (group.modal == "will" and rule.type not in ("say", "none"))
    return own and is_embedded(sentence.words, subject)  # "what we plan to do"


def _without_frames(sentence: TokenizedSentence, state: State) -> list[ActFact]:
    """The acts of a sentence but the frames whose words perform another: of a frame, one found later stands in them."""
    if not state.frames:
        return state.found
    frames = dict(state.frames)
    kept: list[ActFact] = []
    farthest = -1  # where the last of the acts behind begins
    for index in range(len(state.found) - 1, -1, -1):
        one, at = state.found[index], frames.get(index, len(sentence))
        if at < len(sentence) and farthest >= sentence.starts[at]:
            continue
        farthest = max(farthest, one.trigger[0])
        kept.append(one)
    return kept[::-1]


def _needed(words: list[str], i: int) -> bool:
    """Whether "need" is a verb: "an urgent need to return" requests nothing."""
    return not {"a", "an", "no", "the", "any"} & set(words[max(0, i - 2) : i])
