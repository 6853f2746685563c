"""Roles in a Chinese clause: its subject or that of the clause before, the reported speaker, partners, agents and targets."""

from __future__ import annotations

import re

from onrecord.languages.facts import ActContext
from onrecord.languages.zh.acts import cues
from onrecord.languages.zh.acts.clauses import Clause, Group, TurnClauses, last_match, number_of, parties
from onrecord.languages.zh.acts.drafts import ActDraft
from onrecord.languages.zh.acts.subordination import Subordination
from onrecord.languages.zh.acts.triggers import Trigger
from onrecord.lexicon.actors import is_state

#: Types whose actor is the speaker in a clause without a subject: 希望…, 敦促….
_PERFORMED = frozenset("request support oppose offer concern reaffirm protest propose commit decline accuse".split())
#: Acts of polities only: a firm's contract or a newspaper's report is none.
_GOVERNMENT = frozenset("consult agree aid reaffirm commit sanction protest".split())
#: Deeds, which go on from what is noted: 我们注意到俄方发表声明，决定….
_DEEDS = frozenset("agree aid sanction".split())
_PRIVATE = frozenset({"FIRM", "MEDIA", "PEOPLE"})
#: Prepositions that mark the partner or the target.
_WITH = frozenset("同与跟和向对给为就")


