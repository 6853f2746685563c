"""Roles in a Chinese clause: its subject or that of the clause before, the reported speaker, partners, agents and targets."""

from __future__ import annotations

import re

from onrecord.annotation_types import Polarity, Time
from onrecord.languages.facts import ActContext
from onrecord.languages.zh.acts.clauses import INCLUDED, Clause, Group, TurnClauses, last_match, number_of, parties
from onrecord.languages.zh.acts.cues import (
    AGENT,
    AIM,
    AT_HOME,
    CONCEDED_ANY,
    DOMESTIC,
    DONE,
    DUE,
    DUTIFUL,
    EMBEDDING,
    EMBEDS,
    GROUNDS,
    HEARSAY,
    IS_A,
    JUDGED,
    MANY,
    MATRIX,
    NEEDED,
    NEXT_JUDGES,
    NOUN_AFTER,
    OTHER_SUBJECT,
    OTHERS,
    PERSON,
    PLAIN,
    PLANNED,
    POSSIBLE,
    REPORTING,
    SESSION,
    SHARED,
    SOMEBODY,
    THING,
    THIS,
    TO_THE_PRESS,
    TURNING,
    negation,
)
from onrecord.languages.zh.acts.triggers import Rule, Trigger
from onrecord.lexicon.actors import is_state

#: Types whose actor is the speaker in a clause without a subject: 希望…, 敦促….
_PERFORMED = frozenset("request support oppose offer concern reaffirm protest propose commit decline accuse".split())
#: Acts of polities only: a firm's contract or a newspaper's report is none.
_GOVERNMENT = frozenset("consult agree aid reaffirm commit sanction protest".split())
_PRIVATE = frozenset({"FIRM", "MEDIA", "PEOPLE"})
#: Prepositions that mark the partner or the target.
_WITH = frozenset("同与跟和向对给为就")


class ActDraft:
    """An act under construction: an :class:`~onrecord.languages.facts.ActFact` to be, with its clause and rule."""

    __slots__ = ("actors", "clause", "group", "hedge", "polarity", "rule", "start", "targets", "time", "trigger")

    def __init__(self, rule: Rule, clause: int, trigger: tuple[int, int], start: int) -> None:
        self.rule, self.clause, self.trigger, self.start = rule, clause, trigger, start
        self.actors: tuple[str, ...] = ()
        self.targets: tuple[str, ...] = ()
        self.group: Group | None = None  # its grammatical subject
        self.polarity: Polarity = "affirmed"
        self.time: Time = "ongoing"
        self.hedge: str | None = None


