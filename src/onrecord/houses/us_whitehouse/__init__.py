"""The White House: briefings, gaggles, calls, remarks, interviews, readouts, statements and all else it publishes."""

from onrecord.houses.house import House, late

house = House(__file__, read=late("onrecord.houses.us_whitehouse.reader:read"))
