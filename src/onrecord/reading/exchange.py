"""Classify each segment of a transcript as question, answer or statement, by the rules of the codebook."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

import msgspec

from onrecord.reading.callers import called, is_reply
from onrecord.reading.mislabelled import restore_labels, same_speaker
from onrecord.reading.transcript import Segment
from onrecord.record import TurnKind

#: Most words of a turn that only manages the session.
_MANAGING_WORDS = 45
#: Before the first question reporters greet and remark in a few words; if the podium then speaks at length, that is an
#: announcement and not an answer (2025-01-06: "Yeah, it's cold.").
_SMALL_TALK = 10
_ANNOUNCES = 60
#: A colleague is called by name in no more words.
_NAME_WORDS = 3
#: Characters at the beginning of a turn that are searched for words that open a part of the session.
_BEGINNING = 300
#: A farewell is told in the first characters of a turn, or in a turn of few words.
_FAREWELL, _FAREWELL_WORDS = 120, 60
#: Before a session is opened reporters say little: so many turns, of so many words at most.
_BANTERING, _BANTER_WORDS = 6, 25
#: Characters at the end of a turn in which it invites a colleague to open the session.
_INVITING = 160
#: "Example and then Other." calls on reporters where whoever says so has called on others, whose names are known.
_NAMES = re.compile(r"[A-Z][\w’-]+(?:,? (?:and )?(?:then )?[A-Z][\w’-]+){0,2}[.?]?")
_ASKS = re.compile(
    r"(?i)\?|\b(?:ask|questions?|what|how|why|when|who|which|are you|will you|do you|did you|can you|could you)\b"
)
#: Most words of a turn that only calls on somebody: "Ann Example of Example News."
_CALL_WORDS = 12
#: A name may answer a question with one of these, and calls on somebody after any other.
_ASKS_FOR_A_NAME = re.compile(r"(?i)\b(?:who|whom|whose|whoever|which|names?|named|outlet)\b")
#: A turn that was interrupted ends in a dash.
_BROKEN = ("—", "–", "-", "...", "…")
_EDGES = " .,!?…—–―-¿¡"
_SENTENCES = re.compile(r"(?<=[.?!…])(?<!\bM[rs]\.)(?<!\bDr\.)[”’\"]?\s+|(?<=\))\s+|\s+—\s+")


class _Managing(msgspec.Struct, frozen=True):
    sentences: re.Pattern[str]
    room: re.Pattern[str]
    filler: re.Pattern[str]
    closing: re.Pattern[str]
    opening: re.Pattern[str]
    farewell: re.Pattern[str]
    for_questions: re.Pattern[str]
    invites: re.Pattern[str]
    invites_closing: re.Pattern[str]
    ends: re.Pattern[str]
    greeting: re.Pattern[str]
    thanks: re.Pattern[str]
    fresh: re.Pattern[str]
    on_a_call: re.Pattern[str]
    by_line: re.Pattern[str]
    line_of: re.Pattern[str]
    next: re.Pattern[str]
    heard: re.Pattern[str]
    small_talk: re.Pattern[str]


@cache
def managing_words() -> _Managing:
    """The words with which a session is managed, in English and the other languages of ``exchange.toml``, compiled."""
    table = tomllib.loads((Path(__file__).parent / "exchange.toml").read_text(encoding="utf-8"))["managing"]
    others = [entry for entry in table.values() if isinstance(entry, dict)]

    def compiled(name: str) -> re.Pattern[str]:
        told = [one[name] for one in (table, *others) if name in one]
        patterns = [pattern for one in told for pattern in ([one] if isinstance(one, str) else one)]
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I | re.S)

    return _Managing(**{name: compiled(name) for name in _Managing.__struct_fields__})


def is_longer(words: str, count: int) -> bool:
    """Whether there are more than ``count`` words; of a long turn only the first are counted."""
    return len(words.split(None, count)) > count


def is_managing(words: str) -> bool:
    """Whether the words only manage the session: thanks, "go ahead", "let's go to …", "we have to stop"."""
    if is_longer(words, _MANAGING_WORDS):
        return False
    pattern = managing_words().sentences
    return all(pattern.fullmatch(one) for one in _sentences(words))


def _sentences(words: str) -> list[str]:
    """The sentences in the words, without punctuation at their edges, with the apostrophe of the tables."""
    parts = (one.strip(_EDGES) for one in _SENTENCES.split(words.replace("'", "’")))
    return [one for one in parts if one]


def manages_room(words: str) -> bool:
    """Whether the words only give the floor, break off, thank or close; assent alone ("Yeah.") does not count."""
    if is_longer(words, _MANAGING_WORDS):
        return False
    tables = managing_words()
    sentences = _sentences(words)
    room = [tables.room.fullmatch(one) is not None for one in sentences]
    return any(room) and all(
        is_room or tables.filler.fullmatch(one) is not None for one, is_room in zip(sentences, room, strict=True)
    )


class _Exchange:
    """The state of the exchange while the segments of a transcript are processed in order."""

    def __init__(self, segments: list[Segment]) -> None:
        self.segments = segments
        self.last_asked = max((i for i, one in enumerate(segments) if one.voice == "reporter"), default=-1)
        self.running = False  # a question has been asked since the podium last spoke unasked
        self.asked = False  # … and it was more than small talk
        self.pending = False  # … and nobody has answered it yet
        self.greeted = False  # the reporter who spoke last only greeted
        self.before: Segment | None = None
        self.words = self.words_before = ""  # of the segment, and of the one before it
        self.answering: str | None = None  # who answered last
        self.broken = False  # … and was interrupted
        self.last_podium: TurnKind = "statement"
        self.names = {
            name for s in segments if s.voice in ("podium", "official") and s.speaker for name in s.speaker.split()
        }

    def take(self, i: int) -> TurnKind:
        """The kind of the next segment, the ``i``-th."""
        segment = self.segments[i]
        kind: TurnKind
        self.words_before, self.words = self.words, segment.words
        if segment.voice == "reporter":
            self._ask(self.words)
            kind = "question"
        elif segment.voice in ("moderator", "operator", "manager", "voice"):
            kind = "statement"
        elif segment.voice == "interpreter":
            kind = "statement" if self.before is None else (self.before.marks[0].kind or "statement")
        elif self.before is not None and self.before.voice == "reporter":
            kind = self._after_reporter(segment, i)
        else:
            kind = self._after_podium(segment, i)
        if segment.voice in ("podium", "official"):
            self.last_podium = kind
            if kind == "answer":
                self.answering, self.pending = segment.speaker, False
                self.broken = self.words.rstrip().endswith(_BROKEN)
        self.before = segment
        return kind

    def _ask(self, words: str) -> None:
        small_talk = not self.asked and not is_longer(words, _SMALL_TALK) and not _ASKS.search(words)
        small_talk = small_talk and "inaudible" not in words.lower()  # in English, French and Spanish
        greets = _only_greets(words)
        self.running = self.running or not (small_talk and greets)
        self.asked = self.asked or not small_talk
        self.pending = not greets
        self.greeted = not self.pending and managing_words().thanks.search(words) is None

    def _after_reporter(self, segment: Segment, i: int) -> TurnKind:
        words = self.words
        announces = not self.asked and is_longer(words, _ANNOUNCES)
        if not self.running:
            return "answer" if _only_greets(words) else "statement"
        self.running = not announces
        thanks_colleague = self.answering not in (None, segment.speaker) and is_closing(words)
        gives_floor = (
            manages_room(words)
            or self._calls_colleague(segment)
            or (self.greeted and _only_assents(words))
            or (not self.pending and _calls(words))  # "Thanks." "Ann."
            or self._only_calls(segment, i)
        )
        return "statement" if thanks_colleague or announces or gives_floor else "answer"

    def _only_calls(self, segment: Segment, i: int) -> bool:
        """Whether a name alone calls on whoever asks next, said by one who calls by name, and after no question for a name."""
        if is_longer(self.words, _NAME_WORDS) or _ASKS_FOR_A_NAME.search(self.words_before):
            return False
        asks = i + 1 < len(self.segments) and self.segments[i + 1].voice == "reporter"
        return asks and segment.speaker in self._callers and _calls(self.words)

    def _calls_colleague(self, segment: Segment) -> bool:
        """Whether a few words only name another who answers on this page: "Dr. Example?"."""
        if is_longer(self.words, _NAME_WORDS):
            return False
        words = self.words.split()
        named = words[-1].strip(_EDGES) if words else ""
        own = segment.speaker is not None and named in segment.speaker.split()
        return named in self.names and not own and self.words.rstrip()[-1:] in "?.!—―–"

    def _after_podium(self, segment: Segment, i: int) -> TurnKind:
        before, words = self.before, self.words
        if self.running and not self.pending and _opens_part(words):  # "Okay. I have a few items at the top."
            self.running = False
        if not self.running or self._moves_on(segment, i):
            return "statement"
        if before is None or before.voice not in ("podium", "official"):
            closes = not self.pending and before is not None and _asks_to_close(self.words_before)
            return "statement" if closes else "answer"
        resumes = self.broken and segment.speaker == self.answering and not is_managing(words)
        if self.last_podium == "answer" or resumes or _passes_on(self.words_before, segment):
            return "answer"
        # the colleague before only managed the session: an open question is answered now, or an answer continues
        if not self.pending and segment.speaker != self.answering:
            return "statement"
        managed = is_managing(self.words_before) or manages_room(self.words_before)
        goes_on = managed and not is_closing(self.words_before)
        return "answer" if goes_on and not _opens_anew(words) else "statement"

    def _moves_on(self, segment: Segment, i: int) -> bool:
        """Whether the turn only manages the session: it is not by the previous speaker, or it closes the session."""
        words = self.words
        managing = is_managing(words) or manages_room(words)
        if not same_speaker(self.before, segment):
            ends = i > self.last_asked and _bids_farewell(words)
            if managing or ends or _calls(words) or self._calls_by_name(segment, i):
                return True
        return managing and manages_room(words) and is_closing(words)

    def _calls_by_name(self, segment: Segment, i: int) -> bool:
        """Whether a few names call on whoever asks next; they need not be known where the same one called on others."""
        words = self.words.strip()
        if i + 1 >= len(self.segments) or self.segments[i + 1].voice != "reporter" or not _NAMES.fullmatch(words):
            return False
        filler = managing_words().filler
        names = [one.strip(_EDGES) for one in words.split() if one not in ("and", "then")]
        if any(is_reply(one) or filler.fullmatch(one) for one in names):
            return False
        return segment.speaker in self._callers

    @cached_property
    def _callers(self) -> frozenset[str]:
        """Those of the podium who call on reporters by names that are known, more than once."""
        calls = Counter(
            segment.speaker
            for segment, following in pairwise(self.segments)
            if segment.speaker and segment.voice != "reporter" and following.voice == "reporter"
            if called(segment.words, ()) is not None
        )
        return frozenset(name for name, count in calls.items() if count > 1)


def _bids_farewell(words: str) -> bool:
    """Whether somebody ends the session, with words for those who listened that are no answer any more."""
    told = words[:_FAREWELL] if is_longer(words, _FAREWELL_WORDS) else words
    return "?" not in words and managing_words().farewell.search(told) is not None


def _before_the_opening(segments: list[Segment]) -> int:
    """How many segments stand before the session is opened: up to the last that invites a colleague to begin.

    Reporters have only bantered until then, in a few turns of a few words: "Would you like to join us?"
    """
    asked = opened = 0
    for i, (segment, following) in enumerate(pairwise(segments)):
        if segment.voice == "reporter":
            asked += 1
            if asked > _BANTERING or is_longer(segment.words, _BANTER_WORDS):
                break
        elif asked and _invites(segment, following):
            opened = i + 1
    return opened


def _invites(segment: Segment, following: Segment) -> bool:
    """Whether somebody of the podium invites the colleague who speaks next to begin."""
    colleague = following.voice in ("podium", "official") and not same_speaker(segment, following)
    return colleague and managing_words().invites.search(segment.words[-_INVITING:].strip()) is not None


def _asks_to_close(words: str) -> bool:
    """Whether a moderator asks somebody for closing words."""
    return managing_words().invites_closing.search(words[-_INVITING:]) is not None


def _opens_part(words: str) -> bool:
    """Whether a long turn is a part of the session that nobody asked about: it says so first, or ends in a call for questions."""
    if not is_longer(words, _ANNOUNCES):
        return False
    tables = managing_words()
    ends = words[-_INVITING:].strip(_EDGES)
    return tables.opening.search(words[:_BEGINNING]) is not None or tables.for_questions.search(ends) is not None


def _opens_anew(words: str) -> bool:
    """Whether a long turn begins by managing the session: "All right, everyone. I have a few things at the top." """
    if not is_longer(words, _ANNOUNCES):
        return False
    first = next(iter(_sentences(words[:_BEGINNING])), "")
    return managing_words().sentences.fullmatch(first) is not None


def settle(segments: list[Segment]) -> None:
    """Set the kind of each segment's first mark, in place, and separate closing words from the last answer."""
    restore_labels(segments)
    exchange = _Exchange(segments)
    opened = _before_the_opening(segments)
    for i, segment in enumerate(segments):
        if i < opened:
            segment.marks[0].kind = "question" if segment.voice == "reporter" else "statement"
            exchange.before = segment
        else:
            segment.marks[0].kind = exchange.take(i)
    _split_closing(segments)


