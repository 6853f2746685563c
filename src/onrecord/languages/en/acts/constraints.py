"""Constraints on a rule's act in its context: coordination of the verb, reference to earlier acts, and the subject."""

from __future__ import annotations

from onrecord.languages.en.acts.clauses import JOINING
from onrecord.languages.en.acts.discourse import Discourse, Subject
from onrecord.languages.en.acts.matching import Match
from onrecord.languages.en.acts.state import UNBLAMED, State
from onrecord.languages.en.acts.targets import find_targets
from onrecord.languages.en.acts.tokens import NAME, TokenizedSentence
from onrecord.languages.en.acts.triggers import Rule
from onrecord.languages.en.acts.verbs import Group, is_adverb, is_participle
from onrecord.languages.en.acts.words import words_of
from onrecord.lexicon.actors import is_state

#: Values of ``when`` that depend on the subject: if it does not suit, the next rule is tried.
BY_SUBJECT = frozenset(
    "joint joint-past other principal principal-negated speaker-negated speaker-negated-past planned-principal".split()
)
#: Those of one who speaks for the principal.
_OF_PRINCIPAL = frozenset("principal principal-negated speaker-negated speaker-negated-past planned-principal".split())
#: Nouns whose that-clause is what others claim.
_CLAIMS = words_of("claims")


_PRIVATE = frozenset(("PEOPLE", "FIRM", "MEDIA"))
#: Acts that only an actor itself performs, and not its plans, laws, companies.
_BY_ACTORS = frozenset(
    ("commit", "offer", "oppose", "accuse", "request", "agree", "decline", "consult", "protest", "propose")
)

#: What stands before a single noun of a list.
_IN_A_LIST = (",", "your", "our", "their", "its", "his", "her")


def _in_a_list(words: list[str], i: int) -> bool:
    """Whether a word behind a comma or "and" is one of several nouns: "your care, assistance, support and help"."""
    if words[i] == ",":
        return i > 1 and words[i - 2] in _IN_A_LIST and words[i + 2 : i + 3] == ["and"]
    return words[i] == "and" and i > 2 and words[i - 2] == "," and words[i + 2 : i + 3] == ["."]


def joins(sentence: TokenizedSentence, group: Group, state: State, kind: str = "") -> bool:
    """Whether a verb is coordinated with the one before: "welcomes that and commends"; or has a clause of its own."""
    main = state.main
    if main is None:
        return False
    words = sentence.words
    i = group.start - 1
    while i >= 0 and is_adverb(words[i]):
        i -= 1
    if i < 0 or words[i] not in JOINING or (i < main.end - 1 and i <= state.floor - 2) or _in_a_list(words, i):
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
        # "will meet with the king and hold talks with the minister"
        planned = kind in ("consult", "offer") and main.type in ("consult", "commit")
        beside = main.form == "base" and not main.that and (not main.infinitive or planned)
        # "we believe that ties are sound, and hope that"
        beside = beside or (
            main.type == "say" and main.form == "base" and kind == "request" and words[i - 1 : i + 1] == [",", "and"]
        )
        return beside or main.performs(words, group.start)
    return False


#: Verbs that take an infinitive without "to".
_MAKING = frozenset("help helps helped helping let lets make makes made making".split())


def refers_back(sentence: TokenizedSentence, subject: Subject | None, group: Group) -> bool:
    """Whether a clause only gives a time ("since we established relations"), or a claim of somebody ("the claim that")."""
    start = subject.start if subject is not None and subject.start < group.start else group.start
    before = sentence.words[start - 1] if start else ""
    if before == "since" and start == 1 and not group.perfect:
        return True
    if before in ("since", "after") and start > 1 and sentence.words[start - 2] != ",":
        return before == "after" or not group.perfect  # "since we have stated it many times" gives a reason
    name = sentence.names[start] if start < len(sentence) else None
    if before == "as" and not group.modal and name is not None and name.kind == "reference":
        return True  # "as we repeatedly stressed"
    if before in _MAKING and group.form == "base" and not group.modal:
        return True  # "helps the two countries uphold peace"
    return before == "that" and start > 1 and sentence.words[start - 2] in _CLAIMS


#: Prepositions that end a trigger and govern what is agreed, asked, supported.
_GOVERNING = frozenset("to for on upon with about".split())
#: What follows them where that stands before, and the clause only restricts it: "what the G7 committed to today".
_WITHOUT_OBJECT = frozenset("today yesterday last earlier . , ; ) — –".split())


