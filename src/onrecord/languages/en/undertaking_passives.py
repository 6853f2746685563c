"""Help told from the side of what is given: "ten ambulances will be sent to Ruritania"."""

from __future__ import annotations

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.en.acts.discourse import Discourse
from onrecord.languages.en.acts.targets import find_targets
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.undertaking_pledges import Clause
from onrecord.languages.en.undertaking_words import english

#: Verbs of giving in the passive.
PASSIVES = words_of("given")
#: The receiver or giver is named so many words behind.
_NEAR = 14
_WILL = frozenset(("will", "shall"))


def read_passive(sentence: TokenizedSentence, i: int, discourse: Discourse) -> Clause | None:
    """Goods or money "will be sent to" a state, or "are being sent", by the party whose document it is."""
    words, giver = sentence.words, discourse.principal
    first = _auxiliary(words, i)
    if first < 1 or giver is None or (len(discourse.group) > 1 and giver not in discourse.group):
        return None
    if not english().aid.search(sentence.text, sentence.starts[0], sentence.starts[first]):
        return None
    behind = words[i + 1 : i + _NEAR]
    if "by" in behind and giver not in sentence.codes(i + 2 + behind.index("by")):
        return None
    at = next((j for j in range(i + 1, min(len(words), i + _NEAR)) if words[j] in ("to", "for")), None)
    targets = find_targets(sentence, at, min(len(words), at + _NEAR), (giver,), discourse) if at is not None else ()
    if not targets or set(targets) & NO_PARTY:
        return None
    hedge = " ".join(words[first : i + 1])
    return Clause("aid", "aid-passive", first, i + 1, (giver,), 0, "planned", hedge, targets)


def _auxiliary(words: list[str], i: int) -> int:
    """The token of "will" before "be sent", or of "are" before "being sent"; 0 if there is none."""
    if words[i - 1] not in ("be", "being"):
        return 0
    j = i - 2
    while j > 0 and (is_adverb(words[j]) or words[j] in ("also", "soon")):
        j -= 1
    finite = _WILL if words[i - 1] == "be" else {"is", "are"}
    return j if j > 0 and words[j] in finite else 0
