"""Roles in a Chinese clause: its subject or that of the clause before, the reported speaker, partners, agents and targets."""

from __future__ import annotations

from onrecord.languages.facts import ActContext
from onrecord.languages.zh.acts.clauses import Clause, Group, TurnClauses, last_match, parties
from onrecord.languages.zh.acts.cues import (
    AGENT,
    DONE,
    EMBEDDING,
    EMBEDS,
    GROUNDS,
    HEARSAY,
    JUDGED,
    NOUN_AFTER,
    OTHER_SUBJECT,
    PLAIN,
    PLANNED,
    POSITION,
    REPORTING,
    SOMEBODY,
    THING,
    THIS,
    TURNING,
)
from onrecord.languages.zh.acts.triggers import Rule, Trigger
from onrecord.marks import Polarity, Time

#: Types whose actor is the speaker in a clause without a subject: 希望…, 敦促….
_PERFORMED = frozenset("request support oppose offer concern reaffirm protest propose commit decline accuse".split())
#: Rules that require an addressee.
_ASKED = frozenset({"suggest", "brief"})
#: Acts of polities only: a firm's contract or a newspaper's report is none.
_GOVERNMENT = frozenset("consult agree aid reaffirm commit sanction protest".split())
_PRIVATE = frozenset({"FIRM", "MEDIA", "PEOPLE"})
#: Prepositions that mark the partner or the target.
_WITH = frozenset("同与跟和向对给为就")


