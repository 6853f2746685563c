"""The Ministry of Foreign Affairs of South Korea: its press releases, in Korean."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    read=late("onrecord.houses.kr_ministries.reader:read", "kr-mofa"),
    claims=late("onrecord.houses.kr_ministries.reader:claims", "외교부"),
)
