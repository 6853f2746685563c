"""The Presidency of Brazil: speeches as bare text, without a headline."""

from onrecord.houses.br_planalto.reader import claims, read
from onrecord.houses.house import House

house = House(__file__, claims=claims, read=read)
