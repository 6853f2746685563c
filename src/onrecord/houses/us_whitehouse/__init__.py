"""The White House: briefings, gaggles, calls, remarks, interviews, readouts, statements and all else it publishes."""

from onrecord.houses.house import House
from onrecord.houses.us_whitehouse.reader import read

house = House(__file__, read=read)
