"""Trace and redline: formulas planted in invented transcripts are found with their first use, last use and wordings."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

import onrecord
from onrecord.asking import QueryError, redline, trace
from onrecord.asking.alignment import align, compare, least_shared, nearest_stretch, window
from onrecord.asking.salience import salience_of
from onrecord.desk import Desk, open_desk, wording_segments
from onrecord.desk.index_files import File, Manifest, RecordState
from onrecord.desk.memory import Memory
from onrecord.desk.wording_index import WordingIndex, large_parts, open_wordings
from onrecord.desk.wording_segments import Sieve
from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import tokens, words

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
    for formula in FORMULAS.values():
        for wording, uses in formula.items():
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
    with pytest.raises(QueryError, match="contains no word"):
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
        if phrase in sentence or nearest_stretch(phrase, sentence, least) is not None:
            everything.add(at)
    assert {one.sentence for one in align(segment, said)} == everything


@pytest.mark.parametrize("numpy", [1, 2])
@given(SAID, st.integers(0, 2**32), st.floats(0.5, 1.0))
def test_a_sieve_lets_through_all_that_hold_enough(
    desk: Desk, numpy: int, said: list[str], seed: int, near: float
) -> None:
    """Of those asked after, and each with no fewer words than it shares; without what NumPy 2 has too."""
    (segment,) = open_wordings(desk.folder, desk.record).segments
    among = np.random.default_rng(seed).random(len(segment)) < 0.5
    least = least_shared(len(said), near)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            wording_segments, "_ENTRIES", 0
        )  # the desk is small: or all words were counted, and no bits looked at
        patch.setattr(wording_segments, "_TIMES", 1)
        if numpy == 1:
            patch.delattr(np, "bitwise_count", raising=False)
        sieve = Sieve(segment, among)
        for _ in range(2):  # the second finds the counts of the first cleared
            some, most = sieve.holding(said, least)
            held = dict(zip(some.tolist(), most.tolist(), strict=True))
            assert list(held) == sorted(at for at in held if among[at])
            for at in np.flatnonzero(among).tolist():
                shared = LCSseq.similarity(segment.characters(said), segment.sentence(at))
                assert shared < least or shared <= held[at] <= len(said)


def test_a_very_long_phrase_is_counted_too(desk: Desk) -> None:
    (segment,) = open_wordings(desk.folder, desk.record).segments
    assert list(align(segment, ["we", "will"] * 400, 0.5)) == []
    said = [*["canal"] * 300, *words("We will build a canal with Ruritania and open it to all")]
    some, most = Sieve(segment).holding(said, 12)
    assert len(some) and most.max() == 311 + 1  # "canal" is counted as often as the phrase holds it


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
    found = nearest_stretch("".join(map(numbers.get, phrase)), "".join(map(numbers.get, sentence)), least)  # type: ignore[arg-type]
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


def conference(day: str, *said: str) -> onrecord.Document:
    """An invented press conference with nothing but these sentences."""
    head = f"Excerpt of Foreign Ministry Regular Press Conference on {day}"
    return onrecord.read(f"{head}\n\nCCTV: What do you say?\n\nGeng Shuang: {' '.join(said)}".encode())


#: what was said earlier, what is said now, what is listed as said then and not now, why
LEFT_OUT = [
    ("We will open the lighthouse to all ships of the north, and the ferry to the islands will sail every morning.",
     "We will open the lighthouse to all ships of the north.", ["and the ferry to the islands will sail every morning."],
     "the half that is said again is no loss, the other half is one"),
    ("We will open the lighthouse to all ships of the north, and the ferry to the islands will sail every morning.",
     "We intend to open the lighthouse to all ships of the north. The ferry to the islands will sail every morning.", [],
     "both halves are said again, in two sentences"),
    ("We will open the lighthouse to all ships of the north today.", "We may open the lighthouse to all ships of the north.", [],
     "a word left over at the end belongs to the wording"),
    ("The price of sardines is a matter for the fishermen alone.", "We will open the lighthouse to all ships of the north.",
     ["The price of sardines is a matter for the fishermen alone."], "nothing of it is said again"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "dropped", "reason"), LEFT_OUT, ids=[case[3] for case in LEFT_OUT])
def test_what_is_said_again_is_not_said_to_be_missing(
    tmp_path: Path, before: str, now: str, dropped: list[str], reason: str
) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(conference("2019-01-01", before))
        desk.writer.commit()
        found = redline(desk, conference("2019-01-02", now), against=next(iter(desk)))
    assert [one.sentence for one in found.dropped] == dropped


#: the day and the words of the earlier sentence, the sentence now, whether a move on a ladder is claimed, why
ON_ONE_MATTER = [
    (
        "2019-03-01",
        "We firmly oppose the sale of old ships to Japan by any country.",
        True,
        "the same matter, days later",
    ),
    ("2019-03-01", "We firmly oppose the sale of old ships to Russia by any country.", False, "another counterpart"),
    ("2016-03-01", "We firmly oppose the sale of old ships to Japan by any country.", False, "three years lie between"),
]


@pytest.mark.parametrize(("day", "before", "moved", "reason"), ON_ONE_MATTER, ids=[case[3] for case in ON_ONE_MATTER])
def test_a_step_on_a_ladder_is_one_on_the_same_matter(
    tmp_path: Path, day: str, before: str, moved: bool, reason: str
) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(conference(day, before))
        desk.writer.commit()
        (sentence,) = redline(
            desk, conference("2019-03-05", "We oppose the sale of old ships to Japan by any country.")
        ).sentences
    assert sentence.verdict == "reworded"
    assert [str(move) for move in sentence.moves] == ["protest: firm opposition → opposition, down 1"] * moved


def test_no_step_down_is_claimed_where_the_answer_says_it_elsewhere(tmp_path: Path) -> None:
    before = "We firmly oppose the sale of old ships to Japan by any country."
    now = "We oppose the sale of old ships to Japan by any country."
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(conference("2019-03-01", before))
        desk.writer.commit()
        found = redline(desk, conference("2019-03-05", now, "The Chinese side firmly opposes whatever is unlawful."))
    assert [sentence.moves for sentence in found.sentences] == [(), ()]


def test_what_a_statement_repeats_is_among_the_most_telling_once(tmp_path: Path) -> None:
    said = "We will build a canal with Ruritania and open it to all."
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        found = redline(desk, conference("2019-03-05", said, "The weather in the capital was fine.", said))
    assert [found.sentences[at].sentence for at in found.telling].count(said) == 1


#: what stands on top of the most telling changes, why; beside it a promise and a sentence of many telling words are new
ON_TOP = [
    ("If so, the other side will be responsible, and we will take all necessary measures.", "no means ruled out"),
    ("Do not say we have not warned you.", "the last warning"),
    ("The visit of the fleet to the port is cancelled.", "what is called off"),
]


@pytest.mark.parametrize(("said", "reason"), ON_TOP, ids=[case[1] for case in ON_TOP])
def test_the_gravest_words_stand_on_top(tmp_path: Path, said: str, reason: str) -> None:
    beside = [
        "Trade in apples grew last year and the fleet was painted.",
        "The ministers should soon hold their talks on apples.",
        "Two of our schools have written to each other since 1990.",
    ]
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(conference("2019-01-01", "The visit of the fleet to the port is planned."))
        desk.writer.commit()
        found = redline(desk, conference("2019-01-02", *beside, said))
    assert found.sentences[found.telling[0]].sentence == said


def test_nothing_later_counts_as_earlier(desk: Desk) -> None:
    early = next(document for document in desk if document.date == "2018-02-03")
    promise = next(one for one in redline(desk, early).sentences if one.sentence.startswith("We will build"))
    assert promise.verdict == "new"


def test_a_document_of_the_desk_is_not_its_own_past(desk: Desk) -> None:
    last = max(desk, key=lambda document: document.date or "")
    for one in redline(desk, last).sentences:
        assert one.earlier is None or not one.earlier.turn.startswith(last.id)


@pytest.mark.parametrize(
    ("phrase", "sentence", "wording"),
    [
        ("china", "Chinamen and Macao-China met, China said.", "China"),  # the first is a part of a longer word
        ("the canal", "Bathe canals: the (canal), the canal.", "the (canal"),  # what divides words may divide these
        ("aid", "It gave 1.5aid and aid.", "aid"),  # a number ends where letters follow
        ("2", "From 6.2 to 2, and 3.", "2"),  # no part of another number
        ("6.2 percent", "It was 16.2 percent; now 6.2 percent.", "6.2 percent"),
        ("反对", "中方强烈反 对，坚决反对。", "反 对"),
        ("g20峰会", "他出席了G20峰会。", "G20峰会"),
        ("ａｉｄ", "The ＡＩＤ was paid.", "ＡＩＤ"),
    ],
)
def test_the_first_words_that_say_a_phrase_are_told(tmp_path: Path, phrase: str, sentence: str, wording: str) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(onrecord.read(transcript("2019-01-01", [sentence.rstrip(".。")], random.Random(1))))
        desk.writer.commit()
        (use,) = [use for use in trace(desk, phrase).uses if use.exact]
        assert (use.wording, desk.turn(use.turn).text[use.start : use.end]) == (wording, wording)
        said, placed = words(phrase), tokens(use.sentence)
        at = next(at for at in range(len(placed)) if [token.word for token in placed[at : at + len(said)]] == said)
        assert desk.turn(use.turn).text.index(use.sentence) + placed[at].start == use.start


def test_runs_are_documents_in_a_row(desk: Desk) -> None:
    days = [document.date for document in desk]
    for run in trace(desk, "Trade grew by a tenth last year").runs:
        assert days.index(run.last) - days.index(run.first) == run.documents - 1
    assert sum(run.documents for run in trace(desk, "year").runs) == len(
        {use.document for use in trace(desk, "year").uses}
    )


def test_a_language_that_the_desk_does_not_hold_has_no_past(desk: Desk) -> None:
    document = onrecord.read(transcript("2022-02-02", list(FORMULAS), random.Random(1)))
    other = msgspec.structs.replace(document, heading=msgspec.structs.replace(document.heading, language="fr"))
    assert {one.verdict for one in redline(desk, other).sentences} <= {"new", "short"}


def test_threads_share_what_was_made(desk: Desk) -> None:
    """Twenty readers, desks of their own and one memory: each gets what one alone would get."""
    memory = Memory()
    documents = [document.id for document in desk][-8:]

    def asked(id: str) -> tuple[object, object]:
        with open_desk(desk.folder, memory=memory) as opened:
            return redline(opened, opened.document(id)), trace(opened, next(iter(FORMULAS)))

    alone = [(redline(desk, desk.document(id)), trace(desk, next(iter(FORMULAS)))) for id in documents]
    with ThreadPoolExecutor(20) as readers:
        assert list(readers.map(asked, documents * 5)) == alone * 5


TELLING = tomllib.loads((files("onrecord.lexicon") / "telling.toml").read_text(encoding="utf-8"))
WEIGHED = ["will", "know", "no", "not", "plans", "to", "stand", "ready", "don", "t", "willing", "commits", "ma", "y", "é",
           "强", "烈", "反", "对", "将", "必", "须", "5", "necessary", "measures", "by", "the", "end", "representations"]  # fmt: skip


@given(st.lists(st.sampled_from(WEIGHED), min_size=1, max_size=12))
def test_words_are_weighed_by_the_table(changed: list[str]) -> None:
    """The automaton finds what a search for every word of the table finds."""
    text = " ".join(changed)
    text = text if text.isascii() else text + " " + text.replace(" ", "")
    touches = [
        name
        for name, entry in TELLING.items()
        if re.search("|".join(rf"(?<![a-z]){word}(?![a-z])" for word in entry["words"]), text)
    ]
    numbers = ["numbers"] if "5" in changed else []
    weight = sum(TELLING[name]["weight"] for name in touches) + 3 * len(numbers)
    assert salience_of(changed) == (pytest.approx(0.1 + weight), (*touches, *numbers))


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
    pytest.importorskip("polars", reason="polars is not installed: install onrecord[tables]")
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
        rows = [row for segment in index.segments for row in {*segment.arrays["turns"].tolist()}]
        assert sorted(rows) == [row[0] for row in desk.record.execute("SELECT rowid FROM turn ORDER BY 1")], (
            "each turn once"
        )
    with open_desk(tmp_path / "desk") as desk:
        index = WordingIndex(desk.folder / "index/wording", desk.record)
        largest = max(index.folder.rglob("*.npy"), key=lambda path: path.stat().st_size)
        largest.write_bytes(largest.read_bytes()[:50])
        assert index.manifest() is None
        assert said(desk) == [1] * 12


@pytest.mark.parametrize(
    ("sizes", "kept", "reason"),
    [
        ((1000, 10, 10, 10, 10, 10, 10, 10), 1, "the small ones become one"),
        ((1000, 70, 10, 10, 10, 10, 10, 10), 1, "together they are still small beside the first"),
        ((1000, 600, 10, 10, 10, 10, 10, 10), 2, "the large ones stay"),
        ((10, 10, 10, 10, 10, 10, 10, 10), None, "none is large: all become one"),
    ],
)
def test_small_segments_are_merged_and_large_ones_stay(sizes: tuple[int, ...], kept: int | None, reason: str) -> None:
    parts = [f"{number:06}" for number in range(len(sizes))]
    files = {f"{part}/turns.npy": File(size, 0) for part, size in zip(parts, sizes, strict=True)}
    state = RecordState(change=1, changed="a", annotation=0, annotated=None)
    found = large_parts(Manifest(layout="1", made=state, turns=1, parts=parts, files=files))
    if kept is None:
        assert found is None, reason
    else:
        assert found is not None
        assert (found.parts, [*found.files]) == (parts[:kept], [*files][:kept]), reason


@pytest.mark.slow
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
    assert "1. reworded · about commitment, modality" in told
    assert "said before" in told
    assert "Said then and not now" in run("redline", str(page), "--against", "last")


def test_the_index_holds_every_sentence(desk: Desk) -> None:
    (segment,) = open_wordings(desk.folder, desk.record).segments
    spoken = [turn.text[a:b] for turn in desk.turns() for a, b in sentences(turn.text)]
    assert len(segment) == len([sentence for sentence in spoken if words(sentence)])