class Roles:
    """The speakers and subjects of a turn so far, from which the actor of the current clause is found."""

    def __init__(self, turn: TurnClauses, context: ActContext) -> None:
        self.text, self.turn, self.context = turn.text, turn, context
        self.principal: tuple[str, ...] = (context.principal,) if context.principal else ()
        self.speaker: tuple[str, ...] = self.principal
        self.last: ActDraft | None = None  # the act before
        self.sentence = -1
        self.first = 0  # the first clause of the sentence
        self.subject: Group | None = None  # the latest subject in the sentence
        self.before: Group | None = None  # the subject of the sentence before
        self.read_to = 0  # the clauses whose subjects and verbs of saying are recorded
        self.blamed: tuple[str, ...] = ()

    def go_to(self, number: int) -> None:
        """Record the subjects and verbs of saying of all clauses before ``number``."""
        while self.read_to <= number:
            clause = self.turn.clauses[self.read_to]
            if clause.sentence != self.sentence:
                self.sentence, self.first = clause.sentence, self.read_to
                self.before, self.subject = self.subject or self.before, None
                self.speaker = self.principal
            elif self.read_to:
                self._take_in(self.turn.clauses[self.read_to - 1])
            self.read_to += 1

    def _take_in(self, clause: Clause) -> None:
        if CONCEDED_ANY.match(self.text, clause.start):
            return  # 无论谁当选，都希望…: not the subject of what follows
        free = self.turn.free(clause.start, clause.end)
        subjects = self.turn.subjects(clause.start, clause.end) if free else []
        if subjects or (free and self.subject is None):
            self.subject = (subjects or free)[0]
            if self.subject.speaks:
                self.speaker = self.principal
        reporting = last_match(REPORTING, self.text, clause.start, clause.end)
        if reporting is None:
            return
        who = [group for group in free if group.end <= reporting.start()]
        if who:
            conjoined = TURNING.search(self.text, max(clause.start, reporting.start() - 3), reporting.start())
            self.speaker = (who[0] if conjoined else who[-1]).codes
        elif HEARSAY.search(self.text, clause.start, reporting.end()):
            self.speaker = ()
        elif SOMEBODY.match(self.text, clause.start):  # 她说…: somebody without a code, or the one spoken of before
            if self.speaker == self.principal and self.text[clause.start] in "他她":
                before = self.before
                self.speaker = before.codes if before is not None and not before.speaks else ()
        elif self.subject:
            self.speaker = self.subject.codes

    def find_subject(self, start: int, clause: Clause) -> tuple[Group | None, bool]:
        """The subject of a verb at ``start``, and whether it is in the same clause."""
        free = self.turn.free(clause.start, start)
        if free:
            conjoined = TURNING.search(self.text, max(clause.start, start - 2), start)
            return (free[0] if conjoined else free[-1]), True
        for group in reversed(self.turn.within(clause.start, start)):  # 对此做法中方…: directly before the verb
            if group.codes == self.principal and not group.by and start - group.end < 3:
                return group, True
        last = self.last
        if (
            last is not None
            and last.clause >= self.first
            and last.rule.type in ("request", "offer", "propose")
            and self.subject is not None
            and self.subject.start >= last.trigger[1]
            and MATRIX.match(self.text, start)
        ):
            return last.group, False  # 希望双方相向而行，也希望各方…: whoever hopes, and not those in whom it is hoped
        return self.subject, False

    def subject_acts(self, act: ActDraft, hit: Trigger, clause: Clause, speaker: tuple[str, ...]) -> bool:
        """Assign an act to its grammatical subject, in a passive to the agent. False if no actor with a code acts."""
        text, rule, start = self.text, act.rule, act.trigger[0]
        group, own = self.find_subject(start, clause)
        if rule.type == "decline":
            return self._declines(act, hit, clause, speaker, group if own else None)
        act.group = group
        if "told" in rule.traits and not own:
            return False
        agent = last_match(AGENT, text, clause.start, start)
        if agent is not None:
            return self._agent_acts(act, clause, agent, group if own else None)
        if self._has_another_subject(act, hit, clause, group, own=own):
            return False
        if group is None and rule.type in _PERFORMED:
            act.actors = speaker
        elif group is None:
            if self.before is None or (self.first != act.clause and not speaker):
                return False
            act.actors = self.before.codes
        else:
            act.actors = speaker if group.speaks and speaker else group.codes
            if group.speaks and own and self.turn.quotation_of(start, hit.end) is None:
                act.actors = (
                    self.principal or act.actors
                )  # 各国表示支持，对此我们表示感谢: never the words of the reported
            if not own and speaker != self.principal and speaker and group.start < clause.start:
                act.actors = group.codes
            act.start = group.start if own or number_of(group, self.turn) >= self.first else clause.start
        if rule.type in PLAIN and rule.who != "frame" and self._is_embedded(act, hit, clause, group, own=own):
            return False
        self._find_targets(act, hit, clause, group, own=own)
        return self._is_directed(act, hit, clause, group if own else None)

    def _find_targets(self, act: ActDraft, hit: Trigger, clause: Clause, group: Group | None, *, own: bool) -> None:
        """Set the targets; who agrees with a partner is one of two, and what is of both is offered to the speaker."""
        rule = act.rule
        act.targets = self._targets(act, hit, clause)
        if not own and group is not None and rule.target == "with" and not act.targets and len(act.actors) == 1:
            self._inherit_partner(act, group)
        if rule.type == "offer" and not act.targets and self.principal and self.principal[0] not in act.actors:
            end = self.turn.clauses[self.last_clause(act.clause)].end
            act.targets = self.principal if SHARED.search(self.text, hit.end, end) else ()
        if rule.type == "agree" and rule.target == "with" and act.targets:  # 中方同俄方签署了协议: both sign
            act.actors, act.targets = tuple(dict.fromkeys((*act.actors, *act.targets))), ()

    def _is_directed(self, act: ActDraft, hit: Trigger, clause: Clause, subject: Group | None) -> bool:
        """Whether the act has the target that its rule needs, and is one of a polity."""
        rule = act.rule
        if not act.targets and (
            "addressee" in rule.traits or ("measure" in rule.traits and act.actors == self.principal)
        ):
            return False
        if rule.type == "support" and TO_THE_PRESS.search(self.text, clause.start, act.trigger[0]):
            return False
        if rule.type in _GOVERNMENT and "private" not in rule.traits and set(act.actors) <= _PRIVATE:
            return False
        if rule.target == "beside":
            return self._has_company(act, hit, clause, subject)
        return rule.target != "next" or bool(act.targets)

    def _declines(
        self, act: ActDraft, hit: Trigger, clause: Clause, speaker: tuple[str, ...], subject: Group | None
    ) -> bool:
        """Assign a refusal to answer to the principal; of others it is none."""
        if subject is not None and subject.codes != self.principal:
            return False
        if SOMEBODY.search(self.text, clause.start, hit.start):
            return False
        act.actors, act.targets = (self.principal if speaker == self.principal else ()), ("MEDIA",)
        act.start = subject.start if subject is not None else clause.start
        return True

    def _has_another_subject(
        self, act: ActDraft, hit: Trigger, clause: Clause, group: Group | None, *, own: bool
    ) -> bool:
        """Whether the subject is a thing, many that are not named, or the verb is only a subject itself."""
        text, rule, start = self.text, act.rule, act.trigger[0]
        if (
            THING.match(text, clause.start, start)
            and not text.startswith(("他们", "其"), clause.start)
            and (not own or (rule.type in PLAIN and "是" in text[clause.start : start]))
        ):
            return True
        if not own and (MANY.search(text, clause.start, start) or PERSON.match(text, clause.start, start)):
            return True  # 纷纷称赞: of many that are not named
        if group is None and rule.type in ("support", "reaffirm") and act.clause > self.first:
            first = self.turn.clauses[self.first].start
            if OTHERS.search(text, first, clause.start):
                return True  # 国际贵宾为赛事点赞，高度评价…
        if rule.type not in PLAIN:
            return False
        if not own and (GROUNDS.match(text, clause.start, start) or text.startswith("你", clause.start)):
            return True
        earlier = self.turn.clauses[act.clause - 1]
        if (
            not own
            and act.clause > self.first
            and OTHER_SUBJECT.match(text, earlier.start)
            and (group is None or group.start < earlier.start)
        ):
            return True
        return self._is_judged_itself(act, hit, clause)

    def _is_judged_itself(self, act: ActDraft, hit: Trigger, clause: Clause) -> bool:
        """Whether the clause is the subject of a judgement: 保持沟通非常重要; 接待代表访华，是合作的一部分."""
        if JUDGED.match(self.text, hit.end, clause.end):
            return True
        if act.rule.type != "consult" or "了" in self.text[act.trigger[0] : hit.end + 1]:
            return False
        if IS_A.search(self.text, hit.end, clause.end):
            return True
        following = self.turn.clauses[act.clause + 1 : act.clause + 2]
        return any(
            one.sentence == clause.sentence and NEXT_JUDGES.match(self.text, one.start, one.end) for one in following
        )

    def last_clause(self, number: int) -> int:
        """The number of the last clause of a clause's sentence."""
        clauses = self.turn.clauses
        while number + 1 < len(clauses) and clauses[number + 1].sentence == clauses[number].sentence:
            number += 1
        return number

    def _is_embedded(self, act: ActDraft, hit: Trigger, clause: Clause, group: Group | None, *, own: bool) -> bool:
        """Whether the verb is the complement of another: 推动双方保持沟通, 确保总统访华富有成果."""
        text, start = self.text, act.trigger[0]
        since = group.end if own and group is not None and group.end <= start else clause.start
        between = self.turn.bare(since, start)
        if EMBEDDING.search(between):
            return True
        if act.rule.type in ("consult", "agree", "aid") and act.rule.target != "next" and DUE.search(between):
            return True  # 关键要在相互尊重基础上进行对话
        if not own and act.clause > self.first and not DONE.search(text, clause.start, hit.end):
            since = group.end if group is not None else 0
            since = max(since, self.turn.clauses[self.first].start)
            dutiful = act.rule.type == "reaffirm" and DUTIFUL.search(text, since, clause.start) is not None
            if dutiful and not self.turn.subjects(clause.start, start):
                return True
            deed = act.rule.type in ("consult", "agree", "aid") and "了" not in text[start : hit.end + 1]
            if deed and POSSIBLE.search(text, since, clause.start) and not self.turn.subjects(clause.start, start):
                return True  # 双方可以通过各种渠道，…，进行交流
            aim = last_match(AIM, text, self.turn.clauses[self.first].start, clause.start)
            if aim is not None and not self.turn.subjects(aim.end(), start):
                return True
        if own and group is not None:
            return EMBEDS.search(text, max(clause.start, group.start - 4), group.start) is not None
        # 坚持一个中国原则是…: the words are themselves a subject
        return act.rule.who == "subject" and act.clause == self.first and "是" in text[hit.end : clause.end]

    def _has_company(self, act: ActDraft, hit: Trigger, clause: Clause, subject: Group | None) -> bool:
        """Whether a verb at the end of its clause has the partner that it needs: 同俄方磋商, 双方将磋商."""
        text = self.text
        if hit.end < clause.end and not text.startswith(("了", "。", "并"), hit.end):
            return False
        if act.targets:
            return True
        if subject is None or len(act.actors) < 2:
            return False
        start = act.trigger[0]
        return bool(PLANNED.search(text, subject.end, start) or DONE.search(text, subject.end, start))

    def _agent_acts(self, act: ActDraft, clause: Clause, agent: re.Match[str], subject: Group | None) -> bool:
        """Assign an act in the passive to its agent, with the subject as target: 得到国际社会支持."""
        by = self.turn.within(agent.end(), act.trigger[0])
        if len(by) > 1 and INCLUDED.match(self.text, by[0].end, by[1].start):
            by[0] = by[0]._replace(codes=tuple(dict.fromkeys((*by[0].codes, *by[1].codes))))
        if not by or by[0].start - agent.end() > 4 or negation(self.text, clause.start, agent.start()):
            return False
        if NEEDED.search(self.text, clause.start, agent.start()):
            return False
        act.actors = by[0].codes
        act.targets = subject.codes if subject is not None and subject.start < agent.start() else ()
        act.start = subject.start if subject is not None else clause.start
        return True

    def session_is_held(self, act: ActDraft, clause: Clause) -> bool:
        """Assign a session to the two parties in its name (中美对话将于…举行), or to the host where its place is told."""
        before = self.text[clause.start : act.trigger[0]]
        if not SESSION.search(before) or DOMESTIC.search(before):
            return False
        named = self.turn.named_in(clause.start, act.trigger[0])
        pair = next((codes for codes in named if len(codes) == 2), None)
        if pair is not None:
            act.actors = pair
        elif self.principal and AT_HOME.search(self.text, clause.start, clause.end) and self.principal == ("CHN",):
            act.actors = self.principal
        else:
            codes = tuple(dict.fromkeys(code for some in named for code in some))
            act.actors = codes if len(codes) > 1 or (codes and not is_state(codes[0])) else ()
        return bool(act.actors)

    def _inherit_partner(self, act: ActDraft, subject: Group) -> None:
        """Keep the partner of a preceding clause with the subject: 同俄方会谈，达成共识 is an agreement of both."""
        until = self.turn.clauses[act.clause].start
        told = "telling" in act.rule.traits
        marks = ("同", "与", "和", "跟", "向") if told else ("同", "与", "和", "跟")
        partners = [one for one in self.turn.within(subject.end, until) if one.by in marks]
        if told:  # 向中方表达歉意，并承诺…
            act.targets = partners[0].codes if partners else ()
        elif partners and act.rule.type in ("agree", "consult"):
            act.actors = tuple(dict.fromkeys((*act.actors, *partners[0].codes)))

    def _targets(self, act: ActDraft, hit: Trigger, clause: Clause) -> tuple[str, ...]:
        text, rule, start = self.text, act.rule, act.trigger[0]
        if rule.target == "media":
            return ("MEDIA",)
        if "华" in text[hit.start : hit.end] and rule.type == "consult":
            return ("CHN",)
        if rule.target == "next":
            near = self.turn.within(hit.end, hit.end + (1 if "direct" in rule.traits else 3))
            if not near and rule.type == "consult":
                return self.turn.place_at(hit.end)
            if near and (near[0].start > clause.end or NOUN_AFTER.match(text, near[0].end)):
                return ()
            return near[0].codes if near and not set(near[0].codes) <= set(act.actors) else ()
        ahead = [one for one in self.turn.within(clause.start, start) if one.by[:1] in _WITH and one.by]
        ahead += [
            one
            for one in self.turn.within(hit.start, hit.end)
            if one.codes != act.actors and (one.by or rule.type != "consult" or text[hit.start] in "到赴前")
        ]
        after = self.turn.within(hit.end, clause.end)
        other = [one for one in after if set(one.codes) - set(act.actors)]
        if rule.target == "after":
            if other and (rule.type in ("request", "propose", "oppose", "accuse", "consult", "aid") or not ahead):
                return other[0].codes
            if ahead:
                return (next((one for one in ahead if one.by == "对"), ahead[-1])).codes
        elif rule.target in ("with", "beside"):
            if ahead and rule.type == "concern":
                return (next((one for one in ahead if one.by == "对"), ahead[-1])).codes
            if ahead:
                return ahead[-1].codes
            if (
                other
                and (rule.type in ("offer", "commit") or text[hit.end - 1] in "同与和")
                and other[0].by[:1] in _WITH
            ):
                return other[0].codes
            if (other and hit.end - hit.start == 1) or rule.type in ("concern", "protest", "sanction"):
                return other[0].codes if other else self._not_named(act)
        if rule.type in ("oppose", "support", "concern", "protest") and (
            THIS.search(text, clause.start, clause.end) or hit.end >= clause.end
        ):
            return self.spoken(hit.start, act.actors)
        return ()

    def _not_named(self, act: ActDraft) -> tuple[str, ...]:
        """At whom an act is directed that names nobody; a measure of the principal that names nobody is domestic."""
        domestic = "measure" in act.rule.traits and act.actors == self.principal
        return () if domestic else self.spoken(act.trigger[0], act.actors)

    def spoken(self, place: int, actors: tuple[str, ...]) -> tuple[str, ...]:
        """The actor that "this" concerns: the last other party named earlier, in the turn or before it."""
        if self.blamed and not set(self.blamed) & set(actors):
            return self.blamed
        for group in reversed(self.turn.within(0, place)):
            others = parties(tuple(code for code in group.codes if code not in actors and code not in self.principal))
            if others and group.by not in ("在", "驻"):
                return others[:1] if len(group.codes) > 1 and set(group.codes) & set(self.principal) else others
        others = parties([code for code in self.context.others if code not in actors])
        return others[-1:]
