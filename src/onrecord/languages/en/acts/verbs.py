"""Verb groups: the words before a verb that give tense, polarity and obligation ("has never", "will firmly")."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.languages.en.acts.tokens import NAME, REACH, TokenizedSentence
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.inflection import Form, base_forms, inflect, irregular_pasts

BE = frozenset("am is are was were be been being 's 're 'm".split())
HAVE = frozenset("have has had 've having 'd".split())
DO = frozenset(("do", "does", "did"))
WILL = frozenset(("will", "'ll"))
OBLIGING = frozenset(("should", "must", "shall", "ought"))
POSSIBLE = frozenset(("can", "could", "may", "might", "would", "cannot"))
#: With "to" these express obligation as "should" does.
NEEDING = frozenset(("need", "needs", "has", "have", "ought"))
MODALS = WILL | OBLIGING | POSSIBLE
NEGATION = frozenset(("not", "n't", "never", "cannot", "neither", "nor", "hardly"))
_ADVERBS = words_of("adverbs")
_NO_ADVERBS = words_of("no-adverbs")
#: Verbs before "to" and a verb of speech that do not change the act: "I would like to thank".
_WISHING = frozenset("like want wish need have love".split())
#: "I would like to take this opportunity to thank".
_OPENING = frozenset(("opportunity", "occasion"))
_PERFORMED = words_of("performed")
_PLANNED = words_of("planned")


class Group(NamedTuple):
    """A finite verb group. ``start`` is its first token, ``modal`` its class: ``will``, ``should`` or ``can``.

    ``form`` is the agreement of its first word: ``third`` (is, has, opposes), ``past`` or ``base``.
    """

    start: int
    form: str
    modal: str
    negated: bool
    perfect: bool
    progressive: bool
    passive: bool
    past: bool
    wishing: bool = False

    @property
    def time(self) -> str:
        """``done``, ``ongoing`` or ``planned``, by the tense of the trigger."""
        if self.modal == "will":
            return "planned"
        if self.modal:
            return "ongoing"
        if self.perfect and self.progressive:
            return "ongoing"
        return "done" if self.past or self.perfect else "ongoing"


@lru_cache(maxsize=50_000)  # called several times for most words of a text
def is_adverb(word: str) -> bool:
    """Whether a word may occur between the words of a verb group."""
    return word in _ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS)


#: Verbs that begin no act, listed so that the search for a subject stops at them.
_PLAIN_VERBS = words_of("plain-verbs")


#: Past forms that are also nouns, adjectives or other words.
_ALSO_OTHER_WORDS = words_of("also-other-words")


@cache
def _finite_forms() -> frozenset[str]:
    forms = {one.word for lemma in _PLAIN_VERBS for one in inflect(lemma) if one.form in ("third", "past")}
    forms -= {"set", "read"}
    pasts = irregular_pasts() - base_forms()  # "put" and "cut" may be infinitives, "ground" and "wound" other verbs
    regular = {"lied", "overlooked", "sowed", "traveled", "travelled"}
    return frozenset(forms | pasts | regular | BE | HAVE | DO | MODALS) - _ALSO_OTHER_WORDS


def is_finite(word: str) -> bool:
    """Whether a word is unambiguously a finite verb or an auxiliary."""
    return word in _finite_forms()


def verb_group(sentence: TokenizedSentence, head: int, forms: frozenset[Form]) -> Group | None:
    """The finite verb group with its verb at token ``head``, ``None`` if that is a noun, an infinitive or a participle."""
    before = _read_auxiliaries(sentence, head, forms)
    if before is None:
        return None
    words, verb = sentence.words, sentence.words[head]
    if verb in _AUXILIARY:
        after = head + 1
        while after < len(words) and is_adverb(words[after]):
            before.negated = before.negated or words[after] in NEGATION
            after += 1
        if verb in HAVE and after < len(words) and is_participle(words[after]):
            return None  # not a separate verb: "has been", "have expressed"
    progressive, passive = "ing" in forms, "ing" not in forms and before.be and verb not in BE
    if (progressive and not before.be) or (passive and "participle" not in forms):
        return None
    if not before.form:  # no auxiliary: the verb itself is finite
        finite = _finite_form(sentence, head, forms)
        if finite is None:
            return None
        before.form, before.past = finite
    elif verb in ("was", "were"):
        before.past = True
    return Group(
        before.start, before.form, before.modal, before.negated, before.perfect, progressive, passive, before.past,
        before.wishing,
    )  # fmt: skip


_BEFORE_WISHING = POSSIBLE | OBLIGING | {"'d"}


class _Auxiliaries:
    """What stands before a verb, read from right to left: its auxiliaries, negations and what governs its infinitive."""

    __slots__ = ("be", "form", "modal", "negated", "past", "perfect", "start", "wishing")

    def __init__(self, start: int) -> None:
        self.start = start
        self.form = self.modal = ""
        self.negated = self.perfect = self.be = self.past = self.wishing = False

    def take(self, words: list[str], i: int) -> bool:
        """Take token ``i`` into the group; False if it is neither an auxiliary nor a negation."""
        word = words[i]
        if word in NEGATION:
            self.negated = True
            if word == "cannot":
                self.modal, self.form, self.start = self.modal or "can", "base", i
            elif word == "n't" or word != "nor":
                self.start = i
        elif word in BE:
            self.be = True
            self.form, self.past, self.start = _agreement(word), word in ("was", "were"), i
        elif word in HAVE:
            if word == "'d":
                self.modal, self.form, self.start = "can", "base", i
            else:
                self.perfect = True
                self.form, self.past, self.start = _agreement(word), word == "had", i
        elif word in DO:
            self.form, self.past, self.start = _agreement(word), word == "did", i
        else:
            return self._take_modal(words, i)
        return True

    def _take_modal(self, words: list[str], i: int) -> bool:
        word = words[i]
        if word in WILL:
            self.modal, self.form, self.start = "will", "base", i
        elif word in OBLIGING:
            self.modal, self.form, self.start = "should", "base", i
        elif word in POSSIBLE:
            self.modal, self.form, self.start = self.modal or "can", "base", i
        elif word == "no" and i and words[i - 1] == "by":  # "by no means"
            self.negated = True
        else:
            return False
        return True

    def govern(self, kind: str, words: list[str], i: int) -> bool:
        """Take what governs the infinitive, at token ``i`` (:func:`_before_to`); whether the group goes on before it."""
        self.start = i
        if kind == "wishing":
            self.wishing, self.form = True, "base"
            self._extend(words, i - 1, _BEFORE_WISHING)
            return False
        if kind == "should":
            self.modal, self.form = "should", "base"
        elif kind == "will":
            self.modal, self.form = "will", "base"
            self._extend(words, i - 1, BE)
            return False
        elif kind == "continue":
            self.form = "third" if words[i] == "continues" else "past" if words[i] == "continued" else "base"
            self.past = words[i] == "continued"
        return True

    def _extend(self, words: list[str], i: int, among: frozenset[str]) -> None:
        while i >= 0 and (words[i] in among or is_adverb(words[i])):
            self.start = i
            i -= 1


def _read_auxiliaries(sentence: TokenizedSentence, head: int, forms: frozenset[Form]) -> _Auxiliaries | None:
    """The auxiliaries before token ``head``, ``None`` if it is an infinitive that no verb makes finite."""
    words = sentence.words
    found = _Auxiliaries(head)
    i = head - 1
    if i > 1 and words[i] == ",":  # "will, in accordance with its conditions, implement"
        j = _behind_parenthesis(words, i)
        if j is not None:
            i = j
    farthest = max(0, head - REACH)
    while i >= farthest:
        word = words[i]
        if word == "to":
            governing = _before_to(words, i, head)
            if governing is None:
                return None
            kind, i = governing
            if not found.govern(kind, words, i):
                break
        elif word == "'s" and i and sentence.names[i - 1] is not None and (
            words[head] == "meeting" or not (found.be or "ing" in forms or "participle" in forms)
        ):  # fmt: skip
            break  # a possessive
        elif not found.take(words, i) and not is_adverb(word) and not _joins_adverbs(words, i):
            j = _behind_adverbial(words, i)
            if j is None:
                break
            i = j + 1
        i -= 1
    return found


def _finite_form(sentence: TokenizedSentence, head: int, forms: frozenset[Form]) -> tuple[str, bool] | None:
    """The agreement of a verb without auxiliaries, and whether it is past; ``None`` if it is not finite."""
    words, verb = sentence.words, sentence.words[head]
    if "participle" in forms and "past" not in forms and "base" not in forms:
        return None
    if verb in BE or verb in HAVE:
        form, past = _agreement(verb), verb in ("was", "were", "had")
    elif "third" in forms:
        form, past = "third", False
    elif "past" in forms:
        before = words[head - 1] if head else ""
        subject = before in (NAME, ",", "and") or before in _SUBJECTS or is_adverb(before)
        if words[head + 1 : head + 2] and words[head + 1] in _BEHIND_PARTICIPLES and not subject:
            return None  # "the agreement signed at the end of the year"
        form, past = "past", True
    else:
        form, past = "base", False
    return (form, past) if verb in _AUXILIARY or _verbal(sentence, head, form) else None


#: Irregular participles; the others end in -ed.
_PARTICIPLES = words_of("participles")
_AUXILIARY = BE | HAVE | DO


def is_participle(word: str) -> bool:
    """Whether a word may be a participle, by its form."""
    return word in _PARTICIPLES or (word.endswith("ed") and len(word) > 4)


def _joins_adverbs(words: list[str], i: int) -> bool:
    """Whether a conjunction joins two adverbs of manner: "has comprehensively and strictly fulfilled"."""
    return words[i] == "and" and i > 0 and words[i - 1].endswith("ly") and words[i + 1].endswith("ly")


_TIMES = frozenset("years times time occasions months days weeks".split())


def _behind_adverbial(words: list[str], i: int) -> int | None:
    """The position before "for many years", "on many occasions", "many times" inside a verb group."""
    if words[i] not in _TIMES:
        return None
    for j in range(i - 1, max(-1, i - 5), -1):
        if words[j] in ("for", "on", "in", "at", "over"):
            return j - 1
    return i - 2 if words[i - 1] in ("many", "several") else None


def _agreement(word: str) -> str:
    return (
        "third" if word in ("is", "has", "does", "'s") else "past" if word in ("was", "were", "had", "did") else "base"
    )


def _behind_parenthesis(words: list[str], comma: int) -> int | None:
    for j in range(comma - 1, max(0, comma - 16), -1):
        if words[j] == "," and j and (words[j - 1] in WILL or words[j - 1] in OBLIGING):
            return j - 1
    return None


def _before_to(words: list[str], to: int, head: int) -> tuple[str, int] | None:
    """What governs an infinitive, if that makes it the sentence's main verb; ``None`` if it remains an infinitive."""
    i = to - 1
    while i >= 0 and is_adverb(words[i]):
        i -= 1
    if i < 0:
        return None
    word = words[i]
    if word in ("continue", "continues", "continued"):
        return "continue", i
    if word in ("need", "needs", "has", "ought", "have", "had") or (word == "needed"):
        if words[head] in _PERFORMED and word in ("need", "have"):
            return "wishing", i
        return "should", i
    if word in _PLANNED:
        return "will", i
    if (
        word in ("is", "are")
        and i
        and (words[i - 1] in (NAME, "side", "government", "who") or words[i - 1] in _SUBJECTS)
    ):
        return "will", i  # "the president is to visit", but "the task is to respond"
    if (word in _WISHING or word in _OPENING) and words[head] in _PERFORMED:
        return "wishing", i
    return None


