"""Undertakings and meetings: labels kept as places and hashes, and how many of them the program finds.

usage: python bench/ledger_labels.py keep LABELS DATA --to tests/gold/ledger/NAME.json --day 2026-12-01 --texts "drawn …"
       python bench/ledger_labels.py score [KEPT.json ...] [--data DATA] [--write --unseen | --write] [--show]

LABELS holds ``index.json`` (a list of ``{"id", "page"}``, the page below DATA) and ``gold/ID.json`` in the form of the codebook's
undertakings and meetings. What is kept of a label's words is where they stand in a turn, and a hash of them.

An undertaking is found if claims of its parties and its strength cover half of what follows its hedge; several claims on one
label count as one, so that it is free how finely a list is cut. A meeting is found if a claim touches its words and has its
parties, its days and, where told, its place. What is optional counts neither way. ``--write`` appends the figures to those that
``onrecord accuracy`` shows; ``--unseen`` as in ``bench/accuracy.py``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import onrecord
from accuracy import Count, append, figures, write_docs
from corpus import DATA
from onrecord.annotation_types import Meeting, Undertaking
from onrecord.errors import OnRecordError
from onrecord.lexicon.actors import group_members
from onrecord.record import Document

KEPT = Path(__file__).parents[1] / "tests" / "gold" / "ledger"
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:['’][^\W_]+)*")
#: A claim shares at least so many words with a label, of fewer the whole; in a text without spaces so many characters.
_LEAST, _LEAST_CHARACTERS = 3, 5
#: A claim that holds half of the deed is at most so many times as long.
_LONGEST = 3
Place = list[Any]
Span = tuple[int, int]
Group = tuple[str, str, str, str]


# ---- keeping labels


def keep(options: argparse.Namespace) -> int:
    """Write the labels of a folder as places and hashes."""
    pages = []
    for row in json.loads((options.labels / "index.json").read_text(encoding="utf-8")):
        gold = json.loads((options.labels / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))
        try:
            document = onrecord.read(options.data / row["page"])
        except OnRecordError as error:
            print(f"{row['page']}: {error}", file=sys.stderr)
            continue
        pages.append({
            "page": row["page"], "domestic": gold.get("group") == "domestic",
            "undertakings": list(_kept_undertakings(document, gold)), "meetings": list(_kept_meetings(document, gold)),
        })  # fmt: skip
    lines = ",\n".join(json.dumps(page, ensure_ascii=False) for page in pages)
    head = json.dumps({"day": options.day, "texts": options.texts}, ensure_ascii=False)[:-1]
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_text(f'{head}, "pages": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{options.to}: {len(pages)} pages")
    return 0


def _kept_undertakings(document: Document, gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in gold["undertakings"]:
        place = _placed(document, one["words"])
        if place is None:
            print(f"not found: {one['words'][:80]}", file=sys.stderr)
            continue
        hedge = _pattern(one["hedge"]).search(document.text, *_span(document, place)) if one.get("hedge") else None
        turn = next(turn for turn in document.turns if turn.id == place[0])
        yield {
            "strengths": [one["strength"], *one.get("also", [])], "by": one["by"], "to": one["to"],
            "optional": bool(one.get("optional")), "words": place, "deed": hedge.end() - turn.start if hedge else place[1],
            "again": [found for words in one.get("again", []) if (found := _placed(document, words)) is not None],
        }  # fmt: skip


def _kept_meetings(document: Document, gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in gold["meetings"]:
        places = [_placed(document, words) for words in (one["words"], *one.get("again", []))]
        if places[0] is None:
            print(f"not found: {one['words'][:80]}", file=sys.stderr)
            continue
        told = one["place"] if one["place"] not in (None, "*") else None
        yield {
            "kind": one["kind"], "parties": one["parties"], "first_day": one["first_day"], "last_day": one["last_day"],
            "optional": bool(one.get("optional")), "words": [place for place in places if place is not None],
            "place": _placed(document, told) if told is not None else None,
        }  # fmt: skip


def _placed(document: Document, words: str) -> Place | None:
    """Where words stand: the turn, first and last character in it, and a hash of them; None if they are in no turn."""
    for turn in document.turns:
        found = _pattern(words).search(turn.text)
        if found is not None:
            return [turn.id, *found.span(), _hash(found[0])]
    return None


def _pattern(words: str) -> re.Pattern[str]:
    parts = list(re.sub(r"\s+", "", words)) if re.search(r"[\u4e00-\u9fff]", words) else words.split()
    between = r"\s*" if re.search(r"[\u4e00-\u9fff]", words) else r"\s+"
    return re.compile(between.join(map(re.escape, parts)))


def _hash(words: str) -> str:
    return sha256("".join(words.split()).encode()).hexdigest()[:16]


# ---- scoring


def _span(document: Document, place: Place) -> Span:
    """The characters of a kept place in the text; nothing where the page is read differently now."""
    for turn in document.turns:
        if turn.id == place[0] and _hash(turn.text[place[1] : place[2]]) == place[3]:
            return turn.start + place[1], turn.start + place[2]
    return 0, 0


def _codes(codes: Iterable[str]) -> set[str]:
    return {member for code in codes for member in group_members().get(code, (code,))}


class Page:
    """A page with its labels, and what the program claims of it."""

    def __init__(self, document: Document, labels: dict[str, Any]) -> None:
        self.document, self.labels = document, labels
        self.tokens = [found.span() for found in _TOKEN.finditer(document.text)]
        self.least = _LEAST_CHARACTERS if document.language.startswith("zh") else _LEAST

    def inside(self, span: Span) -> set[int]:
        """The words of a stretch, by number."""
        return {number for number, (start, end) in enumerate(self.tokens) if start < span[1] and span[0] < end}

    def undertakings(self, count: Count) -> None:
        """Count the undertakings."""
        document = self.document
        places = [(one, _span(document, one["words"])) for one in self.labels["undertakings"]]
        free = [self.inside(span) for one, span in places if one["optional"]]
        free += [self.inside(_span(document, place)) for one, _ in places for place in one["again"]]
        claims = {number: self.inside((one.start, one.end)) for number, one in enumerate(document.undertakings)}
        for one, span in places:
            if one["optional"]:
                continue
            count.labelled += 1
            offset = one["deed"] - one["words"][1]
            deed, words = self.inside((span[0] + offset, span[1])), self.inside(span)
            deed = deed if len(deed) >= _LEAST else words
            mine = [
                number
                for number, said in claims.items()
                if self._within(said, words, deed) and _agrees(document.undertakings[number], one)
            ]
            covered = set().union(*(claims[number] for number in mine)) & deed
            if mine and deed and len(covered) * 2 >= len(deed):
                count.right += 1
                count.found += 1
                claims = {number: said for number, said in claims.items() if number not in mine}
            else:
                count.wrong.append(
                    f"missed {one['strengths'][0]} {one['by']} {one['to']}: {document.text[slice(*span)]}"
                )
        for number, said in claims.items():
            if not any(self._within(said, other, set()) for other in free):
                claim = document.undertakings[number]
                count.found += 1
                count.wrong.append(
                    f"wrong {claim.strength} {claim.by} {claim.to}: {document.text[claim.start : claim.end]}"
                )

    def _within(self, said: set[int], words: set[int], deed: set[int]) -> bool:
        shared = len(said & words)
        if not words or len(said) < min(self.least, len(words)):
            return False
        return shared * 2 >= len(said) or (
            bool(deed) and len(said & deed) * 2 >= len(deed) and len(said) <= _LONGEST * len(deed)
        )

    def meetings(self, count: Count) -> None:
        """Count the meetings."""
        left = list(self.document.meetings)
        for one in sorted(self.labels["meetings"], key=lambda label: label["optional"]):
            spans = [_span(self.document, place) for place in one["words"]]
            near = [claim for claim in left if _touches(claim, spans)]
            if one["optional"]:
                left = [claim for claim in left if claim not in near]
                continue
            count.labelled += 1
            hit = next((claim for claim in near if self._is(claim, one)), None)
            if hit is not None:
                left.remove(hit)
                count.right += 1
                count.found += 1
            else:
                count.wrong.append(f"missed {one['kind']} {one['parties']}: {self.document.text[slice(*spans[0])]}")
        for claim in left:
            count.found += 1
            count.wrong.append(
                f"wrong {claim.kind} {claim.parties} {claim.first_day}: {self.document.text[claim.start : claim.end]}"
            )

    def _is(self, claim: Meeting, one: dict[str, Any]) -> bool:
        if _codes(claim.parties) != _codes(one["parties"]):
            return False
        if not (_day(claim.first_day, one["first_day"]) and _day(claim.last_day, one["last_day"])):
            return False
        if one["place"] is None:
            return True
        told = self.document.text[slice(*_span(self.document, one["place"]))].casefold()
        said = (claim.place or "").casefold()
        return bool(said) and (said in told or told in said)


def _agrees(claim: Undertaking, one: dict[str, Any]) -> bool:
    by, to = _codes(one["by"]), _codes(one["to"])
    if claim.strength not in one["strengths"]:
        return False
    if not to:
        return by == _codes(claim.by) | _codes(claim.to)
    return by == _codes(claim.by) and ("*" in to or to == _codes(claim.to))


def _touches(claim: Meeting, spans: list[Span]) -> bool:
    return any(one.start < end and start < one.end for one in claim.spans for start, end in spans)


def _day(said: str | None, told: str | None) -> bool:
    """Whether a day is the label's; of a month also none, or one of its days."""
    if told == "*":
        return True
    if told and len(told) < len("2021-03-22"):
        return not said or said.startswith(told)
    return (told or None) == said


