"""What keeps a Chinese trigger from being an act: a noun, a modifier, the complement of an act before it, an object after 将."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.languages.zh.acts import cues
from onrecord.languages.zh.acts.clauses import Clause, TurnClauses, number_of
from onrecord.languages.zh.acts.drafts import ActDraft
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
#: Types whose triggers are often nouns: 有关建议, 合理要求.
_NAMED = frozenset("request propose support agree".split())
#: Types that judge conduct described before them in the clause.
_JUDGING = frozenset("accuse oppose warn deny concern".split())
_VERDICTS = frozenset({"support", "oppose"})
#: Types whose actor may stand between 受到 and the trigger.
_RECEIVED = frozenset({"support", "oppose", "aid", "concern"})
#: Types of deeds that may be what was agreed.
_AGREED = frozenset({"consult", "agree", "aid"})
#: Types of deeds that a law may oblige to.
_CONTENT = frozenset({"consult", "agree", "aid", "support", "commit"})
#: A standing position whose content is in the clauses after it.
_OPENED = ("主张，", "认为，", "强调，", "要求，")


class Exclusions:
    """The exclusions of one turn; ``acts`` are those found so far."""

    def __init__(self, turn: TurnClauses, roles: Roles, acts: Sequence[ActDraft]) -> None:
        self.text, self.turn, self.roles, self.acts = turn.text, turn, roles, acts

    def widened(self, start: int, floor: int) -> int:
        """Extend the trigger by the adverbs and light verbs before it: 坚决 反对, 表示 强烈 谴责."""
        text = self.text
        while start > floor:
            for size in (4, 3, 2, 1):
                if start - size >= floor and text[start - size : start] in cues.ADVERBS:
                    start -= size
                    break
            else:
                break
        return start

    def is_noun(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether the words are a noun here (中方的建议), modify one (签署的协议) or belong to another phrase."""
        return (
            self._is_made_a_noun_before(start, hit, clause)
            or self._is_made_a_noun_behind(start, hit, clause)
            or self._is_of_others(start, hit, clause)
            or self._is_in_a_phrase(start, hit, clause)
            or self._lacks_an_object(start, hit, clause)
        )

    def _is_made_a_noun_before(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether 的, a determiner, a purpose or a duty stands before: 中方的建议, 有关建议, 为敦促, 应坚持."""
        text, rule = self.text, hit.rule
        of = start > clause.start and text[start - 1] == "的"
        if of and rule.type in _RECEIVED and cues.AGENT.search(text, clause.start, start):
            of = False  # 受到国际社会的普遍欢迎
        if of and "nominal" not in rule.traits and ("noun" in rule.traits or not cues.POSITION.match(text, hit.start)):
            return True
        floor = max(clause.start, start - 4)
        return bool(
            (rule.type in ("request", "commit", "warn", "decline", "offer") and cues.SENSELESS.match(text, start))
            or (rule.type == "request" and text[start - 1] == "是" and start - 1 <= clause.start)  # 提出倡议，是希望…
            or (text[start - 1 : start] == "所" and start > clause.start)  # 民意所反对的
            or (
                rule.type in cues.PLAIN and cues.OF_TOPIC.search(text, floor, start) and start > clause.start
            )  # 对支持对话的共识
            or (rule.type == "request" and hit.end == clause.end and cues.BY_DEMAND.search(text, clause.start, start))
            or cues.PURPOSE.search(text, floor, start)
            or (rule.who == "modal" and cues.NOUN_BEFORE.search(text, floor, start))
            or (rule.type != "decline" and cues.WHETHER.search(text, clause.start, start))
            or cues.IN_DOING.search(text, floor, start)
            or (rule.type in _NAMED and cues.NOUN_BEFORE.search(text, floor, start))
            or (rule.type in ("reaffirm", "support") and cues.DUTY.search(text, floor, start))
            or (rule.type == "reaffirm" and cues.HOW.search(text, clause.start, start))  # 讨论如何推进合作
            or (
                rule.type == "consult" and text.endswith(("有关", "相关", "上述"), clause.start, start)
            )  # 发布了相关通报
            or (rule.type == "accuse" and cues.ONLY_WILL.search(text, max(clause.start, start - 4), start))
            or (
                rule.target == "next"
                and rule.type == "consult"
                and text.endswith(("此次", "这次", "本次"), floor, start)
            )
            or (rule.type in ("request", "warn") and cues.AS_NOUN.search(text, floor, start))
            or (
                rule.type == "support"
                and cues.ANNOUNCED.search(text, clause.start, start)
                and cues.MEASURES.match(text, hit.end)
            )
        )

    def _is_made_a_noun_behind(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether 的 or a noun stands behind: 签署的协议, 反对战争的声音, 建交20周年."""
        text, rule = self.text, hit.rule
        after = cues.SUFFIX_DONE.match(text, hit.end)
        end = after.end() if after else hit.end
        of = text[end : end + 1] == "的" and end + 1 < clause.end and not text.startswith("的是", end)
        if not of and text.startswith("的", end) and "是" in text[clause.start : start]:
            of = rule.type == "agree" or rule.who == "modal"  # 这是双方商定的
        if of and rule.type != "decline":
            return rule.who != "principal" or rule.type in ("accuse", "deny", "sanction", "concern")
        return bool(
            cues.NOUN_AFTER.match(text, end)
            or (rule.type in ("consult", "agree") and "telling" not in rule.traits and cues.ABOUT.match(text, end))
            or (
                rule.type in _CONTENT
                and cues.SERVING.match(text, end)
                and cues.SERVED.search(text, clause.start, hit.start)
            )
            or ((rule.type in cues.PLAIN or rule.type == "request") and text.startswith("是", end))
            or (rule.type in _VERDICTS and (cues.VOICES.match(text, hit.end) or cues.ONE_OF.match(text, hit.end)))
            or (rule.type == "consult" and cues.WHEN.match(text, hit.end, clause.end))
            or (rule.type == "agree" and cues.ANNIVERSARY.search(text, hit.end, clause.end))
            or ("line" in rule.traits and cues.STANDING.match(text, hit.end, clause.end))
            or ("noun" in rule.traits and cues.ACHIEVES.match(text, hit.end, clause.end))
            or (rule.who == "subject" and cues.MEANS.match(text, hit.end, clause.end))
            or (
                (
                    (rule.type in cues.PLAIN and rule.who == "subject")
                    or (rule.type == "request" and rule.who == "principal")
                )
                and self._describes(start, hit, clause)
            )
            or (
                rule.type == "request"
                and cues.EXPRESSED.search(text, clause.start, start)
                and cues.SAID.match(text, hit.end, clause.end)
            )
            or (rule.who == "frame" and cues.EMPTY_FRAME.match(text, hit.end))
            or (
                rule.type in _CONTENT
                and cues.LEGAL_NOUN.match(text, hit.end, clause.end)
                and cues.IN_LAW.search(text, clause.start, hit.start)
            )
        )

    def _describes(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether the words describe what something is: 媒体是各国加强沟通的纽带."""
        copula = cues.IS_A.search(self.text, clause.start, start)
        if copula is None or cues.POSITION.search(self.text, clause.start, copula.start()):
            return False
        return cues.OF_END.search(self.text, hit.end, clause.end) is not None

    def _is_of_others(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether it is the concern or opposition of others that is heeded or not (合理关切, 不顾各方反对), or only claimed."""
        text, rule = self.text, hit.rule
        if rule.type not in ("deny", "decline"):
            if cues.CLAIMED.match(text, hit.end, clause.end) and cues.SO_CALLED.search(text, clause.start, start):
                return True
            if rule.type == "accuse" and cues.RESOLVE.match(text, hit.end, clause.end):
                return True  # 反对外部势力干预的决心
            if (
                rule.type == "accuse"
                and cues.OF_BEFORE.search(text, clause.start, start)
                and cues.CONDUCT_NOUN.match(text, hit.end)
            ):
                return True
        if rule.type in ("concern", "oppose") and cues.HEEDED.search(self.text, clause.start, start):
            return rule.type == "concern" or hit.end >= clause.end
        return rule.type == "concern" and rule.target == "with" and start == hit.start and hit.length == 2

    def _is_in_a_phrase(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether the words are in a phrase of place or topic, or what is avoided: 避免激化, 就达成共识进行磋商."""
        text, rule = self.text, hit.rule
        if rule.type != "decline" and cues.ON_MATTER.match(text, clause.start, start):
            named = self.turn.within(clause.start, start)
            ended = cues.MATTER_END.search(text, max(hit.end, clause.end - 3), clause.end)
            if ended or not named or named[0].codes != self.roles.principal:
                return True  # 关于印方要求，…
        if rule.type not in cues.PLAIN and rule.type != "accuse":
            return False
        avoided = rule.type == "accuse" and cues.AVOIDED.search(text, clause.start, start)
        if avoided or self.turn.in_place(start, clause):
            return True
        return self.turn.topic(clause.start, start) is not None and self._is_in_a_topic(start, hit, clause)

    def _is_in_a_topic(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether the words belong to a topic that a later verb closes: 对双方达成协议表示欢迎, 对各方支持表示感谢."""
        text, rule = self.text, hit.rule
        felt = cues.FEELING.search(text, hit.end, clause.end)
        if rule.type in ("support", "commit"):
            joined = (
                felt is not None and felt.start() > hit.end and cues.CONJOINED.fullmatch(text, hit.end, felt.start())
            )
            return felt is not None and not joined
        if rule.type in cues.PLAIN and cues.FEELING.search(text, clause.start, clause.end):
            return felt is not None
        if rule.type in cues.PLAIN and self._is_felt_later(clause):
            return True
        closed = cues.TOPIC_VERB.search(text, hit.end, clause.end)
        return closed is not None and not cues.TOPIC_VERB.match(text[start : hit.end])

    def _is_felt_later(self, clause: Clause) -> bool:
        """Whether the topic with 对 goes on over commas: 对双方举行会谈，就有关问题达成共识表示赞赏."""
        if cues.TO_THAT.search(self.text, clause.start, clause.end) is None:
            return False
        number = self.turn.clause_at(clause.start)
        for one in self.turn.clauses[number + 1 : number + 4]:
            if one.sentence != clause.sentence or cues.TO_THAT.search(self.text, one.start, one.end):
                return False
            if cues.FEELING.search(self.text, one.start, one.end):
                return True
        return False

    def _lacks_an_object(self, start: int, hit: Trigger, clause: Clause) -> bool:
        """Whether a verb that needs an object ends its clause without one: 得到各方支持."""
        text, rule = self.text, hit.rule
        if "object" in rule.traits:
            if rule.type == "accuse" and (
                text[hit.end : hit.end + 1] in "、和与及，；。"
                or cues.SUFFERED.search(text, max(clause.start, start - 4), start)
            ):
                return True  # 构成威胁, 受到冲击
            if hit.end >= clause.end and not cues.BETWEEN.search(text, clause.start, start):
                return True  # 有很多报道和讨论
        if hit.end < clause.end:
            return False
        if "noun" in rule.traits and text[hit.end : hit.end + 1] != "，":
            return True  # 阐明中方主张
        given = cues.AGENT.search(text, clause.start, start)  # 得到各方支持
        bare = rule.type == "support" and start == hit.start and hit.end - start < 4 and not given
        if rule.target == "after" and text[hit.end : hit.end + 1] != "，":
            return bare or rule.type in ("request", "propose")
        return rule.type == "request" and rule.target == "subject"

    def modifies(self, hit: Trigger, clause: Clause, hits: Sequence[Trigger], place: int) -> bool:
        """Whether blame only describes what the clause judges by a later trigger: 美方抹黑中国的做法极其错误."""
        if hit.rule.type in _AGREED and self.turn.topic(clause.start, hit.start) is not None:
            return any(  # 对官员访问新疆大放厥词
                other.rule.type == "accuse" and other.start >= hit.end and other.end <= clause.end
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
            if last.rule.who == "frame" or last.rule.type not in _SWALLOW or "leads" in last.rule.traits:
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
            return True  # 支持各方对话，帮助当地恢复稳定
        if last.rule.type == "reaffirm":
            return self.text[last.trigger[0] : last.trigger[1] + 1].endswith(_OPENED)
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
        duties = rule.type == last.rule.type == "request" and rule.who == last.rule.who == "principal"
        return bool(
            rule.type == "decline"
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
            alone = named == "我" or not (group.speaks or named.startswith(("中", "外交部")))
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
            if not self.is_noun(self.widened(other.start, hit.end), other, clause):
                planned = DEEDS if "jointly" in hit.rule.traits else _PLANNED  # 决定提供援助 gives it
                return other.rule.type in planned and "soft" not in other.rule.traits
        return False
