"""A sentence that breaks off anywhere, as of a page that was cut, is annotated like any other: no rule looks past its end."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import annotate, languages
from onrecord.record import Document, Heading, Turn

FOLDER = Path(languages.__file__).parent
LANGUAGES = sorted(path.name for path in FOLDER.iterdir() if (path / "triggers.csv").exists())
#: Beginnings that no row of a table has as its example: what several parties did, and no more.
MORE = {
    "en": (
        "Both leaders agreed",
        "The two sides are determined that",
        "China and Japan will",
        "The Presidents resolve to",
    ),
    "zh": ("双方同意", "两国元首将", "中日一致"),
}


def document(language: str, kind: str, said: str) -> Document:
    heading = Heading(
        id="cut", title="Joint Statement", date="2020-01-02", issuer="cn-mfa", house="plain", kind=kind,  # type: ignore[arg-type]
        language=language, text=said, capture="sha256:" + "0" * 64,
    )  # fmt: skip
    return Document(heading=heading, turns=(Turn(id="cut/1", kind="statement", start=0, end=len(said)),))


def examples(language: str) -> Iterator[str]:
    yield from MORE.get(language, ())
    for table in sorted((FOLDER / language).glob("*.csv")):
        with table.open(encoding="utf-8-sig", newline="") as file:
            yield from (row["example"] for row in csv.DictReader(file) if row.get("example"))


def cuts(sentence: str) -> Iterator[str]:
    """Every beginning and every end of a sentence, by words, or by characters where no spaces divide them."""
    parts = re.findall(r"\s*\S+", sentence)
    parts = parts if len(parts) > 2 else list(sentence)
    for i in range(1, len(parts) + 1):
        yield "".join(parts[:i])
        yield "".join(parts[-i:]).strip()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["joint-statement", "press-conference"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_breaks_off_is_annotated(language: str, kind: str) -> None:
    for example in examples(language):
        for said in cuts(example):
            annotated = annotate(document(language, kind, said))
            assert all(0 <= act.start < act.end <= len(said) for act in annotated.acts), said
