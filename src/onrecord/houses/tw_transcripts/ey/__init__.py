"""Taiwan's cabinet, the Executive Yuan: press conferences after its meetings, in Chinese."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    read=late("onrecord.houses.tw_transcripts.reader:read", "tw-ey"),
    claims=late("onrecord.houses.tw_transcripts.reader:claims_cabinet"),
)
