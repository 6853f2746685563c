"""Long questions in worker processes: one that does not end is stopped, its worker replaced, and nobody else waits for it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import onrecord
from invented import page
from onrecord.desk import open_desk
from onrecord.errors import QuestionTooLong, WorkersBusy
from onrecord.web import worker
from onrecord.web.answering import PageRequest
from onrecord.web.pages import PAGES
from onrecord.web.server import DeskServer
from onrecord.web.worker import WorkerPool

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be stopped there without ending it"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workers") / "desk"
    with open_desk(folder, write=True, create_new=True) as desk:
        for number in range(6):
            desk.add(onrecord.read(page(number).encode()))
    return folder


@pytest.fixture
def pool(folder: Path) -> Iterator[WorkerPool]:
    opened = WorkerPool(folder, 1)
    yield opened
    opened.close()


@pytest.fixture
def server(folder: Path) -> Iterator[DeskServer]:
    with DeskServer(folder, port=0) as running:
        yield running


def question(query: str = "q=arcadia", page: str = "/find") -> PageRequest:
    return PageRequest(page=page, path=page, query=query, path_variables={}, format="json")


def all_free(pool: WorkerPool) -> bool:
    """Wait until every worker is free, also those that are being replaced."""
    with pool._changed:
        return pool._changed.wait_for(lambda: len(pool._free) == len(pool.workers), 120)


def process(pool: WorkerPool, place: int = -1) -> int:
    """The process of a worker; by default of the one that takes the next question."""
    worker = pool._free[place]
    worker.start()
    assert worker.child is not None
    return worker.child.process.pid


def test_the_pages_that_take_long_are_answered_by_workers() -> None:
    quick = {page.path for page in PAGES if not (page.slow or page.heavy)}
    assert quick == {
        "/", "/statements", "/statements/{id}", "/statements/{id}/source", "/statements/{id}/cite", "/accuracy"
    }, "these look up one document, a list or the figures of the program; whatever else reads the whole desk"  # fmt: skip
    assert all(page.narrow for page in PAGES if page.heavy)


def test_a_question_past_its_deadline_is_stopped_and_its_worker_goes_on(pool: WorkerPool) -> None:
    for _ in pool.prepare("state"):
        pass
    before = process(pool)
    pool.deadline = 0.0
    with pytest.raises(QuestionTooLong, match="more than 0 seconds"):
        pool.ask(question(), "state")
    pool.deadline = 60.0
    assert pool.ask(question(), "state")[0] == 200
    assert process(pool) == before


def test_a_thread_that_takes_too_long_is_stopped_wherever_it_is() -> None:
    """In a loop, in a generator, among handlers of errors: what it holds is given back, and another thread goes on."""
    begun, closed = threading.Event(), threading.Event()

    def endless() -> bytes:
        try:
            begun.set()
            while any(number < 0 for number in range(1000)) is False:
                with contextlib.suppress(Exception):
                    sum(range(100))
        finally:
            closed.set()
        return b"never"

    thread = worker._Thread()
    future = thread.pool.submit(endless)
    assert begun.wait(60)
    assert worker._within(future, 0.0, thread) == b""
    assert closed.is_set()
    assert worker._within(worker._Thread().pool.submit(lambda: b"answer"), 60.0, thread) == b"answer"


def test_a_process_that_does_not_stop_is_replaced(pool: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in pool.prepare("state"):
        pass
    before = process(pool)
    monkeypatch.setattr(worker, "GRACE", 0.0)
    os.kill(before, signal.SIGSTOP)
    pool.deadline = 0.0
    with pytest.raises(QuestionTooLong, match="more than 0 seconds"):
        pool.ask(question(), "state")
    assert all_free(pool)
    assert process(pool) != before
    monkeypatch.undo()
    pool.deadline = 60.0
    assert pool.ask(question(), "state")[0] == 200


def test_a_worker_that_dies_is_replaced(pool: WorkerPool) -> None:
    assert pool.ask(question())[0] == 200
    dead = process(pool)
    os.kill(dead, signal.SIGKILL)
    with pytest.raises(QuestionTooLong, match="crashed the process"):
        while True:  # until the end of the process is seen; from then on a new one would be started
            pool.ask(question("q=ruritania"))
            if process(pool) != dead:
                raise QuestionTooLong("it crashed the process, and was replaced before it was asked")
    assert all_free(pool)
    assert pool.ask(question())[0] == 200
    assert process(pool) != dead


def test_a_worker_that_was_slow_once_answers_the_next_question_too(pool: WorkerPool) -> None:
    """The thread that was slow is retired with its low priority; the process and what it has learned stay."""
    assert pool.ask(question())[0] == 200
    slow = process(pool)
    os.kill(slow, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(pool.ask, question("q=ruritania"))
        with pytest.raises(TimeoutError):
            asked.result(1)
        os.kill(slow, signal.SIGCONT)
        assert asked.result(120)[0] == 200
    assert pool.ask(question("q=position"))[0] == 200
    assert process(pool) == slow


def test_where_all_workers_are_taken_a_question_is_told_so(folder: Path) -> None:
    pool = WorkerPool(folder, 3, waiting=0.0)
    pool._take(True)
    with pytest.raises(WorkersBusy):
        pool._take(True)  # of what always takes long, one at a time: two workers are left to the others
    pool._take(False)
    pool._take(False)
    with pytest.raises(WorkersBusy, match="busy"):
        pool.ask(question())


def test_a_fault_of_a_page_is_an_answer_and_the_worker_lives(pool: WorkerPool) -> None:
    assert pool.ask(question())[0] == 200
    before = process(pool)
    status, body = pool.ask(question(page="/no-such-page"))
    assert (status, b"error in the program" in body) == (500, True)
    assert process(pool) == before


def test_while_one_question_takes_long_other_readers_are_answered(server: DeskServer) -> None:
    pool = server.workers
    with httpx.Client(base_url=server.address, timeout=120) as client, ThreadPoolExecutor(1) as thread:
        assert client.get("/find?q=arcadia").status_code == 200
        stuck = process(pool)
        os.kill(stuck, signal.SIGSTOP)
        first = thread.submit(httpx.get, f"{server.address}find?q=ruritania", timeout=300)
        with pytest.raises(TimeoutError):
            first.result(1)
        for address in (
            "/",
            "/find?q=position",
            "/trace?q=our+position",
            "/ledger",
            "/acts",
            "/answers",
            "/statements",
        ):
            assert client.get(address).status_code == 200, address
        assert not first.done()
        os.kill(stuck, signal.SIGKILL)
        assert first.result(120).status_code == 503
        assert all_free(pool)
        assert client.get("/find?q=ruritania").status_code == 200, "an answer that failed is not kept"


@pytest.mark.parametrize(("accept", "type"), [("text/html", "text/html; charset=utf-8"), ("application/json",) * 2])
def test_a_question_that_was_stopped_says_so_and_how_to_narrow_it(server: DeskServer, accept: str, type: str) -> None:
    for _ in server.prepare():
        pass
    server.workers.deadline = 0.0
    with httpx.Client(base_url=server.address, timeout=120, headers={"accept": accept}) as client:
        for address, hint in (
            ("/find?q=arcadia", "NEAR"),
            ("/ledger", "two parties"),
            ("/trends?term=arcadia", "fewer terms"),
        ):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["content-type"]) == (503, type)
            assert "was stopped" in answer.text and hint in answer.text
            assert "retry-after" in answer.headers
        assert client.get("/statements").status_code == 200
        server.workers.deadline = 60.0
        assert all_free(server.workers)
        assert client.get("/find?q=arcadia").status_code == 200
