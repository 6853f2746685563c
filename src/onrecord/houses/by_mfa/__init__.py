"""The Ministry of Foreign Affairs of Belarus: the statements of its English and Russian pages."""

from onrecord.houses.by_mfa.reader import read
from onrecord.houses.house import House

house = House(__file__, read=read)
