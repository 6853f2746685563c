"""The desk in a real browser, with and without JavaScript, on a desk and on a phone: what a person does, and what a page must not.

The browser is Chromium, found where it is installed (``ONRECORD_CHROMIUM`` names another); without one these tests skip and say so.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: install onrecord[browser]")
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from hostile import OUTSIDE
from onrecord.web.server import DeskServer

pytestmark = pytest.mark.slow

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
#: One of each page, for the checks that every page must pass.
PAGES = [
    "/", "/statements", "/statements/{id}?show=mentions&show=acts&show=undertakings", "/statements/{id}?show=links",
    "/statements/{id}/source?at=0-60", "/statements/{id}/cite?turn={turn}", "/statements/{id}/redline", "/find?q=ferry",
    "/find?q=nowherewhatsoever", "/trace?q=stands+ready+to", "/ledger", "/meetings", "/actors", "/actors/CHN", "/outlets/afp", "/acts",
    "/answers", "/trends?term=ferry&term=mention:China", "/coverage", "/accuracy", "/coverage?issuer=cn-mfa",
    "/statements/{id}/versions", "/edits", "/compare", "/compare?meeting={meeting}", "/nothing",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    where = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if where is None:
        pytest.skip("no Chromium here: install it (apt-get install chromium), or name one in ONRECORD_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser of its own for each test, of the size and with the settings that the test names."""
    told: dict[str, Any] = getattr(request, "param", {})
    opened = browser.new_context(
        viewport=SIZES[told.get("size", "desk")], java_script_enabled=told.get("script", True),
        color_scheme=told.get("scheme", "light"), reduced_motion="reduce",
    )  # fmt: skip
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def names(served: DeskServer) -> dict[str, str]:
    from onrecord.asking import comparable_meetings
    from onrecord.desk import open_desk

    with open_desk(served.desks.folder) as desk:
        document = next(one for one in desk if one.id.startswith("cn-mfa-2021-03-14") and one.language == "en")
        meeting = comparable_meetings(desk)[0].meeting
        return {"id": document.id, "turn": document.turns[1].id.partition("/")[2], "meeting": meeting}


EVERY_READER = [{"size": size, "script": script} for size in SIZES for script in (True, False)]


def test_a_click_on_an_account_lights_what_stands_for_it_in_the_others(
    context: BrowserContext, served: DeskServer, names: dict[str, str]
) -> None:
    page = context.new_page()
    page.goto(f"{served.address}compare?meeting={names['meeting']}")
    piece = page.locator("a.piece.linked").first
    partners = (piece.get_attribute("data-with") or "").split()
    piece.click()
    lit = page.locator(".piece.lit").evaluate_all("all => all.map(one => one.id)")
    assert set(lit) == {piece.get_attribute("id"), *partners} and partners


def test_a_comparison_prints_on_two_sheets(context: BrowserContext, served: DeskServer, names: dict[str, str]) -> None:
    """Four sides at most: the blocks, and the texts, from which nothing is left out."""
    page = context.new_page()
    page.goto(f"{served.address}compare?meeting={names['meeting']}")
    assert 1 < len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 4


