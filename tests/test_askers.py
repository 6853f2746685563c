"""Who asks, by the call before and by the turns around: a transcript of a room, read as a page. All words are invented."""

from __future__ import annotations

import pytest

from onrecord.reading.askers import name_askers
from onrecord.reading.callers import Asker, called
from onrecord.reading.lines import Line
from onrecord.reading.transcript import Segment
from onrecord.reading.turns import Mark


def _said(turn: str) -> Segment:
    voice, words = {"R": "reporter", "P": "podium", "M": "moderator"}[turn[0]], turn[2:]
    speaker = "Hugo Vado" if voice == "podium" else None
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


#: What a moderator or the podium says last, who moderates, whom it calls on, and why.
CALLED = [
    ("Our first question is going to go to Ann Sample with Example News.", True, Asker("Ann Sample", "Example News"), "a call"),
    ("Our next question is going to come from Cal.", True, Asker("Cal", None), "a moderator calls by one unknown name"),
    ("Howard Sample with The Sampler.", True, Asker("Howard Sample", "The Sampler"), "a given name that is a university's too"),
    ("Vika, Bloomberg.", False, Asker("Vika", "Bloomberg"), "an unknown name with a known outlet"),
    ("Vika (inaudible).", True, Asker("Vika", None), "a surname that nobody heard"),
    ("Vika from Example News, we’ll turn it to you for the final one.", True, Asker("Vika", "Example News"), "then the floor"),
    ("Reuters.", True, Asker(None, "Reuters"), "an outlet"),
    ("We can. Yep.", True, None, "an answer"),
    ("All of it is embargoed until 5:00 p.m. Eastern Time.", True, None, "an hour"),
    ("And then there is Howard University.", False, None, "an institution"),
    ("Anyway.", True, None, "a word of speech"), ("Goodness.", True, None, "another"), ("Awesome.", True, None, "another"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "moderated", "asker", "reason"), CALLED, ids=[case[0] for case in CALLED])
def test_whom_the_end_of_a_turn_calls(words: str, moderated: bool, asker: Asker | None, reason: str) -> None:
    assert called(words, frozenset(("hugo", "vado")), moderated=moderated) == asker, reason


#: What a moderator says once a caller who was called on has asked to be heard, and whether the caller keeps the floor.
HEARD = [
    ("We can. Yep.", True), ("Yes, we can.", True), ("We’ve got you.", True), ("You are, yep. We can hear you.", True),
    ("Next question, please.", False), ("We can take one more question.", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "keeps"), HEARD)
def test_a_caller_who_is_heard_keeps_the_floor(words: str, keeps: bool) -> None:
    turns = [
        "M Our next question comes from Ann Sample with Example News.",
        "R Can you hear me?",
        f"M {words}",
        "R Who pays?",
    ]
    segments = [_said(turn) for turn in turns]
    name_askers(segments, on_a_call=True)
    assert segments[3].marks[0].speaker == ("Ann Sample" if keeps else None)


def test_a_caller_may_begin_with_their_own_name() -> None:
    turns = ["M We’ll go to Ann Sample with Example News.", "R Ann Sample here. Who pays?", "P We do."]
    segments = [_said(turn) for turn in turns]
    name_askers(segments, on_a_call=True)
    assert (segments[1].marks[0].speaker, segments[1].marks[0].outlet) == ("Ann Sample", "Example News")
