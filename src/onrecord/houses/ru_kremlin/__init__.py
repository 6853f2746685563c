"""The President of Russia: the English pages of the Kremlin's site, readouts, meetings, speeches and news conferences."""

from onrecord.houses.house import House
from onrecord.houses.ru_kremlin.reader import read

house = House(__file__, read=read)
