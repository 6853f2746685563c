"""Bytes opened from every kind of source, and kept unchanged."""

from __future__ import annotations

import asyncio
import gzip
import io
import os
import sys
import threading
import zlib
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures.fetching import fetch
from onrecord.captures.keeping import Captures, DamagedCapture, compress
from onrecord.captures.opened import moment
from onrecord.captures.opening import LARGEST, find_sources, open_source
from onrecord.captures.private_redirects import allowing_private_redirects
from onrecord.control_pictures import encodable
from onrecord.errors import FetchFailed, NotFound, NotPermitted, OnRecordError, SourceError, TooLarge

PAGE = b"<p>A page.</p>"
BOMB = gzip.compress(bytes(LARGEST * 2))
#: Bodies with the content encoding that is told of them.
PACKED = {
    "gzip": (gzip.compress(PAGE), "gzip"),
    "x-gzip": (gzip.compress(PAGE), "X-GZIP"),
    "deflate": (zlib.compress(PAGE), "deflate"),
    "bare-deflate": (zlib.compress(PAGE, wbits=-15), "deflate"),
    "identity": (PAGE, "identity"),
    "bomb": (BOMB, "gzip"),
    "twice": (gzip.compress(BOMB), "gzip, gzip"),
    "unknown": (PAGE, "br"),
    "cut": (gzip.compress(PAGE)[:-9], "gzip"),
    "plain": (PAGE, "gzip"),
}


class Site(BaseHTTPRequestHandler):
    """A small site on loopback: a page, a page in GB2312, a redirect, faults that pass and faults that stay."""

    failures: dict[str, int]
    inside: str
    gone: threading.Event

    def do_GET(self) -> None:
        if self.path == "/page":
            self._answer(200, "text/html; charset=utf-8", b"<p>A page.</p>")
        elif self.path == "/gb":
            self._answer(200, "text/html; charset=gb2312", "<p>一页。</p>".encode("gb18030"))
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page")
            self.end_headers()
        elif self.path == "/busy-once" and not self.failures.setdefault("busy", 0):
            self.failures["busy"] += 1
            self._answer(503, "text/plain", b"busy")
        elif self.path == "/busy-once":
            self._answer(200, "text/html", b"<p>At last.</p>")
        elif self.path.startswith("/packed/"):
            self._answer(200, "text/html", *PACKED[self.path.rpartition("/")[2]])
        elif self.path == "http://public.example/inside":  # asked of this site as a proxy
            self.send_response(302)
            self.send_header("Location", self.inside)
            self.end_headers()
        elif self.path == "/slow-headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.gone.wait(0.05):
                self.wfile.write(b"X-More: and more\r\n")
        elif self.path == "/circle":
            self.send_response(302)
            self.send_header("Location", "/circle")
            self.end_headers()
        elif self.path == "/broken":
            self._answer(500, "text/plain", b"broken")
        elif self.path == "/huge":
            self.send_response(200)
            self.send_header("Content-Length", "200000000")
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 1_000_000)
            except OSError:
                pass
        else:
            self._answer(404, "text/html", b"<p>No such page.</p>")

    def _answer(self, status: int, kind: str, body: bytes, coding: str = "") -> None:
        self.send_response(status)
        if coding:
            self.send_header("Content-Encoding", coding)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.failures = {}
    Site.gone = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Site.inside = f"http://127.0.0.1:{server.server_port}/page"
    yield f"http://127.0.0.1:{server.server_port}"
    Site.gone.set()
    server.shutdown()
    server.server_close()


def test_a_file_is_opened_with_its_address(tmp_path: Path) -> None:
    path = tmp_path / "a page.html"
    path.write_bytes(b"<p>words</p>")
    opened = open_source(path)
    assert opened.capture.sha256 == sha256(b"<p>words</p>").hexdigest()
    assert opened.capture.source == path.as_uri()
    assert opened.capture.fetched is None  # when it was fetched nobody knows
    assert open_source(str(path)) == opened


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"words")))
    assert open_source("-").capture.source == "stdin:"


def test_a_page_is_fetched_with_its_address_time_and_charset(site: str) -> None:
    opened = open_source(f"{site}/moved")
    assert opened.data == b"<p>A page.</p>"
    assert opened.capture.source == f"{site}/page"
    assert opened.capture.fetched is not None
    assert opened.capture.fetched.endswith("+00:00")
    assert opened.capture.media_type == "text/html"
    assert open_source(f"{site}/gb").declared_encoding == "gb2312"


def test_a_server_that_is_busy_is_asked_again(site: str) -> None:
    assert open_source(f"{site}/busy-once").data == b"<p>At last.</p>"


