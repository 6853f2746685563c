"""France's collection of public speeches: interviews, press conferences and statements of the president and the ministers."""

from onrecord.houses.house import House, late

house = House(__file__, read=late("onrecord.houses.fr_vie_publique.reader:read"))
