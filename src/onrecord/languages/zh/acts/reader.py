"""Acts in Chinese: the rules of ``languages/zh/triggers.csv`` applied to the clauses of a turn.

A trigger found by the automaton becomes an act if its clause allows it: it is not a noun, condition or question, it is not in
the complement of another act (希望美方停止干涉: one request), and it has an actor. Actors and targets are found by
:mod:`onrecord.languages.zh.acts.roles`.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.languages.facts import ActContext, ActFact
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.languages.zh.acts.clauses import Clause, TurnClauses
from onrecord.languages.zh.acts.cues import (
    ADVERBS,
    ASIDE,
    ASKING,
    COMPLEMENT_ENDS,
    CONDITION,
    CONJOINED,
    DONE,
    FORECAST,
    HEDGES,
    MATRIX,
    MATTER,
    NOUN_AFTER,
    NOUN_BEFORE,
    OBJECT_MARKED,
    ONGOING,
    PLAIN,
    PLANNED,
    POSITION,
    REPORTING,
    SUFFIX_DONE,
    TOPIC_VERB,
    TURNING,
    negation,
)
from onrecord.languages.zh.acts.roles import ActDraft, Roles, number_of
from onrecord.languages.zh.acts.triggers import Rule, Trigger, triggers
from onrecord.marks import Mention, Time

#: Verbs whose own rule gives the act; the words after them in the clause are their complement.
_SWALLOW = frozenset(
    "request offer commit agree propose support oppose reaffirm accuse warn decline concern deny".split()
)
#: Types whose complement may continue after commas: 希望双方加强沟通，扩大合作，并支持…
_LONG = frozenset("request offer commit agree propose".split())
_DEEDS = frozenset("consult agree aid sanction protest warn propose decline".split())
#: Rules whose words begin with a noun, so that 的 may precede them.
_NOMINAL = frozenset({"door", "resolve", "open"})
#: A standing position whose content is in the clauses after it.
_OPENED = ("主张，", "认为，", "强调，", "要求，")
_DONE_TYPES = frozenset("consult agree aid protest sanction propose".split())


def read_acts(turn: TurnAnalysis, context: ActContext) -> list[ActFact]:
    """Return the acts in one turn, in order, with offsets from its first character."""
    hits = triggers().find(turn.text)
    return _Reading(turn.text, turn.own_mentions, context).read(hits) if hits else []


class _Reading:
    """Reads one turn, clause by clause."""

    def __init__(self, text: str, mentions: Sequence[Mention], context: ActContext) -> None:
        self.text = text
        self.turn = TurnClauses(text, mentions)
        self.roles = Roles(self.turn, context)
        self.acts: list[ActDraft] = []

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
                reached = hit.end
                continue
            if number == skipped:
                continue
            if self._is_aside(number, clause, hit.rule):
                skipped = number if hit.rule.type != "decline" else skipped
                continue
            act = self._act(hit, number, clause, hits, place)
            if act is not None:
                reached = hit.end
                last = self.acts[-1] if self.acts else None
                if last and last.rule.type == hit.rule.type and last.trigger[1] == act.trigger[0]:
                    last.trigger = (last.trigger[0], act.trigger[1])
                else:
                    self.acts.append(act)
                    self.roles.last = act
        return self._found()

    # The position of a clause.

    def _is_aside(self, number: int, clause: Clause, rule: Rule) -> bool:
        """Recognise conditions, the reporter's words taken up (关于你提到的…) and rhetorical questions."""
        text = self.text
        if CONDITION.match(text, clause.start, clause.end):
            return True
        if rule.type != "decline" and ASIDE.search(text, clause.start, clause.end):
            return True
        if rule.type == "commit":
            for earlier in range(self.roles.first, number):
                if CONDITION.match(text, self.turn.clauses[earlier].start):
                    return True
        end = self._sentence_end(number)
        if text[end : end + 1] in ("？", "?"):
            asks = ASKING.search(text, self.turn.clauses[self.roles.first].start, end)
            return clause.end >= (asks.start() if asks else self.turn.clauses[self._last_clause(number)].start)
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
        text, rule = self.text, hit.rule
        start = self._widened(hit.start, clause.start)
        quotation = self.turn.quotation_of(hit.start, hit.end)
        if quotation is not None and not quotation.speech:
            return None
        if self._is_noun(start, hit, clause) or self._is_held(start, hit, number, clause):
            return None
        if rule.who == "modal" and not self._binds(hit, clause, hits, place):
            return None
        speaker = self.roles.speaker
        if quotation is not None and speaker == self.roles.principal and not self._quotes_principal(quotation.start):
            return None
        act = ActDraft(rule, number, (start, hit.end), clause.start)
        act.polarity = "negated" if negation(text, clause.start, start) else "affirmed"
        if act.polarity == "negated" and (
            rule.who == "principal" or rule.type in ("request", "concern", "decline", "deny")
        ):
            return None
        ok = (
            self.roles.principal_judges(act, hit, clause, speaker)
            if rule.who == "principal"
            else self.roles.subject_acts(act, hit, clause, speaker)
        )
        if not ok or not act.actors:
            return None
        act.targets = tuple(code for code in act.targets if code not in act.actors)
        act.time = self._time(act, hit, clause)
        act.hedge = _hedge(rule, text[start : hit.end], text[max(clause.start, start - 6) : start])
        return act

    def _widened(self, start: int, floor: int) -> int:
        """Extend the trigger by the adverbs and light verbs before it: 坚决 反对, 表示 强烈 谴责."""
        text = self.text
        while start > floor:
            for size in (4, 3, 2, 1):
                if start - size >= floor and text[start - size : start] in ADVERBS:
                    start -= size
                    break
            else:
                break
        return start

    def _is_noun(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether the words are a noun here (中方的建议) or modify one (签署的协议)."""
        text, rule = self.text, hit.rule
        if (
            start > clause.start
            and text[start - 1] == "的"
            and not POSITION.match(text, hit.start)
            and rule.id not in _NOMINAL
        ):
            return True
        if NOUN_BEFORE.search(text, max(clause.start, start - 4), start) and rule.type in (
            "request",
            "propose",
            "support",
            "agree",
        ):
            return True
        after = SUFFIX_DONE.match(text, hit.end)
        end = after.end() if after else hit.end
        if (
            text[end : end + 1] == "的"
            and end + 1 < clause.end
            and rule.type != "decline"
            and not text.startswith("的是", end)
        ):
            return rule.who != "principal" or rule.type in ("accuse", "deny", "sanction")
        if NOUN_AFTER.match(text, end) or (rule.type in PLAIN and text.startswith("是", end)):
            return True
        if rule.type == "concern" and rule.target == "with" and start == hit.start and hit.length == 2:
            return True  # 合理关切 is a concern that others have; 表示关切 is an act
        if rule.type in PLAIN or rule.type == "accuse":
            if self.turn.in_place(start, clause):
                return True
            has_topic = rule.type not in ("support", "commit") and self.turn.topic(clause.start, start) is not None
            if has_topic and TOPIC_VERB.search(text, hit.end, clause.end):
                return not TOPIC_VERB.match(text[start : hit.end])
        bare = rule.type == "support" and start == hit.start and hit.end - start < 4
        if hit.end >= clause.end and rule.target == "after" and text[hit.end : hit.end + 1] != "，":
            return bare or rule.type in ("request", "propose")
        return hit.end >= clause.end and rule.type == "request" and rule.target == "subject"

    def _is_held(self, start: int, hit: Trigger, number: int, clause: Clause) -> bool:
        """Whether the trigger is in the complement of an act before it."""
        rule = hit.rule
        for last in reversed(self.acts):
            if self.turn.clauses[last.clause].sentence != clause.sentence:
                return False
            if last.rule.who == "frame" or last.rule.type not in _SWALLOW:
                continue
            between = self.text[last.trigger[1] : start]
            if between and CONJOINED.fullmatch(between):
                return False
            if last.clause == number:
                return not MATRIX.match(self.text, start) or not TURNING.search(between)
            words = self.text[last.trigger[0] : last.trigger[1] + 1]
            long = last.rule.type in _LONG or (last.rule.type == "reaffirm" and words.endswith(_OPENED))
            if rule.type == "accuse" and last.rule.type in ("oppose", "support", "concern"):
                long = True
            if not long:
                return False
            if rule.type == "decline" or MATRIX.match(self.text, start):
                return False
            return not self.turn.free(clause.start, start)
        return False

    def _binds(self, hit: Trigger, clause: Clause, hits: list[Trigger], place: int) -> bool:
        """Whether 将, 决定, 宣布 are the act: not if they mark an object, or an action follows that is an act itself."""
        if hit.rule.words == "将" and (
            OBJECT_MARKED.match(self.text, hit.end, clause.end)
            or self.text[hit.start - 1 : hit.start] in ("即", "必", "终", "势", "已")
        ):
            return False
        for index in range(place + 1, len(hits)):
            other = hits[index]
            if other.start >= clause.end:
                break
            deed = other.start >= hit.end and other.end <= clause.end and other.rule.type in _DEEDS
            if deed and not self._is_noun(self._widened(other.start, hit.end), other, clause):
                return False
        if hit.end >= clause.end or FORECAST.match(self.text, hit.end):
            return False
        free = self.turn.free(clause.start, hit.start)
        if free and free[-1].end <= hit.start:
            return not MATTER.search(self.text, free[-1].end, hit.start)
        return (
            hit.end - hit.start > 1
            and self.roles.subject is not None
            and number_of(self.roles.subject, self.turn) >= self.roles.first
        )

    def _quotes_principal(self, start: int) -> bool:
        """Whether a quotation is of the principal itself: 习近平主席指出：“…”."""
        number = self.turn.clause_at(max(0, start - 2))
        clause = self.turn.clauses[number]
        free = self.turn.free(clause.start, start)
        return (
            bool(free)
            and free[0].codes == self.roles.principal
            and bool(REPORTING.search(self.text, clause.start, start))
        )

    # Time and extent.

    def _time(self, act: ActDraft, hit: Trigger, clause: Clause) -> Time:
        rule, text = act.rule, self.text
        floor = max(clause.start, act.start)
        before = text[floor : act.trigger[0]] if floor < act.trigger[0] else ""
        words = text[act.trigger[0] : hit.end]
        if rule.type in ("commit", "warn") and rule.time != "auto":
            return rule.time
        if PLANNED.search(before) or PLANNED.match(words):
            return "planned"
        if ONGOING.search(before) or ONGOING.match(words):
            return "ongoing"
        if rule.type == "decline":
            return "ongoing"
        if DONE.search(before) or DONE.match(words) or SUFFIX_DONE.match(text, hit.end) or "了" in words:
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
            if act.rule.who == "frame" and near is not None:
                continue  # the act inside is kept instead
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

    def _end(self, act: ActDraft, near: ActDraft | None) -> int:
        """Where the act's complement ends: with the clause, or with the sentence if the complement continues after commas."""
        clauses, number = self.turn.clauses, act.clause
        end = max(clauses[number].end, act.trigger[1])
        runs = (
            act.rule.type in _LONG
            or act.rule.who == "frame"
            or self.text[act.trigger[1] : act.trigger[1] + 1] in ("，", "：")
        )
        while runs and number + 1 < len(clauses) and clauses[number + 1].sentence == clauses[act.clause].sentence:
            number += 1
            if (near is not None and near.clause <= number) or COMPLEMENT_ENDS.match(self.text, clauses[number].start):
                break
            end = clauses[number].end
        return end


def _hedge(rule: Rule, trigger: str, before: str) -> str | None:
    """The words of obligation as printed, if the act is a commitment or a request."""
    if rule.type not in ("commit", "offer", "request", "agree", "propose", "warn"):
        return None
    for words in (trigger, before):
        found = HEDGES.search(words)
        if found:
            return found[0]
    return None
