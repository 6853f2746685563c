"""Collecting from an invented ministry: all that it lists is held or named as missing, whatever its site does meanwhile."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from invented_site import Asked, Given, Site, VirtualClock
from onrecord import houses
from onrecord.collecting.client import Client
from onrecord.collecting.collector import Collector
from onrecord.collecting.mirrors import Mirror
from onrecord.collecting.report import Report
from onrecord.desk import Desk, check, open_desk
from onrecord.desk.visits import visits
from onrecord.houses.house import Card
from onrecord.houses.sources import Source

for needed in ("protego", "feedparser"):
    pytest.importorskip(needed, reason=f"{needed} is not installed: install onrecord[collect]")
HOST = "https://www.fmprc.gov.cn"
FOLDER = "/mfa_eng/xwfw_665399/s2510_665401/2511_665403/"
NOT_THERE = "<html><head><title>系统提示</title></head><body><p>对不起,您访问的页面不存在或已删除</p></body></html>"
WALL = '<html><head><title>Just a moment...</title></head><body><form id="challenge-form"></form></body></html>'


def page(number: int, day: date, answer: str, style: str = "content") -> str:
    title = f"Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on {day:%B} {day.day}, {day.year}"
    more = "".join(f"<p>We hope for a good end of matter {number} in valley {n}.</p>" for n in range(6))
    return f"""<html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div class="nav"><a href="{HOST}/">Home</a></div><h2 class="title">{title}</h2><div class="{style}">
