"""Acts in Chinese: rules of ``lexicon/triggers_zh.csv`` over the clauses of a turn.

A trigger found by the automaton becomes an act where the clause lets it: it is no noun, no condition and no question, it
stands in no complement of another act (希望美方停止干涉: one request), and somebody acts. Who acts and at whom is told by
:mod:`onrecord.annotation.chinese_clauses`; whose words a clause repeats (美方称…) by the verb of saying before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.annotation.acts import Found, View
from onrecord.annotation.chinese_clauses import Clause, Group, Turn, parties
from onrecord.annotation.chinese_words import (
    ADVERBS, AGENT, ASIDE, ASKING, COMPLEMENT_ENDS, CONDITION, CONJOINED, DONE, EMBEDDING, GROUNDS,
    HEARSAY, HEDGES, MATRIX, NOUN_AFTER, NOUN_BEFORE,
    OBJECT_MARKED, ONGOING, PLANNED, REPORTING, SOMEBODY, SUFFIX_DONE, THING, THIS, TOPIC_VERB,
    TURNING, negation,
)  # fmt: skip
from onrecord.lexicon.triggers_zh import Rule, Trigger, triggers
from onrecord.marks import Mention, Polarity, Time

#: What a government does with these is told by its own verb; the words behind them in the clause are what it is about.
_SWALLOW = frozenset("request offer commit agree propose support oppose reaffirm accuse warn decline concern deny".split())
#: Their complements run on over commas: 希望双方加强沟通，扩大合作，并支持…
_LONG = frozenset("request offer commit agree propose".split())
_DEEDS = frozenset("consult agree aid sanction protest warn propose decline".split())
_PERFORMED = frozenset("request support oppose offer concern reaffirm protest propose commit decline accuse".split())
#: What is judged by words that stand before it as well: a verb between makes it part of something else.
_PLAIN = frozenset("consult agree aid support reaffirm commit sanction propose".split())
_POSITION = re.compile("立场|态度|政策|原则|主张|决心|意志")
#: Rules whose words begin with a noun, so that 的 may stand before them.
_NOMINAL = frozenset({"door", "resolve", "open"})
#: Deeds of polities: a firm's contract and a paper's report are none.
_GOVERNMENT = frozenset("consult agree aid reaffirm commit sanction protest".split())
_PRIVATE = frozenset({"FIRM", "MEDIA", "PEOPLE"})
_DONE_TYPES = frozenset("consult agree aid protest sanction propose".split())
_WITH = frozenset("同与跟和向对给为就")


def read_acts(text: str, mentions: Sequence[Mention], view: View) -> list[Found]:
    """The acts in a turn's words, in order. ``mentions`` are those of the turn, their places counted from its start."""
    hits = triggers().find(text)
    return _Reading(text, mentions, view).read(hits) if hits else []


class _Act:
    """An act on its way: a :class:`Found` with the clause and rule that it stands in."""

    __slots__ = ("actors", "clause", "hedge", "polarity", "rule", "start", "subject", "targets", "time", "trigger")

    def __init__(self, rule: Rule, clause: int, trigger: tuple[int, int], start: int) -> None:
        self.rule, self.clause, self.trigger, self.start = rule, clause, trigger, start
        self.actors: tuple[str, ...] = ()
        self.targets: tuple[str, ...] = ()
        self.subject: tuple[str, ...] = ()
        self.polarity: Polarity = "affirmed"
        self.time: Time = "ongoing"
        self.hedge: str | None = None


