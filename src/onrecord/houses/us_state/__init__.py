"""The Department of State of the United States: briefings, remarks, readouts and statements, as its news feed has them."""

from onrecord.houses.house import House
from onrecord.houses.us_state.reader import read

house = House(__file__, read=read)
