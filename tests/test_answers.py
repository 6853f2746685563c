"""Questions and their answers: who answers what, and whether it is an answer, a refusal, a referral or a counter-question."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.annotation.analysis import analyse
from onrecord.annotation.answers import Exchange, answer_types, pairs, read_answers
from onrecord.errors import LexiconError
from onrecord.languages.answer_patterns import Pattern
from onrecord.languages.en.answers import load_answers
from onrecord.record import Document, Heading, Turn, TurnKind, turn_ids

_SUBSTANCE = (
    "Arcadia and Ruritania are good neighbours. The two sides have kept in touch over the bridge since spring, and the "
    "engineers of both met on Tuesday to go over the drawings. The tolls will be shared, and the first cars will cross in May. "
)
_LONG = _SUBSTANCE * 3
_ZH_SUBSTANCE = (
    "两国是友好邻邦，双方一直就大桥项目保持沟通，工程师们已于周二会面，并就过桥费用分担达成一致，首批车辆将于五月通行。"
)

#: language, what is answered, the types strongest first, why.
CASES = [
    ("en", "I have nothing to announce today.", ["decline"], "the textbook refusal"),
    ("en", "I’m — I’m just not going to get into that.", ["decline"], "stuttered, with a curly apostrophe"),
    ("en", "We really, honestly can't speak to that.", ["decline"], "words between the words of a pattern"),
    ("en", "Don't have anything to read out.", ["decline"], "the subject swallowed at the beginning"),
    ("en", "They don't have any information on the ferry.", ["answer"], "others have none, of whom it was asked"),
    ("en", "I'm not aware of the letter you mentioned.", ["decline"], "ignorance declines, by the codebook"),
    ("en", "I'm not aware of any evidence that the bridge moved.", ["answer"], "a denial, not ignorance"),
    ("en", "We have no doubt that the bridge will hold.", ["answer"], "no doubt is not nothing to say"),
    ("en", "The minister declined to comment, as you know, and the judge said no more.", ["answer"], "somebody else declined"),
    ("en", "The mayor told you “I have no comment” and that was in May.", ["answer"], "another's words, quoted"),
    ("en", "I refer to the treaty of 1907.", ["answer"], "refers to, not the asker elsewhere"),
    ("en", "I'd refer you to the harbour office.", ["refer"], "the textbook referral"),
    ("en", "You'd have to ask the Ruritanian side.", ["refer"], "tells whom to ask"),
    ("en", "I don't have any details. I'd refer you to the harbour office.", ["decline", "refer"], "both, in their order"),
    ("en", "I just answered that.", ["refer"], "points back instead of answering"),
    ("en", "As I said yesterday, the answer is yes. " + _SUBSTANCE, ["answer"], "ahead of an answer a manner of speaking"),
    ("en", "I have no details on that. " + _SUBSTANCE, ["decline", "answer"], "something is said besides"),
    ("en", "I have no details on that. " + _LONG, ["answer", "decline"], "far more is said besides"),
    ("en", _LONG + "I don't have more on that.", ["answer"], "only ends an answer"),
    ("en", "I don't have more on that.", ["decline"], "the same alone"),
    ("en", "Stay tuned.", ["decline"], "puts off"),
    ("en", "Can you repeat the question?", ["counter"], "a request to clarify"),
    ("en", "Which bridge?", ["counter"], "asks back"),
    ("en", "Do I have any details? Yes. " + _SUBSTANCE, ["answer"], "asked and answered oneself"),
    ("en", "Go ahead, Ann.", [], "gives the floor: nothing is answered"),
    ("en", "Yes.", ["answer"], "one word is an answer"),
    ("en", "", [], "nothing"),
    ("zh", "我不了解你提到的情况。", ["decline"], "ignorance declines"),
    ("zh", "据我了解，大桥将于五月通车。", ["answer"], "as far as I know: the same verb, and an answer"),
    ("zh", "你不了解大桥的历史。", ["answer"], "another's ignorance"),
    ("zh", "目前我没有可以发布的消息。", ["decline"], "nothing to give out"),
    ("zh", "无可奉告。", ["decline"], "the textbook refusal"),
    ("zh", "建议你向主管部门询问。", ["refer"], "the textbook referral"),
    ("zh", "我不掌握具体情况，请向主管部门了解。", ["decline", "refer"], "both, in their order"),
    ("zh", "我刚才已经回答了这个问题。", ["refer"], "points back instead of answering"),
    ("zh", "我刚才已经回答了这个问题。" + _ZH_SUBSTANCE * 2, ["answer"], "ahead of an answer a manner of speaking"),
    ("zh", "我不了解有关情况。" + _ZH_SUBSTANCE, ["decline", "answer"], "something is said besides"),
    ("zh", "结果如何，让我们拭目以待。", ["decline"], "wait and see: no answer now"),
    ("zh", "案件具体情况要向主管部门了解。", ["refer"], "the asker is sent elsewhere without being addressed"),
    ("zh", "你指的是哪座大桥？", ["counter"], "a request to clarify"),
    ("zh", "我们已向对方提出严正交涉。", ["answer"], "向 … 提出 asks nobody to ask"),
    ("zh", "谢谢。", [], "nothing is answered"),
    ("es", "Sin comentarios.", [], "a language without patterns"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said", "expected", "reason"), CASES, ids=[case[3] for case in CASES])
def test_types_of_an_answer(language: str, said: str, expected: list[str], reason: str) -> None:
    assert list(answer_types(said, language).types) == expected


def test_cues_are_the_words_that_show_it() -> None:
    said = "Well, I don't have any details. I'd refer you to the harbour office."
    cues = answer_types(said, "en").cues
    assert [(cue.type, said[cue.start : cue.end], cue.rule) for cue in cues] == [
        ("decline", "I don't have any details", "have-nothing"),
        ("refer", "I'd refer you to", "refer-you"),
    ]


#: Every row of the tables with the code of its language.
PATTERNS = [(one.code, pattern) for one in languages.with_rules() if one.answers for pattern in one.answers.patterns]


@pytest.mark.parametrize(("language", "pattern"), PATTERNS, ids=lambda one: one if isinstance(one, str) else one.id)
def test_every_example_is_met_by_its_own_pattern(language: str, pattern: Pattern) -> None:
    """And says its type when it is all that is answered."""
    assert pattern in [found.pattern for found in languages.find(language).answers.find(pattern.example)]
    assert pattern.type in answer_types(pattern.example, language).types


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ('id = "no-comment"', 'id = "cannot-say"', "occurs twice"),
        ('"No comment, I\'m afraid."', '"Fine weather."', "matches its own example"),
        ('words = ["no comment"', 'words = ["No comment"', "is not in folded form"),
        ('words = ["no comment"', 'words = ["... comment"', "is not in folded form"),
        ('words = ["no comment"', 'words = ["<nobody> comments"', "a list <nobody>"),
        ('source = ["codebook"]', 'source = ["hearsay"]', "no source 'hearsay'"),
        ('note = "The textbook refusal"', 'remark = "The textbook refusal"', "remark"),
        ("between = ", "betwixt = ", "betwixt"),
    ],
)
def test_a_faulty_table_is_told_where(tmp_path: Path, was: str, now: str, message: str) -> None:
    text = (languages.find("en").folder / "answers.toml").read_text(encoding="utf-8")
    assert was in text
    table = tmp_path / "answers.toml"
    table.write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=message) as error:
        load_answers(table)
    assert "answers.toml" in str(error.value)


def conversation(*said: tuple[TurnKind, str], language: str = "en") -> Document:
    """A document of turns, one paragraph each."""
    text = "\n\n".join(words for _, words in said)
    turns, start = [], 0
    for (kind, words), name in zip(said, turn_ids("d", [words for _, words in said]), strict=True):
        turns.append(Turn(id=name, kind=kind, start=start, end=start + len(words)))
        start += len(words) + 2
    heading = Heading(
        id="d",
        title="",
        date=None,
        issuer="x",
        house="plain",
        kind="press-conference",
        language=language,
        text=text,
        capture="",
    )
    return Document(heading=heading, turns=tuple(turns))


def told(exchange: Exchange) -> tuple[list[str], list[str]]:
    return [turn.text for turn in exchange.questions], [turn.text for turn in exchange.answers]


def test_questions_go_with_the_answers_that_follow() -> None:
    document = conversation(
        ("statement", "Good morning."), ("answer", "Order, please."), ("question", "When?"), ("note", "(Laughter)"),
        ("question", "And where?"), ("answer", "In May."), ("note", "(Pause)"), ("answer", "On the bridge."),
        ("question", "Why?"),
    )  # fmt: skip
    assert [told(exchange) for exchange in pairs(document)] == [
        (["When?", "And where?"], ["In May.", "On the bridge."]),
        (["Why?"], []),  # nobody answers, and nobody is asked before the first question
    ]


PARTS = [
    ("en", "On your first question, yes. It opens in May.\n\nAs to your second question, no.",
     [(1, "On your first question, yes. It opens in May."), (2, "As to your second question, no.")], "two questions"),
    ("en", "Good morning. On your second question: no. On your question about tolls, they will be shared.",
     [(None, "Good morning."), (2, "On your second question: no."), (None, "On your question about tolls, they will be shared.")],
     "what goes ahead is a part of its own"),
    ("en", "On the question of tolls, they will be shared.", [], "one question that is not counted divides nothing"),
    ("en", "I will take your first question and leave your second question.", [], "not at a sentence's beginning"),
    ("zh", "关于第一个问题，大桥五月通车。\n\n至于你提到的第二个问题，我不掌握有关情况。",
     [(1, "关于第一个问题，大桥五月通车。"), (2, "至于你提到的第二个问题，我不掌握有关情况。")], "two questions"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said", "expected", "reason"), PARTS, ids=[f"{case[0]} {case[3]}" for case in PARTS]
)
def test_parts_of_an_answer(language: str, said: str, expected: list[tuple[int | None, str]], reason: str) -> None:
    document = conversation(("question", "One thing, and another?"), ("answer", said), language=language)
    (exchange,) = pairs(document)
    assert [(part.question, document.text[part.start : part.end]) for part in exchange.parts] == expected


def test_all_answers_of_a_document_are_read_and_cues_stand_in_its_text() -> None:
    document = conversation(
        ("question", "When?"), ("answer", "In May."), ("question", "Why?"), ("answer", "No comment.")
    )
    readings = read_answers(analyse(document))
    assert [readings[turn.id].strongest for turn in document.turns if turn.kind == "answer"] == ["answer", "decline"]
    (cue,) = readings[document.turns[3].id].cues
    assert document.text[cue.start : cue.end] == "No comment"


_SAID = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from([pattern.example for _, pattern in PATTERNS]),
        st.sampled_from(["I", "don't", "have", "just", "refer you to", "“", "”", "U.S.", "?", ".\n\n", "On your first question", "我", "不了解", "请", "，", "İ"]),
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(_SAID, st.sampled_from(["en", "zh", "zh-Hans", "fr", ""]))
def test_any_words_are_read_and_cues_stay_inside(said: str, language: str) -> None:
    reading = answer_types(said, language)
    assert len(set(reading.types)) == len(reading.types)
    assert all(0 <= cue.start < cue.end <= len(said) and cue.type in reading.types for cue in reading.cues)
    assert [cue.start for cue in reading.cues] == sorted(cue.start for cue in reading.cues)


@given(
    st.lists(st.tuples(st.sampled_from(["question", "answer", "note", "statement"]), _SAID.filter(bool)), max_size=6)
)
def test_no_turn_is_paired_twice_and_parts_stay_inside(said: list[tuple[TurnKind, str]]) -> None:
    document = conversation(*said)
    exchanges = pairs(document)
    taken = [turn.id for exchange in exchanges for turn in (*exchange.questions, *exchange.answers)]
    assert len(set(taken)) == len(taken)
    asked = [turn.id for turn in document.turns if turn.kind == "question"]
    assert [turn.id for exchange in exchanges for turn in exchange.questions] == asked
    for exchange in exchanges:
        for part in exchange.parts:
            assert any(turn.start <= part.start < part.end <= turn.end for turn in exchange.answers)
    for name, reading in read_answers(analyse(document)).items():
        (turn,) = (turn for turn in document.turns if turn.id == name)
        assert all(turn.start <= cue.start < cue.end <= turn.end for cue in reading.cues)


#: The speaker's label that the gold keeps in front of an answer.
_LABEL = re.compile(r"(?:A|[A-Z][\w.’'\- ]{1,40}): ")


@pytest.mark.parametrize(("kind", "floor"), [("decline", 0.85), ("refer", 0.80)])
def test_answers_of_the_gold(shared: Path, kind: str, floor: float) -> None:
    """F1 over pairs: a type counts wherever it stands among the types of a pair."""
    rows = json.loads((shared / "gold/answers/answers.json").read_text(encoding="utf-8"))
    gold = [kind in row["types"] for row in rows]
    read = [kind in answer_types(_LABEL.sub("", row["answer"], count=1), "en").types for row in rows]
    both = sum(one and other for one, other in zip(gold, read, strict=True))
    assert 2 * both / (sum(gold) + sum(read)) >= floor
