"""What the tests of second readers share: a statement, a reader of one's own, and an endpoint on loopback."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import onrecord
from onrecord.annotation.proposers.endpoint import Endpoint
from onrecord.annotation.proposing import Suggestion

TITLE = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 16, 2019"
#: The rules find the welcome; they know no "shrugged off" and no "stonewalled".
ANSWER = "China welcomes the ceasefire. Japan shrugged off the proposal, and Egypt has stonewalled the talks."


def words(answer: str = ANSWER, question: str = "Japan snubbed us. What is your comment?", title: str = TITLE) -> bytes:
    return f"{title}\n\nQ: {question}\n\nA: {answer}\n".encode()


def said(answer: str = ANSWER, **more: str) -> onrecord.Document:
    return onrecord.annotate(onrecord.read(words(answer, **more)))


def act(**told: Any) -> dict[str, Any]:
    """An act as a model would tell it: Japan's, where nothing else is said."""
    return {
        "turn": 2,
        "type": "oppose",
        "trigger": "shrugged off",
        "quote": "Japan shrugged off the proposal",
        "actors": ["JPN"],
        "targets": [],
        "polarity": "affirmed",
        "time": "done",
    } | told


EGYPT = act(type="decline", trigger="stonewalled", quote="Egypt has stonewalled the talks", actors=["EGY"])


class Reader:
    """A second reader of one's own: any object with these four will do."""

    sends_to = None

    def __init__(self, *told: dict[str, Any], name: str = "a reader of our own") -> None:
        self.name = name
        self.told = told
        self.asked: list[str] = []

    def reads(self, language: str) -> bool:
        return language.startswith("en")

    def suggest(self, document: onrecord.Document) -> list[Suggestion]:
        self.asked.append(document.id)
        return [
            Suggestion(**one | {"actors": tuple(one["actors"]), "targets": tuple(one["targets"])}) for one in self.told
        ]


Reply = tuple[int, Any, dict[str, str]]


def answer(*acts: Any, around: str = "{}", finish: str = "stop") -> Reply:
    """What a model answers: its JSON, with what it writes around it."""
    content = around.replace("{}", json.dumps({"acts": acts}))
    return 200, {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}]}, {}


def refusal(status: int, message: str = "no", **headers: str) -> Reply:
    return status, {"error": {"message": message}}, {name.replace("_", "-"): value for name, value in headers.items()}


class Server:
    """An endpoint on loopback: gives the answers it was told to give, the last one for ever, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Reply] = [answer()]
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.hang = threading.Event()
        self.hang.set()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                server.asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                server.headers.append(dict(self.headers))
                server.paths.append(self.path)
                server.hang.wait(20)
                status, body, headers = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._http.server_port}/v1"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.hang.set()
        self._http.shutdown()
        self._http.server_close()


def endpoint(server: Server, **more: Any) -> Endpoint:
    return Endpoint(server.address, "a-model", **{"waits": (0.0, 0.0)} | more)
