"""The Foreign Ministry of China: press conferences, remarks and statements, in English and Chinese, every era."""

from onrecord.houses.house import House, late

house = House(
    __file__,
    read=late("onrecord.houses.cn_mfa.reader:read"),
    headline=late("onrecord.houses.cn_mfa.reader:headline"),
    officials=late("onrecord.houses.cn_mfa.phrases:officials"),
)
