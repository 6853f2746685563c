"""Country counts in the Obama briefings: a published substring count, reproduced, compared with our mentions.

usage: python bench/countries.py [--all] [--json FILE]

The published table counts, for each of 150 names, whitespace-separated tokens that contain the name, in the stored files
(HTML as the repr of Python bytes). So every Nigeria counts for Niger, and names of two words are never found. We compare this
with mentions of each country by name or alias, and by all its words (demonyms, capitals as governments). The twenty largest
differences are printed with their causes, as counts and in words.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from corpus import DATA, need_data, pages
from onrecord import languages
from onrecord.annotation.analysis import analyse
from onrecord.lexicon.tables import many
from onrecord.lexicon.world import world_rows
from onrecord.record import Document, Heading, Turn
from texts import plain

_TABLE = DATA.parent / "gold/topics/obama-briefings-country-substrings.txt"
_HEADLINE = re.compile(r"<h1>(.*?)</h1>", re.S)
_DEMONYMS = "the substring stands in the demonyms too, which name people and things of the country"
#: Explanations of the differences, from reading examples in the briefings.
_REASONS = {
    "Iran": _DEMONYMS + "; 'Iran deal' and 'Iran nuclear deal' name an agreement",
    "Iraq": _DEMONYMS + "; 'Iraq War' names a war",
    "North Korea": "two words: no token can hold them",
    "South Korea": "two words; 'Republic of Korea', 'ROK' and 'Korea' alone are the same country",
    "Israel": _DEMONYMS,
    "Cuba": _DEMONYMS + " ('Cuban government', 'the Cubans', 'Cuban-American')",
    "Egypt": _DEMONYMS,
    "Pakistan": _DEMONYMS,
    "Libya": _DEMONYMS,
    "India": _DEMONYMS + "; also Indiana, Indianapolis, American Indians, the Indian Ocean",
    "Niger": "nearly all of it is Nigeria and Nigerian",
    "Nigeria": _DEMONYMS,
    "Japan": _DEMONYMS,
    "China": "the South China and East China Seas are no state, 'President of China' is an office; 'PRC' is China too",
    "Myanmar": "the briefings mostly say Burma",
    "Jordan": "a reporter of that name is called up; 'Jordanian'",
    "Mali": "Maliki, prime minister of Iraq; Malia Obama; Malik; Malibu",
    "Haiti": _DEMONYMS,
    "Georgia": "the US state: elections, its senators, Fort Stewart, Atlanta; Georgian",
    "Monaco": "Lisa Monaco, the President's adviser; the state is never named",
    "Malaysia": _DEMONYMS + ", and in Malaysian Airlines",
    "Vatican City": "two words; the briefings say the Vatican or the Holy See",
    "Mexico": "New Mexico, Gulf of Mexico, Mexico City",
}


@dataclass
class Country:
    """The counts for a name of the table. ``words`` are longer words that contain it, ``elsewhere`` other names."""

    published: int
    code: str | None
    tokens: int = 0
    named: int = 0
    all_words: int = 0
    words: Counter[str] = field(default_factory=Counter)
    elsewhere: int = 0
    alias: Counter[str] = field(default_factory=Counter)

    @property
    def difference(self) -> int:
        return abs(self.published - self.named)


def table() -> dict[str, Country]:
    """The published table with the code of each name, ``None`` if it is not a state or territory of our tables."""
    found = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        count, _, name = line.partition(" ")
        known = [
            one
            for hit in languages.find("en").names.find(name)
            for one in hit.names
            if one.kind in ("country", "territory")
        ]
        whole = any(hit.surface in (name, name.removeprefix("The ")) for hit in languages.find("en").names.find(name))
        found[name] = Country(int(count), known[0].id if known and whole else None)
    return found


def document_of(title: str, text: str) -> Document:
    """A briefing as one statement, since speakers do not matter for counting countries."""
    heading = Heading(
        id="briefing", title=title, date=None, issuer="us-whitehouse", house="plain", kind="press-conference",
        language="en", text=text, capture="sha256:" + "0" * 64,
    )  # fmt: skip
    return Document(heading=heading, turns=(Turn(id="briefing-1", kind="statement", start=0, end=len(text)),))


def briefings() -> list[tuple[str, Document]]:
    """Each briefing as stored, decoded, and as a document of its title and text."""
    found = []
    for name, data in pages("us-whitehouse-obama", suffixes=(".html",)):
        if "labelled" in name:  # copies of members of the archive
            continue
        kept = data.decode("utf-8", "replace")
        headline = _HEADLINE.search(kept)
        title = headline[1].strip() if headline else ""
        found.append((kept, document_of(title, f"{title}\n\n{plain(name, data)}\n")))
    return found


def count(countries: dict[str, Country], briefings: list[tuple[str, Document]]) -> None:
    """Count tokens like the table, and mentions."""
    tokens: Counter[str] = Counter()
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    words: Counter[str] = Counter()
    for kept, document in briefings:
        tokens.update(kept.split())
        words.update(re.findall(r"[^\W\d_]+", document.text))
        for mention in analyse(document).mentions:
            if mention.kind in ("country", "territory") and mention.id:
                surfaces[mention.id][mention.name.replace("’", "'")] += 1
    own = {row["id"]: {row["name"], *many(row["aliases"])} for row in world_rows("states")}
    for name, country in countries.items():
        country.tokens = sum(times for token, times in tokens.items() if name in token)
        country.words = Counter({word: times for word, times in words.items() if name in word and word != name})
        if country.code is not None:
            found = surfaces[country.code]
            mine = {said.replace("’", "'") for said in own[country.code]}
            by_name = {said: times for said, times in found.items() if said in mine}
            country.named, country.all_words = sum(by_name.values()), sum(found.values())
            country.alias = Counter({said: times for said, times in by_name.items() if name not in said})
            held = sum(times for said, times in by_name.items() if name in said)
            country.elsewhere = max(0, words[name] - held) if " " not in name else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="print every name, not only the twenty largest differences")
    parser.add_argument("--json", help="write the figures here")
    told = parser.parse_args()
    need_data()
    read = briefings()
    countries = table()
    count(countries, read)
    exact = sum(country.tokens == country.published for country in countries.values())
    print(f"{len(read)} briefings; the table comes out exactly for {exact} of its {len(countries)} names\n")
    ranked = sorted(countries.items(), key=lambda pair: (-pair[1].difference, pair[0]))
    print(f"{'':24}{'published':>10}{'tokens':>8}{'by name':>9}{'all words':>11}{'difference':>12}")
    for name, country in ranked if told.all else ranked[:20]:
        print(
            f"{name:24}{country.published:>10}{country.tokens:>8}{country.named:>9}{country.all_words:>11}"
            f"{country.difference:>12}"
        )
    print("\nThe twenty largest differences, and what makes them:")
    for name, country in ranked[:20]:
        longer = ", ".join(f"{word} {times}" for word, times in country.words.most_common(4))
        alias = ", ".join(f"{said} {times}" for said, times in country.alias.most_common(4))
        print(f"  {name}: {_REASONS.get(name, 'no reason is written yet: read examples and write one')}")
        counted = [f"longer words: {longer}" if longer else "", f"within or as other names: {country.elsewhere}"]
        counted += [f"other names of it: {alias}" if alias else ""]
        print(f"      {'; '.join(part for part in counted if part)}")
    unknown = sorted(name for name, country in countries.items() if country.code is None)
    print(f"\nNo code of ours, so left out of the comparison: {', '.join(unknown)}")
    if told.json:
        rows = {
            name: {
                "published": one.published, "tokens": one.tokens, "by_name": one.named, "all_words": one.all_words,
                "reason": _REASONS.get(name),
            }
            for name, one in ranked
        }  # fmt: skip
        with open(told.json, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump({"briefings": len(read), "exact": exact, "countries": rows}, file, indent=1)
    explained = all(name in _REASONS for name, _ in ranked[:20])
    return 0 if exact == len(countries) and explained else 1


if __name__ == "__main__":
    sys.exit(main())
