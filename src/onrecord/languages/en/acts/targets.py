"""The targets of an act: the actors at whom it is directed, named after the trigger."""

from __future__ import annotations

from onrecord.languages.en.acts.discourse import Discourse
from onrecord.languages.en.acts.tokens import NAME, TokenizedSentence
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.acts.words import words_of

_GOING_ON = words_of("going-on")
_STOPS = frozenset(("that", "which", "who", "whose", "where", "if", "because", ";", ":", "—", "so", "while"))


def find_targets(
    sentence: TokenizedSentence, after: int, end: int, actors: tuple[str, ...], discourse: Discourse
) -> tuple[str, ...]:
    """Return the first actors named after the trigger who are not actors of the act."""
    words = sentence.words
    found: dict[str, None] = {}
    ours = False
    i = after
    while i < end:
        word = words[i]
        if word == NAME:
            codes = sentence.codes(i)
            name = sentence.names[i]
            if (
                name is not None
                and name.kind == "reference"
                and name.name.lower() in ("our", "us", "we")
                and codes == actors
            ):
                ours = True
            fresh = [code for code in codes if code not in actors]
            if fresh:
                found.update(dict.fromkeys(fresh))
                i += 1
                while i < end and (words[i] in _GOING_ON or is_adverb(words[i])) and i - after < 40:
                    i += 1
                if i < end and words[i] == NAME and words[i - 1] in _GOING_ON:
                    continue
                break
        elif word in ("him", "her") and discourse.person and not found:
            away = tuple(code for code in discourse.person if code not in actors)
            return away or tuple(code for code in discourse.topic or discourse.other() if code not in actors)
        elif word in ("them", "it") and not found and i <= after + 1:
            return tuple(code for code in discourse.topic if code not in actors)
        elif word in _STOPS and i > after + 1 and found:
            break
        i += 1
    if not found and ours:
        return tuple(code for code in discourse.other() if code not in actors)
    return tuple(found)
