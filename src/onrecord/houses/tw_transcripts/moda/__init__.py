"""Taiwan's Ministry of Digital Affairs and its first minister: press conferences and interviews, in Chinese and English."""

from onrecord.houses.house import House
from onrecord.houses.tw_transcripts.reader import claims_ministry, reader_of

house = House(__file__, read=reader_of("tw-moda"), claims=claims_ministry)
