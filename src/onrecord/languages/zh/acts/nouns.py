"""Where the words of a Chinese trigger are a noun or modify one, belong to a phrase of place or topic, or lack their object."""

from __future__ import annotations

from onrecord.languages.zh.acts import cues
from onrecord.languages.zh.acts.clauses import Clause, TurnClauses
from onrecord.languages.zh.acts.roles import Roles
from onrecord.languages.zh.acts.triggers import Trigger

#: Types whose triggers are often nouns: 有关建议, 合理要求.
_NAMED = frozenset("request propose support agree".split())
_VERDICTS = frozenset({"support", "oppose"})
#: Types whose actor may stand between 受到 and the trigger.
_RECEIVED = frozenset({"support", "oppose", "aid", "concern"})
#: Types of deeds that a law may oblige to.
_CONTENT = frozenset({"consult", "agree", "aid", "support", "commit"})


class Nouns:
    """The nouns of one turn."""

    def __init__(self, turn: TurnClauses, roles: Roles) -> None:
        self.text, self.turn, self.roles = turn.text, turn, roles

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
            or ("object" in rule.traits and rule.type == "reaffirm" and cues.WILL_VALUE.search(text, floor, hit.start))
            or (rule.type == "commit" and rule.who == "subject" and cues.OWN_FIGHT.match(text, hit.end, clause.end))
            or (
                rule.type in ("reaffirm", "oppose", "support") and cues.HEADING.match(text, clause.start, start)
            )  # 二是坚持开放
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
            or (
                "adjective" in rule.traits and text[hit.end - 1] == "的" and hit.end < clause.end
            )  # 是不公正的秩序的产物
            or (
                rule.type == "reaffirm"
                and rule.who == "subject"
                and cues.MATTER_AT_HOME.match(text, hit.end, clause.end)
            )
            or (
                rule.type == "consult"
                and "将" not in text[clause.start : start]
                and cues.NEWS.match(text, hit.end, clause.end)
            )
            or (rule.type == "offer" and cues.AND_MORE.match(text, hit.end, clause.end))
            or ("attending" in rule.traits and cues.ATTENDING.match(text, hit.end, clause.end))
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
            or (
                rule.type == "request"
                and rule.target == "after"
                and cues.WISH_NOUN.match(text, hit.end, clause.end + 1)
                and not self.turn.within(hit.end, hit.end + 1)
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
        if rule.type in _VERDICTS and any(
            one.start() < start < one.end() for one in cues.MEANWHILE.finditer(text, clause.start, clause.end)
        ):
            return True
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
