"""Who asks, by the call before and by the turns around: a transcript of a room, read as a page. All words are invented."""

from __future__ import annotations

import pytest

from onrecord.reading.askers import name_askers
from onrecord.reading.lines import Line
from onrecord.reading.transcript import Segment
from onrecord.reading.turns import Mark


def _said(turn: str) -> Segment:
    voice, words = ("reporter" if turn[0] == "R" else "podium"), turn[2:]
    speaker = None if voice == "reporter" else "Hugo Vado"
    mark = Mark(line=Line(words, [(0, 0, len(words), False)]), voice=voice, speaker=speaker)  # type: ignore[arg-type]
    return Segment(voice=voice, speaker=speaker, role=None, anonymous=voice == "reporter", marks=[mark])


#: The turns in order, and the names of the reporters.
ROOMS = [
    (["P Go ahead, Karen.", "R Who pays?"], ["Karen"], "a call"),
    (["P Go ahead, Karen.", "R Thank you, Hugo.", "R Who pays for it?"], [None, "Karen"], "whoever asked before only thanks"),
    (["P Go ahead, Karen.", "R And then on the ferry, Hugo —", "R Thank you, Hugo. Who pays?", "R — on the ferry, if I may."], [None, "Karen", None], "somebody goes on asking meanwhile"),
    (["P Go ahead, Karen.", "R Hugo —", "R Who pays?"], [None, "Karen"], "somebody only calls the podium"),
    (["P Go ahead, Karen.", "R So we will come back to that.", "P Okay. Go ahead, Karen.", "R Who pays?"], [None, "Karen"], "called again: the words between were another's"),
    (["P Go ahead, Karen.", "R Thanks, Hugo.", "P Karen.", "R Who pays?"], ["Karen", "Karen"], "but not thanks"),
    (["P Go ahead, Karen.", "R Will the ferry —", "R — run in May?"], ["Karen", "Karen"], "an interrupted question goes on"),
    (["P Karen, Tom.", "R Who pays?"], ["Karen"], "of two who are called the first asks, and the second is no outlet"),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "names", "reason"), ROOMS, ids=[case[2] for case in ROOMS])
def test_who_asks(turns: list[str], names: list[str | None], reason: str) -> None:
    segments = [_said(turn) for turn in turns]
    name_askers(segments, on_a_call=False)
    assert [segment.marks[0].speaker for segment in segments if segment.voice == "reporter"] == names
    assert all(segment.marks[0].outlet is None for segment in segments)
