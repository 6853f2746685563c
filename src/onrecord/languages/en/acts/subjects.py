"""The subject of a verb group: which actors the clause names as acting."""

from __future__ import annotations

from onrecord.languages.en.acts.discourse import GENERAL, LEADING, SUBORDINATORS, Discourse, Subject
from onrecord.languages.en.acts.noun_phrases import AGENTS, noun_phrase
from onrecord.languages.en.acts.plurals import counts
from onrecord.languages.en.acts.tokens import REACH, TokenizedSentence
from onrecord.languages.en.acts.verbs import is_adverb, is_finite

RELATIVE = frozenset(("which", "who", "that", "whom"))
_LISTED = frozenset("including along together such".split())


def find_subject(sentence: TokenizedSentence, before: int, floor: int, discourse: Discourse) -> Subject | None:
    """The subject before token ``before`` and not left of ``floor``; ``None`` if there is none."""
    words = sentence.words
    floor = max(floor, before - REACH)
    low, before = _clause(sentence, _before_aside(words, before, floor), floor)
    boundary = words[low - 1] if low > floor else ""
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
        return _of_relative(sentence, boundary, low, floor, discourse)
    found = _listed(sentence, low, end, discourse)
    if found is None and boundary in RELATIVE:
        return _antecedent(sentence, low - 1, floor, discourse)
    return found


_DASHES = ("—", "–")
#: The longest aside between dashes: a list of the leaders of ten states.
_LONGEST_ASIDE = 80


def _before_aside(words: list[str], before: int, floor: int) -> int:
    """Where an aside between dashes begins that ends directly before the verb ("we — as leaders of two states — met")."""
    if before > floor and words[before - 1] in _DASHES:
        for i in range(before - 2, max(floor, before - _LONGEST_ASIDE), -1):
            if words[i] in _DASHES:
                return i
    return before


def _is_pronoun(sentence: TokenizedSentence, i: int) -> bool:
    """Whether a token is a pronoun that can only be a subject."""
    name = sentence.names[i]
    return sentence.words[i] in ("he", "she", "they") or (name is not None and name.name.lower() == "we")


def _clause(sentence: TokenizedSentence, before: int, floor: int) -> tuple[int, int]:
    """Where the clause of a verb at ``before`` begins, and where its subject ends: before a relative clause of its own."""
    words = sentence.words
    if before - 1 > floor and _is_pronoun(sentence, before - 1) and words[before - 2] in ("and", "but", "so"):
        return before - 1, before
    low = before - 1
    while (
        low >= floor
        and (
            words[low] not in SUBORDINATORS
            or words[low : low + 2] in (["as", "always"], ["as", "ever"])
            or (words[low] == "as" and "such" in words[max(0, low - 3) : low])  # "such areas as trade"
            or (words[low] == "as" and words[low - 1] == "," and "," in words[low:before])
        )
    ):
        low -= 1
    if (
        low > floor
        and words[low] in ("who", "which", "that")
        and words[before - 2] != ","  # "given that it is theirs, we"
        and any(is_finite(one) for one in words[low + 1 : before])
    ):
        before = low  # "the countries who insist on it are": the subject precedes its relative clause
        low -= 1
        while low >= floor and words[low] not in SUBORDINATORS:
            low -= 1
    return low + 1, before


def _of_relative(
    sentence: TokenizedSentence, boundary: str, low: int, floor: int, discourse: Discourse
) -> Subject | None:
    """The subject of a verb directly behind the word that begins its clause: what that word refers to."""
    words = sentence.words
    if boundary == "that" and (low == 1 or words[low - 2] in (",", ";", '"', "”", "and")):
        return Subject(discourse.topic, low - 1, False, "that")
    if boundary == "which" and low > 1 and words[low - 2] == ",":
        # ", which": refers to what was done, not to the last actor named
        behind = [
            sentence.codes(j)
            for j in range(low - 2, max(0, low - 14), -1)
            if discourse.principal not in sentence.codes(j)
        ]
        return Subject(discourse.topic or next(filter(None, behind), ()), low - 1, False, "which")
    if boundary in RELATIVE:
        return _antecedent(sentence, low - 1, floor, discourse)
    return None


