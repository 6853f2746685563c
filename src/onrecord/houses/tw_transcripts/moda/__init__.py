"""Taiwan's Ministry of Digital Affairs and its first minister: press conferences and interviews, in Chinese and English."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    read=late("onrecord.houses.tw_transcripts.reader:read", "tw-moda"),
    claims=late("onrecord.houses.tw_transcripts.reader:claims_ministry"),
)
