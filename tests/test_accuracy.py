"""How often claims are right: the table of figures, what is added up, and where it is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onrecord import houses
from onrecord.asking import accuracy_caution, measured_accuracy
from onrecord.asking.accuracy_figures import CLAIMS, markdown_table
from onrecord.cli import app
from onrecord.errors import QueryError, UnknownHouse


def test_figures_are_of_unseen_texts_and_follow_from_their_counts() -> None:
    found = measured_accuracy()
    assert {one.claim for one in found} <= set(CLAIMS)
    assert not any(one.seen for one in found)
    for one in found:
        assert 0 <= one.f1 <= 1
        if one.right is not None and one.found:
            assert one.right <= min(one.found, one.labelled)
            assert one.precision == one.right / one.found


def test_each_kind_of_claim_and_text_has_one_figure() -> None:
    keys = [(one.claim, one.issuer, one.language, one.kind) for one in measured_accuracy()]
    assert len(keys) == len(set(keys))


def test_figures_of_the_structure_are_those_of_the_cards() -> None:
    card = houses.find("cn-mfa").card
    (one,) = measured_accuracy(claim="turns", issuer="cn-mfa", all_texts=True)
    assert card.accuracy is not None
    assert (one.f1, one.texts) == (card.accuracy.f1, card.accuracy.pages)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [({"claim": "act"}, QueryError), ({"issuer": "cn-mfaa"}, UnknownHouse)],
    ids=["a claim that is not measured", "a house that is not known"],
)
def test_an_unknown_filter_is_an_error_and_no_empty_list(wrong: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        measured_accuracy(**wrong)


def test_the_command_shows_precision_and_recall(capsys: pytest.CaptureFixture[str]) -> None:
    assert app(["accuracy", "--claim", "acts", "--issuer", "cn-mfa"], result_action="return_value") == 0
    out = capsys.readouterr().out
    assert "precision" in out
    assert "cn-mfa" in out
    assert "us-whitehouse" not in out


def test_the_labels_of_acts_are_places_and_hashes_only() -> None:
    """The words of the pages belong to their publishers."""
    for path in (Path(__file__).parent / "gold" / "acts").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert '"sha256"' in text
        assert '"quote": "' not in text


def test_the_labels_of_undertakings_and_meetings_are_places_and_hashes_only() -> None:
    for path in (Path(__file__).parent / "gold" / "ledger").glob("*.json"):
        for page in json.loads(path.read_text(encoding="utf-8"))["pages"]:
            places = [one["words"] for one in page["undertakings"]]
            places += [place for one in page["meetings"] for place in one["words"]]
            assert all(re.fullmatch("[0-9a-f]{16}", words_hash) for _, _, _, words_hash in places)


def test_the_page_of_the_docs_has_the_figures() -> None:
    """``python bench/accuracy.py --write`` and ``bench/structure.py --write`` change the figures: then the page must follow."""
    text = (Path(__file__).parents[1] / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert markdown_table(measured_accuracy()) in text, "python bench/accuracy.py --write writes the page"


BRIEFING = "us-whitehouse", "en", "press-conference"


def test_readers_are_told_where_many_claims_were_wrong() -> None:
    """A kind of text with few right claims has a caution, one with many has none, one that was not measured neither."""
    figures = {(one.issuer, one.language, one.kind): one for one in measured_accuracy(claim="acts")}
    for (issuer, language, kind), one in figures.items():
        told = accuracy_caution("acts", issuer=issuer, language=language, kind=kind)
        few = (one.found or 0) < 20 or one.precision is None
        assert (told is None) == (few or (one.precision or 0) >= 0.75), (issuer, language, kind)
    assert accuracy_caution("acts", issuer="nobody", language="en", kind="readout") is None


def test_the_command_tells_it_beside_the_acts(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "briefing.md"
    page.write_text(
        "---\ntitle: Press Briefing by Press Secretary Ann Sample\ndate: 2022-05-02\n"
        "source_url: https://www.whitehouse.gov/briefing-room/press-briefings/2022/05/02/sample/\n---\n\n"
        "Q    Will you help Japan?\n\nMS. SAMPLE:  The United States will help Japan rebuild its lighthouses.\n",
        encoding="utf-8",
    )
    assert app(["acts", str(page)], result_action="return_value") == 0
    out = capfd.readouterr().out
    assert ("were right: check the words" in out) == (
        accuracy_caution("acts", issuer=BRIEFING[0], language=BRIEFING[1], kind=BRIEFING[2]) is not None
    )