def lacks_object(sentence: TokenizedSentence, placed: Match, group: Group) -> bool:
    """Whether a verb's object stands before it, so that the clause only mentions its act: "what Nauru called for last year".

    A past form directly before "by" is a participle: "outlined by one president and endorsed by the other".
    """
    words, rule = sentence.words, placed.rule
    following = words[placed.end] if placed.end < len(words) else "."
    if rule.type in ("decline", "none") or placed.head < 0:
        return False
    if following == "by" and group.form == "past" and not group.passive and rule.who == "subject":
        return words[placed.end - 1] == words[placed.head] and not words[min(placed.end + 1, len(words) - 1)].endswith(
            "ing"
        )
    governing = words[placed.end - 1] in _GOVERNING and placed.end - 1 > placed.head
    return governing and following in _WITHOUT_OBJECT and not group.passive


_UNNAMED = words_of("unnamed-speakers")


def is_unnamed(sentence: TokenizedSentence, subject: Subject | None, group: Group) -> bool:
    """Whether somebody says something who is named by no party: "the majority of the membership", "experts"."""
    if subject is None or subject.codes or subject.pronoun:
        return False
    return not _UNNAMED.isdisjoint(sentence.words[subject.start : group.start])


_SAID_AGAIN = words_of("said-again")


def possible(rule: Rule, group: Group, placed: Match, sentence: TokenizedSentence) -> bool:
    """Whether the act remains one under "can" or "would": a refusal, a wish, a judgement of hypothetical conduct."""
    if group.wishing or placed.head < 0:
        return True
    if group.negated and "negated" in rule.when:
        return True
    before = sentence.words[group.start : placed.head + 1]
    if "only" in before and rule.type == "support":
        return True  # "we can only welcome"
    if sentence.words[placed.head] in _SAID_AGAIN:
        return True  # "I can reiterate our opposition"
    if (rule.type == "request" or rule.when == "would") and "would" in before:
        return True  # "I would suggest", "we would welcome"
    would = "would" in before or "'d" in before
    return rule.type == "decline" or (would and rule.type in ("accuse", "deny", "offer"))


#: Pronouns that only say whose the noun behind is.
_OWNING = frozenset(("our", "my"))


def asks_oneself(rule: Rule, placed: Match, sentence: TokenizedSentence, own: tuple[str, ...]) -> bool:
    """Whether a wish is about its own side: "we hope that we can", "I expect the President will"."""
    if rule.type != "request" or rule.who != "subject" or placed.head < 0:
        return False
    for i in range(placed.head + 1, min(placed.end + 3, len(sentence))):
        name = sentence.names[i]
        if name is not None and name.codes and name.name.lower() not in _OWNING:
            public = sentence.codes(i + 1) if i + 1 < len(sentence) else ()  # "its companies" are not oneself
            return sentence.codes(i) == own and public != ("FIRM",)
    return False


#: The agent of a passive stands within so many words.
_AGENT_WITHIN = 4


def _agent(sentence: TokenizedSentence, at: int) -> tuple[str, ...]:
    """The agent of a passive whose verb ends at token ``at``."""
    words = sentence.words
    by = next((i for i in range(at, min(len(words), at + _AGENT_WITHIN)) if words[i] == "by"), len(words))
    return next((sentence.codes(i) for i in range(by, min(len(words), by + _AGENT_WITHIN)) if sentence.codes(i)), ())


def _goes_on_passive(sentence: TokenizedSentence, group: Group) -> bool:
    """Whether a past form is coordinated with a passive before it: "was quoted and distorted"."""
    words = sentence.words
    if group.form != "past" or not group.start or words[group.start - 1] not in ("and", "or"):
        return False
    for i in range(group.start - 2, max(0, group.start - 2 - _COORDINATED_WITHIN), -1):
        if words[i] == NAME or words[i] in (",", ";", "that"):
            return False
        if words[i] in ("been", "was", "were") and is_participle(words[i + 1]):
            return True
    return False


#: A passive stands within so many words before a participle coordinated with it.
_COORDINATED_WITHIN = 8
_ATTEMPTS = words_of("attempts")


def _is_attempt(sentence: TokenizedSentence, subject: Subject | None) -> bool:
    """Whether the subject is what somebody tries: "any attempt to interfere in our affairs"."""
    return subject is not None and not _ATTEMPTS.isdisjoint(sentence.words[subject.start : subject.start + 4])


