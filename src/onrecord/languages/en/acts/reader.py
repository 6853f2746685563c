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
from onrecord.languages.en.acts.clauses import JOINING, clause_end, first_comma, infinitive_list, local, trimmed
from onrecord.languages.en.acts.constraints import BY_SUBJECT, joins, possible, refers_back, suits
from onrecord.languages.en.acts.discourse import Discourse, Subject, others_before
from onrecord.languages.en.acts.events import read_occasion
from onrecord.languages.en.acts.matching import Match
from onrecord.languages.en.acts.modals import is_embedded, read_modal
from onrecord.languages.en.acts.noun_phrases import TITLES
from onrecord.languages.en.acts.rule_choice import Chooser
from onrecord.languages.en.acts.speakers import says_we, says_we_both
from onrecord.languages.en.acts.stance_nouns import STANCES
from onrecord.languages.en.acts.stances import read_stance
from onrecord.languages.en.acts.state import Main, Saying, State
from onrecord.languages.en.acts.subjects import find_subject
from onrecord.languages.en.acts.targets import find_targets
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.triggers import Rule
from onrecord.languages.en.acts.verbs import BE, MODALS, NEEDING, OBLIGING, WILL, Group, is_adverb
from onrecord.languages.en.undertaking_clauses import read_clauses
from onrecord.languages.facts import ActContext, ActFact
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.lexicon.actors import group_members

_CONDITIONAL = frozenset(("if", "unless", "whether", "once", "were"))
#: Types that keep their type after "will" instead of becoming a commitment.
_KEEPS_TYPE = frozenset(
    "consult warn decline accuse deny sanction none say request reaffirm propose protest concern".split()
)
#: Types of act that have a target: if none is named, the other party mentioned.
_TOWARDS = frozenset(("aid", "consult", "support", "offer", "oppose", "warn"))
#: Acts of one's own course, which an embedded question only mentions.
_ONES_OWN = frozenset(("commit", "offer", "propose", "aid"))
#: Joint types of act, which have no object as target but only the partner after "with".
_JOINT = frozenset(("consult", "agree", "aid", "offer", "support", "reaffirm"))


