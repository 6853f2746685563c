"""Whether a Chinese verb has a subject of its own, or is subordinate: the complement of another verb, or itself a subject."""

from __future__ import annotations

from onrecord.languages.zh.acts import cues
from onrecord.languages.zh.acts.clauses import Clause, Group, TurnClauses, last_match, number_of
from onrecord.languages.zh.acts.drafts import ActDraft
from onrecord.languages.zh.acts.triggers import Trigger

#: Types of deeds that may be only possible, due or aimed at.
_DEEDS = frozenset({"consult", "agree", "aid"})
#: Clauses after it that a clause may be judged with.
_ROW = 3


class Subordination:
    """The subordinate verbs of one turn. ``first`` is the number of the first clause of the sentence."""

    def __init__(self, turn: TurnClauses) -> None:
        self.text, self.turn = turn.text, turn

    def another_subject(
        self, act: ActDraft, hit: Trigger, clause: Clause, group: Group | None, first: int, *, own: bool
    ) -> bool:
        """Whether the subject is a thing, many that are not named, or the verb is only a subject itself."""
        text, rule, start = self.text, act.rule, act.trigger[0]
        thing = cues.THING.match(text, clause.start, start) and not text.startswith(("他们", "其"), clause.start)
        if thing and (not own or (rule.type in cues.PLAIN and "是" in text[clause.start : start])):
            return True
        if not own and self._is_of_somebody(act, clause, first):
            return True
        opens = self.turn.clauses[first].start
        later = group is None and rule.type in ("support", "reaffirm") and act.clause > first
        if later and cues.OTHERS.search(text, opens, clause.start):
            return True  # 国际贵宾为赛事点赞，高度评价…
        if rule.type not in cues.PLAIN:
            return False
        if rule.type == "consult" and cues.REGULAR.search(text, opens, start):
            return True  # 双方每年举行对话
        if own and group is not None and self._is_of_a_list(clause, group, start):
            return True
        if not own and self._is_of_a_text(act, clause, group, first):
            return True
        return self._is_judged_itself(act, hit, clause, own=own)

    def _is_of_a_list(self, clause: Clause, group: Group, start: int) -> bool:
        """Whether the subject is what a party has done, or the last named of many: 日方、联合国等20多个国家和组织的代表."""
        if cues.DONE_BY.match(self.text, group.end, start):
            return True
        ends_list = len(group.codes) == 1 and cues.AND_OTHERS.match(self.text, group.end, start)
        return bool(ends_list) and "、" in self.text[clause.start : group.start]

    def _is_of_somebody(self, act: ActDraft, clause: Clause, first: int) -> bool:
        """Whether somebody without a code acts: 纷纷称赞, 他曾提醒, 专家都表示; or what 这 names shows a will."""
        text, start, kind = self.text, act.trigger[0], act.rule.type
        return bool(
            cues.MANY.search(text, clause.start, start)
            or cues.PERSON.match(text, clause.start, start)
            or cues.HE.match(text, clause.start, start)
            or (kind != "accuse" and cues.OTHERS_ACT.match(text, clause.start, start))
            or (kind == "offer" and cues.THING.match(text, self.turn.clauses[first].start))
        )

    def _is_of_a_text(self, act: ActDraft, clause: Clause, group: Group | None, first: int) -> bool:
        """Whether the clause gives grounds, speaks to the asker, or goes on from a clause about a text or a meeting."""
        text, start = self.text, act.trigger[0]
        if cues.GROUNDS.match(text, clause.start, start) or text.startswith("你", clause.start):
            return True
        earlier = self.turn.clauses[act.clause - 1]
        told = act.clause > first and cues.OTHER_SUBJECT.match(text, earlier.start)
        return bool(told) and (group is None or group.start < earlier.start)

    def _is_nominal(self, act: ActDraft, hit: Trigger, clause: Clause, *, own: bool) -> bool:
        """Whether the clause is one of those that a later 是 judges: 坚持目标，执行决议，支持对话是各国的共识."""
        following = self.turn.clauses[act.clause + 1 : act.clause + 1 + _ROW]
        named = act.rule.type in ("sanction", "aid", "agree") and following
        if named and cues.CONDITION_NAMED.match(self.text, following[0].start):
            return True
        if own or act.rule.who == "frame":
            return False
        if cues.NOMINAL.search(self.text, hit.end, clause.end + 1):
            return True
        for one in following:
            judging = cues.NOMINAL.search(self.text, one.start, one.end + 1)
            until = judging.start() if judging is not None else one.end
            ends = one.sentence != clause.sentence or self.turn.subjects(one.start, until)
            if ends or not cues.ROW_VERB.match(self.text, one.start):
                return False
            if judging is not None:
                return True
        return False

    def _is_judged_itself(self, act: ActDraft, hit: Trigger, clause: Clause, *, own: bool) -> bool:
        """Whether the clause is the subject of a judgement: 保持沟通非常重要; 接待代表访华，是合作的一部分."""
        text = self.text
        if cues.JUDGED.match(text, hit.end, clause.end):
            return True
        before = text[clause.start : act.trigger[0]]
        told = own and (cues.PLANNED.search(before) or cues.DONE.search(before))  # 王毅将访问俄罗斯，这是重要交往
        if told or "了" in text[act.trigger[0] : hit.end + 1]:
            return False
        if self._is_nominal(act, hit, clause, own=own):
            return True
        if act.rule.type != "consult":
            return False
        if cues.IS_A.search(text, hit.end, clause.end):
            return True
        following = self.turn.clauses[act.clause + 1 : act.clause + 2]
        return any(
            one.sentence == clause.sentence and cues.NEXT_JUDGES.match(text, one.start, one.end) for one in following
        )

    def embedded(
        self, act: ActDraft, hit: Trigger, clause: Clause, group: Group | None, first: int, *, own: bool
    ) -> bool:
        """Whether the verb is the complement of another: 推动双方保持沟通, 确保总统访华富有成果."""
        text, start = self.text, act.trigger[0]
        since = group.end if own and group is not None and group.end <= start else clause.start
        between = self.turn.bare(since, start)
        due = act.rule.type in _DEEDS and act.rule.target != "next" and cues.DUE.search(between)
        if due or cues.EMBEDDING.search(between):
            return True  # 关键要在相互尊重基础上进行对话
        if not own and act.clause > first and self._goes_on_from_a_purpose(act, hit, clause, group, first):
            return True
        shown = group is not None and number_of(group, self.turn) >= first
        if shown and group is not None and cues.SHOWS.search(text, max(0, group.start - 6), group.start):
            return True
        if own and group is not None:
            return cues.EMBEDS.search(text, max(clause.start, group.start - 4), group.start) is not None
        # 坚持一个中国原则是…: the words are themselves a subject
        return act.rule.who == "subject" and act.clause == first and "是" in text[hit.end : clause.end]

    def _goes_on_from_a_purpose(
        self, act: ActDraft, hit: Trigger, clause: Clause, group: Group | None, first: int
    ) -> bool:
        """Whether a duty, a possibility or an aim of an earlier clause reaches the verb."""
        text, start = self.text, act.trigger[0]
        earlier = self.turn.clauses[act.clause - 1]
        if cues.LEADS_TO.search(text, earlier.start, earlier.end):
            return True  # 争取在平等基础上，达成协议
        if cues.DONE.search(text, clause.start, hit.end):
            return False
        opens = self.turn.clauses[first].start
        aim = last_match(cues.AIM, text, opens, clause.start)
        if aim is not None and not self.turn.subjects(aim.end(), start):
            return True
        if self.turn.subjects(clause.start, start):
            return False
        since = max(group.end if group is not None else 0, opens)
        if act.rule.type == "reaffirm" and cues.DUTIFUL.search(text, since, clause.start):
            return True
        deed = act.rule.type in _DEEDS and "了" not in text[start : hit.end + 1]
        return deed and cues.POSSIBLE.search(text, since, clause.start) is not None  # 双方可以通过各种渠道，…，进行交流