def score(options: argparse.Namespace) -> int:
    """Print the figures, and write them."""
    rows: list[dict[str, object]] = []
    for path in options.labels or sorted(KEPT.glob("*.json")):
        head = json.loads(path.read_text(encoding="utf-8"))
        groups: defaultdict[Group, Count] = defaultdict(Count)
        for labels in head["pages"]:
            document = onrecord.annotate(onrecord.read(options.data / labels["page"]))
            page = Page(document, labels)
            key = document.issuer, document.language.partition("-")[0], document.kind
            for claim, counted in (("undertakings", page.undertakings), ("meetings", page.meetings)):
                count = groups[claim, *key]
                count.texts += 1
                counted(count)
        print(f"{path.stem}: {head['texts']}, {head['day']}")
        for (claim, issuer, language, kind), one in sorted(groups.items()):
            precision, recall = one.right / max(1, one.found), one.right / max(1, one.labelled)
            counts = f"{one.texts} texts, {one.labelled} labelled, {one.found} found, {one.right} right"
            print(f"  {claim} {issuer} {language} {kind}: {counts}: precision {precision:.3f} recall {recall:.3f}")
            if options.show:
                print(*(f"    {' '.join(line.split())[:200]}" for line in one.wrong), sep="\n")
            rows.append(figures((claim, issuer, language, kind), one, head["texts"], unseen=options.unseen))
    if options.write:
        append(rows)
        write_docs()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    kept = commands.add_parser("keep")
    kept.add_argument("labels", type=Path)
    kept.add_argument("data", type=Path)
    kept.add_argument("--to", type=Path, required=True)
    kept.add_argument("--day", required=True)
    kept.add_argument("--texts", required=True)
    kept.set_defaults(run=keep)
    scored = commands.add_parser("score")
    scored.add_argument("labels", type=Path, nargs="*")
    scored.add_argument("--data", type=Path, default=DATA)
    scored.add_argument("--write", action="store_true")
    scored.add_argument("--unseen", action="store_true")
    scored.add_argument("--show", action="store_true")
    scored.set_defaults(run=score)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    return int(options.run(options))


if __name__ == "__main__":
    raise SystemExit(main())