def suits(
    placed: Match, group: Group, subject: Subject | None, sentence: TokenizedSentence, discourse: Discourse
) -> bool:
    """Whether the subject can be the actor of the rule's act, or the one it judges."""
    rule = placed.rule
    codes = subject.codes if subject else ()
    if rule.when in BY_SUBJECT:
        return _is_of_kind(placed, group, subject, sentence, discourse)
    if rule.type == "none" or rule.when == "event":
        return rule.type == "none" or subject is not None
    if rule.type == "say":
        return bool(codes) or (subject is not None and bool(subject.pronoun))
    if rule.who == "principal":
        return _is_judged(placed, group, subject, sentence, discourse)
    if rule.who in ("object", "by", "un", "possessor") or group.passive:
        return True
    return _can_act(placed, group, subject, sentence, discourse)


def _is_of_kind(
    placed: Match, group: Group, subject: Subject | None, sentence: TokenizedSentence, discourse: Discourse
) -> bool:
    """Whether the subject is what a rule :data:`BY_SUBJECT` wants: the principal, several, or another than the principal."""
    rule = placed.rule
    codes = subject.codes if subject else ()
    if rule.when in _OF_PRINCIPAL:
        own = bool(codes) and set(codes) == set(discourse.own) and subject is not None and subject.strong
        if rule.type == "decline":
            first = sentence.names[subject.start] if subject is not None and subject.start < len(sentence) else None
            own = own and first is not None and first.kind == "reference"
            own = own and (not rule.when.startswith("speaker") or first is None or first.name.lower() == "i")
        return own
    if rule.when in ("joint", "joint-past"):
        several = len(codes) > 1 or (bool(codes) and codes == discourse.own and not is_state(codes[0]))
        return several and (rule.when == "joint" or group.past or group.perfect)
    if group.passive and rule.who == "principal":
        codes = _agent(sentence, placed.end)
    return bool(codes) and discourse.principal not in codes


def _is_judged(
    placed: Match, group: Group, subject: Subject | None, sentence: TokenizedSentence, discourse: Discourse
) -> bool:
    """Whether the subject is one whom the speaker judges by a rule of whom the principal is the actor."""
    rule = placed.rule
    codes = subject.codes if subject else ()
    if rule.target == "after" or (rule.type == "warn" and _is_attempt(sentence, subject)):
        return True
    if rule.type != "accuse":
        if rule.type == "deny" and subject is not None and subject.pronoun == "there":
            return False  # "so that there is no mistake"
        meant = bool(codes) and codes != discourse.own and not (rule.type == "support" and subject and subject.pronoun)
        return rule.type in ("deny", "oppose") or meant
    if subject is not None and subject.pronoun in _THINGS and (rule.when == "named" or group.modal == "will"):
        return False  # "it hurts businesses of both", "it will harm relations": an effect of what was told
    if group.passive:
        codes = _agent(sentence, placed.end)
    elif _goes_on_passive(sentence, group):
        return False  # "has been taken out of context and distorted"
    denied = group.negated and not rule.when.endswith("negated")  # "does not violate the law"
    return bool(codes) and discourse.principal not in codes and not set(codes) <= UNBLAMED and not denied


#: What stands for what was told, and not for who did it.
_THINGS = frozenset(("it", "which"))


def _can_act(
    placed: Match, group: Group, subject: Subject | None, sentence: TokenizedSentence, discourse: Discourse
) -> bool:
    """Whether the subject can itself perform the rule's act."""
    rule = placed.rule
    if subject is None or not subject.codes or subject.pronoun in _POINTING:
        return False
    if rule.when == "formal-frame" and discourse.daily:
        return False
    if rule.type == "request" and group.negated and "negated" not in rule.when:
        return False  # "we do not encourage others to"
    codes = subject.codes
    if rule.type == "aid" and _PRIVATE.issuperset(codes):
        return False  # help of firms and of a public is no act of a polity
    first = placed.head + 1 if placed.head >= placed.start and any(one.gap for one in rule.elements) else placed.end
    if rule.when.startswith("active") and not find_targets(
        sentence, first, min(len(sentence), placed.end + 14), codes, discourse
    ):
        return rule.type not in ("consult", "aid", "request", "support") or (len(codes) > 1 and rule.type == "consult")
    return subject.strong or rule.type not in _BY_ACTORS


_POINTING = frozenset("this that these those such which their".split())
