"""Taiwan's cabinet, the Executive Yuan: press conferences after its meetings, in Chinese."""

from onrecord.houses.house import House
from onrecord.houses.tw_transcripts.reader import claims_cabinet, reader_of

house = House(__file__, read=reader_of("tw-ey"), claims=claims_cabinet)
