"""Undertakings: what is to be done, by whom, how firmly said. All sentences are invented; each case has its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.annotation_types import Undertaking
from onrecord.errors import LexiconError
from onrecord.languages.en import undertaking_words as lists

TITLE = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 16, 2019"
TITLE_ZH = "2019年5月16日外交部发言人耿爽主持例行记者会"


def said(answer: str) -> onrecord.Document:
    """An answer of the podium, annotated."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in answer):
        return onrecord.annotate(onrecord.read(f"{TITLE_ZH}\n\n问：你对此有何评论？\n\n答：{answer}\n".encode()))
    return onrecord.annotate(onrecord.read(f"{TITLE}\n\nQ: What is your comment?\n\nA: {answer}\n".encode()))


def told(document: onrecord.Document) -> list[tuple[str, str, str]]:
    """Strength, by whom and the words of each undertaking."""
    return [(one.strength, " ".join(one.by), document.text[one.start : one.end]) for one in document.undertakings]


# The reason, the sentence, then each undertaking: strength, by, words.
CASES = [
    ("things with a word of their own each are an undertaking each",
     "China and Japan agreed to expand trade in farm products, to hold talks on fisheries and to avoid naval accidents.",
     [("agreed", "CHN JPN", "expand trade in farm products"), ("agreed", "CHN JPN", "hold talks on fisheries"),
      ("agreed", "CHN JPN", "avoid naval accidents")]),
    ("what one side hopes of the other, behind what it will do, is no part of what it will do",
     "China will expand trade in farm products with Japan, and hopes that Japan can open its market.",
     [("committed", "CHN", "expand trade in farm products with Japan")]),
    ("what is urged behind \"and\" is the other's to do",
     "China will continue to hold talks on fisheries with Japan and urges the Japanese side to stop its patrols.",
     [("committed", "CHN", "continue to hold talks on fisheries with Japan")]),
    ("a noun of the same form goes on with the list",
     "China and Japan agreed to hold talks on fears and hopes of fishermen.",
     [("agreed", "CHN JPN", "hold talks on fears and hopes of fishermen")]),
    ("verbs that share their object are one thing",
     "China and Japan agreed to maintain and expand trade in farm products.",
     [("agreed", "CHN JPN", "maintain and expand trade in farm products")]),
    ("what a list is the means or the end of holds it together",
     "China and Japan agreed to use the hotline to exchange data, prevent accidents and protect fishermen.",
     [("agreed", "CHN JPN", "use the hotline to exchange data, prevent accidents and protect fishermen")]),
    ("an infinitive behind a comma is what the thing is for",
     "China will install two radars on the coast of Laos, to warn fishermen of storms in good time.",
     [("committed", "CHN", "install two radars on the coast of Laos, to warn fishermen of storms in good time")]),
    ("a state's own matter is promised to nobody else", "China will install two radars on the coast.", []),
    ("discussed is not agreed, and ends where the agreement begins",
     "China and Japan discussed opening a new consulate in Osaka, and agreed to meet again in June.",
     [("discussed", "CHN JPN", "opening a new consulate in Osaka"), ("agreed", "CHN JPN", "meet again in June")]),
    ("ways to do something were discussed",
     "China and Japan discussed ways to strengthen flood control on the border.",
     [("discussed", "CHN JPN", "ways to strengthen flood control on the border")]),
    ("how matters stand is discussed, and nothing to be done",
     "China and Japan discussed the importance of protecting civilians and the situation in Syria.", []),
    ("what is still to be discussed is not even discussed",
     "China and Japan will discuss resuming flights to Osaka.", []),
    ("agreed that something is so",
     "China and Japan agreed that the talks were frank and that trade is important.", []),
    ("agreed on how important it is",
     "China and Japan agreed on the importance of peace in the region.", []),
    ("agreed that one of them would do it: done by that one",
     "China and Japan agreed that Japan would open two ports to trawlers.",
     [("agreed", "JPN", "open two ports to trawlers")]),
    ("a consensus with what it is on",
     "China and Japan reached consensus on setting up a joint committee on fisheries.",
     [("agreed", "CHN JPN", "setting up a joint committee on fisheries")]),
    ("a consensus on relations is one of views",
     "China and Japan reached broad consensus on China-Japan relations and multilateral coordination.", []),
    ("a consensus that is only said to be there", "China and Japan reached important consensus.", []),
    ("a text that a body adopted is done with", "The UN Security Council adopted a resolution on Mali.", []),
    ("a signed text counts for what it binds to; that it was signed is done; an order of one is none",
     "China and Japan signed a memorandum to protect herring. China and Japan signed a memorandum on fisheries. President Trump "
     "signed an executive order on fisheries.", [("agreed", "CHN JPN", "a memorandum to protect herring")]),
    ("a principle is no deed that could be found done",
     "China is committed to peace. Japan and China are committed to upholding international law. China is committed to the "
     "principle of non-interference with Japan.", []),
    ("determination promises nothing",
     "China is firmly determined to uphold its interests. We have the resolve to do so.", []),
    ("what will happen is foretold, not promised",
     "Japan will seriously harm its own farmers. Japan will benefit from trade.", []),
    ("a plan will do nothing by itself", "The President's plan will create many jobs in Ohio.", []),
    ("what is hoped of somebody is not promised by him", "We hope that Japan will open two ports to trawlers.", []),
    ("a refusal is no undertaking", "China will never join any arms race with Japan.", []),
    ("a plain will of several, and of a state for another",
     "China and Japan will bring all their ships to the search. Japan will begin a new ferry service to China.",
     [("committed", "CHN JPN", "bring all their ships to the search"), ("committed", "JPN", "begin a new ferry service to China")]),
    ("items of a list behind will", "Japan will (i) modify the duty on pears of China, and (ii) publish it.",
     [("committed", "JPN", "modify the duty on pears of China, and (ii) publish it")]),
    ("a commitment in nouns, reaffirmed, or stood by",
     "China and Japan reaffirmed their commitment to rebuild the port. Japan and China stand firm in the commitment to disrupt "
     "smuggling networks.", [("committed", "CHN JPN", "rebuild the port"), ("committed", "JPN CHN", "disrupt smuggling networks")]),
    ("a need that both affirm is discussed, of one alone it is his view",
     "China and Japan affirmed the need to resume the flights. Japan affirmed the need to resume the flights.",
     [("discussed", "CHN JPN", "resume the flights")]),
    ("what both welcome that they do themselves is agreed; of others, or long done, it is not",
     "China and Japan welcomed the resumption of the ferry line. China and Japan welcomed the establishment of Laos's new ministry. "
     "China and Japan welcomed the resumption over the last year of flights.",
     [("agreed", "CHN JPN", "the resumption of the ferry line")]),
    ("measures of one's own that are suspended; help suspended punishes",
     "China will suspend the additional tariffs on Japan's pears. China will suspend assistance to Laos.",
     [("committed", "CHN", "suspend the additional tariffs on Japan's pears")]),
    ("help on its way", "China is sending Laos 40 ambulances.", [("promised aid", "CHN", "is sending Laos 40 ambulances")]),
    ("a programme that was discussed", "China and Japan discussed a program to restore coral reefs.",
     [("discussed", "CHN JPN", "a program to restore coral reefs")]),
    ("what both resolve, determined and are about to do",
     "China and Japan resolve to share tide tables. China and Japan determined that the funds will be used for reefs. China and Japan "
     "are also resuming the ferry line.",
     [("committed", "CHN JPN", "share tide tables"), ("agreed", "CHN JPN", "the funds will be used for reefs"),
      ("committed", "CHN JPN", "the ferry line")]),
    ("ceremony and scheduled talks with a plain will are a meeting",
     "President Xi Jinping will hold a banquet for Prime Minister Abe of Japan. China will hold talks with Japan.", []),
    ("defence and countermeasures", "China will take necessary measures to safeguard its interests against Japan.", []),
    ("a matter of one's own, whoever is spoken of nearby",
     "We have differences with Japan. China will continue to advance reform and opening up for its people.", []),
    ("effects that are foretold", "China and Japan will bring opportunities to the region.", []),
    ("the principal's own next announcement", "We will release relevant information in a timely manner.", []),
    ("help that is promised, and help that was given",
     "China will provide two million doses of vaccine to Laos. China donated masks to Laos.",
     [("promised aid", "CHN", "provide two million doses of vaccine to Laos")]),
    ("readiness offers", "China stands ready to work with Japan to reopen the ferry line.",
     [("offered", "CHN", "work with Japan to reopen the ferry line")]),
    ("both sides' hope to go on is a readiness of both",
     "China and Japan met in Osaka. Both sides hope to continue the dialogue.",
     [("offered", "CHN JPN", "continue the dialogue")]),
    ("a proposal to do something, not one that others should",
     "China proposed setting up a fund for small island states. China suggests that Japan reconsider.",
     [("proposed", "CHN", "setting up a fund for small island states")]),
    ("the thing ends where the next word of saying begins",
     "China and Japan agreed to reopen the ferry line and welcomed the ceasefire.",
     [("agreed", "CHN JPN", "reopen the ferry line")]),
    ("nothing is undertaken by not agreeing", "China did not agree to open the ports.", []),
    ("no agreement of the parties when only the wider public is bound", "People will use the new ferry line every day.", []),
]  # fmt: skip