@pytest.mark.parametrize("name", ["gzip", "x-gzip", "deflate", "bare-deflate", "identity"])
@pytest.mark.slow
def test_a_packed_answer_is_unpacked(site: str, name: str) -> None:
    assert open_source(f"{site}/packed/{name}").data == PAGE


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        pytest.param("bomb", TooLarge, "more than the 50 MB", id="a bomb is unpacked no further than the limit"),
        pytest.param(
            "twice", FetchFailed, "'gzip, gzip'", id="packed twice: each layer multiplies what the other holds"
        ),
        pytest.param("unknown", FetchFailed, "'br'", id="an encoding that was not asked for"),
        pytest.param("cut", FetchFailed, "is truncated", id="cut short"),
        pytest.param("plain", FetchFailed, "cannot be decompressed", id="not packed as it says"),
    ],
)
@pytest.mark.slow
def test_a_packed_answer_that_harms_is_refused(site: str, name: str, error: type[OnRecordError], words: str) -> None:
    with pytest.raises(error, match=words):
        open_source(f"{site}/packed/{name}")


def test_slow_header_lines_end_with_the_time_allowed(site: str) -> None:
    with pytest.raises(FetchFailed, match=r"did not finish within 0\.4 seconds"):
        fetch(f"{site}/slow-headers", within=0.4)