<p>This page is invented.</p><p><b>CCTV: What do you say of the case of Arcadia, number {number}?</b></p>
<p>Geng Shuang: {answer}</p>{more}<p><b>《Daily Nowhere》: And then?</b></p><p>Geng Shuang: Nothing more.</p>
</div><div class="copyright">Invented</div></body></html>"""


@dataclass
class Ministry:
    """An invented ministry: a conference on every working day at 12:00 UTC, listed ten on a page, and a feed."""

    clock: VirtualClock
    first: date
    days: int
    size: int = 10
    edits: dict[date, tuple[datetime, str]] = field(default_factory=dict)
    style: str = "content"
    faults: dict[str, list[Given]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site = Site(self.clock, "User-agent: *\nDisallow: /private/\nCrawl-delay: 1\n")
        self.site.answer = self.answer  # type: ignore[method-assign]

    @property
    def out(self) -> list[date]:
        every = [self.first + timedelta(days=n) for n in range(self.days)]
        held = [day for day in every if day.weekday() < 5 and self.published(day) <= self.clock.now()]
        return held[::-1]

    def published(self, day: date) -> datetime:
        return datetime.fromisoformat(f"{day}T12:00:00+00:00")

    def path(self, day: date) -> str:
        return f"{FOLDER}t{day:%Y%m%d}.shtml"

    def words(self, day: date) -> str:
        if day in self.edits and self.edits[day][0] <= self.clock.now():
            return self.edits[day][1]
        return f"Our position on matter {day.day} has not changed."

    def answer(self, asked: Asked) -> Given:
        path = asked.path.split("?")[0]
        if self.faults.get(path):
            return self.faults[path].pop(0)
        if path in self.site.pages:
            return self.site.pages[path]  # type: ignore[return-value]
        for day in self.out:
            if path == self.path(day):
                return Given(page(day.day, day, self.words(day), self.style))
        if path == "/feed/":
            return Given(self.feed(), kind="application/rss+xml")
        if path.startswith(FOLDER + "default"):
            number = int(path.rpartition("_")[2].split(".")[0])
            return self.listing(number)
        return self.listing(0) if path == FOLDER else Given(NOT_THERE, validators=False)

    def listing(self, number: int) -> Given:
        some = self.out[number * self.size : (number + 1) * self.size]
        if not some:
            return Given(NOT_THERE, validators=False)
        rows = "".join(
            f'<li><a href="./{self.path(day).rsplit("/", 1)[1]}">Conference</a> ({day})</li>' for day in some
        )
        return Given(f'<html><a href="/private/drafts/">Drafts</a><ul>{rows}</ul></html>', validators=False)

    def feed(self) -> str:
        rows = "".join(
            f"<item><title>Conference</title><link>{HOST}{self.path(day)}</link><guid>{day}</guid>"
            f"<pubDate>{format_datetime(self.published(day))}</pubDate></item>"
            for day in self.out[:5]
        )
        return f'<rss version="2.0"><channel><title>Invented</title>{rows}</channel></rss>'

    def close(self) -> None:
        self.site.close()


def card_of(*names: str) -> Card:
    known = houses.find("cn-mfa").card
    listing = next(one for one in known.sources if one.id == "en-2016")
    listing = msgspec.structs.replace(listing, closed="", size=10)
    feed = Source(id="feed", url=f"{HOST}/feed/", form="feed", every="1h")
    return msgspec.structs.replace(known, sources=[{"feed": feed, "listing": listing}[name] for name in names])


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock("2031-05-16T18:00:00+00:00")  # a Friday


@pytest.fixture
def ministry(clock: VirtualClock) -> Iterator[Ministry]:
    made = Ministry(clock, date(2031, 4, 1), 90)
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as made:
        yield made
        assert list(check(made)) == []


def run(desk: Desk, ministry: Ministry, *lists: str, since: str = "2031-05-05", **more: Any) -> Report:
    card = card_of(*(lists or ("feed", "listing")))
    mirror = Mirror.of(card.addresses, ministry.site.base)
    with Client("desk@ministry.example", ministry.clock, mirror=mirror, random=Random(1)) as client:
        return Collector(desk, card, client, ministry.clock, since=date.fromisoformat(since), **more).run()


def held(desk: Desk) -> set[str]:
    return {one.day for one in desk.listed() if one.day}


def outcomes(desk: Desk, path: str) -> list[str]:
    return [one.outcome for one in visits(desk.record, address=HOST + path)]


def test_all_that_is_listed_since_the_day_is_held(ministry: Ministry, desk: Desk) -> None:
    report = run(desk, ministry)
    assert held(desk) == {f"2031-05-{day:02}" for day in (5, 6, 7, 8, 9, 12, 13, 14, 15, 16)}
    assert report.line == "asked 10, new 10, changed 0, missing nothing, in doubt 0"
    assert report.is_complete
    assert report.lists == {"cn-mfa/feed": "end", "cn-mfa/en-2016": "day"}
    assert {one.path for one in ministry.site.log if "private" in one.path} == set()
    assert min(ministry.site.gaps) >= 1  # before it knows the rules it waits longer


def test_a_second_run_asks_only_for_what_is_new_or_due(ministry: Ministry, desk: Desk, clock: VirtualClock) -> None:
    run(desk, ministry)
    ministry.site.log.clear()
    clock.set("2031-05-19T18:00:00+00:00")  # Monday
    report = run(desk, ministry)
    assert report.new == 1
    assert "2031-05-19" in held(desk)
    again = [one for one in ministry.site.asked() if one.path.startswith(FOLDER + "t") and "0519" not in one.path]
    assert again
    assert all(one.conditional and one.status == 304 for one in again)
    assert report.line.startswith(f"asked {len(again) + 1}, new 1, changed 0, missing nothing")


def test_a_page_is_read_again_on_the_schedule_and_an_edit_is_found(
    ministry: Ministry, desk: Desk, clock: VirtualClock
) -> None:
    day = date(2031, 5, 16)
    ministry.edits[day] = (
        datetime.fromisoformat("2031-05-16T19:00:00+00:00"),
        "Our position has changed in one point.",
    )
    run(desk, ministry)
    changed = []
    for hours in range(1, 24 * 9, 3):
        clock.set((datetime.fromisoformat("2031-05-16T18:00:00+00:00") + timedelta(hours=hours)).isoformat())
        changed.append(run(desk, ministry).changed)
    assert sum(changed) == 1
    assert changed.index(1) == 6  # at the step of a day: those of 2 and 6 hours were over before
    assert len(outcomes(desk, ministry.path(day))) == 1 + 4  # 1, 2, 4, 7 days
    (found,) = desk.documents(since="2031-05-16", until="2031-05-16")
    assert "changed in one point" in found.text


@pytest.mark.parametrize(
    ("fault", "tries"),
    [
        pytest.param(Given(status=503, headers={"Retry-After": "7"}), ["failed", "new"], id="busy"),
        pytest.param(Given(status=429), ["failed", "new"], id="too many requests"),
        pytest.param(Given(status=500), ["failed", "new"], id="a fault of the server"),
        pytest.param(Given(drop=True), ["failed", "new"], id="no answer"),
        pytest.param(Given(status=404), ["gone", "new"], id="not there for a moment"),
        pytest.param(Given(NOT_THERE), ["gone", "new"], id="not there, with status 200"),
        pytest.param(Given(WALL), ["refused", "new"], id="a wall"),
        pytest.param(Given(""), ["refused", "new"], id="nothing"),
        pytest.param(Given(page(9, date(2031, 5, 9), "No change.")[:700]), ["refused", "new"], id="half a page"),
        pytest.param(
            Given("<html><body><p>Under construction</p></body></html>"), ["refused", "new"], id="no statement"
        ),
    ],
)
def test_what_fails_once_is_asked_for_again(ministry: Ministry, desk: Desk, fault: Given, tries: list[str]) -> None:
    path = ministry.path(date(2031, 5, 9))
    ministry.faults[path] = [fault]
    report = run(desk, ministry)
    assert outcomes(desk, path) == tries
    assert len(held(desk)) == 10
    assert report.missing == []
    assert report.failed == 1


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Given(status=404), "the server answered 404"),
        (Given(status=503), "the server answered 503"),
        (Given(WALL), "a wall against programs"),
        (Given(drop=True), "no response"),
        (Given(status=302, headers={"Location": "/private/x"}), "Disallowed"),
    ],
)
def test_what_cannot_be_had_is_named(ministry: Ministry, desk: Desk, fault: Given, why: str) -> None:
    path = ministry.path(date(2031, 5, 9))
    ministry.site.pages[path] = fault
    report = run(desk, ministry)
    (missing,) = report.missing
    assert (missing.address, missing.day) == (HOST + path, "2031-05-09")
    assert why in missing.why
    assert not report.is_complete
    assert [one.day for one in report.missing_days] == ["2031-05-09"]
    assert "missing 1 statement and 1 working day" in report.line


def test_half_a_page_later_is_in_doubt_and_the_whole_stays(ministry: Ministry, desk: Desk, clock: VirtualClock) -> None:
    day = date(2031, 5, 16)
    run(desk, ministry)
    whole = page(16, day, ministry.words(day))
    ministry.faults[ministry.path(day)] = [Given(whole[: len(whole) // 2].replace("Arcadia", "Ruritania"))]
    clock.set("2031-05-17T14:00:00+00:00")
    report = run(desk, ministry)
    assert report.changed == 0
    assert "valley 5" in next(iter(desk.documents(since="2031-05-16"))).text
    assert [one.document for one in report.in_doubt] == [next(iter(desk.documents(since="2031-05-16"))).id]
    clock.set("2031-05-17T15:00:00+00:00")
    assert run(desk, ministry).changed == 0
    assert outcomes(desk, ministry.path(day)) == ["new", "in-doubt", "not-modified"]


def test_an_empty_list_is_no_end(ministry: Ministry, desk: Desk) -> None:
    ministry.faults[FOLDER] = [Given("<html><ul></ul></html>", validators=False)]
    ministry.faults[FOLDER + "default_1.shtml"] = [Given(NOT_THERE, validators=False)]
    report = run(desk, ministry, "listing", since="2031-04-15")
    assert report.lists == {"cn-mfa/en-2016": "day"}
    assert len(held(desk)) == 24


def test_days_without_a_conference_are_told(ministry: Ministry, desk: Desk) -> None:
    known = ministry.out
    Ministry.out, whole = property(lambda self: [day for day in known if day.day not in (6, 7)]), Ministry.out  # type: ignore[assignment]
    try:
        report = run(desk, ministry)
    finally:
        Ministry.out = whole  # type: ignore[method-assign]
    assert [(one.day, one.kind, one.language) for one in report.missing_days] == [
        ("2031-05-06", "press-conference", "en"),
        ("2031-05-07", "press-conference", "en"),
    ]
    assert "missing 2 working days" in report.line
    assert not report.is_complete


def test_a_host_that_asks_to_wait_is_left_alone_until_then(ministry: Ministry, desk: Desk, clock: VirtualClock) -> None:
    ministry.faults[ministry.path(date(2031, 5, 9))] = [Given(status=503, headers={"Retry-After": "7200"})]
    report = run(desk, ministry)
    assert report.stopped
    assert "asks to wait until" in report.troubles[0]
    count = len(ministry.site.log)
    clock.sleep(3600)
    assert run(desk, ministry).stopped
    assert len(ministry.site.log) == count
    clock.sleep(3700)
    assert run(desk, ministry).is_complete
    assert len(held(desk)) == 10


def test_five_failures_running_end_the_run_and_the_next_goes_on(
    ministry: Ministry, desk: Desk, clock: VirtualClock
) -> None:
    for day in ministry.out:
        ministry.faults[ministry.path(day)] = [Given(status=500)]
    report = run(desk, ministry)
    assert (report.stopped, report.failed, report.asked) == (True, 5, 5)
    assert "5 failures in a row" in report.troubles[0]
    assert not report.is_complete
    for _ in range(2):
        clock.sleep(3600)
        report = run(desk, ministry)
    assert report.is_complete
    assert len(held(desk)) == 10


def test_pages_in_other_markup_are_no_change(ministry: Ministry, desk: Desk, clock: VirtualClock) -> None:
    run(desk, ministry)
    ministry.style = "content redesigned"
    clock.set("2031-05-17T14:00:00+00:00")
    report = run(desk, ministry)
    assert report.asked
    assert report.changed == report.new == 0


def test_a_change_that_a_list_tells_is_asked_for_at_once_and_a_wrong_304_does_not_hide_it(
    ministry: Ministry, desk: Desk, clock: VirtualClock
) -> None:
    day = date(2031, 5, 5)
    updated = ""

    def feed(asked: Asked) -> Given:
        entry = (
            f'<entry><title>Conference</title><id>{day}</id><link href="{HOST}{ministry.path(day)}"/>'
            f"<published>{day}T12:00:00Z</published><updated>{updated or f'{day}T12:00:00Z'}</updated></entry>"
        )
        return Given(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>', kind="application/atom+xml")

    original = ministry.answer
    ministry.site.answer = lambda asked: feed(asked) if asked.path == "/feed/" else original(asked)  # type: ignore[method-assign]
    run(desk, ministry, "feed")
    updated = "2031-05-16T19:00:00Z"
    ministry.edits[day] = (
        datetime.fromisoformat("2031-05-16T19:00:00+00:00"),
        "Our position has changed in one point.",
    )
    clock.set("2031-05-16T20:00:00+00:00")
    stale = Given(status=304, validators=False)
    ministry.faults[ministry.path(day)] = [stale, stale]
    report = run(desk, ministry, "feed")
    assert report.changed == 1
    assert outcomes(desk, ministry.path(day)) == ["new", "not-modified", "not-modified", "changed"]


def test_no_more_pages_than_wanted(ministry: Ministry, desk: Desk) -> None:
    report = run(desk, ministry, max_pages=3)
    assert (report.asked, report.new, report.waiting) == (3, 3, 7)
    assert "not asked yet 7" in report.line
    assert run(desk, ministry).new == 7


def test_a_run_that_is_stopped_goes_on(ministry: Ministry, desk: Desk) -> None:
    def stop(report: Report, waiting: int, url: str) -> None:
        if report.asked == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(desk, ministry, tell=stop)
    assert len(held(desk)) == 4
    before = {one.path for one in ministry.site.asked() if one.path.startswith(FOLDER + "t")}
    ministry.site.log.clear()
    run(desk, ministry)
    after = {one.path for one in ministry.site.asked() if one.path.startswith(FOLDER + "t")}
    assert len(held(desk)) == 10
    assert before & after == set()


def test_a_longer_reach_walks_the_lists_again(ministry: Ministry, desk: Desk) -> None:
    run(desk, ministry)
    run(desk, ministry, since="2031-04-28")
    assert min(held(desk)) == "2031-04-28"
    assert len(held(desk)) == 15


def test_a_site_without_its_lists_is_told(ministry: Ministry, desk: Desk) -> None:
    ministry.site.pages |= {"/feed/": Given(status=404), FOLDER: Given(NOT_THERE)}
    report = run(desk, ministry)
    assert report.is_blind
    assert not report.is_complete
    assert len(report.troubles) == 2


# --- the command ------------------------------------------------------------------------------------------------------


def command(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord.cli", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        **more,
    )


@pytest.fixture
def quick() -> Iterator[Ministry]:
    """A ministry whose rules ask for hardly any pause: the command lives by the real clock."""
    made = Ministry(VirtualClock("2020-05-15T18:00:00+00:00"), date(2020, 4, 6), 40)
    made.site.pages["/robots.txt"] = Given("User-agent: *\nCrawl-delay: 0.01", kind="text/plain", validators=False)
    yield made
    made.close()


@pytest.mark.slow
def test_the_command_names_what_is_missing_and_keeps_the_contact(quick: Ministry, tmp_path: Path) -> None:
    desk = ("--desk", tmp_path / "desk")
    told = command("collect", "cn-mfa", "--base", quick.site.base, *desk)
    assert told.returncode == 1
    assert "NoContact" in told.stderr
    given = ("collect", "cn-mfa", "--base", quick.site.base, "--since", "2020-05-11", "--max-pages", "3", *desk)
    done = command(*given, "--contact", "desk@ministry.example", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["new"], report["waiting"]) == (1, 3, 2)  # days since then are missing
    assert report["missing_days"]
    again = command(*given)
    assert "new 2, changed 0, missing" in again.stdout.replace("\n", " ")
    assert quick.site.log[-1].headers["from"] == "desk@ministry.example"
    assert "NoSources" in command("collect", "un-ga", *desk).stderr
    assert "is no period" in command("collect", "cn-mfa", "--every", "often", *desk).stderr
    assert "is no address" in command("collect", "cn-mfa", "--base", "localhost", *desk).stderr


def contents(folder: Path) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    with open_desk(folder) as desk:
        assert list(check(desk)) == []
        return {one.id: (one.heading.address or "", one.text, tuple(turn.id for turn in one.turns)) for one in desk}


@pytest.mark.slow
def test_a_killed_collector_goes_on_to_the_same_desk(quick: Ministry, tmp_path: Path) -> None:
    words = ["collect", "cn-mfa", "--base", quick.site.base, "--since", "2020-04-06", "--contact", "desk@x.example"]
    whole = command(*words, "--desk", tmp_path / "whole", "--format", "json")
    assert json.loads(whole.stdout)["new"] == 30
    killed: list[subprocess.Popen[bytes]] = []
    answer, moments = quick.site.answer, [4, 15, 27, 38, 47]

    def answering(asked: Asked) -> Given:
        if moments and len(quick.site.log) - begun >= moments[0]:
            killed[-1].kill()
        return answer(asked)

    quick.site.answer = answering  # type: ignore[method-assign]
    begun = len(quick.site.log)
    while moments:
        killed.append(
            subprocess.Popen(
                [sys.executable, "-m", "onrecord.cli", *words, "--desk", str(tmp_path / "killed")],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        assert killed[-1].wait(timeout=120) in (-signal.SIGKILL, 1)  # 1: it ended before, days are missing
        moments.pop(0)
    assert killed[0].returncode == killed[1].returncode == -signal.SIGKILL
    quick.site.answer = answer  # type: ignore[method-assign]
    command(*words, "--desk", tmp_path / "killed")
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")
