"""The Presidency of Argentina: speeches and press conferences as text whose paragraph breaks are lost."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    claims=late("onrecord.houses.ar_casarosada.reader:claims"),
    read=late("onrecord.houses.ar_casarosada.reader:read"),
)