@pytest.mark.parametrize(
    "context", EVERY_READER, indirect=True, ids=lambda told: f"{told['size']}, script {told['script']}"
)
def test_from_a_search_to_the_bytes_to_a_citation_to_the_ledger(context: BrowserContext, served: DeskServer) -> None:
    page = context.new_page()
    page.goto(served.address)
    page.get_by_role("searchbox").last.fill("ferry line")
    page.get_by_role("searchbox").last.press("Enter")
    expect(page.locator(".count")).to_contain_text("turns with")
    expect(page.locator(".concordance mark").first).to_be_visible()

    page.locator("a.kwic").first.click()
    expect(page.locator(".transcript mark.hit").first).to_be_visible()
    turn = page.url.partition("#")[2]
    assert turn, "a hit leads to its turn"
    expect(page.locator(f"[id='{turn}'] mark.hit").first).to_be_in_viewport()

    page.locator(f"[id='{turn}'] .tools").get_by_role("link", name="source").click()
    expect(page.locator(".hash")).to_have_text(re.compile(r"^[0-9a-f]{64}$"))
    words = page.frame_locator("iframe.capture").locator("mark#words")
    expect(words).to_be_visible()
    expect(page.locator("pre.bytes mark")).to_contain_text((words.text_content() or "")[:20].strip())

    page.get_by_role("link", name="The statement").click()
    page.locator(f"[id='{turn}'] .tools").get_by_role("link", name="cite").click()
    expect(page.locator("pre.copy").nth(1)).to_contain_text("@")
    expect(page.locator("pre.copy").nth(2)).to_contain_text('"issued"')
    page.get_by_role("link", name="Trace it").click()
    expect(page.locator(".count")).to_contain_text("exact use")

    page.get_by_role("navigation", name="Main navigation").get_by_role("link", name="Ledger").click()
    page.get_by_label("Between").fill("China")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("between=China"))
    page.locator(".undertaking a.words").first.click()
    expect(page.locator(".transcript mark.hit").first).to_be_in_viewport()


@pytest.mark.parametrize(
    "context",
    [{"scheme": "light"}, {"scheme": "dark"}, {"size": "phone"}],
    indirect=True,
    ids=["light", "dark", "phone"],
)
def test_axe_finds_no_serious_fault(context: BrowserContext, served: DeskServer, names: dict[str, str]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    faults = []
    for address in PAGES:
        page = context.new_page()
        page.goto(served.address.rstrip("/") + address.format(**names))
        found = axe.run(page, options={"iframes": False})
        for one in found.response["violations"]:
            if one["impact"] in ("serious", "critical"):
                where = [node["target"] for node in one["nodes"][:3]]
                faults.append(f"{address}: {one['id']} ({one['impact']}): {one['help']}: {where}")
        page.close()
    assert faults == []


@pytest.mark.parametrize("context", [{"size": "phone"}], indirect=True)
def test_no_page_is_wider_than_a_phone(context: BrowserContext, served: DeskServer, names: dict[str, str]) -> None:
    page = context.new_page()
    wide = []
    for address in PAGES:
        page.goto(served.address.rstrip("/") + address.format(**names))
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SIZES["phone"]["width"]:
            wide.append((address, width))
    assert wide == []


def test_no_page_says_anything_on_the_console(
    context: BrowserContext, served: DeskServer, names: dict[str, str]
) -> None:
    """A refused script, a missing file, a fault of our own: the browser tells of each there."""
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: told.append(f"{page.url}: {error}"))
    for address in PAGES[:-1]:
        page.goto(served.address.rstrip("/") + address.format(**names), wait_until="load")
    assert told == []


@pytest.mark.parametrize("context", [{"script": True}, {"script": False}], indirect=True, ids=["script", "no script"])
def test_a_hostile_page_does_nothing(context: BrowserContext, served: DeskServer, hostile_id: str) -> None:
    """No request leaves this machine, no dialog opens, no other page is gone to; wherever words of the page are shown."""
    page = context.new_page()
    left: list[str] = []
    dialogs: list[str] = []
    context.on(
        "request",
        lambda request: None if request.url.startswith((served.address, "data:")) else left.append(request.url),
    )
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    paths = [
        f"statements/{hostile_id}?show=mentions&show=acts", f"statements/{hostile_id}/source", f"statements/{hostile_id}/source?at=0-30",
        f"statements/{hostile_id}/capture", f"statements/{hostile_id}/cite", f"statements/{hostile_id}/redline", "find?q=sanctions",
        "trace?q=We+oppose+sanctions", "statements", "acts", "find.json?q=sanctions", "find.atom?q=sanctions",
    ]  # fmt: skip
    for path in paths:
        address = served.address + path
        answer = (
            context.request.get(address)
            if path.split("?")[0].endswith((".json", ".atom"))
            else page.goto(address, wait_until="networkidle")
        )
        assert answer is not None and answer.ok, path
        assert page.url.startswith(served.address)
    page.goto(f"{served.address}statements/{hostile_id}/source")
    frame = page.frame_locator("iframe.capture")
    expect(frame.locator("body")).to_contain_text("We oppose sanctions.")
    assert frame.locator("a, script, img, iframe, form, link, object, embed, svg").count() == 0
    assert (left, dialogs) == ([], [])
    assert OUTSIDE.removeprefix("http://") not in page.url


