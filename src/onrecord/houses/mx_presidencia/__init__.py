"""The Presidency of Mexico: morning conferences, messages and events, as text in blocks, HTML or Markdown, in Spanish."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    read=late("onrecord.houses.mx_presidencia.reader:read"),
    claims=late("onrecord.houses.mx_presidencia.reader:claims"),
)
