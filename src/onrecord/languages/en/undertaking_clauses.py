"""Clauses that bind somebody although no row of the trigger table reads them as an act of agreeing, committing or helping.

"Ruritania and Arcadia will bring", "the Parties will establish", "will (i) modify", "resolve to", "stand firm in the commitment
to", "are also resuming", "is announcing a package": each becomes an act of its own, so that every undertaking rests on one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.en.acts.clauses import clause_end
from onrecord.languages.en.acts.discourse import Discourse
from onrecord.languages.en.acts.targets import find_targets
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.triggers import Candidates
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.undertaking_passives import PASSIVES, read_passive
from onrecord.languages.en.undertaking_pledges import CUES as PLEDGES
from onrecord.languages.en.undertaking_pledges import Clause, read_pledge
from onrecord.languages.en.undertaking_subjects import acting
from onrecord.languages.en.undertaking_words import english
from onrecord.languages.facts import ActFact

#: The rules of these clauses: the ids of acts that no row of the table gives.
CLAUSE_RULES = frozenset(
    "agree-body agree-determined agree-hereby agree-reached agree-task agree-there aid-announced aid-passive commit-body "
    "commit-hereby commit-intention commit-our-commitment commit-promise commit-stand-firm commit-starting "
    "commit-will reaffirm-commitment".split()
)
#: A sentence without any of these has no such clause.
_OWN_CUES = frozenset(
    "will shall resolve resolved determined commitment commitments announcing announced announce announces sending providing "
    "donating contributing delivering dedicated earmarked allocated reached".split()
)
_CUES = _OWN_CUES | PLEDGES | PASSIVES | english().starting
_AID = re.compile(
    r"[$€£]\s?[\d.,]+"
    r"|\b(?:assistance|aid|package|relief|funding|grants?|loans?|doses|ambulances|supplies|equipment|support)\b",
    re.IGNORECASE,
)
#: "Announced that the bank will provide", "announced it has given": another clause tells what is given.
_OTHERS_GIVE = re.compile(r"\b(?:that|will|has|have|plans?|it|private|aims?)\b", re.IGNORECASE)
_GIVEN_TO = frozenset("for to".split())
#: "Will work with" is a deed, "will begin with" tells the order of a speech.
_TOGETHER = words_of("together")
#: Verbs that look for what others foretell: "will explore opportunities".
_SEEKING = words_of("seeking")
_FOUNDING = words_of("launching")
_FOUNDED = words_of("launched")
_FIRM = words_of("standing-firm")


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
        predicted = clause.first in unbinding and clause.rule != "aid-passive"
        if predicted and sentence.words[clause.trigger_end - 1] not in english().also_doing:
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


def _clauses(sentence: TokenizedSentence, discourse: Discourse, own: tuple[str, ...]) -> Iterator[Clause]:
    words = sentence.words
    for i, word in enumerate(words):
        if sentence.quoted[i] or word not in _CUES:
            continue
        if word in ("will", "shall"):
            clause = _will(sentence, i, discourse)
        elif word in ("resolve", "determined"):
            clause = _resolve(sentence, i, discourse)
        elif word.startswith("commitment"):
            clause = _commitment(sentence, i, discourse, own)
        elif word in english().starting:
            clause = _starting(sentence, i, discourse)
        elif word == "reached":
            clause = _reached(sentence, i, discourse)
        elif word in PASSIVES:
            clause = read_passive(sentence, i, discourse)
        else:
            clause = read_pledge(sentence, i, discourse, own) if word in PLEDGES else None
            clause = clause or (_aid(sentence, i, discourse) if word in _OWN_CUES else None)
        if clause is not None:
            yield clause


def _will(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
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
    if deed not in _SEEKING and (after in lists.effects or words[verb + 2] in lists.effects):
        return None
    if after == "you":
        return None  # what is given to the asker binds to no deed
    if after in ("with", "there", "by", "here", "off") and deed not in _TOGETHER:
        return None
    return _by(sentence, i, verb, discourse)


def numbered_at(words: list[str], i: int) -> bool:
    """Whether a token is the number of a list: the "i" of "(i)"."""
    return bool(i and words[i - 1] == "(" and i + 1 < len(words) and words[i + 1] == ")" and len(words[i]) < 4)


def _by(sentence: TokenizedSentence, i: int, verb: int, discourse: Discourse) -> Clause | None:
    named = acting(sentence, i, discourse)
    if named is None:
        return None
    codes, begin = named
    if len(codes) == 1 and sentence.names[begin] is None and sentence.words[begin] in ("i", "we", "my", "our"):
        return None
    return Clause("commit", "commit-will", i, verb + 1, codes, begin, "planned", sentence.words[i])


def _resolve(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """Two or more resolve to do something, or determined that something will be done."""
    words = sentence.words
    if i + 2 >= len(words) or not i:
        return None
    that = words[i] == "determined" and words[i + 1] == "that" and "will" in words[i + 2 : i + 16]
    noun = words[i - 1] in ("the", "to", "a", "our", "their", "and")
    if not that and (noun or words[i : i + 2] != ["resolve", "to"]):
        return None
    named = acting(sentence, i, discourse)
    if named is None or len(named[0]) < 2:
        return None
    if that:
        return Clause("agree", "agree-determined", i, i + 2, named[0], named[1], "done", "determined that")
    return Clause("commit", "commit-resolve-to", i, i + 2, named[0], named[1], "ongoing", "resolve to")


def _commitment(sentence: TokenizedSentence, i: int, discourse: Discourse, own: tuple[str, ...]) -> Clause | None:
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


def _stand_firm(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    words = sentence.words
    verbs = ("stand", "stands", "remain", "remains", "is", "are")
    stand = next((j for j in range(i - 1, max(0, i - 8), -1) if words[j] in verbs), None)
    if stand is None or words[stand + 1] not in _FIRM or "in" not in words[stand:i]:
        return None
    named = acting(sentence, stand, discourse)
    if named is None:
        return None
    hedge = " ".join(words[stand : i + 2])
    return Clause("commit", "commit-stand-firm", stand, i + 2, named[0], named[1], "ongoing", hedge)


def _our(sentence: TokenizedSentence, i: int, discourse: Discourse, own: tuple[str, ...]) -> Clause | None:
    """The speakers' own commitment: of several, or of one to a party that is named."""
    words = sentence.words
    named = (j for j in range(i - 1, max(0, i - 8), -1) if words[j] == "our" or sentence.names[j] is not None)
    begin = next(named, None)
    if begin is None or not own or sentence.codes(begin) != own[:1] or {",", "and", "to"} & set(words[begin + 1 : i]):
        return None
    targets = () if len(own) > 1 else find_targets(sentence, i + 2, len(words), own, discourse)
    if len(own) < 2 and not targets:
        return None
    return Clause("commit", "commit-our-commitment", begin, i + 2, own, begin, "ongoing", "commitment to")