def test_a_title_of_a_megabyte_is_a_title_all_the_same(context: BrowserContext, served: DeskServer) -> None:
    page = context.new_page()
    page.goto(f"{served.address}statements?since=2019-05-10&until=2019-05-10")
    page.locator(".row a").first.click()
    title = page.locator("h1").text_content() or ""
    assert 100 < len(title) < 1000
    assert len(page.title()) < 300
    page.get_by_role("link", name="source", exact=True).nth(1).click()
    expect(page.frame_locator("iframe.capture").locator("mark#words")).to_contain_text("We oppose sanctions.")


# ---- what JavaScript adds


def test_the_keyboard(context: BrowserContext, served: DeskServer) -> None:
    page = context.new_page()
    page.goto(f"{served.address}find?q=ferry")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".at")).to_have_count(0)  # typed into the box, not a command
    page.locator("h1").evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-item]").first).to_have_class(re.compile("at"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/statements/"))


def test_words_that_are_selected_can_be_traced(
    context: BrowserContext, served: DeskServer, names: dict[str, str]
) -> None:
    page = context.new_page()
    page.goto(f"{served.address}statements/{names['id']}")
    sentence = page.locator(".answer .s").first
    said = (sentence.text_content() or "").strip()
    sentence.evaluate("(node) => getSelection().selectAllChildren(node)")
    bar = page.get_by_role("toolbar", name="The words selected")
    expect(bar.get_by_role("link", name="Trace this")).to_be_visible()
    cite = bar.get_by_role("link", name="Cite the sentence").get_attribute("href") or ""
    assert "sentence=1" in cite
    page.keyboard.press("t")
    expect(page.locator("h1")).to_contain_text(said[:30])
    expect(page.locator(".count")).to_contain_text("exact use")


def test_a_sentence_has_an_address(context: BrowserContext, served: DeskServer, names: dict[str, str]) -> None:
    page = context.new_page()
    page.goto(f"{served.address}statements/{names['id']}")
    page.locator(".answer .s").nth(1).click()
    place = page.evaluate("location.hash")
    assert re.fullmatch(r"#[0-9a-f.]+-s\d+", place)
    page.goto("about:blank")
    page.goto(f"{served.address}statements/{names['id']}{place}")
    expect(page.locator(f"[id='{place[1:]}']")).to_be_in_viewport()


def test_a_page_prints_as_a_document(context: BrowserContext, served: DeskServer, names: dict[str, str]) -> None:
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(f"{served.address}statements/{names['id']}")
    for part in (".top", "footer", ".tools >> nth=0", ".shown"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".transcript")).to_be_visible()


# ---- what people need who see or point less well


@pytest.mark.parametrize("context", [{"size": "phone"}, {"size": "desk"}], indirect=True, ids=["phone", "desk"])
def test_what_can_be_pressed_is_large_enough(
    context: BrowserContext, served: DeskServer, names: dict[str, str]
) -> None:
    """24 pixels each way (WCAG 2.5.8), but for links in a line of words, which it leaves out."""
    small = """(where) => [...document.querySelectorAll(where)].filter((one) => one.checkVisibility()).map((one) => {
        const box = one.getBoundingClientRect();
        return [one.textContent.trim().slice(0, 30), Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10];
    }).filter(([, width, height]) => width < 24 || height < 24)"""
    where = (
        ".top nav a, .tools a, .pin, .facet li a, .chip, .pager a, .actions a, .shown a, .kicker a, summary, button, input, "
        "select, footer a, .inline a"
    )
    page = context.new_page()
    found = {}
    for address in PAGES:
        page.goto(served.address.rstrip("/") + address.format(**names))
        if wrong := page.evaluate(small, f":is({where}):not(:is(input[type=hidden]))"):
            found[address] = wrong[:5]
    assert found == {}


