"""Accusations without a trigger: another's conduct described in accusing words (``languages/en/accusing_words.toml``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.languages.en.acts.clauses import clause_end
from onrecord.languages.en.acts.state import UNBLAMED, Main, State
from onrecord.languages.en.acts.subjects import find_subject
from onrecord.languages.en.acts.tokens import NAME, TokenizedSentence
from onrecord.languages.en.acts.verbs import is_adverb, is_finite
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.facts import ActFact

if TYPE_CHECKING:
    from onrecord.languages.en.acts.act_reading import ActReading

ACCUSES = "accuse-blame-words"
_AUXILIARIES = frozenset("has have is are was were had do does did been being".split())


#: "To smear others is to harm oneself", "that is, every smear": no conduct of anybody.
_NO_CONDUCT = frozenset(("to", ",", "the", "a", "an", "—", "that"))
_COPULAS = frozenset(("is", "are", "was", "were"))
#: "Are facts that nobody can smear": others are blamed there.
_SAYS_MORE = ("saying", "that", "which")
_AIMING = words_of("aiming")


def _judges(words: list[str], i: int) -> bool:
    """Whether "it is" introduces what is judged: "it is fair to say", but "it is meant to deceive"."""
    return words[i + 1] not in _AIMING and any(word in ("to", "that") for word in words[i + 2 : i + 4])


def read_accusation(reader: ActReading, sentence: TokenizedSentence, i: int, state: State) -> None:
    """Read another's conduct, described in accusing words with a verb that no rule covers, as an accusation."""
    words = sentence.words
    auxiliary = words[i] in _AUXILIARIES
    if not auxiliary and not words[i].endswith("ed") and not is_finite(words[i]):
        return
    before = i - 1
    while before > 0 and is_adverb(words[before]):
        before -= 1
    if not auxiliary and not (
        words[before] in (NAME, "it", "they", "which", "side", "government") or sentence.codes(before)
    ):
        return
    subject = find_subject(sentence, i, state.floor, reader.discourse)
    if (
        subject is None
        or not subject.codes
        or set(subject.codes) & {reader.principal, *reader.own}
        or set(subject.codes) <= UNBLAMED
    ):
        return
    if state.saying is not None and state.saying.codes == subject.codes:
        return
    if subject.pronoun == "it" and _judges(words, i):
        return  # "it is fair to say"
    if words[subject.start - 1 : subject.start] in (["what"], ["how"], ["why"], ["whatever"]):
        reader.discourse.topic = subject.codes  # "What the US has done is unjust": the predicate accuses
        return
    end = clause_end(sentence, i + 1, reader.rules)
    ending = _SAYS_MORE if words[i] in _COPULAS else ("saying",)  # what is said is another's words
    end = next((j for j in range(i + 1, end) if words[j] in ending), end)
    if not reader.accusing_words.within(sentence.starts[i], sentence.ends[end - 1]):
        return
    verb = i + 1
    if auxiliary:
        while verb < end and (is_adverb(words[verb]) or words[verb] in _AUXILIARIES):
            if words[verb] in ("not", "n't", "never"):
                return
            verb += 1
        if verb < end and reader.chooser.best(sentence, verb) is not None:
            return  # a rule covers the verb itself
        verb = min(verb + 1, end)
    if words[verb - 1] in _NO_CONDUCT:
        return  # "to smear others is to harm oneself": accuses nobody
    speaker = state.saying.codes if state.saying else reader.own
    if not speaker:
        return
    perfect = words[i] in ("has", "have") and not words[verb - 1].endswith("ing")
    past = words[i] in ("was", "were", "had", "did") or (not auxiliary and not words[i].endswith("s")) or perfect
    trigger = (sentence.starts[i], sentence.ends[verb - 1])
    state.found.append(
        ActFact("accuse", ACCUSES, speaker, tuple(code for code in subject.codes if code not in speaker), "affirmed",
              "done" if past else "ongoing", trigger, (sentence.starts[min(subject.start, i)], sentence.ends[end - 1]))
    )  # fmt: skip
    reader.discourse.remember(subject)
    form = "past" if past and not perfect else "third" if words[i].endswith("s") else "base"
    state.main = Main(verb, form, subject, perfect, False, False, "accuse")
    state.floor, state.cover = verb, max(end, state.cover)
