"""The Federal Reserve: statements of the Federal Open Market Committee and transcripts of the press conferences on them."""

from onrecord.houses.house import House, late

house = House(__file__, read=late("onrecord.houses.us_fed.reader:read"))
