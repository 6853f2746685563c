"""The presidential communications of the Philippines: briefings, interviews, speeches and statements, in Markdown."""

from onrecord.houses.house import House
from onrecord.houses.ph_pcoo.reader import claims, read

house = House(__file__, read=read, claims=claims)
