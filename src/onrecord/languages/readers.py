"""What the readers of a language take and give: the types of its capabilities (:mod:`onrecord.languages.base`)."""

from __future__ import annotations

from typing import Any

ReferenceReader = Any
DateReader = Any
ActReader = Any
MeetingReader = Any
UndertakingReader = Any
AnswerReader = Any
