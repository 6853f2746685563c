"""The subject of a verb group: which actors the clause names as acting."""

from __future__ import annotations

from onrecord.languages.en.acts.discourse import (
    GENERAL,
    PREPOSITIONS,
    SUBORDINATORS,
    Discourse,
    Subject,
    subject_of_they,
)
from onrecord.languages.en.acts.tokens import NAME, REACH, TokenizedSentence
from onrecord.languages.en.acts.verbs import is_adverb, is_finite

RELATIVE = frozenset(("which", "who", "that", "whom"))
_LEADING = PREPOSITIONS | frozenset("as since after before while when thanks due according".split())
_LISTED = frozenset("including along together such".split())
#: Nouns after a nation's name that act for it; before any other noun, the name is only a modifier.
_AGENTS = frozenset(
    "side sides government governments leadership authorities authority administration leader leaders official "
    "officials president minister ministers ambassador embassy spokesperson spokesman ministry military navy army "
    "party parties delegation representative representatives senator senators lawmaker lawmakers congress "
    "parliament team experts envoy secretary politician politicians counterpart counterparts state mission "
    "department council court nation premier chancellor king prime foreign vice deputy special central federal "
    "state's region diplomats congressman congressmen consulate force forces media senate house troops members "
    "member citizens chairman head heads regime cabinet consul general coordinator advisor adviser director "
    "assistant negotiator negotiators ambassadors commander commissioner mayor regulators missions embassies "
    "consulates doctors personnel parliamentarians".split()
)
_AFTER_NAME = frozenset(("and", ",", "or", NAME, "(", ")", "-"))
_PERSON_PRONOUNS = frozenset(("he", "she"))
_THINGS = frozenset(("it", "this", "these", "such", "that", "those", "its"))


def find_subject(sentence: TokenizedSentence, before: int, floor: int, discourse: Discourse) -> Subject | None:
    """The subject before token ``before`` and not left of ``floor``; ``None`` if there is none."""
    words = sentence.words
    floor = max(floor, before - REACH)
    low = before - 1
    while low >= floor and (
        words[low] not in SUBORDINATORS
        or words[low : low + 2] in (["as", "always"], ["as", "ever"])
        or (words[low] == "as" and words[low - 1] == "," and "," in words[low:before])
    ):
        low -= 1
    if (
        low > floor
        and words[low] in ("who", "which", "that")
        and any(is_finite(one) for one in words[low + 1 : before])
    ):
        before = low  # "the countries who insist on it are": the subject precedes its relative clause
        low -= 1
        while low >= floor and words[low] not in SUBORDINATORS:
            low -= 1
    boundary = words[low] if low >= floor else ""
    low += 1
    end = before
    joined = False
    while end > low and (
        words[end - 1] in (",", "(", ")", "–", "-", "and", "but", "or")
        or (is_adverb(words[end - 1]) and words[end - 1] not in ("all", "both", "no"))
    ):
        joined = joined or words[end - 1] in ("and", "but", "or")
        end -= 1
    if joined:  # coordinated with a verb that no rule covers: the clause's first subject is shared
        return _first(sentence, low, end, discourse)
    if end <= low:
        if boundary == "that" and (low == 1 or words[low - 2] in (",", ";", '"', "”", "and")):
            return Subject(discourse.topic, low - 1, False, "that")
        if (
            boundary == "which" and low > 1 and words[low - 2] == ","
        ):  # ", which": refers to what was done, not to the last actor named
            behind = [
                sentence.codes(j)
                for j in range(low - 2, max(0, low - 14), -1)
                if discourse.principal not in sentence.codes(j)
            ]
            return Subject(discourse.topic or next(filter(None, behind), ()), low - 1, False, "which")
        if boundary in RELATIVE:
            return _antecedent(sentence, low - 1, floor, discourse)
        return None
    chunks = _chunks(words, low, end)
    codes: dict[str, None] = {}
    start = end
    strong = True
    found: Subject | None = None
    for index in range(len(chunks) - 1, -1, -1):
        a, b = chunks[index]
        leading = words[a] in _LEADING and index < len(chunks) - 1
        if leading or (index and words[a].endswith(("ing", "ed")) and words[a] != "united"):
            continue  # introduces the clause, or modifies its subject
        if b - a == 1 and words[a] in ("all", "both", "each"):
            continue
        found = noun_phrase(sentence, a, b, discourse)
        if found is None or (not found.codes and (codes or (index and not found.pronoun))):
            continue
        codes.update(dict.fromkeys(found.codes))
        start, strong = found.start, strong and found.strong
        if (
            index
            and set(found.codes) <= GENERAL
            and "and" in words[a:b]
            and not any(is_finite(one) for one in words[slice(*chunks[index - 1])])
        ):
            continue  # the last conjunct: "localities, groups and enterprises"
        if words[a] in _LISTED or (words[b - 1] == "particular" and words[b - 2] == "in"):
            continue  # ", the US and the DPRK in particular,": an apposition to what precedes
        if "and" in words[a:b]:  # the last conjunct: "China, France and the US"
            for c, d in reversed(chunks[:index]):
                if d - c > 6 or not sentence.codes(d - 1) or words[c] in _LEADING or any(map(is_finite, words[c:d])):
                    break
                codes = {**dict.fromkeys(sentence.codes(d - 1)), **codes}
                start = c
        break
    if found is None:
        if boundary in RELATIVE:
            return _antecedent(sentence, low - 1, floor, discourse)
        return None
    if not codes:
        return found
    if not set(codes) <= GENERAL:
        codes = {code: None for code in codes if code not in ("PEOPLE", "FIRM", "MEDIA")}
    return found._replace(codes=tuple(codes), start=start, strong=strong)


