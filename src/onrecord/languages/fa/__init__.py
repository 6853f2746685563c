"""Persian: sentences, tokens, printed dates, label words."""

from __future__ import annotations

from pathlib import Path

from onrecord.languages.base import Language

language = Language(code="fa", name="Persian", folder=Path(__file__).parent)
