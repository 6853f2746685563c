"""What the tables of states and organisations answer: whose a code is, which states are no more, whose an issuer is."""

from __future__ import annotations

import csv

import pytest

import onrecord
from onrecord.annotation.principal import principal_of
from onrecord.languages.code_lookup import actor_code
from onrecord.lexicon.actors import is_state, issuing_actor
from onrecord.lexicon.former_states import existed, former_states
from onrecord.lexicon.tables import FOLDER, many
from onrecord.lexicon.world import actor_codes, world_rows
from onrecord.record import Document, Heading, Turn

STATES_AND_OTHERS = [
    ("KEN", True, "a state"),
    ("XKX", True, "Kosovo, whose code users assign"),
    ("HKG", True, "a territory"),
    ("SUN", True, "a state that is no more"),
    ("EAC", False, "East African Community: three capitals like a state's"),
    ("ITU", False, "International Telecommunication Union"),
    ("ICJ", False, "International Court of Justice"),
    ("ISA", False, "International Seabed Authority"),
    ("SCO", False, "Shanghai Cooperation Organization"),
    ("G20", False, "a group of states"),
    ("FIRM", False, "a company"),
]


@pytest.mark.parametrize(("code", "state", "why"), STATES_AND_OTHERS)
def test_whether_a_code_is_a_states(code: str, state: bool, why: str) -> None:
    assert is_state(code) is state, why


def test_no_organisation_is_a_state() -> None:
    """Whatever its code looks like. (A government office acts for its state, and has the state as its actor.)"""
    taken = {row["id"] for row in world_rows("organisations") if is_state(row["id"])}
    assert not taken
    acting = {row["actor"] for row in world_rows("organisations") if row["kind"] in ("intergovernmental", "un-body")}
    assert not {code for code in acting if is_state(code)}


ISSUERS = [
    ("cn-mfa", "2021-03-22", "CHN", "the two letters of a state"),
    ("au-pm", "2021-03-22", "AUS", "Australia, not the African Union"),
    ("africanunion-psc", "2021-03-22", "AU", "issuers.csv: the African Union's code is Australia's prefix"),
    ("un-ga", "1970-09-01", "UN", "the code of an organisation"),
    ("eu-council", "2021-03-22", "EU", "the code of an organisation"),
    ("nato-sg", "2021-03-22", "NATO", "the code of an organisation"),
    ("asean-chair", "2021-03-22", "ASEAN", "every organisation of the table"),
    ("unsc-press", "2021-03-22", "UN", "a body speaks for what it is a part of"),
    ("uk-govuk", "2021-03-22", "GBR", "issuers.csv: everybody writes uk"),
    ("gb-fcdo", "2021-03-22", "GBR", "the two letters of ISO"),
    ("su-mid", "1985-03-11", "SUN", "a state that existed on the day"),
    ("cs-fmzv", "1985-03-11", "CSK", "one code, two states after each other"),
    ("cs-mip", "2004-05-01", "SCG", "one code, two states after each other"),
    ("ge-mfa", "2021-03-22", "GEO", "Georgia, not General Electric"),
    ("bp-press", "2021-03-22", None, "a company is no podium"),
    ("xx-office", "2021-03-22", None, "no table has it"),
]


@pytest.mark.parametrize(("issuer", "day", "code", "why"), ISSUERS)
def test_whose_podium_an_issuer_has(issuer: str, day: str, code: str | None, why: str) -> None:
    assert issuing_actor(issuer.partition("-")[0], day) == code, why
    assert principal_of(_document("Nobody is named here.", day, issuer)) == code, why


def test_no_prefix_of_a_state_is_given_away() -> None:
    with (FOLDER / "issuers.csv").open(encoding="utf-8", newline="") as file:
        given = {row["prefix"]: row["code"] for row in csv.DictReader(file)}
    today = {row["iso2"].lower() for row in world_rows("states") if row["id"] not in former_states()}
    assert not given.keys() & today
    assert set(given.values()) <= actor_codes()


def _document(text: str, day: str | None, issuer: str = "plain", language: str = "en") -> Document:
    heading = Heading(id="d", title="A statement", date=day, issuer=issuer, house="plain", kind="statement",
                      language=language, text=text, capture="sha256:" + "0" * 64)  # fmt: skip
    return Document(heading=heading, turns=(Turn(id="a", kind="statement", start=0, end=len(text)),))