CASES_ZH = [
    ("agreed, discussed and agreed again in one breath",
     "中日双方同意建立渔业联合工作组，讨论了重开大阪领事馆，并同意6月底前举行下一轮磋商。",
     [("agreed", "CHN JPN", "建立渔业联合工作组"), ("discussed", "CHN JPN", "重开大阪领事馆"),
      ("agreed", "CHN JPN", "6月底前举行下一轮磋商")]),
    ("words of the spirit in which govern all that follows",
     "中日双方同意按照四点共识精神，保持对话，扩大贸易，避免海上事故。",
     [("agreed", "CHN JPN", "按照四点共识精神，保持对话，扩大贸易，避免海上事故")]),
    ("side by side, each a thing of its own",
     "中日双方一致同意扩大农产品贸易，举行渔业磋商。",
     [("agreed", "CHN JPN", "扩大农产品贸易"), ("agreed", "CHN JPN", "举行渔业磋商")]),
    ("what both will do as part of a consensus is agreed",
     "中日双方达成了一些共识，比如双方将建立渔业联合工作组。", [("agreed", "CHN JPN", "建立渔业联合工作组")]),
    ("without a consensus it is committed", "中方将在老挝建立渔业数据中心。", [("committed", "CHN", "在老挝建立渔业数据中心")]),
    ("readiness offers, together and as a whole",
     "中方愿同日方一道，深化渔业合作，推动轮渡复航。", [("offered", "CHN", "同日方一道，深化渔业合作，推动轮渡复航")]),
    ("what one offers to discuss is offered, not discussed",
     "中方愿同日方加强沟通，探讨恢复轮渡航线。", [("offered", "CHN", "同日方加强沟通，探讨恢复轮渡航线")]),
    ("both hope to go on", "中日双方举行了会谈。双方都希望继续这种沟通。", [("offered", "CHN JPN", "继续这种沟通")]),
    ("help promised, help given",
     "中方将向老挝提供二百万剂疫苗援助。中方向老挝捐赠了口罩。", [("promised aid", "CHN", "向老挝提供二百万剂疫苗援助")]),
    ("determination promises nothing", "中方维护自身利益的决心坚定不移。", []),
    ("a visit that will have an effect is nobody's promise", "日本外相此访将推动双边关系发展。", []),
    ("a body that adopts a text", "联合国安理会通过了有关决议。", []),
    ("with Italy, not agreed: the characters only meet", "中国专家同意大利医生举行座谈。", []),
    ("what both say they are to do", "中日双方会谈。双方表示要继续扩大渔业合作。", [("committed", "CHN JPN", "继续扩大渔业合作")]),
    ("one's own policy is promised to nobody else", "中国将进一步扩大内需，深化改革。", []),
    ("one's own defence is no undertaking", "中方将继续维护自身正当权益。", []),
    ("both decided to found something; long founded is done", "中日双方决定建立渔业对话机制。中日双方建立了渔业对话机制。",
     [("agreed", "CHN JPN", "建立渔业对话机制")]),
    ("what both find that they should do", "中日双方会谈。双方一致认为，应扩大渔业合作。", [("agreed", "CHN JPN", "扩大渔业合作")]),
    ("a meeting is filled with an exchange of views", "日本外相将访华。中日双方将全面梳理渔业合作，探讨落实协议，并就其他问题交换意见。", []),
    ("documents signed are deeds done", "中日双方签署了关于渔业合作的谅解备忘录。", []),
    ("a wish that another do something", "希望日方恢复轮渡航线。", []),
    ("a session settled between both, told before it", "经中日双方商定，第五轮渔业磋商将于下周在大阪举行。",
     [("agreed", "CHN JPN", "第五轮渔业磋商将于下周在大阪举行")]),
    ("a visit announced is a meeting", "经中日双方商定，日本外相即将对中国进行正式访问。", []),
    ("what all say with one voice they will do", "中日双方举行会谈。双方一致表示，将继续扩大渔业合作。", [("agreed", "CHN JPN", "继续扩大渔业合作")]),
    ("what a planned meeting is filled with", "中日双方将就渔业合作深入交换意见。", []),
    ("the one promised to stands in the clause before", "日方已向中方表达歉意，并承诺将加强船员管理。", [("committed", "JPN", "将加强船员管理")]),
    ("a person of an organisation is its name too", "中方会继续支持世卫组织总干事的工作。", [("committed", "CHN", "继续支持世卫组织总干事的工作")]),
    ("devotion of somebody whose work is done", "他长期致力于中日友好，为两国关系发展作出过贡献。", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "sentence", "expected"), [*CASES, *CASES_ZH], ids=[case[0] for case in CASES + CASES_ZH]
)
def test_what_is_undertaken(why: str, sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(said(sentence)) == expected, why


def only(sentence: str) -> Undertaking:
    (one,) = said(sentence).undertakings
    return one


@pytest.mark.parametrize(
    ("sentence", "form", "mechanism", "deadline", "hedge", "issue"),
    [
        ("China and Japan agreed to establish a joint working group on climate change before the end of the year.",
         "joint", "joint working group", "before the end of the year", "agreed to", "climate"),
        ("China and Japan agreed to make reciprocal arrangements for each other's journalists within two weeks.",
         "reciprocal", None, "within two weeks", "agreed to", None),
        ("Japan intends to cut methane emissions by 2030.", "one-sided", None, "by 2030", "intends to", None),
        ("Japan is willing to hold talks on climate change with China in Osaka.", "one-sided", "talks", None, "is willing to",
         "climate"),
        ("China stands ready to set up a hotline with Japan.", "one-sided", "hotline", None, "stands ready to", None),
        ("China and Japan agreed to deepen cooperation on trade, culture and health.", "joint", None, None, "agreed to",
         "culture"),
        ("中日双方同意年底前建立气候变化联合工作组。", "joint", "联合工作组", "年底前", "同意", "climate"),
        ("中日双方同意为对方记者作出对等安排。", "reciprocal", None, None, "同意", None),
        ("中方计划于2030年前减少甲烷排放。", "one-sided", None, "2030年前", "计划", None),
    ],
)  # fmt: skip
def test_form_mechanism_deadline_and_hedge_are_as_said(
    sentence: str, form: str, mechanism: str | None, deadline: str | None, hedge: str, issue: str | None
) -> None:
    one = only(sentence)
    assert (one.form, one.mechanism, one.deadline, one.hedge) == (form, mechanism, deadline, hedge)
    assert issue is None or issue in one.issues


def test_to_are_those_it_is_done_with_and_nobody_where_all_bind_themselves() -> None:
    assert only("China stands ready to reopen the ferry line with Japan.").to == ("JPN",)
    assert only("China and Japan agreed to reopen the ferry line.").to == ()


def test_the_id_is_the_acts_and_stays() -> None:
    sentence = "China and Japan agreed to expand trade in farm products, to hold talks on fisheries and to avoid naval accidents."
    document = said(sentence)
    assert [one.id for one in document.undertakings] == [f"{document.acts[0].id}:{n}" for n in (1, 2, 3)]
    again = said("Good morning. " + sentence)
    assert [one.id.split(":")[1:] for one in again.undertakings] == [
        one.id.split(":")[1:] for one in document.undertakings
    ]


PIECES = [
    "China", "Japan", "the two sides", "agreed to", "agreed that", "reached consensus on", "will", "stands ready to", "discussed",
    "proposed", "signed", "will:", "intend to:", "\n\nOpen a port", "\n\n- hold talks;", ",", ", and", "to", "that", "hold talks", "making", "ways to", "by 2030", "a joint working group", ".", "\n\n",
    "中方", "双方", "同意", "将", "愿", "讨论了", "达成共识", "，", "并", "建立", "工作组", "年底前", "。", "：", "“", "”",
]  # fmt: skip


@given(  # without "<", with which a text may be a web page
    st.lists(st.sampled_from(PIECES), max_size=24),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_characters="<"), max_size=12),
)
def test_every_undertaking_lies_in_its_act_or_the_list_it_opens_whatever_the_words(
    pieces: list[str], chinese: bool, odd: str
) -> None:
    words = ("" if chinese else " ").join([*pieces, odd.replace("\n", " ")])
    document = said(("中方一贯这样认为。" if chinese else "That is our view of it. ") + words)
    acts = {act.id: act for act in document.acts}
    turns = {turn.id: turn for turn in document.turns}
    assert len({one.id for one in document.undertakings}) == len(document.undertakings)
    for one in document.undertakings:
        act, turn = acts[one.act], turns[one.turn]
        assert turn.start <= act.start <= one.start < one.end <= turn.end
        assert one.end <= act.end <= turn.end or ":" in document.text[act.trigger.end : one.start]
        assert one.by
        assert document.text[one.start : one.end].strip() == document.text[one.start : one.end]


