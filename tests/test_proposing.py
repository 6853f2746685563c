"""The second reader: what it says counts only where the text says it.

The pipeline is trained here on four sentences, since no model may be downloaded. All statements are invented.
"""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.annotation.proposers import proposer_of
from onrecord.annotation.proposers.verb_table import languages, verbs
from onrecord.annotation.proposing import places, propose
from onrecord.errors import (
    UnusablePipeline,
)
from second_reader import ANSWER, EGYPT, Reader, act, said, words


def test_a_proposal_is_an_act_whose_words_stand_in_the_text() -> None:
    document = said()
    found = propose(document, Reader(act(), EGYPT))
    assert (found.agreed, found.dropped) == (0, {})
    for proposal, quote, trigger in zip(
        found.proposals,
        ("Japan shrugged off the proposal", "Egypt has stonewalled the talks"),
        ("shrugged off", "stonewalled"),
        strict=True,
    ):
        one = proposal.act
        assert (proposal.quote, proposal.proposer) == (quote, "a reader of our own")
        assert document.text[one.start : one.end] == quote
        assert document.text[one.trigger.start : one.trigger.end] == trigger
        assert (one.rule, one.turn, one.voice) == ("proposed", document.turns[1].id, "reported")
        assert one.id.startswith(f"{document.turns[1].id}:{one.type}-")
    assert not any(one.rule == "proposed" for one in document.acts)  # the document stays the rules' own


DROPPED = [
    ("a quote that was made up", act(quote="Japan shrugged off every proposal"), "quote not in the text"),
    ("a quote that a model has smoothed", act(quote="japan shrugged off the proposal"), "quote not in the text"),
    ("a quote that breaks off inside a word", act(quote="Japan shrugged off the propos"), "quote not in the text"),
    ("a reporter's words", act(quote="Japan snubbed us", trigger="snubbed"), "quote not the principal's"),
    ("a trigger that stands elsewhere", act(trigger="stonewalled"), "trigger not in the quote"),
    ("a trigger inside a word", act(trigger="off the prop"), "trigger not in the quote"),
    ("a type that is none of the seventeen", act(type="snub"), "unknown type"),
    ("a time that is none", act(time="yesterday"), "unknown polarity or time"),
    ("a polarity that is none", act(polarity="maybe"), "unknown polarity or time"),
    ("an actor by name and not by code", act(actors=["Japan"]), "unknown actor"),
    ("a target that is no code", act(targets=["XYZ"]), "unknown actor"),
    ("nobody who acts", act(actors=[]), "incomplete"),
    ("an empty quote", act(quote=" "), "incomplete"),
]


@pytest.mark.parametrize(("told", "reason"), [case[1:] for case in DROPPED], ids=[case[0] for case in DROPPED])
def test_what_the_words_do_not_bear_out_is_dropped_and_counted(told: dict[str, Any], reason: str) -> None:
    found = propose(said(), Reader(told, EGYPT))
    assert found.dropped == {reason: 1}
    assert [one.act.actors for one in found.proposals] == [("EGY",)]  # one that is wrong costs itself alone


def test_what_the_rules_have_found_too_is_agreement_and_no_proposal() -> None:
    welcomed = act(type="support", trigger="welcomes", quote="China welcomes the ceasefire", actors=["CHN"])
    document = said()
    assert [(one.type, one.actors) for one in document.acts] == [("support", ("CHN",))]
    found = propose(document, Reader(welcomed, act()))
    assert found.agreed == 1
    assert [one.act.type for one in found.proposals] == ["oppose"]
    found = propose(document, Reader(welcomed | {"type": "commit"}))  # another type for the same words is a proposal
    assert (found.agreed, len(found.proposals)) == (0, 1)


def test_the_same_words_said_twice_are_two_proposals_and_no_third() -> None:
    document = said("Japan shrugged off the proposal. Once more: Japan shrugged off the proposal.")
    found = propose(document, Reader(act(), act(), act()))
    assert len({one.act.start for one in found.proposals}) == len({one.id for one in found.proposals}) == 2
    assert found.dropped == {"repeated": 1}


def test_a_miscounted_turn_does_not_matter_the_words_decide() -> None:
    for turn in (1, 2, 7, 0, -1, None):
        assert len(propose(said(), Reader(act(turn=turn))).proposals) == 1


def test_chinese_words_need_no_spaces_around_them() -> None:
    assert list(places("日方对此置之不理，日方", "日方")) == [0, 9]
    assert list(places("Japan and Japanese", "Japan")) == [0]


def test_a_document_that_is_not_annotated_yet_is_annotated_first() -> None:
    welcomed = act(type="support", trigger="welcomes", quote="China welcomes the ceasefire", actors=["CHN"])
    assert propose(onrecord.read(words()), Reader(welcomed)).agreed == 1


