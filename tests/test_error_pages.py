"""Error pages and walls against programs are named; garbled text is read with a warning. All pages are invented."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.document_reader import Garbled
from onrecord.errors import NotAStatement


def page(title: str, heading: str, words: str) -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{heading}</h1><p>{words}</p></body></html>".encode()


SORRY = "The page that you are looking for is not here. It may have been moved, or you may not see it."
REFUSED = [
    (
        b"<html><head><title>Ministry</title></head><frameset cols='20%,80%'><frame src=a.html></frameset>"
        b"<noframes>Your browser shows no frames, they say.</noframes></html>",
        "frames",
    ),
    (page("Page not found | Ministry of Lakes", "Sorry", SORRY), "not found"),
    (page("Ministry of Lakes", "404", SORRY), "not found"),
    (page("Ministère des Lacs", "Page introuvable", SORRY), "not found"),
    (page("湖泊部", "您访问的页面不存在", "请返回首页，或者使用搜索功能查找您需要的内容。"), "not found"),
    (
        page(
            "Access Denied", "Access Denied", "You don't have permission to see it on this server. Reference 18.5d1c."
        ),
        "wall",
    ),
    (
        page(
            "Just a moment...", "press.example.org", "Checking that the connection is secure. It takes a few seconds."
        ),
        "wall",
    ),
    (
        page(
            "503 Service Temporarily Unavailable", "503 Service Temporarily Unavailable", "The server is not there now."
        ),
        "failed",
    ),
]


@pytest.mark.parametrize(("data", "name"), REFUSED, ids=[case[0].decode()[48:76] for case in REFUSED])
def test_a_page_that_says_it_is_none_is_refused_by_name(data: bytes, name: str) -> None:
    with pytest.raises(NotAStatement, match=name) as raised:
        onrecord.read(data, house="plain")
    assert raised.value.hint


def test_a_statement_on_access_is_read() -> None:
    data = page(
        "Access denied", "Access denied", "MINISTER HOLM: " + "Ships of the lakes are denied access to the port. " * 40
    )
    assert len(onrecord.read(data, house="plain").turns) == 1
    data = page(
        "Access to the port: forbidden for ships", "A statement", "MINISTER HOLM: Ships are denied access to the port."
    )
    assert len(onrecord.read(data, house="plain").turns) == 1


def test_garbled_text_is_read_with_a_warning() -> None:
    words = "QUESTION: Why?\n\nHOLM: It’s open — that’s all. “Soon”, it’s said."
    with pytest.warns(Garbled, match="garbled"):
        onrecord.read(words.encode().decode("cp1252", "ignore").encode(), house="plain")
