"""Trace and redline: formulas planted in invented transcripts are found with their first use, last use and wordings."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.asking import QueryError, redline, trace
from onrecord.asking.aligning import align, compare, least_shared, nearest, window
from onrecord.desk import Desk, open_desk
from onrecord.desk.wordings import WordingIndex, open_wordings
from onrecord.language.sentences import sentences
from onrecord.language.tokens import words

#: A formula: what was said when, each on the days given; the first wording is the one traced.
FORMULAS = {
    "We will build a canal with Ruritania and open it to all": {
        "We will build a canal with Ruritania and open it to all": ["2018-02-03", "2018-05-09", "2019-11-30"],
        "We intend to build a canal with Ruritania and open it to all": ["2020-01-15"],
        "We stand ready to build a canal with Ruritania and open it": ["2021-06-20"],
    },
    "Arcadia firmly opposes any change to the status of the island": {
        "Arcadia firmly opposes any change to the status of the island": ["2018-01-05", "2021-12-01"],
        "Arcadia opposes any change to the status of the island": ["2019-03-03", "2019-03-04"],
    },
    "双方应当本着相互理解的精神妥善处理渔业分歧": {
        "双方应当本着相互理解的精神妥善处理渔业分歧": ["2018-04-04", "2020-10-10"],
        "双方愿本着相互理解的精神妥善处理渔业分歧": ["2021-01-01"],
    },
}
FILLER = [
    "The weather in the capital was fine.", "Our two peoples have known each other long.", "Trade grew by a tenth last year.",
    "I have seen the reports that you mention.", "Consular staff are in touch with the families.", "更多情况请向主管部门询问。",
    "我们注意到有关报道。", "The minister met his guests in the old hall.",
]  # fmt: skip


def transcript(day: str, said: list[str], dice: random.Random) -> bytes:
    filler = dice.sample(FILLER, 4)
    told = [*filler[:2], *(f"{sentence}{'。' if sentence[0] > 'z' else '.'}" for sentence in said), *filler[2:]]
    return f"Excerpt of Foreign Ministry Regular Press Conference on {day}\n\nCCTV: What do you say?\n\nGeng Shuang: {' '.join(told)}".encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    dice = random.Random(7)
    days: dict[str, list[str]] = {f"20{year}-{month:02}-17": [] for year in range(18, 22) for month in range(1, 13)}
    for wordings in FORMULAS.values():
        for wording, uses in wordings.items():
            for day in uses:
                days.setdefault(day, []).append(wording)
    with open_desk(tmp_path_factory.mktemp("trace") / "desk", write=True, create_new=True) as opened:
        for day in sorted(days):
            opened.add(onrecord.read(transcript(day, days[day], dice)))
        opened.writer.commit()
        yield opened


@pytest.mark.parametrize("phrase", FORMULAS)
def test_planted_formulas_are_recovered_exactly(desk: Desk, phrase: str) -> None:
    found = trace(desk, phrase)
    planted = FORMULAS[phrase]
    assert {wording.words.rstrip("."): (wording.count, wording.first, wording.last) for wording in found.wordings} == {
        wording: (len(days), min(days), max(days)) for wording, days in planted.items()
    }
    exact = planted[phrase]
    assert (found.exact, found.first, found.last) == (len(exact), min(exact), max(exact))
    assert found.nearly == sum(len(days) for wording, days in planted.items() if wording != phrase)
    assert [use.day for use in found.uses if use.exact] == exact
    for use in found.uses:
        assert desk.turn(use.turn).text[use.start : use.end] == use.wording


def test_exact_and_near_are_told_apart_by_year(desk: Desk) -> None:
    assert trace(desk, next(iter(FORMULAS))).by_year == {"2018": (2, 0), "2019": (1, 0), "2020": (0, 1), "2021": (0, 1)}
    assert trace(desk, next(iter(FORMULAS)), near=1.0).nearly == 0


def test_the_wordings_say_what_changed(desk: Desk) -> None:
    changed = {
        (edit.before.strip(), edit.after.strip())
        for wording in trace(desk, next(iter(FORMULAS))).wordings
        for edit in wording.edits
        if edit.how != "same"
    }
    assert {("will", "intend to"), ("will", "stand ready to")} <= changed


def test_a_trace_can_be_narrowed_and_must_hold_a_word(desk: Desk) -> None:
    assert trace(desk, next(iter(FORMULAS)), since="2019-01-01", until="2020-12-31").exact == 1
    assert trace(desk, next(iter(FORMULAS)), kind="question").uses == ()
    with pytest.raises(QueryError, match="holds no word"):
        trace(desk, "…")


SAID = st.lists(
    st.sampled_from(["we", "will", "build", "a", "canal", "with", "ruritania", "open", "it", "to", "all", "arcadia"]),
    min_size=1,
    max_size=14,
)


@given(SAID)
def test_nothing_near_is_missed(desk: Desk, said: list[str]) -> None:
    """Against every sentence of the desk, aligned one by one: the index may only leave out what is not near."""
    least = least_shared(len(said))
    (segment,) = open_wordings(desk.folder, desk.record).segments
    phrase = segment.characters(said)
    everything = set()
    for at in range(len(segment)):
        sentence = segment.sentence(at)
        if phrase in sentence or nearest(phrase, sentence, least) is not None:
            everything.add(at)
    assert {one.sentence for one in align(segment, said)} == everything


@given(SAID, SAID)
def test_what_is_near_is_near(phrase: list[str], sentence: list[str]) -> None:
    """The definition, checked by other means: a longest common subsequence by hand, inside a stretch short enough."""

    def common(one: list[str], other: list[str]) -> int:
        row = [0] * (len(other) + 1)
        for word in one:
            before = row[:]
            for at, told in enumerate(other, start=1):
                row[at] = before[at - 1] + 1 if word == told else max(before[at], row[at - 1])
        return row[-1]

    least = least_shared(len(phrase))
    numbers = {word: chr(0x10000 + at) for at, word in enumerate(dict.fromkeys(phrase + sentence))}
    found = nearest("".join(map(numbers.get, phrase)), "".join(map(numbers.get, sentence)), least)  # type: ignore[arg-type]
    width = window(len(phrase))
    best = max(common(phrase, sentence[at : at + width]) for at in range(len(sentence)))
    if found is None:
        assert best < least
    else:
        assert found[2] == best >= least


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_pieces_of_a_comparison_are_the_texts(before: str, after: str) -> None:
    edits = compare(before, after)
    if words(before):
        assert "".join(edit.before for edit in edits) == before
    if words(after):
        assert "".join(edit.after for edit in edits) == after


def test_a_redline_tells_what_was_said_before_reworded_and_new(desk: Desk) -> None:
    text = transcript(
        "2022-02-02",
        ["Arcadia firmly opposes any change to the status of the island", "We may build a canal with Ruritania and open it to all",
         "A wholly different matter has come up since yesterday evening"],
        random.Random(1),
    )  # fmt: skip
    found = redline(desk, onrecord.read(text))
    verdicts = {one.sentence: one for one in found.sentences}
    before = verdicts["Arcadia firmly opposes any change to the status of the island."]
    assert before.verdict == "said-before"
    assert before.earlier is not None
    assert (before.earlier.day, before.earlier.times, before.earlier.first) == ("2021-12-01", 2, "2018-01-05")
    reworded = verdicts["We may build a canal with Ruritania and open it to all."]
    assert reworded.verdict == "reworded"
    assert {"commitment", "modality"} <= set(reworded.touches)
    assert verdicts["A wholly different matter has come up since yesterday evening."].verdict == "new"
    assert found.sentences[found.telling[0]] == reworded  # the promise weakened comes before what is merely new


def test_a_redline_against_one_document_tells_what_is_missing(desk: Desk) -> None:
    earlier = next(document for document in desk if document.date == "2018-02-03")
    now = onrecord.read(
        transcript("2022-02-02", ["The canal is a matter for the engineers to settle"], random.Random(1))
    )
    found = redline(desk, now, against=earlier)
    assert "We will build a canal with Ruritania and open it to all." in {one.sentence for one in found.dropped}
    assert all(one.earlier is None or one.earlier.day == "2018-02-03" for one in found.sentences)


def test_nothing_later_counts_as_earlier(desk: Desk) -> None:
    early = next(document for document in desk if document.date == "2018-02-03")
    promise = next(one for one in redline(desk, early).sentences if one.sentence.startswith("We will build"))
    assert promise.verdict == "new"


def test_a_document_of_the_desk_is_not_its_own_past(desk: Desk) -> None:
    last = max(desk, key=lambda document: document.date or "")
    for one in redline(desk, last).sentences:
        assert one.earlier is None or not one.earlier.turn.startswith(last.id)


def test_words_that_were_taken_back_are_no_past(tmp_path: Path) -> None:
    """The last document of a desk comes again, shorter: its turns of before stand in the index and not in the record."""
    said = ["The lamp of the harbour shines on every house", "Our bridge of stone is open to all the people"]
    page = tmp_path / "page.txt"
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        for told in (said, said[:1]):
            page.write_bytes(transcript("2019-01-01", told, random.Random(1)))
            desk.add(onrecord.read(page))
            desk.writer.commit()
            assert trace(desk, said[1]).exact == len(told) - 1
        now = onrecord.read(transcript("2022-02-02", said, random.Random(1)))
        verdicts = {one.sentence: one.verdict for one in redline(desk, now).sentences}
    assert (verdicts[said[0] + "."], verdicts[said[1] + "."]) == ("said-before", "new")


def test_traces_and_redlines_are_tables(desk: Desk) -> None:
    pytest.importorskip("polars")
    traced = trace(desk, next(iter(FORMULAS)))
    assert traced.frame()["day"].to_list() == [use.day for use in traced.uses]
    late = next(document for document in desk if document.date == "2018-02-03")
    marked = redline(desk, late)
    assert marked.frame()["verdict"].to_list() == [one.verdict for one in marked.sentences]
    assert marked.frame()["earlier_day"].to_list() == [
        one.earlier.day if one.earlier else None for one in marked.sentences
    ]


def test_the_wording_index_grows_by_segments_and_mends_itself(tmp_path: Path) -> None:
    def said(desk: Desk) -> list[int]:
        return [trace(desk, f"a promise of number {number} was made").exact for number in range(12)]

    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        for number in range(12):
            text = transcript(
                f"2019-01-{number + 1:02}", [f"Yes, a promise of number {number} was made"], random.Random(number)
            )
            desk.add(onrecord.read(text))
            desk.writer.commit()
            assert trace(desk, f"a promise of number {number} was made").exact == 1
        assert said(desk) == [1] * 12
        index = WordingIndex(desk.folder / "index/wording", desk.record)
        assert 1 < len(index.segments) <= 8
    with open_desk(tmp_path / "desk") as desk:
        index = WordingIndex(desk.folder / "index/wording", desk.record)
        largest = max(index.folder.rglob("*.npy"), key=lambda path: path.stat().st_size)
        largest.write_bytes(largest.read_bytes()[:50])
        assert index.stamp() is None
        assert said(desk) == [1] * 12


def test_the_commands_print_a_trace_and_a_redline(desk: Desk, tmp_path: Path) -> None:
    def run(*told: str) -> str:
        command = [sys.executable, "-m", "onrecord.cli", *told, "--desk", str(desk.folder)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    told = run("trace", next(iter(FORMULAS)))
    assert "3 exact uses, first 2018-02-03, last 2019-11-30" in told
    assert "[-will-]{+intend to+}" in told
    page = tmp_path / "page.txt"
    page.write_bytes(
        transcript("2022-02-02", ["We may build a canal with Ruritania and open it to all"], random.Random(1))
    )
    told = run("redline", str(page))
    assert "1. reworded · touches commitment, modality" in told
    assert "said before" in told
    assert "Said then and not now" in run("redline", str(page), "--against", "last")


def test_the_index_holds_every_sentence(desk: Desk) -> None:
    (segment,) = open_wordings(desk.folder, desk.record).segments
    spoken = [turn.text[a:b] for turn in desk.turns() for a, b in sentences(turn.text)]
    assert len(segment) == len([sentence for sentence in spoken if words(sentence)])