DOCUMENT = said(f"{ANSWER}\n\nJapan shrugged off Ruritania’s plea — 日方置之不理.")


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(DOCUMENT.text)),
            st.integers(0, 60),
            st.integers(0, 40),
            st.integers(0, 20),
            st.sampled_from(["oppose", "support", "snub"]),
            st.text(max_size=3),
        ),
        max_size=6,
    )
)
def test_every_proposal_stands_verbatim_in_one_turn_of_the_podium(
    drawn: list[tuple[int, int, int, int, str, str]],
) -> None:
    told = []
    for start, length, at, size, type, noise in drawn:
        quote = DOCUMENT.text[start : start + length] + noise
        told.append(act(quote=quote, trigger=quote[at : at + size], type=type))
    found = propose(DOCUMENT, Reader(*told))
    assert len(found.proposals) + found.agreed + sum(found.dropped.values()) == len(told)
    turns = {turn.id: turn for turn in DOCUMENT}
    for proposal in found.proposals:
        one, turn = proposal.act, turns[proposal.act.turn]
        assert turn.kind == "answer"
        assert turn.start <= one.start <= one.trigger.start < one.trigger.end <= one.end <= turn.end
        assert DOCUMENT.text[one.start : one.end] == proposal.quote


# The pipeline.


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A parser that has learned four sentences by heart, saved as a user's own would be."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: install onrecord[second-reader]")
    from spacy.training import Example

    learned = [
        ("Japan shrugged off the proposal .", [1, 1, 1, 4, 1, 1], "nsubj ROOT prt det dobj punct"),
        (
            "The Egyptian government has not decried it and will applaud Japan .",
            [2, 2, 5, 5, 5, 5, 5, 5, 9, 5, 9, 5],
            "det amod nsubj aux neg ROOT dobj cc aux conj dobj punct",
        ),
        ("Japan could decry it .", [2, 2, 2, 2, 2], "nsubj aux ROOT dobj punct"),
        ("The weather has decried it .", [1, 3, 3, 3, 3, 3], "det nsubj aux ROOT dobj punct"),
    ]
    spacy.util.fix_random_seed(7)
    nlp = spacy.blank("en", meta={"name": "by_heart", "version": "1.0"})
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    examples = []
    for sentence, heads, deps in learned:
        doc = spacy.tokens.Doc(nlp.vocab, words=sentence.split())
        examples.append(Example.from_dict(doc, {"heads": heads, "deps": deps.split()}))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    return folder


@pytest.mark.slow
def test_a_pipeline_proposes_what_named_actors_do(pipeline: Path) -> None:
    reader = proposer_of(f"spacy:{pipeline}")
    assert (reader.name, reader.sends_to) == ("spacy:en_by_heart-1.0", None)
    document = said("The Egyptian government has not decried it and will applaud Japan .")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # nothing is sent anywhere
        suggested = reader.suggest(document)
    assert [(one.type, one.actors, one.targets, one.polarity, one.time, one.trigger) for one in suggested] == [
        ("oppose", ("EGY",), (), "negated", "done", "decried"),
        ("support", ("EGY",), ("JPN",), "affirmed", "planned", "applaud"),
    ]
    assert [one.quote for one in suggested] == [
        "The Egyptian government has not decried it",
        "The Egyptian government has not decried it and will applaud Japan",
    ]
    found = propose(document, reader)
    assert not found.dropped
    assert {one.proposer for one in found.proposals} <= {reader.name}


@pytest.mark.parametrize(
    "answer",
    ["Japan could decry it .", "The weather has decried it .", "Japan shrugged off the proposal ."],
    ids=["what could be is no act", "nobody named acts", "a verb that is not listed"],
)
def test_a_pipeline_leaves_aside(pipeline: Path, answer: str) -> None:
    assert proposer_of(f"spacy:{pipeline}").suggest(said(answer)) == []


def test_a_pipeline_reads_its_own_language_alone(pipeline: Path) -> None:
    reader = proposer_of(f"spacy:{pipeline}")
    assert (reader.reads("en-GB"), reader.reads("zh-Hans")) == (True, False)


def test_a_pipeline_without_a_parser_is_told(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: install onrecord[second-reader]")
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(UnusablePipeline, match=r"it has no parser, and so marks no subjects.*spacy download"):
        proposer_of(f"spacy:{tmp_path}")


def test_a_pipeline_of_another_language_is_told(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: install onrecord[second-reader]")
    spacy.blank("de").to_disk(tmp_path)
    with pytest.raises(UnusablePipeline, match=r"no verbs are listed for 'de'.*There are: en, zh"):
        proposer_of(f"spacy:{tmp_path}")


def test_a_pipeline_that_is_not_installed_is_told() -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed: install onrecord[second-reader]")
    with pytest.raises(UnusablePipeline, match=r"spaCy cannot load it.*python -m spacy download en_none_such"):
        proposer_of("spacy:en_none_such")


def test_the_base_install_needs_no_spacy() -> None:
    code = (
        "import sys; sys.modules['spacy'] = None\n"  # as where it is not installed
        "import onrecord.desk, onrecord.commands.proposals\n"
        "from onrecord.annotation.proposers import proposer_of\n"
        "from onrecord.errors import SpacyMissing\n"
        "try: proposer_of('spacy:en_core_web_sm')\n"
        "except SpacyMissing as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.endswith("needs spaCy. pip install 'onrecord[second-reader]'\n")


@pytest.mark.parametrize("language", languages())
def test_each_verb_stands_under_one_type(language: str) -> None:
    assert len(verbs(language).verbs) > 40  # read whole: a verb under two types raises LexiconError
