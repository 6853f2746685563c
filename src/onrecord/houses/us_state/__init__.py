"""The Department of State of the United States: briefings, remarks, readouts and statements, as its news feed has them."""

from onrecord.houses.house import House, late

house = House(__file__, read=late("onrecord.houses.us_state.reader:read"))