_BEHIND_PARTICIPLES = frozenset("by at in on under between during since".split())
_NOMINAL = words_of("before-nouns")
#: Words that are no subject of a verb in this form.
_NO_SUBJECTS = {"third": ("all", "both", "these", "those"), "base": ("he", "she", "it", "this")}
_SUBJECTS = frozenset("we i they you he she it who which that both these those this all".split())


def _verbal(sentence: TokenizedSentence, head: int, form: str) -> bool:
    """Whether a word that may also be a noun ("supports", "visit") is a verb here, judged by the words before it."""
    words = sentence.words
    i = head - 1
    while i >= 0 and (is_adverb(words[i]) and words[i] not in ("all", "both", "no")):
        i -= 1
    if i < 0 or words[i] in ("'s", "'"):
        return False
    word = words[i]
    if word == NAME:
        name = sentence.names[i]
        if name is not None and name.kind == "reference" and name.name.lower() in ("our", "my", "us"):
            return False
        plural = name is not None and (name.kind == "reference" or len(name.codes) > 1 or name.name[-1] == "s")
        first = i - 1 if i > 1 and words[i - 1] in _BEFORE_PERSONS else i  # "the remarks of Secretary Sample slander"
        plural = plural or (
            first > 1
            and words[first - 1] in ("in", "of", "from")
            and any(one.endswith("s") for one in words[max(0, first - 5) : first - 1])
        )
        return form != "base" or plural or _joined(sentence, i)
    if word in _SUBJECTS:
        return word not in _NO_SUBJECTS.get(form, ())  # "all lies"
    if word in _NOMINAL:
        return False
    if word in (",", "and", "but", "or", ")", "-", "–", "—", '"', "”"):
        behind = words[head + 1] if head + 1 < len(words) else "."
        plural = form == "third" and word in ("and", "or") and (behind in _BEHIND_NOUNS or behind.endswith("ed"))
        noun = plural and _is_plural_noun(words, i - 1)  # "the violations and abuses in the region"
        if form == "base":  # "won support and respect from Japan"
            noun = word == "and" and behind in _BEHIND_BASES
        return not noun
    if form == "base":
        return word.endswith("s") or word in ("people", "parties", "media")
    adjective = word in _ADJECTIVES or (word.endswith(_ADJECTIVAL) and word not in _AGENTS_IN_AL)
    # "expressing thanks", "shared values", "the biggest challenges"
    return form != "third" or not (adjective or word.endswith("est"))


