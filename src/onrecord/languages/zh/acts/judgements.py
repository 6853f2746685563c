"""Judgements of the speaker: what a subject should do, is blamed for or is denied, and positions said to stand."""

from __future__ import annotations

from onrecord.languages.zh.acts import cues
from onrecord.languages.zh.acts.clauses import Clause, Group, last_match, number_of, parties
from onrecord.languages.zh.acts.drafts import ActDraft
from onrecord.languages.zh.acts.roles import Roles
from onrecord.languages.zh.acts.triggers import Trigger


class Judgements:
    """Assigns the acts of rules whose actor is the speaker and whose subject is judged."""

    def __init__(self, roles: Roles) -> None:
        self.text, self.turn, self.roles = roles.text, roles.turn, roles

    def principal_judges(self, act: ActDraft, hit: Trigger, clause: Clause, speaker: tuple[str, ...]) -> bool:
        """Assign an act to the speaker, directed at the subject: 美方应…, 美方抹黑…. False if the words judge nobody."""
        text, start = self.text, act.trigger[0]
        if "claim" in act.rule.traits and cues.WORDS_SAID.search(text, clause.start, start):
            act.rule = act.rule._replace(type="deny")  # 这种说法毫无道理
        rule = act.rule
        group, own = self.roles.find_subject(start, clause)
        if not own:  # 双方要: the subject is part of the trigger
            inside = [one for one in self.turn.within(start, hit.end) if one.start == start]
            group, own = (inside[0], True) if inside else (group, own)
        if rule.type == "accuse":
            suffers = last_match(cues.SUFFERS, text, clause.start, start)
            by = self.turn.within(suffers.end(), start) if suffers is not None else []
            lawless = group is not None and cues.LAWLESS.match(text, group.end)  # 香港激进势力破坏秩序
            if lawless or (suffers is not None and not by):
                return False  # 不会受到干扰: the subject is not to blame
            charged = by[0] if by else self._charged(hit, clause)
            group, own = (charged, True) if charged is not None else (group, own)
        if rule.type in ("deny", "accuse") and own and self._is_of_a_claim(group, start, speaker):
            group, own = None, False
        act.actors = speaker
        askers = rule.type in ("deny", "accuse") and not own and text.startswith("你", clause.start)
        if askers and cues.ASIDE.match(text, clause.start, start) is None:
            return False  # 你这个说法是错误的
        if rule.type == "decline":
            act.targets = ("MEDIA",)
            return speaker == self.roles.principal
        if "inside" in rule.traits:  # 引起国际社会关切: of whom it stands between
            concerned = self.turn.within(start, hit.end)
            act.actors = concerned[0].codes if concerned else ()
        if own and group is not None:
            act.start = group.start
        if rule.target == "none":
            return self._takes_a_stand(act, hit, clause, group, own=own)
        if rule.target == "after":
            after = self.turn.within(hit.start, clause.end)
            near = bool(after) and after[0].start - hit.end < 4
            act.targets = tuple(code for code in after[0].codes if code not in speaker) if near else ()
            return bool(act.targets)
        codes = group.codes if group is not None and not (rule.type != "request" and group.speaks) else ()
        targets = tuple(code for code in codes if code not in speaker)
        if not own and cues.THING.match(text, clause.start, start):
            targets = ()
        if rule.type == "request":
            return self._is_asked(act, clause, targets, group, own=own)
        if rule.type == "warn" and not own:
            act.targets = targets or self.roles.spoken(hit.start, act.actors)
            return not text.startswith("任何", clause.start) or "named" not in rule.traits
        return self._is_judged(act, hit, clause, targets, own=own and group is not None)

    def _takes_a_stand(self, act: ActDraft, hit: Trigger, clause: Clause, group: Group | None, *, own: bool) -> bool:
        """Assign a position to its owner (加方…，这一立场不会改变), a denial or an open door to the other side."""
        text, rule, speaker = self.text, act.rule, act.actors
        subjects = self.turn.subjects(clause.start, hit.start)
        if own and group is not None and group not in subjects:  # 反对外部势力干涉的决心: whose resolve it is
            group, own = (subjects[0], True) if subjects else (self.roles.subject, False)
        owned = cues.POSITION.match(text, hit.start) and group is not None
        if owned and group is not None and group.codes != speaker and cues.TO_THAT.search(text, group.end, hit.start):
            return False  # 美方对中方这一立场非常清楚
        if owned and group is not None and own and parties(group.codes):
            act.actors = group.codes if not group.speaks else speaker
        elif owned and group is not None and number_of(group, self.turn) >= self.roles.first:
            act.actors = speaker if group.speaks or not parties(group.codes) else group.codes
        elif rule.type == "deny":
            act.targets = self.roles.spoken(hit.start, act.actors)
        elif "other-side" in rule.traits:  # 对中美继续对话的大门
            named = [code for codes in self.turn.named_in(clause.start, hit.end) for code in codes]
            act.targets = tuple(dict.fromkeys(parties([code for code in named if code not in act.actors])))
        return True

    def _is_of_a_claim(self, group: Group | None, start: int, speaker: tuple[str, ...]) -> bool:
        """Whether the speaker is only named in the claim that is denied: 所谓中方任意拘押的指责毫无根据."""
        named = group is not None and set(group.codes) <= set(speaker)
        return named and group is not None and cues.CLAIM.search(self.text, group.end, start) is not None

    def _charged(self, hit: Trigger, clause: Clause) -> Group | None:
        """Whose conduct is told before displeasure at it: 中方对美方不顾反对，干涉中国内政表示强烈不满."""
        first = self.turn.clauses[self.roles.first].start
        told = [group for group in self.turn.within(first, hit.start) if group.by == "对"]
        if not told or set(told[-1].codes) & set(self.roles.principal):
            return None
        number = self.turn.clause_at(hit.start)
        end = self.turn.clauses[self.roles.last_clause(number)].end
        if self.turn.clause_at(told[-1].start) == number and cues.DISPLEASED.search(self.text, hit.end, clause.end):
            return None  # 对美方干涉内政表示不满: one act
        displeased = cues.DISPLEASED.search(self.text, hit.end, end)
        if displeased is None:
            return None
        judging = self.turn.clauses[self.turn.clause_at(displeased.start())]
        return None if cues.TO_THAT.search(self.text, judging.start, displeased.start()) else told[-1]

    def _is_judged(self, act: ActDraft, hit: Trigger, clause: Clause, targets: tuple[str, ...], *, own: bool) -> bool:
        """Whether blame or denial falls on somebody: the subject, or the one blamed before."""
        text, rule = self.text, act.rule
        if (own and not targets) or (rule.type in ("accuse", "oppose") and text.startswith("任何", clause.start)):
            return False  # 中方不干涉: accuses nobody
        if not targets:
            since = (
                self.turn.clauses[max(act.clause - 1, self.roles.first)].start
                if act.trigger[0] == clause.start
                else clause.start
            )
            claimed = rule.type == "deny" and cues.CLAIM.search(text, since, act.trigger[0])
            thing = (
                bool(self.roles.blamed)
                or cues.THING.match(text, clause.start, act.trigger[0])
                or cues.ASIDE.match(text, clause.start, act.trigger[0])
                or cues.THIS_CONDUCT.search(text, clause.start, act.trigger[0])
            )
            if not claimed and (not thing or (rule.type != "deny" and not self._is_blaming(act))):
                return False
            targets = self.roles.spoken(hit.start, act.actors)
        act.targets = targets
        if rule.type in ("accuse", "deny") and targets:
            self.roles.blamed = targets
        return bool(targets) or rule.type == "deny"

    def _is_asked(
        self, act: ActDraft, clause: Clause, targets: tuple[str, ...], group: Group | None, *, own: bool
    ) -> bool:
        """Whether a duty is somebody's: the subject's, or in a row of duties that of the one asked before (…；应当…；应当…)."""
        text, start = self.text, act.trigger[0]
        others = own and group is not None and self._is_anothers_view(group, clause)  # 两位领导人都觉得双方有必要沟通
        if others or text[max(clause.start, start - 2) : start] in (
            "认为",
            "觉得",
            "主张",
            "表示",
            "知道",
            "清楚",
            "明白",
        ):
            return False
        if cues.OF_THINGS.match(text, start) and group is not None and group.end < start:
            return False  # 香港事务应归中央政府管理
        if not own and text[start] == "应" and self.turn.within(act.trigger[1], act.trigger[1] + 2):
            return False  # 应俄方邀请
        if "row" in act.rule.traits and (own or start != clause.start):
            return False
        opens, last = not own and start == clause.start, self.roles.last
        said = (
            last is not None and last.rule.who == "frame" and last.trigger[1] == self.turn.clauses[act.clause - 1].end
        )  # 我们多次强调，必须…
        if opens and (said or (act.clause == self.roles.first and text[start] in "应要二三四五六")):
            if last is None or (not said and last.rule.type not in ("request", "offer")) or last.actors != act.actors:
                return False
            act.targets = last.targets or self.roles.spoken(start, act.actors)
            return True
        if not targets or (not own and group is not None and number_of(group, self.turn) < self.roles.first):
            return False
        act.targets = targets
        return own or not cues.THING.match(text, clause.start, start)

    def _is_anothers_view(self, group: Group, clause: Clause) -> bool:
        """Whether the duty of a group is what somebody else thinks."""
        if cues.HELD_VIEW.search(self.text, clause.start, group.start) is None:
            return False
        first = self.turn.clauses[self.roles.first].start
        holders = self.turn.subjects(first, group.start)
        return bool(holders) and holders[-1].codes != self.roles.principal

    def _is_blaming(self, act: ActDraft) -> bool:
        """Whether a clause without a subject continues an accusation, or says what something just named does."""
        start = self.turn.clauses[act.clause].start
        if cues.THIS_CONDUCT.search(self.text, start, act.trigger[0]):
            return True
        if cues.THING.match(self.text, start, act.trigger[0]) or cues.ASIDE.match(self.text, start, act.trigger[0]):
            return True
        last = self.roles.last
        return last is not None and last.rule.type in ("accuse", "deny") and last.clause >= self.roles.first
