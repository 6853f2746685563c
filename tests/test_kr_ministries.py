"""Press releases of South Korea's ministries: the traps that all three share. Every release here is an invented example."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.errors import NotAStatement
from onrecord.houses.kr_ministries.rows import days_in, rows_of

FRONT = """---
title: "{title}"
ministry: "{ministry}"
approve_date: "06/10/2021 09:00:00"
original_url: "https://www.korea.kr/briefing/pressReleaseView.do?newsId=1"
---

# {title}

- 부처: {ministry}
- 배포일: 06/10/2021 09:00:00
- 원문: https://www.korea.kr/briefing/pressReleaseView.do?newsId=1

## 본문

{body}

## 출처

- 정책브리핑 보도자료 API
"""
PUBLISHED = date(2021, 6, 10)


def read(body: str, title: str = "등대 개요", ministry: str = "외교부") -> onrecord.Document:
    return onrecord.read(FRONT.format(title=title, ministry=ministry, body=body).encode())


BODIES = [
    ("□ 정부는 등대를 세웠다. 끝.", "□ 정부는 등대를 세웠다.", "the end mark is no word"),
    ("□ 정부는 등대를 세웠다. <끝>", "□ 정부는 등대를 세웠다.", "whatever it stands in"),
    ("□ 정부는 등대를 세웠다. //끝//", "□ 정부는 등대를 세웠다.", "or between"),
    ("□ 배는 바다의 끝까지 갔다.", "□ 배는 바다의 끝까지 갔다.", "the same word in a sentence is one"),
    ("□ 정부는 등대를 세웠다.\n\n붙임 : 사진 1부. 끝.", "□ 정부는 등대를 세웠다.", "an attachment"),
    ("□ 정부는 등대를 세웠다.\n\n붙임 1. 사진\n\n 2. 개요. 끝.", "□ 정부는 등대를 세웠다.", "a list of attachments"),
    ("□ 정부는 등대를 세웠다.\n\n붙 임 : 사진. 끝.\n\n영문보도자료 바로가기(Eng. Version)", "□ 정부는 등대를 세웠다.", "a link behind it"),
    ("□ 정부는 등대를 세웠다.\n* 붙임 : 개요\n□ 배가 온다.", "□ 정부는 등대를 세웠다.\n□ 배가 온다.", "speech goes on behind an attachment"),
    ("등대의 내일\n\n- 정부, 등대를 세우다 -\n\n□ 정부는 등대를 세웠다.", "□ 정부는 등대를 세웠다.", "headings above"),
    ("1. 정부는 등대를 세웠다.\n\n2. 배가 온다.", "1. 정부는 등대를 세웠다.\n\n2. 배가 온다.", "numbers are words"),
    ("1. 정부는 먼바다의 바람과 물결을 살피기 위하여 서른 개의 등대를 세우고,\n\n  - 배를 기다린다.", "1. 정부는 먼바다의 바람과 물결을 살피기 위하여 서른 개의 등대를 세우고,\n\n- 배를 기다린다.", "a numbered paragraph is no heading"),
    ("1. 개요\n\n□ 정부는 등대를 세웠다.", "□ 정부는 등대를 세웠다.", "a numbered heading is one"),
    ("정부는 등대를 세웠다.\n\nㅇ 배가 온다.", "정부는 등대를 세웠다.\n\nㅇ 배가 온다.", "above a sign of the second order stands a paragraph"),
    ("배가 돌아왔다.\n\n□ 정부는 등대를 세웠다.", "□ 정부는 등대를 세웠다.", "above one of the first a headline, though it is a sentence"),
    ("정부는 등대를 세웠다(높이 서른 척).", "정부는 등대를 세웠다(높이 서른 척).", "nor is a sentence with brackets behind it"),
    ("□ 정부는 등대를\n 세웠다.\n* 등대는 높다.", "□ 정부는 등대를 세웠다.\n* 등대는 높다.", "rows are joined, signs begin a line"),
    ("□ 행사는 8.\n 10.(화)에 열렸다.", "□ 행사는 8. 10.(화)에 열렸다.", "a day is no item of a list"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words", "reason"), BODIES, ids=[case[2] for case in BODIES])
def test_a_release_is_one_statement_without_what_nobody_says(body: str, words: str, reason: str) -> None:
    (turn,) = read(body).turns
    assert (turn.kind, turn.speaker, turn.text) == ("statement", None, words)


@pytest.mark.parametrize("body", ["붙임 파일 참조. 끝.", "상세 내용 별첨 참조. 끝.", "(본문 없음)", "등대 개요"])
def test_a_release_whose_words_are_in_an_attachment_is_no_statement(body: str) -> None:
    with pytest.raises(NotAStatement):
        read(body)


DAYS = [
    ("등대 회의 결과(6.9)", "□ 회의를 열었다.", "2021-06-09", "title", "the day in the title"),
    ("등대 회의 개최", "□ 장관은 6.8.(화) 회의를 열었다.", "2021-06-08", "text", "the first sentence, with its day of the week"),
    ("등대 회의 개최", "□ 장관은 6월 7일 회의를 열었다.", "2021-06-07", "text", "or in words"),
    ("등대 회의 개최", "□ 6.25 전쟁의 등대를 기렸다.", "2021-06-10", "front-matter", "a war is no day"),
    ("등대 회의 개최", "□ 장관은 6.15.(화) 회의를 연다.", "2021-06-10", "front-matter", "what is to come is announced today"),
    ("등대 회의 개최", "□ 등대는 1월 3일 세워졌다.", "2021-06-10", "front-matter", "what is long past is no news"),
    ("화재(6.8.) 관련 대변인 성명", "□ 정부는 6.8.(화) 화재에 위로를 표한다.", "2021-06-10", "front-matter", "a statement is made when it is published"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "body", "day", "source", "reason"), DAYS, ids=[case[4] for case in DAYS])
def test_the_day_is_that_of_the_event(title: str, body: str, day: str, source: str, reason: str) -> None:
    heading = read(body, title).heading
    assert (heading.date, heading.date_from, heading.published) == (day, source, "2021-06-10")


@pytest.mark.parametrize(
    ("ministry", "issuer"),
    [
        ("외교부", "kr-mofa"),
        ("통일부", "kr-unikorea"),
        ("국방부", "kr-mnd"),
        ("외교부·환경부", "kr-mofa"),
        ("환경부", "unknown"),
    ],
)
def test_the_issuer_is_the_ministry_that_the_page_names_first(ministry: str, issuer: str) -> None:
    assert read("□ 정부는 등대를 세웠다.", ministry=ministry).issuer == issuer


@given(st.text(alphabet="□ㅇ1.()*- \n등대다", max_size=60))
def test_no_character_but_white_space_is_lost(text: str) -> None:
    lines = rows_of(text, 0, len(text))
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    assert all(text[line.source[0]] == line.text[0] for line in lines)


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(-90, 90))
def test_a_day_is_found_in_the_year_nearest_to_publication(published: date, apart: int) -> None:
    day = date.fromordinal(published.toordinal() + apart)
    assert list(days_in(f"{day.month}월 {day.day}일", published)) == [day]
