"""A page of an issuer's site gives the same turns as its item in the feed, whatever stands around the words. All is invented."""

from __future__ import annotations

import warnings

import pytest

from onrecord.captures.opening import Opened, capture_of
from onrecord.desk.versions import wording_digests
from onrecord.reader import read_opened
from onrecord.record import Document

WORDS = {
    "a statement": "<p>The Minister spoke today with her counterpart of Ruritania.</p><p>They discussed the ferry line, and agreed to "
    "meet again in the spring.</p><p>The full text is here:</p><p><a href='/text/'>https://www.example.gov/text/</a></p>",
    "a transcript": "<p><strong>MR LAMP:</strong> Good afternoon. I have one thing at the top.</p><p><strong>QUESTION:</strong> "
    "What of the ferry line?</p><p><strong>MR LAMP:</strong> We continue to work on it. Thank you.</p>",
    "a briefing": "<p>MR. LAMP:  Good afternoon.  I have one thing at the top.</p><p>Q    What of the ferry line?</p><p>MR. LAMP:  We "
    "continue to work on it.</p><p>Q    Thank you.</p><p>MR. LAMP:  Thank you all.</p>",
}
TITLE = "Press Briefing on the Ferry Line"
RELATED = (
    '<aside class="related"><h2>Related Posts</h2><ul><li><a href="/a/">A Visit to the Lake District of Arcadia</a></li><li>'
    '<a href="/b/">The Tea Fair Opens</a></li></ul></aside>'
)
FOOT = "<footer><p>Copyright and privacy. Write to the web master of this site if a page is wrong.</p></footer>"
#: Layouts of a site, before and after it was made anew; the day is in the metadata, in the markup, or printed.
LAYOUTS = {
    "metadata": (
        '<!DOCTYPE html><html lang="en-US"><head><title>{title} - Example Department</title><link rel="canonical" href="{url}"/>'
        '<meta property="article:published_time" content="2031-05-06T14:00:00+00:00"/></head><body><header><nav><ul><li>'
        '<a href="/news/">News</a></li><li><a href="/contact/">Contact</a></li></ul></nav></header><main><h1>{title}</h1>'
        '<div class="entry-content">{words}</div></main>' + RELATED + FOOT + "</body></html>"
    ),
    "markup": (
        '<html><head><title>{title}</title></head><body><header><a href="/">Home</a></header><article><h1>{title}</h1>'
        '<time datetime="2031-05-06T14:00:00+00:00">May 6, 2031</time><div>{words}</div></article>' + FOOT + "</body></html>"
    ),
    "printed": (
        "<!doctype html><html><head><title>Department | {title}</title></head><body><div id=app><div class=topbar>"
        "<a href=/news/>All news</a></div><article><div class=meta><span>06 May 2031</span></div><h1><span>{title}</span></h1>"
        '<section class="body-copy"><div>{words}</div></section></article>' + RELATED + "</div></body></html>"
    ),
}  # fmt: skip
URLS = {"us-state": "https://www.state.gov/invented/", "us-whitehouse": "https://www.whitehouse.gov/news/invented/"}


def read(data: str, url: str) -> Document:
    opened = Opened(
        capture=capture_of(data.encode(), url, media_type="text/html"), data=data.encode(), name="page.html"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_opened(opened)


def turns(document: Document) -> list[tuple[str, str | None, str]]:
    return [(turn.kind, turn.speaker, " ".join(turn.text.split())) for turn in document.turns]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("issuer", URLS)
def test_a_page_says_what_its_item_in_the_feed_says(issuer: str, words: str, layout: str) -> None:
    url = URLS[issuer]
    item = read(
        f"<item><title>{TITLE}</title><link>{url}</link><pubDate>Tue, 06 May 2031 14:00:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[{WORDS[words]}]]></content:encoded></item>",
        url,
    )
    page = read(LAYOUTS[layout].format(title=TITLE, url=url, words=WORDS[words]), url)
    assert item.issuer == page.issuer == issuer
    assert (page.title, page.date, page.kind) == (item.title, "2031-05-06", item.kind)
    assert turns(page) == turns(item)
    assert "Related Posts" not in page.text
    assert "Copyright" not in page.text
    around = b" ".join(page.original[one.byte_start : one.byte_end] for one in page.furniture).decode()
    assert "Home" in around or "news" in around.casefold()  # named as furniture, not lost


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("issuer", URLS)
def test_a_site_that_is_made_anew_changes_no_words(issuer: str, words: str) -> None:
    pages = [
        read(one.format(title=TITLE, url=URLS[issuer], words=WORDS[words]), URLS[issuer]) for one in LAYOUTS.values()
    ]
    assert len({wording_digests(page) for page in pages}) == 1