#: A name that a state that is no more shares with another, the day it is said, and whose it is then. Invented sentences.
NAMES = [
    ("He arrived in Prague.", "Prague", "2019-01-01", ("CZE",), "a capital is that of the state of today"),
    ("He arrived in Prague.", "Prague", None, ("CZE",), "without a day, today"),
    ("He arrived in Prague.", "Prague", "1985-01-01", ("CSK",), "in the days of Czechoslovakia it was its capital"),
    ("Fighting went on in Aden.", "Aden", "2019-01-01", (), "a city of Yemen, no capital of South Yemen"),
    ("Fighting went on in Aden.", "Aden", "1985-01-01", ("YMD",), "in the days of South Yemen it was its capital"),
    ("The attack in Salisbury was denied.", "Salisbury", "2018-03-20", (), "the English city, not Rhodesia"),
    ("He flew to Willemstad.", "Willemstad", "2019-01-01", ("CUW",), "Curaçao, not the Netherlands Antilles"),
    ("Moscow denied it.", "Moscow", "2019-01-01", ("RUS",), "a government by its capital"),
    ("Moscow denied it.", "Moscow", "1985-01-01", ("SUN",), "the government that sat there on the day"),
    ("Belgrade denied it.", "Belgrade", "2019-01-01", ("SRB",), "the state of today"),
    ("Belgrade denied it.", "Belgrade", "2005-01-01", ("SCG",), "Serbia and Montenegro"),
    ("Belgrade denied it.", "Belgrade", "2001-01-01", ("YUG",), "Yugoslavia"),
    ("Hanoi denied it.", "Hanoi", "2019-01-01", ("VNM",), "the state of today"),
    ("The Soviet Union denied it.", "Soviet Union", "2019-01-01", ("SUN",), "its own name is its own at any time"),
    ("They met in East Berlin.", "East Berlin", "2019-01-01", (), "a part of Berlin"),
    ("They met in East Berlin.", "East Berlin", "1985-01-01", ("DDR",), "the capital of East Germany"),
    ("He arrived in Kingston.", "Kingston", "2019-01-01", ("JAM",), "a state goes before a territory: not Norfolk Island"),
    ("The Taiwan Affairs Office denied it.", "Taiwan Affairs Office", "2019-01-01", ("CHN",), "an office is whose the table says"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "name", "day", "codes", "why"), NAMES)
def test_whose_a_name_is_on_a_day(sentence: str, name: str, day: str | None, codes: tuple[str, ...], why: str) -> None:
    found = [one for one in onrecord.annotate(_document(sentence, day)).mentions if one.name == name]
    assert [one.codes for one in found] == [codes], why


ZH = [
    ("他抵达布拉格。", "布拉格", "2019-01-01", ("CZE",), "今日的首都"),
    ("他抵达布拉格。", "布拉格", "1985-01-01", ("CSK",), "当日的首都"),
    ("他抵达威廉斯塔德。", "威廉斯塔德", "2019-01-01", ("CUW",), "今日的首府"),
]


@pytest.mark.parametrize(("sentence", "name", "day", "codes", "why"), ZH)
def test_whose_a_chinese_name_is_on_a_day(sentence: str, name: str, day: str, codes: tuple[str, ...], why: str) -> None:
    found = onrecord.annotate(_document(sentence, day, language="zh")).mentions
    assert [one.codes for one in found if one.name == name] == [codes], why


def test_every_former_state_is_in_both_tables_and_none_takes_a_name_of_today() -> None:
    rows = {row["id"]: row for row in world_rows("states")}
    assert {row["id"] for row in rows.values() if row["source"] == "ISO 3166-3"} == set(former_states())
    names = ("name", "aliases", "demonyms", "name_zh", "aliases_zh")
    today = {
        name
        for row in rows.values()
        if row["id"] not in former_states()
        for column in names
        for name in many(row[column])
    }
    for code, one in former_states().items():
        assert one.since < one.until, code
        own = {name for column in names for name in many(rows[code][column])}
        assert not own & today, f"{code}: a name that a state of today has"
        assert not rows[code]["metonyms"] and not rows[code]["metonyms_zh"], f"{code}: a government that is no more"


def test_former_states_stand_behind_those_of_today() -> None:
    held = [row["id"] in former_states() for row in world_rows("states")]
    assert held == sorted(held)
    assert existed("FRA", None) and not existed("SUN", None)
    assert existed("SUN", "1991-12") and existed("SUN", "1991") and not existed("SUN", "1992")


#: What somebody types who looks for a party: never one that is no more, unless named.
ASKED = [
    ("Prague", "CZE"),
    ("Belgrade", "SRB"),
    ("布拉格", "CZE"),
    ("Kinshasa", "COD"),
    ("Soviet Union", "SUN"),
    ("Kingston", "JAM"),
]


@pytest.mark.parametrize(("words", "code"), ASKED)
def test_a_party_asked_for_by_its_capital(words: str, code: str) -> None:
    assert actor_code(words) == code
