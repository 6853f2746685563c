"""Pair questions with answers, and classify each answer: answer, decline, refer or counter.

Cues come from the language's ``answers.toml``. The number of words outside the sentences that contain cues decides whether the
turn is also an answer, and which of the two types is stronger. The types are those of ``gold/CODEBOOK.md``, section 3. The type
"dodge" is never assigned: a dodge has no explicit cue, and on the pages examined no pattern found more dodges than answers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from onrecord import languages
from onrecord.annotation.analysis import DocumentAnalysis
from onrecord.annotation_types import AnswerType
from onrecord.languages.answer_patterns import AnswerPatterns
from onrecord.record import Document, Turn

#: With fewer words than this outside cue sentences the turn is not also an answer (set on the development half of the gold).
_MIN_ANSWER = 12
#: From this number of words outside cue sentences "answer" is the strongest type.
_MAINLY_ANSWER = 100
#: Cues marked "alone" count only up to this number of words outside their sentences.
_MAX_OTHER_WORDS: dict[AnswerType, int] = {"decline": 25, "refer": 8}
#: The maximum length of a counter-question, in words.
_MAX_COUNTER = 40
#: A sentence with a cue belongs to the cue up to this number of words; the rest counts as words outside.
_CUE_SENTENCE = 35
#: The same for cues marked "alone", which introduce what follows ("As I just said, …").
_ALONE_SENTENCE = 18


class Cue(NamedTuple):
    """A span ``[start, end)`` that shows a type; ``rule`` is the id of its pattern."""

    type: AnswerType
    start: int
    end: int
    rule: str


class AnswerReading(NamedTuple):
    """The types of an answer, strongest first, and the cues that show them.

    ``types`` is empty if the turn answers nothing ("Go ahead.") or the language has no patterns.
    """

    types: tuple[AnswerType, ...]
    cues: tuple[Cue, ...] = ()

    @property
    def strongest(self) -> AnswerType | None:
        """The strongest type, None if there is none."""
        return self.types[0] if self.types else None


class AnswerPart(NamedTuple):
    """A span ``[start, end)`` of an answer and the number of the question it replies to (from 1; None if it is not numbered)."""

    question: int | None
    start: int
    end: int


class Exchange(NamedTuple):
    """Consecutive questions and the answers that follow, with the parts of the answers where they name a question."""

    questions: tuple[Turn, ...]
    answers: tuple[Turn, ...]
    parts: tuple[AnswerPart, ...] = ()


def pairs(document: Document) -> list[Exchange]:
    """Pair each run of consecutive questions of a document with all answers up to the next question.

    Notes and statements in between do not end an exchange. Answers before the first question are left out; an unanswered
    question has an empty tuple of answers.
    """
    runs: list[tuple[list[Turn], list[Turn]]] = []
    for turn in document.turns:
        if turn.kind == "question":
            if not runs or runs[-1][1]:
                runs.append(([], []))
            runs[-1][0].append(turn)
        elif turn.kind == "answer" and runs:
            runs[-1][1].append(turn)
    patterns = languages.find(document.language).answers
    return [
        Exchange(tuple(questions), tuple(answers), tuple(part for turn in answers for part in _parts(turn, patterns)))
        for questions, answers in runs
    ]


def _parts(turn: Turn, patterns: AnswerPatterns | None) -> list[AnswerPart]:
    text = turn.text
    turns_to = patterns.parts(text) if patterns is not None else []
    if not turns_to or (len(turns_to) == 1 and turns_to[0][0] is None):  # one "on the question of …" divides nothing
        return []
    starts = [start for _, start, _ in turns_to]
    bounds = [*starts, len(text)]
    found = [
        AnswerPart(question, turn.start + start, turn.start + start + len(text[start:end].rstrip()))
        for (question, start, _), end in zip(turns_to, bounds[1:], strict=True)
    ]
    if text[: starts[0]].strip():
        found.insert(0, AnswerPart(None, turn.start, turn.start + len(text[: starts[0]].rstrip())))
    return found


def read_answers(analysis: DocumentAnalysis) -> dict[str, AnswerReading]:
    """Classify every answer of a document, keyed by turn id. Cue offsets are into the document's text."""
    patterns = analysis.language.answers
    if patterns is None:
        return {turn.id: AnswerReading(()) for turn, _ in analysis.turns if turn.kind == "answer"}
    found = {}
    for turn, own in analysis.turns:
        if turn.kind == "answer":
            types, cues = _read(own.text, own.find_sentences, patterns)
            moved = (cue._replace(start=cue.start + turn.start, end=cue.end + turn.start) for cue in cues)
            found[turn.id] = AnswerReading(types, tuple(moved))
    return found


