"""Mentions: who and what is named, and what stands for whom, case by case. All sentences are invented."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.annotation.analysis import analyse
from onrecord.annotation_types import Mention
from onrecord.lexicon.tables import many, rows
from onrecord.lexicon.world import actor_codes, world_rows
from onrecord.record import Document, Heading, Turn


def said(words: str, *, issuer: str = "cn-mfa", day: str = "2019-05-16", title: str = "Press Conference",
         question: str = "") -> Document:  # fmt: skip
    """A document of one answer, after a question where one is given."""
    language = "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in words) else "en"
    text = f"{question}\n\n{words}" if question else words
    turns = [Turn(id="t1", kind="question", start=0, end=len(question))] if question else []
    turns.append(Turn(id="t2", kind="answer", start=len(text) - len(words), end=len(text)))
    heading = Heading(id="d", title=title, date=day, issuer=issuer, house="plain", kind="press-conference",
                      language=language, text=text, capture="sha256:" + "0" * 64)  # fmt: skip
    return Document(heading=heading, turns=tuple(turns))


def states(document: Document) -> list[tuple[str, str | None]]:
    return [(one.name, one.id) for one in analyse(document).mentions if one.kind in ("country", "territory")]


def of(document: Document, words: str) -> Mention | None:
    return next((one for one in analyse(document).mentions if one.name == words and one.kind != "issue"), None)


# Why it is here; the words; the names of states in them with their codes.
NAMED = [
    ("Niger is no part of Nigeria", "Niger and Nigeria closed the border; a Nigerien met a Nigerian.",
     "Niger:NER Nigeria:NGA Nigerien:NER Nigerian:NGA"),
    ("nor is a short name a part of a word", "Somalia, Romania, a woman and Malia are not Mali or Oman.",
     "Somalia:SOM Romania:ROU Mali:MLI Oman:OMN"),
    ("Dominica and the Dominican Republic", "Dominica and the Dominican Republic took part.",
     "Dominica:DMA Dominican Republic:DOM"),
    ("three Guineas", "Guinea, Equatorial Guinea and Papua New Guinea took part.",
     "Guinea:GIN Equatorial Guinea:GNQ Papua New Guinea:PNG"),
    ("both Koreas", "South Korea and North Korea will talk; the ROK and the DPRK said so.",
     "South Korea:KOR North Korea:PRK ROK:KOR DPRK:PRK"),
    ("both Congos", "The Republic of the Congo and the Democratic Republic of the Congo agreed.",
     "Republic of the Congo:COG Democratic Republic of the Congo:COD"),
    ("the country in capital letters, not the pronoun", "The US told us that it trusts us.", "US:USA"),
    ("a state of the United States", "New Mexico borders Mexico.", "Mexico:MEX"),
    ("a sea is no state", "Ships sailed in the South China Sea.", ""),
    ("an ocean is no state", "The Indian Ocean is calm.", ""),
    ("a war is no state", "He served in the Korean War and the Vietnam War.", ""),
    ("a part of an outlet's name is no state's", "The Times of London, The Korea Times and Radio Free Asia asked Korea.",
     "Korea:KOR"),
    ("nor is it in Chinese, where what stands behind is a whole word", "加拿大环球电视台和越南通讯社采访了加拿大代表。", "加拿大:CAN"),
    ("a name and the beginning of another word are no outlet", "中国新闻发言人回答了问题。", "中国:CHN"),
    ("a demonym is its state", "French and Brazilian officials met a Swiss envoy.", "French:FRA Brazilian:BRA Swiss:CHE"),
    ("names joined by a hyphen are two", "China-Malaysia relations are sound.", "China:CHN Malaysia:MYS"),
    ("a possessive is the state", "China’s and Peru's ministers met.", "China:CHN Peru:PER"),
    ("a long name holds its short ones", "The People’s Republic of China signed it.", "People’s Republic of China:CHN"),
    ("a capital as a place", "The talks in Kabul went on until dawn.", ""),
    ("a capital beside its state is a place", "They met in Addis Ababa, Ethiopia.", "Ethiopia:ETH"),
    ("a capital as its government", "Moscow has rejected the offer.", "Moscow:RUS"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "words", "expected"), NAMED, ids=[why for why, _, _ in NAMED])
def test_names_of_states(why: str, words: str, expected: str) -> None:
    assert [f"{name}:{code}" for name, code in states(said(words))] == [part.strip() for part in _split(expected)], why


def _split(expected: str) -> list[str]:
    """``Equatorial Guinea:GNQ Mali:MLI`` by its codes."""
    found, rest = [], expected
    while ":" in rest:
        name, _, rest = rest.partition(":")
        code, _, rest = rest.partition(" ")
        found.append(f"{name}:{code}")
    return found


# Why; who publishes; the words; how often the state is named there.
TOLD_APART = [
    ("Georgia, the US state, at the White House", "us-whitehouse", "The Senate runoff in Georgia is in January.", "GEO", 0),
    ("and where nothing tells", "us-whitehouse", "He will be in Georgia on Tuesday.", "GEO", 0),
    ("Georgia, the country, by what is near", "us-whitehouse", "Georgia and Ukraine want to join NATO.", "GEO", 1),
    ("and by its sovereignty", "us-whitehouse", "We support Georgia’s sovereignty.", "GEO", 1),
    ("Georgia, the country, in Beijing", "cn-mfa", "Georgia opened an embassy.", "GEO", 1),
    ("a Georgian is of the country", "us-whitehouse", "The Georgian minister spoke.", "GEO", 1),
    ("Jordan, the country", "us-whitehouse", "The King of Jordan visited.", "JOR", 1),
    ("Jordan, a person", "us-whitehouse", "Chairman Jim Jordan asked, and Vernon Jordan answered.", "JOR", 0),
    ("Jordan, a reporter who is called up", "us-whitehouse", "That is all.\n\nJordan.\n\nThanks, Josh.", "JOR", 0),
    ("and one who is answered", "us-whitehouse", "Jordan, I think that is right.", "JOR", 0),
    ("Jordan in a list is the country", "us-whitehouse", "Jordan, Lebanon and Iraq took part.", "JOR", 1),
    ("Chad, the country", "cn-mfa", "Chad and Niger took part.", "TCD", 1),
    ("Chad, a person", "us-whitehouse", "Chad Wolf wrote a letter.", "TCD", 0),
    ("Turkey, the country", "us-whitehouse", "We told our allies that Turkey must answer the Turkey question.", "TUR", 2),
    ("Turkey, the bird", "us-whitehouse", "He pardoned the National Thanksgiving Turkey.", "TUR", 0),
    ("an end of a word is not the word before", "us-whitehouse", "As for the visa, Turkey said no.", "TUR", 1),
    ("Lisa Monaco is no state", "us-whitehouse", "Lisa Monaco called. Ms. Monaco is informed.", "MCO", 0),
    ("New Jersey, said short", "us-whitehouse", "Jersey is proud.", "JEY", 0),
    ("American Indians", "us-whitehouse", "The American Indian tribes were heard.", "IND", 0),
    ("the government in Washington", "cn-mfa", "Washington has changed its mind.", "USA", 1),
    ("Washington, a person", "us-whitehouse", "George Washington crossed it.", "USA", 0),
    ("Paris, the agreement", "cn-mfa", "The Paris Agreement entered into force.", "FRA", 0),
]  # fmt: skip


@pytest.mark.parametrize(("why", "issuer", "words", "code", "times"), TOLD_APART, ids=[case[0] for case in TOLD_APART])
def test_a_name_with_two_meanings(why: str, issuer: str, words: str, code: str, times: int) -> None:
    assert [found for _, found in states(said(words, issuer=issuer))].count(code) == times, why


# Why; the words; the words that stand for somebody; for whom.
STANDING_FOR = [
    ("the podium and the other spoken of", "China and Japan met. The two sides agreed.", "The two sides", "CHN JPN"),
    ("leaders stand for their states", "China and Japan met. Both heads of state agreed.", "Both heads of state", "CHN JPN"),
    ("in capitals too", "China and Japan met. The two Leaders agreed.", "The two Leaders", "CHN JPN"),
    ("a pair that does not hold the podium", "The ROK and the DPRK talked. Both sides agreed.", "Both sides", "KOR PRK"),
    ("the podium speaks", "We welcome it.", "We", "CHN"),
    ("and what is its own", "It is our position.", "our", "CHN"),
    ("our countries are two, not all", "I met the envoy of Peru. The ties between our countries grow.", "our countries", "CHN PER"),
    ("the last named", "Syria wrote to Iraq, and the latter replied.", "the latter", "IRQ"),
    ("the world", "The international community is concerned.", "The international community", "WORLD"),
    ("left unnamed", "Certain countries should stop.", "Certain countries", "OTHER"),
    ("双方：中方和另一方", "中国和日本举行会谈。双方同意保持沟通。", "双方", "CHN JPN"),
    ("两国元首", "中国和秘鲁关系良好。两国元首通了电话。", "两国元首", "CHN PER"),
    ("该国：刚提到的国家", "委内瑞拉举行选举，这是该国内政。", "该国", "VEN"),
    ("我们", "我们表示欢迎。", "我们", "CHN"),
    ("中美", "中美保持沟通。", "中美", "CHN USA"),
    ("中印是印度，不是印度尼西亚", "印度外长来访，中印关系发展良好。", "中印", "CHN IND"),
    ("中巴可以是巴基斯坦", "巴基斯坦总理来访，中巴友谊牢固。", "中巴", "CHN PAK"),
    ("也可以是巴西", "巴西总统来访，中巴合作顺利。", "中巴", "CHN BRA"),
    ("中拉是拉美", "中国重视拉美国家，中拉合作前景广阔。", "中拉", "CHN CELAC"),
    ("不含中国的一对", "阿富汗和巴基斯坦对话，阿巴双方同意改善关系。", "阿巴", "AFG PAK"),
    ("用顿号连起的一对", "阿富汗和巴基斯坦是邻国。作为阿、巴两国的朋友，中方愿意相助。", "两国", "AFG PAK"),
    ("中非是非洲", "相信经过中非双方共同努力，问题会解决。", "双方", "CHN AU"),
    ("巴以", "推动巴以双方恢复对话。", "双方", "PSE ISR"),
    ("点明的一对在“我们”之后仍有效", "朝鲜和美国会谈。朝美双方作了努力。我们希望双方继续对话。", "双方", "PRK USA"),
    ("点明的一对胜过后来提到的", "中俄双方呼吁对话，支持朝韩改善关系。两国商定继续努力。", "两国", "CHN RUS"),
    ("同谁会谈，就是同谁的双方", "美国和日本会谈。王毅同韩国外长举行会谈，双方交换意见。", "双方", "CHN KOR"),
    ("不是主语的同", "中方支持俄方同伊朗举行会谈，双方交换意见。", "双方", "RUS IRN"),
    ("最近提到的中英", "美国表示关切，美国总统表示关切。中英关系良好，两国交往密切。", "两国", "CHN GBR"),
    ("双方之后的中欧只是事情", "中方同比利时首相会谈，双方将推动中欧关系发展。两国将签署文件。", "两国", "BEL CHN"),
    ("只是事情的国名不算一方", "古巴外长来访。王毅谈到委内瑞拉问题，委内瑞拉局势复杂。双方达成共识。", "双方", "CHN CUB"),
    ("机制的双方", "美国表示关切，美国总统表示关切。中巴经济走廊进展顺利，两国都很满意。", "两国", "CHN PAK"),
    ("中美元首不是美元", "印度表示关切，印度总理来访。关于中美元首会晤，双方将交换意见。", "双方", "CHN USA"),
    ("机制的三方", "美国总统访问印度。中俄印外长会晤进展顺利，美国表示关切。三方保持沟通。", "三方", "CHN IND RUS"),
    ("没有机制的三方是最近提到的", "中方同巴基斯坦、阿富汗外长举行会谈，三方交换意见。", "三方", "AFG CHN PAK"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "words", "name", "codes"), STANDING_FOR, ids=[case[0] for case in STANDING_FOR])
def test_what_stands_for_the_parties(why: str, words: str, name: str, codes: str) -> None:
    found = of(said(words), name)
    assert found is not None, why
    assert set(found.codes) == set(codes.split()), why


# Why; the words; the signs and names of states in them.
CHINESE = [
    ("巴方：有巴基斯坦", "巴基斯坦总理来访。巴方表示感谢。", [("巴基斯坦", "PAK"), ("巴方", "PAK")]),
    ("巴方：有巴西", "巴西总统来访。巴方表示感谢。", [("巴西", "BRA"), ("巴方", "BRA")]),
    ("印方", "印方应当撤军。", [("印方", "IND")]),
    ("日方", "日方应当反省。", [("日方", "JPN")]),
    ("今日方知：不是日本", "他今日方知此事。", []),
    ("其中非常不是中非", "其中非常重要的是合作。", []),
    ("几日：不是日美", "15日美方表示欢迎。", [("美方", "USA")]),
    ("几日后的国名", "据报道，3日美国总统讲话。", [("美国", "USA")]),
    ("其中美方", "其中美方贡献最大。", [("美方", "USA")]),
    ("发展中国家不是中国", "广大发展中国家支持。", []),
    ("中文是语言", "请用中文提问。", []),
    ("中美洲是地区", "中美洲气候湿热。", []),
    ("美元是货币", "其中美元贷款占一半。", []),
    ("尼日尔和尼日利亚", "尼日尔和尼日利亚是邻国。", [("尼日尔", "NER"), ("尼日利亚", "NGA")]),
    ("驻外使馆", "他是中国驻美大使。", [("中国", "CHN"), ("美", "USA")]),
    ("一字在政府之前", "委内瑞拉形势复杂。委政府表示欢迎。", [("委内瑞拉", "VEN"), ("委", "VEN")]),
    ("新政府是新的政府", "新西兰举行选举。新政府成立。", [("新西兰", "NZL")]),
    ("以人民为中心", "以色列代表发言。坚持以人民为中心。", [("以色列", "ISR")]),
    ("来华", "韩国专家来华，旅韩华人和在华人员平安。", [("韩国", "KOR"), ("华", "CHN"), ("韩", "KOR"), ("华", "CHN")]),
    ("对华为", "美国对华为提起诉讼。", [("美国", "USA")]),
    ("干涉法不是涉法", "法国通过反干涉法。", [("法国", "FRA")]),
    ("首都作为地点", "双方在伊斯兰堡会见。", []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "words", "expected"), CHINESE, ids=[case[0] for case in CHINESE])
def test_chinese_names_of_states(why: str, words: str, expected: list[tuple[str, str]]) -> None:
    assert states(said(words)) == expected, why


@pytest.mark.parametrize(
    ("day", "words", "name", "person"),
    [
        ("2015-03-02", "Foreign Minister Wang met him.", "Wang", "wang-yi"),
        ("2023-01-10", "Foreign Minister Qin met him.", "Qin", "qin-gang"),
    ],
)
def test_a_surname_behind_an_office_is_who_held_it_on_the_day(day: str, words: str, name: str, person: str) -> None:
    found = of(said(words, day=day), name)
    assert found is not None
    assert found.id == person


def test_a_surname_before_a_given_name_is_somebody_else() -> None:
    assert of(said("Ms. Meng Wanzhou was arrested."), "Meng") is None


def test_a_party_or_a_house_is_an_organisation_and_no_country() -> None:
    found = of(said("The Democratic Party won.", issuer="us-whitehouse"), "Democratic Party")
    assert found is not None
    assert (found.kind, found.codes) == ("organisation", ("USA",))


def test_a_question_speaks_for_nobody() -> None:
    document = said("Yes.", question="We ask whether our reports are true.")
    assert analyse(document).mentions == ()


def test_a_language_without_tables_has_no_mentions() -> None:
    document = said("China")
    heading = Heading(id="d", title="", date=None, issuer="x", house="plain", kind="other", language="tlh", text="China",
                      capture=document.heading.capture)  # fmt: skip
    assert analyse(Document(heading=heading, turns=document.turns)).mentions == ()


_PIECES = st.lists(
    st.one_of(
        st.sampled_from(languages.find("en").names.surfaces[::7]),
        st.sampled_from(languages.find("zh").names.surfaces[::7]),
        st.sampled_from(["中", "日", "美", "华", "驻", "对", "方", "政府", "两国", "\n", ", ", " ", ".", "We ", "US", "Jordan", "İ"]),
        st.text(max_size=6),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@given(_PIECES, st.sampled_from(["en", "zh"]), st.sampled_from(["cn-mfa", "us-whitehouse", "unknown"]), st.data())
def test_spans_lie_in_turns_and_names_never_overlap(
    pieces: list[str], language: str, issuer: str, data: st.DataObject
) -> None:
    text = "".join(pieces) or "x"
    cut = data.draw(st.integers(0, len(text) - 1)) if text else 0
    turns = [Turn(id="a", kind="question", start=0, end=cut)] if cut else []
    turns.append(Turn(id="b", kind="answer", start=cut, end=len(text)))
    heading = Heading(id="d", title="中美 Chad", date="2020-02-02", issuer=issuer, house="plain", kind="press-conference",
                      language=language, text=text, capture="sha256:" + "0" * 64)  # fmt: skip
    found = analyse(Document(heading=heading, turns=tuple(turns))).mentions
    reached = 0
    for one in found:
        assert any(turn.start <= one.start < one.end <= turn.end for turn in turns)
        assert text[one.start : one.end] == one.name
        if one.kind != "issue":
            assert one.start >= reached
            reached = one.end
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_ids_of_states_are_unique_and_well_formed() -> None:
    held = list(world_rows("states"))
    for column in ("id", "iso2", "qid", "name", "name_zh"):
        values = [
            row[column] for row in held if row[column] not in ("", "CS")
        ]  # CS was two states, one after the other
        assert len(values) == len(set(values)), column
    assert all(len(row["id"]) == 3 for row in held if row["iso2"])


def _table(language: str, table: str) -> Path:
    folder = languages.find(language).folder
    assert folder is not None
    return folder / table


def _optional(module: str):  # type: ignore[no-untyped-def]
    try:
        return importlib.import_module(module)
    except ImportError:
        pytest.skip(f"{module} is not installed, and states.csv is compared with it: install onrecord[test]")


def test_codes_of_states_are_iso_3166() -> None:
    pycountry = _optional("pycountry")
    current = {one.alpha_3: one.alpha_2 for one in pycountry.countries}
    past = {one.alpha_3 for one in pycountry.historic_countries if hasattr(one, "alpha_3")}
    held = {row["id"]: row["iso2"] for row in world_rows("states")}
    assert set(current) <= set(held)
    assert {code: held[code] for code in current} == current
    assert set(held) - set(current) - past <= {"XKX"}  # Kosovo has a code that users assign


#: CLDR adds a capital, a ruler or an older name ("Congo - Kinshasa", "Hong Kong SAR China", "Myanmar (Burma)"), which
#: nobody says; a state that is no more has no name in it.
_NAMED_OTHERWISE = {"en": {"COD", "COG", "HKG", "MAC", "MMR", "PSE", "SHN"}, "zh": set()}


def test_names_of_states_are_those_of_cldr() -> None:
    babel = _optional("babel")
    for language, columns in (("en", ("name", "aliases")), ("zh", ("name_zh", "aliases_zh"))):
        territories = babel.Locale.parse(language).territories
        differing = []
        for row in world_rows("states"):
            cldr = territories.get(row["iso2"])
            own = {row[columns[0]], *many(row[columns[1]])}
            if cldr and not {cldr, cldr.replace("&", "and"), cldr.replace("St.", "Saint")} & own:
                differing.append((row["id"], cldr, row[columns[0]]))
        assert {code for code, _, _ in differing} <= _NAMED_OTHERWISE[language], differing


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("table", ["ambiguous.csv", "not_names.csv"])
def test_no_row_stands_twice(language: str, table: str) -> None:
    path = _table(language, table)
    with path.open(encoding="utf-8") as file:
        columns = file.readline().strip().split(",")
    held = [tuple(row.values())[:-1] for _, row in rows(path, dict.fromkeys(columns, (r"[^\n]*", "words")))]
    assert len(held) == len(set(held)), [row for row in held if held.count(row) > 1][:3]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_an_ambiguous_name_means_is_a_code_that_is_known(language: str) -> None:
    columns = ["name", "id", "kind", "words", "reason"]
    known = (
        actor_codes()
        | {"pair"}
        | {name.id for one in languages.with_rules() for them in one.names.meanings for name in them}
    )
    unknown = {
        row["id"]
        for _, row in rows(_table(language, "ambiguous.csv"), dict.fromkeys(columns, (r"[^\n]*", "words")))
        if row["id"] not in known
    }
    assert unknown <= {""}
