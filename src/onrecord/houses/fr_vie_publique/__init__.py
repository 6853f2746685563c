"""France's collection of public speeches: interviews, press conferences and statements of the president and the ministers."""

from onrecord.houses.fr_vie_publique.reader import read
from onrecord.houses.house import House

house = House(__file__, read=read)
