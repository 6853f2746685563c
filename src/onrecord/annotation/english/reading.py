"""Read the acts of an English turn: sentence by sentence, trigger by trigger, each with who acts and on whom.

A trigger holds its complement: whatever is agreed, urged or supported behind it is part of the one act, until a verb that is
joined to the trigger itself, or a clause with a subject of its own. Words of saying ("pointed out that") hold nothing, but the
acts behind them are those of whoever speaks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from onrecord.annotation.acts import Found, View
from onrecord.annotation.english.matching import Match, match
from onrecord.annotation.english.subjects import Discourse, Subject, find_subject, find_targets
from onrecord.annotation.english.tokens import NAME, Sentence
from onrecord.annotation.english.verbs import BE, MODALS, OBLIGING, WILL, Group, is_adverb, is_finite, verb_group
from onrecord.language.sentences import sentences
from onrecord.lexicon.blame import blaming
from onrecord.lexicon.triggers import Rule, rules
from onrecord.marks import ActType, Mention, Polarity, Time

_JOINING = frozenset((",", "and", "or", "but", ";"))
_CONDITIONAL = frozenset(("if", "unless", "whether", "once", "were"))
#: Who can be meant by what they are, but cannot bind itself.
_NO_POLITY = frozenset(("WORLD", "OTHER", "PEOPLE", "FIRM", "MEDIA"))
#: What "will" does to an act that is none of a course bound to.
_KEEPS_TYPE = frozenset(("consult", "warn", "decline", "accuse", "deny", "sanction", "none", "say"))
_BINDS = "commit-will"
_OBLIGES = "request-should"
_BLAMES = "accuse-blame-words"
#: Nouns whose "that" tells what others hold.
_CLAIMS = frozenset("claim claims allegation allegations accusation accusations argument assertion suggestion rumor demand view report reports".split())
#: Behind "will" these tell what will be so.
_FACTS = frozenset("be have i we".split())
_AUXILIARIES = frozenset("has have is are was were had do does did been being".split())
#: Acts that are done to somebody: where the words name nobody, whoever is spoken of.
_TOWARDS = frozenset(("aid", "consult", "support", "offer", "oppose", "warn"))
#: Of whom no conduct is blamed by an official: a public, a trade, the world.
_UNBLAMED = frozenset(("PEOPLE", "FIRM", "WORLD"))
#: Acts told as the purpose of a call or visit: "spoke with the president to congratulate him".
_PURPOSES = frozenset(("congratulate", "thank", "express", "convey", "offer", "condemn", "welcome", "extend", "reaffirm"))


@dataclass(slots=True)
class _Main:
    """The act or word of saying whose complement is being read."""

    end: int
    form: str
    subject: Subject
    perfect: bool
    infinitive: bool
    that: bool
    type: str
    opened: bool


@dataclass(slots=True)
class _Saying:
    """Whose words follow, and whether they only tell what is thought likely."""

    codes: tuple[str, ...]
    past: bool
    belief: bool


@dataclass(slots=True)
class _State:
    found: list[Found] = field(default_factory=list)
    frames: list[tuple[int, int]] = field(default_factory=list)  # index of a framed act, token where its complement begins
    floor: int = 0
    main: _Main | None = None
    cover: int = 0
    saying: _Saying | None = None
    conditional: int = 0


def read_acts(text: str, mentions: Sequence[Mention], view: View) -> list[Found]:
    """The acts in one turn's words; ``mentions`` are its own, their places counted from its first character."""
    reader = _Reader(text, mentions, view)
    for start, end in sentences(text):
        reader.read(start, end)
    return reader.found


