"""Chinese names: states, organisations, people … in the world tables, single characters (美方) and pairs of them (中美)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.annotation_types import MentionKind
from onrecord.languages.name_tables import references_in, shields_in
from onrecord.languages.names import Name
from onrecord.lexicon.tables import many
from onrecord.lexicon.world import world_rows

_FOLDER = Path(__file__).parent

#: 中美洲, 日中方: the next character belongs to a longer word. 15日美方, 今日中方: the word before makes 日 a day. 其中不 means
#: "among them not".
_NO_PAIR_AFTER = frozenset("国方洲文语元籍裔")
_AMONG = frozenset("其当集途")
_DAY_BEFORE = frozenset("0123456789０１２３４５６７８９近今当节假每生次昨明即周往早同本前")


def only_looks_paired(text: str, start: int, end: int) -> bool:
    """Whether two characters that name a pair of states belong to longer words here."""
    if end < len(text) and text[end] in _NO_PAIR_AFTER and not text.startswith("元首", end):  # 中美元首 is no 美元
        return True
    before = text[start - 1] if start else ""
    return before in _DAY_BEFORE if text[start] == "日" else text[start] == "中" and before in _AMONG


#: One-character names of states form pairs (中美, 美欧): these states with each other, China with every state. China comes
#: second only after these (美中), since 满意中方, 公布中国 and the like look the same; 以, also "by", never comes first.
PAIRED = ("USA", "RUS", "JPN", "KOR", "PRK", "IND", "GBR", "FRA", "DEU", "ISR", "IRN", "PAK", "SAU")
_PAIRED_WITH_ALL = ("USA", "RUS", "JPN", "KOR", "PRK", "IND")
#: Pairs with the European Union; 中欧国家 (Central Europe) is excluded by the character behind.
_WITH_EUROPE = (("中", "欧", "CHN"), ("美", "欧", "USA"), ("俄", "欧", "RUS"), ("英", "欧", "GBR"), ("日", "欧", "JPN"))
#: Pairs with a group of states, and of states that are named together often and never by their signs alone.
_NAMED_PAIRS = (
    ("中非", "CHN", "AU"), ("非中", "CHN", "AU"), ("巴以", "PSE", "ISR"), ("以巴", "ISR", "PSE"), ("俄乌", "RUS", "UKR"),
    ("乌俄", "UKR", "RUS"), ("缅孟", "MMR", "BGD"), ("孟缅", "BGD", "MMR"), ("沙伊", "SAU", "IRN"), ("伊沙", "IRN", "SAU"),
)  # fmt: skip
_PAIRED_TOO = ("英法", "法英", "英德", "德英", "法德", "德法")


def chinese_names() -> Iterator[tuple[str, Name]]:
    """Yield every Chinese name with its meaning."""
    for row in world_rows("states"):
        yield from _of_a_state(row)
    yield from _pairs()
    for row in world_rows("organisations"):
        yield from _longer(row, Name("organisation", row["id"], (row["actor"],), "name"))
    for row in world_rows("places"):
        yield from _longer(row, Name("place", row["id"], many(row["actor"]), "name"))
    for row in world_rows("people"):
        yield from _longer(row, Name("person", row["id"], (row["state"],), "name"))
    for row in world_rows("offices"):
        form = "body" if row["kind"] == "body" else "name"
        yield from _longer(row, Name("office", row["id"], many(row["belongs_to"]), form))
    for row in world_rows("mechanisms"):
        form = "generic" if row["kind"] == "generic" else "name"
        yield from _longer(row, Name("mechanism", row["id"], many(row["parties"]), form))
    yield from references_in(_FOLDER / "references.csv")
    yield from shields_in(_FOLDER / "not_names.csv")


def _longer(row: Mapping[str, str], name: Name) -> Iterator[tuple[str, Name]]:
    """The name and the aliases of a row, but those of one character, which need a context."""
    for surface in (row["name_zh"], *many(row["aliases_zh"])):
        if len(surface) > 1:
            yield surface, name


def _of_a_state(row: Mapping[str, str]) -> Iterator[tuple[str, Name]]:
    kind: MentionKind = "country" if row["kind"] == "state" else "territory"
    code = (row["id"],)
    yield from _longer(row, Name(kind, row["id"], code, "name"))
    for surface in many(row["metonyms_zh"]):
        yield surface, Name(kind, row["id"], code, "metonym")
    if row["capital_zh"] and row["capital_zh"] not in (row["name_zh"], *many(row["metonyms_zh"])):
        yield row["capital_zh"], Name("place", row["capital"].lower().replace(" ", "-"), code, "capital")
    for short in many(row["short_zh"]):
        yield short + "方", Name(kind, row["id"], code, "short")
        if len(short) == 1 and row["id"] not in ("CHN", "TWN", "HKG", "MAC"):
            yield "中" + short, Name("reference", "pair", ("CHN", row["id"]), "short")
            if row["id"] in PAIRED and row["id"] != "ISR":
                yield short + "中", Name("reference", "pair", ("CHN", row["id"]), "short")


def _pairs() -> Iterator[tuple[str, Name]]:
    """Two one-character names of states other than China: 美欧."""
    signs = {
        short: row["id"]
        for row in world_rows("states")
        for short in many(row["short_zh"])
        if len(short) == 1 and row["id"] in PAIRED
    }
    for one, other, code in _WITH_EUROPE:
        yield one + other, Name("reference", "pair", (code, "EU"), "short")
        yield other + one, Name("reference", "pair", ("EU", code), "short")
    for words, this, that in _NAMED_PAIRS:
        yield words, Name("reference", "pair", (this, that), "sign")
    for one, this in signs.items():
        for other, that in signs.items():
            with_all = this in _PAIRED_WITH_ALL or that in _PAIRED_WITH_ALL
            if this not in (that, "ISR") and (with_all or one + other in _PAIRED_TOO):
                yield one + other, Name("reference", "pair", (this, that), "short")
