"""The General Debate of the United Nations General Assembly: one statement a file, as the published corpora have them."""

from onrecord.houses.house import House
from onrecord.houses.un_ga.reader import claims, read

house = House(__file__, claims=claims, read=read)
