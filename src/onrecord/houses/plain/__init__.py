"""A transcript as a person pastes it, ``Label: words``, and any other text that no house knows."""

from onrecord.houses.house import House
from onrecord.houses.plain.reader import claims, read

house = House(__file__, claims=claims, read=read)
