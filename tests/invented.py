"""Invented statements for the tests, as many as are wanted, each different."""

from __future__ import annotations

from pathlib import Path


def page(number: int, *, answer: str = "Our position has not changed.") -> str:
    """A page of an invented conference in the style of 2020."""
    title = f"Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May {number % 28 + 1}, {2000 + number // 28}"
    return f"""<html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div class="nav"><a href="http://www.fmprc.gov.cn/">Home</a></div><h2 class="title">{title}</h2><div class="content">
<p>This page is invented. Number {number}.</p>
<p><b>CCTV: What do you say of the case of Arcadia &amp; Ruritania, number {number}?</b></p>
<p>Geng Shuang: {answer}</p><p>We hope for a good end of number {number}.</p>
<p><b>《Daily Nowhere》: And&nbsp;then?</b></p><p>Geng Shuang: Nothing more.</p>
</div><div class="copyright">Invented</div></body></html>"""


def folder_of_pages(folder: Path, count: int) -> Path:
    """A folder with ``count`` pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"page-{number:04}.shtml").write_text(page(number), encoding="utf-8")
    return folder
