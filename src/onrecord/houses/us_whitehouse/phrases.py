"""The tables of the house, loaded once."""

from __future__ import annotations

import re

from onrecord.houses.phrases import Phrases

phrases = Phrases(__file__, re.I | re.S)
