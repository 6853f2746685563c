"""The General Debate of the United Nations General Assembly: one statement a file, as the published corpora have them."""

from onrecord.houses.house import House, late

house = House(
    __file__, claims=late("onrecord.houses.un_ga.reader:claims"), read=late("onrecord.houses.un_ga.reader:read")
)
