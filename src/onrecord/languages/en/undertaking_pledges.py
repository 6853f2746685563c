"""Verbs by which those who gathered bind themselves, where their subject is a body without a code.

"CRI members are committed to taking action", "the Task Force affirmed its commitment to monitor", "Hereby decide to:", "the
leaders tasked their teams with": the trigger table knows the verbs, but not who acts.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.annotation_types import ActType, Time
from onrecord.languages.en.acts.discourse import Discourse
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.undertaking_subjects import acting, before_adverbs, gathered
from onrecord.languages.en.undertaking_words import english


class Clause(NamedTuple):
    """An act read from a clause: its type and rule, where its trigger begins and ends, and where its words do, in tokens."""

    type: ActType
    rule: str
    first: int
    trigger_end: int
    actors: tuple[str, ...]
    begin: int
    time: Time
    hedge: str
    targets: tuple[str, ...] | None = None


#: Words by which several bind themselves to what follows "to", with the type of the act and its time.
_BINDING: dict[str, tuple[ActType, Time]] = {
    **dict.fromkeys(("commit", "intend", "plan", "pledge", "aim", "undertake"), ("commit", "ongoing")),
    **dict.fromkeys(("commits", "intends", "plans", "pledges", "aims", "undertakes"), ("commit", "ongoing")),
    **dict.fromkeys(
        ("committed", "pledged", "promised", "vowed", "intended", "planned", "dedicated"), ("commit", "done")
    ),
    **dict.fromkeys(("decide", "decides", "agree", "agrees"), ("agree", "ongoing")),
    **dict.fromkeys(("decided", "agreed", "resolved"), ("agree", "done")),
}
#: Words by which they restate it.
_RESTATING = words_of("restating-pledges")
#: Words by which also a state by its name is bound again, of which the trigger table has none.
_RENEWING = words_of("renewing-pledges")
#: Nouns of a commitment, each with the verbs that state it newly.
_COMMITMENTS = frozenset(("commitment", "commitments"))
_INTENTIONS = frozenset(
    ("intention", "intentions", "intent", "determination", "plans", "resolve", "pledge", "pledges", "resolution")
)
_STATING = words_of("stating-intentions")
#: Deeds in nouns, and what may stand before one.
_DEEDS = words_of("deeds-in-nouns")
_BEFORE_DEEDS = words_of("before-deeds-in-nouns")
#: So many agree.
_TWO = 2
_GLAD = frozenset("pleased proud delighted happy glad".split())
#: What they give their officials to do.
_TASKING = words_of("tasking")
_OFFICIALS = words_of("tasked")
_PROMISING = frozenset("promised vowed".split())
_PROMISED = words_of("promised")
#: Whose commitment it is: their own.
_OWN = frozenset("its their our his her the a ongoing shared continued mutual".split())
_AUXILIARIES = frozenset("are is remain remains stay have has 've 're be been".split())
CUES = frozenset((*_BINDING, *_RESTATING, *_RENEWING, *_STATING, *_TASKING))


def read_pledge(sentence: TokenizedSentence, i: int, discourse: Discourse, own: tuple[str, ...]) -> Clause | None:
    """The clause in which those who gathered bind themselves, with its verb at token ``i``; ``None`` if they do not."""
    word = sentence.words[i]
    if word in _STATING and (intended := _intending(sentence, i, discourse)) is not None:
        return intended
    if word in _RESTATING or word in _RENEWING:
        return _restating(sentence, i, discourse, own)
    if word in _TASKING:
        return _tasking(sentence, i, discourse)
    return _binding(sentence, i, discourse, own) if word in _BINDING else None


def _binding(sentence: TokenizedSentence, i: int, discourse: Discourse, own: tuple[str, ...]) -> Clause | None:
    words = sentence.words
    if words[i] == "agreed" and words[i + 1 : i + 2] != ["to"]:
        return _agreed_there(sentence, i, discourse)
    if words[i] in _PROMISING and words[i + 1 : i + 2] != ["to"]:
        return _promise(sentence, i, discourse)
    if words[i + 1 : i + 2] != ["to"] or not _deed_follows(words, i + 2):
        return None
    first = before_adverbs(words, i)
    if first and words[first - 1] in _AUXILIARIES:
        first = before_adverbs(words, first - 1)
        first = first if words[first] in _AUXILIARIES else first + 1
    kind, time = _BINDING[words[i]]
    if words[:first] in ([], ["hereby"]) and len(own) > 1 and words[0] in ("hereby", words[i]):
        return Clause(
            kind, "agree-hereby" if kind == "agree" else "commit-hereby", i, i + 2, own, 0, time, f"{words[i]} to"
        )
    together = gathered(sentence, before_adverbs(words, first), discourse)
    if together is None and kind == "agree":  # "as the leaders agreed to"
        together = acting(sentence, first, discourse)
    if together is None or (kind == "agree" and len(together[0]) < _TWO):
        return None
    return Clause(
        kind,
        "agree-body" if kind == "agree" else "commit-body",
        first,
        i + 2,
        together[0],
        together[1],
        time,
        " ".join(words[first : i + 2]),
    )


def _promise(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """Somebody promised "quick action", "further support"."""
    if _PROMISED.isdisjoint(sentence.words[i + 1 : i + 5]) or {",", ".", "by"} & {*sentence.words[i + 1 : i + 2]}:
        return None
    named = acting(sentence, i, discourse)
    return (
        Clause("commit", "commit-promise", i, i + 1, *named, "done", sentence.words[i]) if named is not None else None
    )


def _agreed_there(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """What several agreed "in a telephone call to" do, or that "our governments will" do."""
    words = sentence.words
    link = None
    if not {"in", "during", "over", "at", "by", "today", "there"}.isdisjoint(words[i + 1 : i + 2]):
        link = next((j for j in range(i + 1, min(len(words), i + 10)) if words[j] == "to" or words[j] in ",;"), None)
        link = link if link is not None and words[link] == "to" and _deed_follows(words, link + 1) else None
    named = acting(sentence, i, discourse) if link is not None else None
    if link is None or named is None or len(named[0]) < 2:
        return None
    return Clause("agree", "agree-there", i, link + 1, named[0], named[1], "done", "agreed to")


def _restating(sentence: TokenizedSentence, i: int, discourse: Discourse, own: tuple[str, ...]) -> Clause | None:
    """Those who gathered restate "their commitment to" do something, also in a recital: "REAFFIRMING our commitment to"."""
    words = sentence.words
    noun = next((j for j in range(i + 1, min(len(words), i + 7)) if words[j] in _COMMITMENTS), None)
    if noun is None or words[noun + 1 : noun + 2] != ["to"] or not _deed_follows(words, noun + 2):
        return None
    if i < 2 and words[i].endswith("ing") and len(own) > 1:
        actors, begin = own, i
    else:
        together = gathered(sentence, before_adverbs(words, i), discourse) or _after_auxiliary(sentence, i, discourse)
        together = together or (_several(sentence, i, discourse) if words[i] in _RESTATING else None)
        if together is None:
            return None
        actors, begin = together
    return Clause(
        "reaffirm", "reaffirm-commitment", i, noun + 1, actors, begin, "ongoing", " ".join(words[i : noun + 2])
    )


def _intending(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """Somebody states an intention of his own: "declared their intention to", "are pleased to announce our plans to"."""
    words = sentence.words
    noun = next((j for j in range(i + 1, min(len(words), i + 5)) if words[j] in _INTENTIONS), None)
    if noun is None or words[noun + 1 : noun + 2] != ["to"] or not _deed_follows(words, noun + 2):
        return None
    if words[i] == "share" and words[noun] == "plans":
        return None
    if noun > i + 1 and not any(words[j] in _OWN or _is_reference(sentence, j) for j in range(i + 1, noun)):
        return None
    glad = i > 2 and words[i - 1] == "to" and words[i - 2] in _GLAD and words[i - 3] in _AUXILIARIES
    named = acting(sentence, i - 3 if glad else i, discourse)
    if named is None:
        return None
    hedge = " ".join(words[i : noun + 2])
    return Clause("commit", "commit-intention", i, noun + 2, *named, "ongoing", hedge)


def _is_reference(sentence: TokenizedSentence, i: int) -> bool:
    """Whether a token is "our" or the like, which the tables of names hold."""
    name = sentence.names[i]
    return name is not None and name.kind == "reference"


def _several(sentence: TokenizedSentence, i: int, discourse: Discourse) -> tuple[tuple[str, ...], int] | None:
    """Two or more that are named, or meant by "they"."""
    named = acting(sentence, i, discourse)
    return named if named is not None and len(named[0]) >= _TWO else None


def _after_auxiliary(sentence: TokenizedSentence, i: int, discourse: Discourse) -> tuple[tuple[str, ...], int] | None:
    """Who "has reinforced" something."""
    end = before_adverbs(sentence.words, i)
    has = end and sentence.words[end - 1] in ("has", "have", "had")
    return acting(sentence, end - 1, discourse) if has and sentence.words[i] in _RENEWING else None


def _tasking(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """Several give their officials something to do: "tasked their teams with drafting"."""
    words = sentence.words
    link = next((j for j in range(i + 2, min(len(words), i + 9)) if words[j] in ("with", "to")), None)
    if link is None or words[i + 1] not in ("their", "our", "relevant", "the", "senior", "appropriate"):
        return None
    if words[link - 1] not in _OFFICIALS or not _deed_follows(words, link + 1):
        return None
    named = acting(sentence, i, discourse)
    if named is None or len(named[0]) < 2:
        return None
    return Clause("agree", "agree-task", i, link + 1, named[0], named[1], "done", " ".join(words[i : link + 1]))


def _deed_follows(words: list[str], at: int) -> bool:
    """Whether an action begins at token ``at``, or a list of actions behind the end of the sentence: "intend to:"."""
    lists = english()
    while at < len(words) and (is_adverb(words[at]) or words[at] == "jointly"):
        at += 1
    if words[at : at + 2] in (["continue", "to"], ["continuing", "to"]):
        at += 2
    if at >= len(words) or words[at] in ":":
        return True
    noun = next((j for j in range(at, min(len(words), at + 7)) if words[j] in _DEEDS), None)
    if noun is not None and noun > at and _BEFORE_DEEDS.issuperset(words[at:noun]):
        return True  # "to the full and effective implementation of"
    return words[at] in lists.doing or words[at] in lists.also_doing or words[at] in lists.doings
