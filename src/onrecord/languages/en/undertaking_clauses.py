"""Clauses that bind somebody although no row of the trigger table reads them as an act of agreeing, committing or helping.

"Ruritania and Arcadia will bring", "the Parties will establish", "will (i) modify", "resolve to", "stand firm in the commitment
to", "are also resuming", "is announcing a package": each becomes an act of its own, so that every undertaking rests on one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from onrecord.annotation_types import NO_PARTY, ActType, Time
from onrecord.languages.en.acts.clauses import clause_end
from onrecord.languages.en.acts.discourse import Discourse
from onrecord.languages.en.acts.subjects import find_subject
from onrecord.languages.en.acts.targets import find_targets
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.triggers import Candidates
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.undertaking_words import english
from onrecord.languages.facts import ActFact

#: The rules of these clauses: the ids of acts that no row of the table gives.
CLAUSE_RULES = frozenset(
    "agree-determined aid-announced commit-our-commitment commit-stand-firm commit-starting commit-will".split()
)
#: A sentence without any of these has no such clause.
_CUES = frozenset(
    "will shall resolve resolved determined commitment commitments resuming launching establishing creating expanding restarting "
    "reopening announcing announced announce announces sending".split()
)
_LEADING = frozenset("the both two three all these our such this strategic joint new".split())
_AID = re.compile(
    r"[$€£]\s?[\d.,]+"
    r"|\b(?:assistance|aid|package|relief|funding|grants?|loans?|doses|ambulances|supplies|equipment|support)\b",
    re.IGNORECASE,
)
_GIVEN_TO = frozenset("for to".split())
#: Before the subject of a clause that is only hoped for, supposed, or gives a reason.
_SUPPOSED = frozenset("if whether that because hope hopes when unless until".split())
#: Subjects that bind nobody in particular.
_NO_PARTY_PRONOUNS = frozenset("it this which that who noun".split())
#: "Will work with" is a deed, "will begin with" tells the order of a speech.
_TOGETHER = frozenset("collaborate partner work consult cooperate engage meet".split())
_FIRM = frozenset("firm steadfast united unwavering resolute strong".split())


class _Clause(NamedTuple):
    """An act read from a clause: where its trigger begins and ends, and where its words do, in tokens.

    ``rule`` is of :data:`CLAUSE_RULES`, or the row of the table that the clause is like.
    """

    type: ActType
    rule: str
    first: int
    trigger_end: int
    actors: tuple[str, ...]
    begin: int
    time: Time
    hedge: str
    targets: tuple[str, ...] | None = None


def read_clauses(
    sentence: TokenizedSentence,
    found: list[ActFact],
    discourse: Discourse,
    own: tuple[str, ...],
    rules: dict[str, Candidates],
    unbinding: Collection[int] = (),
) -> list[ActFact]:
    """The acts of clauses in which ``found``, those of the sentence, has none.

    ``own`` are those who speak; ``unbinding`` are the tokens of modal verbs that are known to bind nobody.
    """
    if _CUES.isdisjoint(sentence.held):
        return []
    added: list[ActFact] = []
    for clause in _clauses(sentence, discourse, own):
        if clause.first in unbinding and sentence.words[clause.trigger_end - 1] not in english().also_doing:
            continue
        start, end = sentence.starts[clause.first], sentence.ends[clause.trigger_end - 1]
        overlaps = any(one.trigger[0] < end and start < one.trigger[1] for one in (*found, *added))
        if overlaps or _governed(start, found):
            continue
        last = clause_end(sentence, clause.trigger_end, rules)
        targets = clause.targets
        if targets is None:
            targets = (
                ()
                if len(clause.actors) > 1
                else find_targets(sentence, clause.trigger_end, last, clause.actors, discourse)
            )
        span = sentence.starts[clause.begin], sentence.ends[last - 1]
        added.append(
            ActFact(
                clause.type,
                clause.rule,
                clause.actors,
                targets,
                "affirmed",
                clause.time,
                (start, end),
                span,
                clause.hedge,
            )
        )
    return added


def _governed(start: int, found: list[ActFact]) -> bool:
    """Whether the clause is part of what another act says: what is hoped, urged, blamed, or itself agreed."""
    return any(one.span[0] <= start < one.span[1] and one.trigger[1] <= start for one in found)


def _clauses(sentence: TokenizedSentence, discourse: Discourse, own: tuple[str, ...]) -> Iterator[_Clause]:
    words = sentence.words
    for i, word in enumerate(words):
        if sentence.quoted[i] or word not in _CUES:
            continue
        if word in ("will", "shall"):
            clause = _will(sentence, i, discourse)
        elif word in ("resolve", "determined"):
            clause = _resolve(sentence, i, discourse)
        elif word in ("commitment", "commitments"):
            clause = _commitment(sentence, i, discourse, own)
        elif word in english().starting:
            clause = _starting(sentence, i, discourse)
        else:
            clause = _aid(sentence, i, discourse)
        if clause is not None:
            yield clause


def _subject(sentence: TokenizedSentence, i: int, discourse: Discourse) -> tuple[tuple[str, ...], int] | None:
    """The parties that act, and where they are named: states named as the subject, or the body or all of those gathered."""
    words = sentence.words
    end = i
    while end and is_adverb(words[end - 1]):
        end -= 1
    if end and words[end - 1] == "administration" and discourse.principal and _own(sentence, end - 1):
        return (discourse.principal,), max(0, end - 3)
    gathered = _gathered(sentence, _head(sentence, end), discourse)
    if gathered is not None:
        return gathered
    subject = find_subject(sentence, end, 0, discourse)
    if subject is None or not subject.codes or not subject.strong or set(subject.codes) & NO_PARTY:
        return None
    if subject.pronoun in _NO_PARTY_PRONOUNS or (subject.start and words[subject.start - 1] in _SUPPOSED):
        return None
    return subject.codes, subject.start


def _gathered(sentence: TokenizedSentence, head: int, discourse: Discourse) -> tuple[tuple[str, ...], int] | None:
    """All who gathered, if the body at ``head`` is theirs."""
    if head < 0 or not discourse.settled or len(discourse.group) < 2:
        return None
    words, begin = sentence.words, head
    while (
        begin
        and words[begin - 1] not in (",", ".", "and")
        and (words[begin - 1] in _LEADING or sentence.capital(begin - 1))
    ):
        begin -= 1
    return (discourse.group, begin) if words[begin] in ("the", "both", "our", "this", "all", "these") else None


def _head(sentence: TokenizedSentence, end: int) -> int:
    """The token of a body before a verb: "the Strategic Dialogue on Technology will"; -1 if there is none."""
    words = sentence.words
    for j in range(end - 1, max(-1, end - 8), -1):
        if words[j] in english().bodies:
            return j if j == end - 1 or words[j + 1] in ("on", "for", "of") else -1
        if not (sentence.capital(j) or words[j] in ("on", "for", "of", "and", "the")):
            break
    return -1


def _own(sentence: TokenizedSentence, i: int) -> bool:
    """Whether "administration" at ``i`` is that of the principal: "the Biden-Harris administration", "our administration"."""
    before = sentence.words[max(0, i - 3) : i]
    return any(word in ("our", "this", "my", "biden-harris") for word in before) or any(
        name is not None and name.kind == "person" for name in sentence.names[max(0, i - 3) : i]
    )


def _will(sentence: TokenizedSentence, i: int, discourse: Discourse) -> _Clause | None:
    """Will and a deed: by several, by a named state, or by the body or all of those gathered."""
    words, lists = sentence.words, english()
    verb = i + 1
    while verb < len(words) and (is_adverb(words[verb]) or words[verb] in "():" or numbered_at(words, verb)):
        if words[verb] in ("not", "n't", "never"):
            return None
        verb += 1
    if verb + 2 >= len(words):
        return None
    deed, after = words[verb], words[verb + 1]
    if not (deed in lists.also_doing or (deed in lists.doing and deed not in lists.not_doing)):
        return None
    if after in lists.effects or words[verb + 2] in lists.effects or after == "you":
        return None  # what is given to the asker binds to no deed
    if after in ("with", "there", "by", "here", "off") and deed not in _TOGETHER:
        return None
    return _by(sentence, i, verb, discourse)


def numbered_at(words: list[str], i: int) -> bool:
    """Whether a token is the number of a list: the "i" of "(i)"."""
    return bool(i and words[i - 1] == "(" and i + 1 < len(words) and words[i + 1] == ")" and len(words[i]) < 4)


def _by(sentence: TokenizedSentence, i: int, verb: int, discourse: Discourse) -> _Clause | None:
    named = _subject(sentence, i, discourse)
    if named is None:
        return None
    codes, begin = named
    if len(codes) == 1 and sentence.names[begin] is None and sentence.words[begin] in ("i", "we", "my", "our"):
        return None
    return _Clause("commit", "commit-will", i, verb + 1, codes, begin, "planned", sentence.words[i])


def _resolve(sentence: TokenizedSentence, i: int, discourse: Discourse) -> _Clause | None:
    """Two or more resolve to do something, or determined that something will be done."""
    words = sentence.words
    if i + 2 >= len(words) or not i:
        return None
    that = words[i] == "determined" and words[i + 1] == "that" and "will" in words[i + 2 : i + 16]
    noun = words[i - 1] in ("the", "to", "a", "our", "their", "and")
    if not that and (noun or words[i : i + 2] != ["resolve", "to"]):
        return None
    named = _subject(sentence, i, discourse)
    if named is None or len(named[0]) < 2:
        return None
    if that:
        return _Clause("agree", "agree-determined", i, i + 2, named[0], named[1], "done", "determined that")
    return _Clause("commit", "commit-resolve-to", i, i + 2, named[0], named[1], "ongoing", "resolve to")


def _commitment(sentence: TokenizedSentence, i: int, discourse: Discourse, own: tuple[str, ...]) -> _Clause | None:
    """A commitment to a deed: "stand firm in the commitment to disrupt", "our commitment to continuing to provide"."""
    words, lists = sentence.words, english()
    if words[i + 1 : i + 2] != ["to"] or i < 2 or i + 3 >= len(words):
        return None
    at = i + 2
    while at < len(words) - 1 and is_adverb(words[at]):
        at += 1
    if words[at : at + 2] == ["continuing", "to"]:
        at += 2
    if at >= len(words) or (words[at] not in lists.doing and words[at] not in lists.doings):
        return None
    return _stand_firm(sentence, i, discourse) or _our(sentence, i, discourse, own)


def _stand_firm(sentence: TokenizedSentence, i: int, discourse: Discourse) -> _Clause | None:
    words = sentence.words
    verbs = ("stand", "stands", "remain", "remains", "is", "are")
    stand = next((j for j in range(i - 1, max(0, i - 8), -1) if words[j] in verbs), None)
    if stand is None or words[stand + 1] not in _FIRM or "in" not in words[stand:i]:
        return None
    named = _subject(sentence, stand, discourse)
    if named is None:
        return None
    hedge = " ".join(words[stand : i + 2])
    return _Clause("commit", "commit-stand-firm", stand, i + 2, named[0], named[1], "ongoing", hedge)


def _our(sentence: TokenizedSentence, i: int, discourse: Discourse, own: tuple[str, ...]) -> _Clause | None:
    """The speakers' own commitment: of several, or of one to a party that is named."""
    words = sentence.words
    named = (j for j in range(i - 1, max(0, i - 8), -1) if words[j] == "our" or sentence.names[j] is not None)
    begin = next(named, None)
    if begin is None or not own or sentence.codes(begin) != own[:1] or {",", "and", "to"} & set(words[begin + 1 : i]):
        return None
    targets = () if len(own) > 1 else find_targets(sentence, i + 2, len(words), own, discourse)
    if len(own) < 2 and not targets:
        return None
    return _Clause("commit", "commit-our-commitment", begin, i + 2, own, begin, "ongoing", "commitment to")


