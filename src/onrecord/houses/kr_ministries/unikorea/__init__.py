"""The Ministry of Unification of South Korea: its press releases, in Korean."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    read=late("onrecord.houses.kr_ministries.reader:read", "kr-unikorea"),
    claims=late("onrecord.houses.kr_ministries.reader:claims", "통일부"),
)
