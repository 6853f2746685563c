"""The forms of English verbs: what the trigger tables need to name a verb once and find it in every tense."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

Form = Literal["base", "third", "past", "participle", "ing"]

#: Verbs whose past and participle are not made by rule: lemma, past, participle.
_IRREGULAR = {
    lemma: (past.split("/"), participle.split("/"))
    for lemma, past, participle in (
        row.split()
        for row in """
be was/were been|have had had|do did done|go went gone|say said said|make made made|take took taken|give gave given
meet met met|hold held held|send sent sent|put put put|keep kept kept|bring brought brought|come came come|see saw seen
speak spoke spoken|stand stood stood|find found found|think thought thought|tell told told|write wrote written
withdraw withdrew withdrawn|undertake undertook undertaken|seek sought sought|lead led led|build built built
understand understood understood|pay paid paid|set set set|cut cut cut|hurt hurt hurt|spread spread spread|cast cast cast
stick stuck stuck|uphold upheld upheld|fight fought fought|teach taught taught|feel felt felt|leave left left
lose lost lost|break broke broken|begin began begun|become became become|show showed shown|know knew known
get got got/gotten|run ran run|let let let|read read read|hear heard heard|overlook overlooked overlooked|sell sold sold
mislead misled misled|shake shook shaken|beset beset beset|forbid forbade forbidden|forget forgot forgotten|win won won
bear bore borne|draw drew drawn|drive drove driven|fall fell fallen|grow grew grown|lay laid laid|lie lied lied
rise rose risen|send sent sent|shut shut shut|sit sat sat|spend spent spent|strike struck struck|throw threw thrown
wear wore worn|lend lent lent|quit quit quit|deal dealt dealt|buy bought bought|catch caught caught|choose chose chosen
do did done|foresee foresaw foreseen|freeze froze frozen|swear swore sworn|sow sowed sown|mean meant meant
travel traveled/travelled traveled/travelled
split split split|bind bound bound|rebuild rebuilt rebuilt|shoot shot shot
""".replace("\n", "|").split("|")
        if row.strip()
    )
}
#: Verbs of more than one syllable that double their last letter.
_DOUBLING = frozenset(
    "refer defer admit commit permit submit transmit regret abhor compel expel repel rebut occur recur "
    "confer infer incur deter control patrol abet recommit concur cancel flip-flop".split()
)


class Inflected(NamedTuple):
    """A form of a verb, and which it is."""

    word: str
    form: Form


def irregular_pasts() -> frozenset[str]:
    """The past forms that are made by no rule: sent, took, held."""
    return frozenset(past for pasts, _ in _IRREGULAR.values() for past in pasts)


@cache
def inflect(lemma: str) -> tuple[Inflected, ...]:
    """Every form of an English verb, lower case: base, third person, past, participle, -ing.

    >>> [one.word for one in inflect("refer")]
    ['refer', 'refers', 'referred', 'referred', 'referring']
    """
    if lemma == "be":
        present = [Inflected(word, "base") for word in ("are", "am", "'re", "'m", "be")]
        return (
            *present, Inflected("is", "third"), Inflected("'s", "third"), Inflected("was", "past"), Inflected("were", "past"),
            Inflected("been", "participle"), Inflected("being", "ing"),
        )  # fmt: skip
    if lemma == "have":
        return (
            Inflected("have", "base"), Inflected("'ve", "base"), Inflected("has", "third"), Inflected("had", "past"),
            Inflected("had", "participle"), Inflected("having", "ing"),
        )  # fmt: skip
    pasts, participles = _IRREGULAR.get(lemma) or ([_past(lemma)], [_past(lemma)])
    return (
        Inflected(lemma, "base"), Inflected(_third(lemma), "third"), *(Inflected(word, "past") for word in pasts),
        *(Inflected(word, "participle") for word in participles), Inflected(_ing(lemma), "ing"),
    )  # fmt: skip


def _vowel(letter: str) -> bool:
    return letter in "aeiou"


def _doubles(lemma: str) -> bool:
    if lemma in _DOUBLING:
        return True
    syllables = sum(_vowel(letter) and not (i and _vowel(lemma[i - 1])) for i, letter in enumerate(lemma))
    return (
        len(lemma) > 2 and syllables == 1 and not _vowel(lemma[-1]) and lemma[-1] not in "wxy" and _vowel(lemma[-2])
        and not _vowel(lemma[-3])
    )  # fmt: skip


def _third(lemma: str) -> str:
    if lemma in ("do", "go"):
        return lemma + "es"
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and not _vowel(lemma[-2]):
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and not _vowel(lemma[-2]):
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ed"


def _ing(lemma: str) -> str:
    if lemma == "lie":
        return "lying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ing"
