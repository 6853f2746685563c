"""The Ministry of National Defense of South Korea: its press releases, in Korean."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    read=late("onrecord.houses.kr_ministries.reader:read", "kr-mnd"),
    claims=late("onrecord.houses.kr_ministries.reader:claims", "국방부"),
)