class Roles:
    """The speakers and subjects of a turn so far, from which the actor of the current clause is found."""

    def __init__(self, turn: TurnClauses, context: ActContext) -> None:
        self.text, self.turn, self.context = turn.text, turn, context
        self.subordination = Subordination(turn)
        self.principal: tuple[str, ...] = (context.principal,) if context.principal else ()
        self.speaker: tuple[str, ...] = self.principal
        self.last: ActDraft | None = None  # the act before
        self.sentence = -1
        self.first = 0  # the first clause of the sentence
        self.subject: Group | None = None  # the latest subject in the sentence
        self.before: Group | None = None  # the subject of the sentence before
        self.read_to = 0  # the clauses whose subjects and verbs of saying are recorded
        self.blamed: tuple[str, ...] = ()
        self.noted: Group | None = None  # whose deeds the principal notes: 我们注意到俄方…

    def go_to(self, number: int) -> None:
        """Record the subjects and verbs of saying of all clauses before ``number``."""
        while self.read_to <= number:
            clause = self.turn.clauses[self.read_to]
            if clause.sentence != self.sentence:
                self.sentence, self.first = clause.sentence, self.read_to
                if self.text[clause.start - 1 : clause.start] not in ("；", ";") or self.speaker == self.principal:
                    self.before, self.subject = self.subject or self.before, None
                    self.speaker = self.principal
            elif self.read_to:
                self._take_in(self.turn.clauses[self.read_to - 1])
            self.read_to += 1

    def _take_in(self, clause: Clause) -> None:
        if cues.CONCEDED_ANY.match(self.text, clause.start):
            return  # 无论谁当选，都希望…: not the subject of what follows
        free = [one for one in self.turn.free(clause.start, clause.end) if not self._is_predicate(one, clause)]
        subjects = [one for one in self.turn.subjects(clause.start, clause.end) if one in free] if free else []
        if subjects or (free and self.subject is None):
            self.subject = (subjects or free)[0]
            self.noted = None
            if len(subjects) > 1 and cues.NOTING.search(self.text, subjects[0].end, subjects[1].start):
                self.noted = subjects[1]
            if self.subject.speaks:
                self.speaker = self.principal
        reporting = last_match(cues.REPORTING, self.text, clause.start, clause.end)
        if reporting is None:
            return
        who = [group for group in free if group.end <= reporting.start()]
        if who:
            conjoined = cues.TURNING.search(self.text, max(clause.start, reporting.start() - 3), reporting.start())
            self.speaker = (who[0] if conjoined else who[-1]).codes
        elif cues.HEARSAY.search(self.text, clause.start, reporting.end()):
            self.speaker = ()
        elif cues.SOMEBODY.match(
            self.text, clause.start
        ):  # 她说…: somebody without a code, or the one spoken of before
            if self.speaker == self.principal and self.text[clause.start] in "他她":
                before = self.before
                self.speaker = before.codes if before is not None and not before.speaks else ()
        elif self.subject:
            self.speaker = self.subject.codes

    def _is_predicate(self, group: Group, clause: Clause) -> bool:
        """Whether a clause only says what its subject is: 中俄都是安理会常任理事国."""
        return (
            group.end >= clause.end and self.text[group.start - 1 : group.start] == "是" and group.start > clause.start
        )

    def find_subject(self, start: int, clause: Clause) -> tuple[Group | None, bool]:
        """The subject of a verb at ``start``, and whether it is in the same clause."""
        free = self.turn.free(clause.start, start)
        if free:
            conjoined = cues.TURNING.search(self.text, max(clause.start, start - 2), start)
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
            and cues.MATRIX.match(self.text, start)
        ):
            return last.group, False  # 希望双方相向而行，也希望各方…: whoever hopes, and not those in whom it is hoped
        return self.subject, False

    def subject_acts(self, act: ActDraft, hit: Trigger, clause: Clause, speaker: tuple[str, ...]) -> bool:
        """Assign an act to its grammatical subject, in a passive to the agent. False if no actor with a code acts."""
        text, rule, start = self.text, act.rule, act.trigger[0]
        group, own = self.find_subject(start, clause)
        if rule.type == "decline":
            return self._declines(act, hit, clause, speaker, group if own else None)
        if (
            not own
            and self.noted is not None
            and group is self.subject
            and (rule.type in _DEEDS or (rule.type == "support" and text.startswith("并对", clause.start)))
        ):
            group = self.noted
        act.group = group
        if not own and ("told" in rule.traits or self._is_of_a_teller(act, clause)):
            return False
        agent = last_match(cues.AGENT, text, clause.start, start)
        if agent is not None and not cues.LIGHT.match(text, start):
            return self._agent_acts(act, clause, agent, group if own else None)
        in_row = group is None and self._is_a_duty_in_a_row(act, clause)
        if in_row or self.subordination.another_subject(act, hit, clause, group, self.first, own=own):
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
                told = "telling" in rule.traits and text.startswith("并", clause.start)
                act.actors = speaker if told else group.codes  # 俄方表示，…，并承诺…
            act.start = group.start if own or number_of(group, self.turn) >= self.first else clause.start
        plain = rule.type in cues.PLAIN and rule.who != "frame"
        if plain and self.subordination.embedded(act, hit, clause, group, self.first, own=own):
            return False
        if (
            rule.type == "reaffirm"
            and rule.target == "after"
            and any(one.codes != act.actors and not one.by for one in self.turn.within(hit.start, hit.end))
        ):
            return False  # 一直在关注欧盟履行义务
        self._find_targets(act, hit, clause, group, own=own)
        return self._is_directed(act, hit, clause, group if own else None)

    def _is_of_a_teller(self, act: ActDraft, clause: Clause) -> bool:
        """Whether somebody without a code says that he is willing: 某公司表示愿合作."""
        text, start = self.text, act.trigger[0]
        says = act.rule.type == "offer" and text.startswith("表示", start) and not text.startswith("对", clause.start)
        return says and cues.CHAINED.fullmatch(text, clause.start, start) is None

    def _ask_another(self, act: ActDraft, hit: Trigger) -> None:
        """Let the speaker ask where the subject would ask itself: 加方说自己守法，希望加方…."""
        asked = self.turn.within(hit.end, hit.end + 2) if act.rule.type == "request" else []
        if asked and asked[0].codes == act.actors != self.principal:
            act.actors = self.speaker if self.speaker != act.actors else self.principal

    def _is_a_duty_in_a_row(self, act: ActDraft, clause: Clause) -> bool:
        """Whether a semicolon leads on from a duty: 各国应当维护稳定；支持国际组织."""
        last, kind = self.last, act.rule.type
        after = self.text[clause.start - 1 : clause.start] in ("；", ";") and act.trigger[0] == clause.start
        return (
            after
            and last is not None
            and last.rule.who == "principal"
            and last.rule.type == "request"
            and kind in ("support", "reaffirm")
        )

    def _find_targets(self, act: ActDraft, hit: Trigger, clause: Clause, group: Group | None, *, own: bool) -> None:
        """Set the targets; who agrees with a partner is one of two, and what is of both is offered to the speaker."""
        rule = act.rule
        if not own:
            self._ask_another(act, hit)
        act.targets = self._targets(act, hit, clause)
        if not own and group is not None and rule.target == "with" and not act.targets and len(act.actors) == 1:
            self._inherit_partner(act, group)
        if rule.type == "offer" and not act.targets and self.principal and self.principal[0] not in act.actors:
            end = self.turn.clauses[self.last_clause(act.clause)].end
            act.targets = self.principal if cues.SHARED.search(self.text, hit.end, end) else ()
        if rule.type == "agree" and rule.target == "with" and act.targets:  # 中方同俄方签署了协议: both sign
            act.actors, act.targets = tuple(dict.fromkeys((*act.actors, *act.targets))), ()

    def _is_directed(self, act: ActDraft, hit: Trigger, clause: Clause, subject: Group | None) -> bool:
        """Whether the act has the target that its rule needs, and is one of a polity."""
        rule = act.rule
        if not act.targets and (
            "addressee" in rule.traits or ("measure" in rule.traits and act.actors == self.principal)
        ):
            return False
        if self._is_of_the_press(act, hit, clause):
            return False
        if "CHN" in act.actors and "华" in self.text[act.trigger[0] : hit.end] and rule.type == "consult":
            return False  # who comes to China is not China
        if rule.type in _GOVERNMENT and "private" not in rule.traits and set(act.actors) <= _PRIVATE:
            return False
        if rule.target == "beside":
            return self._has_company(act, hit, clause, subject)
        return rule.target != "next" or bool(act.targets)

    def _is_of_the_press(self, act: ActDraft, hit: Trigger, clause: Clause) -> bool:
        """Whether an act is the press's, or only courtesy to it: 建议你再看一下."""
        kind, text = act.rule.type, self.text
        if kind == "request" and not act.targets and cues.THE_PRESS.search(text, hit.end, clause.end):
            return True
        if kind == "propose" and cues.THE_PRESS.match(text, hit.end, clause.end):
            return True
        if (kind == "support" or "telling" in act.rule.traits) and cues.TO_THE_PRESS.search(
            text, clause.start, act.trigger[0]
        ):
            return True
        return act.actors == ("MEDIA",)

    def _declines(
        self, act: ActDraft, hit: Trigger, clause: Clause, speaker: tuple[str, ...], subject: Group | None
    ) -> bool:
        """Assign a refusal to answer to the principal; of others it is none."""
        if subject is not None and subject.codes != self.principal:
            return False
        somebody = last_match(cues.SOMEBODY, self.text, clause.start, hit.start)
        if somebody is not None and (subject is None or subject.start < somebody.end()):
            return False  # but 你提到的情况我不了解
        act.actors, act.targets = (self.principal if speaker == self.principal else ()), ("MEDIA",)
        act.start = subject.start if subject is not None else clause.start
        return True

    def last_clause(self, number: int) -> int:
        """The number of the last clause of a clause's sentence."""
        clauses = self.turn.clauses
        while number + 1 < len(clauses) and clauses[number + 1].sentence == clauses[number].sentence:
            number += 1
        return number

    def _has_company(self, act: ActDraft, hit: Trigger, clause: Clause, subject: Group | None) -> bool:
        """Whether a verb at the end of its clause has the partner that it needs: 同俄方磋商, 双方将磋商."""
        text = self.text
        if text[act.trigger[0] - 1 : act.trigger[0]] in ("与", "和", "及"):
            return False  # 开展对话与交流
        if hit.end < clause.end and not text.startswith(("了", "。", "并"), hit.end):
            return False
        if act.targets:
            return True
        if subject is None or len(act.actors) < 2:
            return False
        start = act.trigger[0]
        return bool(cues.PLANNED.search(text, subject.end, start) or cues.DONE.search(text, subject.end, start))

    def _agent_acts(self, act: ActDraft, clause: Clause, agent: re.Match[str], subject: Group | None) -> bool:
        """Assign an act in the passive to its agent, with the subject as target: 得到国际社会支持."""
        by = self.turn.within(agent.end(), act.trigger[0])
        if len(by) > 1 and cues.INCLUDED.match(self.text, by[0].end, by[1].start):
            codes = tuple(dict.fromkeys((*by[0].codes, *by[1].codes)))
            by[0] = by[0]._replace(codes=tuple(code for code in codes if code != "OTHER" or "WORLD" not in codes))
        if not by or by[0].start - agent.end() > 4 or cues.negation(self.text, clause.start, agent.start()):
            return False
        if cues.NEEDED.search(self.text, clause.start, agent.start()):
            return False
        act.actors = by[0].codes
        if act.actors == ("PEOPLE",):
            return False  # 得到人民群众拥护
        act.targets = subject.codes if subject is not None and subject.start < agent.start() else ()
        act.start = subject.start if subject is not None else clause.start
        return True

    def session_is_held(self, act: ActDraft, clause: Clause) -> bool:
        """Assign a session to the two parties in its name (中美对话将于…举行), or to the host where its place is told."""
        before = self.text[clause.start : act.trigger[0]]
        if not cues.SESSION.search(before) or cues.DOMESTIC.search(before):
            return False
        named = self.turn.named_in(clause.start, act.trigger[0])
        pair = next((codes for codes in named if len(codes) == 2), None)
        if pair is None and cues.SAME_SESSION.match(before):  # 首轮对话: of those whose dialogue was told of
            pair = next((codes for codes in reversed(self.turn.named_in(0, clause.start)) if len(codes) == 2), None)
        if pair is not None:
            act.actors = pair
        elif self.principal and cues.AT_HOME.search(self.text, clause.start, clause.end) and self.principal == ("CHN",):
            act.actors = self.principal
        else:
            codes = tuple(dict.fromkeys(code for some in named for code in some))
            act.actors = codes if len(codes) > 1 or (codes and not is_state(codes[0])) else ()
        return bool(act.actors)

    def _inherit_partner(self, act: ActDraft, subject: Group) -> None:
        """Keep the partner of a preceding clause with the subject: 同俄方会谈，达成共识 is an agreement of both."""
        until = self.turn.clauses[act.clause].start
        told = "telling" in act.rule.traits
        marks = ("同", "与", "跟", "向") if told else ("同", "与", "跟")
        partners = [one for one in self.turn.within(subject.end, until) if one.by in marks]
        last = self.last
        met = last is not None and last.rule.type == "consult" and last.group is subject and last.clause >= self.first
        if not partners and met and last is not None and "mutual" in act.rule.traits:
            codes = last.targets or tuple(code for code in last.actors if code not in act.actors)
            partners = (
                [Group(until, until, codes, "同", speaks=False)] if codes else []
            )  # 会见了俄方代表，就有关问题交换意见
        if told:  # 向中方表达歉意，并承诺…
            act.targets = partners[0].codes if partners else ()
        elif partners and act.rule.type == "agree":
            act.actors = tuple(dict.fromkeys((*act.actors, *partners[0].codes)))
        elif partners and act.rule.type == "consult" and "directed" in act.rule.traits:
            act.targets = partners[0].codes
        elif partners and act.rule.type == "consult":
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
            if near and (near[0].start > clause.end or self._is_described(hit, clause, near[0].end)):
                return ()
            return near[0].codes if near and not set(near[0].codes) <= set(act.actors) else ()
        told = _WITH - {"就"} if "addressee" in rule.traits else _WITH  # 就中韩沟通情况作介绍 tells nobody
        ahead = [one for one in self.turn.within(clause.start, start) if one.by[:1] in told and one.by]
        ahead += [
            one
            for one in self.turn.within(hit.start, hit.end)
            if one.codes != act.actors and (one.by or rule.type != "consult" or text[hit.start] in "到赴前")
        ]
        after = self.turn.within(hit.end, self._asked_until(act, hit, clause))
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
            cues.THIS.search(text, clause.start, clause.end) or hit.end >= clause.end
        ):
            return self.spoken(hit.start, act.actors)
        return ()

    def _is_described(self, hit: Trigger, clause: Clause, end: int) -> bool:
        """Whether what follows its object makes a noun of the verb: 访美期间, 访美的报道, but not 将访美的消息."""
        if cues.NOUN_AFTER.match(self.text, end):
            return True
        planned = cues.PLANNED.search(self.text, clause.start, hit.start)
        return hit.rule.type == "consult" and planned is None and self.text.startswith("的", end)

    def _asked_until(self, act: ActDraft, hit: Trigger, clause: Clause) -> int:
        """Where the words end that may name whom an act is directed at: we hope, a comma, and the next clause names them."""
        if act.rule.type == "request" and hit.end == clause.end and self.text.startswith(("，", "："), hit.end):
            return self.turn.clauses[min(act.clause + 1, len(self.turn.clauses) - 1)].end
        return clause.end

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
