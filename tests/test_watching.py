"""Saved questions: each answer is told once, under an id that never changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import onrecord
from invented import page
from onrecord.desk import Desk, open_desk
from onrecord.errors import QueryError, UnknownWatch
from onrecord.watching import Watch, atom, digest, forget, news, save, told, watches

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as made:
        made.add(onrecord.read(page(1).encode()))
        yield made


def question(name: str = "case", kind: str = "find", **asked: object) -> Watch:
    return Watch(name=name, kind=kind, question=asked or {"query": '"our position"'})  # type: ignore[arg-type]


def test_what_is_new_is_told_once(desk: Desk) -> None:
    assert save(desk, question()) == 1  # what is there already counts as told
    assert news(desk, "case") == []
    desk.add(onrecord.read(page(2).encode()))
    (entry,) = news(desk, "case")
    assert "Our position" in entry.text
    assert entry.day == "2000-05-03"
    assert news(desk, "case") == []
    assert told(desk, "case") == [entry]


@pytest.mark.parametrize(
    ("asked", "new"),
    [
        (question(kind="find", query='"our position"', issuer=["cn-mfa"]), 1),
        (question(kind="trace", phrase="our position has not changed"), 1),
        (question(kind="ledger", between=["CHN", "USA"]), 0),
        (question(kind="edits", min_rank=0.0), 0),
    ],
    ids=lambda one: one.kind if isinstance(one, Watch) else "",
)
def test_every_kind_of_question_is_answered(desk: Desk, asked: Watch, new: int) -> None:
    save(desk, asked)
    desk.add(onrecord.read(page(2).encode()))
    assert len(news(desk, "case")) == new


def test_the_feed_has_the_same_ids_whenever_it_is_written(desk: Desk) -> None:
    save(desk, question())
    desk.add(onrecord.read(page(2).encode()))
    news(desk, "case")
    first = ElementTree.fromstring(atom(desk, "case"))
    desk.add(onrecord.read(page(3, answer="Our position is \x1b[31mthe same\ufffe.").encode()))
    news(desk, "case")
    second = ElementTree.fromstring(atom(desk, "case"))
    ids = [[one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")] for feed in (first, second)]
    assert len(ids[0]) == 1
    assert set(ids[0]) < set(ids[1])
    assert first.findtext(f"{ATOM}id") == second.findtext(f"{ATOM}id")
    assert all(one.findtext(f"{ATOM}updated") and one.findtext(f"{ATOM}title") for one in second.iter(f"{ATOM}entry"))


def test_a_mail_holds_what_is_new(desk: Desk) -> None:
    save(desk, question())
    desk.add(onrecord.read(page(2).encode()))
    entries = news(desk, "case")
    mail = digest("case", entries, sender="desk@x.example", to="reader@x.example")
    assert mail["Subject"] == "On Record: 1 new for case"
    assert "Our position has not changed." in mail.get_content()
    assert bytes(mail) == bytes(digest("case", entries, sender="desk@x.example", to="reader@x.example"))


def test_questions_are_listed_replaced_and_forgotten(desk: Desk) -> None:
    save(desk, question("b"))
    save(desk, question("a", query="Arcadia"))
    save(desk, question("b", query="valley"))
    assert [(one.name, one.question["query"]) for one in watches(desk)] == [("a", "Arcadia"), ("b", "valley")]
    forget(desk, "a")
    assert [one.name for one in watches(desk)] == ["b"]
    with pytest.raises(UnknownWatch, match="Saved: b"):
        news(desk, "a")


@pytest.mark.parametrize(
    "wrong",
    [
        question(query='"unclosed'),
        question(kind="find", query="x", colour="blue"),
        question(kind="trace", phrase="!"),
        question(kind="edits", colour="blue"),
        question(kind="ledger", between=["Nowhereland"]),
    ],
)
def test_a_question_that_cannot_be_understood_is_not_saved(desk: Desk, wrong: Watch) -> None:
    with pytest.raises(QueryError):
        save(desk, wrong)
    assert watches(desk) == []
