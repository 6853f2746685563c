"""What is passed on: pages that run nothing, charts that say what they count."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import onrecord
from onrecord.asking import redline, trace
from onrecord.desk import Desk, open_desk
from onrecord.sharing.charts import timeline_svg
from onrecord.sharing.redline_page import redline_html


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
def test_a_timeline_says_what_it_counts(desk: Desk) -> None:
    svg = timeline_svg(trace(desk, "We will build a canal with Ruritania and open it to all"))
    words = " ".join(ET.fromstring(svg).itertext())
    assert "We will build a canal" in words
    assert "2018" in words
    assert "cn-mfa 2 (2018-02-03 to 2020-01-15" in words
    assert "undated documents are left out" in words