def answer_types(text: str, language: str) -> AnswerReading:
    """Classify a text. Cues are those of decline, refer and counter, in order, with offsets in code points of the text."""
    own = languages.find(language)
    return AnswerReading(()) if own.answers is None else _read(text, lambda: own.split_sentences(text), own.answers)


def _read(text: str, split: Callable[[], list[tuple[int, int]]], patterns: AnswerPatterns) -> AnswerReading:
    """``split`` returns the sentences of the text; it is called only if needed, since most long answers have no cue."""
    found = patterns.find(text)
    if not found and len(text) > _MAX_COUNTER * 12:
        return AnswerReading(("answer",))
    sentences = _classified(text, split(), patterns)
    content = [sentence for sentence in sentences if not sentence.furniture]
    if not content and not found:
        return AnswerReading(())
    starts = [sentence.start for sentence in sentences]
    cues: list[Cue] = []
    alone: list[Cue] = []
    counters: list[Cue] = []
    for pattern, start, end in found:
        cue = Cue(pattern.type, start, end, pattern.id)
        if pattern.type == "counter":
            counters.append(cue)
        elif not sentences[_sentence_of(starts, cue)].asks:
            (alone if pattern.when == "alone" else cues).append(cue)
    other_words = _words_outside(sentences, starts, cues, _CUE_SENTENCE)
    if not cues:
        other_words = _words_outside(sentences, starts, alone, _ALONE_SENTENCE)
        cues = [cue for cue in alone if other_words <= _MAX_OTHER_WORDS[cue.type]]
    if not cues:
        return _counter(content, counters)
    cue_types = tuple(dict.fromkeys(cue.type for cue in cues))
    if other_words < _MIN_ANSWER:
        return AnswerReading(cue_types, tuple(cues))
    return AnswerReading(
        (*cue_types, "answer") if other_words < _MAINLY_ANSWER else ("answer", *cue_types), tuple(cues)
    )


def _sentence_of(starts: list[int], cue: Cue) -> int:
    return max(0, bisect_right(starts, cue.start) - 1)


def _words_outside(sentences: list[_Sentence], starts: list[int], cues: list[Cue], allowed: int) -> float:
    """Count the words outside cue sentences; of a cue sentence, count the words beyond ``allowed``."""
    with_cue = {_sentence_of(starts, cue) for cue in cues}
    return sum(
        max(0.0, sentence.words - allowed) if number in with_cue else sentence.words
        for number, sentence in enumerate(sentences)
        if not sentence.furniture
    )


def _counter(content: list[_Sentence], counters: list[Cue]) -> AnswerReading:
    """Classify as counter if the turn has little but questions, else as answer."""
    if sum(sentence.words for sentence in content) <= _MAX_COUNTER:
        if content and all(sentence.asks for sentence in content):
            cues = counters or [Cue("counter", content[0].start, content[-1].end, "only-questions")]
            return AnswerReading(("counter",), tuple(cues))
        if counters and sum(sentence.words for sentence in content if not sentence.asks) < _MIN_ANSWER:
            return AnswerReading(("counter",), tuple(counters))
    return AnswerReading(("answer",))


class _Sentence(NamedTuple):
    start: int
    end: int
    words: float
    asks: bool
    furniture: bool


def _classified(text: str, places: list[tuple[int, int]], patterns: AnswerPatterns) -> list[_Sentence]:
    found = []
    for start, end in places:
        words = text[start:end]
        length = patterns.writing.length(words)
        asks = bool(patterns.writing.asks.search(words))
        found.append(_Sentence(start, end, length, asks, length < 12 and patterns.is_furniture(words)))
    return found or [_Sentence(0, len(text), 0.0, False, True)]
