"""Speed of annotation on one core, compared with spaCy's entity ruler on the same names in the same run.

usage: python bench/annotate.py [--pages 0] [--json FILE]

Annotates all of cn-mfa/en in one process. The baseline is the usual tool to find names of a list: a blank English spaCy
pipeline with an entity ruler of all names of our automaton. It does not disambiguate names and finds no acts. For names with
one meaning both should find the same places; the agreement is printed too.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from corpus import floor, need_data, pages
from onrecord import annotate, languages
from onrecord.annotation.acts import find_acts
from onrecord.annotation.analysis import analyse
from onrecord.captures.opening import Opened, capture_of
from onrecord.reader import read_opened
from onrecord.record import Document

#: The number of documents for warm-up: tables and automata are built once.
_WARM = 3


def documents(limit: int) -> list[Document]:
    found = []
    for name, data in pages("cn-mfa/en"):
        opened = Opened(capture=capture_of(data, name), data=data, name=name.rsplit("/", 1)[-1])
        found.append(read_opened(opened))
        if len(found) == limit:
            break
    return found


def seconds_of(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def ruler() -> Any:
    """A blank English spaCy pipeline with all our names as phrases; the label of an unambiguous name is its kind and id."""
    try:
        import spacy
    except ImportError:
        sys.exit("spaCy is not here, and without it there is nothing to compare with: pip install 'onrecord[bench]'")
    nlp: Any = spacy.blank("en")
    table = languages.find("en").names
    patterns = [
        {"label": f"{them[0].kind}:{them[0].id}", "pattern": surface}
        for surface, them in zip(table.surfaces, table.meanings, strict=True)
        if them[0].form != "shield"
    ]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    return nlp


def unambiguous() -> frozenset[str]:
    """Names of states and territories with one meaning in every context."""
    table = languages.find("en").names
    return frozenset(
        surface
        for surface, them in zip(table.surfaces, table.meanings, strict=True)
        if len(them) == 1
        and them[0].kind in ("country", "territory")
        and surface not in languages.find("en").conditions
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=0, help="so many pages only")
    parser.add_argument("--json", help="write the figures here")
    told = parser.parse_args()
    need_data()
    nlp = ruler()
    held = documents(told.pages)
    turns = [turn.text for document in held for turn in document.turns]
    words = sum(len(text.split()) for text in turns)
    for document in held[:_WARM]:
        annotate(document)
    list(nlp.pipe(turns[:50]))

    analyses: list[Any] = []
    acts: list[Any] = []
    found: list[Any] = []
    spent = {
        "mentions": seconds_of(lambda: analyses.extend(analyse(one) for one in held)),
        "acts after mentions": seconds_of(lambda: acts.extend(find_acts(one) for one in analyses)),
        "onrecord.annotate": seconds_of(lambda: [annotate(one) for one in held]),
        "spaCy tokenizer": seconds_of(lambda: [nlp.make_doc(text) for text in turns]),
        "spaCy with ruler": seconds_of(lambda: found.extend(nlp.pipe(turns))),
    }
    speeds = {
        "mentions": words / spent["mentions"],
        "mentions and acts": words / (spent["mentions"] + spent["acts after mentions"]),
        "onrecord.annotate": words / spent["onrecord.annotate"],
        "spaCy tokenizer": words / spent["spaCy tokenizer"],
        "spaCy with ruler": words / spent["spaCy with ruler"],
    }
    least = {
        "mentions": floor("annotate", "mentions_words_per_second"),
        "onrecord.annotate": floor("annotate", "all_words_per_second"),
    }
    print(
        f"{len(held)} documents, {len(turns):,} turns, {words:,} words; {len(languages.find('en').names.surfaces):,} names"
    )
    print(f"{'':20}{'words/s':>10}{'floor':>10}")
    for name, speed in speeds.items():
        print(f"{name:20}{speed:>10,.0f}{f'{least[name]:,.0f}' if name in least else '':>10}")
    print(f"mentions beside spaCy with ruler: {speeds['mentions'] / speeds['spaCy with ruler']:.1f} times as fast")

    plain = unambiguous()
    ours: Counter[tuple[int, int, int]] = Counter()
    number = 0
    for document, analysis in zip(held, analyses, strict=True):
        for turn in document.turns:
            inside = [
                one
                for one in analysis.mentions
                if turn.start <= one.start < turn.end and one.kind in ("country", "territory")
            ]
            ours.update((number, one.start - turn.start, one.end - turn.start) for one in inside if one.name in plain)
            number += 1
    theirs = Counter(
        (number, one.start_char, one.end_char)
        for number, doc in enumerate(found)
        for one in doc.ents
        if one.text in plain
    )
    both = sum((ours & theirs).values())
    agreement = 2 * both / max(1, sum(ours.values()) + sum(theirs.values()))
    print(
        f"names of states with one meaning: {sum(ours.values()):,} places found by us, {sum(theirs.values()):,} by spaCy, "
        f"{both:,} by both ({agreement:.2%} of either)"
    )
    for who, left in (("only we", ours - theirs), ("only spaCy", theirs - ours)):
        around = Counter(turns[number][max(0, start - 12) : end + 12].replace("\n", " ") for number, start, end in left)
        print(f"  {who}: {'; '.join(f'…{words}…' for words, _ in around.most_common(4)) or 'nothing'}")
    if told.json:
        figures = {"words": words, "words_per_second": speeds, "agreement": agreement}
        with open(told.json, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(figures, file, indent=1)
    return 0 if all(speeds[name] >= floor_ for name, floor_ in least.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
