"""News outlets: what is printed finds one id, whatever the house, the language and the printer's habits."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.errors import LexiconError
from onrecord.lexicon.outlets import by_id, known_names, load, outlet_ids, outlets

HEAD = "id,name,name_zh,aliases,language,country,qid,kind,part_of\n"

PRINTED = [
    ("CCTV", "cctv", "the plain name"),
    ("总台央视", "cctv", "the Chinese name as labels shorten it"),
    ("中央广播电视总台央视", "cctv", "and in full"),
    ("《环球时报》记者", "global-times", "brackets and the word for reporter"),
    ("路透社记者追问", "reuters", "a follow-up in the label"),
    ("R euters", "reuters", "a space lost inside a name"),
    ("agence france-presse", "afp", "small letters, a hyphen"),
    ("法新社", "afp", "the same agency in Chinese"),
    ("the AP", "ap", "an article that the table leaves out"),
    ("The Paper", "the-paper", "an article that is part of the name"),
    ("Wall Street Journal", "wall-street-journal", "an article left out"),
    ("俄通—塔斯社", "tass", "a dash between Han characters"),
    ("日本《读卖新闻》", "yomiuri", "a country before a name in brackets"),
    ("UOL of Brazil", "uol", "a country behind it"),
    ("Brazil’s O Globo", "o-globo", "a country's genitive before it"),
    ("Indonesian Kompas", "kompas", "an adjective before it"),
    ("Süddeutsche Zeitung", "sueddeutsche", "an accent"),
    ("Suddeutsche Zeitung", "sueddeutsche", "the accent left out"),
    ("Press Trust of India (PTI)", "pti", "an abbreviation in brackets"),
    ("ABC", "abc-news", "a name that several share goes to the one that is usually meant"),
    ("ABC Australia", "abc-australia", "and with its country to the other"),
    ("今日俄罗斯", "rt", "the television, as the English pages have it"),
    ("今日俄罗斯通讯社", "rossiya-segodnya", "and the agency of the same name"),
    ("美国《环球时报》", None, "a country that is not the outlet's own"),
    ("Brazilian Reuters", None, "the same in English"),
    ("路透社、彭博社", None, "two outlets asking together have no one id"),
    ("Radio Nowhere", None, "nobody knows it"),
    ("半岛", None, "a word that is also an outlet's short name is no label of it: the Peninsula"),
    ("Time", None, "the same in English: Time: 15:00"),
    ("", None, "nothing"),
    ("记者", None, "only the word for reporter"),
]


@pytest.mark.parametrize(("printed", "expected", "reason"), PRINTED, ids=[case[2] for case in PRINTED])
def test_printed_names(printed: str, expected: str | None, reason: str) -> None:
    assert outlet_ids()(printed) == expected


def test_every_name_in_the_table_finds_its_own_row() -> None:
    find = outlet_ids()
    assert {name: find(name) for outlet in outlets() for name in outlet.names} == {
        name: outlet.id for outlet in outlets() for name in outlet.names
    }
    assert {find(name) for name in known_names()} == {outlet.id for outlet in outlets()}


@given(
    st.sampled_from(sorted(known_names())),
    st.sampled_from([str.upper, str.lower, str.title, "  {} ".format, "《{}》".format]),
)
def test_case_space_and_brackets_never_matter(name, printed) -> None:
    assert outlet_ids()(printed(name)) == outlet_ids()(name)


@given(st.text())
def test_any_text_is_looked_up_without_harm(words: str) -> None:
    found = outlet_ids()(words)
    assert found is None or by_id(found) is not None


def test_a_row_by_its_id() -> None:
    reuters = by_id("reuters")
    assert reuters is not None
    assert (reuters.name, reuters.name_zh, reuters.country, reuters.qid, reuters.kind) == (
        "Reuters",
        "路透社",
        "GB",
        "Q130879",
        "agency",
    )
    assert by_id("nowhere") is None


def test_a_wikidata_item_belongs_to_one_outlet() -> None:
    assert {qid: n for qid, n in Counter(o.qid for o in outlets() if o.qid).items() if n > 1} == {}


WRONG = [
    ("a,A,,,en,US,,agency,\na,B,,,en,US,,agency,\n", "row 3: the id 'a' occurs twice", "an id twice"),
    ("a,A,,Daily,en,US,,agency,\nb,B,,The Day|daily,en,US,,agency,\n", "row 3: the name 'daily' stands for both 'a' and 'b'", "a name of two outlets"),
    ("a,A,,,en,USA,,agency,\n", "row 2: country 'USA' is not", "three letters for a country"),
    ("a,A,,,English,US,,agency,\n", "row 2: language 'English' is not", "a language in words"),
    ("a,A,,,en,US,130879,agency,\n", "row 2: qid '130879' is not", "a Wikidata item without its Q"),
    ("a,A,,,en,US,,paper,\n", "row 2: kind 'paper' is not", "a kind of its own making"),
    ("A b,A,,,en,US,,agency,\n", "row 2: id 'A b' is not", "an id that cannot stand in an address"),
    ("a,,,,en,US,,agency,\n", "row 2: name '' is not", "no name"),
    ("a,A,,x||y,en,US,,agency,\n", "row 2: aliases", "a bar too many"),
    ("a,A,,,en,US,,agency,b\n", "row 2: 'a' is part of 'b'", "a part of nothing"),
    ("a,A,,,en,US\n", "row 2: a row has 9 columns, this one 6", "columns lost"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "message", "reason"), WRONG, ids=[case[2] for case in WRONG])
def test_a_wrong_table_is_refused_and_the_row_named(tmp_path: Path, rows: str, message: str, reason: str) -> None:
    table = tmp_path / "outlets.csv"
    table.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(message)):
        load(table)


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """With a byte order mark, carriage returns, quoted cells and an empty row at the end."""
    table = tmp_path / "outlets.csv"
    table.write_bytes(
        b"\xef\xbb\xbf" + (HEAD + '"a","A, the paper",,"B|C",en,US,,agency,\n\n').replace("\n", "\r\n").encode()
    )
    assert load(table).outlets[0].names == ("A, the paper", "B", "C")


def test_a_table_without_its_head_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "outlets.csv"
    table.write_text("a,A,,,en,US,,agency,\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="first row must be id,name"):
        load(table)


def test_nearly_every_outlet_that_the_real_pages_name_has_an_id(shared: Path) -> None:
    named: Counter[str] = Counter()
    for folder in ("en", "zh", "zh-2020"):
        for page in sorted((shared / "data/cn-mfa" / folder).glob("*.shtml"))[::8]:
            named.update(turn.outlet for turn in onrecord.read(page) if turn.outlet)
    known = sum(count for name, count in named.items() if outlet_ids()(name))
    assert known >= 0.99 * sum(named.values()) > 100, [name for name in named if not outlet_ids()(name)]