@pytest.mark.parametrize("context", [{"scheme": "dark"}, {"scheme": "light"}], indirect=True, ids=["dark", "light"])
def test_a_highlighted_word_can_be_read(context: BrowserContext, served: DeskServer, names: dict[str, str]) -> None:
    """4.5 to 1 (WCAG 1.4.3), in a question and in an answer."""
    page = context.new_page()
    page.goto(f"{served.address}statements/{names['id']}?find=the")
    assert page.locator(".question mark.hit").count() and page.locator(".answer mark.hit").count()
    worst = page.evaluate("""() => {
        const light = (colour) => {
            const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((one) => {
                const part = one / 255;
                return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        return Math.min(...[...document.querySelectorAll("mark.hit")].map((one) => {
            const style = getComputedStyle(one);
            const [dark, bright] = [light(style.color), light(style.backgroundColor)].sort((a, b) => a - b);
            return (bright + 0.05) / (dark + 0.05);
        }));
    }""")
    assert worst >= 4.5


def test_landmarks_have_names_of_their_own(context: BrowserContext, served: DeskServer, names: dict[str, str]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    page = context.new_page()
    rules = [
        "landmark-unique",
        "heading-order",
        "page-has-heading-one",
        "empty-heading",
        "scrollable-region-focusable",
        "valid-lang",
    ]
    faults = []
    for address in PAGES:
        page.goto(served.address.rstrip("/") + address.format(**names))
        found = axe.run(page, options={"iframes": False, "runOnly": {"type": "rule", "values": rules}})
        faults += [f"{address}: {one['id']}: {one['nodes'][0]['target']}" for one in found.response["violations"]]
    assert faults == []


def test_each_turn_has_a_heading(context: BrowserContext, served: DeskServer, names: dict[str, str]) -> None:
    page = context.new_page()
    page.goto(f"{served.address}statements/{names['id']}")
    turns = page.locator("section.turn").count()
    assert turns > 3
    assert page.locator("section.turn h2.who").count() == turns
    assert all(words.strip() for words in page.locator("section.turn h2.who").all_inner_texts())


def test_the_frame_of_the_capture_is_reached_and_scrolled_by_the_keyboard(
    context: BrowserContext, served: DeskServer, names: dict[str, str]
) -> None:
    page = context.new_page()
    page.goto(f"{served.address}statements/{names['id']}/source")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "IFRAME":
            break
    frame = page.frame_locator("iframe.capture").locator("html")
    before = frame.evaluate("document.scrollingElement.scrollTop")
    page.keyboard.press("End")
    expect(page.frame_locator("iframe.capture").locator("body")).to_be_focused()
    assert frame.evaluate("document.scrollingElement.scrollTop") > before


def test_chinese_words_say_that_they_are_chinese(context: BrowserContext, served: DeskServer) -> None:
    """So that a reader aloud and the choice of letters know it; wherever words of a statement are shown."""
    page = context.new_page()
    for address, words in (
        ("find?language=zh", "a.kwic"), ("acts?issuer=cn-mfa", "blockquote"), ("answers?language=zh", "blockquote"), ("trace?q=愿同瓦方一道努力", "blockquote"),
        ("ledger?one_sided=1", "blockquote"), ("meetings", ".accounts li"), ("actors/CHN", "blockquote"),
    ):  # fmt: skip
        page.goto(served.address + address)
        chinese = page.evaluate(
            """(where) => [...document.querySelectorAll(where)]
                .filter((one) => (one.textContent.match(/\\p{Script=Han}/gu) || []).length > 8)
                .map((one) => one.closest("[lang]").lang)""",
            words,
        )
        assert chinese and set(chinese) == {"zh-Hans"}, (address, chinese)
