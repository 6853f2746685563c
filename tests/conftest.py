"""What the tests share: the folder of real pages, where it is there, and documents read from a few words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import onrecord
from second_reader import Server

pytest_plugins = ["pytester", "strict_skips"]

settings.register_profile("onrecord", deadline=None, max_examples=int(os.environ.get("ONRECORD_EXAMPLES", "120")))
settings.load_profile("onrecord")
#: The fast lane (``pytest -m "not slow"``) tries fewer examples of each property.
settings.register_profile("fast", settings.get_profile("onrecord"), max_examples=25)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the number of examples by the lane."""
    if config.option.markexpr == "not slow" and "ONRECORD_EXAMPLES" not in os.environ:
        settings.load_profile("fast")


_SHARED = Path(__file__).parents[2] / "shared"


@pytest.hookimpl(tryfirst=True)  # before marks choose what is run
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever reads the real pages is slow."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages and labels; the test skips where it is absent."""
    if not (_SHARED / "data").is_dir():
        pytest.skip("the real pages are not here (../shared); this test needs them")
    return _SHARED


@pytest.fixture(scope="session")
def charts() -> None:
    """The libraries that draw charts; the test skips where they are not installed."""
    for module in ("altair", "vl_convert"):
        pytest.importorskip(module, reason=f"{module} is not installed: install onrecord[charts]")


@pytest.fixture
def read_html() -> Callable[..., onrecord.Document]:
    """A page of the Foreign Ministry made of a title and the inside of its article, read."""

    def make(
        article: str, title: str = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 4, 2019"
    ):
        page = f"""<html><head><meta charset="utf-8"><title>{title}</title></head><body>
        <div class="nav"><a href="http://www.fmprc.gov.cn/">Home</a></div>
        <h2 class="title">{title}</h2><div class="content">{article}</div>
        <div class="tool"><a href="#">Suggest to a friend</a></div>
        <div class="copyright">An invented page.</div></body></html>"""
        return onrecord.read(page.encode())

    return make


@pytest.fixture
def server() -> Iterator[Server]:
    """An OpenAI-compatible endpoint on loopback; see second_reader.py."""
    running = Server()
    yield running
    running.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The bundled examples and a hostile page on a desk, served on loopback at a port of its own."""
    import hostile
    from onrecord import houses
    from onrecord.desk import add_all, open_desk
    from onrecord.web.server import DeskServer

    folder = tmp_path_factory.mktemp("served") / "desk"
    examples = [path for house in houses.usable().values() for path in house.examples]
    with open_desk(folder, write=True, create_new=True) as desk:
        add_all(desk, examples, processes=1)
        desk.add(onrecord.read(hostile.page(), house="cn-mfa"))
        desk.add(
            onrecord.read(hostile.page(title=hostile.TITLE.replace("May 9", "May 10") + " A" * 500_000), house="cn-mfa")
        )
    with DeskServer(folder, port=0, names=("desk.test",)) as serving:
        yield serving


@pytest.fixture(scope="session")
def hostile_id(served: Any) -> str:
    """The document of the hostile page."""
    from onrecord.desk import open_desk

    with open_desk(served.desks.folder) as desk:
        return next(one.id for one in desk if one.date == "2019-05-09")
