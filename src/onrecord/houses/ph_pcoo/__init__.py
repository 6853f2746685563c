"""The presidential communications of the Philippines: briefings, interviews, speeches and statements, in Markdown."""

from onrecord.houses.house import House, late

house = House(
    __file__, read=late("onrecord.houses.ph_pcoo.reader:read"), claims=late("onrecord.houses.ph_pcoo.reader:claims")
)
