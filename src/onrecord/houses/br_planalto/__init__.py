"""The Presidency of Brazil: speeches as bare text, without a headline."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    claims=late("onrecord.houses.br_planalto.reader:claims"),
    read=late("onrecord.houses.br_planalto.reader:read"),
)
