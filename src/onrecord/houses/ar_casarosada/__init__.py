"""The Presidency of Argentina: speeches and press conferences as text whose paragraph breaks are lost."""

from onrecord.houses.ar_casarosada.reader import claims, read
from onrecord.houses.house import House

house = House(__file__, claims=claims, read=read)