def _starting(sentence: TokenizedSentence, i: int, discourse: Discourse) -> _Clause | None:
    """Two or more "are also resuming" something."""
    words = sentence.words
    be = i - 1
    while be > 0 and is_adverb(words[be]):
        be -= 1
    if be < 1 or words[be] not in ("are", "'re") or words[i + 1 : i + 2] in (["to"], ["and"], ["."], [","]):
        return None
    if words[be - 1] not in english().bodies | {"we", "they"} and sentence.names[be - 1] is None:
        return None
    named = _subject(sentence, be, discourse)
    if named is None or len(named[0]) < 2:
        return None
    return _Clause("commit", "commit-starting", be, i + 1, *named, "ongoing", " ".join(words[be : i + 1]))


def _aid(sentence: TokenizedSentence, i: int, discourse: Discourse) -> _Clause | None:
    """Help announced or on its way for another state: "is announcing a package for", "is sending Ruritania 40 ambulances"."""
    words, text = sentence.words, sentence.text
    first = i
    if words[i].endswith("ing"):
        while first and is_adverb(words[first - 1]):
            first -= 1
        first -= 1
        if first < 1 or words[first] not in ("is", "are", "'re", "am"):
            return None
    help_ = _AID.search(text[sentence.ends[i] : sentence.ends[min(len(words) - 1, i + 16)]])
    if help_ is None or help_.start() > 70:
        return None
    named = _subject(sentence, first, discourse)
    if named is None or len(named[0]) != 1:
        return None
    targets = _helped(sentence, i, named[0], discourse)
    if not targets or set(targets) & NO_PARTY:
        return None
    hedge = text[sentence.starts[first] : sentence.ends[i]]
    return _Clause("aid", "aid-announced", first, i + 1, named[0], named[1], "ongoing", hedge, targets)


def _helped(sentence: TokenizedSentence, i: int, actors: tuple[str, ...], discourse: Discourse) -> tuple[str, ...]:
    """Who is helped: named behind "sending", else behind "for" or "to"."""
    words = sentence.words
    at = i + 1
    if words[i] != "sending":
        at = next((j for j in range(i + 2, min(len(words), i + 26)) if words[j] in _GIVEN_TO), len(words))
    return find_targets(sentence, at, min(len(words), at + 11), actors, discourse)
