"""Asking by language: a tag stands for itself and for what is more exact (BCP 47), in every question that takes a language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.asking import AnswerFilters, QueryError, SearchScope, TurnFilters, answers, find, trends
from onrecord.desk import Desk, open_desk
from onrecord.languages.tags import covered, covers

#: What the page says decides its language: simplified characters, traditional ones, English.
SAID = [
    ("2020-01-06", "中方有何评论？", "中美合作符合双方利益，这是国际社会的共识，我们将为此继续努力。", "zh"),
    ("2020-01-07", "中方有何評論？", "雙方同意就此保持密切聯繫，並繼續推動對話與合作，這是國際社會的共識。", "zh-Hant"),
    (
        "2020-01-08",
        "Any comment?",
        "We hope that the two sides will go on with their cooperation and keep in touch.",
        "en",
    ),
]
SUBTAGS = st.lists(st.from_regex(r"[a-zA-Z]{2,8}", fullmatch=True), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("tags") / "desk", write=True, create_new=True) as opened:
        for day, question, answer, language in SAID:
            text = f"Excerpt of a conference on {day}\n\nReuters: {question}\n\nGeng Shuang: {answer}"
            document = onrecord.read(text.encode())
            assert document.language == language
            opened.add(document)
        opened.writer.commit()
        yield opened


ASKED = [
    ("zh", ["2020-01-06", "2020-01-07"], "the language, in whatever script"),
    ("ZH", ["2020-01-06", "2020-01-07"], "whatever the case"),
    ("zh-Hant", ["2020-01-07"], "one script alone"),
    ("zh-hant", ["2020-01-07"], "whatever its case"),
    ("en", ["2020-01-08"], "a language of one kind"),
]


@pytest.mark.parametrize(("asked", "days", "reason"), ASKED, ids=[f"{case[0]}: {case[2]}" for case in ASKED])
def test_every_question_takes_the_language_for_what_is_more_exact(
    desk: Desk, asked: str, days: list[str], reason: str
) -> None:
    assert sorted(row.day for row in desk.rows(language=asked)) == days
    assert desk.count(language=asked) == len(days)
    found = find(desk, "", filters=TurnFilters(language=(asked,), kind=("answer",)))
    assert sorted(hit.day for hit in found.hits) == days
    assert find(desk, f"language:{asked} kind:answer").count == len(days)
    scope = SearchScope(language=(asked,))
    answered = answers(desk, AnswerFilters(language=(asked,)))
    assert answered.count + answered.unclassified == len(days)
    assert sum(period.documents for period in trends(desk, ["kind:answer"], filters=scope).periods) == len(days)


def test_a_language_that_the_desk_does_not_have_is_told(desk: Desk) -> None:
    assert desk.count(language="z") == 0
    with pytest.raises(QueryError, match="'z'"):
        find(desk, "", filters=TurnFilters(language=("z",)))
    with pytest.raises(QueryError, match="'z'"):
        answers(desk, AnswerFilters(language=("z",)))


@given(SUBTAGS, SUBTAGS)
def test_a_tag_covers_itself_and_every_longer_one(first: list[str], more: list[str]) -> None:
    asked, longer = "-".join(first), "-".join([*first, *more])
    assert covers(asked, asked)
    assert covers(asked.upper(), longer)
    assert not covers(longer, asked)
    assert not covers(asked, f"{asked}x")
    assert covered(asked, (longer, f"x{asked}", asked)) == (longer, asked)
