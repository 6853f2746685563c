"""One person in two scripts: asking for either name finds both, by the table of people and by what the desk teaches.

The pages are the bundled examples, which are invented, and transcripts made here; of real people there are names alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.asking import AnswerFilters, TurnFilters, answers, facets, find
from onrecord.asking.same_people import names_of_people
from onrecord.desk import open_desk
from onrecord.errors import QueryError

EXAMPLES = Path(onrecord.__file__).parent / "houses/cn_mfa/examples"
PAGES = ("2021-05-09-en.shtml", "2021-05-09-zh.shtml")


def transcript(language: str, day: str, speaker: str) -> onrecord.Document:
    """An invented conference of one question and one answer."""
    year, month, date = day.split("-")
    if language == "zh":
        title = f"{year}年{int(month)}月{int(date)}日外交部发言人{speaker}主持例行记者会"
        said = (
            f"总台央视记者：轮渡航线今年会恢复吗？\n\n{speaker}：中日将恢复12条轮渡航线的合作。中方反对对茶叶加征关税。"
        )
    else:
        month = ("January", "February", "March", "April")[int(month) - 1]
        title = f"Foreign Ministry Spokesperson {speaker}'s Regular Press Conference on {month} {int(date)}, {year}"
        said = f"CCTV: Will the ferry line resume?\n\n{speaker}: China and Japan will resume 12 ferry lines this year."
    return onrecord.read(f"{title}\n\n{said}".encode())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people") / "desk"
    with open_desk(folder, write=True, create_new=True) as opened:
        for page in PAGES:  # Luo Qingchuan is invented: no table knows the name
            opened.add(onrecord.read(EXAMPLES / page))
        opened.add(transcript("en", "2021-03-01", "Wang Wenbin"))
        opened.add(transcript("zh", "2021-03-02", "汪文斌"))  # another day: the table alone tells
        opened.add(transcript("zh", "2021-03-03", "赵立坚"))  # in one script alone
    return folder


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("Wang Wenbin", {"en", "zh"}),  # both names stand in the table of people
        ("汪文斌", {"en", "zh"}),
        ("wang wenbin", {"en", "zh"}),  # whatever the case
        ("Luo Qingchuan", {"en", "zh"}),  # the two language versions of one day teach it
        ("罗晴川", {"en", "zh"}),
        ("Zhao Lijian", {"zh"}),  # the desk has the other name alone
    ],
)
def test_a_speaker_is_found_in_every_script(desk: Path, name: str, languages: set[str]) -> None:
    with onrecord.open(desk) as opened:
        found = find(opened, "", TurnFilters(speaker=(name,)))
        spoken = {opened.document(hit.document).language for hit in found.hits}
        assert spoken == languages
        assert answers(opened, AnswerFilters(speaker=(name,))).count > 0


def test_a_name_that_is_nobodys_is_an_error_that_offers_the_nearest(desk: Path) -> None:
    with onrecord.open(desk) as opened, pytest.raises(QueryError, match="speaker"):
        find(opened, "", TurnFilters(speaker=("Wang Wenbing",)))


def test_answers_and_facets_count_by_person_as_asking_finds_them(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        groups = {group.key: group for group in answers(opened, by="speaker").groups}
        assert {name for group in groups.values() for name in group.name.split(" / ")} >= {"Wang Wenbin", "汪文斌"}
        for key, group in groups.items():
            assert key is not None and answers(opened, AnswerFilters(speaker=(key,))).count == group.total
        for facet in facets(opened).fields["speaker"]:
            assert find(opened, "", TurnFilters(speaker=(facet.value,))).count == facet.count
        every = [name for facet in facets(opened).fields["speaker"] for name in facet.name.split(" / ")]
        assert len(every) == len(set(every)) == len(names_of_people(opened))


def test_where_several_people_speak_nothing_is_taught(tmp_path: Path) -> None:
    """In one language two people answer: which of them is the one of the other language is not known."""
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        both = transcript("en", "2021-03-01", "Ann Lighthouse")
        words = both.text + "\n\nTom Harbour: I agree."
        opened.add(onrecord.read(words.encode()))
        opened.add(transcript("zh", "2021-03-01", "安灯塔"))
        assert all(len(names) == 1 for names in names_of_people(opened).values())


def test_the_command_finds_the_other_script(desk: Path) -> None:
    words = [sys.executable, "-m", "onrecord.cli", "answers", "--speaker", "Wang Wenbin", "--type", "answer"]
    told = subprocess.run(
        [*words, "--desk", str(desk), "--format", "json"], capture_output=True, text=True, check=False
    )
    assert {row["speaker"] for row in json.loads(told.stdout)["rows"]} == {"Wang Wenbin", "汪文斌"}
