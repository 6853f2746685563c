"""Limits at the door: what is too large, too slow or too deep gets a plain answer, and nothing of it stays open."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from invented import page
from onrecord.desk import open_desk
from onrecord.web.connections import LARGEST_HEAD, MOST_FIELDS, LimitedConnection
from onrecord.web.server import DeskServer

pytestmark = pytest.mark.slow


@contextmanager
def connected(server: DeskServer) -> Iterator[socket.socket]:
    told = urlsplit(server.address)
    with socket.create_connection((told.hostname, told.port), timeout=120) as opened:
        yield opened


def rest(opened: socket.socket) -> bytes:
    """Everything that comes until the server closes."""
    parts = []
    try:
        while part := opened.recv(65536):
            parts.append(part)
    except ConnectionResetError:  # the server closed while something that it does not want was on its way
        pass
    return b"".join(parts)


def head(server: DeskServer, *lines: bytes, target: bytes = b"/openapi") -> bytes:
    host = urlsplit(server.address).netloc.encode()
    return b"\r\n".join((b"GET " + target + b" HTTP/1.1", b"host: " + host, *lines, b"", b""))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    folder = tmp_path_factory.mktemp("limits") / "desk"
    with open_desk(folder, write=True, create_new=True) as desk:
        desk.add(onrecord.read(page(1).encode()))
    with DeskServer(folder, port=0, edit=True) as server:
        yield server


HEADS = [
    ([b"x-a: " + b"a" * 100], b"200", "an ordinary request"),
    ([b"x-%d: a" % number for number in range(MOST_FIELDS - 2)], b"200", "as many fields as may be"),
    ([b"x-%d: a" % number for number in range(MOST_FIELDS + 1)], b"431", "more fields than may be"),
    ([b"x-a: " + b"a" * (LARGEST_HEAD - 200)], b"200", "a field as large as may be"),
    ([b"x-a: " + b"a" * (LARGEST_HEAD + 1)], b"431", "a field that is too large"),
    ([b"x-%d: " % number + b"a" * 10_000 for number in range(8)], b"431", "fields too large together"),
]


@pytest.mark.parametrize(("lines", "status", "why"), HEADS, ids=[case[-1] for case in HEADS])
def test_the_head_of_a_request_has_a_largest_size(
    small: DeskServer, lines: list[bytes], status: bytes, why: str
) -> None:
    with connected(small) as opened:
        opened.sendall(head(small, b"connection: close", *lines))
        assert rest(opened)[9:12] == status, why


def test_a_header_that_never_ends_is_not_kept(small: DeskServer) -> None:
    with connected(small) as opened:
        opened.sendall(head(small)[:-2] + b"x-endless: ")
        sent = 0
        try:
            while sent < 100 * LARGEST_HEAD:
                opened.sendall(b"a" * 4096)
                sent += 4096
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert sent < 100 * LARGEST_HEAD, "the server closed long before"


@pytest.mark.parametrize(
    ("begun", "why"),
    [
        (b"", "opened, and nothing more"),
        (b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: a", "a header without an end"),
        (
            b"POST /judgements HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1000\r\n\r\ntoken=",
            "a body without an end",
        ),
    ],
)
def test_a_request_that_does_not_arrive_is_given_up(
    small: DeskServer, monkeypatch: pytest.MonkeyPatch, begun: bytes, why: str
) -> None:
    monkeypatch.setattr(LimitedConnection, "arrival", 0.2)
    with connected(small) as opened:
        opened.sendall(begun)
        assert rest(opened)[9:12] == b"408", why


def test_bytes_between_requests_do_not_keep_a_connection_open(
    small: DeskServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LimitedConnection, "arrival", 0.2)
    with connected(small) as opened:
        opened.sendall(head(small))
        assert opened.recv(12)[9:12] == b"200"
        opened.sendall(b"\r\n")
        assert b"408" in rest(opened)


def test_more_connections_than_may_be_are_refused_and_the_others_go_on(
    small: DeskServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LimitedConnection, "most_connections", 4)
    with httpx.Client(base_url=small.address, timeout=60) as client:
        assert client.get("/statements").status_code == 200
        opened = [socket.create_connection(urlsplit(small.address).netloc.split(":"), timeout=60) for _ in range(3)]
        with connected(small) as refused:
            assert rest(refused)[9:12] == b"503"
        assert client.get("/statements").status_code == 200
        for one in opened:
            one.close()


def test_a_form_of_too_many_fields_is_told_so(small: DeskServer) -> None:
    form = "&".join(f"field{number}=x" for number in range(41))
    answer = httpx.post(f"{small.address}judgements", content=form, timeout=60)
    assert (answer.status_code, "fields" in answer.text) == (400, True)


DEEP = ["(" * 900, "(" * 900 + "ferry" + ")" * 900, "NOT " * 450 + "ferry", "-(" * 600, '"' * 900, "a NEAR/9 " * 200]


@pytest.mark.parametrize("query", DEEP, ids=[query[:12] for query in DEEP])
@pytest.mark.parametrize("path", ["/find", "/trends", "/statements/{id}"])
def test_a_query_that_is_too_deep_is_told_so(small: DeskServer, path: str, query: str) -> None:
    with open_desk(small.desks.folder) as desk:
        path = path.format(id=next(iter(desk)).id)
    name = {"/find": "q", "/trends": "term"}.get(path, "find")
    for accept in ("text/html", "application/json"):
        answer = httpx.get(f"{small.address}{path[1:]}", params={name: query}, headers={"accept": accept}, timeout=60)
        assert answer.status_code in (200, 400), answer.text[:200]
        if query.startswith("("):
            assert answer.status_code == 400 and "parenthes" in answer.text


ODD = [
    b"/find?q=%ED%A0%80", b"/find?q=%FF%FE", b"/find?q=\xff\xfe", b"/find?q=\xe4\xb8\xad", b"/find?q=%00", b"/find?q=%", b"/find?q=%zz",
    b"/statements/%ED%A0%80", b"/statements/%FF", b"/statements/%00", b"/outlets/%2F%2e%2e", b"/trace?q=%ED%B0%80", b"/find?q=a&q=%F0%9F",
    b"/statements?issuer=%ED%A0%80", b"/actors?q=%80", b"/static/%ED%A0%80", b"/find.csv?q=%ED%A0%80", b"/find.atom?q=%FF", b"/%ED%A0%80",
    b"/acts?actor=%ED%A0%80", b"/find?%FF=%FF", b"/statements/x/capture?at=%D9%A1-%D9%A2",
]  # fmt: skip


@pytest.mark.parametrize("target", ODD, ids=repr)
def test_odd_encodings_in_an_address_are_no_fault_of_the_server(small: DeskServer, target: bytes) -> None:
    with connected(small) as opened:
        opened.sendall(head(small, b"connection: close", target=target))
        assert rest(opened)[9:10] in (b"2", b"4"), target


@given(
    st.binary(max_size=40),
    st.sampled_from(["/find?q=", "/statements/", "/trace?q=", "/ledger?issue=", "/meetings?person="]),
)
def test_whatever_bytes_stand_in_an_address(small: DeskServer, words: bytes, path: str) -> None:
    target = path.encode() + "".join(f"%{byte:02x}" for byte in words).encode()
    with connected(small) as opened:
        opened.sendall(head(small, b"connection: close", target=target))
        assert rest(opened)[9:10] in (b"2", b"3", b"4"), target


def test_the_description_is_made_once(small: DeskServer) -> None:
    from onrecord.web.app import _description

    with httpx.Client(base_url=small.address, timeout=60) as client:
        first, second = client.get("/openapi"), client.get("/openapi")
    assert first.content == second.content
    assert _description() is _description()


def test_a_path_of_this_machine_is_in_no_answer(small: DeskServer) -> None:
    folder = str(Path(small.desks.folder).parent)
    for path in ("", "nothing", "statements/nothing", "find?q=(", "find?page=x"):
        assert folder not in httpx.get(f"{small.address}{path}", timeout=60).text
