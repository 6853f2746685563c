"""Make the table of English verb forms, src/onrecord/languages/en/verb_forms.csv, with LemmInflect.

usage: python bench/verb_forms.py [--check] [VERB ...]

Needs LemmInflect (pip install lemminflect); the program itself does not. Every verb of the existing table, of the lexicon or
of the arguments gets a row: lemma, third person, past, participle, -ing; spelling variants are separated by "/". --check
writes nothing, lists the rows that would change and exits 1 if there are any.

CORRECTIONS lists what LemmInflect omits or gets wrong, with reasons.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import tomllib
from pathlib import Path

from onrecord.languages.en.inflection import COLUMNS, TABLE, forms_of, is_regular
from onrecord.lexicon.tables import FOLDER

_TAGS = {"third": "VBZ", "past": "VBD", "participle": "VBN", "ing": "VBG"}

#: Replacements of LemmInflect's forms: lemma and form, with the reason.
CORRECTIONS: dict[tuple[str, str], tuple[str, str]] = {
    ("wiretap", "past"): ("wiretapped", "doubles as tap does"),
    ("wiretap", "participle"): ("wiretapped", "as its past"),
    ("wiretap", "ing"): ("wiretapping", "as its past"),
    ("lie", "past"): ("lied", "in statements it means 'tell an untruth'; 'lay' is the base of another verb"),
    ("lie", "participle"): ("lied", "as its past"),
    ("bear", "participle"): ("borne/born", "the commoner first"),
    ("bid", "past"): ("bid/bade", "the commoner first"),
    ("bid", "participle"): ("bid/bidden", "'bade' is no participle"),
    ("broadcast", "past"): ("broadcast/broadcasted", "the commoner form is left out"),
    ("broadcast", "participle"): ("broadcast/broadcasted", "as its past"),
    ("cost", "participle"): ("cost/costed", "as its past"),
    ("fit", "past"): ("fit/fitted", "the British form is left out"),
    ("fit", "participle"): ("fitted/fit", "the American form is left out"),
    ("forecast", "past"): ("forecast/forecasted", "the commoner form is left out"),
    ("forecast", "participle"): ("forecast/forecasted", "as its past"),
    ("get", "participle"): ("got/gotten", "the British form is left out"),
    ("knit", "past"): ("knitted/knit", "the British form is left out"),
    ("knit", "participle"): ("knitted/knit", "as its past"),
    ("light", "participle"): ("lit/lighted", "the commoner form is left out"),
    ("mimic", "past"): ("mimicked", "k keeps c hard"),
    ("mimic", "participle"): ("mimicked", "as its past"),
    ("mimic", "ing"): ("mimicking", "as its past"),
    ("overcome", "participle"): ("overcome", "'overcame' is no participle"),
    ("plead", "past"): ("pleaded/pled", "'plead' as a past is a misspelling"),
    ("plead", "participle"): ("pleaded/pled", "as its past"),
    ("program", "past"): ("programmed/programed", "the commoner form is left out"),
    ("program", "participle"): ("programmed/programed", "as its past"),
    ("program", "ing"): ("programming/programing", "as its past"),
    ("prove", "participle"): ("proved/proven", "'proven' is left out"),
    ("quit", "past"): ("quit/quitted", "both are used"),
    ("quit", "participle"): ("quit/quitted", "the commoner first"),
    ("recommit", "past"): ("recommitted", "stressed on its last syllable"),
    ("recommit", "participle"): ("recommitted", "as its past"),
    ("recommit", "ing"): ("recommitting", "as its past"),
    ("airdrop", "past"): ("airdropped", "a compound of 'drop'"),
    ("airdrop", "participle"): ("airdropped", "as its past"),
    ("airdrop", "ing"): ("airdropping", "as its past"),
    ("relay", "participle"): ("relayed", "'relaid' is of laying again"),
    ("retrofit", "participle"): ("retrofitted/retrofit", "both are used"),
    ("show", "participle"): ("shown/showed", "'showed' is left out"),
    ("sow", "participle"): ("sown/sowed", "'sowed' is left out"),
    ("sting", "ing"): ("stinging", "LemmInflect has the base"),
    ("sublet", "past"): ("sublet", "as 'let'"),
    ("sublet", "participle"): ("sublet", "as 'let'"),
    ("torpedo", "third"): ("torpedoes", "LemmInflect has the base"),
    ("transship", "past"): ("transshipped", "a compound of 'ship'"),
    ("transship", "participle"): ("transshipped", "as its past"),
    ("transship", "ing"): ("transshipping", "as its past"),
    ("wake", "participle"): ("woken/waked", "the commoner first"),
    ("weave", "past"): ("wove/weaved", "the commoner first"),
}
#: Wrong additional forms in LemmInflect: misspellings, archaic forms, and forms of other verbs.
NOT_FORMS = frozenset(
    "bended controled controling crew flied forbad grinded occured occuring over-came payed refered refering relaid ridded "
    "staid staves teared tieing winded".split()
)
#: Verbs whose past or participle equals the lemma in LemmInflect, but not here.
NOT_PARTICIPLES = {("forbid", "forbid"), ("strike", "stricken")}


def spelled_well(lemma: str, word: str) -> bool:
    """Whether a form is one word like its lemma: LemmInflect also returns "off set" and "over-came"."""
    return word not in NOT_FORMS and " " not in word and "'" not in word and word.count("-") == lemma.count("-")


def forms(lemma: str) -> dict[str, tuple[str, ...]]:
    """The corrected LemmInflect forms of a verb: of the part after a hyphen, and by rule for unknown verbs."""
    from lemminflect import getAllInflections  # type: ignore[import-untyped, unused-ignore]

    given = getAllInflections(lemma, upos="VERB")
    if not {"VBZ", "VBD", "VBG"} <= given.keys():
        return _corrected(lemma, forms_of(lemma)._asdict())
    found = {
        name: tuple(dict.fromkeys(word for word in given.get(tag, ()) if spelled_well(lemma, word)))
        for name, tag in _TAGS.items()
    }
    found["participle"] = tuple(one for one in found["participle"] if (lemma, one) not in NOT_PARTICIPLES)
    regular = tuple(one for one in found["past"] if is_regular(lemma, one))
    # A regular past form is also the participle (burned, learned, focussed), which LemmInflect often omits.
    both = (*regular, *(one for one in found["past"] if regular and one.endswith("t") and one != lemma))
    found["participle"] = tuple(dict.fromkeys((*found["participle"], *both))) or found["past"]
    if set(found["past"]) == set(found["participle"]):
        found["participle"] = found["past"]
    return _corrected(lemma, found)


def _corrected(lemma: str, found: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(CORRECTIONS[lemma, name][0].split("/")) if (lemma, name) in CORRECTIONS else words
        for name, words in found.items()
    }


def verbs_of_the_tables() -> set[str]:
    """All verbs of which the lexicon tables contain only one form."""
    found: set[str] = set()
    with (TABLE.parent / "triggers.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split():
                if word.lstrip("(").startswith("~"):
                    found.update(word.strip("()").lstrip("~").split("/"))
    second = tomllib.loads((FOLDER / "second_reader.toml").read_text(encoding="utf-8"))
    for words in second["en"]["verbs"].values():
        found.update(words.split())
    undertakings = tomllib.loads((TABLE.parent / "undertakings.toml").read_text(encoding="utf-8"))
    found.update(undertakings["lists"]["doing"].split())
    return {word for word in found if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", word)}


def made(lemmas: set[str]) -> str:
    """The table as CSV text."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for lemma in sorted(lemmas):
        writer.writerow((lemma, *("/".join(forms(lemma)[name]) for name in COLUMNS[1:])))
    return written.getvalue()


def lemmas_of(path: Path) -> set[str]:
    """The verbs of the existing table."""
    return (
        {line.partition(",")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]}
        if path.exists()
        else set()
    )


def main() -> int:
    """Make the table, or compare it with the existing one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verbs", nargs="*", help="verbs to add")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 where the table would change")
    asked = parser.parse_args()
    table = made(lemmas_of(TABLE) | verbs_of_the_tables() | set(asked.verbs))
    if not asked.check:
        TABLE.write_text(table, encoding="utf-8")
        print(f"{TABLE.name}: {table.count(chr(10)) - 1} verbs", file=sys.stderr)
        return 0
    held = set(TABLE.read_text(encoding="utf-8").splitlines())
    changed = [line for line in table.splitlines() if line not in held]
    print(*changed, sep="\n")
    return 1 if changed else 0


if __name__ == "__main__":
    raise SystemExit(main())
