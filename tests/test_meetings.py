"""Meetings: what one document tells of them, and what several tell together. All sentences are invented."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import languages
from onrecord.annotation.analysis import analyse
from onrecord.annotation.meetings import find_meetings
from onrecord.annotation_types import Meeting, Participant, Stretch
from onrecord.asking import MeetingFilters, meetings, meetings_of
from onrecord.asking.meeting_accounts import (
    JoinedMeeting,
    MeetingAccount,
    accounts_of,
    join_accounts,
    joined_again,
)
from onrecord.asking.meeting_search import select
from onrecord.desk import open_desk
from onrecord.errors import LexiconError, QueryError
from onrecord.languages.code_lookup import actor_code
from onrecord.languages.en.meeting_words import meeting_words
from onrecord.languages.meeting_words import load
from onrecord.record import Document, DocumentKind, Heading, Turn, TurnKind, turn_ids


def document(
    *said: tuple[TurnKind, str],
    language: str = "en",
    day: str | None = "2021-03-22",
    title: str = "Regular Press Conference",
    kind: DocumentKind = "press-conference",
    issuer: str = "cn-mfa",
    id: str = "invented",
) -> Document:
    """A document of these turns, with its meetings."""
    ids = turn_ids(id, [words for _, words in said])
    text, turns = "", []
    for (turn_kind, words), turn_id in zip(said, ids, strict=True):
        if words.strip():
            turns.append(Turn(id=turn_id, kind=turn_kind, start=len(text), end=len(text) + len(words)))
        text += words + "\n\n"
    heading = Heading(
        id=id, title=title, date=day, issuer=issuer, house="plain", kind=kind, language=language, text=text, capture="sha256:" + "0" * 64
    )  # fmt: skip
    made = Document(heading=heading, turns=tuple(turns))
    analysis = analyse(made)
    found = find_meetings(analysis, ())
    return Document(heading=heading, turns=made.turns, mentions=tuple(analysis.mentions), meetings=found)


def told(*said: str, language: str = "en", **more: object) -> tuple[Meeting, ...]:
    """The meetings of a question, where two are given, and an answer."""
    kinds: list[TurnKind] = ["question", "answer"] if len(said) == 2 else ["answer"]
    return document(*zip(kinds, said, strict=True), language=language, **more).meetings  # type: ignore[arg-type]


#: language, words, kind, parties in any order, first and last day (2021, today is Monday 03-22), why.
MEETINGS = [
    ("en", "The maritime dialogue between Norway and Chile concluded last weekend.", "dialogue", "NOR CHL", "03-20", "03-21", "between"),
    ("en", "During the leaders’ Tuesday call, President Ola Nordmann of Norway and President Pedro Rojas of Chile agreed.", "call", "NOR CHL", "03-16", "03-16", "the leaders are those named behind"),
    ("en", "The leaders of the G7 met today in Oslo.", "conference", "G7", "03-22", "03-22", "all leaders of a group, and not those of the town"),
    ("en", "Norway and Chile held a webinar on lamps on March 3.", "conference", "NOR CHL", "03-03", "03-03", "a meeting before screens"),
    ("en", "The G20 Oslo Summit was held yesterday.", "conference", "G20", "03-21", "03-21", "the town in a name is no party"),
    ("en", "Norway and Chile held talks in Oslo yesterday.", "meeting", "NOR CHL", "03-21", "03-21", "held, both before the verb"),
    ("en", "Norwegian Foreign Minister Ola Nordmann met with Chilean Foreign Minister Ana Rojas today.", "meeting", "NOR CHL", "03-22", "03-22", "met with"),
    ("en", "The Norwegian president met in Oslo with the President of Chile on March 3.", "meeting", "NOR CHL", "03-03", "03-03", "the place between verb and partner"),
    ("en", "Norwegian Prime Minister Kari Nordmann visited Chile from March 12 to 16.", "visit", "NOR CHL", "03-12", "03-16", "visited"),
    ("en", "Norwegian Prime Minister Kari Nordmann will pay a state visit to Chile next week.", "visit", "NOR CHL", "03-29", "04-04", "pay a visit"),
    ("en", "Chilean President Pedro Rojas's visit to Norway is going on.", "visit", "NOR CHL", None, None, "possessive"),
    ("en", "The upcoming visit of President Pedro Rojas of Chile to Norway matters.", "visit", "NOR CHL", None, None, "of somebody, to a place"),
    ("en", "Chilean President Pedro Rojas spoke by phone with Norwegian Prime Minister Kari Nordmann yesterday.", "call", "NOR CHL", "03-21", "03-21", "spoke by phone"),
    ("en", "The telephone conversation between Norway and Chile last Friday went well.", "call", "NOR CHL", "03-19", "03-19", "a noun of calls"),
    ("en", "The fifth round of Norway-Chile trade talks will be held in May.", "dialogue", "NOR CHL", "05-01", "05-31", "hyphened parties, a round"),
    ("en", "The Norway-Chile summit opened today.", "meeting", "NOR CHL", "03-22", "03-22", "the summit of two is their meeting"),
    ("en", "The 2021 G20 Rome Summit will be held in October.", "conference", "G20", "10-01", "10-31", "an organisation's summit"),
    ("en", "Norwegian President Ola Nordmann welcomed President Pedro Rojas of Chile to Oslo yesterday.", "visit", "NOR CHL", "03-21", "03-21", "welcomed to a place"),
    ("en", "Norwegian Foreign Minister Ola Nordmann is leading a delegation to Chile today.", "visit", "NOR CHL", "03-22", None, "leading a delegation: when it ends is not told"),
    ("en", "Norwegian Foreign Minister Ola Nordmann arrived in Chile yesterday.", "visit", "NOR CHL", "03-21", None, "an arrival begins a visit"),
    ("en", "Just finished the meeting between President Ola Nordmann of Norway and President Pedro Rojas of Chile.", "meeting", "NOR CHL", "03-22", "03-22", "just finished: today"),
    ("en", "Norwegian Foreign Minister Ola Nordmann met with Chilean Foreign Minister Ana Rojas yesterday and today.", "meeting", "NOR CHL", "03-21", "03-22", "two days joined"),
    ("en", "Today, we are announcing that Norway and Chile held talks in Oslo.", "meeting", "NOR CHL", None, None, "the day of announcing"),
    ("en", "Norwegian Prime Minister Kari Nordmann will co-chair the fifth meeting of the Norway-Chile Lamp Exchange.", "meeting", "NOR CHL", None, None, "a session of what two joined by a dash have"),
    ("en", "During his stay in Chile, Norwegian Foreign Minister Ola Nordmann will see the port.", "visit", "NOR CHL", None, None, "a stay, the visitor named behind"),
    ("en", "The Norway-Chile mechanism on lamps was founded and held its first video conference today.", "conference", "NOR CHL", "03-22", "03-22", "its: the body's"),
    ("en", "On March 3, Norway and Chile agreed in a telephone call to open a port.", "call", "NOR CHL", "03-03", "03-03", "in a call"),
    ("en", "President Ola Nordmann of Norway and President Pedro Rojas of Chile opened a port at their meeting on March 3.", "meeting", "NOR CHL", "03-03", "03-03", "their: of the two before"),
    ("zh", "挪威和智利战略对话上周末结束。", "dialogue", "NOR CHL", "03-20", "03-21", "和 before the noun"),
    ("zh", "挪威外长诺德曼昨天同智利外长罗哈斯举行会谈。", "meeting", "NOR CHL", "03-21", "03-21", "同 … 举行会谈"),
    ("zh", "挪威首相诺德曼将于3月24日至26日访问智利。", "visit", "NOR CHL", "03-24", "03-26", "访问 and its object"),
    ("zh", "智利总统罗哈斯将对挪威进行国事访问。", "visit", "NOR CHL", None, None, "对 … 进行访问"),
    ("zh", "挪威外长诺德曼上周五访华。", "visit", "NOR CHN", "03-19", "03-19", "the state inside the word"),
    ("zh", "习近平主席昨晚同智利总统罗哈斯通电话。", "call", "CHN CHL", "03-21", "03-21", "同 … 通电话"),
    ("zh", "王毅国务委员今天在北京会见挪威外长诺德曼。", "meeting", "CHN NOR", "03-22", "03-22", "会见 and its object"),
    ("zh", "21日，挪威外长诺德曼在意大利罗马同智利外长罗哈斯举行会晤。", "meeting", "NOR CHL", "03-21", "03-21", "the place is no party"),
    ("zh", "挪威和智利经济对话机制第六次会议昨天举行。", "dialogue", "NOR CHL", "03-21", "03-21", "a numbered session is one, not several"),
    ("zh", "二十国集团领导人峰会将于下周举行。", "conference", "G20", "03-29", "04-04", "an organisation's summit"),
    ("zh", "上海合作组织外长会议昨天举行。", "conference", "SCO", "03-21", "03-21", "the office is part of the name"),
    ("zh", "上海合作组织成员国外长理事会会议将于下周举行。", "conference", "SCO", "03-29", "04-04", "会 inside the name of a council"),
    ("zh", "王毅国务委员将于3月24日至25日赴挪威举行战略磋商。", "visit", "CHN NOR", "03-24", "03-25", "talks for which one travels"),
    ("zh", "挪威总统诺德曼将从3月24日开始对智利进行国事访问。", "visit", "NOR CHL", "03-24", None, "开始: when it ends is not told"),
    ("zh", "正在挪威访问的智利外长罗哈斯昨天和今天分别会见了挪威领导人。", "visit", "NOR CHL", "03-21", "03-22", "what fills a visit, on two days"),
    ("en", "Norwegian Secretary Ola Nordmann, G20 Sherpa, met with Foreign Minister Ana Rojas of Chile today.", "meeting", "NOR CHL", "03-22", "03-22", "a title holds an organisation"),
    ("en", "This is Chilean Foreign Minister Ana Rojas's first visit to Norway after taking office last December.", "visit", "NOR CHL", None, None, "the day is of the office"),
    ("en", "Norway and Chile will hold the 15th meeting on the implementation of the pact in Lima on March 27.", "meeting", "NOR CHL", "03-27", "03-27", "what the meeting is on stands before its place"),
    ("en", "Norway and Chile met in Oslo last year.", "meeting", "NOR CHL", None, None, "a year is no day"),
    ("en", "The ongoing consultations between Norway and Chile in Oslo are useful.", "dialogue", "NOR CHL", None, None, "a session that goes on in a town"),
    ("zh", "3月3日，世卫组织在奥斯陆召开会议。", "conference", "WHO", "03-03", "03-03", "an organisation holds its meeting"),
    ("zh", "中挪经贸联委会第十三次会议3月3日在奥斯陆举行。", "conference", "CHN NOR", "03-03", "03-03", "会 inside the name of a committee"),
    ("zh", "挪威总统诺德曼和智利总统罗哈斯昨天举行非正式会晤。", "meeting", "NOR CHL", "03-21", "03-21", "an informal summit of two"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "kind", "parties", "first", "last", "reason"), MEETINGS, ids=[f"{c[0]}: {c[6]}" for c in MEETINGS])  # fmt: skip
def test_one_meeting(
    language: str, words: str, kind: str, parties: str, first: str | None, last: str | None, reason: str
) -> None:
    (one,) = told(words, language=language)
    days = tuple(day and f"2021-{day}" for day in (first, last))
    assert (one.kind, set(one.parties), one.first_day, one.last_day) == (kind, set(parties.split()), *days)


#: words, the place as printed, why.
PLACES = [
    ("The Norwegian president met today in Oslo with the President of Chile.", "Oslo", "between verb and partner"),
    ("Norwegian Foreign Minister Ola Nordmann met with Foreign Minister Ana Rojas of Chile in Puerto Viejo today.", "Puerto Viejo", "a town of no table"),
    ("Norway held talks with the Republic of Chile (CHL) in Arica, Chile.", "Arica", "behind brackets"),
    ("Norway and Chile held a meeting on March 9 in Chile’s Harbour Palace.", "Harbour Palace", "the most exact place"),
    ("The Norwegian president met with the President of Chile on the sidelines of the Osaka Summit.", "Osaka", "the occasion's town"),
    ("The Norwegian president met with the President of Chile on the sidelines of the G20 summit in Osaka.", "Osaka", "the town of the occasion"),
    ("The Norwegian president held talks with the President of Chile and opened a school in Oslo.", None, "something else is done there"),
    ("The Norwegian president spoke by phone with the President of Chile in Oslo.", None, "a call has no place"),
    ("The Norwegian president met with the President of Chile in May.", None, "a month"),
    ("Norwegian President Ola Nordmann will travel to Santiago for the state visit to Chile.", "Santiago", "the town is more exact than the state"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "place", "reason"), PLACES, ids=[case[2] for case in PLACES])
def test_the_place_is_the_one_behind_in_or_at(words: str, place: str | None, reason: str) -> None:
    (one,) = told(words)
    assert (one.place or "").startswith(place) if place else one.place is None


#: words of a statement, then for each meeting told: kind, parties, first day, why.
OCCASIONS = [
    ("Norwegian Prime Minister Kari Nordmann paid a visit to Chile. She held talks with Chilean President Pedro Rojas. President Pedro "
     "Rojas will hold a banquet.", [("visit", "CHL NOR", None)], "what fills a visit is part of it"),
    ("Norwegian Prime Minister Kari Nordmann will visit Chile from March 24 to 26. Norway and Chile will hold the 4th round of "
     "fisheries talks.", [("visit", "CHL NOR", "2021-03-24"), ("dialogue", "CHL NOR", None)], "a numbered session is its own"),
    ("President Kari Nordmann of Norway met with President Pedro Rojas of Chile today. The meeting follows their February 2, 2021, "
     "telephone call.", [("meeting", "CHL NOR", "2021-03-22"), ("call", "CHL NOR", "2021-02-02")], "a call of a day of its own"),
    ("President Kari Nordmann of Norway met with President Pedro Rojas of Chile today. The two leaders built on the November 2019 "
     "meeting in Bali.", [("meeting", "CHL NOR", "2021-03-22"), ("meeting", "CHL NOR", "2019-11-01")], "a month is no day of today's meeting"),
    ("Norwegian President Kari Nordmann and Chilean President Pedro Rojas met in Oslo on March 2. On March 12 they met again.",
     [("meeting", "CHL NOR", "2021-03-02"), ("meeting", "CHL NOR", "2021-03-12")], "they are the two named together"),
    ("Norwegian President Kari Nordmann and Chilean President Pedro Rojas will meet in Bali. This will be the third meeting between "
     "President Kari Nordmann and President Pedro Rojas.", [("meeting", "CHL NOR", None)], "this is the one just told"),
    ("Norway welcomed Chile's results in advance of the G20 Summit in Rome.", [], "a conference that is only named"),
    ("We build on the outcomes of the APEC summit.", [], "nor its outcomes"),
    ("Norwegian President Kari Nordmann will attend the G20 Summit in Rome.", [("conference", "G20 NOR", None)], "taking part is told"),
    ("Norway and Chile resumed the Norway-Chile Fisheries Policy Talks.", [("dialogue", "CHL NOR", None)], "held again"),
    ("Norway welcomed the work of the Norway-Chile Fisheries Policy Talks.", [], "a mechanism without a session"),
    ("The Puerto Rican governor met with US President Joe Biden today.", [], "a territory and its own state"),
    ("Norway and Chile may conduct consultations on herring.", [], "may be held"),
    ("Norway and Chile worked together to meet common challenges.", [], "challenges are met"),
    ("Norway and Chile have had a number of conversations about herring.", [], "none in particular"),
    ("Norwegian Prime Minister Kari Nordmann will visit Chile, Peru and Brazil from March 24 to 30.",
     [("visit", "CHL NOR", "2021-03-24"), ("visit", "NOR PER", "2021-03-24"), ("visit", "BRA NOR", "2021-03-24")], "each stop is a visit"),
    ("Norwegian Prime Minister Kari Nordmann will pay official visits to Chile and Peru.",
     [("visit", "CHL NOR", None), ("visit", "NOR PER", None)], "each stop behind the noun"),
    ("Norwegian Prime Minister Kari Nordmann will visit Chile and hold talks on Peru.", [("visit", "CHL NOR", None)], "spoken of, not visited"),
    ("The 73rd session of the UN General Assembly will open on April 3. The summit in Pyongyang matters.",
     [("conference", "UN", "2021-04-03")], "a summit elsewhere is not the session"),
    ("Norwegian President Ola Nordmann will host President Pedro Gomez Rojas of Chile. President Rojas of Chile will visit Norway on May 3.",
     [("visit", "CHL NOR", "2021-05-03")], "the guest by two of his names"),
    ("The leaders of the firms met in Oslo.", [], "firms are no party"),
    ("The two countries held the first high-level strategic dialogue.", [], "no particular two"),
]  # fmt: skip


#: Chinese words, then the parties, first day and inviter of each visit, why.
VISITS = [
    ("王毅国务委员在访问挪威和智利期间提出了建议。", [("CHN NOR", None, None), ("CHL CHN", None, None)], "stops of a tour are visits of their own"),
    ("应挪威外交大臣诺德曼、智利外长罗哈斯邀请，王毅国务委员将于3月24日至30日对挪威、智利进行正式访问。",
     [("CHN NOR", "2021-03-24", "NOR"), ("CHL CHN", "2021-03-24", "CHL")], "each host invites to his own"),
    ("应王毅国务委员邀请，挪威外长诺德曼、智利外长罗哈斯将分别于3月24日至25日、26日至27日访华。",
     [("CHN NOR", "2021-03-24", "CHN"), ("CHL CHN", "2021-03-26", "CHN")], "several visitors, each with days of his own"),
    ("挪威不再允许智利总统罗哈斯访问挪威。", [], "no visit will be"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected", "reason"), VISITS, ids=[case[2] for case in VISITS])
def test_visitors_and_stops_make_visits_of_their_own(
    words: str, expected: list[tuple[str, str | None, str | None]], reason: str
) -> None:
    found = [(" ".join(sorted(one.parties)), one.first_day, one.invited_by) for one in told(words, language="zh")]
    assert found == expected


#: question, answer, the meetings told, why.
ASKED = [
    ("Norway and Chile held talks in Oslo yesterday. What do you say?", "I have nothing to add.", 0, "only a reporter says so"),
    ("Norway and Chile held talks in Oslo yesterday. What do you say?", "We welcome the talks.", 1, "the answer takes it up"),
    ("What do you say?", "Norway and Chile held talks in Oslo yesterday.", 1, "the answer tells of it"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "answer", "count", "reason"), ASKED, ids=[case[3] for case in ASKED])
def test_what_only_a_question_tells_is_no_meeting(question: str, answer: str, count: int, reason: str) -> None:
    assert len(told(question, answer)) == count


@pytest.mark.parametrize(("words", "expected", "reason"), OCCASIONS, ids=[case[2] for case in OCCASIONS])
def test_one_occasion_is_one_meeting(words: str, expected: list[tuple[str, str, str | None]], reason: str) -> None:
    found = [(one.kind, " ".join(sorted(one.parties)), one.first_day) for one in told(words)]
    assert found == expected


#: language, words that tell of no meeting, why.
NONE = [
    ("en", "Norwegian President Kari Nordmann would like to hold the fourth summit between Norway and Chile.", "only wished for"),
    ("en", "Norwegian President Kari Nordmann didn't even have a phone call with Chilean President Pedro Rojas.", "denied"),
    ("en", "Norwegian President Kari Nordmann is unlikely to be able to travel to Chile.", "not possible"),
    ("en", "Norwegian President Kari Nordmann gathered the Chilean flags.", "things are gathered"),
    ("en", "Norway and Chile should solve this through dialogue and consultation.", "talking in general"),
    ("en", "We support dialogue between Norway and Chile.", "wished for"),
    ("en", "We call on Norway and Chile to show restraint.", "calling on"),
    ("en", "Norway's measures do not meet the needs of Chile.", "needs are met"),
    ("en", "The minister told a press conference that Chile and Norway agree.", "the press is no party"),
    ("en", "Norwegian President Kari Nordmann is open to meet with Chilean President Pedro Rojas.", "may never be held"),
    ("en", "The president of the 74th session of the United Nations General Assembly spoke.", "a part of a title"),
    ("en", "Norway's ongoing talks with Chile are useful.", "what goes on for long is no session"),
    ("zh", "挪威外长会见智利某报老板。", "a firm's owner is not the state"),
    ("en", "The talks went well.", "nobody has been spoken of"),
    ("en", "A ship with supplies of Norway arrived in Chile.", "goods do not visit"),
    ("zh", "希望挪威和智利通过对话协商解决分歧。", "talking in general"),
    ("zh", "中方支持挪威同智利恢复对话。", "wished for"),
    ("zh", "发言人在例行记者会上回答了挪威记者的提问。", "the press is no party"),
    ("zh", "挪威同智利多次会晤。", "many, and none told of"),
    ("zh", "挪威和智利领导人没有会面。", "did not"),
    ("en", "Norway and Chile did not hold a meeting.", "did not"),
    ("zh", "对话是及时的。", "nobody has been spoken of"),
    ("zh", "挪威和智利经贸磋商的主管部门是商务部。", "a process, no session told"),
    ("zh", "挪威、智利作为成员国参加会议。", "a conference of which nothing is told"),
    ("en", "The possibility of holding the second Norway-Chile summit was raised.", "possible only"),
    ("en", "Norway will host the World Cup with Chile in 2030.", "who hosts games meets nobody"),
    ("zh", "调查报告显示，九成受访美国企业盈利。", "受访 are asked, and no visit"),
    ("zh", "两国外长还将共同会见中外记者。", "before the press"),
]  # fmt: skip


def test_their_meeting_is_of_the_two_persons_named_before() -> None:
    (visit, first) = told(
        "Norwegian President Kari Nordmann visited Chile today and saw President Pedro Rojas. "
        "They reflected on their first meeting in November 2020 in Lima."
    )
    assert (visit.kind, set(first.parties), first.place, first.first_day) == (
        "visit",
        {"NOR", "CHL"},
        "Lima",
        "2020-11-01",
    )


#: An invented joint statement of 18 August 2023: its words, then kind, place and first day of each meeting, why.
TOGETHER = [
    ("We, the Leaders of the United States, Japan and the Republic of Korea, convened at Camp David on August 17, 2023.",
     [("meeting", "Camp David", "2023-08-17")], "we, with an apposition"),
    ("Last week, the Task Force met in Strelsau.", [("meeting", "Strelsau", "2023-08-07")], "the body of all who speak"),
    ("The three governments convened a panel of divers in Busan on May 3.", [], "another's meeting"),
    ("We welcomed the Statement on Lamps of the 6th Japan-U.S.-ROK Summit on 15 November 2021 and the 1st Japan-U.S.-ROK Lamp Dialogue "
     "held in Strelsau on 3 October 2022.",
     [("conference", None, "2021-11-15"), ("dialogue", "Strelsau", "2022-10-03")], "a session with its day, each day its own"),
    ("On August 16, 2023, we, the Leaders of the United States, Japan and the Republic of Korea, convened for the first meeting of our group.",
     [("meeting", None, "2023-08-16")], "convened for a meeting"),
    ("We will found a guild of divers. The first meeting will take place in Busan on September 3, 2023.",
     [("meeting", "Busan", "2023-09-03")], "the first meeting of what all founded"),
    ("On May 3, we, the Leaders of the United States, Japan and the Republic of Korea, convened for the first leaders’ meeting of the Guild.",
     [("meeting", None, "2023-05-03")], "the meeting for which all convened"),
    ("Following the leaders’ May 3 call, our divers came to Busan.", [("call", None, "2023-05-03")], "the leaders are all who speak"),
    ("As discussed at the Task Force meeting in November 2022, the three countries will open a port.",
     [("meeting", None, "2022-11-01")], "a dated meeting of their body"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected", "reason"), TOGETHER, ids=[case[2] for case in TOGETHER])
def test_all_who_speak_meet(words: str, expected: list[tuple[str, str | None, str]], reason: str) -> None:
    title = "Joint Statement by the United States, Japan and the Republic of Korea"
    head = f"---\ntitle: '{title}'\ndate: 2023-08-18\nurl: https://www.whitehouse.gov/briefing-room/statements-releases/2023/08/18/x/\n---\n"
    found = onrecord.annotate(onrecord.read(f"{head}\n# {title}\n\n{words}\n".encode())).meetings
    assert [(one.kind, one.place, one.first_day) for one in found] == expected
    assert all(set(one.parties) == {"USA", "JPN", "KOR"} for one in found)


@pytest.mark.parametrize(("language", "words", "reason"), NONE, ids=[f"{case[0]}: {case[2]}" for case in NONE])
def test_no_meeting(language: str, words: str, reason: str) -> None:
    assert told(words, language=language) == ()


def test_all_that_is_told_of_a_dialogue_in_question_and_answer_is_one_object() -> None:
    (one,) = told(
        "The maritime dialogue between Norway and China was held last weekend. What came of it?",
        "China attended the maritime dialogue in Bergen at the invitation of the Norwegian side. The dialogue was decided by the "
        "two heads of state. After the dialogue, Director Yang Jiechi and Foreign Minister Wang Yi met the press. The talks were useful.",
    )  # fmt: skip
    assert (one.kind, one.name, set(one.parties)) == ("dialogue", "maritime dialogue", {"NOR", "CHN"})
    assert (one.first_day, one.last_day, one.future) == ("2021-03-20", "2021-03-21", False)
    assert (one.invited_by, one.decided_by) == ("NOR", ("CHN", "NOR"))
    assert [(person.name, person.office, person.party) for person in one.people] == [
        ("Yang Jiechi", "Director", "CHN"),
        ("Wang Yi", "Foreign Minister", "CHN"),
    ]
    assert len(one.spans) >= 4


def test_the_same_in_chinese() -> None:
    (one,) = told(
        "挪威和中国海洋对话上周末结束。中方如何评价此次对话的成果？",
        "中方应挪威政府邀请，赴卑尔根同挪威举行海洋对话，这次对话由两国元首共同决定举行。对话结束后，杨洁篪主任接受了采访。",
        language="zh",
    )
    assert (one.kind, set(one.parties)) == ("dialogue", {"NOR", "CHN"})
    assert (one.first_day, one.last_day, one.invited_by) == ("2021-03-20", "2021-03-21", "NOR")
    assert [(person.name, person.office) for person in one.people] == [("杨洁篪", "主任")]


def test_an_announcement_tells_who_invites_and_when() -> None:
    (one,) = told(
        "At the invitation of State Councilor and Foreign Minister Wang Yi, Norwegian Foreign Minister Ola Nordmann will pay an official "
        "visit to China from March 24 to 26."
    )  # fmt: skip
    assert (one.kind, one.name, set(one.parties), one.invited_by) == ("visit", "official visit", {"CHN", "NOR"}, "CHN")
    assert (one.place, one.first_day, one.last_day, one.future) == ("China", "2021-03-24", "2021-03-26", True)
    assert [person.name for person in one.people] == ["Ola Nordmann"], "who invites does not travel"


def test_names_that_no_table_holds_are_known_by_the_office_before_them() -> None:
    (one,) = told("挪威外长诺德曼昨天同中方举行会谈。", language="zh")
    assert [(person.name, person.office, person.party, person.id) for person in one.people] == [
        ("诺德曼", "外长", "NOR", None)
    ]


def test_a_visit_and_the_talks_that_fill_it_are_one_meeting() -> None:
    (one,) = told("挪威首相诺德曼将于3月24日访问智利。访问期间，智利领导人将同诺德曼首相举行会谈。", language="zh")
    assert (one.kind, set(one.parties), len(one.spans)) == ("visit", {"NOR", "CHL"}, 2)


def test_a_visit_and_talks_told_in_one_sentence_are_one_meeting() -> None:
    (one,) = told("挪威首相诺德曼对智利进行国事访问，同智利总统罗哈斯举行会谈。", language="zh")
    assert (one.kind, set(one.parties)) == ("visit", {"NOR", "CHL"})


def test_the_place_may_stand_behind_the_name_of_a_meeting() -> None:
    (one,) = told("中国和挪威战略对话昨天在北京举行。", language="zh")
    assert (one.place, set(one.parties)) == ("北京", {"CHN", "NOR"})


@pytest.mark.parametrize(
    ("words", "place", "reason"),
    [
        ("中国和挪威领导人河内会晤取得成果。", "河内", "the place is part of the name"),
        ("挪威外长诺德曼上周访华。", "中国", "the state is part of the word"),
        ("中方同挪威在京举行会谈。", "北京", "the capital in its short form"),
    ],
)
def test_the_place_may_stand_in_the_name_in_chinese(words: str, place: str, reason: str) -> None:
    (one,) = told(words, language="zh")
    assert one.place == place, reason


def test_the_tense_of_telling_is_not_that_of_the_meeting() -> None:
    (one,) = told(
        "挪威外长诺德曼将于3月24日访华。", "我刚才已经介绍过了，挪威外长诺德曼访华期间，双方将举行会谈。", language="zh"
    )
    assert (one.kind, one.first_day) == ("visit", "2021-03-24")


def test_two_meetings_of_different_people_stay_two() -> None:
    found = told(
        "President Xi Jinping met with Norwegian Prime Minister Kari Nordmann yesterday. Premier Li Keqiang held talks with Norwegian "
        "Finance Minister Per Hansen yesterday."
    )  # fmt: skip
    assert [{person.name for person in one.people} for one in found] == [
        {"Xi Jinping", "Kari Nordmann"},
        {"Li Keqiang", "Per Hansen"},
    ]


def test_days_far_apart_tell_two_meetings() -> None:
    found = told("Norway and Chile held talks on March 3. Norway and Chile held talks on March 20.")
    assert [one.first_day for one in found] == ["2021-03-03", "2021-03-20"]


def test_the_day_of_saying_is_not_the_day_of_meeting() -> None:
    (one,) = told("Norway announced on Friday that the Norway-Chile summit opened today.")
    assert one.first_day == "2021-03-22"


def test_what_was_announced_yesterday_is_not_held_yesterday() -> None:
    (one,) = told("Yesterday Norway announced the upcoming visit of President Pedro Rojas of Chile to Norway.")
    assert (one.first_day, one.future) == (None, True)
    (one,) = told("昨天，挪威宣布智利总统罗哈斯即将访问挪威。", language="zh")
    assert (one.first_day, one.future) == (None, True)


def test_the_headline_of_an_account_tells_kind_and_parties_but_not_the_day() -> None:
    said: tuple[TurnKind, str] = (
        "statement",
        "The two leaders had a warm exchange on fisheries. They agreed to stay in touch.",
    )
    (one,) = document(
        said, title="Readout of the Call between President Pedro Rojas of Chile and Prime Minister Kari Nordmann of Norway",
        kind="readout", issuer="cl-gob",
    ).meetings  # fmt: skip
    assert (one.kind, set(one.parties)) == ("call", {"CHL", "NOR"})
    assert one.first_day is None, "the day of the statement is not the call's: nothing says today"
    assert one.start == 0, "the headline stands in no turn: what is told stands in the first sentence"


def test_ids_stay_and_are_one_each() -> None:
    words = "Norway and Chile held talks on March 3. Norway and Chile held talks on March 20."
    ids = [one.id for one in told(words)]
    assert len(set(ids)) == 2
    assert ids == [one.id for one in told(words)]


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(
                "Norway Chile China President Xi Jinping met with held talks visit to the summit at invitation of in Oslo on March 30 "
                "call his dialogue between and , . 's “ decided by during 举行 会谈 挪威 智利 同 访问 应 邀请 对话 元首 通话 了 ， 。 第五 届 论坛 在 访华 İ".split(" ")
            )
        ).map(" ".join),
        st.lists(st.sampled_from("举行 会谈 挪威 智利 外长 同 访问 应 邀请 对话 两国元首 通话 了 ， 。 第五届 论坛 在 访华 3月 5日 此次 双方".split())).map("".join),
    ),
    st.sampled_from(["en", "zh"]),
    st.sampled_from(["2021-03-22", None]),
)  # fmt: skip
def test_any_words_are_read_and_every_span_stands_in_a_turn(words: str, language: str, day: str | None) -> None:
    made = document(
        ("question", words), ("answer", words + "."), language=language, day=day, title=words or "?", kind="readout"
    )
    turns = {turn.id: (turn.start, turn.end) for turn in made.turns}
    for one in made.meetings:
        start, end = turns[one.turn]
        assert start <= one.start < one.end <= end
        spans: list[Stretch | Participant] = [*one.spans, *one.people]
        for span in spans:
            assert any(first <= span.start < span.end <= last for first, last in turns.values())
        assert one.parties
        assert (one.first_day is None) == (one.last_day is None)


def test_accounts_of_several_documents_are_one_meeting() -> None:
    english = document(("answer", "Norway and China held talks in Oslo on March 20."), id="en-1", day="2021-03-21")
    chinese = document(("answer", "3月20日，中方同挪威举行会谈。"), language="zh", id="zh-1", day="2021-03-22")
    later = document(("answer", "Norway and China held talks on April 20."), id="en-2", day="2021-04-22")
    undated = document(("answer", "Norway and China held talks in Oslo."), id="en-3", day="2021-03-23")
    other = document(("answer", "Chile and China held talks on March 20."), id="en-4", day="2021-03-22")
    gathered = join_accounts(
        [account for one in (later, chinese, english, undated, other) for account in accounts_of(one)]
    )
    assert [(one.first_day, one.documents) for one in gathered] == [
        ("2021-03-20", ("en-4",)),
        ("2021-03-20", ("en-1", "zh-1", "en-3")),
        ("2021-04-20", ("en-2",)),
    ]
    assert gathered[1].place == "Oslo"
    assert gathered[1].accounts[1].quote.endswith("举行会谈")


@pytest.mark.parametrize(
    ("filters", "count", "reason"),
    [
        (MeetingFilters(), 2, "all"),
        (MeetingFilters(between=("NOR", "CHN")), 1, "of both parties"),
        (MeetingFilters(kind=("visit",)), 1, "of a kind"),
        (MeetingFilters(since="2021-03-21"), 1, "by days"),
        (MeetingFilters(until="2021-03-20"), 1, "by days"),
        (MeetingFilters(place="oslo"), 1, "by a place's name"),
        (MeetingFilters(person="wang-yi"), 1, "by a person's id"),
        (MeetingFilters(person="Wang"), 1, "by words of a name"),
    ],
)
def test_filters(filters: MeetingFilters, count: int, reason: str) -> None:
    made = document(
        ("answer", "Norway and China held talks in Oslo on March 20."),
        ("answer", "State Councilor Wang Yi will visit Chile from March 24 to 26."),
    )
    assert len(meetings_of(made, filters).meetings) == count
    assert len(select(join_accounts(accounts_of(made)), filters)) == count


@given(
    between=st.lists(st.sampled_from(["CHN", "NOR", "CHL"]), max_size=2, unique=True).map(tuple),
    kind=st.lists(st.sampled_from(["meeting", "visit", "call"]), max_size=2, unique=True).map(tuple),
    since=st.sampled_from([None, "2021-03-19", "2021-03-24", "2022-01-01"]),
    until=st.sampled_from([None, "2021-03-19", "2021-03-24", "2022-01-01"]),
    place=st.sampled_from([None, "oslo", "OSLO "]),
    person=st.sampled_from([None, "wang yi", "wang-yi", "Nord"]),
)
def test_a_desk_answers_as_what_is_gathered_of_its_documents(folder: Path, **asked: Any) -> None:
    filters = MeetingFilters(**asked)
    with open_desk(folder) as desk:
        accounts = [account for one in desk for account in accounts_of(one)]
        assert meetings(desk, filters).meetings == select(join_accounts(accounts), filters)


@pytest.mark.parametrize("filters", [MeetingFilters(place="Nowhere"), MeetingFilters(person="Nobody")])
def test_a_place_or_person_of_no_meeting_is_an_error(folder: Path, filters: MeetingFilters) -> None:
    with open_desk(folder) as desk, pytest.raises(QueryError, match="of a meeting is known as"):
        meetings(desk, filters)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("meetings") / "desk"
    said = [
        ("March 21, 2021", "Norway and China held talks in Oslo on March 20."),
        ("March 22, 2021", "State Councilor Wang Yi will visit Chile from March 24 to 26."),
        ("March 23, 2021", "Norway and China held talks in Oslo. Norwegian Foreign Minister Ola Nordmann met with Chilean Foreign "
                           "Minister Ana Rojas today."),
        ("April 20, 2021", "Xi Jinping spoke by phone with the President of Chile yesterday."),
    ]  # fmt: skip
    with open_desk(found, write=True, create_new=True) as desk:
        for day, words in said:
            page = f"Foreign Ministry Spokesperson Hua Chunying's Regular Press Conference on {day}\n\nTimes: What?\n\nHua Chunying: {words}\n"
            desk.add(onrecord.read(page.encode()))
    return found


def test_parties_are_asked_for_by_code_or_name() -> None:
    assert [actor_code(asked) for asked in ("CHN", "China", "挪威", "ASEAN")] == ["CHN", "CHN", "NOR", "ASEAN"]


def test_the_table_is_checked(tmp_path: Path) -> None:
    assert meeting_words().find("The SUMMIT was a press conference.", 0, 33)[0].word == "summit"
    head = '[sources]\nus = "Usage"\n[around]\n'
    row = '[[noun]]\nkind = "visit"\nwords = ["visit"]\nexample = "{}"\nsource = "{}"\n'
    whole = (languages.find("en").folder / "meeting_words.toml").read_text(encoding="utf-8")
    for broken, wrong in (
        (whole + row.format("A visit.", "nowhere"), "the source 'nowhere' is not listed"),
        (whole + row.format("A journey.", "protocol"), "contains none of its words"),
        (head + row.format("A visit.", "us"), "missing required field"),
    ):
        path = tmp_path / "meeting_words.toml"
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(LexiconError, match=wrong):
            load(path, bounded=True)


@pytest.mark.slow
def test_the_command_lists_the_meetings_of_a_file(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "Foreign Ministry Regular Press Conference on March 22, 2021\n\nTimes: The maritime dialogue between Norway and China was held last "
        "weekend. Any comment?\n\nHua Chunying: The maritime dialogue in Oslo was useful.\n",
        encoding="utf-8",
    )  # fmt: skip
    command = [sys.executable, "-m", "onrecord.cli", "meetings", str(page)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "2021-03-20 to 2021-03-21  dialogue  Norway – China  maritime dialogue" in printed
    assert "Oslo" in printed
    (row,) = json.loads(
        subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=True).stdout
    )["meetings"]
    assert row["place"] == "Oslo"
    assert len(row["accounts"]) == 1
    csv = subprocess.run([*command, "--format", "csv"], capture_output=True, text=True, check=True).stdout
    assert csv.startswith("kind,name,parties")
    none = subprocess.run([*command, "--between", "Chile", "China"], capture_output=True, text=True, check=False)
    assert none.returncode == 1


def test_the_dialogue_of_the_specification(shared: Path) -> None:
    """The excerpt, and the same conference in Chinese: one dialogue, and the call of the heads of state apart."""
    for page, place, people in (
        ("excerpt-2021-03-22.txt", "Anchorage", [("Yang Jiechi", "Director"), ("Wang Yi", "State Councilor")]),
        ("zh-2020/0850.shtml", "安克雷奇", [("杨洁篪", "主任"), ("王毅", "国务委员")]),
    ):
        found = onrecord.annotate(onrecord.read(shared / "data/cn-mfa" / page)).meetings
        (one,) = [meeting for meeting in found if meeting.kind == "dialogue"]
        assert set(one.parties) == {"CHN", "USA"}
        assert (one.place, one.place_id, one.first_day, one.last_day) == (
            place,
            "anchorage",
            "2021-03-20",
            "2021-03-21",
        )
        assert [(person.name, person.office) for person in one.people] == people
        assert (one.invited_by, set(one.decided_by)) == ("USA", {"CHN", "USA"})
        (call,) = [meeting for meeting in found if meeting.kind == "call"]
        assert set(call.parties) == {"CHN", "USA"}


#: What the statements of a desk may say: of the same meeting in several ways, of others of the same parties, of none.
SAID = (
    "Norway and China held talks in Oslo on March 20.",
    "Norway and China held talks in Oslo.",
    "Norway and China held talks on April 20.",
    "Norway and China spoke by phone on March 20.",
    "Chile and China held talks on March 20.",
    "State Councilor Wang Yi will visit Chile from March 24 to 26.",
    "Nobody met.",
)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(["a", "b", "c", "d"]),
                st.sampled_from(["2021-03-21", "2021-03-23", "2021-04-22"]),
                st.lists(st.sampled_from(SAID), min_size=1, max_size=3, unique=True),
            ),
            min_size=1,
            max_size=3,
        ),
        max_size=4,
    )
)
def test_updated_meetings_are_those_of_all_accounts(runs: list[list[tuple[str, str, list[str]]]]) -> None:
    accounts: dict[str, list[MeetingAccount]] = {}
    before: tuple[JoinedMeeting, ...] = ()
    for run in runs:
        for id, day, said in run:
            accounts[id] = [*accounts_of(document(*(("answer", one) for one in said), id=id, day=day))]
        changed = {id for id, _, _ in run}
        before = joined_again(before, changed, [one for id in sorted(changed) for one in accounts[id]])
        assert before == tuple(join_accounts(one for own in accounts.values() for one in own))
