"""Annotation takes time in proportion to the length of what is said, whatever is said over and over."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest

from growth import LIMIT, growth
from onrecord import annotate
from onrecord.annotation.annotating import SentenceCut
from onrecord.languages.turn_analysis import LONGEST_SENTENCE
from onrecord.record import Document, Heading, Turn

pytestmark = pytest.mark.slow


def document(language: str, said: str) -> Document:
    """One answer of a spokesperson."""
    heading = Heading(
        id="growth", title="Press Conference", date="2020-01-02", issuer="cn-mfa", house="plain", kind="press-conference",
        language=language, text=said, capture="sha256:" + "0" * 64,
    )  # fmt: skip
    return Document(
        heading=heading, turns=(Turn(id="growth/1", kind="answer", speaker="Speaker", start=0, end=len(said)),)
    )


@pytest.mark.filterwarnings("ignore::onrecord.annotation.annotating.SentenceCut")
@pytest.mark.parametrize(
    ("language", "unit", "size"),
    [
        ("en", "the meeting between China and Japan ", 200),  # meetings: actors and places around each of them
        ("en", "opposes ", 1_000),  # a verb without a subject, which is looked for before it
        ("en", "agreed to will ", 500),  # verb groups, and where each clause ends
        ("en", "visit to China ", 500),
        ("en", "should must ", 700),  # modals that have lost their verb
        ("en", "China opposes. ", 400),  # short sentences: what a document holds of all of them
        ("zh", "反对", 3_000),  # a clause without an end
        ("zh", "会谈", 3_000),
        ("zh", "同日本举行会谈", 1_000),
        ("zh", "1", 3_000),  # a number of states, looked for from each of its digits
        ("zh", "同意，", 1_500),  # a sentence of very many clauses
    ],
)
def test_repeated_words_are_annotated_in_linear_time(language: str, unit: str, size: int) -> None:
    def annotating(times: int) -> Callable[[], object]:
        held = document(language, unit * times)
        return lambda: annotate(held)

    assert growth(annotating, size) < LIMIT


def test_a_sentence_too_long_to_be_read_whole_is_reported() -> None:
    words = "China opposes this and "
    with pytest.warns(SentenceCut, match="1 of 1 turns hold a sentence of over 8,000 characters"):
        annotate(document("en", words * (LONGEST_SENTENCE // len(words) + 1)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        annotate(document("en", "China opposes this. " * 1_000))
