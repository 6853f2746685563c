"""What is passed on: pages that run nothing, charts that say what they count."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.asking import redline, trace
from onrecord.desk import Desk, open_desk
from onrecord.sharing.charts import timeline_svg
from onrecord.sharing.redline_page import redline_html
from onrecord.sharing.tables import spreadsheet_safe, write_rows


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        for day, said in (
            ("2018-02-03", "We will build a canal with Ruritania and open it to all."),
            ("2020-01-15", "We intend to build a canal with Ruritania and open it to all."),
        ):
            text = (
                f"Excerpt of Foreign Ministry Regular Press Conference on {day}\n\nCCTV: Well?\n\nGeng Shuang: {said}"
            )
            opened.add(onrecord.read(text.encode()))
        yield opened


def test_a_redline_page_shows_the_change_and_runs_nothing(desk: Desk) -> None:
    hostile = (
        "Excerpt of Foreign Ministry Regular Press Conference on 2021-05-05\n\nCCTV: Well?\n\n"
        "Geng Shuang: We may build a canal with Ruritania and open it to all. They wrote <script>alert('x')</script> to all of us."
    )
    page = redline_html(redline(desk, onrecord.read(hostile.encode())))
    assert "<del>intend to</del> <ins>may</ins>" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert not re.findall(r"(?:src|href)\s*=", page)


@pytest.mark.usefixtures("charts")
@pytest.mark.slow
def test_a_timeline_says_what_it_counts(desk: Desk) -> None:
    svg = timeline_svg(trace(desk, "We will build a canal with Ruritania and open it to all"))
    words = " ".join(ET.fromstring(svg).itertext())
    assert "We will build a canal" in words
    assert "2018" in words
    assert "cn-mfa 2 (2018-02-03 to 2020-01-15" in words
    assert "undated documents are left out" in words


CELLS = [
    # what a row holds, what stands in the file, and why
    ('=HYPERLINK("http://outside.example")', '\'=HYPERLINK("http://outside.example")', "a formula of a hostile page"),
    ("+1 (202) 555-0100", "'+1 (202) 555-0100", "a spreadsheet would subtract"),
    ("-2+3", "'-2+3", "a formula too"),
    ("@SUM(A1)", "'@SUM(A1)", "an old form of a function"),
    ("\t=1", "'\t=1", "what spreadsheets skip in front"),
    ("\r=1", "'\r=1", "and this"),
    ("＝1+1", "'＝1+1", "what an East Asian keyboard writes"),
    ("-3", "-3", "a number stays a number"),
    ("+1.5e3", "+1.5e3", "in any notation"),
    (-3, "-3", "and so does one that never was words"),
    (0.25, "0.25", "whatever its kind"),
    (None, "", "nothing"),
    ("China = Ruritania", "China = Ruritania", "further on a sign is only a sign"),
    (("=1", "b"), "'=1|b", "several values in a cell are one cell"),
    (("a", "=1"), "a|=1", "of which only the start counts"),
]


@pytest.mark.parametrize(("value", "cell", "why"), CELLS, ids=[case[-1] for case in CELLS])
def test_no_cell_of_a_table_is_a_formula(value: object, cell: str, why: str) -> None:
    out = io.StringIO(newline="")
    write_rows([{"words": value}], out)
    assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == [cell], why


@given(st.text(max_size=20))
def test_a_cell_is_the_words_with_at_most_an_apostrophe_in_front(words: str) -> None:
    assert spreadsheet_safe(words) in (words, f"'{words}")
    assert spreadsheet_safe(words)[:1] not in tuple("=@＝＠\t\r")
