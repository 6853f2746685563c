"""The Ministry of Unification of South Korea: its press releases, in Korean."""

from onrecord.houses.house import House
from onrecord.houses.kr_ministries.reader import claims_of, reader_of

house = House(__file__, read=reader_of("kr-unikorea"), claims=claims_of("통일부"))
