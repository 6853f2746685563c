"""Fit the weights by which points of two accounts are linked, and say what they reach on meetings they were not fitted to.

usage: bench/accounts.py GOLD DATA [--write]

GOLD holds one JSON file a meeting with its labelled points, DATA a folder for each with ``a.md`` and ``b.txt``. For every
meeting the weights are fitted to all others (leave one out), and the points are scored as the labels' own scorer does.
``--write`` fits them to all meetings and writes the bundled table.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import msgspec
import numpy as np

import onrecord
from onrecord.commands.compare import accounts_object
from onrecord.comparing.accounts import _TABLE, Weights, bundled_weights, compare_accounts
from onrecord.comparing.point_features import FEATURES, Account, Matrix, features
from onrecord.comparing.points import points

#: The strength of the prior on the weights, and the share of claims "in none of the others" that must be right where they are
#: fitted.
_PRIOR, _RIGHT = 1.0, 0.89


class Meeting(NamedTuple):
    """A labelled meeting: its documents, the labels with their spans, the features of all pairs of points, which pairs are so.

    ``alone`` says for the points of each side whether that side alone has them (1), both (0), or whether nothing is known or they
    are no part of the account (-1).
    """

    name: str
    documents: tuple[onrecord.Document, onrecord.Document]
    gold: list[dict[str, Any]]
    values: Matrix
    linked: Matrix
    alone: tuple[Matrix, Matrix]


def read(name: str, gold: Path, data: Path, scorer: ModuleType) -> Meeting:
    """Read a meeting."""
    one, other = (onrecord.annotate(onrecord.read(data / name / file)) for file in ("a.md", "b.txt"))
    told = [points(document) for document in (one, other)]
    labels = []
    for label in json.loads((gold / f"{name}.json").read_text(encoding="utf-8"))["points"]:
        spans = {
            side: scorer.place(label[side], document.text) if label.get(side) else None
            for side, document in (("a", one), ("b", other))
        }
        labels.append(spans | {"relation": scorer.NAMES.get(label["relation"], label["relation"])})
    touch = scorer.touch
    linked = np.array(
        [
            [any(touch(_span(a), label["a"]) and touch(_span(b), label["b"]) for label in labels) for b in told[1]]
            for a in told[0]
        ],
        float,
    )
    alone = []
    asides = [
        [point.aside for point in compare_accounts((one, other)).points if point.account == side] for side in (0, 1)
    ]
    for side, far, some, aside in (("a", "b", told[0], asides[0]), ("b", "a", told[1], asides[1])):
        both = [any(label["a"] and label["b"] and touch(_span(p), label[side]) for label in labels) for p in some]
        only = [any(label[side] and not label[far] and touch(_span(p), label[side]) for label in labels) for p in some]
        alone.append(
            np.array(
                [-1 if x else 0 if b else 1 if o else -1 for b, o, x in zip(both, only, aside, strict=True)], float
            )
        )
    values = features(Account(told[0], one.language), Account(told[1], other.language))
    return Meeting(name, (one, other), labels, values, linked, (alone[0], alone[1]))


def _span(point: Any) -> tuple[int, int]:
    return point.start, point.end


def fit(meetings: list[Meeting]) -> Weights:
    """Fit the weights (ridge logistic regression; a long meeting counts by the root of its size) and the level of an "only"."""
    flat = np.concatenate([one.values.reshape(-1, len(FEATURES)) for one in meetings])
    truth = np.concatenate([one.linked.ravel() for one in meetings])
    counts = np.concatenate([np.full(one.linked.size, one.linked.size**-0.5) for one in meetings])
    counts *= len(counts) / counts.sum()
    rows = np.c_[np.ones(len(flat)), flat]
    prior = np.eye(rows.shape[1]) * _PRIOR
    prior[0, 0] = 1e-6
    found = np.zeros(rows.shape[1])
    for _ in range(40):
        likely = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (counts * (truth - likely)) - prior @ found
        found = found + np.linalg.solve((rows.T * (counts * likely * (1 - likely))) @ rows + prior, slope)
    weights = msgspec.structs.replace(
        bundled_weights(), intercept=float(found[0]), weights=dict(zip(FEATURES, found[1:].tolist(), strict=True))
    )
    return msgspec.structs.replace(weights, alone=_level(meetings, weights))


def _level(meetings: list[Meeting], weights: Weights) -> float:
    """The highest probability of the likeliest partner below which so many labelled points are one side's alone."""
    best, truth = [], []
    for one in meetings:
        likely = weights.probabilities(one.values)
        for axis, alone in ((1, one.alone[0]), (0, one.alone[1])):
            best.append(likely.max(axis)[alone >= 0])
            truth.append(alone[alone >= 0])
    values, so = np.concatenate(best), np.concatenate(truth)
    order = np.argsort(values)
    right = np.cumsum(so[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= _RIGHT)
    return float(values[order][enough[-1]]) if len(enough) else 0.0


def main() -> None:
    """Print the scores of every meeting and of all, of those in English and Chinese and in Spanish apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", options.gold.parents[1] / "tools/score_pairs.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    meetings = [read(file.stem, options.gold, options.data, scorer) for file in sorted(options.gold.glob("*.json"))]
    totals: dict[str, Counter[str]] = {"all": Counter()}
    for one in meetings:
        weights = fit([other for other in meetings if other is not one])
        told = accounts_object(compare_accounts(one.documents, weights), list(one.documents))
        plain = json.loads(msgspec.json.encode(told))
        counts = scorer.score(one.gold, plain["points"], plain["candidates"])
        language = one.documents[1].language.partition("-")[0]
        for key in ("all", f"with {language}"):
            totals.setdefault(key, Counter()).update(counts)
        print(f"{one.name:44s} {scorer.report(counts)[0]}")
    for key, counts in totals.items():
        print(f"\n{key}, each meeting with weights fitted to the others")
        print(*scorer.report(counts), sep="\n")
    if options.write:
        _write(fit(meetings))


def _write(weights: Weights) -> None:
    """Write the weights into the table, whose comments stay."""
    text = _TABLE.read_text(encoding="utf-8")
    for name, value in {"intercept": weights.intercept, "alone": weights.alone, **weights.weights}.items():
        text = re.sub(rf"^{name} = [-\d.]+", f"{name} = {value:.3f}", text, flags=re.M)
    _TABLE.write_text(text, encoding="utf-8")
    print(f"wrote {_TABLE}", file=sys.stderr)


if __name__ == "__main__":
    main()
