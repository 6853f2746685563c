"""The edits between two versions of a document: what changed in turns, sentences, words and title, the most important first.

A pure function of two readings. Each side of an edit is a span of its own version, and so of its own capture. What only
changes punctuation, white space or the division into sentences is no edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Literal, NamedTuple

import msgspec

from onrecord.comparing.aligning import ALIKE, Match, align, differing, likeness
from onrecord.comparing.passages import Passage, Word, passages, words_of
from onrecord.comparing.ranking import Changed, is_line, judge
from onrecord.comparing.words import changed_words
from onrecord.record import Document, Turn

#: Raise it when the edits of the same two versions change.
METHOD = 1

EditKind = Literal["reworded", "added", "dropped", "moved", "title", "speaker", "label", "replaced"]
#: Less than this share of sentences, and of words, stayed: it is another text altogether. With a new title, fewer need differ.
_KEPT, _OTHER_TITLE = 0.4, 0.6
#: Shorter texts are not called other ones: a few sentences may be reworded throughout.
_SENTENCES = 8


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of an edit: the words, where they stand in the text of that version (None for a title), and the id of their
    turn."""

    words: str
    start: int | None = None
    end: int | None = None
    turn: str | None = None


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """What changed at one place.

    ``kind`` is ``reworded``, ``added``, ``dropped``, ``moved`` (the same words stand elsewhere), ``title``, ``speaker`` (the same
    words are another's now), ``label`` (the same speaker is named otherwise) or ``replaced`` (another text). The higher
    ``rank``, from 0 to 10, the more it matters; ``touches`` says what it touches (:data:`~onrecord.comparing.ranking.TOUCHES`),
    ``note`` how it moved on a ladder, or who spoke and speaks.
    """

    kind: EditKind
    rank: float
    touches: tuple[str, ...]
    before: Side | None
    after: Side | None
    note: str | None = None


class _Version(NamedTuple):
    document: Document
    passages: list[Passage]

    def side(self, first: int, last: int) -> Side | None:
        if first == last:
            return None
        some = self.passages[first:last]
        start, end = some[0].start, some[-1].end
        turn = next((one.turn.id for one in some if one.turn is not None), None)
        return Side(words=self.document.text[start:end], start=start, end=end, turn=turn)


def edits(before: Document, after: Document) -> tuple[Edit, ...]:
    """What changed from one version of a document to the next, in the order of rank, then of place."""
    old, new = _Version(before, passages(before)), _Version(after, passages(after))
    found = _title(before, after)
    if _is_replaced(old, new, bool(found)):
        sides = old.side(0, len(old.passages)), new.side(0, len(new.passages))
        found.append(Edit(kind="replaced", rank=9.0, touches=("text",), before=sides[0], after=sides[1]))
        return tuple(found)
    matches = align(old.passages, new.passages)
    found += [_edit(old, new, match) for match in matches]
    return tuple(sorted(found, key=lambda one: (-one.rank, _place(one))))


def _place(edit: Edit) -> int:
    side = edit.after or edit.before
    return -1 if side is None or side.start is None else side.start


def _title(before: Document, after: Document) -> list[Edit]:
    old, new = words_of(before.title), words_of(after.title)
    if [word.said for word in old] == [word.said for word in new]:
        return []
    judged = judge(before, after, Changed("title", old, new, changed_words(old, new)))
    sides = Side(words=before.title), Side(words=after.title)
    return [
        Edit(kind="title", rank=judged.rank, touches=judged.touches, before=sides[0], after=sides[1], note=judged.note)
    ]


def _is_replaced(old: _Version, new: _Version, other_title: bool) -> bool:
    least = min(len(old.passages), len(new.passages))
    if least < _SENTENCES:
        return False
    differs = sum(j - i for i, j, _, _ in differing(old.passages, new.passages))
    kept = len(old.passages) - differs
    if kept >= _KEPT * least:
        return False
    return likeness(old.passages, new.passages) < (_OTHER_TITLE if other_title else ALIKE)


def _edit(old: _Version, new: _Version, match: Match) -> Edit:
    gone, come = old.passages[match.before : match.before_end], new.passages[match.after : match.after_end]
    sides = old.side(match.before, match.before_end), new.side(match.after, match.after_end)
    if match.moved:
        return Edit(kind="moved", rank=0.5, touches=("order",), before=sides[0], after=sides[1])
    before, after = _words(gone), _words(come)
    changes = changed_words(before, after)
    kind: EditKind = "reworded" if gone and come else "dropped" if gone else "added"
    where = _turn(gone), _turn(come)
    if kind == "reworded" and _only_labels(changes.gone, where[0]) and _only_labels(changes.come, where[1]):
        kind = "speaker" if _voice(where[0]) != _voice(where[1]) else "label"
    lines = [_is_line(old.document, one) for one in gone] + [_is_line(new.document, one) for one in come]
    if kind in ("added", "dropped") and not all(lines):  # a heading above a sentence says nothing more of it
        gone = [one for one in gone if not _is_line(old.document, one)]
        come = [one for one in come if not _is_line(new.document, one)]
        before, after = _words(gone), _words(come)
        changes = changed_words(before, after)
    furniture = all(lines) if kind in ("added", "dropped") else any(one.furniture for one in (*gone, *come))
    changed = Changed(kind, before, after, changes, furniture)
    judged = judge(old.document, new.document, changed)
    note = f"{_named(where[0])} → {_named(where[1])}" if kind == "speaker" else judged.note
    return Edit(kind=kind, rank=judged.rank, touches=judged.touches, before=sides[0], after=sides[1], note=note)


def _words(some: Sequence[Passage]) -> tuple[Word, ...]:
    return tuple(chain.from_iterable(one.words for one in some))


def _turn(some: Sequence[Passage]) -> Turn | None:
    return next((one.turn for one in some if one.turn is not None), None)


def _is_line(document: Document, passage: Passage) -> bool:
    """Whether a passage is a heading, a caption, a name, a link: no sentence, and no words after a speaker's label."""
    if passage.furniture is not None:
        return True
    labelled = passage.turn is not None and passage.words[0].start < passage.turn.start
    return not labelled and is_line(document, passage.words)


def _only_labels(changed: Sequence[Word], turn: Turn | None) -> bool:
    """Whether all changed words stand in front of the words of their turn: they are its label."""
    return turn is not None and all(word.end <= turn.start for word in changed)


def _voice(turn: Turn | None) -> tuple[str | None, ...]:
    return (None,) if turn is None else (turn.kind, turn.speaker, turn.role, turn.outlet)


def _named(turn: Turn | None) -> str:
    if turn is None:
        return "nobody"
    return turn.speaker or turn.outlet or turn.role or turn.kind
