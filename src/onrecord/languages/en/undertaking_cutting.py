"""Where the words of an English undertaking begin and end, and how a coordination is cut into the deeds that it joins."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from onrecord.annotation_types import Strength
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.undertaking_words import EnglishWords
from onrecord.languages.facts import ActSurroundings, UndertakingPart

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[$€£¥][\d.,]*\d|[^\w\s]")
#: The hedge of a commitment: "will", "would also", "will continue to".
MODAL = re.compile(
    r"(?:will|shall|would|['’]ll)\b(?:\s+(?:not|never|also|soon|always|all|both|jointly|once again|still|only|now)\b)*",
    re.IGNORECASE,
)
REFUSES = re.compile(r"\b(?:not|never)\b|n[’']t\b")
#: Words between a trigger and the undertaking.
TO, THAT, ON = (
    re.compile(r"\s*(?:\w+ly\s+)?to\s+(?!be\b)", re.IGNORECASE),
    re.compile(r"\s*that\s+"),
    re.compile(r"\s*(?:on|upon|about|regarding|in|for|of)\s+"),
)
_ARTICLES = frozenset(
    "the a an their its our each all any some new further more these those this both two three joint additional it "
    "them on in up out".split()
)
#: What governs the coordination that follows it: an infinitive, a relative clause, means and purpose.
_HOLDS = re.compile(
    r"(?<!agreed)(?<!continue) to (?=[a-z]+\b)(?! the\b| a\b| an\b| each\b)|\b(?:that|which|who|where|how|whether)\b"
    r"|\bby \w+ing\b|\bin order\b|\bincluding\b",
    re.IGNORECASE,
)


def trimmed(text: str, part: UndertakingPart) -> UndertakingPart:
    """The part without white space, commas and conjunctions at its ends."""
    start, end = part.start, part.end
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return part._replace(start=start, end=end)


def part_of(
    around: ActSurroundings,
    start: int,
    end: int,
    strength: Strength,
    hedge: str | None = None,
    by: tuple[str, ...] | None = None,
) -> UndertakingPart:
    """One undertaking of the act; its hedge, unless given, is the trigger as far as it stands before ``start``."""
    hedge_words = (
        around.text[around.act.trigger.start : min(start, around.act.trigger.end)].strip() if hedge is None else hedge
    )
    return UndertakingPart(start, end, strength, hedge_words, by)


def end_of_match(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    """Where a match that begins at ``at`` ends, 0 if there is none."""
    found = pattern.match(text, at, end)
    return found.end() if found else 0


def tokens_of(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The words and marks of a span in lower case, each with its offset."""
    return [(found[0].lower(), found.start()) for found in _WORD.finditer(text, start, end)]


def first_word(text: str, start: int, end: int) -> str:
    """The first word that is not an adverb."""
    return next(
        (
            word
            for word, _ in tokens_of(text, start, min(end, start + 80))
            if not is_adverb(word) or word.endswith("ply")
        ),
        "",
    )


def first_offset(text: str, start: int, end: int) -> int:
    """The offset of the first word."""
    while start < end and text[start].isspace():
        start += 1
    return start


def cut(
    around: ActSurroundings,
    start: int,
    end: int,
    strength: Strength,
    lists: EnglishWords,
    *,
    hedge: str | None = None,
    by: tuple[str, ...] | None = None,
) -> Iterator[UndertakingPart]:
    """The coordinated actions of a complement, each with its own span."""
    text = around.text
    start = first_offset(text, start, end)
    if end <= start:
        return
    edges = _edges(text, start, end, lists)
    hedge_words = hedge if hedge is not None else text[around.act.trigger.start : start].strip()
    for begin, finish in edges:
        words = text[begin:finish]
        behind = len(words.rstrip(" ,;")) + begin
        if behind > begin:
            gives = strength == "committed" and around.act.targets and first_word(text, begin, behind) in lists.giving
            aid = gives and lists.aid.search(text, begin, min(behind, begin + 140)) is not None
            aid = aid and not lists.no_aid.match(text, begin, behind)
            yield UndertakingPart(begin, behind, "promised aid" if aid else strength, hedge_words, by)


def _edges(text: str, start: int, end: int, lists: EnglishWords) -> list[tuple[int, int]]:
    tokens = tokens_of(text, start, end)
    for i, (word, at) in enumerate(tokens):
        if i > 2 and word == "and" and _begins_a_stance(tokens, i, lists):
            end, tokens = at, tokens[:i]
            break
    gerund = bool(tokens) and tokens[0][0] in lists.doings
    edges: list[tuple[int, int]] = []
    begin, count = start, 0
    for i, (word, at) in enumerate(tokens):
        count += word[0].isalnum()
        if word not in (",", "and", ";") or count < 3 + (word == "and"):
            continue
        found = _begins(tokens, i, gerund, lists)
        if found is None or _HOLDS.search(text, begin, at) or len(tokens) - found < 3:
            continue
        edges.append((begin, at))
        begin, count = tokens[found][1], 0
    edges.append((begin, end))
    return edges if all(len(tokens_of(text, *edge)) > 2 for edge in edges) else [(start, end)]


def _begins_a_stance(tokens: Sequence[tuple[str, int]], i: int, lists: EnglishWords) -> bool:
    """Whether a verb in the third person follows the "and" at ``i``: "will open a port, and hopes that Ruritania …"."""
    j = i + 1
    while j < len(tokens) and (is_adverb(tokens[j][0]) or tokens[j][0] == "also"):
        j += 1
    return (
        j + 1 < len(tokens)
        and tokens[j][0] in lists.stances
        and tokens[j + 1][0] not in (",", "and", "or", "of", ".", ";")
    )


def _pairs(tokens: Sequence[tuple[str, int]]) -> set[tuple[str, str]]:
    return {(one, other) for (one, _), (other, _) in itertools.pairwise(tokens)}


def _begins(tokens: Sequence[tuple[str, int]], i: int, gerund: bool, lists: EnglishWords) -> int | None:
    """The token at which another action begins after a comma or "and" at ``i``."""
    bare = tokens[i][0] == "and"
    j = i + 1
    while j < len(tokens) and (tokens[j][0] in ("and", "to", "also", "as", "well") or is_adverb(tokens[j][0])):
        if tokens[j][0] == "as" or tokens[j][0] == "well":
            return None
        j += 1
    if j + 1 >= len(tokens):
        return None
    word, after = tokens[j][0], tokens[j + 1][0]
    if word not in (lists.doings if gerund else lists.doing):
        return None
    between = [one for one, _ in tokens[i + 1 : j]]
    to = "to" in between
    if to and not bare and "and" not in between and ("and", "to") not in _pairs(tokens[j:]):
        return None  # ", to warn earlier" is the purpose of the action before
    if after in (",", "and", "or", "of", ".") or (not to and word in lists.nouns_too and after not in _ARTICLES):
        return None  # "strengthen and expand trade", ", exchange and dialogue"
    if bare and not to and not gerund and i and tokens[i - 1][0] in lists.doing:
        return None
    return j