def settle_exchange(segments: list[Segment]) -> bool:
    """Settle the segments, in place, if a reporter asks, and make all of them statements otherwise; whether one asks."""
    asked = is_asked(segments)
    if asked:
        settle(segments)
    else:
        state_all(segments)
    return asked


def is_asked(segments: list[Segment]) -> bool:
    """Whether a reporter speaks."""
    return any(segment.voice == "reporter" for segment in segments)


def state_all(segments: list[Segment]) -> None:
    """Make every segment a statement, in place: for a session without reporters, as a meeting of officials."""
    for segment in segments:
        segment.marks[0].kind = "statement"


def _split_closing(segments: list[Segment]) -> None:
    """Closing words in paragraphs of their own after the last answer are a statement, in place."""
    last = segments[-1] if segments else None
    if last is None or last.voice not in ("podium", "official") or last.marks[0].kind != "answer":
        return
    first = len(last.marks)
    while first > 1 and last.marks[first - 1].voice == "more" and _closes(last.marks[first - 1].line.text):
        first -= 1
    if first < len(last.marks) and last.marks[first].line.fresh:
        mark = last.marks[first]
        mark.voice, mark.kind, mark.apart = "podium", "statement", True
        mark.speaker, mark.role = last.speaker, last.role


def _closes(words: str) -> bool:
    """Whether a paragraph announces the end; thanks alone belong to the answer before them."""
    return "?" not in words and is_managing(words) and managing_words().ends.search(words) is not None