def test_a_wrong_table_is_named(tmp_path: Path) -> None:
    table = Path(lists.__file__).with_name("undertakings.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "undertakings.toml"
    wrong.write_text(table.replace('issue = "culture"', 'issue = "weather"'), encoding="utf-8")
    with pytest.raises(LexiconError, match="weather"):
        lists.load(wrong, lists.Table[lists._Lists])
    wrong.write_text(table.replace("[lists]", "[lists]\nmisspelt = 1"), encoding="utf-8")
    with pytest.raises(LexiconError, match="misspelt"):
        lists.load(wrong, lists.Table[lists._Lists])


def test_the_transcript_of_2021_and_its_original_hold_the_same(shared: Path) -> None:
    """2021-03-22: the account of a dialogue in both languages, the one translated from the other."""
    expected = {("agreed", "joint", "climate"), ("discussed", "reciprocal", "covid-19"), ("agreed", "reciprocal", "media"),
                ("agreed", "joint", "korean-peninsula"), ("agreed", "joint", "iran-nuclear")}  # fmt: skip
    for page in ("excerpt-2021-03-22.txt", "zh-2020/0850.shtml"):
        document = onrecord.annotate(onrecord.read(shared / "data/cn-mfa" / page))
        joint = [one for one in document.undertakings if set(one.by) == {"CHN", "USA"}]
        assert expected <= {(one.strength, one.form, issue) for one in joint for issue in one.issues}, page
        assert any(one.strength == "offered" for one in joint), page
        bodies = {
            one.mechanism for one in joint if one.strength == "agreed" and one.mechanism_id == "working-group-generic"
        }
        assert bodies & {"joint working group", "联合工作组"}, page
        assert not any(one.strength == "agreed" and "covid-19" in one.issues for one in joint), (
            "discussed is not agreed"
        )


def joint(body: str) -> onrecord.Document:
    """An invented joint statement of three states, annotated."""
    title = "Joint Statement by the United States, Japan and the Republic of Korea"
    opening = "The United States, Japan and the Republic of Korea met today."
    head = f"---\ntitle: '{title}'\ndate: 2023-08-18\nurl: https://www.whitehouse.gov/briefing-room/statements-releases/2023/08/18/x/\n---\n"
    return onrecord.annotate(onrecord.read(f"{head}\n# {title}\n\n{opening} {body}\n".encode()))


ALL = "JPN KOR USA"
# The reason, the words, then each undertaking: strength, by, words.
JOINT = [
    ("the governments of all who speak", "The three governments intend to open a lamp factory in Busan.",
     [("committed", ALL, "open a lamp factory in Busan")]),
    ("the members of their group", "The members of the group committed to share storm data.",
     [("committed", ALL, "share storm data")]),
    ("a body of theirs restates a commitment", "The Task Force affirmed its commitment to publish tide tables each year.",
     [("committed", ALL, "publish tide tables each year")]),
    ("what they give their teams to do is agreed", "The leaders tasked their teams with drafting a plan for lamps.",
     [("agreed", ALL, "drafting a plan for lamps")]),
    ("what they will agree to is agreed", "The leaders will agree to open a lamp factory.", [("agreed", ALL, "open a lamp factory")]),
    ("a reason is no part", "The three countries intend to open a lamp factory in recognition of our divers, the finest of all.",
     [("committed", ALL, "open a lamp factory")]),
    ("what one is ready for in response is a defence", "The leaders stand ready to take further measures now and in response to piracy.", []),
    ("progress is nothing that anybody does", "The leaders look forward to new progress in relations with Palau.", []),
    ("the countries alone are those who speak", "The countries will open their ports to each other.",
     [("committed", ALL, "open their ports to each other")]),
    ("a list in one sentence, each member a deed", "The leaders commit to open a lamp factory; publish tide tables; and share storm data. "
     "They oppose piracy; Palau will open a port.",
     [("committed", ALL, "open a lamp factory"), ("committed", ALL, "publish tide tables"), ("committed", ALL, "share storm data")]),
    ("a list of matters is part of the one deed", "The three countries plan to explore cooperation in three areas: i) lamps; ii) tides; and iii) storms.",
     [("committed", ALL, "explore cooperation in three areas: i) lamps; ii) tides; and iii) storms")]),
    ("a determination that several underscore", "The leaders underscored their determination to open a lamp factory.",
     [("committed", ALL, "open a lamp factory")]),
    ("they affirmed that they would", "The leaders affirmed that they would open a lamp factory.", [("committed", ALL, "open a lamp factory")]),
    ("they team up", "The United States and Japan are teaming up to build a lamp factory in Busan.",
     [("committed", "JPN USA", "build a lamp factory in Busan")]),
    ("what they will review", "The three countries will review the treaty on herring each year.",
     [("committed", ALL, "review the treaty on herring each year")]),
    ("a contrary clause is no part", "The leaders are willing to open a lamp factory, but others are not ready for it.",
     [("offered", ALL, "open a lamp factory")]),
    ("the countries of a region are others", "The Pacific Island countries intend to open a lamp factory.", []),
    ("a list, a paragraph for each", "They intend to:\n\n- Open a lamp factory in Busan;\n- Share storm data each month.\n\nThis is a great day.",
     [("committed", ALL, "Open a lamp factory in Busan"), ("committed", ALL, "Share storm data each month")]),
    ("a list ends where a sentence of its own begins",
     "The three countries will work together to:\n\n* Publish tide tables each year.\n\n* Building trust requires patience.",
     [("committed", ALL, "Publish tide tables each year")]),
    ("the second object of a reaffirmation", "The leaders reaffirmed their alliance and their commitment to restoring herring.",
     [("committed", ALL, "restoring herring")]),
    ("a value is no deed", "The leaders are committed to peace and to the people of Nauru.", []),
    ("an importance of working together to do something", "They reaffirmed the importance of close cooperation to restore herring.",
     [("discussed", ALL, "close cooperation to restore herring")]),
    ("how they can do something", "They discussed how they can restore herring in the strait.",
     [("discussed", ALL, "how they can restore herring in the strait")]),
    ("steps that come next", "They discussed next steps in cooperation on storm data.",
     [("discussed", ALL, "next steps in cooperation on storm data")]),
    ("agreed of their officials", "They agreed that their respective teams would remain in close contact on herring.",
     [("agreed", ALL, "remain in close contact on herring")]),
    ("to go on negotiating is a deed, to meet an occasion",
     "The three countries will negotiate a treaty on herring. The ministers will meet in May.",
     [("committed", ALL, "negotiate a treaty on herring")]),
    ("a commitment behind an adverb, the noun in the trigger", "The leaders affirmed their commitment to jointly restore herring.",
     [("committed", ALL, "restore herring")]),
    ("what several are determined to do", "The leaders are determined to open a lamp factory in Busan.",
     [("committed", ALL, "open a lamp factory in Busan")]),
    ("what they announce to be founded", "The leaders announced the establishment of a working group on storms.",
     [("agreed", ALL, "establishment of a working group on storms")]),
    ("to celebrate is no deed", "The three countries will celebrate a new chapter in May.", []),
    ("what they are just beginning", "The three countries are launching a training course for divers.",
     [("committed", ALL, "launching a training course for divers")]),
    ("an intention declared is a commitment", "The leaders declared their intention to open a seed bank in Busan.",
     [("committed", ALL, "open a seed bank in Busan")]),
    ("also one that they are glad to announce", "We are pleased to announce our plans to open a seed bank in Busan.",
     [("committed", ALL, "open a seed bank in Busan")]),
    ("a deed in a noun", "The leaders reaffirmed their commitment to the full implementation of the lamp treaty.",
     [("committed", ALL, "the full implementation of the lamp treaty")]),
    ("how high a commitment is stands between", "We affirm our commitment at the highest level to delivering ten lamps.",
     [("committed", ALL, "delivering ten lamps")]),
    ("an ambition of a deed", "We commit to a shared ambition to support the harbours of Busan.",
     [("committed", ALL, "a shared ambition to support the harbours of Busan")]),
    ("policies that do something, and not a policy",
     "The leaders are committed to policies that expand trade in herring. They are committed to the policy on herring.",
     [("committed", ALL, "policies that expand trade in herring")]),
    ("what they will bring others to do", "We will encourage ship owners to fit 200 lamps by the end of next year.",
     [("committed", ALL, "encourage ship owners to fit 200 lamps by the end of next year")]),
    ("what one affirms that it intends is for the others", "The United States affirms that it intends to lower the tariffs on lamps.",
     [("committed", "USA", "lower the tariffs on lamps")]),
    ("agreed in a clause of time", "The talks went well, as the leaders agreed to restore herring in the strait.",
     [("agreed", ALL, "restore herring in the strait")]),
    ("what several agreed on the importance of", "The leaders agreed on the importance of global cooperation on lamps.",
     [("agreed", ALL, "global cooperation on lamps")]),
    ("what they look forward to doing", "The leaders look forward to deepening cooperation on lamps.",
     [("offered", ALL, "deepening cooperation on lamps")]),
    ("views exchanged on doing something", "The leaders had a productive exchange of views on strengthening cooperation on herring.",
     [("discussed", ALL, "strengthening cooperation on herring")]),
    ("to be working on something gives nothing", "The three countries are working together to restore herring.", []),
    ("what others do is looked forward to", "We look forward to the senate of Nauru moving quickly to restore herring.", []),
    ("the name of a plan promises nothing", "We shared our vision in the Lamp Plan to build ten lamps.", []),
    ("an adjective before a comma opens no deed", "The leaders agreed to build clean, safe and secure harbours in Busan.",
     [("agreed", ALL, "build clean, safe and secure harbours in Busan")]),
    ("a thing of which it is said that they will use it is not promised", "Friendship is a source of strength that we will harness.", []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "words", "expected"), JOINT, ids=[case[0] for case in JOINT])
def test_those_who_speak_together_bind_themselves(why: str, words: str, expected: list[tuple[str, str, str]]) -> None:
    document = joint(words)
    assert [
        (one.strength, " ".join(sorted(one.by)), document.text[one.start : one.end]) for one in document.undertakings
    ] == expected


def test_the_world_is_a_party_only_where_nobody_else_is_named() -> None:
    document = said("China, Japan and other countries will work together to restore herring.")
    assert [("WORLD" in one.by, "CHN" in one.by) for one in document.undertakings] == [(False, True)]


@pytest.mark.parametrize(
    "words", ["China will allocate $2 million to Nauru.", "China will allow ships from Nauru to land there."]
)
def test_a_hedge_ends_with_a_word(words: str) -> None:
    (one,) = said(words).undertakings
    assert one.hedge == "will"


def test_what_is_given_just_now_is_promised_aid_and_effort_is_not() -> None:
    document = said("China is providing $2 million in assistance to Nauru. China is helping Nauru to grow.")
    assert [(one.strength, one.by, one.to) for one in document.undertakings] == [("promised aid", ("CHN",), ("NRU",))]


def test_what_breaks_off_behind_its_trigger_undertakes_nothing() -> None:
    """A briefing's "we suggested that —" holds no thing to be done, and no undertaking without words."""
    document = onrecord.annotate(
        onrecord.read(b"Press Briefing by Press Secretary Jen Psaki\n\nQ: Why?\n\nJen Psaki: We suggested that -\n")
    )
    assert all(one.start < one.end for one in document.undertakings)


def account(title: str, body: str) -> onrecord.Document:
    """An invented account of one government, annotated."""
    url = "https://www.whitehouse.gov/briefing-room/statements-releases/2023/08/18/x/"
    head = f"---\ntitle: '{title}'\ndate: 2023-08-18\nurl: {url}\n---\n"
    return onrecord.annotate(onrecord.read(f"{head}\n# {title}\n\n{body}\n".encode()))


# The reason, the words, then each undertaking: strength, by, to, words.
ACCOUNTS = [
    ("what is launched for another state", "USAID is launching a training program for divers in Palau.",
     [("committed", "USA", "PLW", "a training program for divers in Palau")]),
    ("who announces that it will, binds itself", "DFC has announced that it will open new offices in Palau.",
     [("committed", "USA", "PLW", "open new offices in Palau")]),
    ("an aside stands between subject and verb", "The United States, through its embassy, is providing $3 million to restore reefs in Tonga.",
     [("promised aid", "USA", "TON", "providing $3 million to restore reefs in Tonga")]),
    ("with the help of a parliament, for others", "The United States will work with Congress to fund lamps for Tonga.",
     [("committed", "USA", "TON", "work with Congress to fund lamps for Tonga")]),
    ("who names a region tells of its states", "Officials of Nauru attended. We will coordinate with other nations on storms.",
     [("committed", "USA", "WORLD", "coordinate with other nations on storms")]),
    ("help in the passive, by who tells of it", "An additional $3 million in assistance will be provided to Tonga. Two ships will be sent home.",
     [("promised aid", "USA", "TON", "An additional $3 million in assistance will be provided to Tonga")]),
    ("help from the side of who gets it", "Tonga will receive ten ambulances from the United States. Tonga will receive guests from the United States.",
     [("promised aid", "USA", "TON", "Tonga will receive ten ambulances from the United States")]),
    ("access is no help in goods or money", "The United States will provide preferential market access for medicines of Tonga.",
     [("committed", "USA", "TON", "provide preferential market access for medicines of Tonga")]),
    ("what others are said to give is not given here", "The Vice President announced that a bank has given $3 million to Tonga.", []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "words", "expected"), ACCOUNTS, ids=[case[0] for case in ACCOUNTS])
def test_one_government_tells_what_it_does_for_others(
    why: str, words: str, expected: list[tuple[str, str, str, str]]
) -> None:
    document = account("FACT SHEET: The United States and a Pacific Partnership Strategy", words)
    assert [
        (one.strength, " ".join(one.by), " ".join(one.to), document.text[one.start : one.end])
        for one in document.undertakings
    ] == expected


def test_a_dash_in_the_title_tells_for_whom_an_account_is_whatever_the_town() -> None:
    document = account(
        "FACT SHEET: U.S.-ASEAN Summit in Vientiane, Lao PDR", "The United States will open two seed banks in ASEAN."
    )
    assert [(one.by, one.to) for one in document.undertakings] == [(("USA",), ("ASEAN",))]


@pytest.mark.parametrize(
    ("why", "answer", "expected"),
    [
        ("who exchanged views agreed", "China and Japan held talks on herring. We exchanged views on storms and agreed to restore herring.",
         [("agreed", "CHN JPN", "")]),
        ("who alone is named agreed alone", "China and Japan held talks on herring. China agreed to lower the tariffs on lamps from Japan.",
         [("agreed", "CHN", "JPN")]),
        ("whom both countries means is told before", "中日关系十分重要。我们愿在此基础上，推动两国关系稳定改善。", [("offered", "CHN", "JPN")]),
        ("for this is for whom it was", "中方一向支持缅甸推进民族和解，并愿为此作出建设性努力。", [("offered", "CHN", "MMR")]),
        ("to whom a guest offers is he with whom he spoke", "中方愿同缅方深化合作。缅方坚持睦邻友好，愿扩大渔业合作。",
         [("offered", "CHN", "MMR"), ("offered", "MMR", "CHN")]),
        ("help is for him who was just supported", "中方支持缅甸建设港口，并将提供必要帮助。", [("promised aid", "CHN", "MMR")]),
        ("contact kept is a deed", "中日双方将就此保持密切磋商。", [("committed", "CHN JPN", "")]),
        ("what was done and will go on", "China has provided and will continue to provide lamps to Nauru.", [("committed", "CHN", "NRU")]),
        ("to be happy to do is a readiness", "China will be happy to share its lamps with Nauru.", [("offered", "CHN", "NRU")]),
        ("a meeting to be held is no undertaking", "中方将在北京举行同日本的渔业会议。", []),
        ("markets are opened to the world", "中国将进一步放宽市场准入，主动扩大进口。", [("committed", "CHN", "WORLD")]),
    ],
)  # fmt: skip
def test_for_whom_it_is_where_another_clause_tells(why: str, answer: str, expected: list[tuple[str, str, str]]) -> None:
    found = said(answer).undertakings
    assert [(one.strength, " ".join(one.by), " ".join(one.to)) for one in found] == expected


def test_a_dash_makes_a_joint_statement_one_of_two() -> None:
    document = account(
        "U.S.-EU Trade and Technology Council Inaugural Joint Statement",
        "The Council met today. We intend to share storm data.",
    )
    assert [(set(one.by), one.form) for one in document.undertakings] == [({"USA", "EU"}, "joint")]


def test_to_stay_in_touch_with_a_state_is_a_deed_towards_it() -> None:
    document = said("China will remain in close communication with Japan on storms.")
    assert [(one.strength, one.by, one.to) for one in document.undertakings] == [("committed", ("CHN",), ("JPN",))]


def test_a_group_acts_for_its_members() -> None:
    document = account(
        "Readout of President Biden’s Meeting with G7 Leaders",
        "President Biden met with the G7 leaders today. The leaders agreed to open two seed banks.",
    )
    assert [(one.by, one.form) for one in document.undertakings] == [(("G7",), "joint")]