def test_a_public_address_does_not_lead_inside(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site answers for the public address as a proxy does, and sends whoever asks to this machine."""
    monkeypatch.setenv("http_proxy", site)
    with pytest.raises(FetchFailed, match="from a public address to a private one, http://127"):
        fetch("http://public.example/inside")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetch("http://public.example/inside", allow_private=True).data == PAGE
    with allowing_private_redirects():
        assert open_source("http://public.example/inside").data == PAGE


def test_redirects_end(site: str) -> None:
    with pytest.raises(FetchFailed, match="more than 10 redirects"):
        fetch(f"{site}/circle")


def test_a_second_try_is_not_told_of(site: str, capfd: pytest.CaptureFixture[str]) -> None:
    fetch(f"{site}/busy-once")
    assert capfd.readouterr() == ("", "")


def test_fetching_inside_an_event_loop(site: str) -> None:
    """As in a notebook."""

    async def cell() -> bytes:
        return fetch(f"{site}/page").data

    assert asyncio.run(cell()) == PAGE


@pytest.mark.parametrize("told", ["2020-03-24T10:00:00", "2020-03-24T10:00:00Z", "2020-03-24"])
def test_a_time_without_a_zone_is_universal_time(told: str) -> None:
    assert moment(told).utcoffset() == timedelta(0)


@pytest.mark.slow
def test_what_cannot_be_opened_says_so(site: str, tmp_path: Path) -> None:
    huge = tmp_path / "huge.html"
    with huge.open("wb") as file:
        file.truncate(200_000_000)  # a file of 200 MB that takes no room
    cases: list[tuple[object, type[OnRecordError], str]] = [
        (tmp_path / "none.html", NotFound, "no such file"),
        (tmp_path, NotFound, "this is a folder"),
        (huge, TooLarge, "200 MB"),
        (f"{site}/none", NotFound, "404"),
        (f"{site}/broken", FetchFailed, "500"),
        (f"{site}/endless", TooLarge, f"{LARGEST / 1e6:.0f} MB"),
        (f"{site}/huge", TooLarge, "200 MB"),  # told beforehand: nothing of it is fetched
        ("http://127.0.0.1:9/closed", FetchFailed, "no response"),
        ("http://", FetchFailed, "no response"),
        ("https://[", FetchFailed, "no response"),
        ("http://\udcff.example/\udcff", FetchFailed, "no response"),
        ("a\0b.html", NotFound, "not a valid file name"),
        ("x" * 5000, SourceError, "cannot be read"),
    ]
    for source, error, words in cases:
        with pytest.raises(error, match=words) as raised:
            open_source(source)
        assert encodable(str(source)) in raised.value.where  # it names the source
        assert raised.value.hint  # and the next step


def test_sources_are_found_in_folders_and_patterns(tmp_path: Path) -> None:
    for name in ("b.html", "a.html", "deep/c.md", "deep/picture.jpg", ".hidden/d.html", ".e.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    (tmp_path / "deep/up").symlink_to(tmp_path)  # a link that leads back
    names = lambda *told: [Path(found.source).name for found in find_sources(told)]  # noqa: E731
    assert names(tmp_path) == ["a.html", "b.html", "c.md"]
    assert names(f"{tmp_path}/*.html") == ["a.html", "b.html"]
    assert names(f"{tmp_path}/**/*.md") == ["c.md"]
    assert names(tmp_path / "a.html", tmp_path / "a.html", tmp_path) == ["a.html", "b.html", "c.md"]  # each once
    (missing,) = find_sources([f"{tmp_path}/*.pdf"])
    assert isinstance(missing.error, NotFound)


def test_what_a_folder_holds_besides_documents_is_left_aside_and_counted(tmp_path: Path) -> None:
    for name in (
        "a.html",
        "b.JPG",
        "c.json",
        "d.json",
        ".e.html",
        ".g/h.html",
        "desk/record.sqlite",
        "desk/captures/f.html",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("words")
    os.mkfifo(tmp_path / "pipe.html")  # reading it would wait for ever
    (tmp_path / "nowhere.html").symlink_to(tmp_path / "none")
    aside: dict[str, int] = {}
    found = [Path(one.source).name for one in find_sources([tmp_path], left_aside=aside)]
    assert found == ["a.html", "nowhere.html"]  # the link to nowhere is told when it is opened
    assert aside == {".jpg": 1, ".json": 2, "hidden": 1, "hidden folder": 1, "special": 1, "desk": 1}
    assert [one.source for one in find_sources([tmp_path / "c.json"])] == [str(tmp_path / "c.json")]  # named is meant


def test_a_folder_that_may_not_be_entered_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "barred").mkdir(mode=0o000)
    (tmp_path / "open.html").write_text("words")
    tmp_path.chmod(0o755)
    for parent in list(tmp_path.parents)[:3]:
        parent.chmod(parent.stat().st_mode | 0o011)
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:  # permissions do not bind root: become nobody
        if os.getuid() == 0:
            os.setuid(65534)
        try:
            found = [
                (Path(one.source).name, type(one.error).__name__)
                for one in find_sources([tmp_path, tmp_path / "barred" / "below.html"])
            ]
        except BaseException as error:
            found = [("raised", repr(error))]
        os.write(tell, repr(sorted(found)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(told, 4096).decode() == (
        "[('barred', 'NotPermitted'), ('below.html', 'NoneType'), ('open.html', 'NoneType')]"
    )
    (tmp_path / "barred").chmod(0o755)
    assert NotPermitted.hint


@given(st.binary(max_size=2000))
def test_what_is_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    captures = Captures(tmp_path_factory.mktemp("captures"))
    digest = sha256(data).hexdigest()
    captures.put(digest, compress(data))
    captures.sync()
    assert digest in captures
    assert list(captures) == [digest]
    assert captures.get(digest) == data
    assert gzip.decompress(captures.path(digest).read_bytes()) == data  # any tool opens it


def test_the_same_bytes_are_kept_once_and_never_touched(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    digest = sha256(b"words").hexdigest()
    captures.put(digest, compress(b"words"))
    before = captures.path(digest).stat()
    captures.put(digest, compress(b"words"))
    assert captures.path(digest).stat().st_mtime_ns == before.st_mtime_ns
    assert [path.name for path in tmp_path.rglob("*.part")] == []


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        pytest.param(lambda path: path.unlink(), "missing", id="gone"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-4]), "decompressed", id="cut short"),
        pytest.param(lambda path: path.write_bytes(b"words"), "decompressed", id="not compressed"),
        pytest.param(lambda path: path.write_bytes(compress(b"other")), "does not match its SHA-256", id="other bytes"),
    ],
)
def test_a_damaged_capture_is_named(tmp_path: Path, harm: object, words: str) -> None:
    captures = Captures(tmp_path)
    digest = sha256(b"words").hexdigest()
    captures.put(digest, compress(b"words"))
    harm(captures.path(digest))  # type: ignore[operator]
    with pytest.raises(DamagedCapture, match=words) as raised:
        captures.get(digest)
    assert digest in str(raised.value)


def test_no_byte_of_a_kept_file_may_change_unnoticed(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    data = b"<p>We will take all necessary measures.</p>" * 3
    digest = sha256(data).hexdigest()
    captures.put(digest, compress(data))
    path = captures.path(digest)
    whole = path.read_bytes()
    unnoticed = []
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 0xFF,)) + whole[at + 1 :])
        try:
            captures.get(digest)
            unnoticed.append(at)
        except DamagedCapture:
            pass
    assert unnoticed == []
    for more in (b"\0", whole):
        path.write_bytes(whole + more)
        with pytest.raises(DamagedCapture, match="follows its end"):
            captures.get(digest)


@pytest.mark.slow
def test_a_file_that_unpacks_without_end_is_damage(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    digest = sha256(b"words").hexdigest()
    captures.put(digest, compress(b"words"))
    captures.path(digest).write_bytes(compress(bytes(LARGEST + 10)))
    with pytest.raises(DamagedCapture, match="larger than a statement"):
        captures.get(digest)


@pytest.mark.parametrize("left", [0, 1, 20], ids=["nothing of it", "one byte", "half"])
def test_what_a_loss_of_power_left_of_a_file_gives_way_to_the_whole(tmp_path: Path, left: int) -> None:
    captures = Captures(tmp_path)
    digest = sha256(b"words" * 9).hexdigest()
    captures.put(digest, compress(b"words" * 9))
    path = captures.path(digest)
    path.write_bytes(path.read_bytes()[:left])
    assert captures.put(digest, compress(b"words" * 9)) is True
    assert captures.get(digest) == b"words" * 9
    assert captures.put(digest, compress(b"words" * 9)) is False
