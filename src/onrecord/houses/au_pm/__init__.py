"""The prime ministers of Australia: conferences, interviews, speeches and releases since 1949, in XML with HTML inside."""

from onrecord.houses.house import House, late

house = House(__file__, read=late("onrecord.houses.au_pm.reader:read"))
