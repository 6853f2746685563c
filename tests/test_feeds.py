"""Items of news feeds: their day, their article, and that an item reads as the page does.

All words here are invented, but for the last test, which compares real items with the same texts kept as Markdown.
"""

from __future__ import annotations

import json
import re
import tarfile
from pathlib import Path

import pytest

import onrecord
from onrecord.reading.dates import day_of_stamp
from onrecord.record import Document, fold

HEAD = (
    "<item><title>On the Lighthouse</title><link>https://www.state.gov/on-the-lighthouse/</link>"
    "<dc:creator><![CDATA[Marian Holloway, Spokesperson]]></dc:creator><pubDate>{stamp}</pubDate>"
    "<description><![CDATA[<p>The lamp is lit.</p>]]></description>"
)
ARTICLE = "<p>The lamp of Port Aurel is lit again.</p>"


def item(article: str = ARTICLE, stamp: str = "Mon, 14 Mar 2022 21:04:21 +0000") -> str:
    return f"{HEAD.format(stamp=stamp)}<content:encoded><![CDATA[{article}]]></content:encoded></item>"


DAYS = [
    ("Mon, 14 Mar 2022 21:04:21 +0000", "2022-03-14", "the afternoon in Washington"),
    ("Tue, 15 Mar 2022 01:30:00 +0000", "2022-03-14", "late in the evening in Washington, the next day in Greenwich"),
    ("Tue, 15 Mar 2022 04:01:00 +0000", "2022-03-15", "a minute past midnight, in summer time"),
    ("Tue, 15 Feb 2022 04:01:00 +0000", "2022-02-14", "the same an hour earlier in winter"),
    ("Mon, 14 Mar 2022 21:04:21", "2022-03-14", "a stamp without a zone is believed"),
    ("soon", None, "no stamp"),
    ("Mon, 99 Mar 2022 21:04:21 +0000", None, "no day"),
]


@pytest.mark.parametrize(("stamp", "day", "why"), DAYS, ids=[case[2] for case in DAYS])
def test_the_day_of_publication_is_the_issuers(stamp: str, day: str | None, why: str) -> None:
    published = day_of_stamp(stamp, "America/New_York")
    assert (published.isoformat() if published else None) == day
    assert onrecord.read(item(stamp=stamp).encode()).date == day


def test_an_article_that_begins_without_a_tag_is_read() -> None:
    document = onrecord.read(item("The lamp of <span>Port Aurel</span> is lit again.").encode())
    assert [fold(turn.text) for turn in document] == ["The lamp of Port Aurel is lit again."]


@pytest.mark.parametrize(
    "article",
    [
        "<ul><li>The lamp of Port&nbsp;Aurel is lit again.</li></ul>",
        "<blockquote>The lamp of Port&#160;Aurel is lit again.</blockquote>",
    ],
    ids=["a list alone", "a quotation alone"],
)
def test_an_article_without_a_paragraph_is_markup_all_the_same(article: str) -> None:
    assert [fold(turn.text) for turn in onrecord.read(item(article).encode())] == [
        "The lamp of Port Aurel is lit again."
    ]


def test_an_item_is_of_the_site_that_it_names() -> None:
    document = onrecord.read(item().replace("www.state.gov", "www.whitehouse.gov").encode())
    assert document.heading.house == "us-whitehouse"


def test_the_summary_is_no_speech() -> None:
    document = onrecord.read(item().encode())
    assert [turn.text for turn in document] == ["The lamp of Port Aurel is lit again."]
    assert document.heading.address == "https://www.state.gov/on-the-lighthouse/"


PAIRS_TRIED = 8


@pytest.mark.slow
def test_real_items_read_as_the_same_texts_in_markdown(shared: Path) -> None:
    """Texts that were kept from the feed and again from the site: the same turns by the same persons in the same order.

    What differs between the two are words edited after publication.
    """
    folder, items = shared / "data/us-whitehouse", shared / "data/us-whitehouse-rss"
    rows = (items / "same-as-markdown.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(row) for row in rows][::PAIRS_TRIED]
    wanted = {pair["rss_items"][-1] for pair in pairs} | {pair["md"] for pair in pairs}
    held = _members(items / "items.tar.xz", wanted) | _members(folder / "more.tar.xz", wanted)
    held |= {name: (folder / name).read_bytes() for name in wanted if (folder / name).is_file()}
    compared = [
        (onrecord.read(held[pair["md"]]), onrecord.read(held[pair["rss_items"][-1]]))
        for pair in pairs
        if pair["md"] in held and pair["rss_items"][-1] in held
    ]
    assert len(compared) > 100
    same = [_speakers(page) == _speakers(fed) for page, fed in compared]
    assert sum(same) / len(same) >= 0.995
    words = [_words(page) == _words(fed) for page, fed in compared]
    assert sum(words) / len(words) >= 0.94  # edited afterwards: 59 of 1,600


def _members(archive: Path, wanted: set[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with tarfile.open(archive) as members:
        for member in members:
            if member.name in wanted and (file := members.extractfile(member)) is not None:
                found[member.name] = file.read()
    return found


def _speakers(document: Document) -> list[tuple[str, str | None, str | None]]:
    return [(turn.kind, turn.speaker, turn.outlet) for turn in document]


def _words(document: Document) -> list[str]:
    return [re.sub(r"[\s\"'“”‘’*]+", "", fold(turn.text)) for turn in document]