def _calls(words: str) -> bool:
    """Whether a few words call on a reporter, and do nothing else."""
    if is_longer(words, _CALL_WORDS) or called(words, ()) is None:
        return False
    tables = managing_words()
    manages = (tables.sentences, tables.room, tables.filler)
    before = _sentences(words)[:-1]
    return all(any(pattern.fullmatch(one) for pattern in manages) or called(one, ()) for one in before)


def _passes_on(words: str, segment: Segment) -> bool:
    """Whether the few words before only passed the question on to the one who speaks now: "Dr. Example?"."""
    if segment.speaker is None or is_longer(words, _CALL_WORDS) or "thank" in words.lower():
        return False
    return any(name in words for name in segment.speaker.split() if len(name) > 2)


def is_closing(words: str) -> bool:
    """Whether the words only thank a colleague or end the session."""
    return is_managing(words) and "?" not in words and managing_words().closing.search(words) is not None


def _only_assents(words: str) -> bool:
    """Whether the words are fillers and no greeting: "Yes, sir." said to one who greeted lets them ask."""
    sentences = _sentences(words)
    return not _only_greets(words) and all(managing_words().filler.fullmatch(one) for one in sentences)


def _only_greets(words: str) -> bool:
    if len(words) > 60 or "?" in words:
        return False
    return all(managing_words().greeting.fullmatch(one) for one in _sentences(words))
