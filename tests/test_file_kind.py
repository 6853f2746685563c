"""Formats without a reader are refused by name; transcripts that resemble them are read. All texts are invented."""

from __future__ import annotations

import io
import zipfile

import pytest

import onrecord
from growth import LIMIT, growth
from onrecord.errors import NotAStatement, NotText
from onrecord.reading.file_kind import kind_of_text

REFUSED = [
    ('{"title": "Briefing", "pages": [{"author": "Holm", "lines": 4}]}', "JSON"),
    ("{\\rtf1\\ansi HOLM: It is so today.\\par}", "RTF"),
    ("<?xml version='1.0'?><minutes><p>It is so today.</p></minutes>", "XML"),
    ("<?xml version='1.0'?><!-- a sitting --><TEI><text><p>It is so today.</p></text></TEI>", "TEI"),
    ("<!doctype html><html><p>It is so.</p></html>\n" * 2, "several pages"),
    ("<minutes>\n<p>It is so today.</p>\n</minutes>\n", "XML"),
    ("<?xml version='1.0'?><urlset><url><loc>https://press.example.org/1</loc></url></urlset>", "sitemap"),
    ("BEGIN:VCALENDAR\nSUMMARY:Briefing\nDESCRIPTION:The Minister will speak about the port.\nEND:VCALENDAR", "calendar"),
    ("BEGIN:VCARD\nFN:Dana Holm\nNOTE:She speaks for the ministry today.\nEND:VCARD", "contacts"),
    ("\\documentclass{article}\n\\begin{document}\n\\textbf{HOLM:} It is so today.\n\\end{document}", "LaTeX"),
    ("['HOLM: It is so today.', 'BELL: Why?']", "list of strings"),
    ("---\ntitle: a\n---\n\nHOLM: It is so.\n\n---\ntitle: b\n---\n\nBELL: Why?\n", "several pages"),
    ("{{header\n | title = Briefing\n}}\n\'\'\'Holm:\'\'\' It will open in [[June]] this year.", "wiki page"),
    ("[Script Info]\n[Events]\nDialogue: 0,0:00:04.12,0:00:09.56,Default,Holm,0,0,0,,It is so today.", "subtitle"),
    ("-- MySQL dump\nINSERT INTO `turns` VALUES (1,'It is so today, he said.');", "SQL"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), REFUSED, ids=[case[1] for case in REFUSED])
def test_a_format_without_a_reader_is_refused_by_name(text: str, name: str) -> None:
    for house in (None, "plain"):
        with pytest.raises(NotAStatement, match=name) as raised:
            onrecord.read(text.encode(), house=house)
        assert raised.value.hint


READ = [
    ("<P>HOLM: It is so.</P>", "HTML without a document type"),
    ("HOLM: It is so [[sic]] today.", "two brackets in speech"),
    ("[Applause.]\n\nHOLM: It is so today.", "a bracket at the beginning"),
    ("Ports, ferries, lakes\n\nHOLM: It is so, as ever, today.", "commas in a headline and in speech"),
    ("From: Press Office\nTo: All\nSubject: Briefing\n\nHOLM: It is so today.", "a pasted mail without MIME headers"),
    ("00:00:04 HOLM: It is so today.\n00:00:09 BELL: Why is it so?", "times before labels"),
    ("<!doctype html><html><body><p>HOLM: It is so.</p></body></html>", "one page"),
]


@pytest.mark.parametrize(("text", "reason"), READ, ids=[case[1] for case in READ])
def test_what_resembles_them_is_none(text: str, reason: str) -> None:
    assert kind_of_text(text) is None


def test_a_zip_archive_is_named_by_what_it_holds() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(NotText, match="OpenDocument"):
        onrecord.read(packed.getvalue())


@pytest.mark.parametrize("unit", ["a b ", "a", ": a", "[", "<!-- ", "a: b\n", "港"])
@pytest.mark.slow
def test_a_long_text_takes_as_long_as_its_length(unit: str) -> None:
    def reads(size: int):  # type: ignore[no-untyped-def]
        text = (unit * size)[:size].encode()

        def work() -> None:
            try:
                onrecord.read(text, house="plain")
            except onrecord.OnRecordError:
                pass

        return work

    reads(100)()
    assert growth(reads, 60_000) < LIMIT
