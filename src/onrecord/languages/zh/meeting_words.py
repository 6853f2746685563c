"""The Chinese table ``meeting_words.toml``, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from onrecord.languages.meeting_words import MeetingWords, load


@cache
def meeting_words() -> MeetingWords:
    """The words. Raises LexiconError naming the error in the table."""
    return load(Path(__file__).with_name("meeting_words.toml"), bounded=False)
