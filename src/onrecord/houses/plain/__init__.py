"""A transcript as a person pastes it, ``Label: words``, and any other text that no house knows."""

from onrecord.houses.house import House, late

house = House(
    __file__, claims=late("onrecord.houses.plain.reader:claims"), read=late("onrecord.houses.plain.reader:read")
)
