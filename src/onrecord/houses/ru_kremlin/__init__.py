"""The President of Russia: the English pages of the Kremlin's site, readouts, meetings, speeches and news conferences."""

from onrecord.houses.house import House, late

house = House(__file__, read=late("onrecord.houses.ru_kremlin.reader:read"))