def _first(sentence: TokenizedSentence, low: int, end: int, discourse: Discourse) -> Subject | None:
    """The first subject of a clause, skipping introductory phrases."""
    for a, b in _chunks(sentence.words, low, end):
        if sentence.words[a] in _LEADING:
            continue
        found = noun_phrase(sentence, a, b, discourse)
        if found is not None and found.codes:
            return found
    return None


def _chunks(words: list[str], low: int, end: int) -> list[tuple[int, int]]:
    found = []
    a = low
    for i in range(low, end + 1):
        if i == end or words[i] == ",":
            if i > a:
                found.append((a, i))
            a = i + 1
    return found


def _antecedent(sentence: TokenizedSentence, relative: int, floor: int, discourse: Discourse) -> Subject | None:
    """The antecedent of "which" or "who": the noun phrase before it."""
    words = sentence.words
    end = relative
    while end > floor and words[end - 1] in (",",):
        end -= 1
    for i in range(end - 1, max(floor, end - 12) - 1, -1):
        codes = sentence.codes(i)
        if codes:
            return Subject(codes, i, True, "" if end < relative else "who")
        if words[i] in (",", ";"):
            break
    return Subject((), end, False, "which")


def noun_phrase(sentence: TokenizedSentence, a: int, b: int, discourse: Discourse) -> Subject | None:
    """The actors that the noun phrase ``[a, b)`` denotes, ``None`` if it has none."""
    words = sentence.words
    while a < b and (
        words[a] in ("and", "but", "or", "so", "yet", "then", '"', "“", "”", "(", "now")
        or (is_adverb(words[a]) and words[a] not in ("all", "both", "no"))
    ):
        a += 1
    if a >= b:
        return None
    if words[a] in _LEADING:
        return _behind_lead(sentence, a, b)
    phrase = _NounPhrase(sentence, a, b, discourse)
    for i in range(a, b):
        if phrase.is_settled_by(i):
            return phrase.settled
        if phrase.ended:
            break
    return phrase.subject()


def _behind_lead(sentence: TokenizedSentence, a: int, b: int) -> Subject | None:
    """The name directly before the verb: "At the meeting the two sides discussed"."""
    words = sentence.words
    for i in range(b - 1, a, -1):
        named = sentence.codes(i)
        if named:
            if words[i - 1] in PREPOSITIONS or (words[i - 2] in PREPOSITIONS and words[i - 1] in ("the", "a")):
                return None
            return Subject(named, i, True)
        if words[i] in PREPOSITIONS:
            return None
    return None


