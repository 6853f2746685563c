"""A second reader behind an OpenAI-compatible endpoint: a language model on this machine, or at a provider the user names.

Requests go to ``POST {address}/chat/completions`` at temperature 0, with the codebook's types and rules (``prompt.md``) and one
part of a document each. Text is sent only to the address that was named: redirects are not followed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
import stamina

from onrecord.annotation.principal import principal_of
from onrecord.annotation.proposing import Suggestion
from onrecord.annotation_types import PLOVER
from onrecord.captures.fetching import AGENT
from onrecord.errors import EndpointRefused, EndpointUnclear, EndpointUnreachable, ProposerError, UnknownProposer
from onrecord.record import Document, Turn

#: Maximum characters of a document in one request, and of the question before an answer: small models have short contexts,
#: and lose information in the middle of long ones.
_PART, _QUESTION = 6000, 1500
_CONNECT = 10.0
#: Status codes worth a retry: too many requests, and temporary server errors.
_TRANSIENT = frozenset((408, 429, 500, 502, 503, 504))
_WORDS = {"type": "string"}
_CODES = {"type": "array", "items": _WORDS}
#: The JSON schema of an answer, for servers that can enforce one.
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "acts": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "turn": {"type": "integer"}, "type": {"type": "string", "enum": list(PLOVER)}, "trigger": _WORDS,
                    "quote": _WORDS, "actors": _CODES, "targets": _CODES,
                    "polarity": {"type": "string", "enum": ["affirmed", "negated"]},
                    "time": {"type": "string", "enum": ["done", "ongoing", "planned"]},
                },
                "required": ["turn", "type", "trigger", "quote", "actors", "targets", "polarity", "time"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["acts"],
    "additionalProperties": False,
}  # fmt: skip


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class Endpoint:
    """A model behind an address. ``waits`` are the seconds before the first retry, and the maximum before any retry.

    ``key_from`` names the environment variable that holds the key; no other variable is read. ``timeout`` is the seconds
    to wait for an answer. Raises UnknownProposer for an address with a password, ProposerError if the key is missing.
    """

    def __init__(
        self,
        address: str,
        model: str,
        *,
        key_from: str | None = None,
        timeout: float = 120.0,
        attempts: int = 4,
        waits: tuple[float, float] = (1.0, 30.0),
    ) -> None:
        self.address = address.rstrip("/").removesuffix("/chat/completions")
        if not _is_plain(self.address):  # not printed: it may contain a password
            raise UnknownProposer(
                "an address is a host and a path, without a name, a password or a question mark",
                hint="A key goes into an environment variable, named by --key-from",
            )
        self.model, self.attempts, self.waits = model, attempts, waits
        self._timeout = httpx.Timeout(timeout, connect=min(timeout, _CONNECT))
        self._key = _key(key_from) if key_from is not None else None
        self._by_schema = True  # until the server reports that it does not support schemas

    @property
    def name(self) -> str:
        """The model and its address."""
        return f"{self.model} @ {self.address}"

    @property
    def sends_to(self) -> str:
        """The address."""
        return self.address

    def reads(self, language: str) -> bool:
        """True: a language model is asked about every language."""
        return True

    def suggest(self, document: Document) -> list[Suggestion]:
        """Return the acts the model finds, part by part of the document.

        Raises EndpointUnreachable, EndpointRefused, EndpointUnclear.
        """
        headers = {"User-Agent": AGENT} | ({"Authorization": f"Bearer {self._key}"} if self._key else {})
        found: list[Suggestion] = []
        with httpx.Client(timeout=self._timeout, headers=headers, follow_redirects=False) as client:
            for part in _parts(document):
                found += self._read(self._ask(client, part))
        return found

    def _ask(self, client: httpx.Client, part: dict[str, Any]) -> bytes:
        messages = [
            {"role": "system", "content": _prompt()},
            {
                "role": "user",
                "content": json.dumps(part, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8"),
            },
        ]
        request: dict[str, Any] = {"model": self.model, "temperature": 0, "stream": False, "messages": messages}
        if self._by_schema:
            response_format = {"type": "json_schema", "json_schema": {"name": "acts", "schema": _SCHEMA}}
            response = self._post(client, request | {"response_format": response_format})
            if not (response.status_code in (400, 422) and "response_format" in response.text):
                return self._answer(response)
            self._by_schema = False
        return self._answer(self._post(client, request))

    def _post(self, client: httpx.Client, request: dict[str, Any]) -> httpx.Response:
        """Return the server's response, successful or not; retry while the server is busy."""
        first, longest = self.waits
        try:
            for attempt in stamina.retry_context(
                on=self._is_transient,
                attempts=self.attempts,
                timeout=None,
                wait_initial=first,
                wait_max=longest,
                wait_jitter=first,
            ):
                with attempt:
                    response = client.post(f"{self.address}/chat/completions", json=request)
                    if response.status_code in _TRANSIENT:
                        response.raise_for_status()
        except httpx.HTTPStatusError as error:
            status = f"{error.response.status_code} {error.response.reason_phrase}"
            raise EndpointUnreachable(
                f"asked {self.attempts} times, it answered {status}: {self._error_text(error.response)}",
                where=self.address,
            ) from None
        except httpx.TimeoutException:
            seconds = f"{self._timeout.read:.0f} seconds"
            raise EndpointUnreachable(
                f"no answer within {seconds}", where=self.address, hint="Allow it more with --timeout"
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EndpointUnreachable(f"no answer: {error or type(error).__name__}", where=self.address) from None
        return response

    def _is_transient(self, error: Exception) -> bool | float:
        """Whether to retry, or after how many seconds if the server says so.

        Refused connections and timeouts are not retried: neither improves within seconds.
        """
        if isinstance(error, httpx.HTTPStatusError):
            retry_after = error.response.headers.get("retry-after", "")
            seconds = min(float(retry_after), self.waits[1]) if retry_after.isdecimal() else 0.0
            return seconds or True
        return isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError)

    def _answer(self, response: httpx.Response) -> bytes:
        status = response.status_code
        if response.is_success:
            return response.content
        if response.is_redirect:
            raise EndpointRefused(
                f"it sends us on to {response.headers.get('location', 'nowhere')}",
                where=self.address,
                hint="Nothing is sent to an address you did not name: name that one, if you trust it",
            )
        raise EndpointRefused(
            f"it answered {status} {response.reason_phrase}: {self._error_text(response)}", where=self.address
        )

    def _error_text(self, response: httpx.Response) -> str:
        """The server's error message in one line, without the key."""
        try:
            error = response.json()["error"]
            words = str(error["message"] if isinstance(error, dict) else error)
        except (ValueError, KeyError, TypeError, RecursionError):
            words = response.text
        if self._key:
            words = words.replace(self._key, "…")
        return " ".join(words.split())[:200] or "no reason given"

    def _read(self, data: bytes) -> list[Suggestion]:
        """Return the acts in an answer. An item that is not an act becomes an empty suggestion, so that it is counted."""
        try:
            choice = msgspec.json.decode(data, type=_Completion).choices[0]
        except (msgspec.DecodeError, IndexError, RecursionError) as error:
            hint = "Is this an OpenAI-compatible address? It mostly ends in /v1"
            raise EndpointUnclear(f"no chat completion: {error}", where=self.address, hint=hint) from None
        if choice.finish_reason == "length":
            hint = "Give the model more room for its answers on the server, or take another"
            raise EndpointUnclear("the answer was cut off", where=self.name, hint=hint)
        return [_suggestion(act) for act in self._acts(choice.message.content or "")]

    def _acts(self, content: str) -> list[object]:
        """Return the list in the answer, ignoring what models add around it: thoughts before, a Markdown fence."""
        words = content.rpartition("</think>")[2]
        start = words.find("{")
        try:
            parsed, _ = json.JSONDecoder().raw_decode(words, max(start, 0))
            acts = parsed["acts"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            seen = " ".join(words.split())[:80]
            raise EndpointUnclear(f"not the JSON that was asked for ({error!r}): {seen!r}", where=self.name) from None
        if not isinstance(acts, list):
            raise EndpointUnclear(f"acts must be a list, not {type(acts).__name__}", where=self.name)
        return acts


def _suggestion(act: object) -> Suggestion:
    """Convert an act as the model states it: its shape is checked here, its truth in :mod:`onrecord.annotation.proposing`."""
    try:  # models do not count the offset of the trigger reliably
        return msgspec.structs.replace(msgspec.convert(act, Suggestion), trigger_at=None)
    except msgspec.ValidationError:
        return Suggestion()


def _is_plain(address: str) -> bool:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return False
    return bool(parts.hostname) and not (parts.username or parts.password or parts.query or parts.fragment)


def _key(variable: str) -> str:
    key = os.environ.get(variable, "").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise ProposerError(f"the environment variable {variable} holds no key", hint=f"Set it: export {variable}=…")
    return key


@cache
def _prompt() -> str:
    return Path(__file__).with_name("prompt.md").read_text(encoding="utf-8")


def _parts(document: Document) -> Iterator[dict[str, Any]]:
    """Divide a document into parts of limited size: the principal's turns with numbers, each after the question it answers."""
    about = {
        "title": document.title,
        "day": document.date,
        "principal": principal_of(document),
        "language": document.language,
    }
    part: list[dict[str, Any]] = []
    size = 0
    for unit in _units(document):
        length = sum(len(turn["text"]) for turn in unit)
        if part and size + length > _PART:
            yield about | {"turns": part}
            part, size = [], 0
        part = part + [turn for turn in unit if turn not in part]
        size += length
    if part:
        yield about | {"turns": part}


def _units(document: Document) -> Iterator[list[dict[str, Any]]]:
    question: tuple[int, Turn] | None = None
    for number, turn in enumerate(document.turns, start=1):
        if turn.kind == "question":
            question = (number, turn)
        elif turn.kind != "note":
            before = [_turn(question[0], "question", question[1].text[:_QUESTION])] if question else []
            for words in _pieces(turn.text):
                yield [*before, _turn(number, turn.kind, words)]


def _turn(number: int, kind: str, text: str) -> dict[str, Any]:
    return {"turn": number, "kind": kind, "text": text}


def _pieces(text: str) -> Iterator[str]:
    """Divide a long turn at paragraphs into pieces that fit a part."""
    piece = ""
    for paragraph in text.split("\n\n"):
        if piece and len(piece) + len(paragraph) > _PART:
            yield piece
            piece = ""
        piece = f"{piece}\n\n{paragraph}" if piece else paragraph
    yield piece