class _Reader:
    def __init__(self, text: str, mentions: Sequence[Mention], view: View) -> None:
        self.text = text
        self.mentions = [one for one in mentions if one.kind != "issue"]
        self.starts = [one.start for one in self.mentions]
        self.podium = view.podium
        self.discourse = Discourse(view.podium, list(view.others))
        self.rules = rules()
        self.blaming = blaming("en")
        self.found: list[Found] = []

    def read(self, start: int, end: int) -> None:
        """One sentence."""
        within = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        sentence = Sentence(self.text, start, end, within)
        if not sentence.words:
            return
        state = _State()
        if sentence.words[-1] != "?" and "?" not in sentence.words[-3:]:
            self._scan(sentence, state)
        for index, at in reversed(state.frames):  # a frame is no act where the words inside perform one
            if any(one.trigger[0] >= sentence.starts[at] for one in state.found[index + 1 :] if at < len(sentence)):
                del state.found[index]
        self.found += state.found
        self._remember(sentence)

    def _remember(self, sentence: Sentence) -> None:
        first = next((sentence.codes(i) for i in range(len(sentence)) if sentence.codes(i)), ())
        if first and self.podium not in first and not set(first) <= _NO_POLITY and self.discourse.topic in ((), self._topic_before):
            self.discourse.topic = first
        self._topic_before = self.discourse.topic
        for i in range(len(sentence)):
            name = sentence.names[i]
            if name is None:
                continue
            codes = name.codes
            if name.kind == "person":
                self.discourse.person = codes
            if codes and name.kind != "place":
                self.discourse.meet(codes)
            if name.kind == "reference" and len(codes) > 1:
                self.discourse.plural = codes

    def _scan(self, sentence: Sentence, state: _State) -> None:
        words = sentence.words
        blamed = self.blaming.search(self.text, sentence.starts[0], sentence.ends[-1]) is not None
        if words[0] in _CONDITIONAL or (words[0] == "should" and len(words) > 1):
            state.conditional = _comma(words)
        i = 0
        while i < len(words):
            word = words[i]
            if sentence.quoted[i] or i < state.conditional:
                i += 1
                continue
            if word in ("if", "unless", "whether"):
                state.conditional = max(state.conditional, _comma(words, i))
            best = self._best(sentence, i, state)
            if best is not None:
                i = max(i + 1, self._take(sentence, best[0], best[1], state))
                continue
            if word in WILL or word in OBLIGING or (word in ("need", "needs", "has", "have", "ought") and words[i + 1 : i + 2] == ["to"]):
                i = max(i + 1, self._modal(sentence, i, state))
                continue
            if blamed and i >= state.cover and i:
                self._blame(sentence, i, state)
            i += 1

    # ---- which rule

    def _best(self, sentence: Sentence, i: int, state: _State) -> tuple[Match, Group] | None:
        """The rule that says most of the words at token ``i``, with its verb group."""
        candidates = self.rules.get(sentence.words[i])
        if candidates is None:
            return None
        best: tuple[Match, Group] | None = None
        held = sentence.held
        for rule in candidates:
            if rule.needs and rule.needs.isdisjoint(held):
                continue
            placed = match(rule, sentence, i)
            if placed is None:
                continue
            group = self._group(sentence, placed)
            if group is None or not self._applies(rule, placed, group, sentence):
                continue
            if best is None or placed.fit > best[0].fit:
                best = placed, group
        return best

    def _group(self, sentence: Sentence, placed: Match) -> Group | None:
        rule = placed.rule
        if rule.when == "ing":
            joined = placed.start and sentence.words[placed.start - 1] in (",", "and")
            return Group(placed.start, "infinitive", "", False, False, False, False, True) if joined else None
        if rule.when == "participle":
            if placed.start and sentence.words[placed.start - 1] in BE:
                return None
            return Group(placed.start, "past", "", False, False, False, False, True)
        if placed.head < 0:
            first = sentence.words[placed.start]
            modal = "will" if first in WILL else ""
            return Group(placed.start, "base", modal, False, False, False, False, False)
        if sentence.words[placed.head] in BE and _progressive(sentence.words, placed):
            return None
        group = verb_group(sentence, placed.head, placed.forms)
        if group is None and self._purpose(sentence, placed):
            return Group(placed.head, "infinitive", "", False, False, False, False, True)
        if group is None or placed.head == placed.start:
            return group
        return group._replace(start=min(placed.start, group.start))

    def _purpose(self, sentence: Sentence, placed: Match) -> bool:
        words = sentence.words
        before = [one for one in range(max(0, placed.head - 3), placed.head) if words[one] in ("to", "and", "also")]
        return bool(before) and words[placed.head] in _PURPOSES and self._consulted

    _consulted = False
    _topic_before: tuple[str, ...] = ()

    def _applies(self, rule: Rule, placed: Match, group: Group, sentence: Sentence) -> bool:
        """The conditions of the column ``when``, but for those that ask who the subject is."""
        when = rule.when
        if when == "negated":
            return group.negated
        if when == "nopolity":
            return NAME not in sentence.words[placed.end : placed.end + 4] or "be" in sentence.words[placed.end : placed.end + 6]
        if when == "past":
            return group.past or group.perfect
        if when == "first":
            return placed.start < 2
        if when == "passive":
            return group.passive
        if when == "planned":
            return group.modal == "will"
        if when == "planned-podium":
            return group.modal == "will"
        if when == "modal":
            return group.negated or group.modal == "should"
        if when == "podium-negated":
            return group.negated
        if when == "active":
            return not group.passive
        if when == "near":
            return not group.passive and NAME in sentence.words[placed.end : placed.end + 6]
        if when == "perfect-frame":
            return group.perfect
        if when == "noto":
            return "to" not in sentence.words[placed.end : placed.end + 9]
        return True

    # ---- one act

    def _take(self, sentence: Sentence, placed: Match, group: Group, state: _State) -> int:
        """Read a matched rule: as an act, a word of saying, or nothing; and where to go on."""
        rule = placed.rule
        covered = placed.start < state.cover
        joined = self._joins(sentence, group, state, rule.type)
        if covered and not joined and rule.when != "participle" and group.form != "infinitive":
            return placed.start + 1
        if group.form == "base" and not group.modal and not joined and _infinitive_list(sentence.words, group.start):
            return placed.start + 1
        subject = self._subject(sentence, group, state, joined)
        if rule.type != "say" and self._refers_back(sentence, subject, group):
            return placed.start + 1
        if subject is not None and subject.pronoun == "who" and rule.type != "accuse":
            return placed.start + 1  # "countries who insist on it": tells which, and is no act
        if not self._suits(rule, placed, group, subject, sentence):
            if group.modal in ("will", "should") and not covered:
                return self._modal(sentence, self._modal_at(sentence, group, placed.head), state, plain=True)
            return placed.start + 1
        if group.modal == "can" and not self._possible(rule, group, placed, sentence):
            return placed.start + 1
        if group.modal == "should" and rule.type not in ("warn", "decline", "none", "say") and not group.wishing:
            return self._modal(sentence, self._modal_at(sentence, group, placed.head), state, plain=True)
        if rule.type == "none":
            state.floor = placed.end
            return placed.end
        if rule.type == "say":
            self._say(placed, group, subject, state)
            return placed.end
        self._put(sentence, placed, group, subject, state)
        return placed.end

    def _refers_back(self, sentence: Sentence, subject: Subject | None, group: Group) -> bool:
        """Whether a clause only tells when ("since we established relations"), or what somebody claims ("the claim that")."""
        start = subject.start if subject is not None and subject.start < group.start else group.start
        before = sentence.words[start - 1] if start else ""
        if before in ("since", "after") and start > 1 and sentence.words[start - 2] != ",":
            return True
        return before == "that" and start > 1 and sentence.words[start - 2] in _CLAIMS

    def _modal_at(self, sentence: Sentence, group: Group, head: int) -> int:
        for i in range(group.start, max(head, group.start) + 1):
            if sentence.words[i] in MODALS or sentence.words[i] in ("need", "needs", "has", "have", "ought"):
                return i
        return group.start

    def _possible(self, rule: Rule, group: Group, placed: Match, sentence: Sentence) -> bool:
        """Whether "can" and "would" leave an act an act: a refusal, a wish, a judgement of what would be done."""
        if group.wishing or placed.head < 0:
            return True
        if group.negated and rule.when in ("negated", "podium-negated"):
            return True
        if rule.type == "request" and "would" in sentence.words[group.start : placed.head + 1]:
            return True  # "I would suggest", "we would urge"
        would = "would" in sentence.words[group.start : placed.head + 1] or "'d" in sentence.words[group.start : placed.head + 1]
        return (would and rule.type in ("accuse", "decline", "deny", "offer")) or rule.type == "decline" or rule.id.startswith("commit-can")

    def _joins(self, sentence: Sentence, group: Group, state: _State, kind: str = "") -> bool:
        """Whether a verb is joined to the one before: "welcomes that and commends"; or stands in a clause of its own."""
        main = state.main
        if main is None:
            return False
        words = sentence.words
        i = group.start - 1
        while i >= 0 and is_adverb(words[i]):
            i -= 1
        if i < 0 or words[i] not in _JOINING or i < main.end - 1 and i <= state.floor - 2:
            return False
        if group.modal and group.modal != "can":
            if words[i] in (",", ";"):
                return False
            return not main.infinitive or group.modal == "will"
        if group.form == "third":
            return main.form == "third" or (main.form == "past" and (main.perfect or group.perfect))
        if group.form == "past":
            return main.form == "past" or main.perfect
        if group.form == "base":
            planned = kind == "consult" and main.type in ("consult", "commit")  # "will meet the king and hold talks with"
            return main.form == "base" and not main.that and (not main.infinitive or planned)
        return False

    def _subject(self, sentence: Sentence, group: Group, state: _State, joined: bool) -> Subject | None:
        main = state.main
        if main is not None and (joined or group.form == "infinitive"):
            return main.subject if main.subject.codes else main.subject._replace(codes=self.discourse.topic, pronoun="it")
        found = find_subject(sentence, group.start, state.floor, self.discourse)
        if found is None:
            if main is not None and group.form != "infinitive":
                words = sentence.words
                i = group.start - 1
                while i >= 0 and is_adverb(words[i]):
                    i -= 1
                if i >= 0 and words[i] in _JOINING:
                    return main.subject
            if state.floor:
                return find_subject(sentence, group.start, 0, self.discourse) if main is None else None
            return None
        if found.pronoun == "noun" and state.saying is not None:  # "Japan said the country welcomes": itself
            return found._replace(codes=state.saying.codes)
        if not found.codes and not found.pronoun and sentence.words[found.start : found.start + 2] in (["the", "country"], ["the", "government"]):
            speaker = state.saying.codes if state.saying else self.discourse.last
            return found._replace(codes=speaker, strong=True)
        return found

    def _suits(self, rule: Rule, placed: Match, group: Group, subject: Subject | None, sentence: Sentence) -> bool:
        """Whether the subject is one by whom, or of whom, a rule's act can be."""
        codes = subject.codes if subject else ()
        when = rule.when
        if when.startswith("podium") or when == "planned-podium":
            own = self.podium is not None and codes == (self.podium,) and subject is not None and subject.strong
            if rule.type == "decline":
                first = sentence.names[subject.start] if subject is not None and subject.start < len(sentence) else None
                own = own and first is not None and first.kind == "reference"
            return (codes != () and not own) if when == "podium-other" else own
        if when == "joint":
            return len(codes) > 1
        if when == "other":
            return bool(codes) and self.podium not in codes
        if rule.type == "none":
            return True
        if rule.type == "say":
            return bool(codes) or (subject is not None and bool(subject.pronoun))
        if rule.who == "podium":
            if rule.target == "after":
                return True
            if rule.type == "accuse":
                return bool(codes) and self.podium not in codes and not set(codes) <= _UNBLAMED
            return rule.type == "deny" or bool(codes) and codes != (self.podium,)
        if rule.who in ("object", "by", "un"):
            return True
        if rule.who == "possessor":
            return True
        if group.passive:
            return True
        if not codes or subject is not None and subject.pronoun in ("this", "that", "these", "those", "such", "which"):
            return False
        if rule.when == "active" and not find_targets(sentence, placed.end, min(len(sentence), placed.end + 14), codes, self.discourse):
            return rule.type not in ("consult", "aid", "request", "support") or len(codes) > 1 and rule.type == "consult"
        if rule.type in ("commit", "offer", "oppose", "request", "agree", "decline", "consult"):
            return subject is not None and subject.strong
        return True

    def _say(self, placed: Match, group: Group, subject: Subject | None, state: _State) -> None:
        if subject is None:
            return
        belief = placed.rule.id.startswith(("say-believe", "say-think", "say-be-convinced", "say-consider"))
        if subject.codes and (subject.codes != (self.podium,) or group.past or group.perfect or belief):
            state.saying = _Saying(subject.codes, group.past, belief)
        self.discourse.remember(subject)
        state.main = _Main(placed.end, group.form, subject, group.perfect, False, True, "say", True)
        state.floor = placed.end

    def _put(self, sentence: Sentence, placed: Match, group: Group, subject: Subject | None, state: _State) -> None:
        rule = placed.rule
        end = _clause_end(sentence, placed.end, self.rules)
        start = subject.start if subject is not None and subject.start < placed.start else min(group.start, placed.start)
        act = cast(ActType, rule.type)
        actors: tuple[str, ...]
        targets: tuple[str, ...]
        speaker = state.saying.codes if state.saying else ((self.podium,) if self.podium else ())
        codes = subject.codes if subject else ()
        if rule.who == "podium":
            actors = speaker
            if rule.target == "subject":
                targets = tuple(code for code in codes if code not in actors)
                if not targets and rule.type == "deny" and subject is not None and subject.pronoun:
                    targets = tuple(code for code in self.discourse.topic if code not in actors)
            else:
                targets = find_targets(sentence, placed.end, end, actors, self.discourse)
        elif rule.who == "possessor":
            actors = self._possessor(sentence, placed, subject)
            targets = find_targets(sentence, placed.start, end, actors, self.discourse)
        elif rule.who in ("object", "by", "un") or group.passive:
            actors = self._behind(sentence, placed.end, end, rule)
            targets = tuple(code for code in codes if code not in actors)
        else:
            actors = codes
            behind = placed.head + 1 if any(one.gap for one in rule.elements) and placed.head >= placed.start else placed.end
            targets = find_targets(sentence, behind, end, actors, self.discourse)
            if len(actors) > 1 and act in ("consult", "agree", "aid", "offer", "support", "reaffirm") and not self._with(sentence, placed.end):
                targets = ()
        if not targets and len(actors) == 1 and act in _TOWARDS:
            away = self.discourse.topic or self.discourse.other() if actors == (self.podium,) else (self.podium,) if self.podium else ()
            targets = tuple(code for code in away if code not in actors)
        if act == "decline":
            actors, targets = ((self.podium,) if self.podium else ()), ("MEDIA",)
        if not actors:
            return
        if group.modal == "will" and act not in _KEEPS_TYPE and rule.when not in ("negated", "planned"):
            if not (subject and subject.strong) or set(actors) <= _NO_POLITY:
                return
            act = "commit"
        time = group.time
        if state.saying is not None and state.saying.past and time == "ongoing":
            time = "done"
        if "would" in sentence.words[group.start : placed.end] and rule.who == "podium" and not group.wishing:
            time = "planned"
        negated = group.negated and rule.when not in ("negated", "podium-negated", "modal")
        polarity: Polarity = "negated" if negated and rule.id != "deny-be-based" else "affirmed"
        first = group.start if group.modal or group.negated else min(placed.start, placed.head if placed.head >= 0 else placed.start)
        trigger = (sentence.starts[min(first, placed.start)], sentence.ends[placed.end - 1])
        if rule.when.endswith("frame"):
            state.frames.append((len(state.found), placed.end))
            if codes and codes != (self.podium,):
                state.saying = _Saying(codes, group.past, False)
        hedge = self.text[slice(*trigger)] if act in ("commit", "offer", "agree", "propose") else None
        state.found.append(
            Found(act, rule.id, actors, targets, polarity, cast(Time, time), trigger, (sentence.starts[start], sentence.ends[end - 1]), hedge)
        )  # fmt: skip
        if act == "consult":
            self._consulted = True
            if self.podium in actors or self.podium in targets:
                self.discourse.gathered(tuple(dict.fromkeys((*actors, *targets))))
        if rule.who == "by":
            self.discourse.last = actors
        elif subject is not None and subject.codes:
            self.discourse.remember(subject)
        if targets and act in ("accuse", "deny", "oppose", "concern"):
            self.discourse.topic = targets
        state.floor = placed.end
        opened = rule.when in ("frame", "perfect-frame", "open", "participle")
        previous = state.main
        if rule.when != "participle":
            infinitive = sentence.words[placed.end - 1] == "to" or group.modal in ("will", "should")
            that = sentence.words[placed.end - 1] == "that" or rule.type == "request"
            state.main = _Main(placed.end, group.form, subject or Subject(actors, start, True), group.perfect, infinitive, that, act, opened)
            if previous is not None and group.form == "infinitive":
                state.main = previous
        state.cover = 0 if opened else max(end, state.cover)

    def _with(self, sentence: Sentence, at: int) -> bool:
        return sentence.words[at : at + 1] == ["with"] or sentence.words[at - 1] == "with"

    def _possessor(self, sentence: Sentence, placed: Match, subject: Subject | None) -> tuple[str, ...]:
        """Whose position: the name or "our" before the noun, and the speaker where the words leave it to be understood."""
        for i in range(placed.start - 1, max(-1, placed.start - 6), -1):
            codes = sentence.codes(i)
            if codes:
                return codes
        for i in range(placed.start, placed.end):
            codes = sentence.codes(i)
            if codes and sentence.words[i - 1] == "of":
                return codes
        return (self.podium,) if self.podium else ()

    def _behind(self, sentence: Sentence, at: int, end: int, rule: Rule) -> tuple[str, ...]:
        """Who acts in the passive: whom "by" names; or the world, or the body at which it was done."""
        words = sentence.words
        if rule.who == "un":
            bodies = (sentence.codes(i) for i in range(at, end) if (name := sentence.names[i]) is not None and name.kind == "organisation")
            return next(bodies, ())
        for i in range(at - 1, end):
            if words[i] == "by" or rule.who == "by":
                return next((sentence.codes(j) for j in range(i, min(end, i + 9)) if sentence.codes(j)), ())
        return ("WORLD",) if rule.who == "object" else ()

    # ---- blame

    def _blame(self, sentence: Sentence, i: int, state: _State) -> None:
        """Another's conduct told in words of blame, by a verb that no rule knows."""
        words = sentence.words
        auxiliary = words[i] in _AUXILIARIES
        if not auxiliary and not words[i].endswith("ed") and not is_finite(words[i]):
            return
        before = i - 1
        while before > 0 and is_adverb(words[before]):
            before -= 1
        if not auxiliary and not (words[before] in (NAME, "it", "they", "which", "side", "government") or sentence.codes(before)):
            return
        subject = find_subject(sentence, i, state.floor, self.discourse)
        if subject is None or not subject.codes or self.podium in subject.codes or set(subject.codes) <= _UNBLAMED:
            return
        if state.saying is not None and state.saying.codes == subject.codes:
            return
        if subject.pronoun == "it" and any(word in ("to", "that") for word in words[i + 2 : i + 4]):
            return  # "it is fair to say"
        if words[subject.start - 1 : subject.start] in (["what"], ["how"], ["why"], ["whatever"]):
            self.discourse.topic = subject.codes  # "What the US has done is unjust": its predicate blames
            return
        end = _clause_end(sentence, i + 1, self.rules)
        if self.blaming.search(self.text, sentence.starts[i], sentence.ends[end - 1]) is None:
            return
        verb = i + 1
        if auxiliary:
            while verb < end and (is_adverb(words[verb]) or words[verb] in _AUXILIARIES):
                if words[verb] in ("not", "n't", "never"):
                    return
                verb += 1
            if verb < end and self._best(sentence, verb, state) is not None:
                return  # a rule knows the verb itself
            verb = min(verb + 1, end)
        speaker = state.saying.codes if state.saying else ((self.podium,) if self.podium else ())
        if not speaker:
            return
        perfect = words[i] in ("has", "have") and not words[verb - 1].endswith("ing")
        past = words[i] in ("was", "were", "had", "did") or (not auxiliary and not words[i].endswith("s")) or perfect
        trigger = (sentence.starts[i], sentence.ends[verb - 1])
        state.found.append(
            Found("accuse", _BLAMES, speaker, tuple(code for code in subject.codes if code not in speaker), "affirmed",
                  "done" if past else "ongoing", trigger, (sentence.starts[min(subject.start, i)], sentence.ends[end - 1]))
        )  # fmt: skip
        self.discourse.remember(subject)
        form = "past" if past and not perfect else "third" if words[i].endswith("s") else "base"
        state.main = _Main(verb, form, subject, perfect, False, False, "accuse", False)
        state.floor, state.cover = verb, max(end, state.cover)

    # ---- will and should

    def _modal(self, sentence: Sentence, i: int, state: _State, *, plain: bool = False) -> int:
        """A course bound to by "will", or asked for by "should", whatever the verb."""
        words = sentence.words
        verb = i + 1 + (words[i] in ("need", "needs", "has", "have", "ought"))
        negated = False
        while verb < len(words) and is_adverb(words[verb]):
            negated = negated or words[verb] in ("not", "n't", "never")
            verb += 1
        if verb < len(words) and words[verb] == ",":
            after = next((j for j in range(verb + 1, min(len(words), verb + 16)) if words[j] == ","), None)
            if after is None:
                return i + 1
            verb = after + 1
            while verb < len(words) and is_adverb(words[verb]):
                verb += 1
        if verb >= len(words) or not words[verb].isalpha() or words[verb] in _FACTS and words[i] in WILL:
            return i + 1
        obliging = words[i] not in WILL
        best = None if plain else self._best(sentence, verb, state)
        if obliging:
            if best is not None and best[0].head == verb and best[0].rule.type in ("warn", "decline"):
                return self._take(sentence, best[0], best[1], state)
        else:
            if best is not None and best[0].rule.type == "none":
                state.floor = max(state.floor, best[0].end)
                return best[0].end
            if best is not None and best[0].head == verb and best[1].modal == "will" and i not in self._refused(best[0], best[1], sentence, state):
                return self._take(sentence, best[0], best[1], state)
        if i < state.cover and not self._joins(sentence, Group(i, "base", "will", False, False, False, False, False), state):
            return i + 1
        start = i
        while start > 0 and is_adverb(words[start - 1]):
            start -= 1
        group = Group(start, "base", "should" if obliging else "will", negated, False, False, False, False)
        joined = self._joins(sentence, group, state)
        subject = self._subject(sentence, group, state, joined)
        if self._refers_back(sentence, subject, group):
            return verb + 1
        end = _clause_end(sentence, verb + 1, self.rules)
        speaker = state.saying.codes if state.saying else ((self.podium,) if self.podium else ())
        if obliging:
            found = self._obliged(sentence, subject, verb, end, speaker)
        else:
            found = self._bound(sentence, subject, verb, end, state)
        if found is None:
            state.floor = max(state.floor, verb + 1)
            return verb + 1
        actors, targets = found
        time: Time = "planned" if not obliging else "done" if state.saying is not None and state.saying.past else "ongoing"
        begin = subject.start if subject is not None and subject.start < i else i
        trigger = (sentence.starts[i], sentence.ends[self._verb_end(words, verb) - 1])
        polarity: Polarity = "negated" if negated and not obliging else "affirmed"
        if polarity == "negated":
            polarity = "affirmed"  # "will not stand by": the not is part of what is bound to
        state.found.append(
            Found("request" if obliging else "commit", _OBLIGES if obliging else _BINDS, actors, targets, polarity, time, trigger,
                  (sentence.starts[begin], sentence.ends[end - 1]), words[i])
        )  # fmt: skip
        if subject is not None and subject.codes:
            self.discourse.remember(subject)
        state.main = _Main(verb + 1, "base", subject or Subject(actors, i, True), False, True, False, "request" if obliging else "commit", False)
        state.floor = verb + 1
        state.cover = max(end, state.cover)
        return verb + 1

    def _refused(self, placed: Match, group: Group, sentence: Sentence, state: _State) -> tuple[int, ...]:
        """The modal's token where the rule on its verb does not suit the subject, so that the modal is read alone."""
        subject = self._subject(sentence, group, state, self._joins(sentence, group, state))
        return () if self._suits(placed.rule, placed, group, subject, sentence) else tuple(range(group.start, placed.head + 1))

    def _verb_end(self, words: list[str], verb: int) -> int:
        if words[verb] == "continue" and words[verb + 1 : verb + 2] == ["to"]:
            j = verb + 2
            while j < len(words) and is_adverb(words[j]):
                j += 1
            return min(j + 1, len(words))
        return verb + 1

    def _obliged(
        self, sentence: Sentence, subject: Subject | None, verb: int, end: int, speaker: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Who asks whom by "should": the speaker, of the subject; in the passive, of whom "by" names."""
        words = sentence.words
        if not speaker:
            return None
        codes = subject.codes if subject else ()
        if words[verb] in ("be", "not"):
            by = next((j for j in range(verb, min(end, verb + 8)) if words[j] == "by"), None)
            if by is not None:
                named = next((sentence.codes(j) for j in range(by, min(end, by + 5)) if sentence.codes(j)), ())
                if not named and words[by + 1 : by + 2] == ["all"]:
                    named = ("WORLD",)
                return (speaker, named) if named and named != ("PEOPLE",) else None
        if not codes:
            return None
        if all(code in speaker for code in codes):
            mutual = any(word in ("each", "other", "together", "jointly", "mutual", "hand") for word in words[verb:end])
            others = self.discourse.other()
            return (speaker, others) if mutual and others and subject is not None and subject.strong else None
        if subject is not None and subject.pronoun in ("it", "this", "that", "these", "such"):
            return None
        return speaker, tuple(code for code in codes if code not in speaker)

    def _bound(
        self, sentence: Sentence, subject: Subject | None, verb: int, end: int, state: _State
    ) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Who binds itself by "will": a polity that is the subject itself; what is believed of others binds nobody."""
        if subject is None or not subject.codes or not subject.strong or set(subject.codes) <= _NO_POLITY:
            return None
        if subject.pronoun in ("it", "which", "they", "noun"):
            return None
        if state.saying is not None and state.saying.belief and self.podium not in subject.codes:
            return None
        targets = find_targets(sentence, verb, end, subject.codes, self.discourse)
        return subject.codes, targets


def _progressive(words: list[str], placed: Match) -> bool:
    """Whether "be" only helps another verb, across which the rule's words were found: "is practising unilateralism"."""
    i = placed.head + 1
    while i < len(words) and is_adverb(words[i]):
        i += 1
    return (
        i < placed.end - 1 and words[i].endswith("ing") and not words[i].endswith("thing") and all(words[i] not in one.words for one in placed.rule.elements)
    )  # fmt: skip


def _infinitive_list(words: list[str], at: int) -> bool:
    """Whether a base form goes on a list of infinitives: "to maintain peace, stick to dialogue and support talks"."""
    i = at - 1
    while i >= 0 and is_adverb(words[i]):
        i -= 1
    if i < 0 or words[i] not in _JOINING:
        return False
    while i >= 0 and words[i] not in (";", ":", "that", "which", "who"):
        if words[i] == "to" and i + 1 < at and words[i + 1] not in ("the", "a", "an", "our", "its", NAME):
            return True
        i -= 1
    return False


def _comma(words: list[str], at: int = 0) -> int:
    return next((j for j in range(at, len(words)) if words[j] == ","), len(words))


_INTRODUCING = frozenset("after when as since while although though before with despite".split())
_CONJUNCTIONS = frozenset(("and", "but", "so", "while", "yet", "whereas"))
_PRONOUNS = frozenset("they it he she this these that which i we you".split())


def _clause_end(sentence: Sentence, at: int, known: dict[str, tuple[Rule, ...]]) -> int:
    """Where the clause that holds token ``at`` ends: its full stop, or where another begins with a subject of its own."""
    words = sentence.words
    last = len(words)
    if words[0] in _INTRODUCING:
        comma = _comma(words)
        if at <= comma < last - 1:
            last = comma
    i = at
    while i < last:
        word = words[i]
        if word == ";":
            return _trimmed(words, at, i)
        if word in _CONJUNCTIONS and i + 2 < last and words[i - 1] != NAME and _begins(sentence, i + 1, known):
            return _trimmed(words, at, i)
        if word == "," and words[i + 1 : i + 2] and words[i + 1] in ("which", "thus", "so", "otherwise") and i > at:
            return _trimmed(words, at, i) if words[i + 1] in ("which", "so") else _trimmed(words, at, last)
        i += 1
    return _trimmed(words, at, last)


def _begins(sentence: Sentence, i: int, known: dict[str, tuple[Rule, ...]]) -> bool:
    """Whether a subject and its verb begin at token ``i``."""
    words = sentence.words
    while i < len(words) and is_adverb(words[i]):
        i += 1
    j = i
    if j < len(words) and words[j] in ("the", "our"):
        j += 1
    if j >= len(words) or not (words[j] in _PRONOUNS or words[j] == NAME and sentence.codes(j)):
        return False
    j += 1
    while j < len(words) and (words[j] in ("side", "sides", "government", "all", "both") or is_adverb(words[j])):
        j += 1
    return j < len(words) and (words[j] in MODALS or words[j] in BE or words[j] in ("has", "have", "need", "needs", "'ve", "'re") or words[j] in known and words[j] not in ("of",))


def _trimmed(words: list[str], at: int, end: int) -> int:
    """The end without punctuation, quotation marks and joining words behind the last word."""
    while end > at and (words[end - 1] in _JOINING or words[end - 1] in (".", "!", ":", "—", "–", "-")):
        end -= 1
    return max(end, at)
