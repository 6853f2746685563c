"""The Presidency of Mexico: morning conferences, messages and events, as text in blocks, HTML or Markdown, in Spanish."""

from onrecord.houses.house import House
from onrecord.houses.mx_presidencia.reader import claims, read

house = House(__file__, read=read, claims=claims)
