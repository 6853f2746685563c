"""The prime ministers of Australia: conferences, interviews, speeches and releases since 1949, in XML with HTML inside."""

from onrecord.houses.au_pm.reader import read
from onrecord.houses.house import House

house = House(__file__, read=read)