def _listed(sentence: TokenizedSentence, low: int, end: int, discourse: Discourse) -> Subject | None:
    """The subject among the phrases between commas in ``[low, end)``: the last, with those coordinated with it."""
    words = sentence.words
    chunks = _chunks(words, low, end)
    codes: dict[str, None] = {}
    beside: dict[str, None] = {}  # "many countries, including China"
    start, strong = end, True
    found: Subject | None = None
    for index in range(len(chunks) - 1, -1, -1):
        a, b = chunks[index]
        if words[a] == "including" and index:
            beside.update(dict.fromkeys(code for i in range(a, b) for code in sentence.codes(i)))
            continue
        if _modifies(words, a, b, index, last=index == len(chunks) - 1):
            continue
        phrase = noun_phrase(sentence, a, b, discourse)
        if phrase is None or (not phrase.codes and (codes or (index and not phrase.pronoun))):
            found = found if codes else phrase
            continue
        found = phrase
        codes.update(dict.fromkeys(found.codes))
        start, strong = found.start, strong and found.strong
        if _goes_on(words, chunks, index, found):
            continue
        if "and" in words[a:b]:  # the last conjunct: "China, France and the US"
            codes, start = _conjuncts(sentence, chunks[:index], codes, start)
        break
    if found is None and chunks and words[chunks[-1][0] : chunks[-1][1]] == ["both"]:
        return Subject(discourse.plural, chunks[-1][0], True)
    if found is None or not codes:
        return found
    codes.update(beside)
    if not set(codes) <= GENERAL:
        codes = {code: None for code in codes if code not in ("PEOPLE", "FIRM", "MEDIA")}
    return found._replace(codes=tuple(codes), start=start, strong=strong)


def _modifies(words: list[str], a: int, b: int, index: int, *, last: bool) -> bool:
    """Whether the phrase introduces the clause or modifies its subject."""
    if words[a] in LEADING and not last:
        return True
    if index and words[a].endswith(("ing", "ed")) and words[a] != "united":
        return True
    return b - a == 1 and words[a] in ("all", "both", "each")


def _goes_on(words: list[str], chunks: list[tuple[int, int]], index: int, found: Subject) -> bool:
    """Whether more of the subject precedes the phrase: it is general, or an apposition."""
    a, b = chunks[index]
    if (
        index
        and set(found.codes) <= GENERAL
        and "and" in words[a:b]
        and not any(is_finite(one) for one in words[slice(*chunks[index - 1])])
    ):
        return True  # the last conjunct: "localities, groups and enterprises"
    # ", the US and the DPRK in particular,": an apposition to what precedes
    return words[a] in _LISTED or (words[b - 1] == "particular" and words[b - 2] == "in")


def _conjuncts(
    sentence: TokenizedSentence, chunks: list[tuple[int, int]], codes: dict[str, None], start: int
) -> tuple[dict[str, None], int]:
    """The codes with those of the conjuncts before, each of which ends in a name, and where the first begins."""
    words = sentence.words
    for c, end in reversed(chunks):
        d = next((d for d in range(end, c, -1) if words[d - 1] not in ("(", ")")), end)  # "the Republic of Korea (ROK)"
        if not sentence.codes(d - 1) or words[c] in LEADING or any(map(is_finite, words[c:d])):
            break
        if d - c == 1 and _names_the_land_of_a_place(words, chunks, c):
            break  # "during the summit in Sample, Nauru, the president and"
        if d - c > 2 and words[d - 2] in _PLACING and words[c] not in ("leaders", "representatives"):
            break  # "discussed the situation in Nauru, and the president thanked"
        if d - c > _LONGEST_CONJUNCT:
            break
        codes = {**dict.fromkeys(sentence.codes(d - 1)), **codes}
        start = c
    return codes, start


def _names_the_land_of_a_place(words: list[str], chunks: list[tuple[int, int]], c: int) -> bool:
    """Whether a name stands behind a comma and a place that ends a phrase: "during the summit in Sample, Nauru"."""
    return any(words[a] in LEADING and b - a > 2 and b + 1 == c and words[b - 2] == "in" for a, b in chunks)


#: Before a name that only says where, or with whom: the phrase is no conjunct of a subject.
_PLACING = frozenset("in on at near with to towards toward".split())
#: "Prime Minister Giorgia Sample of the Kingdom of Nauru" has so many words.
_LONGEST_CONJUNCT = 9


def _first(sentence: TokenizedSentence, low: int, end: int, discourse: Discourse) -> Subject | None:
    """The first subject of a clause, skipping introductory phrases."""
    for a, b in _chunks(sentence.words, low, end):
        if sentence.words[a] in LEADING and not counts(sentence.words, a):
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
            strong = all(word in AGENTS for word in words[i + 1 : end])  # else the noun after the name: "US firms that"
            return Subject(codes, i, strong, "" if end < relative else "who")
        if words[i] in (",", ";"):
            break
    return Subject((), end, False, "which")