class _Reading:
    """Reads one turn, clause after clause."""

    def __init__(self, text: str, mentions: Sequence[Mention], view: View) -> None:
        self.text, self.view = text, view
        self.turn = Turn(text, mentions)
        self.podium: tuple[str, ...] = (view.podium,) if view.podium else ()
        self.speaker: tuple[str, ...] = self.podium
        self.acts: list[_Act] = []
        self.sentence = -1
        self.first = 0  # the first clause of the sentence
        self.subject: Group | None = None  # the sentence's last subject
        self.before: Group | None = None  # the subject of the sentence before
        self.read_to = 0  # clauses whose subjects and verbs of saying are taken in
        self.blamed: tuple[str, ...] = ()

    def read(self, hits: list[Trigger]) -> list[Found]:
        """The acts of all hits that stand."""
        reached = 0
        held = -1  # the clause in which a condition or an aside holds all
        for place, hit in enumerate(hits):
            if hit.start < reached:
                continue
            number = self.turn.clause_at(hit.start)
            self._go_to(number)
            clause = self.turn.clauses[number]
            if hit.end > clause.end:
                continue
            if hit.rule.type is None:
                reached = hit.end
                continue
            if number == held:
                continue
            if self._is_aside(number, clause, hit.rule):
                held = number if hit.rule.type != "decline" else held
                continue
            act = self._act(hit, number, clause, hits, place)
            if act is not None:
                reached = hit.end
                last = self.acts[-1] if self.acts else None
                if last and last.rule.type == hit.rule.type and last.trigger[1] == act.trigger[0]:
                    last.trigger = (last.trigger[0], act.trigger[1])
                else:
                    self.acts.append(act)
        return self._found()

    # Where a clause stands.

    def _go_to(self, number: int) -> None:
        """Takes in the subjects and verbs of saying of all clauses before ``number``."""
        while self.read_to <= number:
            clause = self.turn.clauses[self.read_to]
            if clause.sentence != self.sentence:
                self.sentence, self.first = clause.sentence, self.read_to
                self.before, self.subject = self.subject or self.before, None
                self.speaker = self.podium
            elif self.read_to:
                self._take_in(self.turn.clauses[self.read_to - 1])
            self.read_to += 1

    def _take_in(self, clause: Clause) -> None:
        free = self.turn.free(clause.start, clause.end)
        if free:
            self.subject = free[0]
            if free[0].speaks:
                self.speaker = self.podium
        said = None
        for said in REPORTING.finditer(self.text, clause.start, clause.end):
            pass
        if said is None:
            return
        who = [group for group in free if group.end <= said.start()]
        if who:
            self.speaker = who[-1].codes
        elif HEARSAY.search(self.text, clause.start, said.end()):
            self.speaker = ()
        elif not SOMEBODY.match(self.text, clause.start) and self.subject:
            self.speaker = self.subject.codes

    def _is_aside(self, number: int, clause: Clause, rule: Rule) -> bool:
        """Conditions, the asker's words taken up (关于你提到的…) and questions that expect no answer."""
        text = self.text
        if CONDITION.match(text, clause.start, clause.end):
            return True
        if rule.type != "decline" and ASIDE.search(text, clause.start, clause.end):
            return True
        if rule.type == "commit":
            for one in range(self.first, number):
                if CONDITION.match(text, self.turn.clauses[one].start):
                    return True
        end = self._sentence_end(number)
        if text[end : end + 1] in ("？", "?"):
            asks = ASKING.search(text, self.turn.clauses[self.first].start, end)
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

    def _act(self, hit: Trigger, number: int, clause: Clause, hits: list[Trigger], place: int) -> _Act | None:
        text, rule = self.text, hit.rule
        start = self._widened(hit.start, clause.start)
        quotation = self.turn.quotation_of(hit.start, hit.end)
        if quotation is not None and not quotation.speech:
            return None
        if self._is_noun(start, hit, clause) or self._is_held(start, hit, number, clause):
            return None
        if rule.who == "modal" and not self._binds(hit, clause, hits, place):
            return None
        speaker = self.speaker
        if quotation is not None and speaker == self.podium and not self._quotes_podium(quotation.start):
            return None
        act = _Act(rule, number, (start, hit.end), clause.start)
        act.polarity = "negated" if negation(text, clause.start, start) else "affirmed"
        if act.polarity == "negated" and (rule.who == "podium" or rule.type in ("request", "concern", "decline", "deny")):
            return None
        ok = self._podium_judges(act, hit, clause, speaker) if rule.who == "podium" else self._subject_acts(act, hit, clause, speaker)
        if not ok or not act.actors:
            return None
        act.targets = tuple(code for code in act.targets if code not in act.actors)
        act.time = self._time(act, hit, clause)
        act.hedge = _hedge(rule, text[start : hit.end], text[max(clause.start, start - 6) : start])
        return act

    def _widened(self, start: int, floor: int) -> int:
        """The trigger with the adverbs and light verbs before it: 坚决 反对, 表示 强烈 谴责."""
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
        """Whether the words are a noun here (中方的建议) or tell of what noun is spoken (签署的协议)."""
        text, rule = self.text, hit.rule
        if start > clause.start and text[start - 1] == "的" and not _POSITION.match(text, hit.start) and rule.id not in _NOMINAL:
            return True
        if NOUN_BEFORE.search(text, max(clause.start, start - 4), start) and rule.type in ("request", "propose", "support", "agree"):
            return True
        after = SUFFIX_DONE.match(text, hit.end)
        end = after.end() if after else hit.end
        if text[end : end + 1] == "的" and end + 1 < clause.end and rule.type != "decline" and not text.startswith("的是", end):
            return rule.who != "podium" or rule.type in ("accuse", "deny", "sanction")
        if NOUN_AFTER.match(text, end) or (rule.type in _PLAIN and text.startswith("是", end)):
            return True
        if rule.type == "concern" and rule.target == "with" and start == hit.start and hit.said == 2:
            return True  # 合理关切 is what others have; 表示关切 is an act
        if rule.type in _PLAIN or rule.type == "accuse":
            if self.turn.in_place(start, clause):
                return True
            opened = self.turn.topic(clause.start, start)
            if opened is not None and rule.type != "support" and rule.type != "commit" and TOPIC_VERB.search(text, hit.end, clause.end):
                return not TOPIC_VERB.match(text[start:hit.end])
        if hit.end >= clause.end and rule.target == "after" and text[hit.end : hit.end + 1] != "，":
            if rule.type in ("request", "propose") or (rule.type == "support" and start == hit.start):
                return True
        return hit.end >= clause.end and rule.type == "request" and rule.who == "podium"

    def _is_held(self, start: int, hit: Trigger, number: int, clause: Clause) -> bool:
        """Whether the trigger stands in the complement of an act before it."""
        rule = hit.rule
        for last in reversed(self.acts):
            if self.turn.clauses[last.clause].sentence != clause.sentence:
                return False
            if last.rule.who == "frame" or last.rule.type not in _SWALLOW:
                continue
            between = self.text[last.trigger[1] : start]
            if CONJOINED.fullmatch(between):
                return False
            if last.clause == number:
                return not MATRIX.match(self.text, start) or not TURNING.search(between)
            long = last.rule.type in _LONG or (last.rule.type == "reaffirm" and self.text[last.trigger[1] : last.trigger[1] + 1] == "，")
            if rule.type == "accuse" and last.rule.type in ("oppose", "support", "concern"):
                long = True
            if not long:
                return False
            if rule.type == "decline" or MATRIX.match(self.text, start):
                return False
            return not self.turn.free(clause.start, start)
        return False

    def _binds(self, hit: Trigger, clause: Clause, hits: list[Trigger], place: int) -> bool:
        """Whether 将, 决定, 宣布 are the act: not where they mark an object or a deed follows that is an act of its own."""
        if hit.rule.words == "将" and (
            OBJECT_MARKED.match(self.text, hit.end, clause.end) or self.text[hit.start - 1 : hit.start] in ("即", "必", "终", "势", "已")
        ):
            return False
        for other in hits[place + 1 :]:
            if other.start >= clause.end:
                break
            if other.start >= hit.end and other.end <= clause.end and other.rule.type in _DEEDS:
                if not self._is_noun(self._widened(other.start, hit.end), other, clause):
                    return False
        free = self.turn.free(clause.start, hit.start)
        if free and free[-1].end <= hit.start:
            return hit.end - hit.start > 1 or "的" not in self.text[free[-1].end : hit.start]
        return hit.end - hit.start > 1 and self.subject is not None and number_of(self.subject, self.turn) >= self.first

    def _quotes_podium(self, start: int) -> bool:
        """Whether a quotation is the podium's own words: 习近平主席指出：“…”."""
        number = self.turn.clause_at(max(0, start - 2))
        clause = self.turn.clauses[number]
        free = self.turn.free(clause.start, start)
        return bool(free) and free[0].codes == self.podium and bool(REPORTING.search(self.text, clause.start, start))

    # Who acts, and at whom.

    def _subjects(self, start: int, clause: Clause) -> tuple[Group | None, bool]:
        """The subject of a verb at ``start``, and whether it stands in the clause itself."""
        free = self.turn.free(clause.start, start)
        if free:
            conjoined = TURNING.search(self.text, max(clause.start, start - 2), start)
            return (free[0] if conjoined else free[-1]), True
        for group in reversed(self.turn.within(clause.start, start)):  # 对此做法中方…: right before the verb
            if group.codes == self.podium and not group.by and start - group.end < 3:
                return group, True
        return self.subject, False

    def _subject_acts(self, act: _Act, hit: Trigger, clause: Clause, speaker: tuple[str, ...]) -> bool:
        text, rule, start = self.text, act.rule, act.trigger[0]
        group, own = self._subjects(start, clause)
        agent = None
        for agent in AGENT.finditer(text, clause.start, start):
            pass
        if agent is not None and rule.type != "decline":
            by = [one for one in self.turn.within(agent.end(), start)]
            if not by:
                return False
            act.actors = by[0].codes
            act.targets = group.codes if group is not None and own and group.start < agent.start() else ()
            act.start = group.start if group is not None and own else clause.start
            return True
        if rule.type == "decline":
            if (own and group is not None and group.codes != self.podium) or SOMEBODY.search(text, clause.start, hit.start):
                return False
            act.actors, act.targets = (self.podium if speaker == self.podium else ()), ("MEDIA",)
            act.start = group.start if own and group is not None else clause.start
            return True
        if THING.match(text, clause.start, start) and (not own or (rule.type in _PLAIN and "是" in text[clause.start : start])):
            return False
        if not own and rule.type in _PLAIN and GROUNDS.match(text, clause.start, start):
            return False
        if group is None and rule.type in _PERFORMED:
            act.actors = speaker
        elif group is None:
            if self.before is None or self.first != act.clause and not speaker:
                return False
            act.actors = self.before.codes
        else:
            act.actors = speaker if group.speaks and speaker else group.codes
            if not own and speaker != self.podium and speaker and group.start < clause.start:
                act.actors = group.codes
            act.start = group.start if own or number_of(group, self.turn) >= self.first else clause.start
        if rule.type in _PLAIN and rule.who != "frame":
            since = group.end if own and group is not None and group.end <= start else clause.start
            if EMBEDDING.search(text, since, start):
                return False
            if not own and rule.who == "subject" and "是" in text[hit.end : clause.end] and act.clause == self.first:
                return False  # 坚持一个中国原则是…: the words are a subject themselves
        act.targets = self._targets(act, hit, clause)
        if rule.id == "suggest" and not act.targets:
            return False
        if rule.type in _GOVERNMENT and set(act.actors) <= _PRIVATE:
            return False
        if rule.target == "beside" and hit.end < clause.end and not text.startswith(("了", "。"), hit.end):
            return False
        return rule.target not in ("next", "beside") or bool(act.targets) or (rule.target == "beside" and own and len(act.actors) > 1)

    def _targets(self, act: _Act, hit: Trigger, clause: Clause) -> tuple[str, ...]:
        text, rule, start = self.text, act.rule, act.trigger[0]
        if rule.target == "media":
            return ("MEDIA",)
        if "华" in text[hit.start : hit.end] and rule.type == "consult":
            return ("CHN",)
        if rule.target == "next":
            near = self.turn.within(hit.end, hit.end + 3)
            if not near and rule.type == "consult":
                return self.turn.place_at(hit.end)
            return near[0].codes if near and not set(near[0].codes) <= set(act.actors) else ()
        ahead = [one for one in self.turn.within(clause.start, start) if one.by[:1] in _WITH and one.by]
        ahead += [one for one in self.turn.within(hit.start, hit.end) if one.codes != act.actors]
        after = [one for one in self.turn.within(hit.end, clause.end)]
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
            if other and (rule.type in ("offer", "commit") or text[hit.end - 1] in "同与和") and other[0].by[:1] in _WITH:
                return other[0].codes
            if other and hit.end - hit.start == 1 or rule.type in ("concern", "protest", "sanction"):
                return other[0].codes if other else self._spoken(hit.start, act.actors)
        if rule.type in ("oppose", "support", "concern", "protest") and (THIS.search(text, clause.start, clause.end) or hit.end >= clause.end):
            return self._spoken(hit.start, act.actors)
        return ()

    def _spoken(self, place: int, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Whom "this" is about: the last other party named before, in the turn or before it."""
        if self.blamed and not set(self.blamed) & set(actors):
            return self.blamed
        for group in reversed(self.turn.within(0, place)):
            others = parties(tuple(code for code in group.codes if code not in actors and code not in self.podium))
            if others and group.by not in ("在", "驻"):
                return others[:1] if len(group.codes) > 1 and set(group.codes) & set(self.podium) else others
        others = parties([code for code in self.view.others if code not in actors])
        return others[-1:]

    def _podium_judges(self, act: _Act, hit: Trigger, clause: Clause, speaker: tuple[str, ...]) -> bool:
        text, rule, start = self.text, act.rule, act.trigger[0]
        group, own = self._subjects(start, clause)
        act.actors = speaker
        if rule.type == "decline":
            act.targets = ("MEDIA",)
            return speaker == self.podium
        if own and group is not None:
            act.start = group.start
        if rule.target == "none":
            if own and group is not None and _POSITION.match(text, hit.start) and parties(group.codes):
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
            if not targets or (not own and group is not None and number_of(group, self.turn) < self.first):
                return False
            act.targets = targets
            return not THING.match(text, clause.start, start) or own
        if own and group is not None and not targets:
            return False  # 中方不干涉: nobody is blamed
        if not targets:
            if not (self.blamed or THING.match(text, clause.start, start)) or (rule.type != "deny" and not self._is_blaming(act)):
                return False
            targets = self._spoken(hit.start, act.actors)
        act.targets = targets
        if rule.type in ("accuse", "deny") and targets:
            self.blamed = targets
        return bool(targets) or rule.type == "deny"

    def _is_blaming(self, act: _Act) -> bool:
        """Whether a clause without a subject goes on blaming, or says what a thing just named does."""
        if THING.match(self.text, self.turn.clauses[act.clause].start, act.trigger[0]):
            return True
        last = self.acts[-1] if self.acts else None
        return last is not None and last.rule.type in ("accuse", "deny") and last.clause >= self.first

    # When, and how far.

    def _time(self, act: _Act, hit: Trigger, clause: Clause) -> Time:
        rule, text = act.rule, self.text
        floor = max(clause.start, act.start)
        before = text[floor : act.trigger[0]] if floor < act.trigger[0] else ""
        said = text[act.trigger[0] : hit.end]
        if rule.type in ("commit", "warn") and rule.time != "auto":
            return rule.time
        if PLANNED.search(before) or PLANNED.match(said):
            return "planned"
        if ONGOING.search(before) or ONGOING.match(said):
            return "ongoing"
        if rule.type == "decline":
            return "ongoing"
        if DONE.search(before) or DONE.match(said) or SUFFIX_DONE.match(text, hit.end) or "了" in said:
            return "done"
        if rule.time != "auto":
            return rule.time
        return "done" if rule.type in _DONE_TYPES else "ongoing"

    def _found(self) -> list[Found]:
        found = []
        for place, act in enumerate(self.acts):
            sentence = self.turn.clauses[act.clause].sentence
            following = self.acts[place + 1] if place + 1 < len(self.acts) else None
            near = following if following is not None and self.turn.clauses[following.clause].sentence == sentence else None
            if act.rule.who == "frame" and near is not None:
                continue  # the act inside is the one
            kind = act.rule.type
            assert kind is not None
            end = self._end(act, near)
            start = min(act.start, act.trigger[0])
            found.append(
                Found(kind, act.rule.id, act.actors, act.targets, act.polarity, act.time, act.trigger, (start, end), act.hedge)
            )
        return found

    def _end(self, act: _Act, near: _Act | None) -> int:
        """Where what is agreed, urged or opposed ends: with the clause, or with the sentence for what runs on over commas."""
        clauses, number = self.turn.clauses, act.clause
        end = max(clauses[number].end, act.trigger[1])
        runs = act.rule.type in _LONG or act.rule.who == "frame" or self.text[act.trigger[1] : act.trigger[1] + 1] in ("，", "：")
        while runs and number + 1 < len(clauses) and clauses[number + 1].sentence == clauses[act.clause].sentence:
            number += 1
            if (near is not None and near.clause <= number) or COMPLEMENT_ENDS.match(self.text, clauses[number].start):
                break
            end = clauses[number].end
        return end


def number_of(group: Group, turn: Turn) -> int:
    """The number of the clause in which a group stands."""
    return turn.clause_at(group.start)


def _hedge(rule: Rule, said: str, before: str) -> str | None:
    """The words of obligation as said, where the act binds or asks."""
    if rule.type not in ("commit", "offer", "request", "agree", "propose", "warn"):
        return None
    for words in (said, before):
        found = HEDGES.search(words)
        if found:
            return found[0]
    return None
