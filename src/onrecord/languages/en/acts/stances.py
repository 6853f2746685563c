"""Acts in nouns: "our unwavering support for", "their shared concerns over", "the three nations' commitment to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.en.acts.clauses import clause_end
from onrecord.languages.en.acts.stance_nouns import STANCES
from onrecord.languages.en.acts.targets import find_targets
from onrecord.languages.en.acts.tokens import NAME, TokenizedSentence
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.facts import ActFact

if TYPE_CHECKING:
    from onrecord.languages.en.acts.act_reading import ActReading
    from onrecord.languages.en.acts.state import State


#: Adjectives of a stance, by which its holder takes it here and does not only have it.
_FIRM = words_of("firm")
_ALSO = words_of("beside-firm")
#: Beginnings of verbs that restate the stance: the verb is the act then.
_RESTATING = tuple(words_of("restating"))
_FARTHEST = 6
_HOLDERS = ("country", "territory", "organisation")


def read_stance(reader: ActReading, sentence: TokenizedSentence, i: int, state: State) -> bool:
    """Read the noun at token ``i`` as an act of its possessor; whether it is one."""
    words = sentence.words
    stance = STANCES[words[i]]
    if words[i + 1 : i + 2] == [] or words[i + 1] not in stance.before:
        return False
    held = _possessor(sentence, i, state)
    if held is None or (stance.firm and not held[2]):
        return False
    actors, start, _ = held
    if not actors or not NO_PARTY.isdisjoint(actors):
        return False
    over = state.found[-1] if state.found and i < state.cover else None
    talked = over is not None and over.type == "consult"
    if over is not None and not talked and (over.type != "support" or set(over.actors) & set(actors)):
        return False  # "underscored their commitment to": the verb is the act; but "welcomed the commitment of" another
    if (over is None and stance.type == "commit") or _is_restated(words, start):
        return False  # "reflects our commitment to": told of, and not made
    end = clause_end(sentence, i + 2, reader.rules)
    targets = find_targets(sentence, i + 2, end, actors, reader.discourse)
    trigger = sentence.starts[start], sentence.ends[i + 1]
    span = sentence.starts[start], sentence.ends[end - 1]
    if over is not None and over.trigger[1] > trigger[0]:
        return False
    time = over.time if over is not None else "ongoing"
    hedge = reader.text[slice(*trigger)] if stance.type == "commit" else None
    state.found.append(
        ActFact(stance.type, f"{stance.type}-stance", actors, targets, "affirmed", time, trigger, span, hedge)
    )
    return True


def _is_restated(words: list[str], start: int) -> bool:
    return any(word.startswith(_RESTATING) for word in words[max(0, start - 3) : start])


def _possessor(sentence: TokenizedSentence, i: int, state: State) -> tuple[tuple[str, ...], int, bool] | None:
    """Whose stance it is, where the phrase begins, and whether an adjective says how firm it is."""
    words = sentence.words
    firm = False
    for j in range(i - 1, max(-1, i - _FARTHEST), -1):
        word = words[j]
        if word in _FIRM:
            firm = True
        elif word in ("their", "his", "her", "its"):
            main = state.main
            return (main.subject.codes, j, firm) if main is not None else None
        elif word == NAME:
            name = sentence.names[j]
            if name is not None and (name.kind in _HOLDERS or name.name.lower() == "our"):  # "continued U.S. support"
                return sentence.codes(j), j, firm or words[j - 1] in _FIRM
            return None
        elif word in ("'s", "'") and j and words[j - 1] == NAME:
            return sentence.codes(j - 1), j - 1, firm
        elif word not in _ALSO:
            return None
    return None
