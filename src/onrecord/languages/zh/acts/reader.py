"""Acts in Chinese: the rules of ``languages/zh/triggers.csv`` applied to the clauses of a turn.

A trigger found by the automaton becomes an act if its clause allows it: it is not a noun, condition or question, it is not in
the complement of another act (希望美方停止干涉: one request), and it has an actor. Actors and targets are found by
:mod:`onrecord.languages.zh.acts.roles`.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotation_types import Mention, Time
from onrecord.languages.facts import ActContext, ActFact
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.languages.zh.acts import cues
from onrecord.languages.zh.acts.clauses import Clause, TurnClauses
from onrecord.languages.zh.acts.drafts import ActDraft
from onrecord.languages.zh.acts.exclusions import DEEDS, LONG, Exclusions
from onrecord.languages.zh.acts.judgements import Judgements
from onrecord.languages.zh.acts.roles import Roles
from onrecord.languages.zh.acts.triggers import Rule, Trigger, triggers
from onrecord.lexicon.actors import is_state

_DONE_TYPES = frozenset("consult agree aid protest sanction propose".split())


def read_acts(turn: TurnAnalysis, context: ActContext) -> list[ActFact]:
    """Return the acts in one turn, in order, with offsets from its first character."""
    hits = triggers().find(turn.text)
    return _Reading(turn.text, turn.own_mentions, context).read(hits) if hits else []


class _Reading:
    """Reads one turn, clause by clause."""

    def __init__(self, text: str, mentions: Sequence[Mention], context: ActContext) -> None:
        self.text = text
        self.turn = TurnClauses(text, mentions, (context.principal,) if context.principal else ())
        self.roles = Roles(self.turn, context)
        self.judgements = Judgements(self.roles)
        self.acts: list[ActDraft] = []
        self.exclusions = Exclusions(self.turn, self.roles, self.acts)
        self.waiting: ActDraft | None = (
            None  # a commitment with 将 that gives way to a deed in its clause, if one is found
        )

    def read(self, hits: list[Trigger]) -> list[ActFact]:
        """Return the acts of all triggers that qualify."""
        reached = 0
        skipped = -1  # the clause that is skipped because of a condition or an aside
        for place, hit in enumerate(hits):
            if hit.start < reached:
                continue
            number = self.turn.clause_at(hit.start)
            self.roles.go_to(number)
            clause = self.turn.clauses[number]
            if hit.end > clause.end:
                continue
            if hit.rule.type is None:
                if not self.text.startswith("要求", hit.end - 1):  # 再次要求 is no 次要
                    reached = hit.end
                continue
            if number == skipped:
                continue
            if self._is_aside(number, clause, hit.rule, hit.start):
                skipped = number if hit.rule.type != "decline" else skipped
                continue
            if self.waiting is not None and self.waiting.clause != number:
                self._put(self.waiting)
            act = self._act(hit, number, clause, hits, place)
            if act is not None:
                reached = hit.end
                if act.rule.who == "modal" and self.exclusions.yields(hit, clause, hits, place):
                    self.waiting = act
                else:
                    self._put(act)
        if self.waiting is not None:
            self._put(self.waiting)
        return self._found()

    def _put(self, act: ActDraft) -> None:
        """Take in an act; one that goes on directly from the act before lengthens it."""
        waiting, self.waiting = self.waiting, None
        if waiting is not None and waiting is not act and act.rule.type not in DEEDS and "deed" not in act.rule.traits:
            self._put(waiting)
        last = self.acts[-1] if self.acts else None
        if last and last.rule.type == act.rule.type and self._goes_on(last, act):
            last.trigger = (last.trigger[0], act.trigger[1])
        elif last and self._is_one_judgement(last, act):
            last.trigger, last.clause = (last.trigger[0], act.trigger[1]), act.clause
        elif last and "insist" in act.rule.traits and "disregard" in last.rule.traits and act.clause - last.clause < 2:
            last.trigger, last.clause = (
                (last.trigger[0], act.trigger[1]),
                act.clause,
            )  # 无视反对，执意推进: one reproach
        elif last and "echo" in act.rule.traits and last.rule.type == "reaffirm" and last.clause + 1 == act.clause:
            return  # 这一立场没有改变，也不会改变
        elif last and "again" in act.rule.traits and self._is_said_again(last, act):
            return  # 我还不掌握，需要去了解
        else:
            self.acts.append(act)
            self.roles.last = act

    def _is_one_judgement(self, last: ActDraft, act: ActDraft) -> bool:
        """Whether an act ends the judgement before it: 十分虚伪，毫无道理; 完全是谎言，混淆视听; 无视事实，无视规则."""
        start = self.turn.clauses[act.clause].start
        if act.clause != last.clause + 1 or self.turn.subjects(start, act.trigger[0]):
            return False
        traits, before = act.rule.traits, last.rule.traits
        if "idiom" in traits and last.rule.type == "deny":
            return act.trigger[0] == start
        return any(one in traits and one in before for one in ("adjective", "disregard"))

    def _is_said_again(self, last: ActDraft, act: ActDraft) -> bool:
        """Whether an act is part of the one before it: 提供了援助，帮助俄方救灾."""
        opens = act.rule.type == "decline" or act.trigger[0] == self.turn.clauses[act.clause].start
        return opens and last.rule.type == act.rule.type and last.clause + 1 == act.clause

    def _goes_on(self, last: ActDraft, act: ActDraft) -> bool:
        between = self.text[last.trigger[1] : act.trigger[0]]
        if between in ("和", "、", "与", "及") and act.rule.type in ("support", "protest"):  # 得到各方的尊重和赞誉
            start = self.turn.clauses[act.clause].start
            return act.rule.type == "protest" or cues.AGENT.search(self.text, start, last.trigger[0]) is not None
        return not between or (between == "、" and act.rule is last.rule and act.rule.type == "warn")

    # The position of a clause.

    def _is_aside(self, number: int, clause: Clause, rule: Rule, hit_start: int) -> bool:
        """Recognise conditions, the reporter's words taken up (关于你提到的…) and rhetorical questions."""
        text = self.text
        if rule.type == "decline" and cues.IF_NEWS.match(text, clause.start, clause.end):
            return False
        if cues.SUBJECT_IF.match(text, clause.start, hit_start) or cues.SURVEY.match(text, clause.start):
            return True
        if cues.CONDITION.match(text, clause.start, clause.end):
            return rule.type != "accuse" or not cues.CONCEDED.match(text, clause.start, clause.end)
        taken_up = cues.ASIDE.search(text, clause.start, clause.end)
        if taken_up and rule.type not in ("decline", "deny"):
            judged = rule.type == "accuse" and taken_up.start() == clause.start and taken_up[0].endswith("的")
            if not judged or cues.MATTER_END.search(text, max(taken_up.end(), clause.end - 3), clause.end):
                return True  # 你提到的美方言论, but 你提到的这个机构充满偏见
        subjects = self.turn.subjects(clause.start, hit_start)
        if not subjects and self._is_supposed(number, clause, rule, hit_start):
            return True
        if rule.type == "commit" or (rule.type == "offer" and not subjects):
            for earlier in range(self.roles.first, number):
                start = self.turn.clauses[earlier].start
                if cues.CONDITION.match(text, start) and not cues.EVEN_SO.match(text, start):
                    return True
        end = self._sentence_end(number)
        if text[end : end + 1] in ("？", "?"):
            asks = cues.ASKING.search(text, self.turn.clauses[self.roles.first].start, end)
            return clause.end >= (asks.start() if asks else self.turn.clauses[self._last_clause(number)].start)
        return False

    def _is_supposed(self, number: int, clause: Clause, rule: Rule, hit_start: int) -> bool:
        """Whether a condition in an earlier clause goes on: 只要各国加强合作，坚持对话，就能…."""
        if rule.type not in cues.PLAIN and rule.type != "accuse":
            return False
        if cues.THEN.search(self.text, clause.start, hit_start + 1):
            return False
        for earlier in range(number - 1, self.roles.first - 1, -1):
            one = self.turn.clauses[earlier]
            if cues.CONDITION.match(self.text, one.start, one.end):
                return not cues.THEN.search(self.text, one.end - 1, clause.start)
            if self.turn.subjects(one.start, one.end):
                return False
        return False

    def _last_clause(self, number: int) -> int:
        clauses = self.turn.clauses
        while number + 1 < len(clauses) and clauses[number + 1].sentence == clauses[number].sentence:
            number += 1
        return number

    def _sentence_end(self, number: int) -> int:
        return self.turn.clauses[self._last_clause(number)].end

    # One trigger.

    def _act(self, hit: Trigger, number: int, clause: Clause, hits: list[Trigger], place: int) -> ActDraft | None:
        text, rule, exclusions = self.text, hit.rule, self.exclusions
        start = exclusions.nouns.widened(hit.start, clause.start)
        quotation = self.turn.quotation_of(hit.start, hit.end)
        if quotation is not None and not quotation.speech:
            return None
        if exclusions.nouns.is_noun(start, hit, clause) or exclusions.is_held(start, hit, number, clause):
            return None
        if exclusions.modifies(hit, clause, hits, place) or (rule.who == "modal" and not exclusions.binds(hit, clause)):
            return None
        speaker = self.roles.speaker
        if quotation is not None and speaker == self.roles.principal and not self._quotes_principal(quotation.start):
            return None
        act = ActDraft(rule, number, (start, hit.end), clause.start)
        act.polarity = "negated" if cues.negation(text, clause.start, start) else "affirmed"
        if act.polarity == "negated" and (
            rule.who == "principal" or rule.type in ("request", "concern", "decline", "deny", "offer")
        ):
            return None
        if rule.who == "principal":
            ok = self.judgements.principal_judges(act, hit, clause, speaker)
        elif rule.who == "event":
            ok = self.roles.session_is_held(act, clause)
        else:
            ok = self.roles.subject_acts(act, hit, clause, speaker)
        if not ok or not act.actors or not self._has_its_actors(act):
            return None
        if exclusions.is_expected(act, clause) or exclusions.says_nothing(act, clause):
            return None
        act.targets = tuple(code for code in act.targets if code not in act.actors)
        act.time = self._time(act, hit, clause)
        act.hedge = _hedge(rule, text[start : hit.end], text[max(clause.start, start - 6) : start])
        return act

    def _has_its_actors(self, act: ActDraft) -> bool:
        """Whether the number of actors is as the rule says; what two or more decide is agreed."""
        traits = act.rule.traits
        if "own" in traits and act.actors != self.roles.principal:
            return False
        if act.rule.target == "next" and act.targets and set(act.targets) <= set(act.actors):
            return False  # who visits a place in China has no code here
        if "joint" in traits and len(act.actors) == 1 and not act.targets:
            return not is_state(act.actors[0])
        if "jointly" in traits and len(act.actors) > 1:
            act.rule = act.rule._replace(type="agree")
        return True

    def _quotes_principal(self, start: int) -> bool:
        """Whether a quotation is of the principal itself: 习近平主席指出：“…”."""
        number = self.turn.clause_at(max(0, start - 2))
        clause = self.turn.clauses[number]
        free = self.turn.free(clause.start, start)
        return (
            bool(free)
            and free[0].codes == self.roles.principal
            and bool(cues.REPORTING.search(self.text, clause.start, start))
        )

    # Time and extent.

    def _time(self, act: ActDraft, hit: Trigger, clause: Clause) -> Time:
        rule, text = act.rule, self.text
        floor = max(clause.start, act.start)
        before = text[floor : act.trigger[0]] if floor < act.trigger[0] else ""
        words = text[act.trigger[0] : hit.end]
        if rule.type in ("commit", "warn") and rule.time != "auto":
            return rule.time
        if cues.PLANNED.search(before) or cues.PLANNED.match(words):
            return "planned"
        if cues.ONGOING.search(before) or cues.ONGOING.match(words):
            return "ongoing"
        if rule.type == "decline":
            return "ongoing"
        if cues.DONE.search(before) or cues.DONE.match(words) or cues.SUFFIX_DONE.match(text, hit.end) or "了" in words:
            return "done"
        if rule.time != "auto":
            return rule.time
        return "done" if rule.type in _DONE_TYPES else "ongoing"

    def _found(self) -> list[ActFact]:
        found = []
        for place, act in enumerate(self.acts):
            sentence = self.turn.clauses[act.clause].sentence
            following = self.acts[place + 1] if place + 1 < len(self.acts) else None
            near = (
                following
                if following is not None and self.turn.clauses[following.clause].sentence == sentence
                else None
            )
            if (
                "leads" in act.rule.traits
                and near is not None
                and near.rule.type == "accuse"
                and near.clause - act.clause < 2
            ):
                continue  # 以安全为由，打压企业
            if (
                act.rule.who == "frame"
                and near is not None
                and not self._is_restated(act, near)
                and (near.clause == act.clause or act.trigger[1] >= self.turn.clauses[act.clause].end)
            ):
                continue  # the act inside is kept instead
            before = self.acts[place - 1] if place else None
            if before is not None and self._is_restated(before, act):
                continue  # 重申致力于合作: restated, and not bound anew
            kind = act.rule.type
            assert kind is not None
            end = self._end(act, near)
            start = min(act.start, act.trigger[0])
            found.append(
                ActFact(
                    kind,
                    act.rule.id,
                    act.actors,
                    act.targets,
                    act.polarity,
                    act.time,
                    act.trigger,
                    (start, end),
                    act.hedge,
                )
            )
        return found

    def _is_restated(self, frame: ActDraft, act: ActDraft) -> bool:
        """Whether a commitment stands directly behind the words that restate it."""
        restates = frame.rule.who == "frame" and frame.rule.type == "reaffirm" and "said" not in frame.rule.traits
        return restates and act.rule.type == "commit" and 0 <= act.trigger[0] - frame.trigger[1] <= 1

    def _end(self, act: ActDraft, near: ActDraft | None) -> int:
        """Where the act's complement ends: with the clause, or with the sentence if the complement continues after commas."""
        clauses, number = self.turn.clauses, act.clause
        end = max(clauses[number].end, act.trigger[1])
        runs = (
            act.rule.type in LONG
            or act.rule.who == "frame"
            or self.text[act.trigger[1] : act.trigger[1] + 1] in ("，", "：")
        )
        while runs and number + 1 < len(clauses) and clauses[number + 1].sentence == clauses[act.clause].sentence:
            number += 1
            if (near is not None and near.clause <= number) or cues.COMPLEMENT_ENDS.match(
                self.text, clauses[number].start
            ):
                break
            end = clauses[number].end
        if runs and self.text[end : end + 1] == "；" and cues.LISTED.search(self.text, act.trigger[1], end):
            full = cues.STOP.search(self.text, end)
            until = full.start() if full else len(self.text)
            if not any(end <= other.trigger[0] < until for other in self.acts):
                return until  # 同意实现以下目标，即…；…；…
        return end


def _hedge(rule: Rule, trigger: str, before: str) -> str | None:
    """The words of obligation as printed, if the act is a commitment or a request."""
    if rule.type not in ("commit", "offer", "request", "agree", "propose", "warn"):
        return None
    for words in (trigger, before):
        found = cues.HEDGES.search(words)
        if found:
            return found[0]
    return None