class ActDraft:
    """An act under construction: an :class:`~onrecord.languages.facts.ActFact` to be, with its clause and rule."""

    __slots__ = ("actors", "clause", "hedge", "polarity", "rule", "start", "subject", "targets", "time", "trigger")

    def __init__(self, rule: Rule, clause: int, trigger: tuple[int, int], start: int) -> None:
        self.rule, self.clause, self.trigger, self.start = rule, clause, trigger, start
        self.actors: tuple[str, ...] = ()
        self.targets: tuple[str, ...] = ()
        self.subject: tuple[str, ...] = ()
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
        free = self.turn.free(clause.start, clause.end)
        if free:
            self.subject = free[0]
            if free[0].speaks:
                self.speaker = self.principal
        reporting = last_match(REPORTING, self.text, clause.start, clause.end)
        if reporting is None:
            return
        who = [group for group in free if group.end <= reporting.start()]
        if who:
            self.speaker = who[-1].codes
        elif HEARSAY.search(self.text, clause.start, reporting.end()):
            self.speaker = ()
        elif not SOMEBODY.match(self.text, clause.start) and self.subject:
            self.speaker = self.subject.codes

    def _subjects(self, start: int, clause: Clause) -> tuple[Group | None, bool]:
        """The subject of a verb at ``start``, and whether it is in the same clause."""
        free = self.turn.free(clause.start, start)
        if free:
            conjoined = TURNING.search(self.text, max(clause.start, start - 2), start)
            return (free[0] if conjoined else free[-1]), True
        for group in reversed(self.turn.within(clause.start, start)):  # 对此做法中方…: directly before the verb
            if group.codes == self.principal and not group.by and start - group.end < 3:
                return group, True
        return self.subject, False

    def subject_acts(self, act: ActDraft, hit: Trigger, clause: Clause, speaker: tuple[str, ...]) -> bool:
        """Assign an act to its grammatical subject, in a passive to the agent. False if no actor with a code acts."""
        text, rule, start = self.text, act.rule, act.trigger[0]
        group, own = self._subjects(start, clause)
        agent = last_match(AGENT, text, clause.start, start)
        if agent is not None and rule.type != "decline":
            by = self.turn.within(agent.end(), start)
            if not by:
                return False
            act.actors = by[0].codes
            act.targets = group.codes if group is not None and own and group.start < agent.start() else ()
            act.start = group.start if group is not None and own else clause.start
            return True
        if rule.type == "decline":
            if (own and group is not None and group.codes != self.principal) or SOMEBODY.search(
                text, clause.start, hit.start
            ):
                return False
            act.actors, act.targets = (self.principal if speaker == self.principal else ()), ("MEDIA",)
            act.start = group.start if own and group is not None else clause.start
            return True
        if (
            THING.match(text, clause.start, start)
            and not text.startswith(("他们", "其"), clause.start)
            and (not own or (rule.type in PLAIN and "是" in text[clause.start : start]))
        ):
            return False
        if rule.type in PLAIN:
            if not own and (GROUNDS.match(text, clause.start, start) or text.startswith("你", clause.start)):
                return False
            if (
                not own
                and act.clause > self.first
                and OTHER_SUBJECT.match(text, self.turn.clauses[act.clause - 1].start)
            ):
                return False
            if JUDGED.match(text, hit.end, clause.end):
                return False
        if group is None and rule.type in _PERFORMED:
            act.actors = speaker
        elif group is None:
            if self.before is None or (self.first != act.clause and not speaker):
                return False
            act.actors = self.before.codes
        else:
            act.actors = speaker if group.speaks and speaker else group.codes
            if not own and speaker != self.principal and speaker and group.start < clause.start:
                act.actors = group.codes
            act.start = group.start if own or number_of(group, self.turn) >= self.first else clause.start
        if rule.type in PLAIN and rule.who != "frame":
            since = group.end if own and group is not None and group.end <= start else clause.start
            if EMBEDDING.search(text, since, start):
                return False
            if own and group is not None and EMBEDS.search(text, max(clause.start, group.start - 4), group.start):
                return False
            if not own and rule.who == "subject" and "是" in text[hit.end : clause.end] and act.clause == self.first:
                return False  # 坚持一个中国原则是…: the words are themselves a subject
        act.targets = self._targets(act, hit, clause)
        if not own and group is not None and rule.target == "with" and not act.targets and len(act.actors) == 1:
            self._inherit_partner(act, group)
        if rule.id in _ASKED and not act.targets:
            return False
        if rule.type in _GOVERNMENT and set(act.actors) <= _PRIVATE:
            return False
        if rule.target == "beside" and hit.end < clause.end and not text.startswith(("了", "。"), hit.end):
            return False
        if rule.target == "beside" and not act.targets:
            if not own or group is None or len(act.actors) < 2:
                return False
            return bool(PLANNED.search(text, group.end, start) or DONE.search(text, group.end, start))
        return rule.target != "next" or bool(act.targets)

    def _inherit_partner(self, act: ActDraft, subject: Group) -> None:
        """Keep the partner of a preceding clause with the subject: 同俄方会谈，达成共识 is an agreement of both."""
        clause = self.turn.clauses[number_of(subject, self.turn)]
        partners = [one for one in self.turn.within(subject.end, clause.end) if one.by in ("同", "与", "和", "跟")]
        if partners and act.rule.type == "agree":
            act.actors = tuple(dict.fromkeys((*act.actors, *partners[0].codes)))
        elif partners and act.rule.type == "consult":
            act.targets = partners[0].codes

    def _targets(self, act: ActDraft, hit: Trigger, clause: Clause) -> tuple[str, ...]:
        text, rule, start = self.text, act.rule, act.trigger[0]
        if rule.target == "media":
            return ("MEDIA",)
        if "华" in text[hit.start : hit.end] and rule.type == "consult":
            return ("CHN",)
        if rule.target == "next":
            near = self.turn.within(hit.end, hit.end + 3)
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
                return other[0].codes if other else self._spoken(hit.start, act.actors)
        if rule.type in ("oppose", "support", "concern", "protest") and (
            THIS.search(text, clause.start, clause.end) or hit.end >= clause.end
        ):
            return self._spoken(hit.start, act.actors)
        return ()

    def _spoken(self, place: int, actors: tuple[str, ...]) -> tuple[str, ...]:
        """The actor that "this" concerns: the last other party named earlier, in the turn or before it."""
        if self.blamed and not set(self.blamed) & set(actors):
            return self.blamed
        for group in reversed(self.turn.within(0, place)):
            others = parties(tuple(code for code in group.codes if code not in actors and code not in self.principal))
            if others and group.by not in ("在", "驻"):
                return others[:1] if len(group.codes) > 1 and set(group.codes) & set(self.principal) else others
        others = parties([code for code in self.context.others if code not in actors])
        return others[-1:]

    def principal_judges(self, act: ActDraft, hit: Trigger, clause: Clause, speaker: tuple[str, ...]) -> bool:
        """Assign an act to the speaker, directed at the subject: 美方应…, 美方抹黑…. False if the words judge nobody."""
        text, rule, start = self.text, act.rule, act.trigger[0]
        group, own = self._subjects(start, clause)
        act.actors = speaker
        if rule.type == "decline":
            act.targets = ("MEDIA",)
            return speaker == self.principal
        if own and group is not None:
            act.start = group.start
        if rule.target == "none":
            if own and group is not None and POSITION.match(text, hit.start) and parties(group.codes):
                act.actors = group.codes if not group.speaks else speaker
            elif rule.type == "deny":
                act.targets = self._spoken(hit.start, act.actors)
            return True
        if rule.target == "after":
            after = self.turn.within(hit.end, clause.end)
            act.targets = after[0].codes if after else ()
            return bool(act.targets)
        codes = group.codes if group is not None and not (rule.type != "request" and group.speaks) else ()
        targets = tuple(code for code in codes if code not in speaker)
        if not own and THING.match(text, clause.start, start):
            targets = ()
        if rule.type == "request":
            if text[max(clause.start, start - 2) : start] in ("认为", "觉得", "主张", "表示"):
                return False
            if not targets or (not own and group is not None and number_of(group, self.turn) < self.first):
                return False
            act.targets = targets
            return not THING.match(text, clause.start, start) or own
        if (own and group is not None and not targets) or (
            rule.type == "accuse" and text.startswith("任何", clause.start)
        ):
            return False  # 中方不干涉: accuses nobody
        if not targets:
            if not (self.blamed or THING.match(text, clause.start, start)) or (
                rule.type != "deny" and not self._is_blaming(act)
            ):
                return False
            targets = self._spoken(hit.start, act.actors)
        act.targets = targets
        if rule.type in ("accuse", "deny") and targets:
            self.blamed = targets
        return bool(targets) or rule.type == "deny"

    def _is_blaming(self, act: ActDraft) -> bool:
        """Whether a clause without a subject continues an accusation, or says what something just named does."""
        if THING.match(self.text, self.turn.clauses[act.clause].start, act.trigger[0]):
            return True
        last = self.last
        return last is not None and last.rule.type in ("accuse", "deny") and last.clause >= self.first


def number_of(group: Group, turn: TurnClauses) -> int:
    """The number of a group's clause."""
    return turn.clause_at(group.start)
