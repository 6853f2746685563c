"""Two language versions of one statement: what is paired, what is told as left out, and where one is softer.

The pages are the bundled examples, which are invented, and texts made here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.asking import language_versions, learn_word_table, renderings
from onrecord.comparing.language_versions import align_versions, are_versions
from onrecord.comparing.learning import learn
from onrecord.comparing.left_out import settle, share
from onrecord.comparing.sentence_pairs import Sentence, Shared, Step, align
from onrecord.comparing.units import units
from onrecord.comparing.word_table import bundled, empty, load
from onrecord.comparing.wording import Change, wording
from onrecord.errors import LexiconError, QueryError

EXAMPLES = Path(onrecord.__file__).parent / "houses/cn_mfa/examples"
ENGLISH, CHINESE = EXAMPLES / "2021-05-09-en.shtml", EXAMPLES / "2021-05-09-zh.shtml"


def transcript(language: str, *turns: tuple[str, str]) -> onrecord.Document:
    """An invented conference of labelled turns."""
    title = {
        "en": "Foreign Ministry Spokesperson Luo Qingchuan's Regular Press Conference on May 9, 2021",
        "zh": "2021年5月9日外交部发言人罗晴川主持例行记者会",
    }[language]
    mark = {"en": ": ", "zh": "："}[language]
    return onrecord.read((title + "\n\n" + "\n\n".join(who + mark + said for who, said in turns)).encode())


QUESTION = (("CCTV", "Will the ferry line resume this year?"), ("总台央视记者", "轮渡航线今年会恢复吗？"))
ANSWER = (
    (
        "Luo Qingchuan",
        "China and Japan will resume cooperation on 12 ferry lines. China firmly opposes tariffs on tea.",
    ),
    ("罗晴川", "中日将恢复12条轮渡航线的合作。中方坚决反对对茶叶加征关税。"),
)
MORE = (
    ("Reuters", "What is the result of the consultations with Australia on trade and investment?"),
    ("路透社记者", "同澳大利亚就贸易和投资问题进行的磋商结果如何？"),
)
LAST = (
    ("Luo Qingchuan", "The two sides held consultations and agreed to strengthen trade cooperation."),
    ("罗晴川", "双方进行了磋商，同意加强贸易合作。"),
)


def words(document: onrecord.Document, spans: tuple[tuple[int, int], ...]) -> str:
    return " ".join(document.text[start:end] for start, end in spans)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("cooperation cooperate", ["cooper", "cooper"]),  # a stem stands for the forms of a word
        ("坚决反对", ["坚决", "决反", "反对"]),  # Han characters by twos, since words are not divided
        ("1.5亿 and 150 million", ["#150000000", "and", "#150000000"]),  # numbers by their value
        ("8月20日", ["#8", "8月", "#20", "20日"]),  # a month is a word in other languages
        ("G20峰会", ["g20", "峰会"]),
    ],
)
def test_the_units_by_which_texts_are_compared(text: str, keys: list[str]) -> None:
    found = units(text)
    assert [unit.key for unit in found] == keys
    assert all(0 <= unit.start < unit.end <= len(text) for unit in found)


def test_the_bundled_examples_of_one_day_are_aligned_turn_by_turn() -> None:
    one, other = onrecord.read(ENGLISH), onrecord.read(CHINESE)
    found = are_versions(one, other)
    assert found is not None
    spans = [[(turn.start, turn.end) for turn in document.turns] for document in (one, other)]
    assert [(pair.one[0][0], pair.other[0][0]) for pair in found.turns] == [
        (a[0], b[0]) for a, b in zip(*spans, strict=True)
    ]
    ferry = next(pair for pair in found.sentences if "Shanghai and Nagasaki" in words(one, pair.one))
    assert words(other, ferry.other) == "中日双方仍愿恢复上海至长崎的旅游轮渡航线。"


def test_a_turn_that_one_version_lacks_is_told_and_nothing_else() -> None:
    """An exchange is missing in the Chinese: the turns after it still pair."""
    one = transcript("en", QUESTION[0], ANSWER[0], MORE[0], LAST[0])
    other = transcript("zh", QUESTION[1], ANSWER[1])
    found = align_versions(one, other)
    alone = [pair for pair in found.turns if not pair.other]
    assert [words(one, pair.one) for pair in alone] == [MORE[0][1], LAST[0][1]]
    assert not [pair for pair in found.turns if not pair.one]


def test_what_stands_in_another_order_is_paired_as_moved() -> None:
    one = transcript("en", QUESTION[0], ANSWER[0], MORE[0], LAST[0])
    other = transcript("zh", MORE[1], LAST[1], QUESTION[1], ANSWER[1])
    found = align_versions(one, other)
    pairs = {words(one, pair.one): words(other, pair.other) for pair in found.sentences if pair.one and pair.other}
    assert pairs[LAST[0][1]] == LAST[1][1]
    assert any(pair.moved for pair in found.sentences)


def test_a_word_of_degree_without_a_counterpart_makes_a_version_softer() -> None:
    """坚决反对 is usually "firmly opposes"; "opposes" alone is a step down the ladder."""
    softer = ("Luo Qingchuan", ANSWER[0][1].replace("firmly opposes", "opposes"))
    for answer, expected in ((ANSWER[0], "same"), (softer, "softer")):
        one, other = transcript("en", QUESTION[0], answer), transcript("zh", QUESTION[1], ANSWER[1])
        tariffs = next(pair for pair in align_versions(one, other).sentences if "tariffs" in words(one, pair.one))
        assert tariffs.wording == expected
        assert bool(tariffs.changes) == (expected != "same")


@pytest.mark.parametrize(
    ("english", "chinese", "changes"),
    [
        # the same firmness on both sides; the steps below it differ
        (
            "We urge Japan to immediately stop the tariffs on tea.",
            "我们奉劝日方立即停止对茶叶加征关税。",
            [("urge", "奉劝", True)],
        ),
        # one version alone stands on a ladder: said, but not for certain
        (
            "China and Japan will resume 12 ferry lines.",
            "中日将恢复12条轮渡航线，中方表示强烈谴责。",
            [("强烈谴责", None, False)],
        ),
    ],
)
def test_what_may_be_softer_or_harder_on_a_ladder(
    english: str, chinese: str, changes: list[tuple[str, str | None, bool]]
) -> None:
    assert [(one.words, one.instead, one.certain) for one in changes_of(english, chinese) if one.ladder] == changes


def changes_of(english: str, chinese: str) -> list[Change]:
    one = transcript("en", QUESTION[0], ("Luo Qingchuan", english))
    other = transcript("zh", QUESTION[1], ("罗晴川", chinese))
    return [change for pair in align_versions(one, other).sentences for change in pair.changes]


@pytest.mark.parametrize(
    ("english", "claimed"),
    [
        ("Japan will resume the cooperation on 12 ferry lines.", ["立即"]),  # nothing stands for it
        ("Japan will promptly resume the cooperation on 12 ferry lines.", []),  # another word of degree may
        ("Japan will immediately resume the cooperation on 12 ferry lines.", []),  # its usual counterpart
    ],
)
def test_a_word_of_degree_is_lacking_where_no_other_may_stand_for_it(english: str, claimed: list[str]) -> None:
    assert [
        one.words for one in changes_of(english, "日方将立即恢复12条轮渡航线的合作。") if one.sign == "degree"
    ] == claimed


@pytest.mark.parametrize(
    ("weaker", "expected"), [((), "same"), ((0,), "softer"), ((1,), "harder"), ((0, 1), "differs"), ((0, 0), "softer")]
)
def test_the_wording_is_told_of_the_first_version(weaker: tuple[int, ...], expected: str) -> None:
    assert wording([Change(sign="degree", weaker=side, words="x") for side in weaker]) == expected


def test_accounts_of_two_sides_are_no_language_versions() -> None:
    readout = onrecord.read(EXAMPLES.parents[1] / "us_whitehouse/examples/2021-05-08-readout.md")
    assert are_versions(readout, onrecord.read(EXAMPLES / "2021-05-08-account-zh.shtml")) is None
    assert are_versions(readout, readout) is None  # one language


KEYS = st.lists(st.sampled_from(["#1", "#2", "#3", "tea", "lamp", "boat"]), max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(KEYS, max_size=9), st.lists(KEYS, max_size=9))
def test_every_sentence_is_in_one_step_and_the_steps_go_forward(one: list[list[str]], other: list[list[str]]) -> None:
    steps = align(Shared((sentences(one), sentences(other)), empty(("en", "fr"))))
    assert [at for step in steps for at in range(step.one, step.one_end)] == list(range(len(one)))
    assert [at for step in steps for at in range(step.other, step.other_end)] == list(range(len(other)))
    assert all((a.one_end, a.other_end) == (b.one, b.other) for a, b in pairwise(steps))
    assert all(0 <= step.shared <= 1 + 1e-6 for step in steps)


@pytest.mark.parametrize(
    ("alone", "joined", "expected"),
    [
        (
            ["#2"],
            ["#2", "#3"],
            [(0, 1, 0, 1), (1, 2, 1, 2)],
        ),  # the join has hardly a word of it: it belongs to what is left out
        (["#2"], ["tea", "lamp", "#2"], [(0, 1, 0, 1), (1, 2, 1, 2)]),  # the join says as much without it
        (["coal"], ["tea", "lamp"], [(0, 1, 0, 2), (1, 2, 2, 2)]),  # the two share nothing: it stays left out
    ],
)
def test_a_sentence_is_taken_from_a_join_for_one_that_is_left_out_beside_it(
    alone: list[str], joined: list[str], expected: list[tuple[int, int, int, int]]
) -> None:
    shared = Shared(
        (sentences([["tea", "lamp", "#1"], alone]), sentences([["tea", "lamp", "#1"], joined])), empty(("en", "fr"))
    )
    join = Step(0, 1, 0, 2, 0.0)
    settled = settle(shared, [join._replace(shared=share(shared, join)), Step(1, 2, 2, 2, 0.0)])
    assert [tuple(one.step[:4]) for one in settled] == expected


def sentences(keys: list[list[str]]) -> list[Sentence]:
    found = []
    for at, some in enumerate(keys):
        said = tuple(units(" ".join(key.removeprefix("#") for key in some), at * 100))
        found.append(Sentence(at * 100, at * 100 + 99, said, at // 2, at % 2 == 1))
    return found


def test_a_table_is_learnt_from_what_stands_together() -> None:
    """Each passage has two words of five; only their translations always stand with them."""
    pairs = [("tea", "茶叶"), ("lamp", "灯塔"), ("boat", "轮渡"), ("coal", "煤炭"), ("bread", "面包")]
    passages = [([a[0], b[0]], [a[1], b[1]]) for a in pairs for b in pairs if a != b]
    table = learn(("en", "zh"), passages)
    assert {word: max(some, key=lambda key: some[key]) for word, some in table.partners.items()} == dict(pairs)


def test_a_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    table = learn(("en", "zh"), [(["tea", "lamp"], ["茶叶", "灯塔"])] * 5 + [(["tea"], ["茶叶"])] * 5)
    (tmp_path / "en-zh.csv").write_text(table.to_csv(), encoding="utf-8")
    again = load(tmp_path / "en-zh.csv")
    assert again.to_csv() == table.to_csv()
    (tmp_path / "en-zh.csv").write_text("language,word,weight,found,partners\nen,tea,1,2,\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="two languages"):
        load(tmp_path / "en-zh.csv")


def test_the_bundled_table_works_in_both_directions() -> None:
    assert bundled("en", "zh").partners["cooper"]["合作"] > 0.8
    assert bundled("zh", "en").partners["合作"]["cooper"] > 0.8
    assert not bundled("en", "tlh").partners


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "desk"
    with onrecord.open(folder, write=True, create_new=True) as opened:
        for page in (ENGLISH, CHINESE, EXAMPLES / "2019-11-10-en.shtml"):
            opened.add(onrecord.read(page))
    return folder


def test_the_desk_knows_the_other_version_of_a_statement(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        rows = {(row.day, row.language): row.id for row in opened.rows()}
        english, chinese = rows["2021-05-09", "en"], rows["2021-05-09", "zh"]
        assert [row.id for row in language_versions(opened, english)] == [chinese]
        assert [row.id for row in language_versions(opened, chinese)] == [english]
        assert language_versions(opened, rows["2019-11-10", "en"]) == ()


def test_the_renderings_of_a_phrase_with_their_places(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        found = renderings(opened, "反对")
        assert (found.uses, found.unpaired, found.documents) == (1, 0, 1)
        (one,) = found.renderings
        (use,) = one.uses
        assert one.words == "opposes" and one.years == {"2021": 1}
        assert opened.document(use.document).text[use.start : use.end] == "反对"
        assert opened.document(use.other).text[use.other_start : use.other_end] == "opposes"
        assert renderings(opened, "opposes").renderings[0].words == "反对"
        assert renderings(opened, "no such words here").uses == 0


def test_without_two_languages_there_is_nothing_to_learn_from(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "desk", write=True, create_new=True) as opened:
        opened.add(onrecord.read(ENGLISH))
        with pytest.raises(QueryError, match="no statement in two languages"):
            renderings(opened, "opposes")
        with pytest.raises(QueryError, match="both"):
            learn_word_table(opened, "en", "zh")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "onrecord.cli", *words], capture_output=True, text=True, check=False)


def test_the_command_prints_what_other_tools_rely_on(desk: Path) -> None:
    told = json.loads(run("compare", str(ENGLISH), str(CHINESE), "--format", "json").stdout)
    assert told["kind"] == "versions"
    assert "will visit New Zealand" in told["en"]["text"] and "新西兰" in told["zh"]["text"]
    assert {"en", "zh"} <= set(told["turns"][0])
    assert {"en", "zh", "wording", "shared", "moved", "changes"} <= set(told["sentences"][0])
    shown = run("compare", str(ENGLISH), str(CHINESE), "--whole")
    assert "20 turns" in shown.stdout and "长崎" in shown.stdout
    listed = run("renderings", "反对", "--desk", str(desk))
    assert "opposes" in listed.stdout and "1 uses" in listed.stdout
    assert run("renderings", "没有这句话", "--desk", str(desk)).returncode == 1


def test_three_documents_are_no_language_versions() -> None:
    failed = run("compare", str(ENGLISH), str(CHINESE), str(ENGLISH), "--as", "versions")
    assert failed.returncode == 1 and "NotComparable" in failed.stderr


@pytest.mark.parametrize("day", ["2019-08-20", "2020-07-01"])
def test_the_turns_of_labelled_days_are_paired_without_a_fault(shared: Path, day: str) -> None:
    gold = json.loads((shared / f"gold/twins/{day}.json").read_text(encoding="utf-8"))
    one, other = (onrecord.read(shared / "data" / gold[language]) for language in ("en", "zh"))
    found = align_versions(one, other)
    told = [(len(pair.one), len(pair.other)) for pair in found.turns]
    assert sorted(told) == sorted((len(pair["en"]), len(pair["zh"])) for pair in gold["turns"])


def test_a_single_sentence_without_a_counterpart_is_never_claimed_as_left_out() -> None:
    """It may be rendered so freely that no word is found; a whole turn is claimed."""
    longer = ("Luo Qingchuan", ANSWER[0][1] + " Patience is a virtue of gardeners and of bakers alike.")
    one = transcript("en", QUESTION[0], longer, MORE[0], LAST[0])
    other = transcript("zh", QUESTION[1], ANSWER[1])
    alone = {words(one, pair.one): pair.certain for pair in align_versions(one, other).sentences if not pair.other}
    assert alone.get(MORE[0][1]) is True
    assert alone.get("Patience is a virtue of gardeners and of bakers alike.", False) is False
