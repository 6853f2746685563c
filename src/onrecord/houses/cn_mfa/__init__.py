"""The Foreign Ministry of China: press conferences, remarks and statements, in English and Chinese, every era."""

from onrecord.houses.cn_mfa.phrases import house_tables
from onrecord.houses.cn_mfa.reader import headline, read
from onrecord.houses.house import House

house = House(__file__, read=read, headline=headline, officials=lambda: house_tables().names)
