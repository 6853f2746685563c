"""What keeps a Chinese trigger from being an act: a modifier, the complement of an act before it, an object after 将."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.languages.zh.acts import cues
from onrecord.languages.zh.acts.clauses import Clause, TurnClauses, number_of
from onrecord.languages.zh.acts.drafts import ActDraft
from onrecord.languages.zh.acts.nouns import Nouns
from onrecord.languages.zh.acts.roles import Roles
from onrecord.languages.zh.acts.triggers import Trigger

#: Verbs whose own rule gives the act; the words after them in the clause are their complement.
_SWALLOW = frozenset(
    "request offer commit agree propose support oppose reaffirm accuse warn decline concern deny".split()
)
#: Types whose complement may continue after commas: 希望双方加强沟通，扩大合作，并支持…
LONG = frozenset("request offer commit agree propose".split())
DEEDS = frozenset("consult agree aid sanction protest warn propose decline".split())
#: Deeds that 将 plans; help to come is promised: 将提供援助 commits.
_PLANNED = DEEDS - {"aid"}
#: Types that judge conduct described before them in the clause.
_JUDGING = frozenset("accuse oppose warn deny concern".split())
_VERDICTS = frozenset({"support", "oppose"})
#: Types of deeds that may be what was agreed.
_AGREED = frozenset({"consult", "agree", "aid"})
#: Who restates what the speaker said before.
_SPEAKERS = ("中方", "中国政府", "中国外交部", "外交部", "我方", "中国")
#: A standing position whose content is in the clauses after it.
_OPENED = ("主张，", "认为，", "强调，", "要求，")


class Exclusions:
    """The exclusions of one turn; ``acts`` are those found so far."""

    def __init__(self, turn: TurnClauses, roles: Roles, acts: Sequence[ActDraft]) -> None:
        self.text, self.turn, self.roles, self.acts = turn.text, turn, roles, acts
        self.nouns = Nouns(turn, roles)

    def modifies(self, hit: Trigger, clause: Clause, hits: Sequence[Trigger], place: int) -> bool:
        """Whether blame only describes what the clause judges by a later trigger: 美方抹黑中国的做法极其错误."""
        if hit.rule.type in _AGREED and self.turn.topic(clause.start, hit.start) is not None:
            return any(  # 对官员访问新疆大放厥词
                other.rule.type == "accuse" and other.start >= hit.end and other.end <= clause.end
                for other in hits[place + 1 : place + 8]
            )
        if hit.rule.type in _VERDICTS:
            return any(  # 反对这一做法的立场是一贯的
                other.rule.who == "principal"
                and other.rule.type == "reaffirm"
                and self.text[other.start - 1] == "的"
                and hit.end <= other.start < clause.end
                for other in hits[place + 1 : place + 8]
            )
        if hit.rule.type != "accuse":
            return False
        deed = cues.CONDUCT.search(self.text, hit.end, clause.end) or cues.BLAME_JUDGED.match(
            self.text, hit.end, clause.end
        )
        return deed is not None and any(
            other.rule.type in _JUDGING
            for other in hits[place + 1 :]
            if deed.end() - 1 <= other.start and other.end <= clause.end
        )

    def is_held(self, start: int, hit: Trigger, number: int, clause: Clause) -> bool:
        """Whether the trigger is in the complement of an act before it."""
        for last in reversed(self.acts):
            if self.turn.clauses[last.clause].sentence != clause.sentence:
                return False
            talks = "talks" in last.rule.traits
            if last.rule.who == "frame" or "leads" in last.rule.traits or not (talks or last.rule.type in _SWALLOW):
                continue
            between = self.text[last.trigger[1] : start]
            if between and cues.CONJOINED.fullmatch(between):
                return False
            if last.clause == number:
                return self._in_the_same_clause(start, hit, last, between)
            return self._runs_on(start, hit, last, clause)
        return False

    def _in_the_same_clause(self, start: int, hit: Trigger, last: ActDraft, between: str) -> bool:
        if between.endswith("的") and cues.POSITION.match(self.text, hit.start):
            return False  # 反对美方做法的立场是明确的: two acts
        if last.rule.type == "accuse" and cues.DISPLEASED.match(self.text, start):
            return False  # 对美方不顾反对，…，干涉中国内政表示强烈不满
        named = self.turn.within(last.trigger[1], start)  # 支持古巴维护主权、反对干涉: all of it is Cuba's
        if not named and between.endswith(("、", "和", "并")) and {hit.rule.type, last.rule.type} <= _VERDICTS:
            return last.rule.type == hit.rule.type and last.rule.type != "oppose"  # 支持对话、反对制裁
        return not cues.MATRIX.match(self.text, start) or not cues.TURNING.search(between)

    def _runs_on(self, start: int, hit: Trigger, last: ActDraft, clause: Clause) -> bool:
        """Whether the complement of an act in an earlier clause reaches the trigger."""
        if not self._is_long(start, hit, last, clause) or self._opens_an_act(start, hit, last, clause):
            return False
        number = self.turn.clause_at(start)
        if hit.rule.type == "accuse" and cues.THING.match(self.text, clause.start, start):
            return False  # 遗憾的是，美方…，这种做法损人害己
        if hit.rule.type == last.rule.type == "request" and self.text[last.trigger[1]] in "，：":
            return number == last.clause + 1  # 我们希望，俄方应…
        if any(
            cues.COMPLEMENT_ENDS.match(self.text, one.start) for one in self.turn.clauses[last.clause + 1 : number + 1]
        ):
            return False
        return not self.turn.subjects(clause.start, start)

    def _is_long(self, start: int, hit: Trigger, last: ActDraft, clause: Clause) -> bool:
        """Whether the complement of an act may go on over commas to a trigger of this kind."""
        rule = hit.rule
        if last.rule.type in LONG or {"course"} & last.rule.traits:
            return True
        if last.rule.type in _VERDICTS and rule.type in _AGREED and last.targets and start == clause.start:
            return last is self.acts[-1] and "deed" not in last.rule.traits  # 支持各方对话，帮助当地恢复稳定
        if last.rule.type == "reaffirm":
            return self.text[last.trigger[0] : last.trigger[1] + 1].endswith(_OPENED)
        if "talks" in last.rule.traits:
            return rule.type == "consult" and start == clause.start
        if "aims" in last.rule.traits and rule.type == "accuse":
            return start == clause.start or self.text[clause.start] == "为"  # 企图渲染威胁，为扩军制造借口
        if rule.type == "accuse" or (
            rule.type == "sanction" and not cues.DECIDED.search(self.text, clause.start, start)
        ):  # 反对美方援引其国内法，对他国实施制裁: the sanctions of the one opposed
            return last.rule.type in ("oppose", "support", "concern")
        return "defence" in rule.traits and last.rule.type == "warn"  # 将采取必要措施，坚决维护自身利益

    def _opens_an_act(self, start: int, hit: Trigger, last: ActDraft, clause: Clause) -> bool:
        """Whether the trigger is in a row of predicates with the act before, and not in its complement."""
        text, rule = self.text, hit.rule
        turns = (
            text.startswith("并", clause.start)
            or cues.TURNING.search(text, max(clause.start, start - 4), start) is not None
        )
        signed = last.rule.type == "agree" and "course" not in last.rule.traits
        ended = last.trigger[1] == self.turn.clauses[last.clause].end and self.turn.clause_at(start) == last.clause + 1
        if (
            last.rule.type == "agree"
            and ended
            and not signed
            and rule.who == "modal"
            and "joint" not in last.rule.traits
        ):
            return False  # 双方商定，将安排互访
        duties = rule.type == last.rule.type == "request" and rule.who == last.rule.who == "principal"
        duties = duties and not text.startswith("不要", hit.start)  # 应当正视历史，不要误导国民
        return bool(
            rule.type == "decline"
            or (
                rule.type == "accuse" and text.startswith(("予以", "表示", "给予"), start)
            )  # 对袭击感到震惊，对袭击予以谴责
            or (signed and (turns or rule.type not in _AGREED))  # 签署了备忘录，并将探讨有关规划
            or cues.MATRIX.match(text, start)
            or cues.PASSIVE.match(text, clause.start)  # 邀请嘉宾与会，得到各方高度评价
            or (rule is last.rule and "nominal" in rule.traits)  # 维护主权的决心坚定不移，反对干涉的决心坚定不移
            or (rule is last.rule and rule.type == "commit" and start == clause.start)  # 致力于和平，致力于发展
            or (duties and start - clause.start < 2)  # 应全面理解，而不应断章取义
            # 双方愿加强合作，同意继续磋商
            or (rule.type == "agree" and last.rule.type in ("offer", "commit", "agree") and start == clause.start)
            # 邀请俄方参加会议，并且向俄方派出了专家组: what is done is not what is asked
            or (rule.type in DEEDS and last.rule.type != "agree" and self._is_done(start, hit, clause))
            # 呼吁以和平方式解决问题，支持恢复对话: of nobody in particular, so a row of predicates
            or (start == clause.start and last.rule.type == "request" and not last.targets and rule.type in _VERDICTS)
        )

    def _is_done(self, start: int, hit: Trigger, clause: Clause) -> bool:
        text = self.text
        return bool(
            "了" in text[start : hit.end]
            or cues.SUFFIX_DONE.match(text, hit.end)
            or cues.DONE.search(text, clause.start, start)
        )

    def binds(self, hit: Trigger, clause: Clause) -> bool:
        """Whether 将, 决定, 宣布 can be an act: not if they mark an object, or only foretell."""
        text = self.text
        if hit.rule.words == "将" and (
            cues.OBJECT_MARKED.match(text, hit.end, clause.end)
            or text[hit.start - 1 : hit.start] in ("即", "必", "终", "势", "已", "却")
        ):
            return False
        if hit.end >= clause.end or cues.FORECAST.match(text, hit.end) or cues.NEWS.match(text, hit.end, clause.end):
            return False
        free = self.turn.free(clause.start, hit.start)
        if hit.rule.words == "将" and free and free[-1].codes != self.roles.principal:
            first = self.turn.clauses[self.roles.first].start
            if cues.EXPECTED.search(text, first, free[-1].start):
                return False  # 相信俄方将取得成就
        if not free and cues.BELIEVED.search(text, self.turn.clauses[self.roles.first].start, clause.start):
            return False
        since = free[-1].end if free and free[-1].end <= hit.start else clause.start
        if hit.rule.words == "将" and cues.MARKS_OBJECT.search(text, since, hit.start):
            return False
        if free and free[-1].end <= hit.start:
            return not cues.MATTER.search(text, free[-1].end, hit.start)
        subject = self.roles.subject
        if subject is not None and cues.ITS_VISIT.match(text, subject.end):
            return False
        in_sentence = subject is not None and number_of(subject, self.turn) >= self.roles.first
        later = hit.end - hit.start > 1 or (
            cues.CHAINED.fullmatch(text, clause.start, hit.start) and cues.COURSE.match(text, hit.end)
        )
        return in_sentence and bool(later)

    def says_nothing(self, act: ActDraft, clause: Clause) -> bool:
        """Whether words on what was said before hold no position: 我刚才说过; 我们已介绍过有关情况; 正如我们说过的."""
        if "said" not in act.rule.traits:
            return False
        text, end, group = self.text, act.trigger[1], act.group
        if cues.AS_SAID.match(text, clause.start, act.trigger[0]):
            return True
        if cues.POSITION.search(text, end, clause.end):
            return False
        alone = False
        if group is not None and group.codes == self.roles.principal and group.start >= clause.start:
            named = text[group.start : group.end]
            ours = group.speaks or named.startswith(_SPEAKERS)
            alone = named == "我" or not ours or cues.HOME_AGENCY.match(text, group.start) is not None
        return alone or cues.TOLD_OF.match(text, end, clause.end + 1) is not None

    def is_expected(self, act: ActDraft, clause: Clause) -> bool:
        """Whether a commitment or wish of somebody else is only believed in: 相信俄方有能力…."""
        if act.rule.type in _AGREED and "了" not in self.text[act.trigger[0] : act.trigger[1] + 1]:
            start = self.turn.clauses[self.roles.first].start
            return cues.BELIEVED.search(self.text, start, act.trigger[0]) is not None
        if act.rule.type not in ("commit", "request", "offer") or act.actors == self.roles.principal:
            return False
        first = self.turn.clauses[self.roles.first].start if act.rule.type == "commit" else clause.start
        return cues.EXPECTED.search(self.text, first, max(act.start, first)) is not None

    def yields(self, hit: Trigger, clause: Clause, hits: Sequence[Trigger], place: int) -> bool:
        """Whether an action follows in the clause that is an act itself, so that 将 only tells its time."""
        shielded = hit.end
        for index in range(place + 1, len(hits)):
            other = hits[index]
            if other.start >= clause.end:
                return False
            if other.rule.type is None:
                shielded = max(shielded, other.end)
            if other.start < shielded or other.end > clause.end:
                continue
            if not self.nouns.is_noun(self.nouns.widened(other.start, hit.end), other, clause):
                planned = DEEDS if "jointly" in hit.rule.traits else _PLANNED  # 决定提供援助 gives it
                deed = other.rule.type in planned or "deed" in other.rule.traits
                return deed and "soft" not in other.rule.traits
        return False