def _starting(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """Two or more "are also resuming" something, or one "is launching a programme for" another."""
    words = sentence.words
    be = i - 1
    while be > 0 and is_adverb(words[be]):
        be -= 1
    if be < 1 or words[be] not in ("are", "'re", "is") or words[i + 1 : i + 2] in (["to"], ["and"], ["."], [","]):
        return None
    if words[be] == "is":
        return _launching(sentence, be, i, discourse)
    if words[be - 1] not in english().bodies | {"we", "they"} and sentence.names[be - 1] is None:
        return None
    named = acting(sentence, be, discourse)
    if named is None or len(named[0]) < 2:
        return None
    return Clause("commit", "commit-starting", be, i + 1, *named, "ongoing", " ".join(words[be : i + 1]))


def _launching(sentence: TokenizedSentence, be: int, i: int, discourse: Discourse) -> Clause | None:
    """One party "is launching a training programme for" another, which is named."""
    near = sentence.words[i + 1 : i + 8]
    if sentence.words[i] not in _FOUNDING or near[:1] not in (["a"], ["an"], ["new"], ["its"], ["the"]):
        return None
    named = acting(sentence, be, discourse) if not _FOUNDED.isdisjoint(near) else None
    if named is None or len(named[0]) != 1 or sentence.words[named[1]] in ("i", "it"):
        return None
    targets = find_targets(sentence, i + 2, len(sentence.words), named[0], discourse)
    if not targets or set(targets) & NO_PARTY:
        return None
    hedge = " ".join(sentence.words[be : i + 1])
    return Clause("commit", "commit-starting", be, i + 1, *named, "ongoing", hedge, targets)


def _reached(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """ "Broad consensus was reached on": by those who are spoken of."""
    words = sentence.words
    if i < 2 or words[i - 1] not in ("was", "were", "been") or words[i + 1 : i + 2] not in (["on"], ["to"], ["that"]):
        return None
    noun = next(
        (j for j in range(i - 2, max(-1, i - 5), -1) if words[j] in ("consensus", "agreement", "agreements")), None
    )
    actors = discourse.plural or discourse.gathering()
    if noun is None or len(actors) < 2 or set(actors) & NO_PARTY:
        return None
    return Clause("agree", "agree-reached", noun, i + 1, actors, noun, "done", " ".join(words[noun : i + 2]))


def _aid(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """Help announced or on its way for another state: "is announcing a package for", "is sending Ruritania 40 ambulances"."""
    words, text = sentence.words, sentence.text
    first = i
    if words[i].endswith("ing"):
        while first and is_adverb(words[first - 1]):
            first -= 1
        first -= 1
        if first < 1 or words[first] not in ("is", "are", "'re", "am"):
            return None
    set_aside = words[i] in ("dedicated", "earmarked", "allocated")
    if set_aside and words[i - 1] not in ("has", "have"):
        return None
    help_ = _AID.search(text[sentence.ends[i] : sentence.ends[min(len(words) - 1, i + 16)]])
    if help_ is None or help_.start() > 70:
        return None
    if words[i].startswith("announc") and _OTHERS_GIVE.search(text, sentence.ends[i], sentence.ends[i] + help_.end()):
        return None
    named = acting(sentence, first, discourse)
    if named is None or len(named[0]) != 1:
        return None
    targets = _helped(sentence, i, named[0], discourse)
    abroad = targets or set_aside or (help_[0][0] in "$€£" and english().regions.search(text, sentence.ends[i]))
    if not abroad or set(targets) & NO_PARTY:
        return None
    first -= set_aside
    hedge = text[sentence.starts[first] : sentence.ends[i]]
    return Clause("aid", "aid-announced", first, i + 1, named[0], named[1], "ongoing", hedge, targets)


def _helped(sentence: TokenizedSentence, i: int, actors: tuple[str, ...], discourse: Discourse) -> tuple[str, ...]:
    """Who is helped: named behind "sending", else behind "for" or "to"."""
    words = sentence.words
    at = i + 1
    if words[i] != "sending":
        at = next((j for j in range(i + 2, min(len(words), i + 26)) if words[j] in _GIVEN_TO), len(words))
    return find_targets(sentence, at, min(len(words), at + 11), actors, discourse)