#: Adjectives before plurals that are also verbs: "shared values", "extreme risks", "human rights abuses".
_ADJECTIVES = words_of("adjectives")
_ADJECTIVAL = ("ing", "al", "ic", "ive", "ous", "ful", "able", "ible", "ary", "ed")
_AGENTS_IN_AL = words_of("agents-like-adjectives")
#: What follows a noun, and no transitive verb.
_BEHIND_NOUNS = frozenset("in of against by from across within and . , ;".split())

_BEFORE_PERSONS = words_of("before-persons") | {NAME}
#: What follows a noun, and no verb in its base form.
_BEHIND_BASES = ("from", "of", "by")


#: A person's name that a table has only in part stands within so many words: "Joseph R. Sample, Jr.".
_LONGEST_NAME = 4


def _is_plural_noun(words: list[str], i: int) -> bool:
    """Whether a word in -s is no verb: "violations"."""
    word = words[i] if i >= 0 else ""
    plural = word.endswith("s") and not word.endswith("ss") and not is_finite(word)
    return plural and base_forms().isdisjoint((word[:-1], word[:-2]))


def _joined(sentence: TokenizedSentence, i: int) -> bool:
    """Whether a name is the last conjunct: "China and Japan", "President Sample and Prime Minister Other"."""
    words = sentence.words
    j = i - 2 if i and words[i - 1] == "the" else i - 1
    if j > 0 and words[j] == "and" and words[j - 1] == NAME:
        return True
    name, j = sentence.names[i], i - 1
    while name is not None and name.kind == "person" and j > 1 and (words[j] in _BEFORE_PERSONS or words[j] == "."):
        j -= 1
    return j > 0 and words[j] == "and" and NAME in words[max(0, j - _LONGEST_NAME) : j]
