"""Portuguese: sentences, tokens, names of states and capitals, printed dates, label words."""

from __future__ import annotations

from pathlib import Path

from onrecord.languages.base import Language

language = Language(code="pt", name="Portuguese", folder=Path(__file__).parent)
