"""From the text back to the bytes, and the map kept and read again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.errors import NoBytes, RecordError
from onrecord.offsets import OffsetMap
from onrecord.record import Document, fold

LABELS = st.sampled_from(["<b>Q: ", "<B>CCTV: ", "A: ", "Geng Shuang: ", "", "<b>Follow-up: "])
WORDS = st.lists(
    st.sampled_from(
        [
            "China",
            "hopes",
            "that",
            "&amp;",
            "&nbsp;",
            "两国",
            "<i>both</i>",
            "sides&#8217;",
            "\n  ",
            "dialogue.",
            "Why?",
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
ARTICLE = st.lists(st.tuples(LABELS, WORDS), min_size=2, max_size=8).map(
    lambda paragraphs: "".join(f"<p>{label}{words}{'</b>' if '<' in label else ''}</p>" for label, words in paragraphs)
)


def plainly(data: bytes, encoding: str) -> str:
    """What bytes of HTML say, by other means than the reader's: tags off, entities undone, white space folded."""
    import html

    return fold(html.unescape(re.sub(r"</?[A-Za-z][^>]*>", "\0", data.decode(encoding))).replace("\0", ""))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


@given(ARTICLE, st.sampled_from(["utf-8", "gb18030"]))
def test_the_bytes_of_a_turn_say_its_words(article: str, encoding: str) -> None:
    title = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 4, 2019"
    page = f'<meta charset="{encoding}"><h2 class="title">{title}</h2><p>fmprc.gov.cn<div class="content">Q: So? A: {article}</div>'
    try:
        document = onrecord.read(page.encode(encoding), house="cn-mfa")
    except onrecord.OnRecordError:
        return
    for turn in document:
        place = turn.span.place()
        lifted = [piece for piece in document.furniture if place.start < piece.byte_start < place.end]
        spoken = turn.span.source()
        for piece in reversed(lifted):  # a divider between two paragraphs of a turn is furniture, and no speech
            spoken = spoken[: piece.byte_start - place.start] + spoken[piece.byte_end - place.start :]
        assert squeezed(plainly(spoken, encoding)) == squeezed(turn.text)


def test_a_place_is_a_byte_range() -> None:
    data = "会谈 &amp; 会晤：A&nbsp;B".encode()
    document = onrecord.read(
        "<p>fmprc.gov.cn</p><h2 class=title>外交部发言人谈话</h2><div class=content><p>".encode() + data
    )
    turn = document.turns[0]
    place = turn.span.place()
    assert (place.unit, place.page) == ("byte", None)
    assert document.data[place.start : place.end] == data
    assert document.span(turn.start + 3, turn.start + 4).source() == b"&amp;"


def test_positions_outside_the_text_are_refused() -> None:
    document = onrecord.read(b"Ministry Press Conference\n\nTimes: Why is that so?\n\nMinister: Because it is.")
    for start, end in [(-1, 4), (4, 4), (5, 4), (0, 10_000)]:
        with pytest.raises(RecordError, match="no span"):
            document.offsets.place(document.text, start, end)


def test_a_map_survives_being_kept() -> None:
    document = onrecord.read(b"Ministry Press Conference\n\nTimes: Why is that so?\n\nMinister: Because it is.")
    kept = OffsetMap.from_bytes(document.offsets.to_bytes())
    assert list(kept.runs(document.text)) == list(document.offsets.runs(document.text))
    assert (kept.encoding, kept.unit, kept.page_starts) == ("utf-8", "byte", ())


@given(st.binary(max_size=60))
def test_a_damaged_map_is_a_clear_error(damage: bytes) -> None:
    document = onrecord.read(b"Ministry Press Conference\n\nTimes: Why is that so?\n\nMinister: Because it is.")
    kept = document.offsets.to_bytes()
    for damaged in (damage, kept[: len(kept) // 2] + damage, damage + kept):
        if damaged == kept:
            continue
        with pytest.raises(RecordError, match="map of offsets is damaged"):
            OffsetMap.from_bytes(damaged)


def test_without_bytes_a_source_is_asked_for_in_vain() -> None:
    document = onrecord.read(b"Ministry Press Conference\n\nTimes: Why is that so?\n\nMinister: Because it is.")
    copy = Document.from_json(document.to_json())
    assert copy.turns[0].text == "Why is that so?"
    with pytest.raises(NoBytes, match="without its offsets"):
        copy.turns[0].span.source()
