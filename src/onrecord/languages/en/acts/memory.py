"""What the reader of acts remembers of a sentence for the next: who was named, who acted, who met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotation_types import NO_PARTY, ActType
from onrecord.languages.en.acts.discourse import Discourse, Subject, others_before
from onrecord.languages.en.acts.noun_phrases import PERSON_PRONOUNS, TITLES, title_holder
from onrecord.languages.en.acts.tokens import NAME, TokenizedSentence
from onrecord.languages.en.acts.triggers import Rule
from onrecord.lexicon.actors import group_members

if TYPE_CHECKING:
    from onrecord.languages.en.acts.act_reading import ActReading


def remember_sentence(reader: ActReading, sentence: TokenizedSentence) -> None:
    """Record whom a sentence names, who may be meant in the next ones."""
    discourse = reader.discourse
    named = [(name, name.codes) for name in sentence.names if name is not None]
    first = next((codes for _, codes in named if codes), ())
    if (
        first
        and reader.principal not in first
        and not set(first) <= NO_PARTY
        and discourse.topic in ((), discourse.topic_before)
    ):
        discourse.topic = first
    discourse.topic_before = discourse.topic
    meant = others_before(sentence, len(sentence.words), settled=discourse.settled)
    if meant is not None and sentence.words[0] != "they":  # of whom a sentence tells, the next may tell more
        discourse.others_meant = meant
    _remember_titles(discourse, sentence)
    if not discourse.person_acts:
        discourse.person = _first_person(discourse, sentence)
    for name, codes in named:
        if name.kind == "reference" and reader.joint and codes == reader.own:
            discourse.in_first_person = name.name in ("We", "we")
        if codes and name.kind != "place":
            discourse.meet(codes)
        if name.kind == "reference" and len(codes) > 1:
            discourse.plural = discourse.codes(name, codes)


def _first_person(discourse: Discourse, sentence: TokenizedSentence) -> tuple[str, ...]:
    """The parties of the person whom a sentence tells of first: "he" in the next is more likely he than one named later."""
    words = sentence.words
    for i, name in enumerate(sentence.names):
        if words[i] in PERSON_PRONOUNS and discourse.person:
            break
        if name is not None and name.kind == "person":
            return name.codes
        alone = i > 0 and words[i] in TITLES and words[i + 1 : i + 2] != [NAME] and sentence.capital(i)
        if alone and (words[i - 1] == "the" or words[i - 2 : i] == ["the", "vice"]):
            return title_holder(words[i], words[i - 1], discourse)
    return discourse.person


def _remember_titles(discourse: Discourse, sentence: TokenizedSentence) -> None:
    """Record of which parties officials are named with a title directly before the name: "President Sample of Nauru"."""
    words = sentence.words
    for i, name in enumerate(sentence.names):
        if i and name is not None and name.kind == "person" and name.codes and words[i - 1] in TITLES:
            title = f"{words[i - 2]} {words[i - 1]}" if words[i - 2 : i - 1] in (["vice"], ["prime"]) else words[i - 1]
            discourse.titled[title] = tuple(dict.fromkeys((*discourse.titled.get(title, ()), *name.codes)))


def remember_act(
    reader: ActReading,
    act: ActType,
    rule: Rule,
    actors: tuple[str, ...],
    targets: tuple[str, ...],
    subject: Subject | None,
) -> None:
    """Record the actors and targets of an act as possible antecedents of later anaphors."""
    discourse = reader.discourse
    if act == "consult":
        reader.chooser.consulted = True
        if rule.when == "event":
            discourse.event = actors
        elif rule.when == "alone" and not group_members().keys().isdisjoint(targets):
            discourse.event = targets
        if reader.principal in actors or reader.principal in targets:
            discourse.gathered(tuple(dict.fromkeys((*actors, *targets))))
    if rule.who == "by":
        discourse.last = actors
    elif subject is not None:
        discourse.remember(subject)
        if len(subject.codes) == 1 and subject.person:
            discourse.person, discourse.person_acts = subject.codes, True
    if targets and act in ("accuse", "deny", "oppose", "concern"):
        discourse.topic = targets