def read_acts(turn: TurnAnalysis, context: ActContext) -> list[ActFact]:
    """Return the acts in one turn, with offsets from its first character."""
    reader = Reader(turn.text, turn.own_mentions, context)
    for start, end in turn.sentences:
        reader.read(start, end)
    return reader.found


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
        self.chooser = Chooser()
        self.rules = self.chooser.rules
        self.accusing_words = AccusingWords(text)
        self.found: list[ActFact] = []
        self._topic_before: tuple[str, ...] = ()

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
        self._remember(sentence)

    def _remember(self, sentence: TokenizedSentence) -> None:
        named = [(name, name.codes) for name in sentence.names if name is not None]
        first = next((codes for _, codes in named if codes), ())
        if (
            first
            and self.principal not in first
            and not set(first) <= NO_PARTY
            and self.discourse.topic in ((), self._topic_before)
        ):
            self.discourse.topic = first
        self._topic_before = self.discourse.topic
        meant = others_before(sentence, len(sentence.words), settled=self.discourse.settled)
        if meant is not None and sentence.words[0] != "they":  # of whom a sentence tells, the next may tell more
            self.discourse.others_meant = meant
        self._remember_titles(sentence)
        for name, codes in named:
            if name.kind == "reference" and self.joint and codes == self.own:
                self.discourse.in_first_person = name.name in ("We", "we")
            if name.kind == "person" and not self.discourse.person_acts:
                self.discourse.person = codes
            if codes and name.kind != "place":
                self.discourse.meet(codes)
            if name.kind == "reference" and len(codes) > 1:
                self.discourse.plural = self.discourse.codes(name, codes)

    def _remember_titles(self, sentence: TokenizedSentence) -> None:
        """Record of which parties officials are named with a title directly before the name: "President Sample of Nauru"."""
        words = sentence.words
        for i, name in enumerate(sentence.names):
            if i and name is not None and name.kind == "person" and name.codes and words[i - 1] in TITLES:
                title = (
                    f"{words[i - 2]} {words[i - 1]}" if words[i - 2 : i - 1] in (["vice"], ["prime"]) else words[i - 1]
                )
                self.discourse.titled[title] = tuple(
                    dict.fromkeys((*self.discourse.titled.get(title, ()), *name.codes))
                )

    def _scan(self, sentence: TokenizedSentence, start: int, end: int, state: State) -> None:
        words, rules, quoted, beginning = sentence.words, self.rules, sentence.quoted, self.chooser.beginning
        blamed = self.accusing_words.within(start, end)
        if words[0] in _CONDITIONAL or (words[0] == "should" and len(words) > 1):
            state.conditional = first_comma(words)
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
        subject = self._subject_of(sentence, placed, group, state, joined)
        if _only_mentions(sentence, subject, group, rule):
            return placed.start + 1
        if not suits(placed, group, subject, sentence, self.discourse):
            return self._unsuited(sentence, placed, group, state, without, covered=covered)
        if group.modal == "can" and not possible(rule, group, placed, sentence):
            return placed.start + 1
        if group.modal == "should" and rule.type not in ("warn", "decline", "none", "say") and not group.wishing:
            return read_modal(self, sentence, self._modal_at(sentence, group, placed.head), state, plain=True)
        if rule.type == "none":
            self._pass(placed, group, subject, state)
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

    def _subject_of(
        self, sentence: TokenizedSentence, placed: Match, group: Group, state: State, joined: bool
    ) -> Subject | None:
        """The subject of a matched rule's verb: of a meeting in the passive, those who met; of "we", all who appear together."""
        if placed.rule.when == "event":
            return read_occasion(self, sentence, group.start, state.floor)
        subject = self.subject(sentence, group, state, joined)
        blames = placed.rule.who == "principal" and placed.rule.type in ("accuse", "warn", "deny")
        if blames and subject is not None and subject.pronoun == "they" and not subject.codes:
            return subject._replace(codes=self.discourse.topic)  # people and their deeds were named in between
        if self.together and subject is not None and self._tells_of_both(sentence, subject, group, placed.rule):
            return subject._replace(codes=self.together)
        return subject

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
        state: State,
        without: frozenset[str],
        *,
        covered: bool,
    ) -> int:
        """Read on where a rule does not suit the subject: by the next rule, or as a plain modal verb."""
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
        main = state.main
        if main is not None and (joined or group.form == "infinitive"):
            if main.met and _is_common_purpose(sentence, group):
                return main.subject._replace(codes=main.met)
            return (
                main.subject if main.subject.codes else main.subject._replace(codes=self.discourse.topic, pronoun="it")
            )
        found = find_subject(sentence, group.start, state.floor, self.discourse)
        if found is None:
            if main is not None and group.form != "infinitive":
                words = sentence.words
                i = group.start - 1
                while i >= 0 and is_adverb(words[i]):
                    i -= 1
                if i >= 0 and words[i] in JOINING:
                    return main.subject
            if state.floor:
                return find_subject(sentence, group.start, 0, self.discourse) if main is None else None
            return None
        if state.saying is not None and (
            found.pronoun in ("noun", "they") or (state.saying.person and found.pronoun in ("he", "she"))
        ):  # "Japan said the country welcomes": itself
            return found if self._resumes(sentence, found) else found._replace(codes=state.saying.codes)
        if (
            not found.codes
            and not found.pronoun
            and sentence.words[found.start : found.start + 2] in (["the", "country"], ["the", "government"])
        ):
            speaker = state.saying.codes if state.saying else self.discourse.last
            return found._replace(codes=speaker, strong=True)
        return found

    def _resumes(self, sentence: TokenizedSentence, subject: Subject) -> bool:
        """Whether "they" are those who met, behind what one of them said: "she noted the progress, and they agreed to"."""
        joined = subject.start > 0 and sentence.words[subject.start - 1] in ("and", ";", "but")
        return joined and subject.pronoun == "they" and len(subject.codes) > 1

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
        actors, targets = self._roles(sentence, placed, group, subject, end, state)
        alone = rule.type == "consult" and len(actors) == 1 and not targets and not (actors == self.own and self.joint)
        if not actors or (alone and rule.when not in ("alone", "event")):
            return  # nobody acts, or nobody is met
        act = cast(ActType, rule.type)
        if group.modal == "will" and act not in _KEEPS_TYPE and rule.when not in ("negated", "planned"):
            if subject is None or not subject.strong or set(actors) <= NO_PARTY or subject.pronoun in ("it", "which"):
                return
            act = "commit"
        start = min(subject.start if subject is not None else group.start, group.start, placed.start)
        if group.passive or rule.who in ("by", "un", "object"):  # this is the patient, not the actor named before it
            start = local(sentence.words, group.start)
        negated = group.negated and rule.when not in ("negated", "principal-negated", "modal")
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
        self._follow(act, rule, actors, targets, subject)
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

    def _roles(
        self, sentence: TokenizedSentence, placed: Match, group: Group, subject: Subject | None, end: int, state: State
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The actors and targets, by the columns ``who`` and ``target`` of the rule."""
        rule, discourse = placed.rule, self.discourse
        own = self.own
        codes = subject.codes if subject is not None else ()
        if rule.when == "event":
            return codes, ()
        if rule.type == "decline":
            return own, ("MEDIA",)
        if rule.who == "principal":
            actors = state.saying.codes if state.saying else own
            if group.passive and rule.type == "accuse":
                codes = self._behind(sentence, placed.end, end, rule)  # "was violated by Japan"
            targets = codes if rule.target == "subject" else find_targets(sentence, placed.end, end, actors, discourse)
            if rule.type == "consult" and "between" in sentence.words[placed.end : end] and len(targets) == 1:
                actors, targets = (
                    (*actors, *_without(targets, actors)),
                    (),
                )  # "there will be talks between the two sides"
            targets = _without(targets, actors)
            if (
                not targets
                and rule.target == "subject"
                and rule.type in ("deny", "oppose")
                and subject is not None
                and subject.pronoun
            ):
                targets = _without(discourse.topic, actors)
        elif rule.who == "possessor":
            actors = self._possessor(sentence, placed)
            targets = find_targets(sentence, placed.start, end, actors, discourse)
        elif rule.who in ("object", "by", "un") or group.passive:
            actors = self._behind(sentence, placed.end, end, rule)
            targets = _without(codes, actors)
        else:
            actors = codes
            within = any(one.gap for one in rule.elements) and placed.head >= placed.start
            targets = find_targets(sentence, placed.head + 1 if within else placed.end, end, actors, discourse)
            if len(actors) > 1 and rule.type in _JOINT and not self._with(sentence, placed.end):
                targets = ()
        if not targets and actors == own and rule.type in _TOWARDS and self.together:
            targets = _without(self.together, actors)
        if not targets and len(actors) == 1 and rule.type in _TOWARDS:
            away = (discourse.topic or discourse.other()) if actors == own else own
            targets = _without(away, actors)
        return actors, targets

    def _tells_of_both(self, sentence: TokenizedSentence, subject: Subject, group: Group, rule: Rule) -> bool:
        """Whether "we" are all who appear together: where it tells what came of the talks ("we also discussed")."""
        if not says_we(sentence, subject):
            return False
        if rule.type in ("consult", "agree") or says_we_both(sentence, subject, group.start):
            return True
        return rule.type in ("reaffirm", "say") and group.past

    def _time(self, sentence: TokenizedSentence, placed: Match, group: Group, state: State) -> Time:
        """The trigger's tense: an act reported as said earlier is done, one under "would" is planned."""
        time = group.time
        if state.saying is not None and state.saying.past and time == "ongoing":
            time = "done"
        if "would" in sentence.words[group.start : placed.end] and placed.rule.who == "principal" and not group.wishing:
            time = "planned"
        return cast(Time, time)

    def _follow(
        self, act: ActType, rule: Rule, actors: tuple[str, ...], targets: tuple[str, ...], subject: Subject | None
    ) -> None:
        """Record the possible antecedents of later anaphors."""
        if act == "consult":
            self.chooser.consulted = True
            if rule.when == "event":
                self.discourse.event = actors
            elif rule.when == "alone" and not group_members().keys().isdisjoint(targets):
                self.discourse.event = targets
            if self.principal in actors or self.principal in targets:
                self.discourse.gathered(tuple(dict.fromkeys((*actors, *targets))))
        if rule.who == "by":
            self.discourse.last = actors
        elif subject is not None:
            self.discourse.remember(subject)
            if len(subject.codes) == 1 and subject.person:
                self.discourse.person, self.discourse.person_acts = subject.codes, True
        if targets and act in ("accuse", "deny", "oppose", "concern"):
            self.discourse.topic = targets

    def _named(self, sentence: TokenizedSentence, at: int) -> tuple[str, ...]:
        """The codes of the name at a token: of a group that met, its members."""
        name = sentence.names[at]
        return self.discourse.codes(name, sentence.codes(at)) if name is not None else ()

    def _with(self, sentence: TokenizedSentence, at: int) -> bool:
        return sentence.words[at : at + 1] == ["with"] or sentence.words[at - 1] == "with"

    def _possessor(self, sentence: TokenizedSentence, placed: Match) -> tuple[str, ...]:
        """The holder of a position: the name or "our" before the noun, else the speaker."""
        for i in range(placed.start - 1, max(-1, placed.start - 6), -1):
            codes = sentence.codes(i)
            if codes:
                return codes
        for i in range(placed.start, placed.end):
            codes = sentence.codes(i)
            if codes and sentence.words[i - 1] == "of":
                return codes
        return self.own

    def _behind(self, sentence: TokenizedSentence, at: int, end: int, rule: Rule) -> tuple[str, ...]:
        """The actor in the passive: the agent after "by", else the world, or the body at which the act was done."""
        words = sentence.words
        if rule.who == "un":
            bodies = (
                sentence.codes(i)
                for i in range(at, end)
                if (name := sentence.names[i]) is not None and name.kind == "organisation"
            )
            return next(bodies, ())
        for i in range(at - 1, end):
            if words[i] == "by" or rule.who == "by":
                return next(filter(None, (self._named(sentence, j) for j in range(i, min(end, i + 9)))), ())
        return ("WORLD",) if rule.who == "object" else ()


def _only_mentions(sentence: TokenizedSentence, subject: Subject | None, group: Group, rule: Rule) -> bool:
    """Whether a clause only mentions an act: it gives a time, restricts a noun, or is an embedded question."""
    if rule.type != "say" and refers_back(sentence, subject, group):
        return True
    if subject is not None and subject.pronoun == "who" and rule.type != "accuse":
        return True  # "countries who insist on it"
    return rule.type in _ONES_OWN and is_embedded(sentence.words, subject)  # "what we plan to do"


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


#: Words that say that the purpose of a meeting is of all who meet.
_COMMON = frozenset("their our shared mutual joint both bilateral".split())


def _is_common_purpose(sentence: TokenizedSentence, group: Group) -> bool:
    """Whether an infinitive behind a meeting tells what all who met do: "met him to reaffirm their pact"."""
    return group.form == "infinitive" and not _COMMON.isdisjoint(sentence.words[group.start : group.start + 6])


def _without(codes: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in others)


def _needed(words: list[str], i: int) -> bool:
    """Whether "need" is a verb: "an urgent need to return" requests nothing."""
    return not {"a", "an", "no", "the", "any"} & set(words[max(0, i - 2) : i])
