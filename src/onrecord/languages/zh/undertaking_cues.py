"""Chinese cues of undertakings: where an act ends, and how, by what and when a thing is to be done."""

from __future__ import annotations

import re

from onrecord.languages.readers import UndertakingCues, UndertakingReader
from onrecord.languages.zh.undertaking_words import words
from onrecord.languages.zh.undertakings import read_parts

CUES = UndertakingCues(
    joined=re.compile(r"[,;，；、]\s*(?:(?:并|还|也|均|都|同时|一致)\s*)*$"),
    says=None,
    trailing=re.compile(r"(?:[,;，；、。\s]|并且$|并$|还$|也$|同时$|均$|都$|一致$)+$"),
    namely=re.compile(r"[^.。\n]{0,60}?(?::|：|包括|比如|例如|即|如下)[^.。\n]*|[\s，,、一是首先]{0,6}"),
    consensus=re.compile("共识|一致|协议"),
    reciprocal=re.compile(
        "对等|互惠(?!互利)|彼此(?!关切|核心|重大)|各自|为对方|相互(?!尊重|理解|信任|支持)|互相(?!尊重|理解|信任|支持)|互免|互设|互派|互访|互认"
    ),
    before_kind=re.compile("(?:联合|双边|多边|高级别|高层|部长级|常态化|直通|专门|战略|三方|工作层|经贸|年度|定期)+$"),
    listed=re.compile(r"(?:[,、，]|和|与|及|就|在|以及|包括|如)\s*$"),
    several=re.compile("...", re.DOTALL),
    deadline=re.compile(
        r"(?:\d{4}年|今年|明年|本月|下月|年|\d{1,2}月)?(?:\d{1,2}月)?(?:\d{1,2}日|底|中|初)?(?:之?前|以前)(?=[^往来提所])"
        r"|[两一二三四五六七八九十\d]+个?(?:小时|天|日|周|星期|月|年)(?:之?内|以内)"
        r"|未来[两一二三四五六七八九十\d]+年|(?:今年|明年|年|本月|月)内|到\d{4}年底?"
    ),
    says_time=re.compile(r"\d|年|月|日|底|周|星期|天|小时"),  # 前 alone, 目前 and 当前 give no deadline
    opening=24,
    reach=24,
    world=re.compile(
        "各国|世界|全球|国际社会|其他国家|发展中国家|国际合作|多边|人类|排放|气候变化|市场准入|扩大进口|(?:对外|扩大)开放|外资"
    ),
    partner_inside=True,
    both=re.compile("两国|双边|彼此|双方"),
    thus=re.compile("为此|就此|对此|(?:积极|建设性)(?:和建设性)?的?(?:作用|努力|贡献)"),
)
READER = UndertakingReader(read_parts, words(), CUES)
