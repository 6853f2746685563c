"""The Ministry of Foreign Affairs of Belarus: the statements of its English and Russian pages."""

from onrecord.houses.house import House, late

house = House(__file__, read=late("onrecord.houses.by_mfa.reader:read"))