class _NounPhrase:
    """A noun phrase ``[a, b)`` read word by word: the actors it names, ``general`` those of no state in particular."""

    def __init__(self, sentence: TokenizedSentence, a: int, b: int, discourse: Discourse) -> None:
        self.sentence, self.words, self.a, self.b, self.discourse = sentence, sentence.words, a, b, discourse
        self.codes: dict[str, None] = {}
        self.general: dict[str, None] = {}
        self.strong = True
        self.possessor = False
        self.through = False  # after an "of" whose noun does not act
        self.ended = False
        self.settled: Subject | None = None

    def is_settled_by(self, i: int) -> bool:
        """Read token ``i``; whether it alone is the subject (``settled``). ``ended`` if what follows does not count."""
        word, words = self.words[i], self.words
        if word == NAME:
            if not (i > 1 and words[i - 1] == "-" and words[i - 2] in ("anti", "pro", "non")):
                self._name(i)
        elif self.codes and is_finite(word):
            self.ended = True
        elif word == "including":
            pass
        elif word in PREPOSITIONS:
            self._preposition(i)
        elif (
            word in _TITLES
            and self.sentence.capital(i)
            and words[self.a] == "the"
            and words[i + 1 : i + 2] == ["and"]
            and self.discourse.principal
        ):
            self.codes[self.discourse.principal] = None  # "the Vice President and Chancellor Scholz"
        elif word in _PERSON_PRONOUNS and words[i + 1 : i + 2] == ["and"]:
            self.codes.update(dict.fromkeys(self.discourse.person))  # "he and the Chancellor"
        else:
            return self._pronoun(i)
        return False

    def _name(self, i: int) -> None:
        words, mention = self.words, self.sentence.names[i]
        named = self.discourse.codes(mention, self.sentence.codes(i)) if mention is not None else ()
        after = words[i + 1] if i + 1 < self.b else ""
        if after == "'s" or (after == "'" and i + 2 < self.b):
            self.possessor = True
            noun = _noun_after(words, i + 2, self.b)
            if not noun or noun not in _AGENTS:
                self.strong = False
        elif (
            after and not _goes_on_behind(after) and not (mention and mention.kind in ("person", "reference", "office"))
        ):
            self.strong = self.strong and _noun_after(words, i + 1, self.b) in _AGENTS
        if self.through or (named and mention is not None and mention.name.endswith("peoples")):
            self.strong = False
        if mention is not None and mention.kind == "person":
            self.strong = True  # "Assistant to the President Jake Sullivan"
        (self.general if set(named) <= GENERAL else self.codes).update(dict.fromkeys(named))
        self.ended = self.possessor and not self.strong

    def _preposition(self, i: int) -> None:
        word, before = self.words[i], self.words[i - 1]
        if (self.codes and word != "between") or (self.general and word not in ("in", "of", "from")):
            self.ended = True
        elif i > self.a and before not in _AGENTS and before not in ("led", "headed"):
            self.through = True

    def _pronoun(self, i: int) -> bool:
        word, a, b, discourse = self.words[i], self.a, self.b, self.discourse
        if word in _PERSON_PRONOUNS and b - a <= 3:
            self.settled = Subject(discourse.person or discourse.last, i, True, word)
            return True
        if word == "they" and b - a <= 3:
            self.settled = subject_of_they(self.sentence, i, discourse)
            return True
        if word in _THINGS and i == a:
            if any(self.sentence.codes(j) for j in range(i + 1, b)):
                return False
            if self.words[b - 1] in _BACK:
                self.settled = _bare(self.sentence, a, b, discourse)  # "these experts"
            else:
                self.settled = Subject(discourse.topic, i, word == "it", word)
            return True
        if word in ("you", "there"):
            self.settled = Subject((), i, False, word)
            return True
        return False

    def subject(self) -> Subject | None:
        """The actors named, if no single word has settled them."""
        codes, strong = self.codes, self.strong
        if not codes:
            if not self.general:
                return _bare(self.sentence, self.a, self.b, self.discourse)
            codes, strong = self.general, "OTHER" in self.general or "WORLD" in self.general
        return Subject(tuple(codes), self.a, strong, "", self.possessor)


def _goes_on_behind(after: str) -> bool:
    """Whether a name acts itself before this word: before any other noun, it is only a modifier."""
    return after in _AFTER_NAME or after in PREPOSITIONS or after in _AGENTS or is_finite(after) or is_adverb(after)


#: Bodies that act for the principal if no other actor is named.
_OWN = frozenset("department departments authorities authority ministry embassy embassies consulates missions".split())
#: Titles that, capitalised and without a name, refer to the principal's own official.
_TITLES = frozenset("president secretary administration lady minister premier chancellor".split())
#: Nouns that refer to the last subject: "the experts", "the group".
_BACK = frozenset(
    "team teams group experts government side country ministry embassy delegation leader leaders president minister "
    "spokesperson administration region party army parties".split()
)


def _bare(sentence: TokenizedSentence, a: int, b: int, discourse: Discourse) -> Subject:
    """A subject without a name: "the competent departments", "the group", "the President"."""
    words = sentence.words
    end = next((i for i in range(a, b) if words[i] in PREPOSITIONS or is_finite(words[i])), b)
    noun = words[end - 1] if end > a else ""
    if (
        noun in _TITLES
        and end > 0
        and sentence.capital(end - 1)
        and discourse.principal
        and words[a] in ("the", "my", "both")
    ):
        return Subject((discourse.principal,), a, True)  # "the President": the principal's own
    if noun in _OWN and discourse.principal and words[a] in ("the", "relevant", "competent"):
        return Subject((discourse.principal,), a, True)
    if noun == "government" and words[a : a + 2] == ["the", "central"] and discourse.principal:
        return Subject((discourse.principal,), a, True)
    if noun in _BACK and words[a] in ("the", "this", "that", "these", "those"):
        return Subject(discourse.last, a, True, "noun")
    return Subject((), a, False)


def _noun_after(words: list[str], i: int, b: int) -> str:
    """The head noun that a nation's name modifies: an agent noun, or the last noun before a preposition."""
    last = ""
    while i < b and words[i] not in PREPOSITIONS and words[i] not in ("and", ",", "or"):
        if words[i] in _AGENTS:
            return words[i]
        last = words[i]
        i += 1
    return last
